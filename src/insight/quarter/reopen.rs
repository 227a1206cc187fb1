//! A sealed quarter, taken up again to correct it.

use crate::model::agenda::Slot;
use crate::model::id::MemberId;
use crate::model::quarterly::QuarterSnapshot;
use crate::model::review::{Moment, Review, Revises};
use crate::model::standing::Standing;

/// The review that a sealed quarter came from, ready to be corrected and sealed again as the next revision. What sealing did to
/// the strategy stays: a goal that ended has ended, whatever is said of it now.
#[must_use]
pub fn reopen(s: &QuarterSnapshot, by: Option<MemberId>, why: String, at: Moment) -> Review {
    let steps = s.time.iter().map(|t| Slot { step: t.step, minutes: t.planned_minutes }).collect();
    Review {
        facilitator: s.facilitator.clone(),
        revises: Some(Revises { revision: s.revision, by, at, why }),
        attendance: s.attendance.clone(),
        headlines: s.headlines.clone(),
        issues: s.issues.clone(),
        decisions: s.decisions.clone(),
        actions: s.actions.clone(),
        messages: s.messages.clone(),
        notes: s.notes.clone(),
        quarter: Some(Box::new(s.said.clone())),
        ..Review::start(s.week, s.agenda.clone(), steps, &Standing::default(), s.started)
    }
}
