//! Matching without regard to case and accents: `Cafe` is in `CAFÉS`. Most texts are ASCII and take a short way.

use std::ops::Range;

use crate::model::trace::{Trace, fold, marks};

/// From so many letters on a word may stand inside another one.
const LONG: usize = 4;

/// What stands in most texts, the most frequent first: English and German have the blank and these in common.
const OFTEN: &[u8] = b" enirtasdhulcgomwfbkpvzyjxq";

/// A word or phrase to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    folded: String,
    /// Whether it has to begin a word. Only for ASCII: not every script sets its words apart.
    begins: bool,
    /// Its rarest byte, and where that is in it: the place to look for first.
    rare: (usize, u8),
    /// What of it a trace tells.
    marks: Vec<u16>,
}

impl Word {
    /// None of nothing but blanks.
    pub(super) fn new(text: &str) -> Option<Self> {
        let folded: String = text.chars().filter_map(fold).collect();
        let begins = folded.is_ascii() && folded.len() < LONG;
        let often = |byte: u8| OFTEN.iter().position(|often| *often == byte).unwrap_or(OFTEN.len());
        let rare = folded.bytes().enumerate().max_by_key(|(_, byte)| often(*byte)).filter(|(_, byte)| *byte != b' ')?;
        let marks = marks(&folded);
        Some(Self { folded, begins, rare, marks })
    }

    /// Whether it may occur in the texts of a trace.
    pub(super) fn may_be_in(&self, trace: &Trace) -> bool {
        trace.may_hold(&self.marks)
    }

    /// Whether it occurs. `scratch` saves an allocation for each text.
    pub(super) fn is_in(&self, text: &str, scratch: &mut String) -> bool {
        if text.is_ascii() {
            return self.folded.is_ascii() && self.find_ascii(text.as_bytes());
        }
        scratch.clear();
        scratch.extend(text.chars().filter_map(fold));
        self.find(scratch, 0).is_some()
    }

    fn find_ascii(&self, text: &[u8]) -> bool {
        let word = self.folded.as_bytes();
        let same = |a: &u8, b: &u8| a.to_ascii_lowercase() == *b || (*b == b' ' && a.is_ascii_whitespace());
        let starts = |at: usize| !self.begins || at == 0 || !text[at - 1].is_ascii_alphanumeric();
        let (before, rare) = self.rare;
        memchr::memchr2_iter(rare, rare.to_ascii_uppercase(), text).filter_map(|found| found.checked_sub(before)).any(
            |at| {
                let piece = text.get(at..at + word.len());
                piece.is_some_and(|piece| starts(at) && piece.iter().zip(word).all(|(a, b)| same(a, b)))
            },
        )
    }

    /// Where it begins in a folded text, from a byte on.
    fn find(&self, folded: &str, from: usize) -> Option<usize> {
        let starts = |at: usize| !self.begins || folded[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        folded[from..].match_indices(&self.folded).map(|(at, _)| from + at).find(|at| starts(*at))
    }
}

/// The bytes of a text that match any of the words: in order, those that touch or overlap made one.
pub(super) fn spans(text: &str, words: &[&Word]) -> Vec<Range<usize>> {
    let mut folded = String::with_capacity(text.len());
    // For each byte of the folded text, where the character that it came from begins.
    let mut origin = Vec::with_capacity(text.len() + 1);
    for (at, c) in text.char_indices() {
        if let Some(c) = fold(c) {
            folded.push(c);
            origin.resize(folded.len(), at);
        }
    }
    origin.push(text.len());
    let mut found: Vec<Range<usize>> = Vec::new();
    for word in words {
        let mut from = 0;
        while let Some(at) = word.find(&folded, from) {
            from = at + word.folded.len();
            found.push(origin[at]..origin[from]);
        }
    }
    found.sort_by_key(|s| (s.start, s.end));
    let mut merged: Vec<Range<usize>> = Vec::new();
    for span in found {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            Some(_) | None => merged.push(span),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(text: &'a str, words: &[&str]) -> Vec<&'a str> {
        let words: Vec<Word> = words.iter().filter_map(|w| Word::new(w)).collect();
        spans(text, &words.iter().collect::<Vec<_>>()).into_iter().map(|s| &text[s]).collect()
    }

    #[test]
    fn case_and_accents_do_not_matter_on_either_side() {
        assert_eq!(found("Two CAFÉS, one café", &["cafe"]), ["CAFÉ", "café"]);
        assert_eq!(found("the cafe", &["CAFÉ"]), ["cafe"]);
        assert_eq!(
            found("cafe\u{301} au lait", &["café"]),
            ["cafe\u{301}"],
            "an accent of its own goes with its letter"
        );
        assert_eq!(found("Überholung – ОТЧЁТ", &["uberhol", "отчёт"]), ["Überhol", "ОТЧЁТ"]);
    }

    #[test]
    fn a_short_word_begins_a_word_and_a_longer_one_may_stand_inside() {
        assert_eq!(found("The brunch will run; run-up", &["run"]), ["run", "run"]);
        assert_eq!(found("Der Backofen", &["ofen"]), ["ofen"]);
        assert_eq!(found("東京都の店", &["京都"]), ["京都"]);
        assert!(found("proven", &["ove"]).is_empty());
    }

    #[test]
    fn matches_that_touch_are_one() {
        assert_eq!(found("ovenproof oven", &["oven", "proof", "ovenp"]), ["ovenproof", "oven"]);
    }

    #[test]
    fn the_short_way_and_the_long_way_agree() {
        let texts = ["", "oven", "The Oven\nis hot", "a b  c", "x-run", "brunch run", "OVENS, proven"];
        for word in ["oven", "run", "a b", "the oven is", "b", "-r", "é", "n"] {
            let word = Word::new(word).unwrap();
            for text in texts {
                let (mut scratch, mut other) = (String::new(), String::new());
                // An accent at the end sends the same text the long way.
                let long = format!("{text} é").trim_end_matches('é').to_owned() + "\u{201d}";
                let same = word.is_in(text, &mut scratch) == word.is_in(&long, &mut other);
                assert!(
                    same && word.is_in(text, &mut scratch) != spans(text, &[&word]).is_empty(),
                    "{word:?} in {text:?}"
                );
            }
        }
    }
}
