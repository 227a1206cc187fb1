//! Feeds asked on a thread of their own: a disk, a database or a program may take its time, and can be stopped.

use std::path::PathBuf;
use std::sync::mpsc::Sender;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::events::Event;
use super::workers::failure;
use crate::app::message::{Asked, Failure, Message};
use crate::insight::fed;
use crate::model::feed::{Fetched, LastGood};
use crate::model::review::Moment;
use crate::model::week::Week;
use crate::model::workspace::Workspace;
use crate::sources::{Refresh, Stop};
use crate::storage::{self, LAST_GOOD, TRUSTED};

/// How often, and how many times, it is looked whether a stopped refresh has ended: its programs end at once, but a disk may hang.
const LOOK: (Duration, u32) = (Duration::from_millis(10), 50);

/// A refresh under way. Dropping it stops it, and waits a moment so that no program of it outlives this one.
pub(super) struct Feeding {
    stop: Stop,
    thread: JoinHandle<()>,
}

/// What a refresh is about.
pub(super) struct Wanted {
    /// Goes with every answer.
    pub number: u64,
    pub week: Week,
    pub now: Moment,
    pub workspace: Workspace,
    /// The local state folder; none without a home folder.
    pub folder: Option<PathBuf>,
}

impl Feeding {
    pub(super) fn begin(wanted: Wanted, to: Sender<Event>) -> std::io::Result<Self> {
        let stop = Stop::default();
        let asked = stop.clone();
        let work = move || {
            let number = wanted.number;
            let tell = |asked: Asked| {
                let _ = to.send(Event::Message(Box::new(Message::Asked(number, asked))));
            };
            let run = std::panic::AssertUnwindSafe(|| ask_all(&wanted, &asked, &tell));
            if std::panic::catch_unwind(run).is_err() {
                let what = say!("A feed failed unexpectedly; nothing on the screen is lost.").to_owned();
                tell(Asked::Failed(Failure {
                    what,
                    next: say!("Try the others with `truenorth feed refresh ID`.").to_owned(),
                }));
            }
        };
        let thread = thread::Builder::new().name("truenorth-feeds".to_owned()).spawn(work)?;
        Ok(Self { stop, thread })
    }
}

impl Feeding {
    /// Whether it has ended.
    pub(super) fn is_over(&self) -> bool {
        self.thread.is_finished()
    }

    /// Stops it without waiting for anything.
    pub(super) fn stop(&self) {
        self.stop.now();
    }
}

impl Drop for Feeding {
    fn drop(&mut self) {
        self.stop.now();
        let (pause, times) = LOOK;
        for _ in 0..times {
            if self.thread.is_finished() {
                return;
            }
            thread::sleep(pause);
        }
    }
}

fn ask_all(wanted: &Wanted, stop: &Stop, tell: &dyn Fn(Asked)) {
    let folder = wanted.folder.as_deref();
    // What cannot be read was not allowed: nothing may run on a guess.
    let approvals = match folder.map_or(Ok(Vec::new()), |folder| storage::kept(folder, TRUSTED)) {
        Ok(approvals) => approvals,
        Err(e) => return tell(Asked::Failed(failure(&e))),
    };
    let last: Vec<LastGood> = folder.and_then(|folder| storage::kept(folder, LAST_GOOD).ok()).unwrap_or_default();
    tell(Asked::Begun(last.clone()));
    let refresh = Refresh {
        root: &wanted.workspace.root,
        workspace: &wanted.workspace.config.id,
        strategy: &wanted.workspace.strategy,
        approvals: &approvals,
        week: wanted.week,
        now: wanted.now,
    };
    let mut all: Vec<Fetched> = Vec::new();
    for feed in &wanted.workspace.config.feeds {
        if stop.asked() {
            break;
        }
        let fetched = refresh.ask(feed, stop);
        all.push(fetched.clone());
        tell(Asked::One(Box::new(fetched)));
    }
    if let Some(folder) = folder {
        // What was last is a comfort: the next refresh tells of it, and works without.
        let _ = storage::keep(folder, LAST_GOOD, &fed::remembered(last, &all, wanted.week));
    }
}
