//! A sealed quarter as a page that leaves the terminal: the outline, which JSON shows as it is and every other format writes.

mod gather;
mod html;
mod markdown;

use chrono::NaiveDate;
use serde::Serialize;

pub use gather::gather;
pub use html::html;
pub use markdown::markdown;

use super::outline::{Correction, Person};
use crate::insight::quarter::QuarterDigest;
use crate::model::id::{GoalId, ThemeId, WorkspaceId};
use crate::model::number::Finite;
use crate::model::quarter::Quarter;
use crate::model::quarterly::Stood;
use crate::model::review::Moment;
use crate::model::week::Week;

/// A quarter as its report tells it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outline {
    /// [`super::outline::OUTLINE_SCHEMA`].
    pub schema: u32,
    /// The workspace's id.
    pub workspace: WorkspaceId,
    /// The workspace's name.
    pub name: String,
    /// The quarter.
    pub quarter: Quarter,
    /// 1 for the first, more for corrections.
    pub revision: u32,
    /// What the revision corrects; none for the first.
    pub correction: Option<Correction>,
    /// How the review went.
    pub review: Review,
    /// What the quarter came to, in figures.
    pub figures: QuarterDigest,
    /// The same of the sealed quarter before it; none for the first.
    pub before: Option<QuarterDigest>,
    /// The last of its sealed weeks: where goals stood at its end.
    pub figures_of: Option<Week>,
    /// Objectives, each before its key results.
    pub goals: Vec<Goal>,
    /// What was learned.
    pub learned: Vec<String>,
    /// Predictions that were looked at again.
    pub predictions: Vec<Prediction>,
    /// Decisions that were taken in the review, then those that were looked at again in it.
    pub decisions: Vec<Decision>,
    /// What was said of vision, mission and values.
    pub north_star: Option<NorthStar>,
    /// The themes: their weights before and after, and what went into them.
    pub themes: Vec<Theme>,
    /// The objectives of the next quarter.
    pub next: Vec<Next>,
    /// What stops.
    pub stops: Vec<Stop>,
    /// What the quarter before said would stop, and whether it has.
    pub kept: Vec<Kept>,
    /// What somebody has to do, and by when.
    pub promised: Vec<Promise>,
    /// A sentence from each.
    pub said: Vec<Sentence>,
    /// Cards that are still so.
    pub looked: Vec<Looked>,
    /// The findings of its weeks by rule, the longest first.
    pub findings: Vec<Stood>,
    /// Notes of the review.
    pub notes: Vec<String>,
}

/// How the review went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Review {
    /// When it started.
    pub started: Moment,
    /// When it was sealed.
    pub sealed: Moment,
    /// Who led it.
    pub led_by: Option<Person>,
    /// Who was here.
    pub present: Vec<Person>,
    /// Who was not.
    pub absent: Vec<Person>,
    /// The minutes it took, rounded up.
    pub minutes: u32,
    /// The minutes of its agenda.
    pub planned_minutes: u32,
}

/// An objective or key result at the end of the quarter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Goal {
    /// The id.
    pub id: GoalId,
    /// What was to be true.
    pub title: String,
    /// The objective that a key result belongs to; none for an objective.
    pub objective: Option<GoalId>,
    /// Who answers for it.
    pub owner: Option<Person>,
    /// The grade that counts, 0 to 1: the team's own where there is one, else that of the rule.
    pub grade: Option<Finite>,
    /// The grade by the rule, 0 to 1.
    pub by_rule: Option<Finite>,
    /// Where it began, in its unit; key results only.
    pub from: Option<String>,
    /// Where it stood at the end, in its unit; none where nobody knew.
    pub now: Option<String>,
    /// What was to be reached, in its unit.
    pub target: Option<String>,
    /// `closed`, `carried` or `dropped`; `under way` or `over` where nothing had to be said; none where nobody did.
    pub fate: Option<&'static str>,
    /// Why it was dropped; empty where it was not.
    pub reason: String,
    /// What explains the grade.
    pub note: String,
}

/// A prediction that was looked at again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Prediction {
    /// The title of the decision it was made with.
    pub title: String,
    /// How likely it was called, in percent.
    pub percent: u8,
    /// Whether it came true.
    pub came_true: bool,
}

