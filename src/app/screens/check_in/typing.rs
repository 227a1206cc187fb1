//! Answers that are typed: a line in its own row, a form where there is more to say.

use super::answers::{give, typed};
use super::down;
use crate::app::App;
use crate::app::Tone;
use crate::app::dialogs::field::Field;
use crate::app::dialogs::form::Form;
use crate::app::dialogs::options;
use crate::app::dialogs::purpose::Purpose;
use crate::app::dialogs::refusal::Refusal;
use crate::app::key::Key;
use crate::app::message::{Effect, Secret};
use crate::app::screens::row::Row;
use crate::insight::questions::{self, Question, Section};
use crate::model::answer::Answer;
use crate::model::week::Week;

/// The name of a field that is typed into in its row.
pub(super) const LINE: &str = "line";

/// Opens the field or form of a question; `first` is typed into it already.
pub(super) fn open(app: &mut App, q: &Question, first: Option<char>) {
    let line = |text: &str| Field::line(LINE, say!("Answer"), text).hint(q.hint.clone());
    let fields = match &q.answer {
        Answer::Progress(_, None) => vec![line("")],
        Answer::Progress(_, Some((_, note))) => vec![line(note).hint(say!("what stopped it, or what came of it"))],
        Answer::Told(..) | Answer::Ranking(_) => return,
        Answer::Reading(_, said) => {
            let said = said.as_ref().map(|(value, note)| {
                if note.is_empty() { value.to_type() } else { format!("{}; {note}", value.to_type()) }
            });
            vec![line(&said.unwrap_or_default()).proposal()]
        }
        Answer::Recall(at, _) if q.section == Section::Meant => {
            let named = app.screens.check_in.mine.as_ref().and_then(|m| m.now.recall.get(*at)).cloned();
            let Some(named) = named else { return };
            let near = questions::suggested(&app.workspace.strategy, &named.words).map(|g| g.id.clone());
            let chosen = named.goal.or(near).map(|g| g.to_string()).unwrap_or_default();
            vec![Field::choice("goal", say!("Goal"), options::goals(app, None), Some(&chosen))]
        }
        Answer::Confidence(..) | Answer::Pulse(..) => vec![line("")],
        Answer::Recall(..) | Answer::Blocker(_) | Answer::Idea(_) | Answer::Headline(_) => {
            vec![line(&questions::show(&q.answer, &app.workspace.config, &app.workspace.strategy))]
        }
        Answer::Thanks(said) => {
            let me = app.me.clone();
            let mut people = options::people(app);
            people.retain(|p| me.as_ref().is_none_or(|m| m.as_str() != p.id));
            let to = said.as_ref().map(|t| t.to.as_str().to_owned());
            vec![
                Field::choice("who", say!("whom" | "To"), people, to.as_deref()).required().hint(say!("type a name")),
                Field::line("what", say!("What for"), said.as_ref().map_or("", |t| &t.text))
                    .hint(say!("in a line; the team will read it")),
            ]
        }
        Answer::Note(text) => {
            vec![Field::text("note", say!("Note"), text).hint(say!("Enter begins a new line; Ctrl-s saves"))]
        }
    };
    let title = if q.text.is_empty() { q.section.label() } else { &q.text };
    let mut form = Form::new(title, Purpose::Answer(q.key()), fields);
    if q.section != Section::Meant {
        form = form.about(say!("Whoever can read the workspace's folder can read this."));
    }
    app.open_fresh(form);
    if let (Some(first), Some(crate::app::dialogs::Dialog::Form(form))) = (first, app.dialogs.last_mut()) {
        form.key(Key::char(first));
    }
}

/// Saves what was typed as the answer to its question.
///
/// # Errors
/// Names the field, and what would be understood.
pub fn save_typed(app: &mut App, form: &Form, key: &str) -> Result<Vec<Effect>, Refusal> {
    if let Some(why) = app.why_not_check_in() {
        return Err(Refusal::at(LINE, why));
    }
    let q = app.question(key).cloned().ok_or_else(Refusal::gone)?;
    let line = form.value(LINE);
    let text = match &q.answer {
        Answer::Progress(id, Some((done, _))) => {
            let effects = give(app, q.answer.clone(), Answer::Progress(id.clone(), Some((*done, line))));
            down(app);
            return Ok(effects);
        }
        Answer::Recall(..) if q.section == Section::Meant => form.value("goal"),
        Answer::Thanks(_) => format!("{}: {}", form.value("who"), form.value("what")),
        Answer::Note(_) => form.value("note"),
        _ => line,
    };
    let text = if text.trim().is_empty() { "-".to_owned() } else { text };
    // Refused before anything changes: the form stays open with the reason.
    if let Some(Err(why)) = app.asking(|of| questions::read(of, &q, &text)) {
        return Err(Refusal::at(LINE, why));
    }
    Ok(typed(app, &q, &text, true))
}

/// Opens the private note of the week under the cursor, else of the check-in's.
pub(super) fn open_note(app: &mut App) {
    let week = match app.row() {
        Some(Row::Private(week)) => *week,
        _ => app.check_in_week(),
    };
    open_private(app, week);
}

/// Opens the private note of a week.
pub fn open_private(app: &mut App, week: Week) {
    if app.held.is_some() || app.look.present {
        return app.say(Tone::Info, say!("Private notes are not opened while others watch"));
    }
    let Some(notes) = &app.screens.mine.notes else {
        return app.say(Tone::Info, say!("Your private notes could not be read: nothing is written over them"));
    };
    let said = notes.iter().find(|(w, _)| *w == week).map(|(_, text)| text.as_str().to_owned()).unwrap_or_default();
    let field = Field::text("private", say!("Private"), &said).hint(say!("Enter begins a new line; Ctrl-s saves"));
    let form = Form::new(say!("A private note on {week}", week), Purpose::PrivateNote(week), vec![field])
        .about(say!("Stays on this machine, in your own folder: in no shared file, no review, no report."));
    app.open_form(form);
}

/// Saves a private note.
///
/// # Errors
/// While a review is held here, or when it is not known who is asking.
pub fn save_private(app: &mut App, form: &Form, week: Week) -> Result<Vec<Effect>, Refusal> {
    if app.held.is_some() {
        return Err(Refusal::at("private", say!("a review is held here: private notes are not opened meanwhile")));
    }
    let me = app.me.clone().ok_or_else(|| Refusal::at("private", say!("say first who you are: W on Home")))?;
    Ok(vec![Effect::KeepPrivate(me, week, Secret::new(form.value("private")))])
}
