//! The one table of keys. Footer, help, palette, the key table of the manual and the tests are all read from it.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::intent::{
    AppIntent as A, Capture, ClashIntent as C, FormIntent as F, HistoryIntent as H, Intent, Move, Place,
    ReviewIntent as R,
};
use super::intent::{RowIntent, StartIntent, StrategyIntent as S, TrendIntent as Tr};
use super::key::{Key, KeyError};
use crate::insight::merge::Answer;
use crate::model::status::Status;

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
    /// The screen of my check-in.
    MyCheckIn,
    /// The screen of my page.
    Mine,
    /// A form.
    Form,
    /// A question to answer yes or no.
    Confirm,
    /// The palette.
    Palette,
    /// A text to read: help, why, problems.
    Reading,
    /// The problems of the files.
    Problems,
    /// Two versions of the strategy.
    Clash,
    /// The search over every week.
    Find,
    /// A trend.
    Trend,
    /// The search line.
    SearchLine,
    /// The start screen.
    Start,
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
            Self::Home => "Home",
            Self::Strategy => "Strategy",
            Self::Scorecard => "Scorecard",
            Self::Decisions => "Decisions",
            Self::Actions => "Actions",
            Self::Issues => "Issues",
            Self::History => "History",
            Self::AlignmentScreen => "Alignment",
            Self::MyCheckIn => "My check-in",
            Self::Mine => "My page",
            Self::Form => "Forms",
            Self::Confirm => "Questions",
            Self::Palette => "Palette",
            Self::Reading => "Reading",
            Self::Problems => "Problems",
            Self::Clash => "Two versions",
            Self::Find => "Find in every week",
            Self::Trend => "Trend",
            Self::SearchLine => "Search line",
            Self::Start => "Start",
        }
    }

    /// Whether a field with focus takes typed characters here, so that no plain character may be bound.
    #[must_use]
    pub fn takes_text(self) -> bool {
        matches!(self, Self::Form | Self::Palette | Self::SearchLine | Self::Find)
    }
}

/// One row of the table.
#[derive(Debug, Clone)]
pub struct Binding {
    /// The name used in the configuration.
    pub name: &'static str,
    /// Where it holds.
    pub scope: Scope,
    /// The keys; the first is the one shown.
    pub keys: Vec<Key>,
    /// What it does.
    pub intent: Intent,
    /// A word or two for the footer.
    pub label: &'static str,
    /// A sentence for help and palette.
    pub help: &'static str,
    /// Its place in the footer, 1 first; 0 keeps it out.
    pub footer: u8,
}

type Row = (&'static str, Scope, &'static str, Intent, &'static str, &'static str, u8);

use Scope as At;

