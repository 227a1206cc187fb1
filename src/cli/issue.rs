//! `truenorth issue`: issues by rank, and one raised in my check-in.

use serde::Serialize;

use crate::model::id::{ActionId, DecisionId, IssueId, MemberId};
use crate::model::record::{Issue, IssueState};
use crate::model::review::fresh_id;
use crate::model::week::Week;
use crate::model::workspace::{Part, Workspace};

use super::args::{self, List};
use super::context::Context;
use super::failure::{Answer, Failure};
use super::kpi_view::said;
use super::mine::{self, one_line};
use super::now::Now;
use super::output::{json, message};
use super::register::everything;
use super::table::{Cell, Set, Table};

pub(super) fn run(context: &Context, command: &args::Issue) -> Result<Answer, Failure> {
    let workspace = context.open(&[Part::Latest])?;
    let now = Now::of(context, &workspace)?;
    match command {
        args::Issue::List(args) => list(context, &workspace, &now, *args),
        args::Issue::Add { title, detail } => add(context, &workspace, &now, title, detail.as_deref()),
    }
}

/// An issue as programs see it.
#[derive(Serialize)]
struct View<'a> {
    id: &'a IssueId,
    title: &'a str,
    detail: Option<&'a str>,
    by: Option<&'a MemberId>,
    raised: Week,
    votes: u32,
    state: &'static str,
    closed: Option<Week>,
    answer: Option<&'a str>,
    decision: Option<&'a DecisionId>,
    action: Option<&'a ActionId>,
}

fn view(issue: &Issue) -> View<'_> {
    let (closed, answer, decision, action) = match &issue.state {
        IssueState::Open => (None, None, None, None),
        IssueState::Solved { in_week, answer, decision, action } => {
            (Some(*in_week), said(answer), decision.as_ref(), action.as_ref())
        }
        IssueState::Dropped { in_week, reason } => (Some(*in_week), said(reason), None, None),
    };
    View {
        id: &issue.id,
        title: &issue.title,
        detail: said(&issue.detail),
        by: issue.by.as_ref(),
        raised: issue.raised,
        votes: issue.votes,
        state: issue.state.label(),
        closed,
        answer,
        decision,
        action,
    }
}

fn list(context: &Context, workspace: &Workspace, now: &Now, args: List) -> Result<Answer, Failure> {
    let all = everything(&now.standing.issues, now.history().issues());
    let shown: Vec<&Issue> = all.into_iter().filter(|i| args.all || i.is_open()).collect();
    if args.json.json {
        let views: Vec<View> = shown.iter().map(|i| view(i)).collect();
        return Ok(Answer::list(json(&views)?, views.is_empty()));
    }
    if shown.is_empty() {
        message(say!("No issue is open: `--all` lists closed ones, too"));
        return Ok(Answer::list(String::new(), true));
    }
    let mut page = context.page();
    page.heading(&say!("{name}: issues", name = workspace.config.name));
    let mut table = Table::new(&[
        (say!("raised"), Set::Left),
        (say!("state"), Set::Left),
        (say!("by"), Set::Left),
        (say!("issue"), Set::Wrap),
    ]);
    for issue in &shown {
        let by = issue.by.as_ref().map(|m| workspace.config.member(m).map_or(m.as_str(), |m| m.first_name()));
        table.row([
            issue.raised.to_string().into(),
            issue.state.label().into(),
            by.unwrap_or("-").into(),
            Cell::named(&issue.title, issue.id.as_str()),
        ]);
    }
    page.table(&table);
    Ok(Answer::fine(page.text()))
}

fn add(
    context: &Context,
    workspace: &Workspace,
    now: &Now,
    title: &str,
    detail: Option<&str>,
) -> Result<Answer, Failure> {
    let me = context.need_me(workspace)?;
    let title = one_line(say!("issue"), title)?;
    let known = everything(&now.standing.issues, now.history().issues());
    let id = mine::update(context, workspace, &me.id, now.open, |mine| {
        let taken = |id: &str| known.iter().copied().chain(&mine.issues).any(|i| i.id.as_str() == id);
        let fresh: IssueId = fresh_id(&title, now.open, taken).parse().map_err(|e| {
            Failure::new(say!("`{title}` gives no id: {e}", title, e), say!("begin the title with other words"))
        })?;
        mine.issues.push(Issue {
            id: fresh.clone(),
            title: title.clone(),
            detail: detail.unwrap_or_default().to_owned(),
            by: Some(me.id.clone()),
            raised: now.open,
            about: None,
            votes: 0,
            state: IssueState::Open,
        });
        Ok(fresh)
    })?;
    message(&say!("Raised in {open}: {title} ({id})", open = now.open, title, id));
    Ok(Answer::silent())
}
