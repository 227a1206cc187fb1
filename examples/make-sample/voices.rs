//! What members feel, have in mind, thank for and would try, in a week's check-in.

use truenorth::model::checkin::{CheckIn, Pulse, Recall, Thanks};
use truenorth::model::scale::Agrees;

use crate::numbers::{chance, level};
use crate::story::Mood;
use crate::teller::Teller;

/// How far an answer strays from a person's level, up and down.
const STRAY: f64 = 0.6;

/// Puts into a check-in what the story's voices say of its week.
pub(crate) fn speak(teller: &Teller, check_in: &mut CheckIn) {
    let voices = &teller.story.voices;
    let (week, member) = (check_in.week, &check_in.member);
    let is_open = teller.story.weeks.last().is_some_and(|open| open.week == week);
    if is_open && voices.half_done.contains(member) {
        return;
    }
    check_in.pulse = voices.pulse.iter().filter_map(|mood| answer(mood, check_in)).collect();
    check_in.thanks = voices
        .thanks
        .iter()
        .filter(|(when, from, ..)| *when == week && from == member)
        .map(|(.., to, text)| Thanks { to: to.clone(), text: text.clone() })
        .collect();
    let ideas = voices.ideas.iter().filter(|(when, whose, _)| *when == week && whose == member);
    check_in.ideas = ideas.map(|(.., text)| text.clone()).collect();
    if is_asked(teller) {
        check_in.recall = recall(teller, check_in);
    }
}

fn answer(mood: &Mood, check_in: &CheckIn) -> Option<Pulse> {
    let beside = mood.who.iter().find(|(who, _)| who == &check_in.member).map_or(0.0, |(_, beside)| *beside);
    let words = ["pulse", mood.statement.as_str(), check_in.member.as_str(), &check_in.week.to_string()];
    let stray = (chance(&words) * 2.0 - 1.0) * STRAY;
    let value = level(&mood.path, check_in.week)? + beside + stray;
    // Clamped first.
    let agrees = Agrees::new(value.round().clamp(1.0, 5.0) as u8)?;
    Some(Pulse { statement: mood.statement.clone(), agrees })
}

/// Whether the top three are asked for: every few weeks, so that the open week is one of them.
fn is_asked(teller: &Teller) -> bool {
    let every = i32::try_from(teller.workspace.config.thresholds.recall_weeks).unwrap_or(0);
    let last = teller.story.weeks.last().map_or(teller.told.week, |w| w.week);
    every > 0 && last.since(teller.told.week) % every == 0
}

/// What came to mind; a goal that is not there yet, or not any more, is meant by nobody.
fn recall(teller: &Teller, check_in: &CheckIn) -> Vec<Recall> {
    let so_far = teller.story.voices.recalls.iter().rev().filter(|r| r.from <= check_in.week);
    let mut mine = so_far.flat_map(|r| r.names.iter().filter(|(who, _)| who == &check_in.member));
    let Some((_, names)) = mine.next() else { return Vec::new() };
    let known = |goal: &truenorth::model::id::GoalId| teller.workspace.strategy.goal(goal).is_some();
    names.iter().map(|(words, goal)| Recall { words: words.clone(), goal: goal.clone().filter(|g| known(g)) }).collect()
}
