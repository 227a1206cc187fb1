//! Effects: what the state asks for, done.

use std::io;
use std::path::{Path, PathBuf};

use super::check_in::Drawer;
use super::desk::{Hands, no_thread, sharing_of};
use super::door;
use super::events::Event;
use super::feeding::{Feeding, Wanted};
use super::launch::StartAt;
use super::log::{Fact, Level, log};
use super::open::{self, BasisOf, JOURNAL};
use super::quarters::{Correct, QuarterOf};
use super::reports::{QuarterReportOf, ReportOf};
use super::terminal::Screen;
use super::workers::{Read, Write};
use super::{editor, signals};
use crate::app::message::{Asked, Effect, Failure, Message};
use crate::app::{Access, App, Model};
use crate::model::id::MemberId;
use crate::model::review::Moment;
use crate::model::workspace::Workspace;
use crate::storage::{self, Local};

/// The folder beside the journal of texts that a settled version took the place of.
const ASIDE: &str = "aside";

impl Hands {
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
            Effect::LoadWeek(..)
                | Effect::Recap(_)
                | Effect::WriteReport(..)
                | Effect::WriteQuarterReport(..)
                | Effect::ReadQuarters
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
                    desk.has_gap = true;
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
            // What was typed and could not be noted is nowhere else.
            Effect::KeepTyped(typed) if typed.is_empty() && desk.has_gap => {}
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
                let of = sharing_of(self.local.as_ref(), app)?;
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
            Effect::ReadQuarters => desk.workers.read(Read::Quarters(app.workspace.quarters.clone())),
            Effect::WriteQuarterReport(sealed, before, path) => {
                desk.workers.write(Write::QuarterReport(QuarterReportOf { sealed, before }, path));
            }
            Effect::WriteReport(snapshot, path) => {
                desk.workers.write(Write::Report(Box::new(ReportOf::new(app, snapshot)), path));
            }
            Effect::LoadWeek(week, revision) => desk.workers.read(Read::Week(week, revision)),
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
        if shares && let Some(of) = sharing_of(self.local.as_ref(), app) {
            desk.workers.write(Write::Standing(Box::new(of)));
        }
        None
    }

    /// Whether workspaces are opened from a roll-up, to be looked at only.
    pub(super) fn only_looks(&self) -> bool {
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
}

/// Where a member's private notes live; nowhere while a review is held by this process.
fn drawer(local: Option<&Local>, app: &App, member: MemberId) -> Option<Drawer> {
    local.filter(|_| app.held.is_none()).map(|local| Drawer::of(local, &app.workspace.config.id, member))
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
