//! Registers: the cards of one register at a time, by stage. What a kind adds is read from its declaration.

use super::registers::section;
use super::row::{Listed, Row};
use crate::app::cursor::Cursor;
use crate::app::dialogs::cards as forms;
use crate::app::dialogs::reading::Reading;
use crate::app::dialogs::reallocation;
use crate::app::intent::{CardsIntent, RowIntent};
use crate::app::message::Effect;
use crate::app::{App, Tone, dates};
use crate::insight::register::{self, Names, Told};
use crate::model::id::{CardId, MemberId};
use crate::model::register::{Card, Kind, Phase, Side, View};
use crate::model::tongue::word;

/// What the screen remembers.
#[derive(Debug, Clone)]
pub struct State {
    /// The cursor.
    pub cursor: Cursor,
    /// The register that is shown.
    pub kind: Kind,
    /// Whose cards are listed; everybody's when none.
    pub owner: Option<MemberId>,
    /// Whether closed cards are listed, too.
    pub show_closed: bool,
    /// Whether the register's figures stand above its list.
    pub show_figures: bool,
}

impl Default for State {
    fn default() -> Self {
        Self { cursor: Cursor::default(), kind: Kind::ALL[0], owner: None, show_closed: false, show_figures: false }
    }
}

impl App {
    /// A card as the strategy has it.
    #[must_use]
    pub fn card(&self, id: &CardId) -> Option<&Card> {
        self.basis().strategy.card(id)
    }

    /// What ids of cards' fields stand for.
    #[must_use]
    pub fn names(&self) -> Names<'_> {
        Names { strategy: &self.basis().strategy, config: &self.basis().config }
    }
}

/// How many cards of a register are open.
#[must_use]
pub fn open(app: &App, kind: Kind) -> usize {
    app.derived.open_cards(kind)
}

/// The rows of the register that is shown: by stage, a board by its fields.
#[must_use]
pub fn rows(app: &App) -> Vec<Listed> {
    let state = &app.screens.cards;
    let row = state.kind.row();
    let is_listed = |card: &&Card| {
        (state.show_closed || card.is_open()) && state.owner.as_ref().is_none_or(|o| card.owner.as_ref() == Some(o))
    };
    let mut cards: Vec<&Card> = app.basis().strategy.cards_of(state.kind).filter(is_listed).collect();
    let group = |card: &Card| match row.view {
        View::List => card.stage().word,
        View::Board => card.side().map_or("", Side::label),
    };
    match row.view {
        View::List => cards.sort_by_key(|c| c.what.stage()),
        View::Board => cards.sort_by_key(|c| c.side().map(|s| s as u8)),
    }
    cards.into_iter().map(|card| Listed::new(group(card), Row::Card(card.id.clone()))).collect()
}

/// The figures of the register that is shown, while they are looked at; none of one without a card.
#[must_use]
pub fn figures(app: &App) -> Option<Told> {
    let (state, basis) = (&app.screens.cards, app.basis());
    let any = state.show_figures && basis.strategy.cards_of(state.kind).next().is_some();
    any.then(|| Told::of(state.kind, (&basis.strategy, &basis.config), &app.history, (app.today, app.shown_week())))
}

/// Shows the next register, or the one before; around at the ends.
pub fn turn(app: &mut App, forward: bool) {
    let at = Kind::ALL.iter().position(|k| *k == app.screens.cards.kind).unwrap_or(0);
    let n = Kind::ALL.len();
    show(app, Kind::ALL[if forward { (at + 1) % n } else { (at + n - 1) % n }]);
}

/// Shows a register.
pub fn show(app: &mut App, kind: Kind) {
    app.screens.cards.kind = kind;
    app.screens.cards.cursor = Cursor::default();
    app.relist();
}

/// Something done to the card under the cursor.
pub fn row(app: &mut App, intent: RowIntent) -> Vec<Effect> {
    if let (RowIntent::Open | RowIntent::Edit, Some(Row::Card(id))) = (intent, app.row().cloned()) {
        forms::open_edit(app, &id);
    }
    Vec::new()
}

