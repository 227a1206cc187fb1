//! `truenorth export`: every sealed week as tables, for other programs.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::id::WorkspaceId;
use crate::report::{self, Table};
use crate::storage::{self, Deliver};

use super::context::Context;
use super::failure::{Answer, Failure};
use super::output::{json, message};
use super::report_args::{Export, Tables};

/// The tables in one document.
#[derive(Serialize)]
struct View<'a> {
    schema: u32,
    workspace: &'a WorkspaceId,
    name: &'a str,
    #[serde(flatten)]
    tables: BTreeMap<&'static str, &'a Table>,
}

pub(super) fn run(context: &Context, args: &Export) -> Result<Answer, Failure> {
    let workspace = context.open(&[])?;
    if workspace.weeks.is_empty() {
        return Err(Failure::nothing(
            say!("nothing to export: no week was sealed yet"),
            say!("hold a review with `truenorth review`"),
        ));
    }
    let mut export = report::Export::default();
    for (week, revision) in &workspace.weeks {
        export.add(&storage::snapshot(&workspace.root, *week, Some(*revision))?);
    }
    let tables = export.tables();
    let files: Vec<(String, String)> = match args.format {
        Tables::Csv => tables.iter().map(|t| (format!("{}.csv", t.name), t.csv())).collect(),
        Tables::Json => {
            let (config, tables) = (&workspace.config, tables.iter().map(|t| (t.name, t)).collect());
            let view =
                View { schema: report::outline::OUTLINE_SCHEMA, workspace: &config.id, name: &config.name, tables };
            vec![("truenorth.json".to_owned(), json(&view)?)]
        }
    };
    let Some(folder) = &args.output else {
        return match (args.format, files.into_iter().next()) {
            (Tables::Json, Some((_, text))) => Ok(Answer::fine(text)),
            _ => Err(Failure::new(
                say!("CSV is a file for each table, so it needs a folder"),
                say!("name one with -o DIR, or take --format json"),
            )),
        };
    };
    storage::make_room(folder)?;
    for (name, text) in &files {
        storage::deliver(&workspace.root, &folder.join(name), text, Deliver::Replacing)?;
    }
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    let weeks = workspace.weeks.len();
    message(&say!(
        "{weeks} weeks are in {folder}: {names}",
        weeks,
        folder = folder.display(),
        names = names.join(", ")
    ));
    Ok(Answer::silent())
}
