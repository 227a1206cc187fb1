//! What storage promises, each as a test; the workspaces here live in temporary folders.

mod bad_files;
mod conflicts;
mod crashes;
mod edits;
mod histories;
mod imports;
mod journals;
mod many_bad_files;
mod newer;
mod promises;
mod properties;
mod quarters;
pub(in crate::storage) mod watch;

use std::fs;
use std::path::{Path, PathBuf};

use crate::model::checkin::CheckIn;
use crate::model::review::{Moment, Review};
use crate::model::snapshot::Snapshot;
use crate::model::standing::Standing;
use crate::model::strategy::Strategy;
use crate::model::week::Week;
use crate::model::workspace::SCHEMA;

pub(super) struct Shop {
    folder: tempfile::TempDir,
}

pub(super) const CONFIG: &str = r#"// our shop
(
    schema: 1,
    id: "shop",
    name: "Shop",
    people: [
        (id: "maya", name: "Maya"),
        (id: "ben", name: "Ben"),
    ],
    teams: [(id: "front", name: "Front")],
)
"#;

pub(super) const STAR: &str = r#"(
    vision: "See", // far
    mission: "Do",
    values: [(id: "honest", name: "Honest")],
    themes: [
        (id: "online", name: "Online", weight: 60),
    ],
)
"#;

pub(super) const GOALS: &str = r#"// goals
[
    // ==== Online ====
    // the big one
    (
        id: "orders",
        title: "Orders", // short on purpose
        kind: goal,
        theme: "online",
        owner: "maya",
        kpis: ["share"],
    ),

    (id: "ease", title: "Ease", kind: key_result(target: 5), parent: "orders"), // wide
]
"#;

pub(super) const KPIS: &str = r#"[
    (
        id: "share", name: "Share", direction: up, perspective: "customer",
        targets: [
            (from: "2026-W01", aim: at(5)), // first
        ],
    ),
]
"#;

impl Shop {
    pub(super) fn new() -> Self {
        let shop = Self { folder: tempfile::tempdir().unwrap() };
        for (path, text) in [
            ("truenorth.ron", CONFIG),
            ("strategy/north-star.ron", STAR),
            ("strategy/goals.ron", GOALS),
            ("strategy/kpis.ron", KPIS),
        ] {
            shop.write(path, text.as_bytes());
        }
        shop
    }

    pub(super) fn root(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn at(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub(super) fn write(&self, path: &str, bytes: &[u8]) {
        fs::create_dir_all(self.at(path).parent().unwrap()).unwrap();
        fs::write(self.at(path), bytes).unwrap();
    }

    pub(super) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.at(path)).unwrap()
    }

    /// Writes a whole check-in, as an edit of the one that is there.
    pub(super) fn check_in(&self, whole: &CheckIn) -> Result<(), super::StorageError> {
        super::update_check_in(self.root(), whole.week, &whole.member, |there| {
            *there = whole.clone();
            Ok(())
        })
        .map(drop)
    }

    pub(super) fn strategy(&self) -> Strategy {
        super::open(self.root(), |_| week("2026-W47")).unwrap().strategy
    }

    /// Every file with its bytes.
    pub(super) fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut folders = vec![self.root().to_path_buf()];
        let mut found = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { folders.push(path) } else { found.push((path.clone(), fs::read(path).unwrap())) }
            }
        }
        found.sort();
        found
    }
}

/// Whether the long form of the tests is asked for.
pub(super) fn long() -> bool {
    std::env::var_os("TRUENORTH_LONG").is_some()
}

pub(super) fn week(text: &str) -> Week {
    text.parse().unwrap()
}

pub(super) fn moment(minute: u32) -> Moment {
    format!("2026-11-19T16:{:02}:{:02}+01:00", minute / 60 % 60, minute % 60).parse().unwrap()
}

pub(super) fn review(of: &str) -> Review {
    let steps = crate::model::agenda::Agenda::weekly();
    Review::start(week(of), "weekly".parse().unwrap(), steps, &Standing::default(), moment(0))
}

pub(super) fn sealed(of: &str, revision: u32, strategy: &Strategy) -> Snapshot {
    let text = format!(
        "(schema: {SCHEMA}, workspace: \"shop\", name: \"Shop\", week: \"{of}\", revision: {revision}, agenda: \"weekly\",
        started: \"2026-11-19T16:00:00+01:00\", sealed: \"2026-11-19T16:50:00+01:00\", people: [(id: \"maya\", name: \"Maya\"),
        (id: \"ben\", name: \"Ben\")], perspectives: [(id: \"customer\", name: \"Customer\")],
        decisions: [(id: \"d\", title: \"T\", choice: \"C\", decided: \"{of}\", context: \"two\\nlines \\\"quoted\\\" é\")],
        strategy: (north_star: (), goals: [], kpis: []))"
    );
    let mut snapshot: Snapshot = super::decode(Path::new("x"), &text).unwrap();
    if revision > 1 {
        let why = "a typo".to_owned();
        let at = moment(3);
        snapshot.revises = Some(crate::model::review::Revises { revision: revision - 1, by: None, at, why });
    }
    snapshot.strategy = strategy.clone();
    snapshot
}
