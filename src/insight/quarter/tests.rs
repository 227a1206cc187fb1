//! What the review of a quarter promises.

use proptest::prelude::*;

use super::*;
use crate::insight::fixture::*;
use crate::model::goal::{Goal, GoalState, Kind};
use crate::model::number::Finite;
use crate::model::quarterly::{Facts, Fate, GoalAnswer, Graded, Looked, NextGoal, QuarterSeal, Stands, Stop, Weighed};
use crate::model::review::{Change, Edit, QuarterEdit, Session};
use crate::model::scale::Percent;
use crate::model::snapshot::GoalWeek;
use crate::model::status::Status;

fn q(text: &str) -> Quarter {
    text.parse().unwrap()
}

/// An objective of the third quarter with two key results, and an initiative beside it.
fn shop() -> Workspace {
    let mut workspace = workspace();
    let mut all = vec![
        goal("more", Kind::Objective),
        under("more", goal("orders", key_result(0.0, 100.0))),
        under("more", goal("stars", key_result(4.0, 5.0))),
        under("more", goal("shelf", Kind::Initiative { members: Vec::new() })),
    ];
    for goal in &mut all {
        goal.start = Some("2026-07-01".parse().unwrap());
        goal.due = Some("2026-09-30".parse().unwrap());
        goal.owner = Some(id("maya"));
    }
    all[0].theme = Some(workspace.strategy.north_star.themes[0].id.clone());
    workspace.strategy.goals = all.into();
    workspace
}

/// A sealed week in which these goals stand so far.
fn week_with(workspace: &Workspace, of: &str, progress: &[(&str, f64)]) -> Snapshot {
    let review = Review::start(week(of), id("weekly"), Vec::new(), &Default::default(), at("09:00"));
    let mut snapshot = crate::insight::seal::seal(workspace, &review, &Default::default(), at("10:00"));
    let told = |(goal, progress): &(&str, f64)| GoalWeek {
        goal: id(goal),
        computed: Status::OnTrack,
        marked: None,
        confidence: None,
        current: None,
        progress: Finite::new(*progress),
        note: String::new(),
    };
    snapshot.goals = progress.iter().map(told).collect();
    snapshot
}

fn held(workspace: &Workspace, weeks: &[Snapshot], before: Option<&QuarterSnapshot>) -> Review {
    let steps = crate::model::agenda::Agenda::quarterly();
    begin(&Begin {
        workspace,
        quarter: q("2026-Q3"),
        weeks,
        before,
        week: week("2026-W41"),
        agenda: &id("quarterly"),
        steps: &steps,
        now: at("09:00"),
    })
}

fn say(review: &mut Review, edit: QuarterEdit) {
    review.apply(Edit::Quarter(edit));
}

fn ends(review: &mut Review, goal: &str, fate: Fate) {
    let answer = GoalAnswer { goal: id(goal), grade: None, fate: Some(fate), note: "as we saw".to_owned() };
    say(review, QuarterEdit::Goal(Change::put(answer)));
}

fn end(workspace: &Workspace, review: &Review) -> QuarterSeal {
    seal(workspace, review, None, at("12:00")).unwrap()
}

fn graded<'a>(facts: &'a Facts, goal: &str) -> &'a Graded {
    facts.goals.iter().find(|g| g.goal.as_str() == goal).unwrap()
}

#[test]
fn key_results_are_graded_by_the_last_week_and_the_objective_by_their_weighted_mean() {
    let mut shop = shop();
    shop.strategy.goals[1].weight = Finite::new(3.0);
    let weeks = [
        week_with(&shop, "2026-W38", &[("orders", 0.1), ("stars", 0.1)]),
        week_with(&shop, "2026-W39", &[("orders", 0.83), ("stars", 0.4), ("shelf", 0.0)]),
    ];
    let facts = facts(&shop, q("2026-Q3"), &weeks, None);
    let grades: Vec<_> = facts.goals.iter().map(|g| (g.goal.as_str(), g.grade.unwrap().fixed(1))).collect();
    assert_eq!(grades, [("more", "0.7".to_owned()), ("orders", "0.8".to_owned()), ("stars", "0.4".to_owned())]);
    assert_eq!((facts.weeks, facts.last), (2, Some(week("2026-W39"))));
    assert!(facts.goals.iter().all(|g| g.stands == Stands::Due));
}

