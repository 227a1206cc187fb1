//! Something to read, scrolled: a text, the keys of a place, the problems of the files, a comparison.

use ratatui::layout::Rect;

use crate::app::App;
use crate::app::dialogs::reading::{Body, Reading};
use crate::app::keymap::Scope;
use crate::insight::diff::Change;
use crate::ui::canvas::Canvas;
use crate::ui::dialogs::middle;
use crate::ui::text::wrap;

/// A line of a text, by what it is.
enum Line {
    Heading(String),
    Text(String),
    Keys(String, String),
    Change { name: String, field: String, from: String, to: String },
    Source(String),
}

/// Draws it as large as its content needs.
pub fn draw(c: &mut Canvas<'_>, area: Rect, app: &App, reading: &Reading) {
    let room = usize::from(area.width.saturating_sub(4).min(92)).saturating_sub(4);
    let lines = match &reading.body {
        Body::Text(paragraphs) => text(paragraphs, room),
        Body::Keys(scopes) => keys(app, scopes),
        Body::Problems => problems(app, room),
        Body::Changes(changes) => self::changes(changes),
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
            Line::Change { name, field, from, to } => {
                let room = usize::from(inner.width);
                let (name_room, field_room) = (room * 9 / 20, 12);
                let arrow =
                    if from.is_empty() || to.is_empty() { String::new() } else { format!(" {} ", c.glyphs.arrow()) };
                let was = if to.is_empty() { format!("was {from}") } else { from.clone() };
                let row = c
                    .row()
                    .left(name, name_room, c.theme.text)
                    .gap(1)
                    .left(field, field_room, c.theme.secondary)
                    .gap(1);
                let row = row.text(&was, c.theme.secondary).text(&arrow, c.theme.secondary).text(to, c.theme.bar);
                c.line(inner, y, &row.done());
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
        let more = format!(" {}-{last} of {} ", first + 1, lines.len());
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
        lines.push(Line::Keys(binding.shown_keys(), binding.help.to_owned()));
    }
    lines
}

/// A comparison: grouped by kind, a line for each change; a name stands once.
fn changes(changes: &[Change]) -> Vec<Line> {
    if changes.is_empty() {
        return vec![Line::Text("Nothing changed between the two weeks.".to_owned())];
    }
    let mut lines = Vec::new();
    let (mut kind, mut name) = ("", "");
    for change in changes {
        if change.kind != kind {
            kind = change.kind;
            name = "";
            if !lines.is_empty() {
                lines.push(Line::Text(String::new()));
            }
            lines.push(Line::Heading(heading(kind)));
        }
        let own = if change.name.is_empty() { &change.id } else { &change.name };
        let shown = if own == name { String::new() } else { own.clone() };
        name = own;
        let (field, from, to) = (change.field.clone(), change.from.clone(), change.to.clone());
        lines.push(Line::Change { name: shown, field, from, to });
    }
    lines
}

/// The plural of a kind of change.
fn heading(kind: &str) -> String {
    match kind {
        "kpi" => "KPIs".to_owned(),
        "north_star" => "North star".to_owned(),
        "person" | "people" => "People".to_owned(),
        kind => {
            let mut words = format!("{}s", kind.replace('_', " "));
            if let Some(first) = words.get_mut(0..1) {
                first.make_ascii_uppercase();
            }
            words
        }
    }
}

fn problems(app: &App, room: usize) -> Vec<Line> {
    if app.workspace.problems.is_empty() {
        return vec![Line::Text("No problem was found in the files that were read.".to_owned())];
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
    let reload = app.keymap.key_of("app.reload");
    lines.push(Line::Text(format!(
        "Mend them in your editor, then {reload} reads them again. truenorth check lists every file's."
    )));
    lines
}
