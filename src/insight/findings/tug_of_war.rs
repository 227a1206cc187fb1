//! `tug-of-war`: two KPIs that move against each other, so that what helps one harms the other.

use std::collections::HashSet;

use super::behaviour::Opposed;
use super::{Facts, Hit, Rule, brief};
use crate::model::finding::Severity;
use crate::model::id::KpiId;
use crate::model::number::Finite;

/// See the module.
pub(super) const RULE: Rule = Rule {
    id: "tug-of-war",
    severity: Severity::Note,
    why: "Two teams that each push their own number may undo each other's work without knowing.",
    fires,
};

/// Over the last 52 weeks, as far as both were read; a KPI with a band has no direction to push in and is left out.
///
/// Each KPI is named in one pair only, the strongest: one event in one week moves many numbers, and the room needs to hear
/// of it once.
fn fires(facts: &Facts) -> Vec<Hit> {
    let opposed = &facts.behaviour().opposed;
    let mut named: HashSet<&KpiId> = HashSet::new();
    let mut hits = Vec::new();
    for pair in opposed {
        if named.contains(&pair.one) || named.contains(&pair.other) {
            continue;
        }
        named.extend([&pair.one, &pair.other]);
        let touches = |p: &&Opposed| [&p.one, &p.other].iter().any(|id| **id == pair.one || **id == pair.other);
        hits.extend(hit(facts, pair, opposed.iter().filter(touches).count() - 1));
    }
    hits
}

fn hit(facts: &Facts, pair: &Opposed, more: usize) -> Option<Hit> {
    let (one, other) = (facts.strategy.kpi(&pair.one)?, facts.strategy.kpi(&pair.other)?);
    let others = match more {
        0 => String::new(),
        1 => say!(" One of them pulls against another KPI, too.").to_owned(),
        n => say!(" They pull against others in {n} more pairs.", n),
    };
    let evidence = say!(
        "When “{name}” got better in a week, “{name2}” mostly got worse: over {changes} weekly changes they correlate at {correlation}.{others}",
        name = one.name,
        name2 = other.name,
        changes = pair.changes,
        correlation = Finite::new(pair.correlation)?.fixed(2),
        others,
    );
    let title =
        say!("“{brief}” and “{brief2}” pull apart", brief = brief(&one.name, 18), brief2 = brief(&other.name, 18));
    let suggestion = say!("Ask who pays for whose success, and agree which of the two comes first.");
    Some(Hit { at: format!("kpi/{}+{}", pair.one, pair.other), ..Hit::kpi(one, title, evidence, suggestion) })
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;
    use crate::insight::fixture::*;
    use crate::model::history::History;
    use crate::model::kpi::Direction;
    use crate::model::status::Status;

    /// Two KPIs of which the second falls by `share` of what the first rises, and else goes its own way.
    fn weeks(n: i32, share: f64) -> History {
        history(n, |digest| {
            let week = f64::from(digest.week.number());
            let (one, own) = ((week * 1.3).sin() * 10.0, (week * 2.9).sin() * 10.0);
            let other = 50.0 - share * one + (1.0 - share) * own;
            let both = [("orders", 460.0 + one), ("zest", other)].map(|(k, v)| seen(k, Some(v), Status::OnTrack));
            digest.kpis = both.into_iter().collect();
        })
    }

    fn two() -> Scene {
        let mut scene = Scene::healthy();
        scene.workspace.strategy.kpis.push(kpi("zest"));
        scene
    }

    #[test]
    fn two_kpis_whose_changes_oppose_each_other_are_named_once() {
        let mut scene = two();
        scene.history = weeks(30, 1.0);
        let found = scene.finds(&RULE);
        assert_eq!((found.len(), found[0].key.as_str()), (1, "tug-of-war:kpi/orders+zest"));
        scene.workspace.strategy.kpis.reverse();
        assert_eq!(scene.finds(&RULE)[0].key, found[0].key, "whatever the order of the file");
    }

    #[test]
    fn twelve_weeks_a_weaker_pull_and_one_direction_shared_keep_silent() {
        let mut scene = two();
        scene.history = weeks(12, 1.0);
        assert!(scene.finds(&RULE).is_empty(), "thirteen weeks are needed");
        scene.history = weeks(13, 1.0);
        assert_eq!(scene.finds(&RULE).len(), 1);
        scene.history = weeks(30, 1.0);
        let mut apart = History::default();
        for (at, mut digest) in scene.history.weeks().iter().cloned().enumerate() {
            let read = |k: &str| if k == "orders" { at < 20 } else { at >= 10 };
            digest.kpis = digest.kpis.iter().filter(|k| read(k.kpi.as_str())).collect();
            apart.insert(digest);
        }
        scene.history = apart;
        assert!(scene.finds(&RULE).is_empty(), "each was read for twenty weeks, but only ten of them together");
        scene.history = weeks(30, 0.2);
        assert!(scene.finds(&RULE).is_empty(), "hardly against each other");
        scene.history = weeks(30, 1.0);
        scene.workspace.strategy.kpis[1].direction = Direction::Down;
        assert!(scene.finds(&RULE).is_empty(), "that the second falls is good");
    }

    #[test]
    fn what_moves_against_several_is_named_once_with_the_strongest() {
        let mut scene = two();
        scene.workspace.strategy.kpis.push(kpi("yeast"));
        scene.history = weeks(30, 1.0);
        for mut digest in scene.history.weeks().to_vec() {
            let like = digest.kpis.reading(1).unwrap().get() + f64::from(digest.week.number() % 3);
            let third = seen("yeast", Some(like), Status::OnTrack);
            digest.kpis = digest.kpis.iter().chain([third]).collect();
            scene.history.insert(digest);
        }
        let found = scene.finds(&RULE);
        assert_eq!((found.len(), found[0].key.as_str()), (1, "tug-of-war:kpi/orders+zest"));
        assert!(found[0].evidence.ends_with("One of them pulls against another KPI, too."), "{}", found[0].evidence);
    }

    #[test]
    fn the_evidence_names_both_and_how_much() {
        let mut scene = two();
        scene.history = weeks(30, 1.0);
        assert_eq!(
            scene.finds(&RULE)[0].evidence,
            "When “orders” got better in a week, “zest” mostly got worse: over 29 weekly changes they correlate at -1.00."
        );
    }
}
