//! Bad files by the hundred: good files with one thing made wrong at a place that is known, and things that are no files at all.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

use super::{CONFIG, GOALS, KPIS, STAR, Shop, crashes, long, review, sealed, week};
use crate::model::checkin::CheckInEdit;
use crate::storage::*;

/// A good file, by its path.
fn good() -> BTreeMap<&'static str, String> {
    let shop = Shop::new();
    let mut snapshot = sealed("2026-W46", 1, &shop.strategy());
    snapshot.why_low = "We began late".to_owned();
    let said = CheckInEdit::Headline("Sold out".to_owned());
    let check_in = edit_check_in(shop.root(), week("2026-W47"), &"maya".parse().unwrap(), said).unwrap();
    let mut draft = crashes::draft(3);
    draft.review = review("2026-W48");
    [
        ("truenorth.ron", CONFIG.to_owned()),
        ("strategy/north-star.ron", STAR.to_owned()),
        ("strategy/goals.ron", GOALS.to_owned()),
        ("strategy/kpis.ron", KPIS.to_owned()),
        ("check-ins/2026-W47/maya.ron", encode(&check_in).unwrap()),
        ("snapshots/2026-W46.ron", encode(&snapshot).unwrap()),
        ("drafts/2026-W48.ron", encode(&draft).unwrap()),
        ("readings/2026-11-19-sales.ron", encode(&crashes::an_import()).unwrap()),
    ]
    .into()
}

/// A piece of a text that can be made wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    Field,
    Text,
    Number,
}

/// The pieces of a text with where they begin and end.
pub(super) fn pieces(text: &str) -> Vec<(Piece, usize, usize)> {
    let bytes = text.as_bytes();
    let while_ = |from: usize, holds: fn(u8) -> bool| from + bytes[from..].iter().take_while(|b| holds(**b)).count();
    let (mut at, mut found) = (0, Vec::new());
    while at < bytes.len() {
        let end = match bytes[at] {
            b'/' if bytes[at + 1] == b'/' => while_(at, |b| b != b'\n'),
            b'"' => {
                let mut end = at + 1;
                while bytes[end] != b'"' {
                    end += if bytes[end] == b'\\' { 2 } else { 1 };
                }
                found.push((Piece::Text, at, end + 1));
                end + 1
            }
            b'0'..=b'9' => {
                let end = while_(at, |b| b.is_ascii_digit() || b == b'.');
                found.push((Piece::Number, at, end));
                end
            }
            b'a'..=b'z' | b'A'..=b'Z' => {
                let end = while_(at, |b| b.is_ascii_alphanumeric() || b == b'_');
                if bytes[end] == b':' {
                    found.push((Piece::Field, at, end));
                }
                end
            }
            _ => at + 1,
        };
        at = end;
    }
    found
}

/// A file made wrong: its bytes, and the byte at which the reader must find the fault; `None` where it may find it anywhere
/// before the text was changed.
struct Bad {
    how: String,
    bytes: Vec<u8>,
    at: Option<usize>,
}

