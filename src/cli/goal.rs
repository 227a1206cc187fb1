//! `truenorth goal`: the tree, and one goal with its line to the vision, SMART checks and history.

use serde::Serialize;

use crate::insight::findings::Facts;
use crate::insight::forecast::Chances;
use crate::insight::goals;
use crate::insight::smart::{self, Check, Verdict};
use crate::insight::story::{self, Event};
use crate::model::far::FarGoal;
use crate::model::goal::{Commitment, Goal, Kind, Mode};
use crate::model::id::{GoalId, KpiId, MemberId, PerspectiveId, TeamId, ThemeId};
use crate::model::number::Finite;
use crate::model::snapshot::GoalWeek;
use crate::model::status::Status;
use crate::model::week::Week;
use crate::model::workspace::{Part, Workspace};

use super::args::{self, Json, Named};
use super::context::Context;
use super::failure::{Answer, Failure};
use super::kpi_view::said;
use super::now::Now;
use super::output::{json, message};
use super::pick::pick;
use super::register::life;
use super::table::{Cell, Set, Table};

/// How many weeks people see of one goal: a quarter.
const QUARTER: usize = 13;

pub(super) fn run(context: &Context, command: &args::Goal) -> Result<Answer, Failure> {
    match command {
        args::Goal::List(args) => list(context, *args),
        args::Goal::Show(args) => show(context, args),
    }
}

/// A goal as programs see it.
#[derive(Serialize)]
struct View<'a> {
    id: &'a GoalId,
    title: &'a str,
    kind: &'static str,
    parent: Option<&'a GoalId>,
    supports: Option<&'a FarGoal>,
    perspective: Option<&'a PerspectiveId>,
    leads_to: &'a [GoalId],
    mode: Option<&'static str>,
    theme: Option<&'a ThemeId>,
    owner: Option<&'a MemberId>,
    team: Option<&'a TeamId>,
    start: Option<chrono::NaiveDate>,
    due: Option<chrono::NaiveDate>,
    kpis: &'a [KpiId],
    state: &'static str,
    commitment: Option<&'static str>,
    baseline: Option<Finite>,
    target: Option<Finite>,
    unit: Option<&'a str>,
    current: Option<Finite>,
    progress: Option<Finite>,
    confidence: Option<u8>,
    computed: Option<&'static str>,
    marked: Option<&'static str>,
    status: Option<&'static str>,
}

impl<'a> View<'a> {
    fn of(workspace: &'a Workspace, goal: &'a Goal, week: Option<&GoalWeek>) -> Self {
        let (baseline, target, unit, commitment) = match &goal.kind {
            Kind::KeyResult { baseline, target, unit, commitment } => {
                let commitment = match commitment {
                    Commitment::Committed => "committed",
                    Commitment::Aspirational => "aspirational",
                };
                (*baseline, *target, said(unit), Some(commitment))
            }
            Kind::Goal | Kind::Objective | Kind::Initiative { .. } => (None, None, None, None),
        };
        Self {
            id: &goal.id,
            title: &goal.title,
            kind: goal.kind.label(),
            parent: goal.parent.as_ref(),
            supports: goal.supports.as_ref(),
            perspective: goal.perspective.as_ref(),
            leads_to: &goal.leads_to,
            mode: goal.mode.map(Mode::label),
            theme: workspace.strategy.theme_of(&goal.id).map(|t| &t.id),
            owner: goal.owner.as_ref(),
            team: goal.team.as_ref(),
            start: goal.start,
            due: goal.due,
            kpis: &goal.kpis,
            state: goal.state.label(),
            commitment,
            baseline,
            target,
            unit,
            current: week.and_then(|w| w.current),
            progress: week.and_then(|w| w.progress),
            confidence: week.and_then(|w| w.confidence).map(|c| c.get()),
            computed: week.map(|w| w.computed.key()),
            marked: week.and_then(|w| w.marked).map(Status::key),
            status: week.map(|w| w.status().key()),
        }
    }
}

/// One goal with what leads up from it and what lies behind it.
#[derive(Serialize)]
struct Full<'a> {
    #[serde(flatten)]
    view: View<'a>,
    why: String,
    /// Its parents, the nearest first.
    line: Vec<&'a GoalId>,
    vision: &'a str,
    smart: Vec<SmartView>,
    history: Vec<Past>,
    story: Vec<Event>,
}

#[derive(Serialize)]
struct SmartView {
    check: &'static str,
    answer: &'static str,
    reason: String,
}

#[derive(Serialize)]
struct Past {
    week: Week,
    status: &'static str,
    progress: Option<Finite>,
    confidence: Option<u8>,
}

fn list(context: &Context, args: Json) -> Result<Answer, Failure> {
    let workspace = context.open(&[Part::Goals, Part::Kpis])?;
    let now = Now::of(context, &workspace)?;
    let tree = workspace.strategy.tree();
    if args.json {
        let views: Vec<View> = tree.iter().map(|(_, g)| View::of(&workspace, g, now.goal(&g.id))).collect();
        return Ok(Answer::list(json(&views)?, views.is_empty()));
    }
    if tree.is_empty() {
        message(say!("There is no goal yet: they are written in strategy/goals.ron"));
        return Ok(Answer::list(String::new(), true));
    }
    let mut page = context.page();
    page.heading(&say!("{name}: goals in {week}", name = workspace.config.name, week = now.week));
    let mut table = Table::new(&[
        (say!("status"), Set::Left),
        (say!("goal"), Set::Wrap),
        (say!("done"), Set::Right),
        (say!("owner"), Set::Left),
        (say!("due"), Set::Left),
    ]);
    for (depth, goal) in tree {
        let week = now.goal(&goal.id);
        let owner = goal.owner.as_ref().and_then(|m| workspace.config.member(m));
        table.row([
            week.map_or_else(|| goal.state.label().into(), |w| Cell::status(w.status())),
            Cell::named(&goal.title, goal.id.as_str()).indented(depth),
            week.and_then(|w| w.progress).map_or_else(|| "-".to_owned(), percent).into(),
            owner.map_or("-", |m| m.first_name()).into(),
            goal.due.map_or_else(|| "-".to_owned(), |d| d.to_string()).into(),
        ]);
    }
    page.table(&table);
    Ok(Answer::fine(page.text()))
}

