//! `truenorth rollup`: a company and its teams beside each other, whatever state their folders are in.

use std::fs;
use std::path::Path;

use super::Shop;

/// A workspace with these goals; its themes are one, called after it.
fn workspace(folder: &Path, id: &str, goals: &str) {
    fs::create_dir_all(folder.join("strategy")).unwrap();
    let write = |file: &str, text: String| fs::write(folder.join(file), text).unwrap();
    write("truenorth.ron", format!("(schema: 1, id: \"{id}\", name: \"The {id}\")"));
    write(
        "strategy/north-star.ron",
        format!("(vision: \"v\", themes: [(id: \"t\", name: \"Theme of {id}\", weight: 1)])"),
    );
    write("strategy/kpis.ron", "[]".to_owned());
    write("strategy/goals.ron", goals.to_owned());
}

/// A company with two teams, one of which supports a goal of it.
fn company(shop: &Shop) {
    let at = |name: &str| shop.root().join(name);
    workspace(
        &at("company"),
        "company",
        "[(id: \"growth\", title: \"Grow\", kind: goal, theme: \"t\"), (id: \"calm\", title: \"Stay calm\", kind: goal)]",
    );
    workspace(
        &at("bakers"),
        "bakers",
        "[(id: \"ovens\", title: \"New ovens\", kind: goal, supports: \"company/growth\")]",
    );
    workspace(&at("counter"), "counter", "[(id: \"smile\", title: \"Smile more\", kind: goal)]");
}

#[test]
fn a_company_and_its_teams_are_shown_beside_each_other() {
    let shop = Shop::empty();
    company(&shop);
    let folder = shop.root();
    let folder = folder.to_str().unwrap();
    let run = shop.run(&["rollup", folder]).exits(0);
    run.says(&[
        "3 workspaces",
        "The bakers (bakers)",
        "New ovens (ovens)",
        "No team supports it: Stay calm (company/calm)",
    ]);
    run.says(&["Supports no goal above its team: Smile more (counter/smile)", "Theme of company"]);
    assert_eq!(run.err, "");
    let view = shop.run(&["rollup", folder, "--json"]).exits(0).json();
    assert_eq!(view["teams"][0]["id"], "company");
    assert_eq!((&view["teams"][0]["above_others"], &view["teams"][1]["above_others"]), (&true.into(), &false.into()));
    assert_eq!(view["goals"][1]["id"], "ovens");
    assert_eq!((&view["goals"][1]["depth"], &view["goals"][1]["supports"]), (&1.into(), &"company/growth".into()));
    assert_eq!(view["gaps"].as_array().unwrap().len(), 2);
    assert_eq!(view["teams"][0]["review"], serde_json::Value::Null);
    let gaps = shop.run(&["rollup", folder, "--only-gaps"]).exits(0);
    assert!(gaps.out.starts_with("Gaps\n"), "{}", gaps.out);
    // From inside one of them, its sisters are found by themselves.
    let inside = shop.root().join("counter");
    let same = shop.run(&["rollup", "--json", "-w", inside.to_str().unwrap()]).exits(0).json();
    assert_eq!(same["gaps"], view["gaps"]);
}

#[test]
fn the_newest_review_tells_statuses_index_and_red_kpis() {
    let shop = Shop::bakery();
    let root = shop.root();
    let view = shop.run(&["rollup", root.to_str().unwrap(), "--json", "--today", "2026-11-19"]).exits(0).json();
    let status = shop.at(&["alignment", "--json"]).exits(0).json();
    let team = &view["teams"][0];
    assert_eq!(team["review"]["week"], "2026-W46");
    assert_eq!(team["review"]["weeks_ago"], 1);
    assert!(team["review"]["index"].as_f64().unwrap() > 0.0 && status["index"].is_number());
    let red = team["review"]["red"].as_array().unwrap();
    assert_eq!(team["review"]["kpis"]["off_track"], red.len());
    assert!(red.iter().all(|k| k["name"].is_string() && k["target"].is_string()), "{red:?}");
    let leaves = team["goals"]["on_track"].as_u64().unwrap() + team["goals"]["off_track"].as_u64().unwrap();
    assert!(leaves > 0);
}

#[test]
fn what_cannot_be_read_is_told_and_left_out() {
    let shop = Shop::empty();
    company(&shop);
    let at = |name: &str| shop.root().join(name);
    workspace(&at("broken"), "broken", "[(id: \"x\", titel: \"X\", kind: goal)]");
    workspace(&at("newer"), "newer", "[]");
    fs::write(at("newer/truenorth.ron"), "(schema: 99, id: \"newer\", name: \"N\")").unwrap();
    workspace(&at("copy"), "bakers", "[]");
    workspace(&at("lost"), "lost", "[(id: \"y\", title: \"Y\", kind: goal,\n  supports: \"company/grwth\")]");
    fs::create_dir_all(at("not-one/below")).unwrap();
    let root = shop.root();
    let run =
        shop.run(&["rollup", root.to_str().unwrap(), at("not-one").to_str().unwrap(), at("gone").to_str().unwrap()]);
    let run = run.exits(1);
    assert!(run.out.contains("4 workspaces"), "{}", run.out);
    for told in [
        "broken is left out",
        "broken/strategy/goals.ron:1:12: there is no field `titel` here",
        "schema 99",
        "has the id `bakers`, too",
        "lost/strategy/goals.ron:2:13: company has no goal `grwth`",
        "neither this folder nor one right below it is a workspace",
        "the folder could not be read",
    ] {
        assert!(run.err.contains(told), "{told:?} is missing in {}", run.err);
    }
    let view = shop.run(&["rollup", root.to_str().unwrap(), "--json"]).exits(1).json();
    assert_eq!(view["unread"].as_array().unwrap().len(), 3);
    assert_eq!(view["problems"][0]["line"], 2);
}

