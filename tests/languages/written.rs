//! What is written for people outside the program, the reports of a week, leaves no text in English.

use std::collections::BTreeSet;

use truenorth::model::tongue::{Language, within};
use truenorth::report::{self, Outline, Source};
use truenorth::storage;

use super::layouts::{names, plain_words};
use crate::harness::sample::write_bakery;
use crate::harness::{bakery, bakery_weeks};

/// The report of the bakery's newest sealed week, in the language that is spoken.
fn outline() -> Outline {
    let folder = tempfile::tempdir().unwrap();
    write_bakery(folder.path());
    let read = |(week, n): (&_, &u32)| storage::snapshot(folder.path(), *week, Some(*n)).unwrap();
    let weeks = bakery().weeks;
    let mut newest = weeks.iter().rev().map(read);
    let (now, before) = (newest.next().unwrap(), newest.next());
    report::gather(Source { snapshot: &now, previous: before.as_ref(), history: &bakery_weeks() })
}

/// What a page shows, without its style and its tags; what is read aloud belongs to it.
fn shown(html: &str) -> String {
    let (head, body) = html.split_once("<body>").unwrap();
    let title = head.split_once("<title>").unwrap().1.split_once("</title>").unwrap().0;
    let aloud: Vec<&str> = ["aria-label=\"", "data-label=\""]
        .iter()
        .flat_map(|name| body.split(name).skip(1).map(|rest| rest.split_once('"').unwrap().0))
        .collect();
    let texts = body.split('<').filter_map(|piece| Some(piece.split_once('>')?.1));
    let texts: Vec<&str> = texts.chain([title]).chain(aloud).collect();
    unescaped(&texts.join("\n"))
}

/// A text without the signs that stand for others in a page.
fn unescaped(text: &str) -> String {
    text.replace("&amp;", "&").replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&#64;", "@")
}

/// What a calendar shows: the values of its texts, put together again.
fn told(calendar: &str) -> String {
    let whole = calendar.replace("\r\n ", "").replace("\\n", "\n");
    let is_text = |line: &&str| ["SUMMARY:", "DESCRIPTION:"].iter().any(|name| line.starts_with(name));
    let values = whole.lines().filter(is_text).filter_map(|line| Some(line.split_once(':')?.1));
    values.collect::<Vec<_>>().join("\n")
}

#[test]
fn no_text_of_a_report_or_a_recap_was_forgotten() {
    within(Language::Pseudo, || {
        let names = names();
        let all = outline();
        let me = &all.review.present.first().unwrap().id.clone();
        let mine = all.clone().only(me);
        let mut forgotten = BTreeSet::new();
        for (whose, outline) in [("all", &all), ("mine", &mine)] {
            for (format, text) in [
                ("markdown", unescaped(&report::markdown(outline))),
                ("mail", report::mail(outline).replacen("Subject:", "", 1)),
                ("recap", report::recap(outline).join("\n")),
                ("html", shown(&report::html(outline))),
                ("poster", shown(&report::poster(outline))),
                ("ics", told(&report::calendar(outline))),
            ] {
                for line in text.lines() {
                    let words = plain_words(line).filter(|w| !names.contains(*w));
                    forgotten.extend(words.map(|w| format!("{w}, {format} of {whose}: {line}")));
                }
            }
        }
        assert!(forgotten.is_empty(), "{}", forgotten.into_iter().collect::<Vec<_>>().join("\n"));
    });
}

#[test]
fn a_german_report_tells_what_is_to_do_and_what_is_done() {
    let english = outline();
    let german = within(Language::German, outline);
    assert_eq!((german.to_do().count(), german.closed().count()), (english.to_do().count(), english.closed().count()));
    assert!(english.to_do().count() > 0 && english.closed().count() > 0);
    let mail = within(Language::German, || report::mail(&german));
    for heading in ["Erledigt\n", "Gute Nachricht\n", "Zu tun\n", "In den Zahlen\n"] {
        assert!(mail.contains(heading), "{heading} is missing\n{mail}");
    }
    assert!(mail.contains("KW ") && !mail.contains("-W"), "weeks are written as the language does\n{mail}");
    let state = |outline: &Outline| serde_json::to_value(&outline.actions[0]).unwrap()["state"].clone();
    assert_eq!(state(&german), state(&english), "programs read one word in every language");
}
