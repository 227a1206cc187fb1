//! The registers by keys: their figures, ideas out of check-ins, and days that are given to something else by a decision.

use truenorth::model::register::{Kind, What};

use crate::harness::{Driven, at_step};

/// The registers, after so many steps to the right.
fn register(mut t: Driven, steps: usize) -> Driven {
    t.keys("Esc 0");
    for _ in 0..steps {
        t.keys("Right");
    }
    t
}

const IDEAS: usize = 4;
const CAPACITY: usize = 6;

fn amount(t: &Driven, card: &str) -> f64 {
    let cards = &t.app().workspace.strategy.cards;
    match &cards.iter().find(|c| c.id.as_str() == card).unwrap().what {
        What::Capacity(c) => c.amount.get(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_figures_of_a_register_stand_above_its_list_and_go_again() {
    let mut t = register(Driven::new(), IDEAS);
    t.keys("f").sees("By stage").sees("1 wk").sees("2 open of 3").sees("One breakfast plat");
    t.keys("f").lacks("By stage");
    let mut t = register(Driven::new(), CAPACITY);
    t.keys("f").sees("Days by theme").sees("35 %").sees("Sam Whitlock");
}

#[test]
fn an_empty_register_has_no_figures_and_says_what_it_is_for() {
    let mut t = Driven::new();
    t.app_mut().workspace.strategy.cards.retain(|c| c.kind() != Kind::Capacity);
    let mut t = register(t, CAPACITY);
    t.keys("f").sees("the first one;");
}

#[test]
fn days_that_are_promised_twice_are_marked_by_a_shape_and_a_word() {
    let mut t = Driven::new();
    for card in &mut t.app_mut().workspace.strategy.cards {
        if let What::Capacity(c) = &mut card.what
            && card.id.as_str() == "sam-shop"
        {
            c.amount = 72.into();
        }
    }
    let mut t = register(t, CAPACITY);
    t.keys("f").sees("! 1.0 too many").sees("! too many").sees("6.0     5.0");
}

#[test]
fn an_idea_of_a_check_in_becomes_a_card_with_its_author_and_is_not_taken_up_twice() {
    let mut t = at_step(5);
    t.app_mut().workspace.check_ins[0].ideas.push("Bread by bicycle".to_owned());
    let (author, before) = (t.app().workspace.check_ins[0].member.clone(), t.app().workspace.strategy.cards.len());
    t.keys("Enter / b i c y c l e Enter Esc b");
    let card = t.app().workspace.strategy.cards.last().unwrap().clone();
    assert_eq!((card.kind(), card.title.as_str(), &card.by), (Kind::Idea, "Bread by bicycle", &Some(author)));
    assert_eq!(card.note, "Said in the check-in of 2026-W47");
    t.sees("suggested").keys("b").sees("It is among the ideas already: suggested");
    assert_eq!(t.app().workspace.strategy.cards.len(), before + 1);
    t.keys("Esc 0 u");
    assert_eq!(t.app().workspace.strategy.cards.len(), before, "one step takes it back");
}

#[test]
fn whoever_had_an_idea_is_told_what_became_of_it() {
    let mut t = Driven::new().at(140, 45);
    let me = t.app().me.clone();
    for card in &mut t.app_mut().workspace.strategy.cards {
        if card.id.as_str() == "bread-box" {
            card.by.clone_from(&me);
        }
    }
    t.keys("M").sees("My ideas").sees("A weekly bread box by subscription");
    t.keys("1").lacks("News of your ideas");
    let cards = &mut t.app_mut().workspace.strategy.cards;
    cards.iter_mut().find(|c| c.id.as_str() == "bread-box").unwrap().what.move_to(3);
    t.keys("2 1").sees("News of your ideas").sees("adopted");
}

#[test]
fn days_are_given_elsewhere_by_a_decision_that_tells_before_and_after() {
    let mut t = register(at_step(7), CAPACITY);
    t.keys("Down").sees("The online shop").keys("g").sees("The online shop has 20 person-days.");
    t.keys("Down Tab 8 Tab t h e Space o v e n Ctrl-s");
    assert_eq!((amount(&t, "sam-shop"), amount(&t, "tom-recipes")), (12.0, 20.0), "{}", t.screen());
    let decision = t.app().review().unwrap().decisions.last().unwrap().clone();
    assert_eq!(decision.choice, "8 person-days from The online shop to Recipes onto cards");
    assert!(decision.context.starts_with("the oven\nThe online shop: 20 person-days, then 12 person-days\n"));
    assert!(
        decision.context.contains("Order from anywhere: 38 % of days, then 23 % (weighs 35 %)"),
        "{}",
        decision.context
    );
    assert!(decision.context.contains("Tom Hargreaves: 1.0 of 5 days a week, then 1.7"), "{}", decision.context);
    assert_eq!(decision.goals.iter().map(|g| g.as_str()).collect::<Vec<_>>(), ["recipe-cards"]);
    t.keys("u");
    assert_eq!((amount(&t, "sam-shop"), amount(&t, "tom-recipes")), (20.0, 12.0));
}

#[test]
fn more_than_there_is_cannot_be_given_and_outside_of_a_review_nothing_can() {
    let mut t = register(at_step(7), CAPACITY);
    t.keys("Down g Down Tab 2 1 Tab x Ctrl-s").sees("no more than there is: 20");
    assert_eq!(amount(&t, "sam-shop"), 20.0);
    let mut t = register(Driven::new(), CAPACITY);
    t.keys("Down g").sees("decided in the review");
}

/// The bakery with this many ideas, on their register.
fn with_ideas(n: usize) -> Driven {
    let mut workspace = crate::harness::bakery();
    let like = workspace.strategy.cards.iter().find(|c| c.kind() == Kind::Idea).unwrap().clone();
    workspace.strategy.cards = (0..n)
        .map(|at| {
            let mut card = like.clone();
            card.id = format!("idea-{at}").parse().unwrap();
            card.title = format!("Idea number {at}");
            card
        })
        .collect();
    let mut t = Driven::with(workspace);
    t.keys("0");
    truenorth::app::screens::cards::show(t.app_mut(), Kind::Idea);
    t.keys("Down").sees("Idea number");
    t
}

/// How many times as long the one takes as the other: the best of some rounds of each, in turn.
#[allow(clippy::disallowed_methods)] // how long it takes is what is promised
fn times(mut one: impl FnMut(), mut other: impl FnMut()) -> f64 {
    let took = |what: &mut dyn FnMut()| {
        let began = std::time::Instant::now();
        what();
        began.elapsed().as_secs_f64()
    };
    let rounds = (0..7).map(|_| (took(&mut one), took(&mut other)));
    let (a, b) = rounds.fold((f64::MAX, f64::MAX), |(a, b), (x, y)| (a.min(x), b.min(y)));
    a / b
}

#[test]
fn a_hundred_times_as_many_cards_do_not_make_a_register_a_hundred_times_as_slow() {
    let (mut many, mut few) = (with_ideas(5_000), with_ideas(50));
    let frames = times(|| (0..5).for_each(|_| drop(many.screen())), || (0..5).for_each(|_| drop(few.screen())));
    println!("a frame of 5,000 cards takes {frames:.2} times that of 50");
    assert!(frames < 8.0, "a frame takes {frames:.1} times as long");
    // Every card is looked through for each letter: a hundred times the work, and not its square.
    let letter = |t: &mut Driven| {
        t.keys("/").type_text("4").keys("Esc");
    };
    let search = times(|| letter(&mut many), || letter(&mut few));
    println!("a letter of a search takes {search:.1} times as long");
    assert!(search < 400.0, "a letter takes {search:.1} times as long");
}
