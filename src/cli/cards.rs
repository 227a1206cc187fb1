//! `truenorth register` and `truenorth idea`: the cards of registers, one card in full, a new one, a move to another stage.

use serde::Serialize;

use crate::insight::register::{Names, leading_to, scores, story};
use crate::model::id::{CardId, MemberId, slug};
use crate::model::number::Finite;
use crate::model::register::{Card, Kind, Link};
use crate::model::strategy::Strategy;
use crate::model::workspace::{Part, Workspace};
use crate::storage;

use super::args::{self, CardAdd, CardList, CardMove, Json, Named};
use super::card_figures;
use super::context::Context;
use super::failure::{Answer, Failure};
use super::kpi_view::said;
use super::mine::{self, one_line};
use super::now::Now;
use super::output::{json, message};
use super::pick::pick;
use super::table::{Cell, Set, Table};

/// What commands on cards rest on.
const NEEDED: [Part; 4] = [Part::NorthStar, Part::Goals, Part::Kpis, Part::Registers];

pub(super) fn run(context: &Context, command: &args::Register) -> Result<Answer, Failure> {
    let workspace = context.open(&NEEDED)?;
    match command {
        args::Register::List(args) => list(context, &workspace, args),
        args::Register::Show(args) => show(context, &workspace, args),
        args::Register::Figures(args) => card_figures::run(context, &workspace, kind(&args.kind)?, args.json),
        args::Register::Add(args) => add(context, &workspace, args),
        args::Register::Move(args) => move_to(context, &workspace, args),
    }
}

pub(super) fn ideas(context: &Context, command: &args::Idea) -> Result<Answer, Failure> {
    let workspace = context.open(&NEEDED)?;
    match command {
        args::Idea::List(args) => cards(context, &workspace, &[Kind::Idea], args.all, args.json),
        args::Idea::Add { text } => {
            let now = Now::of(context, &workspace)?;
            let me = context.need_me(&workspace)?;
            let text = one_line("idea", text)?;
            mine::update(context, &workspace, &me.id, now.open, |mine| {
                mine.ideas.push(text.clone());
                Ok(())
            })?;
            message(&format!("In your check-in of {}: {text}", now.open));
            Ok(Answer::silent())
        }
    }
}

/// A card as programs see it.
#[derive(Serialize)]
struct View<'a> {
    id: &'a CardId,
    register: &'static str,
    title: &'a str,
    stage: &'static str,
    open: bool,
    owner: Option<&'a MemberId>,
    by: Option<&'a MemberId>,
    added: chrono::NaiveDate,
    reviewed: Option<chrono::NaiveDate>,
    /// What its own register knows, by the fields' names; only what is not empty.
    fields: std::collections::BTreeMap<&'static str, String>,
    scores: Vec<ScoreView>,
    links: Vec<String>,
    note: Option<&'a str>,
    outcome: Option<&'a str>,
}

#[derive(Serialize)]
struct ScoreView {
    name: &'static str,
    value: Option<Finite>,
    why: String,
}

fn view(card: &Card) -> View<'_> {
    let scores = scores(card).into_iter().map(|s| ScoreView { name: s.name, value: s.value, why: s.why });
    View {
        id: &card.id,
        register: card.row().key,
        title: &card.title,
        stage: card.stage().word,
        open: card.is_open(),
        owner: card.owner.as_ref(),
        by: card.by.as_ref(),
        added: card.added,
        reviewed: card.reviewed,
        fields: card.fields().filter(|(_, t)| !t.is_empty()).map(|(f, t)| (f.id, t)).collect(),
        scores: scores.collect(),
        links: card.links.iter().map(Link::to_string).collect(),
        note: said(&card.note),
        outcome: said(&card.outcome),
    }
}

/// The register that was meant: by its word, its name, or the beginning of one.
fn kind(typed: &str) -> Result<Kind, Failure> {
    let wanted = typed.trim().to_lowercase();
    let begins = |k: &&Kind| k.row().key.starts_with(&wanted) || k.row().name.to_lowercase().starts_with(&wanted);
    let exact = Kind::ALL.iter().find(|k| k.row().key == wanted);
    let fits: Vec<Kind> = Kind::ALL.iter().filter(begins).copied().collect();
    match (exact, fits.as_slice()) {
        (Some(kind), _) => Ok(*kind),
        (None, [one]) if !wanted.is_empty() => Ok(*one),
        _ => {
            let known: Vec<&str> = Kind::ALL.iter().map(|k| k.row().key).collect();
            Err(Failure::new(format!("there is no one register `{typed}`"), format!("there are {}", known.join(", "))))
        }
    }
}

