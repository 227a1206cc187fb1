//! A sealed week gathered into the outline of its report: from its snapshot, the one before, and the weeks behind.

mod goals;
mod records;
mod scorecard;

use chrono::Datelike;

use super::map::StrategyMap;
use super::outline::{
    Alignment, ChangeGroup, Changes, Correction, Dimension, Finding, Headline, Lowering, NorthStar, OUTLINE_SCHEMA,
    Outline, Person, Review, Theme, Value,
};
use crate::insight::{alignment, diff};
use crate::model::history::History;
use crate::model::id::MemberId;
use crate::model::number::Finite;
use crate::model::record::mean_rating;
use crate::model::snapshot::Snapshot;
use crate::model::strategy;
use crate::model::tongue::word;

/// What a report is made of.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The week.
    pub snapshot: &'a Snapshot,
    /// The sealed week before it; none for the first.
    pub previous: Option<&'a Snapshot>,
    /// The weeks behind, for charts and forecasts. Later weeks in it are passed over.
    pub history: &'a History,
}

/// How many of the ratios that lower the index are told.
const LOWEST: usize = 3;

/// Gathers a week. Takes time in proportion to the readings of its KPIs; the forecasts cost most.
#[must_use]
pub fn gather(source: Source<'_>) -> Outline {
    let s = source.snapshot;
    Outline {
        schema: OUTLINE_SCHEMA,
        workspace: s.workspace.clone(),
        name: s.name.clone(),
        week: s.week,
        revision: s.revision,
        correction: s.revises.as_ref().map(|r| Correction {
            revision: r.revision,
            by: r.by.as_ref().map(|m| person(s, m)),
            why: r.why.clone(),
        }),
        mine: None,
        review: review(s),
        north_star: north_star(&s.strategy.north_star),
        headlines: s
            .headlines
            .iter()
            .map(|h| Headline { text: h.text.clone(), by: h.by.as_ref().map(|m| person(s, m)) })
            .collect(),
        changes: source.previous.map(|before| changes(before, s)),
        scorecard: scorecard::of(source),
        goals: goals::of(s),
        map: StrategyMap::of(s),
        decisions: records::decisions(s),
        actions: records::actions(s),
        issues: records::issues(s),
        messages: records::messages(s),
        findings: findings(s),
        alignment: s.alignment.as_ref().map(|a| aligned(a, source.previous)),
        notes: s.notes.iter().map(|n| n.text.clone()).collect(),
    }
}

fn person(s: &Snapshot, id: &MemberId) -> Person {
    Person { id: id.clone(), name: s.name_of(id).to_owned() }
}

fn people(s: &Snapshot, ids: &[MemberId]) -> Vec<Person> {
    ids.iter().map(|id| person(s, id)).collect()
}

fn review(s: &Snapshot) -> Review {
    let attended =
        |here| s.attendance.iter().filter(|a| a.present == here).map(|a| person(s, &a.member)).collect::<Vec<_>>();
    let (kept, due) = s.kept();
    Review {
        started: s.started,
        sealed: s.sealed,
        led_by: s.facilitator.as_ref().map(|m| person(s, m)),
        present: attended(true),
        absent: attended(false),
        minutes: s.used_seconds().div_ceil(60),
        planned_minutes: s.time.iter().map(|t| u32::from(t.planned_minutes)).sum(),
        rating: mean_rating(&s.ratings),
        ratings: s.ratings.len(),
        why_low: s.why_low.clone(),
        kept,
        due,
        next: s.week.next().day(s.started.date_naive().weekday()),
    }
}

fn north_star(star: &strategy::NorthStar) -> NorthStar {
    let all: f64 = star.themes.iter().map(|t| t.weight.get()).sum();
    let percent = |weight: Finite| Finite::new((weight.get() / all * 100.0).round());
    NorthStar {
        vision: star.vision.clone(),
        mission: star.mission.clone(),
        values: star.values.iter().map(|v| Value { name: v.name.clone(), meaning: v.meaning.clone() }).collect(),
        themes: star
            .themes
            .iter()
            .map(|t| Theme { id: t.id.clone(), name: t.name.clone(), bet: t.bet.clone(), percent: percent(t.weight) })
            .collect(),
    }
}

fn changes(before: &Snapshot, s: &Snapshot) -> Changes {
    let all = diff::between(before, s);
    // What the other parts tell in full is not told twice.
    let told = |group: &diff::Group| match group {
        diff::Group::Readings | diff::Group::Decisions | diff::Group::Actions | diff::Group::Issues => true,
        diff::Group::NorthStar
        | diff::Group::Targets
        | diff::Group::Added
        | diff::Group::Closed
        | diff::Group::Moved
        | diff::Group::Owners
        | diff::Group::Dates
        | diff::Group::Words
        | diff::Group::Statuses
        | diff::Group::Cards
        | diff::Group::People => false,
    };
    let groups = diff::grouped(&all).into_iter().filter(|(group, _)| !told(group));
    Changes {
        since: before.week,
        groups: groups
            .map(|(group, changes)| ChangeGroup {
                about: group.label(),
                changes: changes.into_iter().cloned().collect(),
            })
            .collect(),
    }
}

fn findings(s: &Snapshot) -> Vec<Finding> {
    let mut all: Vec<_> = s.findings.iter().collect();
    all.sort_by_key(|f| std::cmp::Reverse(f.finding.severity));
    all.into_iter()
        .map(|f| Finding {
            key: f.finding.key.clone(),
            rule: f.finding.rule.clone(),
            severity: f.finding.severity.label(),
            title: f.finding.title.clone(),
            evidence: f.finding.evidence.clone(),
            suggestion: f.finding.suggestion.clone(),
            answer: f.answer.as_ref().map(crate::model::finding::Answer::label),
        })
        .collect()
}

fn aligned(alignment: &crate::model::alignment::Alignment, previous: Option<&Snapshot>) -> Alignment {
    let before = previous.and_then(|s| s.alignment.as_ref()?.index);
    let change = alignment.index.zip(before).and_then(|(now, before)| Finite::new(now.get() - before.get()));
    let name = |id: &str| alignment::aspect(id).map_or(id, |a| word(a.label)).to_owned();
    let lowest = alignment::lowest(alignment).into_iter().take(LOWEST).filter_map(|gain| {
        let measure = alignment::measure(gain.component);
        Some(Lowering {
            name: measure.map_or(gain.component.name(), |m| word(m.label)).to_owned(),
            dimension: name(&gain.dimension.id),
            percent: Finite::new((gain.component.ratio?.get() * 100.0).round())?,
            points: Finite::new((gain.points * 10.0).round() / 10.0)?,
            counted: gain.component.inputs.first().cloned().unwrap_or_default(),
            advice: measure.map_or("", |m| word(m.advice)),
        })
    });
    Alignment {
        index: alignment.index,
        change,
        dimensions: alignment
            .dimensions
            .iter()
            .map(|d| Dimension { id: d.id.clone(), name: name(&d.id), score: d.score })
            .collect(),
        lowest: lowest.collect(),
    }
}
