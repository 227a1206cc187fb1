//! The palette: everything one can do here and everywhere, found by typing a few of its letters.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher};

use crate::app::intent::{FormIntent, Intent, Move};
use crate::app::key::{Code, Key};
use crate::app::keymap::{Binding, Keymap, Scope};
use crate::model::tongue::word;

/// One thing that can be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its name in the configuration, and the words of its footer.
    pub name: String,
    /// What it does.
    pub help: &'static str,
    /// The key that does it.
    pub key: String,
    /// Where it belongs.
    pub scope: Scope,
    /// What it is.
    pub intent: Intent,
}

/// The palette with what was typed.
#[derive(Debug, Clone)]
pub struct Palette {
    /// What was typed.
    pub words: String,
    items: Vec<Item>,
    found: Vec<usize>,
    /// The row under the cursor, among those found.
    pub at: usize,
}

/// What follows from a key in the palette.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// It stays open.
    Nothing,
    /// It closes.
    Close,
    /// It closes, and this is done.
    Do(Intent),
}

impl Palette {
    /// What can be done in these scopes of a workspace's screens, and everywhere in them.
    #[must_use]
    pub fn new(keymap: &Keymap, scopes: &[Scope]) -> Self {
        // Places and captures are offered even where their key means something else.
        let wide = [Scope::Everywhere, Scope::Screens];
        Self::of(keymap.reachable(scopes).chain(keymap.bindings().iter().filter(|b| wide.contains(&b.scope))))
    }

    /// What these keys do.
    pub fn of<'k>(all: impl Iterator<Item = &'k Binding>) -> Self {
        let mut items: Vec<Item> = Vec::new();
        for binding in all.filter(|b| !matches!(b.intent, Intent::Move(_))) {
            if !items.iter().any(|i| i.intent == binding.intent) {
                let (help, scope, intent) = (word(binding.help), binding.scope, binding.intent);
                let name = format!("{} {}", binding.name.replace(['.', '-'], " "), word(binding.label));
                items.push(Item { name, help, key: binding.shown_keys(), scope, intent });
            }
        }
        let found = (0..items.len()).collect();
        Self { words: String::new(), items, found, at: 0 }
    }

    /// What fits the words typed, best first.
    pub fn found(&self) -> impl ExactSizeIterator<Item = &Item> {
        self.found.iter().map(|i| &self.items[*i])
    }

    /// Lets a key of the palette, or a click on a row, happen.
    pub fn intent(&mut self, intent: Intent) -> Asked {
        let last = self.found.len().saturating_sub(1);
        match intent {
            Intent::Form(FormIntent::Down) | Intent::Move(Move::Down) => self.at = (self.at + 1).min(last),
            Intent::Form(FormIntent::Up) | Intent::Move(Move::Up) => self.at = self.at.saturating_sub(1),
            Intent::Move(Move::To(row)) => self.at = row.min(last),
            Intent::Form(FormIntent::Enter) => {
                return self.found().nth(self.at).map_or(Asked::Close, |item| Asked::Do(item.intent));
            }
            Intent::Form(FormIntent::Save | FormIntent::Next | FormIntent::Previous | FormIntent::Editor) => {}
            _ => return Asked::Close,
        }
        Asked::Nothing
    }

    /// A typed key.
    pub fn key(&mut self, key: Key) {
        match (key.code, key.typed()) {
            (Code::Backspace, _) => {
                self.words.pop();
            }
            (_, Some(c)) => self.words.push(c),
            _ => return,
        }
        self.find();
    }

    /// Pasted text.
    pub fn paste(&mut self, text: &str) {
        self.words.extend(text.chars().filter(|c| !c.is_control()).take(80));
        self.find();
    }

    fn find(&mut self) {
        // Letters strewn over a sentence are found only when no sentence has the words themselves.
        self.found = self.matching(AtomKind::Substring);
        if self.found.is_empty() {
            self.found = self.matching(AtomKind::Fuzzy);
        }
        self.at = 0;
    }

    fn matching(&self, kind: AtomKind) -> Vec<usize> {
        let mut matcher = Matcher::new(Config::DEFAULT);
        let pattern = Pattern::new(&self.words, CaseMatching::Ignore, Normalization::Smart, kind);
        let mut buffer = Vec::new();
        let mut scored: Vec<(u32, usize)> = self
            .items
            .iter()
            .enumerate()
            .filter_map(|(i, item)| {
                // Strewn letters are looked for in names only: in a whole sentence they are always found.
                let text =
                    if kind == AtomKind::Fuzzy { item.name.clone() } else { format!("{} {}", item.name, item.help) };
                pattern.score(nucleo_matcher::Utf32Str::new(&text, &mut buffer), &mut matcher).map(|s| (s, i))
            })
            .collect();
        scored.sort_by_key(|(score, i)| (std::cmp::Reverse(*score), *i));
        scored.into_iter().map(|(_, i)| i).collect()
    }
}
