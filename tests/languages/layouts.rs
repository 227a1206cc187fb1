//! What is drawn in another language: no text was forgotten, none is cut without a mark, and every number keeps its place.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use truenorth::app::keymap::Keymap;
use truenorth::model::tongue::{Language, within};

use crate::harness::{Driven, at_quarter_step, everywhere, loudly, small_words};

const SIZES: [(u16, u16); 3] = [(80, 24), (100, 30), (140, 45)];

/// Every place there is: everywhere, the steps of a quarter's review with its dialogs, and the strategy map.
fn places() -> Vec<(String, Driven)> {
    let mut all = everywhere();
    all.extend((2..=6).map(|step| (format!("step {step} of the quarter"), at_quarter_step(step))));
    for (step, keys) in [(2, "Enter"), (2, "x"), (2, "+"), (4, "e"), (4, "+"), (5, "+"), (6, "Enter"), (6, "Ctrl-s")] {
        let mut t = at_quarter_step(step);
        t.keys(keys);
        all.push((format!("step {step} of the quarter, {keys}"), t));
    }
    for (name, keys) in [("the quarter, asked for", "Q"), ("place 3 as a map", "3 Tab")] {
        let mut t = Driven::new();
        t.keys(keys);
        all.push((name.to_owned(), t));
    }
    all
}

/// A place as it is drawn in the pseudo language at a size.
struct Picture {
    place: String,
    size: (u16, u16),
    screen: String,
    /// The same in English, at the smallest size.
    english: String,
}

/// Every place at each size: drawn once for all tests, as it takes long to get everywhere.
fn drawn() -> &'static [Picture] {
    static DRAWN: OnceLock<Vec<Picture>> = OnceLock::new();
    DRAWN.get_or_init(|| {
        let all = within(Language::Pseudo, || {
            let mut asked = Driven::start();
            asked.keys("i");
            let start = [("the start screen", Driven::start()), ("the start screen, i", asked)];
            let start = start.map(|(name, t)| (name.to_owned(), t));
            places().into_iter().chain(start).collect::<Vec<_>>()
        });
        let pictures = all.into_iter().flat_map(|(name, t)| {
            let english = t.again().at(80, 24).screen();
            SIZES.map(|size| {
                let screen = within(Language::Pseudo, || t.again().at(size.0, size.1).screen());
                Picture { place: name.clone(), size, screen, english: english.clone() }
            })
        });
        pictures.collect()
    })
}

/// Words that are no texts: keys as they are written on a keyboard, and what files call things.
pub(super) fn names() -> BTreeSet<String> {
    let keys = Keymap::default();
    let keys = keys.bindings().iter().flat_map(|b| b.keys.iter().map(ToString::to_string));
    let parts = keys.flat_map(|key| key.split('-').map(str::to_owned).collect::<Vec<_>>());
    // What the tests themselves put on the screen.
    let own = include_str!("../harness/everywhere.rs").replace("\\n", " ");
    let own: Vec<String> = own.split(|c: char| !c.is_alphabetic()).map(str::to_owned).collect();
    parts.chain(small_words()).chain(own).chain(["truenorth".to_owned()]).collect()
}

/// The words of a screen that are plain ASCII and not all in capitals.
pub(super) fn plain_words(screen: &str) -> impl Iterator<Item = &str> {
    // What touches the border of a dialog is the rest of a word below it.
    let words = screen.split(|c: char| !c.is_alphabetic() && c != '│');
    words.filter(|w| w.len() > 1 && w.is_ascii() && w.chars().any(char::is_lowercase))
}

#[test]
fn no_text_of_the_screens_was_forgotten() {
    let names = names();
    let mut forgotten = BTreeSet::new();
    for Picture { place, size: (width, height), screen, .. } in drawn() {
        let words = plain_words(screen).filter(|w| !names.contains(*w));
        forgotten.extend(words.map(|w| {
            let line = screen.lines().find(|l| plain_words(l).any(|p| p == w)).unwrap_or_default();
            (w.to_owned(), format!("{place} at {width}x{height}: {}", line.trim()))
        }));
    }
    let mut last = String::new();
    forgotten.retain(|(w, _)| std::mem::replace(&mut last, w.clone()) != *w);
    let told: Vec<String> = forgotten.iter().map(|(w, place)| format!("{w}\n        {place}")).collect();
    assert!(told.is_empty(), "{} words\n{}", told.len(), told.join("\n"));
}

/// The program's own texts that are cut on whole screens of a size, as far as they are drawn, numbers as `#`. A text of the bakery,
/// which is in capitals, may always be cut, and so may a sentence with one in it; a dialog cuts what lies below it.
fn cut(screens: &[(String, String)], size: &str) -> BTreeSet<String> {
    let whole = |place: &str| (place.starts_with("place") || place.starts_with("step")) && !place.contains(',');
    let screens = screens.iter().filter(|(place, _)| whole(place) && place.ends_with(size));
    screens.flat_map(|(_, screen)| screen.lines().flat_map(of_line)).collect()
}

/// The cut texts of a line: what stands before each mark.
fn of_line(line: &str) -> Vec<String> {
    let shouts = |word: &str| word.chars().count() > 2 && word.chars().all(|c| c.is_ascii_uppercase());
    let of = |(at, _): (usize, &str)| {
        let before = &line[..at];
        let begin = before
            .rfind(['⟦', '⟧', '│', '…', '”', '“'])
            .map_or(0, |b| b + before[b..].chars().next().map_or(1, char::len_utf8));
        let text = before[begin..].rsplit("  ").find(|t| !t.trim().is_empty()).unwrap_or_default().trim();
        let own = text.chars().any(char::is_lowercase) && !text.split(|c: char| !c.is_alphabetic()).any(shouts);
        own.then(|| plain(text))
    };
    line.match_indices('…').filter_map(of).collect()
}

