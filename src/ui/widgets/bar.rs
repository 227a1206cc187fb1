//! A bar that tells a share, such as progress.

use crate::ui::canvas::Canvas;
use crate::ui::text::Row;

/// Appends a bar of this many cells, filled by a share of 0 to 1; empty blanks when the share is not known.
#[must_use]
pub fn push(c: &Canvas<'_>, row: Row, share: Option<f64>, cells: usize) -> Row {
    let Some(share) = share else { return row.gap(cells) };
    // A few cells.
    let filled = ((share.clamp(0.0, 1.0) * cells as f64).round() as usize).min(cells);
    let (full, empty) = c.glyphs.bar();
    row.text(&full.repeat(filled), c.theme.target).text(&empty.repeat(cells - filled), c.theme.rule)
}
