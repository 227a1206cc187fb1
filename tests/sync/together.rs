//! People who share: over weeks, all at once, and with edits that meet.

use std::thread;

use truenorth::model::goal::{Goal, Kind};
use truenorth::storage;

use super::team::{Team, no_git};
use crate::harness::long;

#[test]
fn three_people_share_two_weeks_of_reviews_and_all_have_everything() {
    if no_git() {
        return;
    }
    let (_team, mut people) = Team::new(&["maya", "tom", "ruth"]);
    for (week, day) in [("2026-W47", "2026-11-19"), ("2026-W48", "2026-11-26")] {
        for person in &mut people {
            person.day = day.to_owned();
            person.does(&["action", "add", &format!("{} for {week}", person.id)]);
            let told = person.shares();
            let message = told["message"].as_str().unwrap();
            assert!(message.starts_with("Check-in of ") && message.ends_with(&format!("for {week}")), "{message}");
        }
        let maya = &people[0];
        maya.shares();
        maya.seals(week.parse().unwrap(), week);
        assert_eq!(maya.shares()["message"], format!("Review of {week}"));
        for person in &people {
            person.shares();
            assert_eq!(storage::check(&person.root).unwrap().problems, []);
        }
    }
    for person in &people {
        assert_eq!(person.files(), people[0].files(), "{}", person.id);
        assert_eq!(person.git(&["status", "--porcelain"]), "", "{}", person.id);
    }
    assert_eq!(people[0].git(&["ls-files", "check-ins"]).lines().count(), 6);
    assert_eq!(people[0].git(&["ls-files", "snapshots"]).lines().count(), 2);
}

#[test]
fn members_who_check_in_and_share_at_the_same_moment_all_end_up_with_everything() {
    if no_git() {
        return;
    }
    let count = if long() { 20 } else { 8 };
    let ids: Vec<String> = (0..count).map(|n| if n == 0 { "maya".to_owned() } else { format!("member-{n}") }).collect();
    let (team, mut people) = Team::new(&["maya"]);
    let members: String = ids[1..].iter().map(|id| format!("(id: \"{id}\", name: \"{id}\"),\n")).collect();
    let config = people[0].read("truenorth.ron").replacen("people: [", &format!("people: [\n{members}"), 1);
    people[0].write("truenorth.ron", &config);
    people[0].shares();
    people.extend(ids[1..].iter().map(|id| team.joins(id)));
    thread::scope(|scope| {
        for person in &people {
            scope.spawn(move || {
                person.does(&["action", "add", &format!("by {}", person.id)]);
                let told = person.shares();
                assert_eq!(told["kept"].as_array().unwrap().len(), 0, "{told:#}");
            });
        }
    });
    for person in &people {
        person.shares();
        assert_eq!(person.files(), people[0].files());
    }
    assert_eq!(people[0].git(&["ls-files", "check-ins"]).lines().count(), count);
}

#[test]
fn edits_of_the_strategy_on_different_records_meet_without_anybody_being_asked() {
    if no_git() {
        return;
    }
    let (_team, people) = Team::new(&["maya", "tom"]);
    let (maya, tom) = (&people[0], &people[1]);
    // Both add at the end of the same list: for lines that is a conflict.
    maya.edits(|s| s.goals.push(Goal::new("by-maya".parse().unwrap(), "Bake more bread", Kind::Goal)));
    maya.edits(|s| s.goals[0].title = "Changed by Maya".to_owned());
    tom.edits(|s| s.goals.push(Goal::new("by-tom".parse().unwrap(), "Sell more bread", Kind::Goal)));
    tom.edits(|s| s.goals[1].title = "Changed by Tom".to_owned());
    maya.shares();
    tom.shares();
    maya.shares();
    for person in [maya, tom] {
        let goals = storage::open(&person.root, |_| person.week()).unwrap().strategy.goals;
        let has = |id: &str| goals.iter().any(|g| g.id.as_str() == id);
        assert!(has("by-maya") && has("by-tom"));
        assert_eq!((goals[0].title.as_str(), goals[1].title.as_str()), ("Changed by Maya", "Changed by Tom"));
        assert_eq!(person.git(&["status", "--porcelain"]), "");
    }
}

