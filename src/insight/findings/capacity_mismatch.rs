//! `capacity-mismatch`: a theme that gets many more or fewer of the days set aside than its weight says.

use super::{Facts, Hit, Rule, brief};
use crate::insight::register::capacity::{Fit, Load};
use crate::model::finding::Severity;

/// See the module.
pub(super) const RULE: Rule =
    Rule { id: "capacity-mismatch", severity: Severity::Warning, why: "A weight that gets no days is a wish.", fires };

fn fires(facts: &Facts) -> Vec<Hit> {
    let load = Load::of(facts.strategy, facts.config, facts.today);
    let all = load.days();
    let hit = |of: &crate::insight::register::capacity::OfTheme| {
        let theme = facts.strategy.theme(&of.theme)?;
        let (mine, share, weight) = (of.days, of.share?, of.weight);
        (of.fit != Fit::Fits).then(|| {
            Hit::of(
                &format!("theme/{}", theme.id),
                say!(
                    "“{brief}” weighs {weight:.0} % and gets {share:.0} % of days",
                    brief = brief(&theme.name, 22),
                    weight,
                    share
                ),
                say!(
                    "{mine:.1} of {all:.1} days a week that are set aside go to “{name}”.",
                    name = theme.name,
                    mine,
                    all
                ),
                say!("Give it days from elsewhere, or change the weight, by a decision."),
            )
        })
    };
    load.themes.iter().filter_map(hit).collect()
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;
    use crate::insight::fixture::*;
    use crate::model::register::{Card, Kind};

    #[test]
    fn twenty_points_apart_is_fair_and_more_is_not() {
        let mut scene = Scene::healthy();
        let star = &mut scene.workspace.strategy.north_star;
        star.themes[0].weight = number(60.0);
        let mut second = star.themes[0].clone();
        (second.id, second.weight) = (id("range"), number(40.0));
        star.themes.push(second);
        let plan = |theme: &'static str, days: u32| {
            let text = move |field: &str| match field {
                "amount" => days.to_string(),
                "unit" => "days".to_owned(),
                "theme" => theme.to_owned(),
                "from" => "2026-11-02".to_owned(),
                "to" => "2026-11-29".to_owned(),
                _ => String::new(),
            };
            Card::new(id(theme), "Plan", today(), Kind::Capacity.read(&text).unwrap())
        };
        assert!(scene.finds(&RULE).is_empty(), "no register, no finding");
        scene.workspace.strategy.cards = vec![plan("online", 8), plan("range", 2)].into();
        assert!(scene.finds(&RULE).is_empty(), "80 % against 60 %");
        scene.workspace.strategy.cards = vec![plan("online", 9), plan("range", 1)].into();
        let found = scene.finds(&RULE);
        assert_eq!((found.len(), found[0].title.as_str()), (2, "“Online” weighs 60 % and gets 90 % of days"));
    }
}
