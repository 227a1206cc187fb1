//! The first part of a sync: what is mine and changed becomes a commit, and nothing else does.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;

use crate::model::sharing::Step;
use crate::storage::{self, Doing, FileKind, file_kind, shared_bytes, shared_files};

use super::flow::{Heard, Left, Mode, Report, Way, Work};
use super::look::{broken, fresh, look};
use super::mine::{Change, Verdict, verdict, words};
use super::tree::{self, Changes, Entry, FILE, Tree, blobs, ids, keep};
use super::trouble::{Kind, Trouble};

/// What is to be committed.
#[derive(Default)]
struct Plan {
    files: Vec<(String, FileKind)>,
    /// What each holds; `None` when it goes.
    bytes: Vec<Option<Vec<u8>>>,
    left: Vec<Left>,
}

/// Commits what is mine, unless nothing is or only a look was asked for.
pub(super) fn commit(work: &Work<'_>, heard: Heard<'_>) -> Result<Report, Trouble> {
    let git = &work.git;
    let head = git.ask(&["rev-parse", "--verify", "--quiet", "HEAD"])?;
    let before = head.as_deref().map_or(Ok(Tree::new()), |head| tree::tree(git, head))?;
    let plan = plan(work, &before)?;
    let mut report = Report::new(match work.request.mode {
        Mode::DryRun => Way::DryRun,
        Mode::Offline | Mode::Share => Way::Offline,
    });
    report.committed = plan.files.iter().map(|(path, _)| path.clone()).collect();
    report.left.clone_from(&plan.left);
    if plan.files.is_empty() {
        return Ok(report);
    }
    report.words = words(&plan.files, &work.request.config.people);
    if work.request.mode == Mode::DryRun {
        return Ok(report);
    }
    heard(Step::Commit, 1);
    let changes = kept(work, &plan)?;
    sound(work, &before, &changes)?;
    let new = tree::changed(git, head.as_deref(), &changes, work.scratch.path())?;
    let parents: Vec<&str> = head.as_deref().into_iter().collect();
    let who = who(work)?;
    let who: Vec<_> = who.iter().map(|(name, value)| (*name, value.as_os_str())).collect();
    let commit = tree::commit(git, &new, &parents, &report.words, &who)?;
    // The index first: killed in between, the files are as if somebody had added them, and the next sync commits them.
    tree::index(git, &changes)?;
    let old = head.as_deref().unwrap_or_default();
    git.out(&["update-ref", "-m", "truenorth sync", "HEAD", &commit, old])?;
    Ok(report)
}

/// Finds out what changed, and whose it is.
fn plan(work: &Work<'_>, before: &Tree) -> Result<Plan, Trouble> {
    let (root, prefix) = (work.request.root, work.repository.prefix.as_str());
    // Before it is shared for the first time the whole workspace is whoever's who shares it.
    let first = !before.contains_key(&format!("{prefix}truenorth.ron"));
    let files = shared_files(root);
    let mut plan = Plan::default();
    let mut decide = |path: &str, kind: &FileKind, change: Change, bytes: Option<Vec<u8>>| {
        let decided = verdict(kind, change, work.request.me, &work.request.config.people);
        match if first { Verdict::Send } else { decided } {
            Verdict::Send => {
                plan.files.push((path.to_owned(), kind.clone()));
                plan.bytes.push(bytes);
            }
            Verdict::Leave(why) => plan.left.push(Left { path: path.to_owned(), why }),
        }
    };
    for (path, kind, entry) in differing(work, before, &files)? {
        let Some(bytes) = shared_bytes(root, path)? else { continue };
        let change = match entry {
            // Line ends alone are no change.
            Some(entry) if blobs(&work.git, &[&entry.id])?.first() == Some(&bytes) => continue,
            Some(_) => Change::Edited,
            None => Change::New,
        };
        decide(path, kind, change, Some(bytes));
    }
    let there: BTreeSet<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    for path in before.keys().filter_map(|p| p.strip_prefix(prefix)).filter(|p| !there.contains(p)) {
        if let Some(kind) = file_kind(path) {
            decide(path, &kind, Change::Gone, None);
        }
    }
    Ok(plan)
}

