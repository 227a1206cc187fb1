//! Writes a workspace of any size, for measuring: `cargo run --release --example make-scale -- DIR --weeks 1040`.
//!
//! ```text
//! make-scale DIR [--weeks 1040] [--goals 300] [--kpis 200] [--members 100] [--last 2026-W46]
//! ```
//! The same numbers give the same bytes. Nothing of it belongs into a repository.

#![allow(clippy::unwrap_used)] // a tool for measuring that cannot go on ends

mod company;
mod random;
mod weeks;

use std::path::PathBuf;

use company::Scale;

const USAGE: &str = "make-scale DIR [--weeks N] [--goals N] [--kpis N] [--members N] [--last 2026-W46]";

fn main() {
    let mut scale = Scale::default();
    let mut dir = None;
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut value = || args.next().unwrap_or_else(|| panic!("{arg} needs a value: {USAGE}"));
        match arg.as_str() {
            "--weeks" => scale.weeks = value().parse().unwrap(),
            "--goals" => scale.goals = value().parse().unwrap(),
            "--kpis" => scale.kpis = value().parse().unwrap(),
            "--members" => scale.members = value().parse().unwrap(),
            "--last" => scale.last = value().parse().unwrap(),
            other if !other.starts_with('-') && dir.is_none() => dir = Some(PathBuf::from(other)),
            other => panic!("{other} is not understood: {USAGE}"),
        }
    }
    let dir = dir.unwrap_or_else(|| panic!("where to? {USAGE}"));
    let bytes = weeks::write(&dir, &scale).unwrap();
    println!("{}: {} weeks, {} MB of snapshots", dir.display(), scale.weeks, bytes / 1_000_000);
}