fn list(context: &Context, workspace: &Workspace, args: &CardList) -> Result<Answer, Failure> {
    match &args.kind {
        Some(typed) => cards(context, workspace, &[kind(typed)?], args.all, args.json),
        None => cards(context, workspace, Kind::ALL, args.all, args.json),
    }
}

fn cards(
    context: &Context,
    workspace: &Workspace,
    kinds: &[Kind],
    all: bool,
    as_json: Json,
) -> Result<Answer, Failure> {
    let listed = |kind: Kind| workspace.strategy.cards_of(kind).filter(move |c| all || c.is_open());
    if as_json.json {
        let views: Vec<View> = kinds.iter().flat_map(|k| listed(*k)).map(view).collect();
        return Ok(Answer::list(json(&views)?, views.is_empty()));
    }
    let mut page = context.page();
    let mut empty = true;
    for kind in kinds {
        let cards: Vec<&Card> = listed(*kind).collect();
        if cards.is_empty() {
            continue;
        }
        empty = false;
        page.heading(&format!("{} ({})", kind.row().name, cards.len()));
        page.table(&table(workspace, *kind, &cards));
    }
    if empty {
        message("No card is open: `truenorth register add` adds one, `--all` lists closed ones, too");
        return Ok(Answer::list(String::new(), true));
    }
    Ok(Answer::fine(page.text()))
}

fn table(workspace: &Workspace, kind: Kind, cards: &[&Card]) -> Table {
    let names = Names { strategy: &workspace.strategy, config: &workspace.config };
    let fields: Vec<_> = kind.fields().iter().filter(|f| kind.row().columns.contains(&f.id)).collect();
    let mut columns = vec![("stage", Set::Left)];
    columns.extend(fields.iter().map(|f| (f.id, Set::Left)));
    columns.extend([("owner", Set::Left), ("card", Set::Wrap)]);
    let mut table = Table::new(&columns);
    for card in cards {
        let owner =
            card.owner.as_ref().map_or("-", |o| workspace.config.member(o).map_or(o.as_str(), |m| m.first_name()));
        let mut row: Vec<Cell> = vec![card.stage().word.into()];
        for field in &fields {
            let told = names.field(card, field).replace('\n', "; ");
            row.push(if told.is_empty() { "-".into() } else { told.into() });
        }
        row.extend([owner.into(), Cell::named(&card.title, card.id.as_str())]);
        table.cells(row);
    }
    table
}

fn show(context: &Context, workspace: &Workspace, args: &Named) -> Result<Answer, Failure> {
    let card = pick("card", &args.id, &workspace.strategy.cards)?;
    if args.json.json {
        return Ok(Answer::fine(json(&view(card))?));
    }
    let names = Names { strategy: &workspace.strategy, config: &workspace.config };
    let now = Now::of(context, workspace)?;
    let mut page = context.page();
    page.heading(&card.title);
    page.field("Id", &format!("{} ({})", card.id, card.row().one));
    page.field("Stage", card.stage().word);
    for (label, text) in [("Outcome", &card.outcome), ("Note", &card.note)] {
        if !text.is_empty() {
            page.field(label, text);
        }
    }
    for score in scores(card) {
        page.field(score.name, &format!("{}  {}", score.shown(), score.why));
    }
    for field in card.kind().fields() {
        let told = names.field(card, field);
        if !told.is_empty() {
            page.field(field.label, &told);
        }
    }
    page.field("Owner", card.owner.as_ref().map_or("nobody", |o| workspace.config.name_of(o)));
    if let Some(by) = &card.by {
        page.field("Brought by", workspace.config.name_of(by));
    }
    page.field("Added", &card.added.to_string());
    for link in &card.links {
        page.field("Belongs with", &names.link(link));
    }
    for other in leading_to(&workspace.strategy, &card.id) {
        page.field("Named by", &format!("{}: {}", other.row().one, other.title));
    }
    let told = story(&card.id, now.history());
    if !told.is_empty() {
        page.heading("Life");
        told.iter().for_each(|line| page.item(line));
    }
    Ok(Answer::fine(page.text()))
}

