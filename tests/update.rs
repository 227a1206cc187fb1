//! How keys change the state: undo, refusals, drafts, what is private, and that no key anywhere is too much.

use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use truenorth::app::intent::{Intent, Move, Place};
use truenorth::app::key::Key;
use truenorth::app::keymap::{Keymap, Scope};
use truenorth::app::message::{Effect, Failure, Message};
use truenorth::app::update::update;
use truenorth::app::{Access, App, Tone};
use truenorth::model::import::ReadingsFile;
use truenorth::model::problem::Problem;
use truenorth::model::record::Subject;
use truenorth::model::review::{Act, Clock, Edit, Review};
use truenorth::model::week::Week;
use truenorth::storage;

use crate::harness::{Driven, at_step, bakery, everywhere, noon, today};

/// A review without its clock: time that was spent is not taken back.
fn said(review: &Review) -> Review {
    Review { clock: Clock::default(), ..review.clone() }
}

/// What an edit changes. A new kind of edit has to be added here, and then to the test below.
fn kinds(edit: &Edit, out: &mut BTreeSet<&'static str>) {
    out.insert(match edit {
        Edit::Many(edits) => return edits.iter().for_each(|e| kinds(e, out)),
        Edit::Facilitator(_) => "facilitator",
        Edit::Attendance(_) => "attendance",
        Edit::Headline(_) => "headline",
        Edit::Commitment(_) => "commitment",
        Edit::Kpi(_) => "kpi",
        Edit::Goal(_) => "goal",
        Edit::Reveal(_) => "reveal",
        Edit::Finding(_) => "finding",
        Edit::Issue(_) => "issue",
        Edit::Decision(_) => "decision",
        Edit::Action(_) => "action",
        Edit::Message(_) => "message",
        Edit::Note(_) => "note",
        Edit::Rating(_) => "rating",
        Edit::WhyLow(_) => "why low",
        // Gone through in `quarter`.
        Edit::Quarter(_) => "quarter",
    });
}

/// Keys and texts, in turn, that make one change or more each; the step they are pressed at.
const CHANGES: [(usize, &[&str]); 22] = [
    (1, &["f"]),
    (1, &["*"]),
    (1, &["Space"]),
    (1, &["g", "Good news", "Ctrl-s"]),
    (2, &["y"]),
    (2, &["x", "no longer needed", "Ctrl-s"]),
    (2, &["Enter", " and more", "Ctrl-s"]),
    (3, &["6", "1,5", "Ctrl-s"]),
    (3, &["r", "because", "Ctrl-s"]),
    (3, &["n", "a note", "Ctrl-s"]),
    (4, &["8"]),
    (4, &["g"]),
    (5, &["Enter"]),
    (6, &["Space"]),
    (6, &["x", "talked through", "Ctrl-s"]),
    (6, &["i", "", "Ctrl-s"]),
    (7, &["v"]),
    (7, &["d", "we chose this", "Ctrl-s"]),
    (8, &["a", "Call the miller", "Tab", "tom", "Ctrl-s"]),
    (8, &["m", "We open at six", "Tab", "hana", "Tab", "everyone", "Ctrl-s"]),
    (8, &["n", "Something was said", "Ctrl-s"]),
    (8, &["End Up Enter", "0 0 0 0 0", "Down Enter", "too long", "Ctrl-s"]),
];

#[test]
fn every_kind_of_edit_is_taken_back_exactly_and_done_again_exactly() {
    let mut seen = BTreeSet::new();
    for (step, script) in CHANGES {
        let mut t = at_step(1);
        if step == 8 {
            t.keys("*"); // only who is here rates
        }
        t.keys(&"Tab ".repeat(step - 1));
        let before = said(t.review());
        let edits = t.journal.as_ref().unwrap().1.len();
        for part in script {
            let keys = part.split(' ').all(|k| k.parse::<Key>().is_ok());
            if keys {
                t.keys(part)
            } else {
                t.type_text(part)
            };
        }
        let after = said(t.review());
        assert_ne!(before, after, "{script:?} changed nothing:\n{}", t.screen());
        let made: Vec<Edit> = t.journal.as_ref().unwrap().1[edits..]
            .iter()
            .filter_map(|e| if let Act::Do(_, edit) = &e.act { Some(edit.as_ref().clone()) } else { None })
            .collect();
        made.iter().for_each(|e| kinds(e, &mut seen));
        t.keys(&"u ".repeat(made.len()));
        assert_eq!(said(t.review()), before, "undo of {script:?}");
        t.keys(&"Ctrl-r ".repeat(made.len()));
        assert_eq!(said(t.review()), after, "redo of {script:?}");
    }
    let all =
        "action attendance commitment decision facilitator finding goal headline issue kpi message note rating reveal";
    let all: BTreeSet<&str> = all.split(' ').chain(["why low"]).collect();
    assert_eq!(seen, all);
}

