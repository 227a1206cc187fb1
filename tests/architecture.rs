//! The shape of the source: who may use whom, what opens a file, how long it may grow, and who may ask the clock.

use std::fs;
use std::path::{Path, PathBuf};

/// A module and those it may use. The same map stands in words at the top of `src/lib.rs`.
const MAY_USE: [(&str, &[&str]); 11] = [
    ("model", &[]),
    ("insight", &["model"]),
    ("storage", &["model", "insight"]),
    ("feeds", &["model", "insight"]),
    ("sync", &["model", "insight", "storage"]),
    ("report", &["model", "insight"]),
    ("sources", &["feeds", "model", "storage"]),
    ("app", &["model", "insight"]),
    ("ui", &["app", "insight", "model"]),
    ("runtime", &["app", "feeds", "insight", "model", "report", "sources", "storage", "sync", "ui"]),
    ("cli", &["feeds", "insight", "model", "report", "runtime", "sources", "storage", "sync"]),
];

/// The most lines a file of the source may have.
const LONGEST: usize = 600;

/// A file of the source.
struct Source {
    /// Its path below `src`, with slashes.
    path: String,
    text: String,
}

impl Source {
    fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// The top-level module it belongs to; `None` for `lib.rs` and `main.rs`.
    fn module(&self) -> Option<&str> {
        let first = self.path.split('/').next()?;
        let name = first.strip_suffix(".rs").unwrap_or(first);
        MAY_USE.iter().map(|(m, _)| *m).find(|m| *m == name)
    }

    /// How many modules below the crate's root its items live: 1 in `app/mod.rs`, 2 in `app/key.rs`.
    fn depth(&self) -> usize {
        let parts = self.path.split('/').count();
        if self.path.ends_with("/mod.rs") { parts - 1 } else { parts }
    }
}

/// A piece of source: an identifier, or one sign (`::` counts as one).
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Word(String),
    Path,
    Sign(char),
}

/// Cuts Rust into tokens; comments, strings, characters and lifetimes are left out.
fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    let (mut i, mut out) = (0, Vec::new());
    while i < chars.len() {
        let c = at(i);
        if c == '/' && at(i + 1) == '/' {
            while i < chars.len() && at(i) != '\n' {
                i += 1;
            }
        } else if c == '/' && at(i + 1) == '*' {
            i = after_block_comment(&chars, i);
        } else if c == '"' {
            i = after_string(&chars, i + 1);
        } else if c == 'r' && (at(i + 1) == '"' || at(i + 1) == '#') {
            i = after_raw_string(&chars, i);
        } else if c == '\'' {
            // A character, escaped or not; anything else after the quote is a lifetime.
            i += match (at(i + 1), at(i + 2)) {
                ('\\', _) => 2 + chars[i + 2..].iter().skip(1).take_while(|c| **c != '\'').count() + 2,
                (_, '\'') => 3,
                _ => 1,
            };
        } else if c.is_alphabetic() || c == '_' {
            let from = i;
            while at(i).is_alphanumeric() || at(i) == '_' {
                i += 1;
            }
            out.push(Token::Word(chars[from..i].iter().collect()));
        } else if c == ':' && at(i + 1) == ':' {
            out.push(Token::Path);
            i += 2;
        } else {
            if !c.is_whitespace() {
                out.push(Token::Sign(c));
            }
            i += 1;
        }
    }
    out
}

fn after_block_comment(chars: &[char], from: usize) -> usize {
    let (mut i, mut depth) = (from + 2, 1);
    while i < chars.len() && depth > 0 {
        match (chars[i], chars.get(i + 1)) {
            ('/', Some('*')) => (depth, i) = (depth + 1, i + 2),
            ('*', Some('/')) => (depth, i) = (depth - 1, i + 2),
            _ => i += 1,
        }
    }
    i
}

fn after_string(chars: &[char], from: usize) -> usize {
    let mut i = from;
    while i < chars.len() && chars[i] != '"' {
        i += if chars[i] == '\\' { 2 } else { 1 };
    }
    i + 1
}

/// `r"…"`, `r#"…"#`; an `r#name` is passed over as a name.
fn after_raw_string(chars: &[char], from: usize) -> usize {
    let hashes = chars[from + 1..].iter().take_while(|c| **c == '#').count();
    let open = from + 1 + hashes;
    if chars.get(open) != Some(&'"') {
        return open;
    }
    let closes =
        |i: usize| chars[i] == '"' && chars[i + 1..].iter().take(hashes).filter(|c| **c == '#').count() == hashes;
    (open + 1..chars.len()).find(|i| closes(*i)).map_or(chars.len(), |i| i + 1 + hashes)
}

