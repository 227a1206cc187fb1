//! Six weeks beside twelve months on one scale, last year's below them, and the same as two tables.
//!
//! ```text
//! 450 ━━━━━━━━━━━━━━━━━━  ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
//!         ▄▄ ▄▄ ▀▀ ▀▀ ▀▀                   ▄▄ ▄▄ ▀▀ ▀▀ ▀▀
//!  60                     ▀▀ ▀▀ ▪▪ ▪▪ ▪▪ …
//!     W42 …           W47 Dec …                      Nov
//! Week    value  to last  to target    Month     value …
//! ```

use ratatui::layout::Rect;

use crate::app::App;
use crate::insight::periods::{Difference, Extent, Period, six_twelve};
use crate::model::id::KpiId;
use crate::model::kpi::{Kpi, Totals};
use crate::model::number::Finite;
use crate::model::status::Status;
use crate::ui::canvas::Canvas;
use crate::ui::details::kpi;
use crate::ui::text::width;
use crate::ui::widgets::chart::{Scale, targets};

/// Lines that the tables need: a heading and twelve months.
const TABLE: u16 = 13;
/// Below these many lines the picture gives way to the tables.
const LEAST_PLOT: u16 = 4;

/// Draws it.
pub(super) fn draw(c: &mut Canvas<'_>, area: Rect, app: &App, id: &KpiId) {
    let Some(definition) = app.basis().strategy.kpi(id) else { return };
    let view = six_twelve(definition, &kpi::series(app, id), app.shown_week());
    let plot = area.height.saturating_sub(TABLE + 1);
    let mut y = 0;
    if plot >= LEAST_PLOT {
        picture(c, Rect { height: plot, ..area }, definition, &view.weeks, &view.months);
        y = plot + 1;
    }
    let half = Rect { y: area.y + y, width: area.width / 2 - 1, height: area.height - y, ..area };
    let other = Rect { x: half.right() + 2, width: area.width - half.width - 2, ..half };
    table(c, half, definition, say!("week"), &view.weeks);
    let name = match definition.totals {
        Totals::Sum => say!("month, total"),
        Totals::Mean => say!("month, mean"),
    };
    table(c, other, definition, name, &view.months);
    notes(c, Rect { y: half.y + 8, height: half.height.saturating_sub(8), ..half }, definition, &view.months);
}

/// Both on one scale: what a week brought, and what a week brought on average in each month.
fn picture(c: &mut Canvas<'_>, area: Rect, kpi: &Kpi, weeks: &[Period], months: &[Period]) {
    let all = || weeks.iter().chain(months);
    let values = all().flat_map(|p| [p.weekly, p.last_year]).flatten();
    let Some(scale) = Scale::spanning(values.chain(all().flat_map(|p| targets(p.aim)))) else {
        c.text(area, 0, say!("No reading in these twelve months"), c.theme.secondary);
        return;
    };
    let axis = |v: f64| Finite::new(v).map(|v| kpi.show_number(v)).unwrap_or_default();
    let label = width(&axis(scale.high)).max(width(&axis(scale.low))).clamp(6, 12);
    let left = u16::try_from(label + 1).unwrap_or(8);
    let slot = (area.width.saturating_sub(left + 2) / 18).max(1);
    let rows = area.height - 1;
    for (y, value) in [(0, scale.high), (rows - 1, scale.low)] {
        let line = c.row().right(&axis(value), label, c.theme.secondary).done();
        c.line(area, y, &line);
    }
    for (i, period) in (0u16..).zip(all()) {
        let gap = if usize::from(i) < weeks.len() { 0 } else { 2 };
        let x = area.x + left + i * slot + gap;
        let place = Rect { x, width: slot.min(area.right().saturating_sub(x)), height: rows, ..area };
        column(c, place, scale, kpi, period);
        // A name of three letters needs four cells to be told from the next one.
        let short: String = period.span.label().chars().take(3).collect();
        if slot >= 4 || i.is_multiple_of(2) || gap == 0 && slot >= 3 {
            c.text(
                Rect { width: place.width.max(3), y: area.y + rows, height: 1, ..place },
                0,
                &short,
                c.theme.secondary,
            );
        }
    }
}

