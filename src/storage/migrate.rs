//! Bringing a workspace of an older format to the current one: only when asked, and with a copy of every file that changes.
//!
//! Format 1 is the first, so the chain is empty. A step is a change of texts, so that comments and layout stay; it leaves a text
//! alone that it has changed before, so that a migration which was cut off goes on when it is asked for again.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::model::workspace::SCHEMA;

use super::alone::alone;
use super::codec::decode;
use super::disk::Existing;
use super::error::StorageError;
use super::layout::{CHECK_INS, CONFIG, DRAFTS, GOALS, KPIS, NORTH_STAR, QUARTERS, READINGS, SNAPSHOTS, is_ignored};
use super::publish::publish;
use super::source::{self, NoText};

/// Leads from one format to the next: gives the new text of the file at a path, or why it cannot.
pub(super) type Step = fn(&Path, &str) -> Result<String, String>;

/// The steps in their order: the first leads from format 1 to 2.
const CHAIN: &[Step] = &[];

/// Whether files are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Migrating {
    /// They are.
    Really,
    /// It is only told which would be.
    DryRun,
}

/// What a migration did, or would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migration {
    /// The format that `truenorth.ron` was of.
    pub from: u32,
    /// The current format.
    pub to: u32,
    /// The files that changed, by their paths in the workspace.
    pub files: Vec<PathBuf>,
    /// The folder inside the workspace with the files as they were; it is never read.
    pub copies: PathBuf,
}

/// Brings a workspace to the current format. One that is of it already is left alone.
///
/// # Errors
/// When the workspace is of a newer format, a file cannot be read or changed, or the disk refuses. All texts are worked out
/// before the first is written, and `truenorth.ron` is written last: until then it is a workspace of the old format.
pub fn migrate(root: &Path, migrating: Migrating) -> Result<Migration, StorageError> {
    migrate_by(root, CHAIN, SCHEMA, migrating)
}

/// As [`migrate`], by a chain that leads to the format `to`.
pub(super) fn migrate_by(
    root: &Path,
    chain: &[Step],
    to: u32,
    migrating: Migrating,
) -> Result<Migration, StorageError> {
    alone(root, || {
        let from = schema(root)?;
        let copies = PathBuf::from(format!(".before-schema-{to}"));
        if from > to {
            return Err(StorageError::NewerSchema { path: root.join(CONFIG), found: from, known: to });
        }
        let steps = chain.get(from.saturating_sub(1) as usize..).unwrap_or_default();
        let mut changes = Vec::new();
        for relative in files(root)? {
            let old = source::read_exactly(root, &relative).map_err(|e| e.into_error(root, &relative))?;
            let new = steps.iter().try_fold(old.clone(), |text, step| step(&relative, &text));
            let new = new.map_err(|why| StorageError::Refused { path: root.join(&relative), why })?;
            if new != old {
                changes.push((relative, old, new));
            }
        }
        if migrating == Migrating::Really {
            for (relative, old, _) in &changes {
                match publish(root, &copies.join(relative), old, Existing::Keep) {
                    // A migration that was cut off kept it: what is there now may be half-way.
                    Ok(_) | Err(StorageError::Exists { .. }) => {}
                    Err(e) => return Err(e),
                }
            }
            for (relative, _, new) in &changes {
                publish(root, relative, new, Existing::Replace)?;
            }
        }
        let files = changes.into_iter().map(|(relative, ..)| relative).collect();
        Ok(Migration { from, to, files, copies })
    })
}

/// The format that `truenorth.ron` says it is of.
fn schema(root: &Path) -> Result<u32, StorageError> {
    #[derive(Deserialize)]
    struct Probe {
        schema: u32,
    }
    let relative = Path::new(CONFIG);
    let text = source::read(root, relative).map_err(|e| match e {
        NoText::Missing => StorageError::NotAWorkspace { path: root.to_path_buf() },
        other => other.into_error(root, relative),
    })?;
    Ok(decode::<Probe>(relative, &text)?.schema)
}

