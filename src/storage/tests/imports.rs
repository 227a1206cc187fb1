//! Imports: a file each that is never changed, faults at their place, and what the open week takes of them.

use std::path::PathBuf;

use super::{Shop, moment, sealed, week};
use crate::model::checkin::{CheckIn, Reading};
use crate::model::import::{Imported, ReadingsFile};
use crate::model::kpi::Origin;
use crate::model::number::Finite;
use crate::model::review::Review;
use crate::storage::{StorageError, check, imports, imports_since, open, render, save_import, seal};

const FILE: &str = "readings/2026-11-19-sales.ron";

const TEXT: &str = r#"(
    schema: 1,
    by: "maya",
    on: "2026-11-19",
    source: "sales.csv",
    readings: [
        (kpi: "share", week: "2026-W46", value: 4.5),
        (kpi: "share", week: "2026-W47", value: 5),
    ],
)
"#;

fn file(on: &str, source: &str, readings: &[(&str, i32)]) -> ReadingsFile {
    let imported = |(of, value): &(&str, i32)| Imported {
        kpi: "share".parse().unwrap(),
        week: week(of),
        value: Finite::from(*value),
        fed: None,
    };
    ReadingsFile {
        schema: 1,
        by: "maya".parse().unwrap(),
        on: on.parse().unwrap(),
        nth: 1,
        source: source.to_owned(),
        readings: readings.iter().map(imported).collect(),
    }
}

#[test]
fn each_import_gets_a_file_of_its_own_and_the_order_of_a_day_is_kept() {
    let shop = Shop::new();
    let mut names = Vec::new();
    for (on, source) in [
        ("2026-11-19", "Sales 2025.csv"),
        ("2026-11-19", "a.csv"),
        ("2026-11-19", "a.csv"),
        ("2026-11-12", "../../evil\u{1b}[2J.csv"),
        ("2026-11-12", "売上.csv"),
    ] {
        let before = shop.files();
        names.push(save_import(shop.root(), file(on, source, &[("2026-W40", 1)])).unwrap());
        let after = shop.files();
        assert!(before.iter().all(|old| after.contains(old)), "nothing that was there is changed");
        assert_eq!(after.len(), before.len() + 1);
    }
    let wanted = ["11-19-sales-2025", "11-19-a-2", "11-19-a-3", "11-12-evil-2j", "11-12-item-2"];
    assert_eq!(names, wanted.map(|n| PathBuf::from(format!("readings/2026-{n}.ron"))));
    assert_eq!(check(shop.root()).unwrap().problems, []);
    let (all, problems) = imports(shop.root());
    assert!(problems.is_empty(), "{problems:?}");
    let order: Vec<(String, u32)> = all.iter().map(|f| (f.on.to_string(), f.nth)).collect();
    let wanted = [("2026-11-12", 1), ("2026-11-12", 2), ("2026-11-19", 1), ("2026-11-19", 2), ("2026-11-19", 3)];
    assert_eq!(order, wanted.map(|(day, nth)| (day.to_owned(), nth)));
    assert_eq!(imports_since(shop.root(), "2026-11-13".parse().unwrap()).0.len(), 3);
}

#[test]
fn a_name_that_is_taken_meanwhile_is_left_alone() {
    let shop = Shop::new();
    shop.write("readings/2026-11-19-sales-2.ron", b"mine");
    shop.write("readings/2026-11-19-sales-3.ron", b"mine, too");
    std::fs::remove_file(shop.at("readings/2026-11-19-sales-3.ron")).unwrap();
    let path = save_import(shop.root(), file("2026-11-19", "sales.csv", &[("2026-W40", 1)])).unwrap();
    assert_eq!(path, PathBuf::from("readings/2026-11-19-sales-3.ron"));
    assert_eq!(shop.read("readings/2026-11-19-sales-2.ron"), "mine");
}

#[cfg(unix)]
#[test]
fn no_import_is_written_through_a_link() {
    let shop = Shop::new();
    let outside = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(outside.path(), shop.at("readings")).unwrap();
    let refused = save_import(shop.root(), file("2026-11-19", "sales.csv", &[("2026-W40", 1)]));
    assert!(matches!(refused, Err(StorageError::Io { .. } | StorageError::Bad(_))), "{refused:?}");
    assert_eq!(std::fs::read_dir(outside.path()).unwrap().count(), 0);
}

