//! The recap and the report asked for by keys.

use truenorth::app::message::Effect;

use crate::harness::{Driven, at_step};

#[test]
fn the_close_step_has_the_recap_ready_before_the_week_is_saved() {
    let mut t = at_step(8);
    t.keys("r").sees("Recap of 2026-W47").sees("To do").lacks("writes the report into a file");
    t.keys("Esc").lacks("Recap of");
}

#[test]
fn the_history_shows_the_recap_of_a_week_and_writes_its_report_where_it_is_told_to() {
    let mut t = Driven::new();
    t.keys("8 r").sees("Recap of 2026-W46").sees("Boxes for office orders");
    t.keys("End").sees("writes the report into a file").keys("Esc o").sees("maple-street-bakery-2026-W46.html");
    t.keys("Ctrl-s").sees("The report is in");
    let written = std::fs::read_to_string(t.root().join("maple-street-bakery-2026-W46.html")).unwrap();
    assert!(written.starts_with("<!DOCTYPE html>"));
    // A second time the name is taken: what was typed comes back.
    t.keys("o Ctrl-s").sees("exists already").keys("Esc").sees("Write the report of 2026-W46");
}

#[test]
fn a_name_that_tells_no_format_is_refused_in_its_field() {
    let mut t = Driven::new();
    t.keys("8 o Ctrl-u");
    t.type_text("report.docx");
    assert!(!t.effects_of("Ctrl-s").iter().any(|e| matches!(e, Effect::WriteReport(..))));
    t.sees("the ending tells the format");
}
