//! Starting the terminal program, and the loop that keeps it going.

use std::collections::VecDeque;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use chrono::NaiveDate;

use super::clock::Clock;
use super::desk::Hands;
use super::events::{Event, message};
use super::input::Input;
use super::log::{self, Fact, Level, log};
use super::terminal::Screen;
use super::{failing, open, signals, terminal};
use crate::app::intent::{AppIntent, Intent, Place};
use crate::app::keymap::Keymap;
use crate::app::message::{Effect, Message};
use crate::app::overview::Overview;
use crate::app::start::Start;
use crate::app::update::update;
use crate::app::{Access, Model, NEEDED, Tone, dialogs};
use crate::insight::quarter;
use crate::insight::rollup::Rollup;
use crate::model::quarter::Quarter;
use crate::model::review::Moment;
use crate::model::shown::shown;
use crate::storage::Local;
use crate::ui::Drawn;

use crate::model::id::{AgendaId, MemberId};
use crate::model::week::Week;
use crate::model::workspace::Workspace;
use crate::model::zone::Zone;

/// So much of what waits is handled before the next frame: a storm of keys costs few, and one without an end is still seen.
const BEFORE_A_FRAME: usize = 100;

/// How to start.
#[derive(Debug, Clone)]
pub struct Launch {
    /// The workspace, opened for the current week; the start screen when there is none.
    pub workspace: Option<Box<Workspace>>,
    /// Where to begin.
    pub at: StartAt,
    /// The day to rehearse.
    pub today: Option<NaiveDate>,
    /// Who is at the keyboard, when it was said.
    pub me: Option<MemberId>,
    /// Whether this is a throw-away copy of the sample.
    pub demo: bool,
    /// How much is logged.
    pub log: Level,
}

/// Where to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StartAt {
    /// Home.
    Home,
    /// The review.
    Review {
        /// Of another week than the current one.
        week: Option<Week>,
        /// By another agenda than the weekly one.
        agenda: Option<AgendaId>,
        /// Go on with the unfinished one without asking.
        resume: bool,
        /// Correct a sealed week.
        reopen: bool,
    },
    /// The review of a quarter.
    Quarter {
        /// Another one than the one that is due.
        quarter: Option<Quarter>,
        /// By another agenda than the usual one.
        agenda: Option<AgendaId>,
        /// Go on with the unfinished review without asking.
        resume: bool,
        /// Correct a sealed quarter.
        reopen: bool,
    },
    /// Several workspaces beside each other.
    Rollup {
        /// The folders that were named.
        folders: Vec<PathBuf>,
        /// What they hold.
        rollup: Box<Rollup>,
    },
    /// The history.
    History,
    /// My check-in.
    CheckIn {
        /// Of another week than the first that is not sealed.
        week: Option<Week>,
    },
}

