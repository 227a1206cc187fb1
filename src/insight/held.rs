//! How a review was held, in facts: people tend to rate 10 whatever happened, so the facts stand beside the rating.

use crate::model::record::{Issue, IssueState};
use crate::model::review::{Commitment, Moment, Outcome, Review};
use crate::model::snapshot::Snapshot;
use crate::model::week::Week;

/// What can be counted of a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// Minutes used, begun ones counted whole.
    pub minutes: u32,
    /// Minutes planned.
    pub planned: u32,
    /// Issues solved in it, and all that were on its list.
    pub solved: (usize, usize),
    /// Action items done, and all of which was said whether they were; dropped ones are left out.
    pub done: (usize, usize),
}

/// The facts of a review that is being held, as of `now`.
#[must_use]
pub fn of_review(review: &Review, now: Moment) -> Held {
    Held {
        minutes: review.clock.total(now).div_ceil(60),
        planned: u32::from(review.total_minutes()),
        solved: solved(&review.issues, review.week),
        done: done(&review.commitments),
    }
}

/// The facts of a sealed review.
#[must_use]
pub fn of_week(week: &Snapshot) -> Held {
    Held {
        minutes: week.used_seconds().div_ceil(60),
        planned: week.time.iter().map(|t| u32::from(t.planned_minutes)).sum(),
        solved: solved(&week.issues, week.week),
        done: done(&week.commitments),
    }
}

fn solved(issues: &[Issue], week: Week) -> (usize, usize) {
    let now = |i: &&Issue| matches!(i.state, IssueState::Solved { in_week, .. } if in_week == week);
    (issues.iter().filter(now).count(), issues.len())
}

fn done(commitments: &[Commitment]) -> (usize, usize) {
    commitments.iter().fold((0, 0), |(done, due), c| match c.outcome {
        Outcome::Done => (done + 1, due + 1),
        Outcome::NotDone => (done, due + 1),
        Outcome::Dropped { .. } => (done, due),
    })
}

impl Held {
    /// The facts in a line: `4 min over 60, 3 of 8 issues solved, 5 of 6 action items done`.
    #[must_use]
    pub fn in_words(self) -> String {
        let time = match self.minutes.checked_sub(self.planned) {
            Some(0) => say!("just {planned} min", planned = self.planned),
            Some(over) => say!("{over} min over {planned}", planned = self.planned, over),
            None => say!("{minutes} min of {planned}", minutes = self.minutes, planned = self.planned),
        };
        let share = |(some, all): (usize, usize), one: &str, many: &str, did: &str| match all {
            0 => say!(
                "no {one} {which}",
                which = if did == "solved" { say!("on the list") } else { say!("was due") },
                one
            ),
            1 => say!("{some} of 1 {one} {did}", some, one, did),
            n => say!("{some} of {n} {many} {did}", some, n, many, did),
        };
        let issues = share(self.solved, say!("issue"), say!("issues"), say!("solved"));
        format!("{time}, {issues}, {}", share(self.done, say!("action item"), say!("action items"), say!("done")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_facts_say_how_long_how_much_was_solved_and_what_was_kept() {
        let held = |minutes, solved, done| Held { minutes, planned: 60, solved, done }.in_words();
        assert_eq!(held(64, (3, 8), (5, 6)), "4 min over 60, 3 of 8 issues solved, 5 of 6 action items done");
        assert_eq!(held(58, (0, 1), (1, 1)), "58 min of 60, 0 of 1 issue solved, 1 of 1 action item done");
        assert_eq!(held(60, (0, 0), (0, 0)), "just 60 min, no issue on the list, no action item was due");
    }
}
