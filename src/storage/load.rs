//! Opening a workspace: only what the first picture needs, each broken file reported while the rest stays usable.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use serde::de::DeserializeOwned;

use crate::model::checkin::CheckIn;
use crate::model::id::MemberId;
use crate::model::import::ReadingsFile;
use crate::model::passed::Arrived;
use crate::model::problem::Problem;
use crate::model::quarter::Quarter;
use crate::model::quarterly::QuarterSnapshot;
use crate::model::register::{Card, Kind};
use crate::model::snapshot::Snapshot;
use crate::model::strategy::Strategy;
use crate::model::tongue::{count, word};
use crate::model::week::Week;
use crate::model::workspace::{Config, Part, SCHEMA, Workspace};

use super::codec::{decode, decode_list};
use super::error::StorageError;
use super::imports::imports_since;
use super::layout::{self, snapshot_path};
use super::newer;
use super::passed::{self, passed_since};
use super::source::{self, NoText};
use super::{quarters, refs, refs_cards};

/// The nearest folder upwards from `start` that holds a `truenorth.ron`.
#[must_use]
pub fn find_workspace(start: &Path) -> Option<PathBuf> {
    start.ancestors().find(|folder| folder.join(layout::CONFIG).is_file()).map(Path::to_path_buf)
}

/// Opens a workspace: the config, the strategy, the names of the sealed weeks, the newest of them, and the check-ins and
/// imports of the week that `week_of` picks, and what others passed on. Broken files land in the workspace's `problems` and `broken`.
///
/// # Errors
/// When there is no `truenorth.ron`, or it cannot be read.
pub fn open(root: &Path, week_of: impl FnOnce(&Config) -> Week) -> Result<Workspace, StorageError> {
    // What was sealed is as much to read as all the rest, and everybody waits for both.
    let (rest, sealed) = thread::scope(|scope| {
        let sealed = scope.spawn(|| Sealed::read(root));
        (Open::read(root, week_of), sealed.join())
    });
    let Open { config, strategy, check_ins, imports, passed, mut found, of_sent } = rest?;
    let Sealed { weeks, latest, quarters, last_quarter, found: noticed } =
        sealed.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    found.add(noticed);
    found.add(of_sent);
    let Findings { broken, problems, newer } = found;
    let root = root.to_path_buf();
    Ok(Workspace {
        root,
        config,
        strategy,
        weeks,
        latest,
        quarters,
        last_quarter,
        check_ins,
        imports,
        passed,
        broken,
        problems,
        newer,
    })
}

/// What reviews left: which weeks and quarters, and the newest of each.
struct Sealed {
    weeks: BTreeMap<Week, u32>,
    latest: Option<Arc<Snapshot>>,
    quarters: BTreeMap<Quarter, u32>,
    last_quarter: Option<Arc<QuarterSnapshot>>,
    found: Findings,
}

impl Sealed {
    fn read(root: &Path) -> Self {
        let mut found = Findings::default();
        let weeks = sealed(root, &mut found.problems).unwrap_or_else(|problem| {
            found.broken(Part::Latest, problem);
            BTreeMap::new()
        });
        let newest = weeks.last_key_value().and_then(|(week, revision)| {
            let read = latest(root, *week, *revision, &mut found);
            read.map_err(|problem| found.broken(Part::Latest, problem)).ok()
        });
        let (quarters, last_quarter) = quarters::newest(root, &mut found);
        Self { weeks, latest: newest.map(Arc::new), quarters, last_quarter, found }
    }
}

/// What can still change: who and what there is, and what members, tables and other workspaces sent, as far as this week may need
/// it.
struct Open {
    config: Config,
    strategy: Strategy,
    check_ins: Vec<CheckIn>,
    imports: Vec<ReadingsFile>,
    passed: Vec<Arrived>,
    /// Noticed in what stands, and in what was sent: what was sealed comes between them.
    found: Findings,
    of_sent: Findings,
}

