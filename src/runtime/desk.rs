//! What lives as long as the program, and what is open for a workspace: how it is opened, begun from nothing, and put away.

use std::io;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::clock::Clock;
use super::door::Door;
use super::events::Event;
use super::feeding::Feeding;
use super::input::Input;
use super::launch::Launch;
use super::log::{Fact, Level, log};
use super::open::{self, Opened, With};
use super::sharing::{Of, Sharing};
use super::workers::{Read, Workers, Write, failure};
use crate::app::message::{Failure, NewWorkspace};
use crate::app::{Access, App, Look, Model};
use crate::model::goal::{Goal, Kind};
use crate::model::id::slug;
use crate::model::people::Member;
use crate::model::review::{Moment, Review};
use crate::model::strategy::Strategy;
use crate::model::tongue;
use crate::model::week::Week;
use crate::model::workspace::{Config, Draft, SCHEMA, Workspace};
use crate::model::zone::Zone;
use crate::storage::{self, Journal, Local, Lock, Sample, Settings, Template};

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
    pub root: PathBuf,
    pub workers: Workers,
    pub journal: Option<Journal>,
    pub journal_id: String,
    /// Whether something could not be added to the journal, and no other was begun since.
    pub has_gap: bool,
    /// The journals that this review has had, and that of the draft it was taken up from: drafts of these are its own.
    pub ours: Vec<String>,
    pub lock: Option<Lock>,
    /// Where other windows ask for the review, while this one holds it.
    pub door: Option<Door>,
    /// What is being shared, or asked before.
    pub sharing: Sharing,
    /// The local state folder.
    pub folder: Option<PathBuf>,
    /// Feeds that are being asked.
    pub feeding: Vec<Feeding>,
}

impl Hands {
    /// Opens a workspace from the start screen.
    pub(super) fn open(&mut self, root: &Path) -> Result<Box<App>, Failure> {
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
            has_gap: false,
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
            desk.workers.read(Read::Quarters(app.workspace.quarters.clone()));
            desk.workers.read(Read::History(app.workspace.weeks.clone(), index));
            if let Some(of) = sharing_of(self.local.as_ref(), app) {
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

    pub(super) fn open_demo(&mut self) -> Result<Box<App>, Failure> {
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
    pub(super) fn forget_start(&self) {
        if let Some(local) = &self.local {
            let _ = open::keep_typed(&local.state, &[]);
        }
    }

    pub(super) fn init(&mut self, wanted: &NewWorkspace) -> Result<Box<App>, Failure> {
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
            config.people.push(Member::new(id, name));
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
    pub(super) fn begin(&mut self, path: &Path, review: &Review) -> io::Result<()> {
        // Whatever happens, nothing goes into the journal before it any more.
        self.journal = None;
        // The one who began it and when tells it from every other journal of this review.
        self.journal_id = format!("{}-{}-{}", review.week, review.started.timestamp(), std::process::id());
        self.ours.push(self.journal_id.clone());
        self.journal = Some(Journal::create(path, &self.journal_id, review)?);
        self.has_gap = false;
        Ok(())
    }

    pub(super) fn save_draft(&self, app: &App, review: Review, now: Moment) {
        let entries = self.journal.as_ref().map_or(0, Journal::entries);
        let mut review = review;
        review.clock.pause(true, now);
        let draft =
            Draft { schema: SCHEMA, journal: self.journal_id.clone(), entries, saved: now, by: app.me.clone(), review };
        self.workers.write(Write::Draft(Box::new(draft), self.ours.clone()));
    }
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

pub(super) fn no_thread(error: &io::Error) -> Failure {
    Failure {
        what: say!("The system gives no thread: {error}.", error),
        next: say!("Close other programs and try again.").to_owned(),
    }
}

/// Whose sharing it is: none where nothing local can be kept.
pub(super) fn sharing_of(local: Option<&Local>, app: &App) -> Option<Of> {
    let workspace = &app.workspace;
    let me = app.me.as_ref().and_then(|me| workspace.config.member(me)).cloned();
    Some(Of { local: local?.clone(), root: workspace.root.clone(), config: workspace.config.clone(), me })
}
