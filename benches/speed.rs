//! How fast it is where one would notice: the first frame, a key, the reading of all weeks, forecasts.
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
use truenorth::app::message::{Effect, Message};
use truenorth::app::screens;
use truenorth::app::update::update;
use truenorth::app::{Access, App, Look, Model, Opening, ThemeName};
use truenorth::insight::agreement::chance;
use truenorth::insight::findings::Behaviour;
use truenorth::insight::forecast::forecast;
use truenorth::insight::search::{Query, search};
use truenorth::insight::{story, together, xmr};
use truenorth::model::checkin::{CheckIn, Pulse, Recall, Vote};
use truenorth::model::goal::Goal;
use truenorth::model::history::{History, KpiDigest, WeekDigest};
use truenorth::model::id::{KpiId, MemberId};
use truenorth::model::kpi::{Aim, Direction, Kpi};
use truenorth::model::number::Finite;
use truenorth::model::people::Member;
use truenorth::model::record::{Action, Decision, Issue};
use truenorth::model::register::{Card, Kind as Register};
use truenorth::model::review::Moment;
use truenorth::model::scale::{Agrees, Confidence};
use truenorth::model::series::Series;
use truenorth::model::snapshot::{GoalWeek, KpiWeek};
use truenorth::model::standing::Standing;
use truenorth::model::status::Status;
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
        Arc::make_mut(&mut app.history).insert(WeekDigest { week: app.week.plus(-back), ..digest.clone() });
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
        ("scorecard, move", "r Enter Tab Tab", ["Down", "Up"]),
        ("scorecard, edit and undo", "r Enter Tab Tab", ["x", "u"]),
        ("scorecard, type into a field", "r Enter Tab Tab Enter", ["1", "Backspace"]),
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

/// A register of many cards: a row further, and a letter of a search, each with the frame that follows.
fn cards(c: &mut Criterion) {
    let mut group = c.benchmark_group("cards");
    for many in [50, 5_000] {
        let folder = bakery(1);
        let mut workspace = open(folder.path());
        let like = workspace.strategy.cards.iter().find(|card| card.kind() == Register::Idea).unwrap().clone();
        let copy =
            |n: usize| Card { id: format!("idea-{n}").parse().unwrap(), title: format!("Idea {n}"), ..like.clone() };
        workspace.strategy.cards = (0..many).map(copy).collect();
        let mut app = app(workspace);
        screens::cards::show(&mut app, Register::Idea);
        let (mut model, mut buffer) = (Model::Work(Box::new(app)), buffer());
        for (name, keys) in [("row", ["Down", "Up"]), ("letter of a search", ["4", "Backspace"])] {
            press(&mut model, if name == "row" { "0" } else { "/" });
            let mut turn = keys.iter().cycle();
            group.bench_function(BenchmarkId::new(name, many), |b| {
                b.iter(|| {
                    press(&mut model, turn.next().unwrap());
                    ui::draw(&model, now(), &mut buffer);
                });
            });
        }
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
    *app.history = Arc::default();
    let digest = WeekDigest::of(app.workspace.latest.as_ref().unwrap());
    for back in 1..=26 {
        Arc::make_mut(&mut app.history).insert(WeekDigest { week: week.plus(-back), ..digest.clone() });
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
            storage::history(folder.path(), &weeks, None, |digests, problems| {
                assert!(problems.is_empty(), "{problems:?}");
                read += digests.len();
            });
            assert_eq!(read, 1040);
        });
    });
}

/// The readings of many KPIs over 20 years: their charts, and what the findings ask of them.
fn behaviour(c: &mut Criterion) {
    let kpi = open(bakery(1).path()).strategy.kpis[0].clone();
    let kpis: Vec<Kpi> =
        (0..KPIS).map(|n| Kpi { id: format!("kpi-{n}").parse().unwrap(), phases: Vec::new(), ..kpi.clone() }).collect();
    let now = Week::of(today());
    let mut group = c.benchmark_group("200 KPIs");
    for weeks in [52, 1040] {
        let mut history = History::default();
        for back in 1..=weeks {
            // Each goes up and down at a pace of its own.
            let reading = |n: usize| (f64::from(back) * (1.0 + n as f64 / 40.0)).sin() * 50.0 + 400.0;
            let known = |(n, kpi): (usize, &Kpi)| KpiDigest {
                kpi: kpi.id.clone(),
                reading: Finite::new(reading(n)),
                computed: Status::OnTrack,
                marked: None,
                aim: Aim::Nothing,
            };
            let kpis = kpis.iter().enumerate().map(known).collect();
            history.insert(WeekDigest { kpis, ..empty(now.plus(-back)) });
        }
        group.bench_function(BenchmarkId::new("charts", weeks), |b| {
            b.iter(|| black_box(xmr::charts(&kpis, &history, now, &[])));
        });
        let series: Vec<_> = kpis.iter().map(|kpi| (kpi, history.series(&kpi.id))).collect();
        group.bench_function(BenchmarkId::new("charts of series at hand", weeks), |b| {
            b.iter(|| {
                series.iter().map(|(kpi, series)| xmr::chart(series, kpi, now)).map(|c| c.signals.len()).sum::<usize>()
            });
        });
        group.bench_function(BenchmarkId::new("findings from readings", weeks), |b| {
            b.iter(|| black_box(Behaviour::of(&kpis, &history, now)));
        });
    }
}

/// A sealed week in which nothing happened.
fn empty(week: Week) -> WeekDigest {
    WeekDigest { minutes: (60, 60), ..WeekDigest::empty(week) }
}