impl Open {
    fn read(root: &Path, week_of: impl FnOnce(&Config) -> Week) -> Result<Self, StorageError> {
        let (config, newer) = config(root)?;
        let week = week_of(&config);
        let mut found = Findings { newer, ..Findings::default() };
        let strategy = strategy(root, &config, &mut found);
        let mut of_sent = Findings::default();
        let (check_ins, problems) = check_ins(root, week);
        for problem in problems {
            of_sent.broken(Part::CheckIns, problem);
        }
        let (imports, problems) = imports_since(root, week.monday());
        of_sent.problems.extend(problems);
        let (passed, problems) = passed_since(root, week.plus(-passed::WEEKS));
        of_sent.problems.extend(problems);
        Ok(Self { config, strategy, check_ins, imports, passed, found, of_sent })
    }
}

/// What was noticed while loading.
#[derive(Default)]
pub(super) struct Findings {
    broken: Vec<Part>,
    pub(super) problems: Vec<Problem>,
    /// The newest format among the files, where it is newer than this version knows.
    newer: Option<u32>,
}

impl Findings {
    /// Adds what was noticed elsewhere, after what is here.
    fn add(&mut self, other: Self) {
        let Self { broken, problems, newer } = other;
        self.broken.extend(broken);
        self.problems.extend(problems);
        self.newer = self.newer.max(newer);
    }

    pub(super) fn broken(&mut self, part: Part, problem: Problem) {
        if !self.broken.contains(&part) {
            self.broken.push(part);
        }
        self.problems.push(problem);
    }
}

/// Reads `truenorth.ron`, and tells its format where that is newer: it is read as far as it is known then.
pub(super) fn config(root: &Path) -> Result<(Config, Option<u32>), StorageError> {
    let relative = Path::new(layout::CONFIG);
    let text = source::read(root, relative).map_err(|e| match e {
        NoText::Missing => StorageError::NotAWorkspace { path: root.to_path_buf() },
        other => other.into_error(root, relative),
    })?;
    let too_new = |found| StorageError::NewerSchema { path: root.join(relative), found, known: SCHEMA };
    match versioned::<Config>(relative, &text) {
        Ok(config) => Ok((config, None)),
        Err(Unreadable::Newer(found)) => {
            newer::as_far_as_known(relative, &text).map(|config| (config, Some(found))).map_err(|_| too_new(found))
        }
        Err(Unreadable::Bad(problem)) => Err(problem.into()),
    }
}

/// Reads the newest sealed week; one of a newer format as far as it is known.
fn latest(root: &Path, week: Week, revision: u32, found: &mut Findings) -> Result<Snapshot, Problem> {
    let relative = snapshot_path(week, revision);
    let text = source::read(root, &relative).map_err(|e| e.into_problem(&relative))?;
    let snapshot: Snapshot = match versioned(&relative, &text) {
        Err(newer @ Unreadable::Newer(_)) => {
            let schema = newer.schema();
            let problem = newer.into_problem(&relative, &text);
            let known = newer::as_far_as_known(&relative, &text).map_err(|_| problem.clone())?;
            found.newer = found.newer.max(schema);
            found.problems.push(problem);
            known
        }
        read => read.map_err(|e| e.into_problem(&relative, &text))?,
    };
    named_as(&relative, &text, &snapshot, week, revision).map_or(Ok(snapshot), Err)
}

/// Why a text with a schema number gave no value.
pub(super) enum Unreadable {
    /// It is of a newer version.
    Newer(u32),
    /// It makes no sense.
    Bad(Problem),
}

impl Unreadable {
    /// The format, where it is a newer one.
    fn schema(&self) -> Option<u32> {
        match self {
            Self::Newer(found) => Some(*found),
            Self::Bad(_) => None,
        }
    }

