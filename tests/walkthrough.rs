//! Whole stories in a terminal: a review from Home to the saved week, a correction, a first start.

use std::fs;

use truenorth::model::finding::Answer;
use truenorth::model::kpi::Origin;
use truenorth::model::number::Finite;
use truenorth::model::record::{ActionState, DecisionState, IssueState, Record};
use truenorth::model::review::Outcome;
use truenorth::model::snapshot::Snapshot;
use truenorth::model::status::Status;
use truenorth::model::week::Week;
use truenorth::storage;

use crate::harness::{Home, Pty, today};

/// Puts the cursor on the first row that has these words in it.
fn stand_on<'a>(t: &'a mut Pty, words: &str) -> &'a mut Pty {
    let line = format!("/{words}");
    t.keys("Home /").type_text(words).wait_for(&line).keys("Enter Esc").wait_gone(&line)
}

fn one<'a, T: Record>(all: &'a [T], title: &str) -> &'a T {
    let found: Vec<&T> = all.iter().filter(|r| r.title() == title).collect();
    assert_eq!(found.len(), 1, "records called “{title}”");
    found[0]
}

fn open_step(t: &mut Pty) {
    t.wait_for("not held yet").keys("Enter").wait_for("Hold the review").keys("Y").wait_for("Who is here");
    t.keys("f *").wait_for("Captured");
    stand_on(t, "Leo Brandt").keys("Space");
    t.keys("g").wait_for("What happened").types("A customer thanked the night shift");
    t.keys("Tab").types("ruth").keys("Ctrl-s").wait_gone("What happened");
}

fn commitments_step(t: &mut Pty) {
    t.keys("Tab").wait_for("Due later");
    stand_on(t, "counter trainings").keys("y");
    stand_on(t, "bank's").keys("c");
    stand_on(t, "Call each office").keys("x").wait_for("Because");
    t.types("The offices called us").keys("Ctrl-s").wait_gone("Because");
}

fn scorecard_step(t: &mut Pty) {
    t.keys("Tab").wait_for("Needs you");
    // The first digit opens the field; the rest is typed as a German till prints it.
    stand_on(t, "Weekly revenue").keys("1").wait_for("This week");
    t.type_text(".234,5").wait_for("1.234,5").keys("Ctrl-s").wait_gone("This week");
    stand_on(t, "Gross margin").keys("Enter").wait_for("This week");
    t.types("61,9").keys("Tab").types("Butter went up").keys("Ctrl-s").wait_gone("This week");
    stand_on(t, "Gross margin").keys("g").wait_for("The rule says");
    t.types(", price list corrected on Monday").keys("Ctrl-s").wait_gone("The rule says");
    stand_on(t, "Order errors").keys("r");
    stand_on(t, "Flour price").keys("Space");
}

fn goals_step(t: &mut Pty) {
    t.keys("Tab").wait_for("Changed or at risk");
    stand_on(t, "service contract").keys("Enter").wait_for("Confidence");
    t.keys("Backspace Backspace").types("55").keys("Tab").types("7").keys("Tab").types("Two offers came in");
    t.keys("Ctrl-s").wait_gone("Two offers came in  ");
    stand_on(t, "families").keys("3 r");
}

fn check_ins_and_alignment_steps(t: &mut Pty) {
    t.keys("Tab").wait_for("stays hidden").keys("Enter").wait_for("What stands in the way");
    t.keys("Tab").wait_for("For the room");
    stand_on(t, "newsletter no status").keys("Space");
    stand_on(t, "split online orders by").keys("x").wait_for("Because");
    t.types("Talked through on Monday").keys("Ctrl-s").wait_gone("Because");
    stand_on(t, "owns families").keys("i").wait_for("Raise an issue").keys("Ctrl-s").wait_gone("Raise an issue");
}