#[test]
fn edits_of_the_same_record_are_told_and_the_files_stay_in_their_last_good_state() {
    if no_git() {
        return;
    }
    let (_team, people) = Team::new(&["maya", "tom"]);
    let (maya, tom) = (&people[0], &people[1]);
    maya.edits(|s| s.goals[0].title = "Changed by Maya".to_owned());
    tom.edits(|s| s.goals[0].title = "Changed by Tom".to_owned());
    maya.shares();
    let told = tom.is_told("clash");
    assert_eq!(told["trouble"]["records"].as_array().unwrap().len(), 1, "{told:#}");
    assert_eq!(storage::check(&tom.root).unwrap().problems, []);
    // Settled by hand to what the others say, it goes on.
    tom.edits(|s| s.goals[0].title = "Changed by Maya".to_owned());
    tom.shares();
}

#[test]
fn a_week_sealed_on_two_machines_is_there_twice() {
    if no_git() {
        return;
    }
    let (_team, people) = Team::new(&["maya", "tom"]);
    let (maya, tom) = (&people[0], &people[1]);
    let week = maya.week();
    maya.seals(week, "sealed by Maya");
    tom.seals(week, "sealed by Tom");
    maya.shares();
    let told = tom.shares();
    assert_eq!(told["kept"].as_array().unwrap().len(), 1, "{told:#}");
    maya.shares();
    for person in [maya, tom] {
        assert_eq!(storage::revisions(&person.root, week), [1, 2]);
        let why = |n| storage::snapshot(&person.root, week, Some(n)).unwrap().why_low;
        assert_eq!((why(1), why(2)), ("sealed by Maya".to_owned(), "sealed by Tom".to_owned()));
        assert_eq!(storage::check(&person.root).unwrap().problems, []);
    }
}

#[test]
fn a_check_in_of_two_machines_stands_as_its_member_has_it_here_and_the_other_is_kept_aside() {
    if no_git() {
        return;
    }
    let (team, people) = Team::new(&["maya"]);
    let at_home = team.joins("tom");
    let mut at_work = team.joins("tom-at-work");
    at_work.id = "tom".to_owned();
    at_home.does(&["action", "add", "at home"]);
    at_work.does(&["action", "add", "at work"]);
    at_home.shares();
    let told = at_work.shares();
    let path = "check-ins/2026-W47/tom.ron";
    let both = at_work.read(path);
    if told["kept"].as_array().unwrap().is_empty() {
        assert!(both.contains("at home") && both.contains("at work"), "{both}");
    } else {
        assert!(both.contains("at work"), "{both}");
        let aside = told["aside"][0].as_str().unwrap();
        assert!(std::fs::read_to_string(aside).unwrap().contains("at home"));
    }
    at_home.shares();
    assert_eq!(at_home.read(path), both);
    people[0].shares();
    assert_eq!(people[0].read(path), both);
}

#[test]
fn a_check_in_that_comes_after_its_review_was_sealed_keeps_nobody_from_sharing() {
    if no_git() {
        return;
    }
    let (_team, people) = Team::new(&["maya", "tom"]);
    let (maya, tom) = (&people[0], &people[1]);
    maya.does(&["action", "add", "In time"]);
    maya.seals(maya.week(), "sealed");
    maya.shares();
    tom.does(&["action", "add", "Written on the train"]);
    tom.shares();
    maya.shares();
    // It is told where files are looked through.
    assert_eq!(storage::check(&maya.root).unwrap().problems.len(), 1);
}

#[test]
fn an_import_of_the_same_name_from_two_machines_is_there_twice() {
    if no_git() {
        return;
    }
    let (_team, people) = Team::new(&["maya", "tom"]);
    for (person, value) in people.iter().zip(["61", "62"]) {
        let csv = person.home.join("till.csv");
        std::fs::write(&csv, format!("week,gross-margin\n2026-W40,{value}\n")).unwrap();
        person.does(&["import", "readings", csv.to_str().unwrap()]);
        person.shares();
    }
    people[0].shares();
    assert_eq!(people[0].files(), people[1].files());
    assert_eq!(storage::imports(&people[0].root).0.len(), 2);
    assert_eq!(storage::check(&people[0].root).unwrap().problems, []);
}
