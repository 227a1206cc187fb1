//! One week's digest in few bytes: numbers where they are read at once, the rest in pieces by themselves. What every week repeats
//! (ids, targets, goals) is written once, in tables.

use std::collections::HashMap;
use std::hash::Hash;
use std::str::FromStr;
use std::sync::Arc;

use serde::Serialize;

use crate::model::columns::Kpis;
use crate::model::digest::{Conduct, GoalDigest, Solved, WeekDigest};
use crate::model::goal::Goal;
use crate::model::id::{GoalId, KpiId};
use crate::model::kpi::Aim;
use crate::model::number::Finite;
use crate::model::register::Card;
use crate::model::scale::Confidence;
use crate::model::status::Status;
use crate::model::week::Week;

use super::bytes::{Reader, Writer};
use super::shelf::{PIECES, Piece, Place, packed};

/// A list that says it is longer than this is not taken at its word before it is read.
const MOST_RESERVED: usize = 4096;

/// Different things in the order they came up, each known by its place.
#[derive(Debug)]
struct Table<T> {
    places: HashMap<T, usize>,
    all: Vec<T>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { places: HashMap::new(), all: Vec::new() }
    }
}

impl<T: Hash + Eq + Clone> Table<T> {
    fn place(&mut self, thing: &T) -> usize {
        if let Some(place) = self.places.get(thing) {
            return *place;
        }
        self.all.push(thing.clone());
        self.places.insert(thing.clone(), self.all.len() - 1);
        self.all.len() - 1
    }
}

/// The tables while they are filled.
#[derive(Debug, Default)]
pub(super) struct Filling {
    kpis: Table<KpiId>,
    aims: Table<Aim>,
    /// Which KPIs a week had, and what was to be reached.
    lists: Table<Arc<[(KpiId, Aim)]>>,
    goals: Table<GoalId>,
    plan: Wordings<Goal>,
    cards: Wordings<Card>,
    /// The pieces of the week written before.
    before: [Vec<u8>; PIECES],
}

/// Goals or cards as they were worded, by their text.
#[derive(Debug)]
struct Wordings<T> {
    texts: Table<Vec<u8>>,
    /// Where the wording of one at hand is in `texts`: those that weeks share are written out once. They are kept, so that
    /// none takes the place of another in memory.
    known: HashMap<*const T, (Arc<T>, usize)>,
}

impl<T> Default for Wordings<T> {
    fn default() -> Self {
        Self { texts: Table::default(), known: HashMap::new() }
    }
}

impl<T: Serialize> Wordings<T> {
    fn place(&mut self, one: &Arc<T>) -> Option<usize> {
        if let Some((_, place)) = self.known.get(&Arc::as_ptr(one)) {
            return Some(*place);
        }
        let place = self.texts.place(&rmp_serde::to_vec_named(&**one).ok()?);
        // One that nobody else holds does not come again, and all of twenty years are not kept.
        if Arc::strong_count(one) > 1 {
            self.known.insert(Arc::as_ptr(one), (Arc::clone(one), place));
        }
        Some(place)
    }

    fn packed(&self) -> Vec<u8> {
        let mut all = Writer::default();
        all.count(self.texts.all.len());
        self.texts.all.iter().for_each(|text| all.bytes(text));
        all.0
    }
}

impl Filling {
    /// Writes what of a digest is read at once, and appends the rest to `pieces`. That no field is forgotten is told by the
    /// test which holds a year out of the index against the files.
    pub(super) fn digest(&mut self, digest: &WeekDigest, to: &mut Writer, pieces: &mut Vec<u8>) -> Option<()> {
        let WeekDigest { week, revision, kpis, kept, findings, rating, minutes, conduct, solved, cited, .. } = digest;
        number_of(*week, to);
        to.number((*revision).into());
        self.kpis(kpis, to);
        [kept.0, kept.1, *findings].into_iter().for_each(|n| to.count(n));
        option(rating.as_ref(), to, |value, to| to.fixed(value.get().to_bits()));
        [minutes.0, minutes.1].into_iter().for_each(|n| to.number(n.into()));
        let Conduct { on_time, checked_in, told } = conduct;
        to.byte((*on_time).into());
        option(checked_in.as_ref(), to, |(part, of), to| [*part, *of].into_iter().for_each(|n| to.count(n)));
        to.count(*told);
        Self::solved(solved, to);
        to.count(cited.len());
        cited.iter().for_each(|kpi| to.count(self.kpis.place(kpi)));
        let all = self.pieces(digest)?;
        // A week that is left out is none to be the same as.
        let mut before = std::mem::take(&mut self.before);
        for (piece, before) in all.into_iter().zip(&mut before) {
            Piece::write(piece, before, to, pieces)?;
        }
        self.before = before;
        Some(())
    }