fn issues_step(t: &mut Pty) {
    t.keys("Tab").wait_for("For today");
    stand_on(t, "second oven until").keys("v v d").wait_for("We chose");
    t.types("Tom calls the maker twice a year").keys("Ctrl-s").wait_gone("We chose");
    stand_on(t, "behind the library").keys("v a").wait_for("Add an action item");
    t.types("Ask about the flat above").keys("Tab").types("maya").keys("Ctrl-s").wait_gone("Add an action item");
}

fn close_step(t: &mut Pty) {
    t.keys("Tab").wait_for("Decisions to look at again");
    stand_on(t, "yearly price").keys("Enter").wait_for("It came true");
    t.types("no").keys("Tab").types("Sixty-two was out of reach").keys("Ctrl-s").wait_gone("It came true");
    stand_on(t, "above twenty rolls").keys("Enter");
    t.keys("m").wait_for("What to tell").types("The tills close at six").keys("Tab").types("hana");
    t.keys("Tab")
        .types("the counter")
        .keys("Tab")
        .types("at the shift change")
        .keys("Ctrl-s")
        .wait_gone("What to tell");
    stand_on(t, "Maya Okafor").keys("Enter").wait_for("rates this review").keys("1 2 2 2 2");
    t.wait_gone("rates this review").keys("Ctrl-s").wait_for("Save the review of 2026-W47?");
}

/// Every field that was typed, as the sealed week has it.
fn compare(week: &Snapshot) {
    assert_eq!((week.week, week.revision, week.facilitator.as_ref().unwrap().as_str()), (Week::of(today()), 1, "maya"));
    let here = |who: &str| week.attendance.iter().find(|a| a.member.as_str() == who).unwrap().present;
    assert_eq!(week.attendance.len(), 9);
    assert!(week.attendance.iter().all(|a| here(a.member.as_str()) == (a.member.as_str() != "leo")));
    let news = one(&week.headlines, "A customer thanked the night shift");
    assert_eq!(news.by.as_ref().unwrap().as_str(), "ruth");

    let outcome = |id: &str| week.commitments.iter().find(|c| c.action.as_str() == id).map(|c| c.outcome.clone());
    assert_eq!(outcome("merge-trainings"), Some(Outcome::Done));
    assert_eq!(outcome("plan-numbers"), Some(Outcome::NotDone));
    assert_eq!(outcome("tell-offices"), Some(Outcome::Dropped { reason: "The offices called us".to_owned() }));
    let action = |id: &str| week.actions.iter().find(|a| a.id.as_str() == id).unwrap();
    assert_eq!(action("merge-trainings").state, ActionState::Done { in_week: week.week });
    assert!(matches!(action("tell-offices").state, ActionState::Dropped { .. }));
    assert!(action("plan-numbers").is_open() && action("plan-numbers").carried == 1);

    let kpi = |id: &str| week.kpi(&id.parse().unwrap()).unwrap();
    let number = |x: f64| Finite::new(x);
    assert_eq!((kpi("weekly-revenue").reading, kpi("weekly-revenue").origin), (number(1234.5), Origin::Review));
    assert_eq!(kpi("weekly-revenue").note, "The town hall's order alone was 380");
    let margin = kpi("gross-margin");
    assert_eq!((margin.reading, margin.computed, margin.marked), (number(61.9), Status::AtRisk, Some(Status::OnTrack)));
    assert_eq!(margin.note, "Butter went up, price list corrected on Monday");
    assert_eq!(kpi("order-errors").marked, Some(Status::OffTrack));
    assert_eq!(kpi("flour-price").marked, Some(kpi("flour-price").computed));

    let goal = |id: &str| week.goal(&id.parse().unwrap()).unwrap();
    let plan = goal("service-plan");
    assert_eq!(
        (plan.current, plan.confidence.unwrap().get(), plan.note.as_str()),
        (number(55.0), 7, "Two offers came in")
    );
    let class = goal("family-baking-class");
    assert_eq!((class.confidence.unwrap().get(), class.marked), (3, Some(Status::OffTrack)));

    assert_eq!(week.check_ins.len(), 6, "revealed, so kept");
    let answer = |key: &str| week.findings.iter().find(|f| f.finding.key == key).and_then(|f| f.answer.clone());
    assert_eq!(answer("stale-goal:goal/newsletter"), Some(Answer::Accepted));
    let until = "2026-12-17".parse().unwrap();
    let dismissed = Answer::Dismissed { until, reason: "Talked through on Monday".to_owned() };
    assert_eq!(answer("split-confidence:goal/orders-plus-half"), Some(dismissed));
    let Some(Answer::Raised { issue }) = answer("unowned:goal/family-baking-class") else { panic!("not raised") };
    assert!(week.issues.iter().any(|i| i.id == issue && i.is_open()));

    let oven = week.issues.iter().find(|i| i.id.as_str() == "oven-service").unwrap();
    let decision = one(&week.decisions, &oven.title);
    assert_eq!(oven.votes, 2);
    let answer = "Tom calls the maker twice a year".to_owned();
    assert_eq!(decision.choice, answer);
    let solved = IssueState::Solved { in_week: week.week, answer, decision: Some(decision.id.clone()), action: None };
    assert_eq!(oven.state, solved);
    let ask = one(&week.actions, "Ask about the flat above");
    assert_eq!((ask.owner.as_str(), ask.due, ask.promised), ("maya", "2026-11-26".parse().unwrap(), week.week));
    let site = week.issues.iter().find(|i| i.id.as_str() == "site-too-small").unwrap();
    assert!(matches!(&site.state, IssueState::Solved { action: Some(a), .. } if a == &ask.id));

    let price = week.decisions.iter().find(|d| d.id.as_str() == "yearly-flour-price").unwrap();
    let outcome = "Sixty-two was out of reach".to_owned();
    assert_eq!(price.state, DecisionState::Reviewed { in_week: week.week, outcome, came_true: Some(false) });
    let told = week.messages.iter().find(|m| m.id.as_str() == "tell-day-before").unwrap();
    assert_eq!(told.delivered, Some(week.week));
    let tills = one(&week.messages, "The tills close at six");
    assert_eq!((tills.teller.as_str(), tills.audience.as_str()), ("hana", "the counter"));
    assert_eq!((tills.channel.as_str(), tills.agreed, tills.delivered), ("at the shift change", week.week, None));
    let scores: Vec<u8> = week.ratings[0].scores.iter().map(|s| s.get()).collect();
    assert_eq!((week.ratings.len(), week.ratings[0].member.as_str(), scores), (1, "maya", vec![1, 2, 2, 2, 2]));
}

