//! `truenorth diff`: what changed between two sealed weeks, in words.

use crate::insight::diff::{self, Change};

use super::args::Diff;
use super::context::Context;
use super::failure::{Answer, Failure};
use super::output::{json, message};
use super::quarters;
use super::table::{Set, Table};
use super::when::PeriodRef;

pub(super) fn run(context: &Context, args: &Diff) -> Result<Answer, Failure> {
    let (from, to) = match (args.from, args.to) {
        (PeriodRef::Week(from), PeriodRef::Week(to)) => (context.snapshot(from, None)?, context.snapshot(to, None)?),
        (PeriodRef::Quarter(from), PeriodRef::Quarter(to)) => {
            return quarters::diff(context, from, to, args.json.json);
        }
        (PeriodRef::Week(_), PeriodRef::Quarter(_)) | (PeriodRef::Quarter(_), PeriodRef::Week(_)) => {
            let hint = "name two weeks, or two quarters";
            return Err(Failure::new("a week and a quarter cannot be compared", hint));
        }
    };
    let changes = diff::between(&from, &to);
    if args.json.json {
        return Ok(Answer::list(json(&changes)?, changes.is_empty()));
    }
    if changes.is_empty() {
        message(&format!("Nothing changed from {} to {}", from.week, to.week));
        return Ok(Answer::list(String::new(), true));
    }
    let mut page = context.page();
    page.heading(&format!("{}: {} to {}", to.name, from.week, to.week));
    for (group, changes) in diff::grouped(&changes) {
        page.heading(group.label());
        page.table(&table(&changes));
    }
    Ok(Answer::fine(page.text()))
}

fn table(changes: &[&Change]) -> Table {
    let mut table = Table::new(&[("what", Set::Left), ("id", Set::Left), ("field", Set::Left), ("change", Set::Wrap)]);
    for change in changes {
        let told = match (change.from.as_str(), change.to.as_str()) {
            ("", "") => change.name.clone(),
            ("", to) => to.to_owned(),
            (from, "") => format!("{from} -> nothing"),
            (from, to) => format!("{from} -> {to}"),
        };
        table.row([change.kind.into(), change.id.as_str().into(), change.field.as_str().into(), told.into()]);
    }
    table
}
