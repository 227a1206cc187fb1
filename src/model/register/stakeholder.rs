//! Stakeholders and partners: on whom we depend, and how things stand with them.

use super::declare::{choices, fields, stages};
use super::{Figures, Row, View};
use crate::model::scale::OfTen;

choices! {
    /// What somebody is to us.
    Relation {
        /// Works with us.
        Partner "partner" "Partner";
        /// Supplies us.
        Supplier "supplier" "Supplier";
        /// Buys from us.
        Customer "customer" "Customer";
        /// Lives around us.
        Community "community" "Community";
        /// Sets rules.
        Authority "authority" "Authority";
    }
}

stages! {
    /// Where a relation stands.
    StakeholderStage {
        /// It is looked after.
        Active "active" Open [Ended];
        /// It is over.
        Ended "ended" Closed asks "How it ended" [Active];
    }
}

fields! {
    /// Somebody outside who has a stake.
    Stakeholder, StakeholderStage {
        relation: Relation = "Relation", "partner, supplier, customer, community or authority";
        health: Option<OfTen> = "Health", "how things stand, 0 to 10";
        interest: Option<OfTen> = "Interest", "how much we matter to them, 0 to 10";
        influence: Option<OfTen> = "Influence", "how much they can do for or against us, 0 to 10";
    }
}

/// The stakeholders.
pub(super) static ROW: Row = Row {
    key: "stakeholder",
    name: "Stakeholders",
    one: "stakeholder",
    file: "registers/stakeholders.ron",
    about: "Partners, suppliers, customers, neighbours and authorities: how things stand, and which goals hang on them.",
    stages: StakeholderStage::TABLE,
    columns: &["relation", "health"],
    view: View::List,
    figures: Figures::Funnel,
};
