//! What a member's own screens read and write: their check-ins, and the private notes. The only part of the runtime that may name those.

use std::path::Path;

use super::workers::failure;
use crate::app::message::{Message, MyCheckIns, NotSaved, Secret};
use crate::insight::questions::WEEKS;
use crate::model::answer::Answer;
use crate::model::checkin::{CheckIn, CheckInEdit};
use crate::model::id::{MemberId, WorkspaceId};
use crate::model::week::Week;
use crate::storage::private::{self, Owner};
use crate::storage::{self, Local, StorageError};

/// Whose private notes, and where they live.
pub(super) struct Drawer {
    local: Local,
    owner: Owner,
}

impl Drawer {
    pub(super) fn of(local: &Local, workspace: &WorkspaceId, member: MemberId) -> Self {
        Self { local: local.clone(), owner: Owner { workspace: workspace.clone(), member } }
    }
}

/// Reads a member's check-in of a week and their earlier ones.
pub(super) fn open(root: &Path, week: Week, member: &MemberId) -> Message {
    let read = storage::my_check_ins(root, member, week, WEEKS);
    Message::CheckInRead(read.map(|(now, before)| Box::new(MyCheckIns { now, before })).map_err(|e| failure(&e)))
}

/// Makes a change to a check-in as it stands in its file.
pub(super) fn edit(root: &Path, week: Week, member: MemberId, edit: CheckInEdit) -> Message {
    if let CheckInEdit::Answer(was, now) = edit {
        return Message::Answered(answer(root, week, member, was, now));
    }
    let saved = storage::edit_check_in(root, week, member, edit);
    Message::CheckInSaved(saved.map(Box::new).map_err(|e| failure(&e)))
}

fn answer(
    root: &Path,
    week: Week,
    member: MemberId,
    was: Box<Answer>,
    now: Box<Answer>,
) -> Result<Box<CheckIn>, NotSaved> {
    let edit = CheckInEdit::Answer(was, now);
    match storage::edit_check_in(root, week, member.clone(), edit) {
        Ok(check_in) => Ok(Box::new(check_in)),
        Err(StorageError::Changed { .. }) => match storage::my_check_ins(root, &member, week, 0) {
            Ok((theirs, _)) => Err(NotSaved::Changed(Box::new(theirs))),
            Err(e) => Err(NotSaved::Failed(failure(&e))),
        },
        Err(e) => Err(NotSaved::Failed(failure(&e))),
    }
}

/// Reads a member's private notes.
pub(super) fn private_notes(drawer: &Drawer) -> Message {
    let read = private::notes(&drawer.local, &drawer.owner);
    let secret = |notes: Vec<(Week, String)>| notes.into_iter().map(|(week, text)| (week, Secret::new(text))).collect();
    Message::Private(read.map(secret).map_err(|e| failure(&e)))
}

/// Keeps a member's private note of a week.
pub(super) fn keep_private(drawer: &Drawer, week: Week, text: Secret) -> Message {
    let kept = private::keep(&drawer.local, &drawer.owner, week, text.as_str());
    Message::PrivateKept(kept.map(|()| (week, text)).map_err(|e| failure(&e)))
}
