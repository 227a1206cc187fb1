//! Keys to intents: the table with the user's own keys laid over it, and what footer, help and palette ask of it.
//!
//! # Map
//! - [`scope`](Scope): the places where a key can mean something.
//! - `table`: every binding there is.

mod scope;
mod table;

use std::collections::HashMap;
use std::sync::LazyLock;

pub use scope::Scope;

use super::intent::{Intent, RowIntent};
use super::key::{Key, KeyError};
use table::ROWS;

/// One row of the table.
#[derive(Debug, Clone)]
pub struct Binding {
    /// The name used in the configuration.
    pub name: &'static str,
    /// Where it holds.
    pub scope: Scope,
    /// The keys; the first is the one shown.
    pub keys: Vec<Key>,
    /// What it does.
    pub intent: Intent,
    /// A word or two for the footer.
    pub label: &'static str,
    /// A sentence for help and palette.
    pub help: &'static str,
    /// Its place in the footer, 1 first; 0 keeps it out.
    pub footer: u8,
}

/// The table with the user's own keys laid over it.
#[derive(Debug, Clone)]
pub struct Keymap {
    bindings: Vec<Binding>,
    by_key: HashMap<(Scope, Key), usize>,
}

/// Something wrong with the keys of the configuration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeymapError {
    /// No binding has this name.
    #[error("{}", say!("no binding is called `{typed}`: the names stand in the key table of the manual", typed = .0))]
    NoSuchBinding(String),
    /// A key that cannot be read.
    #[error("{0}")]
    Key(#[from] KeyError),
    /// A plain character where text is typed.
    #[error("{}", say!("`{typed}` would be typed into the field: use Ctrl, Alt or a function key for `{other}`", typed = .0, other = .1))]
    TakesText(String, String),
}

static DEFAULT: LazyLock<Keymap> = LazyLock::new(|| Keymap::from_bindings(default_bindings()));

fn default_bindings() -> Vec<Binding> {
    ROWS.iter()
        .map(|&(name, scope, keys, intent, label, help, footer)| Binding {
            name,
            scope,
            // A misspelt key in the table is found by a test; here it is left out.
            keys: keys.split(' ').filter_map(|k| k.parse().ok()).collect(),
            intent,
            label,
            help,
            footer,
        })
        .collect()
}

impl Default for Keymap {
    fn default() -> Self {
        DEFAULT.clone()
    }
}

impl Binding {
    /// The keys as help and manual show them.
    #[must_use]
    pub fn shown_keys(&self) -> String {
        if self.keys.len() >= 10 {
            return "0-9".to_owned();
        }
        self.keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }
}

impl Keymap {
    fn from_bindings(bindings: Vec<Binding>) -> Self {
        let mut by_key = HashMap::new();
        for (at, binding) in bindings.iter().enumerate() {
            for key in &binding.keys {
                by_key.entry((binding.scope, *key)).or_insert(at);
            }
        }
        Self { bindings, by_key }
    }

    /// The table with a user's keys: a named binding gets exactly these keys, and they win over the table's.
    ///
    /// # Errors
    /// When a binding does not exist, a key cannot be read, or it would swallow typed text.
    pub fn with(own: &[(String, Vec<String>)]) -> Result<Self, KeymapError> {
        let mut bindings = default_bindings();
        for (name, keys) in own {
            let keys: Vec<Key> = keys.iter().map(|k| k.parse()).collect::<Result<_, _>>()?;
            let at =
                bindings.iter().position(|b| b.name == name).ok_or_else(|| KeymapError::NoSuchBinding(name.clone()))?;
            let scope = bindings[at].scope;
            if let Some(plain) = keys.iter().find(|k| scope.takes_text() && k.typed().is_some()) {
                return Err(KeymapError::TakesText(plain.to_string(), name.clone()));
            }
            for other in bindings.iter_mut().filter(|b| b.scope == scope) {
                other.keys.retain(|k| !keys.contains(k));
            }
            bindings[at].keys = keys;
        }
        Ok(Self::from_bindings(bindings))
    }

