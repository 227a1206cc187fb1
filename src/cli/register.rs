//! What the registers share: everything that is known of records, open ones first.

use std::collections::HashSet;

use crate::model::record::Record;

/// What is open now, then what the weeks behind know of others, newest first.
pub(super) fn everything<'a, T: Record>(open: &'a [T], past: Vec<&'a T>) -> Vec<&'a T> {
    let known: HashSet<&str> = open.iter().map(|r| r.id().as_ref()).collect();
    let rest = past.into_iter().filter(|r| !known.contains(r.id().as_ref()));
    open.iter().chain(rest).collect()
}
