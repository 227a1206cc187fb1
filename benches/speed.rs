//! How fast it is where one would notice: the first frame, a key, the reading of all weeks.
//!
//! ```text
//! cargo bench --bench speed                      everything, a few minutes
//! cargo bench --bench speed -- --quick           everything, roughly, in seconds
//! cargo bench --bench speed -- key               only what has `key` in its name
//! cargo bench --bench speed -- --save-baseline before    and later: -- --baseline before
//! ```
//!
//! The limits are those a person feels: a key in 16 ms, the first frame in 100 ms however many weeks lie behind.

#![allow(clippy::unwrap_used)] // a benchmark that cannot set itself up ends

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use tempfile::TempDir;
use truenorth::app::key::Key;
use truenorth::app::keymap::Keymap;
use truenorth::app::message::Message;
use truenorth::app::update::update;
use truenorth::app::{Access, App, Look, Model, Opening, ThemeName};
use truenorth::insight::agreement::chance;
use truenorth::model::checkin::{CheckIn, Pulse, Recall, Vote};
use truenorth::model::goal::Goal;
use truenorth::model::history::{History, WeekDigest};
use truenorth::model::id::MemberId;
use truenorth::model::kpi::Kpi;
use truenorth::model::people::Member;
use truenorth::model::review::Moment;
use truenorth::model::scale::{Agrees, Confidence};
use truenorth::model::snapshot::{GoalWeek, KpiWeek};
use truenorth::model::week::Week;
use truenorth::model::workspace::Workspace;
use truenorth::{storage, ui};

const GOALS: usize = 300;
const KPIS: usize = 200;
const MEMBERS: usize = 100;

fn today() -> NaiveDate {
    "2026-11-19".parse().unwrap()
}

fn now() -> Moment {
    DateTime::parse_from_rfc3339("2026-11-19T14:02:00+00:00").unwrap()
}

/// The bakery with this many weeks behind it: its last one, over and over.
fn bakery(weeks: i32) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    storage::write_sample(storage::Sample::Bakery, folder.path(), today()).unwrap();
    let last = Week::of(today()).previous();
    let file = |week: Week| folder.path().join("snapshots").join(format!("{week}.ron"));
    let text = fs::read_to_string(file(last)).unwrap();
    let (old, n) = (format!("week: \"{last}\""), text.matches(&format!("week: \"{last}\"")).count());
    assert!(n > 0, "the snapshot does not say its week as expected");
    fs::remove_dir_all(folder.path().join("snapshots")).unwrap();
    fs::create_dir(folder.path().join("snapshots")).unwrap();
    for week in (0..weeks).map(|back| last.plus(-back)) {
        fs::write(file(week), text.replacen(&old, &format!("week: \"{week}\""), 1)).unwrap();
    }
    folder
}

fn open(root: &Path) -> Workspace {
    storage::open(root, |_| Week::of(today())).unwrap()
}

fn app(workspace: Workspace) -> App {
    App::new(Opening {
        workspace,
        week: Week::of(today()),
        today: today(),
        me: Some("maya".parse().unwrap()),
        access: Access::Write,
        demo: false,
        recovered: None,
        typed: Vec::new(),
        look: Look { theme: ThemeName::Dark, truecolor: false, ascii: false, present: false },
        keymap: Keymap::default(),
    })
}

fn buffer() -> Buffer {
    Buffer::empty(Rect::new(0, 0, 140, 45))
}

fn press(model: &mut Model, key: &str) {
    let key: Key = key.parse().unwrap();
    black_box(update(model, Message::Key(key), now()));
}

/// A bakery grown out of all measure: its KPIs and goals copied until there are enough, with a year of digests.
fn large() -> Model {
    let folder = bakery(1);
    let mut workspace = open(folder.path());
    workspace.root = PathBuf::from("large");
    let kpis = workspace.strategy.kpis.clone();
    let goals: Vec<Goal> = workspace.strategy.goals.iter().filter(|g| g.is_open()).cloned().collect();
    let latest = Arc::make_mut(workspace.latest.as_mut().unwrap());
    for n in workspace.strategy.kpis.len()..KPIS {
        let like = &kpis[n % kpis.len()];
        let copy = Kpi { id: format!("kpi-{n}").parse().unwrap(), name: format!("{} {n}", like.name), ..like.clone() };
        latest.scorecard.extend(latest.kpi(&like.id).cloned().map(|w| KpiWeek { kpi: copy.id.clone(), ..w }));
        workspace.strategy.kpis.push(copy);
    }
    for n in workspace.strategy.goals.len()..GOALS {
        let like = &goals[n % goals.len()];
        // Five below each: about as deep as real trees are.
        let parent = workspace.strategy.goals[n / 5].id.clone();
        let copy = Goal {
            id: format!("goal-{n}").parse().unwrap(),
            title: format!("{} {n}", like.title),
            parent: Some(parent),
            ..like.clone()
        };
        latest.goals.extend(latest.goal(&like.id).cloned().map(|w| GoalWeek { goal: copy.id.clone(), ..w }));
        workspace.strategy.goals.push(copy);
    }
    let digest = WeekDigest::of(latest);
    let mut app = app(workspace);
    for back in 1..=52 {
        app.history.insert(WeekDigest { week: app.week.plus(-back), ..digest.clone() });
    }
    app.history_complete = true;
    app.refresh();
    Model::Work(Box::new(app))
}

