//! What holds of every series, whatever its numbers.

use proptest::prelude::*;

use super::tests::{at, series};
use super::*;
use crate::insight::fixture::*;

/// A signal without its weeks' numbers: what has to stay when a series is moved or stretched.
fn patterns(chart: &Chart) -> Vec<(Week, Week, Week, Rule, Axis, Side)> {
    chart.signals.iter().map(|s| (s.since, s.week, s.until, s.rule, s.axis, s.side)).collect()
}

fn seen_at_end(values: &[f64], kpi: &Kpi) -> Chart {
    chart(&series(values), kpi, at(values.len()))
}

fn near(a: Finite, b: f64) -> bool {
    (a.get() - b).abs() <= 1e-9 * a.get().abs().max(b.abs()).max(1.0)
}

/// Whole numbers, and weeks without a reading.
fn readings() -> impl Strategy<Value = Vec<f64>> {
    let one = prop_oneof![8 => (-40_i32..40).prop_map(f64::from), 1 => Just(f64::NAN)];
    proptest::collection::vec(one, 0..50)
}

/// Any number that there is.
fn anything() -> impl Strategy<Value = f64> {
    let odd = [f64::MAX, f64::MIN, f64::MIN_POSITIVE, 5e-324, 1e300, -1e300, 1e-300, 0.1, 0.0, -0.0];
    prop_oneof![any::<f64>(), proptest::sample::select(odd.to_vec()), any::<u64>().prop_map(f64::from_bits)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn moving_a_series_moves_its_limits_and_keeps_its_signals(values in readings(), by in -500_i32..500) {
        let (kpi, by) = (kpi("orders"), f64::from(by));
        let moved: Vec<f64> = values.iter().map(|v| v + by).collect();
        let (before, after) = (seen_at_end(&values, &kpi), seen_at_end(&moved, &kpi));
        prop_assert_eq!(patterns(&before), patterns(&after));
        for (a, b) in before.phases.iter().zip(&after.phases) {
            if let (Some(a), Some(b)) = (a.limits, b.limits) {
                prop_assert!(near(b.mean, a.mean.get() + by) && near(b.lower, a.lower.get() + by));
                prop_assert!(near(b.upper, a.upper.get() + by) && near(b.range_upper, a.range_upper.get()));
            }
        }
    }

    #[test]
    fn stretching_a_series_stretches_its_limits_and_keeps_its_signals(values in readings(), by in 1_i32..1000) {
        let (kpi, by) = (kpi("orders"), f64::from(by) / 8.0);
        let stretched: Vec<f64> = values.iter().map(|v| v * by).collect();
        let (before, after) = (seen_at_end(&values, &kpi), seen_at_end(&stretched, &kpi));
        prop_assert_eq!(patterns(&before), patterns(&after));
        for (a, b) in before.phases.iter().zip(&after.phases) {
            if let (Some(a), Some(b)) = (a.limits, b.limits) {
                prop_assert!(near(b.mean, a.mean.get() * by) && near(b.lower, a.lower.get() * by));
                prop_assert!(near(b.upper, a.upper.get() * by) && near(b.mean_range, a.mean_range.get() * by));
            }
        }
    }

    #[test]
    fn what_never_changes_fires_nothing(value in anything(), n in 0_usize..60) {
        prop_assert_eq!(seen_at_end(&vec![value; n], &kpi("orders")).signals, []);
    }

    #[test]
    fn a_gap_after_the_limits_are_locked_fires_nothing_new(
        head in proptest::collection::vec((-40_i32..40).prop_map(f64::from), 20),
        tail in proptest::collection::vec((-60_i32..60).prop_map(f64::from), 1..25),
        place in any::<proptest::sample::Index>(),
    ) {
        let whole = [&head[..], &tail].concat();
        let gap = 20 + place.index(tail.len());
        let mut torn = whole.clone();
        torn.insert(gap, f64::NAN);
        // The weeks after the gap come one later.
        let back = |week: Week| if week > at(gap) { week.previous() } else { week };
        let kpi = kpi("orders");
        let before = patterns(&seen_at_end(&whole, &kpi));
        for (since, fired, until, rule, axis, side) in patterns(&seen_at_end(&torn, &kpi)) {
            prop_assert!(before.contains(&(back(since), back(fired), back(until), rule, axis, side)));
            prop_assert!(fired != at(gap), "a gap fired");
        }
    }

    #[test]
    fn no_signal_fires_in_a_week_without_a_reading(values in readings()) {
        for signal in seen_at_end(&values, &kpi("orders")).signals {
            let place = |week: Week| usize::try_from(week.since(at(0))).unwrap();
            prop_assert!(values[place(signal.week)].is_finite());
            prop_assert!(values[place(signal.since)].is_finite() && values[place(signal.until)].is_finite());
            prop_assert!(signal.since <= signal.week && signal.week <= signal.until);
        }
    }

    #[test]
    fn the_latest_signals_are_those_of_the_whole_chart_that_still_hold(values in readings(), from in 0_usize..60) {
        let mut kpi = kpi("orders");
        kpi.phases = vec![Phase { from: at(from), reason: "some".to_owned() }];
        let readings = series(&values);
        let mut whole = chart(&readings, &kpi, at(60));
        let last = readings.last_reading().map(|(week, _)| week);
        whole.signals.retain(|signal| last.is_some_and(|last| last <= signal.until));
        prop_assert_eq!(latest(&readings, &kpi, at(60)), whole);
    }

    #[test]
    fn the_order_in_which_phases_are_listed_does_not_matter(
        values in readings(),
        starts in proptest::collection::vec((0_usize..60, "[ab]"), 0..6),
        shuffled in any::<proptest::sample::Index>(),
    ) {
        let phase = |(place, reason): &(usize, String)| Phase { from: at(*place), reason: reason.clone() };
        let mut one = kpi("orders");
        one.phases = starts.iter().map(phase).collect();
        let mut other = one.clone();
        other.phases.reverse();
        if !starts.is_empty() {
            other.phases.rotate_left(shuffled.index(starts.len()));
        }
        prop_assert_eq!(seen_at_end(&values, &one), seen_at_end(&values, &other));
    }

    #[test]
    fn any_numbers_give_whole_phases_and_never_a_number_that_is_none(
        values in proptest::collection::vec(anything(), 0..60),
        from in 0_usize..60,
    ) {
        let mut kpi = kpi("orders");
        kpi.phases = vec![Phase { from: at(from), reason: "some".to_owned() }];
        let chart = seen_at_end(&values, &kpi);
        for phase in &chart.phases {
            prop_assert_eq!(phase.limits.is_some(), phase.state != State::None);
            if let Some(l) = phase.limits {
                let all = [l.mean, l.lower, l.upper, l.mean_range, l.range_upper];
                prop_assert!(all.iter().all(|v| v.get().is_finite()));
                prop_assert!(l.lower <= l.mean && l.mean <= l.upper && l.mean_range >= Finite::ZERO);
            }
            let said = [phase.why(&kpi), phase.limits_in_words(&kpi)].concat();
            prop_assert!(!said.contains("NaN") && !said.contains("inf"), "{}", said);
        }
        prop_assert!(chart.ranges().len() <= series(&values).weeks().len());
    }
}
