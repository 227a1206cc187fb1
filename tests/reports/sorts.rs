//! What holds for each format, whatever was typed into the fields.

use super::html;

/// Holds a written report against the rules of its format.
#[track_caller]
pub(super) fn holds(format: &str, written: &str) {
    match format {
        "html" | "poster" => html::holds(written),
        "markdown" => markdown(written),
        "mail" => mail(written),
        "csv" => csv(written),
        "ics" => ics(written),
        "json" => drop(serde_json::from_str::<serde_json::Value>(written).unwrap()),
        other => panic!("{other} is no format"),
    }
    if format != "json" {
        let wild = |c: char| c.is_control() && !matches!(c, '\n' | '\r') || ('\u{202a}'..='\u{202e}').contains(&c);
        assert_eq!(written.chars().find(|c| wild(*c)), None, "{format}");
    }
}

/// No raw HTML, no link or picture of anybody's, and every row of a table as wide as its head.
#[track_caller]
fn markdown(written: &str) {
    assert!(!written.contains('<') && !written.contains('>'), "raw HTML");
    let mut wide = None;
    for line in written.lines() {
        let bare: String = unescaped(line);
        assert!(!bare.contains('[') && !bare.contains(']'), "a link: {line}");
        if line.starts_with('|') {
            let bars = bare.matches('|').count();
            assert_eq!(*wide.get_or_insert(bars), bars, "{line}");
        } else {
            wide = None;
        }
    }
}

/// A line without what a backslash keeps from meaning anything.
fn unescaped(line: &str) -> String {
    let mut out = String::new();
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        if c == '\\' {
            chars.next();
        } else {
            out.push(c);
        }
    }
    out
}

/// One subject, then an empty line: whatever follows is text.
#[track_caller]
fn mail(written: &str) {
    let mut lines = written.lines();
    assert!(lines.next().is_some_and(|l| l.starts_with("Subject: ")));
    assert_eq!(lines.next(), Some(""), "another header");
}

/// As many cells in each row as in the first, and none that a spreadsheet takes for a formula; a number may begin with a minus.
#[track_caller]
fn csv(written: &str) {
    let mut reader = csv::Reader::from_reader(written.as_bytes());
    for row in reader.records() {
        let row = row.expect("as many cells as columns");
        for cell in &row {
            let is_number = cell.parse::<f64>().is_ok();
            assert!(is_number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "a formula: {cell}");
        }
    }
}

/// Lines of at most 75 octets that end in CRLF, events one after the other, each with what an event must have.
#[track_caller]
fn ics(written: &str) {
    assert!(written.ends_with("END:VCALENDAR\r\n") && !written.replace("\r\n", "").contains(['\n', '\r']));
    assert!(written.split("\r\n").all(|line| line.len() <= 75));
    let unfolded = written.replace("\r\n ", "");
    let lines: Vec<&str> = unfolded.split("\r\n").collect();
    let mut ids = std::collections::HashSet::new();
    let mut inside = false;
    for line in &lines {
        match *line {
            "BEGIN:VEVENT" => assert!(!std::mem::replace(&mut inside, true)),
            "END:VEVENT" => assert!(std::mem::replace(&mut inside, false)),
            _ => {}
        }
        if let Some(id) = line.strip_prefix("UID:") {
            assert!(inside && ids.insert(id), "{id} twice");
        }
        if let Some(summary) = line.strip_prefix("SUMMARY:") {
            assert!(!summary.replace("\\,", "").replace("\\;", "").contains([',', ';']), "{summary}");
        }
    }
    let count = |prefix: &str| lines.iter().filter(|l| l.starts_with(prefix)).count();
    for needed in ["DTSTAMP:", "DTSTART;VALUE=DATE:", "DTEND;VALUE=DATE:", "SUMMARY:", "SEQUENCE:"] {
        assert_eq!(count(needed), ids.len(), "{needed}");
    }
}
