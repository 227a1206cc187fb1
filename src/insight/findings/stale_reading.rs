//! `stale-reading`: a KPI without a reading for two weeks or more.

use super::{Facts, Hit, Rule, brief};
use crate::model::finding::Severity;

/// See the module.
pub(super) const RULE: Rule = Rule {
    id: "stale-reading",
    severity: Severity::Warning,
    why: "A number that stopped coming hides whatever happens next.",
    fires,
};

/// How many weeks without a reading are too many.
const MISSED: i32 = 2;
/// How far back a last reading is looked for, in sealed weeks.
const BACK: usize = 52;

fn fires(facts: &Facts) -> Vec<Hit> {
    let past = facts.kpi_past(BACK);
    let mut hits = Vec::new();
    for now in facts.kpis.iter().filter(|k| k.reading.is_none()) {
        let Some(kpi) = facts.tree.kpi(&now.kpi) else { continue };
        let weeks = past.get(&kpi.id).map_or(&[][..], Vec::as_slice);
        let last = weeks.iter().find(|w| w.reading.is_some());
        let missed = match last {
            Some(last) => facts.week.since(last.week),
            // It never had one: count the weeks that knew it, and this one.
            None => i32::try_from(weeks.len()).unwrap_or(i32::MAX - 1) + 1,
        };
        if missed >= MISSED {
            let title = say!("“{brief}” has no reading for {missed} weeks", brief = brief(&kpi.name, 30), missed);
            let evidence = match last {
                Some(last) => say!("The last reading of “{name}” is from {week}.", name = kpi.name, week = last.week),
                None => say!("“{name}” had no reading in any of the last {missed} weeks.", name = kpi.name, missed),
            };
            hits.push(Hit::kpi(kpi, title, evidence, say!("Ask its owner for the number, or stop gathering it.")));
        }
    }
    hits
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;
    use crate::insight::fixture::*;
    use crate::model::status::Status;

    fn scene(last_reading: i32) -> Scene {
        let mut scene = Scene::healthy();
        scene.review.kpis.clear();
        let last = week(NOW).plus(-last_reading);
        scene.history = history(5, |w| {
            w.kpis = vec![seen("orders", (w.week <= last).then_some(460.0), Status::OnTrack)].into();
        });
        scene
    }

    #[test]
    fn one_missing_week_may_happen_two_may_not() {
        assert!(scene(1).finds(&RULE).is_empty());
        assert_eq!(scene(2).finds(&RULE)[0].title, "“orders” has no reading for 2 weeks");
        assert!(scene(9).finds(&RULE)[0].evidence.contains("in any of the last 6 weeks"));
    }

    #[test]
    fn a_reading_this_week_is_fresh() {
        let mut scene = scene(3);
        scene.review.kpis = Scene::healthy().review.kpis;
        assert!(scene.finds(&RULE).is_empty());
    }
}
