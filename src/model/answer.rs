//! One answer of a check-in, as a value: what the screen and the plain prompts change, one at a time.

use super::checkin::{CheckIn, Progress, Pulse, Reading, Recall, Thanks, Vote};
use super::id::{ActionId, GoalId, KpiId, MessageId, StatementId, ThemeId};
use super::number::Finite;
use super::scale::{Agrees, Confidence};

/// How many priorities are asked for from memory.
pub const PRIORITIES: usize = 3;

/// What a member says to one question; without anything in it, that they said nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Whether an action item is done, and what stopped it or came of it.
    Progress(ActionId, Option<(bool, String)>),
    /// Whether a message was told.
    Told(MessageId, bool),
    /// The value of a KPI, and what explains it.
    Reading(KpiId, Option<(Finite, String)>),
    /// How sure they are of a goal.
    Confidence(GoalId, Option<Confidence>),
    /// The priority that came to mind in this place, counted from 0.
    Recall(usize, Option<Recall>),
    /// The themes by importance.
    Ranking(Vec<ThemeId>),
    /// One thing that stands in their way; empty for none.
    Blocker(String),
    /// How far they agree with a statement.
    Pulse(StatementId, Option<Agrees>),
    /// One idea; empty for none.
    Idea(String),
    /// One thank-you.
    Thanks(Option<Thanks>),
    /// One piece of good news; empty for none.
    Headline(String),
    /// Anything to tell the team.
    Note(String),
}

impl Answer {
    /// Whether something was said.
    #[must_use]
    pub fn is_given(&self) -> bool {
        match self {
            Self::Progress(_, said) => said.is_some(),
            Self::Told(_, told) => *told,
            Self::Reading(_, said) => said.is_some(),
            Self::Confidence(_, said) => said.is_some(),
            Self::Recall(_, said) => said.is_some(),
            Self::Ranking(said) => !said.is_empty(),
            Self::Pulse(_, said) => said.is_some(),
            Self::Thanks(said) => said.is_some(),
            Self::Blocker(said) | Self::Idea(said) | Self::Headline(said) | Self::Note(said) => !said.is_empty(),
        }
    }
}

impl CheckIn {
    /// Puts an answer in place of the one before. An empty `was` adds, an empty `now` takes away; the lists of lines know a
    /// line by its words.
    ///
    /// # Errors
    /// When the check-in no longer says what `was` says, with what it says: somebody changed it meanwhile. Nothing is changed
    /// then. An answer that is there already is no error.
    pub fn answer(&mut self, was: &Answer, now: Answer) -> Result<(), Answer> {
        match (was, now) {
            (Answer::Blocker(was), Answer::Blocker(now)) => line(&mut self.blockers, was, now, Answer::Blocker),
            (Answer::Idea(was), Answer::Idea(now)) => line(&mut self.ideas, was, now, Answer::Idea),
            (Answer::Headline(was), Answer::Headline(now)) => line(&mut self.headlines, was, now, Answer::Headline),
            (Answer::Thanks(was), Answer::Thanks(now)) => swap(&mut self.thanks, was.as_ref(), now, Answer::Thanks),
            (was, now) => {
                let says = self.says(&now);
                if says != *was && says != now {
                    return Err(says);
                }
                self.put(now);
                Ok(())
            }
        }
    }

    /// What the check-in says to the question that an answer is to. Of a list of lines: the same line, or nothing.
    #[must_use]
    pub fn says(&self, to: &Answer) -> Answer {
        let same = |all: &[String], text: &String| if all.contains(text) { text.clone() } else { String::new() };
        match to {
            Answer::Progress(id, _) => {
                let found = self.progress.iter().find(|p| &p.action == id);
                Answer::Progress(id.clone(), found.map(|p| (p.done, p.note.clone())))
            }
            Answer::Told(id, _) => Answer::Told(id.clone(), self.told.contains(id)),
            Answer::Reading(id, _) => {
                let found = self.readings.iter().find(|r| &r.kpi == id);
                Answer::Reading(id.clone(), found.map(|r| (r.value, r.note.clone())))
            }
            Answer::Confidence(id, _) => {
                let found = self.confidence.iter().rfind(|v| &v.goal == id);
                Answer::Confidence(id.clone(), found.map(|v| v.confidence))
            }
            Answer::Recall(at, _) => Answer::Recall(*at, self.recall.get(*at).cloned()),
            Answer::Ranking(_) => Answer::Ranking(self.ranking.clone()),
            Answer::Pulse(id, _) => {
                let found = self.pulse.iter().find(|p| &p.statement == id);
                Answer::Pulse(id.clone(), found.map(|p| p.agrees))
            }
            Answer::Blocker(text) => Answer::Blocker(same(&self.blockers, text)),
            Answer::Idea(text) => Answer::Idea(same(&self.ideas, text)),
            Answer::Headline(text) => Answer::Headline(same(&self.headlines, text)),
            Answer::Thanks(said) => Answer::Thanks(said.clone().filter(|s| self.thanks.contains(s))),
            Answer::Note(_) => Answer::Note(self.note.clone()),
        }
    }

