//! What came of something that the runtime did: how each result of an effect changes the state. Pure, as all of update is.

use std::sync::Arc;

use super::dialogs::{self, Dialog, reading};
use super::intent::Place;
use super::message::{Effect, Failure, Message, Unsealed};
use super::screens::{self, history as weeks};
use super::update::personal;
use super::{App, Saving, Tone};
use crate::model::history::WeekDigest;
use crate::model::problem::Problem;
use crate::model::quarterly::QuarterSeal;
use crate::model::review::{Act, Moment};
use crate::model::week::Week;

/// What came of something that the runtime did.
pub(super) fn outcome(app: &mut App, message: Message, now: Moment) -> Vec<Effect> {
    match message {
        Message::History(digests, problems) => history(app, digests, problems),
        Message::Quarters(sealed, problems) => {
            let history = Arc::make_mut(&mut app.history);
            sealed.into_iter().for_each(|quarter| history.insert_quarter(quarter));
            tell_problems(app, problems);
        }
        Message::Imported(files, problems) => {
            let history = Arc::make_mut(&mut app.history);
            files.iter().for_each(|file| history.import(file.entries()));
            tell_problems(app, problems);
        }
        Message::Asked(number, asked) => dialogs::feeds::answered(app, number, asked),
        Message::TakenIn(Ok(file)) => dialogs::feeds::taken_in(app, *file),
        Message::Analysed(number, parts) => parts.into_iter().for_each(|part| app.analyses.take(number, part)),
        Message::Week(week, result) => weeks::loaded(app, week, result),
        Message::Recap(Ok((week, lines))) => screens::recap::show(app, week, lines),
        Message::ReportWritten(Ok(path)) => {
            saved(app);
            if path.ends_with(dialogs::elsewhere::ENDING) {
                dialogs::elsewhere::kept(app, &path);
            } else {
                app.say(Tone::Good, say!("The report is in {path}", path));
            }
        }
        Message::PassedOn(Ok(path)) => screens::passed::passed_on(app, &path),
        Message::PassAnswered(Ok(done)) => screens::passed::answered(app, *done),
        Message::Sealed(Ok(snapshot)) => return sealed(app, snapshot),
        Message::StrategySaved(Ok(())) => {
            app.screens.strategy.unsaved = None;
            saved(app);
            let undo = app.keymap.key_of("app.undo");
            let said =
                app.notice.as_ref().map_or(say!("The strategy"), |n| n.text.trim_end_matches(": saving")).to_owned();
            app.say(Tone::Good, say!("Saved ({undo} takes it back): {said}", undo, said));
        }
        Message::ConfigSaved(Ok(config)) => {
            saved(app);
            dialogs::leaving::saved(app, *config);
        }
        Message::CheckInSaved(Ok(check_in)) => {
            saved(app);
            app.say(Tone::Good, say!("Saved in your check-in of {week}", week = check_in.week));
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
                    say!("Read again; no problem found").to_owned()
                } else {
                    say!("Read again; {n} problems: ! shows them", n)
                },
            );
            return vec![Effect::ReadQuarters];
        }
        Message::Basis(Ok(_)) if app.held.is_some() => {
            app.say(Tone::Info, say!("Another review is being held meanwhile: save it first, then ask again"));
        }
        Message::Basis(Ok(basis)) => {
            let session = crate::model::review::Session::new(basis.review);
            return app.hold(session, Some(Box::new(basis.workspace)), now);
        }
        Message::QuarterBegun(Ok(_)) if app.held.is_some() => {
            app.say(Tone::Info, say!("Another review is being held meanwhile: save it first, then ask again"));
        }
        Message::QuarterBegun(Ok(review)) => {
            return app.hold(crate::model::review::Session::new(*review), None, now);
        }
        Message::QuarterSealed(Ok(seal)) => return quarter_sealed(app, *seal),
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
        Message::ConfigSaved(Err(why))
        | Message::CheckInSaved(Err(why))
        | Message::TakenIn(Err(why))
        | Message::PrivateKept(Err(why))
        | Message::PassedOn(Err(why))
        | Message::PassAnswered(Err(why))
        | Message::ReportWritten(Err(why)) => {
            give_back(app);
            fail(app, &why);
        }
        Message::Freed(answer) => return dialogs::take_over::freed(app, answer),
        Message::TakenOver(by) => dialogs::take_over::let_go(app, &by, now),
        Message::Sync(told) => dialogs::sync::told(app, told),
        Message::Sharing(standing) => app.sharing = standing,
        Message::NotKept(why) => app.say(Tone::Bad, format!("{} {}", why.what, why.next)),
        Message::Sealed(Err(why)) => {
            let why = match why {
                Unsealed::Disk(why) => {
                    dialogs::elsewhere::offer(app);
                    why
                }
                Unsealed::Refused(why) => why,
            };
            return not_sealed(app, &why, now);
        }
        Message::QuarterSealed(Err(why)) => return not_sealed(app, &why, now),
        Message::Reloaded(Err(why))
        | Message::CheckInRead(Err(why))
        | Message::Private(Err(why))
        | Message::Basis(Err(why))
        | Message::QuarterBegun(Err(why))
        | Message::Recap(Err(why))
        | Message::Edited(Err(why))
        | Message::Opened(Err(why)) => fail(app, &why),
        Message::Key(_)
        | Message::Paste(_)
        | Message::Intent(_)
        | Message::Tick
        | Message::Focus
        | Message::HistoryDone
        | Message::Opened(Ok(_)) => {}
        // A roll-up is another state of the program: these reach it there.
        Message::RolledUp(_) | Message::TeamClosed => {}
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
        form.error = Some((form.focus, say!("not saved; what you typed is here").to_owned()));
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
        app.dialogs.push(Dialog::Reading(reading::Reading::text(say!("That could not be done"), vec![text])));
    }
}

