//! What people type, what they find, in which order, and what is not found twice.

use super::*;
use crate::insight::fixture::*;
use crate::insight::seal::seal;
use crate::model::checkin::CheckIn;
use crate::model::finding::{Answer, Finding, Severity};
use crate::model::history::{WeekDigest, Words};
use crate::model::record::{Action, Decision, DecisionState, Issue, IssueState, Note};
use crate::model::review::KpiEntry;
use crate::model::snapshot::FindingWeek;
use proptest::prelude::*;

fn said(on: Topic, text: &str) -> Words {
    Words { on, by: Some(id("maya")), text: text.to_owned() }
}

fn find_in(history: &History, typed: &str) -> Vec<Hit> {
    search(&Query::parse(typed), history, &Standing::default(), &strategy())
}

/// Marks matches as `[oven]`.
fn marked(marked: &Marked) -> String {
    marked.pieces().map(|(text, hit)| if hit { format!("[{text}]") } else { text.to_owned() }).collect()
}

fn lines(hits: &[Hit]) -> Vec<String> {
    hits.iter()
        .map(|h| format!("{} {} {}|{}", h.week.short(), h.kind().label(), marked(&h.title), marked(&h.excerpt)))
        .collect()
}

fn oven_weeks() -> History {
    history(6, |w| match w.week.number() {
        42 => {
            let mut decision = Decision::new(id("oven"), "A second oven", "The gas one, from Lyon", w.week);
            decision.declined = vec![crate::model::declined::Declined::new("An electric oven")];
            w.decisions = vec![decision].into();
        }
        44 => {
            w.words =
                vec![said(Topic::Kpi(id("orders")), "The oven stood still"), said(Topic::Idea, "Rye bread")].into()
        }
        46 => {
            let mut decision = Decision::new(id("oven"), "A second oven", "The gas one, from Lyon", week("2026-W42"));
            let outcome = "It came late; orders fell meanwhile".to_owned();
            decision.state = DecisionState::Reviewed { in_week: w.week, outcome, came_true: Some(false) };
            w.decisions = vec![decision].into();
        }
        _ => {}
    })
}

#[test]
fn all_words_must_occur_and_the_newest_comes_first() {
    let history = oven_weeks();
    assert_eq!(
        lines(&find_in(&history, "OVEN")),
        ["W44 kpi orders|The [oven] stood still", "W42 decision A second [oven]|An electric [oven]"]
    );
    assert_eq!(lines(&find_in(&history, "oven lyon")), ["W42 decision A second [oven]|The gas one, from [Lyon]"]);
    assert!(find_in(&history, "oven zebra").is_empty() && find_in(&history, "  ").is_empty());
}

#[test]
fn words_side_by_side_come_before_newer_ones_that_are_apart() {
    let history = history(3, |w| {
        let text = if w.week.number() == 44 { "no rye bread today" } else { "bread, and some rye" };
        w.words = vec![said(Topic::Idea, text)].into();
    });
    let hits = find_in(&history, "rye bread");
    let order: Vec<_> = hits.iter().map(|h| (h.week.number(), h.phrase)).collect();
    assert_eq!(order, [(44, true), (46, false), (45, false)]);
}

#[test]
fn an_outcome_is_found_in_its_own_week_and_only_by_words_of_its_own() {
    let hits = find_in(&oven_weeks(), "oven late");
    assert_eq!(lines(&hits), ["W46 decision A second [oven]|It came [late]; orders fell meanwhile"]);
    assert_eq!(hits[0].place, Place::Decision(id("oven")));
    assert_eq!(find_in(&oven_weeks(), "second").len(), 1, "the title alone finds it once: where it was taken");
}

#[test]
fn a_kind_with_a_colon_looks_among_that_kind_only() {
    let history = oven_weeks();
    let weeks = |typed: &str| find_in(&history, typed).iter().map(|h| h.week.number()).collect::<Vec<_>>();
    assert_eq!(weeks("kpi: oven"), [44]);
    assert_eq!(weeks("Decisions:oven"), [42]);
    assert_eq!(weeks("idea: kpi:"), [44, 44], "kinds without words list all of them");
    assert_eq!(weeks("lyon: oven"), [0; 0], "what is no kind is a word");
}

#[test]
fn an_excerpt_surrounds_the_first_match_on_one_line() {
    let text = format!("{}\nthe oven {}", "flour ".repeat(40), "and more to tell ".repeat(20));
    let history = history(1, |w| w.words = vec![said(Topic::CheckIn, &text)].into());
    let hit = &find_in(&history, "oven")[0];
    let shown = marked(&hit.excerpt);
    assert!(shown.starts_with("…flour") && shown.ends_with('…') && shown.contains(" the [oven] and"), "{shown}");
    assert!(!shown.contains('\n') && hit.excerpt.text.chars().count() <= LONG + 2);
}

#[test]
fn a_match_next_to_letters_of_several_bytes_is_marked_whole() {
    let history = history(1, |w| w.words = vec![said(Topic::CheckIn, &format!("{}Öfen, ÖFEN", "ä".repeat(90)))].into());
    assert!(marked(&find_in(&history, "öfen")[0].excerpt).ends_with("[Öfen], [ÖFEN]"));
}

