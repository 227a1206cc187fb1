//! `late-message`: something that was to be told, and was not in time.

use super::{Facts, Hit, Rule, brief};
use crate::model::finding::Severity;

/// See the module.
pub(super) const RULE: Rule =
    Rule { id: "late-message", severity: Severity::Warning, why: "Who was never told works to the old plan.", fires };

fn fires(facts: &Facts) -> Vec<Hit> {
    facts
        .messages
        .iter()
        .filter(|m| m.delivered.is_none() && m.due < facts.today)
        .map(|m| {
            let days = facts.today.signed_duration_since(m.due).num_days();
            Hit::of(
                &format!("message/{}", m.id),
                say!("{brief} was not told: “{brief2}”", brief = brief(&m.audience, 16), brief2 = brief(&m.text, 26)),
                say!(
                    "{name_of} was to tell {audience} by {due}, {days} days ago: “{text}”.",
                    name_of = facts.config.name_of(&m.teller),
                    audience = m.audience,
                    due = m.due,
                    text = m.text,
                    days
                ),
                say!("Tell them today, or say why it need not be told."),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;
    use crate::insight::fixture::*;
    use crate::model::record::Message;

    #[test]
    fn a_message_is_late_the_day_after_it_was_due_and_told_ones_never() {
        let mut scene = Scene::healthy();
        scene.review.messages = vec![Message {
            id: id("hours"),
            text: "We open at six".to_owned(),
            teller: id("maya"),
            audience: "Bakers".to_owned(),
            channel: String::new(),
            due: today(),
            agreed: week(NOW),
            delivered: None,
        }];
        assert!(scene.finds(&RULE).is_empty());
        scene.review.messages[0].due = day("2026-11-18");
        assert_eq!(scene.finds(&RULE)[0].title, "Bakers was not told: “We open at six”");
        scene.review.messages[0].delivered = Some(week(NOW));
        assert!(scene.finds(&RULE).is_empty());
    }
}
