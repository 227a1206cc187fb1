//! The figures of a register, as its declaration asks for them.

use chrono::NaiveDate;

use super::capacity::Load;
use super::funnel::Funnel;
use crate::model::history::History;
use crate::model::register::{Figures, Kind};
use crate::model::strategy::Strategy;
use crate::model::week::Week;
use crate::model::workspace::Config;

/// What the figures of a register tell.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// How cards go through its stages.
    Funnel(Funnel),
    /// What is set aside, beside weights and people's days.
    Load(Load),
}

impl Told {
    /// Counts them for a register on a day.
    #[must_use]
    pub fn of(
        kind: Kind,
        (strategy, config): (&Strategy, &Config),
        history: &History,
        (today, week): (NaiveDate, Week),
    ) -> Self {
        match kind.row().figures {
            Figures::Funnel => Self::Funnel(Funnel::of(kind, strategy, history, week)),
            Figures::Load => Self::Load(Load::of(strategy, config, today)),
        }
    }
}
