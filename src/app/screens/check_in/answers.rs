//! Answers: given by a key, on their way to the disk, taken back.

use super::{Waiting, down, typing};
use crate::app::intent::RowIntent;
use crate::app::message::{Effect, NotSaved};
use crate::app::screens::row::Row;
use crate::app::{App, Tone};
use crate::insight::questions::{self, Question, Section};
use crate::model::answer::Answer;
use crate::model::checkin::{CheckIn, CheckInEdit};
use crate::model::id::ThemeId;

/// What the keys do.
pub fn row(app: &mut App, intent: RowIntent) -> Vec<Effect> {
    match intent {
        RowIntent::Switch => {
            next_open(app);
            return Vec::new();
        }
        RowIntent::Accept => {
            if app.screens.check_in.waiting.is_empty() {
                app.say(Tone::Good, say!("Each answer is saved as you give it: nothing waits"));
            }
            return again(app);
        }
        _ => {}
    }
    let Some(row) = app.row().cloned() else { return Vec::new() };
    if matches!(intent, RowIntent::Note) || (matches!(row, Row::Private(_)) && opens(intent)) {
        typing::open_note(app);
        return Vec::new();
    }
    if matches!(row, Row::GoOn) {
        if opens(intent) {
            app.screens.check_in.seen = true;
        }
        return Vec::new();
    }
    if app.refuses_check_in() {
        return Vec::new();
    }
    match row {
        Row::Rank(theme) => rank(app, &theme, intent),
        Row::Question(key) => match app.question(&key).cloned() {
            Some(question) => question_row(app, &question, intent),
            None => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn opens(intent: RowIntent) -> bool {
    matches!(intent, RowIntent::Open | RowIntent::Done)
}

fn question_row(app: &mut App, q: &Question, intent: RowIntent) -> Vec<Effect> {
    match (intent, &q.answer) {
        (RowIntent::Open, _) => {
            typing::open(app, q, None);
            Vec::new()
        }
        (RowIntent::Done, Answer::Progress(..) | Answer::Told(..)) => typed(app, q, "y", true),
        (RowIntent::Done, Answer::Recall(..)) if q.section == Section::Meant => typed(app, q, "y", true),
        (RowIntent::Done, Answer::Confidence(..) | Answer::Pulse(..)) => match as_last(q) {
            Some(said) => typed(app, q, &said, true),
            None => {
                app.say(Tone::Info, say!("Nothing was said to this in the weeks before: press its digit"));
                Vec::new()
            }
        },
        (RowIntent::Done, _) => {
            typing::open(app, q, None);
            Vec::new()
        }
        (RowIntent::NotDone, Answer::Progress(..)) => {
            let effects = typed(app, q, "n", false);
            if let Some(q) = app.question(&q.key()).cloned() {
                typing::open(app, &q, None);
            }
            effects
        }
        (RowIntent::NotDone, Answer::Told(..)) => typed(app, q, "n", true),
        (RowIntent::Value(Some(digit)), Answer::Reading(..)) => {
            typing::open(app, q, Some(digit));
            Vec::new()
        }
        (RowIntent::Value(Some(digit)), Answer::Confidence(..) | Answer::Pulse(..)) => {
            typed(app, q, &digit.to_string(), true)
        }
        (RowIntent::Confidence(n), Answer::Confidence(..)) => typed(app, q, &n.to_string(), true),
        (RowIntent::Remove, _) if q.is_answered() => typed(app, q, "-", false),
        _ => Vec::new(),
    }
}

/// The number that was said last.
fn as_last(q: &Question) -> Option<String> {
    let before = q.trend.len().checked_sub(1)?;
    q.trend[..before].iter().rev().find_map(|v| *v).map(|v| format!("{v:.0}"))
}

/// Moves a theme in the ranking; from then on the order counts as said.
fn rank(app: &mut App, theme: &ThemeId, intent: RowIntent) -> Vec<Effect> {
    let mut order = app.ranked();
    let Some(at) = order.iter().position(|t| t == theme) else { return Vec::new() };
    let last = order.len() - 1;
    let to = match intent {
        RowIntent::Raise => at.saturating_sub(1),
        RowIntent::Lower => (at + 1).min(last),
        RowIntent::Value(Some(digit)) => match digit.to_digit(10).and_then(|d| usize::try_from(d).ok()) {
            Some(place @ 1..) => (place - 1).min(last),
            _ => return Vec::new(),
        },
        RowIntent::Open | RowIntent::Done => at,
        RowIntent::Remove => {
            let was = app.screens.check_in.mine.as_ref().map(|m| m.now.ranking.clone()).unwrap_or_default();
            return give(app, Answer::Ranking(was), Answer::Ranking(Vec::new()));
        }
        _ => return Vec::new(),
    };
    let moved = order.remove(at);
    order.insert(to, moved);
    let was = app.screens.check_in.mine.as_ref().map(|m| m.now.ranking.clone()).unwrap_or_default();
    give(app, Answer::Ranking(was), Answer::Ranking(order))
}

/// Answers a question with what was typed, or what a key stands for.
pub(super) fn typed(app: &mut App, q: &Question, text: &str, go_on: bool) -> Vec<Effect> {
    match app.asking(|of| questions::read(of, q, text)) {
        Some(Ok(answer)) => {
            let effects = give(app, q.answer.clone(), answer);
            // After a new line of a list one stays where the next would be typed.
            let new_line = q.is_list() && !q.is_answered();
            if go_on && !new_line {
                down(app);
            } else {
                app.relist();
            }
            effects
        }
        Some(Err(why)) => {
            app.say(Tone::Info, format!("{}: {why}", q.text));
            Vec::new()
        }
        None => Vec::new(),
    }
}

/// Gives an answer, so that it can be taken back.
pub(super) fn give(app: &mut App, was: Answer, now: Answer) -> Vec<Effect> {
    if was == now {
        return Vec::new();
    }
    let state = &mut app.screens.check_in;
    state.undone.clear();
    state.done.push((was.clone(), now.clone()));
    send(app, was, now)
}

/// Lays an answer over what is said, and asks for it to be saved; what was refused before is tried again first.
fn send(app: &mut App, was: Answer, now: Answer) -> Vec<Effect> {
    let mut effects = again(app);
    let Some(member) = app.check_in_member() else { return effects };
    let week = app.check_in_week();
    let state = &mut app.screens.check_in;
    if let Some(mine) = &mut state.mine {
        // What is shown is what was answered to, so that this always fits.
        let _ = mine.now.answer(&was, now.clone());
    }
    state.waiting.push(Waiting { was: was.clone(), now: now.clone(), failed: false });
    effects.push(Effect::EditCheckIn(week, member, Box::new(CheckInEdit::Answer(Box::new(was), Box::new(now)))));
    effects
}

/// Tries once more to save what the disk refused.
fn again(app: &mut App) -> Vec<Effect> {
    let Some(member) = app.check_in_member() else { return Vec::new() };
    let week = app.check_in_week();
    let edit = |w: &Waiting| CheckInEdit::Answer(Box::new(w.was.clone()), Box::new(w.now.clone()));
    let state = &mut app.screens.check_in;
    let mut effects = Vec::new();
    // They go behind those on their way, as the writer will come to them then.
    let (failed, flying): (Vec<Waiting>, Vec<Waiting>) =
        std::mem::take(&mut state.waiting).into_iter().partition(|w| w.failed);
    state.waiting = flying;
    for mut waiting in failed {
        effects.push(Effect::EditCheckIn(week, member.clone(), Box::new(edit(&waiting))));
        waiting.failed = false;
        state.waiting.push(waiting);
    }
    effects
}

/// The next question that is not answered; around at the end.
fn next_open(app: &mut App) {
    let open = |row: &Row| match row {
        Row::Question(key) => app.question(key).is_some_and(|q| !q.is_answered()),
        Row::Rank(_) => app.screens.check_in.mine.as_ref().is_some_and(|m| m.now.ranking.is_empty()),
        _ => false,
    };
    let at = app.at().unwrap_or(0);
    let n = app.rows().len();
    let next = (1..=n).map(|by| (at + by) % n).find(|i| open(&app.rows()[*i].row));
    match next {
        Some(next) => app.stand_on(next),
        None => app.say(Tone::Good, say!("Everything is answered. Thank you")),
    }
}

/// The last answer back, or once more.
pub fn undo(app: &mut App, back: bool) -> Vec<Effect> {
    if app.refuses_check_in() {
        return Vec::new();
    }
    let state = &mut app.screens.check_in;
    let Some((was, now)) = (if back { state.done.pop() } else { state.undone.pop() }) else {
        app.say(Tone::Info, if back { say!("Nothing to take back") } else { say!("Nothing to do again") });
        return Vec::new();
    };
    let (to, kept) = if back { (&was, &mut state.undone) } else { (&now, &mut state.done) };
    let to = to.clone();
    kept.push((was.clone(), now.clone()));
    app.say(Tone::Info, if back { say!("Took the answer back") } else { say!("Answered again") });
    send(app, if back { now } else { was }, to)
}

/// What became of the oldest answer on its way.
pub fn answered(app: &mut App, result: Result<CheckIn, NotSaved>) {
    let state = &mut app.screens.check_in;
    let Some(at) = state.waiting.iter().position(|w| !w.failed) else { return };
    match result {
        Ok(check_in) => {
            state.waiting.remove(at);
            state.saved = true;
            app.saving = None;
            app.typing = true;
            taken_in(app, check_in);
        }
        Err(NotSaved::Failed(why)) => {
            state.waiting[at].failed = true;
            let key = app.keymap.key_of("check-in.save");
            app.say(Tone::Bad, say!("Not saved, kept here; {key} tries again. {what}", what = why.what, key));
        }
        Err(NotSaved::Changed(theirs)) => {
            let lost = state.waiting.remove(at);
            let says = theirs.says(&lost.now);
            state.done.clear();
            state.undone.clear();
            app.saving = None;
            app.typing = true;
            let words = |a: &Answer| {
                let said = questions::show(a, &app.workspace.config, &app.workspace.strategy);
                if said.is_empty() { say!("nothing").to_owned() } else { format!("\u{201c}{said}\u{201d}") }
            };
            let text = say!(
                "Changed elsewhere meanwhile: it says {says} and stays; you said {now}",
                says = words(&says),
                now = words(&lost.now)
            );
            taken_in(app, *theirs);
            app.say(Tone::Bad, text);
        }
    }
}

/// A check-in as its file says it now: for this screen, and for every other.
pub fn taken_in(app: &mut App, check_in: CheckIn) {
    let on_screen = app.screens.check_in.mine.as_ref();
    if on_screen.is_some_and(|m| m.now.week == check_in.week && m.now.member == check_in.member) {
        app.screens.check_in.take(check_in.clone());
    }
    app.workspace.check_ins.retain(|c| c.member != check_in.member || c.week != check_in.week);
    app.workspace.check_ins.push(check_in);
}
