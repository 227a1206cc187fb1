//! What a report promises: the same in every format, safe whatever is in a field, readable by everybody, and in its place.

mod browser;
mod canary;
mod html;
mod quarter;
mod screens;
mod sorts;

use std::sync::{Arc, OnceLock};

use proptest::prelude::*;
use tempfile::TempDir;
use truenorth::model::snapshot::Snapshot;
use truenorth::report::{self, Outline, Source};
use truenorth::storage;

use crate::harness::sample::write_bakery;
use crate::harness::{bakery, bakery_weeks};

/// The bakery's newest sealed week and the one before it.
fn weeks() -> &'static (Snapshot, Snapshot) {
    static WEEKS: OnceLock<(Snapshot, Snapshot)> = OnceLock::new();
    WEEKS.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        write_bakery(folder.path());
        let mut known = bakery().weeks.into_iter().rev();
        let mut next =
            || known.next().map(|(week, n)| storage::snapshot(folder.path(), week, Some(n)).unwrap()).unwrap();
        let now = next();
        (now, next())
    })
}

/// The report of a week of the bakery, perhaps changed.
fn outline(snapshot: &Snapshot) -> Outline {
    let history = bakery_weeks();
    report::gather(Source { snapshot, previous: Some(&weeks().1), history: &history })
}

