//! `truenorth alignment`: what lowers the index most, its dimensions, and what each was made of.

use serde::Serialize;

use crate::insight::alignment::{self, Gain};
use crate::model::alignment::{Agreement, Alignment, Component, Dimension};
use crate::model::number::Finite;

use super::args::Json;
use super::context::Context;
use super::failure::{Answer, Failure};
use super::findings::NEEDED;
use super::now::Now;
use super::output::json;
use super::page::Page;
use crate::model::tongue::word;

/// How many of the ratios that lower the index are named first.
const FIRST: usize = 3;

/// The alignment as programs see it.
#[derive(Serialize)]
struct View<'a> {
    index: Option<f64>,
    dimensions: Vec<DimensionView<'a>>,
    agreement: Option<AgreementView>,
}

#[derive(Serialize)]
struct DimensionView<'a> {
    id: &'a str,
    label: &'a str,
    score: Option<f64>,
    components: Vec<ComponentView<'a>>,
}

#[derive(Serialize)]
struct ComponentView<'a> {
    id: &'a str,
    label: &'a str,
    ratio: Option<f64>,
    formula: &'a str,
    inputs: &'a [String],
    advice: &'static str,
}

#[derive(Serialize)]
struct AgreementView {
    week: String,
    members: u32,
    items: u32,
    w: Option<f64>,
    mean_rank_correlation: Option<f64>,
    p_value: Option<f64>,
    recall: Option<f64>,
    confidence: Option<f64>,
}

pub(super) fn run(context: &Context, args: Json) -> Result<Answer, Failure> {
    let workspace = context.open(&NEEDED)?;
    let now = Now::of(context, &workspace)?;
    let alignment = now.alignment(&workspace);
    if args.json {
        return Ok(Answer::fine(json(&view(&alignment))?));
    }
    let mut page = context.page();
    let gains = alignment::lowest(&alignment);
    if !gains.is_empty() {
        page.heading(say!("What lowers it most"));
        gains.iter().take(FIRST).for_each(|gain| lowers(&mut page, gain));
    }
    page.heading(&say!("Index: {index}", index = index(&alignment, &now)));
    for dimension in &alignment.dimensions {
        page.field(label(&dimension.id), &score(dimension));
    }
    if let Some(agreement) = &alignment.agreement {
        page.heading(&say!("Agreement, {week}", week = agreement.week));
        page.field(say!("Priorities"), &ranked(agreement));
    }
    for dimension in &alignment.dimensions {
        page.heading(&format!("{}: {}", label(&dimension.id), score(dimension)));
        alignment.parts(&dimension.id).for_each(|c| component(&mut page, c));
    }
    Ok(Answer::fine(page.text()))
}

fn view(alignment: &Alignment) -> View<'_> {
    View {
        index: alignment.index.map(Finite::get),
        dimensions: alignment.dimensions.iter().map(|d| dimension_view(alignment, d)).collect(),
        agreement: alignment.agreement.as_ref().map(|a| AgreementView {
            week: a.week.to_string(),
            members: a.members,
            items: a.items,
            w: a.w.map(Finite::get),
            mean_rank_correlation: a.mean_rank_correlation.map(Finite::get),
            p_value: a.p_value.map(Finite::get),
            recall: a.recall.and_then(|s| s.ratio()).map(Finite::get),
            confidence: a.confidence.and_then(|s| s.ratio()).map(Finite::get),
        }),
    }
}

fn dimension_view<'a>(alignment: &'a Alignment, dimension: &'a Dimension) -> DimensionView<'a> {
    let components = alignment.parts(&dimension.id).map(|c| ComponentView {
        id: c.name(),
        label: name(c),
        ratio: c.ratio.map(Finite::get),
        formula: alignment::formula(c),
        inputs: &c.inputs,
        advice: alignment::measure(c).map_or("", |m| word(m.advice)),
    });
    DimensionView {
        id: &dimension.id,
        label: label(&dimension.id),
        score: dimension.score.map(Finite::get),
        components: components.collect(),
    }
}

fn lowers(page: &mut Page, gain: &Gain) {
    let ratio = gain.component.ratio.map_or_else(String::new, percent);
    let what = say!(
        "{component} ({id}): {ratio}, worth {points:.1} points",
        component = name(gain.component),
        id = label(&gain.dimension.id),
        ratio,
        points = gain.points
    );
    page.item(&what);
    gain.component.inputs.first().into_iter().for_each(|input| page.field(say!("  Counted"), input));
    if let Some(measure) = alignment::measure(gain.component) {
        page.field(say!("  One could"), word(measure.advice));
    }
}

/// The index with its change and how much of it is known.
fn index(alignment: &Alignment, now: &Now) -> String {
    let Some(index) = alignment.index else { return say!("unknown, as no dimension is known yet").to_owned() };
    let known = alignment.dimensions.iter().filter(|d| d.score.is_some()).count();
    let before = now.history().weeks().iter().rev().find(|w| w.week < now.week && w.alignment.index.is_some());
    let change = before.and_then(|w| Some((w.week, index.get() - w.alignment.index?.get())));
    let change = change.map(|(week, by)| say!(", {by:+.1} since {week}", by, week)).unwrap_or_default();
    say!(
        "{index} of 100{change}; {known} of {dimensions} dimensions known",
        index = index.fixed(1),
        change,
        known,
        dimensions = alignment.dimensions.len()
    )
}

fn component(page: &mut Page, component: &Component) {
    let ratio = component.ratio.map_or_else(|| say!("unknown").to_owned(), percent);
    page.item(&format!("{}: {ratio}", name(component)));
    page.field(say!("  Formula"), alignment::formula(component));
    page.field(say!("  Counted"), &component.inputs.join("\n"));
}

fn ranked(agreement: &Agreement) -> String {
    let Some((correlation, w)) = agreement.mean_rank_correlation.zip(agreement.w) else {
        return say!("too few to compare: {members} ranked", members = agreement.members);
    };
    let chance = agreement.p_value.map(|p| say!(", by chance in {chance}", chance = chance(p))).unwrap_or_default();
    say!(
        "mean rank correlation {correlation} of {members} members over {items} themes (W {w}{chance})",
        correlation = correlation.fixed(2),
        members = agreement.members,
        items = agreement.items,
        w = w.fixed(2),
        chance
    )
}

/// A chance as a percentage that never reads as impossible.
fn chance(p: Finite) -> String {
    if p.get() < 0.001 {
        say!("less than 0.1 % of cases").to_owned()
    } else {
        say!("{percent:.1} % of cases", percent = p.get() * 100.0)
    }
}

fn label(id: &str) -> &str {
    alignment::aspect(id).map_or(id, |a| word(a.label))
}

fn name(component: &Component) -> &str {
    alignment::measure(component).map_or(component.name(), |m| word(m.label))
}

fn score(dimension: &Dimension) -> String {
    dimension.score.map_or_else(|| say!("unknown").to_owned(), |s| say!("{score} of 100", score = s.fixed(0)))
}

fn percent(ratio: Finite) -> String {
    format!("{:.0} %", ratio.get() * 100.0)
}
