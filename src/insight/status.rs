//! The status of a KPI for a week: its reading held against the target of that week, with a tolerance.

use crate::model::kpi::{Aim, Direction, Kpi};
use crate::model::number::Finite;
use crate::model::status::Status;
use crate::model::week::Week;
use crate::model::workspace::Thresholds;

/// Differences below this share of the larger number are rounding, not a miss: 0.1 + 0.2 meets 0.3.
const FUZZ: f64 = 1e-9;

/// How far a reading may miss and still be at risk.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Tolerance {
    /// In the KPI's unit.
    Absolute(f64),
    /// In percent of the limit that was missed; only limits above zero have one.
    Percent(f64),
    /// None: the limit is zero or negative, and the KPI has no absolute tolerance.
    None,
}

/// A reading held against its limit.
#[derive(Debug, Clone, Copy)]
struct Verdict {
    status: Status,
    /// The limit that was missed, or would be missed first.
    limit: f64,
    /// By how much it was missed, in the KPI's unit; zero or less when it was met.
    miss: f64,
    tolerance: Tolerance,
}

/// The status by the rule.
///
/// *On track* meets the target, *at risk* misses it by no more than the tolerance, *off track* by more. The tolerance is the
/// KPI's own in its unit, else the KPI's or the workspace's in percent of the target; a target of zero or less has no
/// percentage. A band is judged at the nearer limit. *Unknown* without a reading or a target: missing is never green.
#[must_use]
pub fn of_reading(kpi: &Kpi, week: Week, reading: Option<Finite>, thresholds: &Thresholds) -> Status {
    reading.and_then(|r| judge(kpi, kpi.aim_in(week), r.get(), thresholds)).map_or(Status::Unknown, |v| v.status)
}

/// The rule and its inputs in one sentence: `412 misses the target of 450 by 8.4 %, within the tolerance of 10 %: at risk`.
#[must_use]
pub fn why(kpi: &Kpi, week: Week, reading: Option<Finite>, thresholds: &Thresholds) -> String {
    let Some(aim) = kpi.show_aim(week) else {
        return say!("No target holds in {week}: {unknown}", unknown = Status::Unknown, week);
    };
    let Some((reading, verdict)) = reading.and_then(|r| Some((r, judge(kpi, kpi.aim_in(week), r.get(), thresholds)?)))
    else {
        return say!("No reading for {week}, target {aim}: {unknown}", unknown = Status::Unknown, week, aim);
    };
    let is_band = matches!(kpi.aim_in(week), Aim::Within(..)) || kpi.direction == Direction::Band;
    let value = kpi.show(reading);
    match verdict.status {
        Status::OnTrack if is_band => say!("{value} lies inside {aim}: {status}", status = verdict.status, value, aim),
        Status::OnTrack => {
            let bound = if kpi.direction == Direction::Down { say!("at most") } else { say!("at least") };
            say!("{value} meets the target of {bound} {aim}: {status}", status = verdict.status, value, bound, aim)
        }
        Status::AtRisk | Status::OffTrack | Status::Unknown => {
            let target = if is_band { say!("misses the band of") } else { say!("misses the target of") };
            format!("{value} {target} {aim} {}: {}", by_how_much(kpi, &verdict), verdict.status)
        }
    }
}

fn judge(kpi: &Kpi, aim: Aim, reading: f64, thresholds: &Thresholds) -> Option<Verdict> {
    let (limit, miss) = match aim {
        Aim::Nothing => return None,
        Aim::At(target) => {
            let target = target.get();
            let miss = match kpi.direction {
                Direction::Up => target - reading,
                Direction::Down => reading - target,
                Direction::Band => (reading - target).abs(),
            };
            (target, miss)
        }
        Aim::Within(low, high) => {
            let (below, above) = (low.get() - reading, reading - high.get());
            if below >= above { (low.get(), below) } else { (high.get(), above) }
        }
    };
    let tolerance = tolerance(kpi, limit, thresholds);
    let allowed = match tolerance {
        Tolerance::Absolute(units) => units,
        Tolerance::Percent(percent) => limit * percent / 100.0,
        Tolerance::None => 0.0,
    };
    let fuzz = FUZZ * limit.abs().max(reading.abs());
    let status = if miss <= fuzz {
        Status::OnTrack
    } else if miss <= allowed + fuzz {
        Status::AtRisk
    } else {
        Status::OffTrack
    };
    Some(Verdict { status, limit, miss, tolerance })
}

