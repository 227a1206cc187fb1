//! Forms for the cards of registers: one form for all kinds, made of what the kind declares.

use super::field::{Choosable, Field};
use super::form::Form;
use super::options;
use super::purpose::{CardMove, Purpose};
use super::refusal::Refusal;
use super::strategy as plan;
use crate::app::message::Effect;
use crate::app::screens::registers::every_decision;
use crate::app::screens::review::check_ins;
use crate::app::{App, Tone, dates};
use crate::model::id::{CardId, MemberId, slug};
use crate::model::register::{Card, Field as Declared, Input, Kind, Link, Phase, Stage, Wrong};
use crate::model::tongue::word;
use crate::model::workspace::Part;

type Saved = Result<Vec<Effect>, Refusal>;

pub(super) fn refused(app: &mut App) -> bool {
    if let Some(why) = app.why_not_write(&[Part::Registers]) {
        app.say(Tone::Bad, why);
        return true;
    }
    plan::refused(app)
}

/// Opens the form for a new card of a register, perhaps one that comes from another card.
pub fn open_new(app: &mut App, kind: Kind, from: Option<CardId>) {
    if refused(app) {
        return;
    }
    let row = kind.row();
    let title = from.as_ref().and_then(|id| app.card(id)).map(|c| c.title.clone()).unwrap_or_default();
    let me = app.me.as_ref().map(|m| m.as_str().to_owned()).unwrap_or_default();
    let declared = kind.fields().iter().map(|f| (f, String::new()));
    let mut fields = head(app, &title, &me);
    fields.extend(declared.map(|(field, text)| control(app, field, &text)).collect::<Vec<_>>());
    fields.push(Field::text("note", say!("Note"), "").hint(say!("anything else worth keeping")));
    let about = match from.as_ref().and_then(|id| app.card(id)) {
        Some(card) => say!("It comes from: {title}", title = card.title),
        None => word(row.about).to_owned(),
    };
    let form = Form::new(say!("Add: {one}", one = word(row.one)), Purpose::NewCard { kind, from }, fields).about(about);
    app.open_form(form);
}

/// Opens the form for a card.
pub fn open_edit(app: &mut App, id: &CardId) {
    if refused(app) {
        return;
    }
    let Some(card) = app.card(id).cloned() else { return };
    let mut fields = head(app, &card.title, card.owner.as_ref().map_or("", |o| o.as_str()));
    fields.extend(card.fields().map(|(field, text)| control(app, field, &text)).collect::<Vec<_>>());
    fields.push(Field::text("note", say!("Note"), &card.note).hint(say!("anything else worth keeping")));
    if !card.is_open() {
        fields.push(Field::text("outcome", say!("Outcome"), &card.outcome).hint(say!("what came of it")));
    }
    let title = say!("Edit: {one}", one = word(card.row().one));
    app.open_fresh(Form::new(title, Purpose::EditCard(id.clone()), fields));
}

fn head(app: &App, title: &str, owner: &str) -> Vec<Field> {
    let mut owners = options::people(app);
    owners.insert(0, options::none(say!("nobody yet")));
    vec![
        Field::line("title", say!("Title"), title).required().hint(say!("what it is, in a line")),
        Field::choice("owner", say!("Owner"), owners, Some(owner)).hint(say!("who looks after it")),
    ]
}

/// What a declared field is filled in with.
fn control(app: &App, field: &Declared, text: &str) -> Field {
    let (id, label) = (field.id, word(field.label));
    let choose = |mut options: Vec<Choosable>| {
        if !field.needed && options.first().is_none_or(|o| !o.id.is_empty()) {
            options.insert(0, options::none(say!("none")));
        }
        options.retain(|o| !(field.needed && o.id.is_empty()));
        Field::choice(id, label, options, Some(text))
    };
    let option = |id: &str, label: String| Choosable { id: id.to_owned(), label };
    let control = match field.input {
        Input::Line | Input::Number | Input::Whole | Input::OfTen | Input::Percent => Field::line(id, label, text),
        Input::Date => Field::line(id, label, text).proposal(),
        Input::Text | Input::Conditions => Field::text(id, label, text),
        Input::Choice(all) => choose(all.iter().map(|c| option(c.key, word(c.label).to_owned())).collect()),
        Input::Member => choose(options::people(app)),
        Input::Team => choose(app.basis().config.teams.iter().map(|t| option(t.id.as_str(), t.name.clone())).collect()),
        Input::Theme => {
            let themes = &app.basis().strategy.north_star.themes;
            choose(themes.iter().map(|t| option(t.id.as_str(), t.name.clone())).collect())
        }
        Input::Goal => choose(options::goals(app, None)),
        Input::Kpi => choose(options::kpis(app)),
        Input::Card => {
            let cards = app.basis().strategy.cards.iter().filter(|c| fits(field.id, c));
            choose(cards.map(|c| option(c.id.as_str(), c.title.clone())).collect())
        }
        Input::Decision => choose(every_decision(app).map(|d| option(d.id.as_str(), d.title.clone())).collect()),
    };
    let control = control.hint(word(field.hint));
    if field.needed { control.required() } else { control }
}

