//! State and update: what the program knows, and how each message changes it. No files, clock, threads or terminal.

pub mod analyses;
pub mod counted;
pub mod cursor;
pub mod dates;
pub mod derived;
pub mod dialogs;
pub mod intent;
pub mod key;
pub mod keymap;
mod look;
pub mod message;
mod outcome;
pub mod overview;
pub mod screens;
pub mod start;
pub mod update;

pub use look::{Look, ThemeName};

use std::sync::Arc;

use chrono::NaiveDate;

use self::counted::Counted;
use self::derived::Derived;
use self::dialogs::Dialog;
use self::dialogs::form::Form;
use self::dialogs::typed::Typed;
use self::intent::Place;
use self::keymap::Keymap;
use self::message::{Effect, Recovered};
use self::screens::Screens;
use crate::insight::balance::Balance;
use crate::insight::scorecard;
use crate::model::agenda::Step;
use crate::model::by_id::ById;
use crate::model::history::History;
use crate::model::id::{AgendaId, MemberId};
use crate::model::review::{Act, Edit, Entry, Moment, Review, Session};
use crate::model::sharing::Standing;
use crate::model::week::Week;
use crate::model::workspace::{Part, SCHEMA, Workspace};

/// The whole program: either it asks where to begin, or it works on a workspace.
#[derive(Debug, Clone)]
pub enum Model {
    /// No workspace was found.
    Start(Box<start::Start>),
    /// A workspace is open.
    Work(Box<App>),
    /// Several workspaces beside each other.
    Rollup(Box<overview::Overview>),
}

/// What is written into the journal of a review.
pub type JournalEntry = Entry;

/// Whether this window may write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// It may.
    Write,
    /// Another window holds the review; who and since when, in words.
    ReadOnly(String),
    /// The files were written by a newer version of the program.
    NewerSchema(String),
}

/// A line to the person at the keyboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What it says.
    pub text: String,
    /// How it is meant.
    pub tone: Tone,
}

/// How a notice is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something went well.
    Good,
    /// Something to know.
    Info,
    /// Something could not be done.
    Bad,
}

/// Whether what was typed has reached the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saving {
    /// Nothing was typed yet.
    Nothing,
    /// Written, not yet confirmed by the disk.
    Writing,
    /// On the disk since then.
    Saved(Moment),
    /// It could not be written; why.
    Failed(String),
}

/// Why nothing is written into files of this newer format.
#[must_use]
pub fn newer_schema(found: u32) -> String {
    say!(
        "the files are of format {found}, this version knows {schema}: update truenorth to change anything",
        found,
        schema = SCHEMA
    )
}

/// What a review rests on: without one of these it would seal a week that is not true.
pub const NEEDED: [Part; 6] = [Part::NorthStar, Part::Goals, Part::Kpis, Part::Registers, Part::Latest, Part::CheckIns];

/// A review being held.
#[derive(Debug, Clone)]
pub struct Held {
    /// The review with its undo history.
    pub session: Session,
    /// What it is held against when its week is not the current one.
    pub basis: Option<Box<Workspace>>,
    /// Whether its edits have reached the disk.
    pub saving: Saving,
    /// Entries written to the journal so far.
    pub written: u64,
    /// Whether the week is being sealed: nothing may be added to it any more.
    pub sealing: bool,
}

/// What was typed into the search line, and whether it still has the focus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// The words.
    pub words: String,
    /// Whether keys go into the line.
    pub typing: bool,
}

/// The program with a workspace open.
#[derive(Debug, Clone)]
pub struct App {
    /// What was loaded.
    pub workspace: Counted<Workspace>,
    /// The weeks behind, as far as they were read.
    pub history: Counted<Arc<History>>,
    /// Whether all of them were read.
    pub history_complete: bool,
    /// The current week.
    pub week: Week,
    /// Today, in the workspace's time zone.
    pub today: NaiveDate,
    /// Who is at the keyboard.
    pub me: Option<MemberId>,
    /// Whether this window may write.
    pub access: Access,
    /// Whether this is a throw-away copy of the sample.
    pub demo: bool,
    /// How the sharing of the workspace stands.
    pub sharing: Standing,
    /// The review being held.
    pub held: Option<Held>,
    /// A review found at the start that was not finished.
    pub recovered: Option<Box<Recovered>>,
    /// What is known of each KPI beyond its readings.
    pub analyses: Counted<analyses::Analyses>,
    /// How often feeds were asked: answers to an earlier time are passed over.
    pub refreshes: u64,
    /// What follows from all this; refreshed after each update.
    pub derived: Derived,
    /// The place one is at.
    pub place: Place,
    /// What each screen remembers.
    pub screens: Screens,
    /// Dialogs, the top one last.
    pub dialogs: Vec<Dialog>,
    /// Forms that were closed with something typed in them.
    pub kept: Vec<Form>,
    /// The form whose change is being saved: it comes back if that fails.
    pub saving: Option<Form>,
    /// How often something was saved: what was read before the last time may be older than what is known.
    pub saves: u64,
    /// What was typed before a kill and not opened again yet.
    pub typed_before: Vec<Typed>,
    /// Whether something was typed, put aside or saved since what is typed was last written down.
    pub typing: bool,
    /// The search that is on.
    pub search: Option<Search>,
    /// The last notice.
    pub notice: Option<Notice>,
    /// How text is drawn.
    pub look: Look,
    /// The keys.
    pub keymap: Keymap,
    /// The roll-up that one came down from, and goes back to.
    pub above: Option<Box<overview::Overview>>,
}

