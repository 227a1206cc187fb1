//! Answers in words, as numbers for a trend, and goals that are near to what somebody remembers.

use std::collections::BTreeSet;

use crate::insight::words::words;
use crate::model::answer::Answer;
use crate::model::goal::Goal;
use crate::model::strategy::Strategy;
use crate::model::week::Week;
use crate::model::workspace::Config;

/// An answer in words; empty when nothing was said.
#[must_use]
pub fn show(answer: &Answer, config: &Config, strategy: &Strategy) -> String {
    let with = |head: String, note: &str| if note.is_empty() { head } else { format!("{head}: {note}") };
    match answer {
        Answer::Progress(_, said) => {
            let word = |done| if done { say!("done") } else { say!("not done") }.to_owned();
            said.as_ref().map(|(done, note)| with(word(*done), note)).unwrap_or_default()
        }
        Answer::Told(_, told) => if *told { say!("told") } else { "" }.to_owned(),
        Answer::Reading(id, said) => said
            .as_ref()
            .map(|(value, note)| with(strategy.kpi(id).map_or_else(|| value.to_string(), |kpi| kpi.show(*value)), note))
            .unwrap_or_default(),
        Answer::Confidence(_, said) => said.map(|c| say!("{c} of 10", c = c.get())).unwrap_or_default(),
        Answer::Recall(_, said) => said.as_ref().map(|s| s.words.clone()).unwrap_or_default(),
        Answer::Ranking(themes) => {
            let name = |id| strategy.theme(id).map_or_else(|| id.to_string(), |t| t.name.clone());
            themes.iter().map(name).collect::<Vec<_>>().join(" > ")
        }
        Answer::Pulse(_, said) => said.map(|a| say!("{a} of 5", a = a.get())).unwrap_or_default(),
        Answer::Thanks(said) => {
            said.as_ref().map(|t| with(config.name_of(&t.to).to_owned(), &t.text)).unwrap_or_default()
        }
        Answer::Blocker(text) | Answer::Idea(text) | Answer::Headline(text) | Answer::Note(text) => text.clone(),
    }
}

/// An answer as a number, for its trend.
pub(super) fn number(answer: &Answer) -> Option<f64> {
    match answer {
        Answer::Confidence(_, said) => said.map(|c| f64::from(c.get())),
        Answer::Pulse(_, said) => said.map(|a| f64::from(a.get())),
        Answer::Reading(_, said) => said.as_ref().map(|(value, _)| value.get()),
        Answer::Progress(..)
        | Answer::Told(..)
        | Answer::Recall(..)
        | Answer::Ranking(_)
        | Answer::Blocker(_)
        | Answer::Idea(_)
        | Answer::Thanks(_)
        | Answer::Headline(_)
        | Answer::Note(_) => None,
    }
}

/// Something said in an earlier week; which one, unless it was the one before.
pub(super) fn at_week(said: String, week: Week, now: Week) -> String {
    if week == now.previous() || said.is_empty() { said } else { format!("{said}, {}", week.short()) }
}

/// The open goal whose title has most of these words in it; of several the one that lies highest in the tree, then the one
/// that says least beside them. None where no word is shared.
#[must_use]
pub fn suggested<'a>(strategy: &'a Strategy, said: &str) -> Option<&'a Goal> {
    let said = words(said);
    let likeness = |goal: &Goal| {
        let title = words(&goal.title);
        let depth = strategy.line_of_sight(&goal.id).len();
        (shared(&said, &title), std::cmp::Reverse((depth, title.len())))
    };
    let open = strategy.goals.iter().filter(|g| g.is_open() && shared(&said, &words(&g.title)) > 0);
    // Of equals the first in the file counts: max_by_key would take the last.
    open.rev().max_by_key(|g| likeness(g))
}

/// How many words of one set begin like a word of the other: `order` and `orders` are one.
fn shared(a: &BTreeSet<String>, b: &BTreeSet<String>) -> usize {
    let same = |x: &str, y: &str| x == y || (x.len().min(y.len()) >= 4 && (x.starts_with(y) || y.starts_with(x)));
    a.iter().filter(|x| b.iter().any(|y| same(x, y))).count()
}