/// name, scope, keys, intent, footer label, help sentence, footer place.
#[rustfmt::skip]
const ROWS: &[Row] = &[
    // Forms
    ("form.save", At::Form, "Ctrl-s", Intent::Form(F::Save), "save", "Save what was typed", 1),
    ("form.next", At::Form, "Tab", Intent::Form(F::Next), "next field", "Go to the next field", 2),
    ("form.previous", At::Form, "Shift-Tab", Intent::Form(F::Previous), "field before", "Go to the field before", 0),
    ("form.close", At::Form, "Esc", Intent::Form(F::Close), "close, keep draft", "Close the form; what was typed is kept for the next time", 3),
    ("form.enter", At::Form, "Enter", Intent::Form(F::Enter), "next, new line", "Next field; a new line in notes; save in the last field", 5),
    ("form.editor", At::Form, "Ctrl-e", Intent::Form(F::Editor), "own editor", "Write this field in $EDITOR", 4),
    ("form.down", At::Form, "Down", Intent::Form(F::Down), "choose", "The next choice, or a line down", 0),
    ("form.up", At::Form, "Up", Intent::Form(F::Up), "choose", "The choice before, or a line up", 0),
    // Questions
    ("confirm.yes", At::Confirm, "Y", Intent::Form(F::Yes), "yes", "Do it", 1),
    ("confirm.no", At::Confirm, "Esc N n q", Intent::Form(F::Close), "no", "Leave it", 2),
    // Palette and search line
    ("palette.run", At::Palette, "Enter", Intent::Form(F::Enter), "do it", "Do what is selected", 1),
    ("palette.down", At::Palette, "Down Tab", Intent::Form(F::Down), "down", "The next one", 0),
    ("palette.up", At::Palette, "Up Shift-Tab", Intent::Form(F::Up), "up", "The one before", 0),
    ("palette.close", At::Palette, "Esc", Intent::Form(F::Close), "close", "Close the palette", 2),
    ("search.keep", At::SearchLine, "Enter", Intent::Form(F::Enter), "keep hits", "Keep the hits and go on with n and N", 1),
    ("search.close", At::SearchLine, "Esc", Intent::Form(F::Close), "leave search", "Leave the search", 2),
    ("search.next", At::Searching, "n", Intent::App(A::NextHit), "next hit", "Go to the next hit", 1),
    ("search.previous", At::Searching, "N", Intent::App(A::PreviousHit), "hit before", "Go to the hit before", 2),
    ("search.end", At::Searching, "Esc", Intent::App(A::Back), "end search", "End the search", 3),
    ("find.go", At::Find, "Enter", Intent::Form(F::Enter), "go to its week", "Go to the week of this hit", 1),
    ("find.down", At::Find, "Down Tab", Intent::Move(Move::Down), "down", "The next hit", 2),
    ("find.up", At::Find, "Up Shift-Tab", Intent::Move(Move::Up), "up", "The hit before", 0),
    ("find.page-down", At::Find, "PgDn", Intent::Move(Move::PageDown), "page down", "A page down", 0),
    ("find.page-up", At::Find, "PgUp", Intent::Move(Move::PageUp), "page up", "A page up", 0),
    ("find.close", At::Find, "Esc", Intent::App(A::Back), "close", "Close the search", 3),
    // Reading
    ("reading.down", At::Reading, "Down j Space", Intent::Move(Move::Down), "down", "A line down", 0),
    ("reading.up", At::Reading, "Up k", Intent::Move(Move::Up), "up", "A line up", 0),
    ("reading.page-down", At::Reading, "PgDn", Intent::Move(Move::PageDown), "page down", "A page down", 2),
    ("reading.page-up", At::Reading, "PgUp", Intent::Move(Move::PageUp), "page up", "A page up", 0),
    ("reading.first", At::Reading, "Home", Intent::Move(Move::First), "top", "To the top", 0),
    ("reading.last", At::Reading, "End", Intent::Move(Move::Last), "end", "To the end", 0),
    ("reading.close", At::Reading, "Esc q Enter ?", Intent::App(A::Back), "close", "Close", 1),
    ("problems.settle", At::Problems, "s", Intent::App(A::Settle), "settle", "Look at two versions of a strategy file side by side, and settle them", 1),
    // Two versions
    ("clash.mine", At::Clash, "m", Intent::Clash(C::Take(Answer::Mine)), "mine", "Take mine in this row", 1),
    ("clash.theirs", At::Clash, "t", Intent::Clash(C::Take(Answer::Theirs)), "theirs", "Take theirs in this row", 2),
    ("clash.both", At::Clash, "b", Intent::Clash(C::Take(Answer::Both)), "both", "Keep both in this row, where both can stand", 3),
    ("clash.all-mine", At::Clash, "M", Intent::Clash(C::TakeAll(Answer::Mine)), "all mine", "Take mine in every row", 5),
    ("clash.all-theirs", At::Clash, "T", Intent::Clash(C::TakeAll(Answer::Theirs)), "all theirs", "Take theirs in every row", 6),
    ("clash.all-both", At::Clash, "B", Intent::Clash(C::TakeAll(Answer::Both)), "all both", "Keep both in every row where both can stand", 8),
    ("clash.save", At::Clash, "Ctrl-s", Intent::Clash(C::Save), "write it", "Write what was settled", 4),
    ("clash.down", At::Clash, "Down j Space", Intent::Move(Move::Down), "down", "The next row", 0),
    ("clash.up", At::Clash, "Up k", Intent::Move(Move::Up), "up", "The row before", 0),
    ("clash.page-down", At::Clash, "PgDn", Intent::Move(Move::PageDown), "page down", "Some rows down", 0),
    ("clash.page-up", At::Clash, "PgUp", Intent::Move(Move::PageUp), "page up", "Some rows up", 0),
    ("clash.first", At::Clash, "Home", Intent::Move(Move::First), "first", "The first row", 0),
    ("clash.last", At::Clash, "End", Intent::Move(Move::Last), "last", "The last row", 0),
    ("clash.close", At::Clash, "Esc", Intent::App(A::Back), "later", "Leave it unsettled: nothing is written", 7),
    // Trend
    ("trend.left", At::Trend, "Left h", Intent::Move(Move::Left), "the one before", "The trend before this one", 0),
    ("trend.right", At::Trend, "Right l", Intent::Move(Move::Right), "next one", "The next KPI or goal; Left goes back", 2),
    ("trend.view", At::Trend, "Tab", Intent::Trend(Tr::NextView), "view", "The next way to look at it", 1),
    ("trend.view-before", At::Trend, "Shift-Tab", Intent::Trend(Tr::PreviousView), "view before", "The way to look at it before", 0),
    ("trend.wider", At::Trend, "-", Intent::Trend(Tr::Wider), "more weeks", "Show more weeks", 3),
    ("trend.closer", At::Trend, "+ =", Intent::Trend(Tr::Closer), "fewer", "Show fewer weeks", 4),
    ("trend.ranges", At::Trend, "m", Intent::Trend(Tr::Ranges), "ranges", "How far each week lies from the one before, or back", 5),
    ("trend.phase", At::Trend, "b", Intent::Trend(Tr::Phase), "new phase", "Begin a new phase: after an understood change the limits are computed afresh", 6),
    ("trend.down", At::Trend, "Down j Space", Intent::Move(Move::Down), "down", "A line down", 0),
    ("trend.up", At::Trend, "Up k", Intent::Move(Move::Up), "up", "A line up", 0),
    ("trend.page-down", At::Trend, "PgDn", Intent::Move(Move::PageDown), "page down", "A page down", 0),
    ("trend.page-up", At::Trend, "PgUp", Intent::Move(Move::PageUp), "page up", "A page up", 0),
    ("trend.first", At::Trend, "Home", Intent::Move(Move::First), "first", "The first KPI or goal", 0),
    ("trend.last", At::Trend, "End", Intent::Move(Move::Last), "last", "The last KPI or goal", 0),
    ("trend.close", At::Trend, "Esc q Enter t", Intent::App(A::Back), "close", "Close", 7),
    // Start
    ("start.demo", At::Start, "d Enter", Intent::Start(StartIntent::Demo), "demo", "Open the sample bakery in a throw-away copy", 1),
    ("start.init", At::Start, "i", Intent::Start(StartIntent::Init), "new workspace", "Make a new workspace", 2),
    ("start.open", At::Start, "o", Intent::Start(StartIntent::Open), "open a folder", "Open an existing workspace", 3),
    ("start.quit", At::Start, "q Esc", Intent::App(A::Quit), "quit", "Leave", 4),
    // Review, step by step
    ("open.toggle", At::Open, "Space Enter", Intent::Row(RowIntent::Accept), "here / absent", "Mark the member under the cursor as here or absent", 1),
    ("open.everyone", At::Open, "*", Intent::Row(RowIntent::Switch), "all here", "Mark everybody as here who is not marked yet", 2),
    ("open.facilitator", At::Open, "f", Intent::Row(RowIntent::Raise), "leads", "The member under the cursor leads this review", 4),
    ("open.headline", At::Open, "g", Intent::Capture(Capture::Headline), "good news", "Add a headline: good news to open with", 3),
    ("open.edit", At::Open, "e", Intent::Row(RowIntent::Open), "edit", "Edit the headline under the cursor", 0),
    ("open.remove", At::Open, "x Delete", Intent::Row(RowIntent::Remove), "remove", "Remove the headline under the cursor", 0),
    ("commitments.done", At::Commitments, "y Space", Intent::Row(RowIntent::Done), "done", "It was done", 1),
    ("commitments.carry", At::Commitments, "c", Intent::Row(RowIntent::NotDone), "not done, carry", "It was not done and carries over to the next review", 2),
    ("commitments.drop", At::Commitments, "x", Intent::Row(RowIntent::Drop), "drop", "Give it up, with a reason", 3),
    ("commitments.edit", At::Commitments, "Enter e", Intent::Row(RowIntent::Open), "edit", "Edit the action item", 4),
    ("scorecard-step.value", At::ScorecardStep, "Enter", Intent::Row(RowIntent::Value(None)), "value", "Type the value of this week", 1),
    ("scorecard-step.digit", At::ScorecardStep, "0 1 2 3 4 5 6 7 8 9 -", Intent::Row(RowIntent::Value(Some('0'))), "value", "Type the value of this week, beginning with this digit", 0),
    ("scorecard-step.accept", At::ScorecardStep, "Space", Intent::Row(RowIntent::Accept), "as computed", "Accept the computed status; among the routine rows, of all of them", 2),
    ("scorecard-step.green", At::ScorecardStep, "g", Intent::Row(RowIntent::Mark(Status::OnTrack)), "on track", "Mark it on track", 3),
    ("scorecard-step.yellow", At::ScorecardStep, "y", Intent::Row(RowIntent::Mark(Status::AtRisk)), "at risk", "Mark it at risk", 4),
    ("scorecard-step.red", At::ScorecardStep, "r", Intent::Row(RowIntent::Mark(Status::OffTrack)), "off track", "Mark it off track", 5),
    ("scorecard-step.unmark", At::ScorecardStep, "x", Intent::Row(RowIntent::Unmark), "unmark", "Take the mark away", 0),
    ("scorecard-step.note", At::ScorecardStep, "n", Intent::Row(RowIntent::Note), "note", "What explains this number", 6),
    ("scorecard-step.trend", At::ScorecardStep, "t", Intent::History(H::Trend), "trend", "Its trend over all weeks", 0),
    ("goals-step.value", At::GoalsStep, "Enter", Intent::Row(RowIntent::Value(None)), "progress", "Where it stands: value, confidence, note", 1),
    ("goals-step.digit", At::GoalsStep, "0 1 2 3 4 5 6 7 8 9", Intent::Row(RowIntent::Confidence(0)), "confidence", "How sure you are that it will be reached, 0 to 9", 0),
    ("goals-step.accept", At::GoalsStep, "Space", Intent::Row(RowIntent::Accept), "as computed", "Accept the computed status; among the routine rows, of all of them", 2),
    ("goals-step.green", At::GoalsStep, "g", Intent::Row(RowIntent::Mark(Status::OnTrack)), "on track", "Mark it on track", 3),
    ("goals-step.yellow", At::GoalsStep, "y", Intent::Row(RowIntent::Mark(Status::AtRisk)), "at risk", "Mark it at risk", 4),
    ("goals-step.red", At::GoalsStep, "r", Intent::Row(RowIntent::Mark(Status::OffTrack)), "off track", "Mark it off track", 5),
    ("goals-step.unmark", At::GoalsStep, "x", Intent::Row(RowIntent::Unmark), "unmark", "Take the mark away", 0),
    ("goals-step.ten", At::GoalsStep, "=", Intent::Row(RowIntent::Confidence(10)), "confidence 10", "Confidence 10; the digits set 0 to 9", 6),
    ("goals-step.note", At::GoalsStep, "n", Intent::Row(RowIntent::Note), "note", "What explains it", 7),
    ("goals-step.trend", At::GoalsStep, "t", Intent::History(H::Trend), "trend", "Its trend over all weeks", 0),
    ("check-ins.reveal", At::CheckIns, "Enter Space", Intent::Row(RowIntent::Accept), "reveal, read", "Show what members reported; then read a row in full", 1),
    ("check-ins.raise", At::CheckIns, "i", Intent::Capture(Capture::Issue), "raise issue", "Raise what stands in the way as an issue", 2),
    ("alignment.accept", At::Alignment, "Space Enter", Intent::Row(RowIntent::Accept), "accept", "Seen, and true", 1),
    ("alignment.raise", At::Alignment, "i", Intent::Capture(Capture::Issue), "raise issue", "Raise the finding as an issue", 2),
    ("alignment.dismiss", At::Alignment, "x", Intent::Row(RowIntent::Dismiss), "dismiss until", "Put it aside until a day, with a reason", 3),
    ("issues-step.solve", At::IssuesStep, "s Enter", Intent::Row(RowIntent::Solve), "solve", "Write down the answer", 1),
    ("issues-step.vote", At::IssuesStep, "v", Intent::Row(RowIntent::Vote), "vote", "One vote more", 2),
    ("issues-step.unvote", At::IssuesStep, "V", Intent::Row(RowIntent::Unvote), "vote less", "One vote less", 0),
    ("issues-step.up", At::IssuesStep, "K", Intent::Row(RowIntent::Raise), "rank up", "Rank it higher", 3),
    ("issues-step.down", At::IssuesStep, "J", Intent::Row(RowIntent::Lower), "rank down", "Rank it lower", 0),
    ("issues-step.edit", At::IssuesStep, "e", Intent::Row(RowIntent::Open), "edit", "Edit the issue", 4),
    ("issues-step.drop", At::IssuesStep, "x", Intent::Row(RowIntent::Drop), "drop", "Give it up, with a reason", 0),
    ("close.open", At::Close, "Enter Space", Intent::Row(RowIntent::Open), "answer", "Answer the row: what happened, told or not, rating", 2),
    ("close.message", At::Close, "m", Intent::Capture(Capture::Message), "message", "Add a message to cascade", 3),
    ("close.remove", At::Close, "x Delete", Intent::Row(RowIntent::Remove), "remove", "Remove the message or rating under the cursor", 0),
    ("close.seal", At::Close, "Ctrl-s S", Intent::Review(R::Seal), "save the week", "Seal the week into its snapshot", 1),
    // Any step
    ("review.next", At::Review, "Tab ]", Intent::Review(R::NextStep), "next step", "Go to the next step", 8),
    ("review.previous", At::Review, "Shift-Tab [", Intent::Review(R::PreviousStep), "step before", "Go to the step before", 0),
    ("review.pause", At::Review, "p", Intent::Review(R::Pause), "pause", "Stop the clock, or let it go on", 0),
    ("review.leave", At::Review, "Esc", Intent::App(A::Back), "Home", "Back to Home; the review waits where it is", 0),
    ("review.discard", At::Review, "Ctrl-x", Intent::Review(R::Discard), "throw away", "Throw this review or correction away, after a question", 0),
    ("review.seal", At::Review, "Ctrl-s", Intent::Review(R::Seal), "save the week", "Seal the week into its snapshot", 0),
    // Screens
    ("home.start", At::Home, "Enter r", Intent::Review(R::Start), "review", "Hold this week's review, go on with it, or correct it", 1),
    ("home.check-in", At::Home, "c", Intent::App(A::Go(Place::CheckIn)), "my check-in", "Check in for the review, in two minutes", 2),
    ("home.mine", At::Home, "M", Intent::App(A::Go(Place::Mine)), "my page", "What is mine to do, where it leads, my private notes", 3),
    ("home.who", At::Home, "W", Intent::App(A::WhoAmI), "who am I", "Say who is at the keyboard", 4),
    ("strategy.edit", At::Strategy, "Enter e", Intent::Row(RowIntent::Open), "edit", "Edit the goal under the cursor", 1),
    ("strategy.add-below", At::Strategy, "+", Intent::Strategy(S::AddBelow), "add below", "Add a goal that serves this one", 2),
    ("strategy.add-beside", At::Strategy, "o", Intent::Strategy(S::AddBeside), "add beside", "Add a goal beside this one", 3),
    ("strategy.move", At::Strategy, "m", Intent::Strategy(S::MoveUnder), "move", "Move it under another goal", 4),
    ("strategy.drop", At::Strategy, "x", Intent::Strategy(S::Drop), "drop", "Give it up, with a reason", 5),
    ("strategy.done", At::Strategy, "D", Intent::Strategy(S::Done), "reached", "Mark it reached", 0),
    ("strategy.reopen", At::Strategy, "O", Intent::Strategy(S::Reopen), "pursue again", "Pursue it again", 0),
    ("strategy.north-star", At::Strategy, "v", Intent::Strategy(S::NorthStar), "vision", "Edit vision and mission", 6),
    ("strategy.fold", At::Strategy, "z", Intent::Strategy(S::FoldAll), "fold", "Close every branch, or open them all", 7),
    ("strategy.closed", At::Strategy, ".", Intent::Strategy(S::ShowClosed), "show closed", "Show or hide goals that are done or dropped", 0),
    ("strategy.trend", At::Strategy, "t", Intent::History(H::Trend), "trend", "Its trend over all weeks", 0),
    ("scorecard.trend", At::Scorecard, "Enter t", Intent::History(H::Trend), "trend", "Its trend over all weeks", 1),
    ("decisions.open", At::Decisions, "Enter", Intent::Row(RowIntent::Open), "read", "Read the decision", 1),
    ("decisions.switch", At::Decisions, "Tab", Intent::Row(RowIntent::Switch), "open / all / no", "Those that stand open, every decision ever taken, or the register of no: what was declined and what would reopen it", 2),
    ("decisions.edit", At::Decisions, "e", Intent::Row(RowIntent::Edit), "edit", "Edit a decision that stands open, or that was taken in this review", 3),
    ("decisions.replace", At::Decisions, "s", Intent::Row(RowIntent::Replace), "supersede", "Take the decision that takes the place of this one", 4),
    ("decisions.score", At::Decisions, "c", Intent::Row(RowIntent::Score), "calibration", "How predictions turned out: Brier score and calibration", 5),
    ("actions.open", At::Actions, "Enter", Intent::Row(RowIntent::Open), "read", "Read the action item", 1),
    ("actions.done", At::Actions, "y Space", Intent::Row(RowIntent::Done), "done", "Report it as done, in the review or in my check-in; a message as told, in the review", 2),
    ("actions.switch", At::Actions, "Tab", Intent::Row(RowIntent::Switch), "open / all / messages", "The open action items, every one ever promised, or the messages still to be told", 3),
    ("issues.open", At::Issues, "Enter", Intent::Row(RowIntent::Open), "read", "Read the issue", 1),
    ("issues.switch", At::Issues, "Tab", Intent::Row(RowIntent::Switch), "all / open", "Every issue ever raised, or only the open ones", 2),
    ("history.read", At::History, "Enter Space", Intent::History(H::Read), "read", "Read the whole week as it was", 1),
    ("history.older", At::History, "Left h", Intent::History(H::Older), "week before", "The week before; every panel follows", 2),
    ("history.newer", At::History, "Right l", Intent::History(H::Newer), "week after", "The week after", 3),
    ("history.quarter-back", At::History, "PgUp Ctrl-u", Intent::History(H::QuarterBack), "quarter back", "A quarter back", 0),
    ("history.quarter-on", At::History, "PgDn Ctrl-d", Intent::History(H::QuarterOn), "quarter on", "A quarter on", 0),
    ("history.oldest", At::History, "Home", Intent::History(H::Oldest), "first week", "The first week of all", 0),
    ("history.newest", At::History, "End G", Intent::History(H::Newest), "last week", "The last week", 0),
    ("history.next-panel", At::History, "Tab", Intent::History(H::NextPanel), "panel", "The next panel of the week", 4),
    ("history.previous-panel", At::History, "Shift-Tab", Intent::History(H::PreviousPanel), "panel before", "The panel before", 0),
    ("history.line-down", At::History, "Down j", Intent::History(H::LineDown), "line down", "A line down in the panel", 0),
    ("history.line-up", At::History, "Up k", Intent::History(H::LineUp), "line up", "A line up in the panel", 0),
    ("history.compare", At::History, "c", Intent::History(H::Compare), "compare", "Take this week as one side of a comparison, then another", 5),
    ("history.trend", At::History, "t", Intent::History(H::Trend), "trend", "The trend of a KPI or goal over all weeks", 6),
    ("history.reopen", At::History, "e", Intent::History(H::Reopen), "correct", "Correct this week's review; the earlier revision is kept", 7),
    ("alignment-screen.read", At::AlignmentScreen, "Enter", Intent::Row(RowIntent::Open), "made of", "What the figure was made of, or why the finding matters", 1),
    ("alignment-screen.raise", At::AlignmentScreen, "i", Intent::Capture(Capture::Issue), "raise issue", "Raise the row as an issue", 2),
    ("alignment-screen.accept", At::AlignmentScreen, "Space", Intent::Row(RowIntent::Accept), "accept", "In a review: the finding is seen, and true", 0),
    ("alignment-screen.dismiss", At::AlignmentScreen, "x", Intent::Row(RowIntent::Dismiss), "dismiss until", "In a review: put the finding aside until a day, with a reason", 3),
    // What is personal
    ("check-in.open", At::MyCheckIn, "Enter", Intent::Row(RowIntent::Open), "type", "Type the answer in its row; a word more on an action item", 1),
    ("check-in.yes", At::MyCheckIn, "y Space", Intent::Row(RowIntent::Done), "yes", "Done, told, yes; or the same number as last time", 2),
    ("check-in.no", At::MyCheckIn, "n", Intent::Row(RowIntent::NotDone), "not done", "Not done, and what stopped it", 3),
    ("check-in.digit", At::MyCheckIn, "0 1 2 3 4 5 6 7 8 9 -", Intent::Row(RowIntent::Value(Some('0'))), "number", "A value beginning with this digit; confidence 0 to 9; the pulse 1 to 5; a theme's place", 0),
    ("check-in.ten", At::MyCheckIn, "=", Intent::Row(RowIntent::Confidence(10)), "10", "Confidence 10", 0),
    ("check-in.up", At::MyCheckIn, "K", Intent::Row(RowIntent::Raise), "theme up", "Move the theme up in my ranking", 0),
    ("check-in.down", At::MyCheckIn, "J", Intent::Row(RowIntent::Lower), "theme down", "Move the theme down in my ranking", 0),
    ("check-in.next", At::MyCheckIn, "Tab", Intent::Row(RowIntent::Switch), "next", "The next question that is not answered", 5),
    ("check-in.remove", At::MyCheckIn, "x Delete Backspace", Intent::Row(RowIntent::Remove), "take back", "Take the answer back", 6),
    ("check-in.private", At::MyCheckIn, "p", Intent::Row(RowIntent::Note), "private", "A note that never leaves this machine", 7),
    ("check-in.save", At::MyCheckIn, "Ctrl-s", Intent::Row(RowIntent::Accept), "save again", "Each answer is saved as it is given; this tries again what the disk refused", 0),
    ("check-in.mine", At::MyCheckIn, "M", Intent::App(A::Go(Place::Mine)), "my page", "What is mine to do, where it leads, my private notes", 0),
    ("mine.open", At::Mine, "Enter", Intent::Row(RowIntent::Open), "open", "Read the row in full; edit a private note", 1),
    ("mine.check-in", At::Mine, "c", Intent::App(A::Go(Place::CheckIn)), "my check-in", "Check in for the review, in two minutes", 2),
    ("mine.private", At::Mine, "p", Intent::Row(RowIntent::Note), "private note", "A note that never leaves this machine", 3),
    // Capture, from anywhere
    ("review.decision", At::Review, "d", Intent::Capture(Capture::Decision), "decision", "Log a decision", 20),
    ("capture.decision", At::Everywhere, "d", Intent::Capture(Capture::Decision), "decision", "Log a decision; the review keeps it", 0),
    ("capture.action", At::Everywhere, "a", Intent::Capture(Capture::Action), "action", "Add an action item", 21),
    ("capture.issue", At::Everywhere, "i", Intent::Capture(Capture::Issue), "issue", "Raise an issue; from a row, it carries the row along", 22),
    ("capture.note", At::Everywhere, "n", Intent::Capture(Capture::Note), "note", "Add a note", 23),
    ("capture.message", At::Everywhere, "m", Intent::Capture(Capture::Message), "message", "Add a message to cascade", 0),
    // Lists
    ("list.down", At::List, "Down j", Intent::Move(Move::Down), "down", "One row down", 0),
    ("list.up", At::List, "Up k", Intent::Move(Move::Up), "up", "One row up", 0),
    ("list.page-down", At::List, "PgDn Ctrl-d", Intent::Move(Move::PageDown), "page down", "A page down", 0),
    ("list.page-up", At::List, "PgUp Ctrl-u", Intent::Move(Move::PageUp), "page up", "A page up", 0),
    ("list.first", At::List, "Home", Intent::Move(Move::First), "first", "The first row", 0),
    ("list.last", At::List, "End G", Intent::Move(Move::Last), "last", "The last row", 0),
    ("list.left", At::List, "Left h", Intent::Move(Move::Left), "close", "Close the branch, or go to its parent", 0),
    ("list.right", At::List, "Right l", Intent::Move(Move::Right), "open", "Open the branch", 0),
    // Places
    ("go.home", At::Screens, "1", Intent::App(A::Go(Place::Home)), "Home", "Go to Home: this week", 0),
    ("go.review", At::Screens, "2", Intent::App(A::Go(Place::Review)), "Review", "Go to the review of this week", 0),
    ("go.strategy", At::Screens, "3", Intent::App(A::Go(Place::Strategy)), "Strategy", "Go to the strategy: north star and goal tree", 0),
    ("go.scorecard", At::Screens, "4", Intent::App(A::Go(Place::Scorecard)), "Scorecard", "Go to the scorecard", 0),
    ("go.decisions", At::Screens, "5", Intent::App(A::Go(Place::Decisions)), "Decisions", "Go to the register of decisions", 0),
    ("go.actions", At::Screens, "6", Intent::App(A::Go(Place::Actions)), "Actions", "Go to the action items", 0),
    ("go.issues", At::Screens, "7", Intent::App(A::Go(Place::Issues)), "Issues", "Go to the issues", 0),
    ("go.history", At::Screens, "8", Intent::App(A::Go(Place::History)), "History", "Go to the history: any week as it was", 0),
    ("go.alignment", At::Screens, "9", Intent::App(A::Go(Place::Alignment)), "Alignment", "Go to the alignment index: what lowers it, its dimensions, the findings", 0),
    ("screens.back", At::Screens, "Esc", Intent::App(A::Back), "Home", "Back to Home", 0),
    // Everywhere
    ("app.why", At::Everywhere, "w", Intent::App(A::Why), "why", "Why this row has its status", 30),
    ("app.search", At::Everywhere, "/", Intent::App(A::Search), "search", "Search the rows of this place", 0),
    ("app.find", At::Everywhere, "F Ctrl-f", Intent::App(A::Find), "find", "Search every week: decisions, notes, issues, actions", 0),
    ("app.undo", At::Everywhere, "u", Intent::App(A::Undo), "undo", "Take the last change back", 40),
    ("app.redo", At::Everywhere, "Ctrl-r", Intent::App(A::Redo), "redo", "Do it again", 0),
    ("app.present", At::Everywhere, "P", Intent::App(A::Present), "present", "Large letters for the shared screen, nothing private", 45),
    ("app.theme", At::Everywhere, "T", Intent::App(A::Theme), "theme", "The next theme: dark, light, high contrast", 0),
    ("app.problems", At::Everywhere, "!", Intent::App(A::Problems), "problems", "What is wrong with the files, and where", 0),
    ("app.reload", At::Everywhere, "R", Intent::App(A::Reload), "reload", "Read the files again", 0),
    ("app.redraw", At::Everywhere, "Ctrl-l", Intent::App(A::Redraw), "redraw", "Draw the screen afresh", 0),
    ("app.palette", At::Everywhere, ":", Intent::App(A::Palette), "all", "Everything one can do, by name", 50),
    ("app.help", At::Everywhere, "? F1", Intent::App(A::Help), "help", "The keys of this place", 60),
    ("people.leaves", At::Everywhere, "L", Intent::App(A::Leaves), "somebody leaves", "Somebody leaves: hand their goals, KPIs, action items and messages to one person", 0),
    ("app.take-over", At::Everywhere, "Ctrl-t", Intent::App(A::TakeOver), "take over", "Where another window holds the review: take it over", 0),
    ("app.suspend", At::Everywhere, "Ctrl-z", Intent::App(A::Suspend), "suspend", "Put the program into the background", 0),
    ("app.quit", At::Everywhere, "q", Intent::App(A::Quit), "quit", "Leave; everything is saved already", 55),
];

