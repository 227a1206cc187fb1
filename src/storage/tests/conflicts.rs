//! Git's marks taken apart, and the text of what was settled.

use super::{CONFIG, GOALS, Shop};
use crate::insight::merge::Answer;
use crate::storage::{
    StorageError, StrategyFile, Versions, merge_texts, open, save_or_merge_config, settled_text, split,
};

#[test]
fn marks_of_git_are_taken_apart_into_whole_texts() {
    let marked = "a\n<<<<<<< HEAD\nmine\n||||||| 1a2b\nbase\n=======\ntheirs\n>>>>>>> branch\nz\n";
    let found = split(marked).unwrap();
    let whole = |s: &str| format!("a\n{s}\nz\n");
    assert_eq!(found, Versions { base: Some(whole("base")), mine: whole("mine"), theirs: whole("theirs") });
    let merge_style = marked.replace("||||||| 1a2b\nbase\n", "").replace('\n', "\r\n");
    let found = split(&merge_style).unwrap();
    assert_eq!((found.base, found.mine), (None, whole("mine").replace('\n', "\r\n")));
}

#[test]
fn what_is_no_pair_of_versions_is_not_taken_for_one() {
    for text in [
        "",
        "plain\n=======\ntext\n",
        "<<<<<<< a\nmine\n=======\ntheirs\n",
        "<<<<<<< a\nmine\n>>>>>>> b\n",
        "<<<<<<< a\n<<<<<<< a\nmine\n=======\ntheirs\n>>>>>>> b\n",
        "mine\n>>>>>>> b\n",
    ] {
        assert_eq!(split(text), None, "{text}");
    }
    // A text of ours may well hold such a line inside.
    assert_eq!(split("[\n    \"<<<<<<< not at the beginning\",\n]\n"), None);
}

#[test]
fn three_texts_are_merged_and_the_settled_one_keeps_the_comments() {
    let mine = GOALS.replace("\"Orders\"", "\"My orders\"");
    let theirs = GOALS.replace("\"Ease\"", "\"Their ease\" /* theirs */");
    let merge = merge_texts(StrategyFile::Goals, Some(GOALS), &mine, &theirs).unwrap();
    assert_eq!(merge.clashes().count(), 0);
    let settled = merge.settle(&[]).unwrap();
    let text = settled_text(StrategyFile::Goals, &theirs, &merge.theirs, &settled).unwrap();
    assert_eq!(text, theirs.replace("\"Orders\"", "\"My orders\""));
    let unknown = merge_texts(StrategyFile::Goals, None, &mine, &theirs).unwrap();
    assert_eq!(unknown.clashes().count(), 2);
    assert_eq!(unknown.all(Answer::Mine).unwrap(), unknown.mine);
    assert!(merge_texts(StrategyFile::Goals, None, "[(id: 1)]", &theirs).is_err());
}

/// The shop, with what it says and what the screen would save: another name, and Ben without his.
fn renamed(shop: &Shop) -> [crate::model::workspace::Config; 2] {
    let old = open(shop.root(), |_| super::week("2026-W47")).unwrap().config;
    let mut new = old.clone();
    new.name = "Corner shop".to_owned();
    new.people[1].name = "Benjamin".to_owned();
    [old, new]
}

#[test]
fn different_fields_of_truenorth_ron_are_both_kept_with_their_comments() {
    let shop = Shop::new();
    let [old, new] = renamed(&shop);
    let theirs = CONFIG
        .replace("name: \"Maya\"", "name: \"Maya O.\" /* theirs */")
        .replace("    teams:", "    // what the till counts in\n    currency: \"GBP\",\n    teams:")
        .replace(
            "(id: \"front\", name: \"Front\")",
            "(id: \"front\", name: \"Front\"), (id: \"back\", name: \"Back\")",
        );
    shop.write("truenorth.ron", theirs.as_bytes());
    let saved = save_or_merge_config(shop.root(), &old, &new).unwrap();
    let both = theirs.replace("\"Shop\"", "\"Corner shop\"").replace("name: \"Ben\"", "name: \"Benjamin\"");
    assert_eq!(shop.read("truenorth.ron"), both);
    assert_eq!(saved, open(shop.root(), |_| super::week("2026-W47")).unwrap().config, "it is told as it is written");
    // Nobody was in between: it is an edit as any other.
    assert_eq!(save_or_merge_config(shop.root(), &saved, &old).unwrap(), old);
}

#[test]
fn what_both_changed_in_truenorth_ron_is_refused_with_both_and_nothing_is_written() {
    for (field, theirs, words) in [
        ("name: \"Shop\"", "name: \"Their shop\"", ["Their shop", "Corner shop", "name of the workspace"]),
        ("name: \"Ben\"", "name: \"Benno\"", ["Benno", "Benjamin", "name of person \u{201c}Ben\u{201d}"]),
        (
            "        (id: \"ben\", name: \"Ben\"),\n",
            "",
            ["removed", "changed: name Benjamin", "person \u{201c}Ben\u{201d}"],
        ),
    ] {
        let shop = Shop::new();
        let [old, new] = renamed(&shop);
        shop.write("truenorth.ron", CONFIG.replace(field, theirs).as_bytes());
        let before = shop.files();
        let refused = save_or_merge_config(shop.root(), &old, &new).unwrap_err();
        assert!(matches!(refused, StorageError::Refused { .. }), "{refused}");
        let told = refused.to_string();
        assert!(words.iter().all(|w| told.contains(w)), "{told}");
        assert_eq!(shop.files(), before, "{told}");
    }
}

#[test]
fn a_truenorth_ron_that_cannot_be_read_or_is_of_a_newer_format_meanwhile_is_left_as_it_is() {
    for theirs in [CONFIG.replace("schema: 1", "schema: 2"), CONFIG.replace("schema: 1", "schema: one"), String::new()]
    {
        let shop = Shop::new();
        let [old, new] = renamed(&shop);
        shop.write("truenorth.ron", theirs.as_bytes());
        let refused = save_or_merge_config(shop.root(), &old, &new);
        assert_eq!(shop.read("truenorth.ron"), theirs, "{refused:?}");
        assert!(refused.is_err(), "{refused:?}");
    }
}
