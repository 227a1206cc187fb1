//! Where each file of a workspace lives, and what its name says about it.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use chrono::NaiveDate;

use crate::model::id::{MemberId, check_id, slug};
use crate::model::import::ReadingsFile;
use crate::model::quarter::Quarter;
use crate::model::review::Target;
use crate::model::week::Week;

/// The file that makes a folder a workspace.
pub(super) const CONFIG: &str = "truenorth.ron";
/// Vision, mission, values, themes.
pub(super) const NORTH_STAR: &str = "strategy/north-star.ron";
/// The flat list of goals.
pub(super) const GOALS: &str = "strategy/goals.ron";
/// The KPI definitions.
pub(super) const KPIS: &str = "strategy/kpis.ron";
/// The folder of the strategy.
pub(super) const STRATEGY: &str = "strategy";
/// A file a register.
pub(super) const REGISTERS: &str = "registers";
/// The sealed weeks.
pub(super) const SNAPSHOTS: &str = "snapshots";
/// The sealed quarters.
pub(super) const QUARTERS: &str = "quarters";
/// A folder a week, a file a member.
pub(super) const CHECK_INS: &str = "check-ins";
/// A file an import.
pub(super) const READINGS: &str = "readings";
/// Reviews put aside.
pub(super) const DRAFTS: &str = "drafts";
/// What other workspaces passed on, and what became of it: a file each.
pub(super) const PASSED: &str = "passed";
/// How the names of our temporary files begin.
pub const TEMPORARY: &str = ".tn-tmp-";

/// The path of a sealed week inside its workspace: `snapshots/2026-W47.ron`, and `.r2.ron` for a correction.
#[must_use]
pub fn snapshot_path(week: Week, revision: u32) -> PathBuf {
    sealed_path(Target::Week(week), revision)
}

/// The path of a sealed quarter or week inside its workspace: `quarters/2026-Q4.ron`, `snapshots/2026-W47.r2.ron`.
#[must_use]
pub fn sealed_path(target: Target, revision: u32) -> PathBuf {
    let name = if revision <= 1 { format!("{target}.ron") } else { format!("{target}.r{revision}.ron") };
    let folder = match target {
        Target::Week(_) => SNAPSHOTS,
        Target::Quarter(_) => QUARTERS,
    };
    Path::new(folder).join(name)
}

/// The path of a check-in inside its workspace: `check-ins/2026-W47/maya.ron`.
#[must_use]
pub fn check_in_path(week: Week, member: &MemberId) -> PathBuf {
    Path::new(CHECK_INS).join(week.to_string()).join(format!("{member}.ron"))
}

/// The path of a review put aside inside its workspace: `drafts/2026-W48.ron`, `drafts/2026-Q4.ron`.
pub(super) fn draft_path(target: Target) -> PathBuf {
    Path::new(DRAFTS).join(format!("{target}.ron"))
}

/// The week or quarter that a draft's file name stands for; only the one spelling that we write counts.
pub(super) fn draft_name(name: &str) -> Option<Target> {
    let target: Target = name.strip_suffix(".ron")?.parse().ok()?;
    (draft_path(target) == Path::new(DRAFTS).join(name)).then_some(target)
}

/// The path of an import inside its workspace: `readings/2026-11-19-sales.ron`, the second of that day with `-2` behind it.
#[must_use]
pub fn readings_path(file: &ReadingsFile) -> PathBuf {
    let stem = Path::new(&file.source).file_stem().unwrap_or_default().to_string_lossy();
    let words = slug(&stem, 40);
    let name = if file.nth <= 1 { words } else { format!("{words}-{}", file.nth) };
    Path::new(READINGS).join(format!("{}-{name}.ron", file.on))
}

/// The day that the name of an import's file begins with.
pub(super) fn readings_name(name: &str) -> Option<NaiveDate> {
    let (day, words) = name.strip_suffix(".ron")?.split_at_checked(10)?;
    let on: NaiveDate = day.parse().ok()?;
    (on.to_string() == day && check_id(words.strip_prefix('-')?).is_ok()).then_some(on)
}

/// The week and revision that a snapshot's file name stands for.
pub(super) fn snapshot_name(name: &str) -> Option<(Week, u32)> {
    sealed_name(SNAPSHOTS, name)
}

/// The quarter and revision that the name of a sealed quarter's file stands for.
pub(super) fn quarter_name(name: &str) -> Option<(Quarter, u32)> {
    sealed_name(QUARTERS, name)
}

