//! `truenorth decision declined` and `decision calibration`: what was said no to, and how predictions turned out.

use serde::Serialize;

use crate::insight::calibration::{Bin, COIN, calibration};
use crate::model::declined::Declined;
use crate::model::id::DecisionId;
use crate::model::record::Decision;
use crate::model::week::Week;
use crate::model::workspace::Workspace;

use super::args::Json;
use super::context::Context;
use super::failure::{Answer, Failure};
use super::output::{json, message};
use super::table::{Cell, Set, Table};

/// Something declined, as programs see it.
#[derive(Serialize)]
struct No<'a> {
    #[serde(flatten)]
    declined: &'a Declined,
    decided: Week,
    decision: &'a DecisionId,
    title: &'a str,
}

fn nos(d: &Decision) -> impl Iterator<Item = No<'_>> {
    d.declined.iter().map(|declined| No { declined, decided: d.decided, decision: &d.id, title: &d.title })
}

/// What was declined, the last first.
pub(super) fn declined(
    context: &Context,
    workspace: &Workspace,
    all: &[&Decision],
    args: Json,
) -> Result<Answer, Failure> {
    let mut all = all.to_vec();
    all.sort_by_key(|d| std::cmp::Reverse(d.decided));
    let found: Vec<No<'_>> = all.into_iter().flat_map(nos).collect();
    if args.json {
        return Ok(Answer::list(json(&found)?, found.is_empty()));
    }
    if found.is_empty() {
        message(say!("Nothing was declined yet: the form of a decision asks for it"));
        return Ok(Answer::list(String::new(), true));
    }
    let mut page = context.page();
    page.heading(&say!("{name}: declined", name = workspace.config.name));
    let mut table =
        Table::new(&[(say!("week"), Set::Left), (say!("declined"), Set::Wrap), (say!("decision"), Set::Left)]);
    for no in &found {
        table.row([no.decided.to_string().into(), no.declined.line().into(), Cell::from(no.decision.as_str())]);
    }
    page.table(&table);
    Ok(Answer::fine(page.text()))
}

/// The calibration, as programs see it.
#[derive(Serialize)]
struct Calibrated {
    brier: Option<f64>,
    n: usize,
    always_half: f64,
    waiting: usize,
    bins: [Bin; 5],
}

/// The Brier score and the table behind it.
pub(super) fn calibrated(
    context: &Context,
    workspace: &Workspace,
    all: &[&Decision],
    args: Json,
) -> Result<Answer, Failure> {
    let found = calibration(all.iter().copied());
    if args.json {
        let (brier, n) = (found.brier.map(|b| b.score), found.brier.map_or(0, |b| b.n));
        let view = Calibrated { brier, n, always_half: COIN, waiting: found.waiting, bins: found.bins };
        return Ok(Answer::list(json(&view)?, n == 0));
    }
    if found.brier.is_none() {
        message(&found.in_words());
        return Ok(Answer::list(String::new(), true));
    }
    let mut page = context.page();
    page.heading(&say!("{name}: predictions", name = workspace.config.name));
    page.field(say!("Score"), &found.in_words());
    page.field(say!("Waiting"), &say!("{waiting} for the day to look again", waiting = found.waiting));
    let columns = [
        (say!("said"), Set::Left),
        (say!("predictions"), Set::Right),
        (say!("mean said"), Set::Right),
        (say!("came true"), Set::Right),
    ];
    let mut table = Table::new(&columns);
    let percent = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |v| format!("{v:.0} %"));
    for b in &found.bins {
        let said = say!("{from} to {to} %", from = b.from, to = b.to);
        table.row([said.into(), b.n.to_string().into(), percent(b.forecast).into(), percent(b.came_true).into()]);
    }
    page.table(&table);
    Ok(Answer::fine(page.text()))
}
