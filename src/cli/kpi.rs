//! `truenorth kpi`: the scorecard, one KPI with its readings, and a value into my check-in.

use std::collections::{BTreeMap, HashMap};

use crate::insight::forecast::{forecast, horizon};
use crate::insight::scorecard::Reason;
use crate::insight::status;
use crate::insight::xmr::{Chart, Signal};
use crate::model::checkin::Reading;
use crate::model::id::KpiId;
use crate::model::kpi::{Kpi, Origin};
use crate::model::number::Finite;
use crate::model::snapshot::KpiWeek;
use crate::model::status::Status;
use crate::model::week::Week;
use crate::model::workspace::{Part, Workspace};
use crate::storage;

use super::args::{self, Json, KpiSet, Named};
use super::context::Context;
use super::failure::{Answer, Failure};
use super::kpi_view::{Full, Past, Row};
use super::mine;
use super::now::{Now, Phase};
use super::output::{json, message};
use super::page::{Page, mark};
use super::pick::pick;
use super::table::{Cell, Set, Table};

/// How many weeks people see of one KPI: a quarter.
const QUARTER: usize = 13;

pub(super) fn run(context: &Context, command: &args::Kpi) -> Result<Answer, Failure> {
    match command {
        args::Kpi::List(args) => list(context, *args),
        args::Kpi::Show(args) => show(context, args),
        args::Kpi::Set(args) => set(context, args),
    }
}

fn list(context: &Context, args: Json) -> Result<Answer, Failure> {
    let workspace = context.open(&[Part::Kpis])?;
    let now = Now::of(context, &workspace)?;
    let reasons: HashMap<KpiId, Reason> =
        now.order(&workspace)?.into_iter().filter_map(|row| Some((row.kpi, row.reason?))).collect();
    let rows: Vec<Row> = now
        .kpis
        .iter()
        .filter_map(|week| {
            let kpi = workspace.strategy.kpi(&week.kpi)?;
            Some(Row::of(&workspace, &now, week, kpi, reasons.get(&week.kpi).copied()))
        })
        .collect();
    if args.json {
        return Ok(Answer::list(json(&rows)?, rows.is_empty()));
    }
    if rows.is_empty() {
        message(say!("There is no KPI yet: they are defined in strategy/kpis.ron"));
        return Ok(Answer::list(String::new(), true));
    }
    let mut page = context.page();
    page.heading(&say!("{name}: scorecard of {week}", name = workspace.config.name, week = now.week));
    page.table(&scorecard(&workspace, &now, &rows));
    Ok(Answer::fine(page.text()))
}

fn scorecard(workspace: &Workspace, now: &Now, rows: &[Row]) -> Table {
    let mut table = Table::new(&[
        (say!("status"), Set::Left),
        (say!("KPI"), Set::Wrap),
        (say!("now"), Set::Right),
        (say!("last"), Set::Right),
        (say!("target"), Set::Right),
        (say!("owner"), Set::Left),
    ]);
    for row in rows {
        let reading = row.week.reading.map_or_else(|| "-".to_owned(), |v| row.kpi.show(v));
        // The unit stands once in a row, beside its first number.
        let bare = Kpi { unit: String::new(), ..row.kpi.clone() };
        let for_last = if row.week.reading.is_some() { &bare } else { row.kpi };
        let for_target = if row.week.reading.or(row.last).is_some() { &bare } else { row.kpi };
        let owner = row.kpi.owner.as_ref().and_then(|m| workspace.config.member(m));
        table.row([
            Cell::status(row.week.status()),
            match unsaid(row.reason) {
                Some(reason) => format!("{} ({}) - {}", row.kpi.name, row.kpi.id, reason.label()).into(),
                None => Cell::named(&row.kpi.name, row.kpi.id.as_str()),
            },
            reading.into(),
            row.last.map_or_else(|| "-".to_owned(), |v| for_last.show(v)).into(),
            for_target.show_aim(now.week).unwrap_or_else(|| "-".to_owned()).into(),
            owner.map_or("-", |m| m.first_name()).into(),
        ]);
    }
    table
}

