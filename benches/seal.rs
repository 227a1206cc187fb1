//! How long it takes to seal a week of a large team: 300 goals and 200 KPIs, as `cargo bench --bench seal` tells.
//!
//! Working the week out happens on the drawing thread and may take one frame; writing it, reading it back and waiting for the disk
//! happens beside it.

#![allow(clippy::unwrap_used)] // a benchmark that cannot set itself up ends

#[path = "../examples/make-scale/company.rs"]
mod company;
#[path = "../examples/make-scale/random.rs"]
mod random;
#[path = "../examples/make-scale/weeks.rs"]
mod weeks;

use std::fs;
use std::hint::black_box;

use chrono::DateTime;
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use truenorth::app::keymap::Keymap;
use truenorth::app::{Access, App, Look, Opening, ThemeName};
use truenorth::insight::seal::seal;
use truenorth::model::week::Week;
use truenorth::storage;

fn sealing(c: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    weeks::write(folder.path(), &company::Scale { weeks: 1, ..Default::default() }).unwrap();
    let now = DateTime::parse_from_rfc3339("2026-11-19T14:02:00+00:00").unwrap();
    let week = Week::of(now.date_naive());
    let mut app = App::new(Opening {
        workspace: storage::open(folder.path(), |_| week).unwrap(),
        week,
        today: now.date_naive(),
        me: None,
        access: Access::Write,
        demo: false,
        recovered: None,
        typed: Vec::new(),
        look: Look { theme: ThemeName::Dark, truecolor: false, ascii: false, present: false },
        keymap: Keymap::default(),
    });
    let goals = app.workspace.strategy.goals.len();
    let kpis = app.workspace.strategy.kpis.len();
    assert!(goals >= 300 && kpis >= 200, "{goals} goals and {kpis} KPIs are no large team");
    let agenda = app.workspace.config.agendas[0].id().clone();
    app.begin(agenda, now);
    let review = app.review().unwrap().clone();
    let snapshot = seal(&app.workspace, &review, &app.history, now);
    let mut group = c.benchmark_group("seal a week of 300 goals and 200 KPIs");
    group.bench_function("worked out", |b| b.iter(|| seal(&app.workspace, black_box(&review), &app.history, now)));
    group.bench_function("written, read back and on the disk", |b| {
        let there = folder.path().join(format!("snapshots/{week}.ron"));
        let before = || drop(fs::remove_file(&there));
        b.iter_batched(before, |()| storage::seal(folder.path(), &snapshot).unwrap(), BatchSize::PerIteration);
    });
    group.finish();
}

criterion_group!(benches, sealing);
criterion_main!(benches);
