//! Random keys, pastes, clicks, sizes and garbage: in memory for the bulk, through a real terminal for the rest.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;
use std::time::{Duration, Instant};

use rustix::process::Signal;
use truenorth::app::Model;
use truenorth::app::dialogs::Dialog;
use truenorth::app::key::Key;
use truenorth::app::keymap::{Keymap, Scope};
use truenorth::app::message::Message;
use truenorth::storage;

use crate::harness::{Dice, Driven, Home, Pty, at_step, bytes, everywhere, long};

/// Something that comes in.
#[derive(Debug, Clone)]
enum Press {
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

fn press(dice: &mut Dice) -> Press {
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
fn told(presses: &[Press]) -> String {
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

/// Where walks begin: every place there is, so that none depends on luck.
fn beginnings() -> Vec<Driven> {
    let more = [
        (1, "g"),
        (2, "c"),
        (2, "x"),
        (3, "t b"),
        (3, "n"),
        (4, "n"),
        (6, "i"),
        (7, "x"),
        (7, "e"),
        (8, "End Enter"),
        (8, "3 x"),
    ];
    let deeper = more.into_iter().map(|(step, keys)| {
        let mut t = at_step(step);
        t.keys(keys);
        t
    });
    let everywhere = everywhere().into_iter().map(|(_, t)| t);
    everywhere.chain(deeper).chain([Driven::new(), Driven::start()]).collect()
}

/// What was reached on the way.
#[derive(Default)]
struct Reached {
    scopes: BTreeSet<String>,
    forms: BTreeSet<String>,
}

impl Reached {
    fn note(&mut self, t: &Driven) {
        let (scopes, dialogs) = match &t.model {
            Model::Work(app) => (app.scopes(), app.dialogs.as_slice()),
            Model::Start(start) => (start.scopes(), [].as_slice()),
            Model::Rollup(overview) => (overview.scopes(), [].as_slice()),
        };
        self.scopes.extend(scopes.iter().map(|s: &Scope| format!("{s:?}")));
        for dialog in dialogs {
            let named = match dialog {
                Dialog::Form(form) => format!("{:?}", form.purpose),
                other => format!("{other:?}"),
            };
            let name: String = named.chars().take_while(|c| c.is_alphanumeric()).collect();
            self.forms.insert(name);
        }
    }
}

fn apply(t: &mut Driven, press: &Press) {
    match press {
        Press::Key(key) => t.send(Message::Key(*key)),
        Press::Type(text) => {
            t.type_text(text);
        }
        Press::Paste(text) => {
            t.paste(text);
        }
        Press::Size(width, height) => t.resize(*width, *height),
        Press::Click(x, y) => t.click_at(*x, *y),
        Press::Pass(seconds) => {
            t.wait(*seconds);
            t.send(Message::Tick);
        }
    }
}

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Whether panics of this thread are told: while keys are tried they are looked for.
fn quiet(yes: bool) {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                before(info);
            }
        }));
    });
    QUIET.set(yes);
}

/// Presses keys from a beginning; says what went wrong.
fn walk(begin: &Driven, presses: &[Press], reached: &mut Reached) -> Result<(), String> {
    let went = catch_unwind(AssertUnwindSafe(|| {
        let mut t = begin.again();
        for press in presses {
            apply(&mut t, press);
            t.asked.clear();
            reached.note(&t);
            let screen = t.screen();
            // An odd size is drawn once: in some of them nothing else would be seen, and it takes long.
            if matches!(press, Press::Size(..)) {
                t.resize(80, 24);
            }
            let nonsense = screen.split_whitespace().find(|w| ["NaN", "inf", "-inf"].contains(w));
            assert!(nonsense.is_none(), "{nonsense:?} is shown:\n{screen}");
        }
        if t.has_folder() {
            let report = storage::check(&t.root()).unwrap();
            assert_eq!(report.problems, [], "the files are no longer sound");
        }
        if let (Model::Work(app), true) = (&t.model, t.journal.is_some())
            && let Some(review) = app.review()
        {
            assert_eq!(t.replayed().review(), review, "the journal tells another review");
        }
    }));
    went.map_err(|why| {
        let words = why.downcast_ref::<String>().cloned();
        words.or_else(|| why.downcast_ref::<&str>().map(ToString::to_string)).unwrap_or_default()
    })
}

/// Leaves out what the failure does not need, in ever smaller pieces.
fn shrink(begin: &Driven, mut presses: Vec<Press>) -> Vec<Press> {
    let mut piece = presses.len() / 2;
    let mut tries = 400;
    while piece > 0 && tries > 0 {
        let mut at = 0;
        while at < presses.len() && tries > 0 {
            let mut fewer = presses.clone();
            fewer.drain(at..(at + piece).min(presses.len()));
            tries -= 1;
            if walk(begin, &fewer, &mut Reached::default()).is_err() {
                presses = fewer;
            } else {
                at += piece;
            }
        }
        piece /= 2;
    }
    presses
}

