//! Numbers that come by themselves, on the sample: by the command line and by keys.

use std::fs;

use serde_json::Value;

use crate::cli::{Run, Shop, files};
use crate::harness::{Driven, at_step};

impl Shop {
    fn refresh(&self, more: &[&str]) -> Run {
        self.at(&[&["feed", "refresh", "--as", "maya", "--json"], more].concat())
    }
}

fn feed<'a>(said: &'a Value, id: &str) -> &'a Value {
    said["feeds"].as_array().unwrap().iter().find(|f| f["feed"] == id).unwrap()
}

#[test]
fn every_feed_of_the_sample_gives_a_number_and_a_dry_run_writes_nothing() {
    let shop = Shop::bakery();
    let before = files(&shop.root());
    let said = shop.refresh(&["--dry-run"]).exits(0).json();
    let result =
        |id: &str| (feed(&said, id)["after"].as_f64().unwrap(), feed(&said, id)["result"].as_str().unwrap().to_owned());
    assert_eq!(result("till"), (18420.0, "same".to_owned()));
    assert_eq!(result("orders"), (409.0, "check-in".to_owned()), "three were cancelled since Maya counted");
    assert_eq!(result("survey"), (4.6, "same".to_owned()));
    assert_eq!(result("loyalty"), (44.0, "new".to_owned()));
    assert_eq!(result("time-sheets"), (13.0, "new".to_owned()));
    assert_eq!(files(&shop.root()), before);
}

#[test]
fn what_is_new_is_written_once_with_where_it_came_from() {
    let shop = Shop::bakery();
    let said = shop.refresh(&[]).exits(0).json();
    assert_eq!(said["written"], "readings/2026-11-19-feeds.ron");
    let text = fs::read_to_string(shop.file("readings/2026-11-19-feeds.ron")).unwrap();
    assert!(text.contains("feeds/time-sheets.json, /sheets, column hours over; sum of 6 rows"), "{text}");
    assert!(shop.at(&["check"]).exits(0).out.contains("all well"));
    let shown = shop.at(&["kpi", "show", "overtime", "--json"]).exits(0).json();
    let reading = shown["readings"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((reading["value"].as_f64(), reading["origin"].as_str()), (Some(13.0), Some("feed")));
    assert!(reading["note"].as_str().unwrap().starts_with("feed time-sheets: feeds/time-sheets.json"));
    assert_eq!(shop.refresh(&[]).exits(0).json()["written"], Value::Null, "a second time nothing is new");
}

#[test]
fn a_feed_that_fails_keeps_the_last_number_and_tells_its_age() {
    let shop = Shop::bakery();
    shop.refresh(&[]).exits(0);
    fs::remove_file(shop.file("feeds/time-sheets.json")).unwrap();
    let run = shop.at(&["feed", "refresh", "time-sheets", "--as", "maya"]).exits(1);
    let said = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("the file is not there; the last good one is 13 h of 2026-W47, read"), "{said}");
    let shown = shop.at(&["kpi", "show", "overtime", "--json"]).exits(0).json();
    assert_eq!(shown["readings"].as_array().unwrap().last().unwrap()["value"].as_f64(), Some(13.0));
}

#[test]
fn a_command_is_blocked_and_cannot_be_allowed_without_a_terminal() {
    let shop = Shop::bakery();
    let path = shop.file("truenorth.ron");
    let more = "    feeds: [\n        (id: \"room\", kpi: \"proving-room\", source: command(argv: [\"sh\", \"feeds/room.sh\"])),";
    fs::write(&path, fs::read_to_string(&path).unwrap().replace("    feeds: [", more)).unwrap();
    fs::write(shop.file("feeds/room.sh"), "touch ran; echo 25.4").unwrap();
    for command in [&["check"][..], &["status"], &["feed", "list"], &["kpi", "list"]] {
        shop.at(command);
    }
    let run = shop.at(&["feed", "refresh", "room", "--as", "maya"]).exits(1);
    assert!(run.out.contains("it runs a program, which nobody has allowed on this machine"), "{}", run.out);
    let run = shop.at(&["trust", "room"]).exits(2);
    assert!(run.err.contains("feeds/room.sh") && run.err.contains("nothing was allowed"), "{}", run.err);
    assert!(!shop.file("ran").exists());
}

#[test]
fn before_the_review_chosen_numbers_go_into_a_file_of_their_own() {
    let mut t = Driven::new();
    t.keys("f");
    assert!(t.screen().contains("2 of 5 to be taken in"), "{}", t.screen());
    assert!(t.screen().contains("the check-in counts"));
    t.keys("Down Space Enter");
    assert!(t.screen().contains("Saved: 1 number from a feed"), "{}", t.screen());
    let folder = t.root().join("readings");
    let text = fs::read_to_string(folder.join("2026-11-19-feeds.ron")).unwrap();
    assert!(text.contains("overtime") && !text.contains("repeat-customers"), "{text}");
}

#[test]
fn in_a_review_they_go_into_the_scorecard_and_one_step_takes_them_back() {
    let mut t = at_step(3);
    t.keys("f");
    assert!(t.screen().contains("3 of 5 to be taken in"), "the room may say otherwise than a check-in: {}", t.screen());
    t.keys("Enter");
    let entry = |t: &Driven| t.app().review().unwrap().kpi(&"online-orders".parse().unwrap()).cloned().unwrap();
    let taken = entry(&t);
    assert_eq!(taken.reading.unwrap().get(), 409.0);
    assert!(taken.note.contains("feed orders: feeds/orders.db"), "{}", taken.note);
    t.keys("u");
    assert_eq!(entry(&t).reading.unwrap().get(), 412.0);
}

#[test]
fn leaving_the_table_takes_nothing_in() {
    let mut t = Driven::new();
    let before = t.app().workspace.imports.len();
    t.keys("f a Enter");
    assert!(t.screen().contains("Nothing was taken in"), "{}", t.screen());
    t.keys("f Esc");
    assert_eq!(t.app().workspace.imports.len(), before);
}
