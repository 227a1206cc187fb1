//! One week's digest in few bytes. What every week repeats (ids, targets, goals) is written once, in tables.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;
use std::str::FromStr;
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::model::columns::Kpis;
use crate::model::goal::Goal;
use crate::model::history::{GoalDigest, KpiDigest, WeekDigest, Words};
use crate::model::id::{GoalId, KpiId};
use crate::model::kpi::Aim;
use crate::model::number::Finite;
use crate::model::record::{Action, Decision, Issue};
use crate::model::register::Card;
use crate::model::scale::Confidence;
use crate::model::status::Status;
use crate::model::unread::{Unpack, Unread};

use super::bytes::{Reader, Writer};

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
        let place = self.texts.place(&rest::text(&**one)?);
        self.known.insert(Arc::as_ptr(one), (Arc::clone(one), place));
        Some(place)
    }

    fn write(&self, to: &mut Writer) {
        let mut all = Writer::default();
        all.count(self.texts.all.len());
        self.texts.all.iter().for_each(|text| all.bytes(text));
        to.bytes(&all.0);
    }
}

/// The tables as they were read, and how lists are unpacked by them when somebody looks.
pub(super) struct Tables {
    /// The index; the checksum has told that it is what was written.
    all: Arc<Vec<u8>>,
    lists: Vec<Arc<[(KpiId, Aim)]>>,
    goals: Unpack<GoalDigest>,
    plan: Unpack<Arc<Goal>>,
    cards: Unpack<Arc<Card>>,
    decisions: Unpack<Decision>,
    actions: Unpack<Action>,
    issues: Unpack<Issue>,
    words: Unpack<Words>,
}

impl Filling {
    /// Writes a digest. What is not of the bulk goes as it serialises itself, so a field that is added later goes along.
    pub(super) fn digest(&mut self, digest: &WeekDigest, to: &mut Writer) -> Option<()> {
        to.count(self.lists.place(digest.kpis.known()));
        for KpiDigest { kpi, reading, aim, computed, marked } in digest.kpis.iter() {
            self.kpis.place(&kpi);
            self.aims.place(&aim);
            to.byte(status(Some(computed)) | status(marked) << 3 | u8::from(reading.is_some()) << 6);
            reading.iter().for_each(|value| to.fixed(value.get().to_bits()));
        }
        to.bytes(&self.list(&digest.goals.peek(), |tables, goal, to| {
            tables.goal(goal, to);
            Some(())
        })?);
        to.bytes(&self.list(&digest.plan.peek(), |tables, goal, to| {
            to.count(tables.plan.place(goal)?);
            Some(())
        })?);
        to.bytes(&self.list(&digest.cards.peek(), |tables, card, to| {
            to.count(tables.cards.place(card)?);
            Some(())
        })?);
        to.bytes(&rest::text(digest)?);
        unread(&digest.decisions, to)?;
        unread(&digest.actions, to)?;
        unread(&digest.issues, to)?;
        unread(&digest.words, to)
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
        to.byte(status(Some(*stands)) | u8::from(progress.is_some()) << 6);
        to.byte(confidence.map_or(0, |c| c.get() + 1));
        progress.iter().for_each(|value| to.fixed(value.get().to_bits()));
    }

    /// Writes the tables themselves.
    pub(super) fn write(&self, to: &mut Writer) {
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
        self.plan.write(to);
        self.cards.write(to);
    }
}

impl Tables {
    /// Reads what [`Filling::write`] wrote: a part of `all`, which `from` reads to its end.
    pub(super) fn read(from: &mut Reader<'_>, all: &Arc<Vec<u8>>) -> Option<Self> {
        let kpis: Vec<KpiId> = list(from, id)?;
        let ids: Vec<GoalId> = list(from, id)?;
        let aims = list(from, |from| match from.byte()? {
            0 => Some(Aim::Nothing),
            1 => Some(Aim::At(value(from)?)),
            2 => Some(Aim::Within(value(from)?, value(from)?)),
            _ => None,
        })?;
        let lists = list(from, |from| list(from, |from| Some((at(&kpis, from)?, at(&aims, from)?))).map(Arc::from))?;
        Some(Self {
            all: Arc::clone(all),
            lists,
            goals: Arc::new(move |bytes| list(&mut Reader(bytes), |from| goal(&ids, from)).unwrap_or_default()),
            plan: wordings(from, all)?,
            cards: wordings(from, all)?,
            decisions: texts(),
            actions: texts(),
            issues: texts(),
            words: texts(),
        })
    }

