//! Two windows on one workspace: asking the one that holds the review for it, and being asked.

use super::{Confirm, Confirmed, Dialog};
use crate::app::intent::Place;
use crate::app::message::{Effect, Failure};
use crate::app::{Access, App, Tone};
use crate::model::review::Moment;

/// Asks whether to take the review over.
pub fn open(app: &mut App) {
    match &app.access {
        Access::Write => app.say(Tone::Info, say!("Nobody else holds the review: there is nothing to take over")),
        Access::NewerSchema(why) => app.say(Tone::Bad, say!("Read-only: {why}", why)),
        Access::ReadOnly(who) => {
            let details = vec![
                say!("Now {who}.", who),
                say!("That window becomes read-only. All that was typed there is kept and goes on here.").to_owned(),
            ];
            let question = say!("Take the review over?").to_owned();
            app.dialogs.push(Dialog::Confirm(Confirm { question, details, yes: Confirmed::TakeOver }));
        }
    }
}

/// Asks for it. The answer comes as a message.
pub(super) fn begin(app: &mut App) -> Vec<Effect> {
    app.say(Tone::Info, say!("Asking the other window: one moment"));
    vec![Effect::TakeOver]
}

/// The other window has let go, or there was none any more: everything is read afresh, as at a start.
pub fn freed(app: &mut App, answer: Result<(), Failure>) -> Vec<Effect> {
    match answer {
        Ok(()) => vec![Effect::Reopen],
        Err(why) => {
            app.say(Tone::Bad, format!("{} {}", why.what, why.next));
            Vec::new()
        }
    }
}

/// Another window has asked for the review. It goes on there with all that was typed here, forms included.
pub fn let_go(app: &mut App, to: &str, now: Moment) {
    let key = app.keymap.key_of("app.take-over");
    app.access = Access::ReadOnly(say!(
        "{to} took the review over at {now} ({key} takes it back)",
        now = now.format("%H:%M"),
        to,
        key
    ));
    app.held = None;
    app.recovered = None;
    app.saving = None;
    app.dialogs.clear();
    if app.place == Place::Review {
        app.place = Place::Home;
    }
    if let Some(why) = app.why_not_write(&[]) {
        app.say(Tone::Bad, why);
    }
}