#[test]
fn what_is_due_later_is_under_way_and_what_ended_before_is_over() {
    let mut shop = shop();
    shop.strategy.goals[1].due = Some("2026-12-31".parse().unwrap());
    shop.strategy.goals[2].state = GoalState::Done { on: "2026-08-01".parse().unwrap(), note: String::new() };
    let mut later = goal("later", Kind::Objective);
    (later.start, later.due) = (Some("2026-10-01".parse().unwrap()), Some("2026-12-31".parse().unwrap()));
    shop.strategy.goals.push(later);
    let facts = facts(&shop, q("2026-Q3"), &[], None);
    assert_eq!(graded(&facts, "orders").stands, Stands::UnderWay);
    assert_eq!((graded(&facts, "stars").stands, graded(&facts, "stars").grade), (Stands::Over, Finite::new(1.0)));
    assert!(!facts.goals.iter().any(|g| g.goal.as_str() == "later"), "it had not begun");
}

#[test]
fn a_correction_puts_only_what_it_says_otherwise_into_the_strategy() {
    let mut shop = shop();
    let weeks = [week_with(&shop, "2026-W39", &[("orders", 0.9), ("stars", 0.2), ("shelf", 0.0)])];
    let mut review = held(&shop, &weeks, None);
    ends(&mut review, "orders", Fate::Closed);
    let next = NextGoal { goal: id("second"), title: "A second shop".to_owned(), owner: id("maya"), theme: None };
    say(&mut review, QuarterEdit::Next(Change::put(next)));
    let first = end(&shop, &review);
    // Since then the team took the goal up again, and gave the new one up.
    shop.strategy = first.strategy;
    shop.strategy.goals.retain(|g| g.id.as_str() != "second");
    shop.strategy.goals.iter_mut().filter(|g| g.id.as_str() == "orders").for_each(|g| g.state = GoalState::Open);
    let mut again = reopen(&first.snapshot, None, "a lesson".to_owned(), at("14:00"));
    let untouched = seal(&shop, &again, Some(&first.snapshot.said), at("15:00")).unwrap();
    assert!(untouched.strategy == shop.strategy, "what the first revision did is not done again");
    ends(&mut again, "stars", Fate::Dropped { reason: "nobody counts them".to_owned() });
    let second = seal(&shop, &again, Some(&first.snapshot.said), at("15:00")).unwrap();
    let stars = second.strategy.goal(&id("stars")).unwrap();
    assert!(matches!(&stars.state, GoalState::Dropped { reason, .. } if reason == "nobody counts them"));
    assert!(second.strategy.goal(&id("orders")).unwrap().is_open());
}

#[test]
fn what_was_agreed_goes_into_the_strategy_and_doing_it_again_changes_nothing() {
    let shop = shop();
    let weeks = [week_with(&shop, "2026-W39", &[("orders", 0.9), ("stars", 0.2), ("shelf", 0.0)])];
    let mut review = held(&shop, &weeks, None);
    ends(&mut review, "orders", Fate::Closed);
    ends(&mut review, "more", Fate::Carried);
    ends(&mut review, "stars", Fate::Dropped { reason: "nobody rates".to_owned() });
    let stop = Stop {
        id: id("shelf"),
        what: "The shelf".to_owned(),
        why: "no room".to_owned(),
        owner: id("maya"),
        from: today(),
        goal: Some(id("shelf")),
    };
    say(&mut review, QuarterEdit::Stop(Change::put(stop)));
    let theme = shop.strategy.north_star.themes[0].id.clone();
    say(&mut review, QuarterEdit::Weight(Change::put(Weighed { theme, weight: Finite::from(42) })));
    let next = NextGoal { goal: id("second"), title: "A second shop".to_owned(), owner: id("tom"), theme: None };
    say(&mut review, QuarterEdit::Next(Change::put(next)));

    let seal = end(&shop, &review);
    let of = |name: &str| seal.strategy.goal(&id(name)).unwrap();
    let today = at("12:00").date_naive();
    assert_eq!(of("orders").state, GoalState::Done { on: today, note: "Graded 0.9: as we saw".to_owned() });
    assert_eq!((of("more").due, of("more").is_open()), (Some("2026-12-31".parse().unwrap()), true));
    assert_eq!(of("stars").state, GoalState::Dropped { on: today, reason: "nobody rates".to_owned() });
    assert_eq!(of("shelf").state, GoalState::Dropped { on: today, reason: "no room".to_owned() });
    assert_eq!(seal.strategy.north_star.themes[0].weight, Finite::from(42));
    let second = of("second");
    assert_eq!((second.start, second.due), (Some("2026-10-01".parse().unwrap()), Some("2026-12-31".parse().unwrap())));
    assert_eq!((&second.kind, second.owner.as_ref()), (&Kind::Objective, Some(&id("tom"))));

    // As after a kill between the strategy and the record: the files say it already.
    let again = Workspace { strategy: seal.strategy.clone(), ..shop };
    assert_eq!(end(&again, &review).strategy, seal.strategy);
}

