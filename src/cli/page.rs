//! Plain text for people: headings, fields, paragraphs and tables. The one way for text to get onto a page makes it safe.

use unicode_width::UnicodeWidthStr;

use crate::model::shown::{shown, shown_lines};
use crate::model::status::Status;

use super::style::{Style, Tone};
use super::table::Table;

/// Where the values of fields begin.
const LABEL: usize = 14;

/// A label with the blanks behind it; a longer one keeps one of them.
fn led(label: &str) -> String {
    let wide = LABEL.saturating_sub(label.width()).max(usize::from(!label.is_empty()));
    format!("{label}{}", " ".repeat(wide))
}

/// A page that is being written.
#[derive(Debug)]
pub(super) struct Page {
    style: Style,
    out: String,
}

impl Page {
    /// An empty page.
    pub(super) fn new(style: Style) -> Self {
        Self { style, out: String::new() }
    }

    /// Its text.
    pub(super) fn text(self) -> String {
        self.out
    }

    /// The first line, or the line above a section.
    pub(super) fn heading(&mut self, text: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.push(&self.style.paint(&shown(text), Tone::Strong));
    }

    /// A label and its value, which is wrapped under itself.
    pub(super) fn field(&mut self, label: &str, value: &str) {
        let lines = wrap(&shown_lines(value), self.style.width.saturating_sub(LABEL));
        for (at, line) in lines.iter().enumerate() {
            let label = if at == 0 { label } else { "" };
            self.push(&format!("{}{line}", led(label)));
        }
    }

    /// A label, a status with its mark, and what goes with it.
    pub(super) fn status(&mut self, label: &str, status: Status, more: &str) {
        let painted = self.style.paint(&with_mark(status), Tone::Status(status));
        let more = if more.is_empty() { String::new() } else { format!("  {}", shown(more)) };
        self.push(&format!("{}{painted}{more}", led(label)));
    }

    /// A label and a row of statuses with counts.
    pub(super) fn counts(&mut self, label: &str, counts: &[(Status, usize)]) {
        let parts: Vec<String> =
            counts.iter().map(|(s, n)| self.style.paint(&format!("{} {n} {s}", mark(*s)), Tone::Status(*s))).collect();
        self.push(&format!("{}{}", led(label), parts.join("   ")));
    }

    /// An item of a list, which is wrapped behind its bullet.
    pub(super) fn item(&mut self, text: &str) {
        for (at, line) in wrap(&shown_lines(text), self.style.width.saturating_sub(2)).iter().enumerate() {
            self.push(&format!("{} {line}", if at == 0 { "-" } else { " " }));
        }
    }

    /// A label so wide and a text in pieces, some of which were looked for; wrapped under itself.
    pub(super) fn marked(&mut self, label: &str, indent: usize, pieces: &[(&str, bool)]) {
        let room = self.style.width.saturating_sub(indent).max(8);
        let (mut line, mut used) = (format!("{label:<indent$}"), 0);
        for word in words(pieces) {
            let width: usize = word.iter().map(|(text, _)| text.width()).sum();
            if used > 0 && used + 1 + width > room {
                self.push(&line);
                (line, used) = (" ".repeat(indent), 0);
            }
            if used > 0 {
                line.push(' ');
                used += 1;
            }
            for (text, is_match) in word {
                let tone = if is_match { Tone::Match } else { Tone::Plain };
                line.push_str(&self.style.paint(&text, tone));
            }
            used += width;
        }
        self.push(&line);
    }

    /// A table.
    pub(super) fn table(&mut self, table: &Table) {
        self.out.push_str(&table.text(&self.style));
    }

    fn push(&mut self, line: &str) {
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }
}

/// Pieces cut at blanks, made safe to show: each word with the parts of it that were looked for.
fn words(pieces: &[(&str, bool)]) -> Vec<Vec<(String, bool)>> {
    let mut words: Vec<Vec<(String, bool)>> = vec![Vec::new()];
    for (text, is_match) in pieces {
        for (at, part) in shown(text).split(' ').enumerate() {
            if at > 0 {
                words.push(Vec::new());
            }
            if let Some(word) = words.last_mut().filter(|_| !part.is_empty()) {
                word.push((part.to_owned(), *is_match));
            }
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The mark that stands for a status where there is no colour.
pub(super) fn mark(status: Status) -> char {
    match status {
        Status::OnTrack => '+',
        Status::AtRisk => '!',
        Status::OffTrack => 'x',
        Status::Unknown => '?',
    }
}

/// The mark and the words of a status: `! at risk`.
pub(super) fn with_mark(status: Status) -> String {
    format!("{} {status}", mark(status))
}

/// Breaks a text into lines of at most `width` columns, at blanks where there are any. Gives at least one line.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(8);
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split(' ').filter(|w| !w.is_empty()) {
            if !line.is_empty() && line.width() + 1 + word.width() > width {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines
}