/// Only the one spelling that we write counts.
fn sealed_name<T: FromStr + Copy + Into<Target>>(folder: &str, name: &str) -> Option<(T, u32)> {
    let stem = name.strip_suffix(".ron")?;
    let (sealed, revision) = match stem.split_once(".r") {
        Some((sealed, number)) => (sealed, number.parse().ok().filter(|n| *n > 1)?),
        None => (stem, 1),
    };
    let sealed: T = sealed.parse().ok()?;
    (sealed_path(sealed.into(), revision) == Path::new(folder).join(name)).then_some((sealed, revision))
}

/// Names that belong to the system or to us and are never data: hidden files, temporary files.
pub(super) fn is_ignored(name: &str) -> bool {
    name.starts_with('.') || matches!(name, "Thumbs.db" | "desktop.ini")
}

/// Why a name is not one of ours, when a sync program or a file manager gave it.
pub(super) fn odd_name(name: &str) -> Option<&'static str> {
    let lower = name.to_lowercase();
    let copy_number = || {
        let stem = lower.strip_suffix(".ron").unwrap_or_default();
        stem.rsplit_once(' ').is_some_and(|(_, n)| {
            let n = n.trim_matches(['(', ')']);
            !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit())
        })
    };
    if lower.contains("conflicted copy") || lower.contains("in konflikt") {
        Some(say!("a conflicted copy that a sync program left"))
    } else if lower.contains(".sync-conflict-") {
        Some(say!("a conflict file that Syncthing left"))
    } else if copy_number() || lower.contains(" copy") {
        Some(say!("a copy that a file manager or a sync program made"))
    } else {
        None
    }
}

/// The name of the file that one with an odd name is a copy of.
pub(super) fn original_of(name: &str) -> Option<String> {
    odd_name(name)?;
    let stem = name.strip_suffix(".ron").unwrap_or(name);
    // What was put behind the name begins with a blank, a bracket or Syncthing's mark.
    let end = stem.find(" (").or_else(|| stem.find(".sync-conflict-")).or_else(|| stem.find([' ', '(']))?;
    let original = stem[..end].trim_end();
    (!original.is_empty()).then(|| format!("{original}.ron"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snapshot_has_exactly_one_name() {
        let week: Week = "2026-W47".parse().unwrap();
        assert_eq!(snapshot_name("2026-W47.ron"), Some((week, 1)));
        assert_eq!(snapshot_name("2026-W47.r12.ron"), Some((week, 12)));
        for odd in
            ["2026-W47.r1.ron", "2026-W47.r02.ron", "2026-w47.ron", "2026-W47 2.ron", "2026-W54.ron", "x", ".ron"]
        {
            assert_eq!(snapshot_name(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_quarter_and_a_draft_have_exactly_one_name() {
        let quarter: Quarter = "2026-Q4".parse().unwrap();
        assert_eq!(quarter_name("2026-Q4.ron"), Some((quarter, 1)));
        assert_eq!(quarter_name("2026-Q4.r2.ron"), Some((quarter, 2)));
        for odd in ["2026-Q4.r1.ron", "2026-q4.ron", "2026-Q5.ron", "2026-W47.ron", "2026-Q4"] {
            assert_eq!(quarter_name(odd), None, "{odd}");
        }
        assert_eq!(draft_name("2026-Q4.ron"), Some(Target::Quarter(quarter)));
        assert_eq!(draft_name("2026-W47.ron"), Some(Target::Week("2026-W47".parse().unwrap())));
        assert_eq!(draft_name("2026-w47.ron"), None);
    }

    #[test]
    fn copies_of_sync_programs_are_recognised() {
        for odd in ["2026-W47 2.ron", "goals (1).ron", "maya (Ben's conflicted copy).ron", "a.sync-conflict-2026.ron"] {
            assert!(odd_name(odd).is_some(), "{odd}");
        }
        assert_eq!(odd_name("2026-W47.r2.ron"), None);
        for (odd, original) in [
            ("2026-W47 2.ron", "2026-W47.ron"),
            ("goals (1).ron", "goals.ron"),
            ("maya (Ben's conflicted copy 2026-11-19).ron", "maya.ron"),
            ("goals copy.ron", "goals.ron"),
            ("2026-W47.r2.sync-conflict-20261119-101010-ABCDEF.ron", "2026-W47.r2.ron"),
        ] {
            assert_eq!(original_of(odd).as_deref(), Some(original), "{odd}");
        }
    }
}
