//! `truenorth search`: words found in every week, the newest first.

use std::ops::Range;

use serde::Serialize;

use crate::insight::search::{Hit, Kind, Place, Query, search};
use crate::model::history::Topic;
use crate::model::id::MemberId;
use crate::model::quarter::Quarter;
use crate::model::review::Target;
use crate::model::week::Week;
use crate::model::workspace::Workspace;

use crate::storage;

use super::args;
use super::context::{self, Context};
use super::failure::{Answer, Failure};
use super::now::{Now, history};
use super::output::{json, message};
use super::page::Page;
use crate::model::tongue::word;

/// How many hits people are shown. Programs get all.
const SHOWN: usize = 50;
/// Where texts begin: behind a week and the longest word for a kind.
const INDENT: usize = 20;

pub(super) fn run(context: &Context, args: &args::Search) -> Result<Answer, Failure> {
    let workspace = context.open(&[])?;
    let now = Now::of(context, &workspace)?;
    let typed = args.words.join(" ");
    let mut history = history(context, &workspace);
    let (quarters, problems) = storage::quarters(&workspace.root, &workspace.quarters);
    quarters.into_iter().for_each(|quarter| history.insert_quarter(quarter));
    context::tell(&problems);
    let hits = search(&Query::parse(&typed), &history, &now.standing, &workspace.strategy);
    if args.json.json {
        let views: Vec<View> = hits.iter().map(View::of).collect();
        return Ok(Answer::list(json(&views)?, views.is_empty()));
    }
    if hits.is_empty() {
        message(&say!("Nothing found for “{typed}”: try fewer words, or the beginning of one", typed));
        return Ok(Answer::list(String::new(), true));
    }
    let mut page = context.page();
    page.heading(&say!("{name}: {hits} found for “{typed}”", name = workspace.config.name, hits = hits.len(), typed));
    hits.iter().take(SHOWN).for_each(|hit| tell(&workspace, hit, &mut page));
    if hits.len() > SHOWN {
        message(&say!("and {hits} more: another word makes them fewer, `--json` tells all", hits = hits.len() - SHOWN));
    }
    Ok(Answer::fine(page.text()))
}

/// The week, the kind and the title, and under it the text; on one line where there is no title.
fn tell(workspace: &Workspace, hit: &Hit, page: &mut Page) {
    let by = hit.by.as_ref().map_or_else(String::new, |m| format!(" ({})", workspace.config.name_of(m)));
    let (first, below) =
        if hit.title.text.is_empty() { (&hit.excerpt, None) } else { (&hit.title, Some(&hit.excerpt)) };
    let line: Vec<(&str, bool)> = first.pieces().chain([(by.as_str(), false)]).collect();
    page.marked(&format!("{:8}  {}", hit.from().to_string(), word(hit.kind().label())), INDENT, &line);
    if let Some(text) = below.filter(|e| !e.text.is_empty()) {
        page.marked("", INDENT, &text.pieces().collect::<Vec<_>>());
    }
}

/// A hit as programs see it.
#[derive(Serialize)]
struct View<'a> {
    week: Week,
    /// The quarter whose review said it.
    #[serde(skip_serializing_if = "Option::is_none")]
    quarter: Option<Quarter>,
    kind: Kind,
    /// The id of the record, goal, KPI or finding that it is of.
    id: Option<&'a str>,
    by: Option<&'a MemberId>,
    title: &'a str,
    excerpt: &'a str,
    /// Where the excerpt matches: from and up to which character.
    matches: Vec<[usize; 2]>,
    phrase: bool,
}

impl<'a> View<'a> {
    fn of(hit: &'a Hit) -> Self {
        let characters = |span: &Range<usize>| {
            let until = |end: usize| hit.excerpt.text[..end].chars().count();
            [until(span.start), until(span.end)]
        };
        Self {
            week: hit.week,
            quarter: match hit.from() {
                Target::Quarter(quarter) => Some(quarter),
                Target::Week(_) => None,
            },
            kind: hit.kind(),
            id: id(&hit.place),
            by: hit.by.as_ref(),
            title: &hit.title.text,
            excerpt: &hit.excerpt.text,
            matches: hit.excerpt.spans.iter().map(characters).collect(),
            phrase: hit.phrase,
        }
    }
}

fn id(place: &Place) -> Option<&str> {
    match place {
        Place::Decision(id) => Some(id.as_str()),
        Place::Action(id) | Place::Words(Topic::Progress(id)) => Some(id.as_str()),
        Place::Issue(id) => Some(id.as_str()),
        Place::Card(id) => Some(id.as_str()),
        Place::Words(Topic::Kpi(id)) => Some(id.as_str()),
        Place::Words(Topic::Goal(id)) => Some(id.as_str()),
        Place::Words(Topic::Message(id)) => Some(id.as_str()),
        Place::Words(Topic::Finding { key, .. }) => Some(key),
        // Its own key tells which.
        Place::Quarter(_) => None,
        Place::Words(
            Topic::Headline
            | Topic::Note(_)
            | Topic::Blocker
            | Topic::Idea
            | Topic::Thanks(_)
            | Topic::CheckIn
            | Topic::LowRating
            | Topic::Correction,
        ) => None,
    }
}
