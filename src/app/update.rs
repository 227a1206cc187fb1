//! How each message changes the state. Pure: no clock, file, thread or terminal; `now` is told.

use std::sync::Arc;

use super::analyses;
use super::dialogs::{self, Dialog, palette::Palette, reading};
use super::intent::{AppIntent, Intent, Move, Place};
use super::key::{Code, Key};
use super::message::{Effect, Failure, Message};
use super::screens::{self, history as weeks, review, strategy};
use super::{Access, App, Model, Saving, Search, ThemeName, Tone};
use crate::model::history::WeekDigest;
use crate::model::review::{Act, Moment};
use crate::model::week::Week;

/// Lets a message happen.
pub fn update(model: &mut Model, message: Message, now: Moment) -> Vec<Effect> {
    match (model, message) {
        (model, Message::Opened(Ok(app))) => {
            *model = Model::Work(app);
            Vec::new()
        }
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
                "What you typed is kept until you leave: Ctrl-C again leaves, opening the form again goes on",
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
        AppIntent::Back => back(app),
        AppIntent::Help => {
            let body = reading::Body::Keys(app.scopes());
            app.dialogs.push(Dialog::Reading(reading::Reading { title: "Keys here".to_owned(), body, scroll: 0 }));
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
            let key = app.keymap.key_of("app.present");
            let say = if app.look.present { format!("Shared screen; {key} goes back") } else { "As before".to_owned() };
            app.say(Tone::Info, say);
        }
        AppIntent::Theme => {
            let at = ThemeName::ALL.iter().position(|t| *t == app.look.theme).unwrap_or(0);
            app.look.theme = ThemeName::ALL[(at + 1) % ThemeName::ALL.len()];
            app.say(Tone::Info, format!("Theme: {}", app.look.theme.label()));
            return vec![Effect::RememberTheme(app.look.theme)];
        }
        AppIntent::Problems => {
            let body = reading::Body::Problems;
            app.dialogs.push(Dialog::Reading(reading::Reading {
                title: "Problems in the files".to_owned(),
                body,
                scroll: 0,
            }));
        }
        AppIntent::Why => match reading::why(app) {
            Some(why) => app.dialogs.push(Dialog::Reading(why)),
            None => app.say(Tone::Info, "Why is answered for KPIs, goals, findings and figures: stand on one of them"),
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
fn personal(place: Place) -> bool {
    matches!(place, Place::CheckIn | Place::Mine)
}

/// Goes to a personal place: never while a review is held here, as others look on then.
fn go_personal(app: &mut App, place: Place) -> Vec<Effect> {
    if app.held.is_some() {
        app.say(Tone::Info, "A review is held here: what is personal is not opened meanwhile");
        return Vec::new();
    }
    if app.me.is_none() {
        app.say(Tone::Info, "Say first who you are");
        dialogs::people::open_who(app);
        return Vec::new();
    }
    app.place = place;
    let effects = screens::check_in::open(app);
    app.relist();
    effects
}

/// A private note is on the disk.
fn private_kept(app: &mut App, week: Week, text: super::message::Secret) {
    app.say(Tone::Good, format!("Your private note on {week} is saved, on this machine only"));
    if let Some(notes) = &mut app.screens.mine.notes {
        notes.retain(|(w, _)| *w != week);
        if !text.as_str().is_empty() {
            notes.push((week, text));
        }
        notes.sort_by_key(|(w, _)| *w);
    }
}

/// One level back: ends the search, then goes Home. Never quits, never discards.
fn back(app: &mut App) {
    if app.search.take().is_some() || (app.place == Place::History && app.screens.history.base.take().is_some()) {
        return;
    }
    app.notice = None;
    app.forget_personal();
    app.place = Place::Home;
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
        Place::Strategy => return strategy::undo(app, back),
        Place::CheckIn => return screens::check_in::undo(app, back),
        _ => {}
    }
    let Some(held) = &app.held else {
        app.say(Tone::Info, "Undo takes back changes of a review, and of the strategy on its screen");
        return Vec::new();
    };
    let label = if back { held.session.can_undo() } else { held.session.can_redo() }.map(str::to_owned);
    let Some(label) = label else {
        app.say(Tone::Info, if back { "Nothing to take back" } else { "Nothing to do again" });
        return Vec::new();
    };
    let effects = app.act(if back { Act::Undo } else { Act::Redo }, now);
    if effects.is_empty() {
        // Refused, and why was said.
        return effects;
    }
    app.say(Tone::Info, if back { format!("Took back: {label}") } else { format!("Did again: {label}") });
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
            app.say(Tone::Info, format!("Nothing here has \u{201c}{words}\u{201d} in it"));
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

/// What came of something that the runtime did.
fn outcome(app: &mut App, message: Message, now: Moment) -> Vec<Effect> {
    match message {
        Message::History(digests, problems) => history(app, digests, problems),
        Message::Imported(files, problems) => {
            let history = Arc::make_mut(&mut app.history);
            files.iter().for_each(|file| history.import(file.entries()));
            // Those of this week were told when it was opened.
            let new = problems.into_iter().filter(|p| !app.workspace.problems.contains(p)).collect::<Vec<_>>();
            app.workspace.problems.extend(new);
        }
        Message::HistoryDone => app.history_complete = true,
        Message::Analysed(number, part) => app.analyses.take(number, part),
        Message::Week(week, result) => weeks::loaded(app, week, result),
        Message::Sealed(Ok(snapshot)) => return sealed(app, snapshot),
        Message::StrategySaved(Ok(())) => {
            app.screens.strategy.unsaved = None;
            saved(app);
            let undo = app.keymap.key_of("app.undo");
            let said = app.notice.as_ref().map_or("The strategy", |n| n.text.trim_end_matches(": saving")).to_owned();
            app.say(Tone::Good, format!("Saved ({undo} takes it back): {said}"));
        }
        Message::ConfigSaved(Ok(config)) => {
            saved(app);
            dialogs::leaving::saved(app, *config);
        }
        Message::CheckInSaved(Ok(check_in)) => {
            saved(app);
            app.say(Tone::Good, format!("Saved in your check-in of {}", check_in.week));
            screens::check_in::taken_in(app, *check_in);
        }
        Message::Outside(asked, found) => return dialogs::clash::outside(app, asked, *found),
        Message::Clash(told) => return dialogs::clash::told(app, told),
        Message::Answered(result) => {
            app.saves += 1;
            screens::check_in::answered(app, result.map(|c| *c));
        }
        Message::CheckInRead(Ok(mine)) => screens::check_in::read(app, *mine),
        Message::Private(Ok(notes)) => {
            // What arrives late is not taken in once others look on.
            if app.held.is_none() && personal(app.place) {
                app.screens.mine.notes = Some(notes);
            }
        }
        Message::PrivateKept(Ok((week, text))) => {
            saved(app);
            private_kept(app, week, text);
        }
        Message::JournalSynced(n) => {
            if let Some(held) = app.held.as_mut().filter(|h| h.written <= n && h.saving == Saving::Writing) {
                held.saving = Saving::Saved(now);
            }
        }
        Message::JournalFailed(why) => {
            if let Some(held) = &mut app.held {
                held.saving = Saving::Failed(why.what.clone());
            }
            fail(app, &why);
        }
        Message::Reloaded(Ok(workspace)) => {
            let n = workspace.problems.len();
            dialogs::clash::read_again(app, *workspace);
            app.screens.strategy.before.clear();
            app.screens.strategy.after.clear();
            app.screens.history.failed.clear();
            app.say(
                Tone::Good,
                if n == 0 {
                    "Read again; no problem found".to_owned()
                } else {
                    format!("Read again; {n} problems: ! shows them")
                },
            );
        }
        Message::Basis(Ok(_)) if app.held.is_some() => {
            app.say(Tone::Info, "Another review is being held meanwhile: save it first, then ask again");
        }
        Message::Basis(Ok(basis)) => {
            let session = crate::model::review::Session::new(basis.review);
            return app.hold(session, Some(Box::new(basis.workspace)), now);
        }
        Message::Edited(Ok(text)) => {
            if let Some(Dialog::Form(form)) = app.dialogs.last_mut() {
                form.replace(&text);
                app.typing = true;
            }
        }
        Message::StrategySaved(Err(why)) => {
            // What the files say holds, and what could be undone is no longer what they say.
            if let Some(before) = app.screens.strategy.unsaved.take() {
                app.workspace.strategy = before;
            }
            app.screens.strategy.before.clear();
            app.screens.strategy.after.clear();
            give_back(app);
            fail(app, &why);
        }
        Message::ConfigSaved(Err(why)) | Message::CheckInSaved(Err(why)) | Message::PrivateKept(Err(why)) => {
            give_back(app);
            fail(app, &why);
        }
        Message::Freed(answer) => return dialogs::take_over::freed(app, answer),
        Message::TakenOver(by) => dialogs::take_over::let_go(app, &by, now),
        Message::NotKept(why) => app.say(Tone::Bad, format!("{} {}", why.what, why.next)),
        Message::Sealed(Err(why)) => {
            if let Some(held) = &mut app.held {
                held.sealing = false;
            }
            fail(app, &why);
            return app.act(Act::Pause(false), now);
        }
        Message::Reloaded(Err(why))
        | Message::CheckInRead(Err(why))
        | Message::Private(Err(why))
        | Message::Basis(Err(why))
        | Message::Edited(Err(why))
        | Message::Opened(Err(why)) => fail(app, &why),
        Message::Key(_)
        | Message::Paste(_)
        | Message::Intent(_)
        | Message::Tick
        | Message::Focus
        | Message::Opened(Ok(_)) => {}
    }
    Vec::new()
}

/// What a form said is in its file: the form is not needed any more.
pub(super) fn saved(app: &mut App) {
    app.saves += 1;
    app.saving = None;
    app.typing = true;
}

/// What could not be saved comes back into its form, so that it can be saved again.
pub(super) fn give_back(app: &mut App) {
    if let Some(mut form) = app.saving.take() {
        form.error = Some((form.focus, "not saved; what you typed is here".to_owned()));
        app.dialogs.push(Dialog::Form(Box::new(form)));
        app.typing = true;
    }
}

/// Says what failed; what is too long for the line is read in a box.
pub(super) fn fail(app: &mut App, why: &Failure) {
    let text = format!("{} {}", why.what, why.next);
    let long = text.chars().count() > 60;
    app.say(Tone::Bad, text.clone());
    // The same thing is told once: several jobs may have failed in the same way.
    let told = |d: &Dialog| matches!(d, Dialog::Reading(r) if matches!(&r.body, reading::Body::Text(t) if t.as_slice() == std::slice::from_ref(&text)));
    if long && !app.dialogs.last().is_some_and(told) {
        app.dialogs.push(Dialog::Reading(reading::Reading::text("That could not be done", vec![text])));
    }
}

fn history(app: &mut App, digests: Vec<WeekDigest>, problems: Vec<crate::model::problem::Problem>) {
    for digest in digests {
        Arc::make_mut(&mut app.history).insert(digest);
    }
    app.workspace.problems.extend(problems);
}

/// The week is on the disk: it is the newest one now, and the review is over.
fn sealed(app: &mut App, snapshot: std::sync::Arc<crate::model::snapshot::Snapshot>) -> Vec<Effect> {
    let week = snapshot.week;
    Arc::make_mut(&mut app.history).insert(WeekDigest::of(&snapshot));
    app.workspace.weeks.insert(week, snapshot.revision);
    app.screens.history.loaded.retain(|s| s.week != week);
    app.screens.history.loaded.push_front(snapshot.clone());
    app.screens.history.cursor.seek(week.to_string());
    if app.workspace.latest.as_ref().is_none_or(|l| l.week <= week) {
        app.workspace.latest = Some(snapshot);
    }
    app.held = None;
    app.recovered = None;
    app.kept.clear();
    app.place = Place::History;
    app.say(Tone::Good, format!("{week} is saved. This is how it will be found"));
    vec![Effect::EndJournal(week)]
}
