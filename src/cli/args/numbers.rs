//! Arguments about what comes from other programs: imports, feeds, and the trust they need.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum, ValueHint};

use super::Json;

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Import {
    /// Readings of weeks or days out of a CSV, xlsx, ods or JSON file, into a file of their own under readings/
    ///
    /// One column tells the week (2026-W47, KW 47 2026) or the day (2026-11-19, 19.11.2026), the others have the names or ids
    /// of KPIs; or three columns are week, kpi and value. Sealed weeks are never changed. One cell that is not clear refuses
    /// the file, and nothing is written.
    Readings(ImportReadings),
    /// Objectives, key results and other goals out of an OKR or meeting tool's export, into strategy/goals.ron
    ///
    /// Known columns are found by their names: Title or Objective, Key Result, Parent, Type, Owner, Start and Due date, Start
    /// and Target value, Unit, Status and more. A goal is known again by its id, or by its title under the same parent: the
    /// same file twice changes nothing. Empty cells leave what is there. Comments in strategy/goals.ron stay. One cell that is
    /// not clear refuses the file, and nothing is written.
    ///
    /// Fields: id, title, key-result, parent, type, owner, team, theme, start, due, baseline, target, unit, status, weight, note
    Goals(ImportStrategy),
    /// KPIs out of another program's export, into strategy/kpis.ron; `import readings` brings their numbers
    ///
    /// Known columns are found by their names: Name or Measurable, Unit, Owner, Direction, Target, Perspective, Description. A
    /// target such as ">= 5" or "3 to 5" tells the direction, too; it holds from this week on.
    ///
    /// Fields: id, name, unit, owner, direction, target, perspective, definition
    Kpis(ImportStrategy),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ImportStrategy {
    /// The file, CSV, xlsx, ods or JSON, at most 16 MiB
    #[arg(value_hint = ValueHint::FilePath)]
    pub(in crate::cli) file: PathBuf,
    /// A column and the field that it holds, as in "Bis wann=due"; "Score=" leaves it out
    #[arg(long, value_name = "COLUMN=FIELD")]
    pub(in crate::cli) map: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) form: ImportForm,
}

/// What a file does not say of itself, whatever it brings.
#[derive(Debug, Args)]
pub(in crate::cli) struct ImportForm {
    /// The sheet of a spreadsheet [else the first]
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) sheet: Option<String>,
    /// Where in JSON the list of objects stands, as in /weeks [else the whole document]
    #[arg(long, value_name = "POINTER")]
    pub(in crate::cli) at: Option<String>,
    /// What 03/04/2026 begins with, where the column does not tell
    #[arg(long, value_enum, value_name = "ORDER")]
    pub(in crate::cli) dates: Option<DayOrder>,
    /// Which mark stands before the decimals, where the column does not tell
    #[arg(long, value_enum, value_name = "MARK")]
    pub(in crate::cli) decimal: Option<DecimalMark>,
    /// Show what would change, and write nothing
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    #[command(flatten)]
    pub(in crate::cli) json: Json,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ImportReadings {
    /// The file, at most 16 MiB
    #[arg(value_hint = ValueHint::FilePath)]
    pub(in crate::cli) file: PathBuf,
    /// A column and the KPI that it is about, as in "Umsatz=weekly-revenue"; "Umsatz=" leaves it out
    #[arg(long, value_name = "COLUMN=KPI")]
    pub(in crate::cli) map: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) form: ImportForm,
}

/// The order of a date's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum DayOrder {
    /// Day, month, year
    Dmy,
    /// Month, day, year
    Mdy,
}

/// The mark before the decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum DecimalMark {
    /// 1.234,5
    Comma,
    /// 1,234.5
    Point,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Feed {
    /// Every feed: its KPI, where the number stands, what it gave last and when
    List(Json),
    /// Fetch numbers for this week; shows what changes, and writes it into a file of its own under readings/
    ///
    /// Nothing else ever fetches them. A number of a check-in or of a sealed week counts before a feed's. A feed that gives none
    /// leaves the last number as it is; the exit status is 1 then.
    Refresh(FeedRefresh),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct FeedRefresh {
    /// Which feeds [else all]
    pub(in crate::cli) feeds: Vec<String>,
    /// Show what would change, and write nothing
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    #[command(flatten)]
    pub(in crate::cli) json: Json,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Trust {
    /// The feed
    #[arg(required_unless_present_any = ["list", "revoke"])]
    pub(in crate::cli) feed: Option<String>,
    /// What was allowed on this machine
    #[arg(long, conflicts_with_all = ["feed", "revoke"])]
    pub(in crate::cli) list: bool,
    /// Allow this feed nothing any more
    #[arg(long, value_name = "FEED", conflicts_with = "feed")]
    pub(in crate::cli) revoke: Option<String>,
}
