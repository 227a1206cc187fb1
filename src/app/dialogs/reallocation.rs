//! Giving days or money to something else: one form, which takes the decision and changes both allocations.

use super::capture::id_for;
use super::field::{Choosable, Field};
use super::form::Form;
use super::purpose::Purpose;
use super::refusal::Refusal;
use super::{cards, strategy as plan};
use crate::app::message::Effect;
use crate::app::{App, Tone};
use crate::insight::register::reallocation::{amount, told, with_unit};
use crate::model::id::{CardId, GoalId};
use crate::model::number::Finite;
use crate::model::record::Decision;
use crate::model::register::{Capacity, Card, Link, What};
use crate::model::review::{Change, Edit, Moment};
use crate::model::strategy::Strategy;

fn capacity(card: &Card) -> Option<&Capacity> {
    if let What::Capacity(capacity) = &card.what { Some(capacity) } else { None }
}

/// Asks what an allocation gives, to which other one, and why.
pub fn open(app: &mut App, id: &CardId) {
    if cards::refused(app) {
        return;
    }
    let Some((card, from)) = app.card(id).and_then(|c| Some((c, capacity(c)?))) else {
        app.say(
            Tone::Info,
            say!("Days and money are given from one allocation to another: stand on one under Capacity"),
        );
        return;
    };
    if app.review().is_none() {
        let key = app.keymap.key_of("home.start");
        app.say(Tone::Info, say!("What is needed elsewhere is decided in the review: {key} on Home holds it", key));
        return;
    }
    let config = &app.basis().config;
    let others = app.basis().strategy.cards.iter().filter(|c| c.is_open() && &c.id != id);
    let others = others.filter_map(|c| Some((c, capacity(c).filter(|to| to.unit == from.unit)?)));
    let options: Vec<Choosable> = others
        .map(|(c, to)| Choosable { id: c.id.to_string(), label: format!("{} ({})", c.title, amount(to, config)) })
        .collect();
    if options.is_empty() {
        app.say(
            Tone::Info,
            say!("There is no other open allocation in the same unit: add the one that needs it first"),
        );
        return;
    }
    let about = say!("{title} has {amount}.", title = card.title, amount = amount(from, config));
    let fields = vec![
        Field::choice("to", say!("Goes to"), options, None).required().hint(say!("the allocation that gets it")),
        Field::line("amount", say!("Amount"), "").required().hint(say!("how much of it")),
        Field::text("because", say!("Because"), "").required().hint(say!("what we know today")),
    ];
    let form = Form::new(say!("Give elsewhere: {title}", title = card.title), Purpose::Reallocate(id.clone()), fields);
    app.open_form(form.about(about));
}

/// Takes the decision, with what it changes in numbers, and changes both allocations.
///
/// # Errors
/// Names the field that is wrong.
pub fn save(app: &mut App, form: &Form, id: &CardId, now: Moment) -> Result<Vec<Effect>, Refusal> {
    let review = app.review().ok_or_else(Refusal::no_review)?;
    let (before, config) = (&app.workspace.strategy, &app.workspace.config);
    let gone = Refusal::gone;
    let (from, old) = before.card(id).and_then(|c| Some((c, capacity(c)?))).ok_or_else(gone)?;
    let to: CardId = form.id("to").ok_or_else(|| Refusal::at("to", say!("choose the allocation that gets it")))?;
    let (to, goal) = before.card(&to).and_then(|c| Some((c, capacity(c)?.goal.clone()))).ok_or_else(gone)?;
    let n = part(&form.value("amount"), old.amount).map_err(|why| Refusal::at("amount", why))?;
    let title = say!("{n} from {from} to {to}", n = with_unit(n, old.unit, config), from = from.title, to = to.title);
    let decision_id = id_for(review, None, "because", &title, &review.decisions)?;
    let mut after = before.clone();
    give(&mut after, id, &to.id, n).ok_or_else(gone)?;
    let mut decision = Decision::new(decision_id, title.clone(), title.clone(), review.week);
    let mut context = vec![form.value("because")];
    context.extend(told(config, before, &after, app.today));
    decision.context = context.join("\n");
    let open = |goal: &Option<GoalId>| goal.iter().filter(|g| before.goal(g).is_some()).cloned().collect();
    (decision.goals, decision.strained_goals) = (open(&goal), open(&old.goal));
    for card in after.cards.iter_mut().filter(|c| c.id == *id || c.id == to.id) {
        card.links.push(Link::Decision(decision.id.clone()));
    }
    let label = say!("decision: {title}", title);
    let mut effects = app.edit(label, Edit::Decision(Change::put(decision)), now);
    // Without the decision nothing is given away.
    if !effects.is_empty() {
        effects.extend(plan::save(app, &say!("Given: {title}", title), |s| *s = after));
    }
    Ok(effects)
}

/// What was typed, if it is there to be given.
fn part(typed: &str, of: Finite) -> Result<Finite, String> {
    let n = Finite::typed(typed).map_err(|e| e.to_string())?;
    if n <= Finite::ZERO || n > of {
        return Err(say!("more than 0, and no more than there is: {of}", of = of.grouped()));
    }
    Ok(n)
}

/// Moves an amount from one allocation to another; none where that leaves what is no number.
fn give(strategy: &mut Strategy, from: &CardId, to: &CardId, n: Finite) -> Option<()> {
    for (id, n) in [(from, -n.get()), (to, n.get())] {
        let card = strategy.cards.iter_mut().find(|c| c.id == *id)?;
        let What::Capacity(capacity) = &mut card.what else { return None };
        capacity.amount = Finite::new(capacity.amount.get() + n)?;
    }
    Some(())
}
