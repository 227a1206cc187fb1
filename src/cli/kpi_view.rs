//! A KPI as programs see it: the keys that `kpi list --json` and `kpi show --json` promise.

use serde::Serialize;

use crate::insight::forecast::Forecast;
use crate::insight::scorecard::Reason;
use crate::insight::xmr::{self, Chart};
use crate::model::id::{GoalId, KpiId, MemberId, PerspectiveId};
use crate::model::kpi::{Aim, Direction, Kpi, Origin};
use crate::model::number::Finite;
use crate::model::snapshot::KpiWeek;
use crate::model::status::Status;
use crate::model::week::Week;
use crate::model::workspace::Workspace;

use super::now::Now;

/// A KPI in a week that is behind or has begun.
#[derive(Debug)]
pub(super) struct Past {
    pub(super) week: Week,
    pub(super) stand: KpiWeek,
}

/// A row of the scorecard. What people see is beside it, not in the document.
#[derive(Serialize)]
pub(super) struct Row<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    target: Target,
    #[serde(rename = "week")]
    of: Week,
    reading: Option<Finite>,
    computed: &'static str,
    marked: Option<&'static str>,
    status: &'static str,
    note: Option<&'a str>,
    /// What makes it an exception this week, in words; none for routine.
    #[serde(rename = "reason")]
    said: Option<String>,
    /// The reading of the last sealed week before.
    #[serde(rename = "previous")]
    pub(super) last: Option<Finite>,
    #[serde(skip)]
    pub(super) kpi: &'a Kpi,
    #[serde(skip)]
    pub(super) week: &'a KpiWeek,
    #[serde(skip)]
    pub(super) reason: Option<Reason>,
}

impl<'a> Row<'a> {
    pub(super) fn of(
        workspace: &'a Workspace,
        now: &'a Now,
        week: &'a KpiWeek,
        kpi: &'a Kpi,
        reason: Option<Reason>,
    ) -> Self {
        let before = now.history().weeks().iter().rev().find(|w| w.week < now.week);
        Self {
            head: Head::of(workspace, kpi),
            target: Target::of(kpi, now.week),
            of: now.week,
            reading: week.reading,
            computed: week.computed.key(),
            marked: week.marked.map(Status::key),
            status: week.status().key(),
            note: said(&week.note),
            said: reason.map(Reason::label),
            last: before.and_then(|w| w.kpi(&kpi.id)).and_then(|k| k.reading),
            kpi,
            week,
            reason,
        }
    }
}

/// What both documents tell of a KPI's definition.
#[derive(Serialize)]
struct Head<'a> {
    id: &'a KpiId,
    name: &'a str,
    unit: &'a str,
    direction: &'static str,
    perspective: &'a PerspectiveId,
    owner: Option<&'a MemberId>,
    goals: Vec<&'a GoalId>,
}

impl<'a> Head<'a> {
    fn of(workspace: &'a Workspace, kpi: &'a Kpi) -> Self {
        Self {
            id: &kpi.id,
            name: &kpi.name,
            unit: &kpi.unit,
            direction: match kpi.direction {
                Direction::Up => "up",
                Direction::Down => "down",
                Direction::Band => "band",
            },
            perspective: &kpi.perspective,
            owner: kpi.owner.as_ref(),
            goals: workspace.strategy.goals_of(&kpi.id).map(|g| &g.id).collect(),
        }
    }
}

/// The target of a week: one value, or the two ends of a band.
#[derive(Default, Serialize)]
struct Target {
    value: Option<Finite>,
    lower: Option<Finite>,
    upper: Option<Finite>,
    from: Option<Week>,
}

impl Target {
    fn of(kpi: &Kpi, week: Week) -> Self {
        let from = kpi.target_in(week).map(|t| t.from);
        match kpi.aim_in(week) {
            Aim::At(value) => Self { value: Some(value), from, ..Self::default() },
            Aim::Within(lower, upper) => Self { lower: Some(lower), upper: Some(upper), from, ..Self::default() },
            Aim::Nothing => Self { from, ..Self::default() },
        }
    }
}

