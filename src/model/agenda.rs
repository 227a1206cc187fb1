//! The agenda of a review: which steps, in which order, for how long.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::id::AgendaId;

/// A step of the review. What happens in each is fixed; which are taken, in which order and how long, is data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Who is here, the north star, headlines.
    Open,
    /// The last review's action items.
    Commitments,
    /// The KPIs, exceptions first.
    Scorecard,
    /// The goal tree.
    Goals,
    /// What members reported.
    CheckIns,
    /// The findings that matter most.
    Alignment,
    /// Identify, discuss, solve.
    Issues,
    /// Recap, messages, ratings, save.
    Close,
    /// The quarter's key results graded, what we learned, predictions scored.
    LookBack,
    /// Signals, SWOT, scenarios, stakeholders: still so?
    LookAround,
    /// The north star, the weights of the themes, the next objectives.
    LookAhead,
    /// What we stop.
    SayNo,
    /// What was decided, a sentence from each, save.
    Commit,
}

/// How often a review of its kind is held, and so what it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rhythm {
    /// A week.
    Weekly,
    /// A quarter.
    Quarterly,
}

impl Rhythm {
    /// The word in sentences and ids.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Weekly => "weekly",
            Self::Quarterly => "quarterly",
        }
    }

    /// Its own default agenda.
    #[must_use]
    pub fn default_steps(self) -> Vec<Slot> {
        match self {
            Self::Weekly => Agenda::weekly(),
            Self::Quarterly => Agenda::quarterly(),
        }
    }

    /// What these steps review: a quarter, as soon as one of them only makes sense for it.
    #[must_use]
    pub fn of(steps: &[Slot]) -> Self {
        if steps.iter().any(|s| !s.step.fits(Self::Weekly)) { Self::Quarterly } else { Self::Weekly }
    }
}

impl Step {
    /// Every step: those of the week in their default order, then those of the quarter in theirs.
    pub const ALL: [Self; 13] = [
        Self::Open,
        Self::Commitments,
        Self::Scorecard,
        Self::Goals,
        Self::CheckIns,
        Self::Alignment,
        Self::Issues,
        Self::Close,
        Self::LookBack,
        Self::LookAround,
        Self::LookAhead,
        Self::SayNo,
        Self::Commit,
    ];

    /// Whether the step makes sense in a review of this rhythm. Who is here and what is in the way are asked in both.
    #[must_use]
    pub fn fits(self, rhythm: Rhythm) -> bool {
        match self {
            Self::Open | Self::Issues => true,
            Self::Commitments | Self::Scorecard | Self::Goals | Self::CheckIns | Self::Alignment | Self::Close => {
                rhythm == Rhythm::Weekly
            }
            Self::LookBack | Self::LookAround | Self::LookAhead | Self::SayNo | Self::Commit => {
                rhythm == Rhythm::Quarterly
            }
        }
    }

    /// The name on the screen.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Open => say!("step" | "Open"),
            Self::Commitments => say!("Commitments"),
            Self::Scorecard => say!("Scorecard"),
            Self::Goals => say!("Goals"),
            Self::CheckIns => say!("Check-ins"),
            Self::Alignment => say!("Alignment"),
            Self::Issues => say!("Issues"),
            Self::Close => say!("step" | "Close"),
            Self::LookBack => say!("Look back"),
            Self::LookAround => say!("Look around"),
            Self::LookAhead => say!("Look ahead"),
            Self::SayNo => say!("Say no"),
            Self::Commit => say!("Commit"),
        }
    }

    /// The key used in files and JSON.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Commitments => "commitments",
            Self::Scorecard => "scorecard",
            Self::Goals => "goals",
            Self::CheckIns => "check_ins",
            Self::Alignment => "alignment",
            Self::Issues => "issues",
            Self::Close => "close",
            Self::LookBack => "look_back",
            Self::LookAround => "look_around",
            Self::LookAhead => "look_ahead",
            Self::SayNo => "say_no",
            Self::Commit => "commit",
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

/// A step with its time-box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slot {
    /// The step.
    pub step: Step,
    /// Its time-box, in minutes.
    pub minutes: u16,
}

/// A named agenda. Its steps fit one rhythm: a step of the quarter cannot stand beside one of the week alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written")]
pub struct Agenda {
    id: AgendaId,
    steps: Vec<Slot>,
}

