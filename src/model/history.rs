//! The years behind: what trends, lists and search need of every week, without keeping whole snapshots.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::id::{CardId, GoalId, KpiId};
use super::number::Finite;
use super::quarter::Quarter;
use super::quarterly::QuarterSnapshot;
use super::record::{Action, Decision, Issue, Record};
use super::register::Card;
use super::series::Series;
use super::status::Status;
use super::week::Week;

pub use super::digest::{AlignmentDigest, Conduct, GoalDigest, KpiDigest, Solved, Topic, WeekDigest, Words};

/// The sealed weeks, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    weeks: Vec<WeekDigest>,
    imported: BTreeMap<KpiId, BTreeMap<Week, Finite>>,
    quarters: Vec<Arc<QuarterSnapshot>>,
}

impl History {
    /// All weeks, oldest first.
    #[must_use]
    pub fn weeks(&self) -> &[WeekDigest] {
        &self.weeks
    }

    /// Adds a week or replaces it, whatever order they come in. Goals that the weeks beside it have in the same words are
    /// kept once for all of them.
    pub fn insert(&mut self, mut digest: WeekDigest) {
        let place = self.weeks.binary_search_by_key(&digest.week, |w| w.week);
        let at = place.unwrap_or_else(|at| at);
        let beside = [at.checked_sub(1), Some(at)].into_iter().flatten().filter_map(|at| self.weeks.get(at));
        beside.for_each(|near| digest.share(near));
        match place {
            Ok(at) => {
                if self.weeks[at].revision <= digest.revision {
                    self.weeks[at] = digest;
                }
            }
            Err(at) => self.weeks.insert(at, digest),
        }
    }

    /// Adds readings that were brought in from elsewhere, for weeks of which no review tells. A later one of a week replaces
    /// an earlier one.
    pub fn import(&mut self, readings: impl IntoIterator<Item = (KpiId, Week, Finite)>) {
        for (kpi, week, value) in readings {
            self.imported.entry(kpi).or_default().insert(week, value);
        }
    }

    /// The readings of a KPI that were brought in from elsewhere.
    #[must_use]
    pub fn imported(&self, kpi: &KpiId) -> Option<&BTreeMap<Week, Finite>> {
        self.imported.get(kpi)
    }

    /// The readings of a KPI, week by week. What a review sealed counts before what was brought in; where it sealed the KPI
    /// without a reading, or did not know it, the reading brought in fills the gap.
    #[must_use]
    pub fn series(&self, kpi: &KpiId) -> Series {
        self.series_of(&self.weeks, self.imported.get(kpi).into_iter().flatten(), kpi)
    }

    /// The end of [`History::series`]: what lies in the last `weeks` weeks up to `now`, or up to the newest sealed week where
    /// that is later. It takes the time of those weeks alone, however many there are.
    #[must_use]
    pub fn last_series(&self, kpi: &KpiId, now: Week, weeks: usize) -> Series {
        let newest = self.weeks.last().map_or(now, |w| w.week.max(now));
        self.series_since(kpi, newest.plus(i32::try_from(weeks).map_or(i32::MIN, |n| -n)))
    }

    /// The end of [`History::series`] from a week on.
    #[must_use]
    pub fn series_since(&self, kpi: &KpiId, first: Week) -> Series {
        let sealed = &self.weeks[self.weeks.partition_point(|w| w.week < first)..];
        let imported = self.imported.get(kpi).into_iter().flat_map(|all| all.range(first..));
        self.series_of(sealed, imported, kpi)
    }

