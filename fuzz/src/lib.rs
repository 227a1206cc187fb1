//! Whatever bytes a reader is given: it ends, it does not panic, and it keeps its word.

use std::path::PathBuf;

pub mod conflict;
pub mod feed;
pub mod load;

/// A target: its name, what reads, and what it begins with.
pub type Target = (&'static str, fn(&[u8]), fn() -> Vec<(String, Vec<u8>)>);

/// All targets.
pub const TARGETS: [Target; 3] = [
    ("load", load::read, load::seeds),
    ("feed", feed::read, feed::seeds),
    ("conflict", conflict::read, conflict::seeds),
];

/// The workspace that is kept for the tests. The tests of the program read these files, too, from a folder higher up.
fn kept() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let root = if here.ends_with("fuzz") { here.join("..") } else { here };
    root.join("tests/fixtures/schema-1")
}
