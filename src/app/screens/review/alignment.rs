//! Alignment: the findings that matter most, at most three pushed forward, and what the team says to each.

use crate::app::App;
use crate::app::dialogs::rows as forms;
use crate::app::intent::RowIntent;
use crate::app::message::Effect;
use crate::app::screens::row::{Listed, Row};
use crate::insight::findings;
use crate::model::finding::Answer;
use crate::model::review::{Change, Edit, FindingEntry, Moment};

/// How many findings are pushed forward.
pub const PUSHED: usize = 3;
/// The heading of those pushed forward.
pub const FORWARD: &str = term!("For the room");
/// The heading of the others.
pub const OTHERS: &str = term!("Also noticed");

/// The rows: at most three pushed forward, then the others.
#[must_use]
pub fn rows(app: &App) -> Vec<Listed> {
    let Some(review) = app.review() else { return Vec::new() };
    let top = findings::top(&app.derived.findings, review, PUSHED);
    let forward = top.iter().map(|f| Listed::new(FORWARD, Row::Finding(f.key.clone())));
    let others = app.derived.findings.iter().filter(|f| !top.iter().any(|t| t.key == f.key));
    forward.chain(others.map(|f| Listed::new(OTHERS, Row::Finding(f.key.clone())))).collect()
}

/// What the keys do.
pub fn row(app: &mut App, intent: RowIntent, now: Moment) -> Vec<Effect> {
    let Some(Row::Finding(key)) = app.row().cloned() else { return Vec::new() };
    match intent {
        RowIntent::Accept => {
            let accepted = app.review().and_then(|r| r.answer(&key)) == Some(&Answer::Accepted);
            let change = if accepted {
                Change::remove(key)
            } else {
                Change::put(FindingEntry { finding: key, answer: Answer::Accepted })
            };
            let effects = app.edit(
                if accepted { say!("finding unanswered") } else { say!("finding accepted") },
                Edit::Finding(change),
                now,
            );
            super::advance(app);
            effects
        }
        RowIntent::Dismiss => {
            forms::open_dismissal(app, &key);
            Vec::new()
        }
        _ => Vec::new(),
    }
}
