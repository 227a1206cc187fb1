//! Sharing from Home: what is asked, where it stands, how it ended; and the line that says what is not sent.

use truenorth::app::Tone;
use truenorth::app::dialogs::sync::{Asked, Ended, Told, Wish};
use truenorth::app::message::{Effect, Message};
use truenorth::insight::merge::Merge;
use truenorth::model::sharing::{Standing, Step};
use truenorth::storage;

use super::team::{Team, git_out, no_git};
use crate::harness::{Driven, Home, noon};

fn ended(changed: bool) -> Told {
    Told::Ended(Ended {
        tone: Tone::Good,
        title: "Shared: 1 file of yours sent, 2 files of others came".to_owned(),
        lines: vec!["# From others".to_owned(), "check-ins/2026-W47/tom.ron".to_owned()],
        changed,
    })
}

#[test]
fn home_says_what_of_mine_the_others_do_not_have() {
    let mut t = Driven::new();
    t.lacks("Sharing ");
    t.send(Message::Sharing(Standing::NotYet));
    t.sees("not shared from this machine yet");
    let since = |changed, unsent, reached| Standing::Since { at: noon(), reached, changed, unsent };
    t.send(Message::Sharing(since(3, 0, true)));
    t.sees("3 changes of yours not sent; last shared today");
    t.send(Message::Sharing(since(0, 1, false)));
    t.sees("1 commit of yours not sent; last tried today");
    t.send(Message::Sharing(since(0, 0, true)));
    t.sees("all of yours is with the others");
}

#[test]
fn sharing_shows_its_steps_can_be_stopped_and_reads_the_files_again_where_others_came() {
    let mut t = Driven::new();
    assert!(matches!(t.effects_of("s").as_slice(), [Effect::Sync(Wish::Begin)]));
    t.sees("Ask for what is new");
    t.send(Message::Sync(Told::At(Step::Push, 3)));
    t.sees("try 3: others were faster");
    assert!(matches!(t.effects_of("Esc").as_slice(), [Effect::Sync(Wish::Stop)]));
    t.sees("Stopping");
    let again = t.effects_of("Esc");
    assert!(!again.iter().any(|e| matches!(e, Effect::Sync(_))), "what is being written is waited for: {again:?}");
    t.sees("Stopping");
    t.send(Message::Sync(ended(true)));
    t.sees("2 files of others came").sees("check-ins/2026-W47/tom.ron");
    assert!(matches!(t.effects_of("Esc").as_slice(), [Effect::Reopen]));
    t.lacks("2 files of others came");
}

#[test]
fn what_git_could_run_is_shown_and_nothing_is_run_without_a_capital_yes() {
    let asked = || {
        Message::Sync(Told::Asks(Asked {
            question: "Trust this repository?".to_owned(),
            lines: vec!["core.sshcommand = evil".to_owned()],
        }))
    };
    let mut t = Driven::new();
    t.keys("s");
    t.send(asked());
    t.sees("Trust this repository?").sees("core.sshcommand = evil");
    for no in ["Enter", "y", "n"] {
        assert!(!t.effects_of(no).iter().any(|e| matches!(e, Effect::Sync(Wish::Yes))), "{no}");
    }
    t.lacks("Trust this repository?");
    t.keys("s");
    t.send(asked());
    assert!(matches!(t.effects_of("Y").as_slice(), [Effect::Sync(Wish::Yes)]));
}

#[test]
fn from_the_first_question_to_the_last_word_by_keys_in_a_terminal() {
    if no_git() {
        return;
    }
    let home = Home::with_bakery();
    let quiet = [("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")];
    let root = home.root();
    let arguments = ["--as", "maya", "-w", root.to_str().unwrap()];
    let mut t = home.start(&arguments, &quiet);
    t.wait_for("not held yet").keys("s").wait_for("Make a repository here?").keys("Esc").wait_for("Nothing was run");
    assert!(!root.join(".git").exists());
    t.keys("s").wait_for("Make a repository here?").keys("Y").wait_for("Next: add one with").keys("Esc");
    t.wait_for("all of yours is in the history here");
    t.keys("q");
    assert_eq!(t.exit_status(), 0);
    assert!(root.join(".git/refs/heads/main").exists());
}

