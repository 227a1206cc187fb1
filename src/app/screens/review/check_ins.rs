//! Check-ins: what members reported, revealed only here.

use crate::app::App;
use crate::app::dialogs::Dialog;
use crate::app::dialogs::reading::Reading;
use crate::app::intent::RowIntent;
use crate::app::message::Effect;
use crate::app::screens::row::{Listed, Row};
use crate::insight::agreement;
use crate::model::review::{Edit, Moment};

/// The heading of the blockers.
pub const BLOCKERS: &str = "What stands in the way";
/// The heading of goals on which confidence lies apart.
pub const SPLIT: &str = "Confidence lies apart";
/// The heading of what else was said.
pub const REMARKS: &str = "Also said";

/// The rows: none before the reveal.
#[must_use]
pub fn rows(app: &App) -> Vec<Listed> {
    if !app.review().is_some_and(|r| r.revealed) {
        return Vec::new();
    }
    let week = app.shown_week();
    let check_ins = || app.basis().check_ins.iter().filter(|c| c.week == week);
    let blockers = check_ins()
        .flat_map(|c| (0..c.blockers.len()).map(|n| Listed::new(BLOCKERS, Row::Blocker(c.member.clone(), n))));
    let votes = agreement::confidence(&check_ins().collect::<Vec<_>>());
    let far = app.basis().config.thresholds.votes_apart;
    let apart = votes.iter().filter(|v| v.spread().is_some_and(|s| s >= far));
    let split = apart.map(|v| Listed::new(SPLIT, Row::Goal(v.goal.clone(), 0)));
    let remarks =
        check_ins().filter(|c| !c.note.is_empty()).map(|c| Listed::new(REMARKS, Row::Remark(c.member.clone())));
    blockers.chain(split).chain(remarks).collect()
}

/// What the keys do.
pub fn row(app: &mut App, intent: RowIntent, now: Moment) -> Vec<Effect> {
    if !matches!(intent, RowIntent::Accept) {
        return Vec::new();
    }
    if !app.review().is_some_and(|r| r.revealed) {
        return app.edit("check-ins revealed", Edit::Reveal(true), now);
    }
    let text = app.row().map(|row| match row {
        Row::Remark(member) => {
            let said = app.basis().check_ins.iter().find(|c| &c.member == member).map(|c| c.note.clone());
            (app.basis().config.name_of(member).to_owned(), said.unwrap_or_default())
        }
        row => ("Reported".to_owned(), row.words(app)),
    });
    if let Some((title, text)) = text {
        app.dialogs.push(Dialog::Reading(Reading::text(title, vec![text])));
    }
    Vec::new()
}
