//! Feeds as tables for people, and with the keys that `feed list --json` and `feed refresh --json` promise.

use serde::Serialize;

use crate::insight::fed::{Got, Row, age};
use crate::model::feed::{Feed, LastGood};
use crate::model::id::{FeedId, KpiId};
use crate::model::kpi::{Kpi, Origin};
use crate::model::number::Finite;
use crate::model::review::Moment;
use crate::model::tongue::word;
use crate::model::week::Week;
use crate::model::workspace::Workspace;

use super::context::Context;
use super::table::{Set, Table};

/// A feed as it stands.
#[derive(Serialize)]
pub(super) struct Listed<'a> {
    feed: &'a FeedId,
    kpi: &'a KpiId,
    kind: &'static str,
    source: String,
    over: &'static str,
    /// `yes`, `no` (nobody allowed it here) or `changed` since it was.
    allowed: &'static str,
    last: Option<Last<'a>>,
    #[serde(skip)]
    name: &'a str,
    #[serde(skip)]
    shown: Option<String>,
}

#[derive(Serialize)]
struct Last<'a> {
    week: Week,
    value: Finite,
    of: &'a str,
    at: Moment,
}

impl<'a> Listed<'a> {
    pub(super) fn of(
        workspace: &'a Workspace,
        feed: &'a Feed,
        allowed: &'static str,
        last: &'a [LastGood],
        now: Moment,
    ) -> Self {
        let kpi = workspace.strategy.kpi(&feed.kpi);
        let last = last.iter().find(|l| l.fed.feed == feed.id);
        Self {
            feed: &feed.id,
            kpi: &feed.kpi,
            kind: feed.source.kind(),
            source: feed.source.to_string(),
            over: feed.over.label(),
            allowed,
            last: last.map(|l| Last { week: l.week, value: l.value, of: &l.fed.of, at: l.fed.at }),
            name: kpi.map_or(feed.kpi.as_str(), |k| &k.name),
            shown: last.map(|l| format!("{}, {}", show(kpi, l.value), age(l.fed.at, now))),
        }
    }
}

fn show(kpi: Option<&Kpi>, value: Finite) -> String {
    kpi.map_or_else(|| value.grouped(), |k| k.show(value))
}

/// A row a feed.
pub(super) fn list(context: &Context, all: &[Listed<'_>]) -> String {
    let mut page = context.page();
    let columns = [
        (say!("feed"), Set::Left),
        (say!("KPI"), Set::Wrap),
        (say!("from"), Set::Wrap),
        (say!("allowed"), Set::Left),
        (say!("last read here"), Set::Left),
    ];
    let mut table = Table::new(&columns);
    for one in all {
        table.row([
            one.feed.as_str().into(),
            one.name.into(),
            one.source.as_str().into(),
            word(one.allowed).into(),
            one.shown.as_deref().unwrap_or(say!("never")).into(),
        ]);
    }
    page.table(&table);
    page.text()
}

/// A refresh as programs see it.
#[derive(Serialize)]
pub(super) struct Refreshed<'a> {
    week: Week,
    dry_run: bool,
    written: Option<&'a str>,
    feeds: Vec<One<'a>>,
}

#[derive(Serialize)]
struct One<'a> {
    feed: &'a FeedId,
    kpi: &'a KpiId,
    before: Option<Finite>,
    before_origin: Option<&'static str>,
    after: Option<Finite>,
    result: &'static str,
    of: Option<&'a str>,
    at: Option<Moment>,
    error: Option<&'a str>,
    next: Option<&'a str>,
    last: Option<Last<'a>>,
}

impl<'a> Refreshed<'a> {
    pub(super) fn of(week: Week, dry_run: bool, written: Option<&'a str>, rows: &'a [Row]) -> Self {
        Self { week, dry_run, written, feeds: rows.iter().map(one).collect() }
    }
}

fn one(row: &Row) -> One<'_> {
    let base = One {
        feed: &row.feed,
        kpi: &row.kpi,
        before: row.before.map(|(value, _)| value),
        before_origin: row.before.map(|(_, origin)| origin_key(origin)),
        after: None,
        result: "failed",
        of: None,
        at: None,
        error: None,
        next: None,
        last: None,
    };
    match &row.got {
        Got::Number(value, fed, verdict) => {
            One { after: Some(*value), result: verdict.key(), of: Some(&fed.of), at: Some(fed.at), ..base }
        }
        Got::Trouble(why, last) => One {
            error: Some(&why.what),
            next: Some(&why.next),
            last: last.as_ref().map(|l| Last { week: l.week, value: l.value, of: &l.fed.of, at: l.fed.at }),
            ..base
        },
    }
}

/// The word for where a reading came from.
pub(super) fn origin_key(origin: Origin) -> &'static str {
    match origin {
        Origin::Review => "review",
        Origin::CheckIn => "check-in",
        Origin::Import => "import",
        Origin::Feed => "feed",
    }
}

/// What people see: a row a feed, then why some gave nothing.
pub(super) fn page(context: &Context, workspace: &Workspace, week: Week, rows: &[Row], now: Moment) -> String {
    let mut page = context.page();
    page.heading(&say!("Numbers of {week}", week));
    let columns = [
        (say!("KPI"), Set::Wrap),
        (say!("before"), Set::Right),
        (say!("after"), Set::Right),
        ("", Set::Left),
        (say!("from"), Set::Wrap),
    ];
    let mut table = Table::new(&columns);
    for row in rows {
        let kpi = workspace.strategy.kpi(&row.kpi);
        let before = row.before.map_or_else(|| "-".to_owned(), |(value, _)| show(kpi, value));
        let (after, verdict, from) = match &row.got {
            Got::Number(value, fed, verdict) => (show(kpi, *value), verdict.label(), fed.of.as_str()),
            Got::Trouble(..) => ("-".to_owned(), say!("failed"), row.feed.as_str()),
        };
        table.row([
            kpi.map_or(row.kpi.as_str(), |k| &k.name).into(),
            before.as_str().into(),
            after.as_str().into(),
            verdict.into(),
            from.into(),
        ]);
    }
    page.table(&table);
    let failed: Vec<(&Row, String)> =
        rows.iter().filter_map(|row| Some((row, trouble(workspace, row, now)?))).collect();
    if !failed.is_empty() {
        page.heading(say!("Gave no number"));
        failed.iter().for_each(|(_, text)| page.item(text));
    }
    page.text()
}

fn trouble(workspace: &Workspace, row: &Row, now: Moment) -> Option<String> {
    let Got::Trouble(why, last) = &row.got else { return None };
    let kpi = workspace.strategy.kpi(&row.kpi);
    let last = last.as_ref().map_or_else(
        || say!("it never gave one here").to_owned(),
        |l| {
            say!(
                "the last good one is {value} of {week}, read {ago}",
                value = show(kpi, l.value),
                week = l.week,
                ago = age(l.fed.at, now)
            )
        },
    );
    let next = if why.next.is_empty() { String::new() } else { say!(" Next: {next}.", next = why.next) };
    Some(format!("{}: {}; {last}.{next}", row.feed, why.what))
}