    fn put(&mut self, answer: Answer) {
        match answer {
            Answer::Progress(action, said) => {
                let said = said.map(|(done, note)| Progress { action: action.clone(), done, note });
                place(&mut self.progress, |p| p.action == action, said);
            }
            Answer::Told(id, told) => place(&mut self.told, |t| *t == id, told.then(|| id.clone())),
            Answer::Reading(kpi, said) => {
                let said = said.map(|(value, note)| Reading { kpi: kpi.clone(), value, note });
                place(&mut self.readings, |r| r.kpi == kpi, said);
            }
            Answer::Confidence(goal, said) => {
                let said = said.map(|confidence| Vote { goal: goal.clone(), confidence });
                place(&mut self.confidence, |v| v.goal == goal, said);
            }
            Answer::Recall(at, Some(said)) => match self.recall.get_mut(at) {
                Some(old) => *old = said,
                None => self.recall.push(said),
            },
            Answer::Recall(at, None) if at < self.recall.len() => drop(self.recall.remove(at)),
            Answer::Recall(_, None) => {}
            Answer::Ranking(themes) => self.ranking = themes,
            Answer::Pulse(statement, said) => {
                let said = said.map(|agrees| Pulse { statement: statement.clone(), agrees });
                place(&mut self.pulse, |p| p.statement == statement, said);
            }
            Answer::Note(text) => self.note = text,
            // These are known by their words: see `answer`.
            Answer::Blocker(_) | Answer::Idea(_) | Answer::Headline(_) | Answer::Thanks(_) => {}
        }
    }
}

/// Replaces the item that fits, adds it where there is none, or takes all that fit away.
fn place<T>(all: &mut Vec<T>, fits: impl Fn(&T) -> bool, now: Option<T>) {
    let at = all.iter().position(&fits).unwrap_or(all.len());
    all.retain(|item| !fits(item));
    if let Some(now) = now {
        all.insert(at.min(all.len()), now);
    }
}

fn line(all: &mut Vec<String>, was: &str, now: String, answer: impl Fn(String) -> Answer) -> Result<(), Answer> {
    let some = |text: String| Some(text).filter(|t| !t.is_empty());
    swap(all, some(was.to_owned()).as_ref(), some(now), |left| answer(left.unwrap_or_default()))
}

/// Swaps one item of a list for another. What is gone meanwhile cannot be swapped.
fn swap<T: PartialEq>(
    all: &mut Vec<T>,
    was: Option<&T>,
    now: Option<T>,
    answer: impl Fn(Option<T>) -> Answer,
) -> Result<(), Answer> {
    let there = now.as_ref().is_some_and(|now| all.contains(now));
    match (was, now) {
        (None, Some(now)) if !there => all.push(now),
        (None, _) => {}
        (Some(was), now) => match (all.iter().position(|item| item == was), now) {
            (Some(at), Some(now)) if !there => all[at] = now,
            (Some(at), _) => drop(all.remove(at)),
            (None, Some(_)) if there => {}
            (None, None) => {}
            (None, Some(_)) => return Err(answer(None)),
        },
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blank() -> CheckIn {
        CheckIn::new("maya".parse().unwrap(), "2026-W47".parse().unwrap())
    }

    fn sure(n: Option<u8>) -> Answer {
        Answer::Confidence("more-orders".parse().unwrap(), n.and_then(Confidence::new))
    }

    #[test]
    fn an_answer_can_be_given_changed_and_taken_back() {
        let mut mine = blank();
        for (was, now) in [(None, Some(7)), (Some(7), Some(4)), (Some(4), None)] {
            assert_eq!(mine.answer(&sure(was), sure(now)), Ok(()));
            assert_eq!(mine.says(&sure(None)), sure(now));
        }
        assert_eq!(mine, blank(), "what was taken back leaves nothing behind");
    }

    #[test]
    fn what_somebody_else_changed_meanwhile_is_not_overwritten() {
        let mut file = blank();
        file.answer(&sure(None), sure(Some(2))).unwrap();
        assert_eq!(file.answer(&sure(None), sure(Some(8))), Err(sure(Some(2))));
        assert_eq!(file.says(&sure(None)), sure(Some(2)));
        assert_eq!(file.answer(&sure(None), sure(Some(2))), Ok(()), "the same answer is no conflict");
    }

    #[test]
    fn a_line_is_known_by_its_words_wherever_it_stands() {
        let line = |text: &str| Answer::Blocker(text.to_owned());
        let mut mine = blank();
        mine.answer(&line(""), line("No flour")).unwrap();
        mine.blockers.insert(0, "Added by hand".to_owned());
        mine.answer(&line("No flour"), line("No rye flour")).unwrap();
        assert_eq!(mine.blockers, ["Added by hand", "No rye flour"]);
        assert_eq!(mine.answer(&line("No flour"), line("Other")), Err(line("")), "it is gone: nothing is guessed");
        mine.answer(&line("Added by hand"), line("")).unwrap();
        assert_eq!(mine.blockers, ["No rye flour"]);
    }

    #[test]
    fn the_three_priorities_keep_their_places() {
        let said = |words: &str| Some(Recall { words: words.to_owned(), goal: None });
        let mut mine = blank();
        mine.answer(&Answer::Recall(0, None), Answer::Recall(0, said("orders"))).unwrap();
        mine.answer(&Answer::Recall(1, None), Answer::Recall(1, said("oven"))).unwrap();
        mine.answer(&Answer::Recall(0, said("orders")), Answer::Recall(0, said("online"))).unwrap();
        assert_eq!(mine.recall.iter().map(|r| r.words.as_str()).collect::<Vec<_>>(), ["online", "oven"]);
    }
}
