//! Forms that add something to the week: action item, issue, note, headline, message.

use std::str::FromStr;

use super::decision;
use super::field::Field;
use super::form::Form;
use super::options;
use super::purpose::Purpose;
use super::refusal::Refusal;
use crate::app::intent::{Capture, Place};
use crate::app::message::Effect;
use crate::app::screens::alignment;
use crate::app::{App, Tone, dates};
use crate::model::agenda::Step;
use crate::model::checkin::CheckInEdit;
use crate::model::finding::Answer;
use crate::model::id::{ActionId, IdError, IssueId};
use crate::model::record::{Action, ActionState, Headline, Issue, IssueState, Message, Note, Record, Subject};
use crate::model::review::{Change, Edit, FindingEntry, Moment, Review, fresh_id};

/// Opens the form for something to capture; says what is in the way if it cannot be kept now.
pub fn open(app: &mut App, what: Capture) {
    if let Some(why) = app.why_not_write(&[]) {
        return app.say(Tone::Bad, why);
    }
    if app.held.is_none() {
        let needs_review = matches!(what, Capture::Decision | Capture::Message);
        if needs_review {
            let key = app.keymap.key_of("home.start");
            return app
                .say(Tone::Info, say!("Decisions and messages are kept by the review: {key} on Home holds it", key));
        }
        if app.me.is_none() {
            app.say(Tone::Info, say!("Without a review this goes into your own check-in: say first who you are"));
            return super::people::open_who(app);
        }
    }
    // What a row is about goes along; the row of an issue means that the issue is being solved.
    let subject = app.subject();
    let issue = app.issue_at_hand();
    let form = match what {
        Capture::Decision => decision::new(app, subject, issue),
        Capture::Action => action(app, subject, issue),
        Capture::Issue => issue_form(app, subject),
        Capture::Note => note(app, subject),
        Capture::Headline => headline(app, None),
        Capture::Message => message(app, None),
    };
    app.open_form(form);
}

fn with_none(mut people: Vec<super::field::Choosable>, label: &str) -> Vec<super::field::Choosable> {
    people.insert(0, options::none(label));
    people
}

fn action(app: &App, about: Option<Subject>, solves: Option<IssueId>) -> Form {
    let next = dates::a_week_after(app.today);
    let goal = match &about {
        Some(Subject::Goal(g)) => g.as_str().to_owned(),
        Some(Subject::Kpi(k)) => {
            app.basis().strategy.goals_of(k).next().map(|g| g.id.as_str().to_owned()).unwrap_or_default()
        }
        _ => String::new(),
    };
    let owner = app.me.as_ref().filter(|_| app.held.is_none()).map(|m| m.as_str().to_owned());
    Form::new(
        say!("Add an action item"),
        Purpose::Action { about, solves },
        vec![
            Field::line("title", say!("What"), "").required().hint(say!("begins with a verb: call, write, measure")),
            Field::choice("owner", say!("Who"), options::people(app), owner.as_deref())
                .required()
                .hint(say!("type a name; one owner")),
            Field::line("due", say!("By"), &next.to_string()).proposal().required().hint(say!("thu, +7, 2026-11-26")),
            Field::choice("goal", say!("For goal"), options::goals(app, None), Some(&goal)),
        ],
    )
}

/// The form to edit an action item.
#[must_use]
pub fn edit_action(app: &App, action: &Action) -> Form {
    let goal = action.goal.as_ref().map_or("", |g| g.as_str());
    Form::new(
        say!("Edit the action item"),
        Purpose::EditAction(action.id.clone()),
        vec![
            Field::line("title", say!("What"), &action.title).required(),
            Field::choice("owner", say!("Who"), options::people(app), Some(action.owner.as_str())).required(),
            Field::line("due", say!("By"), &action.due.to_string())
                .proposal()
                .required()
                .hint(say!("thu, +7, 2026-11-26")),
            Field::choice("goal", say!("For goal"), options::goals(app, None), Some(goal)),
        ],
    )
}

fn issue_form(app: &App, about: Option<Subject>) -> Form {
    // A figure of the alignment has no record to point at: its words go along instead.
    let figure = || alignment::figure(app).map(|(title, _)| title).unwrap_or_default();
    let title = about.as_ref().map_or_else(figure, |s| app.issue_title(s));
    let me = app.me.as_ref().filter(|_| app.held.is_none());
    let reporter = match &about {
        Some(Subject::Blocker(member)) => Some(member),
        _ => me,
    };
    let by = reporter.map_or("", |m| m.as_str()).to_owned();
    Form::new(
        say!("Raise an issue"),
        Purpose::Issue { about },
        vec![
            Field::line("title", say!("Issue"), &title).required().hint(say!("what stands in the way, in one line")),
            Field::choice("by", say!("Raised by"), with_none(options::people(app), say!("all of us")), Some(&by)),
            Field::text("detail", say!("Detail"), "").hint(say!("what is known; the cause, if it is")),
        ],
    )
}

