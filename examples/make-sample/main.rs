//! Makes the sample workspaces: holds a year of reviews as told in `stories/`, with the program's own rules and writer.
//!
//! `cargo run --example make-sample` writes the snapshots and the check-ins of the open week under `sample-data/`;
//! with `--check` it writes nothing and fails when a file there is not, byte for byte, what it would write. The files in
//! `strategy/` and `truenorth.ron` are written by hand: the stories take them back to each week.

mod checkin;
mod feeds;
mod numbers;
mod quarters;
mod records;
mod review;
mod rewind;
mod story;
mod teller;
mod voices;
mod words;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use truenorth::insight::seal;
use truenorth::model::checkin::CheckIn;
use truenorth::model::history::{History, WeekDigest};
use truenorth::model::snapshot::Snapshot;
use truenorth::model::standing::Standing;
use truenorth::model::workspace::Workspace;
use truenorth::storage;

use story::Story;
use teller::Teller;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// The samples, by the name of their folder and of their story.
const SAMPLES: [&str; 2] = ["bakery", "office"];

fn main() -> ExitCode {
    let is_check = std::env::args().any(|arg| arg == "--check");
    let wrong: Result<usize> = SAMPLES.iter().map(|name| sample(name, is_check)).sum();
    match wrong {
        Ok(0) => ExitCode::SUCCESS,
        Ok(wrong) => {
            eprintln!(
                "{wrong} problems: where files differ, run `cargo run --example make-sample` and read what changed"
            );
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Makes one sample and writes it, or counts the files that differ from it. Returns how much is wrong.
fn sample(name: &str, is_check: bool) -> Result<usize> {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = home.join("sample-data").join(name);
    let folder = home.join("examples/make-sample/stories").join(name);
    let story = Story::load(&folder)?;
    let mut faults = words::repeated(&story);
    for folder in [&folder, &root, &root.join("strategy"), &root.join("registers")] {
        faults.extend(words::dated(folder)?);
    }
    if !faults.is_empty() {
        return Err(faults.join("\n").into());
    }
    let files = make(&root, &story)?;
    let mut files = files;
    let fed = if name == "bakery" { feeds::texts(files.keys()) } else { BTreeMap::new() };
    files.extend(fed);
    let size: usize = files.values().map(String::len).sum();
    println!("{name}: {} files, {} KiB", files.len(), size / 1024);
    if is_check {
        let other = if name == "bakery" { feeds::differences(&root)? } else { 0 };
        return Ok(differences(&root, &files)? + other);
    }
    if name == "bakery" {
        feeds::write(&root)?;
    }
    for (path, text) in &files {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().unwrap_or(&root))?;
        std::fs::write(path, text)?;
    }
    let problems = storage::check(&root)?.problems;
    problems.iter().for_each(|problem| eprintln!("{}", storage::render(problem)));
    Ok(problems.len())
}

/// How many files are missing, differ, or are no longer told of.
fn differences(root: &Path, files: &BTreeMap<PathBuf, String>) -> Result<usize> {
    let mut wrong = 0;
    for (path, text) in files {
        if !std::fs::read_to_string(root.join(path)).is_ok_and(|found| &found == text) {
            eprintln!("{} is not what the story tells", path.display());
            wrong += 1;
        }
    }
    for folder in ["snapshots", "quarters"].iter().filter(|folder| root.join(folder).is_dir()) {
        for entry in std::fs::read_dir(root.join(folder))? {
            let path = Path::new(folder).join(entry?.file_name());
            if !files.contains_key(&path) {
                eprintln!("{} is something that the story does not tell", path.display());
                wrong += 1;
            }
        }
    }
    Ok(wrong)
}

/// The snapshots and check-ins of a story, by their path inside the workspace.
fn make(root: &Path, story: &Story) -> Result<BTreeMap<PathBuf, String>> {
    let last = story.weeks.last().ok_or("the story has no week")?;
    let today = storage::open(root, |_| last.week)?;
    if let Some(problem) =
        today.problems.iter().find(|p| p.path.starts_with("strategy") || p.path.starts_with("registers"))
    {
        return Err(storage::render(problem).into());
    }
    let mut files = BTreeMap::new();
    let mut history = History::default();
    let mut latest: Option<Arc<Snapshot>> = None;
    let mut sealed: Vec<Snapshot> = Vec::new();
    let mut before = None;
    for told in &story.weeks {
        let teller = gather(&today, story, told, latest.clone(), &history);
        if told.week == last.week {
            for check_in in &teller.workspace.check_ins {
                let path = storage::check_in_path(check_in.week, &check_in.member);
                files.insert(path, storage::encode(check_in)?);
            }
            break;
        }
        for quarter in story.quarters.iter().filter(|q| q.week == told.week) {
            let snapshot = quarters::hold(quarter, &teller.workspace, &sealed, before.as_ref())?;
            let path = storage::sealed_path(snapshot.quarter().into(), snapshot.revision);
            files.insert(path, storage::encode(&snapshot)?);
            before = Some(snapshot);
        }
        let (review, now) = review::hold(&teller)?;
        let snapshot = seal::seal(&teller.workspace, &review, &history, now);
        report(&snapshot);
        files.insert(storage::snapshot_path(snapshot.week, snapshot.revision), storage::encode(&snapshot)?);
        history.insert(WeekDigest::of(&snapshot));
        sealed.push(snapshot.clone());
        latest = Some(Arc::new(snapshot));
    }
    Ok(files)
}

/// The workspace as it was in a week, with what members report of it.
fn gather<'a>(
    today: &Workspace,
    story: &'a Story,
    told: &'a story::Told,
    latest: Option<Arc<Snapshot>>,
    history: &'a History,
) -> Teller<'a> {
    let workspace = Workspace {
        config: rewind::config(&today.config, story, told.week),
        strategy: rewind::strategy(&today.strategy, story, told.week),
        weeks: history.weeks().iter().map(|w| (w.week, w.revision)).collect(),
        latest,
        quarters: BTreeMap::new(),
        last_quarter: None,
        check_ins: Vec::new(),
        imports: Vec::new(),
        broken: Vec::new(),
        problems: Vec::new(),
        ..today.clone()
    };
    let standing = Standing::fold(workspace.latest.as_deref(), &[], told.week);
    let mut teller = Teller { story, told, workspace, standing, history };
    let check_ins: Vec<CheckIn> = checkin::all(&teller);
    teller.workspace.check_ins = check_ins;
    teller
}

/// A line for the one who tells the story: does the week read as it was meant?
fn report(snapshot: &Snapshot) {
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    for found in &snapshot.findings {
        *rules.entry(found.finding.rule.as_str()).or_default() += 1;
    }
    let (done, due) = snapshot.kept();
    let open = snapshot.issues.iter().filter(|i| i.is_open()).count();
    println!("{}  kept {done}/{due}, {open} issues open, findings {rules:?}", snapshot.week);
}
