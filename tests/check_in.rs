//! The member's side: a check-in by keys and by plain lines, what is private, and what happens when others write meanwhile.

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use truenorth::app::message::{Effect, Failure, Message, NotSaved};
use truenorth::app::update::update;
use truenorth::model::checkin::CheckIn;
use truenorth::model::week::Week;
use truenorth::storage;

use crate::harness::{Driven, Home, Pty, noon};

fn week() -> Week {
    "2026-W47".parse().unwrap()
}

fn said(root: &Path, member: &str) -> CheckIn {
    storage::my_check_ins(root, &member.parse().unwrap(), week(), 0).unwrap().0
}

/// Maya's check-in on the screen, with memory asked or not.
fn open(recall_weeks: u32) -> Driven {
    let mut t = Driven::new().at(80, 50);
    t.app_mut().workspace.config.thresholds.recall_weeks = recall_weeks;
    t.keys("c");
    t
}

#[test]
fn a_check_in_takes_a_key_an_answer_and_each_is_in_the_file_at_once() {
    let mut t = open(0);
    t.sees("9 of 20 answered").sees("Who can read this folder can read these answers");
    t.keys("y").sees("10 of 20").sees("saved");
    let root = t.root();
    assert!(said(&root, "maya").progress[0].done);
    t.keys("n").type_text("The chemist was away").keys("Enter").sees("not done: The chemist was away");
    t.keys("y").keys("Down 6").type_text("2,4").keys("Enter").sees("62.4 %").sees("(61.8 %)");
    t.keys("Tab Tab").sees("1 not at all to 5 fully");
    let mine = said(&root, "maya");
    assert_eq!((mine.progress.len(), mine.progress[1].note.as_str()), (2, "The chemist was away"));
    assert_eq!(mine.told.len(), 1);
    let margin = mine.readings.iter().find(|r| r.kpi.as_str() == "gross-margin").unwrap();
    assert_eq!(margin.value.get(), 62.4);
}

#[test]
fn numbers_are_set_by_their_digit_taken_from_last_time_and_taken_back() {
    let mut t = open(0);
    t.keys("/").type_text("five sites").keys("Enter Esc 8");
    let sure = |t: &mut Driven| said(&t.root(), "maya").confidence.first().map(|v| v.confidence.get());
    assert_eq!(sure(&mut t), Some(8));
    t.keys("Up =");
    assert_eq!(sure(&mut t), Some(10));
    t.keys("Up y");
    assert_eq!(sure(&mut t), Some(5), "as last week");
    t.keys("u u").sees("Took the answer back");
    assert_eq!(sure(&mut t), Some(8));
    t.keys("Ctrl-r");
    assert_eq!(sure(&mut t), Some(10));
    t.keys("/").type_text("lived our values").keys("Enter Esc 9").sees("1 to 5").keys("4");
    assert_eq!(said(&t.root(), "maya").pulse[0].agrees.get(), 4);
}

#[test]
fn themes_are_ranked_by_moving_them_and_lines_are_added_until_one_is_enough() {
    let mut t = open(0);
    t.keys("/").type_text("Something for everyone").keys("Enter Esc K");
    let ranking: Vec<String> = said(&t.root(), "maya").ranking.iter().map(ToString::to_string).collect();
    assert_eq!(ranking, ["online", "growth", "range", "craft"]);
    t.keys("1").sees("1.  Something for everyone");
    t.keys("/").type_text("What hinders").keys("Enter Esc Enter").type_text("No flour").keys("Enter");
    t.sees("No flour").sees("Another");
    t.keys("Enter").type_text("No oven").keys("Enter");
    assert_eq!(said(&t.root(), "maya").blockers, ["No flour", "No oven"]);
    t.keys("/").type_text("Whom do").keys("Enter Esc Enter").type_text("rut").keys("Tab").type_text("the late shift");
    t.keys("Ctrl-s").sees("Ruth Adeyemi: the late shift");
}

#[test]
fn while_memory_is_asked_no_goal_and_no_theme_is_on_the_screen() {
    let mut t = open(1);
    let names: Vec<String> = {
        let strategy = &t.app().workspace.strategy;
        let themes = strategy.north_star.themes.iter().map(|t| t.name.clone());
        strategy.goals.iter().map(|g| g.title.chars().take(24).collect()).chain(themes).collect()
    };
    let sees_none = |t: &Driven| names.iter().all(|n| !t.screen().contains(n.as_str()));
    assert!(sees_none(&t));
    t.sees("our three most important goals").keys("Enter").type_text("online orders").keys("Enter");
    t.keys("Enter").type_text("second shop").keys("Enter");
    assert!(sees_none(&t), "two of three are named:\n{}", t.screen());
    t.keys("Enter").type_text("bake").keys("Enter");
    assert!(!sees_none(&t), "all three are named: the rest is asked");
    t.keys("/").type_text("By “online").keys("Enter Esc").sees("y: Grow online orders").keys("y");
    let mine = said(&t.root(), "maya");
    assert_eq!(mine.recall.len(), 3);
    assert_eq!(mine.recall[0].goal.as_ref().unwrap().as_str(), "orders-plus-half");
    assert_eq!(mine.recall[1].goal, None, "nobody picks for the member");
}