/// Whether a card can stand in a field that names one: pairs are made of the board's two halves, experiments try ideas.
fn fits(field: &str, card: &Card) -> bool {
    match field {
        "inside" => card.side().is_some_and(|s| s.is_inside()),
        "outside" => card.side().is_some_and(|s| !s.is_inside()),
        _ => card.kind() == Kind::Idea,
    }
}

/// What a form says in a kind's fields, as texts.
fn texts(app: &App, form: &Form, kind: Kind) -> Result<Vec<(&'static str, String)>, Refusal> {
    let text = |field: &'static Declared| {
        let typed = form.value(field.id);
        let typed = match field.input {
            Input::Date if !typed.is_empty() => {
                dates::parse(&typed, app.today).map_err(|e| Refusal::at(field.id, e))?.to_string()
            }
            _ => typed,
        };
        Ok((field.id, typed))
    };
    kind.fields().iter().map(text).collect()
}

fn refusal(wrong: Wrong) -> Refusal {
    Refusal::at(wrong.field, wrong.why)
}

/// Adds a card behind the last one of its register.
pub fn save_new(app: &mut App, form: &Form, kind: Kind, from: Option<&CardId>) -> Saved {
    let texts = texts(app, form, kind)?;
    let text = |id: &str| texts.iter().find(|(name, _)| *name == id).map(|(_, t)| t.clone()).unwrap_or_default();
    let what = kind.read(&text).map_err(refusal)?;
    let id =
        fresh_id(app, &form.value("title")).ok_or_else(|| Refusal::at("title", say!("begin it with other words")))?;
    let mut card = Card::new(id.clone(), form.value("title"), app.today, what);
    (card.owner, card.by, card.note) = (form.id("owner"), app.me.clone(), form.value("note"));
    card.links.extend(from.cloned().map(Link::Card));
    sensible(app, &card)?;
    app.screens.cards.kind = kind;
    app.screens.cards.cursor.seek(id.as_str());
    let say = say!("Added {title}", title = card.title);
    Ok(plan::save(app, &say, |s| s.cards.push(card)))
}

/// Takes an idea of a check-in into the register, with its author and where it was said.
pub fn take_up(app: &mut App, member: &MemberId, n: usize) -> Vec<Effect> {
    if refused(app) {
        return Vec::new();
    }
    let (Some(text), Some(week)) = (check_ins::idea(app, member, n).map(str::to_owned), app.review().map(|r| r.week))
    else {
        return Vec::new();
    };
    if let Some(card) = check_ins::taken(app, member, n) {
        let say = say!("It is among the ideas already: {stage}", stage = word(card.stage().word));
        app.say(Tone::Info, say);
        return Vec::new();
    }
    let Ok(what) = Kind::Idea.read(&|_| String::new()) else { return Vec::new() };
    let Some(id) = fresh_id(app, &text) else {
        app.say(Tone::Info, say!("These words give no id: add the idea in its register"));
        return Vec::new();
    };
    let mut card = Card::new(id, text, app.today, what);
    (card.by, card.note) = (Some(member.clone()), say!("Said in the check-in of {week}", week));
    let say = say!("Among the ideas now: {title}", title = card.title);
    plan::save(app, &say, |s| s.cards.push(card))
}

/// An id that no card has.
fn fresh_id(app: &App, title: &str) -> Option<CardId> {
    let stem = slug(title, 48);
    let taken = |id: &str| app.workspace.strategy.cards.iter().any(|c| c.id.as_str() == id);
    let numbered = (2..10_000).map(|n| format!("{stem}-{n}"));
    std::iter::once(stem.clone()).chain(numbered).find(|id| !taken(id))?.parse().ok()
}

fn with_card(app: &mut App, say: &str, card: Card) -> Vec<Effect> {
    plan::save(app, &format!("{say} {}", card.title), |s| {
        if let Some(old) = s.cards.iter_mut().find(|c| c.id == card.id) {
            *old = card;
        }
    })
}

