//! A form: its fields one below the other, the one with the focus marked, its error beside it.

use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui_textarea::TextArea;

use crate::app::dialogs::field::{Choice, Control, Field, FirstKey, Many};
use crate::app::dialogs::form::Form;
use crate::ui::canvas::Canvas;
use crate::ui::dialogs::middle;
use crate::ui::text::{width, wrap};

/// The cells that labels take.
const LABEL: u16 = 15;

/// Draws a form. When not all fields fit, those around the focus are shown.
pub fn draw(c: &mut Canvas<'_>, area: Rect, form: &Form) {
    let inner_width = area.width.saturating_sub(6).min(84);
    let about =
        if form.about.is_empty() { Vec::new() } else { wrap(&form.about, usize::from(inner_width).saturating_sub(4)) };
    let heights: Vec<u16> = form.fields.iter().enumerate().map(|(i, f)| height(f, i == form.focus)).collect();
    let head = u16::try_from(about.len()).unwrap_or(0) + u16::from(!about.is_empty());
    let need = heights.iter().sum::<u16>() + head + 3;
    let place = middle(area, inner_width, need.max(7));
    let inner = c.boxed(place, &form.title);
    for (y, line) in (0u16..).zip(&about) {
        c.text(inner, y, line, c.theme.secondary);
    }
    let body = Rect { y: inner.y + head, height: inner.height.saturating_sub(head + 1), ..inner };
    let mut first = 0;
    while first < form.focus && heights[first..=form.focus].iter().sum::<u16>() > body.height {
        first += 1;
    }
    let labels = form.fields.iter().map(|f| width(f.label)).max().unwrap_or(0);
    let label = LABEL.max(u16::try_from(labels).unwrap_or(LABEL) + 4).min(inner.width / 2);
    let mut y = 0;
    for (i, field) in form.fields.iter().enumerate().skip(first) {
        let room = Rect { y: body.y + y, height: heights[i].min(body.height.saturating_sub(y)), ..body };
        if room.height == 0 {
            break;
        }
        self::field(c, room, field, i == form.focus, label);
        y += heights[i];
    }
    let hidden = first > 0 || heights[first..].iter().sum::<u16>() > body.height;
    foot(c, inner, form, hidden);
}

/// What is wrong, or what belongs into the field with the focus; where not all fields fit, also which one it is.
fn foot(c: &mut Canvas<'_>, inner: Rect, form: &Form, hidden: bool) {
    let at = if hidden {
        say!("{focus} of {fields}", focus = form.focus + 1, fields = form.fields.len())
    } else {
        String::new()
    };
    let tail = u16::try_from(width(&at)).unwrap_or(0);
    let line = Rect { y: inner.bottom().saturating_sub(1), height: 1, ..inner };
    c.text(Rect { x: line.right().saturating_sub(tail), width: tail, ..line }, 0, &at, c.theme.secondary);
    let line = Rect { width: line.width.saturating_sub(tail + u16::from(hidden)), ..line };
    match &form.error {
        Some((_, why)) => c.text(line, 0, &format!("! {why}"), c.theme.bad),
        None => c.text(line, 0, &form.fields[form.focus].hint, c.theme.secondary),
    }
}

fn height(field: &Field, focus: bool) -> u16 {
    match &field.control {
        Control::Line(_) => 1,
        Control::Text(text) => u16::try_from(text.lines().len()).unwrap_or(8).clamp(if focus { 4 } else { 1 }, 8),
        Control::Choice(choice) if focus => u16::try_from(choice.options.len()).unwrap_or(6).min(6) + 1,
        Control::Many(many) if focus => u16::try_from(many.options.len()).unwrap_or(6).clamp(1, 6),
        Control::Choice(_) | Control::Many(_) => 1,
    }
}

fn field(c: &mut Canvas<'_>, area: Rect, field: &Field, focus: bool, label_width: u16) {
    let style = if focus { c.theme.focus } else { c.theme.secondary };
    let need = if field.required { "*" } else { " " };
    let mark = if focus { c.glyphs.marker() } else { " " };
    let label = c.row().text(mark, c.theme.marker).gap(1).text(field.label, style).text(need, c.theme.warn).done();
    c.line(Rect { width: label_width, ..area }, 0, &label);
    let room = Rect { x: area.x + label_width, width: area.width.saturating_sub(label_width), ..area };
    match &field.control {
        Control::Line(text) => {
            line(c, room, text, focus);
            if focus && field.first_key == FirstKey::Replaces {
                let proposal = u16::try_from(width(&field.value())).unwrap_or(0).min(room.width);
                c.style(Rect { width: proposal, height: 1, ..room }, c.theme.current);
            }
        }
        Control::Text(text) => lines(c, room, text, focus),
        Control::Choice(choice) => self::choice(c, room, choice, focus, field.first_key),
        Control::Many(many) => self::many(c, room, many, focus),
    }
}