#[test]
fn a_review_held_by_keys_from_home_on_is_the_week_that_was_typed() {
    let home = Home::with_bakery();
    let mut t = home.open();
    open_step(&mut t);
    commitments_step(&mut t);
    scorecard_step(&mut t);
    goals_step(&mut t);
    check_ins_and_alignment_steps(&mut t);
    issues_step(&mut t);
    close_step(&mut t);
    // A small y is a slip of the hand; the question stays until it is meant.
    t.keys("y").wait_for("Save the review of 2026-W47?").keys("Y").wait_for("2026-W47 is saved");
    t.keys("q");
    assert_eq!(t.exit_status(), 0);

    compare(&storage::snapshot(&home.root(), Week::of(today()), None).unwrap());
    let check = home.command(&["check"]);
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stdout));
    assert!(!home.journal().exists() && storage::drafts(&home.root()).is_empty(), "the review is over");

    let mut t = home.open();
    t.wait_for("Home").keys("8").wait_for("2026-W47").wait_for("Story");
    t.keys("Down Down Down Down").wait_for("Nobody looks after the second oven").keys("q");
    assert_eq!(t.exit_status(), 0);
}

#[test]
fn a_sealed_week_is_corrected_beside_itself_with_a_reason() {
    let home = Home::with_bakery();
    let sealed = home.root().join("snapshots/2026-W46.ron");
    let before = fs::read(&sealed).unwrap();
    let mut t = home.open();
    t.wait_for("Home").keys("8").wait_for("2026-W46").keys("e").wait_for("Correct the review of 2026-W46");
    t.keys("Ctrl-s").wait_for("is needed").types("The waste was weighed wrong").keys("Ctrl-s");
    t.wait_for("Correcting 2026-W46").keys("Tab Tab").wait_for("Needs you");
    stand_on(&mut t, "Waste").keys("9").wait_for("This week").keys("Ctrl-s").wait_gone("This week");
    t.keys("Ctrl-s").wait_for("Save the review of 2026-W46?").keys("Y").wait_for("2026-W46 is saved").keys("q");
    assert_eq!(t.exit_status(), 0);

    assert_eq!(fs::read(&sealed).unwrap(), before, "the first revision is as it was, byte for byte");
    assert!(home.root().join("snapshots/2026-W46.r2.ron").is_file());
    let week: Week = "2026-W46".parse().unwrap();
    let corrected = storage::snapshot(&home.root(), week, None).unwrap();
    let revises = corrected.revises.as_ref().unwrap();
    assert_eq!((corrected.revision, revises.revision), (2, 1));
    assert_eq!((revises.why.as_str(), revises.by.as_ref().unwrap().as_str()), ("The waste was weighed wrong", "maya"));
    assert_eq!(corrected.kpi(&"waste".parse().unwrap()).unwrap().reading, Finite::new(9.0));
    assert!(home.command(&["check"]).status.success());
}

