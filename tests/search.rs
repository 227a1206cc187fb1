//! What the search finds with what is remembered of each week, held against reading them all.

use std::collections::BTreeSet;

use truenorth::insight::search::{Hit, Query, search};
use truenorth::model::history::History;
use truenorth::model::standing::Standing;

use crate::harness::sample::{bakery, bakery_weeks};

/// Every word that the weeks hold, in lower case, and pieces of these.
fn words(history: &History) -> BTreeSet<String> {
    let weeks = history.weeks().iter();
    let said = weeks.clone().flat_map(|w| w.words.iter().map(|words| words.text.clone()));
    let decided = weeks.clone().flat_map(|w| w.decisions.iter().flat_map(|d| [d.title.clone(), d.choice.clone()]));
    let raised = weeks.clone().flat_map(|w| w.issues.iter().flat_map(|i| [i.title.clone(), i.detail.clone()]));
    let promised = weeks.flat_map(|w| w.actions.iter().map(|a| a.title.clone()));
    let texts: Vec<String> = said.chain(decided).chain(raised).chain(promised).collect();
    let whole = texts.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric())).map(str::to_lowercase);
    let pieces = |word: String| {
        let inside: String = word.chars().skip(1).take(5).collect();
        [word, inside]
    };
    whole.flat_map(pieces).filter(|word| !word.is_empty()).collect()
}

#[test]
fn no_week_is_passed_over_that_holds_what_is_looked_for() {
    let history = bakery_weeks();
    let mut unknown = History::default();
    for week in history.weeks() {
        let mut week = week.clone();
        assert!(!week.trace.as_bytes().is_empty(), "{}", week.week);
        week.trace = Default::default();
        unknown.insert(week);
    }
    history.quarters().iter().for_each(|quarter| unknown.insert_quarter(quarter.clone()));
    let (standing, bakery) = (Standing::default(), bakery());
    let find = |typed: &str, history: &History| -> BTreeSet<String> {
        let line = |hit: Hit| format!("{} {:?} {:?} {:?}", hit.week, hit.place, hit.title, hit.excerpt);
        search(&Query::parse(typed), history, &standing, &bakery.strategy).into_iter().map(line).collect()
    };
    let words: Vec<String> = words(&history).into_iter().collect();
    assert!(words.len() > 500, "{}", words.len());
    let mut found = 0;
    for (nth, word) in words.iter().enumerate().step_by(5) {
        for typed in [word.clone(), format!("{word} {}", words[(nth * 7 + 3) % words.len()]), format!("note: {word}")] {
            let hits = find(&typed, &history);
            assert_eq!(hits, find(&typed, &unknown), "{typed}");
            found += hits.len();
        }
    }
    assert!(found > 1000, "{found}");
}

#[test]
fn a_word_that_was_hardly_said_leads_to_a_few_weeks() {
    let history = bakery_weeks();
    let rare = words(&history).into_iter().filter(|w| w.len() > 7 && w.is_ascii()).collect::<Vec<_>>();
    let texts =
        |week: &truenorth::model::history::WeekDigest| format!("{:?}", (&week.words, &week.decisions)).to_lowercase();
    let all: Vec<String> = history.weeks().iter().map(texts).collect();
    let (mut wrong, mut asked) = (0, 0);
    for word in rare.iter().step_by(9) {
        let marks = truenorth::model::trace::marks(word);
        for (week, text) in history.weeks().iter().zip(&all) {
            asked += 1;
            wrong += usize::from(week.trace.may_hold(&marks) && !text.contains(word.as_str()));
        }
    }
    assert!(wrong * 10 < asked, "{wrong} weeks of {asked} would be read for nothing");
}