#[test]
fn a_card_that_was_looked_at_says_when_and_never_an_earlier_day() {
    use crate::model::register::{Card, Kind as Register, What};
    let mut shop = shop();
    let what: What = ron::from_str("signal(source: \"a letter\")").unwrap();
    shop.strategy.cards = vec![Card::new(id("mill"), "A mill", "2026-01-01".parse().unwrap(), what)].into();
    let mut review = held(&shop, &[], None);
    assert_eq!(cards(&shop, &review).len(), 1);
    let on = "2026-10-05".parse().unwrap();
    let looked = Looked { card: id("mill"), kind: Register::Signal, title: "A mill".to_owned(), on };
    say(&mut review, QuarterEdit::Looked(Change::put(looked)));
    assert_eq!(end(&shop, &review).strategy.cards[0].reviewed, Some(on));
    assert_eq!(progress(crate::model::agenda::QuarterStep::LookAround, &shop, &review), Some((1, 1)));
    shop.strategy.cards[0].reviewed = Some("2026-10-20".parse().unwrap());
    assert_eq!(end(&shop, &review).strategy.cards[0].reviewed, Some("2026-10-20".parse().unwrap()));
}

#[test]
fn what_a_quarter_decided_stands_open_until_a_later_week_was_sealed() {
    let mut shop = shop();
    shop.latest = Some(std::sync::Arc::new(week_with(&shop, "2026-W40", &[])));
    let mut review = held(&shop, &[], None);
    review.actions.push(crate::model::record::Action { promised: week("2026-W41"), ..action("ask-the-bank") });
    let record = end(&shop, &review).snapshot;
    shop.last_quarter = Some(std::sync::Arc::new(record));
    let open =
        |shop: &Workspace, of: &str| shop.standing(week(of)).actions.iter().any(|a| a.id.as_str() == "ask-the-bank");
    assert!(open(&shop, "2026-W41"), "the week's review goes on with it");
    assert!(!open(&shop, "2026-W40"), "a late review of an earlier week does not know it");
    shop.latest = Some(std::sync::Arc::new(week_with(&shop, "2026-W41", &[])));
    assert!(!open(&shop, "2026-W42"), "from then on the week tells what is open");
}

#[test]
fn what_was_to_stop_is_asked_about_a_quarter_later() {
    let shop = shop();
    let mut review = held(&shop, &[], None);
    let stop = Stop {
        id: id("fax"),
        what: "The fax".to_owned(),
        why: "nobody calls it".to_owned(),
        owner: id("tom"),
        from: today(),
        goal: None,
    };
    say(&mut review, QuarterEdit::Stop(Change::put(stop)));
    let before = end(&shop, &review).snapshot;
    let asked = held(&shop, &[], Some(&before)).quarter.unwrap().facts.stops;
    assert_eq!(asked.iter().map(|s| s.id.as_str()).collect::<Vec<_>>(), ["fax"]);
    assert!(told(&before).iter().any(|l| l.starts_with("The fax: nobody calls it")));
}

#[test]
fn every_edit_of_a_quarter_can_be_taken_back() {
    let mut review = held(&shop(), &[], None);
    let before = review.clone();
    let edits = [
        QuarterEdit::NorthStar(Some(crate::model::quarterly::StarAnswer::StillRight)),
        QuarterEdit::Goal(Change::put(review.quarter.as_ref().unwrap().answer(&id("more")))),
        QuarterEdit::Next(Change::put(NextGoal {
            goal: id("n"),
            title: "N".to_owned(),
            owner: id("tom"),
            theme: None,
        })),
    ];
    let back: Vec<Edit> = edits.map(|e| review.apply(Edit::Quarter(e))).into();
    assert_ne!(review, before);
    back.into_iter().rev().for_each(|e| drop(review.apply(e)));
    assert_eq!(review, before);
    // A review of a week has nothing to say of a quarter.
    let mut of_week = Session::new(crate::insight::fixture::review()).review().clone();
    let untouched = of_week.clone();
    of_week.apply(Edit::Quarter(QuarterEdit::NorthStar(Some(crate::model::quarterly::StarAnswer::StillRight))));
    assert_eq!(of_week, untouched);
}

