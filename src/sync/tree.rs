//! Trees and files as git keeps them, read and written without its index, its working tree or any filter.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::Path;

use super::git::Git;
use super::trouble::{Kind, Trouble};

/// A file of a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its mode as git writes it: `100644` for an ordinary file.
    pub mode: String,
    /// The id of what it holds.
    pub id: String,
    /// How many bytes that is; 0 for what is no file.
    pub size: u64,
}

/// The files of a commit by their paths from the top, with slashes.
pub(super) type Tree = BTreeMap<String, Entry>;

/// The mode of an ordinary file.
pub(super) const FILE: &str = "100644";

/// Every file of a commit or tree.
pub(super) fn tree(git: &Git<'_>, of: &str) -> Result<Tree, Trouble> {
    let out = git.out(&["ls-tree", "-r", "-z", "-l", "--full-tree", of])?;
    let mut tree = Tree::new();
    for line in out.split(|b| *b == 0).filter(|l| !l.is_empty()) {
        let odd = || {
            Trouble::new(Kind::Other, say!("a file name in the repository is not UTF-8"), say!("rename it with git"))
        };
        let line = std::str::from_utf8(line).map_err(|_| odd())?;
        let (facts, path) = line.split_once('\t').ok_or_else(odd)?;
        let mut facts = facts.split_ascii_whitespace();
        let mut next = || facts.next().unwrap_or_default().to_owned();
        let (mode, _, id, size) = (next(), next(), next(), next());
        tree.insert(path.to_owned(), Entry { mode, id, size: size.parse().unwrap_or(0) });
    }
    Ok(tree)
}

/// What blobs hold, in the order of their ids.
pub(super) fn blobs(git: &Git<'_>, ids: &[&str]) -> Result<Vec<Vec<u8>>, Trouble> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let out = git.out_of(&["cat-file", "--batch"], (ids.join("\n") + "\n").into_bytes(), &[])?;
    let broken = || Trouble::new(Kind::Other, say!("a file in the repository cannot be read"), say!("see `git fsck`"));
    let (mut rest, mut all) = (out.as_slice(), Vec::with_capacity(ids.len()));
    for _ in ids {
        let end = rest.iter().position(|b| *b == b'\n').ok_or_else(broken)?;
        let head = String::from_utf8_lossy(&rest[..end]).into_owned();
        let size: usize = head.rsplit(' ').next().and_then(|s| s.parse().ok()).ok_or_else(broken)?;
        let body = rest.get(end + 1..end + 1 + size).ok_or_else(broken)?;
        all.push(body.to_vec());
        rest = rest.get(end + size + 2..).ok_or_else(broken)?;
    }
    Ok(all)
}

/// Keeps files in the repository and gives their ids, in order.
pub(super) fn keep(git: &Git<'_>, files: &[Vec<u8>]) -> Result<Vec<String>, Trouble> {
    if files.is_empty() {
        return Ok(Vec::new());
    }
    let mut input = Vec::new();
    for (nth, bytes) in files.iter().enumerate() {
        let mark = nth + 1;
        input.extend_from_slice(format!("blob\nmark :{mark}\ndata {}\n", bytes.len()).as_bytes());
        input.extend_from_slice(bytes);
        input.extend_from_slice(format!("\nget-mark :{mark}\n").as_bytes());
    }
    input.extend_from_slice(b"done\n");
    let out = git.out_of(&["fast-import", "--quiet", "--done"], input, &[])?;
    let ids: Vec<String> = String::from_utf8_lossy(&out).lines().map(str::to_owned).collect();
    if ids.len() == files.len() {
        return Ok(ids);
    }
    Err(Trouble::new(
        Kind::Other,
        say!("git did not keep all files"),
        say!("see `git fsck`, then sync again: nothing was changed"),
    ))
}

/// The ids that files of the working tree would have, unfiltered, in order; paths from the top.
pub(super) fn ids(git: &Git<'_>, paths: &[String]) -> Result<Vec<String>, Trouble> {
    if paths.is_empty() {
        return Ok(Vec::new());
    }
    let input = paths.join("\n") + "\n";
    let out = git.out_of(&["hash-object", "--no-filters", "--stdin-paths"], input.into_bytes(), &[])?;
    let ids: Vec<String> = String::from_utf8_lossy(&out).lines().map(str::to_owned).collect();
    if ids.len() == paths.len() {
        return Ok(ids);
    }
    Err(Trouble::new(Kind::Busy, say!("files changed while they were looked at"), say!("sync again")))
}

/// A change of a tree or an index: the path, and what it is to be; `None` when it goes.
pub(super) type Changes = BTreeMap<String, Option<Entry>>;

/// Makes a tree out of another one and changes of it, in an index of its own below `scratch`.
pub(super) fn changed(git: &Git<'_>, from: Option<&str>, changes: &Changes, scratch: &Path) -> Result<String, Trouble> {
    let index = scratch.join("index");
    let environment = [("GIT_INDEX_FILE", index.as_os_str())];
    let start: &[&str] = match &from {
        Some(from) => &["read-tree", from],
        None => &["read-tree", "--empty"],
    };
    git.out_of(start, Vec::new(), &environment)?;
    put(git, changes, &environment)?;
    let id = git.out_of(&["write-tree"], Vec::new(), &environment)?;
    Ok(String::from_utf8_lossy(&id).trim_end().to_owned())
}

/// Brings changes into the index, and touches nothing else that is in it.
pub(super) fn index(git: &Git<'_>, changes: &Changes) -> Result<(), Trouble> {
    put(git, changes, &[])
}

fn put(git: &Git<'_>, changes: &Changes, environment: &[(&str, &OsStr)]) -> Result<(), Trouble> {
    if changes.is_empty() {
        return Ok(());
    }
    let nothing = "0".repeat(40);
    let mut input = String::new();
    for (path, entry) in changes {
        let line = match entry {
            Some(entry) => format!("{} {}\t{path}", entry.mode, entry.id),
            None => format!("0 {nothing}\t{path}"),
        };
        input.push_str(&line);
        input.push('\0');
    }
    git.out_of(&["update-index", "-z", "--index-info"], input.into_bytes(), environment).map(drop)
}

/// Makes a commit of a tree and gives its id.
pub(super) fn commit(
    git: &Git<'_>,
    tree: &str,
    parents: &[&str],
    words: &str,
    who: &[(&str, &OsStr)],
) -> Result<String, Trouble> {
    let mut arguments = vec!["commit-tree", tree, "-F", "-"];
    for parent in parents {
        arguments.extend(["-p", parent]);
    }
    let id = git.out_of(&arguments, words.as_bytes().to_vec(), who)?;
    Ok(String::from_utf8_lossy(&id).trim_end().to_owned())
}
