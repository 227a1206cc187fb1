//! Whether what files refer to exists: owners, parents, KPIs, themes; and whether numbers make sense together.
//!
//! Faults are found on values and located in the text afterwards, because only few files have any.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use crate::insight::{findings, map};
use crate::model::agenda::Rhythm;
use crate::model::feed::{Source, path_fault};
use crate::model::goal::{Goal, Kind};
use crate::model::id::WorkspaceId;
use crate::model::import::ReadingsFile;
use crate::model::kpi::{Aim, Direction, Kpi};
use crate::model::people::{Member, Team};
use crate::model::problem::Problem;
use crate::model::strategy::{NorthStar, Perspective, Strategy};
use crate::model::week::Week;
use crate::model::workspace::Config;

use super::codec::nearest;
use super::source::at_offset;
use super::syntax::Down::{self, Field, Item};
use super::syntax::locate_all;

/// Something that does not fit, and the way to it inside its file's value.
pub(super) struct Fault {
    pub(super) at: Vec<Down>,
    pub(super) message: String,
    pub(super) hint: String,
}

/// A list of faults below a common place.
#[derive(Default)]
pub(super) struct Faults {
    base: Vec<Down>,
    pub(super) found: Vec<Fault>,
}

impl Faults {
    /// Notes a fault at a place below the common one.
    pub(super) fn add(&mut self, at: &[Down], message: impl Into<String>, hint: impl Into<String>) {
        let at = self.base.iter().chain(at).copied().collect();
        self.found.push(Fault { at, message: message.into(), hint: hint.into() });
    }

    /// Notes faults with a longer common place.
    pub(super) fn below(&mut self, at: &[Down], note: impl FnOnce(&mut Self)) {
        let depth = self.base.len();
        self.base.extend_from_slice(at);
        note(self);
        self.base.truncate(depth);
    }

    /// Notes an id that nothing has.
    pub(super) fn refer(&mut self, at: &[Down], what: &str, id: &str, known: &Known<'_>) {
        if !known.contains(id) {
            self.add(at, say!("there is no {what} `{id}`", what, id), known.hint(id));
        }
    }

    /// Notes ids that are given twice.
    pub(super) fn unique<'i>(&mut self, what: &str, ids: impl Iterator<Item = &'i str>) {
        let mut seen: HashMap<String, usize> = HashMap::new();
        for (at, id) in ids.enumerate() {
            // Ids are lower case; folding keeps this true should the grammar ever widen.
            if let Some(first) = seen.insert(id.to_lowercase(), at) {
                let message =
                    say!("the {what} `{id}` is given twice: item {nth} has it too", what, id, nth = first + 1);
                self.add(&[Item(at)], message, say!("give one of the two another id"));
            }
        }
    }

    /// The faults as problems of a file.
    pub(super) fn located(self, path: &Path, text: &str) -> Vec<Problem> {
        if self.found.is_empty() {
            return Vec::new();
        }
        let places = locate_all(text, self.found.iter().map(|f| f.at.as_slice()));
        let problem = |(f, place): (Fault, usize)| at_offset(path, text, place, f.message, f.hint);
        self.found.into_iter().zip(places).map(problem).collect()
    }
}

/// The ids of one kind that exist.
pub(super) struct Known<'a>(Vec<&'a str>);

impl<'a> Known<'a> {
    pub(super) fn of(ids: impl Iterator<Item = &'a str>) -> Self {
        let mut ids: Vec<&str> = ids.collect();
        ids.sort_unstable();
        Self(ids)
    }

    fn contains(&self, id: &str) -> bool {
        self.0.binary_search(&id).is_ok()
    }

    fn hint(&self, id: &str) -> String {
        match nearest(id, &self.0) {
            Some(near) => say!("did you mean `{near}`?", near),
            None if self.0.is_empty() => say!("there are none yet: add it, or take this out").to_owned(),
            None if self.0.len() <= 12 => say!("known are {names}", names = self.0.join(", ")),
            None => say!("add it, or correct the id here").to_owned(),
        }
    }
}

/// Who and what strategy files may refer to outside themselves.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    pub(super) workspace: &'a WorkspaceId,
    pub(super) people: &'a [Member],
    pub(super) teams: &'a [Team],
    pub(super) perspectives: &'a [Perspective],
}

