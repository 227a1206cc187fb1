//! What the system says of a file, in the language that is spoken: its own words are English, or of the machine.

use std::io::{Error, ErrorKind};

use super::{Language, language};

/// What the system said. In English as it says it, with its number; in another language the usual reasons in that language, and
/// anything else as it is.
#[must_use]
pub fn system(error: &Error) -> String {
    let usual = match error.kind() {
        _ if language() == Language::English => "",
        ErrorKind::NotFound => say!("it is not there"),
        ErrorKind::PermissionDenied => say!("permission was denied"),
        ErrorKind::AlreadyExists => say!("it is there already"),
        ErrorKind::StorageFull => say!("the disk is full"),
        ErrorKind::QuotaExceeded => say!("no more room is allowed on the disk"),
        ErrorKind::ReadOnlyFilesystem => say!("the disk is read-only"),
        ErrorKind::IsADirectory => say!("it is a folder"),
        ErrorKind::NotADirectory => say!("a part of the path is no folder"),
        ErrorKind::TimedOut => say!("it took too long"),
        // The system's list of errors is open-ended.
        _ => "",
    };
    if usual.is_empty() { error.to_string() } else { usual.to_owned() }
}