    /// Reads what [`Filling::digest`] wrote: a part of the index that ends at `end`. What is not read yet stays there.
    pub(super) fn digest(&self, from: &mut Reader<'_>, end: usize) -> Option<WeekDigest> {
        let known: Arc<[(KpiId, Aim)]> = at(&self.lists, from)?;
        let rows = (0..known.len()).map(|_| kpi(from)).collect::<Option<Vec<_>>>()?;
        let all = self.all.get(..end)?;
        let (goals, plan, cards) = (block(from, all)?, block(from, all)?, block(from, all)?);
        let rest: WeekDigest = rest::read(from.bytes()?)?;
        Some(WeekDigest {
            kpis: Kpis::of(known, rows),
            goals: self.packed(goals, &self.goals),
            plan: self.packed(plan, &self.plan),
            cards: self.packed(cards, &self.cards),
            decisions: self.packed(block(from, all)?, &self.decisions),
            actions: self.packed(block(from, all)?, &self.actions),
            issues: self.packed(block(from, all)?, &self.issues),
            words: self.packed(block(from, all)?, &self.words),
            ..rest
        })
    }

    fn packed<T>(&self, at: Range<usize>, unpack: &Unpack<T>) -> Unread<T> {
        if at.is_empty() { Unread::default() } else { Unread::packed(Arc::clone(&self.all), at, Arc::clone(unpack)) }
    }
}

fn kpi(from: &mut Reader<'_>) -> Option<(Option<Finite>, Status, Option<Status>)> {
    let flags = from.byte()?;
    let (computed, marked) = (status_of(flags & 7)??, status_of(flags >> 3 & 7)?);
    let reading = if flags >> 6 == 1 { Some(value(from)?) } else { None };
    Some((reading, computed, marked))
}

fn goal(ids: &[GoalId], from: &mut Reader<'_>) -> Option<GoalDigest> {
    let (goal, flags, confidence) = (at(ids, from)?, from.byte()?, from.byte()?);
    let confidence = match confidence.checked_sub(1) {
        Some(n) => Some(Confidence::new(n)?),
        None => None,
    };
    let status = status_of(flags & 7)??;
    let progress = if flags >> 6 == 1 { Some(value(from)?) } else { None };
    Some(GoalDigest { goal, status, progress, confidence })
}

/// How a week's goals or cards are found among all wordings, which are unpacked by the first who looks.
fn wordings<T: DeserializeOwned + Send + Sync + 'static>(
    from: &mut Reader<'_>,
    all: &Arc<Vec<u8>>,
) -> Option<Unpack<Arc<T>>> {
    let unpack: Unpack<Arc<T>> =
        Arc::new(|bytes| list(&mut Reader(bytes), |from| rest::read(from.bytes()?).map(Arc::new)).unwrap_or_default());
    let known = Unread::packed(Arc::clone(all), block(from, all)?, unpack);
    Some(Arc::new(move |bytes| list(&mut Reader(bytes), |from| at(&known, from)).unwrap_or_default()))
}

fn texts<T: DeserializeOwned>() -> Unpack<T> {
    Arc::new(|bytes: &[u8]| rest::read(bytes).unwrap_or_default())
}

/// Where the next bytes are in `all`, which `from` reads to its end.
fn block(from: &mut Reader<'_>, all: &[u8]) -> Option<Range<usize>> {
    let length = from.bytes()?.len();
    let end = all.len().checked_sub(from.0.len())?;
    Some(end.checked_sub(length)?..end)
}

/// Writes a list that is not unpacked before somebody looks at it; an empty one as nothing.
fn unread<T: Serialize>(list: &Unread<T>, to: &mut Writer) -> Option<()> {
    match list.bytes() {
        Some(bytes) => to.bytes(bytes),
        None if list.is_empty() => to.bytes(&[]),
        None => to.bytes(&rest::text(list)?),
    }
    Some(())
}

fn list<'a, T>(from: &mut Reader<'a>, mut each: impl FnMut(&mut Reader<'a>) -> Option<T>) -> Option<Vec<T>> {
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

fn at<T: Clone>(table: &[T], from: &mut Reader<'_>) -> Option<T> {
    table.get(usize::try_from(from.number()?).ok()?).cloned()
}

fn value(from: &mut Reader<'_>) -> Option<Finite> {
    Finite::new(f64::from_bits(from.fixed()?))
}

/// A status in three bits; 0 for none.
fn status(status: Option<Status>) -> u8 {
    match status {
        None => 0,
        Some(Status::OnTrack) => 1,
        Some(Status::AtRisk) => 2,
        Some(Status::OffTrack) => 3,
        Some(Status::Unknown) => 4,
    }
}

fn status_of(bits: u8) -> Option<Option<Status>> {
    match bits.checked_sub(1) {
        None => Some(None),
        Some(nth) => Status::ALL.get(usize::from(nth)).copied().map(Some),
    }
}

/// Records and texts: whatever serialises itself. The form must name its fields, as records leave out what they do not say.
mod rest {
    use serde::Serialize;
    use serde::de::DeserializeOwned;

    pub(super) fn text(value: &impl Serialize) -> Option<Vec<u8>> {
        rmp_serde::to_vec_named(value).ok()
    }

    pub(super) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
        rmp_serde::from_slice(bytes).ok()
    }
}
