//! The numbers of a story: levels drawn by hand, with noise that is the same on every machine and every run.

use truenorth::model::id::{GoalId, KpiId};
use truenorth::model::number::Finite;
use truenorth::model::scale::Confidence;
use truenorth::model::week::Week;

use crate::story::{KpiLine, Numbers};

/// A number in 0.0..1.0 that depends on nothing but these words (FNV-1a, then the finaliser of SplitMix64).
pub(crate) fn chance(words: &[&str]) -> f64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in words.join("/").bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^= hash >> 31;
    let fraction = (hash >> 11) as f64;
    fraction / 9_007_199_254_740_992.0
}

impl Numbers {
    /// Whether a KPI is known in a week.
    pub(crate) fn knows(&self, kpi: &KpiId, week: Week) -> bool {
        self.line(kpi).is_some_and(|line| line.path.first().is_some_and(|(from, _)| *from <= week))
    }

    /// The reading of a KPI in a week.
    pub(crate) fn reading(&self, kpi: &KpiId, week: Week) -> Option<Finite> {
        let line = self.line(kpi)?;
        if let Some((_, exact)) = line.at.iter().find(|(at, _)| *at == week) {
            return Finite::new(*exact);
        }
        // Even noise, not bell-shaped: it never strays far enough to look like an event.
        let swing = chance(&[kpi.as_str(), &line.seed.to_string(), &week.to_string()]) * 2.0 - 1.0;
        let value = level(&line.path, week)? + line.noise * swing;
        tidy((value / line.round).round() * line.round)
    }

    fn line(&self, kpi: &KpiId) -> Option<&KpiLine> {
        self.kpis.iter().find(|line| &line.id == kpi)
    }

    /// Where a goal stands in a week, if that is told by hand.
    pub(crate) fn stands(&self, goal: &GoalId, week: Week) -> Option<Finite> {
        let line = self.goals.iter().find(|line| &line.id == goal)?;
        tidy(level(&line.stands, week)?.round())
    }

    /// How sure the team is of a goal in a week.
    pub(crate) fn sure(&self, goal: &GoalId, week: Week) -> Confidence {
        let line = self.goals.iter().find(|line| &line.id == goal);
        let told = line.and_then(|l| l.sure.iter().rfind(|(from, _)| *from <= week));
        told.and_then(|(_, sure)| Confidence::new(*sure)).unwrap_or_default()
    }
}

/// The height of a line drawn through points, at a week: none before the first, level after the last.
pub(crate) fn level(path: &[(Week, f64)], week: Week) -> Option<f64> {
    let after = path.iter().position(|(at, _)| *at > week);
    match after {
        Some(0) => None,
        None => path.last().map(|(_, value)| *value),
        Some(next) => {
            let ((from, low), (to, high)) = (path[next - 1], path[next]);
            let share = f64::from(week.since(from)) / f64::from(to.since(from));
            Some(low + (high - low) * share)
        }
    }
}

/// Without the dust that dividing and multiplying leave in the last digits.
fn tidy(value: f64) -> Option<Finite> {
    Finite::new((value * 1000.0).round() / 1000.0)
}
