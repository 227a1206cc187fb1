//! Capacity: what was set aside, by theme beside its weight and by person beside their days, on the day that is asked.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::model::goal::Goal;
use crate::model::id::{MemberId, ThemeId};
use crate::model::people::Member;
use crate::model::register::{Capacity, Unit, What};
use crate::model::strategy::{Strategy, Theme};
use crate::model::workspace::Config;

/// The allocations whose period holds a day.
fn current(strategy: &Strategy, day: NaiveDate) -> impl Iterator<Item = &Capacity> {
    strategy.cards.iter().filter_map(move |card| match &card.what {
        What::Capacity(c) if card.is_open() && (c.from..=c.to).contains(&day) => Some(c),
        _ => None,
    })
}

/// The days a week that are set aside for each goal, an entry an allocation.
pub fn by_goal(strategy: &Strategy, day: NaiveDate) -> impl Iterator<Item = (&Goal, f64)> {
    let days = current(strategy, day).filter(|c| c.unit == Unit::Days);
    days.filter_map(|c| Some((strategy.goal(c.goal.as_ref()?)?, a_week(c))))
}

/// The days a week that are set aside for each theme: the one that an allocation names, else its goal's.
#[must_use]
pub fn by_theme(strategy: &Strategy, day: NaiveDate) -> HashMap<&ThemeId, f64> {
    let mut days = HashMap::new();
    for capacity in current(strategy, day).filter(|c| c.unit == Unit::Days) {
        if let Some(theme) = theme_of(strategy, capacity) {
            *days.entry(theme).or_default() += a_week(capacity);
        }
    }
    days
}

/// How many days a week an allocation takes over its period.
fn a_week(capacity: &Capacity) -> f64 {
    let days = capacity.to.signed_duration_since(capacity.from).num_days() + 1;
    // Both ends count; a period ends where it begins at the earliest, as `check` tells.
    let weeks = f64::from(i32::try_from(days.max(1)).unwrap_or(i32::MAX)) / 7.0;
    capacity.amount.get() / weeks.max(1.0)
}

/// What is set aside on a day: by theme beside its weight, by person beside the days they have.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Load {
    /// Each theme, in the strategy's order.
    pub themes: Vec<OfTheme>,
    /// Everybody who has an allocation, those with the largest part of their days taken first.
    pub people: Vec<OfPerson>,
    /// Days a week that no theme is named for.
    pub elsewhere: f64,
}

/// What is set aside for a theme.
#[derive(Debug, Clone, PartialEq)]
pub struct OfTheme {
    /// The theme.
    pub theme: ThemeId,
    /// Days a week.
    pub days: f64,
    /// Money, over the whole period of each allocation.
    pub money: f64,
    /// Its share of all days that go to themes, in percent; none where no day does.
    pub share: Option<f64>,
    /// Its share of all weights, in percent.
    pub weight: f64,
    /// Whether the two fit.
    pub fit: Fit,
}

/// Whether a share of days fits a weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// They lie no further apart than the workspace allows.
    Fits,
    /// It gets more days than it weighs.
    More,
    /// It gets fewer.
    Less,
}

/// What is set aside of a person's days.
#[derive(Debug, Clone, PartialEq)]
pub struct OfPerson {
    /// Who.
    pub member: MemberId,
    /// Days a week that are taken.
    pub taken: f64,
    /// Days a week that there are.
    pub has: f64,
}

impl OfPerson {
    /// How many days a week are promised that are not there; none where all fits.
    #[must_use]
    pub fn over(&self) -> Option<f64> {
        // What rounds to the days that there are is no overload.
        (self.taken > self.has + 0.05).then_some(self.taken - self.has)
    }
}

impl Load {
    /// Adds it up: for allocations whose period holds the day. A theme is the one that an allocation names, else its goal's.
    #[must_use]
    pub fn of(strategy: &Strategy, config: &Config, day: NaiveDate) -> Self {
        let mut days: HashMap<Option<&ThemeId>, f64> = HashMap::new();
        let mut money: HashMap<Option<&ThemeId>, f64> = HashMap::new();
        let mut people: HashMap<&MemberId, f64> = HashMap::new();
        for capacity in current(strategy, day) {
            let theme = theme_of(strategy, capacity);
            match capacity.unit {
                Unit::Days => {
                    *days.entry(theme).or_default() += a_week(capacity);
                    if let Some(member) = &capacity.member {
                        *people.entry(member).or_default() += a_week(capacity);
                    }
                }
                Unit::Money => *money.entry(theme).or_default() += capacity.amount.get(),
            }
        }
        let of_person = |p: &Member| {
            let has = config.days_of(&p.id).get();
            people.get(&p.id).map(|taken| OfPerson { member: p.id.clone(), taken: *taken, has })
        };
        let mut people: Vec<OfPerson> = config.people.iter().filter_map(of_person).collect();
        people.sort_by(|a, b| (b.taken * a.has).total_cmp(&(a.taken * b.has)));
        Self {
            themes: themes(strategy, config, &days, &money),
            people,
            elsewhere: days.get(&None).copied().unwrap_or(0.0),
        }
    }

