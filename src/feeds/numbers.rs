//! A column of cells as numbers: which mark stands before its decimals, and what may stand around a number.

use super::{Refusal, quoted};
use crate::model::feed::Decimal;
use crate::model::number::Finite;

impl Decimal {
    fn mark(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }

    fn other(self) -> Self {
        match self {
            Self::Point => Self::Comma,
            Self::Comma => Self::Point,
        }
    }
}

/// The digits and marks of a number, with nothing around them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Body {
    negative: bool,
    digits: String,
}

/// What stands for no value.
const GAPS: [&str; 12] = ["", "-", "–", "—", "−", "n/a", "na", "n.a.", "#n/a", "none", "null", "k.a."];
/// What may stand before or behind a number.
const AROUND: [&str; 12] = ["%", "€", "$", "£", "¥", "₹", "EUR", "USD", "GBP", "CHF", "JPY", "Fr."];

fn groups(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’')
}

/// Whether a cell stands for no value.
pub(super) fn is_gap(cell: &str) -> bool {
    let lower = cell.to_lowercase();
    GAPS.contains(&lower.as_str())
}

/// Takes off what stands around a number: a sign, brackets for a negative one, a currency, a percent sign, the KPI's unit.
///
/// # Errors
/// When something is left that no number has.
pub(super) fn body(cell: &str, unit: &str) -> Result<Body, Refusal> {
    let (mut rest, mut negative) = match cell.strip_prefix('(').and_then(|c| c.strip_suffix(')')) {
        Some(inside) => (inside.trim(), true),
        None => (cell, false),
    };
    let mut signed = negative;
    loop {
        let before = rest;
        for mark in AROUND.into_iter().chain([unit]).filter(|mark| !mark.is_empty()) {
            rest = rest.strip_prefix(mark).unwrap_or(rest).trim_start();
            rest = rest.strip_suffix(mark).unwrap_or(rest).trim_end();
        }
        if !signed && let Some(behind) = rest.strip_prefix(['-', '\u{2212}', '+']) {
            negative = !rest.starts_with('+');
            signed = true;
            rest = behind.trim_start();
        }
        if rest == before {
            break;
        }
    }
    let plain = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.') || groups(c);
    if !rest.contains(|c: char| c.is_ascii_digit()) || !rest.chars().all(plain) {
        let what = say!("{cell} is no number", cell = quoted(cell));
        return Err(Refusal::new(
            what,
            say!("write it with digits, such as 1234.5; leave the cell empty where there is none"),
        ));
    }
    Ok(Body { negative, digits: rest.to_owned() })
}

/// What a number alone tells of the marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hint {
    /// It has none, or they do not add up: that is found when it is read.
    Nothing,
    /// `1.234` or `1,234`: it could be either.
    Either,
    /// This one stands before the decimals.
    Is(Decimal),
}

fn hint(body: &Body) -> Hint {
    let digits = body.digits.as_str();
    let count = |decimal: Decimal| digits.matches(decimal.mark()).count();
    let (points, commas) = (count(Decimal::Point), count(Decimal::Comma));
    let (only, times) = match (points, commas) {
        (0, 0) => return Hint::Nothing,
        (_, 0) => (Decimal::Point, points),
        (0, _) => (Decimal::Comma, commas),
        _ if digits.rfind('.') > digits.rfind(',') => return Hint::Is(Decimal::Point),
        _ => return Hint::Is(Decimal::Comma),
    };
    if times > 1 {
        return Hint::Is(only.other());
    }
    let (whole, fraction) = digits.split_once(only.mark()).unwrap_or((digits, ""));
    let could_group = fraction.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
    if could_group { Hint::Either } else { Hint::Is(only) }
}

/// Which mark stands before the decimals of a whole column.
///
/// # Errors
/// When two rows contradict each other, or none of them tells.
pub(super) fn decimal<'a>(cells: impl Iterator<Item = (usize, &'a Body)>) -> Result<Decimal, Refusal> {
    let (mut either, mut point, mut comma) = (None, None, None);
    for (row, body) in cells {
        match hint(body) {
            Hint::Nothing => {}
            Hint::Either => either = either.or(Some((row, body))),
            Hint::Is(Decimal::Point) => point = point.or(Some((row, body))),
            Hint::Is(Decimal::Comma) => comma = comma.or(Some((row, body))),
        }
    }
    match (point, comma, either) {
        (Some((row, p)), Some((other, c)), _) => {
            let (p, c) = (quoted(&p.digits), quoted(&c.digits));
            let what = say!("{p} has a decimal point, but {c} in row {other} has a decimal comma", p, c, other);
            Err(Refusal::new(what, say!("write all numbers of a column in the same way")).at(row))
        }
        (None, None, Some((row, body))) => {
            let what =
                say!("{digits} can be read in two ways, and no other row tells which", digits = quoted(&body.digits));
            let hint = say!("say it: --decimal point reads 1,234.5, --decimal comma reads 1.234,5");
            Err(Refusal::new(what, hint).at(row))
        }
        (None, Some(_), _) => Ok(Decimal::Comma),
        (Some(_) | None, None, _) => Ok(Decimal::Point),
    }
}

/// The number that a body means.
///
/// # Errors
/// When its marks do not add up, or it is too large to keep.
pub(super) fn number(body: &Body, decimal: Decimal) -> Result<Finite, Refusal> {
    let unclear = || {
        let what = say!(
            "the marks of {digits} do not add up with a decimal {decimal}",
            digits = quoted(&body.digits),
            decimal = word(decimal)
        );
        Refusal::new(what, say!("write it as 1234.5, and all numbers of a column in the same way"))
    };
    let plain = plain(&body.digits, decimal).ok_or_else(unclear)?;
    let size: f64 = plain.parse().map_err(|_| unclear())?;
    Finite::new(if body.negative { -size } else { size })
        .ok_or_else(|| Refusal::new(say!("this number is too large to keep"), say!("look whether it was meant")))
}

fn word(decimal: Decimal) -> &'static str {
    match decimal {
        Decimal::Point => "point",
        Decimal::Comma => "comma",
    }
}

/// The digits with a point before the decimals, once the groups were found to be of three digits and one mark.
fn plain(digits: &str, decimal: Decimal) -> Option<String> {
    let (whole, fraction) = digits.split_once(decimal.mark()).unwrap_or((digits, ""));
    if !fraction.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let grouping = |c: char| groups(c) || c == decimal.other().mark();
    let mut marks = whole.chars().filter(|c| grouping(*c));
    let first = marks.next();
    let one_mark = marks.all(|mark| Some(mark) == first);
    let parts: Vec<&str> = whole.split(grouping).collect();
    let even = parts.len() == 1 || ((1..=3).contains(&parts[0].len()) && parts[1..].iter().all(|p| p.len() == 3));
    let digits = parts.concat();
    let plain = digits.chars().all(|c| c.is_ascii_digit());
    (plain && one_mark && even).then(|| format!("0{digits}.{fraction}0"))
}
