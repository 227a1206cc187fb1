//! One sync from its beginning to its end. Whatever happens in between, what was here before is here still.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::model::people::Member;
use crate::model::review::Moment;
use crate::model::sharing::Step;
use crate::model::workspace::Config;
use crate::storage::{self, Doing, Local};

use super::clash::Settled;
use super::git::{Git, Limits};
use super::merge::Kept;
use super::repository::Repository;
use super::stop::Stop;
use super::trouble::{Kind, Trouble};
use super::trust::{Trust, trust};
use super::{arrive, commit, last, others};

/// The oldest git that has all that is asked of it.
const OLDEST: (u32, u32) = (2, 30);

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The workspace's folder.
    pub root: &'a Path,
    /// What its `truenorth.ron` says.
    pub config: &'a Config,
    /// Who asks; without anybody no check-in is sent.
    pub me: Option<&'a Member>,
    /// Where local files live.
    pub local: &'a Local,
    /// How far to go.
    pub mode: Mode,
    /// Stops it.
    pub stop: &'a Stop,
    /// How long git may take.
    pub limits: Limits,
    /// Where its dice begin, so that those who were slower do not meet again at once.
    pub dice: u64,
    /// How a clash was settled.
    pub settled: Option<&'a Settled>,
    /// When it is.
    pub now: Moment,
}

/// How far to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// All the way to the others.
    Share,
    /// Only into the history on this machine.
    Offline,
    /// Tell what would be sent, and change nothing.
    DryRun,
}

/// Who hears where it stands: the step, and the how-manieth try it is, from 1.
pub type Heard<'a> = &'a mut dyn FnMut(Step, u32);

/// A file that was left alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// The path inside the workspace.
    pub path: String,
    /// Why.
    pub why: String,
}

/// How far it got on the way to the others.
#[derive(Debug, Clone)]
pub enum Way {
    /// The others have all there is, and it is here, too.
    Shared,
    /// There is no remote: it is in the history on this machine.
    NoRemote,
    /// Nobody was asked, as was wished.
    Offline,
    /// Nothing was changed, as was wished.
    DryRun,
    /// It is in the history on this machine, and did not get further.
    Kept(Trouble),
}

/// What a sync did.
#[derive(Debug, Clone)]
pub struct Report {
    /// The files that were committed, or would be; by their paths inside the workspace.
    pub committed: Vec<String>,
    /// What the commit says of itself; empty without one.
    pub words: String,
    /// Files that others' work changed here, by their paths inside the workspace.
    pub arrived: Vec<String>,
    /// Changed files that were left alone.
    pub left: Vec<Left>,
    /// Versions that did not get the place they were written for.
    pub kept: Vec<Kept>,
    /// Where those of them are that are not in the workspace, by their whole paths.
    pub aside: Vec<String>,
    /// How far it got.
    pub way: Way,
    /// How many commits of this machine the others do not have.
    pub unsent: usize,
    /// How many that earlier syncs could not send were sent by this one, which had none of its own.
    pub made_up: usize,
    /// How often it was tried, as others were faster.
    pub tries: u32,
}

impl Report {
    pub(super) fn new(way: Way) -> Self {
        Self {
            committed: Vec::new(),
            words: String::new(),
            arrived: Vec::new(),
            left: Vec::new(),
            kept: Vec::new(),
            aside: Vec::new(),
            way,
            unsent: 0,
            made_up: 0,
            tries: 0,
        }
    }
}

/// What every part of a sync needs.
pub(super) struct Work<'a> {
    pub request: &'a Request<'a>,
    pub git: Git<'a>,
    pub repository: Repository,
    /// The branch that is out.
    pub branch: String,
    /// A folder for what is needed for a moment.
    pub scratch: TempDir,
}

