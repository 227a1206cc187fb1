//! The commands that open the full screen: the workspace itself, the review, the history.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use crate::model::agenda::Rhythm;
use crate::model::id::AgendaId;
use crate::model::quarter::Quarter;
use crate::model::workspace::Workspace;
use crate::runtime::launch::{self, Launch, StartAt};
use crate::storage;

use super::args::Review;
use super::context::Context;
use super::failure::{Answer, Failure};
use super::when::{PeriodRef, WeekRef};

/// Opens the workspace, or the start screen when there is none.
pub(super) fn open(context: &Context) -> Result<Answer, Failure> {
    need_terminal(say!("`truenorth status` tells the week in plain text, `truenorth --help` lists the commands"))?;
    match context.root() {
        Some(root) => start(context, root, |_| Ok(StartAt::Home)),
        None => launched(Launch {
            workspace: None,
            at: StartAt::Home,
            today: context.global.today,
            me: None,
            demo: false,
            log: context.global.log_level.into(),
        }),
    }
}

/// Opens the review of a week.
pub(super) fn review(context: &Context, args: &Review) -> Result<Answer, Failure> {
    need_terminal(say!("`truenorth show last` tells the last review in plain text"))?;
    start(context, context.need_root()?, |workspace| {
        let Review { period, resume, reopen, .. } = *args;
        let agenda = args.agenda.as_deref().map(|typed| agenda(workspace, typed)).transpose()?;
        let rhythm = agenda.as_ref().and_then(|id| workspace.config.agenda(id)).map(|steps| Rhythm::of(&steps));
        let week = |typed| context.resolve(workspace, typed);
        match (period, rhythm) {
            (Some(PeriodRef::Quarter(_)), Some(Rhythm::Weekly)) => Err(Failure::new(
                say!("a quarter is not reviewed by a weekly agenda"),
                say!("leave --agenda out, or name a week"),
            )),
            (Some(PeriodRef::Quarter(quarter)), _) => {
                Ok(StartAt::Quarter { quarter: Some(quarter), agenda, resume, reopen })
            }
            (Some(PeriodRef::Week(typed)), Some(Rhythm::Quarterly)) => {
                Ok(StartAt::Quarter { quarter: Some(Quarter::of_week(week(typed)?)), agenda, resume, reopen })
            }
            (None, Some(Rhythm::Quarterly)) => Ok(StartAt::Quarter { quarter: None, agenda, resume, reopen }),
            (Some(PeriodRef::Week(typed)), Some(Rhythm::Weekly) | None) => {
                Ok(StartAt::Review { week: Some(week(typed)?), agenda, resume, reopen })
            }
            (None, Some(Rhythm::Weekly) | None) => Ok(StartAt::Review { week: None, agenda, resume, reopen }),
        }
    })
}

/// Opens my check-in.
pub(super) fn check_in(context: &Context, week: Option<WeekRef>) -> Result<Answer, Failure> {
    need_terminal(say!("`truenorth checkin --linear` asks in plain lines"))?;
    start(context, context.need_root()?, |workspace| {
        let week = week.map(|typed| context.resolve(workspace, typed)).transpose()?;
        Ok(StartAt::CheckIn { week })
    })
}

/// Opens the history.
pub(super) fn history(context: &Context) -> Result<Answer, Failure> {
    need_terminal(say!("`truenorth show WEEK` and `truenorth diff WEEK WEEK` tell the weeks in plain text"))?;
    start(context, context.need_root()?, |_| Ok(StartAt::History))
}

fn agenda(workspace: &Workspace, typed: &str) -> Result<AgendaId, Failure> {
    let known = typed.parse().ok().filter(|id| workspace.config.agenda(id).is_some());
    known.ok_or_else(|| {
        let others = workspace.config.agendas.iter().map(|a| a.id().as_str());
        let others = others.filter(|a| !matches!(*a, "weekly" | "quarterly"));
        let names: Vec<&str> = ["weekly", "quarterly"].into_iter().chain(others).collect();
        Failure::new(
            say!("no agenda `{typed}` in truenorth.ron", typed),
            say!("there are: {names}", names = names.join(", ")),
        )
    })
}

fn start(
    context: &Context,
    root: PathBuf,
    at: impl FnOnce(&Workspace) -> Result<StartAt, Failure>,
) -> Result<Answer, Failure> {
    // Opened here, so that what is wrong with the arguments is told before the screen changes.
    let workspace = storage::open(&root, |config| context.opening(config))?;
    let at = at(&workspace)?;
    let me = context.my_id(&workspace)?;
    launched(Launch {
        workspace: Some(Box::new(workspace)),
        at,
        today: context.global.today,
        me,
        demo: false,
        log: context.global.log_level.into(),
    })
}

/// Runs the screens until they are left.
pub(super) fn launched(launch: Launch) -> Result<Answer, Failure> {
    launch::run(launch)?;
    Ok(Answer::silent())
}

/// Whether there is a terminal to draw on and to read keys from.
pub(super) fn has_terminal() -> bool {
    let dumb = std::env::var_os("TERM").is_some_and(|t| t == "dumb");
    io::stdin().is_terminal() && io::stdout().is_terminal() && !dumb
}

/// Refuses to draw where nobody would see it.
pub(super) fn need_terminal(hint: &str) -> Result<(), Failure> {
    if has_terminal() {
        return Ok(());
    }
    Err(Failure::new(say!("this opens a full screen, but there is no terminal to draw on"), hint))
}
