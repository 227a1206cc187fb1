//! My check-in as the one place that commands write into.

use crate::model::checkin::CheckIn;
use crate::model::id::MemberId;
use crate::model::week::Week;
use crate::model::workspace::Workspace;
use crate::storage;

use super::context::Context;
use super::failure::Failure;
use super::now::tell_if_under_way;

/// My check-in of a week that is not sealed; an empty one when there is none yet.
pub(super) fn check_in(workspace: &Workspace, me: &MemberId, week: Week) -> Result<CheckIn, Failure> {
    if workspace.weeks.contains_key(&week) {
        return Err(Failure::new(
            format!("{week} is sealed. What a review has seen is never changed behind its back"),
            format!("correct it with `truenorth review {week} --reopen`, or wait for {}", week.next()),
        ));
    }
    let (found, problems) = storage::check_ins(&workspace.root, week);
    let place = storage::check_in_path(week, me);
    if let Some(problem) = problems.into_iter().find(|p| p.path == place) {
        return Err(storage::StorageError::from(problem).into());
    }
    let mine = found.into_iter().find(|c| &c.member == me);
    Ok(mine.unwrap_or_else(|| CheckIn::new(me.clone(), week)))
}

/// Saves it, and says so where the review will not see it by itself.
pub(super) fn save(context: &Context, workspace: &Workspace, check_in: &CheckIn) -> Result<(), Failure> {
    storage::save_check_in(&workspace.root, check_in)?;
    tell_if_under_way(context, workspace, check_in.week)
}

/// A text that must say something in one line.
pub(super) fn one_line(what: &str, typed: &str) -> Result<String, Failure> {
    let text = typed.trim();
    if text.is_empty() || text.contains(['\n', '\r']) {
        return Err(Failure::new(
            format!("`{typed}` is no {what}. It takes one line with words in it"),
            "quote it, as in \"Call the miller\"",
        ));
    }
    Ok(text.to_owned())
}
