//! A row of a list: what it is about, whatever screen it stands on.

use std::ops::{Deref, Range};

use super::registers;
use super::review::check_ins;
use super::review::quarter::Asked;
use crate::app::App;
use crate::app::intent::Place;
use crate::model::id::{
    ActionId, CardId, DecisionId, GoalId, HeadlineId, IssueId, KpiId, MemberId, MessageId, StatementId, ThemeId,
};
use crate::model::quarter::Quarter;
use crate::model::record::{Decision, Message, Subject};
use crate::model::week::Week;

/// What a row is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// A member, to be marked as here.
    Member(MemberId),
    /// A headline.
    Headline(HeadlineId),
    /// An action item.
    Action(ActionId),
    /// A KPI.
    Kpi(KpiId),
    /// A goal, at this depth of the tree.
    Goal(GoalId, usize),
    /// A finding, by its key.
    Finding(String),
    /// An issue.
    Issue(IssueId),
    /// A decision.
    Decision(DecisionId),
    /// What a decision declined: the one with this number.
    Declined(DecisionId, usize),
    /// A message to cascade.
    Message(MessageId),
    /// The blocker with this number of a member.
    Blocker(MemberId, usize),
    /// What else a member reported.
    Remark(MemberId),
    /// A member's rating.
    Rating(MemberId),
    /// Why the rating was low.
    WhyLow,
    /// Saving the week.
    Seal,
    /// A sealed week.
    Week(Week),
    /// My check-in of this week is missing.
    CheckIn,
    /// How far the members' orders of the themes agree.
    Agreement,
    /// How far people agree with a statement of the pulse.
    Pulse(StatementId),
    /// The thanks with this number of a member.
    Thanks(MemberId, usize),
    /// The idea with this number of a member, as the check-in says it.
    Idea(MemberId, usize),
    /// A dimension of alignment, by its id.
    Dimension(String),
    /// A ratio that lowers the alignment index, by its id.
    Lowers(String),
    /// A question of my check-in, by its key.
    Question(String),
    /// A theme, to be ranked.
    Rank(ThemeId),
    /// From what memory was asked on to the rest.
    GoOn,
    /// My private note of a week.
    Private(Week),
    /// A card of a register.
    Card(CardId),
    /// What another workspace passed on, by its key.
    Passed(String),
    /// Something that the review of a quarter asks about.
    Asked(Asked),
    /// A sealed quarter.
    Quarter(Quarter),
}

/// A row with the heading it stands under; empty for none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The heading.
    pub group: &'static str,
    /// The row.
    pub row: Row,
    key: String,
}

impl Listed {
    /// A row under a heading.
    #[must_use]
    pub fn new(group: &'static str, row: Row) -> Self {
        let key = row.key();
        Self { group, row, key }
    }
}

impl AsRef<str> for Listed {
    fn as_ref(&self) -> &str {
        &self.key
    }
}

/// The rows of a place, and where each of their groups begins: a list draws what is in view without looking at the rest.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    all: Vec<Listed>,
    groups: Vec<Range<usize>>,
}

impl Rows {
    /// The rows of each group, in order. Rows without a heading are a group, too.
    #[must_use]
    pub fn groups(&self) -> &[Range<usize>] {
        &self.groups
    }
}

impl From<Vec<Listed>> for Rows {
    fn from(all: Vec<Listed>) -> Self {
        let mut end = 0;
        let groups = all
            .chunk_by(|a, b| a.group == b.group)
            .map(|group| {
                end += group.len();
                end - group.len()..end
            })
            .collect();
        Self { all, groups }
    }
}

impl Deref for Rows {
    type Target = [Listed];

    fn deref(&self) -> &[Listed] {
        &self.all
    }
}

