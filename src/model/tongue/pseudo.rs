//! The pseudo language: English that looks changed, and is longer.

use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex, PoisonError};

/// Texts that were made once: they are as few as those of the code.
static MADE: LazyLock<Mutex<BTreeMap<String, &'static str>>> = LazyLock::new(Mutex::default);

/// A text with accents on every letter, two fifths longer, in brackets; its placeholders as they are.
pub(super) fn text(english: &str) -> &'static str {
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(text) = made.get(english) {
        return text;
    }
    let text: &'static str = Box::leak(changed(english).into_boxed_str());
    made.insert(english.to_owned(), text);
    text
}

fn changed(english: &str) -> String {
    // Blanks around a text, and the sign of a heading before it, are part of how it is put together with others.
    let body = english.trim_start_matches(['#', ' ', '\n']);
    let (before, body) = (&english[..english.len() - body.len()], body.trim_end());
    let after = &english[before.len() + body.len()..];
    if body.is_empty() {
        return english.to_owned();
    }
    let (mut out, mut inside, mut letters) = (format!("{before}⟦"), false, 0usize);
    for c in body.chars() {
        match c {
            '{' => inside = true,
            '}' => inside = false,
            _ => {}
        }
        letters += usize::from(!inside);
        out.push(if inside || is_of_a_pattern(english) { c } else { accented(c) });
    }
    // The brackets are part of what it is longer by.
    let longer = (letters * 2).div_ceil(5).saturating_sub(2);
    out.extend(std::iter::repeat_n('~', longer));
    out.push('⟧');
    out + after
}

/// Patterns of dates are texts of the catalogue too, but no words.
fn is_of_a_pattern(english: &str) -> bool {
    english.contains('%') && english.split(' ').all(|word| word.contains('%'))
}

/// A letter that looks like this one and is no ASCII.
fn accented(c: char) -> char {
    const PLAIN: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const OTHER: &str = "åƀçđéƒĝĥîĵķļɱñöþɋřšŧûṽŵẋýžÅƁÇĐÉƑĜĤÎĴĶĻṀÑÖÞɊŘŠŦÛṼŴẊÝŽ";
    PLAIN.chars().position(|p| p == c).and_then(|at| OTHER.chars().nth(at)).unwrap_or(c)
}
