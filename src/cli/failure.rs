//! How a command ends: an answer with its exit status, or a failure told as what, why and what to do next.

use std::process::ExitCode;

use crate::model::tongue::{Language, language};
use crate::runtime::launch::RunError;
use crate::storage::{self, StorageError};

use super::output::message;

/// The exit status that scripts rely on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exit {
    /// Fine: 0.
    Fine,
    /// Found problems, or nothing to show: 1.
    Found,
    /// Could not do it: 2.
    Refused,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Fine => Self::SUCCESS,
            Exit::Found => Self::from(1),
            Exit::Refused => Self::from(2),
        }
    }
}

/// What a command has to say on standard output, and how it went.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) text: String,
    pub(super) exit: Exit,
}

impl Answer {
    /// Fine, with this on standard output.
    pub(super) fn fine(text: String) -> Self {
        Self { text, exit: Exit::Fine }
    }

    /// Fine, with nothing on standard output.
    pub(super) fn silent() -> Self {
        Self::fine(String::new())
    }

    /// A list: nothing to show when it is empty.
    pub(super) fn list(text: String, is_empty: bool) -> Self {
        Self { text, exit: if is_empty { Exit::Found } else { Exit::Fine } }
    }
}

/// Why a command could not do what was asked.
#[derive(Debug)]
pub struct Failure {
    what: String,
    hint: String,
    exit: Exit,
}

impl Failure {
    /// Could not do it: what happened and why, and the next step.
    pub(super) fn new(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { what: what.into(), hint: hint.into(), exit: Exit::Refused }
    }

    /// There is nothing to show.
    pub(super) fn nothing(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { exit: Exit::Found, ..Self::new(what, hint) }
    }

    /// Tells it on standard error as something beside a command that did what was asked.
    pub(super) fn warn(&self, what: &str) {
        message(&say!("warning: {what}: {why}", what, why = self.what));
    }

    /// What was typed cannot be understood; the words tell what can be typed.
    pub(super) fn usage(text: &str) -> Self {
        Self::new(text.strip_prefix("error: ").unwrap_or(text).trim_end(), "")
    }

    /// Tells it on standard error and gives the exit status.
    #[must_use]
    pub fn report(&self) -> ExitCode {
        message(&say!("error: {what}", what = self.what));
        if !self.hint.is_empty() {
            message(&say!("hint: {hint}", hint = self.hint));
        }
        self.exit.into()
    }
}

impl From<StorageError> for Failure {
    fn from(error: StorageError) -> Self {
        if let StorageError::Bad(problems) = &error {
            let all: Vec<String> = problems.iter().map(storage::render).collect();
            return Self::new(
                all.join("\n"),
                say!("mend the file, then see with `truenorth check` whether all is well"),
            );
        }
        // The words of storage end with the next step as a sentence of its own.
        let text = error.to_string();
        match text.rsplit_once(". ") {
            Some((what, next)) => Self::new(what, lowered_first(next)),
            None => Self::new(text, ""),
        }
    }
}

/// A sentence behind a colon: small in English alone.
fn lowered_first(text: &str) -> String {
    if language() != Language::English {
        return text.to_owned();
    }
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_lowercase().chain(rest).collect())
}

impl From<RunError> for Failure {
    fn from(error: RunError) -> Self {
        match error {
            RunError::Storage(error) => error.into(),
            RunError::NoTerminal(what) => {
                Self::new(what, say!("run it in a terminal, or see `truenorth --help` for commands"))
            }
            RunError::Refused(what) => Self::new(what, say!("`truenorth --help` tells what can be asked")),
            RunError::Terminal(_) => Self::new(error.to_string(), say!("nothing was lost: start it again")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io;
    use std::path::PathBuf;

    #[test]
    fn every_storage_error_ends_with_a_next_step() {
        let path = || PathBuf::from("here/file.ron");
        let source = || io::Error::from(io::ErrorKind::StorageFull);
        for error in [
            StorageError::NotAWorkspace { path: path() },
            StorageError::Io { doing: storage::Doing::Write, path: path(), source: source() },
            StorageError::Exists { path: path() },
            StorageError::Changed { path: path() },
            StorageError::Sealed { week: "2026-W47".parse().unwrap() },
            StorageError::Locked { by: "maya".to_owned() },
            StorageError::NewerSchema { path: path(), found: 2, known: 1 },
            StorageError::Refused { path: path(), why: "it would".to_owned() },
            StorageError::Misplaced { path: path(), why: "it would".to_owned() },
            StorageError::Unconfirmed { path: path(), source: source() },
        ] {
            let failure = Failure::from(error);
            assert!(!failure.what.is_empty() && failure.hint.len() > 10, "{failure:?}");
            assert_eq!(failure.exit, Exit::Refused);
        }
    }
}
