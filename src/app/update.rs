//! How each message changes the state. Pure: no clock, file, thread or terminal; `now` is told.

use super::analyses;
use super::dialogs::{self, Dialog, palette::Palette, reading};
use super::intent::{AppIntent, Intent, Move, Place};
use super::key::{Code, Key};
use super::message::{Effect, Message};
use super::outcome::outcome;
use super::screens::{self, history as weeks, review, strategy};
use super::{Access, App, Model, Search, ThemeName, Tone};
use crate::model::review::{Act, Moment};
use crate::model::tongue::word;
use crate::model::week::Week;

/// Lets a message happen.
pub fn update(model: &mut Model, message: Message, now: Moment) -> Vec<Effect> {
    let message = match crossing(model, message, now) {
        Ok(effects) => return effects,
        Err(message) => message,
    };
    match (model, message) {
        (Model::Rollup(_), Message::Key(key)) if is_quit(key) => vec![Effect::Quit],
        (Model::Rollup(overview), message) => overview.update(message),
        (Model::Start(start), message) => {
            let before = start.typed();
            let mut effects = at_start(start, message);
            let typed = start.typed();
            if typed != before {
                effects.insert(0, Effect::KeepTyped(typed));
            }
            effects
        }
        (Model::Work(app), message) => {
            let mut effects = new_day(app, now);
            let drawn_only = matches!(message, Message::Tick);
            effects.extend(at_work(app, message, now));
            if !drawn_only {
                effects.extend(analyses::ask(app));
            }
            if std::mem::take(&mut app.typing) && app.access == Access::Write {
                // What a form said goes from there only once the journal has it: a kill may come between any two effects.
                let journalled =
                    effects.iter().rposition(|e| matches!(e, Effect::BeginJournal(_) | Effect::Journal(_)));
                effects.insert(journalled.map_or(0, |at| at + 1), Effect::KeepTyped(app.typed()));
            }
            effects
        }
    }
}

/// Goes from one state of the program to another; gives the message back where it changes nothing of that.
fn crossing(model: &mut Model, message: Message, now: Moment) -> Result<Vec<Effect>, Message> {
    match message {
        Message::Opened(Ok(mut app)) => {
            let effects = match model {
                Model::Rollup(overview) => {
                    app.look.present = overview.look.present;
                    app.above = Some(overview.clone());
                    go(&mut app, Place::History, now)
                }
                Model::Start(_) | Model::Work(_) => Vec::new(),
            };
            *model = Model::Work(app);
            Ok(effects)
        }
        Message::TeamClosed => {
            let above = match model {
                Model::Work(app) => app.above.take().map(|above| (above, app.look.present)),
                Model::Start(_) | Model::Rollup(_) => None,
            };
            if let Some((mut overview, present)) = above {
                overview.look.present = present;
                *model = Model::Rollup(overview);
            }
            Ok(Vec::new())
        }
        other => Err(other),
    }
}

/// A program that is left open notices the next day, and between two reviews the next week.
fn new_day(app: &mut App, now: Moment) -> Vec<Effect> {
    let today = now.date_naive();
    if today == app.today {
        return Vec::new();
    }
    app.today = today;
    let week = Week::of(today);
    let moved = app.held.is_none() && week != app.week;
    if moved {
        app.week = week;
    }
    app.refresh();
    if moved { vec![Effect::Reload] } else { Vec::new() }
}

