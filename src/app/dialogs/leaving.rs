//! Somebody leaves: their past stays, and what they have open is handed to one person.

use super::field::{Choosable, Field};
use super::form::Form;
use super::options;
use super::purpose::Purpose;
use super::refusal::Refusal;
use crate::app::message::Effect;
use crate::app::{App, Tone, dates};
use crate::model::goal::Kind;
use crate::model::id::MemberId;
use crate::model::people::Member;
use crate::model::record::{Action, Message};
use crate::model::review::{Change, Edit, Moment};
use crate::model::standing::Standing;
use crate::model::strategy::Strategy;
use crate::model::tongue::count;
use crate::model::workspace::Config;

/// Asks who leaves, when, and who takes over.
pub fn open(app: &mut App) {
    if super::strategy::refused(app) {
        return;
    }
    let who: Vec<Choosable> = app
        .workspace
        .config
        .people
        .iter()
        .filter(|p| p.is_active() || !Open::of(app, &p.id).is_empty())
        .map(|p| Choosable { id: p.id.as_str().to_owned(), label: p.name.clone() })
        .collect();
    let form = Form::new(
        say!("Somebody leaves"),
        Purpose::Leaving,
        vec![
            Field::choice("who", say!("Who"), who, None)
                .required()
                .hint(say!("also one who left already and still has something open")),
            Field::line("on", say!("On"), &app.today.to_string())
                .proposal()
                .required()
                .hint(say!("today or a day before: today, 2026-11-13")),
            Field::choice("heir", say!("Hands over to"), options::people(app), None)
                .required()
                .hint(say!("open goals, KPIs, action items and messages")),
        ],
    )
    .about(say!("Their past stays as it is. What is open goes to one person, who can give it on."));
    app.open_form(form);
}

/// How much somebody has open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Open {
    goals: usize,
    kpis: usize,
    actions: usize,
    messages: usize,
}

impl Open {
    fn of(app: &App, who: &MemberId) -> Self {
        let (strategy, now) = (&app.workspace.strategy, &app.derived.standing);
        let mine = |owner: Option<&MemberId>| owner == Some(who);
        Self {
            goals: strategy.goals.iter().filter(|g| g.is_open() && mine(g.owner.as_ref())).count(),
            kpis: strategy.kpis.iter().filter(|k| mine(k.owner.as_ref())).count(),
            actions: actions(now, who).count(),
            messages: messages(now, who).count(),
        }
    }

    fn is_empty(self) -> bool {
        self.goals + self.kpis + self.actions + self.messages == 0
    }
}

fn actions<'a>(now: &'a Standing, who: &'a MemberId) -> impl Iterator<Item = &'a Action> {
    now.actions.iter().filter(move |a| a.is_open() && &a.owner == who)
}

fn messages<'a>(now: &'a Standing, who: &'a MemberId) -> impl Iterator<Item = &'a Message> {
    now.messages.iter().filter(move |m| m.delivered.is_none() && &m.teller == who)
}

/// Hands everything over: goals and KPIs in their files, action items and messages in the review, if one is held.
///
/// # Errors
/// Names the field that is wrong.
pub fn save(app: &mut App, form: &Form, now: Moment) -> Result<Vec<Effect>, Refusal> {
    let who: MemberId = form.id("who").ok_or_else(|| Refusal::at("who", say!("choose a name")))?;
    let heir: MemberId = form.id("heir").ok_or_else(|| Refusal::at("heir", say!("choose a name")))?;
    let on = dates::parse(&form.value("on"), app.today).map_err(|e| Refusal::at("on", e))?;
    if who == heir {
        return Err(Refusal::at("heir", say!("somebody else: who leaves owns nothing that is open")));
    }
    if on > app.today {
        return Err(Refusal::at("on", say!("hand over on the day itself: from then on they own nothing that is open")));
    }
    let to = app.workspace.config.name_of(&heir).to_owned();
    let mut effects =
        super::strategy::save(app, &say!("Handed over to {to}", to), |strategy| hand_over(strategy, &who, &heir));
    let old = app.workspace.config.clone();
    let mut new = old.clone();
    let gone = |p: &&mut Member| p.id == who && p.is_active();
    new.people.iter_mut().filter(gone).for_each(|p| p.left = Some(on));
    if new != old {
        effects.push(Effect::SaveConfig(Box::new(old), Box::new(new)));
    }
    effects.extend(records(app, &who, &heir, now));
    Ok(effects)
}

/// `truenorth.ron` says it now: says what is left to hand over.
pub fn saved(app: &mut App, config: Config) {
    let old = std::mem::replace(&mut app.workspace.config, config);
    let new = &app.workspace.config;
    let Some(gone) = new.people.iter().find(|p| !p.is_active() && old.member(&p.id).is_some_and(Member::is_active))
    else {
        return;
    };
    let open = Open::of(app, &gone.id);
    let waits = match open.actions + open.messages {
        0 => say!("nothing of theirs is open").to_owned(),
        _ => {
            let key = app.keymap.key_of("people.leaves");
            let (actions, messages) = (count(open.actions, "action item"), count(open.messages, "message"));
            say!("{key} in the review hands over {actions}, {messages}", key, actions, messages)
        }
    };
    let said = say!("{name} has left; {waits}", name = gone.name, waits);
    app.say(Tone::Good, said);
}

fn hand_over(strategy: &mut Strategy, who: &MemberId, heir: &MemberId) {
    let take = |owner: &mut Option<MemberId>| {
        if owner.as_ref() == Some(who) {
            *owner = Some(heir.clone());
        }
    };
    for goal in strategy.goals.iter_mut().filter(|g| g.is_open()) {
        take(&mut goal.owner);
        if let Kind::Initiative { members } = &mut goal.kind {
            members.retain(|m| m != who);
        }
    }
    strategy.kpis.iter_mut().for_each(|k| take(&mut k.owner));
}

fn records(app: &mut App, who: &MemberId, heir: &MemberId, now: Moment) -> Vec<Effect> {
    let standing = &app.derived.standing;
    let given = actions(standing, who).cloned().map(|a| Edit::Action(Change::put(Action { owner: heir.clone(), ..a })));
    let told =
        messages(standing, who).cloned().map(|m| Edit::Message(Change::put(Message { teller: heir.clone(), ..m })));
    let edits: Vec<Edit> = given.chain(told).collect();
    if app.review().is_none() || edits.is_empty() {
        return Vec::new();
    }
    let label = say!("handed over from {name_of}", name_of = app.workspace.config.name_of(who));
    app.edit(label, Edit::Many(edits), now)
}