    /// All days a week that go to themes.
    #[must_use]
    pub fn days(&self) -> f64 {
        self.themes.iter().map(|t| t.days).sum()
    }
}

fn themes(
    strategy: &Strategy,
    config: &Config,
    days: &HashMap<Option<&ThemeId>, f64>,
    money: &HashMap<Option<&ThemeId>, f64>,
) -> Vec<OfTheme> {
    let themes = &strategy.north_star.themes;
    let all: f64 = themes.iter().filter_map(|t| days.get(&Some(&t.id))).sum();
    let weights: f64 = themes.iter().map(|t| t.weight.get()).sum();
    let points = config.thresholds.effort_points.get() + 1e-9;
    let of = |theme: &Theme| {
        let mine = days.get(&Some(&theme.id)).copied().unwrap_or(0.0);
        let share = (all > 0.0).then(|| mine / all * 100.0);
        let weight = if weights > 0.0 { theme.weight.get() / weights * 100.0 } else { 0.0 };
        let fit = match share.map(|share| share - weight).filter(|_| themes.len() > 1 && weights > 0.0) {
            Some(more) if more > points => Fit::More,
            Some(less) if less < -points => Fit::Less,
            Some(_) | None => Fit::Fits,
        };
        let money = money.get(&Some(&theme.id)).copied().unwrap_or(0.0);
        OfTheme { theme: theme.id.clone(), days: mine, money, share, weight, fit }
    };
    themes.iter().map(of).collect()
}

/// The theme that an allocation goes to.
fn theme_of<'a>(strategy: &'a Strategy, capacity: &Capacity) -> Option<&'a ThemeId> {
    let of_goal = || capacity.goal.as_ref().and_then(|g| strategy.theme_of(g));
    capacity.theme.as_ref().and_then(|t| strategy.theme(t)).or_else(of_goal).map(|t| &t.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::fixture::*;
    use crate::model::number::Finite;
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
        let load = Load::of(&strategy, &config(), today());
        let taken: Vec<_> = load.people.iter().map(|p| (p.member.as_str(), p.taken, p.over())).collect();
        assert_eq!(taken, [("maya", 6.0, Some(1.0)), ("tom", 1.0, None)]);
        assert_eq!((load.themes[0].days, load.themes[0].share, load.days()), (7.0, Some(100.0), 7.0));
    }

    #[test]
    fn who_has_fewer_days_is_full_sooner() {
        let strategy = planned(&[("maya", "24", "2026-12-27"), ("tom", "24", "2026-12-27")]);
        let mut config = config();
        config.people.iter_mut().filter(|m| m.id.as_str() == "tom").for_each(|m| m.days_a_week = Finite::new(2.5));
        let load = Load::of(&strategy, &config, today());
        let over: Vec<_> = load.people.iter().map(|p| (p.member.as_str(), p.has, p.over())).collect();
        assert_eq!(over, [("tom", 2.5, Some(0.5)), ("maya", 5.0, None)]);
    }

    #[test]
    fn what_is_over_or_closed_takes_no_days() {
        let mut strategy = planned(&[("maya", "24", "2026-11-08"), ("maya", "24", "2026-12-27")]);
        strategy.cards[1].what.move_to(3);
        let load = Load::of(&strategy, &config(), today());
        assert!(load.people.is_empty());
        assert_eq!((load.themes[0].days, load.themes[0].share), (0.0, None));
    }

    #[test]
    fn money_is_told_beside_the_days_and_takes_none() {
        let mut strategy = planned(&[("maya", "6000", "2026-12-27")]);
        strategy.cards[0].set(&[("unit", "money".to_owned())]).unwrap();
        let load = Load::of(&strategy, &config(), today());
        assert_eq!((load.themes[0].money, load.themes[0].days, load.people.len()), (6000.0, 0.0, 0));
    }

    #[test]
    fn days_that_serve_no_theme_are_told_apart() {
        let mut strategy = planned(&[("maya", "24", "2026-12-27")]);
        strategy.cards[0].set(&[("goal", String::new())]).unwrap();
        let load = Load::of(&strategy, &config(), today());
        assert_eq!((load.elsewhere, load.days()), (3.0, 0.0));
    }
}
