//! Check-ins: what members reported, revealed only here.

use crate::app::App;
use crate::app::dialogs::Dialog;
use crate::app::dialogs::reading::Reading;
use crate::app::intent::RowIntent;
use crate::app::message::Effect;
use crate::app::screens::row::{Listed, Row};
use crate::insight::agreement::{self, Ranking, Revealed};
use crate::model::alignment::PulseWeek;
use crate::model::checkin::Thanks;
use crate::model::id::{MemberId, StatementId};
use crate::model::register::{Card, Kind};
use crate::model::review::{Edit, Moment};

/// The heading of the blockers.
pub const BLOCKERS: &str = term!("What stands in the way");
/// The heading of goals on which confidence lies apart.
pub const SPLIT: &str = term!("Confidence lies apart");
/// The heading of the agreement on priorities.
pub const PRIORITIES: &str = term!("Priorities");
/// The heading of the pulse.
pub const PULSE: &str = term!("Pulse, without names");
/// The heading of thanks.
pub const THANKS: &str = term!("Thanks");
/// The heading of the ideas.
pub const IDEAS: &str = term!("Ideas");
/// The heading of what else was said.
pub const REMARKS: &str = term!("Also said");

/// The rows: none before the reveal.
#[must_use]
pub fn rows(app: &App) -> Vec<Listed> {
    let check_ins = revealed(app);
    let blockers = check_ins
        .iter()
        .flat_map(|c| (0..c.blockers.len()).map(|n| Listed::new(BLOCKERS, Row::Blocker(c.member.clone(), n))));
    let votes = agreement::confidence(&check_ins);
    let far = app.basis().config.thresholds.votes_apart;
    let apart = votes.iter().filter(|v| v.spread().is_some_and(|s| s >= far));
    let split = apart.map(|v| Listed::new(SPLIT, Row::Goal(v.goal.clone(), 0)));
    let ranked = ranking(app).map(|_| Listed::new(PRIORITIES, Row::Agreement));
    let pulse = app.derived.pulse.iter().map(|p| Listed::new(PULSE, Row::Pulse(p.statement.clone())));
    let thanks = check_ins
        .iter()
        .flat_map(|c| (0..c.thanks.len()).map(|n| Listed::new(THANKS, Row::Thanks(c.member.clone(), n))));
    let ideas =
        check_ins.iter().flat_map(|c| (0..c.ideas.len()).map(|n| Listed::new(IDEAS, Row::Idea(c.member.clone(), n))));
    let remarks =
        check_ins.iter().filter(|c| !c.note.is_empty()).map(|c| Listed::new(REMARKS, Row::Remark(c.member.clone())));
    blockers.chain(split).chain(ranked).chain(pulse).chain(thanks).chain(ideas).chain(remarks).collect()
}

/// The check-ins of the week, once they were revealed.
#[must_use]
pub fn revealed(app: &App) -> Revealed<'_> {
    app.review().map(|r| Revealed::of(r, &app.basis().check_ins)).unwrap_or_default()
}

/// How the members rank the themes, once that was revealed.
#[must_use]
pub fn ranking(app: &App) -> Option<Ranking<'_>> {
    agreement::ranking(&app.basis().strategy.north_star.themes, &revealed(app))
}

/// How far the orders agree, in words.
#[must_use]
pub fn verdict(correlation: Option<f64>) -> String {
    match correlation {
        Some(r) if r >= 0.7 => say!("much the same order ({r:.2})", r),
        Some(r) if r >= 0.3 => say!("partly the same order ({r:.2})", r),
        Some(r) => say!("little agreement ({r:.2})", r),
        None => say!("too few to compare").to_owned(),
    }
}

