//! The funnel of a register: how many cards came into each stage, how long they stayed, what each theme has, what was taken up.

use std::collections::HashMap;

use crate::model::history::History;
use crate::model::id::CardId;
use crate::model::register::{Card, Input, Kind, Link, Phase};
use crate::model::strategy::{Strategy, Theme};
use crate::model::week::Week;

/// How the cards of a register fared.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Funnel {
    /// Each stage, in order.
    pub stages: Vec<Stay>,
    /// Each theme that has a card, in the strategy's order.
    pub themes: Vec<OfTheme>,
    /// The cards that came through: closed in a stage that asks for no reason, the newest first.
    pub through: Vec<CardId>,
}

/// How cards fared in one stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stay {
    /// The stage's word.
    pub stage: &'static str,
    /// How many are in it now.
    pub now: usize,
    /// How many ever came into it, as far as sealed weeks and the files tell.
    pub ever: usize,
    /// The median number of weeks that a card spent in it, those still in it up to now; none where nobody knows.
    pub median: Option<u32>,
    /// The most weeks that a card spent in it.
    pub longest: Option<u32>,
}

/// What a theme has of a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfTheme {
    /// The theme's name.
    pub name: String,
    /// Its open cards.
    pub open: usize,
    /// All its cards.
    pub all: usize,
}

impl Funnel {
    /// Counts it.
    #[must_use]
    pub fn of(kind: Kind, strategy: &Strategy, history: &History, now: Week) -> Self {
        let mut through: Vec<&Card> = strategy.cards_of(kind).filter(came_through).collect();
        through.sort_by_key(|c| std::cmp::Reverse((c.reviewed, c.added)));
        Self {
            stages: stages(kind, strategy, history, now),
            themes: themes(kind, strategy),
            through: through.into_iter().map(|c| c.id.clone()).collect(),
        }
    }
}

fn came_through(card: &&Card) -> bool {
    let stage = card.stage();
    stage.phase == Phase::Closed && stage.asks.is_none()
}

fn stages(kind: Kind, strategy: &Strategy, history: &History, now: Week) -> Vec<Stay> {
    let mut spent: HashMap<&str, Vec<u32>> = HashMap::new();
    let mut inside: HashMap<&str, usize> = HashMap::new();
    let mut ways = ways(kind, history);
    for card in strategy.cards_of(kind) {
        let stage = card.stage().word;
        *inside.entry(stage).or_default() += 1;
        let mut way = ways.remove(&card.id).unwrap_or_default();
        if way.last().is_none_or(|(_, last)| *last != stage) {
            way.push((now, stage));
        }
        for (nth, (from, stage)) in way.iter().enumerate() {
            let until = way.get(nth + 1).map_or(now, |(week, _)| *week);
            spent.entry(stage).or_default().push(u32::try_from(until.since(*from)).unwrap_or(0));
        }
    }
    let stay = |stage: &'static str| {
        let mut times = spent.remove(stage).unwrap_or_default();
        times.sort_unstable();
        let now = inside.get(stage).copied().unwrap_or(0);
        Stay { stage, now, ever: times.len(), median: median(&times), longest: times.last().copied() }
    };
    kind.row().stages.iter().map(|s| s.word).map(stay).collect()
}