/// Readings that rise, waver and have a gap every tenth week.
fn wavering(weeks: i32, kpi: i32) -> Series {
    let now = Week::of(today());
    let value = |back: i32| f64::from(weeks - back) * 0.3 + f64::from((back * 7919 + kpi * 104_729) % 23);
    let read = (0..weeks).filter(|back| back % 10 != 4);
    read.map(|back| (now.plus(-back), Finite::new(value(back)).unwrap())).collect()
}

fn forecasts(c: &mut Criterion) {
    let mut group = c.benchmark_group("forecast");
    let now = Week::of(today());
    let look = |series: &Series| forecast(series, now, now.plus(13), Aim::At(Finite::from(60)), Direction::Up);
    let one = wavering(156, 1);
    group.bench_function("one KPI of 156 weeks", |b| b.iter(|| look(black_box(&one))));
    let many: Vec<Series> = (0..).take(KPIS).map(|kpi| wavering(1040, kpi)).collect();
    group.sample_size(10);
    group.bench_function("200 KPIs of 1040 weeks", |b| {
        b.iter(|| many.iter().filter(|series| look(series).chance.is_some()).count());
    });
}

/// The bakery's year over and over, twenty times: what is new in a week is new in each of its copies.
fn twenty_years() -> History {
    let folder = tempfile::tempdir().unwrap();
    storage::write_sample(storage::Sample::Bakery, folder.path(), today()).unwrap();
    let workspace = open(folder.path());
    let mut year = Vec::new();
    storage::history(folder.path(), &workspace.weeks, None, |digests, _| year.extend(digests));
    year.sort_by_key(|digest| std::cmp::Reverse(digest.week));
    let mut history = History::default();
    for (n, digest) in (0_i32..1040).zip(year.iter().cycle()) {
        let length = i32::try_from(year.len()).unwrap();
        let (mut digest, back) = (digest.clone(), n / length * length);
        let before = |week: Week| week.plus(-back);
        digest.week = before(digest.week);
        let decided = |d: &Decision| Decision { decided: before(d.decided), ..d.clone() };
        digest.decisions = digest.decisions.iter().map(decided).collect();
        let promised = |a: &Action| Action { promised: before(a.promised), ..a.clone() };
        digest.actions = digest.actions.iter().map(promised).collect();
        let raised = |i: &Issue| Issue { raised: before(i.raised), ..i.clone() };
        digest.issues = digest.issues.iter().map(raised).collect();
        history.insert(digest);
    }
    assert_eq!(history.weeks().len(), 1040);
    history
}

/// What is asked while typing, and must be there with the next frame.
fn over_years(c: &mut Criterion) {
    let history = twenty_years();
    let workspace = open(bakery(1).path());
    let mut group = c.benchmark_group("search 1040 weeks");
    for (name, typed) in [("nothing", "zebra"), ("some", "oven"), ("several words", "second oven"), ("nearly all", "e")]
    {
        let (query, open) = (Query::parse(typed), Standing::default());
        group.bench_function(name, |b| b.iter(|| search(&query, &history, &open, &workspace.strategy)));
    }
    group.finish();
    let goal = "open-the-shop".parse().unwrap();
    c.bench_function("life of a goal, 1040 weeks", |b| b.iter(|| story::of_goal(&goal, &history, &workspace.config)));
}

/// A week along the time line of twenty years: the key, the parsing of what it asks for, the picture.
fn scrub(c: &mut Criterion) {
    let folder = bakery(1040);
    let mut app = app(open(folder.path()));
    let weeks = app.workspace.weeks.clone();
    let history = Arc::make_mut(&mut app.history);
    storage::history(folder.path(), &weeks, None, |digests, _| digests.into_iter().for_each(|d| history.insert(d)));
    let mut model = Model::Work(Box::new(app));
    update(&mut model, Message::HistoryDone, now());
    press(&mut model, "8");
    let mut buffer = buffer();
    // Back to the newest once in a while, so that there is always a week before.
    let mut keys = (1..=1_000).map(|n| if n == 1_000 { "End" } else { "Left" }).cycle();
    c.bench_function("scrub a week of 1040", |b| {
        b.iter(|| {
            let key: Key = keys.next().unwrap().parse().unwrap();
            for effect in update(&mut model, Message::Key(key), now()) {
                if let Effect::LoadWeek(week, _) = effect {
                    let snapshot = storage::snapshot(folder.path(), week, None).unwrap();
                    update(&mut model, Message::Week(week, Ok(Arc::new(snapshot))), now());
                }
            }
            ui::draw(&model, now(), &mut buffer);
        });
    });
}

/// Two hundred KPIs that wander each for itself, over the five years that are looked at.
fn pairs(c: &mut Criterion) {
    let mut state = 7_u64;
    let mut step = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(state >> 32).unwrap()) - f64::from(u32::MAX / 2)
    };
    let walk = |n: usize, step: &mut dyn FnMut() -> f64| -> (KpiId, Series) {
        let mut at = 0.0;
        let readings = (0..1040).map(|back| {
            at += step();
            (Week::of(today()).plus(-back), Finite::new(at).unwrap())
        });
        (format!("kpi-{n}").parse().unwrap(), readings.collect())
    };
    let all: Vec<(KpiId, Series)> = (0..KPIS).map(|n| walk(n, &mut step)).collect();
    let mut group = c.benchmark_group("pairs");
    group.sample_size(10);
    group.bench_function("one of 200", |b| b.iter(|| together::of(&all[0].0, &all)));
    group.bench_function("all of 200", |b| b.iter(|| together::all(&all)));
}

criterion_group!(
    benches,
    first_frame,
    keys,
    cards,
    alignment,
    all_weeks,
    behaviour,
    forecasts,
    over_years,
    pairs,
    scrub
);
criterion_main!(benches);
