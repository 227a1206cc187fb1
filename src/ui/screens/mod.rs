//! The body of each screen: what stands above its list, the list, and the panel of its row.

pub mod alignment;
pub mod cards;
pub mod check_in;
pub mod history;
pub mod home;
pub mod map;
pub mod mine;
pub mod overview;
pub mod quarter;
pub mod review;
pub mod start;
pub mod strategy;

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::widgets::list::{self, Spacing};
use super::{details, lines};
use crate::app::App;
use crate::app::intent::Place;
use crate::app::screens::row::Row;
use crate::model::review::Moment;

/// Draws the body of the place one is at.
pub fn draw(c: &mut Canvas<'_>, area: Rect, app: &App, _now: Moment) {
    match (app.place, app.step()) {
        (Place::Review, Some(step)) => review::draw(c, area, app, step),
        (Place::Home | Place::Review, _) => home::draw(c, area, app),
        (Place::Strategy, _) => strategy::draw(c, area, app),
        (Place::History, _) => history::draw(c, area, app),
        (Place::Alignment, _) => alignment::draw(c, area, app),
        (Place::Registers, _) => cards::draw(c, area, app),
        (Place::CheckIn, _) => check_in::draw(c, area, app),
        (Place::Mine, _) => mine::draw(c, area, app),
        (Place::Scorecard, _) => {
            let empty = say!("No KPI yet. Define the first in strategy/kpis.ron: the file shows an example.");
            list_and_panel(c, area, app, empty);
        }
        (Place::Decisions, _) => {
            let empty =
                say!("No decision stands open. In a review, d logs one; Tab here shows every decision ever taken.");
            list_and_panel(c, area, app, empty);
        }
        (Place::Actions, _) => {
            let empty = say!("No action item is open. a adds one; Tab shows every one ever promised.");
            list_and_panel(c, area, app, empty);
        }
        (Place::Issues, _) => {
            let empty = say!("No issue is open. i raises one; Tab shows every one ever raised.");
            list_and_panel(c, area, app, empty);
        }
    }
}

/// The list of the place with the panel of its row; what belongs here when there is no row.
pub fn list_and_panel(c: &mut Canvas<'_>, area: Rect, app: &App, empty: &str) {
    if app.rows().is_empty() {
        let inner = Rect {
            x: area.x + 2,
            y: area.y + 1,
            width: area.width.saturating_sub(4),
            height: area.height.saturating_sub(1),
        };
        c.wrapped(inner, 0, empty, c.theme.secondary);
        return;
    }
    let (left, panel) = details::split(area, list::height(app.rows()));
    draw_list(c, left, app, Spacing::Tight);
    if let Some(panel) = panel {
        details::draw(c, panel, app, app.row(), panel.x > area.x);
    }
}

/// The list of the place one is at; what a search found is underlined.
pub fn draw_list(c: &mut Canvas<'_>, area: Rect, app: &App, spacing: Spacing) {
    let columns = |c: &Canvas<'_>, row: &Row, room: usize| lines::columns(c, app, row, room);
    list::draw(c, area, app.rows(), app.at(), spacing, columns, |c, row, room| {
        let line = lines::line(c, app, row, room);
        match &app.search {
            Some(search) if search.fits(&row.words(app)) => line.style(c.theme.hit),
            _ => line,
        }
    });
}
