//! What is private sings in no report: a word of its own in every private place, and every kind of report and export read for it.

use std::fs;

use crate::harness::{Home, today};
use truenorth::model::week::Week;
use truenorth::storage;

const CANARY: &str = "CANARY5183";

/// Private notes of Maya and of Tom in the sealed weeks and in this one, a check-in that no review has seen, and what was typed
/// and not saved.
fn with_canaries() -> Home {
    let home = Home::with_bakery();
    let (local, now) = (home.local(), Week::of(today()));
    for member in ["maya", "tom"] {
        let folder = local.data.join("private/maple-street-bakery").join(member);
        fs::create_dir_all(&folder).unwrap();
        for back in 0..60 {
            fs::write(folder.join(format!("{}.txt", now.plus(-back))), format!("{CANARY} of {member}\n")).unwrap();
        }
    }
    let check_in = format!(
        "(member: \"leo\", week: \"{now}\", blockers: [\"{CANARY}\"], ideas: [\"{CANARY}\"], headlines: [\"{CANARY}\"], \
         note: \"{CANARY}\")"
    );
    fs::write(home.root().join(format!("check-ins/{now}/leo.ron")), check_in).unwrap();
    let mut t = home.open();
    t.wait_for("not held yet").keys("i").wait_for("Raise an issue").types(CANARY).keys("Esc");
    t.wait_for("Kept what you typed");
    t.kill9();
    home
}

#[test]
fn nothing_private_is_in_any_report_or_export() {
    let home = with_canaries();
    let read = storage::check_ins(&home.root(), Week::of(today())).0;
    assert!(read.iter().any(|c| c.note == CANARY), "the check-in is not read at all: {read:?}");
    let mut kinds: Vec<Vec<&str>> =
        ["md", "html", "json", "csv", "ics"].iter().map(|format| vec!["report", "--format", format]).collect();
    kinds.extend(["md", "html", "json", "csv", "ics"].map(|format| vec!["report", "--mine", "--format", format]));
    kinds.extend([vec!["report", "--mail"], vec!["report", "--mine", "--mail"], vec!["report", "--poster"]]);
    kinds.extend([vec!["report", "-3"], vec!["export"]]);
    for kind in kinds {
        for who in ["maya", "tom", "leo"] {
            let out = home.command(&[&["--as", who], &kind[..]].concat());
            let said = String::from_utf8_lossy(&out.stdout);
            assert!(out.status.success() && said.len() > 100, "{kind:?} as {who}: {out:?}");
            assert!(!said.contains(CANARY), "{kind:?} as {who}");
        }
    }
    let folder = home.folder().join("tables");
    let out = home.command(&["export", "--format", "csv", "-o", folder.to_str().unwrap()]);
    assert!(out.status.success(), "{out:?}");
    let tables: Vec<_> = fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
    assert!(tables.len() > 3, "{tables:?}");
    for table in tables {
        assert!(!fs::read_to_string(&table).unwrap().contains(CANARY), "{}", table.display());
    }
}

#[test]
fn nothing_private_is_in_the_recap_or_the_report_of_a_screen() {
    let home = with_canaries();
    let mut t = home.open();
    t.wait_for("not held yet").keys("8").wait_for("2026-W46").keys("r").wait_for("Recap of").keys("Esc");
    t.keys("o").wait_for("Write the report").keys("Ctrl-s").wait_for("The report is in");
    t.keys("q");
    assert_eq!(t.exit_status(), 0);
    let drawn = String::from_utf8_lossy(&t.bytes()).into_owned();
    assert!(!drawn.contains(CANARY));
    let page = fs::read_to_string(home.folder().join("maple-street-bakery-2026-W46.html")).unwrap();
    assert!(page.contains("Maple Street Bakery") && !page.contains(CANARY));
}
