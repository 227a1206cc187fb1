//! The screens: what each remembers, which rows it lists, and what its keys do.

pub mod alignment;
pub mod cards;
pub mod check_in;
pub mod history;
pub mod home;
pub mod mine;
pub mod passed;
pub mod quarters;
pub mod recap;
pub mod registers;
pub mod review;
pub mod row;
pub mod scorecard;
pub mod strategy;
pub mod week;

use self::row::{Listed, Row, Rows};
use super::cursor::Cursor;
use super::dialogs::Dialog;
use super::dialogs::purpose::Purpose;
use super::dialogs::trend::Trend;
use super::intent::{HistoryIntent, Move, Place, RowIntent};
use super::message::Effect;
use super::{App, Tone};
use crate::model::agenda::Step;
use crate::model::id::{ActionId, DecisionId, GoalId, IssueId, KpiId};
use crate::model::record::{Action, Decision, Issue, Subject};
use crate::model::review::Moment;

/// What the screens remember.
#[derive(Debug, Clone, Default)]
pub struct Screens {
    /// Home.
    pub home: Cursor,
    /// The review, a cursor for each step.
    pub review: review::State,
    /// Strategy.
    pub strategy: strategy::State,
    /// Scorecard.
    pub scorecard: Cursor,
    /// Decisions.
    pub decisions: registers::State,
    /// Actions.
    pub actions: registers::State,
    /// Issues.
    pub issues: registers::State,
    /// History.
    pub history: history::State,
    /// Alignment.
    pub alignment: Cursor,
    /// Registers.
    pub cards: cards::State,
    /// My check-in.
    pub check_in: check_in::State,
    /// My page.
    pub mine: mine::State,
    /// Where something was last passed on to, as it was typed.
    pub passed_to: String,
}

/// The rows of the place one is at. Called once for each change; read them from [`App::rows`].
#[must_use]
pub fn rows(app: &App) -> Vec<Listed> {
    match (app.place, app.step()) {
        (Place::Review, Some(step)) => review::rows(app, step),
        (Place::Home | Place::Review, _) => home::rows(app),
        (Place::Strategy, _) => strategy::rows(app),
        (Place::Scorecard, _) => scorecard::rows(app),
        (Place::Decisions, _) => registers::decisions(app),
        (Place::Actions, _) => registers::actions(app),
        (Place::Issues, _) => registers::issues(app),
        (Place::History, _) => history::rows(app),
        (Place::Alignment, _) => alignment::rows(app),
        (Place::Registers, _) => cards::rows(app),
        (Place::CheckIn, _) => check_in::rows(app),
        (Place::Mine, _) => mine::rows(app),
    }
}

impl App {
    /// The rows of the place one is at.
    #[must_use]
    pub fn rows(&self) -> &Rows {
        &self.derived.rows
    }

    /// The cursor of the place one is at.
    #[must_use]
    pub fn cursor(&self) -> &Cursor {
        match (self.place, self.step()) {
            (Place::Review, Some(step)) => self.screens.review.cursor(step),
            (Place::Home | Place::Review, _) => &self.screens.home,
            (Place::Strategy, _) => &self.screens.strategy.cursor,
            (Place::Scorecard, _) => &self.screens.scorecard,
            (Place::Decisions, _) => &self.screens.decisions.cursor,
            (Place::Actions, _) => &self.screens.actions.cursor,
            (Place::Issues, _) => &self.screens.issues.cursor,
            (Place::History, _) => self.screens.history.cursor(),
            (Place::Alignment, _) => &self.screens.alignment,
            (Place::Registers, _) => &self.screens.cards.cursor,
            (Place::CheckIn, _) => &self.screens.check_in.cursor,
            (Place::Mine, _) => &self.screens.mine.cursor,
        }
    }

