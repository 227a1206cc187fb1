//! What a week says of the registers: how many cards each has, and which cards changed since the week before.

use serde::Serialize;

use crate::insight::diff::{self, Change};
use crate::model::register::Kind;
use crate::model::snapshot::Snapshot;
use crate::model::tongue::field;

use super::page::Page;

/// The registers in a week.
#[derive(Serialize)]
pub(super) struct Shelf {
    /// Each register that has a card.
    registers: Vec<Count>,
    /// What changed since the sealed week before; empty for the first one.
    card_changes: Vec<Change>,
}

/// How many cards a register has.
#[derive(Serialize)]
struct Count {
    register: &'static str,
    open: usize,
    closed: usize,
}

impl Shelf {
    pub(super) fn of(week: &Snapshot, before: Option<&Snapshot>) -> Self {
        let count = |kind: &Kind| {
            let (open, closed): (Vec<_>, Vec<_>) = week.strategy.cards_of(*kind).partition(|c| c.is_open());
            Count { register: kind.row().key, open: open.len(), closed: closed.len() }
        };
        let registers = Kind::ALL.iter().map(count).filter(|c| c.open + c.closed > 0).collect();
        let changes = before.map(|before| diff::between(before, week)).unwrap_or_default();
        Self { registers, card_changes: changes.into_iter().filter(|c| c.kind == "card").collect() }
    }

    /// How many cards are open and closed.
    pub(super) fn counts(&self, page: &mut Page) {
        if self.registers.is_empty() {
            return;
        }
        page.heading(say!("Registers"));
        let told = |c: &Count| match c.closed {
            0 => format!("{} {}", c.register, c.open),
            closed => say!("{register} {open} (closed {closed})", register = c.register, open = c.open, closed),
        };
        page.field(say!("Open cards"), &self.registers.iter().map(told).collect::<Vec<_>>().join(", "));
    }

    /// Which cards changed.
    pub(super) fn changes(&self, page: &mut Page) {
        if !self.card_changes.is_empty() {
            page.heading(say!("Cards that changed"));
        }
        for change in &self.card_changes {
            let told = match (change.from.as_str(), change.to.as_str()) {
                (one, "") | ("", one) => format!("{} {one}", field(&change.field)),
                (from, to) => format!("{} {from} -> {to}", field(&change.field)),
            };
            page.item(&format!("{}: {told}", change.name));
        }
    }
}