/// A reason that the status beside it does not say already.
fn unsaid(reason: Option<Reason>) -> Option<Reason> {
    reason.filter(|r| match r {
        Reason::NoReading | Reason::OffTrack | Reason::AtRisk => false,
        Reason::Signal(_) | Reason::Changed { .. } | Reason::MarkDiffers | Reason::BeyondProcess => true,
    })
}

fn show(context: &Context, args: &Named) -> Result<Answer, Failure> {
    let workspace = context.open(&[Part::Kpis])?;
    let kpi = pick(say!("KPI"), &args.id, &workspace.strategy.kpis)?;
    let now = Now::of(context, &workspace)?;
    let readings = readings(&workspace, kpi, &now);
    let to = horizon(&workspace.strategy, &kpi.id, now.week);
    let forecast = forecast(&now.series(&kpi.id), now.week, to, kpi.aim_in(to), kpi.direction);
    let chart = now.charts(&workspace).remove(&kpi.id);
    if args.json.json {
        let full = Full::of(&workspace, kpi, now.week, &readings, chart.as_deref(), &forecast);
        return Ok(Answer::fine(json(&full)?));
    }
    let mut page = context.page();
    page.heading(&kpi.name);
    let (reading, standing) = now.kpi(&kpi.id).map_or((None, Status::Unknown), |k| (k.reading, k.status()));
    page.status(&now.week.to_string(), standing, "");
    page.field(say!("Why"), &status::why(kpi, now.week, reading, &workspace.config.thresholds));
    page.field(say!("Id"), kpi.id.as_str());
    if !kpi.definition.is_empty() {
        page.field(say!("Counts"), &kpi.definition);
    }
    page.field(say!("Owner"), kpi.owner.as_ref().map_or(say!("nobody"), |m| workspace.config.name_of(m)));
    if let Some(target) = kpi.target_in(now.week) {
        let aim = kpi.show_aim(now.week).unwrap_or_else(|| say!("none").to_owned());
        let why = if target.why.is_empty() { String::new() } else { format!(": {}", target.why) };
        page.field(say!("Target"), &say!("{aim}, since {week}{why}", aim, week = target.from, why));
    }
    if let Some(chart) = &chart {
        behaviour(&mut page, kpi, chart);
    }
    for goal in workspace.strategy.goals_of(&kpi.id) {
        page.field(say!("Serves"), &format!("{} ({})", goal.title, goal.id));
    }
    page.field(say!("Forecast"), &forecast.said(kpi));
    page.heading(say!("Readings"));
    page.table(&table(kpi, &readings));
    Ok(Answer::fine(page.text()))
}

/// What the readings vary by, what stands out of that, and whether the target is in reach.
fn behaviour(page: &mut Page, kpi: &Kpi, chart: &Chart) {
    if let Some(phase) = chart.current() {
        page.field(say!("Limits"), &phase.limits_in_words(kpi));
    }
    let signals: Vec<&Signal> = chart.signals_in(chart.week).collect();
    if signals.is_empty() {
        page.field(say!("Signal"), &chart.words(chart.week));
    }
    for signal in signals {
        page.field(say!("Signal"), &signal.words());
    }
    page.field(say!("In reach"), &chart.capability_words(kpi));
}

fn table(kpi: &Kpi, readings: &[Past]) -> Table {
    let mut table = Table::new(&[
        (say!("week"), Set::Left),
        (say!("value"), Set::Right),
        (say!("target"), Set::Right),
        (say!("computed"), Set::Left),
        (say!("marked"), Set::Left),
        (say!("note"), Set::Wrap),
    ]);
    for past in readings.iter().rev().take(QUARTER) {
        table.row([
            past.week.to_string().into(),
            past.stand.reading.map_or_else(|| "-".to_owned(), |v| kpi.show(v)).into(),
            kpi.show_aim(past.week).unwrap_or_else(|| "-".to_owned()).into(),
            Cell::status(past.stand.computed),
            past.stand.marked.map_or_else(|| say!("as computed").into(), Cell::status),
            past.stand.note.as_str().into(),
        ]);
    }
    table
}

