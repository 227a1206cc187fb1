//! `truenorth trend`: a KPI or a goal over the weeks. A KPI with the 6-12 view and what moves with it.

use crate::insight::periods::{self, Difference, Period, SixTwelve};
use crate::insight::{status, together};
use crate::model::goal::Goal;
use crate::model::history::KpiDigest;
use crate::model::id::KpiId;
use crate::model::kpi::{Aim, Kpi, Totals};
use crate::model::number::Finite;
use crate::model::series::Series;
use crate::model::status::Status;
use crate::model::week::Week;
use crate::model::workspace::{Part, Workspace};

use super::args;
use super::context::Context;
use super::failure::{Answer, Failure};
use super::now::Now;
use super::output::{json, message};
use super::page::Page;
use super::pick::{Pickable, pick};
use super::table::{Cell, Set, Table};
use super::trend_goal;
use super::trend_view::{KpiTrend, PairView, TargetView, WeekView};

/// What has a trend.
enum Thing<'a> {
    Kpi(&'a Kpi),
    Goal(&'a Goal),
}

impl Pickable for Thing<'_> {
    fn id(&self) -> &str {
        match self {
            Self::Kpi(kpi) => kpi.id.as_str(),
            Self::Goal(goal) => goal.id.as_str(),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Kpi(kpi) => &kpi.name,
            Self::Goal(goal) => &goal.title,
        }
    }
}

pub(super) fn run(context: &Context, args: &args::Trend) -> Result<Answer, Failure> {
    let workspace = context.open(&[Part::Goals, Part::Kpis])?;
    let (wanted, id) =
        args.id.split_once(':').filter(|(kind, _)| ["kpi", "goal"].contains(kind)).unwrap_or(("", &args.id));
    let kpis = workspace.strategy.kpis.iter().filter(|_| wanted != "goal").map(Thing::Kpi);
    let goals = workspace.strategy.goals.iter().filter(|_| wanted != "kpi").map(Thing::Goal);
    let all: Vec<Thing> = kpis.chain(goals).collect();
    let found = pick(say!("KPI or goal"), id, &all)?;
    let now = Now::of(context, &workspace)?;
    match found {
        Thing::Kpi(kpi) => of_kpi(context, &workspace, &now, kpi, args),
        Thing::Goal(goal) => trend_goal::of_goal(context, &now, goal, args),
    }
}

/// A week of a KPI.
struct Row {
    week: Week,
    value: Option<Finite>,
    change: Option<Finite>,
    aim: Aim,
    status: Status,
}

fn of_kpi(
    context: &Context,
    workspace: &Workspace,
    now: &Now,
    kpi: &Kpi,
    args: &args::Trend,
) -> Result<Answer, Failure> {
    let series = series(now, &kpi.id);
    let rows = rows(workspace, now, kpi, &series, args.weeks);
    let view = periods::six_twelve(kpi, &series, now.week);
    let all: Vec<(KpiId, Series)> =
        workspace.strategy.kpis.iter().map(|k| (k.id.clone(), self::series(now, &k.id))).collect();
    let pairs: Vec<PairView> =
        together::of(&kpi.id, &all).iter().map(|pair| PairView::of(pair, &workspace.strategy)).collect();
    if args.json.json {
        let weeks = rows.iter().map(Row::view).collect();
        return Ok(Answer::list(json(&KpiTrend::of(kpi, weeks, &view, pairs))?, rows.is_empty()));
    }
    if rows.is_empty() {
        message(&say!(
            "{name} has no reading yet: `truenorth kpi set {id} VALUE` reports one",
            name = kpi.name,
            id = kpi.id
        ));
        return Ok(Answer::list(String::new(), true));
    }
    let mut page = context.page();
    page.heading(&kpi.name);
    page.field(say!("Readings"), &spark(&rows.iter().map(|r| r.value).collect::<Vec<_>>()));
    if pairs.is_empty() {
        page.field(say!("Pairs"), say!("moves with no other KPI as far as can be told from chance"));
    }
    for (at, pair) in pairs.iter().enumerate() {
        page.field(if at == 0 { say!("Pairs") } else { "" }, &pair.words);
    }
    page.heading(say!("Weeks"));
    page.table(&weeks(kpi, &rows));
    six_twelve(kpi, &view, &mut page);
    Ok(Answer::fine(page.text()))
}

/// The sealed readings, and that of this week as it stands.
fn series(now: &Now, kpi: &KpiId) -> Series {
    let current = now.kpi(kpi).and_then(|k| k.reading).map(|value| (now.week, value));
    now.history().series(kpi).readings().filter(|(week, _)| *week <= now.week).chain(current).collect()
}

/// The last weeks up to this one, from the first reading on, newest first.
fn rows(workspace: &Workspace, now: &Now, kpi: &Kpi, series: &Series, weeks: u16) -> Vec<Row> {
    let Some((first, _)) = series.readings().next() else { return Vec::new() };
    let all = (0..i32::from(weeks)).map(|back| now.week.plus(-back)).take_while(|week| *week >= first);
    let row = |week: Week| {
        let value = series.get(week);
        let before = series.get(week.previous());
        let change = value.zip(before).and_then(|(value, before)| Finite::new(value.get() - before.get()));
        let sealed = now.history().week(week).and_then(|w| w.kpi(&kpi.id));
        let current = now.kpi(&kpi.id).filter(|_| week == now.week);
        let computed = || status::of_reading(kpi, week, value, &workspace.config.thresholds);
        let status =
            current.map(|k| k.status()).or_else(|| sealed.as_ref().map(KpiDigest::status)).unwrap_or_else(computed);
        Row { week, value, change, aim: sealed.as_ref().map_or_else(|| kpi.aim_in(week), |k| k.aim), status }
    };
    all.map(row).collect()
}

