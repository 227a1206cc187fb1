//! Two versions of the strategy in one place: files changed outside, marks that git left, copies that a sync program left.
//!
//! What is settled is edited into the text that is there, so that its comments stay; and every text that is replaced is kept
//! aside first, in the folder of local state.

use std::path::{Path, PathBuf};

use crate::insight::merge::{Answer, Difference, Merge, Met};
use crate::model::problem::Problem;
use crate::model::strategy::Strategy;
use crate::model::workspace::Config;

use super::alone::alone;
use super::disk::Existing;
use super::error::{Doing, StorageError};
use super::journal::write_private;
use super::layout;
use super::publish::publish;
use super::save::{save_config, save_strategy};
use super::source::{self, NoText};
use super::strategy_file::StrategyFile;

/// How often one tries again when the files change between reading and writing.
const TRIES: usize = 3;

/// What became of a change of the strategy.
#[derive(Debug, Clone)]
pub enum Saved {
    /// It is in the files.
    AsAsked,
    /// It is in the files together with what was changed there meanwhile: nothing clashed. What the files say now.
    Joined(Box<Merge<Strategy>>, Box<Strategy>),
    /// Nothing was written: what was changed meanwhile clashes with it.
    Clash(Box<Merge<Strategy>>),
}

/// Saves a change of the strategy, and where the files were changed meanwhile, puts it onto what they say now.
///
/// # Errors
/// As [`save_strategy`]; also when the files cannot be read any more.
pub fn save_or_merge(root: &Path, old: &Strategy, new: &Strategy) -> Result<Saved, StorageError> {
    match save_strategy(root, old, new) {
        Ok(()) => return Ok(Saved::AsAsked),
        Err(StorageError::Changed { .. }) => {}
        Err(e) => return Err(e),
    }
    let mut tries = 0;
    loop {
        tries += 1;
        let theirs = read(root)?;
        let merge = Merge::three_way(Some(old.clone()), new.clone(), theirs);
        if merge.clashes().next().is_some() {
            return Ok(Saved::Clash(Box::new(merge)));
        }
        let settled = merge.all(Answer::Mine).map_err(|e| misfit(root, &e))?;
        match save_strategy(root, &merge.theirs, &settled) {
            Ok(()) => return Ok(Saved::Joined(Box::new(merge), Box::new(settled))),
            Err(StorageError::Changed { .. }) if tries < TRIES => {}
            Err(e) => return Err(e),
        }
    }
}

/// Saves a change of `truenorth.ron`, and where the file was changed meanwhile, puts it onto what it says now. Returns what it
/// says then.
///
/// # Errors
/// As [`save_config`]; [`StorageError::Refused`] names what both changed, and nothing was written then.
pub fn save_or_merge_config(root: &Path, old: &Config, new: &Config) -> Result<Config, StorageError> {
    let mut tries = 0;
    let (mut base, mut wanted) = (old.clone(), new.clone());
    loop {
        tries += 1;
        match save_config(root, &base, &wanted) {
            Ok(()) => return Ok(wanted),
            Err(StorageError::Changed { .. }) if tries < TRIES => {}
            Err(e) => return Err(e),
        }
        let (theirs, _) = super::load::config(root)?;
        let refused = |why: String| StorageError::Refused { path: root.join(layout::CONFIG), why };
        let merge = Merge::three_way(Some(old.clone()), new.clone(), theirs);
        if let Some(clash) = merge.clashes().next() {
            let Difference { record, field, mine, theirs, .. } = clash;
            let place = if field.is_empty() { record.clone() } else { say!("{field} of {record}", field, record) };
            return Err(refused(say!(
                "it was changed meanwhile, and says “{theirs}” for {place} where you say “{mine}”",
                theirs,
                place,
                mine
            )));
        }
        wanted = merge.all(Answer::Mine).map_err(|e| refused(e.to_string()))?;
        base = merge.theirs;
    }
}

fn misfit(root: &Path, why: &crate::insight::merge::Unsettled) -> StorageError {
    StorageError::Refused { path: root.join("strategy"), why: why.to_string() }
}

/// The strategy as its files say now; a file that is not there is empty.
fn read(root: &Path) -> Result<Strategy, StorageError> {
    let mut strategy = Strategy::default();
    for file in StrategyFile::all() {
        let relative = Path::new(file.path());
        match source::read(root, relative) {
            Ok(text) => file.put(&mut strategy, &text)?,
            Err(NoText::Missing) => {}
            Err(other) => return Err(other.into_error(root, relative)),
        }
    }
    Ok(strategy)
}

