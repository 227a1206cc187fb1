//! What can be typed behind `report` and `export`. The doc comments are the help texts.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use super::when::PeriodRef;

#[derive(Debug, Args)]
pub(super) struct Report {
    /// Which week or quarter: 2026-W47, a date in it, `last`, -3 or 2026-Q3 [else the newest sealed week]
    #[arg(allow_negative_numbers = true)]
    pub(super) period: Option<PeriodRef>,
    /// Which revision [else the latest]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) revision: Option<u32>,
    /// How it is written [else by the ending of FILE, else md]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(super) format: Option<Format>,
    /// One page to hang on a wall, as HTML: north star, themes, goals with status, KPIs
    #[arg(long, conflicts_with_all = ["mine", "mail", "format"])]
    pub(super) poster: bool,
    /// Only what is mine: my KPIs and goals, what I decided, promised and have to tell
    #[arg(long)]
    pub(super) mine: bool,
    /// The recap for those who were absent, as a mail in plain text: a subject line, then what got done and what is to do
    #[arg(long, conflicts_with = "format")]
    pub(super) mail: bool,
    /// Write it into this file, in place of what it holds [else to standard output]
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) output: Option<PathBuf>,
}

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Markdown, for git hosts, wikis and mail
    Md,
    /// One HTML file with charts, that needs nothing else
    Html,
    /// Everything that the others are made from, for programs
    Json,
    /// Rows for a spreadsheet
    Csv,
    /// A calendar: due dates, dates to look again, the next review
    Ics,
}

#[derive(Debug, Args)]
pub(super) struct Export {
    /// One JSON document, or a CSV file for each table
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Tables::Json)]
    pub(super) format: Tables,
    /// The folder for the files, made if it is not there; files of the same names are replaced [else JSON to standard output]
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) output: Option<PathBuf>,
}

/// How tables are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Tables {
    /// One document with a list of rows for each table
    Json,
    /// A file for each table
    Csv,
}