/// The part of a line around its cursor.
pub(in crate::ui) fn line(c: &mut Canvas<'_>, area: Rect, text: &TextArea<'_>, focus: bool) {
    let whole = text.lines().first().map_or("", String::as_str);
    let column = text.cursor().1;
    let before: Vec<char> = whole.chars().take(column).collect();
    let room = usize::from(area.width).saturating_sub(1);
    // Backwards from the cursor: the line may be a pasted novel, and only what fits is looked at.
    let fits = |from: usize| width(&crate::model::shown::shown(&before[from..].iter().collect::<String>())) <= room;
    let mut skip = if focus { column.min(before.len()) } else { 0 };
    while skip > 0 && fits(skip - 1) {
        skip -= 1;
    }
    let visible: String = whole.chars().skip(skip).collect();
    let style = if focus { c.theme.text.add_modifier(Modifier::UNDERLINED) } else { c.theme.text };
    let row = c.row().left(&visible, area.width.into(), style).done();
    c.line(area, 0, &row);
    if focus {
        let shown: String = before[skip..].iter().collect();
        let x = u16::try_from(width(&crate::model::shown::shown(&shown))).unwrap_or(0);
        c.drawn.cursor = Some((area.x + x.min(area.width.saturating_sub(1)), area.y).into());
    }
}

/// Several lines, wrapped; the line of the cursor is kept in view.
fn lines(c: &mut Canvas<'_>, area: Rect, text: &TextArea<'_>, focus: bool) {
    let room = usize::from(area.width).max(1);
    let at = text.cursor();
    let (row, column) = (at.0, at.1);
    let mut shown: Vec<String> = Vec::new();
    let mut cursor = (0, 0);
    for (i, whole) in text.lines().iter().enumerate() {
        let parts = wrap(whole, room.saturating_sub(1).max(1));
        if i == row {
            cursor = place(&parts, column);
            cursor.0 += shown.len();
        }
        shown.extend(parts);
    }
    let height = usize::from(area.height);
    let first = if focus { cursor.0.saturating_sub(height.saturating_sub(1)) } else { 0 };
    let style = if focus { c.theme.text.add_modifier(Modifier::UNDERLINED) } else { c.theme.text };
    for (y, part) in (0u16..).zip(shown.iter().skip(first).take(height)) {
        c.text(area, y, part, style);
    }
    if focus {
        let y = u16::try_from(cursor.0 - first).unwrap_or(0);
        let x = u16::try_from(cursor.1).unwrap_or(0).min(area.width.saturating_sub(1));
        c.drawn.cursor = Some((area.x + x, area.y + y).into());
    }
}

/// Row and cell of the character with this number in wrapped parts of a line; a blank was taken out at each break.
fn place(parts: &[String], column: usize) -> (usize, usize) {
    let mut left = column;
    for (i, part) in parts.iter().enumerate() {
        let n = part.chars().count();
        if left <= n || i + 1 == parts.len() {
            return (i, width(&part.chars().take(left).collect::<String>()));
        }
        left = left.saturating_sub(n + 1);
    }
    (0, 0)
}

fn choice(c: &mut Canvas<'_>, area: Rect, choice: &Choice, focus: bool, first_key: FirstKey) {
    let chosen = choice.chosen.map_or("", |i| choice.options[i].label.trim());
    if !focus {
        c.text(area, 0, chosen, c.theme.text);
        return;
    }
    let typed = match first_key {
        FirstKey::Chooses => say!("press its key").to_owned(),
        FirstKey::Appends | FirstKey::Replaces if choice.filter.is_empty() => {
            say!("type to find, arrows to choose").to_owned()
        }
        FirstKey::Appends | FirstKey::Replaces => format!("{}_", choice.filter),
    };
    c.text(area, 0, &typed, c.theme.secondary);
    let fitting = choice.fitting();
    let at = choice.chosen.and_then(|i| fitting.iter().position(|f| *f == i)).unwrap_or(0);
    let height = usize::from(area.height.saturating_sub(1));
    let first = crate::app::cursor::first_visible(at, fitting.len(), height.max(1));
    for (y, i) in (1u16..).zip(fitting.iter().skip(first).take(height)) {
        let on = Some(*i) == choice.chosen;
        let style = if on { c.theme.current } else { c.theme.text };
        c.text(area, y, &format!(" {} ", choice.options[*i].label), style);
    }
}

fn many(c: &mut Canvas<'_>, area: Rect, many: &Many, focus: bool) {
    if !focus {
        let taken: Vec<&str> = many.options.iter().filter(|(_, yes)| *yes).map(|(o, _)| o.label.as_str()).collect();
        c.text(area, 0, &taken.join(", "), c.theme.text);
        return;
    }
    let first = crate::app::cursor::first_visible(many.at, many.options.len(), area.height.into());
    for (y, (i, (option, yes))) in (0u16..).zip(many.options.iter().enumerate().skip(first).take(area.height.into())) {
        let style = if i == many.at { c.theme.current } else { c.theme.text };
        c.text(area, y, &format!(" {} {} ", c.glyphs.taken(*yes), option.label), style);
    }
}
