//! Whether a sealed week holds together: a snapshot must explain itself with no other file present.

use crate::model::record::{Action, Decision, Issue, IssueState, Message, Record};
use crate::model::snapshot::Snapshot;

use super::refs::{self, Around, Faults, Known};
use super::refs_cards;
use super::syntax::Down::{Field, Item};

/// Faults inside one snapshot.
pub(super) fn snapshot(s: &Snapshot) -> Faults {
    let mut faults = Faults::default();
    let around = Around { workspace: &s.workspace, people: &s.people, teams: &s.teams, perspectives: &s.perspectives };
    for (field, inner) in [
        ("north_star", refs::north_star(&s.strategy.north_star)),
        ("goals", refs::goals(&s.strategy, around)),
        ("kpis", refs::kpis(&s.strategy.kpis, around)),
    ] {
        faults.below(&[Field("strategy"), Field(field)], |f| {
            for fault in inner.found {
                f.add(&fault.at, fault.message, fault.hint);
            }
        });
    }
    faults.below(&[Field("strategy"), Field("cards")], |f| {
        refs_cards::Beside::of(&s.strategy, around, None).list(s.strategy.cards.iter(), f);
    });
    let known = Ids::of(s);
    members(s, &known, &mut faults);
    scorecard(s, &known, &mut faults);
    list("actions", &s.actions, &mut faults, |action, f| known.action(action, f));
    list("decisions", &s.decisions, &mut faults, |decision, f| known.decision(decision, f));
    list("issues", &s.issues, &mut faults, |issue, f| known.issue(issue, f));
    list("messages", &s.messages, &mut faults, |message, f| known.message(message, f));
    list("headlines", &s.headlines, &mut faults, |headline, f| {
        if let Some(by) = &headline.by {
            f.refer(&[Field("by")], say!("person"), by.as_str(), &known.people);
        }
    });
    list("notes", &s.notes, &mut faults, |_, _| {});
    revision(s, &mut faults);
    faults
}

/// The ids that a snapshot itself defines.
struct Ids<'a> {
    people: Known<'a>,
    kpis: Known<'a>,
    goals: Known<'a>,
    values: Known<'a>,
    actions: Known<'a>,
}

impl<'a> Ids<'a> {
    fn of(s: &'a Snapshot) -> Self {
        Self {
            people: Known::of(s.people.iter().map(|p| p.id.as_str())),
            kpis: Known::of(s.strategy.kpis.iter().map(|k| k.id.as_str())),
            goals: Known::of(s.strategy.goals.iter().map(|g| g.id.as_str())),
            values: Known::of(s.strategy.north_star.values.iter().map(|v| v.id.as_str())),
            actions: Known::of(s.actions.iter().map(|a| a.id.as_str())),
        }
    }

    fn action(&self, action: &Action, f: &mut Faults) {
        f.refer(&[Field("owner")], say!("person"), action.owner.as_str(), &self.people);
        if let Some(goal) = &action.goal {
            f.refer(&[Field("goal")], say!("goal"), goal.as_str(), &self.goals);
        }
    }

    fn decision(&self, decision: &Decision, f: &mut Faults) {
        for (nth, who) in decision.deciders.iter().enumerate() {
            f.refer(&[Field("deciders"), Item(nth)], say!("person"), who.as_str(), &self.people);
        }
        for (field, goals) in [("goals", &decision.goals), ("strained_goals", &decision.strained_goals)] {
            for (nth, goal) in goals.iter().enumerate() {
                f.refer(&[Field(field), Item(nth)], say!("goal"), goal.as_str(), &self.goals);
            }
        }
        for (field, values) in [("serves", &decision.serves), ("strains", &decision.strains)] {
            for (nth, value) in values.iter().enumerate() {
                f.refer(&[Field(field), Item(nth)], say!("value"), value.as_str(), &self.values);
            }
        }
    }

    fn issue(&self, issue: &Issue, f: &mut Faults) {
        if let Some(by) = &issue.by {
            f.refer(&[Field("by")], say!("person"), by.as_str(), &self.people);
        }
        if let IssueState::Solved { action: Some(action), .. } = &issue.state {
            f.refer(&[Field("state"), Field("action")], say!("action item"), action.as_str(), &self.actions);
        }
    }

    fn message(&self, message: &Message, f: &mut Faults) {
        f.refer(&[Field("teller")], say!("person"), message.teller.as_str(), &self.people);
    }
}

fn list<T: Record>(name: &'static str, all: &[T], faults: &mut Faults, each: impl Fn(&T, &mut Faults)) {
    faults.below(&[Field(name)], |f| {
        f.unique("id", all.iter().map(|r| r.id().as_ref()));
        for (nth, record) in all.iter().enumerate() {
            f.below(&[Item(nth)], |f| each(record, f));
        }
    });
}

fn members(s: &Snapshot, known: &Ids<'_>, faults: &mut Faults) {
    faults.below(&[Field("people")], |f| f.unique(say!("person"), s.people.iter().map(|p| p.id.as_str())));
    if let Some(who) = &s.facilitator {
        faults.refer(&[Field("facilitator")], say!("person"), who.as_str(), &known.people);
    }
    for (nth, one) in s.attendance.iter().enumerate() {
        faults.refer(
            &[Field("attendance"), Item(nth), Field("member")],
            say!("person"),
            one.member.as_str(),
            &known.people,
        );
    }
    for (nth, one) in s.ratings.iter().enumerate() {
        faults.refer(
            &[Field("ratings"), Item(nth), Field("member")],
            say!("person"),
            one.member.as_str(),
            &known.people,
        );
    }
    for (nth, one) in s.check_ins.iter().enumerate() {
        faults.refer(
            &[Field("check_ins"), Item(nth), Field("member")],
            say!("person"),
            one.member.as_str(),
            &known.people,
        );
    }
}

fn scorecard(s: &Snapshot, known: &Ids<'_>, faults: &mut Faults) {
    faults.below(&[Field("scorecard")], |f| {
        f.unique(say!("KPI"), s.scorecard.iter().map(|k| k.kpi.as_str()));
        for (nth, week) in s.scorecard.iter().enumerate() {
            f.refer(&[Item(nth), Field("kpi")], say!("KPI"), week.kpi.as_str(), &known.kpis);
        }
    });
    faults.below(&[Field("goals")], |f| {
        f.unique(say!("goal"), s.goals.iter().map(|g| g.goal.as_str()));
        for (nth, week) in s.goals.iter().enumerate() {
            f.refer(&[Item(nth), Field("goal")], say!("goal"), week.goal.as_str(), &known.goals);
        }
    });
    faults.below(&[Field("commitments")], |f| {
        for (nth, one) in s.commitments.iter().enumerate() {
            f.refer(&[Item(nth), Field("action")], say!("action item"), one.action.as_str(), &known.actions);
        }
    });
}

fn revision(s: &Snapshot, faults: &mut Faults) {
    match &s.revises {
        Some(r) if r.revision >= s.revision => {
            let message =
                say!("revision {revision} cannot correct revision {other}", revision = s.revision, other = r.revision);
            faults.add(&[Field("revises"), Field("revision")], message, say!("it corrects an earlier one"));
        }
        None if s.revision > 1 => {
            let message = say!("revision {revision} does not say what it corrects", revision = s.revision);
            faults.add(&[Field("revision")], message, say!("add revises: (revision: …, at: …, why: …)"));
        }
        Some(_) | None => {}
    }
}
