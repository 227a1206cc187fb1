//! What is drawn in another language: no text was forgotten, none is cut without a mark, and every number keeps its place.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use truenorth::app::keymap::Keymap;
use truenorth::model::tongue::{Language, within};

use crate::harness::{Driven, at_quarter_step, everywhere, small_words};

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
fn names() -> BTreeSet<String> {
    let keys = Keymap::default();
    let keys = keys.bindings().iter().flat_map(|b| b.keys.iter().map(ToString::to_string));
    let parts = keys.flat_map(|key| key.split('-').map(str::to_owned).collect::<Vec<_>>());
    // What the tests themselves put on the screen.
    let own = include_str!("../harness/everywhere.rs").replace("\\n", " ");
    let own: Vec<String> = own.split(|c: char| !c.is_alphabetic()).map(str::to_owned).collect();
    parts.chain(small_words()).chain(own).chain(["truenorth".to_owned()]).collect()
}

/// The words of a screen that are plain ASCII and not all in capitals.
fn plain_words(screen: &str) -> impl Iterator<Item = &str> {
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

#[test]
fn on_a_usual_screen_hardly_a_text_is_cut_and_then_with_a_mark() {
    let mut wrong = Vec::new();
    // A dialog hides what lies below it, and so ends of texts: only screens without one are counted.
    for Picture { place, size: (width, height), screen, .. } in
        drawn().iter().filter(|p| !p.place.contains(',') && p.size != (80, 24))
    {
        let whole = place.starts_with("place") || place.starts_with("step");
        let count = |sign: char| screen.matches(sign).count();
        // A text within a text ends with one mark; the last line of a panel may be followed by more.
        if whole && count('⟦') > count('⟧') + 2 * count('…') + 1 {
            wrong.push(format!(
                "{place} at {width}x{height}: {} begun, {} ended, {} marked",
                count('⟦'),
                count('⟧'),
                count('…')
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
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
