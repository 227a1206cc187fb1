//! The personal recap: the same outline with nothing in it but what is one member's.

use super::outline::{Outline, Person};
use crate::model::id::MemberId;

impl Outline {
    /// What is a member's: their KPIs and goals, what they decided, promised, raised and have to tell, headlines they brought.
    ///
    /// A goal of theirs stands as a root, as the goals above it may be another's. Findings, changes, notes and the index are
    /// the team's and are left out.
    #[must_use]
    pub fn only(mut self, me: &MemberId) -> Self {
        let is_me = |person: &Person| &person.id == me;
        let is_mine = |person: &Option<Person>| person.as_ref().is_some_and(is_me);
        let everybody = self.review.present.iter().chain(&self.review.absent);
        let name = everybody.filter(|p| is_me(p)).map(|p| p.name.clone()).next();
        self.scorecard.retain(|k| is_mine(&k.owner));
        self.goals.retain(|g| is_mine(&g.owner));
        for goal in &mut self.goals {
            goal.depth = 0;
        }
        self.decisions.retain(|d| d.deciders.iter().any(is_me));
        self.actions.retain(|a| is_me(&a.owner));
        self.issues.retain(|i| is_mine(&i.by));
        self.messages.retain(|m| is_me(&m.teller));
        self.headlines.retain(|h| is_mine(&h.by));
        (self.changes, self.alignment, self.map) = (None, None, None);
        self.findings.clear();
        self.notes.clear();
        self.mine = Some(Person { id: me.clone(), name: name.unwrap_or_else(|| me.to_string()) });
        self
    }
}
