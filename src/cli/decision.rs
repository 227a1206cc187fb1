//! `truenorth decision`: what was decided, what it was expected to bring and what came of it.

use chrono::NaiveDate;
use serde::Serialize;

use crate::insight::story::{self, Event};
use crate::model::declined::Declined;
use crate::model::id::{DecisionId, GoalId, MemberId, ValueId};
use crate::model::record::{Decision, DecisionState};
use crate::model::week::Week;
use crate::model::workspace::{Part, Workspace};

use super::args::{self, List, Named};
use super::context::Context;
use super::decision_scores;
use super::failure::{Answer, Failure};
use super::kpi_view::said;
use super::now::Now;
use super::output::{json, message};
use super::pick::pick;
use super::register::{everything, life};
use super::table::{Cell, Set, Table};

pub(super) fn run(context: &Context, command: &args::Decision) -> Result<Answer, Failure> {
    let workspace = context.open(&[Part::Latest])?;
    let now = Now::of(context, &workspace)?;
    let all = everything(&now.standing.decisions, now.history().decisions());
    match command {
        args::Decision::List(args) => list(context, &workspace, &now, all, *args),
        args::Decision::Declined(args) => decision_scores::declined(context, &workspace, &all, *args),
        args::Decision::Calibration(args) => decision_scores::calibrated(context, &workspace, &all, *args),
        args::Decision::Show(args) => show(context, &workspace, &now, pick(say!("decision"), &args.id, all)?, args),
    }
}

/// A decision as programs see it.
#[derive(Serialize)]
struct View<'a> {
    id: &'a DecisionId,
    title: &'a str,
    choice: &'a str,
    decided: Week,
    context: Option<&'a str>,
    options: &'a [String],
    method: &'static str,
    deciders: &'a [MemberId],
    serves: &'a [ValueId],
    strains: &'a [ValueId],
    goals: &'a [GoalId],
    affects: Option<&'a str>,
    strained_goals: &'a [GoalId],
    declined: &'a [Declined],
    reversible: Option<bool>,
    prediction: Option<Prediction<'a>>,
    review_on: Option<NaiveDate>,
    state: &'static str,
    closed: Option<Week>,
    outcome: Option<&'a str>,
    came_true: Option<bool>,
    superseded_by: Option<&'a DecisionId>,
}

/// One decision with what became of it.
#[derive(Serialize)]
struct Full<'a> {
    #[serde(flatten)]
    view: View<'a>,
    story: Vec<Event>,
}

#[derive(Serialize)]
struct Prediction<'a> {
    claim: &'a str,
    percent: u8,
}

fn view(d: &Decision) -> View<'_> {
    let (closed, outcome, came_true, superseded_by) = match &d.state {
        DecisionState::Open => (None, None, None, None),
        DecisionState::Reviewed { in_week, outcome, came_true } => (Some(*in_week), said(outcome), *came_true, None),
        DecisionState::Superseded { in_week, by } => (Some(*in_week), None, None, Some(by)),
    };
    View {
        id: &d.id,
        title: &d.title,
        choice: &d.choice,
        decided: d.decided,
        context: said(&d.context),
        options: &d.options,
        method: d.method.label(),
        deciders: &d.deciders,
        serves: &d.serves,
        strains: &d.strains,
        goals: &d.goals,
        affects: said(&d.affects),
        strained_goals: &d.strained_goals,
        declined: &d.declined,
        reversible: d.reversible,
        prediction: d.prediction.as_ref().map(|p| Prediction { claim: &p.claim, percent: p.percent.get() }),
        review_on: d.review_on,
        state: d.state.label(),
        closed,
        outcome,
        came_true,
        superseded_by,
    }
}