/// A text of the pseudo language with the letters that it was made of, without what it is longer by, and `#` for numbers.
fn plain(text: &str) -> String {
    const PLAIN: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const OTHER: &str = "åƀçđéƒĝĥîĵķļɱñöþɋřšŧûṽŵẋýžÅƁÇĐÉƑĜĤÎĴĶĻṀÑÖÞɊŘŠŦÛṼŴẊÝŽ";
    let of = |c: char| OTHER.chars().position(|o| o == c).and_then(|at| PLAIN.chars().nth(at)).unwrap_or(c);
    let letters: String = text.chars().filter(|c| *c != '~').map(of).collect();
    let mut out = String::new();
    for c in letters.chars() {
        match c {
            '0'..='9' if out.ends_with('#') => {}
            '0'..='9' => out.push('#'),
            c => out.push(c),
        }
    }
    out
}

/// What is cut in the pseudo language, two fifths longer than English: heads of columns of numbers, names in narrow columns. The
/// list is exact, so that a text that no longer has room is noticed, and one that got it is taken out.
const PSEUDO: [(&str, &[&str]); 2] = [
    (
        "80x24",
        &[
            "# weeks ago",
            "#.# points",
            "(# of #), mark to beat # %",
            "(#)(las",
            ", missing: LE",
            ", rated #.# of #",
            "Check-ins",
            "De",
            "Fe",
            "Progress",
            "Save the week (Ctrl-s): the snapshot is written and the review ends",
            "Understanding",
            "automation for a goal that is over",
            "blocks in # of # wee",
            "change",
            "has no status for three weeks",
            "holds it: one hour, eight steps",
            "is back after it was s",
            "is open for # weeks",
            "known",
            "look again",
            "ma",
            "no progress in # weeks: still at #",
            "no target",
            "now (las",
            "of #",
            "off trac",
            "raised, # an",
            "rul",
            "says done",
            "says not y",
            "waits to be looked at aga",
            "warnin",
        ],
    ),
    (
        "100x30",
        &[
            "# weeks ago",
            "#.# points",
            "Check-ins",
            "De",
            "Down goes on, Enter reads all",
            "Fe",
            "Measurement",
            "Progress",
            "Save the quarter (Ctrl-s): what was agreed goes into the strategy, and the review ends",
            "Stakeholder",
            "Understanding",
            "automation for a goal that is over",
            "change",
            "look again",
            "ma",
            "marke",
            "no progress in # weeks: still at # %",
            "no target",
            "now (las",
            "of #",
            "off trac",
            "on the strategy map",
            "ook again",
            "rul",
            "says done",
            "says not y",
            "warnin",
        ],
    ),
];

/// What is cut in German: findings, whose ends stand in the panel below.
const GERMAN: [(&str, &[&str]); 2] =
    [("80x24", &["hindert in # von # Wo", "ist wieder da, nachdem", "wartet darauf, wieder ange"]), ("100x30", &[])];

#[test]
fn in_a_language_two_fifths_longer_only_these_texts_are_cut() {
    let name = |p: &Picture| format!("{} at {}x{}", p.place, p.size.0, p.size.1);
    let screens: Vec<(String, String)> = drawn().iter().map(|p| (name(p), p.screen.clone())).collect();
    for (size, known) in PSEUDO {
        let known: BTreeSet<String> = known.iter().map(|text| (*text).to_owned()).collect();
        assert_eq!(cut(&screens, size), known, "at {size}");
    }
}

#[test]
fn in_german_only_these_texts_are_cut() {
    let screens: Vec<(String, String)> = loudly(|| {
        within(Language::German, || {
            let sizes = |(name, t): &(String, Driven)| {
                SIZES.map(|(w, h)| (format!("{name} at {w}x{h}"), t.again().at(w, h).screen()))
            };
            places().iter().flat_map(sizes).collect()
        })
    });
    for (size, known) in GERMAN {
        let known: BTreeSet<String> = known.iter().map(|text| (*text).to_owned()).collect();
        assert_eq!(cut(&screens, size), known, "at {size}");
    }
}

#[test]
fn the_footer_keeps_its_most_important_keys() {
    for Picture { place, screen: pseudo, english, .. } in drawn().iter().filter(|p| p.size == (80, 24)) {
        let first = |screen: &str| {
            let footer = screen.lines().next_back().unwrap_or_default().to_owned();
            footer.split_whitespace().next().unwrap_or_default().to_owned()
        };
        assert_eq!(first(english), first(pseudo), "{place}\n{pseudo}");
    }
}

#[test]
fn longer_words_take_no_room_from_numbers() {
    for keys in ["4", "r Y Tab Tab", "r Y Tab Tab Tab"] {
        let numbers = |language| {
            within(language, || {
                let mut t = Driven::new();
                t.keys(keys);
                let screen = t.at(100, 30).screen();
                let rows = screen.lines().filter(|l| l.contains(['✓', '✗', '▲', '?']));
                let digits = rows.flat_map(|l| l.split(|c: char| !c.is_ascii_digit() && !".,".contains(c)));
                digits.filter(|w| w.chars().any(|c| c.is_ascii_digit())).map(str::to_owned).collect::<BTreeSet<_>>()
            })
        };
        let (english, pseudo) = (numbers(Language::English), numbers(Language::Pseudo));
        let lost: Vec<_> = english.difference(&pseudo).collect();
        assert!(lost.len() * 10 <= english.len(), "{keys}: {lost:?} of {english:?}");
    }
}
