//! Puts what the story tells on record: issues, decisions, action items, messages, notes.

use chrono::Days;
use truenorth::model::declined::Declined;
use truenorth::model::record::{
    Action, ActionState, Decision, DecisionState, Issue, IssueState, Message, Note, Prediction, Subject,
};
use truenorth::model::review::{Change, Edit, fresh_id};
use truenorth::model::week::Week;

use crate::Result;
use crate::checkin;
use crate::numbers::chance;
use crate::review::Room;
use crate::story::{Agreed, Decided, Event, Promised, Solved};
use crate::teller::review_day;

impl Room<'_> {
    /// Everything that is told of the week and leaves a record.
    pub(crate) fn records(&mut self) -> Result<()> {
        for event in self.events() {
            match event {
                Event::Issue(raised) if self.review.issues.iter().all(|i| i.id != raised.id) => {
                    let issue = checkin::issue(self.teller, raised);
                    self.review.apply(Edit::Issue(Change::put(issue)));
                }
                Event::Solved(solved) => self.solve(solved)?,
                Event::Decide(told) => {
                    let decision = decision(told, self.review.week);
                    self.review.apply(Edit::Decision(Change::put(decision)));
                }
                Event::Reviewed(id, outcome, came_true) => {
                    let (outcome, came_true) = (outcome.clone(), *came_true);
                    let state = DecisionState::Reviewed { in_week: self.review.week, outcome, came_true };
                    self.settle(id.as_str(), state)?;
                }
                Event::Superseded(id, by) => {
                    let state = DecisionState::Superseded { in_week: self.review.week, by: by.clone() };
                    self.settle(id.as_str(), state)?;
                }
                Event::Action(promised) => {
                    let action = action(promised, self.review.week, self.cause(promised));
                    self.review.apply(Edit::Action(Change::put(action)));
                }
                Event::Message(agreed) => {
                    let message = message(agreed, self.review.week);
                    self.review.apply(Edit::Message(Change::put(message)));
                }
                Event::Note(step, text) => {
                    let taken = &self.review.notes;
                    let id =
                        fresh_id(text, self.review.week, |id| taken.iter().any(|n| n.id.as_str() == id)).parse()?;
                    let note = Note { id, text: text.clone(), step: Some(*step), about: None };
                    self.review.apply(Edit::Note(Change::put(note)));
                }
                _ => {}
            }
        }
        self.tell_messages();
        self.vote();
        Ok(())
    }

    fn solve(&mut self, told: &Solved) -> Result<()> {
        let week = self.review.week;
        let found = self.review.issues.iter().find(|i| i.id == told.issue).cloned();
        let issue = found.ok_or_else(|| format!("{week}: there is no open issue {}", told.issue))?;
        let state = IssueState::Solved {
            in_week: week,
            answer: told.answer.clone(),
            decision: told.decision.clone(),
            action: told.action.clone(),
        };
        self.review.apply(Edit::Issue(Change::put(Issue { state, ..issue })));
        Ok(())
    }

    fn settle(&mut self, id: &str, state: DecisionState) -> Result<()> {
        let found = self.review.decisions.iter().find(|d| d.id.as_str() == id).cloned();
        let decision = found.ok_or_else(|| format!("{}: there is no open decision {id}", self.review.week))?;
        self.review.apply(Edit::Decision(Change::put(Decision { state, ..decision })));
        Ok(())
    }

    /// The issue that an action item answers, told as what that issue was about.
    fn cause(&self, promised: &Promised) -> Option<Subject> {
        let issue = self.events().find_map(|e| match e {
            Event::Solved(solved) if solved.action.as_ref() == Some(&promised.id) => Some(&solved.issue),
            _ => None,
        })?;
        self.review.issues.iter().find(|i| &i.id == issue).and_then(|i| i.about.clone())
    }

    /// Messages agreed earlier, in the week in which they are told.
    fn tell_messages(&mut self) {
        let week = self.review.week;
        let told: Vec<Message> = self.review.messages.iter().filter(|m| self.is_told(m)).cloned().collect();
        for message in told {
            self.review.apply(Edit::Message(Change::put(Message { delivered: Some(week), ..message })));
        }
    }

    fn is_told(&self, message: &Message) -> bool {
        let all = self.teller.story.weeks.iter().flat_map(|w| &w.events);
        let agreed = all.filter_map(|e| if let Event::Message(agreed) = e { Some(agreed) } else { None });
        let mut mine = agreed.filter(|agreed| agreed.id == message.id);
        mine.next().is_some_and(|agreed| self.review.week.since(message.agreed) >= agreed.told)
    }

    /// What the room took up has most of the votes; the first of the others have some.
    fn vote(&mut self) {
        let week = self.review.week.to_string();
        let here = self.review.attendance.iter().filter(|a| a.present).count();
        let issues = self.review.issues.clone();
        for (at, issue) in issues.into_iter().enumerate() {
            let draw = chance(&["votes", issue.id.as_str(), &week]);
            let share = if issue.is_open() { 0.25 - 0.06 * f64::from(u8::try_from(at).unwrap_or(9)) } else { 0.65 };
            // A handful.
            let votes = (here as f64 * (share + 0.2 * draw)).round().max(0.0) as u32;
            self.review.apply(Edit::Issue(Change::put(Issue { votes, ..issue })));
        }
    }
}

fn decision(told: &Decided, week: Week) -> Decision {
    let claim = told.claim.clone().zip(told.percent);
    Decision {
        context: told.context.clone(),
        options: told.options.clone(),
        method: told.method,
        deciders: told.by.clone(),
        serves: told.serves.clone(),
        strains: told.strains.clone(),
        goals: told.goals.clone(),
        affects: told.affects.clone(),
        declined: Declined::of_line(&told.declined).into_iter().collect(),
        reversible: told.reversible,
        prediction: claim.map(|(claim, percent)| Prediction { claim, percent }),
        review_on: told.review_on.or_else(|| told.review_in.map(|weeks| review_day(week.plus(weeks)))),
        ..Decision::new(told.id.clone(), told.title.clone(), told.choice.clone(), week)
    }
}

fn action(told: &Promised, week: Week, about: Option<Subject>) -> Action {
    Action {
        id: told.id.clone(),
        title: told.title.clone(),
        owner: told.owner.clone(),
        due: told.due_on.unwrap_or_else(|| review_day(week.plus(told.due))),
        goal: told.goal.clone(),
        about,
        promised: week,
        carried: 0,
        state: ActionState::Open,
    }
}

fn message(told: &Agreed, week: Week) -> Message {
    // Told in the days before the next review, not in it.
    let review = review_day(week.plus(told.due));
    Message {
        id: told.id.clone(),
        text: told.text.clone(),
        teller: told.teller.clone(),
        audience: told.audience.clone(),
        channel: told.channel.clone(),
        due: review.checked_sub_days(Days::new(1)).unwrap_or(review),
        agreed: week,
        delivered: None,
    }
}
