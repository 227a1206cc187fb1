//! How much people agree: on the order of priorities (Kendall's W), on what comes first (recall), on how sure they are.

mod kendall;
mod recall;

use std::collections::BTreeMap;
use std::ops::Deref;

use crate::model::checkin::CheckIn;
use crate::model::id::{GoalId, MemberId, ThemeId};
use crate::model::number::Finite;
use crate::model::review::Review;
use crate::model::snapshot::Snapshot;
use crate::model::strategy::Theme;
use kendall::as_f64;

pub use kendall::{chance, kendall_w, mean_rank_correlation, mid_ranks};
pub use recall::{PRIORITIES, Recalled, priorities, recall};

/// Check-ins that the room has seen. What names people or gives answers away asks for these, and there is no other way to
/// get them than a review that was revealed or sealed: before that the list is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Revealed<'a>(Vec<&'a CheckIn>);

impl<'a> Revealed<'a> {
    /// Those of a review's week, once it has revealed them.
    #[must_use]
    pub fn of(review: &Review, check_ins: &'a [CheckIn]) -> Self {
        if review.revealed {
            Self(check_ins.iter().filter(|c| c.week == review.week).collect())
        } else {
            Self::default()
        }
    }

    /// Those that a sealed week shares: nothing is sealed that was not revealed.
    #[must_use]
    pub fn sealed(snapshot: &'a Snapshot) -> Self {
        Self(snapshot.check_ins.iter().collect())
    }
}

impl<'a> Deref for Revealed<'a> {
    type Target = [&'a CheckIn];

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

/// How members rank the themes.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking<'a> {
    /// Themes by their mean place, the most important first, with that place (from 1).
    pub order: Vec<(&'a Theme, f64)>,
    /// Kendall's W; none below two members, or where all is tied.
    pub w: Option<f64>,
    /// The mean rank correlation; none where W is none.
    pub correlation: Option<f64>,
    /// How many members ranked.
    pub members: usize,
    themes: &'a [Theme],
    who: Vec<&'a MemberId>,
    ranks: Vec<Vec<f64>>,
}

/// A theme that some put high and others low.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WidestItem<'a> {
    /// Which.
    pub theme: &'a Theme,
    /// Its highest place, from 1.
    pub highest: f64,
    /// Its lowest place.
    pub lowest: f64,
}

/// Two people whose orders differ most.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WidestPair<'a> {
    /// The first, in the order of the check-ins.
    pub one: &'a MemberId,
    /// The other.
    pub other: &'a MemberId,
    /// The rank correlation of the two: -1 is the reverse order.
    pub correlation: f64,
}

/// The rankings of some check-ins put together; none if nobody ranked, or there are fewer than two themes.
///
/// Themes that a member left out share the places after those they named.
#[must_use]
pub fn ranking<'a>(themes: &'a [Theme], check_ins: &Revealed<'a>) -> Option<Ranking<'a>> {
    let (who, ranks): (Vec<_>, Vec<_>) =
        check_ins.iter().filter(|c| !c.ranking.is_empty()).map(|c| (&c.member, places(themes, &c.ranking))).unzip();
    if ranks.is_empty() || themes.len() < 2 {
        return None;
    }
    let mean = |item: usize| ranks.iter().map(|r| r[item]).sum::<f64>() / as_f64(ranks.len());
    let mut order: Vec<(&Theme, f64)> = themes.iter().enumerate().map(|(at, theme)| (theme, mean(at))).collect();
    order.sort_by(|a, b| a.1.total_cmp(&b.1));
    let (w, correlation) = (kendall_w(&ranks), mean_rank_correlation(&ranks));
    Some(Ranking { order, w, correlation, members: ranks.len(), themes, who, ranks })
}

impl<'a> Ranking<'a> {
    /// The chance that people who rank blindly agree as much: see [`chance`]. Takes milliseconds: for those who ask.
    #[must_use]
    pub fn chance(&self) -> Option<f64> {
        chance(&self.ranks)
    }

