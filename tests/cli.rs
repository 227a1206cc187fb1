//! The command line as scripts see it: the built program against workspaces in temporary folders.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

mod doctor;
mod reports;
mod rollup;
mod trends;

/// The rehearsed day: a Thursday of 2026-W47.
const TODAY: &str = "2026-11-19";

/// A sample written into a folder of its own, with local files beside it.
pub(crate) struct Shop {
    folder: TempDir,
}

/// What a run of the program left behind.
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    fn of(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("only UTF-8 is printed");
        let status = output.status.code().expect("it ends by itself");
        Self { status, out: text(output.stdout), err: text(output.stderr) }
    }

    #[track_caller]
    pub(crate) fn exits(self, status: i32) -> Self {
        assert_eq!(self.status, status, "stdout: {}\nstderr: {}", self.out, self.err);
        assert!(!self.err.contains("panicked"), "{}", self.err);
        self
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: one JSON document, not {}", self.out))
    }

    /// Whether standard output has these words, however they are wrapped.
    #[track_caller]
    fn says(&self, words: &[&str]) {
        let said = self.out.split_whitespace().collect::<Vec<_>>().join(" ");
        for word in words {
            assert!(said.contains(word), "{word:?} is missing in {}", self.out);
        }
    }

    #[track_caller]
    pub(crate) fn fails_with(self, words: &[&str]) {
        let run = self.exits(2);
        assert_eq!(run.out, "", "nothing but data goes to standard output");
        let tells = |word: &str| run.err.lines().any(|line| line.starts_with(word) && line.len() > word.len() + 8);
        assert!(tells("error: ") && tells("hint: "), "{}", run.err);
        for word in words {
            assert!(run.err.contains(word), "{word:?} is missing in {}", run.err);
        }
    }
}

impl Shop {
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn bakery() -> Self {
        let shop = Self::empty();
        let root = shop.root();
        shop.run(&["demo", "--keep", root.to_str().unwrap()]).exits(0);
        shop
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join("shop")
    }

    pub(crate) fn file(&self, relative: &str) -> PathBuf {
        self.root().join(relative)
    }

    /// The program with nothing of this machine in its environment, standing beside the workspace.
    fn command(&self) -> Command {
        self.command_on(TODAY)
    }

    fn command_on(&self, today: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_truenorth"));
        for variable in [
            "TRUENORTH_WORKSPACE",
            "TRUENORTH_MEMBER",
            "TRUENORTH_LANGUAGE",
            "NO_COLOR",
            "LC_ALL",
            "LC_MESSAGES",
            "LANG",
        ] {
            command.env_remove(variable);
        }
        command.env("TRUENORTH_HOME", self.folder.path().join("home")).env("TERM", "xterm");
        command.current_dir(self.folder.path()).args(["--today", today]).stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Run {
        Run::of(self.command().args(args).output().unwrap())
    }

    /// The same inside the workspace.
    pub(crate) fn at(&self, args: &[&str]) -> Run {
        Run::of(self.command().current_dir(self.root()).args(args).output().unwrap())
    }

    fn change(&self, relative: &str, change: impl FnOnce(String) -> String) {
        let path = self.file(relative);
        let text = change(fs::read_to_string(&path).unwrap());
        fs::write(path, text).unwrap();
    }

    fn check_in(&self, member: &str) -> String {
        fs::read_to_string(self.file(&format!("check-ins/2026-W47/{member}.ron"))).unwrap_or_default()
    }

    /// The first KPI of the scorecard.
    fn kpi(&self) -> String {
        self.at(&["kpi", "list", "--json"]).json()[0]["id"].as_str().unwrap().to_owned()
    }

    /// The first person.
    fn member(&self) -> String {
        let status = self.at(&["status", "--json"]).json();
        let people = &status["check_ins"];
        people["in"][0].as_str().or(people["missing"][0].as_str()).unwrap().to_owned()
    }
}

#[track_caller]
fn has_keys(value: &Value, keys: &[&str]) {
    let object = value.as_object().unwrap_or_else(|| panic!("an object, not {value}"));
    for key in keys {
        assert!(object.contains_key(*key), "the key {key:?} is missing in {value}");
    }
}

fn no_file_differs(before: &[(PathBuf, Vec<u8>)], root: &Path) -> bool {
    files(root) == before
}

pub(crate) fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push((path.clone(), fs::read(path).unwrap())) }
    }
    found.sort();
    found
}

// Data for programs

#[test]
fn status_tells_programs_the_week_with_the_documented_keys() {
    let shop = Shop::bakery();
    let status = shop.at(&["status", "--json"]).exits(0).json();
    has_keys(&status, &["workspace", "week", "review", "check_ins", "kpis", "findings", "mine"]);
    has_keys(&status["review"], &["state", "step"]);
    has_keys(&status["check_ins"], &["in", "missing"]);
    has_keys(&status["kpis"], &["on_track", "at_risk", "off_track", "unknown"]);
    assert_eq!(status["week"], "2026-W47");
    assert_eq!(status["review"]["state"], "none");
    let counted: u64 =
        ["on_track", "at_risk", "off_track", "unknown"].map(|k| status["kpis"][k].as_u64().unwrap()).iter().sum();
    let kpis = shop.at(&["kpi", "list", "--json"]).json();
    assert_eq!(counted, kpis.as_array().unwrap().len() as u64, "every KPI is counted once");
    let findings = shop.at(&["findings", "--json"]).exits(0).json();
    assert_eq!(status["findings"], findings.as_array().unwrap().len(), "both count the same findings");
}

