//! Strategy: the north star on top, the goal tree below; or the map in place of both.

use ratatui::layout::Rect;

use super::list_and_panel;
use crate::app::App;
use crate::model::workspace::Part;
use crate::ui::canvas::Canvas;
use crate::ui::text::{width, wrap_to};

/// Draws Strategy.
pub fn draw(c: &mut Canvas<'_>, area: Rect, app: &App) {
    if let Some(map) = &app.derived.map {
        return super::map::draw(c, area, app, map);
    }
    let star = &app.basis().strategy.north_star;
    let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let roomy = area.height >= 26;
    let mut y = 0;
    // As wide as the longest label of the language.
    let labels = [say!("Vision"), say!("Mission"), say!("Values"), say!("Themes")].map(width);
    let label_room = labels.into_iter().max().unwrap_or(0).max(8) + 1;
    let mut say = |c: &mut Canvas<'_>, label: &str, text: &str, most: usize| {
        let room = usize::from(inner.width).saturating_sub(label_room);
        for (i, line) in wrap_to(text, room, most, c.glyphs).into_iter().enumerate() {
            let row =
                c.row().left(if i == 0 { label } else { "" }, label_room, c.theme.secondary).text(&line, c.theme.text);
            c.line(inner, y, &row.done());
            y += 1;
        }
    };
    say(c, say!("Vision"), if star.vision.is_empty() { say!("not written yet: v begins it") } else { &star.vision }, 2);
    if roomy {
        say(c, say!("Mission"), &star.mission, 2);
    }
    let values: Vec<&str> = star.values.iter().map(|v| v.name.as_str()).collect();
    say(c, say!("Values"), &values.join(", "), 1);
    let total: f64 = star.themes.iter().map(|t| t.weight.get()).sum();
    let share = |w: f64| if total > 0.0 { format!("{:.0} %", w / total * 100.0) } else { "-".to_owned() };
    let themes: Vec<String> = star.themes.iter().map(|t| format!("{} {}", t.name, share(t.weight.get()))).collect();
    say(c, say!("Themes"), &themes.join(", "), 2);
    if let Some(balance) = &app.derived.balance {
        say(c, say!("Balance"), &balance.told(), 2);
    }
    c.rule(area, y);
    let below = Rect { y: area.y + y + 1, height: area.height.saturating_sub(y + 1), ..area };
    let empty = if app.workspace.is_broken(Part::Goals) {
        let key = app.keymap.key_of("app.problems");
        say!(
            "strategy/goals.ron could not be read, so no goal is shown and none can be changed. {key} shows where it is wrong.",
            key
        )
    } else {
        say!("No goal yet: + adds the first one.").to_owned()
    };
    list_and_panel(c, below, app, &empty);
}
