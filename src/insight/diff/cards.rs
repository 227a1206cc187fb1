//! Changes of the registers: cards that came and went, moved to another stage, or say something else.

use super::{Change, Pen, paired};
use crate::insight::register::Names;
use crate::model::register::Card;
use crate::model::snapshot::Snapshot;
use crate::model::tongue::{lowered, word};
use crate::model::workspace::Config;

pub(super) fn cards(from: &Snapshot, to: &Snapshot, into: &mut Vec<Change>) {
    if from.strategy.cards.is_empty() && to.strategy.cards.is_empty() {
        return;
    }
    let (before, after) = (people(from), people(to));
    let (before, after) =
        (Names { strategy: &from.strategy, config: &before }, Names { strategy: &to.strategy, config: &after });
    for pair in paired(&from.strategy.cards, &to.strategy.cards, |c: &Card| &c.id) {
        let Some(card) = pair.1.or(pair.0) else { continue };
        let mut pen = Pen { kind: term!("card"), id: card.id.as_str(), name: &card.title, into };
        match pair {
            (Some(old), Some(new)) => changed(&mut pen, (&before, old), (&after, new)),
            (None, Some(new)) => pen.note(term!("added"), "", word(new.row().one)),
            (Some(old), None) => pen.note(term!("removed"), word(old.row().one), ""),
            (None, None) => {}
        }
    }
}

/// The people of a week, as names are looked up in a workspace.
fn people(week: &Snapshot) -> Config {
    let mut config = Config::new(week.workspace.clone(), week.name.clone());
    (config.people, config.teams) = (week.people.clone(), week.teams.clone());
    config
}

fn changed(pen: &mut Pen, (before, old): (&Names, &Card), (after, new): (&Names, &Card)) {
    pen.field("title", &old.title, &new.title);
    let what = if old.is_open() && !new.is_open() { term!("closed") } else { term!("stage") };
    pen.field(what, word(old.stage().word), word(new.stage().word));
    let person = |names: &Names, card: &Card| {
        card.owner.as_ref().map_or_else(String::new, |o| names.config.name_of(o).to_owned())
    };
    if old.owner != new.owner {
        pen.note(term!("owner"), person(before, old), person(after, new));
    }
    for (field, now) in new.fields() {
        let was = old.text(field.id);
        // Compared by id, so that something else with a new name is not told for every card that names it.
        if was != now {
            pen.note(&lowered(word(field.label)), before.told(field.input, &was), after.told(field.input, &now));
        }
    }
    let links = |names: &Names, card: &Card| card.links.iter().map(|l| names.link(l)).collect::<Vec<_>>().join(", ");
    if old.links != new.links {
        pen.note(term!("links"), links(before, old), links(after, new));
    }
    pen.field(term!("outcome"), &old.outcome, &new.outcome);
    pen.field(term!("note"), &old.note, &new.note);
}
