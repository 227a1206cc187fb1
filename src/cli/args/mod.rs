//! What can be typed: the global flags and the subcommands. The doc comments are the help texts.

mod beside;
mod numbers;

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

use crate::model::tongue::Language;
use crate::runtime::log::Level;

use super::when::{Due, PeriodRef, WeekRef, day};
pub(super) use beside::{CardAdd, CardList, CardMove, Idea, Pass, PassOn, Register, Rollup};
pub(super) use numbers::{
    DayOrder, DecimalMark, Feed, FeedRefresh, Import, ImportForm, ImportReadings, ImportStrategy, Trust,
};

/// Steps a small team through its weekly alignment review and keeps every week as a plain text file.
///
/// Without a command it opens the workspace. Data goes to standard output, messages to standard error.
/// Exit status: 0 fine, 1 found problems or nothing to show, 2 could not do it.
#[derive(Debug, Parser)]
#[command(name = "truenorth", version, max_term_width = 100, disable_help_subcommand = true)]
#[command(after_help = "WEEK is 2026-W47, a date in it, `last` (the newest sealed week) or -3 (three weeks back).\n\
    Where a quarter makes sense it is 2026-Q4.\n\
    Ids and names may be cut short as long as they stay unique.\n\n\
    New here? `truenorth demo` opens a bakery with a year of weeks.")]
pub struct Cli {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

/// What is typed to open a workspace: flags alone. Everything else, help and version too, is for [`Cli`] to understand.
#[derive(Debug, Parser)]
#[command(disable_help_flag = true)]
pub(super) struct Screen {
    #[command(flatten)]
    pub(super) global: Global,
}

/// Flags that every command takes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(super) struct Global {
    /// The workspace [else $TRUENORTH_WORKSPACE, the nearest folder upwards, the last one used]
    #[arg(short, long, global = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) workspace: Option<PathBuf>,
    /// Who you are, by id or name [else the configuration, else $TRUENORTH_MEMBER]
    #[arg(long = "as", global = true, value_name = "MEMBER")]
    pub(super) member: Option<String>,
    /// Rehearse another day
    #[arg(long, global = true, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(super) today: Option<NaiveDate>,
    /// When to colour the output; NO_COLOR is heeded
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    pub(super) color: Color,
    /// How much the screens write into their log; `truenorth doctor` tells where it is
    #[arg(long, global = true, value_enum, value_name = "LEVEL", default_value_t = LogLevel::Info)]
    pub(super) log_level: LogLevel,
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

/// How much to log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LogLevel {
    Error,
    Warn,
    Info,
    Debug,
    Trace,
}

impl From<LogLevel> for Level {
    fn from(level: LogLevel) -> Self {
        match level {
            LogLevel::Error => Self::Error,
            LogLevel::Warn => Self::Warn,
            LogLevel::Info => Self::Info,
            LogLevel::Debug => Self::Debug,
            LogLevel::Trace => Self::Trace,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Open a sample business in a throw-away copy
    Demo(Demo),
    /// Make a new workspace
    Init(Init),
    /// Hold the weekly review, or that of a quarter
    Review(Review),
    /// Check in for the review: your numbers, what you promised, how sure you are
    Checkin(Checkin),
    /// Look through the weeks behind
    History,
    /// This week: the review, check-ins, KPIs, findings, and what is mine to do
    Status(Json),
    /// A week or quarter as its review left it
    Show(Show),
    /// What changed between two weeks: strategy, targets, statuses, readings, decisions, actions, people; or two quarters
    Diff(Diff),
    /// The scorecard: list the KPIs, look at one, report a value
    #[command(subcommand)]
    Kpi(Kpi),
    /// The goal tree, or one goal with its line to the vision
    #[command(subcommand)]
    Goal(Goal),
    /// What was decided
    #[command(subcommand)]
    Decision(Decision),
    /// Action items: list, add, report as done
    #[command(subcommand)]
    Action(Action),
    /// Issues: list, raise
    #[command(subcommand)]
    Issue(Issue),
    /// The registers: SWOT, scenarios, signals, ideas, experiments, capacity and more: list, show, add, move
    #[command(subcommand)]
    Register(Register),
    /// Ideas: one into my check-in, or those that were taken up
    #[command(subcommand)]
    Idea(Idea),
    /// Bring in what other programs know
    #[command(subcommand)]
    Import(Import),
    /// Numbers that come by themselves: what there is, and fetching them
    #[command(subcommand)]
    Feed(Feed),
    /// Allow a feed to run its program, or to read outside the workspace, on this machine
    Trust(Trust),
    /// Misalignments that the program notices, with the evidence
    Findings(Json),
    /// Find words in every week: decisions, notes, issues, action items and what else was said
    Search(Search),
    /// A KPI or goal over the weeks; for a KPI also six weeks beside twelve months, and what moves with it
    Trend(Trend),
    /// The alignment index: what lowers it most, its dimensions, and what each was made of
    Alignment(Json),
    /// Pass an issue or a message on to another workspace, and answer what was passed on to this one
    #[command(subcommand)]
    Pass(Pass),
    /// Several teams' workspaces beside each other: goals from the company down to the teams, statuses, gaps
    Rollup(Rollup),
    /// The recap of a week for those outside the terminal: Markdown, HTML, JSON, CSV, a calendar, a mail, a poster
    Report(super::report_args::Report),
    /// Every sealed week as tables for other programs: readings, goals, decisions, actions, issues and more
    Export(super::report_args::Export),
    /// Read every file and report every problem as path:line:column
    Check(Json),
    /// Share the workspace by git: commit what is mine, get what others sent, merge it, check it, send it
    Sync(Sync),
    /// Bring the files of an older truenorth to the current format; a copy of each that changes is kept
    Migrate(Migrate),
    /// What a bug report needs to know of this machine: terminal, locale, workspace in numbers, permissions, versions
    Doctor(Json),
    /// Print completions for a shell
    Completions {
        /// Which shell
        shell: Shell,
    },
    /// Print the manual page, or write one for each command into a folder
    Man {
        /// The folder
        #[arg(value_hint = ValueHint::DirPath)]
        dir: Option<PathBuf>,
    },
}

/// Text for people, or one JSON document for programs.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Json {
    /// Print one JSON document
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Demo {
    /// Which business
    #[arg(long, value_enum, default_value_t = SampleName::Bakery)]
    pub(super) sample: SampleName,
    /// Write it into this folder, new or empty, and keep it; without a terminal, stop there
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) keep: Option<PathBuf>,
}

/// A business that comes along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SampleName {
    /// Maple Street Bakery, with a year of weeks
    Bakery,
    /// A shop for office supplies
    Office,
}