#[test]
fn only_who_lives_by_quarters_is_told_that_one_waits() {
    let mut shop = shop();
    let october = "2026-10-02".parse().unwrap();
    assert_eq!(overdue(&shop, october), None, "no week of it was held");
    shop.weeks.insert(week("2026-W38"), 1);
    assert_eq!(overdue(&shop, october), Some(q("2026-Q3")));
    assert_eq!(due(&shop, october), q("2026-Q3"));
    shop.quarters.insert(q("2026-Q3"), 1);
    assert_eq!((overdue(&shop, october), due(&shop, october)), (None, q("2026-Q4")));
    shop.quarters.clear();
    shop.strategy.goals.retain(|g| matches!(g.kind, Kind::Initiative { .. }));
    assert_eq!(overdue(&shop, october), None, "a team that only holds its hour hears nothing");
}

#[test]
fn predictions_are_scored_against_a_coin() {
    let scored = |percent, came_true| Scored {
        decision: id("d"),
        title: "D".to_owned(),
        percent: Percent::new(percent).unwrap(),
        came_true,
    };
    let all = [scored(90, true), scored(80, true), scored(60, false), scored(30, false), scored(70, true)];
    assert!((brier(&all).unwrap() - 0.118).abs() < 1e-9);
    assert_eq!(
        calibration(&all),
        "3 of 5 predictions came true; 66 % was said on average. Brier score 0.12: 0 is perfect, always saying 50 % scores 0.25."
    );
    assert_eq!((brier(&[]), calibration(&[]).starts_with("No prediction")), (None, true));
}

#[test]
fn two_quarters_lie_side_by_side() {
    let shop = shop();
    let weeks = [week_with(&shop, "2026-W39", &[("orders", 0.9), ("stars", 0.5)])];
    let mut review = held(&shop, &weeks, None);
    ends(&mut review, "more", Fate::Closed);
    let one = end(&shop, &review).snapshot;
    let rows = compare(&one, &one);
    let row = |what: &str| rows.iter().find(|r| r.what == what).unwrap();
    assert_eq!(row("Mean grade of objectives").after, "0.70");
    assert_eq!(row("Closed, carried, dropped").before, "1, 0, 0");
    assert!(rows.iter().any(|r| r.group == "Objectives" && r.after == "0.7 closed"), "{rows:?}");
    let text = serde_json::to_string(&rows).unwrap() + &told(&one).join("\n");
    assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
}

proptest! {
    #[test]
    fn a_grade_lies_between_0_and_1_whatever_the_numbers_were(
        first in proptest::num::f64::ANY,
        second in proptest::num::f64::ANY,
        weight in proptest::num::f64::ANY,
    ) {
        let mut shop = shop();
        shop.strategy.goals[1].weight = Finite::new(weight);
        let weeks = [week_with(&shop, "2026-W39", &[("orders", first), ("stars", second)])];
        let review = held(&shop, &weeks, None);
        let said = review.quarter.as_ref().unwrap();
        for goal in &said.facts.goals {
            prop_assert!(said.grade(&goal.goal).is_none_or(|g| (0.0..=1.0).contains(&g.get())), "{goal:?}");
        }
        let digest = QuarterDigest::of(&end(&shop, &review).snapshot);
        prop_assert!(digest.grade.is_none_or(|g| (0.0..=1.0).contains(&g.get())));
        prop_assert!(!digest.line().contains("NaN"));
    }
}

#[test]
fn goals_that_are_not_there_any_more_are_left_alone() {
    let shop = shop();
    let mut review = held(&shop, &[], None);
    ends(&mut review, "orders", Fate::Closed);
    let mut gone = shop;
    gone.strategy.goals.retain(|g: &Goal| g.id.as_str() != "orders");
    let seal = end(&gone, &review);
    assert_eq!(seal.strategy, gone.strategy);
    assert_eq!(seal.snapshot.said.answers.len(), 1, "the record still tells what was said");
}
