//! A text with placeholders, filled: what `format!` does while compiling, for texts that are chosen while running.

use std::fmt::Display;

use super::{dates, language};

/// Fills the placeholders of a text, `{name}` or `{name:spec}`. The spec has what texts of ours need: alignment, zeros, width,
/// precision. A number with decimals takes the decimal mark of the language,
/// and weeks and days are
/// written as it writes them.
#[must_use]
pub fn fill(template: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut out = String::with_capacity(template.len() + 24);
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        if from.starts_with("{{") || from.starts_with("}}") {
            out.push_str(&from[..1]);
            rest = &from[2..];
            continue;
        }
        let Some((inside, after)) = from[1..].split_once('}') else { return out + from };
        let (name, spec) = inside.split_once(':').unwrap_or((inside, ""));
        if let Some((_, value)) = values.iter().find(|(n, _)| *n == name) {
            let told = shaped(*value, spec);
            // What stands between backticks is there to be typed.
            out.push_str(&if out.matches('`').count().is_multiple_of(2) { dates::within_sentence(told) } else { told });
        }
        rest = after;
    }
    out + rest
}

/// A value as its spec asks: `>4`, `02`, `.1`, `+.1`.
fn shaped(value: &dyn Display, spec: &str) -> String {
    if spec.is_empty() {
        return value.to_string();
    }
    let (signed, spec) = spec.strip_prefix('+').map_or((false, spec), |s| (true, s));
    let (side, spec) = match spec.strip_prefix(['<', '>', '^']) {
        Some(rest) => (spec.chars().next(), rest),
        None => (None, spec),
    };
    let (signed, spec) = spec.strip_prefix('+').map_or((signed, spec), |s| (true, s));
    let (zeros, spec) = spec.strip_prefix('0').map_or((false, spec), |s| (true, s));
    let (wide, precision) = spec.split_once('.').map_or((spec, None), |(w, p)| (w, p.parse::<usize>().ok()));
    let wide = wide.parse::<usize>().unwrap_or(0);
    let mut text = match (precision, signed) {
        (None, false) => value.to_string(),
        (None, true) => format!("{value:+}"),
        (Some(p), false) => format!("{value:.p$}"),
        (Some(p), true) => format!("{value:+.p$}"),
    };
    if precision.is_some() {
        text = text.replace('.', &language().marks().0.to_string());
    }
    let missing = wide.saturating_sub(text.chars().count());
    let (left, right) = match side {
        Some('>') => (missing, 0),
        Some('^') => (missing / 2, missing - missing / 2),
        None if zeros => return "0".repeat(missing) + &text,
        // Numbers stand at the right by themselves, texts at the left.
        None if text.starts_with(|c: char| c.is_ascii_digit()) => (missing, 0),
        None | Some(_) => (0, missing),
    };
    " ".repeat(left) + &text + &" ".repeat(right)
}
