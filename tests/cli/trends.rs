//! Questions over years from the command line: search, trends and life stories.

use super::*;

fn texts<'a>(hits: &'a Value, key: &str) -> Vec<&'a str> {
    hits.as_array().unwrap().iter().map(|h| h[key].as_str().unwrap()).collect()
}

#[test]
fn search_finds_words_of_every_week_the_newest_first_and_says_where() {
    let shop = Shop::bakery();
    let hits = shop.at(&["search", "oven", "--json"]).exits(0).json();
    has_keys(&hits[0], &["week", "kind", "id", "by", "title", "excerpt", "matches", "phrase"]);
    let weeks = texts(&hits, "week");
    assert!(weeks.len() > 20 && weeks.iter().rev().is_sorted(), "{weeks:?}");
    let kinds: std::collections::BTreeSet<_> = texts(&hits, "kind").into_iter().collect();
    assert!(["decision", "issue", "blocker", "kpi"].iter().all(|k| kinds.contains(k)), "{kinds:?}");
    for hit in hits.as_array().unwrap() {
        let excerpt: Vec<char> = hit["excerpt"].as_str().unwrap().chars().collect();
        for span in hit["matches"].as_array().unwrap() {
            let at = |n: usize| usize::try_from(span[n].as_u64().unwrap()).unwrap();
            let found: String = excerpt[at(0)..at(1)].iter().collect();
            assert_eq!(found.to_lowercase(), "oven", "{hit}");
        }
    }
    let decisions = shop.at(&["search", "decision:", "OVEN", "--json"]).exits(0).json();
    assert!(texts(&decisions, "kind").iter().all(|k| *k == "decision"));
    let id = decisions[0]["id"].as_str().unwrap();
    assert_eq!(shop.at(&["decision", "show", id, "--json"]).exits(0).json()["id"], id, "its id leads to it");
}

#[test]
fn search_looks_into_check_ins_that_no_review_has_sealed_yet() {
    let shop = Shop::bakery();
    let me = shop.member();
    shop.at(&["search", "xylophone"]).exits(1);
    shop.at(&["issue", "add", "There is a xylophone in the proofer", "--as", &me]).exits(0);
    let hits = shop.at(&["search", "xylophone", "--json"]).exits(0).json();
    assert_eq!((hits.as_array().unwrap().len(), &hits[0]["week"]), (1, &"2026-W47".into()));
}

#[test]
fn nothing_found_is_told_as_such() {
    let shop = Shop::bakery();
    let run = shop.at(&["search", "oven", "zebra"]).exits(1);
    assert!(run.out.is_empty() && run.err.contains("Nothing found for “oven zebra”"), "{}", run.err);
    assert_eq!(shop.at(&["search", "zebra", "--json"]).exits(1).json(), Value::Array(Vec::new()));
    shop.at(&["search"]).exits(2);
}

#[test]
fn what_was_searched_for_is_marked_where_there_is_colour_and_nowhere_else() {
    let shop = Shop::bakery();
    let coloured = shop.at(&["search", "oven", "--color", "always"]).exits(0).out;
    assert!(coloured.contains("\u{1b}[1;4moven\u{1b}[0m"), "{coloured}");
    let plain = shop.at(&["search", "oven"]).exits(0).out;
    assert!(!plain.contains('\u{1b}'));
    let wide = plain.lines().find(|l| l.chars().count() > 80);
    assert_eq!(wide, None);
}

#[test]
fn a_searched_text_cannot_steer_the_terminal() {
    let shop = Shop::bakery();
    let path = "snapshots/2026-W46.ron";
    shop.change(path, |text| {
        text.replacen("headlines: [", "headlines: [(id: \"bad\", text: \"quux\\u{1b}[2J quux\"),", 1)
    });
    for color in ["always", "never"] {
        let run = shop.at(&["search", "quux", "--color", color]).exits(0);
        assert!(run.out.contains("␛[2J") && !run.out.contains("\u{1b}[2J"), "{}", run.out);
    }
}

