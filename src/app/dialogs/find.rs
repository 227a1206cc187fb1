//! Search over every week: what was decided, promised, raised and said, found while typing, with the way to its week.

use super::Dialog;
use crate::app::App;
use crate::app::intent::{Move, Place};
use crate::app::key::{Code, Key};
use crate::app::message::Effect;
use crate::app::screens::history::{self, Panel, Span};
use crate::app::screens::quarters;
use crate::insight::search::{self, Hit, Kind, Query};
use crate::model::id::CardId;

/// How many hits are kept: nobody reads more, and each costs a line.
const MOST: usize = 500;
/// How much can be typed.
const LONGEST: usize = 80;

/// The search with what was typed.
#[derive(Debug, Clone, Default)]
pub struct Find {
    /// What was typed.
    pub words: String,
    /// What was found: phrases first, then the newest.
    pub hits: Vec<Hit>,
    /// How many there were, those that are not kept included.
    pub total: usize,
    /// The hit under the cursor.
    pub at: usize,
}

impl Find {
    /// Moves among the hits.
    pub fn go(&mut self, to: Move) {
        let last = self.hits.len().saturating_sub(1);
        self.at = match to {
            Move::Up => self.at.saturating_sub(1),
            Move::Down => (self.at + 1).min(last),
            Move::PageUp => self.at.saturating_sub(5),
            Move::PageDown => (self.at + 5).min(last),
            Move::First => 0,
            Move::Last => last,
            Move::To(row) => row.min(last),
            Move::Left | Move::Right => self.at,
        };
    }
}

/// Opens it, with nothing typed yet.
pub fn open(app: &mut App) {
    app.dialogs.push(Dialog::Find(Box::default()));
}

/// A typed key.
pub fn key(app: &mut App, key: Key) {
    let Some(Dialog::Find(find)) = app.dialogs.last_mut() else { return };
    match (key.code, key.typed()) {
        (Code::Backspace, _) => {
            find.words.pop();
        }
        (_, Some(c)) if find.words.chars().count() < LONGEST => find.words.push(c),
        _ => return,
    }
    look(app);
}

/// Pasted text.
pub fn paste(app: &mut App, text: &str) {
    let Some(Dialog::Find(find)) = app.dialogs.last_mut() else { return };
    let room = LONGEST.saturating_sub(find.words.chars().count());
    find.words.extend(text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(room));
    look(app);
}

fn look(app: &mut App) {
    let Some(Dialog::Find(find)) = app.dialogs.last() else { return };
    let query = Query::parse(&find.words);
    let mut hits = search::search(&query, &app.history, &app.derived.standing, &app.basis().strategy);
    let total = hits.len();
    hits.truncate(MOST);
    if let Some(Dialog::Find(find)) = app.dialogs.last_mut() {
        (find.hits, find.total, find.at) = (hits, total, 0);
    }
}

/// Goes to the week of the hit under the cursor, to the panel that has it.
pub fn jump(app: &mut App) -> Vec<Effect> {
    let Some(Dialog::Find(find)) = app.dialogs.last() else { return Vec::new() };
    let Some(hit) = find.hits.get(find.at) else { return Vec::new() };
    if let search::Place::Card(id) = &hit.place {
        let id = id.clone();
        return to_card(app, &id);
    }
    if let search::Place::Quarter(quarter) = hit.place {
        app.dialogs.pop();
        app.search = None;
        app.forget_personal();
        quarters::show(app, Some(quarter));
        return Vec::new();
    }
    let (week, kind) = (hit.week, hit.kind());
    if !app.workspace.weeks.contains_key(&week) {
        // What is open now is found before its week is sealed.
        app.say(crate::app::Tone::Info, say!("It stands open in {week}, which is not sealed yet", week));
        return Vec::new();
    }
    app.dialogs.pop();
    app.search = None;
    app.place = Place::History;
    app.screens.history.panel = match kind {
        Kind::Decision | Kind::Action | Kind::Issue | Kind::Message => Panel::Records,
        Kind::Kpi => Panel::Scorecard,
        Kind::Goal => Panel::Strategy,
        Kind::Headline
        | Kind::Note
        | Kind::Blocker
        | Kind::Idea
        | Kind::Thanks
        | Kind::Finding
        | Kind::Review
        | Kind::Card
        | Kind::Quarter => Panel::Story,
    };
    app.screens.history.span = Span::Weeks;
    app.screens.history.scroll = 0;
    app.screens.history.cursor.seek(week.to_string());
    app.relist();
    history::load_shown(app)
}

/// Goes to a card in its register.
fn to_card(app: &mut App, id: &CardId) -> Vec<Effect> {
    let Some((kind, is_open)) = app.card(id).map(|c| (c.kind(), c.is_open())) else {
        app.say(crate::app::Tone::Info, say!("That card is gone: the weeks before it was removed still have it"));
        return Vec::new();
    };
    app.dialogs.pop();
    app.search = None;
    app.forget_personal();
    app.place = Place::Registers;
    let state = &mut app.screens.cards;
    (state.kind, state.owner, state.show_closed) = (kind, None, state.show_closed || !is_open);
    state.cursor.seek(id.as_str());
    app.relist();
    Vec::new()
}