fn at_start(start: &mut super::start::Start, message: Message) -> Vec<Effect> {
    match message {
        Message::Key(key) if is_quit(key) => vec![Effect::Quit],
        Message::Key(key) => match (start.keymap.resolve(&start.scopes(), key), &mut start.form) {
            (Some(intent), _) => start.intent(intent),
            (None, Some(form)) => {
                form.key(key);
                Vec::new()
            }
            (None, None) => Vec::new(),
        },
        Message::Paste(text) => {
            if let Some(form) = &mut start.form {
                form.paste(&text);
            }
            Vec::new()
        }
        Message::Intent(intent) => start.intent(intent),
        Message::Opened(Err(why)) | Message::NotKept(why) => {
            start.failed(&why.what, &why.next);
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// Ctrl-C leaves safely from anywhere; it cannot be bound to anything else.
fn is_quit(key: Key) -> bool {
    key.ctrl && matches!(key.code, Code::Char('c' | 'C'))
}

fn at_work(app: &mut App, message: Message, now: Moment) -> Vec<Effect> {
    match message {
        Message::Key(key) if is_quit(key) && dialogs::keep_typed(app) => {
            app.say(
                Tone::Info,
                say!("What you typed is kept until you leave: Ctrl-C again leaves, opening the form again goes on"),
            );
            Vec::new()
        }
        Message::Key(key) if is_quit(key) => quit(app),
        Message::Key(key) => self::key(app, key, now),
        Message::Intent(wanted) => intent(app, wanted, now),
        Message::Paste(text) => {
            paste(app, &text);
            Vec::new()
        }
        Message::Tick => Vec::new(),
        Message::Focus => vec![Effect::LookOutside(app.saves)],
        // Nothing that is computed here rests on it: what does is asked for elsewhere.
        Message::HistoryDone => {
            app.history_complete = true;
            Vec::new()
        }
        other => {
            let effects = outcome(app, other, now);
            app.refresh();
            effects
        }
    }
}

fn key(app: &mut App, key: Key, now: Moment) -> Vec<Effect> {
    // A notice answers the key before; it has been read, or is in the way.
    app.notice = None;
    let scopes = app.scopes();
    match app.keymap.resolve(&scopes, key) {
        Some(wanted) => intent(app, wanted, now),
        None if !app.dialogs.is_empty() => dialogs::key(app, key, now),
        None => {
            search_key(app, key);
            Vec::new()
        }
    }
}

fn paste(app: &mut App, text: &str) {
    if !app.dialogs.is_empty() {
        dialogs::paste(app, text);
    } else if let Some(search) = app.search.as_mut().filter(|s| s.typing) {
        search.words.extend(text.chars().filter(|c| !c.is_control()).take(80));
        hit(app, 0);
    }
}

/// What someone wants, whether a key, the palette or the mouse said so.
pub fn intent(app: &mut App, wanted: Intent, now: Moment) -> Vec<Effect> {
    if !app.dialogs.is_empty() {
        let depth = app.dialogs.len();
        let effects = dialogs::update(app, wanted, now);
        // A dialog that only moved its own cursor changes nothing below it.
        if app.dialogs.len() != depth || !effects.is_empty() {
            app.refresh();
        }
        return effects;
    }
    if let (Some(Search { typing: true, .. }), Intent::Form(wanted)) = (&app.search, wanted) {
        match wanted {
            super::intent::FormIntent::Enter => keep_hits(app),
            _ => app.search = None,
        }
        app.relist();
        return Vec::new();
    }
    match wanted {
        Intent::Move(to) => {
            let effects = screens::go(app, to);
            if matches!(to, Move::Left | Move::Right) {
                app.relist();
            }
            return effects;
        }
        // Walking through the weeks changes nothing that is computed.
        Intent::History(wanted) => {
            let mut effects = screens::history(app, wanted);
            effects.extend(weeks::load_shown(app));
            return effects;
        }
        Intent::App(wanted) => {
            let effects = app_intent(app, wanted, now);
            app.refresh();
            return effects;
        }
        _ => {}
    }
    let mut effects = match wanted {
        Intent::Capture(what) => {
            dialogs::capture::open(app, what);
            Vec::new()
        }
        Intent::Review(wanted) => review::update(app, wanted, now),
        Intent::Row(wanted) => screens::row(app, wanted, now),
        Intent::Strategy(wanted) => strategy::update(app, wanted),
        Intent::Sync(wanted) => dialogs::sync::update(app, wanted),
        Intent::Cards(wanted) => screens::cards::update(app, wanted),
        Intent::Move(_)
        | Intent::History(_)
        | Intent::App(_)
        | Intent::Trend(_)
        | Intent::Form(_)
        | Intent::Clash(_)
        | Intent::Start(_) => Vec::new(),
    };
    app.refresh();
    effects.extend(weeks::load_shown(app));
    effects
}

fn app_intent(app: &mut App, wanted: AppIntent, now: Moment) -> Vec<Effect> {
    match wanted {
        AppIntent::Quit => return quit(app),
        AppIntent::Back => return back(app),
        AppIntent::Help => {
            let body = reading::Body::Keys(app.scopes());
            app.dialogs.push(Dialog::Reading(reading::Reading {
                title: say!("Keys here").to_owned(),
                body,
                scroll: 0,
            }));
        }
        AppIntent::Palette => {
            let palette = Palette::new(&app.keymap, &app.scopes());
            app.dialogs.push(Dialog::Palette(palette));
        }
        AppIntent::Search => app.search = Some(Search { words: String::new(), typing: true }),
        AppIntent::Find => dialogs::find::open(app),
        AppIntent::NextHit => hit(app, 1),
        AppIntent::PreviousHit => hit(app, -1),
        AppIntent::Undo => return undo(app, true, now),
        AppIntent::Redo => return undo(app, false, now),
        AppIntent::Present => {
            app.look.present = !app.look.present;
            let said = app.look.told_shared(&app.keymap.key_of("app.present"));
            app.say(Tone::Info, said);
        }
        AppIntent::Theme => {
            let at = ThemeName::ALL.iter().position(|t| *t == app.look.theme).unwrap_or(0);
            app.look.theme = ThemeName::ALL[(at + 1) % ThemeName::ALL.len()];
            app.say(Tone::Info, say!("Theme: {theme}", theme = word(app.look.theme.label())));
            return vec![Effect::RememberTheme(app.look.theme)];
        }
        AppIntent::Problems => {
            let body = reading::Body::Problems;
            app.dialogs.push(Dialog::Reading(reading::Reading {
                title: say!("Problems in the files").to_owned(),
                body,
                scroll: 0,
            }));
        }
        AppIntent::Why => match reading::why(app) {
            Some(why) => app.dialogs.push(Dialog::Reading(why)),
            None => {
                app.say(Tone::Info, say!("Why is answered for KPIs, goals, findings and figures: stand on one of them"))
            }
        },
        AppIntent::Reload => {
            let mine = if personal(app.place) { screens::check_in::open(app) } else { Vec::new() };
            return [Effect::Reload].into_iter().chain(mine).collect();
        }
        AppIntent::Settle => return vec![Effect::FindClash],
        AppIntent::Redraw => return vec![Effect::Redraw],
        AppIntent::WhoAmI => dialogs::people::open_who(app),
        AppIntent::Leaves => dialogs::leaving::open(app),
        AppIntent::Suspend => return vec![Effect::Suspend],
        AppIntent::TakeOver => dialogs::take_over::open(app),
        AppIntent::Feeds => return dialogs::feeds::open(app, now),
        AppIntent::Go(place) => return go(app, place, now),
    }
    Vec::new()
}

fn go(app: &mut App, place: Place, now: Moment) -> Vec<Effect> {
    app.search = None;
    if place == Place::Review {
        return review::update(app, super::intent::ReviewIntent::Start, now);
    }
    if personal(place) {
        return go_personal(app, place);
    }
    app.forget_personal();
    app.place = place;
    app.relist();
    weeks::load_shown(app)
}

/// Whether a place is of the one at the keyboard alone.
pub(super) fn personal(place: Place) -> bool {
    matches!(place, Place::CheckIn | Place::Mine)
}

/// Goes to a personal place: never while a review is held here, as others look on then.
fn go_personal(app: &mut App, place: Place) -> Vec<Effect> {
    if app.held.is_some() {
        app.say(Tone::Info, say!("A review is held here: what is personal is not opened meanwhile"));
        return Vec::new();
    }
    if app.me.is_none() {
        app.say(Tone::Info, say!("Say first who you are"));
        dialogs::people::open_who(app);
        return Vec::new();
    }
    app.place = place;
    let effects = screens::check_in::open(app);
    app.relist();
    effects
}

/// One level back: ends the search, then goes Home; in a team that one came down to from the roll-up, to its weeks and then up
/// again. Never quits, never discards.
fn back(app: &mut App) -> Vec<Effect> {
    if app.search.take().is_some() || (app.place == Place::History && app.screens.history.leave_comparison()) {
        return Vec::new();
    }
    app.notice = None;
    app.forget_personal();
    match (&app.above, app.place) {
        (Some(_), Place::History) => return vec![Effect::CloseTeam],
        (Some(_), _) => app.place = Place::History,
        (None, _) => app.place = Place::Home,
    }
    Vec::new()
}

/// Leaves. A review that is held is put aside as a draft first, so that it can go on here or elsewhere.
fn quit(app: &mut App) -> Vec<Effect> {
    match app.review() {
        Some(review) if app.access == Access::Write => vec![Effect::SaveDraft(Box::new(review.clone())), Effect::Quit],
        _ => vec![Effect::Quit],
    }
}

fn undo(app: &mut App, back: bool, now: Moment) -> Vec<Effect> {
    match app.place {
        Place::Strategy | Place::Registers => return strategy::undo(app, back),
        Place::CheckIn => return screens::check_in::undo(app, back),
        _ => {}
    }
    let Some(held) = &app.held else {
        app.say(Tone::Info, say!("Undo takes back changes of a review, and of the strategy on its screen"));
        return Vec::new();
    };
    let label = if back { held.session.can_undo() } else { held.session.can_redo() }.map(str::to_owned);
    let Some(label) = label else {
        app.say(Tone::Info, if back { say!("Nothing to take back") } else { say!("Nothing to do again") });
        return Vec::new();
    };
    let effects = app.act(if back { Act::Undo } else { Act::Redo }, now);
    if effects.is_empty() {
        // Refused, and why was said.
        return effects;
    }
    app.say(Tone::Info, if back { say!("Took back: {label}", label) } else { say!("Did again: {label}", label) });
    effects
}

fn search_key(app: &mut App, key: Key) {
    let Some(search) = app.search.as_mut().filter(|s| s.typing) else { return };
    match (key.code, key.typed()) {
        (Code::Backspace, _) => {
            search.words.pop();
        }
        (_, Some(c)) => search.words.push(c),
        _ => return,
    }
    app.relist();
    hit(app, 0);
}

fn keep_hits(app: &mut App) {
    match &mut app.search {
        Some(search) if !search.words.is_empty() => search.typing = false,
        _ => app.search = None,
    }
}

/// Goes to the next hit in this direction; 0 stays on the row if it fits.
fn hit(app: &mut App, by: isize) {
    let Some(search) = &app.search else { return };
    let fitting: Vec<usize> = (0..app.rows().len()).filter(|i| search.fits(&app.rows()[*i].row.words(app))).collect();
    let at = app.at().unwrap_or(0);
    let next = match by {
        0 => fitting.iter().find(|i| **i >= at).or(fitting.first()),
        b if b > 0 => fitting.iter().find(|i| **i > at).or(fitting.first()),
        _ => fitting.iter().rev().find(|i| **i < at).or(fitting.last()),
    };
    match next.copied() {
        Some(row) => app.stand_on(row),
        None => {
            let words = search.words.clone();
            app.say(Tone::Info, say!("Nothing here has \u{201c}{words}\u{201d} in it", words));
        }
    }
}

impl Search {
    /// Whether a text has every word that was typed.
    #[must_use]
    pub fn fits(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        !self.words.trim().is_empty() && self.words.to_lowercase().split_whitespace().all(|w| text.contains(w))
    }
}
