//! No sentence stands in the code that the languages do not have: what people are told, errors with their next step among it,
//! goes through `say!`.

use std::fs;
use std::path::Path;

use super::texts::{all_said, literal};

/// The files that keep English, and why.
const ENGLISH: [(&str, &str); 20] = [
    ("app/dialogs/leaving.rs", "names of keys"),
    ("cli/args", "the help of the command line, made while compiling"),
    ("cli/doctor.rs", "pasted into reports to those who write the program"),
    ("feeds/strategy/fields.rs", "what the columns of other programs are called"),
    ("feeds/strategy/kpis.rs", "what other programs call a direction"),
    ("feeds/strategy/rank.rs", "what other programs call goals and their states"),
    ("insight/fixture.rs", "for tests"),
    ("insight/xmr/published.rs", "for tests"),
    ("report/html/mod.rs", "what a browser may do"),
    ("runtime/failing.rs", "for tests"),
    ("runtime/log.rs", "the log"),
    ("runtime/launch.rs", "the log"),
    ("runtime/signals.rs", "the log"),
    ("runtime/terminal.rs", "a mistake in the program, for a report to those who write it"),
    ("storage/alone.rs", "for tests"),
    ("storage/disk.rs", "for tests"),
    ("storage/sample.rs", "what git reads"),
    ("sync/mine.rs", "what the history of git says, to teams of any language"),
    ("sync/others.rs", "what the history of git says"),
    ("sync/remote.rs", "what git says"),
];

/// Texts of programs, as they are compared with, and words of the log.
const OF_MACHINES: [&str; 19] = [
    "premature end of input",
    "input is out of range",
    "input contains invalid characters",
    "no space left",
    "out of diskspace",
    "disk quota exceeded",
    ".lock': file exists",
    "another git process",
    "git bisect reset",
    "in the middle",
    "the system refused",
    "files that cannot be read",
    "written by a newer version",
    "an edit was refused",
    "no place for a report",
    "saved, not confirmed",
    "the week is sealed",
    "could stop {id}",
    "review taken over by another window",
];

/// The quoted texts of a file, each with its line.
fn quoted(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = code.get(at..).filter(|rest| !rest.is_empty()) {
        let step = |rest: &str| rest.chars().next().map_or(1, char::len_utf8);
        at += if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("'\"'") || rest.starts_with("'\\\"'") {
            rest[1..].find('\'').map_or(1, |end| end + 2).max(3)
        } else if let Some(raw) = rest.strip_prefix("r#\"") {
            raw.find("\"#").map_or(rest.len(), |end| end + 5)
        } else if rest.starts_with('"') {
            let Some((text, behind)) = literal(rest) else { break };
            found.push((code[..at].matches('\n').count() + 1, text));
            rest.len() - behind.len()
        } else {
            step(rest)
        };
    }
    found
}

/// Whether a text has three words in a row, as a sentence does and a key does not.
fn is_told(text: &str) -> bool {
    let plain = |word: &str| {
        let word = word.trim_matches(|c: char| ",:;.`“”()".contains(c));
        word.starts_with(char::is_alphabetic)
            && word.len() > 1
            && word.chars().all(|c| c.is_ascii_alphabetic() || "'’-".contains(c))
    };
    let words: Vec<bool> = text.split_whitespace().map(plain).collect();
    words.windows(3).any(|three| three.iter().all(|is| *is))
}

#[test]
fn every_sentence_of_the_code_goes_through_the_languages() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let said = all_said();
    let mut unsaid = Vec::new();
    super::texts::each_file(&root, &mut |place, text| {
        if ENGLISH.iter().any(|(file, _)| place.starts_with(file)) {
            return;
        }
        let told = quoted(text).into_iter().filter(|(_, text)| is_told(text) && !OF_MACHINES.contains(&text.as_str()));
        let missing = told.filter(|(_, text)| !said.contains(text.as_str()) && !said.contains(&format!("1 {text}")));
        unsaid.extend(missing.map(|(line, text)| format!("src/{place}:{line}: {text:?}")));
    });
    assert!(unsaid.is_empty(), "say them with say!, or tell here why they stay:\n{}", unsaid.join("\n"));
}

#[test]
fn what_keeps_its_english_is_still_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let gone = ENGLISH.iter().filter(|(file, _)| !root.join(file).exists());
    assert_eq!(gone.count(), 0, "an exception for a file that is gone");
    let mut all = String::new();
    super::texts::each_file(&root, &mut |_, text| all.push_str(text));
    let unused: Vec<_> = OF_MACHINES.iter().filter(|text| !all.contains(**text)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn a_sentence_is_told_from_a_key() {
    let code = "let a = \"one two three\"; // \"not this one\"\nlet b = '\"'; let c = \"a_key\"; r#\"nor \"this one\" here\"#; \"two words\"";
    let found: Vec<String> = quoted(code).into_iter().map(|(_, text)| text).filter(|t| is_told(t)).collect();
    assert_eq!(found, ["one two three"]);
    assert!(fs::exists(Path::new(env!("CARGO_MANIFEST_DIR")).join("languages/de.ron")).unwrap());
}