    pub(super) fn into_problem(self, relative: &Path, text: &str) -> Problem {
        match self {
            Self::Bad(problem) => problem,
            Self::Newer(found) => source::at_offset(
                relative,
                text,
                super::syntax::locate(text, &[super::syntax::Down::Field("schema")]),
                say!("schema {found} is newer than this version knows, which is {schema}", found, schema = SCHEMA),
                say!("update truenorth; until then the file is left alone"),
            ),
        }
    }
}

/// A value that carries the number of the format it is written in.
pub(super) trait Versioned {
    fn schema(&self) -> u32;
}

macro_rules! versioned {
    ($($type:ty),*) => {$(impl Versioned for $type { fn schema(&self) -> u32 { self.schema } })*};
}
versioned!(
    Config,
    Snapshot,
    crate::model::quarterly::QuarterSnapshot,
    crate::model::import::ReadingsFile,
    crate::model::passed::Passed,
    crate::model::passed::PassedAnswer,
    crate::model::workspace::Draft
);

/// Reads a value that carries a schema number. The number is looked at first only where the rest cannot be read, as it
/// nearly always can.
pub(super) fn versioned<T: DeserializeOwned + Versioned>(relative: &Path, text: &str) -> Result<T, Unreadable> {
    match decode::<T>(relative, text) {
        Ok(value) if value.schema() > SCHEMA => Err(Unreadable::Newer(value.schema())),
        Ok(value) if value.schema() == 0 => Err(Unreadable::Bad(source::at_offset(
            relative,
            text,
            super::syntax::locate(text, &[super::syntax::Down::Field("schema")]),
            say!("there is no schema 0"),
            say!("write schema: {schema}", schema = SCHEMA),
        ))),
        Ok(value) => Ok(value),
        Err(problem) => match newer::schema_of(relative, text) {
            Some(schema) if schema > SCHEMA => Err(Unreadable::Newer(schema)),
            Some(_) | None => Err(Unreadable::Bad(problem)),
        },
    }
}

/// Reads the strategy and holds it against itself. References are looked at only where everything they lead to was read.
fn strategy(root: &Path, config: &Config, found: &mut Findings) -> Strategy {
    let (star_text, north_star) = part(root, Part::NorthStar, found);
    let (goals_text, goals) = part(root, Part::Goals, found);
    let (kpis_text, kpis) = part(root, Part::Kpis, found);
    let (texts, cards) = registers(root, found);
    let strategy = Strategy { north_star, goals, kpis, cards: cards.into() };
    let rule = term!("only files of the workspace's own belong here");
    found.problems.extend(super::conflict::copies(root).iter().map(|(_, copy)| unknown_file(root, copy, rule)));
    if found.broken.is_empty() {
        let around = refs::Around::from(config);
        let beside = refs_cards::Beside::of(&strategy, around, None);
        for (kind, text) in &texts {
            let mut faults = refs::Faults::default();
            beside.list(strategy.cards_of(*kind), &mut faults);
            found.problems.extend(faults.located(Path::new(kind.row().file), text));
        }
        for (part, text, faults) in [
            (Part::NorthStar, star_text, refs::north_star(&strategy.north_star)),
            (Part::Goals, goals_text, refs::goals(&strategy, around)),
            (Part::Kpis, kpis_text, refs::kpis(&strategy.kpis, around)),
        ] {
            found.problems.extend(faults.located(Path::new(part.label()), &text));
        }
    }
    strategy
}

/// The texts of the registers' files that are there, and all their cards.
fn registers(root: &Path, found: &mut Findings) -> (Vec<(Kind, String)>, Vec<Card>) {
    let (mut texts, mut all) = (Vec::new(), Vec::new());
    for kind in Kind::ALL {
        let relative = Path::new(kind.row().file);
        let read = match source::read(root, relative) {
            // A register that is not used has no file.
            Err(NoText::Missing) => continue,
            Err(other) => Err(vec![other.into_problem(relative)]),
            Ok(text) => cards(*kind, &text).map(|cards| (text, cards)),
        };
        match read {
            Ok((text, cards)) => {
                texts.push((*kind, text));
                all.extend(cards);
            }
            Err(problems) => problems.into_iter().for_each(|problem| found.broken(Part::Registers, problem)),
        }
    }
    (texts, all)
}

