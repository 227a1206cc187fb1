//! Registers: on the left which there are, beside them the cards of one, and what the card under the cursor says.

mod figures;

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::list_and_panel;
use crate::app::App;
use crate::app::cursor::first_visible;
use crate::app::intent::{CardsIntent, Intent, Move, Place};
use crate::app::screens::cards::open;
use crate::app::screens::row::Row;
use crate::insight::register::due::is_old;
use crate::insight::register::{self, score_of};
use crate::model::id::CardId;
use crate::model::register::{Card, Field, Input, Kind, Side, View};
use crate::model::status::Status;
use crate::model::tongue::{lowered, word};
use crate::ui::canvas::Canvas;
use crate::ui::details;
use crate::ui::text::{width, wrap_to};

/// The width of the list of registers.
const NAMES: u16 = 20;
/// The width from which it is drawn.
const ROOMY: u16 = 76;
/// The width of a column beside the title.
const COLUMN: usize = 12;

/// Draws the screen.
pub fn draw(c: &mut Canvas<'_>, area: Rect, app: &App) {
    let kind = app.screens.cards.kind;
    let body = if area.width >= ROOMY {
        names(c, Rect { width: NAMES, ..area }, app);
        Rect { x: area.x + NAMES, width: area.width - NAMES, ..area }
    } else {
        let line = c.row().gap(1).text(word(kind.row().name), c.theme.heading).gap(2);
        let at = Kind::ALL.iter().position(|k| *k == kind).unwrap_or(0) + 1;
        let line = line.text(&say!("{at} of {all}", all = Kind::ALL.len(), at), c.theme.secondary).done();
        c.line(area, 0, &line);
        Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area }
    };
    let body = match &app.derived.figures {
        Some(told) => figures::draw(c, body, app, told),
        None => body,
    };
    match kind.row().view {
        View::Board if body.width >= 56 && body.height >= 12 => board(c, body, app),
        View::Board | View::List => cards(c, body, app),
    }
}

/// The registers with their open cards; a click shows one.
fn names(c: &mut Canvas<'_>, area: Rect, app: &App) {
    for (y, kind) in (0u16..).zip(Kind::ALL) {
        let current = *kind == app.screens.cards.kind;
        let place = Rect { y: area.y + y, height: 1, ..area };
        if y >= area.height {
            break;
        }
        let n = open(app, *kind);
        let (mark, style) = if current {
            (c.glyphs.marker(), c.theme.heading)
        } else {
            ("", if n > 0 { c.theme.text } else { c.theme.secondary })
        };
        let room = usize::from(NAMES) - 7;
        let count = if n > 0 { n.to_string() } else { "-".to_owned() };
        let row = c.row().gap(1).left(mark, 2, c.theme.marker).left(word(kind.row().name), room, style);
        let row = row.right(&count, 3, c.theme.secondary);
        c.line(place, 0, &row.done());
        c.click(place, Intent::Cards(CardsIntent::Show(*kind)));
    }
    c.vertical(Rect { x: area.right().saturating_sub(1), width: 1, ..area });
}

fn cards(c: &mut Canvas<'_>, area: Rect, app: &App) {
    let empty = if app.rows().is_empty() { empty(app) } else { String::new() };
    list_and_panel(c, area, app, &empty);
}

/// What a register says that lists no card.
fn empty(app: &App) -> String {
    let row = app.screens.cards.kind.row();
    let add = app.keymap.key_of("cards.add");
    match (&app.screens.cards.owner, app.basis().strategy.cards_of(app.screens.cards.kind).next()) {
        (None, None) => {
            say!("{about} {add} adds the first one; Tab goes to the next register.", about = word(row.about), add)
        }
        (None, Some(_)) => {
            say!(
                "{about} Nothing is open here: {key_of} shows what is closed.",
                about = word(row.about),
                key_of = app.keymap.key_of("cards.closed")
            )
        }
        (Some(_), _) => {
            say!("No card of theirs: {key_of} lists somebody else's.", key_of = app.keymap.key_of("cards.owner"))
        }
    }
}

/// The four fields of the board, the card under the cursor below them.
fn board(c: &mut Canvas<'_>, area: Rect, app: &App) {
    if app.rows().is_empty() {
        return cards(c, area, app);
    }
    let panel = (area.height / 3).clamp(4, 12);
    let top = area.height - panel;
    let (w, h) = (area.width / 2, top / 2);
    for side in Side::ALL {
        let inside = matches!(side, Side::Strength | Side::Weakness);
        let left = matches!(side, Side::Strength | Side::Opportunity);
        let place = Rect {
            x: if left { area.x } else { area.x + w },
            y: if inside { area.y } else { area.y + h },
            width: if left { w } else { area.width - w },
            height: if inside { h } else { top - h },
        };
        if !left {
            c.vertical(place);
        }
        quarter(c, Rect { x: place.x + 1, width: place.width.saturating_sub(2), ..place }, app, *side);
    }
    details::draw(c, Rect { y: area.y + top, height: panel, ..area }, app, app.row(), false);
}