    /// The theme whose places lie farthest apart; none where all agree on all places. Of equal ones the first.
    #[must_use]
    pub fn widest_item(&self) -> Option<WidestItem<'a>> {
        let items = self.themes.iter().enumerate().map(|(item, theme)| {
            let places = self.ranks.iter().map(|r| r[item]);
            let (highest, lowest) = places.fold((f64::MAX, f64::MIN), |(h, l), p| (h.min(p), l.max(p)));
            WidestItem { theme, highest, lowest }
        });
        let range = |i: &WidestItem| i.lowest - i.highest;
        items.rev().max_by(|a, b| range(a).total_cmp(&range(b))).filter(|i| range(i) > 0.0)
    }

    /// The two people whose orders differ most; none below three people, as two are named by their number already, and
    /// where all have the same order.
    #[must_use]
    pub fn widest_pair(&self) -> Option<WidestPair<'a>> {
        if self.who.len() < 3 {
            return None;
        }
        let mut widest: Option<WidestPair> = None;
        for (at, one) in self.ranks.iter().enumerate() {
            for (next, other) in self.ranks.iter().enumerate().skip(at + 1) {
                let Some(correlation) = mean_rank_correlation(&[one.clone(), other.clone()]) else { continue };
                if widest.is_none_or(|w| correlation < w.correlation) {
                    widest = Some(WidestPair { one: self.who[at], other: self.who[next], correlation });
                }
            }
        }
        widest.filter(|w| w.correlation < 1.0)
    }
}

fn places(themes: &[Theme], ranking: &[ThemeId]) -> Vec<f64> {
    let last = i32::try_from(ranking.len()).unwrap_or(i32::MAX);
    let place = |theme: &Theme| {
        let at = ranking.iter().position(|t| t == &theme.id);
        Finite::from(at.and_then(|at| i32::try_from(at).ok()).unwrap_or(last))
    };
    mid_ranks(&themes.iter().map(place).collect::<Vec<_>>())
}

/// The confidence votes on one goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Votes<'a> {
    /// Which goal.
    pub goal: &'a GoalId,
    /// Who voted what, 0 to 10, the lowest first.
    pub votes: Vec<(&'a MemberId, u8)>,
}

impl Votes<'_> {
    /// The highest vote less the lowest; none below two votes.
    #[must_use]
    pub fn spread(&self) -> Option<u8> {
        let (low, high) = (self.votes.first()?.1, self.votes.last()?.1);
        (self.votes.len() > 1).then(|| high - low)
    }
}

/// The votes of some check-ins by goal, the widest spread first. Of two votes of one member on one goal the later counts.
#[must_use]
pub fn confidence<'a>(check_ins: &[&'a CheckIn]) -> Vec<Votes<'a>> {
    let mut by_goal: BTreeMap<&GoalId, BTreeMap<&MemberId, u8>> = BTreeMap::new();
    for check_in in check_ins {
        for vote in &check_in.confidence {
            by_goal.entry(&vote.goal).or_default().insert(&check_in.member, vote.confidence.get());
        }
    }
    let mut all: Vec<Votes> = by_goal
        .into_iter()
        .map(|(goal, votes)| {
            let mut votes: Vec<_> = votes.into_iter().collect();
            votes.sort_by_key(|(_, vote)| *vote);
            Votes { goal, votes }
        })
        .collect();
    all.sort_by_key(|v| std::cmp::Reverse(v.spread()));
    all
}

