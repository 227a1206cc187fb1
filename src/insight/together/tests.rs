//! Planted pairs are found with their lag and direction; noise of every kind gives no more false ones than promised.

use super::*;
use crate::insight::fixture::*;
use proptest::prelude::*;

/// A small generator of random numbers, so that the simulations are the same each time.
struct Dice(u64);

impl Dice {
    /// Between 0 and 1 (xorshift; Marsaglia 2003).
    fn roll(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        f64::from(u32::try_from(self.0 >> 32).unwrap()) / f64::from(u32::MAX)
    }

    /// Nearly normal, of mean 0 and variance 1.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.roll()).sum::<f64>() - 6.0
    }
}

fn series(values: impl IntoIterator<Item = Option<f64>>) -> Series {
    let start = week("2020-W01");
    (0..).zip(values).filter_map(|(at, value)| Some((start.plus(at), number(value?)))).collect()
}

fn named(all: Vec<Series>) -> Vec<(KpiId, Series)> {
    all.into_iter().enumerate().map(|(n, series)| (id(&format!("k{n}")), series)).collect()
}

/// `b` follows `a` after `lag` weeks, turned around, with as much noise again.
fn planted(lag: usize, weeks: usize) -> Vec<(KpiId, Series)> {
    let mut dice = Dice(7);
    let a: Vec<f64> = (0..weeks + lag).map(|_| dice.normal()).collect();
    let b: Vec<f64> = (0..weeks).map(|t| 50.0 - 10.0 * (a[t] + 0.5 * dice.normal())).collect();
    let noise: Vec<f64> = (0..weeks).map(|_| dice.normal()).collect();
    let values = |v: &[f64]| series(v.iter().copied().map(Some));
    named(vec![values(&a[lag..]), values(&b), values(&noise)])
}

#[test]
fn a_planted_pair_is_found_with_its_lag_and_which_moves_first() {
    for lag in [0, 1, 2, 5, 8] {
        let data = planted(lag, 70);
        let found = of(&id("k1"), &data);
        assert_eq!(found.len(), 1, "lag {lag}: {found:?}");
        let first = if lag == 0 { First::Neither } else { First::Other };
        assert_eq!((usize::from(found[0].lag), found[0].first, found[0].with.as_str()), (lag, first, "k0"));
        assert!(found[0].correlation.get() < -0.6 && found[0].p.get() < 0.01, "{found:?}");
        assert_eq!(found[0].weeks, 69 - lag);
        let back = of(&id("k0"), &data);
        assert_eq!(back, [found[0].turned(&id("k1"))], "the other sees the same pair from its side");
        assert!(of(&id("k2"), &data).is_empty());
        let lists = all(&data);
        assert_eq!((lists[0].1.len(), lists[1].1.len(), lists[2].1.len()), (1, 1, 0));
        assert_eq!((lists[1].1[0].lag, lists[1].1[0].first), (found[0].lag, first));
    }
}

#[test]
fn a_pair_is_told_in_words() {
    let pair = Pair {
        with: id("errors"),
        lag: 2,
        first: First::Other,
        correlation: number(-0.714),
        weeks: 48,
        p: number(0.001),
    };
    assert_eq!(
        pair.told("Order errors"),
        "moves opposite to Order errors, 2 weeks later (r -0.71 over 48 weeks): a hint, not a cause"
    );
    let turned = Pair { lag: 1, correlation: number(0.5), ..pair.turned(&id("orders")) };
    assert!(turned.told("Orders").starts_with("moves with Orders, 1 week before it (r 0.50"));
    assert!(Pair { first: First::Neither, ..pair }.told("Orders").contains("in the same week"));
}

#[test]
fn too_few_weeks_and_numbers_that_never_move_make_no_pair() {
    assert!(of(&id("k1"), &planted(0, LEAST_WEEKS)).is_empty(), "25 changes");
    let short = of(&id("k1"), &planted(0, LEAST_WEEKS + 1));
    assert_eq!(short.len(), 1);
    let still = named(vec![series((0..60).map(|_| Some(5.0))), series((0..60).map(|_| Some(5.0)))]);
    assert!(of(&id("k0"), &still).is_empty() && of(&id("none"), &still).is_empty());
    let line = named(vec![series((0..60).map(|t| Some(f64::from(t)))), series((0..60).map(|t| Some(f64::from(-t))))]);
    assert!(of(&id("k0"), &line).is_empty(), "two straight lines: each week's change is the same");
    assert!(all(&[]).is_empty() && all(&named(vec![Series::default()]))[0].1.is_empty());
}

