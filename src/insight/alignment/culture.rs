//! Culture: do people feel it, take part in it, and hold decisions against what they value?

use super::measured::Measured;
use super::{Aspect, Measure};
use crate::insight::findings::{Facts, cited_values};
use crate::insight::pulse::ANONYMOUS;
use crate::model::number::Finite;

pub(super) static ASPECT: Aspect = Aspect {
    id: "culture",
    label: "Culture",
    asks: "Do people feel it, take part in it, and hold decisions against what they value?",
    measures: &[
        Measure {
            id: "pulse",
            label: "Pulse",
            formula: "mean of (answer - 1) / 4 over statements with four answers or more",
            advice: "Ask the room what would have made the lowest statement one point better, and do that.",
            measure: pulse,
        },
        Measure {
            id: "participation",
            label: "Check-ins",
            formula: "check-ins of those expected, over the last four reviews that revealed them",
            advice: "Ask those who do not check in what would make it worth two minutes.",
            measure: participation,
        },
        Measure {
            id: "values-cited",
            label: "Values cited",
            formula: "values that a decision of the last 13 weeks serves or strains, of all values",
            advice: "Ask of the next decision what it does to each value.",
            measure: values,
        },
    ],
};

/// How many reviews back people's answers still count.
const WEEKS: usize = 4;

fn pulse(facts: &Facts) -> Measured {
    let told = |means: Vec<Finite>, week: crate::model::week::Week| {
        let mean = means.iter().map(|m| m.get()).sum::<f64>() / f64::from(u32::try_from(means.len()).unwrap_or(1));
        let tells = say!("mean answer {mean:.1} of 5 to {means} statements in {week}", means = means.len(), mean, week);
        Measured::ratio((mean - 1.0) / 4.0, tells)
    };
    let now: Vec<Finite> = facts.pulse.iter().filter_map(crate::model::alignment::PulseWeek::mean).collect();
    if !now.is_empty() {
        return told(now, facts.week);
    }
    let before = facts.past().take(WEEKS).find_map(|w| {
        let means: Vec<Finite> = w.alignment.pulse.iter().filter_map(|(_, mean)| *mean).collect();
        (!means.is_empty()).then_some((means, w.week))
    });
    before.map_or_else(
        || {
            Measured::unknown(&say!(
                "No statement had {anonymous} answers or more in the last reviews",
                anonymous = ANONYMOUS
            ))
        },
        |(means, week)| told(means, week),
    )
}

fn participation(facts: &Facts) -> Measured {
    let now = (!facts.check_ins.is_empty()).then(|| (facts.check_ins.len(), facts.config.active().count()));
    let past = facts.past().filter_map(|w| w.conduct.checked_in);
    let (given, expected) = now.into_iter().chain(past).take(WEEKS).fold((0, 0), |(a, b), (c, d)| (a + c, b + d));
    if expected == 0 {
        return Measured::unknown(say!("No review revealed check-ins yet"));
    }
    Measured::share(given, expected, say!("check-ins were given over the last reviews"))
}

fn values(facts: &Facts) -> Measured {
    let values = &facts.strategy.north_star.values;
    if values.is_empty() {
        return Measured::unknown(say!("No value is written down"));
    }
    let cited = cited_values(facts);
    let tells = say!("values were named by a decision of 13 weeks");
    Measured::those(values, |v| cited.contains(&v.id), |v| &v.name, tells)
}
