//! Whether git may run in a repository: somebody on this machine said so, and nothing it could run has changed since.
//!
//! A repository that came as a copy can carry programs in its configuration. So it is shown first what is in it, and what was
//! shown is kept word for word in the folder of local state, to be held against what is there each time.

use std::fs;
use std::io;
use std::path::Path;

use crate::model::id::WorkspaceId;
use crate::model::shown::shown;
use crate::storage::{Local, private_folder, replace_private};

use super::git::without_secrets;
use super::repository::Repository;

/// The file in a workspace's local state that holds what was approved.
const FILE: &str = "trusted-repository";

/// Keys of a configuration that can run nothing and lead nowhere. All others are shown before they are trusted.
const HARMLESS: [&str; 11] = [
    "core.repositoryformatversion",
    "core.filemode",
    "core.bare",
    "core.logallrefupdates",
    "core.ignorecase",
    "core.precomposeunicode",
    "core.symlinks",
    "core.autocrlf",
    "user.name",
    "user.email",
    "extensions.objectformat",
];

/// What there is to know before somebody says yes. Safe to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The folder of git's files.
    pub git_dir: String,
    /// Lines of the configuration that name programs, addresses or anything else that is not known to be harmless.
    pub lines: Vec<String>,
    /// Hooks that are in it. They are never run by a sync.
    pub hooks: Vec<String>,
    /// Whether it was approved before, and is another now.
    pub changed: bool,
}

/// How a repository stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trust {
    /// It is as it was when somebody approved it.
    Given,
    /// It has to be asked for.
    Asked(Asked),
    /// It cannot be given: the configuration takes in other files, which may change behind its back.
    Never,
}

/// Looks at a repository without running anything.
#[must_use]
pub fn trust(local: &Local, root: &Path, id: &WorkspaceId, repository: &Repository) -> Trust {
    let lines = telling(&repository.config());
    if lines.iter().any(|(key, _)| key.starts_with("include.") || key.starts_with("includeif.")) {
        return Trust::Never;
    }
    let kept = fs::read_to_string(local.workspace(root, id).join(FILE)).ok();
    if kept.as_deref() == Some(&facts(root, id, repository)) {
        return Trust::Given;
    }
    Trust::Asked(Asked {
        git_dir: shown(&repository.git_dir.to_string_lossy()).into_owned(),
        lines: lines.into_iter().map(|(key, value)| told(&key, &value)).collect(),
        hooks: repository.hooks().iter().map(|h| shown(h).into_owned()).collect(),
        changed: kept.is_some(),
    })
}

/// Keeps that somebody approved a repository as it is now.
///
/// # Errors
/// When the folder of local state cannot be written.
pub fn approve(local: &Local, root: &Path, id: &WorkspaceId, repository: &Repository) -> io::Result<()> {
    let folder = local.workspace(root, id);
    private_folder(&folder)?;
    replace_private(&folder.join(FILE), Some(&facts(root, id, repository)))
}

/// Takes an approval back.
///
/// # Errors
/// When the file cannot be removed.
pub fn revoke(local: &Local, root: &Path, id: &WorkspaceId) -> io::Result<()> {
    replace_private(&local.workspace(root, id).join(FILE), None)
}

/// Everything that an approval is about, word for word: a hash could be made to fit.
fn facts(root: &Path, id: &WorkspaceId, repository: &Repository) -> String {
    let root = fs::canonicalize(root).unwrap_or_else(|_| root.to_path_buf());
    let hooks = repository.hooks().join("\n");
    format!(
        "workspace {id}\nfolder {root:?}\ntop {:?}\ngit {:?}\ncommon {:?}\nhooks\n{hooks}\nconfig\n{}",
        repository.top,
        repository.git_dir,
        repository.common,
        repository.config()
    )
}

fn told(key: &str, value: &str) -> String {
    let text: String = without_secrets(&format!("{key} = {value}")).chars().take(300).collect();
    shown(&text).into_owned()
}

/// The lines of a configuration that are not known to be harmless, as `section.name.key` and value.
fn telling(config: &str) -> Vec<(String, String)> {
    let (mut section, mut found) = (String::new(), Vec::new());
    for line in config.lines().map(str::trim) {
        if line.is_empty() || line.starts_with(['#', ';']) {
            continue;
        }
        let mut rest = line;
        if let Some(inner) = line.strip_prefix('[') {
            let (name, behind) = inner.rsplit_once(']').unwrap_or((inner, ""));
            section = match name.split_once('"') {
                Some((kind, sub)) => format!("{}.{}", kind.trim().to_lowercase(), sub.trim_end_matches('"')),
                None => name.trim().to_lowercase(),
            };
            rest = behind.trim();
            if rest.is_empty() {
                continue;
            }
        }
        let (key, value) = rest.split_once('=').unwrap_or((rest, ""));
        let key = format!("{section}.{}", key.trim().to_lowercase());
        if !is_harmless(&key) {
            found.push((key, value.trim().to_owned()));
        }
    }
    found
}

fn is_harmless(key: &str) -> bool {
    let of = |section: &str, names: &[&str]| {
        key.starts_with(section) && names.iter().any(|name| key.ends_with(&format!(".{name}")))
    };
    HARMLESS.contains(&key) || of("branch.", &["remote", "merge", "rebase"]) || of("remote.", &["fetch"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_could_run_is_shown_and_what_every_clone_has_is_not() {
        let plain = "[core]\n\tbare = false\n\tfilemode = true\n[remote \"origin\"]\n\turl = /x.git\n\tfetch = +a:b\n\
            [branch \"main\"]\n\tremote = origin\n\tmerge = refs/heads/main\n";
        assert_eq!(telling(plain), [("remote.origin.url".to_owned(), "/x.git".to_owned())]);
        for hostile in [
            "[core]\n fsmonitor = rm -rf /",
            "[core] sshCommand = evil",
            "[Filter \"x\"]\n clean = evil",
            "[credential]\nhelper = !evil",
            "[include]\npath = /tmp/x",
            "[diff \"a]b\"]\n textconv = evil",
            "[remote \"origin\"]\n uploadpack = evil",
            "[url \"ext::sh -c evil\"]\n insteadOf = /x.git",
        ] {
            assert_eq!(telling(hostile).len(), 1, "{hostile}");
        }
    }
}
