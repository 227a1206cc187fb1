//! The way out: standard output in one go, messages to standard error, both without a panic when nobody reads any more.

use std::io::{self, IsTerminal, Write};

use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation;

use crate::model::shown::{shown, shown_lines};

use super::failure::Failure;

/// Writes to standard output. A reader that has gone away, as `head` does, is no error.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::new(say!("could not write to standard output: {e}", e), say!("see where it leads to")))
        }
        _ => Ok(()),
    }
}

/// Tells people something on standard error, made safe to show.
pub(super) fn message(text: &str) {
    // Where standard error is closed nobody can be told.
    let _ = writeln!(io::stderr().lock(), "{}", shown_lines(text));
}

/// A value as one JSON document. Characters that could mislead a terminal are escaped, which leaves the data the same.
pub(super) fn json(value: &impl Serialize) -> Result<String, Failure> {
    let plain = serde_json::to_string_pretty(value)
        .map_err(|e| Failure::new(say!("could not write JSON: {e}", e), say!("report this: it should not happen")))?;
    let mut out = String::with_capacity(plain.len() + 1);
    // By what is seen as one character: marks may be harmless one by one and a tower together.
    for cluster in plain.graphemes(true) {
        if cluster == "\n" || shown(cluster) == cluster {
            out.push_str(cluster);
            continue;
        }
        for c in cluster.chars() {
            let mut units = [0; 2];
            match c {
                ' '..='~' => out.push(c),
                _ => out.extend(c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}"))),
            }
        }
    }
    out.push('\n');
    Ok(out)
}

/// Whether people see what is told on standard error.
pub(super) fn is_told_to_people() -> bool {
    io::stderr().is_terminal()
}

/// Whether people see what goes to standard output.
pub(super) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_keeps_the_data_and_hides_no_character() {
        let tower = format!("e{}", "\u{301}".repeat(12));
        let hostile = format!("a\u{1b}[2J\u{202e}b\u{7f}\u{9b}\u{e0041}é😀\n\"{tower}");
        let text = json(&hostile).unwrap();
        assert_eq!(serde_json::from_str::<String>(&text).unwrap(), hostile);
        assert_eq!(shown_lines(&text), text);
        assert!(text.contains("é😀"), "what is harmless stays readable");
    }
}
