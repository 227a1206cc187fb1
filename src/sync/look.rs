//! A look at a tree before it is let in: its workspace is written into a temporary folder, unfiltered, and checked there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::model::id::WorkspaceId;
use crate::model::problem::Problem;
use crate::model::tongue::count;
use crate::model::workspace::Config;
use crate::storage::{self, Doing};

use super::git::Git;
use super::tree::{Entry, Tree, blobs};
use super::trouble::{Kind, Trouble};

/// The largest file that is let in, in bytes: none larger is read.
const LARGEST: u64 = 8 * 1024 * 1024;
/// The most of all files together, in bytes.
const LARGEST_OF_ALL: u64 = 256 * 1024 * 1024;

/// What is wrong with the workspace of a tree, by `check` and by what git could bring that a disk would not.
pub(super) fn look(git: &Git<'_>, tree: &Tree, prefix: &str, scratch: &Path) -> Result<Vec<Problem>, Trouble> {
    let inside: Vec<(&str, &Entry)> =
        tree.iter().filter_map(|(path, entry)| path.strip_prefix(prefix).map(|p| (p, entry))).collect();
    let mut problems = odd(&inside);
    if !problems.is_empty() {
        // Nothing of it gets near a disk.
        return Ok(problems);
    }
    let data: Vec<(&str, &Entry)> = inside.into_iter().filter(|(path, _)| belongs(path)).collect();
    let total: u64 = data.iter().map(|(_, entry)| entry.size).sum();
    if total > LARGEST_OF_ALL {
        let message = say!("the workspace has {total} MiB; at most 256 MiB are shared", total = total / (1024 * 1024));
        return Ok(vec![Problem::of_file("", message, say!("see what was put into it"))]);
    }
    let folder = scratch.join("look");
    let refused = |e: std::io::Error| Trouble::system(Doing::WriteTo, &folder, &e);
    let ids: Vec<&str> = data.iter().map(|(_, entry)| entry.id.as_str()).collect();
    for ((path, _), bytes) in data.iter().zip(blobs(git, &ids)?) {
        if bytes.starts_with(b"version https://git-lfs") {
            let hint = say!("keep .ron files out of git-lfs: remove them from .gitattributes");
            problems.push(Problem::of_file(*path, say!("this is a pointer of git-lfs in place of the file"), hint));
        }
        let at = folder.join(path);
        fs::create_dir_all(at.parent().unwrap_or(&folder)).and_then(|()| fs::write(&at, bytes)).map_err(refused)?;
    }
    if data.is_empty() {
        fs::create_dir_all(&folder).map_err(refused)?;
    }
    match storage::check(&folder) {
        // A member who was late, perhaps for want of a network, keeps nobody from sharing.
        Ok(report) => problems.extend(report.problems.into_iter().filter(|p| !storage::is_late(p))),
        Err(e) => problems.push(Problem::of_file("truenorth.ron", e.to_string(), "")),
    }
    fs::remove_dir_all(&folder).map_err(refused)?;
    Ok(problems)
}

/// The files that `check` reads or complains about; anything else in the folder is none of its business.
fn belongs(path: &str) -> bool {
    let in_ours = ["strategy/", "check-ins/", "snapshots/", "drafts/", "readings/"].iter().any(|f| path.starts_with(f));
    in_ours || !path.contains('/')
}

/// What git can carry and no workspace has: links, other repositories, names that are one name on other systems, huge files.
fn odd(inside: &[(&str, &Entry)]) -> Vec<Problem> {
    let (mut problems, mut seen) = (Vec::new(), BTreeMap::new());
    let mut wrong = |path: &str, message: String, hint: &str| problems.push(Problem::of_file(path, message, hint));
    for &(path, entry) in inside {
        if !matches!(entry.mode.as_str(), "100644" | "100755") {
            wrong(
                path,
                say!("this is a link or another repository; a workspace has plain files only").to_owned(),
                say!("take it out"),
            );
        }
        if path.split('/').any(|part| part.is_empty() || part == ".." || part.eq_ignore_ascii_case(".git"))
            || path.contains(['\\', ':'])
        {
            wrong(path, say!("the path leads out of the workspace").to_owned(), say!("take it out"));
        }
        if belongs(path) && entry.size > LARGEST {
            wrong(path, say!("the file has more than 8 MiB").to_owned(), say!("take it out"));
        }
        if let Some(other) = seen.insert(path.to_lowercase(), path) {
            wrong(path, say!("on many systems this is the same name as {other}", other), say!("keep one of the two"));
        }
    }
    problems
}

/// The id of the workspace of a tree, as far as it can be read.
pub(super) fn workspace_id(git: &Git<'_>, tree: &Tree, prefix: &str) -> Result<Option<WorkspaceId>, Trouble> {
    let path = format!("{prefix}truenorth.ron");
    let Some(entry) = tree.get(&path) else { return Ok(None) };
    let bytes = blobs(git, &[&entry.id])?.pop().unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
    Ok(storage::decode::<Config>(Path::new("truenorth.ron"), &text).ok().map(|config| config.id))
}

/// Those problems of a tree that are not in the one before it: a merge must never make things worse.
pub(super) fn fresh(now: Vec<Problem>, before: &[Problem]) -> Vec<Problem> {
    // The place in a file moves with every line above it.
    let key = |p: &Problem| (p.path.clone(), p.message.clone());
    let before: BTreeSet<_> = before.iter().map(key).collect();
    now.into_iter().filter(|p| !before.contains(&key(p))).collect()
}

/// What a look found, as a trouble.
pub(super) fn broken(kind: Kind, what: &str, problems: Vec<Problem>) -> Trouble {
    let n = problems.len();
    let count = count(n, "problem");
    let next = if kind == Kind::BrokenHere {
        say!("mend it, see with `truenorth check` that all is well, then sync again; nothing was sent")
    } else {
        say!("nothing here was changed: whoever sent it has to mend it, then sync again")
    };
    Trouble { problems, ..Trouble::new(kind, format!("{what}: {count}"), next) }
}