/// Shares a workspace: commits what is mine, and unless told otherwise gets, merges, checks and sends.
///
/// # Errors
/// What stood in the way before anything could be done, or what a person has to settle. The working tree is in its last good
/// state then; what was committed stays committed. A remote that cannot be reached is no error: [`Way::Kept`] tells it.
pub fn sync(request: &Request<'_>, heard: Heard<'_>) -> Result<Report, Trouble> {
    heard(Step::Look, 1);
    let repository = Repository::find(request.root)?.ok_or_else(none)?;
    trusted(request, &repository)?;
    let folder = request.local.workspace(request.root, &request.config.id);
    let alone = storage::lock_file(&folder, "sync.lock").map_err(|e| Trouble::system(Doing::Lock, &folder, &e))?;
    let Some(_alone) = alone else {
        return Err(Trouble::new(
            Kind::Busy,
            say!("another sync of this workspace is under way"),
            say!("wait until it has ended"),
        ));
    };
    let git = Git::new(&repository.top, request.stop, request.limits);
    version(&git)?;
    same_top(&git, &repository)?;
    repository.in_the_middle()?;
    let branch = branch(&git)?;
    unmerged(&git)?;
    let scratch = tempfile::tempdir().map_err(|e| Trouble::system(Doing::WriteTo, &std::env::temp_dir(), &e))?;
    let work = Work { request, git, repository, branch, scratch };
    if request.mode != Mode::DryRun {
        arrive::go_on(&work)?;
    }
    let before = last::stamps(request.root);
    let mut report = commit::commit(&work, heard)?;
    if request.mode == Mode::Share
        && let Err(trouble) = others::share(&work, &mut report, heard)
    {
        // What was committed is told the next time as well: it was not sent.
        let _ = last::keep(&work, &report, &before);
        return Err(trouble);
    }
    if request.mode != Mode::DryRun {
        // Home could tell less the next time; nothing of the week depends on it.
        let _ = last::keep(&work, &report, &before);
    }
    Ok(report)
}

fn none() -> Trouble {
    Trouble::new(
        Kind::NoRepository,
        say!("this workspace is in no git repository yet"),
        say!("make one with `truenorth sync --init`, or with `--init REMOTE` to share it at once"),
    )
}

fn trusted(request: &Request<'_>, repository: &Repository) -> Result<(), Trouble> {
    match trust(request.local, request.root, &request.config.id, repository) {
        Trust::Given => Ok(()),
        Trust::Asked(asked) => {
            let why = if asked.changed {
                say!("changed since you trusted it")
            } else {
                say!("was not trusted on this machine yet")
            };
            let what = say!("the repository {git_dir} {why}, and nothing was run in it", git_dir = asked.git_dir, why);
            Err(Trouble::new(
                Kind::NotTrusted,
                what,
                say!("run `truenorth sync` in a terminal: it shows what is in it and asks"),
            ))
        }
        Trust::Never => Err(Trouble::new(
            Kind::NotTrusted,
            say!("the repository's configuration takes in other files, which could change behind your back"),
            say!("take the [include] lines out of .git/config, then sync again"),
        )),
    }
}

fn version(git: &Git<'_>) -> Result<(), Trouble> {
    let line = git.line(&["version"])?;
    let number = line.split_ascii_whitespace().nth(2).unwrap_or_default();
    let mut parts = number.split('.').map(|p| p.parse().unwrap_or(0));
    if (parts.next().unwrap_or(0), parts.next().unwrap_or(0)) >= OLDEST {
        return Ok(());
    }
    let what = say!(
        "this is git {number}, and {major}.{minor} is the oldest that will do",
        number,
        major = OLDEST.0,
        minor = OLDEST.1
    );
    Err(Trouble::new(Kind::OldGit, what, say!("install a newer git, then sync again")))
}

/// The repository that git uses has to be the one that was looked at.
fn same_top(git: &Git<'_>, repository: &Repository) -> Result<(), Trouble> {
    let top = git.line(&["rev-parse", "--show-toplevel"])?;
    let same = fs::canonicalize(&top).is_ok_and(|top| top == repository.top);
    if same {
        return Ok(());
    }
    let what = say!(
        "git takes {top} for the working tree, not {root}",
        top = crate::model::shown::shown(&top),
        root = repository.top.display()
    );
    Err(Trouble::new(Kind::Other, what, say!("see core.worktree in .git/config; nothing was touched")))
}

fn branch(git: &Git<'_>) -> Result<String, Trouble> {
    git.ask(&["symbolic-ref", "--quiet", "--short", "HEAD"])?.ok_or_else(|| {
        Trouble::new(
            Kind::InTheMiddle,
            say!("no branch is checked out (a detached head), so it is not clear what to share"),
            say!("go to your branch with `git switch main`, then sync again; nothing was touched"),
        )
    })
}

fn unmerged(git: &Git<'_>) -> Result<(), Trouble> {
    let out = git.out(&["ls-files", "-u", "-z"])?;
    let first = out.split(|b| *b == 0).next().unwrap_or_default();
    if first.is_empty() {
        return Ok(());
    }
    let path = String::from_utf8_lossy(first).rsplit('\t').next().unwrap_or_default().to_owned();
    Err(Trouble::new(
        Kind::InTheMiddle,
        say!("a merge left {path} unsettled", path = crate::model::shown::shown(&path)),
        say!("settle it, tell git with `git add`, then sync again; nothing was touched"),
    ))
}
