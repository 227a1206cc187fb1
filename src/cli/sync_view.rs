//! What a sync did, as a page for people and as one JSON document.

use serde::Serialize;

use crate::model::problem::Problem;
use crate::model::shown::shown;
use crate::storage;
use crate::sync::{Kind, Report, Trouble, Way};

use super::context::Context;
use super::failure::Exit;

/// How many files are listed before the rest is counted.
const LISTED: usize = 20;

/// 0 when it went as asked; 1 when it is kept here and a person has to do something; 2 when it could not be done.
pub(super) fn exit(done: Result<&Report, &Trouble>) -> Exit {
    match done {
        Ok(report) => match report.way {
            Way::Shared | Way::NoRemote | Way::Offline | Way::DryRun => Exit::Fine,
            Way::Kept(_) => Exit::Found,
        },
        Err(trouble) => match trouble.kind {
            Kind::Clash | Kind::BrokenHere | Kind::BrokenThere | Kind::Dirty | Kind::Foreign => Exit::Found,
            Kind::NoGit
            | Kind::OldGit
            | Kind::NoRepository
            | Kind::NotTrusted
            | Kind::InTheMiddle
            | Kind::Unrelated
            | Kind::Unreachable
            | Kind::Denied
            | Kind::Refused
            | Kind::Crowded
            | Kind::Busy
            | Kind::DiskFull
            | Kind::Stopped
            | Kind::Other => Exit::Refused,
        },
    }
}

fn files(n: usize) -> String {
    if n == 1 { "1 file".to_owned() } else { format!("{n} files") }
}

/// The last word, on standard error.
pub(super) fn told(done: &Result<Report, Trouble>) -> String {
    let report = match done {
        Ok(report) => report,
        Err(trouble) => {
            let problems: Vec<String> =
                trouble.problems.iter().take(LISTED).map(|p| format!("\n{}", storage::render(p))).collect();
            return format!("Not shared: {}{}\nNext: {}", trouble.what, problems.concat(), trouble.next);
        }
    };
    let (mine, theirs) = (files(report.committed.len()), files(report.arrived.len()));
    match &report.way {
        Way::Shared if report.committed.is_empty() && report.arrived.is_empty() => {
            "All is shared: nothing was new".to_owned()
        }
        Way::Shared => format!("Shared: {mine} of yours sent, {theirs} of others came"),
        Way::NoRemote => format!(
            "{mine} kept in the history on this machine. There is no remote to share with: `git remote add origin REMOTE`"
        ),
        Way::Offline => format!("{mine} kept in the history on this machine; nobody was asked"),
        Way::DryRun => format!("Nothing was changed: without --dry-run {mine} would be sent"),
        Way::Kept(trouble) => {
            format!(
                "Kept here and not shared yet ({} of yours unsent): {}\nNext: {}",
                commits(report.unsent),
                trouble.what,
                trouble.next
            )
        }
    }
}

fn commits(n: usize) -> String {
    if n == 1 { "1 commit".to_owned() } else { format!("{n} commits") }
}

/// What moved, for people.
pub(super) fn page(context: &Context, done: &Result<Report, Trouble>) -> String {
    let Ok(report) = done else { return String::new() };
    let mut page = context.page();
    let list = |page: &mut super::page::Page, heading: &str, lines: Vec<String>| {
        if lines.is_empty() {
            return;
        }
        page.heading(heading);
        for line in lines.iter().take(LISTED) {
            page.item(&shown(line));
        }
        if lines.len() > LISTED {
            page.item(&format!("and {} more", lines.len() - LISTED));
        }
    };
    list(&mut page, "Yours", report.committed.clone());
    list(&mut page, "From others", report.arrived.clone());
    list(&mut page, "Told to you", report.kept.iter().map(|k| format!("{}: {}", k.path, k.why)).collect());
    list(&mut page, "Kept aside", report.aside.clone());
    list(&mut page, "Left alone", report.left.iter().map(|l| format!("{}: {}", l.path, l.why)).collect());
    page.text()
}

/// The document of `sync --json`.
#[derive(Debug, Serialize)]
pub(super) struct View<'r> {
    outcome: &'static str,
    committed: &'r [String],
    message: &'r str,
    arrived: &'r [String],
    left: Vec<Told<'r>>,
    kept: Vec<Told<'r>>,
    aside: &'r [String],
    unsent: Option<usize>,
    tries: u32,
    trouble: Option<TroubleView<'r>>,
}

#[derive(Debug, Serialize)]
struct Told<'r> {
    path: &'r str,
    why: &'r str,
}

#[derive(Debug, Serialize)]
struct TroubleView<'r> {
    kind: &'static str,
    what: &'r str,
    next: &'r str,
    problems: &'r [Problem],
    records: Vec<&'r str>,
}

impl<'r> TroubleView<'r> {
    fn of(trouble: &'r Trouble) -> Self {
        let records = trouble.clash.iter().flat_map(|m| m.clashes().map(|d| d.record.as_str())).collect();
        Self {
            kind: trouble.kind.word(),
            what: &trouble.what,
            next: &trouble.next,
            problems: &trouble.problems,
            records,
        }
    }
}

impl<'r> View<'r> {
    pub(super) fn of(done: &'r Result<Report, Trouble>) -> Self {
        let report = match done {
            Ok(report) => report,
            Err(trouble) => {
                return Self {
                    outcome: "failed",
                    committed: &[],
                    message: "",
                    arrived: &[],
                    left: Vec::new(),
                    kept: Vec::new(),
                    aside: &[],
                    unsent: None,
                    tries: 0,
                    trouble: Some(TroubleView::of(trouble)),
                };
            }
        };
        let (outcome, trouble) = match &report.way {
            Way::Shared => ("shared", None),
            Way::NoRemote => ("no remote", None),
            Way::Offline => ("offline", None),
            Way::DryRun => ("dry run", None),
            Way::Kept(trouble) => ("kept", Some(TroubleView::of(trouble))),
        };
        Self {
            outcome,
            committed: &report.committed,
            message: report.words.trim_end(),
            arrived: &report.arrived,
            left: report.left.iter().map(|l| Told { path: &l.path, why: &l.why }).collect(),
            kept: report.kept.iter().map(|k| Told { path: &k.path, why: &k.why }).collect(),
            aside: &report.aside,
            unsent: trouble.is_some().then_some(report.unsent),
            tries: report.tries,
            trouble,
        }
    }
}
