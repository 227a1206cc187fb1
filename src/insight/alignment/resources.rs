//! Resources: does the work go where the weight is?

use super::measured::Measured;
use super::{Aspect, Measure};
use crate::insight::findings::{Facts, LEAST_WORK, work_by_theme};

pub(super) static ASPECT: Aspect = Aspect {
    id: "resources",
    label: "Resources",
    asks: "Does the work go where the weight is?",
    measures: &[Measure {
        id: "effort",
        label: "Effort against weights",
        formula: "1 less the share of the work that would have to move to match the weights",
        advice: "Move work to where the weight is, or change the weight by a decision.",
        measure: effort,
    }],
};

/// Half the sum of the distances: the share of the work that would have to move.
fn effort(facts: &Facts) -> Measured {
    let themes = &facts.strategy.north_star.themes;
    let work = work_by_theme(facts);
    let pieces: u32 = work.values().sum();
    let weights: f64 = themes.iter().map(|t| t.weight.get()).sum();
    if themes.len() < 2 || weights <= 0.0 {
        return Measured::unknown(say!("There are no two themes with a weight"));
    }
    if pieces < LEAST_WORK {
        return Measured::unknown(&say!(
            "{pieces} open action items and initiatives serve a theme: five are the least",
            pieces
        ));
    }
    let shares = themes.iter().map(|theme| {
        let mine = f64::from(work.get(&theme.id).copied().unwrap_or(0)) / f64::from(pieces);
        (theme, mine, theme.weight.get() / weights)
    });
    let apart: f64 = shares.clone().map(|(_, mine, weight)| (mine - weight).abs()).sum();
    let told: Vec<String> = shares
        .map(|(theme, mine, weight)| {
            say!(
                "{name}: {mine:.0} % of the work, {weight:.0} % of the weight",
                name = theme.name,
                mine = mine * 100.0,
                weight = weight * 100.0
            )
        })
        .collect();
    let pieces = say!("{pieces} open action items and initiatives serve a theme", pieces);
    let mut measured = Measured::ratio(1.0 - apart / 2.0, pieces);
    measured.inputs.extend(told);
    measured
}
