//! Rows and columns for spreadsheets: CSV in which numbers stay numbers and no text can be taken for a formula.

use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};

use super::outline::Outline;
use super::words;
use crate::model::number::Finite;
use crate::model::shown::shown;

/// What stands in a row under a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Cell {
    /// A number, as programs read it: no unit, no grouping.
    Number(Finite),
    /// A text.
    Text(String),
    /// Nothing.
    None,
}

impl Cell {
    /// A text; nothing where it is empty.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::None } else { Self::Text(text) }
    }

    /// Something that may be missing, as a text.
    pub fn maybe<T: ToString>(value: Option<T>) -> Self {
        value.map_or(Self::None, |v| Self::text(v.to_string()))
    }

    /// A number that may be missing.
    #[must_use]
    pub fn number(value: Option<Finite>) -> Self {
        value.map_or(Self::None, Self::Number)
    }

    /// As CSV has it, before quotes.
    fn plain(&self) -> String {
        match self {
            Self::None => String::new(),
            Self::Number(number) => number.short(),
            Self::Text(text) => guarded(&shown(text)),
        }
    }
}

/// A text that no spreadsheet takes for a formula: one that could be gets an apostrophe before it.
fn guarded(text: &str) -> String {
    let is_formula = text.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    if is_formula { format!("'{text}") } else { text.to_owned() }
}

/// A table with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The name: that of its file, and its key in JSON.
    pub name: &'static str,
    /// The columns.
    pub columns: &'static [&'static str],
    /// The rows, each with as many cells as there are columns.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// An empty table.
    #[must_use]
    pub fn new(name: &'static str, columns: &'static [&'static str]) -> Self {
        Self { name, columns, rows: Vec::new() }
    }

    /// Adds a row.
    pub fn row<const N: usize>(&mut self, cells: [Cell; N]) {
        debug_assert_eq!(N, self.columns.len(), "{}", self.name);
        self.rows.push(cells.into());
    }

    /// The table as CSV (RFC 4180) with a line of column names.
    #[must_use]
    pub fn csv(&self) -> String {
        let mut out = String::new();
        line(&mut out, self.columns.iter().map(|c| (*c).to_owned()));
        self.rows.iter().for_each(|row| line(&mut out, row.iter().map(Cell::plain)));
        out
    }
}

/// Quoted where it has to be.
fn line(out: &mut String, cells: impl Iterator<Item = String>) {
    for (nth, cell) in cells.enumerate() {
        if nth > 0 {
            out.push(',');
        }
        if cell.contains([',', '"', '\n', '\r', ';']) {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&cell);
        }
    }
    out.push_str("\r\n");
}

/// A table in JSON is a list of rows, each an object with the columns as its keys.
impl Serialize for Table {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        struct Row<'a>(&'a Table, &'a [Cell]);
        impl Serialize for Row<'_> {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                let mut map = to.serialize_map(Some(self.1.len()))?;
                self.0.columns.iter().zip(self.1).try_for_each(|(key, cell)| map.serialize_entry(key, cell))?;
                map.end()
            }
        }
        let mut rows = to.serialize_seq(Some(self.rows.len()))?;
        self.rows.iter().try_for_each(|row| rows.serialize_element(&Row(self, row)))?;
        rows.end()
    }
}

/// The report as one table: a row for each KPI, goal, decision, action item, issue and message.
#[must_use]
pub fn csv(outline: &Outline) -> String {
    let mut table = Table::new(
        "report",
        &["week", "kind", "id", "title", "owner", "status", "value", "unit", "target", "due", "note"],
    );
    let mut row = |kind: &str, id: &str, title: &str, owner: Cell, rest: [Cell; 6]| {
        let [status, value, unit, target, due, note] = rest;
        let head = [Cell::text(outline.week.to_string()), Cell::text(kind), Cell::text(id), Cell::text(title), owner];
        table.rows.push(head.into_iter().chain([status, value, unit, target, due, note]).collect());
    };
    let owner = |person: Option<&super::outline::Person>| Cell::maybe(person.map(|p| &p.name));
    for k in &outline.scorecard {
        let target = k.target.lower.or(k.target.upper);
        let rest = [
            Cell::text(k.status.key()),
            Cell::number(k.value),
            Cell::text(&k.unit),
            // A band is no number.
            if k.target.lower.is_some() && k.target.upper.is_some() {
                Cell::maybe(k.target.shown.as_ref())
            } else {
                Cell::number(target)
            },
            Cell::None,
            Cell::text(&k.note),
        ];
        row("kpi", k.id.as_str(), &k.name, owner(k.owner.as_ref()), rest);
    }
    for g in &outline.goals {
        let rest = [
            Cell::text(g.status.key()),
            Cell::number(g.percent),
            Cell::text("%"),
            Cell::maybe(g.target.as_ref()),
            Cell::maybe(g.due),
            Cell::text(&g.note),
        ];
        row("goal", g.id.as_str(), &g.title, owner(g.owner.as_ref()), rest);
    }
    for d in &outline.decisions {
        let rest =
            [Cell::text(d.state), Cell::None, Cell::None, Cell::None, Cell::maybe(d.review_on), Cell::text(&d.choice)];
        row("decision", d.id.as_str(), &d.title, owner(d.deciders.first()), rest);
    }
    for a in &outline.actions {
        let rest = [
            Cell::text(a.state.label()),
            Cell::None,
            Cell::None,
            Cell::None,
            Cell::text(a.due.to_string()),
            Cell::text(&a.reason),
        ];
        row("action", a.id.as_str(), &a.title, owner(Some(&a.owner)), rest);
    }
    for i in &outline.issues {
        let rest = [Cell::text(i.state.label()), Cell::None, Cell::None, Cell::None, Cell::None, Cell::text(&i.answer)];
        row("issue", i.id.as_str(), &i.title, owner(i.by.as_ref()), rest);
    }
    for m in &outline.messages {
        let state = if m.delivered.is_some() { "told" } else { "open" };
        let rest = [
            Cell::text(state),
            Cell::None,
            Cell::None,
            Cell::None,
            Cell::text(m.due.to_string()),
            Cell::text(words::telling(m)),
        ];
        row("message", m.id.as_str(), &m.text, owner(Some(&m.teller)), rest);
    }
    table.csv()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_taken_for_a_formula_and_numbers_stay_numbers() {
        let mut table = Table::new("t", &["a", "b"]);
        table.row([Cell::text("=cmd|' /C calc'!A0"), Cell::Number(Finite::from(-1200))]);
        table.row([Cell::text("say \"hi\", then go"), Cell::None]);
        for start in ["+1", "-1", "@x", "\t=1", " =1"] {
            table.row([Cell::text(start), Cell::None]);
        }
        let csv = table.csv();
        assert!(csv.starts_with("a,b\r\n'=cmd|' /C calc'!A0,-1200\r\n\"say \"\"hi\"\", then go\",\r\n"), "{csv}");
        assert_eq!(csv.lines().skip(3).filter(|l| l.starts_with('\'')).count(), 5, "{csv}");
    }
}
