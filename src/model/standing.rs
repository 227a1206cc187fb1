//! What is open right now: the last snapshot carried forward, with what members have reported since.

use std::str::FromStr;

use chrono::NaiveDate;

use super::checkin::{CheckIn, Reading};
use super::finding::Answer;
use super::id::HeadlineId;
use super::import::ReadingsFile;
use super::kpi::Origin;
use super::quarterly::QuarterSnapshot;
use super::record::{Action, Decision, Headline, Issue, Message, Record};
use super::snapshot::Snapshot;
use super::week::Week;

/// Everything that is open when a week begins.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// Open action items.
    pub actions: Vec<Action>,
    /// Open issues.
    pub issues: Vec<Issue>,
    /// Decisions not looked at again yet.
    pub decisions: Vec<Decision>,
    /// Messages that were not delivered when the week began; those that a check-in reports as told carry the week.
    pub messages: Vec<Message>,
    /// Good news from check-ins.
    pub headlines: Vec<Headline>,
    /// Readings from check-ins and imports, each KPI at most once.
    pub readings: Vec<Reported>,
    /// Findings put aside whose day has not come.
    pub dismissed: Vec<(String, Answer)>,
}

/// What was sealed last: the newest week, and the newest quarter, whose records hold as long as no later week was sealed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sealed<'a> {
    /// The newest sealed week.
    pub week: Option<&'a Snapshot>,
    /// The newest sealed quarter.
    pub quarter: Option<&'a QuarterSnapshot>,
}

impl<'a> From<Option<&'a Snapshot>> for Sealed<'a> {
    fn from(week: Option<&'a Snapshot>) -> Self {
        Self { week, quarter: None }
    }
}

/// The lists of what a seal left open.
#[derive(Debug, Clone, Copy, Default)]
struct Records<'a> {
    actions: &'a [Action],
    issues: &'a [Issue],
    decisions: &'a [Decision],
    messages: &'a [Message],
}

impl<'a> Sealed<'a> {
    /// The records of the newer of the two. Which it is, is told by what the quarter's review began with, never by a clock.
    fn records(self) -> Records<'a> {
        let newest = self.week.map(|s| s.week);
        match (self.quarter.filter(|q| newest <= q.said.facts.after), self.week) {
            (Some(q), _) => {
                Records { actions: &q.actions, issues: &q.issues, decisions: &q.decisions, messages: &q.messages }
            }
            (None, Some(s)) => {
                Records { actions: &s.actions, issues: &s.issues, decisions: &s.decisions, messages: &s.messages }
            }
            (None, None) => Records::default(),
        }
    }
}

/// A reading that came in before the review, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reported {
    /// The reading.
    pub reading: Reading,
    /// Where it came from.
    pub origin: Origin,
}

