//! Where everything on the strategy map stands: how wide the goals are, how tall, and which way the lines take between the rows.

use std::collections::HashMap;

use crate::insight::map::{Item, Map, Row};
use crate::model::id::GoalId;

/// Narrower than this a title cannot be read.
const LEAST: u16 = 14;
/// Wider than this helps nobody.
const MOST: u16 = 36;
/// Between what stands in a row.
const GAP: u16 = 2;

/// A goal or a passing link with its place in the row.
pub(super) struct Spot<'a> {
    pub(super) item: &'a Item,
    pub(super) x: u16,
    pub(super) width: u16,
}

impl Spot<'_> {
    fn middle(&self) -> u16 {
        self.x + self.width / 2
    }
}

/// A link, or a part of it, from a row to the one above.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Its number on the map.
    pub(super) link: usize,
    /// What it comes from: its place in the lower row, and the column.
    pub(super) low: (usize, u16),
    /// What it leads to: its place in the upper row, and the column.
    pub(super) high: (usize, u16),
    /// The line of the gutter in which it runs sideways; none where it runs straight up.
    pub(super) track: Option<u16>,
    /// Whether what it leads to in the upper row is a goal.
    pub(super) ends: bool,
}

/// The lines between two rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Gutter {
    pub(super) pieces: Vec<Piece>,
    /// Its height. The first line is for the arrows.
    pub(super) height: u16,
}

/// The whole map in cells.
pub(super) struct Plan<'a> {
    pub(super) rows: Vec<Vec<Spot<'a>>>,
    /// Below each row but the last.
    pub(super) gutters: Vec<Gutter>,
    /// The lines of a goal's title.
    pub(super) lines: u16,
    /// Whether goals have frames.
    pub(super) framed: bool,
    /// The height of a goal.
    pub(super) tall: u16,
}

impl<'a> Plan<'a> {
    pub(super) fn of(map: &'a Map, width: u16, height: u16, chosen: Option<&GoalId>) -> Self {
        let rows: Vec<Vec<Spot<'a>>> = map.rows.iter().map(|row| spots(row, width, chosen)).collect();
        let gutters: Vec<Gutter> = (1..rows.len()).map(|low| gutter(map, &rows, low)).collect();
        let mut plan = Self { rows, gutters, lines: 2, framed: false, tall: 2 };
        // What fits best; where nothing does, the map is scrolled.
        for (lines, framed) in [(3, true), (2, true), (3, false), (2, false), (1, false)] {
            let before = (plan.lines, plan.framed, plan.tall);
            (plan.lines, plan.framed, plan.tall) = (lines, framed, lines + if framed { 2 } else { 0 });
            if plan.height() <= height {
                return plan;
            }
            (plan.lines, plan.framed, plan.tall) = before;
        }
        plan
    }

    /// The first line of a row.
    pub(super) fn top(&self, row: usize) -> u16 {
        self.gutters.iter().take(row).fold(0, |y: u16, g| y.saturating_add(self.tall).saturating_add(g.height))
    }

    /// All lines.
    pub(super) fn height(&self) -> u16 {
        self.top(self.rows.len().saturating_sub(1)).saturating_add(self.tall)
    }
}

/// Puts a row's goals beside each other, in the middle. Of more than fit those around the chosen one.
fn spots<'a>(row: &'a Row, room: u16, chosen: Option<&GoalId>) -> Vec<Spot<'a>> {
    let is_goal = |item: &&Item| matches!(item, Item::Goal(_));
    let goals = row.items.iter().filter(is_goal).count();
    let passes = row.items.len() - goals;
    let taken = |goals: usize, passes: usize, wide: u16| {
        let gaps = (goals + passes).saturating_sub(1) as u32 * u32::from(GAP);
        goals as u32 * u32::from(wide) + passes as u32 + gaps
    };
    let items: Vec<&Item> = if taken(goals, passes, LEAST) <= u32::from(room) {
        row.items.iter().collect()
    } else {
        let fit = usize::from((room + GAP) / (LEAST + GAP)).max(1);
        let all: Vec<&Item> = row.items.iter().filter(is_goal).collect();
        let at = all.iter().position(|i| matches!(i, Item::Goal(id) if Some(id) == chosen)).unwrap_or(0);
        let first = at.saturating_sub(fit / 2).min(all.len().saturating_sub(fit));
        all.into_iter().skip(first).take(fit).collect()
    };
    let goals = items.iter().filter(|i| is_goal(i)).count();
    let passes = items.len() - goals;
    let spare = u32::from(room).saturating_sub(taken(goals, passes, 0));
    let wide = (spare / goals.max(1) as u32).min(MOST.into()) as u16;
    let mut x = (u32::from(room).saturating_sub(taken(goals, passes, wide)) / 2) as u16;
    let mut place = |item: &'a Item| {
        let width = if is_goal(&item) { wide } else { 1 };
        let spot = Spot { item, x, width };
        x += width + GAP;
        spot
    };
    items.into_iter().map(&mut place).collect()
}