impl<'a> From<&'a Config> for Around<'a> {
    fn from(config: &'a Config) -> Self {
        Self { workspace: &config.id, people: &config.people, teams: &config.teams, perspectives: &config.perspectives }
    }
}

/// Faults of `truenorth.ron`.
pub(super) fn config(config: &Config) -> Faults {
    let mut faults = Faults::default();
    let teams = Known::of(config.teams.iter().map(|t| t.id.as_str()));
    faults.below(&[Field("people")], |f| {
        f.unique(say!("person"), config.people.iter().map(|p| p.id.as_str()));
        for (at, person) in config.people.iter().enumerate() {
            for (nth, team) in person.teams.iter().enumerate() {
                f.refer(&[Item(at), Field("teams"), Item(nth)], say!("team"), team.as_str(), &teams);
            }
        }
    });
    faults.below(&[Field("teams")], |f| f.unique(say!("team"), config.teams.iter().map(|t| t.id.as_str())));
    faults.below(&[Field("perspectives")], |f| {
        f.unique(say!("perspective"), config.perspectives.iter().map(|p| p.id.as_str()));
    });
    faults.below(&[Field("pulse")], |f| f.unique(say!("statement"), config.pulse.iter().map(|s| s.id.as_str())));
    faults.below(&[Field("agendas")], |f| {
        f.unique(say!("agenda"), config.agendas.iter().map(|a| a.id().as_str()));
        for (at, agenda) in config.agendas.iter().enumerate() {
            let steps = agenda.steps().iter().map(|s| s.step.key());
            f.below(&[Item(at), Field("steps")], |f| f.unique(say!("step"), steps));
            let long = agenda.id().as_str() == Rhythm::Quarterly.label() && agenda.rhythm() != Rhythm::Quarterly;
            if long && !agenda.steps().is_empty() {
                f.add(
                    &[Item(at), Field("steps")],
                    say!("no step of the quarterly review is in this agenda, so it is not the one that is followed"),
                    say!("take look_back, look_around, look_ahead, say_no and commit, or give the agenda another id"),
                );
            }
            if agenda.steps().is_empty() {
                f.add(
                    &[Item(at), Field("steps")],
                    say!("this agenda has no steps"),
                    say!("add at least one: (step: open, minutes: 5)"),
                );
            }
        }
    });
    thresholds(config, &mut faults);
    agreed(config, &mut faults);
    rules(config, &mut faults);
    feeds(config, &mut faults);
    faults
}

fn thresholds(config: &Config, faults: &mut Faults) {
    for (field, value) in [
        ("tolerance_percent", config.thresholds.tolerance_percent),
        ("completion_percent", config.thresholds.completion_percent),
        ("recall_percent", config.thresholds.recall_percent),
        ("effort_points", config.thresholds.effort_points),
    ] {
        if !(0.0..=100.0).contains(&value.get()) {
            let at = [Field("thresholds"), Field(field)];
            faults.add(&at, say!("{value} is no percentage", value), say!("write a number between 0 and 100"));
        }
    }
    let everybody = (vec![Field("thresholds"), Field("days_a_week")], Some(config.thresholds.days_a_week));
    let each = config.people.iter().enumerate();
    let each = each.map(|(at, m)| (vec![Field("people"), Item(at), Field("days_a_week")], m.days_a_week));
    for (at, days) in std::iter::once(everybody).chain(each) {
        if let Some(days) = days.filter(|days| !(0.0..=7.0).contains(&days.get())) {
            faults.add(&at, say!("nobody has {days} days a week", days), say!("write a number between 0 and 7"));
        }
    }
}

/// The limits on what people say together.
fn agreed(config: &Config, faults: &mut Faults) {
    let limits = &config.thresholds;
    if !(-1.0..=1.0).contains(&limits.agreement.get()) {
        let message = say!("{agreement} is no rank correlation", agreement = limits.agreement);
        faults.add(&[Field("thresholds"), Field("agreement")], message, say!("write a number between -1 and 1"));
    }
    if limits.votes_apart > 10 {
        let message = say!("votes cannot lie {votes_apart} apart", votes_apart = limits.votes_apart);
        faults.add(&[Field("thresholds"), Field("votes_apart")], message, say!("write a number between 1 and 10"));
    }
}

