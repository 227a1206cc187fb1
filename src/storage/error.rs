//! What can go wrong between memory and disk, told as what, why and what to do next.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::model::problem::Problem;
use crate::model::tongue::system;
use crate::model::week::Week;

/// What was tried with a file or a folder, said where it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// A file or folder was to be made.
    Create,
    /// A folder was to be found.
    Find,
    /// The folder around a file was to be found.
    FindFolderOf,
    /// Others were to be kept out.
    Lock,
    /// What kind of file it is.
    LookAt,
    /// What is in a folder.
    LookInto,
    /// A repository was to be made.
    Make,
    /// A file was to be read.
    Read,
    /// A file was to be taken away.
    Remove,
    /// The disk was to confirm what was written.
    Sync,
    /// A file was to be written.
    Write,
    /// A file was to be written into a folder of others.
    WriteInto,
    /// A file was to be written into a folder of this machine.
    WriteTo,
}

impl fmt::Display for Doing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Create => say!("could not" | "create"),
            Self::Find => say!("could not" | "find"),
            Self::FindFolderOf => say!("could not" | "find the folder of"),
            Self::Lock => say!("could not" | "lock"),
            Self::LookAt => say!("could not" | "look at"),
            Self::LookInto => say!("could not" | "look into"),
            Self::Make => say!("could not" | "make"),
            Self::Read => say!("could not" | "read"),
            Self::Remove => say!("could not" | "remove"),
            Self::Sync => say!("could not" | "sync"),
            Self::Write => say!("could not" | "write"),
            Self::WriteInto => say!("could not" | "write into"),
            Self::WriteTo => say!("could not" | "write to"),
        })
    }
}

/// A failed operation on a workspace. Its words are meant for people.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// No `truenorth.ron` in the folder.
    #[error("{}", say!("{path} is not a workspace: it has no truenorth.ron. Go to a folder that has one, or create one with `truenorth init`", path = path.display()))]
    NotAWorkspace {
        /// The folder that was looked at.
        path: PathBuf,
    },
    /// The system refused.
    #[error("{}", say!("could not {doing} {path}: {source}. {next}", doing, path = path.display(), source = system(source), next = next_step(source)))]
    Io {
        /// What was tried.
        doing: Doing,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Files that were read but make no sense.
    #[error("{}", several(.0))]
    Bad(Vec<Problem>),
    /// Something is there already and must not be overwritten.
    #[error("{}", say!("{path} exists already and was left as it is. Choose another name, or open what is there", path = path.display()))]
    Exists {
        /// What is there.
        path: PathBuf,
    },
    /// The file is no longer what was loaded.
    #[error("{}", say!("{path} was changed by somebody else since it was loaded. Nothing was written: reload it, then make the change again", path = path.display()))]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// The review of the week has seen what there was.
    #[error("{}", say!("{week} was sealed by its review, and what a review has seen is not changed behind its back. Say it in the check-in of {next}, or correct the review", week, next = week.next()))]
    Sealed {
        /// The week.
        week: Week,
    },
    /// Somebody else holds the review.
    #[error("{}", say!("the review is open elsewhere: {by}. Close it there, or go on here without writing", by))]
    Locked {
        /// Who, and since when.
        by: String,
    },
    /// The file comes from a newer version of the program.
    #[error("{}", say!("{path} has schema {found}, but this version knows {known} and older. It was not touched: update truenorth to work with it", path = path.display(), found, known))]
    NewerSchema {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: u32,
        /// The newest this version knows.
        known: u32,
    },
    /// An edit could not be made without harming the rest of the file.
    #[error("{}", say!("the edit of {path} was refused: {why}. Nothing was written: make this change in an editor, then run `truenorth check`", path = path.display(), why))]
    Refused {
        /// The file.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// A report was to go where none belongs.
    #[error("{}", say!("{path} was not written: {why}. Nothing was changed: name another place", path = path.display(), why))]
    Misplaced {
        /// The place.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// Everything is in place, but the system did not confirm that it survives a power cut.
    #[error("{}", say!("{path} is saved, but the disk did not confirm it: {source}. Keep a copy until the disk has been looked at", path = path.display(), source = system(source)))]
    Unconfirmed {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl StorageError {
    /// What kind of error it is, in words that tell nothing of the workspace: for a log or a report.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::NotAWorkspace { .. } => "no workspace",
            Self::Io { .. } => "the system refused",
            Self::Bad(_) => "files that cannot be read",
            Self::Exists { .. } => "exists already",
            Self::Changed { .. } => "changed meanwhile",
            Self::Locked { .. } => "open elsewhere",
            Self::NewerSchema { .. } => "written by a newer version",
            Self::Refused { .. } => "an edit was refused",
            Self::Misplaced { .. } => "no place for a report",
            Self::Unconfirmed { .. } => "saved, not confirmed",
            Self::Sealed { .. } => "the week is sealed",
        }
    }

    /// Wraps what the system said with what was tried; for use in `map_err`.
    pub(super) fn io(doing: Doing, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { doing, path, source }
    }
}

impl From<Problem> for StorageError {
    fn from(problem: Problem) -> Self {
        Self::Bad(vec![problem])
    }
}

fn next_step(source: &io::Error) -> &'static str {
    match source.kind() {
        io::ErrorKind::NotFound => say!("Check the path, and that the folder has not moved"),
        io::ErrorKind::PermissionDenied => say!("Check who owns it and its permissions"),
        io::ErrorKind::StorageFull => say!("Make room on the disk, then try again: nothing was lost"),
        io::ErrorKind::ReadOnlyFilesystem => say!("The disk is read-only: make it writable, or work on a copy"),
        _ => say!("Nothing was lost: try again, or work on a copy elsewhere"),
    }
}

fn several(problems: &[Problem]) -> String {
    let lines: Vec<String> =
        problems.iter().map(|p| if p.hint.is_empty() { p.to_string() } else { format!("{p}. {}", p.hint) }).collect();
    lines.join("\n")
}
