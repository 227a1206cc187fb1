//! Titles as sets of words: what two texts share, however they are cased, spelt apart or put in order.

use std::collections::BTreeSet;

/// Words that carry no meaning of their own in a title.
const FILLERS: [&str; 22] = [
    "a", "an", "the", "of", "for", "to", "in", "on", "at", "by", "with", "and", "or", "our", "is", "are", "be", "from",
    "as", "it", "its", "per",
];

/// The words of a title that carry meaning, in lower case.
pub(super) fn words(title: &str) -> BTreeSet<String> {
    title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .filter(|w| !FILLERS.contains(&w.as_str()))
        .collect()
}

/// What two sets share of all they hold (Jaccard 1901), 0 to 1; 0 when both are empty.
pub(super) fn likeness(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    let shared = a.intersection(b).count();
    let all = a.len() + b.len() - shared;
    if all == 0 { 0.0 } else { shared as f64 / all as f64 }
}

/// From this likeness on two titles say nearly the same.
pub(super) const NEARLY_THE_SAME: f64 = 0.75;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_case_and_fillers_do_not_tell_titles_apart() {
        let a = words("Grow the online orders");
        let b = words("Online orders: GROW");
        assert!((likeness(&a, &b) - 1.0).abs() < 1e-9);
        assert!(likeness(&a, &words("Grow the catering orders")) < NEARLY_THE_SAME);
        assert!(likeness(&words(""), &words("the")) < 1e-9);
    }
}