impl Row {
    fn view(&self) -> WeekView {
        WeekView {
            week: self.week,
            value: self.value,
            change: self.change,
            target: TargetView::of(self.aim),
            status: self.status.key(),
        }
    }
}

fn weeks(kpi: &Kpi, rows: &[Row]) -> Table {
    let mut table = Table::new(&[
        (say!("week"), Set::Left),
        (say!("value"), Set::Right),
        (say!("column" | "change"), Set::Right),
        (say!("target"), Set::Right),
        (say!("status"), Set::Left),
    ]);
    for row in rows {
        table.row([
            row.week.to_string().into(),
            or_none(row.value.map(|v| kpi.show(v))),
            or_none(row.change.map(|by| signed(by, |v| bare(kpi).show(v)))),
            or_none(kpi.aim_in_words(row.aim)),
            Cell::status(row.status),
        ]);
    }
    table
}

/// The same KPI with its unit left out, where it stands in the row already.
fn bare(kpi: &Kpi) -> Kpi {
    Kpi { unit: String::new(), ..kpi.clone() }
}

pub(super) fn or_none(text: Option<String>) -> Cell {
    text.unwrap_or_else(|| "-".to_owned()).into()
}

pub(super) fn signed(by: Finite, show: impl Fn(Finite) -> String) -> String {
    let text = show(by);
    // What is rounded to nothing has no sign.
    let is_zero = !text.contains(|c: char| c.is_ascii_digit() && c != '0');
    if by > Finite::ZERO && !is_zero { format!("+{text}") } else { text }
}

/// In percent where there is a percentage, else in the KPI's unit.
fn difference(kpi: &Kpi, d: Option<Difference>) -> Cell {
    or_none(d.map(|d| match d.percent {
        Some(percent) => signed(percent, |p| format!("{} %", p.fixed(u8::from(p.get().abs() < 9.95)))),
        None => signed(d.by, |v| kpi.show(v)),
    }))
}

fn six_twelve(kpi: &Kpi, view: &SixTwelve, page: &mut Page) {
    page.heading(say!("Six weeks"));
    let mut table = Table::new(&[
        (say!("week"), Set::Left),
        (say!("value"), Set::Right),
        (say!("to last"), Set::Right),
        (say!("to target"), Set::Right),
        (say!("last year"), Set::Right),
        (say!("to last year"), Set::Right),
    ]);
    for week in view.weeks.iter().rev() {
        table.row([
            week.span.label().into(),
            or_none(week.value.map(|v| kpi.show(v))),
            difference(kpi, week.to_last),
            difference(kpi, week.to_aim),
            or_none(week.last_year.map(|v| bare(kpi).show(v))),
            difference(kpi, week.to_last_year),
        ]);
    }
    page.table(&table);
    page.heading(say!("Twelve months (compared by their mean a week)"));
    let (month, weeks) = ((say!("month"), Set::Left), (say!("weeks"), Set::Right));
    let against = [(say!("to last"), Set::Right), (say!("to target"), Set::Right), (say!("to last year"), Set::Right)];
    let months = view.months.iter().rev().map(|month| month_row(kpi, month));
    let mut table;
    match kpi.totals {
        Totals::Sum => {
            table = Table::new(
                &[&[month, (say!("total"), Set::Right), weeks, (say!("a week"), Set::Right)], &against[..]].concat(),
            );
            months.for_each(|row| table.row(row));
        }
        // What a mean is a week stands there already.
        Totals::Mean => {
            table = Table::new(&[&[month, (say!("mean"), Set::Right), weeks], &against[..]].concat());
            months
                .for_each(|[month, mean, weeks, _, last, aim, year]| table.row([month, mean, weeks, last, aim, year]));
        }
    }
    page.table(&table);
}

fn month_row(kpi: &Kpi, month: &Period) -> [Cell; 7] {
    // A mean has as many decimals as there are weeks; three digits are enough for it.
    let mean = |v: Finite| match kpi.decimals {
        Some(_) => bare(kpi).show(v),
        None => v.fixed(if v.get().abs() < 100.0 { 1 } else { 0 }),
    };
    let value = month.value.map(|v| match kpi.totals {
        Totals::Sum => kpi.show(v),
        Totals::Mean => format!("{} {}", mean(v), kpi.unit).trim_end().to_owned(),
    });
    [
        month.span.label().into(),
        or_none(value),
        say!("{n} of {all}", n = month.present, all = month.expected).into(),
        or_none(month.weekly.map(mean)),
        difference(kpi, month.to_last),
        difference(kpi, month.to_aim),
        difference(kpi, month.to_last_year),
    ]
}

/// A row of bars from the least to the greatest, the oldest first; a dot for a gap. Taken newest first, as the tables are.
pub(super) fn spark(newest_first: &[Option<Finite>]) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let known = || newest_first.iter().flatten().map(|v| v.get());
    let (low, high) = known().fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)));
    let bar = |value: &Option<Finite>| {
        let Some(value) = value else { return '·' };
        // Halved, so that the distance of the two ends is always a number.
        let share = (value.get() / 2.0 - low / 2.0) / (high / 2.0 - low / 2.0);
        // 0 to 7; a flat line stays in the middle.
        let place = if share.is_finite() { (share * 7.0).round() as usize } else { 3 };
        BARS[place.min(BARS.len() - 1)]
    };
    newest_first.iter().rev().map(bar).collect()
}
