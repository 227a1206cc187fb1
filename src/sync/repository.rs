//! The repository that a workspace is in, found and looked at without running git: a copied one must not run anything yet.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::storage::Doing;

use super::trouble::{Kind, Trouble};

/// The most that is read of a file of git's, in bytes.
const MOST: u64 = 1024 * 1024;

/// Where git keeps what about a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repository {
    /// The top folder of the working tree.
    pub top: PathBuf,
    /// The folder of git's own files: `.git`, or where a worktree or a submodule keeps them.
    pub git_dir: PathBuf,
    /// The folder of what all worktrees share; the same as `git_dir` in most.
    pub common: PathBuf,
    /// The workspace's place below the top with a slash at its end; empty when it is the top.
    pub prefix: String,
}

impl Repository {
    /// The repository that a workspace is in: the nearest `.git` upwards. `None` when there is none.
    ///
    /// # Errors
    /// When a `.git` is there that leads nowhere, or the path is no text.
    pub fn find(root: &Path) -> Result<Option<Self>, Trouble> {
        let root = fs::canonicalize(root).map_err(|e| Trouble::system(Doing::Find, root, &e))?;
        let Some(top) = root.ancestors().find(|f| fs::symlink_metadata(f.join(".git")).is_ok()) else {
            return Ok(None);
        };
        let git_dir = git_dir(top)?;
        let common = match text(&git_dir.join("commondir")) {
            Some(line) => git_dir.join(line.trim_end()),
            None => git_dir.clone(),
        };
        let below = root.strip_prefix(top).unwrap_or(Path::new(""));
        let mut prefix = String::new();
        for part in below.components() {
            let part = part.as_os_str().to_str().ok_or_else(|| {
                let what = say!("the path of {root} is not UTF-8", root = root.display());
                Trouble::new(Kind::Other, what, say!("give the folder a name in UTF-8"))
            })?;
            prefix = format!("{prefix}{part}/");
        }
        Ok(Some(Self { top: top.to_path_buf(), git_dir, common, prefix }))
    }

    /// The repository's own configuration, word for word.
    #[must_use]
    pub fn config(&self) -> String {
        let own = text(&self.git_dir.join("config.worktree")).unwrap_or_default();
        text(&self.common.join("config")).unwrap_or_default() + &own
    }

    /// The names of the hooks that would run if git were asked to, sorted. truenorth never lets git run any.
    #[must_use]
    pub fn hooks(&self) -> Vec<String> {
        let entries = fs::read_dir(self.common.join("hooks")).into_iter().flatten().flatten();
        let names = entries.map(|e| e.file_name().to_string_lossy().into_owned());
        let mut names: Vec<String> = names.filter(|n| !n.ends_with(".sample")).collect();
        names.sort();
        names
    }

    /// What somebody began and has to bring to an end first.
    pub(super) fn in_the_middle(&self) -> Result<(), Trouble> {
        let begun = [
            ("MERGE_HEAD", say!("a merge"), "git merge --abort"),
            ("rebase-merge", say!("a rebase"), "git rebase --abort"),
            ("rebase-apply", say!("a rebase"), "git rebase --abort"),
            ("CHERRY_PICK_HEAD", say!("a cherry-pick"), "git cherry-pick --abort"),
            ("REVERT_HEAD", say!("a revert"), "git revert --abort"),
            ("BISECT_START", say!("a bisection"), "git bisect reset"),
        ];
        match begun.iter().find(|(file, _, _)| self.git_dir.join(file).exists()) {
            None => Ok(()),
            Some((_, what, abort)) => Err(Trouble::new(
                Kind::InTheMiddle,
                say!("{what} was begun in this repository and not finished", what),
                say!("finish it, or give it up with `{abort}`, then sync again; nothing was touched", abort),
            )),
        }
    }

    /// Whether only a part of the history is here.
    pub(super) fn is_shallow(&self) -> bool {
        self.common.join("shallow").exists()
    }
}

/// `.git` itself, or the folder that the file of this name points to.
fn git_dir(top: &Path) -> Result<PathBuf, Trouble> {
    let at = top.join(".git");
    if at.is_dir() {
        return Ok(at);
    }
    let broken = || {
        let what = say!("{at} leads to no repository", at = at.display());
        Trouble::new(Kind::NoRepository, what, say!("mend it, or clone the repository anew"))
    };
    let line = text(&at).ok_or_else(broken)?;
    let named = line.strip_prefix("gitdir:").ok_or_else(broken)?.trim();
    fs::canonicalize(top.join(named)).map_err(|_| broken())
}

/// A small text file of git's.
fn text(path: &Path) -> Option<String> {
    let read = || -> io::Result<String> {
        let mut bytes = Vec::new();
        File::open(path)?.take(MOST).read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    };
    // What is no plain file could be a pipe, which is never waited for.
    if path.is_file() { read().ok() } else { None }
}
