//! Bringing goals and KPIs along: `truenorth import goals` and `import kpis` against the sample, as a script would use it.

use std::fs;

use crate::cli::{Run, Shop, files};

const GOALS: &str = "Objective,Key Result,Owner,Due Date,Start Value,Target Value,Progress,Mood
Bread on Sundays,60 breads by nine,Maya Okafor,2026-12-31,0,60,10 %,fine
,Two bakers more,leo,2026-12-31,4,6,0 %,
";

impl Shop {
    fn export(&self, name: &str, text: &str) -> String {
        let path = self.root().parent().unwrap().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn bring(&self, what: &str, file: &str, more: &[&str]) -> Run {
        self.at(&[&["import", what, file, "--as", "maya"], more].concat())
    }
}

#[test]
fn goals_are_shown_first_then_written_once_and_comments_stay() {
    let shop = Shop::bakery();
    let path = shop.file("strategy/goals.ron");
    let commented = fs::read_to_string(&path).unwrap().replacen('[', "[\n    // said by the bank", 1);
    fs::write(&path, &commented).unwrap();
    let file = shop.export("okrs.csv", GOALS);
    let before = files(&shop.root());
    let dry = shop.bring("goals", &file, &["--dry-run"]).exits(0);
    assert_eq!(files(&shop.root()), before);
    let words = dry.out.split_whitespace().collect::<Vec<_>>().join(" ");
    for told in [
        "Bread on Sundays",
        "owner Maya Okafor",
        "target 60",
        "`Progress` was passed over",
        "`Mood` tells nothing known",
    ] {
        assert!(words.contains(told), "{told}: {}", dry.out);
    }
    assert!(dry.err.contains("3 to add, 0 to change"), "{}", dry.err);
    let run = shop.bring("goals", &file, &[]).exits(0);
    assert!(run.err.contains("Wrote strategy/goals.ron: 3 added, 0 changed"), "{}", run.err);
    assert_eq!(run.out, dry.out, "the dry run tells the same");
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains("// said by the bank") && text.contains("60-breads-by-nine"), "{text}");
    let changed = before.iter().filter(|old| !files(&shop.root()).contains(old)).count();
    assert_eq!(changed, 1, "no other file is touched");
    assert!(shop.at(&["check"]).exits(0).out.contains("all well"));
    let shown = shop.at(&["goal", "show", "60-breads-by-nine", "--json"]).exits(0).json();
    assert_eq!((&shown["parent"], &shown["owner"]), (&"bread-on-sundays".into(), &"maya".into()));
    let again = shop.bring("goals", &file, &["--json"]).exits(0);
    assert!(again.err.contains("Nothing was written: all of it is in strategy/goals.ron already"), "{}", again.err);
    assert!(again.json()["rows"].as_array().unwrap().iter().all(|r| r["does"] == "same"));
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn a_goal_file_that_is_not_clear_is_refused_whole() {
    let shop = Shop::bakery();
    let before = files(&shop.root());
    let file = shop.export("okrs.csv", &GOALS.replace("leo", "Leon Nobody"));
    let run = shop.bring("goals", &file, &[]).exits(2);
    for told in
        ["nothing was written: 1 problem", "row 3, column Owner: `Leon Nobody`", "`truenorth import goals --help`"]
    {
        assert!(run.err.contains(told), "{told}: {}", run.err);
    }
    assert_eq!(files(&shop.root()), before);
    let run = shop.bring("goals", &file, &["--map", "Owner"]).exits(2);
    assert!(run.err.contains("--map \"COLUMN=FIELD\""), "{}", run.err);
}

#[test]
fn a_scorecard_brings_its_kpis_and_then_the_numbers_of_its_weeks() {
    let shop = Shop::bakery();
    let text = "Measurable,Owner,Goal,Unit,2026-W44,2026-W45\nReturns,maya,<= 3,%,4.5,2.5\n";
    let file = shop.export("scorecard.csv", text);
    let run = shop.bring("kpis", &file, &[]).exits(0);
    assert!(run.err.contains("Wrote strategy/kpis.ron: 1 added"), "{}", run.err);
    let run = shop.bring("readings", &file, &[]).exits(0);
    assert!(run.err.contains("2 readings"), "{}", run.err);
    let shown = shop.at(&["kpi", "show", "returns", "--json"]).exits(0).json();
    let values: Vec<f64> = shown["readings"].as_array().unwrap().iter().filter_map(|r| r["value"].as_f64()).collect();
    assert_eq!(values, [4.5, 2.5]);
    assert!(shop.at(&["check"]).exits(0).out.contains("all well"));
}