fn bad_ones(text: &str) -> Vec<Bad> {
    let mut all = Vec::new();
    let mut add = |how: &str, bytes: Vec<u8>, at: Option<usize>| all.push(Bad { how: how.to_owned(), bytes, at });
    let replaced = |from: usize, to: usize, by: &str| format!("{}{by}{}", &text[..from], &text[to..]).into_bytes();
    for (piece, from, to) in pieces(text) {
        match piece {
            Piece::Field => {
                add("an unknown field", replaced(from, from, "zz_"), Some(from));
                add("a field with a capital", replaced(from, from, "Zz"), Some(from));
                add("= in place of a colon", replaced(to, to + 1, " ="), Some(to + 1));
            }
            Piece::Text => {
                add("a struct in place of a text", replaced(from, to, "[[7]]"), Some(from));
                add("a text without quotes at its end", replaced(to - 1, to, ""), None);
                add("a text without quotes at its beginning", replaced(from, from + 1, ""), None);
                add("a control character, escaped wrongly", replaced(from + 1, from + 1, "\\q"), None);
                add("a text twice", replaced(to, to, &text[from..to]), Some(to));
            }
            Piece::Number => {
                add("a text in place of a number", replaced(from, to, "\"many\""), Some(from));
                add("a number that no computer holds", replaced(from, to, "1e999"), None);
                add("no number", replaced(from, to, "NaN"), None);
            }
        }
    }
    let marks = (0..text.len()).filter(|at| text.is_char_boundary(*at)).step_by(17);
    for at in marks {
        add("cut off", text.as_bytes()[..at].to_vec(), None);
        add("zeros at the end", [&text.as_bytes()[..at], &[0; 64]].concat(), None);
        add("a byte that is no text", [&text.as_bytes()[..at], b"\xff", &text.as_bytes()[at..]].concat(), Some(at));
        add("a zero byte", [&text.as_bytes()[..at], b"\0", &text.as_bytes()[at..]].concat(), Some(at));
    }
    let lines = text.match_indices('\n').map(|(at, _)| at + 1).filter(|at| *at < text.len());
    for at in lines {
        let marked = "<<<<<<< HEAD\n=======\n>>>>>>> theirs\n";
        add("a conflict of git", replaced(at, at, marked), Some(at));
    }
    for nested in ["(", "[", "Some(", "(a:", "/*"] {
        add("brackets without an end", nested.repeat(5000).into_bytes(), None);
        add("brackets without an end behind the text", format!("{text}{}", nested.repeat(5000)).into_bytes(), None);
    }
    for json in ["{\"schema\": 1}", "[{\"id\": \"a\"}]"] {
        add("JSON", json.as_bytes().to_vec(), Some(0));
    }
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    add("UTF-16", [&b"\xff\xfe"[..], &wide].concat(), Some(0));
    add("UTF-16 the other way round", [&b"\xfe\xff"[..], &wide].concat(), Some(0));
    add("UTF-16 without a mark", wide, None);
    add("nothing", Vec::new(), Some(0));
    add("zeros", vec![0; text.len()], Some(0));
    add("two byte order marks", [&b"\xef\xbb\xbf\xef\xbb\xbf"[..], text.as_bytes()].concat(), Some(0));
    add("twice the same", text.repeat(2).into_bytes(), None);
    add("another file's text", b"(a: 1, b: 2)".to_vec(), None);
    all
}

/// Line and column of a byte, both from 1, the column in characters.
fn place(bytes: &[u8], at: usize) -> (usize, usize) {
    let before = String::from_utf8_lossy(&bytes[..at]).into_owned();
    (1 + before.matches('\n').count(), 1 + before.rsplit('\n').next().unwrap().chars().count())
}

#[test]
fn of_hundreds_of_bad_files_each_is_reported_at_its_place_and_left_as_it_is() {
    let all = good();
    let shop = Shop::new();
    all.iter().for_each(|(path, text)| shop.write(path, text.as_bytes()));
    assert_eq!(check(shop.root()).unwrap().problems, [], "the good ones are good");
    let (mut tried, mut at_the_place, mut wrong) = (0, 0, Vec::new());
    for (path, text) in &all {
        let bad = bad_ones(text);
        let every = if long() { 1 } else { bad.len() / 90 + 1 };
        // The rare kinds stand at the end of the list: all of them are taken.
        let rare = bad.len() - 24;
        for (nth, Bad { how, bytes, at }) in bad.into_iter().enumerate() {
            if nth < rare && nth % every != 0 {
                continue;
            }
            tried += 1;
            shop.write(path, &bytes);
            let report = check(shop.root()).unwrap();
            if fs::read(shop.at(path)).unwrap() != bytes {
                wrong.push(format!("{path}: {how}: it was changed"));
            }
            let told = || report.problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
            let here: Vec<_> = report.problems.iter().filter(|p| p.path == Path::new(path)).collect();
            let places: Vec<_> = here.iter().map(|p| (p.line, p.column)).collect();
            let end = place(&bytes, bytes.len());
            match at.map(|at| place(&bytes, at)) {
                _ if how == "cut off" && here.is_empty() && check_is_right(text, &bytes) => {}
                _ if here.is_empty() => wrong.push(format!("{path}: {how}: not reported. {}", told())),
                Some(expected) if !places.contains(&expected) => {
                    wrong.push(format!("{path}: {how}: expected {expected:?}, but {}", told()));
                }
                Some(_) => at_the_place += 1,
                None if places.iter().any(|place| *place > end) => {
                    wrong.push(format!("{path}: {how}: {places:?} is behind its end, {end:?}"));
                }
                None => {}
            }
        }
        shop.write(path, text.as_bytes());
    }
    eprintln!("{tried} bad files, {at_the_place} of them with a place that is known before");
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(tried >= 500 && at_the_place * 3 > tried, "{tried} tried, {at_the_place} with a place known before");
}

