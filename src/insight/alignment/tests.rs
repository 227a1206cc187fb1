//! What the alignment index promises: each ratio moves with what it counts, and every figure can be asked why.

use std::collections::HashSet;

use super::*;
use crate::insight::findings::scene::Scene;
use crate::insight::fixture::*;
use crate::insight::seal::seal;
use crate::model::alignment::{Agreement, Share};
use crate::model::checkin::{CheckIn, Pulse, Recall, Vote};
use crate::model::goal::Kind;
use crate::model::history::{AlignmentDigest, Conduct, WeekDigest};
use crate::model::id::StatementId;
use crate::model::kpi::Timing;
use crate::model::record::{Decision, DecisionState, IssueState, Message, Prediction};
use crate::model::scale::{Agrees, Confidence, Percent};
use crate::model::strategy::Theme;

/// The component with this name in its dimension.
fn named<'a>(alignment: &'a Alignment, name: &str) -> &'a Component {
    alignment.components.iter().find(|c| c.name() == name).unwrap_or_else(|| panic!("there is no {name}"))
}

/// A ratio, or none, to two decimals.
fn ratio(scene: &Scene, id: &str) -> Option<f64> {
    named(&scene.alignment(), id).ratio.map(|r| (r.get() * 100.0).round() / 100.0)
}

/// A year of one-hour reviews in which two people checked in.
fn held(scene: &mut Scene, shape: impl Fn(&mut WeekDigest)) {
    scene.history = history(20, shape);
}

fn message(late: bool) -> Message {
    Message {
        id: id("m"),
        text: "The second shop".to_owned(),
        teller: id("maya"),
        audience: "front".to_owned(),
        channel: String::new(),
        due: if late { day("2026-11-18") } else { day("2026-11-20") },
        agreed: week(NOW).previous(),
        delivered: None,
    }
}

fn decided(name: &str, in_week: &str, percent: Option<u8>) -> Decision {
    let mut decision = Decision::new(id(name), name, "Yes", week(in_week));
    decision.prediction =
        percent.map(|p| Prediction { claim: "It helps".to_owned(), percent: Percent::new(p).unwrap() });
    decision
}

fn second_theme(scene: &mut Scene) {
    let star = &mut scene.workspace.strategy.north_star;
    star.themes.push(Theme { id: id("range"), ..star.themes[0].clone() });
    let mut other = goal("range-goal", Kind::Goal);
    other.theme = Some(id("range"));
    scene.workspace.strategy.goals.push(other);
}

#[test]
fn every_dimension_and_ratio_has_an_id_of_its_own_a_formula_and_advice() {
    let measures: Vec<&Measure> = ASPECTS.into_iter().flat_map(|a| a.measures).collect();
    let ids: HashSet<&str> = measures.iter().map(|m| m.id).chain(ASPECTS.into_iter().map(|a| a.id)).collect();
    assert_eq!((measures.len(), ids.len()), (27, 36));
    for component in &Scene::healthy().alignment().components {
        assert!(
            super::measure(component).is_some_and(|m| !super::formula(component).is_empty() && !m.label.is_empty())
        );
    }
    for m in measures {
        assert!(m.formula.len() > 20 && !m.formula.contains("  "), "{}", m.formula);
        assert!(m.advice.ends_with(['.', '?']), "{}", m.advice);
    }
    assert_eq!(aspect("culture").map(|a| a.label), Some("Culture"));
}

#[test]
fn direction_counts_lines_to_the_vision_the_north_star_and_due_dates() {
    let mut scene = Scene::healthy();
    for id in ["line-to-vision", "north-star", "due-dates"] {
        assert_eq!(ratio(&scene, id), Some(1.0), "{id}");
    }
    scene.workspace.strategy.goals[0].theme = None;
    scene.workspace.strategy.goals[2].due = None;
    scene.workspace.strategy.north_star.mission.clear();
    assert_eq!(ratio(&scene, "line-to-vision"), Some(0.0), "all three hang under the first");
    assert_eq!(ratio(&scene, "north-star"), Some(0.75));
    assert_eq!(ratio(&scene, "due-dates"), Some(0.67));
    scene.workspace.strategy.goals[0].theme = Some(id("online"));
    scene.workspace.strategy.north_star.vision.clear();
    assert_eq!(ratio(&scene, "line-to-vision"), Some(0.0), "no line leads to a vision that is not there");
}

