//! Home: where this week stands, and below it what is mine, what is red, what does not fit.

use ratatui::layout::Rect;

use super::list_and_panel;
use crate::app::App;
use crate::app::screens::home::standing_of;
use crate::app::screens::passed;
use crate::insight::{forecast, quarter};
use crate::model::review::Moment;
use crate::model::sharing::Standing;
use crate::model::status::Status;
use crate::model::tongue::count;
use crate::ui::canvas::Canvas;
use crate::ui::text::{width, wrap_to};

/// Draws Home.
pub fn draw(c: &mut Canvas<'_>, area: Rect, app: &App) {
    let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let mut y = 0;
    let star = &app.workspace.strategy.north_star.vision;
    if !star.is_empty() {
        for line in wrap_to(star, inner.width.into(), 2, c.glyphs) {
            c.text(inner, y, &line, c.theme.heading);
            y += 1;
        }
    }
    review(c, inner, y, app);
    check_ins(c, inner, y + 1, app);
    counts(c, inner, y + 2, app);
    ahead(c, inner, y + 3, app);
    y += u16::from(sharing(c, inner, y + 4, app));
    y += u16::from(passed_on(c, inner, y + 4, app));
    y += u16::from(quarter(c, inner, y + 4, app));
    c.rule(area, y + 4);
    let below = Rect { y: area.y + y + 5, height: area.height.saturating_sub(y + 5), ..area };
    let empty = say!("Nothing is red, and nothing is yours to do. Say who you are (W) to see what is yours.");
    list_and_panel(c, below, app, empty);
}

/// Where the review of this week stands, and the key that goes on.
fn review(c: &mut Canvas<'_>, area: Rect, y: u16, app: &App) {
    let key = app.keymap.key_of("home.start");
    let row = c.row().left(say!("Review"), 11, c.theme.secondary);
    let row = match (app.review(), app.recovered.is_some(), app.week_is_sealed()) {
        (Some(review), ..) => {
            let step = app.step().map_or("", |s| s.label());
            let what = if review.revises.is_some() { say!("a correction is") } else { say!("is") };
            row.text(&say!("{what} in progress at {step}, {week}  ", week = review.target(), what, step), c.theme.warn)
                .text(&key, c.theme.key)
                .text(say!(" goes on"), c.theme.text)
        }
        (None, true, _) => row
            .text(say!("not finished  "), c.theme.warn)
            .text(&key, c.theme.key)
            .text(say!(" goes on where it stopped"), c.theme.text),
        (None, false, true) => row
            .text(say!("held and saved  "), c.theme.good)
            .text(&key, c.theme.key)
            .text(say!(" corrects it"), c.theme.secondary),
        (None, false, false) => row
            .text(say!("not held yet  "), c.theme.bar)
            .text(&key, c.theme.key)
            .text(say!(" holds it: one hour, eight steps"), c.theme.text),
    };
    c.line(area, y, &row.done());
}

/// A quarter that has ended without its review, where that is held here; says whether there is one.
fn quarter(c: &mut Canvas<'_>, area: Rect, y: u16, app: &App) -> bool {
    let held = app.review().is_some_and(|r| r.quarter.is_some());
    let Some(quarter) = quarter::overdue(&app.workspace, app.today).filter(|_| !held) else { return false };
    let row = c.row().left("Quarter", 11, c.theme.secondary);
    let row = row.text(&format!("{quarter} not yet reviewed  "), c.theme.warn);
    let row = row.text(&app.keymap.key_of("home.quarter"), c.theme.key).text(" reviews it", c.theme.text);
    c.line(area, y, &row.done());
    true
}

/// Who has checked in, and who has not.
fn check_ins(c: &mut Canvas<'_>, area: Rect, y: u16, app: &App) {
    let config = &app.workspace.config;
    let is_in = |id| app.workspace.check_ins.iter().any(|k| k.week == app.week && &k.member == id);
    let (here, missing): (Vec<_>, Vec<_>) = config.active().partition(|p| is_in(&p.id));
    let row = c.row().left(say!("Check-ins"), 11, c.theme.secondary);
    let row =
        row.text(&say!("{here} of {here2} in", here = here.len(), here2 = here.len() + missing.len()), c.theme.bar);
    let mine = app.derived.checked_in.map(|(answered, all)| {
        let said = if answered == 0 {
            say!("not begun").to_owned()
        } else {
            say!("{answered} of {all}, saved", answered, all)
        };
        (app.keymap.key_of("home.check-in"), say!(" check-in: {said}", said))
    });
    let room = usize::from(area.width).saturating_sub(mine.as_ref().map_or(0, |(k, t)| width(k) + width(t) + 2));
    let names: Vec<&str> = missing.iter().map(|p| p.first_name()).collect();
    let used = row.used();
    let row = if names.is_empty() {
        row
    } else {
        row.left(&say!(", missing: {names}", names = names.join(", ")), room.saturating_sub(used), c.theme.text)
    };
    let row = match mine {
        Some((key, text)) => row.gap(2).text(&key, c.theme.key).text(&text, c.theme.text),
        None => row,
    };
    c.line(area, y, &row.done());
}

