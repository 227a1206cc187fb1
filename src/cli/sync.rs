//! `truenorth sync`: shares the workspace by git, asks for trust where there is a terminal to ask on.

use std::io::{self, IsTerminal};
use std::path::Path;

use crate::model::people::Member;
use crate::model::sharing::Step;
use crate::model::workspace::Workspace;
use crate::runtime::clock::Clock;
use crate::storage::Local;
use crate::sync::{self, Asked, Kind, Limits, Mode, Repository, Request, Stop, Trouble, Trust};

use super::args;
use super::context::Context;
use super::failure::{Answer, Failure};
use super::output::{is_terminal, json, message};
use super::sync_view::{View, exit, last_words, page};

pub(super) fn run(context: &Context, args: &args::Sync) -> Result<Answer, Failure> {
    let workspace = context.open(&[])?;
    let local = context.local.as_ref().ok_or_else(|| {
        let what = say!("there is no home folder, and what is trusted on this machine is kept there");
        Failure::new(what, say!("set TRUENORTH_HOME to a folder of yours"))
    })?;
    let me = context.me(&workspace)?;
    let done = prepared(context, args, &workspace, local).and_then(|()| share(context, args, &workspace, local, me));
    let outcome = match &done {
        Ok(report) => exit(Ok(report)),
        Err(trouble) => exit(Err(trouble)),
    };
    message(&last_words(&done));
    let text = if args.json.json { json(&View::of(&done))? } else { page(context, &done) };
    Ok(Answer { text, exit: outcome })
}

/// Makes a repository where that is wished, and asks for trust where it was not given.
fn prepared(context: &Context, args: &args::Sync, workspace: &Workspace, local: &Local) -> Result<(), Trouble> {
    let (root, id) = (&workspace.root, &workspace.config.id);
    let asks = is_terminal() && io::stdin().is_terminal() && !args.json.json;
    if let Some(remote) = &args.init {
        return sync::init(local, root, id, remote.as_deref());
    }
    let Some(repository) = Repository::find(root)? else {
        let question = say!("This workspace is in no git repository yet. Make one here?");
        if asks && !args.dry_run && yes(question) {
            return sync::init(local, root, id, None);
        }
        return Ok(());
    };
    if let Trust::Asked(asked) = sync::trust(local, root, id, &repository)
        && asks
    {
        show(context, &asked);
        if yes(say!("Trust it on this machine, as it is now?")) {
            // What is approved is what was shown, not what came in its place while the question stood.
            if sync::trust(local, root, id, &repository) == Trust::Asked(asked) {
                let kept = sync::approve(local, root, id, &repository);
                kept.map_err(|e| refused(&local.state, &e))?;
            }
        }
    }
    Ok(())
}

fn refused(path: &Path, error: &io::Error) -> Trouble {
    Trouble {
        kind: Kind::Other,
        what: say!("could not write to {path}: {error}", path = path.display(), error),
        next: say!("see to it, then sync again").to_owned(),
        problems: Vec::new(),
        clash: None,
    }
}

/// What there is to know before git runs in a repository.
fn show(context: &Context, asked: &Asked) {
    let mut page = context.page();
    page.heading(if asked.changed {
        say!("This repository changed since you trusted it")
    } else {
        say!("Do you trust this repository?")
    });
    page.field(say!("Where"), &asked.git_dir);
    for line in &asked.lines {
        page.item(line);
    }
    if !asked.hooks.is_empty() {
        page.field(say!("Hooks"), &say!("{hooks} (a sync runs none of them)", hooks = asked.hooks.join(", ")));
    }
    page.item(say!(
        "git uses these addresses and starts these programs as you. Say yes only if you or your team put them there."
    ));
    message(&page.text());
}

/// Asks; anything but a plain yes is a no.
fn yes(question: &str) -> bool {
    let yes = say!("yes");
    message(&format!("{question} [{}/N]", &yes[..1]));
    let mut line = String::new();
    io::stdin().read_line(&mut line).is_ok() && [yes, &yes[..1]].contains(&line.trim().to_lowercase().as_str())
}

fn share(
    context: &Context,
    args: &args::Sync,
    workspace: &Workspace,
    local: &Local,
    me: Option<&Member>,
) -> Result<sync::Report, Trouble> {
    let stop = Stop::default();
    #[cfg(unix)]
    let _ = signal_hook::flag::register(signal_hook::consts::SIGINT, stop.flag());
    let request = Request {
        root: &workspace.root,
        config: &workspace.config,
        me,
        local,
        mode: match (args.dry_run, args.offline) {
            (true, _) => Mode::DryRun,
            (false, true) => Mode::Offline,
            (false, false) => Mode::Share,
        },
        stop: &stop,
        limits: Limits::default(),
        dice: Clock::dice(),
        settled: None,
        now: context.clock.now(workspace.config.time_zone),
    };
    let tells = is_terminal() && !args.json.json;
    sync::sync(&request, &mut |step: Step, nth| {
        if tells {
            let again = if nth > 1 { say!(" (try {nth}: others were faster)", nth) } else { String::new() };
            message(&format!("{} …{again}", step.label()));
        }
    })
}
