//! The charts of all KPIs at once.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Chart, chart, latest};
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
    each(kpis, history, now, current, chart)
}

/// The same with the [`latest`] signals alone.
#[must_use]
pub fn latest_charts(kpis: &[Kpi], history: &History, now: Week, current: &[KpiWeek]) -> Charts {
    each(kpis, history, now, current, latest)
}

fn each(
    kpis: &[Kpi],
    history: &History,
    now: Week,
    current: &[KpiWeek],
    of: impl Fn(&Series, &Kpi, Week) -> Chart,
) -> Charts {
    let mut past = history.all_series();
    let readings: HashMap<&KpiId, _> = current.iter().map(|k| (&k.kpi, k.reading)).collect();
    kpis.iter()
        .map(|kpi| {
            let past = past.remove(&kpi.id).unwrap_or_default();
            let series = match readings.get(&kpi.id) {
                Some(reading) => past.with(now, *reading),
                None => past,
            };
            (kpi.id.clone(), Arc::new(of(&series, kpi, now)))
        })
        .collect()
}
