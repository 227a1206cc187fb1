//! What is in reach: how far ahead to look for each KPI, and the chance of each KPI and goal to meet its target in time.

use std::collections::HashMap;

use super::{FARTHEST, Fit, Method};
use crate::model::goal::Goal;
use crate::model::id::{GoalId, KpiId};
use crate::model::kpi::{Aim, Direction, Kpi};
use crate::model::number::Finite;
use crate::model::series::Series;
use crate::model::strategy::Strategy;
use crate::model::week::Week;

/// How far ahead a KPI is looked at that no goal with a due date ahead is measured by: a quarter, in weeks.
const QUARTER: i32 = 13;
/// A target with a smaller chance is out of reach at this pace.
const OUT_OF_REACH: f64 = 0.1;

/// The week to look to: the earliest due date ahead of an open goal that the KPI measures, else 13 weeks on; at most 52.
#[must_use]
pub fn horizon(strategy: &Strategy, kpi: &KpiId, now: Week) -> Week {
    let due = strategy.goals_of(kpi).filter(|g| g.is_open()).filter_map(|g| g.due).map(Week::of);
    due.filter(|week| *week > now).min().unwrap_or(now.plus(QUARTER)).min(now.plus(FARTHEST))
}

/// How likely a goal is to be reached by its due date, or why nobody can say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outlook {
    /// The chance, 0 to 1.
    Chance {
        /// By the readings of this KPI: of several the one with the smallest chance.
        kpi: KpiId,
        /// The chance.
        chance: Finite,
    },
    /// Its KPI has too few readings.
    TooEarly {
        /// Which.
        kpi: KpiId,
        /// How many there are.
        readings: usize,
    },
    /// Its KPI has no target for that date, or one that only a single value meets.
    NoTarget {
        /// Which.
        kpi: KpiId,
    },
    /// No KPI measures it.
    Unmeasured,
    /// It has no due date.
    NoDate,
    /// It is due this week, or was due before.
    NotAhead,
    /// It is due in more than 52 weeks.
    TooFar,
}

impl Outlook {
    /// The chance, where there is one.
    #[must_use]
    pub fn chance(&self) -> Option<Finite> {
        match self {
            Self::Chance { chance, .. } => Some(*chance),
            Self::TooEarly { .. }
            | Self::NoTarget { .. }
            | Self::Unmeasured
            | Self::NoDate
            | Self::NotAhead
            | Self::TooFar => None,
        }
    }
}

/// The chances of a strategy: computed once for a week, away from the drawing, and looked up. Empty before that.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chances {
    kpis: HashMap<KpiId, Finite>,
    goals: HashMap<GoalId, Outlook>,
}

impl Chances {
    /// Of every KPI with a target at its [`horizon`], and of every open goal. `series` gives the readings of a KPI.
    #[must_use]
    pub fn of(strategy: &Strategy, now: Week, series: impl Fn(&KpiId) -> Series) -> Self {
        let fits: Vec<Fit> = strategy.kpis.iter().map(|kpi| Fit::of(&series(&kpi.id), now)).collect();
        Self::of_fits(strategy, now, &fits)
    }

    /// The same, of the strategy's KPIs in their order as they were fitted in that week.
    #[must_use]
    pub fn of_fits(strategy: &Strategy, now: Week, fits: &[Fit]) -> Self {
        let fitted = strategy.kpis.iter().zip(fits);
        let chance = |(kpi, fit): (&Kpi, &Fit)| {
            let to = horizon(strategy, &kpi.id, now);
            Some((kpi.id.clone(), fit.forecast(to, kpi.aim_in(to), kpi.direction).chance?))
        };
        let read = fitted.clone().map(|(kpi, fit)| (&kpi.id, (kpi, fit))).collect();
        let open = strategy.goals.iter().filter(|g| g.is_open());
        Self {
            kpis: fitted.filter_map(chance).collect(),
            goals: open.map(|g| (g.id.clone(), of_goal(g, now, &read))).collect(),
        }
    }

