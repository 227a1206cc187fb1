//! Bringing the past along: `truenorth import readings` against the sample, as a script would use it.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::cli::{Run, Shop, files};

/// Two KPIs over weeks before the sample's first one.
const PAST: &str = "Woche;Weekly revenue;Followers;Umsatz\nKW 10 2025;15.200,50;12;1\nKW 11 2025;15.900,00;n/a;2\n";

impl Shop {
    /// A file beside the workspace.
    fn beside(&self, name: &str, text: &str) -> String {
        let path = self.root().parent().unwrap().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn import(&self, file: &str, more: &[&str]) -> Run {
        self.at(&[&["import", "readings", file, "--as", "maya"], more].concat())
    }

    fn imports(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let folder = self.file("readings");
        if folder.exists() { files(&folder) } else { Vec::new() }
    }

    /// The readings of a KPI by week.
    fn reading(&self, kpi: &str, week: &str) -> Value {
        let shown = self.at(&["kpi", "show", kpi, "--json"]).exits(0).json();
        let readings = shown["readings"].as_array().unwrap().clone();
        readings.into_iter().find(|r| r["week"] == week).unwrap_or_default()
    }
}

#[test]
fn the_past_comes_in_is_shown_and_changes_no_byte_that_was_there() {
    let shop = Shop::bakery();
    let file = shop.beside("Past years.csv", PAST);
    let before = files(&shop.root());
    let run = shop.import(&file, &["--map", "Umsatz="]).exits(0);
    assert!(run.err.contains("Wrote readings/2026-11-19-past-years.ron: 3 readings"), "{}", run.err);
    let after = files(&shop.root());
    assert!(before.iter().all(|old| after.contains(old)), "nothing that was there is changed");
    assert_eq!(after.len(), before.len() + 1);
    let reading = shop.reading("weekly-revenue", "2025-W10");
    assert_eq!((&reading["value"], &reading["origin"]), (&15200.5.into(), &"import".into()));
    assert_eq!(shop.reading("followers", "2025-W11"), Value::Null, "a gap stays one");
    assert!(shop.reading("weekly-revenue", "2026-W46")["origin"].is_null(), "what a review sealed is no import");
    assert!(shop.at(&["check"]).exits(0).out.contains("all well"));
}

#[test]
fn an_import_done_twice_writes_once() {
    let shop = Shop::bakery();
    let file = shop.beside("past.csv", PAST);
    shop.import(&file, &[]).exits(0);
    let once = files(&shop.root());
    let again = shop.import(&file, &["--json"]).exits(0);
    assert_eq!(files(&shop.root()), once);
    assert!(again.err.contains("nothing is new"), "{}", again.err);
    let told = again.json();
    assert_eq!(told["written"], Value::Null);
    let sum = |key: &str| told["kpis"].as_array().unwrap().iter().map(|k| k[key].as_u64().unwrap()).sum::<u64>();
    assert_eq!((sum("new"), sum("replaced"), sum("already_there"), sum("gaps")), (0, 0, 3, 1));
    let better = shop.beside("past.csv", &PAST.replace("15.200,50", "15.300,00"));
    let told = shop.import(&better, &["--json"]).exits(0).json();
    assert_eq!(told["written"], "readings/2026-11-19-past-2.ron");
    assert_eq!(told["kpis"][0]["replaced"], 1);
    assert_eq!(shop.reading("weekly-revenue", "2025-W10")["value"], 15300, "the later import counts");
    assert!(once.iter().all(|old| files(&shop.root()).contains(old)), "the earlier file stays as it was");
}

#[test]
fn a_column_that_was_cut_short_is_told_with_the_kpi_it_is_taken_for() {
    let shop = Shop::bakery();
    let file = shop.beside("short.csv", "week,follow,late\n2025-W01,1,\n");
    let run = shop.import(&file, &["--dry-run"]).exits(0);
    assert!(run.out.contains("`follow` is taken for New followers (followers)"), "{}", run.out);
}

#[test]
fn an_import_into_a_review_that_has_begun_says_that_it_comes_too_late() {
    let shop = Shop::bakery();
    let draft = "(schema: 1, journal: \"x\", entries: 0, saved: \"2026-11-19T15:12:00Z\", review: (week: \"2026-W47\",
        agenda: \"weekly\", steps: [], started: \"2026-11-19T15:00:00Z\"))";
    fs::create_dir_all(shop.file("drafts")).unwrap();
    fs::write(shop.file("drafts/2026-W47.ron"), draft).unwrap();
    let file = shop.beside("week.csv", "week,followers\n2026-W47,30\n");
    let run = shop.import(&file, &[]).exits(0);
    assert!(run.err.contains("the review of 2026-W47 has begun without this"), "{}", run.err);
    let past = shop.beside("past.csv", "week,followers\n2025-W47,30\n");
    assert!(!shop.import(&past, &[]).exits(0).err.contains("has begun"));
}

#[test]
fn a_dry_run_tells_the_same_and_writes_nothing() {
    let shop = Shop::bakery();
    let file = shop.beside("past.csv", PAST);
    let before = files(&shop.root());
    let dry = shop.at(&["import", "readings", &file, "--dry-run"]).exits(0);
    assert_eq!(files(&shop.root()), before);
    assert!(dry.err.contains("Nothing was written"), "{}", dry.err);
    for told in ["Weekly revenue", "2025-W10", "2025-W11", "15,200", "`Umsatz` fits no KPI", "--map \"Umsatz="] {
        assert!(dry.out.contains(told), "{told}: {}", dry.out);
    }
    assert_eq!(shop.import(&file, &[]).exits(0).out, dry.out);
}

#[test]
fn a_sealed_reading_stays_and_the_difference_is_told() {
    let shop = Shop::bakery();
    let sealed = shop.reading("weekly-revenue", "2026-W46")["value"].as_f64().unwrap();
    let file = shop.beside("w46.csv", &format!("week,weekly-revenue\n2026-W46,{}\n2025-W02,1\n", sealed + 1.0));
    let run = shop.import(&file, &[]).exits(0);
    for told in ["Kept as they are", "2026-W46: sealed says", "truenorth review 2026-W46 --reopen"] {
        assert!(run.out.replace("\n  ", " ").contains(told), "{told}: {}", run.out);
    }
    assert_eq!(shop.reading("weekly-revenue", "2026-W46")["value"].as_f64(), Some(sealed));
    assert_eq!(shop.imports().len(), 1);
    assert!(!String::from_utf8_lossy(&shop.imports()[0].1).contains("2026-W46"));
    let kept = shop.import(&file, &["--json"]).exits(0).json()["kept"][0].clone();
    assert_eq!((&kept["says"], kept["is"].as_f64()), (&"sealed".into(), Some(sealed)));
}

#[test]
fn a_value_of_this_week_is_on_the_scorecard_before_the_review_and_a_check_in_counts_before_it() {
    let shop = Shop::bakery();
    let now = |shop: &Shop| shop.at(&["kpi", "list", "--json"]).json();
    let of = |list: Value, id: &str| list.as_array().unwrap().iter().find(|k| k["id"] == id).unwrap().clone();
    assert!(of(now(&shop), "followers")["reading"].is_null());
    let file = shop.beside("week.csv", "date,followers\n2026-11-16,30\n");
    shop.import(&file, &[]).exits(0);
    let followers = of(now(&shop), "followers");
    assert_eq!((&followers["reading"], &followers["note"]), (&30.into(), &"imported from week.csv".into()));
    assert_eq!(shop.reading("followers", "2026-W47")["origin"], "import");
    shop.at(&["kpi", "set", "followers", "31", "--as", "priya"]).exits(0);
    assert_eq!(of(now(&shop), "followers")["reading"], 31);
    let kept = shop.import(&file, &["--json"]).exits(0).json()["kept"][0].clone();
    assert_eq!(kept["says"], "check-in");
}

#[test]
fn one_bad_cell_refuses_the_file_and_twenty_are_told_at_once() {
    let shop = Shop::bakery();
    let before = files(&shop.root());
    let mut text = "week,followers\n2026-W40,1\n".to_owned();
    (1..=30).for_each(|n| text.push_str(&format!("2026-W{n:02},x{n}\n")));
    let file = shop.beside("bad.csv", &text);
    shop.import(&file, &[]).fails_with(&[
        "bad.csv was not taken in, and nothing was written: 30 problems",
        "row 3, column followers: `x1` is no number",
        "row 22, column followers",
        "and 10 more",
    ]);
    let ahead = shop.beside("ahead.csv", "week,followers\n2026-W47,1\n2026-W48,2\n");
    shop.import(&ahead, &[]).fails_with(&["row 3, column week: 2026-W48 lies ahead"]);
    shop.import("gone.csv", &[]).fails_with(&["could not read gone.csv"]);
    shop.import(&ahead, &["--map", "followers"]).fails_with(&["`followers` maps nothing"]);
    shop.import(&ahead, &["--map", "followers=folowers"]).fails_with(&["no KPI `folowers`", "followers"]);
    let good = shop.beside("good.csv", "week,followers\n2025-W01,1\n");
    shop.at(&["import", "readings", &good]).fails_with(&["it is not known who you are", "maya"]);
    assert_eq!(files(&shop.root()), before);
}

#[test]
fn text_of_a_file_never_reaches_the_terminal_as_it_is() {
    let shop = Shop::bakery();
    let evil = "\u{1b}]52;c;ZXZpbA==\u{7}\u{202e}";
    let bad = shop.beside("bad\u{1b}[2J.csv", &format!("week,followers,{evil}\n{evil},1,\n2026-W01,{evil},\n"));
    let good = shop.beside("good\u{1b}[2J.csv", &format!("week,followers,{evil}\n2025-W01,1,{evil}\n"));
    for run in
        [shop.import(&bad, &[]).exits(2), shop.import(&good, &["--json"]).exits(0), shop.import(&good, &[]).exits(0)]
    {
        let all = run.out + &run.err;
        assert!(!all.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{all:?}");
    }
    let text = String::from_utf8(shop.imports()[0].1.clone()).unwrap();
    assert!(!text.contains('\u{1b}'), "{text:?}");
    assert!(shop.at(&["check"]).exits(0).out.contains("all well"));
}