/// Rules that do not exist, or are set twice.
fn rules(config: &Config, faults: &mut Faults) {
    let known = Known::of(findings::RULES.iter().map(|r| r.id));
    faults.below(&[Field("findings")], |f| {
        f.unique(say!("rule"), config.findings.iter().map(|s| s.rule.as_str()));
        for (at, setting) in config.findings.iter().enumerate() {
            f.refer(&[Item(at), Field("rule")], say!("rule"), &setting.rule, &known);
        }
    });
}

/// Feeds that cannot work: named twice, two for one KPI, paths and commands that lead nowhere.
fn feeds(config: &Config, faults: &mut Faults) {
    faults.below(&[Field("feeds")], |f| {
        f.unique(say!("feed"), config.feeds.iter().map(|feed| feed.id.as_str()));
        for (at, feed) in config.feeds.iter().enumerate() {
            if config.feeds[..at].iter().any(|before| before.kpi == feed.kpi) {
                let message = say!("the KPI `{kpi}` has two feeds", kpi = feed.kpi);
                f.add(&[Item(at), Field("kpi")], message, say!("keep one of the two: a week has one number"));
            }
            if let Some((message, hint)) = feed.source.file().and_then(path_fault) {
                f.add(&[Item(at), Field("source")], message, hint);
            }
            if matches!(&feed.source, Source::Command { argv, .. } if argv.first().is_none_or(|p| p.trim().is_empty()))
            {
                f.add(
                    &[Item(at), Field("source")],
                    say!("the feed names no program"),
                    say!("write its name first in argv"),
                );
            }
        }
    });
}

/// Feeds of KPIs that are not there.
pub(super) fn fed(config: &Config, strategy: &Strategy) -> Faults {
    let mut faults = Faults::default();
    let kpis = Known::of(strategy.kpis.iter().map(|k| k.id.as_str()));
    faults.below(&[Field("feeds")], |f| {
        for (at, feed) in config.feeds.iter().enumerate() {
            f.refer(&[Item(at), Field("kpi")], say!("KPI"), feed.kpi.as_str(), &kpis);
        }
    });
    faults
}

/// Faults of the north star.
pub(super) fn north_star(star: &NorthStar) -> Faults {
    let mut faults = Faults::default();
    faults.below(&[Field("values")], |f| f.unique(say!("value"), star.values.iter().map(|v| v.id.as_str())));
    faults.below(&[Field("themes")], |f| {
        f.unique(say!("theme"), star.themes.iter().map(|t| t.id.as_str()));
        for (at, theme) in star.themes.iter().enumerate().filter(|(_, t)| t.weight.get() < 0.0) {
            let message = say!("the weight {weight} is below zero", weight = theme.weight);
            f.add(&[Item(at), Field("weight")], message, say!("weights are shares: 0 or more"));
        }
    });
    faults
}

/// Faults of the goals.
pub(super) fn goals(strategy: &Strategy, around: Around<'_>) -> Faults {
    let mut faults = Faults::default();
    faults.unique(say!("goal"), strategy.goals.iter().map(|g| g.id.as_str()));
    let kpis = Known::of(strategy.kpis.iter().map(|k| k.id.as_str()));
    let themes = Known::of(strategy.north_star.themes.iter().map(|t| t.id.as_str()));
    let ids = Known::of(strategy.goals.iter().map(|g| g.id.as_str()));
    let people = Known::of(around.people.iter().map(|p| p.id.as_str()));
    let teams = Known::of(around.teams.iter().map(|t| t.id.as_str()));
    let perspectives = Known::of(around.perspectives.iter().map(|p| p.id.as_str()));
    for (at, goal) in strategy.goals.iter().enumerate() {
        faults.below(&[Item(at)], |f| {
            if let Some(parent) = &goal.parent {
                f.refer(&[Field("parent")], say!("goal"), parent.as_str(), &ids);
            }
            if let Some(far) = goal.supports.as_ref().filter(|far| &far.workspace == around.workspace) {
                let message = say!("`{far}` is a goal of this workspace itself", far);
                f.add(&[Field("supports")], message, say!("write parent: \"{goal}\" in its place", goal = far.goal));
            }
            if let Some(theme) = &goal.theme {
                f.refer(&[Field("theme")], say!("theme"), theme.as_str(), &themes);
            }
            if let Some(owner) = &goal.owner {
                f.refer(&[Field("owner")], say!("person"), owner.as_str(), &people);
            }
            if let Some(team) = &goal.team {
                f.refer(&[Field("team")], say!("team"), team.as_str(), &teams);
            }
            for (nth, kpi) in goal.kpis.iter().enumerate() {
                f.refer(&[Field("kpis"), Item(nth)], say!("KPI"), kpi.as_str(), &kpis);
            }
            if let Some(perspective) = &goal.perspective {
                f.refer(&[Field("perspective")], say!("perspective"), perspective.as_str(), &perspectives);
            }
            for (nth, effect) in goal.leads_to.iter().enumerate() {
                f.refer(&[Field("leads_to"), Item(nth)], say!("goal"), effect.as_str(), &ids);
            }
            goal_itself(goal, &people, f);
        });
    }
    cycles(strategy, &mut faults);
    circles_of_causes(strategy, &mut faults);
    faults
}

