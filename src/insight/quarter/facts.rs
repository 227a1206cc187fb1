//! What is known of a quarter when its review begins, out of its sealed weeks and nothing else that could be forgotten.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::insight::goals;
use crate::insight::register::capacity;
use crate::insight::tree::Tree;
use crate::model::goal::{Goal, GoalState, Kind};
use crate::model::id::{GoalId, LineId, ThemeId, slug};
use crate::model::number::Finite;
use crate::model::quarter::Quarter;
use crate::model::quarterly::{Candidate, Facts, Graded, Measure, QuarterSnapshot, Scored, Stands, Stood, ThemeFacts};
use crate::model::record::DecisionState;
use crate::model::register::What;
use crate::model::snapshot::{GoalWeek, Snapshot};
use crate::model::status::Status;
use crate::model::strategy::Strategy;
use crate::model::workspace::Workspace;

/// In fewer weeks than this a goal that did not move is no candidate: it may just have begun.
const STILL: usize = 6;
/// As many candidates as a room can talk about.
const CANDIDATES: usize = 9;

/// What is known of a quarter: `weeks` are its sealed weeks, oldest first, `before` the sealed quarter before it.
///
/// The goals are the objectives and key results with a term that were pursued in it, in the strategy of its last sealed week, or
/// of now where no later week was sealed. A key result is graded by the rule of [`goals::grade`]; an objective by the weighted mean of its key results, as OKRs
/// are; one without any by its own progress.
#[must_use]
pub fn facts(workspace: &Workspace, quarter: Quarter, weeks: &[Snapshot], before: Option<&QuarterSnapshot>) -> Facts {
    let last = weeks.last();
    let later = workspace.latest.as_ref().is_some_and(|l| last.is_some_and(|s| s.week < l.week));
    let strategy = last.filter(|_| later).map_or(&workspace.strategy, |s| &s.strategy);
    let of = Of { quarter, weeks, strategy, today: &workspace.strategy };
    Facts {
        after: workspace.latest.as_ref().map(|s| s.week),
        weeks: u32::try_from(weeks.len()).unwrap_or(u32::MAX),
        last: last.map(|s| s.week),
        goals: of.goals(),
        scored: of.scored(),
        findings: of.findings(),
        themes: of.themes(),
        stops: before.map(|b| b.said.stops.clone()).unwrap_or_default(),
        candidates: of.candidates(),
    }
}

struct Of<'a> {
    quarter: Quarter,
    weeks: &'a [Snapshot],
    /// The strategy at the quarter's end.
    strategy: &'a Strategy,
    /// The strategy as it is now.
    today: &'a Strategy,
}

