//! My check-in: one list of questions, answered in its rows and saved as they are answered.

mod answers;
mod typing;

use super::row::{Listed, Row};
use crate::app::cursor::Cursor;
use crate::app::dialogs::form::Form;
use crate::app::dialogs::purpose::Purpose;
use crate::app::message::{Effect, MyCheckIns};
use crate::app::{App, Tone};
use crate::insight::questions::{self, Asking, Question, Section};
use crate::model::answer::Answer;
use crate::model::checkin::CheckIn;
use crate::model::id::{MemberId, ThemeId};
use crate::model::standing::Standing;
use crate::model::week::Week;

pub use answers::{answered, row, taken_in, undo};
pub use typing::{open_private, save_private, save_typed};

/// The heading of what stays on this machine.
pub const PRIVATE: &str = term!("Only for you: stays on this machine");
/// The heading of the way on, while memory is asked.
pub const ON: &str = term!("Then");

/// What the screen remembers.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// The place in the list.
    pub cursor: Cursor,
    /// The week that was asked for; the first that is not sealed when none was.
    pub week: Option<Week>,
    /// What was read, with the answers given since.
    pub mine: Option<Mine>,
    /// Whether the member went on without naming priorities: the lists are seen from then on.
    pub seen: bool,
    /// Answers that are not confirmed by the disk, oldest first.
    pub waiting: Vec<Waiting>,
    /// Whether an answer has reached the disk since the screen was opened.
    pub saved: bool,
    /// Answers that can be taken back: what was said, and what is said now.
    done: Vec<(Answer, Answer)>,
    /// Answers that were taken back.
    undone: Vec<(Answer, Answer)>,
}

/// A check-in with what is said in it now.
#[derive(Debug, Clone)]
pub struct Mine {
    /// What its file says.
    file: CheckIn,
    /// The same with the answers that are on their way to it.
    pub now: CheckIn,
    /// The member's earlier check-ins, oldest first.
    pub before: Vec<CheckIn>,
}

/// An answer on its way to the disk.
#[derive(Debug, Clone)]
pub struct Waiting {
    was: Answer,
    now: Answer,
    /// Whether the disk refused it.
    pub failed: bool,
}

impl State {
    /// Whether an answer could not be saved.
    #[must_use]
    pub fn has_failed(&self) -> bool {
        self.waiting.iter().any(|w| w.failed)
    }

    /// Says what the file says now; answers on their way are laid over it.
    fn take(&mut self, file: CheckIn) {
        if let Some(mine) = &mut self.mine {
            mine.now = file.clone();
            for waiting in &self.waiting {
                // One that does not fit any more is told when the writer comes to it.
                let _ = mine.now.answer(&waiting.was, waiting.now.clone());
            }
            mine.file = file;
        }
    }
}

impl App {
    /// The week of my check-in.
    #[must_use]
    pub fn check_in_week(&self) -> Week {
        self.screens.check_in.week.unwrap_or_else(|| self.open_week())
    }

    /// The question with this key.
    #[must_use]
    pub fn question(&self, key: &str) -> Option<&Question> {
        self.derived.questions.iter().find(|q| q.key() == key)
    }

