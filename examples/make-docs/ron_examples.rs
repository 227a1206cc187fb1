//! The RON examples of the manual, read as the program reads the files they stand for.
//!
//! An example is a code block marked `ron` whose first line is a comment with a path, such as `// truenorth.ron`. Together
//! the examples of a page make up a workspace, and `check` must find nothing wrong with it.

use std::path::Path;

use truenorth::app::keymap::Keymap;
use truenorth::storage::{self, Settings, decode, render};

use crate::Result;

/// The settings, which lie outside the workspace.
const SETTINGS: &str = "config.ron";

/// What is wrong with the examples of a page, and how many there are.
pub(crate) fn faults(page: &str, text: &str) -> Result<(usize, Vec<String>)> {
    let (mut out, mut count) = (Vec::new(), 0);
    let folder = tempfile::tempdir()?;
    let blocks = text.split("\n```ron\n").skip(1).filter_map(|rest| rest.split_once("\n```"));
    for (example, _) in blocks {
        count += 1;
        let first = example.lines().next().unwrap_or_default();
        match first.strip_prefix("// ").map(str::trim) {
            Some(SETTINGS) => {
                out.extend(settings(example));
            }
            Some(path) => {
                let path = folder.path().join(path);
                std::fs::create_dir_all(path.parent().unwrap_or(folder.path()))?;
                std::fs::write(path, example)?;
            }
            None => out.push(format!("an example does not say which file it is: {first}")),
        }
    }
    if folder.path().join("truenorth.ron").is_file() {
        out.extend(storage::check(folder.path())?.problems.iter().map(render));
    }
    Ok((count, out.into_iter().map(|fault| format!("{page}: {fault}")).collect()))
}

/// What is wrong with an example of the settings: its text, or the keys that it gives.
fn settings(text: &str) -> Option<String> {
    match decode::<Settings>(Path::new(SETTINGS), text) {
        Ok(settings) => Keymap::with(&settings.keys).err().map(|e| e.to_string()),
        Err(problem) => Some(render(&problem)),
    }
}
