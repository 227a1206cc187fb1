//! Reports and exports as scripts ask for them.

use std::fs;

use super::{Shop, files, has_keys, no_file_differs};

#[test]
fn every_format_comes_to_standard_output_and_into_a_file_by_its_ending() {
    let shop = Shop::bakery();
    let before = files(&shop.root());
    for (format, begins) in
        [("md", "# Maple"), ("html", "<!DOCTYPE html>"), ("csv", "week,kind"), ("ics", "BEGIN:VCALENDAR")]
    {
        let run = shop.at(&["report", "--format", format]).exits(0);
        assert!(run.out.starts_with(begins), "{format}: {}", &run.out[..80]);
        let place = shop.root().parent().unwrap().join(format!("out.{format}"));
        let run_into = shop.at(&["report", "last", "-o", place.to_str().unwrap()]).exits(0);
        assert!(run_into.out.is_empty() && run_into.err.contains("2026-W46"), "{}", run_into.err);
        assert_eq!(fs::read_to_string(place).unwrap(), run.out);
    }
    assert!(
        shop.at(&["report", "--mail"]).exits(0).out.starts_with("Subject: Maple Street Bakery: review of 2026-W46")
    );
    assert!(shop.at(&["report", "--poster"]).exits(0).out.contains("Where we stand"));
    assert!(no_file_differs(&before, &shop.root()), "a report changes nothing in the workspace");
}

#[test]
fn a_quarter_is_reported_by_its_name_and_what_it_has_not_is_told() {
    let shop = Shop::bakery();
    for (format, begins) in
        [("md", "# Maple Street Bakery: review of 2026-Q3"), ("html", "<!DOCTYPE html>"), ("json", "{")]
    {
        let run = shop.at(&["report", "2026-Q3", "--format", format]).exits(0);
        assert!(run.out.starts_with(begins), "{format}");
    }
    let none = shop.at(&["report", "2026-Q1"]).exits(1);
    assert!(none.err.contains("sealed are: 2026-Q3, 2026-Q2"), "{}", none.err);
    for wrong in [["--format", "csv"], ["--format", "ics"]] {
        let run = shop.at(&["report", "2026-Q3", wrong[0], wrong[1]]).exits(2);
        assert!(run.err.contains("`html`"), "{}", run.err);
    }
    let found = shop.at(&["search", "paper slips tablet", "--json"]).exits(0).json();
    assert!(found.as_array().unwrap().iter().any(|hit| hit["quarter"] == "2026-Q3" && hit["kind"] == "quarter"));
}

#[test]
fn the_json_of_a_report_has_the_keys_that_the_guide_names() {
    let shop = Shop::bakery();
    let report = shop.at(&["report", "--format", "json"]).exits(0).json();
    has_keys(
        &report,
        &[
            "schema",
            "workspace",
            "name",
            "week",
            "revision",
            "correction",
            "mine",
            "review",
            "north_star",
            "headlines",
            "changes",
            "scorecard",
            "goals",
            "decisions",
            "actions",
            "issues",
            "messages",
            "findings",
            "alignment",
            "notes",
        ],
    );
    assert_eq!(report["week"], "2026-W46");
    has_keys(&report["scorecard"][0], &["status", "value", "target", "signal", "forecast", "chart", "exception"]);
    let mine = shop.at(&["report", "--mine", "--as", "tom", "--format", "json"]).exits(0).json();
    assert_eq!(mine["mine"]["id"], "tom");
}

#[test]
fn a_report_does_not_go_among_the_data_and_an_unknown_week_says_which_there_are() {
    let shop = Shop::bakery();
    let before = files(&shop.root());
    for place in ["truenorth.ron", "snapshots/report.md", "strategy/report.html"] {
        shop.at(&["report", "-o", place]).fails_with(&["among the data", "another place"]);
    }
    shop.at(&["report", "-o", "no/such/folder.md"]).fails_with(&["folder"]);
    assert!(shop.at(&["report", "1999-W10"]).exits(1).err.contains("nearest sealed weeks"));
    assert!(shop.at(&["report", "--poster", "--mail"]).exits(2).err.contains("cannot be used with"));
    assert!(no_file_differs(&before, &shop.root()));
}

#[test]
fn an_export_has_every_sealed_week_in_every_table() {
    let shop = Shop::bakery();
    let document = shop.at(&["export"]).exits(0).json();
    let tables = ["weeks", "readings", "goals", "decisions", "actions", "issues", "messages", "findings", "said"];
    has_keys(&document, &tables);
    let weeks = document["weeks"].as_array().unwrap().len();
    assert!(weeks > 50, "{weeks}");
    assert_eq!(document["readings"][0]["value"].as_f64().map(f64::is_finite), Some(true), "numbers are numbers");
    let folder = shop.root().parent().unwrap().join("tables");
    shop.at(&["export", "--format", "csv", "-o", folder.to_str().unwrap()]).exits(0);
    for table in tables {
        let rows = document[table].as_array().unwrap().len();
        let mut reader = csv::Reader::from_path(folder.join(format!("{table}.csv"))).unwrap();
        assert_eq!(reader.records().filter(Result::is_ok).count(), rows, "{table}");
    }
    shop.at(&["export", "--format", "csv"]).fails_with(&["folder", "-o DIR"]);
}
