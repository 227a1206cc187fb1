//! Two sides of a workspace become one, file by file: what one side alone changed is taken, and what both did by its kind.
//!
//! Nothing of it touches the working tree. It is done here rather than by `git merge`, which knows lines and not whose file it is.

use std::collections::BTreeSet;
use std::path::Path;

use crate::model::import::ReadingsFile;
use crate::model::people::Member;
use crate::model::quarterly::QuarterSnapshot;
use crate::model::review::{Revises, Target};
use crate::model::snapshot::Snapshot;
use crate::model::workspace::{Config, Draft};
use crate::storage::{self, Doing, FileKind, file_kind};

use super::clash::{self, Joined, Settled, Texts};
use super::git::{Git, Reach};
use super::tree::{Changes, Entry, FILE, Tree, blobs, keep};
use super::trouble::{Kind, Trouble};

/// What the merge knows of who asks for it.
pub(super) struct Around<'a> {
    pub git: &'a Git<'a>,
    /// The workspace's place below the top.
    pub prefix: &'a str,
    pub me: Option<&'a Member>,
    pub settled: Option<&'a Settled>,
    /// A folder for what is needed for a moment.
    pub scratch: &'a Path,
}

/// A version that did not get the place it was written for, and is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The path inside the workspace that it was for.
    pub path: String,
    /// Why, in words.
    pub why: String,
    /// What it held, where it is not in the workspace under another name.
    pub(super) text: Option<String>,
}

/// How two sides became one.
#[derive(Debug, Default)]
pub(super) struct Merged {
    /// What is to change here.
    pub changes: Changes,
    /// What is told.
    pub kept: Vec<Kept>,
}

/// A file on both sides, and what they come from.
struct Sides<'t> {
    base: Option<&'t Entry>,
    mine: Option<&'t Entry>,
    theirs: Option<&'t Entry>,
}

/// Merges what the others have into what is here.
///
/// # Errors
/// What a person has to settle, or what nobody may do: change a sealed week.
pub(super) fn merge(around: &Around<'_>, base: &Tree, mine: &Tree, theirs: &Tree) -> Result<Merged, Trouble> {
    let mut merged = Merged::default();
    let mut strategy = false;
    let paths: BTreeSet<&String> = base.keys().chain(mine.keys()).chain(theirs.keys()).collect();
    for path in paths {
        let sides = Sides { base: base.get(path), mine: mine.get(path), theirs: theirs.get(path) };
        let same = |a: Option<&Entry>, b: Option<&Entry>| a.map(|e| (&e.mode, &e.id)) == b.map(|e| (&e.mode, &e.id));
        let kind = path.strip_prefix(around.prefix).and_then(file_kind);
        if let (Some(FileKind::Snapshot(..)), Some(_)) = (&kind, sides.base)
            && !same(sides.base, sides.theirs)
        {
            return Err(sealed(path));
        }
        if same(sides.mine, sides.theirs) || same(sides.base, sides.theirs) {
            continue;
        }
        if same(sides.base, sides.mine) {
            merged.changes.insert(path.clone(), sides.theirs.cloned());
            continue;
        }
        match kind {
            Some(FileKind::Strategy) => strategy = true,
            Some(kind) => both(around, path, &kind, &sides, mine, theirs, &mut merged)?,
            None => return Err(foreign(path)),
        }
    }
    if strategy {
        strategies(around, base, mine, theirs, &mut merged)?;
    }
    Ok(merged)
}

fn sealed(path: &str) -> Trouble {
    Trouble::new(
        Kind::BrokenThere,
        say!("the others' side changes or deletes {path}, and a sealed week never changes", path),
        say!(
            "nothing here was changed: find out with `git log` who did so; to take it all the same, merge with git by hand"
        ),
    )
}

fn foreign(path: &str) -> Trouble {
    Trouble::new(
        Kind::Foreign,
        say!("{path} was changed here and by others, and it is none of truenorth's files", path),
        say!("merge this one with git (git pull), then sync again; nothing was touched"),
    )
}

