//! Capacity: the days that were set aside, by theme and by person, on the day that is asked.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::model::id::{MemberId, ThemeId};
use crate::model::register::{Capacity, CapacityStage, Unit, What};
use crate::model::strategy::Strategy;

/// The allocations of days whose period holds a day, with how many days a week each takes.
fn current(strategy: &Strategy, day: NaiveDate) -> impl Iterator<Item = (&Capacity, f64)> {
    strategy.cards.iter().filter_map(move |card| match &card.what {
        What::Capacity(c)
            if c.unit == Unit::Days
                && matches!(c.stage, CapacityStage::Planned | CapacityStage::Committed)
                && (c.from..=c.to).contains(&day) =>
        {
            Some((c, a_week(c)))
        }
        _ => None,
    })
}

/// How many days a week an allocation takes over its period.
fn a_week(capacity: &Capacity) -> f64 {
    let days = capacity.to.signed_duration_since(capacity.from).num_days() + 1;
    // Both ends count; a period ends where it begins at the earliest, as `check` tells.
    let weeks = f64::from(i32::try_from(days.max(1)).unwrap_or(i32::MAX)) / 7.0;
    capacity.amount.get() / weeks.max(1.0)
}

/// Days a week by theme: the one that an allocation names, else the one of its goal.
#[must_use]
pub fn by_theme(strategy: &Strategy, day: NaiveDate) -> HashMap<&ThemeId, f64> {
    let mut days = HashMap::new();
    for (capacity, a_week) in current(strategy, day) {
        let of_goal = || capacity.goal.as_ref().and_then(|g| strategy.theme_of(g));
        let theme = capacity.theme.as_ref().and_then(|t| strategy.theme(t)).or_else(of_goal);
        if let Some(theme) = theme {
            *days.entry(&theme.id).or_default() += a_week;
        }
    }
    days
}

/// Days a week by person.
#[must_use]
pub fn by_person(strategy: &Strategy, day: NaiveDate) -> HashMap<&MemberId, f64> {
    let mut days = HashMap::new();
    for (capacity, a_week) in current(strategy, day) {
        if let Some(member) = &capacity.member {
            *days.entry(member).or_default() += a_week;
        }
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::fixture::*;
    use crate::model::register::{Card, Kind};

    /// Allocations to `online`: whose, days, until when.
    fn planned(all: &[(&str, &str, &str)]) -> Strategy {
        let mut strategy = strategy();
        for (nth, (who, days, to)) in all.iter().enumerate() {
            let text = |field: &str| match field {
                "amount" => (*days).to_owned(),
                "unit" => "days".to_owned(),
                "goal" => "platform".to_owned(),
                "member" => (*who).to_owned(),
                "from" => "2026-11-02".to_owned(),
                "to" => (*to).to_owned(),
                _ => String::new(),
            };
            let what = Kind::Capacity.read(&text).unwrap();
            strategy.cards.push(Card::new(id(&format!("c{nth}")), "Plan", today(), what));
        }
        strategy
    }

    #[test]
    fn days_are_told_a_week_and_add_up() {
        // Eight weeks from Monday to Sunday: 24 days are 3 a week. Four weeks: 12 days are 3 a week.
        let strategy =
            planned(&[("maya", "24", "2026-12-27"), ("maya", "12", "2026-11-29"), ("tom", "8", "2026-12-27")]);
        let people = by_person(&strategy, today());
        assert_eq!((people[&id::<MemberId>("maya")], people[&id::<MemberId>("tom")]), (6.0, 1.0));
        assert_eq!(by_theme(&strategy, today())[&id::<ThemeId>("online")], 7.0);
    }

    #[test]
    fn what_is_over_or_closed_takes_no_days() {
        let mut strategy = planned(&[("maya", "24", "2026-11-08"), ("maya", "24", "2026-12-27")]);
        strategy.cards[1].what.move_to(3);
        assert!(by_person(&strategy, today()).is_empty());
    }
}
