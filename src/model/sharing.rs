//! How the sharing of a workspace stands, and where a sync is: what screens show of it.

use super::review::Moment;

/// How the sharing of a workspace stands, as far as can be told without asking anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Standing {
    /// It is in no repository.
    #[default]
    Alone,
    /// It is in one, and was never shared from here.
    NotYet,
    /// It was shared.
    Since {
        /// When the last sync ended.
        at: Moment,
        /// Whether that one reached the others.
        reached: bool,
        /// How many files of mine changed since.
        changed: usize,
        /// How many commits the others did not have then.
        unsent: usize,
    },
}

/// Where a sync stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Looks at what is here.
    Look,
    /// Commits what is mine.
    Commit,
    /// Asks the remote what is new.
    Fetch,
    /// Merges it, and checks what comes out.
    Merge,
    /// Gives the remote what it does not have.
    Push,
    /// Puts what others sent in its place.
    Arrive,
}

impl Step {
    /// All, in their order.
    pub const ALL: [Self; 6] = [Self::Look, Self::Commit, Self::Fetch, Self::Merge, Self::Push, Self::Arrive];

    /// The step in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Look => say!("Look at what is here"),
            Self::Commit => say!("Commit what is yours"),
            Self::Fetch => say!("Ask for what is new"),
            Self::Merge => say!("Merge and check it"),
            Self::Push => say!("Send what the others lack"),
            Self::Arrive => say!("Put theirs in its place"),
        }
    }
}
