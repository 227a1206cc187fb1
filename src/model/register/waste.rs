//! Waste, and the improvement that takes it away: the eight wastes of lean work.

use super::declare::{choices, fields, stages};
use super::value::Prose;
use super::{Figures, Row, View};
use crate::model::id::KpiId;
use crate::model::number::Finite;

choices! {
    /// What is wasted (Ohno's seven, and talent).
    Waste8 {
        /// What has to be done again.
        Defects "defects" "Defects";
        /// More than is wanted.
        Overproduction "overproduction" "Overproduction";
        /// People or things that wait.
        Waiting "waiting" "Waiting";
        /// What people could do and are not asked for.
        Talent "talent" "Unused talent";
        /// Things that are carried about.
        Transport "transport" "Transport";
        /// Things that lie about.
        Inventory "inventory" "Inventory";
        /// People who walk and reach.
        Motion "motion" "Motion";
        /// More work than the customer wants.
        Processing "processing" "Extra processing";
    }
}

stages! {
    /// Where a waste stands.
    WasteStage {
        /// Somebody saw it.
        Seen "seen" Open [Improving, Accepted];
        /// Something is done about it.
        Improving "improving" Open [Gone, Accepted];
        /// It is gone.
        Gone "gone" Closed asks "What took it away" [Improving];
        /// It is lived with.
        Accepted "accepted" Closed asks "Why it is lived with" [Seen];
    }
}

fields! {
    /// A waste, what it costs, and what is done about it.
    Waste, WasteStage {
        waste: Waste8 = "Waste", "which of the eight";
        cost: Option<Finite> = "Cost", "a week, in the workspace's currency" in MoneyAWeek;
        #[serde(default)]
        improvement: Prose = "Improvement", "what is done about it";
        kpi: Option<KpiId> = "Measured by", "the KPI that tells";
        before: Option<Finite> = "Before", "the KPI before the improvement" in OwnKpi;
        after: Option<Finite> = "After", "the KPI after it" in OwnKpi;
    }
}

/// The waste log.
pub(super) static ROW: Row = Row {
    key: "waste",
    name: "Waste",
    one: "waste",
    file: "registers/waste.ron",
    about: "The eight wastes, what they cost a week, and improvements with a number before and after.",
    stages: WasteStage::TABLE,
    columns: &["waste", "cost"],
    view: View::List,
    figures: Figures::Funnel,
};