#[test]
fn structure_counts_owners_shared_themes_and_load() {
    let mut scene = Scene::healthy();
    assert_eq!((ratio(&scene, "owners"), ratio(&scene, "load")), (Some(1.0), Some(1.0)));
    assert_eq!(ratio(&scene, "cross-functional"), None, "no goal names a team");
    scene.workspace.strategy.kpis[0].owner = None;
    scene.workspace.strategy.goals[0].team = Some(id("front"));
    scene.workspace.strategy.goals[1].team = Some(id("front"));
    scene.review.actions = (0..11).map(|n| action(&format!("a{n}"))).collect();
    assert_eq!(ratio(&scene, "owners"), Some(0.93), "14 of 15");
    assert_eq!(ratio(&scene, "cross-functional"), Some(0.0));
    assert_eq!(ratio(&scene, "load"), Some(0.5), "one of two people has eleven items");
    scene.workspace.strategy.goals[2].team = Some(id("baking"));
    assert_eq!(ratio(&scene, "cross-functional"), Some(1.0));
}

#[test]
fn process_counts_reviews_on_time_inside_their_time_and_issues_solved() {
    let mut scene = Scene::healthy();
    assert_eq!(ratio(&scene, "on-time"), None, "no week lies behind");
    held(&mut scene, |w| {
        w.conduct.on_time = w.week != week("2026-W46");
        w.minutes = if w.week > week("2026-W44") { (61, 60) } else { (60, 60) };
        if w.week > week("2026-W43") {
            w.issues =
                vec![crate::model::record::Issue { raised: w.week, ..issue(&format!("i{}", w.week.number())) }].into();
        }
        if w.week == week("2026-W45") {
            let state = IssueState::Solved { in_week: w.week, answer: String::new(), decision: None, action: None };
            w.issues =
                w.issues.iter().map(|i| crate::model::record::Issue { state: state.clone(), ..i.clone() }).collect();
        }
    });
    assert_eq!(ratio(&scene, "on-time"), Some(0.92), "12 of 13");
    assert_eq!(ratio(&scene, "inside-time"), Some(0.85), "11 of 13");
    assert_eq!(ratio(&scene, "issues-solved"), Some(0.33), "one of three");
    let solved = IssueState::Solved { in_week: week(NOW), answer: String::new(), decision: None, action: None };
    scene.review.issues = vec![crate::model::record::Issue { state: solved, ..issue("fresh") }];
    assert_eq!(ratio(&scene, "issues-solved"), Some(0.5), "this week's count too");
    scene.review.issues.clear();
    scene.history = history(3, |_| {});
    assert_eq!(ratio(&scene, "on-time"), Some(1.0), "weeks before the first review do not count");
    let mut gap = crate::model::history::History::default();
    gap.insert(digest(week("2026-W43")));
    gap.insert(digest(week("2026-W46")));
    scene.history = gap;
    assert_eq!(ratio(&scene, "on-time"), Some(0.5), "two of four weeks had one");
}

