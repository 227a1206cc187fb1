//! What stands in another workspace, named by that workspace and its id there: `company/online-platform`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::id::{GoalId, IdError, WorkspaceId};

/// A goal of another workspace, written as `company/online-platform`. Whether it exists can only be told where both
/// workspaces are at hand.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FarGoal {
    /// The other workspace.
    pub workspace: WorkspaceId,
    /// The goal's id there.
    pub goal: GoalId,
}

/// Why a text names no goal of another workspace.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FarError {
    /// No slash, or more than one.
    #[error("{}", say!("`{typed}` is no goal of another workspace, such as company/growth", typed = .0))]
    Form(String),
    /// One of the two is no id.
    #[error(transparent)]
    Id(#[from] IdError),
}

impl FromStr for FarGoal {
    type Err = FarError;

    fn from_str(text: &str) -> Result<Self, FarError> {
        let form = || FarError::Form(text.chars().take(64).collect());
        let (workspace, goal) = text.split_once('/').filter(|(_, goal)| !goal.contains('/')).ok_or_else(form)?;
        Ok(Self { workspace: workspace.parse()?, goal: goal.parse()? })
    }
}

impl fmt::Display for FarGoal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.workspace, self.goal)
    }
}

impl Serialize for FarGoal {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for FarGoal {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_elsewhere_is_a_workspace_a_slash_and_a_goal() {
        let far: FarGoal = "company/online-platform".parse().unwrap();
        assert_eq!((far.workspace.as_str(), far.goal.as_str()), ("company", "online-platform"));
        assert_eq!(far.to_string(), "company/online-platform");
        for bad in ["", "company", "company/", "/goal", "a/b/c", "Company/goal", "../goal", "a/con", "a /b"] {
            assert!(bad.parse::<FarGoal>().is_err(), "{bad}");
        }
    }
}