/// The table with the user's own keys laid over it.
#[derive(Debug, Clone)]
pub struct Keymap {
    bindings: Vec<Binding>,
    by_key: HashMap<(Scope, Key), usize>,
}

/// Something wrong with the keys of the configuration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeymapError {
    /// No binding has this name.
    #[error("no binding is called `{0}`: the names stand in the key table of the manual")]
    NoSuchBinding(String),
    /// A key that cannot be read.
    #[error("{0}")]
    Key(#[from] KeyError),
    /// A plain character where text is typed.
    #[error("`{0}` would be typed into the field: use Ctrl, Alt or a function key for `{1}`")]
    TakesText(String, String),
}

static DEFAULT: LazyLock<Keymap> = LazyLock::new(|| Keymap::from_bindings(default_bindings()));

fn default_bindings() -> Vec<Binding> {
    ROWS.iter()
        .map(|&(name, scope, keys, intent, label, help, footer)| Binding {
            name,
            scope,
            // A misspelt key in the table is found by a test; here it is left out.
            keys: keys.split(' ').filter_map(|k| k.parse().ok()).collect(),
            intent,
            label,
            help,
            footer,
        })
        .collect()
}

impl Default for Keymap {
    fn default() -> Self {
        DEFAULT.clone()
    }
}

impl Binding {
    /// The keys as help and manual show them.
    #[must_use]
    pub fn shown_keys(&self) -> String {
        if self.keys.len() >= 10 {
            return "0-9".to_owned();
        }
        self.keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }
}

