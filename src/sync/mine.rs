//! What of a workspace the one who syncs may send, and how a commit of it is called: one writer for each file.

use crate::model::id::MemberId;
use crate::model::people::Member;
use crate::storage::FileKind;

/// What became of a file since the last commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// It was not there.
    New,
    /// It holds something else.
    Edited,
    /// It is gone.
    Gone,
}

/// Whether a changed file is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is.
    Send,
    /// It is left alone, and this is why.
    Leave(String),
}

/// Decides about one changed file. `me` is who syncs; without anybody only what belongs to all is sent.
pub(super) fn verdict(kind: &FileKind, change: Change, me: Option<&Member>, people: &[Member]) -> Verdict {
    let leave = |why: &str| Verdict::Leave(why.to_owned());
    match (kind, change) {
        (FileKind::CheckIn(_, member), _) if me.is_none_or(|me| me.id != *member) => {
            Verdict::Leave(say!("it is for {member} to send", member = name(people, member)))
        }
        (FileKind::Draft(_), Change::Gone) => Verdict::Send,
        (_, Change::Gone) => {
            leave(say!("it is missing here and stays with the others; `git checkout -- FILE` brings it back"))
        }
        (FileKind::Snapshot(..), Change::Edited) => {
            leave(say!("a sealed week is never changed; `git checkout -- FILE` brings it back"))
        }
        (FileKind::Readings, Change::Edited) => {
            leave(say!("an import is never changed; `git checkout -- FILE` brings it back"))
        }
        (FileKind::Passed, Change::Edited) => {
            leave(say!("what was passed on is never changed; `git checkout -- FILE` brings it back"))
        }
        (
            FileKind::Config
            | FileKind::Strategy
            | FileKind::Git
            | FileKind::Draft(_)
            | FileKind::CheckIn(..)
            | FileKind::Snapshot(..)
            | FileKind::Readings
            | FileKind::Passed,
            Change::New | Change::Edited,
        ) => Verdict::Send,
    }
}

fn name<'p>(people: &'p [Member], id: &'p MemberId) -> &'p str {
    people.iter().find(|m| m.id == *id).map_or(id.as_str(), |m| m.name.as_str())
}

/// What a commit says of itself, in plain words: one line, and the files behind it where there are several.
pub(super) fn words(files: &[(String, FileKind)], people: &[Member]) -> String {
    let mut parts: Vec<String> = Vec::new();
    for (_, kind) in files {
        let part = match kind {
            FileKind::CheckIn(week, member) => format!("Check-in of {} for {week}", name(people, member)),
            FileKind::Snapshot(week, 1) => format!("Review of {week}"),
            FileKind::Snapshot(week, revision) => format!("Review of {week}, revision {revision}"),
            FileKind::Draft(week) => format!("Review of {week}, put aside"),
            FileKind::Strategy => "Strategy".to_owned(),
            FileKind::Config => "Settings of the workspace".to_owned(),
            FileKind::Readings => "Imported readings".to_owned(),
            FileKind::Passed => "Passed on between workspaces".to_owned(),
            FileKind::Git => "What git leaves alone".to_owned(),
        };
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    let line = if parts.len() <= 3 { parts.join("; ") } else { format!("{} and {} more", parts[0], parts.len() - 1) };
    // Names come from a file and may hold anything; a message has one first line.
    let line: String = line.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if files.len() == 1 {
        return line + "\n";
    }
    let list: String = files.iter().take(200).map(|(path, _)| format!("\n- {path}")).collect();
    format!("{line}\n{list}\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::file_kind;

    fn member(id: &str, name: &str) -> Member {
        Member::new(id.parse().unwrap(), name)
    }

    #[test]
    fn nobody_sends_what_another_one_writes() {
        let people = [member("maya", "Maya Lindgren"), member("tom", "Tom Baker")];
        let of = |path: &str, change| verdict(&file_kind(path).unwrap(), change, Some(&people[0]), &people);
        assert_eq!(of("check-ins/2026-W47/maya.ron", Change::Edited), Verdict::Send);
        let toms = of("check-ins/2026-W47/tom.ron", Change::New);
        assert_eq!(toms, Verdict::Leave("it is for Tom Baker to send".to_owned()));
        assert_eq!(of("snapshots/2026-W47.ron", Change::New), Verdict::Send);
        for change in [Change::Edited, Change::Gone] {
            assert!(matches!(of("snapshots/2026-W47.ron", change), Verdict::Leave(_)));
        }
        assert_eq!(of("drafts/2026-W47.ron", Change::Gone), Verdict::Send);
        assert!(matches!(of("strategy/goals.ron", Change::Gone), Verdict::Leave(_)));
    }

    #[test]
    fn a_commit_tells_in_plain_words_what_it_is() {
        let people = [member("maya", "Maya\nLindgren")];
        let files = |paths: &[&str]| -> Vec<(String, FileKind)> {
            paths.iter().map(|p| ((*p).to_owned(), file_kind(p).unwrap())).collect()
        };
        let one = words(&files(&["check-ins/2026-W47/maya.ron"]), &people);
        assert_eq!(one, "Check-in of Maya Lindgren for 2026-W47\n");
        let two = words(&files(&["snapshots/2026-W47.ron", "strategy/goals.ron", "strategy/kpis.ron"]), &people);
        assert!(two.starts_with("Review of 2026-W47; Strategy\n\n- snapshots/2026-W47.ron\n"), "{two}");
    }
}
