//! The command line: arguments, and one file for each subcommand.
//!
//! # Map
//! - `args`, `when`: what can be typed.
//! - `context`, `now`, `mine`, `pick`, `register`, `language`: what commands start from: the workspace, the week, my check-in,
//!   names, and what is spoken.
//! - `page`, `table`, `style`, `output`, `failure`: how they answer.
//! - the rest: a file a subcommand; `screens` for those that open the full screen.

mod action;
mod alignment;
mod args;
mod card_figures;
mod cards;
mod check;
mod checkin;
mod context;
mod decision;
mod decision_scores;
mod demo;
mod diff;
mod doctor;
mod export;
mod failure;
mod feed;
mod feed_view;
mod findings;
mod goal;
mod import;
mod import_strategy;
mod import_view;
mod init;
mod issue;
mod kpi;
mod kpi_view;
mod language;
mod migrate;
mod mine;
mod now;
mod output;
mod packaging;
mod page;
mod pass;
mod pick;
mod quarters;
mod register;
mod report;
mod report_args;
mod rollup;
mod rollup_view;
mod screens;
mod search;
mod shelf;
mod show;
mod status;
mod style;
mod sync;
mod sync_view;
mod table;
mod trend;
mod trend_goal;
mod trend_view;
mod trust;
mod when;

use std::process::ExitCode;

use clap::Parser;

pub use args::Cli;
pub use failure::Failure;

use args::{Command, Screen};
use context::Context;
use failure::Answer;

/// What was typed. Help and version are printed here, and the program ends.
///
/// # Errors
/// When it cannot be understood.
pub fn parsed() -> Result<Cli, Failure> {
    // A parser that knows every command takes as long to build as a picture to draw: where none is given it is not built.
    if let Ok(screen) = Screen::try_parse() {
        return Ok(Cli { global: screen.global, command: None });
    }
    Cli::try_parse().map_err(|error| {
        if !error.use_stderr() {
            error.exit();
        }
        // Its words repeat what was typed, which may come from a file by way of a script.
        Failure::usage(&error.render().to_string())
    })
}

/// Does what was typed and gives the exit status: 0 fine, 1 found problems.
///
/// # Errors
/// When it could not be done, or there is nothing to show.
pub fn run(cli: Cli) -> Result<ExitCode, Failure> {
    language::settle(cli.command.as_ref());
    let context = Context::new(cli.global);
    let answer = perform(&context, cli.command)?;
    output::print(&answer.text)?;
    Ok(answer.exit.into())
}

fn perform(context: &Context, command: Option<Command>) -> Result<Answer, Failure> {
    let Some(command) = command else { return screens::open(context) };
    match command {
        Command::Demo(args) => demo::run(context, &args),
        Command::Init(args) => init::run(context, &args),
        Command::Review(args) => screens::review(context, &args),
        Command::Checkin(args) => checkin::run(context, &args),
        Command::History => screens::history(context),
        Command::Status(args) => status::run(context, args),
        Command::Show(args) => show::run(context, &args),
        Command::Diff(args) => diff::run(context, &args),
        Command::Kpi(command) => kpi::run(context, &command),
        Command::Goal(command) => goal::run(context, &command),
        Command::Decision(command) => decision::run(context, &command),
        Command::Action(command) => action::run(context, &command),
        Command::Issue(command) => issue::run(context, &command),
        Command::Register(command) => cards::run(context, &command),
        Command::Idea(command) => cards::ideas(context, &command),
        Command::Import(command) => import::run(context, &command),
        Command::Feed(command) => feed::run(context, &command),
        Command::Trust(args) => trust::run(context, &args),
        Command::Findings(args) => findings::run(context, args),
        Command::Search(args) => search::run(context, &args),
        Command::Trend(args) => trend::run(context, &args),
        Command::Alignment(args) => alignment::run(context, args),
        Command::Pass(command) => pass::run(context, &command),
        Command::Rollup(args) => rollup::run(context, &args),
        Command::Report(args) => report::run(context, &args),
        Command::Export(args) => export::run(context, &args),
        Command::Check(args) => check::run(context, args),
        Command::Sync(args) => sync::run(context, &args),
        Command::Migrate(args) => migrate::run(context, args),
        Command::Doctor(args) => doctor::run(context, args),
        Command::Completions { shell } => Ok(packaging::completions(shell)),
        Command::Man { dir } => packaging::man(dir.as_deref()),
    }
}
