//! Two versions of the strategy: found, saved together, settled.

use std::path::Path;

use super::workers::failure;
use crate::app::dialogs::clash::{Settle, Told};
use crate::app::message::Message;
use crate::insight::merge::Met;
use crate::storage::{self, Saved, StorageError};

/// What came of a change of the strategy.
pub(super) fn saved(saved: Result<Saved, StorageError>) -> Message {
    match saved {
        Ok(Saved::AsAsked) => Message::StrategySaved(Ok(())),
        Ok(Saved::Joined(merge, settled)) => Message::Clash(Told::Joined(merge, settled)),
        Ok(Saved::Clash(merge)) => Message::Clash(Told::Found(Met::Outside, merge)),
        Err(e) => Message::StrategySaved(Err(failure(&e))),
    }
}

/// Looks for two versions that wait for somebody.
pub(super) fn find(root: &Path) -> Message {
    Message::Clash(match storage::to_settle(root) {
        Ok(Some((met, merge))) => Told::Found(met, Box::new(merge)),
        Ok(None) => Told::Nothing,
        Err(e) => Told::NotFound(failure(&e)),
    })
}

/// Writes what was settled. Where the files were changed once more meanwhile, what was settled is held against that.
pub(super) fn settle(root: &Path, aside: &Path, settle: Box<Settle>) -> Message {
    let Settle { met, merge, settled } = &*settle;
    match storage::settle(root, aside, met, merge, settled) {
        Ok(kept) => Message::Clash(Told::Settled(settle, kept)),
        Err(StorageError::Changed { .. }) if *met == Met::Outside => {
            self::saved(storage::save_or_merge(root, &merge.theirs, settled))
        }
        Err(e) => Message::Clash(Told::NotSettled(failure(&e))),
    }
}
