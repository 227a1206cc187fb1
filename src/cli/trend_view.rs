//! Trends as programs see them: the keys that `trend --json` promises.

use serde::Serialize;

use crate::insight::periods::{Difference, Extent, Period, SixTwelve, Span};
use crate::insight::together::{First, Pair};
use crate::model::id::{GoalId, KpiId};
use crate::model::kpi::{Aim, Kpi};
use crate::model::number::Finite;
use crate::model::strategy::Strategy;
use crate::model::week::Week;

/// A KPI over the weeks.
#[derive(Serialize)]
pub(super) struct KpiTrend<'a> {
    pub(super) kind: &'static str,
    pub(super) id: &'a KpiId,
    pub(super) name: &'a str,
    pub(super) unit: &'a str,
    pub(super) weeks: Vec<WeekView>,
    pub(super) six_weeks: Vec<PeriodView>,
    pub(super) twelve_months: Vec<PeriodView>,
    pub(super) pairs: Vec<PairView>,
}

#[derive(Serialize)]
pub(super) struct WeekView {
    pub(super) week: Week,
    pub(super) value: Option<Finite>,
    /// Against the week before, where both are known.
    pub(super) change: Option<Finite>,
    pub(super) target: Option<TargetView>,
    pub(super) status: &'static str,
}

/// One value, or the two ends of a band.
#[derive(Serialize)]
pub(super) struct TargetView {
    value: Option<Finite>,
    lower: Option<Finite>,
    upper: Option<Finite>,
}

impl TargetView {
    pub(super) fn of(aim: Aim) -> Option<Self> {
        match aim {
            Aim::At(value) => Some(Self { value: Some(value), lower: None, upper: None }),
            Aim::Within(lower, upper) => Some(Self { value: None, lower: Some(lower), upper: Some(upper) }),
            Aim::Nothing => None,
        }
    }
}

/// A week or a month of the 6-12 view.
#[derive(Serialize)]
pub(super) struct PeriodView {
    /// `2026-W47` or `2026-11`.
    period: String,
    value: Option<Finite>,
    weekly: Option<Finite>,
    present: usize,
    expected: usize,
    extent: &'static str,
    target: Option<TargetView>,
    last_year: Option<Finite>,
    to_last: Option<DifferenceView>,
    to_target: Option<DifferenceView>,
    to_last_year: Option<DifferenceView>,
}

#[derive(Serialize)]
struct DifferenceView {
    by: Finite,
    percent: Option<Finite>,
}

impl PeriodView {
    fn of(period: &Period) -> Self {
        let difference = |d: Option<Difference>| d.map(|d| DifferenceView { by: d.by, percent: d.percent });
        Self {
            period: match period.span {
                Span::Week(week) => week.to_string(),
                Span::Month { year, month } => format!("{year}-{month:02}"),
            },
            value: period.value,
            weekly: period.weekly,
            present: period.present,
            expected: period.expected,
            extent: match period.extent {
                Extent::Whole => "whole",
                Extent::Gaps => "gaps",
                Extent::Running => "running",
            },
            target: TargetView::of(period.aim),
            last_year: period.last_year,
            to_last: difference(period.to_last),
            to_target: difference(period.to_aim),
            to_last_year: difference(period.to_last_year),
        }
    }
}

/// A KPI that moves with this one.
#[derive(Serialize)]
pub(super) struct PairView {
    with: KpiId,
    lag: u8,
    /// Which moves first: `this`, `other` or `neither`.
    first: &'static str,
    correlation: Finite,
    weeks: usize,
    p: Finite,
    pub(super) words: String,
}

impl PairView {
    pub(super) fn of(pair: &Pair, strategy: &Strategy) -> Self {
        Self {
            with: pair.with.clone(),
            lag: pair.lag,
            first: match pair.first {
                First::This => "this",
                First::Other => "other",
                First::Neither => "neither",
            },
            correlation: pair.correlation,
            weeks: pair.weeks,
            p: pair.p,
            words: pair.told(strategy.kpi(&pair.with).map_or(pair.with.as_str(), |k| &k.name)),
        }
    }
}

impl<'a> KpiTrend<'a> {
    pub(super) fn of(kpi: &'a Kpi, weeks: Vec<WeekView>, view: &SixTwelve, pairs: Vec<PairView>) -> Self {
        Self {
            kind: "kpi",
            id: &kpi.id,
            name: &kpi.name,
            unit: &kpi.unit,
            weeks,
            six_weeks: view.weeks.iter().map(PeriodView::of).collect(),
            twelve_months: view.months.iter().map(PeriodView::of).collect(),
            pairs,
        }
    }
}

/// A goal over the weeks.
#[derive(Serialize)]
pub(super) struct GoalTrend<'a> {
    pub(super) kind: &'static str,
    pub(super) id: &'a GoalId,
    pub(super) name: &'a str,
    pub(super) weeks: Vec<GoalWeekView>,
}

#[derive(Serialize)]
pub(super) struct GoalWeekView {
    pub(super) week: Week,
    pub(super) status: &'static str,
    /// 0 to 1.
    pub(super) progress: Option<Finite>,
    /// Of the progress, against the week before it in the list.
    pub(super) change: Option<Finite>,
    pub(super) confidence: Option<u8>,
}
