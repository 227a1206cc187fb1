//! Numbers as people write them and as files keep them: always finite.

use std::cmp::Ordering;
use std::fmt;
use std::num::NonZeroU64;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::tongue::{Language, language};

/// A finite number. `NaN` and the infinities cannot be made, read or written.
///
/// It is kept as its bits turned over, which are never all zero: so that a reading that may be missing takes no more room than one
/// that is there. There is one zero, so equal numbers have equal bits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Finite(NonZeroU64);

impl Finite {
    /// Zero.
    pub const ZERO: Self = Self(NonZeroU64::MAX);

    /// The number, if it is finite. Minus zero becomes zero.
    #[must_use]
    pub fn new(value: f64) -> Option<Self> {
        let bits = NonZeroU64::new(!(value + 0.0).to_bits())?;
        value.is_finite().then_some(Self(bits))
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> f64 {
        f64::from_bits(!self.0.get())
    }

    /// A number that may be missing, in eight bytes: zeros for none.
    #[must_use]
    pub(super) fn bytes(number: Option<Self>) -> [u8; 8] {
        number.map_or(0, |number| number.0.get()).to_le_bytes()
    }

    /// What [`Finite::bytes`] made of it; none of bytes that it never makes.
    #[must_use]
    pub(super) fn of_bytes(bytes: [u8; 8]) -> Option<Self> {
        NonZeroU64::new(u64::from_le_bytes(bytes)).map(Self).filter(|number| number.get().is_finite())
    }

    /// The shortest text that is read back as this number, with thousands set apart: `18,420` or `4.6`.
    #[must_use]
    pub fn grouped(self) -> String {
        group(&self.short())
    }

    /// Like [`Finite::grouped`], with exactly this many decimals.
    #[must_use]
    pub fn fixed(self, decimals: u8) -> String {
        group(&format!("{:.*}", usize::from(decimals.min(9)), self.get()))
    }

    /// Reads what somebody typed, as the language that is spoken writes numbers: in German `1.234` is more than a thousand.
    /// Else as [`Finite::from_str`] does, by which files are read.
    ///
    /// # Errors
    /// When it is no number.
    pub fn typed(text: &str) -> Result<Self, NumberError> {
        read(text, language())
    }

    /// The number as somebody would type it: [`Finite::short`] with the decimal mark of the language.
    #[must_use]
    pub fn to_type(self) -> String {
        self.short().replace('.', language().marks().0.encode_utf8(&mut [0; 4]))
    }

    /// The number without grouping, rounded to six decimals; very large and very small ones in scientific notation.
    #[must_use]
    pub fn short(self) -> String {
        let size = self.get().abs();
        if size != 0.0 && !(1e-6..1e15).contains(&size) {
            return format!("{:e}", self.get());
        }
        let text = format!("{:.6}", self.get());
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

fn group(plain: &str) -> String {
    let (decimal, thousands) = language().marks();
    let (sign, rest) = plain.strip_prefix('-').map_or(("", plain), |r| ("-", r));
    let (whole, fraction) = rest.find(|c: char| !c.is_ascii_digit()).map_or((rest, ""), |at| rest.split_at(at));
    let mut out = String::from(sign);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(thousands);
        }
        out.push(digit);
    }
    out.push_str(&fraction.replace('.', decimal.encode_utf8(&mut [0; 4])));
    if out.trim_start_matches('-').chars().all(|c| matches!(c, '0' | '.' | ',')) {
        out = out.trim_start_matches('-').to_owned();
    }
    out
}

impl PartialOrd for Finite {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Finite {
    fn cmp(&self, other: &Self) -> Ordering {
        self.get().total_cmp(&other.get())
    }
}

impl fmt::Debug for Finite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.get(), f)
    }
}

impl fmt::Display for Finite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.grouped())
    }
}

impl From<i32> for Finite {
    fn from(value: i32) -> Self {
        Self::new(value.into()).unwrap_or(Self::ZERO)
    }
}

impl Serialize for Finite {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        // A whole number is written as one: `412`, not `412.0`.
        if self.get().fract() == 0.0 && self.get().abs() < 1e15 {
            to.serialize_i64(self.get() as i64)
        } else {
            to.serialize_f64(self.get())
        }
    }
}

impl<'de> Deserialize<'de> for Finite {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let value = f64::deserialize(from)?;
        Self::new(value)
            .ok_or_else(|| serde::de::Error::custom(say!("a number must be finite: inf and NaN cannot be kept")))
    }
}

/// Why a typed text is not a number, in words for the person who typed it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// Nothing was typed.
    #[error("{}", say!("type a number, such as 412 or 4.6"))]
    Empty,
    /// A character that no number has.
    #[error("{}", say!("`{typed}` is no part of a number: write 412, 1,234.5, -3 or 12 %", typed = .0))]
    Character(char),
    /// Separators that do not add up.
    #[error("{}", say!("`{typed}` is not clear: write 1234.5 or 1,234.5", typed = .0))]
    Separators(String),
    /// Too large to keep.
    #[error("{}", say!("that number is too large to keep"))]
    TooLarge,
}

impl FromStr for Finite {
    type Err = NumberError;

    /// Reads what a person types: `412`, `1,234.5`, `1.234,5`, `1 234,5`, `12 %`, `-3`, `€ 1,200`.
    ///
    /// Where a single mark is followed by exactly three digits (`1,234` or `1.234`), a comma groups and a point is decimal,
    /// as files and English texts write numbers. A trailing `%` is taken off: `12 %` is 12, in the unit of the field.
    fn from_str(text: &str) -> Result<Self, NumberError> {
        read(text, Language::English)
    }
}

