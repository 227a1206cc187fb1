//! The steps of a quarter's review: their lines, what stands above and beside them.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use crate::app::App;
use crate::app::screens::review::quarter::{Asked, changes, said, suggested};
use crate::insight::goals::{Grade, band};
use crate::insight::{findings, quarter};
use crate::model::agenda::QuarterStep;
use crate::model::goal::Commitment;
use crate::model::id::{CardId, GoalId, MemberId};
use crate::model::number::Finite;
use crate::model::quarterly::{Fate, Graded, Quarterly, Stands, StarAnswer, Stop};
use crate::model::tongue::{count, dated, word};
use crate::ui::canvas::Canvas;
use crate::ui::widgets::bar;

/// The line of a row in this many cells.
#[must_use]
pub fn line(c: &Canvas<'_>, app: &App, asked: &Asked, room: usize) -> Line<'static> {
    let Some(said) = said(app) else { return c.row().done() };
    match asked {
        Asked::Goal(id) => goal(c, said, id, room),
        Asked::Kept(id) => {
            let stop = said.facts.stops.iter().find(|s| &s.id == id);
            let (word, style) = match said.kept(id) {
                Some(true) => (say!("has stopped"), c.theme.good),
                Some(false) => (say!("has not"), c.theme.warn),
                None => (".", c.theme.secondary),
            };
            told(c, stop.map_or(id.as_str(), |s| &s.what), (word, style), 12, room)
        }
        Asked::Lesson(_) => c.row().left(&asked.words(app), room, c.theme.text).done(),
        Asked::Scored(n) => match said.facts.scored.get(*n) {
            Some(s) => {
                let came = if s.came_true {
                    (say!("came true"), c.theme.good)
                } else {
                    (say!("prediction" | "did not"), c.theme.warn)
                };
                let percent = say!("{percent} % likely", percent = s.percent.get());
                let room = room.saturating_sub(14);
                let row = c.row().left(&s.title, room.saturating_sub(11), c.theme.text).gap(1);
                row.right(came.0, 10, came.1).right(&percent, 14, c.theme.secondary).done()
            }
            None => c.row().done(),
        },
        Asked::Stood(n) => match said.facts.findings.get(*n) {
            Some(f) => {
                let weeks =
                    say!("{found} found, up to {weeks}", found = f.found, weeks = count(f.weeks as usize, "week"));
                let style = if f.open { c.theme.warn } else { c.theme.secondary };
                told(c, &f.title, (&weeks, style), 26, room)
            }
            None => c.row().done(),
        },
        Asked::Star => {
            let (word, style) = match &said.north_star {
                Some(StarAnswer::StillRight) => (say!("still right"), c.theme.good),
                Some(StarAnswer::Change { .. }) => (say!("to change"), c.theme.warn),
                None => (".", c.theme.secondary),
            };
            told(c, &asked.words(app), (word, style), 12, room)
        }
        Asked::Theme(id) => theme(c, said, id.as_str(), room),
        Asked::Next(id) => match said.next.iter().find(|n| &n.goal == id) {
            Some(next) => told(c, &next.title, (first_name(app, &next.owner), c.theme.secondary), 12, room),
            None => c.row().done(),
        },
        Asked::Candidate(id) => match said.facts.candidates.iter().find(|k| &k.id == id) {
            Some(could) => told(c, &could.what, (&could.why, c.theme.secondary), (room / 2).min(44), room),
            None => c.row().done(),
        },
        Asked::Stop(id) => match said.stops.iter().find(|s| &s.id == id) {
            Some(stop) => {
                let who =
                    say!("{who}, from {day}", who = first_name(app, &stop.owner), day = dated(stop.from, "%-d %b"));
                told(c, &stop.what, (&who, c.theme.secondary), 22, room)
            }
            None => c.row().done(),
        },
        Asked::Sentence(id) => {
            let text = said.said(id);
            let style = if text.is_some() { c.theme.text } else { c.theme.secondary };
            let row = c.row().left(first_name(app, id), 12.min(room), c.theme.bar);
            row.left(text.unwrap_or("."), room.saturating_sub(12), style).done()
        }
    }
}

/// A text with a word at the end of its line.
fn told(c: &Canvas<'_>, text: &str, (word, style): (&str, Style), tail: usize, room: usize) -> Line<'static> {
    let tail = tail.min(room / 2);
    c.row().left(text, room.saturating_sub(tail + 1), c.theme.text).gap(1).right(word, tail, style).done()
}

fn first_name<'a>(app: &'a App, id: &'a MemberId) -> &'a str {
    app.basis().config.member(id).map_or(id.as_str(), |m| m.first_name())
}

/// How wide the figures of a goal are: from, now and target, where there is room for them.
const FIGURES: usize = 36;
/// Cells for what becomes of a goal.
const FATE: usize = 10;

fn goal(c: &Canvas<'_>, said: &Quarterly, id: &GoalId, room: usize) -> Line<'static> {
    let Some(g) = said.graded(id) else { return c.row().left(id.as_str(), room, c.theme.secondary).done() };
    // What was not measured has no figures: its title takes their room.
    let figures = if room >= 92 && g.measure.is_some() { FIGURES } else { 0 };
    let name = room.saturating_sub(2 + figures + 1 + 8 + 1 + 4 + 6 + FATE);
    let indent = if g.objective.is_some() { 2 } else { 0 };
    let style = if g.objective.is_none() { c.theme.bar } else { c.theme.text };
    let mut row = c.row().gap(indent).left(&g.title, name + 2 - indent, style);
    if figures > 0 {
        let all = g.measure.as_ref().map(|m| [m.show(m.baseline), m.show(m.now), m.show(m.target)]);
        for value in all.unwrap_or_default() {
            row = row.right(&value, FIGURES / 3, c.theme.secondary);
        }
    }
    row = bar::push(c, row.gap(1), g.grade.map(Finite::get), 8).gap(1);
    let rule = g.grade.map_or_else(|| "-".to_owned(), |g| g.fixed(1));
    row = row.right(&rule, 4, grade_style(c, g.grade));
    let own = said.answer(id).grade.map(|g| g.get());
    row = row.right(&own.map_or_else(|| ".".to_owned(), |g| g.fixed(1)), 6, grade_style(c, own));
    let (word, style) = fate(c, said, g);
    row.right(word, FATE, style).done()
}

fn grade_style(c: &Canvas<'_>, grade: Option<Finite>) -> Style {
    match grade.map(band) {
        Some(Grade::Green) => c.theme.good,
        Some(Grade::Amber) => c.theme.warn,
        Some(Grade::Red) => c.theme.bad,
        None => c.theme.secondary,
    }
}

fn fate(c: &Canvas<'_>, said: &Quarterly, g: &Graded) -> (&'static str, Style) {
    match said.fate(&g.goal) {
        Some(fate @ Fate::Closed) => (fate.label(), c.theme.good),
        Some(fate @ Fate::Carried) => (fate.label(), c.theme.warn),
        Some(fate @ Fate::Dropped { .. }) => (fate.label(), c.theme.secondary),
        None => match g.stands {
            Stands::Due => (".", c.theme.secondary),
            Stands::UnderWay => (say!("under way"), c.theme.secondary),
            Stands::Over => (say!("over"), c.theme.secondary),
        },
    }
}

fn theme(c: &Canvas<'_>, said: &Quarterly, id: &str, room: usize) -> Line<'static> {
    let Some(theme) = said.facts.themes.iter().find(|t| t.theme.as_str() == id) else { return c.row().done() };
    let percent = |of: Option<Finite>| of.map_or_else(|| "-".to_owned(), |v| format!("{} %", v.fixed(0)));
    let (before, after) = (theme.weight, said.weight(theme));
    let (weight, style) = if before == after {
        (format!("{after}"), c.theme.bar)
    } else {
        (format!("{before} -> {after}"), c.theme.warn)
    };
    let row = c.row().left(&theme.name, room.saturating_sub(12 + 9 + 9), c.theme.text);
    let row = row.right(&weight, 12, style).right(&percent(theme.goals), 9, c.theme.text);
    row.right(&percent(theme.days), 9, c.theme.text).done()
}

/// The names of the columns of a row.
#[must_use]
pub fn columns(c: &Canvas<'_>, asked: &Asked, room: usize) -> Option<Line<'static>> {
    let style = c.theme.secondary;
    match asked {
        Asked::Goal(_) => {
            let figures = if room >= 92 { FIGURES } else { 0 };
            let name = room.saturating_sub(figures + 1 + 8 + 1 + 4 + 6 + FATE);
            let mut row = c.row().gap(name);
            if figures > 0 {
                for label in [say!("from"), say!("now"), say!("target")] {
                    row = row.right(label, FIGURES / 3, style);
                }
            }
            Some(row.gap(9).right(say!("rule"), 5, style).right(say!("ours"), 6, style).right("", FATE, style).done())
        }
        Asked::Theme(_) => {
            let row = c.row().gap(room.saturating_sub(12 + 9 + 9)).right(say!("weight"), 12, style);
            Some(row.right(say!("work"), 9, style).right(say!("days"), 9, style).done())
        }
        Asked::Kept(_)
        | Asked::Lesson(_)
        | Asked::Scored(_)
        | Asked::Stood(_)
        | Asked::Star
        | Asked::Next(_)
        | Asked::Candidate(_)
        | Asked::Stop(_)
        | Asked::Sentence(_) => None,
    }
}

/// A card in Look around: its register, how long ago somebody looked, and whether the room has now.
#[must_use]
pub fn card(c: &Canvas<'_>, app: &App, id: &CardId, room: usize) -> Line<'static> {
    let Some(card) = app.card(id) else { return c.row().left(id.as_str(), room, c.theme.secondary).done() };
    let seen = card.reviewed.unwrap_or(card.added);
    let weeks = app.today.signed_duration_since(seen).num_days().max(0) / 7;
    let age = if weeks == 0 { say!("this week").to_owned() } else { say!("{n} weeks ago", n = weeks) };
    let looked = said(app).is_some_and(|s| s.looked.iter().any(|l| &l.card == id));
    let (state, style) = if looked { (say!("still so"), c.theme.good) } else { (".", c.theme.secondary) };
    let row = c.row().left(word(card.kind().row().name), 13, c.theme.secondary);
    let row = row.left(&card.title, room.saturating_sub(13 + 1 + 13 + 10), c.theme.text).gap(1);
    row.right(&age, 13, c.theme.secondary).right(state, 10, style).done()
}

/// What stands above the list of a step; returns how many lines it took.
pub fn head(c: &mut Canvas<'_>, area: Rect, app: &App, step: QuarterStep) -> u16 {
    let Some(said) = said(app) else { return 0 };
    let lines: Vec<(String, Style)> = match step {
        QuarterStep::LookBack => {
            let facts = &said.facts;
            let of = facts.last.map_or_else(
                || say!("no week of it was reviewed: nothing is known of where its goals stood").to_owned(),
                |w| say!("{weeks} reviewed, figures of {w}", weeks = count(facts.weeks as usize, "week"), w),
            );
            vec![
                (format!("{}: {of}", said.quarter), c.theme.heading),
                (quarter::calibration(&facts.scored), c.theme.secondary),
            ]
        }
        QuarterStep::LookAround => {
            vec![(say!("What has changed around us? What is still so needs one key.").to_owned(), c.theme.heading)]
        }
        QuarterStep::LookAhead => vec![(
            say!(
                "{quarter}: are the bets still right, and does what we do follow them?",
                quarter = said.quarter.next()
            ),
            c.theme.heading,
        )],
        QuarterStep::SayNo => {
            vec![(say!("What we stop makes room for what we said is next.").to_owned(), c.theme.heading)]
        }
        QuarterStep::Commit => return commit(c, area, app, said),
    };
    let mut y = 0;
    for (line, style) in lines {
        y = c.wrapped(area, y, &line, style);
    }
    y
}

/// What was decided, and who does what.
fn commit(c: &mut Canvas<'_>, area: Rect, app: &App, said: &Quarterly) -> u16 {
    let Some(review) = app.review() else { return 0 };
    let recap = say!("Saving puts into the strategy: {changes}", changes = changes(app));
    let mut y = c.wrapped(area, 0, &recap, c.theme.bar);
    let next =
        said.next.iter().map(|n| say!("next     {who}: {what}", who = first_name(app, &n.owner), what = n.title));
    let stops =
        said.stops.iter().map(|s| say!("stops    {who}: {what}", who = first_name(app, &s.owner), what = s.what));
    let decided = review.decisions.iter().filter(|d| d.decided == review.week);
    let decided = decided.map(|d| say!("decided  {what}: {choice}", what = d.title, choice = d.choice));
    let promised = review.actions.iter().filter(|a| a.promised == review.week);
    let promised = promised.map(|a| {
        let (who, by) = (first_name(app, &a.owner), dated(a.due, "%-d %b"));
        say!("promised {who}: {what}, by {by}", who, what = a.title, by)
    });
    let all: Vec<String> = next.chain(stops).chain(decided).chain(promised).collect();
    let most = if area.height >= 24 { 8 } else { 4 };
    for line in all.iter().take(most) {
        c.text(area, y, line, c.theme.text);
        y += 1;
    }
    if all.len() > most {
        c.text(area, y, &say!("and {all} more", all = all.len() - most), c.theme.secondary);
        y += 1;
    }
    y
}

/// What a step says when it has no row.
#[must_use]
pub fn empty(app: &App, step: QuarterStep) -> String {
    let key = |name: &str| app.keymap.key_of(name);
    match step {
        QuarterStep::LookBack => say!(
            "No objective or key result was due in this quarter. {adds} adds what we learned; {next} goes on.",
            adds = key("look-back.lesson"),
            next = key("review.next")
        ),
        QuarterStep::LookAround => say!(
            "Every signal, scenario, stakeholder and SWOT card was looked at lately, or there is none. {next} goes on.",
            next = key("review.next")
        ),
        QuarterStep::SayNo => {
            say!("Nothing stands out that could stop. {adds} adds what we stop.", adds = key("say-no.add"))
        }
        QuarterStep::LookAhead | QuarterStep::Commit => String::new(),
    }
}

/// The panel of a row: a title and paragraphs.
#[must_use]
pub fn panel(app: &App, asked: &Asked) -> Option<(String, Vec<String>)> {
    let said = said(app)?;
    Some(match asked {
        Asked::Goal(id) => goal_panel(app, said, said.graded(id)?),
        Asked::Kept(id) => stop_panel(app, said.facts.stops.iter().find(|s| &s.id == id)?),
        Asked::Stop(id) => stop_panel(app, said.stops.iter().find(|s| &s.id == id)?),
        Asked::Stood(n) => {
            let found = said.facts.findings.get(*n)?;
            let still = if found.open {
                say!("It still stood in the last week.")
            } else {
                say!("It was gone in the last week.")
            };
            let mut lines = vec![still.to_owned()];
            if let Some(rule) = findings::rule(&found.rule) {
                lines.extend([say!("# Why it matters").to_owned(), word(rule.why).to_owned()]);
            }
            (found.title.clone(), lines)
        }
        Asked::Scored(n) => {
            let scored = said.facts.scored.get(*n)?;
            (scored.title.clone(), vec![quarter::calibration(&said.facts.scored)])
        }
        Asked::Star => {
            let star = &app.basis().strategy.north_star;
            let mut lines =
                vec![heading(say!("Vision")), star.vision.clone(), heading(say!("Mission")), star.mission.clone()];
            let values: Vec<&str> = star.values.iter().map(|v| v.name.as_str()).collect();
            lines.extend([heading(say!("Values")), values.join(", ")]);
            if let Some(StarAnswer::Change { why }) = &said.north_star {
                lines.extend([say!("# To change").to_owned(), why.clone()]);
            }
            (say!("North star").to_owned(), lines)
        }
        Asked::Theme(id) => {
            let theme = app.basis().strategy.theme(id)?;
            let gets = say!(
                "Work: key results and initiatives open at the quarter's end. Days: those set aside in its middle."
            );
            (theme.name.clone(), vec![theme.bet.clone(), gets.to_owned()])
        }
        Asked::Next(id) => {
            let next = said.next.iter().find(|n| &n.goal == id)?;
            let theme = next.theme.as_ref().and_then(|t| app.basis().strategy.theme(t));
            let serves = theme.map_or(say!("no theme yet"), |t| t.name.as_str());
            let owner = app.basis().config.name_of(&next.owner);
            (
                next.title.clone(),
                vec![
                    say!("{owner}; serves {serves}", owner, serves),
                    say!("Its key results are added on the Strategy screen.").to_owned(),
                ],
            )
        }
        Asked::Candidate(id) => {
            let could = said.facts.candidates.iter().find(|k| &k.id == id)?;
            (could.what.clone(), vec![could.why.clone()])
        }
        Asked::Lesson(_) => (say!("What we learned").to_owned(), vec![asked.words(app)]),
        Asked::Sentence(id) => {
            (app.basis().config.name_of(id).to_owned(), vec![said.said(id).unwrap_or_default().to_owned()])
        }
    })
}

fn goal_panel(app: &App, said: &Quarterly, g: &Graded) -> (String, Vec<String>) {
    let answer = said.answer(&g.goal);
    let mut lines = Vec::new();
    if let Some(m) = &g.measure {
        let expected = match m.commitment {
            Commitment::Committed => say!("committed: expected at 1.0"),
            Commitment::Aspirational => say!("aspirational: expected at 0.7"),
        };
        let (from, to, now) = (m.show(m.baseline), m.show(m.target), m.show(m.now));
        lines.push(say!("From {from} to {to}, now {now}; {expected}.", from, to, now, expected));
    }
    let owner = g.owner.as_ref().map_or(say!("nobody"), |o| app.basis().config.name_of(o));
    let sure = g.sure.map(|n| say!("; at first the team was {n} of 10 sure", n = n.get())).unwrap_or_default();
    lines.push(say!("{owner} answers for it{sure}.", owner, sure));
    let rule = match g.grade {
        Some(grade) if g.measure.is_some() => {
            say!("Grade {grade}: the share of the way that was gone.", grade = grade.fixed(1))
        }
        Some(grade) => say!("Grade {grade}: the mean of its key results.", grade = grade.fixed(1)),
        None => say!("Nothing was measured: grade it yourselves.").to_owned(),
    };
    lines.push(rule);
    match &answer.fate {
        Some(Fate::Dropped { reason }) => lines.push(say!("Dropped: {reason}", reason)),
        Some(Fate::Carried) => lines.push(say!("Goes on until {day}.", day = said.quarter.next().last_day())),
        Some(Fate::Closed) => lines.push(say!("Ends with its grade.").to_owned()),
        None => lines.push(match g.stands {
            Stands::Due => say!("By its grade it would be {fate}.", fate = suggested(said, g).label()),
            Stands::UnderWay => say!("It is due later: the grade tells how far it is.").to_owned(),
            Stands::Over => say!("It was over before the review.").to_owned(),
        }),
    }
    if !answer.note.is_empty() {
        lines.extend([say!("# Note").to_owned(), answer.note]);
    }
    (g.title.clone(), lines)
}

fn heading(name: &str) -> String {
    format!("# {name}")
}

fn stop_panel(app: &App, stop: &Stop) -> (String, Vec<String>) {
    let who = app.basis().config.name_of(&stop.owner);
    let mut lines =
        vec![say!("{who} sees to it, from {day}.", who, day = stop.from), heading(say!("Because")), stop.why.clone()];
    if let Some(goal) = &stop.goal {
        lines.extend([say!("# Drops the goal").to_owned(), app.goal_title(goal)]);
    }
    (stop.what.clone(), lines)
}
