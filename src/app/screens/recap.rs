//! The recap of a week and its report: what is asked for here is gathered and written away from the drawing.

use crate::app::dialogs::Dialog;
use crate::app::dialogs::field::Field;
use crate::app::dialogs::form::Form;
use crate::app::dialogs::purpose::Purpose;
use crate::app::dialogs::reading::Reading;
use crate::app::dialogs::refusal::Refusal;
use crate::app::message::Effect;
use crate::app::{App, Tone};
use crate::insight::seal;
use crate::model::review::Moment;
use crate::model::week::Week;

/// The endings that tell a format.
const ENDINGS: [&str; 4] = [".html", ".md", ".csv", ".ics"];

/// Asks for the recap of the review as it stands: what would be sealed now.
pub fn of_review(app: &mut App, now: Moment) -> Vec<Effect> {
    let Some(review) = app.review() else { return Vec::new() };
    let snapshot = seal::seal(app.basis(), review, &app.history, now);
    vec![Effect::Recap(Box::new(snapshot))]
}

/// Asks for the recap of the week under the cursor.
pub fn of_history(app: &mut App) -> Vec<Effect> {
    let shown =
        super::history::week(app).and_then(|w| app.screens.history.get(w)).map(|s| s.snapshot().as_ref().clone());
    shown.into_iter().map(|s| Effect::Recap(Box::new(s))).collect()
}

/// The recap has come.
pub fn show(app: &mut App, week: Week, mut lines: Vec<String>) {
    if app.held.is_none() {
        let key = app.keymap.key_of("history.report");
        lines.push(say!("{key} in the History writes the report into a file.", key));
    }
    app.dialogs.push(Dialog::Reading(Reading::text(say!("Recap of {week}", week), lines)));
}

/// Asks where the report of the week under the cursor is to go.
pub fn ask_where(app: &mut App) {
    let Some(week) = super::history::week(app) else { return };
    let name = format!("{}-{week}.html", app.workspace.config.id);
    let field =
        Field::line("path", say!("File"), &name).proposal().required().hint(say!("ends in .html, .md, .csv or .ics"));
    let form = Form::new(say!("Write the report of {week}", week), Purpose::Report(week), vec![field]).about(say!(
        "A name alone is a file in the folder where truenorth was started. A file that is there is never replaced."
    ));
    app.open_form(form);
}

/// Has the report written.
///
/// # Errors
/// When the name tells no format, or the week has not been read yet.
pub fn save_report(app: &mut App, form: &Form, week: Week) -> Result<Vec<Effect>, Refusal> {
    let path = form.value("path").trim().to_owned();
    if !ENDINGS.iter().any(|ending| path.to_lowercase().ends_with(ending)) {
        return Err(Refusal::at("path", say!("the ending tells the format: .html, .md, .csv or .ics")));
    }
    let snapshot = app.screens.history.get(week).map(|s| s.snapshot().as_ref().clone());
    let snapshot = snapshot.ok_or_else(|| Refusal::at("path", say!("the week is still being read: try again")))?;
    app.say(Tone::Info, say!("Writing the report of {week}", week));
    Ok(vec![Effect::WriteReport(Box::new(snapshot), path)])
}
