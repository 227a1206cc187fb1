//! The report of a quarter as Markdown.

use super::{Outline, calibration, figures, graded, nothing};
use crate::model::number::Finite;
use crate::model::tongue::word;
use crate::report::markdown::{Page, safe};
use crate::report::words;

/// Writes the report of a quarter as Markdown (CommonMark with tables).
#[must_use]
pub fn markdown(o: &Outline) -> String {
    let mut page = Page::default();
    page.line(&format!("# {}", safe(&o.title())));
    head(o, &mut page);
    goals(o, &mut page);
    list(&mut page, say!("What we learned"), &o.learned, word(nothing::LEARNED));
    predictions(o, &mut page);
    decisions(o, &mut page);
    strategy(o, &mut page);
    stops(o, &mut page);
    commitments(o, &mut page);
    behind(o, &mut page);
    page.finish()
}

fn head(o: &Outline, page: &mut Page) {
    page.line("");
    if let Some(correction) = &o.correction {
        let by = correction.by.as_ref().map(|p| say!(" by {name}", name = p.name)).unwrap_or_default();
        page.field(
            say!("Revision"),
            &say!(
                "{revision}, corrects {corrected}{by}: {why}",
                revision = o.revision,
                corrected = correction.revision,
                by,
                why = correction.why
            ),
        );
    }
    let time = say!(
        "{minutes} of {planned_minutes} minutes",
        minutes = o.review.minutes,
        planned_minutes = o.review.planned_minutes
    );
    page.field(say!("Held"), &format!("{}, {time}", o.review.started.format("%Y-%m-%d %H:%M")));
    page.field(say!("Led by"), o.review.led_by.as_ref().map_or("", |p| &p.name));
    page.field(say!("Here"), &words::names(&o.review.present));
    if !o.review.absent.is_empty() {
        page.field(say!("Away"), &words::names(&o.review.absent));
    }
    let before = o.before.as_ref();
    let held = |now: String, then: Option<String>| match (then, before) {
        (Some(then), Some(b)) => format!("{now} ({} in {})", then, b.quarter),
        _ => now,
    };
    let grade = |g: Option<Finite>| g.map_or_else(|| "–".to_owned(), |g| g.fixed(2));
    page.field(say!("Mean grade of objectives"), &held(grade(o.figures.grade), before.map(|b| grade(b.grade))));
    let fates = |[closed, carried, dropped]: [usize; 3]| format!("{closed}, {carried}, {dropped}");
    page.field(say!("Closed, carried, dropped"), &held(fates(o.figures.fates), before.map(|b| fates(b.fates))));
    page.field(say!("Weeks reviewed"), &o.figures.weeks.to_string());
}

fn goals(o: &Outline, page: &mut Page) {
    page.heading(say!("Goals, graded 0.0 to 1.0"));
    if o.goals.is_empty() {
        return page.line(word(nothing::GOALS));
    }
    let heads =
        [say!("Goal"), say!("Owner"), say!("Grade"), say!("By the rule"), say!("Measured"), say!("What becomes of it")];
    page.table(
        heads,
        o.goals.iter().map(|g| {
            let indent = if g.objective.is_some() { "– " } else { "" };
            let fate = if g.reason.is_empty() {
                word(g.fate.unwrap_or(term!("nobody said"))).to_owned()
            } else {
                format!("dropped: {}", g.reason)
            };
            let fate = if g.note.is_empty() { fate } else { format!("{fate}. {}", g.note) };
            let owner = g.owner.as_ref().map_or("–", |p| &p.name).to_owned();
            [format!("{indent}{}", g.title), owner, graded(g.grade), graded(g.by_rule), figures(g), fate]
        }),
    );
}

/// A list under a heading, or what one could do where it is empty.
fn list(page: &mut Page, heading: &str, items: &[String], nothing: &str) {
    page.heading(heading);
    if items.is_empty() {
        page.line(nothing);
    }
    for item in items {
        page.item(&safe(item));
    }
}