    /// What stays in the file until somebody looks at it, in the order of `shelf.rs`.
    fn pieces(&mut self, digest: &WeekDigest) -> Option<[Vec<u8>; PIECES]> {
        let goal = |tables: &mut Self, goal: &GoalDigest, to: &mut Writer| {
            tables.goal(goal, to);
            Some(())
        };
        Some([
            self.list(&digest.goals.peek(), goal)?,
            self.list(&digest.plan.peek(), |tables, goal, to| tables.plan.place(goal).map(|place| to.count(place)))?,
            self.list(&digest.cards.peek(), |tables, card, to| tables.cards.place(card).map(|place| to.count(place)))?,
            packed(&digest.decisions)?,
            packed(&digest.actions)?,
            packed(&digest.issues)?,
            packed(&digest.carried)?,
            packed(&digest.votes)?,
            packed(&digest.words)?,
            packed(&digest.alignment)?,
            digest.trace.bytes().unwrap_or_else(|| digest.trace.as_bytes().to_vec()),
        ])
    }

    fn solved(solved: &[Solved], to: &mut Writer) {
        to.count(solved.len());
        for Solved { issue, title, in_week } in solved {
            to.bytes(title.as_bytes());
            to.bytes(issue.as_str().as_bytes());
            number_of(*in_week, to);
        }
    }

    fn kpis(&mut self, kpis: &Kpis, to: &mut Writer) {
        to.count(self.lists.place(kpis.known()));
        for (kpi, aim) in kpis.known().iter() {
            self.kpis.place(kpi);
            self.aims.place(aim);
        }
        to.0.extend(kpis.packed());
    }

    /// A list by itself, as it is unpacked by itself; an empty one as nothing.
    fn list<T>(&mut self, all: &[T], each: impl Fn(&mut Self, &T, &mut Writer) -> Option<()>) -> Option<Vec<u8>> {
        let mut packed = Writer::default();
        if !all.is_empty() {
            packed.count(all.len());
            all.iter().try_for_each(|one| each(self, one, &mut packed))?;
        }
        Some(packed.0)
    }

    fn goal(&mut self, goal: &GoalDigest, to: &mut Writer) {
        let GoalDigest { goal, status: stands, progress, confidence } = goal;
        to.count(self.goals.place(goal));
        to.byte(Status::bits(Some(*stands)) | u8::from(progress.is_some()) << 6);
        to.byte(confidence.map_or(0, |c| c.get() + 1));
        progress.iter().for_each(|value| to.fixed(value.get().to_bits()));
    }

    /// Writes the tables themselves, and appends the wordings to `pieces`.
    pub(super) fn write(&self, to: &mut Writer, pieces: &mut Vec<u8>) -> Option<()> {
        to.count(self.kpis.all.len());
        self.kpis.all.iter().for_each(|id| to.bytes(id.as_str().as_bytes()));
        to.count(self.goals.all.len());
        self.goals.all.iter().for_each(|id| to.bytes(id.as_str().as_bytes()));
        to.count(self.aims.all.len());
        for aim in &self.aims.all {
            let (kind, values) = match aim {
                Aim::Nothing => (0, [None, None]),
                Aim::At(value) => (1, [Some(value), None]),
                Aim::Within(low, high) => (2, [Some(low), Some(high)]),
            };
            to.byte(kind);
            values.into_iter().flatten().for_each(|value| to.fixed(value.get().to_bits()));
        }
        to.count(self.lists.all.len());
        for list in &self.lists.all {
            to.count(list.len());
            for (kpi, aim) in list.iter() {
                to.count(self.kpis.places.get(kpi).copied().unwrap_or_default());
                to.count(self.aims.places.get(aim).copied().unwrap_or_default());
            }
        }
        for wordings in [self.plan.packed(), self.cards.packed()] {
            Piece::write(wordings, &mut Vec::new(), to, pieces)?;
        }
        Some(())
    }
}

/// The tables as they were read.
pub(super) struct Tables {
    kpis: Vec<KpiId>,
    lists: Vec<Arc<[(KpiId, Aim)]>>,
    pub(super) goals: Vec<GoalId>,
    pub(super) plan: Piece,
    pub(super) cards: Piece,
}

impl Tables {
    /// Reads what [`Filling::write`] wrote. The wordings begin at `end`, behind the weeks.
    pub(super) fn read(from: &mut Reader<'_>, mut end: u64) -> Option<Self> {
        let kpis: Vec<KpiId> = list(from, id)?;
        let goals = list(from, id)?;
        let aims = list(from, |from| match from.byte()? {
            0 => Some(Aim::Nothing),
            1 => Some(Aim::At(value(from)?)),
            2 => Some(Aim::Within(value(from)?, value(from)?)),
            _ => None,
        })?;
        let lists = list(from, |from| list(from, |from| Some((at(&kpis, from)?, at(&aims, from)?))).map(Arc::from))?;
        let mut wordings = || Piece::read(from, &mut end, Piece::default());
        let (plan, cards) = (wordings()?, wordings()?);
        Some(Self { kpis, lists, goals, plan, cards })
    }

