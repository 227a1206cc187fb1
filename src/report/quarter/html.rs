//! The report of a quarter as one HTML file, in the dress of the week's.

use super::{Goal, Outline, calibration, figures, graded, nothing};
use crate::insight::goals::{Grade, band};
use crate::model::number::Finite;
use crate::report::html::writer::Html;
use crate::report::html::{Part, cell, columns, document, term};
use crate::report::words;

/// Writes the report of a quarter as a page.
#[must_use]
pub fn html(o: &Outline) -> String {
    let all: [(bool, Part<Outline>); 9] = [
        (true, ("goals", "Goals", goals)),
        (true, ("learned", "What we learned", learned)),
        (true, ("predictions", "Predictions", predictions)),
        (!o.decisions.is_empty(), ("decisions", "Decisions", decisions)),
        (true, ("strategy", "The strategy from now on", strategy)),
        (true, ("stops", "What we stop", stops)),
        (!o.promised.is_empty() || !o.said.is_empty(), ("commitments", "Commitments", commitments)),
        (!o.findings.is_empty() || !o.looked.is_empty(), ("findings", "Behind the quarter", behind)),
        (!o.notes.is_empty(), ("notes", "Notes", notes)),
    ];
    let parts: Vec<Part<Outline>> = all.into_iter().filter_map(|(says, part)| says.then_some(part)).collect();
    document(&o.title(), &parts, o, head, foot)
}

fn head(h: &mut Html, o: &Outline) {
    let revision = if o.revision > 1 { format!(" · revision {}", o.revision) } else { String::new() };
    let held = o.review.started.format("%-d %B %Y");
    h.p("p", "eyebrow", &format!("Quarterly review · {} · {held}{revision}", o.quarter));
    h.el("h1", &[], |h| h.text(&o.name));
    h.el("dl", &[("class", "facts")], |h| facts(h, o));
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
        if let Some(correction) = &o.correction {
            let by = correction.by.as_ref().map(|p| format!(" by {}", p.name)).unwrap_or_default();
            let why = correction.why.trim_end_matches('.');
            told("Correction", &format!("of revision {}{by}: {why}", correction.revision));
        }
    });
}

