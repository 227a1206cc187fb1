//! What a sync did, as a page for people and as one JSON document.

use serde::Serialize;

use crate::model::problem::Problem;
use crate::sync::{self, Kind, Report, Trouble, Way};

use super::context::Context;
use super::failure::Exit;

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

/// The last words, on standard error.
pub(super) fn last_words(done: &Result<Report, Trouble>) -> String {
    let mut out = sync::told(done);
    if done.is_err() {
        for (heading, lines) in sync::more(done) {
            out.push_str(&format!("\n{heading}:\n  {}", lines.join("\n  ")));
        }
    }
    sync::next(done).map_or(out.clone(), |next| say!("{out}\nNext: {next}", out, next))
}

/// What moved, for people.
pub(super) fn page(context: &Context, done: &Result<Report, Trouble>) -> String {
    let mut page = context.page();
    if done.is_ok() {
        for (heading, lines) in sync::more(done) {
            page.heading(heading);
            lines.iter().for_each(|line| page.item(line));
        }
    }
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
