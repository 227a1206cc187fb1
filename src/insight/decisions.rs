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
    (n > 0).then(|| Brier { score: sum / n as f64, n })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::fixture::*;

    #[test]
    fn the_published_vector() {
        let all = [(90, true), (80, true), (60, false), (30, false), (70, true)].map(|(f, o)| predicted(f, Some(o)));
        let brier = brier(&all).unwrap();
        assert!((brier.score - 0.118).abs() < 1e-9, "{}", brier.score);
        assert_eq!(brier.n, 5);
    }

    #[test]
    fn only_resolved_predictions_count() {
        let mut open = predicted(90, Some(false));
        open.state = DecisionState::Open;
        let mut silent = predicted(90, Some(false));
        silent.prediction = None;
        assert_eq!(brier(&[open.clone(), silent.clone(), predicted(90, None)]), None);
        assert_eq!(brier(&[open, silent, predicted(50, Some(true))]), Some(Brier { score: 0.25, n: 1 }));
    }
}
