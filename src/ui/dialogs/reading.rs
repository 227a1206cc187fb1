//! Something to read, scrolled: a text, the keys of a place, the problems of the files, a comparison.

use ratatui::layout::Rect;

use crate::app::App;
use crate::app::dialogs::reading::{Body, Reading};
use crate::app::keymap::Scope;
use crate::insight::diff::{self, Change};
use crate::insight::quarter::Compared;
use crate::model::tongue;
use crate::model::tongue::word;
use crate::ui::canvas::Canvas;
use crate::ui::dialogs::middle;
use crate::ui::text::{width, wrap};

/// A line of a text, by what it is.
enum Line {
    Heading(String),
    Text(String),
    Keys(String, String),
    Change { name: String, field: String, was: String, is: String },
    Beside { name: String, was: String, is: String },
    Source(String),
}

/// Draws it as large as its content needs.
pub fn draw(c: &mut Canvas<'_>, area: Rect, app: &App, reading: &Reading) {
    let room = usize::from(area.width.saturating_sub(4).min(92)).saturating_sub(4);
    let lines = match &reading.body {
        Body::Text(paragraphs) => text(paragraphs, room),
        Body::Keys(scopes) => keys(app, scopes),
        Body::Problems => problems(app, room),
        Body::Quarters(rows) => quarters(rows, c.glyphs.arrow(), room),
        Body::Changes(changes) => self::changes(changes, c.glyphs.arrow(), room),
    };
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2);
    let place = middle(area, area.width.saturating_sub(4).min(92), height.max(6));
    let inner = c.boxed(place, &reading.title);
    let first = reading.scroll.min(lines.len().saturating_sub(inner.height.into()));
    for (y, line) in (0u16..).zip(lines.iter().skip(first)) {
        match line {
            Line::Heading(text) => c.text(inner, y, text, c.theme.heading),
            Line::Text(text) => c.text(inner, y, text, c.theme.text),
            Line::Source(text) => c.text(inner, y, text, c.theme.secondary),
            Line::Change { name, field, was, is } => {
                let row = c
                    .row()
                    .left(name, name_room(inner.width.into()), c.theme.text)
                    .gap(1)
                    .left(field, FIELD, c.theme.secondary)
                    .gap(1);
                c.line(inner, y, &row.text(was, c.theme.secondary).text(is, c.theme.bar).done());
            }
            Line::Beside { name, was, is } => {
                let row = c.row().left(name, name_room(inner.width.into()), c.theme.text).gap(2);
                c.line(inner, y, &row.text(was, c.theme.secondary).text(is, c.theme.bar).done());
            }
            Line::Keys(keys, help) => {
                let row = c.row().left(keys, 16, c.theme.key).gap(1).left(
                    help,
                    usize::from(inner.width).saturating_sub(17),
                    c.theme.text,
                );
                c.line(inner, y, &row.done());
            }
        }
    }
    if lines.len() > usize::from(inner.height) {
        let last = (first + usize::from(inner.height)).min(lines.len());
        let more = say!(" {first}-{last} of {lines} ", first = first + 1, lines = lines.len(), last);
        let w = u16::try_from(more.len()).unwrap_or(0);
        let at = Rect { x: place.right().saturating_sub(w + 2), y: place.bottom() - 1, width: w, height: 1 };
        c.text(at, 0, &more, c.theme.secondary);
    }
}

fn text(paragraphs: &[String], room: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for paragraph in paragraphs {
        match paragraph.strip_prefix("# ") {
            Some(heading) => {
                if !lines.is_empty() {
                    lines.push(Line::Text(String::new()));
                }
                lines.push(Line::Heading(heading.to_owned()));
            }
            None => lines.extend(wrap(paragraph, room).into_iter().map(Line::Text)),
        }
    }
    lines
}

fn keys(app: &App, scopes: &[Scope]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut scope = None;
    for binding in app.keymap.reachable(scopes) {
        if scope != Some(binding.scope) {
            scope = Some(binding.scope);
            if !lines.is_empty() {
                lines.push(Line::Text(String::new()));
            }
            lines.push(Line::Heading(binding.scope.label().to_owned()));
        }
        lines.push(Line::Keys(binding.shown_keys(), word(binding.help).to_owned()));
    }
    lines
}