#[test]
fn alignment_is_told_with_the_documented_keys_down_to_what_was_counted() {
    let shop = Shop::bakery();
    let alignment = shop.at(&["alignment", "--json"]).exits(0).json();
    has_keys(&alignment, &["index", "dimensions", "agreement"]);
    let dimensions = alignment["dimensions"].as_array().unwrap();
    assert_eq!(dimensions.len(), 9);
    for dimension in dimensions {
        has_keys(dimension, &["id", "label", "score", "components"]);
        for component in dimension["components"].as_array().unwrap() {
            has_keys(component, &["id", "label", "ratio", "formula", "inputs", "advice"]);
            assert!(component["ratio"].as_f64().is_none_or(|r| (0.0..=1.0).contains(&r)), "{component}");
            assert!(!component["inputs"].as_array().unwrap().is_empty(), "{component}");
        }
    }
    let known: Vec<f64> = dimensions.iter().filter_map(|d| d["score"].as_f64()).collect();
    let mean = known.iter().sum::<f64>() / known.len() as f64;
    assert!((alignment["index"].as_f64().unwrap() - mean).abs() < 0.01, "the index is the mean of what is known");
    has_keys(&alignment["agreement"], &["week", "members", "items", "w", "mean_rank_correlation", "p_value"]);
    assert_eq!(alignment["agreement"]["week"], "2026-W46", "nothing of this week is given away before its reveal");
}

#[test]
fn alignment_says_what_lowers_it_before_it_says_how_much_it_is() {
    let shop = Shop::bakery();
    let page = shop.at(&["alignment"]).exits(0).out;
    let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("{words:?} is missing in {page}"));
    assert!(at("What lowers it most") < at("Index"), "{page}");
    assert!(at("One could") < at("Index") && page.contains("points"), "{page}");
}

#[test]
fn alignment_without_a_strategy_is_unknown_and_no_number() {
    let shop = Shop::empty();
    shop.run(&["init", "shop", "--name", "Shop", "--from", "empty"]).exits(0);
    let alignment = shop.at(&["alignment", "--json"]).exits(0).json();
    assert_eq!((&alignment["index"], &alignment["agreement"]), (&Value::Null, &Value::Null));
    let page = shop.at(&["alignment"]).exits(0).out;
    assert!(page.contains("unknown") && !page.contains("NaN"), "{page}");
}

#[test]
fn what_is_mine_depends_on_who_asks() {
    let shop = Shop::bakery();
    let me = shop.member();
    let kpi = shop.kpi();
    let mine = |args: &[&str]| shop.at(&[&["status", "--json"], args].concat()).exits(0).json()["mine"].clone();
    assert_eq!(mine(&[]), Value::Array(Vec::new()));
    shop.at(&["action", "add", "Oil the door", "--as", &me, "--due", "2026-11-20"]).exits(0);
    let tasks = mine(&["--as", &me]);
    let task =
        tasks.as_array().unwrap().iter().find(|t| t["text"].as_str().unwrap().starts_with("Oil the door")).unwrap();
    assert_eq!((&task["kind"], &task["due"]), (&"action".into(), &"2026-11-20".into()));
    shop.at(&["action", "done", "oil", "--as", &me]).exits(0);
    assert!(!mine(&["--as", &me]).to_string().contains("Oil the door"), "what is reported done is not mine any more");
    shop.at(&["kpi", "set", &kpi, "1", "--as", &me]).exits(0);
    assert!(!mine(&["--as", &me]).to_string().contains(&format!("({kpi})")), "a reading that is in is not asked for");
}

#[test]
fn a_kpi_is_told_with_the_documented_keys() {
    let shop = Shop::bakery();
    let kpi = shop.at(&["kpi", "show", &shop.kpi(), "--json"]).exits(0).json();
    has_keys(&kpi, &["id", "name", "unit", "direction", "perspective", "owner", "goals", "target", "readings"]);
    has_keys(&kpi, &["limits", "signals", "capability", "forecast"]);
    has_keys(&kpi["target"], &["value", "lower", "upper", "from"]);
    has_keys(&kpi["readings"][0], &["week", "value", "computed", "marked", "note"]);
    has_keys(&kpi["limits"], &["state", "mean", "lower", "upper", "mean_range", "range_upper", "phase_from"]);
    has_keys(&kpi["forecast"], &["state", "horizon", "mean", "lower80", "upper80", "chance_of_target", "mase"]);
    assert!(["up", "down", "band"].contains(&kpi["direction"].as_str().unwrap()));
    assert!(kpi["readings"][0]["value"].is_number(), "numbers are JSON numbers");
    let weeks: Vec<&str> = kpi["readings"].as_array().unwrap().iter().map(|r| r["week"].as_str().unwrap()).collect();
    assert!(weeks.is_sorted(), "{weeks:?}");
}