fn goal_itself(goal: &Goal, people: &Known<'_>, f: &mut Faults) {
    if let Some(weight) = goal.weight.filter(|w| w.get() < 0.0) {
        f.add(
            &[Field("weight")],
            say!("the weight {weight} is below zero", weight),
            say!("weights are shares: 0 or more"),
        );
    }
    if let (Some(start), Some(due)) = (goal.start, goal.due)
        && due < start
    {
        f.add(
            &[Field("due")],
            say!("due on {due}, before it starts on {start}", due, start),
            say!("correct one of the two days"),
        );
    }
    match &goal.kind {
        Kind::Initiative { members } => {
            for (nth, member) in members.iter().enumerate() {
                f.refer(&[Field("kind"), Field("members"), Item(nth)], say!("person"), member.as_str(), people);
            }
        }
        Kind::KeyResult { baseline: Some(from), target: Some(to), .. } if from == to => {
            let at = [Field("kind"), Field("target")];
            f.add(
                &at,
                say!("baseline and target are both {to}: there is no way to go", to),
                say!("correct one of the two"),
            );
        }
        Kind::KeyResult { .. } | Kind::Goal | Kind::Objective => {}
    }
}

/// Notes each circle of parents once, at the first of its goals in the file.
fn cycles(strategy: &Strategy, faults: &mut Faults) {
    let parents: HashMap<&str, Option<&str>> =
        strategy.goals.iter().map(|g| (g.id.as_str(), g.parent.as_ref().map(|p| p.as_str()))).collect();
    let mut settled = std::collections::HashSet::new();
    for (at, goal) in strategy.goals.iter().enumerate() {
        let mut line = Vec::new();
        let mut next = Some(goal.id.as_str());
        while let Some(id) = next.filter(|id| !settled.contains(id) && !line.contains(id)) {
            line.push(id);
            next = parents.get(id).copied().flatten();
        }
        if let Some(start) = next.and_then(|id| line.iter().position(|l| *l == id)) {
            let mut circle = line[start..].to_vec();
            circle.push(circle[0]);
            // The one at hand may only lead into the circle.
            let place = strategy.goals.iter().position(|g| circle.contains(&g.id.as_str())).unwrap_or(at);
            let message = say!("these goals are each other's parents: {circle}", circle = circle.join(" → "));
            faults.add(&[Item(place), Field("parent")], message, say!("take the parent out of one of them"));
        }
        settled.extend(line);
    }
}

/// Notes each circle of causes and effects, at the goal of it that comes last in the file.
fn circles_of_causes(strategy: &Strategy, faults: &mut Faults) {
    for circle in map::circles(strategy) {
        let place = |id: &&str| strategy.goals.iter().position(|g| g.id.as_str() == *id);
        let Some(at) = circle.iter().filter_map(place).max() else { continue };
        let message =
            say!("these goals lead to each other: {circle} → {first}", circle = circle.join(" → "), first = circle[0]);
        faults.add(
            &[Item(at), Field("leads_to")],
            message,
            say!("take one of the links out: a cause comes before its effect"),
        );
    }
}

