//! A storm of random keys, pastes, clicks, sizes and garbage bytes through a real terminal.

use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rustix::process::Signal;
use truenorth::storage;

use super::press::{Press, press, told};
use crate::harness::{Dice, Home, Pty, bytes, in_parallel, long};

/// Input is sent in bursts of this size, in bytes; each is waited for, so that everything counted here has happened.
const BURST: usize = 512;

/// So many things come in through one terminal.
const EVENTS: usize = 3_000;

/// What a terminal never sends: bytes at random, without those that leave (Ctrl-C), stop (Ctrl-Z) or begin a paste.
fn garbage(dice: &mut Dice) -> Vec<u8> {
    let mut out: Vec<u8> = (0..1 + dice.below(12)).map(|_| dice.below(256) as u8).collect();
    out.retain(|b| ![3, 26].contains(b));
    out
}

/// What a terminal sends for it; nothing for what is no input.
fn input(press: &Press) -> Vec<u8> {
    match press {
        Press::Key(key) => bytes(*key),
        Press::Type(text) => text.as_bytes().to_vec(),
        Press::Paste(text) => format!("\x1b[200~{}\x1b[201~", text.replace('\u{1b}', "")).into_bytes(),
        Press::Click(x, y) => format!("\x1b[<0;{};{}M", x + 1, y + 1).into_bytes(),
        Press::Size(..) | Press::Pass(_) => Vec::new(),
    }
}

/// The program in its terminal, without the keys that leave it or stop it.
fn start(home: &Home) -> Pty {
    let settings = home.local().config.join("config.ron");
    fs::create_dir_all(settings.parent().unwrap()).unwrap();
    fs::write(settings, "(keys: [(\"app.quit\", []), (\"app.suspend\", [])])").unwrap();
    let root = home.root().display().to_string();
    let arguments = ["--workspace", &root, "--as", "maya", "--log-level", "trace"];
    let mut t = home.start(&arguments, &[("EDITOR", "true")]);
    t.wait_for("Home  2026");
    t
}

/// Sends a burst and waits until it has happened. The palette has a way out as well: then it is started again.
fn burst(t: &mut Pty, home: &Home, piece: &mut Vec<u8>) {
    t.send(piece).wait_idle();
    piece.clear();
    if t.has_ended() {
        assert_eq!(t.exit_status(), 0, "it ended by itself:\n{}", t.screen());
        assert!(t.gave_modes_back());
        *t = start(home);
    }
}

/// Sends random input to the program in its terminal, and waits until it has happened; gives back all of it.
fn storm(t: &mut Pty, home: &Home, dice: &mut Dice) -> Vec<Press> {
    let (mut sent, mut piece) = (Vec::with_capacity(EVENTS), Vec::new());
    for _ in 0..EVENTS {
        if dice.below(20) == 0 {
            piece.extend(garbage(dice));
        }
        let press = press(dice);
        piece.extend(input(&press));
        if let Press::Size(width, height) = press {
            t.resize(width, height);
        }
        if piece.len() >= BURST {
            burst(t, home, &mut piece);
        }
        sent.push(press);
    }
    // Whatever the garbage had begun ends here.
    piece.extend(b"\x1b[201~");
    t.resize(80, 24);
    burst(t, home, &mut piece);
    sent
}

/// Says which round it was when that fails, wherever it does.
struct Round {
    seed: u64,
    round: usize,
}

impl Drop for Round {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("TRUENORTH_SEED={} TRUENORTH_ROUND={} repeats it", self.seed, self.round);
        }
    }
}

/// How many keys and pastes the program itself says it was given.
fn taken_in(home: &Home) -> usize {
    let state = home.local().state;
    let logs =
        ["truenorth.log", "truenorth.log.1"].map(|name| fs::read_to_string(state.join(name)).unwrap_or_default());
    logs.iter().map(|log| log.matches("kind=key").count() + log.matches("kind=paste").count()).sum()
}

/// Everything that came in, in a file for whoever looks for the reason.
fn kept(round: usize, sent: &[Press]) -> String {
    let path = format!("{}/storm-{round}.keys", env!("CARGO_TARGET_TMPDIR"));
    fs::write(&path, told(sent)).unwrap();
    path
}

#[test]
#[allow(clippy::disallowed_methods)] // how long it takes is what is promised
fn a_storm_of_input_through_a_terminal_ends_within_a_second_of_being_asked_with_everything_sound() {
    let rounds = if long() { 300 } else { 27 };
    let seed = Dice::seed();
    let only = Dice::round();
    let came = AtomicUsize::new(0);
    in_parallel(rounds, |round| {
        if only.is_some_and(|only| only != round) {
            return;
        }
        let home = Home::with_bakery();
        let mut t = start(&home);
        let _told = Round { seed, round };
        let sent = storm(&mut t, &home, &mut Dice::new(seed.wrapping_add((round as u64) << 32)));
        let told = || {
            let (last, all) = (told(&sent[sent.len() - 40..]), kept(round, &sent));
            format!(
                "TRUENORTH_SEED={seed} TRUENORTH_ROUND={round} repeats it; all keys are in {all}, the last ones: {last}"
            )
        };
        let since = Instant::now();
        t.signal(Signal::TERM);
        t.wait_end();
        let took = since.elapsed();
        assert!(took < Duration::from_millis(1200), "it took {took:?}; {}", told());
        assert!(!String::from_utf8_lossy(&t.bytes()).contains("has failed"), "{}", told());
        let (now, before) = t.settings();
        assert_eq!(now, before, "{}", told());
        assert!(t.gave_modes_back(), "{}", told());
        assert_eq!(storage::check(&home.root()).unwrap().problems, [], "{}", told());
        let took_in = taken_in(&home);
        assert!(took_in * 4 >= EVENTS * 3, "only {took_in} of {EVENTS} came in; {}", told());
        came.fetch_add(took_in, Ordering::Relaxed);
    });
    eprintln!("seed {seed}: {} keys and pastes came in through terminals", came.into_inner());
}
