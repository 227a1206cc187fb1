//! A sheet as readings: one value for each KPI and week, or everything that speaks against it.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::columns::{Ignored, Layout, Meant, Names, layout, turned};
use super::dates::{When, whens};
use super::numbers::{body, decimal, is_gap, number};
use super::weeks::weeks;
use super::{Options, Refusal, Sheet};
use crate::model::id::KpiId;
use crate::model::kpi::Kpi;
use crate::model::number::Finite;
use crate::model::week::Week;

/// Everything that a file brings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Candidates {
    /// The KPIs that it tells of, in the strategy's order.
    pub columns: Vec<Column>,
    /// The columns that fit no KPI.
    pub ignored: Vec<Ignored>,
    /// What was noticed and refuses nothing.
    pub notes: Vec<String>,
}

/// What a file tells of one KPI.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The KPI.
    pub kpi: KpiId,
    /// What the file calls it.
    pub name: String,
    /// Its readings, oldest first, a week at most once.
    pub readings: Vec<(Week, Finite)>,
    /// How many rows have no value for it.
    pub gaps: usize,
}

/// A cell that is about a KPI (by its place in the strategy), and what the file calls that.
#[derive(Debug, Clone, Copy)]
struct Cell<'s> {
    /// The place of its row in the sheet: of a scorecard that was turned, several have the number of one row in the file.
    at: usize,
    row: usize,
    kpi: usize,
    name: &'s str,
    text: &'s str,
}

/// A number of a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) row: usize,
    pub(super) when: When,
    pub(super) value: Finite,
}

/// Reads a sheet as readings of these KPIs up to and including a week. Days of one week are added up where the KPI's weeks
/// add up, else their mean is taken.
///
/// # Errors
/// Everything that is not clear, by row; then nothing may be taken in.
pub fn candidates(sheet: &Sheet, kpis: &[Kpi], options: &Options, until: Week) -> Result<Candidates, Vec<Refusal>> {
    let turned = turned(sheet);
    let sheet = turned.as_ref().unwrap_or(sheet);
    let names = Names::new(kpis, options);
    let (layout, ignored) = layout(sheet, &names)?;
    let mut found = Candidates { ignored, ..Candidates::default() };
    let groups = groups(sheet, &layout, &names, &mut found.ignored);
    let mut refusals = not_there(sheet, &layout, options);
    let dated = dates(sheet, &layout, &groups, options, until).unwrap_or_else(|why| {
        refusals.extend(why);
        HashMap::new()
    });
    let by_kpi = gather(&groups, &dated, kpis, options, &mut refusals);
    for (kpi, (mut column, entries)) in by_kpi {
        match weeks(&kpis[kpi], &column.name, &entries, &mut found.notes) {
            Ok(readings) => column.readings = readings,
            Err(why) => refusals.extend(why),
        }
        found.columns.push(column);
    }
    if refusals.is_empty() && found.columns.is_empty() {
        refusals.push(Refusal::new(
            say!("there is no value of any KPI in it"),
            say!("`truenorth kpi list` names the KPIs"),
        ));
    }
    refusals.sort_by_key(|r| r.row);
    if refusals.is_empty() { Ok(found) } else { Err(refusals) }
}

