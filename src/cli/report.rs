//! `truenorth report`: a sealed week as a page that leaves the terminal.

use std::path::Path;
use std::sync::Arc;

use crate::model::quarter::Quarter;
use crate::model::snapshot::Snapshot;
use crate::model::workspace::Workspace;
use crate::report::{self, Outline, Source};
use crate::storage::{self, Deliver};

use super::context::Context;
use super::failure::{Answer, Failure};
use super::now::history;
use super::output::{json, message};
use super::quarters;
use super::report_args::{Format, Report};
use super::when::{PeriodRef, WeekRef};

pub(super) fn run(context: &Context, args: &Report) -> Result<Answer, Failure> {
    let week = match args.period {
        Some(PeriodRef::Week(week)) => week,
        None => WeekRef::Last,
        Some(PeriodRef::Quarter(quarter)) => return of_quarter(context, quarter, args),
    };
    let workspace = context.open(&[])?;
    let me = if args.mine { Some(context.need_me(&workspace)?.id.clone()) } else { None };
    let outline = outline(context, &workspace, week, args.revision)?;
    let outline = match &me {
        Some(me) => outline.only(me),
        None => outline,
    };
    let text = written(&outline, args)?;
    give(&workspace.root, args, &text, &outline.week.to_string())
}

/// Hands a text over: into the file that was named, or to standard output.
fn give(root: &Path, args: &Report, text: &str, of: &str) -> Result<Answer, Failure> {
    let Some(path) = &args.output else { return Ok(Answer::fine(text.to_owned())) };
    let path = storage::deliver(root, path, text, Deliver::Replacing)?;
    message(&say!("The report of {of} is in {path}", of, path = path.display()));
    Ok(Answer::silent())
}

/// The report of a sealed quarter, beside the sealed quarter before it.
fn of_quarter(context: &Context, quarter: Quarter, args: &Report) -> Result<Answer, Failure> {
    let sealed = quarters::sealed(context, quarter, args.revision)?;
    let workspace = context.open(&[])?;
    let before = workspace.quarters.range(..quarter).next_back();
    let before = before.map(|(q, revision)| storage::quarter(&workspace.root, *q, Some(*revision))).transpose()?;
    let outline = report::quarter::gather(&sealed, before.as_ref());
    let other = |what: &str| {
        let hint = say!("`truenorth report {quarter} --format md`, `html` or `json` writes it", quarter);
        Err(Failure::new(say!("a quarter has no {what}", what), hint))
    };
    let text = match format(args) {
        _ if args.poster => return other(say!("poster")),
        _ if args.mail => return other(say!("mail")),
        _ if args.mine => return other(say!("part that is one member's")),
        Format::Md => report::quarter::markdown(&outline),
        Format::Html => report::quarter::html(&outline),
        Format::Json => json(&outline)?,
        Format::Csv => return other(say!("rows for a spreadsheet")),
        Format::Ics => return other(say!("calendar")),
    };
    give(&workspace.root, args, &text, &quarter.to_string())
}

/// The outline of the week that was asked for.
fn outline(context: &Context, workspace: &Workspace, week: WeekRef, revision: Option<u32>) -> Result<Outline, Failure> {
    let snapshot = context.snapshot(week, revision)?;
    let previous = before(workspace, &snapshot)?;
    let history = history(context, workspace);
    Ok(report::gather(Source { snapshot: &snapshot, previous: previous.as_deref(), history: &history }))
}

/// The sealed week before.
fn before(workspace: &Workspace, snapshot: &Snapshot) -> Result<Option<Arc<Snapshot>>, Failure> {
    let Some((week, revision)) = workspace.weeks.range(..snapshot.week).next_back() else { return Ok(None) };
    Ok(Some(Arc::new(storage::snapshot(&workspace.root, *week, Some(*revision))?)))
}

fn written(outline: &Outline, args: &Report) -> Result<String, Failure> {
    if args.mail {
        return Ok(report::mail(outline));
    }
    if args.poster {
        return Ok(report::poster(outline));
    }
    match format(args) {
        Format::Md => Ok(report::markdown(outline)),
        Format::Html => Ok(report::html(outline)),
        Format::Json => json(outline),
        Format::Csv => Ok(report::csv(outline)),
        Format::Ics => Ok(report::calendar(outline)),
    }
}

/// The format that was named, else the one that the file's name promises.
fn format(args: &Report) -> Format {
    let by_name = || args.output.as_deref().and_then(by_ending);
    args.format.or_else(by_name).unwrap_or(Format::Md)
}

/// The format that a file's name promises.
fn by_ending(path: &Path) -> Option<Format> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "md" | "markdown" | "txt" => Some(Format::Md),
        "html" | "htm" => Some(Format::Html),
        "json" => Some(Format::Json),
        "csv" => Some(Format::Csv),
        "ics" => Some(Format::Ics),
        _ => None,
    }
}
