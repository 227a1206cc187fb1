//! Six weeks and twelve months: what adds up, what is compared, and what is left unsaid.

use super::*;
use crate::insight::fixture::*;
use crate::model::kpi::Target;
use proptest::prelude::*;

fn sums() -> Kpi {
    Kpi { totals: Totals::Sum, ..kpi("orders") }
}

/// A reading for each of the `n` weeks up to now, made from its place: 0 is now.
fn series(n: i32, value: impl Fn(i32) -> Option<f64>) -> Series {
    (0..n).filter_map(|back| Some((week(NOW).plus(-back), number(value(back)?)))).collect()
}

fn month(view: &SixTwelve, label: &str) -> Period {
    view.months.iter().find(|p| p.span.label() == label).unwrap().clone()
}

fn by(difference: Option<Difference>) -> Option<(f64, Option<f64>)> {
    difference.map(|d| (d.by.get(), d.percent.map(Finite::get)))
}

#[test]
fn six_weeks_and_twelve_months_end_with_now() {
    let view = six_twelve(&sums(), &series(60, |_| Some(100.0)), week(NOW));
    let labels = |periods: &[Period]| periods.iter().map(|p| p.span.label()).collect::<Vec<_>>();
    assert_eq!(labels(&view.weeks), ["W42", "W43", "W44", "W45", "W46", "W47"]);
    assert_eq!((view.months.len(), labels(&view.months)[0].as_str()), (12, "Dec 2025"));
    assert_eq!(labels(&view.months)[11], "Nov 2026");
}

#[test]
fn a_week_belongs_to_the_month_of_its_thursday() {
    let months = |week_text: &str| Span::month_of(week(week_text)).label();
    assert_eq!(months("2026-W53"), "Dec 2026", "its Thursday is the 31st of December");
    assert_eq!(months("2026-W01"), "Jan 2026", "its Thursday is the 1st of January, its Monday still December");
    let mut day = week("2010-W01");
    while day < week("2040-W01") {
        assert!(Span::month_of(day).weeks().contains(&day), "{day}");
        day = day.next();
    }
    let of_2026: usize = (1..=12).map(|month| Span::Month { year: 2026, month }.weeks().len()).sum();
    assert_eq!(of_2026, 53, "the months of a year share out all of its weeks");
}

#[test]
fn a_month_adds_up_as_its_kpi_does_and_is_compared_by_its_mean_a_week() {
    let rising = series(60, |back| Some(f64::from(500 - back)));
    let view = six_twelve(&sums(), &rising, week(NOW));
    // October 2026 has five Thursdays: weeks 40 to 44, which are 7 to 3 weeks back.
    let october = month(&view, "Oct 2026");
    assert_eq!((october.present, october.expected, october.extent), (5, 5, Extent::Whole));
    assert_eq!((october.value, october.weekly), (Some(number(2475.0)), Some(number(495.0))));
    // September has four, of mean 490.5: five weeks are not more because they are five.
    assert_eq!(by(october.to_last).map(|d| d.0), Some(4.5));
    assert_eq!(by(october.to_aim), Some((45.0, Some(10.0))));
    let mean = month(&six_twelve(&kpi("orders"), &rising, week(NOW)), "Oct 2026");
    assert_eq!(mean.value, Some(number(495.0)));
}

#[test]
fn a_month_with_gaps_says_of_how_many_weeks_it_is_and_is_not_held_against_another() {
    let view = six_twelve(&sums(), &series(30, |back| (back != 4).then_some(100.0)), week(NOW));
    let october = month(&view, "Oct 2026");
    assert_eq!((october.value, october.present, october.expected), (Some(number(400.0)), 4, 5));
    assert_eq!((october.extent, october.to_last), (Extent::Gaps, None));
    let november = month(&view, "Nov 2026");
    assert_eq!((november.extent, november.present, november.expected), (Extent::Running, 3, 4));
    assert_eq!(november.to_last, None, "the month before it has gaps");
    let whole = month(&six_twelve(&sums(), &series(30, |_| Some(100.0)), week(NOW)), "Nov 2026");
    assert_eq!(by(whole.to_last), Some((0.0, Some(0.0))), "a running month is compared by its weeks so far");
}

