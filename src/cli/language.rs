//! Which language is spoken: the workspace's, a person's own, the machine's before a workspace is opened, and English
//! where a machine reads along.

use std::env;

use super::args::Command;
use super::output::message;
use super::report_args::Format;
use crate::model::tongue::{self, Language};

/// The variable by which a person asks for another language than the workspace's.
const VARIABLE: &str = "TRUENORTH_LANGUAGE";

/// Settles the language before anything is told. What programs read is told in English, whoever runs it: their keys and words
/// are a promise.
pub(super) fn settle(command: Option<&Command>) {
    if is_for_machines(command) {
        return tongue::ask_for(Language::English);
    }
    let Some(wanted) = said(VARIABLE) else {
        // Until a workspace is opened, which says what its people speak. A machine may well speak neither.
        let of_machine = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(said);
        return tongue::speak(of_machine.and_then(|name| name.parse().ok()).unwrap_or_default());
    };
    match wanted.parse() {
        Ok(language) => tongue::ask_for(language),
        Err(error) => message(&say!("warning: {name} is passed over: {error}", name = VARIABLE, error)),
    }
}

/// What a variable says, where it says something.
fn said(variable: &str) -> Option<String> {
    env::var(variable).ok().filter(|v| !v.trim().is_empty())
}

/// Whether the answer is for a program: JSON, tables, or a file that another program takes in.
fn is_for_machines(command: Option<&Command>) -> bool {
    let json = || env::args_os().any(|arg| arg == "--json");
    match command {
        // What the doctor says is pasted into reports to those who write the program.
        Some(Command::Export(_) | Command::Doctor(_)) => true,
        Some(Command::Report(args)) => {
            let ending = args.output.as_deref().and_then(std::path::Path::extension);
            matches!(args.format, Some(Format::Json | Format::Csv)) || ending.is_some_and(|e| e == "csv" || e == "json")
        }
        Some(_) => json(),
        None => false,
    }
}
