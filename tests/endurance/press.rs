//! What comes in at random: keys as people mix them, words on the edge, pastes, clicks, sizes, time.

use std::fmt::Write as _;

use truenorth::app::key::Key;

use crate::harness::Dice;

/// Something that comes in.
#[derive(Debug, Clone)]
pub(super) enum Press {
    Key(Key),
    Type(&'static str),
    Paste(String),
    Size(u16, u16),
    Click(u16, u16),
    Pass(i64),
}

/// How keys are mixed: letters and digits most, the keys of forms and lists often, all others now and then.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Letter,
    Digit,
    Named(&'static str),
    Sign,
    Control,
    Words,
    Short,
    Novel,
    Size,
    Click,
    Pass,
}

const MIX: [(usize, Kind); 27] = [
    (260, Kind::Letter),
    (100, Kind::Digit),
    (60, Kind::Sign),
    (90, Kind::Named("Enter")),
    (70, Kind::Named("Esc")),
    (60, Kind::Named("Tab")),
    (10, Kind::Named("Shift-Tab")),
    (70, Kind::Named("Down")),
    (40, Kind::Named("Up")),
    (15, Kind::Named("Left")),
    (15, Kind::Named("Right")),
    (8, Kind::Named("Home")),
    (8, Kind::Named("End")),
    (8, Kind::Named("PgUp")),
    (8, Kind::Named("PgDn")),
    (20, Kind::Named("Backspace")),
    (8, Kind::Named("Delete")),
    (30, Kind::Named("Space")),
    (30, Kind::Named("Ctrl-s")),
    (25, Kind::Named("Y")),
    (30, Kind::Control),
    (30, Kind::Words),
    (10, Kind::Short),
    (1, Kind::Novel),
    (12, Kind::Size),
    (20, Kind::Click),
    (10, Kind::Pass),
];

/// What fields are filled with: numbers, days and names that are right, wrong, and on the edge.
const WORDS: [&str; 22] = [
    "61,9",
    "-3",
    "1e308",
    "99999999999999999999",
    "0.0000001",
    "12 %",
    "+7",
    "thu",
    "2026-11-26",
    "31.2.",
    "9999-12-31",
    "-9999999-01-01",
    "2w",
    "today",
    "maya",
    "tom ines",
    "東京",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}",
    "\u{202e}drow",
    "👩\u{200d}🍳",
    "a very long word thatgoesonandonandonandonandonandonandonandonandonandonandon",
    "decision: oven",
];

const SIZES: [(u16, u16); 14] = [
    (80, 24),
    (80, 24),
    (80, 24),
    (120, 40),
    (200, 60),
    (60, 20),
    (59, 19),
    (1, 1),
    (0, 0),
    (65535, 1),
    (1, 500),
    (3, 3),
    (300, 8),
    (40, 100),
];

/// What a careless clipboard holds.
fn page() -> String {
    "It was a dark\tand stormy night; \u{1b}[2J\u{1b}]0;owned\u{7} rain\u{0}\u{8}.\r\n日本語 e\u{301}\u{202e}\u{200b} 👩\u{200d}🍳\n".to_owned()
}

pub(super) fn press(dice: &mut Dice) -> Press {
    let char_of = |dice: &mut Dice, set: &str| *dice.pick(&set.chars().collect::<Vec<_>>());
    match *dice.weighted(&MIX) {
        Kind::Letter => {
            let c = char_of(dice, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
            Press::Key(Key::char(c))
        }
        Kind::Digit => Press::Key(Key::char(char_of(dice, "0123456789"))),
        Kind::Sign => Press::Key(Key::char(char_of(dice, "?:/!.,+-=*[]<>'\"ß€"))),
        Kind::Named(name) => Press::Key(name.parse().unwrap()),
        Kind::Control => Press::Key(Key::ctrl(char_of(dice, "adefhkloprtuwx"))),
        Kind::Words => Press::Type(WORDS[dice.below(WORDS.len())]),
        Kind::Short => Press::Paste(page()),
        Kind::Novel => Press::Paste(page().repeat(1000)),
        Kind::Size => {
            let (width, height) = *dice.pick(&SIZES);
            Press::Size(width, height)
        }
        Kind::Click => Press::Click(dice.below(120) as u16, dice.below(40) as u16),
        Kind::Pass => Press::Pass(*dice.pick(&[1, 1, 7, 60, 3600, 86_400])),
    }
}

/// The keys as a person could press them again.
pub(super) fn told(presses: &[Press]) -> String {
    let mut out = String::new();
    for press in presses {
        let _ = match press {
            Press::Key(key) => write!(out, "{key} "),
            Press::Paste(text) if text.len() > 200 => write!(out, "Paste(a page, {} bytes) ", text.len()),
            other => write!(out, "{other:?} "),
        };
    }
    out
}