fn predictions(o: &Outline, page: &mut Page) {
    page.heading(say!("Predictions"));
    let Some(calibration) = calibration(o) else { return page.line(word(nothing::PREDICTIONS)) };
    page.line(&format!("{calibration}\n"));
    page.table(
        [say!("Decision"), say!("Said"), say!("Came true")],
        o.predictions.iter().map(|p| {
            [p.title.clone(), format!("{} %", p.percent), if p.came_true { say!("yes") } else { say!("no") }.to_owned()]
        }),
    );
}

fn decisions(o: &Outline, page: &mut Page) {
    if o.decisions.is_empty() {
        return;
    }
    page.heading(say!("Decisions"));
    for d in &o.decisions {
        let outcome = d.outcome.as_ref().map(|o| say!(" Looked at again: {o}", o)).unwrap_or_default();
        page.item(&format!(
            "**{}:** {}",
            safe(&d.title),
            safe(&format!("{}.{outcome}", d.choice.trim_end_matches('.')))
        ));
    }
}

/// The strategy before and after.
fn strategy(o: &Outline, page: &mut Page) {
    page.heading(say!("The strategy from now on"));
    match &o.north_star {
        Some(star) if star.still_right => page.field(say!("North star"), say!("still right")),
        Some(star) => page.field(say!("North star, to change"), &star.change),
        None => page.field(say!("North star"), say!("nobody said whether it is still right")),
    }
    page.line("");
    if !o.themes.is_empty() {
        let percent = |of: Option<Finite>| of.map_or_else(|| "–".to_owned(), |v| format!("{} %", v.fixed(0)));
        let heads =
            [say!("Theme"), say!("Weight before"), say!("Weight after"), say!("Of the work"), say!("Of the days")];
        page.table(
            heads,
            o.themes
                .iter()
                .map(|t| [t.name.clone(), t.before.to_string(), t.after.to_string(), percent(t.work), percent(t.days)]),
        );
    }
    let next: Vec<String> = o
        .next
        .iter()
        .map(|n| {
            let serves = n.theme.as_ref().map(|t| say!(", serves {t}", t)).unwrap_or_default();
            format!("{} ({}{serves})", n.title, n.owner.name)
        })
        .collect();
    list(page, &say!("Objectives of {quarter}", quarter = o.quarter.next()), &next, word(nothing::NEXT));
}

fn stops(o: &Outline, page: &mut Page) {
    let stops: Vec<String> = o
        .stops
        .iter()
        .map(|s| {
            let goal = s.goal.as_ref().map(|g| say!("; drops the goal {g}", g)).unwrap_or_default();
            say!(
                "{what}: {why} ({name}, from {day}{goal})",
                what = s.what,
                why = s.why,
                name = s.owner.name,
                day = s.from,
                goal
            )
        })
        .collect();
    list(page, say!("What we stop"), &stops, word(nothing::STOPS));
    if !o.kept.is_empty() {
        page.line("");
        for kept in &o.kept {
            page.field(super::kept(kept.kept), &kept.what);
        }
    }
}

fn commitments(o: &Outline, page: &mut Page) {
    if !o.promised.is_empty() {
        page.heading(say!("Promised"));
        for p in &o.promised {
            page.item(&safe(&say!("{name}: {title}, by {due}", name = p.owner.name, title = p.title, due = p.due)));
        }
    }
    if !o.said.is_empty() {
        page.heading(say!("A sentence from each"));
        for one in &o.said {
            page.field(&one.by.name, &one.text);
        }
    }
}

/// What the quarter rests on: its findings, what was looked at, notes.
fn behind(o: &Outline, page: &mut Page) {
    if !o.findings.is_empty() {
        page.heading(say!("Findings of the quarter"));
        page.table(
            [say!("Finding"), say!("Rule"), say!("How many"), say!("Longest"), say!("Still there")],
            o.findings.iter().map(|f| {
                let weeks = format!("{} weeks", f.weeks);
                [
                    f.title.clone(),
                    f.rule.clone(),
                    f.found.to_string(),
                    weeks,
                    if f.open { say!("yes") } else { say!("no") }.to_owned(),
                ]
            }),
        );
    }
    if !o.looked.is_empty() {
        page.heading(say!("Looked at, still so"));
        for card in &o.looked {
            page.field(word(card.register), &card.title);
        }
    }
    if !o.notes.is_empty() {
        list(page, say!("Notes"), &o.notes, "");
    }
}
