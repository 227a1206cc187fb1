//! What a roll-up takes from one workspace: small, so that two hundred of them fit where one was.

use std::path::PathBuf;

use chrono::NaiveDate;

use super::Counts;
use crate::insight::tree::Tree;
use crate::model::far::FarGoal;
use crate::model::goal::{Goal, GoalState};
use crate::model::id::{GoalId, KpiId, ThemeId, WorkspaceId};
use crate::model::number::Finite;
use crate::model::passed::{Arrived, Reply, What};
use crate::model::record::{Issue, IssueState};
use crate::model::snapshot::Snapshot;
use crate::model::status::Status;
use crate::model::strategy::Strategy;
use crate::model::week::Week;
use crate::model::workspace::Config;

/// What a roll-up shows of one workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Its folder.
    pub folder: PathBuf,
    /// Its id.
    pub id: WorkspaceId,
    /// Its name.
    pub name: String,
    /// The current week there.
    pub now: Week,
    /// Its themes with their names, in its order.
    pub themes: Vec<(ThemeId, String)>,
    /// Its goals, in file order.
    pub goals: Vec<SummaryGoal>,
    /// Its newest review; none before the first.
    pub review: Option<Reviewed>,
    /// What other workspaces passed on to it.
    pub passed: Vec<PassedOn>,
}

/// A goal of a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummaryGoal {
    /// Its id.
    pub id: GoalId,
    /// Its title.
    pub title: String,
    /// Which kind of goal it is, in words.
    pub kind: &'static str,
    /// Who answers for it, by name.
    pub owner: Option<String>,
    /// The goal above it in its own workspace, by place.
    pub parent: Option<usize>,
    /// Its theme among its workspace's, its own or that of a goal above it there.
    pub theme: Option<usize>,
    /// Whether it is marked by hand: open, and without an open child in its workspace.
    pub is_leaf: bool,
    /// How it stands.
    pub stood: Stood,
    /// How far it is, 0 to 1.
    pub progress: Option<Finite>,
    /// The goal of another workspace that it supports.
    pub supports: Option<Support>,
}

/// How a goal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stood {
    /// Pursued, with this status in the newest review; unknown when that did not know it.
    Open(Status),
    /// Reached or given up, in a word.
    Closed(&'static str),
}

/// A link to a goal of another workspace, and where it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Support {
    /// The goal.
    pub to: FarGoal,
    /// Line and column in `strategy/goals.ron`, from 1; both 1 until they are known.
    pub place: (usize, usize),
    /// The line as it stands there.
    pub excerpt: String,
}

/// What the newest review says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewed {
    /// Its week.
    pub week: Week,
    /// The day it was sealed.
    pub sealed: NaiveDate,
    /// The alignment index, 0 to 100.
    pub index: Option<Finite>,
    /// How far the members' orders of the themes agree: the mean rank correlation, -1 to 1.
    pub agreement: Option<Finite>,
    /// Its KPIs by status.
    pub kpis: Counts,
    /// The KPIs that were off track.
    pub red: Vec<RedKpi>,
    /// How many issues stood open.
    pub open_issues: usize,
}

/// A KPI that was off track.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedKpi {
    /// Its id.
    pub kpi: KpiId,
    /// Its name.
    pub name: String,
    /// Who answers for it, by name.
    pub owner: Option<String>,
    /// The reading, with its unit.
    pub reading: Option<String>,
    /// What was to be reached, with its unit.
    pub target: Option<String>,
}

/// Something that another workspace passed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassedOn {
    /// What it is known by where it arrived.
    pub key: String,
    /// The workspace that it comes from.
    pub from: WorkspaceId,
    /// That workspace's name.
    pub name: String,
    /// The week it was passed on in.
    pub week: Week,
    /// `issue` or `message`.
    pub kind: &'static str,
    /// It in one line.
    pub text: String,
    /// What came of it, in words; none while it waits.
    pub answer: Option<String>,
}

