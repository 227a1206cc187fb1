//! A workspace of a newer format: shown as far as it is known, and never written.

use super::{GOALS, Shop, sealed, week};
use crate::model::checkin::CheckInEdit;
use crate::model::workspace::{Part, SCHEMA};
use crate::storage::{self, StorageError, check, open, save_config, save_strategy};

/// The shop as a later version might have written it: another number, and fields that nobody here knows.
fn newer() -> Shop {
    let shop = Shop::new();
    let config = shop.read("truenorth.ron").replace("schema: 1,", "schema: 2,\n    mood: (of: [\"all\"]),");
    shop.write("truenorth.ron", config.as_bytes());
    shop.write("strategy/goals.ron", GOALS.replace("kind: goal,", "kind: goal, mood: \"sunny\",").as_bytes());
    shop
}

#[test]
fn a_newer_format_opens_read_only_with_what_is_known_of_it_and_is_never_written() {
    let shop = newer();
    let before = shop.files();
    let found = open(shop.root(), |_| week("2026-W47")).unwrap();
    assert_eq!((found.newer, found.broken.len()), (Some(SCHEMA + 1), 0), "{:?}", found.problems);
    assert_eq!(found.strategy, Shop::new().strategy(), "what is not known is left out, all else is there");
    assert_eq!(found.config.people.len(), 2);

    let mut strategy = found.strategy.clone();
    strategy.goals[0].title = "Another".to_owned();
    let mut config = found.config.clone();
    config.name = "Another".to_owned();
    let edit = CheckInEdit::Note("hello".to_owned());
    let maya = "maya".parse().unwrap();
    let tried = [
        save_strategy(shop.root(), &found.strategy, &strategy).err(),
        save_config(shop.root(), &found.config, &config).err(),
        storage::edit_check_in(shop.root(), week("2026-W47"), &maya, edit).err(),
    ];
    for refused in tried {
        assert!(refused.is_some(), "it was written");
    }
    let seal = storage::seal(shop.root(), &sealed("2026-W47", 1, &found.strategy));
    assert!(matches!(seal, Err(StorageError::NewerSchema { found: 2, known: SCHEMA, .. })), "{seal:?}");
    assert_eq!(shop.files(), before);
}

#[test]
fn check_names_the_newer_number_at_its_place_and_not_each_field_that_is_not_known() {
    let report = check(newer().root()).unwrap();
    let told: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["truenorth.ron:3:13: schema 2 is newer than this version knows, which is 1"]);
}

#[test]
fn in_a_format_of_our_own_a_field_that_is_not_known_stays_a_problem() {
    let shop = Shop::new();
    shop.write("strategy/goals.ron", GOALS.replace("kind: goal,", "kind: goal, mood: \"sunny\",").as_bytes());
    let found = open(shop.root(), |_| week("2026-W47")).unwrap();
    assert!(found.is_broken(Part::Goals) && found.newer.is_none());
}

#[test]
fn a_newer_snapshot_is_shown_as_far_as_it_is_known_and_told() {
    let shop = Shop::new();
    storage::seal(shop.root(), &sealed("2026-W46", 1, &shop.strategy())).unwrap();
    let name = "snapshots/2026-W46.ron";
    let text = shop.read(name).replacen("schema: 1,", "schema: 2, mood: 3,", 1);
    shop.write(name, text.as_bytes());
    let found = open(shop.root(), |_| week("2026-W47")).unwrap();
    assert!(found.latest.is_some() && found.newer == Some(2));
    assert!(found.problems.iter().any(|p| p.message.contains("schema 2 is newer")), "{:?}", found.problems);
}
