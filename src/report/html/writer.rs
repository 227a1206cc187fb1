//! The one way by which text gets into HTML: every text and every value of an attribute is escaped, every element is closed.

use std::fmt::Write as _;

use crate::model::shown::{shown, shown_lines};
use crate::model::tongue::language;

/// A document in the making. There is no way to add text that is not escaped, nor to leave an element open: names of elements
/// and attributes are the program's own words, and what is inside an element is written by the function handed in.
#[derive(Debug, Default)]
pub(in crate::report) struct Html {
    out: String,
}

/// The attributes of an element: names of the program's own, and values that may be anything.
pub(in crate::report) type Attributes<'a> = &'a [(&'static str, &'a str)];

/// Elements that have no inside.
const VOID: [&str; 6] = ["meta", "br", "hr", "link", "col", "img"];

impl Html {
    /// A whole document in the language that is spoken.
    pub(in crate::report) fn document(inside: impl FnOnce(&mut Self)) -> String {
        let mut html = Self { out: String::from("<!DOCTYPE html>\n") };
        html.el("html", &[("lang", language().code())], inside);
        html.out.push('\n');
        html.out
    }

    /// An element with what is inside it.
    pub(in crate::report) fn el(
        &mut self,
        name: &'static str,
        attributes: Attributes<'_>,
        inside: impl FnOnce(&mut Self),
    ) {
        self.open(name, attributes);
        if VOID.contains(&name) {
            return;
        }
        inside(self);
        let _ = write!(self.out, "</{name}>");
    }

    /// An element with nothing inside.
    pub(in crate::report) fn empty(&mut self, name: &'static str, attributes: Attributes<'_>) {
        self.el(name, attributes, |_| {});
    }

    /// An element of a class with a text.
    pub(in crate::report) fn p(&mut self, name: &'static str, class: &str, text: &str) {
        let attributes = [("class", class)];
        self.el(name, if class.is_empty() { &[] } else { &attributes }, |h| h.text(text));
    }

    /// A text on one line.
    pub(in crate::report) fn text(&mut self, text: &str) {
        escape(&mut self.out, &shown(text));
    }

    /// A text as it was typed: its line breaks stay, and addresses in it can be followed.
    pub(in crate::report) fn prose(&mut self, text: &str) {
        for (nth, line) in shown_lines(text.trim_end()).split('\n').enumerate() {
            if nth > 0 {
                self.empty("br", &[]);
            }
            self.linked(line);
        }
    }

    /// A rule of style, of the program's own.
    pub(in crate::report) fn style(&mut self, css: &'static str) {
        let _ = write!(self.out, "<style>{css}</style>");
    }

    /// A line break in the source, so that it can be read.
    pub(in crate::report) fn newline(&mut self) {
        self.out.push('\n');
    }

    fn open(&mut self, name: &'static str, attributes: Attributes<'_>) {
        let _ = write!(self.out, "<{name}");
        for (attribute, value) in attributes {
            let _ = write!(self.out, " {attribute}=\"");
            escape(&mut self.out, &shown(value));
            self.out.push('"');
        }
        self.out.push('>');
    }

    /// Words that are addresses of the web or of mail become links; nothing else ever does.
    fn linked(&mut self, line: &str) {
        for (nth, word) in line.split(' ').enumerate() {
            if nth > 0 {
                self.out.push(' ');
            }
            let address = word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '"', '\'']);
            if is_link(address) {
                self.el("a", &[("href", address), ("rel", "noreferrer")], |h| h.text(address));
                self.text(&word[address.len()..]);
            } else {
                self.text(word);
            }
        }
    }
}

/// Whether a word is an address that may be followed: http, https or mailto, with something behind it.
fn is_link(word: &str) -> bool {
    let after = ["https://", "http://", "mailto:"].iter().find_map(|scheme| word.strip_prefix(scheme));
    after.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()) && !rest.contains(['<', '>', '"']))
}

fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(inside: impl FnOnce(&mut Html)) -> String {
        let mut html = Html::default();
        inside(&mut html);
        html.out
    }

    #[test]
    fn text_and_attributes_cannot_leave_their_place() {
        let hostile = "\"><svg onload=alert(1)>'&\u{202e}\u{0}";
        let text = written(|h| h.el("p", &[("title", hostile)], |h| h.text(hostile)));
        let safe = "&quot;&gt;&lt;svg onload=alert(1)&gt;&#39;&amp;⟨U+202E⟩␀";
        assert_eq!(text, format!("<p title=\"{safe}\">{safe}</p>"));
    }

    #[test]
    fn only_addresses_of_the_web_and_of_mail_can_be_followed() {
        let prose = |text: &str| written(|h| h.prose(text));
        assert_eq!(
            prose("see https://x.org/a?b=1&c=2, or\nmailto:me@x.org"),
            "see <a href=\"https://x.org/a?b=1&amp;c=2\" rel=\"noreferrer\">https://x.org/a?b=1&amp;c=2</a>, or<br>\
             <a href=\"mailto:me@x.org\" rel=\"noreferrer\">mailto:me@x.org</a>"
        );
        for none in ["javascript:alert(1)", "data:text/html,x", "http://", "JavaScript://x.org", "file:///etc/passwd"] {
            assert_eq!(prose(none), none);
        }
    }
}
