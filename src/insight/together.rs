//! What moves with what: pairs of KPIs whose weekly changes go up and down together, at once or some weeks apart.
//!
//! # How
//! Each series is turned into its changes from week to week, so that two numbers that merely both grow are no pair; a change
//! needs a reading in both weeks. Changes are replaced by their ranks (Spearman 1904), so that one festival week, a spike in
//! everything, makes no pair by itself. The two are then held against each other at each lag from 8 weeks before to 8 weeks after.
//!
//! # How much is chance
//! Weekly changes are not independent of each other: a number that wavers about a level falls after it rose. Such pairs
//! correlate by chance far more often than the textbook says, so the weeks are counted as fewer: n / (1 + 2 Σ (1-k/n) r_x(k) r_y(k)),
//! with the autocorrelations of both (Bartlett 1946; Pyper & Peterman 1998). The p-value is that of Student's t for so many weeks.
//!
//! Of 200 KPIs at 17 lags each, thousands of comparisons would "find" pairs in noise. So p is multiplied by the number of
//! lags, and pairs are accepted by Holm's step-down procedure (1979): the chance that even one pair of a list is false stays below
//! 5 %. Procedures that bound the share of false ones (Benjamini & Hochberg 1995) find more, but ask that the comparisons be
//! independent or alike, which lags that share their weeks are not, and a false hint costs the room more than a missed one.
//!
//! What this cannot tell: which of two causes the other, or whether a third thing (the season, the weather) moves both.

mod chance;

use std::collections::HashMap;

use crate::model::id::KpiId;
use crate::model::number::Finite;
use crate::model::series::Series;
use crate::model::week::Week;

/// The most weeks that one may move before the other.
pub const MOST_LAG: u8 = 8;
/// The fewest common changes that are looked at.
pub const LEAST_WEEKS: usize = 26;
/// The last weeks that are looked at: five years. What moved together before says little about now.
pub const MOST_WEEKS: usize = 260;
/// How large the chance of a false pair in a list may be.
pub const FALSE_PAIRS: f64 = 0.05;
/// Weaker than this it explains less than a tenth of the movement: no help, however certain.
const LEAST_CORRELATION: f64 = 0.3;
/// From both sides, and in the same week.
const LAGS: f64 = 2.0 * MOST_LAG as f64 + 1.0;

/// A KPI that moves with another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// With which.
    pub with: KpiId,
    /// How many weeks lie between the movements, 0 to [`MOST_LAG`].
    pub lag: u8,
    /// Which of the two moves first.
    pub first: First,
    /// The rank correlation of the changes, -1 to 1: below zero one falls when the other rises.
    pub correlation: Finite,
    /// Over how many weeks.
    pub weeks: usize,
    /// The chance of as strong a pair in noise, corrected for all that was looked at: 0 to [`FALSE_PAIRS`].
    pub p: Finite,
}

/// Which of two moves first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum First {
    /// Neither: in the same week.
    Neither,
    /// The KPI that the list belongs to.
    This,
    /// The one it moves with.
    Other,
}

impl Pair {
    /// In words, with the name of the other: `moves opposite to Order errors, 2 weeks later (r -0.71 over 48 weeks): a hint, not
    /// a cause`.
    #[must_use]
    pub fn told(&self, other: &str) -> String {
        let way = if self.correlation < Finite::ZERO { say!("opposite to") } else { say!("with") };
        let weeks = if self.lag == 1 { say!("1 week").to_owned() } else { say!("{lag} weeks", lag = self.lag) };
        let when = match self.first {
            First::Neither => say!("in the same week").to_owned(),
            First::This => say!("{weeks} before it", weeks),
            First::Other => say!("{weeks} later", weeks),
        };
        let (r, n) = (self.correlation.fixed(2), self.weeks);
        say!("moves {way} {other}, {when} (r {r} over {n} weeks): a hint, not a cause", way, other, when, r, n)
    }

    /// The same pair in the list of the other.
    fn turned(&self, this: &KpiId) -> Self {
        let first = match self.first {
            First::Neither => First::Neither,
            First::This => First::Other,
            First::Other => First::This,
        };
        Self { with: this.clone(), first, ..self.clone() }
    }
}

