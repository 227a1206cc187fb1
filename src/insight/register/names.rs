//! What the ids in the fields and links of a card stand for, in words for people.

use crate::model::register::{Condition, Input, Link};
use crate::model::strategy::Strategy;
use crate::model::tongue::word;
use crate::model::workspace::Config;

/// Where names are looked up.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    /// Goals, KPIs, themes, cards.
    pub strategy: &'a Strategy,
    /// People, teams, the currency.
    pub config: &'a Config,
}

impl Names<'_> {
    /// What a field says, in words: names for ids, units behind numbers. An id that nothing has stays as it is.
    #[must_use]
    pub fn told(&self, input: Input, text: &str) -> String {
        let plain = || text.to_owned();
        let found = |name: Option<&str>| name.map_or_else(plain, str::to_owned);
        match input {
            Input::Choice(all) => found(all.iter().find(|c| c.key == text).map(|c| word(c.label))),
            Input::Member => text.parse().map_or_else(|_| plain(), |id| self.config.name_of(&id).to_owned()),
            Input::Team => found(self.config.teams.iter().find(|t| t.id.as_str() == text).map(|t| t.name.as_str())),
            Input::Theme | Input::Goal | Input::Kpi | Input::Card => found(self.named(input, text)),
            Input::Percent => format!("{text} %"),
            Input::OfTen => say!("{text} of 10", text),
            Input::Conditions => {
                let line = |line: &str| line.parse().map_or_else(|_| line.to_owned(), |c| self.condition(&c));
                text.lines().map(line).collect::<Vec<_>>().join("\n")
            }
            Input::Line | Input::Text | Input::Number | Input::Whole | Input::Date | Input::Decision => plain(),
        }
    }

    /// A condition with the KPI's name and unit: `Flour price above 0.9 EUR for 3 weeks`.
    #[must_use]
    pub fn condition(&self, condition: &Condition) -> String {
        let kpi = self.strategy.kpi(&condition.kpi);
        let name = kpi.map_or(condition.kpi.as_str(), |k| &k.name);
        let value = kpi.map_or_else(|| condition.value.grouped(), |k| k.show(condition.value));
        let weeks = match condition.weeks {
            1 => String::new(),
            n => say!(" for {n} weeks", n),
        };
        format!("{name} {} {value}{weeks}", crate::model::tongue::word(condition.side.label()))
    }

    /// What a link leads to: `goal: Half as many orders again`.
    #[must_use]
    pub fn link(&self, link: &Link) -> String {
        let (kind, id) = link.parts();
        let input = match link {
            Link::Goal(_) => Input::Goal,
            Link::Kpi(_) => Input::Kpi,
            Link::Card(_) => Input::Card,
            Link::Decision(_) => Input::Decision,
            Link::Theme(_) => Input::Theme,
        };
        let word = match link {
            Link::Card(card) => self.strategy.card(card).map_or(kind, |c| word(c.row().one)),
            Link::Kpi(_) => say!("KPI"),
            Link::Goal(_) => say!("goal"),
            Link::Decision(_) => say!("decision"),
            Link::Theme(_) => say!("link" | "theme"),
        };
        format!("{word}: {}", self.named(input, id).unwrap_or(id))
    }

    fn named(&self, input: Input, id: &str) -> Option<&str> {
        match input {
            Input::Theme => self.strategy.theme(&id.parse().ok()?).map(|t| t.name.as_str()),
            Input::Goal => self.strategy.goal(&id.parse().ok()?).map(|g| g.title.as_str()),
            Input::Kpi => self.strategy.kpi(&id.parse().ok()?).map(|k| k.name.as_str()),
            Input::Card => self.strategy.card(&id.parse().ok()?).map(|c| c.title.as_str()),
            _ => None,
        }
    }
}
