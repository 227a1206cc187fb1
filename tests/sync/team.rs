//! A team: a bare repository, and a clone with a home folder of its own for each person. Nothing of this machine's git is read.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;
use truenorth::model::id::WorkspaceId;
use truenorth::model::snapshot::Snapshot;
use truenorth::model::strategy::Strategy;
use truenorth::model::week::Week;
use truenorth::storage::{self, Local, Template};
use truenorth::sync::{self, Repository};

use crate::harness::{bakery, sample::TODAY, today};

/// Whether there is a git to try it with. Says so when there is none.
pub(super) fn no_git() -> bool {
    let missing = Command::new("git").arg("version").output().is_err();
    if missing {
        eprintln!("left out: there is no git on this machine");
    }
    missing
}

/// A bare repository and those who share by it.
pub(super) struct Team {
    pub folder: TempDir,
}

/// Somebody with a clone.
#[derive(Clone)]
pub(super) struct Person {
    pub id: String,
    /// Their workspace.
    pub root: PathBuf,
    /// Their home folder.
    pub home: PathBuf,
    /// The day they take for today.
    pub day: String,
}

impl Team {
    /// The first of them made the workspace and shares it; the others clone it.
    pub(super) fn new(ids: &[&str]) -> (Self, Vec<Person>) {
        let team = Self { folder: tempfile::tempdir().unwrap() };
        let first = team.person(ids[0]);
        storage::init(&first.root, "Maple Street Bakery", Template::Bakery, today()).unwrap();
        let shared = first.run(&["sync", "--json", "--init", team.bare().to_str().unwrap()]);
        assert!(shared.status.success(), "{shared:?}");
        let mut all = vec![first];
        all.extend(ids[1..].iter().map(|id| team.joins(id)));
        (team, all)
    }

    pub(super) fn bare(&self) -> PathBuf {
        self.folder.path().join("team.git")
    }

    pub(super) fn person(&self, id: &str) -> Person {
        let at = self.folder.path().join(id);
        fs::create_dir_all(at.join("home")).unwrap();
        Person { id: id.to_owned(), root: at.join("shop"), home: at.join("home"), day: TODAY.to_owned() }
    }

    /// Somebody clones the workspace and trusts what they cloned.
    pub(super) fn joins(&self, id: &str) -> Person {
        let person = self.person(id);
        let at = person.root.parent().unwrap().to_path_buf();
        git_at(&person.home, &at, ["clone", "-q", self.bare().to_str().unwrap(), "shop"]);
        person.trusts();
        person
    }
}

/// Runs git with no configuration of this machine.
pub(super) fn git_out<S: AsRef<OsStr>>(home: &Path, at: &Path, arguments: impl IntoIterator<Item = S>) -> Output {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=t", "-c", "user.email=t@example.org"]).args(arguments).current_dir(at);
    isolated(&mut command, home);
    command.output().unwrap()
}

#[track_caller]
fn git_at<S: AsRef<OsStr>>(home: &Path, at: &Path, arguments: impl IntoIterator<Item = S>) -> String {
    let done = git_out(home, at, arguments);
    assert!(done.status.success(), "{done:?}");
    String::from_utf8(done.stdout).unwrap().trim_end().to_owned()
}

fn isolated(command: &mut Command, home: &Path) {
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("HOME", home);
    command.env("XDG_CONFIG_HOME", home.join(".config")).env("GIT_CONFIG_NOSYSTEM", "1");
    command.env("GIT_CONFIG_GLOBAL", home.join(".gitconfig")).env("TRUENORTH_HOME", home.join("truenorth"));
    command.env("LANG", "C.UTF-8").env("TMPDIR", std::env::temp_dir()).stdin(Stdio::null());
}

