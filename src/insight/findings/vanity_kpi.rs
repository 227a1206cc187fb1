//! `vanity-kpi`: a KPI without a target, or one that never moves and that nothing refers to.

use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};

use super::{Facts, Hit, Rule, brief};
use crate::model::finding::Severity;
use crate::model::id::KpiId;
use crate::model::kpi::Aim;
use crate::model::record::Subject;
use crate::model::status::Status;

/// See the module.
pub(super) const RULE: Rule = Rule {
    id: "vanity-kpi",
    severity: Severity::Note,
    why: "A number that nothing is held against, or that nobody acts on, only decorates.",
    fires,
};

/// How many sealed weeks without a change of status make a KPI suspicious.
const WEEKS: usize = 26;

fn fires(facts: &Facts) -> Vec<Hit> {
    let past = facts.kpi_past(WEEKS);
    // Read of all weeks, so only where it matters.
    let cited = LazyCell::new(|| cited(facts));
    let now: HashMap<&KpiId, Status> = facts.kpis.iter().map(|k| (&k.kpi, k.status())).collect();
    let never_moved = |id: &KpiId| {
        past.get(id).is_some_and(|weeks| {
            let known = weeks[0].status.badness().is_some();
            // A week that is not read yet says nothing.
            let moves = now.get(id).is_some_and(|s| s.badness().is_some() && *s != weeks[0].status);
            weeks.len() >= WEEKS && known && !moves && weeks.iter().all(|w| w.status == weeks[0].status)
        })
    };
    let mut hits = Vec::new();
    for kpi in &facts.strategy.kpis {
        let evidence = if kpi.aim_in(facts.week) == Aim::Nothing {
            say!("“{name}” has no target in {week}.", name = kpi.name, week = facts.week)
        } else if never_moved(&kpi.id) && !cited.contains(&kpi.id) {
            say!(
                "“{name}” kept its status for {weeks} weeks, and no decision or issue refers to it.",
                name = kpi.name,
                weeks = WEEKS
            )
        } else {
            continue;
        };
        let title = say!("“{brief}” may only decorate", brief = brief(&kpi.name, 36));
        hits.push(Hit::kpi(kpi, title, evidence, say!("Set a target that would make you act, or stop gathering it.")));
    }
    hits
}

/// The KPIs that a decision or an issue was raised from, ever.
fn cited<'a>(facts: &Facts<'a>) -> HashSet<&'a KpiId> {
    let past = facts.history.weeks().iter().flat_map(|w| &w.cited);
    let now = facts.decisions.iter().map(|d| &d.about).chain(facts.issues.iter().map(|i| &i.about));
    let now = now.filter_map(|about| if let Some(Subject::Kpi(kpi)) = about { Some(kpi) } else { None });
    past.chain(now).collect()
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;
    use crate::insight::fixture::*;

    #[test]
    fn a_kpi_without_a_target_decorates() {
        let mut scene = Scene::healthy();
        assert!(scene.finds(&RULE).is_empty());
        scene.workspace.strategy.kpis[0].targets.clear();
        assert_eq!(scene.finds(&RULE).len(), 1);
    }

    #[test]
    fn half_a_year_without_a_change_counts_unless_somebody_acted_on_it() {
        let still = |n| history(n, |w| w.kpis = vec![seen("orders", Some(460.0), Status::OnTrack)].into());
        let mut scene = Scene::healthy();
        scene.history = still(25);
        assert!(scene.finds(&RULE).is_empty());
        scene.history = still(26);
        assert_eq!(scene.finds(&RULE).len(), 1);
        let mut cites = issue("orders");
        cites.about = Some(Subject::Kpi(id("orders")));
        scene.review.issues.push(cites);
        assert!(scene.finds(&RULE).is_empty());
    }

    #[test]
    fn one_change_of_status_is_enough_to_be_of_use() {
        let mut scene = Scene::healthy();
        scene.history = history(26, |w| {
            let status = if w.week == week("2026-W30") { Status::AtRisk } else { Status::OnTrack };
            w.kpis = vec![seen("orders", Some(460.0), status)].into();
        });
        assert!(scene.finds(&RULE).is_empty());
        scene.history = history(26, |w| w.kpis = vec![seen("orders", Some(460.0), Status::OnTrack)].into());
        assert_eq!(scene.finds(&RULE).len(), 1);
        scene.read("orders", 10.0);
        assert!(scene.finds(&RULE).is_empty(), "it changes this week");
    }
}
