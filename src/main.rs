//! The `truenorth` program: everything it does is in the library.

use std::process::ExitCode;

use clap::Parser;
use truenorth::cli;

fn main() -> ExitCode {
    cli::run(cli::Cli::parse()).unwrap_or_else(|failure| failure.report())
}
