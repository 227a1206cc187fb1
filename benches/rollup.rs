//! How long a roll-up of many workspaces takes, beside a plain read of the very files that it reads.
//!
//! ```text
//! cargo bench --bench rollup                200 bakeries of a year each: some 100 MB in a temporary folder
//! ```

#![allow(clippy::unwrap_used)] // a benchmark that cannot set itself up ends

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use criterion::{Criterion, criterion_group, criterion_main};
use truenorth::storage::{self, Sample};

const TEAMS: usize = 200;

fn today() -> NaiveDate {
    "2026-11-19".parse().unwrap()
}

/// A bakery under another id. The weeks before the newest are named as they are, and empty: a roll-up that read one would fail.
fn team(sample: &Path, to: &Path, n: usize) {
    fs::create_dir_all(to.join("strategy")).unwrap();
    fs::create_dir_all(to.join("snapshots")).unwrap();
    for part in ["north-star", "goals", "kpis"].map(|p| format!("strategy/{p}.ron")) {
        fs::copy(sample.join(&part), to.join(&part)).unwrap();
    }
    let config = fs::read_to_string(sample.join("truenorth.ron")).unwrap();
    let renamed = config.replace("id: \"maple-street-bakery\"", &format!("id: \"team-{n}\""));
    fs::write(to.join("truenorth.ron"), renamed).unwrap();
    let mut weeks: Vec<_> = fs::read_dir(sample.join("snapshots")).unwrap().map(|e| e.unwrap().file_name()).collect();
    weeks.sort();
    let newest = weeks.pop().unwrap();
    fs::copy(sample.join("snapshots").join(&newest), to.join("snapshots").join(&newest)).unwrap();
    weeks.iter().for_each(|week| fs::write(to.join("snapshots").join(week), "").unwrap());
}

/// The files that a roll-up reads of a workspace.
fn read(folder: &Path) -> usize {
    let newest = fs::read_dir(folder.join("snapshots")).unwrap().map(|e| e.unwrap().path()).max().unwrap();
    let parts = ["truenorth.ron", "strategy/north-star.ron", "strategy/goals.ron"].map(|p| folder.join(p));
    parts.iter().chain([&newest]).map(|path| fs::read(path).unwrap().len()).sum()
}

fn rollup(c: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let sample = folder.path().join("sample");
    storage::write_sample(Sample::Bakery, &sample, today()).unwrap();
    let teams: Vec<PathBuf> = (0..TEAMS).map(|n| folder.path().join(format!("team-{n}"))).collect();
    teams.iter().enumerate().for_each(|(n, to)| team(&sample, to, n));
    let mut group = c.benchmark_group("rollup of 200");
    group.sample_size(10);
    group.bench_function("raw read of its files", |b| b.iter(|| teams.iter().map(|t| read(t)).sum::<usize>()));
    group.bench_function("all", |b| {
        b.iter(|| {
            let rollup = storage::rollup(black_box(&teams), |_| today());
            assert_eq!(rollup.teams.len(), TEAMS);
            rollup
        });
    });
    group.finish();
}

criterion_group!(benches, rollup);
criterion_main!(benches);
