//! Every state that a repository, a remote or a disk can be in: told clearly, with what is here as it was.

use std::fs;
use std::process::Command;

use truenorth::storage;

use super::team::{Person, Team, git_out, no_git};

/// A team of two of whom the first has something to send.
fn two() -> (Team, Person, Person) {
    let (team, people) = Team::new(&["maya", "tom"]);
    people[0].does(&["action", "add", "Something"]);
    let [maya, tom] = <[Person; 2]>::try_from(people).ok().unwrap();
    (team, maya, tom)
}

/// Tom sends this as the text of a file, by git itself.
fn sends_by_git(tom: &Person, path: &str, text: &str) {
    tom.write(path, text);
    tom.git(&["add", "-A"]);
    tom.git(&["commit", "-qm", "by hand"]);
    tom.git(&["push", "-q"]);
}

#[test]
fn without_a_repository_or_a_remote_it_says_what_to_do() {
    if no_git() {
        return;
    }
    let (_team, maya, _) = two();
    fs::remove_dir_all(maya.root.join(".git")).unwrap();
    let told = maya.is_told("no repository");
    assert!(told["trouble"]["next"].as_str().unwrap().contains("sync --init"));
    // Made here it needs no trust; without a remote it is a history on this machine.
    let (code, told) = maya.sync_with(&["--init"]);
    assert_eq!((code, told["outcome"].as_str()), (0, Some("no remote")), "{told:#}");
    assert_eq!(maya.git(&["status", "--porcelain"]), "");
    assert_eq!(maya.git(&["ls-files", "check-ins"]).lines().count(), 1);
}

#[test]
fn what_somebody_began_with_git_has_to_be_brought_to_an_end_first() {
    if no_git() {
        return;
    }
    let (_team, maya, _) = two();
    for begun in ["MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge"] {
        let at = maya.root.join(".git").join(begun);
        fs::write(&at, "0000000000000000000000000000000000000000\n").unwrap();
        maya.is_told("in the middle");
        fs::remove_file(at).unwrap();
    }
    maya.git(&["checkout", "-q", "--detach"]);
    let told = maya.is_told("in the middle");
    assert!(told["trouble"]["what"].as_str().unwrap().contains("detached"), "{told:#}");
    maya.git(&["switch", "-q", "main"]);
    maya.shares();
}

#[test]
fn an_index_with_unmerged_paths_is_told() {
    if no_git() {
        return;
    }
    let (_team, maya, _) = two();
    let id = maya.git(&["hash-object", "-w", "truenorth.ron"]);
    let lines: String = (1..=3).map(|n| format!("100644 {id} {n}\tstrategy/goals.ron\n")).collect();
    let input = maya.home.join("lines");
    fs::write(&input, lines).unwrap();
    let mut command = Command::new("git");
    command.args(["update-index", "--index-info"]).current_dir(&maya.root).stdin(fs::File::open(&input).unwrap());
    assert!(command.status().unwrap().success());
    maya.is_told("in the middle");
}

#[test]
fn a_remote_that_is_away_is_waited_for_with_everything_kept() {
    if no_git() {
        return;
    }
    let (team, maya, tom) = two();
    let away = team.folder.path().join("away.git");
    fs::rename(team.bare(), &away).unwrap();
    let (code, told) = maya.sync();
    assert_eq!((code, told["outcome"].as_str()), (1, Some("kept")), "{told:#}");
    assert_eq!((&told["trouble"]["kind"], &told["unsent"]), (&"unreachable".into(), &1.into()), "{told:#}");
    assert_eq!(maya.git(&["log", "-1", "--format=%s"]), "Check-in of Maya Okafor for 2026-W47");
    // Asked not to go there, that is fine.
    assert_eq!(maya.sync_with(&["--offline"]).0, 0);
    fs::rename(&away, team.bare()).unwrap();
    maya.shares();
    tom.shares();
    assert!(tom.read("check-ins/2026-W47/maya.ron").contains("Something"));
}

#[test]
fn a_remote_that_takes_nothing_still_gives_and_says_why() {
    if no_git() {
        return;
    }
    let (team, maya, tom) = two();
    tom.does(&["action", "add", "By Tom"]);
    tom.shares();
    // A branch that is out there is one that a remote refuses to have pushed.
    git_out(&maya.home, &team.bare(), ["config", "core.bare", "false"]);
    git_out(&maya.home, &team.bare(), ["config", "receive.denyCurrentBranch", "refuse"]);
    let (code, told) = maya.sync();
    assert_eq!((code, told["trouble"]["kind"].as_str()), (1, Some("refused")), "{told:#}");
    assert!(told["trouble"]["what"].as_str().unwrap().contains("branch is currently checked out"), "{told:#}");
    assert!(maya.read("check-ins/2026-W47/tom.ron").contains("By Tom"), "what others sent is here all the same");
    assert_eq!(maya.git(&["status", "--porcelain"]), "");
}