/// The agreement on priorities to read: the order, and where it lies farthest apart.
#[must_use]
pub fn agreement(app: &App) -> Vec<String> {
    let Some(ranking) = ranking(app) else { return Vec::new() };
    let order: Vec<String> = ranking.order.iter().map(|(t, place)| format!("{} ({place:.1})", t.name)).collect();
    let mut lines = vec![say!("# Mean places").to_owned(), order.join(", ")];
    if let Some(item) = ranking.widest_item() {
        lines.push(say!("# Farthest apart").to_owned());
        lines.push(say!(
            "{name}: from place {highest} to place {lowest}",
            name = item.theme.name,
            highest = item.highest,
            lowest = item.lowest
        ));
    }
    // Two names are for those at the keyboard, not for the wall.
    if let Some(pair) = ranking.widest_pair().filter(|_| !app.look.present) {
        let name = |id| app.basis().config.name_of(id);
        lines.push(say!("# Two who differ most").to_owned());
        lines.push(say!(
            "{one} and {other} ({correlation:.2}; -1 is the reverse)",
            one = name(pair.one),
            other = name(pair.other),
            correlation = pair.correlation
        ));
    }
    lines
}

/// What was said to a statement of the pulse.
#[must_use]
pub fn pulse<'a>(app: &'a App, statement: &StatementId) -> Option<&'a PulseWeek> {
    app.derived.pulse.iter().find(|p| &p.statement == statement)
}

/// The thanks with this number of a member.
#[must_use]
pub fn thanks<'a>(app: &'a App, member: &MemberId, n: usize) -> Option<&'a Thanks> {
    revealed(app).iter().find(|c| &c.member == member).and_then(|c| c.thanks.get(n))
}

/// The idea with this number of a member.
#[must_use]
pub fn idea<'a>(app: &'a App, member: &MemberId, n: usize) -> Option<&'a str> {
    revealed(app).iter().find(|c| &c.member == member).and_then(|c| c.ideas.get(n)).map(String::as_str)
}

/// The card that an idea became: it has the same author and the same words.
#[must_use]
pub fn taken<'a>(app: &'a App, member: &MemberId, n: usize) -> Option<&'a Card> {
    let text = idea(app, member, n)?;
    let is_it = |c: &&Card| c.by.as_ref() == Some(member) && c.title == text;
    app.basis().strategy.cards_of(Kind::Idea).find(is_it)
}

/// What the keys do.
pub fn row(app: &mut App, intent: RowIntent, now: Moment) -> Vec<Effect> {
    if !matches!(intent, RowIntent::Accept) {
        return Vec::new();
    }
    if !app.review().is_some_and(|r| r.revealed) {
        return app.edit(say!("check-ins revealed"), Edit::Reveal(true), now);
    }
    let text = app.row().map(|row| match row {
        Row::Agreement => (say!("Agreement on priorities").to_owned(), agreed(app)),
        Row::Thanks(member, _) => {
            (say!("{name_of} says thanks", name_of = app.basis().config.name_of(member)), vec![row.words(app)])
        }
        Row::Idea(member, _) => {
            (say!("{name_of} has an idea", name_of = app.basis().config.name_of(member)), vec![row.words(app)])
        }
        Row::Remark(member) => {
            let said = app.basis().check_ins.iter().find(|c| &c.member == member).map(|c| c.note.clone());
            (app.basis().config.name_of(member).to_owned(), vec![said.unwrap_or_default()])
        }
        row => (say!("Reported").to_owned(), vec![row.words(app)]),
    });
    if let Some((title, text)) = text {
        app.dialogs.push(Dialog::Reading(Reading::text(title, text)));
    }
    Vec::new()
}

/// The agreement to read, with the chance of it, which takes milliseconds and is computed for those who read.
fn agreed(app: &App) -> Vec<String> {
    let mut lines = agreement(app);
    let ranking = ranking(app);
    if let Some(p) = ranking.as_ref().and_then(Ranking::chance) {
        let percent = if p < 0.001 { say!("less than 0.1").to_owned() } else { format!("{:.1}", p * 100.0) };
        lines.push(say!("# Against chance").to_owned());
        lines.push(say!("People who rank blindly agree as much in {percent} % of cases.", percent));
    }
    lines
}