    /// What the check-in on the screen is asked on, handed to `then`; nothing before it was read.
    pub fn asking<T>(&self, then: impl FnOnce(&Asking<'_>) -> T) -> Option<T> {
        let mine = self.screens.check_in.mine.as_ref()?;
        let week = mine.now.week;
        let standing = self.standing_in(week);
        Some(then(&Asking {
            config: &self.workspace.config,
            strategy: &self.workspace.strategy,
            standing: &standing,
            history: &self.history,
            member: &mine.now.member,
            week,
            check_in: &mine.now,
            before: &mine.before,
        }))
    }

    fn standing_in(&self, week: Week) -> Standing {
        self.workspace.standing(week)
    }

    /// How much of my check-in is answered, for a line elsewhere: answered, and all.
    pub(in crate::app) fn checked_in(&self) -> Option<(usize, usize)> {
        let me = self.me.as_ref()?;
        let week = self.open_week();
        let blank = CheckIn::new(me.clone(), week);
        let found = self.workspace.check_ins.iter().find(|c| &c.member == me && c.week == week);
        let standing = self.standing_in(week);
        let asked = questions::questions(&Asking {
            config: &self.workspace.config,
            strategy: &self.workspace.strategy,
            standing: &standing,
            history: &self.history,
            member: me,
            week,
            check_in: found.unwrap_or(&blank),
            before: &[],
        });
        Some(questions::progress(&asked))
    }

    /// Why the check-in on the screen cannot be changed, if so.
    #[must_use]
    pub fn why_not_check_in(&self) -> Option<String> {
        let week = self.check_in_week();
        if self.workspace.weeks.contains_key(&week) {
            return Some(say!("{week} was sealed by its review: what you said can be read, not changed", week));
        }
        if week.since(self.week) > 1 {
            return Some(say!("{week} is more than a week away: its check-in can wait", week));
        }
        self.why_not_write(&[])
    }

    /// The themes in the order that the member ranks them: as they say now, else as they said last, else as they stand.
    #[must_use]
    pub fn ranked(&self) -> Vec<ThemeId> {
        let themes = &self.workspace.strategy.north_star.themes;
        let said = self.screens.check_in.mine.as_ref().map(|m| {
            let last = m.before.iter().rev().find(|c| !c.ranking.is_empty()).map(|c| &c.ranking);
            if m.now.ranking.is_empty() { last.cloned().unwrap_or_default() } else { m.now.ranking.clone() }
        });
        let mut order: Vec<ThemeId> = said.unwrap_or_default();
        order.retain(|id| themes.iter().any(|t| &t.id == id));
        order.extend(themes.iter().map(|t| t.id.clone()).filter(|id| !order.contains(id)).collect::<Vec<_>>());
        order
    }
}

/// Opens the screen: reads the check-in and the private notes. Never while a review is held here.
pub fn open(app: &mut App) -> Vec<Effect> {
    let Some(me) = app.me.clone() else { return Vec::new() };
    let week = app.check_in_week();
    let state = &mut app.screens.check_in;
    let other = state.mine.as_ref().is_none_or(|m| m.now.week != week || m.now.member != me);
    if other {
        *state = State { week: state.week, ..State::default() };
    }
    vec![Effect::OpenCheckIn(week, me.clone()), Effect::ReadPrivate(me)]
}

/// What was read.
pub fn read(app: &mut App, read: MyCheckIns) {
    if app.held.is_some() || Some(&read.now.member) != app.me.as_ref() || read.now.week != app.check_in_week() {
        return;
    }
    let state = &mut app.screens.check_in;
    state.mine = Some(Mine { file: read.now.clone(), now: read.now.clone(), before: read.before });
    state.take(read.now);
}

/// The questions of the check-in on the screen; none on the shared screen, where nothing personal is shown.
#[must_use]
pub fn questions(app: &App) -> Vec<Question> {
    if app.look.present || app.held.is_some() {
        return Vec::new();
    }
    app.asking(questions::questions).unwrap_or_default()
}

/// The rows: while memory is asked, nothing else.
#[must_use]
pub fn rows(app: &App) -> Vec<Listed> {
    let all = &app.derived.questions;
    let question = |q: &Question| Listed::new(q.section.label(), Row::Question(q.key()));
    if questions::is_blind(all) && !app.screens.check_in.seen && app.why_not_check_in().is_none() {
        let recall = all.iter().filter(|q| q.section == Section::Recall).map(question);
        return recall.chain([Listed::new(ON, Row::GoOn)]).collect();
    }
    let mut rows = Vec::with_capacity(all.len() + 8);
    for q in all {
        match q.section {
            Section::Ranking => rows
                .extend(app.ranked().into_iter().map(|theme| Listed::new(Section::Ranking.label(), Row::Rank(theme)))),
            _ => rows.push(question(q)),
        }
    }
    if !all.is_empty() {
        rows.push(Listed::new(PRIVATE, Row::Private(app.check_in_week())));
    }
    rows
}

/// Whether a form is typed into in its own row.
#[must_use]
pub fn is_inline(form: &Form) -> bool {
    matches!(form.purpose, Purpose::Answer(_)) && form.fields.len() == 1 && form.fields[0].name == typing::LINE
}

/// Stands on the next row.
fn down(app: &mut App) {
    // The answer may have added a row.
    app.relist();
    let next = app.at().map_or(0, |at| (at + 1).min(app.rows().len().saturating_sub(1)));
    app.stand_on(next);
}

impl App {
    /// Says why nothing can be changed; true if so.
    fn refuses_check_in(&mut self) -> bool {
        let why = self.why_not_check_in();
        if let Some(why) = &why {
            self.say(Tone::Info, why.clone());
        }
        why.is_some()
    }

    /// Who the check-in on the screen is of.
    fn check_in_member(&self) -> Option<MemberId> {
        self.screens.check_in.mine.as_ref().map(|m| m.now.member.clone())
    }
}
