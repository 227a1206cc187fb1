//! What is seen from outside: first frames, keys, memory, quiet, the command line.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::pty::Terminal;
use super::{Ground, Row};

/// Words of the first frame, and what its last line says while weeks are read.
const HOME: &str = "Home";
const READING: &str = "Reading the weeks";

pub(crate) fn rows(ground: &Ground) -> Vec<Row> {
    let row = |what, seen, most| Row { what, seen, most, unit: "" };
    // Once, so that each workspace has its index, as on any day but the first.
    for name in ["bakery", "large", "one-week", "one-year", &ground.years_name()] {
        settled(ground, &ground.at(name)).end();
    }
    let mut rows = vec![
        row("first frame of Home, the bakery / floor", ground.ratio(|| first(ground, "bakery"), || floor(ground)), 2.5),
        row("the same, 300 goals and 200 KPIs / floor", ground.ratio(|| first(ground, "large"), || floor(ground)), 3.0),
    ];
    let years = ground.years_name();
    rows.push(row(
        "first frame, all weeks / one",
        ground.ratio(|| first(ground, &years), || first(ground, "one-week")),
        1.1,
    ));
    rows.push(row("all weeks of trends on screen / floor", ground.ratio(|| trends(ground), || floor(ground)), 7.0));
    rows.extend(keys(ground));
    rows.extend(quiet(ground));
    for (what, args) in [
        ("`status`, all weeks / one year", &["status"][..]),
        ("`kpi list`, all weeks / one year", &["kpi", "list"]),
        ("`search`, all weeks / one year", &["search", "zebra"]),
    ] {
        rows.push(row(what, ground.ratio(|| command(ground, &years, args), || command(ground, "one-year", args)), 1.3));
    }
    let size = std::fs::metadata(&ground.program).unwrap().len() as f64 / 1e6;
    rows.push(Row { what: "the program's file", seen: size, most: 8.0, unit: " MB" });
    rows
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

fn first(ground: &Ground, name: &str) -> f64 {
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
fn settled(ground: &Ground, root: &Path) -> Terminal {
    let mut program = Terminal::start(&mut truenorth(ground, root));
    program.until(|screen| screen.contains(HOME) && !screen.contains(READING));
    while program.settle() > 0 {}
    program
}

fn keys(ground: &Ground) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut floor = Terminal::start(&mut Command::new(&ground.floor));
    floor.until(|screen| screen.contains("0 keys"));
    floor.settle();
    for (what, there) in [
        ("key to screen in the scorecard / floor", "4"),
        ("key to screen in the tree / floor", "3"),
        ("key to screen in the history / floor", "8"),
    ] {
        let mut program = settled(ground, &ground.years());
        program.keys(there);
        let mut turn = ["\x1b[B", "\x1b[A"].iter().cycle();
        let seen = ground.ratio(|| program.keys(turn.next().unwrap()).0, || floor.keys("x").0);
        rows.push(Row { what, seen, most: 3.5, unit: "" });
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
            rows.push(Row { what: "30 queued keys / one", seen: many / seen, most: 1.3, unit: "" });
        }
        program.end();
    }
    floor.end();
    rows
}

/// Memory, and what is done when nobody does anything.
fn quiet(ground: &Ground) -> Vec<Row> {
    let mut floor = Terminal::start(&mut Command::new(&ground.floor));
    floor.until(|screen| screen.contains("0 keys"));
    let mut program = settled(ground, &ground.years());
    let memory = program.peak() / floor.peak();
    floor.end();
    let (bytes, processor) = program.idle(Duration::from_secs(2));
    program.end();
    let mut program = settled(ground, &ground.at("bakery"));
    program.keys("r");
    program.keys("\r");
    let (running, _) = program.idle(Duration::from_secs(4));
    program.end();
    vec![
        Row { what: "peak memory of Home, all weeks / floor", seen: memory, most: 5.0, unit: "" },
        Row { what: "idle for two seconds, to the screen", seen: bytes as f64, most: 0.0, unit: " bytes" },
        Row { what: "idle for two seconds, processor", seen: processor, most: 0.0, unit: " ms" },
        Row {
            what: "idle in a running step, to the screen",
            seen: running as f64 / 4.0,
            most: 200.0,
            unit: " bytes/s",
        },
    ]
}

fn command(ground: &Ground, name: &str, args: &[&str]) -> f64 {
    let mut command = truenorth(ground, &ground.at(name));
    command.args(args).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let started = Instant::now();
    let _ = command.status().unwrap();
    started.elapsed().as_secs_f64() * 1e3
}
