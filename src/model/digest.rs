//! One sealed week in small: what is kept in memory of every week for trends, lists, search and life stories.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::alignment::Agreement;
use super::checkin::CheckIn;
use super::columns::Kpis;
use super::finding::Answer;
use super::goal::Goal;
use super::id::{ActionId, CardId, GoalId, IssueId, KpiId, MemberId, MessageId, StatementId};
use super::kpi::Aim;
use super::number::Finite;
use super::record::{Action, ActionState, Decision, DecisionState, Issue, IssueState, Subject};
use super::register::Card;
use super::review::Outcome;
use super::scale::Confidence;
use super::snapshot::Snapshot;
use super::status::Status;
use super::trace::Trace;
use super::unread::Unread;
use super::week::Week;

/// A KPI in a sealed week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KpiDigest {
    /// Which.
    pub kpi: KpiId,
    /// The reading.
    pub reading: Option<Finite>,
    /// What was to be reached, as it was held against then.
    pub aim: Aim,
    /// The status by the rule.
    pub computed: Status,
    /// The status the team marked.
    pub marked: Option<Status>,
}

impl KpiDigest {
    /// The status that counts: the team's mark where there is one, else the computed.
    #[must_use]
    pub fn status(&self) -> Status {
        self.marked.unwrap_or(self.computed)
    }
}

/// A goal in a sealed week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoalDigest {
    /// Which.
    pub goal: GoalId,
    /// The status that counted.
    pub status: Status,
    /// Progress, 0 to 1.
    pub progress: Option<Finite>,
    /// How sure the team was.
    pub confidence: Option<Confidence>,
}

/// Something that was said or written in a week, beside the records that have a text of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// Where it was said, and of what.
    pub on: Topic,
    /// Who said it, where that is known.
    pub by: Option<MemberId>,
    /// The text; may have several lines. Never empty.
    pub text: String,
}

/// Where something was said, and of what.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Topic {
    /// Good news.
    Headline,
    /// A note taken in the review, with what it is about.
    Note(Option<Subject>),
    /// What explains a KPI.
    Kpi(KpiId),
    /// What explains a goal.
    Goal(GoalId),
    /// What stood in the way of a member.
    Blocker,
    /// What could be tried.
    Idea,
    /// Thanks to a colleague.
    Thanks(MemberId),
    /// What a member told the team in a check-in.
    CheckIn,
    /// What came of an action item, in its owner's words.
    Progress(ActionId),
    /// A message to cascade that was agreed on.
    Message(MessageId),
    /// Why a finding was put aside.
    Finding {
        /// Its key.
        key: String,
        /// The finding in one line, as the text does not say it.
        title: String,
    },
    /// Why the review was rated low.
    LowRating,
    /// Why the week was corrected.
    Correction,
}

/// The alignment of a sealed week.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AlignmentDigest {
    /// The index, 0 to 100.
    pub index: Option<Finite>,
    /// The score of each dimension by its id, 0 to 100.
    pub dimensions: Vec<(String, Option<Finite>)>,
    /// How far people agreed, if this week revealed it.
    pub agreement: Option<Agreement>,
    /// The mean answer to each statement of the pulse, 1 to 5; none below four answers.
    pub pulse: Vec<(StatementId, Option<Finite>)>,
}

impl AlignmentDigest {
    fn of(s: &Snapshot) -> Self {
        let sealed = s.alignment.as_ref();
        Self {
            index: sealed.and_then(|a| a.index),
            dimensions: sealed
                .map(|a| a.dimensions.iter().map(|d| (d.id.clone(), d.score)).collect())
                .unwrap_or_default(),
            agreement: sealed.and_then(|a| a.agreement.clone()).filter(|a| a.week == s.week),
            pulse: s.pulse.iter().map(|p| (p.statement.clone(), p.mean())).collect(),
        }
    }

    /// The score of a dimension.
    #[must_use]
    pub fn score(&self, dimension: &str) -> Option<Finite> {
        self.dimensions.iter().find(|(id, _)| id == dimension).and_then(|(_, score)| *score)
    }
}

