//! What a person can want, apart from which key says so. Nested by where it makes sense.

use crate::insight::merge::Answer;
use crate::model::agenda::Step;
use crate::model::register::Kind;
use crate::model::status::Status;

/// Something a person wants, as a value: keys, the palette and the mouse all come down to one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Intent {
    /// Possible nearly everywhere.
    App(AppIntent),
    /// Moving through a list or tree.
    Move(Move),
    /// Adding something to the week.
    Capture(Capture),
    /// Leading the review.
    Review(ReviewIntent),
    /// Acting on the row under the cursor.
    Row(RowIntent),
    /// Changing the strategy.
    Strategy(StrategyIntent),
    /// Working with the cards of registers.
    Cards(CardsIntent),
    /// Walking through the weeks.
    History(HistoryIntent),
    /// Looking at a trend.
    Trend(TrendIntent),
    /// Filling in a form.
    Form(FormIntent),
    /// Settling two versions.
    Clash(ClashIntent),
    /// Sharing by git.
    Sync(SyncIntent),
    /// Starting without a workspace.
    Start(StartIntent),
}

/// Possible nearly everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AppIntent {
    /// Leave the program; everything is saved already.
    Quit,
    /// One level back.
    Back,
    /// The keys of this place.
    Help,
    /// Everything one can do, by name.
    Palette,
    /// Search the rows of this place.
    Search,
    /// Search every week.
    Find,
    /// The next hit.
    NextHit,
    /// The hit before.
    PreviousHit,
    /// Take the last change of the review back.
    Undo,
    /// Do it again.
    Redo,
    /// Large letters for the shared screen, and nothing private.
    Present,
    /// The next theme.
    Theme,
    /// What the program found wrong with the files.
    Problems,
    /// Why the row under the cursor has its status.
    Why,
    /// Read the files again.
    Reload,
    /// Look at two versions of a strategy file that wait for somebody to settle them.
    Settle,
    /// Draw everything afresh.
    Redraw,
    /// Say who I am.
    WhoAmI,
    /// Somebody leaves: hand over what they have open.
    Leaves,
    /// Go to a place.
    Go(Place),
    /// Put the program into the background.
    Suspend,
    /// Ask the window that holds the review for it.
    TakeOver,
    /// Ask the feeds for their numbers.
    Feeds,
}

/// A place one can go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// This week.
    Home,
    /// The review of the week.
    Review,
    /// North star and goal tree.
    Strategy,
    /// The KPIs.
    Scorecard,
    /// The register of decisions.
    Decisions,
    /// The action items.
    Actions,
    /// The issues.
    Issues,
    /// The weeks behind.
    History,
    /// How well everything fits together.
    Alignment,
    /// The registers: SWOT, scenarios, ideas and so on.
    Registers,
    /// My check-in.
    CheckIn,
    /// My page.
    Mine,
}

impl Place {
    /// Those that the whole team looks at, in the order of their digits. The two personal ones are reached from Home.
    pub const ALL: [Self; 9] = [
        Self::Home,
        Self::Review,
        Self::Strategy,
        Self::Scorecard,
        Self::Decisions,
        Self::Actions,
        Self::Issues,
        Self::History,
        Self::Alignment,
    ];

    /// The name where there is little room.
    #[must_use]
    pub fn short(self) -> &'static str {
        match self {
            Self::Scorecard => say!("tab" | "KPIs"),
            Self::Decisions => say!("Decided"),
            Self::History => say!("Weeks"),
            Self::Alignment => say!("Align"),
            Self::Registers => say!("Cards"),
            Self::Home | Self::Review | Self::Strategy | Self::Actions | Self::Issues | Self::CheckIn | Self::Mine => {
                self.label()
            }
        }
    }

    /// A word of at most six letters, for where ten names stand in eighty columns.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Review => say!("tab" | "Review"),
            Self::Strategy => say!("Plan"),
            Self::Decisions => say!("Decide"),
            Self::Actions => say!("To-do"),
            Self::History => say!("Past"),
            Self::CheckIn => say!("Mine"),
            Self::Mine => say!("Me"),
            Self::Home | Self::Scorecard | Self::Issues | Self::Alignment | Self::Registers => self.short(),
        }
    }

    /// The name on the screen.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Home => say!("Home"),
            Self::Review => say!("Review"),
            Self::Strategy => say!("Strategy"),
            Self::Scorecard => say!("Scorecard"),
            Self::Decisions => say!("Decisions"),
            Self::Actions => say!("Actions"),
            Self::Issues => say!("Issues"),
            Self::History => say!("History"),
            Self::Alignment => say!("Alignment"),
            Self::Registers => say!("Registers"),
            Self::CheckIn => say!("My check-in"),
            Self::Mine => say!("My page"),
        }
    }
}

/// Moving through a list or tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Move {
    /// One row up.
    Up,
    /// One row down.
    Down,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// To the first row.
    First,
    /// To the last row.
    Last,
    /// Close this branch, or go to its parent; in other places: one to the left.
    Left,
    /// Open this branch; in other places: one to the right.
    Right,
    /// To the row with this number, counted from 0 (the mouse says so).
    To(usize),
}

impl Move {
    /// The first line shown of a text after the move. The end is found when drawing: scrolling past it shows the last page.
    #[must_use]
    pub fn scrolled(self, line: usize) -> usize {
        match self {
            Self::Up => line.saturating_sub(1),
            Self::Down => line.saturating_add(1),
            Self::PageUp => line.saturating_sub(10),
            Self::PageDown => line.saturating_add(10),
            Self::First => 0,
            Self::Last => usize::MAX / 2,
            Self::Left | Self::Right | Self::To(_) => line,
        }
    }
}

