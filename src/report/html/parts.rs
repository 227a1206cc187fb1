//! The parts of the page about the week as a whole: its head, what changed, the scorecard, the goals, the north star.

use super::writer::Html;
use super::{cell, chart, columns, status, term};
use crate::model::number::Finite;
use crate::model::status::Status;
use crate::report::outline::{Goal, Kpi, Outline};
use crate::report::words;

pub(super) fn head(h: &mut Html, o: &Outline) {
    let what = if o.mine.is_some() { "Personal recap" } else { "Weekly review" };
    let revision = if o.revision > 1 { format!(" · revision {}", o.revision) } else { String::new() };
    let held = o.review.started.format("%-d %B %Y");
    h.p("p", "eyebrow", &format!("{what} · {} · {held}{revision}", o.week));
    h.el("h1", &[], |h| match &o.mine {
        None => h.text(&o.name),
        Some(me) => h.text(&format!("{}, {}", me.name, o.name)),
    });
    if !o.north_star.vision.is_empty() {
        h.p("p", "vision", &words::upper_first(&o.north_star.vision));
    }
    h.el("dl", &[("class", "facts")], |h| facts(h, o));
    who(h, o);
}

/// What people felt beside what can be counted.
fn facts(h: &mut Html, o: &Outline) {
    let fact = |h: &mut Html, label: &str, value: &str, beside: &str| {
        h.el("div", &[], |h| {
            h.p("dt", "", label);
            h.el("dd", &[], |h| {
                h.text(value);
                if !beside.is_empty() {
                    h.p("small", "", beside);
                }
            });
        });
    };
    let on_track = o.kpis_at(Status::OnTrack);
    if !o.scorecard.is_empty() {
        let off = format!("{} off track, {} at risk", o.kpis_at(Status::OffTrack), o.kpis_at(Status::AtRisk));
        fact(h, "KPIs on track", &format!("{on_track} of {}", o.scorecard.len()), &off);
    }
    if o.mine.is_some() {
        fact(h, "To do", &o.to_do().count().to_string(), "action items");
        return;
    }
    if o.review.due > 0 {
        fact(h, "Promises kept", &format!("{} of {}", o.review.kept, o.review.due), "action items of earlier weeks");
    }
    if let Some(alignment) = o.alignment.as_ref().filter(|a| a.index.is_some()) {
        let since = o.changes.as_ref().map(|c| format!(" since {}", c.since)).unwrap_or_default();
        let change = alignment.change.map(|by| format!("{}{since}", words::signed(by))).unwrap_or_default();
        let index = alignment.index.unwrap_or(Finite::ZERO).fixed(0);
        fact(h, "Alignment", &format!("{index} of 100"), &change);
    }
    if let Some(rating) = o.review.rating {
        let people = if o.review.ratings == 1 { "person" } else { "people" };
        fact(h, "Review rated", &format!("{} of 10", rating.fixed(1)), &format!("by {} {people}", o.review.ratings));
    }
    if o.review.planned_minutes > 0 {
        fact(h, "Time", &format!("{} min", o.review.minutes), &format!("{} planned", o.review.planned_minutes));
    }
}

fn who(h: &mut Html, o: &Outline) {
    h.el("p", &[("class", "who")], |h| {
        let mut told = |label: &str, text: &str| {
            if !text.is_empty() {
                h.p("b", "", label);
                h.text(&format!(" {text}. "));
            }
        };
        told("Here:", &words::names(&o.review.present));
        if !o.review.absent.is_empty() {
            told("Away:", &words::names(&o.review.absent));
        }
        told("Led by", o.review.led_by.as_ref().map_or("", |p| &p.name));
        told("Next review:", &o.review.next.format("%-d %B %Y").to_string());
        told("Why the rating is low:", o.review.why_low.trim_end_matches('.'));
        if let Some(correction) = &o.correction {
            let by = correction.by.as_ref().map(|p| format!(" by {}", p.name)).unwrap_or_default();
            let why = correction.why.trim_end_matches('.');
            told("Correction", &format!("of revision {}{by}: {why}", correction.revision));
        }
    });
}

