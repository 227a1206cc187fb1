//! `truenorth trend` of a goal: its progress, status and confidence week by week.

use crate::model::goal::Goal;
use crate::model::number::Finite;
use crate::model::scale::Confidence;
use crate::model::status::Status;
use crate::model::week::Week;

use super::args;
use super::context::Context;
use super::failure::{Answer, Failure};
use super::now::Now;
use super::output::{json, message};
use super::table::{Cell, Set, Table};
use super::trend::{or_none, signed, spark};
use super::trend_view::{GoalTrend, GoalWeekView};

pub(super) fn of_goal(context: &Context, now: &Now, goal: &Goal, args: &args::Trend) -> Result<Answer, Failure> {
    let sealed = now.history().goal(&goal.id).filter(|(week, _)| *week < now.week);
    let past = sealed.map(|(week, g)| (week, g.status, g.progress, g.confidence));
    let current = now.goal(&goal.id).map(|g| (now.week, g.status(), g.progress, g.confidence));
    let all: Vec<(Week, Status, Option<Finite>, Option<Confidence>)> = past.chain(current).collect();
    let mut rows: Vec<GoalRow> = Vec::with_capacity(all.len());
    for (at, (week, status, progress, confidence)) in all.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| all[at].2);
        let change = progress.zip(before).and_then(|(now, before)| Finite::new(now.get() - before.get()));
        rows.push(GoalRow { week: *week, status: *status, progress: *progress, change, confidence: *confidence });
    }
    rows.reverse();
    rows.truncate(usize::from(args.weeks));
    if args.json.json {
        let weeks = rows.iter().map(GoalRow::view).collect();
        let trend = GoalTrend { kind: "goal", id: &goal.id, name: &goal.title, weeks };
        return Ok(Answer::list(json(&trend)?, rows.is_empty()));
    }
    if rows.is_empty() {
        message(&say!("No review has looked at {title} yet", title = goal.title));
        return Ok(Answer::list(String::new(), true));
    }
    let mut page = context.page();
    page.heading(&goal.title);
    page.field(say!("Progress"), &spark(&rows.iter().map(|r| r.progress).collect::<Vec<_>>()));
    page.heading(say!("Weeks"));
    page.table(&goal_weeks(&rows));
    Ok(Answer::fine(page.text()))
}

/// A week of a goal.
struct GoalRow {
    week: Week,
    status: Status,
    progress: Option<Finite>,
    change: Option<Finite>,
    confidence: Option<Confidence>,
}

impl GoalRow {
    fn view(&self) -> GoalWeekView {
        GoalWeekView {
            week: self.week,
            status: self.status.key(),
            progress: self.progress,
            change: self.change,
            confidence: self.confidence.map(Confidence::get),
        }
    }
}

fn goal_weeks(rows: &[GoalRow]) -> Table {
    let mut table = Table::new(&[
        (say!("week"), Set::Left),
        (say!("done"), Set::Right),
        (say!("column" | "change"), Set::Right),
        (say!("confidence"), Set::Right),
        (say!("status"), Set::Left),
    ]);
    let percent = |share: Finite| Finite::new(share.get() * 100.0).unwrap_or(Finite::ZERO);
    for row in rows {
        table.row([
            row.week.to_string().into(),
            or_none(row.progress.map(|p| format!("{} %", percent(p).fixed(0)))),
            or_none(row.change.map(|by| signed(percent(by), |v| say!("{points} points", points = v.fixed(0))))),
            or_none(row.confidence.map(|c| say!("{mean} of 10", mean = c.get()))),
            Cell::status(row.status),
        ]);
    }
    table
}