/// A file cut off behind its last bracket is the whole file.
fn check_is_right(text: &str, cut: &[u8]) -> bool {
    text.as_bytes()[cut.len()..].iter().all(u8::is_ascii_whitespace)
}

/// What may stand where a file belongs and is none.
#[cfg(unix)]
#[derive(Debug, Clone, Copy)]
enum Thing {
    Pipe,
    LoopOfLinks,
    LinkToADevice,
    LinkToAFolder,
    Folder,
    HugeFile,
}

#[cfg(unix)]
impl Thing {
    fn put(self, at: &Path) {
        use std::os::unix::fs::symlink;
        let _ = fs::remove_file(at);
        match self {
            Self::Pipe => {
                let mode = rustix::fs::Mode::from_raw_mode(0o600);
                rustix::fs::mknodat(rustix::fs::CWD, at, rustix::fs::FileType::Fifo, mode, 0).unwrap();
            }
            Self::LoopOfLinks => symlink(at, at).unwrap(),
            Self::LinkToADevice => symlink("/dev/zero", at).unwrap(),
            Self::LinkToAFolder => symlink("/", at).unwrap(),
            Self::Folder => fs::create_dir(at).unwrap(),
            Self::HugeFile => fs::File::create(at).unwrap().set_len(1 << 33).unwrap(),
        }
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_a_loop_of_links_a_device_or_a_huge_file_is_reported_and_never_waited_for() {
    use Thing::{Folder, HugeFile, LinkToADevice, LinkToAFolder, LoopOfLinks, Pipe};
    for thing in [Pipe, LoopOfLinks, LinkToADevice, LinkToAFolder, Folder, HugeFile] {
        for path in good().into_keys() {
            let (done, waited) = mpsc::channel();
            std::thread::spawn(move || {
                let shop = Shop::new();
                good().iter().for_each(|(path, text)| shop.write(path, text.as_bytes()));
                thing.put(&shop.at(path));
                let kind = fs::symlink_metadata(shop.at(path)).unwrap().file_type();
                let told = check(shop.root()).unwrap().problems;
                // Every other way to the file, too.
                let _ = open(shop.root(), |_| week("2026-W47"));
                let _ = load_draft(shop.root(), week("2026-W48"));
                let _ = save_draft(shop.root(), &crashes::draft(1));
                let said = CheckInEdit::Note("x".to_owned());
                let _ = edit_check_in(shop.root(), week("2026-W47"), &"maya".parse().unwrap(), said);
                let same = fs::symlink_metadata(shop.at(path)).unwrap().file_type() == kind;
                done.send((told, same)).unwrap();
            });
            let (told, same) = waited
                .recv_timeout(Duration::from_secs(20))
                .unwrap_or_else(|_| panic!("{thing:?} at {path}: it waits, or it failed"));
            assert!(told.iter().any(|p| p.path == Path::new(path)), "{thing:?} at {path}: {told:?}");
            assert!(same, "{thing:?} at {path}: it was replaced");
        }
    }
}