/// One field of the board: what of it is in view around the cursor. Where all its cards have room for it, a long title goes on in
/// a second line.
fn quarter(c: &mut Canvas<'_>, area: Rect, app: &App, side: Side) {
    let group = app.rows().groups().iter().find(|group| app.rows()[group.start].group == side.label());
    let rows = group.cloned().unwrap_or_default();
    let head = c.row().text(side.label(), c.theme.heading).text(&format!(" ({})", rows.len()), c.theme.secondary);
    c.line(area, 0, &head.done());
    let height = usize::from(area.height.saturating_sub(1));
    let at = app.at().filter(|at| rows.contains(at)).map(|at| at - rows.start);
    let first = first_visible(at.unwrap_or(0), rows.len(), height);
    let lines = if rows.len() * 2 <= height { 2 } else { 1 };
    for (nth, row) in (0u16..).zip(rows.skip(first).take(height)) {
        let place = Rect { y: area.y + 1 + nth * lines, height: lines, ..area };
        let selected = app.at() == Some(row);
        if selected {
            c.style(place, c.theme.selected);
            c.text(Rect { width: 1, ..place }, 0, c.glyphs.marker(), c.theme.marker);
        }
        let inner = Rect { x: place.x + 2, width: place.width.saturating_sub(2), ..place };
        let Row::Card(id) = &app.rows()[row].row else { continue };
        let Some(card) = app.card(id) else { continue };
        let weight = card.text("weight");
        let (age, old) = age(c, app, card, usize::from(inner.width));
        let room = usize::from(inner.width).saturating_sub(3 + width(&age));
        let found = app.search.as_ref().is_some_and(|s| s.fits(&app.rows()[row].row.words(app)));
        let style = if found {
            c.theme.hit
        } else if card.is_open() {
            c.theme.text
        } else {
            c.theme.secondary
        };
        let mut title = wrap_to(&card.title, room, lines.into(), c.glyphs).into_iter();
        let cells = c.row().left(&title.next().unwrap_or_default(), room, style);
        let cells = cells.text(&age, if old { c.theme.warn } else { c.theme.secondary });
        let line = cells.right(&weight, 3, c.theme.secondary).done();
        c.line(inner, 0, &line);
        if let Some(rest) = title.next() {
            c.text(inner, 1, &rest, style);
        }
        c.click(place, Intent::Move(Move::To(row)));
    }
}

/// How long nobody has looked at a card of the board, and whether that is too long: told by a mark and, where there is room, in
/// weeks.
fn age(c: &Canvas<'_>, app: &App, card: &Card, room: usize) -> (String, bool) {
    let old = is_old(card, &app.basis().config, app.today);
    let mark = if old { c.glyphs.status(Status::AtRisk) } else { " " };
    let weeks = register::due::age(card, app.today).max(0) / 7;
    (if room < 34 { format!(" {mark}") } else { format!(" {mark} {:>6}", say!("{n} wk", n = weeks)) }, old)
}

/// What stands beside the titles of a register: its score where it has one, then the declared fields, as many as there is room for.
fn beside(kind: Kind, room: usize) -> (Option<&'static str>, Vec<&'static Field>) {
    let score = score_of(kind);
    let most = room.saturating_sub(24) / (COLUMN + 1);
    let columns = kind.row().columns.iter().filter_map(|id| kind.fields().iter().find(|f| f.id == *id));
    let most = most.saturating_sub(1 + usize::from(score.is_some()));
    (score, columns.take(most.max(1)).collect())
}

/// The names of the columns.
#[must_use]
pub fn columns(c: &Canvas<'_>, app: &App, room: usize) -> Line<'static> {
    let (score, fields) = beside(app.screens.cards.kind, room);
    let style = c.theme.secondary;
    let n = fields.len() + 1;
    let tail = n * (COLUMN + 1) + score.map_or(0, |_| 9);
    let mut row = c.row().gap(room.saturating_sub(tail));
    if let Some(score) = score {
        row = row.right(score, 8, style).gap(1);
    }
    for field in fields {
        row = row.gap(1).left(&lowered(word(field.label)), COLUMN, style);
    }
    row.gap(1).left(say!("owner"), COLUMN, style).done()
}

/// A card in a list.
#[must_use]
pub fn line(c: &Canvas<'_>, app: &App, id: &CardId, room: usize) -> Line<'static> {
    let Some(card) = app.card(id) else { return c.row().left(id.as_str(), room, c.theme.secondary).done() };
    if app.place != Place::Registers {
        let stage = c.row().left(&card.title, room.saturating_sub(13), c.theme.text);
        return stage.gap(1).left(word(card.stage().word), 12, c.theme.secondary).done();
    }
    let (score, fields) = beside(card.kind(), room);
    let tail = (fields.len() + 1) * (COLUMN + 1) + score.map_or(0, |_| 9);
    let style = if card.is_open() { c.theme.text } else { c.theme.secondary };
    let mut row = c.row().left(&card.title, room.saturating_sub(tail + 1), style).gap(1);
    if score.is_some() {
        let first = register::scores(card).into_iter().next();
        row = row.right(&first.map_or_else(|| "-".to_owned(), |s| s.shown()), 8, c.theme.bar).gap(1);
    }
    for field in fields {
        row = row.gap(1).left(&told(app, card, field), COLUMN, c.theme.secondary);
    }
    let owner = card
        .owner
        .as_ref()
        .map_or(say!("nobody"), |o| app.basis().config.member(o).map_or(o.as_str(), |m| m.first_name()));
    row.gap(1).left(owner, COLUMN, c.theme.secondary).done()
}

/// A field in few words.
fn told(app: &App, card: &Card, field: &Field) -> String {
    let text = card.text(field.id);
    match field.input {
        _ if text.is_empty() => "-".to_owned(),
        Input::Conditions => match text.lines().count() {
            1 => say!("1 warning").to_owned(),
            n => say!("{n} warnings", n),
        },
        // A column has room for a first name.
        Input::Member => {
            text.parse().ok().and_then(|id| app.basis().config.member(&id)).map_or(text, |m| m.first_name().to_owned())
        }
        _ => app.names().field(card, field),
    }
}
