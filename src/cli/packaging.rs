//! `truenorth completions` and `truenorth man`: what packagers ship beside the program, made from the arguments.

use std::fs;
use std::path::Path;

use clap::CommandFactory;
use clap_complete::Shell;

use super::args::Cli;
use super::failure::{Answer, Failure};
use super::output::message;

pub(super) fn completions(shell: Shell) -> Answer {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "truenorth", &mut out);
    Answer::fine(String::from_utf8_lossy(&out).into_owned())
}

pub(super) fn man(dir: Option<&Path>) -> Result<Answer, Failure> {
    let refused =
        |e: std::io::Error| Failure::new(say!("could not write the manual: {e}", e), say!("try another folder"));
    let Some(dir) = dir else {
        let mut out = Vec::new();
        clap_mangen::Man::new(Cli::command()).render(&mut out).map_err(refused)?;
        return Ok(Answer::fine(String::from_utf8_lossy(&out).into_owned()));
    };
    fs::create_dir_all(dir).map_err(refused)?;
    clap_mangen::generate_to(Cli::command(), dir).map_err(refused)?;
    message(&say!("The manual pages are in {dir}", dir = dir.display()));
    Ok(Answer::silent())
}
