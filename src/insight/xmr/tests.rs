//! What the chart promises: limits, gaps, phases, the three rules, verdicts and words.

use super::*;
use crate::insight::fixture::*;
use crate::model::kpi::{Aim, Direction, Target};

/// The vector of the method: its numbers were worked out by hand.
pub(super) const TWELVE: [f64; 12] = [42.0, 45.0, 39.0, 44.0, 47.0, 41.0, 43.0, 46.0, 40.0, 44.0, 43.0, 45.0];

/// The week of the reading with this place, counted from zero.
pub(super) fn at(place: usize) -> Week {
    week("2026-W01").plus(i32::try_from(place).unwrap())
}

/// Weekly readings; `NaN` stands for a week without one.
pub(super) fn series(values: &[f64]) -> Series {
    values.iter().enumerate().filter_map(|(place, v)| Some((at(place), Finite::new(*v)?))).collect()
}

pub(super) fn of(values: &[f64]) -> Chart {
    chart(&series(values), &kpi("orders"), at(values.len().saturating_sub(1)))
}

const GAP: f64 = f64::NAN;

fn aiming(direction: Direction, aim: Aim) -> Kpi {
    let targets = vec![Target { from: week("2025-W01"), aim, why: String::new() }];
    Kpi { direction, targets, ..kpi("orders") }
}

fn fired(chart: &Chart) -> Vec<(Week, u8, &'static str)> {
    chart.signals.iter().map(|s| (s.week, s.rule.number(), s.axis.key())).collect()
}

/// Twenty readings that swing evenly around 50: mean 50, mean range 2, limits 44.68 and 55.32, range limit 6.536.
fn twenty() -> Vec<f64> {
    (0..20).map(|n| if n % 2 == 0 { 49.0 } else { 51.0 }).collect()
}

fn after_twenty(more: &[f64]) -> Chart {
    of(&[&twenty(), more].concat())
}

#[test]
fn the_vector_gives_its_limits_to_the_printed_digits() {
    let chart = of(&TWELVE);
    let limits = chart.current().unwrap().limits.unwrap();
    let said = |v: Finite, digits: usize| format!("{:.digits$}", v.get());
    assert_eq!(said(limits.mean, 2), "43.25");
    assert_eq!(said(limits.mean_range, 5), "3.72727");
    assert_eq!((said(limits.lower, 4), said(limits.upper, 4)), ("33.3355".to_owned(), "53.1645".to_owned()));
    assert_eq!(said(limits.range_upper, 4), "12.1807");
    assert_eq!((chart.current().unwrap().state, chart.signals.len()), (State::Firm, 0));
}

#[test]
fn a_thirteenth_point_of_58_is_beyond_on_both_axes() {
    let chart = of(&[&TWELVE[..], &[58.0]].concat());
    assert_eq!(fired(&chart), [(at(12), 1, "x"), (at(12), 1, "mr")]);
    let strongest = chart.strongest_in(at(12)).unwrap();
    assert_eq!((strongest.axis, strongest.side, strongest.verdict), (Axis::X, Side::Above, Verdict::Improvement));
    assert_eq!(chart.signals[1].verdict, Verdict::Change);
}

#[test]
fn no_reading_hides_behind_limits_that_it_widened_itself() {
    let chart = of(&[&TWELVE[..], &[58.0]].concat());
    let limits = chart.current().unwrap().limits.unwrap();
    assert!(chart.ranges()[12].1.unwrap() < limits.range_upper, "inside the limits that it is part of");
    let later = of(&[&TWELVE[..], &[58.0], &TWELVE[..]].concat());
    assert!(fired(&later).contains(&(at(12), 1, "mr")), "what fired is not taken back");
}

#[test]
fn the_number_of_readings_says_how_far_limits_can_be_relied_on() {
    let wave = |n: usize| (0..n).map(|i| if i % 2 == 0 { 9.0 } else { 11.0 }).collect::<Vec<_>>();
    let state = |n| of(&wave(n)).current().map(|p| (p.state, p.limits.is_some()));
    assert_eq!(of(&[]).current(), None);
    for (n, want) in [
        (1, State::None),
        (5, State::None),
        (6, State::Provisional),
        (11, State::Provisional),
        (12, State::Firm),
        (20, State::Firm),
        (21, State::Locked),
    ] {
        assert_eq!(state(n), Some((want, want != State::None)), "{n}");
    }
}

