//! The strategy map as a drawing, and in words below it.

use unicode_width::UnicodeWidthStr;

use super::writer::Html;
use crate::insight::map::Item;
use crate::model::id::GoalId;
use crate::model::number::Finite;
use crate::report::map::{MapGoal, MapRow, StrategyMap};
use crate::report::outline::Outline;
use crate::report::words;

/// The drawing, in its own units.
const WIDE: f64 = 960.0;
/// A goal's height, and the room for lines between two rows.
const TALL: f64 = 66.0;
const BETWEEN: f64 = 54.0;
/// Where the first row begins: below the name of its perspective.
const TOP: f64 = 22.0;
/// What stands beside each other is this far apart.
const GAP: f64 = 18.0;
/// A goal is no wider.
const MOST: f64 = 280.0;
/// The width of a letter.
const LETTER: f64 = 8.3;
/// The height of a line of a title.
const LINE: f64 = 18.0;

/// Draws the map and tells its links.
pub(super) fn map(h: &mut Html, outline: &Outline) {
    let Some(map) = &outline.map else { return };
    let high = TOP + map.rows.len() as f64 * (TALL + BETWEEN) - BETWEEN + 4.0;
    let viewed = format!("0 0 {WIDE} {high:.0}");
    h.el("div", &[("class", "scroll")], |h| {
        let labelled = "map-title map-words";
        h.el("svg", &[("class", "map"), ("viewBox", &viewed), ("role", "img"), ("aria-labelledby", labelled)], |h| {
            h.el("title", &[("id", "map-title")], |h| {
                h.text(say!("Strategy map: goals by perspective, causes below their effects"))
            });
            let places: Vec<Vec<Place>> = map.rows.iter().map(places).collect();
            for (n, row) in map.rows.iter().enumerate() {
                name(h, map, n, row);
            }
            (0..map.links.len()).for_each(|link| line(h, map, &places, link));
            for (n, row) in places.iter().enumerate() {
                for place in row {
                    if let Item::Goal(id) = place.item
                        && let Some(goal) = map.rows[n].goals.iter().find(|g| &g.id == id)
                    {
                        draw(h, goal, place, top(n));
                    }
                }
            }
        });
    });
    h.el("ul", &[("class", "list many"), ("id", "map-words")], |h| in_words(h, map));
}

/// Each cause with its effects: for those who do not see the drawing, or not all of it.
fn in_words(h: &mut Html, map: &StrategyMap) {
    for goal in map.goals() {
        let effects: Vec<&str> = map.effects(&goal.id).map(|g| g.title.as_str()).collect();
        if !effects.is_empty() {
            h.el("li", &[], |h| {
                h.p("b", "", &goal.title);
                h.text(&say!(" leads to {effects}", effects = effects.join(" · ")));
            });
        }
    }
}

/// Where something stands in its row.
struct Place<'a> {
    item: &'a Item,
    x: f64,
    width: f64,
}

impl Place<'_> {
    fn middle(&self) -> f64 {
        self.x + self.width / 2.0
    }
}

fn top(row: usize) -> f64 {
    TOP + row as f64 * (TALL + BETWEEN)
}

fn places(row: &MapRow) -> Vec<Place<'_>> {
    let goals = row.goals.len().max(1) as f64;
    let gaps = row.items.len().saturating_sub(1) as f64 * GAP;
    let width = ((WIDE - 4.0 - gaps) / goals).clamp(20.0, MOST);
    let mut x = ((WIDE - width * goals - gaps) / 2.0).max(2.0);
    let place = |item| {
        let width = if matches!(item, &Item::Goal(_)) { width } else { 0.0 };
        let place = Place { item, x, width };
        x += width + GAP;
        place
    };
    row.items.iter().map(place).collect()
}