/// The lines between a row and the one above it.
fn gutter(map: &Map, rows: &[Vec<Spot<'_>>], low: usize) -> Gutter {
    let find = |row: &[Spot<'_>], id: &GoalId| row.iter().position(|s| matches!(s.item, Item::Goal(g) if g == id));
    let pass = |row: &[Spot<'_>], n: usize| row.iter().position(|s| matches!(s.item, Item::Pass(l) if *l == n));
    let (upper, lower) = (&rows[low - 1], &rows[low]);
    let mut pieces: Vec<Piece> = map
        .links
        .iter()
        .enumerate()
        .filter_map(|(n, link)| {
            let from = find(lower, &link.from).or_else(|| pass(lower, n))?;
            let to = find(upper, &link.to).or_else(|| pass(upper, n))?;
            let (low, high) = ((from, lower[from].middle()), (to, upper[to].middle()));
            let ends = matches!(upper[to].item, Item::Goal(_));
            Some(Piece { link: n, low, high, track: None, ends })
        })
        .collect();
    part(&mut pieces, upper);
    let tracks = lay(&mut pieces);
    Gutter { pieces, height: 1 + tracks }
}

/// Moves the ends of lines: straight over a cause that lies nearly below, and off a line that is not theirs.
fn part(pieces: &mut [Piece], upper: &[Spot<'_>]) {
    for (to, spot) in upper.iter().enumerate() {
        let (theirs, strange): (Vec<&Piece>, Vec<&Piece>) = pieces.iter().partition(|p| p.high.0 == to);
        let lows: Vec<i32> = theirs.iter().map(|p| p.low.1.into()).collect();
        let middle = i32::from(spot.middle());
        let (left, right) = (i32::from(spot.x), i32::from(spot.x + spot.width) - 1);
        let mut near: Vec<i32> =
            lows.iter().copied().filter(|x| (x - middle).abs() <= i32::from(spot.width) / 4).collect();
        near.sort_by_key(|x| (x - middle).abs());
        let beside = [0, 2, -2, 4, -4].map(|by| middle + by);
        let inside = |x: &i32| *x == middle || (*x > left && *x < right);
        let free = |x: &i32| lows.contains(x) || strange.iter().all(|p| i32::from(p.low.1) != *x);
        let end = near.into_iter().chain(beside).filter(inside).find(free).and_then(|x| u16::try_from(x).ok());
        if let Some(end) = end {
            pieces.iter_mut().filter(|p| p.high.0 == to).for_each(|p| p.high.1 = end);
        }
    }
}

/// Gives each goal that is led to from the side a line of its own; those that are far enough from each other share one.
fn lay(pieces: &mut [Piece]) -> u16 {
    let mut reach: HashMap<usize, (u16, u16)> = HashMap::new();
    for piece in pieces.iter() {
        let (low, high) = (piece.low.1.min(piece.high.1), piece.low.1.max(piece.high.1));
        let wide = reach.entry(piece.high.0).or_insert((low, high));
        *wide = (wide.0.min(low), wide.1.max(high));
    }
    let mut wide: Vec<(usize, (u16, u16))> = reach.into_iter().filter(|(_, (from, to))| from < to).collect();
    wide.sort_by_key(|(to, reach)| (*reach, *to));
    let mut ends: Vec<u16> = Vec::new();
    for (to, (from, end)) in wide {
        let free = ends.iter().position(|e| *e + 1 < from);
        let track = free.unwrap_or(ends.len());
        match free {
            Some(track) => ends[track] = end,
            None => ends.push(end),
        }
        let track = u16::try_from(track).unwrap_or(u16::MAX);
        pieces.iter_mut().filter(|p| p.high.0 == to).for_each(|p| p.track = Some(track));
    }
    u16::try_from(ends.len()).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::map::Link;

    fn row(names: &[&str]) -> Row {
        let items = names.iter().map(|n| Item::Goal(n.parse().unwrap())).collect();
        Row { perspective: "people".parse().unwrap(), items }
    }

    fn link(from: &str, to: &str) -> Link {
        Link { from: from.parse().unwrap(), to: to.parse().unwrap() }
    }

    #[test]
    fn what_stands_in_a_row_never_overlaps_and_never_leaves_it() {
        for goals in 1..40 {
            let names: Vec<String> = (0..goals).map(|n| format!("g{n}")).collect();
            let row = row(&names.iter().map(String::as_str).collect::<Vec<_>>());
            for room in [20, 66, 120] {
                let chosen = names[goals / 2].parse().unwrap();
                let spots = spots(&row, room, Some(&chosen));
                assert!(spots.windows(2).all(|w| w[0].x + w[0].width < w[1].x), "{goals} in {room}");
                assert!(spots.last().unwrap().x + spots.last().unwrap().width <= room, "{goals} in {room}");
                assert!(spots.iter().any(|s| matches!(s.item, Item::Goal(id) if *id == chosen)));
            }
        }
    }

    #[test]
    fn a_cause_that_stands_nearly_below_its_effect_leads_straight_up() {
        let map =
            Map { rows: vec![row(&["top"]), row(&["a", "b", "c"])], links: vec![link("b", "top")], ..Map::default() };
        let plan = Plan::of(&map, 67, 20, None);
        assert_eq!(plan.gutters[0].pieces[0].track, None);
        assert_eq!(plan.gutters[0].height, 1);
    }

    #[test]
    fn where_there_is_room_goals_have_frames_and_where_there_is_not_the_map_is_scrolled() {
        let map = Map { rows: vec![row(&["a"]), row(&["b"])], links: vec![link("b", "a")], ..Map::default() };
        let of = |height| {
            let plan = Plan::of(&map, 60, height, None);
            (plan.lines, plan.framed)
        };
        assert_eq!([of(11), of(9), of(7), of(5), of(3), of(2)].map(|(lines, _)| lines), [3, 2, 3, 2, 1, 2]);
        assert!(of(9).1 && !of(7).1);
    }
}
