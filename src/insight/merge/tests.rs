//! Of two versions nothing is lost: what one side changed stands, and what both did is asked.

use proptest::prelude::*;
use serde_json::{Value, from_value, json};

use super::*;
use crate::model::strategy::Strategy;

fn goal(id: &str, title: &str, target: f64) -> Value {
    json!({"id": id, "title": title, "owner": "maya", "note": "why",
        "kind": {"key_result": {"baseline": 1, "target": target, "unit": "%"}}})
}

fn of(goals: &[Value]) -> Strategy {
    let kpi = json!({"id": "waste", "name": "Waste", "unit": "kg", "direction": "down", "perspective": "customer",
        "targets": [{"from": "2026-W01", "aim": {"at": 9}}]});
    from_value(json!({"north_star": {"vision": "Bread for all"}, "goals": goals, "kpis": [kpi]})).unwrap()
}

fn base() -> Strategy {
    of(&[goal("errors", "Halve order errors", 4.5), goal("ovens", "Two ovens", 2.0)])
}

fn changed(change: impl FnOnce(&mut Strategy)) -> Strategy {
    let mut new = base();
    change(&mut new);
    new
}

fn set_target(of: &mut Strategy, value: f64) {
    of.goals[0] = from_value(goal("errors", &of.goals[0].title, value)).unwrap();
}

fn merge(mine: Strategy, theirs: Strategy) -> Merge<Strategy> {
    Merge::three_way(Some(base()), mine, theirs)
}

#[test]
fn what_only_one_side_changed_stands_without_a_question() {
    let mine = changed(|s| s.goals[0].title = "Halve errors".to_owned());
    let theirs = changed(|s| {
        set_target(s, 4.6);
        s.goals[1].note = "because".to_owned();
        s.north_star.mission = "Bake".to_owned();
    });
    let merge = merge(mine, theirs);
    assert_eq!(merge.clashes().count(), 0);
    let settled = merge.settle(&[]).unwrap();
    let expected = changed(|s| {
        set_target(s, 4.6);
        s.goals[0].title = "Halve errors".to_owned();
        s.goals[1].note = "because".to_owned();
        s.north_star.mission = "Bake".to_owned();
    });
    assert_eq!(settled, expected);
    let told: Vec<(&str, By)> = merge.agreed().map(|d| (d.field.as_str(), d.by)).collect();
    assert_eq!(told, [("mission", By::Theirs), ("title", By::Mine), ("target", By::Theirs), ("note", By::Theirs)]);
}

#[test]
fn what_both_changed_is_told_field_by_field_with_what_it_was() {
    let merge = merge(changed(|s| set_target(s, 4.7)), changed(|s| set_target(s, 4.6)));
    let clash: Vec<&Difference> = merge.clashes().collect();
    let [clash] = clash[..] else { panic!("{clash:?}") };
    assert_eq!((clash.file, clash.record.as_str()), ("strategy/goals.ron", "goal \u{201c}Halve order errors\u{201d}"));
    let words = [&clash.field, &clash.base, &clash.mine, &clash.theirs].map(String::as_str);
    assert_eq!(words, ["target", "4.5 %", "4.7 %", "4.6 %"], "numbers have their unit");
    assert_eq!(clash.both, None, "of two numbers one can stand");
    for (answer, value) in [(Answer::Mine, 4.7), (Answer::Theirs, 4.6)] {
        assert_eq!(merge.settle(&[answer]).unwrap(), changed(|s| set_target(s, value)));
    }
    assert_eq!(merge.settle(&[]), Err(Unsettled::Open(0)), "nothing is settled by silence");
    assert_eq!(merge.settle(&[Answer::Both]), Err(Unsettled::Open(0)));
    assert_eq!(merge.all(Answer::Both).unwrap(), changed(|s| set_target(s, 4.6)));
}

#[test]
fn of_two_texts_both_can_stand_and_added_records_both_stay() {
    let with = |id: &str, note: &str| {
        let (new, note) = (from_value(goal(id, "New", 1.0)).unwrap(), note.to_owned());
        changed(move |s| {
            s.goals.insert(1, new);
            s.goals[0].note = note;
        })
    };
    let merge = merge(with("new-a", "my why"), with("new-b", "their why"));
    assert_eq!(merge.clashes().count(), 1);
    let settled = merge.settle(&[Answer::Both]).unwrap();
    assert_eq!(settled.goals[0].note, "their why\nmy why");
    let ids: Vec<&str> = settled.goals.iter().map(|g| g.id.as_str()).collect();
    assert_eq!(ids, ["errors", "new-a", "new-b", "ovens"]);
    let added: Vec<(By, &str)> = merge.agreed().map(|d| (d.by, d.field.as_str())).collect();
    assert_eq!(added, [(By::Theirs, ""), (By::Mine, "")]);
}

#[test]
fn a_record_that_one_removed_and_the_other_changed_is_asked_and_one_that_nobody_else_touched_goes() {
    let mut gone = merge(changed(|s| drop(s.goals.remove(1))), changed(|s| set_target(s, 4.6)));
    assert_eq!(gone.clashes().count(), 0);
    assert_eq!(gone.settle(&[]).unwrap().goals.len(), 1);
    gone = merge(changed(|s| drop(s.goals.remove(0))), changed(|s| set_target(s, 4.6)));
    let clash = gone.clashes().next().unwrap();
    assert_eq!((clash.mine.as_str(), clash.theirs.as_str()), ("removed", "changed: target 4.6 %"));
    assert_eq!(gone.settle(&[Answer::Mine]).unwrap().goals.len(), 1);
    for stays in [Answer::Theirs, Answer::Both] {
        assert_eq!(gone.settle(&[stays]).unwrap(), changed(|s| set_target(s, 4.6)));
    }
}