/// The dated numbers of each KPI, by its place in the strategy.
fn gather(
    groups: &[(&str, Vec<Cell<'_>>)],
    dated: &HashMap<usize, When>,
    kpis: &[Kpi],
    options: &Options,
    refusals: &mut Vec<Refusal>,
) -> BTreeMap<usize, (Column, Vec<Entry>)> {
    let mut by_kpi: BTreeMap<usize, (Column, Vec<Entry>)> = BTreeMap::new();
    for (head, cells) in groups {
        for cell in cells {
            let (column, _) = by_kpi.entry(cell.kpi).or_insert_with(|| {
                let (kpi, name) = (kpis[cell.kpi].id.clone(), cell.name.to_owned());
                (Column { kpi, name, readings: Vec::new(), gaps: 0 }, Vec::new())
            });
            column.gaps += usize::from(is_gap(cell.text));
        }
        match numbers(head, cells, kpis, options) {
            Ok(values) => {
                for (cell, value) in values {
                    if let (Some(when), Some((_, entries))) = (dated.get(&cell.at), by_kpi.get_mut(&cell.kpi)) {
                        entries.push(Entry { row: cell.row, when: *when, value });
                    }
                }
            }
            Err(why) => refusals.extend(why),
        }
    }
    by_kpi
}

/// The cells that are about a KPI, in groups of one column each: all of a column is written alike.
fn groups<'s>(
    sheet: &'s Sheet,
    layout: &Layout,
    names: &Names<'_>,
    ignored: &mut Vec<Ignored>,
) -> Vec<(&'s str, Vec<Cell<'s>>)> {
    match layout {
        Layout::Wide { values, .. } => values
            .iter()
            .map(|(at, kpi)| {
                let name = sheet.head[*at].as_str();
                let cell = |(nth, r): (usize, &'s super::SheetRow)| {
                    let text = r.cells[*at].as_str();
                    Cell { at: nth, row: r.row, kpi: *kpi, name, text }
                };
                (name, sheet.rows.iter().enumerate().map(cell).collect())
            })
            .collect(),
        Layout::Long { kpi, value, .. } => {
            let mut known: HashMap<&str, Meant> = HashMap::new();
            let mut cells = Vec::new();
            for (at, row) in sheet.rows.iter().enumerate() {
                let (name, text) = (row.cells[*kpi].as_str(), row.cells[*value].as_str());
                let meant = *known.entry(name).or_insert_with(|| {
                    let meant = names.meant(name);
                    if meant == Meant::Unknown {
                        ignored.push(names.ignored(name));
                    }
                    meant
                });
                if let Meant::Kpi(kpi) = meant {
                    cells.push(Cell { at, row: row.row, kpi, name, text });
                }
            }
            vec![(sheet.head[*value].as_str(), cells)]
        }
    }
}

/// Columns that were spoken of and are not there.
fn not_there(sheet: &Sheet, layout: &Layout, options: &Options) -> Vec<Refusal> {
    let same = |a: &str, b: &str| a.trim().to_lowercase() == b.trim().to_lowercase();
    let named = |wanted: &str| match layout {
        Layout::Wide { .. } => sheet.head.iter().any(|name| same(name, wanted)),
        Layout::Long { kpi, .. } => sheet.rows.iter().any(|row| same(&row.cells[*kpi], wanted)),
    };
    let missing = options.map.iter().filter(|(column, _)| !named(column));
    missing
        .map(|(column, _)| {
            let hint = say!("the columns are {head}", head = sheet.head.join(", "));
            Refusal::new(say!("there is no column `{column}`, which --map speaks of", column), hint)
        })
        .collect()
}

/// When the rows with values were, by their place. None may lie ahead: a reading tells what was.
fn dates(
    sheet: &Sheet,
    layout: &Layout,
    groups: &[(&str, Vec<Cell<'_>>)],
    options: &Options,
    until: Week,
) -> Result<HashMap<usize, When>, Vec<Refusal>> {
    let (Layout::Wide { when, .. } | Layout::Long { when, .. }) = layout;
    let filled: HashSet<usize> =
        groups.iter().flat_map(|(_, cells)| cells).filter(|c| !is_gap(c.text)).map(|c| c.at).collect();
    let rows = || sheet.rows.iter().enumerate().filter(|(at, _)| filled.contains(at));
    let written: Vec<(usize, Cow<'_, str>)> = rows().map(|(_, r)| (r.row, when.cell(r))).collect();
    let cells: Vec<(usize, &str)> = written.iter().map(|(row, cell)| (*row, cell.as_ref())).collect();
    let found = whens(&cells, options.dates)
        .map_err(|all| all.into_iter().map(|refusal| refusal.of(&sheet.head[when.column])).collect::<Vec<_>>())?;
    let head = sheet.head[when.column].as_str();
    let ahead = |row: usize, when: When| {
        let what = say!("{when} lies ahead: this week is {until}", when, until);
        Refusal::new(what, say!("a reading tells what was: take the row out, or correct its week")).at(row).of(head)
    };
    let all: HashMap<usize, When> = rows().map(|(at, _)| at).zip(found).collect();
    let mut refusals: Vec<Refusal> = all
        .iter()
        .filter(|(_, when)| when.week() > until)
        .map(|(at, when)| ahead(sheet.rows[*at].row, *when))
        .collect();
    refusals.sort_by_key(|r| r.row);
    if refusals.is_empty() { Ok(all) } else { Err(refusals) }
}

/// The numbers of a column.
fn numbers<'c, 's>(
    head: &str,
    cells: &'c [Cell<'s>],
    kpis: &[Kpi],
    options: &Options,
) -> Result<Vec<(&'c Cell<'s>, Finite)>, Vec<Refusal>> {
    let (mut bodies, mut refusals) = (Vec::new(), Vec::new());
    for cell in cells.iter().filter(|c| !is_gap(c.text)) {
        match body(cell.text, &kpis[cell.kpi].unit) {
            Ok(body) => bodies.push((cell, body)),
            Err(refusal) => refusals.push(refusal.at(cell.row).of(head)),
        }
    }
    let decimal = match options.decimal.map_or_else(|| decimal(bodies.iter().map(|(c, b)| (c.row, b))), Ok) {
        Ok(decimal) => decimal,
        Err(refusal) => {
            refusals.push(refusal.of(head));
            return Err(refusals);
        }
    };
    let mut values = Vec::with_capacity(bodies.len());
    for (cell, body) in bodies {
        match number(&body, decimal) {
            Ok(value) => values.push((cell, value)),
            Err(refusal) => refusals.push(refusal.at(cell.row).of(head)),
        }
    }
    if refusals.is_empty() { Ok(values) } else { Err(refusals) }
}
