//! Programs that write into one workspace at the same moment: what each was told to keep is there, or it said that it is not.

use std::collections::BTreeSet;
use std::sync::Mutex;

use truenorth::storage;

use super::{Small, in_parallel, sized};
use crate::harness::today;
use truenorth::model::week::Week;

#[test]
fn of_programs_that_write_at_once_none_takes_the_place_of_another() {
    let small = Small::new();
    let writes = sized(240, 2001);
    let members = ["maya", "tom", "ruth"];
    let kpis = ["gross-margin", "online-share", "waste"];
    let (kept, refused) = (Mutex::new(BTreeSet::new()), Mutex::new(0));
    let run = |nth: usize| {
        let (member, value) = (members[nth % 3], nth.to_string());
        // Every fourth title is one that somebody else gives, too.
        let title = if nth % 4 == 3 { "The same words".to_owned() } else { format!("Thing {nth}") };
        let arguments: Vec<&str> = match nth % 5 {
            0 | 1 => vec!["action", "add", &title],
            2 | 3 => vec!["issue", "add", &title],
            _ => vec!["kpi", "set", kpis[nth % 3], &value],
        };
        let line = [&["-w", "shop", "--as", member], &arguments[..]].concat();
        let done = small.command(&[], &line).output().unwrap();
        match done.status.code() {
            Some(0) => drop(kept.lock().unwrap().insert((nth, member, arguments[0].to_owned(), title))),
            Some(2) => {
                let said = String::from_utf8_lossy(&done.stderr).into_owned();
                assert!(said.contains("could not lock shop") || said.contains("shop/check-ins"), "why? {said}");
                *refused.lock().unwrap() += 1;
            }
            other => panic!("{other:?}: {done:?}"),
        }
    };
    // More at once than there are processors: they should get in each other's way.
    std::thread::scope(|scope| {
        for part in 0..3 {
            let run = &run;
            scope.spawn(move || in_parallel(writes / 3, |nth| run(nth * 3 + part)));
        }
    });
    let (kept, refused) = (kept.into_inner().unwrap(), refused.into_inner().unwrap());
    assert_eq!(kept.len() + refused, writes);
    assert!(refused * 10 < writes, "{refused} of {writes} were refused: waiting for one's turn should do");

    let report = storage::check(&small.root()).unwrap();
    assert_eq!(report.problems, []);
    let (check_ins, problems) = storage::check_ins(&small.root(), Week::of(today()));
    assert_eq!(problems, []);
    for member in members {
        let there = check_ins.iter().find(|c| c.member.as_str() == member).unwrap();
        let of = |what| kept.iter().filter(|k| k.1 == member && k.2 == what).collect::<Vec<_>>();
        for (what, titles) in [
            ("action", there.actions.iter().map(|a| a.title.clone()).collect::<Vec<_>>()),
            ("issue", there.issues.iter().map(|i| i.title.clone()).collect()),
        ] {
            let (mut said, mut found): (Vec<_>, Vec<_>) = (of(what).iter().map(|k| k.3.clone()).collect(), titles);
            said.sort();
            found.sort();
            assert_eq!(found, said, "{what}s of {member}");
        }
        assert_eq!(there.readings.is_empty(), of("kpi").is_empty());
    }
    // And the review that begins with them has each one, those of the same words from two members, too.
    let workspace = storage::open(&small.root(), |_| Week::of(today())).unwrap();
    let standing = workspace.standing(Week::of(today()));
    let said = |what: &str| kept.iter().filter(|k| k.2 == what).count();
    assert_eq!((standing.actions.len(), standing.issues.len()), (said("action"), said("issue")));
    let ids: BTreeSet<&str> = standing.actions.iter().map(|a| a.id.as_str()).collect();
    assert_eq!(ids.len(), standing.actions.len(), "each has an id of its own");
    eprintln!("{} writes at once: {} kept, {refused} refused and told", writes, kept.len());
}
