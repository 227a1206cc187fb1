//! The strategy on both sides: merged record by record, and what both changed left for a person to settle.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::insight::merge::{Answer, Merge};
use crate::model::register::{Card, Kind};
use crate::model::strategy::Strategy;
use crate::storage;

const NORTH_STAR: &str = "strategy/north-star.ron";
const GOALS: &str = "strategy/goals.ron";
const KPIS: &str = "strategy/kpis.ron";

/// The files that hold the strategy, registers too, by their paths inside a workspace.
pub(super) fn files() -> impl Iterator<Item = &'static str> {
    [NORTH_STAR, GOALS, KPIS].into_iter().chain(Kind::ALL.iter().map(|kind| kind.row().file))
}

/// Texts of files by their paths inside the workspace.
pub(super) type Texts = BTreeMap<String, String>;

/// How a clash was settled: it holds as long as both sides are still what they were.
#[derive(Debug, Clone, PartialEq)]
pub struct Settled {
    /// The side here.
    pub mine: Strategy,
    /// The others' side.
    pub theirs: Strategy,
    /// What is to be.
    pub strategy: Strategy,
}

/// What became of the strategy of two sides.
pub(super) enum Joined {
    /// The texts of its files.
    Texts(Texts),
    /// Both changed the same.
    Clash(Box<Merge<Strategy>>),
    /// A side cannot be read: there is nothing to hold against each other.
    Unreadable,
}

/// Joins two strategies that come from one. Comments of this side's texts stay.
pub(super) fn join(base: Option<&Texts>, mine: &Texts, theirs: &Texts, settled: Option<&Settled>) -> Joined {
    let (Some(ours), Some(others)) = (strategy(mine), strategy(theirs)) else { return Joined::Unreadable };
    let merge = Merge::three_way(base.and_then(strategy), ours, others);
    let result = match settled.filter(|s| s.mine == merge.mine && s.theirs == merge.theirs) {
        Some(settled) => settled.strategy.clone(),
        None if merge.clashes().next().is_some() => return Joined::Clash(Box::new(merge)),
        None => match merge.all(Answer::Mine) {
            Ok(strategy) => strategy,
            Err(_) => return Joined::Clash(Box::new(merge)),
        },
    };
    let mut texts = vec![
        (NORTH_STAR, edited(mine, NORTH_STAR, &merge.mine.north_star, &result.north_star)),
        (GOALS, edited(mine, GOALS, &merge.mine.goals, &result.goals)),
        (KPIS, edited(mine, KPIS, &merge.mine.kpis, &result.kpis)),
    ];
    for kind in Kind::ALL {
        let path = kind.row().file;
        let [old, new] = [&merge.mine, &result].map(|s| s.cards_of(*kind).cloned().collect::<Vec<_>>());
        // A register that nobody uses has no file.
        if mine.contains_key(path) || !new.is_empty() {
            texts.push((path, edited(mine, path, &old, &new)));
        }
    }
    let texts: Option<Texts> = texts.into_iter().map(|(path, text)| Some((path.to_owned(), text?))).collect();
    texts.map_or(Joined::Unreadable, Joined::Texts)
}

/// Joins two settings of the workspace the same way; `None` when a person has to look at it.
pub(super) fn join_one<T>(path: &str, base: Option<&str>, mine: &str, theirs: &str) -> Option<String>
where
    T: Serialize + DeserializeOwned + Clone,
{
    let read = |text: &str| storage::decode::<T>(Path::new(path), text).ok();
    let merge = Merge::three_way(base.and_then(read), read(mine)?, read(theirs)?);
    if merge.clashes().next().is_some() {
        return None;
    }
    let result = merge.all(Answer::Mine).ok()?;
    storage::splice(mine, &storage::encode(&merge.mine).ok()?, &storage::encode(&result).ok()?).ok()
}

/// The strategy of these texts; a file that is not there is empty.
fn strategy(texts: &Texts) -> Option<Strategy> {
    let mut cards: Vec<Card> = Vec::new();
    for kind in Kind::ALL {
        cards.extend(read::<Vec<Card>>(texts, kind.row().file)?);
    }
    Some(Strategy {
        north_star: read(texts, NORTH_STAR)?,
        goals: read(texts, GOALS)?,
        kpis: read(texts, KPIS)?,
        cards: cards.into(),
    })
}

fn read<T: DeserializeOwned + Default>(texts: &Texts, path: &str) -> Option<T> {
    match texts.get(path) {
        Some(text) => storage::decode(Path::new(path), text).ok(),
        None => Some(T::default()),
    }
}

/// A file's text with another value, edited so that comments stay.
fn edited<T: Serialize + PartialEq>(texts: &Texts, path: &str, old: &T, new: &T) -> Option<String> {
    match texts.get(path) {
        Some(text) if old == new => Some(text.clone()),
        Some(text) => storage::splice(text, &storage::encode(old).ok()?, &storage::encode(new).ok()?).ok(),
        None => storage::encode(new).ok(),
    }
}

/// Whether two texts of a strategy file say the same.
pub(super) fn same(path: &str, one: &str, other: &str) -> bool {
    fn equal<T: DeserializeOwned + PartialEq>(path: &str, one: &str, other: &str) -> bool {
        let read = |text: &str| storage::decode::<T>(Path::new(path), text).ok();
        matches!((read(one), read(other)), (Some(one), Some(other)) if one == other)
    }
    match path {
        NORTH_STAR => equal::<crate::model::strategy::NorthStar>(path, one, other),
        GOALS => equal::<Vec<crate::model::goal::Goal>>(path, one, other),
        KPIS => equal::<Vec<crate::model::kpi::Kpi>>(path, one, other),
        _ => equal::<Vec<Card>>(path, one, other),
    }
}
