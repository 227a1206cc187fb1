//! What a check-in promises to ask, and how what is typed is understood.

use super::*;
use crate::insight::fixture::*;
use crate::model::checkin::{Recall, Vote};
use crate::model::record::Message;
use crate::model::scale::Confidence;
use crate::model::strategy::Theme;
use crate::model::workspace::Workspace;

/// Maya in week 47, with what she said and what she said before.
fn asked<T>(workspace: &Workspace, mine: &CheckIn, before: &[CheckIn], then: impl FnOnce(&Asking<'_>) -> T) -> T {
    let mut standing = workspace.standing(week(NOW));
    standing.actions = vec![action("seal")];
    standing.messages = vec![Message {
        id: id("tell"),
        text: "The ovens stop".to_owned(),
        teller: id("maya"),
        audience: "all".to_owned(),
        channel: String::new(),
        due: today(),
        agreed: week(NOW).previous(),
        delivered: None,
    }];
    then(&Asking {
        config: &workspace.config,
        strategy: &workspace.strategy,
        standing: &standing,
        history: &history(3, |w| {
            w.kpis = vec![seen("orders", Some(400.0), crate::model::status::Status::AtRisk)].into()
        }),
        member: &mine.member,
        week: mine.week,
        check_in: mine,
        before,
    })
}

fn mine() -> CheckIn {
    CheckIn::new(id("maya"), week(NOW))
}

fn with_themes(recall_weeks: u32) -> Workspace {
    let mut workspace = workspace();
    let theme = |n: &str| Theme { id: id(n), name: n.to_owned(), bet: String::new(), weight: number(1.0) };
    workspace.strategy.north_star.themes = ["online", "craft", "growth"].map(theme).to_vec();
    workspace.config.thresholds.recall_weeks = recall_weeks;
    workspace
}

fn sections(questions: &[Question]) -> Vec<Section> {
    questions.chunk_by(|a, b| a.section == b.section).map(|g| g[0].section).collect()
}

/// The answer to what was typed to the question whose key begins so.
fn typed(mine: &CheckIn, before: &[CheckIn], key: &str, text: &str) -> Result<Answer, String> {
    asked(&with_themes(1), mine, before, |of| {
        let all = questions(of);
        let question = all.iter().find(|q| q.key().starts_with(key)).unwrap_or_else(|| panic!("no question {key}"));
        read(of, question, text)
    })
}

#[test]
fn memory_is_asked_in_every_nth_week_whatever_the_year_and_before_anything_names_a_goal() {
    let weeks: Vec<Week> = (0..60).map(|n| week("2026-W40").plus(n)).collect();
    let asked_in: Vec<usize> = (0..60).filter(|n| asks_recall(weeks[*n], 4)).collect();
    assert!(asked_in.windows(2).all(|w| w[1] - w[0] == 4) && asked_in.len() == 15, "{asked_in:?}");
    assert!(!weeks.iter().any(|w| asks_recall(*w, 0)) && weeks.iter().all(|w| asks_recall(*w, 1)));
    asked(&with_themes(1), &mine(), &[], |of| {
        let all = questions(of);
        assert_eq!((all[0].section, is_blind(&all)), (Section::Recall, true));
        let recall = all.iter().filter(|q| q.section == Section::Recall);
        let words: String = recall.map(|q| format!("{} {} {}", q.text, q.last, q.hint)).collect();
        for goal in &of.strategy.goals {
            assert!(!words.contains(&goal.title));
        }
    });
    asked(&with_themes(0), &mine(), &[], |of| assert!(!is_blind(&questions(of))));
}

#[test]
fn what_is_asked_is_mine_in_the_order_of_the_hour() {
    asked(&with_themes(0), &mine(), &[], |of| {
        use Section::*;
        let all = questions(of);
        let order = [Actions, Messages, Readings, Confidence, Ranking, Blockers, Pulse, Headlines, Ideas, Thanks, Note];
        assert_eq!(sections(&all), order);
        assert_eq!(progress(&all), (0, 3 + 1 + 1 + 3 + 5));
    });
    let mut tom = mine();
    tom.member = id("tom");
    asked(&with_themes(0), &tom, &[], |of| {
        assert!(!sections(&questions(of)).contains(&Section::Readings), "the KPI is Maya's");
    });
}

#[test]
fn last_weeks_answer_and_the_trend_stand_beside_each_question() {
    let vote = |n| Vote { goal: id("order-count"), confidence: Confidence::new(n).unwrap() };
    let mut before = CheckIn::new(id("maya"), week(NOW).previous());
    before.confidence = vec![vote(6)];
    let mut older = CheckIn::new(id("maya"), week(NOW).plus(-3));
    older.confidence = vec![vote(2)];
    older.blockers = vec!["No flour".to_owned()];
    let mut mine = mine();
    mine.confidence = vec![vote(8)];
    asked(&with_themes(0), &mine, &[older, before], |of| {
        let all = questions(of);
        let of_key = |key: &str| all.iter().find(|q| q.key() == key).unwrap();
        let sure = of_key("confidence order-count");
        assert_eq!((sure.last.as_str(), sure.is_answered()), ("6 of 10", true));
        assert_eq!(sure.trend.len(), 13);
        assert_eq!(sure.trend[9..], [Some(2.0), None, Some(6.0), Some(8.0)]);
        assert_eq!(of_key("blocker ").last, "No flour, W44", "an older answer says of when it is");
        assert_eq!(of_key("reading orders").last, "400");
    });
}

#[test]
fn what_was_said_is_always_among_the_questions() {
    let mut mine = mine();
    mine.confidence = vec![Vote { goal: id("long-gone"), confidence: Confidence::new(3).unwrap() }];
    mine.told = vec![id("other")];
    asked(&with_themes(0), &mine, &[], |of| {
        let keys: Vec<String> = questions(of).iter().map(Question::key).collect();
        assert!(keys.contains(&"confidence long-gone".to_owned()) && keys.contains(&"told other".to_owned()));
    });
}

#[test]
fn a_typed_line_is_understood_or_said_why_not() {
    let mine = mine();
    let ok = |key: &str, text: &str| typed(&mine, &[], key, text).unwrap();
    let note = |t: &str| t.to_owned();
    assert_eq!(ok("progress", "y"), Answer::Progress(id("seal"), Some((true, note("")))));
    assert_eq!(
        ok("progress", "n the part came late"),
        Answer::Progress(id("seal"), Some((false, note("the part came late"))))
    );
    assert_eq!(
        ok("reading", "1.234,5; a good week"),
        Answer::Reading(id("orders"), Some((number(1234.5), note("a good week"))))
    );
    assert_eq!(ok("confidence", "10"), Answer::Confidence(id("order-count"), Confidence::new(10)));
    assert_eq!(ok("ranking", "3 1"), Answer::Ranking(vec![id("growth"), id("online")]));
    assert!(matches!(ok("thanks", "tom: the early shift"), Answer::Thanks(Some(t)) if t.text == "the early shift"));
    assert_eq!(ok("reading", "-"), Answer::Reading(id("orders"), None));
    for (key, text) in [
        ("progress", "maybe"),
        ("reading", "NaN"),
        ("reading", "lots"),
        ("confidence", "11"),
        ("confidence", "7.5"),
        ("pulse", "0"),
        ("pulse", "6"),
        ("ranking", "1 1"),
        ("ranking", "4"),
        ("ranking", "y"),
        ("thanks", "maya: myself"),
        ("thanks", "nobody"),
        ("blocker", ""),
    ] {
        let why = typed(&mine, &[], key, text).expect_err(text);
        assert!(why.len() > 5, "{key} {text}: {why}");
    }
}

#[test]
fn the_goal_that_was_meant_is_suggested_by_its_words_and_picked_by_the_member() {
    let mut mine = mine();
    mine.recall = vec![Recall { words: "orders count".to_owned(), goal: None }];
    let picked = |text: &str| match typed(&mine, &[], "meant 0", text) {
        Ok(Answer::Recall(0, Some(said))) => said.goal.map(|g| g.to_string()),
        other => panic!("{other:?}"),
    };
    assert_eq!(picked("y").as_deref(), Some("order-count"));
    assert_eq!(picked("platform").as_deref(), Some("platform"), "another than the one suggested");
    assert_eq!(picked("-"), None);
    assert!(suggested(&strategy(), "zeppelin").is_none());
}