/// The KPIs that one moves with, the strongest first. The bound on false pairs is for this list.
#[must_use]
pub fn of(kpi: &KpiId, all: &[(KpiId, Series)]) -> Vec<Pair> {
    let moves = moves(all);
    let Some(mine) = moves.iter().find(|m| m.kpi == kpi) else { return Vec::new() };
    let others = moves.iter().filter(|m| m.kpi != kpi);
    sorted(accepted(others.filter_map(|other| Found::between(mine, other)).collect()).map(|f| f.pair).collect())
}

/// The KPIs that each moves with, in the order given, the strongest first. The bound on false pairs is for all lists
/// together, so that a list may be shorter than that of [`of`].
#[must_use]
pub fn all(all: &[(KpiId, Series)]) -> Vec<(KpiId, Vec<Pair>)> {
    let moves = moves(all);
    let each = moves.iter().enumerate().flat_map(|(at, a)| moves[at + 1..].iter().map(move |b| (a, b)));
    let mut lists: HashMap<&KpiId, Vec<Pair>> = HashMap::new();
    for found in accepted(each.filter_map(|(a, b)| Found::between(a, b)).collect()) {
        lists.entry(found.other).or_default().push(found.pair.turned(found.this));
        lists.entry(found.this).or_default().push(found.pair);
    }
    all.iter().map(|(kpi, _)| (kpi.clone(), sorted(lists.remove(kpi).unwrap_or_default()))).collect()
}

fn sorted(mut pairs: Vec<Pair>) -> Vec<Pair> {
    pairs.sort_by(|a, b| {
        b.correlation.get().abs().total_cmp(&a.correlation.get().abs()).then(a.with.as_str().cmp(b.with.as_str()))
    });
    pairs
}

/// The changes of a KPI over the last weeks, ready to be held against others: their ranks, of mean 0 and variance 1.
struct Moves<'a> {
    kpi: &'a KpiId,
    /// By week; 0 where there is no change.
    ranks: Vec<f64>,
    /// 1 where there is a change, else 0.
    known: Vec<f64>,
    /// The autocorrelation at 1 to [`MOST_LAG`] weeks.
    auto: [f64; MOST_LAG as usize],
}

/// Those of all KPIs over the same weeks. One that has too few changes, or never changes, has nothing to compare.
fn moves(all: &[(KpiId, Series)]) -> Vec<Moves<'_>> {
    let Some(newest) = all.iter().filter_map(|(_, series)| series.last_reading()).map(|(week, _)| week).max() else {
        return Vec::new();
    };
    all.iter().filter_map(|(kpi, series)| Moves::of(kpi, series, newest)).collect()
}

impl<'a> Moves<'a> {
    fn of(kpi: &'a KpiId, series: &Series, newest: Week) -> Option<Self> {
        let mut changes: Vec<(usize, f64)> = Vec::new();
        for pair in series.weeks().windows(2) {
            let back = usize::try_from(newest.since(pair[1].0)).ok().filter(|back| *back < MOST_WEEKS);
            if let (Some(back), Some(before), Some(after)) = (back, pair[0].1, pair[1].1) {
                changes.push((MOST_WEEKS - 1 - back, after.get() - before.get()));
            }
        }
        if changes.len() < LEAST_WEEKS {
            return None;
        }
        let (mut ranks, mut known) = (vec![0.0; MOST_WEEKS], vec![0.0; MOST_WEEKS]);
        for (week, rank) in chance::standard_ranks(changes)? {
            (ranks[week], known[week]) = (rank, 1.0);
        }
        let mut auto = [0.0; MOST_LAG as usize];
        for (k, slot) in (1..).zip(&mut auto) {
            *slot = Common::of(&ranks, &known, &ranks, &known, k).correlation().unwrap_or(0.0);
        }
        Some(Self { kpi, ranks, known, auto })
    }
}

/// A pair at its most telling lag.
struct Found<'a> {
    this: &'a KpiId,
    other: &'a KpiId,
    pair: Pair,
    /// The p-value of that lag, times the number of lags.
    p: f64,
}

