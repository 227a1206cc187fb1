//! Runs the git program: no shell, no prompt, no hook, nothing that outlives its time limit or says more than it may.

use std::ffi::OsStr;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::model::shown::shown;

use super::stop::{LOOK, Stop};
use super::trouble::{Kind, Trouble};

/// How long git may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// For what it does on this disk.
    pub here: Duration,
    /// For what it asks of a remote.
    pub network: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { here: Duration::from_secs(120), network: Duration::from_secs(300) }
    }
}

/// The most that git may print, in bytes: trees and files of years fit in many times over.
const MOST: usize = 512 * 1024 * 1024;
/// The most that is kept of what it says on standard error.
const MOST_SAID: usize = 64 * 1024;

/// What is switched off each time, whatever a configuration says: programs that a copied repository could name.
const OFF: [&str; 17] = [
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.pager=cat",
    "core.editor=false",
    "core.alternateRefsCommand=false",
    "core.untrackedCache=false",
    "diff.external=",
    "commit.gpgSign=false",
    "push.gpgSign=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "submodule.recurse=false",
    "push.recurseSubmodules=no",
    "protocol.ext.allow=never",
    "protocol.fd.allow=never",
    "http.lowSpeedLimit=500",
    "http.lowSpeedTime=60",
];

/// What of the environment speaks of a repository other than the one meant, or makes git say or ask more.
const FORGET: [&str; 28] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
    "GIT_GRAFT_FILE",
    "GIT_SHALLOW_FILE",
    "GIT_REPLACE_REF_BASE",
    "GIT_CONFIG",
    "GIT_CONFIG_PARAMETERS",
    "GIT_CONFIG_COUNT",
    "GIT_EXTERNAL_DIFF",
    "GIT_TEMPLATE_DIR",
    "GIT_TRACE",
    "GIT_TRACE_PACKET",
    "GIT_TRACE_CURL",
    "GIT_TRACE2",
    "GIT_TRACE2_EVENT",
    "GIT_CURL_VERBOSE",
    "GIT_EDITOR",
    "GIT_SEQUENCE_EDITOR",
    "GIT_PAGER",
    "GIT_ATTR_SOURCE",
    "GIT_LITERAL_PATHSPECS",
    "GIT_DEFAULT_HASH",
];

/// The git program at one repository.
#[derive(Debug, Clone)]
pub(super) struct Git<'s> {
    top: PathBuf,
    stop: &'s Stop,
    limits: Limits,
}

/// What git said.
#[derive(Debug)]
pub(super) struct Done {
    /// Whether it exited with 0.
    pub ok: bool,
    /// Standard output.
    pub out: Vec<u8>,
    /// Standard error, for telling what went wrong; not safe to show.
    pub err: String,
}

/// How long one call may take, and whether it may be stopped in the middle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// On this disk: comes to its end, so that no lock of git's is left behind.
    Here,
    /// Over a network: ended when somebody says stop.
    Network,
}

impl<'s> Git<'s> {
    /// Git in the top folder of a repository, or in one that is to become that.
    pub(super) fn new(top: &Path, stop: &'s Stop, limits: Limits) -> Self {
        Self { top: top.to_path_buf(), stop, limits }
    }

    /// Whether somebody said stop.
    pub(super) fn stopped(&self) -> Result<(), Trouble> {
        if self.stop.is_stopped() { Err(Trouble::stopped()) } else { Ok(()) }
    }

    /// What it prints, when it succeeds.
    pub(super) fn out<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Result<Vec<u8>, Trouble> {
        self.out_of(arguments, Vec::new(), &[])
    }

    /// The same as one line of text.
    pub(super) fn line<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Result<String, Trouble> {
        Ok(String::from_utf8_lossy(&self.out(arguments)?).trim_end().to_owned())
    }

    /// A line, or nothing where git fails: for questions whose answer may be no.
    pub(super) fn ask<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Result<Option<String>, Trouble> {
        let done = self.run(arguments, Vec::new(), &[], Reach::Here)?;
        let line = String::from_utf8_lossy(&done.out).trim_end().to_owned();
        Ok((done.ok && !line.is_empty()).then_some(line))
    }

    /// What it prints for an input, with more in its environment.
    pub(super) fn out_of<S: AsRef<OsStr>>(
        &self,
        arguments: &[S],
        input: Vec<u8>,
        environment: &[(&str, &OsStr)],
    ) -> Result<Vec<u8>, Trouble> {
        let done = self.run(arguments, input, environment, Reach::Here)?;
        if done.ok { Ok(done.out) } else { Err(failed(&done.err)) }
    }

