//! Bad files: each with the place of its error, marked by `¦` in its text, and words that its message must hold.

use std::fs;
use std::path::Path;

use super::{CONFIG, GOALS, KPIS, STAR, Shop, sealed};
use crate::model::goal::Goal;
use crate::model::tongue::{Language, within};
use crate::model::workspace::Config;
use crate::storage::codec::decode_list;
use crate::storage::{check, check_in_week, decode, encode, render, seal};

const GOALS_FILE: &str = "strategy/goals.ron";
const KPIS_FILE: &str = "strategy/kpis.ron";
const STAR_FILE: &str = "strategy/north-star.ron";
const CONFIG_FILE: &str = "truenorth.ron";

/// The one problem of a workspace in which this file holds this text; the place must be the mark's.
fn told(file: &str, marked: &str) -> String {
    let text = marked.replacen('¦', "", 1);
    let shop = Shop::new();
    shop.write(file, text.as_bytes());
    let before = shop.files();
    let report = check(shop.root()).unwrap();
    assert_eq!(shop.files(), before, "check writes nothing");
    let at = marked.find('¦').unwrap();
    let line = 1 + marked[..at].matches('\n').count();
    let column = 1 + marked[..at].rsplit('\n').next().unwrap().chars().count();
    let words: Vec<String> = report.problems.iter().map(render).collect();
    assert_eq!(words.len(), 1, "{marked}\n{words:#?}");
    assert!(
        words[0].starts_with(&format!("{file}:{line}:{column}: ")),
        "expected {line}:{column}\n{marked}\n{}",
        words[0]
    );
    words[0].clone()
}

/// A text of [`GOALS`] and the like with one part of it replaced.
fn with(whole: &str, part: &str, by: &str) -> String {
    assert_eq!(whole.matches(part).count(), 1, "{part}");
    whole.replacen(part, by, 1)
}

