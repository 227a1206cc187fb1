//! Numbers that speak, on the screen: signals and forecasts at the KPI, the time line of weeks, the search over all of them.

use truenorth::app::dialogs::Dialog;
use truenorth::app::intent::Place;
use truenorth::app::message::{Effect, Message};
use truenorth::app::screens::history::Panel;
use truenorth::app::update::update;
use truenorth::app::{Look, ThemeName};
use truenorth::insight::analysis::Of;
use truenorth::insight::xmr::Verdict;
use truenorth::model::week::Week;
use truenorth::storage;
use truenorth::ui::theme::Theme;

use crate::harness::{Driven, at_step, noon};

fn week(text: &str) -> Week {
    text.parse().unwrap()
}

/// The trend of a KPI, opened from the scorecard by its name.
fn trend(name: &str) -> Driven {
    let mut t = Driven::new().at(140, 45);
    t.keys("4 /").type_text(name).keys("Enter t");
    t
}

#[test]
fn a_signal_brings_a_kpi_before_the_room_with_its_reason_and_a_shape_of_its_own() {
    let mut t = at_step(3).at(140, 45);
    let signalled = t.app().scorecard_rows().iter().filter_map(|r| r.reason).map(|r| r.label());
    assert!(signalled.clone().any(|label| label.starts_with("signal: ")), "{:?}", signalled.collect::<Vec<_>>());
    t.keys("/").type_text("Order errors").keys("Enter").sees("Above limits in 2026-W47 (deterioration)");
    let mut t = trend("Order errors");
    t.sees("◆").sees("upper limit").sees("lower limit").sees("mean").sees("target");
    let bad = Theme::of(Look { theme: ThemeName::Dark, truecolor: false, ascii: false, present: false }).bad;
    let buffer = t.buffer();
    let newest = buffer.content.iter().enumerate().filter(|(_, c)| c.symbol() == "◆").max_by_key(|(at, _)| at % 140);
    assert_eq!(newest.unwrap().1.fg, bad.fg.unwrap(), "a deterioration is told by its colour too");
    let chart = t.app().analyses.chart(&"order-errors".parse().unwrap()).unwrap();
    assert_eq!(chart.strongest_in(week("2026-W47")).unwrap().verdict, Verdict::Deterioration);
}

#[test]
fn a_trend_has_its_views_and_its_span() {
    let mut t = trend("Online orders");
    t.sees("52 weeks").sees("Forecast W53: ").sees("░").sees("computed").sees("marked");
    t.keys("+ +").sees("13 weeks").lacks("2026-W02").keys("- - - - -").sees("all weeks").sees("2026-W02: 22");
    t.keys("m").sees("How far each week lies from the one before").keys("m").sees("Phase since 2026-W41");
    t.keys("Tab Tab")
        .sees("month, total")
        .sees("Nov 2026")
        .sees("* not every week has a reading: Nov 2026 has 3 of 4 weeks");
    t.keys("Tab").sees("It moves with Online share of sales").sees("a hint, not a cause");
    t.keys("Tab").sees("52 weeks".trim_start_matches("52 ")).keys("Right").lacks("Online orders a week (");
}

#[test]
fn a_goals_trend_tells_its_story() {
    let mut t = Driven::new().at(120, 40);
    t.keys("3 /").type_text("deposit").keys("Enter t Tab").sees("confidence: ").sees("due date: ");
}

#[test]
fn a_new_phase_needs_a_week_behind_and_a_reason_and_starts_the_limits_afresh() {
    let mut t = trend("Waste");
    t.keys("b").sees("New phase: Waste").keys("Ctrl-s").sees("Because");
    assert!(matches!(t.app().dialogs.last(), Some(Dialog::Form(_))), "no phase without a reason");
    t.type_text("a lid on every tub").keys("Shift-Tab Ctrl-u");
    t.type_text("2030-W01").keys("Ctrl-s").sees("lies ahead");
    t.keys("Ctrl-u").type_text("2019-W01").keys("Ctrl-s").sees("its readings begin in");
    t.keys("Ctrl-u").type_text("2026-W40").keys("Ctrl-s");
    t.sees("Phase since 2026-W40: a lid on every tub");
    let root = t.root();
    let kpis = storage::open(&root, |_| week("2026-W47")).unwrap().strategy.kpis;
    let waste = kpis.iter().find(|k| k.id.as_str() == "waste").unwrap();
    let phase = waste.phases.last().unwrap();
    assert_eq!((phase.from, phase.reason.as_str()), (week("2026-W40"), "a lid on every tub"));
    t.keys("Esc 3 u");
    let kpis = storage::open(&root, |_| week("2026-W47")).unwrap().strategy.kpis;
    assert!(!kpis.iter().any(|k| k.phases.iter().any(|p| p.reason.contains("every tub"))), "undo takes it back");
}

