//! One of the files that the strategy is kept in: what of a strategy it holds, how that is read and written.

use std::path::Path;

use crate::model::problem::Problem;
use crate::model::register::{Card, Kind};
use crate::model::strategy::Strategy;

use super::codec::decode;
use super::layout::{GOALS, KPIS, NORTH_STAR};
use super::{load, source, splice};

/// One of the files that the strategy is kept in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StrategyFile {
    /// `strategy/north-star.ron`.
    NorthStar,
    /// `strategy/goals.ron`.
    Goals,
    /// `strategy/kpis.ron`.
    Kpis,
    /// The cards of a register.
    Cards(Kind),
}

impl StrategyFile {
    /// All of them, in their order.
    pub fn all() -> impl Iterator<Item = Self> {
        [Self::NorthStar, Self::Goals, Self::Kpis].into_iter().chain(Kind::ALL.iter().map(|kind| Self::Cards(*kind)))
    }

    /// Its path in the workspace.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::NorthStar => NORTH_STAR,
            Self::Goals => GOALS,
            Self::Kpis => KPIS,
            Self::Cards(kind) => kind.row().file,
        }
    }

    /// Puts what a text says into its place in a strategy that has nothing there yet.
    pub(super) fn put(self, into: &mut Strategy, text: &str) -> Result<(), Problem> {
        let relative = Path::new(self.path());
        let text = source::text(relative, text.as_bytes().to_vec()).map_err(|e| e.into_problem(relative))?;
        match self {
            Self::NorthStar => into.north_star = decode(relative, &text)?,
            Self::Goals => into.goals = decode(relative, &text)?,
            Self::Kpis => into.kpis = decode(relative, &text)?,
            Self::Cards(kind) => into.cards.extend(load::cards(kind, &text).map_err(|all| first(relative, all))?),
        }
        Ok(())
    }

    /// Whether two strategies say the same here.
    pub(super) fn is_same(self, a: &Strategy, b: &Strategy) -> bool {
        match self {
            Self::NorthStar => a.north_star == b.north_star,
            Self::Goals => a.goals == b.goals,
            Self::Kpis => a.kpis == b.kpis,
            Self::Cards(kind) => a.cards_of(kind).eq(b.cards_of(kind)),
        }
    }

    /// Takes over what a strategy says here.
    pub(super) fn take(self, into: &mut Strategy, from: &Strategy) {
        match self {
            Self::NorthStar => into.north_star = from.north_star.clone(),
            Self::Goals => into.goals = from.goals.clone(),
            Self::Kpis => into.kpis = from.kpis.clone(),
            Self::Cards(kind) => {
                into.cards.retain(|card| card.kind() != kind);
                into.cards.extend(cards(kind, from));
            }
        }
    }

    /// Its text, edited from what it says to what a strategy says: comments and layout stay.
    pub(super) fn edit(self, text: &str, was: &Strategy, new: &Strategy) -> Result<String, String> {
        match self {
            Self::NorthStar => splice::edit(text, &was.north_star, &new.north_star),
            Self::Goals => splice::edit(text, &was.goals, &new.goals),
            Self::Kpis => splice::edit(text, &was.kpis, &new.kpis),
            Self::Cards(kind) => splice::edit(text, &cards(kind, was), &cards(kind, new)),
        }
    }
}

fn cards(kind: Kind, of: &Strategy) -> Vec<Card> {
    of.cards_of(kind).cloned().collect()
}

/// The first of some problems.
fn first(relative: &Path, problems: Vec<Problem>) -> Problem {
    let none = || Problem::of_file(relative, say!("it could not be read"), say!("look at it with `truenorth check`"));
    problems.into_iter().next().unwrap_or_else(none)
}
