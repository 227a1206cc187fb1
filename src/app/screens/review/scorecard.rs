//! Scorecard: exceptions first; the rest is accepted as computed with one key.

use crate::app::App;
use crate::app::dialogs::rows as forms;
use crate::app::intent::RowIntent;
use crate::app::message::Effect;
use crate::app::screens::row::{Listed, Row};
use crate::model::id::KpiId;
use crate::model::review::{Change, Edit, Moment};
use crate::model::status::Status;

/// The heading of the exceptions.
pub const NEEDS: &str = term!("Needs you");
/// The heading of the rest.
pub const ROUTINE: &str = term!("As computed: Space accepts all");

/// The rows: exceptions first, then the rest; the order does not depend on marks.
#[must_use]
pub fn rows(app: &App) -> Vec<Listed> {
    let group = |exception: bool| if exception { NEEDS } else { ROUTINE };
    app.scorecard_rows().iter().map(|r| Listed::new(group(r.reason.is_some()), Row::Kpi(r.kpi.clone()))).collect()
}

/// What the keys do.
pub fn row(app: &mut App, intent: RowIntent, now: Moment) -> Vec<Effect> {
    let Some((Row::Kpi(id), at)) = app.row().cloned().zip(app.at()) else { return Vec::new() };
    match intent {
        RowIntent::Value(first) => forms::open_kpi_value(app, &id, first),
        RowIntent::Note => forms::open_kpi_note(app, &id),
        RowIntent::Unmark => return super::set_kpi_mark(app, &id, None, None, now),
        RowIntent::Mark(status) => {
            let effects = super::mark_kpi(app, &id, status, now);
            if !effects.is_empty() {
                super::advance(app);
            }
            return effects;
        }
        RowIntent::Accept if app.rows()[at].group == ROUTINE => return accept_all(app, now),
        RowIntent::Accept => {
            let effects = accept(app, &id, now);
            super::advance(app);
            return effects;
        }
        _ => {}
    }
    Vec::new()
}

fn accept(app: &mut App, id: &KpiId, now: Moment) -> Vec<Effect> {
    let computed = app.derived.kpi(id).map_or(Status::Unknown, |k| k.computed);
    super::set_kpi_mark(app, id, Some(computed), None, now)
}

/// Accepts every routine row that is not marked yet.
fn accept_all(app: &mut App, now: Moment) -> Vec<Effect> {
    let Some(review) = app.review() else { return Vec::new() };
    let routine = app.rows().iter().filter(|r| r.group == ROUTINE);
    let edits: Vec<Edit> = routine
        .filter_map(|r| match &r.row {
            Row::Kpi(id) => app.derived.kpi(id).filter(|k| k.marked.is_none()),
            _ => None,
        })
        .map(|now| {
            let mut entry = forms::kpi_entry(review, &now.kpi);
            entry.mark = Some(now.computed);
            Edit::Kpi(Change::put(entry))
        })
        .collect();
    if edits.is_empty() {
        return Vec::new();
    }
    app.edit(say!("{edits} KPIs accepted as computed", edits = edits.len()), Edit::Many(edits), now)
}
