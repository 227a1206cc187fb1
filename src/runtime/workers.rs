//! The threads beside the drawing one: a writer that waits for disks, a reader that parses weeks, an analyst that computes.
//! None touches the terminal.

use std::collections::VecDeque;
use std::fs::File;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, SystemTime};

use super::check_in::{self, Drawer};
use super::clock::Stopwatch;
use super::events::Event;
use super::quarters::{self, Correct, QuarterOf};
use super::reports::{self, QuarterReportOf, ReportOf};
use super::{clash, failing, open, passing, sharing};
use crate::app::dialogs::clash::Settle;
use crate::app::message::{Failure, Message, Secret, Unsealed};
use crate::app::screens::passed::Answering;
use crate::insight::analysis::{self, Of, Part, Question};
use crate::model::checkin::CheckInEdit;
use crate::model::id::MemberId;
use crate::model::import::ReadingsFile;
use crate::model::passed::Passed;
use crate::model::quarter::Quarter;
use crate::model::quarterly::QuarterSeal;
use crate::model::review::Target;
use crate::model::snapshot::Snapshot;
use crate::model::strategy::Strategy;
use crate::model::week::Week;
use crate::model::workspace::Config;
use crate::model::workspace::{Draft, Workspace};
use crate::storage::{self, IndexAt, StorageError};

/// Where reports go, with the number of the desk that they come from.
pub(super) type Post = (u64, Sender<Event>);
/// How often an answer that takes long is shown as far as it has come: a picture costs more than most parts of it.
const PICTURE: Duration = Duration::from_millis(50);

/// Something to write.
pub(super) enum Write {
    /// Wait until this many journal entries are on the disk.
    Sync(File, u64),
    /// Publish a snapshot.
    Seal(Box<Snapshot>),
    /// End a quarter.
    SealQuarter(Box<QuarterSeal>),
    /// Save the strategy: from this to that.
    Strategy(Box<Strategy>, Box<Strategy>),
    /// Write the version that settles two others; what it takes the place of is kept in this folder.
    Settle(Box<Settle>, PathBuf),
    /// Save `truenorth.ron`.
    Config(Box<Config>, Box<Config>),
    /// Change a member's check-in of a week, as it stands in its file.
    CheckIn(Week, MemberId, Box<CheckInEdit>),
    /// Keep a private note of a week.
    Private(Drawer, Week, Secret),
    /// Write a report into a file of this name.
    Report(Box<ReportOf>, String),
    /// The report of a quarter, into a file.
    QuarterReport(QuarterReportOf, String),
    /// Pass something on, into this folder or file.
    PassOn(Box<Passed>, String),
    /// Answer what was passed on.
    AnswerPassed(Box<Answering>),
    /// After what was asked before: how the sharing of the workspace stands now.
    Standing(Box<sharing::Of>),
    /// Put a review aside; in place of a draft that is there only if that is of one of these journals.
    Draft(Box<Draft>, Vec<String>),
    /// Save numbers of feeds in a file of their own.
    TakeIn(Box<ReadingsFile>),
    /// Take a draft away, if it is of one of these journals or what it is of was sealed: one from elsewhere is somebody's work.
    RemoveDraft(Target, Vec<String>),
}

/// Something to read.
pub(super) enum Read {
    /// A whole week.
    Week(Week, Option<u32>),
    /// All weeks, as digests, out of this index as far as it knows them.
    History(std::collections::BTreeMap<Week, u32>, Option<IndexAt>),
    /// The sealed quarters.
    Quarters(std::collections::BTreeMap<Quarter, u32>),
    /// A member's check-in of a week and their earlier ones.
    CheckIn(Week, MemberId),
    /// A member's private notes.
    Private(Drawer),
    /// The recap of a week.
    Recap(Box<ReportOf>),
    /// The workspace, afresh.
    Workspace(Week),
    /// The workspace, to see whether it was changed outside; how many saves had been made.
    Outside(u64, Week),
    /// Two versions of a strategy file that wait for somebody.
    Clash,
    /// How the sharing of the workspace stands.
    Standing(Box<sharing::Of>),
    /// What a review of this week is held against.
    Basis(Box<open::BasisOf>),
    /// What the review of a quarter begins with.
    Quarter(Box<QuarterOf>),
    /// A sealed quarter, to correct it.
    CorrectQuarter(Box<Correct>),
    /// Take unfinished files away that a kill left, in the workspace and in a folder of local files.
    Sweep(PathBuf, SystemTime),
}