#[test]
fn this_weeks_missing_reading_is_no_gap_and_later_readings_do_not_count() {
    let view = six_twelve(&sums(), &series(30, |back| (back != 0).then_some(100.0)), week(NOW));
    assert_eq!((view.weeks[5].value, view.weeks[5].extent), (None, Extent::Running));
    assert_eq!(month(&view, "Nov 2026").extent, Extent::Running);
    let earlier = six_twelve(&sums(), &series(30, |_| Some(100.0)), week("2026-W46"));
    assert_eq!(month(&earlier, "Nov 2026").present, 2);
}

#[test]
fn last_year_is_the_same_week_number_and_week_53_has_none_beside_a_year_of_52() {
    let view = six_twelve(&sums(), &series(60, |back| Some(f64::from(back))), week(NOW));
    assert_eq!(view.weeks[5].last_year, Some(number(52.0)), "2025-W47 lies 52 weeks back");
    assert_eq!(by(view.weeks[5].to_last_year), Some((-52.0, Some(-100.0))));
    let end: Series = (0..120).map(|back| (week("2026-W53").plus(-back), number(1.0))).collect();
    let view = six_twelve(&sums(), &end, week("2026-W53"));
    assert_eq!((view.weeks[5].last_year, view.weeks[4].last_year), (None, Some(number(1.0))));
}

#[test]
fn a_month_a_year_ago_counts_only_where_it_is_as_well_known() {
    // November 2025 had weeks 45 to 48: 54 to 51 weeks back.
    let at = |lost: &'static [i32]| {
        let known = series(60, move |back| (!lost.contains(&back)).then_some(100.0));
        month(&six_twelve(&sums(), &known, week(NOW)), "Nov 2026").last_year
    };
    assert_eq!(at(&[]), Some(number(100.0)));
    assert_eq!(at(&[52]), Some(number(100.0)), "three of four weeks, as now");
    assert_eq!(at(&[52, 53]), None);
}

#[test]
fn percentages_are_of_bases_above_zero_only() {
    let between = |base: f64, value: f64| by(Difference::between(number(base), number(value)));
    assert_eq!(between(0.0, 5.0), Some((5.0, None)));
    assert_eq!(between(-10.0, 5.0), Some((15.0, None)));
    assert_eq!(between(50.0, 40.0), Some((-10.0, Some(-20.0))));
}

#[test]
fn a_band_is_measured_from_its_nearer_end_and_a_mixed_month_has_no_target() {
    let band = |low, high| Aim::Within(number(low), number(high));
    assert_eq!(by(to_aim(band(3.0, 5.0), number(4.0))), Some((0.0, Some(0.0))));
    assert_eq!(by(to_aim(band(4.0, 5.0), number(3.0))), Some((-1.0, Some(-25.0))));
    assert_eq!(by(to_aim(band(3.0, 5.0), number(6.0))), Some((1.0, Some(20.0))));
    let mut mixed = sums();
    mixed.targets.push(Target { from: week("2026-W42"), aim: band(3.0, 5.0), why: String::new() });
    let view = six_twelve(&mixed, &series(30, |_| Some(100.0)), week(NOW));
    assert_eq!((month(&view, "Oct 2026").aim, month(&view, "Oct 2026").to_aim), (Aim::Nothing, None));
    assert_eq!(month(&view, "Nov 2026").aim, band(3.0, 5.0));
}

proptest! {
    #[test]
    fn whatever_the_readings_every_count_fits_and_every_value_lies_among_its_readings(
        readings in proptest::collection::vec((0..130i32, -1e300..1e300f64), 0..80),
        back in 0..60i32,
    ) {
        let series: Series = readings.iter().map(|(at, v)| (week(NOW).plus(-at), number(*v))).collect();
        let view = six_twelve(&kpi("orders"), &series, week(NOW).plus(-back));
        prop_assert_eq!((view.weeks.len(), view.months.len()), (6, 12));
        let (low, high) = readings.iter().fold((f64::MAX, f64::MIN), |(l, h), (_, v)| (l.min(*v), h.max(*v)));
        for period in view.weeks.iter().chain(&view.months) {
            prop_assert!(period.present <= period.expected && (1..=5).contains(&period.expected));
            prop_assert_eq!(period.value.is_some(), period.present > 0);
            let inside = period.weekly.is_none_or(|v| (low - 1e290..=high + 1e290).contains(&v.get()));
            prop_assert!(inside);
        }
    }
}
