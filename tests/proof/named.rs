//! The pages that tell what is promised name tests that are there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The names of all functions below a folder.
fn functions(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            functions(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let names = text.lines().filter_map(|line| line.trim_start().strip_prefix("fn ")?.split_once('('));
            found.extend(names.map(|(name, _)| name.to_owned()));
        }
    }
}

#[test]
fn every_promise_names_tests_that_are_there() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut there = BTreeSet::new();
    ["src", "tests"].iter().for_each(|folder| functions(&here.join(folder), &mut there));
    let is_name =
        |word: &&str| word.len() > 12 && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    for (page, at_least) in [("docs/promises.md", 80), ("docs/guide.md", 40)] {
        let text = fs::read_to_string(here.join(page)).unwrap();
        let lines: Vec<&str> = text.lines().skip_while(|line| !line.starts_with("| promise ")).collect();
        let rows = lines.iter().filter(|line| line.starts_with('|') && line.matches('|').count() == 3);
        let named: BTreeSet<&str> = rows.flat_map(|row| row.split('`').skip(1).step_by(2)).filter(is_name).collect();
        assert!(named.len() > at_least, "only {} names were found in {page}", named.len());
        let missing: Vec<_> = named.into_iter().filter(|name| !there.contains(*name)).collect();
        assert!(missing.is_empty(), "{page} names tests that are not there: {missing:?}");
    }
}
