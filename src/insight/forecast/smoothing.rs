//! Damped-trend exponential smoothing (Gardner and McKenzie 1985) as a state space model, averaged over its parameters.
//!
//! Each week the level moves by a slope that fades by φ a week; what a reading differs from the expected moves the level by
//! α and the slope by β times the difference (ETS(A,Ad,N) in Hyndman, Koehler, Ord and Snyder 2008). A dozen readings say
//! little of α, β and φ: one best set, as a maximum of likelihood gives, makes bands that are far too narrow. So every set
//! of a small grid runs along, and what they foretell is averaged, each weighing as much as it explains the readings
//! (Bayesian model averaging; Hoeting and others 1999). Nothing is searched for: one pass gives the forecast from every week.

use super::normal::Normal;

/// How fast the level follows: from hardly at all to the last value alone.
const ALPHAS: [f64; 6] = [0.02, 0.1, 0.25, 0.5, 0.75, 0.98];
/// How much of the slope is left a week later. With 0 there is none: simple smoothing.
const PHIS: [f64; 4] = [0.0, 0.8, 0.9, 0.98];
/// β as a share of α.
const SHARES: [f64; 3] = [0.0, 0.1, 0.3];
/// The slope at the start is thought to be about as large as the noise of a week: the inverse of its prior variance.
const SLOPE_PRIOR: f64 = 1.0;
/// Squared errors below this are rounding; readings come scaled to about -1 to 1.
const LEAST_ERROR: f64 = 1e-24;
/// Sets that weigh less than this beside the best are left out.
const LEAST_WEIGHT: f64 = 1e-6;

/// All sets of parameters, run over the same weeks.
#[derive(Debug, Clone)]
pub(super) struct Smoother {
    tracks: Vec<Track>,
}

impl Smoother {
    /// Before the first week.
    pub(super) fn new() -> Self {
        let mut tracks = Vec::with_capacity(ALPHAS.len() * PHIS.len() * SHARES.len());
        for alpha in ALPHAS {
            for phi in PHIS {
                // Without a slope all shares are the same model: it runs once and weighs for all of them.
                let shares = if phi == 0.0 { &SHARES[..1] } else { &SHARES[..] };
                let prior = 1.0 / shares.len() as f64;
                tracks.extend(shares.iter().map(|share| Track::new(alpha, alpha * share, phi, prior)));
            }
        }
        Self { tracks }
    }

    /// Goes on by a week: with its reading, or over a gap.
    pub(super) fn step(&mut self, reading: Option<f64>) {
        self.tracks.iter_mut().for_each(|t| t.step(reading));
    }

    /// What is expected next week; also within a gap.
    pub(super) fn next(&self) -> f64 {
        let (mut sum, mut weights) = (0.0, 0.0);
        for (track, belief, weight) in self.believed() {
            sum += weight * (belief.level + track.phi * belief.slope);
            weights += weight;
        }
        sum / weights
    }

    /// What is expected of the weeks to come, one by one. Counted from a week with a reading.
    ///
    /// Mean and variance are those of the mixture. The variance of one set `h` weeks ahead is σ²(1 + Σ c_j² + u_h), where
    /// c_j = α + β(φ + … + φ^j) for j below h (Hyndman and others 2008, table 6.2), and u_h is what is not known of the state.
    pub(super) fn ahead(&self, weeks: usize) -> Vec<Normal> {
        let mut sums = vec![(0.0, 0.0); weeks];
        let mut weights = 0.0;
        for (track, belief, weight) in self.believed() {
            weights += weight;
            let mut growth = Growth::new();
            for sum in &mut sums {
                let noise = growth.variance;
                growth.step(track);
                let mean = belief.level + growth.damped * belief.slope;
                let variance = belief.variance * (noise + belief.spread_at(growth.damped));
                sum.0 += weight * mean;
                sum.1 += weight * (variance + mean * mean);
            }
        }
        let normal = |(first, second): (f64, f64)| {
            let mean = first / weights;
            Normal { mean, sd: (second / weights - mean * mean).max(0.0).sqrt() }
        };
        sums.into_iter().map(normal).collect()
    }

    /// The sets that explain the readings, with what they say of now and how much they weigh beside the best.
    fn believed(&self) -> impl Iterator<Item = (&Track, Belief, f64)> {
        let beliefs: Vec<Belief> = self.tracks.iter().map(Track::belief).collect();
        let best = beliefs.iter().map(|b| b.log_weight).fold(f64::NEG_INFINITY, f64::max);
        self.tracks
            .iter()
            .zip(beliefs)
            .map(move |(track, belief)| (track, belief, (belief.log_weight - best).exp() * track.prior))
            .filter(|(.., weight)| *weight >= LEAST_WEIGHT)
    }
}

