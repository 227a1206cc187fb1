//! The second part of a sync: what others sent is fetched, merged, looked at, and what they lack is sent; again when somebody was
//! faster. The working tree is touched once, at the end.

use std::time::Duration;

use crate::model::sharing::Step;

use super::arrive;
use super::commit::{put_aside, who, with};
use super::flow::{Heard, Report, Way, Work};
use super::git::Reach;
use super::look::{broken, fresh, look, workspace_id};
use super::merge::{Around, Kept, Merged, merge};
use super::remote::{Given, Remote};
use super::tree::{self, Changes, Tree};
use super::trouble::{Kind, Trouble};

/// How often it is tried again when others were faster.
const TRIES: u32 = 60;

/// Where it is to go: a commit, how it differs from the one here, and what did not get its place on the way.
struct Target {
    commit: String,
    changes: Changes,
    kept: Vec<Kept>,
}

/// Shares with the others, and tells in the report how far it got.
pub(super) fn share(work: &Work<'_>, report: &mut Report, heard: Heard<'_>) -> Result<(), Trouble> {
    let git = &work.git;
    let Some(mine) = git.ask(&["rev-parse", "--verify", "--quiet", "HEAD"])? else { return Ok(()) };
    let Some(remote) = Remote::of(git, &work.branch)? else {
        report.way = Way::NoRemote;
        return Ok(());
    };
    let tree = tree::tree(git, &mine)?;
    let waited = if report.committed.is_empty() { unsent(work, &remote, &mine)? } else { 0 };
    let mut dice = work.request.dice;
    let (target, way) = loop {
        report.tries += 1;
        heard(Step::Fetch, report.tries);
        let fetched = remote.fetch(git).and_then(|theirs| git.stopped().map(|()| theirs));
        let theirs = match fetched {
            Ok(theirs) => theirs,
            Err(trouble) if trouble.kind.is_of_the_way() => break (None, Way::Kept(trouble)),
            Err(trouble) => return Err(trouble),
        };
        heard(Step::Merge, report.tries);
        let target = meet(work, &mine, &tree, theirs.as_deref())?;
        if theirs.as_deref() == Some(&target.commit) {
            break (Some(target), Way::Shared);
        }
        heard(Step::Push, report.tries);
        match remote.push(git, &target.commit) {
            Ok(Given::Taken) => break (Some(target), Way::Shared),
            Ok(Given::Faster) if report.tries < TRIES => pause(work, &mut dice, report.tries),
            Ok(Given::Faster) => break (Some(target), Way::Kept(crowded())),
            Err(trouble) if trouble.kind.is_of_the_way() => break (Some(target), Way::Kept(trouble)),
            Err(trouble) => return Err(trouble),
        }
    };
    report.way = way;
    let here = match target {
        None => mine,
        Some(target) => settle(work, &mine, &tree, target, report, heard)?,
    };
    report.unsent = unsent(work, &remote, &here)?;
    report.made_up = waited.saturating_sub(report.unsent);
    Ok(())
}

fn crowded() -> Trouble {
    Trouble::new(
        Kind::Crowded,
        say!("others were faster {tries} times in a row", tries = TRIES),
        say!("everything of yours is kept here: sync again in a minute"),
    )
}

/// Waits for a moment of its own length: twice as long each time up to a second, by its own dice.
fn pause(work: &Work<'_>, dice: &mut u64, tries: u32) {
    *dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    let most = 25_u64 << tries.min(5);
    work.request.stop.wait(Duration::from_millis((*dice >> 33) % most));
}

