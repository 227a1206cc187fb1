//! Days and times as a language writes them: `Thu 26 Nov 2026`, `Do 26. Nov. 2026`.

use chrono::{Datelike, NaiveDateTime};

use super::{Language, language, word};

/// A day or a moment by a pattern of `strftime`. The pattern is a text of the catalogue, as are the names of days and months.
#[must_use]
pub fn dated(at: impl Into<NaiveDateTime>, pattern: &'static str) -> String {
    spelled(at.into(), word(pattern))
}

/// A moment by the pattern of the language, its names in it.
#[must_use]
pub fn spelled(at: NaiveDateTime, pattern: &str) -> String {
    // The pattern itself must not be changed by what changes every letter.
    let pattern = if language() == Language::Pseudo { plain(pattern) } else { pattern.to_owned() };
    if language() == Language::English {
        return at.format(&pattern).to_string();
    }
    let day = at.weekday().num_days_from_monday() as usize;
    let month = at.month0() as usize;
    let names = [("%a", DAYS.get(day)), ("%b", MONTHS.get(month)), ("%B", LONG.get(month))];
    let named = names.iter().fold(pattern, |p, (sign, name)| p.replace(sign, word(name.copied().unwrap_or_default())));
    at.format(&named).to_string()
}

/// A week or a day that stands in a sentence, `2026-W46`, `W46` or `2026-11-19`, as the language writes it: `KW 46/2026`, `KW 46`,
/// `19.11.2026`. Anything else stays.
pub(super) fn within_sentence(told: String) -> String {
    if language() != Language::German || !told.is_ascii() {
        return told;
    }
    let digits = |text: &str, n: usize| text.len() == n && text.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = told.split('-').collect();
    match (parts.as_slice(), told.split_once('W')) {
        ([week], Some(("", n))) if digits(n, 2) && week.len() == 3 => format!("KW {n}"),
        ([year, week], Some((_, n))) if digits(year, 4) && digits(n, 2) && week.len() == 3 => format!("KW {n}/{year}"),
        ([year, month, day], None) if digits(year, 4) && digits(month, 2) && digits(day, 2) => {
            format!("{day}.{month}.{year}")
        }
        _ => told,
    }
}

/// A pattern of the pseudo language as it was: signs of `strftime` have no accents.
fn plain(pattern: &str) -> String {
    pattern.chars().filter(|c| c.is_ascii()).collect()
}

/// The days of the week, from Monday on.
const DAYS: [&str; 7] =
    [term!("Mon"), term!("Tue"), term!("Wed"), term!("Thu"), term!("Fri"), term!("Sat"), term!("Sun")];

/// The months, short.
#[rustfmt::skip]
const MONTHS: [&str; 12] = [
    term!("Jan"), term!("Feb"), term!("Mar"), term!("Apr"), term!("May"), term!("Jun"),
    term!("Jul"), term!("Aug"), term!("Sep"), term!("Oct"), term!("Nov"), term!("Dec"),
];

/// The months in full.
#[rustfmt::skip]
const LONG: [&str; 12] = [
    term!("January"), term!("February"), term!("March"), term!("April"), term!("May"), term!("June"),
    term!("July"), term!("August"), term!("September"), term!("October"), term!("November"), term!("December"),
];
