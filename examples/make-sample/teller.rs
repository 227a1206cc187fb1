//! A week about to be held: the workspace as it was then, what stood open, and what the story tells.

use chrono::{NaiveDate, Weekday};
use truenorth::model::history::History;
use truenorth::model::id::KpiId;
use truenorth::model::number::Finite;
use truenorth::model::record::Action;
use truenorth::model::standing::Standing;
use truenorth::model::week::Week;
use truenorth::model::workspace::Workspace;

use crate::story::{Event, Promised, Story, Told};

/// Everything that the week's check-ins and review are made from.
pub(crate) struct Teller<'a> {
    pub(crate) story: &'a Story,
    pub(crate) told: &'a Told,
    /// As it was in this week, with what was sealed before it.
    pub(crate) workspace: Workspace,
    /// What stood open before anybody reported.
    pub(crate) standing: Standing,
    pub(crate) history: &'a History,
}

/// The day of the review.
pub(crate) fn review_day(week: Week) -> NaiveDate {
    week.day(Weekday::Thu)
}

impl Teller<'_> {
    /// The reading of a KPI, unless it is told to be missing.
    pub(crate) fn reading(&self, kpi: &KpiId) -> Option<Finite> {
        let missing = self.told.events.iter().any(|e| matches!(e, Event::Missing(id) if id == kpi));
        if missing { None } else { self.story.numbers.reading(kpi, self.told.week) }
    }

    /// What explains the reading of a KPI.
    pub(crate) fn why(&self, kpi: &KpiId) -> String {
        let why = self.told.events.iter().find_map(|e| match e {
            Event::Why(id, text) if id == kpi => Some(text.clone()),
            _ => None,
        });
        why.unwrap_or_default()
    }

    /// How an action item was promised.
    pub(crate) fn promise(&self, action: &Action) -> Option<&Promised> {
        self.story.weeks.iter().flat_map(|w| &w.events).find_map(|e| match e {
            Event::Action(promised) if promised.id == action.id => Some(promised),
            _ => None,
        })
    }

    /// Whether an action item is done by this week.
    pub(crate) fn is_done(&self, action: &Action) -> bool {
        self.promise(action).is_some_and(|p| self.told.week.since(action.promised) >= p.took)
    }
}
