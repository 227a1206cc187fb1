//! `watermelon`: green outside, red inside. A mark that is better than what is measured.

use super::{Facts, Hit, Rule, brief};
use crate::model::finding::Severity;
use crate::model::goal::Goal;
use crate::model::snapshot::GoalWeek;
use crate::model::status::Status;
use crate::model::tongue::word;

/// See the module.
pub(super) const RULE: Rule = Rule {
    id: "watermelon",
    severity: Severity::Serious,
    why: "A status that looks better than the numbers puts the hard talk off until it is late.",
    fires,
};

fn fires(facts: &Facts) -> Vec<Hit> {
    let mut hits = Vec::new();
    for now in facts.kpis {
        let (Some(mark), Some(kpi)) = (now.marked, facts.tree.kpi(&now.kpi)) else { continue };
        if mark.better_than(now.computed) {
            let reading = now.reading.map_or_else(|| say!("no reading").to_owned(), |r| kpi.show(r));
            let target = kpi.show_aim(facts.week).unwrap_or_else(|| say!("no target").to_owned());
            hits.push(Hit::kpi(
                kpi,
                title(&kpi.name, mark, now.computed),
                say!(
                    "{reading} against {target} computes to {computed}; the team marked {mark}.",
                    computed = now.computed,
                    reading,
                    target,
                    mark
                ),
                word(SUGGESTION),
            ));
        }
    }
    hits.extend(facts.tree.open().filter_map(|goal| of_goal(facts, goal, facts.stand(goal)?)));
    hits
}

const SUGGESTION: &str = term!("Mark it as measured, or note what the numbers do not show.");

fn title(name: &str, mark: Status, computed: Status) -> String {
    say!("“{brief}”: marked {mark}, is {computed}", brief = brief(name, 27), mark, computed)
}

fn of_goal(facts: &Facts, goal: &Goal, stand: &GoalWeek) -> Option<Hit> {
    let mark = stand.marked?;
    let children: Vec<Status> =
        facts.tree.open_children(&goal.id).map(|c| facts.stand(c).map_or(Status::Unknown, GoalWeek::status)).collect();
    let not_on_track = children.iter().filter(|s| **s != Status::OnTrack).count();
    let of_children =
        say!("{not_on_track} of {children} goals under it are not on track", children = children.len(), not_on_track);
    if mark.better_than(stand.computed) {
        let under = if children.is_empty() { String::new() } else { format!("; {of_children}") };
        let evidence = say!(
            "“{title}” computes to {computed}; the team marked {mark}{under}.",
            title = goal.title,
            computed = stand.computed,
            mark,
            under
        );
        Some(Hit::goal(goal, title(&goal.title, mark, stand.computed), evidence, word(SUGGESTION)))
    } else if mark == Status::OnTrack && !children.is_empty() && not_on_track * 2 >= children.len() {
        let line = say!("“{brief}” is marked on track, half below is not", brief = brief(&goal.title, 20));
        Some(Hit::goal(
            goal,
            line,
            say!("“{title}” is marked {mark}; {of_children}.", title = goal.title, mark, of_children),
            word(SUGGESTION),
        ))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;
    use crate::insight::fixture::*;

    use crate::model::review::GoalEntry;

    fn mark(scene: &mut Scene, goal: &str, status: Status) {
        scene.review.goals.push(GoalEntry { mark: Some(status), ..GoalEntry::new(id(goal)) });
    }

    #[test]
    fn a_kpi_marked_better_than_its_reading_is_found_and_one_marked_worse_is_not() {
        let mut scene = Scene::healthy();
        scene.read("orders", 412.0);
        scene.review.kpis[0].mark = Some(Status::OffTrack);
        assert!(scene.finds(&RULE).is_empty());
        scene.review.kpis[0].mark = Some(Status::OnTrack);
        let found = scene.finds(&RULE);
        assert_eq!(found[0].title, "“orders”: marked on track, is at risk");
        assert_eq!(found[0].evidence, "412 against 450 computes to at risk; the team marked on track.");
    }

    #[test]
    fn a_goal_marked_better_than_its_pace_is_found() {
        let mut scene = Scene::healthy();
        scene.read("orders", 310.0);
        mark(&mut scene, "order-count", Status::OnTrack);
        assert_eq!(scene.finds(&RULE)[0].key, "watermelon:goal/order-count");
    }

    #[test]
    fn on_track_above_half_unknown_children_is_found_and_above_fewer_is_not() {
        let mut scene = Scene::healthy();
        mark(&mut scene, "platform", Status::OnTrack);
        assert!(scene.finds(&RULE).is_empty());
        let silent = |name| under("platform", goal(name, key_result(0.0, 1.0)));
        scene.workspace.strategy.goals.push(silent("second"));
        assert_eq!(scene.finds(&RULE)[0].key, "watermelon:goal/platform");
    }
}