/// What a random hand does: any key of the table, or a few letters; never the last word of a question, never leaving.
fn hand() -> impl Strategy<Value = Vec<Message>> {
    let table = Keymap::default();
    let spared = ["confirm.yes", "app.quit", "home.who"];
    let keys: Vec<Key> = table
        .bindings()
        .iter()
        .filter(|b| !spared.contains(&b.name) && !matches!(b.scope, Scope::Start | Scope::Rollup))
        .flat_map(|b| b.keys.clone())
        .collect();
    let key = proptest::sample::select(keys).prop_map(|k| vec![Message::Key(k)]);
    let texts = vec!["9", "tom", "We chose this", "2026-12-01", "Brot\u{301} 日本 👩‍🍳"];
    let text = proptest::sample::select(texts).prop_map(|t| vec![Message::Paste(t.to_owned())]);
    let saved = proptest::sample::select(vec!["Ctrl-s", "Tab", "Enter", "Ctrl-s"])
        .prop_map(|k: &str| vec![Message::Key(k.parse().unwrap())]);
    proptest::collection::vec(prop_oneof![6 => key, 2 => text, 3 => saved], 10..60).prop_map(|all| all.concat())
}

/// Presses a key until something is so. A hand makes far fewer edits than this.
#[track_caller]
fn until(t: &mut Driven, key: &str, so: impl Fn(&App) -> bool) {
    for _ in 0..500 {
        if so(t.app()) {
            return;
        }
        t.keys(key);
    }
    panic!("{key} leads nowhere:\n{}", t.screen());
}

proptest! {
    #![proptest_config(Config { cases: 48, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..Config::default() })]

    #[test]
    fn whatever_is_done_can_be_undone_to_the_very_beginning(keys in hand(), step in 1usize..=8) {
        let mut t = at_step(step);
        let first = said(&t.journal.as_ref().unwrap().0);
        for key in keys {
            // In the register of another place an edit is an edit too, but Y to a question would end the review.
            let typed = if let Message::Key(k) = &key { k.typed() } else { None };
            // A sync ends with what git says, and nobody runs git here.
            let shares = typed == Some('s') && t.app().place == Place::Home && t.app().dialogs.is_empty();
            if typed != Some('Y') && !shares {
                t.send(key);
            }
        }
        let session = t.app().held.as_ref().unwrap().session.clone();
        prop_assert_eq!(&t.replayed(), &session, "the journal leads elsewhere");
        until(&mut t, "Esc", |app| app.dialogs.is_empty() && app.search.is_none());
        until(&mut t, "Esc", |app| app.place == Place::Home);
        t.keys("2");
        until(&mut t, "u", |app| app.held.as_ref().unwrap().session.can_undo().is_none());
        prop_assert_eq!(said(t.review()), first);
        prop_assert_eq!(&t.replayed(), &t.app().held.as_ref().unwrap().session);
        until(&mut t, "Ctrl-r", |app| app.held.as_ref().unwrap().session.can_redo().is_none());
        prop_assert!(said(t.review()) == said(session.review()) || session.can_redo().is_some());
    }
}

