//! `target-beyond-process`: a target that the process, as it is, will miss week after week.

use super::{Facts, Hit, Rule, brief};
use crate::model::finding::Severity;

/// See the module.
pub(super) const RULE: Rule = Rule {
    id: "target-beyond-process",
    severity: Severity::Warning,
    why: "A target beyond what the process can do is met by changing the process, not by trying harder.",
    fires,
};

fn fires(facts: &Facts) -> Vec<Hit> {
    let behaviour = facts.behaviour();
    let mut hits = Vec::new();
    for kpi in &facts.strategy.kpis {
        let Some(chart) = behaviour.charts.get(&kpi.id).filter(|c| c.misses_target()) else { continue };
        let (Some(phase), Some(aim)) = (chart.current(), kpi.show_aim(facts.week)) else { continue };
        hits.push(Hit::kpi(
            kpi,
            say!("“{brief}” cannot meet its target as it is", brief = brief(&kpi.name, 24)),
            say!(
                "“{name}” varies by routine from {limits_in_words}; its target is {aim}.",
                name = kpi.name,
                limits_in_words = phase.limits_in_words(kpi),
                aim
            ),
            say!("Change how the work is done, or the target. If it has changed and you know why, begin a new phase."),
        ));
    }
    hits
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;
    use crate::insight::fixture::*;
    use crate::model::history::History;
    use crate::model::kpi::Phase;
    use crate::model::status::Status;

    /// So many weeks around a level, with limits 5.32 up and down from it.
    fn around(level: f64, weeks: i32) -> History {
        history(weeks, |digest| {
            let swing = f64::from(digest.week.number() % 2) * 2.0 - 1.0;
            digest.kpis = vec![seen("orders", Some(level + swing), Status::AtRisk)].into();
        })
    }

    #[test]
    fn a_target_above_the_upper_locked_limit_will_be_missed() {
        let mut scene = Scene::healthy();
        scene.history = around(440.0, 22);
        let found = scene.finds(&RULE);
        assert_eq!((found.len(), found[0].key.as_str()), (1, "target-beyond-process:kpi/orders"));
    }

    #[test]
    fn a_target_inside_the_limits_and_limits_that_are_not_locked_keep_silent() {
        let mut scene = Scene::healthy();
        scene.history = around(446.0, 22);
        assert!(scene.finds(&RULE).is_empty(), "450 is met by chance now and then");
        scene.history = around(440.0, 20);
        assert!(scene.finds(&RULE).is_empty(), "twenty readings are firm, not locked");
        scene.history = around(440.0, 22);
        let phase = Phase { from: week(NOW).plus(-3), reason: "a second shift".to_owned() };
        scene.workspace.strategy.kpis[0].phases = vec![phase];
        assert!(scene.finds(&RULE).is_empty(), "a new phase has limits of its own");
    }

    #[test]
    fn limits_that_an_improvement_has_left_behind_say_nothing_of_the_target() {
        let mut scene = Scene::healthy();
        scene.history = around(440.0, 30);
        assert_eq!(scene.finds(&RULE).len(), 1);
        let mut last = digest(week(NOW).previous());
        last.kpis = vec![seen("orders", Some(452.0), Status::OnTrack)].into();
        scene.history.insert(last);
        assert!(scene.finds(&RULE).is_empty());
    }

    #[test]
    fn the_evidence_names_limits_and_target() {
        let mut scene = Scene::healthy();
        scene.history = around(440.0, 22);
        assert_eq!(
            scene.finds(&RULE)[0].evidence,
            "“orders” varies by routine from 434.68 to 445.32, mean 440.00 (locked limits, since 2026-W25); its target is 450."
        );
    }
}
