//! The people of a workspace and the teams they form.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::id::{MemberId, TeamId};
use super::number::Finite;

/// A person who takes part in reviews and can own goals, KPIs and action items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// The id, which is also the name of their check-in files.
    pub id: MemberId,
    /// The name as shown.
    pub name: String,
    /// What they do, in a few words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub role: String,
    /// The teams they belong to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub teams: Vec<TeamId>,
    /// The day they left. Their past stays; they own nothing that is open from then on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<NaiveDate>,
    /// How many days a week they have, where it is not what the workspace says of everybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days_a_week: Option<Finite>,
}

impl Member {
    /// Somebody of whom only the name is known.
    #[must_use]
    pub fn new(id: MemberId, name: impl Into<String>) -> Self {
        Self { id, name: name.into(), role: String::new(), teams: Vec::new(), left: None, days_a_week: None }
    }

    /// Whether the person is still with the team.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.left.is_none()
    }

    /// The first word of the name, for tight columns.
    #[must_use]
    pub fn first_name(&self) -> &str {
        self.name.split_whitespace().next().unwrap_or(self.id.as_str())
    }
}

/// A team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Team {
    /// The id.
    pub id: TeamId,
    /// The name as shown.
    pub name: String,
}