/// Reads a number as people of this language write it.
fn read(text: &str, language: Language) -> Result<Finite, NumberError> {
    let mut body = text.trim();
    body = body.strip_suffix('%').unwrap_or(body).trim_end();
    body = body.trim_start_matches(['€', '$', '£']).trim_start();
    body = body.trim_end_matches(['€', '$', '£']).trim_end();
    let (negative, body) = match body.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, body.strip_prefix('+').unwrap_or(body)),
    };
    if body.is_empty() {
        return Err(NumberError::Empty);
    }
    let space = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’' | '_');
    if let Some(odd) = body.chars().find(|&c| !(c.is_ascii_digit() || c == ',' || c == '.' || space(c))) {
        return Err(NumberError::Character(odd));
    }
    let unclear = || NumberError::Separators(text.trim().chars().take(32).collect());
    let plain = plain_digits(body, language, space).ok_or_else(unclear)?;
    let value: f64 = plain.parse().map_err(|_| unclear())?;
    Finite::new(if negative { -value } else { value }).ok_or(NumberError::TooLarge)
}

/// Takes the grouping out of a typed number and leaves a point as its decimal mark.
fn plain_digits(body: &str, language: Language, space: impl Fn(char) -> bool + Copy) -> Option<String> {
    let (comma, point) = (body.matches(',').count(), body.matches('.').count());
    let (own, thousands) = language.marks();
    let decimal = match (comma, point) {
        (0, 0) => None,
        (1, 0) | (0, 1) if body.contains(own) => Some(own),
        (1, 0) | (0, 1) => {
            let after = body.split(thousands).nth(1).map_or(0, |s| s.chars().filter(char::is_ascii_digit).count());
            let before = body.find(thousands).unwrap_or(0);
            // The mark groups thousands only when it can: 1,234 but not 0,125 or 12345,678.
            if after == 3 && (1..=3).contains(&before) && !body.starts_with('0') { None } else { Some(thousands) }
        }
        (_, 0) | (0, _) => None,
        _ => Some(if body.rfind(',') > body.rfind('.') { ',' } else { '.' }),
    };
    let (whole, fraction) = match decimal {
        Some(mark) => body.rsplit_once(mark)?,
        None => (body, ""),
    };
    if !fraction.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let separator = |c: char| c == ',' || c == '.' || space(c);
    let groups: Vec<&str> = whole.split(separator).collect();
    let even = groups.len() == 1 || ((1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|g| g.len() == 3));
    let marks: Vec<char> = whole.chars().filter(|&c| separator(c)).collect();
    let one_mark = marks.windows(2).all(|w| w[0] == w[1]) && marks.first().is_none_or(|m| Some(*m) != decimal);
    let digits = groups.concat();
    (even && one_mark && !(digits.is_empty() && fraction.is_empty())).then(|| format!("{digits}.{fraction}0"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<f64, NumberError> {
        text.parse::<Finite>().map(Finite::get)
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, value) in [
            ("412", 412.0),
            ("1,234.5", 1234.5),
            ("1.234,5", 1234.5),
            ("12 %", 12.0),
            ("-3", -3.0),
            ("−3", -3.0),
            ("+3", 3.0),
            ("1 234,5", 1234.5),
            ("1'234.50", 1234.5),
            ("0,125", 0.125),
            ("4,6", 4.6),
            ("1,234", 1234.0),
            ("1.234", 1.234),
            ("1,234,567", 1_234_567.0),
            ("1.234.567", 1_234_567.0),
            ("€ 1,200", 1200.0),
            ("1200 €", 1200.0),
            (".5", 0.5),
            ("5.", 5.0),
            ("-0", 0.0),
            (" 7 ", 7.0),
        ] {
            assert_eq!(read(text), Ok(value), "{text}");
        }
    }

    #[test]
    fn what_is_not_a_number_is_refused_with_the_reason() {
        assert_eq!(read(""), Err(NumberError::Empty));
        assert_eq!(read("%"), Err(NumberError::Empty));
        assert_eq!(read("12k"), Err(NumberError::Character('k')));
        assert_eq!(read("NaN"), Err(NumberError::Character('N')));
        assert_eq!(read("1e9"), Err(NumberError::Character('e')));
        assert_eq!(read(&"9".repeat(400)), Err(NumberError::TooLarge));
        for odd in ["1,23,4", "1.2.3", "1,234.5,6", "12,34,567", ".", ",", "1 23", "--3", "1,2 3"] {
            assert!(read(odd).is_err(), "{odd}");
        }
    }

    #[test]
    fn numbers_are_written_short_and_grouped() {
        let show = |v: f64| Finite::new(v).unwrap().grouped();
        assert_eq!(show(18420.0), "18,420");
        assert_eq!(show(-1_234_567.5), "-1,234,567.5");
        assert_eq!(show(4.6), "4.6");
        assert_eq!(show(0.1 + 0.2), "0.3");
        assert_eq!(show(1e300), "1e300");
        assert_eq!(Finite::new(-0.001).unwrap().fixed(1), "0.0");
        assert_eq!(Finite::new(999.95).unwrap().fixed(1), "1,000.0");
        assert!(Finite::new(f64::NAN).is_none() && Finite::new(f64::INFINITY).is_none());
    }
}
