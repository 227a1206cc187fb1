//! `truenorth import`: readings of other programs, held against what is known and written into a file of their own.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::feeds::spreadsheet::Book;
use crate::feeds::{self, Candidates, DayOrder, Decimal, Options, Plan, Refusal, Sheet, json};
use crate::model::id::KpiId;
use crate::model::import::ReadingsFile;
use crate::model::shown::shown;
use crate::model::tongue::count;
use crate::model::tongue::system;
use crate::model::workspace::{Part, SCHEMA, Workspace};
use crate::storage;

use super::args::{self, DecimalMark, ImportForm, ImportReadings};
use super::context::Context;
use super::failure::{Answer, Failure};
use super::import_strategy;
use super::import_view::{View, page};
use super::now::{history, tell_if_under_way};
use super::output::{json, message};
use super::pick::pick;

/// How many refusals are told at once.
const TOLD: usize = 20;

pub(super) fn run(context: &Context, command: &args::Import) -> Result<Answer, Failure> {
    match command {
        args::Import::Readings(args) => readings(context, args),
        args::Import::Goals(args) => import_strategy::goals(context, args),
        args::Import::Kpis(args) => import_strategy::kpis(context, args),
    }
}

fn readings(context: &Context, args: &ImportReadings) -> Result<Answer, Failure> {
    let workspace = context.open(&[Part::Kpis])?;
    let source = args.file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let options = options(&workspace, args)?;
    let bytes = bytes(&args.file)?;
    let week = context.week(&workspace.config);
    let found = sheet(&bytes, &args.form)
        .and_then(|sheet| feeds::candidates(&sheet, &workspace.strategy.kpis, &options, week))
        .map_err(|all| refused(&source, "readings", &all))?;
    let plan = feeds::plan(&found, &history(context, &workspace), week, &workspace.standing(week).readings);
    let written = if args.form.dry_run { None } else { write(context, &workspace, &source, &plan)? };
    let text = if args.form.json.json {
        json(&View::of(&source, args.form.dry_run, written.as_deref(), &found, &plan))?
    } else {
        page(context, &workspace, &source, &found, &plan)
    };
    message(&outcome(args.form.dry_run, written.as_deref(), &found, &plan));
    if written.is_some() && plan.readings.iter().any(|r| r.week == week) {
        tell_if_under_way(context, &workspace, week)?;
    }
    Ok(Answer::fine(text))
}

/// The rows of a file, whichever of the four kinds it is: its beginning tells.
pub(super) fn sheet(bytes: &[u8], args: &ImportForm) -> Result<Sheet, Vec<Refusal>> {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Book::read(bytes).map_err(|r| vec![r])?.rows(args.sheet.as_deref(), &[], "");
    }
    if start.starts_with(b"[") || start.starts_with(b"{") {
        let document = json::read(bytes).map_err(|r| vec![r])?;
        return json::rows(json::at(&document, args.at.as_deref().unwrap_or_default()).map_err(|r| vec![r])?, &[]);
    }
    feeds::read_csv(bytes)
}

/// What was said about the file. A KPI may be cut short, as everywhere.
fn options(workspace: &Workspace, args: &ImportReadings) -> Result<Options, Failure> {
    let one = |typed: &String| -> Result<(String, Option<KpiId>), Failure> {
        let (column, kpi) = typed.rsplit_once('=').ok_or_else(|| {
            Failure::new(
                say!("`{typed}` maps nothing. It takes a column and a KPI", typed),
                say!("write --map \"COLUMN=KPI\""),
            )
        })?;
        let kpi = kpi.trim();
        let kpi =
            if kpi.is_empty() { None } else { Some(pick(say!("KPI"), kpi, &workspace.strategy.kpis)?.id.clone()) };
        Ok((column.trim().to_owned(), kpi))
    };
    Ok(Options {
        map: args.map.iter().map(one).collect::<Result<_, _>>()?,
        dates: dates(&args.form),
        decimal: decimal(&args.form),
    })
}

/// The order of day and month, if it was said.
pub(super) fn dates(args: &ImportForm) -> Option<DayOrder> {
    args.dates.map(|order| match order {
        args::DayOrder::Dmy => DayOrder::Dmy,
        args::DayOrder::Mdy => DayOrder::Mdy,
    })
}

/// The mark before the decimals, if it was said.
pub(super) fn decimal(args: &ImportForm) -> Option<Decimal> {
    args.decimal.map(|mark| match mark {
        DecimalMark::Comma => Decimal::Comma,
        DecimalMark::Point => Decimal::Point,
    })
}

/// The file, and one byte more than is taken in of one that is too large.
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let read = || -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(path)?.take(feeds::MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    read().map_err(|e| {
        Failure::new(
            say!("could not read {path}: {e}", path = path.display(), e = system(&e)),
            say!("check the path and its permissions"),
        )
    })
}

pub(super) fn refused(source: &str, kind: &str, all: &[Refusal]) -> Failure {
    let n = all.len();
    let problems = count(n, "problem");
    let mut what = say!("{source} was not taken in, and nothing was written: {problems}", source, problems);
    for refusal in all.iter().take(TOLD) {
        // Each on a line of its own, whatever the file's cells hold.
        what.push_str(&format!("\n  {}; {}", shown(&refusal.to_string()), shown(&refusal.hint)));
    }
    if n > TOLD {
        what.push_str(&say!("\n  and {n} more", n = n - TOLD));
    }
    Failure::new(what, say!("mend the file, or say more about it: `truenorth import {kind} --help`", kind))
}

/// Writes what is new. An import that brings nothing new leaves no file.
fn write(context: &Context, workspace: &Workspace, source: &str, plan: &Plan) -> Result<Option<String>, Failure> {
    if plan.readings.is_empty() {
        return Ok(None);
    }
    let file = ReadingsFile {
        schema: SCHEMA,
        by: context.need_me(workspace)?.id.clone(),
        on: context.today(&workspace.config),
        nth: 1,
        source: source.to_owned(),
        readings: plan.readings.clone(),
    };
    let path = storage::save_import(&workspace.root, file)?;
    Ok(Some(path.to_string_lossy().replace('\\', "/")))
}

/// The last word.
fn outcome(dry_run: bool, written: Option<&str>, found: &Candidates, plan: &Plan) -> String {
    let read: usize = found.columns.iter().map(|c| c.readings.len()).sum();
    match written {
        Some(path) => say!("Wrote {path}: {count}", path, count = count(plan.readings.len(), "reading")),
        None if plan.readings.is_empty() => {
            say!("Nothing was written: nothing is new in {read}", read = count(read, "reading"))
        }
        None if dry_run => {
            say!(
                "Nothing was written: without --dry-run {readings} would be",
                readings = count(plan.readings.len(), "reading")
            )
        }
        None => say!("Nothing was written").to_owned(),
    }
}
