//! Every text that the code says stands in each catalogue, and nothing else does.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use truenorth::app::keymap::Keymap;
use truenorth::insight::{alignment, findings};
use truenorth::model::register::Kind;

/// A text of the code and the first place that says it.
type Texts = BTreeMap<String, String>;

/// The German texts as they stand in their file.
fn german() -> BTreeMap<String, String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("languages/de.ron");
    ron::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

/// Every text that the code says: in a call, or in one of the tables.
fn said() -> Texts {
    let mut found = Texts::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    each_file(&root, &mut |place, text| of_file(text, place, &mut found));
    of_tables(&mut found);
    found
}

/// Every text that the code says, without what tells two equal ones apart.
pub(super) fn all_said() -> BTreeSet<String> {
    said().into_keys().map(|text| text.rsplit('|').next().unwrap().to_owned()).collect()
}

/// The files of the program with their path below `src`, each without its tests.
pub(super) fn each_file(root: &Path, act: &mut impl FnMut(&str, &str)) {
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                folders.extend((name != "tests").then_some(path));
            } else if name.ends_with(".rs") && name != "tests.rs" && !path.ends_with("tongue/say.rs") {
                let text = fs::read_to_string(&path).unwrap();
                let place = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                act(&place, text.split("#[cfg(test)]\nmod tests {").next().unwrap());
            }
        }
    }
}

/// The texts of `say!`, `term!`, `count(…, "noun")` and `dated(…, "pattern")` in a file.
fn of_file(text: &str, place: &str, into: &mut Texts) {
    let code: String =
        text.lines().map(|l| if l.trim_start().starts_with("//") { "\n" } else { l }.to_owned() + "\n").collect();
    let mut put = |text: String| {
        into.entry(text).or_insert_with(|| place.to_owned());
    };
    for call in ["say!(", "term!("] {
        for (at, _) in code.match_indices(call) {
            let Some((first, rest)) = literal(&code[at + call.len()..]) else { continue };
            match rest.trim_start().strip_prefix('|').and_then(literal) {
                Some((second, _)) => put(format!("{first}|{second}")),
                None => put(first),
            }
        }
    }
    let last = |call: &str| {
        let calls: Vec<String> = code
            .match_indices(call)
            .filter(|(at, _)| !code[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '.'))
            .filter_map(|(at, _)| last_argument(&code[at + call.len()..]))
            .collect();
        calls
    };
    if code.contains("tongue::count") || code.contains("tongue::{count") {
        last("count(")
            .into_iter()
            .for_each(|noun| [format!("1 {noun}"), format!("{{n}} {noun}s")].into_iter().for_each(&mut put));
    }
    last("dated(").into_iter().for_each(put);
}

/// A quoted text at the beginning, without its escapes, and what follows it.
pub(super) fn literal(code: &str) -> Option<(String, &str)> {
    let body = code.trim_start().strip_prefix('"')?;
    let mut escaped = false;
    let end = body.find(|c: char| {
        let end = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        end
    })?;
    let mut out = String::new();
    let mut rest = &body[..end];
    while let Some((before, after)) = rest.split_once('\\') {
        out += before;
        rest = match after.chars().next()? {
            'n' => {
                out.push('\n');
                &after[1..]
            }
            '\n' => after.trim_start(),
            'u' => {
                let (code, behind) = after[1..].strip_prefix('{')?.split_once('}')?;
                out.push(char::from_u32(u32::from_str_radix(code, 16).ok()?)?);
                behind
            }
            sign => {
                out.push(sign);
                &after[1..]
            }
        };
    }
    Some((out + rest, &body[end + 1..]))
}

/// The last argument of a call whose opening bracket lies behind, where it is a quoted text.
fn last_argument(code: &str) -> Option<String> {
    let (mut depth, mut quoted, mut last) = (1, false, 0);
    for (at, c) in code.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            ',' if !quoted && depth == 1 => last = at + 1,
            _ => {}
        }
        if depth == 0 {
            return literal(&code[last..at]).map(|(text, _)| text).filter(|_| last > 0);
        }
    }
    None
}

