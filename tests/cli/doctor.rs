//! `truenorth doctor`: one page for a bug report, whatever state things are in.

use std::fs;

use super::Shop;

#[test]
fn the_doctor_tells_the_machine_and_the_workspace_in_numbers() {
    let shop = Shop::bakery();
    let run = shop.at(&["doctor"]).exits(0);
    let words = [
        "Program",
        env!("CARGO_PKG_VERSION"),
        "TERM",
        "Locale",
        "by this folder or one above it",
        "56 sealed weeks",
        "0 problems",
        "git",
        "truenorth.log",
    ];
    for word in words {
        assert!(run.out.contains(word), "{word} is missing in {}", run.out);
    }
    assert!(run.out.lines().count() <= 40, "it is one page");
    for word in ["Maple", "Maya", "maya", "online-orders", &shop.root().display().to_string()] {
        assert!(!run.out.contains(word), "{word} is told: {}", run.out);
    }
    let view = shop.at(&["doctor", "--json"]).exits(0).json();
    assert_eq!(view["workspace"]["weeks"], 56);
    assert_eq!(view["workspace"]["problems"], 0);
    assert_eq!(view["workspace"]["writable"], true);
    assert_eq!(view["program"]["schema"], 1);
    assert_eq!(view["terminal"]["usable"], false);
}

#[test]
fn the_doctor_never_fails() {
    let shop = Shop::bakery();
    fs::write(shop.root().join("truenorth.ron"), "(schema: 1, name: \u{1b}[31m").unwrap();
    let view = shop.at(&["doctor", "--json"]).exits(0).json();
    assert_eq!(view["workspace"]["trouble"], "files that cannot be read");
    fs::write(shop.root().join("truenorth.ron"), "(schema: 999, id: \"x\", name: \"x\")").unwrap();
    assert!(shop.at(&["doctor"]).exits(0).out.contains("Trouble"));
    let empty = Shop::empty();
    assert!(empty.run(&["doctor"]).exits(0).out.contains("Found         none"));
}
