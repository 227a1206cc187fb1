//! The current week as it stands: before its review, while it is held, or sealed.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::insight::findings::{self, Facts};
use crate::insight::forecast::{self, Chances};
use crate::insight::xmr::{self, Charts};
use crate::insight::{alignment, carry, goals, scorecard};
use crate::model::alignment::Alignment;
use crate::model::checkin::CheckIn;
use crate::model::finding::{Answer, Finding};
use crate::model::history::History;
use crate::model::id::{ActionId, GoalId, KpiId};
use crate::model::review::{Review, Session};
use crate::model::series::Series;
use crate::model::snapshot::{GoalWeek, KpiWeek, Snapshot};
use crate::model::standing::Standing;
use crate::model::week::Week;
use crate::model::workspace::Workspace;
use crate::runtime::clock::Clock;
use crate::storage::{self, IndexAt, Journal};

use super::context::{Context, tell};
use super::failure::Failure;
use super::output::message;

/// Where the review of the week stands.
#[derive(Debug)]
pub(super) enum Phase {
    /// Not begun.
    Ahead,
    /// Begun and not sealed, here or in a draft.
    InProgress(Box<Review>),
    /// Sealed.
    Held(Arc<Snapshot>),
}

/// The current week.
#[derive(Debug)]
pub(super) struct Now {
    pub(super) today: NaiveDate,
    pub(super) week: Week,
    pub(super) phase: Phase,
    /// The week that is not sealed yet, whose check-ins can be written: this one, or the next once this one was held.
    pub(super) open: Week,
    /// The check-ins of the open week.
    pub(super) check_ins: Vec<CheckIn>,
    /// What is open, the review in progress included.
    pub(super) standing: Standing,
    pub(super) kpis: Vec<KpiWeek>,
    pub(super) goals: Vec<GoalWeek>,
    behind: Behind,
    chances: OnceCell<Chances>,
}

/// The weeks behind: read when something is asked of them, as much of what is printed needs none of them.
#[derive(Debug)]
struct Behind {
    root: PathBuf,
    weeks: BTreeMap<Week, u32>,
    index: Option<IndexAt>,
    read: OnceCell<History>,
}

impl Now {
    /// Reads what is needed of the weeks behind and of a review in progress.
    pub(super) fn of(context: &Context, workspace: &Workspace) -> Result<Self, Failure> {
        let today = context.today(&workspace.config);
        let week = Week::of(today);
        let phase = phase(context, workspace, week)?;
        let (open, check_ins) = open_week(workspace, &phase, week);
        let (config, strategy) = (&workspace.config, &workspace.strategy);
        let (standing, kpis, goals) = match &phase {
            Phase::Ahead => {
                let standing = workspace.standing(week);
                let kpis = scorecard::of_readings(config, strategy, week, &standing.readings);
                let goals = goals::assess(
                    strategy,
                    &carry::as_left(workspace.latest.as_deref(), strategy, &kpis),
                    &kpis,
                    today,
                );
                (standing, kpis, goals)
            }
            Phase::InProgress(review) => {
                let kpis = scorecard::of_review(config, strategy, review);
                let goals = goals::assess(
                    strategy,
                    &carry::forward(&review.goals, workspace.latest.as_deref(), strategy, &kpis),
                    &kpis,
                    today,
                );
                (open_in(review), kpis, goals)
            }
            // What this week's check-ins brought is in the snapshot, in the state that the review left it in.
            Phase::Held(s) => (Standing::fold(Some(&**s), &check_ins, open), s.scorecard.clone(), s.goals.clone()),
        };
        let (behind, chances) = (Behind::of(context, workspace), OnceCell::new());
        Ok(Self { today, week, phase, open, check_ins, standing, kpis, goals, behind, chances })
    }

    /// The weeks behind.
    pub(super) fn history(&self) -> &History {
        self.behind.read.get_or_init(|| self.behind.read())
    }

