//! My check-in as the one place that commands write into.

use crate::model::checkin::CheckIn;
use crate::model::id::MemberId;
use crate::model::week::Week;
use crate::model::workspace::Workspace;
use crate::storage;

use super::context::Context;
use super::failure::Failure;
use super::now::tell_if_under_way;

/// Changes my check-in of a week that is not sealed, as it stands in its file, and says so where the review will not see it by
/// itself. Returns what the change gave.
pub(super) fn update<T>(
    context: &Context,
    workspace: &Workspace,
    me: &MemberId,
    week: Week,
    change: impl FnOnce(&mut CheckIn) -> Result<T, Failure>,
) -> Result<T, Failure> {
    if workspace.weeks.contains_key(&week) {
        return Err(Failure::new(
            say!("{week} is sealed. What a review has seen is never changed behind its back", week),
            say!("correct it with `truenorth review {week} --reopen`, or wait for {next}", week, next = week.next()),
        ));
    }
    let place = storage::check_in_path(week, me);
    if let Some(problem) = storage::check_ins(&workspace.root, week).1.into_iter().find(|p| p.path == place) {
        return Err(storage::StorageError::from(problem).into());
    }
    let (_, given) = storage::update_check_in(&workspace.root, week, me, change)?;
    if let Err(why) = tell_if_under_way(context, workspace, week) {
        // It is saved: told as a failure, it would be said a second time.
        why.warn(say!("this is saved, but whether a review of the week has begun is not known"));
    }
    Ok(given)
}

/// A text that must say something in one line.
pub(super) fn one_line(what: &str, typed: &str) -> Result<String, Failure> {
    let text = typed.trim();
    if text.is_empty() || text.contains(['\n', '\r']) {
        return Err(Failure::new(
            say!("`{typed}` is no {what}. It takes one line with words in it", typed, what),
            say!("quote it, as in \"Call the miller\""),
        ));
    }
    Ok(text.to_owned())
}
