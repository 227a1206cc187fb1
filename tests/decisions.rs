//! Decisions from the form to the score, messages until they are told, and what becomes of things when somebody leaves.

use std::fs;

use truenorth::app::screens::row::Row;
use truenorth::model::declined::Declined;
use truenorth::model::goal::Kind;
use truenorth::model::record::{Decision, DecisionState, Subject};
use truenorth::model::week::Week;
use truenorth::storage;

use crate::harness::{Driven, Home, at_step, bakery, today};

/// A review at its first step that one has left for a screen.
fn beside_a_review(keys: &str) -> Driven {
    let mut t = at_step(1);
    t.keys("Esc").keys(keys);
    t
}

fn last(t: &Driven) -> &Decision {
    t.review().decisions.last().unwrap()
}

/// Types everything that the form of a decision asks for.
fn fill(t: &mut Driven) {
    t.type_text("Bread after noon").keys("Tab").type_text("Bake once more at eleven").keys("Tab");
    t.type_text("Empty shelves").keys("Tab").type_text("Bake less").keys("Enter").type_text("Close at two").keys("Tab");
    t.type_text("Close at two; reopen if waste passes 9 %").keys("Enter").type_text("Frozen dough").keys("Tab");
    t.keys("Space Tab Down Space Tab Space Tab Down Space Tab").type_text("the night shift").keys("Tab");
    t.type_text("one").keys("Tab Space Down Space Tab").type_text("easily").keys("Tab");
    t.type_text("waste stays below 8 %").keys("Tab").type_text("70 %").keys("Tab").type_text("+7");
}

#[test]
fn everything_that_the_form_asks_is_in_the_decision_and_is_there_again_to_edit() {
    let mut t = at_step(8);
    t.keys("d");
    fill(&mut t);
    t.keys("Ctrl-s").sees("Kept: decision: Bread after noon");
    let d = last(&t).clone();
    assert_eq!((d.title.as_str(), d.choice.as_str()), ("Bread after noon", "Bake once more at eleven"));
    assert_eq!((d.context.as_str(), d.affects.as_str()), ("Empty shelves", "the night shift"));
    assert_eq!(d.options, ["Bake less", "Close at two"]);
    let waste = Declined { what: "Close at two".to_owned(), reopen_if: "waste passes 9 %".to_owned() };
    assert_eq!(d.declined, [waste, Declined::new("Frozen dough")]);
    let star = &t.app().workspace.strategy.north_star.values;
    assert_eq!((&d.serves, &d.strains), (&vec![star[0].id.clone()], &vec![star[1].id.clone()]));
    assert_eq!((d.goals.len(), d.strained_goals.len()), (1, 1));
    assert_ne!(d.goals, d.strained_goals);
    assert_eq!((d.method.label(), d.reversible), ("one decides", Some(true)));
    assert_eq!(d.deciders.iter().map(|m| m.as_str()).collect::<Vec<_>>(), ["maya", "tom"]);
    let prediction = d.prediction.clone().unwrap();
    assert_eq!((prediction.claim.as_str(), prediction.percent.get()), ("waste stays below 8 %", 70));
    assert_eq!(d.review_on, "2026-11-26".parse().ok());
    // Opened and saved again, nothing of it changes; with other words only they do.
    t.keys("Esc 5 / w a s t e Space p a s s e s Enter Esc e").sees("Edit the decision").keys("Ctrl-s");
    assert_eq!(last(&t), &d);
    t.keys("e Ctrl-u").type_text("Bread until six").keys("Ctrl-s");
    assert_eq!(last(&t), &Decision { title: "Bread until six".to_owned(), ..d });
}

#[test]
fn at_eighty_by_twenty_four_every_field_can_be_reached_and_the_form_says_where_one_is() {
    let mut t = at_step(8);
    t.keys("d").sees("About").sees("We chose").keys("Tab Tab").sees("3 of 16");
    for label in
        ["Options", "We said no to", "Values strained", "Goals strained", "Who is affected", "Taken back", "How sure"]
    {
        let mut tabs = 0;
        while !t.screen().contains(&format!("> {label}"))
            && !t.screen().contains(&format!("\u{25b8} {label}"))
            && tabs < 17
        {
            t.keys("Tab");
            tabs += 1;
        }
        assert!(tabs < 17, "{label} is never reached:\n{}", t.screen());
    }
}