/// Why the program could not run, for people: what, why, next step.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// There is no terminal to draw on.
    #[error("{0}")]
    NoTerminal(String),
    /// The workspace cannot be opened.
    #[error(transparent)]
    Storage(#[from] crate::storage::StorageError),
    /// What was asked is not possible.
    #[error("{0}")]
    Refused(String),
    /// The terminal failed.
    #[error("{}", say!("the terminal failed: {typed}", typed = .0))]
    Terminal(#[from] std::io::Error),
}

/// Runs the terminal program until it is left.
///
/// # Errors
/// When there is no terminal, or the workspace cannot be opened.
pub fn run(mut launch: Launch) -> Result<(), RunError> {
    terminal::check()?;
    let clock = Clock::new(launch.today);
    let local = Local::find();
    log::begin(local.as_ref(), launch.log);
    log_started(&launch);
    let (settings, bad_settings) = open::settings(local.as_ref());
    let look = terminal::look(&settings);
    let (to, events) = channel();
    let workspace = launch.workspace.take();
    let at = launch.at.clone();
    terminal::restore_on_panic();
    signals::begin(to.clone())?;
    let input = Input::begin(to.clone())?;
    let mouse = settings.mouse;
    let mut hands = Hands {
        launch,
        clock,
        local,
        settings,
        look,
        to,
        input,
        desk: None,
        desks: 0,
        demo: None,
        running: true,
        unread: false,
    };
    let mut model = first_model(&mut hands, workspace, bad_settings)?;
    let now = clock.now(zone(&model));
    let first = begin_at(&mut model, &at, now)?;
    let mut screen = Screen::take(mouse)?;
    let result = turn(&mut model, &mut hands, &mut screen, &events, first);
    // The terminal first: whoever waits for a slow disk should see it again.
    drop(screen);
    hands.finish();
    log(Level::Info, "ended", &[]);
    for event in events.try_iter() {
        if let Event::Message(message) | Event::Worked(_, message) = event
            && let Some(why) = message.failure()
        {
            eprintln!("truenorth: {} {}", shown(&why.what), shown(&why.next));
        }
    }
    result
}

fn log_started(launch: &Launch) {
    let at = match launch.at {
        StartAt::Home => "home",
        StartAt::Review { .. } => "review",
        StartAt::Quarter { .. } => "quarter",
        StartAt::Rollup { .. } => "roll-up",
        StartAt::History => "history",
        StartAt::CheckIn { .. } => "check-in",
    };
    let facts = [
        ("version", Fact::Word(env!("CARGO_PKG_VERSION"))),
        ("os", Fact::Word(std::env::consts::OS)),
        ("at", Fact::Word(at)),
        ("rehearsed", Fact::Number(launch.today.is_some().into())),
    ];
    log(Level::Info, "started", &facts);
}

/// The workspace, or the start screen where there is none.
fn first_model(
    hands: &mut Hands,
    workspace: Option<Box<Workspace>>,
    bad_settings: Option<String>,
) -> Result<Model, RunError> {
    if let StartAt::Rollup { folders, rollup } = &hands.launch.at {
        let keymap = Keymap::with(&hands.settings.keys).unwrap_or_default();
        let overview = Overview::new(*rollup.clone(), folders.clone(), hands.look, keymap);
        return Ok(Model::Rollup(Box::new(overview)));
    }
    let Some(workspace) = workspace else {
        let folder = std::env::current_dir().map(|d| d.display().to_string()).unwrap_or_default();
        let keymap = Keymap::with(&hands.settings.keys).unwrap_or_default();
        let typed = hands.local.as_ref().map(|l| open::typed_before(&l.state)).unwrap_or_default();
        return Ok(Model::Start(Box::new(Start::new(hands.look, keymap, folder, typed))));
    };
    let mut app = hands.desk(*workspace).map_err(|f| RunError::Refused(f.what))?;
    if let Some(why) = bad_settings {
        app.say(Tone::Bad, say!("The settings were left out: {why}", why));
    }
    Ok(Model::Work(app))
}

/// Goes to where one wants to begin.
fn begin_at(model: &mut Model, at: &StartAt, now: Moment) -> Result<Vec<Effect>, RunError> {
    let Model::Work(app) = model else { return Ok(Vec::new()) };
    let go = |place| Message::Intent(Intent::App(AppIntent::Go(place)));
    match at {
        StartAt::Home | StartAt::Rollup { .. } => Ok(Vec::new()),
        StartAt::History => Ok(update(model, go(Place::History), now)),
        StartAt::CheckIn { week } => {
            app.dialogs.clear();
            app.screens.check_in.week = *week;
            Ok(update(model, go(Place::CheckIn), now))
        }
        StartAt::Quarter { resume, .. } | StartAt::Review { resume, .. } if app.recovered.is_some() => {
            app.dialogs.clear();
            Ok(if *resume { dialogs::resume::go_on(app, now) } else { update(model, go(Place::Review), now) })
        }
        StartAt::Quarter { quarter, agenda, reopen, .. } => {
            let quarter = quarter.unwrap_or_else(|| quarter::due(&app.workspace, app.today));
            if *reopen || app.workspace.quarters.contains_key(&quarter) {
                dialogs::quarter::open_reopen(app, quarter);
                return Ok(Vec::new());
            }
            if quarter.first_day() > app.today {
                let current = Quarter::of(app.today);
                return Err(RunError::Refused(say!(
                    "{quarter} has not come yet: this quarter is {current}",
                    quarter,
                    current
                )));
            }
            match app.why_not_write(&NEEDED) {
                Some(why) => Err(RunError::Refused(why)),
                None => Ok(vec![Effect::LoadQuarter(quarter, agenda.clone())]),
            }
        }
        StartAt::Review { week, agenda, reopen, .. } => {
            let week = week.unwrap_or(app.week);
            let sealed = app.workspace.weeks.contains_key(&week);
            if *reopen || sealed {
                dialogs::people::open_reopen(app, week);
                return Ok(Vec::new());
            }
            if week > app.week {
                return Err(RunError::Refused(say!(
                    "{week} has not come yet: this week is {current}",
                    week,
                    current = app.week
                )));
            }
            let agenda = agenda.clone().or_else(|| "weekly".parse().ok());
            let Some(agenda) = agenda else { return Ok(Vec::new()) };
            if app.workspace.config.agenda(&agenda).is_none() {
                return Err(open::no_agenda(&app.workspace, &agenda));
            }
            if let Some(why) = app.why_not_write(&NEEDED) {
                return Err(RunError::Refused(why));
            }
            if week < app.week {
                return Ok(vec![Effect::LoadBasis(week, None)]);
            }
            let effects = app.begin(agenda, now);
            app.refresh();
            Ok(effects)
        }
    }
}

fn zone(model: &Model) -> Zone {
    match model {
        Model::Start(_) | Model::Rollup(_) => Zone::UTC,
        Model::Work(app) => app.workspace.config.time_zone,
    }
}

/// The loop: draw when something changed, wait, let what came happen.
fn turn(
    model: &mut Model,
    hands: &mut Hands,
    screen: &mut Screen,
    events: &Receiver<Event>,
    first: Vec<Effect>,
) -> Result<(), RunError> {
    let mut pending = first;
    let mut drawn = Drawn::default();
    loop {
        let now = hands.clock.now(zone(model));
        carry_out(model, hands, screen, std::mem::take(&mut pending), now)?;
        if !hands.running {
            return Ok(());
        }
        failing::perhaps(failing::Where::Main);
        drawn =
            screen.draw(model, now).or_else(|e| if e.kind() == ErrorKind::Interrupted { Ok(drawn) } else { Err(e) })?;
        if std::mem::take(&mut hands.unread) {
            hands.read_history(model);
        }
        let Some(event) = wait(events, &drawn, now) else { continue };
        // What waits together happens at the same moment: which one that is takes longer to tell than most of it takes.
        let now = hands.clock.now(zone(model));
        let next = || if signals::asked_to_end() { Some(Event::Terminate) } else { events.try_recv().ok() };
        for event in std::iter::once(event).chain(std::iter::from_fn(next)).take(BEFORE_A_FRAME) {
            match event {
                Event::HangUp => {
                    log(Level::Warn, "the terminal has gone", &[]);
                    return Ok(());
                }
                Event::Terminate => {
                    log(Level::Info, "asked to end", &[]);
                    pending.extend(leave(model));
                    break;
                }
                Event::Redraw => screen.forget()?,
                Event::Resumed => screen.retake()?,
                Event::Stop => pending.push(Effect::Suspend),
                Event::Asked(asked) => {
                    hands.let_go();
                    pending.extend(happen(model, hands, Message::TakenOver(asked.who.clone()), now));
                }
                // What workers of a workspace that was closed meanwhile still say is of no use to another.
                Event::Worked(desk, _) if desk != hands.desks => {}
                Event::Message(message) | Event::Worked(_, message) => {
                    let effects = happen(model, hands, *message, now);
                    carry_out(model, hands, screen, effects, now)?;
                }
                Event::Terminal(event) => {
                    hands.input.taken();
                    if let Some(message) = message(&event, &drawn) {
                        let effects = happen(model, hands, message, now);
                        carry_out(model, hands, screen, effects, now)?;
                    }
                }
            }
            if !hands.running {
                break;
            }
        }
    }
}

/// Lets a message happen.
fn happen(model: &mut Model, hands: &mut Hands, message: Message, now: Moment) -> Vec<Effect> {
    log(Level::Trace, "message", &[("kind", Fact::Word(message.kind()))]);
    if message.failure().is_some() {
        log(Level::Error, "could not be done", &[("kind", Fact::Word(message.kind()))]);
    }
    if matches!(message, Message::JournalFailed(_)) {
        hands.give_journal_up();
    }
    update(model, message, now)
}

/// Does what was asked, and all that follows from it, in its order: edits reach the journal before they are drawn.
fn carry_out(
    model: &mut Model,
    hands: &mut Hands,
    screen: &mut Screen,
    effects: Vec<Effect>,
    now: Moment,
) -> Result<(), RunError> {
    let mut waiting = VecDeque::from(effects);
    while let Some(effect) = waiting.pop_front() {
        if let Some(message) = hands.perform(effect, model, screen, now)? {
            waiting.extend(happen(model, hands, message, now));
        }
    }
    Ok(())
}

/// Waits for something to happen. With a running clock on the screen, until its next second at most.
fn wait(events: &Receiver<Event>, drawn: &Drawn, now: Moment) -> Option<Event> {
    if !drawn.clock {
        return events.recv().ok().or(Some(Event::HangUp));
    }
    let rest = 1000 - u64::from(now.timestamp_subsec_millis().min(999));
    match events.recv_timeout(Duration::from_millis(rest)) {
        Ok(event) => Some(event),
        Err(RecvTimeoutError::Timeout) => None,
        Err(RecvTimeoutError::Disconnected) => Some(Event::HangUp),
    }
}

/// Asked to end: a review that is held is put aside as on quitting.
fn leave(model: &Model) -> Vec<Effect> {
    let review = match model {
        Model::Work(app) if app.access == Access::Write => app.review().cloned(),
        Model::Work(_) | Model::Start(_) | Model::Rollup(_) => None,
    };
    review.map(|r| Effect::SaveDraft(Box::new(r))).into_iter().chain([Effect::Quit]).collect()
}