/// How a review was held, beside what it said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Conduct {
    /// Whether it began in the week that it is about.
    pub on_time: bool,
    /// How many checked in, of those with the team; none when nothing was revealed.
    pub checked_in: Option<(usize, usize)>,
    /// How many messages were reported as told.
    pub told: usize,
}

impl Conduct {
    fn of(s: &Snapshot) -> Self {
        let active = s.people.iter().filter(|p| p.is_active()).count();
        Self {
            on_time: Week::of(s.started.date_naive()) == s.week,
            checked_in: (!s.check_ins.is_empty()).then_some((s.check_ins.len(), active.max(s.check_ins.len()))),
            told: s.messages.iter().filter(|m| m.delivered == Some(s.week)).count(),
        }
    }
}

/// An issue that was solved: so much of it as tells whether it is back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Solved {
    /// Which.
    pub issue: IssueId,
    /// What it was called.
    pub title: String,
    /// The week in which it was solved.
    pub in_week: Week,
}

/// What is kept in memory of one sealed week.
///
/// Of records and texts only what is new in the week: what it carried on unchanged stands with the week it came from. What is
/// not a number is not read before somebody looks at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekDigest {
    /// The week.
    pub week: Week,
    /// The latest revision.
    pub revision: u32,
    /// The KPIs.
    pub kpis: Kpis,
    /// The goals that were open.
    pub goals: Unread<Vec<GoalDigest>>,
    /// All goals as the strategy had them. [`History`](super::history::History) keeps those that two weeks have in the same
    /// words once: see docs/decisions/0015.
    pub plan: Unread<Vec<Arc<Goal>>>,
    /// All cards of the registers as they stood. Those that two weeks have in the same words are kept once, as goals are.
    pub cards: Unread<Vec<Arc<Card>>>,
    /// Decisions taken or reviewed in the week.
    pub decisions: Unread<Vec<Decision>>,
    /// Action items promised or closed in the week.
    pub actions: Unread<Vec<Action>>,
    /// Issues raised or closed in the week.
    pub issues: Unread<Vec<Issue>>,
    /// Action items that were not done and went on, with how often that had happened by then.
    pub carried: Unread<Vec<(ActionId, u32)>>,
    /// Votes that open issues got.
    pub votes: Unread<Vec<(IssueId, u32)>>,
    /// What else was said.
    pub words: Unread<Vec<Words>>,
    /// The letters of all these texts: tells which words are not among them.
    pub trace: Unread<Trace>,
    /// Done and due among the commitments looked at.
    pub kept: (usize, usize),
    /// How many findings there were.
    pub findings: usize,
    /// The mean rating.
    pub rating: Option<Finite>,
    /// How long the review took, in minutes, and its time-box.
    pub minutes: (u32, u32),
    /// How it was held.
    pub conduct: Conduct,
    /// Of the issues those that were solved, as each week is held against all of them.
    pub solved: Vec<Solved>,
    /// The KPIs that decisions and issues were about, for the same reason; each once.
    pub cited: Vec<KpiId>,
    /// How well everything fitted together.
    pub alignment: Unread<AlignmentDigest>,
}

impl WeekDigest {
    /// Lets goals that stand in another week in the same words be kept once, and ids. From one week to the next the order hardly
    /// changes, so each is looked for behind the one before it first. What is still packed shares what it has in common already.
    pub fn share(&mut self, beside: &Self) {
        self.kpis.share(&beside.kpis);
        if let (Some(goals), Some(near)) = (self.goals.seen_mut(), beside.goals.seen()) {
            let same = goals.iter_mut().zip(near).filter(|(a, b)| a.goal == b.goal);
            same.for_each(|(a, b)| a.goal = b.goal.clone());
        }
        share_words(&mut self.plan, &beside.plan, |goal| &goal.id);
        share_words(&mut self.cards, &beside.cards, |card| &card.id);
    }

    /// A week in its first revision of which nothing else is known.
    #[must_use]
    pub fn empty(week: Week) -> Self {
        Self {
            week,
            revision: 1,
            kpis: Kpis::default(),
            goals: Unread::default(),
            plan: Unread::default(),
            cards: Unread::default(),
            decisions: Unread::default(),
            actions: Unread::default(),
            issues: Unread::default(),
            carried: Unread::default(),
            votes: Unread::default(),
            words: Unread::default(),
            trace: Unread::default(),
            kept: (0, 0),
            findings: 0,
            rating: None,
            minutes: (0, 0),
            conduct: Conduct::default(),
            solved: Vec::new(),
            cited: Vec::new(),
            alignment: Unread::default(),
        }
    }

