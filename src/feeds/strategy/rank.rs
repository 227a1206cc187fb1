//! Words of exports: which kind of goal a row is, what its status closes, and the unit that stands around a number.

use chrono::NaiveDate;

use super::key;
use crate::feeds::{Refusal, quoted};
use crate::model::goal::{Commitment, GoalState, Kind};

/// Which of the four kinds a goal is, without what only that kind has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rank {
    Goal,
    Objective,
    KeyResult,
    Initiative,
}

const GOALS: [&str; 8] = [
    "goal",
    "strategic goal",
    "company goal",
    "annual goal",
    "1 year goal",
    "long term goal",
    "3 year goal",
    "strategisches ziel",
];
const OBJECTIVES: [&str; 10] = [
    "objective",
    "o",
    "obj",
    "okr",
    "rock",
    "company objective",
    "team objective",
    "individual objective",
    "quarterly goal",
    "ziel",
];
const KEY_RESULTS: [&str; 7] =
    ["key result", "keyresult", "kr", "key results", "metric", "target", "schlüsselergebnis"];
const INITIATIVES: [&str; 11] = [
    "initiative",
    "project",
    "task",
    "action",
    "key action",
    "milestone",
    "activity",
    "to do",
    "todo",
    "epic",
    "maßnahme",
];
/// Whose goal it is; that tells nothing of its kind.
const WHOSE: [&str; 8] =
    ["company", "team", "department", "individual", "personal", "organization", "organisation", "group"];

impl Rank {
    /// The kind of a goal.
    pub(super) fn of(kind: &Kind) -> Self {
        match kind {
            Kind::Goal => Self::Goal,
            Kind::Objective => Self::Objective,
            Kind::KeyResult { .. } => Self::KeyResult,
            Kind::Initiative { .. } => Self::Initiative,
        }
    }

    /// A kind with nothing in it yet.
    pub(super) fn kind(self) -> Kind {
        match self {
            Self::Goal => Kind::Goal,
            Self::Objective => Kind::Objective,
            Self::KeyResult => {
                Kind::KeyResult { baseline: None, target: None, unit: String::new(), commitment: Commitment::default() }
            }
            Self::Initiative => Kind::Initiative { members: Vec::new() },
        }
    }
}

/// The kind that a cell names; none where it only tells whose goal it is.
pub(super) fn rank(cell: &str) -> Result<Option<Rank>, Refusal> {
    let word = key(cell);
    let is = |known: &[&str]| known.contains(&word.as_str());
    match () {
        () if is(&GOALS) => Ok(Some(Rank::Goal)),
        () if is(&OBJECTIVES) => Ok(Some(Rank::Objective)),
        () if is(&KEY_RESULTS) => Ok(Some(Rank::KeyResult)),
        () if is(&INITIATIVES) => Ok(Some(Rank::Initiative)),
        () if is(&WHOSE) => Ok(None),
        () => Err(Refusal::new(
            say!("{cell} is no kind of goal", cell = quoted(cell)),
            say!("write goal, objective, key result or initiative, or leave the column out: --map \"COLUMN=\""),
        )),
    }
}

/// What a status makes of a goal: how it goes is judged here by numbers, so only its end counts. None where the word is not
/// known.
pub(super) fn closes(cell: &str, today: NaiveDate) -> Option<GoalState> {
    const DONE: [&str; 9] =
        ["done", "complete", "completed", "closed", "achieved", "finished", "reached", "hit", "erledigt"];
    const DROPPED: [&str; 9] = [
        "dropped",
        "cancelled",
        "canceled",
        "abandoned",
        "archived",
        "discontinued",
        "missed",
        "won't do",
        "abgebrochen",
    ];
    const OPEN: [&str; 20] = [
        "open",
        "active",
        "on track",
        "off track",
        "at risk",
        "behind",
        "progressing",
        "in progress",
        "not started",
        "pending",
        "planned",
        "draft",
        "started",
        "ongoing",
        "new",
        "todo",
        "to do",
        "ahead",
        "needs attention",
        "offen",
    ];
    let word = key(cell);
    let is = |known: &[&str]| known.contains(&word.as_str());
    if is(&DONE) {
        return Some(GoalState::Done { on: today, note: String::new() });
    }
    if is(&DROPPED) {
        return Some(GoalState::Dropped {
            on: today,
            reason: say!("{cell} in the program that it was imported from", cell),
        });
    }
    is(&OPEN).then_some(GoalState::Open)
}

/// The unit that stands around a number: a percent sign or a currency.
pub(super) fn unit_around(cell: &str) -> Option<&'static str> {
    const SIGNS: [(&str, &str); 8] = [
        ("%", "%"),
        ("€", "EUR"),
        ("EUR", "EUR"),
        ("$", "USD"),
        ("USD", "USD"),
        ("£", "GBP"),
        ("GBP", "GBP"),
        ("CHF", "CHF"),
    ];
    SIGNS.iter().find(|(sign, _)| cell.starts_with(sign) || cell.ends_with(sign)).map(|(_, unit)| *unit)
}
