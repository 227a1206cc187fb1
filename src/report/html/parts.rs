//! The parts of the page about the week as a whole: its head, what changed, the scorecard, the goals, the north star.

use super::writer::Html;
use super::{cell, chart, columns, status, term};
use crate::model::number::Finite;
use crate::model::status::Status;
use crate::model::tongue::dated;
use crate::report::outline::{Goal, Kpi, Outline};
use crate::report::words;

pub(super) fn head(h: &mut Html, o: &Outline) {
    let what = if o.mine.is_some() { say!("Personal recap") } else { say!("Weekly review") };
    let revision = if o.revision > 1 { say!(" · revision {revision}", revision = o.revision) } else { String::new() };
    let held = dated(o.review.started.date_naive(), "%-d %B %Y");
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
        let off = say!(
            "{off} off track, {risk} at risk",
            off = o.kpis_at(Status::OffTrack),
            risk = o.kpis_at(Status::AtRisk)
        );
        fact(h, say!("KPIs on track"), &say!("{n} of {all}", n = on_track, all = o.scorecard.len()), &off);
    }
    if o.mine.is_some() {
        fact(h, say!("To do"), &o.to_do().count().to_string(), say!("action items"));
        return;
    }
    if o.review.due > 0 {
        fact(
            h,
            say!("Promises kept"),
            &say!("{n} of {all}", n = o.review.kept, all = o.review.due),
            say!("action items of earlier weeks"),
        );
    }
    if let Some(alignment) = o.alignment.as_ref().filter(|a| a.index.is_some()) {
        let since = o.changes.as_ref().map(|c| say!(" since {since}", since = c.since)).unwrap_or_default();
        let change = alignment.change.map(|by| format!("{}{since}", words::signed(by))).unwrap_or_default();
        let index = alignment.index.unwrap_or(Finite::ZERO).fixed(0);
        fact(h, say!("Alignment"), &say!("{index} of 100", index), &change);
    }
    if let Some(rating) = o.review.rating {
        fact(h, say!("Review rated"), &say!("{rating} of 10", rating = rating.fixed(1)), &words::raters(o));
    }
    if o.review.planned_minutes > 0 {
        fact(
            h,
            say!("Time"),
            &say!("{minutes} min", minutes = o.review.minutes),
            &say!("{planned_minutes} planned", planned_minutes = o.review.planned_minutes),
        );
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
        told(say!("Here:"), &words::names(&o.review.present));
        if !o.review.absent.is_empty() {
            told(say!("Away:"), &words::names(&o.review.absent));
        }
        told(say!("Led by"), o.review.led_by.as_ref().map_or("", |p| &p.name));
        told(say!("Next review:"), &dated(o.review.next, "%-d %B %Y"));
        told(say!("Why the rating is low:"), o.review.why_low.trim_end_matches('.'));
        if let Some(correction) = &o.correction {
            let by = correction.by.as_ref().map(|p| say!(" by {name}", name = p.name)).unwrap_or_default();
            let why = correction.why.trim_end_matches('.');
            told(
                say!("Correction"),
                &say!("of revision {revision}{by}: {why}", revision = correction.revision, by, why),
            );
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
        h.p("p", "", &say!("The strategy and its statuses stand as they stood in {since}.", since = changes.since));
        return;
    }
    h.p("p", "small", &say!("Since the review of {since}.", since = changes.since));
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
        say!("Charts show readings with the limits of routine variation shaded, the target dashed, and what may come dotted. \
         Signals: a diamond beyond a limit, a triangle near one, a square for a run on one side of the mean. \
         The bars below: the higher, the worse the week stood."),
    );
    let (exceptions, routine): (Vec<&Kpi>, Vec<&Kpi>) = o.scorecard.iter().partition(|k| k.exception.is_some());
    for (heading, kpis) in [(say!("To be talked about"), exceptions), (say!("Routine"), routine)] {
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
                h.p("span", "", &say!("target {target}", target));
            }
            if let Some(change) = &kpi.change_shown {
                h.p("span", "", &say!("{change} since last week", change));
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
        term(h, say!("Why"), &words::upper_first(why));
        if kpi.status != kpi.computed {
            term(
                h,
                say!("Rule"),
                &say!("Says {computed}; the team marked it {status}", computed = kpi.computed, status = kpi.status),
            );
        }
        term(h, say!("Signal"), &words::upper_first(&kpi.signal));
        term(h, say!("Process"), &words::upper_first(&kpi.capability));
        term(h, say!("Outlook"), &words::outlook(kpi));
        let phase = kpi.chart.phases.last().and_then(|p| Some((p.from, p.reason.as_ref()?)));
        term(h, say!("Since"), &phase.map(|(from, why)| format!("{from}: {why}")).unwrap_or_default());
        term(h, say!("Owner"), &format!("{} · {}", words::owner(kpi.owner.as_ref()), kpi.perspective));
    });
}

