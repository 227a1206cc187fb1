//! The strategy map by keys: looked at, walked along, and changed in the goal's form.

use truenorth::model::id::GoalId;

use crate::harness::Driven;

fn on_the_map() -> Driven {
    let mut t = Driven::new();
    t.keys("3 Tab");
    t
}

fn leads_to(t: &Driven, goal: &str) -> Vec<String> {
    let id: GoalId = goal.parse().unwrap();
    t.app().workspace.strategy.goal(&id).unwrap().leads_to.iter().map(ToString::to_string).collect()
}

#[test]
fn the_arrows_go_along_the_map_and_its_words_follow() {
    let mut t = on_the_map();
    t.sees("Choose and fund the second location: at risk").keys("Up");
    t.sees("Choose and fund the second location: at risk");
    t.keys("Down Right").sees("Establish a thriving online ordering platform: off track");
    t.sees("Led to by Have ovens we can count on · Be a place where bakers stay and grow.");
    t.keys("Left").sees("Launch a gluten-free range that people come back for: on track");
    t.keys("Down").sees("Have ovens we can count on: at risk").keys("Down");
    t.sees("Be a place where bakers stay and grow: on track").keys("Tab").sees("Vision");
}

#[test]
fn a_cause_is_named_in_the_goals_form_and_drawn_at_once() {
    let mut t = on_the_map();
    t.keys("Down Down Down").sees("Be a place where bakers stay and grow: on track").keys("e");
    for _ in 0..13 {
        t.keys("Tab");
    }
    t.keys("h Space Ctrl-s");
    assert!(leads_to(&t, "good-place-to-work").contains(&"reliable-ovens".to_owned()), "{}", t.screen());
    t.keys("Up Left Left").sees("Led to by Be a place where bakers stay and grow.");
}

#[test]
fn causes_that_would_run_in_a_circle_are_refused_at_their_field() {
    let mut t = on_the_map();
    t.sees("Choose and fund the second location: at risk").keys("e");
    for _ in 0..13 {
        t.keys("Tab");
    }
    t.keys("e Space Ctrl-s").sees("a circle, as this leads here: Est");
    assert!(leads_to(&t, "second-site").is_empty());
}

#[test]
fn without_a_goal_the_map_says_what_to_do() {
    let mut t = Driven::new();
    t.app_mut().workspace.strategy.goals.clear();
    t.keys("3 Tab").sees("No open goal has a perspective yet");
}

#[test]
fn it_is_drawn_in_any_size_in_ascii_and_with_many_goals() {
    let mut t = on_the_map().look(|look| look.ascii = true);
    assert!(t.screen().is_ascii());
    let goals = t.app().workspace.strategy.goals.clone();
    for n in 0..60 {
        let mut goal = goals.iter().find(|g| g.id.as_str() == "reliable-ovens").unwrap().clone();
        goal.id = format!("oven-{n}").parse().unwrap();
        t.app_mut().workspace.strategy.goals.push(goal);
    }
    t.keys("3");
    for (width, height) in [(80, 24), (20, 5), (200, 60), (80, 8), (1, 1), (100, 30)] {
        t.resize(width, height);
        t.keys("Down Right Right Up");
    }
    t.sees("Led to by");
}