impl Row {
    /// What tells it from the other rows of its list.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Member(id) => format!("member {id}"),
            Self::Headline(id) => id.to_string(),
            Self::Action(id) => id.to_string(),
            Self::Kpi(id) => id.to_string(),
            Self::Goal(id, _) => id.to_string(),
            Self::Finding(key) => key.clone(),
            Self::Issue(id) => id.to_string(),
            Self::Decision(id) => id.to_string(),
            Self::Declined(id, n) => format!("no {n} {id}"),
            Self::Message(id) => id.to_string(),
            Self::Blocker(member, n) => format!("blocker {n} {member}"),
            Self::Remark(member) => format!("remark {member}"),
            Self::Rating(member) => format!("rating {member}"),
            Self::WhyLow => "why low".to_owned(),
            Self::Seal => "seal".to_owned(),
            Self::Week(week) => week.to_string(),
            Self::CheckIn => "check-in".to_owned(),
            Self::Agreement => "agreement".to_owned(),
            Self::Pulse(id) => format!("pulse {id}"),
            Self::Thanks(member, n) => format!("thanks {n} {member}"),
            Self::Idea(member, n) => format!("idea {n} {member}"),
            Self::Dimension(id) | Self::Lowers(id) => format!("alignment {id}"),
            Self::Question(key) => key.clone(),
            Self::Rank(id) => format!("rank {id}"),
            Self::GoOn => "go on".to_owned(),
            Self::Private(week) => format!("private {week}"),
            Self::Card(id) => id.to_string(),
            Self::Passed(key) => format!("passed {key}"),
            Self::Asked(asked) => asked.key(),
            Self::Quarter(quarter) => quarter.to_string(),
        }
    }

    /// What an issue or note raised from it would be about.
    #[must_use]
    pub fn subject(&self) -> Option<Subject> {
        match self {
            Self::Action(id) => Some(Subject::Action(id.clone())),
            Self::Kpi(id) => Some(Subject::Kpi(id.clone())),
            Self::Goal(id, _) | Self::Asked(Asked::Goal(id)) => Some(Subject::Goal(id.clone())),
            Self::Finding(key) => Some(Subject::Finding(key.clone())),
            Self::Decision(id) | Self::Declined(id, _) => Some(Subject::Decision(id.clone())),
            Self::Blocker(member, _) => Some(Subject::Blocker(member.clone())),
            Self::Question(key) => {
                let of = |kind: &str| key.strip_prefix(kind);
                let kpi = of("reading ").and_then(|id| id.parse().ok()).map(Subject::Kpi);
                let goal = || of("confidence ").and_then(|id| id.parse().ok()).map(Subject::Goal);
                kpi.or_else(goal).or_else(|| of("progress ").and_then(|id| id.parse().ok()).map(Subject::Action))
            }
            Self::Member(_)
            | Self::Headline(_)
            | Self::Issue(_)
            | Self::Message(_)
            | Self::Remark(_)
            | Self::Rating(_)
            | Self::WhyLow
            | Self::Seal
            | Self::Week(_)
            | Self::CheckIn
            | Self::Agreement
            | Self::Pulse(_)
            | Self::Thanks(..)
            | Self::Idea(..)
            | Self::Dimension(_)
            | Self::Lowers(_)
            | Self::Rank(_)
            | Self::GoOn
            | Self::Private(_)
            | Self::Card(_)
            | Self::Passed(_)
            | Self::Asked(_)
            | Self::Quarter(_) => None,
        }
    }

    /// The words that a search looks through.
    #[must_use]
    pub fn words(&self, app: &App) -> String {
        let config = &app.basis().config;
        let standing = &app.derived.standing;
        match self {
            Self::Member(id) | Self::Rating(id) | Self::Remark(id) => config.name_of(id).to_owned(),
            Self::Headline(id) => {
                standing.headlines.iter().find(|h| &h.id == id).map(|h| h.text.clone()).unwrap_or_default()
            }
            Self::Action(id) => {
                app.action(id).map(|a| format!("{} {}", a.title, config.name_of(&a.owner))).unwrap_or_default()
            }
            Self::Kpi(id) => app.kpi_name(id),
            Self::Goal(id, _) => app.goal_title(id),
            Self::Finding(key) => {
                let found = app.derived.findings.iter().find(|f| &f.key == key);
                found.map(|f| format!("{} {} {}", f.rule, f.title, f.evidence)).unwrap_or_default()
            }
            Self::Issue(id) => app.issue(id).map(|i| format!("{} {}", i.title, i.detail)).unwrap_or_default(),
            Self::Decision(id) => app.decision(id).map(|d| decision_words(app, d)).unwrap_or_default(),
            Self::Declined(id, n) => {
                let found = app.decision(id).and_then(|d| Some((d, d.declined.get(*n)?)));
                found.map(|(d, no)| format!("{} {} {} {}", no.line(), d.title, d.choice, d.decided)).unwrap_or_default()
            }
            Self::Message(id) => {
                let found = standing.messages.iter().find(|m| &m.id == id);
                let told = |m: &Message| match app.place {
                    Place::Actions => format!("{} {} {} {}", m.text, config.name_of(&m.teller), m.audience, m.channel),
                    _ => m.text.clone(),
                };
                found.map(told).unwrap_or_default()
            }
            Self::Blocker(member, n) => {
                let found = app.basis().check_ins.iter().find(|c| &c.member == member);
                found.and_then(|c| c.blockers.get(*n)).cloned().unwrap_or_default()
            }
            Self::Week(week) => week_words(app, *week),
            Self::Agreement => check_ins::agreement(app).join("\n"),
            Self::Pulse(id) => check_ins::pulse(app, id).map(|p| p.text.clone()).unwrap_or_default(),
            Self::Thanks(member, n) => check_ins::thanks(app, member, *n).map(|t| t.text.clone()).unwrap_or_default(),
            Self::Idea(member, n) => check_ins::idea(app, member, *n).map(str::to_owned).unwrap_or_default(),
            Self::Dimension(id) | Self::Lowers(id) => super::alignment::words(app, id),
            Self::Question(key) => app.question(key).map(|q| q.text.clone()).unwrap_or_default(),
            Self::Rank(id) => app.workspace.strategy.theme(id).map_or_else(|| id.to_string(), |t| t.name.clone()),
            Self::Private(week) => {
                let found = app.screens.mine.notes.iter().flatten().find(|(w, _)| w == week);
                format!("{week} {}", found.map_or("", |(_, text)| text.as_str()))
            }
            Self::Card(id) => super::cards::words(app, id),
            Self::Passed(key) => {
                super::passed::find(app, key).map(|p| format!("{} {}", p.text, p.name)).unwrap_or_default()
            }
            Self::Asked(asked) => asked.words(app),
            Self::Quarter(quarter) => {
                app.history.quarter(*quarter).map_or_else(|| quarter.to_string(), |s| super::quarters::words(s))
            }
            Self::WhyLow | Self::Seal | Self::CheckIn | Self::GoOn => String::new(),
        }
    }
}

/// In its register a decision is searched in everything that was written down; elsewhere it is one row of many kinds, and the
/// name of a member should find the member.
fn decision_words(app: &App, d: &Decision) -> String {
    let rest = if app.place == Place::Decisions { registers::written(app, d).join(" ") } else { d.choice.clone() };
    format!("{} {rest}", d.title)
}

fn week_words(app: &App, week: Week) -> String {
    let Some(digest) = app.history.week(week) else { return week.to_string() };
    let mut words = week.to_string();
    for d in &digest.decisions {
        words.extend([" ", &d.title, " ", &d.choice]);
    }
    for a in &digest.actions {
        words.extend([" ", &a.title]);
    }
    for i in &digest.issues {
        words.extend([" ", &i.title]);
    }
    words
}
