//! A repository that came as a copy runs nothing before somebody said yes on a terminal, and nothing that changed since.

use std::fs;

use truenorth::sync::{self, Repository, Trust};

use super::team::{Person, Team, no_git};

/// A configuration that would leave a mark wherever git runs a program of it.
fn hostile(person: &Person) -> std::path::PathBuf {
    let mark = person.home.join("mark");
    let touch = format!("touch {}; false", mark.display());
    for key in [
        "core.fsmonitor",
        "core.sshCommand",
        "core.pager",
        "core.editor",
        "core.alternateRefsCommand",
        "diff.external",
        "filter.x.clean",
        "filter.x.smudge",
        "filter.x.process",
        "credential.helper",
        "gpg.program",
        "alias.push",
        "alias.fetch",
        "uploadpack.packObjectsHook",
    ] {
        person.git(&["config", key, &touch]);
    }
    person.git(&["config", "commit.gpgSign", "true"]);
    person.write(".git/info/attributes", "* filter=x diff=x merge=x\n");
    for hook in [
        "pre-commit",
        "commit-msg",
        "post-commit",
        "pre-push",
        "post-merge",
        "post-checkout",
        "reference-transaction",
        "post-index-change",
        "pre-auto-gc",
        "fsmonitor-watchman",
    ] {
        let path = format!(".git/hooks/{hook}");
        person.write(&path, &format!("#!/bin/sh\ntouch {}\n", mark.display()));
        #[cfg(unix)]
        {
            let mode = <fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o755);
            fs::set_permissions(person.root.join(path), mode).unwrap();
        }
    }
    mark
}

#[test]
fn a_copied_repository_runs_nothing_before_and_after_somebody_trusts_it() {
    if no_git() {
        return;
    }
    let (_team, people) = Team::new(&["maya", "tom"]);
    let (maya, tom) = (&people[0], &people[1]);
    let mark = hostile(maya);
    fs::remove_file(&mark).ok();
    maya.does(&["action", "add", "Something"]);
    maya.is_told("not trusted");
    maya.does(&["status"]);
    assert!(!mark.exists(), "something ran before it was trusted");
    // Even trusted, a sync runs no hook, no filter, no monitor and no alias: only what reaching a remote needs.
    maya.trusts();
    maya.shares();
    assert!(!mark.exists(), "something ran that a sync does not need");
    tom.does(&["action", "add", "By Tom"]);
    tom.shares();
    maya.shares();
    assert!(!mark.exists() && maya.read("check-ins/2026-W47/tom.ron").contains("By Tom"));
}

#[test]
fn hooks_of_a_shared_folder_run_for_nobody() {
    if no_git() {
        return;
    }
    let (team, people) = Team::new(&["maya"]);
    let mark = team.folder.path().join("mark");
    for hook in ["pre-receive", "update", "post-receive", "post-update", "reference-transaction", "proc-receive"] {
        let path = team.bare().join("hooks").join(hook);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, format!("#!/bin/sh\ntouch {}\n", mark.display())).unwrap();
        #[cfg(unix)]
        {
            let mode = <fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o755);
            fs::set_permissions(path, mode).unwrap();
        }
    }
    people[0].does(&["action", "add", "Something"]);
    people[0].shares();
    assert!(!mark.exists());
}

#[test]
fn trust_ends_with_any_change_of_what_was_shown_and_tells_what_changed() {
    if no_git() {
        return;
    }
    let (_team, people) = Team::new(&["maya"]);
    let maya = &people[0];
    let look = |person: &Person| {
        let repository = Repository::find(&person.root).unwrap().unwrap();
        sync::trust(&person.local(), &person.root, &person.workspace_id(), &repository)
    };
    assert_eq!(look(maya), Trust::Given);
    maya.git(&["config", "core.sshCommand", "evil \u{202e}\u{1b}[31m"]);
    let Trust::Asked(asked) = look(maya) else { panic!("it is trusted still") };
    assert!(asked.changed);
    let line = asked.lines.iter().find(|l| l.starts_with("core.sshcommand")).unwrap();
    assert!(line.contains("evil ⟨U+202E⟩") && !line.contains('\u{1b}'), "{line}");
    maya.is_told("not trusted");
    maya.trusts();
    assert_eq!(look(maya), Trust::Given);
    maya.write(".git/hooks/pre-push", "#!/bin/sh\n");
    assert!(matches!(look(maya), Trust::Asked(asked) if asked.hooks == ["pre-push"]));
    maya.trusts();
    // A copy of the workspace elsewhere is another one, and so is one whose configuration takes in other files.
    let mut copy = maya.clone();
    copy.root = maya.home.join("copy");
    let copied = std::process::Command::new("cp").arg("-r").arg(&maya.root).arg(&copy.root).status().unwrap();
    assert!(copied.success());
    copy.is_told("not trusted");
    maya.git(&["config", "include.path", "/tmp/other"]);
    assert_eq!(look(maya), Trust::Never);
    maya.is_told("not trusted");
}
