//! The walk through three versions of a value at once: fields by name, records of a list by their id.

use serde_json::{Map, Value};

use super::words;
use super::{Answer, By, Difference};

/// The fields that tell the records of a list apart.
const KEYS: [&str; 5] = ["id", "from", "rule", "kpi", "step"];

/// The walk, and what it finds on its way.
pub(super) struct Walk<'a> {
    /// Whether it is known what both grew out of.
    known: bool,
    answers: &'a [Answer],
    pub(super) found: Vec<Difference>,
    clashes: usize,
}

/// Where the walk is, in words.
#[derive(Debug, Clone, Default)]
struct At {
    file: &'static str,
    record: String,
    field: String,
    /// The field's own name.
    name: String,
    unit: String,
}

/// One place in the three versions.
#[derive(Debug, Clone, Copy)]
struct Sides<'v> {
    base: Option<&'v Value>,
    mine: Option<&'v Value>,
    theirs: Option<&'v Value>,
}

impl<'v> Sides<'v> {
    fn map(self, step: impl Fn(&'v Value) -> Option<&'v Value>) -> Self {
        Self { base: self.base.and_then(&step), mine: self.mine.and_then(&step), theirs: self.theirs.and_then(&step) }
    }

    fn any(self) -> impl Iterator<Item = &'v Value> {
        self.theirs.into_iter().chain(self.mine).chain(self.base)
    }

    /// The fields of the place, if it is a record, or the same choice, in both versions.
    fn records(self) -> Option<Self> {
        let (Some(Value::Object(mine)), Some(Value::Object(theirs))) = (self.mine, self.theirs) else { return None };
        // A choice is written as its name with what belongs to it: another name is another choice.
        let other =
            |a: &Map<String, Value>, b: &Map<String, Value>| a.len() == 1 && b.len() == 1 && !a.keys().eq(b.keys());
        if other(mine, theirs) {
            return None;
        }
        let base = self.base.filter(|b| matches!(b, Value::Object(b) if !other(mine, b)));
        Some(Self { base, ..self })
    }

    /// The lists of the place with their keys, if it is a list of things that can be told apart in each version.
    fn lists(self) -> Option<[Vec<Item<'v>>; 3]> {
        self.any().next().filter(|v| v.is_array())?;
        Some([items(self.base)?, items(self.mine)?, items(self.theirs)?])
    }
}

/// A thing in a list.
#[derive(Debug, Clone)]
struct Item<'v> {
    key: String,
    value: &'v Value,
}

fn items(list: Option<&Value>) -> Option<Vec<Item<'_>>> {
    let Some(list) = list else { return Some(Vec::new()) };
    let mut out: Vec<Item<'_>> = Vec::new();
    for value in list.as_array()? {
        let key = match value {
            Value::String(text) => text.clone(),
            Value::Object(fields) => KEYS.iter().find_map(|k| fields.get(*k)).and_then(Value::as_str)?.to_owned(),
            _ => return None,
        };
        if out.iter().any(|i| i.key == key) {
            return None;
        }
        out.push(Item { key, value });
    }
    Some(out)
}

fn find<'v>(list: &[Item<'v>], key: &str) -> Option<&'v Value> {
    list.iter().find(|i| i.key == key).map(|i| i.value)
}

impl<'a> Walk<'a> {
    pub(super) fn new(known: bool, answers: &'a [Answer]) -> Self {
        Self { known, answers, found: Vec::new(), clashes: 0 }
    }

    /// Walks through whole versions.
    pub(super) fn whole(&mut self, base: Option<&Value>, mine: &Value, theirs: &Value) -> Option<Value> {
        let sides = Sides { base, mine: Some(mine), theirs: Some(theirs) };
        let mut out = Map::new();
        for name in names(sides) {
            let record =
                if name == "north_star" { say!("north star").to_owned() } else { say!("the workspace").to_owned() };
            let at = At { file: words::file(&name), record, ..At::default() };
            let at = if name == "north_star" { at } else { at.field(&name) };
            let merged = self.node(&at, sides.map(|v| v.get(&name)));
            out.extend(merged.map(|v| (name, v)));
        }
        Some(Value::Object(out))
    }

    fn node(&mut self, at: &At, sides: Sides<'_>) -> Option<Value> {
        if sides.mine == sides.theirs {
            return sides.mine.cloned();
        }
        if let Some(records) = sides.records() {
            return Some(Value::Object(self.fields(at, records)));
        }
        if let Some(lists) = sides.lists() {
            let merged = self.list(at, &lists);
            let absent = sides.mine.is_none() || sides.theirs.is_none();
            return (!merged.is_empty() || !absent).then_some(Value::Array(merged));
        }
        self.leaf(at, sides)
    }

