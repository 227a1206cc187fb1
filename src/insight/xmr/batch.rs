//! The charts of all KPIs at once.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Chart, chart};
use crate::model::history::History;
use crate::model::id::KpiId;
use crate::model::kpi::Kpi;
use crate::model::series::Series;
use crate::model::snapshot::KpiWeek;
use crate::model::week::Week;

/// The chart of each KPI.
pub type Charts = HashMap<KpiId, Arc<Chart>>;

/// The chart of each KPI in a week: of what was sealed or brought in before it, and of the week's own readings as they stand.
#[must_use]
pub fn charts(kpis: &[Kpi], history: &History, now: Week, current: &[KpiWeek]) -> Charts {
    let mut past = history.all_series();
    let readings: HashMap<&KpiId, _> = current.iter().map(|k| (&k.kpi, k.reading)).collect();
    kpis.iter()
        .map(|kpi| {
            let past = past.remove(&kpi.id).unwrap_or_default();
            let series = match readings.get(&kpi.id) {
                Some(reading) => with(&past, now, *reading),
                None => past,
            };
            (kpi.id.clone(), Arc::new(chart(&series, kpi, now)))
        })
        .collect()
}

/// A series up to a week, whose reading may still change.
fn with(past: &Series, now: Week, reading: Option<crate::model::number::Finite>) -> Series {
    past.readings().take_while(|(week, _)| *week < now).chain(reading.map(|value| (now, value))).collect()
}
