//! What a sync did, in words for people: the same on the command line and on the screen.

use crate::insight::merge::Difference;
use crate::model::shown::shown;
use crate::model::tongue::count;
use crate::storage;

use super::flow::{Report, Way};
use super::trouble::Trouble;

/// How many of a kind are listed before the rest is counted.
const LISTED: usize = 20;

fn files(n: usize) -> String {
    count(n, "file")
}

fn commits(n: usize) -> String {
    count(n, "commit")
}

/// How it ended, in a sentence.
#[must_use]
pub fn told(done: &Result<Report, Trouble>) -> String {
    let report = match done {
        Ok(report) => report,
        Err(trouble) => return say!("Not shared: {what}", what = trouble.what),
    };
    let (mine, theirs) = (files(report.committed.len()), files(report.arrived.len()));
    match &report.way {
        Way::Shared if report.committed.is_empty() && report.made_up > 0 => {
            say!(
                "Shared: {made_up} of yours that waited sent, {theirs} of others came",
                made_up = commits(report.made_up),
                theirs
            )
        }
        Way::Shared if report.committed.is_empty() && report.arrived.is_empty() => {
            say!("All is shared: nothing was new").to_owned()
        }
        Way::Shared => say!("Shared: {mine} of yours sent, {theirs} of others came", mine, theirs),
        Way::NoRemote => {
            say!("{mine} of yours kept in the history on this machine; there is no remote to share with", mine)
        }
        Way::Offline => say!("{mine} of yours kept in the history on this machine; nobody was asked", mine),
        Way::DryRun => say!("Nothing was changed: without --dry-run {mine} of yours would be sent", mine),
        Way::Kept(trouble) => {
            say!(
                "Kept here and not shared yet, {unsent} unsent: {what}",
                unsent = commits(report.unsent),
                what = trouble.what
            )
        }
    }
}

/// What to do next, where there is something to do.
#[must_use]
pub fn next(done: &Result<Report, Trouble>) -> Option<&str> {
    match done {
        Err(trouble) => Some(&trouble.next),
        Ok(report) => match &report.way {
            Way::Kept(trouble) => Some(&trouble.next),
            Way::NoRemote => Some(say!("add one with `git remote add origin REMOTE`, then sync again")),
            Way::Shared | Way::Offline | Way::DryRun => None,
        },
    }
}

/// What there is to know of it beyond that: a heading, and lines below it. Safe to show.
#[must_use]
pub fn more(done: &Result<Report, Trouble>) -> Vec<(&'static str, Vec<String>)> {
    let all = match done {
        Err(trouble) => vec![
            (say!("What is wrong"), trouble.problems.iter().map(storage::render).collect::<Vec<_>>()),
            (say!("Changed on both sides"), trouble.clash.iter().flat_map(|m| m.clashes().map(both)).collect()),
        ],
        Ok(report) => vec![
            (say!("Yours"), report.committed.clone()),
            (say!("From others"), report.arrived.clone()),
            (say!("Told to you"), report.kept.iter().map(|k| format!("{}: {}", k.path, k.why)).collect()),
            (say!("Kept aside"), report.aside.clone()),
            (say!("Left alone"), report.left.iter().map(|l| format!("{}: {}", l.path, l.why)).collect()),
        ],
    };
    all.into_iter().filter(|(_, lines)| !lines.is_empty()).map(|(heading, lines)| (heading, listed(lines))).collect()
}

fn listed(lines: Vec<String>) -> Vec<String> {
    let n = lines.len();
    let mut out: Vec<String> = lines.into_iter().take(LISTED).map(|line| shown_block(&line)).collect();
    if n > LISTED {
        out.push(say!("and {n} more", n = n - LISTED));
    }
    out
}

/// A problem as it is rendered has lines of its own.
fn shown_block(text: &str) -> String {
    crate::model::shown::shown_lines(text).into_owned()
}

/// What both sides say of a record.
fn both(d: &Difference) -> String {
    let what = format!("{} {}", d.record, d.field);
    let side = |text: &str| if text.is_empty() { say!("nothing").to_owned() } else { shown(text).into_owned() };
    say!(
        "{what}: yours says {mine}, theirs says {theirs}",
        what = shown(what.trim()),
        mine = side(&d.mine),
        theirs = side(&d.theirs)
    )
}
