//! Which goal stands beside which, so that few links cross: each goes to the middle of what it is linked with, row by row, down
//! and up again (Sugiyama, Tagawa and Toda 1981).

use std::collections::HashMap;

use super::{Item, Row};
use crate::model::id::GoalId;

/// How often the rows are gone through. More changes little.
const SWEEPS: usize = 6;

/// Something that stands in a row, whatever the order.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Who {
    Goal(GoalId),
    Pass(usize, usize),
}

fn who(item: &Item, row: usize) -> Who {
    match item {
        Item::Goal(id) => Who::Goal(id.clone()),
        Item::Pass(link) => Who::Pass(*link, row),
    }
}

/// Sorts each row.
pub(super) fn untangle(rows: &mut [Row], up: &[(&GoalId, &GoalId)]) {
    let (above, below) = neighbours(rows, up);
    for sweep in 0..SWEEPS {
        let down = sweep % 2 == 0;
        let order: Vec<usize> = if down { (0..rows.len()).collect() } else { (0..rows.len()).rev().collect() };
        for n in order {
            let beside = if down { n.checked_sub(1) } else { Some(n + 1).filter(|n| *n < rows.len()) };
            let Some(beside) = beside else { continue };
            let places = shares(&rows[beside], beside);
            let linked = if down { &above } else { &below };
            sort(&mut rows[n], n, |who| middle(linked.get(who)?, &places));
        }
    }
}

/// Where each stands in its row: 0 at the left, 1 at the right.
fn shares(row: &Row, n: usize) -> HashMap<Who, f64> {
    let all = row.items.len() as f64;
    row.items.iter().enumerate().map(|(at, item)| (who(item, n), (at as f64 + 0.5) / all)).collect()
}

fn middle(linked: &[Who], places: &HashMap<Who, f64>) -> Option<f64> {
    let found: Vec<f64> = linked.iter().filter_map(|w| places.get(w).copied()).collect();
    (!found.is_empty()).then(|| found.iter().sum::<f64>() / found.len() as f64)
}

fn sort(row: &mut Row, n: usize, wanted: impl Fn(&Who) -> Option<f64>) {
    let own = shares(row, n);
    let mut keyed: Vec<(f64, Item)> = row
        .items
        .drain(..)
        .map(|item| {
            let who = who(&item, n);
            (wanted(&who).or_else(|| own.get(&who).copied()).unwrap_or(0.5), item)
        })
        .collect();
    keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
    row.items = keyed.into_iter().map(|(_, item)| item).collect();
}

type Beside = HashMap<Who, Vec<Who>>;

/// What each is linked with in the row above, and in the row below: links that run past a row are cut into pieces.
fn neighbours(rows: &[Row], up: &[(&GoalId, &GoalId)]) -> (Beside, Beside) {
    let (mut above, mut below) = (Beside::new(), Beside::new());
    let at = super::places(rows);
    for (n, (from, to)) in up.iter().enumerate() {
        let (Some(low), Some(high)) = (at.get(*from), at.get(*to)) else { continue };
        let mut lower = Who::Goal((*from).clone());
        for row in (*high..*low).rev() {
            let upper = if row == *high { Who::Goal((*to).clone()) } else { Who::Pass(n, row) };
            above.entry(lower.clone()).or_default().push(upper.clone());
            below.entry(upper.clone()).or_default().push(lower);
            lower = upper;
        }
    }
    (above, below)
}