#[test]
fn culture_counts_the_pulse_the_check_ins_and_the_values_cited() {
    let mut scene = Scene::healthy();
    assert_eq!((ratio(&scene, "pulse"), ratio(&scene, "participation")), (None, None));
    let says = |n: u8| {
        let pulse = Pulse { statement: id("serves"), agrees: Agrees::new(n).unwrap() };
        CheckIn { pulse: vec![pulse], ..CheckIn::new(id(&format!("m{n}")), week(NOW)) }
    };
    scene.workspace.config.people.extend([member("m3", "front"), member("m4", "front")]);
    scene.workspace.check_ins = [2, 3, 4, 5].map(says).to_vec();
    held(&mut scene, |w| {
        w.conduct.checked_in = Some((1, 4));
        let pulse = vec![("serves".parse::<StatementId>().unwrap(), Some(number(5.0)))];
        w.alignment = AlignmentDigest { pulse, ..AlignmentDigest::clone(&w.alignment) }.into();
    });
    assert_eq!(ratio(&scene, "pulse"), Some(1.0), "before the reveal, the last one known");
    scene.review.revealed = true;
    assert_eq!(ratio(&scene, "pulse"), Some(0.63), "a mean of 3.5");
    assert_eq!(ratio(&scene, "participation"), Some(0.44), "4 + 1 + 1 + 1 of 16");
    assert_eq!(ratio(&scene, "values-cited"), Some(0.0));
    let mut decision = decided("flour", "2026-W46", None);
    decision.strains = vec![id("quality")];
    scene.review.decisions = vec![decision];
    assert_eq!(ratio(&scene, "values-cited"), Some(1.0));
}

#[test]
fn measurement_counts_measures_links_perspectives_leading_numbers_and_fresh_readings() {
    let mut scene = Scene::healthy();
    for id in ["goals-measured", "kpis-linked", "perspectives", "leading", "fresh"] {
        assert_eq!(ratio(&scene, id), Some(1.0), "{id}");
    }
    scene.workspace.strategy.kpis.push(kpi("waste"));
    scene.workspace.strategy.kpis[0].timing = Timing::Lagging;
    scene.workspace.config.perspectives = crate::model::workspace::four_perspectives();
    scene.workspace.strategy.goals.push(under("shop", goal("bare", Kind::Objective)));
    assert_eq!(ratio(&scene, "goals-measured"), Some(0.75));
    assert_eq!(ratio(&scene, "kpis-linked"), Some(0.5));
    assert_eq!(ratio(&scene, "perspectives"), Some(0.25));
    assert_eq!(ratio(&scene, "leading"), Some(0.0));
    assert_eq!(ratio(&scene, "fresh"), Some(0.5));
    scene.history =
        history(1, |w| w.kpis = vec![seen("waste", Some(4.0), crate::model::status::Status::OnTrack)].into());
    assert_eq!(ratio(&scene, "fresh"), Some(1.0), "last week's still counts");
}

/// Three members who rank two themes alike but for one, with a vote and a memory each.
fn revealed() -> Scene {
    let mut scene = Scene::healthy();
    second_theme(&mut scene);
    let says = |who: &str, order: [&str; 2], sure: u8, first: &str| CheckIn {
        ranking: order.map(id).to_vec(),
        confidence: vec![Vote { goal: id("platform"), confidence: Confidence::new(sure).unwrap() }],
        recall: vec![Recall { words: first.to_owned(), goal: Some(id(first)) }],
        ..CheckIn::new(id(who), week(NOW))
    };
    scene.workspace.check_ins = vec![
        says("maya", ["online", "range"], 9, "platform"),
        says("tom", ["online", "range"], 8, "platform"),
        says("ann", ["range", "online"], 3, "shop"),
    ];
    scene.review.revealed = true;
    scene
}