impl Keymap {
    fn from_bindings(bindings: Vec<Binding>) -> Self {
        let mut by_key = HashMap::new();
        for (at, binding) in bindings.iter().enumerate() {
            for key in &binding.keys {
                by_key.entry((binding.scope, *key)).or_insert(at);
            }
        }
        Self { bindings, by_key }
    }

    /// The table with a user's keys: a named binding gets exactly these keys, and they win over the table's.
    ///
    /// # Errors
    /// When a binding does not exist, a key cannot be read, or it would swallow typed text.
    pub fn with(own: &[(String, Vec<String>)]) -> Result<Self, KeymapError> {
        let mut bindings = default_bindings();
        for (name, keys) in own {
            let keys: Vec<Key> = keys.iter().map(|k| k.parse()).collect::<Result<_, _>>()?;
            let at =
                bindings.iter().position(|b| b.name == name).ok_or_else(|| KeymapError::NoSuchBinding(name.clone()))?;
            let scope = bindings[at].scope;
            if let Some(plain) = keys.iter().find(|k| scope.takes_text() && k.typed().is_some()) {
                return Err(KeymapError::TakesText(plain.to_string(), name.clone()));
            }
            for other in bindings.iter_mut().filter(|b| b.scope == scope) {
                other.keys.retain(|k| !keys.contains(k));
            }
            bindings[at].keys = keys;
        }
        Ok(Self::from_bindings(bindings))
    }

