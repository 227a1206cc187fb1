//! What each member reports of a week, alone and before the review.

use truenorth::model::checkin::{CheckIn, Progress, Reading, Vote};
use truenorth::model::goal::{Goal, Kind};
use truenorth::model::id::MemberId;
use truenorth::model::people::Member;
use truenorth::model::record::{Action, Issue, IssueState, Subject};
use truenorth::model::scale::Confidence;

use crate::numbers::chance;
use crate::story::{Event, Raised};
use crate::teller::Teller;
use crate::voices;

/// How many goals a member votes on at most, unless the story tells more.
const VOTES: usize = 4;

/// The check-ins of a week: of everybody who is still here and is not told to be silent.
pub(crate) fn all(teller: &Teller) -> Vec<CheckIn> {
    let mut people: Vec<&Member> = teller.workspace.config.active().filter(|m| sends(teller, &m.id)).collect();
    people.sort_by(|a, b| a.id.cmp(&b.id));
    people.into_iter().map(|member| one(teller, &member.id)).collect()
}

fn sends(teller: &Teller, member: &MemberId) -> bool {
    !teller.told.events.iter().any(|e| matches!(e, Event::Silent(who) if who == member))
}

/// Whether an issue is raised in its author's check-in rather than in the review.
pub(crate) fn is_reported(teller: &Teller, raised: &Raised) -> bool {
    let comes_up_in_the_room = matches!(raised.about, Some(Subject::Action(_) | Subject::Decision(_)));
    sends(teller, &raised.by) && teller.workspace.config.member(&raised.by).is_some() && !comes_up_in_the_room
}

/// An issue as it begins.
pub(crate) fn issue(teller: &Teller, raised: &Raised) -> Issue {
    Issue {
        id: raised.id.clone(),
        title: raised.title.clone(),
        detail: raised.detail.clone(),
        by: Some(raised.by.clone()),
        raised: teller.told.week,
        about: raised.about.clone(),
        votes: 0,
        state: IssueState::Open,
    }
}

fn one(teller: &Teller, member: &MemberId) -> CheckIn {
    let week = teller.told.week;
    let mut check_in = CheckIn::new(member.clone(), week);
    let strategy = &teller.workspace.strategy;
    for kpi in strategy.kpis.iter().filter(|k| k.owner.as_ref() == Some(member)) {
        if let Some(value) = teller.reading(&kpi.id) {
            check_in.readings.push(Reading { kpi: kpi.id.clone(), value, note: teller.why(&kpi.id) });
        }
    }
    check_in.progress = progress(teller, member);
    check_in.confidence = votes(teller, member);
    check_in.ranking = ranking(teller, member);
    voices::speak(teller, &mut check_in);
    for event in &teller.told.events {
        match event {
            Event::Blocker(who, text) if who == member => check_in.blockers.push(text.clone()),
            Event::Headline(who, text) if who == member => check_in.headlines.push(text.clone()),
            Event::Said(who, text) if who == member => check_in.note.clone_from(text),
            Event::Issue(raised) if &raised.by == member && is_reported(teller, raised) => {
                check_in.issues.push(issue(teller, raised));
            }
            _ => {}
        }
    }
    check_in
}

/// What is told of a member's action items; else those that are due and done say so.
fn progress(teller: &Teller, member: &MemberId) -> Vec<Progress> {
    let mine = |action: &&Action| &action.owner == member;
    let mut all = Vec::new();
    for action in teller.standing.actions.iter().filter(mine) {
        let told = teller.told.events.iter().find_map(|e| match e {
            Event::Progress(id, done, note) if id == &action.id => Some((*done, note.clone())),
            _ => None,
        });
        if let Some((done, note)) = told {
            all.push(Progress { action: action.id.clone(), done, note });
        } else if teller.is_done(action) {
            all.push(Progress { action: action.id.clone(), done: true, note: String::new() });
        }
    }
    all
}

/// Votes on goals that the member works on: near what the team thinks, a little by temperament.
fn votes(teller: &Teller, member: &MemberId) -> Vec<Vote> {
    let week = teller.told.week;
    let strategy = &teller.workspace.strategy;
    let works_on = |goal: &&Goal| {
        let helps = matches!(&goal.kind, Kind::Initiative { members } if members.contains(member));
        helps || goal.owner.as_ref() == Some(member)
    };
    let told: Vec<Vote> = teller
        .told
        .events
        .iter()
        .filter_map(|e| match e {
            Event::Vote(who, goal, confidence) if who == member => {
                Some(Vote { goal: goal.clone(), confidence: *confidence })
            }
            _ => None,
        })
        .collect();
    let usual = strategy.leaves().into_iter().filter(works_on).filter(|g| told.iter().all(|v| v.goal != g.id));
    let mut all: Vec<Vote> = usual
        .take(VOTES)
        .filter_map(|goal| {
            let swing = chance(&["vote", member.as_str(), goal.id.as_str(), &week.to_string()]);
            let temper = chance(&["temper", member.as_str()]);
            let team = f64::from(teller.story.numbers.sure(&goal.id, week).get());
            // Clamped first.
            let value = (team + temper * 1.6 - 0.8 + swing * 1.6 - 0.8).round().clamp(0.0, 10.0) as u8;
            Some(Vote { goal: goal.id.clone(), confidence: Confidence::new(value)? })
        })
        .collect();
    all.extend(told);
    all
}

fn ranking(teller: &Teller, member: &MemberId) -> Vec<truenorth::model::id::ThemeId> {
    let so_far = teller.story.numbers.rankings.iter().rev().filter(|r| r.from <= teller.told.week);
    let mut mine = so_far.flat_map(|r| r.orders.iter().filter(|(who, _)| who == member));
    mine.next().map(|(_, order)| order.clone()).unwrap_or_default()
}