fn percent(share: Finite) -> String {
    Finite::new(share.get() * 100.0).map_or_else(|| "-".to_owned(), |p| format!("{} %", p.fixed(0)))
}

fn show(context: &Context, args: &Named) -> Result<Answer, Failure> {
    let workspace = context.open(&[Part::Goals, Part::Kpis])?;
    let goal = pick(say!("goal"), &args.id, &workspace.strategy.goals)?;
    let now = Now::of(context, &workspace)?;
    let chances = Chances::of_goal(goal, &workspace.strategy, now.week, |id| now.series(id));
    let facts =
        Facts::of_standing(&workspace, &now.standing, now.week, now.history(), &now.kpis, &now.goals, now.today);
    let checks = smart::checks(goal, &facts.with_chances(&chances));
    let why = goals::why(&workspace.strategy, goal, |id| now.goals.iter().find(|w| &w.goal == id), now.today);
    if args.json.json {
        return Ok(Answer::fine(json(&full(&workspace, &now, goal, why, &checks))?));
    }
    let mut page = context.page();
    page.heading(&goal.title);
    if let Some(week) = now.goal(&goal.id) {
        let done = week.progress.map_or_else(String::new, |p| say!("{percent} done", percent = percent(p)));
        page.status(&now.week.to_string(), week.status(), &done);
    }
    page.field(say!("Why"), &why);
    page.field(say!("Id"), &format!("{} ({})", goal.id, goal.kind.label()));
    page.field(say!("Owner"), goal.owner.as_ref().map_or(say!("nobody"), |m| workspace.config.name_of(m)));
    page.field(say!("Due"), &goal.due.map_or_else(|| say!("no due date").to_owned(), |d| d.to_string()));
    for above in workspace.strategy.line_of_sight(&goal.id).into_iter().skip(1) {
        page.field(say!("Serves"), &above.title);
    }
    for effect in goal.leads_to.iter().filter_map(|id| workspace.strategy.goal(id)) {
        page.field(say!("Leads to"), &effect.title);
    }
    for cause in workspace.strategy.goals.iter().filter(|g| g.leads_to.contains(&goal.id)) {
        page.field(say!("Led to by"), &cause.title);
    }
    if let Some(far) = &goal.supports {
        page.field(say!("Supports"), &far.to_string());
    }
    if let Some(theme) = workspace.strategy.theme_of(&goal.id) {
        page.field(say!("Theme"), &theme.name);
    }
    page.field(say!("Vision"), &workspace.strategy.north_star.vision);
    page.heading(say!("SMART"));
    for check in &checks {
        page.field(check.criterion.label(), &format!("{}: {}", answer(check.verdict), check.reason));
    }
    let events = story::of_goal(&goal.id, now.history(), &workspace.config);
    if !events.is_empty() {
        page.heading(say!("Life"));
        page.table(&life(&events));
    }
    page.heading(say!("Weeks"));
    page.table(&weeks(&now, goal));
    Ok(Answer::fine(page.text()))
}

fn full<'a>(workspace: &'a Workspace, now: &Now, goal: &'a Goal, why: String, checks: &[Check]) -> Full<'a> {
    let line = workspace.strategy.line_of_sight(&goal.id);
    let smart = checks.iter().map(|c| SmartView {
        check: c.criterion.label(),
        answer: answer(c.verdict),
        reason: c.reason.clone(),
    });
    let history = now.history().goal(&goal.id).map(|(week, known)| Past {
        week,
        status: known.status.key(),
        progress: known.progress,
        confidence: known.confidence.map(|c| c.get()),
    });
    Full {
        view: View::of(workspace, goal, now.goal(&goal.id)),
        why,
        line: line.into_iter().skip(1).map(|g| &g.id).collect(),
        vision: &workspace.strategy.north_star.vision,
        smart: smart.collect(),
        history: history.collect(),
        story: story::of_goal(&goal.id, now.history(), &workspace.config),
    }
}

fn answer(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Yes => say!("yes"),
        Verdict::No => say!("no"),
        Verdict::Unknown => say!("unknown"),
    }
}

fn weeks(now: &Now, goal: &Goal) -> Table {
    let mut table = Table::new(&[
        (say!("week"), Set::Left),
        (say!("status"), Set::Left),
        (say!("done"), Set::Right),
        (say!("confidence"), Set::Right),
    ]);
    for (week, known) in now.history().goal(&goal.id).rev().take(QUARTER) {
        table.row([
            week.to_string().into(),
            Cell::status(known.status),
            known.progress.map_or_else(|| "-".to_owned(), percent).into(),
            known.confidence.map_or_else(|| "-".to_owned(), |c| say!("{mean} of 10", mean = c.get())).into(),
        ]);
    }
    table
}
