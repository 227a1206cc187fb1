//! `truenorth trust`: somebody looks at what a feed would run or read, and allows it on this machine.

use std::io::{self, BufRead, IsTerminal};

use crate::model::feed::Feed;
use crate::model::shown::shown;
use crate::model::workspace::Workspace;
use crate::sources::trust::{self, Approval, Deed, Look, Standing};
use crate::storage::{self, TRUSTED};

use super::args;
use super::context::Context;
use super::failure::{Answer, Failure};
use super::feed::Desk;
use super::output::{is_told_to_people, message};
use super::pick::pick;

pub(super) fn run(context: &Context, args: &args::Trust) -> Result<Answer, Failure> {
    let workspace = context.open(&[])?;
    let desk = Desk::open(context, &workspace)?;
    match (&args.feed, &args.revoke) {
        (Some(typed), _) => allow(context, &workspace, desk, typed),
        (None, Some(typed)) => revoke(desk, typed),
        (None, None) => Ok(list(context, &desk)),
    }
}

fn allow(context: &Context, workspace: &Workspace, desk: Desk, typed: &str) -> Result<Answer, Failure> {
    let feed = pick(say!("feed"), typed, &workspace.config.feeds)?;
    if !feed.source.needs_trust() {
        message(&say!("{id} reads a file of the workspace: nothing has to be allowed", id = feed.id));
        return Ok(Answer::silent());
    }
    let look = trust::look(&workspace.root, &workspace.config.id, feed).map_err(|e| Failure::new(e.what, e.next))?;
    let standing = trust::standing(&desk.approvals, &look);
    if standing == Standing::Allowed {
        message(&say!("{id} is allowed already, and nothing has changed since", id = feed.id));
        return Ok(Answer::silent());
    }
    describe(context, feed, &look, &standing);
    if !io::stdin().is_terminal() || !is_told_to_people() {
        return Err(Failure::new(
            say!("nothing was allowed: this asks a person at a terminal, and there is none"),
            say!("run it in a terminal, and read what it says"),
        ));
    }
    message(&say!("Allow exactly this on this machine? Type {yes}; anything else is no.", yes = say!("yes")));
    let mut answer = String::new();
    let read = io::stdin().lock().read_line(&mut answer);
    if read.is_err() || answer.trim() != say!("yes") {
        message(say!("Nothing was allowed."));
        return Ok(Answer::silent());
    }
    // What was shown is what is allowed: it is looked at once more, as reading takes time.
    let again = trust::look(&workspace.root, &workspace.config.id, feed).map_err(|e| Failure::new(e.what, e.next))?;
    if again != look {
        return Err(Failure::new(
            say!("nothing was allowed: it changed while you were reading"),
            say!("look at it again"),
        ));
    }
    let mut approvals: Vec<Approval> = desk.approvals.into_iter().filter(|a| a.feed != feed.id).collect();
    approvals.push(look.allowed(context.today(&workspace.config)));
    keep(desk.folder.as_deref(), &approvals)?;
    message(&say!(
        "Allowed: `truenorth feed refresh {id}` fetches it. `truenorth trust --revoke {id}` takes it back.",
        id = feed.id
    ));
    Ok(Answer::silent())
}

/// Tells what a feed would do. Everything comes from files that others write: each piece is shown on a line of its own, with
/// nothing in it that could mislead a terminal.
fn describe(context: &Context, feed: &Feed, look: &Look, standing: &Standing) {
    let mut page = context.page();
    page.heading(&say!("What feed {id} would do", id = feed.id));
    deed(&mut page, &look.does);
    if let Standing::Changed(what) = standing {
        page.heading(say!("Changed since you approved it"));
        what.iter().for_each(|w| page.item(&shown(w)));
    }
    if !look.does.argv.is_empty() {
        page.item(say!("It runs as you, and can do whatever you can: this is approval, not a sandbox."));
    }
    message(&page.text());
}

fn deed(page: &mut super::page::Page, does: &Deed) {
    if does.argv.is_empty() {
        page.field(say!("Reads"), &shown(&does.path));
        page.item(say!("It stands outside the workspace. Whatever the file holds by then is read."));
        return;
    }
    page.field(say!("Runs"), &shown(&does.path));
    for (at, argument) in does.argv.iter().enumerate() {
        page.field(&format!("argv[{at}]"), &format!("\"{}\"", shown(&argument.escape_debug().to_string())));
    }
    page.field(say!("In"), &shown(&does.folder));
    for (name, content) in &does.contents {
        page.field("SHA-256", &format!("{content} {}", shown(name)));
    }
}

fn list(context: &Context, desk: &Desk) -> Answer {
    let mut page = context.page();
    for approval in &desk.approvals {
        page.heading(&say!("{feed}, since {on}", feed = approval.feed, on = approval.on));
        deed(&mut page, &approval.does);
    }
    if desk.approvals.is_empty() {
        message(say!("Nothing is allowed on this machine for this workspace."));
    }
    Answer::list(page.text(), desk.approvals.is_empty())
}

fn revoke(desk: Desk, typed: &str) -> Result<Answer, Failure> {
    let before = desk.approvals.len();
    let left: Vec<Approval> = desk.approvals.into_iter().filter(|a| a.feed.as_str() != typed).collect();
    if left.len() == before {
        return Err(Failure::nothing(
            say!("no feed `{typed}` is allowed here", typed = shown(typed)),
            say!("`truenorth trust --list` names them"),
        ));
    }
    keep(desk.folder.as_deref(), &left)?;
    message(&say!("{typed} is allowed nothing any more", typed = shown(typed)));
    Ok(Answer::silent())
}

fn keep(folder: Option<&std::path::Path>, approvals: &[Approval]) -> Result<(), Failure> {
    let no_home =
        || Failure::new(say!("there is no home folder to remember it in"), say!("set HOME, or TRUENORTH_HOME"));
    Ok(storage::keep(folder.ok_or_else(no_home)?, TRUSTED, approvals)?)
}
