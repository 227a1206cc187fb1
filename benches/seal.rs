//! How long it takes to seal a week of a large team: 300 goals and 200 KPIs, as `cargo bench --bench seal` tells.
//!
//! Working the week out happens on the drawing thread and may take one frame; writing it, reading it back and waiting for the disk
//! happens beside it.

#![allow(clippy::unwrap_used)] // a benchmark that cannot set itself up ends

mod setting;

use std::fs;
use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use truenorth::insight::seal::seal;
use truenorth::storage;

use setting::{company, now, weeks};

fn sealing(c: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    weeks::write(folder.path(), &company::Scale { weeks: 1, ..Default::default() }).unwrap();
    let now = now();
    let mut app = setting::app(setting::open(folder.path()));
    let week = app.week;
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
