//! Numbers that come by themselves: asked for while one looks on, then taken in row by row, or not at all.

use super::rows::kpi_entry;
use super::{App, Dialog, Effect};
use crate::app::Tone;
use crate::app::intent::{FormIntent, Intent, Move, RowIntent};
use crate::app::message::Asked;
use crate::insight::fed::{self, Got, Row, Stands};
use crate::model::feed::{Fed, Fetched, LastGood};
use crate::model::id::FeedId;
use crate::model::import::{Imported, ReadingsFile};
use crate::model::kpi::Origin;
use crate::model::review::{Change, Edit, Moment};
use crate::model::week::Week;
use crate::model::workspace::{Part, SCHEMA};

/// A refresh on the screen.
#[derive(Debug, Clone)]
pub struct Feeds {
    /// Which refresh it is: answers to an earlier one are passed over.
    pub number: u64,
    /// The week whose numbers are wanted.
    pub week: Week,
    /// The feeds, in their file's order; those beyond the answers were not asked yet, and the first of them is being asked.
    pub feeds: Vec<FeedId>,
    /// What came back, in the same order.
    pub rows: Vec<Row>,
    /// Which of the rows are to be taken in.
    pub chosen: Vec<bool>,
    /// Where the cursor stands.
    pub at: usize,
    /// When it was begun.
    pub began: Moment,
    fetched: Vec<Fetched>,
    last: Vec<LastGood>,
}

impl Feeds {
    /// Whether all have answered.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.rows.len() >= self.feeds.len()
    }

    /// How many rows are chosen.
    #[must_use]
    pub fn taken(&self) -> usize {
        self.chosen.iter().filter(|c| **c).count()
    }

    fn go(&mut self, to: Move) {
        let last = self.feeds.len().saturating_sub(1);
        self.at = match to {
            Move::Up => self.at.saturating_sub(1),
            Move::Down => (self.at + 1).min(last),
            Move::PageUp => self.at.saturating_sub(10),
            Move::PageDown => (self.at + 10).min(last),
            Move::First => 0,
            Move::Last => last,
            Move::To(row) => row.min(last),
            Move::Left | Move::Right => self.at,
        };
    }

    fn can_be_taken(&self, at: usize) -> bool {
        self.rows.get(at).is_some_and(|row| row.reading(self.week).is_some())
    }

    /// Chooses the row under the cursor, or leaves it out.
    fn toggle(&mut self) {
        if self.can_be_taken(self.at) {
            self.chosen[self.at] = !self.chosen[self.at];
        }
    }

    /// Chooses all; none where all are chosen.
    fn toggle_all(&mut self) {
        let possible: Vec<usize> = (0..self.rows.len()).filter(|at| self.can_be_taken(*at)).collect();
        let all = possible.iter().all(|at| self.chosen[*at]);
        possible.into_iter().for_each(|at| self.chosen[at] = !all);
    }
}

/// Begins a refresh of all feeds.
pub fn open(app: &mut App, now: Moment) -> Vec<Effect> {
    if app.workspace.config.feeds.is_empty() {
        app.say(
            Tone::Info,
            say!("No feeds here: truenorth.ron names where numbers come from by themselves; see the guide"),
        );
        return Vec::new();
    }
    if let Some(why) = app.why_not_write(&[Part::Kpis]) {
        app.say(Tone::Bad, why);
        return Vec::new();
    }
    app.refreshes += 1;
    let week = app.shown_week();
    app.dialogs.push(Dialog::Feeds(Box::new(Feeds {
        number: app.refreshes,
        week,
        feeds: app.workspace.config.feeds.iter().map(|f| f.id.clone()).collect(),
        rows: Vec::new(),
        chosen: Vec::new(),
        at: 0,
        began: now,
        fetched: Vec::new(),
        last: Vec::new(),
    })));
    vec![Effect::Refresh(app.refreshes, week)]
}

