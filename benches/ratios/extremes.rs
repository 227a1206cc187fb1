//! The largest company there may be: 10,000 goals, 500 KPIs, 200 members. A key costs what is on the screen, and a start what the
//! newest week and the strategy take to be read, whatever their size.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use truenorth::model::goal::Goal;
use truenorth::model::kpi::Kpi;
use truenorth::model::snapshot::Snapshot;
use truenorth::storage;

use super::outside::{first, settled, turned};
use super::pty::Terminal;
use super::setting::open;
use super::{Ground, Table, company};

const NAME: &str = "extreme";

pub(crate) fn rows(ground: &Ground, table: &mut Table) {
    ground.company(NAME, company::Scale { weeks: 12, goals: 10_000, kpis: 500, members: 200, ..Default::default() });
    let root = ground.at(NAME);
    for _ in 0..2 {
        settled(ground, &root).end();
    }
    let bare = || bare(&root);
    table.push(
        "first frame with 10,000 goals / bare parse of what it rests on",
        ground.ratio(|| first(ground, NAME), bare),
        2.0,
        "",
    );
    let mut floor = Terminal::start(&mut Command::new(&ground.floor));
    floor.until(|screen| screen.contains("0 keys"));
    floor.settle();
    for (what, place) in [
        ("key to screen in a scorecard of 500 / floor", "4"),
        ("key to screen in a tree of 10,000 / floor", "3"),
        ("key to screen in the history beside them / floor", "8"),
    ] {
        let mut program = settled(ground, &root);
        let seen = turned(ground, &mut program, &mut floor, place);
        program.end();
        table.push(what, seen, 3.5, "");
    }
    floor.end();
}

/// The newest week, the goals and the KPIs, read and parsed, and nothing else.
fn bare(root: &Path) -> f64 {
    let workspace = open(root);
    let newest = workspace.weeks.last_key_value().map(|(week, revision)| storage::snapshot_path(*week, *revision));
    let read = |path: &Path| fs::read_to_string(root.join(path)).unwrap();
    let started = Instant::now();
    let path = newest.unwrap();
    drop(storage::decode::<Snapshot>(&path, &read(&path)).unwrap());
    let goals = Path::new("strategy/goals.ron");
    drop(storage::decode::<Vec<Goal>>(goals, &read(goals)).unwrap());
    let kpis = Path::new("strategy/kpis.ron");
    drop(storage::decode::<Vec<Kpi>>(kpis, &read(kpis)).unwrap());
    started.elapsed().as_secs_f64() * 1e3
}