#[test]
fn a_slip_in_a_goal_is_found_at_its_place() {
    let cases = [
        ("title: \"Orders\"", "¦titel: \"Orders\"", "there is no field `titel` here", "did you mean `title`?"),
        ("owner: \"maya\"", "¦Owner: \"maya\"", "there is no field `Owner`", "did you mean `owner`?"),
        ("owner: \"maya\"", "¦color: \"maya\"", "there is no field `color`", "the fields here are id, title"),
        ("title: \"Orders\"", "title: ¦5", "expected a text in double quotes, found `5`", "write it as"),
        ("title: \"Orders\"", "title: ¦Orders", "expected a text in double quotes, found `Orders`", ""),
        ("title: \"Orders\"", "title: ¦'Orders'", "expected a text in double quotes, found `'`", ""),
        ("title: \"Orders\"", "title: ¦“Orders”", "expected a text in double quotes, found `“`", ""),
        ("title: \"Orders\"", "title: \"Or\", ¦title: \"ders\"", "the field `title` is given twice", "keep one"),
        ("title: \"Orders\"", "title: \"Ord¦\\ers\"", "no escape", "write \\\\"),
        ("kind: goal", "kind: ¦gaol", "`gaol` is not one of the choices", "did you mean `goal`?"),
        ("kind: goal", "kind: ¦\"goal\"", "expected the name", "without quotes"),
        ("kind: goal", "kind ¦= goal", "expected a colon", "name: value"),
        ("target: 5", "target: ¦\"5\"", "expected a number, found the text \"5\"", "without quotes"),
        ("target: 5", "target: ¦inf", "a number must be finite", ""),
        ("target: 5", "target: ¦NaN", "a number must be finite", ""),
        ("target: 5", "target: ¦1e999", "a number must be finite", ""),
        ("target: 5", "target: 5 ¦%", "expected a comma, found `%`", ""),
        ("target: 5", "target: 5,¦5", "expected the name", "no comma"),
        ("target: 5", "¦tarket: 5", "there is no field `tarket`", "did you mean `target`?"),
        ("parent: \"orders\"", "parent: ¦\"Orders\"", "`Orders` is not an id", "a short name"),
        ("parent: \"orders\"", "parent: ¦\"../orders\"", "is not an id", ""),
        ("parent: \"orders\"", "parent: ¦\"con\"", "reserved device name", ""),
        ("parent: \"orders\"", "parent: ¦\"order\"", "there is no goal `order`", "did you mean `orders`?"),
        ("parent: \"orders\"", "parent: ¦\"ease\"", "each other's parents: ease → ease", "take the parent out"),
        (
            "parent: \"orders\"",
            "supports: ¦\"growth\"",
            "`growth` is no goal of another workspace",
            "a slash and the id of the goal",
        ),
        ("parent: \"orders\"", "supports: ¦\"company/../growth\"", "is no goal of another workspace", ""),
        ("parent: \"orders\"", "supports: ¦\"Company/growth\"", "`Company` is not an id", ""),
        (
            "parent: \"orders\"",
            "supports: ¦\"shop/orders\"",
            "a goal of this workspace itself",
            "write parent: \"orders\"",
        ),
        ("parent: \"orders\"", "due: ¦\"2026-02-30\"", "no such day", "2026-11-19"),
        ("parent: \"orders\"", "due: ¦\"next week\"", "not a date", "2026-11-19"),
        ("parent: \"orders\"", "start: \"2026-02-03\", due: ¦\"2026-02-02\"", "before it starts", ""),
        ("parent: \"orders\"", "weight: ¦-1", "below zero", ""),
        ("theme: \"online\"", "theme: ¦\"onlin\"", "there is no theme `onlin`", "did you mean `online`?"),
        ("owner: \"maya\"", "owner: ¦\"mya\"", "there is no person `mya`", "did you mean `maya`?"),
        ("owner: \"maya\"", "owner: \"maya\", team: ¦\"back\"", "there is no team `back`", "known are front"),
        ("kpis: [\"share\"]", "kpis: [\"share\", ¦\"chare\"]", "there is no KPI `chare`", "did you mean `share`?"),
        ("kpis: [\"share\"]", "kpis: ¦\"share\"", "expected a list", "square brackets"),
        ("kpis: [\"share\"]", "kpis: [\"share\", ¦3]", "expected a text", ""),
        ("        kpis: [\"share\"],\n    ),", "        kpis: [\"share\"],\n    ¦],", "closing `)`", ""),
        ("owner: \"maya\",\n        kpis", "owner: \"maya\"\n        ¦kpis", "expected a comma, found `kpis`", ""),
    ];
    for (part, by, message, hint) in cases {
        let words = told(GOALS_FILE, &with(GOALS, part, by));
        assert!(words.contains(message) && words.contains(hint), "{by}: {words}");
    }
}

