//! The places where a key can mean something.

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
            Self::Everywhere => "Everywhere",
            Self::Screens => "Screens",
            Self::List => "Lists and trees",
            Self::Searching => "While searching",
            Self::Review => "Review",
            Self::Open => "Review: Open",
            Self::Commitments => "Review: Commitments",
            Self::ScorecardStep => "Review: Scorecard",
            Self::GoalsStep => "Review: Goals",
            Self::CheckIns => "Review: Check-ins",
            Self::Alignment => "Review: Alignment",
            Self::IssuesStep => "Review: Issues",
            Self::Close => "Review: Close",
            Self::LookBack => "Quarterly review: Look back",
            Self::LookAround => "Quarterly review: Look around",
            Self::LookAhead => "Quarterly review: Look ahead",
            Self::SayNo => "Quarterly review: Say no",
            Self::Commit => "Quarterly review: Commit",
            Self::Home => "Home",
            Self::Strategy => "Strategy",
            Self::Scorecard => "Scorecard",
            Self::Decisions => "Decisions",
            Self::Actions => "Actions",
            Self::Issues => "Issues",
            Self::History => "History",
            Self::AlignmentScreen => "Alignment",
            Self::Registers => "Registers",
            Self::MyCheckIn => "My check-in",
            Self::Mine => "My page",
            Self::Form => "Forms",
            Self::Confirm => "Questions",
            Self::Feeds => "Numbers that come by themselves",
            Self::Palette => "Palette",
            Self::Reading => "Reading",
            Self::Find => "Find in every week",
            Self::Problems => "Problems",
            Self::Clash => "Two versions",
            Self::Sync => "Sharing",
            Self::Trend => "Trend",
            Self::SearchLine => "Search line",
            Self::Start => "Start",
            Self::Rollup => "Roll-up",
        }
    }

    /// Whether a field with focus takes typed characters here, so that no plain character may be bound.
    #[must_use]
    pub fn takes_text(self) -> bool {
        matches!(self, Self::Form | Self::Palette | Self::SearchLine | Self::Find)
    }
}