/// Faults of the KPIs.
pub(super) fn kpis(all: &[Kpi], around: Around<'_>) -> Faults {
    let mut faults = Faults::default();
    faults.unique(say!("KPI"), all.iter().map(|k| k.id.as_str()));
    let people = Known::of(around.people.iter().map(|p| p.id.as_str()));
    let perspectives = Known::of(around.perspectives.iter().map(|p| p.id.as_str()));
    for (at, kpi) in all.iter().enumerate() {
        faults.below(&[Item(at)], |f| {
            f.refer(&[Field("perspective")], say!("perspective"), kpi.perspective.as_str(), &perspectives);
            if let Some(owner) = &kpi.owner {
                f.refer(&[Field("owner")], say!("person"), owner.as_str(), &people);
            }
            targets(kpi, f);
        });
    }
    faults
}

fn targets(kpi: &Kpi, f: &mut Faults) {
    for (nth, target) in kpi.targets.iter().enumerate() {
        let at = [Field("targets"), Item(nth), Field("aim")];
        let (message, hint) = match (target.aim, kpi.direction) {
            (Aim::Within(low, high), _) if low > high => {
                (say!("the band begins at {low} and ends at {high}", low, high), say!("write the lower limit first"))
            }
            (Aim::At(_), Direction::Band) => (
                say!("a KPI with direction band needs a band").to_owned(),
                say!("write within(low, high), or change the direction"),
            ),
            (Aim::Within(..), Direction::Up | Direction::Down) => (
                say!("a band fits only a KPI with direction band").to_owned(),
                say!("write at(value), or change the direction to band"),
            ),
            (Aim::At(_) | Aim::Within(..) | Aim::Nothing, _) => continue,
        };
        f.add(&at, message, hint);
    }
    once_a_week("targets", kpi.targets.iter().map(|t| t.from.to_string()), f);
    once_a_week("phases", kpi.phases.iter().map(|p| p.from.to_string()), f);
    for (field, value) in [("tolerance", kpi.tolerance), ("tolerance_percent", kpi.tolerance_percent)] {
        if let Some(value) = value.filter(|v| v.get() < 0.0) {
            f.add(&[Field(field)], say!("the tolerance {value} is below zero", value), say!("write 0 or more"));
        }
    }
}

fn once_a_week(field: &'static str, weeks: impl Iterator<Item = String>, f: &mut Faults) {
    let mut seen = std::collections::HashSet::new();
    for (nth, week) in weeks.enumerate() {
        if !seen.insert(week.clone()) {
            let at = [Field(field), Item(nth), Field("from")];
            f.add(&at, say!("two of the {field} begin in {week}", field, week), say!("keep one of the two"));
        }
    }
}
/// Faults of an import: who made it, what it tells of, each week of a KPI at most once and none that had not begun.
pub(super) fn import(file: &ReadingsFile, strategy: Option<&Strategy>, people: &[Member]) -> Faults {
    let mut faults = Faults::default();
    faults.refer(&[Field("by")], say!("person"), file.by.as_str(), &Known::of(people.iter().map(|p| p.id.as_str())));
    let kpis = strategy.map(|s| Known::of(s.kpis.iter().map(|k| k.id.as_str())));
    let last = Week::of(file.on);
    let (mut seen, mut told) = (HashMap::new(), HashSet::new());
    for (nth, reading) in file.readings.iter().enumerate() {
        let at = [Field("readings"), Item(nth)];
        faults.below(&at, |f| {
            // A KPI that is gone since would otherwise be told of week by week.
            if let Some(kpis) = kpis.as_ref().filter(|_| told.insert(&reading.kpi)) {
                f.refer(&[Field("kpi")], say!("KPI"), reading.kpi.as_str(), kpis);
            }
            if let Some(first) = seen.insert((&reading.kpi, reading.week), nth) {
                let message = say!(
                    "{week} of `{kpi}` is given twice: item {nth} has it too",
                    week = reading.week,
                    kpi = reading.kpi,
                    nth = first + 1
                );
                f.add(&[], message, say!("keep one of the two"));
            }
            if reading.week > last {
                let message =
                    say!("{week} had not begun on the day of the import, {on}", week = reading.week, on = file.on);
                f.add(&[Field("week")], message, say!("a reading tells what was: correct the week"));
            }
        });
    }
    faults
}
