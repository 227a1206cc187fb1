//! From values to heights.

use super::Chart;
use crate::model::kpi::Aim;
use crate::model::number::Finite;

/// The values that a chart spans, bottom and top.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// The bottom.
    pub low: f64,
    /// The top.
    pub high: f64,
}

/// The values of a target.
pub fn targets(aim: Aim) -> impl Iterator<Item = Finite> {
    let pair = match aim {
        Aim::At(v) => [Some(v), None],
        Aim::Within(a, b) => [Some(a), Some(b)],
        Aim::Nothing => [None, None],
    };
    pair.into_iter().flatten()
}

impl Scale {
    /// From the lowest to the highest of all that is drawn, with a little air; none if nothing is.
    pub(super) fn of(chart: &Chart<'_>) -> Option<Self> {
        let (first, last) = chart.points.first().zip(chart.points.last())?;
        let values = chart.points.iter().filter_map(|p| p.value);
        let aims = chart.points.iter().flat_map(|p| targets(p.aim));
        let limits = chart
            .limits
            .iter()
            .filter(|l| l.until >= first.week && l.from <= last.week)
            .flat_map(|l| [l.lower, Some(l.upper), Some(l.mean)])
            .flatten();
        let ahead = chart.ahead.iter().flat_map(|a| [a.lower, a.upper]);
        Self::spanning(values.chain(aims).chain(limits).chain(ahead))
    }

    /// From the lowest to the highest of some values, with a little air; none without any.
    #[must_use]
    pub fn spanning(values: impl Iterator<Item = Finite>) -> Option<Self> {
        let all = values.map(Finite::get);
        let (low, high) = all.fold((f64::MAX, f64::MIN), |(l, h), v| (l.min(v), h.max(v)));
        if low > high {
            return None;
        }
        let span = high - low;
        let air = if span > 0.0 && span.is_finite() { span * 0.06 } else { high.abs().max(1.0) * 0.1 };
        // A series that never goes below zero stands on zero rather than below it.
        let floor = if low >= 0.0 { (low - air).max(0.0) } else { (low - air).max(f64::MIN) };
        Some(Self { low: floor, high: (high + air).min(f64::MAX) })
    }

    /// Half cells from the bottom, 0 to `2 * rows - 1`.
    #[must_use]
    pub fn halves(self, value: f64, rows: u16) -> u16 {
        // Halved first, so that a span beyond all numbers is no reason to fail.
        let span = self.high / 2.0 - self.low / 2.0;
        let share = if span > 0.0 { ((value / 2.0 - self.low / 2.0) / span).clamp(0.0, 1.0) } else { 0.5 };
        let most = f64::from(rows.saturating_mul(2).saturating_sub(1));
        // At most twice the height of a screen.
        (share * most).round() as u16
    }

    /// The row, from the top, that a value lies in.
    #[must_use]
    pub fn row(self, value: f64, rows: u16) -> u16 {
        rows.saturating_sub(1).saturating_sub(self.halves(value, rows) / 2)
    }
}
