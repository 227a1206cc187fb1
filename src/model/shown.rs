//! Text from files and people, made safe to show: the one way for it to reach a screen, standard output or an error.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_segmentation::UnicodeSegmentation;

/// Most combining marks that one character keeps.
const MARKS: usize = 4;

/// A single line that is safe to show: control characters become visible, line breaks become ` / `, tabs a blank.
///
/// Direction overrides, zero-width characters and tags are written as `⟨U+202E⟩`, so that nobody is misled by them.
#[must_use]
pub fn shown(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(clean(text, " / "))
}

/// Like [`shown`], but keeps line breaks.
#[must_use]
pub fn shown_lines(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(clean(&text.replace("\r\n", "\n"), "\n"))
}

/// Text of such characters is shown as it is, and needs no look at its graphemes: nearly all text takes this way.
fn is_plain(text: &str) -> bool {
    text.chars().all(stands_alone)
}

/// Whether a character is a grapheme of its own whatever stands beside it, and nothing that has to be made visible: ASCII,
/// letters of Latin alphabets, marks of punctuation, arrows, lines and blocks. It may still be two cells wide.
#[must_use]
pub fn stands_alone(c: char) -> bool {
    matches!(c,
        '\u{20}'..='\u{7e}' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}'
        | '\u{2190}'..='\u{25ff}')
}

fn clean(text: &str, newline: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for cluster in text.graphemes(true) {
        if cluster == "\n" || cluster == "\r\n" {
            out.push_str(newline);
            continue;
        }
        let emoji = cluster.contains('\u{200d}') && cluster.chars().any(|c| ('\u{2191}'..='\u{1faff}').contains(&c));
        let mut marks = 0;
        for c in cluster.chars() {
            match c {
                '\n' => out.push_str(newline),
                '\t' => out.push_str("    "),
                '\u{7f}' => out.push('\u{2421}'),
                c if (c as u32) < 0x20 => out.push(char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}')),
                '\u{200c}' | '\u{200d}' if emoji => out.push(c),
                c if is_hidden(c) => {
                    let _ = write!(out, "⟨U+{:04X}⟩", c as u32);
                }
                c if is_mark(c) => {
                    marks += 1;
                    if marks <= MARKS {
                        out.push(c);
                    }
                }
                c => out.push(c),
            }
        }
    }
    out
}

/// Characters that change how others are shown, or are not shown at all.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{80}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}' | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_alone_is_a_grapheme_of_its_own_and_shown_as_it_is() {
        let all: Vec<char> = ('\0'..='\u{ffff}').filter(|c| stands_alone(*c)).collect();
        assert!(all.len() > 1500);
        for c in &all {
            assert!(!is_hidden(*c) && !is_mark(*c) && !c.is_control(), "{c:?}");
        }
        let (once, twice): (String, String) = (all.iter().collect(), all.iter().flat_map(|c| [*c, *c]).collect());
        let backwards: String = all.iter().rev().collect();
        for text in [&once, &twice, &backwards] {
            assert_eq!(text.graphemes(true).count(), text.chars().count());
            assert_eq!(clean(text, "\n"), **text);
        }
    }

    #[test]
    fn what_could_drive_a_terminal_becomes_visible() {
        assert_eq!(shown("plain"), "plain");
        assert_eq!(shown("\u{1b}]52;c;ZXZpbA==\u{7}"), "␛]52;c;ZXZpbA==␇");
        assert_eq!(shown("a\u{202e}b"), "a⟨U+202E⟩b");
        assert_eq!(shown("a\u{200b}b\u{feff}"), "a⟨U+200B⟩b⟨U+FEFF⟩");
        assert_eq!(shown("two\nlines\tand a tab"), "two / lines    and a tab");
        assert_eq!(shown_lines("two\r\nlines"), "two\nlines");
        assert_eq!(shown("café – Zürich 東京"), "café – Zürich 東京");
        assert_eq!(shown(&format!("e{}", "\u{301}".repeat(40))), format!("e{}", "\u{301}".repeat(4)));
        assert_eq!(shown("\u{9b}31m"), "⟨U+009B⟩31m");
    }
    #[test]
    fn a_line_break_of_windows_is_one_line_break() {
        assert_eq!(shown("two\r\nlines"), "two / lines");
        assert_eq!(shown("a\rb"), "a␍b");
    }

    #[test]
    fn joiners_join_emoji_and_are_made_visible_everywhere_else() {
        assert_eq!(shown("👩\u{200d}👧"), "👩\u{200d}👧");
        assert_eq!(shown("a\u{200d}b"), "a⟨U+200D⟩b");
        assert_eq!(shown("\u{20000}\u{200d}"), "\u{20000}⟨U+200D⟩");
    }

    #[test]
    fn plain_text_is_not_copied() {
        assert!(matches!(shown("Zürich – 7 %"), Cow::Borrowed(_)));
        assert!(matches!(shown_lines("Zürich – 7 %"), Cow::Borrowed(_)));
    }
}
