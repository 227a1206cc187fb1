//! The businesses that the program brings along, written out with their dates moved to now; and new workspaces.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{Days, NaiveDate};

use crate::model::id::{WorkspaceId, slug};
use crate::model::quarter::Quarter;
use crate::model::review::Target;
use crate::model::week::Week;
use crate::model::workspace::Config;

use super::codec::decode;
use super::disk::Existing;
use super::error::{Doing, StorageError};
use super::layout::{self, CONFIG, SNAPSHOTS};
use super::publish::publish;
use super::splice;

/// The different lines of the samples, each once, and of each file which of them it has (`build.rs`).
static LINES: &str = include_str!(concat!(env!("OUT_DIR"), "/samples.txt"));
static FILES: &[(&str, &[u16])] = &include!(concat!(env!("OUT_DIR"), "/samples.rs"));

/// What of the bakery is no text: its order system and its survey.
static BINARIES: [(&str, &[u8]); 2] = [
    ("feeds/orders.db", include_bytes!("../../sample-data/bakery/feeds/orders.db")),
    ("feeds/survey.xlsx", include_bytes!("../../sample-data/bakery/feeds/survey.xlsx")),
];

const GIT_ATTRIBUTES: &str = "*.ron text eol=lf\n";
const GIT_IGNORE: &str = "# Unfinished files of truenorth, swept away after an hour.\n.tn-tmp-*\n";

/// A business to try the program on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sample {
    /// A bakery with a year of weeks.
    Bakery,
    /// An office-supplies business.
    Office,
}

/// What a new workspace begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Template {
    /// The bakery's people and strategy, without its weeks.
    Bakery,
    /// The office-supplies business's people and strategy, without its weeks.
    Office,
    /// Commented files to fill in.
    Empty,
}

impl Sample {
    /// Its files by path inside it.
    fn files(self) -> Vec<(PathBuf, String)> {
        let folder = match self {
            Self::Bakery => "bakery",
            Self::Office => "office",
        };
        let lines: Vec<&str> = LINES.split('\n').collect();
        let text = |has: &[u16]| has.iter().map(|n| lines[usize::from(*n)]).collect::<Vec<_>>().join("\n");
        let own = FILES.iter().filter_map(|(path, has)| Some((Path::new(path).strip_prefix(folder).ok()?, has)));
        let mut found: Vec<_> = own.map(|(path, has)| (path.to_path_buf(), text(has))).collect();
        // A sample keeps its own git files in the repository; a written one gets those of every workspace.
        found.retain(|(path, _)| !layout::is_ignored(&path.to_string_lossy()));
        found.sort();
        found
    }
}

/// Writes a sample into a folder that is new or empty, moved by whole weeks so that its newest snapshot is of the week before
/// `today`'s.
///
/// # Errors
/// When something is in the folder already, or the disk refuses.
pub fn write_sample(sample: Sample, to: &Path, today: NaiveDate) -> Result<(), StorageError> {
    must_be_empty(to)?;
    if sample == Sample::Bakery {
        fs::create_dir_all(to).map_err(StorageError::io(Doing::Create, to))?;
        let by = moved_by(&sample.files(), today);
        for (path, bytes) in BINARIES {
            publish(to, Path::new(path), shift_bytes(bytes, by), Existing::Keep)?;
        }
    }
    write_files(to, shifted(sample, today))
}

/// Creates a workspace with commented files in a folder that is new or empty (a `.git` may be there). Dates of a sample's
/// strategy are moved to `today`.
///
/// # Errors
/// When something is in the folder already, the name is empty, or the disk refuses.
pub fn init(dir: &Path, name: &str, template: Template, today: NaiveDate) -> Result<(), StorageError> {
    let refused = |why: String| StorageError::Refused { path: dir.join(CONFIG), why };
    if name.trim().is_empty() {
        return Err(refused(say!("a workspace needs a name").to_owned()));
    }
    let mut files = match template {
        Template::Empty => empty_files(),
        Template::Bakery => strategy_only(Sample::Bakery, today),
        Template::Office => strategy_only(Sample::Office, today),
    };
    let id: WorkspaceId = slug(name, 40).parse().map_err(|e| refused(format!("{e}")))?;
    for (path, text) in files.iter_mut().filter(|(path, _)| path == Path::new(CONFIG)) {
        let old: Config = decode(path, text)?;
        // The feeds stay behind: what they read does.
        let new = Config { id: id.clone(), name: name.trim().to_owned(), feeds: Vec::new(), ..old.clone() };
        *text = splice::edit(text, &old, &new).map_err(refused)?;
    }
    write_all(dir, files)
}