#[test]
fn where_nothing_may_be_written_each_key_that_would_says_why() {
    let mut t = Driven::opened(bakery(), Access::ReadOnly("open elsewhere: Tom".to_owned()));
    for keys in ["r", "i", "a", "n", "3 +", "3 o", "3 m", "3 x", "3 v", "3 D", "8 e"] {
        t.app_mut().notice = None;
        t.keys(keys);
        let notice = t.app().notice.clone().unwrap_or_else(|| panic!("{keys} says nothing:\n{}", t.screen()));
        assert_eq!((notice.text.as_str(), notice.tone), ("Read-only: open elsewhere: Tom", Tone::Bad), "{keys}");
        assert!(t.app().held.is_none() && t.app().dialogs.is_empty(), "{keys}");
        t.keys("Esc");
    }
    assert!(t.journal.is_none() && t.asked.is_empty());
}

#[test]
fn on_a_broken_file_no_review_is_built_and_it_says_which_and_what_to_do() {
    let mut t = Driven::new();
    let goals = t.root().join("strategy/goals.ron");
    let text = fs::read_to_string(&goals).unwrap();
    fs::write(&goals, &text[..text.len() / 2]).unwrap();
    let broken = storage::open(&t.root(), |_| Week::of(today())).unwrap();
    let mut t = Driven::with(broken);
    t.sees("shows where").keys("r").sees("goals.ron cannot be read: mend it (! shows where), then reload");
    assert!(t.app().held.is_none());
    t.keys("!").sees("goals.ron").keys("Esc");
    t.keys("3 +");
    assert!(t.app().dialogs.is_empty(), "a goal would be added to what was not read");
    t.sees("cannot be read");
}

#[test]
fn a_number_field_keeps_what_was_typed_and_says_what_it_does_not_understand() {
    for (typed, why) in [("12x", "`x` is no part of a number"), ("1,2,3", "is not clear")] {
        let mut t = at_step(3);
        t.keys("Enter").type_text(typed).keys("Ctrl-s").sees(typed).sees(why);
        let before = said(t.review());
        t.keys("Esc");
        assert_eq!(said(t.review()), before);
    }
    let mut t = at_step(4);
    t.keys("Enter Tab").type_text("11").keys("Ctrl-s").sees("from 0 to 10").keys("Backspace Ctrl-s");
    assert_eq!(t.review().goals[0].confidence.unwrap().get(), 1);
}

#[test]
fn a_click_is_what_its_key_is() {
    let mut t = Driven::new().at(100, 30);
    t.click("Strategy").sees("Vision").click("KPIs").sees("Needs a look");
    t.click("Order errors").keys("i").sees("Order errors: 5.1 %").keys("Esc");
    t.click("Review").sees("Hold the review").keys("Y").sees("Who is here").click("Goals").sees("Changed or at risk");
    let step = t.app().step();
    // Large enough for the tabs to be seen above the form.
    let mut t = t.at(100, 45);
    t.keys("d").type_text("What took long to type").click("Issues").send(Message::Intent(Intent::Move(Move::Down)));
    t.sees("What took long to type");
    assert_eq!((t.app().dialogs.len(), t.app().step()), (1, step), "a form is not left by a slip of the mouse");
    t.keys("Esc : Up").send(Message::Intent(Intent::Move(Move::Down)));
    assert_eq!(t.app().dialogs.len(), 1, "the wheel moves through the palette");
}

#[test]
fn escape_closes_a_form_and_keeps_its_text() {
    let mut t = at_step(8);
    t.keys("d").type_text("A matter").keys("Tab").type_text("half a sen").keys("Esc").sees("Kept what you typed");
    assert!(t.app().dialogs.is_empty() && t.review().decisions.iter().all(|d| d.title != "A matter"));
    // Another form does not get it, the same one does, and it ends with saving.
    t.keys("i").lacks("half a sen").keys("Esc");
    t.keys("d").sees("A matter").sees("half a sen").type_text("tence").keys("Ctrl-s");
    assert_eq!(t.review().decisions.last().unwrap().choice, "half a sentence");
    t.keys("d").lacks("half a sen");
}

#[test]
fn on_the_shared_screen_nothing_private_is_drawn() {
    let mut t = Driven::new().at(140, 45);
    t.sees("Mine to do").sees("View the former chemist's shop");
    t.keys("P").lacks("Mine to do").lacks("View the former chemist's shop").sees("what is personal is not drawn");
    let mut t = at_step(5);
    t.keys("P").lacks("Office lists still on paper").lacks("door seal");
    t.keys("Enter").sees("Office lists still on paper");
    t.keys("P").sees("Office lists still on paper");
}

