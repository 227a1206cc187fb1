//! Structure: does somebody answer for everything, together with others, and can they carry it?

use super::measured::Measured;
use super::{Aspect, Measure};
use crate::insight::findings::{Facts, carried, is_orphan, overloaded};

pub(super) static ASPECT: Aspect = Aspect {
    id: "structure",
    label: "Structure",
    asks: "Does somebody answer for everything, together with others, and can they carry it?",
    measures: &[
        Measure {
            id: "owners",
            label: "Everything has an owner",
            formula: "open goals, KPIs and open action items with an owner who is with the team, of all of them",
            advice: "Name one person for each, or drop it.",
            measure: owners,
        },
        Measure {
            id: "cross-functional",
            label: "Themes carried by several teams",
            formula: "themes whose open goals belong to two teams or more, of the themes with two goals or more that name a team",
            advice: "Give another team a part in the theme, or say why it needs none.",
            measure: cross_functional,
        },
        Measure {
            id: "load",
            label: "Load spread",
            formula: "people within the limits on goals in trouble and on open items, of all people",
            advice: "Hand something over, or drop it on purpose.",
            measure: load,
        },
    ],
};

fn owners(facts: &Facts) -> Measured {
    let goals = facts.tree.open().map(|g| (g.title.as_str(), g.owner.as_ref()));
    let kpis = facts.strategy.kpis.iter().map(|k| (k.name.as_str(), k.owner.as_ref()));
    let actions = facts.actions.iter().filter(|a| a.is_open()).map(|a| (a.title.as_str(), Some(&a.owner)));
    let owned = |(_, owner)| !is_orphan(facts, owner);
    let tells = say!("open goals, KPIs and action items have an active owner");
    Measured::those(goals.chain(kpis).chain(actions), owned, |(name, _)| name, tells)
}

fn cross_functional(facts: &Facts) -> Measured {
    if facts.config.teams.len() < 2 {
        return Measured::unknown(say!("There is one team or none"));
    }
    let carried = carried(facts);
    let themes = facts.strategy.north_star.themes.iter();
    // One goal says nothing about how a theme is spread.
    let spoken = themes.filter_map(|t| carried.get(&t.id).filter(|(goals, _)| *goals > 1).map(|c| (t, c.1.len())));
    let tells = say!("themes with two goals or more have several teams");
    Measured::those(spoken, |(_, teams)| teams > 1, |(theme, _)| &theme.name, tells)
}

/// Counts people without naming them: whoever wants to know looks at the finding.
fn load(facts: &Facts) -> Measured {
    let all = facts.config.active().count();
    let limits = &facts.config.thresholds;
    let tells = say!(
        "people have at most {troubled_goals} goals in trouble and {open_items} open items",
        troubled_goals = limits.troubled_goals,
        open_items = limits.open_items
    );
    Measured::share(all - overloaded(facts).len(), all, &tells)
}