impl Standing {
    /// Folds the last snapshot and the week's check-ins.
    ///
    /// Once the week is sealed its check-ins are in the snapshot, in the state that the review left them in: they are not taken
    /// in again. A record of a check-in that the last snapshot has open already is left out; one that is another thing under the
    /// same id, as when two people used the same words, gets an id of its own. Of two readings of one KPI the later file wins.
    #[must_use]
    pub fn fold<'a>(last: impl Into<Sealed<'a>>, check_ins: &[CheckIn], week: Week) -> Self {
        let last = last.into();
        let records = last.records();
        let mut now = Self::after(records, last.week, week.monday());
        let open = last.week.is_none_or(|s| s.week < week);
        for check_in in check_ins.iter().filter(|c| open && c.week == week) {
            now.absorb(check_in, week, records);
        }
        now
    }

    fn after(records: Records<'_>, last: Option<&Snapshot>, day: NaiveDate) -> Self {
        let mut issues: Vec<Issue> = records.issues.iter().filter(|i| i.is_open()).cloned().collect();
        // Votes are of one week; the rank they led to stays as the order.
        issues.sort_by_key(|i| std::cmp::Reverse(i.votes));
        for issue in &mut issues {
            issue.votes = 0;
        }
        Self {
            actions: records.actions.iter().filter(|a| a.is_open()).cloned().collect(),
            issues,
            decisions: records.decisions.iter().filter(|d| d.is_open()).cloned().collect(),
            messages: records.messages.iter().filter(|m| m.delivered.is_none()).cloned().collect(),
            headlines: Vec::new(),
            readings: Vec::new(),
            dismissed: last
                .into_iter()
                .flat_map(|s| &s.findings)
                .filter_map(|f| match &f.answer {
                    Some(answer @ Answer::Dismissed { until, .. }) if *until > day => {
                        Some((f.finding.key.clone(), answer.clone()))
                    }
                    _ => None,
                })
                .collect(),
        }
    }

    /// Takes in what imports, the oldest first, bring for the week. What somebody reported in a check-in counts before it, and
    /// a later import before an earlier one.
    pub fn import(&mut self, imports: &[ReadingsFile], week: Week) {
        for file in imports.iter().rev() {
            for found in file.readings.iter().filter(|r| r.week == week) {
                if !self.readings.iter().any(|r| r.reading.kpi == found.kpi) {
                    let reading = Reading { kpi: found.kpi.clone(), value: found.value, note: file.note(found) };
                    self.readings.push(Reported { reading, origin: found.origin() });
                }
            }
        }
    }

    fn absorb(&mut self, check_in: &CheckIn, week: Week, before: Records<'_>) {
        for action in &check_in.actions {
            let same =
                |a: &Action| a.is_open() && a.id == action.id && a.title == action.title && a.owner == action.owner;
            if !before.actions.iter().any(same) {
                let mut action = action.clone();
                action.id = own_id(action.id, &action.title, week, &self.actions);
                self.actions.push(action);
            }
        }
        for issue in &check_in.issues {
            let same = |i: &Issue| i.is_open() && i.id == issue.id && i.title == issue.title && i.by == issue.by;
            if !before.issues.iter().any(same) {
                let mut issue = issue.clone();
                issue.id = own_id(issue.id, &issue.title, week, &self.issues);
                self.issues.push(issue);
            }
        }
        for text in &check_in.headlines {
            let id = super::review::fresh_id(text, week, |id| self.headlines.iter().any(|h| h.id.as_str() == id));
            if let Ok(id) = id.parse::<HeadlineId>() {
                self.headlines.push(Headline { id, text: text.clone(), by: Some(check_in.member.clone()) });
            }
        }
        // Only the one who was to tell it knows that it was told.
        for message in self.messages.iter_mut().filter(|m| m.teller == check_in.member && m.delivered.is_none()) {
            message.delivered = check_in.told.contains(&message.id).then_some(week);
        }
        for reading in &check_in.readings {
            self.readings.retain(|r| r.reading.kpi != reading.kpi);
            self.readings.push(Reported { reading: reading.clone(), origin: Origin::CheckIn });
        }
    }
}

/// The id of a record that comes in, or another one where something else has it.
fn own_id<T: Record>(id: T::Id, title: &str, week: Week, there: &[T]) -> T::Id
where
    T::Id: FromStr,
{
    let taken = |id: &str| there.iter().any(|r| r.id().as_ref() == id);
    if !taken(id.as_ref()) {
        return id;
    }
    super::review::fresh_id(title, week, taken).parse().unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_people_with_the_same_words_are_both_heard() {
        let week: Week = "2026-W47".parse().unwrap();
        let raised = |by: &str| {
            let text = format!(
                "(member: \"{by}\", week: \"{week}\", issues: [(id: \"oven\", title: \"Oven\", by: Some(\"{by}\"), raised: \"{week}\")],
                actions: [(id: \"call\", title: \"Call\", owner: \"{by}\", due: \"2026-11-26\", promised: \"{week}\")])"
            );
            ron::from_str::<CheckIn>(&text).unwrap()
        };
        let standing = Standing::fold(None, &[raised("ben"), raised("maya")], week);
        let issues: Vec<_> = standing.issues.iter().map(|i| (i.id.as_str(), i.by.as_ref().unwrap().as_str())).collect();
        assert_eq!(issues, [("oven", "ben"), ("oven-26w47", "maya")]);
        let actions: Vec<_> = standing.actions.iter().map(|a| (a.id.as_str(), a.owner.as_str())).collect();
        assert_eq!(actions, [("call", "ben"), ("call-26w47", "maya")]);
    }
}
