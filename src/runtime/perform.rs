//! Effects: what the state asks for, done.

use std::io::{self};
use std::path::{Path, PathBuf};

use super::check_in::Drawer;
use super::clock::Clock;
use super::door::{self, Door};
use super::events::Event;
use super::feeding::{Feeding, Wanted};
use super::input::Input;
use super::launch::{Launch, StartAt};
use super::log::{Fact, Level, log};
use super::open::{self, BasisOf, JOURNAL, Opened, With};
use super::quarters::{Correct, QuarterOf};
use super::reports::ReportOf;
use super::sharing::{Of, Sharing};
use super::terminal::Screen;
use super::workers::{Read, Workers, Write, failure};
use super::{editor, signals};
use crate::app::message::{Asked, Effect, Failure, Message, NewWorkspace};
use crate::app::{Access, App, Look, Model};
use chrono::NaiveDate;

use crate::model::goal::{Goal, Kind};
use crate::model::id::{MemberId, slug};
use crate::model::people::Member;
use crate::model::review::{Moment, Review};
use crate::model::strategy::Strategy;
use crate::model::tongue;
use crate::model::week::Week;
use crate::model::workspace::{Config, Draft, SCHEMA, Workspace};
use crate::model::zone::Zone;
use crate::storage::{self, Journal, Local, Lock, Sample, Settings, Template};

/// The folder beside the journal of texts that a settled version took the place of.
const ASIDE: &str = "aside";

/// Everything with side effects that lives as long as the program.
pub(super) struct Hands {
    pub launch: Launch,
    pub clock: Clock,
    pub local: Option<Local>,
    pub settings: Settings,
    pub look: Look,
    pub to: std::sync::mpsc::Sender<Event>,
    pub input: Input,
    pub desk: Option<Desk>,
    /// How many desks there were: the number of the one that is open.
    pub desks: u64,
    /// A throw-away copy of the sample, until the program ends.
    pub demo: Option<tempfile::TempDir>,
    pub running: bool,
    /// Whether a workspace was opened whose weeks behind were not asked for yet.
    pub unread: bool,
}

/// What is open for the workspace.
pub(super) struct Desk {
    root: PathBuf,
    workers: Workers,
    journal: Option<Journal>,
    journal_id: String,
    /// The journals that this review has had, and that of the draft it was taken up from: drafts of these are its own.
    ours: Vec<String>,
    lock: Option<Lock>,
    /// Where other windows ask for the review, while this one holds it.
    door: Option<Door>,
    /// What is being shared, or asked before.
    sharing: Sharing,
    /// The local state folder.
    folder: Option<PathBuf>,
    /// Feeds that are being asked.
    feeding: Vec<Feeding>,
}

impl Hands {
    /// Opens a workspace from the start screen.
    fn open(&mut self, root: &Path) -> Result<Box<App>, Failure> {
        let clock = self.clock;
        let workspace = storage::open(root, |config| {
            tongue::speak(config.language);
            Week::of(clock.today(config.time_zone))
        });
        self.desk(workspace.map_err(|e| failure(&e))?)
    }

    /// Starts what works for a workspace.
    pub(super) fn desk(&mut self, workspace: Workspace) -> Result<Box<App>, Failure> {
        let root = &workspace.root.clone();
        let with = With {
            launch: &self.launch,
            only_look: self.only_looks(),
            settings: &self.settings,
            local: self.local.as_ref(),
            look: self.look,
        };
        let now = self.clock.now(workspace.config.time_zone);
        // Before the lock is asked for: this window may have had it, and another one since.
        self.desk = None;
        self.desks += 1;
        let Opened { app, lock, folder, journal, journal_id, draft_id } = open::open(workspace, &with, now);
        log_opened(&app);
        let workers = Workers::start(root.to_path_buf(), (self.desks, self.to.clone())).map_err(|e| no_thread(&e))?;
        if !self.launch.demo
            && !self.only_looks()
            && self.demo.is_none()
            && let Some(local) = &self.local
        {
            // Remembering the last workspace is a comfort: failing to is no reason not to open it.
            let _ = local.remember_workspace(root);
        }
        // Without a door the review cannot be asked for, and all the rest goes on.
        let door = match (&lock, &folder) {
            (Some(_), Some(folder)) => Door::open(folder, self.to.clone()).ok(),
            _ => None,
        };
        self.unread = true;
        self.desk = Some(Desk {
            root: root.to_path_buf(),
            workers,
            journal,
            ours: vec![journal_id.clone(), draft_id],
            journal_id,
            lock,
            door,
            sharing: Sharing::default(),
            folder,
            feeding: Vec::new(),
        });
        Ok(app)
    }

