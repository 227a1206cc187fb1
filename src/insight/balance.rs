//! How much is tried anew and how much is made better: goals by what they say of themselves, and the days set aside for them.

use chrono::NaiveDate;

use super::register::capacity;
use crate::model::goal::{Goal, Mode};
use crate::model::number::Finite;
use crate::model::strategy::Strategy;

/// The balance of exploring and exploiting (March 1991).
#[derive(Debug, Clone, PartialEq)]
pub struct Balance {
    /// Goals that explore.
    pub explore: Part,
    /// Goals that exploit.
    pub exploit: Part,
    /// Goals of which neither was said.
    pub unsaid: Part,
}

/// One side of it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Part {
    /// Open goals.
    pub goals: usize,
    /// Its share of the days a week that are set aside for goals, in percent; none where no day is.
    pub days: Option<f64>,
}

/// What a goal is: what it says itself, else what the nearest goal above it says.
#[must_use]
pub fn mode_of(strategy: &Strategy, goal: &Goal) -> Option<Mode> {
    strategy.line_of_sight(&goal.id).into_iter().find_map(|g| g.mode)
}

impl Balance {
    /// Counts it on a day; none while no open goal says what it is.
    #[must_use]
    pub fn of(strategy: &Strategy, day: NaiveDate) -> Option<Self> {
        let said = strategy.goals.iter().any(|g| g.is_open() && g.mode.is_some());
        if !said {
            return None;
        }
        let goals: Vec<Option<Mode>> =
            strategy.goals.iter().filter(|g| g.is_open()).map(|g| mode_of(strategy, g)).collect();
        let days: Vec<(Option<Mode>, f64)> =
            capacity::by_goal(strategy, day).map(|(goal, days)| (mode_of(strategy, goal), days)).collect();
        let all: f64 = days.iter().map(|(_, days)| days).sum();
        let part = |mode| {
            let mine: f64 = days.iter().filter(|(m, _)| *m == mode).map(|(_, days)| days).sum();
            let goals = goals.iter().filter(|m| **m == mode).count();
            Part { goals, days: (all > 0.0).then(|| mine / all * 100.0) }
        };
        let [explore, exploit, unsaid] = [Some(Mode::Explore), Some(Mode::Exploit), None].map(part);
        Some(Self { explore, exploit, unsaid })
    }

    /// In a line: `explore 3 of 14 goals (21 % of days), exploit 9 (60 %), unsaid 2`.
    #[must_use]
    pub fn told(&self) -> String {
        let all = self.explore.goals + self.exploit.goals + self.unsaid.goals;
        let share = |part: Part| part.days.and_then(Finite::new).map(|d| d.fixed(0));
        let first = match share(self.explore) {
            Some(days) => {
                say!("explore {n} of {all} goals ({days} % of days)", n = self.explore.goals, all, days)
            }
            None => say!("explore {n} of {all} goals", n = self.explore.goals, all),
        };
        let days = |part: Part| share(part).map(|d| format!(" ({d} %)")).unwrap_or_default();
        let rest = say!(
            ", exploit {exploit}{days}, unsaid {unsaid}",
            exploit = self.exploit.goals,
            days = days(self.exploit),
            unsaid = self.unsaid.goals
        );
        first + &rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::fixture::*;
    use crate::model::register::{Card, Kind};

    /// Ten days for a goal.
    fn plan(goal: &'static str) -> Card {
        let text = move |field: &str| match field {
            "amount" => "10".to_owned(),
            "unit" => "days".to_owned(),
            "goal" => goal.to_owned(),
            "from" => "2026-11-02".to_owned(),
            "to" => "2026-11-29".to_owned(),
            _ => String::new(),
        };
        Card::new(id(goal), "Plan", today(), Kind::Capacity.read(&text).unwrap())
    }

    #[test]
    fn a_strategy_of_which_nobody_says_so_has_no_balance() {
        assert_eq!(Balance::of(&strategy(), today()), None);
    }

    #[test]
    fn a_goal_is_what_the_nearest_above_it_says() {
        let mut strategy = strategy();
        strategy.goals[1].mode = Some(Mode::Explore);
        let told = |s: &Strategy| Balance::of(s, today()).unwrap().told();
        assert_eq!(told(&strategy), "explore 2 of 3 goals, exploit 0, unsaid 1");
        strategy.goals[2].mode = Some(Mode::Exploit);
        assert_eq!(told(&strategy), "explore 1 of 3 goals, exploit 1, unsaid 1");
    }

    #[test]
    fn days_are_told_where_some_are_set_aside() {
        let mut strategy = strategy();
        strategy.goals[1].mode = Some(Mode::Explore);
        strategy.cards = vec![plan("order-count"), plan("shop"), plan("platform"), plan("shop")].into();
        strategy.cards[3].id = id("more");
        let told = Balance::of(&strategy, today()).unwrap().told();
        assert_eq!(told, "explore 2 of 3 goals (50 % of days), exploit 0 (0 %), unsaid 1");
    }
}
