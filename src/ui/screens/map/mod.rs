//! The strategy map: goals by perspective, each cause below its effects, with lines between them.

mod plan;
mod wires;

use ratatui::layout::Rect;

use crate::app::App;
use crate::app::cursor::first_visible;
use crate::app::dates;
use crate::app::intent::{Intent, Move};
use crate::app::screens::row::Row;
use crate::insight::map::{Item, Map};
use crate::model::id::GoalId;
use crate::model::number::Finite;
use crate::model::status::Status;
use crate::ui::canvas::Canvas;
use crate::ui::text::wrap_to;
use plan::{Plan, Spot};

/// The width of the perspectives' names.
const NAMES: u16 = 12;

/// Draws the map over the words of its chosen goal.
pub fn draw(c: &mut Canvas<'_>, area: Rect, app: &App, map: &Map) {
    let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    if map.rows.is_empty() {
        let empty =
            say!("No open goal has a perspective yet. e on a goal in the tree gives it one, or a KPI, which has one.");
        c.wrapped(Rect { y: inner.y + 1, ..inner }, 0, empty, c.theme.secondary);
        return;
    }
    let chosen = match app.row() {
        Some(Row::Goal(id, _)) => Some(id),
        _ => None,
    };
    let words = words(app, map, chosen);
    let foot = 5.min(area.height / 3);
    let field = Rect { height: area.height.saturating_sub(foot), ..inner };
    let below = Rect { y: field.bottom(), height: foot, ..inner };
    Drawing { c, app, map, chosen }.draw(field);
    c.rule(Rect { x: area.x, width: area.width, ..below }, 0);
    let mut y = 1;
    for (n, line) in words.iter().enumerate() {
        let style = if n == 0 { c.theme.bar } else { c.theme.text };
        let left = usize::from(foot.saturating_sub(y));
        for part in wrap_to(line, below.width.into(), left, c.glyphs) {
            c.text(below, y, &part, style);
            y += 1;
        }
    }
}

/// The chosen goal in full, what leads to it, what it leads to; then what the map leaves out.
fn words(app: &App, map: &Map, chosen: Option<&GoalId>) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(goal) = chosen.and_then(|id| app.basis().strategy.goal(id)) {
        let titles = |ids: Vec<&GoalId>| ids.iter().map(|id| app.goal_title(id)).collect::<Vec<_>>().join(" · ");
        let (causes, effects): (Vec<_>, Vec<_>) = (map.causes(&goal.id).collect(), map.effects(&goal.id).collect());
        lines.push(format!("{}: {}", goal.title, standing(app, &goal.id)));
        lines.push(match (causes.is_empty(), effects.is_empty()) {
            (true, true) => {
                say!("Linked with nothing: e says what it leads to, and where it stands on the map.").to_owned()
            }
            (false, true) => say!("Led to by {causes}. Leads to nothing.", causes = titles(causes)),
            (true, false) => say!("Leads to {effects}. Nothing leads to it.", effects = titles(effects)),
            (false, false) => {
                say!("Led to by {causes}. Leads to {effects}.", causes = titles(causes), effects = titles(effects))
            }
        });
    }
    if !map.apart.is_empty() {
        let titles: Vec<String> = map.apart.iter().map(|id| app.goal_title(id)).collect();
        lines.push(say!("Not on the map, without a perspective: {titles}.", titles = titles.join(" · ")));
    }
    lines
}

