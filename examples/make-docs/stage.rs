//! The program without a terminal: keys go in, effects are performed at once, and the cells it would draw come out.

use std::ops::ControlFlow;
use std::path::Path;

use chrono::{Duration, NaiveDate, Utc};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use truenorth::app::key::Key;
use truenorth::app::keymap::Keymap;
use truenorth::app::message::{Effect, Message, MyCheckIns};
use truenorth::app::update::update;
use truenorth::app::{Access, App, Look, Model, Opening, ThemeName};
use truenorth::insight::analysis;
use truenorth::insight::questions::WEEKS;
use truenorth::model::review::Moment;
use truenorth::model::week::Week;
use truenorth::storage::{self, Sample};
use truenorth::ui;

use crate::Result;

/// A Thursday: the day the bakery holds its review.
const TODAY: Option<NaiveDate> = NaiveDate::from_ymd_opt(2026, 11, 19);

/// The program at work on a copy of the bakery.
pub(crate) struct Stage {
    model: Model,
    now: Moment,
    /// The copy, removed at the end.
    folder: tempfile::TempDir,
}

impl Stage {
    /// Opens a copy of the bakery on a fixed day, at three in the afternoon, with all weeks behind it read.
    pub(crate) fn open(theme: ThemeName) -> Result<Self> {
        let today = TODAY.ok_or("no such day")?;
        let folder = tempfile::tempdir()?;
        storage::write_sample(Sample::Bakery, folder.path(), today)?;
        let workspace = storage::open(folder.path(), |_| Week::of(today))?;
        let weeks = workspace.weeks.clone();
        let opening = Opening {
            workspace,
            week: Week::of(today),
            today,
            me: Some("maya".parse()?),
            access: Access::Write,
            demo: false,
            recovered: None,
            typed: Vec::new(),
            look: Look { theme, truecolor: true, ascii: false, present: false },
            keymap: Keymap::default(),
        };
        let now = today.and_hms_opt(15, 0, 0).ok_or("no such time")?.and_local_timezone(Utc).single();
        let now = now.ok_or("no such time")?.fixed_offset();
        let mut stage = Self { model: Model::Work(Box::new(App::new(opening))), now, folder };
        let mut read = Vec::new();
        storage::history(stage.folder.path(), &weeks, None, |digests, problems| {
            read.push(Message::History(digests, problems));
        });
        read.push(Message::HistoryDone);
        for message in read {
            stage.happen(message)?;
        }
        Ok(stage)
    }

    /// Presses keys, named as in the configuration and set apart by blanks.
    pub(crate) fn keys(&mut self, keys: &str) -> Result<&mut Self> {
        for key in keys.split_whitespace() {
            self.happen(Message::Key(key.parse()?))?;
        }
        Ok(self)
    }

    /// Types a text.
    pub(crate) fn typed(&mut self, text: &str) -> Result<&mut Self> {
        for c in text.chars() {
            self.happen(Message::Key(Key::char(c)))?;
        }
        Ok(self)
    }

    /// Lets time pass.
    pub(crate) fn wait(&mut self, seconds: i64) -> &mut Self {
        self.now += Duration::seconds(seconds);
        self
    }

    /// Draws what is on the screen now.
    pub(crate) fn draw(&self, width: u16, height: u16) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        ui::draw(&self.model, self.now, &mut buffer);
        buffer
    }

    fn happen(&mut self, message: Message) -> Result<()> {
        let mut pending = update(&mut self.model, message, self.now);
        while let Some(effect) = pending.pop() {
            for back in self.perform(effect)? {
                pending.extend(update(&mut self.model, back, self.now));
            }
        }
        Ok(())
    }

    /// Does what a picture needs: whole weeks are read, KPIs are analysed, and the journal counts as written.
    fn perform(&self, effect: Effect) -> Result<Vec<Message>> {
        match effect {
            Effect::LoadWeek(week, _) => {
                let snapshot = storage::snapshot(self.root(), week, None)?;
                Ok(vec![Message::Week(week, Ok(snapshot.into()))])
            }
            Effect::OpenCheckIn(week, member) => {
                let (now, before) = storage::my_check_ins(self.root(), &member, week, WEEKS)?;
                Ok(vec![Message::CheckInRead(Ok(Box::new(MyCheckIns { now, before })))])
            }
            Effect::ReadPrivate(_) => Ok(vec![Message::Private(Ok(Vec::new()))]),
            Effect::BeginJournal(_) | Effect::Journal(_) => Ok(vec![Message::JournalSynced(u64::MAX)]),
            Effect::Analyse(number, question) => {
                let mut parts = Vec::new();
                let _ = analysis::answer(&question, |part| {
                    parts.push(Message::Analysed(number, vec![part]));
                    ControlFlow::Continue(())
                });
                Ok(parts)
            }
            Effect::KeepTyped(_) => Ok(Vec::new()),
            other => Err(format!("no picture needs {}", other.kind()).into()),
        }
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }
}