/// A comparison: grouped by kind, a line for each change; a name stands once.
fn changes(changes: &[Change], arrow: &str, room: usize) -> Vec<Line> {
    if changes.is_empty() {
        return vec![Line::Text(say!("Nothing changed between the two weeks.").to_owned())];
    }
    let mut lines = Vec::new();
    for (group, changes) in diff::grouped(changes) {
        if !lines.is_empty() {
            lines.push(Line::Text(String::new()));
        }
        lines.push(Line::Heading(group.label().to_owned()));
        let mut name = "";
        for change in changes {
            let own = if change.name.is_empty() { &change.id } else { &change.name };
            let shown = if own == name { String::new() } else { own.clone() };
            name = own;
            lines.extend(told(shown, change, arrow, room));
        }
    }
    lines
}

/// Two quarters side by side: a line for each thing that both may have.
fn quarters(rows: &[Compared], arrow: &str, room: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for group in rows.chunk_by(|a, b| a.group == b.group) {
        if !lines.is_empty() {
            lines.push(Line::Text(String::new()));
        }
        lines.push(Line::Heading(group[0].group.to_owned()));
        for row in group {
            let shown = |value: &str| if value.is_empty() { "-".to_owned() } else { value.to_owned() };
            let was = format!("{} {arrow} ", shown(&row.before));
            for (i, name) in wrap(&row.what, name_room(room)).into_iter().enumerate() {
                let (was, is) = if i == 0 { (was.clone(), shown(&row.after)) } else { (String::new(), String::new()) };
                lines.push(Line::Beside { name, was, is });
            }
        }
    }
    lines
}

/// Cells for what of it changed.
const FIELD: usize = 12;

/// Cells for the name of what changed.
fn name_room(room: usize) -> usize {
    room * 9 / 20
}

/// A change in one line, or in as many as its texts need: what it was first, then what it is.
fn told(name: String, change: &Change, arrow: &str, room: usize) -> Vec<Line> {
    let room = room.saturating_sub(name_room(room) + FIELD + 2).max(8);
    let both = !change.from.is_empty() && !change.to.is_empty();
    let was = if change.to.is_empty() && !change.from.is_empty() {
        say!("was {from}", from = change.from)
    } else if both {
        format!("{} {arrow} ", change.from)
    } else {
        String::new()
    };
    let line = |first: bool, was: String, is: String| Line::Change {
        name: if first { name.clone() } else { String::new() },
        field: if first { tongue::field(&change.field).to_owned() } else { String::new() },
        was,
        is,
    };
    if width(&was) + width(&change.to) <= room {
        return vec![line(true, was, change.to.clone())];
    }
    let old = wrap(was.trim_end(), room).into_iter().filter(|l| !l.is_empty()).map(|l| (l, String::new()));
    let new = wrap(&change.to, room).into_iter().filter(|l| !l.is_empty()).map(|l| (String::new(), l));
    old.chain(new).enumerate().map(|(i, (was, is))| line(i == 0, was, is)).collect()
}

fn problems(app: &App, room: usize) -> Vec<Line> {
    if app.workspace.problems.is_empty() {
        return vec![Line::Text(say!("No problem was found in the files that were read.").to_owned())];
    }
    let mut lines = Vec::new();
    for problem in &app.workspace.problems {
        lines.extend(wrap(&problem.to_string(), room).into_iter().map(Line::Heading));
        if !problem.excerpt.is_empty() {
            lines.push(Line::Source(format!("    {}", problem.excerpt.trim_end())));
            let caret = " ".repeat(4 + problem.column.saturating_sub(1).min(room));
            lines.push(Line::Source(format!("{caret}^")));
        }
        if !problem.hint.is_empty() {
            lines.extend(wrap(&problem.hint, room).into_iter().map(Line::Text));
        }
        lines.push(Line::Text(String::new()));
    }
    let of_strategy = |p: &crate::model::problem::Problem| p.path.starts_with("strategy");
    if app.workspace.problems.iter().any(of_strategy) {
        let settle = app.keymap.key_of("problems.settle");
        lines.extend(
            wrap(&say!("{settle} shows two versions of a strategy file side by side, and settles them: what git could not merge, and copies that a sync program left.", settle), room)
                .into_iter()
                .map(Line::Text),
        );
    }
    let reload = app.keymap.key_of("app.reload");
    lines.push(Line::Text(say!(
        "Mend them in your editor, then {reload} reads them again. truenorth check lists every file's.",
        reload
    )));
    lines
}
