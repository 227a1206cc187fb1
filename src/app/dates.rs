//! Dates as people type them, and as screens show them.

use crate::model::tongue::{self, Language, dated};
use chrono::{Datelike, Days, NaiveDate, Weekday};

/// Reads `2026-11-26`, `26.11.2026`, `26.11.`, `thu` (the next one), `+7` (days), `2w`, `today`, `tomorrow`.
///
/// # Errors
/// Says what is understood.
pub fn parse(text: &str, today: NaiveDate) -> Result<NaiveDate, String> {
    let typed = text.trim();
    let text = typed.to_lowercase();
    let far = || say!("`{text}` lies too far away", text);
    let plus = |n: u64| today.checked_add_days(Days::new(n)).filter(|d| d.year() < 10_000).ok_or_else(far);
    if let Ok(day) = NaiveDate::parse_from_str(&text, "%Y-%m-%d") {
        return if (1000..10_000).contains(&day.year()) { Ok(day) } else { Err(far()) };
    }
    match text.as_str() {
        "today" | "heute" => return Ok(today),
        "tomorrow" | "morgen" => return plus(1),
        _ => {}
    }
    let count = |s: &str| s.parse::<u64>().ok().filter(|n| *n <= 100_000);
    if let Some(n) = text.strip_prefix('+').and_then(|s| count(s.trim_end_matches('d').trim())) {
        return plus(n);
    }
    if let Some(n) = text.trim_start_matches('+').strip_suffix('w').and_then(count) {
        return plus(n * 7);
    }
    // A day's name is understood in any language that is spoken here: none means another day in another.
    let names =
        [["mon", "mo"], ["tue", "di"], ["wed", "mi"], ["thu", "do"], ["fri", "fr"], ["sat", "sa"], ["sun", "so"]];
    let named = |name: &str| text.starts_with(name) && (name.len() == 3 || tongue::language() == Language::German);
    if let Some(i) = names.iter().position(|of_day| of_day.iter().any(|n| named(n))) {
        let ahead = (i as u64 + 7 - u64::from(today.weekday().num_days_from_monday())) % 7;
        return plus(if ahead == 0 { 7 } else { ahead });
    }
    let parts: Vec<&str> = text.trim_end_matches('.').split('.').collect();
    let number = |i: usize| parts.get(i).and_then(|p| p.parse::<u32>().ok());
    let dotted = match (parts.len(), number(0), number(1), number(2)) {
        (3, Some(d), Some(m), Some(y)) => {
            i32::try_from(y).ok().filter(|y| *y >= 1000).and_then(|y| NaiveDate::from_ymd_opt(y, m, d))
        }
        // Without a year: the next such day.
        (2, Some(d), Some(m), _) => [today.year(), today.year() + 1]
            .into_iter()
            .filter_map(|y| NaiveDate::from_ymd_opt(y, m, d))
            .find(|day| *day >= today),
        _ => None,
    };
    dotted.ok_or_else(|| say!("`{typed}` is no date: write 2026-11-26, 26.11., thu, +7, 2w", typed))
}

/// A date for people, in relation to today where it is near: `Thu 26 Nov`, `today`, `tomorrow`, `2025-02-01`.
#[must_use]
pub fn show(day: NaiveDate, today: NaiveDate) -> String {
    match day.signed_duration_since(today).num_days() {
        0 => say!("today").to_owned(),
        1 => say!("tomorrow").to_owned(),
        -1 => say!("yesterday").to_owned(),
        n if (-180..=180).contains(&n) => dated(day, "%a %-d %b"),
        _ => day.format("%Y-%m-%d").to_string(),
    }
}

/// The same weekday one week after a day: when the next review is held.
#[must_use]
pub fn a_week_after(day: NaiveDate) -> NaiveDate {
    day.checked_add_days(Days::new(7)).unwrap_or(day)
}

/// The weekday's three letters.
#[must_use]
pub fn weekday(day: NaiveDate) -> &'static str {
    match day.weekday() {
        Weekday::Mon => say!("Mon"),
        Weekday::Tue => say!("Tue"),
        Weekday::Wed => say!("Wed"),
        Weekday::Thu => say!("Thu"),
        Weekday::Fri => say!("Fri"),
        Weekday::Sat => say!("Sat"),
        Weekday::Sun => say!("Sun"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_type_them() {
        let today: NaiveDate = "2026-11-19".parse().unwrap(); // a Thursday
        for (text, day) in [
            ("2026-11-26", "2026-11-26"),
            ("thu", "2026-11-26"),
            ("Friday", "2026-11-20"),
            ("+7", "2026-11-26"),
            ("2w", "2026-12-03"),
            ("tomorrow", "2026-11-20"),
            ("1.2.", "2027-02-01"),
            ("19.11", "2026-11-19"),
            ("24.12.2026", "2026-12-24"),
        ] {
            assert_eq!(parse(text, today), Ok(day.parse().unwrap()), "{text}");
        }
        for bad in ["", "soon", "2026-02-30", "31.2.", "+", "99999999w", "26/11"] {
            assert!(parse(bad, today).is_err(), "{bad}");
        }
    }
}
