//! Opening a workspace: what the first frame needs and nothing more, the lock, and a review that was not finished.

use std::path::Path;

use super::launch::{Launch, RunError};
use super::log::{Fact, Level, log};
use crate::app::dialogs::Dialog;
use crate::app::dialogs::reading::Reading;
use crate::app::dialogs::typed::Typed;
use crate::app::keymap::Keymap;
use crate::app::message::{Basis, Recovered, RecoveredFrom};
use crate::app::{Access, App, Look, Opening, Tone};
use crate::insight::seal;
use crate::model::id::{AgendaId, MemberId};
use crate::model::quarterly::QuarterSnapshot;
use crate::model::review::{Moment, Review, Session, Target};
use crate::model::week::Week;
use crate::model::workspace::{Draft, Workspace};
use crate::storage::{self, Journal, Local, Lock, LockError, Settings, StorageError};

/// The journal's file name in the local state folder of a workspace.
pub(super) const JOURNAL: &str = "review.journal";

/// A workspace that was opened, with what stays open as long as it does.
pub(super) struct Opened {
    /// The state.
    pub app: Box<App>,
    /// Held until the program ends.
    pub lock: Option<Lock>,
    /// The local state folder, if there can be one.
    pub folder: Option<std::path::PathBuf>,
    /// The journal to go on with, if there is one.
    pub journal: Option<Journal>,
    /// The id of that journal.
    pub journal_id: String,
    /// The journal of the draft that was found.
    pub draft_id: String,
}

/// What a workspace is opened with.
pub(super) struct With<'a> {
    pub launch: &'a Launch,
    /// Whether nothing is to be written, and no lock taken: a team that is looked at from the roll-up.
    pub only_look: bool,
    pub settings: &'a Settings,
    pub local: Option<&'a Local>,
    pub look: Look,
}

/// Makes the state of a workspace that was read: takes the lock and finds a review that was not finished.
pub(super) fn open(workspace: Workspace, with: &With<'_>, now: Moment) -> Opened {
    let With { launch, only_look, settings, local, look } = *with;
    let root = &workspace.root.clone();
    let today = now.date_naive();
    let week = Week::of(today);
    let local = local.filter(|_| !only_look);
    let folder = local.and_then(|l| l.make_workspace(root, &workspace.config.id).ok());
    let me = launch.me.clone().or_else(|| settings.member.clone());
    // Somebody of the same id may be another person there.
    let me = me.filter(|m| !only_look && workspace.config.member(m).is_some());
    let (lock, access) = if only_look {
        (None, Access::ReadOnly(say!("a team of the roll-up, and Esc goes back to it").to_owned()))
    } else {
        take_lock(folder.as_deref(), &workspace, me.as_ref(), now)
    };
    let typed = match (&access, &folder) {
        (Access::Write, Some(folder)) => typed_before(folder),
        _ => Vec::new(),
    };
    let unfinished = match (&access, &folder) {
        (Access::Write, Some(folder)) => unfinished(root, &workspace, week, &folder.join(JOURNAL)),
        _ => Unfinished::default(),
    };
    let keymap = Keymap::with(&settings.keys);
    let bad_keys = keymap.as_ref().err().map(ToString::to_string);
    let mut app = App::new(Opening {
        workspace,
        week,
        today,
        me,
        access,
        demo: launch.demo,
        recovered: unfinished.recovered.map(Box::new),
        typed,
        look,
        keymap: keymap.unwrap_or_default(),
    });
    if let Some(sealed) = app.recovered.as_ref().and_then(|found| corrected(root, found.session.review())) {
        std::sync::Arc::make_mut(&mut app.history).insert_quarter(sealed.into());
    }
    if let Access::ReadOnly(why) | Access::NewerSchema(why) = app.access.clone() {
        app.say(Tone::Bad, format!("Read-only: {why}"));
    }
    if let Some(why) = bad_keys {
        app.say(Tone::Bad, say!("The keys of config.ron were left out: {why}", why));
    }
    if let Some(target) = unfinished.overtaken {
        app.say(Tone::Info, say!("{target} was sealed elsewhere; the review begun here is kept aside", target));
    }
    if let Some(why) = unfinished.trouble {
        app.dialogs.push(Dialog::Reading(Reading::text(say!("An unfinished review"), vec![why])));
    }
    let Unfinished { journal, journal_id, draft_id, .. } = unfinished;
    Opened { app: Box::new(app), lock, folder, journal, journal_id, draft_id }
}

/// A review that was not finished, and what it goes on with.
#[derive(Default)]
struct Unfinished {
    recovered: Option<Recovered>,
    journal: Option<Journal>,
    journal_id: String,
    draft_id: String,
    /// What a journal's review is of, where that was sealed elsewhere meanwhile.
    overtaken: Option<Target>,
    /// Why an unfinished review cannot go on.
    trouble: Option<String>,
}