    /// Begins to read the weeks behind: after the first frame, never before it.
    pub(super) fn read_history(&self, model: &Model) {
        if let (Some(desk), Model::Work(app)) = (&self.desk, model) {
            let id = &app.workspace.config.id;
            // A throw-away copy is never opened again: an index of it would be left behind.
            let local = self.local.as_ref().filter(|_| !self.launch.demo);
            let index = local.map(|local| local.index(&desk.root, id, Clock::of_files()));
            desk.workers.read(Read::History(app.workspace.weeks.clone(), index));
            if let Some(of) = of(self.local.as_ref(), app) {
                desk.workers.read(Read::Standing(Box::new(of)));
            }
            if let (Access::Write, Some(local)) = (&app.access, &self.local) {
                let folder = local.workspace(&desk.root, &app.workspace.config.id);
                // How old a file is tells the real clock, whatever day is rehearsed.
                let now = Clock::new(None).now(Zone::UTC);
                desk.workers.read(Read::Sweep(folder, now.into()));
            }
        }
    }

    /// Does what was asked. What comes back goes through the channel, or is returned at once.
    pub(super) fn perform(
        &mut self,
        effect: Effect,
        model: &Model,
        screen: &mut Screen,
        now: Moment,
    ) -> io::Result<Option<Message>> {
        log(Level::Debug, "effect", &[("kind", Fact::Word(effect.kind()))]);
        match effect {
            Effect::Quit => self.running = false,
            Effect::Redraw => screen.forget()?,
            Effect::Suspend => {
                log(Level::Info, "suspended", &[]);
                self.input.pause_while(|| {
                    let _ = screen.lend(signals::suspend);
                });
            }
            Effect::TakeOver => self.ask_for_review(model),
            Effect::Reopen => {
                let root = self.desk.as_ref().map(|d| d.root.clone()).unwrap_or_default();
                return Ok(Some(Message::Opened(self.open(&root))));
            }
            Effect::Edit(text) => {
                let mut result =
                    Err(Failure { what: say!("The editor was not started.").to_owned(), next: String::new() });
                self.input.pause_while(|| {
                    let _ = screen.lend(|| result = editor::edit(&text));
                });
                return Ok(Some(Message::Edited(result)));
            }
            Effect::RememberMember(member) => {
                self.settings.member = Some(member);
                if let Some(local) = &self.local {
                    let _ = local.save(&self.settings);
                }
            }
            Effect::RememberTheme(theme) => {
                self.settings.theme = Some(theme.label().to_owned());
                if let Some(local) = &self.local {
                    let _ = local.save(&self.settings);
                }
            }
            Effect::RollUp(folders) => self.roll_up(folders),
            Effect::OpenTeam(folder) => return Ok(Some(Message::Opened(self.open(&folder)))),
            Effect::CloseTeam => {
                self.desk = None;
                self.desks += 1;
                return Ok(Some(Message::TeamClosed));
            }
            Effect::OpenDemo => return Ok(Some(Message::Opened(self.open_demo()))),
            Effect::OpenFolder(folder) => {
                let root = storage::find_workspace(Path::new(&folder)).unwrap_or_else(|| PathBuf::from(&folder));
                return Ok(Some(Message::Opened(self.open(&root).inspect(|_| self.forget_start()))));
            }
            Effect::Init(wanted) => {
                return Ok(Some(Message::Opened(self.init(&wanted).inspect(|_| self.forget_start()))));
            }
            Effect::KeepTyped(typed) if matches!(model, Model::Start(_)) => {
                // Without a home folder there is nowhere to keep it, and that is told where a workspace is opened.
                let Some(local) = &self.local else { return Ok(None) };
                let kept = storage::private_folder(&local.state).and_then(|()| open::keep_typed(&local.state, &typed));
                return Ok(kept.err().map(|e| Message::NotKept(no_journal(&e))));
            }
            other => return Ok(self.for_workspace(other, model, now)),
        }
        Ok(None)
    }

