//! Holds the reviews of quarters as the story tells them, out of the weeks that were sealed.

use chrono::{Duration, NaiveTime, Weekday};
use serde::Deserialize;
use truenorth::insight::quarter::{self, Begin};
use truenorth::model::agenda::Rhythm;
use truenorth::model::id::MemberId;
use truenorth::model::quarter::Quarter;
use truenorth::model::quarterly::{
    GoalAnswer, Lesson, NextGoal, QuarterSnapshot, Said, StarAnswer, Stop, StopKept, Weighed,
};
use truenorth::model::review::Attendance;
use truenorth::model::snapshot::Snapshot;
use truenorth::model::week::Week;
use truenorth::model::workspace::Workspace;

use crate::Result;

/// What was said of a quarter.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Told {
    quarter: Quarter,
    /// The week on whose Monday the review was held.
    pub(crate) week: Week,
    led: MemberId,
    #[serde(default)]
    away: Vec<MemberId>,
    answers: Vec<GoalAnswer>,
    #[serde(default)]
    kept: Vec<StopKept>,
    learned: Vec<Lesson>,
    north_star: StarAnswer,
    #[serde(default)]
    weights: Vec<Weighed>,
    next: Vec<NextGoal>,
    stops: Vec<Stop>,
    said: Vec<Said>,
}

/// Holds the review of a quarter on the Monday of a week, with what was sealed before it.
pub(crate) fn hold(
    told: &Told,
    workspace: &Workspace,
    sealed: &[Snapshot],
    before: Option<&QuarterSnapshot>,
) -> Result<QuarterSnapshot> {
    let config = &workspace.config;
    let begins = NaiveTime::from_hms_opt(13, 0, 0).ok_or("no such hour")?;
    let began = config.time_zone.when(told.week.day(Weekday::Mon).and_time(begins)).ok_or("no such moment")?;
    let weeks: Vec<Snapshot> = sealed.iter().filter(|s| told.quarter.holds(s.week)).cloned().collect();
    let steps = config.steps(Rhythm::Quarterly);
    let agenda = Rhythm::Quarterly.label().parse()?;
    let mut review = quarter::begin(&Begin {
        workspace,
        quarter: told.quarter,
        weeks: &weeks,
        before,
        week: told.week,
        agenda: &agenda,
        steps: &steps,
        now: began,
    });
    let mut now = began;
    for slot in &steps {
        review.clock.go(slot.step, now);
        now += Duration::seconds(i64::from(slot.minutes) * 55);
    }
    review.facilitator = Some(told.led.clone());
    let present = |member: MemberId| Attendance { present: !told.away.contains(&member), member };
    review.attendance = config.active().map(|m| present(m.id.clone())).collect();
    let said = review.quarter.as_mut().ok_or("a quarter without its part")?;
    said.answers = told.answers.clone();
    said.kept = told.kept.clone();
    said.learned = told.learned.clone();
    said.north_star = Some(told.north_star.clone());
    said.weights = told.weights.clone();
    said.next = told.next.clone();
    said.stops = told.stops.clone();
    said.said = told.said.clone();
    let seal = quarter::seal(workspace, &review, None, now).ok_or("a quarter without its part")?;
    println!("{}  {}", told.quarter, quarter::QuarterDigest::of(&seal.snapshot).line());
    Ok(seal.snapshot)
}
