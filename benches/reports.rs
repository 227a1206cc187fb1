//! How long a report takes, beside the reading of its own snapshot: `cargo bench --bench reports`.
//!
//! The promise is a report well under a second; the figure to watch is the ratio of `gather` and `html` to `read`, as it is the
//! same on a fast machine and a slow one.

#![allow(clippy::unwrap_used)] // a benchmark that cannot set itself up ends

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use truenorth::model::history::History;
use truenorth::model::week::Week;
use truenorth::report::{self, Source};
use truenorth::storage::{self, Sample};

fn reports(c: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let today = "2026-11-19".parse().unwrap();
    storage::write_sample(Sample::Bakery, folder.path(), today).unwrap();
    let workspace = storage::open(folder.path(), |_| Week::of(today)).unwrap();
    let mut history = History::default();
    storage::history(folder.path(), &workspace.weeks, None, |digests, _| {
        digests.into_iter().for_each(|digest| history.insert(digest));
    });
    let mut newest = workspace.weeks.iter().rev();
    let mut read =
        || newest.next().map(|(week, n)| storage::snapshot(folder.path(), *week, Some(*n)).unwrap()).unwrap();
    let (snapshot, previous) = (read(), read());
    let source = Source { snapshot: &snapshot, previous: Some(&previous), history: &history };
    let outline = report::gather(source);
    let mut group = c.benchmark_group("report");
    let (week, revision) = (snapshot.week, snapshot.revision);
    group.bench_function("read", |b| {
        b.iter(|| storage::snapshot(folder.path(), black_box(week), Some(revision)).unwrap())
    });
    group.bench_function("gather", |b| b.iter(|| report::gather(black_box(source))));
    group.bench_function("html", |b| b.iter(|| report::html(black_box(&outline))));
    group.bench_function("markdown", |b| b.iter(|| report::markdown(black_box(&outline))));
    group.finish();
}

criterion_group!(benches, reports);
criterion_main!(benches);