#[test]
fn nothing_to_roll_up_is_said_with_the_next_step() {
    let shop = Shop::empty();
    shop.run(&["rollup", shop.root().to_str().unwrap()]).fails_with(&["nothing to roll up", "truenorth.ron"]);
}

#[test]
fn hostile_names_and_huge_texts_stay_harmless() {
    let shop = Shop::empty();
    let at = |name: &str| shop.root().join(name);
    company(&shop);
    let huge = "long ".repeat(40_000);
    let bad = format!(
        "[(id: \"z\", title: \"\\u{{1b}}[2J\\u{{202e}}evil {huge}\", kind: goal, supports: \"company/growth\")]"
    );
    workspace(&at("hostile"), "hostile", &bad);
    let root = shop.root();
    let run = shop.run(&["rollup", root.to_str().unwrap()]).exits(0);
    assert!(!run.out.contains('\u{1b}') && !run.out.contains('\u{202e}'), "it is made safe to show");
    assert!(run.out.contains("evil long"));
}

#[test]
fn a_workspace_that_is_written_meanwhile_is_read_whole() {
    let shop = Shop::empty();
    company(&shop);
    let root = shop.root();
    let goals = root.join("bakers/strategy/goals.ron");
    let one = fs::read_to_string(&goals).unwrap();
    let other = one.replace("New ovens", "Newer ovens, and more of them");
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let temporary = root.join("bakers/strategy/.tn-tmp-test");
            for text in [&one, &other].into_iter().cycle() {
                fs::write(&temporary, text).unwrap();
                fs::rename(&temporary, &goals).unwrap();
                if stop.load(std::sync::atomic::Ordering::Relaxed) {
                    break;
                }
            }
        });
        for _ in 0..10 {
            let view = shop.run(&["rollup", root.to_str().unwrap(), "--json"]);
            let title = view.json()["goals"][1]["title"].as_str().unwrap().to_owned();
            assert!(view.status == 0 && title.starts_with("New"), "{title}");
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}

#[test]
fn an_issue_is_passed_up_accepted_there_and_the_roll_up_tells_what_came_of_it() {
    let shop = Shop::bakery();
    let bakery = shop.root();
    let folder = tempfile::tempdir().unwrap();
    let company = folder.path().join("company");
    workspace(&company, "company", "[]");
    fs::write(
        company.join("truenorth.ron"),
        "(schema: 1, id: \"company\", name: \"The company\", people: [(id: \"ann\", name: \"Ann\")])",
    )
    .unwrap();
    let to = company.to_str().unwrap();
    let issue = shop.at(&["issue", "list", "--json"]).exits(0).json()[0]["id"].as_str().unwrap().to_owned();
    let run = shop.at(&["pass", "issue", &issue, "--to", to, "--why", "it is beyond us"]).exits(0);
    let file = format!("2026-W47-{}-{issue}.ron", shop.at(&["status", "--json"]).json()["workspace"].as_str().unwrap());
    assert!(run.out.trim_end().ends_with(&file), "{}", run.out);
    shop.at(&["pass", "issue", &issue, "--to", to]).fails_with(&["exists already"]);
    shop.at(&["pass", "issue", &issue, "--to", bakery.to_str().unwrap()]).fails_with(&["it is the workspace"]);
    shop.run(&["check", "-w", to]).exits(0);
    let there = |args: &[&str]| shop.run(&[&["-w", to, "--as", "ann"], args].concat());
    let waiting = there(&["pass", "list", "--json"]).exits(0).json();
    assert_eq!(waiting[0]["why"], "it is beyond us");
    assert_eq!(there(&["status", "--json"]).exits(0).json()["passed_on"], 1);
    let key = waiting[0]["key"].as_str().unwrap().to_owned();
    let rolled = there(&["rollup", to, bakery.to_str().unwrap(), "--json"]).exits(0).json();
    let told = |view: &serde_json::Value| {
        let teams = view["teams"].as_array().unwrap().clone();
        teams.iter().find(|t| t["id"] == "company").unwrap()["passed"][0]["answer"].clone()
    };
    assert_eq!(told(&rolled), serde_json::Value::Null);
    there(&["pass", "accept", &key]).exits(0);
    assert_eq!(there(&["issue", "list", "--json"]).exits(0).json().as_array().unwrap().len(), 1);
    there(&["pass", "list"]).exits(1);
    there(&["pass", "return", &key, "too late"]).fails_with(&["no passed-on issue"]);
    assert_eq!(told(&there(&["rollup", to, "--json"]).exits(0).json()), "accepted");
    shop.run(&["check", "-w", to]).exits(0);
}