#[test]
fn a_decision_takes_the_place_of_another_in_one_go_and_both_tell_of_it() {
    let mut t = beside_a_review("5");
    let old = t.review().decisions.iter().find(|d| d.is_open()).unwrap().clone();
    let word = old.title.clone();
    t.keys("/").type_text(&word).keys("Enter Esc s").sees("Take another decision").sees("It takes the place of");
    t.type_text("We do the opposite").keys("Ctrl-s");
    let new = last(&t).clone();
    assert_eq!((new.choice.as_str(), new.title.as_str()), ("We do the opposite", old.title.as_str()));
    assert_eq!((&new.goals, &new.about), (&old.goals, &Some(Subject::Decision(old.id.clone()))));
    let state = |t: &Driven| t.review().decisions.iter().find(|d| d.id == old.id).unwrap().state.clone();
    assert_eq!(state(&t), DecisionState::Superseded { in_week: t.review().week, by: new.id });
    t.sees("replaced");
    t.keys("u");
    assert_eq!(state(&t), DecisionState::Open);
    assert!(t.review().decisions.iter().all(|d| d.choice != "We do the opposite"), "both are taken back together");
}

#[test]
fn outside_a_review_a_decision_is_read_and_not_changed() {
    let mut t = Driven::new();
    for key in ["e", "s"] {
        t.keys("5").keys(key).sees("Decisions are changed in the review");
        assert!(t.app().dialogs.is_empty());
    }
}

#[test]
fn the_register_of_no_lists_what_was_declined_and_is_searched_in_all_its_words() {
    let mut t = at_step(8).at(140, 45);
    t.keys("d").type_text("Delivery").keys("Tab").type_text("None yet").keys("Tab Tab Tab");
    t.type_text("A van; reopen if forty ask a week").keys("Ctrl-s Esc 5 Tab Tab");
    t.sees("Declined, with what would reopen it").sees("A van").sees("if forty ask a week").sees("2026-W47");
    t.sees("A new oven. A second failure within three months");
    t.keys("/").type_text("forty ask").keys("Enter").sees("We chose: None yet");
    t.keys("Esc Tab").lacks("if forty ask a week");
}

#[test]
fn the_search_of_the_register_looks_into_every_field() {
    let mut t = at_step(8);
    t.keys("d");
    fill(&mut t);
    t.keys("Ctrl-s Esc 5");
    let id = Row::Decision(last(&t).id.clone());
    for words in ["night shift", "bake less", "below 8", "waste passes"] {
        t.keys("Home /").type_text(words).keys("Enter");
        assert_eq!(t.app().row(), Some(&id), "{words}:\n{}", t.screen());
        t.keys("Esc");
    }
    t.keys("Home /").type_text("zeppelin");
    assert!(t.app().notice.as_ref().unwrap().text.starts_with("Nothing here has"));
}

#[test]
fn predictions_are_scored_on_the_screen_beside_what_a_coin_would_get() {
    let mut t = Driven::new().at(100, 30);
    t.keys("5 c")
        .sees("How predictions turned out")
        .sees("Brier score 0.")
        .sees("always saying 50 % would score")
        .sees("0.25.")
        .sees("61-80");
    t.sees("never people");
}

#[test]
fn what_is_due_comes_up_on_home_and_at_close_and_is_asked_what_happened() {
    let mut t = Driven::new().at(140, 45);
    t.sees("To look at again").sees("yearly");
    let mut t = at_step(8);
    t.sees("Decisions to look at again").keys("Enter").sees("What happened").sees("It came true");
}

#[test]
fn a_message_is_to_be_told_until_the_review_hears_that_it_was() {
    let mut workspace = bakery();
    let id = workspace.latest.as_ref().unwrap().messages.iter().find(|m| m.delivered.is_none()).unwrap().id.clone();
    let mut t = Driven::with(workspace.clone());
    t.keys("6 Tab Tab").sees("Hana").lacks("says told");
    t.keys("y").sees("reports it as told in the check-in");
    // Its teller says so in the check-in: the review begins with it, and can take it back.
    workspace.check_ins[0].told.push(id.clone());
    let mut t = Driven::with(workspace);
    t.keys("6 Tab Tab").sees("Told (1)").keys("1 r Y");
    let told = |t: &Driven| t.review().messages.iter().find(|m| m.id == id).unwrap().delivered;
    assert_eq!(told(&t), Some(Week::of(today())));
    t.keys("Esc 6 End y");
    assert_eq!(told(&t), None, "the same key takes it back");
    t.keys("y");
    assert_eq!(told(&t), Some(Week::of(today())));
    t.keys("2 Ctrl-s Y").sees("is saved").keys("6 Tab Tab");
    assert!(t.app().derived.standing.messages.iter().all(|m| m.id != id), "told, it is told to nobody again");
    let sealed = t.app().workspace.latest.clone().unwrap();
    assert!(sealed.messages.iter().any(|m| m.id == id && m.delivered == Some(sealed.week)));
}

