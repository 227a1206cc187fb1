//! Hostile text in every text field of every file, looked for in every byte that reaches a terminal or a pipe.
//!
//! Which fields hold free text is found out, not listed: whatever the loader takes hostile text in is a text field. So a field
//! that is new tomorrow is looked at tomorrow.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use truenorth::storage;

use crate::harness::{Home, Pty};

/// What is put before a text. Each begins with the same word, so that it can be seen to have come through.
const POISONS: [&str; 9] = [
    "EVIL\u{1b}]52;c;ZXZpbA==\u{7}",
    "EVIL\u{1b}[2J\u{1b}[31m",
    "EVIL\u{202e}drow\u{2066}\u{202c}",
    "EVIL\u{200b}\u{feff}\u{2060}",
    "EVIL\u{9b}31m\u{9d}0;owned\u{9c}",
    "EVIL\tcolumn\nline\r\nline\u{2028}\u{2029}",
    "EVILe\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "EVIL\u{e0041}\u{fff9}\u{61c}\u{ad}\u{0}\u{8}\u{7f}a\u{200d}b",
    "EVILverylongwordverylongwordverylongwordverylongwordverylongwordverylongwordverylongwordverylongwordverylongword",
];

/// Characters that mislead or steer, whoever shows them.
fn is_dangerous(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// What is wrong with a text that was shown.
fn danger(text: &str) -> Option<String> {
    let chars: Vec<char> = text.chars().collect();
    let at = chars.iter().position(|c| is_dangerous(*c));
    let joiner = |i: &usize| chars[*i] == '\u{200d}' && chars.get(i + 1).is_none_or(|c| *c < '\u{2190}');
    let at = at.or_else(|| (0..chars.len()).find(joiner));
    let at = at.or_else(|| chars.windows(5).position(|w| w.iter().all(|c| *c == '\u{301}')));
    at.map(|at| {
        let near: String = chars[at.saturating_sub(40)..(at + 20).min(chars.len())].iter().collect();
        format!("U+{:04X} in {near:?}", chars[at] as u32)
    })
}

/// The texts of a RON file with the names of their fields: where each begins and ends, without its quotes.
fn texts(ron: &str) -> Vec<(String, usize, usize)> {
    let bytes = ron.as_bytes();
    let (mut out, mut at, mut name) = (Vec::new(), 0, String::new());
    while at < bytes.len() {
        match bytes[at] {
            b'/' if bytes.get(at + 1) == Some(&b'/') => at += ron[at..].find('\n').unwrap_or(ron.len() - at),
            b'"' => {
                let from = at + 1;
                at = from;
                while bytes[at] != b'"' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                out.push((name.clone(), from, at));
                at += 1;
            }
            b if b.is_ascii_lowercase() || b == b'_' => {
                let word: String = ron[at..]
                    .chars()
                    .take_while(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || *c == '_')
                    .collect();
                at += word.len();
                if ron[at..].starts_with(':') {
                    name = word;
                }
            }
            _ => at += 1,
        }
    }
    out
}

fn escaped(text: &str) -> String {
    text.chars()
        .flat_map(|c| if is_dangerous(c) || c == '\n' { c.escape_unicode().collect() } else { vec![c] })
        .collect()
}

/// A file with a poison before each text of the fields that `wanted` says.
fn poisoned(ron: &str, nth: &mut usize, wanted: impl Fn(&str) -> bool) -> String {
    let mut out = ron.to_owned();
    for (_, from, _) in texts(ron).into_iter().rev().filter(|(name, ..)| wanted(name)) {
        *nth += 1;
        out.insert_str(from, &escaped(POISONS[*nth % POISONS.len()]));
    }
    out
}

fn files(root: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path)
            } else if path.extension().is_some_and(|e| e == "ron") {
                found.push(path)
            }
        }
    }
    found.sort();
    found
}

/// A kind of file: the folder and, above it, the name.
fn kind(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap();
    match below.iter().next().unwrap().to_str().unwrap() {
        "check-ins" => "check-ins".to_owned(),
        "snapshots" => "snapshots".to_owned(),
        _ => below.display().to_string(),
    }
}

