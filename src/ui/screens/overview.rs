//! The roll-up: tabs, a line for each team, goal, theme or gap, and the panel of the line under the cursor.

use ratatui::layout::Rect;
use ratatui::text::Line as Text;

use crate::app::cursor::first_visible;
use crate::app::intent::{HistoryIntent, Intent, Move};
use crate::app::overview::{Line, Overview, View};
use crate::app::{Notice, Tone};
use crate::insight::rollup::{At, Counts, Stood, Summary};
use crate::model::tongue::dated;
use crate::model::tongue::{count, word};
use crate::ui::canvas::Canvas;
use crate::ui::dialogs::{middle, palette};
use crate::ui::text::{Row, width};
use crate::ui::widgets::hints;

/// The width from which the panel stands beside the list.
const WIDE: u16 = 120;

/// Draws the roll-up.
pub fn draw(c: &mut Canvas<'_>, area: Rect, overview: &Overview) {
    let line = |y: u16| Rect { y: area.y + y, height: 1, ..area };
    bar(c, line(0), overview);
    tabs(c, line(1), overview);
    c.rule(line(2), 0);
    body(c, Rect { y: area.y + 3, height: area.height - 6, ..area }, overview);
    c.rule(line(area.height - 3), 0);
    notice(c, line(area.height - 2), overview);
    hints::draw(c, line(area.height - 1), &overview.keymap, &overview.scopes());
    above(c, area, overview);
}

/// The lines of the view, and the panel of the one under the cursor.
pub fn body(c: &mut Canvas<'_>, area: Rect, overview: &Overview) {
    let (left, panel) = split(area);
    list(c, left, overview);
    draw_panel(c, panel, overview);
}

/// What lies over the rest: the keys, or everything one can do.
pub fn above(c: &mut Canvas<'_>, area: Rect, overview: &Overview) {
    if let Some(scroll) = overview.help {
        help(c, area, overview, scroll);
    }
    if let Some(palette) = &overview.palette {
        palette::draw(c, area, palette);
    }
}

/// The last notice, else the search that is on: one that finds nothing says so in its place.
fn notice(c: &mut Canvas<'_>, area: Rect, overview: &Overview) {
    let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    if let Some(Notice { text, tone }) = &overview.notice {
        let style = if *tone == Tone::Bad { c.theme.bad } else { c.theme.text };
        c.text(area, 0, text, style);
    } else if let Some(search) = &overview.search {
        let row = c.row().text("/", c.theme.key).text(&search.words, c.theme.focus);
        if search.typing {
            let x = area.x + u16::try_from(row.used()).unwrap_or(0);
            c.drawn.cursor = Some((x, area.y).into());
        }
        c.line(area, 0, &row.done());
    }
}

fn bar(c: &mut Canvas<'_>, area: Rect, overview: &Overview) {
    let teams = count(overview.rollup.teams.len(), "workspace");
    let unread = overview.rollup.unread.len();
    let row = c.row().text(say!(" Roll-up"), c.theme.bar).gap(3).text(&teams, c.theme.secondary);
    let row = if unread > 0 { row.gap(2).text(&say!("! {unread} not read", unread), c.theme.warn) } else { row };
    c.line(area, 0, &row.done());
}

/// The views, each with how many lines it has.
pub fn tabs(c: &mut Canvas<'_>, area: Rect, overview: &Overview) {
    let mut row = c.row().gap(1);
    for view in View::ALL {
        let label = format!(" {} {} ", view.label(), overview.count(view));
        let style = if view == overview.view { c.theme.current } else { c.theme.secondary };
        let x = area.x + u16::try_from(row.used()).unwrap_or(0);
        if view != overview.view {
            let w = u16::try_from(width(&label)).unwrap_or(0);
            c.click(Rect { x, width: w, height: 1, ..area }, Intent::History(HistoryIntent::NextPanel));
        }
        row = row.text(&label, style).gap(1);
    }
    c.line(area, 0, &row.done());
}

/// The list, and the panel beside it or below it.
fn split(area: Rect) -> (Rect, Rect) {
    if area.width >= WIDE {
        let left = area.width * 3 / 5;
        let panel = Rect { x: area.x + left + 2, width: area.width - left - 3, ..area };
        return (Rect { width: left, ..area }, panel);
    }
    let below = (area.height / 3).max(5);
    let list = Rect { height: area.height - below, ..area };
    (list, Rect { x: area.x + 2, y: area.y + list.height, width: area.width - 4, height: below })
}