#[test]
fn a_kpi_is_told_with_its_limits_its_signals_and_whether_the_target_is_in_reach() {
    let shop = Shop::bakery();
    let kpi = shop.at(&["kpi", "show", "order-errors", "--json"]).exits(0).json();
    let limits = &kpi["limits"];
    assert_eq!((limits["state"].as_str(), limits["phase_from"].as_str()), (Some("firm"), Some("2026-W28")));
    let number = |key: &str| limits[key].as_f64().unwrap();
    assert!((number("mean") + 2.66 * number("mean_range") - number("upper")).abs() < 1e-9);
    assert!((number("mean") - 2.66 * number("mean_range") - number("lower")).abs() < 1e-9);
    assert!((3.268 * number("mean_range") - number("range_upper")).abs() < 1e-9);
    assert_eq!(kpi["capability"], "sometimes");
    let signals = kpi["signals"].as_array().unwrap();
    let now: Vec<_> = signals.iter().filter(|s| s["week"] == "2026-W47").collect();
    assert_eq!(now.len(), 1, "{now:?}");
    assert_eq!(now[0].as_object().unwrap().len(), 4);
    assert_eq!(
        (now[0]["rule"].as_u64(), &now[0]["chart"], &now[0]["verdict"]),
        (Some(1), &"x".into(), &"deterioration".into())
    );
}

#[test]
fn a_kpi_with_few_readings_has_null_limits_and_says_why_in_words() {
    let shop = Shop::bakery();
    let kpi = shop.at(&["kpi", "show", "gluten-free-sales", "--json"]).exits(0).json();
    assert_eq!((kpi["limits"]["state"].as_str(), kpi["capability"].as_str()), (Some("none"), Some("unknown")));
    assert!(["mean", "lower", "upper", "mean_range", "range_upper"].iter().all(|key| kpi["limits"][key].is_null()));
    shop.at(&["kpi", "show", "gluten-free-sales"]).exits(0).says(&["too early to say", "of 6 readings since 2026-W45"]);
}

#[test]
fn a_kpi_says_in_words_what_is_routine_and_what_is_not() {
    let shop = Shop::bakery();
    let errors = shop.at(&["kpi", "show", "order-errors"]).exits(0);
    errors.says(&[
        "Limits",
        "firm limits, since 2026-W28",
        "above limits in 2026-W47 (deterioration)",
        "will sometimes meet",
    ]);
    shop.at(&["kpi", "show", "waste"]).exits(0).says(&["routine variation: nothing to explain"]);
}

#[test]
fn the_scorecard_says_what_makes_a_kpi_an_exception() {
    let shop = Shop::bakery();
    let kpis = shop.at(&["kpi", "list", "--json"]).json();
    let reason = |id: &str| kpis.as_array().unwrap().iter().find(|k| k["id"] == id).unwrap()["reason"].clone();
    assert_eq!(reason("processing-time"), "signal: below limits");
    assert_eq!(reason("order-errors"), "off track");
    assert_eq!(reason("late-orders"), "was off track");
    assert!(reason("waste").is_null(), "routine");
    shop.at(&["kpi", "list"]).exits(0).says(&["signal:"]);
}

#[test]
fn a_kpi_tells_where_it_is_heading() {
    let shop = Shop::bakery();
    let forecast = |id: &str| shop.at(&["kpi", "show", id, "--json"]).exits(0).json()["forecast"].clone();
    let orders = forecast("online-orders");
    assert!(["model", "last value"].contains(&orders["state"].as_str().unwrap()), "{orders}");
    assert_eq!(orders["horizon"], "2026-W53", "the due date of its goal");
    let number = |key: &str| orders[key].as_f64().unwrap_or_else(|| panic!("{key} in {orders}"));
    assert!(number("lower80") < number("mean") && number("mean") < number("upper80"));
    assert!((0.0..=1.0).contains(&number("chance_of_target")) && number("mase") > 0.0);
    let text = shop.at(&["kpi", "show", "online-orders"]).exits(0).out;
    let line = text.lines().find(|l| l.starts_with("Forecast ")).unwrap();
    assert!(line.contains("W53: ") && line.contains(" % to make it"), "{line}");
    // A week earlier the newest of its numbers had been read eleven times.
    let mut command = shop.command_on("2026-11-13");
    let args = ["kpi", "show", "gluten-free-sales", "--json"];
    let young = Run::of(command.current_dir(shop.root()).args(args).output().unwrap()).exits(0).json();
    let young = &young["forecast"];
    assert_eq!((&young["state"], &young["mean"]), (&"too early".into(), &Value::Null), "{young}");
}

#[test]
fn chances_reach_the_status_and_the_checks_of_a_goal() {
    let shop = Shop::bakery();
    let status = shop.at(&["status"]).exits(0).out;
    assert!(status.contains("1 target out of reach at this pace"), "{status}");
    assert_eq!(shop.at(&["status", "--json"]).json()["out_of_reach"], serde_json::json!(["order-errors"]));
    let kpi = shop.at(&["kpi", "show", "order-errors", "--json"]).exits(0).json();
    assert!(kpi["forecast"]["chance_of_target"].as_f64().unwrap() < 0.1, "{kpi}");
    let goal = shop.at(&["goal", "show", "errors-below-two", "--json"]).exits(0).json();
    let realistic = goal["smart"].as_array().unwrap().iter().find(|c| c["check"] == "realistic").unwrap();
    assert_eq!(realistic["answer"], "no");
    assert!(realistic["reason"].as_str().unwrap().contains("out of reach at this pace"), "{realistic}");
}

#[test]
fn a_goal_is_told_with_its_line_its_checks_and_its_weeks() {
    let shop = Shop::bakery();
    let goals = shop.at(&["goal", "list", "--json"]).exits(0).json();
    let child = goals.as_array().unwrap().iter().find(|g| !g["parent"].is_null()).expect("a goal with a parent");
    let goal = shop.at(&["goal", "show", child["id"].as_str().unwrap(), "--json"]).exits(0).json();
    has_keys(
        &goal,
        &["id", "title", "kind", "parent", "owner", "due", "status", "progress", "line", "smart", "history"],
    );
    assert_eq!(goal["line"][0], child["parent"]);
    assert_eq!(goal["smart"].as_array().unwrap().len(), 5);
}

