//! A card: what all registers keep of a thing, and what only its own one knows.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Field, Kind, Phase, Row, Stage, What, Wrong};
use crate::model::id::{CardId, DecisionId, GoalId, KpiId, MemberId, ThemeId};

/// A card of a register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// The id, which no card of any register has twice.
    pub id: CardId,
    /// What it is, in a line.
    pub title: String,
    /// Who looks after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<MemberId>,
    /// Who brought it: the author of an idea stays named whoever owns it later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<MemberId>,
    /// The day it came in.
    pub added: NaiveDate,
    /// The day somebody last looked whether it is still true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<NaiveDate>,
    /// What it belongs with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Anything else worth keeping.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// What came of it, or why it was given up: asked for when it is closed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub outcome: String,
    /// What only its own register knows, its stage among it.
    pub what: What,
}

/// Something that a card belongs with.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Link {
    /// A goal of any size.
    Goal(GoalId),
    /// A KPI.
    Kpi(KpiId),
    /// Another card.
    Card(CardId),
    /// A decision.
    Decision(DecisionId),
    /// A theme.
    Theme(ThemeId),
}

impl Link {
    /// What it leads to, and the id of that.
    #[must_use]
    pub fn parts(&self) -> (&'static str, &str) {
        match self {
            Self::Goal(id) => ("goal", id.as_str()),
            Self::Kpi(id) => ("kpi", id.as_str()),
            Self::Card(id) => ("card", id.as_str()),
            Self::Decision(id) => ("decision", id.as_str()),
            Self::Theme(id) => ("theme", id.as_str()),
        }
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, id) = self.parts();
        write!(f, "{kind}:{id}")
    }
}

impl FromStr for Link {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        fn id<T: FromStr<Err: fmt::Display>>(id: &str) -> Result<T, String> {
            id.parse().map_err(|e: T::Err| e.to_string())
        }
        match text.trim().split_once(':') {
            Some(("goal", to)) => id(to).map(Self::Goal),
            Some(("kpi", to)) => id(to).map(Self::Kpi),
            Some(("card", to)) => id(to).map(Self::Card),
            Some(("decision", to)) => id(to).map(Self::Decision),
            Some(("theme", to)) => id(to).map(Self::Theme),
            _ => Err(say!("goal:, kpi:, card:, decision: or theme: with an id behind it").to_owned()),
        }
    }
}

impl Card {
    /// A card with nothing but what it must have.
    #[must_use]
    pub fn new(id: CardId, title: impl Into<String>, added: NaiveDate, what: What) -> Self {
        Self {
            id,
            title: title.into(),
            owner: None,
            by: None,
            added,
            reviewed: None,
            links: Vec::new(),
            note: String::new(),
            outcome: String::new(),
            what,
        }
    }

    /// Which register it stands in.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.what.kind()
    }

    /// What is known of its register.
    #[must_use]
    pub fn row(&self) -> &'static Row {
        self.kind().row()
    }

    /// Its stage.
    #[must_use]
    pub fn stage(&self) -> &'static Stage {
        // The place comes from an enum that the table was made of.
        &self.row().stages[self.what.stage()]
    }

    /// Whether it is still worked with.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.stage().phase == Phase::Open
    }

    /// The fields that only its register has, with what they hold as texts.
    pub fn fields(&self) -> impl Iterator<Item = (&'static Field, String)> {
        self.kind().fields().iter().zip(self.what.texts())
    }

    /// What one of these fields holds, as a text; empty for nothing and for a field that is not there.
    #[must_use]
    pub fn text(&self, field: &str) -> String {
        self.fields().find(|(f, _)| f.id == field).map(|(_, text)| text).unwrap_or_default()
    }

    /// Puts texts into its register's fields; those that are not named stay. The stage stays, too.
    ///
    /// # Errors
    /// Names the field whose text does not fit; nothing is changed then.
    pub fn set(&mut self, texts: &[(&str, String)]) -> Result<(), Wrong> {
        let stage = self.what.stage();
        let named = |id: &str| texts.iter().find(|(name, _)| *name == id).map(|(_, text)| text.clone());
        let mut what = self.kind().read(&|id| named(id).unwrap_or_else(|| self.text(id)))?;
        what.move_to(stage);
        self.what = what;
        Ok(())
    }

    /// The day that its age is counted from: when somebody last looked at it, else when it came in.
    #[must_use]
    pub fn looked_at(&self) -> NaiveDate {
        self.reviewed.unwrap_or(self.added)
    }
}
