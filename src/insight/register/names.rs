//! What the ids in the fields and links of a card stand for, in words for people.

use crate::model::number::Finite;
use crate::model::register::{Card, Condition, Counts, Field, Input, Link, Unit, What};
use crate::model::strategy::Strategy;
use crate::model::tongue::{count, word};
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

    /// What a field of a card says, in words and with its unit; empty where it says nothing.
    #[must_use]
    pub fn field(&self, card: &Card, field: &Field) -> String {
        let text = card.text(field.id);
        let number = text.parse().ok().and_then(Finite::new);
        match (field.counts, number) {
            (Some(counts), Some(n)) => self.counted(card, counts, n),
            _ if text.is_empty() => text,
            (_, _) => self.told(field.input, &text),
        }
    }

    fn counted(&self, card: &Card, counts: Counts, n: Finite) -> String {
        let shown = n.grouped();
        let money = || format!("{shown} {}", self.config.currency).trim_end().to_owned();
        match counts {
            Counts::Money => money(),
            Counts::MoneyAWeek => say!("{money} a week", money = money()),
            Counts::HoursAWeek => say!("{n} h a week", n = shown),
            Counts::EveryWeeks => shown.parse().map_or(shown.clone(), |n| count(n, "week")),
            Counts::PersonWeeks => say!("{n} wk", n = shown),
            Counts::AQuarter => say!("{n} a quarter", n = shown),
            Counts::OfTen => say!("{text} of 10", text = shown),
            Counts::OwnUnit => match &card.what {
                What::Capacity(c) if c.unit == Unit::Money => money(),
                _ => say!("{n} days", n = shown),
            },
            Counts::OwnKpi => {
                let kpi = card.text("kpi").parse().ok().and_then(|id| self.strategy.kpi(&id));
                kpi.map_or_else(|| shown.clone(), |k| k.show(n))
            }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::fixture::*;
    use crate::model::register::Kind;

    /// A card of a kind with these fields.
    fn card(kind: Kind, fields: &[(&str, &str)]) -> Card {
        let text = |id: &str| fields.iter().find(|(f, _)| *f == id).map_or_else(String::new, |(_, t)| (*t).to_owned());
        Card::new(id("one"), "One", today(), kind.read(&text).unwrap())
    }

    fn told(card: &Card, field: &str) -> String {
        let (strategy, config) = (strategy(), config());
        let field = card.kind().fields().iter().find(|f| f.id == field).unwrap();
        Names { strategy: &strategy, config: &config }.field(card, field)
    }

    #[test]
    fn a_number_says_what_it_counts() {
        let period = [("from", "2026-11-02"), ("to", "2026-12-27")];
        let set_aside =
            |amount, unit| card(Kind::Capacity, &[&[("amount", amount), ("unit", unit)], &period[..]].concat());
        assert_eq!(told(&set_aside("12", "days"), "amount"), "12 days");
        let currency = config().currency;
        assert_eq!(told(&set_aside("6000", "money"), "amount"), format!("6,000 {currency}").trim_end());
        let plan =
            card(Kind::Communication, &[("audience", "all"), ("message", "m"), ("channel", "c"), ("weeks", "4")]);
        assert_eq!(told(&plan, "weeks"), "4 weeks");
        let waste = card(Kind::Waste, &[("waste", "motion"), ("kpi", "orders"), ("before", "14")]);
        let shown = strategy().kpi(&id("orders")).unwrap().show(Finite::from(14));
        assert_eq!((told(&waste, "before"), told(&waste, "after")), (shown, String::new()));
    }
}