#[test]
fn gaps_cost_the_weeks_beside_them_and_no_pair() {
    let mut data = planted(2, 90);
    let holed = data[1].1.readings().filter(|(w, _)| w.number() % 9 != 0).collect();
    data[1].1 = holed;
    let found = of(&id("k1"), &data);
    assert_eq!((found.len(), found[0].lag, found[0].first), (1, 2, First::Other));
    assert!(found[0].weeks < 80, "{found:?}");
}

#[test]
fn what_moved_together_more_than_five_years_ago_does_not_count() {
    let mut dice = Dice(11);
    let shared: Vec<f64> = (0..400).map(|_| dice.normal()).collect();
    let mut other = || series((0..400).map(|t| Some(if t < 130 { shared[t] } else { dice.normal() })));
    let data = named(vec![series(shared.iter().copied().map(Some)), other()]);
    assert!(of(&id("k0"), &data).is_empty());
}

/// One week in which everything stood still, for good reason, is no pair.
#[test]
fn one_spike_in_both_makes_no_pair() {
    let mut dice = Dice(5);
    let mut one = || series((0..60).map(|t| Some(if t == 30 { 1e6 } else { dice.normal() })));
    let data = named(vec![one(), one()]);
    assert!(of(&id("k0"), &data).is_empty());
}

/// How numbers of nothing to do with each other may behave.
#[derive(Debug, Clone, Copy)]
enum Noise {
    /// Wavers about a level: its changes swing back.
    Level,
    /// Wanders.
    Walk,
    /// Drifts back slowly.
    Slow,
    /// Mostly quiet, sometimes wild.
    Wild,
    /// Counts, with many equal values.
    Counts,
}

fn noise(kind: Noise, weeks: i32, dice: &mut Dice) -> Series {
    let mut at = 0.0;
    let values: Vec<Option<f64>> = (0..weeks)
        .map(|_| {
            at = match kind {
                Noise::Level => dice.normal(),
                Noise::Walk => at + dice.normal(),
                Noise::Slow => 0.8 * at + dice.normal(),
                Noise::Wild => dice.normal() / (dice.roll() + 0.01),
                Noise::Counts => (dice.roll() * 4.0).floor(),
            };
            Some(at)
        })
        .collect();
    series(values)
}

#[test]
fn unrelated_numbers_give_a_false_pair_in_at_most_five_of_a_hundred_lists() {
    const SHEETS: u32 = 150;
    let mut dice = Dice(2026);
    for kind in [Noise::Level, Noise::Walk, Noise::Slow, Noise::Wild, Noise::Counts] {
        let (mut wrong_lists, mut wrong_sheets) = (0, 0);
        for _ in 0..SHEETS {
            let data = named((0..8).map(|_| noise(kind, 60, &mut dice)).collect());
            wrong_lists += u32::from(!of(&id("k0"), &data).is_empty());
            wrong_sheets += u32::from(all(&data).iter().any(|(_, pairs)| !pairs.is_empty()));
        }
        // 5 % of 150 are 7.5; 14 or more would come by chance once in fifty times.
        assert!(wrong_lists < 14 && wrong_sheets < 14, "{kind:?}: {wrong_lists} lists, {wrong_sheets} sheets");
    }
}

proptest! {
    #[test]
    fn whatever_the_readings_every_figure_is_a_figure(
        rows in proptest::collection::vec(
            proptest::collection::vec(proptest::option::weighted(0.9, -1e300..1e300f64), 0..80), 0..4),
    ) {
        let data = named(rows.into_iter().map(series).collect());
        for (kpi, pairs) in all(&data) {
            for pair in pairs {
                prop_assert!(pair.correlation.get().abs() <= 1.0 && (0.0..=FALSE_PAIRS).contains(&pair.p.get()));
                prop_assert!(pair.lag <= MOST_LAG && pair.weeks >= LEAST_WEEKS && pair.with != kpi);
                prop_assert_eq!(pair.lag == 0, pair.first == First::Neither);
            }
        }
    }
}
