//! Which files a feed may open: inside the workspace, or an absolute path that was allowed; never by way of a link.

use std::fs;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use crate::feeds::MAX_BYTES;
use crate::model::feed::{Trouble, is_outside, path_fault};
use crate::model::tongue::system;
use crate::storage::open_plainly;

/// The path of a regular file. Inside the workspace no part of the way is a link; outside the file itself is none.
pub(super) fn plain(root: &Path, file: &str) -> Result<PathBuf, Trouble> {
    if let Some((what, next)) = path_fault(file) {
        return Err(Trouble::new(format!("{file}: {what}"), next));
    }
    let path = if is_outside(file) { PathBuf::from(file) } else { root.join(file) };
    let within = path.strip_prefix(root).unwrap_or(&path);
    let mut at = if is_outside(file) { path.clone() } else { root.to_path_buf() };
    let mut parts: Vec<Component<'_>> = if is_outside(file) { Vec::new() } else { within.components().collect() };
    parts.reverse();
    loop {
        while let Some(Component::CurDir) = parts.last() {
            parts.pop();
        }
        if let Some(part) = parts.pop() {
            at.push(part);
        }
        let found = fs::symlink_metadata(&at).map_err(|e| missing(file, &e))?;
        if found.is_symlink() {
            return Err(Trouble::new(
                say!("{file}: this is a symbolic link, or leads through one; links are not followed", file),
                say!("put the file itself there"),
            ));
        }
        if parts.is_empty() {
            return if found.is_file() {
                Ok(at)
            } else {
                Err(Trouble::new(say!("{file}: this is not a regular file", file), say!("name a file")))
            };
        }
    }
}

/// The bytes of a file, and one more than is taken in of one that is too large.
pub(super) fn read(root: &Path, file: &str) -> Result<Vec<u8>, Trouble> {
    let path = plain(root, file)?;
    let mut bytes = Vec::new();
    let limit = MAX_BYTES as u64;
    let read = open_plainly(&path).and_then(|f| f.take(limit + 1).read_to_end(&mut bytes));
    read.map_err(|e| missing(file, &e))?;
    if bytes.len() as u64 > limit {
        return Err(Trouble::new(
            say!("{file}: the file has more than 16 MiB", file),
            say!("export less: the weeks behind are not needed"),
        ));
    }
    Ok(bytes)
}

fn missing(file: &str, e: &io::Error) -> Trouble {
    if e.kind() == io::ErrorKind::NotFound {
        return Trouble::new(
            say!("{file}: the file is not there", file),
            say!("put it there, or correct the feed's path in truenorth.ron"),
        );
    }
    Trouble::new(say!("{file} could not be read: {e}", file, e = system(e)), say!("check its permissions"))
}