    /// Of one goal alone: for those who look at no other.
    #[must_use]
    pub fn of_goal(goal: &Goal, strategy: &Strategy, now: Week, series: impl Fn(&KpiId) -> Series) -> Self {
        let known = goal.kpis.iter().filter_map(|id| strategy.kpi(id));
        let fits: Vec<(&Kpi, Fit)> = known.map(|kpi| (kpi, Fit::of(&series(&kpi.id), now))).collect();
        let read = fits.iter().map(|(kpi, fit)| (&kpi.id, (*kpi, fit))).collect();
        let outlook = of_goal(goal, now, &read);
        Self { kpis: HashMap::new(), goals: HashMap::from([(goal.id.clone(), outlook)]) }
    }

    /// Takes in others, in place of what was known of the same KPIs and goals.
    pub fn extend(&mut self, others: Self) {
        self.kpis.extend(others.kpis);
        self.goals.extend(others.goals);
    }

    /// The chance of a KPI to meet its target at its horizon.
    #[must_use]
    pub fn kpi(&self, id: &KpiId) -> Option<Finite> {
        self.kpis.get(id).copied()
    }

    /// The outlook of a goal; none before it was computed, and of closed ones.
    #[must_use]
    pub fn goal(&self, id: &GoalId) -> Option<&Outlook> {
        self.goals.get(id)
    }
}

/// The KPIs whose chance of meeting the target at its date is below 10 %, in the strategy's order.
#[must_use]
pub fn out_of_reach<'a>(strategy: &'a Strategy, chances: &Chances) -> Vec<&'a Kpi> {
    strategy.kpis.iter().filter(|k| chances.kpi(&k.id).is_some_and(|c| c.get() < OUT_OF_REACH)).collect()
}

/// A key result with numbers of its own is held against its own target, by the readings of its first KPI, which are its
/// current value; any other goal against the targets of all its KPIs, of which the least likely counts.
fn of_goal(goal: &Goal, now: Week, read: &HashMap<&KpiId, (&Kpi, &Fit)>) -> Outlook {
    let Some(due) = goal.due.map(Week::of) else { return Outlook::NoDate };
    let own = goal.measure().map(|(baseline, target, _)| {
        (Aim::At(target), if target < baseline { Direction::Down } else { Direction::Up })
    });
    let measures = goal.kpis.iter().filter_map(|id| read.get(id)).take(if own.is_some() { 1 } else { usize::MAX });
    let outlooks: Vec<Outlook> = measures
        .map(|(kpi, fit)| {
            let (aim, direction) = own.unwrap_or((kpi.aim_in(due), kpi.direction));
            of_kpi(kpi, fit, now, due, aim, direction)
        })
        .collect();
    let least = outlooks.iter().filter_map(|o| Some((o.chance()?, o))).min_by_key(|(chance, _)| *chance);
    least.map(|(_, o)| o).or(outlooks.first()).cloned().unwrap_or(Outlook::Unmeasured)
}

