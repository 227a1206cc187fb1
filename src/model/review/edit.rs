//! A change to a review, as a value: it can be applied, journalled, and turned into the change that takes it back.

use serde::{Deserialize, Serialize};

use super::{Attendance, Commitment, FindingEntry, GoalEntry, KpiEntry, Review};
use crate::model::id::MemberId;
use crate::model::quarterly::{
    GoalAnswer, Lesson, Looked, NextGoal, Quarterly, Said, StarAnswer, Stop, StopKept, Weighed,
};
use crate::model::record::{Action, Decision, Headline, Issue, Message, Note, Rating};

/// Something that lists keep at most once per key.
pub trait Keyed {
    /// The type of the key.
    type Key: Clone + PartialEq;
    /// The key.
    fn key(&self) -> &Self::Key;
}

/// Puts, replaces or removes the item with a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    deny_unknown_fields,
    bound(
        serialize = "T: Serialize, T::Key: Serialize",
        deserialize = "T: Deserialize<'de>, T::Key: Deserialize<'de>"
    )
)]
pub struct Change<T: Keyed> {
    /// Which item.
    key: T::Key,
    /// What it becomes; `None` removes it.
    value: Option<T>,
    /// Where in the list it goes; at the end, or where it is, when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at: Option<usize>,
}

impl<T: Keyed> Change<T> {
    /// Puts an item: replaces the one with its key, else appends it.
    pub fn put(item: T) -> Self {
        Self { key: item.key().clone(), value: Some(item), at: None }
    }

    /// Puts an item at a place of the list.
    pub fn put_at(item: T, at: usize) -> Self {
        Self { at: Some(at), ..Self::put(item) }
    }

    /// Removes the item with a key.
    pub fn remove(key: T::Key) -> Self {
        Self { key, value: None, at: None }
    }

    /// Applies the change and returns the one that takes it back.
    fn apply(self, list: &mut Vec<T>) -> Self {
        let old = list.iter().position(|item| item.key() == &self.key);
        let before = old.map(|at| list.remove(at));
        if let Some(item) = self.value {
            let at = self.at.or(old).unwrap_or(list.len()).min(list.len());
            list.insert(at, item);
        }
        Self { key: self.key, value: before, at: old }
    }
}

/// A change to a review.
#[allow(clippy::large_enum_variant)] // they come one at a time, by hand: a box for each decision would only be in the way
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edit {
    /// Several, in order, that are taken back together.
    Many(Vec<Edit>),
    /// Who leads the review.
    Facilitator(Option<MemberId>),
    /// Whether a member is here.
    Attendance(Change<Attendance>),
    /// A headline.
    Headline(Change<Headline>),
    /// What came of an action item.
    Commitment(Change<Commitment>),
    /// A KPI's reading and mark.
    Kpi(Change<KpiEntry>),
    /// A goal's mark, confidence and progress.
    Goal(Change<GoalEntry>),
    /// Whether the check-ins are revealed.
    Reveal(bool),
    /// The answer to a finding.
    Finding(Change<FindingEntry>),
    /// An issue.
    Issue(Change<Issue>),
    /// A decision.
    Decision(Change<Decision>),
    /// An action item.
    Action(Change<Action>),
    /// A message to cascade.
    Message(Change<Message>),
    /// A note.
    Note(Change<Note>),
    /// A member's rating.
    Rating(Change<Rating>),
    /// Why the rating was low.
    WhyLow(String),
    /// Something said of the quarter; nothing in a review of a week.
    Quarter(QuarterEdit),
}

/// A change to what a review says of its quarter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuarterEdit {
    /// A goal's grade, and what becomes of it.
    Goal(Change<GoalAnswer>),
    /// Whether what was to stop has stopped.
    Kept(Change<StopKept>),
    /// Something learned.
    Lesson(Change<Lesson>),
    /// A card that was looked at.
    Looked(Change<Looked>),
    /// Whether the north star is still right.
    NorthStar(Option<StarAnswer>),
    /// The weight of a theme from now on.
    Weight(Change<Weighed>),
    /// An objective of the next quarter.
    Next(Change<NextGoal>),
    /// Something that stops.
    Stop(Change<Stop>),
    /// A member's sentence.
    Said(Change<Said>),
}

impl QuarterEdit {
    fn apply(self, quarter: &mut Quarterly) -> Self {
        match self {
            Self::Goal(c) => Self::Goal(c.apply(&mut quarter.answers)),
            Self::Kept(c) => Self::Kept(c.apply(&mut quarter.kept)),
            Self::Lesson(c) => Self::Lesson(c.apply(&mut quarter.learned)),
            Self::Looked(c) => Self::Looked(c.apply(&mut quarter.looked)),
            Self::NorthStar(answer) => Self::NorthStar(std::mem::replace(&mut quarter.north_star, answer)),
            Self::Weight(c) => Self::Weight(c.apply(&mut quarter.weights)),
            Self::Next(c) => Self::Next(c.apply(&mut quarter.next)),
            Self::Stop(c) => Self::Stop(c.apply(&mut quarter.stops)),
            Self::Said(c) => Self::Said(c.apply(&mut quarter.said)),
        }
    }
}

impl Review {
    /// Applies an edit and returns the one that takes it back exactly.
    pub fn apply(&mut self, edit: Edit) -> Edit {
        match edit {
            Edit::Many(edits) => {
                let mut back: Vec<Edit> = edits.into_iter().map(|e| self.apply(e)).collect();
                back.reverse();
                Edit::Many(back)
            }
            Edit::Facilitator(member) => Edit::Facilitator(std::mem::replace(&mut self.facilitator, member)),
            Edit::Attendance(c) => Edit::Attendance(c.apply(&mut self.attendance)),
            Edit::Headline(c) => Edit::Headline(c.apply(&mut self.headlines)),
            Edit::Commitment(c) => Edit::Commitment(c.apply(&mut self.commitments)),
            Edit::Kpi(c) => Edit::Kpi(c.apply(&mut self.kpis)),
            Edit::Goal(c) => Edit::Goal(c.apply(&mut self.goals)),
            Edit::Reveal(revealed) => Edit::Reveal(std::mem::replace(&mut self.revealed, revealed)),
            Edit::Finding(c) => Edit::Finding(c.apply(&mut self.findings)),
            Edit::Issue(c) => Edit::Issue(c.apply(&mut self.issues)),
            Edit::Decision(c) => Edit::Decision(c.apply(&mut self.decisions)),
            Edit::Action(c) => Edit::Action(c.apply(&mut self.actions)),
            Edit::Message(c) => Edit::Message(c.apply(&mut self.messages)),
            Edit::Note(c) => Edit::Note(c.apply(&mut self.notes)),
            Edit::Rating(c) => Edit::Rating(c.apply(&mut self.ratings)),
            Edit::WhyLow(text) => Edit::WhyLow(std::mem::replace(&mut self.why_low, text)),
            Edit::Quarter(edit) => Edit::Quarter(match &mut self.quarter {
                Some(quarter) => edit.apply(quarter),
                None => edit,
            }),
        }
    }
}