#[test]
fn a_slip_in_other_files_is_found_at_its_place() {
    let cases = [
        (KPIS_FILE, KPIS, "direction: up", "direction: ¦upward", "not one of the choices", "did you mean `up`?"),
        (KPIS_FILE, KPIS, "aim: at(5)", "aim: ¦within(3, 5)", "only a KPI with direction band", "at(value)"),
        (KPIS_FILE, KPIS, "aim: at(5)", "aim: ¦within(5, 3)", "begins at 5 and ends at 3", "lower limit first"),
        (KPIS_FILE, KPIS, "aim: at(5)", "aim: at(¦\"5\")", "expected a number", ""),
        (KPIS_FILE, KPIS, "\"2026-W01\"", "¦\"2025-W53\"", "2025 has no week 53", ""),
        (KPIS_FILE, KPIS, "\"2026-W01\"", "¦\"2026-1\"", "is not a week", "2026-W47"),
        (
            KPIS_FILE,
            KPIS,
            "// first",
            "(from: ¦\"2026-W01\", aim: at(6)),",
            "two of the targets begin in 2026-W01",
            "keep one",
        ),
        (
            KPIS_FILE,
            KPIS,
            "\"customer\"",
            "¦\"custom\"",
            "there is no perspective `custom`",
            "did you mean `customer`?",
        ),
        (
            KPIS_FILE,
            KPIS,
            "(\n        id: \"share\", name: \"Share\",",
            "¦(\n        id: \"share\",",
            "the field `name` is missing",
            "add `name: …,`",
        ),
        (KPIS_FILE, KPIS, "direction: up", "direction: up, decimals: ¦300", "too large", ""),
        (STAR_FILE, STAR, "weight: 60", "weight: ¦-60", "below zero", "shares"),
        (STAR_FILE, STAR, "weight: 60", "weight: 60¦%", "expected a comma, found `%`", ""),
        (STAR_FILE, STAR, "values: [", "values: ¦(", "expected a list", ""),
        (CONFIG_FILE, CONFIG, "schema: 1", "schema: ¦2", "newer than this version knows", "update truenorth"),
        (CONFIG_FILE, CONFIG, "schema: 1", "schema: ¦0", "there is no schema 0", ""),
        (CONFIG_FILE, CONFIG, "schema: 1", "schema: ¦\"1\"", "expected a whole number", ""),
        (CONFIG_FILE, CONFIG, "(id: \"ben\"", "¦(id: \"maya\"", "the person `maya` is given twice", "another id"),
        (
            CONFIG_FILE,
            CONFIG,
            "name: \"Ben\"",
            "name: \"Ben\", teams: [¦\"frnt\"]",
            "there is no team `frnt`",
            "`front`",
        ),
        (
            CONFIG_FILE,
            CONFIG,
            "schema: 1,",
            "schema: 1, time_zone: ¦\"Europe/Berlim\",",
            "no time zone",
            "Europe/Berlin",
        ),
        (CONFIG_FILE, CONFIG, "schema: 1,", "schema: 1, thresholds: (completion_percent: ¦120),", "no percentage", ""),
        (CONFIG_FILE, CONFIG, "schema: 1,", "schema: 1, thresholds: (agreement: ¦1.3),", "no rank correlation", ""),
        (
            CONFIG_FILE,
            CONFIG,
            "schema: 1,",
            "schema: 1, findings: [(rule: ¦\"stale-gaol\", level: off)],",
            "no rule `stale-gaol`",
            "did you mean `stale-goal`?",
        ),
    ];
    for (file, whole, part, by, message, hint) in cases {
        let words = told(file, &with(whole, part, by));
        assert!(words.contains(message) && words.contains(hint), "{by}: {words}");
    }
}

#[test]
fn a_text_that_is_no_ron_is_called_what_it_is() {
    let cases = [
        ("¦", "the file is empty"),
        ("¦ \n\t\n", "the file is empty"),
        ("// only a comment¦", "found the end of the file"),
        ("¦\0\0\0\0", "nothing but zero bytes"),
        ("[]\n¦\0\0", "zero bytes from here on"),
        ("[\n¦<<<<<<< HEAD\n]\n=======\n[]\n>>>>>>> theirs\n", "merge conflict"),
        ("\n  ¦{\"goals\": []}", "this is JSON"),
        ("¦[{\"id\": \"a\"}]", "this is JSON"),
        ("[]\n¦]\n", "nothing may follow"),
        ("[\n  (id: \"a\"¦\n", "ends too early"),
        ("[¦/* never closed\n]", "never closed"),
        ("¦(id: \"a\")", "expected a list"),
        ("[\n  ¦(\n    id: \"a\",\n    kind: goal,\n  ),\n]", "the field `title` is missing"),
        ("[\n  (\n    id: \"a\",\n    title: ¦\"x,\n  ),\n]", "no closing quote"),
        ("[\n  (\n    /* é日 */ id: \"e\" ¦title: \"x\",\n  ),\n]", "expected a comma"),
    ];
    for (marked, message) in cases {
        let words = told(GOALS_FILE, marked);
        assert!(words.contains(message), "{marked:?}: {words}");
    }
}

#[test]
fn bytes_that_are_no_text_are_refused_where_they_begin() {
    for (bytes, place) in [
        (&b"[\n  // caf\xe9\n]"[..], "2:9: the file is not UTF-8 from here on"),
        (b"\xff\xfe[\0]\0", "1:1: the file is UTF-16"),
    ] {
        let shop = Shop::new();
        shop.write(GOALS_FILE, bytes);
        let problems = check(shop.root()).unwrap().problems;
        assert_eq!(problems.iter().map(ToString::to_string).collect::<Vec<_>>(), [format!("{GOALS_FILE}:{place}")]);
    }
    let shop = Shop::new();
    shop.write(GOALS_FILE, &vec![b' '; 8 * 1024 * 1024 + 1]);
    assert!(check(shop.root()).unwrap().problems[0].message.contains("at most 8 MiB"));
    fs::remove_file(shop.at(GOALS_FILE)).unwrap();
    fs::create_dir(shop.at(GOALS_FILE)).unwrap();
    assert!(check(shop.root()).unwrap().problems[0].message.contains("not a regular file"));
}

