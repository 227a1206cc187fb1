//! What somebody allowed on this machine: a program that a feed runs, or a file outside the workspace that it reads.
//!
//! A feed stands in a file that others write. What it would run is therefore somebody else's code until the one at this machine has
//! looked at it. It is approval, not a sandbox: what was allowed can do whatever its user can.

use std::env;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::file;
use crate::model::feed::{Feed, Source, Trouble};
use crate::model::id::{FeedId, WorkspaceId};
use crate::model::tongue::system;

/// Programs larger than this are not looked at: reading them would take longer than anybody waits.
const MAX_PROGRAM: u64 = 1024 * 1024 * 1024;

/// What was allowed, word for word; and a key over all of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// The feed.
    pub feed: FeedId,
    /// On which day.
    pub on: NaiveDate,
    /// What it would do.
    pub does: Deed,
    /// SHA-256 over the workspace's path and id, the feed's id, and the deed.
    pub key: String,
}

/// What a feed would do that has to be allowed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deed {
    /// The program and its arguments; empty where a file is read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub argv: Vec<String>,
    /// The folder that the program runs in; empty where a file is read.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub folder: String,
    /// The program as it was found, or the file that is read.
    pub path: String,
    /// SHA-256 of the program and of each file of the workspace that the arguments name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contents: Vec<(String, String)>,
}

/// What a feed would do now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// The feed.
    pub feed: FeedId,
    /// What it would do.
    pub does: Deed,
    /// The key that an approval of it has.
    pub key: String,
}

/// Whether what a feed would do was allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Exactly this was.
    Allowed,
    /// Never.
    Never,
    /// Something else was; what differs, a few words each.
    Changed(Vec<String>),
}

impl Look {
    /// The approval of exactly this.
    #[must_use]
    pub fn allowed(self, on: NaiveDate) -> Approval {
        Approval { feed: self.feed, on, does: self.does, key: self.key }
    }
}

/// Looks at what a feed would do: finds its program, reads it and the files that it names. Nothing is run.
///
/// # Errors
/// When the program or a file is not there or is a link, or nothing has to be allowed.
pub fn look(root: &Path, workspace: &WorkspaceId, feed: &Feed) -> Result<Look, Trouble> {
    let root = fs::canonicalize(root)
        .map_err(|e| Trouble::new(say!("{root} was not found: {e}", root = root.display(), e = system(&e)), ""))?;
    let does = match &feed.source {
        Source::Command { argv, .. } => {
            let program = program(&root, argv)?;
            let mut contents = vec![(shown(&program), hash(&program)?)];
            for (name, path) in named(&root, argv)? {
                contents.push((name, hash(&path)?));
            }
            Deed { argv: argv.clone(), folder: shown(&root), path: shown(&program), contents }
        }
        source => {
            let path = source.file().filter(|_| source.needs_trust());
            let path = path.ok_or_else(|| {
                Trouble::new(say!("nothing has to be allowed for it: it reads a file of the workspace"), "")
            })?;
            Deed { argv: Vec::new(), folder: String::new(), path: path.to_owned(), contents: Vec::new() }
        }
    };
    let key = key(&root, workspace, &feed.id, &does);
    Ok(Look { feed: feed.id.clone(), does, key })
}

/// Holds what a feed would do against what was allowed.
#[must_use]
pub fn standing(approvals: &[Approval], now: &Look) -> Standing {
    let Some(before) = approvals.iter().rfind(|a| a.feed == now.feed) else { return Standing::Never };
    if before.key == now.key && before.does == now.does {
        return Standing::Allowed;
    }
    Standing::Changed(differences(&before.does, &now.does))
}

/// What differs between two deeds, a few words each.
#[must_use]
pub fn differences(before: &Deed, now: &Deed) -> Vec<String> {
    let mut all = Vec::new();
    if before.argv != now.argv {
        all.push(say!("it was `{was}`, now `{now}`", was = before.argv.join(" "), now = now.argv.join(" ")));
    }
    if before.folder != now.folder {
        all.push(say!("the workspace was at {folder}", folder = before.folder));
    }
    if before.path != now.path {
        all.push(say!("{path} instead of {was}", path = now.path, was = before.path));
    }
    for (name, content) in &now.contents {
        match before.contents.iter().find(|(n, _)| n == name) {
            Some((_, was)) if was == content => {}
            Some(_) => all.push(say!("the content of {name}", name)),
            None => all.push(say!("{name} is new", name)),
        }
    }
    if all.is_empty() {
        all.push(say!("the workspace").to_owned());
    }
    all
}

/// The program that an argv names: inside the workspace where it has a folder, else found by PATH, never in the workspace.
///
/// # Errors
/// When there is none, or it is not found.
pub(super) fn program(root: &Path, argv: &[String]) -> Result<PathBuf, Trouble> {
    let Some(name) = argv.first().filter(|name| !name.trim().is_empty()) else {
        return Err(Trouble::new(say!("the feed names no program"), say!("write its name first in argv")));
    };
    if name.contains(['/', '\\']) {
        return file::plain(root, name.strip_prefix("./").unwrap_or(name));
    }
    on_path(root, name, &env::var_os("PATH").unwrap_or_default())
}