    /// The chances of KPIs and goals to meet their targets in time: worked out once, for whoever asks.
    pub(super) fn chances(&self, workspace: &Workspace) -> &Chances {
        let oldest = self.week.plus(-forecast::BEHIND);
        let current = |id: &KpiId| self.kpi(id).and_then(|k| k.reading);
        let series = |id: &KpiId| self.history().series_since(id, oldest).with(self.week, current(id));
        self.chances.get_or_init(|| Chances::of(&workspace.strategy, self.week, series))
    }

    /// What does not fit together, the most severe first.
    pub(super) fn findings(&self, workspace: &Workspace) -> Vec<Finding> {
        let (kpis, goals, history) = (&self.kpis, &self.goals, self.history());
        let all = |facts: Facts| findings::all(&facts.with_chances(self.chances(workspace)));
        match &self.phase {
            Phase::Ahead => {
                all(Facts::of_standing(workspace, &self.standing, self.week, history, kpis, goals, self.today))
            }
            Phase::InProgress(review) => all(Facts::of_review(workspace, review, history, kpis, goals, self.today)),
            Phase::Held(s) => {
                let stands = s.findings.iter().filter(|f| !matches!(f.answer, Some(Answer::Dismissed { .. })));
                stands.map(|f| f.finding.clone()).collect()
            }
        }
    }

    /// How well it fits together: as it stands, or as it was sealed.
    pub(super) fn alignment(&self, workspace: &Workspace) -> Alignment {
        let (kpis, goals, history) = (&self.kpis, &self.goals, self.history());
        let standing = || Facts::of_standing(workspace, &self.standing, self.week, history, kpis, goals, self.today);
        match &self.phase {
            Phase::Ahead => alignment::sealed(&standing()),
            Phase::InProgress(review) => {
                alignment::sealed(&Facts::of_review(workspace, review, history, kpis, goals, self.today))
            }
            // Weeks sealed before the index was computed have none.
            Phase::Held(s) => s.alignment.clone().unwrap_or_else(|| alignment::sealed(&standing())),
        }
    }

    /// The action items that check-ins report as done, and that no review has seen yet.
    pub(super) fn reported_done(&self) -> HashSet<&ActionId> {
        self.check_ins.iter().flat_map(|c| &c.progress).filter(|p| p.done).map(|p| &p.action).collect()
    }

    /// The process behaviour chart of each KPI, with what is known of this week.
    pub(super) fn charts(&self, workspace: &Workspace) -> Charts {
        xmr::charts(&workspace.strategy.kpis, self.history(), self.week, &self.kpis)
    }

    /// The KPIs in the order the room takes them, each with what makes it an exception.
    pub(super) fn order(&self, workspace: &Workspace) -> Result<Vec<scorecard::Row>, Failure> {
        let before = workspace.weeks.range(..self.week).next_back();
        let previous = match (&workspace.latest, before) {
            (Some(latest), Some((week, _))) if latest.week == *week => Some(Arc::clone(latest)),
            (_, Some((week, revision))) => Some(Arc::new(storage::snapshot(&workspace.root, *week, Some(*revision))?)),
            (_, None) => None,
        };
        Ok(scorecard::rows(
            &workspace.strategy,
            &workspace.config.perspectives,
            &self.kpis,
            previous.as_deref(),
            &xmr::latest_charts(&workspace.strategy.kpis, self.history(), self.week, &self.kpis),
        ))
    }

    /// A KPI of this week.
    pub(super) fn kpi(&self, id: &KpiId) -> Option<&KpiWeek> {
        self.kpis.iter().find(|k| &k.kpi == id)
    }

    /// The readings of a KPI week by week: those of the weeks behind, and this week's where there is one.
    pub(super) fn series(&self, id: &KpiId) -> Series {
        let current = self.kpi(id).and_then(|k| Some((self.week, k.reading?)));
        self.history().series(id).readings().chain(current).collect()
    }

