//! One week's digest in few bytes. What every week repeats (ids, targets, goals) is written once, in tables.

use std::collections::HashMap;
use std::hash::Hash;
use std::str::FromStr;
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::model::goal::Goal;
use crate::model::history::{GoalDigest, KpiDigest, WeekDigest};
use crate::model::id::{GoalId, KpiId};
use crate::model::kpi::Aim;
use crate::model::number::Finite;
use crate::model::register::Card;
use crate::model::scale::Confidence;
use crate::model::status::Status;
use crate::model::unread::Unread;

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
    fn list(&mut self, all: &[Arc<T>], to: &mut Writer) -> Option<()> {
        to.count(all.len());
        for one in all {
            let place = self.place(one)?;
            to.count(place);
        }
        Some(())
    }

    fn place(&mut self, one: &Arc<T>) -> Option<usize> {
        if let Some((_, place)) = self.known.get(&Arc::as_ptr(one)) {
            return Some(*place);
        }
        let place = self.texts.place(&rest::text(&**one)?);
        self.known.insert(Arc::as_ptr(one), (Arc::clone(one), place));
        Some(place)
    }

    fn write(&self, to: &mut Writer) {
        to.count(self.texts.all.len());
        self.texts.all.iter().for_each(|text| to.bytes(text));
    }
}

/// The tables as they were read.
#[derive(Debug)]
pub(super) struct Tables {
    kpis: Vec<KpiId>,
    aims: Vec<Aim>,
    goals: Vec<GoalId>,
    plan: Vec<Arc<Goal>>,
    cards: Vec<Arc<Card>>,
}

impl Filling {
    /// Writes a digest. What is not of the bulk goes as it serialises itself, so a field that is added later goes along.
    pub(super) fn digest(&mut self, digest: &WeekDigest, to: &mut Writer) -> Option<()> {
        to.count(digest.kpis.len());
        for kpi in &digest.kpis {
            self.kpi(kpi, to);
        }
        to.count(digest.goals.len());
        for goal in &digest.goals {
            self.goal(goal, to);
        }
        self.plan.list(&digest.plan, to)?;
        self.cards.list(&digest.cards, to)?;
        to.bytes(&rest::write(digest)?);
        unread(&digest.actions, to)?;
        unread(&digest.words, to)
    }

    fn kpi(&mut self, kpi: &KpiDigest, to: &mut Writer) {
        let KpiDigest { kpi, reading, aim, computed, marked } = kpi;
        to.count(self.kpis.place(kpi));
        to.count(self.aims.place(aim));
        to.byte(status(Some(*computed)) | status(*marked) << 3 | u8::from(reading.is_some()) << 6);
        reading.iter().for_each(|value| to.fixed(value.get().to_bits()));
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
        self.plan.write(to);
        self.cards.write(to);
    }
}

impl Tables {
    /// Reads what [`Filling::write`] wrote.
    pub(super) fn read(from: &mut Reader<'_>) -> Option<Self> {
        Some(Self {
            kpis: list(from, id)?,
            goals: list(from, id)?,
            aims: list(from, |from| match from.byte()? {
                0 => Some(Aim::Nothing),
                1 => Some(Aim::At(value(from)?)),
                2 => Some(Aim::Within(value(from)?, value(from)?)),
                _ => None,
            })?,
            plan: list(from, |from| rest::read(from.bytes()?).map(Arc::new))?,
            cards: list(from, |from| rest::read(from.bytes()?).map(Arc::new))?,
        })
    }

    /// Reads what [`Filling::digest`] wrote. It is a part of `all` that ends at `end`; what is not read yet stays there.
    pub(super) fn digest(&self, from: &mut Reader<'_>, all: &Arc<Vec<u8>>, end: usize) -> Option<WeekDigest> {
        let kpis = list(from, |from| self.kpi(from))?;
        let goals = list(from, |from| self.goal(from))?;
        let plan = list(from, |from| at(&self.plan, from))?;
        let cards = list(from, |from| at(&self.cards, from))?;
        let rest: WeekDigest = rest::read(from.bytes()?)?;
        let actions = packed(from, all, end)?;
        let words = packed(from, all, end)?;
        Some(WeekDigest { kpis, goals, plan, cards, actions, words, ..rest })
    }

    fn kpi(&self, from: &mut Reader<'_>) -> Option<KpiDigest> {
        let (kpi, aim, flags) = (at(&self.kpis, from)?, at(&self.aims, from)?, from.byte()?);
        let (computed, marked) = (status_of(flags & 7)??, status_of(flags >> 3 & 7)?);
        let reading = if flags >> 6 == 1 { Some(value(from)?) } else { None };
        Some(KpiDigest { kpi, reading, aim, computed, marked })
    }

    fn goal(&self, from: &mut Reader<'_>) -> Option<GoalDigest> {
        let (goal, flags, confidence) = (at(&self.goals, from)?, from.byte()?, from.byte()?);
        let confidence = match confidence.checked_sub(1) {
            Some(n) => Some(Confidence::new(n)?),
            None => None,
        };
        let status = status_of(flags & 7)??;
        let progress = if flags >> 6 == 1 { Some(value(from)?) } else { None };
        Some(GoalDigest { goal, status, progress, confidence })
    }
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

/// Reads what [`unread`] wrote.
fn packed<T: DeserializeOwned>(from: &mut Reader<'_>, all: &Arc<Vec<u8>>, end: usize) -> Option<Unread<T>> {
    let length = from.bytes()?.len();
    let end = end.checked_sub(from.0.len())?;
    // The checksum has told that it is what was written.
    let unpack = |bytes: &[u8]| rest::read(bytes).unwrap_or_default();
    Some(if length == 0 { Unread::default() } else { Unread::packed(Arc::clone(all), end - length..end, unpack) })
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

    use crate::model::history::WeekDigest;

    /// A digest without what stands in columns or is packed by itself.
    pub(super) fn write(digest: &WeekDigest) -> Option<Vec<u8>> {
        let (kpis, goals, plan, cards, actions, words) = Default::default();
        text(&WeekDigest { kpis, goals, plan, cards, actions, words, ..digest.clone() })
    }

    pub(super) fn text(value: &impl Serialize) -> Option<Vec<u8>> {
        rmp_serde::to_vec_named(value).ok()
    }

    pub(super) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
        rmp_serde::from_slice(bytes).ok()
    }
}
