//! The 6-12 view of a KPI: the last six weeks beside the last twelve months, each held against its target and the year before.
//!
//! The form of the weekly business review at Amazon (Bryar & Carr, Working Backwards, 2021): the weeks show what is happening,
//! the months whether it matters.
//!
//! An ISO week belongs to the month that holds its Thursday, as it belongs to the year that holds it (ISO 8601), so a month has
//! four or five whole weeks. Totals of four and of five weeks cannot be compared, and neither can a month that is not over or
//! has gaps. So a month is compared by its mean a week, whichever way its weeks add up, and beside each value stands of how
//! many weeks it is.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::model::kpi::{Aim, Kpi, Totals};
use crate::model::number::Finite;
use crate::model::series::Series;
use crate::model::tongue::dated;
use crate::model::week::Week;

/// How many weeks and months are shown.
const WEEKS: i32 = 6;
const MONTHS: u32 = 12;

/// Six weeks and twelve months, oldest first; the last of each is the one of now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SixTwelve {
    /// The week of now and the five before it.
    pub weeks: Vec<Period>,
    /// The month of now and the eleven before it.
    pub months: Vec<Period>,
}

/// Which time a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Span {
    /// An ISO week.
    Week(Week),
    /// A month, of the ISO weeks whose Thursday lies in it.
    Month {
        /// The calendar's year.
        year: i32,
        /// 1 to 12.
        month: u32,
    },
}

/// How much of a period is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Every week of it has a reading.
    Whole,
    /// It is over, or its weeks so far are, and at least one has no reading.
    Gaps,
    /// Not over yet; every week before now has its reading.
    Running,
}

/// A week or a month of a KPI.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// Which.
    pub span: Span,
    /// The reading of a week. For a month the sum or the mean of its readings, as the KPI adds up: of those that are
    /// there, which [`Period::present`] tells. `None` without any.
    pub value: Option<Finite>,
    /// The mean of its readings a week: what comparisons are made with.
    pub weekly: Option<Finite>,
    /// How many of its weeks have a reading.
    pub present: usize,
    /// How many weeks it has, those to come included.
    pub expected: usize,
    /// How much of it is known.
    pub extent: Extent,
    /// What was to be reached a week: the mean of the targets of the weeks that have a reading, or of all of them where none
    /// has. [`Aim::Nothing`] where a week has none, or where they are not of one form.
    pub aim: Aim,
    /// The mean a week of the same week or month a year before.
    ///
    /// For a week that of the same number in the ISO year before: week 53 has none unless that year has a week 53, too. For
    /// a month the same month, only where it is known of at least as many of its weeks.
    pub last_year: Option<Finite>,
    /// Against the period before it in the view, where both are known and, for a month, neither has gaps.
    pub to_last: Option<Difference>,
    /// Against the target. Within a band nothing; outside of it from the nearer end.
    pub to_aim: Option<Difference>,
    /// Against the year before.
    pub to_last_year: Option<Difference>,
}

/// How far a value lies from what it is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// In the KPI's unit, a week: value less base.
    pub by: Finite,
    /// In percent of the base; only of a base above zero, as percentages of others mislead.
    pub percent: Option<Finite>,
}

impl Difference {
    /// From a base to a value; none where it is too large to be told.
    #[must_use]
    pub fn between(base: Finite, value: Finite) -> Option<Self> {
        let by = Finite::new(value.get() - base.get())?;
        let percent = (base.get() > 0.0).then(|| Finite::new(by.get() / base.get() * 100.0)).flatten();
        Some(Self { by, percent })
    }
}

impl Span {
    /// Its ISO weeks, oldest first.
    fn weeks(self) -> Vec<Week> {
        let (year, month) = match self {
            Self::Week(week) => return vec![week],
            Self::Month { year, month } => (year, month),
        };
        let first = NaiveDate::from_ymd_opt(year, month, 1).unwrap_or_default();
        let to_thursday = (7 + 3 - first.weekday().num_days_from_monday()) % 7;
        let thursdays = (0..5).filter_map(|n| first.checked_add_days(Days::new(u64::from(to_thursday) + 7 * n)));
        thursdays.take_while(|day| day.month() == month).map(Week::of).collect()
    }

    /// The same a year before.
    fn a_year_before(self) -> Option<Self> {
        match self {
            Self::Week(week) => Week::new(week.year() - 1, week.number()).ok().map(Self::Week),
            Self::Month { year, month } => Some(Self::Month { year: year - 1, month }),
        }
    }

    /// The month of a week.
    fn month_of(week: Week) -> Self {
        let day = week.day(Weekday::Thu);
        Self::Month { year: day.year(), month: day.month() }
    }

    /// The month that lies so many before this one; a week stays itself.
    fn months_before(self, months: u32) -> Self {
        match self {
            Self::Week(_) => self,
            Self::Month { year, month } => {
                let back = i64::from(year) * 12 + i64::from(month) - 1 - i64::from(months);
                let year = i32::try_from(back.div_euclid(12)).unwrap_or(year);
                Self::Month { year, month: u32::try_from(back.rem_euclid(12)).unwrap_or(0) + 1 }
            }
        }
    }

    /// The name in a table: `W47`, or `Nov 2026`.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::Week(week) => week.short(),
            Self::Month { year, month } => {
                let first = NaiveDate::from_ymd_opt(year, month, 1);
                first.map_or_else(|| "?".to_owned(), |day| dated(day, "%b %Y"))
            }
        }
    }
}

