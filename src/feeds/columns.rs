//! What the columns of a sheet are about: one tells the week, the others a KPI each; or three tell week, KPI and value.

use std::borrow::Cow;

use super::dates::looks_like_one;
use super::numbers::is_gap;
use super::{Options, Refusal, Sheet, SheetRow, quoted};
use crate::model::id::KpiId;
use crate::model::kpi::Kpi;

/// What a column with the week or the day may be called.
const WEEK_NAMES: [&str; 26] = [
    "week",
    "date",
    "day",
    "week of",
    "week starting",
    "week ending",
    "iso week",
    "isoweek",
    "period",
    "woche",
    "datum",
    "tag",
    "kw",
    "kalenderwoche",
    "semaine",
    "jour",
    "semana",
    "fecha",
    "dia",
    "día",
    "settimana",
    "data",
    "giorno",
    "vecka",
    "dag",
    "uge",
];
/// What a column with the year may be called that stands beside one with the number of the week.
const YEAR_NAMES: [&str; 8] = ["year", "iso year", "isoyear", "jahr", "année", "annee", "año", "anno"];
/// What the columns with the KPI and its value may be called in a long table.
const KPI_NAMES: [&str; 8] =
    ["kpi", "metric", "measure", "indicator", "kennzahl", "indicateur", "indicador", "indicatore"];
const VALUE_NAMES: [&str; 8] = ["value", "reading", "amount", "wert", "valeur", "valor", "valore", "betrag"];
/// From which Jaro-Winkler similarity on a name is suggested.
const ALIKE: f64 = 0.7;
/// The most cells of a scorecard that is turned into a long table.
const MAX_TURNED: usize = 1_000_000;
/// The fewest letters that a beginning needs to stand for a name.
const LEAST_BEGINNING: usize = 3;

/// Where things stand in a sheet. Columns are counted from 0; KPIs by their place in the strategy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Layout {
    /// A column a KPI.
    Wide { when: Time, values: Vec<(usize, usize)> },
    /// A row a reading.
    Long { when: Time, kpi: usize, value: usize },
}

/// Where the week or day stands: in one column, or the number of the week in one and its year in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Time {
    pub(super) column: usize,
    year: Option<usize>,
}

impl Time {
    /// The week or day of a row as one cell.
    pub(super) fn cell<'s>(&self, row: &'s SheetRow) -> Cow<'s, str> {
        let cell = row.cells[self.column].as_str();
        self.year.map_or(Cow::Borrowed(cell), |year| Cow::Owned(format!("{}-W{cell}", row.cells[year])))
    }
}

/// A column, or a name in a long table, that fits no KPI.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignored {
    /// Its name.
    pub column: String,
    /// The KPI whose name is most like it.
    pub near: Option<KpiId>,
}

/// Finds KPIs by what a file calls them.
pub(super) struct Names<'a> {
    kpis: &'a [Kpi],
    options: &'a Options,
    /// Id and name of each KPI as they are compared.
    keys: Vec<[String; 2]>,
}

/// What a name in a file stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meant {
    /// This KPI.
    Kpi(usize),
    /// Nothing: the one who imports said so.
    LeftOut,
    /// It is not known.
    Unknown,
}

impl<'a> Names<'a> {
    pub(super) fn new(kpis: &'a [Kpi], options: &'a Options) -> Self {
        Self { kpis, options, keys: kpis.iter().map(|k| [key(k.id.as_str()), key(&k.name)]).collect() }
    }

    /// What a name stands for: what was said of it, an id or name, the same with its unit in brackets behind it, or a beginning
    /// that fits one KPI only.
    pub(super) fn meant(&self, name: &str) -> Meant {
        if let Some((_, kpi)) = self.options.map.iter().find(|(column, _)| key(column) == key(name)) {
            let at = kpi.as_ref().and_then(|id| self.kpis.iter().position(|k| &k.id == id));
            return at.map_or(Meant::LeftOut, Meant::Kpi);
        }
        let wanted = key(name);
        let bare = wanted.split(['(', '[']).next().unwrap_or_default().trim().to_owned();
        let same = |wanted: &str| self.only(|k| k == wanted);
        let begins = |wanted: &str| self.only(|k| wanted.chars().count() >= LEAST_BEGINNING && k.starts_with(wanted));
        same(&wanted).or_else(|| same(&bare)).or_else(|| begins(&bare)).map_or(Meant::Unknown, Meant::Kpi)
    }

