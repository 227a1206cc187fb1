//! In builds for tests only: fails on purpose, so that tests see what happens then.

/// Where it can fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Where {
    /// On the thread that draws.
    Main,
    /// On the thread that reads.
    Reader,
}

/// Fails if the file that `TRUENORTH_FAIL` names is there and says so.
#[cfg(debug_assertions)]
pub(super) fn perhaps(here: Where) {
    let Some(path) = std::env::var_os("TRUENORTH_FAIL") else { return };
    let wanted = match here {
        Where::Main => "main",
        Where::Reader => "reader",
    };
    let said = std::fs::read_to_string(path).unwrap_or_default();
    assert!(said.trim() != wanted, "a private canary: {said}");
}

/// Builds for people do not fail on purpose.
#[cfg(not(debug_assertions))]
pub(super) fn perhaps(_here: Where) {}
