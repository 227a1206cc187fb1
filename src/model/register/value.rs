//! What a field of a card can hold, and how each of these is written as a text and read back.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::model::id::{CardId, DecisionId, GoalId, KpiId, MemberId, TeamId, ThemeId};
use crate::model::number::Finite;
use crate::model::scale::{OfTen, Percent};
use crate::model::tongue::word;

/// What a field is filled in with: forms choose their control by it, checks know by it what a text refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// One line.
    Line,
    /// Several lines.
    Text,
    /// A number.
    Number,
    /// A whole number from 0 on.
    Whole,
    /// A whole number from 0 to 10.
    OfTen,
    /// A whole percentage.
    Percent,
    /// A day.
    Date,
    /// One of some words.
    Choice(&'static [Choice]),
    /// A person.
    Member,
    /// A team.
    Team,
    /// A theme.
    Theme,
    /// A goal of any size.
    Goal,
    /// A KPI.
    Kpi,
    /// Another card.
    Card,
    /// A decision.
    Decision,
    /// Conditions on KPIs, a line each.
    Conditions,
}

/// A word to choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// The word in files.
    pub key: &'static str,
    /// The word on the screen.
    pub label: &'static str,
}

/// Something that a field of a card holds.
pub trait Value: Sized {
    /// What it is filled in with.
    const INPUT: Input;
    /// Whether there is no card without it.
    const NEEDED: bool = false;

    /// The text that [`Value::from_text`] reads back; empty for nothing.
    fn to_text(&self) -> String;

    /// Reads a text.
    ///
    /// # Errors
    /// Why it does not fit, as the second half of "Effort: …".
    fn from_text(text: &str) -> Result<Self, String>;

    /// Whether it holds nothing, and so need not be written.
    fn is_blank(&self) -> bool {
        !Self::NEEDED && self.to_text().is_empty()
    }
}

/// A text of several lines.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Prose(pub String);

impl Value for Prose {
    const INPUT: Input = Input::Text;

    fn to_text(&self) -> String {
        self.0.clone()
    }

    fn from_text(text: &str) -> Result<Self, String> {
        Ok(Self(text.trim().to_owned()))
    }
}

impl Value for String {
    const INPUT: Input = Input::Line;

    fn to_text(&self) -> String {
        self.clone()
    }

    fn from_text(text: &str) -> Result<Self, String> {
        Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

impl<T: Value> Value for Option<T> {
    const INPUT: Input = T::INPUT;

    fn to_text(&self) -> String {
        self.as_ref().map(T::to_text).unwrap_or_default()
    }

    fn from_text(text: &str) -> Result<Self, String> {
        if text.trim().is_empty() { Ok(None) } else { T::from_text(text).map(Some) }
    }
}

impl Value for Finite {
    const INPUT: Input = Input::Number;
    const NEEDED: bool = true;

    fn to_text(&self) -> String {
        self.to_type()
    }

    fn from_text(text: &str) -> Result<Self, String> {
        Self::typed(text).map_err(|e| e.to_string())
    }
}

impl Value for u16 {
    const INPUT: Input = Input::Whole;
    const NEEDED: bool = true;

    fn to_text(&self) -> String {
        self.to_string()
    }

    fn from_text(text: &str) -> Result<Self, String> {
        text.trim().parse().map_err(|_| term!("a whole number from 0 on").to_owned())
    }
}

impl Value for NaiveDate {
    const INPUT: Input = Input::Date;
    const NEEDED: bool = true;

    fn to_text(&self) -> String {
        self.to_string()
    }

    fn from_text(text: &str) -> Result<Self, String> {
        text.trim().parse().map_err(|_| say!("a day such as 2026-12-31").to_owned())
    }
}

macro_rules! scaled {
    ($($type:ident, $input:ident, $why:expr;)*) => {$(
        impl Value for $type {
            const INPUT: Input = Input::$input;
            const NEEDED: bool = true;

            fn to_text(&self) -> String {
                self.get().to_string()
            }

            fn from_text(text: &str) -> Result<Self, String> {
                let typed = text.trim().trim_end_matches('%').trim_end();
                typed.parse().ok().and_then(Self::new).ok_or_else(|| word($why).to_owned())
            }
        }
    )*};
}

scaled! {
    Percent, Percent, term!("a whole percentage from 0 to 100");
    OfTen, OfTen, term!("a whole number from 0 to 10");
}

macro_rules! named {
    ($($id:ident, $input:ident;)*) => {$(
        impl Value for $id {
            const INPUT: Input = Input::$input;
            const NEEDED: bool = true;

            fn to_text(&self) -> String {
                self.to_string()
            }

            fn from_text(text: &str) -> Result<Self, String> {
                text.trim().parse().map_err(|e| format!("{e}"))
            }
        }
    )*};
}

named! {
    MemberId, Member;
    TeamId, Team;
    ThemeId, Theme;
    GoalId, Goal;
    KpiId, Kpi;
    CardId, Card;
    DecisionId, Decision;
}
