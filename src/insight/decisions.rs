//! How good the predictions were that decisions rest on. Predictions are scored, never people.

use crate::model::record::{Decision, DecisionState};

/// The Brier score of some predictions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Brier {
    /// The mean of (f - o)² over resolved predictions: 0 is perfect, always saying 50 % scores 0.25, 1 is always wrong.
    pub score: f64,
    /// How many predictions were resolved.
    pub n: usize,
}

/// The Brier score (Brier 1950) of the decisions that were reviewed and whose prediction came true or not; none without any.
pub fn brier<'a>(decisions: impl IntoIterator<Item = &'a Decision>) -> Option<Brier> {
    of_pairs(decisions.into_iter().filter_map(resolved))
}

/// The stated chance, 0 to 1, and whether it came true.
fn resolved(decision: &Decision) -> Option<(f64, bool)> {
    let chance = f64::from(decision.prediction.as_ref()?.percent.get()) / 100.0;
    match decision.state {
        DecisionState::Reviewed { came_true, .. } => came_true.map(|came| (chance, came)),
        DecisionState::Open | DecisionState::Superseded { .. } => None,
    }
}

fn of_pairs(pairs: impl Iterator<Item = (f64, bool)>) -> Option<Brier> {
    let (sum, n) = pairs.fold((0.0, 0_usize), |(sum, n), (forecast, came)| {
        let outcome = if came { 1.0 } else { 0.0 };
        (sum + (forecast - outcome).powi(2), n + 1)
    });
    #[allow(clippy::cast_precision_loss)] // decisions of a team
    (n > 0).then(|| Brier { score: sum / n as f64, n })
}

/// Predictions of about the same chance, and how often they came true.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// The lowest chance of the bin, in percent.
    pub from: u8,
    /// The first chance beyond it, in percent; the last bin includes 100.
    pub to: u8,
    /// The mean chance that was stated, 0 to 1.
    pub stated: f64,
    /// How many came true.
    pub came_true: usize,
    /// How many there are.
    pub n: usize,
}

/// How wide a bin is, in percent: with a team's few predictions finer ones would be empty.
const WIDTH: u8 = 20;

/// The calibration table of the same predictions as [`brier`]: who is calibrated sees about as many come true as were
/// stated, in each bin (Murphy 1973). Bins of 20 points; those without a prediction are left out.
pub fn calibration<'a>(decisions: impl IntoIterator<Item = &'a Decision>) -> Vec<Bin> {
    let mut bins: Vec<Bin> = (0..100 / WIDTH)
        .map(|at| Bin { from: at * WIDTH, to: (at + 1) * WIDTH, stated: 0.0, came_true: 0, n: 0 })
        .collect();
    let last = bins.len() - 1;
    for (chance, came) in decisions.into_iter().filter_map(resolved) {
        let at = bins.iter().position(|b| chance * 100.0 < f64::from(b.to) - 1e-9).unwrap_or(last);
        bins[at].n += 1;
        bins[at].came_true += usize::from(came);
        bins[at].stated += chance;
    }
    bins.retain(|b| b.n > 0);
    for bin in &mut bins {
        #[allow(clippy::cast_precision_loss)] // decisions of a team
        let n = bin.n as f64;
        bin.stated /= n;
    }
    bins
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::fixture::*;
    use crate::model::record::Prediction;
    use crate::model::scale::Percent;

    fn decision(percent: u8, came_true: Option<bool>) -> Decision {
        let mut decision = Decision::new(id("d"), "Buy an oven", "The gas one", week(NOW));
        decision.prediction = Some(Prediction { claim: String::new(), percent: Percent::new(percent).unwrap() });
        decision.state = DecisionState::Reviewed { in_week: week(NOW), outcome: String::new(), came_true };
        decision
    }

    #[test]
    fn the_published_vector() {
        let all = [(90, true), (80, true), (60, false), (30, false), (70, true)].map(|(f, o)| decision(f, Some(o)));
        let brier = brier(&all).unwrap();
        assert!((brier.score - 0.118).abs() < 1e-9, "{}", brier.score);
        assert_eq!(brier.n, 5);
    }

    #[test]
    fn only_resolved_predictions_count() {
        let mut open = decision(90, Some(false));
        open.state = DecisionState::Open;
        let mut silent = decision(90, Some(false));
        silent.prediction = None;
        assert_eq!(brier(&[open.clone(), silent.clone(), decision(90, None)]), None);
        assert_eq!(brier(&[open, silent, decision(50, Some(true))]), Some(Brier { score: 0.25, n: 1 }));
    }

    #[test]
    fn predictions_of_about_the_same_chance_are_held_against_how_often_they_came_true() {
        let all = [(90, true), (80, true), (60, false), (30, false), (70, true), (100, true)];
        let all = all.map(|(f, o)| decision(f, Some(o)));
        let table: Vec<_> = calibration(&all).into_iter().map(|b| (b.from, b.to, b.came_true, b.n)).collect();
        assert_eq!(table, [(20, 40, 0, 1), (60, 80, 1, 2), (80, 100, 3, 3)]);
        let stated: Vec<f64> = calibration(&all).into_iter().map(|b| (b.stated * 100.0).round()).collect();
        assert_eq!(stated, [30.0, 65.0, 90.0]);
        assert_eq!(calibration(&[decision(90, None)]), []);
    }
}