/// An agenda as a file says it.
#[derive(Deserialize)]
#[serde(rename = "Agenda", deny_unknown_fields)]
struct Written {
    id: AgendaId,
    steps: Vec<Slot>,
}

/// Why steps are no agenda.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", say!("`{of_week}` is a step of the weekly review and `{of_quarter}` one of the quarterly: give each an agenda of its own", of_week, of_quarter))]
pub struct Mixed {
    of_week: &'static str,
    of_quarter: &'static str,
}

impl TryFrom<Written> for Agenda {
    type Error = Mixed;

    fn try_from(written: Written) -> Result<Self, Mixed> {
        Self::new(written.id, written.steps)
    }
}

impl Agenda {
    /// An agenda of these steps, in the order they are offered.
    ///
    /// # Errors
    /// When steps of the week and of the quarter are mixed.
    pub fn new(id: AgendaId, steps: Vec<Slot>) -> Result<Self, Mixed> {
        let misfit = |rhythm| steps.iter().map(|s| s.step).find(|s| !s.fits(rhythm));
        match (misfit(Rhythm::Quarterly), misfit(Rhythm::Weekly)) {
            (Some(week), Some(quarter)) => Err(Mixed { of_week: week.key(), of_quarter: quarter.key() }),
            _ => Ok(Self { id, steps }),
        }
    }

    /// The id, such as `weekly`.
    #[must_use]
    pub fn id(&self) -> &AgendaId {
        &self.id
    }

    /// The steps, in the order they are offered.
    #[must_use]
    pub fn steps(&self) -> &[Slot] {
        &self.steps
    }

    /// What it reviews.
    #[must_use]
    pub fn rhythm(&self) -> Rhythm {
        Rhythm::of(&self.steps)
    }

    /// The default weekly agenda: 60 minutes.
    #[must_use]
    pub fn weekly() -> Vec<Slot> {
        use Step::{Alignment, CheckIns, Close, Commitments, Goals, Issues, Open, Scorecard};
        let steps = [Open, Commitments, Scorecard, Goals, CheckIns, Alignment, Issues, Close];
        slots(steps, [5, 5, 10, 10, 5, 5, 15, 5])
    }

    /// The default quarterly agenda: 180 minutes.
    #[must_use]
    pub fn quarterly() -> Vec<Slot> {
        use Step::{Commit, LookAhead, LookAround, LookBack, Open, SayNo};
        slots([Open, LookBack, LookAround, LookAhead, SayNo, Commit], [10, 60, 30, 45, 15, 20])
    }
}

fn slots<const N: usize>(steps: [Step; N], minutes: [u16; N]) -> Vec<Slot> {
    steps.into_iter().zip(minutes).map(|(step, minutes)| Slot { step, minutes }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agenda(steps: &[Step]) -> Result<Agenda, Mixed> {
        let slots = steps.iter().map(|step| Slot { step: *step, minutes: 5 }).collect();
        Agenda::new("one".parse().unwrap(), slots)
    }

    #[test]
    fn the_hour_and_the_three_hours_are_what_they_say() {
        let minutes = |steps: Vec<Slot>| steps.iter().map(|s| s.minutes).sum::<u16>();
        assert_eq!((minutes(Agenda::weekly()), minutes(Agenda::quarterly())), (60, 180));
        assert_eq!(Rhythm::of(&Agenda::weekly()), Rhythm::Weekly);
        assert_eq!(Rhythm::of(&Agenda::quarterly()), Rhythm::Quarterly);
    }

    #[test]
    fn steps_of_the_quarter_and_of_the_week_alone_cannot_stand_in_one_agenda() {
        assert_eq!(agenda(&[Step::Open, Step::LookBack, Step::Issues]).unwrap().rhythm(), Rhythm::Quarterly);
        assert_eq!(agenda(&[Step::Open, Step::Issues]).unwrap().rhythm(), Rhythm::Weekly);
        let mixed = agenda(&[Step::Scorecard, Step::LookBack]).unwrap_err().to_string();
        assert!(mixed.contains("`scorecard`") && mixed.contains("`look_back`"), "{mixed}");
        let text = r#"(id: "q", steps: [(step: goals, minutes: 5), (step: say_no, minutes: 5)])"#;
        assert!(ron::from_str::<Agenda>(text).unwrap_err().to_string().contains("`say_no`"));
        for step in Step::ALL {
            assert!(step.fits(Rhythm::Weekly) || step.fits(Rhythm::Quarterly), "{step}");
        }
    }
}
