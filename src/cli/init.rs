//! `truenorth init`: a new workspace that `check` accepts.

use std::path;

use crate::model::tongue;
use crate::model::zone::Zone;
use crate::storage::{self, Template};

use super::args::{Init, TemplateName};
use super::context::Context;
use super::failure::{Answer, Failure};
use super::mine::one_line;
use super::output::message;

pub(super) fn run(context: &Context, args: &Init) -> Result<Answer, Failure> {
    let template = match args.from {
        TemplateName::Bakery => Template::Bakery,
        TemplateName::Office => Template::Office,
        TemplateName::Empty => Template::Empty,
    };
    let name = match &args.name {
        Some(typed) => one_line(say!("name"), typed)?,
        None => of_folder(args)?,
    };
    storage::init(&args.dir, &name, template, context.clock.today(Zone::UTC))?;
    let language = args.language.map_or_else(tongue::language, Into::into);
    storage::set_language(&args.dir, language)?;
    tongue::speak(language);
    if let Some(local) = &context.local {
        // Only a convenience of the next start.
        let _ = local.remember_workspace(&args.dir);
    }
    message(&say!("Made the workspace of {name} in {dir}", name, dir = args.dir.display()));
    message(say!(
        "Next: name the people in truenorth.ron and the goals in strategy/, then `truenorth check` and `truenorth`"
    ));
    Ok(Answer::silent())
}

/// A name made of the folder's: `corner-shop` is Corner shop.
fn of_folder(args: &Init) -> Result<String, Failure> {
    let folder = path::absolute(&args.dir).ok();
    let stem = folder.as_deref().and_then(|f| f.file_name()).map(|n| n.to_string_lossy().replace(['-', '_'], " "));
    let mut letters = stem.as_deref().unwrap_or_default().trim().chars();
    match letters.next() {
        Some(first) => Ok(first.to_uppercase().chain(letters).collect()),
        None => Err(Failure::new(say!("the folder has no name to call the business by"), say!("give one with --name"))),
    }
}
