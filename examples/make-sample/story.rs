//! What a story file can say: the numbers, the changes to the strategy and, week by week, what happened.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use truenorth::model::agenda::Step;
use truenorth::model::id::{
    ActionId, CardId, DecisionId, GoalId, IssueId, KpiId, MemberId, MessageId, StatementId, ThemeId, ValueId,
};
use truenorth::model::number::Finite;
use truenorth::model::record::{Method, Subject};
use truenorth::model::scale::{Confidence, Percent};
use truenorth::model::status::Status;
use truenorth::model::week::Week;
use truenorth::storage;

use crate::Result;

/// Everything that is told of one business.
pub(crate) struct Story {
    pub(crate) numbers: Numbers,
    pub(crate) changes: Changes,
    pub(crate) voices: Voices,
    /// The reviews of quarters, oldest first; a business need not hold any.
    pub(crate) quarters: Vec<crate::quarters::Told>,
    /// Oldest first; the last one is the week that is still to be reviewed.
    pub(crate) weeks: Vec<Told>,
}

/// What people feel, have in mind, thank for and would try.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Voices {
    pub(crate) pulse: Vec<Mood>,
    pub(crate) recalls: Vec<Recalls>,
    /// Week, from whom, to whom, what for.
    pub(crate) thanks: Vec<(Week, MemberId, MemberId, String)>,
    /// Week, whose, what.
    pub(crate) ideas: Vec<(Week, MemberId, String)>,
    /// Who has begun the check-in of the open week and not come to these questions yet.
    pub(crate) half_done: Vec<MemberId>,
}

/// How far people agree with a statement of the pulse.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mood {
    pub(crate) statement: StatementId,
    /// The level of all, in a straight line between these points.
    pub(crate) path: Vec<(Week, f64)>,
    /// How far somebody lies beside it.
    pub(crate) who: Vec<(MemberId, f64)>,
}

/// A priority in somebody's words, with the goal they mean.
pub(crate) type Named = (String, Option<GoalId>);

/// The priorities that come to people's minds from a week on, with the goals they mean.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Recalls {
    pub(crate) from: Week,
    pub(crate) names: Vec<(MemberId, Vec<Named>)>,
}

/// How KPIs and goals moved, and what people held important.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Numbers {
    pub(crate) kpis: Vec<KpiLine>,
    pub(crate) goals: Vec<GoalLine>,
    pub(crate) rankings: Vec<Ranked>,
}

/// The course of a KPI: a level drawn by hand with noise around it. The KPI is known from its first point on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KpiLine {
    pub(crate) id: KpiId,
    /// Readings are rounded to multiples of this.
    pub(crate) round: f64,
    /// The noise reaches so far up and down.
    #[serde(default)]
    pub(crate) noise: f64,
    /// Another seed gives another course of the noise.
    #[serde(default)]
    pub(crate) seed: u64,
    /// The level, in a straight line between these points.
    pub(crate) path: Vec<(Week, f64)>,
    /// Readings that are exactly this, without noise.
    #[serde(default)]
    pub(crate) at: Vec<(Week, f64)>,
}

/// The course of a goal: where it stands from a week on, and how sure the team is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GoalLine {
    pub(crate) id: GoalId,
    /// In a straight line between these points, in whole numbers; a goal measured by its KPI needs none.
    #[serde(default)]
    pub(crate) stands: Vec<(Week, f64)>,
    /// From each of these weeks on.
    #[serde(default)]
    pub(crate) sure: Vec<(Week, u8)>,
}

/// How people rank the themes from a week on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ranked {
    pub(crate) from: Week,
    pub(crate) orders: Vec<(MemberId, Vec<ThemeId>)>,
}

/// What was different before, so that the strategy of today can be taken back to any week.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Changes {
    /// Who joined later than the first week.
    #[serde(default)]
    pub(crate) joined: Vec<(MemberId, Week)>,
    #[serde(default)]
    pub(crate) goals: Vec<GoalWas>,
    #[serde(default)]
    pub(crate) kpi_owners: Vec<KpiOwnerWas>,
    #[serde(default)]
    pub(crate) cards: Vec<CardWas>,
    /// The week in which the team drew its strategy map: no goal led to another before.
    #[serde(default)]
    pub(crate) mapped: Option<Week>,
}

/// Where a card stood before a week.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CardWas {
    pub(crate) card: CardId,
    pub(crate) before: Week,
    /// The stage's word.
    pub(crate) stage: String,
}

/// How a goal read before a week.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GoalWas {
    pub(crate) goal: GoalId,
    pub(crate) before: Week,
    pub(crate) title: Option<String>,
    pub(crate) owner: Option<MemberId>,
    pub(crate) parent: Option<GoalId>,
    pub(crate) due: Option<NaiveDate>,
    /// Of a key result.
    pub(crate) target: Option<Finite>,
}

/// Who reported a KPI before a week.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KpiOwnerWas {
    pub(crate) kpi: KpiId,
    pub(crate) before: Week,
    pub(crate) owner: MemberId,
}

/// One week, as it is told.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Told {
    pub(crate) week: Week,
    /// In the order in which they happened.
    pub(crate) events: Vec<Event>,
}

