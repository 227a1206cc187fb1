//! A misalignment that the program noticed, and what the team said to it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::id::IssueId;
use super::record::Subject;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Worth a word.
    Warning,
    /// Worth the room's time now.
    Serious,
}

impl Severity {
    /// The word on the screen.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Note => say!("severity" | "note"),
            Self::Warning => say!("warning"),
            Self::Serious => say!("serious"),
        }
    }
}

/// Something that does not fit together, with the evidence for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// What tells it from every other finding: the rule and its first subject.
    pub key: String,
    /// The rule that fired, such as `watermelon`.
    pub rule: String,
    /// How much it matters.
    pub severity: Severity,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Subject>,
    /// The finding in one line.
    pub title: String,
    /// The facts it rests on.
    pub evidence: String,
    /// What one could do.
    pub suggestion: String,
}

/// What the team said to a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Answer {
    /// Seen and accepted as true.
    Accepted,
    /// Raised as an issue.
    Raised {
        /// Which.
        issue: IssueId,
    },
    /// Put aside until a day, when it comes back.
    Dismissed {
        /// The day it comes back.
        until: NaiveDate,
        /// Why.
        reason: String,
    },
}

impl Answer {
    /// The words on the screen.
    #[must_use]
    pub fn label(&self) -> String {
        match self {
            Self::Accepted => say!("accepted").to_owned(),
            Self::Raised { .. } => say!("raised as an issue").to_owned(),
            Self::Dismissed { until, .. } => say!("dismissed until {until}", until),
        }
    }
}