    /// What was known of a KPI.
    #[must_use]
    pub fn kpi(&self, id: &KpiId) -> Option<KpiDigest> {
        self.kpis.get(self.kpis.known().iter().position(|(kpi, _)| kpi == id)?)
    }

    /// How a goal stood, if it was open.
    #[must_use]
    pub fn goal(&self, id: &GoalId) -> Option<&GoalDigest> {
        self.goals.iter().find(|g| &g.goal == id)
    }

    /// A goal as the strategy had it.
    #[must_use]
    pub fn planned(&self, id: &GoalId) -> Option<&Arc<Goal>> {
        self.plan.iter().find(|g| &g.id == id)
    }

    /// A card of a register as it stood.
    #[must_use]
    pub fn card(&self, id: &CardId) -> Option<&Arc<Card>> {
        self.cards.iter().find(|c| &c.id == id)
    }

    /// What stood in the way of members, as far as the room was shown it.
    pub fn blockers(&self) -> impl Iterator<Item = &Words> {
        self.words.iter().filter(|w| w.on == Topic::Blocker)
    }

    /// Extracts it from a snapshot.
    #[must_use]
    pub fn of(s: &Snapshot) -> Self {
        let now = s.week;
        let decisions = new(&s.decisions, |d| d.decided == now || !matches!(d.state, DecisionState::Open));
        let issues = new(&s.issues, |i| i.raised == now || !matches!(i.state, IssueState::Open));
        let mut digest = Self {
            week: now,
            revision: s.revision,
            kpis: s.scorecard.iter().map(kpi).collect(),
            goals: s.goals.iter().map(goal).collect(),
            plan: s.strategy.goals.iter().cloned().map(Arc::new).collect(),
            cards: s.strategy.cards.iter().cloned().map(Arc::new).collect(),
            actions: new(&s.actions, |a| a.promised == now || !matches!(a.state, ActionState::Open)).into(),
            carried: carried(s).into(),
            votes: s.issues.iter().filter(|i| i.is_open() && i.votes > 0).map(|i| (i.id.clone(), i.votes)).collect(),
            words: words(s),
            trace: Unread::default(),
            kept: s.kept(),
            findings: s.findings.len(),
            rating: super::record::mean_rating(&s.ratings),
            minutes: (s.used_seconds().div_ceil(60), s.time.iter().map(|t| u32::from(t.planned_minutes)).sum()),
            conduct: Conduct::of(s),
            solved: issues.iter().filter_map(solved).collect(),
            cited: cited(&decisions, &issues),
            decisions: decisions.into(),
            issues: issues.into(),
            alignment: AlignmentDigest::of(s).into(),
        };
        digest.trace = Trace::of(&digest, s).into();
        digest
    }
}

/// Lets what another week has in the same words be the same in memory.
fn share_words<T: PartialEq, I: PartialEq>(
    list: &mut Unread<Vec<Arc<T>>>,
    beside: &Unread<Vec<Arc<T>>>,
    id: impl Fn(&T) -> &I,
) {
    let (Some(list), Some(near)) = (list.seen_mut(), beside.seen()) else { return };
    let mut next = 0;
    for one in list {
        let there = near.get(next).filter(|other| id(other) == id(one)).map(|_| next);
        let Some(at) = there.or_else(|| near.iter().position(|other| id(other) == id(one))) else { continue };
        if near[at] == *one {
            *one = Arc::clone(&near[at]);
        }
        next = at + 1;
    }
}

fn new<T: Clone>(all: &[T], is_new: impl Fn(&T) -> bool) -> Vec<T> {
    all.iter().filter(|r| is_new(r)).cloned().collect()
}

fn solved(i: &Issue) -> Option<Solved> {
    match i.state {
        IssueState::Solved { in_week, .. } => Some(Solved { issue: i.id.clone(), title: i.title.clone(), in_week }),
        IssueState::Open | IssueState::Dropped { .. } => None,
    }
}