fn add(context: &Context, workspace: &Workspace, args: &CardAdd) -> Result<Answer, Failure> {
    let kind = kind(&args.kind)?;
    let title = one_line("title", &args.title)?;
    let mut texts = Vec::new();
    for set in &args.set {
        let (field, text) = set.split_once('=').ok_or_else(|| unknown_field(kind, set))?;
        let field = kind.fields().iter().find(|f| f.id == field.trim()).ok_or_else(|| unknown_field(kind, set))?;
        texts.push((field.id, text.trim().to_owned()));
    }
    let text = |id: &str| texts.iter().find(|(name, _)| *name == id).map(|(_, t)| t.clone()).unwrap_or_default();
    let what = kind.read(&text).map_err(|wrong| {
        Failure::new(format!("{wrong}. Nothing was added"), format!("say it with --set {}=…", wrong.field))
    })?;
    let stem = slug(&title, 48);
    let taken = |id: &str| workspace.strategy.cards.iter().any(|c| c.id.as_str() == id);
    let mut ids = std::iter::once(stem.clone()).chain((2..10_000).map(|n| format!("{stem}-{n}")));
    let id = ids.find(|id| !taken(id)).and_then(|id| id.parse::<CardId>().ok());
    let id = id.ok_or_else(|| Failure::new(format!("`{title}` gives no id"), "begin the title with other words"))?;
    let mut card = Card::new(id, title, context.today(&workspace.config), what);
    card.by = context.my_id(workspace)?;
    if let Some(owner) = &args.owner {
        card.owner = Some(pick("member", owner, &workspace.config.people)?.id.clone());
    }
    for link in &args.link {
        card.links
            .push(link.parse().map_err(|e| Failure::new(format!("`{link}` is no link: {e}"), "as in goal:shop"))?);
    }
    card.note = args.note.clone().unwrap_or_default();
    let told = format!("Added to {}: {} ({})", kind.row().name, card.title, card.id);
    save(workspace, |s| s.cards.push(card))?;
    message(&told);
    Ok(Answer::silent())
}

fn unknown_field(kind: Kind, set: &str) -> Failure {
    let known: Vec<&str> = kind.fields().iter().map(|f| f.id).collect();
    Failure::new(
        format!("`{set}` names no field of {}", kind.row().name),
        format!("write FIELD=VALUE with one of {}", known.join(", ")),
    )
}

fn move_to(_: &Context, workspace: &Workspace, args: &CardMove) -> Result<Answer, Failure> {
    let mut card = pick("card", &args.id, &workspace.strategy.cards)?.clone();
    let stages = card.row().stages;
    let ends = || card.stage().next.iter().filter_map(|n| Some((*n, stages.get(*n)?)));
    let Some((to, stage)) = ends().find(|(_, s)| s.word == args.stage) else {
        let words: Vec<&str> = ends().map(|(_, s)| s.word).collect();
        let what = format!("from {} this card does not go to `{}`", card.stage().word, args.stage);
        return Err(Failure::new(what, format!("it can go to {}", words.join(", "))));
    };
    card.outcome = args.outcome.clone().unwrap_or_default();
    if let Some(asks) = stage.asks.filter(|_| card.outcome.trim().is_empty()) {
        return Err(Failure::new(
            format!("{} wants to be said: {}", stage.word, asks.to_lowercase()),
            "add --outcome TEXT",
        ));
    }
    card.what.move_to(to);
    let told = format!("Now {}: {}", stage.word, card.title);
    save(workspace, |s| {
        if let Some(old) = s.cards.iter_mut().find(|c| c.id == card.id) {
            *old = card;
        }
    })?;
    message(&told);
    Ok(Answer::silent())
}

/// Saves a change of the registers, unless it would leave something that `check` refuses.
fn save(workspace: &Workspace, change: impl FnOnce(&mut Strategy)) -> Result<(), Failure> {
    let mut new = workspace.strategy.clone();
    change(&mut new);
    if let Some(why) = storage::wrong_cards(&new, &workspace.config).into_iter().next() {
        return Err(Failure::new(format!("{why}. Nothing was saved"), "correct it and try again"));
    }
    storage::save_strategy(&workspace.root, &workspace.strategy, &new)?;
    Ok(())
}
