//! Charts that were published with their limits: the data and the printed digits as their sources give them.

use super::tests::{at, of};
use super::*;

/// What a source prints, each number with as many digits as it prints.
struct Printed {
    mean: &'static str,
    mean_range: Option<&'static str>,
    lower: &'static str,
    upper: &'static str,
    range_upper: Option<&'static str>,
}

fn agrees(data: &[f64], printed: &Printed) {
    let limits = of(data).current().unwrap().limits.unwrap();
    let check = |computed: Finite, printed: &str| {
        let digits = printed.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        assert_eq!(format!("{:.digits$}", computed.get()), printed);
    };
    check(limits.mean, printed.mean);
    check(limits.lower, printed.lower);
    check(limits.upper, printed.upper);
    if let Some(printed) = printed.mean_range {
        check(limits.mean_range, printed);
    }
    if let Some(printed) = printed.range_upper {
        check(limits.range_upper, printed);
    }
}

/// Wheeler, *Making Sense of Data* (SPC Press 2003), p. 382: "Data Set to Use When Verifying Software".
#[test]
fn wheelers_data_for_verifying_software() {
    let data = [
        5045.0, 4350.0, 4350.0, 3975.0, 4290.0, 4430.0, 4485.0, 4285.0, 3980.0, 3925.0, 3645.0, 3760.0, 3300.0, 3685.0,
        3463.0, 5200.0,
    ];
    let printed = Printed {
        mean: "4135.50",
        mean_range: Some("355.93"),
        lower: "3188.72",
        upper: "5082.28",
        range_upper: Some("1163.19"),
    };
    agrees(&data, &printed);
    let ranges: Vec<f64> = of(&data).ranges().iter().filter_map(|(_, range)| Some((*range)?.get())).collect();
    assert_eq!(
        ranges,
        [695.0, 0.0, 375.0, 315.0, 140.0, 55.0, 200.0, 305.0, 55.0, 280.0, 115.0, 460.0, 385.0, 222.0, 1737.0]
    );
    // 5200 lies above 5082.28, and the last range of 1737 above 1163.19.
    let chart = of(&data);
    let beyond: Vec<_> = chart.signals_in(at(15)).filter(|s| s.rule == Rule::Beyond).map(|s| s.axis).collect();
    assert_eq!(beyond, [Axis::X, Axis::Range]);
}

/// Wheeler, *Making Sense of Data* (SPC Press 2003), table 9.1: accident rates of two groups.
#[test]
fn wheelers_accident_rates() {
    let group_a = [43.0, 40.0, 37.0, 33.0, 30.0, 33.0, 34.0, 35.0, 29.0, 33.0, 31.0, 39.0];
    let a = Printed { mean: "34.75", mean_range: None, lower: "25.6", upper: "43.9", range_upper: None };
    agrees(&group_a, &a);
    let group_b = [35.0, 37.0, 33.0, 32.0, 27.0, 29.0, 31.0, 22.0, 25.0, 30.0, 24.0, 19.0];
    let b = Printed { mean: "28.67", mean_range: None, lower: "18.0", upper: "39.3", range_upper: None };
    agrees(&group_b, &b);
}

/// Wheeler, *Making Sense of Data* (SPC Press 2003), table 8.1: high-school seniors who smoke daily, in percent. The last
/// eight of the fourteen lie below the mean.
#[test]
fn wheelers_smoking_seniors_are_a_run_below_the_mean() {
    let data = [21.3, 20.2, 20.9, 21.0, 18.8, 19.6, 18.7, 18.6, 18.1, 18.9, 19.2, 18.2, 17.3, 19.0];
    let chart = of(&data);
    let run = chart.signals.iter().find(|s| s.rule == Rule::Run).unwrap();
    assert_eq!((run.since, run.week, run.points, run.side), (at(6), at(13), 8, Side::Below));
}

/// NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2: flow rates of ten batches. It prints limits of 55.8041 and
/// 45.8159 with the factor 3/1.128, which 2.66 rounds: two decimals agree.
#[test]
fn nists_flow_rates() {
    let data = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1];
    let printed =
        Printed { mean: "50.81", mean_range: Some("1.8778"), lower: "45.82", upper: "55.80", range_upper: None };
    agrees(&data, &printed);
    assert_eq!(of(&data).signals, [], "the handbook finds the process in control");
}

/// Montgomery, *Introduction to Statistical Quality Control*, p. 242: viscosity of paint primer. The `qcc` package for R,
/// which brings these data, prints limits of 32.24484 and 34.80183 with the factor 3/1.128: two decimals agree.
#[test]
fn montgomerys_viscosity() {
    let data = [33.75, 33.05, 34.0, 33.81, 33.46, 34.02, 33.68, 33.27, 33.49, 33.20, 33.62, 33.00, 33.54, 33.12, 33.84];
    let printed = Printed { mean: "33.52333", mean_range: None, lower: "32.24", upper: "34.80", range_upper: None };
    agrees(&data, &printed);
}
