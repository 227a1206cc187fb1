//! What a forecast promises: its bands hold what they say, on many kinds of readings, and no reading breaks it.

use proptest::prelude::*;

use super::*;
use crate::insight::fixture::{number, week};

/// A generator of its own, so that the figures never change with a library (SplitMix64; Steele and others 2014).
struct Dice(u64);

impl Dice {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^= z >> 31;
        ((z >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    /// Standard normal (Box and Muller 1958).
    fn normal(&mut self) -> f64 {
        (-2.0 * self.uniform().ln()).sqrt() * (std::f64::consts::TAU * self.uniform()).cos()
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Walk,
    Mean,
    Trend,
    DampedTrend,
    Shift,
    Season,
}

const KINDS: [Kind; 6] = [Kind::Walk, Kind::Mean, Kind::Trend, Kind::DampedTrend, Kind::Shift, Kind::Season];

/// `weeks` values of a kind. The level shifts once, a quarter of the way; the season is a year of 52 weeks.
fn simulated(kind: Kind, weeks: usize, dice: &mut Dice) -> Vec<f64> {
    let (mut level, mut slope) = (100.0, 1.0);
    let value = |week: usize| {
        let (noise, t) = (dice.normal(), week as f64);
        match kind {
            Kind::Walk => {
                level += noise;
                level
            }
            Kind::Mean => 100.0 + noise,
            Kind::Trend => 100.0 + 0.3 * t + 2.0 * noise,
            Kind::DampedTrend => {
                slope *= 0.95;
                let value = level + slope + noise;
                level += slope + 0.3 * noise;
                slope += 0.1 * noise;
                value
            }
            Kind::Shift => 100.0 + noise + if week > weeks / 4 { 4.0 } else { 0.0 },
            Kind::Season => 100.0 + 4.0 * (t * std::f64::consts::TAU / 52.0).sin() + noise,
        }
    };
    (0..weeks).map(value).collect()
}

fn series(values: &[f64]) -> Series {
    (0..).zip(values).map(|(at, v)| (start().plus(at), number(*v))).collect()
}

fn start() -> Week {
    week("2023-W01")
}

fn ahead(values: &[f64], weeks: i32, aim: f64) -> Forecast {
    let now = start().plus(i32::try_from(values.len()).unwrap() - 1);
    forecast(&series(values), now, now.plus(weeks), Aim::At(number(aim)), Direction::Up)
}

const HORIZONS: [usize; 3] = [1, 4, 13];

/// How many percent of what came the bands held, 1, 4 and 13 weeks ahead, after so many readings.
fn held(kind: Kind, readings: usize, times: u64) -> [f64; 3] {
    let mut hits = [0; 3];
    for time in 0..times {
        let all = simulated(kind, readings + 13, &mut Dice(time * 7919 + readings as u64 + kind as u64 * 1_000_003));
        let path = ahead(&all[..readings], 13, 0.0).path;
        for (hit, weeks) in hits.iter_mut().zip(HORIZONS) {
            let (at, came) = (path[weeks - 1], all[readings + weeks - 1]);
            *hit += i32::from((at.lower.get()..=at.upper.get()).contains(&came));
        }
    }
    hits.map(|hit| (f64::from(hit) * 100.0 / times as f64).round())
}

#[test]
fn four_of_five_values_that_come_lie_inside_the_band() {
    for readings in [52, 104] {
        for kind in KINDS {
            let held = held(kind, readings, 150);
            println!("{readings} readings, {kind:?}: {held:?} %");
            let (least, most) = (68.0, if kind == Kind::Shift { 100.0 } else { 92.0 });
            assert!(held.iter().all(|h| (least..=most).contains(h)), "{readings} readings, {kind:?}: {held:?} %");
        }
    }
}

#[test]
fn with_few_readings_bands_are_wide_rather_than_sure() {
    for readings in [12, 20] {
        for kind in [Kind::Walk, Kind::Mean, Kind::Trend, Kind::DampedTrend] {
            let held = held(kind, readings, 150);
            println!("{readings} readings, {kind:?}: {held:?} %");
            assert!(held.iter().all(|h| *h >= 66.0), "{readings} readings, {kind:?}: {held:?} %");
        }
    }
}

#[test]
fn below_twelve_readings_it_is_too_early_to_say() {
    let values: Vec<f64> = (0..12).map(f64::from).collect();
    let early = ahead(&values[..11], 13, 20.0);
    assert_eq!(early, Forecast::too_early(11));
    assert_eq!(early.at_end(), None);
    let enough = ahead(&values, 13, 20.0);
    assert_eq!(enough.path.len(), 13);
    assert_eq!(enough.path[0].week, start().plus(12));
}

#[test]
fn a_steady_rise_goes_on_and_reaches_what_lies_on_its_way() {
    let values: Vec<f64> = (0..60).map(|n| f64::from(n) + f64::from(n % 3)).collect();
    let near = ahead(&values, 8, 62.0);
    assert_eq!(near.method, Method::Model);
    assert!(near.mase.unwrap().get() < 0.9, "{:?}", near.mase);
    assert!(near.chance.unwrap().get() > 0.9, "{near:?}");
    assert!(ahead(&values, 8, 120.0).chance.unwrap().get() < 0.01);
}

#[test]
fn where_the_model_is_no_better_the_last_value_is_kept() {
    let kept = (0..40).map(|seed| ahead(&simulated(Kind::Walk, 120, &mut Dice(seed)), 4, 0.0));
    let (model, last): (Vec<_>, Vec<_>) = kept.partition(|f| f.method == Method::Model);
    assert!(model.iter().all(|f| f.mase.unwrap().get() < 1.0) && last.len() > 5);
    for forecast in last {
        assert!(forecast.mase.unwrap().get() >= 1.0);
        let width = |at: &Ahead| at.upper.get() - at.lower.get();
        assert_eq!(forecast.path[0].mean, forecast.path[3].mean);
        assert!(
            (width(&forecast.path[3]) / width(&forecast.path[0]) - 2.0).abs() < 1e-9,
            "the square root of four weeks"
        );
    }
}

#[test]
fn what_never_moved_is_expected_to_stay() {
    for value in [0.0, 5.0, -3.0, 1e300, 1e-300] {
        let still = ahead(&[value; 40], 13, value);
        assert_eq!((still.method, still.mase), (Method::LastValue, None));
        assert_eq!(still.chance, Some(number(1.0)), "{value}");
        let end = still.at_end().unwrap();
        assert_eq!([end.lower.get(), end.mean.get(), end.upper.get()], [value; 3]);
    }
    assert_eq!(ahead(&[5.0; 40], 13, 5.1).chance, Some(Finite::ZERO));
    assert_eq!(ahead(&[0.1 + 0.2; 40], 13, 0.3).chance, Some(number(1.0)), "rounding is not a miss");
}

#[test]
fn the_forecast_of_every_size_is_the_same_but_for_the_size() {
    let values = simulated(Kind::DampedTrend, 60, &mut Dice(7));
    let plain = ahead(&values, 13, 110.0);
    for size in [-1e290, 1e-290, 1e6] {
        let sized: Vec<f64> = values.iter().map(|v| v * size).collect();
        let end = *ahead(&sized, 13, 0.0).at_end().unwrap();
        let ratio = end.mean.get() / size / plain.at_end().unwrap().mean.get();
        assert!((ratio - 1.0).abs() < 1e-6, "{size}: {ratio}");
    }
}

#[test]
fn a_single_wild_value_widens_the_band_and_does_not_move_the_middle() {
    let mut values = simulated(Kind::Mean, 80, &mut Dice(11));
    let before = *ahead(&values, 4, 0.0).at_end().unwrap();
    values[40] = 100_000.0;
    let after = *ahead(&values, 4, 0.0).at_end().unwrap();
    let half = |at: &Ahead| at.upper.get() - at.mean.get();
    assert!(half(&after) > half(&before));
    assert!((after.mean.get() - 100.0).abs() < half(&after), "{after:?}");
}

#[test]
fn a_number_that_comes_once_a_month_is_foretold_by_the_month() {
    for kind in [Kind::Walk, Kind::Mean] {
        let mut hits = [0; 2];
        for seed in 0..150 {
            let values = simulated(kind, 39, &mut Dice(seed + 99));
            let monthly: Series = (0..).zip(&values[..36]).map(|(at, v)| (start().plus(at * 4), number(*v))).collect();
            let last = start().plus(35 * 4);
            let made = forecast(&monthly, last.plus(2), last.plus(12), Aim::Nothing, Direction::Up);
            // From the week after the last reading, not from now.
            assert_eq!((made.path[0].week, made.path.len()), (last.plus(1), 12));
            for (hit, months) in hits.iter_mut().zip([1, 3]) {
                let at = made.path[months * 4 - 1];
                *hit += i32::from((at.lower.get()..=at.upper.get()).contains(&values[35 + months]));
            }
        }
        let held = hits.map(|hit| (f64::from(hit) * 100.0 / 150.0).round());
        println!("36 readings a month apart, {kind:?}: {held:?} % one and three months ahead");
        assert!(held.iter().all(|h| (70.0..=92.0).contains(h)), "{kind:?}: {held:?} %");
    }
}

#[test]
fn only_what_was_known_counts_and_only_three_years_of_it() {
    let values = simulated(Kind::DampedTrend, 300, &mut Dice(9));
    let all = series(&values);
    let now = start().plus(199);
    let aim = Aim::At(number(100.0));
    let then = forecast(&all, now, now.plus(13), aim, Direction::Up);
    assert_eq!(then, forecast(&all.until(now), now, now.plus(13), aim, Direction::Up));
    let three_years: Series = all.readings().filter(|(w, _)| *w > now.plus(-156) && *w <= now).collect();
    assert_eq!(then, forecast(&three_years, now, now.plus(13), aim, Direction::Up));
    let late = start().plus(900);
    assert_eq!(forecast(&all, late, late.plus(13), aim, Direction::Up), Forecast::too_early(0));
}

#[test]
fn a_horizon_that_is_not_ahead_has_no_path_and_none_is_endless() {
    let values = simulated(Kind::Mean, 30, &mut Dice(1));
    for weeks in [0, -5] {
        let none = ahead(&values, weeks, 90.0);
        assert_eq!((none.path.len(), none.chance), (0, None));
    }
    assert_eq!(ahead(&values, 5000, 90.0).path.len(), 52);
}

fn odd_value() -> impl Strategy<Value = f64> {
    let sizes = (-1.0..1.0, -300..308_i32).prop_map(|(v, size): (f64, i32)| v * 10_f64.powi(size));
    prop_oneof![
        4 => -100.0..100.0,
        2 => sizes,
        2 => (0..3_u8).prop_map(f64::from),
        1 => prop::sample::select(vec![0.0, f64::MAX, f64::MIN, f64::MIN_POSITIVE, 5e-324, 1e300, -1e300]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_readings_break_it(
        readings in prop::collection::vec(prop::option::weighted(0.8, odd_value()), 0..70),
        (weeks, back) in (-3..60, 0..5),
        (low, high) in (odd_value(), odd_value()),
        direction in prop::sample::select(vec![Direction::Up, Direction::Down, Direction::Band]),
    ) {
        let known = (0..).zip(&readings).filter_map(|(at, y)| Some((start().plus(at), number((*y)?))));
        let now = start().plus(i32::try_from(readings.len()).unwrap() - back);
        for aim in [Aim::Nothing, Aim::At(number(low)), Aim::Within(number(low.min(high)), number(low.max(high)))] {
            let known: Series = known.clone().collect();
            let made = forecast(&known, now, now.plus(weeks), aim, direction);
            prop_assert!(made.path.iter().all(|a| a.lower <= a.mean && a.mean <= a.upper), "{:?}", made);
            prop_assert!(made.chance.is_none_or(|c| (0.0..=1.0).contains(&c.get())));
            prop_assert!(made.path.windows(2).all(|w| w[1].week == w[0].week.next()));
            prop_assert_eq!(&made, &forecast(&known, now, now.plus(weeks), aim, direction));
        }
    }
}