    fn for_workspace(&mut self, effect: Effect, model: &Model, now: Moment) -> Option<Message> {
        let (Some(desk), Model::Work(app)) = (&mut self.desk, model) else { return None };
        let reads = matches!(
            effect,
            Effect::LoadWeek(_)
                | Effect::Recap(_)
                | Effect::WriteReport(..)
                | Effect::Reload
                | Effect::LookOutside(_)
                | Effect::FindClash
                | Effect::Analyse(..)
                | Effect::OpenCheckIn(..)
                | Effect::ReadPrivate(_)
        );
        if app.access != Access::Write && !reads {
            // The state asks for nothing of this kind then; another window's journal must not depend on it.
            return None;
        }
        let shares = matches!(
            effect,
            Effect::Seal(_)
                | Effect::SaveConfig(..)
                | Effect::SaveStrategy(..)
                | Effect::EditCheckIn(..)
                | Effect::AnswerPassed(_)
                | Effect::SealQuarter(_)
        );
        match effect {
            Effect::BeginJournal(review) => {
                let folder = self.local.as_ref()?.workspace(&desk.root, &app.workspace.config.id);
                return desk
                    .begin(&folder.join(JOURNAL), &review)
                    .err()
                    .map(|e| Message::JournalFailed(no_journal(&e)));
            }
            Effect::Journal(entry) => {
                let written = app.held.as_ref().map_or(0, |h| h.written);
                // Without a journal the failure to begin one was told already, and the next edit tries again.
                let Some(journal) = &mut desk.journal else { return None };
                if let Err(e) = journal.append(&entry) {
                    return Some(Message::JournalFailed(no_journal(&e)));
                }
                if let Ok(file) = journal.handle() {
                    desk.workers.write(Write::Sync(file, written));
                }
            }
            Effect::EndJournal(target) => {
                if let Some(journal) = desk.journal.take() {
                    let _ = journal.remove();
                }
                desk.workers.write(Write::RemoveDraft(target, desk.ours.clone()));
            }
            Effect::KeepTyped(typed) => {
                let folder = self.local.as_ref()?.workspace(&desk.root, &app.workspace.config.id);
                if let Err(e) = open::keep_typed(&folder, &typed) {
                    return Some(Message::NotKept(no_journal(&e)));
                }
            }
            Effect::SaveDraft(review) => desk.save_draft(app, *review, now),
            Effect::Seal(snapshot) => desk.workers.write(Write::Seal(snapshot)),
            Effect::PassOn(passed, to) => desk.workers.write(Write::PassOn(passed, to)),
            Effect::AnswerPassed(answering) => desk.workers.write(Write::AnswerPassed(answering)),
            Effect::SealQuarter(seal) => desk.workers.write(Write::SealQuarter(seal)),
            Effect::ReopenQuarter(quarter, why) => {
                let correct = Correct { quarter, by: app.me.clone(), why, now };
                desk.workers.read(Read::CorrectQuarter(Box::new(correct)));
            }
            Effect::LoadQuarter(quarter, agenda) => {
                let of =
                    QuarterOf { workspace: Workspace::clone(&app.workspace), quarter, week: app.week, agenda, now };
                desk.workers.read(Read::Quarter(Box::new(of)));
            }
            Effect::SaveConfig(old, new) => desk.workers.write(Write::Config(old, new)),
            Effect::SaveStrategy(old, new) => desk.workers.write(Write::Strategy(old, new)),
            Effect::EditCheckIn(week, member, edit) => desk.workers.write(Write::CheckIn(week, member, edit)),
            Effect::Analyse(number, question) => desk.workers.analyse(number, question),
            Effect::OpenCheckIn(week, member) => desk.workers.read(Read::CheckIn(week, member)),
            Effect::ReadPrivate(member) => {
                let drawer = drawer(self.local.as_ref(), app, member)?;
                desk.workers.read(Read::Private(drawer));
            }
            Effect::KeepPrivate(member, week, text) => {
                let drawer = drawer(self.local.as_ref(), app, member)?;
                desk.workers.write(Write::Private(drawer, week, text));
            }
            Effect::Sync(wish) => {
                let of = of(self.local.as_ref(), app)?;
                return desk.sharing.wish(wish, of, now, &self.to).map(Message::Sync);
            }
            Effect::Refresh(number, week) => {
                let local = self.local.as_ref();
                let folder = local.map(|local| local.workspace(&desk.root, &app.workspace.config.id));
                let workspace = Workspace::clone(&app.workspace);
                let wanted = Wanted { number, week, now, workspace, folder };
                // One that was stopped and hangs on a disk is not waited for.
                desk.feeding.retain(|before| !before.is_over());
                match Feeding::begin(wanted, self.to.clone()) {
                    Ok(feeding) => desk.feeding.push(feeding),
                    Err(e) => return Some(Message::Asked(number, Asked::Failed(no_thread(&e)))),
                }
            }
            Effect::StopRefresh => desk.feeding.iter().for_each(Feeding::stop),
            Effect::TakeIn(file) => desk.workers.write(Write::TakeIn(file)),
            Effect::Recap(snapshot) => desk.workers.read(Read::Recap(Box::new(ReportOf::new(app, snapshot)))),
            Effect::WriteReport(snapshot, path) => {
                desk.workers.write(Write::Report(Box::new(ReportOf::new(app, snapshot)), path));
            }
            Effect::LoadWeek(week) => desk.workers.read(Read::Week(week)),
            Effect::Reload => desk.workers.read(Read::Workspace(app.week)),
            Effect::LookOutside(saves) => desk.workers.read(Read::Outside(saves, app.week)),
            Effect::FindClash => desk.workers.read(Read::Clash),
            Effect::Settle(settle) => {
                let folder = self.local.as_ref()?.workspace(&desk.root, &app.workspace.config.id);
                desk.workers.write(Write::Settle(settle, folder.join(ASIDE)));
            }
            Effect::LoadBasis(week, why) => {
                let workspace = Workspace::clone(&app.workspace);
                let of = BasisOf { workspace, week, why, by: app.me.clone(), agenda: None, now };
                desk.workers.read(Read::Basis(Box::new(of)));
            }
            Effect::Quit
            | Effect::Redraw
            | Effect::Suspend
            | Effect::TakeOver
            | Effect::Reopen
            | Effect::Edit(_)
            | Effect::RememberMember(_)
            | Effect::RememberTheme(_)
            | Effect::OpenDemo
            | Effect::OpenFolder(_)
            | Effect::RollUp(_)
            | Effect::OpenTeam(_)
            | Effect::CloseTeam
            | Effect::Init(_) => {}
        }
        if shares && let Some(of) = of(self.local.as_ref(), app) {
            desk.workers.write(Write::Standing(Box::new(of)));
        }
        None
    }

