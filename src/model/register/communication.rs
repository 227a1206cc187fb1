//! The communication plan: who is told what, how, and how often.

use chrono::NaiveDate;

use super::declare::{fields, stages};
use super::value::Prose;
use super::{Figures, Row, View};

stages! {
    /// Where a line of the plan stands.
    CommunicationStage {
        /// It is told in its rhythm.
        Running "running" Open [Paused, Ended];
        /// Not at the moment.
        Paused "paused" Open [Running, Ended];
        /// Not any more.
        Ended "ended" Closed asks "Why it ends" [Running];
    }
}

fields! {
    /// Something that an audience is told in a rhythm.
    Communication, CommunicationStage {
        audience: String = "Audience", "who is told";
        #[serde(default)]
        message: Prose = "Message", "what they are told";
        #[serde(default)]
        channel: String = "Channel", "how: a letter, the board at the till, a talk";
        weeks: Option<u16> = "Every", "so many weeks; left out for once" in EveryWeeks;
        delivered: Option<NaiveDate> = "Delivered", "the last day it was told";
    }
}

/// The plan.
pub(super) static ROW: Row = Row {
    key: "communication",
    name: "Communication",
    one: "line",
    file: "registers/communication.ron",
    about: "Who is told what, by which channel and in which rhythm, and when it was told last.",
    stages: CommunicationStage::TABLE,
    columns: &["audience", "delivered"],
    view: View::List,
    figures: Figures::Funnel,
};
