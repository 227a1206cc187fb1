//! `truenorth register figures`: the funnel of a register, or what is set aside, as text and for programs.

use serde::Serialize;

use crate::insight::register::capacity::{Fit, Load};
use crate::insight::register::{Funnel, Told};
use crate::model::id::{CardId, MemberId, ThemeId};
use crate::model::number::Finite;
use crate::model::register::Kind;
use crate::model::week::Week;
use crate::model::workspace::Workspace;

use super::args::Json;
use super::context::Context;
use super::failure::{Answer, Failure};
use super::now::history;
use super::output::json;
use super::page::Page;
use super::table::{Set, Table};

/// The figures as programs see them.
#[derive(Serialize)]
struct View {
    register: &'static str,
    #[serde(flatten)]
    figures: Figures,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Figures {
    Funnel { stages: Vec<StageView>, themes: Vec<ThemeView>, through: Vec<CardId> },
    Load { themes: Vec<LoadView>, people: Vec<PersonView>, days_without_theme: Option<Finite> },
}

#[derive(Serialize)]
struct StageView {
    stage: &'static str,
    now: usize,
    ever: usize,
    median_weeks: Option<u32>,
    longest_weeks: Option<u32>,
}

#[derive(Serialize)]
struct ThemeView {
    theme: String,
    open: usize,
    all: usize,
}

#[derive(Serialize)]
struct LoadView {
    theme: ThemeId,
    days_a_week: Option<Finite>,
    money: Option<Finite>,
    /// Its share of the days, in percent.
    share: Option<Finite>,
    /// Its share of the weights, in percent.
    weight: Option<Finite>,
    /// `fits`, `more` or `less` than it weighs.
    fit: &'static str,
}

#[derive(Serialize)]
struct PersonView {
    member: MemberId,
    taken: Option<Finite>,
    has: Option<Finite>,
    /// How many days a week are promised that are not there.
    over: Option<Finite>,
}

pub(super) fn run(context: &Context, workspace: &Workspace, kind: Kind, as_json: Json) -> Result<Answer, Failure> {
    let today = context.today(&workspace.config);
    let (strategy, history) = ((&workspace.strategy, &workspace.config), history(context, workspace));
    let told = Told::of(kind, strategy, &history, (today, Week::of(today)));
    if as_json.json {
        let figures = match told {
            Told::Funnel(funnel) => of_funnel(funnel),
            Told::Load(load) => of_load(&load),
        };
        return Ok(Answer::fine(json(&View { register: kind.row().key, figures })?));
    }
    let mut page = context.page();
    page.heading(kind.row().name);
    match told {
        Told::Funnel(funnel) => tell_funnel(&mut page, &funnel),
        Told::Load(load) => tell_load(&mut page, workspace, &load),
    }
    Ok(Answer::fine(page.text()))
}

/// To a tenth, as it is shown.
fn tenth(value: f64) -> Option<Finite> {
    Finite::new((value * 10.0).round() / 10.0)
}

fn of_funnel(funnel: Funnel) -> Figures {
    let stages = funnel.stages.into_iter().map(|s| StageView {
        stage: s.stage,
        now: s.now,
        ever: s.ever,
        median_weeks: s.median,
        longest_weeks: s.longest,
    });
    let themes = funnel.themes.into_iter().map(|t| ThemeView { theme: t.name, open: t.open, all: t.all });
    Figures::Funnel { stages: stages.collect(), themes: themes.collect(), through: funnel.through }
}

fn of_load(load: &Load) -> Figures {
    let themes = load.themes.iter().map(|t| LoadView {
        theme: t.theme.clone(),
        days_a_week: tenth(t.days),
        money: tenth(t.money),
        share: t.share.and_then(tenth),
        weight: tenth(t.weight),
        fit: fit(t.fit),
    });
    let people = load.people.iter().map(|p| PersonView {
        member: p.member.clone(),
        taken: tenth(p.taken),
        has: tenth(p.has),
        over: p.over().and_then(tenth),
    });
    Figures::Load { themes: themes.collect(), people: people.collect(), days_without_theme: tenth(load.elsewhere) }
}

fn fit(fit: Fit) -> &'static str {
    match fit {
        Fit::Fits => "fits",
        Fit::More => "more",
        Fit::Less => "less",
    }
}

fn tell_funnel(page: &mut Page, funnel: &Funnel) {
    let weeks = |n: Option<u32>| n.map_or_else(|| "-".to_owned(), |n| format!("{n} wk"));
    let names = [
        ("stage", Set::Left),
        ("now", Set::Right),
        ("ever", Set::Right),
        ("median", Set::Right),
        ("longest", Set::Right),
    ];
    let mut table = Table::new(&names);
    for s in &funnel.stages {
        let (now, ever) = (s.now.to_string(), s.ever.to_string());
        table.row([s.stage.into(), now.into(), ever.into(), weeks(s.median).into(), weeks(s.longest).into()]);
    }
    page.table(&table);
    let mut table = Table::new(&[("theme", Set::Wrap), ("open", Set::Right), ("all", Set::Right)]);
    for theme in &funnel.themes {
        table.row([theme.name.as_str().into(), theme.open.to_string().into(), theme.all.to_string().into()]);
    }
    if !funnel.themes.is_empty() {
        page.heading("By theme");
        page.table(&table);
    }
}

fn tell_load(page: &mut Page, workspace: &Workspace, load: &Load) {
    let one = |value: f64| tenth(value).map_or_else(|| "-".to_owned(), |v| v.fixed(1));
    let names = [
        ("theme", Set::Wrap),
        ("days a week", Set::Right),
        ("share", Set::Right),
        ("weight", Set::Right),
        ("", Set::Left),
    ];
    let mut table = Table::new(&names);
    for t in &load.themes {
        let name = workspace.strategy.theme(&t.theme).map_or(t.theme.as_str(), |t| t.name.as_str());
        let share = t.share.map_or_else(|| "-".to_owned(), |s| format!("{s:.0} %"));
        let fits = match t.fit {
            Fit::Fits => "",
            Fit::More => "more than it weighs",
            Fit::Less => "less than it weighs",
        };
        table.row([name.into(), one(t.days).into(), share.into(), format!("{:.0} %", t.weight).into(), fits.into()]);
    }
    page.table(&table);
    let names = [("who", Set::Left), ("days a week", Set::Right), ("of", Set::Right), ("", Set::Left)];
    let mut table = Table::new(&names);
    for p in &load.people {
        let over = p.over().map(|over| format!("{} too many", one(over))).unwrap_or_default();
        let name = workspace.config.name_of(&p.member);
        table.row([name.into(), one(p.taken).into(), one(p.has).into(), over.into()]);
    }
    if !load.people.is_empty() {
        page.heading("By person");
        page.table(&table);
    }
}