#[test]
fn understanding_counts_what_was_revealed_and_says_of_which_week() {
    let mut scene = revealed();
    assert_eq!(ratio(&scene, "rank-agreement"), Some(0.0), "-0.33: no more than by chance");
    assert_eq!(ratio(&scene, "recall"), Some(0.5), "each named one of two: the platform or the goal above it");
    assert_eq!(ratio(&scene, "confidence"), Some(0.0), "six apart");
    let agreement = scene.alignment().agreement.unwrap();
    assert_eq!((agreement.week, agreement.members, agreement.items), (week(NOW), 3, 2));
    scene.review.revealed = false;
    assert_eq!(ratio(&scene, "rank-agreement"), None);
    assert_eq!(scene.alignment().agreement, None);
    let known = Agreement {
        week: week("2026-W45"),
        members: 2,
        items: 2,
        w: None,
        mean_rank_correlation: Some(number(0.8)),
        p_value: None,
        recall: Some(Share { part: 1, of: 6 }),
        confidence: None,
    };
    scene.history = history(4, |w| {
        let mut known = known.clone();
        match w.week.since(week("2026-W43")) {
            3 => known.recall = None,
            1 | 2 => known.week = w.week,
            _ => return,
        }
        let agreement = Some(Agreement { week: w.week, ..known });
        w.alignment = AlignmentDigest { agreement, ..AlignmentDigest::clone(&w.alignment) }.into();
    });
    let alignment = scene.alignment();
    let inputs = |id: &str| named(&alignment, id).inputs[0].clone();
    assert!(inputs("rank-agreement").ends_with("in 2026-W46"), "{}", inputs("rank-agreement"));
    assert_eq!(inputs("recall"), "1 of 6 priorities were named from memory in 2026-W45");
    assert_eq!(ratio(&scene, "confidence"), None);
}

#[test]
fn behaviour_counts_promises_links_and_messages() {
    let mut scene = Scene::healthy();
    for id in ["commitments", "actions-linked", "messages"] {
        assert_eq!(ratio(&scene, id), None, "{id}: nothing was promised");
    }
    held(&mut scene, |w| {
        w.kept = (3, 4);
        w.conduct = Conduct { told: usize::from(w.week >= week("2026-W45")), ..w.conduct };
    });
    scene.review.actions = vec![action("linked"), action("loose")];
    scene.review.actions[0].goal = Some(id("platform"));
    scene.review.messages = vec![message(true), message(false)];
    assert_eq!(ratio(&scene, "commitments"), Some(0.75));
    assert_eq!(ratio(&scene, "actions-linked"), Some(0.5));
    assert_eq!(ratio(&scene, "messages"), Some(0.67), "two told, one late, one not due yet");
}

#[test]
fn resources_count_how_much_work_would_have_to_move() {
    let mut scene = Scene::healthy();
    assert_eq!(ratio(&scene, "effort"), None, "one theme");
    second_theme(&mut scene);
    for n in 0..5 {
        let mut action = action(&format!("a{n}"));
        action.goal = Some(id(if n < 4 { "platform" } else { "range-goal" }));
        scene.review.actions.push(action);
    }
    assert_eq!(ratio(&scene, "effort"), Some(0.7), "80 : 20 against 50 : 50");
    scene.review.actions.pop();
    assert_eq!(ratio(&scene, "effort"), None, "four pieces say nothing");
}

#[test]
fn learning_counts_predictions_looks_back_and_calibration() {
    let mut scene = Scene::healthy();
    for id in ["predictions", "looked-at", "calibration"] {
        assert_eq!(ratio(&scene, id), None, "{id}: nothing was decided");
    }
    let reviewed = |name: &str, percent, came_true, on: &str, in_week: &str| {
        let mut decision = decided(name, "2026-W40", Some(percent));
        decision.review_on = Some(day(on));
        let in_week = week(in_week);
        decision.state = DecisionState::Reviewed { in_week, outcome: String::new(), came_true: Some(came_true) };
        decision
    };
    let mut open = decided("open", "2026-W46", None);
    open.review_on = Some(day("2026-11-05"));
    // Due in this very week: there is still time.
    let mut due = decided("due", "2026-W46", None);
    due.review_on = Some(day("2026-11-16"));
    scene.review.decisions = vec![
        reviewed("well", 90, true, "2026-11-12", "2026-W46"),
        reviewed("late", 80, true, "2026-10-29", "2026-W46"),
        reviewed("wrong", 50, false, "2026-11-12", "2026-W45"),
        open,
        due,
    ];
    assert_eq!(ratio(&scene, "predictions"), Some(0.6));
    assert_eq!(ratio(&scene, "looked-at"), Some(0.5), "two of four");
    assert_eq!(ratio(&scene, "calibration"), Some(0.8), "Brier (.01 + .04 + .25) / 3 = 0.1");
    scene.review.decisions.remove(0);
    assert_eq!(ratio(&scene, "calibration"), None, "two predictions say nothing");
}