#[test]
fn two_who_changed_the_same_goal_settle_it_in_a_terminal_and_both_have_it_then() {
    if no_git() {
        return;
    }
    let (team, people) = Team::new(&["maya"]);
    let (maya, home) = (&people[0], Home::empty());
    let tom = home.root();
    let cloned = git_out(&maya.home, &home.folder(), ["clone", "-q", team.bare().to_str().unwrap(), "workspace"]);
    assert!(cloned.status.success(), "{cloned:?}");
    maya.edits(|s| s.goals[0].title = "Worded by Maya".to_owned());
    maya.shares();
    let old = storage::open(&tom, |_| maya.week()).unwrap().strategy;
    let mut new = old.clone();
    new.goals[0].title = "Worded by Tom".to_owned();
    storage::save_strategy(&tom, &old, &new).unwrap();
    let quiet = [("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")];
    let mut t = home.start(&["--as", "tom", "-w", tom.to_str().unwrap()], &quiet);
    t.wait_for("not held yet").keys("s").wait_for("Trust this repository?").keys("Y");
    t.wait_for("Others sent changes").wait_for("Worded by Maya").wait_for("Worded by Tom");
    t.keys("m Ctrl-s")
        .wait_for("Shared: 1 commit of yours that waited sent")
        .keys("Esc")
        .wait_for("all of yours is with the others");
    t.keys("q");
    assert_eq!(t.exit_status(), 0);
    maya.shares();
    assert!(maya.read("strategy/goals.ron").contains("Worded by Tom"));
    assert!(!maya.read("strategy/goals.ron").contains("Worded by Maya"));
    assert_eq!(storage::check(&tom).unwrap().problems, []);
}

#[test]
fn the_states_of_the_dialog_look_like_this() {
    let states = [
        Told::At(Step::Push, 3),
        Told::Asks(Asked {
            question: "Trust this repository?".to_owned(),
            lines: vec![
                "/home/maya/shop/.git".to_owned(),
                "  remote.origin.url = git@example.org:shop.git".to_owned(),
                "Hooks: pre-push (a sync runs none of them)".to_owned(),
            ],
        }),
        ended(true),
        Told::Ended(Ended {
            tone: Tone::Bad,
            title: "Not sent: git@example.org cannot be reached. What is yours is in the history of this machine"
                .to_owned(),
            lines: vec!["Next: sync again once you are online".to_owned()],
            changed: false,
        }),
    ];
    let mut pictures = String::new();
    for (width, height) in [(80, 24), (100, 30)] {
        for told in &states {
            let mut t = Driven::new().at(width, height);
            t.keys("s");
            t.send(Message::Sync(told.clone()));
            pictures += &format!("{width}x{height}\n{}\n\n", t.screen());
        }
        let mut t = Driven::new().at(width, height);
        t.keys("s Esc");
        pictures += &format!("{width}x{height}\n{}\n\n", t.screen());
    }
    insta::with_settings!({ snapshot_path => "../snapshots", omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("sync", pictures);
    });
}

#[test]
fn what_both_changed_is_settled_on_the_screen_and_the_sync_goes_on_with_it() {
    let mut t = Driven::new();
    let base = t.app().workspace.strategy.clone();
    let titled = |title: &str| {
        let mut strategy = base.clone();
        strategy.goals[0].title = title.to_owned();
        strategy
    };
    let merge = Merge::three_way(Some(base.clone()), titled("Mine of the first"), titled("Theirs of the first"));
    t.keys("s");
    t.send(Message::Sync(Told::Clash(Box::new(merge))));
    t.sees("Others sent changes").sees("Mine of the first").sees("Theirs of the first");
    assert!(t.effects_of("Ctrl-s").is_empty(), "nothing goes on before every row has an answer");
    t.keys("t");
    let effects = t.effects_of("Ctrl-s");
    let [Effect::Sync(Wish::Settled(settled))] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(settled.strategy.goals[0].title, "Theirs of the first");
    assert_eq!(settled.mine.goals[0].title, "Mine of the first");
    t.sees("Ask for what is new");
    assert_eq!(t.app().workspace.strategy, base, "the files are the sync's to write");
}