/// The versions in a text with git's marks, each a whole text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versions {
    /// What both grew out of, where git was told to leave it (`merge.conflictStyle = diff3`).
    pub base: Option<String>,
    /// The version that git calls ours: above the `=======`.
    pub mine: String,
    /// The version that git calls theirs: below it.
    pub theirs: String,
}

/// Takes a text with git's marks (`<<<<<<<`, `|||||||`, `=======`, `>>>>>>>`) apart; `None` when it has none, or they do not fit
/// together.
#[must_use]
pub fn split(text: &str) -> Option<Versions> {
    #[derive(Clone, Copy, PartialEq)]
    enum In {
        Common,
        Mine,
        Base,
        Theirs,
    }
    let (mut at, mut marks, mut with_base) = (In::Common, 0, 0);
    let [mut base, mut mine, mut theirs] = [const { String::new() }; 3];
    for line in text.split_inclusive('\n') {
        let mark = line.trim_end();
        let is = |m: &str| mark == m || mark.strip_prefix(m).is_some_and(|rest| rest.starts_with(' '));
        at = match at {
            In::Common if is("<<<<<<<") => In::Mine,
            In::Mine if is("|||||||") => {
                with_base += 1;
                In::Base
            }
            In::Mine | In::Base if mark == "=======" => In::Theirs,
            In::Theirs if is(">>>>>>>") => {
                marks += 1;
                In::Common
            }
            here => {
                // A mark where none belongs: one conflict inside another, or one that was half settled by hand.
                if is("<<<<<<<") || is(">>>>>>>") {
                    return None;
                }
                if matches!(here, In::Common | In::Base) {
                    base.push_str(line);
                }
                if matches!(here, In::Common | In::Mine) {
                    mine.push_str(line);
                }
                if matches!(here, In::Common | In::Theirs) {
                    theirs.push_str(line);
                }
                here
            }
        };
    }
    let base = (with_base == marks).then_some(base);
    (at == In::Common && marks > 0).then_some(Versions { base, mine, theirs })
}

/// Holds the versions of one strategy file against each other: `base` is what both grew out of, where it is known.
///
/// # Errors
/// The first problem of a text that cannot be read, at its place in that text.
pub fn merge_texts(
    file: StrategyFile,
    base: Option<&str>,
    mine: &str,
    theirs: &str,
) -> Result<Merge<Strategy>, Box<Problem>> {
    let of = |text: &str| -> Result<Strategy, Problem> {
        let mut strategy = Strategy::default();
        file.put(&mut strategy, text)?;
        Ok(strategy)
    };
    Ok(Merge::three_way(base.map(of).transpose()?, of(mine)?, of(theirs)?))
}

/// The text of a strategy file, edited from what it says to what was settled: comments and layout stay.
///
/// # Errors
/// Why the edit cannot be made without harm.
pub fn settled_text(file: StrategyFile, text: &str, was: &Strategy, settled: &Strategy) -> Result<String, String> {
    file.edit(text, was, settled)
}

/// The first place in the strategy files where two versions wait for somebody to settle them: a file with git's marks, else a
/// copy that a sync program or a file manager left and that says something else. `None` when there is none.
///
/// # Errors
/// When the versions there cannot be read.
pub fn to_settle(root: &Path) -> Result<Option<(Met, Merge<Strategy>)>, StorageError> {
    for file in StrategyFile::all() {
        let Ok(text) = source::read_exactly(root, Path::new(file.path())) else { continue };
        if let Some(Versions { base, mine, theirs }) = split(&text) {
            let merge = merge_texts(file, base.as_deref(), &mine, &theirs).map_err(|problem| *problem)?;
            return Ok(Some((Met::Marked(file.path()), merge)));
        }
    }
    for (file, copy) in copies(root) {
        let both = source::read(root, Path::new(file.path())).ok().zip(source::read(root, &copy).ok());
        let Some((mine, theirs)) = both else { continue };
        let Ok(merge) = merge_texts(file, None, &mine, &theirs) else { continue };
        if !merge.differences.is_empty() {
            return Ok(Some((Met::Copy(copy), merge)));
        }
    }
    Ok(None)
}

