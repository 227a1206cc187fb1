//! What the rules may know: the week as it stands, the strategy with an index over it, and the weeks behind.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::behaviour::Behaviour;
use crate::insight::agreement::Revealed;
use crate::insight::forecast::Chances;
use crate::insight::pulse;
use crate::insight::tree::Tree;
use crate::model::alignment::PulseWeek;
use crate::model::finding::{Answer, Finding};
use crate::model::goal::Goal;
use crate::model::history::{History, WeekDigest};
use crate::model::id::{GoalId, KpiId, MemberId};
use crate::model::number::Finite;
use crate::model::record::{Action, Decision, Issue, Message};
use crate::model::review::Review;
use crate::model::snapshot::{GoalWeek, KpiWeek, Snapshot};
use crate::model::standing::Standing;
use crate::model::status::Status;
use crate::model::strategy::Strategy;
use crate::model::week::Week;
use crate::model::workspace::{Config, Workspace};

/// Everything that rules are held against. Made by [`Facts::of_review`] or [`Facts::of_standing`].
#[derive(Debug)]
pub struct Facts<'a> {
    /// People, teams, perspectives, thresholds.
    pub config: &'a Config,
    /// The strategy as it stands.
    pub strategy: &'a Strategy,
    /// The week that is looked at.
    pub week: Week,
    /// The day that is asked on.
    pub today: NaiveDate,
    /// The KPIs of the week.
    pub kpis: &'a [KpiWeek],
    /// The open goals of the week.
    pub goals: &'a [GoalWeek],
    /// Action items.
    pub actions: &'a [Action],
    /// Issues.
    pub issues: &'a [Issue],
    /// Decisions that stand open or were taken now.
    pub decisions: &'a [Decision],
    /// Messages to cascade.
    pub messages: &'a [Message],
    /// The check-ins of the week; none before they are revealed, so that no finding gives them away.
    pub check_ins: Revealed<'a>,
    /// What they said to the pulse, without names.
    pub pulse: Vec<PulseWeek>,
    /// The weeks behind.
    pub history: &'a History,
    /// The last sealed week before this one.
    pub previous: Option<&'a Snapshot>,
    pub(crate) tree: Tree<'a>,
    pub(super) stands: HashMap<&'a GoalId, &'a GoalWeek>,
    /// Put aside by an earlier review, and still so.
    pub(super) aside: Vec<(&'a Finding, &'a Answer)>,
    active: HashSet<&'a MemberId>,
    known: Option<&'a Behaviour>,
    worked_out: OnceCell<Behaviour>,
    chances: Option<&'a Chances>,
    worked_out_chances: OnceCell<Chances>,
}

/// A KPI in one of the weeks behind.
#[derive(Debug, Clone, Copy)]
pub(in crate::insight) struct PastKpi {
    pub(in crate::insight) week: Week,
    pub(in crate::insight) reading: Option<Finite>,
    pub(in crate::insight) status: Status,
}

/// The lists of open records, wherever they come from.
struct Open<'a> {
    actions: &'a [Action],
    issues: &'a [Issue],
    decisions: &'a [Decision],
    messages: &'a [Message],
}

impl<'a> Facts<'a> {
    /// The facts of a review in progress. Check-ins count once they are revealed.
    #[must_use]
    pub fn of_review(
        workspace: &'a Workspace,
        review: &'a Review,
        history: &'a History,
        kpis: &'a [KpiWeek],
        goals: &'a [GoalWeek],
        today: NaiveDate,
    ) -> Self {
        let open = Open {
            actions: &review.actions,
            issues: &review.issues,
            decisions: &review.decisions,
            messages: &review.messages,
        };
        let mut facts = Self::new(workspace, review.week, history, kpis, goals, today, &open);
        facts.check_ins = Revealed::of(review, &workspace.check_ins);
        facts.pulse = pulse::counted(&workspace.config.pulse, &facts.check_ins);
        // Sealed check-ins are without the answers to the pulse, and those of an older week may not be loaded at all.
        if let Some(sealed) = workspace.latest.as_deref().filter(|s| review.revealed && s.week == review.week) {
            if facts.check_ins.is_empty() {
                facts.check_ins = Revealed::sealed(sealed);
            }
            if facts.pulse.is_empty() {
                facts.pulse.clone_from(&sealed.pulse);
            }
        }
        // Whatever was said to it in this review puts it before the room again.
        facts.aside.retain(|(finding, answer)| review.answer(&finding.key) == Some(*answer));
        facts
    }

    /// The facts of a week without a review in progress: what stands open. Check-ins are left out, as nobody revealed them.
    #[must_use]
    pub fn of_standing(
        workspace: &'a Workspace,
        standing: &'a Standing,
        week: Week,
        history: &'a History,
        kpis: &'a [KpiWeek],
        goals: &'a [GoalWeek],
        today: NaiveDate,
    ) -> Self {
        let open = Open {
            actions: &standing.actions,
            issues: &standing.issues,
            decisions: &standing.decisions,
            messages: &standing.messages,
        };
        Self::new(workspace, week, history, kpis, goals, today, &open)
    }