/// The texts of the tables: they are said by what reads them.
fn of_tables(into: &mut Texts) {
    let mut put = |place: &str, text: &str| {
        into.entry(text.to_owned()).or_insert_with(|| place.to_owned());
    };
    for binding in Keymap::default().bindings() {
        put("the table of keys", binding.label);
        put("the table of keys", binding.help);
    }
    for kind in Kind::ALL {
        let row = kind.row();
        [row.name, row.one, row.about].into_iter().for_each(|text| put(row.key, text));
        row.stages.iter().for_each(|s| {
            put(row.key, s.word);
            s.asks.into_iter().for_each(|asks| put(row.key, asks));
        });
        for field in kind.fields() {
            put(row.key, field.label);
            put(row.key, field.hint);
            if let truenorth::model::register::Input::Choice(all) = field.input {
                all.iter().for_each(|choice| put(row.key, choice.label));
            }
        }
    }
    for aspect in alignment::ASPECTS {
        put(aspect.id, aspect.label);
        put(aspect.id, aspect.asks);
        aspect
            .measures
            .iter()
            .for_each(|m| [m.label, m.formula, m.advice].into_iter().for_each(|text| put(m.id, text)));
    }
    findings::RULES.iter().for_each(|rule| put(rule.id, rule.why));
}

/// The placeholders of a text, sorted.
fn placeholders(text: &str) -> Vec<String> {
    let mut found: Vec<String> =
        text.split('{').skip(1).filter_map(|p| Some(p.split_once('}')?.0.to_owned())).collect();
    found.sort();
    found
}

#[test]
fn every_text_that_the_code_says_has_its_german() {
    let (said, german) = (said(), german());
    assert!(said.len() > 2_000, "the texts were not found: {}", said.len());
    let missing = said.iter().filter(|(text, _)| !german.contains_key(*text) && text.chars().any(char::is_alphabetic));
    let missing: Vec<String> = missing.map(|(text, place)| format!("{place}: {text:?}")).collect();
    assert!(missing.is_empty(), "languages/de.ron lacks\n{}", missing.join("\n"));
}

#[test]
fn nothing_stands_in_the_catalogue_that_nobody_says() {
    let said = said();
    let known =
        |text: &str| said.contains_key(text) || text.strip_prefix("field|").is_some_and(|t| said.contains_key(t));
    let unused: BTreeSet<String> = german().into_keys().filter(|text| !known(text)).collect();
    assert!(unused.is_empty(), "{unused:#?}");
}

#[test]
fn a_text_and_its_german_fill_in_the_same_and_join_on_the_same() {
    for (english, german) in german() {
        let plain = english.rsplit('|').next().unwrap();
        assert_eq!(placeholders(plain), placeholders(&german), "{english}");
        let ends = |t: &str| (t.starts_with([' ', '\n']), t.ends_with(' '), t.starts_with("# "));
        assert_eq!(ends(plain), ends(&german), "{english:?}: {german:?}");
        assert!(!german.trim().is_empty(), "{english}");
    }
}

#[test]
fn the_scan_finds_what_the_code_says_however_it_is_written() {
    let mut found = Texts::new();
    let code = "use crate::model::tongue::{count, dated};\nsay!(\"One\"); say!(\n    \"Two {n}\", n = \"x\"\n); say!(\"a\" | \"b\");\n\
                // say!(\"not this\")\nterm!(\"cut \\\n    here\"); count(all.len(), \"cat\"); dated(day(1), \"%b\"); x.count(1, \"dog\")";
    of_file(code, "here", &mut found);
    let found: Vec<&str> = found.keys().map(String::as_str).collect();
    assert_eq!(found, ["%b", "1 cat", "One", "Two {n}", "a|b", "cut here", "{n} cats"]);
}
