//! The last part of a sync: what others changed is put in its place, and only then the branch is said to be there.
//!
//! Where it goes is noted in a ref first. Killed anywhere in between, the next sync finds the note and goes on.

use super::flow::Work;
use super::tree::{self, Changes, Tree, blobs};
use super::trouble::{Kind, Trouble};
use crate::storage::{self, Arrived, StorageError, file_kind};

/// The ref that notes where an unfinished arrival goes.
const NOTE: &str = "refs/truenorth/arriving";

/// Goes on with an arrival that was cut off.
pub(super) fn go_on(work: &Work<'_>) -> Result<(), Trouble> {
    let git = &work.git;
    let Some(there) = git.ask(&["rev-parse", "--verify", "--quiet", NOTE])? else { return Ok(()) };
    let here = git.ask(&["rev-parse", "--verify", "--quiet", "HEAD"])?;
    let base = match &here {
        Some(here) => git.ask(&["merge-base", here, &there])?,
        None => None,
    };
    match here {
        // Only from where it was begun; with more on the branch since, the others' work comes anew.
        Some(here) if base.as_ref() == Some(&here) && here != there => {
            let (from, to) = (tree::tree(git, &here)?, tree::tree(git, &there)?);
            let mut changes: Changes = to.iter().map(|(path, entry)| (path.clone(), Some(entry.clone()))).collect();
            changes.extend(from.keys().filter(|p| !to.contains_key(*p)).map(|p| (p.clone(), None)));
            changes.retain(|path, entry| from.get(path) != entry.as_ref());
            arrive(work, &here, &from, &there, &changes)
        }
        Some(_) | None => git.out(&["update-ref", "-d", NOTE]).map(drop),
    }
}

/// Brings working tree, index and branch from one commit to another.
///
/// # Errors
/// When files here are neither as they were nor as they are to be; nothing was touched then. Or when a disk or git refuses
/// midway: the next sync goes on.
pub(super) fn arrive(work: &Work<'_>, from: &str, tree: &Tree, to: &str, changes: &Changes) -> Result<(), Trouble> {
    let git = &work.git;
    let prefix = work.repository.prefix.as_str();
    let ours = |path: &String| path.strip_prefix(prefix).is_some_and(|p| file_kind(p).is_some());
    let (own, foreign): (Changes, Changes) = changes.clone().into_iter().partition(|(path, _)| ours(path));
    let files = files(work, tree, &own)?;
    storage::may_arrive(work.request.root, &files).map_err(in_the_way)?;
    git.out(&["update-ref", NOTE, to])?;
    if !foreign.is_empty() {
        others_files(work, from, &foreign)?;
    }
    storage::arrive(work.request.root, &files).map_err(in_the_way)?;
    tree::index(git, &own)?;
    git.out(&["update-ref", "-m", "truenorth sync", "HEAD", to, from])?;
    git.out(&["update-ref", "-d", NOTE]).map(drop)
}

/// What is none of truenorth's is put in place by git, which looks first whether anything of it was changed here.
fn others_files(work: &Work<'_>, from: &str, foreign: &Changes) -> Result<(), Trouble> {
    let git = &work.git;
    let new = tree::changed(git, Some(from), foreign, work.scratch.path())?;
    // Whether a file was touched without being changed is looked up first: git would take it for changed.
    let _ = git.ask(&["update-index", "-q", "--refresh"])?;
    git.out(&["read-tree", "-m", "-u", from, &new]).map(drop).map_err(|trouble| {
        let _ = git.ask(&["update-ref", "-d", NOTE]);
        Trouble::new(
            Kind::Dirty,
            say!("files beside the workspace's were changed here and by others: {what}", what = trouble.what),
            say!("commit them or put them back with git, then sync again; nothing of yours was touched"),
        )
    })
}

/// The files of ours as they were and are to be.
fn files(work: &Work<'_>, tree: &Tree, own: &Changes) -> Result<Vec<Arrived>, Trouble> {
    let mut ids: Vec<&str> = Vec::new();
    for (path, entry) in own {
        ids.extend(tree.get(path).map(|e| e.id.as_str()));
        ids.extend(entry.as_ref().map(|e| e.id.as_str()));
    }
    let mut blobs = blobs(&work.git, &ids)?.into_iter();
    let mut files = Vec::new();
    for (path, entry) in own {
        let was = tree.contains_key(path).then(|| blobs.next().unwrap_or_default()).map(unix);
        let now = entry.as_ref().map(|_| blobs.next().unwrap_or_default()).map(unix);
        let now = now.map(String::from_utf8).transpose().map_err(|_| {
            Trouble::new(Kind::BrokenThere, say!("{path} is not UTF-8", path), say!("whoever sent it has to mend it"))
        })?;
        let path = path.strip_prefix(work.repository.prefix.as_str()).unwrap_or(path).to_owned();
        files.push(Arrived { path, was, now });
    }
    Ok(files)
}

/// Line ends as files here are held against.
fn unix(bytes: Vec<u8>) -> Vec<u8> {
    match String::from_utf8(bytes) {
        Ok(text) if text.contains("\r\n") => text.replace("\r\n", "\n").into_bytes(),
        Ok(text) => text.into_bytes(),
        Err(e) => e.into_bytes(),
    }
}

/// A file here is neither what it was nor what it is to be: it is somebody's work.
fn in_the_way(error: StorageError) -> Trouble {
    let StorageError::Changed { path } = &error else { return error.into() };
    Trouble::new(
        Kind::Dirty,
        say!(
            "{path} was changed here and by others, and yours was not sent: it is not for you to send",
            path = path.display()
        ),
        say!(
            "put it back with `git checkout -- FILE`, or keep a copy elsewhere first, then sync again; nothing was touched"
        ),
    )
}