    /// What a key means in these scopes, asked in their order.
    #[must_use]
    pub fn resolve(&self, scopes: &[Scope], key: Key) -> Option<Intent> {
        scopes.iter().find_map(|scope| self.by_key.get(&(*scope, key))).map(|at| filled(self.bindings[*at].intent, key))
    }

    /// Every binding that can be reached in these scopes, most specific first, shadowed ones left out.
    pub fn reachable<'a>(&'a self, scopes: &'a [Scope]) -> impl Iterator<Item = &'a Binding> + 'a {
        scopes.iter().enumerate().flat_map(move |(depth, scope)| {
            self.bindings.iter().filter(move |b| {
                b.scope == *scope
                    && b.keys
                        .first()
                        .is_some_and(|k| !scopes[..depth].iter().any(|s| self.by_key.contains_key(&(*s, *k))))
            })
        })
    }

    /// The bindings to show in the footer of these scopes, in their order.
    #[must_use]
    pub fn footer<'a>(&'a self, scopes: &'a [Scope]) -> Vec<&'a Binding> {
        let mut shown: Vec<&Binding> = self.reachable(scopes).filter(|b| b.footer > 0).collect();
        shown.sort_by_key(|b| b.footer);
        shown
    }

    /// The first key of a binding, for texts that mention it.
    #[must_use]
    pub fn key_of(&self, name: &str) -> String {
        let binding = self.bindings.iter().find(|b| b.name == name);
        binding.and_then(|b| b.keys.first()).map(ToString::to_string).unwrap_or_default()
    }

    /// All bindings, in table order.
    #[must_use]
    pub fn bindings(&self) -> &[Binding] {
        &self.bindings
    }
}