    fn series_of<'a>(
        &self,
        sealed: &[WeekDigest],
        imported: impl Iterator<Item = (&'a Week, &'a Finite)>,
        kpi: &KpiId,
    ) -> Series {
        let mut near = Near::default();
        let sealed = sealed.iter().filter_map(|w| Some((w.week, w.kpis.reading(near.kpi(w, kpi)?)?)));
        imported.map(|(week, value)| (*week, *value)).chain(sealed).collect()
    }

    /// What [`History::series`] gives of one KPI, of all of them in one pass.
    #[must_use]
    pub fn all_series(&self) -> HashMap<&KpiId, Series> {
        let mut columns = Columns { weeks: self.weeks.len(), ..Columns::default() };
        for (kpi, imported) in &self.imported {
            let at = columns.place(kpi);
            columns.all[at].1.extend(imported.iter().map(|(week, value)| (*week, *value)));
        }
        let mut places: (Option<&Arc<[_]>>, Vec<usize>) = (None, Vec::new());
        for WeekDigest { week, kpis, .. } in &self.weeks {
            let known = kpis.known();
            // Twenty years have the same KPIs for most of their weeks: ids are looked up where they differ.
            if places.0.is_none_or(|before| !Arc::ptr_eq(before, known)) {
                places = (Some(known), known.iter().map(|(kpi, _)| columns.place(kpi)).collect());
            }
            for ((_, reading), at) in kpis.readings().zip(&places.1) {
                if let Some(value) = reading {
                    columns.all[*at].1.push((*week, value));
                }
            }
        }
        columns.all.into_iter().map(|(kpi, all)| (kpi, all.into_iter().collect())).collect()
    }

    /// The sealed quarters, oldest first. There are four a year: they are kept whole.
    #[must_use]
    pub fn quarters(&self) -> &[Arc<QuarterSnapshot>] {
        &self.quarters
    }

    /// The quarter, if it was sealed.
    #[must_use]
    pub fn quarter(&self, quarter: Quarter) -> Option<&Arc<QuarterSnapshot>> {
        self.quarters.binary_search_by_key(&quarter, |s| s.quarter()).ok().map(|at| &self.quarters[at])
    }

    /// The newest sealed quarter before this one.
    #[must_use]
    pub fn quarter_before(&self, quarter: Quarter) -> Option<&Arc<QuarterSnapshot>> {
        self.quarters[..self.quarters.partition_point(|s| s.quarter() < quarter)].last()
    }

    /// Adds a sealed quarter or replaces it, whatever order they come in.
    pub fn insert_quarter(&mut self, sealed: Arc<QuarterSnapshot>) {
        match self.quarters.binary_search_by_key(&sealed.quarter(), |s| s.quarter()) {
            Ok(at) if self.quarters[at].revision <= sealed.revision => self.quarters[at] = sealed,
            Ok(_) => {}
            Err(at) => self.quarters.insert(at, sealed),
        }
    }

    /// The week, if it was sealed.
    #[must_use]
    pub fn week(&self, week: Week) -> Option<&WeekDigest> {
        self.weeks.binary_search_by_key(&week, |w| w.week).ok().map(|at| &self.weeks[at])
    }

    /// The readings of a KPI by week up to and including `until`, oldest first; weeks without one are `None`. Who looks at the
    /// last few takes them from the end: weeks are passed only as far as one goes.
    pub fn readings<'a>(
        &'a self,
        kpi: &'a KpiId,
        until: Week,
    ) -> impl DoubleEndedIterator<Item = (Option<Finite>, Status)> + 'a {
        let mut near = Near::default();
        self.weeks[..self.weeks.partition_point(|w| w.week <= until)].iter().map(move |w| {
            let found = near.kpi(w, kpi);
            let status = found.and_then(|at| w.kpis.status(at)).unwrap_or(Status::Unknown);
            (found.and_then(|at| w.kpis.reading(at)), status)
        })
    }

    /// The standing of a goal by week, oldest first, in the weeks that knew it.
    pub fn goal<'a>(&'a self, goal: &'a GoalId) -> impl DoubleEndedIterator<Item = (Week, &'a GoalDigest)> + 'a {
        let mut near = Near::default();
        self.weeks.iter().filter_map(move |w| near.goal(w, goal).map(|g| (w.week, g)))
    }

    /// A card of a register by week, oldest first, in the weeks that knew it.
    pub fn card<'a>(&'a self, card: &'a CardId) -> impl DoubleEndedIterator<Item = (Week, &'a Card)> + 'a {
        let mut near = Near::default();
        self.weeks.iter().filter_map(move |w| near.find(&w.cards, |c| &c.id == card).map(|c| (w.week, c.as_ref())))
    }

    /// Every decision ever taken, in its latest state, newest first.
    #[must_use]
    pub fn decisions(&self) -> Vec<&Decision> {
        latest(self.weeks.iter().rev().flat_map(|w| w.decisions.iter().rev()))
    }

    /// Every action item ever promised, in its latest known state, newest first.
    #[must_use]
    pub fn actions(&self) -> Vec<&Action> {
        latest(self.weeks.iter().rev().flat_map(|w| w.actions.iter().rev()))
    }

    /// Every issue ever raised, in its latest known state, newest first.
    #[must_use]
    pub fn issues(&self) -> Vec<&Issue> {
        latest(self.weeks.iter().rev().flat_map(|w| w.issues.iter().rev()))
    }

    /// Every issue that was ever solved, as it was solved last, newest first.
    #[must_use]
    pub fn solved(&self) -> Vec<&Solved> {
        let mut seen = HashSet::new();
        self.weeks.iter().rev().flat_map(|w| w.solved.iter().rev()).filter(|s| seen.insert(&s.issue)).collect()
    }

    /// Done and due over the last `weeks` sealed weeks up to and including `until`.
    #[must_use]
    pub fn kept_over(&self, weeks: usize, until: Week) -> (usize, usize) {
        self.weeks
            .iter()
            .rev()
            .filter(|w| w.week <= until)
            .take(weeks)
            .fold((0, 0), |(done, due), w| (done + w.kept.0, due + w.kept.1))
    }
}