#[test]
fn one_byte_order_mark_and_windows_line_ends_are_no_problem() {
    let shop = Shop::new();
    shop.write(GOALS_FILE, format!("\u{feff}{}", GOALS.replace('\n', "\r\n")).as_bytes());
    assert_eq!(check(shop.root()).unwrap().problems, []);
    assert_eq!(shop.strategy(), Shop::new().strategy());
    let bad = with(GOALS, "title: \"Ease\"", "¦titel: \"Ease\"").replace('\n', "\r\n");
    assert!(told(GOALS_FILE, &bad).ends_with("did you mean `title`?"));
}

#[test]
fn files_that_say_another_thing_than_their_names_are_reported() {
    let shop = Shop::new();
    let text = encode(&sealed("2026-W46", 1, &shop.strategy())).unwrap();
    for name in ["2026-W45.ron", "2026-W46.r2.ron", "2026-W46 2.ron", "2026-W46.sync-conflict-20261119.ron", "old.ron"]
    {
        shop.write(&format!("snapshots/{name}"), text.as_bytes());
    }
    shop.write("check-ins/2026-W47/maya.ron", b"(member: \"ben\", week: \"2026-W47\")");
    shop.write("check-ins/2026-W47/ben.ron", b"(\n  member: \"ben\",\n  week: \"2026-W46\")");
    shop.write("check-ins/2026-W47/zoe.ron", b"(member: \"zoe\", week: \"2026-W47\", ranking: [\"online\", \"of\"])");
    shop.write("check-ins/week 47/zoe.ron", b"");
    shop.write("strategy/goals (conflicted copy).ron", b"");
    let report = check(shop.root()).unwrap();
    let told: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "check-ins/2026-W47/ben.ron:3:9: the week here is 2026-W46, but the file's place says 2026-W47",
            "check-ins/2026-W47/maya.ron:1:10: the member here is ben, but the file's place says maya",
            "check-ins/2026-W47/zoe.ron:1:10: there is no person `zoe`",
            "check-ins/2026-W47/zoe.ron:1:55: there is no theme `of`",
            "check-ins/week 47:1:1: not a file of a workspace: it is not read",
            "snapshots/2026-W45.ron:5:11: the week here is 2026-W46, but the file's name says 2026-W45",
            "snapshots/2026-W46 2.ron:1:1: a copy that a file manager or a sync program made: it is not read",
            "snapshots/2026-W46.r2.ron:6:15: the revision here is 1, but the file's name says 2",
            "snapshots/2026-W46.sync-conflict-20261119.ron:1:1: a conflict file that Syncthing left: it is not read",
            "snapshots/old.ron:1:1: not a file of a workspace: it is not read",
            "strategy/goals (conflicted copy).ron:1:1: a conflicted copy that a sync program left: it is not read",
        ]
    );
    assert_eq!(report.files, 9);
}

#[test]
fn a_sealed_week_that_refers_to_nothing_is_reported() {
    let shop = Shop::new();
    let mut snapshot = sealed("2026-W46", 1, &shop.strategy());
    snapshot.strategy.goals[0].team = None;
    snapshot.facilitator = "zoe".parse().ok();
    snapshot.decisions[0].deciders = vec!["maya".parse().unwrap(), "bem".parse().unwrap()];
    snapshot.decisions[0].goals = vec!["gone".parse().unwrap()];
    seal(shop.root(), &snapshot).unwrap();
    let told: Vec<String> = check(shop.root()).unwrap().problems.iter().map(|p| p.message.clone()).collect();
    assert_eq!(told, ["there is no person `zoe`", "there is no person `bem`", "there is no goal `gone`"]);
}

