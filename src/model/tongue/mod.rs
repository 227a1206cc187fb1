//! The languages of the program: which one is spoken, and how a text of the code becomes one of it.
//!
//! The English text in the code is the key, so that code reads as prose and what is not translated yet is told in English.
//! `say!` says a text, `term!` marks one that stands in a table and is said later by [`word`], [`count`] tells how many.
//! The other languages stand in `languages/`, one file each (see `catalogue`).
//!
//! One language is spoken by the whole process: a screen and the threads that work for it must not differ.

#[macro_use]
mod say;

mod catalogue;
mod dates;
mod fill;
mod pseudo;
mod system;

use std::cell::Cell;
use std::fmt;
use std::str::FromStr;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use catalogue::german;
pub use dates::{dated, spelled};
pub use fill::fill;
pub use system::system;

/// A language that the program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[repr(u8)]
pub enum Language {
    /// The language of the code.
    #[default]
    English,
    /// German.
    German,
    /// English with every letter changed and two fifths more of them: what was forgotten, and what has no room, shows. For tests.
    Pseudo,
}

impl Language {
    /// Those that a workspace can ask for.
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// The code of ISO 639-1, as files and the environment name it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::Pseudo => "pseudo",
        }
    }

    /// The name of the language in itself.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::English | Self::Pseudo => "English",
            Self::German => "Deutsch",
        }
    }

    /// Whether it is the one that nothing has to be looked up for.
    #[must_use]
    pub fn is_english(&self) -> bool {
        *self == Self::English
    }

    /// The mark between whole and fraction, and the one between thousands.
    #[must_use]
    pub fn marks(self) -> (char, char) {
        match self {
            Self::English | Self::Pseudo => ('.', ','),
            Self::German => (',', '.'),
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

/// A language that the program does not speak.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoSuchLanguage(String);

impl fmt::Display for NoSuchLanguage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all: Vec<&str> = Language::ALL.into_iter().map(Language::code).collect();
        f.write_str(&say!(
            "`{what}` is no language that is spoken here: write one of {all}",
            what = self.0,
            all = all.join(", ")
        ))
    }
}

impl std::error::Error for NoSuchLanguage {}

impl FromStr for Language {
    type Err = NoSuchLanguage;

    /// Reads `de`, `DE`, and what the environment of a terminal says, such as `de_AT.UTF-8`.
    fn from_str(text: &str) -> Result<Self, NoSuchLanguage> {
        let code = text.trim().split(['_', '-', '.']).next().unwrap_or_default().to_lowercase();
        let found = Self::ALL.into_iter().find(|l| l.code() == code);
        found.ok_or_else(|| NoSuchLanguage(text.trim().chars().take(32).collect()))
    }
}

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

/// What the process speaks.
static SPOKEN: AtomicU8 = AtomicU8::new(Language::English as u8);
/// Whether somebody asked for that language, so that a workspace does not change it.
static ASKED: AtomicBool = AtomicBool::new(false);
/// Whether any thread speaks another language than the process: without that none has to ask itself.
static APART: AtomicBool = AtomicBool::new(false);

thread_local! {
    static WITHIN: Cell<Option<Language>> = const { Cell::new(None) };
}

/// From here on the whole process speaks the language of this workspace, unless somebody asked for another.
pub fn speak(of_workspace: Language) {
    if !ASKED.load(Ordering::Relaxed) {
        SPOKEN.store(of_workspace as u8, Ordering::Relaxed);
    }
}

/// From here on the whole process speaks this language, whatever a workspace says: a person asked for it, or a machine reads along.
pub fn ask_for(language: Language) {
    SPOKEN.store(language as u8, Ordering::Relaxed);
    ASKED.store(true, Ordering::Relaxed);
}

/// Does something in a language, in this thread alone: what a machine reads while people are told in another one. For tests, too,
/// which share a process.
pub fn within<T>(language: Language, act: impl FnOnce() -> T) -> T {
    struct Back(Option<Language>);
    impl Drop for Back {
        fn drop(&mut self) {
            WITHIN.set(self.0);
        }
    }
    APART.store(true, Ordering::Relaxed);
    let _back = Back(WITHIN.replace(Some(language)));
    act()
}

/// The language that is spoken here.
#[must_use]
pub fn language() -> Language {
    if APART.load(Ordering::Relaxed)
        && let Some(language) = WITHIN.get()
    {
        return language;
    }
    match SPOKEN.load(Ordering::Relaxed) {
        1 => Language::German,
        2 => Language::Pseudo,
        _ => Language::English,
    }
}

/// A text of the code in the language that is spoken; the text itself where that does not have it.
#[must_use]
pub fn word(text: &'static str) -> &'static str {
    template(text).unwrap_or(text)
}

/// Like [`word`], for a text that the catalogue has under a key of its own.
#[must_use]
pub fn word_in(key: &'static str, text: &'static str) -> &'static str {
    match language() {
        Language::English => text,
        Language::German => german(key).unwrap_or(text),
        Language::Pseudo => pseudo::text(text),
    }
}

/// The name of a field of a file, as comparisons tell it: `due date`, `theme`. One that is not known stays as it is.
#[must_use]
pub fn field(name: &str) -> &str {
    match language() {
        Language::English => name,
        Language::German => german(&format!("field|{name}")).or_else(|| german(name)).unwrap_or(name),
        Language::Pseudo => pseudo::text(name),
    }
}

/// The name of a field inside a sentence: small in English, as it is in a language whose nouns are written large.
#[must_use]
pub fn lowered(name: &str) -> String {
    match language() {
        Language::English => name.to_lowercase(),
        Language::German | Language::Pseudo => name.to_owned(),
    }
}

/// Like [`word`], for a text of a file that may be one of those that a workspace has from the start.
#[must_use]
pub fn known(text: &str) -> &str {
    template(text).unwrap_or(text)
}

/// What stands for a text in another language than English, its placeholders as they are.
#[must_use]
pub fn template(text: &str) -> Option<&'static str> {
    match language() {
        Language::English => None,
        Language::German => german(text),
        Language::Pseudo => Some(pseudo::text(text)),
    }
}

/// How many there are of something: `1 action`, `2 actions`. The noun is English and takes an `s`; the catalogue has both forms.
#[must_use]
pub fn count(n: usize, what: &str) -> String {
    let english = if n == 1 { format!("1 {what}") } else { format!("{{n}} {what}s") };
    match template(&english) {
        Some(template) => fill(template, &[("n", &n)]),
        None => english.replace("{n}", &n.to_string()),
    }
}

#[cfg(test)]
mod tests;