#[test]
fn after_the_twentieth_reading_limits_stay_where_they_are() {
    let locked = of(&twenty()).current().unwrap().limits;
    assert_eq!(after_twenty(&[900.0, -70.0, 12.0]).current().unwrap().limits, locked);
    assert_eq!(after_twenty(&[50.0]).current().unwrap().basis, Some((at(0), at(19))));
}

#[test]
fn a_gap_breaks_no_limits_and_no_range_spans_it() {
    let chart = of(&[10.0, 12.0, 10.0, GAP, 30.0, 32.0, 30.0, 31.0]);
    let phase = chart.current().unwrap();
    assert_eq!((phase.readings, phase.ranges, phase.state), (7, 5, State::Provisional));
    assert_eq!(phase.limits.unwrap().mean_range, number(9.0 / 5.0));
    let ranges: Vec<_> = chart.ranges().iter().map(|(_, r)| r.map(Finite::get)).collect();
    assert_eq!(ranges, [None, Some(2.0), Some(2.0), None, None, Some(2.0), Some(2.0), Some(1.0)]);
}

#[test]
fn readings_of_every_other_week_have_no_range_and_so_no_limits() {
    let values: Vec<f64> = (0..30).map(|n| if n % 2 == 0 { f64::from(n) } else { GAP }).collect();
    let chart = of(&values);
    let phase = chart.current().unwrap();
    assert_eq!((phase.readings, phase.state, phase.limits, chart.signals.len()), (15, State::None, None, 0));
    assert_eq!(phase.why(&kpi("orders")), "no limits: only 0 of 15 readings follow one of the week before");
}

#[test]
fn two_ranges_are_too_few_to_tell_what_is_routine_and_three_are_enough() {
    let torn = [10.0, 12.0, GAP, 9.0, GAP, 13.0, 15.0, GAP, 8.0, GAP, 11.0];
    let phase = |values: &[f64]| of(values).current().map(|p| (p.readings, p.ranges, p.state));
    assert_eq!(phase(&torn), Some((7, 2, State::None)));
    assert_eq!(phase(&[&torn[..], &[12.0]].concat()), Some((8, 3, State::Provisional)));
}

#[test]
fn a_point_on_a_limit_is_not_beyond_it() {
    // Limits 50 ± 2.66 × 2, as no number in binary is exactly.
    assert_eq!(fired(&after_twenty(&[55.32])), []);
    assert_eq!(fired(&after_twenty(&[44.68])), []);
    assert_eq!(fired(&after_twenty(&[55.33])), [(at(20), 1, "x")]);
    assert_eq!(after_twenty(&[44.67]).signals[0].side, Side::Below);
}

#[test]
fn a_jump_inside_the_limits_shows_in_the_ranges() {
    // From 46 to 52.6: both routine, but a range of 6.6 where 6.536 is the limit.
    assert_eq!(fired(&after_twenty(&[46.0, 52.6])), [(at(21), 1, "mr")]);
    assert_eq!(fired(&after_twenty(&[46.0, 52.5])), []);
}

#[test]
fn three_of_four_near_one_limit_are_a_signal_and_two_are_not() {
    // Nearer to the upper limit than to the mean: above 52.66.
    let chart = after_twenty(&[53.0, 50.0, 53.0, 53.0]);
    assert_eq!(fired(&chart), [(at(23), 2, "x")]);
    assert_eq!((chart.signals[0].since, chart.signals[0].points), (at(20), 3));
    assert_eq!(fired(&after_twenty(&[53.0, 50.0, 50.0, 53.0, 53.0])), []);
    assert_eq!(fired(&after_twenty(&[53.0, 47.0, 53.0])), [], "two above and one below are not near the same limit");
    assert_eq!(fired(&after_twenty(&[52.6, 52.6, 52.6])), [], "nearer to the mean");
}