/// What the program is opened with.
#[derive(Debug, Clone)]
pub struct Opening {
    /// What was loaded.
    pub workspace: Workspace,
    /// The current week.
    pub week: Week,
    /// Today, in the workspace's time zone.
    pub today: NaiveDate,
    /// Who is at the keyboard.
    pub me: Option<MemberId>,
    /// Whether this window may write.
    pub access: Access,
    /// Whether this is a throw-away copy of the sample.
    pub demo: bool,
    /// A review that was not finished.
    pub recovered: Option<Box<Recovered>>,
    /// What was typed into forms and not saved.
    pub typed: Vec<Typed>,
    /// How text is drawn.
    pub look: Look,
    /// The keys.
    pub keymap: Keymap,
}

impl App {
    /// The program at its first frame: on Home, with the question of an unfinished review if there is one.
    #[must_use]
    pub fn new(opening: Opening) -> Self {
        let Opening { workspace, week, today, me, access, demo, recovered, typed, look, keymap } = opening;
        let mut app = Self {
            history: Counted::default(),
            history_complete: workspace.weeks.is_empty(),
            workspace: Counted::new(workspace),
            week,
            today,
            me,
            access,
            demo,
            sharing: Standing::default(),
            held: None,
            recovered,
            analyses: Counted::default(),
            refreshes: 0,
            derived: Derived::default(),
            place: Place::Home,
            screens: Screens::default(),
            dialogs: Vec::new(),
            kept: Vec::new(),
            saving: None,
            saves: 0,
            typed_before: typed,
            typing: false,
            search: None,
            notice: None,
            look,
            keymap,
            above: None,
        };
        app.tell_typed();
        if let Some(found) = &app.recovered {
            app.dialogs.push(Dialog::Resume(dialogs::resume::Resume::of(found)));
        }
        app.refresh();
        app
    }

    /// Says what was typed before a kill and waits for its form.
    pub fn tell_typed(&mut self) {
        if let Some(typed) = self.typed_before.first() {
            let waits = typed.waits();
            self.say(Tone::Info, waits);
        }
    }

    /// What the review is held against, and the screens show: the workspace, or that of the week being corrected.
    #[must_use]
    pub fn basis(&self) -> &Workspace {
        self.held.as_ref().and_then(|h| h.basis.as_deref()).unwrap_or(&self.workspace)
    }

    /// The review being held.
    #[must_use]
    pub fn review(&self) -> Option<&Review> {
        self.held.as_ref().map(|h| h.session.review())
    }

    /// The week that the screens are about: that of the review being held, else the current one.
    #[must_use]
    pub fn shown_week(&self) -> Week {
        self.review().map_or(self.week, |r| r.week)
    }

    /// The week that what is captured now belongs to: that of the review being held, else the first that is not sealed.
    #[must_use]
    pub fn open_week(&self) -> Week {
        match self.review() {
            Some(review) => review.week,
            None if self.week_is_sealed() => self.week.next(),
            None => self.week,
        }
    }

    /// The step of the review one is in.
    #[must_use]
    pub fn step(&self) -> Option<Step> {
        let review = self.review()?;
        review.clock.step().or_else(|| review.steps.first().map(|s| s.step))
    }

    /// Whether the current week was sealed.
    #[must_use]
    pub fn week_is_sealed(&self) -> bool {
        self.workspace.weeks.contains_key(&self.week)
    }

