//! The journal: whatever moment the program ends at, what was written before it comes back.

use std::fs;

use super::{moment, review};
use crate::model::agenda::Step;
use crate::model::review::{Act, Change, Edit, Entry};
use crate::storage::{Journal, Local, Lock, LockError, replace_private};

pub(super) fn entries(count: u32) -> Vec<Entry> {
    (0..count)
        .map(|n| {
            let act = match n % 4 {
                0 => Act::Go(Step::Scorecard),
                1 => {
                    let id = format!("n-{n}").parse().unwrap();
                    let text = format!("two\nlines, \"quotes\", \\ and é\r\u{2028} {n}");
                    let note = crate::model::record::Note { id, text, step: Some(Step::Open), about: None };
                    Act::Do("add a note".to_owned(), Box::new(Edit::Note(Change::put(note))))
                }
                2 => Act::Undo,
                _ => Act::Pause(n % 8 == 3),
            };
            Entry { at: moment(n + 1), act }
        })
        .collect()
}

fn written(count: u32) -> (tempfile::TempDir, std::path::PathBuf, Vec<Entry>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state/review.journal");
    let mut journal = Journal::create(&path, "j1", &review("2026-W47")).unwrap();
    let entries = entries(count);
    for entry in &entries {
        journal.append(entry).unwrap();
    }
    journal.sync().unwrap();
    assert_eq!(journal.entries(), u64::from(count));
    (folder, path, entries)
}

#[test]
fn what_was_written_comes_back() {
    let (_folder, path, entries) = written(9);
    let back = Journal::load(&path).unwrap();
    assert_eq!((back.id.as_str(), &back.review, back.tail_lost), ("j1", &review("2026-W47"), false));
    assert_eq!((back.last, back.entries), (moment(9), entries));
}

#[test]
fn a_kill_at_any_byte_leaves_a_prefix_that_loads() {
    let (folder, path, entries) = written(9);
    let whole = fs::read(&path).unwrap();
    let head = whole.iter().position(|b| *b == b'\n').unwrap() + 1;
    let cut = folder.path().join("cut");
    for len in 0..=whole.len() {
        fs::write(&cut, &whole[..len]).unwrap();
        let back = Journal::load(&cut);
        if len < head {
            assert_eq!(back, None);
            continue;
        }
        let back = back.unwrap();
        let lines = whole[..len].iter().filter(|b| **b == b'\n').count() - 1;
        assert_eq!(back.entries, entries[..lines]);
        assert_eq!(back.tail_lost, whole[len - 1] != b'\n');
    }
}

#[test]
fn a_harmed_line_ends_the_reading_and_its_tail_is_kept_aside() {
    let (_folder, path, entries) = written(9);
    let whole = fs::read(&path).unwrap();
    let ends: Vec<usize> = whole.iter().enumerate().filter(|(_, b)| **b == b'\n').map(|(at, _)| at + 1).collect();
    for at in ends[3]..ends[4] {
        let mut harmed = whole.clone();
        harmed[at] ^= 1;
        fs::write(&path, &harmed).unwrap();
        let back = Journal::load(&path).unwrap();
        assert!(back.tail_lost && back.entries == entries[..3], "byte {at}");
        assert_eq!(fs::read(&path).unwrap(), harmed, "looking changes nothing: somebody may be adding to it");
        drop(Journal::open_append(&path).unwrap());
        assert_eq!(fs::read(path.with_file_name("review.journal.tail")).unwrap(), &harmed[ends[3]..]);
    }
}

#[test]
fn a_lost_or_repeated_line_ends_the_reading() {
    let (_folder, path, entries) = written(5);
    let lines: Vec<String> = fs::read_to_string(&path).unwrap().split_inclusive('\n').map(str::to_owned).collect();
    for order in [vec![0, 1, 3, 4, 5], vec![0, 1, 1, 2, 3]] {
        let text: String = order.iter().map(|n| lines[*n].as_str()).collect();
        fs::write(&path, text).unwrap();
        assert_eq!(Journal::load(&path).unwrap().entries, entries[..1]);
    }
}

#[test]
fn going_on_after_a_crash_cuts_the_torn_line_off_first() {
    let (_folder, path, entries) = written(3);
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() - 4]).unwrap();
    let (mut journal, back) = Journal::open_append(&path).unwrap();
    assert_eq!((back.entries.len(), back.tail_lost), (2, true));
    journal.append(&entries[2]).unwrap();
    drop(journal);
    let again = Journal::load(&path).unwrap();
    assert_eq!((again.entries, again.tail_lost), (entries, false));
}

