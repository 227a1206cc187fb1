//! What follows from the state: statuses, order, findings. Computed once for each change, so that drawing only reads.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::App;
use super::screens::row::Rows;
use crate::insight::balance::Balance;
use crate::insight::findings::{self, Facts};
use crate::insight::map::Map;
use crate::insight::questions::Question;
use crate::insight::register::Told;
use crate::insight::{alignment, carry, goals, scorecard};
use crate::model::alignment::{Alignment, PulseWeek};
use crate::model::by_id::ById;
use crate::model::finding::Finding;
use crate::model::id::{GoalId, KpiId};
use crate::model::register::Kind;
use crate::model::review::{GoalEntry, Review};
use crate::model::snapshot::{GoalWeek, KpiWeek};
use crate::model::standing::Standing;
use crate::model::week::Week;

/// What is known of the goals: what the review says; where none is held, what the last one left.
fn goal_entries(app: &App, kpis: &[KpiWeek]) -> Vec<GoalEntry> {
    let previous = app.previous().or(app.workspace.latest.as_ref()).map(std::convert::AsRef::as_ref);
    match app.review() {
        Some(review) => {
            carry::forward(&review.goals, app.previous().map(std::convert::AsRef::as_ref), &app.basis().strategy, kpis)
        }
        None => carry::as_left(previous, &app.basis().strategy, kpis),
    }
}

/// What all this is computed from, the review aside: while it is the same, so is what follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Basis {
    today: NaiveDate,
    week: Week,
    /// How often the workspace, the weeks behind and the analyses were changed.
    changes: [u64; 3],
    /// Whether the review is held against a workspace of its own.
    apart: bool,
}

impl Basis {
    fn of(app: &App) -> Self {
        let changes = [app.workspace.changes(), app.history.changes(), app.analyses.changes()];
        let apart = app.held.as_ref().is_some_and(|h| h.basis.is_some());
        Self { today: app.today, week: app.week, changes, apart }
    }
}

/// What follows from the workspace and the review.
#[derive(Debug, Clone, Default)]
pub struct Derived {
    /// The KPIs of the week shown, in the strategy's order.
    pub kpis: ById<KpiWeek>,
    /// The same in the order of the scorecard.
    pub order: ById<scorecard::Row>,
    /// The open goals of the week shown, in tree order.
    pub goals: ById<GoalWeek>,
    /// What does not fit together, the most serious first.
    pub findings: Vec<Finding>,
    /// How well everything fits together, as it stands; a week that was sealed, as it was sealed.
    pub alignment: Alignment,
    /// What was said to the pulse, without names; nothing before the reveal.
    pub pulse: Vec<PulseWeek>,
    /// The questions of my check-in, while it is on the screen.
    pub questions: Vec<Question>,
    /// How much of my check-in is answered, and of how much: while Home is on the screen.
    pub checked_in: Option<(usize, usize)>,
    /// The strategy map, while it is on the screen.
    pub map: Option<Map>,
    /// How much is tried anew and how much is made better, while the goals are on the screen.
    pub balance: Option<Balance>,
    /// The figures of the register that is shown, while they are looked at.
    pub figures: Option<Told>,
    /// The rows of the place one is at.
    pub rows: Rows,
    /// What is open: the review's own lists while one is held.
    pub standing: Standing,
    open_cards: HashMap<Kind, usize>,
    from: Option<(Basis, Option<Review>)>,
}

impl Derived {
    /// Computes it.
    #[must_use]
    pub fn of(app: &App) -> Self {
        let basis = app.basis();
        let week = app.shown_week();
        let standing = match app.review() {
            Some(review) => Standing {
                actions: review.actions.clone(),
                issues: review.issues.clone(),
                decisions: review.decisions.clone(),
                messages: review.messages.clone(),
                headlines: review.headlines.clone(),
                readings: Vec::new(),
                dismissed: Vec::new(),
            },
            None => basis.standing(week),
        };
        let kpis = match app.review() {
            Some(review) => scorecard::of_review(&basis.config, &basis.strategy, review),
            None => scorecard::of_readings(&basis.config, &basis.strategy, week, &standing.readings),
        };
        let goals = goals::assess(&basis.strategy, &goal_entries(app, &kpis), &kpis, app.today);
        // A week that was sealed stands as it was sealed.
        let sealed = basis.latest.as_ref().filter(|s| app.review().is_none() && s.week == week);
        let (kpis, goals) = sealed.map_or((kpis, goals), |s| (s.scorecard.clone(), s.goals.clone()));
        let order = scorecard::rows(
            &basis.strategy,
            &basis.config.perspectives,
            &kpis,
            app.previous().map(std::convert::AsRef::as_ref),
            &app.analyses.charts,
        );
        let mut open_cards = HashMap::new();
        basis.strategy.cards.iter().filter(|c| c.is_open()).for_each(|c| *open_cards.entry(c.kind()).or_default() += 1);
        let (kpis, order, goals) = (kpis.into(), order.into(), goals.into());
        let mut derived = Self { kpis, order, goals, standing, open_cards, ..Self::default() };
        let facts = derived.facts(app);
        let found = findings::all(&facts);
        let known = sealed.and_then(|s| s.alignment.clone());
        let alignment = known.unwrap_or_else(|| alignment::assess(&facts));
        (derived.pulse, derived.findings, derived.alignment) = (facts.pulse, found, alignment);
        derived.from = Some((Basis::of(app), app.review().cloned()));
        derived
    }

    /// Whether computing it again would come to the same.
    #[must_use]
    pub fn holds_for(&self, app: &App) -> bool {
        self.from.as_ref().is_some_and(|(basis, review)| *basis == Basis::of(app) && review.as_ref() == app.review())
    }

    /// What rules are held against: for checks that are asked for one at a time.
    #[must_use]
    pub fn facts<'a>(&'a self, app: &'a App) -> Facts<'a> {
        let (basis, week) = (app.basis(), app.shown_week());
        let facts = match app.review() {
            Some(review) => Facts::of_review(basis, review, &app.history, &self.kpis, &self.goals, app.today),
            None => Facts::of_standing(basis, &self.standing, week, &app.history, &self.kpis, &self.goals, app.today),
        };
        // Computed beside the drawing thread: until then the rules that need it find nothing.
        facts.knowing(&app.analyses.behaviour).with_chances(&app.analyses.chances)
    }

    /// A KPI in the week shown.
    #[must_use]
    pub fn kpi(&self, id: &KpiId) -> Option<&KpiWeek> {
        self.kpis.named(id)
    }

    /// How many cards of a register are open.
    #[must_use]
    pub fn open_cards(&self, kind: Kind) -> usize {
        self.open_cards.get(&kind).copied().unwrap_or(0)
    }

    /// A goal in the week shown; closed goals have none.
    #[must_use]
    pub fn goal(&self, id: &GoalId) -> Option<&GoalWeek> {
        self.goals.named(id)
    }
}
