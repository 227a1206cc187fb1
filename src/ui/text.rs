//! Text for cells: made safe to show, cut to a width, wrapped, put into columns.

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::glyphs::Glyphs;
use crate::model::shown::{shown, shown_lines};

/// The cells that a text takes.
#[must_use]
pub fn width(text: &str) -> usize {
    // Most texts are; and a table of all characters is what a measure of the others begins with.
    if text.bytes().all(|b| matches!(b, b' '..=b'~')) { text.len() } else { text.width() }
}

/// A text cut to a width, with a mark at its end when it was.
#[must_use]
pub fn fit(text: &str, room: usize, glyphs: Glyphs) -> String {
    let text = shown(text);
    if width(&text) <= room {
        return text.into_owned();
    }
    let mark = glyphs.cut();
    let keep = room.saturating_sub(width(mark));
    let mut out = String::new();
    let mut used = 0;
    for cluster in text.graphemes(true) {
        let w = width(cluster);
        if used + w > keep {
            break;
        }
        out.push_str(cluster);
        used += w;
    }
    if room > 0 {
        out.push_str(mark);
    }
    out
}

/// A text for terminals that show ASCII only, in the same number of cells: punctuation by its nearest, the rest as `?`.
fn in_ascii(text: &str) -> String {
    let nearest = |cluster: &str| match cluster {
        "\u{201c}" | "\u{201d}" | "\u{201e}" => "\"".to_owned(),
        "\u{2018}" | "\u{2019}" => "'".to_owned(),
        "\u{2013}" | "\u{2014}" | "\u{2212}" => "-".to_owned(),
        "\u{2026}" => "~".to_owned(),
        "\u{b7}" => ".".to_owned(),
        other if other.is_ascii() => other.to_owned(),
        other => "?".repeat(width(other)),
    };
    text.graphemes(true).map(nearest).collect()
}

/// A text wrapped at words into lines of at most this width. Words that are longer are broken. What begins with blanks stands in
/// as a whole.
#[must_use]
pub fn wrap(text: &str, room: usize) -> Vec<String> {
    let mut lines = Vec::new();
    if room == 0 {
        return lines;
    }
    for paragraph in shown_lines(text).split('\n') {
        let words = paragraph.trim_start_matches(' ');
        let indent = (paragraph.len() - words.len()).min(room / 3);
        if indent > 0 {
            lines.extend(wrap(words, room - indent).into_iter().map(|line| format!("{:indent$}{line}", "")));
            continue;
        }
        let (mut line, mut used) = (String::new(), 0);
        for word in paragraph.split(' ') {
            let (gap, long) = (usize::from(!line.is_empty()), width(word));
            if used + gap + long <= room {
                if gap == 1 {
                    line.push(' ');
                }
                line.push_str(word);
                used += gap + long;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            for cluster in word.graphemes(true) {
                let wide = width(cluster);
                if used + wide > room {
                    lines.push(std::mem::take(&mut line));
                    used = 0;
                }
                line.push_str(cluster);
                used += wide;
            }
        }
        lines.push(line);
    }
    lines
}

/// A text wrapped into at most so many lines; the last one is marked where the text was cut.
#[must_use]
pub fn wrap_to(text: &str, room: usize, most: usize, glyphs: Glyphs) -> Vec<String> {
    let mut lines = wrap(text, room);
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            last.push_str(glyphs.cut());
            *last = fit(last, room, glyphs);
        }
    }
    lines
}

/// A line built column by column; each text is made safe and cut to its room.
#[derive(Debug)]
pub struct Row {
    line: Line<'static>,
    used: usize,
    glyphs: Glyphs,
}

impl Row {
    /// An empty line.
    #[must_use]
    pub fn new(glyphs: Glyphs) -> Self {
        Self { line: Line::default(), used: 0, glyphs }
    }

    /// The cells used so far.
    #[must_use]
    pub fn used(&self) -> usize {
        self.used
    }

    /// Appends a text as it is.
    #[must_use]
    pub fn text(mut self, text: &str, style: Style) -> Self {
        let mut text = shown(text).into_owned();
        if self.glyphs.is_ascii() && !text.is_ascii() {
            text = in_ascii(&text);
        }
        self.used += width(&text);
        self.line.push_span(Span::styled(text, style));
        self
    }

    /// Appends blanks.
    #[must_use]
    pub fn gap(self, n: usize) -> Self {
        self.text(&" ".repeat(n), Style::new())
    }

    /// Appends a text flush left in a column.
    #[must_use]
    pub fn left(self, text: &str, room: usize, style: Style) -> Self {
        let cut = fit(text, room, self.glyphs);
        let pad = room.saturating_sub(width(&cut));
        self.text(&cut, style).gap(pad)
    }

    /// Appends a text flush right in a column.
    #[must_use]
    pub fn right(self, text: &str, room: usize, style: Style) -> Self {
        let cut = fit(text, room, self.glyphs);
        let pad = room.saturating_sub(width(&cut));
        self.gap(pad).text(&cut, style)
    }

    /// The line.
    #[must_use]
    pub fn done(self) -> Line<'static> {
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_never_takes_more_cells_than_it_has() {
        let glyphs = Glyphs::new(false);
        for text in ["plain words", "東京の朝", "a\u{1b}[31mb", "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}x"] {
            for room in 0..14 {
                assert!(width(&fit(text, room, glyphs)) <= room, "{text} in {room}");
                assert!(wrap(text, room).iter().all(|l| width(l) <= room.max(2)), "{text} in {room}");
            }
        }
        let ascii = Row::new(Glyphs::new(true)).text("“café” – 東", Style::new());
        assert_eq!((ascii.used(), ascii.done().to_string().as_str()), (11, "\"caf?\" - ??"));
        assert_eq!(fit("abcdef", 4, glyphs), "abc…");
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
    }
}