    /// A goal of this week.
    pub(super) fn goal(&self, id: &GoalId) -> Option<&GoalWeek> {
        self.goals.iter().find(|g| &g.goal == id)
    }
}

/// The years behind. Weeks that cannot be read are told and left out.
pub(super) fn history(context: &Context, workspace: &Workspace) -> History {
    Behind::of(context, workspace).read()
}

impl Behind {
    fn of(context: &Context, workspace: &Workspace) -> Self {
        let (root, id) = (&workspace.root, &workspace.config.id);
        let index = context.local.as_ref().map(|local| local.index(root, id, Clock::of_files()));
        Self { root: root.clone(), weeks: workspace.weeks.clone(), index, read: OnceCell::new() }
    }

    fn read(&self) -> History {
        let mut all = History::default();
        let (imports, problems) = storage::imports(&self.root);
        imports.iter().for_each(|file| all.import(file.entries()));
        tell(&problems);
        storage::history(&self.root, &self.weeks, self.index.as_ref(), |digests, problems| {
            digests.into_iter().for_each(|d| all.insert(d));
            tell(&problems);
        });
        all
    }
}

/// Says that a review which has begun took the check-ins in already.
pub(super) fn tell_if_under_way(context: &Context, workspace: &Workspace, week: Week) -> Result<(), Failure> {
    if let Phase::InProgress(_) = phase(context, workspace, week)? {
        message(&say!("warning: the review of {week} has begun without this: bring it up there, too", week));
    }
    Ok(())
}

fn open_week(workspace: &Workspace, phase: &Phase, week: Week) -> (Week, Vec<CheckIn>) {
    match phase {
        Phase::Ahead | Phase::InProgress(_) => (week, workspace.check_ins.clone()),
        Phase::Held(_) => {
            let (check_ins, problems) = storage::check_ins(&workspace.root, week.next());
            tell(&problems);
            (week.next(), check_ins)
        }
    }
}

fn phase(context: &Context, workspace: &Workspace, week: Week) -> Result<Phase, Failure> {
    if let Some(review) = in_journal(context, workspace, week) {
        return Ok(Phase::InProgress(Box::new(review)));
    }
    if let Some(latest) = workspace.latest.as_ref().filter(|s| s.week == week) {
        return Ok(Phase::Held(Arc::clone(latest)));
    }
    // Not the newest one when a day of the past is rehearsed.
    if let Some(revision) = workspace.weeks.get(&week) {
        return Ok(Phase::Held(Arc::new(storage::snapshot(&workspace.root, week, Some(*revision))?)));
    }
    let draft = storage::load_draft(&workspace.root, week)?;
    Ok(draft.map_or(Phase::Ahead, |d| Phase::InProgress(Box::new(d.review))))
}

/// The review of the week that is open, or was interrupted, on this machine.
fn in_journal(context: &Context, workspace: &Workspace, week: Week) -> Option<Review> {
    let folder = context.local.as_ref()?.workspace(&workspace.root, &workspace.config.id);
    let files = fs::read_dir(folder).ok()?.filter_map(Result::ok).map(|entry| entry.path());
    let journals = files.filter(|path| path.extension().is_some_and(|e| e == "journal"));
    let mine = journals.filter_map(|path| Journal::load(&path)).filter(|r| r.review.target() == week);
    let latest = mine.max_by_key(|r| r.last)?;
    Some(Session::replay(latest.review, latest.entries).review().clone())
}

fn open_in(review: &Review) -> Standing {
    Standing {
        actions: review.actions.iter().filter(|a| a.is_open()).cloned().collect(),
        issues: review.ranked_issues().into_iter().filter(|i| i.is_open()).cloned().collect(),
        decisions: review.decisions.iter().filter(|d| d.is_open()).cloned().collect(),
        messages: review.messages.iter().filter(|m| m.delivered.is_none()).cloned().collect(),
        ..Standing::default()
    }
}