#[test]
fn the_first_start_asks_six_questions_and_leaves_a_workspace_that_check_accepts() {
    let home = Home::empty();
    let mut t = home.start(&[], &[]);
    t.wait_for("There is no workspace here yet").keys("i").wait_for("A new workspace");
    t.types("Corner Shop").keys("Tab").types("Everybody buys around the corner");
    t.keys("Tab").types("Ada Byron").keys("Enter").types("Ben Ito").keys("Tab").types("Open on Sundays");
    t.keys("Tab Tab");
    // The folder it proposes is the one it was started in; another one is typed instead.
    t.keys("Ctrl-a Ctrl-k").types("workspace").keys("Ctrl-s").wait_for("Corner Shop   Home");
    t.keys("3").wait_for("Open on Sundays").keys("q");
    assert_eq!(t.exit_status(), 0);

    let made = storage::open(&home.root(), |_| Week::of(today())).unwrap();
    assert_eq!(made.config.name, "Corner Shop");
    let people: Vec<&str> = made.config.people.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(people, ["Ada Byron", "Ben Ito"]);
    assert_eq!(made.strategy.north_star.vision, "Everybody buys around the corner");
    assert_eq!(made.strategy.goals[0].title, "Open on Sundays");
    let check = home.command(&["check"]);
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stdout));
}

#[test]
fn the_demo_opens_from_the_start_screen_and_leaves_nothing_behind() {
    let home = Home::empty();
    fs::create_dir(home.folder().join("tmp")).unwrap();
    let tmp = home.folder().join("tmp").display().to_string();
    let mut t = home.start(&[], &[("TMPDIR", &tmp)]);
    t.wait_for("There is no workspace here yet").keys("d").wait_for("(demo").keys("8");
    t.wait_for("2026-W46").keys("q");
    assert_eq!(t.exit_status(), 0);
    assert_eq!(fs::read_dir(tmp).unwrap().count(), 0);
}

#[test]
fn what_a_check_in_raised_and_the_review_solved_stays_solved() {
    let mut t = crate::harness::at_step(7);
    t.keys("End").sees("The second oven will stop").keys("s").type_text("The seal came").keys("Ctrl-s Ctrl-s Y");
    t.sees("is saved").keys("7").lacks("The second oven will stop");
}