/// A decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// The title.
    pub title: String,
    /// What was chosen.
    pub choice: String,
    /// What became of it, where it was looked at again; none for one that was taken.
    pub outcome: Option<String>,
}

/// What was said of vision, mission and values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NorthStar {
    /// Whether they still say where to go.
    pub still_right: bool,
    /// What is to change, and why; empty where nothing is.
    pub change: String,
}

/// A theme: how much it was to count before and after, and what went into it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Theme {
    /// The id.
    pub id: ThemeId,
    /// The name.
    pub name: String,
    /// Its weight before.
    pub before: Finite,
    /// Its weight from now on.
    pub after: Finite,
    /// Its share of the goals and initiatives that were worked on, in percent.
    pub work: Option<Finite>,
    /// Its share of the days that were set aside, in percent.
    pub days: Option<Finite>,
}

/// An objective of the next quarter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Next {
    /// The id it has in the strategy.
    pub id: GoalId,
    /// What is to be true at its end.
    pub title: String,
    /// Who answers for it.
    pub owner: Person,
    /// The name of the theme it serves.
    pub theme: Option<String>,
}

/// Something that stops.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stop {
    /// What.
    pub what: String,
    /// Why.
    pub why: String,
    /// Who sees to it.
    pub owner: Person,
    /// From which day on.
    pub from: NaiveDate,
    /// The goal that is dropped with it.
    pub goal: Option<GoalId>,
}

/// Something that was to stop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// What.
    pub what: String,
    /// Whether it has; none where nobody said.
    pub kept: Option<bool>,
}

/// What somebody has to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Promise {
    /// Who.
    pub owner: Person,
    /// What.
    pub title: String,
    /// By when.
    pub due: NaiveDate,
}

/// What somebody said of the quarter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sentence {
    /// Who.
    pub by: Person,
    /// What.
    pub text: String,
}

/// A card of a register that is still so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Looked {
    /// The name of its register.
    pub register: &'static str,
    /// Its title.
    pub title: String,
}

impl Outline {
    /// The title of the page.
    #[must_use]
    pub fn title(&self) -> String {
        format!("{}: review of {}", self.name, self.quarter)
    }
}

/// A grade, 0.0 to 1.0; a dash where nothing was graded.
fn graded(grade: Option<Finite>) -> String {
    grade.map_or_else(|| "–".to_owned(), |g| g.fixed(1))
}

/// What a goal was measured by, in words; empty where nothing was.
fn figures(g: &Goal) -> String {
    match (&g.from, &g.now, &g.target) {
        (Some(from), Some(now), Some(target)) => format!("from {from} to {now}, target {target}"),
        (Some(from), None, Some(target)) => format!("from {from}, target {target}"),
        _ => String::new(),
    }
}

/// How the predictions turned out, with what to hold the score against; none without any.
fn calibration(o: &Outline) -> Option<String> {
    let score = o.figures.brier?;
    let came = o.predictions.iter().filter(|p| p.came_true).count();
    Some(format!(
        "{came} of {} came true. Brier score {}: 0 is perfect, always saying 50 % scores 0.25.",
        o.predictions.len(),
        score.fixed(2)
    ))
}

/// Whether something that was to stop has.
fn kept(kept: Option<bool>) -> &'static str {
    match kept {
        Some(true) => "Has stopped",
        Some(false) => "Has not stopped",
        None => "Nobody said whether it has stopped",
    }
}

/// What stands where a part has nothing: what one could do that it has something the next time.
mod nothing {
    pub(super) const GOALS: &str =
        "No objective or key result was due in it. Give goals an end within a quarter: each is graded then.";
    pub(super) const LEARNED: &str =
        "Nothing was written down. The step Look back has a place for what one would do otherwise, or again.";
    pub(super) const PREDICTIONS: &str =
        "No prediction was looked at again. A decision can say what one expects of it, and how sure one is.";
    pub(super) const NEXT: &str = "No objective was named. The step Look ahead adds them to the strategy.";
    pub(super) const STOPS: &str = "Nothing stops. The step Say no lists what one could stop.";
}
