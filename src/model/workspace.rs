//! The workspace: what `truenorth.ron` says, and everything that was loaded beside it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::agenda::{Agenda, Rhythm, Slot};
use super::checkin::CheckIn;
use super::feed::Feed;
use super::finding::Severity;
use super::id::{AgendaId, MemberId, PerspectiveId, StatementId, TeamId, WorkspaceId};
use super::import::ReadingsFile;
use super::number::Finite;
use super::passed::Arrived;
use super::people::{Member, Team};
use super::problem::Problem;
use super::quarter::Quarter;
use super::quarterly::QuarterSnapshot;
use super::review::{Moment, Review, Target};
use super::snapshot::Snapshot;
use super::standing::{Sealed, Standing};
use super::strategy::{Perspective, Strategy};
use super::tongue::Language;
use super::week::Week;
use super::zone::Zone;

/// The number of the file format that this version writes.
pub const SCHEMA: u32 = 1;

/// What `truenorth.ron` says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The number of the file format.
    pub schema: u32,
    /// The workspace's id.
    pub id: WorkspaceId,
    /// Its name as shown.
    pub name: String,
    /// The time zone that weeks and times are told in, such as `Europe/Berlin`.
    #[serde(default)]
    pub time_zone: Zone,
    /// The currency of amounts, such as `EUR`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub currency: String,
    /// The language that the program speaks here, such as `de`.
    #[serde(default, skip_serializing_if = "Language::is_english")]
    pub language: Language,
    /// The people.
    #[serde(default)]
    pub people: Vec<Member>,
    /// The teams.
    #[serde(default)]
    pub teams: Vec<Team>,
    /// The perspectives of the scorecard; the four of the balanced scorecard when absent.
    #[serde(default = "four_perspectives")]
    pub perspectives: Vec<Perspective>,
    /// The agendas; the weekly hour when absent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub agendas: Vec<Agenda>,
    /// The statements of the pulse; three of ours when absent.
    #[serde(default = "three_statements")]
    pub pulse: Vec<Statement>,
    /// Limits that the team may set.
    #[serde(default)]
    pub thresholds: Thresholds,
    /// Rules of findings that the team weighs otherwise, or does not want to hear.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<RuleSetting>,
    /// Where numbers come from by themselves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub feeds: Vec<Feed>,
}

/// What the team makes of a rule of findings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleSetting {
    /// The rule, such as `stale-goal`.
    pub rule: String,
    /// How much its findings matter here.
    pub level: Level,
}

/// How much the findings of a rule matter in a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Not at all: the rule is not asked.
    Off,
    /// Worth knowing.
    Note,
    /// Worth a word.
    Warning,
    /// Worth the room's time now.
    Serious,
}

impl Level {
    /// The severity of its findings; none when the rule is off.
    #[must_use]
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Note => Some(Severity::Note),
            Self::Warning => Some(Severity::Warning),
            Self::Serious => Some(Severity::Serious),
        }
    }
}

/// A statement that members agree with or not, from 1 to 5.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// The id.
    pub id: StatementId,
    /// The statement, in the first person.
    pub text: String,
}

/// What the pulse asks unless the workspace says otherwise.
#[must_use]
pub fn three_statements() -> Vec<Statement> {
    [
        ("serves", term!("I know how my work serves the vision")),
        ("values", term!("We lived our values this week")),
        ("speak-up", term!("I can speak up")),
    ]
    .into_iter()
    .filter_map(|(id, text)| Some(Statement { id: id.parse().ok()?, text: text.to_owned() }))
    .collect()
}

/// The perspectives of Kaplan and Norton's balanced scorecard.
#[must_use]
pub fn four_perspectives() -> Vec<Perspective> {
    [
        ("financial", term!("Financial")),
        ("customer", term!("Customer")),
        ("process", term!("Internal process")),
        ("learning", term!("Learning & growth")),
    ]
    .into_iter()
    .filter_map(|(id, name)| Some(Perspective { id: id.parse().ok()?, name: name.to_owned() }))
    .collect()
}