#[test]
fn what_members_reported_is_hidden_until_the_room_is_ready() {
    let mut t = at_step(5).at(140, 45);
    t.lacks("Office lists still on paper").sees("stays hidden").keys("Enter").sees("Office lists still on paper");
    t.keys("u").lacks("Office lists still on paper");
}

#[test]
fn the_reveal_shows_agreement_pulse_and_thanks_and_names_nobody_before_it() {
    let mut t = at_step(5).at(140, 45);
    t.sees("6 of 9 have checked in").lacks("Pulse, without names").lacks("Thanks").lacks("same order");
    t.keys("Enter")
        .sees("partly the same order (0.67)")
        .sees("Pulse, without names")
        .sees("Thanks")
        .sees("Ruth → Hana");
    t.sees("I can speak up").lacks("Two who differ most");
    t.click("partly the same order").sees("Two who differ most: Ines Carvalho and Maya Okafor");
    t.keys("Enter").sees("People who rank blindly agree as much in").keys("Esc");
    t.keys("P Enter").sees("Mean places").lacks("Two who differ most").lacks("Ines Carvalho and Maya Okafor");
}

#[test]
fn fewer_than_four_answers_to_the_pulse_are_only_counted() {
    let mut workspace = bakery();
    for (at, check_in) in workspace.check_ins.iter_mut().enumerate() {
        check_in.pulse.retain(|p| at < 4 || p.statement.as_str() != "values");
    }
    let mut t = Driven::with(workspace).at(140, 45);
    t.keys("r Y Tab Tab Tab Tab Enter").sees("3 answers: shown from 4 on").sees("of 5");
    let sealed = t.app().derived.pulse.iter().find(|p| p.statement.as_str() == "values").unwrap();
    assert_eq!((sealed.answers, sealed.counts, sealed.mean()), (3, None, None));
}

#[test]
fn alignment_leads_with_what_lowers_it_most_and_each_figure_tells_what_it_was_made_of() {
    let mut t = Driven::new().at(140, 45);
    t.keys("9").sees("What lowers it most").sees("Messages delivered").sees("of 100").sees("since 2026-W46");
    t.sees("One could: Tell what is late today").sees("points of the index");
    t.keys("i").sees("Raise an issue").sees("Messages delivered: 50 % (Behaviour)").keys("Esc");
    t.keys("w").sees("messages told in the last 13 weeks, of those and the ones that are late now").keys("Esc");
    t.click("Understanding").keys("Down Up").click("Learning").sees("1 - 2 x Brier score");
    t.keys("w").sees("Predictions, all so far").sees("came true").keys("Esc");
    t.keys("/").type_text("known by heart").keys("Enter").sees("The top three: Establish a thriving online");
}

#[test]
fn a_finding_is_answered_on_the_alignment_screen_only_while_a_review_is_held() {
    let mut t = Driven::new().at(140, 45);
    t.keys("9").click("Nobody owns the initiative").keys("x").sees("Findings are answered in a review");
    let mut t = at_step(6).at(140, 45);
    t.keys("Esc 9").click("Nobody owns the initiative").keys("x").sees("Put aside:").keys("Esc i").sees("Nobody owns");
}

#[test]
fn the_shared_screen_leaves_out_findings_about_one_person() {
    let mut workspace = bakery();
    workspace.config.thresholds.open_items = 0;
    let mut t = Driven::with(workspace).at(140, 45);
    t.keys("9").sees("carries too much").keys("P").sees("What lowers it most").lacks("carries too much");
}

#[test]
fn a_sealed_week_shows_the_alignment_it_was_sealed_with() {
    let mut workspace = bakery();
    let mut last = workspace.latest.as_deref().unwrap().clone();
    let index = truenorth::model::number::Finite::from(42);
    last.alignment.as_mut().unwrap().index = Some(index);
    last.week = last.week.next();
    workspace.weeks.insert(last.week, 1);
    workspace.latest = Some(Arc::new(last));
    let mut t = Driven::with(workspace);
    assert_eq!(t.app().derived.alignment.index, Some(index));
    t.keys("9").sees("42 of 100");
}

