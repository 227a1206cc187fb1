//! The KPIs of a sealed week in columns: most of what is kept of twenty years, so it is kept in few bytes.

use std::sync::Arc;

use super::digest::KpiDigest;
use super::id::KpiId;
use super::kpi::Aim;
use super::number::Finite;
use super::status::Status;

/// The KPIs of a sealed week, in the order of its scorecard. Which they are and what was to be reached hardly changes from
/// week to week: weeks share it.
#[derive(Debug, Clone, Default)]
pub struct Kpis {
    known: Arc<[(KpiId, Aim)]>,
    /// NaN where there is none: an option would take twice the room.
    readings: Box<[f64]>,
    /// Computed and marked.
    stands: Box<[(Status, Option<Status>)]>,
}

impl Kpis {
    /// Of these KPIs, with the reading of each, the status by the rule and the one the team marked. What one side has more
    /// than the other is left out.
    #[must_use]
    pub fn of(
        known: Arc<[(KpiId, Aim)]>,
        rows: impl IntoIterator<Item = (Option<Finite>, Status, Option<Status>)>,
    ) -> Self {
        let (mut readings, mut stands) = (Vec::with_capacity(known.len()), Vec::with_capacity(known.len()));
        for (reading, computed, marked) in rows.into_iter().take(known.len()) {
            readings.push(reading.map_or(f64::NAN, Finite::get));
            stands.push((computed, marked));
        }
        let known = if readings.len() == known.len() { known } else { known[..readings.len()].into() };
        Self { known, readings: readings.into(), stands: stands.into() }
    }

    /// Which they are, and what was to be reached.
    #[must_use]
    pub fn known(&self) -> &Arc<[(KpiId, Aim)]> {
        &self.known
    }

    /// The KPI at a place.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<KpiDigest> {
        let ((kpi, aim), (computed, marked)) = (self.known.get(at)?, *self.stands.get(at)?);
        Some(KpiDigest { kpi: kpi.clone(), reading: self.reading(at), aim: *aim, computed, marked })
    }

    /// The reading at a place.
    #[must_use]
    pub fn reading(&self, at: usize) -> Option<Finite> {
        self.readings.get(at).copied().and_then(Finite::new)
    }

    /// The status that counts, at a place.
    #[must_use]
    pub fn status(&self, at: usize) -> Option<Status> {
        self.stands.get(at).map(|(computed, marked)| marked.unwrap_or(*computed))
    }

    /// Each KPI.
    pub fn iter(&self) -> impl Iterator<Item = KpiDigest> + '_ {
        (0..self.known.len()).filter_map(|at| self.get(at))
    }

    /// Each KPI's reading.
    pub fn readings(&self) -> impl Iterator<Item = (&KpiId, Option<Finite>)> {
        self.known.iter().zip(&self.readings).map(|((kpi, _), reading)| (kpi, Finite::new(*reading)))
    }

    /// Each KPI's status that counts.
    pub fn statuses(&self) -> impl Iterator<Item = (&KpiId, Status)> {
        self.known.iter().zip(&self.stands).map(|((kpi, _), (computed, marked))| (kpi, marked.unwrap_or(*computed)))
    }

    /// Takes what another week has in common with this one from there, so that it is in memory once.
    pub(super) fn share(&mut self, beside: &Self) {
        if !Arc::ptr_eq(&self.known, &beside.known) && self.known == beside.known {
            self.known = Arc::clone(&beside.known);
        }
    }
}

impl FromIterator<KpiDigest> for Kpis {
    fn from_iter<I: IntoIterator<Item = KpiDigest>>(all: I) -> Self {
        let split = |k: KpiDigest| ((k.kpi, k.aim), (k.reading, k.computed, k.marked));
        let (known, rows): (Vec<_>, Vec<_>) = all.into_iter().map(split).unzip();
        Self::of(known.into(), rows)
    }
}

impl From<Vec<KpiDigest>> for Kpis {
    fn from(all: Vec<KpiDigest>) -> Self {
        all.into_iter().collect()
    }
}

impl PartialEq for Kpis {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Kpis {}

#[cfg(test)]
mod tests {
    use super::*;

    fn kpi(id: &str, reading: Option<i32>) -> KpiDigest {
        KpiDigest {
            kpi: id.parse().unwrap(),
            reading: reading.map(Finite::from),
            aim: Aim::Nothing,
            computed: Status::Unknown,
            marked: Some(Status::AtRisk),
        }
    }

    #[test]
    fn what_is_put_into_columns_comes_out_of_them() {
        let all = vec![kpi("orders", Some(0)), kpi("waste", None)];
        let columns = Kpis::from(all.clone());
        assert_eq!(columns.iter().collect::<Vec<_>>(), all);
        assert_eq!(columns, Kpis::from(all), "a week without a reading is like itself");
        assert_ne!(columns, Kpis::from(vec![kpi("orders", Some(0)), kpi("waste", Some(0))]));
        assert_eq!((columns.reading(0), columns.reading(1), columns.get(2)), (Some(Finite::ZERO), None, None));
    }

    #[test]
    fn columns_of_unlike_length_keep_what_both_have() {
        let known: Arc<[_]> = Kpis::from(vec![kpi("orders", None), kpi("waste", None)]).known().clone();
        let short = Kpis::of(Arc::clone(&known), [(None, Status::OnTrack, None)]);
        let long = Kpis::of(known, [(None, Status::OnTrack, None); 3]);
        assert_eq!((short.iter().count(), long.iter().count()), (1, 2));
    }
}
