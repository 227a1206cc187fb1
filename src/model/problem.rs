//! Something wrong with a file, told so that it can be found and mended.

use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// A problem at a place in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Problem {
    /// The file, relative to the workspace.
    pub path: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub hint: String,
    /// The line of the file that it is about, as it stands there.
    pub excerpt: String,
}

impl Problem {
    /// A problem of a whole file.
    pub fn of_file(path: impl Into<PathBuf>, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            line: 1,
            column: 1,
            message: message.into(),
            hint: hint.into(),
            excerpt: String::new(),
        }
    }
}

impl fmt::Display for Problem {
    /// One line: `path:line:column: message`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Forward slashes on every system, so that the line can be compared and clicked.
        let path = self.path.to_string_lossy().replace('\\', "/");
        write!(f, "{path}:{}:{}: {}", self.line, self.column, self.message)
    }
}
