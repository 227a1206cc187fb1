//! RON on disk: reading with located errors, publishing without ever leaving half a file, and editing that keeps comments.
//!
//! # Map
//! - `layout`: which file lives where, and what its name says.
//! - `source`: the text of one file, refused early when it cannot be data.
//! - `codec`: text to value with errors that name a place and a remedy; value to text that people can read.
//! - `load`, `history`, `check`: everything that reads a workspace.
//! - `publish`, `save`, `splice`: everything that writes into one; `disk`: the steps they do it in; `alone`: one at a time.
//! - `conflict`: two versions of the strategy in one place, and the one that settles it.
//! - `newer`: files of a newer format, which are only read.
//! - `shared`: which files others get to see, and how theirs are put in place.
//! - `deliver`: reports and exports, outside of its data.
//! - `migrate`: an older format brought to the current one.
//! - `index`: all weeks in one file of the local cache, so that they need not be read again.
//! - `imports`: readings brought in from elsewhere, each import in a file of its own.
//! - `passed`: what other workspaces passed on, and the answers; `rollup`: many workspaces at once, each read and let go.
//! - `quarters`: the sealed quarters, and what ends one.
//! - `journal`, `draft`, `local`, `lock`: what a review in progress needs beside it.
//! - `private`: a member's own notes. It stands apart: a test holds who may name it.
//! - `sample`: the businesses that the program brings along.

mod alone;
mod check;
mod codec;
mod conflict;
mod deliver;
mod disk;
mod draft;
mod error;
mod fed;
mod history;
mod imports;
mod index;
mod journal;
mod layout;
mod load;
mod local;
mod lock;
mod migrate;
mod newer;
mod passed;
pub mod private;
mod publish;
mod quarters;
mod refs;
mod refs_cards;
mod refs_check_in;
mod rollup;
mod sample;
mod save;
mod sealed;
mod shared;
mod source;
mod splice;
mod strategy_file;
mod syntax;

pub use check::{CheckReport, check, check_in_week};
pub use codec::{decode, encode, render};
pub use conflict::{
    Saved, Versions, merge_texts, save_or_merge, save_or_merge_config, settle, settled_text, split, to_settle,
};
pub use deliver::{Deliver, deliver, make_room};
pub use draft::{drafts, load_draft, remove_draft_unless, save_draft, save_draft_unless};
pub use error::{Doing, StorageError};
pub use fed::{LAST_GOOD, TRUSTED, keep, kept};
pub use history::history;
pub use imports::{imports, imports_since, save_import};
pub use index::IndexAt;
pub use journal::{Journal, Recovered, private_folder, replace_private};
pub use layout::{TEMPORARY, check_in_path, readings_path, sealed_path, snapshot_path};
pub use load::{check_ins, find_workspace, my_check_ins, open, revisions, sealed_before, snapshot};
pub use local::{Local, Settings};
pub use lock::{Lock, LockError, lock_file};
pub use migrate::{Migrating, Migration, migrate};
pub use passed::{Waiting, answer_passed, pass_on, passed, passed_since};
pub use publish::sweep;
pub use quarters::{Ended, begin_quarter, quarter, quarter_revisions, quarters, seal_quarter};
pub use refs_cards::wrong_cards;
pub use refs_check_in::is_late;
pub use rollup::{first_language, gather, language, rollup, teams_in};
pub use sample::{Sample, Template, init, write_sample};
pub use save::{edit_check_in, save_config, save_strategy, seal, set_language, update_check_in};
pub use shared::{Arrived, FileKind, arrive, file_kind, may_arrive, shared_bytes, shared_files};
pub use source::open_plainly;
pub use splice::splice;
pub use strategy_file::StrategyFile;

#[cfg(test)]
mod tests;