/// Poisons every text field of every file of a workspace; gives back which those are.
fn poison(root: &Path) -> BTreeMap<String, Vec<String>> {
    assert_eq!(storage::check(root).unwrap().problems, []);
    let mut fields: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut nth = 0;
    // Newest first: what is found out of a kind holds for the older ones, which may lack a field.
    for path in files(root).into_iter().rev() {
        let before = fs::read_to_string(&path).unwrap();
        let known = fields.entry(kind(root, &path)).or_default();
        let mut names: Vec<String> = texts(&before).into_iter().map(|(name, ..)| name).collect();
        names.sort();
        names.dedup();
        let tried: Vec<String> = known.clone();
        for name in names.iter().filter(|n| !tried.contains(n) && !tried.contains(&format!("-{n}"))) {
            fs::write(&path, poisoned(&before, &mut 0, |n| n == name)).unwrap();
            let fine = storage::check(root).unwrap().problems.is_empty();
            known.push(if fine { name.clone() } else { format!("-{name}") });
        }
        let text = poisoned(&before, &mut nth, |n| known.iter().any(|k| k == n));
        fs::write(&path, text).unwrap();
    }
    fields.values_mut().for_each(|names| names.retain(|n| !n.starts_with('-')));
    fields
}

/// A workspace that somebody means harm with; it is sound, which is what makes it dangerous.
fn hostile() -> Home {
    let home = Home::with_bakery();
    // Few weeks are enough, and each is read many times.
    for path in files(&home.root()).iter().filter(|p| p.display().to_string().contains("snapshots")).rev().skip(4) {
        fs::remove_file(path).unwrap();
    }
    let fields = poison(&home.root());
    for (kind, needed) in [
        ("truenorth.ron", &["name", "role"][..]),
        ("strategy/goals.ron", &["title"]),
        ("strategy/kpis.ron", &["name"]),
        ("strategy/north-star.ron", &["vision"]),
        ("check-ins", &["note", "blockers", "headlines"]),
        ("snapshots", &["title", "text", "name", "note"]),
    ] {
        let found = fields.get(kind).unwrap_or_else(|| panic!("no {kind} among {:?}", fields.keys()));
        assert!(needed.iter().all(|n| found.iter().any(|f| f == n)), "{kind}: only {found:?} take text");
    }
    assert_eq!(storage::check(&home.root()).unwrap().problems, []);
    home
}

/// What the terminal is sent, without the sequences that the program itself uses: only `ESC [ … letter` is one of those.
fn without_own(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut out = String::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if c == '\u{1b}' && rest.peek() == Some(&'[') {
            rest.next();
            while rest.next().is_some_and(|c| !c.is_ascii_alphabetic()) {}
        } else if c != '\r' {
            out.push(c);
        }
    }
    out
}

/// Walks through every place, every step and the dialogs over them.
fn visit(t: &mut Pty) {
    let pause = |t: &mut Pty, keys: &str| {
        t.keys(keys);
        std::thread::sleep(std::time::Duration::from_millis(60));
    };
    for place in 1..=8 {
        pause(t, &place.to_string());
        for keys in ["Down", "Enter", "PgDn", "Esc", "w", "Esc", "t", "Tab", "Esc", "Tab", "Down", "?", "Esc"] {
            pause(t, keys);
        }
        pause(t, "Esc");
    }
    for keys in [
        "F", "e", "v", "i", "l", "Down", "Esc", ":", "Esc", "/", "e", "v", "Esc", "8", "c", "Left", "c", "Esc", "Esc",
        "W", "Esc", "P", "P",
    ] {
        pause(t, keys);
    }
    t.keys("2").wait_for("Hold the review").keys("Y").wait_for("saved");
    for step in 1..=8 {
        for keys in [
            "*", "Down", "Down", "w", "PgDn", "Esc", "Enter", "Enter", "Esc", "Esc", "2", "i", "Esc", "a", "Esc", "d",
            "Esc", "P", "P", "Space",
        ] {
            pause(t, keys);
            if keys == "Esc" {
                pause(t, "2");
            }
        }
        pause(t, if step == 8 { "Ctrl-s" } else { "Esc 2 Tab" });
    }
    pause(t, "Esc");
}