impl<'a> Found<'a> {
    fn between(a: &Moves<'a>, b: &Moves<'a>) -> Option<Self> {
        let lags = (0..=MOST_LAG).flat_map(|lag| {
            let either = [(First::Other, b, a), (First::This, a, b)];
            // In the same week neither is first, and both ways are one.
            either.into_iter().take(if lag == 0 { 1 } else { 2 }).map(move |(first, x, y)| (lag, first, x, y))
        });
        let tried = lags.filter_map(|(lag, first, x, y)| {
            let common = Common::of(&x.ranks, &x.known, &y.ranks, &y.known, usize::from(lag));
            let r = common.correlation().filter(|_| common.n >= LEAST_WEEKS as f64)?;
            Some((chance::p_value(r, common.independent(&a.auto, &b.auto)), lag, first, r, common.n))
        });
        let (p, lag, first, r, n) = tried.min_by(|x, y| x.0.total_cmp(&y.0))?;
        let first = if lag == 0 { First::Neither } else { first };
        // A count of weeks.
        let weeks = n as usize;
        let (correlation, with) = (Finite::new(r)?, b.kpi.clone());
        let pair = Pair { with, lag, first, correlation, weeks, p: Finite::ZERO };
        Some(Self { this: a.kpi, other: b.kpi, pair, p: (p * LAGS).min(1.0) })
    }
}

/// Those that stand against chance, by Holm's procedure over all that were compared.
fn accepted(mut found: Vec<Found<'_>>) -> impl Iterator<Item = Found<'_>> {
    found.sort_by(|a, b| a.p.total_cmp(&b.p));
    let pairs = found.len() as f64;
    let (mut left, mut worst) = (pairs, 0.0_f64);
    for one in &mut found {
        worst = worst.max((one.p * left).min(1.0));
        left -= 1.0;
        (one.p, one.pair.p) = (worst, Finite::new(worst).unwrap_or(Finite::ZERO));
    }
    let holds = |f: &Found| f.p <= FALSE_PAIRS && f.pair.correlation.get().abs() >= LEAST_CORRELATION;
    found.into_iter().filter(move |f| holds(f))
}

/// Sums over the weeks that two have in common, where the second lies `lag` weeks later.
#[derive(Debug, Clone, Copy)]
struct Common {
    n: f64,
    x: f64,
    y: f64,
    xx: f64,
    yy: f64,
    xy: f64,
}

impl Common {
    /// Without a branch for gaps: what is not known is zero and counts zero times.
    fn of(x: &[f64], x_known: &[f64], y: &[f64], y_known: &[f64], lag: usize) -> Self {
        let mut s = Self { n: 0.0, x: 0.0, y: 0.0, xx: 0.0, yy: 0.0, xy: 0.0 };
        let later = y.iter().zip(y_known).skip(lag);
        for ((x, x_known), (y, y_known)) in x.iter().zip(x_known).zip(later) {
            s.n += x_known * y_known;
            s.x += x * y_known;
            s.y += y * x_known;
            s.xx += x * x * y_known;
            s.yy += y * y * x_known;
            s.xy += x * y;
        }
        s
    }

    /// Pearson's r; none where one of the two does not move in the common weeks.
    fn correlation(&self) -> Option<f64> {
        let (varies_x, varies_y) = (self.xx - self.x * self.x / self.n, self.yy - self.y * self.y / self.n);
        let together = self.xy - self.x * self.y / self.n;
        // Ranks have variance 1: what is left of rounding is far below this.
        let moves = varies_x > 1e-9 && varies_y > 1e-9;
        moves.then(|| (together / (varies_x * varies_y).sqrt()).clamp(-1.0, 1.0))
    }

    /// As how many independent weeks the common ones count: never as more than they are.
    fn independent(&self, x: &[f64], y: &[f64]) -> f64 {
        let terms = (1..).map(f64::from).zip(x.iter().zip(y)).map(|(k, (x, y))| (1.0 - k / self.n).max(0.0) * x * y);
        self.n / (1.0 + 2.0 * terms.sum::<f64>()).max(1.0)
    }
}

#[cfg(test)]
mod tests;
