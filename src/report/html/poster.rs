//! The strategy on one page to hang on a wall: north star, themes, goals with status, KPIs. Made for A4 lengthwise.

use super::writer::Html;
use super::{chart, page, parts, status};
use crate::report::outline::{Goal, Kpi, Outline};
use crate::report::words;

/// How deep goals are told: what lies deeper is the business of those who do it.
const DEEP: usize = 1;

/// Writes the strategy as it stood in a week as one page.
#[must_use]
pub fn poster(outline: &Outline) -> String {
    page(&say!("{name}: strategy, {week}", name = outline.name, week = outline.week), include_str!("poster.css"), |h| {
        h.el("main", &[("class", "poster")], |h| {
            h.el("header", &[], |h| {
                h.p("p", "eyebrow", &format!("{} · {}", outline.name, outline.week));
                h.p("h1", "", &words::upper_first(&outline.north_star.vision));
                h.p("p", "mission", &words::upper_first(&outline.north_star.mission));
                h.p("p", "values", &words::list(outline.north_star.values.iter().map(|v| v.name.as_str())));
            });
            h.el("div", &[("class", "themes")], |h| themes(h, outline));
            rest(h, outline);
            if !outline.scorecard.is_empty() {
                h.el("section", &[("aria-labelledby", "kpis")], |h| {
                    h.el("h2", &[("id", "kpis")], |h| h.text(say!("Where we stand")));
                    h.el("ul", &[("class", "kpis")], |h| in_order(outline).into_iter().for_each(|k| kpi(h, k)));
                });
            }
        });
    })
}

/// The KPIs by perspective, not by what is wrong with them: the page hangs for longer than a week.
fn in_order(outline: &Outline) -> Vec<&Kpi> {
    let mut all: Vec<&Kpi> = outline.scorecard.iter().collect();
    all.sort_by_key(|k| (&k.perspective, &k.name));
    all
}

fn themes(h: &mut Html, o: &Outline) {
    for theme in &o.north_star.themes {
        let goals: Vec<&Goal> = o.goals.iter().filter(|g| g.theme.as_ref() == Some(&theme.name)).collect();
        let share = theme.percent.map(|p| format!("{} %", p.fixed(0))).unwrap_or_default();
        column(h, "", (&theme.name, &share, &theme.bet), &goals);
    }
}

/// Goals that hang under no theme.
fn rest(h: &mut Html, o: &Outline) {
    let rest: Vec<&Goal> = o.goals.iter().filter(|g| g.theme.is_none()).collect();
    if !rest.is_empty() {
        column(h, "rest", (say!("Beside the themes"), "", ""), &rest);
    }
}

fn column(h: &mut Html, class: &str, (name, share, bet): (&str, &str, &str), goals: &[&Goal]) {
    h.el("section", &[("class", class)], |h| {
        h.el("h2", &[], |h| {
            h.text(name);
            h.p("span", "share", &format!(" {share}"));
        });
        if !bet.is_empty() {
            h.p("p", "bet", bet);
        }
        h.el("ul", &[("class", "goals")], |h| {
            for goal in goals.iter().filter(|g| g.depth <= DEEP) {
                let class = format!("g{}", goal.depth);
                h.el("li", &[("class", &class)], |h| {
                    h.p("span", "name", &goal.title);
                    status(h, goal.status);
                    parts::bar(h, goal);
                });
            }
        });
    });
}

fn kpi(h: &mut Html, kpi: &Kpi) {
    h.el("li", &[], |h| {
        h.p("span", "name", &kpi.name);
        chart::spark(h, kpi);
        h.el("span", &[("class", "value")], |h| {
            h.p("b", "", &kpi.shown);
            if let Some(target) = &kpi.target.number {
                h.p("span", "small", &say!("target {target}", target));
            }
        });
        status(h, kpi.status);
    });
}