/// Keys while it is open.
pub(super) fn update(app: &mut App, intent: Intent, now: Moment) -> Vec<Effect> {
    let Some(Dialog::Feeds(feeds)) = app.dialogs.last_mut() else { return Vec::new() };
    match intent {
        Intent::Move(to) => feeds.go(to),
        Intent::Row(RowIntent::Accept) => feeds.toggle(),
        Intent::Row(RowIntent::Switch) => feeds.toggle_all(),
        Intent::Form(FormIntent::Enter | FormIntent::Save) => return take(app, now),
        Intent::Form(FormIntent::Close) | Intent::App(_) => return close(app),
        // A wheel or a click beside it must not cost what was fetched.
        Intent::Form(_) | Intent::Row(_) | Intent::Capture(_) | Intent::Review(_) => {}
        Intent::Strategy(_) | Intent::Cards(_) | Intent::History(_) | Intent::Trend(_) => {}
        Intent::Clash(_) | Intent::Sync(_) | Intent::Start(_) => {}
    }
    Vec::new()
}

fn close(app: &mut App) -> Vec<Effect> {
    let Some(Dialog::Feeds(feeds)) = app.dialogs.pop() else { return Vec::new() };
    if feeds.is_done() {
        return Vec::new();
    }
    app.say(Tone::Info, say!("Stopped: nothing was taken in"));
    vec![Effect::StopRefresh]
}

/// Takes the chosen rows in: into the review that is held, else into a file of their own.
fn take(app: &mut App, now: Moment) -> Vec<Effect> {
    let Some(Dialog::Feeds(feeds)) = app.dialogs.last() else { return Vec::new() };
    if !feeds.is_done() {
        return Vec::new();
    }
    let chosen = feeds.rows.iter().zip(&feeds.chosen).filter(|(_, chosen)| **chosen);
    let readings: Vec<Imported> = chosen.filter_map(|(row, _)| row.reading(feeds.week)).collect();
    let week = feeds.week;
    if readings.is_empty() {
        app.dialogs.pop();
        app.say(Tone::Info, say!("Nothing was taken in"));
        return Vec::new();
    }
    if app.review().is_some_and(|review| review.week == week) {
        app.dialogs.pop();
        return into_review(app, readings, now);
    }
    let Some(by) = app.me.clone() else {
        app.say(Tone::Info, say!("Say first who you are"));
        super::people::open_who(app);
        return Vec::new();
    };
    app.dialogs.pop();
    app.say(Tone::Info, say!("{readings}: saving", readings = told(readings.len())));
    let file = ReadingsFile { schema: SCHEMA, by, on: app.today, nth: 1, source: "feeds".to_owned(), readings };
    vec![Effect::TakeIn(Box::new(file))]
}

/// How many numbers, for people.
#[must_use]
pub fn told(n: usize) -> String {
    if n == 1 { say!("1 number from a feed").to_owned() } else { say!("{n} numbers from feeds", n) }
}

/// One step back takes all of them out again. A mark that was given to another number goes, so that it is looked at again.
fn into_review(app: &mut App, readings: Vec<Imported>, now: Moment) -> Vec<Effect> {
    let Some(review) = app.review() else { return Vec::new() };
    let n = readings.len();
    let edits = readings.into_iter().filter_map(|reading| {
        let fed = reading.fed?;
        let mut entry = kpi_entry(review, &reading.kpi);
        entry.note = note(&entry.note, entry.origin, &fed);
        (entry.reading, entry.origin, entry.mark) = (Some(reading.value), Origin::Feed, None);
        Some(Edit::Kpi(Change::put(entry)))
    });
    let edits = edits.collect();
    let effects = app.edit(told(n), Edit::Many(edits), now);
    if !effects.is_empty() {
        let undo = app.keymap.key_of("app.undo");
        app.say(Tone::Good, say!("Taken in: {n} ({undo} takes it back)", n = told(n), undo));
    }
    effects
}

