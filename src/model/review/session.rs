//! A review with its undo history, driven by entries that a journal can keep and replay.

use serde::{Deserialize, Serialize};

use super::{Edit, Moment, Review};
use crate::model::agenda::Step;

/// One thing that happened in a review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// An edit, with the words that undo and redo name it by.
    Do(String, Box<Edit>),
    /// The last edit is taken back.
    Undo,
    /// The last edit taken back is done again.
    Redo,
    /// A step is entered.
    Go(Step),
    /// Time stops, or goes on.
    Pause(bool),
}

/// An act and when it happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// When.
    pub at: Moment,
    /// What.
    pub act: Act,
}

/// A review in progress with what can be undone and redone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    review: Review,
    undo: Vec<(String, Edit)>,
    redo: Vec<(String, Edit)>,
}

impl Session {
    /// A session that begins with this review; nothing can be undone yet.
    #[must_use]
    pub fn new(review: Review) -> Self {
        Self { review, undo: Vec::new(), redo: Vec::new() }
    }

    /// The review as it stands.
    #[must_use]
    pub fn review(&self) -> &Review {
        &self.review
    }

    /// What undo would take back, in words.
    #[must_use]
    pub fn can_undo(&self) -> Option<&str> {
        self.undo.last().map(|(label, _)| label.as_str())
    }

    /// What redo would do again, in words.
    #[must_use]
    pub fn can_redo(&self) -> Option<&str> {
        self.redo.last().map(|(label, _)| label.as_str())
    }

    /// Lets an entry happen. An undo or redo with nothing to act on changes nothing.
    pub fn perform(&mut self, entry: Entry) {
        match entry.act {
            Act::Do(label, edit) => {
                let back = self.review.apply(*edit);
                self.undo.push((label, back));
                self.redo.clear();
            }
            Act::Undo => {
                if let Some((label, back)) = self.undo.pop() {
                    let again = self.review.apply(back);
                    self.redo.push((label, again));
                }
            }
            Act::Redo => {
                if let Some((label, again)) = self.redo.pop() {
                    let back = self.review.apply(again);
                    self.undo.push((label, back));
                }
            }
            Act::Go(step) => self.review.clock.go(step, entry.at),
            Act::Pause(paused) => self.review.clock.pause(paused, entry.at),
        }
    }

    /// Rebuilds a session from its first review and what happened since. The clock stands at the last entry, so that the
    /// time the program was not running is not counted.
    #[must_use]
    pub fn replay(first: Review, entries: impl IntoIterator<Item = Entry>) -> Self {
        let mut session = Self::new(first);
        let mut last = None;
        for entry in entries {
            last = Some(entry.at);
            session.perform(entry);
        }
        if let Some(at) = last {
            session.review.clock.pause(true, at);
        }
        session
    }
}
