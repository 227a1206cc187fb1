//! The years behind: what trends, lists and search need of every week, without keeping whole snapshots.

use super::id::{GoalId, KpiId};
use super::number::Finite;
use super::record::{Action, Decision, Issue, Record};
use super::scale::Confidence;
use super::snapshot::Snapshot;
use super::status::Status;
use super::week::Week;

/// What is kept in memory of one sealed week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekDigest {
    /// The week.
    pub week: Week,
    /// The latest revision.
    pub revision: u32,
    /// Reading, computed status and mark by KPI.
    pub kpis: Vec<(KpiId, Option<Finite>, Status, Option<Status>)>,
    /// Status, progress and confidence by goal.
    pub goals: Vec<(GoalId, Status, Option<Finite>, Option<Confidence>)>,
    /// Decisions taken or reviewed in the week.
    pub decisions: Vec<Decision>,
    /// Action items promised or closed in the week.
    pub actions: Vec<Action>,
    /// Issues raised or closed in the week.
    pub issues: Vec<Issue>,
    /// Done and due among the commitments looked at.
    pub kept: (usize, usize),
    /// How many findings there were.
    pub findings: usize,
    /// The mean rating.
    pub rating: Option<Finite>,
    /// How long the review took, in minutes, and its time-box.
    pub minutes: (u32, u32),
}

impl WeekDigest {
    /// Extracts it from a snapshot.
    #[must_use]
    pub fn of(s: &Snapshot) -> Self {
        use super::record::{ActionState, DecisionState, IssueState};
        let now = s.week;
        Self {
            week: now,
            revision: s.revision,
            kpis: s.scorecard.iter().map(|k| (k.kpi.clone(), k.reading, k.computed, k.marked)).collect(),
            goals: s.goals.iter().map(|g| (g.goal.clone(), g.status(), g.progress, g.confidence)).collect(),
            decisions: s
                .decisions
                .iter()
                .filter(|d| d.decided == now || !matches!(d.state, DecisionState::Open))
                .cloned()
                .collect(),
            actions: s
                .actions
                .iter()
                .filter(|a| a.promised == now || !matches!(a.state, ActionState::Open))
                .cloned()
                .collect(),
            issues: s
                .issues
                .iter()
                .filter(|i| i.raised == now || !matches!(i.state, IssueState::Open))
                .cloned()
                .collect(),
            kept: s.kept(),
            findings: s.findings.len(),
            rating: super::record::mean_rating(&s.ratings),
            minutes: (s.used_seconds().div_ceil(60), s.time.iter().map(|t| u32::from(t.planned_minutes)).sum()),
        }
    }
}

/// The sealed weeks, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    weeks: Vec<WeekDigest>,
}

impl History {
    /// All weeks, oldest first.
    #[must_use]
    pub fn weeks(&self) -> &[WeekDigest] {
        &self.weeks
    }

    /// Adds a week or replaces it, whatever order they come in.
    pub fn insert(&mut self, digest: WeekDigest) {
        match self.weeks.binary_search_by_key(&digest.week, |w| w.week) {
            Ok(at) => {
                if self.weeks[at].revision <= digest.revision {
                    self.weeks[at] = digest;
                }
            }
            Err(at) => self.weeks.insert(at, digest),
        }
    }

    /// The week, if it was sealed.
    #[must_use]
    pub fn week(&self, week: Week) -> Option<&WeekDigest> {
        self.weeks.binary_search_by_key(&week, |w| w.week).ok().map(|at| &self.weeks[at])
    }

    /// The readings of a KPI by week, oldest first; weeks without one are `None`.
    pub fn readings<'a>(
        &'a self,
        kpi: &'a KpiId,
    ) -> impl DoubleEndedIterator<Item = (Week, Option<Finite>, Status)> + 'a {
        self.weeks.iter().map(move |w| {
            let found = w.kpis.iter().find(|(id, ..)| id == kpi);
            (w.week, found.and_then(|k| k.1), found.map_or(Status::Unknown, |k| k.3.unwrap_or(k.2)))
        })
    }

    /// The standing of a goal by week, oldest first, in the weeks that knew it.
    pub fn goal<'a>(
        &'a self,
        goal: &'a GoalId,
    ) -> impl DoubleEndedIterator<Item = (Week, Status, Option<Finite>, Option<Confidence>)> + 'a {
        self.weeks
            .iter()
            .filter_map(move |w| w.goals.iter().find(|(id, ..)| id == goal).map(|g| (w.week, g.1, g.2, g.3)))
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

/// Keeps the first of each id.
fn latest<'a, T: Record>(all: impl Iterator<Item = &'a T>) -> Vec<&'a T> {
    let mut seen = std::collections::HashSet::new();
    all.filter(|r| seen.insert(r.id().as_ref().to_owned())).collect()
}