/// The readings of the chart as a table: what those need who do not see it.
fn numbers(h: &mut Html, kpi: &Kpi) {
    h.el("details", &[], |h| {
        h.p("summary", "", say!("The numbers"));
        h.el("div", &[("class", "scroll")], |h| {
            h.el("table", &[], |h| {
                h.p("caption", "", &format!("{}: {}", kpi.name, kpi.limits));
                columns(h, &[("", say!("Week")), ("n", say!("Reading")), ("", say!("Status"))]);
                h.el("tbody", &[], |h| {
                    for week in kpi.chart.weeks.iter().rev() {
                        h.el("tr", &[], |h| {
                            h.el("th", &[("scope", "row")], |h| h.text(&week.week.to_string()));
                            h.p("td", "n", week.shown.as_deref().unwrap_or(say!("no reading")));
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
            h.p("caption", "", say!("Open goals, each below the one that it serves."));
            columns(
                h,
                &[
                    ("", say!("Goal")),
                    ("", say!("Status")),
                    ("", say!("Stands at")),
                    ("n", say!("Confidence")),
                    ("", say!("Due")),
                    ("", say!("Owner")),
                ],
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
        cell(h, "n", say!("confidence"), &goal.confidence.map_or_else(|| "–".to_owned(), |c| say!("{c} of 10", c)));
        cell(h, "d", say!("due"), &goal.due.map_or_else(|| "–".to_owned(), |d| d.to_string()));
        cell(h, "", say!("owner"), words::owner(goal.owner.as_ref()));
    });
}

/// Progress as a bar with its number.
pub(super) fn bar(h: &mut Html, goal: &Goal) {
    let Some(percent) = goal.percent else { return };
    h.el("svg", &[("class", "bar"), ("viewBox", "0 0 100 6"), ("preserveAspectRatio", "none"), ("role", "img")], |h| {
        h.p("title", "", &say!("{percent} % done", percent = percent.fixed(0)));
        chart::rect(h, "b-all", (0.0, 0.0), (100.0, 6.0));
        chart::rect(h, "b-done", (0.0, 0.0), (percent.get().clamp(0.0, 100.0), 6.0));
    });
}

pub(super) fn north_star(h: &mut Html, o: &Outline) {
    let star = &o.north_star;
    h.el("div", &[("class", "cols")], |h| {
        h.el("div", &[], |h| {
            for (label, text) in [(say!("Vision"), &star.vision), (say!("Mission"), &star.mission)] {
                if !text.is_empty() {
                    h.p("h3", "", label);
                    h.el("p", &[], |h| h.prose(text));
                }
            }
            if !star.values.is_empty() {
                h.p("h3", "", say!("Values"));
                h.p("p", "", &words::list(star.values.iter().map(|v| v.name.as_str())));
            }
        });
        h.el("div", &[], |h| {
            if !star.themes.is_empty() {
                h.p("h3", "", say!("Themes"));
            }
            h.el("ul", &[("class", "list")], |h| {
                for theme in &star.themes {
                    let share = theme
                        .percent
                        .map(|p| say!(" · {percent} % of the weight", percent = p.fixed(0)))
                        .unwrap_or_default();
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
    h.text(&say!(
        "{name}, {week}, revision {revision}, sealed {sealed}. Written by truenorth from the sealed week.",
        name = o.name,
        week = o.week,
        revision = o.revision,
        sealed = o.review.sealed.format("%Y-%m-%d %H:%M")
    ));
}