/// The readings of each KPI, oldest first, while they are gathered.
#[derive(Debug, Default)]
struct Columns<'a> {
    /// How many each may have.
    weeks: usize,
    all: Vec<(&'a KpiId, Vec<(Week, Finite)>)>,
    places: HashMap<&'a KpiId, usize>,
}

impl<'a> Columns<'a> {
    fn place(&mut self, kpi: &'a KpiId) -> usize {
        let all = &mut self.all;
        *self.places.entry(kpi).or_insert_with(|| {
            all.push((kpi, Vec::with_capacity(self.weeks)));
            all.len() - 1
        })
    }
}

/// Where something was found in the week before: in the next one it most often has the same place in the list.
#[derive(Debug, Default)]
struct Near(usize);

impl Near {
    fn kpi(&mut self, week: &WeekDigest, kpi: &KpiId) -> Option<usize> {
        self.find(week.kpis.known(), |(known, _)| known == kpi).map(|_| self.0)
    }

    fn goal<'a>(&mut self, week: &'a WeekDigest, goal: &GoalId) -> Option<&'a GoalDigest> {
        self.find(&week.goals, |g| &g.goal == goal)
    }

    fn find<'a, T>(&mut self, all: &'a [T], is_it: impl Fn(&T) -> bool) -> Option<&'a T> {
        if let Some(there) = all.get(self.0).filter(|one| is_it(one)) {
            return Some(there);
        }
        let at = all.iter().position(is_it)?;
        self.0 = at;
        all.get(at)
    }
}

/// Keeps the first of each id.
fn latest<'a, T: Record>(all: impl Iterator<Item = &'a T>) -> Vec<&'a T> {
    let mut seen = HashSet::new();
    all.filter(|r| seen.insert(r.id().as_ref().to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::goal::{Goal, Kind};

    fn week(week: &str, titles: &[(&str, &str)]) -> WeekDigest {
        let goal = |(id, title): &(&str, &str)| Arc::new(Goal::new(id.parse().unwrap(), *title, Kind::Goal));
        WeekDigest { plan: titles.iter().map(goal).collect(), ..WeekDigest::empty(week.parse().unwrap()) }
    }

    #[test]
    fn goals_that_did_not_change_are_kept_once_whatever_order_the_weeks_come_in() {
        let mut history = History::default();
        let bread = ("bread", "Bake more bread");
        history.insert(week("2026-W03", &[("shop", "Open a shop"), bread, ("tea", "Serve tea")]));
        history.insert(week("2026-W01", &[("shop", "Open a stall"), bread]));
        history.insert(week("2026-W02", &[("new", "Try rye"), ("shop", "Open a stall"), bread]));
        let plan = |at: usize, id: &str| history.weeks()[at].planned(&id.parse().unwrap()).unwrap();
        assert!(Arc::ptr_eq(plan(0, "bread"), plan(1, "bread")) && Arc::ptr_eq(plan(1, "bread"), plan(2, "bread")));
        assert!(Arc::ptr_eq(plan(0, "shop"), plan(1, "shop")));
        assert_eq!((plan(1, "shop").title.as_str(), plan(2, "shop").title.as_str()), ("Open a stall", "Open a shop"));
        assert_eq!(plan(1, "new").title, "Try rye");
    }
}