#[test]
fn without_what_both_grew_out_of_every_difference_is_asked() {
    let mine = changed(|s| drop(s.goals.remove(1)));
    let merge = Merge::three_way(None, mine.clone(), changed(|s| set_target(s, 4.6)));
    let told: Vec<(&str, &str, &str)> =
        merge.clashes().map(|d| (d.field.as_str(), d.mine.as_str(), d.theirs.as_str())).collect();
    assert_eq!(told, [("target", "4.5 %", "4.6 %"), ("", "", "there")]);
    assert_eq!(merge.settle(&[Answer::Mine, Answer::Mine]).unwrap(), mine);
    assert_eq!(merge.settle(&[Answer::Theirs, Answer::Both]).unwrap(), changed(|s| set_target(s, 4.6)));
}

#[test]
fn targets_lists_of_ids_states_and_orders_are_merged_as_what_they_are() {
    let mine = changed(|s| {
        s.kpis[0].targets = from_value(json!([{"from": "2026-W01", "aim": {"at": 8}}])).unwrap();
        s.goals[1].kpis = vec!["waste".parse().unwrap()];
        s.goals[0].state = from_value(json!({"done": {"on": "2026-11-19"}})).unwrap();
        s.goals.swap(0, 1);
    });
    let theirs = changed(|s| {
        s.kpis[0].targets =
            from_value(json!([{"from": "2026-W01", "aim": {"at": 7}}, {"from": "2026-W40", "aim": "nothing"}]))
                .unwrap();
        s.goals[1].kpis = vec!["errors-a-day".parse().unwrap()];
        s.goals[0].state = from_value(json!({"dropped": {"on": "2026-11-18", "reason": "too dear"}})).unwrap();
    });
    let merge = merge(mine, theirs);
    let told: Vec<[&str; 3]> = merge.clashes().map(|d| [&d.field, &d.mine, &d.theirs].map(String::as_str)).collect();
    let dropped = "dropped (on: 2026-11-18, reason: too dear)";
    let expected = [["state", "done (on: 2026-11-19)", dropped], ["target from 2026-W01", "8 kg", "7 kg"]];
    let mut sorted = told.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, expected, "{told:?}");
    let settled = merge.all(Answer::Theirs).unwrap();
    let ovens = &settled.goals[0];
    assert_eq!(ovens.id.as_str(), "ovens", "only I put them in another order");
    assert_eq!(ovens.kpis.iter().map(|k| k.as_str()).collect::<Vec<_>>(), ["waste", "errors-a-day"]);
    assert_eq!(settled.kpis[0].targets.len(), 2);
}

#[test]
fn every_field_of_the_strategy_has_a_name_for_people() {
    let full = include_str!("../../../tests/fixtures/schema-1/strategy/kpis.ron");
    let text = [full, include_str!("../../../tests/fixtures/schema-1/strategy/goals.ron")].concat();
    for line in text.lines().map(str::trim).filter(|l| !l.starts_with("//")) {
        let Some((name, _)) =
            line.split_once(": ").filter(|(n, _)| n.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
        else {
            continue;
        };
        assert!(name == "id" || words::place(name) != words::UNKNOWN, "{name}");
    }
}

/// A version with anything in it changed.
fn versions() -> impl Strategy_<Value = Strategy> {
    let one = (0..3usize, 0..3usize, 0..3usize, any::<bool>(), any::<bool>(), any::<bool>());
    one.prop_map(|(title, note, target, drop_first, add, swap)| {
        changed(|s| {
            s.goals[0].title = ["Halve order errors", "Fewer errors", "No errors"][title].to_owned();
            s.goals[1].note = ["why", "", "another"][note].to_owned();
            set_target(s, [4.5, 4.6, 4.7][target]);
            if add {
                s.goals.push(from_value(goal(&format!("new-{note}"), "New", 1.0)).unwrap());
            }
            if swap {
                s.goals.swap(0, 1);
            }
            if drop_first {
                s.goals.remove(0);
            }
        })
    })
}

use proptest::strategy::Strategy as Strategy_;

proptest! {
    #[test]
    fn merging_with_what_did_not_change_gives_the_other_and_merging_a_version_with_itself_gives_it_back(v in versions()) {
        for answer in [Answer::Mine, Answer::Theirs, Answer::Both] {
            prop_assert_eq!(&merge(v.clone(), base()).all(answer).unwrap(), &v);
            prop_assert_eq!(&merge(base(), v.clone()).all(answer).unwrap(), &v);
            prop_assert_eq!(&merge(v.clone(), v.clone()).all(answer).unwrap(), &v);
        }
    }

    #[test]
    fn without_a_base_taking_one_side_gives_that_side(mine in versions(), theirs in versions()) {
        let merge = Merge::three_way(None, mine.clone(), theirs.clone());
        prop_assert_eq!(merge.all(Answer::Mine).unwrap(), mine);
        prop_assert_eq!(merge.all(Answer::Theirs).unwrap(), theirs);
    }

    #[test]
    fn what_clashes_for_one_clashes_for_the_other_with_the_sides_turned(mine in versions(), theirs in versions()) {
        let (here, there) = (merge(mine.clone(), theirs.clone()), merge(theirs, mine));
        prop_assert_eq!(here.clashes().count(), there.clashes().count());
        prop_assert_eq!(here.differences.len(), there.differences.len());
    }
}