impl Person {
    /// The program, as this person would start it.
    pub(super) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_truenorth"));
        isolated(&mut command, &self.home);
        command.args(["--today", &self.day, "--as", &self.id, "-w", self.root.to_str().unwrap()]).args(arguments);
        command.current_dir(self.home.parent().unwrap());
        command
    }

    pub(super) fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    #[track_caller]
    pub(super) fn does(&self, arguments: &[&str]) {
        let done = self.run(arguments);
        assert!(done.status.success(), "{arguments:?}: {done:?}");
    }

    /// Shares, and gives the exit status and what it told as JSON.
    #[track_caller]
    pub(super) fn sync(&self) -> (i32, Value) {
        self.sync_with(&[])
    }

    #[track_caller]
    pub(super) fn sync_with(&self, more: &[&str]) -> (i32, Value) {
        let done = self.run(&[&["sync", "--json"], more].concat());
        let told = serde_json::from_slice(&done.stdout);
        (done.status.code().unwrap(), told.unwrap_or_else(|e| panic!("{e}: {done:?}")))
    }

    /// Shares, which has to go all the way.
    #[track_caller]
    pub(super) fn shares(&self) -> Value {
        let (code, told) = self.sync();
        assert_eq!((code, told["outcome"].as_str()), (0, Some("shared")), "{}: {told:#}", self.id);
        told
    }

    /// Shares, which has to fail in this way and leave every file as it was.
    #[track_caller]
    pub(super) fn is_told(&self, kind: &str) -> Value {
        let before = self.files();
        let (code, told) = self.sync();
        assert!(code > 0, "{told:#}");
        assert_eq!(told["trouble"]["kind"], kind, "{told:#}");
        assert!(told["trouble"]["next"].as_str().is_some_and(|n| n.len() > 10), "{told:#}");
        assert_eq!(self.files(), before, "files changed");
        told
    }

    pub(super) fn local(&self) -> Local {
        Local::under(&self.home.join("truenorth"))
    }

    pub(super) fn workspace_id(&self) -> WorkspaceId {
        "maple-street-bakery".parse().unwrap()
    }

    /// Says yes to the repository as it is.
    pub(super) fn trusts(&self) {
        let repository = Repository::find(&self.root).unwrap().unwrap();
        sync::approve(&self.local(), &self.root, &self.workspace_id(), &repository).unwrap();
    }

    #[track_caller]
    pub(super) fn git(&self, arguments: &[&str]) -> String {
        git_at(&self.home, &self.root, arguments)
    }

    pub(super) fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(super) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).unwrap_or_default()
    }

    /// Changes the strategy as an edit on the screen does.
    pub(super) fn edits(&self, change: impl FnOnce(&mut Strategy)) {
        let old = storage::open(&self.root, |_| self.week()).unwrap().strategy;
        let mut new = old.clone();
        change(&mut new);
        storage::save_strategy(&self.root, &old, &new).unwrap();
    }

    pub(super) fn week(&self) -> Week {
        Week::of(self.day.parse().unwrap())
    }

    /// Seals a week, with something in it to know it by.
    pub(super) fn seals(&self, week: Week, word: &str) {
        let mut sealed = sealed(week, word);
        sealed.check_ins = storage::check_ins(&self.root, week).0;
        storage::seal(&self.root, &sealed).unwrap();
    }

    /// Every file but git's own, and what it holds.
    pub(super) fn files(&self) -> Vec<(String, Vec<u8>)> {
        let (mut found, mut folders) = (Vec::new(), vec![self.root.clone()]);
        while let Some(next) = folders.pop() {
            for entry in fs::read_dir(next).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_dir() && path.file_name() != Some(OsStr::new(".git")) {
                    folders.push(path);
                } else if path.is_file() {
                    let name = path.strip_prefix(&self.root).unwrap().to_string_lossy().into_owned();
                    found.push((name, fs::read(&path).unwrap()));
                }
            }
        }
        found.sort();
        found
    }
}

/// A sealed week of the bakery.
pub(super) fn sealed(week: Week, word: &str) -> Snapshot {
    let mut sealed = (*bakery().latest.unwrap()).clone();
    sealed.week = week;
    sealed.why_low = word.to_owned();
    sealed
}