#[derive(Debug, Args)]
pub(super) struct Init {
    /// The folder, new or empty
    #[arg(default_value = ".", value_hint = ValueHint::DirPath)]
    pub(super) dir: PathBuf,
    /// The business's name [else the folder's]
    #[arg(long)]
    pub(super) name: Option<String>,
    /// What to begin with
    #[arg(long, value_enum, default_value_t = TemplateName::Empty)]
    pub(super) from: TemplateName,
    /// What its people speak [else as this machine says, English where it says neither]
    #[arg(long, value_enum)]
    pub(super) language: Option<LanguageName>,
}

/// A language that a workspace can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LanguageName {
    /// English
    En,
    /// German
    De,
}

impl From<LanguageName> for Language {
    fn from(name: LanguageName) -> Self {
        match name {
            LanguageName::En => Self::English,
            LanguageName::De => Self::German,
        }
    }
}

/// What a new workspace begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum TemplateName {
    /// The bakery's people and strategy
    Bakery,
    /// The office shop's people and strategy
    Office,
    /// Commented files to fill in
    Empty,
}

#[derive(Debug, Args)]
pub(super) struct Review {
    /// Of which week or quarter: 2026-W47, a date in it, `last`, -3 or 2026-Q4 [else this week]
    #[arg(value_name = "WEEK", allow_negative_numbers = true)]
    pub(super) period: Option<PeriodRef>,
    /// By which agenda: weekly, quarterly (the quarter that is due), or another of the workspace
    #[arg(long)]
    pub(super) agenda: Option<String>,
    /// Go on with the unfinished review without asking
    #[arg(long, conflicts_with = "reopen")]
    pub(super) resume: bool,
    /// Correct a sealed week or quarter: the earlier revision is kept
    #[arg(long)]
    pub(super) reopen: bool,
}

#[derive(Debug, Args)]
pub(super) struct Checkin {
    /// Of which week: 2026-W47, a date in it or -1 [else the first that is not sealed]
    #[arg(allow_negative_numbers = true)]
    pub(super) week: Option<WeekRef>,
    /// Ask in plain lines, for screen readers and scripts: an answer a line, an empty one skips, ? helps, - takes back
    #[arg(long)]
    pub(super) linear: bool,
}

#[derive(Debug, Args)]
pub(super) struct Show {
    /// Which week or quarter: 2026-W47, a date in it, `last`, -3 or 2026-Q4
    #[arg(value_name = "WEEK", allow_negative_numbers = true)]
    pub(super) period: PeriodRef,
    /// Which revision [else the latest]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) revision: Option<u32>,
    #[command(flatten)]
    pub(super) json: Json,
}

