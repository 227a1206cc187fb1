//! Reports asked for on a screen: gathered and written on the threads beside the drawing one.

use std::path::Path;
use std::sync::Arc;

use super::workers::failure;
use crate::app::App;
use crate::app::message::Message;
use crate::model::history::History;
use crate::model::quarterly::QuarterSnapshot;
use crate::model::snapshot::Snapshot;
use crate::model::tongue::{Language, within};
use crate::model::week::Week;
use crate::report::{self, Outline, Source};
use crate::storage::{self, Deliver, StorageError};

/// What a report is made of, as far as the screen knows it.
pub(super) struct ReportOf {
    snapshot: Box<Snapshot>,
    /// The sealed week before with its revision.
    before: Option<(Week, u32)>,
    history: Arc<History>,
}

impl ReportOf {
    pub(super) fn new(app: &App, snapshot: Box<Snapshot>) -> Self {
        let before = app.workspace.weeks.range(..snapshot.week).next_back().map(|(week, revision)| (*week, *revision));
        Self { snapshot, before, history: Arc::clone(&app.history) }
    }

    fn outline(&self, root: &Path) -> Result<Outline, StorageError> {
        let before = self.before.map(|(week, revision)| storage::snapshot(root, week, Some(revision))).transpose()?;
        Ok(report::gather(Source { snapshot: &self.snapshot, previous: before.as_ref(), history: &self.history }))
    }
}

/// What the report of a quarter is made of: the quarter, and the sealed one before it.
pub(super) struct QuarterReportOf {
    pub sealed: Arc<QuarterSnapshot>,
    pub before: Option<Arc<QuarterSnapshot>>,
}

/// Writes the report of a quarter into a file that is not there yet; the ending of its name tells the format.
pub(super) fn write_quarter(root: &Path, of: &QuarterReportOf, path: &str) -> Message {
    let outline = report::quarter::gather(&of.sealed, of.before.as_deref());
    let text = match path.to_lowercase().rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => report::quarter::html(&outline),
        _ => report::quarter::markdown(&outline),
    };
    let written = storage::deliver(root, Path::new(path), &text, Deliver::Anew);
    Message::ReportWritten(written.map(|path| path.display().to_string()).map_err(|e| failure(&e)))
}

/// The recap to be read.
pub(super) fn recap(root: &Path, of: &ReportOf) -> Message {
    let outline = of.outline(root).map_err(|e| failure(&e));
    Message::Recap(outline.map(|o| (o.week, report::recap(&o))))
}

/// Writes the report into a file that is not there yet; the ending of its name tells the format: that of a week's own file is the
/// week itself.
pub(super) fn write(root: &Path, of: &ReportOf, path: &str) -> Message {
    let text = match path.to_lowercase().rsplit_once('.').map(|(_, ending)| ending) {
        Some("ron") => storage::encode(&*of.snapshot).map_err(|e| StorageError::Misplaced {
            path: path.into(),
            why: say!("the week cannot be written: {e}", e),
        }),
        Some("html") => of.outline(root).map(|outline| report::html(&outline)),
        // What programs read is in English, whatever is spoken here.
        Some("csv") => within(Language::English, || of.outline(root).map(|outline| report::csv(&outline))),
        Some("ics") => of.outline(root).map(|outline| report::calendar(&outline)),
        _ => of.outline(root).map(|outline| report::markdown(&outline)),
    };
    let written = text.and_then(|text| storage::deliver(root, Path::new(path), &text, Deliver::Anew));
    Message::ReportWritten(written.map(|path| path.display().to_string()).map_err(|e| failure(&e)))
}