/// Everything about one KPI.
#[derive(Serialize)]
pub(super) struct Full<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    target: Target,
    readings: Vec<Reading<'a>>,
    limits: Limits,
    signals: Vec<Signal>,
    capability: &'static str,
    forecast: ForecastView,
}

#[derive(Serialize)]
struct Reading<'a> {
    week: Week,
    value: Option<Finite>,
    computed: &'static str,
    marked: Option<&'static str>,
    note: Option<&'a str>,
    /// `import` where the value was brought in from a file.
    origin: Option<&'static str>,
}

/// The limits of a process behaviour chart.
#[derive(Serialize)]
struct Limits {
    state: &'static str,
    mean: Option<Finite>,
    lower: Option<Finite>,
    upper: Option<Finite>,
    mean_range: Option<Finite>,
    range_upper: Option<Finite>,
    phase_from: Option<Week>,
}

/// A rule of the chart that fired.
#[derive(Serialize)]
struct Signal {
    /// The week in which it fired.
    week: Week,
    rule: u8,
    chart: &'static str,
    verdict: &'static str,
}

/// Where the readings lead.
#[derive(Serialize)]
struct ForecastView {
    state: &'static str,
    horizon: Option<Week>,
    mean: Option<Finite>,
    lower80: Option<Finite>,
    upper80: Option<Finite>,
    chance_of_target: Option<Finite>,
    mase: Option<Finite>,
}

impl ForecastView {
    fn of(forecast: &Forecast) -> Self {
        let end = forecast.at_end();
        Self {
            state: forecast.method.key(),
            horizon: end.map(|a| a.week),
            mean: end.map(|a| a.mean),
            lower80: end.map(|a| a.lower),
            upper80: end.map(|a| a.upper),
            chance_of_target: forecast.chance,
            mase: forecast.mase,
        }
    }
}

impl<'a> Full<'a> {
    pub(super) fn of(
        workspace: &'a Workspace,
        kpi: &'a Kpi,
        week: Week,
        readings: &'a [Past],
        chart: Option<&Chart>,
        forecast: &Forecast,
    ) -> Self {
        let reading = |past: &'a Past| Reading {
            week: past.week,
            value: past.stand.reading,
            computed: past.stand.computed.key(),
            marked: past.stand.marked.map(Status::key),
            note: said(&past.stand.note),
            origin: match past.stand.origin {
                Origin::Import => Some("import"),
                Origin::Feed => Some("feed"),
                Origin::Review | Origin::CheckIn => None,
            },
        };
        Self {
            head: Head::of(workspace, kpi),
            target: Target::of(kpi, week),
            readings: readings.iter().map(reading).collect(),
            limits: Limits::of(chart),
            signals: chart.map(|c| c.signals.iter().map(Signal::of).collect()).unwrap_or_default(),
            capability: chart.map_or(xmr::Capability::Unknown, |c| c.capability).key(),
            forecast: ForecastView::of(forecast),
        }
    }
}

impl Limits {
    /// Those of the phase that the chart's week lies in.
    fn of(chart: Option<&Chart>) -> Self {
        let phase = chart.and_then(Chart::current);
        let limits = phase.and_then(|p| p.limits);
        Self {
            state: phase.map_or(xmr::State::None, |p| p.state).key(),
            mean: limits.map(|l| l.mean),
            lower: limits.map(|l| l.lower),
            upper: limits.map(|l| l.upper),
            mean_range: limits.map(|l| l.mean_range),
            range_upper: limits.map(|l| l.range_upper),
            phase_from: phase.map(|p| p.from),
        }
    }
}

impl Signal {
    fn of(signal: &xmr::Signal) -> Self {
        Self { week: signal.week, rule: signal.rule.number(), chart: signal.axis.key(), verdict: signal.verdict.key() }
    }
}

/// A text, or null where nothing was said.
pub(super) fn said(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}
