//! The promises about data, held against faults: failing system calls, kills, two programs at once, merges by git.
//!
//! Each test has a short form, which is what `cargo test` runs, and a long one with `TRUENORTH_LONG=1`. docs/promises.md tells
//! what was tried.

mod faults;
mod merges;
mod named;
mod opening;
mod schemas;
mod sealing;
mod sweeping;
mod together;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;
use truenorth::storage::{self, Template};

use crate::harness::in_parallel;
use crate::harness::sample::{TODAY, today};

/// A number for the short form, and one for the long.
fn sized(short: usize, long: usize) -> usize {
    if std::env::var_os("TRUENORTH_LONG").is_some() { long } else { short }
}

/// Files by their paths below a folder.
pub(crate) type Files = BTreeMap<PathBuf, Vec<u8>>;

pub(crate) fn files(root: &Path) -> Files {
    let mut found = Files::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(path.strip_prefix(root).unwrap().to_path_buf(), fs::read(&path).unwrap());
            }
        }
    }
    found
}

/// A workspace with the bakery's people and strategy and no weeks, with a home folder beside it.
struct Small {
    folder: TempDir,
}

impl Small {
    fn new() -> Self {
        let small = Self::empty();
        storage::init(&small.root(), "Shop", Template::Bakery, today()).unwrap();
        small
    }

    fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// The same files as another one had.
    fn holding(files: &Files) -> Self {
        let small = Self::empty();
        for (path, bytes) in files {
            let path = small.at(path.to_str().unwrap());
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        small
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn root(&self) -> PathBuf {
        self.at("shop")
    }

    /// The program, run by the tool named first in `under` if there is one, with nothing of this machine in its environment.
    fn command(&self, under: &[&str], arguments: &[&str]) -> Command {
        let program = env!("CARGO_BIN_EXE_truenorth");
        let line: Vec<&str> = under.iter().copied().chain([program]).collect();
        let mut command = Command::new(line[0]);
        command.args(&line[1..]).args(["--today", TODAY]).args(arguments);
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("TRUENORTH_HOME", self.at("home")).env("HOME", self.at("home")).env("LANG", "C.UTF-8");
        command.current_dir(self.folder.path()).stdin(Stdio::null());
        command
    }
}
