//! Two versions of the strategy in one place: files changed outside, marks that git left, copies that a sync program left.
//!
//! What is settled is edited into the text that is there, so that its comments stay; and every text that is replaced is kept
//! aside first, in the folder of local state.

use std::path::{Path, PathBuf};

use crate::insight::merge::{Answer, Merge, Met};
use crate::model::problem::Problem;
use crate::model::register::Kind;
use crate::model::strategy::Strategy;
use crate::model::workspace::Part;

use super::alone::alone;
use super::codec::decode;
use super::disk::Existing;
use super::error::StorageError;
use super::journal::write_private;
use super::layout;
use super::publish::publish;
use super::save::save_strategy;
use super::source::{self, NoText};
use super::splice;

/// The strategy files.
const PARTS: [Part; 3] = [Part::NorthStar, Part::Goals, Part::Kpis];

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

fn misfit(root: &Path, why: &crate::insight::merge::Unsettled) -> StorageError {
    StorageError::Refused { path: root.join("strategy"), why: why.to_string() }
}

/// The strategy as its files say now; a file that is not there is empty.
fn read(root: &Path) -> Result<Strategy, StorageError> {
    let mut strategy = Strategy::default();
    for part in PARTS {
        let relative = Path::new(part.label());
        match source::read(root, relative) {
            Ok(text) => put(&mut strategy, part, &text)?,
            Err(NoText::Missing) => {}
            Err(other) => return Err(other.into_error(root, relative)),
        }
    }
    for kind in Kind::ALL {
        let relative = Path::new(kind.row().file);
        match source::read(root, relative) {
            Ok(text) => strategy.cards.extend(super::load::cards(*kind, &text).map_err(first)?),
            Err(NoText::Missing) => {}
            Err(other) => return Err(other.into_error(root, relative)),
        }
    }
    Ok(strategy)
}

/// The first of some problems as an error.
fn first(problems: Vec<Problem>) -> StorageError {
    let none = || Problem::of_file("registers", "a file could not be read", "look at it with `truenorth check`");
    problems.into_iter().next().unwrap_or_else(none).into()
}

/// Puts what a text says into its part of a strategy. A part that is no strategy file stays.
fn put(into: &mut Strategy, part: Part, text: &str) -> Result<(), Problem> {
    let relative = Path::new(part.label());
    let text = source::text(relative, text.as_bytes().to_vec()).map_err(|e| e.into_problem(relative))?;
    match part {
        Part::NorthStar => into.north_star = decode(relative, &text)?,
        Part::Goals => into.goals = decode(relative, &text)?,
        Part::Kpis => into.kpis = decode(relative, &text)?,
        Part::Registers | Part::CheckIns | Part::Latest | Part::LastQuarter => {}
    }
    Ok(())
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
pub fn merge_texts(part: Part, base: Option<&str>, mine: &str, theirs: &str) -> Result<Merge<Strategy>, Box<Problem>> {
    let of = |text: &str| -> Result<Strategy, Problem> {
        let mut strategy = Strategy::default();
        put(&mut strategy, part, text)?;
        Ok(strategy)
    };
    Ok(Merge::three_way(base.map(of).transpose()?, of(mine)?, of(theirs)?))
}

/// The text of a strategy file, edited from what it says to what was settled: comments and layout stay.
///
/// # Errors
/// Why the edit cannot be made without harm.
pub fn settled_text(part: Part, text: &str, was: &Strategy, settled: &Strategy) -> Result<String, String> {
    match part {
        Part::NorthStar => splice::edit(text, &was.north_star, &settled.north_star),
        Part::Goals => splice::edit(text, &was.goals, &settled.goals),
        Part::Kpis => splice::edit(text, &was.kpis, &settled.kpis),
        Part::Registers | Part::CheckIns | Part::Latest | Part::LastQuarter => Err("it is no strategy file".to_owned()),
    }
}

/// The first place in the strategy files where two versions wait for somebody to settle them: a file with git's marks, else a
/// copy that a sync program or a file manager left and that says something else. `None` when there is none.
///
/// # Errors
/// When the versions there cannot be read.
pub fn to_settle(root: &Path) -> Result<Option<(Met, Merge<Strategy>)>, StorageError> {
    for part in PARTS {
        let Ok(text) = source::read_exactly(root, Path::new(part.label())) else { continue };
        if let Some(Versions { base, mine, theirs }) = split(&text) {
            let merge = merge_texts(part, base.as_deref(), &mine, &theirs).map_err(|problem| *problem)?;
            return Ok(Some((Met::Marked(part), merge)));
        }
    }
    for (part, copy) in copies(root) {
        let both = source::read(root, Path::new(part.label())).ok().zip(source::read(root, &copy).ok());
        let Some((mine, theirs)) = both else { continue };
        let Ok(merge) = merge_texts(part, None, &mine, &theirs) else { continue };
        if !merge.differences.is_empty() {
            return Ok(Some((Met::Copy(copy), merge)));
        }
    }
    Ok(None)
}

/// The copies of strategy files that lie beside them.
pub(super) fn copies(root: &Path) -> Vec<(Part, PathBuf)> {
    let folder = Path::new("strategy");
    let names = source::names(root, folder).unwrap_or_default();
    let part = |original: &str| PARTS.into_iter().find(|p| Path::new(p.label()) == folder.join(original));
    let of = |name: String| Some((part(&layout::original_of(&name)?)?, folder.join(name)));
    names.into_iter().filter_map(of).collect()
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
        Met::Copy(_) => {
            // Only the part that the copy is of was held against it: the others stay as they are.
            let now = read(root)?;
            let mut new = now.clone();
            let part = part_of(met);
            if !same(part, &now, &merge.mine) {
                return Err(StorageError::Changed { path: root.join(part.label()) });
            }
            take(part, &mut new, settled);
            let kept = keep_changed(root, aside, &now, &new)?;
            save_strategy(root, &now, &new).map(|()| kept)
        }
        Met::Marked(part) => settle_marked(root, aside, *part, merge, settled),
        // The sync that goes on with it writes it.
        Met::Shared => Ok(Vec::new()),
    }
}

