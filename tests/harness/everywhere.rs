//! Every place of the program one can stand at, and how to get there.

use truenorth::app::dialogs::clash::Told;
use truenorth::app::dialogs::{Confirm, Confirmed, Dialog};
use truenorth::app::message::Message;
use truenorth::insight::merge::{Merge, Met};
use truenorth::model::goal::Kind;

use super::Driven;

/// In the review, at a step: 1 for Open, 8 for Close.
pub(crate) fn at_step(n: usize) -> Driven {
    let mut t = Driven::new();
    t.keys("r Y").keys(&"Tab ".repeat(n - 1));
    t
}

/// In the review of the quarter, at a step: 1 for Open, 6 for Commit.
pub(crate) fn at_quarter_step(n: usize) -> Driven {
    let mut t = Driven::new();
    t.keys("Q Y *").keys(&"Tab ".repeat(n - 1));
    t
}

/// Two versions of the strategy that clash: a number, a text, a record; and what only one side changed.
pub(crate) fn clashing() -> Driven {
    let mut t = Driven::new();
    let base = t.app().workspace.strategy.clone();
    let (mut mine, mut theirs) = (base.clone(), base.clone());
    let result = base.goals.iter().position(|g| g.is_open() && g.measure().is_some()).unwrap();
    for (strategy, value) in [(&mut mine, 47), (&mut theirs, 46)] {
        if let Kind::KeyResult { target, .. } = &mut strategy.goals[result].kind {
            *target = Some(value.into());
        }
    }
    mine.goals[0].note = "Online they can reach us every day, and they do.".to_owned();
    theirs.goals[0].note = "Half of the families pass the shop only on Saturdays.\nAsk Ruth.".to_owned();
    let gone = mine.goals.remove(result + 1).id;
    theirs.goals.iter_mut().find(|g| g.id == gone).unwrap().owner = "tom".parse().ok();
    mine.kpis[0].owner = "tom".parse().ok();
    theirs.north_star.mission = "Bake what the street wants".to_owned();
    let merge = Box::new(Merge::three_way(Some(base), mine, theirs));
    t.keys("3").send(Message::Clash(Told::Found(Met::Outside, merge)));
    t
}

/// Every place, every step, and a dialog of each kind: how to get there.
pub(crate) fn everywhere() -> Vec<(String, Driven)> {
    let mut all = Vec::new();
    for place in 1..=9 {
        let mut t = Driven::new();
        t.keys(&place.to_string());
        all.push((format!("place {place}"), t));
    }
    for step in 2..=8 {
        all.push((format!("step {step}"), at_step(step)));
    }
    for (step, keys) in [
        (1, "g"),
        (2, "Enter"),
        (2, "x"),
        (3, "Enter"),
        (3, "t"),
        (3, "w"),
        (4, "Enter"),
        (5, "Enter"),
        (6, "x"),
        (7, "d"),
        (7, "s"),
        (8, "m"),
        (8, "Enter"),
        (8, "Ctrl-s"),
        (8, ":"),
        (8, "?"),
        (8, "!"),
        (8, "/"),
        (8, "P"),
        (8, "P Ctrl-s"),
        (8, "3 +"),
        (8, "3 v"),
        (8, "3 m"),
        (8, "8 c"),
        (8, "8 e"),
        (3, "t m"),
        (3, "t Tab Tab"),
        (3, "t Tab Tab Tab"),
        (4, "t Tab"),
        (3, "t b"),
        (8, "F o v e n"),
        (5, "Enter Esc 9 Enter"),
        (8, "9 P"),
    ] {
        let mut t = at_step(step);
        t.keys(keys);
        all.push((format!("step {step}, {keys}"), t));
    }
    for keys in ["c", "c Enter", "c 7 7", "c p", "c End", "M", "M Enter", "M P", "c P Enter"] {
        let mut t = Driven::new();
        t.keys(keys);
        all.push((format!("personal, {keys}"), t));
    }
    all.push(("two versions".to_owned(), clashing()));
    let mut t = Driven::new();
    let details = vec!["x".to_owned()];
    let question = "Throw it away?".to_owned();
    t.app_mut().dialogs.push(Dialog::Confirm(Confirm { question, details, yes: Confirmed::Discard }));
    all.push(("a question".to_owned(), t));
    all
}
