//! What leaves the program for other programs is the same in every language; what is typed and shown is not.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use truenorth::app::dates;
use truenorth::model::number::Finite;
use truenorth::model::tongue::{Language, dated, within};

use crate::cli::Shop;

#[test]
fn programs_are_told_the_same_in_every_language() {
    let shop = Shop::bakery();
    let config = shop.file("truenorth.ron");
    let english = fs::read_to_string(&config).unwrap();
    let german = english.replacen("    people:", "    language: \"de\",\n    people:", 1);
    assert_ne!(english, german);
    for command in [
        "status --json",
        "findings --json",
        "alignment --json",
        "kpi list --json",
        "goal list --json",
        "decision list --json",
        "issue list --json",
        "action list --json",
        "register list --json",
        "show last --json",
        "diff 2026-W40 2026-W46 --json",
        "search oven --json",
        "export",
        "report 2026-W46 --format csv",
        "report 2026-W46 --format json",
    ] {
        let args: Vec<&str> = command.split(' ').collect();
        fs::write(&config, &english).unwrap();
        let told = shop.at(&args).exits(0).out;
        fs::write(&config, &german).unwrap();
        assert_eq!(shop.at(&args).exits(0).out, told, "{command}");
    }
    assert!(shop.at(&["findings"]).exits(0).out.contains('„'), "people are told in German");
}

#[test]
fn numbers_are_written_and_read_as_the_language_does() {
    let number = |value: f64| Finite::new(value).unwrap();
    within(Language::German, || {
        assert_eq!(
            (number(18_420.0).grouped(), number(-1234.5).fixed(2)),
            ("18.420".to_owned(), "-1.234,50".to_owned())
        );
        for (typed, value) in
            [("4,6", 4.6), ("4.6", 4.6), ("1.234", 1234.0), ("1,234", 1.234), ("1.234,5", 1234.5), ("0.125", 0.125)]
        {
            assert_eq!(Finite::typed(typed), Ok(number(value)), "{typed}");
        }
        for value in [0.0, 1.234, 1234.0, 0.125, -7.5, 1_234_567.891] {
            assert_eq!(Finite::typed(&number(value).grouped()), Ok(number(value)), "what is shown can be typed");
            assert_eq!(Finite::typed(&number(value).to_type()), Ok(number(value)), "and what is proposed");
        }
        assert_eq!("1.234".parse(), Ok(number(1.234)), "files are read by their own rule");
    });
    assert_eq!(Finite::typed("1.234"), Ok(number(1.234)));
}

#[test]
fn dates_are_written_and_read_as_the_language_does() {
    let today = "2026-11-19".parse().unwrap();
    let next = |text: &str| dates::parse(text, today).map(|day| day.to_string());
    within(Language::German, || {
        assert_eq!(dated(today, "%a %-d %b %Y"), "Do, 19. Nov. 2026");
        assert_eq!(next("do"), Ok("2026-11-26".to_owned()));
        assert_eq!((next("Freitag"), next("fri")), (Ok("2026-11-20".to_owned()), Ok("2026-11-20".to_owned())));
        assert_eq!(next("morgen"), next("tomorrow"));
    });
    assert_eq!(dated(today, "%a %-d %b %Y"), "Thu 19 Nov 2026");
}

/// The program on a machine that speaks this, with nothing else in its environment: what it says to standard output and error.
fn on_a_machine(home: &Path, lang: &str, args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_truenorth"));
    command.env_clear().env("TRUENORTH_HOME", home.join("home")).env("LANG", lang).current_dir(home);
    let done = command.args(["--today", "2026-11-19"]).args(args).stdin(Stdio::null()).output().unwrap();
    String::from_utf8([done.stdout, done.stderr].concat()).unwrap()
}

#[test]
fn a_new_workspace_speaks_what_the_machine_does_unless_it_is_told_otherwise() {
    let home = tempfile::tempdir().unwrap();
    let run = |lang: &str, args: &[&str]| on_a_machine(home.path(), lang, args);
    let config = |shop: &str| fs::read_to_string(home.path().join(shop).join("truenorth.ron")).unwrap();
    let missing = run("de_AT.UTF-8", &["status"]);
    assert!(missing.starts_with("Fehler: ") && missing.contains("Hinweis: "), "before there is one: {missing}");
    for (lang, more, told) in [
        ("de_AT.UTF-8", "", Some("language: \"de\"")),
        ("fr_FR.UTF-8", "", None),
        ("C", "", None),
        ("C", "--language=de", Some("language: \"de\"")),
        ("de_DE.UTF-8", "--language=en", None),
    ] {
        let shop = format!("shop-{lang}{more}");
        let args: Vec<&str> = ["init", &shop, "--name", "Shop", more].into_iter().filter(|a| !a.is_empty()).collect();
        let said = run(lang, &args);
        let text = config(&shop);
        assert_eq!(told.is_some_and(|t| text.contains(t)), told.is_some(), "{lang} {more}: {said}{text}");
        assert_eq!(text.contains("language"), told.is_some(), "English is not written down: {text}");
        assert!(run("C", &["check", "-w", &shop]).contains(if told.is_some() {
            "alles in Ordnung"
        } else {
            "all well"
        }));
    }
}

#[test]
fn a_roll_up_speaks_what_its_first_workspace_does() {
    let home = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| on_a_machine(home.path(), "C", args);
    run(&["init", "teams/a", "--name", "A", "--language", "de"]);
    run(&["init", "teams/b", "--name", "B"]);
    assert!(run(&["rollup", "teams", "--plain"]).contains("2 Arbeitsbereiche nebeneinander"));
    assert!(run(&["rollup", "teams/b", "teams/a", "--plain"]).contains("2 workspaces beside each other"));
    let german = run(&["rollup", "teams", "--json"]);
    assert!(!german.contains("Ziel"), "programs are told in English: {german}");
}
