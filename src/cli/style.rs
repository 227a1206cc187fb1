//! How output looks: how wide it may be, and colour by meaning where it is wanted.

use std::env;

use ratatui::crossterm::terminal;

use crate::model::status::Status;

use super::args::Color;
use super::output::is_terminal;

/// The width of tables where no terminal tells it, in columns.
const WIDTH: usize = 80;

/// What output looks like.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    colour: bool,
    /// How many columns there are.
    pub(super) width: usize,
}

/// What a piece of text means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    /// Nothing in particular.
    Plain,
    /// A heading.
    Strong,
    /// A status.
    Status(Status),
    /// What was looked for.
    Match,
}

impl Style {
    /// By the flag, `NO_COLOR`, and whether standard output is a terminal.
    pub(super) fn find(color: Color) -> Self {
        let is_terminal = is_terminal();
        let unwanted = env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
        let dumb = env::var_os("TERM").is_some_and(|t| t == "dumb");
        let colour = match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => is_terminal && !unwanted && !dumb,
        };
        let width = if is_terminal { terminal::size().map_or(WIDTH, |(columns, _)| columns.into()) } else { WIDTH };
        Self { colour, width: width.clamp(40, 160) }
    }

    /// The text as it is, or in the colour of its meaning. Sixteen colours, told apart by the colour-blind too.
    pub(super) fn paint(&self, text: &str, tone: Tone) -> String {
        let code = match tone {
            Tone::Strong => "1",
            Tone::Match => "1;4",
            Tone::Status(Status::OnTrack) => "36",
            Tone::Status(Status::AtRisk) => "33",
            Tone::Status(Status::OffTrack) => "1;31",
            Tone::Plain | Tone::Status(Status::Unknown) => return text.to_owned(),
        };
        if self.colour { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}
