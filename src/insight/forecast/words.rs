//! A forecast in words: numbers in the KPI's unit, rounded to what the interval can bear.

use crate::model::kpi::Kpi;
use crate::model::number::Finite;

use super::{Ahead, Forecast, Method, NEEDED};

impl Forecast {
    /// In one line: `Forecast W53: 468 kg (431 to 505), 78 % to make it`, or why there is none. Says so where only the last
    /// value is kept, and why.
    #[must_use]
    pub fn words(&self, kpi: &Kpi) -> String {
        let lead = if self.path.is_empty() { "" } else { say!("Forecast ") };
        format!("{lead}{}", self.said(kpi))
    }

    /// The same for a place that says already that it is a forecast: `W53: 468 kg (431 to 505), 78 % to make it`.
    #[must_use]
    pub fn said(&self, kpi: &Kpi) -> String {
        if let Method::TooEarly { readings } = self.method {
            return say!("too early to say: {readings} of {needed} readings", readings, needed = NEEDED);
        }
        let Some((first, end)) = self.path.first().zip(self.at_end()) else {
            return say!("no week lies ahead to forecast").to_owned();
        };
        let week = if first.week.year() == end.week.year() { end.week.short() } else { end.week.to_string() };
        let chance = match self.chance {
            Some(chance) => say!("{chance} to make it", chance = chance_words(chance)),
            None => say!("no target to hold it against").to_owned(),
        };
        format!("{week}: {}, {chance}{}", interval(kpi, end), self.why_last_value())
    }

    fn why_last_value(&self) -> String {
        match (self.method, self.mase) {
            (Method::TooEarly { .. } | Method::Model, _) => String::new(),
            (Method::LastValue, None) => say!("; the last value, which has long been the same").to_owned(),
            (Method::LastValue, Some(mase)) => {
                let share = if mase.get() < 100.0 { mase.fixed(2) } else { say!("many times").to_owned() };
                say!("; the last value kept, as the model did no better (error {share} of the last value's)", share)
            }
        }
    }
}

/// A chance for people: whole percent, never certain.
#[must_use]
pub fn chance_words(chance: Finite) -> String {
    let percent = chance.get() * 100.0;
    match Finite::new(percent) {
        Some(_) if percent < 1.0 => say!("under 1 %").to_owned(),
        Some(percent) if percent.get() <= 99.0 => format!("{} %", percent.fixed(0)),
        Some(_) | None => say!("over 99 %").to_owned(),
    }
}

/// `468 kg (431 to 505)`.
fn interval(kpi: &Kpi, at: &Ahead) -> String {
    let number = |value: Finite| rounded(kpi, value, at.upper.get() / 2.0 - at.lower.get() / 2.0);
    let unit = if kpi.unit.is_empty() { String::new() } else { format!(" {}", kpi.unit) };
    say!(
        "{mean}{unit} ({lower} to {upper})",
        mean = number(at.mean),
        lower = number(at.lower),
        upper = number(at.upper),
        unit
    )
}

/// With the KPI's decimals; where it has none, with two digits of what the value is uncertain by.
fn rounded(kpi: &Kpi, value: Finite, uncertain: f64) -> String {
    let large = value.get().abs() >= 1e15;
    if large || (uncertain > 0.0 && uncertain < 1e-6) {
        // Scientific notation, cut to what can be read.
        return format!("{:.3e}", value.get());
    }
    let decimals = kpi.decimals.or_else(|| {
        // 0 to 6.
        (uncertain > 0.0).then(|| (1.0 - uncertain.log10().floor()).clamp(0.0, 6.0) as u8)
    });
    decimals.map_or_else(|| value.grouped(), |d| value.fixed(d))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::fixture::{kpi, number, week};

    fn made(method: Method, mean: f64, half: f64, chance: Option<f64>, mase: Option<f64>) -> Forecast {
        let end = Ahead {
            week: week("2026-W53"),
            mean: number(mean),
            lower: number(mean - half),
            upper: number(mean + half),
        };
        Forecast { method, path: vec![end], chance: chance.map(number), mase: mase.map(number) }
    }

    #[test]
    fn a_forecast_tells_value_interval_and_chance_with_the_unit_once() {
        let mut orders = kpi("orders");
        let forecast = made(Method::Model, 468.319, 37.24, Some(0.7812), Some(0.8));
        assert_eq!(forecast.words(&orders), "Forecast W53: 468 (431 to 506), 78 % to make it");
        orders.unit = "kg".to_owned();
        let forecast = made(Method::Model, 4.6312, 0.3441, None, Some(0.8));
        assert_eq!(forecast.words(&orders), "Forecast W53: 4.63 kg (4.29 to 4.98), no target to hold it against");
        orders.decimals = Some(1);
        assert!(forecast.words(&orders).starts_with("Forecast W53: 4.6 kg (4.3 to 5.0)"));
    }

    #[test]
    fn it_says_why_there_is_none_or_only_the_last_value() {
        let kpi = kpi("orders");
        assert_eq!(Forecast::too_early(8).words(&kpi), "too early to say: 8 of 12 readings");
        let last = made(Method::LastValue, 12.0, 3.0, Some(0.5), Some(1.042));
        let why = "; the last value kept, as the model did no better (error 1.04 of the last value's)";
        assert_eq!(last.words(&kpi), format!("Forecast W53: 12.0 (9.0 to 15.0), 50 % to make it{why}"));
        let still = made(Method::LastValue, 12.0, 0.0, Some(1.0), None);
        assert_eq!(
            still.words(&kpi),
            "Forecast W53: 12 (12 to 12), over 99 % to make it; the last value, which has long been the same"
        );
    }

    #[test]
    fn a_week_of_the_next_year_is_told_with_its_year() {
        let mut forecast = made(Method::Model, 12.0, 3.0, None, Some(0.9));
        let later = Ahead { week: week("2027-W46"), ..forecast.path[0] };
        forecast.path.push(later);
        assert!(forecast.words(&kpi("orders")).starts_with("Forecast 2027-W46: 12.0 "));
    }

    #[test]
    fn no_chance_is_called_certain() {
        let words = |c: f64| chance_words(number(c));
        assert_eq!([words(0.0), words(0.0099), words(0.01)], ["under 1 %", "under 1 %", "1 %"]);
        assert_eq!([words(0.99), words(0.991), words(1.0)], ["99 %", "over 99 %", "over 99 %"]);
    }

    #[test]
    fn very_large_and_very_small_numbers_stay_short() {
        let kpi = kpi("orders");
        for (mean, half) in [(1e300, 1e299), (1e-300, 1e-301), (-3e20, 1.0)] {
            let words = made(Method::Model, mean, half, Some(0.5), Some(0.5)).words(&kpi);
            assert!(words.len() < 80, "{words}");
        }
    }
}