/// A file of ours that both sides changed.
fn both(
    around: &Around<'_>,
    path: &str,
    kind: &FileKind,
    sides: &Sides<'_>,
    mine: &Tree,
    theirs: &Tree,
    merged: &mut Merged,
) -> Result<(), Trouble> {
    let inside = path.strip_prefix(around.prefix).unwrap_or(path).to_owned();
    let texts = texts(around.git, sides)?;
    match kind {
        FileKind::CheckIn(..) | FileKind::Config | FileKind::Git => {
            lines(around, path, &inside, kind, sides, &texts, merged)
        }
        FileKind::Snapshot(..) | FileKind::Readings => {
            merged.changes.insert(path.to_owned(), sides.theirs.cloned());
            let taken = |p: &str| {
                let p = format!("{}{p}", around.prefix);
                mine.contains_key(&p) || theirs.contains_key(&p)
            };
            let Some((new, text)) = beside(&inside, &texts, kind, &taken, &merged.changes, around.prefix) else {
                return Err(unreadable(path));
            };
            let entry = kept_text(around.git, &text)?;
            merged.changes.insert(format!("{}{new}", around.prefix), Some(entry));
            let why = say!("the others had one of this name first: yours is {new}", new);
            merged.kept.push(Kept { path: inside, why, text: None });
            Ok(())
        }
        FileKind::Passed => {
            merged.changes.insert(path.to_owned(), sides.theirs.cloned());
            let why = say!("the others had one of this name first: theirs stands, what was written here is kept aside");
            merged.kept.push(Kept { path: inside, why: why.to_owned(), text: texts.mine });
            Ok(())
        }
        FileKind::Draft(_) => {
            drafts(path, inside, sides, texts, merged);
            Ok(())
        }
        FileKind::Strategy => Ok(()),
    }
}

fn unreadable(path: &str) -> Trouble {
    Trouble::new(
        Kind::BrokenHere,
        say!("{path} was written here and by others, and this one cannot be read", path),
        say!("mend it or move it away, then sync again; nothing was touched"),
    )
}

/// What the sides of a file hold as text; a side that has none is `None`.
struct Three {
    base: Option<String>,
    mine: Option<String>,
    theirs: Option<String>,
}

fn texts(git: &Git<'_>, sides: &Sides<'_>) -> Result<Three, Trouble> {
    let read = |entry: Option<&Entry>| -> Result<Option<String>, Trouble> {
        let Some(entry) = entry else { return Ok(None) };
        let bytes = blobs(git, &[&entry.id])?.pop().unwrap_or_default();
        Ok(Some(String::from_utf8_lossy(&bytes).replace("\r\n", "\n")))
    };
    Ok(Three { base: read(sides.base)?, mine: read(sides.mine)?, theirs: read(sides.theirs)? })
}

/// By lines first; where that fails, a check-in is its member's, and settings are joined record by record or told.
fn lines(
    around: &Around<'_>,
    path: &str,
    inside: &str,
    kind: &FileKind,
    sides: &Sides<'_>,
    texts: &Three,
    merged: &mut Merged,
) -> Result<(), Trouble> {
    if let (Some(mine), Some(theirs)) = (&texts.mine, &texts.theirs) {
        let base = texts.base.as_deref().unwrap_or_default();
        let by_lines = by_lines(around, base, mine, theirs)?.filter(|text| reads(kind, inside, text));
        let joined = by_lines.or_else(|| match kind {
            FileKind::Config => clash::join_one::<Config>(inside, texts.base.as_deref(), mine, theirs),
            _ => None,
        });
        if let Some(text) = joined {
            merged.changes.insert(path.to_owned(), Some(kept_text(around.git, &text)?));
            return Ok(());
        }
    }
    let FileKind::CheckIn(_, member) = kind else {
        let what = say!("{inside} was changed here and by others in the same places", inside);
        let next = say!("settle it with git (git pull, then mend the file), then sync again; nothing was touched");
        return Err(Trouble::new(Kind::Clash, what, next));
    };
    // The one whose file it is stands at this machine, or at another.
    let is_mine = around.me.is_some_and(|me| me.id == *member);
    let (stays, goes) = if is_mine { (sides.mine, &texts.theirs) } else { (sides.theirs, &texts.mine) };
    let whose = if is_mine {
        say!("what you wrote here stands; what you wrote elsewhere")
    } else {
        say!("theirs stands; what was written here")
    };
    merged.kept.push(Kept { path: inside.to_owned(), why: say!("{whose} is kept aside", whose), text: goes.clone() });
    if !is_mine {
        merged.changes.insert(path.to_owned(), stays.cloned());
    }
    Ok(())
}