impl<'a> Of<'a> {
    fn last(&self, goal: &GoalId) -> Option<&'a GoalWeek> {
        self.weeks.iter().rev().find_map(|s| s.goal(goal))
    }

    /// The objectives of the quarter, each with its key results behind it.
    fn goals(&self) -> Vec<Graded> {
        let mut found = Vec::new();
        let tree = self.strategy.tree();
        let objectives = tree.iter().map(|(_, g)| *g).filter(|g| matches!(g.kind, Kind::Objective));
        for objective in objectives {
            let results: Vec<&Goal> = self
                .strategy
                .children(&objective.id)
                .filter(|g| matches!(g.kind, Kind::KeyResult { .. }) && self.belongs(g, objective.due))
                .collect();
            if results.is_empty() && !self.belongs(objective, None) {
                continue;
            }
            let graded: Vec<Graded> = results.iter().map(|g| self.graded(g, Some(objective))).collect();
            found.push(self.objective(objective, &results, &graded));
            found.extend(graded);
        }
        let alone = tree.iter().map(|(_, g)| *g).filter(|g| {
            matches!(g.kind, Kind::KeyResult { .. }) && self.belongs(g, None) && !found.iter().any(|f| f.goal == g.id)
        });
        let alone: Vec<Graded> = alone.map(|g| self.graded(g, None)).collect();
        found.extend(alone);
        found
    }

    /// Whether a goal has a term and was pursued in the quarter, or came to its end in it.
    fn belongs(&self, goal: &Goal, inherited: Option<NaiveDate>) -> bool {
        let last = self.quarter.last_day();
        match goal.state {
            GoalState::Open => goal.due.or(inherited).is_some() && goal.start.is_none_or(|start| start <= last),
            GoalState::Done { on, .. } | GoalState::Dropped { on, .. } => Quarter::of(on) == self.quarter,
        }
    }

    fn stands(&self, goal: &Goal, inherited: Option<NaiveDate>) -> Stands {
        if !goal.is_open() || self.today.goal(&goal.id).is_none_or(|g| !g.is_open()) {
            Stands::Over
        } else if goal.due.or(inherited).is_some_and(|due| due > self.quarter.last_day()) {
            Stands::UnderWay
        } else {
            Stands::Due
        }
    }

    fn graded(&self, goal: &Goal, objective: Option<&Goal>) -> Graded {
        let inherited = objective.and_then(|o| o.due);
        let week = self.last(&goal.id);
        let progress = match goal.state {
            GoalState::Done { .. } => Some(Finite::from(1)),
            GoalState::Open | GoalState::Dropped { .. } => week.and_then(|w| w.progress),
        };
        let measure = match &goal.kind {
            Kind::KeyResult { baseline, target, unit, commitment } => Some(Measure {
                baseline: *baseline,
                target: *target,
                now: week.and_then(|w| w.current),
                unit: unit.clone(),
                commitment: *commitment,
            }),
            Kind::Goal | Kind::Objective | Kind::Initiative { .. } => None,
        };
        Graded {
            goal: goal.id.clone(),
            title: goal.title.clone(),
            objective: objective.map(|o| o.id.clone()),
            measure,
            theme: self.strategy.theme_of(&goal.id).map(|t| t.id.clone()),
            owner: goal.owner.clone(),
            grade: progress.and_then(share).map(goals::grade),
            status: week.map_or(Status::Unknown, GoalWeek::status),
            sure: self.weeks.iter().find_map(|s| s.goal(&goal.id)?.confidence),
            stands: self.stands(goal, inherited),
        }
    }

    fn objective(&self, objective: &Goal, results: &[&Goal], graded: &[Graded]) -> Graded {
        let (mut sum, mut weights) = (0.0, 0.0);
        for (goal, grade) in results.iter().zip(graded).filter_map(|(g, r)| Some((g, r.grade?))) {
            sum += grade.get() * goal.weight();
            weights += goal.weight();
        }
        let mean = Finite::new(sum / weights).and_then(share).map(goals::grade);
        let own = self.graded(objective, None);
        Graded { grade: mean.or(own.grade), ..own }
    }

    /// Predictions that were looked at again in weeks of the quarter.
    fn scored(&self) -> Vec<Scored> {
        let mut scored: Vec<Scored> = Vec::new();
        for decision in self.weeks.iter().rev().flat_map(|s| &s.decisions) {
            let (DecisionState::Reviewed { in_week, came_true: Some(came_true), .. }, Some(prediction)) =
                (&decision.state, &decision.prediction)
            else {
                continue;
            };
            if self.quarter.holds(*in_week) && !scored.iter().any(|s| s.decision == decision.id) {
                scored.push(Scored {
                    decision: decision.id.clone(),
                    title: decision.title.clone(),
                    percent: prediction.percent,
                    came_true: *came_true,
                });
            }
        }
        scored.reverse();
        scored
    }

    /// The findings by rule: how many, and how long the one that stood longest did.
    fn findings(&self) -> Vec<Stood> {
        let mut keys: Vec<(&str, &str, &str, u32)> = Vec::new();
        for found in self.weeks.iter().flat_map(|s| &s.findings).map(|f| &f.finding) {
            match keys.iter_mut().find(|(key, ..)| *key == found.key) {
                Some((_, _, title, weeks)) => (*title, *weeks) = (&found.title, *weeks + 1),
                None => keys.push((&found.key, &found.rule, &found.title, 1)),
            }
        }
        let open = |rule: &str| self.weeks.last().is_some_and(|s| s.findings.iter().any(|f| f.finding.rule == rule));
        let mut stood: Vec<Stood> = Vec::new();
        keys.sort_by_key(|(.., weeks)| std::cmp::Reverse(*weeks));
        for (_, rule, title, weeks) in keys {
            match stood.iter_mut().find(|s| s.rule == rule) {
                Some(known) => known.found += 1,
                None => stood.push(Stood {
                    rule: rule.to_owned(),
                    title: title.to_owned(),
                    found: 1,
                    weeks,
                    open: open(rule),
                }),
            }
        }
        stood
    }

    /// The themes with the share of work and of days that they got. Work are the key results and initiatives that were open at
    /// the end; days are those set aside in the middle of the quarter.
    fn themes(&self) -> Vec<ThemeFacts> {
        let work = |g: &&Goal| matches!(g.kind, Kind::KeyResult { .. } | Kind::Initiative { .. }) && g.is_open();
        let mut pieces: HashMap<&ThemeId, f64> = HashMap::new();
        for theme in self.strategy.goals.iter().filter(work).filter_map(|g| self.strategy.theme_of(&g.id)) {
            *pieces.entry(&theme.id).or_default() += 1.0;
        }
        let middle = self.quarter.first_day().checked_add_days(chrono::Days::new(45));
        let days = middle.map(|day| capacity::by_theme(self.strategy, day)).unwrap_or_default();
        let percent = |of: &HashMap<&ThemeId, f64>, theme: &ThemeId| {
            Finite::new((of.get(theme).copied().unwrap_or(0.0) / of.values().sum::<f64>() * 100.0).round())
        };
        let themes = self.strategy.north_star.themes.iter();
        themes
            .map(|theme| ThemeFacts {
                theme: theme.id.clone(),
                name: theme.name.clone(),
                weight: self.today.theme(&theme.id).map_or(theme.weight, |t| t.weight),
                goals: percent(&pieces, &theme.id),
                days: percent(&days, &theme.id),
            })
            .collect()
    }

    /// What one could stop: what did not move all quarter, what serves no theme, automation whose goal is over.
    fn candidates(&self) -> Vec<Candidate> {
        let mut found: Vec<Candidate> = Vec::new();
        let tree = Tree::of(self.today);
        for goal in tree.open().filter(|g| tree.is_leaf(g)) {
            let known: Vec<_> = self.weeks.iter().filter_map(|s| s.goal(&goal.id)?.progress).collect();
            let same = known.first().zip(known.last()).filter(|(a, b)| a == b && b.get() < 1.0);
            let why = match same.filter(|_| known.len() >= STILL) {
                Some((_, at)) => {
                    format!("no progress in {} weeks: still at {:.0} %", known.len(), at.get() * 100.0)
                }
                None if self.today.theme_of(&goal.id).is_none() => "serves no theme".to_owned(),
                None => continue,
            };
            found.extend(candidate(Some(&goal.id), &goal.title, why));
        }
        for card in self.today.cards.iter().filter(|c| c.is_open()) {
            let What::Technology(tool) = &card.what else { continue };
            if self.today.goal(&tool.goal).is_none_or(|g| !g.is_open()) {
                found.extend(candidate(None, &card.title, "automation for a goal that is over".to_owned()));
            }
        }
        let mut taken: Vec<LineId> = Vec::new();
        found.retain(|c| {
            let is_new = !taken.contains(&c.id);
            taken.push(c.id.clone());
            is_new
        });
        found.truncate(CANDIDATES);
        found
    }
}

/// A candidate; none where a name cannot be made of what it is.
fn candidate(goal: Option<&GoalId>, what: &str, why: String) -> Option<Candidate> {
    let id = goal.map_or_else(|| slug(what, 40), ToString::to_string).parse().ok()?;
    Some(Candidate { id, goal: goal.cloned(), what: what.to_owned(), why })
}

/// A share from 0 to 1, whatever the numbers were.
fn share(of: Finite) -> Option<Finite> {
    Finite::new(of.get().clamp(0.0, 1.0))
}
