//! What holds for whatever is in the files: reading, writing and reading again is reading; edits on disk are edits in memory.

use std::path::Path;

use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::many_bad_files::{Piece, pieces};
use super::{Shop, crashes, moment, review, sealed, week};
use crate::model::checkin::{CheckIn, CheckInEdit, Progress};
use crate::model::goal::{Goal, Kind};
use crate::model::import::ReadingsFile;
use crate::model::snapshot::Snapshot;
use crate::model::strategy::Strategy;
use crate::model::workspace::{Config, Draft};
use crate::storage::*;

/// Reads a text, writes the value, reads that: the same value, and written again the same text. `None` for a text that is
/// refused.
fn goes_round<T>(text: &str) -> Option<Result<(), String>>
where
    T: Serialize + DeserializeOwned + PartialEq,
{
    let name = Path::new("x");
    let value: T = decode(name, text).ok()?;
    let written = encode(&value).unwrap();
    Some(match decode::<T>(name, &written) {
        Ok(back) if back == value && encode(&back).unwrap() == written => Ok(()),
        Ok(_) => Err(format!("came back as something else:\n{written}")),
        Err(problem) => Err(format!("{problem}\n{written}")),
    })
}

/// A text with every quoted text that is no name, day or week replaced by another one.
fn with_words(text: &str, words: &[String]) -> String {
    let mut next = words.iter().cycle();
    let (mut out, mut done) = (String::new(), 0);
    for (_, from, to) in pieces(text).into_iter().filter(|(piece, ..)| *piece == Piece::Text) {
        let inside = &text[from + 1..to - 1];
        let is_words = inside.contains(|c: char| c.is_ascii_uppercase()) && !inside.starts_with("20");
        if let Some(word) = next.next().filter(|_| is_words) {
            out.push_str(&text[done..from]);
            out.push_str(encode(word).unwrap().trim_end());
            done = to;
        }
    }
    out + &text[done..]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if super::long() { 2000 } else { 60 }))]

    #[test]
    fn every_kind_of_file_comes_back_as_it_was_written(words in prop::collection::vec("\\PC{0,12}|[\\x00-\\x7f]{0,12}", 1..8)) {
        let strategy = Shop::new().strategy();
        let mut snapshot = sealed("2026-W46", 2, &strategy);
        snapshot.why_low = "We began late".to_owned();
        let mut draft = crashes::draft(3);
        draft.review.why_low = "So Late".to_owned();
        let mut check_in = CheckIn::new("maya".parse().unwrap(), week("2026-W47"));
        let _ = check_in.apply(CheckInEdit::Headline("Sold Out".to_owned()));
        let _ = check_in.apply(CheckInEdit::Note("Hello You".to_owned()));
        let all = [
            goes_round::<Config>(&with_words(super::CONFIG, &words)),
            goes_round::<crate::model::strategy::NorthStar>(&with_words(super::STAR, &words)),
            goes_round::<Vec<Goal>>(&with_words(super::GOALS, &words)),
            goes_round::<Vec<crate::model::kpi::Kpi>>(&with_words(super::KPIS, &words)),
            goes_round::<Snapshot>(&with_words(&encode(&snapshot).unwrap(), &words)),
            goes_round::<CheckIn>(&with_words(&encode(&check_in).unwrap(), &words)),
            goes_round::<Draft>(&with_words(&encode(&draft).unwrap(), &words)),
            goes_round::<ReadingsFile>(&with_words(&encode(&crashes::an_import()).unwrap(), &words)),
        ];
        for (nth, file) in all.into_iter().enumerate() {
            prop_assert!(file.is_some(), "file {} was refused", nth);
            file.unwrap().map_err(TestCaseError::fail)?;
        }
    }

    #[test]
    fn edits_on_disk_are_the_edits_in_memory(
        edits in prop::collection::vec((0u8..8, any::<prop::sample::Index>(), "[a-z\"\\\\\n é]{0,12}"), 1..12),
    ) {
        let shop = Shop::new();
        let mut strategy = shop.strategy();
        let mut check_in = CheckIn::new("maya".parse().unwrap(), week("2026-W47"));
        let mut kept: Option<Draft> = None;
        for (nth, (kind, at, words)) in edits.iter().enumerate() {
            let old = strategy.clone();
            match kind {
                0 => strategy.north_star.vision.clone_from(words),
                1 => {
                    let at = at.index(strategy.goals.len());
                    strategy.goals[at].title.clone_from(words);
                }
                2 => strategy.goals.push(Goal::new(format!("g-{nth}").parse().unwrap(), words, Kind::Goal)),
                3 => strategy.kpis[0].definition.clone_from(words),
                4 | 5 => {
                    let edit = if *kind == 4 {
                        CheckInEdit::Headline(words.clone())
                    } else {
                        let action = format!("a-{}", at.index(3)).parse().unwrap();
                        CheckInEdit::Progress(Progress { action, done: words.len() > 4, note: words.clone() })
                    };
                    let _ = check_in.apply(edit.clone());
                    let there = edit_check_in(shop.root(), week("2026-W47"), &check_in.member, edit).unwrap();
                    prop_assert_eq!(&there, &check_in);
                }
                6 => {
                    let mut draft = crashes::draft(nth as u64);
                    draft.review.why_low.clone_from(words);
                    save_draft(shop.root(), &draft).unwrap();
                    kept = Some(draft);
                }
                _ => {
                    remove_draft_unless(shop.root(), week("2026-W48"), |_| false).unwrap();
                    kept = None;
                }
            }
            save_strategy(shop.root(), &old, &strategy).unwrap();
        }
        let there = open(shop.root(), |_| week("2026-W47")).unwrap();
        prop_assert_eq!(there.strategy, strategy);
        let is_new = check_in == CheckIn::new(check_in.member.clone(), check_in.week);
        prop_assert_eq!(there.check_ins, if is_new { vec![] } else { vec![check_in] });
        prop_assert_eq!(load_draft(shop.root(), week("2026-W48")).unwrap(), kept);
        prop_assert_eq!(check(shop.root()).unwrap().problems, vec![]);
    }
}