fn strategy_only(sample: Sample, today: NaiveDate) -> Vec<(PathBuf, String)> {
    let keep = |path: &Path| path == Path::new(CONFIG) || path.starts_with("strategy");
    shifted(sample, today).into_iter().filter(|(path, _)| keep(path)).collect()
}

fn empty_files() -> Vec<(PathBuf, String)> {
    [
        (CONFIG, include_str!("empty/truenorth.ron")),
        (layout::NORTH_STAR, include_str!("empty/north-star.ron")),
        (layout::GOALS, include_str!("empty/goals.ron")),
        (layout::KPIS, include_str!("empty/kpis.ron")),
    ]
    .map(|(path, text)| (PathBuf::from(path), text.to_owned()))
    .to_vec()
}

fn write_all(to: &Path, files: Vec<(PathBuf, String)>) -> Result<(), StorageError> {
    must_be_empty(to)?;
    write_files(to, files)
}

fn write_files(to: &Path, files: Vec<(PathBuf, String)>) -> Result<(), StorageError> {
    fs::create_dir_all(to).map_err(StorageError::io(Doing::Create, to))?;
    let git = [(".gitattributes", GIT_ATTRIBUTES), (".gitignore", GIT_IGNORE)];
    let git = git.map(|(path, text)| (PathBuf::from(path), text.to_owned()));
    let (config, rest): (Vec<_>, Vec<_>) = files.into_iter().partition(|(path, _)| path == Path::new(CONFIG));
    // The file that makes it a workspace comes last: half a workspace is none.
    for (path, text) in rest.into_iter().chain(git).chain(config) {
        publish(to, &path, &text, Existing::Keep)?;
    }
    Ok(())
}

fn must_be_empty(folder: &Path) -> Result<(), StorageError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(StorageError::io(Doing::LookInto, folder)(e)),
    };
    for entry in entries {
        let entry = entry.map_err(StorageError::io(Doing::LookInto, folder))?;
        if entry.file_name() != ".git" {
            return Err(StorageError::Exists { path: entry.path() });
        }
    }
    Ok(())
}

/// The files of a sample with names and dates moved.
fn shifted(sample: Sample, today: NaiveDate) -> Vec<(PathBuf, String)> {
    let files = sample.files();
    let by = moved_by(&files, today);
    files.into_iter().map(|(path, text)| (shift_path(&path, by), shift_text(&text, by))).collect()
}

/// By how many weeks a sample with these files is moved.
fn moved_by(files: &[(PathBuf, String)], today: NaiveDate) -> i32 {
    let in_snapshots = |path: &Path| path.parent() == Some(Path::new(SNAPSHOTS));
    let weeks = files.iter().filter(|(path, _)| in_snapshots(path));
    let weeks = weeks.filter_map(|(path, _)| layout::snapshot_name(path.file_name()?.to_str()?));
    let newest = weeks.map(|(week, _)| week).max();
    newest.map_or(0, |newest| Week::of(today).previous().since(newest))
}

/// Moves every day in a file that is no text. A day keeps its length, so everything else stays where it is.
fn shift_bytes(bytes: &[u8], by: i32) -> Vec<u8> {
    const DAY: usize = 10;
    let mut out = bytes.to_vec();
    let mut at = 0;
    while at + DAY <= out.len() {
        let moved = std::str::from_utf8(&out[at..at + DAY]).ok().and_then(|day| shift_value(day, by));
        match moved.filter(|day| day.len() == DAY) {
            Some(day) => {
                out[at..at + DAY].copy_from_slice(day.as_bytes());
                at += DAY;
            }
            None => at += 1,
        }
    }
    out
}

fn shift_path(path: &Path, by: i32) -> PathBuf {
    let part = |name: &str| {
        let (head, tail) = name.split_at(name.find('.').unwrap_or(name.len()));
        match head.parse::<Target>() {
            Ok(Target::Week(week)) => format!("{}{tail}", week.plus(by)),
            Ok(Target::Quarter(quarter)) => format!("{}{tail}", shift_quarter(quarter, by)),
            Err(_) => name.to_owned(),
        }
    };
    path.components().map(|c| part(&c.as_os_str().to_string_lossy())).collect()
}