/// Limits that the team may set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Thresholds {
    /// How far a reading may miss and still be at risk, in percent of the target.
    pub tolerance_percent: Finite,
    /// The completion rate of action items to reach, in percent.
    pub completion_percent: Finite,
    /// How many goals off or at risk one person can carry.
    pub troubled_goals: u32,
    /// How many open items one person can carry.
    pub open_items: u32,
    /// How often an action item may be carried before it becomes an issue.
    pub carries: u32,
    /// Every how many weeks the check-in asks for the top three priorities from memory; 0 for never.
    pub recall_weeks: u32,
    /// The mean rank correlation of the members' orders of the themes to reach, -1 to 1.
    pub agreement: Finite,
    /// How much of the top three is to be named from memory, in percent.
    pub recall_percent: Finite,
    /// How far votes on a goal may not lie apart, of 10.
    pub votes_apart: u8,
    /// How far a theme's share of the work may lie from its weight, in percentage points.
    pub effort_points: Finite,
    /// How many objectives may stand under one goal, and key results under one objective.
    pub children: u32,
    /// How many weeks an issue may stay open.
    pub issue_weeks: u32,
    /// How many days a week one person has for what is planned.
    pub days_a_week: Finite,
    /// How many weeks a card of the SWOT board may stand without anybody looking whether it is still true.
    pub swot_weeks: u32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            tolerance_percent: Finite::from(10),
            completion_percent: Finite::from(90),
            troubled_goals: 5,
            open_items: 10,
            carries: 3,
            recall_weeks: 4,
            agreement: Finite::new(0.3).unwrap_or(Finite::ZERO),
            recall_percent: Finite::from(50),
            votes_apart: 4,
            effort_points: Finite::from(20),
            children: 5,
            issue_weeks: 4,
            days_a_week: Finite::from(5),
            swot_weeks: 26,
        }
    }
}

impl Config {
    /// A workspace with a name and nothing else.
    #[must_use]
    pub fn new(id: WorkspaceId, name: impl Into<String>) -> Self {
        Self {
            schema: SCHEMA,
            id,
            name: name.into(),
            time_zone: Zone::UTC,
            currency: String::new(),
            language: Language::English,
            people: Vec::new(),
            teams: Vec::new(),
            perspectives: four_perspectives(),
            agendas: Vec::new(),
            pulse: three_statements(),
            thresholds: Thresholds::default(),
            findings: Vec::new(),
            feeds: Vec::new(),
        }
    }

    /// The person with this id.
    #[must_use]
    pub fn member(&self, id: &MemberId) -> Option<&Member> {
        self.people.iter().find(|p| &p.id == id)
    }

    /// How many days a week a person has for what is planned.
    #[must_use]
    pub fn days_of(&self, id: &MemberId) -> Finite {
        self.member(id).and_then(|m| m.days_a_week).unwrap_or(self.thresholds.days_a_week)
    }

    /// The name of a person, or the id of somebody unknown.
    #[must_use]
    pub fn name_of<'a>(&'a self, id: &'a MemberId) -> &'a str {
        self.member(id).map_or(id.as_str(), |p| &p.name)
    }

    /// Those who have not left.
    pub fn active(&self) -> impl Iterator<Item = &Member> {
        self.people.iter().filter(|p| p.is_active())
    }

    /// The team with this id.
    #[must_use]
    pub fn team(&self, id: &TeamId) -> Option<&Team> {
        self.teams.iter().find(|t| &t.id == id)
    }

    /// The perspective with this id.
    #[must_use]
    pub fn perspective(&self, id: &PerspectiveId) -> Option<&Perspective> {
        self.perspectives.iter().find(|p| &p.id == id)
    }

    /// The steps that a review of this rhythm takes unless somebody names another agenda: those of the agenda that is called
    /// `weekly` or `quarterly`, else the default ones.
    #[must_use]
    pub fn steps(&self, rhythm: Rhythm) -> Vec<Slot> {
        let own = self.agendas.iter().find(|a| a.id().as_str() == rhythm.label() && a.rhythm() == rhythm);
        own.map_or_else(|| rhythm.default_steps(), |a| a.steps().to_vec())
    }

    /// The steps of an agenda; the default ones for `weekly` and `quarterly` when the workspace names none.
    #[must_use]
    pub fn agenda(&self, id: &AgendaId) -> Option<Vec<Slot>> {
        match id.as_str() {
            "weekly" => Some(self.steps(Rhythm::Weekly)),
            "quarterly" => Some(self.steps(Rhythm::Quarterly)),
            _ => self.agendas.iter().find(|a| a.id() == id).map(|a| a.steps().to_vec()),
        }
    }
}

