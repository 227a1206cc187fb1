//! `truenorth pass`: an issue or a message passed on to another workspace as a file, and what others passed on to this one.

use std::path::Path;

use serde::Serialize;

use crate::model::id::{IssueId, WorkspaceId};
use crate::model::passed::{Passed, PassedAnswer, Reply, What};
use crate::model::record::{Issue, IssueState, Record};
use crate::model::review::fresh_id;
use crate::model::week::Week;
use crate::model::workspace::{Part, SCHEMA, Workspace};
use crate::storage;

use super::args::{self, PassOn};
use super::context::{Context, tell};
use super::failure::{Answer, Failure};
use super::mine::{self, one_line};
use super::now::Now;
use super::output::{json, message};
use super::pick::{Pickable, pick};
use super::register::everything;
use super::table::{Cell, Set, Table};

pub(super) fn run(context: &Context, command: &args::Pass) -> Result<Answer, Failure> {
    let workspace = context.open(&[Part::Latest])?;
    match command {
        args::Pass::List(args) => list(context, &workspace, args.json),
        args::Pass::Issue(args) => {
            let now = Now::of(context, &workspace)?;
            let open: Vec<&Issue> = now.standing.issues.iter().filter(|i| i.is_open()).collect();
            let issue = pick(say!("issue"), &args.id, open)?;
            let what = What::Issue(issue.id.clone());
            pass_on(context, &workspace, args, what, issue.title(), &issue.detail)
        }
        args::Pass::Message(args) => {
            let now = Now::of(context, &workspace)?;
            let told = pick(say!("message"), &args.id, &now.standing.messages)?;
            let what = What::Message(told.id.clone());
            pass_on(context, &workspace, args, what, told.title(), &say!("For {audience}", audience = told.audience))
        }
        args::Pass::Accept { key } => accept(context, &workspace, key),
        args::Pass::Return { key, answer } => give_back(context, &workspace, key, answer),
    }
}

fn pass_on(
    context: &Context,
    workspace: &Workspace,
    args: &PassOn,
    what: What,
    text: &str,
    detail: &str,
) -> Result<Answer, Failure> {
    let passed = Passed {
        schema: SCHEMA,
        from: workspace.config.id.clone(),
        name: workspace.config.name.clone(),
        week: context.week(&workspace.config),
        by: context.my_id(workspace)?,
        what,
        text: text.to_owned(),
        detail: detail.to_owned(),
        why: args.why.clone().unwrap_or_default(),
    };
    let file = storage::pass_on(&args.to, &passed, &workspace.config.id)?;
    message(&say!("Passed on: {text}", text));
    Ok(Answer::fine(format!("{}\n", crate::model::shown::shown(&file.display().to_string()))))
}

/// Something that waits, as programs see it.
#[derive(Serialize)]
struct View<'a> {
    key: &'a str,
    kind: &'static str,
    from: &'a WorkspaceId,
    name: &'a str,
    week: Week,
    text: &'a str,
    detail: &'a str,
    why: &'a str,
}

/// Something that waits, under its key.
struct Waits {
    key: String,
    /// Its line, by which it can be picked, too.
    name: String,
    passed: Passed,
}

impl Pickable for Waits {
    fn id(&self) -> &str {
        &self.key
    }

    fn name(&self) -> &str {
        &self.name
    }
}

fn waiting(root: &Path) -> Vec<Waits> {
    let found = storage::passed(root);
    tell(&found.problems);
    found.waiting.into_iter().map(|passed| Waits { key: passed.key(), name: passed.text.clone(), passed }).collect()
}

fn list(context: &Context, workspace: &Workspace, as_json: bool) -> Result<Answer, Failure> {
    let waiting = waiting(&workspace.root);
    if as_json {
        let views: Vec<View> = waiting.iter().map(|w| of(&w.key, &w.passed)).collect();
        return Ok(Answer::list(json(&views)?, views.is_empty()));
    }
    if waiting.is_empty() {
        message(say!("Nothing that others passed on waits for an answer"));
        return Ok(Answer::list(String::new(), true));
    }
    let mut page = context.page();
    page.heading(&say!("{name}: passed on to us", name = workspace.config.name));
    let mut table =
        Table::new(&[(say!("week"), Set::Left), (say!("what"), Set::Left), (say!("from"), Set::Left), ("", Set::Wrap)]);
    for Waits { key, passed, .. } in &waiting {
        let why = if passed.why.is_empty() { String::new() } else { format!(": {}", passed.why) };
        table.row([
            passed.week.to_string().into(),
            passed.what.label().into(),
            passed.name.as_str().into(),
            Cell::named(&format!("{}{why}", passed.text), key),
        ]);
    }
    page.table(&table);
    Ok(Answer::fine(page.text()))
}

fn of<'a>(key: &'a str, passed: &'a Passed) -> View<'a> {
    View {
        key,
        kind: passed.what.label(),
        from: &passed.from,
        name: &passed.name,
        week: passed.week,
        text: &passed.text,
        detail: &passed.detail,
        why: &passed.why,
    }
}

/// Makes it an issue in my check-in; then the answer says which.
fn accept(context: &Context, workspace: &Workspace, typed: &str) -> Result<Answer, Failure> {
    let me = context.need_me(workspace)?;
    let waiting = waiting(&workspace.root);
    let Waits { key, passed, .. } = pick(say!("passed-on issue"), typed, &waiting)?;
    let title = one_line(say!("issue"), &passed.text)?;
    let now = Now::of(context, workspace)?;
    let known = everything(&now.standing.issues, now.history().issues());
    let detail = passed.told();
    let id = mine::update(context, workspace, &me.id, now.open, |mine| {
        let taken = |id: &str| known.iter().copied().chain(&mine.issues).any(|i| i.id.as_str() == id);
        let fresh: IssueId = fresh_id(&title, now.open, taken).parse().map_err(|e| {
            Failure::new(say!("`{title}` gives no id: {e}", title, e), say!("raise it by hand: `truenorth issue add`"))
        })?;
        mine.issues.push(Issue {
            id: fresh.clone(),
            title: title.clone(),
            detail: detail.clone(),
            by: Some(me.id.clone()),
            raised: now.open,
            about: None,
            votes: 0,
            state: IssueState::Open,
        });
        Ok(fresh)
    })?;
    answer(context, workspace, key, Reply::Accepted { issue: id.clone() })?;
    message(&say!("Raised in {open}: {title} ({id})", open = now.open, title, id));
    Ok(Answer::silent())
}

fn give_back(context: &Context, workspace: &Workspace, typed: &str, words: &str) -> Result<Answer, Failure> {
    let waiting = waiting(&workspace.root);
    let Waits { key, passed, .. } = pick(say!("passed-on issue"), typed, &waiting)?;
    answer(context, workspace, key, Reply::Returned { text: one_line(say!("answer"), words)? })?;
    message(&say!("Returned to {name}: {passed}", name = passed.name, passed = passed.text));
    Ok(Answer::silent())
}

fn answer(context: &Context, workspace: &Workspace, key: &str, outcome: Reply) -> Result<(), Failure> {
    let (week, by) = (context.week(&workspace.config), context.my_id(workspace)?);
    storage::answer_passed(&workspace.root, key, &PassedAnswer { schema: SCHEMA, week, by, outcome })?;
    Ok(())
}