    fn fields(&mut self, at: &At, sides: Sides<'_>) -> Map<String, Value> {
        let unit = sides.any().find_map(|v| v.get("unit").and_then(Value::as_str)).unwrap_or(&at.unit).to_owned();
        let mut out = Map::new();
        for name in names(sides) {
            let at = At { unit: unit.clone(), ..at.field(&name) };
            let merged = self.node(&at, sides.map(|v| v.get(&name)));
            out.extend(merged.map(|v| (name, v)));
        }
        out
    }

    fn leaf(&mut self, at: &At, sides: Sides<'_>) -> Option<Value> {
        let Sides { base, mine, theirs } = sides;
        let both = joined(&at.name, mine, theirs);
        let by = match (self.known, base == mine, base == theirs) {
            (true, true, _) => By::Theirs,
            (true, _, true) => By::Mine,
            (true, false, false) | (false, ..) => By::Both,
        };
        let unit = if words::has_unit(&at.name) { at.unit.as_str() } else { "" };
        let said = |v| words::value(v, unit);
        let words = [said(base), said(mine), said(theirs)];
        match self.answer(at, by, words, both.as_ref().map(|b| said(Some(b)))) {
            Answer::Mine => mine.cloned(),
            Answer::Theirs => theirs.cloned(),
            Answer::Both => both,
        }
    }

    /// Notes a difference, and says which version stands.
    fn answer(&mut self, at: &At, by: By, [base, mine, theirs]: [String; 3], both: Option<String>) -> Answer {
        let (record, field) = (at.record.clone(), at.field.clone());
        self.found.push(Difference { file: at.file, record, field, by, base, mine, theirs, both });
        match by {
            By::Mine => Answer::Mine,
            By::Theirs => Answer::Theirs,
            By::Both => {
                self.clashes += 1;
                self.answers.get(self.clashes - 1).copied().unwrap_or(Answer::Mine)
            }
        }
    }