#[test]
fn show_tells_programs_the_whole_snapshot() {
    let shop = Shop::bakery();
    let week = shop.at(&["show", "last", "--json"]).exits(0).json();
    assert_eq!(week["week"], "2026-W46");
    has_keys(&week, &["schema", "workspace", "name", "revision", "sealed", "scorecard", "goals", "strategy"]);
}

#[test]
fn diff_tells_what_changed_since_a_week_some_weeks_back() {
    let shop = Shop::bakery();
    // Made from the newest week, so that exactly what is changed here differs.
    let text = fs::read_to_string(shop.file("snapshots/2026-W46.ron")).unwrap();
    let vision = shop.at(&["show", "last", "--json"]).json()["strategy"]["north_star"]["vision"].clone();
    let earlier = text.replacen("2026-W46", "2026-W43", 1).replace(vision.as_str().unwrap(), "another vision");
    fs::write(shop.file("snapshots/2026-W43.ron"), earlier).unwrap();
    for from in ["-4", "2026-W43", "2026-10-22"] {
        let changes = shop.at(&["diff", from, "last", "--json"]).exits(0).json();
        let changes = changes.as_array().unwrap();
        has_keys(&changes[0], &["kind", "id", "field", "from", "to"]);
        let found = changes.iter().find(|c| c["kind"] == "north star").expect("the vision changed");
        assert_eq!((&found["id"], &found["from"], &found["to"]), (&"vision".into(), &"another vision".into(), &vision));
    }
    shop.at(&["diff", "last", "last"]).exits(1);
    assert_eq!(shop.at(&["diff", "last", "last", "--json"]).exits(1).json(), Value::Array(Vec::new()));
}

#[test]
fn the_registers_are_lists_for_programs() {
    let shop = Shop::bakery();
    for (list, keys) in [
        ("action", ["id", "title", "owner", "due", "state", "closed"]),
        ("issue", ["id", "title", "by", "raised", "state", "closed"]),
        ("decision", ["id", "title", "choice", "decided", "review_on", "state"]),
    ] {
        let all = shop.at(&[list, "list", "--all", "--json"]).exits(0).json();
        let open = shop.at(&[list, "list", "--json"]).json();
        has_keys(&all[0], &keys);
        assert!(open.as_array().unwrap().iter().all(|r| r["state"] == "open"), "{open}");
        assert!(open.as_array().unwrap().len() <= all.as_array().unwrap().len());
    }
    let decisions = shop.at(&["decision", "list", "--all", "--json"]).json();
    let id = decisions[0]["id"].as_str().unwrap();
    let mut shown = shop.at(&["decision", "show", id, "--json"]).exits(0).json();
    let story = shown.as_object_mut().unwrap().remove("story").expect("one decision tells its life, too");
    assert_eq!(shown, decisions[0]);
    has_keys(&story[0], &["week", "what", "text"]);
    assert_eq!((&story[0]["week"], &story[0]["what"]), (&decisions[0]["decided"], &"taken".into()));
}

#[test]
fn a_week_tells_how_many_cards_the_registers_have_and_which_changed_in_it() {
    let shop = Shop::bakery();
    let week = shop.at(&["show", "2026-W43", "--json"]).exits(0).json();
    let ideas = week["registers"].as_array().unwrap().iter().find(|r| r["register"] == "idea").unwrap().clone();
    has_keys(&ideas, &["register", "open", "closed"]);
    let changes = week["card_changes"].as_array().unwrap();
    assert!(!changes.is_empty() && changes.iter().all(|c| c["kind"] == "card"), "{changes:?}");
    let text = shop.at(&["show", "2026-W43"]).exits(0);
    text.says(&["Open cards", &format!("idea {}", ideas["open"]), changes[0]["name"].as_str().unwrap()]);
}

// Weeks and names

#[test]
fn a_week_that_was_not_sealed_is_nothing_to_show_and_the_near_ones_are_named() {
    let shop = Shop::bakery();
    for week in ["2026-W47", TODAY, "-0", "2027-W01"] {
        let run = shop.at(&["show", week]).exits(1);
        assert_eq!(run.out, "");
        assert!(run.err.contains("was sealed") && run.err.contains("2026-W46"), "{}", run.err);
    }
    let run = shop.at(&["show", "last", "--revision", "9"]).exits(1);
    assert!(run.err.contains("no revision 9"), "{}", run.err);
}

#[test]
fn what_is_no_week_or_no_flag_is_refused() {
    let shop = Shop::bakery();
    for args in [&["show", "soon"], &["show", "2026-W60"], &["show", "--jason"], &["show", "-x"]] {
        let run = shop.at(args).exits(2);
        assert!(run.err.contains(args[1]), "what was typed is in the message: {}", run.err);
    }
    assert!(shop.at(&["show", "2026-W60"]).err.contains("2026 has no week 60"));
}

