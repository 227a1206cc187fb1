//! The sealed quarters: a file each, beside those of the weeks and never overwritten; and the seal that ends a quarter.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::insight::quarter::{Begin, begin};
use crate::model::agenda::Rhythm;
use crate::model::id::{AgendaId, IdError};
use crate::model::problem::Problem;
use crate::model::quarter::Quarter;
use crate::model::quarterly::{QuarterSeal, QuarterSnapshot};
use crate::model::record::Record;
use crate::model::review::{Moment, Review, Target};
use crate::model::week::Week;
use crate::model::workspace::{Part, SCHEMA, Workspace};

use super::conflict::{Saved, save_or_merge};
use super::disk::{self, Existing};
use super::error::StorageError;
use super::layout::{self, QUARTERS, REGISTERS, sealed_path};
use super::load::{Findings, Unreadable, unknown_file, versioned};
use super::publish::publish;
use super::refs::{Faults, Known};
use super::save::proven;
use super::source::{self, NoText};
use super::syntax::Down::{Field, Item};

/// How files of quarters are named.
pub(super) const RULE: &str = term!("sealed quarters are named 2026-Q4.ron or 2026-Q4.r2.ron");

/// The review of a quarter, ready to be held in a week by an agenda, or by the usual one: with what its sealed weeks and the
/// quarter before it tell.
///
/// # Errors
/// When one of them cannot be read.
pub fn begin_quarter(
    root: &Path,
    workspace: &Workspace,
    quarter: Quarter,
    agenda: Option<&AgendaId>,
    (week, now): (Week, Moment),
) -> Result<Review, StorageError> {
    let no_agenda = |e: IdError| StorageError::Refused { path: root.to_path_buf(), why: e.to_string() };
    let agenda = agenda.cloned().map_or_else(|| Rhythm::Quarterly.label().parse().map_err(no_agenda), Ok)?;
    let steps = workspace.config.agenda(&agenda).unwrap_or_else(|| workspace.config.steps(Rhythm::Quarterly));
    let sealed = workspace.weeks.range(quarter.first_week()..=quarter.last_week());
    let weeks = sealed.map(|(week, revision)| super::snapshot(root, *week, Some(*revision)));
    let weeks = weeks.collect::<Result<Vec<_>, _>>()?;
    let before = workspace.quarters.get(&quarter.previous());
    let before = before.map(|revision| self::quarter(root, quarter.previous(), Some(*revision))).transpose()?;
    let (weeks, before) = (&weeks[..], before.as_ref());
    Ok(begin(&Begin { workspace, quarter, weeks, before, week, agenda: &agenda, steps: &steps, now }))
}

/// What a seal of a quarter came to.
#[derive(Debug, Clone)]
pub enum Ended {
    /// The strategy has moved on and the quarter is sealed.
    Sealed,
    /// Nothing was written: the strategy was changed meanwhile in a way that clashes with what was agreed.
    Clash,
}

/// Ends a quarter: what was agreed goes into the strategy, by edits of the user's text, and then the record is published, which
/// is never overwritten. A kill in between leaves a strategy that has moved on and a review that can be sealed once more: what
/// is there already is not done again.
///
/// # Errors
/// When that revision exists already, or the disk refuses. The record is not there then, unless the error is
/// [`StorageError::Unconfirmed`] for its own path.
pub fn seal_quarter(root: &Path, seal: &QuarterSeal) -> Result<Ended, StorageError> {
    let relative = sealed_path(Target::Quarter(seal.snapshot.quarter()), seal.snapshot.revision);
    if !matches!(source::regular_file(root, &relative), Err(NoText::Missing)) {
        return Err(StorageError::Exists { path: root.join(relative) });
    }
    let text = proven(root, &relative, &seal.snapshot)?;
    if seal.before != seal.strategy {
        // A strategy of which it is not known that it is durable is not what a record may rest on: the error goes up.
        if let Saved::Clash(_) = save_or_merge(root, &seal.before, &seal.strategy)? {
            return Ok(Ended::Clash);
        }
        for folder in ["strategy", REGISTERS].map(|name| root.join(name)).iter().filter(|folder| folder.is_dir()) {
            // Once more: what was there already when this was tried before may never have been confirmed.
            let unconfirmed = |source| StorageError::Unconfirmed { path: folder.clone(), source };
            disk::sync_folder(folder).map_err(unconfirmed)?;
        }
    }
    publish(root, &relative, &text, Existing::Keep).map(|_| Ended::Sealed)
}

