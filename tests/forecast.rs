//! The forecast held against what really came: every KPI of the bakery, from every week that could look ahead.

use truenorth::insight::forecast::{Chances, Method, NEEDED, forecast, horizon, out_of_reach};
use truenorth::model::kpi::{Aim, Direction};

use crate::harness::{bakery, bakery_weeks, today};
use truenorth::model::week::Week;

const HORIZONS: [i32; 3] = [1, 4, 13];

#[test]
fn the_bakerys_bands_hold_four_of_five_of_the_readings_that_came() {
    let (strategy, weeks) = (bakery().strategy, bakery_weeks());
    let (mut held, mut asked, mut by_model) = ([0; 3], [0; 3], 0);
    for kpi in &strategy.kpis {
        let series = weeks.series(&kpi.id);
        for (origin, _) in series.readings() {
            let made = forecast(&series, origin, origin.plus(13), Aim::Nothing, Direction::Up);
            by_model += usize::from(made.method == Method::Model);
            for (at, ahead) in HORIZONS.into_iter().enumerate() {
                let foretold = made.path.iter().find(|a| a.week == origin.plus(ahead));
                let Some((band, came)) = foretold.zip(series.get(origin.plus(ahead))) else { continue };
                asked[at] += 1;
                held[at] += i32::from(band.lower <= came && came <= band.upper);
            }
        }
    }
    for at in 0..3 {
        let percent = f64::from(held[at]) * 100.0 / f64::from(asked[at]);
        println!("{} weeks ahead: {percent:.0} % of {} ({by_model} forecasts by the model)", HORIZONS[at], asked[at]);
        assert!(asked[at] > 50 && (70.0..=90.0).contains(&percent), "{} weeks ahead: {percent:.0} %", HORIZONS[at]);
    }
}

#[test]
fn every_kpi_of_the_bakery_with_readings_enough_has_a_forecast_to_the_due_date_of_its_goal() {
    let (strategy, weeks, now) = (bakery().strategy, bakery_weeks(), Week::of(today()));
    for kpi in &strategy.kpis {
        let to = horizon(&strategy, &kpi.id, now);
        let made = forecast(&weeks.series(&kpi.id), now, to, kpi.aim_in(to), kpi.direction);
        println!("{}: {}", kpi.id, made.words(kpi));
        match made.method {
            Method::TooEarly { readings } => assert!(readings < NEEDED, "{}", kpi.id),
            Method::Model | Method::LastValue => assert_eq!(made.at_end().map(|a| a.week), Some(to), "{}", kpi.id),
        }
    }
    let chances = Chances::of(&strategy, now, |id| weeks.series(id));
    let far: Vec<&str> = out_of_reach(&strategy, &chances).iter().map(|k| k.id.as_str()).collect();
    println!("out of reach: {far:?}");
}