    /// Reads what [`Filling::digest`] wrote at once, and adds where the pieces are, which begin at `next`. `from` reads `all` to
    /// its end.
    pub(super) fn digest(
        &self,
        all: &Arc<Vec<u8>>,
        from: &mut Reader<'_>,
        next: &mut u64,
        places: &mut Vec<Place>,
    ) -> Option<WeekDigest> {
        let (week, revision) = (week(from)?, u32::try_from(from.number()?).ok()?);
        let known: Arc<[(KpiId, Aim)]> = at(&self.lists, from)?;
        let kpis = Kpis::within(known, all, all.len().checked_sub(from.0.len())?)?;
        from.0 = from.0.get(kpis.packed().len()..)?;
        let digest = WeekDigest {
            revision,
            kpis,
            kept: (small(from)?, small(from)?),
            findings: small(from)?,
            rating: maybe(from, value)?,
            minutes: (small(from)?, small(from)?),
            conduct: Conduct {
                on_time: from.byte()? == 1,
                checked_in: maybe(from, |from| Some((small(from)?, small(from)?)))?,
                told: small(from)?,
            },
            solved: list(from, |from| {
                let title = std::str::from_utf8(from.bytes()?).ok().map(str::to_owned);
                Some(Solved { issue: id(from)?, title: title?, in_week: self::week(from)? })
            })?,
            cited: list(from, |from| at(&self.kpis, from))?,
            ..WeekDigest::empty(week)
        };
        let mut pieces = places.last().map_or([Piece::default(); PIECES], |before| before.pieces);
        for piece in &mut pieces {
            *piece = Piece::read(from, next, *piece)?;
        }
        places.push(Place::after(places.last(), places.len(), week, revision, pieces)?);
        Some(digest)
    }
}

/// A week in a number, in the order of time.
fn number_of(week: Week, to: &mut Writer) {
    to.number(u64::from(week.year().unsigned_abs()) * 64 + u64::from(week.number()));
}

fn week(from: &mut Reader<'_>) -> Option<Week> {
    let number = from.number()?;
    Week::new(i16::try_from(number / 64).ok()?, u8::try_from(number % 64).ok()?).ok()
}

fn option<T>(value: Option<&T>, to: &mut Writer, write: impl FnOnce(&T, &mut Writer)) {
    to.byte(value.is_some().into());
    if let Some(value) = value {
        write(value, to);
    }
}

fn maybe<T>(from: &mut Reader<'_>, read: impl FnOnce(&mut Reader<'_>) -> Option<T>) -> Option<Option<T>> {
    match from.byte()? {
        0 => Some(None),
        _ => read(from).map(Some),
    }
}

fn small<T: TryFrom<u64>>(from: &mut Reader<'_>) -> Option<T> {
    T::try_from(from.number()?).ok()
}

pub(super) fn goal(ids: &[GoalId], from: &mut Reader<'_>) -> Option<GoalDigest> {
    let (goal, flags, confidence) = (at(ids, from)?, from.byte()?, from.byte()?);
    let confidence = match confidence.checked_sub(1) {
        Some(n) => Some(Confidence::new(n)?),
        None => None,
    };
    let status = Status::of_bits(flags & 7)??;
    let progress = if flags >> 6 == 1 { Some(value(from)?) } else { None };
    Some(GoalDigest { goal, status, progress, confidence })
}

pub(super) fn list<'a, T>(from: &mut Reader<'a>, mut each: impl FnMut(&mut Reader<'a>) -> Option<T>) -> Option<Vec<T>> {
    let count = from.count()?;
    // Reserved at once: a list that may fail on the way would be grown step by step.
    let mut all = Vec::with_capacity(count.min(MOST_RESERVED));
    for _ in 0..count {
        all.push(each(from)?);
    }
    Some(all)
}

fn id<T: FromStr>(from: &mut Reader<'_>) -> Option<T> {
    std::str::from_utf8(from.bytes()?).ok()?.parse().ok()
}

pub(super) fn at<T: Clone>(table: &[T], from: &mut Reader<'_>) -> Option<T> {
    table.get(usize::try_from(from.number()?).ok()?).cloned()
}

fn value(from: &mut Reader<'_>) -> Option<Finite> {
    Finite::new(f64::from_bits(from.fixed()?))
}
