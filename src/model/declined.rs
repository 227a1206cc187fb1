//! What a decision said no to, and what would reopen it. Files from before the two were told apart hold one text.

use serde::de::{Deserializer, SeqAccess, Visitor, value::SeqAccessDeserializer};
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

/// The words between what was declined and what would reopen it, where both stand on one line.
const REOPEN_IF: &str = "reopen if";

/// Something that was declined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declined {
    /// What.
    pub what: String,
    /// What would have to happen for it to be looked at again; empty where nobody said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reopen_if: String,
}

impl Declined {
    /// Something declined of which nobody said what would reopen it.
    pub fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), reopen_if: String::new() }
    }

    /// Reads a line such as `Hiring now; reopen if overtime stays above 20 h`; nothing in an empty one.
    #[must_use]
    pub fn of_line(line: &str) -> Option<Self> {
        let line = line.trim();
        // ASCII letters keep their bytes when made small, so that the place found is one of the line itself.
        let at = line.to_ascii_lowercase().find(REOPEN_IF);
        let (what, reopen_if) = at.map_or((line, ""), |at| (&line[..at], &line[at + REOPEN_IF.len()..]));
        let what = if reopen_if.is_empty() { what } else { what.trim_end_matches([' ', ';', ',', '(', ':', '.']) };
        (!what.is_empty()).then(|| Self { what: what.to_owned(), reopen_if: reopen_if.trim().to_owned() })
    }

    /// The line that [`Declined::of_line`] reads.
    #[must_use]
    pub fn line(&self) -> String {
        match self.reopen_if.as_str() {
            "" => self.what.clone(),
            reopen_if => format!("{}; {REOPEN_IF} {reopen_if}", self.what),
        }
    }
}

/// Writes a list of what was declined; a single text of which nobody said more stays the one text it was.
pub(super) fn write<S: Serializer>(all: &[Declined], to: S) -> Result<S::Ok, S::Error> {
    match all {
        [only] if only.reopen_if.is_empty() && to.is_human_readable() => to.serialize_str(&only.what),
        all => all.serialize(to),
    }
}

/// Reads a list of what was declined, or the one text that stood there before.
pub(super) fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Declined>, D::Error> {
    if from.is_human_readable() { from.deserialize_any(TextOrList) } else { Vec::deserialize(from) }
}

struct TextOrList;

impl<'de> Visitor<'de> for TextOrList {
    type Value = Vec<Declined>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(say!("a text, or a list of (what: text, reopen_if: text)"))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(if text.is_empty() { Vec::new() } else { vec![Declined::new(text)] })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Self::Value, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(items))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Holder {
        #[serde(default, serialize_with = "write", deserialize_with = "read")]
        declined: Vec<Declined>,
    }

    fn holder(all: &[(&str, &str)]) -> Holder {
        let one =
            |(what, reopen_if): &(&str, &str)| Declined { reopen_if: (*reopen_if).into(), ..Declined::new(*what) };
        Holder { declined: all.iter().map(one).collect() }
    }

    #[test]
    fn the_one_text_of_older_files_is_still_read_and_written_as_it_was() {
        let old = "(declined:\"Hiring now. Wages first.\")";
        let read: Holder = ron::from_str(old).unwrap();
        assert_eq!(read, holder(&[("Hiring now. Wages first.", "")]));
        assert_eq!(ron::to_string(&read).unwrap(), old);
        assert_eq!(ron::from_str::<Holder>("()").unwrap(), holder(&[]));
    }

    #[test]
    fn a_list_comes_back_from_ron_and_json_as_it_went() {
        for all in [vec![("A", "x"), ("B", "")], vec![("A", "x")], vec![("A", ""), ("B", "")], vec![]] {
            let holder = holder(&all);
            assert_eq!(ron::from_str::<Holder>(&ron::to_string(&holder).unwrap()).unwrap(), holder);
            assert_eq!(serde_json::from_str::<Holder>(&serde_json::to_string(&holder).unwrap()).unwrap(), holder);
        }
        assert!(ron::from_str::<Holder>("(declined:[(wat:\"A\")])").is_err());
    }

    #[test]
    fn a_line_says_what_and_what_would_reopen_it() {
        let read = |line| Declined::of_line(line).map(|d| (d.what, d.reopen_if));
        let both = Some(("Hiring now".to_owned(), "overtime > 20 h".to_owned()));
        assert_eq!(read("Hiring now; reopen if overtime > 20 h"), both);
        assert_eq!(read(" Hiring now, Reopen if overtime > 20 h "), both);
        assert_eq!(read("Hiring now."), Some(("Hiring now.".to_owned(), String::new())));
        assert_eq!((read("  "), read("reopen if it rains")), (None, None));
        let declined = Declined::of_line("Hiring now; reopen if overtime > 20 h").unwrap();
        assert_eq!(Declined::of_line(&declined.line()), Some(declined));
    }
}