/// The weeks in which each card of a register was first seen in another stage, with the stage; in one pass over the weeks, as a
/// register may have thousands.
fn ways(kind: Kind, history: &History) -> HashMap<&CardId, Vec<(Week, &'static str)>> {
    let mut ways: HashMap<&CardId, Vec<(Week, &'static str)>> = HashMap::new();
    for week in history.weeks() {
        for card in week.cards.iter().filter(|c| c.kind() == kind) {
            let (way, stage) = (ways.entry(&card.id).or_default(), card.stage().word);
            if way.last().is_none_or(|(_, last)| *last != stage) {
                way.push((week.week, stage));
            }
        }
    }
    ways
}

/// The middle of sorted numbers; of an even count the lower one of the two in the middle, so that it is one that was counted.
fn median(sorted: &[u32]) -> Option<u32> {
    sorted.get(sorted.len().saturating_sub(1) / 2).copied()
}

fn themes(kind: Kind, strategy: &Strategy) -> Vec<OfTheme> {
    let of = |theme: &Theme| {
        let mine = || strategy.cards_of(kind).filter(|c| theme_of(c, strategy).is_some_and(|t| t.id == theme.id));
        let (open, all) = (mine().filter(|c| c.is_open()).count(), mine().count());
        (all > 0).then(|| OfTheme { name: theme.name.clone(), open, all })
    };
    strategy.north_star.themes.iter().filter_map(of).collect()
}

/// The theme of a card: the one that it names, else one that it is linked to, else the one of a goal that it is linked to.
fn theme_of<'a>(card: &Card, strategy: &'a Strategy) -> Option<&'a Theme> {
    let named = card.fields().find(|(f, text)| f.input == Input::Theme && !text.is_empty());
    let named = named.and_then(|(_, id)| strategy.north_star.themes.iter().find(|t| t.id.as_str() == id));
    let linked = || {
        card.links.iter().find_map(|link| match link {
            Link::Theme(id) => strategy.theme(id),
            Link::Goal(_) | Link::Kpi(_) | Link::Card(_) | Link::Decision(_) => None,
        })
    };
    let by_goal = || {
        card.links.iter().find_map(|link| match link {
            Link::Goal(id) => strategy.theme_of(id),
            Link::Theme(_) | Link::Kpi(_) | Link::Card(_) | Link::Decision(_) => None,
        })
    };
    named.or_else(linked).or_else(by_goal)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::insight::fixture::*;

    fn idea(name: &str, stage: usize) -> Card {
        let mut what = Kind::Idea.read(&|_| String::new()).unwrap();
        what.move_to(stage);
        Card::new(id(name), "Bake rye", day("2026-10-01"), what)
    }

    /// Rye is suggested in the weeks 43 and 44, scored in 45 and 46, tried now; seed is suggested from 46 on.
    fn told() -> (History, Strategy) {
        let history = history(4, |w| {
            let mut cards = vec![Arc::new(idea("rye", usize::from(w.week >= week("2026-W45"))))];
            if w.week == week("2026-W46") {
                cards.push(Arc::new(idea("seed", 0)));
            }
            w.cards = cards.into();
        });
        let mut strategy = strategy();
        strategy.cards = vec![idea("rye", 2), idea("seed", 0)].into();
        (history, strategy)
    }

    #[test]
    fn it_counts_who_came_how_far_and_for_how_long() {
        let (history, strategy) = told();
        let funnel = Funnel::of(Kind::Idea, &strategy, &history, week(NOW));
        let of = |stage: &str| {
            let s = funnel.stages.iter().find(|s| s.stage == stage).unwrap();
            (s.now, s.ever, s.median, s.longest)
        };
        assert_eq!(of("suggested"), (1, 2, Some(1), Some(2)), "two weeks and one");
        assert_eq!(of("scored"), (0, 1, Some(2), Some(2)));
        assert_eq!((of("trying"), of("adopted")), ((1, 1, Some(0), Some(0)), (0, 0, None, None)));
    }

    #[test]
    fn a_card_counts_for_the_theme_that_it_names_or_that_its_links_lead_to() {
        let (history, mut strategy) = told();
        strategy.cards[0].set(&[("theme", "online".to_owned())]).unwrap();
        strategy.cards[1].links = vec![Link::Goal(id("order-count"))];
        strategy.cards[1].what.move_to(3);
        strategy.cards.push(idea("loose", 0));
        let funnel = Funnel::of(Kind::Idea, &strategy, &history, week(NOW));
        assert_eq!(funnel.themes, [OfTheme { name: "Online".to_owned(), open: 1, all: 2 }]);
        assert_eq!(funnel.through, [id("seed")], "adopted asks for no reason");
    }
}