    /// Whether workspaces are opened from a roll-up, to be looked at only.
    fn only_looks(&self) -> bool {
        matches!(self.launch.at, StartAt::Rollup { .. })
    }

    /// Reads the workspaces of a roll-up again, on a thread of its own: there may be hundreds.
    fn roll_up(&self, folders: Vec<PathBuf>) {
        let (clock, to) = (self.clock, self.to.clone());
        let reading = move || {
            let rollup = storage::rollup(&folders, |config| clock.today(config.time_zone));
            let _ = to.send(Event::Message(Box::new(Message::RolledUp(Box::new(rollup)))));
        };
        let begun = std::thread::Builder::new().name("truenorth-rollup".to_owned()).spawn(reading);
        if let Err(e) = begun {
            let _ = self.to.send(Event::Message(Box::new(Message::Opened(Err(no_thread(&e))))));
        }
    }

    /// Asks the window that holds the review for it, on a thread of its own: it may have to wait for its disk.
    fn ask_for_review(&self, model: &Model) {
        let (Some(desk), Model::Work(app)) = (&self.desk, model) else { return };
        let Some(folder) = desk.folder.clone() else { return };
        let who = app.me.as_ref().map_or("somebody", |m| app.workspace.config.name_of(m)).to_owned();
        let to = self.to.clone();
        let asking = move || {
            let answer = door::ask(&folder, &who).map_err(|e| no_answer(&e));
            let _ = to.send(Event::Message(Box::new(Message::Freed(answer))));
        };
        let begun = std::thread::Builder::new().name("truenorth-asker".to_owned()).spawn(asking);
        if let Err(e) = begun {
            let _ = self.to.send(Event::Message(Box::new(Message::Freed(Err(no_thread(&e))))));
        }
    }

