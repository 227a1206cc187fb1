//! `truenorth status`: this week in one look, and what is mine to do.

use chrono::{NaiveDate, Weekday};
use serde::Serialize;

use crate::insight::forecast;
use crate::model::id::{KpiId, MemberId, WorkspaceId};
use crate::model::people::Member;
use crate::model::status::Status;
use crate::model::tongue::word;
use crate::model::week::Week;
use crate::model::workspace::Workspace;
use crate::storage;

use super::args::Json;
use super::context::Context;
use super::failure::{Answer, Failure};
use super::findings::NEEDED;
use super::now::{Now, Phase};
use super::output::json;
use super::table::{Set, Table};

/// The week as programs see it.
#[derive(Serialize)]
struct View<'a> {
    workspace: &'a WorkspaceId,
    name: &'a str,
    today: NaiveDate,
    week: Week,
    review: ReviewView,
    check_ins: CheckIns<'a>,
    kpis: Kpis,
    /// The KPIs whose target has next to no chance to be met at its date.
    out_of_reach: Vec<&'a KpiId>,
    findings: usize,
    /// How much that other workspaces passed on waits for an answer.
    passed_on: usize,
    me: Option<&'a MemberId>,
    mine: Vec<Task>,
}

#[derive(Serialize)]
struct ReviewView {
    state: &'static str,
    step: Option<&'static str>,
}

#[derive(Serialize)]
struct CheckIns<'a> {
    #[serde(rename = "in")]
    given: Vec<&'a MemberId>,
    missing: Vec<&'a MemberId>,
}

#[derive(Serialize)]
struct Kpis {
    on_track: usize,
    at_risk: usize,
    off_track: usize,
    unknown: usize,
}

/// Something that is mine to do.
#[derive(Serialize)]
struct Task {
    kind: &'static str,
    text: String,
    due: Option<NaiveDate>,
}

pub(super) fn run(context: &Context, args: Json) -> Result<Answer, Failure> {
    let workspace = context.open(&NEEDED)?;
    let now = Now::of(context, &workspace)?;
    let me = context.me(&workspace)?;
    let view = view(&workspace, &now, me);
    if args.json {
        return Ok(Answer::fine(json(&view)?));
    }
    Ok(Answer::fine(page(context, &workspace, &now, &view, me)))
}

fn view<'a>(workspace: &'a Workspace, now: &Now, me: Option<&'a Member>) -> View<'a> {
    let count = |status: Status| now.kpis.iter().filter(|k| k.status() == status).count();
    let has = |m: &&Member| workspace.check_ins.iter().any(|c| c.week == now.week && c.member == m.id);
    let (given, missing): (Vec<&Member>, Vec<&Member>) = workspace.config.active().partition(has);
    let ids = |all: Vec<&'a Member>| all.into_iter().map(|m| &m.id).collect();
    View {
        workspace: &workspace.config.id,
        name: &workspace.config.name,
        today: now.today,
        week: now.week,
        review: match &now.phase {
            Phase::Ahead => ReviewView { state: "none", step: None },
            Phase::InProgress(review) => {
                ReviewView { state: "in progress", step: review.clock.step().map(|step| step.key()) }
            }
            Phase::Held(_) => ReviewView { state: "held", step: None },
        },
        check_ins: CheckIns { given: ids(given), missing: ids(missing) },
        kpis: Kpis {
            on_track: count(Status::OnTrack),
            at_risk: count(Status::AtRisk),
            off_track: count(Status::OffTrack),
            unknown: count(Status::Unknown),
        },
        out_of_reach: out_of_reach(workspace, now),
        findings: now.findings(workspace).len(),
        passed_on: storage::passed(&workspace.root).waiting.len(),
        me: me.map(|m| &m.id),
        mine: me.map(|m| mine(workspace, now, &m.id)).unwrap_or_default(),
    }
}

