//! By what a file is known again without reading it, and when that is not to be trusted.

use std::fs::Metadata;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::bytes::{Reader, Writer};

/// Coarse file systems tell times to two seconds: a file that was touched later than that before the look could have been
/// changed right after it and still tell the same time.
const GRAIN: i64 = 2_000_000_000;

/// What the system says of a file: its size, when it was written, and on Unix also when its entry was changed last and its
/// number, which no program sets back. Times are nanoseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::storage) struct Stamp {
    size: u64,
    written: i64,
    changed: i64,
    number: u64,
}

impl Stamp {
    /// The stamp of a regular file; nothing else has one.
    pub(in crate::storage) fn of(found: &Metadata) -> Option<Self> {
        let (changed, number) = beyond(found);
        let written = nanoseconds(found.modified().ok()?)?;
        found.is_file().then_some(Self { size: found.len(), written, changed, number })
    }

    /// Whether the file was still for long enough when it was looked at, at `looked`.
    pub(super) fn is_settled(&self, looked: i64) -> bool {
        self.written.max(self.changed) < looked.saturating_sub(GRAIN)
    }

    pub(super) fn write(&self, to: &mut Writer) {
        to.number(self.size);
        [self.written as u64, self.changed as u64, self.number].into_iter().for_each(|n| to.fixed(n));
    }

    pub(super) fn read(from: &mut Reader<'_>) -> Option<Self> {
        let size = from.number()?;
        let (written, changed) = (from.fixed()? as i64, from.fixed()? as i64);
        Some(Self { size, written, changed, number: from.fixed()? })
    }
}

#[cfg(unix)]
fn beyond(found: &Metadata) -> (i64, u64) {
    use std::os::unix::fs::MetadataExt;
    (found.ctime().saturating_mul(1_000_000_000).saturating_add(found.ctime_nsec()), found.ino())
}

#[cfg(not(unix))]
fn beyond(_: &Metadata) -> (i64, u64) {
    (0, 0)
}

/// Nanoseconds since 1970, for the years 1677 to 2262.
pub(super) fn nanoseconds(time: SystemTime) -> Option<i64> {
    let signed = |span: Duration| i64::try_from(span.as_nanos()).ok();
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => signed(since),
        Err(before) => signed(before.duration()).map(|n| -n),
    }
}

/// A hash of what a file holds, eight bytes at a time: it is taken of every file of an index that is made anew. Each step can be
/// turned round, so that two files which differ in one place have two hashes. It is no defence against somebody who looks for two
/// files with one hash: who can write the files can write the index.
pub(in crate::storage) fn hash(bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    // Odd, and far from any pattern: the golden ratio in 64 bits.
    let step = |hash: u64, word: &[u8; 8]| {
        (hash.rotate_left(23) ^ u64::from_le_bytes(*word)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    };
    let hash = words.iter().chain([&last]).fold(bytes.len() as u64, step);
    hash ^ hash >> 32
}