/// Where a goal stands, in a line: `at risk, 40 %, Maya, due 31 Dec`.
fn standing(app: &App, id: &GoalId) -> String {
    let now = app.derived.goal(id);
    let status = now.map_or(Status::Unknown, |g| g.status()).label().to_owned();
    let done = now.and_then(|g| g.progress).and_then(|p| Finite::new(p.get() * 100.0));
    let goal = app.basis().strategy.goal(id);
    let owner = goal.and_then(|g| g.owner.as_ref()).and_then(|o| app.basis().config.member(o));
    let parts = [
        Some(status),
        done.map(|p| say!("{percent} % done", percent = p.fixed(0))),
        owner.map(|m| m.first_name().to_owned()),
        goal.and_then(|g| g.due).map(|d| say!("due {date}", date = dates::show(d, app.today))),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// How far it is and whose: `40 %, Maya`.
fn short(app: &App, id: &GoalId) -> String {
    let done = app.derived.goal(id).and_then(|g| g.progress).and_then(|p| Finite::new(p.get() * 100.0));
    let owner = app.basis().strategy.goal(id).and_then(|g| g.owner.as_ref());
    let owner = owner.and_then(|o| app.basis().config.member(o)).map(|m| m.first_name().to_owned());
    [done.map(|p| format!("{} %", p.fixed(0))), owner].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Whether a link begins or ends at the chosen goal.
fn is_lit(map: &Map, chosen: Option<&GoalId>, link: usize) -> bool {
    let link = map.links.get(link);
    link.zip(chosen).is_some_and(|(link, id)| &link.from == id || &link.to == id)
}

struct Drawing<'c, 'b, 'a> {
    c: &'c mut Canvas<'b>,
    app: &'a App,
    map: &'a Map,
    chosen: Option<&'a GoalId>,
}

impl Drawing<'_, '_, '_> {
    fn draw(&mut self, area: Rect) {
        let field = Rect { x: area.x + NAMES, width: area.width.saturating_sub(NAMES), ..area };
        let plan = Plan::of(self.map, field.width, field.height, self.chosen);
        let first = self.first(&plan, field.height);
        let mut number = 0;
        for (row, spots) in plan.rows.iter().enumerate() {
            let top = i32::from(plan.top(row)) - i32::from(first);
            let under = plan.gutters.get(row).map_or(0, |g| g.height);
            self.name(area, row, top, plan.tall + under);
            for spot in spots {
                match spot.item {
                    Item::Goal(id) => {
                        let at = number + self.map.goals(row).take_while(|other| *other != id).count();
                        self.goal(field, top, spot, id, at, &plan);
                    }
                    Item::Pass(link) => self.pass(field, top, spot, *link, plan.tall),
                }
            }
            number += self.map.goals(row).count();
            if let Some(gutter) = plan.gutters.get(row) {
                let under = top + i32::from(plan.tall);
                let (map, chosen) = (self.map, self.chosen);
                wires::draw(self.c, field, under, gutter, &|link| is_lit(map, chosen, link));
            }
        }
    }

    /// The first line that is drawn, so that the chosen goal's row is in view.
    fn first(&self, plan: &Plan<'_>, height: u16) -> u16 {
        let at = self.chosen.and_then(|id| (0..self.map.rows.len()).find(|row| self.map.goals(*row).any(|g| g == id)));
        let middle = plan.top(at.unwrap_or(0)) + plan.tall / 2;
        let first = first_visible(middle.into(), plan.height().into(), height.into());
        u16::try_from(first).unwrap_or(0)
    }

    /// The perspective's name, before the first of its rows.
    fn name(&mut self, area: Rect, row: usize, top: i32, tall: u16) {
        let of = &self.map.rows[row].perspective;
        if row.checked_sub(1).is_some_and(|above| &self.map.rows[above].perspective == of) {
            return;
        }
        let perspective = self.app.basis().config.perspective(of);
        let name = perspective.map_or(of.as_str(), |p| p.name.as_str());
        let room = usize::from(NAMES) - 1;
        for (n, line) in wrap_to(name, room, tall.into(), self.c.glyphs).into_iter().enumerate() {
            self.text(Rect { width: NAMES, ..area }, top + n as i32, &line, self.c.theme.heading);
        }
    }

    /// A text at a line that may lie outside.
    fn text(&mut self, area: Rect, y: i32, text: &str, style: ratatui::style::Style) {
        if let Ok(y) = u16::try_from(y) {
            self.c.text(area, y, text, style);
        }
    }

    fn goal(&mut self, field: Rect, top: i32, spot: &Spot<'_>, id: &GoalId, number: usize, plan: &Plan<'_>) {
        let place = Rect { x: field.x + spot.x, width: spot.width, ..field };
        let status = self.app.derived.goal(id).map_or(Status::Unknown, |g| g.status());
        let is_chosen = Some(id) == self.chosen;
        let inset = if plan.framed { 1 } else { 0 };
        let text = Rect { x: place.x + inset * 2, width: place.width.saturating_sub(inset * 4), ..place };
        if plan.framed {
            self.frame(place, top, plan.tall, is_chosen);
        }
        let found = self.app.search.as_ref().is_some_and(|s| s.fits(&Row::Goal(id.clone(), 0).words(self.app)));
        let style = if found { self.c.theme.hit } else { self.c.theme.text };
        let title = self.app.goal_title(id);
        let first = top + i32::from(inset);
        let beside = Rect { x: text.x + 2, width: text.width.saturating_sub(2), ..text };
        let titles = usize::from(if plan.lines > 2 { plan.lines - 1 } else { plan.lines });
        for (n, line) in wrap_to(&title, beside.width.into(), titles, self.c.glyphs).into_iter().enumerate() {
            self.text(beside, first + n as i32, &line, style);
        }
        if plan.lines > 2 {
            self.text(beside, first + i32::from(plan.lines) - 1, &short(self.app, id), self.c.theme.secondary);
        }
        self.text(Rect { width: 1, ..text }, first, self.c.glyphs.status(status), self.c.theme.status(status));
        if is_chosen {
            let before = Rect { x: text.x.saturating_sub(1), width: 1, ..text };
            self.text(before, first, self.c.glyphs.marker(), self.c.theme.marker);
        }
        self.touch(place, top, plan.tall, number, is_chosen);
    }

    /// The style of the chosen goal, and the place to click.
    fn touch(&mut self, place: Rect, top: i32, tall: u16, number: usize, is_chosen: bool) {
        let (from, to) = (top.max(0), (top + i32::from(tall)).min(i32::from(place.height)));
        if from >= to {
            return;
        }
        let (from, tall) = (from as u16, (to - from) as u16);
        let seen = Rect { y: place.y + from, height: tall, ..place };
        if is_chosen {
            self.c.style(seen, self.c.theme.selected);
        }
        self.c.click(seen, Intent::Move(Move::To(number)));
    }

    fn frame(&mut self, place: Rect, top: i32, tall: u16, is_chosen: bool) {
        let glyphs = self.c.glyphs;
        let style = if is_chosen { self.c.theme.focus } else { self.c.theme.rule };
        let across = usize::from(place.width).saturating_sub(2);
        let [tl, tr, bl, br] = glyphs.corners();
        let side = if is_chosen { glyphs.strong() } else { glyphs.horizontal() };
        self.text(place, top, &format!("{tl}{}{tr}", side.repeat(across)), style);
        for y in 1..i32::from(tall) - 1 {
            self.text(Rect { width: 1, ..place }, top + y, glyphs.vertical(), style);
            let right = Rect { x: place.right().saturating_sub(1), width: 1, ..place };
            self.text(right, top + y, glyphs.vertical(), style);
        }
        self.text(place, top + i32::from(tall) - 1, &format!("{bl}{}{br}", side.repeat(across)), style);
    }

    /// A link on its way past a row.
    fn pass(&mut self, field: Rect, top: i32, spot: &Spot<'_>, link: usize, tall: u16) {
        let style = if is_lit(self.map, self.chosen, link) { self.c.theme.focus } else { self.c.theme.rule };
        let place = Rect { x: field.x + spot.x, width: 1, ..field };
        for y in 0..i32::from(tall) {
            self.text(place, top + y, self.c.glyphs.vertical(), style);
        }
    }
}
