//! What chance alone would do: ranks, and the p-value of a correlation.

/// The values replaced by their ranks, equal ones sharing the middle of theirs, brought to mean 0 and variance 1. None when
/// all are equal.
pub(super) fn standard_ranks(mut values: Vec<(usize, f64)>) -> Option<Vec<(usize, f64)>> {
    values.sort_by(|a, b| a.1.total_cmp(&b.1));
    let mut ranks: Vec<(usize, f64)> = Vec::with_capacity(values.len());
    for same in values.chunk_by(|a, b| a.1.total_cmp(&b.1).is_eq()) {
        let middle = ranks.len() as f64 + (same.len() as f64 + 1.0) / 2.0;
        ranks.extend(same.iter().map(|(at, _)| (*at, middle)));
    }
    let n = ranks.len() as f64;
    let mean = (n + 1.0) / 2.0;
    let variance = ranks.iter().map(|(_, r)| (r - mean) * (r - mean)).sum::<f64>() / n;
    let scale = variance.sqrt();
    (variance > 0.0).then(|| ranks.into_iter().map(|(at, r)| (at, (r - mean) / scale)).collect())
}

/// The chance of a correlation at least as strong, either way, between `n` independent pairs that have nothing to do with each
/// other. 1 where `n` is too small to tell.
///
/// r·√(f/(1-r²)) has Student's t distribution with f = n - 2 degrees of freedom, f rounded down. Its two tails are a finite sum
/// in the sine and cosine of the angle whose sine is |r| (Abramowitz & Stegun 1964, 26.7.3 and 26.7.4). Below 1e-15
/// nothing of the sum is left: that is the least p there is.
pub(super) fn p_value(r: f64, n: f64) -> f64 {
    let freedom = (n - 2.0).floor();
    // The comparison is also false for what is no number.
    let enough = freedom >= 1.0;
    if !enough {
        return 1.0;
    }
    let sine = r.abs().min(1.0);
    let square = 1.0 - sine * sine;
    let is_odd = freedom % 2.0 >= 1.0;
    // Odd: 1, 2/3, 2·4/(3·5), …; even: 1, 1/2, 1·3/(2·4), …; each times the next even power of the cosine.
    let (mut below, mut term, mut sum) = (if is_odd { 3.0 } else { 2.0 }, 1.0, 0.0);
    while below <= freedom {
        sum += term;
        term *= (below - 1.0) / below * square;
        below += 2.0;
    }
    let inside =
        if is_odd { std::f64::consts::FRAC_2_PI * (sine.asin() + sine * square.sqrt() * sum) } else { sine * sum };
    (1.0 - inside).clamp(1e-15, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_share_the_middle_of_their_ranks() {
        let ranks = standard_ranks(vec![(0, 7.0), (1, 3.0), (2, 7.0), (3, 9.0)]).unwrap();
        let spread = 1.125_f64.sqrt();
        let expected = [(1, -1.5), (0, 0.0), (2, 0.0), (3, 1.5)].map(|(at, r)| (at, r / spread));
        assert!(ranks.iter().zip(expected).all(|(a, b)| a.0 == b.0 && (a.1 - b.1).abs() < 1e-12), "{ranks:?}");
        assert_eq!(standard_ranks(vec![(0, 2.0), (1, 2.0)]), None);
    }

    #[test]
    fn p_values_agree_with_the_tables_of_students_t() {
        // r that belongs to the t of the table: r = t / √(t² + f).
        for (t, freedom, p) in [
            (12.706_f64, 1.0_f64, 0.05),
            (4.303, 2.0, 0.05),
            (2.571, 5.0, 0.05),
            (2.228, 10.0, 0.05),
            (4.587, 10.0, 0.001),
            (2.045, 29.0, 0.05),
            (3.460, 60.0, 0.001),
            (1.980, 120.0, 0.05),
        ] {
            let found = p_value(t / (t * t + freedom).sqrt(), freedom + 2.0);
            assert!((found / p - 1.0).abs() < 0.002, "t {t} of {freedom}: {found} and not {p}");
        }
    }

    #[test]
    fn the_ends_are_numbers() {
        assert!((p_value(0.0, 30.0) - 1.0).abs() < 1e-12);
        assert!((p_value(1.0, 30.0) - 1e-15).abs() < 1e-16);
        for n in [f64::NAN, -1.0, 2.0, 2.9] {
            assert!((p_value(0.9, n) - 1.0).abs() < 1e-12, "{n}");
        }
    }
}