#[test]
fn the_facts_stand_beside_the_rating_and_in_the_weeks_story() {
    let mut t = at_step(1).at(100, 30);
    t.keys("* Tab y").wait(65 * 60).keys(&"Tab ".repeat(6)).keys("End Up Enter");
    t.sees("5 min over 60").sees("of 1 action item done").keys("Esc");
    t.keys("Ctrl-s Y").sees("5 min over 60");
}

#[test]
fn who_leaves_keeps_the_past_and_hands_over_everything_that_is_open() {
    let mut t = Driven::new().at(140, 45);
    let file = t.root().join("truenorth.ron");
    let before = fs::read_to_string(&file).unwrap();
    t.keys("L")
        .sees("Somebody leaves")
        .type_text("tom")
        .keys("Tab Tab")
        .type_text("tom")
        .keys("Ctrl-s")
        .sees("somebody else");
    t.keys("Ctrl-u").type_text("ines").keys("Shift-Tab").type_text("+3").keys("Ctrl-s").sees("on the day itself");
    t.keys("Ctrl-u").type_text("2026-11-18").keys("Ctrl-s").sees("Tom Hargreaves has left; L in the review hands over");
    let after = fs::read_to_string(&file).unwrap();
    let line = r#"(id: "tom", name: "Tom Hargreaves", role: "head baker", teams: ["baking"], left: "2026-11-18")"#;
    assert!(after.contains(line), "{after}");
    assert!(after.contains("// People who leave stay"), "comments stay");
    assert_eq!(after.lines().count(), before.lines().count());
    let read = storage::open(&t.root(), |_| Week::of(today())).unwrap();
    assert_eq!((&read.config, &read.strategy), (&t.app().workspace.config, &t.app().workspace.strategy));
    let tom = "tom".parse().unwrap();
    let open = read.strategy.goals.iter().filter(|g| g.is_open());
    for goal in open {
        assert_ne!(goal.owner.as_ref(), Some(&tom), "{}", goal.title);
        assert!(!matches!(&goal.kind, Kind::Initiative { members } if members.contains(&tom)), "{}", goal.title);
    }
    assert!(read.strategy.kpis.iter().all(|k| k.owner.as_ref() != Some(&tom)));
    let closed = |g: &&truenorth::model::goal::Goal| !g.is_open() && g.owner.as_ref() == Some(&tom);
    assert_eq!(
        read.strategy.goals.iter().filter(closed).count(),
        bakery().strategy.goals.iter().filter(closed).count(),
        "what was reached stays his"
    );
    // The findings say what waits, and in the review the same form hands it over.
    let waits = t.app().derived.findings.iter().filter(|f| f.rule == "unowned" && f.evidence.contains("Tom")).count();
    assert!(waits > 0);
    t.keys("r Y L").type_text("tom").keys("Tab Tab").type_text("ines").keys("Ctrl-s");
    assert!(t.review().actions.iter().all(|a| !a.is_open() || a.owner != tom));
    assert!(t.app().derived.findings.iter().all(|f| f.rule != "unowned" || !f.evidence.contains("Tom")));
    t.keys("u");
    assert!(t.review().actions.iter().any(|a| a.is_open() && a.owner == tom));
}

#[test]
fn an_initiative_says_who_works_on_it_and_of_which_teams() {
    let mut t = Driven::new().at(140, 45);
    t.keys("3 /")
        .type_text("order tablet")
        .keys("Enter Esc")
        .sees("Works on it: Tom Hargreaves (Baking), Leo Brandt (Baking).");
    t.keys("Enter").keys(&"Tab ".repeat(11)).sees("best from several teams").keys("c Space Ctrl-s");
    t.sees("Callum Reid (Front of house)");
    // A goal has an owner; people work on initiatives.
    t.keys("Home Enter")
        .keys(&"Tab ".repeat(11))
        .keys("c Space Ctrl-s")
        .sees("only an initiative has people who work on it");
}

