//! The trend of a KPI or a goal: one of several views of it, over as many weeks as one wants to see.

use super::Dialog;
use crate::app::App;
use crate::app::intent::{Move, TrendIntent};
use crate::app::message::Effect;
use crate::model::record::Subject;

/// A way to look at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// Week by week, with target, limits, signals and what lies ahead.
    #[default]
    Weeks,
    /// How far each week lies from the one before, with their limit.
    Ranges,
    /// Six weeks beside twelve months.
    SixTwelve,
    /// What moves with it.
    Together,
    /// What happened to it, from its first week on.
    Story,
}

impl View {
    /// Those that a KPI has.
    pub const OF_KPI: [Self; 4] = [Self::Weeks, Self::Ranges, Self::SixTwelve, Self::Together];
    /// Those that a goal has.
    pub const OF_GOAL: [Self; 2] = [Self::Weeks, Self::Story];

    /// The name on its tab.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Weeks => say!("Weeks"),
            Self::Ranges => say!("Ranges"),
            Self::SixTwelve => say!("6 weeks, 12 months"),
            Self::Together => say!("Moves with"),
            Self::Story => say!("Story"),
        }
    }
}

/// How many weeks are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Span {
    /// 13.
    Quarter,
    /// 26.
    Half,
    /// 52.
    #[default]
    Year,
    /// 104.
    TwoYears,
    /// 260.
    FiveYears,
    /// All there are.
    All,
}

impl Span {
    const ALL: [Self; 6] = [Self::Quarter, Self::Half, Self::Year, Self::TwoYears, Self::FiveYears, Self::All];

    /// The number of weeks; none for all.
    #[must_use]
    pub fn weeks(self) -> Option<usize> {
        match self {
            Self::Quarter => Some(13),
            Self::Half => Some(26),
            Self::Year => Some(52),
            Self::TwoYears => Some(104),
            Self::FiveYears => Some(260),
            Self::All => None,
        }
    }

    /// The words on the screen.
    #[must_use]
    pub fn label(self) -> String {
        self.weeks().map_or_else(|| say!("all weeks").to_owned(), |n| say!("{n} weeks", n))
    }

    fn step(self, wider: bool) -> Self {
        let at = Self::ALL.iter().position(|s| *s == self).unwrap_or(0);
        Self::ALL[if wider { (at + 1).min(Self::ALL.len() - 1) } else { at.saturating_sub(1) }]
    }
}

/// The trend being looked at, with the others of its kind to either side.
#[derive(Debug, Clone)]
pub struct Trend {
    /// All of them.
    pub all: Vec<Subject>,
    /// Which one is shown.
    pub at: usize,
    /// How it is looked at.
    pub view: View,
    /// Over how many weeks.
    pub span: Span,
    /// The first line shown, in views that are read.
    pub scroll: usize,
}

impl Trend {
    /// The trend of a KPI or goal.
    #[must_use]
    pub fn of(app: &App, subject: &Subject) -> Self {
        let strategy = &app.basis().strategy;
        let all: Vec<Subject> = match subject {
            Subject::Kpi(_) => app.scorecard_rows().iter().map(|r| Subject::Kpi(r.kpi.clone())).collect(),
            _ => strategy.tree().into_iter().map(|(_, g)| Subject::Goal(g.id.clone())).collect(),
        };
        let at = all.iter().position(|s| s == subject).unwrap_or(0);
        Self { all, at, view: View::Weeks, span: Span::default(), scroll: 0 }
    }

    /// What is shown.
    #[must_use]
    pub fn subject(&self) -> Option<&Subject> {
        self.all.get(self.at)
    }

    /// The views that there are of it.
    #[must_use]
    pub fn views(&self) -> &'static [View] {
        match self.subject() {
            Some(Subject::Kpi(_)) => &View::OF_KPI,
            _ => &View::OF_GOAL,
        }
    }

    /// To the next one of its kind, or down the lines of a view that is read.
    pub fn go(&mut self, to: Move) {
        let last = self.all.len().saturating_sub(1);
        match to {
            Move::Left => self.at = self.at.saturating_sub(1),
            Move::Right => self.at = (self.at + 1).min(last),
            Move::First => self.at = 0,
            Move::Last => self.at = last,
            Move::Up => self.scroll = self.scroll.saturating_sub(1),
            Move::Down => self.scroll = self.scroll.saturating_add(1),
            Move::PageUp => self.scroll = self.scroll.saturating_sub(10),
            Move::PageDown => self.scroll = self.scroll.saturating_add(10),
            Move::To(_) => {}
        }
        if matches!(to, Move::Left | Move::Right | Move::First | Move::Last) {
            self.scroll = 0;
        }
    }

    fn turn(&mut self, forward: bool) {
        let views = self.views();
        let at = views.iter().position(|v| *v == self.view).unwrap_or(0);
        let n = views.len();
        self.view = views[if forward { (at + 1) % n } else { (at + n - 1) % n }];
        self.scroll = 0;
    }
}

/// The keys of a trend.
pub fn update(app: &mut App, intent: TrendIntent) -> Vec<Effect> {
    let Some(Dialog::Trend(trend)) = app.dialogs.last_mut() else { return Vec::new() };
    match intent {
        TrendIntent::NextView => trend.turn(true),
        TrendIntent::PreviousView => trend.turn(false),
        TrendIntent::Wider => trend.span = trend.span.step(true),
        TrendIntent::Closer => trend.span = trend.span.step(false),
        TrendIntent::Ranges => {
            if trend.views().contains(&View::Ranges) {
                trend.view = if trend.view == View::Ranges { View::Weeks } else { View::Ranges };
            }
        }
        TrendIntent::Phase => {
            if let Some(Subject::Kpi(id)) = trend.subject().cloned() {
                super::phase::open(app, &id, app.week);
            }
        }
    }
    Vec::new()
}
