//! Arguments about what stands beside the weekly review: other teams' workspaces, and registers.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};

use super::{Json, List, Named};

#[derive(Debug, Args)]
pub(in crate::cli) struct Rollup {
    /// Workspaces, or folders that hold some [else the folder around this workspace]
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(in crate::cli) dirs: Vec<PathBuf>,
    /// Only what is missing between company and teams
    #[arg(long, conflicts_with = "json")]
    pub(in crate::cli) only_gaps: bool,
    /// Text, even where there is a terminal to open the screen on
    #[arg(long)]
    pub(in crate::cli) plain: bool,
    #[command(flatten)]
    pub(in crate::cli) json: Json,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Register {
    /// Open cards, of one register or of all
    List(CardList),
    /// One card in full
    Show(Named),
    /// The figures of a register: its funnel, or what is set aside under capacity
    Figures(CardFigures),
    /// Add a card
    Add(CardAdd),
    /// Move a card to a stage that may follow
    Move(CardMove),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct CardList {
    /// Which: swot, tows, scenario, signal, idea, experiment, capacity, stakeholder, communication, waste, technology,
    /// development [else all]
    pub(in crate::cli) kind: Option<String>,
    /// Closed ones too
    #[arg(long)]
    pub(in crate::cli) all: bool,
    #[command(flatten)]
    pub(in crate::cli) json: Json,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct CardFigures {
    /// Which: swot, scenario, idea, capacity and so on
    pub(in crate::cli) kind: String,
    #[command(flatten)]
    pub(in crate::cli) json: Json,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Pass {
    /// What other workspaces passed on and waits for an answer
    List(Json),
    /// Pass an open issue on
    Issue(PassOn),
    /// Pass a message on
    Message(PassOn),
    /// Make it an issue here, in my check-in
    Accept {
        /// Its key or text, or the beginning of one
        key: String,
    },
    /// Give it back with an answer
    Return {
        /// Its key or text, or the beginning of one
        key: String,
        /// The answer in one line
        answer: String,
    },
}

#[derive(Debug, Args)]
pub(in crate::cli) struct PassOn {
    /// Its id or title, or the beginning of one
    pub(in crate::cli) id: String,
    /// The other workspace; or a folder or file to send it from
    #[arg(long, value_name = "DIR|FILE", value_hint = ValueHint::AnyPath)]
    pub(in crate::cli) to: PathBuf,
    /// Why it is passed on
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) why: Option<String>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct CardAdd {
    /// Which register: swot, scenario, idea, waste and so on
    pub(in crate::cli) kind: String,
    /// What it is, in a line
    #[arg(long)]
    pub(in crate::cli) title: String,
    /// A field and what it holds, as in side=strength; repeat it for more
    #[arg(long, value_name = "FIELD=VALUE")]
    pub(in crate::cli) set: Vec<String>,
    /// Who looks after it
    #[arg(long, value_name = "MEMBER")]
    pub(in crate::cli) owner: Option<String>,
    /// What it belongs with, as in goal:shop; kpi:, card:, decision: and theme: go, too
    #[arg(long, value_name = "KIND:ID")]
    pub(in crate::cli) link: Vec<String>,
    /// Anything else worth keeping
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) note: Option<String>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct CardMove {
    /// Its id or title, or the beginning of one
    pub(in crate::cli) id: String,
    /// The stage
    pub(in crate::cli) stage: String,
    /// What came of it, or why: wanted where the stage closes the card
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) outcome: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Idea {
    /// Ideas that were taken into the register
    List(List),
    /// Put one into my check-in
    Add {
        /// What could be tried, in one line
        text: String,
    },
}