#[test]
fn a_clock_that_goes_back_changes_no_order() {
    let shop = Shop::new();
    let strategy = shop.strategy();
    // The later a week or a revision, the earlier its computer thought it was.
    for (nth, (of, revision)) in [("2026-W52", 1), ("2026-W53", 1), ("2027-W01", 1), ("2027-W01", 2)].iter().enumerate()
    {
        let mut snapshot = sealed(of, *revision, &strategy);
        snapshot.sealed = moment(3000) - chrono::TimeDelta::days(400 * nth as i64);
        snapshot.started = snapshot.sealed;
        seal(shop.root(), &snapshot).unwrap();
    }
    let workspace = open(shop.root(), |_| week("2027-W02")).unwrap();
    let latest = workspace.latest.unwrap();
    assert_eq!((latest.week, latest.revision), (week("2027-W01"), 2));
    let order: Vec<String> = workspace.weeks.keys().map(ToString::to_string).collect();
    assert_eq!(order, ["2026-W52", "2026-W53", "2027-W01"]);
    assert_eq!(revisions(shop.root(), week("2027-W01")), [1, 2]);
    assert_eq!(check(shop.root()).unwrap().problems, []);
    let Strategy { goals, .. } = strategy;
    assert_eq!(latest.strategy.goals, goals);
    // A journal goes on in the order of its lines, whatever the clock said of each.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("review.journal");
    let mut journal = Journal::create(&path, "j", &review("2026-W53")).unwrap();
    let mut entries = super::journals::entries(6);
    entries.iter_mut().enumerate().for_each(|(n, e)| e.at = moment(3000) - chrono::TimeDelta::days(n as i64));
    entries.iter().for_each(|entry| journal.append(entry).unwrap());
    assert_eq!(Journal::load(&path).unwrap().entries, entries);
}
