//! Where the disk does not take a week, another place is offered: it is kept there whole until it can be saved in its own.

use super::field::Field;
use super::form::Form;
use super::purpose::Purpose;
use super::refusal::Refusal;
use crate::app::message::Effect;
use crate::app::{App, Tone};
use crate::insight::seal;
use crate::model::review::Moment;

/// The ending that a week's own file has.
pub const ENDING: &str = ".ron";

/// Asks where else the week may go that could not be saved.
pub fn offer(app: &mut App) {
    let Some(week) = app.review().map(|r| r.week) else { return };
    let name = format!("{}-{week}{ENDING}", app.workspace.config.id);
    let field = Field::line("path", "File", &name).proposal().required().hint("on another disk; ends in .ron");
    let form = Form::new(format!("Keep {week} in another place?"), Purpose::Elsewhere, vec![field]).about(
        "The review stays open and nothing of it is lost. A copy of the week can go elsewhere meanwhile: a name alone is a file \
         in the folder where truenorth was started. Once there is room, save the week again.",
    );
    app.open_form(form);
}

/// Has the week written there.
///
/// # Errors
/// When the name is not that of such a file, or the review has ended.
pub fn save(app: &mut App, form: &Form, now: Moment) -> Result<Vec<Effect>, Refusal> {
    let path = form.value("path").trim().to_owned();
    if !path.ends_with(ENDING) {
        return Err(Refusal::at("path", "end it in .ron, as the files of weeks do"));
    }
    let review = app.review().ok_or_else(Refusal::no_review)?;
    let snapshot = seal::seal(app.basis(), review, &app.history, now);
    app.say(Tone::Info, "Writing the week there");
    Ok(vec![Effect::WriteReport(Box::new(snapshot), path)])
}

/// It is there.
pub fn kept(app: &mut App, path: &str) {
    let key = app.keymap.key_of("close.seal");
    app.say(Tone::Good, format!("The week is kept in {path}. It is not saved in its place yet: {key} tries again"));
}
