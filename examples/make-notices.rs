//! Writes THIRD-PARTY.md: the crates that a built program holds, with their licences word for word.
//!
//! `cargo run --example make-notices` writes it, `-- --check` says whether it is up to date. Asks cargo which crates there are, so
//! they have to be on this machine: `cargo fetch` brings those of other systems.

#![allow(clippy::unwrap_used)] // a tool of the makers: it says what is wrong by stopping

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use serde_json::Value;

/// The file.
const NOTICES: &str = "THIRD-PARTY.md";

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = notices(&metadata(root));
    let path = root.join(NOTICES);
    if std::env::args().any(|a| a == "--check") {
        if fs::read_to_string(&path).is_ok_and(|there| there == text) {
            return ExitCode::SUCCESS;
        }
        eprintln!("{NOTICES} is not up to date: cargo run --example make-notices");
        return ExitCode::FAILURE;
    }
    fs::write(path, text).unwrap();
    ExitCode::SUCCESS
}

fn metadata(root: &Path) -> Value {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let asked = Command::new(cargo).args(["metadata", "--format-version", "1", "--locked"]).current_dir(root).output();
    serde_json::from_slice(&asked.unwrap().stdout).unwrap()
}

/// The crates that get into the program on any system: neither those of tests nor those of build scripts.
fn inside(metadata: &Value) -> BTreeSet<&str> {
    let nodes: HashMap<&str, &Value> =
        metadata["resolve"]["nodes"].as_array().unwrap().iter().map(|n| (n["id"].as_str().unwrap(), n)).collect();
    let (mut found, mut to_see) = (BTreeSet::new(), vec![metadata["resolve"]["root"].as_str().unwrap()]);
    while let Some(id) = to_see.pop() {
        for dep in nodes[id]["deps"].as_array().unwrap() {
            let normal = dep["dep_kinds"].as_array().unwrap().iter().any(|kind| kind["kind"].is_null());
            let id = dep["pkg"].as_str().unwrap();
            if normal && found.insert(id) {
                to_see.push(id);
            }
        }
    }
    found
}

/// A licence's words, and who gives their crate on under them.
type Texts = BTreeMap<String, BTreeSet<String>>;

fn notices(metadata: &Value) -> String {
    let inside = inside(metadata);
    let packages = metadata["packages"].as_array().unwrap();
    let mut crates: BTreeSet<(String, String, String)> = BTreeSet::new();
    let mut texts = Texts::new();
    for package in packages.iter().filter(|p| inside.contains(p["id"].as_str().unwrap())) {
        let text = |key: &str| package[key].as_str().unwrap_or_default().to_owned();
        let named = format!("{} {}", text("name"), text("version"));
        for words in licences(Path::new(&text("manifest_path")).parent().unwrap()) {
            texts.entry(words).or_default().insert(named.clone());
        }
        crates.insert((text("name"), text("version"), text("license")));
    }
    let mut out = String::from(
        "# The work of others in truenorth\n\nA built program holds these crates. Their licences follow, each once.\n\n\
         | crate | version | licence |\n|---|---|---|\n",
    );
    for (name, version, licence) in crates {
        out.push_str(&format!("| {name} | {version} | {licence} |\n"));
    }
    // By the first crate, so that a new version of one moves little.
    let mut sorted: Vec<(&String, &BTreeSet<String>)> = texts.iter().collect();
    sorted.sort_by_key(|(_, who)| who.first().cloned());
    for (words, who) in sorted {
        let who: Vec<&str> = who.iter().map(String::as_str).collect();
        out.push_str(&format!("\n## {}\n\n```text\n{words}\n```\n", who.join(", ")));
    }
    out
}

/// The texts of licences in a crate's folder, with one kind of line end and no blanks at the ends of lines.
fn licences(folder: &Path) -> Vec<String> {
    let is_licence = |name: &str| {
        let name = name.to_uppercase();
        ["LICENSE", "LICENCE", "COPYING", "NOTICE", "UNLICENSE", "COPYRIGHT"]
            .iter()
            .any(|start| name.starts_with(start))
    };
    let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    names.sort();
    let found = names.iter().filter(|p| p.is_file() && is_licence(&p.file_name().unwrap().to_string_lossy()));
    found
        .filter_map(|p| fs::read_to_string(p).ok())
        .map(|t| t.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim_matches('\n').replace("```", "'''"))
        .collect()
}