    fn new(
        workspace: &'a Workspace,
        week: Week,
        history: &'a History,
        kpis: &'a [KpiWeek],
        goals: &'a [GoalWeek],
        today: NaiveDate,
        open: &Open<'a>,
    ) -> Self {
        // While a sealed week is corrected, it is the latest: it is not its own past.
        let previous = workspace.latest.as_deref().filter(|s| s.week < week);
        Self {
            config: &workspace.config,
            strategy: &workspace.strategy,
            week,
            today,
            kpis,
            goals,
            actions: open.actions,
            issues: open.issues,
            decisions: open.decisions,
            messages: open.messages,
            check_ins: Revealed::default(),
            pulse: Vec::new(),
            history,
            previous,
            aside: previous.map(|s| dismissals(s, week)).unwrap_or_default(),
            tree: Tree::of(&workspace.strategy),
            stands: goals.iter().map(|g| (&g.goal, g)).collect(),
            active: workspace.config.active().map(|m| &m.id).collect(),
            known: None,
            worked_out: OnceCell::new(),
            chances: None,
            worked_out_chances: OnceCell::new(),
        }
    }

    /// The same with what is known of the sealed weeks already. It must be of this strategy's KPIs, this history and this week;
    /// without it, it is worked out once when a rule asks.
    #[must_use]
    pub fn knowing(mut self, behaviour: &'a Behaviour) -> Self {
        self.known = Some(behaviour);
        self
    }

    /// What the readings of the weeks behind say of all KPIs together.
    pub(super) fn behaviour(&self) -> &Behaviour {
        let work_out = || Behaviour::of(&self.strategy.kpis, self.history, self.week);
        self.known.unwrap_or_else(|| self.worked_out.get_or_init(work_out))
    }

    /// The same with the chances of goals, which the check of what is realistic asks for. Without them they are worked out once
    /// when it asks: forecasts take longer than a frame may.
    #[must_use]
    pub fn with_chances(self, chances: &'a Chances) -> Self {
        Self { chances: Some(chances), ..self }
    }

    /// The chances of goals to be reached in time, the week's own readings included.
    pub(crate) fn chances(&self) -> &Chances {
        let current = |id: &KpiId| self.kpis.iter().find(|k| &k.kpi == id).and_then(|k| k.reading);
        let oldest = self.week.plus(-crate::insight::forecast::BEHIND);
        let series = |id: &KpiId| self.history.series_since(id, oldest).with(self.week, current(id));
        let work_out = || Chances::of(self.strategy, self.week, series);
        self.chances.unwrap_or_else(|| self.worked_out_chances.get_or_init(work_out))
    }

    /// Whether this is somebody who is still with the team.
    pub(crate) fn is_active(&self, member: &MemberId) -> bool {
        self.active.contains(member)
    }

    /// The sealed weeks before this one, newest first.
    pub(in crate::insight) fn past(&self) -> impl Iterator<Item = &'a WeekDigest> + '_ {
        self.history.weeks().iter().rev().filter(|w| w.week < self.week)
    }

    /// How a goal stands this week.
    pub(in crate::insight) fn stand(&self, goal: &Goal) -> Option<&'a GoalWeek> {
        self.stands.get(&goal.id).copied()
    }

    /// The last `weeks` sealed weeks before this one by KPI, newest first, in the weeks that knew it.
    pub(in crate::insight) fn kpi_past(&self, weeks: usize) -> HashMap<&'a KpiId, Vec<PastKpi>> {
        let mut past: HashMap<&KpiId, Vec<PastKpi>> = HashMap::new();
        for digest in self.past().take(weeks) {
            for ((kpi, reading), (_, status)) in digest.kpis.readings().zip(digest.kpis.statuses()) {
                past.entry(kpi).or_default().push(PastKpi { week: digest.week, reading, status });
            }
        }
        past
    }

    /// In how many of the last `weeks` sealed weeks before this one the status of a goal was unknown.
    pub(super) fn goal_silence(&self, weeks: usize) -> HashMap<&'a GoalId, usize> {
        let mut silence = HashMap::new();
        for known in self.past().take(weeks).flat_map(|w| &w.goals) {
            if known.status == Status::Unknown {
                *silence.entry(&known.goal).or_default() += 1;
            }
        }
        silence
    }
}

/// By the same condition as a review inherits dismissals, so that the two never disagree.
fn dismissals(previous: &Snapshot, week: Week) -> Vec<(&Finding, &Answer)> {
    let monday = week.monday();
    let is_aside = |answer: &&Answer| match answer {
        Answer::Dismissed { until, .. } => *until > monday,
        Answer::Accepted | Answer::Raised { .. } => false,
    };
    previous.findings.iter().filter_map(|f| Some((&f.finding, f.answer.as_ref().filter(is_aside)?))).collect()
}