/// The cards of a register's file. One that belongs into another's makes the file one that is not understood: what is written
/// back into a file are the cards of its own register.
pub(super) fn cards(kind: Kind, text: &str) -> Result<Vec<Card>, Vec<Problem>> {
    let relative = Path::new(kind.row().file);
    let cards: Vec<Card> = decode_list(relative, text)?;
    let strays = refs_cards::strays(kind, &cards).located(relative, text);
    if strays.is_empty() { Ok(cards) } else { Err(strays) }
}

/// The text and the value of a part; both are empty where there is none.
fn part<T: DeserializeOwned + Default>(root: &Path, part: Part, found: &mut Findings) -> (String, T) {
    let relative = Path::new(part.label());
    match source::read(root, relative) {
        Ok(text) => match known(relative, &text, found.newer) {
            Ok(value) => return (text, value),
            Err(problem) => found.broken(part, problem),
        },
        // A file that was never there can be created; one that is there but unreadable must not be replaced.
        Err(NoText::Missing) => found.problems.push(NoText::Missing.into_problem(relative)),
        Err(other) => found.broken(part, other.into_problem(relative)),
    }
    (String::new(), T::default())
}

/// Reads a value that carries no number of its own: the format of `truenorth.ron` holds for it.
pub(super) fn known<T: DeserializeOwned>(relative: &Path, text: &str, newer: Option<u32>) -> Result<T, Problem> {
    if newer.is_some() { newer::as_far_as_known(relative, text) } else { decode(relative, text) }
}

/// The sealed weeks by name with their latest revision. Names that are not ours are reported.
pub(super) fn sealed(root: &Path, problems: &mut Vec<Problem>) -> Result<BTreeMap<Week, u32>, Problem> {
    let mut weeks = BTreeMap::new();
    let folder = Path::new(layout::SNAPSHOTS);
    let names = source::names(root, folder).map_err(|e| NoText::Io(e).into_problem(folder))?;
    for name in names.iter().filter(|n| !layout::is_ignored(n)) {
        match layout::snapshot_name(name) {
            Some((week, revision)) => {
                let latest = weeks.entry(week).or_insert(revision);
                *latest = revision.max(*latest);
            }
            None => problems.push(unknown_file(
                root,
                &folder.join(name),
                term!("snapshots are named 2026-W47.ron or 2026-W47.r2.ron"),
            )),
        }
    }
    Ok(weeks)
}

/// A file that has no business where it is. Of a copy of one of ours it is told how far it differs.
pub(super) fn unknown_file(root: &Path, relative: &Path, rule: &'static str) -> Problem {
    let name = relative.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let what = layout::odd_name(&name).map_or(say!("not a file of a workspace").to_owned(), str::to_owned);
    let differs = layout::original_of(&name).and_then(|original| difference(root, relative, &original));
    let hint = differs.unwrap_or_else(|| say!("{rule}; compare it, then move it away", rule = word(rule)));
    Problem::of_file(relative, say!("{what}: it is not read", what), hint)
}

/// How a copy differs from the file it is a copy of, in lines, and what to do about it; `None` where one of them is no text.
fn difference(root: &Path, copy: &Path, original: &str) -> Option<String> {
    let beside = copy.with_file_name(original);
    let (mine, theirs) = (source::read(root, &beside).ok()?, source::read(root, copy).ok()?);
    let only_in = |a: &str, b: &str| {
        let mut rest: Vec<&str> = b.lines().collect();
        a.lines().filter(|line| rest.iter().position(|r| r == line).map(|at| rest.swap_remove(at)).is_none()).count()
    };
    let lines = |n: usize| count(n, "line");
    Some(match (only_in(&theirs, &mine), only_in(&mine, &theirs)) {
        (0, 0) => say!("it holds what {original} holds: delete it", original),
        (here, there) => say!(
            "{here} only here, {there} only in {original}: `git diff --no-index -- {files}` shows them; take over what is missing, then \
             move it away",
            here = lines(here),
            there = lines(there),
            original,
            files = shell_words::join([beside.to_string_lossy(), copy.to_string_lossy()])
        ),
    })
}