/// Moves a quarter by the quarters that lie nearest to so many weeks: each stays as far from the others as it was.
fn shift_quarter(quarter: Quarter, by: i32) -> Quarter {
    quarter.plus((by + if by < 0 { -6 } else { 6 }) / 13)
}

/// Moves every quoted text that is wholly a day, a week, a quarter or a moment.
fn shift_text(text: &str, by: i32) -> String {
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split('"');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        out.push('"');
        match shift_value(part, by) {
            Some(moved) => out.push_str(&moved),
            None => out.push_str(part),
        }
    }
    out
}

fn shift_value(value: &str, by: i32) -> Option<String> {
    if let Ok(week) = value.parse::<Week>() {
        return Some(week.plus(by).to_string());
    }
    if let Ok(quarter) = value.parse::<Quarter>() {
        return Some(shift_quarter(quarter, by).to_string());
    }
    let (day, rest) = value.split_at_checked(10)?;
    if !rest.is_empty() {
        chrono::DateTime::parse_from_rfc3339(value).ok()?;
    }
    let date = NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?;
    let days = Days::new(u64::from(by.unsigned_abs()) * 7);
    let moved = if by < 0 { date.checked_sub_days(days) } else { date.checked_add_days(days) };
    Some(format!("{}{rest}", moved?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::{check, open};

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, 3, 10).unwrap()
    }

    #[test]
    fn a_sample_ends_in_the_week_before_today_and_check_accepts_it() {
        for sample in [Sample::Bakery, Sample::Office] {
            let folder = tempfile::tempdir().unwrap();
            write_sample(sample, folder.path(), today()).unwrap();
            let workspace = open(folder.path(), |_| Week::of(today())).unwrap();
            assert_eq!(workspace.weeks.last_key_value().unwrap().0, &Week::of(today()).previous());
            assert_eq!(check(folder.path()).unwrap().problems, []);
            assert!(write_sample(sample, folder.path(), today()).is_err(), "a second one must not overwrite it");
        }
    }

    #[test]
    fn every_template_gives_a_workspace_that_check_accepts_under_its_own_name() {
        for template in [Template::Bakery, Template::Office, Template::Empty] {
            let folder = tempfile::tempdir().unwrap();
            fs::create_dir(folder.path().join(".git")).unwrap();
            init(folder.path(), "Corner \"shop\" №1", template, today()).unwrap();
            let workspace = open(folder.path(), |_| Week::of(today())).unwrap();
            assert_eq!(workspace.config.name, "Corner \"shop\" №1");
            assert_eq!(workspace.config.id.as_str(), "corner-shop-1");
            assert_eq!(check(folder.path()).unwrap().problems, []);
            assert!(folder.path().join(".gitattributes").is_file() && folder.path().join(".gitignore").is_file());
        }
    }

    #[test]
    fn only_quoted_days_weeks_and_moments_move() {
        let text = r#"// 2026-W47 and "2026-W47"
(due: "2026-12-31", at: "2026-11-19T16:00:00+01:00", id: "x-26w47", note: "by 2026-12-31", week: "2026-W53")"#;
        let moved = r#"// 2026-W47 and "2026-W48"
(due: "2027-01-07", at: "2026-11-26T16:00:00+01:00", id: "x-26w47", note: "by 2026-12-31", week: "2027-W01")"#;
        assert_eq!(shift_text(text, 1), moved);
        assert_eq!(shift_text(moved, -1), text);
        assert_eq!(shift_path(Path::new("check-ins/2026-W53/maya.ron"), 1), Path::new("check-ins/2027-W01/maya.ron"));
        assert_eq!(shift_path(Path::new("quarters/2026-Q3.ron"), 13), Path::new("quarters/2026-Q4.ron"));
        assert_eq!(shift_text("said: (quarter: \"2026-Q3\")", -14), "said: (quarter: \"2026-Q2\")");
        assert_eq!(shift_quarter("2026-Q3".parse().unwrap(), 6).to_string(), "2026-Q3");
        assert_eq!(shift_path(Path::new("snapshots/2026-W47.r2.ron"), -47), Path::new("snapshots/2025-W52.r2.ron"));
    }

    #[test]
    fn a_folder_with_anything_in_it_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("mine.txt"), "mine").unwrap();
        let refused = init(folder.path(), "Shop", Template::Empty, today());
        assert!(matches!(refused, Err(StorageError::Exists { path }) if path.ends_with("mine.txt")));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