/// The two threads.
pub(super) struct Workers {
    write: Option<Sender<Write>>,
    read: Sender<Read>,
    analyse: Sender<(u64, Box<Question>)>,
    writer: Option<JoinHandle<()>>,
}

impl Workers {
    /// Starts them for a workspace.
    pub(super) fn start(root: PathBuf, to: Post) -> std::io::Result<Self> {
        let (write, writes) = channel();
        let (read, reads) = channel();
        let (analyse, questions) = channel();
        let (root_w, to_w, to_a) = (root.clone(), to.clone(), to.clone());
        let spawn =
            |name: &str, work: Box<dyn FnOnce() + Send>| thread::Builder::new().name(name.to_owned()).spawn(work);
        let writer = spawn("truenorth-writer", Box::new(move || writer(&root_w, &writes, &to_w)))?;
        spawn("truenorth-reader", Box::new(move || reader(&root, &reads, &to)))?;
        spawn("truenorth-analyst", Box::new(move || analyst(&questions, &to_a)))?;
        Ok(Self { write: Some(write), read, analyse, writer: Some(writer) })
    }

    /// Asks the writer. It works in the order it is asked.
    pub(super) fn write(&self, job: Write) {
        if let Some(write) = &self.write {
            let _ = write.send(job);
        }
    }

    /// Asks the reader.
    pub(super) fn read(&self, job: Read) {
        let _ = self.read.send(job);
    }

    /// Asks the analyst; a question about everything replaces those before it.
    pub(super) fn analyse(&self, number: u64, question: Box<Question>) {
        let _ = self.analyse.send((number, question));
    }

    /// Waits until everything that was asked is written.
    pub(super) fn finish(&mut self) {
        self.write = None;
        if let Some(writer) = self.writer.take() {
            let _ = writer.join();
        }
    }
}

fn tell(to: &Post, message: Message) {
    let _ = to.1.send(Event::Worked(to.0, Box::new(message)));
}

/// Lets a job run; a panic in it becomes a message, and the thread lives on.
fn guarded(to: &Post, job: impl FnOnce()) {
    if catch_unwind(AssertUnwindSafe(job)).is_err() {
        let what = say!("A background job failed unexpectedly; nothing on the screen is lost.").to_owned();
        tell(
            to,
            Message::Reloaded(Err(Failure { what, next: say!("Try again; R reads the files afresh.").to_owned() })),
        );
    }
}

fn writer(root: &Path, jobs: &Receiver<Write>, to: &Post) {
    let mut waiting: Option<Write> = None;
    loop {
        let job = match waiting.take() {
            Some(job) => job,
            None => match jobs.recv() {
                Ok(job) => job,
                Err(_) => return,
            },
        };
        let mut job = job;
        // Of several syncs in a row only the last has to wait for the disk.
        while let Write::Sync(..) = &job {
            match jobs.try_recv() {
                Ok(next @ Write::Sync(..)) => job = next,
                Ok(other) => {
                    waiting = Some(other);
                    break;
                }
                Err(_) => break,
            }
        }
        guarded(to, || write(root, job, to));
    }
}