fn list(
    context: &Context,
    workspace: &Workspace,
    now: &Now,
    all: Vec<&Decision>,
    args: List,
) -> Result<Answer, Failure> {
    let shown: Vec<&Decision> = all.into_iter().filter(|d| args.all || d.is_open()).collect();
    if args.json.json {
        let views: Vec<View> = shown.iter().map(|d| view(d)).collect();
        return Ok(Answer::list(json(&views)?, views.is_empty()));
    }
    if shown.is_empty() {
        message(say!("No decision stands open: `--all` lists those that were looked at again, too"));
        return Ok(Answer::list(String::new(), true));
    }
    let mut page = context.page();
    page.heading(&say!("{name}: decisions", name = workspace.config.name));
    let mut table = Table::new(&[
        (say!("week"), Set::Left),
        (say!("state"), Set::Left),
        (say!("look again"), Set::Left),
        (say!("decision"), Set::Wrap),
    ]);
    for decision in &shown {
        let state = if decision.is_due(now.today) { say!("due") } else { decision.state.label() };
        table.row([
            decision.decided.to_string().into(),
            state.into(),
            decision.review_on.map_or_else(|| "-".to_owned(), |d| d.to_string()).into(),
            Cell::named(&decision.title, decision.id.as_str()),
        ]);
    }
    page.table(&table);
    Ok(Answer::fine(page.text()))
}

fn show(context: &Context, workspace: &Workspace, now: &Now, d: &Decision, args: &Named) -> Result<Answer, Failure> {
    let story = story::of_decision(d, now.history(), &workspace.config, now.today);
    if args.json.json {
        return Ok(Answer::fine(json(&Full { view: view(d), story })?));
    }
    let mut page = context.page();
    page.heading(&d.title);
    let deciders: Vec<&str> = d.deciders.iter().map(|m| workspace.config.name_of(m)).collect();
    let by = if deciders.is_empty() { String::new() } else { say!(" by {deciders}", deciders = deciders.join(", ")) };
    let ids = |ids: &[ValueId]| ids.iter().map(|v| value_name(workspace, v)).collect::<Vec<_>>().join(", ");
    let prediction = d.prediction.as_ref().map(|p| format!("{} ({} %)", p.claim, p.percent.get()));
    for (label, value) in [
        (say!("Choice"), d.choice.clone()),
        (say!("when" | "Decided"), format!("{}, {}{by}", d.decided, d.method.label())),
        (say!("Context"), d.context.clone()),
        (say!("Options"), d.options.join("\n")),
        (say!("Serves"), ids(&d.serves)),
        (say!("Strains"), ids(&d.strains)),
        (say!("Goals"), d.goals.iter().map(GoalId::to_string).collect::<Vec<_>>().join(", ")),
        (say!("Affects"), d.affects.clone()),
        (say!("Strains too"), d.strained_goals.iter().map(GoalId::to_string).collect::<Vec<_>>().join(", ")),
        (say!("Declined"), d.declined.iter().map(Declined::line).collect::<Vec<_>>().join("\n")),
        (
            say!("Reversible"),
            d.reversible.map_or_else(String::new, |yes| if yes { say!("easily") } else { say!("hardly") }.to_owned()),
        ),
        (say!("Expected"), prediction.unwrap_or_default()),
        (say!("Look again"), d.review_on.map_or_else(String::new, |day| day.to_string())),
        (say!("State"), state(d)),
        ("Id", d.id.to_string()),
    ] {
        if !value.is_empty() {
            page.field(label, &value);
        }
    }
    page.heading(say!("Life"));
    page.table(&life(&story));
    Ok(Answer::fine(page.text()))
}

fn value_name(workspace: &Workspace, id: &ValueId) -> String {
    let values = &workspace.strategy.north_star.values;
    values.iter().find(|v| &v.id == id).map_or_else(|| id.to_string(), |v| v.name.clone())
}

fn state(d: &Decision) -> String {
    match &d.state {
        DecisionState::Open => say!("state" | "open").to_owned(),
        DecisionState::Reviewed { in_week, outcome, came_true } => {
            let truth = match came_true {
                Some(true) => say!(", as predicted"),
                Some(false) => say!(", not as predicted"),
                None => "",
            };
            say!("looked at again in {in_week}{truth}: {outcome}", in_week, truth, outcome)
        }
        DecisionState::Superseded { in_week, by } => say!("superseded in {in_week} by {by}", in_week, by),
    }
}