#[test]
fn a_new_journal_never_overwrites_one_that_is_there() {
    let (_folder, path, entries) = written(2);
    let journal = Journal::create(&path, "j2", &review("2026-W48")).unwrap();
    assert_eq!(Journal::load(&path).unwrap().id, "j2");
    assert_eq!(Journal::load(&path.with_file_name("review.journal.kept-1")).unwrap().entries, entries);
    journal.remove().unwrap();
    assert!(!path.exists());
}

#[test]
fn a_journal_that_is_put_aside_is_no_longer_offered_and_stays_whole() {
    let (_folder, path, entries) = written(2);
    let (journal, _) = Journal::open_append(&path).unwrap();
    journal.set_aside().unwrap();
    assert_eq!(Journal::load(&path), None);
    assert_eq!(Journal::load(&path.with_file_name("review.journal.kept-1")).unwrap().entries, entries);
}

#[test]
fn a_private_file_is_replaced_or_taken_away_and_a_failure_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("typed.ron");
    for text in ["one", "another"] {
        replace_private(&path, Some(text)).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
    replace_private(&path, None).unwrap();
    assert!(!path.exists());
    replace_private(&path, None).unwrap();
    fs::create_dir(&path).unwrap();
    assert!(replace_private(&path, None).is_err());
}

#[cfg(unix)]
#[test]
fn local_state_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, path, _) = written(1);
    let mode = |p: &std::path::Path| fs::metadata(p).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(path.parent().unwrap()), mode(&path)), (0o700, 0o600));
}

#[test]
fn a_second_program_is_told_who_holds_the_review() {
    let folder = tempfile::tempdir().unwrap();
    let first = Lock::take(folder.path(), "Maya", "16:02").unwrap();
    match Lock::take(folder.path(), "Ben", "16:05") {
        Err(LockError::Held { by }) => assert!(by.starts_with("Maya, process ") && by.ends_with("since 16:02"), "{by}"),
        other => panic!("{other:?}"),
    }
    drop(first);
    assert!(Lock::take(folder.path(), "Ben", "16:05").is_ok());
}

#[test]
fn a_holder_that_has_not_said_who_it_is_is_told_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let file = fs::File::create(folder.path().join("review.lock")).unwrap();
    file.lock().unwrap();
    let taken = Lock::take(folder.path(), "Ben", "16:05");
    assert!(matches!(taken, Err(LockError::Held { by }) if by.starts_with("by another program")));
}

#[test]
fn settings_are_saved_with_their_comments_and_never_over_a_broken_file() {
    let home = tempfile::tempdir().unwrap();
    let local = Local::under(home.path());
    assert_eq!(local.settings().unwrap(), crate::storage::Settings::default());
    fs::write(home.path().join("config.ron"), "(\n    // my theme\n    theme: \"dark\",\n)\n").unwrap();
    local.remember_workspace(home.path()).unwrap();
    let text = fs::read_to_string(home.path().join("config.ron")).unwrap();
    assert!(text.contains("// my theme\n    theme: \"dark\","), "{text}");
    assert_eq!(local.settings().unwrap().last_workspace, Some(fs::canonicalize(home.path()).unwrap()));
    fs::write(home.path().join("config.ron"), "(theem: \"dark\")").unwrap();
    let error = local.remember_workspace(home.path()).unwrap_err().to_string();
    assert!(error.contains("config.ron:1:2: there is no field `theem` here. did you mean `theme`?"), "{error}");
    assert_eq!(fs::read_to_string(home.path().join("config.ron")).unwrap(), "(theem: \"dark\")");
}

#[test]
fn two_copies_of_a_workspace_have_two_state_folders() {
    let home = tempfile::tempdir().unwrap();
    let local = Local::under(home.path());
    let (a, b) = (home.path().join("a"), home.path().join("b"));
    fs::create_dir_all(&a).unwrap();
    fs::create_dir_all(&b).unwrap();
    let id = "shop".parse().unwrap();
    assert_eq!(local.workspace(&a, &id), local.workspace(&home.path().join("b/../a"), &id));
    assert_ne!(local.workspace(&a, &id), local.workspace(&b, &id));
    assert_ne!(local.workspace(&a, &id), local.workspace(&a, &"other".parse().unwrap()));
}