/// Saves an edited card.
pub fn save_edited(app: &mut App, form: &Form, id: &CardId) -> Saved {
    let mut card = app.workspace.strategy.card(id).cloned().ok_or_else(Refusal::gone)?;
    card.set(&texts(app, form, card.kind())?).map_err(refusal)?;
    (card.title, card.owner, card.note) = (form.value("title"), form.id("owner"), form.value("note"));
    if !card.is_open() {
        card.outcome = form.value("outcome");
        if let Some(asks) = card.stage().asks.filter(|_| card.outcome.is_empty()) {
            return Err(Refusal::at("outcome", asks));
        }
    }
    sensible(app, &card)?;
    Ok(with_card(app, say!("Changed"), card))
}

/// Whether a card makes sense as it would be, and the pairs still do that are made of it.
fn sensible(app: &App, card: &Card) -> Result<(), Refusal> {
    let cards = &app.workspace.strategy.cards;
    let named = |id: &CardId| if *id == card.id { Some(card) } else { cards.iter().find(|c| c.id == *id) };
    if let Some(odd) = card.nonsense(named).into_iter().next() {
        return Err(Refusal::at(odd.wrong.field, format!("{}: {}", odd.wrong.why, odd.hint)));
    }
    let mut pairs = cards.iter().filter(|c| c.kind() == Kind::Tows && c.id != card.id);
    // One that made no sense before is not this card's doing.
    let known = |id: &CardId| cards.iter().find(|c| c.id == *id);
    match pairs.find(|pair| pair.nonsense(known).is_empty() && !pair.nonsense(named).is_empty()) {
        Some(pair) => {
            let why = say!("the pair “{title}” is made of it as it stands: change that one first", title = pair.title);
            Err(Refusal::at("side", why))
        }
        None => Ok(()),
    }
}

/// Moves a card to the stage that usually follows.
pub fn forward(app: &mut App, id: &CardId) -> Vec<Effect> {
    let next = app.card(id).and_then(|c| c.stage().next.first().copied());
    next.map(|to| step(app, id, to)).unwrap_or_default()
}

/// Moves a card to a stage before, where that may follow.
pub fn back(app: &mut App, id: &CardId) -> Vec<Effect> {
    let Some(card) = app.card(id) else { return Vec::new() };
    let (stage, now) = (card.stage(), card.what.stage());
    match stage.next.iter().copied().filter(|n| *n < now).max() {
        Some(to) => step(app, id, to),
        None => {
            let undo = app.keymap.key_of("app.undo");
            app.say(
                Tone::Info,
                say!("From {word} there is no way back; {undo} takes a move back", word = word(stage.word), undo),
            );
            Vec::new()
        }
    }
}

/// Moves a card to a stage at once, or asks first what that stage asks.
fn step(app: &mut App, id: &CardId, to: usize) -> Vec<Effect> {
    if refused(app) {
        return Vec::new();
    }
    let Some(mut card) = app.card(id).cloned() else { return Vec::new() };
    if card.row().stages.get(to).is_some_and(|s| s.asks.is_some()) {
        ask(app, &card, CardMove::To(to));
        return Vec::new();
    }
    card.what.move_to(to);
    if card.is_open() {
        card.outcome.clear();
    }
    let say = say!("Now {word}:", word = word(card.stage().word));
    with_card(app, &say, card)
}

/// Asks to which stage a card goes.
pub fn open_stage(app: &mut App, id: &CardId, closing: bool) {
    if refused(app) {
        return;
    }
    let Some(card) = app.card(id).cloned() else { return };
    if closing && !ends(&card).any(|(_, s)| s.phase == Phase::Closed) {
        let words: Vec<&str> = ends(&card).map(|(_, s)| word(s.word)).collect();
        app.say(
            Tone::Info,
            say!("From {word} it goes on to {words} first", word = word(card.stage().word), words = words.join(" or ")),
        );
        return;
    }
    ask(app, &card, if closing { CardMove::Closing } else { CardMove::Any });
}

/// The stages that may follow.
fn ends(card: &Card) -> impl Iterator<Item = (usize, &'static Stage)> {
    let stages = card.row().stages;
    card.stage().next.iter().filter_map(move |n| Some((*n, stages.get(*n)?)))
}

