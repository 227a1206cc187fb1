//! Alignment: what lowers the index most and what one could do, the dimensions, and the findings.

use super::review::alignment as step;
use super::row::{Listed, Row};
use crate::app::dialogs::reading::Reading;
use crate::app::dialogs::{Dialog, reading};
use crate::app::intent::RowIntent;
use crate::app::message::Effect;
use crate::app::{App, Tone};
use crate::insight::agreement::{self, Revealed};
use crate::insight::alignment::{self, lowest};
use crate::insight::calibration;
use crate::model::alignment::{Agreement, Component, Dimension};
use crate::model::number::Finite;
use crate::model::review::Moment;
use crate::model::tongue::word;

/// The heading of what lowers the index most.
pub const LOWERS: &str = term!("What lowers it most");
/// The heading of the dimensions.
pub const DIMENSIONS: &str = term!("Dimensions");
/// The heading of the findings.
pub const FINDINGS: &str = term!("Findings");

/// How many of the ratios that lower the index stand first.
const FIRST: usize = 3;

/// The rows: what lowers the index most, the dimensions, the findings. On the shared screen findings about one person are
/// left out.
#[must_use]
pub fn rows(app: &App) -> Vec<Listed> {
    let alignment = &app.derived.alignment;
    let low = lowest(alignment).into_iter().take(FIRST);
    let low = low.map(|gain| Listed::new(LOWERS, Row::Lowers(gain.component.id.clone())));
    let dimensions = alignment.dimensions.iter().map(|d| Listed::new(DIMENSIONS, Row::Dimension(d.id.clone())));
    let findings = app.derived.findings.iter().filter(|f| !app.look.present || !is_personal(&f.rule));
    let findings = findings.map(|f| Listed::new(FINDINGS, Row::Finding(f.key.clone())));
    low.chain(dimensions).chain(findings).collect()
}

/// Whether a rule finds people rather than things.
fn is_personal(rule: &str) -> bool {
    rule == "overloaded-owner"
}

