//! What no text of a sample may say: the demo moves every week to today, so that a named month or holiday would be wrong.

use std::collections::HashSet;
use std::path::Path;

use crate::Result;
use crate::story::{Event, Story};

/// Written with a capital: in small letters `may` and `march` are other words.
const DATED: [&str; 24] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Spring",
    "Summer",
    "Autumn",
    "Winter",
    "Christmas",
    "Easter",
    "spring",
    "summer",
    "autumn",
    "winter",
    "holiday",
    "holidays",
];

/// Every place in a folder's files that names a month, a season, a holiday or the number of a week.
pub(crate) fn dated(folder: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    // A business that uses no register has no folder for them.
    if !folder.is_dir() {
        return Ok(found);
    }
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_none_or(|e| e != "ron") {
            continue;
        }
        let text = std::fs::read_to_string(&path)?;
        for (at, line) in text.lines().enumerate() {
            if let Some(word) = dated_word(line) {
                found.push(format!("{}:{}: `{word}` would not move with the weeks", path.display(), at + 1));
            }
        }
    }
    found.sort();
    Ok(found)
}

fn dated_word(line: &str) -> Option<&str> {
    let words: Vec<&str> = line.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let is_number = |w: &str| w.bytes().all(|b| b.is_ascii_digit());
    let is_named = |at: usize| {
        let word = words[at];
        let before = at.checked_sub(1).map_or("", |before| words[before]);
        let is_week = word.strip_prefix('W').is_some_and(|n| !n.is_empty() && is_number(n));
        // In `2026-W47` the year stands before it, and the whole is moved.
        DATED.contains(&word)
            || (is_week && !is_number(before))
            || (before == "week" && is_number(word) && word.len() < 3)
    };
    (0..words.len()).find(|at| is_named(*at)).map(|at| words[at])
}

/// Headlines that are told more than once.
pub(crate) fn repeated(story: &Story) -> Vec<String> {
    let mut seen = HashSet::new();
    let events = story.weeks.iter().flat_map(|w| &w.events);
    let headlines = events.filter_map(|e| if let Event::Headline(_, text) = e { Some(text) } else { None });
    headlines.filter(|text| !seen.insert(text.as_str())).map(|text| format!("told twice: {text}")).collect()
}