fn settle_marked(
    root: &Path,
    aside: &Path,
    part: Part,
    merge: &Merge<Strategy>,
    settled: &Strategy,
) -> Result<Vec<PathBuf>, StorageError> {
    let relative = Path::new(part.label());
    let changed = || StorageError::Changed { path: root.join(relative) };
    alone(root, || {
        let was = source::read_exactly(root, relative).map_err(|e| e.into_error(root, relative))?;
        let versions = split(&was).ok_or_else(changed)?;
        let now = merge_texts(part, versions.base.as_deref(), &versions.mine, &versions.theirs);
        let now = now.map_err(|problem| StorageError::from(*problem))?;
        if now.mine != merge.mine || now.theirs != merge.theirs {
            return Err(changed());
        }
        // Onto the version with more in common with what was settled: fewer comments have to be left behind.
        let onto =
            if *settled == merge.mine { (&versions.mine, &merge.mine) } else { (&versions.theirs, &merge.theirs) };
        let text = settled_text(part, onto.0, onto.1, settled)
            .map_err(|why| StorageError::Refused { path: root.join(relative), why })?;
        let kept = keep(aside, relative, &was)?;
        publish(root, relative, &text, Existing::Replace).map(|_| vec![kept])
    })
}

fn part_of(met: &Met) -> Part {
    let original = |copy: &PathBuf| layout::original_of(&copy.file_name()?.to_string_lossy());
    match met {
        Met::Marked(part) => *part,
        Met::Copy(copy) => {
            let name = original(copy).map(|o| Path::new("strategy").join(o));
            PARTS.into_iter().find(|p| Some(Path::new(p.label())) == name.as_deref()).unwrap_or(Part::Goals)
        }
        Met::Outside | Met::Shared => Part::Goals,
    }
}

fn same(part: Part, a: &Strategy, b: &Strategy) -> bool {
    match part {
        Part::NorthStar => a.north_star == b.north_star,
        Part::Goals => a.goals == b.goals,
        Part::Kpis => a.kpis == b.kpis,
        Part::Registers => a.cards == b.cards,
        Part::CheckIns | Part::Latest | Part::LastQuarter => true,
    }
}

fn take(part: Part, into: &mut Strategy, from: &Strategy) {
    match part {
        Part::NorthStar => into.north_star = from.north_star.clone(),
        Part::Goals => into.goals = from.goals.clone(),
        Part::Kpis => into.kpis = from.kpis.clone(),
        Part::Registers => into.cards = from.cards.clone(),
        Part::CheckIns | Part::Latest | Part::LastQuarter => {}
    }
}

/// Keeps the texts aside that an edit of the strategy will change.
fn keep_changed(root: &Path, aside: &Path, old: &Strategy, new: &Strategy) -> Result<Vec<PathBuf>, StorageError> {
    let mut kept = Vec::new();
    for part in PARTS.into_iter().filter(|p| !same(*p, old, new)) {
        let relative = Path::new(part.label());
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
    write_private(&path, text.as_bytes()).map_err(StorageError::io("write", &path))?;
    Ok(path)
}