/// A program in place of ssh, which does this with the command that it is given.
fn by_ssh(team: &Team, person: &Person, does: &str) -> std::path::PathBuf {
    let program = person.home.join("ssh");
    fs::write(&program, format!("#!/bin/sh\nfor last; do :; done\n{does}\n")).unwrap();
    let mode = <fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o755);
    fs::set_permissions(&program, mode).unwrap();
    let url = format!("host.invalid:{}", team.bare().display());
    person.git(&["remote", "set-url", "origin", &url]);
    person.trusts();
    program
}

#[cfg(unix)]
fn sync_by(person: &Person, ssh: &std::path::Path) -> (i32, serde_json::Value) {
    let done = person.command(&["sync", "--json"]).env("GIT_SSH_COMMAND", ssh).output().unwrap();
    (done.status.code().unwrap(), serde_json::from_slice(&done.stdout).unwrap())
}

#[cfg(unix)]
#[test]
fn a_host_that_lets_nobody_in_or_declines_is_told_apart() {
    if no_git() {
        return;
    }
    let (team, maya, _) = two();
    let ssh = by_ssh(&team, &maya, "echo 'git@host: Permission denied (publickey).' >&2; exit 255");
    let (code, told) = sync_by(&maya, &ssh);
    assert_eq!((code, told["trouble"]["kind"].as_str()), (1, Some("denied")), "{told:#}");
    let ssh = by_ssh(&team, &maya, "echo 'ssh: Could not resolve hostname host.invalid' >&2; exit 255");
    assert_eq!(sync_by(&maya, &ssh).1["trouble"]["kind"], "unreachable");
    let hook = team.bare().join("hooks");
    fs::create_dir_all(&hook).unwrap();
    fs::write(hook.join("pre-receive"), "#!/bin/sh\necho 'main is protected'\nexit 1\n").unwrap();
    let mode = <fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o755);
    fs::set_permissions(hook.join("pre-receive"), mode).unwrap();
    let ssh = by_ssh(&team, &maya, "eval \"$last\"");
    let (code, told) = sync_by(&maya, &ssh);
    assert_eq!((code, told["trouble"]["kind"].as_str()), (1, Some("refused")), "{told:#}");
    assert!(told["trouble"]["what"].as_str().unwrap().contains("main is protected"), "{told:#}");
    fs::remove_file(hook.join("pre-receive")).unwrap();
    let (code, told) = sync_by(&maya, &ssh);
    assert_eq!((code, told["outcome"].as_str()), (0, Some("shared")), "{told:#}");
}