#[test]
fn things_are_found_by_id_by_name_and_by_a_beginning_that_fits_one() {
    let shop = Shop::bakery();
    let kpis = shop.at(&["kpi", "list", "--json"]).json();
    let (id, name) = (kpis[0]["id"].as_str().unwrap(), kpis[0]["name"].as_str().unwrap());
    for typed in [id, name, &id.to_uppercase(), &name.to_lowercase(), &id[..id.len() - 1]] {
        assert_eq!(shop.at(&["kpi", "show", typed, "--json"]).exits(0).json()["id"], id, "{typed}");
    }
    let swapped: String = id[..2].chars().rev().chain(id[2..].chars()).collect();
    shop.at(&["kpi", "show", &swapped]).fails_with(&[&swapped, "near ones", id]);
    shop.at(&["goal", "show", ""]).fails_with(&["no goal"]);
    shop.at(&["status", "--as", "nobody-at-all"]).fails_with(&["no member `nobody-at-all`"]);
}

// What is fed in

#[test]
fn a_reading_is_understood_as_people_write_numbers() {
    let shop = Shop::bakery();
    let (me, kpi) = (shop.member(), shop.kpi());
    for (typed, value) in [("1.234,5", 1234.5), ("1,234.5", 1234.5), ("12 %", 12.0), ("-3", -3.0), ("1 234,5", 1234.5)]
    {
        let run = shop.at(&["kpi", "set", &kpi, typed, "--as", &me]).exits(0);
        assert_eq!(run.out, "", "what was done is a message, not data");
        let told = shop.at(&["kpi", "show", &kpi, "--json"]).json();
        let last = told["readings"].as_array().unwrap().last().unwrap().clone();
        assert_eq!((&last["week"], last["value"].as_f64()), (&"2026-W47".into(), Some(value)), "{typed}");
    }
    assert_eq!(shop.check_in(&me).matches(&format!("\"{kpi}\"")).count(), 1, "one reading, not five");
    shop.at(&["check"]).exits(0);
}

#[test]
fn a_reading_keeps_its_note_until_another_is_given() {
    let shop = Shop::bakery();
    let (me, kpi) = (shop.member(), shop.kpi());
    shop.at(&["kpi", "set", &kpi, "4", "--note", "counted twice", "--as", &me]).exits(0);
    shop.at(&["kpi", "set", &kpi, "5", "--as", &me]).exits(0);
    let told = shop.at(&["kpi", "show", &kpi, "--json"]).json();
    assert_eq!(told["readings"].as_array().unwrap().last().unwrap()["note"], "counted twice");
}

#[test]
fn what_is_no_number_is_refused_with_what_was_typed_and_nothing_is_written() {
    let shop = Shop::bakery();
    let (me, kpi) = (shop.member(), shop.kpi());
    let before = files(&shop.root());
    for typed in ["lots", "1.2.3,4", "", "NaN", "1e9"] {
        shop.at(&["kpi", "set", &kpi, typed, "--as", &me]).fails_with(&[&format!("`{typed}`")]);
    }
    assert!(no_file_differs(&before, &shop.root()));
}

#[test]
fn a_sealed_week_a_week_to_come_and_an_unknown_member_write_nothing() {
    let shop = Shop::bakery();
    let (me, kpi) = (shop.member(), shop.kpi());
    let before = files(&shop.root());
    shop.at(&["kpi", "set", &kpi, "3", "--week", "last", "--as", &me]).fails_with(&["2026-W46 is sealed", "--reopen"]);
    shop.at(&["kpi", "set", &kpi, "3", "--week", "-1", "--as", &me]).fails_with(&["2026-W46 is sealed"]);
    shop.at(&["kpi", "set", &kpi, "3", "--week", "2027-W01", "--as", &me]).fails_with(&["has not begun"]);
    shop.at(&["kpi", "set", &kpi, "3"]).fails_with(&["who you are", &me]);
    assert!(no_file_differs(&before, &shop.root()));
}

#[test]
fn the_member_comes_from_the_flag_else_the_configuration_else_the_variable() {
    let shop = Shop::bakery();
    let status = shop.at(&["status", "--json"]).json();
    let people: Vec<String> = ["in", "missing"]
        .iter()
        .flat_map(|k| status["check_ins"][k].as_array().unwrap().iter().map(|m| m.as_str().unwrap().to_owned()))
        .collect();
    let asked = |shop: &Shop, args: &[&str]| {
        let output = shop.command().current_dir(shop.root()).env("TRUENORTH_MEMBER", &people[2]).args(args).output();
        Run::of(output.unwrap()).exits(0).json()["me"].as_str().unwrap().to_owned()
    };
    assert_eq!(asked(&shop, &["status", "--json"]), people[2]);
    fs::create_dir_all(shop.folder.path().join("home")).unwrap();
    fs::write(shop.folder.path().join("home/config.ron"), format!("(member: \"{}\")", people[1])).unwrap();
    assert_eq!(asked(&shop, &["status", "--json"]), people[1]);
    assert_eq!(asked(&shop, &["--as", &people[0], "status", "--json"]), people[0]);
}