#[test]
fn a_problem_is_shown_with_its_line_a_caret_and_a_hint() {
    let words = told(GOALS_FILE, &with(GOALS, "title: \"Ease\"", "title: \"日本\", ¦titel: \"Ease\""));
    let expected = "strategy/goals.ron:14:31: there is no field `titel` here
  14 |     (id: \"ease\", title: \"日本\", titel: \"Ease\", kind: key_result(target: 5), parent: \"orders\"), // wide
     |                                 ^
  did you mean `title`?";
    assert_eq!(words, expected);
}

#[test]
fn every_broken_item_of_a_list_is_reported_at_once() {
    let shop = Shop::new();
    let goals = "[\n  (id: \"a\", title: 1, kind: goal), // é\n  (id: \"b\", title: \"B\", kind: goal),\n  /* é */ (\n    id: \"c\",\n    kind: goal), (id: \"D\", title: \"D\", kind: goal),\n]\n";
    shop.write(GOALS_FILE, goals.as_bytes());
    shop.write(KPIS_FILE, b"[(id: \"x\"), (name: \"y\")]");
    let told: Vec<String> = check(shop.root()).unwrap().problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "strategy/goals.ron:2:20: expected a text in double quotes, found `1`",
            "strategy/goals.ron:4:11: the field `title` is missing",
            "strategy/goals.ron:6:23: `D` is not an id: use a-z, 0-9 and -, starting with a letter or digit",
            "strategy/kpis.ron:1:2: the field `name` is missing",
            "strategy/kpis.ron:1:13: the field `id` is missing",
        ]
    );
    assert!(check(shop.root()).unwrap().problems[0].excerpt.ends_with("// é"));
}

/// The problems of Maya's check-in of a week that is still open, as `line:column: message`.
fn of_check_in(shop: &Shop, week: &str, text: &str) -> Vec<String> {
    let path = format!("check-ins/{week}/maya.ron");
    shop.write(&path, text.as_bytes());
    let report = check_in_week(shop.root(), |_| Some("2026-W47".parse().unwrap())).unwrap();
    report.problems.iter().map(|p| p.to_string()).filter_map(|p| Some(p.strip_prefix(&path)?[1..].to_owned())).collect()
}

#[test]
fn nothing_that_a_check_in_refers_to_is_dropped_silently() {
    let shop = Shop::new();
    let mut last = sealed("2026-W46", 1, &shop.strategy());
    last.messages = vec![];
    seal(shop.root(), &last).unwrap();
    let head = "(member: \"maya\", week: \"2026-W47\",\n";
    for (part, told) in [
        ("recall: [(words: \"o\", goal: Some(\"nope\"))])", "2:29: there is no goal `nope`"),
        ("confidence: [(goal: \"nope\", confidence: 3)])", "2:21: there is no goal `nope`"),
        ("pulse: [(statement: \"nope\", agrees: 3)])", "2:21: there is no statement of the pulse `nope`"),
        (
            "pulse: [(statement: \"values\", agrees: 3), (statement: \"values\", agrees: 4)])",
            "2:43: the statement `values` is given twice: item 1 has it too",
        ),
        ("ranking: [\"nope\"])", "2:11: there is no theme `nope`"),
        ("ranking: [\"online\", \"online\"])", "2:21: the theme `online` is given twice: item 1 has it too"),
        ("thanks: [(to: \"zoe\")])", "2:15: there is no person `zoe`"),
        ("told: [\"nope\"])", "2:8: there is no message `nope`"),
    ] {
        assert_eq!(of_check_in(&shop, "2026-W47", &format!("{head}{part}")), [told], "{part}");
    }
}

