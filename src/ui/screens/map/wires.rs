//! The lines between two rows of the strategy map. Lines to the same goal join; others pass over each other.

use ratatui::layout::Rect;

use super::plan::{Gutter, Piece};
use crate::ui::canvas::Canvas;
use crate::ui::glyphs::Wire;

/// Draws them from this line of the field on, which may lie outside of it. `lit` tells the links of the chosen goal.
pub(super) fn draw(c: &mut Canvas<'_>, field: Rect, top: i32, gutter: &Gutter, lit: &dyn Fn(usize) -> bool) {
    let columns = gutter.pieces.iter().flat_map(|p| [p.low.1, p.high.1]);
    let (Some(first), Some(last)) = (columns.clone().min(), columns.max()) else { return };
    for y in 0..gutter.height {
        let Some(line) = u16::try_from(top + i32::from(y)).ok().filter(|l| *l < field.height) else { continue };
        for x in first..=last.min(field.width.saturating_sub(1)) {
            let wire = wire(&gutter.pieces, x, y);
            let arrow = y == 0 && gutter.pieces.iter().any(|p| p.ends && p.high.1 == x);
            let bright = gutter.pieces.iter().any(|p| lit(p.link) && runs(p, x, y, wire));
            if wire != Wire::default() {
                let style = if bright { c.theme.focus } else { c.theme.rule };
                let symbol = if arrow { c.glyphs.arrow_up() } else { c.glyphs.wire(wire) };
                c.cell(field.x + x, field.y + line, symbol, style);
            }
        }
    }
}

/// The line of the gutter in which a piece runs sideways. The first line is for the arrows.
fn across(piece: &Piece) -> Option<u16> {
    piece.track.map(|t| t + 1)
}

/// The part of a piece in a cell.
fn part(piece: &Piece, x: u16, y: u16) -> Wire {
    let mut wire = Wire::default();
    let track = across(piece);
    if x == piece.low.1 && track.is_none_or(|t| y >= t) {
        (wire.down, wire.up) = (true, track != Some(y));
    }
    if x == piece.high.1 && track.is_some_and(|t| y <= t) {
        (wire.up, wire.down) = (true, wire.down || track != Some(y));
    }
    if track == Some(y) {
        let (from, to) = (piece.low.1.min(piece.high.1), piece.low.1.max(piece.high.1));
        wire.left = x > from && x <= to;
        wire.right = x >= from && x < to;
    }
    wire
}

/// What is drawn in a cell: pieces that belong together joined, of others the one that runs upwards.
fn wire(pieces: &[Piece], x: u16, y: u16) -> Wire {
    let here: Vec<(&Piece, Wire)> =
        pieces.iter().map(|p| (p, part(p, x, y))).filter(|(_, w)| *w != Wire::default()).collect();
    let upwards: Vec<&(&Piece, Wire)> = here.iter().filter(|(_, w)| w.up || w.down).collect();
    let belongs = |piece: &Piece| {
        upwards.is_empty()
            || upwards.iter().any(|(other, _)| {
                other.high.0 == piece.high.0
                    || (other.low.0 == piece.low.0 && piece.low.1 == x)
                    || pieces.iter().any(|p| p.low.0 == other.low.0 && p.high.0 == piece.high.0 && other.low.1 == x)
            })
    };
    here.iter().filter(|(p, w)| w.up || w.down || belongs(p)).fold(Wire::default(), |sum, (_, w)| sum.and(*w))
}

/// Whether a piece is among what is drawn in a cell.
fn runs(piece: &Piece, x: u16, y: u16, drawn: Wire) -> bool {
    let own = part(piece, x, y);
    (own.up && drawn.up) || (own.down && drawn.down) || (own.left && drawn.left) || (own.right && drawn.right)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::glyphs::Glyphs;

    fn piece(link: usize, low: (usize, u16), high: (usize, u16), track: Option<u16>) -> Piece {
        Piece { link, low, high, track, ends: true }
    }

    fn drawn(pieces: &[Piece], width: u16, height: u16) -> Vec<String> {
        let glyphs = Glyphs::new(false);
        let line = |y| (0..width).map(|x| glyphs.wire(wire(pieces, x, y))).collect::<String>();
        (0..height).map(|y| line(y).trim_end().to_owned()).collect()
    }

    #[test]
    fn lines_to_the_same_goal_join() {
        let pieces =
            [piece(0, (0, 1), (0, 4), Some(0)), piece(1, (1, 7), (0, 4), Some(0)), piece(2, (2, 4), (0, 4), Some(0))];
        assert_eq!(drawn(&pieces, 9, 3), ["    │", " ┌──┼──┐", " │  │  │"]);
    }

    #[test]
    fn lines_to_different_goals_pass_over_each_other_without_touching() {
        let pieces = [piece(0, (0, 1), (1, 7), Some(0)), piece(1, (1, 6), (0, 2), Some(1))];
        assert_eq!(drawn(&pieces, 9, 4), ["  │    │", " ┌│────┘", " │└───┐", " │    │"]);
    }

    #[test]
    fn lines_from_the_same_cause_part_from_one_stem() {
        let pieces = [piece(0, (0, 4), (0, 1), Some(0)), piece(1, (0, 4), (1, 7), Some(1))];
        assert_eq!(drawn(&pieces, 9, 4), [" │     │", " └──┐  │", "    ├──┘", "    │"]);
    }
}