/// Every file of ours that is there; `truenorth.ron` is the last.
fn files(root: &Path) -> Result<Vec<PathBuf>, StorageError> {
    let names = |folder: &Path| -> Result<Vec<PathBuf>, StorageError> {
        let names = source::names(root, folder).map_err(|e| NoText::Io(e).into_error(root, folder))?;
        Ok(names.into_iter().filter(|n| !is_ignored(n)).map(|n| folder.join(n)).collect())
    };
    let mut all: Vec<PathBuf> = [NORTH_STAR, GOALS, KPIS].into_iter().map(PathBuf::from).collect();
    for week in names(Path::new(CHECK_INS))? {
        all.extend(names(&week)?);
    }
    for folder in [SNAPSHOTS, QUARTERS, DRAFTS, READINGS] {
        all.extend(names(Path::new(folder))?);
    }
    all.push(PathBuf::from(CONFIG));
    let is_there = |relative: &PathBuf| !matches!(source::regular_file(root, relative), Err(NoText::Missing));
    all.retain(|relative| relative.extension().is_some_and(|e| e == "ron") && is_there(relative));
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::super::tests::watch::{Fault, Lasting, watching};
    use super::super::tests::{Shop, sealed};
    use super::*;
    use crate::storage::{check, seal};

    /// A format that calls the title of a goal its name, for the test.
    fn rename(relative: &Path, text: &str) -> Result<String, String> {
        let text = text.replacen("schema: 1,", "schema: 2,", 1);
        Ok(if relative == Path::new(GOALS) { text.replace("title:", "called:") } else { text })
    }

    fn shop() -> Shop {
        let shop = Shop::new();
        seal(shop.root(), &sealed("2026-W46", 1, &shop.strategy())).unwrap();
        shop
    }

    #[test]
    fn a_workspace_of_the_current_format_is_left_alone() {
        let shop = shop();
        let before = shop.files();
        let done = migrate(shop.root(), Migrating::Really).unwrap();
        assert_eq!((done.from, done.to, done.files.len()), (SCHEMA, SCHEMA, 0));
        assert_eq!(shop.files(), before);
    }

    #[test]
    fn every_file_that_a_migration_changes_is_kept_as_it_was() {
        let shop = shop();
        let before = shop.files();
        let planned = migrate_by(shop.root(), &[rename], 2, Migrating::DryRun).unwrap();
        assert_eq!(shop.files(), before, "a dry run writes nothing");
        let done = migrate_by(shop.root(), &[rename], 2, Migrating::Really).unwrap();
        assert_eq!(done, planned);
        let changed = ["strategy/goals.ron", "snapshots/2026-W46.ron", "truenorth.ron"];
        assert_eq!(done.files, changed.map(PathBuf::from));
        for (path, bytes) in &before {
            let relative = path.strip_prefix(shop.root()).unwrap();
            let kept = shop.at(done.copies.join(relative).to_str().unwrap());
            assert_eq!(std::fs::read(&kept).is_ok_and(|b| b == *bytes), done.files.contains(&relative.to_path_buf()));
        }
        assert!(shop.read("strategy/goals.ron").contains("called: \"Orders\", // short on purpose"));
        assert!(matches!(migrate(shop.root(), Migrating::Really), Err(StorageError::NewerSchema { found: 2, .. })));
        assert_eq!(migrate_by(shop.root(), &[rename], 2, Migrating::Really).unwrap().files, [""; 0].map(PathBuf::from));
    }

    #[test]
    fn a_migration_that_is_cut_off_anywhere_goes_on_when_it_is_asked_for_again() {
        let whole = shop();
        migrate_by(whole.root(), &[rename], 2, Migrating::Really).unwrap();
        let files = |shop: &Shop| -> Vec<_> {
            let below = |(path, bytes): (PathBuf, _)| (path.strip_prefix(shop.root()).unwrap().to_path_buf(), bytes);
            shop.files().into_iter().map(below).collect()
        };
        for nth in 0.. {
            let shop = shop();
            let fault = Fault { nth, lasting: Lasting::FromThenOn, errno: 28 };
            let cut = watching(Some(fault), || migrate_by(shop.root(), &[rename], 2, Migrating::Really));
            if cut.asked <= nth {
                assert!(nth > 20, "{nth} steps");
                break;
            }
            assert!(cut.result.is_err());
            migrate_by(shop.root(), &[rename], 2, Migrating::Really).unwrap();
            assert_eq!(files(&shop), files(&whole), "cut off at step {nth}");
        }
    }

    #[test]
    fn copies_of_a_migration_are_never_read_as_data() {
        let shop = shop();
        shop.write(".before-schema-2/strategy/goals.ron", b"broken");
        assert_eq!(check(shop.root()).unwrap().problems, []);
    }
}