#[test]
fn a_broken_or_hostile_workspace_stays_where_it_was() {
    if no_git() {
        return;
    }
    let (team, maya, tom) = two();
    maya.seals("2026-W46".parse().unwrap(), "sealed");
    maya.shares();
    tom.shares();
    let good = tom.git(&["rev-parse", "HEAD"]);
    let back = |tom: &Person| {
        tom.git(&["reset", "-q", "--hard", &good]);
        tom.git(&["push", "-qf"]);
    };
    let sealed = tom.read("snapshots/2026-W46.ron");
    for (path, text) in [
        ("strategy/goals.ron", "[ not ron"),
        ("strategy/goals.ron", "<<<<<<< HEAD\n[]\n=======\n[]\n>>>>>>> x\n"),
        ("strategy/kpis.ron", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n"),
        ("check-ins/2026-W47/nobody.ron", "()"),
        ("strategy/Goals.ron", "[]"),
        ("truenorth.ron", "(schema: 1, id: \"another\", name: \"Another\")"),
        ("snapshots/2026-W46.ron", &sealed.replace("\"sealed\"", "\"changed\"")),
    ] {
        sends_by_git(&tom, path, text);
        let told = maya.is_told("broken there");
        assert!(!told["trouble"]["what"].as_str().unwrap().is_empty(), "{path}: {told:#}");
        back(&tom);
    }
    #[cfg(unix)]
    {
        fs::remove_file(tom.root.join("strategy/goals.ron")).unwrap();
        std::os::unix::fs::symlink("/etc/passwd", tom.root.join("strategy/goals.ron")).unwrap();
        sends_by_git(&tom, "note.txt", "a link");
        maya.is_told("broken there");
        back(&tom);
    }
    maya.does(&["action", "add", "Later"]);
    maya.shares();
    drop(team);
}

#[test]
fn own_files_with_problems_are_not_sent() {
    if no_git() {
        return;
    }
    let (_team, maya, _) = two();
    maya.write("strategy/goals.ron", "[ not ron");
    let told = maya.is_told("broken here");
    assert!(told["trouble"]["problems"][0]["path"].as_str().unwrap().contains("goals.ron"), "{told:#}");
}

#[test]
fn nothing_but_what_is_ones_own_is_sent() {
    if no_git() {
        return;
    }
    let (_team, maya, tom) = two();
    tom.write("notes.txt", "private");
    tom.write(".tn-tmp-host-1-x", "unfinished");
    tom.write("check-ins/2026-W47/ruth.ron", "(member: \"ruth\", week: \"2026-W47\")");
    tom.does(&["action", "add", "Mine"]);
    let (_, told) = tom.sync_with(&["--dry-run"]);
    assert_eq!(told["committed"], serde_json::json!(["check-ins/2026-W47/tom.ron"]), "{told:#}");
    assert_eq!(tom.git(&["log", "--oneline"]).lines().count(), 1, "a dry run changes nothing");
    let told = tom.shares();
    assert_eq!(told["left"][0]["path"], "check-ins/2026-W47/ruth.ron", "{told:#}");
    maya.shares();
    assert_eq!(maya.read("notes.txt") + &maya.read("check-ins/2026-W47/ruth.ron"), "");
    assert_eq!(tom.read("notes.txt"), "private");
}

#[test]
fn a_file_of_somebody_else_that_was_changed_here_is_not_overwritten() {
    if no_git() {
        return;
    }
    let (_team, maya, tom) = two();
    tom.write("check-ins/2026-W47/maya.ron", "(member: \"maya\", week: \"2026-W47\")");
    maya.shares();
    let told = tom.is_told("dirty");
    assert!(told["trouble"]["what"].as_str().unwrap().contains("maya.ron"), "{told:#}");
    fs::remove_file(tom.root.join("check-ins/2026-W47/maya.ron")).unwrap();
    tom.shares();
    assert!(tom.read("check-ins/2026-W47/maya.ron").contains("Something"));
}

#[test]
fn histories_without_a_common_beginning_are_told() {
    if no_git() {
        return;
    }
    let (team, _, _) = two();
    let mut other = team.person("other");
    other.id = "maya".to_owned();
    storage::init(&other.root, "Maple Street Bakery", storage::Template::Bakery, crate::harness::today()).unwrap();
    // Made in the same second out of the same files, two beginnings would be one.
    other.edits(|s| s.goals[0].title = "Another beginning".to_owned());
    let bare = team.bare();
    let before = other.files();
    let (code, told) = other.sync_with(&["--init", bare.to_str().unwrap()]);
    assert_eq!((code, told["trouble"]["kind"].as_str()), (2, Some("unrelated")), "{told:#}");
    assert_eq!(other.files(), before);
    for odd in ["--upload-pack=evil", "ext::sh -c evil", ""] {
        let mut fresh = team.person(&format!("fresh-{}", odd.len()));
        fresh.id = "maya".to_owned();
        storage::init(&fresh.root, "Shop", storage::Template::Bakery, crate::harness::today()).unwrap();
        let told = fresh.run(&["sync", "--json", &format!("--init={odd}")]);
        assert!(!told.status.success() && !fresh.root.join(".git").exists(), "{odd}: {told:?}");
    }
}

#[test]
fn a_sync_that_was_cut_off_while_files_arrived_goes_on() {
    if no_git() {
        return;
    }
    let (_team, maya, tom) = two();
    maya.shares();
    // As a kill leaves it: the note is there, one of two files arrived, the branch and the index know nothing of it.
    maya.seals("2026-W46".parse().unwrap(), "sealed");
    maya.shares();
    tom.git(&["fetch", "-q"]);
    tom.git(&["update-ref", "refs/truenorth/arriving", "origin/main"]);
    tom.write("snapshots/2026-W46.ron", &maya.read("snapshots/2026-W46.ron"));
    tom.does(&["action", "add", "Meanwhile"]);
    tom.shares();
    maya.shares();
    assert_eq!(maya.files(), tom.files());
    assert_eq!(tom.git(&["for-each-ref", "refs/truenorth"]), "");
    assert_eq!(tom.git(&["status", "--porcelain"]), "");
}

#[test]
fn line_ends_of_another_system_are_no_change() {
    if no_git() {
        return;
    }
    let (_team, maya, tom) = two();
    maya.shares();
    let windows = tom.read("strategy/goals.ron").replace('\n', "\r\n");
    tom.write("strategy/goals.ron", &windows);
    assert_eq!(tom.shares()["committed"], serde_json::json!([]));
    maya.edits(|s| s.goals[0].title = "Changed by Maya".to_owned());
    maya.shares();
    tom.shares();
    assert!(tom.read("strategy/goals.ron").contains("Changed by Maya"));
}

#[test]
fn a_workspace_in_a_folder_of_a_bigger_repository_keeps_to_its_folder() {
    if no_git() {
        return;
    }
    let (team, maya, _) = two();
    let bare = team.folder.path().join("big.git");
    let big = maya.home.join("big");
    fs::create_dir_all(&big).unwrap();
    git_out(&maya.home, &maya.home, ["init", "-q", "--bare", "-b", "main", bare.to_str().unwrap()]);
    for arguments in [vec!["init", "-q", "-b", "main"], vec!["remote", "add", "origin", bare.to_str().unwrap()]] {
        assert!(git_out(&maya.home, &big, arguments).status.success());
    }
    let mut inside = maya.clone();
    inside.root = big.join("team/shop");
    storage::init(&inside.root, "Maple Street Bakery", storage::Template::Bakery, crate::harness::today()).unwrap();
    fs::write(big.join("README"), "mine").unwrap();
    inside.trusts();
    inside.shares();
    let files = inside.git(&["ls-tree", "-r", "--name-only", "--full-tree", "HEAD"]);
    assert!(files.lines().all(|f| f.starts_with("team/shop/")), "{files}");
    // What others do beside it comes along, by git; what is changed here beside it is not overwritten.
    let other = maya.home.join("other");
    assert!(git_out(&maya.home, &maya.home, ["clone", "-q", bare.to_str().unwrap(), "other"]).status.success());
    for (file, text) in [("beside.txt", "theirs"), ("README", "theirs")] {
        fs::write(other.join(file), text).unwrap();
        git_out(&maya.home, &other, ["add", "-A"]);
        git_out(&maya.home, &other, ["commit", "-qm", file]);
        assert!(git_out(&maya.home, &other, ["push", "-q"]).status.success());
        if file == "README" {
            inside.is_told("dirty");
            assert_eq!(fs::read_to_string(big.join("README")).unwrap(), "mine");
        } else {
            inside.shares();
            assert_eq!(fs::read_to_string(big.join("beside.txt")).unwrap(), "theirs");
        }
    }
}

#[test]
fn without_git_or_with_an_old_one_it_says_so_and_all_else_works() {
    let (_team, maya, _) = match no_git() {
        true => return,
        false => two(),
    };
    let none = maya.command(&["sync", "--json"]).env("PATH", &maya.home).output().unwrap();
    assert_eq!(none.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&none.stdout).contains("no git"), "{none:?}");
    let status = maya.command(&["status"]).env("PATH", &maya.home).output().unwrap();
    assert!(status.status.success(), "{status:?}");
    #[cfg(unix)]
    {
        let old = maya.home.join("git");
        fs::write(&old, "#!/bin/sh\necho git version 2.11.0\n").unwrap();
        let mode = <fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o755);
        fs::set_permissions(&old, mode).unwrap();
        let mut told = maya.command(&["sync", "--json"]);
        let told = told.env("PATH", format!("{}:/bin:/usr/bin", maya.home.display())).output().unwrap();
        assert!(String::from_utf8_lossy(&told.stdout).contains("old git"), "{told:?}");
    }
}

#[test]
fn of_two_syncs_of_one_clone_the_second_waits_for_nobody() {
    if no_git() {
        return;
    }
    let (_team, maya, _) = two();
    let folder = maya.local().workspace(&maya.root, &maya.workspace_id());
    let held = storage::lock_file(&folder, "sync.lock").unwrap();
    assert!(held.is_some());
    maya.is_told("busy");
    drop(held);
    maya.shares();
}

#[test]
fn a_shallow_clone_shares_as_any_other_as_far_as_its_history_reaches() {
    if no_git() {
        return;
    }
    let (team, maya, _) = two();
    maya.shares();
    let ruth = team.person("ruth");
    let at = ruth.root.parent().unwrap().to_path_buf();
    let url = format!("file://{}", team.bare().display());
    assert!(git_out(&ruth.home, &at, ["clone", "-q", "--depth", "1", &url, "shop"]).status.success());
    ruth.trusts();
    ruth.does(&["action", "add", "From a shallow clone"]);
    ruth.shares();
    maya.shares();
    assert_eq!(maya.files(), ruth.files());
}
