//! Where a workspace may live, and what a disk may do: a working tree beside another, a submodule, a disk that is full.

use std::fs;
use std::process::Command;

use truenorth::storage;

use super::team::{Person, Team, git_out, no_git};

/// The same person at another folder of their machine.
fn elsewhere(person: &Person, root: &std::path::Path) -> Person {
    Person { root: root.to_path_buf(), ..person.clone() }
}

#[test]
fn a_linked_working_tree_shares_its_own_branch_and_leaves_the_other_alone() {
    if no_git() {
        return;
    }
    let (team, people) = Team::new(&["maya", "tom"]);
    let (maya, tom) = (&people[0], &people[1]);
    // The first tree goes to another branch, so that `main` is free for the second.
    maya.git(&["switch", "-q", "-c", "parked"]);
    let linked = elsewhere(maya, &team.folder.path().join("linked"));
    maya.git(&["worktree", "add", "-q", linked.root.to_str().unwrap(), "main"]);
    linked.trusts();
    let (before, at) = (maya.files(), maya.git(&["rev-parse", "HEAD"]));
    tom.does(&["action", "add", "By Tom"]);
    tom.shares();
    linked.does(&["action", "add", "In the linked tree"]);
    linked.shares();
    assert!(linked.read("check-ins/2026-W47/tom.ron").contains("By Tom"));
    tom.shares();
    assert!(tom.read("check-ins/2026-W47/maya.ron").contains("In the linked tree"));
    assert_eq!((maya.files(), maya.git(&["rev-parse", "HEAD"])), (before, at), "the other tree was touched");
    assert_eq!(linked.git(&["status", "--porcelain"]), "");
}

#[test]
fn a_submodule_shares_with_its_own_remote_and_says_nothing_in_the_repository_around_it() {
    if no_git() {
        return;
    }
    let (team, people) = Team::new(&["maya", "tom"]);
    let (maya, tom) = (&people[0], &people[1]);
    let outer = team.folder.path().join("outer");
    fs::create_dir(&outer).unwrap();
    let git = |arguments: &[&str]| {
        let done = git_out(&maya.home, &outer, arguments);
        assert!(done.status.success(), "{done:?}");
        String::from_utf8(done.stdout).unwrap()
    };
    git(&["init", "-q", "-b", "main"]);
    let bare = team.bare();
    git(&["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", bare.to_str().unwrap(), "shop"]);
    git(&["commit", "-qm", "outer"]);
    let inner = elsewhere(maya, &outer.join("shop"));
    inner.trusts();
    inner.does(&["action", "add", "In the submodule"]);
    inner.shares();
    tom.shares();
    assert!(tom.read("check-ins/2026-W47/maya.ron").contains("In the submodule"));
    // The outer repository only sees that the submodule is at another commit: that is for its people to record.
    assert_eq!(git(&["status", "--porcelain"]).trim(), "M shop");
    assert_eq!(git(&["log", "--format=%s"]).trim(), "outer");
    assert_eq!(storage::check(&inner.root).unwrap().problems, []);
}

/// What the script of the test below tells, line by line.
const FULL: &str = r#"
set -e
mount -t tmpfs -o size=8m none "$AT"
cp -a "$FROM/." "$AT/"
free=$(df --output=avail -k "$AT" | tail -n 1)
[ "$free" -gt "$LEFT" ] && head -c $(( (free - LEFT) * 1024 )) /dev/zero > "$AT/.git/filler"
set +e
"$PROGRAM" --today "$DAY" --as maya -w "$AT" sync --json > "$OUT/full" 2>/dev/null; echo $? > "$OUT/code"
rm -f "$AT/.git/filler"
"$PROGRAM" --today "$DAY" --as maya -w "$AT" sync --json > "$OUT/again" 2>/dev/null
"$PROGRAM" --today "$DAY" -w "$AT" check > "$OUT/check" 2>&1; echo $? >> "$OUT/check"
git -C "$AT" status --porcelain > "$OUT/status"
find "$AT/.git" -name '*.lock' > "$OUT/locks"
"#;

#[test]
fn on_a_full_disk_it_says_so_and_once_there_is_room_the_next_one_finishes() {
    let can_mount = Command::new("unshare").args(["-rm", "mount", "-t", "tmpfs", "none", "/mnt"]).output();
    if no_git() || !can_mount.is_ok_and(|done| done.status.success()) {
        eprintln!("left out: no small disk can be mounted on this machine");
        return;
    }
    let mut told_full = 0;
    for left in [0, 4, 8, 16, 24, 32, 48, 64, 96] {
        let (team, people) = Team::new(&["maya", "tom"]);
        let (maya, tom) = (&people[0], &people[1]);
        maya.does(&["action", "add", "Written while there was room"]);
        tom.does(&["action", "add", &"Long words of Tom's ".repeat(400)]);
        tom.shares();
        let (at, out) = (team.folder.path().join("small"), team.folder.path().join("out"));
        fs::create_dir(&at).unwrap();
        fs::create_dir(&out).unwrap();
        let small = elsewhere(maya, &at);
        // Trust is of a repository at its place.
        fs::rename(&maya.root, team.folder.path().join("from")).unwrap();
        let copied = Command::new("cp").arg("-a").arg(team.folder.path().join("from/.")).arg(&at).status().unwrap();
        assert!(copied.success());
        small.trusts();
        let mut script = small.command(&[]);
        let environment: Vec<_> = script.get_envs().filter_map(|(k, v)| Some((k.to_owned(), v?.to_owned()))).collect();
        script = Command::new("unshare");
        script.args(["-rm", "sh", "-c", FULL]).env_clear().envs(environment);
        script.env("AT", &at).env("FROM", team.folder.path().join("from")).env("OUT", &out).env("DAY", &maya.day);
        script.env("LEFT", left.to_string()).env("PROGRAM", env!("CARGO_BIN_EXE_truenorth"));
        let done = script.output().unwrap();
        assert!(done.status.success(), "{left} KiB: {done:?}");
        let read = |name: &str| fs::read_to_string(out.join(name)).unwrap();
        let told: serde_json::Value = serde_json::from_str(&read("full")).unwrap();
        let again: serde_json::Value = serde_json::from_str(&read("again")).unwrap();
        if told["outcome"] != "shared" {
            assert_eq!(told["trouble"]["kind"], "disk full", "{left} KiB: {told:#}");
            assert!(read("code").trim() != "0");
            told_full += 1;
        }
        assert_eq!(again["outcome"], "shared", "{left} KiB: {again:#}\nafter {told:#}");
        assert!(read("check").trim_end().ends_with('0'), "{left} KiB: {}", read("check"));
        assert_eq!((read("status").as_str(), read("locks").as_str()), ("", ""), "{left} KiB");
        tom.shares();
        assert!(tom.read("check-ins/2026-W47/maya.ron").contains("Written while there was room"), "{left} KiB");
    }
    assert!(told_full >= 3, "the disk was full in {told_full} tries only");
}
