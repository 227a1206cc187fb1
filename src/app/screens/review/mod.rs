//! The review, step by step. Each step has a file: its rows, and what its keys do.

pub mod alignment;
pub mod check_ins;
pub mod close;
pub mod commitments;
pub mod goals;
pub mod issues;
pub mod open;
pub mod quarter;
pub mod scorecard;

use super::row::Listed;
use crate::app::NEEDED;
use crate::app::cursor::Cursor;
use crate::app::dialogs::resume::Resume;
use crate::app::dialogs::{Confirm, Confirmed, Dialog, people, rows as forms};
use crate::app::intent::{Place, ReviewIntent, RowIntent};
use crate::app::message::Effect;
use crate::app::{App, Tone};
use crate::model::agenda::{Rhythm, Step};
use crate::model::review::{Act, Moment};

/// A cursor for each step.
#[derive(Debug, Clone, Default)]
pub struct State {
    cursors: [Cursor; Step::ALL.len()],
}

impl State {
    /// The cursor of a step.
    #[must_use]
    pub fn cursor(&self, step: Step) -> &Cursor {
        &self.cursors[step.index()]
    }

    /// The cursor of a step, to move it.
    pub fn cursor_mut(&mut self, step: Step) -> &mut Cursor {
        &mut self.cursors[step.index()]
    }
}

/// The rows of a step.
#[must_use]
pub fn rows(app: &App, step: Step) -> Vec<Listed> {
    match step {
        Step::Open => open::rows(app),
        Step::Commitments => commitments::rows(app),
        Step::Scorecard => scorecard::rows(app),
        Step::Goals => goals::rows(app),
        Step::CheckIns => check_ins::rows(app),
        Step::Alignment => alignment::rows(app),
        Step::Issues => issues::rows(app),
        Step::Close => close::rows(app),
        Step::Quarter(step) => quarter::rows(app, step),
    }
}

/// Something done to a row of a step.
pub fn row(app: &mut App, step: Step, intent: RowIntent, now: Moment) -> Vec<Effect> {
    match step {
        Step::Open => open::row(app, intent, now),
        Step::Commitments => commitments::row(app, intent, now),
        Step::Scorecard => scorecard::row(app, intent, now),
        Step::Goals => goals::row(app, intent, now),
        Step::CheckIns => check_ins::row(app, intent, now),
        Step::Alignment => alignment::row(app, intent, now),
        Step::Issues => issues::row(app, intent, now),
        Step::Close => close::row(app, intent, now),
        Step::Quarter(step) => quarter::row(app, step, intent, now),
    }
}

/// Leading the review.
pub fn update(app: &mut App, intent: ReviewIntent, now: Moment) -> Vec<Effect> {
    match intent {
        ReviewIntent::Start => start(app, now),
        ReviewIntent::StartQuarter => quarter::start(app, now),
        ReviewIntent::NextStep => step_by(app, 1, now),
        ReviewIntent::PreviousStep => step_by(app, -1, now),
        ReviewIntent::GoTo(step) => go_to(app, step, now),
        ReviewIntent::Pause => {
            let Some(review) = app.review() else { return Vec::new() };
            let pause = !review.clock.is_paused();
            app.say(Tone::Info, if pause { say!("The clock stands still") } else { say!("The clock goes on") });
            app.act(Act::Pause(pause), now)
        }
        ReviewIntent::Seal if quarter::said(app).is_some() => quarter::ask_to_seal(app),
        ReviewIntent::Seal => close::ask(app),
        ReviewIntent::Recap => crate::app::screens::recap::of_review(app, now),
        ReviewIntent::Discard => ask_discard(app),
    }
}

/// Starts the review of this week, goes on with the one that is held, or offers to correct the sealed one.
pub(crate) fn start(app: &mut App, now: Moment) -> Vec<Effect> {
    if app.held.is_some() {
        app.place = Place::Review;
        return match app.review() {
            Some(review) if review.clock.is_paused() => app.act(Act::Pause(false), now),
            _ => Vec::new(),
        };
    }
    if let Some(found) = &app.recovered {
        app.dialogs.push(Dialog::Resume(Resume::of(found)));
        return Vec::new();
    }
    if app.week_is_sealed() {
        people::open_reopen(app, app.week);
        return Vec::new();
    }
    if let Some(why) = app.why_not_write(&NEEDED) {
        app.say(Tone::Bad, why);
        return Vec::new();
    }
    let steps = app.workspace.config.steps(Rhythm::Weekly);
    let minutes: u16 = steps.iter().map(|s| s.minutes).sum();
    app.dialogs.push(Dialog::Confirm(Confirm {
        question: say!("Hold the review of {week} now?", week = app.week),
        details: vec![
            say!(
                "{steps} steps, {minutes} minutes. The clock begins; everything is saved as it is typed.",
                steps = steps.len(),
                minutes
            ),
            say!("It can be left at any moment, and goes on where it stopped.").to_owned(),
        ],
        yes: Confirmed::Begin,
    }));
    Vec::new()
}

/// Begins the review of this week.
pub fn begin(app: &mut App, now: Moment) -> Vec<Effect> {
    "weekly".parse().map_or_else(|_| Vec::new(), |agenda| app.begin(agenda, now))
}

/// Seals the week or the quarter of the review that is held.
pub fn seal_now(app: &mut App, now: Moment) -> Vec<Effect> {
    if quarter::said(app).is_some() { quarter::seal_now(app, now) } else { close::seal_now(app, now) }
}

/// Asks whether to throw away the review that is held.
fn ask_discard(app: &mut App) -> Vec<Effect> {
    let Some(review) = app.review() else { return Vec::new() };
    let what = if review.revises.is_some() { say!("correction") } else { say!("review") };
    let (decisions, actions, issues) = review.captured();
    app.dialogs.push(Dialog::Confirm(Confirm {
        question: say!("Throw this {what} of {week} away?", week = review.target(), what),
        details: vec![
            say!(
                "Captured in it: decisions {decisions}, actions {actions}, issues {issues}. They go with it.",
                decisions,
                actions,
                issues
            ),
            say!("What is sealed stays as it is.").to_owned(),
        ],
        yes: Confirmed::Discard,
    }));
    Vec::new()
}

fn go_to(app: &mut App, step: Step, now: Moment) -> Vec<Effect> {
    app.place = Place::Review;
    app.notice = None;
    app.act(Act::Go(step), now)
}

fn step_by(app: &mut App, by: isize, now: Moment) -> Vec<Effect> {
    let Some((review, step)) = app.review().zip(app.step()) else { return Vec::new() };
    let at = review.steps.iter().position(|s| s.step == step).unwrap_or(0);
    let next = at.checked_add_signed(by).and_then(|i| review.steps.get(i)).map(|s| s.step);
    match next {
        Some(next) => go_to(app, next, now),
        None => {
            let seal = app.keymap.key_of("close.seal");
            let say = if by > 0 {
                if quarter::said(app).is_some() {
                    say!("This is the last step: {seal} saves the quarter", seal)
                } else {
                    say!("This is the last step: {seal} saves the week", seal)
                }
            } else {
                say!("This is the first step").to_owned()
            };
            app.say(Tone::Info, say);
            Vec::new()
        }
    }
}

/// Moves one row down, so that marking a list is one key a row.
pub(super) fn advance(app: &mut App) {
    super::go(app, crate::app::intent::Move::Down);
}

pub(super) use forms::{change_goal, mark_kpi, set_kpi_mark};