/// Puts the digit that was pressed into the intents that are bound to all ten.
fn filled(intent: Intent, key: Key) -> Intent {
    let digit = key.typed().and_then(|c| c.to_digit(10)).and_then(|d| u8::try_from(d).ok());
    match (intent, digit) {
        (Intent::Row(RowIntent::Value(Some(_))), _) => Intent::Row(RowIntent::Value(key.typed())),
        (Intent::Row(RowIntent::Confidence(_)), Some(digit)) => Intent::Row(RowIntent::Confidence(digit)),
        (other, _) => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_row_has_a_readable_key_a_unique_name_and_words() {
        let mut names = HashSet::new();
        for (row, binding) in ROWS.iter().zip(default_bindings()) {
            assert_eq!(row.2.split(' ').count(), binding.keys.len(), "a key of {} cannot be read", row.0);
            assert!(names.insert(row.0), "two rows are called {}", row.0);
            assert!(!binding.help.is_empty() && !binding.label.is_empty());
        }
    }

    #[test]
    fn no_key_means_two_things_in_one_scope() {
        let mut seen = HashSet::new();
        for binding in default_bindings() {
            for key in binding.keys {
                assert!(seen.insert((binding.scope, key)), "{key} stands twice in {:?}", binding.scope);
            }
        }
    }

    #[test]
    fn no_plain_character_is_bound_where_text_is_typed() {
        for binding in default_bindings().iter().filter(|b| b.scope.takes_text()) {
            assert!(binding.keys.iter().all(|k| k.typed().is_none()), "{}", binding.name);
        }
    }

    #[test]
    fn the_users_keys_win() {
        let own = vec![("app.undo".to_owned(), vec!["Ctrl-y".to_owned(), "d".to_owned()])];
        let map = Keymap::with(&own).unwrap();
        let at = |k: &str| map.resolve(&[Scope::Everywhere], k.parse().unwrap());
        assert_eq!(at("d"), Some(Intent::App(A::Undo)));
        assert_eq!(at("u"), None);
        assert!(Keymap::with(&[("app.nothing".to_owned(), vec![])]).is_err());
        assert!(Keymap::with(&[("form.save".to_owned(), vec!["s".to_owned()])]).is_err());
    }
}
