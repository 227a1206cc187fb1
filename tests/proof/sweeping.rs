//! What a kill leaves half-written is taken away later, when it is nobody's any more.

use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::files;
use crate::harness::Home;

/// Writes an unfinished file of this long ago.
fn leave(path: &Path, ago: Duration) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, "half").unwrap();
    #[allow(clippy::disallowed_methods)] // how old a file is tells the clock
    File::options().write(true).open(path).unwrap().set_modified(SystemTime::now() - ago).unwrap();
}

#[test]
fn opening_a_workspace_sweeps_own_unfinished_files_older_than_an_hour_and_nothing_else() {
    let home = Home::with_bakery();
    let hours = Duration::from_secs(2 * 3600);
    let local = home.journal().parent().unwrap().to_path_buf();
    let (root, minutes) = (home.root(), Duration::from_secs(600));
    for (name, ago) in [
        (root.join("strategy/.tn-tmp-box-1-old"), hours),
        (root.join("check-ins/2026-W40/.tn-tmp-box-1-old"), hours),
        (root.join("feeds/.tn-tmp-box-1-old"), hours),
        (local.join(".tn-tmp-box-1-old"), hours),
        (root.join("strategy/.tn-tmp-box-1-young"), minutes),
        (root.join("strategy/.tn-tmp-elsewhere-1-old"), hours),
        (root.join("strategy/notes.txt"), hours),
    ] {
        leave(&name, ago);
    }
    let count = || files(&root).len() + files(&local).len();
    let before = count();
    let workspace = root.display().to_string();
    let mut t = home.start(&["--workspace", &workspace, "--as", "maya"], &[("HOSTNAME", "box")]);
    t.wait_for("not held yet").keys("8").wait_for("2026-W46");
    for _ in 0..200 {
        if !local.join(".tn-tmp-box-1-old").exists() {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    t.keys("q");
    assert_eq!(t.exit_status(), 0);
    let there: Vec<bool> = [
        root.join("strategy/.tn-tmp-box-1-old"),
        root.join("check-ins/2026-W40/.tn-tmp-box-1-old"),
        root.join("feeds/.tn-tmp-box-1-old"),
        local.join(".tn-tmp-box-1-old"),
        root.join("strategy/.tn-tmp-box-1-young"),
        root.join("strategy/.tn-tmp-elsewhere-1-old"),
        root.join("strategy/notes.txt"),
    ]
    .map(|p| p.exists())
    .into();
    assert_eq!(there, [false, false, false, false, true, true, true]);
    assert!(count() >= before - 4);
}
