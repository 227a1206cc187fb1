//! Readings brought in from elsewhere: the past of a KPI before its first review, or the week's numbers of another program.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::feed::Fed;
use super::id::{KpiId, MemberId};
use super::kpi::Origin;
use super::number::Finite;
use super::week::Week;

/// What one import brought in. Its file is written once and never changed; what a review sealed always counts before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadingsFile {
    /// The number of the file format.
    pub schema: u32,
    /// Who brought them in.
    pub by: MemberId,
    /// On which day; equals the beginning of the file's name. No reading is of a later week.
    pub on: NaiveDate,
    /// Which import of that day it is, from 1. A later import of a week counts before an earlier one.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub nth: u32,
    /// The name of the file they came from.
    pub source: String,
    /// The readings by KPI and week.
    pub readings: Vec<Imported>,
}

/// The value of a KPI in a week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Imported {
    /// Which KPI.
    pub kpi: KpiId,
    /// Of which week.
    pub week: Week,
    /// The value, in the KPI's unit.
    pub value: Finite,
    /// The feed that it came from, if one was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fed: Option<Fed>,
}

impl Imported {
    /// Where it came from.
    #[must_use]
    pub fn origin(&self) -> Origin {
        if self.fed.is_some() { Origin::Feed } else { Origin::Import }
    }
}

impl ReadingsFile {
    /// The readings as a history takes them in.
    pub fn entries(&self) -> impl Iterator<Item = (KpiId, Week, Finite)> + '_ {
        self.readings.iter().map(|r| (r.kpi.clone(), r.week, r.value))
    }

    /// What explains a reading of it where notes are read.
    #[must_use]
    pub fn note(&self, reading: &Imported) -> String {
        reading.fed.as_ref().map_or_else(|| say!("imported from {source}", source = self.source), Fed::to_string)
    }
}

fn one() -> u32 {
    1
}

fn is_one(nth: &u32) -> bool {
    *nth == 1
}
