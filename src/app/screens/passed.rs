//! What is passed on: an issue or a message of ours to another workspace, and what others passed on to us.

use super::registers::section;
use super::row::{Listed, Row};
use crate::app::dialogs::field::Field;
use crate::app::dialogs::form::Form;
use crate::app::dialogs::purpose::Purpose;
use crate::app::dialogs::reading::Reading;
use crate::app::dialogs::refusal::Refusal;
use crate::app::dialogs::{Dialog, people};
use crate::app::intent::{Place, RowIntent};
use crate::app::message::Effect;
use crate::app::{App, Tone, outcome};
use crate::model::id::{IssueId, MemberId};
use crate::model::passed::{Arrived, Passed, PassedAnswer, Reply, What};
use crate::model::record::{Issue, IssueState, Record};
use crate::model::review::{Change, Edit, Moment, fresh_id};
use crate::model::week::Week;
use crate::model::workspace::SCHEMA;

/// The heading of what others passed on and waits for an answer.
pub const PASSED: &str = term!("Passed on to us");

/// An answer to what was passed on, on its way into its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answering {
    /// The key of what is answered.
    pub key: String,
    /// The answer.
    pub answer: PassedAnswer,
    /// The issue that it became, where that goes first into a check-in: of which week and whose.
    pub raised: Option<(Week, MemberId, Issue)>,
}

/// What waits for an answer, oldest first.
pub fn waiting(app: &App) -> impl Iterator<Item = &Passed> {
    app.workspace.passed.iter().filter(|a| a.answer.is_none()).map(|a| &a.passed)
}

/// The rows of what waits.
pub(super) fn rows(app: &App) -> impl Iterator<Item = Listed> {
    waiting(app).map(|p| Listed::new(PASSED, Row::Passed(p.key())))
}

/// What was passed on under this key.
#[must_use]
pub fn find<'a>(app: &'a App, key: &str) -> Option<&'a Passed> {
    app.workspace.passed.iter().map(|a| &a.passed).find(|p| p.key() == key)
}

/// The name of the workspace that an issue of ours comes from, if it was passed on to us.
#[must_use]
pub fn origin<'a>(app: &'a App, id: &IssueId) -> Option<&'a str> {
    let became = |a: &&Arrived| matches!(&a.answer, Some(PassedAnswer { outcome: Reply::Accepted { issue }, .. }) if issue == id);
    app.workspace.passed.iter().find(became).map(|a| a.passed.name.as_str())
}

/// What was passed on, as a text to read, with the keys that answer it.
#[must_use]
pub fn read(app: &App, key: &str) -> Option<Reading> {
    let passed = find(app, key)?;
    let mut lines = Vec::new();
    let by = passed.by.as_ref().map_or(String::new(), |by| say!(" by {by}", by));
    let from =
        say!("{name}, in {week}{by}, as {what}", name = passed.name, week = passed.week, by, what = an(&passed.what));
    section(&mut lines, say!("From"), from);
    section(&mut lines, say!("Because"), passed.why.clone());
    section(&mut lines, say!("Detail"), passed.detail.clone());
    let (take, give) = match app.place {
        Place::Review => ("issues-step.solve", "issues-step.drop"),
        _ => ("issues.accept", "issues.return"),
    };
    let (take, give) = (app.keymap.key_of(take), app.keymap.key_of(give));
    section(
        &mut lines,
        say!("Answer"),
        say!("{take} makes it an issue of ours, {give} gives it back with words", take, give),
    );
    Some(Reading::text(passed.text.clone(), lines))
}

fn an(what: &What) -> &'static str {
    match what {
        What::Issue(_) => say!("an issue"),
        What::Message(_) => say!("a message"),
    }
}

/// What the keys do with what others passed on.
pub(super) fn row(app: &mut App, intent: RowIntent, key: &str, now: Moment) -> Vec<Effect> {
    match intent {
        RowIntent::Accept | RowIntent::Solve => return accept(app, key, now),
        RowIntent::Return | RowIntent::Drop => ask_answer(app, key),
        RowIntent::Open => {
            if let Some(reading) = read(app, key) {
                app.dialogs.push(Dialog::Reading(reading));
            }
        }
        RowIntent::Pass => {
            app.say(Tone::Info, say!("Take it in first: then it is an issue of ours, and can be passed on"))
        }
        _ => {}
    }
    Vec::new()
}

/// Asks where an issue or a message of ours is to go.
pub(super) fn ask_where(app: &mut App, what: What) {
    if let Some(why) = app.why_not_write(&[]) {
        return app.say(Tone::Bad, why);
    }
    let Some((text, _)) = words(app, &what) else { return };
    let to = Field::line("to", say!("To whom"), &app.screens.passed_to)
        .proposal()
        .required()
        .hint(say!("the folder of their workspace, or any folder or file, to be sent"));
    let why = Field::text("why", say!("Because"), "").hint(say!("what they need to know that we know"));
    let form = Form::new(say!("Pass on: {text}", text), Purpose::PassOn(what), vec![to, why]).about(say!(
        "It becomes a file that is never written over. Here it stays as it is: it is still ours until they take it in."
    ));
    app.open_form(form);
}