    fn cursor_mut(&mut self) -> &mut Cursor {
        match (self.place, self.step()) {
            (Place::Review, Some(step)) => self.screens.review.cursor_mut(step),
            (Place::Home | Place::Review, _) => &mut self.screens.home,
            (Place::Strategy, _) => &mut self.screens.strategy.cursor,
            (Place::Scorecard, _) => &mut self.screens.scorecard,
            (Place::Decisions, _) => &mut self.screens.decisions.cursor,
            (Place::Actions, _) => &mut self.screens.actions.cursor,
            (Place::Issues, _) => &mut self.screens.issues.cursor,
            (Place::History, _) => self.screens.history.cursor_mut(),
            (Place::Alignment, _) => &mut self.screens.alignment,
            (Place::Registers, _) => &mut self.screens.cards.cursor,
            (Place::CheckIn, _) => &mut self.screens.check_in.cursor,
            (Place::Mine, _) => &mut self.screens.mine.cursor,
        }
    }

    /// The number of the row under the cursor.
    #[must_use]
    pub fn at(&self) -> Option<usize> {
        self.cursor().at(self.rows())
    }

    /// The row under the cursor.
    #[must_use]
    pub fn row(&self) -> Option<&Row> {
        self.at().map(|at| &self.rows()[at].row)
    }

    /// Puts the cursor on a row.
    pub fn stand_on(&mut self, index: usize) {
        let rows = std::mem::take(&mut self.derived.rows);
        self.cursor_mut().set(index, &rows);
        self.derived.rows = rows;
    }

    /// What the row under the cursor is about.
    #[must_use]
    pub fn subject(&self) -> Option<Subject> {
        self.row().and_then(Row::subject)
    }

    /// The open issue under the cursor while the room solves issues.
    #[must_use]
    pub fn issue_at_hand(&self) -> Option<IssueId> {
        match self.row() {
            Some(Row::Issue(id)) if self.place == Place::Review => {
                self.issue(id).filter(|i| i.is_open()).map(|i| i.id.clone())
            }
            _ => None,
        }
    }

    /// A subject's name.
    #[must_use]
    pub fn subject_name(&self, subject: &Subject) -> String {
        match subject {
            Subject::Goal(id) => self.goal_title(id),
            Subject::Kpi(id) => self.kpi_name(id),
            Subject::Action(id) => self.action(id).map_or_else(|| id.to_string(), |a| a.title.clone()),
            Subject::Decision(id) => self.decision(id).map_or_else(|| id.to_string(), |d| d.title.clone()),
            Subject::Finding(key) => {
                self.derived.findings.iter().find(|f| &f.key == key).map_or_else(|| key.clone(), |f| f.title.clone())
            }
            Subject::Blocker(member) => say!("what hinders {name_of}", name_of = self.basis().config.name_of(member)),
        }
    }

    /// The line that an issue raised from a subject begins with: it carries the row along.
    #[must_use]
    pub fn issue_title(&self, subject: &Subject) -> String {
        match subject {
            Subject::Kpi(id) => match self.basis().strategy.kpi(id).zip(self.derived.kpi(id)) {
                Some((kpi, now)) => {
                    let value = now.reading.map_or_else(|| say!("no reading").to_owned(), |v| kpi.show(v));
                    let aim = kpi.show_aim(self.shown_week()).map(|a| say!(", target {a}", a)).unwrap_or_default();
                    format!("{}: {value}{aim}", kpi.name)
                }
                None => id.to_string(),
            },
            Subject::Goal(id) => {
                let status =
                    self.derived.goal(id).map(|g| say!(" is {status}", status = g.status())).unwrap_or_default();
                format!("{}{status}", self.goal_title(id))
            }
            Subject::Blocker(_) => self.row().map(|r| r.words(self)).unwrap_or_default(),
            Subject::Action(_) | Subject::Decision(_) | Subject::Finding(_) => self.subject_name(subject),
        }
    }

    /// A KPI's name.
    #[must_use]
    pub fn kpi_name(&self, id: &KpiId) -> String {
        self.basis().strategy.kpi(id).map_or_else(|| id.to_string(), |k| k.name.clone())
    }

