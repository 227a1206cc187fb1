//! `truenorth report`: a sealed week as a page that leaves the terminal.

use std::path::Path;
use std::sync::Arc;

use crate::model::snapshot::Snapshot;
use crate::model::workspace::Workspace;
use crate::report::{self, Outline, Source};
use crate::storage::{self, Deliver};

use super::context::Context;
use super::failure::{Answer, Failure};
use super::now::history;
use super::output::{json, message};
use super::report_args::{Format, Report};
use super::when::WeekRef;

pub(super) fn run(context: &Context, args: &Report) -> Result<Answer, Failure> {
    let workspace = context.open(&[])?;
    let me = if args.mine { Some(context.need_me(&workspace)?.id.clone()) } else { None };
    let outline = outline(context, &workspace, args)?;
    let outline = match &me {
        Some(me) => outline.only(me),
        None => outline,
    };
    let text = written(&outline, args)?;
    let Some(path) = &args.output else { return Ok(Answer::fine(text)) };
    let path = storage::deliver(&workspace.root, path, &text, Deliver::Replacing)?;
    message(&say!("The report of {week} is in {path}", week = outline.week, path = path.display()));
    Ok(Answer::silent())
}

/// The outline of the week that was asked for.
fn outline(context: &Context, workspace: &Workspace, args: &Report) -> Result<Outline, Failure> {
    let snapshot = context.snapshot(args.week.unwrap_or(WeekRef::Last), args.revision)?;
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
    let by_name = || args.output.as_deref().and_then(by_ending);
    match args.format.or_else(by_name).unwrap_or(Format::Md) {
        Format::Md => Ok(report::markdown(outline)),
        Format::Html => Ok(report::html(outline)),
        Format::Json => json(outline),
        Format::Csv => Ok(report::csv(outline)),
        Format::Ics => Ok(report::calendar(outline)),
    }
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