fn of_kpi(kpi: &Kpi, fit: &Fit, now: Week, due: Week, aim: Aim, direction: Direction) -> Outlook {
    if due <= now {
        return Outlook::NotAhead;
    }
    if due > now.plus(FARTHEST) {
        return Outlook::TooFar;
    }
    let forecast = fit.forecast(due, aim, direction);
    let kpi = kpi.id.clone();
    match (forecast.method, forecast.chance) {
        (Method::TooEarly { readings }, _) => Outlook::TooEarly { kpi, readings },
        (Method::Model | Method::LastValue, Some(chance)) => Outlook::Chance { kpi, chance },
        (Method::Model | Method::LastValue, None) => Outlook::NoTarget { kpi },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::fixture::*;

    /// Forty readings around 400, up to last week.
    fn readings() -> Series {
        (1..=40).map(|back| (week(NOW).plus(-back), number(400.0 + f64::from(back * 7 % 5)))).collect()
    }

    fn outlook(shape: impl FnOnce(&mut Strategy)) -> Outlook {
        let mut strategy = strategy();
        shape(&mut strategy);
        let goal = &strategy.goals[2];
        let alone = Chances::of_goal(goal, &strategy, week(NOW), |_| readings());
        let all = Chances::of(&strategy, week(NOW), |_| readings());
        assert_eq!(alone.goal(&goal.id), all.goal(&goal.id), "one goal is seen as among all");
        alone.goal(&goal.id).unwrap().clone()
    }

    #[test]
    fn a_kpi_looks_to_the_earliest_due_date_ahead_of_an_open_goal() {
        let (mut strategy, orders, now) = (strategy(), id("orders"), week(NOW));
        assert_eq!(horizon(&strategy, &orders, now), week("2026-W53"));
        let mut sooner = goal("sooner", crate::model::goal::Kind::Objective);
        sooner.kpis = vec![id("orders")];
        sooner.due = Some(day("2026-12-04"));
        strategy.goals.push(sooner);
        assert_eq!(horizon(&strategy, &orders, now), week("2026-W49"));
        strategy.goals[3].due = Some(today());
        assert_eq!(horizon(&strategy, &orders, now), week("2026-W53"), "this week is not ahead");
        strategy.goals[2].due = Some(day("2031-12-31"));
        assert_eq!(horizon(&strategy, &orders, now), now.plus(52));
        strategy.goals.clear();
        assert_eq!(horizon(&strategy, &orders, now), now.plus(13));
    }

    #[test]
    fn a_key_result_is_held_against_its_own_target_rising_or_falling() {
        let chance =
            |baseline, target| outlook(|s| s.goals[2].kind = key_result(baseline, target)).chance().unwrap().get();
        assert!(chance(300.0, 350.0) > 0.99 && chance(300.0, 450.0) < 0.01);
        assert!(chance(500.0, 450.0) > 0.99 && chance(500.0, 350.0) < 0.01);
    }

    #[test]
    fn any_other_goal_is_as_likely_as_the_least_likely_of_its_kpis() {
        let seen = outlook(|s| {
            let mut easy = kpi("easy");
            easy.targets[0].aim = Aim::At(number(300.0));
            s.kpis.insert(0, easy);
            s.goals[2].kind = crate::model::goal::Kind::Objective;
            s.goals[2].kpis = vec![id("easy"), id("orders")];
        });
        assert!(
            matches!(&seen, Outlook::Chance { kpi, chance } if kpi.as_str() == "orders" && chance.get() < 0.01),
            "{seen:?}"
        );
    }

    #[test]
    fn where_nobody_can_say_the_reason_is_known() {
        assert_eq!(outlook(|s| s.goals[2].due = None), Outlook::NoDate);
        assert_eq!(outlook(|s| s.goals[2].due = Some(today())), Outlook::NotAhead);
        assert_eq!(outlook(|s| s.goals[2].due = Some(day("2028-12-31"))), Outlook::TooFar);
        assert_eq!(outlook(|s| s.goals[2].kpis.clear()), Outlook::Unmeasured);
        let untargeted = |s: &mut Strategy| {
            s.goals[2].kind = crate::model::goal::Kind::Objective;
            s.kpis[0].targets.clear();
        };
        assert_eq!(outlook(untargeted), Outlook::NoTarget { kpi: id("orders") });
    }

    #[test]
    fn a_target_with_a_chance_below_ten_percent_is_out_of_reach() {
        let (mut strategy, now) = (strategy(), week(NOW));
        let far = |s: &Strategy| out_of_reach(s, &Chances::of(s, now, |_| readings())).len();
        assert_eq!(far(&strategy), 1);
        // The target that will hold at the horizon counts, not today's.
        let mut eased = strategy.kpis[0].targets[0].clone();
        (eased.from, eased.aim) = (week("2026-W50"), Aim::At(number(390.0)));
        strategy.kpis[0].targets.push(eased);
        assert_eq!(far(&strategy), 0);
        assert_eq!(out_of_reach(&strategy, &Chances::default()), Vec::<&Kpi>::new());
    }
}