    /// Runs it.
    ///
    /// # Errors
    /// When it cannot be started, takes too long, prints too much or is stopped. That it fails is no error here.
    pub(super) fn run<S: AsRef<OsStr>>(
        &self,
        arguments: &[S],
        input: Vec<u8>,
        environment: &[(&str, &OsStr)],
        reach: Reach,
    ) -> Result<Done, Trouble> {
        let mut command = Command::new("git");
        command.current_dir(&self.top);
        for off in OFF {
            command.args(["-c", off]);
        }
        command.arg("--no-optional-locks").args(arguments);
        quiet(&mut command, &self.top);
        command.envs(environment.iter().copied());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|e| not_started(&e))?;
        let (out, err) = (Reader::start(child.stdout.take(), MOST), Reader::start(child.stderr.take(), MOST_SAID));
        if let Some(mut pipe) = child.stdin.take() {
            // Whoever does not read what it is given says why on standard error.
            thread::spawn(move || drop(pipe.write_all(&input)));
        }
        let ok = self.until_done(&mut child, &out, reach)?;
        let (out, err) = (out.taken(500), err.taken(50));
        Ok(Done { ok, out, err: String::from_utf8_lossy(&err).into_owned() })
    }

    /// Waits for its end within the limit; a process that has to be ended goes with everything that it started.
    fn until_done(&self, child: &mut Child, out: &Reader, reach: Reach) -> Result<bool, Trouble> {
        let mut left = match reach {
            Reach::Here => self.limits.here,
            Reach::Network => self.limits.network,
        };
        let mut step = Duration::from_millis(1);
        loop {
            match child.try_wait() {
                Ok(Some(status)) => return Ok(status.success()),
                Ok(None) => {}
                Err(e) => return Err(not_started(&e)),
            }
            let ended = if reach == Reach::Network && self.stop.is_stopped() {
                Some(Trouble::stopped())
            } else if left.is_zero() {
                Some(too_late(reach))
            } else if out.is_too_much() {
                Some(Trouble::new(
                    Kind::Other,
                    say!("git printed more than 512 MiB"),
                    say!("see what is in the repository"),
                ))
            } else {
                None
            };
            if let Some(trouble) = ended {
                end(child);
                return Err(trouble);
            }
            thread::sleep(step.min(left));
            left = left.saturating_sub(step);
            step = (step * 2).min(LOOK);
        }
    }
}

/// The environment in which git asks nobody and speaks English.
fn quiet(command: &mut Command, top: &Path) {
    for name in FORGET {
        command.env_remove(name);
    }
    command.env("LC_ALL", "C").env("LANGUAGE", "C").env("GIT_TERMINAL_PROMPT", "0").env("GCM_INTERACTIVE", "never");
    // A question of ssh would go to the terminal behind the screen. A program that the user named for it may ask.
    if std::env::var_os("SSH_ASKPASS").is_none() {
        command.env("SSH_ASKPASS", "false");
    }
    command.env("SSH_ASKPASS_REQUIRE", "force").env("GIT_NO_REPLACE_OBJECTS", "1");
    // The repository that was looked at is the one that is used, none further up.
    if let Some(above) = top.parent() {
        command.env("GIT_CEILING_DIRECTORIES", above);
    }
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
}

/// Ends a process with everything that it started.
fn end(child: &mut Child) {
    #[cfg(unix)]
    let _ = rustix::process::kill_process_group(rustix::process::Pid::from_child(child), rustix::process::Signal::KILL);
    #[cfg(not(unix))]
    let _ = child.kill();
    let _ = child.wait();
}

fn too_late(reach: Reach) -> Trouble {
    match reach {
        Reach::Here => {
            Trouble::new(Kind::Other, say!("git did not come to an end"), say!("see what holds it up, then sync again"))
        }
        Reach::Network => Trouble::new(
            Kind::Unreachable,
            say!("the remote did not answer in time, and git was ended"),
            say!("everything of yours is kept here: sync again when the network is better"),
        ),
    }
}

fn not_started(error: &io::Error) -> Trouble {
    if error.kind() == io::ErrorKind::NotFound {
        return Trouble::new(
            Kind::NoGit,
            say!("git was not found on this machine, and truenorth shares by the git program"),
            say!("install git (https://git-scm.com), then sync again; everything else works without it"),
        );
    }
    Trouble::new(Kind::Other, say!("git could not be run: {error}", error), say!("see to it, then sync again"))
}

/// What git says of a disk that is full, whichever part of it says so.
pub(super) const FULL: [&str; 3] = ["no space left", "out of diskspace", "disk quota exceeded"];

/// What git said, as a trouble of a kind that can be told from its words.
pub(super) fn failed(said: &str) -> Trouble {
    let lower = said.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|w| lower.contains(w));
    let (kind, next) = if has(&FULL) {
        (Kind::DiskFull, say!("make room on the disk, then sync again: nothing was lost"))
    } else if has(&["dubious ownership"]) {
        (Kind::NotTrusted, say!("if that is right, tell git so once: git config --global --add safe.directory FOLDER"))
    } else if has(&[".lock': file exists", "another git process"]) {
        (Kind::Busy, say!("wait until the other git has ended; if none runs, delete the .lock file it names"))
    } else {
        (Kind::Other, say!("see to it, then sync again: nothing was lost"))
    };
    Trouble::new(kind, say!("git refused: {said}", said = said_last(said)), next)
}

