//! `truenorth diff`: what changed between two sealed weeks, in words.

use crate::insight::diff::{self, Change};
use crate::model::tongue::{field, word};

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
            let hint = say!("name two weeks, or two quarters");
            return Err(Failure::new(say!("a week and a quarter cannot be compared"), hint));
        }
    };
    let changes = diff::between(&from, &to);
    if args.json.json {
        return Ok(Answer::list(json(&changes)?, changes.is_empty()));
    }
    if changes.is_empty() {
        message(&say!("Nothing changed from {from} to {to}", from = from.week, to = to.week));
        return Ok(Answer::list(String::new(), true));
    }
    let mut page = context.page();
    page.heading(&say!("{name}: {from} to {to}", name = to.name, from = from.week, to = to.week));
    for (group, changes) in diff::grouped(&changes) {
        page.heading(group.label());
        page.table(&table(&changes));
    }
    Ok(Answer::fine(page.text()))
}

fn table(changes: &[&Change]) -> Table {
    let mut table = Table::new(&[
        (say!("what"), Set::Left),
        ("id", Set::Left),
        (say!("field"), Set::Left),
        (say!("column" | "change"), Set::Wrap),
    ]);
    for change in changes {
        let told = match (change.from.as_str(), change.to.as_str()) {
            ("", "") => change.name.clone(),
            ("", to) => to.to_owned(),
            (from, "") => say!("{from} -> nothing", from),
            (from, to) => format!("{from} -> {to}"),
        };
        table.row([word(change.kind).into(), change.id.as_str().into(), field(&change.field).into(), told.into()]);
    }
    table
}
