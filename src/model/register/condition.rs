//! A condition on a KPI that warns early: "flour-price above 0.9 for 3 weeks".

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::value::{Input, Value};
use crate::model::id::KpiId;
use crate::model::number::Finite;

/// A KPI beyond a value for some weeks on end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// Which KPI.
    pub kpi: KpiId,
    /// On which side of the value.
    pub side: Beyond,
    /// The value, in the KPI's unit. A reading that equals it does not count.
    pub value: Finite,
    /// For how many weeks on end; 1 when absent.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub weeks: u16,
}

/// On which side of a value a reading lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Beyond {
    /// Larger.
    Above,
    /// Smaller.
    Below,
}

impl Beyond {
    /// The word.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Above => "above",
            Self::Below => "below",
        }
    }
}

fn one() -> u16 {
    1
}

fn is_one(weeks: &u16) -> bool {
    *weeks == 1
}

impl Condition {
    /// Whether a reading lies beyond the value.
    #[must_use]
    pub fn holds(&self, reading: Finite) -> bool {
        match self.side {
            Beyond::Above => reading > self.value,
            Beyond::Below => reading < self.value,
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.kpi, self.side.label(), self.value.short())?;
        if self.weeks == 1 { Ok(()) } else { write!(f, " for {} weeks", self.weeks) }
    }
}

impl FromStr for Condition {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let (kpi, side, value, weeks) = match words.as_slice() {
            [kpi, side, value] => (kpi, side, value, "1"),
            [kpi, side, value, "for", weeks, "week" | "weeks"] => (kpi, side, value, *weeks),
            _ => return Err(say!("a line such as: flour-price above 0.9 for 3 weeks").to_owned()),
        };
        let side = match *side {
            "above" => Beyond::Above,
            "below" => Beyond::Below,
            other => return Err(say!("`{other}` is neither above nor below", other)),
        };
        let weeks = weeks.parse().ok().filter(|n| (1..=520).contains(n));
        Ok(Self {
            kpi: kpi.parse().map_err(|e| format!("{e}"))?,
            side,
            value: value.parse().map_err(|e| format!("{e}"))?,
            weeks: weeks.ok_or("from 1 to 520 weeks")?,
        })
    }
}

impl Value for Vec<Condition> {
    const INPUT: Input = Input::Conditions;

    fn to_text(&self) -> String {
        self.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }

    fn from_text(text: &str) -> Result<Self, String> {
        text.split(['\n', ';']).map(str::trim).filter(|line| !line.is_empty()).map(str::parse).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_is_read_as_it_is_told() {
        for text in ["flour-price above 0.9 for 3 weeks", "stars below 4"] {
            assert_eq!(text.parse::<Condition>().unwrap().to_string(), text);
        }
        let two = "a above 1; b below -2 for 1 week";
        assert_eq!(Vec::<Condition>::from_text(two).unwrap().to_text(), "a above 1\nb below -2");
        for odd in ["", "a over 1", "a above", "a above x", "a above 1 for 0 weeks", "a above 1 for 9999 weeks"] {
            assert!(odd.parse::<Condition>().is_err(), "{odd}");
        }
    }

    #[test]
    fn what_equals_the_value_lies_on_neither_side() {
        let at = |text: &str| text.parse::<Condition>().unwrap().holds(Finite::from(4));
        assert!(!at("a above 4") && !at("a below 4") && at("a above 3.9") && at("a below 4.1"));
    }
}