/// Works out where the two sides meet, in the repository only.
fn meet(work: &Work<'_>, mine: &str, tree: &Tree, theirs: Option<&str>) -> Result<Target, Trouble> {
    let git = &work.git;
    let stay = || Target { commit: mine.to_owned(), changes: Changes::new(), kept: Vec::new() };
    let Some(theirs) = theirs.filter(|t| *t != mine) else { return Ok(stay()) };
    let base = git.run(&["merge-base", mine, theirs], Vec::new(), &[], Reach::Here)?;
    let base = String::from_utf8_lossy(&base.out).trim_end().to_owned();
    if base.is_empty() {
        return Err(unrelated(work));
    }
    if base == theirs {
        return Ok(stay());
    }
    let other = tree::tree(git, theirs)?;
    let id = workspace_id(git, &other, &work.repository.prefix)?;
    if id.is_some_and(|id| id != work.request.config.id) {
        return Err(another());
    }
    let below = if base == mine { tree.clone() } else { tree::tree(git, &base)? };
    let around = Around {
        git,
        prefix: &work.repository.prefix,
        me: work.request.me,
        settled: work.request.settled,
        scratch: work.scratch.path(),
    };
    let Merged { mut changes, kept } = merge(&around, &below, tree, &other)?;
    changes.retain(|path, entry| tree.get(path).map(|e| (&e.mode, &e.id)) != entry.as_ref().map(|e| (&e.mode, &e.id)));
    let whole = with(tree, &changes);
    sound(work, &below, tree, &other, &whole)?;
    if base == mine {
        return Ok(Target { commit: theirs.to_owned(), changes, kept });
    }
    let new = tree::changed(git, Some(mine), &changes, work.scratch.path())?;
    let who = who(work)?;
    let who: Vec<_> = who.iter().map(|(name, value)| (*name, value.as_os_str())).collect();
    let commit = tree::commit(git, &new, &[mine, theirs], "Merge what the others sent\n", &who)?;
    Ok(Target { commit, changes, kept })
}

fn unrelated(work: &Work<'_>) -> Trouble {
    if work.repository.is_shallow() {
        let what = say!(
            "only the newest part of the history is here (a shallow clone), and it does not reach far enough back"
        );
        return Trouble::new(Kind::Unrelated, what, say!("get the rest with `git fetch --unshallow`, then sync again"));
    }
    Trouble::new(
        Kind::Unrelated,
        say!("what is here and what the others have does not come from one beginning"),
        say!("clone the others' repository into a new folder, and move what is yours over; nothing was touched"),
    )
}

fn another() -> Trouble {
    Trouble::new(
        Kind::BrokenThere,
        say!("the remote holds another workspace: the id in its truenorth.ron is not yours"),
        say!("see with `git remote -v` where it leads; nothing here was changed"),
    )
}

/// What comes out of a merge must have no problem that is not here already.
fn sound(work: &Work<'_>, base: &Tree, mine: &Tree, theirs: &Tree, whole: &Tree) -> Result<(), Trouble> {
    let (prefix, scratch) = (&work.repository.prefix, work.scratch.path());
    let problems = look(&work.git, whole, prefix, scratch)?;
    if problems.is_empty() {
        return Ok(());
    }
    let new = fresh(problems, &look(&work.git, mine, prefix, scratch)?);
    if new.is_empty() {
        return Ok(());
    }
    let of_theirs = fresh(look(&work.git, theirs, prefix, scratch)?, &look(&work.git, base, prefix, scratch)?);
    if of_theirs.is_empty() {
        let what = say!("what you changed and what the others changed does not fit together");
        return Err(broken(Kind::Clash, what, new));
    }
    Err(broken(Kind::BrokenThere, say!("what the others sent has problems and was not let in"), of_theirs))
}

/// Puts what came in its place, and gives the commit that is here then.
fn settle(
    work: &Work<'_>,
    mine: &str,
    tree: &Tree,
    target: Target,
    report: &mut Report,
    heard: Heard<'_>,
) -> Result<String, Trouble> {
    if target.commit == mine {
        return Ok(target.commit);
    }
    heard(Step::Arrive, report.tries);
    for kept in &target.kept {
        if let Some(text) = &kept.text {
            report.aside.push(put_aside(work, &kept.path, text)?);
        }
    }
    arrive::arrive(work, mine, tree, &target.commit, &target.changes)?;
    let prefix = &work.repository.prefix;
    report.arrived = target.changes.keys().filter_map(|p| p.strip_prefix(prefix.as_str())).map(str::to_owned).collect();
    report.kept = target.kept;
    Ok(target.commit)
}

/// How many commits are here that the remote is not known to have.
fn unsent(work: &Work<'_>, remote: &Remote, here: &str) -> Result<usize, Trouble> {
    let tracking = format!("refs/remotes/{}/{}", remote.name, remote.branch);
    let known = work.git.ask(&["rev-parse", "--verify", "--quiet", &tracking])?;
    let range = known.map_or_else(|| here.to_owned(), |known| format!("{known}..{here}"));
    let count = work.git.line(&["rev-list", "--count", "--no-merges", &range])?;
    Ok(count.parse().unwrap_or(0))
}
