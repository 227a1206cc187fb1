//! Open: who is here, the north star, good news.

use crate::app::App;
use crate::app::dialogs::capture;
use crate::app::intent::{Capture, RowIntent};
use crate::app::message::Effect;
use crate::app::screens::row::{Listed, Row};
use crate::model::review::{Attendance, Change, Edit, Moment};
use crate::model::strategy::Value;

/// The heading of the people.
pub const PEOPLE: &str = term!("Who is here");
/// The heading of the headlines.
pub const NEWS: &str = term!("Good news");

/// The rows: people, then headlines.
#[must_use]
pub fn rows(app: &App) -> Vec<Listed> {
    let people = app.basis().config.active().map(|p| Listed::new(PEOPLE, Row::Member(p.id.clone())));
    let news =
        app.review().into_iter().flat_map(|r| &r.headlines).map(|h| Listed::new(NEWS, Row::Headline(h.id.clone())));
    people.chain(news).collect()
}

/// The value of the week: one after the other, week by week.
#[must_use]
pub fn value_of_the_week(app: &App) -> Option<&Value> {
    let values = &app.basis().strategy.north_star.values;
    let weeks = app.shown_week().monday().signed_duration_since(chrono::NaiveDate::default()).num_days() / 7;
    let n = i64::try_from(values.len()).ok().filter(|n| *n > 0)?;
    values.get(usize::try_from(weeks.rem_euclid(n)).ok()?)
}

/// What the keys do.
pub fn row(app: &mut App, intent: RowIntent, now: Moment) -> Vec<Effect> {
    let Some(row) = app.row().cloned() else { return everyone_if(app, intent, now) };
    match (intent, row) {
        (RowIntent::Accept, Row::Member(member)) => {
            let present = app.review().and_then(|r| r.presence(&member)) != Some(true);
            let name = app.basis().config.name_of(&member).to_owned();
            let label = format!("{name} {}", if present { say!("is here") } else { say!("is away") });
            let effects = app.edit(label, Edit::Attendance(Change::put(Attendance { member, present })), now);
            super::advance(app);
            effects
        }
        (RowIntent::Raise, Row::Member(member)) => {
            let name = app.basis().config.name_of(&member).to_owned();
            let here = Edit::Attendance(Change::put(Attendance { member: member.clone(), present: true }));
            app.edit(say!("{name} leads", name), Edit::Many(vec![Edit::Facilitator(Some(member)), here]), now)
        }
        (RowIntent::Accept | RowIntent::Open, Row::Headline(id)) => {
            let old = app.review().and_then(|r| r.headlines.iter().find(|h| h.id == id)).cloned();
            let form = capture::headline(app, old.as_ref());
            app.open_fresh(form);
            Vec::new()
        }
        (RowIntent::Remove, Row::Headline(id)) => {
            app.edit(say!("headline removed"), Edit::Headline(Change::remove(id)), now)
        }
        (RowIntent::Open, Row::Member(_)) => {
            capture::open(app, Capture::Headline);
            Vec::new()
        }
        _ => everyone_if(app, intent, now),
    }
}

/// Marks everybody as here of whom nobody has said anything yet.
fn everyone_if(app: &mut App, intent: RowIntent, now: Moment) -> Vec<Effect> {
    let Some(review) = app.review().filter(|_| intent == RowIntent::Switch) else { return Vec::new() };
    let unsaid = app.basis().config.active().filter(|p| review.presence(&p.id).is_none());
    let here = |id| Edit::Attendance(Change::put(Attendance { member: id, present: true }));
    let edits: Vec<Edit> = unsaid.map(|p| here(p.id.clone())).collect();
    if edits.is_empty() {
        return Vec::new();
    }
    app.edit(say!("everybody is here"), Edit::Many(edits), now)
}