#[test]
fn near_a_limit_stays_one_signal_while_its_windows_overlap() {
    let chart = after_twenty(&[53.0, 53.0, 53.0, 50.0, 53.0, 53.0, 50.0]);
    assert_eq!(fired(&chart), [(at(22), 2, "x")]);
    assert_eq!((chart.signals[0].until, chart.signals[0].points), (at(25), 5));
    assert!(chart.strongest_in(at(23)).is_some(), "goes on");
    assert_eq!(chart.strongest_in(at(26)), None, "over");
    assert_eq!(
        fired(&after_twenty(&[53.0, 53.0, 50.0, 53.0, 50.0, 53.0, 53.0])),
        [(at(23), 2, "x")],
        "one point shared"
    );
}

#[test]
fn eight_on_one_side_are_a_shift_known_from_the_eighth_on() {
    assert_eq!(fired(&after_twenty(&[50.5, 50.5, 50.5, 50.5, 50.5, 50.5])), [], "seven, with the last of the twenty");
    let chart = after_twenty(&[50.5; 9]);
    assert_eq!(fired(&chart), [(at(26), 3, "x")]);
    let shift = chart.signals[0];
    assert_eq!((shift.since, shift.week, shift.until, shift.points), (at(19), at(26), at(28), 10));
    assert!(!shift.is_active(at(25)), "nobody could know it yet");
    assert_eq!(chart.signals_in(at(28)).count(), 1, "it goes on");
}

#[test]
fn a_point_equal_to_the_mean_breaks_the_run() {
    let seven = [50.5; 6];
    assert_eq!(fired(&after_twenty(&[&seven[..], &[50.0], &seven[..], &[50.5]].concat())), []);
    assert_eq!(fired(&after_twenty(&[&seven[..], &[50.1]].concat())), [(at(26), 3, "x")]);
}

#[test]
fn a_run_goes_on_over_a_week_without_a_reading() {
    let chart = after_twenty(&[50.5, 50.5, 50.5, GAP, GAP, 50.5, 50.5, 50.5, 50.5]);
    assert_eq!(fired(&chart), [(at(28), 3, "x")]);
    assert_eq!(fired(&after_twenty(&[50.5, 50.5, 50.5, 50.5, 50.5, 50.5, GAP])), [], "a gap is no point of a run");
}

#[test]
fn a_phase_has_limits_of_its_own_and_nothing_spans_its_border() {
    let values = [twenty(), vec![80.0, 82.0, 81.0, 80.0, 81.0, 80.0, 81.0]].concat();
    let mut kpi = kpi("orders");
    kpi.phases = vec![Phase { from: at(20), reason: "a new oven".to_owned() }];
    let chart = chart(&series(&values), &kpi, at(26));
    let of: Vec<_> = chart.phases.iter().map(|p| (p.from, p.until, p.readings, p.state)).collect();
    assert_eq!(of, [(at(0), at(19), 20, State::Firm), (at(20), at(26), 7, State::Provisional)]);
    assert_eq!(chart.ranges()[20], (at(20), None));
    assert_eq!((chart.phases[0].reason.as_deref(), chart.phases[1].reason.as_deref()), (None, Some("a new oven")));
    assert_eq!(fired(&chart), [], "the step is understood");
}

#[test]
fn a_phase_that_has_just_begun_has_no_limits_until_it_has_readings() {
    let mut kpi = kpi("orders");
    kpi.phases = vec![
        Phase { from: at(40), reason: "later".to_owned() },
        Phase { from: at(20), reason: "a new oven".to_owned() },
        Phase { from: week("2019-W01"), reason: "before anything was read".to_owned() },
    ];
    let chart = chart(&series(&twenty()), &kpi, at(20));
    assert_eq!(chart.phases.len(), 2);
    let now = chart.current().unwrap();
    assert_eq!((now.from, now.readings, now.state), (at(20), 0, State::None));
    assert_eq!(chart.capability, Capability::Unknown);
    assert_eq!(chart.words(at(20)), "too early to say: 0 of 6 readings since 2026-W21, 6 more needed");
}

