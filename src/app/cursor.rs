//! The place in a list: it stays on the same row when rows come, go or move, and needs no scrolling state.

use super::intent::Move;

/// How many rows a page key moves.
const PAGE: usize = 10;

/// A place in a list of rows that have keys.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cursor {
    index: usize,
    key: Option<String>,
}

impl Cursor {
    /// The row it stands on among these keys; `None` when there are none.
    #[must_use]
    pub fn at<K: AsRef<str>>(&self, keys: &[K]) -> Option<usize> {
        let found = self.key.as_ref().and_then(|key| {
            // Nearly always the row is still where it was.
            let same = keys.get(self.index).filter(|k| k.as_ref() == key).map(|_| self.index);
            same.or_else(|| keys.iter().position(|k| k.as_ref() == key))
        });
        found.or_else(|| keys.len().checked_sub(1).map(|last| self.index.min(last)))
    }

    /// Moves among these keys. Left and Right move nothing: they are for trees and panels.
    pub fn go<K: AsRef<str>>(&mut self, to: Move, keys: &[K]) {
        let Some(at) = self.at(keys) else { return };
        let last = keys.len() - 1;
        let next = match to {
            Move::Up => at.saturating_sub(1),
            Move::Down => (at + 1).min(last),
            Move::PageUp => at.saturating_sub(PAGE),
            Move::PageDown => (at + PAGE).min(last),
            Move::First => 0,
            Move::Last => last,
            Move::To(row) => row.min(last),
            Move::Left | Move::Right => at,
        };
        self.set(next, keys);
    }

    /// Stands on this row.
    pub fn set<K: AsRef<str>>(&mut self, index: usize, keys: &[K]) {
        self.index = index;
        self.key = keys.get(index).map(|k| k.as_ref().to_owned());
    }

    /// Stands on the row with this key, once it is there.
    pub fn seek(&mut self, key: impl Into<String>) {
        self.key = Some(key.into());
    }
}

/// The first row to draw so that the cursor is in view and the list is filled: the cursor keeps to the middle of a long list.
#[must_use]
pub fn first_visible(cursor: usize, rows: usize, height: usize) -> usize {
    cursor.saturating_sub(height / 2).min(rows.saturating_sub(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_follows_its_row() {
        let mut cursor = Cursor::default();
        cursor.go(Move::Down, &["a", "b", "c"]);
        assert_eq!(cursor.at(&["a", "b", "c"]), Some(1));
        assert_eq!(cursor.at(&["b", "a", "c"]), Some(0), "the row moved, and the cursor with it");
        assert_eq!(cursor.at(&["a", "c"]), Some(1), "the row went: its place stays");
        assert_eq!(cursor.at(&["a"]), Some(0));
        assert_eq!(cursor.at::<&str>(&[]), None);
    }

    #[test]
    fn the_cursor_is_always_in_view() {
        for rows in 0..30usize {
            for height in 1..12usize {
                for cursor in 0..rows {
                    let first = first_visible(cursor, rows, height);
                    assert!(first <= cursor && cursor < first + height);
                    assert!(rows < height || first + height <= rows, "no empty rows at the end");
                }
            }
        }
    }
}