#[test]
fn a_dimension_is_the_mean_of_what_is_known_and_unknown_below_half() {
    let scene = Scene::healthy();
    let alignment = scene.alignment();
    let score = |id: &str| alignment.dimension(id).unwrap().score;
    assert_eq!((score("direction"), score("structure")), (Some(number(100.0)), Some(number(100.0))));
    assert_eq!(score("culture"), None, "one of three ratios is known");
    assert_eq!(score("process"), None);
    let known: Vec<f64> = alignment.dimensions.iter().filter_map(|d| d.score).map(Finite::get).collect();
    assert_eq!(alignment.index, Finite::new(known.iter().sum::<f64>() / known.len() as f64));
}

#[test]
fn where_nothing_is_known_there_is_no_index() {
    let mut scene = Scene::healthy();
    scene.workspace.strategy = crate::model::strategy::Strategy::default();
    scene.workspace.config.people.clear();
    scene.workspace.config.perspectives.clear();
    scene.review.kpis.clear();
    let alignment = scene.alignment();
    assert_eq!(alignment.index, None, "{alignment:?}");
    assert!(lowest(&alignment).is_empty());
}

#[test]
fn what_lowers_the_index_most_comes_first_and_the_gains_add_up_to_all_that_is_missing() {
    let mut scene = revealed();
    scene.workspace.strategy.goals[0].due = None;
    let alignment = scene.alignment();
    let gains = lowest(&alignment);
    assert!(gains.is_sorted_by(|a, b| a.points >= b.points) && gains[0].points > 1.0);
    let missing = 100.0 - alignment.index.unwrap().get();
    let sum: f64 = gains.iter().map(|g| g.points).sum();
    assert!((sum - missing).abs() < 1e-9, "{sum} of {missing}");
    // Mending the first raises the index by what was said.
    let dates = gains.iter().find(|g| g.component.name() == "due-dates").unwrap().points;
    scene.workspace.strategy.goals[0].due = Some(day("2026-12-31"));
    let after = scene.alignment().index.unwrap().get();
    assert!((after - alignment.index.unwrap().get() - dates).abs() < 1e-9);
}

#[test]
fn a_sealed_week_keeps_its_alignment_with_the_chance_and_its_pulse_without_names() {
    let mut scene = revealed();
    let pulse = Pulse { statement: id("serves"), agrees: Agrees::new(4).unwrap() };
    scene.workspace.check_ins[0].pulse = vec![pulse];
    let sealed = seal(&scene.workspace, &scene.review, &scene.history, at("10:00"));
    let alignment = sealed.alignment.as_ref().unwrap();
    let drawn = scene.alignment().index.unwrap().get();
    assert!((alignment.index.unwrap().get() - drawn).abs() < 0.01, "what was drawn is what is sealed");
    assert_eq!(alignment.agreement.as_ref().unwrap().p_value, Some(number(1.0)), "two of three always agree");
    assert_eq!((sealed.pulse[0].answers, sealed.pulse[0].counts), (1, None));
    let digest = WeekDigest::of(&sealed);
    assert_eq!(digest.alignment.index, alignment.index);
    assert_eq!(digest.alignment.score("direction"), alignment.dimension("direction").unwrap().score);
    assert_eq!(digest.conduct.checked_in, Some((3, 3)));
    assert_eq!(digest.alignment.into_value().agreement.unwrap().recall, Some(Share { part: 3, of: 6 }));
}