/// Reads one snapshot and holds it against its name.
pub(super) fn read_snapshot(root: &Path, week: Week, revision: u32) -> Result<Snapshot, Problem> {
    let relative = snapshot_path(week, revision);
    let bytes = source::read_bytes(root, &relative).map_err(|e| e.into_problem(&relative))?;
    parse_snapshot(bytes, week, revision)
}

/// Makes a snapshot of the bytes of its file and holds it against its name.
pub(super) fn parse_snapshot(bytes: Vec<u8>, week: Week, revision: u32) -> Result<Snapshot, Problem> {
    let relative = snapshot_path(week, revision);
    let text = source::text(&relative, bytes).map_err(|e| e.into_problem(&relative))?;
    // What is only shown is shown as far as it is known; who would go on from it asks for the whole.
    let snapshot: Snapshot = match versioned(&relative, &text) {
        Err(e @ Unreadable::Newer(_)) => {
            newer::as_far_as_known(&relative, &text).map_err(|_| e.into_problem(&relative, &text))?
        }
        read => read.map_err(|e| e.into_problem(&relative, &text))?,
    };
    named_as(&relative, &text, &snapshot, week, revision).map_or(Ok(snapshot), Err)
}

pub(super) fn named_as(relative: &Path, text: &str, s: &Snapshot, week: Week, revision: u32) -> Option<Problem> {
    use super::syntax::{Down, locate};
    let (field, inside, outside) = if s.week != week {
        ("week", s.week.to_string(), week.to_string())
    } else if s.revision != revision {
        ("revision", s.revision.to_string(), revision.to_string())
    } else {
        return None;
    };
    Some(source::at_offset(
        relative,
        text,
        locate(text, &[Down::Field(field)]),
        say!("the {field} here is {inside}, but the file's name says {outside}", field, inside, outside),
        say!("give the file the name that fits what it holds"),
    ))
}

/// The revisions of a sealed week, oldest first.
#[must_use]
pub fn revisions(root: &Path, week: Week) -> Vec<u32> {
    let names = source::names(root, Path::new(layout::SNAPSHOTS)).unwrap_or_default();
    // Most names are of other weeks, and told by their beginning.
    let (beginning, names_of) = (week.to_string(), names.iter());
    let named = names_of.filter(|name| name.starts_with(&beginning));
    let mut all: Vec<u32> =
        named.filter_map(|n| layout::snapshot_name(n)).filter(|(w, _)| *w == week).map(|(_, r)| r).collect();
    all.sort_unstable();
    all
}

/// The newest sealed week before this one, by the names of the files.
#[must_use]
pub fn sealed_before(root: &Path, week: Week) -> Option<Week> {
    let names = source::names(root, Path::new(layout::SNAPSHOTS)).unwrap_or_default();
    names.iter().filter_map(|n| layout::snapshot_name(n)).map(|(w, _)| w).filter(|w| *w < week).max()
}

/// One sealed week: the given revision, or the latest.
///
/// # Errors
/// When the week was not sealed or its file cannot be read.
pub fn snapshot(root: &Path, week: Week, revision: Option<u32>) -> Result<Snapshot, StorageError> {
    let revision = revision.or_else(|| revisions(root, week).pop()).unwrap_or(1);
    let relative = snapshot_path(week, revision);
    let text = source::read(root, &relative).map_err(|e| e.into_error(root, &relative))?;
    let snapshot: Snapshot = versioned(&relative, &text).map_err(|e| match e {
        Unreadable::Newer(found) => StorageError::NewerSchema { path: root.join(&relative), found, known: SCHEMA },
        Unreadable::Bad(problem) => problem.into(),
    })?;
    named_as(&relative, &text, &snapshot, week, revision).map_or(Ok(snapshot), |problem| Err(problem.into()))
}