/// What a member has still to do, by due date: before the review the check-in and its readings, then what was promised.
fn mine(workspace: &Workspace, now: &Now, me: &MemberId) -> Vec<Task> {
    let mut tasks = Vec::new();
    let sunday = now.week.day(Weekday::Sun);
    if matches!(now.phase, Phase::Ahead) {
        if !workspace.check_ins.iter().any(|c| &c.member == me) {
            tasks.push(Task {
                kind: term!("check-in"),
                text: say!("Check in for {week}", week = now.week),
                due: Some(sunday),
            });
        }
        let owned = workspace.strategy.kpis.iter().filter(|k| k.owner.as_ref() == Some(me));
        let unread = owned.filter(|k| now.kpi(&k.id).is_none_or(|w| w.reading.is_none()));
        tasks.extend(unread.map(|k| Task {
            kind: term!("reading"),
            text: say!("Report {name} ({id})", name = k.name, id = k.id),
            due: Some(sunday),
        }));
    }
    let done = now.reported_done();
    let promised = now.standing.actions.iter().filter(|a| &a.owner == me && !done.contains(&a.id));
    tasks.extend(promised.map(|a| Task {
        kind: term!("action"),
        text: format!("{} ({})", a.title, a.id),
        due: Some(a.due),
    }));
    let messages = now.standing.messages.iter().filter(|m| &m.teller == me && m.delivered.is_none());
    tasks.extend(messages.map(|m| Task {
        kind: term!("message"),
        text: say!("Tell {audience}: {text}", audience = m.audience, text = m.text),
        due: Some(m.due),
    }));
    tasks.sort_by_key(|t| t.due);
    tasks
}

fn page(context: &Context, workspace: &Workspace, now: &Now, view: &View, me: Option<&Member>) -> String {
    let mut page = context.page();
    page.heading(&format!("{}: {}, {}", view.name, view.week, view.today));
    page.field(
        say!("Review"),
        &match &now.phase {
            Phase::Ahead => say!("not held yet").to_owned(),
            Phase::InProgress(review) => match review.clock.step() {
                Some(step) => say!("in progress, at {step}", step),
                None => say!("in progress").to_owned(),
            },
            Phase::Held(s) => say!("held, sealed {sealed}", sealed = s.sealed.format("%Y-%m-%d %H:%M")),
        },
    );
    let names = |ids: &[&MemberId]| {
        let first = |id: &&MemberId| workspace.config.member(id).map_or(id.as_str(), |m| m.first_name()).to_owned();
        if ids.is_empty() { say!("nobody").to_owned() } else { ids.iter().map(first).collect::<Vec<_>>().join(", ") }
    };
    page.field(say!("Checked in"), &names(&view.check_ins.given));
    page.field(say!("Missing"), &names(&view.check_ins.missing));
    page.counts(
        say!("KPIs"),
        &[
            (Status::OnTrack, view.kpis.on_track),
            (Status::AtRisk, view.kpis.at_risk),
            (Status::OffTrack, view.kpis.off_track),
            (Status::Unknown, view.kpis.unknown),
        ],
    );
    match view.out_of_reach.len() {
        0 => {}
        1 => page.field(say!("Forecast"), say!("1 target out of reach at this pace")),
        n => page.field(say!("Forecast"), &say!("{n} targets out of reach at this pace", n)),
    }
    page.field(say!("Findings"), &view.findings.to_string());
    if view.passed_on > 0 {
        page.field(
            say!("Passed on"),
            &say!("{passed_on} to answer: `truenorth pass list`", passed_on = view.passed_on),
        );
    }
    match me {
        None => page.field(say!("Mine"), say!("say who you are with --as to see what is yours to do")),
        Some(_) if view.mine.is_empty() => page.field(say!("Mine"), say!("nothing: all done")),
        Some(me) => {
            page.heading(&say!("{name} has still to do", name = me.name));
            page.table(&tasks(&view.mine));
        }
    }
    page.text()
}

fn out_of_reach<'a>(workspace: &'a Workspace, now: &Now) -> Vec<&'a KpiId> {
    forecast::out_of_reach(&workspace.strategy, now.chances(workspace)).into_iter().map(|k| &k.id).collect()
}

fn tasks(mine: &[Task]) -> Table {
    let mut table = Table::new(&[(say!("due"), Set::Left), (say!("what"), Set::Left), ("", Set::Wrap)]);
    for task in mine {
        let due = task.due.map_or_else(|| "-".to_owned(), |d| d.to_string());
        table.row([due.into(), word(task.kind).into(), task.text.as_str().into()]);
    }
    table
}