/// How the variance and the reach of the slope grow with each week without a reading, in units of one week's noise.
#[derive(Debug, Clone, Copy)]
struct Growth {
    variance: f64,
    /// φ + φ² + … + φ^h: how far the slope carries in h weeks.
    damped: f64,
    power: f64,
}

impl Growth {
    fn new() -> Self {
        Self { variance: 1.0, damped: 0.0, power: 1.0 }
    }

    fn step(&mut self, track: &Track) {
        self.power *= track.phi;
        self.damped += self.power;
        let carried = track.alpha + track.beta * self.damped;
        self.variance += carried * carried;
    }
}

/// One set of parameters on its way through the weeks.
///
/// Every error is linear in the state before the first week, so three runs are kept side by side: from zero with the
/// readings, and the answers to a level of one and to a slope of one. The best start then follows by least squares, at any
/// week, without going back.
#[derive(Debug, Clone)]
struct Track {
    alpha: f64,
    beta: f64,
    phi: f64,
    prior: f64,
    level: [f64; 3],
    slope: [f64; 3],
    gap: Option<Growth>,
    /// Sums of the products of the three errors: 00, 01, 02, 11, 12, 22.
    products: [f64; 6],
    readings: f64,
    /// The sum of the logarithms of the errors' variances, which are above one after gaps.
    logs: f64,
}

/// What a track says of the present state.
#[derive(Debug, Clone, Copy)]
struct Belief {
    log_weight: f64,
    level: f64,
    slope: f64,
    /// Of a week's noise.
    variance: f64,
    /// What is not known of the state, in units of `variance`: of the level, of both, of the slope.
    spread: [f64; 3],
}

impl Belief {
    fn spread_at(&self, damped: f64) -> f64 {
        (self.spread[0] + 2.0 * damped * self.spread[1] + damped * damped * self.spread[2]).max(0.0)
    }
}

impl Track {
    fn new(alpha: f64, beta: f64, phi: f64, prior: f64) -> Self {
        let (level, slope) = ([0.0, 1.0, 0.0], [0.0, 0.0, 1.0]);
        Self { alpha, beta, phi, prior, level, slope, gap: None, products: [0.0; 6], readings: 0.0, logs: 0.0 }
    }

    fn step(&mut self, reading: Option<f64>) {
        for at in 0..3 {
            self.slope[at] *= self.phi;
            self.level[at] += self.slope[at];
        }
        let Some(reading) = reading else {
            let mut gap = self.gap.unwrap_or_else(Growth::new);
            gap.step(self);
            self.gap = Some(gap);
            return;
        };
        let [a, b, c] = [reading - self.level[0], -self.level[1], -self.level[2]];
        for (at, error) in [a, b, c].into_iter().enumerate() {
            self.level[at] += self.alpha * error;
            self.slope[at] += self.beta * error;
        }
        self.readings += 1.0;
        let mut products = [a * a, a * b, a * c, b * b, b * c, c * c];
        // An error after a gap is larger by nature and tells less.
        if let Some(Growth { variance, .. }) = self.gap.take() {
            self.logs += variance.ln();
            products = products.map(|product| product / variance);
        }
        for (at, product) in products.into_iter().enumerate() {
            self.products[at] += product;
        }
    }

