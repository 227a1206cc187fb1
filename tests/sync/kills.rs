//! `kill -9` at random moments of a sync, of the program alone and of all that it started; then a plain sync goes on.

use std::fs;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};
use truenorth::storage;

use super::team::{Person, Team, no_git};
use crate::harness::{Dice, long};

/// Who the kill hits.
#[derive(Debug, Clone, Copy)]
enum Whom {
    /// The program: a git that it started lives on.
    Program,
    /// All of it, as when the machine loses its power.
    All,
}

/// Starts a sync and kills it after so many microseconds.
fn killed(person: &Person, whom: Whom, after: u64) {
    let mut command: Command = person.command(&["sync"]);
    command.stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
    let mut child = command.spawn().unwrap();
    // Any moment of it: there is nothing to wait for.
    std::thread::sleep(Duration::from_micros(after));
    match whom {
        Whom::Program => child.kill().unwrap(),
        Whom::All => {
            let group = Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
            let _ = kill_process_group(group, Signal::KILL);
        }
    }
    child.wait().unwrap();
    while whom_lives(&child) {
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Whether a git that was started lives on: it has to come to its end before its locks are anybody's.
fn whom_lives(child: &std::process::Child) -> bool {
    let group = Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
    rustix::process::test_kill_process_group(group).is_ok()
}

/// Locks that git left in a repository.
fn locks(person: &Person) -> Vec<String> {
    let (mut found, mut folders) = (Vec::new(), vec![person.root.join(".git")]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "lock") {
                found.push(path.display().to_string());
            }
        }
    }
    found
}

#[test]
fn a_sync_that_is_killed_anywhere_is_finished_by_the_next_one_and_loses_nothing() {
    if no_git() {
        return;
    }
    let seed = Dice::seed();
    let mut dice = Dice::new(seed);
    let (_team, people) = Team::new(&["maya", "tom"]);
    let (maya, tom) = (&people[0], &people[1]);
    let kills = if long() { 200 } else { 20 };
    let mut left = 0;
    for nth in 0..kills {
        let told = format!("seed {seed}, kill {nth}");
        maya.does(&["action", "add", &format!("Maya's number {nth}.")]);
        tom.does(&["action", "add", &format!("Tom's number {nth}.")]);
        tom.shares();
        let whom = *dice.pick(&[Whom::Program, Whom::All]);
        killed(maya, whom, dice.next() % 400_000);
        left += locks(maya).len();
        maya.shares();
        assert_eq!(locks(maya), [""; 0], "{told}");
        assert_eq!(storage::check(&maya.root).unwrap().problems, [], "{told}");
        assert_eq!(maya.git(&["status", "--porcelain"]), "", "{told}");
        let sent = maya.git(&["show", "origin/main:check-ins/2026-W47/maya.ron"]);
        assert!((0..=nth).all(|n| sent.contains(&format!("Maya's number {n}."))), "{told}: {sent}");
        let came = maya.read("check-ins/2026-W47/tom.ron");
        assert!((0..=nth).all(|n| came.contains(&format!("Tom's number {n}."))), "{told}: {came}");
    }
    tom.shares();
    // What a kill left unfinished goes after an hour, and is shared with nobody.
    let whole =
        |person: &Person| person.files().into_iter().filter(|(path, _)| !path.contains(".tn-tmp-")).collect::<Vec<_>>();
    assert_eq!(whole(tom), whole(maya));
    // Every commit that the branch ever pointed to is in what the others have.
    for id in maya.git(&["reflog", "--format=%H", "main"]).lines() {
        maya.git(&["merge-base", "--is-ancestor", id, "origin/main"]);
    }
    eprintln!("seed {seed}: {kills} kills, {left} locks of git left behind and taken away");
}