#[test]
fn a_slip_in_an_import_is_found_at_its_place() {
    let cases = [
        ("\"maya\"", "¦\"mya\"", "there is no person `mya`", "did you mean `maya`?"),
        ("\"share\", week: \"2026-W46\"", "¦\"shar\", week: \"2026-W46\"", "there is no KPI `shar`", "`share`"),
        (
            "        (kpi: \"share\", week: \"2026-W47\"",
            "        ¦(kpi: \"share\", week: \"2026-W46\"",
            "2026-W46 of `share` is given twice: item 1",
            "keep one",
        ),
        ("\"2026-W47\"", "¦\"2026-W48\"", "2026-W48 had not begun on the day of the import", "correct the week"),
        ("\"2026-W47\"", "¦\"2026-47\"", "is not a week", "2026-W47"),
        ("value: 5", "value: ¦inf", "a number must be finite", ""),
        ("value: 5", "¦valeu: 5", "there is no field `valeu`", "did you mean `value`?"),
        (
            "on: \"2026-11-19\"",
            "on: ¦\"2026-11-18\"",
            "the day here is 2026-11-18, but the file's name says 2026-11-19",
            "fits",
        ),
        ("schema: 1", "schema: ¦2", "schema 2 is newer than this version knows", "update truenorth"),
        ("    source: \"sales.csv\",\n", "    ¦sauce: \"sales.csv\",\n", "there is no field `sauce`", "`source`"),
    ];
    for (part, by, message, hint) in cases {
        assert_eq!(TEXT.matches(part).count(), 1, "{part}");
        let marked = TEXT.replacen(part, by, 1);
        let shop = Shop::new();
        shop.write(FILE, marked.replacen('¦', "", 1).as_bytes());
        let before = shop.files();
        let words: Vec<String> = check(shop.root()).unwrap().problems.iter().map(render).collect();
        assert_eq!(shop.files(), before);
        let at = marked.find('¦').unwrap();
        let (line, column) =
            (1 + marked[..at].matches('\n').count(), 1 + marked[..at].rsplit('\n').next().unwrap().chars().count());
        assert_eq!(words.len(), 1, "{by}: {words:#?}");
        assert!(words[0].starts_with(&format!("{FILE}:{line}:{column}: ")), "{by}: {}", words[0]);
        assert!(words[0].contains(message) && words[0].contains(hint), "{by}: {}", words[0]);
    }
}

#[test]
fn a_kpi_that_is_gone_since_is_told_once_in_a_file() {
    let shop = Shop::new();
    shop.write(FILE, TEXT.replace("\"share\"", "\"gone\"").as_bytes());
    let problems = check(shop.root()).unwrap().problems;
    assert_eq!(problems.len(), 1, "{problems:?}");
}

#[test]
fn names_that_are_no_import_are_reported_and_never_read() {
    for name in
        ["sales.ron", "2026-11-19.ron", "2026-11-19-Sales.ron", "2026-11-31-a.ron", "2026-11-19-a (1).ron", "a.csv"]
    {
        let shop = Shop::new();
        shop.write(&format!("readings/{name}"), TEXT.as_bytes());
        let problems = check(shop.root()).unwrap().problems;
        assert_eq!(problems.len(), 1, "{name}: {problems:?}");
        assert!(problems[0].message.contains("it is not read"), "{name}: {}", problems[0]);
        assert!(imports(shop.root()).0.is_empty(), "{name}");
        assert_eq!(open(shop.root(), |_| week("2026-W47")).unwrap().problems.len(), 1, "{name}");
    }
}

#[test]
fn the_open_week_takes_an_import_in_until_it_is_sealed_and_a_check_in_counts_before_it() {
    let shop = Shop::new();
    shop.write(FILE, TEXT.as_bytes());
    let readings = |of: &str| {
        let standing = open(shop.root(), |_| week(of)).unwrap().standing(week(of));
        standing.readings.into_iter().map(|r| (r.origin, r.reading.value.get(), r.reading.note)).collect::<Vec<_>>()
    };
    let note = || "imported from sales.csv".to_owned();
    assert_eq!(readings("2026-W47"), [(Origin::Import, 5.0, note())]);
    assert_eq!(readings("2026-W46"), [(Origin::Import, 4.5, note())], "a week that is reviewed late has it, too");
    assert_eq!(readings("2026-W48"), []);
    save_import(shop.root(), file("2026-11-19", "more.csv", &[("2026-W47", 6)])).unwrap();
    assert_eq!(readings("2026-W47"), [(Origin::Import, 6.0, "imported from more.csv".to_owned())], "the later counts");
    let standing = open(shop.root(), |_| week("2026-W47")).unwrap().standing(week("2026-W47"));
    let review = Review::start(week("2026-W47"), "weekly".parse().unwrap(), Vec::new(), &standing, moment(0));
    assert_eq!((review.kpis[0].reading, review.kpis[0].origin), (Some(Finite::from(6)), Origin::Import));
    let mut mine = CheckIn::new("maya".parse().unwrap(), week("2026-W47"));
    mine.readings = vec![Reading { kpi: "share".parse().unwrap(), value: Finite::from(7), note: String::new() }];
    shop.check_in(&mine).unwrap();
    assert_eq!(readings("2026-W47"), [(Origin::CheckIn, 7.0, String::new())]);
    seal(shop.root(), &sealed("2026-W46", 1, &shop.strategy())).unwrap();
    assert_eq!(readings("2026-W46"), [], "what a review sealed holds");
}
