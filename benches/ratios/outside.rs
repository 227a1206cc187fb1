//! What is seen from outside: first frames, keys, memory, quiet, the command line.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::pty::Terminal;
use super::setting::today;
use super::{Ground, Table};

/// Words of the first frame, and what its last line says while weeks are read.
const HOME: &str = "Home";
const READING: &str = "Reading the weeks";

pub(crate) fn rows(ground: &Ground, table: &mut Table) {
    let years = ground.years_name();
    // Twice, so that each workspace has its index and files of this very moment are trusted, as on any day but the first.
    for name in ["bakery", "large", "one-week", "one-year", &years].repeat(2) {
        settled(ground, &ground.at(name)).end();
    }
    let floor = || floor(ground);
    table.push("first frame of Home, the bakery / floor", ground.ratio(|| first(ground, "bakery"), floor), 2.5, "");
    table.push("the same, 300 goals and 200 KPIs / floor", ground.ratio(|| first(ground, "large"), floor), 3.0, "");
    let of_all = ground.ratio(|| first(ground, &years), || first(ground, "one-week"));
    table.push("first frame, all weeks / one", of_all, 1.1, "");
    table.push("all weeks of trends on screen / floor", ground.ratio(|| trends(ground), floor), 7.0, "");
    keys(ground, table);
    quiet(ground, table);
    for (what, args) in [
        ("`status`, all weeks / one year", &["status"][..]),
        ("`kpi list`, all weeks / one year", &["kpi", "list"]),
        ("`search`, all weeks / one year", &["search", "zebra"]),
    ] {
        let seen = ground.ratio(|| command(ground, &years, args), || command(ground, "one-year", args));
        table.push(what, seen, 1.3, "");
    }
    let size = std::fs::metadata(&ground.program).unwrap().len() as f64 / 1e6;
    table.push("the program's file", size, 8.0, " MB");
}

fn truenorth(ground: &Ground, root: &Path) -> Command {
    let mut command = Command::new(&ground.program);
    command.env("TRUENORTH_HOME", ground.at("home")).env_remove("TRUENORTH_MEMBER");
    command.args(["--today", "2026-11-19", "-w"]).arg(root);
    command
}

fn floor(ground: &Ground) -> f64 {
    let mut floor = Terminal::start(&mut Command::new(&ground.floor));
    let at = floor.until(|screen| screen.contains("0 keys"));
    floor.end();
    at
}

pub(crate) fn first(ground: &Ground, name: &str) -> f64 {
    let mut program = Terminal::start(&mut truenorth(ground, &ground.at(name)));
    let at = program.until(|screen| screen.contains(HOME));
    program.end();
    at
}

/// From the start until the time line of all weeks can be walked.
fn trends(ground: &Ground) -> f64 {
    let mut program = Terminal::start(truenorth(ground, &ground.years()).arg("history"));
    let at = program.until(|screen| screen.contains("History") && !screen.contains(READING));
    program.end();
    at
}

/// The program with everything read.
pub(crate) fn settled(ground: &Ground, root: &Path) -> Terminal {
    let mut program = Terminal::start(&mut truenorth(ground, root));
    program.until(|screen| screen.contains(HOME) && !screen.contains(READING));
    program.rest();
    program
}

fn keys(ground: &Ground, table: &mut Table) {
    let mut floor = Terminal::start(&mut Command::new(&ground.floor));
    floor.until(|screen| screen.contains("0 keys"));
    floor.settle();
    for (what, there) in [
        ("key to screen in the scorecard / floor", "4"),
        ("key to screen in the tree / floor", "3"),
        ("key to screen in the history / floor", "8"),
    ] {
        let mut program = settled(ground, &ground.years());
        let seen = turned(ground, &mut program, &mut floor, there);
        table.push(what, seen, 3.5, "");
        if there == "4" {
            let thirty = "\x1b[B".repeat(29) + "\x1b[A";
            let mut turn = [&*thirty, "\x1b[5~"].into_iter().cycle();
            let mut storm = || {
                let seen = program.keys(turn.next().unwrap()).1;
                program.keys(turn.next().unwrap());
                seen
            };
            let mut floor_key = || floor.keys("x").0;
            let many = ground.ratio(&mut storm, &mut floor_key);
            table.push("30 queued keys / one", many / seen, 1.3, "");
        }
        program.end();
    }
    floor.end();
}

/// A key down and up in a place, beside a key of the floor.
pub(crate) fn turned(ground: &Ground, program: &mut Terminal, floor: &mut Terminal, place: &str) -> f64 {
    program.keys(place);
    let mut turn = ["\x1b[B", "\x1b[A"].iter().cycle();
    // What is read ahead and drawn when it comes is no answer to a key: it comes before.
    for _ in 0..2 {
        program.rest();
        program.keys(turn.next().unwrap());
    }
    program.rest();
    ground.ratio(|| program.keys(turn.next().unwrap()).0, || floor.keys("x").0)
}

/// Memory, and what is done when nobody does anything.
fn quiet(ground: &Ground, table: &mut Table) {
    let mut floor = Terminal::start(&mut Command::new(&ground.floor));
    floor.until(|screen| screen.contains("0 keys"));
    let mut program = settled(ground, &ground.years());
    table.push("peak memory of Home, all weeks / floor", program.peak() / floor.peak(), 5.0, "");
    floor.end();
    let (bytes, processor) = program.idle(Duration::from_secs(2));
    program.end();
    let running = running_step(ground);
    table.push("idle for two seconds, to the screen", bytes as f64, 0.0, " bytes");
    table.push("idle for two seconds, processor", processor, 0.0, " ms");
    table.push("idle in a running step, to the screen", running, 200.0, " bytes/s");
}

/// The bytes a second of a review that nobody touches. It is begun in a workspace of its own, as it leaves a journal behind.
fn running_step(ground: &Ground) -> f64 {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("bakery");
    truenorth::storage::write_sample(truenorth::storage::Sample::Bakery, &root, today()).unwrap();
    let mut program = Terminal::start(truenorth(ground, &root).env("TRUENORTH_HOME", folder.path().join("home")));
    program.until(|screen| screen.contains(HOME));
    program.rest();
    program.keys("r");
    program.keys("Y");
    let (bytes, _) = program.idle(Duration::from_secs(4));
    program.end();
    assert!(bytes > 0, "no clock runs: the review did not begin");
    bytes as f64 / 4.0
}

fn command(ground: &Ground, name: &str, args: &[&str]) -> f64 {
    let mut command = truenorth(ground, &ground.at(name));
    command.args(args).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let started = Instant::now();
    let _ = command.status().unwrap();
    started.elapsed().as_secs_f64() * 1e3
}
