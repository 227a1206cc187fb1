//! The RON examples of the manual, read as the program reads the files they stand for.
//!
//! An example is a code block marked `ron` whose first line is a comment with a path, such as `// truenorth.ron`.

use std::path::Path;

use truenorth::model::checkin::CheckIn;
use truenorth::model::goal::Goal;
use truenorth::model::kpi::Kpi;
use truenorth::model::snapshot::Snapshot;
use truenorth::model::strategy::NorthStar;
use truenorth::model::workspace::{Config, Draft};
use truenorth::storage::{Settings, decode, render};

/// What is wrong with the examples of a page.
pub(crate) fn faults(page: &str, text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let blocks = text.split("\n```ron\n").skip(1).filter_map(|rest| rest.split_once("\n```"));
    for (example, _) in blocks {
        let first = example.lines().next().unwrap_or_default();
        match first.strip_prefix("// ") {
            Some(path) => out.extend(fault(path.trim(), example).map(|fault| format!("{page}: {fault}"))),
            None => out.push(format!("{page}: an example does not say which file it is: {first}")),
        }
    }
    out
}

fn fault(path: &str, text: &str) -> Option<String> {
    let at = Path::new(path);
    let read = match path {
        "truenorth.ron" => decode::<Config>(at, text).map(drop),
        "strategy/north-star.ron" => decode::<NorthStar>(at, text).map(drop),
        "strategy/goals.ron" => decode::<Vec<Goal>>(at, text).map(drop),
        "strategy/kpis.ron" => decode::<Vec<Kpi>>(at, text).map(drop),
        "config.ron" => decode::<Settings>(at, text).map(drop),
        other if other.starts_with("check-ins/") => decode::<CheckIn>(at, text).map(drop),
        other if other.starts_with("snapshots/") => decode::<Snapshot>(at, text).map(drop),
        other if other.starts_with("drafts/") => decode::<Draft>(at, text).map(drop),
        other => return Some(format!("no file of the program is called {other}")),
    };
    read.err().map(|problem| render(&problem))
}