    fn list(&mut self, at: &At, lists: &[Vec<Item<'_>>; 3]) -> Vec<Value> {
        let [_, mine, theirs] = lists;
        let (spine, other) = match self.order(at, lists) {
            Answer::Mine => (mine, theirs),
            Answer::Theirs | Answer::Both => (theirs, mine),
        };
        let mut out: Vec<(String, Value)> = Vec::new();
        for item in spine {
            let merged = self.item(at, &item.key, lists);
            out.extend(merged.map(|v| (item.key.clone(), v)));
        }
        for (nth, item) in other.iter().enumerate().filter(|(_, i)| find(spine, &i.key).is_none()) {
            let Some(merged) = self.item(at, &item.key, lists) else { continue };
            // Behind what it stands behind in its own list.
            let before = other[..nth].iter().rev().find_map(|b| out.iter().position(|(key, _)| *key == b.key));
            out.insert(before.map_or(0, |at| at + 1), (item.key.clone(), merged));
        }
        out.into_iter().map(|(_, value)| value).collect()
    }

    /// Whose order stands.
    fn order(&mut self, at: &At, [base, mine, theirs]: &[Vec<Item<'_>>; 3]) -> Answer {
        let everywhere = |key: &str| {
            find(mine, key).is_some() && find(theirs, key).is_some() && (!self.known || find(base, key).is_some())
        };
        let order = |list: &[Item<'_>]| -> Vec<String> {
            list.iter().filter(|i| everywhere(&i.key)).map(|i| i.key.clone()).collect()
        };
        let (base, mine, theirs) = (order(base), order(mine), order(theirs));
        if mine == theirs {
            return Answer::Theirs;
        }
        let by = match (self.known, base == mine, base == theirs) {
            (true, true, _) => By::Theirs,
            (true, _, true) => By::Mine,
            (true, false, false) | (false, ..) => By::Both,
        };
        let first = |order: &[String], other: &[String]| {
            let moved = order.iter().zip(other).find(|(a, b)| a != b).map_or("", |(a, _)| a);
            say!("{moved} first", moved)
        };
        let words = [String::new(), first(&mine, &theirs), first(&theirs, &mine)];
        self.answer(&at.field_in(say!("order")), by, words, None)
    }

    /// One thing of a list, wherever it is there.
    fn item(&mut self, at: &At, key: &str, [base, mine, theirs]: &[Vec<Item<'_>>; 3]) -> Option<Value> {
        let sides = Sides { base: find(base, key), mine: find(mine, key), theirs: find(theirs, key) };
        let at = at.item(key, sides);
        let (here, by) = match (sides.mine, sides.theirs) {
            (Some(_), Some(_)) => return self.node(&at, sides),
            (Some(here), None) => (here, By::Mine),
            (None, Some(here)) => (here, By::Theirs),
            (None, None) => return None,
        };
        let there = if here.is_string() { key.to_owned() } else { self.told(here, sides.base) };
        let was = if here.is_string() {
            words::value(sides.base, "")
        } else {
            sides.base.map_or("", |_| say!("there")).to_owned()
        };
        let gone = if sides.base.is_some() { say!("removed") } else { "" }.to_owned();
        let words = match by {
            By::Mine => [was, there.clone(), gone],
            By::Theirs | By::Both => [was, gone, there.clone()],
        };
        let other = if by == By::Mine { By::Theirs } else { By::Mine };
        let by = match (self.known, sides.base) {
            (true, None) => by,
            (true, Some(base)) if base == here => other,
            (true, Some(_)) | (false, _) => By::Both,
        };
        let stays = match (self.answer(&at, by, words, Some(there)), sides.mine.is_some()) {
            (Answer::Both, _) => true,
            (Answer::Mine, mine) => mine,
            (Answer::Theirs, mine) => !mine,
        };
        stays.then(|| here.clone())
    }

    /// What became of a record that the other version does not have.
    fn told(&self, here: &Value, base: Option<&Value>) -> String {
        let Some(base) = base else { return if self.known { say!("added") } else { say!("there") }.to_owned() };
        let mut inner = Walk::new(true, &[]);
        inner.node(&At::default(), Sides { base: Some(base), mine: Some(here), theirs: Some(base) });
        let changed: Vec<String> = inner.found.into_iter().map(|d| format!("{} {}", d.field, d.mine)).collect();
        if changed.is_empty() {
            say!("there").to_owned()
        } else {
            say!("changed: {changed}", changed = changed.join(", "))
        }
    }
}

impl At {
    /// A field of this place.
    fn field(&self, name: &str) -> Self {
        // What belongs to a choice is told as if it were the record's own.
        let words = if matches!(name, "key_result" | "initiative" | "at") { String::new() } else { words::field(name) };
        let name = if words.is_empty() { self.name.clone() } else { name.to_owned() };
        Self { name, ..self.field_in(&words) }
    }

    fn field_in(&self, words: &str) -> Self {
        let field = match (self.field.as_str(), words) {
            (field, words) if !words.is_empty() && (field.is_empty() || field == words::field("kind")) => {
                words.to_owned()
            }
            (field, "") => field.to_owned(),
            (field, words) => format!("{field}: {words}"),
        };
        Self { field, ..self.clone() }
    }

    /// A thing of the list at this place.
    fn item(&self, key: &str, sides: Sides<'_>) -> Self {
        let Some(item) = sides.any().find(|v| v.is_object()) else { return self.clone() };
        if item.get("id").is_some() {
            let record = format!(
                "{} \u{201c}{}\u{201d}",
                words::kind(&self.name),
                words::called(sides.base.unwrap_or(item), key)
            );
            return Self { record, field: String::new(), ..self.clone() };
        }
        self.field_in_place(&say!("{field} from {key}", field = self.field, key))
    }

    fn field_in_place(&self, field: &str) -> Self {
        Self { field: field.to_owned(), ..self.clone() }
    }
}

/// Two texts one behind the other, where that makes sense.
fn joined(field: &str, mine: Option<&Value>, theirs: Option<&Value>) -> Option<Value> {
    let joint = words::joint(field)?;
    let text = |v: Option<&Value>| v.map_or(Some(""), Value::as_str).map(str::to_owned);
    let (mine, theirs) = (text(mine)?, text(theirs)?);
    let whole = if theirs.contains(&mine) {
        theirs
    } else if mine.contains(&theirs) {
        mine
    } else {
        format!("{theirs}{joint}{mine}")
    };
    Some(Value::String(whole))
}

/// The fields that any version has, in the order they are told.
fn names(sides: Sides<'_>) -> Vec<String> {
    let mut names: Vec<String> = sides.any().filter_map(Value::as_object).flat_map(|o| o.keys().cloned()).collect();
    names.sort_by(|a, b| (words::place(a), a).cmp(&(words::place(b), b)));
    names.dedup();
    names
}