#[test]
fn actions_and_issues_go_into_my_check_in_and_into_the_lists() {
    let shop = Shop::bakery();
    let me = shop.member();
    shop.at(&["action", "add", "Call the plumber", "--due", "+3", "--as", &me]).exits(0);
    shop.at(&["action", "add", "Call the plumber", "--as", &me]).exits(0);
    shop.at(&["issue", "add", "The sink leaks", "--detail", "since\nMonday", "--as", &me]).exits(0);
    let actions = shop.at(&["action", "list", "--json"]).exits(0).json();
    let mine: Vec<&Value> = actions.as_array().unwrap().iter().filter(|a| a["title"] == "Call the plumber").collect();
    assert_eq!(mine.len(), 2, "the same words twice are two action items");
    assert_ne!(mine[0]["id"], mine[1]["id"]);
    assert!(mine.iter().any(|a| a["due"] == "2026-11-22") && mine.iter().any(|a| a["due"] == "2026-11-26"), "{mine:?}");
    shop.at(&["action", "done", mine[0]["id"].as_str().unwrap(), "--as", &me]).exits(0);
    let actions = shop.at(&["action", "list", "--json"]).json();
    let done: Vec<&Value> = actions.as_array().unwrap().iter().filter(|a| a["id"] == mine[0]["id"]).collect();
    assert_eq!(done[0]["reported_done"], true);
    let issues = shop.at(&["issue", "list", "--json"]).json();
    let issue = issues.as_array().unwrap().iter().find(|i| i["title"] == "The sink leaks").unwrap();
    assert_eq!((&issue["detail"], &issue["by"]), (&"since\nMonday".into(), &me.as_str().into()));
    shop.at(&["check"]).exits(0);
    shop.at(&["issue", "add", "  ", "--as", &me]).fails_with(&["is no issue"]);
    shop.at(&["action", "add", "x", "--due", "soon", "--as", &me]).exits(2);
}

#[test]
fn once_the_review_was_held_what_is_added_waits_for_the_next_week() {
    let shop = Shop::bakery();
    let me = shop.member();
    // A week earlier 2026-W46 is the current week, and it is sealed.
    let run = |args: &[&str]| {
        let mut command = shop.command_on("2026-11-13");
        Run::of(command.current_dir(shop.root()).args(args).output().unwrap())
    };
    assert_eq!(run(&["status", "--json"]).exits(0).json()["review"]["state"], "held");
    assert!(run(&["issue", "add", "Too late for today", "--as", &me]).exits(0).err.contains("2026-W47"));
    assert!(shop.check_in(&me).contains("Too late for today"));
    assert!(run(&["issue", "list"]).exits(0).out.contains("Too late for today"));
    run(&["kpi", "set", &shop.kpi(), "3", "--as", &me]).fails_with(&["2026-W46 is sealed"]);
}

#[test]
fn a_check_in_that_cannot_be_read_is_not_written() {
    let shop = Shop::bakery();
    let (me, kpi) = (shop.member(), shop.kpi());
    let path = shop.file(&format!("check-ins/2026-W47/{me}.ron"));
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, "(member: \"mine\", and then?").unwrap();
    shop.at(&["kpi", "set", &kpi, "3", "--as", &me]).fails_with(&[&format!("check-ins/2026-W47/{me}.ron:1:")]);
    assert_eq!(fs::read_to_string(path).unwrap(), "(member: \"mine\", and then?");
}

// Broken and hostile files

#[test]
fn check_tells_path_line_and_column_and_exits_with_1() {
    let shop = Shop::bakery();
    let well = shop.at(&["check"]).exits(0);
    assert!(well.out.contains("all well"), "{}", well.out);
    assert_eq!(shop.at(&["check", "--json"]).exits(0).json(), Value::Array(Vec::new()));
    fs::write(shop.file("strategy/kpis.ron"), "[\n    (id: \"a\", nme: \"A\"),\n]\n").unwrap();
    let before = files(&shop.root());
    let run = shop.at(&["check"]).exits(1);
    assert!(run.out.starts_with("strategy/kpis.ron:2:"), "{}", run.out);
    let problems = shop.at(&["check", "--json"]).exits(1).json();
    assert_eq!(run.out.lines().count(), problems.as_array().unwrap().len(), "one line a problem");
    has_keys(&problems[0], &["path", "line", "column", "message", "hint"]);
    assert_eq!((&problems[0]["path"], &problems[0]["line"]), (&"strategy/kpis.ron".into(), &2.into()));
    assert!(no_file_differs(&before, &shop.root()), "check writes nothing");
    shop.at(&["kpi", "list"]).fails_with(&["strategy/kpis.ron:2:"]);
    let last = shop.at(&["show", "last"]).exits(0);
    assert!(last.out.contains("2026-W46") && last.err.contains("truenorth check"), "{}", last.err);
}

#[test]
fn text_of_a_file_never_steers_the_terminal() {
    let shop = Shop::bakery();
    let hostile = "Evil\u{1b}]0;owned\u{7}\u{1b}[2J\u{202e}txt\u{9b}31m";
    let name = shop.at(&["kpi", "list", "--json"]).json()[0]["name"].as_str().unwrap().to_owned();
    let escaped = "Evil\\u{1b}]0;owned\\u{7}\\u{1b}[2J\\u{202e}txt\\u{9b}31m";
    shop.change("strategy/kpis.ron", |text| text.replacen(&name, escaped, 1));
    shop.change("snapshots/2026-W46.ron", |text| text.replace(&name, escaped));
    let id = shop.kpi();
    assert_eq!(shop.at(&["kpi", "show", &id, "--json"]).json()["name"], hostile, "programs get the data as it is");
    for args in [
        vec!["kpi", "list"],
        vec!["kpi", "list", "--json"],
        vec!["kpi", "show", &id],
        vec!["kpi", "show", "Evil\u{1b}[2J"],
        vec!["show", "last"],
        vec!["show", "last", "--json"],
        vec!["findings"],
        vec!["alignment"],
        vec!["status"],
        vec!["check"],
    ] {
        let run = shop.at(&args);
        for (stream, text) in [("out", &run.out), ("err", &run.err)] {
            let steering = |c: char| c != '\n' && (c.is_control() || c == '\u{202e}');
            assert!(!text.contains(steering), "{args:?} {stream}: {text:?}");
        }
    }
    assert!(shop.at(&["show", "last"]).out.contains("Evil"), "the rest of the text is there");
}

