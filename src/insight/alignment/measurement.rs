//! Measurement: can one tell where things stand, from every side, and in time to act?

use std::collections::HashSet;

use super::measured::Measured;
use super::{Aspect, Measure};
use crate::insight::findings::{Facts, is_lagging_only, is_unmeasured, used_kpis};
use crate::model::goal::{Goal, Kind};

pub(super) static ASPECT: Aspect = Aspect {
    id: "measurement",
    label: "Measurement",
    asks: "Can one tell where things stand, from every side, and in time to act?",
    measures: &[
        Measure {
            id: "goals-measured",
            label: "Goals measured",
            formula: "open goals, objectives and key results with a goal under them, a KPI, or baseline and target, of all of them",
            advice: "Link a KPI, or give it a key result with a baseline and a target.",
            measure: goals_measured,
        },
        Measure {
            id: "kpis-linked",
            label: "KPIs linked",
            formula: "KPIs that a goal names, of all KPIs",
            advice: "Link each KPI to the goal it tells of, or stop gathering it.",
            measure: kpis_linked,
        },
        Measure {
            id: "perspectives",
            label: "Perspectives covered",
            formula: "perspectives of the scorecard with a KPI, of all perspectives",
            advice: "Choose one number that would show trouble there early.",
            measure: perspectives,
        },
        Measure {
            id: "leading",
            label: "Leading numbers present",
            formula: "open goals with KPIs of which one at least is leading, of the open goals with KPIs",
            advice: "Add a KPI that moves first and that the team can act on.",
            measure: leading,
        },
        Measure {
            id: "fresh",
            label: "Readings fresh",
            formula: "KPIs with a reading this week or in the last review, of all KPIs",
            advice: "Ask the owners for the numbers that are missing, or let a KPI go that nobody reads.",
            measure: fresh,
        },
    ],
};

fn goals_measured(facts: &Facts) -> Measured {
    let asked = facts.tree.open().filter(|g| !matches!(g.kind, Kind::Initiative { .. }));
    let holds = |g: &Goal| !is_unmeasured(facts, g);
    Measured::those(asked, holds, |g| &g.title, say!("goals, objectives and key results are measured"))
}

fn kpis_linked(facts: &Facts) -> Measured {
    let used = used_kpis(facts);
    Measured::those(&facts.strategy.kpis, |k| used.contains(&k.id), |k| &k.name, say!("KPIs are named by a goal"))
}

fn perspectives(facts: &Facts) -> Measured {
    let covered: HashSet<_> = facts.strategy.kpis.iter().map(|k| &k.perspective).collect();
    let all = &facts.config.perspectives;
    Measured::those(all, |p| covered.contains(&p.id), |p| &p.name, say!("perspectives have a KPI"))
}

fn leading(facts: &Facts) -> Measured {
    let with_kpis = facts.tree.open().filter(|g| g.kpis.iter().any(|k| facts.tree.kpi(k).is_some()));
    let holds = |g: &Goal| !is_lagging_only(facts, g);
    Measured::those(with_kpis, holds, |g| &g.title, say!("open goals with KPIs have a leading one"))
}

fn fresh(facts: &Facts) -> Measured {
    let last = facts.past().next().filter(|w| facts.week.since(w.week) <= 1);
    let read = last.into_iter().flat_map(|w| w.kpis.readings()).filter(|(_, value)| value.is_some()).map(|(id, _)| id);
    let read: HashSet<_> = read.chain(facts.kpis.iter().filter(|k| k.reading.is_some()).map(|k| &k.kpi)).collect();
    let tells = say!("KPIs have a reading of this week or the last");
    Measured::those(&facts.strategy.kpis, |k| read.contains(&k.id), |k| &k.name, tells)
}