/// The name of a perspective, above the first of its rows.
fn name(h: &mut Html, map: &StrategyMap, n: usize, row: &MapRow) {
    let before = n.checked_sub(1).and_then(|above| map.rows.get(above));
    if before.is_some_and(|above| above.perspective == row.perspective) {
        return;
    }
    let y = format!("{:.1}", top(n) - 8.0);
    h.el("text", &[("class", "m-name"), ("x", "2"), ("y", &y)], |h| h.text(&row.perspective));
}

/// A link from its cause up to its effect, past the rows between them.
fn line(h: &mut Html, map: &StrategyMap, places: &[Vec<Place<'_>>], link: usize) {
    let ends = &map.links[link];
    let find = |id: &GoalId| {
        let at =
            |row: &Vec<Place<'_>>| row.iter().find(|p| matches!(p.item, Item::Goal(g) if g == id)).map(Place::middle);
        places.iter().enumerate().find_map(|(n, row)| Some((n, at(row)?)))
    };
    let (Some((low, from)), Some((high, to))) = (find(&ends.from), find(&ends.to)) else { return };
    // A link that runs down is told in words only.
    if high >= low {
        return;
    }
    let (mut x, mut y) = (from, top(low));
    let mut path = format!("M{x:.1} {y:.1}");
    for row in (high..low).rev() {
        let pass = places[row].iter().find(|p| *p.item == Item::Pass(link)).map(Place::middle);
        let next = if row == high { to } else { pass.unwrap_or(x) };
        let (end, bend) = (top(row) + TALL, BETWEEN / 2.0);
        path += &format!("C{x:.1} {:.1} {next:.1} {:.1} {next:.1} {end:.1}", y - bend, end + bend);
        (x, y) = (next, top(row));
        if row > high {
            path += &format!("L{x:.1} {y:.1}");
        }
    }
    h.empty("path", &[("class", "m-link"), ("d", &path)]);
    let tip = top(high) + TALL;
    let arrow = format!("M{to:.1} {tip:.1}L{:.1} {:.1}L{:.1} {:.1}Z", to - 4.5, tip + 8.0, to + 4.5, tip + 8.0);
    h.empty("path", &[("class", "m-tip"), ("d", &arrow)]);
}

fn draw(h: &mut Html, goal: &MapGoal, place: &Place<'_>, y: f64) {
    let number = |n: f64| format!("{n:.1}");
    let class = format!("m-goal {}", goal.status.key());
    let (x, top, width, tall) = (number(place.x), number(y), number(place.width), number(TALL));
    h.empty("rect", &[("class", &class), ("x", &x), ("y", &top), ("width", &width), ("height", &tall), ("rx", "7")]);
    let text = number(place.x + 11.0);
    let room = ((place.width - 22.0) / LETTER).max(4.0) as usize;
    for (n, line) in wrapped(&goal.title, room).iter().enumerate() {
        let at = number(y + 20.0 + n as f64 * LINE);
        h.el("text", &[("class", "m-title"), ("x", &text), ("y", &at)], |h| h.text(line));
    }
    let done = goal.progress.and_then(|p| Finite::new(p.get() * 100.0)).map(|p| format!(", {} %", p.fixed(0)));
    let standing = format!("{} {}{}", words::sign(goal.status), goal.status, done.unwrap_or_default());
    let at = number(y + TALL - 9.0);
    let class = format!("m-status {}", goal.status.key());
    h.el("text", &[("class", &class), ("x", &text), ("y", &at)], |h| h.text(&standing));
}

/// A title in two lines at most.
fn wrapped(title: &str, room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in title.split_whitespace() {
        let last = lines.last().map_or(0, |l| l.width());
        if last > 0 && last + 1 + word.width() > room {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            *line += if line.is_empty() { "" } else { " " };
            *line += word;
        }
    }
    let more = lines.len() > 2;
    lines.truncate(2);
    for (n, line) in lines.iter_mut().enumerate() {
        let cut = more && n == 1;
        if cut || line.width() > room {
            while line.width() + 1 > room && line.pop().is_some() {}
            *line += "…";
        }
    }
    lines
}