fn tolerance(kpi: &Kpi, limit: f64, thresholds: &Thresholds) -> Tolerance {
    match kpi.tolerance {
        Some(units) => Tolerance::Absolute(units.get()),
        None if limit > 0.0 => Tolerance::Percent(kpi.tolerance_percent.unwrap_or(thresholds.tolerance_percent).get()),
        None => Tolerance::None,
    }
}

/// `by 8.4 %, within the tolerance of 10 %`.
fn by_how_much(kpi: &Kpi, verdict: &Verdict) -> String {
    let units = |value: f64| Finite::new(value).map_or_else(|| say!("very much").to_owned(), |v| kpi.show(v));
    let percent =
        |value: f64| Finite::new(value).map_or_else(|| say!("very much").to_owned(), |v| format!("{} %", v.fixed(1)));
    let within = if verdict.status == Status::AtRisk { say!("within") } else { say!("beyond") };
    match verdict.tolerance {
        Tolerance::Absolute(allowed) => {
            say!(
                "by {miss}, {within} the tolerance of {allowed}",
                miss = units(verdict.miss),
                allowed = units(allowed),
                within
            )
        }
        Tolerance::Percent(allowed) => {
            let allowed = Finite::new(allowed).unwrap_or(Finite::ZERO);
            let miss = percent(verdict.miss / verdict.limit * 100.0);
            say!("by {miss}, {within} the tolerance of {allowed} %", miss, within, allowed)
        }
        Tolerance::None => {
            say!("by {miss}, and a limit of zero or less has no tolerance in percent", miss = units(verdict.miss))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::fixture::{kpi, number, week};

    fn aiming(direction: Direction, aim: Aim) -> Kpi {
        let mut kpi = kpi("orders");
        kpi.direction = direction;
        kpi.targets[0].aim = aim;
        kpi
    }

    fn status(kpi: &Kpi, reading: f64) -> Status {
        of_reading(kpi, week("2026-W47"), Finite::new(reading), &Thresholds::default())
    }

    #[test]
    fn a_reading_is_held_against_the_target_with_ten_percent_of_tolerance() {
        let up = aiming(Direction::Up, Aim::At(number(450.0)));
        assert_eq!(status(&up, 450.0), Status::OnTrack);
        assert_eq!(status(&up, 449.9), Status::AtRisk);
        assert_eq!(status(&up, 405.0), Status::AtRisk);
        assert_eq!(status(&up, 404.9), Status::OffTrack);
        let down = aiming(Direction::Down, Aim::At(number(20.0)));
        assert_eq!(status(&down, 20.0), Status::OnTrack);
        assert_eq!(status(&down, 22.0), Status::AtRisk);
        assert_eq!(status(&down, 22.1), Status::OffTrack);
    }

    #[test]
    fn rounding_never_decides_at_the_border() {
        // 4.1 x 0.9 is 3.6899999999999995 in binary, and 0.1 + 0.2 is a little more than 0.3.
        for target in [0.7, 1.1, 4.1, 450.0, 1e12, 3e-7] {
            let up = aiming(Direction::Up, Aim::At(number(target)));
            assert_eq!(status(&up, target * 0.9), Status::AtRisk, "{target}");
            let down = aiming(Direction::Down, Aim::At(number(target)));
            assert_eq!(status(&down, target * 1.1), Status::AtRisk, "{target}");
        }
        assert_eq!(status(&aiming(Direction::Down, Aim::At(number(0.3))), 0.1 + 0.2), Status::OnTrack);
    }

    #[test]
    fn an_absolute_tolerance_is_stronger_than_a_percentage_and_the_kpis_own_than_the_workspaces() {
        let mut up = aiming(Direction::Up, Aim::At(number(100.0)));
        up.tolerance_percent = Some(number(20.0));
        assert_eq!(status(&up, 80.0), Status::AtRisk);
        up.tolerance = Some(number(5.0));
        assert_eq!(status(&up, 95.0), Status::AtRisk);
        assert_eq!(status(&up, 94.0), Status::OffTrack);
    }

    #[test]
    fn a_target_of_zero_or_less_forgives_nothing_without_an_absolute_tolerance() {
        for target in [0.0, -5.0] {
            let mut down = aiming(Direction::Down, Aim::At(number(target)));
            assert_eq!(status(&down, target), Status::OnTrack);
            assert_eq!(status(&down, target + 0.1), Status::OffTrack);
            down.tolerance = Some(number(1.0));
            assert_eq!(status(&down, target + 1.0), Status::AtRisk);
        }
    }

    #[test]
    fn a_band_is_judged_at_the_nearer_limit() {
        let band = aiming(Direction::Band, Aim::Within(number(3.0), number(5.0)));
        for (reading, want) in [
            (3.0, Status::OnTrack),
            (4.0, Status::OnTrack),
            (5.0, Status::OnTrack),
            (2.7, Status::AtRisk),
            (2.6, Status::OffTrack),
            (5.5, Status::AtRisk),
            (5.6, Status::OffTrack),
        ] {
            assert_eq!(status(&band, reading), want, "{reading}");
        }
    }

    #[test]
    fn without_a_reading_or_a_target_nothing_is_green() {
        let up = aiming(Direction::Up, Aim::At(number(450.0)));
        let none = Thresholds::default();
        assert_eq!(of_reading(&up, week("2026-W47"), None, &none), Status::Unknown);
        assert_eq!(status(&aiming(Direction::Up, Aim::Nothing), 1.0), Status::Unknown);
        // The target holds from week 1 of 2026 on, not before.
        assert_eq!(of_reading(&up, week("2025-W52"), Some(number(500.0)), &none), Status::Unknown);
    }

    #[test]
    fn every_verdict_names_its_rule_and_inputs() {
        let say = |kpi: &Kpi, reading: f64| why(kpi, week("2026-W47"), Finite::new(reading), &Thresholds::default());
        let mut up = aiming(Direction::Up, Aim::At(number(450.0)));
        assert_eq!(say(&up, 412.0), "412 misses the target of 450 by 8.4 %, within the tolerance of 10 %: at risk");
        assert_eq!(say(&up, 300.0), "300 misses the target of 450 by 33.3 %, beyond the tolerance of 10 %: off track");
        assert_eq!(say(&up, 460.0), "460 meets the target of at least 450: on track");
        assert_eq!(say(&up, f64::NAN), "No reading for 2026-W47, target 450: unknown");
        up.tolerance = Some(number(50.0));
        assert_eq!(say(&up, 412.0), "412 misses the target of 450 by 38, within the tolerance of 50: at risk");
        let band = aiming(Direction::Band, Aim::Within(number(3.0), number(5.0)));
        assert_eq!(say(&band, 4.0), "4 lies inside 3 to 5: on track");
        assert_eq!(say(&band, 2.8), "2.8 misses the band of 3 to 5 by 6.7 %, within the tolerance of 10 %: at risk");
        let zero = aiming(Direction::Down, Aim::At(Finite::ZERO));
        assert_eq!(
            say(&zero, 2.0),
            "2 misses the target of 0 by 2, and a limit of zero or less has no tolerance in percent: off track"
        );
        assert_eq!(say(&aiming(Direction::Up, Aim::Nothing), 2.0), "No target holds in 2026-W47: unknown");
    }
}
