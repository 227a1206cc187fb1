//! Scores of ideas, each with the inputs that it was made of. A score without all its inputs is not told.

use crate::model::number::Finite;
use crate::model::register::{Card, Idea, Kind, What};

/// A score with how it came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// Its name.
    pub name: &'static str,
    /// The score; none while an input is missing.
    pub value: Option<Finite>,
    /// The sum with its inputs, or which input is missing.
    pub why: String,
}

impl Score {
    /// The score in few characters, a dash while it is not known.
    #[must_use]
    pub fn shown(&self) -> String {
        self.value.map_or_else(|| "-".to_owned(), |v| v.fixed(u8::from(v.get().abs() < 10.0)))
    }
}

/// The name of the first score that cards of a register have.
#[must_use]
pub fn score_of(kind: Kind) -> Option<&'static str> {
    (kind == Kind::Idea).then_some("RICE")
}

/// The scores of a card, by name; none for cards of registers that have none.
#[must_use]
pub fn scores(card: &Card) -> Vec<Score> {
    if let What::Idea(idea) = &card.what { vec![rice(idea), ice(idea)] } else { Vec::new() }
}

/// RICE: reach × impact × confidence / effort (McBride, Intercom 2016), with confidence as a share and effort in person-weeks.
fn rice(idea: &Idea) -> Score {
    let inputs = [
        (say!("reach"), idea.reach.map(Finite::get)),
        (say!("impact"), idea.impact.map(Finite::get)),
        (say!("confidence"), idea.confidence.map(|c| f64::from(c.get()) / 100.0)),
        (say!("effort"), idea.effort.map(Finite::get)),
    ];
    score("RICE", inputs, |[reach, impact, confidence, effort]| {
        let value = (effort > 0.0).then(|| reach * impact * confidence / effort);
        (
            value,
            say!(
                "{reach} reach × {impact} impact × {confidence} confidence / {effort} person-weeks",
                reach,
                impact,
                confidence,
                effort
            ),
        )
    })
}

/// ICE: impact × confidence × ease, each of 10 (Ellis, Brown: Hacking Growth 2017). The confidence in percent counts in tenths.
fn ice(idea: &Idea) -> Score {
    let inputs = [
        (say!("impact"), idea.impact.map(Finite::get)),
        (say!("confidence"), idea.confidence.map(|c| f64::from(c.get()) / 10.0)),
        (say!("ease"), idea.ease.map(|e| f64::from(e.get()))),
    ];
    score("ICE", inputs, |[impact, confidence, ease]| {
        (
            Some(impact * confidence * ease),
            say!("{impact} impact × {confidence} confidence × {ease} ease", impact, confidence, ease),
        )
    })
}

fn score<const N: usize>(
    name: &'static str,
    inputs: [(&str, Option<f64>); N],
    sum: impl FnOnce([f64; N]) -> (Option<f64>, String),
) -> Score {
    let missing: Vec<&str> = inputs.iter().filter(|(_, value)| value.is_none()).map(|(name, _)| *name).collect();
    if !missing.is_empty() {
        return Score {
            name,
            value: None,
            why: say!("not known yet: {missing} is missing", missing = missing.join(", ")),
        };
    }
    let (value, why) = sum(inputs.map(|(_, value)| value.unwrap_or_default()));
    match value.and_then(Finite::new) {
        Some(value) => Score { name, value: Some(value), why },
        None => Score { name, value: None, why: say!("not known: the effort must be above zero").to_owned() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn idea(texts: &[(&str, &str)]) -> Card {
        let text = |id: &str| texts.iter().find(|(name, _)| *name == id).map_or("", |(_, t)| t).to_owned();
        let what = Kind::Idea.read(&text).unwrap();
        Card::new("a".parse().unwrap(), "A", "2026-11-19".parse().unwrap(), what)
    }

    fn told(texts: &[(&str, &str)]) -> Vec<String> {
        scores(&idea(texts)).iter().map(|s| format!("{} {}", s.name, s.shown())).collect()
    }

    #[test]
    fn scores_are_the_published_sums() {
        // Intercom's own example: 500 × 2 × 80 % / 2 is 400. For ICE 2 × 8 × 5 is 80.
        let all = [("reach", "500"), ("impact", "2"), ("confidence", "80"), ("effort", "2"), ("ease", "5")];
        assert_eq!(told(&all), ["RICE 400", "ICE 80"]);
        assert_eq!(told(&[("reach", "1"), ("impact", "1"), ("confidence", "50"), ("effort", "4")])[0], "RICE 0.1");
    }

    #[test]
    fn a_score_without_all_inputs_names_what_is_missing() {
        let card = idea(&[("reach", "500"), ("confidence", "80")]);
        let found = scores(&card);
        assert_eq!((found[0].value, found[0].why.as_str()), (None, "not known yet: impact, effort is missing"));
        assert_eq!(told(&[]), ["RICE -", "ICE -"]);
    }

    #[test]
    fn no_effort_is_no_division_by_zero() {
        let all = [("reach", "500"), ("impact", "2"), ("confidence", "80"), ("effort", "0")];
        assert_eq!(told(&all)[0], "RICE -");
    }
}