/// The 6-12 view of a KPI as of a week, which is the last of the six; readings after it do not count.
#[must_use]
pub fn six_twelve(kpi: &Kpi, series: &Series, now: Week) -> SixTwelve {
    let view = View { kpi, series, now };
    let weeks = (0..WEEKS).rev().map(|back| view.period(Span::Week(now.plus(-back))));
    let month = Span::month_of(now);
    let months = (0..MONTHS).rev().map(|back| view.period(month.months_before(back)));
    let before = |span: Span| match span {
        Span::Week(week) => Span::Week(week.previous()),
        Span::Month { .. } => span.months_before(1),
    };
    let with_last = |mut period: Period| {
        period.to_last = view.compared(&period, &view.period(before(period.span)));
        period
    };
    SixTwelve { weeks: weeks.map(with_last).collect(), months: months.map(with_last).collect() }
}

/// What periods are made from.
struct View<'a> {
    kpi: &'a Kpi,
    series: &'a Series,
    now: Week,
}

impl View<'_> {
    fn period(&self, span: Span) -> Period {
        let weeks = span.weeks();
        let readings = self.readings(&weeks);
        let weekly = mean(readings.iter().map(|(_, value)| *value));
        let value = match self.kpi.totals {
            Totals::Mean => weekly,
            Totals::Sum if readings.is_empty() => None,
            Totals::Sum => Finite::new(readings.iter().map(|(_, value)| value.get()).sum()),
        };
        let read: Vec<Week> = readings.iter().map(|(week, _)| *week).collect();
        let aim = self.aim(if read.is_empty() { &weeks } else { &read });
        let last_year = span.a_year_before().and_then(|before| self.a_year_before(before, &weeks, read.len()));
        let pair = |base: Option<Finite>| Difference::between(base?, weekly?);
        Period {
            span,
            value,
            weekly,
            present: read.len(),
            expected: weeks.len(),
            extent: self.extent(&weeks, &read),
            aim,
            last_year,
            to_last: None,
            to_aim: weekly.and_then(|value| to_aim(aim, value)),
            to_last_year: pair(last_year),
        }
    }

    fn readings(&self, weeks: &[Week]) -> Vec<(Week, Finite)> {
        let known = weeks.iter().filter(|w| **w <= self.now);
        known.filter_map(|w| Some((*w, self.series.get(*w)?))).collect()
    }

    fn extent(&self, weeks: &[Week], read: &[Week]) -> Extent {
        // The reading of this week comes in during the week: that it is not there yet is no gap.
        let missing = weeks.iter().any(|w| *w < self.now && !read.contains(w));
        match (read.len() == weeks.len(), missing) {
            (true, _) => Extent::Whole,
            (false, true) => Extent::Gaps,
            (false, false) => Extent::Running,
        }
    }

    /// The mean a week of a year before, where it is as well known: a share of weeks at least as large.
    fn a_year_before(&self, before: Span, weeks: &[Week], present: usize) -> Option<Finite> {
        let then = before.weeks();
        let readings = self.readings(&then);
        let as_well_known = readings.len() * weeks.len() >= present * then.len();
        mean(readings.iter().map(|(_, value)| *value)).filter(|_| as_well_known)
    }

    /// A month with gaps is not held against another: the missing weeks may be the ones that differ.
    fn compared(&self, now: &Period, before: &Period) -> Option<Difference> {
        if [now, before].iter().any(|p| p.extent == Extent::Gaps) {
            return None;
        }
        Difference::between(before.weekly?, now.weekly?)
    }

    fn aim(&self, weeks: &[Week]) -> Aim {
        let aims: Vec<Aim> = weeks.iter().map(|w| self.kpi.aim_in(*w)).collect();
        let all =
            |part: fn(&Aim) -> Option<Finite>| aims.iter().map(part).collect::<Option<Vec<Finite>>>().and_then(mean);
        let at = all(|aim| match aim {
            Aim::At(value) => Some(*value),
            Aim::Within(..) | Aim::Nothing => None,
        });
        let low = all(|aim| match aim {
            Aim::Within(low, _) => Some(*low),
            Aim::At(_) | Aim::Nothing => None,
        });
        let high = all(|aim| match aim {
            Aim::Within(_, high) => Some(*high),
            Aim::At(_) | Aim::Nothing => None,
        });
        match (at, low, high) {
            (Some(value), ..) => Aim::At(value),
            (None, Some(low), Some(high)) => Aim::Within(low, high),
            (None, ..) => Aim::Nothing,
        }
    }
}

fn to_aim(aim: Aim, value: Finite) -> Option<Difference> {
    match aim {
        Aim::At(target) => Difference::between(target, value),
        Aim::Within(low, _) if value < low => Difference::between(low, value),
        Aim::Within(_, high) if value > high => Difference::between(high, value),
        Aim::Within(..) => Some(Difference { by: Finite::ZERO, percent: Some(Finite::ZERO) }),
        Aim::Nothing => None,
    }
}

/// The mean; none of nothing, nor where the sum is too large for a number.
fn mean(values: impl IntoIterator<Item = Finite>) -> Option<Finite> {
    let (mut sum, mut n) = (0.0, 0.0);
    for value in values {
        sum += value.get();
        n += 1.0;
    }
    Finite::new(sum / n)
}

#[cfg(test)]
mod tests;