/// The form to edit an issue.
#[must_use]
pub fn edit_issue(app: &App, issue: &Issue) -> Form {
    let by = issue.by.as_ref().map_or("", |m| m.as_str());
    Form::new(
        say!("Edit the issue"),
        Purpose::EditIssue(issue.id.clone()),
        vec![
            Field::line("title", say!("Issue"), &issue.title).required(),
            Field::choice("by", say!("Raised by"), with_none(options::people(app), say!("all of us")), Some(by)),
            Field::text("detail", say!("Detail"), &issue.detail).hint(say!("the cause, what was said")),
        ],
    )
}

fn note(app: &App, about: Option<Subject>) -> Form {
    let title = about.as_ref().map_or_else(
        || say!("Take a note").to_owned(),
        |s| say!("Note on {subject_name}", subject_name = app.subject_name(s)),
    );
    Form::new(
        title,
        Purpose::Note { about },
        vec![Field::text("text", say!("Note"), "").required().hint(say!("Enter begins a new line"))],
    )
}

/// The form for a headline, new or to be edited.
#[must_use]
pub fn headline(app: &App, old: Option<&Headline>) -> Form {
    let by = old.and_then(|h| h.by.as_ref()).map_or("", |m| m.as_str());
    let purpose = old.map_or(Purpose::Headline, |h| Purpose::EditHeadline(h.id.clone()));
    Form::new(
        say!("Good news"),
        purpose,
        vec![
            Field::line("text", say!("What happened"), old.map_or("", |h| &h.text))
                .required()
                .hint(say!("a win, a thank-you, something learned")),
            Field::choice("by", say!("Told by"), with_none(options::people(app), say!("all of us")), Some(by)),
        ],
    )
}

/// The form for a message to cascade, new or to be edited.
#[must_use]
pub fn message(app: &App, old: Option<&Message>) -> Form {
    let due = old.map_or_else(|| dates::a_week_after(app.today), |m| m.due);
    let purpose = old.map_or(Purpose::Message, |m| Purpose::EditMessage(m.id.clone()));
    Form::new(
        say!("A message to cascade"),
        purpose,
        vec![
            Field::line("text", say!("What to tell"), old.map_or("", |m| &m.text)).required(),
            Field::choice("teller", say!("Who tells it"), options::people(app), old.map(|m| m.teller.as_str()))
                .required(),
            Field::line("audience", say!("To whom"), old.map_or("", |m| &m.audience))
                .required()
                .hint(say!("the late shift, all bakers")),
            Field::line("channel", say!("How"), old.map_or("", |m| &m.channel))
                .hint(say!("at the shift change, by mail")),
            Field::line("due", say!("By"), &due.to_string()).proposal().required().hint(say!("thu, +7, 2026-11-26")),
        ],
    )
}

/// Saves an action item: into the review, or without one into my check-in.
pub fn save_action(
    app: &mut App,
    form: &Form,
    about: Option<&Subject>,
    solves: Option<&IssueId>,
    now: Moment,
) -> Result<Vec<Effect>, Refusal> {
    let title = form.value("title");
    let due = dates::parse(&form.value("due"), app.today).map_err(|e| Refusal::at("due", e))?;
    let owner = form.id("owner").ok_or_else(|| Refusal::at("owner", say!("an action item has one owner")))?;
    let week = app.open_week();
    let id = fresh_id(&title, week, |id| app.derived.standing.actions.iter().any(|a| a.id.as_str() == id));
    let id: ActionId = id.parse().map_err(|e| Refusal::at("title", format!("{e}")))?;
    let action = Action {
        id: id.clone(),
        title: title.clone(),
        owner,
        due,
        goal: form.id("goal"),
        about: about.cloned(),
        promised: week,
        carried: 0,
        state: ActionState::Open,
    };
    if app.held.is_none() {
        return in_my_check_in(app, CheckInEdit::Action(action));
    }
    let mut edits = vec![Edit::Action(Change::put(action))];
    if let Some(issue) = solves.and_then(|id| app.issue(id)) {
        let mut issue = issue.clone();
        issue.state = IssueState::Solved { in_week: week, answer: title.clone(), decision: None, action: Some(id) };
        edits.push(Edit::Issue(Change::put(issue)));
    }
    Ok(app.edit(say!("action: {title}", title), Edit::Many(edits), now))
}

/// Saves an edited action item.
pub fn save_edited_action(app: &mut App, form: &Form, id: &ActionId, now: Moment) -> Result<Vec<Effect>, Refusal> {
    app.review().ok_or_else(Refusal::no_review)?;
    let due = dates::parse(&form.value("due"), app.today).map_err(|e| Refusal::at("due", e))?;
    let mut action = app.action(id).cloned().ok_or_else(Refusal::gone)?;
    action.title = form.value("title");
    action.owner = form.id("owner").ok_or_else(|| Refusal::at("owner", say!("an action item has one owner")))?;
    action.due = due;
    action.goal = form.id("goal");
    Ok(app.edit(say!("edit: {title}", title = action.title), Edit::Action(Change::put(action)), now))
}

