//! `truenorth show 2026-Q3` and `truenorth diff 2026-Q2 2026-Q3`: sealed quarters in plain text.

use crate::insight::quarter::{self, Compared};
use crate::model::quarter::Quarter;
use crate::model::quarterly::QuarterSnapshot;
use crate::storage;

use super::context::Context;
use super::failure::{Answer, Failure};
use super::output::json;
use super::table::{Set, Table};

/// A quarter as its review left it.
pub(super) fn show(
    context: &Context,
    quarter: Quarter,
    revision: Option<u32>,
    as_json: bool,
) -> Result<Answer, Failure> {
    let sealed = sealed(context, quarter, revision)?;
    if as_json {
        return Ok(Answer::fine(json(&sealed)?));
    }
    let mut page = context.page();
    page.heading(&say!("{name}: review of {quarter}", name = sealed.name, quarter));
    for line in quarter::told(&sealed) {
        match line.strip_prefix("# ") {
            Some(heading) => page.heading(heading),
            None => page.item(&line),
        }
    }
    Ok(Answer::fine(page.text()))
}

/// Two quarters side by side.
pub(super) fn diff(context: &Context, from: Quarter, to: Quarter, as_json: bool) -> Result<Answer, Failure> {
    let (one, other) = (sealed(context, from, None)?, sealed(context, to, None)?);
    let rows = quarter::compare(&one, &other);
    if as_json {
        return Ok(Answer::fine(json(&rows)?));
    }
    let mut page = context.page();
    page.heading(&say!("{name}: {from} and {to}", name = other.name, from, to));
    for group in rows.chunk_by(|a, b| a.group == b.group) {
        page.heading(group[0].group);
        page.table(&table(group));
    }
    Ok(Answer::fine(page.text()))
}

fn table(rows: &[Compared]) -> Table {
    let mut table = Table::new(&[(say!("what"), Set::Wrap), (say!("earlier"), Set::Left), (say!("later"), Set::Left)]);
    for row in rows {
        let shown = |value: &str| if value.is_empty() { "-".to_owned() } else { value.to_owned() };
        table.row([row.what.as_str().into(), shown(&row.before).into(), shown(&row.after).into()]);
    }
    table
}

/// A sealed quarter; where there is none, the names of those there are.
pub(super) fn sealed(context: &Context, quarter: Quarter, revision: Option<u32>) -> Result<QuarterSnapshot, Failure> {
    let root = context.need_root()?;
    let revisions = storage::quarter_revisions(&root, quarter);
    match revision {
        _ if revisions.is_empty() => {
            let known = storage::open(&root, |c| context.week(c)).map(|w| w.quarters).unwrap_or_default();
            let names: Vec<String> = known.keys().rev().take(4).map(ToString::to_string).collect();
            let hint = if names.is_empty() {
                say!("no quarter is: `truenorth review --agenda quarterly` holds the one that is due").to_owned()
            } else {
                say!("sealed are: {names}", names = names.join(", "))
            };
            Err(Failure::nothing(say!("{quarter} was not sealed", quarter), hint))
        }
        Some(n) if !revisions.contains(&n) => {
            let known: Vec<String> = revisions.iter().map(u32::to_string).collect();
            Err(Failure::nothing(
                say!("{quarter} has no revision {n}", quarter, n),
                say!("it has: {known}", known = known.join(", ")),
            ))
        }
        _ => Ok(storage::quarter(&root, quarter, revision)?),
    }
}