/// What each format makes of an outline, with its name.
fn every_format(outline: &Outline) -> [(&'static str, String); 7] {
    [
        ("html", report::html(outline)),
        ("poster", report::poster(outline)),
        ("markdown", report::markdown(outline)),
        ("mail", report::mail(outline)),
        ("csv", report::csv(outline)),
        ("ics", report::calendar(outline)),
        ("json", serde_json::to_string(outline).unwrap()),
    ]
}

/// Puts a text wherever a person can put one: every quoted text of the snapshot's file that is no id, date or key.
fn with_everywhere(snapshot: &Snapshot, text: &str) -> Snapshot {
    let mut s = snapshot.clone();
    let put = || text.to_owned();
    s.name = put();
    s.why_low = put();
    s.headlines.iter_mut().for_each(|h| h.text = put());
    s.notes.iter_mut().for_each(|n| n.text = put());
    s.people.iter_mut().for_each(|p| p.name = put());
    s.perspectives.iter_mut().for_each(|p| p.name = put());
    let star = &mut s.strategy.north_star;
    (star.vision, star.mission) = (put(), put());
    star.values.iter_mut().for_each(|v| (v.name, v.meaning) = (put(), put()));
    star.themes.iter_mut().for_each(|t| (t.name, t.bet) = (put(), put()));
    for kpi in &mut s.strategy.kpis {
        (kpi.name, kpi.unit, kpi.definition) = (put(), put(), put());
        kpi.phases.iter_mut().for_each(|p| p.reason = put());
    }
    s.strategy.goals.iter_mut().for_each(|g| (g.title, g.note) = (put(), put()));
    s.scorecard.iter_mut().for_each(|k| k.note = put());
    s.goals.iter_mut().for_each(|g| g.note = put());
    for d in &mut s.decisions {
        (d.title, d.choice, d.context, d.affects) = (put(), put(), put(), put());
        d.prediction.iter_mut().for_each(|p| p.claim = put());
    }
    s.actions.iter_mut().for_each(|a| a.title = put());
    s.issues.iter_mut().for_each(|i| (i.title, i.detail) = (put(), put()));
    s.messages.iter_mut().for_each(|m| (m.text, m.audience, m.channel) = (put(), put(), put()));
    s.findings.iter_mut().for_each(|f| (f.finding.title, f.finding.evidence) = (put(), put()));
    if let Some(alignment) = &mut s.alignment {
        alignment.components.iter_mut().for_each(|c| c.inputs = vec![put()]);
    }
    s
}

/// Texts that somebody might try, alone and between harmless ones.
fn hostile() -> impl Strategy<Value = String> {
    let bad = prop::sample::select(vec![
        "<script>alert(1)</script>",
        "\"><svg onload=alert(1)>",
        "'><img src=x onerror=alert(1)>",
        "</style></title></svg></textarea>",
        "javascript:alert(1)",
        "[x](javascript:alert(1))",
        "![x](https://evil.example/p.png)",
        "https://x.example/\"onmouseover=\"alert(1)",
        "=cmd|' /C calc'!A0",
        "\r\nBEGIN:VEVENT\r\nSUMMARY:forged",
        "\r\nSubject: forged\r\nBcc: all@example.org",
        "\u{1b}]52;c;ZXZpbA==\u{7}",
        "\u{202e}gnp.exe",
        "\u{0}\u{b}\u{85}\u{2028}\u{feff}",
        "&lt;b&gt; &amp;amp;",
        "| a | b |\n| --- | --- |",
        "é東京😀",
    ]);
    prop::collection::vec(prop_oneof![bad.prop_map(str::to_owned), "\\PC{0,12}"], 1..4).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_leaves_its_place_in_any_format(text in hostile()) {
        let outline = outline(&with_everywhere(&weeks().0, &text));
        for (format, written) in every_format(&outline) {
            sorts::holds(format, &written);
        }
    }
}

#[test]
fn a_report_says_the_same_in_every_format() {
    let (now, _) = weeks();
    let outline = outline(now);
    let words = |text: &str| text.replace("&#39;", "'").split_whitespace().collect::<Vec<_>>().join(" ");
    for (format, written) in every_format(&outline).into_iter().take(4).filter(|(format, _)| *format != "poster") {
        let said = words(&written);
        for action in outline.to_do() {
            assert!(said.contains(&action.title), "{format} does not tell of {}", action.title);
        }
        assert!(said.contains("2026-W46") && said.contains("8.9 of 10"), "{format}: {said}");
        for kpi in outline.scorecard.iter().filter(|k| k.status == truenorth::model::status::Status::OffTrack) {
            assert!(said.contains(&kpi.name) && said.contains(&kpi.shown), "{format}: {}", kpi.name);
        }
    }
    let page = report::html(&outline);
    for finding in &outline.findings {
        assert!(words(&page).contains(&words(&finding.title).replace('"', "&quot;")), "{}", finding.title);
    }
}

#[test]
fn an_old_week_is_reported_as_it_was_known_then() {
    let folder = write();
    let (week, revision) = bakery().weeks.into_iter().nth(20).unwrap();
    let snapshot = storage::snapshot(folder.path(), week, Some(revision)).unwrap();
    let history = bakery_weeks();
    let then = report::gather(Source { snapshot: &snapshot, previous: None, history: &history });
    let known = |o: &Outline| {
        let weeks = o.scorecard.iter().flat_map(|k| &k.chart.weeks).map(|w| w.week);
        weeks.chain(o.scorecard.iter().flat_map(|k| k.chart.signals.iter().map(|s| s.until))).max()
    };
    assert!(known(&then) <= Some(week), "what came later was not known");
    assert!(then.scorecard.iter().any(|k| k.chart.weeks.len() > 10) && then.changes.is_none());
}

#[test]
fn a_week_with_nothing_in_it_can_be_reported() {
    let (now, _) = weeks();
    let mut empty = now.clone();
    empty.strategy = truenorth::model::strategy::Strategy::default();
    empty.scorecard.clear();
    (empty.goals, empty.decisions, empty.actions) = (Vec::new(), Vec::new(), Vec::new());
    (empty.issues, empty.messages, empty.findings) = (Vec::new(), Vec::new(), Vec::new());
    (empty.headlines, empty.notes, empty.ratings, empty.time) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    (empty.attendance, empty.people, empty.alignment) = (Vec::new(), Vec::new(), None);
    let history = Arc::new(truenorth::model::history::History::default());
    let outline = report::gather(Source { snapshot: &empty, previous: None, history: &history });
    for (format, written) in every_format(&outline) {
        sorts::holds(format, &written);
        assert!(!written.contains("NaN") && !written.contains("inf"), "{format}");
    }
}

#[test]
fn numbers_of_any_size_make_a_page_without_nan() {
    use truenorth::model::number::Finite;
    for value in [f64::MAX, f64::MIN, 5e-324, 0.0, -1e300] {
        let mut s = weeks().0.clone();
        s.scorecard.iter_mut().for_each(|k| k.reading = Finite::new(value));
        let outline = outline(&s);
        for (format, written) in every_format(&outline) {
            sorts::holds(format, &written);
            let odd = ["NaN", "inf ", ">inf", "\"inf", "-inf"].into_iter().find(|odd| written.contains(odd));
            assert_eq!(odd, None, "{format} with {value}");
        }
    }
}

#[test]
fn the_personal_recap_has_nothing_of_anybody_else() {
    let (now, _) = weeks();
    let me = "tom".parse().unwrap();
    let mine = outline(now).only(&me);
    assert!(mine.actions.len() >= 2 && mine.actions.iter().all(|a| a.owner.id == me), "{:?}", mine.actions);
    assert!(mine.scorecard.iter().all(|k| k.owner.as_ref().is_some_and(|o| o.id == me)) && !mine.scorecard.is_empty());
    assert!(mine.findings.is_empty() && mine.alignment.is_none() && mine.changes.is_none());
    let page = report::html(&mine);
    assert!(page.contains("Tom Hargreaves") && !page.contains("Three years of numbers"), "Maya’s is not in it");
}

fn write() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write_bakery(folder.path());
    folder
}