fn first_frame(c: &mut Criterion) {
    let mut group = c.benchmark_group("first frame");
    for weeks in [52, 1040] {
        let folder = bakery(weeks);
        group.bench_function(BenchmarkId::from_parameter(weeks), |b| {
            b.iter(|| {
                let mut buffer = buffer();
                let model = Model::Work(Box::new(app(open(folder.path()))));
                ui::draw(&model, now(), &mut buffer);
                buffer
            });
        });
    }
}

/// A key and the frame that follows it; the two keys take turns, so that the state stays where it is.
fn keys(c: &mut Criterion) {
    let mut group = c.benchmark_group("key and frame");
    for (name, there, turns) in [
        ("scorecard, move", "r Tab Tab", ["Down", "Up"]),
        ("scorecard, edit and undo", "r Tab Tab", ["x", "u"]),
        ("scorecard, type into a field", "r Tab Tab Enter", ["1", "Backspace"]),
        ("tree, move", "3", ["Down", "Up"]),
        ("tree, fold and unfold", "3", ["Left", "Right"]),
        ("home, search", "/", ["o", "Backspace"]),
    ] {
        let mut model = large();
        there.split(' ').for_each(|key| press(&mut model, key));
        let mut buffer = buffer();
        let mut turn = turns.iter().cycle();
        group.bench_function(name, |b| {
            b.iter(|| {
                press(&mut model, turn.next().unwrap());
                ui::draw(&model, now(), &mut buffer);
            });
        });
    }
}

/// A hundred members who all rank, vote, remember and answer, with half a year of such weeks behind.
fn crowd() -> App {
    let Model::Work(app) = large() else { panic!("the bakery is open") };
    let mut app = *app;
    let week = app.week;
    let themes: Vec<_> = app.workspace.strategy.north_star.themes.iter().map(|t| t.id.clone()).collect();
    let goals: Vec<_> = app.workspace.strategy.goals.iter().map(|g| g.id.clone()).collect();
    let statements = app.workspace.config.pulse.clone();
    app.workspace.check_ins.clear();
    for n in 0..MEMBERS {
        let id: MemberId = format!("member-{n}").parse().unwrap();
        let like = app.workspace.config.people[0].clone();
        app.workspace.config.people.push(Member { id: id.clone(), name: format!("Member {n}"), ..like });
        let mut check_in = CheckIn::new(id, week);
        check_in.ranking.clone_from(&themes);
        check_in.ranking.rotate_left(n % themes.len());
        for k in 0..4 {
            let goal = goals[(n * 7 + k * 11) % goals.len()].clone();
            let confidence = Confidence::new(u8::try_from((n + k) % 11).unwrap()).unwrap();
            check_in.confidence.push(Vote { goal: goal.clone(), confidence });
            check_in.recall.push(Recall { words: "words".to_owned(), goal: Some(goal) });
        }
        let agrees = Agrees::new(u8::try_from(n % 5).unwrap() + 1).unwrap();
        check_in.pulse = statements.iter().map(|s| Pulse { statement: s.id.clone(), agrees }).collect();
        app.workspace.check_ins.push(check_in);
    }
    app.history = History::default();
    let digest = WeekDigest::of(app.workspace.latest.as_ref().unwrap());
    for back in 1..=26 {
        app.history.insert(WeekDigest { week: week.plus(-back), ..digest.clone() });
    }
    app.refresh();
    app
}

/// What a reveal costs: the findings and the index of a hundred check-ins; and, apart, the chance of their agreement, which
/// is computed for those who read it and when a week is sealed.
fn alignment(c: &mut Criterion) {
    let mut model = Model::Work(Box::new(crowd()));
    "r Y Tab Tab Tab Tab".split(' ').for_each(|key| press(&mut model, key));
    let mut buffer = buffer();
    let mut turn = ["Enter", "u"].iter().cycle();
    let mut group = c.benchmark_group("alignment");
    group.bench_function("100 members, reveal and hide", |b| {
        b.iter(|| {
            press(&mut model, turn.next().unwrap());
            ui::draw(&model, now(), &mut buffer);
        });
    });
    let ranks: Vec<Vec<f64>> = (0..MEMBERS)
        .map(|n| (0..7).map(|item| f64::from(u8::try_from((item + n) % 7).unwrap()) + 1.0).collect())
        .collect();
    group.sample_size(10);
    group.bench_function("100 members, chance of 7 items", |b| b.iter(|| chance(black_box(&ranks))));
}

fn all_weeks(c: &mut Criterion) {
    let folder = bakery(1040);
    let weeks = open(folder.path()).weeks;
    let mut group = c.benchmark_group("all weeks");
    group.sample_size(10);
    group.bench_function("1040", |b| {
        b.iter(|| {
            let mut read = 0;
            storage::history(folder.path(), &weeks, |digests, problems| {
                assert!(problems.is_empty(), "{problems:?}");
                read += digests.len();
            });
            assert_eq!(read, 1040);
        });
    });
}

criterion_group!(benches, first_frame, keys, alignment, all_weeks);
criterion_main!(benches);