/// Adds problems that were found later; those of what was read first were told when it was opened.
fn tell_problems(app: &mut App, problems: Vec<Problem>) {
    let new = problems.into_iter().filter(|p| !app.workspace.problems.contains(p)).collect::<Vec<_>>();
    app.workspace.problems.extend(new);
}

fn history(app: &mut App, digests: Vec<WeekDigest>, problems: Vec<Problem>) {
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
    app.screens.history.loaded.push_front(snapshot.clone().into());
    app.screens.history.span = weeks::Span::Weeks;
    app.screens.history.cursor.seek(week.to_string());
    if app.workspace.latest.as_ref().is_none_or(|l| l.week <= week) {
        app.workspace.latest = Some(snapshot);
    }
    app.held = None;
    app.recovered = None;
    app.kept.clear();
    app.place = Place::History;
    app.say(Tone::Good, say!("{week} is saved. This is how it will be found", week));
    vec![Effect::EndJournal(week.into())]
}

/// What was to be sealed is not: the review goes on.
fn not_sealed(app: &mut App, why: &Failure, now: Moment) -> Vec<Effect> {
    if let Some(held) = &mut app.held {
        held.sealing = false;
    }
    fail(app, why);
    app.act(Act::Pause(false), now)
}

/// The quarter is on the disk, and so is what was agreed in it.
fn quarter_sealed(app: &mut App, seal: QuarterSeal) -> Vec<Effect> {
    let quarter = seal.snapshot.quarter();
    app.saves += 1;
    app.workspace.quarters.insert(quarter, seal.snapshot.revision);
    let sealed = Arc::new(seal.snapshot);
    Arc::make_mut(&mut app.history).insert_quarter(Arc::clone(&sealed));
    app.workspace.last_quarter = Some(sealed);
    app.workspace.strategy = seal.strategy;
    app.screens.strategy.before.clear();
    app.screens.strategy.after.clear();
    app.held = None;
    app.recovered = None;
    app.kept.clear();
    screens::quarters::show(app, Some(quarter));
    app.say(Tone::Good, say!("{quarter} is saved, and the strategy says what was agreed", quarter));
    vec![Effect::EndJournal(quarter.into()), Effect::LookOutside(app.saves)]
}

/// A private note is on the disk.
fn private_kept(app: &mut App, week: Week, text: super::message::Secret) {
    app.say(Tone::Good, say!("Your private note on {week} is saved, on this machine only", week));
    if let Some(notes) = &mut app.screens.mine.notes {
        notes.retain(|(w, _)| *w != week);
        if !text.as_str().is_empty() {
            notes.push((week, text));
        }
        notes.sort_by_key(|(w, _)| *w);
    }
}
