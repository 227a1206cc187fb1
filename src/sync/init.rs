//! A repository for a workspace that is in none: made here, trusted as nobody else had a hand in it, with a remote if one is named.

use std::fs;
use std::path::Path;

use crate::model::id::WorkspaceId;
use crate::model::shown::shown;
use crate::storage::{Doing, Local};

use super::git::{Git, Limits};
use super::remote::is_folder;
use super::repository::Repository;
use super::stop::Stop;
use super::trouble::{Kind, Trouble};
use super::trust::approve;

/// Makes a repository in a workspace's folder, and names a remote. A remote that is a folder which is not there yet, or is
/// empty, becomes a bare repository.
///
/// # Errors
/// When the workspace is in a repository already, the remote's address makes no sense, or git refuses.
pub fn init(local: &Local, root: &Path, id: &WorkspaceId, remote: Option<&str>) -> Result<(), Trouble> {
    if Repository::find(root)?.is_some() {
        return Err(Trouble::new(
            Kind::Other,
            say!("this workspace is in a repository already"),
            say!("leave --init away; a remote is added with `git remote add origin REMOTE`"),
        ));
    }
    if let Some(remote) = remote {
        sensible(remote)?;
    }
    let stop = Stop::default();
    let git = Git::new(root, &stop, Limits::default());
    let remote = remote.map(|remote| whole(&git, remote)).transpose()?;
    git.out(&["init", "--quiet", "--initial-branch=main", "--template="])?;
    if let Some(remote) = remote {
        git.out(&["remote", "add", "origin", &remote])?;
    }
    let made = Repository::find(root)?.ok_or_else(|| {
        Trouble::new(Kind::Other, say!("git made no repository"), say!("see `git init` in this folder"))
    })?;
    approve(local, root, id, &made).map_err(|e| Trouble::system(Doing::WriteTo, &local.state, &e))
}

/// An address that git would take for something else than one is none.
fn sensible(remote: &str) -> Result<(), Trouble> {
    let odd =
        remote.is_empty() || remote.starts_with('-') || remote.contains("::") || remote.chars().any(char::is_control);
    if !odd {
        return Ok(());
    }
    let what = say!("`{remote}` is no address of a repository", remote = shown(remote));
    Err(Trouble::new(Kind::Other, what, say!("give an address such as git@host:team/shop.git, or a folder")))
}

/// A remote's address; of a folder the whole path, and with a bare repository in it.
fn whole(git: &Git<'_>, remote: &str) -> Result<String, Trouble> {
    if !is_folder(remote) || remote.starts_with("file://") || remote.starts_with('~') {
        return Ok(remote.to_owned());
    }
    let refused = |e: std::io::Error| Trouble::system(Doing::Make, Path::new(remote), &e);
    let path = std::path::absolute(remote).map_err(refused)?;
    let empty = match fs::read_dir(&path) {
        Ok(mut entries) => entries.next().is_none(),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => true,
        Err(e) => return Err(refused(e)),
    };
    let path = path.to_string_lossy().into_owned();
    if empty {
        git.out(&["init", "--quiet", "--bare", "--initial-branch=main", "--template=", "--", &path])?;
    }
    Ok(path)
}