#[test]
fn what_was_changed_elsewhere_meanwhile_is_told_and_stays() {
    let mut t = open(0);
    let path = t.root().join("check-ins/2026-W47/maya.ron");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("value: 412", "value: 400").replace("member:", "// mine\n    member:")).unwrap();
    t.keys("/").type_text("Online orders").keys("Enter Esc 4").type_text("50").keys("Enter");
    t.sees("Changed elsewhere meanwhile").sees("400");
    // Another answer of the same file is merged, and the comment stays.
    t.keys("Home y");
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains("value: 400") && text.contains("// mine") && text.contains("progress"), "{text}");
}

#[test]
fn what_the_disk_refuses_is_kept_here_and_tried_again() {
    let mut t = open(0);
    let folder = t.root().join("check-ins/2026-W47");
    let path = folder.join("maya.ron");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, "(((").unwrap();
    t.keys("y").sees("NOT SAVED").keys("n").type_text("ill").keys("Enter").sees("NOT SAVED").sees("not done: ill");
    fs::write(&path, &text).unwrap();
    t.keys("Ctrl-s").lacks("NOT SAVED").sees("saved");
    assert_eq!(said(&t.root(), "maya").progress.len(), 2);
}

#[test]
fn a_sealed_week_is_read_only_and_says_why() {
    let mut t = Driven::new().at(80, 50);
    t.app_mut().screens.check_in.week = Some("2026-W46".parse().unwrap());
    t.keys("c").sees("2026-W46 was sealed by its review").keys("y").sees("can be read, not changed");
    assert!(!t.root().join("check-ins/2026-W46").exists());
}

#[test]
fn nothing_personal_is_opened_while_a_review_is_held_or_drawn_on_the_shared_screen() {
    let secret = "CANARY of my own";
    let mut t = Driven::new().at(140, 50);
    t.private.push((week(), truenorth::app::message::Secret::new(secret)));
    t.keys("M")
        .sees(secret)
        .keys("/")
        .type_text("canary")
        .keys("Enter Esc Enter")
        .sees("A private note on")
        .keys("Esc");
    t.keys("P").lacks("CANARY").sees("what is personal is not drawn").keys("Enter p c P").lacks("A private note on");
    t.keys("Esc 1 r Y").lacks("CANARY").keys("Esc c").sees("what is personal is not opened meanwhile");
    assert!(t.app().screens.mine.notes.is_none(), "they were let go of when the review began");
    t.send(Message::Private(Ok(t.private.clone())));
    assert!(t.app().screens.mine.notes.is_none(), "and do not come in late");
    assert!(!format!("{:?}", t.model).contains("CANARY"));
}

#[test]
fn an_answer_is_called_saved_when_it_is_on_the_disk_and_no_sooner() {
    let mut t = open(0);
    // The writer takes its time: what it was asked is not done yet.
    let asked = update(&mut t.model, Message::Key("y".parse().unwrap()), noon());
    assert!(asked.iter().any(|e| matches!(e, Effect::EditCheckIn(..))));
    t.sees("saving").sees("10 of 20").lacks("  saved");
    let failure = Failure { what: "The disk is full.".to_owned(), next: String::new() };
    t.send(Message::Answered(Err(NotSaved::Failed(failure))));
    t.sees("NOT SAVED").sees("The disk is full").sees("10 of 20").lacks("  saved");
    t.keys("Ctrl-s").lacks("NOT SAVED").sees("  saved");
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut folders = vec![folder.to_path_buf()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found
}

fn holds(bytes: &[u8], words: &str) -> bool {
    bytes.windows(words.len()).any(|w| w == words.as_bytes())
}

fn stand_on<'a>(t: &'a mut Pty, words: &str) -> &'a mut Pty {
    let line = format!("/{words}");
    t.keys("Home /").type_text(words).wait_for(&line).keys("Enter Esc").wait_gone(&line)
}

