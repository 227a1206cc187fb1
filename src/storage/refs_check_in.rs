//! Whether what a check-in refers to exists: people, KPIs, goals, themes, statements, messages; and whether it came in time.

use crate::model::checkin::CheckIn;
use crate::model::id::MemberId;
use crate::model::problem::Problem;
use crate::model::record::Message;
use crate::model::snapshot::Snapshot;
use crate::model::strategy::Strategy;
use crate::model::tongue::word;
use crate::model::week::Week;
use crate::model::workspace::Config;

use super::refs::{Faults, Known};
use super::syntax::Down::{self, Field, Item};

/// What a check-in is held against.
#[derive(Clone, Copy)]
pub(super) struct Beside<'a> {
    pub(super) config: &'a Config,
    /// What is pursued; none for a week that was sealed: what it reported on may be gone since.
    pub(super) strategy: Option<&'a Strategy>,
    /// The messages that could be told; none where they are not known.
    pub(super) messages: Option<&'a [Message]>,
    /// The review that sealed its week.
    pub(super) sealed: Option<&'a Snapshot>,
    /// The current week; none where it is not known.
    pub(super) now: Option<Week>,
}

/// Faults of a check-in.
pub(super) fn check_in(check_in: &CheckIn, beside: &Beside<'_>) -> Faults {
    let mut faults = Faults::default();
    let people = Known::of(beside.config.people.iter().map(|p| p.id.as_str()));
    let person = |f: &mut Faults, at: &[Down], id: &MemberId| f.refer(at, say!("person"), id.as_str(), &people);
    person(&mut faults, &[Field("member")], &check_in.member);
    for (nth, action) in check_in.actions.iter().enumerate() {
        person(&mut faults, &[Field("actions"), Item(nth), Field("owner")], &action.owner);
    }
    for (nth, thanks) in check_in.thanks.iter().enumerate() {
        person(&mut faults, &[Field("thanks"), Item(nth), Field("to")], &thanks.to);
    }
    twice(check_in, &mut faults);
    in_time(check_in, beside, &mut faults);
    if let Some(strategy) = beside.strategy {
        strategy_of(check_in, strategy, &mut faults);
        let statements = Known::of(beside.config.pulse.iter().map(|s| s.id.as_str()));
        for (nth, pulse) in check_in.pulse.iter().enumerate() {
            let at = [Field("pulse"), Item(nth), Field("statement")];
            faults.refer(&at, say!("statement of the pulse"), pulse.statement.as_str(), &statements);
        }
    }
    if let Some(messages) = beside.messages {
        let known = Known::of(messages.iter().map(|m| m.id.as_str()));
        for (nth, told) in check_in.told.iter().enumerate() {
            faults.refer(&[Field("told"), Item(nth)], say!("message"), told.as_str(), &known);
        }
    }
    faults
}

/// What stands in it twice, where only one can count.
fn twice(check_in: &CheckIn, faults: &mut Faults) {
    let mut unique = |field, what, ids: Vec<&str>| faults.below(&[Field(field)], |f| f.unique(what, ids.into_iter()));
    unique("readings", "KPI", check_in.readings.iter().map(|r| r.kpi.as_str()).collect());
    unique("progress", say!("action item"), check_in.progress.iter().map(|p| p.action.as_str()).collect());
    unique("confidence", "goal", check_in.confidence.iter().map(|v| v.goal.as_str()).collect());
    unique("ranking", "theme", check_in.ranking.iter().map(|t| t.as_str()).collect());
    unique("pulse", "statement", check_in.pulse.iter().map(|p| p.statement.as_str()).collect());
    unique("told", "message", check_in.told.iter().map(|m| m.as_str()).collect());
    unique("actions", say!("action item"), check_in.actions.iter().map(|a| a.id.as_str()).collect());
    unique("issues", "issue", check_in.issues.iter().map(|i| i.id.as_str()).collect());
}

fn strategy_of(check_in: &CheckIn, strategy: &Strategy, faults: &mut Faults) {
    let kpis = Known::of(strategy.kpis.iter().map(|k| k.id.as_str()));
    let goals = Known::of(strategy.goals.iter().map(|g| g.id.as_str()));
    let themes = Known::of(strategy.north_star.themes.iter().map(|t| t.id.as_str()));
    for (nth, reading) in check_in.readings.iter().enumerate() {
        faults.refer(&[Field("readings"), Item(nth), Field("kpi")], say!("KPI"), reading.kpi.as_str(), &kpis);
    }
    for (nth, vote) in check_in.confidence.iter().enumerate() {
        faults.refer(&[Field("confidence"), Item(nth), Field("goal")], say!("goal"), vote.goal.as_str(), &goals);
    }
    for (nth, goal) in check_in.recall.iter().enumerate().filter_map(|(nth, r)| Some((nth, r.goal.as_ref()?))) {
        faults.refer(&[Field("recall"), Item(nth), Field("goal")], say!("goal"), goal.as_str(), &goals);
    }
    for (nth, theme) in check_in.ranking.iter().enumerate() {
        faults.refer(&[Field("ranking"), Item(nth)], say!("theme"), theme.as_str(), &themes);
    }
}

/// What is said of a check-in that came after its review.
const LATE: &str = term!("has not seen: it was written after the review took it in");

/// Whether a problem is that a check-in came after its review: where people work apart that happens, and nothing is broken.
#[must_use]
pub fn is_late(problem: &Problem) -> bool {
    problem.message.ends_with(word(LATE))
}

/// A check-in of a week that is far off is a slip of the pen; one that says what its sealed review has not seen is lost there.
fn in_time(check_in: &CheckIn, beside: &Beside<'_>, faults: &mut Faults) {
    let week = check_in.week;
    if let Some(now) = beside.now.filter(|now| week.since(*now) > 1) {
        let message = say!("{week} lies {n} weeks ahead: no review will see this soon", week, n = week.since(now));
        faults.add(&[Field("week")], message, say!("this week is {now}; move it to the folder of its own week", now));
    }
    // A review that did not reveal the check-ins kept none: then nothing can be said.
    let Some(sealed) = beside.sealed.filter(|s| !s.check_ins.is_empty()) else { return };
    let seen = sealed.check_ins.iter().find(|c| c.member == check_in.member);
    let shared = CheckIn { pulse: Vec::new(), ..check_in.clone() };
    let nothing = CheckIn::new(check_in.member.clone(), week);
    if shared == nothing || seen.is_some_and(|seen| CheckIn { pulse: Vec::new(), ..seen.clone() } == shared) {
        return;
    }
    let message = say!("this says what the review of {week} {late}", week, late = word(LATE));
    let hint = say!(
        "say it in the check-in of {next}, or correct the review: `truenorth review {week} --reopen`",
        next = week.next(),
        week
    );
    faults.add(&[Field("week")], message, hint);
}