/// Saves an issue: into the review, or without one into my check-in. One raised from a finding answers it.
pub fn save_issue(app: &mut App, form: &Form, about: Option<&Subject>, now: Moment) -> Result<Vec<Effect>, Refusal> {
    let title = form.value("title");
    let week = app.open_week();
    let id = fresh_id(&title, week, |id| app.derived.standing.issues.iter().any(|i| i.id.as_str() == id));
    let id: IssueId = id.parse().map_err(|e| Refusal::at("title", format!("{e}")))?;
    let issue = Issue {
        id: id.clone(),
        title: title.clone(),
        detail: form.value("detail"),
        by: form.id("by"),
        raised: week,
        about: about.cloned(),
        votes: 0,
        state: IssueState::Open,
    };
    if app.held.is_none() {
        return in_my_check_in(app, CheckInEdit::Issue(issue));
    }
    let mut edits = vec![Edit::Issue(Change::put(issue))];
    if let Some(Subject::Finding(finding)) = about {
        let answer = Answer::Raised { issue: id };
        edits.push(Edit::Finding(Change::put(FindingEntry { finding: finding.clone(), answer })));
    }
    Ok(app.edit(say!("issue: {title}", title), Edit::Many(edits), now))
}

/// Saves an edited issue.
pub fn save_edited_issue(app: &mut App, form: &Form, id: &IssueId, now: Moment) -> Result<Vec<Effect>, Refusal> {
    app.review().ok_or_else(Refusal::no_review)?;
    let mut issue = app.issue(id).cloned().ok_or_else(Refusal::gone)?;
    issue.title = form.value("title");
    issue.by = form.id("by");
    issue.detail = form.value("detail");
    Ok(app.edit(say!("edit: {title}", title = issue.title), Edit::Issue(Change::put(issue)), now))
}

/// Saves a note: into the review, or without one into my check-in.
pub fn save_note(app: &mut App, form: &Form, about: Option<&Subject>, now: Moment) -> Result<Vec<Effect>, Refusal> {
    let text = form.value("text");
    if app.held.is_none() {
        return in_my_check_in(app, CheckInEdit::Note(text));
    }
    let step: Option<Step> = app.step().filter(|_| app.place == Place::Review);
    let review = app.review().ok_or_else(Refusal::no_review)?;
    let id = id_for(review, None, "text", &text, &review.notes)?;
    let note = Note { id, text, step, about: about.cloned() };
    Ok(app.edit("note", Edit::Note(Change::put(note)), now))
}

/// Saves a headline, new or edited.
pub fn save_headline(
    app: &mut App,
    form: &Form,
    old: Option<&crate::model::id::HeadlineId>,
    now: Moment,
) -> Result<Vec<Effect>, Refusal> {
    let text = form.value("text");
    if app.held.is_none() {
        return in_my_check_in(app, CheckInEdit::Headline(text));
    }
    let review = app.review().ok_or_else(Refusal::no_review)?;
    let id = id_for(review, old, "text", &text, &review.headlines)?;
    let headline = Headline { id, text, by: form.id("by") };
    Ok(app.edit("headline", Edit::Headline(Change::put(headline)), now))
}

/// Saves a message, new or edited.
pub fn save_message(
    app: &mut App,
    form: &Form,
    old: Option<&crate::model::id::MessageId>,
    now: Moment,
) -> Result<Vec<Effect>, Refusal> {
    let due = dates::parse(&form.value("due"), app.today).map_err(|e| Refusal::at("due", e))?;
    let review = app.review().ok_or_else(Refusal::no_review)?;
    let text = form.value("text");
    let before = old.and_then(|id| review.messages.iter().find(|m| &m.id == id));
    let id = id_for(review, old, "text", &text, &review.messages)?;
    let message = Message {
        id,
        text,
        teller: form.id("teller").ok_or_else(|| Refusal::at("teller", say!("somebody has to tell it")))?,
        audience: form.value("audience"),
        channel: form.value("channel"),
        due,
        agreed: before.map_or(review.week, |m| m.agreed),
        delivered: before.and_then(|m| m.delivered),
    };
    Ok(app.edit("message", Edit::Message(Change::put(message)), now))
}

/// The id of a record that is edited, or a new one made of what was typed into a field.
pub(super) fn id_for<T: Record>(
    review: &Review,
    old: Option<&T::Id>,
    field: &'static str,
    typed: &str,
    taken: &[T],
) -> Result<T::Id, Refusal>
where
    T::Id: FromStr<Err = IdError>,
{
    match old {
        Some(id) => Ok(id.clone()),
        None => review.fresh_id(typed, taken).parse().map_err(|e: IdError| Refusal::at(field, e.to_string())),
    }
}

/// Changes my check-in and saves it.
pub fn in_my_check_in(app: &mut App, edit: CheckInEdit) -> Result<Vec<Effect>, Refusal> {
    let me = app.me.clone().ok_or_else(|| Refusal::at("title", say!("say first who you are: W on Home")))?;
    Ok(vec![Effect::EditCheckIn(app.open_week(), me, Box::new(edit))])
}
