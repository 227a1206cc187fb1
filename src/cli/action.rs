//! `truenorth action`: action items listed, added to my check-in, and reported there as done.

use chrono::NaiveDate;
use serde::Serialize;

use crate::insight::seal::next_review;
use crate::model::checkin::{CheckInEdit, Progress};
use crate::model::goal::Goal;
use crate::model::id::{ActionId, GoalId, MemberId};
use crate::model::record::{Action, ActionState};
use crate::model::review::fresh_id;
use crate::model::week::Week;
use crate::model::workspace::{Part, Workspace};

use super::args::{self, ActionAdd, List};
use super::context::Context;
use super::failure::{Answer, Failure};
use super::kpi_view::said;
use super::mine::{self, one_line};
use super::now::Now;
use super::output::{json, message};
use super::pick::pick;
use super::register::everything;
use super::table::{Cell, Set, Table};

pub(super) fn run(context: &Context, command: &args::Action) -> Result<Answer, Failure> {
    let workspace = context.open(&[Part::Latest])?;
    let now = Now::of(context, &workspace)?;
    match command {
        args::Action::List(args) => list(context, &workspace, &now, *args),
        args::Action::Done { id, note } => done(context, &workspace, &now, id, note.as_deref()),
        args::Action::Add(args) => add(context, &workspace, &now, args),
    }
}

/// An action item as programs see it.
#[derive(Serialize)]
struct View<'a> {
    id: &'a ActionId,
    title: &'a str,
    owner: &'a MemberId,
    due: NaiveDate,
    goal: Option<&'a GoalId>,
    promised: Week,
    carried: u32,
    state: &'static str,
    /// Reported as done in a check-in; the review has not seen it yet.
    reported_done: bool,
    closed: Option<Week>,
    reason: Option<&'a str>,
}

fn view(action: &Action, reported_done: bool) -> View<'_> {
    let (closed, reason) = match &action.state {
        ActionState::Open => (None, None),
        ActionState::Done { in_week } => (Some(*in_week), None),
        ActionState::Dropped { in_week, reason } => (Some(*in_week), said(reason)),
    };
    View {
        id: &action.id,
        title: &action.title,
        owner: &action.owner,
        due: action.due,
        goal: action.goal.as_ref(),
        promised: action.promised,
        carried: action.carried,
        state: action.state.label(),
        reported_done,
        closed,
        reason,
    }
}

fn list(context: &Context, workspace: &Workspace, now: &Now, args: List) -> Result<Answer, Failure> {
    let all = everything(&now.standing.actions, now.history().actions());
    let mut shown: Vec<&Action> = all.into_iter().filter(|a| args.all || a.is_open()).collect();
    shown.sort_by_key(|a| (!a.is_open(), a.due));
    let done = now.reported_done();
    if args.json.json {
        let views: Vec<View> = shown.iter().map(|a| view(a, done.contains(&a.id))).collect();
        return Ok(Answer::list(json(&views)?, views.is_empty()));
    }
    if shown.is_empty() {
        message(say!("No action item is open: `--all` lists closed ones, too"));
        return Ok(Answer::list(String::new(), true));
    }
    let mut page = context.page();
    page.heading(&say!("{name}: action items", name = workspace.config.name));
    let mut table = Table::new(&[
        (say!("due"), Set::Left),
        (say!("state"), Set::Left),
        (say!("owner"), Set::Left),
        (say!("action item"), Set::Wrap),
    ]);
    for action in &shown {
        let owner = workspace.config.member(&action.owner);
        table.row([
            action.due.to_string().into(),
            state(action, done.contains(&action.id), now.today).into(),
            owner.map_or(action.owner.as_str(), |m| m.first_name()).into(),
            Cell::named(&action.title, action.id.as_str()),
        ]);
    }
    page.table(&table);
    Ok(Answer::fine(page.text()))
}

fn state(action: &Action, reported_done: bool, today: NaiveDate) -> String {
    match (&action.state, action.carried) {
        (ActionState::Open, _) if reported_done => say!("reported done").to_owned(),
        (ActionState::Open, n) if n > 0 => say!("carried {n}x", n),
        (ActionState::Open, _) if action.due < today => say!("late").to_owned(),
        (state, _) => state.label().to_owned(),
    }
}

fn done(
    context: &Context,
    workspace: &Workspace,
    now: &Now,
    typed: &str,
    note: Option<&str>,
) -> Result<Answer, Failure> {
    let me = context.need_me(workspace)?;
    let action = pick(say!("action item"), typed, &now.standing.actions)?;
    mine::update(context, workspace, &me.id, now.open, |mine| {
        let before = mine.progress.iter().find(|p| p.action == action.id).map(|p| p.note.clone());
        let note = note.map(str::to_owned).or(before).unwrap_or_default();
        let _ = mine.apply(CheckInEdit::Progress(Progress { action: action.id.clone(), done: true, note }));
        Ok(())
    })?;
    message(&say!("Reported as done in {open}: {title}", open = now.open, title = action.title));
    Ok(Answer::silent())
}

fn add(context: &Context, workspace: &Workspace, now: &Now, args: &ActionAdd) -> Result<Answer, Failure> {
    let me = context.need_me(workspace)?;
    let title = one_line(say!("action item"), &args.title)?;
    let owner = match &args.owner {
        Some(typed) => pick(say!("member"), typed, workspace.config.active())?,
        None => me,
    };
    let goal = args.goal.as_deref().map(|typed| open_goal(workspace, typed)).transpose()?;
    let due = args.due.map_or_else(|| next_review(now.today), |due| due.from(now.today));
    let known = everything(&now.standing.actions, now.history().actions());
    let id = mine::update(context, workspace, &me.id, now.open, |mine| {
        let taken = |id: &str| known.iter().copied().chain(&mine.actions).any(|a| a.id.as_str() == id);
        let fresh: ActionId = fresh_id(&title, now.open, taken).parse().map_err(|e| {
            Failure::new(say!("`{title}` gives no id: {e}", title, e), say!("begin the title with other words"))
        })?;
        mine.actions.push(Action {
            id: fresh.clone(),
            title: title.clone(),
            owner: owner.id.clone(),
            due,
            goal: goal.map(|g| g.id.clone()),
            about: None,
            promised: now.open,
            carried: 0,
            state: ActionState::Open,
        });
        Ok(fresh)
    })?;
    message(&say!(
        "Added in {open} for {name}, due {due}: {title} ({id})",
        open = now.open,
        name = owner.name,
        due,
        title,
        id
    ));
    Ok(Answer::silent())
}

fn open_goal<'w>(workspace: &'w Workspace, typed: &str) -> Result<&'w Goal, Failure> {
    pick(say!("goal"), typed, workspace.strategy.goals.iter().filter(|g| g.is_open()))
}
