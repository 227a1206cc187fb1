//! The places where a key can mean something, and which of them hold now.

use crate::app::App;
use crate::app::intent::Place;
use crate::app::screens::history::Span;
use crate::model::agenda::{QuarterStep, Step};

/// Where a binding holds. The most specific scope of a place is asked first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Nearly everywhere outside dialogs.
    Everywhere,
    /// The main screens, outside the review.
    Screens,
    /// Any list or tree.
    List,
    /// While a search is on.
    Searching,
    /// Any step of the review.
    Review,
    /// The step Open.
    Open,
    /// The step Commitments.
    Commitments,
    /// The step Scorecard.
    ScorecardStep,
    /// The step Goals.
    GoalsStep,
    /// The step Check-ins.
    CheckIns,
    /// The step Alignment.
    Alignment,
    /// The step Issues.
    IssuesStep,
    /// The step Close.
    Close,
    /// The step Look back.
    LookBack,
    /// The step Look around.
    LookAround,
    /// The step Look ahead.
    LookAhead,
    /// The step Say no.
    SayNo,
    /// The step Commit.
    Commit,
    /// The screen Home.
    Home,
    /// The screen Strategy.
    Strategy,
    /// The screen Scorecard.
    Scorecard,
    /// The screen Decisions.
    Decisions,
    /// The screen Actions.
    Actions,
    /// The screen Issues.
    Issues,
    /// The screen History.
    History,
    /// The quarters of History.
    Quarters,
    /// The screen Alignment.
    AlignmentScreen,
    /// The screen Registers.
    Registers,
    /// The screen of my check-in.
    MyCheckIn,
    /// The screen of my page.
    Mine,
    /// A form.
    Form,
    /// A question to answer yes or no.
    Confirm,
    /// Numbers that come by themselves.
    Feeds,
    /// The palette.
    Palette,
    /// A text to read: help, why, problems.
    Reading,
    /// The search over every week.
    Find,
    /// The problems of the files.
    Problems,
    /// Two versions of the strategy.
    Clash,
    /// Sharing by git, while it works.
    Sync,
    /// A trend.
    Trend,
    /// The search line.
    SearchLine,
    /// The start screen.
    Start,
    /// Several workspaces beside each other.
    Rollup,
}

impl Scope {
    /// The heading in help and manual.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Everywhere => say!("Everywhere"),
            Self::Screens => say!("Screens"),
            Self::List => say!("Lists and trees"),
            Self::Searching => say!("While searching"),
            Self::Review => say!("Review"),
            Self::Open => say!("Review: Open"),
            Self::Commitments => say!("Review: Commitments"),
            Self::ScorecardStep => say!("Review: Scorecard"),
            Self::GoalsStep => say!("Review: Goals"),
            Self::CheckIns => say!("Review: Check-ins"),
            Self::Alignment => say!("Review: Alignment"),
            Self::IssuesStep => say!("Review: Issues"),
            Self::Close => say!("Review: Close"),
            Self::LookBack => say!("Quarterly review: Look back"),
            Self::LookAround => say!("Quarterly review: Look around"),
            Self::LookAhead => say!("Quarterly review: Look ahead"),
            Self::SayNo => say!("Quarterly review: Say no"),
            Self::Commit => say!("Quarterly review: Commit"),
            Self::Home => say!("Home"),
            Self::Strategy => say!("Strategy"),
            Self::Scorecard => say!("Scorecard"),
            Self::Decisions => say!("Decisions"),
            Self::Actions => say!("Actions"),
            Self::Issues => say!("Issues"),
            Self::History => say!("History"),
            Self::Quarters => say!("Sealed quarters"),
            Self::AlignmentScreen => say!("Alignment"),
            Self::Registers => say!("Registers"),
            Self::MyCheckIn => say!("My check-in"),
            Self::Mine => say!("My page"),
            Self::Form => say!("Forms"),
            Self::Confirm => say!("Questions"),
            Self::Feeds => say!("Numbers that come by themselves"),
            Self::Palette => say!("Palette"),
            Self::Reading => say!("Reading"),
            Self::Find => say!("Find in every week"),
            Self::Problems => say!("Problems"),
            Self::Clash => say!("Two versions"),
            Self::Sync => say!("Sharing"),
            Self::Trend => say!("Trend"),
            Self::SearchLine => say!("Search line"),
            Self::Start => say!("Start"),
            Self::Rollup => say!("Roll-up"),
        }
    }

    /// Whether a field with focus takes typed characters here, so that no plain character may be bound.
    #[must_use]
    pub fn takes_text(self) -> bool {
        matches!(self, Self::Form | Self::Palette | Self::SearchLine | Self::Find)
    }

    fn of_step(step: Step) -> Self {
        match step {
            Step::Open => Self::Open,
            Step::Commitments => Self::Commitments,
            Step::Scorecard => Self::ScorecardStep,
            Step::Goals => Self::GoalsStep,
            Step::CheckIns => Self::CheckIns,
            Step::Alignment => Self::Alignment,
            Step::Issues => Self::IssuesStep,
            Step::Close => Self::Close,
            Step::Quarter(QuarterStep::LookBack) => Self::LookBack,
            Step::Quarter(QuarterStep::LookAround) => Self::LookAround,
            Step::Quarter(QuarterStep::LookAhead) => Self::LookAhead,
            Step::Quarter(QuarterStep::SayNo) => Self::SayNo,
            Step::Quarter(QuarterStep::Commit) => Self::Commit,
        }
    }

    fn of_place(app: &App) -> Self {
        match app.place {
            Place::Home | Place::Review => Self::Home,
            Place::Strategy => Self::Strategy,
            Place::Scorecard => Self::Scorecard,
            Place::Decisions => Self::Decisions,
            Place::Actions => Self::Actions,
            Place::Issues => Self::Issues,
            Place::History if app.screens.history.span == Span::Quarters => Self::Quarters,
            Place::History => Self::History,
            Place::Alignment => Self::AlignmentScreen,
            Place::Registers => Self::Registers,
            Place::CheckIn => Self::MyCheckIn,
            Place::Mine => Self::Mine,
        }
    }
}

impl App {
    /// The scopes of keys that hold now, most specific first.
    #[must_use]
    pub fn scopes(&self) -> Vec<Scope> {
        if let Some(dialog) = self.dialogs.last() {
            return dialog.scopes();
        }
        let mut scopes = Vec::with_capacity(6);
        match &self.search {
            Some(search) if search.typing => return vec![Scope::SearchLine],
            Some(_) => scopes.push(Scope::Searching),
            None => {}
        }
        let here = match (self.place, self.step()) {
            (Place::Review, Some(step)) => [Scope::of_step(step), Scope::Review],
            (_, _) => [Scope::of_place(self), Scope::Screens],
        };
        scopes.extend(here);
        scopes.extend([Scope::List, Scope::Everywhere]);
        scopes
    }
}
