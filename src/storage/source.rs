//! The text of one file of a workspace: found without following links, and refused early when it cannot be data.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::path::{Component, Path};

use crate::model::problem::Problem;
use crate::model::tongue::system;

use super::error::{Doing, StorageError};

/// The largest file that is read, in bytes.
pub(super) const MAX_FILE: u64 = 8 * 1024 * 1024;

/// Why a file gave no text.
#[derive(Debug)]
pub(super) enum NoText {
    /// It is not there.
    Missing,
    /// The system refused.
    Io(io::Error),
    /// It is there but is no data of ours.
    Bad(Problem),
}

impl NoText {
    /// The same as an error of the file at `relative`.
    pub(super) fn into_error(self, root: &Path, relative: &Path) -> StorageError {
        let path = root.join(relative);
        match self {
            Self::Missing => StorageError::Io { doing: Doing::Read, path, source: io::ErrorKind::NotFound.into() },
            Self::Io(source) => StorageError::Io { doing: Doing::Read, path, source },
            Self::Bad(problem) => problem.into(),
        }
    }

    /// The same as a problem of the file at `relative`.
    pub(super) fn into_problem(self, relative: &Path) -> Problem {
        match self {
            Self::Missing => Problem::of_file(
                relative,
                say!("the file is missing"),
                say!("create it, or bring it back from git or a backup; until then this part is empty"),
            ),
            Self::Io(e) => Problem::of_file(
                relative,
                say!("could not be read: {e}", e = system(&e)),
                say!("check its permissions"),
            ),
            Self::Bad(problem) => problem,
        }
    }
}

/// Reads a file inside `root`, following no link on the way. One byte order mark is taken off; line ends become `\n`.
pub(super) fn read(root: &Path, relative: &Path) -> Result<String, NoText> {
    text(relative, read_bytes(root, relative)?)
}

/// What [`read`] makes of the bytes of a file.
pub(super) fn text(relative: &Path, bytes: Vec<u8>) -> Result<String, NoText> {
    let mut text = decode_text(relative, bytes).map_err(NoText::Bad)?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    if memchr::memchr(b'\r', text.as_bytes()).is_some() {
        text = text.replace("\r\n", "\n");
    }
    not_data(relative, &text).map_or(Ok(text), |problem| Err(NoText::Bad(problem)))
}

/// Reads a file's text exactly as it stands, for editing it.
pub(super) fn read_exactly(root: &Path, relative: &Path) -> Result<String, NoText> {
    decode_text(relative, read_bytes(root, relative)?).map_err(NoText::Bad)
}

/// Reads the bytes of a file inside `root`, following no link on the way; at most [`MAX_FILE`].
pub(super) fn read_bytes(root: &Path, relative: &Path) -> Result<Vec<u8>, NoText> {
    let size = regular_file(root, relative)?;
    let bad = |message: String, hint: &str| NoText::Bad(Problem::of_file(relative, message, hint));
    if size > MAX_FILE {
        let megabytes = size.div_ceil(1024 * 1024);
        return Err(bad(
            say!("the file has {megabytes} MiB; at most 8 MiB are read", megabytes),
            say!("look whether something else was saved under this name"),
        ));
    }
    let file = open_plainly(&root.join(relative)).map_err(NoText::Io)?;
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
    // One byte more than allowed tells a file that grew since its size was asked.
    file.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(NoText::Io)?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(bad(
            say!("the file has more than 8 MiB").to_owned(),
            say!("look whether something else is writing to it"),
        ));
    }
    Ok(bytes)
}

/// Opens a file for reading, following no link and waiting for no pipe.
///
/// # Errors
/// When the system refuses, also because a link stands there.
#[cfg(unix)]
pub fn open_plainly(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    // Between the look and the opening somebody could have put a link or a pipe there.
    let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
    let flags = i32::try_from(flags.bits()).unwrap_or(0);
    OpenOptions::new().read(true).custom_flags(flags).open(path)
}

/// Opens a file for reading.
///
/// # Errors
/// When the system refuses.
#[cfg(not(unix))]
pub fn open_plainly(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).open(path)
}

