//! What the last sync left in the folder of local state, and how the workspace stands since: told without running git.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use crate::model::people::Member;
use crate::model::review::Moment;
use crate::model::sharing::Standing;
use crate::model::workspace::Config;
use crate::storage::{self, Doing, FileKind, Local, shared_files};

use super::flow::{Report, Way, Work};
use super::mine::{Change, Verdict, verdict};
use super::repository::Repository;
use super::trouble::Trouble;

/// The file in a workspace's local state.
const FILE: &str = "sync.ron";

/// Size in bytes and time of change in nanoseconds of a file.
type Stamp = (u64, u64);

/// The stamps of a workspace's files.
pub(super) type Stamps = BTreeMap<String, Stamp>;

/// What is kept of the last sync.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Last {
    at: Moment,
    /// How far it got.
    shared: Reached,
    /// Commits that the others did not have then.
    unsent: usize,
    stamps: Stamps,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Reached {
    Others,
    ThisMachine,
}

/// How sharing stands: by the files' stamps and what the last sync left. Runs nothing.
#[must_use]
pub fn standing(local: &Local, root: &Path, config: &Config, me: Option<&Member>) -> Standing {
    if !matches!(Repository::find(root), Ok(Some(_))) {
        return Standing::Alone;
    }
    let text = fs::read_to_string(local.workspace(root, &config.id).join(FILE)).unwrap_or_default();
    let Ok(last) = storage::decode::<Last>(Path::new(FILE), &text) else { return Standing::NotYet };
    let changed = |(path, kind): &(String, FileKind)| {
        let was = last.stamps.get(path);
        let change = if was.is_some() { Change::Edited } else { Change::New };
        was != Some(&stamp(root, path)) && verdict(kind, change, me, &config.people) == Verdict::Send
    };
    let changed = shared_files(root).iter().filter(|file| changed(file)).count();
    Standing::Since { at: last.at, reached: last.shared == Reached::Others, changed, unsent: last.unsent }
}

/// The stamps of the files as they are.
pub(super) fn stamps(root: &Path) -> Stamps {
    shared_files(root).into_iter().map(|(path, _)| (path.clone(), stamp(root, &path))).collect()
}

fn stamp(root: &Path, path: &str) -> Stamp {
    let Ok(found) = fs::symlink_metadata(root.join(path)) else { return (0, 0) };
    let changed = found.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    (found.len(), changed.map_or(0, |at| u64::try_from(at.as_nanos()).unwrap_or(u64::MAX)))
}

/// Keeps what a sync left. Files that were changed while it ran stay as they were before it: they are not sent yet.
pub(super) fn keep(work: &Work<'_>, report: &Report, before: &Stamps) -> Result<(), Trouble> {
    let request = work.request;
    let mut stamps = stamps(request.root);
    for (path, stamp) in &mut stamps {
        if let Some(was) = before.get(path)
            && !report.arrived.contains(path)
        {
            *stamp = *was;
        }
    }
    stamps.retain(|path, _| before.contains_key(path) || report.arrived.contains(path));
    let shared = match report.way {
        Way::Shared => Reached::Others,
        Way::NoRemote | Way::Offline | Way::DryRun | Way::Kept(_) => Reached::ThisMachine,
    };
    let last = Last { at: request.now, shared, unsent: report.unsent, stamps };
    let folder = request.local.workspace(request.root, &request.config.id);
    let refused = |e: std::io::Error| Trouble::system(Doing::WriteTo, &folder, &e);
    let text = storage::encode(&last).map_err(|e| refused(std::io::Error::other(e)))?;
    storage::replace_private(&folder.join(FILE), Some(&text)).map_err(refused)
}