#[test]
fn the_trend_of_a_kpi_tells_programs_its_weeks_its_months_and_its_pairs() {
    let shop = Shop::bakery();
    let trend = shop.at(&["trend", "late-orders", "--weeks", "8", "--json"]).exits(0).json();
    has_keys(&trend, &["kind", "id", "name", "unit", "weeks", "six_weeks", "twelve_months", "pairs"]);
    let weeks = texts(&trend["weeks"], "week");
    assert_eq!((weeks.len(), weeks[0], weeks[7]), (8, "2026-W47", "2026-W40"));
    has_keys(&trend["weeks"][0], &["week", "value", "change", "target", "status"]);
    let value = |n: usize| trend["weeks"][n]["value"].as_f64().unwrap();
    assert!((trend["weeks"][1]["change"].as_f64().unwrap() - (value(1) - value(2))).abs() < 1e-9);
    let periods = |key: &str| texts(&trend[key], "period").into_iter().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!((periods("six_weeks").len(), periods("six_weeks")[5].as_str()), (6, "2026-W47"));
    assert_eq!((periods("twelve_months").len(), periods("twelve_months")[11].as_str()), (12, "2026-11"));
    let month = &trend["twelve_months"][11];
    has_keys(month, &["value", "weekly", "present", "expected", "extent", "last_year", "to_last", "to_target"]);
    assert_eq!((&month["present"], &month["expected"], &month["extent"]), (&3.into(), &4.into(), &"running".into()));
    let pair = trend["pairs"].as_array().unwrap().iter().find(|p| p["with"] == "online-satisfaction").unwrap();
    has_keys(pair, &["with", "lag", "first", "correlation", "weeks", "p", "words"]);
    assert!(pair["correlation"].as_f64().unwrap() < -0.5 && pair["words"].as_str().unwrap().ends_with("not a cause"));
}

#[test]
fn trends_are_told_to_people_in_eighty_columns() {
    let shop = Shop::bakery();
    for (id, words) in [
        ("late-orders", ["Six weeks", "Twelve months", "3 of 4", "a hint, not a cause"]),
        ("weekly-revenue", ["Six weeks", "Twelve months", "to last year", "Pairs"]),
        ("goal:open-the-shop", ["Progress", "confidence", "points", "2026-W01"]),
    ] {
        let text = shop.at(&["trend", id]).exits(0).out;
        let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.iter().all(|w| flat.contains(w)), "{text}");
        assert_eq!(text.lines().find(|l| l.chars().count() > 80), None, "{id}");
    }
    shop.at(&["trend", "nothing-like-it"]).fails_with(&["no KPI or goal"]);
    shop.at(&["trend", "late-orders", "--weeks", "0"]).exits(2);
}

#[test]
fn what_has_no_weeks_behind_it_says_what_to_do() {
    let shop = Shop::empty();
    shop.run(&["init", "new", "--from", "bakery"]).exits(0);
    let run = shop.run(&["trend", "late-orders", "-w", "new"]).exits(1);
    assert!(run.out.is_empty() && run.err.contains("kpi set late-orders"), "{}", run.err);
}

#[test]
fn goals_and_decisions_tell_their_lives() {
    let shop = Shop::bakery();
    let goal = shop.at(&["goal", "show", "open-the-shop", "--json"]).exits(0).json();
    let kinds = texts(&goal["story"], "what");
    assert_eq!((kinds.first(), kinds.last()), (Some(&"born"), Some(&"reached")), "{kinds:?}");
    let text = shop.at(&["goal", "show", "open-the-shop"]).exits(0).out;
    assert!(text.contains("\nLife\n") && text.contains("2026-W02  reached"), "{text}");
    let decision = shop.at(&["decision", "show", "two-early-shifts"]).exits(0).out;
    assert!(decision.contains("as predicted: Overtime at 12"), "{decision}");
}
