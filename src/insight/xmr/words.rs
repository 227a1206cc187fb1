//! The chart in words: what a signal says, what limits rest on, and what the process can do.

use super::limits::{FACTOR, FEWEST, FEWEST_RANGES, FIRM, MOST, RANGE_FACTOR};
use super::{Axis, Capability, Chart, Limits, PhaseChart, Rule, Side, Signal, State};
use crate::model::kpi::{Aim, Kpi};
use crate::model::number::Finite;
use crate::model::tongue::word;
use crate::model::week::Week;

/// What is said of a week in which nothing stands out.
pub const ROUTINE: &str = term!("routine variation: nothing to explain");

impl Rule {
    /// The rule in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Beyond => say!("a point beyond a limit"),
            Self::NearLimit => say!("3 of 4 successive readings nearer to the same limit than to the mean"),
            Self::Run => say!("8 successive readings on the same side of the mean"),
        }
    }
}

impl Signal {
    /// The few words that fit a row: `shift up`.
    #[must_use]
    pub fn label(&self) -> &'static str {
        match (self.rule, self.axis, self.side) {
            (Rule::Beyond, Axis::Range, _) => say!("sudden jump"),
            (Rule::Beyond, Axis::X, Side::Above) => say!("above limits"),
            (Rule::Beyond, Axis::X, Side::Below) => say!("below limits"),
            (Rule::NearLimit, _, Side::Above) => say!("near upper limit"),
            (Rule::NearLimit, _, Side::Below) => say!("near lower limit"),
            (Rule::Run, _, Side::Above) => say!("shift up"),
            (Rule::Run, _, Side::Below) => say!("shift down"),
        }
    }

    /// The signal in a sentence: `shift up since 2026-W33: 8 successive readings above the mean (improvement)`.
    #[must_use]
    pub fn words(&self) -> String {
        let (label, points) = (self.label(), self.points);
        let side = match self.side {
            Side::Above => say!("above"),
            Side::Below => say!("below"),
        };
        let said = match (self.rule, self.axis) {
            (Rule::Beyond, Axis::X) => say!("{label} in {week}", week = self.week, label),
            (Rule::Beyond, Axis::Range) => {
                say!("{label} in {week}: farther from the week before than is routine", week = self.week, label)
            }
            (Rule::NearLimit, _) => {
                let limit = match self.side {
                    Side::Above => say!("upper"),
                    Side::Below => say!("lower"),
                };
                say!(
                    "{label} since {since}: {points} readings nearer to the {limit} limit than to the mean",
                    since = self.since,
                    label,
                    points,
                    limit
                )
            }
            (Rule::Run, _) => say!(
                "{label} since {since}: {points} successive readings {side} the mean",
                since = self.since,
                label,
                points,
                side
            ),
        };
        let provisional = match self.limits {
            State::None | State::Provisional => say!(", by provisional limits"),
            State::Firm | State::Locked => "",
        };
        format!("{said} ({}{provisional})", self.verdict.label())
    }
}

impl Chart {
    /// What is to be said of a week: its strongest signal, or that nothing is to explain, or why that cannot be told.
    #[must_use]
    pub fn words(&self, week: Week) -> String {
        let read = self.points.binary_search_by_key(&week, |(w, _)| *w).is_ok_and(|at| self.points[at].1.is_some());
        if !read && self.current().is_some_and(|p| p.limits.is_some()) {
            return say!("no reading in {week}: nothing to hold against the limits", week);
        }
        if let Some(signal) = self.strongest_in(week) {
            return signal.words();
        }
        match self.phases.iter().find(|p| p.from <= week && week <= p.until) {
            Some(phase) if phase.limits.is_some() => word(ROUTINE).to_owned(),
            Some(phase) => phase.without(),
            None => say!("no reading yet").to_owned(),
        }
    }
}

impl Chart {
    /// Whether the process meets its target, in a sentence.
    #[must_use]
    pub fn capability_words(&self, kpi: &Kpi) -> String {
        match self.capability {
            Capability::WillMeet => say!("as the process is, it will meet the target").to_owned(),
            Capability::WillMiss => say!("as the process is, it will miss the target").to_owned(),
            Capability::Sometimes => {
                say!("as the process is, it will sometimes meet the target and sometimes miss it").to_owned()
            }
            Capability::Unknown if kpi.aim_in(self.week) == Aim::Nothing => say!("no target to be reached").to_owned(),
            Capability::Unknown => match self.current() {
                Some(phase) if phase.limits.is_some() => {
                    say!(
                        "too early to say: {readings} of {firm} readings since {from}",
                        readings = phase.readings,
                        from = phase.from,
                        firm = FIRM
                    )
                }
                Some(phase) => phase.without(),
                None => say!("too early to say: no reading yet").to_owned(),
            },
        }
    }
}

impl PhaseChart {
    /// The rule of the limits with its inputs and its source, for whoever asks why.
    #[must_use]
    pub fn why(&self, kpi: &Kpi) -> String {
        let (Some(limits), Some((first, last))) = (&self.limits, self.basis) else { return self.without() };
        let show = |value: Finite| show(kpi, value);
        let n = self.readings.min(MOST);
        let stay = match self.state {
            State::None | State::Provisional => say!("; provisional below 12 readings"),
            State::Firm => say!("; after the 20th reading they stay"),
            State::Locked => say!("; locked since the 20th reading"),
        };
        say!(
            "Limits {lower} to {upper} = mean {mean} ± {factor} × mean moving range {mean_range}, and {range_upper} = {range_factor} × that for a moving range. \
             From {n} readings and {ranges} moving ranges, {first} to {last}{stay}. (XmR chart; Wheeler, Understanding Variation, 1993)",
            lower = show(limits.lower),
            upper = show(limits.upper),
            mean = show(limits.mean),
            mean_range = show(limits.mean_range),
            range_upper = show(limits.range_upper),
            ranges = self.ranges,
            factor = FACTOR,
            range_factor = RANGE_FACTOR,
            n,
            first,
            last,
            stay,
        )
    }

    /// The limits in a few words: `33.3 to 53.2 min, mean 43.3 min (firm limits)`.
    #[must_use]
    pub fn limits_in_words(&self, kpi: &Kpi) -> String {
        let Some(Limits { lower, upper, mean, .. }) = self.limits else { return self.without() };
        let show = |value: Finite| show(kpi, value);
        say!(
            "{lower} to {upper}, mean {mean} ({state}, since {from})",
            lower = show(lower),
            upper = show(upper),
            mean = show(mean),
            state = self.state.label(),
            from = self.from
        )
    }

    /// Why there are no limits.
    fn without(&self) -> String {
        let n = self.readings;
        if n < FEWEST {
            let more = FEWEST - n;
            return say!(
                "too early to say: {n} of {fewest} readings since {from}, {more} more needed",
                from = self.from,
                n,
                fewest = FEWEST,
                more
            );
        }
        if self.ranges < FEWEST_RANGES {
            return say!(
                "no limits: only {ranges} of {n} readings follow one of the week before",
                ranges = self.ranges,
                n
            );
        }
        say!("no limits: the numbers are too large to compute with").to_owned()
    }
}

/// A computed number, one decimal finer than the KPI's readings.
fn show(kpi: &Kpi, value: Finite) -> String {
    let size = value.get().abs();
    let decimals = kpi.decimals.map(|d| d.saturating_add(1)).or((1.0..1e15).contains(&size).then_some(2));
    let number = decimals.map_or_else(|| value.grouped(), |d| value.fixed(d));
    if kpi.unit.is_empty() { number } else { format!("{number} {}", kpi.unit) }
}
