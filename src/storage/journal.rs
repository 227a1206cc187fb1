//! The journal of a review in progress: a line an edit, so that a kill at any moment loses at most the keystroke in flight.
//!
//! Each line is `crc32 seq text`: the checksum in eight hex digits over the rest, the number of the line from 0, and one line
//! of RON: first the review as it began, then entries. What follows the first bad line is kept aside, never read.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::model::review::{Entry, Moment, Review};
use crate::model::workspace::SCHEMA;

use super::codec::{decode, encode_line};

/// The first line: what the entries build upon.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    schema: u32,
    id: String,
    review: Review,
}

/// An open journal. Dropping it leaves the file; [`Journal::remove`] takes it away.
#[derive(Debug)]
pub struct Journal {
    file: File,
    path: PathBuf,
    /// The number of the next line.
    next: u64,
    /// The length up to the last whole line, in bytes.
    len: u64,
    /// Whether a failed write may have left part of a line behind `len`.
    torn: bool,
}

/// What a journal gave back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recovered {
    /// The journal's id; a draft taken from it carries the same.
    pub id: String,
    /// The review as it began.
    pub review: Review,
    /// What happened since.
    pub entries: Vec<Entry>,
    /// Whether lines at the end could not be read; they are kept in a `.tail` file beside it.
    pub tail_lost: bool,
    /// When the last thing in it happened.
    pub last: Moment,
}

impl Journal {
    /// Begins a journal with the review as it stands. A journal that is there already is kept aside under another name.
    ///
    /// # Errors
    /// When the folder or file cannot be written.
    pub fn create(path: &Path, id: &str, first: &Review) -> io::Result<Self> {
        let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
        private_folder(folder)?;
        let head = Head { schema: SCHEMA, id: id.to_owned(), review: first.clone() };
        let line = line(0, &encode_line(&head).map_err(io::Error::other)?);
        keep_aside(path)?;
        // tempfile makes it 0600; the journal appears whole or not at all.
        let mut file = tempfile::Builder::new().prefix(super::layout::TEMPORARY).tempfile_in(folder)?;
        file.write_all(line.as_bytes())?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|e| e.error)?;
        super::publish::sync_folder(folder)?;
        Self::at_end(path, 1, line.len() as u64)
    }

    fn at_end(path: &Path, next: u64, len: u64) -> io::Result<Self> {
        let file = OpenOptions::new().append(true).open(path)?;
        Ok(Self { file, path: path.to_path_buf(), next, len, torn: false })
    }

    /// Adds an entry; it is with the system when this returns, and on the disk after [`Journal::sync`].
    ///
    /// # Errors
    /// When the system refuses; the entry is not in the journal then, and the next one can still be added.
    pub fn append(&mut self, entry: &Entry) -> io::Result<()> {
        let line = line(self.next, &encode_line(entry).map_err(io::Error::other)?);
        if self.torn {
            self.file.set_len(self.len)?;
            self.torn = false;
        }
        if let Err(e) = self.file.write_all(line.as_bytes()) {
            self.torn = true;
            return Err(e);
        }
        self.next += 1;
        self.len += line.len() as u64;
        Ok(())
    }

    /// Waits until everything added is on the disk.
    ///
    /// # Errors
    /// What the system says; do not try again on the same journal, begin a new one.
    pub fn sync(&mut self) -> io::Result<()> {
        self.file.sync_data()
    }

    /// A second handle to the same file, so that another thread can wait for the disk.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn handle(&self) -> io::Result<File> {
        self.file.try_clone()
    }

    /// How many entries it holds.
    #[must_use]
    pub fn entries(&self) -> u64 {
        self.next - 1
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads a journal as far as it is whole. `None` when there is none or its first line cannot be read.
    #[must_use]
    pub fn load(path: &Path) -> Option<Recovered> {
        let bytes = fs::read(path).ok()?;
        let (read, good) = replay(&bytes)?;
        let tail_lost = good < bytes.len();
        if tail_lost {
            // Losing the copy of a broken tail must not stop the review from being recovered.
            let _ = write_private(&beside(path, "tail"), &bytes[good..]);
        }
        Some(Recovered { tail_lost, ..read })
    }

    /// Reads a journal and opens it to go on: a broken tail is cut off, and kept aside.
    ///
    /// # Errors
    /// When there is no readable journal or the file cannot be written.
    pub fn open_append(path: &Path) -> io::Result<(Self, Recovered)> {
        let recovered = Self::load(path).ok_or(io::ErrorKind::NotFound)?;
        let (_, good) = replay(&fs::read(path)?).ok_or(io::ErrorKind::NotFound)?;
        let journal = Self::at_end(path, recovered.entries.len() as u64 + 1, good as u64)?;
        journal.file.set_len(journal.len)?;
        Ok((journal, recovered))
    }

    /// Puts the journal aside under another name: it is not offered any more, and nothing of it is lost.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn set_aside(self) -> io::Result<()> {
        drop(self.file);
        keep_aside(&self.path)
    }

    /// Takes the journal away, after the review was sealed or put aside.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn remove(self) -> io::Result<()> {
        drop(self.file);
        fs::remove_file(&self.path)
    }
}

fn line(number: u64, text: &str) -> String {
    let rest = format!("{number} {text}");
    format!("{:08x} {rest}\n", crc32fast::hash(rest.as_bytes()))
}

/// Reads whole lines until the first bad one; the second value is the length of what was read, in bytes.
fn replay(bytes: &[u8]) -> Option<(Recovered, usize)> {
    let name = Path::new("journal");
    let mut good = 0;
    let mut read: Option<Recovered> = None;
    for (number, whole) in bytes.split_inclusive(|b| *b == b'\n').enumerate() {
        let Some(text) = checked(whole, number as u64) else { break };
        match &mut read {
            None => {
                let head: Head = decode(name, text).ok().filter(|h: &Head| h.schema <= SCHEMA)?;
                let last = head.review.started;
                read =
                    Some(Recovered { id: head.id, review: head.review, entries: Vec::new(), tail_lost: false, last });
            }
            Some(recovered) => {
                let Ok(entry) = decode::<Entry>(name, text) else { break };
                recovered.last = entry.at;
                recovered.entries.push(entry);
            }
        }
        good += whole.len();
    }
    read.map(|r| (r, good))
}

/// The RON of a line, if the line is whole, unharmed and the one that comes next.
fn checked(whole: &[u8], number: u64) -> Option<&str> {
    let text = std::str::from_utf8(whole).ok()?.strip_suffix('\n')?;
    let (sum, rest) = text.split_at_checked(8)?;
    let rest = rest.strip_prefix(' ')?;
    let (found, body) = rest.split_once(' ')?;
    let matches = u32::from_str_radix(sum, 16).ok()? == crc32fast::hash(rest.as_bytes());
    (matches && found.parse::<u64>().ok()? == number).then_some(body)
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".");
    name.push(suffix);
    path.with_file_name(name)
}

fn keep_aside(path: &Path) -> io::Result<()> {
    if !path.try_exists()? {
        return Ok(());
    }
    let free = (1..=9999).map(|n| beside(path, &format!("kept-{n}"))).find(|p| !p.exists());
    fs::rename(path, free.ok_or(io::ErrorKind::AlreadyExists)?)
}

/// Creates a folder and those above it; only its owner may look inside.
///
/// # Errors
/// When the system refuses.
pub fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Replaces a file that only its owner may read.
pub(super) fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    private_folder(folder)?;
    let mut file = tempfile::Builder::new().prefix(super::layout::TEMPORARY).tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|e| e.error)?;
    super::publish::sync_folder(folder)
}
