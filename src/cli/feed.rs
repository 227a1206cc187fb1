//! `truenorth feed`: the numbers that come by themselves, listed and fetched.

use std::path::PathBuf;

use crate::insight::fed::{self, Stands};
use crate::insight::scorecard;
use crate::model::feed::{Feed, Fetched, LastGood};
use crate::model::import::{Imported, ReadingsFile};
use crate::model::snapshot::KpiWeek;
use crate::model::tongue::count;
use crate::model::week::Week;
use crate::model::workspace::{Part, SCHEMA, Workspace};
use crate::sources::trust::{self, Approval, Standing};
use crate::sources::{Refresh, Stop};
use crate::storage::{self, LAST_GOOD, StorageError, TRUSTED};

use super::args::{self, FeedRefresh};
use super::context::Context;
use super::failure::{Answer, Exit, Failure};
use super::feed_view::{self, Listed};
use super::now::{Now, Phase, tell_if_under_way};
use super::output::{is_told_to_people, json, message};
use super::pick::pick;

pub(super) fn run(context: &Context, command: &args::Feed) -> Result<Answer, Failure> {
    match command {
        args::Feed::List(args) => list(context, *args),
        args::Feed::Refresh(args) => refresh(context, args),
    }
}

/// What feeds leave on this machine.
pub(super) struct Desk {
    /// The local state folder of the workspace; none without a home folder.
    pub(super) folder: Option<PathBuf>,
    pub(super) approvals: Vec<Approval>,
    pub(super) last: Vec<LastGood>,
}

impl Desk {
    /// # Errors
    /// When what was allowed cannot be read: nothing may run on a guess.
    pub(super) fn open(context: &Context, workspace: &Workspace) -> Result<Self, Failure> {
        let folder = context.local.as_ref().map(|local| local.workspace(&workspace.root, &workspace.config.id));
        let Some(folder) = folder else { return Ok(Self { folder: None, approvals: Vec::new(), last: Vec::new() }) };
        let approvals = storage::kept(&folder, TRUSTED)?;
        // What was last is a comfort only.
        let last = storage::kept(&folder, LAST_GOOD).unwrap_or_default();
        Ok(Self { folder: Some(folder), approvals, last })
    }

    fn remember(&self, fetched: &[Fetched], week: Week) -> Result<(), StorageError> {
        let Some(folder) = &self.folder else { return Ok(()) };
        storage::keep(folder, LAST_GOOD, &fed::remembered(self.last.clone(), fetched, week))
    }
}

fn none() -> Failure {
    Failure::nothing(
        say!("no feeds here: every number is typed"),
        say!("the guide tells how truenorth.ron names them: \u{201c}Numbers that come by themselves\u{201d}"),
    )
}

fn list(context: &Context, args: args::Json) -> Result<Answer, Failure> {
    let workspace = context.open(&[Part::Kpis])?;
    if workspace.config.feeds.is_empty() && !args.json {
        return Err(none());
    }
    let desk = Desk::open(context, &workspace)?;
    let now = context.clock.now(workspace.config.time_zone);
    let listed = |feed| Listed::of(&workspace, feed, allowed(&workspace, &desk, feed), &desk.last, now);
    let all: Vec<Listed<'_>> = workspace.config.feeds.iter().map(listed).collect();
    let text = if args.json { json(&all)? } else { feed_view::list(context, &all) };
    Ok(Answer::list(text, all.is_empty()))
}

/// Whether a feed may be refreshed here; a word for people and programs.
fn allowed(workspace: &Workspace, desk: &Desk, feed: &Feed) -> &'static str {
    if !feed.source.needs_trust() {
        return term!("yes");
    }
    match trust::look(&workspace.root, &workspace.config.id, feed) {
        Ok(look) => match trust::standing(&desk.approvals, &look) {
            Standing::Allowed => term!("yes"),
            Standing::Never => term!("no"),
            Standing::Changed(_) => term!("changed"),
        },
        Err(_) => term!("no"),
    }
}

