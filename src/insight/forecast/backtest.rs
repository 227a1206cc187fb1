//! Was the model any good? A rolling origin: from each week behind, what it foretold of the next reading, beside what came.

use super::smoothing::Smoother;

/// So many readings are seen before the first that is foretold.
const SEEN: usize = 8;
/// So many of the newest readings are foretold.
const FORETOLD: usize = 52;

/// What the weeks behind say of the model.
#[derive(Debug, Clone)]
pub(super) struct Backtest {
    /// The model after the last week.
    pub(super) model: Smoother,
    /// The model's mean absolute error as a share of the last value's: MASE (Hyndman and Koehler 2006), with both taken over
    /// the same readings out of sample. None where the last value was never wrong.
    pub(super) mase: Option<f64>,
}

/// Runs the model over the weeks; the first and the last of them have a reading.
///
/// Foretold is the next reading, however many weeks lie between, so that a monthly number is tested by the month. From each
/// origin only the weeks before it are known: the state, and how much each set of parameters weighs.
pub(super) fn run(weeks: &[Option<f64>]) -> Backtest {
    let readings = weeks.iter().flatten().count();
    let first = SEEN.max(readings.saturating_sub(FORETOLD));
    let mut model = Smoother::new();
    let (mut seen, mut last) = (0, 0.0);
    let (mut of_model, mut of_last) = (0.0, 0.0);
    for week in weeks {
        if let Some(came) = week {
            if seen >= first {
                of_model += (came - model.next()).abs();
                of_last += (came - last).abs();
            }
            seen += 1;
            last = *came;
        }
        model.step(*week);
    }
    Backtest { model, mase: (of_last > 0.0).then(|| of_model / of_last) }
}

/// The standard deviation of a week's step of a random walk through the readings; 0 where nothing moved.
pub(super) fn walk(weeks: &[Option<f64>]) -> f64 {
    let readings = weeks.iter().enumerate().filter_map(|(at, y)| Some((at, (*y)?)));
    let (mut sum, mut steps, mut last) = (0.0, 0.0, None);
    for (at, value) in readings {
        if let Some((before, old)) = last.replace((at, value)) {
            let weeks = (at - before) as f64;
            sum += (value - old) * (value - old) / weeks;
            steps += 1.0;
        }
    }
    if steps > 0.0 { f64::sqrt(sum / steps) } else { 0.0 }
}
