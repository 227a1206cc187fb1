//! Kendall's W with mid-ranks, and whether as much agreement could be chance.

use crate::model::number::Finite;

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
    let (members, items) = (as_f64(m), as_f64(n));
    let most = members * members * (items.powi(3) - items) - members * ties;
    (most > 1e-9).then(|| 12.0 * spread(&sums) / most)
}

/// S = Σ(R_i - mean R)² of rank sums.
fn spread(sums: &[f64]) -> f64 {
    let mean = sums.iter().sum::<f64>() / as_f64(sums.len());
    sums.iter().map(|r| (r - mean).powi(2)).sum()
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

/// Up to so many arrangements every one is looked at; beyond, as many are drawn as [`DRAWN`] says.
const FEW: usize = 10_000;
/// How many arrangements are drawn: with the one at hand a round ten thousand.
const DRAWN: u32 = 9_999;
/// Where the drawing begins: always the same, so that the same ranks give the same answer everywhere.
const SEED: u64 = 0x7472_7565_6e6f_7274;

/// The chance that members who rank blindly agree at least as much, 0 to 1: small means that the agreement is real.
///
/// A permutation test of W. Each member's ranks are put in another order, the first member's left as they are; as the ties
/// stay the same, comparing S compares W. Where there are at most 10,000 arrangements all are looked at and the answer is
/// exact; else 9,999 are drawn with a fixed seed, and p = (1 + how many agree as much) / 10,000. None where W is.
#[must_use]
pub fn chance(ranks: &[Vec<f64>]) -> Option<f64> {
    kendall_w(ranks)?;
    let (first, others) = ranks.split_first()?;
    let sums = |others: &[Vec<f64>]| -> Vec<f64> {
        (0..first.len()).map(|item| first[item] + others.iter().map(|r| r[item]).sum::<f64>()).collect()
    };
    // The sums are of halves, so what is equal is equal; a little below keeps the mean's dust out.
    let reached = spread(&sums(others)) - 1e-9;
    let mut others = others.to_vec();
    if let Some(all) = arrangements(first.len(), others.len()) {
        let mut as_much = 0_usize;
        every_order(&mut others, 0, &mut |others| as_much += usize::from(spread(&sums(others)) >= reached));
        return Some(as_f64(as_much) / as_f64(all));
    }
    let mut random = SplitMix(SEED);
    let as_much = (0..DRAWN)
        .filter(|_| {
            others.iter_mut().for_each(|row| random.shuffle(row));
            spread(&sums(&others)) >= reached
        })
        .count();
    Some((as_f64(as_much) + 1.0) / (f64::from(DRAWN) + 1.0))
}

/// (n!)^others, if these are few.
fn arrangements(items: usize, others: usize) -> Option<usize> {
    let orders = (1..=items).try_fold(1_usize, |all, n| all.checked_mul(n))?;
    orders.checked_pow(u32::try_from(others).ok()?).filter(|all| *all <= FEW)
}

/// Calls `seen` with every combination of orders of these rows.
fn every_order(rows: &mut [Vec<f64>], row: usize, seen: &mut impl FnMut(&[Vec<f64>])) {
    fn permute(rows: &mut [Vec<f64>], row: usize, at: usize, seen: &mut impl FnMut(&[Vec<f64>])) {
        if at + 1 >= rows[row].len() {
            return every_order(rows, row + 1, seen);
        }
        for other in at..rows[row].len() {
            rows[row].swap(at, other);
            permute(rows, row, at + 1, seen);
            rows[row].swap(at, other);
        }
    }
    if row == rows.len() { seen(rows) } else { permute(rows, row, 0, seen) }
}

/// The generator of Steele, Lea and Flood (2014): small, fast, and good enough to shuffle with.
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Below `n`: the high half of a product, so that no number is noticeably likelier than another.
    fn below(&mut self, n: usize) -> usize {
        let wide = u128::from(self.next()) * (n as u128);
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// Fisher and Yates.
    fn shuffle(&mut self, row: &mut [f64]) {
        for at in (1..row.len()).rev() {
            row.swap(at, self.below(at + 1));
        }
    }
}

pub(super) fn as_f64(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Four people rank strawberries from eight farms: `influentialpoints.com`, coefficient of concordance, example 1.
    const STRAWBERRIES: [[f64; 8]; 4] = [
        [8.0, 4.0, 2.0, 3.0, 5.0, 1.0, 6.0, 7.0],
        [7.0, 3.0, 1.0, 4.0, 5.0, 2.0, 6.0, 8.0],
        [8.0, 2.0, 5.0, 6.0, 7.0, 1.0, 4.0, 3.0],
        [8.0, 3.0, 4.0, 2.0, 5.0, 1.0, 6.0, 7.0],
    ];

    fn rows<const N: usize>(rows: &[[f64; N]]) -> Vec<Vec<f64>> {
        rows.iter().map(|r| r.to_vec()).collect()
    }

    #[test]
    fn kendalls_w_of_the_published_strawberries() {
        let ranks = rows(&STRAWBERRIES);
        let sums: Vec<f64> = (0..8).map(|i| ranks.iter().map(|r| r[i]).sum()).collect();
        assert_eq!(sums, [31.0, 12.0, 12.0, 15.0, 22.0, 5.0, 22.0, 25.0]);
        assert_eq!(spread(&sums), 500.0);
        let w = kendall_w(&ranks).unwrap();
        assert!((w - 0.744).abs() < 0.0005, "{w}");
        assert!((mean_rank_correlation(&ranks).unwrap() - (4.0 * w - 1.0) / 3.0).abs() < 1e-12);
        // The page's 0.004 comes from the chi-squared distribution, which is careful with so few people.
        let p = chance(&ranks).unwrap();
        assert!((0.000_1..0.004).contains(&p), "{p}");
    }

    #[test]
    fn the_chance_of_three_items_is_that_of_the_published_tables() {
        // Exact tables for n = 3 (Friedman 1937; Kendall & Babington Smith 1939): S reached at least with this chance.
        let (a, b, c) = ([1.0, 2.0, 3.0], [1.0, 3.0, 2.0], [2.0, 1.0, 3.0]);
        for (ranks, s, p) in [
            (rows(&[a, a, a]), 18.0, 0.028),
            (rows(&[a, a, b]), 14.0, 0.194),
            (rows(&[a, a, a, a]), 32.0, 0.0046),
            (rows(&[a, a, a, b]), 26.0, 0.042),
            (rows(&[a, a, b, b]), 24.0, 0.069),
            (rows(&[b, b, c, c]), 8.0, 0.431),
        ] {
            let sums: Vec<f64> = (0..3).map(|i| ranks.iter().map(|r| r[i]).sum()).collect();
            assert_eq!(spread(&sums), s);
            let found = chance(&ranks).unwrap();
            assert!((found - p).abs() < 0.000_6, "S = {s}: {found}, the table says {p}");
        }
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
        for ranks in
            [vec![vec![1.0, 2.0]], vec![vec![1.5, 1.5], vec![1.5, 1.5]], vec![], vec![vec![1.0, 2.0], vec![1.0]]]
        {
            assert_eq!((kendall_w(&ranks), chance(&ranks)), (None, None));
        }
    }

    #[test]
    fn the_same_ranks_have_the_same_chance_each_time() {
        let many: Vec<Vec<f64>> = STRAWBERRIES.iter().cycle().take(9).map(|r| r.to_vec()).collect();
        assert_eq!(chance(&many), Some(0.000_1), "none of the drawn ones agrees as much");
        assert_eq!(chance(&rows(&STRAWBERRIES)), chance(&rows(&STRAWBERRIES)));
    }

    /// Rankings drawn at random, with W from Friedman's statistic and the exact chance from the distribution of rank sums,
    /// as `tests/independent/kendall.py` computes them.
    #[test]
    fn an_independent_implementation_agrees_on_random_rankings() {
        let vectors = include_str!("../../../tests/independent/kendall.csv");
        let mut seen = 0;
        for line in vectors.lines().filter(|l| !l.starts_with('#')) {
            let fields: Vec<&str> = line.split(',').collect();
            let [rows, w, r, p] = fields.as_slice() else { panic!("{line}") };
            let ranks: Vec<Vec<f64>> =
                rows.split('|').map(|row| row.split(' ').map(|x| x.parse().unwrap()).collect()).collect();
            let told = |text: &str| text.parse::<f64>().ok();
            let near = |found: Option<f64>, told: Option<f64>, by: f64| match (found, told) {
                (Some(found), Some(told)) => (found - told).abs() <= by,
                (found, told) => found.is_none() && told.is_none(),
            };
            assert!(near(kendall_w(&ranks), told(w), 1e-9), "W of {line}");
            assert!(near(mean_rank_correlation(&ranks), told(r), 1e-9), "correlation of {line}");
            let exact = arrangements(ranks[0].len(), ranks.len() - 1).is_some();
            // Four standard errors of a share drawn 9,999 times, at its widest.
            assert!(near(chance(&ranks), told(p), if exact { 1e-9 } else { 0.02 }), "chance of {line}");
            seen += 1;
        }
        assert!(seen >= 60, "only {seen} vectors");
    }
}