    /// What a key means in these scopes, asked in their order.
    #[must_use]
    pub fn resolve(&self, scopes: &[Scope], key: Key) -> Option<Intent> {
        scopes.iter().find_map(|scope| self.by_key.get(&(*scope, key))).map(|at| filled(self.bindings[*at].intent, key))
    }

    /// Every binding that can be reached in these scopes, most specific first, shadowed ones left out.
    pub fn reachable<'a>(&'a self, scopes: &'a [Scope]) -> impl Iterator<Item = &'a Binding> + 'a {
        scopes.iter().enumerate().flat_map(move |(depth, scope)| {
            self.bindings.iter().filter(move |b| {
                b.scope == *scope
                    && b.keys
                        .first()
                        .is_some_and(|k| !scopes[..depth].iter().any(|s| self.by_key.contains_key(&(*s, *k))))
            })
        })
    }

    /// The bindings to show in the footer of these scopes, in their order.
    #[must_use]
    pub fn footer<'a>(&'a self, scopes: &'a [Scope]) -> Vec<&'a Binding> {
        let mut shown: Vec<&Binding> = self.reachable(scopes).filter(|b| b.footer > 0).collect();
        shown.sort_by_key(|b| b.footer);
        shown
    }

    /// The first key of a binding, for texts that mention it.
    #[must_use]
    pub fn key_of(&self, name: &str) -> String {
        let binding = self.bindings.iter().find(|b| b.name == name);
        binding.and_then(|b| b.keys.first()).map(ToString::to_string).unwrap_or_default()
    }

    /// All bindings, in table order.
    #[must_use]
    pub fn bindings(&self) -> &[Binding] {
        &self.bindings
    }
}

/// Puts the digit that was pressed into the intents that are bound to all ten.
fn filled(intent: Intent, key: Key) -> Intent {
    let digit = key.typed().and_then(|c| c.to_digit(10)).and_then(|d| u8::try_from(d).ok());
    match (intent, digit) {
        (Intent::Row(RowIntent::Value(Some(_))), _) => Intent::Row(RowIntent::Value(key.typed())),
        (Intent::Row(RowIntent::Confidence(_)), Some(digit)) => Intent::Row(RowIntent::Confidence(digit)),
        (other, _) => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::intent::AppIntent;
    use std::collections::HashSet;

    #[test]
    fn every_row_has_a_readable_key_a_unique_name_and_words() {
        let mut names = HashSet::new();
        for (row, binding) in ROWS.iter().zip(default_bindings()) {
            assert_eq!(row.2.split(' ').count(), binding.keys.len(), "a key of {} cannot be read", row.0);
            assert!(names.insert(row.0), "two rows are called {}", row.0);
            assert!(!binding.help.is_empty() && !binding.label.is_empty());
        }
    }

    #[test]
    fn no_key_means_two_things_in_one_scope() {
        let mut seen = HashSet::new();
        for binding in default_bindings() {
            for key in binding.keys {
                assert!(seen.insert((binding.scope, key)), "{key} stands twice in {:?}", binding.scope);
            }
        }
    }

    #[test]
    fn no_plain_character_is_bound_where_text_is_typed() {
        for binding in default_bindings().iter().filter(|b| b.scope.takes_text()) {
            assert!(binding.keys.iter().all(|k| k.typed().is_none()), "{}", binding.name);
        }
    }

    #[test]
    fn the_users_keys_win() {
        let own = vec![("app.undo".to_owned(), vec!["Ctrl-y".to_owned(), "d".to_owned()])];
        let map = Keymap::with(&own).unwrap();
        let at = |k: &str| map.resolve(&[Scope::Everywhere], k.parse().unwrap());
        assert_eq!(at("d"), Some(Intent::App(AppIntent::Undo)));
        assert_eq!(at("u"), None);
        assert!(Keymap::with(&[("app.nothing".to_owned(), vec![])]).is_err());
        assert!(Keymap::with(&[("form.save".to_owned(), vec!["s".to_owned()])]).is_err());
    }
}