pub(super) fn headlines(h: &mut Html, o: &Outline) {
    h.el("ul", &[("class", "list")], |h| {
        for headline in &o.headlines {
            h.el("li", &[], |h| {
                h.prose(&headline.text);
                if let Some(by) = &headline.by {
                    h.p("span", "small", &format!(" – {}", by.name));
                }
            });
        }
    });
}

pub(super) fn changes(h: &mut Html, o: &Outline) {
    let Some(changes) = &o.changes else { return };
    if changes.groups.is_empty() {
        h.p("p", "", &format!("The strategy and its statuses stand as they stood in {}.", changes.since));
        return;
    }
    h.p("p", "small", &format!("Since the review of {}.", changes.since));
    for group in &changes.groups {
        h.p("h3", "", group.about);
        h.el("ul", &[("class", "list many")], |h| {
            group.changes.iter().for_each(|change| h.p("li", "", &words::change(change)));
        });
    }
}

pub(super) fn scorecard(h: &mut Html, o: &Outline) {
    h.el("p", &[("class", "counts")], |h| {
        for s in Status::ALL.into_iter().filter(|s| o.kpis_at(*s) > 0) {
            let class = format!("st {}", s.key());
            h.p("span", &class, &format!("{} {} {s}", words::sign(s), o.kpis_at(s)));
        }
    });
    h.p(
        "p",
        "small",
        "Charts show readings with the limits of routine variation shaded, the target dashed, and what may come dotted. \
         Signals: a diamond beyond a limit, a triangle near one, a square for a run on one side of the mean. \
         The bars below: the higher, the worse the week stood.",
    );
    let (exceptions, routine): (Vec<&Kpi>, Vec<&Kpi>) = o.scorecard.iter().partition(|k| k.exception.is_some());
    for (heading, kpis) in [("To be talked about", exceptions), ("Routine", routine)] {
        if kpis.is_empty() {
            continue;
        }
        h.p("h3", "group", heading);
        h.el("div", &[("class", "cards")], |h| kpis.into_iter().for_each(|kpi| card(h, kpi)));
    }
}

fn card(h: &mut Html, kpi: &Kpi) {
    h.newline();
    h.el("article", &[("class", "card")], |h| {
        h.el("header", &[], |h| {
            h.p("h4", "", &kpi.name);
            status(h, kpi.status);
        });
        h.el("p", &[("class", "big")], |h| {
            h.p("b", "", &kpi.shown);
            if let Some(target) = &kpi.target.shown {
                h.p("span", "", &format!("target {target}"));
            }
            if let Some(change) = &kpi.change_shown {
                h.p("span", "", &format!("{change} since last week"));
            }
        });
        chart::chart(h, kpi);
        told(h, kpi);
        if !kpi.chart.weeks.is_empty() {
            numbers(h, kpi);
        }
    });
}

/// What the numbers say, in words.
fn told(h: &mut Html, kpi: &Kpi) {
    if !kpi.note.is_empty() {
        h.el("p", &[("class", "note")], |h| h.prose(&format!("“{}”", kpi.note)));
    }
    h.el("dl", &[("class", "told")], |h| {
        let why = kpi.exception.as_deref().filter(|why| *why != kpi.status.label()).unwrap_or_default();
        term(h, "Why", &words::upper_first(why));
        if kpi.status != kpi.computed {
            term(h, "Rule", &format!("Says {}; the team marked it {}", kpi.computed, kpi.status));
        }
        term(h, "Signal", &words::upper_first(&kpi.signal));
        term(h, "Process", &words::upper_first(&kpi.capability));
        term(h, "Outlook", &words::outlook(kpi));
        let phase = kpi.chart.phases.last().and_then(|p| Some((p.from, p.reason.as_ref()?)));
        term(h, "Since", &phase.map(|(from, why)| format!("{from}: {why}")).unwrap_or_default());
        term(h, "Owner", &format!("{} · {}", words::owner(kpi.owner.as_ref()), kpi.perspective));
    });
}

/// The readings of the chart as a table: what those need who do not see it.
fn numbers(h: &mut Html, kpi: &Kpi) {
    h.el("details", &[], |h| {
        h.p("summary", "", "The numbers");
        h.el("div", &[("class", "scroll")], |h| {
            h.el("table", &[], |h| {
                h.p("caption", "", &format!("{}: {}", kpi.name, kpi.limits));
                columns(h, &[("", "Week"), ("n", "Reading"), ("", "Status")]);
                h.el("tbody", &[], |h| {
                    for week in kpi.chart.weeks.iter().rev() {
                        h.el("tr", &[], |h| {
                            h.el("th", &[("scope", "row")], |h| h.text(&week.week.to_string()));
                            h.p("td", "n", week.shown.as_deref().unwrap_or("no reading"));
                            h.p("td", "", week.status.label());
                        });
                    }
                });
            });
        });
    });
}