fn column(c: &mut Canvas<'_>, place: Rect, scale: Scale, kpi: &Kpi, period: &Period) {
    for target in targets(period.aim) {
        let y = place.y + scale.row(target.get(), place.height);
        (place.left()..place.right()).for_each(|x| c.cell(x, y, c.glyphs.strong(), c.theme.target));
    }
    let wide = place.width.saturating_sub(1).clamp(1, 4);
    let cells = place.left()..(place.x + wide).min(place.right());
    if let Some(before) = period.last_year {
        let y = place.y + scale.row(before.get(), place.height);
        cells.clone().for_each(|x| c.cell(x, y, c.glyphs.expected(), c.theme.secondary));
    }
    if let Some(value) = period.weekly {
        let halves = scale.halves(value.get(), place.height);
        let y = place.bottom().saturating_sub(1 + halves / 2);
        let style = c.theme.status(status(kpi, period));
        let symbol = c.glyphs.reading(halves.is_multiple_of(2), !halves.is_multiple_of(2));
        cells.for_each(|x| c.cell(x, y, symbol, style));
    }
}

/// Whether the period met its target; without tolerance, as a month has no status of its own.
fn status(kpi: &Kpi, period: &Period) -> Status {
    use crate::model::kpi::{Aim, Direction};
    let Some(value) = period.weekly else { return Status::Unknown };
    let met = match (period.aim, kpi.direction) {
        (Aim::Nothing, _) => return Status::Unknown,
        (Aim::Within(low, high), _) => (low..=high).contains(&value),
        (Aim::At(target), Direction::Down) => value <= target,
        (Aim::At(target), Direction::Up | Direction::Band) => value >= target,
    };
    if met { Status::OnTrack } else { Status::OffTrack }
}

fn table(c: &mut Canvas<'_>, area: Rect, kpi: &Kpi, name: &str, periods: &[Period]) {
    let room = usize::from(area.width);
    let (first, rest) = (13.min(room / 3), room.saturating_sub(13.min(room / 3)));
    let each = rest / 4;
    let head = c.row().left(name, first, c.theme.secondary);
    let names = if each > 12 {
        [say!("value"), say!("to last"), say!("to target"), say!("to last year")]
    } else {
        [say!("value"), say!("last"), say!("target"), say!("year")]
    };
    let head = names.iter().fold(head, |row, name| row.right(name, each, c.theme.secondary));
    c.line(area, 0, &head.done());
    for (y, period) in (1u16..).zip(periods) {
        let value = period.value.map_or_else(|| "-".to_owned(), |v| kpi.show_number(v));
        let value = if period.extent == Extent::Whole { value } else { format!("{value}*") };
        let by = |d: &Option<Difference>| d.as_ref().map_or_else(String::new, |d| signed(kpi, d.by));
        let year = period.to_last_year.as_ref().map_or_else(String::new, |d| {
            d.percent.map_or_else(|| signed(kpi, d.by), |p| format!("{}{} %", plus(p), p.fixed(0)))
        });
        let row = c
            .row()
            .left(&period.span.label(), first, c.theme.text)
            .right(&value, each, c.theme.bar)
            .right(&by(&period.to_last), each, c.theme.text)
            .right(&by(&period.to_aim), each, c.theme.status(status(kpi, period)))
            .right(&year, each, c.theme.text);
        c.line(area, y, &row.done());
    }
}

fn plus(value: Finite) -> &'static str {
    if value > Finite::ZERO { "+" } else { "" }
}

fn signed(kpi: &Kpi, by: Finite) -> String {
    format!("{}{}", plus(by), kpi.show_number(by))
}

/// What the marks mean, below the shorter table.
fn notes(c: &mut Canvas<'_>, area: Rect, kpi: &Kpi, months: &[Period]) {
    let mut lines = Vec::new();
    let part = months.iter().filter(|m| m.extent != Extent::Whole).count();
    if part > 0 {
        let last = months.last().filter(|m| m.extent != Extent::Whole);
        let now = last.map(|m| {
            say!(
                ": {span} has {present} of {expected} weeks",
                span = m.span.label(),
                present = m.present,
                expected = m.expected
            )
        });
        lines.push(say!("* not every week has a reading{now}", now = now.unwrap_or_default()));
    }
    if kpi.totals == Totals::Sum {
        lines.push(say!("Differences of months are of their mean a week.").to_owned());
    }
    if months.iter().any(|m| m.last_year.is_some()) {
        lines.push(say!("{expected} a year before", expected = c.glyphs.expected()));
    }
    let lines = lines.iter().flat_map(|l| crate::ui::text::wrap(l, area.width.into()));
    for (y, line) in (0u16..).zip(lines.collect::<Vec<_>>()) {
        c.text(area, y, &line, c.theme.secondary);
    }
}
