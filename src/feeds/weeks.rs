//! The numbers of one KPI brought together by week: what stands twice, and days that make a week.

use std::collections::BTreeMap;

use super::Refusal;
use super::candidates::Entry;
use super::dates::When;
use crate::model::kpi::{Kpi, Totals};
use crate::model::number::Finite;
use crate::model::week::Week;

/// How many weeks are named where days are missing.
const NAMED: usize = 5;
/// Below this size six decimals are kept: sums of tenths would otherwise end in dust.
const ROUNDED: f64 = 1e9;

/// The readings of a KPI by week.
///
/// # Errors
/// Every row that gives another value for a day or week than a row before it.
pub(super) fn weeks(
    kpi: &Kpi,
    column: &str,
    entries: &[Entry],
    notes: &mut Vec<String>,
) -> Result<Vec<(Week, Finite)>, Vec<Refusal>> {
    let once = once(kpi, column, entries, notes)?;
    let mut days: BTreeMap<Week, Vec<Finite>> = BTreeMap::new();
    for entry in once.values() {
        days.entry(entry.when.week()).or_default().push(entry.value);
    }
    if days.values().any(|d| d.len() > 1) {
        notes.extend(made_of_days(kpi, column, &days));
    }
    let too_large = |week: &Week| {
        Refusal::new(say!("the days of {week} add up to more than can be kept", week), say!("look at their values"))
            .of(column)
    };
    let of_week = |(week, values): (&Week, &Vec<Finite>)| {
        together(kpi.totals, values).map(|value| (*week, value)).ok_or_else(|| vec![too_large(week)])
    };
    days.iter().map(of_week).collect()
}

/// One entry for each day or week.
fn once<'e>(
    kpi: &Kpi,
    column: &str,
    entries: &'e [Entry],
    notes: &mut Vec<String>,
) -> Result<BTreeMap<When, &'e Entry>, Vec<Refusal>> {
    let mut first: BTreeMap<When, &Entry> = BTreeMap::new();
    let (mut refusals, mut twice) = (Vec::new(), 0);
    for entry in entries {
        let before = *first.entry(entry.when).or_insert(entry);
        if before.row == entry.row {
            continue;
        }
        twice += 1;
        if before.value != entry.value {
            let (now, was) = (kpi.show(entry.value), kpi.show(before.value));
            let what =
                say!("{when} is {now} here, but {was} in row {row}", when = entry.when, now, was, row = before.row);
            refusals.push(Refusal::new(what, say!("keep one of the two rows")).at(entry.row).of(column));
        }
    }
    if !refusals.is_empty() {
        return Err(refusals);
    }
    if twice > 0 {
        let rows = if twice == 1 { say!("1 row says").to_owned() } else { say!("{twice} rows say", twice) };
        notes.push(say!("{column}: {rows} the same as an earlier one; counted once", column, rows));
    }
    Ok(first)
}

fn together(totals: Totals, values: &[Finite]) -> Option<Finite> {
    let [several @ .., _] = values else { return None };
    if several.is_empty() {
        return values.first().copied();
    }
    let sum: f64 = values.iter().map(|v| v.get()).sum();
    let exact = match totals {
        Totals::Sum => sum,
        Totals::Mean => sum / values.len() as f64,
    };
    let rounded = || format!("{exact:.6}").parse().unwrap_or(exact);
    Finite::new(if exact.abs() < ROUNDED { rounded() } else { exact })
}

/// Says how days became weeks, and which weeks have fewer of them than most.
fn made_of_days(kpi: &Kpi, column: &str, days: &BTreeMap<Week, Vec<Finite>>) -> Vec<String> {
    let how = match kpi.totals {
        Totals::Sum => say!("the days of a week are added up"),
        Totals::Mean => say!("a week is the mean of its days"),
    };
    let mut notes = vec![format!("{column}: {how}, as {} has `totals: {}`", kpi.id, word(kpi.totals))];
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for values in days.values() {
        *counts.entry(values.len()).or_default() += 1;
    }
    let usual = counts.iter().max_by_key(|(_, weeks)| **weeks).map_or(0, |(days, _)| *days);
    let short: Vec<String> = days.iter().filter(|(_, v)| v.len() < usual).map(|(week, _)| week.to_string()).collect();
    if kpi.totals == Totals::Sum && !short.is_empty() {
        let more = short.len().saturating_sub(NAMED);
        let named = short[..short.len().min(NAMED)].join(", ");
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        notes.push(say!(
            "{column}: fewer than {usual} days in {named}{more}; the sum may be too low",
            column,
            usual,
            named,
            more
        ));
    }
    notes
}

fn word(totals: Totals) -> &'static str {
    match totals {
        Totals::Sum => "sum",
        Totals::Mean => "mean",
    }
}