fn ask(app: &mut App, card: &Card, to: CardMove) {
    let wanted = |(n, s): &(usize, &'static Stage)| match to {
        CardMove::Any => true,
        CardMove::Closing => s.phase == Phase::Closed,
        CardMove::To(one) => one == *n,
    };
    let stages: Vec<_> = ends(card).filter(wanted).collect();
    let options = stages.iter().map(|(_, s)| Choosable { id: s.word.to_owned(), label: word(s.word).to_owned() });
    let first = stages.first().map(|(_, s)| s.word);
    let asks: Vec<String> =
        stages.iter().filter_map(|(_, s)| Some(format!("{}: {}", word(s.word), word(s.asks?)))).collect();
    let fields = vec![
        Field::choice("stage", say!("Stage"), options.collect(), first).required(),
        Field::text("outcome", say!("Outcome"), &card.outcome).hint(say!("what came of it, or why")),
    ];
    let form = Form::new(say!("Move: {title}", title = card.title), Purpose::MoveCard(card.id.clone(), to), fields);
    let only = stages.len() == 1;
    let form = if only { form.focus_on("outcome") } else { form };
    app.open_fresh(form.about(asks.join("\n")));
}

/// Moves a card to the stage that was chosen.
pub fn save_move(app: &mut App, form: &Form, id: &CardId) -> Saved {
    let mut card = app.workspace.strategy.card(id).cloned().ok_or_else(Refusal::gone)?;
    let word = form.value("stage");
    let (to, stage) = ends(&card).find(|(_, s)| s.word == word).ok_or_else(Refusal::gone)?;
    card.outcome = form.value("outcome");
    if let Some(asks) = stage.asks.filter(|_| card.outcome.is_empty()) {
        return Err(Refusal::at("outcome", asks));
    }
    card.what.move_to(to);
    Ok(with_card(app, &say!("Now {word}:", word), card))
}

/// Asks what a card belongs with.
pub fn open_links(app: &mut App, id: &CardId) {
    if refused(app) {
        return;
    }
    let Some(card) = app.card(id).cloned() else { return };
    let taken: Vec<String> = card.links.iter().map(Link::to_string).collect();
    let taken: Vec<&str> = taken.iter().map(String::as_str).collect();
    let strategy = &app.basis().strategy;
    let option = |kind: &str, id: &str, name: &str| Choosable { id: format!("{kind}:{id}"), label: name.to_owned() };
    let goals = strategy.goals.iter().filter(|g| g.is_open()).map(|g| option("goal", g.id.as_str(), &g.title));
    let kpis = strategy.kpis.iter().map(|k| option("kpi", k.id.as_str(), &k.name));
    let themes = strategy.north_star.themes.iter().map(|t| option("theme", t.id.as_str(), &t.name));
    let cards = strategy.cards.iter().filter(|c| c.is_open() && &c.id != id);
    let cards = cards.map(|c| option("card", c.id.as_str(), &c.title));
    let decisions = every_decision(app).map(|d| option("decision", d.id.as_str(), &d.title));
    let many =
        |name, label, options| Field::many(name, label, options, &taken).hint(say!("Space takes one, or lets it go"));
    let fields = vec![
        many("goals", say!("Goals"), goals.collect()),
        many("kpis", say!("KPIs"), kpis.collect()),
        many("themes", say!("Themes"), themes.collect()),
        many("cards", say!("Cards"), cards.collect()),
        many("decisions", say!("Decisions"), decisions.collect()),
    ];
    app.open_fresh(Form::new(say!("Link: {title}", title = card.title), Purpose::LinkCard(id.clone()), fields));
}

/// Saves what a card belongs with. Links to what the form does not list, such as closed goals, stay.
pub fn save_links(app: &mut App, form: &Form, id: &CardId) -> Saved {
    let mut card = app.workspace.strategy.card(id).cloned().ok_or_else(Refusal::gone)?;
    let chosen: Vec<Link> = form.fields.iter().flat_map(|f| form.ids::<Link>(f.name)).collect();
    let listed = |link: &Link| form.fields.iter().any(|f| f.offers(&link.to_string()));
    let mut links: Vec<Link> = card.links.iter().filter(|l| !listed(l) || chosen.contains(l)).cloned().collect();
    links.extend(chosen.into_iter().filter(|l| !card.links.contains(l)));
    card.links = links;
    Ok(with_card(app, say!("Linked"), card))
}

/// Notes that somebody looked at a card today.
pub fn reviewed(app: &mut App, id: &CardId) -> Vec<Effect> {
    if refused(app) {
        return Vec::new();
    }
    let Some(mut card) = app.card(id).cloned() else { return Vec::new() };
    card.reviewed = Some(app.today);
    with_card(app, say!("Still true:"), card)
}
