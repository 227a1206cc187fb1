//! How something stands: the one scale that KPIs and goals share.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How a KPI or an open goal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Meets its target, or is expected to.
    OnTrack,
    /// Misses by no more than the tolerance.
    AtRisk,
    /// Misses by more.
    OffTrack,
    /// No reading, no target, or not marked: never shown as green.
    Unknown,
}

impl Status {
    /// In three bits; 0 for none.
    pub(crate) fn bits(status: Option<Self>) -> u8 {
        match status {
            None => 0,
            Some(Self::OnTrack) => 1,
            Some(Self::AtRisk) => 2,
            Some(Self::OffTrack) => 3,
            Some(Self::Unknown) => 4,
        }
    }

    /// What [`Status::bits`] made of it; nothing of bits that it never makes.
    pub(crate) fn of_bits(bits: u8) -> Option<Option<Self>> {
        match bits {
            0 => Some(None),
            1 => Some(Some(Self::OnTrack)),
            2 => Some(Some(Self::AtRisk)),
            3 => Some(Some(Self::OffTrack)),
            4 => Some(Some(Self::Unknown)),
            _ => None,
        }
    }

    /// All four, best first, unknown last.
    pub const ALL: [Self; 4] = [Self::OnTrack, Self::AtRisk, Self::OffTrack, Self::Unknown];

    /// The words on the screen.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::OnTrack => say!("on track"),
            Self::AtRisk => say!("at risk"),
            Self::OffTrack => say!("off track"),
            Self::Unknown => say!("unknown"),
        }
    }

    /// The key used in files and JSON.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::OnTrack => "on_track",
            Self::AtRisk => "at_risk",
            Self::OffTrack => "off_track",
            Self::Unknown => "unknown",
        }
    }

    /// How bad it is, for comparing two known statuses: 0 is best. `None` when unknown.
    #[must_use]
    pub fn badness(self) -> Option<u8> {
        match self {
            Self::OnTrack => Some(0),
            Self::AtRisk => Some(1),
            Self::OffTrack => Some(2),
            Self::Unknown => None,
        }
    }

    /// Whether both are known and this one is the better.
    #[must_use]
    pub fn better_than(self, other: Self) -> bool {
        matches!((self.badness(), other.badness()), (Some(a), Some(b)) if a < b)
    }

    /// The worse of two; unknown counts as worse than on track and better than at risk, so that it hides neither.
    #[must_use]
    pub fn weakest(self, other: Self) -> Self {
        let rank = |s: Self| match s {
            Self::OnTrack => 0,
            Self::Unknown => 1,
            Self::AtRisk => 2,
            Self::OffTrack => 3,
        };
        if rank(other) > rank(self) { other } else { self }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}