#[test]
fn no_text_from_any_file_steers_or_misleads_the_terminal() {
    let home = hostile();
    let root = home.root().display().to_string();
    // Told its background, the program does not ask for it: then it has no use for any sequence but `ESC [`.
    let mut t = home.start(&["--workspace", &root, "--as", "maya"], &[("COLORFGBG", "15;0")]);
    t.wait_for("EVIL");
    t.resize(140, 45);
    visit(&mut t);
    t.resize(80, 24).keys("Esc Esc 1").wait_for("EVIL").keys("q");
    t.wait_end();
    let bytes = t.bytes();
    assert!(!bytes.windows(2).any(|w| w == b"\x1b]" || w == b"\x1bP"), "a title or a clipboard was set");
    let shown = without_own(&bytes);
    assert_eq!(danger(&shown), None);
    assert!(shown.matches("EVIL").count() > 100, "hardly anything hostile was on the screens");
    for picture in ["␛]52;c;", "⟨U+202E⟩", "⟨U+200B⟩", "⟨U+009B⟩"] {
        assert!(shown.contains(picture), "{picture} was never shown");
    }
}

/// Every command that shows something, in text and as JSON where it has both.
const SHOWING: [&[&str]; 26] = [
    &["status"],
    &["status", "--json"],
    &["show", "last"],
    &["show", "last", "--json"],
    &["diff", "-2", "last"],
    &["diff", "-2", "last", "--json"],
    &["kpi", "list"],
    &["kpi", "list", "--json"],
    &["kpi", "show", "online-orders"],
    &["kpi", "show", "online-orders", "--json"],
    &["goal", "list"],
    &["goal", "list", "--json"],
    &["goal", "show", "orders-plus-half"],
    &["goal", "show", "orders-plus-half", "--json"],
    &["decision", "list", "--all"],
    &["decision", "list", "--all", "--json"],
    &["action", "list", "--all"],
    &["action", "list", "--all", "--json"],
    &["issue", "list", "--all"],
    &["issue", "list", "--all", "--json"],
    &["findings"],
    &["findings", "--json"],
    &["search", "evil"],
    &["search", "evil", "--json"],
    &["trend", "kpi:online-orders"],
    &["trend", "kpi:online-orders", "--json"],
];

#[test]
fn no_command_prints_text_that_steers_or_misleads_a_terminal() {
    let home = hostile();
    let mut evil = 0;
    for command in SHOWING.iter().copied().chain([&["check"][..], &["doctor"], &["doctor", "--json"]]) {
        let out = home.command(command);
        assert!(out.status.code().is_some_and(|c| c < 2), "{command:?}: {}", String::from_utf8_lossy(&out.stderr));
        for (name, bytes) in [("stdout", &out.stdout), ("stderr", &out.stderr)] {
            let text = String::from_utf8(bytes.clone()).unwrap();
            assert_eq!(danger(&text), None, "{name} of {command:?}");
            evil += text.matches("EVIL").count();
        }
    }
    assert!(evil > 300, "hardly anything hostile was printed: {evil}");
    // What cannot be found, and files that are broken, are told in words that hold the text too.
    for command in [
        &["kpi", "show", POISONS[0]][..],
        &["show", POISONS[2]],
        &["search", POISONS[3]],
        &["-w", POISONS[1], "status"],
        &[POISONS[4]],
    ] {
        let out = home.command(command);
        let said = String::from_utf8_lossy(&[out.stdout, out.stderr].concat()).into_owned();
        assert_eq!(danger(&said), None, "{command:?}");
    }
    let goals = home.root().join("strategy/goals.ron");
    let broken = fs::read_to_string(&goals).unwrap().replacen("title:", "\"\u{202e}\u{9b}EVIL\": title:", 1);
    fs::write(&goals, broken).unwrap();
    fs::write(home.root().join("strategy").join("\u{1b}[31m\u{202e}.ron"), "()").unwrap();
    for command in [&["check"][..], &["check", "--json"], &["status"], &["doctor"]] {
        let out = home.command(command);
        let said = String::from_utf8_lossy(&[out.stdout, out.stderr].concat()).into_owned();
        assert_eq!(danger(&said), None, "{command:?}");
    }
}

#[test]
fn danger_is_seen_where_it_is() {
    for poison in &POISONS[..8] {
        assert!(danger(poison).is_some(), "{poison:?}");
    }
    assert_eq!(danger("plain é 東京 👩\u{200d}🍳 ⟨U+202E⟩ ␛\n"), None);
}