/// The names that follow a path's `::`: one, or those at the front of each branch of a `{…}`.
fn heads(tokens: &[Token]) -> Vec<&str> {
    match tokens.first() {
        Some(Token::Word(name)) => vec![name],
        Some(Token::Sign('{')) => {
            let (mut depth, mut fresh, mut out) = (0, true, Vec::new());
            for token in tokens {
                match token {
                    Token::Sign('{') => depth += 1,
                    Token::Sign('}') if depth == 1 => break,
                    Token::Sign('}') => depth -= 1,
                    Token::Sign(',') if depth == 1 => fresh = true,
                    Token::Word(name) if depth == 1 && fresh => {
                        out.push(name.as_str());
                        fresh = false;
                    }
                    _ => {}
                }
            }
            out
        }
        _ => Vec::new(),
    }
}

/// The top-level modules that a file names, by `crate::…` or by enough `super::` to reach the root.
fn uses(source: &Source) -> Vec<String> {
    let tokens = tokens(&source.text);
    let word = |i: usize, w: &str| tokens.get(i) == Some(&Token::Word(w.to_owned()));
    let (mut braces, mut inline) = (0usize, Vec::new());
    let mut found = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        match &tokens[i] {
            Token::Sign('{') => {
                braces += 1;
                if i >= 2 && word(i - 2, "mod") {
                    inline.push(braces);
                }
            }
            Token::Sign('}') => {
                if inline.last() == Some(&braces) {
                    inline.pop();
                }
                braces = braces.saturating_sub(1);
            }
            Token::Word(w) if w == "crate" && tokens.get(i + 1) == Some(&Token::Path) => {
                found.extend(heads(&tokens[i + 2..]).into_iter().map(str::to_owned));
            }
            Token::Word(w) if w == "super" && tokens.get(i + 1) == Some(&Token::Path) => {
                let mut ups = 1;
                while word(i + 2, "super") && tokens.get(i + 3) == Some(&Token::Path) {
                    (ups, i) = (ups + 1, i + 2);
                }
                if ups == source.depth() + inline.len() {
                    found.extend(heads(&tokens[i + 2..]).into_iter().map(str::to_owned));
                }
            }
            _ => {}
        }
        i += 1;
    }
    found.retain(|name| MAY_USE.iter().any(|(m, _)| m == name));
    found
}

/// What a file uses that it may not.
fn wrong_arrows(source: &Source) -> Vec<String> {
    let Some(module) = source.module() else { return Vec::new() };
    let (_, allowed) = MAY_USE.iter().find(|(m, _)| *m == module).unwrap();
    let mut wrong = uses(source);
    wrong.retain(|used| used != module && !allowed.contains(&used.as_str()));
    wrong.dedup();
    wrong.iter().map(|used| format!("src/{} uses {used}; {module} may use {allowed:?}", source.path)).collect()
}

/// Where a file asks the clock.
fn asks_the_clock(source: &Source) -> bool {
    let tokens = tokens(&source.text);
    tokens.windows(3).any(|w| match w {
        [Token::Word(clock), Token::Path, Token::Word(now)] => {
            now == "now" && ["Local", "Utc", "Instant", "SystemTime"].contains(&clock.as_str())
        }
        _ => false,
    })
}

/// The terminal libraries that a file names.
fn names_a_terminal(source: &Source) -> bool {
    let library = |t: &Token| matches!(t, Token::Word(w) if w.starts_with("ratatui") || w == "crossterm");
    tokens(&source.text).iter().any(library)
}

/// Who may write to a disk, and what: nobody else does, so that whatever is in a workspace went through `storage/disk.rs`.
const WRITERS: [(&str, &str); 18] = [
    ("storage/disk.rs", "every step of a save"),
    ("storage/journal.rs", "opens the journal for adding, cuts a broken tail off, makes private folders"),
    ("storage/lock.rs", "who has the review, in the folder of local state"),
    ("storage/alone.rs", "a lock file in the folder of local state, where folders cannot be locked"),
    ("storage/sample.rs", "the folder of a new workspace"),
    ("storage/private.rs", "private notes, in the folder of local data"),
    ("storage/index/mod.rs", "the history index, in the local cache"),
    ("storage/index/shelf.rs", "a damaged history index, which goes"),
    ("sync/look.rs", "a workspace that arrived, in a temporary folder to be checked there"),
    ("sync/merge.rs", "the sides of a file, in a temporary folder where git merges their lines"),
    ("sync/flow.rs", "that temporary folder"),
    ("runtime/log.rs", "the log, in the folder of local state"),
    ("runtime/door.rs", "the socket by which another window asks, in the folder of local state"),
    ("runtime/editor.rs", "a text that an editor is given, in a temporary file"),
    ("runtime/desk.rs", "the folder of a throw-away sample"),
    ("cli/demo.rs", "the same"),
    ("cli/doctor.rs", "a file that is gone at once, to see whether a folder can be written"),
    ("cli/packaging.rs", "manual pages, in a folder that is named for them"),
];

