//! Packs the samples into the program: a year of weeks says the same lines over and over, so each line goes in once.
//!
//! `samples.txt` has the different lines; `samples.rs` tells of each file which lines it has, by number.

use std::collections::HashMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

const SAMPLES: &str = "sample-data";

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed={SAMPLES}");
    let mut files = Vec::new();
    find(Path::new(SAMPLES), &mut files)?;
    files.sort();
    let (mut lines, mut numbers) = (Vec::new(), HashMap::new());
    let mut rust = String::from("[\n");
    for path in &files {
        let text = fs::read_to_string(path)?;
        let mut number = |line: &str| {
            *numbers.entry(line.to_owned()).or_insert_with(|| {
                lines.push(line.to_owned());
                u16::try_from(lines.len() - 1).expect("the samples have more different lines than two bytes can number")
            })
        };
        let has: Vec<u16> = text.split('\n').map(&mut number).collect();
        let inside: Vec<_> = path.iter().skip(1).map(|part| part.to_string_lossy()).collect();
        writeln!(rust, "    ({:?}, &{has:?}),", inside.join("/")).expect("a text takes text");
    }
    rust.push_str("]\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);
    fs::write(out.join("samples.txt"), lines.join("\n"))?;
    fs::write(out.join("samples.rs"), rust)
}

fn find(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            find(&path, files)?;
        } else if path.extension().is_none_or(|e| e != "db" && e != "xlsx") {
            // What is no text is taken in as it is, by `storage/sample.rs`.
            files.push(path);
        }
    }
    Ok(())
}
