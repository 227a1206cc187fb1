//! How fast it is beside what cannot be faster, in one run: ratios hold when the machine's speed drifts.
//!
//! ```text
//! cargo bench --bench ratios                 the whole table, a few minutes once its workspaces are written
//! cargo bench --bench ratios -- --short      what is seen from outside, with fewer weeks and rounds; fails only where a limit
//!                                            is missed twofold, or what is known of it where it was never met, and a second time
//!                                            when it is measured once more. It may be built in any way (`--profile dev`)
//! cargo bench --bench ratios -- --inside     what is measured inside one process only; nothing is built for it
//! cargo bench --bench ratios -- --extremes   a company of 10,000 goals instead, seen from outside
//! cargo bench --bench ratios -- --markdown   the table for docs/speed.md
//! cargo bench --bench ratios -- --built DIR  measures the `truenorth` and `examples/floor` of this folder, and builds none
//! ```
//! The program is built as it is released, whatever this is built as. Each figure is the best of several rounds by the best of its
//! measure, taken in turns: other work on the machine makes rounds slower, and none faster.

#![allow(clippy::unwrap_used)] // a benchmark that cannot set itself up ends
#![allow(clippy::disallowed_methods)] // it is about time

#[cfg(target_os = "linux")]
mod extremes;
#[cfg(target_os = "linux")]
mod inside;
#[cfg(target_os = "linux")]
mod outside;
#[cfg(target_os = "linux")]
mod pty;
#[cfg(target_os = "linux")]
#[path = "../setting/mod.rs"]
mod setting;

#[cfg(target_os = "linux")]
use setting::{company, today, weeks};

/// A line of the table.
#[cfg(target_os = "linux")]
struct Row {
    what: &'static str,
    seen: f64,
    most: f64,
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("The ratios are measured through Linux's pseudo-terminals and /proc.");
}

#[cfg(target_os = "linux")]
fn main() {
    let has = |flag: &str| std::env::args().any(|arg| arg == flag);
    let value = |flag: &str| std::env::args().skip_while(|arg| arg != flag).nth(1);
    if let Some(root) = value(inside::REBUILD) {
        return inside::rebuild_alone(root.as_ref());
    }
    // Without a terminal of one's own, none but the one that is handed over is found.
    let _ = rustix::process::setsid();
    let size = if has("--short") { Size { weeks: 156, rounds: 9 } } else { Size { weeks: 1040, rounds: 21 } };
    let built = if has("--inside") { Some(String::new()) } else { value("--built") };
    let ground = Ground::prepare(size, has("--short"), built.map(Into::into));
    let began = std::time::Instant::now();
    let mut table = Table { markdown: has("--markdown"), rows: Vec::new() };
    table.begin();
    if has("--extremes") {
        extremes::rows(&ground, &mut table);
    } else {
        if !has("--inside") {
            outside::rows(&ground, &mut table);
        }
        if !has("--short") {
            inside::rows(&ground, &mut table);
        }
    }
    println!("\n{:.0} s. Others that wanted the processors meanwhile: {}.", began.elapsed().as_secs_f64(), load());
    if has("--short") && !table.lost().is_empty() {
        println!("\nOnce more, as something else may have run meanwhile:");
        let mut again = Table { markdown: table.markdown, rows: Vec::new() };
        outside::rows(&ground, &mut again);
        table.keep_better(again);
        let lost = table.lost();
        if !lost.is_empty() {
            eprintln!("\nTwice as slow as it may be, or worse, both times: {}", lost.join("; "));
            std::process::exit(1);
        }
    }
}

/// What the short form sees today where a limit is not met yet: docs/speed.md tells why. Whatever gets twice as slow is noticed
/// there, too; a line that meets its limit is taken off.
#[cfg(target_os = "linux")]
const TODAY: [(&str, f64); 6] = [
    ("first frame of Home, the bakery / floor", 4.6),
    ("the same, 300 goals and 200 KPIs / floor", 6.9),
    ("key to screen in the scorecard / floor", 4.2),
    ("key to screen in the history / floor", 4.6),
    ("`status`, all weeks / one year", 1.6),
    ("`kpi list`, all weeks / one year", 1.5),
];

#[cfg(target_os = "linux")]
impl Row {
    /// Whether it is twice as slow as it may be, or as it is known to be.
    fn is_lost(&self) -> bool {
        let today = TODAY.iter().find(|(what, _)| *what == self.what).map_or(0.0, |(_, seen)| *seen);
        self.seen > self.most.max(today) * 2.0
    }
}

/// How many programs ran or wanted to, over the last minute and the last five, this one included.
#[cfg(target_os = "linux")]
fn load() -> String {
    let all = std::fs::read_to_string("/proc/loadavg").unwrap();
    let mut means = all.split(' ');
    format!("{} over a minute, {} over five", means.next().unwrap(), means.next().unwrap())
}

/// What was measured, told line by line: what takes long is seen while it does.
#[cfg(target_os = "linux")]
struct Table {
    markdown: bool,
    rows: Vec<Row>,
}

