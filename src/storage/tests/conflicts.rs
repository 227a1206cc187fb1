//! Git's marks taken apart, and the text of what was settled.

use super::GOALS;
use crate::insight::merge::Answer;
use crate::storage::{StrategyFile, Versions, merge_texts, settled_text, split};

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