/// It in one line, and what is known of it.
fn words(app: &App, what: &What) -> Option<(String, String)> {
    match what {
        What::Issue(id) => app.issue(id).map(|i| (i.title.clone(), i.detail.clone())),
        What::Message(id) => {
            let found = app.derived.standing.messages.iter().find(|m| &m.id == id);
            found.map(|m| (m.text.clone(), say!("For {audience}", audience = m.audience)))
        }
    }
}

/// Has it written there.
///
/// # Errors
/// When it is gone meanwhile.
pub fn save_pass_on(app: &mut App, form: &Form, what: &What) -> Result<Vec<Effect>, Refusal> {
    let (text, detail) = words(app, what).ok_or_else(Refusal::gone)?;
    let to = form.value("to").trim().to_owned();
    let passed = Passed {
        schema: SCHEMA,
        from: app.workspace.config.id.clone(),
        name: app.workspace.config.name.clone(),
        week: app.week,
        by: app.me.clone(),
        what: what.clone(),
        text,
        detail,
        why: form.value("why"),
    };
    app.screens.passed_to.clone_from(&to);
    app.say(Tone::Info, say!("Passing on: {text}", text = passed.text));
    Ok(vec![Effect::PassOn(Box::new(passed), to)])
}

/// Makes it an issue: of the review, or else of my check-in. The answer is written after it, so that nothing is called taken in
/// that is not there.
fn accept(app: &mut App, key: &str, now: Moment) -> Vec<Effect> {
    if let Some(why) = app.why_not_write(&[]) {
        app.say(Tone::Bad, why);
        return Vec::new();
    }
    let Some(passed) = find(app, key).cloned() else { return Vec::new() };
    if app.held.is_none() && app.me.is_none() {
        app.say(Tone::Info, say!("Without a review it goes into your own check-in: say first who you are"));
        people::open_who(app);
        return Vec::new();
    }
    let title = passed.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let week = app.open_week();
    let past = app.history.issues();
    let taken =
        |id: &str| app.derived.standing.issues.iter().chain(past.iter().copied()).any(|i| i.id().as_ref() == id);
    let Ok(id) = fresh_id(&title, week, taken).parse::<IssueId>() else {
        app.say(Tone::Bad, say!("Its words give no name for an issue: raise it by hand, and give this one back"));
        return Vec::new();
    };
    let issue = Issue {
        id: id.clone(),
        title: title.clone(),
        detail: passed.told(),
        by: app.me.clone(),
        raised: week,
        about: None,
        votes: 0,
        state: IssueState::Open,
    };
    let answer =
        PassedAnswer { schema: SCHEMA, week: app.week, by: app.me.clone(), outcome: Reply::Accepted { issue: id } };
    let mut answering = Answering { key: key.to_owned(), answer, raised: None };
    let mut effects = Vec::new();
    match (&app.held, &app.me) {
        (None, Some(me)) => answering.raised = Some((week, me.clone(), issue)),
        _ => {
            effects = app.edit(say!("issue: {title}", title), Edit::Issue(Change::put(issue)), now);
            if effects.is_empty() {
                // Refused, and why was said.
                return effects;
            }
        }
    }
    effects.push(Effect::AnswerPassed(Box::new(answering)));
    effects
}

/// Asks with which words it goes back.
fn ask_answer(app: &mut App, key: &str) {
    if let Some(why) = app.why_not_write(&[]) {
        return app.say(Tone::Bad, why);
    }
    let Some(passed) = find(app, key) else { return };
    let field = Field::line("answer", say!("Answer"), "")
        .required()
        .hint(say!("why it is not ours to solve, or what there is to know"));
    let form =
        Form::new(say!("Give back: {text}", text = passed.text), Purpose::ReturnPassed(key.to_owned()), vec![field])
            .about(say!("{name} finds the answer beside what they passed on, and in the roll-up.", name = passed.name));
    app.open_form(form);
}

/// Gives it back.
///
/// # Errors
/// When it is gone meanwhile.
pub fn save_return(app: &mut App, form: &Form, key: &str) -> Result<Vec<Effect>, Refusal> {
    find(app, key).ok_or_else(Refusal::gone)?;
    let outcome = Reply::Returned { text: form.value("answer") };
    let answer = PassedAnswer { schema: SCHEMA, week: app.week, by: app.me.clone(), outcome };
    Ok(vec![Effect::AnswerPassed(Box::new(Answering { key: key.to_owned(), answer, raised: None }))])
}

/// It was passed on, into this file.
pub(in crate::app) fn passed_on(app: &mut App, path: &str) {
    outcome::saved(app);
    app.say(Tone::Good, say!("Passed on: {path}", path));
}

/// The answer is in its file.
pub(in crate::app) fn answered(app: &mut App, done: Answering) {
    outcome::saved(app);
    let Answering { key, answer, .. } = done;
    let Some(arrived) = app.workspace.passed.iter_mut().find(|a| a.passed.key() == key) else { return };
    let said = match &answer.outcome {
        Reply::Accepted { .. } => say!("An issue of ours now: {text}", text = arrived.passed.text),
        Reply::Returned { .. } => {
            say!("Given back to {name}: {text}", name = arrived.passed.name, text = arrived.passed.text)
        }
    };
    arrived.answer = Some(answer);
    app.say(Tone::Good, said);
}