/// Whether a text that lines were put together for is a file of its kind still.
fn reads(kind: &FileKind, inside: &str, text: &str) -> bool {
    let path = Path::new(inside);
    match kind {
        FileKind::CheckIn(..) => storage::decode::<crate::model::checkin::CheckIn>(path, text).is_ok(),
        FileKind::Config => storage::decode::<Config>(path, text).is_ok(),
        FileKind::Strategy | FileKind::Snapshot(..) | FileKind::Draft(_) => true,
        FileKind::Readings | FileKind::Passed | FileKind::Git => true,
    }
}

/// Merges lines as git does; `None` when the same ones were changed.
fn by_lines(around: &Around<'_>, base: &str, mine: &str, theirs: &str) -> Result<Option<String>, Trouble> {
    let mut paths = Vec::new();
    for (name, text) in [("mine", mine), ("base", base), ("theirs", theirs)] {
        let path = around.scratch.join(name);
        std::fs::write(&path, text).map_err(|e| Trouble::system(Doing::Write, &path, &e))?;
        paths.push(path.into_os_string());
    }
    let mut arguments: Vec<&std::ffi::OsStr> = ["merge-file", "-p", "-q"].map(std::ffi::OsStr::new).to_vec();
    arguments.extend(paths.iter().map(std::ffi::OsString::as_os_str));
    let done = around.git.run(&arguments, Vec::new(), &[], Reach::Here)?;
    Ok(if done.ok { String::from_utf8(done.out).ok() } else { None })
}

/// What was written under a name that somebody else took first, under the next free one.
fn beside(
    inside: &str,
    texts: &Three,
    kind: &FileKind,
    taken: &dyn Fn(&str) -> bool,
    changes: &Changes,
    prefix: &str,
) -> Option<(String, String)> {
    let mine = texts.mine.as_deref()?;
    let taken = |p: &str| taken(p) || changes.contains_key(&format!("{prefix}{p}"));
    if let FileKind::Snapshot(target, _) = kind {
        let path = |n: u32| storage::sealed_path(*target, n).to_string_lossy().replace('\\', "/");
        let free = |after: u32| (after + 1..).find(|n| !taken(&path(*n)));
        return match target {
            Target::Week(_) => {
                let mut snapshot: Snapshot = storage::decode(Path::new(inside), mine).ok()?;
                let next = free(snapshot.revision)?;
                let (by, at) = (snapshot.facilitator.clone(), snapshot.sealed);
                let why = say!("the week was sealed on two machines").to_owned();
                snapshot.revises = Some(Revises { revision: snapshot.revision, by, at, why });
                snapshot.revision = next;
                Some((path(next), storage::encode(&snapshot).ok()?))
            }
            Target::Quarter(_) => {
                let mut snapshot: QuarterSnapshot = storage::decode(Path::new(inside), mine).ok()?;
                let next = free(snapshot.revision)?;
                let (by, at) = (snapshot.facilitator.clone(), snapshot.sealed);
                let why = say!("the quarter was sealed on two machines").to_owned();
                snapshot.revises = Some(Revises { revision: snapshot.revision, by, at, why });
                snapshot.revision = next;
                Some((path(next), storage::encode(&snapshot).ok()?))
            }
        };
    }
    let mut file: ReadingsFile = storage::decode(Path::new(inside), mine).ok()?;
    loop {
        file.nth = file.nth.checked_add(1)?;
        let path = storage::readings_path(&file).to_string_lossy().replace('\\', "/");
        if !taken(&path) {
            return Some((path, storage::encode(&file).ok()?));
        }
    }
}

