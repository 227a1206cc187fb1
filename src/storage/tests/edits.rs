//! The user's files stay the user's: what was not edited keeps its every byte.

use std::path::Path;

use proptest::prelude::*;

use super::{GOALS, Shop, week};
use crate::model::checkin::CheckIn;
use crate::model::goal::Goal;
use crate::model::kpi::{Aim, Target};
use crate::model::number::Finite;
use crate::model::strategy::Strategy;
use crate::storage::save::proven;
use crate::storage::source::MAX_FILE;
use crate::storage::splice::edit;
use crate::storage::{StorageError, decode, save_strategy};

fn goals(text: &str) -> Vec<Goal> {
    decode(std::path::Path::new("goals"), text).unwrap()
}

fn edited(text: &str, change: impl FnOnce(&mut Vec<Goal>)) -> String {
    let old = goals(text);
    let mut new = old.clone();
    change(&mut new);
    edit(text, &old, &new).unwrap()
}

#[test]
fn a_changed_value_changes_only_its_own_text() {
    let text = edited(GOALS, |g| g[0].title = "More \"orders\"".to_owned());
    assert_eq!(text, GOALS.replace("\"Orders\"", r#""More \"orders\"""#));
}

#[test]
fn a_field_is_added_and_removed_where_it_belongs() {
    let with = edited(GOALS, |g| g[0].due = chrono::NaiveDate::from_ymd_opt(2026, 12, 31));
    let line = "owner: \"maya\",\n        due: \"2026-12-31\",\n";
    assert_eq!(with, GOALS.replace("owner: \"maya\",\n", line), "and in the file's own manner, without Some");
    assert_eq!(edited(&with, |g| g[0].due = None), GOALS);
}

#[test]
fn an_item_is_added_removed_and_moved_with_its_comments() {
    let new = Goal { id: "new".parse().unwrap(), title: "New".to_owned(), ..goals(GOALS)[1].clone() };
    let with = edited(GOALS, |g| g.push(new));
    assert!(with.starts_with(&GOALS[..GOALS.len() - 2]) && with.contains("    (\n        id: \"new\",\n"), "{with}");
    assert_eq!(edited(&with, |g| drop(g.pop())), GOALS);
    let moved = edited(GOALS, |g| g.swap(0, 1));
    assert!(moved.find("// wide").unwrap() < moved.find("// the big one").unwrap(), "{moved}");
    let without = edited(GOALS, |g| drop(g.remove(0)));
    assert!(without.contains("// ==== Online ====") && !without.contains("the big one"), "{without}");
}

#[test]
fn what_a_user_leaves_out_stays_left_out_and_what_they_spell_out_stays() {
    let text = "[(id: \"a\", title: \"A\", kind: goal, note: \"\", owner: \"maya\")]";
    assert_eq!(edited(text, |g| g[0].title = "B".to_owned()), text.replace("\"A\"", "\"B\""));
    assert_eq!(edited(text, |g| g[0].note = "n".to_owned()), text.replace("note: \"\"", "note: \"n\""));
    assert_eq!(edited(text, |g| g[0].owner = "ben".parse().ok()), text.replace("maya", "ben"), "no Some is added");
}

#[test]
fn the_example_in_an_empty_list_stays_when_the_first_item_comes() {
    let text = "[\n    // (id: \"x\", title: \"an example\"),\n]\n";
    let with = edited(text, |g| g.push(goals(GOALS).remove(1)));
    assert!(with.starts_with("[\n    // (id: \"x\", title: \"an example\"),\n    (\n        id: \"ease\","), "{with}");
    assert_eq!(edited(&with, Vec::clear), "[\n]\n", "a remark right above an item is about that item");
    let template = include_str!("../empty/goals.ron");
    let with = edited(template, |g| g.push(goals(GOALS).remove(1)));
    assert!(with.starts_with(&template[..template.len() - 2]), "{with}");
}

#[test]
fn a_line_comment_never_swallows_what_is_put_behind_it() {
    let text = "[(id: \"a\", title: \"A\", kind: goal), (id: \"b\", title: \"B\", kind: goal) // last\n]";
    let moved = edited(text, |g| g.swap(0, 1));
    assert_eq!(goals(&moved).iter().map(|g| g.id.as_str()).collect::<Vec<_>>(), ["b", "a"]);
    assert!(moved.contains("// last\n"), "{moved}");
    let short = "[(id: \"a\", title: \"A\", kind: goal, kpis: [\"x\", \"y\"])]";
    let with = edited(short, |g| g[0].kpis.push("z".parse().unwrap()));
    assert_eq!(with, short.replace("\"y\"", "\"y\", \"z\""));
    assert_eq!(edited(&with, |g| drop(g[0].kpis.pop())), short);
}

#[test]
fn line_ends_and_the_byte_order_mark_of_windows_survive() {
    let text = format!("\u{feff}{}", GOALS.replace('\n', "\r\n"));
    let changed = edit(&text, &goals(GOALS), &{
        let mut new = goals(GOALS);
        new[1].title = "Easier".to_owned();
        new
    })
    .unwrap();
    assert_eq!(changed, text.replace("\"Ease\"", "\"Easier\""));
}

#[test]
fn saving_the_strategy_touches_only_what_changed_and_keeps_the_comments() {
    let shop = Shop::new();
    let old = shop.strategy();
    let mut new = old.clone();
    let from = week("2026-W40");
    new.kpis[0].targets.push(Target { from, aim: Aim::At(Finite::from(7)), why: String::new() });
    let before = shop.files();
    save_strategy(shop.root(), &old, &new).unwrap();
    assert_eq!(
        shop.read("strategy/kpis.ron"),
        super::KPIS.replace("// first\n", "// first\n            (from: \"2026-W40\", aim: at(7)),\n")
    );
    assert_eq!(shop.strategy(), new);
    let changed = shop.files().into_iter().filter(|f| !before.contains(f)).count();
    assert_eq!(changed, 1, "one file changed and nothing was left behind");
    assert_eq!(shop.files().len(), before.len());
}

#[test]
fn an_edit_is_refused_when_the_file_changed_since_it_was_loaded() {
    let shop = Shop::new();
    let old = shop.strategy();
    let mut new = old.clone();
    new.goals[0].title = "Mine".to_owned();
    new.kpis[0].name = "Mine".to_owned();
    let theirs = super::KPIS.replace("\"Share\"", "\"Theirs\"");
    shop.write("strategy/kpis.ron", theirs.as_bytes());
    let refused = save_strategy(shop.root(), &old, &new);
    assert!(matches!(refused, Err(StorageError::Changed { path }) if path.ends_with("kpis.ron")));
    assert_eq!(shop.read("strategy/kpis.ron"), theirs);
    assert_eq!(shop.read("strategy/goals.ron"), GOALS, "the other file was not written either");
    // A comment added meanwhile is no change of the value: it is kept.
    shop.write("strategy/kpis.ron", format!("// theirs\n{}", super::KPIS).as_bytes());
    save_strategy(shop.root(), &old, &new).unwrap();
    assert!(shop.read("strategy/kpis.ron").starts_with("// theirs\n"));
}

#[test]
fn a_strategy_file_that_is_not_there_yet_is_created() {
    let shop = Shop::new();
    let old = Strategy { goals: Vec::new().into(), ..shop.strategy() };
    std::fs::remove_file(shop.at("strategy/goals.ron")).unwrap();
    let new = Strategy { goals: goals(GOALS).into(), ..old.clone() };
    save_strategy(shop.root(), &old, &new).unwrap();
    assert_eq!(shop.strategy().goals, new.goals);
}

#[test]
fn what_would_not_be_read_back_as_the_same_is_not_written() {
    let (root, path) = (Path::new("shop"), Path::new("x.ron"));
    let refused = |result| matches!(result, Err(StorageError::Refused { path, .. }) if path.ends_with("x.ron"));
    assert!(refused(proven(root, path, &f64::NAN)), "it is not even the same as itself");
    let around = proven(root, path, &String::new()).unwrap().len();
    let most = usize::try_from(MAX_FILE).unwrap() - around;
    assert!(proven(root, path, &"a".repeat(most)).is_ok());
    assert!(refused(proven(root, path, &"a".repeat(most + 1))), "a file that is too large to be read");
}

#[test]
fn a_file_that_failed_to_load_is_never_written() {
    for bad in ["", "[(id: \"a\"", "<<<<<<< mine\n[]\n", "\0\0\0"] {
        let shop = Shop::new();
        shop.write("strategy/goals.ron", bad.as_bytes());
        shop.write("check-ins/2026-W47/maya.ron", bad.as_bytes());
        let old = shop.strategy();
        assert!(old.goals.is_empty());
        let new = Strategy { goals: goals(GOALS).into(), ..old.clone() };
        assert!(save_strategy(shop.root(), &old, &new).is_err(), "{bad:?}");
        assert!(shop.check_in(&CheckIn::new("maya".parse().unwrap(), week("2026-W47"))).is_err(), "{bad:?}");
        assert_eq!(shop.read("strategy/goals.ron"), bad);
        assert_eq!(shop.read("check-ins/2026-W47/maya.ron"), bad);
    }
}

#[test]
fn a_check_in_is_created_once_and_edited_afterwards() {
    let shop = Shop::new();
    let mut check_in = CheckIn::new("maya".parse().unwrap(), week("2026-W47"));
    check_in.blockers.push("the oven".to_owned());
    shop.check_in(&check_in).unwrap();
    let path = "check-ins/2026-W47/maya.ron";
    let commented = shop.read(path).replace("blockers:", "// why I am late\n    blockers:");
    shop.write(path, commented.as_bytes());
    check_in.note = "Hello".to_owned();
    shop.check_in(&check_in).unwrap();
    assert!(shop.read(path).contains("// why I am late\n    blockers:") && shop.read(path).contains("note: \"Hello\""));
    assert_eq!(crate::storage::check_ins(shop.root(), week("2026-W47")), (vec![check_in], vec![]));
}

/// A commented list: each item has a comment above it, one behind its title and one behind itself.
fn commented(ids: &[u8], style: u8) -> String {
    let mut text = String::from("// top of the file\n[ // after the bracket\n");
    for id in ids {
        text.push_str(&match style % 3 {
            0 => format!("    // above {id}.\n    (\n        id: \"g{id}\",\n        title: \"T{id}\", // title {id}.\n        kind: goal,\n        /* before owner {id}. */ owner: \"maya\"\n    ), // behind {id}.\n\n"),
            1 => format!("    // above {id}.\n    (id: \"g{id}\", title: \"T{id}\", kind: key_result(target: 5)), // behind {id}.\n"),
            _ => format!("\t/* above {id}. */ (id: \"g{id}\", /* title {id}. */ title: \"T{id}\",\n\t kind: goal, note: r#\"raw // {id}\"#), // behind {id}.\n"),
        });
    }
    text.push_str("    // end of the list\n]\n// end of the file\n");
    text
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn random_edits_keep_every_comment_of_what_was_not_edited(
        count in 1u8..6,
        style in 0u8..3,
        edits in prop::collection::vec((0u8..6, any::<prop::sample::Index>(), "[a-z\"\\\\\n é]{0,12}"), 1..6),
    ) {
        let ids: Vec<u8> = (0..count).collect();
        let text = commented(&ids, style);
        let old = goals(&text);
        let mut new = old.clone();
        for (n, (kind, at, word)) in edits.iter().enumerate() {
            if new.is_empty() { break; }
            let at = at.index(new.len());
            match kind {
                0 => new[at].title = word.clone(),
                1 => new[at].note = word.clone(),
                2 => new[at].owner = if word.len() > 4 { "ben".parse().ok() } else { None },
                3 => drop(new.remove(at)),
                4 => { let goal = Goal { id: format!("n{n}").parse().unwrap(), title: word.clone(), ..old[0].clone() }; new.insert(at, goal); }
                _ => { let goal = new.remove(at); new.push(goal); }
            }
        }
        let edited = edit(&text, &old, &new).map_err(TestCaseError::fail)?;
        prop_assert_eq!(&goals(&edited), &new);
        for comment in ["// top of the file", "// after the bracket", "// end of the list", "// end of the file"] {
            prop_assert!(edited.contains(comment), "{}", edited);
        }
        for (id, goal) in ids.iter().zip(&old) {
            let Some(after) = new.iter().find(|g| g.id == goal.id) else { continue };
            let mut expected = vec![format!("above {id}."), format!("behind {id}.")];
            if style != 1 && after.title == goal.title { expected.push(format!("title {id}.")); }
            for comment in expected {
                prop_assert_eq!(edited.matches(&comment).count(), 1, "{} in\n{}", comment, edited);
            }
        }
        prop_assert_eq!(edit(&edited, &new, &new).map_err(TestCaseError::fail)?, edited);
    }
}
