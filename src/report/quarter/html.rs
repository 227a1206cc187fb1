//! The report of a quarter as one HTML file, in the dress of the week's.

use super::{Goal, Outline, calibration, figures, graded, nothing};
use crate::insight::goals::{Grade, band};
use crate::model::number::Finite;
use crate::model::tongue::{dated, word};
use crate::report::html::writer::Html;
use crate::report::html::{Part, cell, columns, document, term};
use crate::report::words;

/// Writes the report of a quarter as a page.
#[must_use]
pub fn html(o: &Outline) -> String {
    let all: [(bool, Part<Outline>); 9] = [
        (true, ("goals", say!("Goals"), goals)),
        (true, ("learned", say!("What we learned"), learned)),
        (true, ("predictions", say!("Predictions"), predictions)),
        (!o.decisions.is_empty(), ("decisions", say!("Decisions"), decisions)),
        (true, ("strategy", say!("The strategy from now on"), strategy)),
        (true, ("stops", say!("What we stop"), stops)),
        (!o.promised.is_empty() || !o.said.is_empty(), ("commitments", say!("Commitments"), commitments)),
        (!o.findings.is_empty() || !o.looked.is_empty(), ("findings", say!("Behind the quarter"), behind)),
        (!o.notes.is_empty(), ("notes", say!("Notes"), notes)),
    ];
    let parts: Vec<Part<Outline>> = all.into_iter().filter_map(|(says, part)| says.then_some(part)).collect();
    document(&o.title(), &parts, o, head, foot)
}

fn head(h: &mut Html, o: &Outline) {
    let revision = if o.revision > 1 { say!(" · revision {revision}", revision = o.revision) } else { String::new() };
    let held = dated(o.review.started.date_naive(), "%-d %B %Y");
    h.p("p", "eyebrow", &say!("Quarterly review · {quarter} · {held}{revision}", quarter = o.quarter, held, revision));
    h.el("h1", &[], |h| h.text(&o.name));
    h.el("dl", &[("class", "facts")], |h| facts(h, o));
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
        (Some(before), Some(text)) => say!("{text} in {quarter}", text, quarter = before.quarter),
        _ => String::new(),
    };
    let two = |of: Option<Finite>| of.map(|v| v.fixed(2));
    let grade = two(o.figures.grade).unwrap_or_else(|| "–".to_owned());
    fact(say!("Mean grade of objectives"), &grade, &then(o.before.as_ref().and_then(|b| two(b.grade))));
    let [closed, carried, dropped] = o.figures.fates;
    fact(say!("Goals closed"), &closed.to_string(), &say!("{carried} carried, {dropped} dropped", carried, dropped));
    if let Some(brier) = two(o.figures.brier) {
        fact(say!("Brier score"), &brier, say!("0 is perfect, a coin 0.25"));
    }
    if o.figures.stops.1 > 0 {
        fact(
            say!("Stops kept"),
            &say!("{n} of {all}", n = o.figures.stops.0, all = o.figures.stops.1),
            say!("of the quarter before"),
        );
    }
    fact(say!("Weeks reviewed"), &o.figures.weeks.to_string(), "");
    if o.review.planned_minutes > 0 {
        fact(
            say!("Time"),
            &say!("{minutes} min", minutes = o.review.minutes),
            &say!("{planned_minutes} planned", planned_minutes = o.review.planned_minutes),
        );
    }
}