#[test]
fn a_snapshot_alone_shows_its_week() {
    let shop = Shop::bakery();
    let whole = shop.at(&["show", "2026-W46"]).exits(0).out;
    for with_config in [true, false] {
        let alone = tempfile::tempdir().unwrap();
        fs::create_dir(alone.path().join("snapshots")).unwrap();
        let mut copied = vec!["snapshots/2026-W46.ron"];
        copied.extend(with_config.then_some("truenorth.ron"));
        for file in copied {
            fs::copy(shop.file(file), alone.path().join(file)).unwrap();
        }
        let root = alone.path().to_str().unwrap();
        // Which cards changed since the week before is told last, and needs that week.
        let told = shop.run(&["show", "2026-W46", "-w", root]).exits(0).out;
        assert!(whole.starts_with(&told) && whole[told.len()..].starts_with("\nCards that changed\n"), "{told}");
        assert_eq!(shop.run(&["diff", "2026-W46", "2026-11-12", "-w", root]).exits(1).out, "");
    }
}

#[test]
fn a_correction_is_shown_and_its_first_revision_stays_to_be_seen() {
    let shop = Shop::bakery();
    let text = fs::read_to_string(shop.file("snapshots/2026-W46.ron")).unwrap();
    let corrected = text.replacen("revision: 1", "revision: 2", 1).replacen("name: \"", "name: \"Corrected ", 1);
    fs::write(shop.file("snapshots/2026-W46.r2.ron"), corrected).unwrap();
    assert_eq!(shop.at(&["show", "last", "--json"]).json()["revision"], 2);
    assert!(shop.at(&["show", "last"]).out.starts_with("Corrected "));
    assert!(!shop.at(&["show", "last", "--revision", "1"]).exits(0).out.starts_with("Corrected "));
}

// Where it finds the workspace, and how it ends

#[test]
fn the_workspace_is_the_flag_the_variable_the_nearest_upwards_or_the_last_one() {
    let shop = Shop::bakery();
    let root = shop.root();
    let named = |run: Run| run.exits(0).json()["workspace"].as_str().unwrap().to_owned();
    let id = named(shop.run(&["-w", root.to_str().unwrap(), "status", "--json"]));
    let variable = shop.command().env("TRUENORTH_WORKSPACE", &root).args(["status", "--json"]).output().unwrap();
    assert_eq!(named(Run::of(variable)), id);
    let below = shop.command().current_dir(root.join("strategy")).args(["status", "--json"]).output().unwrap();
    assert_eq!(named(Run::of(below)), id);
    shop.run(&["status"]).fails_with(&["no workspace here", "truenorth init"]);
    fs::create_dir_all(shop.folder.path().join("home")).unwrap();
    let settings = format!("(last_workspace: \"{}\")", root.to_str().unwrap().replace('\\', "/"));
    fs::write(shop.folder.path().join("home/config.ron"), settings).unwrap();
    assert_eq!(named(shop.run(&["status", "--json"])), id);
    shop.run(&["status", "-w", "nowhere"]).fails_with(&["nowhere is not a workspace"]);
}

#[test]
fn without_a_terminal_the_screens_say_which_command_to_use() {
    let shop = Shop::bakery();
    for args in [&[][..], &["demo"], &["review"], &["review", "last", "--reopen"], &["history"]] {
        shop.at(args).fails_with(&["no terminal", "truenorth "]);
    }
    assert!(shop.at(&["demo"]).err.contains("demo --keep DIR"));
}

#[test]
fn a_demo_is_kept_only_where_nothing_is_in_the_way() {
    let shop = Shop::bakery();
    let root = shop.root();
    let before = files(&root);
    shop.run(&["demo", "--keep", root.to_str().unwrap()]).fails_with(&["exists already"]);
    assert!(no_file_differs(&before, &root));
    let run = shop.run(&["demo", "--sample", "office", "--keep", "office"]).exits(0);
    assert!(run.out.is_empty() && run.err.contains("office"), "{}", run.err);
    assert_eq!(shop.run(&["show", "last", "--json", "-w", "office"]).exits(0).json()["week"], "2026-W46");
}

#[test]
fn init_leaves_a_workspace_that_check_accepts() {
    let shop = Shop::empty();
    for (from, dir) in [("empty", "corner-shop"), ("bakery", "b"), ("office", "o")] {
        shop.run(&["init", dir, "--from", from]).exits(0);
        shop.run(&["check", "-w", dir]).exits(0);
    }
    assert_eq!(shop.run(&["status", "--json", "-w", "corner-shop"]).exits(0).json()["name"], "Corner shop");
    for list in [&["kpi", "list"][..], &["goal", "list"], &["action", "list"], &["show", "last"], &["show", "-1"]] {
        let run = shop.run(&[list, &["-w", "corner-shop"]].concat()).exits(1);
        assert!(run.out.is_empty() && !run.err.is_empty(), "nothing to show, and it says so: {}", run.err);
    }
    shop.run(&["init", "corner-shop"]).fails_with(&["exists already"]);
    shop.run(&["init", "other", "--name", " "]).fails_with(&["is no name"]);
}

#[test]
fn a_reader_that_goes_away_ends_the_program_quietly() {
    let shop = Shop::bakery();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut child = shop.command();
    child.current_dir(shop.root()).args(["show", "last", "--json"]).stdout(writer).stderr(Stdio::piped());
    let mut child = child.spawn().unwrap();
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""));
}