/// A review put aside on two machines: of one journal the longer, else the others'; the other is kept aside.
fn drafts(path: &str, inside: String, sides: &Sides<'_>, texts: Three, merged: &mut Merged) {
    let read =
        |text: &Option<String>| text.as_deref().and_then(|t| storage::decode::<Draft>(Path::new(&inside), t).ok());
    let (mine, theirs) = (read(&texts.mine), read(&texts.theirs));
    let longer = match (&mine, &theirs) {
        (Some(mine), Some(theirs)) => mine.journal == theirs.journal && mine.entries >= theirs.entries,
        // They took it away, as a sealed week does.
        (Some(_), None) => sides.theirs.is_some(),
        (None, Some(_) | None) => false,
    };
    if longer {
        return;
    }
    merged.changes.insert(path.to_owned(), sides.theirs.cloned());
    if texts.mine.is_some() {
        let why = say!("a review put aside here and elsewhere: theirs stands, what was put aside here is kept aside");
        merged.kept.push(Kept { path: inside, why: why.to_owned(), text: texts.mine });
    }
}

/// The files of the strategy together: by lines where that gives what can be read, else record by record.
fn strategies(
    around: &Around<'_>,
    base: &Tree,
    mine: &Tree,
    theirs: &Tree,
    merged: &mut Merged,
) -> Result<(), Trouble> {
    let side = |tree: &Tree| -> Result<Texts, Trouble> {
        let mut texts = Texts::new();
        for file in clash::files() {
            let entry = tree.get(&format!("{}{file}", around.prefix));
            let sides = Sides { base: None, mine: entry, theirs: None };
            texts.extend(self::texts(around.git, &sides)?.mine.map(|text| (file.to_owned(), text)));
        }
        Ok(texts)
    };
    let (base, mine, theirs) = (side(base)?, side(mine)?, side(theirs)?);
    let joined = match clash::join(Some(&base), &mine, &theirs, around.settled) {
        Joined::Texts(texts) => texts,
        Joined::Clash(merge) => return Err(clashes(merge)),
        Joined::Unreadable => {
            let what = say!("the strategy was changed here and by others, and one of the two cannot be read");
            let next = say!("see `truenorth check`, and mend it with git (git pull); nothing was touched");
            return Err(Trouble::new(Kind::Clash, what, next));
        }
    };
    for (file, text) in joined {
        let by_lines = match (base.get(&file), mine.get(&file), theirs.get(&file)) {
            (Some(base), Some(mine), Some(theirs)) => self::by_lines(around, base, mine, theirs)?,
            _ => None,
        };
        // Lines keep the comments of both sides, where they say the same as the records.
        let text = by_lines.filter(|lines| clash::same(&file, lines, &text)).unwrap_or(text);
        merged.changes.insert(format!("{}{file}", around.prefix), Some(kept_text(around.git, &text)?));
    }
    Ok(())
}

fn clashes(merge: Box<crate::insight::merge::Merge<crate::model::strategy::Strategy>>) -> Trouble {
    let mut records: Vec<String> =
        merge.clashes().map(|d| format!("{} {}", d.record, d.field).trim().to_owned()).collect();
    records.dedup();
    let told =
        records.iter().take(5).map(|r| crate::model::shown::shown(r).into_owned()).collect::<Vec<_>>().join("; ");
    let more = if records.len() > 5 { say!(" and {n} more", n = records.len() - 5) } else { String::new() };
    Trouble {
        clash: Some(merge),
        ..Trouble::new(
            Kind::Clash,
            say!("the same was changed here and by others: {told}{more}", told, more),
            say!("settle it side by side: open truenorth and press s on Home; until then nothing is touched"),
        )
    }
}

fn kept_text(git: &Git<'_>, text: &str) -> Result<Entry, Trouble> {
    let id = keep(git, &[text.as_bytes().to_vec()])?.pop().unwrap_or_default();
    Ok(Entry { mode: FILE.to_owned(), id, size: text.len() as u64 })
}