    /// Least squares for the state at the start, with a normal prior on its slope and none on its level; the weight is the
    /// likelihood with start and noise integrated out.
    fn belief(&self) -> Belief {
        let [s00, s01, s02, s11, s12, s22] = self.products;
        let s22 = s22 + SLOPE_PRIOR;
        // Never zero: the first reading makes s11 at least one.
        let det = s11 * s22 - s12 * s12;
        let inverse = [s22 / det, -s12 / det, s11 / det];
        let level = -(inverse[0] * s01 + inverse[1] * s02);
        let slope = -(inverse[1] * s01 + inverse[2] * s02);
        let errors = (s00 + level * s01 + slope * s02).max(0.0) + LEAST_ERROR;
        let product = |x: [f64; 2], y: [f64; 2]| {
            x[0] * (inverse[0] * y[0] + inverse[1] * y[1]) + x[1] * (inverse[1] * y[0] + inverse[2] * y[1])
        };
        let (of_level, of_slope) = ([self.level[1], self.level[2]], [self.slope[1], self.slope[2]]);
        Belief {
            log_weight: -0.5 * ((self.readings - 1.0) * errors.ln() + det.ln() + self.logs),
            level: self.level[0] + level * of_level[0] + slope * of_level[1],
            slope: self.slope[0] + level * of_slope[0] + slope * of_slope[1],
            // The mean of the posterior, a Student distribution with one degree of freedom less than readings.
            variance: errors / (self.readings - 3.0).max(1.0),
            spread: [product(of_level, of_level), product(of_level, of_slope), product(of_slope, of_slope)],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(got: f64, want: f64) {
        assert!((got - want).abs() <= 1e-9 * want.abs().max(1.0), "{got} is not {want}");
    }

    #[test]
    fn the_variance_grows_as_published() {
        // The closed form of ETS(A,Ad,N): Hyndman and others 2008, table 6.2.
        let (a, b, f): (f64, f64, f64) = (0.4, 0.1, 0.9);
        let track = Track::new(a, b, f, 1.0);
        let mut growth = Growth::new();
        for h in 1..=52 {
            let (n, power) = (f64::from(h), f.powi(h));
            let first = b * f * n / (1.0 - f).powi(2) * (2.0 * a * (1.0 - f) + b * f);
            let second = b * f * (1.0 - power) / ((1.0 - f).powi(2) * (1.0 - f * f));
            let third = 2.0 * a * (1.0 - f * f) + b * f * (1.0 + 2.0 * f - power);
            near(growth.variance, 1.0 + a * a * (n - 1.0) + first - second * third);
            growth.step(&track);
        }
    }

    #[test]
    fn the_start_found_without_going_back_is_the_one_of_least_squares() {
        // Against the plain recursion from that start: the same errors, and no other start does better.
        let readings = [3.0, 4.5, 4.0, 6.0, 7.5, 7.0, 9.0, 8.5];
        let (alpha, beta, phi) = (0.3, 0.05, 0.9);
        let mut track = Track::new(alpha, beta, phi, 1.0);
        readings.iter().for_each(|y| track.step(Some(*y)));
        let plain = |mut level: f64, mut slope: f64| {
            let mut sum = SLOPE_PRIOR * slope * slope;
            for y in readings {
                slope *= phi;
                level += slope;
                let error = y - level;
                (level, slope, sum) = (level + alpha * error, slope + beta * error, sum + error * error);
            }
            (sum, level, slope)
        };
        let belief = track.belief();
        let errors = belief.variance * 5.0;
        let starts =
            (-400..=400).flat_map(|i| (-100..=100).map(move |j| (3.0 + f64::from(i) / 200.0, f64::from(j) / 50.0)));
        let best = starts.map(|(l, s)| plain(l, s)).min_by(|x, y| x.0.total_cmp(&y.0)).unwrap();
        assert!(errors <= best.0 && best.0 - errors < 1e-3, "{errors} {}", best.0);
        assert!((belief.level - best.1).abs() < 0.02 && (belief.slope - best.2).abs() < 0.02);
    }

    #[test]
    fn what_is_not_known_of_the_state_widens_the_band() {
        // With α of 0 and no slope the model is a plain mean, whose forecast has the variance σ²(1 + 1/n).
        let mut mean = Smoother { tracks: vec![Track::new(0.0, 0.0, 0.0, 1.0)] };
        let readings = [3.0, 5.0, 4.0, 8.0, 5.0, 2.0, 8.0, 5.0];
        readings.iter().for_each(|y| mean.step(Some(*y)));
        let squares: f64 = readings.iter().map(|y| (y - 5.0) * (y - 5.0)).sum();
        for ahead in mean.ahead(3) {
            near(ahead.mean, 5.0);
            near(ahead.sd * ahead.sd, squares / 5.0 * (1.0 + 1.0 / 8.0));
        }
    }

    #[test]
    fn a_gap_moves_on_without_an_error_and_the_next_reading_tells_less() {
        let mut whole = Smoother::new();
        for n in 0..20 {
            whole.step(Some(f64::from(n % 3)));
        }
        let mut gap = whole.clone();
        gap.step(None);
        assert!((gap.next() - whole.ahead(2)[1].mean).abs() < 1e-9);
        gap.step(Some(1.0));
        assert!(gap.ahead(1)[0].sd.is_finite());
    }
}
