//! What is drawn: each screen at three sizes as text, and what text cannot hold: styles, colours, shapes.

use std::collections::BTreeSet;

use ratatui::style::{Color, Modifier};
use truenorth::app::message::Secret;
use truenorth::app::{Look, ThemeName};
use truenorth::model::status::Status;
use truenorth::ui::glyphs::Glyphs;
use truenorth::ui::theme::Theme;

use crate::harness::{Driven, at_quarter_step, at_step, clashing, everywhere, noon};

/// Holds a screen against its picture, at three sizes in one file.
fn picture(name: &str, t: Driven) {
    let mut pictures = String::new();
    let mut t = t;
    for (width, height) in [(80, 24), (100, 30), (140, 45)] {
        t = t.at(width, height);
        pictures += &format!("{width}x{height}\n{}\n", t.screen());
    }
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, pictures);
    });
}

fn keyed(mut t: Driven, keys: &str) -> Driven {
    t.keys(keys);
    t
}

fn screen(keys: &str) -> Driven {
    keyed(Driven::new(), keys)
}

/// At a step 78 seconds after the review began, with these keys pressed.
fn step(n: usize, keys: &str) -> Driven {
    let mut t = at_step(n);
    t.wait(78);
    keyed(t, keys)
}

/// In a week in which memory is asked.
fn asked_by_memory() -> Driven {
    let mut t = Driven::new();
    t.app_mut().workspace.config.thresholds.recall_weeks = 1;
    t
}

fn with_a_private_note() -> Driven {
    let mut t = Driven::new();
    t.private.push(("2026-W46".parse().unwrap(), Secret::new("Ask Tom about the early shift")));
    t
}

/// A test for each picture, so that one that differs does not hide the next.
macro_rules! pictures {
    ($($test:ident, $name:literal: $driven:expr;)*) => {$(
        #[test]
        fn $test() {
            picture($name, $driven);
        }
    )*};
}

pictures! {
    start, "start": Driven::start();
    start_init, "start-init": keyed(Driven::start(), "i");
    home, "home": screen("");
    strategy, "strategy": screen("3 Down Down");
    strategy_map, "strategy-map": screen("3 Tab Down");
    scorecard, "scorecard": screen("4");
    feeds, "dialog-feeds": screen("4 f Down Down");
    decisions, "decisions": screen("5");
    actions, "actions": screen("6");
    issues, "issues": screen("7");
    history, "history": screen("8");
    history_scorecard, "history-scorecard": screen("8 Tab");
    history_records, "history-records": screen("8 Tab Tab Tab");
    history_compare, "history-compare": screen("8 c Left Left Left Left c");
    alignment, "alignment": screen("9 Down Down Down Down");
    alignment_made_of, "alignment-made-of": screen("9 Enter");
    check_in, "check-in": screen("c y Down Down");
    check_in_typing, "check-in-typing": screen("c Down Down Down Down 6 2");
    check_in_blind, "check-in-blind": keyed(asked_by_memory(), "c Enter");
    my_page, "my-page": keyed(with_a_private_note(), "M");
    present_check_in, "present-check-in": screen("c P");
    review_1_open, "review-1-open": step(1, "f * Down Space");
    review_2_commitments, "review-2-commitments": step(2, "y y c");
    review_3_scorecard, "review-3-scorecard": step(3, "Down Down r");
    review_4_goals, "review-4-goals": step(4, "Down 7 y");
    review_5_check_ins_hidden, "review-5-check-ins-hidden": step(5, "");
    review_5_check_ins, "review-5-check-ins": step(5, "Enter");
    review_6_alignment, "review-6-alignment": step(6, "Space");
    review_7_issues, "review-7-issues": step(7, "Down v v");
    review_8_close, "review-8-close": step(8, "");
    quarter_2_look_back, "quarter-2-look-back": keyed(at_quarter_step(2), "Space 7 >");
    quarter_3_look_around, "quarter-3-look-around": keyed(at_quarter_step(3), "Space");
    quarter_4_look_ahead, "quarter-4-look-ahead": keyed(at_quarter_step(4), "Space");
    quarter_5_say_no, "quarter-5-say-no": at_quarter_step(5);
    quarter_6_commit, "quarter-6-commit": at_quarter_step(6);
    present_quarter, "present-quarter": keyed(at_quarter_step(2), "P");
    dialog_quarter_seal, "dialog-quarter-seal": keyed(at_quarter_step(6), "Ctrl-s");
    dialog_decision, "dialog-decision": step(7, "d");
    dialog_action, "dialog-action": step(2, "a");
    dialog_value, "dialog-value": step(3, "Enter");
    dialog_mark, "dialog-mark": step(3, "g");
    dialog_goal_progress, "dialog-goal-progress": step(4, "Enter");
    dialog_dismiss, "dialog-dismiss": step(6, "x");
    dialog_rating, "dialog-rating": keyed(step(1, "*"), "Tab Tab Tab Tab Tab Tab Tab End Up Enter");
    dialog_seal, "dialog-seal": step(8, "Ctrl-s");
    dialog_palette, "dialog-palette": screen(": d e c");
    dialog_help, "dialog-help": step(3, "?");
    dialog_why, "dialog-why": step(3, "w");
    dialog_trend, "dialog-trend": step(3, "t");
    dialog_two_versions, "dialog-two-versions": keyed(clashing(), "m");
    dialog_two_versions_agreed, "dialog-two-versions-agreed": keyed(clashing(), "M End");
    dialog_edit_goal, "dialog-edit-goal": screen("3 Down Enter");
    search, "search": screen("4 / o r d");
    present_home, "present-home": screen("P");
    present_scorecard, "present-scorecard": step(3, "P");
    present_check_ins, "present-check-ins": step(5, "P Enter");
    present_alignment, "present-alignment": screen("9 P");
}