pub(super) fn goals(h: &mut Html, o: &Outline) {
    h.el("div", &[("class", "scroll")], |h| {
        h.el("table", &[("class", "stack")], |h| {
            h.p("caption", "", "Open goals, each below the one that it serves.");
            columns(
                h,
                &[("", "Goal"), ("", "Status"), ("", "Stands at"), ("n", "Confidence"), ("", "Due"), ("", "Owner")],
            );
            h.el("tbody", &[], |h| o.goals.iter().for_each(|g| goal(h, g)));
        });
    });
}

fn goal(h: &mut Html, goal: &Goal) {
    let class = format!("d{}", goal.depth.min(4));
    h.el("tr", &[], |h| {
        h.el("th", &[("scope", "row"), ("class", &class)], |h| {
            h.text(&goal.title);
            let theme = goal.theme.as_ref().filter(|_| goal.depth == 0).map(|t| format!(", {t}")).unwrap_or_default();
            h.empty("br", &[]);
            h.p("span", "small", &format!("{}{theme}", goal.kind));
            if !goal.note.is_empty() {
                h.empty("br", &[]);
                h.p("span", "small", &goal.note);
            }
        });
        h.el("td", &[("data-label", "")], |h| status(h, goal.status));
        h.el("td", &[("data-label", "")], |h| {
            h.text(&words::stands(goal));
            bar(h, goal);
        });
        cell(h, "n", "confidence", &goal.confidence.map_or_else(|| "–".to_owned(), |c| format!("{c} of 10")));
        cell(h, "d", "due", &goal.due.map_or_else(|| "–".to_owned(), |d| d.to_string()));
        cell(h, "", "owner", words::owner(goal.owner.as_ref()));
    });
}

/// Progress as a bar with its number.
pub(super) fn bar(h: &mut Html, goal: &Goal) {
    let Some(percent) = goal.percent else { return };
    h.el("svg", &[("class", "bar"), ("viewBox", "0 0 100 6"), ("preserveAspectRatio", "none"), ("role", "img")], |h| {
        h.p("title", "", &format!("{} % done", percent.fixed(0)));
        chart::rect(h, "b-all", (0.0, 0.0), (100.0, 6.0));
        chart::rect(h, "b-done", (0.0, 0.0), (percent.get().clamp(0.0, 100.0), 6.0));
    });
}

pub(super) fn north_star(h: &mut Html, o: &Outline) {
    let star = &o.north_star;
    h.el("div", &[("class", "cols")], |h| {
        h.el("div", &[], |h| {
            for (label, text) in [("Vision", &star.vision), ("Mission", &star.mission)] {
                if !text.is_empty() {
                    h.p("h3", "", label);
                    h.el("p", &[], |h| h.prose(text));
                }
            }
            if !star.values.is_empty() {
                h.p("h3", "", "Values");
                h.p("p", "", &words::list(star.values.iter().map(|v| v.name.as_str())));
            }
        });
        h.el("div", &[], |h| {
            if !star.themes.is_empty() {
                h.p("h3", "", "Themes");
            }
            h.el("ul", &[("class", "list")], |h| {
                for theme in &star.themes {
                    let share = theme.percent.map(|p| format!(" · {} % of the weight", p.fixed(0))).unwrap_or_default();
                    h.el("li", &[], |h| {
                        h.p("b", "", &theme.name);
                        h.p("span", "small", &share);
                        if !theme.bet.is_empty() {
                            h.empty("br", &[]);
                            h.prose(&theme.bet);
                        }
                    });
                }
            });
        });
    });
}

pub(super) fn foot(h: &mut Html, o: &Outline) {
    h.text(&format!(
        "{}, {}, revision {}, sealed {}. Written by truenorth from the sealed week.",
        o.name,
        o.week,
        o.revision,
        o.review.sealed.format("%Y-%m-%d %H:%M")
    ));
}
