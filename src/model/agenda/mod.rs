//! The agenda of a review: which steps, in which order, for how long.

mod step;

use serde::{Deserialize, Serialize};

pub use step::{QuarterStep, Step};

use super::id::AgendaId;

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
        steps.into_iter().zip([5, 5, 10, 10, 5, 5, 15, 5]).map(|(step, minutes)| Slot { step, minutes }).collect()
    }

    /// The default quarterly agenda: 180 minutes.
    #[must_use]
    pub fn quarterly() -> Vec<Slot> {
        let minutes = [60, 30, 45, 15, 20];
        let own = QuarterStep::ALL.into_iter().map(Step::Quarter).zip(minutes);
        std::iter::once((Step::Open, 10)).chain(own).map(|(step, minutes)| Slot { step, minutes }).collect()
    }
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
        assert_eq!(
            agenda(&[Step::Open, Step::Quarter(QuarterStep::LookBack), Step::Issues]).unwrap().rhythm(),
            Rhythm::Quarterly
        );
        assert_eq!(agenda(&[Step::Open, Step::Issues]).unwrap().rhythm(), Rhythm::Weekly);
        let mixed = agenda(&[Step::Scorecard, Step::Quarter(QuarterStep::LookBack)]).unwrap_err().to_string();
        assert!(mixed.contains("`scorecard`") && mixed.contains("`look_back`"), "{mixed}");
        let text = r#"(id: "q", steps: [(step: goals, minutes: 5), (step: say_no, minutes: 5)])"#;
        assert!(ron::from_str::<Agenda>(text).unwrap_err().to_string().contains("`say_no`"));
        for step in Step::ALL {
            assert!(step.fits(Rhythm::Weekly) || step.fits(Rhythm::Quarterly), "{step}");
        }
    }
}