/// A look that is as bare as it gets, to be changed.
fn look(theme: ThemeName) -> Look {
    Look { theme, truecolor: false, ascii: false, present: false }
}

const STATUSES: [Status; 4] = [Status::OnTrack, Status::AtRisk, Status::OffTrack, Status::Unknown];

#[test]
fn a_status_is_told_by_its_shape_before_its_colour() {
    for ascii in [false, true] {
        let shapes: BTreeSet<&str> = STATUSES.iter().map(|s| Glyphs::new(ascii).status(*s)).collect();
        assert_eq!(shapes.len(), 4, "ascii: {ascii}");
    }
    for truecolor in [false, true] {
        for name in [ThemeName::Dark, ThemeName::Light, ThemeName::Contrast] {
            let theme = Theme::of(Look { truecolor, ..look(name) });
            let colours: Vec<_> = STATUSES[..3].iter().map(|s| theme.status(*s).fg.unwrap()).collect();
            assert!(colours[0] != colours[1] && colours[1] != colours[2] && colours[0] != colours[2], "{name:?}");
        }
    }
    let t = step(3, "").at(100, 30);
    for shape in ["! Online orders", "✗ Order errors", "? Repeat customers"] {
        let expected = match shape.chars().next() {
            Some('!') => Status::AtRisk,
            Some('?') => Status::Unknown,
            _ => Status::OffTrack,
        };
        let theme = Theme::of(look(ThemeName::Dark));
        assert_eq!(t.style_at(shape).fg, theme.status(expected).fg, "{shape}");
    }
}

#[test]
fn the_current_row_has_a_marker_and_a_style_of_its_own_in_every_theme() {
    for theme in ThemeName::ALL {
        let mut t = step(3, "Down").look(|l| l.theme = theme);
        t.sees(" > ! Online share");
        let (here, other) = (t.style_at("Online share"), t.style_at("Online orders"));
        assert_ne!((here.bg, here.add_modifier), (other.bg, other.add_modifier), "{theme:?}");
        t.keys("Down").sees(" > ! Online orders").lacks("> ! Online share");
    }
}

#[test]
fn without_colours_there_are_none_but_weight_and_reverse_remain() {
    for (name, t) in everywhere() {
        let buffer = t.look(|l| l.theme = ThemeName::Mono).at(100, 30).buffer();
        let coloured = buffer.content.iter().find(|c| c.fg != Color::Reset || c.bg != Color::Reset);
        assert_eq!(coloured, None, "{name}");
        let weight = buffer.content.iter().any(|c| c.modifier.intersects(Modifier::BOLD | Modifier::REVERSED));
        assert!(weight, "{name}: nothing stands out");
    }
}

#[test]
fn in_ascii_mode_the_program_draws_nothing_else() {
    for (name, t) in everywhere() {
        for present in [false, true] {
            let mut t = t.again().at(120, 40).look(|l| (l.ascii, l.present) = (true, present));
            let screen = t.screen();
            let foreign: BTreeSet<char> = screen.chars().filter(|c| !c.is_ascii()).collect();
            assert!(foreign.is_empty(), "{name}, present {present}: {foreign:?} in\n{screen}");
            t.sees("");
        }
    }
}

#[test]
fn nothing_on_the_shared_screen_is_dim_or_grey() {
    for (name, t) in everywhere() {
        for theme in ThemeName::ALL {
            let t = t.again().at(120, 40).look(|l| (l.present, l.theme) = (true, theme));
            let grey = [Color::Gray, Color::DarkGray];
            let buffer = t.buffer();
            let faint = |c: &ratatui::buffer::Cell| {
                c.symbol() != " " && (c.modifier.contains(Modifier::DIM) || grey.contains(&c.fg))
            };
            let found = buffer.content.iter().position(faint).map(|at| buffer.pos_of(at));
            assert_eq!(found, None, "{name}, {theme:?}\n{}", t.screen());
        }
    }
}

#[test]
fn the_shared_screen_uses_at_most_25_rows() {
    for (name, t) in everywhere() {
        let t = t.again().at(140, 45).look(|l| l.present = true);
        let used = t.screen().lines().enumerate().filter(|(_, l)| !l.is_empty()).map(|(n, _)| n + 1).max();
        // A dialog may add its row of keys.
        assert!(used <= Some(26), "{name}: {used:?}\n{}", t.screen());
    }
}

#[test]
fn too_small_a_window_says_so_and_breaks_nothing() {
    let places = everywhere();
    for (width, height) in [(59, 24), (80, 19), (20, 5), (1, 1), (300, 1), (1, 100)] {
        for (_, t) in &places {
            let screen = t.again().at(width, height).screen();
            assert!(width < 20 || height < 5 || screen.contains("truenorth needs"), "{screen}");
        }
    }
    for (width, height) in [(0, 0), (u16::MAX, 1), (1, u16::MAX), (1200, 24), (80, 33_000)] {
        Driven::new().at(width, height).buffer();
    }
}

#[test]
fn a_running_clock_is_drawn_and_a_paused_one_stands_still() {
    let mut t = step(1, "");
    t.sees("3:42 left of 5").wait(300).sees("over 5 min by 1:18").keys("p").sees("paused").wait(600).sees("1:18");
    assert_eq!(noon().to_rfc3339(), "2026-11-19T14:02:00+00:00");
}
