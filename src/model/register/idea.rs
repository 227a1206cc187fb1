//! Ideas: what could be tried, scored in the open, with the one who had it.

use super::declare::{fields, stages};
use super::{Figures, Row, View};
use crate::model::id::ThemeId;
use crate::model::number::Finite;
use crate::model::scale::{OfTen, Percent};

stages! {
    /// Where an idea stands.
    IdeaStage {
        /// Somebody had it.
        Suggested "suggested" Open [Scored, Trying, Adopted, Declined];
        /// What it would bring and take was said.
        Scored "scored" Open [Trying, Adopted, Declined];
        /// An experiment runs.
        Trying "trying" Open [Adopted, Declined];
        /// It is how we work now.
        Adopted "adopted" Closed [Trying];
        /// Not now.
        Declined "declined" Closed asks "Why it is declined" [Suggested];
    }
}

fields! {
    /// Something that could be tried. The inputs of its scores are kept; the scores are computed.
    Idea, IdeaStage {
        theme: Option<ThemeId> = "Theme", "the bet that it serves";
        reach: Option<Finite> = "Reach", "how many it touches in a quarter: customers, orders" in AQuarter;
        impact: Option<Finite> = "Impact", "how much on each of them, 1 to 10" in OfTen;
        confidence: Option<Percent> = "Confidence", "how sure we are of these numbers, in percent";
        effort: Option<Finite> = "Effort", "person-weeks that it takes" in PersonWeeks;
        ease: Option<OfTen> = "Ease", "how easy it is, 0 to 10";
    }
}

/// The ideas.
pub(super) static ROW: Row = Row {
    key: "idea",
    name: "Ideas",
    one: "idea",
    file: "registers/ideas.ron",
    about: "What could be tried, scored in the open. Whoever had an idea stays named with it.",
    stages: IdeaStage::TABLE,
    columns: &["theme", "effort"],
    view: View::List,
    figures: Figures::Funnel,
};
