//! The log of the screens: what happened and when, for a bug report, without a word of what anybody wrote.
//!
//! What can be logged is decided by types: a phrase of the program's own and numbers beside it. There is no way to hand over a
//! title, a name, a value or an id. The file lies in the local state folder, 0600; at 1 MiB it becomes `truenorth.log.1`, in
//! place of the one before.

use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::panic::Location;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use chrono::SecondsFormat;

use super::clock;
use crate::storage::Local;

/// The longest that a log grows, in bytes; one old generation of the same length is kept.
const LONGEST: u64 = 1024 * 1024;

/// How much is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// What could not be done.
    Error,
    /// What is odd and was coped with.
    Warn,
    /// The life of the program: started, opened, suspended, ended.
    Info,
    /// Each effect.
    Debug,
    /// Each message.
    Trace,
}

impl Level {
    fn label(self) -> &'static str {
        match self {
            Self::Error => "ERROR",
            Self::Warn => "WARN ",
            Self::Info => "INFO ",
            Self::Debug => "DEBUG",
            Self::Trace => "TRACE",
        }
    }
}

/// What may stand beside a phrase: never text that comes from a file or a person.
#[derive(Debug, Clone, Copy)]
pub(super) enum Fact {
    /// A count, a number of a line, milliseconds.
    Number(u64),
    /// A word of the program's own.
    Word(&'static str),
    /// What kind of thing the system refused.
    Kind(io::ErrorKind),
}

impl From<usize> for Fact {
    fn from(n: usize) -> Self {
        Self::Number(n as u64)
    }
}

impl From<u32> for Fact {
    fn from(n: u32) -> Self {
        Self::Number(n.into())
    }
}

/// An open log.
struct Log {
    path: PathBuf,
    file: File,
    len: u64,
    level: Level,
}

static LOG: OnceLock<Mutex<Log>> = OnceLock::new();

/// Where the log is, whether or not one was written yet.
#[must_use]
pub fn path(local: &Local) -> PathBuf {
    local.state.join("truenorth.log")
}

/// Where the open log is.
pub(super) fn open_path() -> Option<PathBuf> {
    LOG.get().and_then(|log| log.try_lock().ok()).map(|log| log.path.clone())
}

/// Begins the log. A disk that takes none is no reason not to start: then nothing is logged.
pub(super) fn begin(local: Option<&Local>, level: Level) {
    if let Some(log) = local.and_then(|l| Log::open(&path(l), level).ok()) {
        let _ = LOG.set(Mutex::new(log));
    }
}

/// Logs a phrase and what stands beside it, as `name=value`.
pub(super) fn log(level: Level, phrase: &'static str, facts: &[(&'static str, Fact)]) {
    if let Some(log) = LOG.get() {
        // A panic elsewhere while it was held leaves at worst half a line.
        log.lock().unwrap_or_else(PoisonError::into_inner).put(level, phrase, facts);
    }
}

/// Logs a failure of the program itself: a place in its source, and words that stand there.
pub(super) fn failed(at: Option<&Location<'_>>, words: Option<&'static str>) {
    if let Some(log) = LOG.get() {
        let place = at.map(|at| format!(" at={at}")).unwrap_or_default();
        let words = words.map(|w| format!(" words={w:?}")).unwrap_or_default();
        // Not waited for: the panic may have come while a line was being written.
        if let Ok(mut log) = log.try_lock() {
            log.put(Level::Error, &format!("the program has failed{place}{words}"), &[]);
        }
    }
}

impl Log {
    fn open(path: &Path, level: Level) -> io::Result<Self> {
        if let Some(folder) = path.parent() {
            crate::storage::private_folder(folder)?;
        }
        let mut options = OpenOptions::new();
        options.create(true).append(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path)?;
        let len = file.metadata()?.len();
        Ok(Self { path: path.to_path_buf(), file, len, level })
    }

    fn put(&mut self, level: Level, phrase: &str, facts: &[(&'static str, Fact)]) {
        if level > self.level {
            return;
        }
        let line = line(&clock::stamp().to_rfc3339_opts(SecondsFormat::Millis, true), level, phrase, facts);
        if self.len + line.len() as u64 > LONGEST {
            self.turn_over();
        }
        // One write a line, so that two windows that log into one file do not mix theirs.
        if self.file.write_all(line.as_bytes()).is_ok() {
            self.len += line.len() as u64;
        }
    }

    /// Puts the log aside as the old generation and begins a new one.
    fn turn_over(&mut self) {
        let mut old = self.path.clone().into_os_string();
        old.push(".1");
        if fs::rename(&self.path, &old).is_ok()
            && let Ok(fresh) = Self::open(&self.path, self.level)
        {
            *self = fresh;
        }
    }
}

fn line(stamp: &str, level: Level, phrase: &str, facts: &[(&'static str, Fact)]) -> String {
    let mut line = format!("{stamp} {} {} {phrase}", std::process::id(), level.label());
    for (name, fact) in facts {
        let _ = match fact {
            Fact::Number(n) => write!(line, " {name}={n}"),
            Fact::Word(word) => write!(line, " {name}={word}"),
            Fact::Kind(kind) => write!(line, " {name}={kind:?}"),
        };
    }
    line.push('\n');
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_when_who_and_what() {
        let facts =
            [("weeks", 52_usize.into()), ("why", Fact::Kind(io::ErrorKind::StorageFull)), ("of", Fact::Word("x"))];
        let line = line("2026-11-19T14:00:00.000Z", Level::Warn, "opened", &facts);
        let id = std::process::id();
        assert_eq!(line, format!("2026-11-19T14:00:00.000Z {id} WARN  opened weeks=52 why=StorageFull of=x\n"));
    }

    #[test]
    fn a_log_never_grows_past_its_limit_and_keeps_one_old_generation() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state").join("truenorth.log");
        let mut log = Log::open(&path, Level::Info).unwrap();
        log.put(Level::Debug, "not asked for", &[]);
        assert_eq!(fs::metadata(&path).unwrap().len(), 0);
        for n in 0..30_000_usize {
            log.put(Level::Info, "a line of some length, as they are in the log of a program", &[("n", n.into())]);
        }
        let names: Vec<_> = fs::read_dir(path.parent().unwrap()).unwrap().map(|e| e.unwrap()).collect();
        assert_eq!(names.len(), 2, "one log and one old generation");
        assert!(names.iter().all(|e| e.metadata().unwrap().len() <= LONGEST));
        assert!(fs::read_to_string(&path).unwrap().ends_with("n=29999\n"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
            assert_eq!(fs::metadata(path.parent().unwrap()).unwrap().permissions().mode() & 0o777, 0o700);
        }
    }
}