fn goals(h: &mut Html, o: &Outline) {
    if o.goals.is_empty() {
        return h.p("p", "", word(nothing::GOALS));
    }
    let last = o.figures_of.map(|w| say!(", figures of {w}", w)).unwrap_or_default();
    h.el("div", &[("class", "scroll")], |h| {
        h.el("table", &[("class", "stack")], |h| {
            h.p("caption", "", &say!("Graded 0.0 to 1.0{last}: from 0.7 on it is delivered.", last));
            columns(
                h,
                &[
                    ("", say!("Goal")),
                    ("n", say!("Grade")),
                    ("n", say!("By the rule")),
                    ("", say!("Measured")),
                    ("", say!("What becomes of it")),
                ],
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
        h.el("td", &[("class", "n"), ("data-label", say!("Grade"))], |h| grade(h, g.grade));
        cell(h, "n", say!("By the rule"), &graded(g.by_rule));
        cell(h, "", say!("Measured"), &figures(g));
        h.el("td", &[("data-label", say!("What becomes of it"))], |h| {
            h.text(word(g.fate.unwrap_or(term!("nobody said"))));
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
    list(h, o.learned.iter().cloned(), word(nothing::LEARNED));
}

fn predictions(h: &mut Html, o: &Outline) {
    let Some(calibration) = calibration(o) else { return h.p("p", "", word(nothing::PREDICTIONS)) };
    h.p("p", "", &calibration);
    h.el("table", &[("class", "stack")], |h| {
        h.p("caption", "", say!("How likely it was called when the decision was taken, and whether it came true."));
        columns(h, &[("", say!("Decision")), ("n", say!("Said")), ("", say!("Came true"))]);
        h.el("tbody", &[], |h| {
            for p in &o.predictions {
                h.el("tr", &[], |h| {
                    h.el("th", &[("scope", "row")], |h| h.text(&p.title));
                    cell(h, "n", say!("Said"), &format!("{} %", p.percent));
                    cell(h, "", say!("Came true"), if p.came_true { say!("yes") } else { say!("no") });
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
                term(h, say!("Chosen"), &d.choice);
                term(h, say!("Looked at again"), d.outcome.as_deref().unwrap_or_default());
            });
        });
    }
}

/// The strategy before and after.
fn strategy(h: &mut Html, o: &Outline) {
    let star = match &o.north_star {
        Some(star) if star.still_right => say!("The north star is still right.").to_owned(),
        Some(star) => say!("The north star is to change: {change}", change = star.change),
        None => say!("Nobody said whether the north star is still right.").to_owned(),
    };
    h.p("p", "", &star);
    if !o.themes.is_empty() {
        let percent = |of: Option<Finite>| of.map_or_else(|| "–".to_owned(), |v| format!("{} %", v.fixed(0)));
        h.el("table", &[("class", "stack")], |h| {
            h.p("caption", "", say!("Themes: their weight before and after, and their share of what was worked on."));
            let names = [
                ("", say!("Theme")),
                ("n", say!("Before")),
                ("n", say!("After")),
                ("n", say!("Of the work")),
                ("n", say!("Of the days")),
            ];
            columns(h, &names);
            h.el("tbody", &[], |h| {
                for t in &o.themes {
                    h.el("tr", &[], |h| {
                        h.el("th", &[("scope", "row")], |h| h.text(&t.name));
                        cell(h, "n", say!("Before"), &t.before.to_string());
                        h.el("td", &[("class", "n"), ("data-label", say!("After"))], |h| {
                            h.p(if t.before == t.after { "span" } else { "b" }, "", &t.after.to_string());
                        });
                        cell(h, "n", say!("Of the work"), &percent(t.work));
                        cell(h, "n", say!("Of the days"), &percent(t.days));
                    });
                }
            });
        });
    }
    h.p("h3", "group", &say!("Objectives of {quarter}", quarter = o.quarter.next()));
    let next = o.next.iter().map(|n| {
        let serves = n.theme.as_ref().map(|t| say!(", serves {t}", t)).unwrap_or_default();
        format!("{} ({}{serves})", n.title, n.owner.name)
    });
    list(h, next, word(nothing::NEXT));
}

fn stops(h: &mut Html, o: &Outline) {
    let stops = o.stops.iter().map(|s| {
        let goal = s.goal.as_ref().map(|g| say!("; drops the goal {g}", g)).unwrap_or_default();
        say!(
            "{what}: {why} ({name}, from {day}{goal})",
            what = s.what,
            why = s.why,
            name = s.owner.name,
            day = s.from,
            goal
        )
    });
    list(h, stops, word(nothing::STOPS));
    if !o.kept.is_empty() {
        h.p("h3", "group", say!("What was to stop"));
        list(h, o.kept.iter().map(|k| format!("{}: {}", k.what, super::kept(k.kept))), "");
    }
}

fn commitments(h: &mut Html, o: &Outline) {
    let promised =
        o.promised.iter().map(|p| say!("{name}: {title}, by {due}", name = p.owner.name, title = p.title, due = p.due));
    if !o.promised.is_empty() {
        list(h, promised, "");
    }
    if !o.said.is_empty() {
        h.p("h3", "group", say!("A sentence from each"));
        list(h, o.said.iter().map(|one| format!("{}: {}", one.by.name, one.text)), "");
    }
}

fn behind(h: &mut Html, o: &Outline) {
    if !o.findings.is_empty() {
        let findings = o.findings.iter().map(|f| {
            let open = if f.open { say!(", still there at the end") } else { "" };
            say!(
                "{title} ({rule}: {found} found, up to {weeks} weeks{open})",
                title = f.title,
                rule = f.rule,
                found = f.found,
                weeks = f.weeks,
                open
            )
        });
        h.p("h3", "group", say!("Findings"));
        list(h, findings, "");
    }
    if !o.looked.is_empty() {
        h.p("h3", "group", say!("Looked at, still so"));
        list(h, o.looked.iter().map(|l| format!("{}: {}", word(l.register), l.title)), "");
    }
}

fn notes(h: &mut Html, o: &Outline) {
    list(h, o.notes.iter().cloned(), "");
}

fn foot(h: &mut Html, o: &Outline) {
    h.text(&say!(
        "{name}, {quarter}, revision {revision}, sealed {sealed}. Written by truenorth from the sealed quarter.",
        name = o.name,
        quarter = o.quarter,
        revision = o.revision,
        sealed = o.review.sealed.format("%Y-%m-%d %H:%M")
    ));
}
