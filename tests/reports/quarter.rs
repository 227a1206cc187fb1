//! The report of a quarter: what it tells, what it says where there is nothing, and that no text leaves its place.

use proptest::prelude::*;
use truenorth::model::quarterly::{Fate, QuarterSnapshot, StarAnswer};
use truenorth::report::quarter::{gather, html, markdown};

use super::{hostile, sorts};
use crate::harness::bakery_weeks;

fn quarters() -> [QuarterSnapshot; 2] {
    let all = bakery_weeks();
    let [before, now] = all.quarters() else { panic!("the bakery has two sealed quarters") };
    [QuarterSnapshot::clone(before), QuarterSnapshot::clone(now)]
}

/// What each format makes of a quarter, with its name.
fn every_format(now: &QuarterSnapshot, before: Option<&QuarterSnapshot>) -> [(&'static str, String); 3] {
    let outline = gather(now, before);
    [("html", html(&outline)), ("markdown", markdown(&outline)), ("json", serde_json::to_string(&outline).unwrap())]
}

#[test]
fn a_quarter_tells_its_grades_lessons_predictions_stops_and_what_comes_next_in_every_format() {
    let [before, now] = quarters();
    let plain =
        |text: &str| text.replace("&#39;", "'").replace('\\', "").split_whitespace().collect::<Vec<_>>().join(" ");
    for (format, written) in every_format(&now, Some(&before)) {
        let said = plain(&written);
        sorts::holds(format, &written);
        let mut wanted: Vec<&str> = vec!["2026-Q3", "2026-Q2", "0.63", "0.13"];
        wanted.extend(now.said.facts.goals.iter().map(|g| g.title.as_str()));
        wanted.extend(now.said.learned.iter().map(|l| l.text.as_str()));
        wanted.extend(now.said.facts.scored.iter().map(|s| s.title.as_str()));
        wanted.extend(now.said.stops.iter().chain(&now.said.facts.stops).map(|s| s.what.as_str()));
        wanted.extend(now.said.next.iter().map(|n| n.title.as_str()));
        wanted.extend(now.said.facts.themes.iter().map(|t| t.name.as_str()));
        wanted.extend(now.said.said.iter().map(|s| s.text.as_str()));
        for text in wanted {
            assert!(said.contains(&plain(text)), "{format} does not tell: {text}");
        }
    }
}

#[test]
fn where_a_quarter_has_nothing_the_report_says_what_one_could_do() {
    let [_, mut empty] = quarters();
    let facts = truenorth::model::quarterly::Facts::default();
    empty.said = truenorth::model::quarterly::Quarterly::new(empty.quarter(), facts);
    for (format, written) in every_format(&empty, None).into_iter().take(2) {
        for told in [
            "Give goals an end",
            "Nothing was written down",
            "No prediction",
            "No objective was named",
            "Nothing stops",
        ] {
            assert!(written.contains(told), "{format}: {told}");
        }
        assert!(!written.contains("NaN") && !written.contains("inf "), "{format}");
        sorts::holds(format, &written);
    }
}

/// Puts a text wherever a person can put one.
fn with_everywhere(mut s: QuarterSnapshot, text: &str) -> QuarterSnapshot {
    let put = || text.to_owned();
    s.name = put();
    s.people.iter_mut().for_each(|p| p.name = put());
    s.notes.iter_mut().for_each(|n| n.text = put());
    s.actions.iter_mut().for_each(|a| a.title = put());
    s.decisions.iter_mut().for_each(|d| (d.title, d.choice) = (put(), put()));
    let said = &mut s.said;
    said.north_star = Some(StarAnswer::Change { why: put() });
    said.answers.iter_mut().for_each(|a| (a.note, a.fate) = (put(), Some(Fate::Dropped { reason: put() })));
    said.learned.iter_mut().for_each(|l| l.text = put());
    said.looked.iter_mut().for_each(|l| l.title = put());
    said.next.iter_mut().for_each(|n| n.title = put());
    said.stops.iter_mut().chain(&mut said.facts.stops).for_each(|stop| (stop.what, stop.why) = (put(), put()));
    said.said.iter_mut().for_each(|one| one.text = put());
    let facts = &mut said.facts;
    for goal in &mut facts.goals {
        goal.title = put();
        goal.measure.iter_mut().for_each(|m| m.unit = put());
    }
    facts.scored.iter_mut().for_each(|p| p.title = put());
    facts.findings.iter_mut().for_each(|f| (f.title, f.rule) = (put(), put()));
    facts.themes.iter_mut().for_each(|t| t.name = put());
    s
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_of_a_quarter_leaves_its_place_in_any_format(text in hostile()) {
        let [before, now] = quarters();
        for (format, written) in every_format(&with_everywhere(now, &text), Some(&before)) {
            sorts::holds(format, &written);
        }
    }
}