/// A part of the workspace that could not be read, and so is neither shown nor written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// `strategy/north-star.ron`.
    NorthStar,
    /// `strategy/goals.ron`.
    Goals,
    /// `strategy/kpis.ron`.
    Kpis,
    /// A file of a register.
    Registers,
    /// A check-in of the current week.
    CheckIns,
    /// The newest snapshot: what is open is not known without it.
    Latest,
    /// The newest sealed quarter: the same.
    LastQuarter,
}

impl Part {
    /// The words on the screen.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::NorthStar => "strategy/north-star.ron",
            Self::Goals => "strategy/goals.ron",
            Self::Kpis => "strategy/kpis.ron",
            Self::Registers => say!("a file in registers/"),
            Self::CheckIns => say!("a check-in of this week"),
            Self::Latest => say!("the newest snapshot"),
            Self::LastQuarter => say!("the newest sealed quarter"),
        }
    }
}

/// A review put aside before its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// The number of the file format.
    pub schema: u32,
    /// The journal it was taken from; the same review on the same machine has the same.
    pub journal: String,
    /// How many entries of that journal it holds.
    pub entries: u64,
    /// When it was put aside.
    pub saved: Moment,
    /// Who put it aside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<MemberId>,
    /// The review as it stood.
    pub review: Review,
}

/// Everything that opening a workspace loads. Holds what could be read, and says what could not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workspace {
    /// The folder.
    pub root: PathBuf,
    /// What `truenorth.ron` says.
    pub config: Config,
    /// The strategy as it stands in the files.
    pub strategy: Strategy,
    /// The sealed weeks by name, with their latest revision: nothing of them is read.
    pub weeks: BTreeMap<Week, u32>,
    /// The newest sealed week.
    pub latest: Option<Arc<Snapshot>>,
    /// The sealed quarters by name, with their latest revision: nothing of them is read but the newest.
    pub quarters: BTreeMap<Quarter, u32>,
    /// The newest sealed quarter.
    pub last_quarter: Option<Arc<QuarterSnapshot>>,
    /// The check-ins of the current week.
    pub check_ins: Vec<CheckIn>,
    /// The imports since the beginning of the current week, oldest first: no earlier one can tell of it.
    pub imports: Vec<ReadingsFile>,
    /// What other workspaces passed on, oldest first: all that waits for an answer, and the last quarter's with its answer.
    pub passed: Vec<Arrived>,
    /// Parts that could not be read.
    pub broken: Vec<Part>,
    /// What is wrong with the files that were read.
    pub problems: Vec<Problem>,
    /// The newest format among the files, where it is newer than [`SCHEMA`]: they were read as far as it is known, and nothing
    /// may be written.
    pub newer: Option<u32>,
}

impl Workspace {
    /// What is open at the beginning of a week.
    #[must_use]
    pub fn standing(&self, week: Week) -> Standing {
        let mut standing = Standing::fold(self.open_records(week), &self.check_ins, week);
        // What a sealed week says holds.
        if !self.weeks.contains_key(&week) {
            standing.import(&self.imports, week);
        }
        standing
    }

    /// What stands open at the beginning of a review of a quarter held in this week. What members report in their check-ins
    /// waits for the review of the week.
    #[must_use]
    pub fn standing_of_quarter(&self, week: Week) -> Standing {
        Standing::fold(self.open_records(week), &[], week)
    }

    /// What was sealed last before a week: a week, or a quarter that was reviewed since.
    fn open_records(&self, week: Week) -> Sealed<'_> {
        let quarter = self.last_quarter.as_deref().filter(|q| q.week <= week);
        Sealed { week: self.latest.as_deref(), quarter }
    }

    /// Whether what a review would seal is sealed already.
    #[must_use]
    pub fn is_sealed(&self, review: &Review) -> bool {
        let revision = match review.target() {
            Target::Week(week) => self.weeks.get(&week),
            Target::Quarter(quarter) => self.quarters.get(&quarter),
        };
        revision.copied().unwrap_or(0) >= review.revision()
    }

    /// Whether a part could not be read.
    #[must_use]
    pub fn is_broken(&self, part: Part) -> bool {
        self.broken.contains(&part)
    }
}
