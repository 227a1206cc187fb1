//! The panel beside or below a list: what the row under the cursor is about.

pub mod goal;
pub mod kpi;
pub mod process;

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::screens::history::quarters;
use super::screens::quarter;
use super::text::wrap;
use crate::app::App;
use crate::app::screens::review::check_ins;
use crate::app::screens::row::Row;
use crate::app::screens::{alignment, registers};
use crate::insight::findings;
use crate::model::id::MemberId;
use crate::model::tongue::word;

/// A share of a length. Windows may be so wide that the product does not fit their own type.
fn share(length: u16, part: u16, of: u16) -> u16 {
    u16::try_from(u32::from(length) * u32::from(part) / u32::from(of)).unwrap_or(length)
}

/// Where a list stops and its panel begins: side by side where there is room, else one above the other.
///
/// One above the other, the list gets the lines it needs as long as the panel keeps a third, and the panel takes the rest.
#[must_use]
pub fn split(area: Rect, lines: u16) -> (Rect, Option<Rect>) {
    if area.width >= 130 {
        let left = share(area.width, 57, 100);
        let list = Rect { width: left, ..area };
        return (list, Some(Rect { x: area.x + left, width: area.width - left, ..area }));
    }
    let below = area.height.saturating_sub(lines).clamp(share(area.height, 2, 5), share(area.height, 2, 3));
    if below < 5 {
        return (area, None);
    }
    let list = Rect { height: area.height - below, ..area };
    (list, Some(Rect { y: area.y + area.height - below, height: below, ..area }))
}

/// Draws the panel of a row.
pub fn draw(c: &mut Canvas<'_>, area: Rect, app: &App, row: Option<&Row>, side: bool) {
    let inner = if side {
        c.vertical(area);
        Rect { x: area.x + 2, width: area.width.saturating_sub(3), ..area }
    } else {
        c.rule(area, 0);
        Rect {
            x: area.x + 1,
            y: area.y + 1,
            width: area.width.saturating_sub(2),
            height: area.height.saturating_sub(1),
        }
    };
    match row {
        Some(Row::Kpi(id)) => kpi::draw(c, inner, app, id),
        Some(Row::Goal(id, _)) => goal::draw(c, inner, app, id),
        Some(Row::Finding(key)) => finding(c, inner, app, key),
        Some(Row::Member(id)) => member(c, inner, app, id),
        Some(Row::Agreement) => text(c, inner, Some(say!("Agreement on priorities")), &check_ins::agreement(app)),
        Some(Row::Dimension(_) | Row::Lowers(_)) => {
            if let Some((title, lines)) = alignment::figure(app) {
                text(c, inner, Some(&title), &lines);
            }
        }
        Some(Row::Asked(asked)) => {
            if let Some((title, lines)) = quarter::panel(app, asked) {
                text(c, inner, Some(&title), &lines);
            }
        }
        Some(Row::Quarter(id)) => {
            let (title, lines) = quarters::panel(app, *id);
            text(c, inner, Some(&title), &lines);
        }
        Some(row) => match registers::read(app, row) {
            Some(reading) => {
                if let crate::app::dialogs::reading::Body::Text(lines) = &reading.body {
                    text(c, inner, Some(&reading.title), lines);
                }
            }
            None => {
                let words = row.words(app);
                text(c, inner, None, &[words]);
            }
        },
        None => {}
    }
}

/// A text with headings (`# …`); a heading of one short line stands before its text to save room.
pub fn text(c: &mut Canvas<'_>, area: Rect, title: Option<&str>, lines: &[String]) {
    let mut y = 0;
    if let Some(title) = title {
        for line in wrap(title, area.width.into()).into_iter().take(2) {
            c.text(area, y, &line, c.theme.bar);
            y += 1;
        }
    }
    let mut label: Option<&str> = None;
    for paragraph in lines {
        if let Some(heading) = paragraph.strip_prefix("# ") {
            label = Some(heading);
            continue;
        }
        let head = label.take().map(|l| format!("{l}: ")).unwrap_or_default();
        let whole = format!("{head}{paragraph}");
        for (i, line) in wrap(&whole, area.width.into()).into_iter().enumerate() {
            if i == 0 && !head.is_empty() && line.starts_with(&head) {
                let row = c.row().text(&head, c.theme.secondary).text(&line[head.len()..], c.theme.text);
                c.line(area, y, &row.done());
            } else {
                c.text(area, y, &line, c.theme.text);
            }
            y += 1;
        }
    }
}

fn finding(c: &mut Canvas<'_>, area: Rect, app: &App, key: &str) {
    let Some(f) = app.derived.findings.iter().find(|f| f.key == key) else { return };
    let mut lines = vec![say!("# Evidence").to_owned(), f.evidence.clone()];
    if let Some(rule) = findings::rule(&f.rule) {
        lines.extend([say!("# Why it matters").to_owned(), word(rule.why).to_owned()]);
    }
    lines.extend([say!("# One could").to_owned(), f.suggestion.clone()]);
    if let Some(crate::model::finding::Answer::Dismissed { reason, until }) = app.review().and_then(|r| r.answer(key)) {
        lines.extend([say!("# Put aside until {until}", until), reason.clone()]);
    }
    text(c, area, Some(&f.title), &lines);
}

fn member(c: &mut Canvas<'_>, area: Rect, app: &App, id: &MemberId) {
    let Some(member) = app.basis().config.member(id) else { return };
    let teams: Vec<&str> =
        member.teams.iter().map(|t| app.basis().config.team(t).map_or(t.as_str(), |t| t.name.as_str())).collect();
    let owned = app.basis().strategy.goals.iter().filter(|g| g.is_open() && g.owner.as_ref() == Some(id)).count();
    let open = app.derived.standing.actions.iter().filter(|a| a.is_open() && &a.owner == id).count();
    let lines = vec![
        say!("# Teams").to_owned(),
        if teams.is_empty() { say!("none").to_owned() } else { teams.join(", ") },
        say!("# Owns").to_owned(),
        format!(
            "{}, {}",
            crate::model::tongue::count(owned, "open goal"),
            crate::model::tongue::count(open, "open action item")
        ),
    ];
    text(c, area, Some(&member.name), &lines);
}