/// A file by its path, what it is, and what of it was committed last.
type Differing<'f, 't> = (&'f str, &'f FileKind, Option<&'t Entry>);

/// The files that are not byte for byte what was committed last.
fn differing<'f, 't>(
    work: &Work<'_>,
    before: &'t Tree,
    files: &'f [(String, FileKind)],
) -> Result<Vec<Differing<'f, 't>>, Trouble> {
    let prefix = &work.repository.prefix;
    let paths: Vec<String> = files.iter().map(|(path, _)| format!("{prefix}{path}")).collect();
    let now = ids(&work.git, &paths)?;
    let found = files.iter().zip(&paths).zip(now).filter_map(|(((path, kind), whole), id)| {
        let entry = before.get(whole);
        (entry.map(|e| &e.id) != Some(&id)).then_some((path.as_str(), kind, entry))
    });
    Ok(found.collect())
}

/// Keeps the files in the repository.
fn kept(work: &Work<'_>, plan: &Plan) -> Result<Changes, Trouble> {
    let there: Vec<Vec<u8>> = plan.bytes.iter().flatten().cloned().collect();
    let mut ids = keep(&work.git, &there)?.into_iter();
    let mut changes = Changes::new();
    for ((path, _), bytes) in plan.files.iter().zip(&plan.bytes) {
        let entry = bytes.as_ref().map(|bytes| Entry {
            mode: FILE.to_owned(),
            id: ids.next().unwrap_or_default(),
            size: bytes.len() as u64,
        });
        changes.insert(format!("{}{path}", work.repository.prefix), entry);
    }
    Ok(changes)
}

/// Nobody gets what `check` would complain about, unless it was there before.
fn sound(work: &Work<'_>, before: &Tree, changes: &Changes) -> Result<(), Trouble> {
    let after = with(before, changes);
    let (prefix, scratch) = (&work.repository.prefix, work.scratch.path());
    let problems = look(&work.git, &after, prefix, scratch)?;
    if problems.is_empty() {
        return Ok(());
    }
    let known = if before.is_empty() { Vec::new() } else { look(&work.git, before, prefix, scratch)? };
    let new = fresh(problems, &known);
    if new.is_empty() {
        return Ok(());
    }
    Err(broken(Kind::BrokenHere, say!("your files have problems that the others should not get"), new))
}

/// A tree with changes of it.
pub(super) fn with(tree: &Tree, changes: &Changes) -> Tree {
    let mut after: BTreeMap<String, Entry> = tree.clone();
    for (path, entry) in changes {
        match entry {
            Some(entry) => after.insert(path.clone(), entry.clone()),
            None => after.remove(path),
        };
    }
    after
}

/// Who makes the commit: whom git knows, else the member with an address that leads nowhere.
pub(super) fn who(work: &Work<'_>) -> Result<Vec<(&'static str, OsString)>, Trouble> {
    let known = |variable: &str| std::env::var_os(variable).is_some_and(|v| !v.is_empty());
    let named = known("GIT_AUTHOR_EMAIL") && known("GIT_COMMITTER_EMAIL");
    if named || work.git.ask(&["config", "--get", "user.email"])?.is_some() {
        return Ok(Vec::new());
    }
    let plain = |text: &str| text.chars().filter(|c| !c.is_control() && !"<>".contains(*c)).collect::<String>();
    let (name, id) = match work.request.me {
        Some(me) => (plain(&me.name), me.id.to_string()),
        None => ("truenorth".to_owned(), "nobody".to_owned()),
    };
    let name = if name.trim().is_empty() { id.clone() } else { name };
    let email = format!("{id}@{}.invalid", work.request.config.id);
    Ok([
        ("GIT_AUTHOR_NAME", name.clone()),
        ("GIT_AUTHOR_EMAIL", email.clone()),
        ("GIT_COMMITTER_NAME", name),
        ("GIT_COMMITTER_EMAIL", email),
    ]
    .map(|(variable, value)| (variable, value.into()))
    .to_vec())
}

/// The version of a file that was not given its place, written where only its owner reads it. Gives the path.
pub(super) fn put_aside(work: &Work<'_>, path: &str, text: &str) -> Result<String, Trouble> {
    let folder = work.request.local.workspace(work.request.root, &work.request.config.id).join("kept");
    let refused = |e: std::io::Error| Trouble::system(Doing::WriteTo, &folder, &e);
    storage::private_folder(&folder).map_err(refused)?;
    let name = path.replace('/', "-");
    let stem = name.strip_suffix(".ron").unwrap_or(&name);
    let free = (1..).map(|n: u32| folder.join(format!("{stem}-{n}.ron"))).find(|p| !p.exists());
    let at = free.unwrap_or_else(|| folder.join(&name));
    storage::replace_private(&at, Some(text)).map_err(refused)?;
    Ok(at.to_string_lossy().into_owned())
}
