//! Opening, sealing, drafts and samples: what the user guide says of them.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::{Shop, moment, review, sealed, week};
use crate::model::snapshot::Snapshot;
use crate::model::workspace::{Draft, Part, SCHEMA};
use crate::storage::*;

#[test]
fn opening_reads_the_newest_snapshot_and_no_other() {
    let shop = Shop::new();
    let strategy = shop.strategy();
    seal(shop.root(), &sealed("2026-W45", 1, &strategy)).unwrap();
    seal(shop.root(), &sealed("2026-W46", 1, &strategy)).unwrap();
    let latest = sealed("2026-W46", 2, &strategy);
    seal(shop.root(), &latest).unwrap();
    // Were these read, they would be reported.
    shop.write("snapshots/2026-W44.ron", b"broken");
    shop.write("snapshots/2026-W46.ron", b"broken");
    let workspace = open(shop.root(), |_| week("2026-W47")).unwrap();
    assert_eq!(workspace.latest.as_deref(), Some(&latest));
    let names: Vec<_> = workspace.weeks.into_iter().collect();
    assert_eq!(names, [(week("2026-W44"), 1), (week("2026-W45"), 1), (week("2026-W46"), 2)]);
    assert_eq!((workspace.problems, workspace.broken), (vec![], vec![]));
    assert_eq!(revisions(shop.root(), week("2026-W46")), [1, 2]);
    assert_eq!(snapshot(shop.root(), week("2026-W46"), None).unwrap(), latest);
}

#[test]
fn a_sealed_week_is_never_overwritten() {
    let shop = Shop::new();
    let first = sealed("2026-W46", 1, &shop.strategy());
    let path = seal(shop.root(), &first).unwrap();
    assert_eq!(path, shop.at("snapshots/2026-W46.ron"));
    let before = shop.files();
    let other = Snapshot { name: "Other".to_owned(), ..first };
    assert!(matches!(seal(shop.root(), &other), Err(StorageError::Exists { path: p }) if p == path));
    assert_eq!(shop.files(), before, "neither the file nor a leftover");
}

#[test]
fn a_broken_file_is_reported_and_the_rest_stays_usable() {
    let shop = Shop::new();
    shop.write("strategy/kpis.ron", b"[(id: \"share\"");
    shop.write("snapshots/2026-W46.ron", b"(schema: 1");
    shop.write("check-ins/2026-W47/maya.ron", b"(member: \"maya\", week: \"2026-W47\")");
    shop.write("check-ins/2026-W47/ben.ron", b"(member: \"maya\", week: \"2026-W47\")");
    fs::remove_file(shop.at("strategy/north-star.ron")).unwrap();
    let workspace = open(shop.root(), |_| week("2026-W47")).unwrap();
    assert_eq!(workspace.broken, [Part::Kpis, Part::Latest, Part::CheckIns]);
    assert_eq!(workspace.strategy.goals.len(), 2);
    assert_eq!(workspace.check_ins.len(), 1);
    let told: Vec<String> = workspace.problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "strategy/north-star.ron:1:1: the file is missing",
            "strategy/kpis.ron:1:14: the file ends too early: a bracket is still open",
            "snapshots/2026-W46.ron:1:11: the file ends too early: a bracket is still open",
            "check-ins/2026-W47/ben.ron:1:10: the member here is maya, but the file's place says ben",
        ]
    );
}

#[test]
fn only_an_unreadable_truenorth_ron_keeps_a_workspace_shut() {
    let shop = Shop::new();
    let open = || open(shop.root(), |_| week("2026-W47"));
    shop.write("truenorth.ron", b"(schema: 1)");
    assert!(matches!(open(), Err(StorageError::Bad(p)) if p.len() == 1));
    shop.write("truenorth.ron", b"(schema: 9, novelty: [])");
    assert!(matches!(open(), Err(StorageError::NewerSchema { found: 9, known: SCHEMA, .. })), "nothing of it is known");
    fs::remove_file(shop.at("truenorth.ron")).unwrap();
    assert!(matches!(open(), Err(StorageError::NotAWorkspace { .. })));
    assert!(matches!(check(shop.root()), Err(StorageError::NotAWorkspace { .. })));
}