/// The sealed quarters by name with their latest revision. Names that are not ours are reported.
pub(super) fn sealed(root: &Path, problems: &mut Vec<Problem>) -> Result<BTreeMap<Quarter, u32>, Problem> {
    let folder = Path::new(QUARTERS);
    let names = source::names(root, folder).map_err(|e| NoText::Io(e).into_problem(folder))?;
    let mut quarters = BTreeMap::new();
    for name in names.iter().filter(|n| !layout::is_ignored(n)) {
        match layout::quarter_name(name) {
            Some((quarter, revision)) => {
                let latest = quarters.entry(quarter).or_insert(revision);
                *latest = revision.max(*latest);
            }
            None => problems.push(unknown_file(root, &folder.join(name), RULE)),
        }
    }
    Ok(quarters)
}

/// The sealed quarters of these names, oldest first, and what is wrong with those that cannot be read.
#[must_use]
pub fn quarters(root: &Path, names: &BTreeMap<Quarter, u32>) -> (Vec<Arc<QuarterSnapshot>>, Vec<Problem>) {
    let (mut all, mut problems) = (Vec::new(), Vec::new());
    for (quarter, revision) in names {
        match read(root, &sealed_path(Target::Quarter(*quarter), *revision), *quarter, *revision) {
            Ok(sealed) => all.push(Arc::new(sealed)),
            Err(problem) => problems.push(problem),
        }
    }
    (all, problems)
}

/// The names of the sealed quarters, and the newest of them read. Without it, what stands open is not known.
pub(super) fn newest(root: &Path, found: &mut Findings) -> (BTreeMap<Quarter, u32>, Option<Arc<QuarterSnapshot>>) {
    let quarters = sealed(root, &mut found.problems).unwrap_or_else(|problem| {
        found.broken(Part::LastQuarter, problem);
        BTreeMap::new()
    });
    let newest = quarters.last_key_value().and_then(|(quarter, revision)| {
        let relative = sealed_path(Target::Quarter(*quarter), *revision);
        read(root, &relative, *quarter, *revision).map_err(|problem| found.broken(Part::LastQuarter, problem)).ok()
    });
    (quarters, newest.map(Arc::new))
}

fn read(root: &Path, relative: &Path, quarter: Quarter, revision: u32) -> Result<QuarterSnapshot, Problem> {
    let text = source::read(root, relative).map_err(|e| e.into_problem(relative))?;
    let snapshot: QuarterSnapshot = versioned(relative, &text).map_err(|e| e.into_problem(relative, &text))?;
    named_as(relative, &text, &snapshot, quarter, revision).map_or(Ok(snapshot), Err)
}

pub(super) fn named_as(
    relative: &Path,
    text: &str,
    s: &QuarterSnapshot,
    quarter: Quarter,
    revision: u32,
) -> Option<Problem> {
    let mut faults = Faults::default();
    let hint = say!("give the file the name that fits what it holds");
    if s.quarter() != quarter {
        let message =
            say!("the quarter here is {inside}, but the file's name says {quarter}", inside = s.quarter(), quarter);
        faults.add(&[Field("said"), Field("quarter")], message, hint);
    } else if s.revision != revision {
        let message =
            say!("the revision here is {inside}, but the file's name says {revision}", inside = s.revision, revision);
        faults.add(&[Field("revision")], message, hint);
    }
    faults.located(relative, text).into_iter().next()
}

/// The revisions of a sealed quarter, oldest first.
#[must_use]
pub fn quarter_revisions(root: &Path, quarter: Quarter) -> Vec<u32> {
    let names = source::names(root, Path::new(QUARTERS)).unwrap_or_default();
    let ours = names.iter().filter_map(|n| layout::quarter_name(n)).filter(|(q, _)| *q == quarter);
    let mut all: Vec<u32> = ours.map(|(_, revision)| revision).collect();
    all.sort_unstable();
    all
}