/// Something done on the screen.
pub fn update(app: &mut App, intent: CardsIntent) -> Vec<Effect> {
    let at = match app.row() {
        Some(Row::Card(id)) => Some(id.clone()),
        Some(Row::Idea(member, n)) if intent == CardsIntent::Idea => {
            let (member, n) = (member.clone(), *n);
            return forms::take_up(app, &member, n);
        }
        _ => None,
    };
    match (intent, at) {
        (CardsIntent::Next, _) => turn(app, true),
        (CardsIntent::Previous, _) => turn(app, false),
        (CardsIntent::Show(kind), _) => show(app, kind),
        (CardsIntent::Add, _) => forms::open_new(app, app.screens.cards.kind, None),
        (CardsIntent::Owner, _) => next_owner(app),
        (CardsIntent::Figures, _) => app.screens.cards.show_figures = !app.screens.cards.show_figures,
        (CardsIntent::ShowClosed, _) => {
            let state = &mut app.screens.cards;
            state.show_closed = !state.show_closed;
            let say =
                if state.show_closed { say!("Closed cards are shown") } else { say!("Only open cards are shown") };
            app.say(Tone::Info, say);
        }
        (CardsIntent::Forward, Some(id)) => return forms::forward(app, &id),
        (CardsIntent::Back, Some(id)) => return forms::back(app, &id),
        (CardsIntent::Stage, Some(id)) => forms::open_stage(app, &id, false),
        (CardsIntent::Close, Some(id)) => forms::open_stage(app, &id, true),
        (CardsIntent::Link, Some(id)) => forms::open_links(app, &id),
        (CardsIntent::Reviewed, Some(id)) => return forms::reviewed(app, &id),
        (CardsIntent::Reallocate, Some(id)) => reallocation::open(app, &id),
        (CardsIntent::Idea, Some(id)) => forms::open_new(app, Kind::Idea, Some(id)),
        (
            CardsIntent::Forward
            | CardsIntent::Back
            | CardsIntent::Stage
            | CardsIntent::Close
            | CardsIntent::Link
            | CardsIntent::Reviewed
            | CardsIntent::Reallocate
            | CardsIntent::Idea,
            None,
        ) => {}
    }
    Vec::new()
}

/// Everybody's cards, then those of each owner in turn.
fn next_owner(app: &mut App) {
    let kind = app.screens.cards.kind;
    let mut owners: Vec<MemberId> = app.basis().strategy.cards_of(kind).filter_map(|c| c.owner.clone()).collect();
    owners.sort();
    owners.dedup();
    let next = match &app.screens.cards.owner {
        None => owners.first().cloned(),
        Some(now) => owners.iter().find(|o| *o > now).cloned(),
    };
    let say = next.as_ref().map_or_else(
        || say!("Everybody's cards are listed").to_owned(),
        |o| say!("Only cards of {name_of} are listed", name_of = app.basis().config.name_of(o)),
    );
    app.screens.cards.owner = next;
    app.say(Tone::Info, say);
}

/// The words that a search looks through.
#[must_use]
pub fn words(app: &App, id: &CardId) -> String {
    let Some(card) = app.card(id) else { return id.to_string() };
    let owner = card.owner.as_ref().map_or("", |o| app.basis().config.name_of(o));
    let texts = card.what.texts().join(" ");
    format!("{} {} {} {} {owner} {texts}", card.title, word(card.stage().word), card.note, card.outcome)
}

/// A card as a text to read: what it says, what follows from it, what it belongs with, and its story.
#[must_use]
pub fn read(app: &App, id: &CardId) -> Option<Reading> {
    let card = app.card(id)?;
    let (names, config) = (app.names(), &app.basis().config);
    let mut lines = Vec::new();
    let left = match card.stage().phase {
        Phase::Open => "",
        Phase::Closed => say!(" (closed)"),
    };
    section(&mut lines, say!("Stage"), format!("{}{left}", word(card.stage().word)));
    section(&mut lines, say!("Outcome"), card.outcome.clone());
    for score in register::scores(card) {
        section(&mut lines, score.name, format!("{}  {}", score.shown(), score.why));
    }
    for field in card.kind().fields() {
        section(&mut lines, word(field.label), names.field(card, field));
    }
    let owner = card.owner.as_ref().map_or(say!("nobody"), |o| config.name_of(o));
    let by = card.by.as_ref().map(|m| say!(", brought by {name_of}", name_of = config.name_of(m))).unwrap_or_default();
    section(&mut lines, say!("Owner"), format!("{owner}{by}"));
    let looked =
        card.reviewed.map(|d| say!(", looked at {today}", today = dates::show(d, app.today))).unwrap_or_default();
    section(&mut lines, say!("Added"), format!("{}{looked}", card.added));
    for link in &card.links {
        section(&mut lines, say!("Belongs with"), names.link(link));
    }
    let from = register::leading_to(&app.basis().strategy, id).map(|c| format!("{}: {}", word(c.row().one), c.title));
    section(&mut lines, say!("Named by"), from.collect::<Vec<_>>().join("\n"));
    section(&mut lines, say!("Note"), card.note.clone());
    let story = register::story(id, &app.history);
    section(&mut lines, say!("Its story"), story.join("\n"));
    Some(Reading::text(card.title.clone(), lines))
}