    /// Lets go of the review: what was asked to be written is written first, then the lock is free.
    pub(super) fn let_go(&mut self) {
        log(Level::Info, "review taken over by another window", &[]);
        if let Some(desk) = &mut self.desk {
            desk.workers.finish();
            desk.journal = None;
            desk.door = None;
            desk.lock = None;
        }
    }

    fn open_demo(&mut self) -> Result<Box<App>, Failure> {
        let fail =
            |what: String| Failure { what, next: say!("Is there room in the folder for temporary files?").to_owned() };
        let folder = tempfile::Builder::new().prefix("truenorth-demo-").tempdir();
        let folder = folder.map_err(|e| fail(say!("No folder could be made for the sample: {e}.", e)))?;
        let root = folder.path().join("bakery");
        let today = self.clock.today(Zone::UTC);
        storage::write_sample(Sample::Bakery, &root, today).map_err(|e| failure(&e))?;
        storage::set_language(&root, tongue::language()).map_err(|e| failure(&e))?;
        self.demo = Some(folder);
        self.launch.demo = true;
        self.open(&root)
    }

    /// What was typed on the start screen has become a workspace.
    fn forget_start(&self) {
        if let Some(local) = &self.local {
            let _ = open::keep_typed(&local.state, &[]);
        }
    }

    fn init(&mut self, wanted: &NewWorkspace) -> Result<Box<App>, Failure> {
        let root = PathBuf::from(&wanted.folder);
        let today = self.clock.today(Zone::UTC);
        storage::init(&root, &wanted.name, Template::Empty, today).map_err(|e| failure(&e))?;
        let fresh = storage::open(&root, |_| Week::of(today)).map_err(|e| failure(&e))?;
        let (config, strategy) = answered(&fresh.config, wanted, today);
        storage::save_config(&root, &fresh.config, &config).map_err(|e| failure(&e))?;
        storage::save_strategy(&root, &fresh.strategy, &strategy).map_err(|e| failure(&e))?;
        self.open(&root)
    }

    /// The journal has a gap or could not be begun: nothing is added to it any more, the next edit begins a new one.
    pub(super) fn give_journal_up(&mut self) {
        if let Some(desk) = &mut self.desk {
            desk.journal = None;
        }
    }

    /// Waits until everything is written. What cannot be written any more is in the journal.
    pub(super) fn finish(&mut self) {
        if let Some(desk) = &mut self.desk {
            desk.workers.finish();
        }
    }
}

/// Where a member's private notes live; nowhere while a review is held by this process.
fn drawer(local: Option<&Local>, app: &App, member: MemberId) -> Option<Drawer> {
    local.filter(|_| app.held.is_none()).map(|local| Drawer::of(local, &app.workspace.config.id, member))
}