#[test]
fn what_was_said_of_something_is_found_with_its_name() {
    let history = history(2, |w| match w.week.number() {
        45 => w.actions = vec![Action { promised: w.week, ..action("call") }].into(),
        _ => {
            let about = crate::model::record::Subject::Action(id("call"));
            w.words =
                vec![said(Topic::Progress(id("call")), "nobody answers"), said(Topic::Note(Some(about)), "once more")]
                    .into();
        }
    });
    assert_eq!(lines(&find_in(&history, "do answers")), ["W46 action [Do] call|nobody [answers]"]);
    assert_eq!(lines(&find_in(&history, "call once")), ["W46 note Do [call]|[once] more"]);
}

proptest! {
    #[test]
    fn whatever_is_typed_and_written_marks_lie_within_texts(
        text in "[a-cÄé\u{a0}\u{301}\u{2003}東 \n.-]{0,300}",
        typed in "[A-CäE東 .-]{0,8}",
    ) {
        let history = history(1, |w| w.words = vec![said(Topic::CheckIn, &format!("x{text}"))].into());
        for hit in find_in(&history, &typed) {
            let whole: String = hit.excerpt.pieces().map(|(piece, _)| piece).collect();
            prop_assert_eq!(&whole, &hit.excerpt.text);
            prop_assert!(hit.excerpt.spans.iter().all(|s| !hit.excerpt.text[s.clone()].is_empty()));
            prop_assert!(!whole.contains('\n') && whole.chars().count() <= LONG + 2);
        }
    }
}

#[test]
fn what_is_open_is_found_as_it_stands_now_and_once() {
    let old = Issue { detail: "maybe the door".to_owned(), raised: week("2026-W46"), ..issue("oven") };
    let new = Issue { detail: "the burner is cracked".to_owned(), ..old.clone() };
    let history = history(1, move |w| w.issues = vec![old.clone()].into());
    let open = Standing { issues: vec![new], actions: vec![action("call-lyon")], ..Standing::default() };
    let find = |typed: &str| search(&Query::parse(typed), &history, &open, &strategy());
    assert_eq!(lines(&find("burner")), ["W46 issue The oven is broken|the [burner] is cracked"]);
    assert!(find("maybe").is_empty());
    assert_eq!(find("oven").len(), 1);
    assert_eq!(find("lyon")[0].place, Place::Action(id("call-lyon")), "no sealed week knows it yet");
}

#[test]
fn everything_that_a_review_writes_down_is_found_in_its_week() {
    let fresh_review = review;
    let mut review = review();
    review.notes = vec![Note { id: id("n"), text: "note-word".to_owned(), step: None, about: None }];
    review.kpis = vec![KpiEntry { note: "kpi-word".to_owned(), ..KpiEntry::new(id("orders")) }];
    let mut entry = crate::model::review::GoalEntry::new(id("order-count"));
    entry.note = "goal-word".to_owned();
    review.goals = vec![entry];
    review.why_low = "rating-word".to_owned();
    review.headlines =
        vec![crate::model::record::Headline { id: id("h"), text: "good-word".to_owned(), by: Some(id("tom")) }];
    let mut solved = issue("oven");
    let (decision, action_id) = (None, None);
    let answer = "answer-word".to_owned();
    solved.state = IssueState::Solved { in_week: week(NOW), answer, decision, action: action_id };
    review.issues = vec![solved];
    review.actions = vec![Action { title: "action-word".to_owned(), promised: week(NOW), ..action("a") }];
    let mut snapshot = seal(&workspace(), &review, &History::default(), at("10:00"));
    let mut check_in = CheckIn::new(id("tom"), week(NOW));
    check_in.blockers = vec!["blocker-word".to_owned()];
    check_in.headlines = vec!["good-word".to_owned()];
    check_in.note = "told-word".to_owned();
    snapshot.check_ins = vec![check_in];
    let finding = Finding {
        key: "silo:theme/online".to_owned(),
        rule: "silo".to_owned(),
        severity: Severity::Note,
        subject: None,
        title: "One team alone".to_owned(),
        evidence: String::new(),
        suggestion: String::new(),
    };
    let answer = Some(Answer::Dismissed { until: day("2027-01-01"), reason: "reason-word".to_owned() });
    snapshot.findings = vec![FindingWeek { finding, answer }];
    let mut history = History::default();
    history.insert(WeekDigest::of(&snapshot));
    // The finding stays put aside, and comes along with the next week.
    let mut next = seal(&workspace(), &fresh_review(), &History::default(), at("10:00"));
    (next.week, next.findings) = (week("2026-W48"), snapshot.findings);
    history.insert(WeekDigest::of(&next));
    for word in ["note", "kpi", "goal", "rating", "good", "answer", "action", "blocker", "told", "reason"] {
        let hits = find_in(&history, &format!("{word}-word"));
        assert_eq!(hits.len(), 1, "{word}: {:?}", lines(&hits));
        assert_eq!(hits[0].week, week(NOW), "{word}");
    }
}
