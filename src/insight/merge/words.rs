//! What fields, records and values are called when two versions are held against each other.

use serde_json::{Map, Value};

use crate::model::number::Finite;
use crate::model::tongue;
use crate::model::workspace::Part;

/// The fields in the order they are told, with their names for people. What is not here comes last, by its own name.
const FIELDS: [(&str, &str); 48] = [
    ("north_star", ""),
    ("vision", term!("vision")),
    ("mission", term!("mission")),
    ("values", term!("values")),
    ("themes", term!("themes")),
    ("goals", term!("goals")),
    ("title", term!("title")),
    ("name", term!("name")),
    ("text", term!("text")),
    ("definition", term!("definition")),
    ("kind", term!("kind")),
    ("meaning", term!("meaning")),
    ("bet", term!("bet")),
    ("parent", term!("parent")),
    ("supports", term!("goal it supports elsewhere")),
    ("theme", term!("theme")),
    ("owner", term!("owner")),
    ("team", term!("team")),
    ("teams", term!("teams")),
    ("role", term!("role")),
    ("start", term!("start")),
    ("due", term!("due date")),
    ("kpis", term!("KPIs")),
    ("baseline", term!("baseline")),
    ("target", term!("target")),
    ("from", term!("from")),
    ("aim", ""),
    ("on", term!("on")),
    ("why", term!("why")),
    ("reason", term!("reason")),
    ("unit", term!("unit")),
    ("commitment", term!("commitment")),
    ("members", term!("people on it")),
    ("weight", term!("weight")),
    ("decimals", term!("decimals")),
    ("direction", term!("direction")),
    ("perspective", term!("perspective")),
    ("timing", term!("timing")),
    ("totals", term!("totals")),
    ("tolerance_percent", term!("tolerance")),
    ("tolerance", term!("tolerance")),
    ("targets", term!("target")),
    ("phases", term!("phase")),
    ("leads_to", term!("leads to")),
    ("mode", term!("explore or exploit")),
    ("state", term!("state")),
    ("left", term!("left on")),
    ("note", term!("note")),
];

/// The place of a field that is not in the table.
pub(super) const UNKNOWN: usize = FIELDS.len();

/// Where a field comes when it is told.
pub(super) fn place(field: &str) -> usize {
    FIELDS.iter().position(|(f, _)| *f == field).unwrap_or(UNKNOWN)
}

/// The name of a field for people.
pub(super) fn field(name: &str) -> String {
    FIELDS
        .iter()
        .find(|(f, _)| *f == name)
        .map_or_else(|| name.replace('_', " "), |(_, words)| tongue::field(words).to_owned())
}

/// The file that the fields of the whole are kept in.
pub(super) fn file(top: &str) -> &'static str {
    match top {
        "north_star" => Part::NorthStar.label(),
        "goals" => Part::Goals.label(),
        "kpis" => Part::Kpis.label(),
        "cards" => Part::Registers.label(),
        _ => "truenorth.ron",
    }
}

/// What a record of a list is called.
pub(super) fn kind(list: &str) -> &str {
    match list {
        "goals" => say!("goal"),
        "kpis" => "KPI",
        "cards" => say!("card"),
        "values" => say!("value"),
        "themes" => say!("field" | "theme"),
        "people" => say!("person"),
        "teams" => say!("team"),
        "perspectives" => say!("perspective"),
        "agendas" => say!("agenda"),
        "pulse" => say!("statement"),
        "findings" => say!("rule"),
        other => other,
    }
}

/// What a record calls itself, else its key.
pub(super) fn called(record: &Value, key: &str) -> String {
    let text = |name: &str| record.get(name).and_then(Value::as_str).filter(|t| !t.is_empty());
    text("title").or_else(|| text("name")).or_else(|| text("text")).unwrap_or(key).to_owned()
}

/// Whether a field is a text that can stand before another: how the two are put together.
pub(super) fn joint(field: &str) -> Option<&'static str> {
    match field {
        "note" | "definition" | "vision" | "mission" | "meaning" | "bet" | "why" | "reason" | "text" => Some("\n"),
        "title" | "name" | "role" => Some(" / "),
        _ => None,
    }
}

/// Whether a number of this field is told with the unit of its record.
pub(super) fn has_unit(field: &str) -> bool {
    matches!(field, "baseline" | "target" | "targets" | "tolerance")
}

/// A value in words; numbers with their unit.
pub(super) fn value(value: Option<&Value>, unit: &str) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::Bool(yes)) => (if *yes { say!("yes") } else { say!("no") }).to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => {
            let shown = number.as_f64().and_then(Finite::new).map_or_else(|| number.to_string(), Finite::grouped);
            if unit.is_empty() { shown } else { format!("{shown} {unit}") }
        }
        Some(Value::Array(items)) => items.iter().map(|i| self::value(Some(i), unit)).collect::<Vec<_>>().join(", "),
        Some(Value::Object(fields)) => object(fields, unit),
    }
}

/// A record or a choice with what belongs to it: `done (on: 2026-11-19)`, `at 4.5 %` as `4.5 %`.
fn object(fields: &Map<String, Value>, unit: &str) -> String {
    let mut all: Vec<(&String, &Value)> = fields.iter().collect();
    if let [(name, inside)] = all[..] {
        let said = value(Some(inside), unit);
        return match (name.as_str(), inside) {
            ("at", _) => said,
            ("within", Value::Array(ends)) => {
                ends.iter().map(|e| value(Some(e), unit)).collect::<Vec<_>>().join(" to ")
            }
            (name, Value::Object(_)) => format!("{} ({said})", field(name)),
            (name, _) => format!("{}: {said}", field(name)),
        };
    }
    all.sort_by_key(|(name, _)| place(name));
    let told = all.iter().filter(|(_, v)| !v.is_null());
    told.map(|(name, v)| format!("{}: {}", field(name), value(Some(v), ""))).collect::<Vec<_>>().join(", ")
}
