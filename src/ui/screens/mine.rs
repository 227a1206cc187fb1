//! My page: my trends above, below them what is mine to do, where it leads, and my private notes.

use ratatui::layout::Rect;

use super::list_and_panel;
use crate::app::App;
use crate::app::screens::mine::{Trends, trends};
use crate::model::status::Status;
use crate::ui::canvas::Canvas;
use crate::ui::widgets::spark;

/// Draws the screen.
pub fn draw(c: &mut Canvas<'_>, area: Rect, app: &App) {
    let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let name = app.me.as_ref().map_or("", |m| app.workspace.config.name_of(m));
    let head = c
        .row()
        .text(name, c.theme.bar)
        .text(say!("  only you see this page; it is not drawn on the shared screen"), c.theme.secondary);
    c.line(inner, 0, &head.done());
    if let Some(trends) = trends(app) {
        curves(c, Rect { y: inner.y + 1, height: 3.min(inner.height), ..inner }, &trends);
    }
    c.rule(area, 4);
    let below = Rect { y: area.y + 5, height: area.height.saturating_sub(5), ..area };
    list_and_panel(c, below, app, say!("Nothing is yours to do, and no goal names you. c opens your check-in."));
}

/// Each trend with its last value, over a quarter.
fn curves(c: &mut Canvas<'_>, area: Rect, t: &Trends) {
    let last = |values: &[Option<f64>]| values.iter().rev().find_map(|v| *v);
    let words = |value: Option<f64>, of: &str| {
        value.map_or_else(|| say!("nothing said yet").to_owned(), |v| say!("{v:.1} of {of}", v, of))
    };
    let (done, all) = t.total;
    let kept = if all == 0 { say!("nothing reported yet").to_owned() } else { say!("{done} of {all} done", done, all) };
    for (y, name, values, now) in [
        (0, say!("How sure I am"), &t.confidence, words(last(&t.confidence), "10")),
        (1, say!("What I kept"), &t.kept, kept),
        (2, say!("My pulse"), &t.pulse, words(last(&t.pulse), "5")),
    ] {
        let mut line = c.row().left(name, 15, c.theme.secondary).left(&now, 22, c.theme.text).done();
        let values: Vec<_> = values.iter().map(|v| (*v, Status::Unknown)).collect();
        line.spans.extend(spark::line(c, &values, 13).spans);
        line.spans.extend(c.row().text(say!("  13 weeks"), c.theme.secondary).done().spans);
        c.line(area, y, &line);
    }
}
