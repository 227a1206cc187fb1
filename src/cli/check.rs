//! `truenorth check`: every problem of every file, one line each.

use serde::Serialize;

use crate::model::problem::Problem;
use crate::model::shown::shown;
use crate::model::tongue::count;
use crate::storage;

use super::args::Json;
use super::context::Context;
use super::failure::{Answer, Exit, Failure};
use super::output::{json, message};

/// A problem as programs see it.
#[derive(Serialize)]
struct View<'a> {
    path: String,
    line: usize,
    column: usize,
    message: &'a str,
    hint: &'a str,
}

pub(super) fn run(context: &Context, args: Json) -> Result<Answer, Failure> {
    let report = storage::check_in_week(&context.need_root()?, |config| Some(context.opening(config)))?;
    let problems = &report.problems;
    let exit = if problems.is_empty() { Exit::Fine } else { Exit::Found };
    if args.json {
        return Ok(Answer { text: json(&problems.iter().map(view).collect::<Vec<_>>())?, exit });
    }
    let files = count(report.files, "file");
    let mut text = String::new();
    for problem in problems {
        text.push_str(&shown(&problem.to_string()));
        if !problem.hint.is_empty() {
            text.push_str(&format!(" ({})", shown(&problem.hint)));
        }
        text.push('\n');
    }
    match problems.len() {
        0 => text.push_str(&say!("{files} read, all well\n", files)),
        n => message(&say!("{problems} in {files}", problems = count(n, "problem"), files)),
    }
    Ok(Answer { text, exit })
}

fn view(problem: &Problem) -> View<'_> {
    View {
        path: problem.path.to_string_lossy().replace('\\', "/"),
        line: problem.line,
        column: problem.column,
        message: &problem.message,
        hint: &problem.hint,
    }
}
