//! History, quarter by quarter: the sealed quarters in a list; any of them as its review left it; two of them compared.

use super::history::Span;
use super::row::{Listed, Row};
use crate::app::cursor::Cursor;
use crate::app::dialogs::Dialog;
use crate::app::dialogs::field::Field;
use crate::app::dialogs::form::Form;
use crate::app::dialogs::purpose::Purpose;
use crate::app::dialogs::quarter::{About, open_reopen};
use crate::app::dialogs::reading::{Body, Reading};
use crate::app::dialogs::refusal::Refusal;
use crate::app::intent::{HistoryIntent, Place};
use crate::app::message::Effect;
use crate::app::{App, Tone};
use crate::insight::quarter;
use crate::model::quarter::Quarter;
use crate::model::quarterly::QuarterSnapshot;

/// The endings that tell a format.
const ENDINGS: [&str; 2] = [".html", ".md"];

/// What the list of quarters remembers.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// The cursor.
    pub cursor: Cursor,
    /// The quarter taken as one side of a comparison.
    pub base: Option<Quarter>,
}

/// The rows: the newest quarter first.
#[must_use]
pub fn rows(app: &App) -> Vec<Listed> {
    app.workspace.quarters.keys().rev().map(|q| Listed::new(say!("Quarters"), Row::Quarter(*q))).collect()
}

/// The quarter under the cursor.
#[must_use]
pub fn quarter(app: &App) -> Option<Quarter> {
    match app.row() {
        Some(Row::Quarter(quarter)) => Some(*quarter),
        _ => None,
    }
}

/// The words that a search of the list looks through.
#[must_use]
pub fn words(s: &QuarterSnapshot) -> String {
    format!("{} {}", s.quarter(), quarter::told(s).join(" "))
}

/// Goes to the quarters, to one of them if it is named.
pub fn show(app: &mut App, to: Option<Quarter>) {
    app.place = Place::History;
    app.screens.history.span = Span::Quarters;
    if let Some(quarter) = to {
        app.screens.history.quarters.cursor.seek(quarter.to_string());
    }
    app.relist();
}

/// The keys of the quarters.
pub fn update(app: &mut App, intent: HistoryIntent) -> Vec<Effect> {
    match intent {
        HistoryIntent::Turn => {
            app.screens.history.span = Span::Weeks;
            app.relist();
        }
        HistoryIntent::Read => {
            let sealed = quarter(app).and_then(|q| app.history.quarter(q));
            let reading =
                sealed.map(|s| Reading::text(say!("Review of {quarter}", quarter = s.quarter()), quarter::told(s)));
            app.dialogs.extend(reading.map(Dialog::Reading));
        }
        HistoryIntent::Compare => compare(app),
        HistoryIntent::Reopen => {
            if let Some(quarter) = quarter(app) {
                open_reopen(app, quarter);
            }
        }
        HistoryIntent::Report => ask_where(app),
        // These go along the time line, or are about a week.
        HistoryIntent::NextPanel
        | HistoryIntent::PreviousPanel
        | HistoryIntent::Older
        | HistoryIntent::Newer
        | HistoryIntent::QuarterBack
        | HistoryIntent::QuarterOn
        | HistoryIntent::Oldest
        | HistoryIntent::Newest
        | HistoryIntent::LineDown
        | HistoryIntent::LineUp
        | HistoryIntent::Recap
        | HistoryIntent::Trend => {}
    }
    Vec::new()
}

/// The first time takes a quarter as one side; the second time compares with it.
fn compare(app: &mut App) {
    let Some(quarter) = quarter(app) else { return };
    match app.screens.history.quarters.base.take() {
        None => app.screens.history.quarters.base = Some(quarter),
        Some(base) if base == quarter => app.say(Tone::Info, say!("Comparison left")),
        Some(base) => {
            let (from, to) = (base.min(quarter), base.max(quarter));
            let Some((one, other)) = app.history.quarter(from).zip(app.history.quarter(to)) else {
                return app.say(Tone::Bad, say!("One of the two cannot be read: ! says why"));
            };
            let body = Body::Quarters(quarter::compare(one, other));
            let title = say!("{from} beside {to}", from, to);
            app.dialogs.push(Dialog::Reading(Reading { title, body, scroll: 0 }));
        }
    }
}

/// Asks where the report of the quarter under the cursor is to go.
fn ask_where(app: &mut App) {
    let Some(quarter) = quarter(app) else { return };
    let name = format!("{}-{quarter}.html", app.workspace.config.id);
    let field = Field::line("path", say!("File"), &name).proposal().required().hint(say!("ends in .html or .md"));
    let about = say!(
        "A name alone is a file in the folder where truenorth was started. A file that is there is never replaced."
    );
    let purpose = Purpose::Quarter(About::Report(quarter));
    app.open_form(Form::new(say!("Write the report of {quarter}", quarter), purpose, vec![field]).about(about));
}

/// Has the report written.
///
/// # Errors
/// When the name tells no format, or the quarter has not been read.
pub fn save_report(app: &mut App, form: &Form, quarter: Quarter) -> Result<Vec<Effect>, Refusal> {
    let path = form.value("path").trim().to_owned();
    if !ENDINGS.iter().any(|ending| path.to_lowercase().ends_with(ending)) {
        return Err(Refusal::at("path", say!("the ending tells the format: .html or .md")));
    }
    let sealed = app.history.quarter(quarter).cloned();
    let sealed = sealed.ok_or_else(|| Refusal::at("path", say!("the quarter is not read: ! says why")))?;
    let before = app.history.quarter_before(quarter).cloned();
    app.say(Tone::Info, say!("Writing the report of {quarter}", quarter));
    Ok(vec![Effect::WriteQuarterReport(sealed, before, path)])
}
