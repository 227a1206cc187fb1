//! A chart of weekly values: a mark for each reading, the target, the limits of the process, what lies ahead.
//!
//! ```text
//! 480 ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌░░ upper limit
//! 450 ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━◆━░░ target
//! 400 ──────▀▀──▄▄─────▀▀▄▄▀▀▀▀▀▀──░░░ mean
//! 350 ╌▄▄▀▀╌╌▄▄╌╌▀▀▄▄▄▄╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ lower limit
//! computed ✓✓!!✓✓!!✓✓!!✓✓✓✓✓✓✓✓
//! marked     ✓       !
//!     2026-W35: 388       2026-W47: 471   W08: 468
//! ```

mod axis;
mod columns;
mod paint;
mod scale;

use ratatui::layout::Rect;

use crate::model::kpi::Aim;
use crate::model::number::Finite;
use crate::model::status::Status;
use crate::model::week::Week;
use crate::ui::canvas::Canvas;
use crate::ui::text::width;
use columns::Columns;
pub use scale::{Scale, targets};

/// A week of the chart.
#[derive(Debug, Clone, Copy)]
pub struct Point {
    /// The week.
    pub week: Week,
    /// Its value; a gap without one.
    pub value: Option<Finite>,
    /// The status by the rule.
    pub computed: Status,
    /// The status the team marked.
    pub marked: Option<Status>,
    /// What was to be reached in it.
    pub aim: Aim,
    /// What a signal that fired in it says.
    pub signal: Option<Tone>,
}

impl Point {
    /// A value without a target or a status of its own.
    #[must_use]
    pub fn plain(week: Week, value: Option<Finite>, status: Status) -> Self {
        Self { week, value, computed: status, marked: None, aim: Aim::Nothing, signal: None }
    }

    fn status(&self) -> Status {
        self.marked.unwrap_or(self.computed)
    }
}

/// What a signal says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// It went the good way.
    Better,
    /// It went the bad way.
    Worse,
    /// It changed.
    Changed,
}

/// The limits of the process over some weeks.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The first week they are drawn for.
    pub from: Week,
    /// The last week they are drawn for.
    pub until: Week,
    /// The line in the middle.
    pub mean: Finite,
    /// The lower limit, where there is one.
    pub lower: Option<Finite>,
    /// The upper limit.
    pub upper: Finite,
}

/// A week that lies ahead.
#[derive(Debug, Clone, Copy)]
pub struct Ahead {
    /// The week.
    pub week: Week,
    /// What is expected.
    pub mean: Finite,
    /// The lower end of its interval.
    pub lower: Finite,
    /// The upper end of its interval.
    pub upper: Finite,
}

/// What is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Chart<'a> {
    /// The weeks, oldest first, gaps included.
    pub points: &'a [Point],
    /// The limits, phase by phase.
    pub limits: &'a [Limits],
    /// What lies ahead, week by week.
    pub ahead: &'a [Ahead],
    /// Whether the statuses stand below as strips.
    pub strips: bool,
}

/// The least room in which a chart tells something.
const LEAST: (u16, u16) = (16, 3);
/// From this width on, the lines carry their names at the right.
const NAMED: u16 = 64;
/// The cells that those names take.
const NAMES: u16 = 13;

/// Draws it. `show` writes a value for the axis.
pub fn draw(c: &mut Canvas<'_>, area: Rect, chart: &Chart<'_>, show: impl Fn(Finite) -> String) {
    if area.width < LEAST.0 || area.height < LEAST.1 {
        return;
    }
    if chart.points.iter().all(|p| p.value.is_none()) {
        c.text(area, 0, say!("No reading yet"), c.theme.secondary);
        return;
    }
    let Some(scale) = Scale::of(chart) else { return };
    let axis = |v: f64| Finite::new(v).map(&show).unwrap_or_default();
    let strips = if chart.strips && area.height >= 9 { 2 } else { 0 };
    let label = [scale.high, scale.low].map(|v| width(&axis(v))).into_iter().max().unwrap_or(0);
    let label = label.max(if strips > 0 { 8 } else { 6 }).min(usize::from(area.width) / 3);
    let left = u16::try_from(label + 1).unwrap_or(8);
    let lines = !chart.limits.is_empty() || chart.points.iter().any(|p| p.aim != Aim::Nothing);
    let right = if lines && area.width >= NAMED { NAMES } else { 0 };
    let plot = Rect { x: area.x + left, width: area.width - left - right, height: area.height - 1 - strips, ..area };
    let columns = Columns::of(chart, plot.width);
    paint::lines(c, plot, scale, chart, &columns);
    paint::ahead(c, plot, scale, &columns);
    paint::readings(c, plot, scale, &columns);
    axis::values(c, area, plot, scale, chart, label, &axis);
    if strips > 0 {
        axis::strips(c, area, plot, &columns, label);
    }
    axis::weeks(c, area, plot, &columns, &show);
}

#[cfg(test)]
mod tests;
