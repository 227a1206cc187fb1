//! The tests that a page names as keeping a promise: each must be there, or the promise is only words.

use std::path::Path;

use crate::Result;

/// The names in a page's table of promises (`a_sealed_week_is_never_overwritten`) that no test of the source has, and how many
/// names there are.
pub(crate) fn faults(home: &Path, page: &str, text: &str) -> Result<(usize, Vec<String>)> {
    let mut source = String::new();
    for folder in ["src", "tests"] {
        gather(&home.join(folder), &mut source)?;
    }
    let rows = text.lines().filter(|line| line.starts_with('|'));
    let names: Vec<&str> = rows.flat_map(|row| row.split('`').skip(1).step_by(2)).filter(|n| is_sentence(n)).collect();
    let is_there = |name: &str| source.contains(&format!("fn {name}("));
    let missing = names.iter().filter(|name| !is_there(name));
    Ok((names.len(), missing.map(|name| format!("{page}: there is no test {name}")).collect()))
}

/// Whether a name is that of a test: words joined by `_`, three at least.
fn is_sentence(name: &str) -> bool {
    name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_') && name.matches('_').count() >= 2
}

fn gather(folder: &Path, into: &mut String) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            gather(&path, into)?;
        } else if path.extension().is_some_and(|e| e == "rs") {
            into.push_str(&std::fs::read_to_string(path)?);
        }
    }
    Ok(())
}