/// Makes sure that `relative` leads from `root` through real folders to a regular file, and tells its size in bytes.
pub(super) fn regular_file(root: &Path, relative: &Path) -> Result<u64, NoText> {
    let mut at = root.to_path_buf();
    let mut parts = relative.components().peekable();
    while let Some(part) = parts.next() {
        let bad = |message: &str, hint: &str| NoText::Bad(Problem::of_file(relative, message, hint));
        let Component::Normal(name) = part else {
            return Err(bad(say!("the path leads out of the workspace"), say!("give a path inside the workspace")));
        };
        at.push(name);
        let found = match fs::symlink_metadata(&at) {
            Ok(found) => found,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Err(NoText::Missing),
            Err(e) => return Err(NoText::Io(e)),
        };
        if found.is_symlink() {
            return Err(bad(
                say!("this is a symbolic link; links inside a workspace are not followed"),
                say!("put the file itself here"),
            ));
        }
        if parts.peek().is_none() {
            if found.is_file() {
                return Ok(found.len());
            }
            return Err(bad(
                say!("this is not a regular file"),
                say!("a file with this name belongs here: move away what is there"),
            ));
        }
        if !found.is_dir() {
            return Err(NoText::Missing);
        }
    }
    Err(NoText::Missing)
}

/// The names in a folder of the workspace, sorted; none when it is not there. A link or a file in its place is an error:
/// what lies behind it is not known.
pub(super) fn names(root: &Path, relative: &Path) -> io::Result<Vec<String>> {
    let path = root.join(relative);
    match fs::symlink_metadata(&path) {
        Ok(found) if found.is_dir() => {}
        Ok(_) => return Err(io::Error::other(say!("it is not a real folder, and links are not followed"))),
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(e),
    }
    let mut names = Vec::new();
    for entry in fs::read_dir(path)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

fn decode_text(relative: &Path, bytes: Vec<u8>) -> Result<String, Problem> {
    if !bytes.is_empty() && bytes.iter().all(|b| *b == 0) {
        return Err(Problem::of_file(
            relative,
            say!("the file holds nothing but zero bytes: a crash or a sync program emptied it"),
            say!("bring it back from git or a backup"),
        ));
    }
    String::from_utf8(bytes).map_err(|e| {
        let good = String::from_utf8_lossy(&e.as_bytes()[..e.utf8_error().valid_up_to()]).into_owned();
        let utf16 = matches!(e.as_bytes(), [0xff, 0xfe, ..] | [0xfe, 0xff, ..]);
        let found = if utf16 { say!("the file is UTF-16") } else { say!("the file is not UTF-8 from here on") };
        at_offset(relative, &good, good.len(), found, say!("save it as UTF-8 in your editor"))
    })
}

/// Says what a text is that no reader of ours could make sense of.
fn not_data(relative: &Path, text: &str) -> Option<Problem> {
    let start = text.len() - text.trim_start().len();
    let body = &text[start..];
    if body.is_empty() {
        return Some(Problem::of_file(
            relative,
            say!("the file is empty"),
            say!("bring it back from git or a backup, or delete it"),
        ));
    }
    if let Some(at) = memchr::memchr(0, text.as_bytes()) {
        return Some(at_offset(
            relative,
            text,
            at,
            say!("the file holds zero bytes from here on: a crash or a sync program damaged it"),
            say!("bring it back from git or a backup"),
        ));
    }
    let marked = || memchr::memmem::find(text.as_bytes(), b"\n<<<<<<< ").map(|at| at + 1);
    if let Some(at) = if text.starts_with("<<<<<<< ") { Some(0) } else { marked() } {
        return Some(at_offset(
            relative,
            text,
            at,
            say!("git left a merge conflict here"),
            say!("keep one of the two versions and delete the lines <<<<<<<, ======= and >>>>>>>"),
        ));
    }
    let first_two: String = body.chars().filter(|c| !c.is_whitespace()).take(2).collect();
    let listed_json = first_two == "[{" && body.contains("\":");
    if first_two == "{\"" || listed_json {
        return Some(at_offset(
            relative,
            text,
            start,
            say!("this is JSON, and the file wants RON"),
            say!("write (name: \"…\") in place of {\"name\": \"…\"}: round brackets, and names without quotes"),
        ));
    }
    None
}

/// A problem at a byte of a text.
pub(super) fn at_offset(
    path: impl Into<std::path::PathBuf>,
    text: &str,
    offset: usize,
    message: impl Into<String>,
    hint: impl Into<String>,
) -> Problem {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[line_start..].find('\n').map_or(text.len(), |at| line_start + at);
    Problem {
        path: path.into(),
        line: 1 + before.matches('\n').count(),
        column: 1 + before[line_start..].chars().count(),
        message: message.into(),
        hint: hint.into(),
        excerpt: text[line_start..line_end].trim_end_matches('\r').to_owned(),
    }
}
