//! The years behind: what trends, lists and search need of every week, without keeping whole snapshots.

use std::collections::BTreeMap;

use super::alignment::Agreement;
use super::id::{GoalId, KpiId, StatementId};
use super::number::Finite;
use super::record::{Action, Decision, Issue, Record};
use super::scale::Confidence;
use super::series::Series;
use super::snapshot::Snapshot;
use super::status::Status;
use super::week::Week;

/// A KPI in a sealed week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KpiDigest {
    /// Which.
    pub kpi: KpiId,
    /// The reading.
    pub reading: Option<Finite>,
    /// The status by the rule.
    pub computed: Status,
    /// The status the team marked.
    pub marked: Option<Status>,
}

impl KpiDigest {
    /// The status that counts: the team's mark where there is one, else the computed.
    #[must_use]
    pub fn status(&self) -> Status {
        self.marked.unwrap_or(self.computed)
    }
}

/// A goal in a sealed week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalDigest {
    /// Which.
    pub goal: GoalId,
    /// The status that counted.
    pub status: Status,
    /// Progress, 0 to 1.
    pub progress: Option<Finite>,
    /// How sure the team was.
    pub confidence: Option<Confidence>,
}

/// The alignment of a sealed week.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AlignmentDigest {
    /// The index, 0 to 100.
    pub index: Option<Finite>,
    /// The score of each dimension by its id, 0 to 100.
    pub dimensions: Vec<(String, Option<Finite>)>,
    /// How far people agreed, if this week revealed it.
    pub agreement: Option<Agreement>,
    /// The mean answer to each statement of the pulse, 1 to 5; none below four answers.
    pub pulse: Vec<(StatementId, Option<Finite>)>,
}

impl AlignmentDigest {
    fn of(s: &Snapshot) -> Self {
        let sealed = s.alignment.as_ref();
        Self {
            index: sealed.and_then(|a| a.index),
            dimensions: sealed
                .map(|a| a.dimensions.iter().map(|d| (d.id.clone(), d.score)).collect())
                .unwrap_or_default(),
            agreement: sealed.and_then(|a| a.agreement.clone()).filter(|a| a.week == s.week),
            pulse: s.pulse.iter().map(|p| (p.statement.clone(), p.mean())).collect(),
        }
    }

    /// The score of a dimension.
    #[must_use]
    pub fn score(&self, dimension: &str) -> Option<Finite> {
        self.dimensions.iter().find(|(id, _)| id == dimension).and_then(|(_, score)| *score)
    }
}

/// How a review was held, beside what it said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Conduct {
    /// Whether it began in the week that it is about.
    pub on_time: bool,
    /// How many checked in, of those with the team; none when nothing was revealed.
    pub checked_in: Option<(usize, usize)>,
    /// How many messages were reported as told.
    pub told: usize,
}

impl Conduct {
    fn of(s: &Snapshot) -> Self {
        let active = s.people.iter().filter(|p| p.is_active()).count();
        Self {
            on_time: Week::of(s.started.date_naive()) == s.week,
            checked_in: (!s.check_ins.is_empty()).then_some((s.check_ins.len(), active.max(s.check_ins.len()))),
            told: s.messages.iter().filter(|m| m.delivered == Some(s.week)).count(),
        }
    }
}

/// What is kept in memory of one sealed week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekDigest {
    /// The week.
    pub week: Week,
    /// The latest revision.
    pub revision: u32,
    /// The KPIs.
    pub kpis: Vec<KpiDigest>,
    /// The goals that were open.
    pub goals: Vec<GoalDigest>,
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
    /// How it was held.
    pub conduct: Conduct,
    /// How well everything fitted together.
    pub alignment: AlignmentDigest,
}

impl WeekDigest {
    /// What was known of a KPI.
    #[must_use]
    pub fn kpi(&self, id: &KpiId) -> Option<&KpiDigest> {
        self.kpis.iter().find(|k| &k.kpi == id)
    }

    /// Extracts it from a snapshot.
    #[must_use]
    pub fn of(s: &Snapshot) -> Self {
        use super::record::{ActionState, DecisionState, IssueState};
        let now = s.week;
        Self {
            week: now,
            revision: s.revision,
            kpis: s
                .scorecard
                .iter()
                .map(|k| KpiDigest { kpi: k.kpi.clone(), reading: k.reading, computed: k.computed, marked: k.marked })
                .collect(),
            goals: s
                .goals
                .iter()
                .map(|g| GoalDigest {
                    goal: g.goal.clone(),
                    status: g.status(),
                    progress: g.progress,
                    confidence: g.confidence,
                })
                .collect(),
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
            conduct: Conduct::of(s),
            alignment: AlignmentDigest::of(s),
        }
    }
}

/// The sealed weeks, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    weeks: Vec<WeekDigest>,
    imported: BTreeMap<KpiId, BTreeMap<Week, Finite>>,
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
        let mut readings = self.imported.get(kpi).cloned().unwrap_or_default();
        let sealed = self.weeks.iter().filter_map(|w| Some((w.week, w.kpi(kpi)?.reading?)));
        readings.extend(sealed);
        readings.into_iter().collect()
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
            let found = w.kpi(kpi);
            (w.week, found.and_then(|k| k.reading), found.map_or(Status::Unknown, KpiDigest::status))
        })
    }

    /// The standing of a goal by week, oldest first, in the weeks that knew it.
    pub fn goal<'a>(&'a self, goal: &'a GoalId) -> impl DoubleEndedIterator<Item = (Week, &'a GoalDigest)> + 'a {
        self.weeks.iter().filter_map(move |w| w.goals.iter().find(|g| &g.goal == goal).map(|g| (w.week, g)))
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