/// The check-ins of a week by member, and what is wrong with those that could not be read.
#[must_use]
pub fn check_ins(root: &Path, week: Week) -> (Vec<CheckIn>, Vec<Problem>) {
    let folder = Path::new(layout::CHECK_INS).join(week.to_string());
    let names = match source::names(root, &folder) {
        Ok(names) => names,
        Err(e) => return (Vec::new(), vec![NoText::Io(e).into_problem(&folder)]),
    };
    let mut found = Vec::new();
    let mut problems = Vec::new();
    for name in names.iter().filter(|n| !layout::is_ignored(n)) {
        match read_check_in(root, week, name) {
            Ok(check_in) => found.push(check_in),
            Err(problem) => problems.push(problem),
        }
    }
    (found, problems)
}

/// A member's check-in of a week, blank where there is none, and their earlier ones of so many weeks before it, oldest first. Of
/// a week without a file the sealed one tells what was shared.
///
/// # Errors
/// When the check-in of the week itself cannot be read. Earlier ones that cannot are left out: `check` tells of them.
pub fn my_check_ins(
    root: &Path,
    member: &MemberId,
    week: Week,
    before: i32,
) -> Result<(CheckIn, Vec<CheckIn>), StorageError> {
    let name = format!("{member}.ron");
    let is_there = |week: Week| {
        let relative = layout::check_in_path(week, member);
        !matches!(source::regular_file(root, &relative), Err(NoText::Missing))
    };
    let now = if is_there(week) { read_check_in(root, week, &name)? } else { CheckIn::new(member.clone(), week) };
    let shared = |week: Week| {
        let sealed = revisions(root, week).pop().and_then(|r| read_snapshot(root, week, r).ok())?;
        sealed.check_ins.into_iter().find(|c| &c.member == member)
    };
    let earlier = (1..=before).rev().map(|back| week.plus(-back));
    let earlier = earlier.filter_map(|w| if is_there(w) { read_check_in(root, w, &name).ok() } else { shared(w) });
    Ok((now, earlier.collect()))
}

/// Reads one check-in and holds it against its folder's and its file's name.
pub(super) fn read_check_in(root: &Path, week: Week, name: &str) -> Result<CheckIn, Problem> {
    use super::syntax::{Down, locate};
    let relative = Path::new(layout::CHECK_INS).join(week.to_string()).join(name);
    let Some(member) = name.strip_suffix(".ron").and_then(|stem| stem.parse::<MemberId>().ok()) else {
        return Err(unknown_file(root, &relative, term!("check-ins are named after a member: maya.ron")));
    };
    let text = source::read(root, &relative).map_err(|e| e.into_problem(&relative))?;
    // A check-in carries no number: only where it cannot be read is it asked whether the workspace is of a newer format.
    let check_in: CheckIn = match decode(&relative, &text) {
        Err(_) if newer::newer_than_known(root).is_some() => newer::as_far_as_known(&relative, &text)?,
        read => read?,
    };
    let (field, inside, outside) = if check_in.member != member {
        ("member", check_in.member.to_string(), member.to_string())
    } else if check_in.week != week {
        ("week", check_in.week.to_string(), week.to_string())
    } else {
        return Ok(check_in);
    };
    Err(source::at_offset(
        &relative,
        &text,
        locate(&text, &[Down::Field(field)]),
        say!("the {field} here is {inside}, but the file's place says {outside}", field, inside, outside),
        say!("move the file to the place that fits what it holds"),
    ))
}
