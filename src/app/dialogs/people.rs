//! Forms about who sits at the keyboard, and about correcting a sealed week.

use super::field::Field;
use super::form::Form;
use super::options;
use super::purpose::Purpose;
use super::refusal::Refusal;
use crate::app::message::Effect;
use crate::app::{App, Tone};
use crate::model::week::Week;

/// Asks who is at the keyboard.
pub fn open_who(app: &mut App) {
    let me = app.me.as_ref().map(|m| m.as_str().to_owned());
    let field =
        Field::choice("who", say!("I am"), options::people(app), me.as_deref()).required().hint(say!("type your name"));
    app.open_form(
        Form::new(say!("Who is at the keyboard?"), Purpose::WhoAmI, vec![field])
            .about(say!("Kept on this machine only.")),
    );
}

/// Keeps who is at the keyboard.
pub fn save_who(app: &mut App, form: &Form) -> Result<Vec<Effect>, Refusal> {
    let me = form.id::<crate::model::id::MemberId>("who").ok_or_else(|| Refusal::at("who", say!("choose a name")))?;
    let name = app.workspace.config.name_of(&me).to_owned();
    app.me = Some(me.clone());
    app.say(Tone::Good, say!("Hello {name}", name));
    Ok(vec![Effect::RememberMember(me)])
}

/// Asks why a sealed week is corrected.
pub fn open_reopen(app: &mut App, week: Week) {
    if let Some(why) = app.why_not_write(&[]) {
        return app.say(Tone::Bad, why);
    }
    let field =
        Field::line("why", say!("Because"), "").required().hint(say!("a figure was wrong, a decision was left out"));
    let form = Form::new(say!("Correct the review of {week}", week), Purpose::Reopen(week), vec![field])
        .about(say!("The sealed revision stays as it is; saving makes a new one beside it."));
    app.open_form(form);
}

/// Asks for the week that is to be corrected.
pub fn save_reopen(app: &mut App, form: &Form, week: Week) -> Result<Vec<Effect>, Refusal> {
    if app.held.is_some() {
        return Err(Refusal::at("why", say!("a review is being held: save it first")));
    }
    if app.recovered.is_some() {
        return Err(Refusal::at(
            "why",
            say!("an unfinished review waits: go on with it from Home, or throw it away, first"),
        ));
    }
    Ok(vec![Effect::LoadBasis(week, Some(form.value("why")))])
}
