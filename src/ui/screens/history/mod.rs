//! History: the time line above, and below it the week under its cursor as it was, in as many panels as there is room for.
//!
//! ```text
//!           Nov Dec 2026  Feb Mar Apr  …
//! off track ▂ ▃▃▂   ▁▁▂▅▆▇▇▅▃   ▁
//! decisions 1  2 1   1  1 3 1  2
//! kept      ██▇█▅▆▇█▇█▇█▇▆▅▇█▇█▇
//! ───────────────────────────────────────
//! 2026-W31, 27 Jul to 2 Aug 2026, rated 8.2
//!  Story            │  Scorecard
//! ```

mod panels;
pub mod quarters;
mod timeline;

use ratatui::layout::Rect;

use super::list_and_panel;
use crate::app::App;
use crate::app::screens::history::{Panel, Span, week};
use crate::ui::canvas::Canvas;

/// Draws History.
pub fn draw(c: &mut Canvas<'_>, area: Rect, app: &App) {
    if app.screens.history.span == Span::Quarters {
        return list_and_panel(c, area, app, &quarters::empty(app));
    }
    let Some(week) = week(app) else {
        let inner = Rect { x: area.x + 2, y: area.y + 1, width: area.width.saturating_sub(4), height: area.height };
        c.wrapped(
            inner,
            0,
            say!("No week was sealed yet. Each review leaves one; here it can be read and compared ever after."),
            c.theme.secondary,
        );
        return;
    };
    let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let used = timeline::draw(c, inner, app, week);
    c.rule(Rect { y: area.y + used, height: 1, ..area }, 0);
    panels::heading(c, Rect { y: area.y + used + 1, height: 1, ..inner }, app, week);
    let below = Rect { y: area.y + used + 2, height: area.height.saturating_sub(used + 2), ..inner };
    for (panel, place) in places(app.screens.history.panel, below) {
        panels::draw(c, place, app, week, panel);
    }
}

/// Which panels are shown where: the chosen one alone, with the next one beside it, or all four.
fn places(chosen: Panel, area: Rect) -> Vec<(Panel, Rect)> {
    let half = Rect { width: area.width / 2, ..area };
    let other = Rect { x: area.x + half.width + 1, width: area.width - half.width - 1, ..area };
    if area.width < 96 {
        return vec![(chosen, area)];
    }
    if area.height < 24 {
        // Pairs stay together, so that a panel keeps its side.
        let pair = if matches!(chosen, Panel::Story | Panel::Scorecard) {
            [Panel::Story, Panel::Scorecard]
        } else {
            [Panel::Strategy, Panel::Records]
        };
        return vec![(pair[0], half), (pair[1], other)];
    }
    let upper = |r: Rect| Rect { height: r.height / 2, ..r };
    let lower = |r: Rect| Rect { y: r.y + r.height / 2, height: r.height - r.height / 2, ..r };
    vec![
        (Panel::Story, upper(half)),
        (Panel::Scorecard, upper(other)),
        (Panel::Strategy, lower(half)),
        (Panel::Records, lower(other)),
    ]
}