/// The readings of the sealed weeks that knew the KPI and of imports, oldest first, then that of this week where it is not
/// sealed.
fn readings(workspace: &Workspace, kpi: &Kpi, now: &Now) -> Vec<Past> {
    let mut all = BTreeMap::new();
    let sealed = matches!(now.phase, Phase::Held(_));
    let brought =
        now.history().imported(&kpi.id).into_iter().flatten().filter(|(week, _)| sealed || **week != now.week);
    all.extend(brought.map(|(week, value)| (*week, imported(workspace, kpi, *week, *value))));
    for (week, revision) in &workspace.weeks {
        // Digests leave the notes out: the weeks themselves are read.
        match storage::snapshot(&workspace.root, *week, Some(*revision)) {
            Ok(snapshot) => {
                // An import fills the gap of a review, and leaves what the review said of it.
                let stand = snapshot.kpi(&kpi.id).map(|sealed| match all.remove(week) {
                    Some(brought) if sealed.reading.is_none() => KpiWeek { marked: sealed.marked, ..brought },
                    Some(_) | None => sealed.clone(),
                });
                all.extend(stand.map(|stand| (*week, stand)));
            }
            // Told already, with its place, when the history was read.
            Err(_) => continue,
        }
    }
    let current = now.kpi(&kpi.id).filter(|k| !sealed && k.reading.is_some());
    all.extend(current.map(|k| (now.week, k.clone())));
    all.into_iter().map(|(week, stand)| Past { week, stand }).collect()
}

/// An imported reading as it stands in its week.
fn imported(workspace: &Workspace, kpi: &Kpi, week: Week, value: Finite) -> KpiWeek {
    KpiWeek {
        kpi: kpi.id.clone(),
        reading: Some(value),
        origin: Origin::Import,
        aim: kpi.aim_in(week),
        computed: status::of_reading(kpi, week, Some(value), &workspace.config.thresholds),
        marked: None,
        note: String::new(),
    }
}

fn set(context: &Context, args: &KpiSet) -> Result<Answer, Failure> {
    let workspace = context.open(&[Part::Kpis])?;
    let me = context.need_me(&workspace)?;
    let kpi = pick(say!("KPI"), &args.id, &workspace.strategy.kpis)?;
    let value = Finite::typed(&args.value).map_err(|e| {
        Failure::new(
            say!("`{value}` is no value for {name}: {e}", value = args.value, name = kpi.name, e),
            say!("write the number in the KPI's unit, such as 412 or 4.6"),
        )
    })?;
    let today = context.week(&workspace.config);
    let week = args.week.map_or(Ok(today), |typed| context.resolve(&workspace, typed))?;
    if week > today {
        return Err(Failure::new(
            say!("{week} has not begun. A reading tells what was, and this week is {today}", week, today),
            say!("name a week that has begun with --week"),
        ));
    }
    let before = mine::update(context, &workspace, &me.id, week, |mine| {
        let old = mine.readings.iter_mut().find(|r| r.kpi == kpi.id);
        let before = old.as_ref().map(|r| r.value);
        let note = args.note.clone().or_else(|| old.as_ref().map(|r| r.note.clone())).unwrap_or_default();
        let reading = Reading { kpi: kpi.id.clone(), value, note };
        match old {
            Some(old) => *old = reading,
            None => mine.readings.push(reading),
        }
        Ok(before)
    })?;
    told(&workspace, kpi, week, value, before);
    Ok(Answer::silent())
}

/// Says what was written, and what follows from it.
fn told(workspace: &Workspace, kpi: &Kpi, week: Week, value: Finite, before: Option<Finite>) {
    let computed = status::of_reading(kpi, week, Some(value), &workspace.config.thresholds);
    let instead =
        before.filter(|b| *b != value).map_or_else(String::new, |b| say!(" instead of {kpi}", kpi = kpi.show(b)));
    message(&say!(
        "{kpi} in {week}: {value}{instead}  {mark} {computed}",
        kpi = kpi.name,
        week,
        value = kpi.show(value),
        instead,
        mark = mark(computed),
        computed
    ));
}