/// The program of this name in the folders of a `PATH`; what leads into the workspace, by a link too, is none.
fn on_path(root: &Path, name: &str, path: &OsStr) -> Result<PathBuf, Trouble> {
    let folders: Vec<PathBuf> = env::split_paths(path).collect();
    let inside = fs::canonicalize(root).unwrap_or_else(|_| root.to_path_buf());
    let real = |path: PathBuf| fs::canonicalize(path).ok().filter(|p| p.is_file() && !p.starts_with(&inside));
    let names = || [name.to_owned(), format!("{name}.exe")].into_iter().take(if cfg!(windows) { 2 } else { 1 });
    let absolute = folders.iter().filter(|folder| folder.is_absolute());
    absolute.flat_map(|folder| names().map(|name| folder.join(name))).find_map(real).ok_or_else(|| {
        Trouble::new(say!("there is no program `{name}` on this machine", name), say!("install it, or write its path"))
    })
}

/// The files of the workspace that the arguments name, also behind a `=`.
fn named(root: &Path, argv: &[String]) -> Result<Vec<(String, PathBuf)>, Trouble> {
    let mut all = Vec::new();
    for argument in argv.iter().skip(1) {
        for part in [Some(argument.as_str()), argument.split_once('=').map(|(_, behind)| behind)].into_iter().flatten()
        {
            let inside = Path::new(part).strip_prefix(root).unwrap_or(Path::new(part));
            let relative = inside.strip_prefix("./").unwrap_or(inside);
            let leads_here = !relative.as_os_str().is_empty() && relative.is_relative();
            if leads_here && root.join(relative).symlink_metadata().is_ok_and(|found| !found.is_dir()) {
                let path = file::plain(root, &shown(relative))?;
                all.push((shown(relative), path));
            }
        }
    }
    Ok(all)
}

fn hash(path: &Path) -> Result<String, Trouble> {
    let mut hash = Sha256::new();
    let read = || -> io::Result<u64> {
        let mut file = File::open(path)?.take(MAX_PROGRAM + 1);
        let (mut piece, mut all) = (vec![0; 64 * 1024], 0);
        loop {
            let n = file.read(&mut piece)?;
            if n == 0 {
                return Ok(all);
            }
            all += n as u64;
            hash.update(&piece[..n]);
        }
    };
    let size = {
        let mut read = read;
        read()
    }
    .map_err(|e| {
        Trouble::new(
            say!("{path} could not be read: {e}", path = path.display(), e = system(&e)),
            say!("check its permissions"),
        )
    })?;
    if size > MAX_PROGRAM {
        return Err(Trouble::new(
            say!("{path} is larger than 1 GiB", path = path.display()),
            say!("name a smaller program"),
        ));
    }
    Ok(hex(&hash.finalize()))
}

/// One key over everything; each part with its length before it, so that nothing can move from one part into the next.
fn key(root: &Path, workspace: &WorkspaceId, feed: &FeedId, does: &Deed) -> String {
    let mut hash = Sha256::new();
    let mut part = |bytes: &[u8]| {
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    };
    part(root.as_os_str().as_encoded_bytes());
    part(workspace.as_str().as_bytes());
    part(feed.as_str().as_bytes());
    part(&(does.argv.len() as u64).to_le_bytes());
    does.argv.iter().for_each(|argument| part(argument.as_bytes()));
    part(does.folder.as_bytes());
    part(does.path.as_bytes());
    for (name, content) in &does.contents {
        part(name.as_bytes());
        part(content.as_bytes());
    }
    hex(&hash.finalize())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A workspace with a program and a table in it, and a folder beside it with a program.
    fn places() -> (tempfile::TempDir, PathBuf, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let (root, beside) = (folder.path().join("shop"), folder.path().join("programs"));
        for at in [root.join("bin"), beside.clone()] {
            fs::create_dir_all(&at).unwrap();
            fs::write(at.join("tool"), "").unwrap();
        }
        fs::write(root.join("net.csv"), "").unwrap();
        (folder, root, beside)
    }

    #[test]
    fn a_program_of_the_workspace_is_not_found_by_path_under_any_name_of_its_folder() {
        let (_folder, root, beside) = places();
        let find = |root: &Path, folders: &[PathBuf]| {
            on_path(root, "tool", &env::join_paths(folders).unwrap()).map_err(|trouble| trouble.what)
        };
        let inside = root.join("bin");
        assert!(find(&root, std::slice::from_ref(&inside)).unwrap_err().contains("no program `tool`"));
        assert!(find(&root, &[PathBuf::from("programs"), PathBuf::from(".")]).is_err(), "what stands where one stands");
        assert_eq!(find(&root, &[inside.clone(), beside.clone()]), Ok(fs::canonicalize(beside.join("tool")).unwrap()));
        #[cfg(unix)]
        for (link, to) in [("by-another-name", &root), ("bin-by-another-name", &inside)] {
            let link = root.with_file_name(link);
            std::os::unix::fs::symlink(to, &link).unwrap();
            assert!(find(&link, std::slice::from_ref(&inside)).is_err() || to == &inside, "{}", link.display());
            assert!(find(&root, std::slice::from_ref(&link)).is_err(), "{}", link.display());
        }
    }

    #[test]
    fn the_files_that_arguments_name_are_those_of_the_workspace() {
        let (_folder, root, beside) = places();
        let absolute = root.join("net.csv").display().to_string();
        let outside = beside.join("tool").display().to_string();
        let argv = ["tool", "net.csv", "./net.csv", "--in=net.csv", &absolute, &outside, "gone.csv", "bin", "", "-x"];
        let found = named(&root, &argv.map(str::to_owned)).unwrap();
        let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["net.csv"; 4]);
        assert!(found.iter().all(|(_, path)| path.ends_with("shop/net.csv")));
    }
}
