//! The program without a terminal: keys in, words on a picture out. Effects are performed at once, on a folder of the test's own.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use chrono::{DateTime, TimeDelta};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use tempfile::TempDir;
use truenorth::app::dialogs::clash::Told;
use truenorth::app::key::Key;
use truenorth::app::keymap::Keymap;
use truenorth::app::message::{Asked, Effect, Failure, Message, MyCheckIns, NotSaved, Secret, Unsealed};
use truenorth::app::start::Start;
use truenorth::app::update::update;
use truenorth::app::{Access, App, Look, Model, Opening, ThemeName};
use truenorth::insight::analysis::{self, Of, Part, Question};
use truenorth::insight::merge::Met;
use truenorth::insight::questions::WEEKS;
use truenorth::model::checkin::CheckInEdit;
use truenorth::model::review::{Entry, Moment, Review, Session};
use truenorth::model::snapshot::Snapshot;
use truenorth::model::week::Week;
use truenorth::model::workspace::Workspace;
use truenorth::sources::{Refresh, Stop};
use truenorth::storage::{Ended, Saved, StorageError};
use truenorth::{report, storage, ui};
use unicode_width::UnicodeWidthStr;

use super::sample::{bakery, bakery_weeks, today, write_bakery};

/// The moment every test begins at: two minutes into the bakery's review.
pub(crate) fn noon() -> Moment {
    DateTime::parse_from_rfc3339("2026-11-19T14:02:00+00:00").unwrap()
}

/// The program, driven.
pub(crate) struct Driven {
    pub(crate) model: Model,
    /// What was asked of the runtime and is not performed here: leaving, redrawing, the editor, another week's basis.
    pub(crate) asked: Vec<Effect>,
    /// The journal: the review it begins with, and the entries since.
    pub(crate) journal: Option<(Review, Vec<Entry>)>,
    /// The private notes, as their folder would hold them.
    pub(crate) private: Vec<(Week, Secret)>,
    now: Moment,
    size: (u16, u16),
    /// Made when something is written first.
    folder: Option<TempDir>,
}

impl Driven {
    /// The bakery on Home at 80x24, with the weeks behind read and Maya at the keyboard.
    pub(crate) fn new() -> Self {
        Self::with(bakery())
    }

    /// A workspace on Home.
    pub(crate) fn with(workspace: Workspace) -> Self {
        Self::opened(workspace, Access::Write)
    }

    /// A workspace on Home, with or without the right to write.
    pub(crate) fn opened(workspace: Workspace, access: Access) -> Self {
        let mut app = App::new(Opening {
            workspace,
            week: Week::of(today()),
            today: today(),
            me: Some("maya".parse().unwrap()),
            access,
            demo: false,
            recovered: None,
            typed: Vec::new(),
            look: Look { theme: ThemeName::Dark, truecolor: false, ascii: false, present: false },
            keymap: Keymap::default(),
        });
        *app.history = bakery_weeks();
        let model = Model::Work(Box::new(app));
        let mut driven = Self {
            model,
            asked: Vec::new(),
            journal: None,
            private: Vec::new(),
            now: noon(),
            size: (80, 24),
            folder: None,
        };
        driven.send(Message::HistoryDone);
        driven
    }

    /// The start screen, where no workspace was found.
    pub(crate) fn start() -> Self {
        let look = Look { theme: ThemeName::Dark, truecolor: false, ascii: false, present: false };
        let start = Start::new(look, Keymap::default(), "shop".to_owned(), Vec::new());
        Self { model: Model::Start(Box::new(start)), ..Self::new() }
    }

    /// Another one in the same state; what it writes goes into a folder of its own.
    pub(crate) fn again(&self) -> Self {
        let (model, journal) = (self.model.clone(), self.journal.clone());
        Self {
            model,
            journal,
            asked: self.asked.clone(),
            private: self.private.clone(),
            now: self.now,
            size: self.size,
            folder: None,
        }
    }

    /// The same, drawn at this size.
    pub(crate) fn at(mut self, width: u16, height: u16) -> Self {
        self.size = (width, height);
        self
    }

    /// The same, drawn like this.
    pub(crate) fn look(mut self, change: impl FnOnce(&mut Look)) -> Self {
        change(&mut self.app_mut().look);
        self
    }

