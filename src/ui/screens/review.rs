//! The steps of the review: what each begins with above its list, and what it says when there is nothing to do.

use ratatui::layout::Rect;

use super::{draw_list, list_and_panel, quarter};
use crate::app::App;
use crate::app::screens::review::open::value_of_the_week;
use crate::insight::promises;
use crate::model::agenda::Step;
use crate::model::record::mean_rating;
use crate::model::tongue::count;
use crate::ui::canvas::Canvas;
use crate::ui::widgets::list::Spacing;

/// Draws a step.
pub fn draw(c: &mut Canvas<'_>, area: Rect, app: &App, step: Step) {
    let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let used = head(c, inner, app, step);
    let skip = if used > 0 { used + 1 } else { 0 };
    if used > 0 {
        c.rule(area, used);
    }
    let below = Rect { y: area.y + skip, height: area.height.saturating_sub(skip), ..area };
    // Who is here has to be seen at one glance: where it does not fit beside a panel, the panel stays away.
    if step == Step::Open && below.width < 130 && !app.rows().is_empty() {
        return draw_list(c, below, app, Spacing::Tight);
    }
    list_and_panel(c, below, app, &empty(app, step));
}

/// What a step says when it has no row.
fn empty(app: &App, step: Step) -> String {
    let key = |name: &str| app.keymap.key_of(name);
    match step {
        Step::Open => say!("Nobody is named in truenorth.ron yet.").to_owned(),
        Step::Commitments => {
            say!("No action item was open: nothing to answer here. {key} goes on.", key = key("review.next"))
        }
        Step::Scorecard => say!("No KPI is defined yet: strategy/kpis.ron is the place.").to_owned(),
        Step::Goals => say!("No goal is open: the Strategy screen adds them.").to_owned(),
        Step::CheckIns => match app.review() {
            Some(review) if review.revealed && !app.basis().check_ins.iter().any(|c| c.week == review.week) => {
                say!("Nobody has checked in this week.").to_owned()
            }
            Some(review) if review.revealed => {
                say!("Revealed. Nobody reported a blocker, and confidence lies close together.").to_owned()
            }
            _ => say!(
                "What members reported stays hidden until the room is ready. {key} reveals it for everybody.",
                key = key("check-ins.reveal")
            ),
        },
        Step::Alignment => say!("Everything fits together: no finding. {key} goes on.", key = key("review.next")),
        Step::Issues => say!("No issue is open. {key} raises one.", key = key("capture.issue")),
        Step::Close => String::new(),
        Step::Quarter(step) => quarter::empty(app, step),
    }
}

/// Draws what stands above the list; returns how many lines it took.
fn head(c: &mut Canvas<'_>, area: Rect, app: &App, step: Step) -> u16 {
    match step {
        Step::Open => open(c, area, app),
        Step::Commitments => commitments(c, area, app),
        Step::CheckIns => check_ins(c, area, app),
        Step::Close => close(c, area, app),
        Step::Quarter(step) => quarter::head(c, area, app, step),
        Step::Scorecard | Step::Goals | Step::Alignment | Step::Issues => 0,
    }
}

/// The north star, with one value of the week in rotation.
fn open(c: &mut Canvas<'_>, area: Rect, app: &App) -> u16 {
    let star = &app.basis().strategy.north_star;
    let mut y = 0;
    if !star.vision.is_empty() {
        y = c.wrapped(area, y, &star.vision, c.theme.heading);
    }
    if let Some(value) = value_of_the_week(app) {
        let meaning = if value.meaning.is_empty() { String::new() } else { format!(": {}", value.meaning) };
        y = c.wrapped(area, y, &say!("Value of the week - {name}{meaning}", name = value.name, meaning), c.theme.text);
    }
    y
}

/// The completion rate against the mark to beat.
fn commitments(c: &mut Canvas<'_>, area: Rect, app: &App) -> u16 {
    let kept = promises::kept(&app.history, promises::TRAILING, app.shown_week().previous());
    let mark = app.basis().config.thresholds.completion_percent;
    let Some(percent) = kept.percent() else {
        c.text(area, 0, &say!("Mark to beat: {mark} % of what was promised", mark), c.theme.secondary);
        return 1;
    };
    let style = if percent >= mark { c.theme.good } else { c.theme.warn };
    let row = c
        .row()
        .text(say!("Kept over the last 4 reviews: "), c.theme.secondary)
        .text(&format!("{} %", percent.fixed(0)), style)
        .text(
            &say!(" ({done} of {due}), mark to beat {mark} %", done = kept.done, due = kept.due, mark),
            c.theme.secondary,
        );
    c.line(area, 0, &row.done());
    1
}

/// How many have checked in: their number, not their names.
fn check_ins(c: &mut Canvas<'_>, area: Rect, app: &App) -> u16 {
    let week = app.shown_week();
    let here = app.basis().check_ins.iter().filter(|k| k.week == week).count();
    let of = app.basis().config.active().count();
    c.text(area, 0, &say!("{here} of {of} have checked in", here, of), c.theme.bar);
    1
}

/// The recap: what this review brought, and how it went.
fn close(c: &mut Canvas<'_>, area: Rect, app: &App) -> u16 {
    let Some(review) = app.review() else { return 0 };
    let mut y = 0;
    let (decisions, actions, issues) = review.captured();
    let solved = review.issues.iter().filter(|i| !i.is_open()).count();
    let rating = mean_rating(&review.ratings).map(|m| say!(", rated {m} of 10", m = m.fixed(1))).unwrap_or_default();
    let recap = say!(
        "This review: {decisions}, {action_items}, {issues} raised, {solved} answered{rating}",
        decisions = count(decisions, "decision"),
        action_items = count(actions, "action item"),
        issues = count(issues, "issue"),
        solved,
        rating
    );
    c.text(area, y, &recap, c.theme.bar);
    y += 1;
    let roomy = area.height >= 24;
    let most = if roomy { 5 } else { 2 };
    let decided = review
        .decisions
        .iter()
        .filter(|d| d.decided == review.week)
        .map(|d| say!("decided  {title}: {choice}", title = d.title, choice = d.choice));
    let promised = review.actions.iter().filter(|a| a.promised == review.week).map(|a| {
        let owner = app.basis().config.member(&a.owner).map_or(a.owner.as_str(), |m| m.first_name());
        say!(
            "promised {owner}: {title}, by {today}",
            title = a.title,
            today = crate::app::dates::show(a.due, app.today),
            owner
        )
    });
    let all: Vec<String> = decided.chain(promised).collect();
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
