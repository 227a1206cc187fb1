//! What an import changes: as a table for people, and with the keys that `import readings --json` promises.

use serde::Serialize;

use crate::feeds::{Candidates, Ignored, Kept, KpiPlan, Plan, Says};
use crate::model::id::KpiId;
use crate::model::kpi::Kpi;
use crate::model::number::Finite;
use crate::model::week::Week;
use crate::model::workspace::Workspace;

use super::context::Context;
use super::table::{Cell, Set, Table};

/// How many kept values people see.
const TOLD: usize = 20;

/// An import as programs see it.
#[derive(Serialize)]
pub(super) struct View<'a> {
    file: &'a str,
    dry_run: bool,
    written: Option<&'a str>,
    kpis: Vec<Row<'a>>,
    kept: Vec<Difference<'a>>,
    ignored: Vec<Unused<'a>>,
    notes: &'a [String],
}

#[derive(Serialize)]
struct Row<'a> {
    kpi: &'a KpiId,
    column: &'a str,
    from: Option<Week>,
    to: Option<Week>,
    first: Option<Finite>,
    last: Option<Finite>,
    new: usize,
    replaced: usize,
    already_there: usize,
    kept: usize,
    gaps: usize,
}

/// A value that differs from what counts before it.
#[derive(Serialize)]
struct Difference<'a> {
    kpi: &'a KpiId,
    week: Week,
    says: &'static str,
    is: Finite,
    file: Finite,
}

/// A column that fits no KPI.
#[derive(Serialize)]
struct Unused<'a> {
    column: &'a str,
    near: Option<&'a KpiId>,
}

impl<'a> View<'a> {
    pub(super) fn of(
        file: &'a str,
        dry_run: bool,
        written: Option<&'a str>,
        found: &'a Candidates,
        plan: &'a Plan,
    ) -> Self {
        Self {
            file,
            dry_run,
            written,
            kpis: plan.kpis.iter().map(row).collect(),
            kept: plan.kept.iter().map(difference).collect(),
            ignored: found.ignored.iter().map(|i| Unused { column: &i.column, near: i.near.as_ref() }).collect(),
            notes: &found.notes,
        }
    }
}

fn row(plan: &KpiPlan) -> Row<'_> {
    Row {
        kpi: &plan.kpi,
        column: &plan.column,
        from: plan.first.map(|(week, _)| week),
        to: plan.last.map(|(week, _)| week),
        first: plan.first.map(|(_, value)| value),
        last: plan.last.map(|(_, value)| value),
        new: plan.fresh,
        replaced: plan.replaced,
        already_there: plan.there,
        kept: plan.kept,
        gaps: plan.gaps,
    }
}

fn difference(kept: &Kept) -> Difference<'_> {
    Difference { kpi: &kept.kpi, week: kept.week, says: kept.says.label(), is: kept.is, file: kept.file }
}

/// What people see: a row a KPI, then what does not fit into a row.
pub(super) fn page(context: &Context, workspace: &Workspace, file: &str, found: &Candidates, plan: &Plan) -> String {
    let mut page = context.page();
    page.heading(&say!("Readings of {file}", file));
    page.table(&table(workspace, plan));
    let replaced: usize = plan.kpis.iter().map(|k| k.replaced).sum();
    if !plan.kept.is_empty() {
        page.heading(say!("Kept as they are"));
        for kept in plan.kept.iter().take(TOLD) {
            page.item(&told(workspace, kept));
        }
        if plan.kept.len() > TOLD {
            page.item(&say!("and {kept} more; --json lists all", kept = plan.kept.len() - TOLD));
        }
        let says = |wanted: Says| plan.kept.iter().find(|k| k.says == wanted);
        if let Some(kept) = says(Says::Sealed) {
            page.item(&say!(
                "To correct a sealed week, open it again: `truenorth review {week} --reopen`",
                week = kept.week
            ));
        }
        if let Some(kept) = says(Says::CheckIn) {
            page.item(&say!(
                "To change a check-in: `truenorth kpi set {kpi} {value}`",
                kpi = kept.kpi,
                value = kept.file.short()
            ));
        }
    }
    let taken: Vec<String> = plan.kpis.iter().filter_map(|row| taken(workspace, row)).collect();
    if replaced > 0 || !found.notes.is_empty() || !found.ignored.is_empty() || !taken.is_empty() {
        page.heading(say!("Notes"));
    }
    if replaced > 0 {
        page.item(&match replaced {
            1 => say!("1 reading takes the place of an earlier import's, whose file stays as it is").to_owned(),
            n => say!("{n} readings take the place of an earlier import's, whose file stays as it is", n),
        });
    }
    taken.iter().for_each(|text| page.item(text));
    found.notes.iter().for_each(|note| page.item(note));
    found.ignored.iter().for_each(|ignored| page.item(&unused(ignored)));
    page.text()
}

fn table(workspace: &Workspace, plan: &Plan) -> Table {
    let mut table = Table::new(&[
        (say!("KPI"), Set::Wrap),
        (say!("from"), Set::Left),
        (say!("to"), Set::Left),
        (say!("first"), Set::Right),
        (say!("last"), Set::Right),
        (say!("new"), Set::Right),
        (say!("there"), Set::Right),
        (say!("kept"), Set::Right),
        (say!("gaps"), Set::Right),
    ]);
    for row in &plan.kpis {
        let week = |at: Option<(Week, Finite)>| at.map_or_else(|| "-".to_owned(), |(week, _)| week.to_string());
        let kpi = workspace.strategy.kpi(&row.kpi);
        // The unit stands once in a row, beside its last number.
        let bare = kpi.map(|k| Kpi { unit: String::new(), ..k.clone() });
        let value = |kpi: Option<&Kpi>, at: Option<(Week, Finite)>| {
            at.zip(kpi).map_or_else(|| "-".to_owned(), |((_, value), kpi)| kpi.show(value))
        };
        table.row([
            Cell::from(kpi.map_or(row.kpi.as_str(), |k| &k.name)),
            week(row.first).into(),
            week(row.last).into(),
            value(bare.as_ref(), row.first).into(),
            value(kpi, row.last).into(),
            (row.fresh + row.replaced).to_string().into(),
            row.there.to_string().into(),
            row.kept.to_string().into(),
            row.gaps.to_string().into(),
        ]);
    }
    table
}

fn told(workspace: &Workspace, kept: &Kept) -> String {
    let Kept { kpi, week, says, is, file } = kept;
    let name = workspace.strategy.kpi(kpi);
    let show = |value: Finite| name.map_or_else(|| value.grouped(), |k| k.show(value));
    let name = name.map_or(kpi.as_str(), |k| &k.name);
    say!(
        "{name}, {week}: {says} says {is}, file says {file}: kept",
        name,
        week,
        says = says.label(),
        is = show(*is),
        file = show(*file)
    )
}

/// Says which KPI a column was taken for, where it is not called so.
fn taken(workspace: &Workspace, row: &KpiPlan) -> Option<String> {
    let kpi = workspace.strategy.kpi(&row.kpi)?;
    let called = [kpi.id.as_str(), &kpi.name].iter().any(|name| name.to_lowercase() == row.column.to_lowercase());
    (!called).then(|| say!("`{column}` is taken for {name} ({id})", column = row.column, name = kpi.name, id = kpi.id))
}

fn unused(ignored: &Ignored) -> String {
    let kpi = ignored.near.as_ref().map_or("KPI", KpiId::as_str);
    say!(
        "`{column}` fits no KPI and was passed over: --map \"{column}={kpi}\" would say which one",
        column = ignored.column,
        kpi
    )
}
