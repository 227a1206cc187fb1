//! `truenorth migrate`: files of an older format brought to the current one, with a copy of each.

use crate::storage::{self, Migrating};

use super::args;
use super::context::Context;
use super::failure::{Answer, Failure};
use super::output::message;

pub(super) fn run(context: &Context, args: args::Migrate) -> Result<Answer, Failure> {
    let root = context.need_root()?;
    let migrating = if args.dry_run { Migrating::DryRun } else { Migrating::Really };
    let done = storage::migrate(&root, migrating)?;
    if done.files.is_empty() {
        message(&say!("Nothing to do: the files are of format {to}, the current one", to = done.to));
        return Ok(Answer::silent());
    }
    let paths: Vec<String> = done.files.iter().map(|f| f.to_string_lossy().replace('\\', "/")).collect();
    message(&match migrating {
        Migrating::DryRun => {
            say!(
                "Nothing was written: without --dry-run these would go from format {done} to {to}",
                done = done.from,
                to = done.to
            )
        }
        Migrating::Really => say!(
            "Went from format {done} to {to}; the files as they were are in {copies}",
            done = done.from,
            to = done.to,
            copies = done.copies.display()
        ),
    });
    Ok(Answer::fine(paths.join("\n") + "\n"))
}
