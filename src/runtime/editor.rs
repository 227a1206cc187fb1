//! The user's own editor for a text: a private file, the program of $VISUAL or $EDITOR, and what came back.

use std::io::Write;
use std::process::Command;

use crate::app::message::Failure;

/// Lets the user edit a text. The file is private and goes afterwards.
pub(super) fn edit(text: &str) -> Result<String, Failure> {
    let failure = |what: String| Failure { what, next: say!("What you typed is still in the form.").to_owned() };
    let named = ["VISUAL", "EDITOR"].into_iter().find_map(|n| std::env::var(n).ok().filter(|v| !v.trim().is_empty()));
    let named = named.unwrap_or_else(|| if cfg!(windows) { "notepad".to_owned() } else { "vi".to_owned() });
    let words = shell_words::split(&named).map_err(|e| failure(say!("$EDITOR cannot be understood: {e}.", e)))?;
    let (program, arguments) = words.split_first().ok_or_else(|| failure(say!("$EDITOR is empty.").to_owned()))?;
    let mut file = tempfile::Builder::new()
        .prefix("truenorth-")
        .suffix(".md")
        .tempfile()
        .map_err(|e| failure(say!("No file could be made for the editor: {e}.", e)))?;
    file.write_all(text.as_bytes()).map_err(|e| failure(say!("The text could not be handed over: {e}.", e)))?;
    let status = Command::new(program).args(arguments).arg(file.path()).status();
    match status {
        Ok(status) if status.success() => {}
        Ok(status) => return Err(failure(say!("The editor ended with {status}.", status))),
        Err(e) => return Err(failure(say!("The editor {program} could not be started: {e}.", program, e))),
    }
    // Editors replace files: read by name, not through the open handle.
    std::fs::read_to_string(file.path()).map_err(|e| failure(say!("The text could not be read back: {e}.", e)))
}
