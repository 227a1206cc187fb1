//! Why a sync could not do what was asked: what, why, and what to do next.

use std::fmt;
use std::path::Path;

use crate::insight::merge::Merge;
use crate::model::problem::Problem;
use crate::model::shown::shown;
use crate::model::strategy::Strategy;
use crate::model::tongue::system;
use crate::storage::{Doing, StorageError};

/// What kind of trouble it is. The words tell people; this tells programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// There is no git program.
    NoGit,
    /// The git program is too old.
    OldGit,
    /// The folder is in no repository.
    NoRepository,
    /// Nobody on this machine said yet that git may run here.
    NotTrusted,
    /// A state of the repository that a person has to bring to an end: a merge, a rebase, a detached head.
    InTheMiddle,
    /// Files changed here that what arrives would replace.
    Dirty,
    /// What is here has problems that nobody should get.
    BrokenHere,
    /// What arrived has problems: it stays where it was.
    BrokenThere,
    /// The two histories have no common beginning.
    Unrelated,
    /// Records that both changed.
    Clash,
    /// Both changed a file that is none of truenorth's.
    Foreign,
    /// The remote cannot be reached, or did not answer in time.
    Unreachable,
    /// The remote does not know who is asking.
    Denied,
    /// The remote does not take what it was given.
    Refused,
    /// Others were faster each time.
    Crowded,
    /// Another git or another sync is at work.
    Busy,
    /// The disk is full.
    DiskFull,
    /// Somebody stopped it.
    Stopped,
    /// Anything else that git or the system said.
    Other,
}

impl Kind {
    /// A word for it that stays the same, for programs.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::NoGit => "no git",
            Self::OldGit => "old git",
            Self::NoRepository => "no repository",
            Self::NotTrusted => "not trusted",
            Self::InTheMiddle => "in the middle",
            Self::Dirty => "dirty",
            Self::BrokenHere => "broken here",
            Self::BrokenThere => "broken there",
            Self::Unrelated => "unrelated",
            Self::Clash => "clash",
            Self::Foreign => "foreign",
            Self::Unreachable => "unreachable",
            Self::Denied => "denied",
            Self::Refused => "refused",
            Self::Crowded => "crowded",
            Self::Busy => "busy",
            Self::DiskFull => "disk full",
            Self::Stopped => "stopped",
            Self::Other => "other",
        }
    }

    /// Whether it is about the way to the others: what was done here stands, and is sent the next time.
    #[must_use]
    pub fn is_of_the_way(self) -> bool {
        match self {
            Self::Unreachable | Self::Denied | Self::Refused | Self::Crowded | Self::Stopped => true,
            Self::NoGit
            | Self::OldGit
            | Self::NoRepository
            | Self::NotTrusted
            | Self::InTheMiddle
            | Self::Dirty
            | Self::BrokenHere
            | Self::BrokenThere
            | Self::Unrelated
            | Self::Clash
            | Self::Foreign
            | Self::Busy
            | Self::DiskFull
            | Self::Other => false,
        }
    }
}

/// Why it did not go on. Safe to show.
#[derive(Debug, Clone)]
pub struct Trouble {
    /// What kind it is.
    pub kind: Kind,
    /// What happened, and why.
    pub what: String,
    /// What to do next.
    pub next: String,
    /// What is wrong with files, when that is it.
    pub problems: Vec<Problem>,
    /// The two strategies that have to be settled, when that is it.
    pub clash: Option<Box<Merge<Strategy>>>,
}

impl Trouble {
    /// A trouble in words.
    pub(super) fn new(kind: Kind, what: impl Into<String>, next: impl Into<String>) -> Self {
        Self { kind, what: what.into(), next: next.into(), problems: Vec::new(), clash: None }
    }

    /// It was stopped.
    pub(super) fn stopped() -> Self {
        Self::new(Kind::Stopped, "stopped", say!("nothing is lost: sync again to go on"))
    }

    /// What the system said of a file or folder.
    pub(super) fn system(doing: Doing, path: &Path, error: &std::io::Error) -> Self {
        let kind = if error.kind() == std::io::ErrorKind::StorageFull { Kind::DiskFull } else { Kind::Other };
        let what = say!("could not {doing} {path}: {error}", doing, path = path.display(), error = system(error));
        Self::new(kind, shown(&what), say!("see to it, then sync again: nothing was lost"))
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}. {}", self.what, self.next)
    }
}

impl From<StorageError> for Trouble {
    fn from(error: StorageError) -> Self {
        let kind = match &error {
            StorageError::Changed { .. } => Kind::Dirty,
            StorageError::Io { source, .. } if source.kind() == std::io::ErrorKind::StorageFull => Kind::DiskFull,
            StorageError::Bad(_) => Kind::BrokenHere,
            StorageError::Io { .. }
            | StorageError::NotAWorkspace { .. }
            | StorageError::Exists { .. }
            | StorageError::Misplaced { .. }
            | StorageError::Sealed { .. }
            | StorageError::Locked { .. }
            | StorageError::NewerSchema { .. }
            | StorageError::Refused { .. }
            | StorageError::Unconfirmed { .. } => Kind::Other,
        };
        let text = error.to_string();
        let (what, next) = text.rsplit_once(". ").unwrap_or((&text, say!("See to it, then sync again")));
        Self::new(kind, what, next)
    }
}
