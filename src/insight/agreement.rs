//! How much people agree: on the order of priorities (Kendall's W with mid-ranks) and on how sure they are of goals.

use std::collections::BTreeMap;

use crate::model::checkin::CheckIn;
use crate::model::id::{GoalId, MemberId, ThemeId};
use crate::model::number::Finite;
use crate::model::strategy::Theme;

/// The places of items by value, from 1; equal values share the mean of their places.
#[must_use]
pub fn mid_ranks(values: &[Finite]) -> Vec<f64> {
    values
        .iter()
        .map(|value| {
            let below = values.iter().filter(|v| *v < value).count();
            let equal = values.iter().filter(|v| *v == value).count();
            as_f64(below) + (as_f64(equal) + 1.0) / 2.0
        })
        .collect()
}

/// Kendall's W of `m` members' ranks of the same `n` items: 0 no agreement, 1 full agreement.
///
/// W = 12S / (m²(n³-n) - m·ΣT), with S = Σ(R_i - mean R)² over the items' rank sums and T = Σ(t³-t) over each member's
/// groups of equal ranks (Kendall & Babington Smith 1939). None for fewer than two members or items, for rows of unequal
/// length, and where everybody ties everything.
#[must_use]
pub fn kendall_w(ranks: &[Vec<f64>]) -> Option<f64> {
    let (m, n) = (ranks.len(), ranks.first()?.len());
    if m < 2 || n < 2 || ranks.iter().any(|r| r.len() != n) {
        return None;
    }
    let sums: Vec<f64> = (0..n).map(|item| ranks.iter().map(|r| r[item]).sum()).collect();
    let ties: f64 = ranks.iter().map(|r| tie_correction(r)).sum();
    w_of_sums(&sums, m, ties)
}

/// W from rank sums: the second half of [`kendall_w`].
fn w_of_sums(sums: &[f64], members: usize, ties: f64) -> Option<f64> {
    let (m, n) = (as_f64(members), as_f64(sums.len()));
    let mean = sums.iter().sum::<f64>() / n;
    let s: f64 = sums.iter().map(|r| (r - mean).powi(2)).sum();
    let most = m * m * (n.powi(3) - n) - m * ties;
    (most > 1e-9).then(|| 12.0 * s / most)
}

/// T = Σ(t³-t) over groups of equal ranks.
fn tie_correction(ranks: &[f64]) -> f64 {
    let mut sorted = ranks.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.chunk_by(|a, b| a == b).map(|group| as_f64(group.len())).map(|t| t.powi(3) - t).sum()
}

/// The mean rank correlation over all pairs of members, (mW-1)/(m-1): 1 full agreement, 0 none, below it opposition.
#[must_use]
pub fn mean_rank_correlation(ranks: &[Vec<f64>]) -> Option<f64> {
    let m = as_f64(ranks.len());
    kendall_w(ranks).map(|w| (m * w - 1.0) / (m - 1.0))
}

/// How members rank the themes.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking<'a> {
    /// Themes by their mean place, the most important first, with that place (from 1).
    pub order: Vec<(&'a Theme, f64)>,
    /// The mean rank correlation; none below two members, or where all is tied.
    pub correlation: Option<f64>,
    /// How many members ranked.
    pub members: usize,
}

/// The rankings of some check-ins put together; none if nobody ranked, or there are fewer than two themes.
///
/// Themes that a member left out share the places after those they named.
#[must_use]
pub fn ranking<'a>(themes: &'a [Theme], check_ins: &[&CheckIn]) -> Option<Ranking<'a>> {
    let ranks: Vec<Vec<f64>> =
        check_ins.iter().filter(|c| !c.ranking.is_empty()).map(|c| places(themes, &c.ranking)).collect();
    if ranks.is_empty() || themes.len() < 2 {
        return None;
    }
    let mean = |item: usize| ranks.iter().map(|r| r[item]).sum::<f64>() / as_f64(ranks.len());
    let mut order: Vec<(&Theme, f64)> = themes.iter().enumerate().map(|(at, theme)| (theme, mean(at))).collect();
    order.sort_by(|a, b| a.1.total_cmp(&b.1));
    Some(Ranking { order, correlation: mean_rank_correlation(&ranks), members: ranks.len() })
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

#[allow(clippy::cast_precision_loss)] // counts of people and items
fn as_f64(n: usize) -> f64 {
    n as f64
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
    fn kendalls_w_of_the_published_rank_sums() {
        let sums = [31.0, 12.0, 12.0, 15.0, 22.0, 5.0, 22.0, 25.0];
        let mean = sums.iter().sum::<f64>() / 8.0;
        assert_eq!(sums.iter().map(|r| (r - mean).powi(2)).sum::<f64>(), 500.0);
        let w = w_of_sums(&sums, 4, 0.0).unwrap();
        assert!((w - 0.744).abs() < 0.0005, "{w}");
    }

    #[test]
    fn the_same_order_is_full_agreement_and_the_reverse_of_two_is_opposition() {
        let (up, down) = (vec![1.0, 2.0, 3.0], vec![3.0, 2.0, 1.0]);
        assert_eq!(kendall_w(&[up.clone(), up.clone(), up.clone()]), Some(1.0));
        assert_eq!(mean_rank_correlation(&[up.clone(), up.clone()]), Some(1.0));
        assert_eq!(kendall_w(&[up.clone(), down.clone()]), Some(0.0));
        assert_eq!(mean_rank_correlation(&[up, down]), Some(-1.0));
    }

    #[test]
    fn ties_share_the_mean_place_and_are_corrected_for() {
        let values = [1, 2, 2, 5].map(Finite::from);
        assert_eq!(mid_ranks(&values), [1.0, 2.5, 2.5, 4.0]);
        let tied = vec![1.0, 2.5, 2.5, 4.0];
        assert_eq!(tie_correction(&tied), 6.0);
        // Without the correction two equal orders with a tie would fall short of full agreement.
        assert_eq!(kendall_w(&[tied.clone(), tied]), Some(1.0));
    }

    #[test]
    fn one_member_or_all_tied_is_unknown() {
        assert_eq!(kendall_w(&[vec![1.0, 2.0]]), None);
        assert_eq!(kendall_w(&[vec![1.5, 1.5], vec![1.5, 1.5]]), None);
        assert_eq!(kendall_w(&[]), None);
        assert_eq!(kendall_w(&[vec![1.0, 2.0], vec![1.0]]), None);
    }

    #[test]
    fn themes_are_ordered_by_their_mean_place_and_those_left_out_come_last_together() {
        let themes = themes(&["a", "b", "c"]);
        let (one, two) = (ranks("maya", &["b"]), ranks("tom", &["b", "a", "c"]));
        let silent = CheckIn::new(id("ann"), week(NOW));
        let seen = ranking(&themes, &[&one, &two, &silent]).unwrap();
        let order: Vec<_> = seen.order.iter().map(|(t, place)| (t.name.as_str(), *place)).collect();
        assert_eq!(order, [("b", 1.0), ("a", 2.25), ("c", 2.75)]);
        assert_eq!(seen.members, 2);
        assert!(ranking(&themes, &[&silent]).is_none());
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
    }
}
