//! Holds the review of a week as a facilitator would, step by step, through the same edits that the screen makes.

use chrono::{Days, Duration, NaiveTime};
use truenorth::insight::findings::{self, Facts};
use truenorth::insight::{goals, scorecard};
use truenorth::model::agenda::{Slot, Step};
use truenorth::model::finding::{Answer, Finding};
use truenorth::model::goal::{Goal, Kind};
use truenorth::model::id::{AgendaId, MemberId};
use truenorth::model::kpi::Origin;
use truenorth::model::record::{CRITERIA, Headline, Rating};
use truenorth::model::review::{
    Attendance, Change, Commitment, Edit, FindingEntry, GoalEntry, KpiEntry, Moment, Outcome, Review, fresh_id,
};
use truenorth::model::scale::Score;
use truenorth::model::snapshot::{GoalWeek, KpiWeek};
use truenorth::model::standing::Standing;
use truenorth::model::status::Status;

use crate::Result;
use crate::numbers::chance;
use crate::story::{Answered, Event};
use crate::teller::{Teller, review_day};

/// Half past two: the lunch rush is over.
const BEGINS: (u32, u32) = (14, 30);
/// How many findings the room answers.
const TOP: usize = 3;

/// A review being held.
pub(crate) struct Room<'a> {
    pub(crate) teller: &'a Teller<'a>,
    pub(crate) review: Review,
    now: Moment,
}

/// Holds the review of a week. Returns it with the moment at which it is sealed.
pub(crate) fn hold(teller: &Teller) -> Result<(Review, Moment)> {
    let workspace = &teller.workspace;
    let week = teller.told.week;
    let agenda: AgendaId = "weekly".parse()?;
    let steps = workspace.config.agenda(&agenda).ok_or("the workspace has no weekly agenda")?;
    let standing = Standing::fold(workspace.latest.as_deref(), &workspace.check_ins, week);
    let started = started(teller).ok_or("the hour of the review does not exist on its day")?;
    let review = Review::start(week, agenda, steps.clone(), &standing, started);
    let mut room = Room { teller, review, now: started };
    for slot in steps {
        room.review.clock.go(slot.step, room.now);
        match slot.step {
            Step::Open => room.open()?,
            Step::Commitments => room.commitments(),
            Step::Scorecard => room.scorecard(),
            Step::Goals => room.goals(),
            Step::CheckIns => drop(room.review.apply(Edit::Reveal(true))),
            Step::Alignment => room.alignment(),
            Step::Issues => room.records()?,
            Step::Close => room.close(),
            // The weekly agenda has none of these.
            Step::Quarter(_) => {}
        }
        room.now += room.takes(slot);
    }
    Ok((room.review, room.now))
}

fn started(teller: &Teller) -> Option<Moment> {
    let (hour, minute) = BEGINS;
    let late = chance(&["late", &teller.told.week.to_string()]) * 280.0;
    // A few minutes.
    let time = NaiveTime::from_hms_opt(hour, minute, 0)? + Duration::seconds(late as i64);
    let local = review_day(teller.told.week).and_time(time);
    teller.workspace.config.time_zone.when(local)
}

