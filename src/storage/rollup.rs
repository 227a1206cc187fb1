//! Many workspaces at once: each is read by one thread, gives what a roll-up shows of it, and is let go before the thread takes the
//! next. So memory holds as many workspaces as there are cores, however many are rolled up. Writes nothing.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use chrono::NaiveDate;

use crate::insight::rollup::{Rollup, Summary, Unread};
use crate::model::problem::Problem;
use crate::model::snapshot::Snapshot;
use crate::model::strategy::Strategy;
use crate::model::tongue::Language;
use crate::model::week::Week;
use crate::model::workspace::{Config, SCHEMA};

use super::codec::decode;
use super::error::StorageError;
use super::layout::{self, GOALS, NORTH_STAR};
use super::load;
use super::passed::{WEEKS, passed_since};
use super::source::{self, NoText};
use super::syntax::{Down, locate_all};

/// The longest line that is kept to be shown with a problem, in bytes.
const LONGEST: usize = 200;

/// What the people of a workspace speak; none where that cannot be read.
#[must_use]
pub fn language(root: &Path) -> Option<Language> {
    super::load::config(root).ok().map(|(config, _)| config.language)
}

/// What the people of the first workspace that can be read speak; none where there is none.
#[must_use]
pub fn first_language(folders: &[PathBuf]) -> Option<Language> {
    teams_in(folders).0.iter().find_map(|root| language(root))
}

/// The workspaces that folders stand for: each that is one itself, else those right below it, by name. A folder that is named
/// twice counts once. The second list tells of folders that are, or hold, none.
#[must_use]
pub fn teams_in(folders: &[PathBuf]) -> (Vec<PathBuf>, Vec<Unread>) {
    let (mut found, mut unread, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for folder in folders {
        match workspaces(folder) {
            Ok(some) => found.extend(some.into_iter().filter(|f| seen.insert(f.canonicalize().unwrap_or(f.clone())))),
            Err(problem) => {
                unread.push(Unread { folder: folder.clone(), id: None, problems: vec![problem] });
            }
        }
    }
    (found, unread)
}

fn workspaces(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let is_one = |folder: &Path| folder.join(layout::CONFIG).symlink_metadata().is_ok();
    if is_one(folder) {
        return Ok(vec![folder.to_path_buf()]);
    }
    let entries = std::fs::read_dir(folder).map_err(|e| {
        let hint = say!("check the path, and that the folder can be read");
        Problem::of_file(folder, say!("the folder could not be read: {e}", e), hint)
    })?;
    let mut below: Vec<PathBuf> = entries.flatten().map(|e| e.path()).filter(|p| is_one(p)).collect();
    below.sort();
    if below.is_empty() {
        let hint = say!("name a folder with a truenorth.ron in it, or one that holds such folders");
        return Err(Problem::of_file(folder, say!("neither this folder nor one right below it is a workspace"), hint));
    }
    Ok(below)
}

/// The workspaces that these folders are or hold, beside each other.
#[must_use]
pub fn rollup(folders: &[PathBuf], today: impl Fn(&Config) -> NaiveDate + Sync) -> Rollup {
    let (found, mut unread) = teams_in(folders);
    let (summaries, broken) = gather(&found, today);
    unread.extend(broken);
    Rollup::of(summaries, unread)
}

/// What a roll-up shows of each of these workspaces, in their order, and of those that could not be read, why. `today` tells the
/// day in a workspace's time zone. Reads `truenorth.ron`, themes, goals, the newest snapshot and what was passed on: no other
/// week, and no check-in.
#[must_use]
pub fn gather(folders: &[PathBuf], today: impl Fn(&Config) -> NaiveDate + Sync) -> (Vec<Summary>, Vec<Unread>) {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some((at, folder)) = take(&next, folders) {
            done.push((at, one(folder, &today)));
        }
        done
    };
    let threads = thread::available_parallelism().map_or(1, usize::from).min(folders.len());
    let mut all: Vec<(usize, Result<Summary, Unread>)> = thread::scope(|scope| {
        // Where a thread cannot be started, this one does its part.
        let others: Vec<_> =
            (1..threads).filter_map(|_| thread::Builder::new().spawn_scoped(scope, work).ok()).collect();
        let mut all = work();
        all.extend(others.into_iter().filter_map(|other| other.join().ok()).flatten());
        all
    });
    all.sort_by_key(|(at, _)| *at);
    let (mut summaries, mut unread) = (Vec::new(), Vec::new());
    for (_, result) in all {
        match result {
            Ok(summary) => summaries.push(summary),
            Err(why) => unread.push(why),
        }
    }
    (summaries, unread)
}

fn take<'f>(next: &AtomicUsize, folders: &'f [PathBuf]) -> Option<(usize, &'f Path)> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    folders.get(at).map(|folder| (at, folder.as_path()))
}