    /// Shows a notice until the next one.
    pub fn say(&mut self, tone: Tone, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), tone });
    }

    /// Why nothing can be written now, if so; `parts` are those that the change rests on.
    #[must_use]
    pub fn why_not_write(&self, parts: &[Part]) -> Option<String> {
        match &self.access {
            Access::Write => {}
            Access::ReadOnly(who) => return Some(say!("Read-only: {who}", who)),
            Access::NewerSchema(why) => return Some(say!("Read-only: {why}", why)),
        }
        let broken = parts.iter().find(|p| self.workspace.is_broken(**p))?;
        let key = self.keymap.key_of("app.problems");
        Some(say!("{broken} cannot be read: mend it ({key} shows where), then reload", broken = broken.label(), key))
    }

    /// Makes an edit to the review: applied, journalled, and open to undo under this label.
    pub fn edit(&mut self, label: impl Into<String>, edit: Edit, now: Moment) -> Vec<Effect> {
        self.act(Act::Do(label.into(), Box::new(edit)), now)
    }

    /// Lets something happen in the review and writes it down.
    pub fn act(&mut self, act: Act, now: Moment) -> Vec<Effect> {
        if let Some(why) = self.why_not_write(&[]) {
            self.say(Tone::Bad, why);
            return Vec::new();
        }
        if self.held.as_ref().is_some_and(|h| h.sealing) {
            self.say(Tone::Info, say!("The week is being saved: one moment"));
            return Vec::new();
        }
        let Some(held) = &mut self.held else { return Vec::new() };
        let mut effects = Vec::with_capacity(2);
        if let Saving::Failed(_) = held.saving {
            // The journal has a gap. A new one begins with the review as it stands; what was before cannot be undone any
            // more, as a replay could not do it either.
            let review = held.session.review().clone();
            held.session = Session::new(review.clone());
            effects.push(Effect::BeginJournal(Box::new(review)));
        }
        let entry = Entry { at: now, act };
        held.session.perform(entry.clone());
        held.saving = Saving::Writing;
        held.written += 1;
        effects.push(Effect::Journal(entry));
        effects
    }

    /// Begins a review of the current week.
    pub fn begin(&mut self, agenda: AgendaId, now: Moment) -> Vec<Effect> {
        if let Some(why) = self.why_not_write(&NEEDED) {
            self.say(Tone::Bad, why);
            return Vec::new();
        }
        let steps = self.workspace.config.agenda(&agenda).unwrap_or_else(crate::model::agenda::Agenda::weekly);
        let standing = self.workspace.standing(self.week);
        let review = Review::start(self.week, agenda, steps, &standing, now);
        self.hold(Session::new(review), None, now)
    }

    /// Goes on with a review: its journal begins anew from where it stands.
    pub fn hold(&mut self, session: Session, basis: Option<Box<Workspace>>, now: Moment) -> Vec<Effect> {
        if let Some(why) = self.why_not_write(&[]) {
            self.say(Tone::Bad, why);
            return Vec::new();
        }
        let first = session.review().clone();
        let step = first.clock.step().or_else(|| first.steps.first().map(|s| s.step)).unwrap_or(Step::Open);
        let mut effects = vec![Effect::BeginJournal(Box::new(first))];
        self.forget_personal();
        self.held = Some(Held { session, basis, saving: Saving::Nothing, written: 0, sealing: false });
        self.place = Place::Review;
        effects.extend(self.act(Act::Go(step), now));
        effects
    }

    /// Lets go of everything private: others may look on from now on.
    pub fn forget_personal(&mut self) {
        self.screens.mine.notes = None;
        self.kept.retain(|form| !form.purpose.is_private());
    }

    /// Recomputes what follows from the state, where anything that it rests on has changed. Called after each update that may
    /// have changed something.
    pub fn refresh(&mut self) {
        if !self.derived.holds_for(self) {
            self.derived = Derived::of(self);
        }
        self.relist();
    }

    /// Lists the rows of the place one is at afresh: after it was changed, or when one goes to another.
    pub fn relist(&mut self) {
        self.derived.checked_in =
            if self.place == Place::Home && self.held.is_none() { self.checked_in() } else { None };
        self.derived.questions =
            if self.place == Place::CheckIn { screens::check_in::questions(self) } else { Vec::new() };
        self.derived.map = if self.place == Place::Strategy { screens::strategy::map(self) } else { None };
        self.derived.balance =
            if self.place == Place::Strategy { Balance::of(&self.basis().strategy, self.today) } else { None };
        self.derived.figures = if self.place == Place::Registers { screens::cards::figures(self) } else { None };
        self.derived.rows = screens::rows(self).into();
    }

    /// The rows of the scorecard in their order: exceptions first.
    #[must_use]
    pub fn scorecard_rows(&self) -> &ById<scorecard::Row> {
        &self.derived.order
    }

    /// The newest sealed week before the one shown.
    #[must_use]
    pub fn previous(&self) -> Option<&Arc<crate::model::snapshot::Snapshot>> {
        self.basis().latest.as_ref().filter(|s| s.week < self.shown_week())
    }
}
