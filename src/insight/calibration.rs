//! Calibration: whether what was called 70 % likely came true in seven of ten cases. Predictions are scored, never people.

use serde::Serialize;

use super::decisions::{Brier, brier};
use crate::model::record::{Decision, DecisionState};

/// What always saying 50 % would score, whatever happens.
pub const COIN: f64 = 0.25;

/// Fewer resolved predictions than this say little, and the screen says so.
pub const FEW: usize = 10;

/// The bins, in percent, both ends included.
const BINS: [(u8, u8); 5] = [(0, 20), (21, 40), (41, 60), (61, 80), (81, 100)];

/// How the predictions of one range of chances turned out.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bin {
    /// The least chance in it, in percent.
    pub from: u8,
    /// The greatest, in percent.
    pub to: u8,
    /// How many predictions were resolved.
    pub n: usize,
    /// The mean of the chances given, in percent; none without any.
    pub forecast: Option<f64>,
    /// How many of them came true, in percent; none without any.
    pub came_true: Option<f64>,
}

/// The Brier score of all resolved predictions, and the table behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    /// The score; none without any resolved prediction.
    pub brier: Option<Brier>,
    /// The five bins, the smallest chances first.
    pub bins: [Bin; 5],
    /// How many predictions wait for their day.
    pub waiting: usize,
}

/// The calibration of these decisions, each in its latest state. Reliability by bins after Murphy (1973).
#[must_use]
pub fn calibration<'a>(decisions: impl IntoIterator<Item = &'a Decision>) -> Calibration {
    let all: Vec<&Decision> = decisions.into_iter().filter(|d| d.prediction.is_some()).collect();
    let resolved: Vec<(u8, bool)> = all.iter().filter_map(|d| resolved(d)).collect();
    Calibration {
        brier: brier(all.iter().copied()),
        bins: BINS.map(|range| bin(range, &resolved)),
        waiting: all.iter().filter(|d| d.is_open()).count(),
    }
}

fn resolved(decision: &Decision) -> Option<(u8, bool)> {
    let percent = decision.prediction.as_ref()?.percent.get();
    match decision.state {
        DecisionState::Reviewed { came_true, .. } => came_true.map(|came| (percent, came)),
        DecisionState::Open | DecisionState::Superseded { .. } => None,
    }
}

fn bin((from, to): (u8, u8), resolved: &[(u8, bool)]) -> Bin {
    let here: Vec<&(u8, bool)> = resolved.iter().filter(|(percent, _)| (from..=to).contains(percent)).collect();
    let mean = |sum: f64| (!here.is_empty()).then(|| sum / here.len() as f64);
    Bin {
        from,
        to,
        n: here.len(),
        forecast: mean(here.iter().map(|(percent, _)| f64::from(*percent)).sum()),
        came_true: mean(here.iter().map(|(_, came)| if *came { 100.0 } else { 0.0 }).sum()),
    }
}

impl Calibration {
    /// The score in a line, with what to hold it against; what is missing where there is none.
    #[must_use]
    pub fn in_words(&self) -> String {
        let Some(brier) = self.brier else {
            return say!("No prediction was looked at again yet: a decision with \u{201c}We expect\u{201d} and a day to look again brings one.").to_owned();
        };
        let of = if brier.n == 1 { say!("1 prediction").to_owned() } else { say!("{n} predictions", n = brier.n) };
        let few = if brier.n < FEW { say!(" So few say little.") } else { "" };
        say!(
            "Brier score {score:.3} over {of}: 0 is perfect, always saying 50 % would score {coin}.{few}",
            score = brier.score,
            of,
            coin = COIN,
            few
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::fixture::*;

    #[test]
    fn predictions_of_about_the_same_chance_are_held_against_how_often_they_came_true() {
        let all = [(90, true), (80, true), (60, false), (30, false), (70, true), (100, true)];
        let all = all.map(|(f, o)| predicted(f, Some(o)));
        let table = calibration(&all).bins.map(|b| (b.from, b.to, b.n, b.forecast, b.came_true));
        let expected = [
            (0, 20, 0, None, None),
            (21, 40, 1, Some(30.0), Some(0.0)),
            (41, 60, 1, Some(60.0), Some(0.0)),
            (61, 80, 2, Some(75.0), Some(100.0)),
            (81, 100, 2, Some(95.0), Some(100.0)),
        ];
        assert_eq!(table, expected);
        assert!(calibration(&[predicted(90, None)]).bins.iter().all(|b| b.n == 0));
    }

    #[test]
    fn the_vector_falls_into_its_bins_and_every_percentage_into_exactly_one() {
        let mut all =
            [(90, true), (80, true), (60, false), (30, false), (70, true)].map(|(f, o)| predicted(f, Some(o))).to_vec();
        all.push(predicted(70, None));
        let mut open = predicted(10, None);
        open.state = DecisionState::Open;
        all.push(open);
        let found = calibration(&all);
        assert!((found.brier.unwrap().score - 0.118).abs() < 1e-9);
        let told = found.bins.map(|b| (b.n, b.forecast, b.came_true));
        let none = (0, None, None);
        let sixties = (2, Some(75.0), Some(100.0));
        let expected =
            [none, (1, Some(30.0), Some(0.0)), (1, Some(60.0), Some(0.0)), sixties, (1, Some(90.0), Some(100.0))];
        assert_eq!((told, found.waiting), (expected, 1));
        let each: Vec<Decision> = (0..=100).map(|p| predicted(p, Some(true))).collect();
        assert_eq!(calibration(&each).bins.map(|b| b.n), [21, 20, 20, 20, 20]);
    }

    #[test]
    fn the_score_is_never_told_without_the_coin_and_none_is_told_of_nothing() {
        assert_eq!(
            calibration(&[predicted(50, Some(true))]).in_words(),
            "Brier score 0.250 over 1 prediction: 0 is perfect, always saying 50 % would score 0.25. So few say little."
        );
        assert!(calibration(&[predicted(50, None)]).in_words().starts_with("No prediction"));
    }
}
