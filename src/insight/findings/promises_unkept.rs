//! `promises-unkept`: too few action items get done over the last weeks.

use super::{Facts, Hit, Rule};
use crate::insight::promises::{self, TRAILING};
use crate::model::finding::Severity;
use crate::model::number::Finite;

/// See the module.
pub(super) const RULE: Rule = Rule {
    id: "promises-unkept",
    severity: Severity::Serious,
    why: "Promises that slip every week teach everybody not to rely on any.",
    fires,
};

/// The completion rate below which it is worth the room's time, in percent.
const ENOUGH: i32 = 80;

fn fires(facts: &Facts) -> Vec<Hit> {
    if facts.past().take(TRAILING).count() < TRAILING {
        return Vec::new();
    }
    let kept = promises::kept(facts.history, TRAILING, facts.week.previous());
    let Some(percent) = kept.percent().filter(|p| *p < Finite::from(ENOUGH)) else { return Vec::new() };
    vec![Hit::of(
        "team",
        say!("Only {percent} % of what was promised got done", percent = percent.fixed(0)),
        say!(
            "{done} of {due} action items due in the last {trailing} weeks were done; {completion_percent} % is the mark to beat.",
            done = kept.done,
            due = kept.due,
            completion_percent = facts.config.thresholds.completion_percent,
            trailing = TRAILING
        ),
        say!("Promise less this week, in smaller pieces."),
    )]
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;
    use crate::insight::fixture::*;

    #[test]
    fn eighty_percent_over_four_weeks_is_kept_and_less_is_not() {
        let mut scene = Scene::healthy();
        scene.history = history(4, |w| w.kept = (4, 5));
        assert!(scene.finds(&RULE).is_empty());
        scene.history = history(4, |w| w.kept = (3, 4));
        assert_eq!(scene.finds(&RULE)[0].title, "Only 75 % of what was promised got done");
        scene.history = history(3, |w| w.kept = (0, 4));
        assert!(scene.finds(&RULE).is_empty(), "three weeks are too few to say");
    }
}
