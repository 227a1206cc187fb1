//! Sharing a workspace by the git program: commit what is mine, get what others sent, merge it, check it, send it.
//!
//! # Map
//! - `flow`: one sync from its beginning to its end; `commit`, `others`, `arrive`: its three parts.
//! - `git`, `stop`, `remote`, `tree`: the git program, asked for one thing at a time.
//! - `repository`, `trust`: which repository, and whether git may run in it.
//! - `mine`, `merge`, `clash`, `look`: whose file it is, how two versions become one, what is let in.
//! - `words`: what it did, for people.
//! - `last`: what the last sync left, for those who must not run git.
//! - `init`: a repository where there is none.

mod arrive;
mod clash;
mod commit;
mod flow;
mod git;
mod init;
mod last;
mod look;
mod merge;
mod mine;
mod others;
mod remote;
mod repository;
mod stop;
mod tree;
mod trouble;
mod trust;
mod words;

pub use clash::Settled;
pub use flow::{Heard, Left, Mode, Report, Request, Way, sync};
pub use git::Limits;
pub use init::init;
pub use last::standing;
pub use merge::Kept;
pub use repository::Repository;
pub use stop::Stop;
pub use trouble::{Kind, Trouble};
pub use trust::{Asked, Trust, approve, revoke, trust};
pub use words::{more, next, told};
