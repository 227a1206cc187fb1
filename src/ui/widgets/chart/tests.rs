//! What a chart promises, whatever the numbers: every mark inside its plot, a shape for each meaning, ends that can be read.

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::*;
use crate::app::{Look, ThemeName};

fn week(n: i32) -> Week {
    "2026-W01".parse::<Week>().unwrap().plus(n)
}

fn number(v: f64) -> Finite {
    Finite::new(v).unwrap()
}

fn points(values: &[Option<f64>]) -> Vec<Point> {
    let point = |(n, v): (i32, &Option<f64>)| Point {
        aim: Aim::At(number(450.0)),
        ..Point::plain(week(n), v.map(number), Status::OnTrack)
    };
    (0..).zip(values).map(point).collect()
}

fn drawn(chart: &Chart<'_>, width: u16, height: u16, ascii: bool) -> Vec<String> {
    let area = Rect::new(0, 0, width, height);
    let mut buffer = Buffer::empty(area);
    let look = Look { theme: ThemeName::Dark, truecolor: false, ascii, present: false };
    let mut canvas = Canvas::new(&mut buffer, look);
    draw(&mut canvas, area, chart, |v| v.fixed(0));
    let _ = canvas.finish();
    (0..height).map(|y| (0..width).map(|x| buffer[(x, y)].symbol()).collect::<String>().trim_end().to_owned()).collect()
}

#[test]
fn each_meaning_has_a_line_or_a_shape_of_its_own_and_the_ends_carry_their_values() {
    let mut points = points(&[Some(400.0), Some(410.0), None, Some(405.0), Some(500.0)]);
    points[4].signal = Some(Tone::Better);
    let limits = [Limits {
        from: week(0),
        until: week(4),
        mean: number(405.0),
        lower: Some(number(380.0)),
        upper: number(430.0),
    }];
    let ahead = [Ahead { week: week(5), mean: number(420.0), lower: number(400.0), upper: number(440.0) }];
    let chart = Chart { points: &points, limits: &limits, ahead: &ahead, strips: true };
    let lines = drawn(&chart, 80, 16, false);
    let all = lines.join("\n");
    for (what, shape) in [("target", '━'), ("limits", '╌'), ("mean", '─'), ("signal", '◆'), ("ahead", '░')] {
        assert!(all.contains(shape), "{what} is missing:\n{all}");
    }
    for name in ["target", "upper limit", "mean", "lower limit", "computed", "marked"] {
        assert!(all.contains(name), "{name} is missing:\n{all}");
    }
    let last = lines.last().unwrap();
    assert!(last.contains("2026-W05: 500") && last.contains("W06: 420"), "{last}");
    let plain = drawn(&chart, 80, 16, true).join("\n");
    assert!(plain.is_ascii() && plain.contains('*') && plain.contains('='), "{plain}");
}

#[test]
fn a_gap_has_no_mark_and_a_new_phase_begins_at_a_line() {
    let values: Vec<Option<f64>> = (0..12).map(|n| (n != 5).then_some(400.0)).collect();
    let points = points(&values);
    let limits = |from, until, mean| Limits {
        from: week(from),
        until: week(until),
        mean: number(mean),
        lower: None,
        upper: number(mean + 10.0),
    };
    let phases = [limits(0, 7, 400.0), limits(8, 11, 440.0)];
    let chart = Chart { points: &points, limits: &phases, ahead: &[], strips: false };
    let all = drawn(&chart, 60, 12, false);
    let row = all.iter().find(|l| l.contains('▄') || l.contains('▀')).unwrap();
    assert_eq!(row.chars().filter(|c| matches!(c, '▄' | '▀')).count(), 11 * 3, "{}", all.join("\n"));
    assert!(all[1].contains('┊'), "{}", all.join("\n"));
}

#[test]
fn twenty_years_fit_into_any_width_with_their_extremes() {
    let values: Vec<Option<f64>> = (0..1_040).map(|n| Some(if n == 500 { 900.0 } else { 400.0 })).collect();
    let points = points(&values);
    let chart = Chart { points: &points, limits: &[], ahead: &[], strips: true };
    let all = drawn(&chart, 100, 20, false);
    assert!(all[..2].iter().any(|l| l.contains('█') || l.contains('▄') || l.contains('▀')), "{}", all.join("\n"));
    assert!(all.last().unwrap().contains("2045-W"), "{}", all.join("\n"));
}

#[test]
fn nothing_to_show_says_so() {
    let none = points(&[None, None]);
    let chart = Chart { points: &none, limits: &[], ahead: &[], strips: false };
    assert_eq!(drawn(&chart, 40, 6, false)[0], "No reading yet");
}

proptest! {
    #[test]
    fn no_number_and_no_size_brings_it_down(
        values in prop::collection::vec(prop::option::of(prop::num::f64::NORMAL | prop::num::f64::ZERO), 0..60),
        ahead in prop::collection::vec(prop::num::f64::NORMAL, 0..20),
        (width, height) in (0u16..90, 0u16..30),
    ) {
        let points = points(&values);
        let ahead: Vec<Ahead> = (0i32..).zip(&ahead).map(|(n, v)| {
            let v = number(*v);
            Ahead { week: week(60 + n), mean: v, lower: v, upper: v }
        }).collect();
        let chart = Chart { points: &points, limits: &[], ahead: &ahead, strips: true };
        let all = drawn(&chart, width, height, false).join("\n");
        prop_assert!(!all.contains("NaN") && !all.contains("inf"));
    }
}