impl<'a> Room<'a> {
    /// What the story tells of the week.
    pub(crate) fn events(&self) -> std::slice::Iter<'a, Event> {
        self.teller.told.events.iter()
    }

    /// How long a step takes: a little under its time-box, and over it where the story says so.
    fn takes(&self, slot: Slot) -> Duration {
        let pace = chance(&["pace", slot.step.key(), &self.teller.told.week.to_string()]);
        let over = self.events().find_map(|e| match e {
            Event::Over(step, minutes) if *step == slot.step => Some(*minutes),
            _ => None,
        });
        let planned = f64::from(slot.minutes) * 60.0;
        let seconds = match over {
            Some(minutes) => planned + f64::from(minutes) * 60.0 - 40.0 * pace,
            None => planned * (0.72 + 0.3 * pace),
        };
        // Minutes.
        Duration::seconds(seconds as i64)
    }

    /// Who is here, and the news of those who did not check in.
    fn open(&mut self) -> Result<()> {
        let away: Vec<&MemberId> = self.events().filter_map(matches_away).collect();
        let led = self.events().find_map(|e| if let Event::Led(who) = e { Some(who) } else { None });
        let people: Vec<MemberId> = self.teller.workspace.config.active().map(|m| m.id.clone()).collect();
        self.review.apply(Edit::Facilitator(led.or(people.first()).cloned()));
        for member in people {
            let present = !away.contains(&&member);
            self.review.apply(Edit::Attendance(Change::put(Attendance { member, present })));
        }
        for event in self.events() {
            let Event::Headline(by, text) = event else { continue };
            let known = &self.review.headlines;
            if known.iter().all(|h| &h.text != text) {
                let id = fresh_id(text, self.review.week, |id| known.iter().any(|h| h.id.as_str() == id)).parse()?;
                let headline = Headline { id, text: text.clone(), by: Some(by.clone()) };
                self.review.apply(Edit::Headline(Change::put(headline)));
            }
        }
        Ok(())
    }

    /// Action items that are done, due or given up; what is not due yet is not spoken of.
    fn commitments(&mut self) {
        let today = review_day(self.review.week);
        let before: Vec<_> = self.review.promised_before().cloned().collect();
        for action in before {
            let dropped = self.events().find_map(|e| match e {
                Event::Dropped(id, reason) if id == &action.id => Some(reason.clone()),
                _ => None,
            });
            let outcome = match dropped {
                Some(reason) => Outcome::Dropped { reason },
                None if self.teller.is_done(&action) => Outcome::Done,
                None if action.due <= today => Outcome::NotDone,
                None => continue,
            };
            self.review.apply(Edit::Commitment(Change::put(Commitment { action: action.id, outcome })));
        }
    }

    /// Readings that nobody reported are typed in; every KPI is accepted as computed or marked otherwise.
    fn scorecard(&mut self) {
        let kpis: Vec<_> = self.teller.workspace.strategy.kpis.iter().map(|k| k.id.clone()).collect();
        for id in &kpis {
            let mut entry = self.review.kpi(id).cloned().unwrap_or_else(|| KpiEntry::new(id.clone()));
            if entry.reading.is_none() {
                entry.origin = Origin::Review;
                entry.reading = self.teller.reading(id);
                entry.note = self.teller.why(id);
            }
            self.review.apply(Edit::Kpi(Change::put(entry)));
        }
        for computed in self.kpi_weeks() {
            let Some(mut entry) = self.review.kpi(&computed.kpi).cloned() else { continue };
            let told = self.events().find_map(|e| match e {
                Event::Mark(id, status, reason) if id == &computed.kpi => Some((*status, reason.clone())),
                _ => None,
            });
            entry.mark = Some(told.as_ref().map_or(computed.computed, |(status, _)| *status));
            if let Some((_, reason)) = told {
                entry.note = reason;
            }
            self.review.apply(Edit::Kpi(Change::put(entry)));
        }
    }

    /// Where leaves stand, how sure the team is, and their marks; goals above only where the story marks them.
    fn goals(&mut self) {
        let week = self.review.week;
        let teller = self.teller;
        let numbers = &teller.story.numbers;
        let strategy = &teller.workspace.strategy;
        for goal in strategy.goals.iter().filter(|g| g.is_open()) {
            let is_leaf = strategy.is_leaf(goal);
            let current = numbers.stands(&goal.id, week);
            if is_leaf || current.is_some() || goal.measure().is_some() {
                let told = self.events().find_map(|e| match e {
                    Event::Sure(id, sure) if id == &goal.id => Some(*sure),
                    _ => None,
                });
                let confidence = Some(told.unwrap_or_else(|| numbers.sure(&goal.id, week)));
                let entry = GoalEntry { confidence, current, ..GoalEntry::new(goal.id.clone()) };
                self.review.apply(Edit::Goal(Change::put(entry)));
            }
        }
        for computed in self.goal_weeks() {
            let is_leaf = strategy.goal(&computed.goal).is_some_and(|g| strategy.is_leaf(g));
            let told = self.events().find_map(|e| match e {
                Event::GoalMark(id, status, reason) if id == &computed.goal => Some((*status, reason.clone())),
                _ => None,
            });
            let usual = if is_leaf { usual_mark(strategy.goal(&computed.goal), &computed) } else { None };
            let Some(mark) = told.as_ref().map(|(status, _)| *status).or(usual) else { continue };
            let known = self.review.goal(&computed.goal).cloned();
            let mut entry = known.unwrap_or_else(|| GoalEntry::new(computed.goal.clone()));
            entry.mark = Some(mark);
            if let Some((_, reason)) = told {
                entry.note = reason;
            }
            self.review.apply(Edit::Goal(Change::put(entry)));
        }
    }

    /// What the story says to findings; else the room accepts those put before it that it has not accepted of late.
    fn alignment(&mut self) {
        let found = self.findings();
        let mut answers: Vec<FindingEntry> = Vec::new();
        for event in self.events() {
            let Event::Answer(told) = event else { continue };
            let about = |f: &&Finding| told.about.is_none() || f.subject == told.about;
            let of_rule = found.iter().filter(|f| f.rule == told.rule);
            let Some(finding) = of_rule.clone().find(about) else {
                let keys: Vec<&str> = of_rule.map(|f| f.key.as_str()).collect();
                println!("{}: {} does not fire where the story says, but at {keys:?}", self.review.week, told.rule);
                continue;
            };
            answers.push(FindingEntry { finding: finding.key.clone(), answer: self.answer(told) });
        }
        for finding in findings::top(&found, &self.review, TOP) {
            if answers.iter().all(|a| a.finding != finding.key) && answers.len() < TOP {
                answers.push(FindingEntry { finding: finding.key.clone(), answer: Answer::Accepted });
            }
        }
        for answer in answers {
            self.review.apply(Edit::Finding(Change::put(answer)));
        }
    }

    fn answer(&self, told: &Answered) -> Answer {
        let today = review_day(self.review.week);
        match (&told.raise, told.dismiss) {
            (Some(issue), _) => Answer::Raised { issue: issue.clone() },
            (None, Some(weeks)) => {
                let days = Days::new(u64::from(weeks.unsigned_abs()) * 7);
                let until = today.checked_add_days(days).unwrap_or(today);
                Answer::Dismissed { until, reason: told.reason.clone() }
            }
            (None, None) => Answer::Accepted,
        }
    }

    /// Ratings by those who are here, lower in a week that the story calls low and among the first.
    fn close(&mut self) {
        let week = self.review.week.to_string();
        let low = self.events().find_map(|e| if let Event::Low(why) = e { Some(why.clone()) } else { None });
        let over = self.events().any(|e| matches!(e, Event::Over(..)));
        let here: Vec<_> = self.review.attendance.iter().filter(|a| a.present).map(|a| a.member.clone()).collect();
        for member in here {
            let strict = 0.22 * chance(&["strict", member.as_str()]);
            let less = if low.is_some() { 0.55 } else { 0.08 } + strict;
            let mut scores = Vec::new();
            for at in 0..CRITERIA.len() {
                let late = if over && at == 0 { 0.4 } else { 0.0 };
                let draw = chance(&["rate", member.as_str(), &at.to_string(), &week]);
                let lost = u8::from(draw < less + late) + u8::from(low.is_some() && draw < 0.12);
                scores.extend(Score::new(2 - lost));
            }
            let Ok(scores) = scores.try_into() else { continue };
            self.review.apply(Edit::Rating(Change::put(Rating { member, scores })));
        }
        if let Some(why) = low {
            self.review.apply(Edit::WhyLow(why));
        }
    }

    fn kpi_weeks(&self) -> Vec<KpiWeek> {
        let workspace = &self.teller.workspace;
        scorecard::of_review(&workspace.config, &workspace.strategy, &self.review)
    }

    fn goal_weeks(&self) -> Vec<GoalWeek> {
        let day = review_day(self.review.week);
        goals::assess(&self.teller.workspace.strategy, &self.review.goals, &self.kpi_weeks(), day)
    }

    fn findings(&self) -> Vec<Finding> {
        let (kpis, goals) = (self.kpi_weeks(), self.goal_weeks());
        let day = review_day(self.review.week);
        let facts = Facts::of_review(&self.teller.workspace, &self.review, self.teller.history, &kpis, &goals, day);
        findings::all(&facts)
    }
}

/// As computed; where nothing is measured, what the team's confidence says. Initiatives nobody reports on stay open.
fn usual_mark(goal: Option<&Goal>, stand: &GoalWeek) -> Option<Status> {
    if stand.computed != Status::Unknown {
        return Some(stand.computed);
    }
    match (&goal?.kind, stand.confidence?.get()) {
        (Kind::Initiative { .. }, _) => None,
        (Kind::Goal | Kind::Objective | Kind::KeyResult { .. }, 0..=3) => Some(Status::OffTrack),
        (Kind::Goal | Kind::Objective | Kind::KeyResult { .. }, 4..=5) => Some(Status::AtRisk),
        (Kind::Goal | Kind::Objective | Kind::KeyResult { .. }, _) => Some(Status::OnTrack),
    }
}

fn matches_away(event: &Event) -> Option<&MemberId> {
    if let Event::Away(who) = event { Some(who) } else { None }
}
