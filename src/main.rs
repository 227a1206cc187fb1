//! The `truenorth` program: everything it does is in the library.

use std::process::ExitCode;

use truenorth::cli;

fn main() -> ExitCode {
    cli::parsed().and_then(cli::run).unwrap_or_else(|failure| failure.report())
}
