//! What is drawn in another language: no text was forgotten, none is cut without a mark, and every number keeps its place.

use std::collections::BTreeSet;

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

/// Every place in the pseudo language, at each size: its name and what is drawn.
fn drawn() -> Vec<(String, String)> {
    within(Language::Pseudo, || {
        let mut all = places();
        all.push(("the start screen".to_owned(), Driven::start()));
        let mut asked = Driven::start();
        asked.keys("i");
        all.push(("the start screen, i".to_owned(), asked));
        let sizes = |(name, t): &(String, Driven)| {
            SIZES.map(|(w, h)| (format!("{name} at {w}x{h}"), t.again().at(w, h).screen()))
        };
        all.iter().flat_map(sizes).collect()
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
    for (place, screen) in drawn() {
        let words = plain_words(&screen).filter(|w| !names.contains(*w));
        forgotten.extend(words.map(|w| {
            let line = screen.lines().find(|l| plain_words(l).any(|p| p == w)).unwrap_or_default();
            (w.to_owned(), format!("{place}: {}", line.trim()))
        }));
    }
    let mut last = String::new();
    forgotten.retain(|(w, _)| std::mem::replace(&mut last, w.clone()) != *w);
    let told: Vec<String> = forgotten.iter().map(|(w, place)| format!("{w}\n        {place}")).collect();
    assert!(told.is_empty(), "{} words\n{}", told.len(), told.join("\n"));
}

/// The beginnings of the program's own texts that were cut on a screen, in plain letters. A text of the bakery may always be cut:
/// it is in capitals.
fn cut(screen: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for line in screen.lines() {
        for (at, _) in line.match_indices('…') {
            let before = &line[..at];
            let start = before
                .rfind(['⟦', '⟧', '│', '…'])
                .map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8));
            let text = plain(before[start..].trim());
            if before[start..].chars().any(|c| c == '~' || (c.is_alphabetic() && !c.is_ascii())) {
                found.insert(text);
            }
        }
    }
    found
}

/// A text of the pseudo language with the letters that it was made of, without what it is longer by.
fn plain(pseudo: &str) -> String {
    const PLAIN: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const OTHER: &str = "åƀçđéƒĝĥîĵķļɱñöþɋřšŧûṽŵẋýžÅƁÇĐÉƑĜĤÎĴĶĻṀÑÖÞɊŘŠŦÛṼŴẊÝŽ";
    let of = |c: char| OTHER.chars().position(|o| o == c).and_then(|at| PLAIN.chars().nth(at)).unwrap_or(c);
    pseudo.chars().filter(|c| *c != '~').map(of).collect()
}

#[test]
fn what_is_cut_is_known() {
    let mut all: BTreeSet<(String, String)> = BTreeSet::new();
    for (place, screen) in drawn() {
        let size = place.rsplit(' ').next().unwrap().to_owned();
        all.extend(cut(&screen).into_iter().map(|text| (size.clone(), format!("{text:?} at {place}"))));
    }
    for (size, text) in all {
        println!("{size} {text}");
    }
    panic!();
}

#[test]
fn the_footer_keeps_its_most_important_keys() {
    for (name, t) in within(Language::Pseudo, places) {
        let english = t.again().at(80, 24).screen();
        let pseudo = within(Language::Pseudo, || t.again().at(80, 24).screen());
        let first = |screen: &str| {
            let footer = screen.lines().next_back().unwrap_or_default().to_owned();
            footer.split_whitespace().next().unwrap_or_default().to_owned()
        };
        assert_eq!(first(&english), first(&pseudo), "{name}\n{pseudo}");
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