#[test]
fn a_private_note_is_nowhere_but_in_its_own_file() {
    const CANARY: &str = "canary-7f3a-of-the-oven";
    let home = Home::with_bakery();
    let mut t = home.run(&["checkin", "--as", "maya"]);
    t.wait_for("9 of 20 answered").keys("y").wait_for("10 of 20").wait_for("saved");
    stand_on(&mut t, "Gross margin").keys("6").type_text("1,7").keys("Enter").wait_for("61.7 %").wait_for("11 of 20");
    t.keys("p").wait_for("A private note on").types(CANARY).keys("Esc").wait_for("Kept what you typed");
    let anywhere = |home: &Home| files(&home.folder()).iter().any(|f| holds(&fs::read(f).unwrap_or_default(), CANARY));
    assert!(!anywhere(&home), "what is typed into it is written down before it is saved");
    t.keys("p")
        .wait_for(CANARY)
        .keys("Ctrl-s")
        .wait_for("on this machine only")
        .keys("Esc")
        .wait_for("11 of 20, saved")
        .keys("q");
    assert_eq!(t.exit_status(), 0);

    // A whole review by the same person on the same machine, and its seal; killed once on the way.
    let mut t = home.open();
    t.wait_for("not held yet").keys("Enter").wait_for("Hold the review").keys("Y").wait_for("Who is here").keys("f *");
    t.keys("Tab Tab Tab Tab").wait_for("Enter").keys("Enter").wait_for("stands in the way");
    let before_kill = t.bytes();
    t.kill9();
    let mut t = home.open();
    t.wait_for("Every edit of it is here").keys("Enter").wait_for("stands in the way").keys("Ctrl-s");
    t.wait_for("Save the review").keys("Y").wait_for("is saved").keys("q");
    assert_eq!(t.exit_status(), 0);

    assert!(!holds(&before_kill, CANARY) && !holds(&t.bytes(), CANARY), "the review showed it");
    let own = home.local().data.join("private/maple-street-bakery/maya/2026-W47.txt");
    let everywhere: Vec<PathBuf> =
        files(&home.folder()).into_iter().filter(|f| holds(&fs::read(f).unwrap(), CANARY)).collect();
    assert_eq!(everywhere, std::slice::from_ref(&own));
    assert_eq!(fs::metadata(&own).unwrap().permissions().mode() & 0o777, 0o600);
    let sealed = storage::snapshot(&home.root(), week(), None).unwrap();
    assert!(sealed.check_ins.iter().any(|c| c.member.as_str() == "maya" && c.progress.len() == 1));
    assert!(home.command(&["check"]).status.success());
}

/// The plain prompts with this on standard input.
fn linear(home: &Home, arguments: &[&str], input: &str) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_truenorth"));
    command.args(["--today", "2026-11-19", "checkin", "--linear", "--workspace"]).arg(home.root()).args(arguments);
    command.env("TRUENORTH_HOME", home.folder().join("home")).env_remove("TRUENORTH_MEMBER").env("LC_ALL", "C");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // It may have ended before it read all of it.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let done = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (done.status.code().unwrap(), text(done.stdout), text(done.stderr))
}

#[test]
fn plain_lines_ask_the_same_questions_and_save_each_answer() {
    let home = Home::with_bakery();
    // Two action items, a message, four readings (the second is missing), then the end of the input.
    let (status, out, _) = linear(&home, &["--as", "maya"], "y\nn the chemist was away\n?\ny\n\nlots\n62,4; butter\n");
    assert_eq!(status, 0);
    for words in [
        "View the former chemist's shop:",
        "Saved: not done: the chemist was away",
        "y told, n not yet.",
        "Weekly revenue [18,420 GBP: The town hall's order alone was 380]:",
        "Gross margin [last: 61.8 %]:",
        "Not understood: `l` is no part of a number",
        "Saved: 62.4 %: butter",
        "The input ended. 13 of 20 answered, and saved.",
    ] {
        assert!(out.contains(words), "“{words}” is missing in\n{out}");
    }
    assert!(!out.contains('\u{1b}') && out.is_ascii(), "no colours and no boxes");
    let mine = said(&home.root(), "maya");
    assert_eq!((mine.progress.len(), mine.told.len(), mine.readings.len()), (2, 1, 4));
    // On the screen it goes on where the lines stopped.
    let mut t = home.run(&["checkin", "--as", "maya"]);
    t.wait_for("13 of 20 answered").keys("q");
}

#[test]
fn plain_lines_take_lists_until_an_empty_line_and_a_private_note_last() {
    let home = Home::with_bakery();
    let skip = |n: usize| "\n".repeat(n);
    // Hana: her numbers, confidence and ranking are there; one blocker is, and two more are added.
    let before = linear(&home, &["--as", "hana"], "").1;
    assert!(before.contains("The input ended"));
    let known = linear(&home, &["--as", "hana"], &skip(60)).1;
    let until_blockers = known.split("What stands in your way?").next().unwrap().matches(": \n").count();
    let input = format!("{}\nNo boxes\nNo lists\n\n{}only for me\n", skip(until_blockers), skip(9));
    let (status, out, _) = linear(&home, &["--as", "hana"], &input);
    assert_eq!(status, 0);
    let mine = said(&home.root(), "hana");
    assert_eq!(mine.blockers.len(), 3, "{out}");
    assert_eq!(mine.blockers[1..], ["No boxes", "No lists"]);
}

#[test]
fn plain_lines_refuse_what_cannot_be_answered() {
    let home = Home::with_bakery();
    for (arguments, words) in [
        (&["--as", "maya", "2026-W46"][..], "was sealed"),
        (&["--as", "maya", "2026-W50"], "more than a week away"),
        (&["--as", "nobody"], "no member"),
        (&[], "not known who you are"),
    ] {
        let (status, out, err) = linear(&home, arguments, "");
        assert_eq!((status, out.as_str()), (2, ""), "{arguments:?}");
        assert!(err.contains(words) && err.contains("hint: "), "{err}");
    }
    let full = home.command(&["checkin", "--as", "maya"]);
    assert_eq!(full.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&full.stderr).contains("--linear"));
}
