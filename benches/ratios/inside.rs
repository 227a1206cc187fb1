//! What is measured inside one process: files, the index, search, drawing, the journal.

use std::collections::BTreeMap;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use truenorth::app::Model;
use truenorth::app::message::{Effect, Message};
use truenorth::app::update::update;
use truenorth::insight::search::{Query, search};
use truenorth::model::goal::Goal;
use truenorth::model::history::{History, WeekDigest};
use truenorth::model::snapshot::Snapshot;
use truenorth::model::standing::Standing;
use truenorth::model::week::Week;
use truenorth::model::workspace::Workspace;
use truenorth::storage::{self, Journal, Local};
use truenorth::ui;

use super::setting::{self, now, open};
use super::{Ground, Table, pty};

/// The argument with which this program only rebuilds an index, so that its memory can be seen.
pub(crate) const REBUILD: &str = "--rebuild";

pub(crate) fn rows(ground: &Ground, table: &mut Table) {
    let root = ground.years();
    let workspace = open(&root);
    let files: Vec<PathBuf> = workspace.weeks.iter().map(|(w, r)| root.join(storage::snapshot_path(*w, *r))).collect();
    let local = Local::under(&ground.at("home"));
    let at = || local.index(&root, &workspace.config.id, later());
    let history = read(&root, &workspace.weeks, Some(&at()));
    let load =
        || time(|| storage::history(&root, &workspace.weeks, Some(&at()), |digests, _| drop(black_box(digests))));
    let nowhere = Local::under(&ground.at("nowhere"));
    let anew = || {
        let _ = fs::remove_dir_all(ground.at("nowhere"));
        let at = nowhere.index(&root, &workspace.config.id, later());
        time(|| storage::history(&root, &workspace.weeks, Some(&at), |digests, _| drop(digests)))
    };
    let raw = || time(|| files.iter().map(|f| fs::read(f).unwrap().len()).sum::<usize>());
    let few = Ground { size: super::Size { rounds: ground.size.rounds.min(5), ..ground.size }, ..ground.clone() };
    let (words, open_now) = (Query::parse("zebra"), Standing::default());
    let look = || time(|| search(&words, &history, &open_now, &workspace.strategy));
    let (oldest, revision) = workspace.weeks.first_key_value().map(|(w, r)| (*w, *r)).unwrap();
    let text = fs::read_to_string(&files[0]).unwrap();
    table.push("index load and check / raw read of the files", ground.ratio(load, raw), 0.5, "");
    table.push("index rebuild / bare two-thread parse", few.ratio(anew, || bare(&files)), 1.2, "");
    table.push("index rebuild, peak memory", rebuild_peak(&root), 20.0, " MiB");
    table.push("search over all weeks / two-thread grep of the files", few.ratio(look, || grep(&files)), 0.05, "");
    let whole = || time(|| storage::snapshot(&root, oldest, Some(revision)).unwrap());
    let seen = ground.ratio(whole, || time(|| parse(&text)));
    table.push("the oldest week, read and checked / its bare parse", seen, 1.3, "");
    drawing(ground, table);
}

fn later() -> SystemTime {
    SystemTime::now() + Duration::from_secs(60)
}

fn time<T>(what: impl FnOnce() -> T) -> f64 {
    let started = Instant::now();
    black_box(what());
    started.elapsed().as_secs_f64() * 1e3
}

fn read(root: &Path, weeks: &BTreeMap<Week, u32>, at: Option<&storage::IndexAt>) -> History {
    let mut history = History::default();
    storage::history(root, weeks, at, |digests: Vec<WeekDigest>, _| {
        digests.into_iter().for_each(|d| history.insert(d))
    });
    history
}

fn parse(text: &str) -> Snapshot {
    storage::decode(Path::new("week.ron"), text).unwrap()
}

