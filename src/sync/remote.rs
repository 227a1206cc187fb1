//! The way to the others: which remote and branch, asking it for what is new, giving it what is ours.

use crate::model::shown::shown;

use super::git::{FULL, Git, Reach, failed, said_last, without_secrets};
use super::trouble::{Kind, Trouble};

/// Where a branch is shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Remote {
    /// Its name, such as `origin`.
    pub name: String,
    /// The branch there, such as `main`.
    pub branch: String,
    /// Whether it is a folder that this machine reaches by itself: a shared folder, a stick.
    folder: bool,
}

/// How giving went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Given {
    /// The others have it.
    Taken,
    /// Somebody was faster: there is more to be merged first.
    Faster,
}

impl Remote {
    /// The remote of a branch: what git has noted for it, else the only one there is, or `origin`. `None` when there is none.
    pub(super) fn of(git: &Git<'_>, branch: &str) -> Result<Option<Self>, Trouble> {
        let noted = git.ask(&["config", "--get", &format!("branch.{branch}.remote")])?;
        let all = git.line(&["remote"])?;
        let all: Vec<&str> = all.lines().collect();
        let name = match noted.filter(|n| all.contains(&n.as_str())) {
            Some(name) => name,
            None if all.contains(&"origin") => "origin".to_owned(),
            None => match all.as_slice() {
                [] => return Ok(None),
                [one] => (*one).to_owned(),
                several => {
                    return Err(Trouble::new(
                        Kind::Other,
                        say!(
                            "there are several remotes, and none is noted for {branch}: {several}",
                            branch,
                            several = several.join(", ")
                        ),
                        say!("say which: git branch --set-upstream-to REMOTE/BRANCH, or git config branch.NAME.remote"),
                    ));
                }
            },
        };
        let merge = git.ask(&["config", "--get", &format!("branch.{branch}.merge")])?;
        let there = merge.and_then(|m| m.strip_prefix("refs/heads/").map(str::to_owned));
        let url = git.line(&["remote", "get-url", "--push", &name])?;
        Ok(Some(Self { name, branch: there.unwrap_or_else(|| branch.to_owned()), folder: is_folder(&url) }))
    }

    /// Fetches the branch and gives the commit it is at; `None` when the remote has no such branch.
    pub(super) fn fetch(&self, git: &Git<'_>) -> Result<Option<String>, Trouble> {
        let tracking = format!("refs/remotes/{}/{}", self.name, self.branch);
        let refs = format!("+refs/heads/{}:{tracking}", self.branch);
        let mut arguments = vec!["fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head"];
        let program = program("upload-pack");
        if self.folder {
            arguments.extend(["--upload-pack", &program]);
        }
        arguments.extend(["--", &self.name, &refs]);
        let done = git.run(&arguments, Vec::new(), &[], Reach::Network)?;
        if done.ok {
            return git.ask(&["rev-parse", "--verify", "--quiet", &tracking]);
        }
        if done.err.contains("couldn't find remote ref") {
            return self.is_empty_or_other(git).map(|()| None);
        }
        Err(unreached(&done.err))
    }

    /// A remote without our branch must have none at all: else it goes by another name there.
    fn is_empty_or_other(&self, git: &Git<'_>) -> Result<(), Trouble> {
        let mut arguments = vec!["ls-remote", "--heads"];
        let program = program("upload-pack");
        if self.folder {
            arguments.extend(["--upload-pack", &program]);
        }
        arguments.extend(["--", &self.name]);
        let done = git.run(&arguments, Vec::new(), &[], Reach::Network)?;
        if !done.ok {
            return Err(unreached(&done.err));
        }
        let out = String::from_utf8_lossy(&done.out).into_owned();
        let names: Vec<&str> = out.lines().filter_map(|l| l.split("refs/heads/").nth(1)).collect();
        if names.is_empty() {
            return Ok(());
        }
        let named = names.iter().take(5).map(|n| shown(n).into_owned()).collect::<Vec<_>>().join(", ");
        Err(Trouble::new(
            Kind::Other,
            say!("the remote has no branch {branch}; it has: {named}", branch = self.branch, named),
            say!("name yours as theirs: git branch -m {names}", names = shown(names[0])),
        ))
    }

