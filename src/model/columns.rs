//! The KPIs of a sealed week in columns: most of what is kept of twenty years, so it is kept in few bytes.

use std::sync::Arc;

use super::digest::KpiDigest;
use super::id::KpiId;
use super::kpi::Aim;
use super::number::Finite;
use super::status::Status;

/// The KPIs of a sealed week, in the order of its scorecard. Which they are and what was to be reached hardly changes from
/// week to week: weeks share it. How they stood is kept as bytes, by themselves or within those of other weeks: first a byte for
/// each status, then eight for each reading.
#[derive(Debug, Clone, Default)]
pub struct Kpis {
    known: Arc<[(KpiId, Aim)]>,
    bytes: Arc<Vec<u8>>,
    /// Where the first byte is.
    at: usize,
}

/// How many bytes a KPI has.
const WIDE: usize = 9;

impl Kpis {
    /// Of these KPIs, with the reading of each, the status by the rule and the one the team marked. What one side has more
    /// than the other is left out.
    #[must_use]
    pub fn of(
        known: Arc<[(KpiId, Aim)]>,
        rows: impl IntoIterator<Item = (Option<Finite>, Status, Option<Status>)>,
    ) -> Self {
        let (mut bytes, mut readings) = (Vec::with_capacity(known.len() * WIDE), Vec::with_capacity(known.len()));
        for (reading, computed, marked) in rows.into_iter().take(known.len()) {
            bytes.push(Status::bits(Some(computed)) | Status::bits(marked) << 3);
            readings.push(reading);
        }
        readings.iter().for_each(|reading| bytes.extend(Finite::bytes(*reading)));
        let known = if readings.len() == known.len() { known } else { known[..readings.len()].into() };
        Self { known, bytes: Arc::new(bytes), at: 0 }
    }

    /// Of these KPIs, as [`Kpis::packed`] gave it, from a place of `bytes` on. None where they end before.
    #[must_use]
    pub fn within(known: Arc<[(KpiId, Aim)]>, bytes: &Arc<Vec<u8>>, at: usize) -> Option<Self> {
        bytes.get(at..at.checked_add(known.len() * WIDE)?)?;
        Some(Self { known, bytes: Arc::clone(bytes), at })
    }

    /// How they stood, in bytes.
    #[must_use]
    pub fn packed(&self) -> &[u8] {
        self.bytes.get(self.at..self.at + self.known.len() * WIDE).unwrap_or_default()
    }

    /// Which they are, and what was to be reached.
    #[must_use]
    pub fn known(&self) -> &Arc<[(KpiId, Aim)]> {
        &self.known
    }

    /// The KPI at a place.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<KpiDigest> {
        let ((kpi, aim), (computed, marked)) = (self.known.get(at)?, self.stands(at)?);
        Some(KpiDigest { kpi: kpi.clone(), reading: self.reading(at), aim: *aim, computed, marked })
    }

    /// The reading at a place.
    #[must_use]
    pub fn reading(&self, at: usize) -> Option<Finite> {
        let from = self.known.len() + at * 8;
        Finite::of_bytes(*self.packed().get(from..)?.first_chunk()?)
    }

    /// The status that counts, at a place.
    #[must_use]
    pub fn status(&self, at: usize) -> Option<Status> {
        self.stands(at).map(|(computed, marked)| marked.unwrap_or(computed))
    }

    /// Computed and marked.
    fn stands(&self, at: usize) -> Option<(Status, Option<Status>)> {
        let bits = self.packed()[..self.known.len()].get(at)?;
        Some((Status::of_bits(bits & 7)??, Status::of_bits(bits >> 3 & 7)?))
    }

    /// Each KPI.
    pub fn iter(&self) -> impl Iterator<Item = KpiDigest> + '_ {
        (0..self.known.len()).filter_map(|at| self.get(at))
    }

    /// Each KPI's reading.
    pub fn readings(&self) -> impl Iterator<Item = (&KpiId, Option<Finite>)> {
        let (readings, _) = self.packed()[self.known.len()..].as_chunks();
        self.known.iter().zip(readings).map(|((kpi, _), bytes)| (kpi, Finite::of_bytes(*bytes)))
    }

    /// Each KPI's status that counts.
    pub fn statuses(&self) -> impl Iterator<Item = (&KpiId, Status)> {
        (0..).zip(self.known.iter()).filter_map(|(at, (kpi, _))| Some((kpi, self.status(at)?)))
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