#[test]
fn the_first_press_of_the_arrow_along_the_time_line_moves_every_panel() {
    let mut t = Driven::new().at(140, 45);
    t.keys("8").sees(" 2026-W46  9 Nov to 15 Nov 2026").sees("Passed the first-year exam");
    for panel in Panel::ALL {
        t.sees(panel.label());
    }
    t.keys("Left").sees(" 2026-W45  2 Nov to 8 Nov 2026").lacks("Passed the first-year exam");
    t.keys("PgUp").sees(" 2026-W32  3 Aug").keys("Home").sees(" 2025-W43").keys("End").sees(" 2026-W46");
}

#[test]
fn the_weeks_beside_the_one_shown_are_read_ahead_and_none_twice() {
    let mut t = Driven::new();
    t.keys("8");
    let asked = |t: &Driven| t.app().screens.history.loaded.iter().map(|s| s.week).collect::<Vec<_>>();
    assert!([46, 45, 44, 43].iter().all(|n| asked(&t).contains(&week(&format!("2026-W{n}")))), "{:?}", asked(&t));
    t.keys("Left Left Left Left Left Left Left Left Left Left");
    let mut held = asked(&t);
    held.sort();
    let n = held.len();
    held.dedup();
    assert_eq!(held.len(), n, "no week is held twice");
    assert!(n <= 16, "and not all of them");
    assert!(t.app().screens.history.get(week("2026-W36")).is_some());
}

#[test]
fn what_was_said_in_any_week_is_found_while_typing_and_one_key_goes_there() {
    let mut t = Driven::new().at(100, 30);
    t.keys("F").sees("56 weeks").type_text("hollin").sees("A yearly price with Hollin Mill");
    t.type_text(" zebra").sees("Nothing in 56 weeks has these words");
    t.keys("Backspace Backspace Backspace Backspace Backspace Backspace").type_text(" yearly price").keys("Enter");
    assert_eq!((t.app().place, t.app().screens.history.panel), (Place::History, Panel::Records));
    t.keys("8 F").paste(&"a novel ".repeat(20_000));
    let Some(Dialog::Find(find)) = t.app().dialogs.last() else { panic!("it is still open") };
    assert!(find.words.chars().count() <= 80);
    t.keys("Esc").lacks("Find in every week");
}

#[test]
fn a_number_that_is_typed_asks_about_its_kpi_alone() {
    let mut t = at_step(3);
    let asked = |effects: &[Effect]| {
        effects.iter().find_map(|e| match e {
            Effect::Analyse(_, question) => Some(question.of.clone()),
            _ => None,
        })
    };
    assert_eq!(asked(&t.effects_of("Down")), None, "moving asks nothing");
    t.keys("/").type_text("Waste").keys("Enter");
    t.keys("Enter").type_text("9");
    let of = asked(&t.effects_of("Ctrl-s"));
    assert_eq!(of, Some(Of::These(vec!["waste".parse().unwrap()])));
}

#[test]
fn a_number_typed_while_all_is_being_computed_is_computed_with_and_not_put_back() {
    let mut t = at_step(3);
    let asked = |t: &mut Driven, key: &str| {
        let effects = update(&mut t.model, Message::Key(key.parse().unwrap()), noon());
        effects.into_iter().find_map(|e| match e {
            Effect::Analyse(number, question) => Some((number, question)),
            _ => None,
        })
    };
    t.app_mut().analyses = Default::default();
    let (first, question) = asked(&mut t, "Down").unwrap();
    assert_eq!(question.of, Of::All);
    // Its answer is on the way while somebody types.
    t.keys("/").type_text("Waste").keys("Enter Enter").type_text("9");
    let (second, again) = asked(&mut t, "Ctrl-s").unwrap();
    assert!(second > first && again.of == Of::All, "the first answer is of the older number");
    let waste = again.current.iter().find(|k| k.kpi.as_str() == "waste").unwrap();
    assert_eq!(waste.reading.unwrap().get(), 9.0);
}

#[test]
fn targets_out_of_reach_are_told_at_home() {
    let mut t = Driven::new().at(100, 30);
    t.sees("1 target out of reach at this pace: Order errors");
    t.app_mut().analyses = Default::default();
    t.lacks("out of reach");
}