/// One workspace. What a roll-up shows must all be sound: half of it would show gaps where there are none.
fn one(folder: &Path, today: &impl Fn(&Config) -> NaiveDate) -> Result<Summary, Unread> {
    let unread = |id, problems: Vec<Problem>| Unread { folder: folder.to_path_buf(), id, problems };
    let (config, newer) = load::config(folder).map_err(|e| unread(None, told(folder, e)))?;
    if let Some(found) = newer {
        // What a newer version means by what it wrote is not known here.
        let too_new = StorageError::NewerSchema { path: folder.join(layout::CONFIG), found, known: SCHEMA };
        return Err(unread(Some(config.id), told(folder, too_new)));
    }
    let mut problems = Vec::new();
    let mut keep = |problem: Problem| problems.push(problem);
    let north_star = read(folder, NORTH_STAR).and_then(|text| decode(Path::new(NORTH_STAR), &text));
    let goals = read(folder, GOALS).and_then(|text| decode(Path::new(GOALS), &text).map(|goals| (text, goals)));
    let today = today(&config);
    let (arrived, wrong) = passed_since(folder, Week::of(today).plus(-WEEKS));
    wrong.into_iter().for_each(&mut keep);
    let latest = newest(folder).map_err(&mut keep);
    let north_star = north_star.map_err(&mut keep);
    let goals = goals.map_err(&mut keep);
    match (north_star, goals, latest) {
        (Ok(north_star), Ok((text, goals)), Ok(latest)) if problems.is_empty() => {
            let strategy = Strategy { north_star, goals, ..Strategy::default() };
            let folder = folder.to_path_buf();
            let mut summary = Summary::of(folder, &config, &strategy, latest.as_ref(), &arrived, today);
            place(&mut summary, &text);
            Ok(summary)
        }
        _ => Err(unread(Some(config.id), problems.into_iter().map(|p| inside(folder, p)).collect())),
    }
}

fn read(root: &Path, relative: &str) -> Result<String, Problem> {
    source::read(root, Path::new(relative)).map_err(|e| e.into_problem(Path::new(relative)))
}

/// The newest sealed week. One that went between the look at the names and the reading was renamed or removed by somebody: the
/// names are looked at once more.
fn newest(root: &Path) -> Result<Option<Snapshot>, Problem> {
    for last_try in [false, true] {
        // Names that are not ours are for `check` to tell.
        let weeks = load::sealed(root, &mut Vec::new())?;
        let Some((week, revision)) = weeks.last_key_value() else { return Ok(None) };
        let relative = layout::snapshot_path(*week, *revision);
        match source::read_bytes(root, &relative) {
            Err(NoText::Missing) if !last_try => {}
            Err(other) => return Err(other.into_problem(&relative)),
            Ok(bytes) => return load::parse_snapshot(bytes, *week, *revision).map(Some),
        }
    }
    Ok(None)
}

/// Notes where each link is written. Only links that lead nowhere need it, and which those are is known only at the end.
fn place(summary: &mut Summary, text: &str) {
    let linked: Vec<usize> = (0..summary.goals.len()).filter(|at| summary.goals[*at].supports.is_some()).collect();
    if linked.is_empty() {
        return;
    }
    let paths: Vec<[Down; 2]> = linked.iter().map(|at| [Down::Item(*at), Down::Field("supports")]).collect();
    let places = locate_all(text, paths.iter().map(<[Down; 2]>::as_slice));
    let starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    for (at, offset) in linked.into_iter().zip(places) {
        let line = starts.partition_point(|start| *start <= offset).max(1);
        let start = starts[line - 1];
        let end = starts.get(line).map_or(text.len(), |next| next - 1);
        let Some(support) = &mut summary.goals[at].supports else { continue };
        let before = text.get(start..offset).unwrap_or_default();
        support.place = (line, 1 + before.chars().count());
        if end - start <= LONGEST {
            support.excerpt = text.get(start..end).unwrap_or_default().to_owned();
        }
    }
}

/// The same problem with a path that leads into the workspace.
fn inside(folder: &Path, problem: Problem) -> Problem {
    Problem { path: folder.join(&problem.path), ..problem }
}

/// Why a workspace cannot be opened, as problems of its files.
fn told(folder: &Path, error: StorageError) -> Vec<Problem> {
    if let StorageError::Bad(problems) = error {
        return problems.into_iter().map(|p| inside(folder, p)).collect();
    }
    // The words of storage end with the next step as a sentence of its own.
    let text = error.to_string();
    let (what, next) = text.rsplit_once(". ").unwrap_or((&text, ""));
    vec![Problem::of_file(folder.join(layout::CONFIG), what, next)]
}