    /// The state.
    pub(crate) fn app(&self) -> &App {
        match &self.model {
            Model::Work(app) => app,
            Model::Start(_) | Model::Rollup(_) => panic!("no workspace is open"),
        }
    }

    /// The state, to arrange something that keys would take long for.
    pub(crate) fn app_mut(&mut self) -> &mut App {
        match &mut self.model {
            Model::Work(app) => app,
            Model::Start(_) | Model::Rollup(_) => panic!("no workspace is open"),
        }
    }

    /// The review being held.
    pub(crate) fn review(&self) -> &Review {
        self.app().review().expect("no review is held")
    }

    /// Presses keys, named as in the key table and set apart by blanks.
    pub(crate) fn keys(&mut self, keys: &str) -> &mut Self {
        for key in keys.split(' ').filter(|k| !k.is_empty()) {
            let key: Key = key.parse().unwrap_or_else(|e| panic!("{e}"));
            self.send(Message::Key(key));
        }
        self
    }

    /// Types a text, a key a character.
    pub(crate) fn type_text(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            self.send(Message::Key(Key::char(c)));
        }
        self
    }

    /// Pastes a text.
    pub(crate) fn paste(&mut self, text: &str) -> &mut Self {
        self.send(Message::Paste(text.to_owned()));
        self
    }

    /// The window is looked at again.
    pub(crate) fn focus(&mut self) -> &mut Self {
        self.send(Message::Focus);
        self
    }

    /// Clicks on the first cell of these words.
    #[track_caller]
    pub(crate) fn click(&mut self, words: &str) -> &mut Self {
        let (x, y) = self.place_of(words);
        let mut buffer = Buffer::empty(Rect::new(0, 0, self.size.0, self.size.1));
        let drawn = ui::draw(&self.model, self.now, &mut buffer);
        let intent = drawn.at(x, y).unwrap_or_else(|| panic!("a click on “{words}” means nothing"));
        self.send(Message::Intent(intent));
        self
    }

    /// Clicks on a cell, whatever is there.
    pub(crate) fn click_at(&mut self, x: u16, y: u16) {
        let mut buffer = Buffer::empty(Rect::new(0, 0, self.size.0, self.size.1));
        let drawn = ui::draw(&self.model, self.now, &mut buffer);
        if let Some(intent) = drawn.at(x, y) {
            self.send(Message::Intent(intent));
        }
    }

    /// Draws at another size from now on.
    pub(crate) fn resize(&mut self, width: u16, height: u16) {
        self.size = (width, height);
    }

    /// Whether something was written into the folder of the workspace.
    pub(crate) fn has_folder(&self) -> bool {
        self.folder.is_some()
    }

    /// The time.
    pub(crate) fn now(&self) -> Moment {
        self.now
    }

    /// Makes it another time.
    pub(crate) fn set_now(&mut self, now: Moment) {
        self.now = now;
    }

    /// Lets time pass.
    pub(crate) fn wait(&mut self, seconds: i64) -> &mut Self {
        self.now += TimeDelta::seconds(seconds);
        self
    }

    /// Lets a message happen, and all that follows from it.
    pub(crate) fn send(&mut self, message: Message) {
        let mut waiting = vec![message];
        while let Some(message) = waiting.pop() {
            for effect in update(&mut self.model, message, self.now) {
                waiting.extend(self.perform(effect));
            }
        }
    }

    /// What one key asks to be done; it is done as well.
    pub(crate) fn effects_of(&mut self, key: &str) -> Vec<Effect> {
        let effects = update(&mut self.model, Message::Key(key.parse().unwrap()), self.now);
        for effect in effects.clone() {
            if let Some(message) = self.perform(effect) {
                self.send(message);
            }
        }
        effects
    }

    /// The folder of the workspace, with the bakery in it; made when it is asked for first.
    pub(crate) fn root(&mut self) -> PathBuf {
        let folder = self.folder.get_or_insert_with(|| {
            let folder = tempfile::tempdir().unwrap();
            write_bakery(folder.path());
            folder
        });
        folder.path().to_path_buf()
    }

    /// What the feeds of the workspace say, asked one after the other.
    fn fetch(&mut self, week: Week) -> Vec<Asked> {
        let (root, now) = (self.root(), self.now);
        let workspace = self.app_mut().workspace.clone();
        let refresh = Refresh {
            root: &root,
            workspace: &workspace.config.id,
            strategy: &workspace.strategy,
            approvals: &[],
            week,
            now,
        };
        let one = |feed| Asked::One(Box::new(refresh.ask(feed, &Stop::default())));
        let answers = workspace.config.feeds.iter().map(one);
        std::iter::once(Asked::Begun(Vec::new())).chain(answers).collect()
    }

    fn perform(&mut self, effect: Effect) -> Option<Message> {
        let failed = |e: storage::StorageError| Failure { what: e.to_string(), next: String::new() };
        match effect {
            Effect::BeginJournal(review) => {
                self.journal = Some((*review, Vec::new()));
                None
            }
            Effect::Journal(entry) => {
                let (_, entries) = self.journal.as_mut().expect("an edit before the journal began");
                entries.push(entry);
                Some(Message::JournalSynced(entries.len() as u64))
            }
            Effect::EndJournal(_) => {
                self.journal = None;
                None
            }
            Effect::Seal(snapshot) => {
                let disk = |e| Unsealed::Disk(failed(e));
                let sealed = storage::seal(&self.root(), &snapshot).map_err(disk);
                Some(Message::Sealed(sealed.map(|_| Arc::new(*snapshot))))
            }
            Effect::LoadQuarter(quarter, agenda) => {
                let (root, now) = (self.root(), self.now);
                let app = self.app();
                let begun = storage::begin_quarter(&root, &app.workspace, quarter, agenda.as_ref(), (app.week, now));
                Some(Message::QuarterBegun(begun.map(Box::new).map_err(failed)))
            }
            Effect::ReopenQuarter(quarter, why) => {
                let (me, now) = (self.app().me.clone(), self.now);
                let sealed = storage::quarter(&self.root(), quarter, None).map_err(failed);
                let review = sealed.map(|s| Box::new(truenorth::insight::quarter::reopen(&s, me, why, now)));
                Some(Message::QuarterBegun(review))
            }
            Effect::ReadQuarters => {
                let (root, named) = (self.root(), self.app().workspace.quarters.clone());
                let (sealed, problems) = storage::quarters(&root, &named);
                Some(Message::Quarters(sealed, problems))
            }
            Effect::WriteQuarterReport(sealed, before, path) => {
                let page = report::quarter::html(&report::quarter::gather(&sealed, before.as_deref()));
                let root = self.root();
                let put = storage::deliver(&root, &root.join(path), &page, storage::Deliver::Anew);
                Some(Message::ReportWritten(put.map(|path| path.display().to_string()).map_err(failed)))
            }
            Effect::SealQuarter(seal) => {
                Some(Message::QuarterSealed(match storage::seal_quarter(&self.root(), &seal) {
                    Ok(Ended::Sealed) => Ok(seal),
                    Ok(Ended::Clash) => panic!("the strategy was changed meanwhile"),
                    Err(e) => Err(failed(e)),
                }))
            }
            Effect::SaveStrategy(old, new) => Some(match storage::save_or_merge(&self.root(), &old, &new) {
                Ok(Saved::AsAsked) => Message::StrategySaved(Ok(())),
                Ok(Saved::Joined(merge, settled)) => Message::Clash(Told::Joined(merge, settled)),
                Ok(Saved::Clash(merge)) => Message::Clash(Told::Found(Met::Outside, merge)),
                Err(e) => Message::StrategySaved(Err(failed(e))),
            }),
            Effect::Settle(settle) => {
                let root = self.root();
                let aside = root.join(".aside");
                Some(Message::Clash(
                    match storage::settle(&root, &aside, &settle.met, &settle.merge, &settle.settled) {
                        Ok(kept) => Told::Settled(settle, kept),
                        Err(e) => Told::NotSettled(failed(e)),
                    },
                ))
            }
            Effect::FindClash => Some(Message::Clash(match storage::to_settle(&self.root()) {
                Ok(Some((met, merge))) => Told::Found(met, Box::new(merge)),
                Ok(None) => Told::Nothing,
                Err(e) => Told::NotFound(failed(e)),
            })),
            Effect::LookOutside(saves) => {
                let week = self.app().week;
                Some(Message::Outside(saves, Box::new(storage::open(&self.root(), |_| week).unwrap())))
            }
            Effect::EditCheckIn(week, member, edit) if matches!(*edit, CheckInEdit::Answer(..)) => {
                let root = self.root();
                Some(Message::Answered(match storage::edit_check_in(&root, week, &member, *edit) {
                    Ok(saved) => Ok(Box::new(saved)),
                    Err(StorageError::Changed { .. }) => {
                        Err(NotSaved::Changed(Box::new(storage::my_check_ins(&root, &member, week, 0).unwrap().0)))
                    }
                    Err(e) => Err(NotSaved::Failed(failed(e))),
                }))
            }
            Effect::OpenCheckIn(week, member) => {
                let read = storage::my_check_ins(&self.root(), &member, week, WEEKS);
                let read = read.map(|(now, before)| Box::new(MyCheckIns { now, before })).map_err(failed);
                Some(Message::CheckInRead(read))
            }
            Effect::ReadPrivate(_) => Some(Message::Private(Ok(self.private.clone()))),
            Effect::KeepPrivate(_, week, text) => {
                self.private.push((week, text.clone()));
                Some(Message::PrivateKept(Ok((week, text))))
            }
            Effect::SaveConfig(old, new) => {
                let saved = storage::save_or_merge_config(&self.root(), &old, &new).map_err(failed);
                Some(Message::ConfigSaved(saved.map(Box::new)))
            }
            Effect::EditCheckIn(week, member, edit) => {
                let saved = storage::edit_check_in(&self.root(), week, &member, *edit).map_err(failed);
                Some(Message::CheckInSaved(saved.map(Box::new)))
            }
            Effect::LoadWeek(week, revision) => {
                let read = storage::snapshot(&self.root(), week, revision).map(Arc::new).map_err(failed);
                Some(Message::Week(week, read))
            }
            Effect::Recap(snapshot) => {
                Some(Message::Recap(self.outline(&snapshot).map(|o| (o.week, report::recap(&o)))))
            }
            Effect::WriteReport(snapshot, path) => {
                let page = self.outline(&snapshot).map(|o| report::html(&o));
                let root = self.root();
                let place = root.join(path);
                let put = |text: String| storage::deliver(&root, &place, &text, storage::Deliver::Anew).map_err(failed);
                Some(Message::ReportWritten(page.and_then(put).map(|path| path.display().to_string())))
            }
            Effect::PassOn(passed, to) => {
                let to = self.root().join(to);
                let written = storage::pass_on(&to, &passed, &passed.from).map_err(failed);
                Some(Message::PassedOn(written.map(|path| path.display().to_string())))
            }
            Effect::AnswerPassed(answering) => {
                let root = self.root();
                if let Some((week, member, issue)) = &answering.raised {
                    let edit = CheckInEdit::Issue(issue.clone());
                    let saved = storage::edit_check_in(&root, *week, member, edit).map_err(failed);
                    self.send(Message::CheckInSaved(saved.map(Box::new)));
                }
                let written = storage::answer_passed(&root, &answering.key, &answering.answer).map_err(failed);
                Some(Message::PassAnswered(written.map(|_| answering)))
            }
            Effect::Reload => {
                let week = self.app().week;
                let read = storage::open(&self.root(), |_| week).map(Box::new).map_err(failed);
                Some(Message::Reloaded(read))
            }
            Effect::Analyse(number, question) => {
                for part in answered(*question) {
                    self.send(Message::Analysed(number, vec![part]));
                }
                None
            }
            Effect::Refresh(number, week) => {
                for asked in self.fetch(week) {
                    self.send(Message::Asked(number, asked));
                }
                None
            }
            Effect::TakeIn(file) => {
                let saved = storage::save_import(&self.root(), (*file).clone());
                Some(Message::TakenIn(saved.map(|_| file).map_err(failed)))
            }
            Effect::KeepTyped(_) => None,
            Effect::Quit
            | Effect::SaveDraft(_)
            | Effect::LoadBasis(..)
            | Effect::Sync(_)
            | Effect::Edit(_)
            | Effect::RememberMember(_)
            | Effect::RememberTheme(_)
            | Effect::Redraw
            | Effect::Suspend
            | Effect::TakeOver
            | Effect::StopRefresh
            | Effect::Reopen
            | Effect::OpenDemo
            | Effect::Init(_)
            | Effect::OpenFolder(_)
            | Effect::RollUp(_)
            | Effect::OpenTeam(_)
            | Effect::CloseTeam => {
                self.asked.push(effect);
                None
            }
        }
    }

    /// The outline of a week's report.
    fn outline(&mut self, snapshot: &Snapshot) -> Result<report::Outline, Failure> {
        let root = self.root();
        let before = self.app().workspace.weeks.range(..snapshot.week).next_back();
        let before = before.map(|(week, revision)| storage::snapshot(&root, *week, Some(*revision)));
        let failed = |e: StorageError| Failure { what: e.to_string(), next: String::new() };
        let before = before.transpose().map_err(failed)?;
        let history = &self.app().history;
        Ok(report::gather(report::Source { snapshot, previous: before.as_ref(), history }))
    }

    /// The session that the journal leads to when it is replayed.
    pub(crate) fn replayed(&self) -> Session {
        let (first, entries) = self.journal.clone().expect("no journal was begun");
        let mut session = Session::new(first);
        entries.into_iter().for_each(|entry| session.perform(entry));
        session
    }

    /// The picture.
    pub(crate) fn buffer(&self) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, self.size.0, self.size.1));
        ui::draw(&self.model, self.now, &mut buffer);
        buffer
    }

    /// The picture as text, a line a row, without blanks at the ends.
    pub(crate) fn screen(&self) -> String {
        let buffer = self.buffer();
        let lines: Vec<String> =
            (0..self.size.1).map(|y| cells(&buffer, y).into_iter().map(|(_, s)| s).collect::<String>()).collect();
        lines.iter().map(|l| l.trim_end()).collect::<Vec<_>>().join("\n")
    }

    /// The words are on the picture.
    #[track_caller]
    pub(crate) fn sees(&mut self, words: &str) -> &mut Self {
        let screen = self.screen();
        assert!(screen.contains(words), "“{words}” is not on the screen:\n{screen}");
        self
    }

    /// The words are not on the picture.
    #[track_caller]
    pub(crate) fn lacks(&mut self, words: &str) -> &mut Self {
        let screen = self.screen();
        assert!(!screen.contains(words), "“{words}” is on the screen:\n{screen}");
        self
    }

    /// The style in which the first cell of these words is drawn.
    #[track_caller]
    pub(crate) fn style_at(&self, words: &str) -> Style {
        self.buffer()[self.place_of(words)].style()
    }

    /// The first cell of these words.
    #[track_caller]
    fn place_of(&self, words: &str) -> (u16, u16) {
        let buffer = self.buffer();
        for y in 0..self.size.1 {
            let cells = cells(&buffer, y);
            let line: String = cells.iter().map(|(_, s)| s.as_str()).collect();
            if let Some(at) = line.find(words) {
                let ends = cells.iter().scan(0, |end, (x, symbol)| {
                    *end += symbol.len();
                    Some((*x, *end))
                });
                return (ends.into_iter().find(|(_, end)| *end > at).unwrap().0, y);
            }
        }
        panic!("“{words}” is not on the screen:\n{}", self.screen());
    }
}

/// The cells of a row with their columns; the second half of a wide one is left out.
fn cells(buffer: &Buffer, y: u16) -> Vec<(u16, String)> {
    let (mut x, mut out) = (0, Vec::new());
    while x < buffer.area.width {
        let symbol = buffer[(x, y)].symbol();
        out.push((x, symbol.to_owned()));
        x += u16::try_from(symbol.width()).unwrap().max(1);
    }
    out
}

/// The answer to a question about KPIs. The first one is nearly always the same, and is worked out once for all tests.
fn answered(question: Question) -> Vec<Part> {
    static FIRST: OnceLock<(Question, Vec<Part>)> = OnceLock::new();
    let work_out = |question: &Question| {
        let mut parts = Vec::new();
        let _ = analysis::answer(question, |part| {
            parts.push(part);
            ControlFlow::Continue(())
        });
        parts
    };
    if question.of != Of::All || !Arc::ptr_eq(&question.history, &bakery_weeks()) {
        return work_out(&question);
    }
    let (first, parts) = FIRST.get_or_init(|| {
        let parts = work_out(&question);
        (question.clone(), parts)
    });
    let same = first.week == question.week && first.strategy == question.strategy && first.current == question.current;
    if same { parts.clone() } else { work_out(&question) }
}
