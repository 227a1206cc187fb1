//! What the rules may know: the week as it stands, the strategy with an index over it, and the weeks behind.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::insight::tree::Tree;
use crate::model::checkin::CheckIn;
use crate::model::goal::Goal;
use crate::model::history::{History, WeekDigest};
use crate::model::id::{GoalId, MemberId};
use crate::model::record::{Action, Decision, Issue, Message};
use crate::model::review::Review;
use crate::model::snapshot::{GoalWeek, KpiWeek, Snapshot};
use crate::model::standing::Standing;
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
    pub check_ins: Vec<&'a CheckIn>,
    /// The weeks behind.
    pub history: &'a History,
    /// The last sealed week before this one.
    pub previous: Option<&'a Snapshot>,
    pub(super) tree: Tree<'a>,
    #[allow(dead_code)]
    pub(super) stands: HashMap<&'a GoalId, &'a GoalWeek>,
    active: HashSet<&'a MemberId>,
}

/// The lists of open records, wherever they come from.
struct Open<'a> {
    actions: &'a [Action],
    issues: &'a [Issue],
    decisions: &'a [Decision],
    messages: &'a [Message],
}

#[allow(dead_code)] // used by the rules to come
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
        if review.revealed {
            facts.check_ins = workspace.check_ins.iter().filter(|c| c.week == review.week).collect();
        }
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
            check_ins: Vec::new(),
            history,
            // While a sealed week is corrected, it is the latest: it is not its own past.
            previous: workspace.latest.as_deref().filter(|s| s.week < week),
            tree: Tree::of(&workspace.strategy),
            stands: goals.iter().map(|g| (&g.goal, g)).collect(),
            active: workspace.config.active().map(|m| &m.id).collect(),
        }
    }

    /// Whether this is somebody who is still with the team.
    pub(super) fn is_active(&self, member: &MemberId) -> bool {
        self.active.contains(member)
    }

    /// The sealed weeks before this one, newest first.
    pub(super) fn past(&self) -> impl Iterator<Item = &'a WeekDigest> + '_ {
        self.history.weeks().iter().rev().filter(|w| w.week < self.week)
    }

    /// How a goal stands this week.
    pub(super) fn stand(&self, goal: &Goal) -> Option<&'a GoalWeek> {
        self.stands.get(&goal.id).copied()
    }
}