#[derive(Debug, Args)]
pub(super) struct Diff {
    /// The earlier week or quarter: 2026-W47, a date in it, `last`, -3 or 2026-Q4
    #[arg(value_name = "WEEK", allow_negative_numbers = true)]
    pub(super) from: PeriodRef,
    /// The later week, or quarter
    #[arg(value_name = "WEEK", allow_negative_numbers = true)]
    pub(super) to: PeriodRef,
    #[command(flatten)]
    pub(super) json: Json,
}

#[derive(Debug, Subcommand)]
pub(super) enum Kpi {
    /// Every KPI of this week
    List(Json),
    /// One KPI with its readings
    Show(Named),
    /// Report a value into my check-in
    Set(KpiSet),
}

/// A thing by its id or name.
#[derive(Debug, Args)]
pub(super) struct Named {
    /// Its id or name, or the beginning of one
    pub(super) id: String,
    #[command(flatten)]
    pub(super) json: Json,
}

#[derive(Debug, Args)]
pub(super) struct KpiSet {
    /// Its id or name, or the beginning of one
    pub(super) id: String,
    /// The value in the KPI's unit: 412, 1,234.5, 1.234,5 or 12 %
    #[arg(allow_hyphen_values = true)]
    pub(super) value: String,
    /// For which week: 2026-W47, a date in it or -1 [else this one]
    #[arg(long, allow_negative_numbers = true)]
    pub(super) week: Option<WeekRef>,
    /// What explains it
    #[arg(long, value_name = "TEXT")]
    pub(super) note: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Goal {
    /// The goal tree
    List(Json),
    /// One goal: its line to the vision, SMART checks, life and weeks
    Show(Named),
}

/// Which records to list.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct List {
    /// Closed ones too, of every week
    #[arg(long)]
    pub(super) all: bool,
    #[command(flatten)]
    pub(super) json: Json,
}

#[derive(Debug, Args)]
pub(super) struct Search {
    /// All of them must occur; `decision: oven` looks among decisions only, and so for action, issue, headline, note,
    /// kpi, goal, blocker, idea, thanks, message, finding and review
    #[arg(required = true)]
    pub(super) words: Vec<String>,
    #[command(flatten)]
    pub(super) json: Json,
}

#[derive(Debug, Args)]
pub(super) struct Trend {
    /// Its id or name, or the beginning of one; `goal:ID` or `kpi:ID` where both have it
    pub(super) id: String,
    /// How many weeks to list
    #[arg(long, value_name = "N", default_value_t = 13, value_parser = clap::value_parser!(u16).range(1..=3000))]
    pub(super) weeks: u16,
    #[command(flatten)]
    pub(super) json: Json,
}

#[derive(Debug, Args)]
pub(super) struct Sync {
    /// Make a repository here first; with a REMOTE (an address of git, or a folder) it is shared at once
    #[arg(long, value_name = "REMOTE", num_args = 0..=1)]
    pub(super) init: Option<Option<String>>,
    /// Tell what would be sent, and change nothing
    #[arg(long, conflicts_with_all = ["init", "offline"])]
    pub(super) dry_run: bool,
    /// Keep it in the history on this machine, and ask nobody
    #[arg(long)]
    pub(super) offline: bool,
    #[command(flatten)]
    pub(super) json: Json,
}

#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Migrate {
    /// Tell which files would change, and write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum Decision {
    /// Decisions that stand and were not looked at again
    List(List),
    /// One decision, with its life and what came of it
    Show(Named),
    /// The register of no: what was declined, when, and what would reopen it
    Declined(Json),
    /// How predictions turned out: the Brier score, and how often what was said at each chance came true
    Calibration(Json),
}

#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// Open action items by due date
    List(List),
    /// Report one as done in my check-in
    Done {
        /// Its id or title, or the beginning of one
        id: String,
        /// What came of it
        #[arg(long, value_name = "TEXT")]
        note: Option<String>,
    },
    /// Add one to my check-in
    Add(ActionAdd),
}

#[derive(Debug, Args)]
pub(super) struct ActionAdd {
    /// What will be done
    pub(super) title: String,
    /// Who does it [else me]
    #[arg(long, value_name = "MEMBER")]
    pub(super) owner: Option<String>,
    /// The day it is due: 2026-11-26 or +7 [else the next review]
    #[arg(long, value_name = "DAY")]
    pub(super) due: Option<Due>,
    /// The goal it serves
    #[arg(long, value_name = "GOAL")]
    pub(super) goal: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Issue {
    /// Open issues by rank
    List(List),
    /// Raise one in my check-in
    Add {
        /// The issue in one line
        title: String,
        /// What is known of it
        #[arg(long, value_name = "TEXT")]
        detail: Option<String>,
    },
}