#[test]
fn a_decision_with_everything_is_superseded_the_week_after_and_looked_at_again() {
    let home = Home::with_bakery();
    let mut t = home.open();
    t.wait_for("not held yet").keys("Enter").wait_for("Hold the review").keys("Y").wait_for("Who is here");
    t.keys("d")
        .wait_for("We chose")
        .types("Bread after noon")
        .keys("Tab")
        .types("Bake again at eleven")
        .keys("Tab Tab Tab");
    t.types("Frozen dough; reopen if a baker leaves").keys("Tab Tab Tab Tab Tab Tab Tab Tab").wait_for("Taken back");
    t.keys("Tab").types("waste stays below 8 %").keys("Tab").types("70").keys("Tab").types("+7").keys("Ctrl-s");
    t.wait_for("Kept: decision")
        .keys("Ctrl-s")
        .wait_for("Save the review")
        .keys("Y")
        .wait_for("2026-W47 is saved")
        .keys("q");
    assert_eq!(t.exit_status(), 0);

    // The week after: it is due, another one takes the place of an older one, and it is looked at.
    let mut t = home.open_on("2026-11-26");
    t.wait_for("To look at again").keys("Enter").wait_for("Hold the review").keys("Y").wait_for("Who is here");
    t.keys("Esc").wait_for("in progress").keys("5").wait_for("Bread after noon");
    t.keys("/").type_text("bread after").wait_for("/bread after").keys("Enter Esc s").wait_for("It takes the place of");
    t.types("Bake again at ten")
        .keys("Ctrl-s")
        .wait_for("takes the place of")
        .keys("Tab Tab")
        .wait_for("if a baker leaves");
    t.keys("u").wait_for("Took back").keys("2 Shift-Tab").wait_for("This is the first step").keys("] ] ] ] ] ] ]");
    t.wait_for("Decisions to look at again")
        .keys("Home /")
        .type_text("bread")
        .wait_for("/bread")
        .keys("Enter Esc Enter");
    t.wait_for("It came true").types("yes").keys("Tab").types("Seven it was").keys("Ctrl-s").wait_for("came true");
    t.keys("Ctrl-s").wait_for("Save the review").keys("Y").wait_for("2026-W48 is saved").keys("q");
    assert_eq!(t.exit_status(), 0);

    let week = storage::snapshot(&home.root(), "2026-W48".parse().unwrap(), None).unwrap();
    let bread = week.decisions.iter().find(|d| d.title == "Bread after noon").unwrap();
    let outcome = "Seven it was".to_owned();
    assert_eq!(bread.state, DecisionState::Reviewed { in_week: week.week, outcome, came_true: Some(true) });
    assert!(home.command(&["check"]).status.success());
    let no = home.command(&["decision", "declined"]);
    assert!(String::from_utf8_lossy(&no.stdout).contains("reopen if a baker leaves"));
}

#[test]
fn the_command_line_tells_what_was_declined_and_how_predictions_turned_out() {
    let home = Home::with_bakery();
    let told = |arguments: &[&str]| {
        let run = home.command(arguments);
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        String::from_utf8(run.stdout).unwrap()
    };
    let text = told(&["decision", "calibration"]).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains("Brier score 0.") && text.contains("always saying 50 %") && text.contains("61 to 80 %"),
        "{text}"
    );
    let found: serde_json::Value = serde_json::from_str(&told(&["decision", "calibration", "--json"])).unwrap();
    let bins = found["bins"].as_array().unwrap();
    let n: u64 = bins.iter().map(|b| b["n"].as_u64().unwrap()).sum();
    assert_eq!((bins.len(), found["n"].as_u64(), found["always_half"].as_f64()), (5, Some(n), Some(0.25)));
    let no: serde_json::Value = serde_json::from_str(&told(&["decision", "declined", "--json"])).unwrap();
    let oven = no.as_array().unwrap().iter().find(|n| n["what"].as_str().unwrap().starts_with("A new oven")).unwrap();
    assert!(oven["decision"].is_string() && oven["decided"].as_str().unwrap().starts_with("20"));
}
