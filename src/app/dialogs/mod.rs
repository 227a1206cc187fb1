//! Dialogs: a stack over the screen. The top one takes the keys, the bottom one is drawn first.

pub mod capture;
pub mod cards;
pub mod clash;
pub mod decision;
pub mod elsewhere;
pub mod feeds;
pub mod field;
pub mod find;
pub mod form;
pub mod leaving;
pub mod options;
pub mod palette;
pub mod people;
pub mod phase;
pub mod purpose;
pub mod quarter;
pub mod reading;
pub mod reallocation;
pub mod refusal;
pub mod resume;
pub mod rows;
pub mod save;
pub mod strategy;
pub mod sync;
pub mod take_over;
pub mod trend;
pub mod typed;

use self::clash::Clash;
use self::feeds::Feeds;
use self::find::Find;
use self::form::{Asked, Entered, Form};
use self::palette::Palette;
use self::reading::Reading;
use self::resume::Resume;
use self::trend::Trend;
use super::intent::{AppIntent, FormIntent, Intent, Move};
use super::key::Key;
use super::keymap::Scope;
use super::message::Effect;
use super::screens::check_in;
use super::{App, Tone};
use crate::model::quarter::Quarter;
use crate::model::review::Moment;

/// A dialog over the screen.
#[derive(Debug, Clone)]
pub enum Dialog {
    /// A form to fill in.
    Form(Box<Form>),
    /// Everything one can do, by name.
    Palette(Palette),
    /// A text to read.
    Reading(Reading),
    /// The search over every week.
    Find(Box<Find>),
    /// A trend to look at.
    Trend(Trend),
    /// The question what to do with an unfinished review.
    Resume(Resume),
    /// Sharing by git.
    Sync(Box<sync::Sync>),
    /// A question to answer yes or no.
    Confirm(Confirm),
    /// Numbers that come by themselves.
    Feeds(Box<Feeds>),
    /// Two versions to settle.
    Clash(Clash),
}

/// A question to answer yes or no; the key that says yes is not the one that asked.
#[derive(Debug, Clone)]
pub struct Confirm {
    /// The question.
    pub question: String,
    /// What hangs on it, a line each.
    pub details: Vec<String>,
    /// What yes does.
    pub yes: Confirmed,
}

/// What a confirmed question does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confirmed {
    /// Hold the review of this week.
    Begin,
    /// Hold the review of a quarter.
    BeginQuarter(Quarter),
    /// Seal the week, or the quarter.
    Seal,
    /// Throw the unfinished review away.
    Discard,
    /// Take the review over from another window.
    TakeOver,
}

impl Dialog {
    /// The scopes of its keys.
    #[must_use]
    pub fn scopes(&self) -> Vec<Scope> {
        match self {
            Self::Form(_) => vec![Scope::Form],
            Self::Palette(_) => vec![Scope::Palette],
            Self::Reading(Reading { body: reading::Body::Problems, .. }) => vec![Scope::Problems, Scope::Reading],
            Self::Reading(_) => vec![Scope::Reading],
            Self::Clash(_) => vec![Scope::Clash],
            Self::Trend(_) => vec![Scope::Trend],
            Self::Find(_) => vec![Scope::Find],
            Self::Resume(_) => vec![Scope::Palette],
            Self::Sync(sync) => vec![sync.scope()],
            Self::Confirm(_) => vec![Scope::Confirm],
            Self::Feeds(_) => vec![Scope::Feeds],
        }
    }
}

impl App {
    /// Opens a form, with what was typed in it when it was last closed unsaved.
    pub fn open_form(&mut self, form: Form) {
        let kept = self.kept.iter().position(|k| k.purpose == form.purpose).map(|at| self.kept.remove(at));
        let form = kept.unwrap_or_else(|| self.with_typed(form));
        self.dialogs.push(Dialog::Form(Box::new(form)));
    }

    /// Opens a form with just these values: for fields that show what is already there.
    pub fn open_fresh(&mut self, form: Form) {
        self.kept.retain(|k| k.purpose != form.purpose);
        let form = self.with_typed(form);
        self.dialogs.push(Dialog::Form(Box::new(form)));
    }
}