#[test]
fn carried_the_third_time_a_promise_becomes_an_issue() {
    let mut workspace = bakery();
    let latest = Arc::make_mut(workspace.latest.as_mut().unwrap());
    latest.actions.iter_mut().find(|a| a.id.as_str() == "merge-trainings").unwrap().carried = 2;
    let mut t = Driven::with(workspace);
    t.keys("r Y Tab");
    let before = said(t.review());
    t.keys("c").sees("Carried 3 times: raised as an issue");
    let about = Subject::Action("merge-trainings".parse().unwrap());
    let issue = t.review().issue_about(&about).unwrap();
    assert_eq!(issue.title, "Carried 3 times: Merge the two counter trainings into one");
    t.keys("u");
    assert_eq!(said(t.review()), before, "mark and issue are one change");
    // Carried the second time, it is only carried.
    t.keys("Down c");
    assert_eq!(t.review().issues.len(), before.issues.len());
}

#[test]
fn leaving_in_the_middle_puts_the_review_aside_and_loses_nothing() {
    let mut t = at_step(3);
    t.keys("i").type_text("half typed").keys("Ctrl-c").sees("What you typed is kept");
    assert!(t.asked.is_empty() && t.app().dialogs.is_empty(), "a form with something typed in it is closed first");
    t.keys("i").sees("half typed").keys("Esc Ctrl-c");
    let [Effect::SaveDraft(draft), Effect::Quit] = t.asked.as_slice() else { panic!("{:?}", t.asked) };
    assert_eq!(said(draft), said(t.review()));
}

#[test]
fn after_the_journal_failed_the_next_edit_begins_a_new_one_that_holds_everything() {
    let mut t = at_step(3);
    t.keys("n").type_text("before").keys("Ctrl-s");
    let failure = Failure { what: "The disk is full.".to_owned(), next: String::new() };
    t.send(Message::JournalFailed(failure));
    t.sees("NOT SAVED").keys("n").type_text("after").keys("Ctrl-s u Ctrl-r").lacks("NOT SAVED");
    assert_eq!(said(t.replayed().review()), said(t.review()), "memory and journal tell the same");
    t.keys("u u u u");
    assert_eq!(said(t.replayed().review()), said(t.review()), "also after more undoing than the journal knows of");
}

#[test]
fn a_program_left_open_over_night_notices_the_new_week() {
    let mut t = Driven::new();
    t.sees("2026-W47").wait(4 * 24 * 3600).keys("j").sees("2026-W48").sees("not held yet");
    let mut t = at_step(3);
    t.wait(4 * 24 * 3600).keys("j").sees("Review 2026-W47");
}

#[test]
fn a_paste_never_runs_keys() {
    let mut t = at_step(3);
    let before = said(t.review());
    t.paste("gryx q Y\r\n\u{1b}").sees("Needs you");
    assert_eq!(said(t.review()), before);
    t.keys("Ctrl-s").paste("Y").sees("Save the review").keys("Esc");
    t.keys("i Ctrl-u").paste("q\r\nY").keys("Ctrl-s");
    assert!(t.review().issues.last().unwrap().title.ends_with("q Y"));
    assert!(t.asked.is_empty());
}

#[test]
fn escape_never_leaves_and_never_discards() {
    let mut t = at_step(4);
    t.keys("8").keys(&"Esc ".repeat(10));
    assert!(t.asked.is_empty(), "{:?}", t.asked);
    t.sees("Home").keys("2").sees("Changed or at risk");
    assert_eq!(t.review().goals.len(), 1);
}

#[test]
fn no_key_of_the_table_is_too_much_anywhere_at_any_size() {
    let keys: BTreeSet<String> =
        Keymap::default().bindings().iter().flat_map(|b| &b.keys).map(ToString::to_string).collect();
    let sizes = [(60, 20), (80, 24), (140, 45), (1, 1)];
    let mut turn = 0;
    for (name, t) in everywhere() {
        for key in &keys {
            let mut t = t.again().at(sizes[turn % 4].0, sizes[turn % 4].1);
            turn += 1;
            t.keys(key);
            let screen = t.screen();
            assert!(t.app().rows().is_empty() || t.app().at().is_some(), "{name}, {key}: the cursor is lost\n{screen}");
        }
    }
}