    /// A goal's title.
    #[must_use]
    pub fn goal_title(&self, id: &GoalId) -> String {
        self.basis().strategy.goal(id).map_or_else(|| id.to_string(), |g| g.title.clone())
    }

    /// An action item: as it stands now, else as history knows it.
    #[must_use]
    pub fn action(&self, id: &ActionId) -> Option<&Action> {
        let now = self.derived.standing.actions.iter().find(|a| &a.id == id);
        now.or_else(|| self.history.weeks().iter().rev().flat_map(|w| &w.actions).find(|a| &a.id == id))
    }

    /// An issue: as it stands now, else as history knows it.
    #[must_use]
    pub fn issue(&self, id: &IssueId) -> Option<&Issue> {
        let now = self.derived.standing.issues.iter().find(|i| &i.id == id);
        now.or_else(|| self.history.weeks().iter().rev().flat_map(|w| &w.issues).find(|i| &i.id == id))
    }

    /// A decision: as it stands now, else as history knows it.
    #[must_use]
    pub fn decision(&self, id: &DecisionId) -> Option<&Decision> {
        let now = self.derived.standing.decisions.iter().find(|d| &d.id == id);
        now.or_else(|| self.history.weeks().iter().rev().flat_map(|w| &w.decisions).find(|d| &d.id == id))
    }
}

/// Moves the cursor of the place one is at.
pub fn go(app: &mut App, to: Move) -> Vec<Effect> {
    if app.place == Place::Strategy && strategy::go(app, to) {
        return Vec::new();
    }
    if matches!(to, Move::Left | Move::Right) && app.place == Place::Registers {
        cards::turn(app, to == Move::Right);
        return Vec::new();
    }
    let rows = std::mem::take(&mut app.derived.rows);
    app.cursor_mut().go(to, &rows);
    app.derived.rows = rows;
    history::load_shown(app)
}

/// Something done to the row under the cursor.
pub fn row(app: &mut App, intent: RowIntent, now: Moment) -> Vec<Effect> {
    match (app.place, app.step()) {
        (Place::Review, Some(step)) => review::row(app, step, intent, now),
        (Place::Strategy, _) => strategy::row(app, intent),
        (Place::Decisions | Place::Actions | Place::Issues, _) => registers::row(app, intent, now),
        (Place::Alignment, _) => alignment::row(app, intent, now),
        (Place::Registers, _) => cards::row(app, intent),
        (Place::CheckIn, _) => check_in::row(app, intent),
        (Place::Mine, _) => mine::row(app, intent),
        (Place::Home | Place::Review | Place::Scorecard | Place::History, _) => Vec::new(),
    }
}

/// Opens the trend of the row under the cursor.
pub fn trend(app: &mut App) {
    let subject = app.subject().filter(|s| matches!(s, Subject::Kpi(_) | Subject::Goal(_)));
    let first = || app.scorecard_rows().first().map(|r| Subject::Kpi(r.kpi.clone()));
    match subject.or_else(first) {
        Some(subject) => {
            let trend = Trend::of(app, &subject);
            app.dialogs.push(Dialog::Trend(trend));
        }
        None => app.say(Tone::Info, say!("There is no KPI and no goal yet whose trend could be shown")),
    }
}

/// History's own keys.
pub fn history(app: &mut App, intent: HistoryIntent) -> Vec<Effect> {
    match intent {
        HistoryIntent::Trend => {
            trend(app);
            Vec::new()
        }
        other => history::update(app, other),
    }
}

/// After a form was saved: the cursor goes on where the next answer is wanted.
pub fn after_save(app: &mut App, purpose: &Purpose) {
    match purpose {
        Purpose::KpiMark(..) if app.step() == Some(Step::Scorecard) && app.place == Place::Review => {
            let rows = std::mem::take(&mut app.derived.rows);
            app.cursor_mut().go(Move::Down, &rows);
            app.derived.rows = rows;
        }
        _ => {}
    }
}