/// Where the number came from, behind what somebody wrote; what an earlier feed or import wrote makes room.
fn note(before: &str, origin: Origin, fed: &Fed) -> String {
    match origin {
        Origin::Feed | Origin::Import => fed.to_string(),
        Origin::Review | Origin::CheckIn if before.is_empty() => fed.to_string(),
        Origin::Review | Origin::CheckIn => format!("{before} ({fed})"),
    }
}

/// A feed has answered.
pub fn answered(app: &mut App, number: u64, asked: Asked) {
    let stands = match (app.held.is_some(), app.week_is_sealed()) {
        (true, _) => Stands::Review,
        (false, true) => Stands::Sealed,
        (false, false) => Stands::Open,
    };
    let (mut dialogs, known) = (std::mem::take(&mut app.dialogs), &app.derived.kpis);
    let refresh = dialogs.iter_mut().find_map(|dialog| match dialog {
        Dialog::Feeds(feeds) if feeds.number == number => Some(feeds),
        _ => None,
    });
    if let Some(feeds) = refresh {
        match asked {
            Asked::Begun(last) => feeds.last = last,
            Asked::One(fetched) => {
                feeds.fetched.push(*fetched);
                feeds.rows = fed::rows(&feeds.fetched, known, stands, &feeds.last);
                feeds.chosen.push(feeds.can_be_taken(feeds.rows.len() - 1));
            }
            Asked::Failed(why) => {
                // What was to come after it does not come any more.
                feeds.feeds.truncate(feeds.rows.len());
                app.notice = Some(crate::app::Notice { text: format!("{} {}", why.what, why.next), tone: Tone::Bad });
            }
        }
    }
    app.dialogs = dialogs;
}

/// The numbers are on the disk.
pub fn taken_in(app: &mut App, file: ReadingsFile) {
    std::sync::Arc::make_mut(&mut app.history).import(file.entries());
    app.say(
        Tone::Good,
        say!("Saved: {readings}, in a file of their own under readings/", readings = told(file.readings.len())),
    );
    app.workspace.imports.push(file);
}

/// What a row says below the table: where its number came from, or why there is none.
#[must_use]
pub fn detail(app: &App, feeds: &Feeds) -> Vec<String> {
    let Some(id) = feeds.feeds.get(feeds.at) else { return vec![say!("There is nothing more to ask.").to_owned()] };
    let source =
        app.workspace.config.feeds.iter().find(|f| &f.id == id).map(|f| f.source.to_string()).unwrap_or_default();
    let Some(row) = feeds.rows.get(feeds.at) else { return vec![say!("Feed {id}: {source}", id, source)] };
    let value = |value| app.basis().strategy.kpi(&row.kpi).map_or_else(String::new, |k| k.show(value));
    match &row.got {
        Got::Number(_, fed, _) => {
            let was = row.before.map(|(_, origin)| match origin {
                Origin::Review => say!("The number before was typed in the review."),
                Origin::CheckIn => say!("The number before is of a check-in."),
                Origin::Import => say!("The number before was imported."),
                Origin::Feed => say!("The number before came from a feed."),
            });
            [Some(say!("Feed {id}: {of}", of = fed.of, id)), was.map(str::to_owned)].into_iter().flatten().collect()
        }
        Got::Trouble(why, last) => {
            let last = last.as_ref().map_or_else(
                || say!("It never gave a number here.").to_owned(),
                |l| {
                    say!(
                        "The last good one stays: {value} of {week}, read {began}.",
                        value = value(l.value),
                        week = l.week,
                        began = fed::age(l.fed.at, feeds.began)
                    )
                },
            );
            [say!("Feed {id}: {what}.", what = why.what, id), say!("Next: {next}.", next = why.next), last]
                .into_iter()
                .filter(|line| line != "Next: .")
                .collect()
        }
    }
}
