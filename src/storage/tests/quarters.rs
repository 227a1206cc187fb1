//! Ending a quarter: what was agreed is in the strategy before the record says so, whatever happens in between.

use std::path::Path;

use super::crashes::{Disk, Files, files, restarted};
use super::watch::{Fault, Lasting, watching};
use super::{Shop, moment, week};
use crate::insight::quarter;
use crate::model::number::Finite;
use crate::model::quarter::Quarter;
use crate::model::quarterly::{Fate, GoalAnswer, NextGoal, QuarterSeal, Weighed};
use crate::model::review::{Change, Edit, QuarterEdit, Review};
use crate::storage::*;

fn third() -> Quarter {
    "2026-Q3".parse().unwrap()
}

/// The review of a quarter in which a goal was dropped, a weight changed and an objective agreed on.
fn review(shop: &Shop) -> Review {
    let workspace = open(shop.root(), |_| week("2026-W47")).unwrap();
    let now = (week("2026-W47"), moment(0));
    let mut review = begin_quarter(shop.root(), &workspace, third(), None, now).unwrap();
    let fate = Some(Fate::Dropped { reason: "nobody asked".to_owned() });
    let answer = GoalAnswer { goal: "ease".parse().unwrap(), grade: None, fate, note: String::new() };
    let weight = Weighed { theme: "online".parse().unwrap(), weight: Finite::from(40) };
    let owner = "ben".parse().unwrap();
    let next = NextGoal { goal: "second".parse().unwrap(), title: "A second shop".to_owned(), owner, theme: None };
    let facts = &mut review.quarter.as_mut().unwrap().facts;
    facts.goals = vec![crate::model::quarterly::Graded {
        goal: answer.goal.clone(),
        title: "Ease".to_owned(),
        objective: None,
        measure: None,
        theme: None,
        owner: None,
        grade: None,
        status: crate::model::status::Status::Unknown,
        sure: None,
        stands: crate::model::quarterly::Stands::Due,
    }];
    for edit in [
        QuarterEdit::Goal(Change::put(answer)),
        QuarterEdit::Weight(Change::put(weight)),
        QuarterEdit::Next(Change::put(next)),
    ] {
        review.apply(Edit::Quarter(edit));
    }
    review
}

fn seal_of(shop: &Shop, review: &Review) -> QuarterSeal {
    let workspace = open(shop.root(), |_| week("2026-W47")).unwrap();
    quarter::seal(&workspace, review, None, moment(30)).unwrap()
}

/// Ends the quarter, as the screen would.
pub(super) fn end(shop: &Shop) -> Result<(), StorageError> {
    let review = review(shop);
    seal_quarter(shop.root(), &seal_of(shop, &review)).map(drop)
}

#[test]
fn a_sealed_quarter_is_read_back_and_never_written_over() {
    let shop = Shop::new();
    end(&shop).unwrap();
    let workspace = open(shop.root(), |_| week("2026-W47")).unwrap();
    assert_eq!(workspace.quarters.keys().copied().collect::<Vec<_>>(), [third()]);
    assert_eq!(workspace.last_quarter.as_deref(), Some(&quarter(shop.root(), third(), None).unwrap()));
    assert_eq!(check(shop.root()).unwrap().problems, []);
    let before = shop.files();
    assert!(matches!(end(&shop), Err(StorageError::Exists { .. })));
    assert_eq!(shop.files(), before, "nothing is done of a quarter that is sealed");
}

#[test]
fn comments_of_the_strategy_survive_the_end_of_a_quarter() {
    let shop = Shop::new();
    end(&shop).unwrap();
    let (goals, star) = (shop.read("strategy/goals.ron"), shop.read("strategy/north-star.ron"));
    for comment in ["// ==== Online ====", "// short on purpose", "// wide"] {
        assert!(goals.contains(comment), "{comment} is gone:\n{goals}");
    }
    assert!(goals.contains("nobody asked") && goals.contains("A second shop"), "{goals}");
    assert!(star.contains("// far") && star.contains("weight: 40"), "{star}");
}

/// Whether the files say what was agreed.
fn agreed(state: &Files, root: &Path) -> bool {
    let shop = restarted(state, root);
    let strategy = shop.strategy();
    let ease = strategy.goal(&"ease".parse().unwrap());
    ease.is_some_and(|g| !g.is_open())
        && strategy.goal(&"second".parse().unwrap()).is_some()
        && strategy.north_star.themes[0].weight == Finite::from(40)
}

#[test]
fn after_a_power_cut_a_record_that_is_there_rests_on_a_strategy_that_is_there_and_what_is_not_can_be_done_again() {
    let shop = Shop::new();
    let (old, review) = (files(&shop), review(&shop));
    let seal = seal_of(&shop, &review);
    let seen = watching(None, || seal_quarter(shop.root(), &seal).map(drop));
    seen.result.unwrap();
    let record = shop.at("quarters/2026-Q3.ron");
    let (mut without, mut with) = (0, 0);
    for cut in 0..=seen.steps.len() {
        let mut disk = Disk::holding(&old);
        seen.steps[..cut].iter().for_each(|step| disk.take(step));
        for state in disk.after_a_cut() {
            if state.contains_key(&record) {
                assert!(agreed(&state, shop.root()), "the record came first, after {cut} of {:#?}", seen.steps);
                with += 1;
                continue;
            }
            // The journal still has the review: sealing it again ends as if nothing had happened.
            let back = restarted(&state, shop.root());
            seal_quarter(back.root(), &seal_of(&back, &review)).unwrap();
            assert!(agreed(&files(&back), back.root()), "after {cut}");
            assert_eq!(quarter(back.root(), third(), None).unwrap(), seal.snapshot);
            without += 1;
        }
    }
    assert!(with > 0 && without > 8, "{with} with the record, {without} without");
}

#[test]
fn whichever_step_fails_the_quarter_can_be_sealed_again_from_what_the_screen_knows() {
    for nth in 0.. {
        let shop = Shop::new();
        let review = review(&shop);
        let seal = seal_of(&shop, &review);
        let fault = Fault { nth, lasting: Lasting::Once, errno: 5 };
        let seen = watching(Some(fault), || seal_quarter(shop.root(), &seal).map(drop));
        if seen.asked <= nth {
            assert!(nth > 8, "only {nth} steps");
            break;
        }
        let first = seen.result;
        if first.is_ok() {
            continue;
        }
        if quarter_revisions(shop.root(), third()).is_empty() {
            // What the screen knows of the strategy is older than what the files say by now.
            seal_quarter(shop.root(), &seal).unwrap_or_else(|e| panic!("step {nth}: {e}"));
        }
        assert!(agreed(&files(&shop), shop.root()), "step {nth}");
        assert_eq!(quarter(shop.root(), third(), None).unwrap(), seal.snapshot, "step {nth}");
    }
}
