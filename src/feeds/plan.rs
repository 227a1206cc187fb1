//! What an import would change: its candidates held against what reviews, check-ins and earlier imports say.

use super::candidates::{Candidates, Column};
use crate::model::history::History;
use crate::model::id::KpiId;
use crate::model::import::Imported;
use crate::model::kpi::Origin;
use crate::model::number::Finite;
use crate::model::standing::Reported;
use crate::model::week::Week;

/// What is written, and what stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// By KPI, in the strategy's order.
    pub kpis: Vec<KpiPlan>,
    /// Values that differ from what counts before them, and so are not taken in.
    pub kept: Vec<Kept>,
    /// What is to be written.
    pub readings: Vec<Imported>,
}

/// What changes for one KPI.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KpiPlan {
    /// The KPI.
    pub kpi: KpiId,
    /// What the file calls it.
    pub column: String,
    /// The first reading of the file, if it has any.
    pub first: Option<(Week, Finite)>,
    /// The last one.
    pub last: Option<(Week, Finite)>,
    /// Readings of weeks that had none.
    pub fresh: usize,
    /// Readings that take the place of an earlier import's.
    pub replaced: usize,
    /// Readings that are known already.
    pub there: usize,
    /// Readings that differ from what counts before them.
    pub kept: usize,
    /// Rows without a value.
    pub gaps: usize,
}

/// A value that differs from what counts before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The KPI.
    pub kpi: KpiId,
    /// The week.
    pub week: Week,
    /// Who says otherwise.
    pub says: Says,
    /// What is kept.
    pub is: Finite,
    /// What the file says.
    pub file: Finite,
}

/// What counts before an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// The sealed week.
    Sealed,
    /// A check-in of the week that is open.
    CheckIn,
}

impl Says {
    /// The word for people and programs.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Sealed => "sealed",
            Self::CheckIn => "check-in",
        }
    }
}

/// What comes of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    /// Its week had none.
    Fresh,
    /// It takes the place of an earlier import's.
    Replaces,
    /// It is known already.
    There,
    /// Something else counts before it.
    Kept(Says, Finite),
}

/// Holds candidates against what is known: the weeks behind, and what was reported for the week that is open.
#[must_use]
pub fn plan(candidates: &Candidates, history: &History, open: Week, reported: &[Reported]) -> Plan {
    let mut plan = Plan::default();
    for column in &candidates.columns {
        let mut kpi = KpiPlan::of(column);
        for (week, value) in &column.readings {
            let reading = || Imported { kpi: column.kpi.clone(), week: *week, value: *value, fed: None };
            let checked_in =
                |r: &&Reported| *week == open && r.origin == Origin::CheckIn && r.reading.kpi == column.kpi;
            let here = reported.iter().find(checked_in).map(|r| r.reading.value);
            match change(history, here, &column.kpi, *week, *value) {
                Change::Fresh => {
                    kpi.fresh += 1;
                    plan.readings.push(reading());
                }
                Change::Replaces => {
                    kpi.replaced += 1;
                    plan.readings.push(reading());
                }
                Change::There => kpi.there += 1,
                Change::Kept(says, is) => {
                    kpi.kept += 1;
                    plan.kept.push(Kept { kpi: column.kpi.clone(), week: *week, says, is, file: *value });
                }
            }
        }
        plan.kpis.push(kpi);
    }
    plan
}

fn change(history: &History, here: Option<Finite>, kpi: &KpiId, week: Week, value: Finite) -> Change {
    let sealed = history.week(week).and_then(|w| w.kpi(kpi)).and_then(|k| k.reading).map(|v| (Says::Sealed, v));
    let stronger = sealed.or_else(|| here.map(|v| (Says::CheckIn, v)));
    match (stronger, history.imported(kpi).and_then(|weeks| weeks.get(&week))) {
        (Some((_, is)), _) if is == value => Change::There,
        (Some((says, is)), _) => Change::Kept(says, is),
        (None, Some(before)) if *before == value => Change::There,
        (None, Some(_)) => Change::Replaces,
        (None, None) => Change::Fresh,
    }
}

impl KpiPlan {
    fn of(column: &Column) -> Self {
        Self {
            kpi: column.kpi.clone(),
            column: column.name.clone(),
            first: column.readings.first().copied(),
            last: column.readings.last().copied(),
            fresh: 0,
            replaced: 0,
            there: 0,
            kept: 0,
            gaps: column.gaps,
        }
    }
}