/// An empty workspace with the five answers in it.
fn answered(config: &Config, wanted: &NewWorkspace, today: NaiveDate) -> (Config, Strategy) {
    let mut config = Config { language: wanted.language, ..config.clone() };
    for name in &wanted.people {
        let stem = slug(name, 32);
        let taken = |id: &str| config.people.iter().any(|p| p.id.as_str() == id);
        let first = slug(name.split_whitespace().next().unwrap_or(name), 32);
        let numbered = (2..100).map(|n| format!("{stem}-{n}"));
        let id = [first, stem.clone()].into_iter().chain(numbered).find(|id| !taken(id));
        if let Some(id) = id.and_then(|id| id.parse().ok()) {
            config.people.push(Member { id, name: name.clone(), role: String::new(), teams: Vec::new(), left: None });
        }
    }
    let mut strategy = Strategy::default();
    strategy.north_star.vision.clone_from(&wanted.vision);
    if let (false, Ok(id)) = (wanted.goal.trim().is_empty(), slug(&wanted.goal, 48).parse()) {
        let mut goal = Goal::new(id, wanted.goal.trim(), Kind::Goal);
        goal.owner = config.people.first().map(|p| p.id.clone());
        goal.start = Some(today);
        goal.due = today.checked_add_days(chrono::Days::new(90));
        strategy.goals.push(goal);
    }
    (config, strategy)
}

impl Desk {
    fn begin(&mut self, path: &Path, review: &Review) -> io::Result<()> {
        // Whatever happens, nothing goes into the journal before it any more.
        self.journal = None;
        // The one who began it and when tells it from every other journal of this review.
        self.journal_id = format!("{}-{}-{}", review.week, review.started.timestamp(), std::process::id());
        self.ours.push(self.journal_id.clone());
        self.journal = Some(Journal::create(path, &self.journal_id, review)?);
        Ok(())
    }

    fn save_draft(&self, app: &App, review: Review, now: Moment) {
        let entries = self.journal.as_ref().map_or(0, Journal::entries);
        let mut review = review;
        review.clock.pause(true, now);
        let draft =
            Draft { schema: SCHEMA, journal: self.journal_id.clone(), entries, saved: now, by: app.me.clone(), review };
        self.workers.write(Write::Draft(Box::new(draft), self.ours.clone()));
    }
}

fn no_journal(error: &io::Error) -> Failure {
    log(Level::Error, "not written", &[("why", Fact::Kind(error.kind()))]);
    Failure {
        what: say!("The journal cannot be written: {error}.", error),
        next: say!("Everything is still here: make room, then any edit writes again; or save the week now.").to_owned(),
    }
}

fn no_answer(error: &io::Error) -> Failure {
    let what = match error.kind() {
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => {
            say!("The other window does not answer: is it stopped?").to_owned()
        }
        _ => say!("The other window could not be asked: {error}.", error),
    };
    Failure { what, next: say!("Leave it there with q, or end its process, then try again.").to_owned() }
}

/// What was opened, in numbers.
fn log_opened(app: &App) {
    let access = match app.access {
        Access::Write => "write",
        Access::ReadOnly(_) => "read-only",
        Access::NewerSchema(_) => "newer-schema",
    };
    let workspace = &app.workspace;
    log(
        Level::Info,
        "workspace opened",
        &[
            ("access", Fact::Word(access)),
            ("weeks", workspace.weeks.len().into()),
            ("goals", workspace.strategy.goals.len().into()),
            ("kpis", workspace.strategy.kpis.len().into()),
            ("problems", workspace.problems.len().into()),
            ("unfinished", Fact::Number(app.recovered.is_some().into())),
        ],
    );
}

fn no_thread(error: &io::Error) -> Failure {
    Failure {
        what: say!("The system gives no thread: {error}.", error),
        next: say!("Close other programs and try again.").to_owned(),
    }
}

/// Whose sharing it is: none where nothing local can be kept.
fn of(local: Option<&Local>, app: &App) -> Option<Of> {
    let workspace = &app.workspace;
    let me = app.me.as_ref().and_then(|me| workspace.config.member(me)).cloned();
    Some(Of { local: local?.clone(), root: workspace.root.clone(), config: workspace.config.clone(), me })
}