/// One sealed quarter: the given revision, or the latest.
///
/// # Errors
/// When the quarter was not sealed or its file cannot be read.
pub fn quarter(root: &Path, quarter: Quarter, revision: Option<u32>) -> Result<QuarterSnapshot, StorageError> {
    let revision = revision.or_else(|| quarter_revisions(root, quarter).pop()).unwrap_or(1);
    let relative: PathBuf = sealed_path(Target::Quarter(quarter), revision);
    let text = source::read(root, &relative).map_err(|e| e.into_error(root, &relative))?;
    let snapshot: QuarterSnapshot = versioned(&relative, &text).map_err(|e| match e {
        Unreadable::Newer(found) => StorageError::NewerSchema { path: root.join(&relative), found, known: SCHEMA },
        Unreadable::Bad(problem) => problem.into(),
    })?;
    named_as(&relative, &text, &snapshot, quarter, revision).map_or(Ok(snapshot), |problem| Err(problem.into()))
}

/// Faults inside one record: it must explain itself with no other file present.
pub(super) fn faults(s: &QuarterSnapshot) -> Faults {
    let mut faults = Faults::default();
    let people = Known::of(s.people.iter().map(|p| p.id.as_str()));
    let goals = Known::of(s.said.facts.goals.iter().map(|g| g.goal.as_str()));
    faults.below(&[Field("people")], |f| f.unique(say!("person"), s.people.iter().map(|p| p.id.as_str())));
    if let Some(who) = &s.facilitator {
        faults.refer(&[Field("facilitator")], say!("person"), who.as_str(), &people);
    }
    for (nth, one) in s.attendance.iter().enumerate() {
        faults.refer(&[Field("attendance"), Item(nth), Field("member")], say!("person"), one.member.as_str(), &people);
    }
    for (nth, action) in s.actions.iter().enumerate() {
        faults.refer(&[Field("actions"), Item(nth), Field("owner")], say!("person"), action.owner.as_str(), &people);
    }
    for (name, ids) in [
        ("actions", ids(&s.actions)),
        ("decisions", ids(&s.decisions)),
        ("issues", ids(&s.issues)),
        ("messages", ids(&s.messages)),
        ("notes", ids(&s.notes)),
    ] {
        faults.below(&[Field(name)], |f| f.unique("id", ids.into_iter()));
    }
    faults.below(&[Field("said")], |f| said(s, &people, &goals, f));
    if let Some(r) = s.revises.as_ref().filter(|r| r.revision >= s.revision) {
        let message =
            say!("revision {revision} cannot correct revision {other}", revision = s.revision, other = r.revision);
        faults.add(&[Field("revises"), Field("revision")], message, say!("it corrects an earlier one"));
    }
    faults
}

fn ids<T: Record>(all: &[T]) -> Vec<&str> {
    all.iter().map(|r| r.id().as_ref()).collect()
}

fn said(s: &QuarterSnapshot, people: &Known<'_>, goals: &Known<'_>, f: &mut Faults) {
    let said = &s.said;
    f.below(&[Field("facts"), Field("goals")], |f| {
        f.unique(say!("goal"), said.facts.goals.iter().map(|g| g.goal.as_str()));
        let share = |v: f64| (0.0..=1.0).contains(&v);
        for (nth, goal) in said.facts.goals.iter().enumerate() {
            if let Some(grade) = goal.grade.filter(|g| !share(g.get())) {
                f.add(
                    &[Item(nth), Field("grade")],
                    say!("{grade} is no grade", grade),
                    say!("a grade lies between 0 and 1"),
                );
            }
        }
    });
    for (nth, answer) in said.answers.iter().enumerate() {
        f.refer(&[Field("answers"), Item(nth), Field("goal")], say!("goal"), answer.goal.as_str(), goals);
    }
    for (nth, next) in said.next.iter().enumerate() {
        f.refer(&[Field("next"), Item(nth), Field("owner")], say!("person"), next.owner.as_str(), people);
    }
    for (nth, stop) in said.stops.iter().enumerate() {
        f.refer(&[Field("stops"), Item(nth), Field("owner")], say!("person"), stop.owner.as_str(), people);
    }
    for (nth, one) in said.said.iter().enumerate() {
        f.refer(&[Field("said"), Item(nth), Field("member")], say!("person"), one.member.as_str(), people);
    }
    let stops = Known::of(said.facts.stops.iter().map(|s| s.id.as_str()));
    for (nth, kept) in said.kept.iter().enumerate() {
        f.refer(&[Field("kept"), Item(nth), Field("stop")], "stop", kept.stop.as_str(), &stops);
    }
}