#[test]
fn an_old_week_shows_what_could_be_known_in_it() {
    let values = [twenty(), vec![90.0]].concat();
    let before = chart(&series(&values), &kpi("orders"), at(19));
    assert_eq!(before, of(&twenty()));
}

#[test]
fn a_constant_series_fires_nothing_whatever_rounding_does() {
    for value in [0.1, 0.0, -0.3, 17.6, 1e300, 1e-300, f64::MAX, f64::MIN_POSITIVE] {
        for n in [6, 7, 11, 13, 20, 33] {
            let chart = of(&vec![value; n]);
            assert_eq!(fired(&chart), [], "{n} times {value:e}");
            assert_eq!(chart.current().unwrap().limits.unwrap().mean, number(value));
        }
    }
}

#[test]
fn the_first_change_of_what_was_constant_is_a_signal() {
    assert_eq!(fired(&of(&[vec![17.6; 20], vec![19.4]].concat())), [(at(20), 1, "x"), (at(20), 1, "mr")]);
}

#[test]
fn numbers_too_large_to_compute_with_make_no_limits_and_say_so() {
    let values: Vec<f64> = (0..12).map(|n| if n % 2 == 0 { f64::MAX } else { f64::MIN }).collect();
    let chart = of(&values);
    assert_eq!((chart.current().unwrap().state, chart.signals.len()), (State::None, 0));
    assert_eq!(chart.words(at(11)), "no limits: the numbers are too large to compute with");
    let tiny: Vec<f64> = TWELVE.iter().map(|v| v * 1e-301).chain([58e-301]).collect();
    assert_eq!(fired(&of(&tiny)), [(at(12), 1, "x"), (at(12), 1, "mr")]);
}

#[test]
fn up_is_good_or_bad_by_direction() {
    let verdict = |direction, last| {
        let values = [twenty(), vec![last]].concat();
        chart(&series(&values), &aiming(direction, Aim::Nothing), at(20)).signals[0].verdict
    };
    assert_eq!(verdict(Direction::Up, 60.0), Verdict::Improvement);
    assert_eq!(verdict(Direction::Up, 40.0), Verdict::Deterioration);
    assert_eq!(verdict(Direction::Down, 60.0), Verdict::Deterioration);
    assert_eq!(verdict(Direction::Down, 40.0), Verdict::Improvement);
    assert_eq!(verdict(Direction::Band, 60.0), Verdict::Change);
}

#[test]
fn whether_the_target_can_be_met_follows_from_the_limits() {
    // Limits 44.68 to 55.32.
    let can = |direction, aim| chart(&series(&twenty()), &aiming(direction, aim), at(19)).capability;
    let one = |v| Aim::At(number(v));
    let band = |low, high| Aim::Within(number(low), number(high));
    for (direction, aim, want) in [
        (Direction::Up, one(44.0), Capability::WillMeet),
        (Direction::Up, one(44.68), Capability::WillMeet),
        (Direction::Up, one(50.0), Capability::Sometimes),
        (Direction::Up, one(56.0), Capability::WillMiss),
        (Direction::Down, one(44.0), Capability::WillMiss),
        (Direction::Down, one(50.0), Capability::Sometimes),
        (Direction::Down, one(56.0), Capability::WillMeet),
        (Direction::Band, band(44.0, 56.0), Capability::WillMeet),
        (Direction::Band, band(46.0, 56.0), Capability::Sometimes),
        (Direction::Band, band(30.0, 40.0), Capability::WillMiss),
        (Direction::Band, band(60.0, 70.0), Capability::WillMiss),
        (Direction::Band, one(50.0), Capability::Sometimes),
        (Direction::Up, Aim::Nothing, Capability::Unknown),
    ] {
        assert_eq!(can(direction, aim), want, "{direction:?} {aim:?}");
    }
}

#[test]
fn provisional_limits_say_nothing_of_the_target() {
    let can =
        |n: usize| chart(&series(&twenty()[..n]), &aiming(Direction::Up, Aim::At(number(90.0))), at(19)).capability;
    assert_eq!((can(11), can(12)), (Capability::Unknown, Capability::WillMiss));
}

