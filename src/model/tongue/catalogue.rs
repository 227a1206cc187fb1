//! The texts of another language: a file of pairs in RON, English and what stands for it, looked up by the English.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

type Texts = HashMap<Cow<'static, str>, Cow<'static, str>>;

/// Read when the first German text is asked for: who speaks English does not pay for it.
static GERMAN: LazyLock<Texts> = LazyLock::new(|| read(include_str!("../../../languages/de.ron")).collect());

/// The German for a text of the code.
#[must_use]
pub fn german(text: &str) -> Option<&'static str> {
    GERMAN.get(text).map(AsRef::as_ref)
}

/// The pairs of a catalogue: every two quoted texts, whatever stands between them. That it is RON is held by a test: reading it as
/// such would take longer than the first picture may.
fn read(file: &'static str) -> impl Iterator<Item = (Cow<'static, str>, Cow<'static, str>)> {
    let mut quoted = file.lines().filter(|line| !line.trim_start().starts_with("//")).flat_map(of_line);
    std::iter::from_fn(move || Some((quoted.next()?, quoted.next()?)))
}

/// The quoted texts of a line.
fn of_line(line: &'static str) -> impl Iterator<Item = Cow<'static, str>> {
    let mut rest = line;
    std::iter::from_fn(move || {
        let (_, after) = rest.split_once('"')?;
        let mut escaped = false;
        let ends = |c: char| {
            let end = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            end
        };
        let (text, behind) = after.split_at(after.find(ends)?);
        rest = behind.get(1..).unwrap_or_default();
        Some(plain(text))
    })
}

/// A quoted text without its escapes: `\n`, `\"` and `\\`.
fn plain(text: &'static str) -> Cow<'static, str> {
    if text.contains('\\') {
        let marked = text.replace("\\\\", "\u{1}").replace("\\n", "\n").replace("\\\"", "\"");
        return Cow::Owned(marked.replace('\u{1}', "\\"));
    }
    Cow::Borrowed(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_is_ron_and_is_read_as_what_it_says() {
        let file = include_str!("../../../languages/de.ron");
        let ron: HashMap<String, String> = ron::from_str(file).unwrap();
        let own: HashMap<String, String> = read(file).map(|(a, b)| (a.into_owned(), b.into_owned())).collect();
        assert_eq!(own, ron);
        assert_eq!(read(file).count(), ron.len(), "a text stands in the catalogue twice");
    }
}