/// What the quarter came to, beside the quarter before.
fn facts(h: &mut Html, o: &Outline) {
    let mut fact = |label: &str, value: &str, beside: &str| {
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
    let then = |text: Option<String>| match (&o.before, text) {
        (Some(before), Some(text)) => format!("{text} in {}", before.quarter),
        _ => String::new(),
    };
    let two = |of: Option<Finite>| of.map(|v| v.fixed(2));
    let grade = two(o.figures.grade).unwrap_or_else(|| "–".to_owned());
    fact("Mean grade of objectives", &grade, &then(o.before.as_ref().and_then(|b| two(b.grade))));
    let [closed, carried, dropped] = o.figures.fates;
    fact("Goals closed", &closed.to_string(), &format!("{carried} carried, {dropped} dropped"));
    if let Some(brier) = two(o.figures.brier) {
        fact("Brier score", &brier, "0 is perfect, a coin 0.25");
    }
    if o.figures.stops.1 > 0 {
        fact("Stops kept", &format!("{} of {}", o.figures.stops.0, o.figures.stops.1), "of the quarter before");
    }
    fact("Weeks reviewed", &o.figures.weeks.to_string(), "");
    if o.review.planned_minutes > 0 {
        fact("Time", &format!("{} min", o.review.minutes), &format!("{} planned", o.review.planned_minutes));
    }
}

fn goals(h: &mut Html, o: &Outline) {
    if o.goals.is_empty() {
        return h.p("p", "", nothing::GOALS);
    }
    let last = o.figures_of.map(|w| format!(", figures of {w}")).unwrap_or_default();
    h.el("div", &[("class", "scroll")], |h| {
        h.el("table", &[("class", "stack")], |h| {
            h.p("caption", "", &format!("Graded 0.0 to 1.0{last}: from 0.7 on it is delivered."));
            columns(
                h,
                &[("", "Goal"), ("n", "Grade"), ("n", "By the rule"), ("", "Measured"), ("", "What becomes of it")],
            );
            h.el("tbody", &[], |h| o.goals.iter().for_each(|g| goal(h, g)));
        });
    });
}

fn goal(h: &mut Html, g: &Goal) {
    h.newline();
    h.el("tr", &[], |h| {
        let depth = if g.objective.is_some() { "d1" } else { "d0" };
        h.el("th", &[("scope", "row"), ("class", depth)], |h| {
            h.text(&g.title);
            if let Some(owner) = &g.owner {
                h.empty("br", &[]);
                h.p("span", "small", &owner.name);
            }
        });
        h.el("td", &[("class", "n"), ("data-label", "Grade")], |h| grade(h, g.grade));
        cell(h, "n", "By the rule", &graded(g.by_rule));
        cell(h, "", "Measured", &figures(g));
        h.el("td", &[("data-label", "What becomes of it")], |h| {
            h.text(g.fate.unwrap_or("nobody said"));
            for text in [&g.reason, &g.note].into_iter().filter(|t| !t.is_empty()) {
                h.empty("br", &[]);
                h.p("span", "small", text);
            }
        });
    });
}

/// A grade in the colour of its band; the number is the cue, the colour beside it.
fn grade(h: &mut Html, grade: Option<Finite>) {
    let class = match grade.map(band) {
        Some(Grade::Green) => "st on_track",
        Some(Grade::Amber) => "st at_risk",
        Some(Grade::Red) => "st off_track",
        None => "st unknown",
    };
    h.p("span", class, &graded(grade));
}

/// A list of texts, or what one could do where there is none.
fn list(h: &mut Html, items: impl Iterator<Item = String>, nothing: &str) {
    let items: Vec<String> = items.collect();
    if items.is_empty() {
        return h.p("p", "", nothing);
    }
    h.el("ul", &[("class", "list")], |h| {
        items.iter().for_each(|item| h.el("li", &[], |h| h.prose(item)));
    });
}

fn learned(h: &mut Html, o: &Outline) {
    list(h, o.learned.iter().cloned(), nothing::LEARNED);
}

fn predictions(h: &mut Html, o: &Outline) {
    let Some(calibration) = calibration(o) else { return h.p("p", "", nothing::PREDICTIONS) };
    h.p("p", "", &calibration);
    h.el("table", &[("class", "stack")], |h| {
        h.p("caption", "", "How likely it was called when the decision was taken, and whether it came true.");
        columns(h, &[("", "Decision"), ("n", "Said"), ("", "Came true")]);
        h.el("tbody", &[], |h| {
            for p in &o.predictions {
                h.el("tr", &[], |h| {
                    h.el("th", &[("scope", "row")], |h| h.text(&p.title));
                    cell(h, "n", "Said", &format!("{} %", p.percent));
                    cell(h, "", "Came true", if p.came_true { "yes" } else { "no" });
                });
            }
        });
    });
}

fn decisions(h: &mut Html, o: &Outline) {
    for d in &o.decisions {
        h.el("div", &[("class", "entry")], |h| {
            h.p("h3", "", &d.title);
            h.el("dl", &[], |h| {
                term(h, "Chosen", &d.choice);
                term(h, "Looked at again", d.outcome.as_deref().unwrap_or_default());
            });
        });
    }
}

/// The strategy before and after.
fn strategy(h: &mut Html, o: &Outline) {
    let star = match &o.north_star {
        Some(star) if star.still_right => "The north star is still right.".to_owned(),
        Some(star) => format!("The north star is to change: {}", star.change),
        None => "Nobody said whether the north star is still right.".to_owned(),
    };
    h.p("p", "", &star);
    if !o.themes.is_empty() {
        let percent = |of: Option<Finite>| of.map_or_else(|| "–".to_owned(), |v| format!("{} %", v.fixed(0)));
        h.el("table", &[("class", "stack")], |h| {
            h.p("caption", "", "Themes: their weight before and after, and their share of what was worked on.");
            let names = [("", "Theme"), ("n", "Before"), ("n", "After"), ("n", "Of the work"), ("n", "Of the days")];
            columns(h, &names);
            h.el("tbody", &[], |h| {
                for t in &o.themes {
                    h.el("tr", &[], |h| {
                        h.el("th", &[("scope", "row")], |h| h.text(&t.name));
                        cell(h, "n", "Before", &t.before.to_string());
                        h.el("td", &[("class", "n"), ("data-label", "After")], |h| {
                            h.p(if t.before == t.after { "span" } else { "b" }, "", &t.after.to_string());
                        });
                        cell(h, "n", "Of the work", &percent(t.work));
                        cell(h, "n", "Of the days", &percent(t.days));
                    });
                }
            });
        });
    }
    h.p("h3", "group", &format!("Objectives of {}", o.quarter.next()));
    let next = o.next.iter().map(|n| {
        let serves = n.theme.as_ref().map(|t| format!(", serves {t}")).unwrap_or_default();
        format!("{} ({}{serves})", n.title, n.owner.name)
    });
    list(h, next, nothing::NEXT);
}

fn stops(h: &mut Html, o: &Outline) {
    let stops = o.stops.iter().map(|s| {
        let goal = s.goal.as_ref().map(|g| format!("; drops the goal {g}")).unwrap_or_default();
        format!("{}: {} ({}, from {}{goal})", s.what, s.why, s.owner.name, s.from)
    });
    list(h, stops, nothing::STOPS);
    if !o.kept.is_empty() {
        h.p("h3", "group", "What was to stop");
        list(h, o.kept.iter().map(|k| format!("{}: {}", k.what, super::kept(k.kept))), "");
    }
}

fn commitments(h: &mut Html, o: &Outline) {
    let promised = o.promised.iter().map(|p| format!("{}: {}, by {}", p.owner.name, p.title, p.due));
    if !o.promised.is_empty() {
        list(h, promised, "");
    }
    if !o.said.is_empty() {
        h.p("h3", "group", "A sentence from each");
        list(h, o.said.iter().map(|one| format!("{}: {}", one.by.name, one.text)), "");
    }
}

fn behind(h: &mut Html, o: &Outline) {
    if !o.findings.is_empty() {
        let findings = o.findings.iter().map(|f| {
            let open = if f.open { ", still there at the end" } else { "" };
            format!("{} ({}: {} found, up to {} weeks{open})", f.title, f.rule, f.found, f.weeks)
        });
        h.p("h3", "group", "Findings");
        list(h, findings, "");
    }
    if !o.looked.is_empty() {
        h.p("h3", "group", "Looked at, still so");
        list(h, o.looked.iter().map(|l| format!("{}: {}", l.register, l.title)), "");
    }
}

fn notes(h: &mut Html, o: &Outline) {
    list(h, o.notes.iter().cloned(), "");
}

fn foot(h: &mut Html, o: &Outline) {
    h.text(&format!(
        "{}, {}, revision {}, sealed {}. Written by truenorth from the sealed quarter.",
        o.name,
        o.quarter,
        o.revision,
        o.review.sealed.format("%Y-%m-%d %H:%M")
    ));
}
