//! Which column of an export tells what: by what was said with `--map`, else by the names that columns commonly have.

use super::key;
use crate::feeds::{Refusal, Sheet, quoted};

/// From which Jaro-Winkler similarity on a name is suggested.
const ALIKE: f64 = 0.7;

/// Something that a column can tell.
pub(super) trait Field: Copy + PartialEq + 'static {
    /// All there are, with the names that their columns commonly have, the surest first.
    const KNOWN: &'static [(Self, &'static str, &'static [&'static str])];
}

/// What a column can tell of a goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GoalField {
    Id,
    Title,
    KeyResult,
    Parent,
    Type,
    Owner,
    Team,
    Theme,
    Start,
    Due,
    Baseline,
    Target,
    Unit,
    Status,
    Weight,
    Note,
    Current,
}

impl Field for GoalField {
    const KNOWN: &'static [(Self, &'static str, &'static [&'static str])] = &[
        (Self::Id, "id", &["id", "key", "goal id", "objective id", "okr id", "reference", "ref"]),
        (
            Self::Title,
            "title",
            &[
                "title",
                "objective",
                "objective title",
                "goal",
                "goal name",
                "goal title",
                "name",
                "rock",
                "okr",
                "summary",
                "ziel",
            ],
        ),
        (Self::KeyResult, "key-result", &["key result", "key results", "key result title", "kr", "schlüsselergebnis"]),
        (
            Self::Parent,
            "parent",
            &[
                "parent",
                "parent id",
                "parent goal",
                "parent objective",
                "parent title",
                "aligned to",
                "aligned with",
                "alignment",
                "supports",
                "contributes to",
            ],
        ),
        (Self::Type, "type", &["type", "level", "kind", "goal type", "okr type", "item type"]),
        (
            Self::Owner,
            "owner",
            &[
                "owner",
                "owner name",
                "assignee",
                "accountable",
                "assigned to",
                "responsible",
                "who",
                "owner email",
                "verantwortlich",
            ],
        ),
        (Self::Team, "team", &["team", "teams", "group", "department"]),
        (Self::Theme, "theme", &["theme", "pillar", "strategic theme", "strategic pillar", "focus area"]),
        (Self::Start, "start", &["start date", "start", "starts", "begin", "from", "created for"]),
        (Self::Due, "due", &["due date", "due", "end date", "end", "deadline", "target date", "due by", "fällig"]),
        (
            Self::Baseline,
            "baseline",
            &["baseline", "start value", "starting value", "initial value", "initial", "startwert"],
        ),
        (Self::Target, "target", &["target", "target value", "goal value", "desired value", "zielwert"]),
        (Self::Unit, "unit", &["unit", "units", "metric unit", "unit of measure", "einheit"]),
        (Self::Status, "status", &["status", "state", "stage"]),
        (Self::Weight, "weight", &["weight", "weighting", "gewicht"]),
        (Self::Note, "note", &["description", "note", "notes", "why", "details", "beschreibung"]),
        (
            Self::Current,
            "current",
            &[
                "current",
                "current value",
                "progress",
                "progress %",
                "percent complete",
                "% complete",
                "score",
                "actual",
            ],
        ),
    ];
}

/// What a column can tell of a KPI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KpiField {
    Id,
    Name,
    Unit,
    Owner,
    Direction,
    Target,
    Perspective,
    Definition,
}

impl Field for KpiField {
    const KNOWN: &'static [(Self, &'static str, &'static [&'static str])] = &[
        (Self::Id, "id", &["id", "key", "kpi id", "metric id"]),
        (
            Self::Name,
            "name",
            &[
                "name",
                "kpi",
                "metric",
                "measurable",
                "measure",
                "title",
                "metric name",
                "kpi name",
                "indicator",
                "kennzahl",
            ],
        ),
        (Self::Unit, "unit", &["unit", "units", "unit of measure", "format", "einheit"]),
        (
            Self::Owner,
            "owner",
            &["owner", "owner name", "accountable", "who", "assignee", "responsible", "verantwortlich"],
        ),
        (
            Self::Direction,
            "direction",
            &["direction", "good is", "better", "trend", "goal direction", "rule", "operator", "richtung"],
        ),
        (Self::Target, "target", &["target", "goal", "target value", "weekly goal", "zielwert", "ziel"]),
        (Self::Perspective, "perspective", &["perspective", "category", "group", "area", "perspektive"]),
        (Self::Definition, "definition", &["definition", "description", "details", "note", "notes", "beschreibung"]),
    ];
}