fn list(c: &mut Canvas<'_>, area: Rect, overview: &Overview) {
    let inner = Rect { x: area.x + 3, width: area.width.saturating_sub(4), ..area };
    let room = usize::from(inner.width);
    c.line(inner, 0, &columns(c, overview.view, room));
    let rows = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    if overview.lines().len() == 0 {
        c.wrapped(Rect { y: inner.y + 2, ..inner }, 0, empty(overview), c.theme.secondary);
        return;
    }
    let at = overview.at().unwrap_or(0);
    let first = first_visible(at, overview.lines().len(), rows.height.into());
    // A shared screen leaves a line between, where there is room.
    let airy = overview.look.present && usize::from(rows.height) >= 2 * overview.lines().len();
    let apart = if airy { 2 } else { 1 };
    for (y, (n, line)) in (0u16..rows.height).step_by(apart).zip(overview.lines().enumerate().skip(first)) {
        let place = Rect { y: rows.y + y, height: 1, ..rows };
        if n == at {
            c.style(place, c.theme.selected);
            c.text(Rect { x: area.x + 1, width: 2, ..place }, 0, c.glyphs.marker(), c.theme.marker);
        }
        let text = text(c, overview, line, room);
        let text = if overview.is_hit(line) { text.style(c.theme.hit) } else { text };
        c.line(Rect { x: inner.x, width: inner.width, ..place }, 0, &text);
        c.click(place, Intent::Move(Move::To(n)));
    }
}

fn empty(overview: &Overview) -> &'static str {
    match overview.view {
        View::Teams => say!("No workspace could be read: Tab shows why."),
        View::Goals => {
            say!("No goal is open in any of these workspaces. Each team adds its own on its strategy screen.")
        }
        View::Themes => say!("No goal is open in any of these workspaces, so no theme has one."),
        View::Gaps if overview.rollup.tops == 0 => {
            say!(
                "No goal supports one of another workspace yet. On a team's strategy screen, Supports links a goal to one of the \
             company: company/growth."
            )
        }
        View::Gaps => say!("Nothing is missing: every goal above is supported, and every team's goal supports one."),
    }
}

/// Cells for the numbers of a team.
const NUMBERS: [usize; 4] = [10, 7, 7, 15];
/// Cells for the goals of a team or theme by status.
const STRIP: usize = 17;

/// Cells for the name of a team beside its goal.
fn whose(room: usize) -> usize {
    (room / 5).clamp(12, 24)
}