fn refresh(context: &Context, args: &FeedRefresh) -> Result<Answer, Failure> {
    let workspace = context.open(&[Part::Kpis])?;
    let feeds = wanted(&workspace, &args.feeds)?;
    let desk = Desk::open(context, &workspace)?;
    let week = context.week(&workspace.config);
    let moment = context.clock.now(workspace.config.time_zone);
    let ask = Refresh {
        root: &workspace.root,
        workspace: &workspace.config.id,
        strategy: &workspace.strategy,
        approvals: &desk.approvals,
        week,
        now: moment,
    };
    let tells = is_told_to_people();
    let fetched: Vec<Fetched> = feeds
        .iter()
        .map(|feed| {
            if tells {
                message(&format!("{}: {}", feed.id, feed.source));
            }
            ask.ask(feed, &Stop::default())
        })
        .collect();
    let (stands, known) = known(context, &workspace, week)?;
    let rows = fed::rows(&fetched, &known, stands, &desk.last);
    let readings: Vec<Imported> = rows.iter().filter_map(|row| row.reading(week)).collect();
    let written =
        if args.dry_run || readings.is_empty() { None } else { Some(write(context, &workspace, readings.clone())?) };
    if let Err(e) = desk.remember(&fetched, week) {
        message(&say!("warning: what was fetched is not remembered for the next time: {e}", e));
    }
    let text = if args.json.json {
        json(&feed_view::Refreshed::of(week, args.dry_run, written.as_deref(), &rows))?
    } else {
        feed_view::page(context, &workspace, week, &rows, moment)
    };
    message(&outcome(args.dry_run, written.as_deref(), readings.len()));
    if written.is_some() {
        tell_if_under_way(context, &workspace, week)?;
    }
    let failed = fetched.iter().any(|f| f.result.is_err());
    Ok(Answer { text, exit: if failed { Exit::Found } else { Exit::Fine } })
}

/// The feeds that were named; all without a name.
fn wanted<'w>(workspace: &'w Workspace, typed: &[String]) -> Result<Vec<&'w Feed>, Failure> {
    let all = &workspace.config.feeds;
    if all.is_empty() {
        return Err(none());
    }
    if typed.is_empty() {
        return Ok(all.iter().collect());
    }
    typed.iter().map(|typed| pick(say!("feed"), typed, all)).collect()
}

/// The scorecard that numbers are held against. A review that is held in another window is told of them there.
fn known(context: &Context, workspace: &Workspace, week: Week) -> Result<(Stands, Vec<KpiWeek>), Failure> {
    let now = Now::of(context, workspace)?;
    let (config, strategy) = (&workspace.config, &workspace.strategy);
    Ok(match &now.phase {
        Phase::Held(_) => (Stands::Sealed, now.kpis),
        Phase::Ahead => (Stands::Open, now.kpis),
        Phase::InProgress(_) => {
            (Stands::Open, scorecard::of_readings(config, strategy, week, &workspace.standing(week).readings))
        }
    })
}

fn write(context: &Context, workspace: &Workspace, readings: Vec<Imported>) -> Result<String, Failure> {
    let file = ReadingsFile {
        schema: SCHEMA,
        by: context.need_me(workspace)?.id.clone(),
        on: context.today(&workspace.config),
        nth: 1,
        source: "feeds".to_owned(),
        readings,
    };
    let path = storage::save_import(&workspace.root, file)?;
    Ok(path.to_string_lossy().replace('\\', "/"))
}

fn outcome(dry_run: bool, written: Option<&str>, n: usize) -> String {
    let count = count(n, "reading");
    match written {
        Some(path) => say!("Wrote {path}: {count}", path, count),
        None if dry_run && n > 0 => say!("Nothing was written: without --dry-run {count} would be", count),
        None => say!("Nothing was written: nothing is new").to_owned(),
    }
}
