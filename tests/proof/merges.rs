//! Two clones of a workspace that went apart and are merged by git: the records of both are there, or `check` tells the place.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};

use truenorth::model::checkin::CheckInEdit;
use truenorth::model::goal::{Goal, Kind};
use truenorth::model::id::MemberId;
use truenorth::model::import::{Imported, ReadingsFile};
use truenorth::model::kpi::{Aim, Target};
use truenorth::model::number::Finite;
use truenorth::model::record::{Action, ActionState};
use truenorth::model::review::Review;
use truenorth::model::standing::Standing;
use truenorth::model::strategy::Strategy;
use truenorth::model::week::Week;
use truenorth::model::workspace::{Draft, SCHEMA};
use truenorth::storage;

use super::{Small, in_parallel, sized};
use crate::harness::{bakery, noon, today};

fn git(at: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]).args(arguments);
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null").current_dir(at);
    command.output().expect("git is needed")
}

#[track_caller]
fn git_does(at: &Path, arguments: &[&str]) {
    let done = git(at, arguments);
    assert!(done.status.success(), "git {arguments:?}: {done:?}");
}

/// Numbers that look like chance and are the same every time (Numerical Recipes' linear congruence).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

/// One thing that somebody does in their clone. `name` makes it theirs.
fn do_something(root: &Path, dice: &mut Dice, name: &str) {
    let week = Week::of(today());
    // Each has a member of their own, and at times writes for another: from a second machine, say.
    let own = if name.starts_with("left") { "maya" } else { "tom" };
    let member: MemberId = if dice.roll(4) == 0 { "ruth" } else { own }.parse().unwrap();
    match dice.roll(9) {
        0 | 1 => {
            let action = Action {
                id: name.parse().unwrap(),
                title: format!("Do {name}"),
                owner: member.clone(),
                due: today(),
                goal: None,
                about: None,
                promised: week,
                carried: 0,
                state: ActionState::Open,
            };
            storage::edit_check_in(root, week, &member, CheckInEdit::Action(action)).unwrap();
        }
        2 => drop(storage::edit_check_in(root, week, &member, CheckInEdit::Headline(format!("News {name}"))).unwrap()),
        3 => change_strategy(root, |s| s.goals.push(Goal::new(name.parse().unwrap(), name, Kind::Goal))),
        4 => {
            let at = dice.roll(12);
            change_strategy(root, |s| s.goals[at].title = format!("Goal {name}"));
        }
        5 => {
            let (at, value) = (dice.roll(6), i32::try_from(dice.roll(50)).unwrap());
            let target = Target { from: week, aim: Aim::At(Finite::from(value)), why: format!("Why {name}") };
            change_strategy(root, |s| {
                s.kpis[at].targets.retain(|t| t.from != week && matches!(t.aim, Aim::At(_)));
                s.kpis[at].targets.push(target);
                s.kpis[at].direction = truenorth::model::kpi::Direction::Up;
            });
        }
        6 => {
            let mut sealed = (*bakery().latest.unwrap()).clone();
            sealed.headlines.clear();
            sealed.why_low = name.to_owned();
            // Two who seal the same week, or the one who comes second finds it sealed.
            let _ = storage::seal(root, &sealed);
        }
        7 => {
            let kpi = "gross-margin".parse().unwrap();
            let readings = vec![Imported { kpi, week: week.plus(-30), value: Finite::from(61), fed: None }];
            let (by, source) = (member, format!("{}.csv", if dice.roll(2) == 0 { "same" } else { name }));
            let file = ReadingsFile { schema: SCHEMA, by, on: today(), nth: 1, source, readings };
            storage::save_import(root, file).unwrap();
        }
        _ => {
            let steps = truenorth::model::agenda::Agenda::weekly();
            let mut review = Review::start(week, "weekly".parse().unwrap(), steps, &Standing::default(), noon());
            review.why_low = name.to_owned();
            let journal = name.to_owned();
            let draft = Draft { schema: SCHEMA, journal, entries: 1, saved: noon(), by: Some(member), review };
            storage::save_draft(root, &draft).unwrap();
        }
    }
}

fn change_strategy(root: &Path, change: impl FnOnce(&mut Strategy)) {
    let old = storage::open(root, |_| Week::of(today())).unwrap().strategy;
    let mut new = old.clone();
    change(&mut new);
    storage::save_strategy(root, &old, &new).unwrap();
}

