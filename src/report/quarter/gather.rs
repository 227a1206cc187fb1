//! From a sealed quarter to what its report says.

use super::{
    Decision, Goal, Kept, Looked, Next, NorthStar, Outline, Prediction, Promise, Review, Sentence, Stop, Theme,
};
use crate::insight::quarter::QuarterDigest;
use crate::model::id::MemberId;
use crate::model::quarterly::{Fate, Graded, QuarterSnapshot, Stands, StarAnswer};
use crate::model::record::DecisionState;
use crate::report::outline::{Correction, OUTLINE_SCHEMA, Person};

/// What the report of a quarter says, beside the sealed quarter before it.
#[must_use]
pub fn gather(s: &QuarterSnapshot, before: Option<&QuarterSnapshot>) -> Outline {
    let (said, facts) = (&s.said, &s.said.facts);
    let by = |id: &MemberId| person(s, id);
    Outline {
        schema: OUTLINE_SCHEMA,
        workspace: s.workspace.clone(),
        name: s.name.clone(),
        quarter: s.quarter(),
        revision: s.revision,
        correction: s.revises.as_ref().map(|r| Correction {
            revision: r.revision,
            by: r.by.as_ref().map(by),
            why: r.why.clone(),
        }),
        review: review(s),
        figures: QuarterDigest::of(s),
        before: before.map(QuarterDigest::of),
        figures_of: facts.last,
        goals: facts.goals.iter().map(|g| goal(s, g)).collect(),
        learned: said.learned.iter().map(|l| l.text.clone()).collect(),
        predictions: facts
            .scored
            .iter()
            .map(|p| Prediction { title: p.title.clone(), percent: p.percent.get(), came_true: p.came_true })
            .collect(),
        decisions: decisions(s),
        north_star: said.north_star.as_ref().map(north_star),
        themes: themes(s),
        next: next(s),
        stops: stops(s),
        kept: facts.stops.iter().map(|k| Kept { what: k.what.clone(), kept: said.kept(&k.id) }).collect(),
        promised: promised(s),
        said: said.said.iter().map(|one| Sentence { by: by(&one.member), text: one.text.clone() }).collect(),
        looked: said.looked.iter().map(|l| Looked { register: l.kind.row().name, title: l.title.clone() }).collect(),
        findings: facts.findings.clone(),
        notes: s.notes.iter().map(|n| n.text.clone()).collect(),
    }
}

fn person(s: &QuarterSnapshot, id: &MemberId) -> Person {
    Person { id: id.clone(), name: s.name_of(id).to_owned() }
}

fn review(s: &QuarterSnapshot) -> Review {
    let people = |present: bool| {
        let them = s.attendance.iter().filter(move |a| a.present == present);
        them.map(|a| person(s, &a.member)).collect()
    };
    Review {
        started: s.started,
        sealed: s.sealed,
        led_by: s.facilitator.as_ref().map(|f| person(s, f)),
        present: people(true),
        absent: people(false),
        minutes: s.used_seconds().div_ceil(60),
        planned_minutes: s.time.iter().map(|t| u32::from(t.planned_minutes)).sum(),
    }
}

fn goal(s: &QuarterSnapshot, graded: &Graded) -> Goal {
    let answer = s.said.answer(&graded.goal);
    let fate = match &answer.fate {
        Some(Fate::Closed) => Some("closed"),
        Some(Fate::Carried) => Some("carried"),
        Some(Fate::Dropped { .. }) => Some("dropped"),
        None => match graded.stands {
            Stands::Due => None,
            Stands::UnderWay => Some("under way"),
            Stands::Over => Some("over"),
        },
    };
    let reason = match answer.fate {
        Some(Fate::Dropped { reason }) => reason,
        Some(Fate::Closed | Fate::Carried) | None => String::new(),
    };
    let measure = graded.measure.as_ref();
    Goal {
        id: graded.goal.clone(),
        title: graded.title.clone(),
        objective: graded.objective.clone(),
        owner: graded.owner.as_ref().map(|o| person(s, o)),
        grade: s.said.grade(&graded.goal),
        by_rule: graded.grade,
        from: measure.map(|m| m.show(m.baseline)),
        now: measure.and_then(|m| m.now.map(|now| m.show(Some(now)))),
        target: measure.map(|m| m.show(m.target)),
        fate,
        reason,
        note: answer.note,
    }
}

fn decisions(s: &QuarterSnapshot) -> Vec<Decision> {
    let taken = s.decisions.iter().filter(|d| d.decided == s.week);
    let taken = taken.map(|d| Decision { title: d.title.clone(), choice: d.choice.clone(), outcome: None });
    let again = s.decisions.iter().filter_map(|d| match &d.state {
        DecisionState::Reviewed { in_week, outcome, .. } if *in_week == s.week => {
            Some(Decision { title: d.title.clone(), choice: d.choice.clone(), outcome: Some(outcome.clone()) })
        }
        _ => None,
    });
    taken.chain(again).collect()
}

fn north_star(answer: &StarAnswer) -> NorthStar {
    match answer {
        StarAnswer::StillRight => NorthStar { still_right: true, change: String::new() },
        StarAnswer::Change { why } => NorthStar { still_right: false, change: why.clone() },
    }
}

fn themes(s: &QuarterSnapshot) -> Vec<Theme> {
    let theme = |t: &crate::model::quarterly::ThemeFacts| Theme {
        id: t.theme.clone(),
        name: t.name.clone(),
        before: t.weight,
        after: s.said.weight(t),
        work: t.goals,
        days: t.days,
    };
    s.said.facts.themes.iter().map(theme).collect()
}

fn next(s: &QuarterSnapshot) -> Vec<Next> {
    let named = |id| s.said.facts.themes.iter().find(|t| &t.theme == id).map(|t| t.name.clone());
    let next = s.said.next.iter().map(|n| Next {
        id: n.goal.clone(),
        title: n.title.clone(),
        owner: person(s, &n.owner),
        theme: n.theme.as_ref().and_then(named),
    });
    next.collect()
}

fn stops(s: &QuarterSnapshot) -> Vec<Stop> {
    let stops = s.said.stops.iter().map(|stop| Stop {
        what: stop.what.clone(),
        why: stop.why.clone(),
        owner: person(s, &stop.owner),
        from: stop.from,
        goal: stop.goal.clone(),
    });
    stops.collect()
}

fn promised(s: &QuarterSnapshot) -> Vec<Promise> {
    let promised = s.actions.iter().filter(|a| a.promised == s.week);
    promised.map(|a| Promise { owner: person(s, &a.owner), title: a.title.clone(), due: a.due }).collect()
}