/// Keys and intents while a dialog is open.
pub fn update(app: &mut App, intent: Intent, now: Moment) -> Vec<Effect> {
    match (app.dialogs.last_mut(), intent) {
        (Some(Dialog::Form(_)), Intent::Form(intent)) => form_intent(app, intent, now),
        (Some(Dialog::Feeds(_)), intent) => feeds::update(app, intent, now),
        (Some(Dialog::Palette(palette)), intent) => match palette.intent(intent) {
            palette::Asked::Nothing => Vec::new(),
            palette::Asked::Close => close(app),
            palette::Asked::Do(chosen) => {
                app.dialogs.pop();
                super::update::intent(app, chosen, now)
            }
        },
        (Some(Dialog::Resume(resume)), Intent::Form(intent)) => match intent {
            FormIntent::Down | FormIntent::Next => resume.step(true),
            FormIntent::Up | FormIntent::Previous => resume.step(false),
            FormIntent::Enter | FormIntent::Yes | FormIntent::Save => resume::choose(app, now),
            FormIntent::Close => close(app),
            FormIntent::Editor => vec![],
        },
        (Some(Dialog::Confirm(confirm)), Intent::Form(FormIntent::Yes)) => {
            let yes = confirm.yes;
            app.dialogs.pop();
            match yes {
                Confirmed::Begin => super::screens::review::begin(app, now),
                Confirmed::BeginQuarter(quarter) => vec![Effect::LoadQuarter(quarter, None)],
                Confirmed::Seal => super::screens::review::seal_now(app, now),
                Confirmed::Discard => resume::discard(app),
                Confirmed::TakeOver => take_over::begin(app),
            }
        }
        (Some(Dialog::Confirm(_)), _) => close(app),
        (Some(Dialog::Sync(_)), Intent::Sync(intent)) => sync::update(app, intent),
        (Some(Dialog::Sync(_)), Intent::Form(FormIntent::Yes)) => sync::yes(app),
        (Some(Dialog::Sync(sync)), Intent::Move(to)) => {
            sync.go(to);
            Vec::new()
        }
        (Some(Dialog::Sync(_)), _) => sync::close(app),
        (Some(Dialog::Reading(reading)), Intent::Move(to)) => reading.go(to),
        (Some(Dialog::Reading(_)), Intent::App(AppIntent::Settle)) => vec![Effect::FindClash],
        (Some(Dialog::Clash(_)), Intent::Clash(intent)) => clash::update(app, intent),
        (Some(Dialog::Clash(clash)), Intent::Move(to)) => {
            clash.go(to);
            Vec::new()
        }
        (Some(Dialog::Clash(clash)), Intent::App(AppIntent::Back)) if !clash.writing => clash::leave(app),
        // A slip of the mouse beside it must not cost the answers.
        (Some(Dialog::Clash(_)), _) => Vec::new(),
        (Some(Dialog::Trend(trend)), Intent::Move(to)) => {
            trend.go(to);
            Vec::new()
        }
        (Some(Dialog::Find(find)), Intent::Move(to)) => {
            find.go(to);
            Vec::new()
        }
        (Some(Dialog::Find(_)), Intent::Form(FormIntent::Enter)) => find::jump(app),
        (Some(Dialog::Trend(_)), Intent::Trend(intent)) => trend::update(app, intent),
        (Some(Dialog::Resume(resume)), Intent::Move(Move::To(row))) => resume.set(row),
        (Some(Dialog::Resume(resume)), Intent::Move(Move::Down)) => resume.step(true),
        (Some(Dialog::Resume(resume)), Intent::Move(Move::Up)) => resume.step(false),
        // A wheel that turns or a click beside it must not cost what was typed: only its own keys close a form.
        (Some(Dialog::Form(_)), _) => Vec::new(),
        _ => close(app),
    }
}

fn close(app: &mut App) -> Vec<Effect> {
    app.dialogs.pop();
    Vec::new()
}

fn form_intent(app: &mut App, intent: FormIntent, now: Moment) -> Vec<Effect> {
    let Some(Dialog::Form(form)) = app.dialogs.last_mut() else { return Vec::new() };
    app.typing = true;
    // In a row of its own a field is left by saving it.
    let intent = match intent {
        FormIntent::Next | FormIntent::Down if check_in::is_inline(form) => FormIntent::Save,
        intent => intent,
    };
    match form.intent(intent) {
        Asked::Nothing => Vec::new(),
        Asked::Save => save_form(app, now),
        Asked::Close => put_aside(app),
        Asked::Edit(_) if form.purpose.is_private() => {
            app.say(Tone::Info, say!("A private note is not handed to another program"));
            Vec::new()
        }
        Asked::Edit(text) => vec![Effect::Edit(text)],
    }
}