/// The copies of strategy files that lie beside them.
pub(super) fn copies(root: &Path) -> Vec<(StrategyFile, PathBuf)> {
    let beside = |folder: &'static str| {
        let names = source::names(root, Path::new(folder)).unwrap_or_default();
        names.into_iter().map(move |name| Path::new(folder).join(name))
    };
    let copies = [layout::STRATEGY, layout::REGISTERS].into_iter().flat_map(beside);
    copies.filter_map(|copy| Some((copied(&copy)?, copy))).collect()
}

/// The file that a copy is of, by their names.
fn copied(copy: &Path) -> Option<StrategyFile> {
    let original = copy.with_file_name(layout::original_of(&copy.file_name()?.to_string_lossy())?);
    StrategyFile::all().find(|file| Path::new(file.path()) == original)
}

/// Writes what was settled. Each text that is replaced is kept in the folder `aside` first; returns where.
///
/// # Errors
/// [`StorageError::Changed`] when what met there is no longer what was settled, and nothing was written then; when a text cannot
/// be kept aside or edited without harm; else as [`save_strategy`].
pub fn settle(
    root: &Path,
    aside: &Path,
    met: &Met,
    merge: &Merge<Strategy>,
    settled: &Strategy,
) -> Result<Vec<PathBuf>, StorageError> {
    match met {
        Met::Outside => {
            let kept = keep_changed(root, aside, &merge.theirs, settled)?;
            save_strategy(root, &merge.theirs, settled).map(|()| kept)
        }
        Met::Copy(copy) => {
            // Only the file that the copy is of was held against it: the others stay as they are.
            let now = read(root)?;
            let mut new = now.clone();
            let file = copied(copy).filter(|file| file.is_same(&now, &merge.mine));
            let file = file.ok_or_else(|| StorageError::Changed { path: root.join(copy) })?;
            file.take(&mut new, settled);
            let kept = keep_changed(root, aside, &now, &new)?;
            save_strategy(root, &now, &new).map(|()| kept)
        }
        Met::Marked(path) => {
            let file = StrategyFile::all().find(|file| file.path() == *path);
            let file = file.ok_or_else(|| StorageError::Changed { path: root.join(path) })?;
            settle_marked(root, aside, file, merge, settled)
        }
        // The sync that goes on with it writes it.
        Met::Shared => Ok(Vec::new()),
    }
}

fn settle_marked(
    root: &Path,
    aside: &Path,
    file: StrategyFile,
    merge: &Merge<Strategy>,
    settled: &Strategy,
) -> Result<Vec<PathBuf>, StorageError> {
    let relative = Path::new(file.path());
    let changed = || StorageError::Changed { path: root.join(relative) };
    alone(root, || {
        let was = source::read_exactly(root, relative).map_err(|e| e.into_error(root, relative))?;
        let versions = split(&was).ok_or_else(changed)?;
        let now = merge_texts(file, versions.base.as_deref(), &versions.mine, &versions.theirs);
        let now = now.map_err(|problem| StorageError::from(*problem))?;
        if now.mine != merge.mine || now.theirs != merge.theirs {
            return Err(changed());
        }
        // Onto the version with more in common with what was settled: fewer comments have to be left behind.
        let onto =
            if *settled == merge.mine { (&versions.mine, &merge.mine) } else { (&versions.theirs, &merge.theirs) };
        let text = file
            .edit(onto.0, onto.1, settled)
            .map_err(|why| StorageError::Refused { path: root.join(relative), why })?;
        let kept = keep(aside, relative, &was)?;
        publish(root, relative, &text, Existing::Replace).map(|_| vec![kept])
    })
}

/// Keeps the texts aside that an edit of the strategy will change.
fn keep_changed(root: &Path, aside: &Path, old: &Strategy, new: &Strategy) -> Result<Vec<PathBuf>, StorageError> {
    let mut kept = Vec::new();
    for file in StrategyFile::all().filter(|file| !file.is_same(old, new)) {
        let relative = Path::new(file.path());
        if let Ok(text) = source::read_exactly(root, relative) {
            kept.push(keep(aside, relative, &text)?);
        }
    }
    Ok(kept)
}

/// Keeps a text in a folder, under a name that tells the same text from another.
fn keep(aside: &Path, relative: &Path, text: &str) -> Result<PathBuf, StorageError> {
    let stem = relative.file_stem().unwrap_or_default().to_string_lossy();
    let path = aside.join(format!("{stem}-{:08x}.ron", crc32fast::hash(text.as_bytes())));
    write_private(&path, text.as_bytes()).map_err(StorageError::io(Doing::Write, &path))?;
    Ok(path)
}