#[test]
fn a_check_in_of_a_far_week_or_after_its_seal_is_told() {
    let shop = Shop::new();
    let text = |week: &str, more: &str| format!("(member: \"maya\", week: \"{week}\"{more})");
    let next = of_check_in(&shop, "2026-W48", &text("2026-W48", ", note: \"early\""));
    assert!(next.is_empty(), "{next:?}");
    let far = of_check_in(&shop, "2026-W49", &text("2026-W49", ", note: \"early\""));
    assert_eq!(far, ["1:24: 2026-W49 lies 2 weeks ahead: no review will see this soon"]);

    let mut week = sealed("2026-W46", 1, &shop.strategy());
    let said = |note: &str| crate::model::checkin::CheckIn {
        note: note.to_owned(),
        ..crate::model::checkin::CheckIn::new("maya".parse().unwrap(), "2026-W46".parse().unwrap())
    };
    week.check_ins = vec![said("as seen")];
    seal(shop.root(), &week).unwrap();
    let pulse = ", note: \"as seen\", pulse: [(statement: \"values\", agrees: 3)]";
    assert_eq!(of_check_in(&shop, "2026-W46", &text("2026-W46", pulse)), [""; 0], "the pulse is never kept");
    let late = of_check_in(&shop, "2026-W46", &text("2026-W46", ", note: \"more\""));
    assert_eq!(late.len(), 1);
    assert!(late[0].starts_with("1:24: this says what the review of 2026-W46 has not seen"), "{late:?}");
    let is_told = || check(shop.root()).unwrap().problems.iter().any(crate::storage::is_late);
    assert!(is_told() && within(Language::German, is_told), "it is known by its words, in each language");
}

#[test]
fn in_another_language_a_problem_has_its_hint_too() {
    let of = |field: &str| decode::<Config>(Path::new(CONFIG_FILE), &CONFIG.replacen("people:", field, 1)).unwrap_err();
    for field in [
        "time_zone: \"Nowhere\", people:",
        "language: \"fr\", people:",
        "teams: [(id: \"Not An Id\", name: \"A\")], people:",
        "nobody: 3, people:",
        "currency: 3, people:",
        "people: [), people:",
        "people",
    ] {
        let (english, german) = (of(field), within(Language::German, || of(field)));
        assert_ne!(english.message, german.message, "{field}");
        assert_eq!(english.hint.is_empty(), german.hint.is_empty(), "{field}: {} / {}", english.hint, german.hint);
        assert_eq!((english.line, english.column), (german.line, german.column), "{field}");
    }
    let week = |text: &str| decode::<Vec<crate::model::week::Week>>(Path::new("x.ron"), text).unwrap_err();
    for text in ["[\"2026-47\"]", "[\"2026-W60\"]"] {
        let german = within(Language::German, || week(text));
        assert!(german.hint.contains("ISO-Wochen") && week(text).hint.contains("ISO weeks"), "{text}: {german:?}");
    }
}

#[test]
fn two_people_or_two_statements_with_one_id_are_told() {
    let people = CONFIG.replacen("people: [", "people: [(id: \"maya\", name: \"Another\"), ", 1);
    let shop = Shop::new();
    shop.write(CONFIG_FILE, people.as_bytes());
    let words: Vec<String> = check(shop.root()).unwrap().problems.iter().map(render).collect();
    assert!(words.iter().any(|w| w.contains("the person `maya` is given twice")), "{words:?}");
    let statements = "pulse: [(id: \"a\", text: \"A\"), (id: \"a\", text: \"B\")],\n    people: [";
    shop.write(CONFIG_FILE, CONFIG.replacen("people: [", statements, 1).as_bytes());
    let words: Vec<String> = check(shop.root()).unwrap().problems.iter().map(render).collect();
    assert!(words.iter().any(|w| w.contains("the statement `a` is given twice")), "{words:?}");
}

#[test]
fn brackets_that_are_opened_without_an_end_are_refused_whatever_stands_between_them() {
    // With a hundred of them the reader of trees went round in a circle, and took all memory.
    for (deep, end) in [(90, "\"\")"), (100, "\"\")"), (130, ")"), (5000, "}"), (5000, "")] {
        for open in ["[", "(", "{", "Some(", "[(", "(a: ["] {
            let text = format!("[\n    (id: \"a\", title: \"A\", kind: goal)\"\"{}{end}", open.repeat(deep));
            let problem = decode::<Vec<Goal>>(Path::new(GOALS_FILE), &text).unwrap_err();
            assert!(problem.line <= 2, "{problem}");
            assert!(decode_list::<Goal>(Path::new(GOALS_FILE), &text).is_err());
        }
    }
}
