//! What a reallocation changes: amounts, themes' shares and people's days, before and after.

use chrono::NaiveDate;

use super::capacity::Load;
use crate::model::number::Finite;
use crate::model::register::{Capacity, Unit, What};
use crate::model::strategy::Strategy;
use crate::model::workspace::Config;

/// Whatever differs between two strategies in what is set aside on a day, a line each, such as
/// `Order from anywhere: 38 % of days, then 27 % (weighs 35 %)`.
#[must_use]
pub fn told(config: &Config, before: &Strategy, after: &Strategy, day: NaiveDate) -> Vec<String> {
    let mut lines = Vec::new();
    for (card, now) in before.cards.iter().zip(&after.cards).filter(|(old, new)| old != new) {
        if let (What::Capacity(old), What::Capacity(new)) = (&card.what, &now.what) {
            lines.push(say!(
                "{title}: {old}, then {new}",
                title = card.title,
                old = amount(old, config),
                new = amount(new, config)
            ));
        }
    }
    let (old, new) = (Load::of(before, config, day), Load::of(after, config, day));
    for (was, is) in old.themes.iter().zip(&new.themes).filter(|(was, is)| was.days.to_bits() != is.days.to_bits()) {
        let name = before.theme(&was.theme).map_or(was.theme.as_str(), |t| &t.name);
        let share = |of: Option<f64>| format!("{:.0} %", of.unwrap_or(0.0));
        lines.push(say!(
            "{name}: {old} of days, then {new} (weighs {weight:.0} %)",
            name,
            old = share(was.share),
            new = share(is.share),
            weight = is.weight
        ));
    }
    for person in &config.people {
        let taken = |load: &Load| load.people.iter().find(|p| p.member == person.id).map_or(0.0, |p| p.taken);
        let (was, is) = (taken(&old), taken(&new));
        if was.to_bits() != is.to_bits() {
            let has = config.days_of(&person.id);
            lines.push(say!("{name}: {was:.1} of {has} days a week, then {is:.1}", name = person.name, was, has, is));
        }
    }
    lines
}

/// An amount with its unit.
#[must_use]
pub fn amount(of: &Capacity, config: &Config) -> String {
    with_unit(of.amount, of.unit, config)
}

/// A number in the unit of an allocation: `12 person-days`, `6,000 GBP`.
#[must_use]
pub fn with_unit(n: Finite, unit: Unit, config: &Config) -> String {
    let n = n.grouped();
    match unit {
        Unit::Days => say!("{n} person-days", n),
        Unit::Money if config.currency.is_empty() => n,
        Unit::Money => format!("{n} {}", config.currency),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::fixture::*;
    use crate::model::register::{Card, Kind};

    fn plan(name: &'static str, who: &'static str, days: u32) -> Card {
        let text = move |field: &str| match field {
            "amount" => days.to_string(),
            "unit" => "days".to_owned(),
            "theme" => name.to_owned(),
            "member" => who.to_owned(),
            "from" => "2026-11-02".to_owned(),
            "to" => "2026-11-29".to_owned(),
            _ => String::new(),
        };
        Card::new(id(name), name, today(), Kind::Capacity.read(&text).unwrap())
    }

    #[test]
    fn before_and_after_are_told_of_whatever_differs_and_of_nothing_else() {
        let mut before = strategy();
        let mut second = before.north_star.themes[0].clone();
        (second.id, second.name) = (id("range"), "Range".to_owned());
        before.north_star.themes.push(second);
        before.cards = vec![plan("online", "maya", 12), plan("range", "tom", 4)].into();
        assert!(told(&config(), &before, &before.clone(), today()).is_empty());
        let mut after = before.clone();
        after.cards[0].set(&[("amount", "8".to_owned())]).unwrap();
        after.cards[1].set(&[("amount", "8".to_owned())]).unwrap();
        assert_eq!(
            told(&config(), &before, &after, today()),
            [
                "online: 12 person-days, then 8 person-days",
                "range: 4 person-days, then 8 person-days",
                "Online: 75 % of days, then 50 % (weighs 50 %)",
                "Range: 25 % of days, then 50 % (weighs 50 %)",
                "maya: 3.0 of 5 days a week, then 2.0",
                "tom: 1.0 of 5 days a week, then 2.0",
            ]
        );
    }
}
