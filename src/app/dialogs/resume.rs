//! At the start, when a review was not finished: go on with it, leave it for now, or throw it away.

use super::{Confirm, Confirmed, Dialog};
use crate::app::message::{Effect, Recovered, RecoveredFrom};
use crate::app::{App, NEEDED, Tone};
use crate::insight::fed::age;
use crate::model::review::{Act, Moment};
use crate::model::tongue::dated;

/// What one can do with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Go on where it stopped.
    GoOn,
    /// Leave it; it is offered again.
    Later,
    /// Throw it away, after a question.
    Discard,
}

impl Way {
    /// All three.
    pub const ALL: [Self; 3] = [Self::GoOn, Self::Later, Self::Discard];

    /// The words on the screen.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::GoOn => say!("Go on where it stopped"),
            Self::Later => say!("Leave it for now: it is offered again"),
            Self::Discard => say!("Throw it away and start afresh"),
        }
    }
}

/// The question, with the way under the cursor.
#[derive(Debug, Clone)]
pub struct Resume {
    /// What was found.
    found: Vec<String>,
    /// When something was last said in it.
    last: Moment,
    /// The way under the cursor.
    pub at: usize,
}

impl Resume {
    /// Says what was found.
    #[must_use]
    pub fn of(found: &Recovered) -> Self {
        let review = found.session.review();
        let step = review.clock.step().map_or(say!("its beginning"), |s| s.label());
        let mut lines =
            vec![say!("The review of {week} was not finished: it stands at {step}.", week = review.target(), step)];
        lines.push(match &found.from {
            RecoveredFrom::Journal { torn: false } => say!("Every edit of it is here ({edits}).", edits = found.edits),
            RecoveredFrom::Journal { torn: true } => {
                say!("{edits} edits are here; the last line was cut off and is kept aside.", edits = found.edits)
            }
            RecoveredFrom::Draft { by: Some(who) } => say!("It was put aside as a draft by {who}.", who),
            RecoveredFrom::Draft { by: None } => say!("It was put aside as a draft.").to_owned(),
        });
        let (decisions, actions, issues) = review.captured();
        lines.push(say!(
            "Captured in it: decisions {decisions}, actions {actions}, issues {issues}.",
            decisions,
            actions,
            issues
        ));
        Self { found: lines, last: found.last, at: 0 }
    }

    /// The lines that say what was found, and how old it is by now.
    #[must_use]
    pub fn lines(&self, now: Moment) -> Vec<String> {
        let last = dated(self.last.naive_local(), "%a %-d %b, %H:%M");
        let last = say!("Last change: {age} ({last})", age = age(self.last, now), last);
        self.found.iter().cloned().chain([last]).collect()
    }

    /// One way down or up.
    pub fn step(&mut self, down: bool) -> Vec<Effect> {
        self.at = if down { (self.at + 1).min(Way::ALL.len() - 1) } else { self.at.saturating_sub(1) };
        Vec::new()
    }

    /// Stands on this way.
    pub fn set(&mut self, row: usize) -> Vec<Effect> {
        self.at = row.min(Way::ALL.len() - 1);
        Vec::new()
    }
}

/// Takes the way under the cursor.
pub fn choose(app: &mut App, now: Moment) -> Vec<Effect> {
    let Some(Dialog::Resume(resume)) = app.dialogs.pop() else { return Vec::new() };
    match Way::ALL[resume.at] {
        Way::GoOn => go_on(app, now),
        Way::Later => Vec::new(),
        Way::Discard => {
            app.dialogs.push(Dialog::Confirm(Confirm {
                question: say!("Throw the unfinished review away?").to_owned(),
                details: resume.lines(now),
                yes: Confirmed::Discard,
            }));
            Vec::new()
        }
    }
}

/// Goes on with the unfinished review.
pub fn go_on(app: &mut App, now: Moment) -> Vec<Effect> {
    let corrects = app.recovered.as_ref().is_some_and(|r| r.session.review().revises.is_some());
    if let Some(why) = app.why_not_write(if corrects { &[] } else { &NEEDED }) {
        app.say(Tone::Bad, why);
        return Vec::new();
    }
    let Some(found) = app.recovered.take() else { return Vec::new() };
    let Recovered { session, basis, from, last, .. } = *found;
    app.tell_typed();
    match from {
        RecoveredFrom::Draft { .. } => app.hold(session, basis, now),
        // The journal goes on where it ends: nothing is begun anew, and undo reaches back across the interruption.
        RecoveredFrom::Journal { .. } => {
            app.held = Some(crate::app::Held {
                session,
                basis,
                saving: crate::app::Saving::Saved(now),
                written: 0,
                sealing: false,
            });
            app.place = crate::app::intent::Place::Review;
            let step = app.step().unwrap_or(crate::model::agenda::Step::Open);
            // The clock stands since the last entry: without this one a later replay would count the time between.
            let mut effects = app.act(Act::Pause(true), last);
            effects.extend(app.act(Act::Go(step), now));
            effects
        }
    }
}

/// Throws the unfinished review away.
pub fn discard(app: &mut App) -> Vec<Effect> {
    if app.held.as_ref().is_some_and(|h| h.sealing) {
        app.say(Tone::Info, say!("It is being saved: one moment"));
        return Vec::new();
    }
    let held = app.held.take().map(|h| h.session.review().target());
    let target = held.or_else(|| app.recovered.take().map(|found| found.session.review().target()));
    let Some(target) = target else { return Vec::new() };
    app.place = crate::app::intent::Place::Home;
    app.say(Tone::Info, say!("The unfinished review was thrown away"));
    vec![Effect::EndJournal(target)]
}