#[test]
fn whether_the_target_is_in_reach_is_said_in_words() {
    let say = |n: usize, aim| {
        let kpi = aiming(Direction::Up, aim);
        chart(&series(&twenty()[..n]), &kpi, at(19)).capability_words(&kpi)
    };
    let one = |v| Aim::At(number(v));
    assert_eq!(say(20, one(90.0)), "as the process is, it will miss the target");
    assert_eq!(say(11, one(90.0)), "too early to say: 11 of 12 readings since 2026-W01");
    assert_eq!(say(2, one(90.0)), "too early to say: 2 of 6 readings since 2026-W01, 4 more needed");
    assert_eq!(say(0, one(90.0)), "too early to say: no reading yet");
    assert_eq!(say(20, Aim::Nothing), "no target to be reached");
}

#[test]
fn signals_say_what_they_are_in_words() {
    let words = |chart: &Chart, place| chart.words(at(place));
    assert_eq!(
        words(&after_twenty(&[50.5; 9]), 28),
        "shift up since 2026-W20: 10 successive readings above the mean (improvement)"
    );
    assert_eq!(words(&after_twenty(&[44.0]), 20), "below limits in 2026-W21 (deterioration)");
    assert_eq!(words(&after_twenty(&[50.0]), 20), "routine variation: nothing to explain");
    assert_eq!(
        words(&after_twenty(&[53.0, 50.0, 53.0, 53.0]), 23),
        "near upper limit since 2026-W21: 3 readings nearer to the upper limit than to the mean (improvement)"
    );
    assert_eq!(
        words(&after_twenty(&[46.0, 52.6]), 21),
        "sudden jump in 2026-W22: farther from the week before than is routine (change)"
    );
    assert_eq!(
        words(&after_twenty(&[50.0, GAP, 50.0]), 21),
        "no reading in 2026-W22: nothing to hold against the limits"
    );
    let early = of(&[10.0, 11.0, 10.0, 11.0, 10.0, 11.0, 10.0, 40.0]);
    assert!(words(&early, 7).ends_with("(improvement, by provisional limits)"), "{}", words(&early, 7));
    assert_eq!(words(&of(&[1.0, 2.0]), 1), "too early to say: 2 of 6 readings since 2026-W01, 4 more needed");
}

#[test]
fn limits_can_be_asked_why() {
    let chart = of(&TWELVE);
    let kpi = Kpi { unit: "min".to_owned(), ..kpi("orders") };
    assert_eq!(
        chart.current().unwrap().why(&kpi),
        "Limits 33.34 min to 53.16 min = mean 43.25 min ± 2.66 × mean moving range 3.73 min, and 12.18 min = 3.268 × that \
         for a moving range. From 12 readings and 11 moving ranges, 2026-W01 to 2026-W12; after the 20th reading they stay. \
         (XmR chart; Wheeler, Understanding Variation, 1993)"
    );
}

#[test]
fn the_charts_of_all_kpis_know_the_weeks_behind_and_the_week_itself() {
    use crate::model::snapshot::KpiWeek;
    use crate::model::status::Status;
    let history = history(19, |digest| {
        let place = number(f64::from(digest.week.number() % 2));
        digest.kpis = vec![seen("orders", Some(place.get()), Status::OnTrack)].into();
    });
    let current = KpiWeek {
        kpi: id("orders"),
        reading: Some(number(40.0)),
        origin: crate::model::kpi::Origin::Review,
        aim: Aim::Nothing,
        computed: Status::OnTrack,
        marked: None,
        note: String::new(),
    };
    let kpis = [kpi("orders"), kpi("silent")];
    let all = charts(&kpis, &history, week(NOW), &[current]);
    let orders = &all[&id::<crate::model::id::KpiId>("orders")];
    assert_eq!(orders.current().unwrap().readings, 20);
    assert_eq!(orders.strongest_in(week(NOW)).unwrap().label(), "above limits");
    assert_eq!(all[&id::<crate::model::id::KpiId>("silent")].phases, []);
    let unread = charts(&kpis, &history, week(NOW), &[]);
    assert_eq!(unread[&id::<crate::model::id::KpiId>("orders")].current().unwrap().readings, 19);
}