/// The words of the standard library and of tempfile by which something on a disk is changed.
const WRITING: [&str; 23] = [
    "Builder",
    "write",
    "create",
    "create_new",
    "create_dir",
    "create_dir_all",
    "remove_file",
    "remove_dir",
    "remove_dir_all",
    "rename",
    "copy",
    "hard_link",
    "symlink",
    "set_len",
    "set_permissions",
    "DirBuilder",
    "OpenOptions",
    "NamedTempFile",
    "tempfile",
    "tempdir",
    "TempDir",
    "persist",
    "persist_noclobber",
];

/// The words by which a file changes something on a disk. Tests at a file's end may.
fn writes(source: &Source) -> Vec<String> {
    let text = source.text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let tokens = tokens(text);
    let is = |i: usize, words: &[&str]| matches!(tokens.get(i), Some(Token::Word(w)) if words.contains(&w.as_str()));
    let of = |i: usize| i >= 2 && tokens[i - 1] == Token::Path && is(i - 2, &["fs", "File", "OpenOptions", "tempfile"]);
    let alone = ["DirBuilder", "NamedTempFile", "TempDir", "persist", "persist_noclobber", "set_len", "tempdir"];
    let found = (0..tokens.len()).filter(|i| is(*i, &WRITING) && (of(*i) || is(*i, &alone)));
    let mut found: Vec<String> = found.map(|i| format!("{:?}", tokens[i])).collect();
    // A file that only reads opens with options, too.
    let opens = (0..tokens.len()).any(|i| is(i, &["OpenOptions"]) && source.path != "storage/source.rs");
    found.extend(opens.then(|| "OpenOptions".to_owned()));
    found
}

fn all() -> Vec<Source> {
    fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, out);
            } else if path.extension().is_some_and(|e| e == "rs") {
                out.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    walk(&root, &mut paths);
    paths.sort();
    let below = |p: &Path| p.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
    let sources: Vec<Source> = paths.iter().map(|p| Source::new(&below(p), &fs::read_to_string(p).unwrap())).collect();
    assert!(sources.len() > 100, "the source was not found");
    sources
}