/// The lines in which git says what is wrong, safe to show and short.
pub(super) fn said_last(said: &str) -> String {
    let lines: Vec<&str> = said.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    let telling = |l: &&&str| l.starts_with("fatal:") || l.starts_with("error:") || l.starts_with("remote:");
    let mut told: Vec<&str> = lines.iter().filter(telling).copied().collect();
    if told.is_empty() {
        told = lines;
    }
    let last = told.iter().rev().take(3).rev().map(|l| without_secrets(l)).collect::<Vec<_>>().join("; ");
    let short: String = last.chars().take(400).collect();
    if short.is_empty() { say!("it did not say why").to_owned() } else { shown(&short).into_owned() }
}

/// A text in which what stands between `://` and `@` is left out: addresses may carry passwords.
pub(super) fn without_secrets(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at + 3);
        out.push_str(before);
        let end = after.find(['/', ' ', '\'', '"']).unwrap_or(after.len());
        rest = match after[..end].rfind('@') {
            Some(secret) => {
                out.push('…');
                &after[secret..]
            }
            None => after,
        };
    }
    out + rest
}

/// Reads a pipe to its end on a thread of its own, and keeps so much of it.
struct Reader {
    kept: Arc<Mutex<Vec<u8>>>,
    most: usize,
    thread: Option<JoinHandle<()>>,
}

impl Reader {
    fn start(pipe: Option<impl Read + Send + 'static>, most: usize) -> Self {
        let kept = Arc::new(Mutex::new(Vec::new()));
        let thread = pipe.map(|mut pipe| {
            let kept = kept.clone();
            thread::spawn(move || {
                let mut piece = vec![0; 64 * 1024];
                while let Ok(n) = pipe.read(&mut piece) {
                    if n == 0 {
                        return;
                    }
                    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                    let room = (most + 1).saturating_sub(kept.len()).min(n);
                    kept.extend_from_slice(&piece[..room]);
                }
            })
        });
        Self { kept, most, thread }
    }

    fn is_too_much(&self) -> bool {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).len() > self.most
    }

    /// What was read. A helper that git left running may hold the pipe open: it is waited for so many hundredths of a second.
    fn taken(self, patience: u32) -> Vec<u8> {
        if let Some(thread) = self.thread {
            for _ in 0..patience {
                if thread.is_finished() {
                    break;
                }
                thread::sleep(Duration::from_millis(10));
            }
        }
        std::mem::take(&mut *self.kept.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_git_says_is_told_without_passwords_and_without_control_characters() {
        let said = "remote: hello\nfatal: unable to access 'https://ann:s3cret@host/x.git/': \u{1b}[31mno\n";
        let told = said_last(said);
        assert!(!told.contains("s3cret") && !told.contains('\u{1b}'), "{told}");
        assert!(told.contains("https://…@host/x.git"), "{told}");
        assert_eq!(without_secrets("git@host:x and https://host/a@b"), "git@host:x and https://host/a@b");
    }

    /// A call of git that would sleep for a minute, and keeps a program of its own running meanwhile.
    fn asleep(limits: Limits, stop: &Stop) -> Option<Trouble> {
        let folder = tempfile::tempdir().unwrap();
        let git = Git::new(folder.path(), stop, limits);
        match git.run(&["-c", "alias.nap=!sleep 60 & wait", "nap"], Vec::new(), &[], Reach::Network) {
            Err(trouble) => Some(trouble),
            Ok(_) => panic!("it slept through"),
        }
    }

    #[test]
    fn a_git_that_does_not_come_back_is_ended_and_one_that_somebody_stops_at_once() {
        if Command::new("git").arg("version").output().is_err() {
            eprintln!("left out: there is no git");
            return;
        }
        let short = Limits { network: Duration::from_millis(300), ..Limits::default() };
        assert_eq!(asleep(short, &Stop::default()).unwrap().kind, Kind::Unreachable);
        let stop = Stop::default();
        let (other, waits) = (stop.clone(), std::sync::mpsc::channel::<()>());
        let stops = thread::spawn(move || {
            let _ = waits.1.recv_timeout(Duration::from_millis(100));
            other.stop();
        });
        assert_eq!(asleep(Limits::default(), &stop).unwrap().kind, Kind::Stopped);
        stops.join().unwrap();
    }

    #[test]
    fn a_reader_keeps_no_more_than_it_may() {
        let reader = Reader::start(Some(io::Cursor::new(vec![7; 1000])), 100);
        while !reader.thread.as_ref().unwrap().is_finished() {
            thread::yield_now();
        }
        assert!(reader.is_too_much());
        assert_eq!(reader.taken(1).len(), 101);
    }
}
