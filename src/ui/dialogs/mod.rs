//! Dialogs over the screen, one file each; the same names as in the state.

pub mod clash;
pub mod confirm;
pub mod feeds;
pub mod find;
pub mod form;
pub mod palette;
pub mod reading;
pub mod resume;
pub mod sync;
pub mod trend;

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::screens;
use super::widgets::hints;
use crate::app::App;
use crate::app::dialogs::Dialog;
use crate::app::screens::check_in;
use crate::model::review::Moment;

/// Draws a dialog; its keys stand in the footer below it.
pub fn draw(c: &mut Canvas<'_>, area: Rect, app: &App, dialog: &Dialog, now: Moment) {
    let above = Rect { height: area.height.saturating_sub(1), ..area };
    match dialog {
        Dialog::Form(form) if check_in::is_inline(form) => screens::check_in::typing(c, above, app, form),
        Dialog::Form(form) => form::draw(c, above, form),
        Dialog::Palette(palette) => palette::draw(c, above, palette),
        Dialog::Reading(reading) => reading::draw(c, above, app, reading),
        Dialog::Find(find) => find::draw(c, above, app, find),
        Dialog::Trend(trend) => trend::draw(c, above, app, trend),
        Dialog::Resume(resume) => resume::draw(c, above, resume, now),
        Dialog::Sync(sync) => sync::draw(c, above, sync),
        Dialog::Feeds(feeds) => feeds::draw(c, above, app, feeds),
        Dialog::Clash(clash) => clash::draw(c, above, app, clash),
        Dialog::Confirm(confirm) => confirm::draw(c, above, confirm),
    }
    let footer = Rect { y: area.bottom() - 1, height: 1, ..area };
    c.clear(footer);
    hints::draw(c, footer, &app.keymap, &dialog.scopes());
}

/// A box of this size in the middle of an area, as large as fits.
#[must_use]
pub fn middle(area: Rect, width: u16, height: u16) -> Rect {
    let width = width.min(area.width.saturating_sub(2));
    let height = height.min(area.height);
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}
