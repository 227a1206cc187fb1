//! Circles of causes and effects: what no map can be drawn of.

use std::collections::{HashMap, HashSet};

use crate::model::strategy::Strategy;

/// Each circle of goals that lead to each other, by their ids, from the first of them in the file on. A goal is told of once.
#[must_use]
pub fn circles(strategy: &Strategy) -> Vec<Vec<&str>> {
    let effects: HashMap<&str, Vec<&str>> =
        strategy.goals.iter().map(|g| (g.id.as_str(), g.leads_to.iter().map(|to| to.as_str()).collect())).collect();
    let (mut found, mut settled) = (Vec::new(), HashSet::new());
    for goal in &strategy.goals {
        let mut way: Vec<(&str, usize)> = vec![(goal.id.as_str(), 0)];
        while let Some((id, next)) = way.last_mut() {
            let effect = effects.get(id).and_then(|all| all.get(*next)).copied();
            *next += 1;
            match effect {
                None => {
                    settled.insert(*id);
                    way.pop();
                }
                Some(effect) if settled.contains(effect) => {}
                Some(effect) => match way.iter().position(|(id, _)| *id == effect) {
                    Some(start) => found.push(way[start..].iter().map(|(id, _)| *id).collect()),
                    None => way.push((effect, 0)),
                },
            }
        }
    }
    found
}
