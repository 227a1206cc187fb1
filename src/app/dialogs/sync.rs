//! Sharing by git on the screen: what is asked first, where it stands, how it ended. The work itself is done outside.

use super::Dialog;
use super::clash::Clash;
use crate::app::intent::{Move, SyncIntent};
use crate::app::keymap::Scope;
use crate::app::message::Effect;
use crate::app::{App, Tone};
use crate::insight::merge::{Merge, Met};
use crate::model::sharing::Step;
use crate::model::strategy::Strategy;

/// What is shown.
#[derive(Debug, Clone)]
pub struct Sync {
    /// How far it is.
    pub stage: Stage,
    /// The first line shown of what is to be read.
    pub scroll: usize,
}

/// How far it is.
#[derive(Debug, Clone)]
pub enum Stage {
    /// It works: the step, and the how-manieth try it is, from 1.
    Working(Step, u32),
    /// Somebody said stop: what writes comes to its end first.
    Stopping,
    /// It asks before it begins.
    Asks(Asked),
    /// It came to an end.
    Ended(Ended),
}

/// What is asked before anything is run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The question.
    pub question: String,
    /// What there is to know first, a line each.
    pub lines: Vec<String>,
}

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// How it is meant.
    pub tone: Tone,
    /// In one line.
    pub title: String,
    /// What there is to read, a paragraph each; those that begin with `# ` are headings.
    pub lines: Vec<String>,
    /// Whether files here are others than before.
    pub changed: bool,
}

/// What the one who does the work tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// Where it stands: the step, and the how-manieth try it is.
    At(Step, u32),
    /// It asks.
    Asks(Asked),
    /// It is over.
    Ended(Ended),
    /// It is over, as both sides changed the same: this is to be settled first.
    Clash(Box<Merge<Strategy>>),
}

/// How a clash was settled: it holds as long as both sides are still what they were.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// The side here.
    pub mine: Strategy,
    /// The others' side.
    pub theirs: Strategy,
    /// What is to be.
    pub strategy: Strategy,
}

/// What is wished of the one who does the work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// Begin.
    Begin,
    /// Begin again with this.
    Settled(Box<Settled>),
    /// What was asked is answered with yes.
    Yes,
    /// Stop.
    Stop,
}

impl Sync {
    /// The scope of its keys.
    #[must_use]
    pub fn scope(&self) -> Scope {
        match &self.stage {
            Stage::Working(..) | Stage::Stopping => Scope::Sync,
            Stage::Asks(_) => Scope::Confirm,
            Stage::Ended(_) => Scope::Reading,
        }
    }

    /// Scrolls what is read.
    pub fn go(&mut self, to: Move) {
        self.scroll = to.scrolled(self.scroll);
    }
}

/// Begins to share.
pub fn open(app: &mut App) -> Vec<Effect> {
    if let Some(why) = app.why_not_write(&[]) {
        app.say(Tone::Bad, why);
        return Vec::new();
    }
    if app.demo {
        app.say(Tone::Info, say!("This is a throw-away copy: a workspace of yours is what can be shared"));
        return Vec::new();
    }
    app.dialogs.push(Dialog::Sync(Box::new(Sync { stage: Stage::Working(Step::Look, 1), scroll: 0 })));
    vec![Effect::Sync(Wish::Begin)]
}

/// What somebody wants of it.
pub fn update(app: &mut App, intent: SyncIntent) -> Vec<Effect> {
    match intent {
        SyncIntent::Open => open(app),
        SyncIntent::Stop => {
            let Some(Dialog::Sync(sync)) = app.dialogs.last_mut() else { return Vec::new() };
            let Stage::Working(..) = sync.stage else { return Vec::new() };
            sync.stage = Stage::Stopping;
            vec![Effect::Sync(Wish::Stop)]
        }
    }
}

/// Yes to what is asked.
pub fn yes(app: &mut App) -> Vec<Effect> {
    let Some(Dialog::Sync(sync)) = app.dialogs.last_mut() else { return Vec::new() };
    let Stage::Asks(_) = sync.stage else { return Vec::new() };
    sync.stage = Stage::Working(Step::Look, 1);
    vec![Effect::Sync(Wish::Yes)]
}

/// Closes what ended, and reads the files again where others' work changed them.
pub fn close(app: &mut App) -> Vec<Effect> {
    let Some(Dialog::Sync(sync)) = app.dialogs.last() else { return Vec::new() };
    let changed = match &sync.stage {
        // What works is stopped, never left alone.
        Stage::Working(..) => return update(app, SyncIntent::Stop),
        Stage::Stopping => return Vec::new(),
        Stage::Asks(_) => {
            app.say(Tone::Info, say!("Nothing was run, and nothing was shared"));
            false
        }
        Stage::Ended(ended) => ended.changed,
    };
    app.dialogs.pop();
    match (changed, &app.held) {
        (false, _) => Vec::new(),
        // A review that is held stays as it is; only the files beside it are read again.
        (true, Some(_)) => vec![Effect::Reload],
        (true, None) => vec![Effect::Reopen],
    }
}

/// Goes on with what was settled.
pub(super) fn go_on(app: &mut App, settled: Settled) -> Vec<Effect> {
    app.dialogs.push(Dialog::Sync(Box::new(Sync { stage: Stage::Working(Step::Look, 1), scroll: 0 })));
    vec![Effect::Sync(Wish::Settled(Box::new(settled)))]
}

/// What came of it.
pub fn told(app: &mut App, told: Told) {
    if let Told::Clash(merge) = told {
        app.dialogs.retain(|d| !matches!(d, Dialog::Sync(_)));
        app.dialogs.push(Dialog::Clash(Clash::new(Met::Shared, merge)));
        return;
    }
    let at = app.dialogs.iter_mut().rev().find_map(|d| if let Dialog::Sync(sync) = d { Some(sync) } else { None });
    let Some(sync) = at else {
        if let Told::Ended(ended) = told {
            app.say(ended.tone, ended.title);
        }
        return;
    };
    match told {
        Told::At(step, nth) => {
            if let Stage::Working(..) = sync.stage {
                sync.stage = Stage::Working(step, nth);
            }
        }
        Told::Asks(asked) => sync.stage = Stage::Asks(asked),
        Told::Ended(ended) => {
            sync.stage = Stage::Ended(ended);
            sync.scroll = 0;
        }
        Told::Clash(_) => {}
    }
}
