//! Passing on to another workspace, and answering what others passed on, on the thread that writes.

use std::path::Path;

use super::check_in;
use super::workers::failure;
use crate::app::message::{Failure, Message};
use crate::app::screens::passed::Answering;
use crate::model::checkin::CheckInEdit;
use crate::model::passed::Passed;
use crate::storage;

/// Writes what is passed on into a folder or file.
pub(super) fn pass_on(passed: &Passed, to: &str) -> Message {
    let written = storage::pass_on(Path::new(to), passed, &passed.from);
    Message::PassedOn(written.map(|path| path.display().to_string()).map_err(|e| failure(&e)))
}

/// Writes the answer; first of all the issue that it tells of. Without the issue there is no answer.
pub(super) fn answer(root: &Path, answering: Box<Answering>, tell: impl Fn(Message)) -> Message {
    if let Some((week, member, issue)) = &answering.raised {
        match check_in::edit(root, *week, member.clone(), CheckInEdit::Issue(issue.clone())) {
            saved @ Message::CheckInSaved(Ok(_)) => tell(saved),
            refused => return refused,
        }
    }
    let written = storage::answer_passed(root, &answering.key, &answering.answer).map_err(|e| {
        let Failure { what, next } = failure(&e);
        match &answering.raised {
            Some((_, _, issue)) => Failure {
                what: say!("“{title}” is an issue now, but not answered: {what}", title = issue.title, what),
                next,
            },
            None => Failure { what, next },
        }
    });
    Message::PassAnswered(written.map(|_| answering))
}
