//! A stage for the rules' tests: a week in which nothing is wrong, to be spoilt by each test in one way.

use super::{Facts, Rule, all};
use crate::insight::alignment::assess;
use crate::insight::fixture::*;
use crate::insight::seal::seal;
use crate::insight::{goals, scorecard};
use crate::model::alignment::Alignment;
use crate::model::finding::Finding;
use crate::model::history::History;
use crate::model::review::{KpiEntry, Review};
use crate::model::workspace::Workspace;

pub(in crate::insight) struct Scene {
    pub(in crate::insight) workspace: Workspace,
    pub(in crate::insight) review: Review,
    pub(in crate::insight) history: History,
}

impl Scene {
    /// The one KPI meets its target, and all that hangs on it is on track.
    pub(in crate::insight) fn healthy() -> Self {
        let mut scene = Self { workspace: workspace(), review: review(), history: History::default() };
        scene.read("orders", 460.0);
        scene
    }

    pub(in crate::insight) fn read(&mut self, kpi: &str, value: f64) {
        self.review.kpis.retain(|k| k.kpi.as_str() != kpi);
        self.review.kpis.push(KpiEntry { reading: Some(number(value)), ..KpiEntry::new(id(kpi)) });
    }

    /// Seals the strategy as it stands as last week's.
    pub(in crate::insight) fn sealed_last_week(&mut self) {
        let mut last = self.review.clone();
        last.week = last.week.previous();
        self.workspace.latest = Some(seal(&self.workspace, &last, &self.history, at("08:00")).into());
    }

    /// Seals this review and starts the next week's.
    pub(in crate::insight) fn go_on(&mut self) {
        let next = self.review.week.next();
        self.workspace.latest = Some(seal(&self.workspace, &self.review, &self.history, at("10:00")).into());
        let standing = self.workspace.standing(next);
        self.review = Review::start(next, id("weekly"), self.review.steps.clone(), &standing, at("09:00"));
    }

    pub(in crate::insight) fn alignment(&self) -> Alignment {
        let kpis = scorecard::of_review(&self.workspace.config, &self.workspace.strategy, &self.review);
        let goals = goals::assess(&self.workspace.strategy, &self.review.goals, &kpis, today());
        assess(&Facts::of_review(&self.workspace, &self.review, &self.history, &kpis, &goals, today()))
    }

    pub(in crate::insight) fn all(&self) -> Vec<Finding> {
        let kpis = scorecard::of_review(&self.workspace.config, &self.workspace.strategy, &self.review);
        let goals = goals::assess(&self.workspace.strategy, &self.review.goals, &kpis, today());
        all(&Facts::of_review(&self.workspace, &self.review, &self.history, &kpis, &goals, today()))
    }

    /// What one rule finds.
    pub(in crate::insight) fn finds(&self, rule: &Rule) -> Vec<Finding> {
        self.all().into_iter().filter(|f| f.rule == rule.id).collect()
    }
}
