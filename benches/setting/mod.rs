//! What the benches share: large companies, and the program's state on the sample's day.

#![allow(dead_code)] // each bench uses its part

#[path = "../../examples/make-scale/company.rs"]
pub(crate) mod company;
#[path = "../../examples/make-scale/random.rs"]
mod random;
#[path = "../../examples/make-scale/weeks.rs"]
pub(crate) mod weeks;

use std::path::Path;

use chrono::{DateTime, NaiveDate};
use truenorth::app::keymap::Keymap;
use truenorth::app::{Access, App, Look, Opening, ThemeName};
use truenorth::model::review::Moment;
use truenorth::model::week::Week;
use truenorth::model::workspace::Workspace;
use truenorth::storage;

/// The day that samples are of.
pub(crate) fn today() -> NaiveDate {
    "2026-11-19".parse().unwrap()
}

/// Its afternoon.
pub(crate) fn now() -> Moment {
    DateTime::parse_from_rfc3339("2026-11-19T14:02:00+00:00").unwrap()
}

pub(crate) fn open(root: &Path) -> Workspace {
    storage::open(root, |_| Week::of(today())).unwrap()
}

/// The program at its start.
pub(crate) fn app(workspace: Workspace) -> App {
    App::new(Opening {
        workspace,
        week: Week::of(today()),
        today: today(),
        me: None,
        access: Access::Write,
        demo: false,
        recovered: None,
        typed: Vec::new(),
        look: Look { theme: ThemeName::Dark, truecolor: false, ascii: false, present: false },
        keymap: Keymap::default(),
    })
}
