//! What changed between two sealed weeks, in words that people understand: the strategy, its numbers, what was decided and done.

mod cards;
mod groups;
mod records;
mod strategy;

use std::collections::HashMap;
use std::hash::Hash;

use serde::Serialize;

use crate::model::snapshot::Snapshot;
pub use groups::{Group, grouped};

/// One change. Serialises to an object with the keys `kind`, `id`, `name`, `field`, `from`, `to`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What changed: `north star`, `theme`, `value`, `goal`, `kpi`, `card`, `decision`, `action`, `issue` or `person`.
    pub kind: &'static str,
    /// Its id; for the north star the name of the text.
    pub id: String,
    /// Its name, as the later week tells it.
    pub name: String,
    /// What of it changed: `owner`, `target`, `status`; or what happened to it: `added`, `removed`, `done`, `carried`.
    pub field: String,
    /// What it was; empty when there was nothing.
    pub from: String,
    /// What it is; empty when there is nothing.
    pub to: String,
}

/// All changes from one week to a later one: north star, themes, values, goals, KPIs, decisions, action items, issues, people.
///
/// Within each group in the order of the later snapshot, then what is gone. Looks at the two snapshots only: what was
/// opened and closed between them by weeks that neither knows is not seen.
#[must_use]
pub fn between(from: &Snapshot, to: &Snapshot) -> Vec<Change> {
    let mut changes = Vec::new();
    strategy::north_star(from, to, &mut changes);
    strategy::goals(from, to, &mut changes);
    strategy::kpis(from, to, &mut changes);
    cards::cards(from, to, &mut changes);
    records::decisions(from, to, &mut changes);
    records::actions(from, to, &mut changes);
    records::issues(from, to, &mut changes);
    records::people(from, to, &mut changes);
    changes
}

/// Collects the changes of one thing.
struct Pen<'a> {
    kind: &'static str,
    id: &'a str,
    name: &'a str,
    into: &'a mut Vec<Change>,
}

impl Pen<'_> {
    /// Something happened, or a field went from one text to another.
    fn note(&mut self, field: &str, from: impl Into<String>, to: impl Into<String>) {
        self.into.push(Change {
            kind: self.kind,
            id: self.id.to_owned(),
            name: self.name.to_owned(),
            field: field.to_owned(),
            from: from.into(),
            to: to.into(),
        });
    }

    /// A field, if its text is another.
    fn field(&mut self, field: &str, from: impl Into<String>, to: impl Into<String>) {
        let (from, to) = (from.into(), to.into());
        if from != to {
            self.note(field, from, to);
        }
    }
}

/// What two lists have under each key: every item of the later one with its former self, then what is gone.
fn paired<'a, T, K: Eq + Hash + 'a>(
    from: &'a [T],
    to: &'a [T],
    key: impl Fn(&'a T) -> &'a K,
) -> impl Iterator<Item = (Option<&'a T>, Option<&'a T>)> {
    let mut before: HashMap<&K, &T> = from.iter().map(|item| (key(item), item)).collect();
    let mut pairs: Vec<_> = to.iter().map(|item| (before.remove(key(item)), Some(item))).collect();
    pairs.extend(from.iter().filter(|item| before.contains_key(key(item))).map(|item| (Some(item), None)));
    pairs.into_iter()
}

/// The text of something that may be missing.
fn text<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(String::new, |v| v.to_string())
}

#[cfg(test)]
mod tests;