fn write(root: &Path, job: Write, to: &Post) {
    let message = match job {
        Write::Sync(file, entries) => match file.sync_data() {
            Ok(()) => Message::JournalSynced(entries),
            Err(e) => Message::JournalFailed(Failure {
                what: say!("The journal could not be brought to the disk: {e}.", e),
                next: say!("Save the week soon, to another disk if this one is full.").to_owned(),
            }),
        },
        Write::Seal(snapshot) => Message::Sealed(match storage::seal(root, &snapshot) {
            Ok(_) => Ok(Arc::new(*snapshot)),
            // It is there, word for word: only the folder's own entry could not be confirmed, now or the time before.
            Err(StorageError::Exists { .. } | StorageError::Unconfirmed { .. })
                if storage::snapshot(root, snapshot.week, Some(snapshot.revision)).is_ok_and(|s| s == *snapshot) =>
            {
                Ok(Arc::new(*snapshot))
            }
            Err(e @ StorageError::Io { .. }) => Err(Unsealed::Disk(failure(&e))),
            Err(e) => Err(Unsealed::Refused(failure(&e))),
        }),
        Write::SealQuarter(seal) => quarters::seal(root, seal),
        Write::Strategy(old, new) => match storage::save_or_merge(root, &old, &new) {
            Err(e @ StorageError::Unconfirmed { .. }) => {
                tell(to, Message::StrategySaved(Ok(())));
                unconfirmed(&e)
            }
            saved => clash::saved(saved),
        },
        Write::Settle(settle, aside) => clash::settle(root, &aside, settle),
        Write::Config(old, new) => {
            let saved = storage::save_or_merge_config(root, &old, &new).map_err(|e| failure(&e));
            Message::ConfigSaved(saved.map(Box::new))
        }
        Write::CheckIn(week, member, edit) => check_in::edit(root, week, member, *edit),
        Write::TakeIn(file) => {
            let saved = storage::save_import(root, (*file).clone());
            Message::TakenIn(saved.map(|_| file).map_err(|e| failure(&e)))
        }
        Write::Report(of, path) => reports::write(root, &of, &path),
        Write::QuarterReport(of, path) => reports::write_quarter(root, &of, &path),
        Write::PassOn(passed, to_folder) => passing::pass_on(&passed, &to_folder),
        Write::AnswerPassed(answering) => passing::answer(root, answering, |message| tell(to, message)),
        Write::Private(drawer, week, text) => check_in::keep_private(&drawer, week, text),
        Write::Standing(of) => Message::Sharing(of.standing()),
        Write::Draft(draft, ours) => match save_draft(root, &draft, &ours) {
            Ok(true) => return,
            Ok(false) => Message::NotKept(Failure {
                what: say!(
                    "The review of {review} was put aside elsewhere meanwhile: that draft stays.",
                    review = draft.review.target()
                ),
                next: say!("Yours is in the journal of this machine.").to_owned(),
            }),
            Err(e) => Message::JournalFailed(failure(&e)),
        },
        Write::RemoveDraft(target, ours) => match remove_draft(root, target, &ours) {
            Ok(()) => return,
            Err(e) => Message::JournalFailed(failure(&e)),
        },
    };
    tell(to, message);
}

/// What is in its place, but might not outlive a power cut.
fn unconfirmed(error: &StorageError) -> Message {
    Message::NotKept(failure(error))
}

/// Saves a draft; says whether it did, or left somebody else's in its place.
fn save_draft(root: &Path, draft: &Draft, ours: &[String]) -> Result<bool, StorageError> {
    storage::save_draft_unless(root, draft, |there| !ours.contains(&there.journal) && !is_over(root, there))
}

/// Whether what a draft would seal is sealed already.
fn is_over(root: &Path, draft: &Draft) -> bool {
    let revisions = match draft.review.target() {
        Target::Week(week) => storage::revisions(root, week),
        Target::Quarter(quarter) => storage::quarter_revisions(root, quarter),
    };
    draft.review.revision() <= revisions.into_iter().max().unwrap_or(0)
}

fn remove_draft(root: &Path, target: Target, ours: &[String]) -> Result<(), StorageError> {
    storage::remove_draft_unless(root, target, |there| !ours.contains(&there.journal) && !is_over(root, there))
}

