//! The figures of a register above its list: the way of its cards, or what is set aside.

use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::app::App;
use crate::insight::register::capacity::{Fit, Load, OfPerson, OfTheme};
use crate::insight::register::{Funnel, Stay, Told};
use crate::model::number::Finite;
use crate::model::status::Status;
use crate::model::tongue::word;
use crate::ui::canvas::Canvas;
use crate::ui::text::Row;
use crate::ui::widgets::bar;

/// What the list below keeps, at least.
const LIST: u16 = 6;
/// The cells of a bar.
const BAR: usize = 8;
/// The cells of a figure with its unit.
const FIGURE: usize = 8;
/// How many of those that came through are named.
const NAMED: usize = 3;

/// Draws them; returns what is left below.
pub(super) fn draw(c: &mut Canvas<'_>, area: Rect, app: &App, told: &Told) -> Rect {
    let room = usize::from(area.width.saturating_sub(2));
    let lines = match told {
        Told::Funnel(funnel) => funnel_lines(c, app, funnel, room),
        Told::Load(load) => load_lines(c, app, load, room),
    };
    let most = area.height.saturating_sub(LIST + 1);
    let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), height: most, ..area };
    let shown = if lines.len() > usize::from(most) { usize::from(most).saturating_sub(1) } else { lines.len() };
    let mut y = 0;
    for line in &lines[..shown] {
        c.line(inner, y, line);
        y += 1;
    }
    if shown < lines.len() {
        let more = say!("{n} more lines in a taller window", n = lines.len() - shown);
        c.text(inner, y, &more, c.theme.secondary);
        y += 1;
    }
    c.rule(area, y);
    Rect { y: area.y + y + 1, height: area.height.saturating_sub(y + 1), ..area }
}

fn share(part: usize, of: usize) -> Option<f64> {
    (of > 0).then(|| part as f64 / of as f64)
}

