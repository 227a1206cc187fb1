//! What the registers share: everything that is known of records, open ones first, and how their lives are told.

use std::collections::HashSet;

use crate::insight::story::Event;
use crate::model::record::Record;

use super::table::{Set, Table};

/// What is open now, then what the weeks behind know of others, newest first.
pub(super) fn everything<'a, T: Record>(open: &'a [T], past: Vec<&'a T>) -> Vec<&'a T> {
    let known: HashSet<&str> = open.iter().map(|r| r.id().as_ref()).collect();
    let rest = past.into_iter().filter(|r| !known.contains(r.id().as_ref()));
    open.iter().chain(rest).collect()
}

/// A life as a table, oldest first.
pub(super) fn life(events: &[Event]) -> Table {
    let mut table = Table::new(&[(say!("week"), Set::Left), (say!("what"), Set::Left), (say!("in words"), Set::Wrap)]);
    for event in events {
        table.row([event.week.to_string().into(), event.what.label().into(), event.text.as_str().into()]);
    }
    table
}