/// Answers questions. What was asked later and concerns everything makes the rest of an answer useless.
fn analyst(questions: &Receiver<(u64, Box<Question>)>, to: &Post) {
    let mut waiting: VecDeque<(u64, Box<Question>)> = VecDeque::new();
    loop {
        let next = waiting.pop_front().or_else(|| questions.recv().ok());
        let Some((number, question)) = next else { return };
        guarded(to, || {
            let mut parts = Parts::of(number);
            let answered = analysis::answer(&question, |part| {
                parts.add(part, to);
                waiting.extend(questions.try_iter());
                let is_replaced = waiting.iter().any(|(_, asked)| asked.of == Of::All);
                if is_replaced { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
            if answered.is_continue() {
                parts.tell(to);
            }
        });
    }
}

/// Parts of an answer that are told together: each telling is a new picture.
struct Parts {
    number: u64,
    since: Stopwatch,
    all: Vec<Part>,
}

impl Parts {
    fn of(number: u64) -> Self {
        Self { number, since: Stopwatch::start(), all: Vec::new() }
    }

    /// Adds one. What has come so far is told when it is time for a picture.
    fn add(&mut self, part: Part, to: &Post) {
        self.all.push(part);
        if self.since.is_over(PICTURE) {
            self.tell(to);
        }
    }

    fn tell(&mut self, to: &Post) {
        if !self.all.is_empty() {
            tell(to, Message::Analysed(self.number, std::mem::take(&mut self.all)));
        }
        self.since = Stopwatch::start();
    }
}

fn reader(root: &Path, jobs: &Receiver<Read>, to: &Post) {
    while let Ok(job) = jobs.recv() {
        guarded(to, || {
            failing::perhaps(failing::Where::Reader);
            read(root, job, to);
        });
    }
}

fn read(root: &Path, job: Read, to: &Post) {
    match job {
        Read::Week(week, revision) => {
            let result = storage::snapshot(root, week, revision).map(Arc::new).map_err(|e| failure(&e));
            tell(to, Message::Week(week, result));
        }
        Read::History(weeks, index) => {
            let (imports, problems) = storage::imports(root);
            if !imports.is_empty() || !problems.is_empty() {
                tell(to, Message::Imported(imports, problems));
            }
            storage::history(root, &weeks, index.as_ref(), |digests, problems| {
                tell(to, Message::History(digests, problems))
            });
            tell(to, Message::HistoryDone);
        }
        Read::Quarters(quarters) => {
            let (sealed, problems) = storage::quarters(root, &quarters);
            tell(to, Message::Quarters(sealed, problems));
        }
        Read::CheckIn(week, member) => tell(to, check_in::open(root, week, &member)),
        Read::Recap(of) => tell(to, reports::recap(root, &of)),
        Read::Private(drawer) => tell(to, check_in::private_notes(&drawer)),
        Read::Workspace(week) => {
            let result: Result<Workspace, StorageError> = storage::open(root, |_| week);
            tell(to, Message::Reloaded(result.map(Box::new).map_err(|e| failure(&e))));
        }
        Read::Outside(saves, week) => {
            let result = storage::open(root, |_| week);
            tell(
                to,
                match result {
                    Ok(found) => Message::Outside(saves, Box::new(found)),
                    Err(e) => Message::Reloaded(Err(failure(&e))),
                },
            );
        }
        Read::Clash => tell(to, clash::find(root)),
        Read::Standing(of) => tell(to, Message::Sharing(of.standing())),
        Read::Sweep(local, now) => {
            // Nobody needs to know of it, and what cannot be swept now can be the next time.
            storage::sweep(root, now);
            storage::sweep(&local, now);
        }
        Read::CorrectQuarter(of) => tell(to, quarters::correct(root, *of)),
        Read::Quarter(of) => tell(to, quarters::begin(root, &of)),
        Read::Basis(of) => {
            let result = open::basis(root, *of).map(Box::new).map_err(|e| failure(&e));
            tell(to, Message::Basis(result));
        }
    }
}

/// A storage error for the screen: what and why; the next step is part of its text.
pub(super) fn failure(error: &StorageError) -> Failure {
    Failure { what: error.to_string(), next: String::new() }
}
