//! Scorecard: every KPI by perspective, with its history.

use super::row::{Listed, Row};
use crate::app::App;

/// The heading of what needs a look.
pub const NEEDS: &str = term!("Needs a look");
/// The heading of the rest.
pub const ROUTINE: &str = term!("Routine");

/// The rows: exceptions first, as in the review.
#[must_use]
pub fn rows(app: &App) -> Vec<Listed> {
    let group = |exception: bool| if exception { NEEDS } else { ROUTINE };
    app.scorecard_rows().iter().map(|r| Listed::new(group(r.reason.is_some()), Row::Kpi(r.kpi.clone()))).collect()
}