#[test]
fn the_nearest_workspace_upwards_is_found() {
    let shop = Shop::new();
    let deep = shop.at("strategy/a/b");
    fs::create_dir_all(&deep).unwrap();
    assert_eq!(find_workspace(&deep), Some(shop.root().to_path_buf()));
    assert_eq!(find_workspace(Path::new("/")), None);
}

#[test]
fn the_years_behind_come_newest_first_in_batches() {
    let shop = Shop::new();
    let strategy = shop.strategy();
    for n in 0..100 {
        let of = week("2024-W01").plus(n).to_string();
        let text = encode(&sealed(&of, 1, &strategy)).unwrap();
        shop.write(&format!("snapshots/{of}.ron"), text.as_bytes());
    }
    shop.write("snapshots/2024-W10.ron", b"broken");
    let weeks = open(shop.root(), |_| week("2026-W47")).unwrap().weeks;
    let (mut sizes, mut digests, mut problems) = (vec![], vec![], vec![]);
    history(shop.root(), &weeks, None, |d, p| {
        sizes.push(d.len() + p.len());
        digests.extend(d);
        problems.extend(p);
    });
    assert_eq!(sizes, [16, 64, 20]);
    assert_eq!((digests.len(), problems.len()), (99, 1));
    assert!(digests[..16].iter().all(|d| d.week > week("2025-W25")), "the first batch holds the newest weeks");
    assert!(digests.iter().all(|d| d.decisions.len() == 1));
}

#[test]
fn a_draft_comes_back_and_an_unreadable_one_is_not_overwritten() {
    let shop = Shop::new();
    let draft = Draft {
        schema: SCHEMA,
        journal: "j1".to_owned(),
        entries: 7,
        saved: moment(9),
        by: "maya".parse().ok(),
        review: review("2026-W48"),
    };
    save_draft(shop.root(), &draft).unwrap();
    let newer = Draft { entries: 8, ..draft };
    save_draft(shop.root(), &newer).unwrap();
    assert_eq!(load_draft(shop.root(), week("2026-W48")).unwrap(), Some(newer.clone()));
    assert_eq!(drafts(shop.root()), [week("2026-W48")]);
    assert_eq!(check(shop.root()).unwrap().problems, []);
    remove_draft_unless(shop.root(), week("2026-W48"), |_| false).unwrap();
    remove_draft_unless(shop.root(), week("2026-W48"), |_| false).unwrap();
    assert_eq!(load_draft(shop.root(), week("2026-W48")).unwrap(), None);
    shop.write("drafts/2026-W48.ron", b"(schema: 2, more: 1)");
    assert!(matches!(save_draft(shop.root(), &newer), Err(StorageError::NewerSchema { found: 2, .. })));
    assert_eq!(shop.read("drafts/2026-W48.ron"), "(schema: 2, more: 1)");
}

#[test]
fn what_is_written_reads_well() {
    let shop = Shop::new();
    let text = encode(&shop.strategy().goals).unwrap();
    let expected = r#"[
    (
        id: "orders",
        title: "Orders",
        kind: goal,
        theme: Some("online"),
        owner: Some("maya"),
        kpis: ["share"],
    ),
"#;
    assert!(text.starts_with(expected), "{text}");
    assert_eq!(encode(&"it's é 👩‍👩‍👧 \n \u{202e} \\ \"").unwrap(), "\"it's é 👩‍👩‍👧 \\n \\u{202e} \\\\ \\\"\"\n");
    assert!(encode(&review("2026-W47")).unwrap().contains("\n        (step: open, minutes: 5),\n"));
}