/// Goals whose votes lie less than `apart` from each other, and goals with two votes or more.
#[must_use]
pub fn close_votes(votes: &[Votes], apart: u8) -> (usize, usize) {
    let spreads = || votes.iter().filter_map(Votes::spread);
    (spreads().filter(|s| *s < apart).count(), spreads().count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::fixture::*;
    use crate::model::checkin::Vote;
    use crate::model::scale::Confidence;

    fn themes(names: &[&str]) -> Vec<Theme> {
        let theme = |n: &&str| Theme { id: id(n), name: (*n).to_owned(), bet: String::new(), weight: number(1.0) };
        names.iter().map(theme).collect()
    }

    fn ranks(member: &str, order: &[&str]) -> CheckIn {
        CheckIn { ranking: order.iter().map(|t| id(t)).collect(), ..CheckIn::new(id(member), week(NOW)) }
    }

    #[test]
    fn nothing_is_revealed_before_the_room_says_so_and_then_only_the_week() {
        let check_ins = [ranks("maya", &["a"]), CheckIn::new(id("tom"), week(NOW).previous())];
        let mut review = review();
        assert!(Revealed::of(&review, &check_ins).is_empty());
        review.revealed = true;
        assert_eq!(Revealed::of(&review, &check_ins).len(), 1);
    }

    #[test]
    fn themes_are_ordered_by_their_mean_place_and_those_left_out_come_last_together() {
        let themes = themes(&["a", "b", "c"]);
        let (one, two) = (ranks("maya", &["b"]), ranks("tom", &["b", "a", "c"]));
        let silent = CheckIn::new(id("ann"), week(NOW));
        let seen = ranking(&themes, &Revealed(vec![&one, &two, &silent])).unwrap();
        let order: Vec<_> = seen.order.iter().map(|(t, place)| (t.name.as_str(), *place)).collect();
        assert_eq!(order, [("b", 1.0), ("a", 2.25), ("c", 2.75)]);
        assert_eq!(seen.members, 2);
        assert!(ranking(&themes, &Revealed(vec![&silent])).is_none());
    }

    #[test]
    fn the_spread_of_votes_is_shown_from_two_on() {
        let vote = |goal, n| Vote { goal: id(goal), confidence: Confidence::new(n).unwrap() };
        let mut maya = CheckIn::new(id("maya"), week(NOW));
        maya.confidence = vec![vote("lone", 9), vote("split", 8)];
        let mut tom = CheckIn::new(id("tom"), week(NOW));
        tom.confidence = vec![vote("split", 3)];
        let seen = confidence(&[&maya, &tom]);
        assert_eq!((seen[0].goal.as_str(), seen[0].spread()), ("split", Some(5)));
        assert_eq!(seen[0].votes[0].0.as_str(), "tom");
        assert_eq!(seen[1].spread(), None);
        assert_eq!(close_votes(&seen, 4), (0, 1), "a goal with one vote says nothing");
    }

    #[test]
    fn the_theme_and_the_pair_that_lie_farthest_apart_are_found() {
        let themes = themes(&["a", "b", "c", "d"]);
        let all = [
            ranks("maya", &["a", "b", "c", "d"]),
            ranks("tom", &["b", "a", "c", "d"]),
            ranks("ann", &["d", "b", "c", "a"]),
        ];
        let seen = ranking(&themes, &Revealed(all.iter().collect())).unwrap();
        let item = seen.widest_item().unwrap();
        assert_eq!(
            (item.theme.name.as_str(), item.highest, item.lowest),
            ("a", 1.0, 4.0),
            "of two equal ones the first"
        );
        let pair = seen.widest_pair().unwrap();
        assert_eq!((pair.one.as_str(), pair.other.as_str()), ("maya", "ann"));
        assert!((pair.correlation + 0.8).abs() < 1e-9, "{}", pair.correlation);
        let two = ranking(&themes, &Revealed(all[..2].iter().collect())).unwrap();
        assert_eq!(two.widest_pair(), None, "two people are named by their number already");
    }

    #[test]
    fn where_all_agree_nothing_lies_apart() {
        let themes = themes(&["a", "b"]);
        let all = ["maya", "tom", "ann"].map(|who| ranks(who, &["b", "a"]));
        let seen = ranking(&themes, &Revealed(all.iter().collect())).unwrap();
        assert_eq!((seen.widest_item(), seen.widest_pair(), seen.correlation), (None, None, Some(1.0)));
    }
}
