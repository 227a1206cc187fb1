//! Every format that was ever released is still read: a workspace of each, in which every field occurs, is kept here.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use truenorth::model::checkin::CheckIn;
use truenorth::model::goal::Goal;
use truenorth::model::import::ReadingsFile;
use truenorth::model::kpi::Kpi;
use truenorth::model::passed::{Passed, PassedAnswer};
use truenorth::model::problem::Problem;
use truenorth::model::quarterly::QuarterSnapshot;
use truenorth::model::register::Card;
use truenorth::model::snapshot::Snapshot;
use truenorth::model::strategy::NorthStar;
use truenorth::model::week::Week;
use truenorth::model::workspace::{Config, Draft, SCHEMA};
use truenorth::storage::{self, decode};

use super::files;
use crate::harness::today;

fn kept(schema: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/schema-{schema}"))
}

/// Reads a text as the file of that name would be read.
pub(super) fn read(path: &Path, text: &str) -> Result<(), Problem> {
    let first = path.components().next().unwrap().as_os_str().to_str().unwrap();
    match (first, path.file_name().unwrap().to_str().unwrap()) {
        ("truenorth.ron", _) => decode::<Config>(path, text).map(drop),
        (_, "north-star.ron") => decode::<NorthStar>(path, text).map(drop),
        (_, "goals.ron") => decode::<Vec<Goal>>(path, text).map(drop),
        (_, "kpis.ron") => decode::<Vec<Kpi>>(path, text).map(drop),
        ("check-ins", _) => decode::<CheckIn>(path, text).map(drop),
        ("snapshots", _) => decode::<Snapshot>(path, text).map(drop),
        ("quarters", _) => decode::<QuarterSnapshot>(path, text).map(drop),
        ("drafts", _) => decode::<Draft>(path, text).map(drop),
        ("passed", name) if name.ends_with(".answer.ron") => decode::<PassedAnswer>(path, text).map(drop),
        ("passed", _) => decode::<Passed>(path, text).map(drop),
        ("registers", _) => decode::<Vec<Card>>(path, text).map(drop),
        ("readings", _) => decode::<ReadingsFile>(path, text).map(drop),
        other => panic!("{other:?} is no file of a workspace"),
    }
}

#[test]
fn every_format_that_was_released_is_read() {
    for schema in 1..=SCHEMA {
        let root = kept(schema);
        let before = files(&root);
        assert_eq!(storage::check(&root).unwrap().problems, [], "schema {schema}");
        let workspace = storage::open(&root, |_| Week::of(today())).unwrap();
        assert_eq!((workspace.problems, workspace.broken), (vec![], vec![]), "schema {schema}");
        assert_eq!(workspace.latest.unwrap().revision, 2);
        assert_eq!(workspace.last_quarter.unwrap().revision, 2);
        assert_eq!((workspace.check_ins.len(), workspace.imports.len()), (1, 1));
        assert!(storage::load_draft(&root, Week::of(today())).unwrap().is_some());
        assert_eq!(files(&root), before, "reading changes nothing");
    }
}

/// The names that stand behind `after` in what a reader says of a name that it does not know.
fn listed(problem: &Problem, after: &str) -> Option<BTreeSet<String>> {
    let names = problem.hint.strip_prefix(after)?;
    Some(names.split(", ").map(|n| n.trim().trim_matches('`').to_owned()).collect())
}

/// Asks the reader, at every struct and every choice of a text, what may stand there; and notes what does stand there.
fn ask(path: &Path, text: &str, fields: &mut Used, choices: &mut Used) {
    let bytes = text.as_bytes();
    let is_name = |b: u8| b.is_ascii_lowercase() || b == b'_';
    let (mut at, mut open) = (0, Vec::new());
    while at < bytes.len() {
        match bytes[at] {
            b'"' => at += 1 + text[at + 1..].find('"').unwrap(),
            b'/' if bytes[at + 1] == b'/' => at += text[at..].find('\n').unwrap(),
            b'(' => {
                let asked = format!("{}zzzzzzzzz: 0, {}", &text[..=at], &text[at + 1..]);
                open.push(read(path, &asked).err().and_then(|p| listed(&p, "the fields here are ")));
                if let Some(Some(known)) = open.last() {
                    fields.entry(known.clone()).or_default();
                }
            }
            b')' => drop(open.pop()),
            b if is_name(b) => {
                let end = at + bytes[at..].iter().take_while(|b| is_name(**b)).count();
                let word = text[at..end].to_owned();
                if text[end..].starts_with(':') {
                    if let Some(Some(known)) = open.last() {
                        fields.get_mut(known).unwrap().insert(word);
                    }
                } else {
                    let asked = format!("{}zzzzzzzzz{}", &text[..at], &text[end..]);
                    if let Some(known) = read(path, &asked).err().and_then(|p| listed(&p, "the choices are ")) {
                        choices.entry(known).or_default().insert(word);
                    }
                }
                at = end - 1;
            }
            _ => {}
        }
        at += 1;
    }
}

/// What may stand somewhere, and which of it does.
type Used = BTreeMap<BTreeSet<String>, BTreeSet<String>>;

#[test]
fn every_field_and_every_choice_of_every_file_occurs_in_the_workspace_that_is_kept() {
    let root = kept(SCHEMA);
    let (mut fields, mut choices) = (Used::new(), Used::new());
    for (path, bytes) in files(&root) {
        let text = String::from_utf8(bytes).unwrap();
        ask(&path, &text, &mut fields, &mut choices);
    }
    let missing = |used: &Used| {
        let missing = |(known, there): (&BTreeSet<String>, &BTreeSet<String>)| {
            let missing: Vec<String> = known.difference(there).cloned().collect();
            (!missing.is_empty()).then(|| format!("{missing:?} of {known:?}"))
        };
        used.iter().filter_map(missing).collect::<Vec<_>>()
    };
    assert_eq!(missing(&fields), [""; 0], "fields that do not occur");
    assert_eq!(missing(&choices), [""; 0], "choices that do not occur");
    assert!(fields.len() > 30 && choices.len() > 12, "{} structs, {} enums", fields.len(), choices.len());
}