impl Summary {
    /// What a roll-up needs of a workspace, of its strategy's goals and themes and its newest review.
    #[must_use]
    pub fn of(
        folder: PathBuf,
        config: &Config,
        strategy: &Strategy,
        latest: Option<&Snapshot>,
        arrived: &[Arrived],
        today: NaiveDate,
    ) -> Self {
        let tree = Tree::of(strategy);
        let places: std::collections::HashMap<&GoalId, usize> =
            strategy.goals.iter().enumerate().rev().map(|(at, g)| (&g.id, at)).collect();
        let stands: std::collections::HashMap<&GoalId, (Status, Option<Finite>)> =
            latest.iter().flat_map(|s| &s.goals).map(|g| (&g.goal, (g.status(), g.progress))).collect();
        let theme = |g: &Goal| {
            let theme = tree.theme_of(&g.id)?;
            strategy.north_star.themes.iter().position(|t| t.id == theme.id)
        };
        let goal = |g: &Goal| {
            let stood = stands.get(&g.id);
            SummaryGoal {
                id: g.id.clone(),
                title: g.title.clone(),
                kind: g.kind.label(),
                owner: g.owner.as_ref().map(|m| config.name_of(m).to_owned()),
                parent: g.parent.as_ref().and_then(|p| places.get(p).copied()),
                theme: theme(g),
                is_leaf: tree.is_leaf(g),
                stood: match &g.state {
                    GoalState::Open => Stood::Open(stood.map_or(Status::Unknown, |s| s.0)),
                    closed @ (GoalState::Done { .. } | GoalState::Dropped { .. }) => Stood::Closed(closed.label()),
                },
                progress: stood.and_then(|s| s.1),
                supports: g.supports.clone().map(|to| Support { to, place: (1, 1), excerpt: String::new() }),
            }
        };
        Self {
            folder,
            id: config.id.clone(),
            name: config.name.clone(),
            now: Week::of(today),
            themes: strategy.north_star.themes.iter().map(|t| (t.id.clone(), t.name.clone())).collect(),
            goals: strategy.goals.iter().map(goal).collect(),
            review: latest.map(Reviewed::of),
            passed: arrived.iter().map(|a| PassedOn::of(a, latest)).collect(),
        }
    }

    /// How its goals that are marked by hand stand.
    #[must_use]
    pub fn goal_counts(&self) -> Counts {
        let leaves = self.goals.iter().filter(|g| g.is_leaf);
        leaves.filter_map(|g| if let Stood::Open(status) = g.stood { Some(status) } else { None }).collect()
    }

    /// How many weeks ago the newest review was; none before the first.
    #[must_use]
    pub fn weeks_ago(&self) -> Option<i32> {
        self.review.as_ref().map(|r| self.now.since(r.week))
    }

    /// What was passed on to it and waits for an answer.
    pub fn waiting(&self) -> impl Iterator<Item = &PassedOn> {
        self.passed.iter().filter(|p| p.answer.is_none())
    }
}

impl Reviewed {
    fn of(snapshot: &Snapshot) -> Self {
        let alignment = snapshot.alignment.as_ref();
        let is_red = |k: &&crate::model::snapshot::KpiWeek| k.status() == Status::OffTrack;
        Self {
            week: snapshot.week,
            sealed: snapshot.sealed.date_naive(),
            index: alignment.and_then(|a| a.index),
            agreement: alignment.and_then(|a| a.agreement.as_ref()).and_then(|a| a.mean_rank_correlation),
            kpis: snapshot.scorecard.iter().map(|k| k.status()).collect(),
            red: snapshot.scorecard.iter().filter(is_red).map(|k| red(snapshot, k)).collect(),
            open_issues: snapshot.issues.iter().filter(|i| i.is_open()).count(),
        }
    }
}

fn red(snapshot: &Snapshot, week: &crate::model::snapshot::KpiWeek) -> RedKpi {
    let kpi = snapshot.strategy.kpi(&week.kpi);
    RedKpi {
        kpi: week.kpi.clone(),
        name: kpi.map_or_else(|| week.kpi.to_string(), |k| k.name.clone()),
        owner: kpi.and_then(|k| k.owner.as_ref()).map(|m| snapshot.name_of(m).to_owned()),
        reading: week.reading.map(|v| kpi.map_or_else(|| v.grouped(), |k| k.show(v))),
        target: kpi.and_then(|k| k.aim_in_words(week.aim)),
    }
}

impl PassedOn {
    fn of(arrived: &Arrived, latest: Option<&Snapshot>) -> Self {
        let Arrived { passed, answer } = arrived;
        let came = |reply: &Reply| match reply {
            Reply::Returned { text } => say!("returned: {text}", text),
            Reply::Accepted { issue } => {
                let found = latest.into_iter().flat_map(|s| &s.issues).find(|i: &&Issue| &i.id == issue);
                match found.map(|i| &i.state) {
                    Some(IssueState::Open) => say!("accepted, still open").to_owned(),
                    Some(IssueState::Solved { answer, .. }) if !answer.is_empty() => say!("solved: {answer}", answer),
                    Some(IssueState::Solved { .. }) => "solved".to_owned(),
                    Some(IssueState::Dropped { reason, .. }) => say!("dropped: {reason}", reason),
                    // Before the next review it is in a check-in; after the one that closed it, in an earlier week.
                    None => "accepted".to_owned(),
                }
            }
        };
        Self {
            key: passed.key(),
            from: passed.from.clone(),
            name: passed.name.clone(),
            week: passed.week,
            kind: match passed.what {
                What::Issue(_) => "issue",
                What::Message(_) => "message",
            },
            text: passed.text.clone(),
            answer: answer.as_ref().map(|a| came(&a.outcome)),
        }
    }
}
