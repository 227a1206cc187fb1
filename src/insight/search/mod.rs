//! Search over every week and quarter: what was decided, promised, raised, noted and said, found by its words, with the place to jump to.
//!
//! - `query`: what was typed: words, and the kinds of things to look among.
//! - `fold`: matching without regard to case and accents.
//! - `walk`: everything of every week that can be found; `quarters`: of every quarter.

mod fold;
mod quarters;
mod query;
mod walk;

use std::ops::Range;

pub use query::{Kind, Query};

use fold::Word;
use walk::Doc;

use crate::model::history::{History, Topic};
use crate::model::id::{ActionId, CardId, DecisionId, IssueId, MemberId};
use crate::model::quarter::Quarter;
use crate::model::review::Target;
use crate::model::standing::Standing;
use crate::model::strategy::Strategy;
use crate::model::week::Week;

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The week it is from: where to jump to. What a quarter says is of the week in which that was held.
    pub week: Week,
    /// What of that week.
    pub place: Place,
    /// Who said it, where that is known.
    pub by: Option<MemberId>,
    /// The title of the record, or of what was spoken of; may be empty.
    pub title: Marked,
    /// The piece of the text that holds the first match, or its beginning when only the title has one. One line.
    pub excerpt: Marked,
    /// Whether the words stand in it side by side, as they were typed.
    pub phrase: bool,
}

impl Hit {
    /// The review it is from: a week, or a quarter.
    #[must_use]
    pub fn from(&self) -> Target {
        match &self.place {
            Place::Quarter(quarter) => Target::Quarter(*quarter),
            Place::Decision(_) | Place::Action(_) | Place::Issue(_) | Place::Card(_) | Place::Words(_) => {
                Target::Week(self.week)
            }
        }
    }

    /// What kind of thing it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match &self.place {
            Place::Decision(_) => Kind::Decision,
            Place::Action(_) => Kind::Action,
            Place::Issue(_) => Kind::Issue,
            Place::Card(_) => Kind::Card,
            Place::Quarter(_) => Kind::Quarter,
            Place::Words(topic) => Kind::of(topic),
        }
    }
}

/// What was found, within its week.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// A decision: in the week it was taken, or looked at again.
    Decision(DecisionId),
    /// An action item: in the week it was promised, or closed.
    Action(ActionId),
    /// An issue: in the week it was raised, or closed.
    Issue(IssueId),
    /// A card of a register: in the week it came in.
    Card(CardId),
    /// Something said in the review of a quarter.
    Quarter(Quarter),
    /// Anything else that was said.
    Words(Topic),
}

/// A text and which bytes of it match. Texts are as people wrote them: make each piece safe before it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marked {
    /// The text.
    pub text: String,
    /// The matches, in order, apart from each other, at bounds of characters.
    pub spans: Vec<Range<usize>>,
}

impl Marked {
    /// The text in pieces, each with whether it matches.
    pub fn pieces(&self) -> impl Iterator<Item = (&str, bool)> {
        let ends = self.spans.iter().flat_map(|s| [(s.start, false), (s.end, true)]);
        let mut from = 0;
        ends.chain([(self.text.len(), false)]).filter_map(move |(to, hit)| {
            let piece = self.text.get(from..to).filter(|p| !p.is_empty());
            from = to;
            piece.map(|p| (p, hit))
        })
    }
}

/// Everything that holds all words of the query: first where they stand side by side, then the newest.
///
/// A word of four letters and more may stand inside another (`ofen` finds `Backofen`); a shorter one begins a word, so that `run`
/// does not find `brunch`. Case and accents do not matter. Each thing is found in the week that brought it: what a later
/// week carried on is not found again there. What is open now is looked through as it stands now. Without words, but with
/// a kind, everything of that kind is found; without both, nothing.
#[must_use]
pub fn search(query: &Query, history: &History, open: &Standing, strategy: &Strategy) -> Vec<Hit> {
    let mut hits = Vec::new();
    if query.is_empty() {
        return hits;
    }
    let mut scratch = String::new();
    walk::each(history, open, strategy, &query.words, |doc| {
        if query.wants(doc.kind()) && matches(doc, &query.words, &mut scratch) {
            hits.push(hit(doc, query));
        }
    });
    hits.sort_by_key(|h| (std::cmp::Reverse((h.phrase, h.week)), h.kind()));
    hits
}

/// Whether each word occurs, and at least one in what is new: a title that stands there to name the thing does not count.
fn matches(doc: &Doc, words: &[Word], scratch: &mut String) -> bool {
    let mut is_new = doc.title_is_new || words.is_empty();
    for word in words {
        let in_text = doc.texts.iter().any(|t| word.is_in(t, scratch));
        if !in_text && !word.is_in(doc.title, scratch) {
            return false;
        }
        is_new |= in_text;
    }
    is_new
}

fn hit(doc: &Doc, query: &Query) -> Hit {
    let best = doc.texts.iter().max_by_key(|text| {
        let has = |w: &&Word| !fold::spans(text, &[w]).is_empty();
        // Of equally good ones the first: the last of equal ones wins, so the order is turned around.
        let place = std::cmp::Reverse(doc.texts.iter().position(|t| std::ptr::eq(*t, **text)));
        (has_phrase(text, query), query.words.iter().filter(has).count(), !text.is_empty(), place)
    });
    let words: Vec<&Word> = query.words.iter().collect();
    let title = Marked { spans: fold::spans(doc.title, &words), text: one_line(doc.title) };
    let excerpt = best.map_or_else(Marked::default, |text| excerpt(text, &words));
    let phrase = has_phrase(doc.title, query) || doc.texts.iter().any(|t| has_phrase(t, query));
    Hit { week: doc.week, place: doc.place(), by: doc.by.cloned(), title, excerpt, phrase }
}

fn has_phrase(text: &str, query: &Query) -> bool {
    query.phrase.as_ref().is_some_and(|p| !fold::spans(text, &[p]).is_empty())
}

/// How many characters stand before the first match, at most.
const BEFORE: usize = 40;
/// How many characters an excerpt has, at most.
const LONG: usize = 160;

/// The surroundings of the first match, cut at words, with an ellipsis where something was left out.
fn excerpt(text: &str, words: &[&Word]) -> Marked {
    let spans = fold::spans(text, words);
    let first = spans.first().map_or(0..0, Clone::clone);
    let far = text[..first.start].char_indices().rev().nth(BEFORE - 1).map_or(0, |(at, _)| at);
    let from = match text[far..first.start].char_indices().find(|(_, c)| c.is_whitespace()) {
        Some((at, blank)) if far > 0 => far + at + blank.len_utf8(),
        Some(_) | None => far,
    };
    let end = text[from..].char_indices().nth(LONG).map_or(text.len(), |(at, _)| from + at);
    let until = match text[from..end].rfind(char::is_whitespace).map(|at| from + at) {
        Some(blank) if end < text.len() && blank > first.end => blank,
        Some(_) | None => end,
    };
    let lead = if from > 0 { "…" } else { "" };
    let tail = if until < text.len() { "…" } else { "" };
    let inside = spans.into_iter().filter(|s| s.start >= from && s.end <= until);
    Marked {
        spans: inside.map(|s| s.start - from + lead.len()..s.end - from + lead.len()).collect(),
        text: format!("{lead}{}{tail}", one_line(&text[from..until])),
    }
}

/// The same text, byte for byte as long, with a blank for each line break and tab.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests;