/// Two threads that read every file and do something with its text.
fn on_two_threads(files: &[PathBuf], each: impl Fn(String) + Sync) -> f64 {
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            each(fs::read_to_string(file).unwrap());
        }
    };
    time(|| {
        thread::scope(|scope| {
            scope.spawn(work);
            scope.spawn(work);
        });
    })
}

fn bare(files: &[PathBuf]) -> f64 {
    on_two_threads(files, |text| drop(parse(&text)))
}

fn grep(files: &[PathBuf]) -> f64 {
    on_two_threads(files, |text| assert!(!black_box(text.contains("zebra"))))
}

/// What this program does when it is started with [`REBUILD`]: nothing but that, and it says what memory it took.
pub(crate) fn rebuild_alone(root: &Path) {
    let home = tempfile::tempdir().unwrap();
    let workspace = open(root);
    let at = Local::under(home.path()).index(root, &workspace.config.id, later());
    storage::history(root, &workspace.weeks, Some(&at), |digests, _| drop(digests));
    println!("{}", pty::peak("self"));
}

fn rebuild_peak(root: &Path) -> f64 {
    let out = std::process::Command::new(std::env::current_exe().unwrap()).arg(REBUILD).arg(root).output().unwrap();
    String::from_utf8(out.stdout).unwrap().trim().parse().unwrap()
}

fn model(workspace: Workspace) -> Model {
    Model::Work(Box::new(setting::app(workspace)))
}

fn press(model: &mut Model, key: &str) -> Vec<Effect> {
    update(model, Message::Key(key.parse().unwrap()), now())
}

fn drawing(ground: &Ground, table: &mut Table) {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 200, 60));
    let (mut few, mut many) = (tree(ground, 300), tree(ground, 30_000));
    let mut other = buffer.clone();
    let frames = |model: &mut Model, buffer: &mut Buffer| {
        time(|| (0..20).for_each(|_| drop(black_box(ui::draw(model, now(), buffer)))))
    };
    let goals = ground.ratio(|| frames(&mut many, &mut buffer), || frames(&mut few, &mut other));
    let folder = tempfile::tempdir().unwrap();
    let mut held = [model(open(&ground.at("large"))), model(open(&ground.at("large")))];
    let mut journal = None;
    for (nth, model) in held.iter_mut().enumerate() {
        for effect in ["r", "Y", "Tab", "Tab"].iter().flat_map(|key| press(model, key)) {
            if let (0, Effect::BeginJournal(review)) = (nth, effect) {
                journal = Some(Journal::create(&folder.path().join("journal"), "bench", &review).unwrap());
            }
        }
    }
    let [with, without] = &mut held;
    let mut journal = journal.expect("a review begins a journal");
    let (mut turn, mut turn_without) = (["x", "u"].iter().cycle(), ["x", "u"].iter().cycle());
    let mut entries = 0;
    let written = || {
        time(|| {
            for effect in press(with, turn.next().unwrap()) {
                if let Effect::Journal(entry) = effect {
                    journal.append(&entry).unwrap();
                    entries += 1;
                }
            }
            ui::draw(with, now(), &mut buffer);
        })
    };
    let bare = || {
        time(|| {
            press(without, turn_without.next().unwrap());
            ui::draw(without, now(), &mut other);
        })
    };
    let journalled = ground.ratio(written, bare);
    assert!(entries >= ground.size.rounds, "keys that write nothing measure nothing");
    table.push("draw with 30,000 goals / with 300", goals, 1.1, "");
    table.push("keystroke with journal / without", journalled, 1.2, "");
}

/// The tree of a company with this many goals, on its screen.
fn tree(ground: &Ground, goals: usize) -> Model {
    let mut workspace = open(&ground.at("large"));
    let like: Vec<Goal> = workspace.strategy.goals.clone().into();
    for n in like.len()..goals {
        let mut copy = like[n % like.len()].clone();
        copy.id = format!("more-{n}").parse().unwrap();
        copy.parent = Some(like[n % 60].id.clone());
        workspace.strategy.goals.push(copy);
    }
    let mut model = model(workspace);
    press(&mut model, "3");
    model
}