#[test]
fn colour_is_for_those_who_want_it() {
    let shop = Shop::bakery();
    let coloured = |args: &[&str]| shop.at(&[args, &["kpi", "list"]].concat()).exits(0).out.contains("\u{1b}[");
    assert!(!coloured(&[]) && !coloured(&["--color", "never"]));
    assert!(coloured(&["--color", "always"]));
    let plain = shop.at(&["kpi", "list"]).out;
    assert!(plain.lines().skip(2).any(|l| ["+ ", "! ", "x ", "? "].iter().any(|mark| l.starts_with(mark))), "{plain}");
    for args in [&["kpi", "list"][..], &["goal", "list"], &["action", "list"], &["decision", "list"], &["status"]] {
        let wide = shop.at(args).out.lines().find(|l| l.chars().count() > 80).map(str::to_owned);
        assert_eq!(wide, None, "{args:?} fits 80 columns");
    }
}

#[test]
fn packagers_get_completions_and_manual_pages() {
    let shop = Shop::empty();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let run = shop.run(&["completions", shell]).exits(0);
        assert!(run.out.contains("truenorth") && run.out.contains("findings"), "{shell}");
    }
    assert!(shop.run(&["man"]).exits(0).out.contains(".TH truenorth 1"));
    shop.run(&["man", "pages"]).exits(0);
    for page in ["truenorth.1", "truenorth-kpi-set.1"] {
        assert!(shop.folder.path().join("pages").join(page).is_file(), "{page}");
    }
}

#[test]
fn every_command_explains_itself() {
    let shop = Shop::empty();
    let help = shop.run(&["--help"]).exits(0).out;
    for command in [
        "demo",
        "init",
        "review",
        "history",
        "status",
        "show",
        "diff",
        "kpi",
        "goal",
        "decision",
        "action",
        "alignment",
    ] {
        assert!(help.contains(&format!("\n  {command}")), "{command}");
        assert!(shop.run(&[command, "--help"]).exits(0).out.contains("Usage: truenorth"), "{command}");
    }
    assert!(shop.run(&["--version"]).exits(0).out.starts_with("truenorth "));
    shop.run(&["frobnicate"]).exits(2);
}

#[test]
fn nothing_waits_for_input_that_never_comes() {
    let shop = Shop::bakery();
    let mut child = shop.command();
    child.current_dir(shop.root()).args(["init", "new"]).stdin(Stdio::piped()).stderr(Stdio::null());
    let mut child = child.spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0), "it ended while its standard input was still open");
    // The program may be gone already: only that it did not wait matters.
    let _ = input.write_all(b"\n");
}

#[test]
fn a_review_put_aside_is_told_with_its_step_and_a_late_reading_is_warned_of() {
    let shop = Shop::bakery();
    let (me, kpi) = (shop.member(), shop.kpi());
    let draft = r#"(schema: 1, journal: "j", entries: 0, saved: "2026-11-19T15:00:00+00:00", review: (
        week: "2026-W47", agenda: "weekly", steps: [(step: scorecard, minutes: 10)],
        started: "2026-11-19T14:30:00+00:00", clock: (at: Some((scorecard, None)))))"#;
    fs::create_dir_all(shop.file("drafts")).unwrap();
    fs::write(shop.file("drafts/2026-W47.ron"), draft).unwrap();
    let review = shop.at(&["status", "--json"]).exits(0).json()["review"].clone();
    assert_eq!((&review["state"], &review["step"]), (&"in progress".into(), &"scorecard".into()));
    let run = shop.at(&["kpi", "set", &kpi, "4", "--as", &me]).exits(0);
    assert!(run.err.contains("warning: the review of 2026-W47 has begun"), "{}", run.err);
    assert!(shop.check_in(&me).contains(&kpi));
}

#[test]
fn a_rehearsed_day_of_the_past_finds_its_week_sealed() {
    let shop = Shop::bakery();
    let text = fs::read_to_string(shop.file("snapshots/2026-W46.ron")).unwrap();
    fs::write(shop.file("snapshots/2026-W44.ron"), text.replacen("2026-W46", "2026-W44", 1)).unwrap();
    let mut command = shop.command_on("2026-10-29");
    let run = Run::of(command.current_dir(shop.root()).args(["status", "--json"]).output().unwrap());
    assert_eq!(run.exits(0).json()["review"]["state"], "held");
}

#[test]
fn a_dumb_terminal_is_no_terminal() {
    let shop = Shop::bakery();
    let pty = portable_pty::native_pty_system().openpty(portable_pty::PtySize::default()).unwrap();
    let mut command = portable_pty::CommandBuilder::new(env!("CARGO_BIN_EXE_truenorth"));
    command.args(["history", "-w", shop.root().to_str().unwrap()]);
    command.env("TERM", "dumb");
    command.env("TRUENORTH_HOME", shop.folder.path().join("home"));
    let mut child = pty.slave.spawn_command(command).unwrap();
    drop(pty.slave);
    let mut reader = pty.master.try_clone_reader().unwrap();
    let mut out = Vec::new();
    // Linux ends a closed pseudo-terminal with an error rather than with its end.
    let _ = reader.read_to_end(&mut out);
    assert_eq!(child.wait().unwrap().exit_code(), 2);
    assert!(String::from_utf8_lossy(&out).contains("hint: `truenorth show WEEK`"));
}