/// Looks for a review that was not finished: the journal here, or a draft that was put aside elsewhere later than that.
fn unfinished(root: &Path, workspace: &Workspace, week: Week, path: &Path) -> Unfinished {
    let mut journal = Journal::open_append(path).ok();
    let mut overtaken = None;
    if let Some((opened, found)) = journal.take_if(|(_, found)| workspace.is_sealed(&found.review)) {
        overtaken = Some(found.review.target());
        // Not being able to rename it is no reason not to open the workspace: it is looked at again the next time.
        let _ = opened.set_aside();
    }
    let draft = newest_draft(root, workspace);
    let newer = |d: &Draft| journal.as_ref().is_none_or(|(_, f)| d.journal != f.id && d.saved > f.last);
    if let Some(draft) = draft.filter(newer) {
        // The journal stays as it is; the one that begins with the draft puts it aside.
        let draft_id = draft.journal.clone();
        let (recovered, trouble) = apart(from_draft(root, workspace, draft, week));
        return Unfinished { recovered, draft_id, overtaken, trouble, ..Unfinished::default() };
    }
    let Some((journal, found)) = journal else { return Unfinished { overtaken, ..Unfinished::default() } };
    let journal_id = found.id.clone();
    let (recovered, trouble) = apart(from_journal(root, workspace, found, week));
    // A journal that cannot be gone on with is left as it is.
    let journal = recovered.is_some().then_some(journal);
    Unfinished { recovered, journal, journal_id, draft_id: String::new(), overtaken, trouble }
}

fn apart(result: Result<Recovered, StorageError>) -> (Option<Recovered>, Option<String>) {
    match result {
        Ok(recovered) => (Some(recovered), None),
        Err(e) => (None, Some(say!("An unfinished review waits and cannot go on yet: {e}", e))),
    }
}

fn take_lock(
    folder: Option<&Path>,
    workspace: &Workspace,
    me: Option<&MemberId>,
    now: Moment,
) -> (Option<Lock>, Access) {
    let who = me.map_or("somebody", |m| workspace.config.name_of(m));
    if let Some(found) = workspace.newer {
        return (None, Access::NewerSchema(crate::app::newer_schema(found)));
    }
    let Some(folder) = folder else {
        let why = say!("there is no folder for local state, so no journal can be kept (set TRUENORTH_HOME)");
        return (None, Access::ReadOnly(why.to_owned()));
    };
    match Lock::take(folder, who, &now.format("%H:%M").to_string()) {
        Ok(lock) => (Some(lock), Access::Write),
        Err(LockError::Held { by }) => (None, Access::ReadOnly(say!("the review is open elsewhere: {by}", by))),
        Err(LockError::Io(e)) => {
            log(Level::Error, "no lock", &[("why", Fact::Kind(e.kind()))]);
            (None, Access::ReadOnly(say!("the local state folder cannot be written: {e}", e)))
        }
    }
}

fn from_journal(
    root: &Path,
    workspace: &Workspace,
    found: storage::Recovered,
    week: Week,
) -> Result<Recovered, StorageError> {
    let edits = found.entries.len();
    let session = Session::replay(found.review, found.entries);
    let basis = basis_of(root, workspace, session.review(), week)?;
    Ok(Recovered { session, last: found.last, edits, from: RecoveredFrom::Journal { torn: found.tail_lost }, basis })
}

fn from_draft(root: &Path, workspace: &Workspace, draft: Draft, week: Week) -> Result<Recovered, StorageError> {
    let by = draft.by.as_ref().map(|m| workspace.config.name_of(m).to_owned());
    let edits = usize::try_from(draft.entries).unwrap_or(usize::MAX);
    let basis = basis_of(root, workspace, &draft.review, week)?;
    let session = Session::new(draft.review);
    Ok(Recovered { session, last: draft.saved, edits, from: RecoveredFrom::Draft { by }, basis })
}

/// The newest draft of what was not sealed meanwhile; that of a quarter first.
fn newest_draft(root: &Path, workspace: &Workspace) -> Option<Draft> {
    let drafts = storage::drafts(root).into_iter().rev();
    let mut drafts = drafts.filter_map(|target| storage::load_draft(root, target).ok().flatten());
    drafts.find(|draft| !workspace.is_sealed(&draft.review))
}

/// What an unfinished review of another week is held against.
fn basis_of(
    root: &Path,
    workspace: &Workspace,
    review: &Review,
    week: Week,
) -> Result<Option<Box<Workspace>>, StorageError> {
    // A quarter is reviewed against the files of today, in whatever week it was begun.
    if review.quarter.is_some() || (review.revises.is_none() && review.week == week) {
        return Ok(None);
    }
    let revision = review.revises.as_ref().map(|r| r.revision);
    as_of(root, workspace, review.week, revision).map(|basis| Some(Box::new(basis)))
}

