//! From weeks to columns: several cells a week where there is room, several weeks a column where there is none.

use super::{Ahead, Chart, Point, Tone};
use crate::model::number::Finite;
use crate::model::status::Status;
use crate::model::week::Week;

/// What one column shows: one week, or a few of them put together.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    /// Cells from the left of the plot.
    pub(super) x: u16,
    /// Its first and last week.
    pub(super) weeks: (Week, Week),
    /// Its lowest and highest reading.
    pub(super) span: Option<(Finite, Finite)>,
    /// The last of its readings' statuses; of several the worst.
    pub(super) status: Status,
    pub(super) computed: Status,
    pub(super) marked: Option<Status>,
    pub(super) signal: Option<Tone>,
    /// Its last reading.
    pub(super) last: Option<Finite>,
}

/// The columns of a plot.
#[derive(Debug)]
pub(super) struct Columns {
    /// The weeks behind.
    pub(super) past: Vec<Column>,
    /// The weeks ahead, by their place.
    pub(super) ahead: Vec<(u16, Ahead)>,
    /// Cells a column takes.
    pub(super) step: u16,
}

/// A week takes no more cells than this: farther apart, marks are no line any more.
const WIDEST: usize = 6;
/// At most this part of the plot belongs to what lies ahead.
const AHEAD: u16 = 3;

impl Columns {
    pub(super) fn of(chart: &Chart<'_>, room: u16) -> Self {
        let ahead = chart.ahead.len().min(usize::from(room / AHEAD));
        let weeks = chart.points.len() + ahead;
        let cells = usize::from(room.max(1));
        let step = u16::try_from((cells / weeks.max(1)).clamp(1, WIDEST)).unwrap_or(1);
        let pack = weeks.div_ceil(cells).max(1);
        let past: Vec<Column> = (0u16..).zip(packs(chart.points, pack)).map(|(i, w)| column(i * step, w)).collect();
        let from = u16::try_from(past.len()).unwrap_or(u16::MAX).saturating_mul(step);
        // What lies ahead is packed as what lies behind, by the last of each pack; the last week ahead is always there.
        let ends: Vec<Ahead> =
            chart.ahead[..].iter().skip((pack - 1).min(chart.ahead.len())).step_by(pack).copied().collect();
        let ends = with_last(ends, chart.ahead.last().copied(), usize::from((room - from.min(room)) / step));
        let ahead = (0u16..).zip(ends).map(|(i, a)| (from + i * step, a)).collect();
        Self { past, ahead, step }
    }
}

/// So many of them, evenly chosen, the last one in any case.
fn with_last(ends: Vec<Ahead>, last: Option<Ahead>, room: usize) -> Vec<Ahead> {
    let Some(last) = last else { return Vec::new() };
    if room == 0 {
        return Vec::new();
    }
    let mut kept: Vec<Ahead> =
        if ends.len() > room { (0..room).map(|i| ends[i * ends.len() / room]).collect() } else { ends };
    match kept.last_mut() {
        Some(end) => *end = last,
        None => kept.push(last),
    }
    kept
}

/// The points in groups, aligned at the newest, so that the last column is a whole one.
fn packs(points: &[Point], pack: usize) -> impl Iterator<Item = &[Point]> {
    let odd = points.len() % pack;
    let (head, rest) = points.split_at(odd);
    std::iter::once(head).filter(|h| !h.is_empty()).chain(rest.chunks(pack))
}

fn column(x: u16, points: &[Point]) -> Column {
    let values = || points.iter().filter_map(|p| p.value);
    let weakest =
        |statuses: &mut dyn Iterator<Item = Status>| statuses.reduce(Status::weakest).unwrap_or(Status::Unknown);
    let known = || points.iter().filter(|p| p.value.is_some());
    // The weeks of a column: never empty, as it is made of a group.
    let weeks = match (points.first(), points.last()) {
        (Some(first), Some(last)) => (first.week, last.week),
        _ => (Week::of(chrono::NaiveDate::MIN), Week::of(chrono::NaiveDate::MIN)),
    };
    Column {
        x,
        weeks,
        span: values().min().zip(values().max()),
        status: weakest(&mut known().map(Point::status)),
        computed: weakest(&mut points.iter().map(|p| p.computed)),
        marked: points.iter().filter(|p| p.marked.is_some_and(|m| m != p.computed)).find_map(|p| p.marked),
        signal: points.iter().find_map(|p| p.signal),
        last: values().next_back(),
    }
}
