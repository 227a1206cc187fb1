//! SWOT: what speaks for and against us, inside and outside; and TOWS, the pairs of the two that lead to ideas and goals.

use super::declare::{choices, fields, stages};
use super::{Figures, Row, View};
use crate::model::id::CardId;
use crate::model::scale::OfTen;

choices! {
    /// A field of the board.
    Side {
        /// Inside, for us.
        Strength "strength" "Strength";
        /// Inside, against us.
        Weakness "weakness" "Weakness";
        /// Outside, for us.
        Opportunity "opportunity" "Opportunity";
        /// Outside, against us.
        Threat "threat" "Threat";
    }
}

impl Side {
    /// Whether it lies inside the business.
    #[must_use]
    pub fn is_inside(self) -> bool {
        matches!(self, Self::Strength | Self::Weakness)
    }
}

stages! {
    /// Where a card of the board stands.
    SwotStage {
        /// It is so.
        Holds "holds" Open [Settled];
        /// It is so no more.
        Settled "settled" Closed asks "What has changed" [Holds];
    }
}

fields! {
    /// A strength, weakness, opportunity or threat.
    Swot, SwotStage {
        side: Side = "Side", "strength and weakness lie inside, opportunity and threat outside";
        weight: Option<OfTen> = "Weight", "how much it matters, 0 to 10";
    }
}

/// The board.
pub(super) static SWOT: Row = Row {
    key: "swot",
    name: "SWOT",
    one: "card",
    file: "registers/swot.ron",
    about: "Strengths, weaknesses, opportunities and threats, each with a weight and what it is linked to.",
    stages: SwotStage::TABLE,
    columns: &["side", "weight"],
    view: View::Board,
    figures: Figures::Funnel,
};

stages! {
    /// Where a pair stands.
    TowsStage {
        /// It was seen.
        Paired "paired" Open [Pursued, Dropped];
        /// It became an idea or a goal.
        Pursued "pursued" Closed [Paired];
        /// Nothing comes of it.
        Dropped "dropped" Closed asks "Why it is dropped" [Paired];
    }
}

fields! {
    /// A pair of something inside and something outside: what we could make of the two (Weihrich 1982).
    Tows, TowsStage {
        inside: CardId = "Inside", "a strength to use or a weakness to mend";
        outside: CardId = "Outside", "an opportunity to take or a threat to meet";
    }
}

/// The pairs.
pub(super) static TOWS: Row = Row {
    key: "tows",
    name: "TOWS",
    one: "pair",
    file: "registers/tows.ron",
    about: "A strength or weakness with an opportunity or threat: what could be made of the two.",
    stages: TowsStage::TABLE,
    columns: &["inside", "outside"],
    view: View::List,
    figures: Figures::Funnel,
};