#[cfg(target_os = "linux")]
impl Table {
    fn begin(&self) {
        self.line("what", "seen", "at most", "met");
        if self.markdown {
            println!("|---|---:|---:|---|");
        }
    }

    fn push(&mut self, what: &'static str, seen: f64, most: f64, unit: &'static str) {
        let number = |n: f64| format!("{}{unit}", if n >= 100.0 { format!("{n:.0}") } else { format!("{n:.2}") });
        self.line(what, &number(seen), &number(most), if seen <= most { "yes" } else { "no" });
        self.rows.push(Row { what, seen, most });
    }

    /// What is twice as slow as it may be.
    fn lost(&self) -> Vec<&'static str> {
        self.rows.iter().filter(|row| row.is_lost()).map(|row| row.what).collect()
    }

    /// Of each line the better one: other work makes what is measured slower, and never faster.
    fn keep_better(&mut self, again: Self) {
        for (row, other) in self.rows.iter_mut().zip(again.rows) {
            row.seen = row.seen.min(other.seen);
        }
    }

    fn line(&self, what: &str, seen: &str, most: &str, met: &str) {
        let (bar, ends) = if self.markdown { (" | ", "|") } else { ("  ", "") };
        println!("{ends} {what:58}{bar}{seen:>12}{bar}{most:>12}{bar}{met:3} {ends}");
    }
}

/// How much is measured, and how often.
#[cfg(target_os = "linux")]
#[derive(Clone, Copy)]
struct Size {
    weeks: usize,
    rounds: usize,
}

/// The workspaces and programs to measure with.
#[cfg(target_os = "linux")]
#[derive(Clone)]
struct Ground {
    size: Size,
    /// Kept from run to run, below the target folder.
    folder: std::path::PathBuf,
    floor: std::path::PathBuf,
    program: std::path::PathBuf,
}

#[cfg(target_os = "linux")]
impl Ground {
    fn prepare(size: Size, is_short: bool, built: Option<std::path::PathBuf>) -> Self {
        let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
        let (program, floor) = match built {
            Some(built) => (built.join("truenorth"), built.join("examples/floor")),
            None => Self::build(&folder, is_short),
        };
        let ground = Self { size, floor, program, folder };
        let few = company::Scale { goals: 100, kpis: 60, members: 12, ..Default::default() };
        ground.company("one-week", company::Scale { weeks: 1, ..few });
        ground.company("one-year", company::Scale { weeks: 52, ..few });
        ground.company("large", company::Scale { weeks: 1, ..Default::default() });
        ground.company(&ground.years_name(), company::Scale { weeks: size.weeks, ..few });
        let bakery = ground.at("bakery");
        if !bakery.exists() {
            truenorth::storage::write_sample(truenorth::storage::Sample::Bakery, &bakery, today()).unwrap();
        }
        ground
    }

    /// Builds what is measured: the program as it is released, and the floor with it; for the short form the floor as tests build
    /// it, since with its libraries the program would be built a second time.
    fn build(folder: &std::path::Path, is_short: bool) -> (std::path::PathBuf, std::path::PathBuf) {
        let cargo = |args: &[&str]| {
            let done =
                std::process::Command::new(env!("CARGO")).args(args).current_dir(env!("CARGO_MANIFEST_DIR")).status();
            assert!(done.unwrap().success(), "cargo {args:?}");
        };
        let [debug, release] = ["debug", "release"].map(|name| folder.with_file_name(name));
        if is_short {
            cargo(&["build", "--quiet", "--release", "--bin", "truenorth"]);
            cargo(&["build", "--quiet", "--example", "floor"]);
            (release.join("truenorth"), debug.join("examples/floor"))
        } else {
            cargo(&["build", "--quiet", "--release", "--bin", "truenorth", "--example", "floor"]);
            (release.join("truenorth"), release.join("examples/floor"))
        }
    }

    fn company(&self, name: &str, scale: company::Scale) {
        let (half, whole) = (self.at(&format!("{name}.half")), self.at(name));
        if !whole.exists() {
            let _ = std::fs::remove_dir_all(&half);
            weeks::write(&half, &scale).unwrap();
            std::fs::rename(half, whole).unwrap();
        }
    }

    fn at(&self, name: &str) -> std::path::PathBuf {
        self.folder.join("ratios-2").join(name)
    }

    fn years_name(&self) -> String {
        format!("{}-weeks", self.size.weeks)
    }

    fn years(&self) -> std::path::PathBuf {
        self.at(&self.years_name())
    }

    /// The best of `a` by the best of `b`, measured in turns, one first and then the other.
    fn ratio(&self, mut a: impl FnMut() -> f64, mut b: impl FnMut() -> f64) -> f64 {
        let pair = |n: usize| {
            if n.is_multiple_of(2) {
                let first = a();
                (first, b())
            } else {
                let first = b();
                (a(), first)
            }
        };
        let all: Vec<(f64, f64)> = (0..self.size.rounds).map(pair).collect();
        let best = |of: fn(&(f64, f64)) -> f64| all.iter().map(of).fold(f64::INFINITY, f64::min);
        best(|pair| pair.0) / best(|pair| pair.1)
    }
}