/// Something that happened in a week. What is not told goes its usual way: people are there and check in, KPIs are read
/// by their owners, promises are kept when they are due.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Event {
    /// Not at the review.
    Away(MemberId),
    /// No check-in.
    Silent(MemberId),
    /// Leads the review in the facilitator's place.
    Led(MemberId),
    Headline(MemberId, String),
    Blocker(MemberId, String),
    /// A note in a check-in.
    Said(MemberId, String),
    /// A confidence that differs from what the team thinks.
    Vote(MemberId, GoalId, Confidence),
    /// What an owner reports of an action item before the review.
    Progress(ActionId, bool, String),
    /// No reading this week.
    Missing(KpiId),
    /// What explains a reading.
    Why(KpiId, String),
    /// A KPI's mark that differs from the computed one, with its reason.
    Mark(KpiId, Status, String),
    /// The same for a goal.
    GoalMark(GoalId, Status, String),
    /// The team's confidence in a goal, in this week alone.
    Sure(GoalId, Confidence),
    Issue(Raised),
    Solved(Solved),
    Decide(Box<Decided>),
    Reviewed(DecisionId, String, Option<bool>),
    Superseded(DecisionId, DecisionId),
    Action(Promised),
    /// An action item given up, with the reason.
    Dropped(ActionId, String),
    Message(Agreed),
    Note(Step, String),
    Answer(Answered),
    /// A step ran over its time-box by so many minutes.
    Over(Step, u32),
    /// Why the review was rated low.
    Low(String),
}

/// An issue as it is raised.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Raised {
    pub(crate) id: IssueId,
    pub(crate) by: MemberId,
    pub(crate) title: String,
    #[serde(default)]
    pub(crate) detail: String,
    pub(crate) about: Option<Subject>,
}

/// How an issue was answered.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Solved {
    pub(crate) issue: IssueId,
    pub(crate) answer: String,
    pub(crate) decision: Option<DecisionId>,
    pub(crate) action: Option<ActionId>,
}

/// A decision as it is taken.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Decided {
    pub(crate) id: DecisionId,
    pub(crate) title: String,
    pub(crate) choice: String,
    #[serde(default)]
    pub(crate) context: String,
    #[serde(default)]
    pub(crate) options: Vec<String>,
    #[serde(default)]
    pub(crate) method: Method,
    #[serde(default)]
    pub(crate) by: Vec<MemberId>,
    #[serde(default)]
    pub(crate) serves: Vec<ValueId>,
    #[serde(default)]
    pub(crate) strains: Vec<ValueId>,
    #[serde(default)]
    pub(crate) goals: Vec<GoalId>,
    #[serde(default)]
    pub(crate) affects: String,
    #[serde(default)]
    pub(crate) declined: String,
    pub(crate) reversible: Option<bool>,
    /// What is predicted, with its chance.
    pub(crate) claim: Option<String>,
    pub(crate) percent: Option<Percent>,
    /// Looked at again so many weeks later, or on a day.
    pub(crate) review_in: Option<i32>,
    pub(crate) review_on: Option<NaiveDate>,
}

/// An action item as it is promised.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Promised {
    pub(crate) id: ActionId,
    pub(crate) owner: MemberId,
    pub(crate) title: String,
    pub(crate) goal: Option<GoalId>,
    /// Due at the review so many weeks later, or on a day.
    #[serde(default = "one")]
    pub(crate) due: i32,
    pub(crate) due_on: Option<NaiveDate>,
    /// Done so many weeks later.
    #[serde(default = "one")]
    pub(crate) took: i32,
}

/// A message as it is agreed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Agreed {
    pub(crate) id: MessageId,
    pub(crate) text: String,
    pub(crate) teller: MemberId,
    pub(crate) audience: String,
    #[serde(default)]
    pub(crate) channel: String,
    /// Due so many weeks later.
    #[serde(default = "one")]
    pub(crate) due: i32,
    /// Told so many weeks later.
    #[serde(default = "one")]
    pub(crate) told: i32,
}

/// What was said to the findings of a rule: accepted, unless put aside or raised.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Answered {
    pub(crate) rule: String,
    pub(crate) about: Option<Subject>,
    /// Put aside for so many weeks.
    pub(crate) dismiss: Option<i32>,
    #[serde(default)]
    pub(crate) reason: String,
    pub(crate) raise: Option<IssueId>,
}

fn one() -> i32 {
    1
}

impl Story {
    /// Reads the files of a story's folder: `numbers.ron`, `changes.ron`, `voices.ron`, and every other as weeks, in the order of names.
    pub(crate) fn load(folder: &Path) -> Result<Self> {
        let mut names: Vec<PathBuf> =
            std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
        names.retain(|path| path.file_name().is_some_and(|n| n.as_encoded_bytes()[0].is_ascii_digit()));
        names.sort();
        let mut weeks: Vec<Told> = Vec::new();
        for path in &names {
            weeks.extend(read::<Vec<Told>>(path)?);
        }
        for pair in weeks.windows(2) {
            if pair[1].week != pair[0].week.next() {
                return Err(format!("{} is followed by {}", pair[0].week, pair[1].week).into());
            }
        }
        let quarters = folder.join("quarters.ron");
        Ok(Self {
            numbers: read(&folder.join("numbers.ron"))?,
            changes: read(&folder.join("changes.ron"))?,
            voices: read(&folder.join("voices.ron"))?,
            quarters: if quarters.is_file() { read(&quarters)? } else { Vec::new() },
            weeks,
        })
    }
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let text = std::fs::read_to_string(path)?;
    storage::decode(path, &text).map_err(|problem| storage::render(&problem).into())
}
