//! What each step of a quarter's review asks for, and how much of it is answered.

use chrono::{Days, NaiveDate};

use crate::model::agenda::QuarterStep;
use crate::model::quarterly::{Fate, Quarterly, Stands};
use crate::model::register::{Card, Kind};
use crate::model::review::Review;
use crate::model::workspace::Workspace;

/// The registers that look outside, or at what the business is made of.
const AROUND: [Kind; 4] = [Kind::Signal, Kind::Swot, Kind::Scenario, Kind::Stakeholder];
/// A card that somebody looked at within so many days is not asked about.
const FRESH: u64 = 14;

/// The open cards that Look around goes through: those looked at longest ago first.
#[must_use]
pub fn cards<'a>(workspace: &'a Workspace, review: &Review) -> Vec<&'a Card> {
    let began = review.started.date_naive();
    let looked = |card: &Card| review.quarter.as_ref().is_some_and(|q| q.looked.iter().any(|l| l.card == card.id));
    let old = |card: &&Card| looked(card) || is_old(card, began);
    let around = workspace.strategy.cards.iter().filter(|c| AROUND.contains(&c.kind()) && c.is_open());
    let mut cards: Vec<&Card> = around.filter(old).collect();
    cards.sort_by_key(|c| seen(c));
    cards
}

/// The day somebody last looked at a card: the day it came in, where nobody has since.
fn seen(card: &Card) -> NaiveDate {
    card.reviewed.unwrap_or(card.added)
}

fn is_old(card: &Card, today: NaiveDate) -> bool {
    seen(card).checked_add_days(Days::new(FRESH)).is_some_and(|fresh| fresh < today)
}

/// How many questions of a step are answered, and of how many; none in the review of a week.
#[must_use]
pub fn progress(step: QuarterStep, workspace: &Workspace, review: &Review) -> Option<(usize, usize)> {
    let said = review.quarter.as_deref()?;
    Some(match step {
        QuarterStep::LookBack => {
            let goals =
                said.facts.goals.iter().filter(|g| g.stands == Stands::Due).map(|g| said.fate(&g.goal).is_some());
            count(goals.chain(said.facts.stops.iter().map(|s| said.kept(&s.id).is_some())))
        }
        QuarterStep::LookAround => {
            let cards = cards(workspace, review);
            count(cards.iter().map(|c| said.looked.iter().any(|l| l.card == c.id)))
        }
        QuarterStep::LookAhead => count([said.north_star.is_some(), has_next(said)]),
        QuarterStep::SayNo => count([!said.stops.is_empty()]),
        QuarterStep::Commit => {
            let here = review.attendance.iter().filter(|a| a.present);
            count(here.map(|a| said.said(&a.member).is_some()))
        }
    })
}

/// Whether somebody said what the next quarter is for: a new objective, or one that is carried.
fn has_next(said: &Quarterly) -> bool {
    !said.next.is_empty() || said.answers.iter().any(|a| a.fate == Some(Fate::Carried))
}

fn count(answered: impl IntoIterator<Item = bool>) -> (usize, usize) {
    answered.into_iter().fold((0, 0), |(yes, all), a| (yes + usize::from(a), all + 1))
}

/// What is still open in a step, in words.
#[must_use]
pub fn missing(step: QuarterStep, open: usize) -> String {
    let say = |one: &str, many: &str| if open == 1 { format!("1 {one}") } else { format!("{open} {many}") };
    match step {
        QuarterStep::LookBack => {
            say(say!("goal or promise is not answered"), say!("goals and promises are not answered"))
        }
        QuarterStep::LookAround => say(say!("card was not looked at"), say!("cards were not looked at")),
        QuarterStep::LookAhead => say!("the north star or the next objectives are not answered").to_owned(),
        QuarterStep::SayNo => say!("nothing was said to stop").to_owned(),
        QuarterStep::Commit => say(say!("sentence is missing"), say!("sentences are missing")),
    }
}
