//! Registers: typed lists of cards beside the goals. One card, one table of kinds; each kind is a declaration in a file of its own.
//!
//! # Map
//! - `card`: what every card has, whatever its kind.
//! - `value`: what a field can hold; `condition`: a KPI beyond a value for some weeks.
//! - `declare`: how a kind is declared: stages, words to choose, fields.
//! - the rest: the kinds.

mod capacity;
mod card;
mod communication;
mod condition;
mod declare;
mod development;
mod experiment;
mod idea;
mod scenario;
mod sense;
mod signal;
mod stakeholder;
mod swot;
mod technology;
mod value;
mod waste;

use std::fmt;
use std::marker::PhantomData;
use std::sync::LazyLock;

use serde::de::{self, EnumAccess, MapAccess, VariantAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use capacity::{Capacity, CapacityStage, Unit};
pub use card::{Card, Link};
pub use communication::{Communication, CommunicationStage};
pub use condition::{Beyond, Condition};
pub use development::{Development, DevelopmentStage};
pub use experiment::{Experiment, ExperimentStage};
pub use idea::{Idea, IdeaStage};
pub use scenario::{Scenario, ScenarioStage};
pub use sense::Nonsense;
pub use signal::{Bearing, Signal, SignalStage};
pub use stakeholder::{Relation, Stakeholder, StakeholderStage};
pub use swot::{Side, Swot, SwotStage, Tows, TowsStage};
pub use technology::{Technology, TechnologyStage};
pub use value::{Choice, Input, Prose, Value};
pub use waste::{Waste, Waste8, WasteStage};

/// What the program knows of a register.
#[derive(Debug, PartialEq, Eq)]
pub struct Row {
    /// Its word on the command line and in a card's `what`.
    pub key: &'static str,
    /// Its name on the screen.
    pub name: &'static str,
    /// What one of its cards is called.
    pub one: &'static str,
    /// The file, inside the workspace.
    pub file: &'static str,
    /// What belongs in it, in a sentence.
    pub about: &'static str,
    /// Its stages, in order. A card begins in the first.
    pub stages: &'static [Stage],
    /// The fields that stand in a list beside the title.
    pub columns: &'static [&'static str],
    /// How it is looked at.
    pub view: View,
    /// What its figures tell.
    pub figures: Figures,
}

/// How a register is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// A list by stage.
    List,
    /// Four fields, where there is room for them; else a list by field.
    Board,
}

/// What the figures of a register tell, above its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figures {
    /// How many cards came into each stage and how long they stay there, and what each theme has.
    Funnel,
    /// Days and money by theme beside its weight, and by person beside what they have.
    Load,
}

/// A stage that cards go through.
#[derive(Debug, PartialEq, Eq)]
pub struct Stage {
    /// The word, in files and on the screen.
    pub word: &'static str,
    /// Whether a card in it is still worked with.
    pub phase: Phase,
    /// What is asked of whoever moves a card here; the answer becomes its outcome.
    pub asks: Option<&'static str>,
    /// The stages that may follow, by their place; the first is the usual one.
    pub next: &'static [usize],
}

/// Whether a card is still worked with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// It is.
    Open,
    /// It is kept for what it tells.
    Closed,
}

/// A field that only the cards of one register have.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// The name in files.
    pub id: &'static str,
    /// The name on the screen.
    pub label: &'static str,
    /// What belongs in it.
    pub hint: &'static str,
    /// What it is filled in with.
    pub input: Input,
    /// Whether there is no card without it.
    pub needed: bool,
    /// What a number in it counts.
    pub counts: Option<Counts>,
}

/// What the number of a field counts: no number stands without its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counts {
    /// Money, in the workspace's currency.
    Money,
    /// Money a week.
    MoneyAWeek,
    /// Hours a week.
    HoursAWeek,
    /// A number of weeks between two times.
    EveryWeeks,
    /// Weeks of one person's work.
    PersonWeeks,
    /// Those reached in a quarter.
    AQuarter,
    /// A number up to ten.
    OfTen,
    /// What the card's own field `unit` says: days or money.
    OwnUnit,
    /// What the KPI counts that the card's field `kpi` names.
    OwnKpi,
}

/// A text that does not fit its field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {why}")]
pub struct Wrong {
    /// The field's id.
    pub field: &'static str,
    /// What would fit.
    pub why: String,
}