fn cited(decisions: &[Decision], issues: &[Issue]) -> Vec<KpiId> {
    let about = decisions.iter().map(|d| &d.about).chain(issues.iter().map(|i| &i.about));
    let kpis = about.filter_map(|about| if let Some(Subject::Kpi(kpi)) = about { Some(kpi.clone()) } else { None });
    let mut kpis: Vec<KpiId> = kpis.collect();
    kpis.sort();
    kpis.dedup();
    kpis
}

fn kpi(k: &super::snapshot::KpiWeek) -> KpiDigest {
    KpiDigest { kpi: k.kpi.clone(), reading: k.reading, aim: k.aim, computed: k.computed, marked: k.marked }
}

fn goal(g: &super::snapshot::GoalWeek) -> GoalDigest {
    GoalDigest { goal: g.goal.clone(), status: g.status(), progress: g.progress, confidence: g.confidence }
}

fn carried(s: &Snapshot) -> Vec<(ActionId, u32)> {
    let not_done = s.commitments.iter().filter(|c| c.outcome == Outcome::NotDone);
    let times = |id: &ActionId| s.actions.iter().find(|a| &a.id == id).map(|a| a.carried);
    not_done.filter_map(|c| Some((c.action.clone(), times(&c.action)?))).collect()
}

/// What was said in the week: of the review first, then member by member.
fn words(s: &Snapshot) -> Unread<Vec<Words>> {
    let mut pen = Pen(Vec::new());
    for headline in &s.headlines {
        pen.write(Topic::Headline, headline.by.as_ref(), &headline.text);
    }
    for note in &s.notes {
        pen.write(Topic::Note(note.about.clone()), None, &note.text);
    }
    for kpi in &s.scorecard {
        pen.write(Topic::Kpi(kpi.kpi.clone()), None, &kpi.note);
    }
    for goal in &s.goals {
        pen.write(Topic::Goal(goal.goal.clone()), None, &goal.note);
    }
    for message in s.messages.iter().filter(|m| m.agreed == s.week) {
        pen.write(Topic::Message(message.id.clone()), Some(&message.teller), &message.text);
    }
    for found in &s.findings {
        if let Some(Answer::Dismissed { reason, .. }) = &found.answer {
            let (key, title) = (found.finding.key.clone(), found.finding.title.clone());
            pen.write(Topic::Finding { key, title }, None, reason);
        }
    }
    pen.write(Topic::LowRating, None, &s.why_low);
    if let Some(revises) = &s.revises {
        pen.write(Topic::Correction, revises.by.as_ref(), &revises.why);
    }
    s.check_ins.iter().for_each(|c| pen.check_in(c));
    pen.0.into()
}

/// Collects words. What says nothing, or what was taken over in the same words, is left out.
struct Pen(Vec<Words>);

impl Pen {
    fn write(&mut self, on: Topic, by: Option<&MemberId>, text: &str) {
        if !text.trim().is_empty() {
            self.0.push(Words { on, by: by.cloned(), text: text.to_owned() });
        }
    }

    /// The good news and the notes to readings were taken over by the review, most often in the same words.
    fn unless_told(&mut self, on: Topic, by: &MemberId, text: &str) {
        if !self.0.iter().any(|w| w.on == on && w.text == text) {
            self.write(on, Some(by), text);
        }
    }

    fn check_in(&mut self, c: &CheckIn) {
        let by = Some(&c.member);
        c.blockers.iter().for_each(|text| self.write(Topic::Blocker, by, text));
        c.ideas.iter().for_each(|text| self.write(Topic::Idea, by, text));
        c.thanks.iter().for_each(|t| self.write(Topic::Thanks(t.to.clone()), by, &t.text));
        c.progress.iter().for_each(|p| self.write(Topic::Progress(p.action.clone()), by, &p.note));
        c.readings.iter().for_each(|r| self.unless_told(Topic::Kpi(r.kpi.clone()), &c.member, &r.note));
        c.headlines.iter().for_each(|text| self.unless_told(Topic::Headline, &c.member, text));
        self.write(Topic::CheckIn, by, &c.note);
    }
}