fn funnel_lines(c: &Canvas<'_>, app: &App, funnel: &Funnel, room: usize) -> Vec<Line<'static>> {
    let name = room.saturating_sub(BAR + 4 * FIGURE + 1).clamp(10, 28);
    let heads = [say!("now"), say!("ever"), say!("median"), say!("longest")];
    let head = c.row().left(say!("By stage"), name + BAR + 1, c.theme.heading);
    let mut lines = vec![heads.into_iter().fold(head, |row, text| row.right(text, FIGURE, c.theme.secondary)).done()];
    let most = funnel.stages.iter().map(|s| s.now).max().unwrap_or(0);
    lines.extend(funnel.stages.iter().map(|s| stay(c, s, most, name)));
    if !funnel.themes.is_empty() {
        lines.push(c.row().left(say!("By theme"), room, c.theme.heading).done());
        let most = funnel.themes.iter().map(|t| t.open).max().unwrap_or(0);
        let name = room.saturating_sub(BAR + 2 * FIGURE + 3).clamp(10, 28);
        lines.extend(funnel.themes.iter().map(|t| {
            let row = bar::push(c, c.row().left(&t.name, name, c.theme.text).gap(1), share(t.open, most), BAR);
            let told = say!("{open} open of {all}", open = t.open, all = t.all);
            row.gap(2).left(&told, 2 * FIGURE, c.theme.secondary).done()
        }));
    }
    lines.extend(funnel.through.iter().take(NAMED).filter_map(|id| app.card(id)).map(|card| {
        let by = card.by.as_ref().map(|m| say!("by {name}", name = app.basis().config.name_of(m))).unwrap_or_default();
        let row = c.row().left(word(card.stage().word), 12, c.theme.secondary);
        row.left(&card.title, room.saturating_sub(34), c.theme.text).gap(1).left(&by, 21, c.theme.secondary).done()
    }));
    lines
}

fn stay(c: &Canvas<'_>, stay: &Stay, most: usize, name: usize) -> Line<'static> {
    let weeks = |n: Option<u32>| n.map_or_else(|| "-".to_owned(), |n| say!("{n} wk", n));
    let row = bar::push(c, c.row().left(word(stay.stage), name, c.theme.text).gap(1), share(stay.now, most), BAR);
    let figures = [stay.now.to_string(), stay.ever.to_string(), weeks(stay.median), weeks(stay.longest)];
    figures.iter().fold(row, |row, text| row.right(text, FIGURE, c.theme.text)).done()
}

fn load_lines(c: &Canvas<'_>, app: &App, load: &Load, room: usize) -> Vec<Line<'static>> {
    let none = load.people.is_empty() && load.days() + load.elsewhere <= 0.0;
    if none && load.themes.iter().all(|t| t.money <= 0.0) {
        let text = say!("Nothing is set aside for today: an allocation counts from its first day to its last.");
        return vec![c.row().left(text, room, c.theme.secondary).done()];
    }
    let name = room.saturating_sub(BAR + 3 * FIGURE + 13).clamp(8, 28);
    let head = |text: &str, heads: &[&str]| {
        let row = c.row().left(text, name + BAR + 1, c.theme.heading);
        heads.iter().fold(row, |row, text| row.right(text, FIGURE, c.theme.secondary)).done()
    };
    let mut lines = vec![head(say!("Days by theme"), &[say!("a week"), say!("figure" | "share"), say!("weight")])];
    lines.extend(load.themes.iter().map(|t| theme(c, app, t, name)));
    if load.elsewhere > 0.0 {
        let row = c.row().left(say!("no theme"), name, c.theme.secondary).gap(BAR + 1);
        lines.push(row.right(&days(load.elsewhere), FIGURE, c.theme.text).done());
    }
    if !load.people.is_empty() {
        lines.push(head(say!("Days by person"), &[say!("a week"), say!("of")]));
        lines.extend(load.people.iter().map(|p| person(c, app, p, name)));
    }
    let money: Vec<&OfTheme> = load.themes.iter().filter(|t| t.money > 0.0).collect();
    if !money.is_empty() {
        lines.push(c.row().left(say!("Money, over its time"), room, c.theme.heading).done());
        let all: f64 = money.iter().map(|t| t.money).sum();
        lines.extend(money.into_iter().map(|t| {
            let row = bar::push(c, themed(c, app, t, name), Some(t.money / all), BAR);
            let amount = Finite::new(t.money).map(Finite::grouped).unwrap_or_default();
            let currency = &app.basis().config.currency;
            row.gap(1).right(&format!("{amount} {currency}"), 2 * FIGURE, c.theme.text).done()
        }));
    }
    lines
}

fn days(days: f64) -> String {
    Finite::new(days).map_or_else(|| "-".to_owned(), |d| d.fixed(1))
}

fn percent(share: f64) -> String {
    format!("{share:.0} %")
}

fn themed(c: &Canvas<'_>, app: &App, of: &OfTheme, name: usize) -> Row {
    let theme = app.basis().strategy.theme(&of.theme).map_or(of.theme.as_str(), |t| &t.name);
    c.row().left(theme, name, c.theme.text).gap(1)
}

fn theme(c: &Canvas<'_>, app: &App, of: &OfTheme, name: usize) -> Line<'static> {
    let row = bar::push(c, themed(c, app, of, name), Some(of.share.unwrap_or(0.0) / 100.0), BAR);
    let share = of.share.map_or_else(|| "-".to_owned(), percent);
    let figures = [days(of.days), share, percent(of.weight)];
    let row = figures.iter().fold(row, |row, text| row.right(text, FIGURE, c.theme.text));
    match of.fit {
        Fit::Fits => row.done(),
        Fit::More => marked(c, row, say!("too many")),
        Fit::Less => marked(c, row, say!("too few")),
    }
}

fn person(c: &Canvas<'_>, app: &App, of: &OfPerson, name: usize) -> Line<'static> {
    let who = c.row().left(app.basis().config.name_of(&of.member), name, c.theme.text).gap(1);
    let row = bar::push(c, who, (of.has > 0.0).then(|| of.taken / of.has), BAR);
    let row = row.right(&days(of.taken), FIGURE, c.theme.text).right(&days(of.has), FIGURE, c.theme.text);
    match of.over() {
        Some(over) => marked(c, row, &say!("{days} too many", days = days(over))),
        None => row.done(),
    }
}

/// A warning by shape and word.
fn marked(c: &Canvas<'_>, row: Row, text: &str) -> Line<'static> {
    row.gap(2).text(&format!("{} {text}", c.glyphs.status(Status::AtRisk)), c.theme.warn).done()
}