/// What only one register knows of its cards. `fields!` writes it.
pub trait Payload: Sized {
    /// Its fields, in the order of a form.
    const FIELDS: &'static [Field];
    /// What each of them holds, as a text.
    fn texts(&self) -> Vec<String>;
    /// Reads it from texts by the fields' ids, in its first stage.
    ///
    /// # Errors
    /// Names the first field whose text does not fit.
    fn read(text: &dyn Fn(&str) -> String) -> Result<Self, Wrong>;
    /// Writes it as the variant of an enum: `swot(side: strength)`. What is blank is left out.
    ///
    /// # Errors
    /// Those of whatever is written to.
    fn write<S: Serializer>(&self, to: S, nth: u32, word: &'static str) -> Result<S::Ok, S::Error>;
    /// The place of its stage.
    fn stage(&self) -> usize;
    /// Moves it to a stage; one that is not there changes nothing.
    fn move_to(&mut self, stage: usize);
}

/// The one place that lists the registers, in the order in which the screen does.
macro_rules! kinds {
    ($($kind:ident, $payload:ty, $row:path;)*) => {
        /// Which register a card stands in.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Kind { $(#[doc = concat!("See [`", stringify!($payload), "`].")] $kind),* }

        /// What only its own register knows of a card. In files a variant with the fields of its payload: `swot(side: strength)`.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum What { $(#[doc = concat!("See [`", stringify!($payload), "`].")] $kind($payload)),* }

        impl Kind {
            /// All registers, in the order of the screen.
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];

            /// What is known of it.
            #[must_use]
            pub fn row(self) -> &'static Row {
                match self { $(Self::$kind => &$row),* }
            }

            /// The fields that only its cards have.
            #[must_use]
            pub fn fields(self) -> &'static [Field] {
                match self { $(Self::$kind => <$payload>::FIELDS),* }
            }

            /// Reads what a card says from texts by the fields' ids, in the first stage.
            ///
            /// # Errors
            /// Names the first field whose text does not fit.
            pub fn read(self, text: &dyn Fn(&str) -> String) -> Result<What, Wrong> {
                match self { $(Self::$kind => <$payload>::read(text).map(What::$kind)),* }
            }
        }

        impl Serialize for What {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                match self { $(Self::$kind(payload) => payload.write(to, Kind::$kind as u32, Kind::$kind.row().key)),* }
            }
        }

        impl<'de> Visitor<'de> for Variant {
            type Value = What;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("what a card of a register says")
            }

            fn visit_enum<A: EnumAccess<'de>>(self, from: A) -> Result<What, A::Error> {
                let (Named(kind), fields) = from.variant()?;
                match kind { $(Kind::$kind => fields.struct_variant(&[], Fields(PhantomData)).map(What::$kind)),* }
            }
        }

        impl What {
            /// Which register it is of.
            #[must_use]
            pub fn kind(&self) -> Kind {
                match self { $(Self::$kind(_) => Kind::$kind),* }
            }

            /// What each field holds, in the order of [`Kind::fields`].
            #[must_use]
            pub fn texts(&self) -> Vec<String> {
                match self { $(Self::$kind(payload) => payload.texts()),* }
            }

            /// The place of its stage.
            #[must_use]
            pub fn stage(&self) -> usize {
                match self { $(Self::$kind(payload) => payload.stage()),* }
            }

            /// Moves it to a stage; one that is not there changes nothing.
            pub fn move_to(&mut self, stage: usize) {
                match self { $(Self::$kind(payload) => payload.move_to(stage)),* }
            }
        }
    };
}

kinds! {
    Swot, Swot, swot::SWOT;
    Tows, Tows, swot::TOWS;
    Scenario, Scenario, scenario::ROW;
    Signal, Signal, signal::ROW;
    Idea, Idea, idea::ROW;
    Experiment, Experiment, experiment::ROW;
    Capacity, Capacity, capacity::ROW;
    Stakeholder, Stakeholder, stakeholder::ROW;
    Communication, Communication, communication::ROW;
    Waste, Waste, waste::ROW;
    Technology, Technology, technology::ROW;
    Development, Development, development::ROW;
}

/// The words of all registers.
static KEYS: LazyLock<Vec<&'static str>> = LazyLock::new(|| Kind::ALL.iter().map(|k| k.row().key).collect());

/// Reads a card's `what`: the word of its register, then the fields of that.
struct Variant;

/// A register by its word.
struct Named(Kind);

/// Reads the fields of a payload.
struct Fields<T>(PhantomData<T>);

impl<'de> Deserialize<'de> for What {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_enum(say!("What"), KEYS.as_slice(), Variant)
    }
}

impl<'de> Deserialize<'de> for Named {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Word;
        impl Visitor<'_> for Word {
            type Value = Named;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(say!("the word of a register"))
            }

            fn visit_str<E: de::Error>(self, word: &str) -> Result<Named, E> {
                let found = Kind::ALL.iter().find(|k| k.row().key == word);
                found.map(|k| Named(*k)).ok_or_else(|| E::unknown_variant(word, &KEYS))
            }
        }
        from.deserialize_identifier(Word)
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Fields<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(say!("the fields of a card"))
    }

    fn visit_map<A: MapAccess<'de>>(self, from: A) -> Result<T, A::Error> {
        T::deserialize(de::value::MapAccessDeserializer::new(from))
    }
}

#[cfg(test)]
mod tests;
