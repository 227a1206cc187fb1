//! A quarter seen from its end: what it brought, where its review stands, what becomes of the strategy, and two of them side by
//! side.

mod compare;
mod facts;
mod reopen;
mod seal;
mod steps;
mod told;

use crate::model::agenda::Slot;
use crate::model::id::AgendaId;
use crate::model::quarter::Quarter;
use crate::model::quarterly::{QuarterSnapshot, Quarterly, Scored};
use crate::model::review::{Moment, Review};
use crate::model::snapshot::Snapshot;
use crate::model::tongue;
use crate::model::week::Week;
use crate::model::workspace::Workspace;

pub use compare::{Compared, QuarterDigest, compare};
pub use facts::facts;
pub use reopen::reopen;
pub use seal::seal;
pub use steps::{cards, missing, progress};
pub use told::told;

/// The review of a quarter, ready to be held in this week. `weeks` are the sealed weeks of the quarter, oldest first, and
/// `before` is the sealed quarter before it.
#[must_use]
pub fn begin(of: &Begin<'_>) -> Review {
    let Begin { workspace, quarter, weeks, before, week, agenda, steps, now } = *of;
    let standing = workspace.standing_of_quarter(week);
    let facts = facts(workspace, quarter, weeks, before);
    Review {
        quarter: Some(Box::new(Quarterly::new(quarter, facts))),
        ..Review::start(week, agenda.clone(), steps.to_vec(), &standing, now)
    }
}

/// What the review of a quarter begins with.
#[derive(Debug, Clone, Copy)]
pub struct Begin<'a> {
    /// The workspace as it is.
    pub workspace: &'a Workspace,
    /// The quarter.
    pub quarter: Quarter,
    /// Its sealed weeks, oldest first.
    pub weeks: &'a [Snapshot],
    /// The sealed quarter before it.
    pub before: Option<&'a QuarterSnapshot>,
    /// The week in which the review is held.
    pub week: Week,
    /// The agenda that it follows.
    pub agenda: &'a AgendaId,
    /// That agenda's steps.
    pub steps: &'a [Slot],
    /// When it begins.
    pub now: Moment,
}

/// The quarter whose review one would hold today: the last one that is over, and once that is sealed the current one.
#[must_use]
pub fn due(workspace: &Workspace, today: chrono::NaiveDate) -> Quarter {
    let current = Quarter::of(today);
    if workspace.quarters.contains_key(&current.previous()) { current } else { current.previous() }
}

/// The last quarter that is over, where its review was not held and somebody may miss it: the workspace names an agenda for it, or
/// has objectives or key results that were due in it. A team that only holds the weekly hour is told nothing.
#[must_use]
pub fn overdue(workspace: &Workspace, today: chrono::NaiveDate) -> Option<Quarter> {
    use crate::model::agenda::Rhythm;
    use crate::model::goal::Kind;
    let quarter = Quarter::of(today).previous();
    let named = workspace.config.agendas.iter().any(|a| a.rhythm() == Rhythm::Quarterly);
    let cycles = || {
        let cycle = |k: &Kind| matches!(k, Kind::Objective | Kind::KeyResult { .. });
        let mut goals = workspace.strategy.goals.iter().filter(|g| cycle(&g.kind));
        goals.any(|g| g.due.is_some_and(|due| Quarter::of(due) == quarter))
    };
    let lived = workspace.weeks.range(quarter.first_week()..=quarter.last_week()).next().is_some();
    (lived && !workspace.quarters.contains_key(&quarter) && (named || cycles())).then_some(quarter)
}

/// The Brier score of a quarter's predictions, 0 to 1; none without any.
#[must_use]
pub fn brier(scored: &[Scored]) -> Option<f64> {
    let off = |s: &Scored| f64::from(s.percent.get()) / 100.0 - if s.came_true { 1.0 } else { 0.0 };
    let sum: f64 = scored.iter().map(|s| off(s).powi(2)).sum();
    (!scored.is_empty()).then(|| sum / scored.len() as f64)
}

/// How the predictions of a quarter turned out, in a sentence with what to hold it against.
#[must_use]
pub fn calibration(scored: &[Scored]) -> String {
    let Some(score) = brier(scored) else {
        return say!("No prediction was looked at again in this quarter.").to_owned();
    };
    let came = scored.iter().filter(|s| s.came_true).count();
    let said: u32 = scored.iter().map(|s| u32::from(s.percent.get())).sum();
    let mean = f64::from(said) / f64::from(u32::try_from(scored.len()).unwrap_or(u32::MAX).max(1));
    say!(
        "{came} of {of} came true; {mean:.0} % was said on average. Brier score {score:.2}: 0 is perfect, always saying 50 % scores 0.25.",
        came,
        of = tongue::count(scored.len(), "prediction"),
        mean,
        score
    )
}

#[cfg(test)]
mod tests;
