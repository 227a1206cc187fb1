//! `truenorth demo`: a sample business in a throw-away copy, or in a folder to keep.

use std::path::Path;

use crate::model::tongue;
use crate::model::zone::Zone;
use crate::runtime::launch::{Launch, StartAt};
use crate::storage::{self, Sample};

use super::args::{Demo, SampleName};
use super::context::Context;
use super::failure::{Answer, Failure};
use super::output::message;
use super::screens::{has_terminal, launched, need_terminal};

pub(super) fn run(context: &Context, args: &Demo) -> Result<Answer, Failure> {
    let sample = match args.sample {
        SampleName::Bakery => Sample::Bakery,
        SampleName::Office => Sample::Office,
    };
    let Some(keep) = &args.keep else {
        need_terminal(say!("`truenorth demo --keep DIR` writes the sample into a folder for the other commands"))?;
        let folder = tempfile::Builder::new().prefix("truenorth-demo-").tempdir().map_err(|e| {
            Failure::new(
                say!("could not make a folder for the copy: {e}", e),
                say!("name one with `truenorth demo --keep DIR`"),
            )
        })?;
        write(context, sample, folder.path())?;
        return open(context, folder.path(), true);
    };
    write(context, sample, keep)?;
    message(&say!("The sample is in {keep}", keep = keep.display()));
    if has_terminal() {
        return open(context, keep, false);
    }
    message(&say!("Look at it with `truenorth status -w {keep}`", keep = keep.display()));
    Ok(Answer::silent())
}

fn write(context: &Context, sample: Sample, to: &Path) -> Result<(), Failure> {
    storage::write_sample(sample, to, context.clock.today(Zone::UTC))?;
    // Its texts are English; what the program says is in the language of whoever tries it.
    Ok(storage::set_language(to, tongue::language())?)
}

fn open(context: &Context, root: &Path, demo: bool) -> Result<Answer, Failure> {
    let workspace = storage::open(root, |config| context.opening(config))?;
    let me = context.my_id(&workspace)?;
    let workspace = Some(Box::new(workspace));
    launched(Launch {
        workspace,
        at: StartAt::Home,
        today: context.global.today,
        me,
        demo,
        log: context.global.log_level.into(),
    })
}