    /// Gives a commit to the remote as its branch. Never by force.
    pub(super) fn push(&self, git: &Git<'_>, commit: &str) -> Result<Given, Trouble> {
        let refs = format!("{commit}:refs/heads/{}", self.branch);
        let mut arguments = vec!["push", "--porcelain", "--no-follow-tags"];
        let program = program("receive-pack");
        if self.folder {
            arguments.extend(["--receive-pack", &program]);
        }
        arguments.extend(["--", &self.name, &refs]);
        let done = git.run(&arguments, Vec::new(), &[], Reach::Network)?;
        if done.ok {
            let tracking = format!("refs/remotes/{}/{}", self.name, self.branch);
            git.out(&["update-ref", &tracking, commit])?;
            return Ok(Given::Taken);
        }
        let said = String::from_utf8_lossy(&done.out).into_owned();
        let faster =
            ["(fetch first)", "(non-fast-forward)", "cannot lock ref", "failed to update ref", "incorrect old value"];
        let all = format!("{said}\n{}", done.err);
        if faster.iter().any(|word| all.contains(word)) {
            return Ok(Given::Faster);
        }
        match said.lines().find(|line| line.starts_with('!')) {
            Some(line) => Err(refused(line, &done.err)),
            None => Err(unreached(&done.err)),
        }
    }
}

/// A folder's hooks belong to whoever made the folder and would run as the one who syncs: they are switched off.
fn program(name: &str) -> String {
    format!(
        "git -c core.hooksPath=/dev/null -c core.alternateRefsCommand=false -c receive.autogc=false -c gc.auto=0 {name}"
    )
}

/// Whether an address is a path rather than a host.
pub(super) fn is_folder(url: &str) -> bool {
    if url.starts_with("file://") || url.starts_with(['/', '.', '~', '\\']) {
        return true;
    }
    let host = url.split(['/', '\\']).next().unwrap_or_default();
    // `C:\team.git` has a colon, too.
    !host.contains(':') || (host.len() == 2 && host.ends_with(':'))
}

/// Why a remote did not answer.
fn unreached(said: &str) -> Trouble {
    let lower = said.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|w| lower.contains(w));
    let kept = say!("everything of yours is kept here");
    if has(&[
        "authentication failed",
        "permission denied",
        "could not read username",
        "could not read password",
        "terminal prompts disabled",
        "host key verification failed",
        "403",
        "401",
    ]) {
        return Trouble::new(
            Kind::Denied,
            say!("the remote does not let you in: {said}", said = said_last(said)),
            say!(
                "{kept}: see that `git fetch` works in a terminal (key, agent or credential helper), then sync again",
                kept
            ),
        );
    }
    if has(&FULL) || has(&["dubious ownership", ".lock': file exists"]) {
        return failed(said);
    }
    Trouble::new(
        Kind::Unreachable,
        say!("the remote could not be reached: {said}", said = said_last(said)),
        say!("{kept}: sync again when it is there; `git remote -v` tells where it is looked for", kept),
    )
}

/// Why a remote did not take what it was given, from the line of the branch: `!\tfrom:to\t[remote rejected] (why)`.
fn refused(line: &str, said: &str) -> Trouble {
    let why = line.rsplit('\t').next().unwrap_or(line);
    let remote: Vec<String> =
        said.lines().filter_map(|l| l.strip_prefix("remote:")).map(|l| l.trim().to_owned()).collect();
    let more = remote.iter().filter(|l| !l.is_empty()).take(3).cloned().collect::<Vec<_>>().join("; ");
    let what = if more.is_empty() { why.to_owned() } else { format!("{why}: {more}") };
    let what: String = without_secrets(&what).chars().take(400).collect();
    Trouble::new(
        Kind::Refused,
        say!("the remote does not take it: {what}", what = shown(&what)),
        say!("it is kept here: ask who runs the remote whether you may write to this branch, then sync again"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_told_from_a_host() {
        for folder in ["/srv/team.git", "../team.git", "file:///srv/x", "team.git", "C:\\team.git", "C:/team.git"] {
            assert!(is_folder(folder), "{folder}");
        }
        for host in ["git@host:team.git", "https://host/x", "ssh://host/x", "host:x"] {
            assert!(!is_folder(host), "{host}");
        }
    }

    #[test]
    fn what_a_remote_says_is_told_by_what_one_can_do_about_it() {
        let kind = |said: &str| unreached(said).kind;
        assert_eq!(kind("fatal: Authentication failed for 'https://x/'"), Kind::Denied);
        assert_eq!(kind("git@h: Permission denied (publickey).\nfatal: Could not read from remote"), Kind::Denied);
        assert_eq!(kind("fatal: could not read Username for 'https://x': terminal prompts disabled"), Kind::Denied);
        assert_eq!(kind("ssh: Could not resolve hostname x: Name or service not known"), Kind::Unreachable);
        assert_eq!(kind("fatal: '/media/stick/x.git' does not appear to be a git repository"), Kind::Unreachable);
        assert_eq!(kind("error: file write error: No space left on device"), Kind::DiskFull);
        let told =
            refused("!\ta:refs/heads/main\t[remote rejected] (pre-receive hook declined)", "remote: not today\n");
        assert!(told.what.contains("pre-receive hook declined") && told.what.contains("not today"), "{told}");
    }
}