fn none(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn every_module_uses_only_those_it_may() {
    none(&all().iter().flat_map(wrong_arrows).collect::<Vec<_>>());
}

#[test]
fn every_folder_of_the_source_is_on_the_map() {
    let known = |s: &Source| s.module().is_some() || s.path == "lib.rs" || s.path == "main.rs";
    none(&all().iter().filter(|s| !known(s)).map(|s| format!("src/{} is not on the map", s.path)).collect::<Vec<_>>());
}

#[test]
fn every_file_says_first_what_it_is_for() {
    let says = |s: &&Source| !s.text.starts_with("//! ");
    none(&all().iter().filter(says).map(|s| format!("src/{} does not open with //!", s.path)).collect::<Vec<_>>());
}

#[test]
fn no_file_is_two_things() {
    let long = all().into_iter().filter(|s| s.text.lines().count() > LONGEST);
    none(&long.map(|s| format!("src/{} has {} lines", s.path, s.text.lines().count())).collect::<Vec<_>>());
}

#[test]
fn only_one_file_asks_the_clock() {
    let asking: Vec<String> = all().into_iter().filter(asks_the_clock).map(|s| s.path).collect();
    assert_eq!(asking, ["runtime/clock.rs"]);
}

/// Whether a file names the module of the private notes: `…::private`, `private::…` or `{…, private, …}` of an import.
fn names_private_notes(source: &Source) -> bool {
    let tokens = tokens(&source.text);
    let is = |at: Option<usize>, token: &Token| at.and_then(|at| tokens.get(at)) == Some(token);
    tokens.iter().enumerate().any(|(at, token)| {
        *token == Token::Word("private".to_owned())
            && (is(at.checked_sub(1), &Token::Path)
                || is(Some(at + 1), &Token::Path)
                || (is(at.checked_sub(1), &Token::Sign(',')) || is(at.checked_sub(1), &Token::Sign('{')))
                    && (is(Some(at + 1), &Token::Sign(',')) || is(Some(at + 1), &Token::Sign('}'))))
    })
}

#[test]
fn only_what_shows_members_their_own_notes_can_reach_them() {
    let naming = all().into_iter().filter(names_private_notes);
    let naming: Vec<String> = naming.map(|s| s.path).collect();
    assert_eq!(naming, ["cli/checkin.rs", "runtime/check_in.rs"]);
    let found = |text: &str| names_private_notes(&Source::new("runtime/perform.rs", text));
    assert!(found("use crate::storage::private;") && found("private::notes(local)"));
    assert!(found("use crate::storage::{self, private};") && found("use crate::storage::{private, Local};"));
    assert!(!found("// storage::private") && !found("fn private(c: u8) {}"));
}

#[test]
fn only_the_one_module_for_it_writes_into_a_workspace() {
    let all: Vec<Source> =
        all().into_iter().filter(|s| !s.path.contains("/tests/") && !s.path.ends_with("/tests.rs")).collect();
    let stranger = |s: &&Source| !WRITERS.iter().any(|(path, _)| *path == s.path);
    let wrong = all.iter().filter(stranger).filter(|s| !writes(s).is_empty());
    none(&wrong.map(|s| format!("src/{} writes: {:?}", s.path, writes(s))).collect::<Vec<_>>());
    for (path, what) in WRITERS {
        let there = all.iter().find(|s| s.path == path).unwrap_or_else(|| panic!("{path} is gone"));
        assert!(!writes(there).is_empty(), "{path} need not be on the list any more: {what}");
    }
    // What would be a way around it is found.
    for text in ["fs::write(p, t)", "std::fs::File::create(p)", "OpenOptions::new().append(true)", "fs::rename(a, b)"] {
        assert!(!writes(&Source::new("cli/x.rs", text)).is_empty(), "{text}");
    }
}

#[test]
fn what_is_not_drawn_knows_no_terminal() {
    let apart = |s: &Source| matches!(s.module(), Some("model" | "insight" | "report" | "storage"));
    let wrong = all().into_iter().filter(|s| apart(s) && names_a_terminal(s));
    none(&wrong.map(|s| format!("src/{} names a terminal library", s.path)).collect::<Vec<_>>());
}

/// Where text leaves the program, and what keeps those places safe. Everything else goes through them.
const WAYS_OUT: [(&str, &[&str]); 7] = [
    // A macro that prints what it is given.
    ("println!", &[]),
    ("print!", &[]),
    ("eprint!", &[]),
    ("eprintln!", &["runtime/launch.rs"]),
    // What `shown` made of it is written: pages of the command line, failures, the words of a panic.
    ("stderr()", &["cli/output.rs", "runtime/terminal.rs"]),
    // Cells that the library does not look into: shapes of the program's own.
    ("set_symbol", &["ui/canvas.rs"]),
    // No title is set, whatever a file would like to be in it.
    ("SetTitle", &[]),
];

/// The same for pairs of a type and a function of it: texts get into lines through `ui::text::Row`.
const WAYS_IN: [(&str, &str, &[&str]); 6] = [
    ("Span", "raw", &["ui/widgets/spark.rs"]),
    ("Span", "styled", &["ui/text.rs", "ui/widgets/spark.rs"]),
    ("Line", "raw", &[]),
    ("Line", "from", &[]),
    ("Text", "raw", &[]),
    ("Text", "from", &[]),
];

/// A file's own code, without its tests.
fn own_code(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests").next().unwrap_or(text)
}

/// Where a file lets text out on a way that is not one of the known ones.
fn ways_out(source: &Source) -> Vec<String> {
    let tokens = tokens(own_code(&source.text));
    // A name, and the signs behind it: `print!`, `stderr()`.
    let word = |i: usize, w: &str| {
        let name = w.trim_end_matches(|c: char| !c.is_alphanumeric());
        let mut signs = w[name.len()..].chars().zip(i + 1..);
        tokens.get(i) == Some(&Token::Word(name.to_owned()))
            && signs.all(|(sign, at)| tokens.get(at) == Some(&Token::Sign(sign)))
    };
    let may = |files: &[&str]| files.contains(&source.path.as_str());
    let mut wrong = Vec::new();
    for at in 0..tokens.len() {
        let out = WAYS_OUT.iter().filter(|(name, files)| word(at, name) && !may(files));
        wrong.extend(out.map(|(name, _)| format!("src/{}: {name}", source.path)));
        let paired =
            |of: &str, name: &str| word(at, of) && tokens.get(at + 1) == Some(&Token::Path) && word(at + 2, name);
        let into = WAYS_IN.iter().filter(|(of, name, files)| paired(of, name) && !may(files));
        wrong.extend(into.map(|(of, name, _)| format!("src/{}: {of}::{name}", source.path)));
    }
    wrong
}

#[test]
fn text_reaches_a_screen_or_a_pipe_in_known_places_only() {
    let tests = |s: &&Source| s.path.ends_with("/tests.rs") || s.path.contains("/tests/");
    none(&all().iter().filter(|s| !tests(s)).flat_map(ways_out).collect::<Vec<_>>());
}

#[test]
fn a_way_out_is_found_however_it_is_written() {
    let found = |path: &str, text: &str| ways_out(&Source::new(path, text)).len();
    for text in [
        "println!(\"{x}\")",
        "std::eprint!(\"\")",
        "io::stderr().write_all(b)",
        "cell.set_symbol(s)",
        "ratatui::text::Span::raw(s)",
    ] {
        assert_eq!(found("app/key.rs", text), 1, "not found in: {text}");
    }
    assert_eq!(found("ui/canvas.rs", "cell.set_symbol(s)"), 0);
    assert_eq!(found("app/key.rs", "// println!\nlet s = \"eprintln!\";"), 0);
    assert_eq!(found("app/key.rs", "fn f() {}\n#[cfg(test)]\nmod tests { fn g() { println!() } }"), 0);
}

#[test]
fn the_map_is_the_one_in_the_crate_docs() {
    let all = all();
    let docs = &all.iter().find(|s| s.path == "lib.rs").unwrap().text;
    for (module, _) in MAY_USE {
        assert!(docs.contains(&format!("//! - [`{module}`]")), "src/lib.rs does not tell of {module}");
        assert!(docs.contains(&format!("pub mod {module};")), "src/lib.rs does not have {module}");
    }
}

#[test]
fn a_wrong_arrow_is_found_however_it_is_written() {
    for text in [
        "use crate::storage::Local;",
        "use crate::{model::week::Week, storage::{self, Local}};",
        "use crate::{\n    model::{goal::{Goal, Kind}, id},\n    storage,\n};",
        "fn f() { let _ = crate::storage::open(root); }",
        "use super::super::storage::Local;",
        "use super::super::{model, storage};",
        "mod tests { use super::super::super::storage; }",
        "const C: char = '\\''; use crate::storage::Local;",
        "const C: char = '\"'; use crate::storage::Local; const D: char = '\"';",
        "const R: &str = r#\"a \"quoted\" one\"#; use crate::storage::Local;",
        "fn f<'a>(x: &'a str) { crate::storage::open(x) }",
    ] {
        assert_eq!(wrong_arrows(&Source::new("app/key.rs", text)).len(), 1, "not found in: {text}");
    }
}

#[test]
fn what_only_looks_like_an_arrow_is_not_one() {
    for text in [
        "// use crate::storage::Local;",
        "/* crate::storage /* crate::cli */ crate::ui */ fn f() {}",
        "const S: &str = \"crate::storage::Local\";",
        "const R: &str = r#\"crate::storage \"x\" crate::cli\"#;",
        "use super::storage::Local;",
        "mod tests { use super::super::storage; }",
        "use crate::model::storage;",
        "use crate::{model::{storage, ui}, insight::cli};",
    ] {
        assert_eq!(wrong_arrows(&Source::new("app/key.rs", text)), [""; 0], "found in: {text}");
    }
    assert_eq!(wrong_arrows(&Source::new("app/mod.rs", "use super::storage::Local;")).len(), 1);
}

#[test]
fn the_clock_and_the_terminal_are_found_in_code_only() {
    let found = |text: &str| asks_the_clock(&Source::new("app/key.rs", text));
    assert!(found("let t = std::time::Instant::now();") && found("Utc :: now()") && found("SystemTime::now"));
    assert!(!found("// Utc::now()") && !found("clock.now(zone)") && !found("\"Instant::now\""));
    let named = |text: &str| names_a_terminal(&Source::new("model/id.rs", text));
    assert!(named("use ratatui::style::Style;") && named("ratatui_textarea::Input") && named("use crossterm::event;"));
    assert!(!named("//! Knows nothing of ratatui."));
}
