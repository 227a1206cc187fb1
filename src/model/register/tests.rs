//! What a card promises, whatever its register.

use std::collections::HashSet;

use super::*;

/// A text that fits each kind of field.
fn fitting(input: Input) -> &'static str {
    match input {
        Input::Line | Input::Text => "some words",
        Input::Number => "12.5",
        Input::Whole | Input::OfTen | Input::Percent => "7",
        Input::Date => "2026-11-19",
        Input::Choice(all) => all[0].key,
        Input::Member | Input::Team | Input::Theme | Input::Goal | Input::Kpi | Input::Card | Input::Decision => "oven",
        Input::Conditions => "flour-price above 0.9 for 3 weeks",
    }
}

fn full(kind: Kind) -> Card {
    let text = |id: &str| fitting(kind.fields().iter().find(|f| f.id == id).unwrap().input).to_owned();
    let what = kind.read(&text).unwrap();
    Card::new("a".parse().unwrap(), "A card", "2026-11-19".parse().unwrap(), what)
}

#[test]
fn every_register_is_told_apart_by_key_and_file() {
    let rows: Vec<&Row> = Kind::ALL.iter().map(|k| k.row()).collect();
    assert_eq!(rows.iter().map(|r| r.key).collect::<HashSet<_>>().len(), rows.len());
    assert_eq!(rows.iter().map(|r| r.file).collect::<HashSet<_>>().len(), rows.len());
    for kind in Kind::ALL {
        let text = ron::to_string(kind).unwrap();
        assert_eq!(text, kind.row().key, "the word in files is the one on the command line");
    }
}

#[test]
fn every_stage_leads_on_to_others_and_every_other_is_reached() {
    for row in Kind::ALL.iter().map(|k| k.row()) {
        assert_eq!(row.stages[0].phase, Phase::Open, "{}: a card begins open", row.key);
        for (at, stage) in row.stages.iter().enumerate() {
            assert!(!stage.next.is_empty(), "{} {}: a way back at least", row.key, stage.word);
            assert!(stage.next.iter().all(|n| *n < row.stages.len() && *n != at), "{} {}", row.key, stage.word);
            assert!(at == 0 || row.stages.iter().any(|s| s.next.contains(&at)), "{} {}", row.key, stage.word);
            assert!(stage.asks.is_none() || stage.phase == Phase::Closed, "{} {}", row.key, stage.word);
        }
        assert!(row.columns.iter().all(|c| field(row, c).is_some()), "{}: columns are fields", row.key);
    }
}

fn field(row: &Row, id: &str) -> Option<&'static Field> {
    Kind::ALL.iter().find(|k| k.row() == row)?.fields().iter().find(|f| f.id == id)
}

#[test]
fn every_field_is_read_back_as_it_was_written() {
    for kind in Kind::ALL {
        let card = full(*kind);
        for (field, text) in card.fields() {
            assert_eq!(text, fitting(field.input), "{kind:?} {}", field.id);
        }
        let mut again = card.clone();
        again.set(&[]).unwrap();
        assert_eq!(again, card);
    }
}

#[test]
fn a_text_that_does_not_fit_names_its_field_and_changes_nothing() {
    let mut card = full(Kind::Technology);
    let before = card.clone();
    let wrong = card.set(&[("hours", "many".to_owned())]).unwrap_err();
    assert_eq!(wrong.field, "hours");
    assert_eq!(card.set(&[("goal", String::new())]).unwrap_err().field, "goal", "a tool without a goal cannot be");
    assert_eq!(card, before);
}

#[test]
fn new_texts_leave_the_stage_as_it_is() {
    let mut card = full(Kind::Idea);
    card.what.move_to(2);
    card.set(&[("effort", "3".to_owned())]).unwrap();
    assert_eq!((card.stage().word, card.text("effort").as_str()), ("trying", "3"));
    card.what.move_to(99);
    assert_eq!(card.stage().word, "trying");
    card.what.move_to(4);
    assert!(!card.is_open());
}

#[test]
fn a_link_is_read_as_it_is_told() {
    for text in ["goal:shop", "kpi:orders", "card:oven", "decision:gas", "theme:online"] {
        assert_eq!(text.parse::<Link>().unwrap().to_string(), text);
    }
    for odd in ["", "shop", "goal:", "goal:A b", "person:maya"] {
        assert!(odd.parse::<Link>().is_err(), "{odd}");
    }
}

#[test]
fn a_card_is_written_as_people_would_and_read_back_in_every_form() {
    for kind in Kind::ALL {
        let card = full(*kind);
        let text = ron::to_string(&card).unwrap();
        assert!(text.contains(&format!("what:{}(stage:", kind.row().key)), "{text}");
        assert_eq!(ron::from_str::<Card>(&text).unwrap(), card);
        let packed = rmp_serde::to_vec_named(&card).unwrap();
        assert_eq!(rmp_serde::from_slice::<Card>(&packed).unwrap(), card);
    }
    let odd = "(id:\"a\",title:\"A\",added:\"2026-11-19\",what:swot(side:strength,wait:3))";
    let why = ron::from_str::<Card>(odd).unwrap_err().to_string();
    assert!(why.contains("wait") && why.contains("weight"), "{why}");
}

#[test]
fn no_number_of_a_card_stands_without_its_unit() {
    for kind in Kind::ALL {
        for field in kind.fields().iter().filter(|f| matches!(f.input, Input::Number | Input::Whole)) {
            assert!(field.counts.is_some(), "{kind:?}: {} counts what?", field.id);
        }
    }
}