/// Everything that somebody could miss, a line each.
fn records(root: &Path) -> BTreeSet<String> {
    let week = Week::of(today());
    let mut all = BTreeSet::new();
    let workspace = storage::open(root, |_| week).unwrap();
    for goal in &workspace.strategy.goals {
        all.insert(format!("goal {}: {}", goal.id, goal.title));
    }
    for kpi in &workspace.strategy.kpis {
        all.extend(kpi.targets.iter().map(|t| format!("target of {}: {:?}", kpi.id, t)));
    }
    for check_in in &workspace.check_ins {
        all.extend(check_in.actions.iter().map(|a| format!("action {} of {}", a.title, check_in.member)));
        all.extend(check_in.headlines.iter().map(|h| format!("headline {h} of {}", check_in.member)));
    }
    all.extend(workspace.latest.iter().map(|s| format!("sealed {}: {}", s.week, s.why_low)));
    all.extend(storage::imports(root).0.iter().flat_map(|f| f.readings.iter().map(move |r| format!("{} {r:?}", f.by))));
    all.extend(storage::load_draft(root, week).unwrap().map(|d| format!("draft {}", d.journal)));
    all
}

/// How a merge came out.
#[derive(PartialEq)]
enum Outcome {
    Clean,
    Conflict,
}

fn merged(pair: usize) -> Outcome {
    let base = Small::new();
    let root = base.root();
    git_does(&root, &["init", "-q", "-b", "main"]);
    git_does(&root, &["add", "-A"]);
    git_does(&root, &["commit", "-qm", "both"]);
    let before = records(&root);
    let other = base.at("other");
    git_does(&root, &["clone", "-q", ".", other.to_str().unwrap()]);
    let mut dice = Dice(pair as u64);
    let mut added = BTreeSet::new();
    for (side, at) in [("left", &root), ("right", &other)] {
        for n in 0..1 + dice.roll(3) {
            do_something(at, &mut dice, &format!("{side}-{pair}-{n}"));
        }
        added.extend(records(at).difference(&before).cloned());
        git_does(at, &["add", "-A"]);
        git_does(at, &["commit", "-q", "--allow-empty", "-m", side]);
    }
    git_does(&root, &["fetch", "-q", other.to_str().unwrap(), "main"]);
    let merge = git(&root, &["merge", "-q", "-m", "merge", "FETCH_HEAD"]);
    let report = storage::check(&root).unwrap();
    if merge.status.success() {
        let there = records(&root);
        let lost: Vec<&String> = added.difference(&there).collect();
        assert!(lost.is_empty() || !report.problems.is_empty(), "pair {pair}: lost without a word: {lost:#?}");
        return Outcome::Clean;
    }
    let unmerged = git(&root, &["diff", "--name-only", "--diff-filter=U"]);
    let unmerged = String::from_utf8(unmerged.stdout).unwrap();
    assert!(!unmerged.is_empty(), "pair {pair}: {merge:?}");
    for file in unmerged.lines() {
        let told = report.problems.iter().find(|p| p.path == Path::new(file));
        let told = told.unwrap_or_else(|| panic!("pair {pair}: {file} is in conflict and check says nothing of it"));
        let text = std::fs::read_to_string(root.join(file)).unwrap();
        let marked = text.lines().nth(told.line - 1).unwrap();
        assert!(marked.starts_with("<<<<<<<"), "pair {pair}: {told} is at {marked}");
    }
    Outcome::Conflict
}

#[test]
fn clones_that_went_apart_are_merged_with_the_records_of_both_or_a_conflict_that_check_tells() {
    let conflicts = AtomicUsize::new(0);
    let pairs = sized(200, 1000);
    in_parallel(pairs, |pair| {
        if merged(pair) == Outcome::Conflict {
            conflicts.fetch_add(1, Ordering::Relaxed);
        }
    });
    let conflicts = conflicts.into_inner();
    eprintln!("{pairs} pairs of clones: {conflicts} in conflict, which check told");
    // Were none in conflict, or all, the test would look at one half only.
    assert!(conflicts > 0 && conflicts * 4 < pairs * 3, "{conflicts} of {pairs} in conflict");
}
