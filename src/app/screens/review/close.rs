//! Close: decisions whose day has come, messages to cascade, ratings, and saving the week.

use crate::app::dialogs::{Confirm, Confirmed, Dialog, capture, rows as forms};
use crate::app::intent::RowIntent;
use crate::app::message::Effect;
use crate::app::screens::row::{Listed, Row};
use crate::app::{App, NEEDED, Tone};
use crate::insight::seal;
use crate::model::id::MessageId;
use crate::model::record::mean_rating;
use crate::model::review::{Act, Change, Edit, Moment};

/// The heading of decisions to look at again.
pub const DECISIONS: &str = term!("Decisions to look at again");
/// The heading of messages.
pub const MESSAGES: &str = term!("Messages to cascade");
/// The heading of ratings.
pub const RATINGS: &str = term!("How was this review?");
/// The heading of saving.
pub const SAVE: &str = term!("Save");

/// A mean rating below this asks why.
pub const LOW: f64 = 8.0;

/// The rows: what is still to be answered, in the order of the close.
#[must_use]
pub fn rows(app: &App) -> Vec<Listed> {
    let Some(review) = app.review() else { return Vec::new() };
    // What was looked at in this review stays listed, so that its answer can be seen and changed.
    let looked_at = |d: &crate::model::record::Decision| matches!(d.state, crate::model::record::DecisionState::Reviewed { in_week, .. } if in_week == review.week);
    let due = review.decisions.iter().filter(|d| d.is_due(app.today) || looked_at(d));
    let mut rows: Vec<Listed> = due.map(|d| Listed::new(DECISIONS, Row::Decision(d.id.clone()))).collect();
    rows.extend(review.messages.iter().map(|m| Listed::new(MESSAGES, Row::Message(m.id.clone()))));
    let here = review.attendance.iter().filter(|a| a.present);
    rows.extend(here.map(|a| Listed::new(RATINGS, Row::Rating(a.member.clone()))));
    if mean_rating(&review.ratings).is_some_and(|m| m.get() < LOW) {
        rows.push(Listed::new(RATINGS, Row::WhyLow));
    }
    rows.push(Listed::new(SAVE, Row::Seal));
    rows
}

/// What the keys do.
pub fn row(app: &mut App, intent: RowIntent, now: Moment) -> Vec<Effect> {
    let Some(row) = app.row().cloned() else { return Vec::new() };
    match (intent, row) {
        (RowIntent::Open, Row::Decision(id)) => forms::open_outcome(app, &id),
        (RowIntent::Open, Row::Message(id)) => return told(app, &id, now),
        (RowIntent::Open, Row::Rating(member)) => forms::open_rating(app, &member, now),
        (RowIntent::Open, Row::WhyLow) => forms::open_why_low(app),
        (RowIntent::Open, Row::Seal) => return ask(app),
        (RowIntent::Remove, Row::Message(id)) => {
            return app.edit(say!("message removed"), Edit::Message(Change::remove(id)), now);
        }
        (RowIntent::Remove, Row::Rating(member)) => {
            return app.edit(say!("rating removed"), Edit::Rating(Change::remove(member)), now);
        }
        _ => {}
    }
    Vec::new()
}

/// A message of an earlier week was told, or not; one of this week is edited.
pub fn told(app: &mut App, id: &MessageId, now: Moment) -> Vec<Effect> {
    let Some(review) = app.review() else { return Vec::new() };
    let Some(mut message) = review.messages.iter().find(|m| &m.id == id).cloned() else { return Vec::new() };
    if message.agreed == review.week {
        let form = capture::message(app, Some(&message));
        app.open_fresh(form);
        return Vec::new();
    }
    message.delivered = if message.delivered.is_some() { None } else { Some(review.week) };
    let label = if message.delivered.is_some() { say!("message was told") } else { say!("message not told yet") };
    app.edit(label, Edit::Message(Change::put(message)), now)
}

/// Asks whether to seal the week, and says what is still open.
pub fn ask(app: &mut App) -> Vec<Effect> {
    let Some(review) = app.review() else { return Vec::new() };
    let open = seal::missing_with(app.basis(), review, &app.derived.findings);
    let mut details: Vec<String> = open.iter().map(|(step, what)| format!("{step}: {what}")).collect();
    if details.is_empty() {
        details.push(say!("Every step is answered.").to_owned());
    } else {
        details.insert(0, say!("Still open, and saved as it stands:").to_owned());
    }
    details.push(say!("A saved week is never changed; a correction is kept beside it.").to_owned());
    app.dialogs.push(Dialog::Confirm(Confirm {
        question: say!("Save the review of {week}?", week = review.week),
        details,
        yes: Confirmed::Seal,
    }));
    Vec::new()
}

/// Seals the week.
pub fn seal_now(app: &mut App, now: Moment) -> Vec<Effect> {
    // A correction rests on what was sealed, not on the files of today.
    let corrects = app.review().is_some_and(|r| r.revises.is_some());
    if let Some(why) = app.why_not_write(if corrects { &[] } else { &NEEDED }) {
        app.say(Tone::Bad, why);
        return Vec::new();
    }
    let mut effects = app.act(Act::Pause(true), now);
    if effects.is_empty() {
        return effects;
    }
    let Some(review) = app.review() else { return Vec::new() };
    let snapshot = seal::seal(app.basis(), review, &app.history, now);
    app.say(Tone::Info, say!("Saving {week}", week = snapshot.week));
    if let Some(held) = &mut app.held {
        held.sealing = true;
    }
    effects.push(Effect::Seal(Box::new(snapshot)));
    effects
}