#[test]
fn a_week_is_not_sealed_while_a_part_it_rests_on_cannot_be_read() {
    let mut t = at_step(8);
    let goals = t.root().join("strategy/goals.ron");
    fs::write(&goals, "<<<<<<< mine\n").unwrap();
    t.keys("R Ctrl-s Y").sees("goals.ron").lacks("is saved");
    assert!(t.app().held.is_some() && !t.app().workspace.weeks.contains_key(&Week::of(today())));
}

#[test]
fn undo_of_the_strategy_never_takes_back_what_was_read_afresh() {
    let mut t = Driven::new();
    t.keys("3 e").type_text(" and well").keys("Ctrl-s").sees("takes it back");
    let before = t.app().workspace.strategy.clone();
    t.keys("R u").sees("No change of the strategy to take back");
    assert_eq!(t.app().workspace.strategy, before);
}

#[test]
fn what_was_closed_long_ago_is_no_commitment_of_this_review() {
    let mut t = at_step(3);
    let before = said(t.review());
    t.keys("Esc 6 Tab End y").sees("closed in an earlier week");
    assert_eq!(said(t.review()), before);
}

#[test]
fn imports_fill_the_weeks_before_the_first_review_and_their_problems_are_told_once() {
    let mut program = Driven::new();
    let text = "(schema: 1, by: \"maya\", on: \"2026-11-19\", source: \"past.csv\",
        readings: [(kpi: \"waste\", week: \"2020-W10\", value: 9), (kpi: \"waste\", week: \"2026-W46\", value: 99)])";
    let file: ReadingsFile = storage::decode(std::path::Path::new("x"), text).unwrap();
    let waste = "waste".parse().unwrap();
    let before = program.app().history.series(&waste);
    let problem = Problem::of_file("readings/x.ron", "not a file of a workspace", "move it away");
    for _ in 0..2 {
        program.send(Message::Imported(vec![file.clone()], vec![problem.clone()]));
    }
    let after = program.app().history.series(&waste);
    let (first, last): (Week, Week) = ("2020-W10".parse().unwrap(), "2026-W46".parse().unwrap());
    assert_eq!((before.get(first), after.get(first).map(|v| v.get())), (None, Some(9.0)));
    assert_eq!(after.get(last), before.get(last), "what a review sealed counts before it");
    assert_eq!(program.app().workspace.problems.iter().filter(|p| **p == problem).count(), 1);
}

#[test]
fn the_why_of_a_goal_tells_its_chance_once_all_weeks_are_read() {
    let mut t = Driven::new().at(140, 45);
    t.keys("3 /")
        .type_text("mistake")
        .keys("Enter w")
        .sees("realistic: no. 7 % to make it by the forecast of “Order errors”");
    t.app_mut().history_complete = false;
    t.app_mut().analyses = Default::default();
    t.keys("Esc w").sees("realistic: not known. no forecast tells");
}

#[test]
fn what_is_typed_is_forgotten_only_after_the_journal_has_it() {
    let mut t = Driven::new();
    t.keys("r Y g").type_text("Sold out");
    let effects = update(&mut t.model, Message::Key("Ctrl-s".parse().unwrap()), noon());
    let at = |what: &str, is: fn(&Effect) -> bool| effects.iter().position(is).unwrap_or_else(|| panic!("no {what}"));
    let journal = at("journal", |e| matches!(e, Effect::Journal(_)));
    let typed = at("typed", |e| matches!(e, Effect::KeepTyped(typed) if typed.is_empty()));
    assert!(journal < typed, "a kill between the two would lose it: {effects:?}");
}

#[test]
fn a_card_that_a_pair_is_made_of_keeps_its_side_until_the_pair_is_another() {
    let mut t = Driven::new().at(100, 30);
    let root = t.root();
    let side = |root: &std::path::Path| std::fs::read_to_string(root.join("registers/swot.ron")).unwrap();
    let before = side(&root);
    t.keys("0 Enter").sees("Flour from a mill that people know").keys("Tab Tab Left Ctrl-s").sees("is made of it");
    assert_eq!(side(&root), before, "nothing was saved");
    assert_eq!(truenorth::storage::check(&root).unwrap().problems, []);
}