/// One walk in memory has so many keys: few enough to be found again by hand.
const WALK: usize = 400;

/// How many keys are pressed in memory.
fn bulk() -> usize {
    if long() { 1_000_000 } else { 8_000 }
}

#[test]
fn no_key_paste_click_or_size_is_too_much_and_every_place_is_reached() {
    let seed = Dice::seed();
    let mut dice = Dice::new(seed);
    let mut reached = Reached::default();
    let beginnings = beginnings();
    let mut failed = None;
    quiet(true);
    for n in 0..(bulk() / WALK).max(beginnings.len()) {
        // From each beginning once, then from any.
        let from = if n < beginnings.len() { n } else { dice.below(beginnings.len()) };
        let begin = &beginnings[from];
        let presses: Vec<Press> = (0..WALK).map(|_| press(&mut dice)).collect();
        if walk(begin, &presses, &mut reached).is_err() {
            let fewer = shrink(begin, presses);
            let why = walk(begin, &fewer, &mut Reached::default()).err().unwrap_or_default();
            failed = Some(format!("seed {seed}, from beginning {from}: {why}\nkeys: {}", told(&fewer)));
            break;
        }
    }
    quiet(false);
    if let Some(failed) = failed {
        panic!("{failed}");
    }
    let all: BTreeSet<String> = Keymap::default().bindings().iter().map(|b| format!("{:?}", b.scope)).collect();
    let missed: Vec<_> = all.difference(&reached.scopes).collect();
    assert!(missed.is_empty(), "seed {seed}: never at {missed:?}");
    eprintln!("{} keys, {} scopes, dialogs and forms reached: {:?}", bulk(), reached.scopes.len(), reached.forms);
    assert!(reached.forms.len() >= 22, "seed {seed}: only these forms came up: {:?}", reached.forms);
}

/// What a terminal never sends: bytes at random, without those that leave (Ctrl-C), stop (Ctrl-Z) or begin a paste.
fn garbage(dice: &mut Dice) -> Vec<u8> {
    let mut out: Vec<u8> = (0..1 + dice.below(12)).map(|_| dice.below(256) as u8).collect();
    out.retain(|b| ![3, 26].contains(b));
    out
}

/// Sends random input to the program in its terminal; gives back all of it.
fn storm(t: &mut Pty, dice: &mut Dice, events: usize) -> Vec<Press> {
    let mut sent = Vec::with_capacity(events);
    for _ in 0..events {
        if dice.below(20) == 0 {
            t.send(&garbage(dice));
        }
        let press = press(dice);
        match &press {
            Press::Key(key) => {
                t.send(&bytes(*key));
            }
            Press::Type(text) => {
                t.type_text(text);
            }
            Press::Paste(text) => {
                t.paste(&text.replace('\u{1b}', ""));
            }
            Press::Size(width, height) => {
                t.resize(*width, *height);
            }
            Press::Click(x, y) => {
                t.send(format!("\x1b[<0;{};{}M", x + 1, y + 1).as_bytes());
            }
            Press::Pass(_) => {}
        }
        sent.push(press);
    }
    sent
}

#[test]
#[allow(clippy::disallowed_methods)] // how long it takes is what is promised
fn a_storm_of_input_through_a_terminal_ends_within_a_second_of_being_asked_with_everything_sound() {
    let (rounds, events) = if long() { (200, 5_000) } else { (20, 5_000) };
    let seed = Dice::seed();
    let mut dice = Dice::new(seed);
    for round in 0..rounds {
        let home = Home::with_bakery();
        let settings = home.local().config.join("config.ron");
        fs::create_dir_all(settings.parent().unwrap()).unwrap();
        fs::write(settings, "(keys: [(\"app.quit\", []), (\"app.suspend\", [])])").unwrap();
        let root = home.root().display().to_string();
        let mut t = home.start(&["--workspace", &root, "--as", "maya"], &[("EDITOR", "true")]);
        t.wait_for("not held yet");
        let from = dice.clone();
        let sent = storm(&mut t, &mut dice, events);
        // Whatever the garbage had begun ends here.
        t.send(b"\x1b[201~").resize(80, 24);
        let where_ = format!("seed {seed}, round {round}, {from:?}, last keys: {}", told(&sent[sent.len() - 40..]));
        assert!(!t.has_ended(), "it ended by itself; {where_}\n{}", t.screen());
        let since = Instant::now();
        t.signal(Signal::TERM);
        t.wait_end();
        assert!(since.elapsed() < Duration::from_millis(1200), "it took {:?}; {where_}", since.elapsed());
        assert!(!String::from_utf8_lossy(&t.bytes()).contains("has failed"), "{where_}");
        let (now, before) = t.settings();
        assert_eq!(now, before, "{where_}");
        assert!(t.gave_modes_back(), "{where_}");
        assert_eq!(storage::check(&home.root()).unwrap().problems, [], "{where_}");
    }
}