/// The targets that cannot be met at this pace. The line stands from the first frame on, so that nothing moves when it is known.
fn ahead(c: &mut Canvas<'_>, area: Rect, y: u16, app: &App) {
    let row = c.row().left(say!("Ahead"), 11, c.theme.secondary);
    let strategy = &app.workspace.strategy;
    let far = forecast::out_of_reach(strategy, &app.analyses.chances);
    let known = strategy.kpis.iter().filter(|k| app.analyses.chances.kpi(&k.id).is_some()).count();
    let row = match (far.len(), known) {
        (0, 0) if app.history_complete => row.text(say!("no target can be looked ahead to yet"), c.theme.secondary),
        (0, 0) => row.text(say!("reading the weeks behind"), c.theme.secondary),
        (0, n) => row.text(
            &say!("{targets} looked ahead to, none out of reach at this pace", targets = count(n, "target")),
            c.theme.text,
        ),
        (n, _) => {
            let said = say!("{targets} out of reach at this pace", targets = count(n, "target"));
            let names: Vec<&str> = far.iter().map(|k| k.name.as_str()).collect();
            let room = usize::from(area.width).saturating_sub(11 + said.len() + 2);
            row.text(&said, c.theme.warn).text(": ", c.theme.text).left(&names.join(", "), room, c.theme.text)
        }
    };
    c.line(area, y, &row.done());
}

/// How the sharing stands, where there is a repository to share by. Says whether there is.
fn sharing(c: &mut Canvas<'_>, area: Rect, y: u16, app: &App) -> bool {
    let key = app.keymap.key_of("home.sync");
    let row = c.row().left(say!("Sharing"), 11, c.theme.secondary);
    let row = match app.sharing {
        Standing::Alone => return false,
        Standing::NotYet => row.text(say!("not shared from this machine yet"), c.theme.warn),
        Standing::Since { at, reached, changed, unsent } => {
            let waits = changed + unsent > 0;
            let said = match (changed, unsent) {
                (0, 0) if reached => say!("all of yours is with the others").to_owned(),
                (0, 0) => say!("all of yours is in the history here").to_owned(),
                (0, n) => say!("{commits} of yours not sent", commits = count(n, "commit")),
                (n, _) => say!("{changes} of yours not sent", changes = count(n, "change")),
            };
            let style = if waits { c.theme.warn } else { c.theme.text };
            let when = if reached { say!("last shared") } else { say!("last tried") };
            row.text(&said, style).text(&format!("; {when} {}", day_of(at, app.today)), c.theme.text)
        }
    };
    c.line(area, y, &row.gap(2).text(&key, c.theme.key).text(say!(" shares"), c.theme.text).done());
    true
}

/// What other workspaces passed on and waits for an answer. Says whether there is any.
fn passed_on(c: &mut Canvas<'_>, area: Rect, y: u16, app: &App) -> bool {
    let mut names: Vec<&str> = passed::waiting(app).map(|p| p.name.as_str()).collect();
    let n = names.len();
    if n == 0 {
        return false;
    }
    names.sort_unstable();
    names.dedup();
    let key = app.keymap.key_of("go.issues");
    let (said, answers) = (say!("{n} to us by ", n), say!(" answers"));
    let room = usize::from(area.width).saturating_sub(11 + width(&said) + 2 + width(&key) + width(answers));
    let names = names.join(", ");
    let row = c.row().left(say!("Passed on"), 11, c.theme.secondary).text(&said, c.theme.warn);
    let row = row.left(&names, room.min(width(&names)), c.theme.text);
    c.line(area, y, &row.gap(2).text(&key, c.theme.key).text(answers, c.theme.text).done());
    true
}

/// A moment as today's time, or as so many days ago.
fn day_of(at: Moment, today: chrono::NaiveDate) -> String {
    match (today - at.date_naive()).num_days() {
        0 => say!("today {at}", at = at.format("%H:%M")),
        1 => say!("yesterday").to_owned(),
        n if n > 1 => say!("{n} days ago", n),
        _ => at.date_naive().to_string(),
    }
}

/// How many KPIs and goals stand how, and how many action items are open and late.
fn counts(c: &mut Canvas<'_>, area: Rect, y: u16, app: &App) {
    let mut row = c.row().left(say!("KPIs"), 11, c.theme.secondary);
    let count = |status| app.workspace.strategy.kpis.iter().filter(|k| standing_of(app, &k.id) == status).count();
    for status in Status::ALL {
        row = row
            .text(c.glyphs.status(status), c.theme.status(status))
            .text(&format!(" {} ", count(status)), c.theme.text);
    }
    row = row.text(say!("  Goals "), c.theme.secondary);
    for status in Status::ALL {
        let n = app.derived.goals.iter().filter(|g| g.status() == status).count();
        row = row.text(c.glyphs.status(status), c.theme.status(status)).text(&format!(" {n} "), c.theme.text);
    }
    let open: Vec<_> = app.derived.standing.actions.iter().filter(|a| a.is_open()).collect();
    let late = open.iter().filter(|a| a.due < app.today).count();
    row = row.text(say!("  Actions "), c.theme.secondary).text(&say!("{open} open", open = open.len()), c.theme.text);
    if late > 0 {
        row = row.text(&say!(", {late} late", late), c.theme.bad);
    }
    c.line(area, y, &row.done());
}
