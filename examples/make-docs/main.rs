//! Makes what the manual takes from the program itself: pictures of its screens and the table of its keys.
//!
//! `cargo run --example make-docs` writes `docs/pictures/*.svg` and `docs/keys.md`. With `--check` it writes nothing and
//! fails when a file there is not, byte for byte, what it would write. Both ways it reads every RON example of
//! `docs/files.md` and `docs/guide.md` as the program would, and looks for every test that the guide and
//! `docs/promises.md` name.

mod keys;
mod ron_examples;
mod scenes;
mod stage;
mod svg;
mod test_names;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Where the pictures lie.
const PICTURES: &str = "docs/pictures";
/// Larger ones would make the page that shows three of them slow.
const LARGEST: usize = 60_000;

fn main() -> ExitCode {
    let is_check = std::env::args().any(|arg| arg == "--check");
    match run(is_check) {
        Ok(faults) if faults.is_empty() => ExitCode::SUCCESS,
        Ok(faults) => {
            faults.iter().for_each(|fault| eprintln!("{fault}"));
            eprintln!("{} problems. `cargo run --example make-docs` writes the files afresh", faults.len());
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Makes everything and writes it, or compares it. Returns what is wrong.
fn run(is_check: bool) -> Result<Vec<String>> {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: BTreeMap<PathBuf, String> = BTreeMap::new();
    for (name, picture) in scenes::all()? {
        files.insert(Path::new(PICTURES).join(name).with_extension("svg"), picture);
    }
    files.insert(PathBuf::from("docs/keys.md"), keys::table());
    let mut faults: Vec<String> = files
        .iter()
        .filter(|(_, text)| text.len() > LARGEST)
        .map(|(path, text)| format!("{}: {} bytes, {LARGEST} at most", path.display(), text.len()))
        .collect();
    faults.extend(untrue(home)?);
    if is_check {
        faults.extend(stale(home, &files));
    } else {
        for (path, text) in &files {
            let path = home.join(path);
            std::fs::create_dir_all(path.parent().unwrap_or(home))?;
            std::fs::write(path, text)?;
        }
        println!("{} files, {} KiB", files.len(), files.values().map(String::len).sum::<usize>() / 1024);
    }
    faults.extend(strangers(home, &files)?);
    Ok(faults)
}

/// What the pages say and is not so.
fn untrue(home: &Path) -> Result<Vec<String>> {
    let read = |page: &str| std::fs::read_to_string(home.join(page));
    let (files, guide, promises) = ("docs/files.md", "docs/guide.md", "docs/promises.md");
    let checks = [
        (8, "examples of files", ron_examples::faults(files, &read(files)?)?),
        (1, "examples of settings", ron_examples::faults(guide, &read(guide)?)?),
        (10, "names of tests", test_names::faults(home, guide, &read(guide)?)?),
        (30, "names of tests", test_names::faults(home, promises, &read(promises)?)?),
    ];
    let mut faults = Vec::new();
    for (least, what, (count, wrong)) in checks {
        faults.extend(wrong);
        // Were they marked in another way, none would be found and all would seem well.
        if count < least {
            faults.push(format!("{count} {what} were found, {least} at least are there"));
        }
    }
    Ok(faults)
}

/// The files that are not as they would be written.
fn stale(home: &Path, files: &BTreeMap<PathBuf, String>) -> Vec<String> {
    let differs = |path: &Path, text: &str| {
        std::fs::read_to_string(home.join(path)).map_or(Some("missing"), |old| (old != text).then_some("out of date"))
    };
    files.iter().filter_map(|(path, text)| Some(format!("{}: {}", path.display(), differs(path, text)?))).collect()
}

/// Pictures that no scene draws any more.
fn strangers(home: &Path, files: &BTreeMap<PathBuf, String>) -> Result<Vec<String>> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(home.join(PICTURES))? {
        let path = Path::new(PICTURES).join(entry?.file_name());
        if !files.contains_key(&path) {
            out.push(format!("{}: no scene draws it any more; remove it", path.display()));
        }
    }
    out.sort();
    Ok(out)
}