/// Adding something to the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Capture {
    /// A decision.
    Decision,
    /// An action item.
    Action,
    /// An issue; carries the row along.
    Issue,
    /// A note.
    Note,
    /// Good news.
    Headline,
    /// A message to cascade.
    Message,
}

/// Leading the review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReviewIntent {
    /// Start the review of this week, or go on with it.
    Start,
    /// Start the review of the quarter that is due.
    StartQuarter,
    /// To the next step.
    NextStep,
    /// To the step before.
    PreviousStep,
    /// To a step.
    GoTo(Step),
    /// Stop the clock, or let it go on.
    Pause,
    /// Seal the week.
    Seal,
    /// The recap of the week as it stands.
    Recap,
    /// Throw the review away.
    Discard,
}

/// Acting on the row under the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowIntent {
    /// What Enter does here: open, answer, edit.
    Open,
    /// What Space does here: toggle, accept.
    Accept,
    /// Mark a status.
    Mark(Status),
    /// Take the mark away.
    Unmark,
    /// Type a value, beginning with this digit if there is one.
    Value(Option<char>),
    /// Confidence 0 to 9 by its digit, 10 by `=`.
    Confidence(u8),
    /// A note on the row.
    Note,
    /// Done.
    Done,
    /// Not done: it carries over.
    NotDone,
    /// Give it up, with a reason.
    Drop,
    /// Put aside until a day, with a reason.
    Dismiss,
    /// One vote more.
    Vote,
    /// One vote less.
    Unvote,
    /// Move the row up.
    Raise,
    /// Move the row down.
    Lower,
    /// Edit what stands in the row.
    Edit,
    /// Let something else take its place.
    Replace,
    /// How it turned out so far, counted.
    Score,
    /// Solve the issue.
    Solve,
    /// Remove the row.
    Remove,
    /// Add a row.
    Add,
    /// Show the other half of this place.
    Switch,
    /// Pass it on to another workspace.
    Pass,
    /// Give back what another workspace passed on.
    Return,
}

/// Changing the strategy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StrategyIntent {
    /// Look at the map instead of the tree, and back.
    Switch,
    /// Edit the vision, mission and so on.
    NorthStar,
    /// Add a goal below this one.
    AddBelow,
    /// Add a goal beside this one.
    AddBeside,
    /// Move it under another goal.
    MoveUnder,
    /// Mark it reached.
    Done,
    /// Give it up, with a reason.
    Drop,
    /// Pursue it again.
    Reopen,
    /// Open every branch, or close them all.
    FoldAll,
    /// Show or hide what is done and dropped.
    ShowClosed,
}

/// Working with the cards of registers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CardsIntent {
    /// The next register.
    Next,
    /// The register before.
    Previous,
    /// This register.
    Show(Kind),
    /// Add a card.
    Add,
    /// Move the card to the stage that usually follows.
    Forward,
    /// Move it to a stage that comes before, where that may follow.
    Back,
    /// Move it to any stage that may follow.
    Stage,
    /// Close it.
    Close,
    /// Link it.
    Link,
    /// Somebody looked: it is still true.
    Reviewed,
    /// Make an idea of it.
    Idea,
    /// Give a part of the allocation to another, by a decision.
    Reallocate,
    /// The figures of the register above its list, or the list alone.
    Figures,
    /// Whose cards are listed: everybody's, then each owner's.
    Owner,
    /// Show or hide what is closed.
    ShowClosed,
}

/// Walking through the weeks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HistoryIntent {
    /// Read the whole week.
    Read,
    /// The next panel of the week.
    NextPanel,
    /// The panel before.
    PreviousPanel,
    /// The week before.
    Older,
    /// The week after.
    Newer,
    /// A quarter back.
    QuarterBack,
    /// A quarter on.
    QuarterOn,
    /// The first week of all.
    Oldest,
    /// The last week.
    Newest,
    /// A line down in the panel.
    LineDown,
    /// A line up in the panel.
    LineUp,
    /// Take this week as one side of a comparison, or compare with the one taken.
    Compare,
    /// The trend of a KPI or goal over all weeks.
    Trend,
    /// Correct this week's review.
    Reopen,
    /// The recap of the week: what got done, what was decided, what is to do.
    Recap,
    /// Write the week's report into a file.
    Report,
    /// The sealed quarters instead of the weeks, or the weeks again.
    Turn,
}

/// Looking at a trend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TrendIntent {
    /// The next way to look at it.
    NextView,
    /// The way before.
    PreviousView,
    /// More weeks.
    Wider,
    /// Fewer weeks.
    Closer,
    /// How far each week lies from the one before, or back.
    Ranges,
    /// Begin a new phase: limits are computed afresh from a week on.
    Phase,
}

/// Filling in a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FormIntent {
    /// Save what was typed.
    Save,
    /// To the next field.
    Next,
    /// To the field before.
    Previous,
    /// What Enter does in this field.
    Enter,
    /// Close the form; what was typed is kept.
    Close,
    /// Write this field in one's own editor.
    Editor,
    /// The next choice.
    Down,
    /// The choice before.
    Up,
    /// Yes.
    Yes,
}

/// Settling two versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ClashIntent {
    /// This answer in the row under the cursor.
    Take(Answer),
    /// This answer in every row that can have it.
    TakeAll(Answer),
    /// Write what was settled.
    Save,
}

/// Starting without a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StartIntent {
    /// The sample, in a throw-away copy.
    Demo,
    /// A new workspace.
    Init,
    /// An existing one.
    Open,
}

/// Sharing by git.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SyncIntent {
    /// Begin.
    Open,
    /// Stop what is under way.
    Stop,
}
