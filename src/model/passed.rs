//! What one workspace passes on to another, up or down: an issue or a message as a file that one sends or commits, and what the
//! other made of it.

use serde::{Deserialize, Serialize};

use super::id::{IssueId, MemberId, MessageId, WorkspaceId};
use super::week::Week;

/// An issue or a message from another workspace. Written once, by the one who passes it on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passed {
    /// The number of the file format.
    pub schema: u32,
    /// The workspace that it comes from.
    pub from: WorkspaceId,
    /// That workspace's name, as here nobody else knows it.
    pub name: String,
    /// The week it was passed on in.
    pub week: Week,
    /// Who passed it on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<MemberId>,
    /// What it is there.
    pub what: What,
    /// It in one line.
    pub text: String,
    /// What is known of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// Why it is passed on.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
}

/// What was passed on, by its id in the workspace that it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// An issue that the other workspace is to solve.
    Issue(IssueId),
    /// A message that the other workspace is to hear.
    Message(MessageId),
}

impl What {
    /// The word on the screen.
    #[must_use]
    pub fn label(&self) -> &'static str {
        match self {
            Self::Issue(_) => term!("issue"),
            Self::Message(_) => term!("message"),
        }
    }
}

impl Passed {
    /// What it is known by where it arrives, and the stem of its file: `2026-W47-bakery-oven`.
    #[must_use]
    pub fn key(&self) -> String {
        let id = match &self.what {
            What::Issue(id) => id.as_str(),
            What::Message(id) => id.as_str(),
        };
        format!("{}-{}-{id}", self.week, self.from)
    }

    /// What is known of it once it is an issue elsewhere: where it comes from first.
    #[must_use]
    pub fn told(&self) -> String {
        let said = [
            say!("Passed on by {name} ({key}).", name = self.name, key = self.key()),
            self.why.clone(),
            self.detail.clone(),
        ];
        said.into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join("\n")
    }
}

/// What became of something that was passed on. Written once, where it arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassedAnswer {
    /// The number of the file format.
    pub schema: u32,
    /// The week it was answered in.
    pub week: Week,
    /// Who answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<MemberId>,
    /// What became of it.
    pub outcome: Reply,
}

/// What became of something that was passed on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Reply {
    /// It is an issue here now.
    Accepted {
        /// Which.
        issue: IssueId,
    },
    /// It went back with these words.
    Returned {
        /// The answer.
        text: String,
    },
}

/// Something that was passed on, with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// What arrived.
    pub passed: Passed,
    /// What was made of it; none while it waits.
    pub answer: Option<PassedAnswer>,
}