/// Closes a form with something typed in it, and keeps that; says whether there was one.
pub fn keep_typed(app: &mut App) -> bool {
    let typed = matches!(app.dialogs.last(), Some(Dialog::Form(form)) if form.touched);
    if typed {
        app.typing = true;
        put_aside(app);
    }
    typed
}

/// Closes the form; what was typed waits for the next time.
fn put_aside(app: &mut App) -> Vec<Effect> {
    if let Some(Dialog::Form(form)) = app.dialogs.pop()
        && form.touched
    {
        app.say(
            Tone::Info,
            say!("Kept what you typed in \u{201c}{title}\u{201d}: open it again to go on", title = form.title),
        );
        app.kept.retain(|k| k.purpose != form.purpose);
        app.kept.push(*form);
    }
    Vec::new()
}

/// Saves the form on top; a refusal leaves it open with the reason at the field.
fn save_form(app: &mut App, now: Moment) -> Vec<Effect> {
    let Some(Dialog::Form(mut form)) = app.dialogs.pop() else { return Vec::new() };
    if let Some((at, why)) = form.wrong() {
        form.focus = at;
        form.error = Some((at, why));
        app.dialogs.push(Dialog::Form(form));
        return Vec::new();
    }
    match save::save(app, &form, now) {
        Ok(effects) => {
            if effects.iter().any(|e| {
                matches!(
                    e,
                    Effect::SaveStrategy(..)
                        | Effect::SaveConfig(..)
                        | Effect::EditCheckIn(..)
                        | Effect::KeepPrivate(..)
                        | Effect::WriteReport(..)
                        | Effect::WriteQuarterReport(..)
                        | Effect::PassOn(..)
                        | Effect::AnswerPassed(_)
                )
            }) {
                app.saving = Some(*form.clone());
            } else if app.held.is_some() {
                said(app, &effects);
            }
            super::screens::after_save(app, &form.purpose);
            effects
        }
        Err(refusal) => {
            form.refuse(refusal.field, refusal.why);
            app.dialogs.push(Dialog::Form(form));
            Vec::new()
        }
    }
}

/// Says what a saved form did, and that it can be taken back.
fn said(app: &mut App, effects: &[Effect]) {
    let journalled = effects.iter().any(|e| matches!(e, Effect::Journal(_)));
    let label = app.held.as_ref().filter(|_| journalled).and_then(|h| h.session.can_undo()).map(str::to_owned);
    if let Some(label) = label {
        let undo = app.keymap.key_of("app.undo");
        app.say(Tone::Good, say!("Kept: {label} ({undo} takes it back)", label, undo));
    }
}

/// A key that is bound to nothing while a dialog is open: typed into it where it takes text.
pub fn key(app: &mut App, key: Key, now: Moment) -> Vec<Effect> {
    app.typing |= matches!(app.dialogs.last(), Some(Dialog::Form(_)));
    match app.dialogs.last_mut() {
        Some(Dialog::Form(form)) => {
            if form.key(key) && form.enter() == Entered::Save {
                let effects = save_form(app, now);
                app.refresh();
                return effects;
            }
        }
        Some(Dialog::Palette(palette)) => palette.key(key),
        Some(Dialog::Find(_)) => find::key(app, key),
        Some(
            Dialog::Reading(_)
            | Dialog::Trend(_)
            | Dialog::Resume(_)
            | Dialog::Sync(_)
            | Dialog::Confirm(_)
            | Dialog::Feeds(_)
            | Dialog::Clash(_),
        )
        | None => {}
    }
    Vec::new()
}

/// Pasted text while a dialog is open.
pub fn paste(app: &mut App, text: &str) {
    app.typing |= matches!(app.dialogs.last(), Some(Dialog::Form(_)));
    match app.dialogs.last_mut() {
        Some(Dialog::Form(form)) => form.paste(text),
        Some(Dialog::Palette(palette)) => palette.paste(text),
        Some(Dialog::Find(_)) => find::paste(app, text),
        Some(
            Dialog::Reading(_)
            | Dialog::Trend(_)
            | Dialog::Resume(_)
            | Dialog::Sync(_)
            | Dialog::Confirm(_)
            | Dialog::Feeds(_)
            | Dialog::Clash(_),
        )
        | None => {}
    }
}