/// The names by which `--map` knows the fields.
fn names<F: Field>() -> Vec<&'static str> {
    F::KNOWN.iter().map(|(_, name, _)| *name).collect()
}

/// Where each field stands in a sheet.
pub(super) struct Columns<F> {
    found: Vec<(F, usize)>,
    /// The columns that tell nothing known.
    pub(super) ignored: Vec<usize>,
}

impl<F: Field> Columns<F> {
    /// The column of a field.
    pub(super) fn of(&self, field: F) -> Option<usize> {
        self.found.iter().find(|(f, _)| *f == field).map(|(_, at)| *at)
    }

    /// The cell of a field in a row; none where there is no column or the cell stands for nothing.
    pub(super) fn cell<'s>(&self, row: &'s crate::feeds::SheetRow, field: F) -> Option<&'s str> {
        self.of(field).map(|at| row.cells[at].as_str()).filter(|cell| !crate::feeds::numbers::is_gap(cell))
    }
}

/// Finds the column of each field: one that was said, else the one with the surest name.
///
/// # Errors
/// What was said of a column or a field that is not there, and two columns for one field.
pub(super) fn columns<F: Field>(sheet: &Sheet, map: &[(String, String)]) -> Result<Columns<F>, Vec<Refusal>> {
    let (mut found, mut out, mut refusals) = (Vec::<(F, usize)>::new(), Vec::new(), Vec::new());
    for (column, field) in map {
        match said::<F>(sheet, column, field) {
            Ok((at, None)) => out.push(at),
            Ok((at, Some(field))) => match found.iter().find(|(f, _)| *f == field) {
                Some((_, first)) => {
                    let what = say!("it is mapped to the same field as column {head}", head = sheet.head[*first]);
                    refusals.push(Refusal::new(what, say!("leave one of them out")).of(column));
                }
                None => found.push((field, at)),
            },
            Err(refusal) => refusals.push(refusal),
        }
    }
    for (field, _, heads) in F::KNOWN {
        let free = |at: &usize| !out.contains(at) && !found.iter().any(|(f, taken)| f == field || taken == at);
        let called = |name: &&str| (0..sheet.head.len()).filter(free).find(|at| key(&sheet.head[*at]) == *name);
        if let Some(at) = heads.iter().find_map(called) {
            found.push((*field, at));
        }
    }
    let used = |at: &usize| out.contains(at) || found.iter().any(|(_, taken)| taken == at);
    let ignored = (0..sheet.head.len()).filter(|at| !used(at) && !sheet.head[*at].is_empty()).collect();
    if refusals.is_empty() { Ok(Columns { found, ignored }) } else { Err(refusals) }
}

fn said<F: Field>(sheet: &Sheet, column: &str, field: &str) -> Result<(usize, Option<F>), Refusal> {
    let at = sheet.head.iter().position(|head| key(head) == key(column)).ok_or_else(|| {
        let hint = say!("the columns are {head}", head = sheet.head.join(", "));
        Refusal::new(say!("there is no column {column}, which --map speaks of", column = quoted(column)), hint)
    })?;
    if field.trim().is_empty() {
        return Ok((at, None));
    }
    let wanted = key(field);
    let known = F::KNOWN.iter().find(|(_, name, _)| key(name) == wanted);
    known.map(|(field, ..)| (at, Some(*field))).ok_or_else(|| {
        let names = names::<F>().join(", ");
        Refusal::new(say!("there is no field {field}", field = quoted(field)), say!("the fields are {names}", names))
            .of(column)
    })
}

/// What a name that is not known could have meant.
pub(super) fn near<'a>(typed: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = key(typed);
    let like = |name: &&str| strsim::jaro_winkler(&key(name), &wanted);
    let all = names.map(|name| (like(&name), name)).filter(|(like, _)| *like >= ALIKE);
    all.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name)
}