/// What the keys do: reading anywhere, answering a finding while a review is held.
pub fn row(app: &mut App, intent: RowIntent, now: Moment) -> Vec<Effect> {
    match (intent, app.row()) {
        (RowIntent::Open, Some(_)) => {
            if let Some(why) = reading::why(app) {
                app.dialogs.push(Dialog::Reading(why));
            }
            Vec::new()
        }
        (RowIntent::Accept | RowIntent::Dismiss, Some(Row::Finding(_))) if app.review().is_some() => {
            step::row(app, intent, now)
        }
        (RowIntent::Accept | RowIntent::Dismiss, Some(Row::Finding(_))) => {
            app.say(Tone::Info, say!("Findings are answered in a review; one can be raised as an issue at any time"));
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// The words that a search looks through.
#[must_use]
pub fn words(app: &App, id: &str) -> String {
    let alignment = &app.derived.alignment;
    match alignment.component(id) {
        Some(component) => format!("{} {}", name(component), component.inputs.join(" ")),
        None => label(id).to_owned(),
    }
}

/// A dimension's name on the screen.
#[must_use]
pub fn label(dimension: &str) -> &str {
    alignment::aspect(dimension).map_or(dimension, |a| word(a.label))
}

/// A ratio's name on the screen.
#[must_use]
pub fn name(component: &Component) -> &str {
    alignment::measure(component).map_or(component.name(), |m| word(m.label))
}

/// A ratio in percent, or that it is unknown.
#[must_use]
pub fn percent(ratio: Option<Finite>) -> String {
    ratio.map_or_else(|| say!("unknown").to_owned(), |r| format!("{:.0} %", r.get() * 100.0))
}

/// The figure under the cursor with what it was made of: a title, and lines under headings.
#[must_use]
pub fn figure(app: &App) -> Option<(String, Vec<String>)> {
    let alignment = &app.derived.alignment;
    match app.row()? {
        Row::Lowers(id) => alignment.component(id).map(|c| lowers(app, c)),
        Row::Dimension(id) => alignment.dimension(id).map(|d| dimension(app, d)),
        _ => None,
    }
}

/// The same to read in full, with what takes longer to compute.
#[must_use]
pub fn read(app: &App) -> Option<Reading> {
    let (title, mut lines) = figure(app)?;
    match app.row()? {
        Row::Dimension(id) if id == "understanding" => lines.extend(agreement(app)),
        Row::Dimension(id) if id == "learning" => lines.extend(calibration(app)),
        _ => {}
    }
    Some(Reading::text(title, lines))
}

fn lowers(app: &App, component: &Component) -> (String, Vec<String>) {
    let gain = lowest(&app.derived.alignment).into_iter().find(|g| g.component.id == component.id);
    let mut lines = Vec::new();
    if let Some(measure) = alignment::measure(component) {
        lines.extend([say!("# One could").to_owned(), word(measure.advice).to_owned()]);
    }
    if let Some(gain) = gain {
        lines.push(say!("# Worth").to_owned());
        lines.push(say!("{points:.1} points of the index, if it were 100 %", points = gain.points));
    }
    lines.push(say!("# Counted").to_owned());
    lines.extend(component.inputs.iter().cloned());
    lines.extend([say!("# Formula").to_owned(), alignment::formula(component).to_owned()]);
    let of = label(component.dimension());
    (format!("{}: {} ({of})", name(component), percent(component.ratio)), lines)
}

fn dimension(app: &App, dimension: &Dimension) -> (String, Vec<String>) {
    let mut lines: Vec<String> =
        alignment::aspect(&dimension.id).map(|a| word(a.asks).to_owned()).into_iter().collect();
    let mut parts: Vec<&Component> = app.derived.alignment.parts(&dimension.id).collect();
    // What lowers it stands first; what is unknown, last.
    parts.sort_by_key(|c| (c.ratio.is_none(), c.ratio));
    for component in parts {
        lines.push(format!("# {}, {}", name(component), percent(component.ratio)));
        lines.push(component.inputs.join(". "));
        lines.push(format!("({})", alignment::formula(component)));
    }
    let score = dimension.score.map_or_else(
        || say!("unknown, as fewer than half of its parts are known").to_owned(),
        |s| say!("{s} of 100", s = s.fixed(0)),
    );
    (format!("{}: {score}", label(&dimension.id)), lines)
}

/// How far people agree, with the chance of it. The chance takes milliseconds: it is computed when somebody reads it.
fn agreement(app: &App) -> Vec<String> {
    let Some(known) = &app.derived.alignment.agreement else { return Vec::new() };
    let mut lines = vec![say!("# Agreement in {week}", week = known.week)];
    let revealed = app.review().map(|r| Revealed::of(r, &app.basis().check_ins)).unwrap_or_default();
    let ranking = agreement::ranking(&app.basis().strategy.north_star.themes, &revealed);
    let chance = known.p_value.map(Finite::get).or_else(|| ranking?.chance());
    lines.push(agreed(known, chance));
    lines
}

fn agreed(known: &Agreement, chance: Option<f64>) -> String {
    let Some((correlation, w)) = known.mean_rank_correlation.zip(known.w) else {
        return say!("{members} ranked the themes: too few to compare.", members = known.members);
    };
    let chance = match chance {
        Some(p) if p < 0.001 => say!(" People who rank blindly agree as much in less than 0.1 % of cases.").to_owned(),
        Some(p) => say!(" People who rank blindly agree as much in {p:.1} % of cases.", p = p * 100.0),
        None => String::new(),
    };
    say!(
        "{members} members ranked {items} themes: mean rank correlation {correlation} (Kendall's W {w}).{chance}",
        members = known.members,
        items = known.items,
        correlation = correlation.fixed(2),
        w = w.fixed(2),
        chance
    )
}

/// What was predicted with about the same chance, and how often it came true.
fn calibration(app: &App) -> Vec<String> {
    let now = &app.derived.standing.decisions;
    let past = app.history.decisions().into_iter().filter(|d| !now.iter().any(|n| n.id == d.id));
    let bins = calibration::calibration(now.iter().chain(past)).bins;
    let told: Vec<String> = bins
        .into_iter()
        .filter_map(|bin| {
            let (stated, came) = bin.forecast.zip(bin.came_true)?;
            let n = if bin.n == 1 { say!("1 prediction").to_owned() } else { say!("{n} predictions", n = bin.n) };
            Some(say!(
                "{from} to {to} %: {came:.0} % of {n} came true, {stated:.0} % were stated",
                from = bin.from,
                to = bin.to,
                came,
                n,
                stated
            ))
        })
        .collect();
    if told.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![say!("# Predictions, all so far").to_owned()];
    lines.extend(told);
    lines
}