fn columns(c: &Canvas<'_>, view: View, room: usize) -> Text<'static> {
    let style = c.theme.secondary;
    let row = c.row();
    match view {
        View::Teams => {
            let [red, index, agree, last] = NUMBERS;
            let name = room.saturating_sub(STRIP + red + index + agree + last);
            row.left(say!("Team"), name, style)
                .left(say!("Goals"), STRIP, style)
                .right(say!("red KPIs"), red, style)
                .right(say!("index"), index, style)
                .right(say!("agree"), agree, style)
                .right(say!("last review"), last, style)
        }
        View::Goals => row
            .left(say!("Goal"), room.saturating_sub(17 + whose(room)), style)
            .left(say!("Team"), whose(room) + 1, style)
            .left(say!("Status"), 16, style),
        View::Themes => row
            .left(say!("Theme"), room.saturating_sub(40), style)
            .left(say!("Of"), 14, style)
            .left(say!("Goals"), 18, style)
            .right(say!("teams"), 8, style),
        View::Gaps => row.left(say!("What is missing"), 34, style).left(say!("Goal"), room.saturating_sub(34), style),
    }
    .done()
}

fn text(c: &Canvas<'_>, overview: &Overview, line: Line, room: usize) -> Text<'static> {
    let rollup = &overview.rollup;
    match line {
        Line::Team(team) => rollup.teams.get(team).map(|t| of_team(c, t, room)),
        Line::Goal(at, depth) => of_goal(c, overview, at, depth, room),
        Line::Theme(row) => rollup.themes.get(row).map(|row| {
            let of = row.theme.and_then(|(team, _)| rollup.teams.get(team)).map_or("", |t| t.id.as_str());
            let name = rollup.theme_name(row).unwrap_or(say!("no theme"));
            let line = c.row().left(name, room.saturating_sub(40), c.theme.text).left(of, 14, c.theme.secondary);
            strip(c, line, &row.goals, 18).right(&row.teams.to_string(), 8, c.theme.bar).done()
        }),
        Line::Gap(gap) => rollup.gaps.get(gap).and_then(|gap| {
            let (team, goal) = (rollup.teams.get(gap.at.team)?, rollup.goal(gap.at)?);
            let name = format!("{} ({})", goal.title, team.name);
            Some(
                c.row()
                    .left(gap.lack.label(), 34, c.theme.warn)
                    .left(&name, room.saturating_sub(34), c.theme.text)
                    .done(),
            )
        }),
        Line::Problem(problem) => rollup.problems.get(problem).map(|problem| {
            let row = c.row().left(say!("A link that is wrong"), 34, c.theme.bad);
            row.left(&problem.message, room.saturating_sub(34), c.theme.text).done()
        }),
        Line::Unread(unread) => rollup.unread.get(unread).map(|unread| {
            let folder = unread.folder.display().to_string();
            c.row()
                .left(say!("Could not be read"), 34, c.theme.bad)
                .left(&folder, room.saturating_sub(34), c.theme.text)
                .done()
        }),
    }
    .unwrap_or_default()
}

fn of_team(c: &Canvas<'_>, team: &Summary, room: usize) -> Text<'static> {
    let [red, index, agree, last] = NUMBERS;
    let name = room.saturating_sub(STRIP + red + index + agree + last);
    let review = team.review.as_ref();
    let number = |text: Option<String>| text.unwrap_or_else(|| say!("unknown").to_owned());
    let row = c.row().left(&team.name, name.saturating_sub(1), c.theme.text).gap(1);
    let row = strip(c, row, &team.goal_counts(), STRIP);
    let reds = review.map(|r| (r.red.len(), r.kpis.all()));
    let style = if reds.is_some_and(|(n, _)| n > 0) { c.theme.bad } else { c.theme.text };
    row.right(&reds.map_or_else(|| "-".to_owned(), |(n, of)| say!("{n} of {of}", n, of)), red, style)
        .right(&review.map_or_else(|| "-".to_owned(), |r| number(r.index.map(|i| i.fixed(0)))), index, c.theme.bar)
        .right(
            &review.map_or_else(|| "-".to_owned(), |r| r.agreement.map_or("-".to_owned(), |a| a.fixed(2))),
            agree,
            c.theme.text,
        )
        .right(&ago(team), last, if team.weeks_ago().is_none_or(|n| n > 1) { c.theme.warn } else { c.theme.secondary })
        .done()
}

/// How long ago the newest review was.
fn ago(team: &Summary) -> String {
    match team.weeks_ago() {
        None => say!("never").to_owned(),
        Some(..=0) => say!("this week").to_owned(),
        Some(1) => say!("last week").to_owned(),
        Some(n) => say!("{n} weeks ago", n),
    }
}

/// Goals by status: mark and number, none left out that has any.
fn strip(c: &Canvas<'_>, row: Row, counts: &Counts, room: usize) -> Row {
    let before = row.used();
    let mut row = row;
    for (status, n) in counts.by_status().into_iter().filter(|(_, n)| *n > 0) {
        row = row.text(&format!("{}{n} ", c.glyphs.status(status)), c.theme.status(status));
    }
    if counts.all() == 0 {
        row = row.text(say!("none"), c.theme.secondary);
    }
    let used = row.used() - before;
    row.gap(room.saturating_sub(used))
}

fn of_goal(c: &Canvas<'_>, overview: &Overview, at: At, depth: usize, room: usize) -> Option<Text<'static>> {
    let (team, goal) = (overview.rollup.teams.get(at.team)?, overview.rollup.goal(at)?);
    let indent = (depth * 2).min(room / 3);
    let whose = whose(room);
    let title = room.saturating_sub(18 + whose + indent);
    let own = if at.team < overview.rollup.tops { c.theme.bar } else { c.theme.text };
    let row =
        c.row().gap(indent).left(&goal.title, title, own).gap(1).left(&team.name, whose, c.theme.secondary).gap(1);
    let (words, style) = match goal.stood {
        Stood::Open(status) => (format!("{} {status}", c.glyphs.status(status)), c.theme.status(status)),
        Stood::Closed(word) => (word.to_owned(), c.theme.secondary),
    };
    Some(row.left(&words, 16, style).done())
}

fn draw_panel(c: &mut Canvas<'_>, area: Rect, overview: &Overview) {
    let Some(line) = overview.line() else { return };
    if area.width + 8 < c.buffer.area.width {
        c.vertical(Rect { x: area.x.saturating_sub(2), ..area });
    } else {
        c.rule(area, 0);
    }
    let inner = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let mut y = 0;
    for (n, words) in words(overview, line).iter().enumerate() {
        if y >= inner.height {
            break;
        }
        let style = if n == 0 { c.theme.heading } else { c.theme.text };
        y = c.wrapped(inner, y, words, style);
    }
}

/// What the panel says of a line; its first paragraph is its heading.
fn words(overview: &Overview, line: Line) -> Vec<String> {
    let rollup = &overview.rollup;
    match line {
        Line::Team(team) => rollup.teams.get(team).map(|t| about_team(overview, team, t)),
        Line::Goal(at, _) => about_goal(overview, at),
        Line::Theme(row) => rollup.themes.get(row).map(|row| {
            let name = rollup.theme_name(row).unwrap_or(say!("Goals that lead to no theme")).to_owned();
            let by = row.goals.by_status();
            let some = by.iter().filter(|(_, n)| *n > 0).map(|(s, n)| format!("{n} {s}")).collect::<Vec<_>>();
            vec![
                name,
                say!(
                    "{goals} in {workspaces}: {some}.",
                    goals = count(row.goals.all(), "goal"),
                    workspaces = count(row.teams, "workspace"),
                    some = some.join(", ")
                ),
            ]
        }),
        Line::Gap(gap) => rollup.gaps.get(gap).and_then(|gap| {
            let mut words = about_goal(overview, gap.at)?;
            words.insert(1, format!("{}.", gap.lack.label()));
            Some(words)
        }),
        Line::Problem(problem) => {
            rollup.problems.get(problem).map(|p| vec![p.message.clone(), p.to_string(), p.hint.clone()])
        }
        Line::Unread(unread) => rollup.unread.get(unread).map(|u| {
            let told = u.problems.iter().flat_map(|p| [p.to_string(), p.hint.clone()]);
            std::iter::once(u.folder.display().to_string()).chain(told).collect()
        }),
    }
    .unwrap_or_default()
}

fn about_team(overview: &Overview, at: usize, team: &Summary) -> Vec<String> {
    let mut words = vec![format!("{} ({})", team.name, team.id)];
    match &team.review {
        None => words.push(say!("No review was sealed yet.").to_owned()),
        Some(review) => {
            let issues = count(review.open_issues, "open issue");
            words.push(say!(
                "{week}, sealed {sealed}: {issues}.",
                week = review.week,
                sealed = dated(review.sealed, "%-d %b %Y"),
                issues
            ));
            for kpi in &review.red {
                let value = kpi.reading.as_deref().unwrap_or(say!("no reading"));
                let target = kpi.target.as_ref().map(|t| say!(", target {t}", t)).unwrap_or_default();
                let owner = kpi.owner.as_ref().map(|o| format!(" ({o})")).unwrap_or_default();
                words.push(say!("Off track: {name} {value}{target}{owner}", name = kpi.name, value, target, owner));
            }
        }
    }
    for passed in &team.passed {
        let came = passed.answer.as_deref().unwrap_or(say!("waits for an answer"));
        words.push(say!(
            "Passed on by {name}, {week}: {text}. {came}",
            name = passed.name,
            week = passed.week,
            text = passed.text,
            came
        ));
    }
    let gaps = overview.rollup.gaps_of(at).count();
    if gaps > 0 {
        words.push(say!("{gaps} here: Tab shows them.", gaps = count(gaps, "gap")));
    }
    words.push(team.folder.display().to_string());
    words
}

fn about_goal(overview: &Overview, at: At) -> Option<Vec<String>> {
    let (team, goal) = (overview.rollup.teams.get(at.team)?, overview.rollup.goal(at)?);
    let owner = goal.owner.as_deref().unwrap_or(say!("nobody"));
    let done = goal.progress.map(|p| say!(", {p:.0} % done", p = p.get() * 100.0)).unwrap_or_default();
    let mut words = vec![
        goal.title.clone(),
        say!("The {kind} of {owner}, {name}{done}.", kind = goal.kind, name = team.name, owner, done),
    ];
    words.extend(goal.supports.as_ref().map(|s| say!("Supports {to}.", to = s.to)));
    Some(words)
}

fn help(c: &mut Canvas<'_>, area: Rect, overview: &Overview, scroll: usize) {
    let all: Vec<_> = overview.keymap.reachable(&Overview::OWN).collect();
    let height = u16::try_from(all.len()).unwrap_or(u16::MAX).saturating_add(2);
    let inner = c.boxed(middle(area, area.width.saturating_sub(4).min(80), height), say!("Keys here"));
    let first = scroll.min(all.len().saturating_sub(inner.height.into()));
    for (y, binding) in (0u16..inner.height).zip(all.iter().skip(first)) {
        let room = usize::from(inner.width).saturating_sub(17);
        let row =
            c.row().left(&binding.shown_keys(), 16, c.theme.key).gap(1).left(word(binding.help), room, c.theme.text);
        c.line(inner, y, &row.done());
    }
}