/// The quarter that an unfinished review corrects: it is held against that from the first key on, while the other quarters are
/// read in the background.
fn corrected(root: &Path, review: &Review) -> Option<QuarterSnapshot> {
    let (said, revises) = review.quarter.as_ref().zip(review.revises.as_ref())?;
    storage::quarter(root, said.quarter, Some(revises.revision)).ok()
}

/// The file of what is typed and not saved, in the local state folder of a workspace; of the start screen, above those.
const TYPED: &str = "typed.ron";

/// Writes down what is typed: whole-old or whole-new, before the key is drawn. The disk is not waited for.
pub(super) fn keep_typed(folder: &Path, typed: &[Typed]) -> std::io::Result<()> {
    let text = (!typed.is_empty()).then(|| ron::to_string(typed)).transpose().map_err(std::io::Error::other)?;
    storage::replace_private(&folder.join(TYPED), text.as_deref())
}

/// What was typed before the program ended. A file that cannot be read is of no use to anybody, and is left where it is.
pub(super) fn typed_before(folder: &Path) -> Vec<Typed> {
    let text = std::fs::read_to_string(folder.join(TYPED)).unwrap_or_default();
    ron::from_str(&text).unwrap_or_default()
}

/// The workspace as a review of an earlier week sees it. A correction sees the strategy and the people of that week.
fn as_of(root: &Path, workspace: &Workspace, week: Week, revision: Option<u32>) -> Result<Workspace, StorageError> {
    let mut seen = workspace.clone();
    let before = workspace.weeks.keys().rev().find(|w| **w < week);
    seen.latest = match before {
        Some(before) => Some(std::sync::Arc::new(storage::snapshot(root, *before, None)?)),
        None => None,
    };
    match revision {
        Some(revision) => {
            let sealed = storage::snapshot(root, week, Some(revision))?;
            seen.config.people = sealed.people;
            seen.config.teams = sealed.teams;
            seen.config.perspectives = sealed.perspectives;
            seen.strategy = sealed.strategy;
            seen.check_ins = sealed.check_ins;
            seen.imports = Vec::new();
        }
        None => {
            let (check_ins, mut problems) = storage::check_ins(root, week);
            let (imports, more) = storage::imports_since(root, week.monday());
            problems.extend(more);
            if !problems.is_empty() {
                return Err(StorageError::Bad(problems));
            }
            seen.check_ins = check_ins;
            seen.imports = imports;
        }
    }
    Ok(seen)
}

/// Which review of another week is wanted.
pub(super) struct BasisOf {
    /// The workspace as it is.
    pub workspace: Workspace,
    /// The week.
    pub week: Week,
    /// Why a sealed week is corrected; `None` for a week that was never sealed.
    pub why: Option<String>,
    /// Who asks.
    pub by: Option<MemberId>,
    /// The agenda of a late review.
    pub agenda: Option<AgendaId>,
    /// Now.
    pub now: Moment,
}

/// Reads what a review of another week is held against.
pub(super) fn basis(root: &Path, of: BasisOf) -> Result<Basis, StorageError> {
    let BasisOf { workspace, week, why, by, agenda, now } = of;
    if let Some(why) = why {
        let sealed = storage::snapshot(root, week, None)?;
        let seen = as_of(root, &workspace, week, Some(sealed.revision))?;
        return Ok(Basis { workspace: seen, review: seal::reopen(&sealed, by, why, now) });
    }
    let seen = as_of(root, &workspace, week, None)?;
    let standing = seen.standing(week);
    let agenda = agenda.or_else(|| "weekly".parse().ok());
    let steps =
        agenda.as_ref().and_then(|a| seen.config.agenda(a)).unwrap_or_else(crate::model::agenda::Agenda::weekly);
    let agenda =
        agenda.ok_or_else(|| StorageError::Refused { path: root.to_path_buf(), why: "no agenda".to_owned() })?;
    Ok(Basis { review: Review::start(week, agenda, steps, &standing, now), workspace: seen })
}

/// The settings of this machine; a file that cannot be read is told of, and the usual ones hold.
pub(super) fn settings(local: Option<&Local>) -> (Settings, Option<String>) {
    match local.map(Local::settings) {
        Some(Ok(settings)) => (settings, None),
        Some(Err(e)) => (Settings::default(), Some(e.to_string())),
        None => (Settings::default(), None),
    }
}

/// Why a launch is not possible at all.
pub(super) fn no_agenda(workspace: &Workspace, agenda: &AgendaId) -> RunError {
    let known: Vec<&str> = workspace.config.agendas.iter().map(|a| a.id().as_str()).collect();
    RunError::NoTerminal(say!(
        "There is no agenda called {agenda}. Known: weekly, {known}",
        agenda,
        known = known.join(", ")
    ))
}
