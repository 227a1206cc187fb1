//! The bakery's year as its charts tell it: what happened shows in the week it happened in, and where nothing did, nothing shows.

use std::sync::Arc;

use truenorth::app::message::Message;
use truenorth::insight::xmr::{Axis, Chart, Rule, Side, Signal, Verdict, chart};
use truenorth::model::history::WeekDigest;
use truenorth::model::kpi::{Direction, Kpi};
use truenorth::model::week::Week;

use crate::harness::Driven;
use crate::harness::sample::{bakery, bakery_weeks};

fn week(text: &str) -> Week {
    text.parse().unwrap()
}

fn kpi(id: &str) -> Kpi {
    bakery().strategy.kpi(&id.parse().unwrap()).unwrap().clone()
}

/// The chart of a KPI as the room saw it in a week, before anything later was known.
fn seen_in(id: &str, week: Week) -> Chart {
    let kpi = kpi(id);
    chart(&bakery_weeks().series(&kpi.id), &kpi, week)
}

#[track_caller]
fn strongest(id: &str, at: &str) -> Signal {
    let chart = seen_in(id, week(at));
    *chart.strongest_in(week(at)).unwrap_or_else(|| panic!("{id} in {at}: {}", chart.words(week(at))))
}

#[track_caller]
fn is_beyond(id: &str, at: &str, side: Side, verdict: Verdict) {
    let signal = strongest(id, at);
    assert_eq!(
        (signal.rule, signal.axis, signal.side, signal.verdict),
        (Rule::Beyond, Axis::X, side, verdict),
        "{id} in {at}: {}",
        signal.words()
    );
    assert_eq!(signal.week, week(at), "it fires in that week");
}

#[test]
fn the_ovens_failure_in_spring_shows_in_its_first_full_week() {
    is_beyond("oven-hours-lost", "2026-W14", Side::Above, Verdict::Deterioration);
    is_beyond("late-orders", "2026-W14", Side::Above, Verdict::Deterioration);
    is_beyond("weekly-revenue", "2026-W14", Side::Below, Verdict::Deterioration);
    is_beyond("overtime", "2026-W14", Side::Above, Verdict::Deterioration);
}

#[test]
fn the_ovens_second_failure_shows_again() {
    is_beyond("oven-hours-lost", "2026-W24", Side::Above, Verdict::Deterioration);
    is_beyond("late-orders", "2026-W24", Side::Above, Verdict::Deterioration);
    is_beyond("weekly-revenue", "2026-W25", Side::Below, Verdict::Deterioration);
}

#[test]
fn the_suppliers_price_rise_shows_in_the_price_and_in_the_margin() {
    is_beyond("flour-price", "2026-W21", Side::Above, Verdict::Deterioration);
    is_beyond("gross-margin", "2026-W21", Side::Below, Verdict::Deterioration);
    // And once the team knew why, a phase with limits of its own begins, in which what the price leaves is routine.
    let chart = seen_in("gross-margin", week("2026-W30"));
    assert_eq!(chart.current().unwrap().from, week("2026-W22"));
    assert_eq!(chart.strongest_in(week("2026-W30")), None);
}

#[test]
fn the_move_to_online_orders_shows_as_an_improvement() {
    is_beyond("online-orders", "2026-W40", Side::Above, Verdict::Improvement);
    is_beyond("online-share", "2026-W40", Side::Above, Verdict::Improvement);
    assert_eq!(seen_in("online-orders", week("2026-W41")).current().unwrap().from, week("2026-W41"));
}

#[test]
fn what_goes_wrong_this_autumn_shows_before_the_target_of_the_oven_is_long_missed() {
    is_beyond("oven-hours-lost", "2026-W46", Side::Above, Verdict::Deterioration);
    is_beyond("order-errors", "2026-W46", Side::Above, Verdict::Deterioration);
}

#[test]
fn quiet_kpis_are_quiet_in_every_week_of_the_year() {
    let history = bakery_weeks();
    for id in ["repeat-customers", "queue-time", "proving-room"] {
        let kpi = kpi(id);
        let series = history.series(&kpi.id);
        for digest in history.weeks() {
            let chart = chart(&series, &kpi, digest.week);
            let said = chart.signals_in(digest.week).map(Signal::words).collect::<Vec<_>>();
            assert_eq!(said, Vec::<String>::new(), "{id} in {}", digest.week);
        }
    }
}

#[test]
fn the_flours_price_is_quiet_but_for_the_weeks_in_which_it_was_agreed_anew() {
    let (history, kpi) = (bakery_weeks(), kpi("flour-price"));
    let series = history.series(&kpi.id);
    let loud: Vec<String> = history
        .weeks()
        .iter()
        .map(|digest| digest.week)
        .filter(|week| chart(&series, &kpi, *week).strongest_in(*week).is_some())
        .map(|week| week.to_string())
        .collect();
    assert_eq!(loud, ["2026-W21", "2026-W38"]);
}

#[test]
fn most_weeks_of_most_kpis_are_routine() {
    let (history, strategy) = (bakery_weeks(), bakery().strategy);
    let (mut read, mut odd) = (0, 0);
    for kpi in &strategy.kpis {
        let series = history.series(&kpi.id);
        for (week, _) in series.readings() {
            read += 1;
            odd += usize::from(chart(&series, kpi, week).strongest_in(week).is_some());
        }
    }
    assert!(read > 800 && odd * 3 < read, "{odd} of {read} readings stand out");
}

#[test]
fn findings_from_the_weeks_behind_follow_a_kpi_that_is_defined_anew_and_a_week_that_is_added() {
    let fires = |driven: &Driven| driven.app().derived.findings.iter().any(|f| f.rule == "tug-of-war");
    let mut driven = Driven::new();
    driven.send(Message::HistoryDone);
    assert!(fires(&driven));
    let kpis = driven.app().workspace.strategy.kpis.clone();
    for kpi in &mut driven.app_mut().workspace.strategy.kpis {
        kpi.direction = Direction::Band;
    }
    driven.send(Message::HistoryDone);
    assert!(!fires(&driven), "a KPI without a good direction pulls at nothing");
    driven.app_mut().workspace.strategy.kpis = kpis;
    driven.send(Message::HistoryDone);
    assert!(fires(&driven));
    let weeks = driven.app().history.weeks().to_vec();
    for digest in weeks {
        Arc::make_mut(&mut driven.app_mut().history).insert(WeekDigest { kpis: Vec::new().into(), ..digest });
    }
    driven.send(Message::HistoryDone);
    assert!(!fires(&driven), "nothing was read in the weeks as they are now");
}