    /// The one KPI whose id or name passes.
    fn only(&self, passes: impl Fn(&str) -> bool) -> Option<usize> {
        let mut found = (0..self.keys.len()).filter(|at| self.keys[*at].iter().any(|known| passes(known)));
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    /// What it is called that fits nothing.
    pub(super) fn ignored(&self, column: &str) -> Ignored {
        let wanted = key(column);
        let like =
            |[id, name]: &[String; 2]| strsim::jaro_winkler(id, &wanted).max(strsim::jaro_winkler(name, &wanted));
        let all = self.keys.iter().map(like).zip(self.kpis);
        let nearest = all.max_by(|a, b| a.0.total_cmp(&b.0));
        let near = nearest.filter(|(like, _)| *like >= ALIKE).map(|(_, kpi)| kpi.id.clone());
        Ignored { column: column.to_owned(), near }
    }
}

/// A name as it is compared: in small letters, with single blanks for whatever separates its words.
fn key(name: &str) -> String {
    let lower = name.to_lowercase().replace(['-', '_'], " ");
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A scorecard with a row a KPI and a column a week or day, as a long table; none where the sheet is no such one.
pub(super) fn turned(sheet: &Sheet) -> Option<Sheet> {
    let called = |known: &[&str]| sheet.head.iter().position(|name| known.contains(&key(name).as_str()));
    let kpi = called(&KPI_NAMES).or_else(|| called(&["measurable", "name", "title"]))?;
    let weeks: Vec<usize> = (0..sheet.head.len()).filter(|at| looks_like_one(&sheet.head[*at])).collect();
    if weeks.is_empty() || weeks.len().saturating_mul(sheet.rows.len()) > MAX_TURNED {
        return None;
    }
    let cells = |row: &SheetRow, at: usize| vec![sheet.head[at].clone(), row.cells[kpi].clone(), row.cells[at].clone()];
    let all = sheet.rows.iter().flat_map(|row| weeks.iter().map(move |at| (row, *at)));
    let rows = all.map(|(row, at)| SheetRow { row: row.row, cells: cells(row, at) }).collect();
    let head = ["week", "kpi", "value"].map(str::to_owned).to_vec();
    Some(Sheet { head, rows })
}

/// Finds out what the columns are about, and names those that are about nothing known.
///
/// # Errors
/// When none tells the week, none fits a KPI, or two fit the same one.
pub(super) fn layout(sheet: &Sheet, names: &Names<'_>) -> Result<(Layout, Vec<Ignored>), Vec<Refusal>> {
    let when = when(sheet).map_err(|refusal| vec![refusal])?;
    let called = |known: &[&str]| sheet.head.iter().position(|name| known.contains(&key(name).as_str()));
    if let (Some(kpi), Some(value)) = (called(&KPI_NAMES), called(&VALUE_NAMES)) {
        return Ok((Layout::Long { when, kpi, value }, Vec::new()));
    }
    let (mut values, mut ignored, mut refusals) = (Vec::<(usize, usize)>::new(), Vec::new(), Vec::new());
    for (at, name) in sheet.head.iter().enumerate().filter(|(at, _)| *at != when.column && Some(*at) != when.year) {
        match names.meant(name) {
            Meant::Kpi(kpi) => match values.iter().find(|(_, known)| *known == kpi) {
                Some((first, _)) => {
                    let id = &names.kpis[kpi].id;
                    let what = say!("it is about {id}, and so is column {head}", id, head = sheet.head[*first]);
                    refusals
                        .push(Refusal::new(what, say!("leave one of them out with --map \"{name}=\"", name)).of(name));
                }
                None => values.push((at, kpi)),
            },
            Meant::LeftOut => {}
            // A separator at the end of each line makes a column of nothing.
            Meant::Unknown if name.is_empty() && sheet.rows.iter().all(|r| r.cells[at].is_empty()) => {}
            Meant::Unknown => ignored.push(names.ignored(name)),
        }
    }
    if values.is_empty() && refusals.is_empty() {
        refusals.push(nothing_fits(&ignored));
    }
    if refusals.is_empty() { Ok((Layout::Wide { when, values }, ignored)) } else { Err(refusals) }
}

fn nothing_fits(ignored: &[Ignored]) -> Refusal {
    let named: Vec<String> = ignored.iter().take(8).map(|i| quoted(&i.column)).collect();
    let what = say!("no column has the name of a KPI. There are {named}", named = named.join(", "));
    let first = ignored.first();
    let column = first.map_or("COLUMN", |i| i.column.as_str());
    let kpi = first.and_then(|i| i.near.as_ref()).map_or("KPI", KpiId::as_str);
    Refusal::new(
        what,
        say!("say what they are: --map \"{column}={kpi}\". `truenorth kpi list` names the KPIs", column, kpi),
    )
}

/// The column that tells the week: by its name, else the first one that holds days or weeks.
fn when(sheet: &Sheet) -> Result<Time, Refusal> {
    if sheet.head.iter().any(|name| looks_like_one(name)) {
        return Err(Refusal::new(
            say!("the first row holds values, but it has to name the columns"),
            say!("add a row of names"),
        )
        .at(1));
    }
    let filled = |at: usize| sheet.rows.iter().map(move |r| r.cells[at].as_str()).filter(|c| !is_gap(c));
    let called = |at: &usize| WEEK_NAMES.contains(&key(&sheet.head[*at]).as_str());
    let columns = 0..sheet.head.len();
    // A name such as `data` may be that of values, too: what the cells look like decides.
    let dated = |at: &usize| filled(*at).next().is_some() && filled(*at).all(looks_like_one);
    let digits = |at: usize, most: usize| filled(at).all(|c| c.len() <= most && c.bytes().all(|b| b.is_ascii_digit()));
    let is_year = |at: &usize| YEAR_NAMES.contains(&key(&sheet.head[*at]).as_str()) && digits(*at, 4);
    let split = || {
        let column = columns.clone().find(|at| called(at) && digits(*at, 2))?;
        Some(Time { column, year: Some(columns.clone().find(is_year)?) })
    };
    let one = |column: usize| Time { column, year: None };
    let found = columns.clone().find(|at| called(at) && filled(*at).any(looks_like_one)).map(one);
    let found = found.or_else(|| columns.clone().find(dated).map(one)).or_else(split);
    found.or_else(|| columns.clone().find(called).map(one)).ok_or_else(|| {
        let named: Vec<String> = sheet.head.iter().take(8).map(|name| quoted(name)).collect();
        let what = say!("no column tells the week. There are {named}", named = named.join(", "));
        Refusal::new(what, say!("add a column `week` with weeks such as 2026-W47, or days such as 2026-11-19"))
    })
}
