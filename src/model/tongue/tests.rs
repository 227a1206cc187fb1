//! What a language promises: English where nothing else is known, and every text filled as the code says it.

use super::*;

#[test]
fn english_is_what_the_code_says() {
    assert_eq!(say!("No such text"), "No such text");
    let (n, all) = (3, [1, 2, 3, 4]);
    assert_eq!(say!("{n} of {all} at {part:.1}", n, all = all.len(), part = 0.75), "3 of 4 at 0.8");
    assert_eq!((count(1, "cat"), count(2, "cat")), ("1 cat".to_owned(), "2 cats".to_owned()));
}

#[test]
fn a_text_that_the_catalogue_does_not_have_is_told_in_english() {
    within(Language::German, || assert_eq!(say!("No such text: {n}", n = 4), "No such text: 4"));
}

#[test]
fn a_text_is_filled_as_format_fills_it() {
    within(Language::German, || {
        let values: &[(&str, &dyn std::fmt::Display)] = &[("n", &7), ("part", &0.75), ("name", &"Ada")];
        for (template, filled) in [
            ("{n} of {{n}}", "7 of {n}"),
            ("{part:.1}", "0,8"),
            ("{part:+.1}", "+0,8"),
            ("{n:02}|{n:>3}|{name:<5}|{name:>5}|{n:3}", "07|  7|Ada  |  Ada|  7"),
            ("{name}, {name}", "Ada, Ada"),
            ("no end {n", "no end {n"),
        ] {
            assert_eq!(fill(template, values), filled, "{template}");
        }
    });
}

#[test]
fn a_language_is_spoken_in_one_thread_and_left_again() {
    assert_eq!(language(), Language::English);
    within(Language::German, || {
        assert_eq!(language(), Language::German);
        std::thread::spawn(|| assert_eq!(language(), Language::English)).join().unwrap();
    });
    assert_eq!(language(), Language::English);
}

#[test]
fn the_pseudo_language_is_longer_and_keeps_what_is_filled_in() {
    within(Language::Pseudo, || {
        let text = say!("{n} goals of this week", n = 5);
        assert!(text.starts_with("⟦5 ĝöåļš") && text.ends_with("~⟧"), "{text}");
        assert!(text.chars().count() * 5 >= "5 goals of this week".len() * 7 - 5, "{text}");
    });
}

#[test]
fn languages_are_read_as_people_and_terminals_name_them() {
    for (text, language) in [
        ("de", Language::German),
        ("DE", Language::German),
        ("de_AT.UTF-8", Language::German),
        ("en", Language::English),
    ] {
        assert_eq!(text.parse(), Ok(language), "{text}");
    }
    assert!("fr".parse::<Language>().unwrap_err().to_string().contains("en, de"));
    assert!("pseudo".parse::<Language>().is_err());
}
