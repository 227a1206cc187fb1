//! What other workspaces passed on: a file each, written once by the one who passes it on, and beside it the answer, written
//! once where it arrived. So two people's work never touches the same file.

use std::path::{Path, PathBuf};

use crate::model::id::{WorkspaceId, check_id};
use crate::model::passed::{Arrived, Passed, PassedAnswer};
use crate::model::problem::Problem;
use crate::model::week::Week;

use super::disk::Existing;
use super::error::{Doing, StorageError};
use super::layout::{self, PASSED};
use super::load::{unknown_file, versioned};
use super::publish::publish;
use super::save::proven;
use super::source::{self, NoText};

/// What the names of these files look like.
pub(super) const RULE: &str =
    term!("what was passed on is named 2026-W47-bakery-oven.ron, its answer 2026-W47-bakery-oven.answer.ron");

/// How many weeks back what was passed on and answered is still told.
pub(super) const WEEKS: i32 = 13;

/// A name in the folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name<'n> {
    /// Something that arrived, by its key and the week it was passed on in.
    Arrived(&'n str, Week),
    /// The answer to what has this key.
    Answer(&'n str, Week),
}

/// What a name stands for; only the spelling that we write counts.
pub(super) fn name_of(name: &str) -> Option<Name<'_>> {
    let stem = name.strip_suffix(".ron")?;
    let (key, is_answer) = stem.strip_suffix(".answer").map_or((stem, false), |key| (key, true));
    let (week, words) = key.split_at_checked(8)?;
    let parsed: Week = week.parse().ok()?;
    let words = words.strip_prefix('-')?;
    let plain = words.split('-').all(|w| w.is_empty() || check_id(&format!("x{w}")).is_ok());
    let sound = parsed.to_string() == week && !words.is_empty() && plain && words.contains('-');
    sound.then_some(if is_answer { Name::Answer(key, parsed) } else { Name::Arrived(key, parsed) })
}

/// What waits for an answer, oldest first, and what is wrong with what could not be read. Names tell what was answered: nothing
/// of that is read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Waiting {
    /// What waits.
    pub waiting: Vec<Passed>,
    /// What is wrong.
    pub problems: Vec<Problem>,
}

/// What was passed on to a workspace and waits for an answer.
#[must_use]
pub fn passed(root: &Path) -> Waiting {
    let (arrived, problems) = read(root, |_, is_answered| !is_answered);
    Waiting { waiting: arrived.into_iter().map(|a| a.passed).collect(), problems }
}

/// What was passed on and waits, and what was passed on in a week or later with its answer; oldest first.
#[must_use]
pub fn passed_since(root: &Path, week: Week) -> (Vec<Arrived>, Vec<Problem>) {
    read(root, |of, is_answered| !is_answered || of >= week)
}

fn read(root: &Path, wanted: impl Fn(Week, bool) -> bool) -> (Vec<Arrived>, Vec<Problem>) {
    let names = match source::names(root, Path::new(PASSED)) {
        Ok(names) => names,
        Err(e) => return (Vec::new(), vec![NoText::Io(e).into_problem(Path::new(PASSED))]),
    };
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    for name in names.iter().filter(|n| !layout::is_ignored(n)) {
        let relative = Path::new(PASSED).join(name);
        match name_of(name) {
            None => problems.push(unknown_file(root, &relative, RULE)),
            Some(Name::Answer(..)) => {}
            Some(Name::Arrived(key, week)) => {
                let answer = format!("{key}.answer.ron");
                let is_answered = names.binary_search(&answer).is_ok();
                if !wanted(week, is_answered) {
                    continue;
                }
                match read_both(root, &relative, is_answered.then(|| Path::new(PASSED).join(answer))) {
                    Ok(arrived) => found.push(arrived),
                    Err(problem) => problems.push(problem),
                }
            }
        }
    }
    (found, problems)
}

fn read_both(root: &Path, relative: &Path, answer: Option<PathBuf>) -> Result<Arrived, Problem> {
    let passed = read_passed(root, relative)?;
    Ok(Arrived { passed, answer: answer.map(|path| read_answer(root, &path)).transpose()? })
}

/// Reads what was passed on and holds it against its name.
pub(super) fn read_passed(root: &Path, relative: &Path) -> Result<Passed, Problem> {
    let text = source::read(root, relative).map_err(|e| e.into_problem(relative))?;
    let passed: Passed = versioned(relative, &text).map_err(|e| e.into_problem(relative, &text))?;
    let name = format!("{}.ron", passed.key());
    if relative.file_name().is_some_and(|n| n == name.as_str()) {
        return Ok(passed);
    }
    Err(Problem::of_file(relative, say!("what is in here belongs into {name}", name), say!("give the file that name")))
}

/// Reads an answer.
pub(super) fn read_answer(root: &Path, relative: &Path) -> Result<PassedAnswer, Problem> {
    let text = source::read(root, relative).map_err(|e| e.into_problem(relative))?;
    versioned(relative, &text).map_err(|e| e.into_problem(relative, &text))
}

/// Passes something on: into the folder of what arrives there, where `to` is a workspace; else into the file `to`, or under its
/// own name into the folder `to`, to be sent. Never overwrites. Returns the file.
///
/// # Errors
/// When `to` is the workspace that it comes from, something of that name is there already, or the disk refuses.
pub fn pass_on(to: &Path, passed: &Passed, own: &WorkspaceId) -> Result<PathBuf, StorageError> {
    let name = format!("{}.ron", passed.key());
    let (folder, relative) = if to.join(layout::CONFIG).is_file() {
        super::newer::refuse_to_write(to)?;
        let (there, _) = super::load::config(to)?;
        if &there.id == own {
            let why = say!("it is the workspace that this comes from").to_owned();
            return Err(StorageError::Refused { path: to.to_path_buf(), why });
        }
        (to.to_path_buf(), Path::new(PASSED).join(name))
    } else if to.is_dir() {
        (to.to_path_buf(), PathBuf::from(name))
    } else {
        let folder = to.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        (folder.to_path_buf(), PathBuf::from(to.file_name().unwrap_or_default()))
    };
    if !folder.is_dir() {
        let source = std::io::ErrorKind::NotFound.into();
        return Err(StorageError::Io { doing: Doing::WriteInto, path: folder, source });
    }
    let text = proven(&folder, &relative, passed)?;
    publish(&folder, &relative, &text, Existing::Keep).map(|_| folder.join(relative))
}

/// Answers what was passed on under this key. Never overwrites: the first answer holds. Returns the path inside `root`.
///
/// # Errors
/// When it was answered already, or the disk refuses.
pub fn answer_passed(root: &Path, key: &str, answer: &PassedAnswer) -> Result<PathBuf, StorageError> {
    let relative = Path::new(PASSED).join(format!("{key}.answer.ron"));
    let text = proven(root, &relative, answer)?;
    publish(root, &relative, &text, Existing::Keep)
}