#[cfg(unix)]
#[test]
fn no_link_is_followed_for_reading_or_writing() {
    use std::os::unix::fs::symlink;
    let shop = Shop::new();
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("goals.ron"), "[]").unwrap();
    let old = shop.strategy();
    fs::remove_file(shop.at("strategy/goals.ron")).unwrap();
    symlink(outside.path().join("goals.ron"), shop.at("strategy/goals.ron")).unwrap();
    symlink(outside.path(), shop.at("snapshots")).unwrap();
    let workspace = open(shop.root(), |_| week("2026-W47")).unwrap();
    assert_eq!(workspace.broken, [Part::Goals, Part::Latest], "neither counts as empty");
    assert!(workspace.problems[0].message.contains("symbolic link"));
    assert!(seal(shop.root(), &sealed("2026-W46", 1, &old)).is_err());
    let mut new = old.clone();
    new.goals.clear();
    assert!(save_strategy(shop.root(), &old, &new).is_err());
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 1);
    assert_eq!(fs::read_to_string(outside.path().join("goals.ron")).unwrap(), "[]");
}

#[cfg(unix)]
#[test]
fn a_saved_file_keeps_its_permissions_and_a_new_one_is_no_secret() {
    use std::os::unix::fs::PermissionsExt;
    let shop = Shop::new();
    let path = shop.at("strategy/goals.ron");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    let old = shop.strategy();
    let mut new = old.clone();
    new.goals[0].title = "x".to_owned();
    save_strategy(shop.root(), &old, &new).unwrap();
    let mode = |p: &Path| fs::metadata(p).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&path), 0o640);
    let plain = shop.at("plain");
    fs::write(&plain, "").unwrap();
    assert_eq!(mode(&seal(shop.root(), &sealed("2026-W46", 1, &old)).unwrap()), mode(&plain));
}

#[test]
fn a_failed_save_leaves_the_old_file_and_no_litter() {
    let shop = Shop::new();
    let old = shop.strategy();
    // A file where the folder should be.
    shop.write("snapshots", b"in the way");
    let before = shop.files();
    let error = seal(shop.root(), &sealed("2026-W46", 1, &old)).unwrap_err();
    assert!(error.to_string().contains("snapshots"), "{error}");
    assert_eq!(shop.files(), before);
}

#[test]
fn a_copy_that_a_sync_program_left_is_told_with_how_it_differs_and_left_alone() {
    let shop = Shop::new();
    let theirs = super::GOALS.replace("\"Orders\"", "\"More orders\"");
    shop.write("strategy/goals (Ben's conflicted copy 2026-11-19).ron", theirs.as_bytes());
    shop.write("strategy/kpis 2.ron", super::KPIS.as_bytes());
    shop.write("check-ins/2026-W47/maya.sync-conflict-20261119-101010-ABCDEF.ron", b"(");
    let before = shop.files();
    let problems = check(shop.root()).unwrap().problems;
    let hints: Vec<&str> = problems.iter().map(|p| p.hint.as_str()).collect();
    assert_eq!(
        hints,
        [
            "check-ins are named after a member: maya.ron; compare it, then move it away",
            "1 line only here, 1 line only in goals.ron: `git diff --no-index -- strategy/goals.ron \
             'strategy/goals (Ben'\\''s conflicted copy 2026-11-19).ron'` shows them; take over what is missing, then move it away",
            "it holds what kpis.ron holds: delete it",
        ]
    );
    open(shop.root(), |_| week("2026-W47")).unwrap();
    assert_eq!(shop.files(), before);
}

#[test]
fn only_own_and_old_temporary_files_are_swept() {
    let shop = Shop::new();
    let own = tempfile::Builder::new().prefix("x").tempfile_in(shop.root()).unwrap();
    drop(own);
    let name = super::super::publish::temporary_prefix();
    shop.write(&format!("strategy/{name}abc"), b"");
    shop.write("strategy/.tn-tmp-elsewhere-1-abc", b"");
    let files = shop.files().len();
    assert_eq!(sweep(shop.root(), SystemTime::UNIX_EPOCH), 0);
    assert_eq!(shop.files().len(), files);
    let later = fs::metadata(shop.at(&format!("strategy/{name}abc"))).unwrap().modified().unwrap();
    assert_eq!(sweep(shop.root(), later + Duration::from_secs(3599)), 0);
    assert_eq!(sweep(shop.root(), later + Duration::from_secs(3601)), 1);
    assert!(shop.at("strategy/.tn-tmp-elsewhere-1-abc").exists());
}
