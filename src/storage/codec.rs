//! Between text and value: reading with errors that name the place and a remedy, writing so that people can read it.

use std::path::Path;

use ron::error::{Error as Ron, SpannedError};
use ron::extensions::Extensions;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::model::problem::Problem;
use crate::model::shown::shown;

use super::source::at_offset;
use super::syntax;

/// Reads a value from the text of the file at `path` (relative to the workspace).
///
/// # Errors
/// The first problem of the text, with its place, its line and a hint.
pub fn decode<T: DeserializeOwned>(path: &Path, text: &str) -> Result<T, Problem> {
    options().from_str(text).map_err(|e| problem(path, text, &e))
}

/// Why a text gave no value.
pub(super) struct Misread {
    /// The first problem of the text.
    pub(super) problem: Box<Problem>,
    /// The byte at which the name of a field stands that is not known, if that is the problem.
    pub(super) unknown_field: Option<usize>,
}

/// As [`decode`], and says where a field stands that is not known.
pub(super) fn decode_or_where<T: DeserializeOwned>(path: &Path, text: &str) -> Result<T, Misread> {
    options().from_str(text).map_err(|e| {
        let start = byte_of(text, e.span.start.line, e.span.start.col);
        let unknown = matches!(e.code, Ron::NoSuchStructField { .. });
        let unknown_field = unknown.then(|| place(&e.code, text, start, start));
        Misread { problem: Box::new(problem(path, text, &e)), unknown_field }
    })
}

/// Reads a list, and where it cannot be read says what is wrong with each of its items: the parser stops at the first.
pub(super) fn decode_list<T: DeserializeOwned>(path: &Path, text: &str) -> Result<Vec<T>, Vec<Problem>> {
    let first = match decode(path, text) {
        Ok(list) => return Ok(list),
        Err(problem) => problem,
    };
    let mut problems = Vec::new();
    for span in syntax::items(text) {
        let before = &text[..span.start];
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count();
        // Blanks in place of what stands before keep the places true.
        let alone = "\n".repeat(before.matches('\n').count()) + &" ".repeat(column) + &text[span];
        if let Err(mut problem) = decode::<T>(path, &alone) {
            problem.excerpt = text.lines().nth(problem.line - 1).unwrap_or_default().to_owned();
            problems.push(problem);
        }
    }
    Err(if problems.is_empty() { vec![first] } else { problems })
}

/// Writes a value as RON for people: one field or item a line, short structs on one line.
///
/// # Errors
/// When the value cannot be written, which no type of the model causes.
pub fn encode<T: Serialize>(value: &T) -> Result<String, ron::Error> {
    let plain = encode_line(value)?;
    // Our own text always parses; were it ever not to, the other writer's layout is as correct.
    syntax::pretty(&plain).map_or_else(|| ron::ser::to_string_pretty(value, fallback_layout()), Ok)
}

/// Writes a value as RON on a single line.
pub(super) fn encode_line<T: Serialize>(value: &T) -> Result<String, ron::Error> {
    ron::to_string(value)
}

fn fallback_layout() -> ron::ser::PrettyConfig {
    ron::ser::PrettyConfig::new().new_line("\n")
}

fn options() -> ron::Options {
    ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

/// A problem as people see it: the place, the line it is about with a caret under it, and the hint.
#[must_use]
pub fn render(problem: &Problem) -> String {
    let mut out = shown(&problem.to_string()).into_owned();
    if !problem.excerpt.trim().is_empty() {
        let (line, caret) = excerpt(&problem.excerpt, problem.column);
        let number = problem.line.to_string();
        let gutter = " ".repeat(number.len());
        out.push_str(&format!("\n  {number} | {line}\n  {gutter} | {caret}^"));
    }
    if !problem.hint.is_empty() {
        out.push_str("\n  ");
        out.push_str(&shown(&problem.hint));
    }
    out
}

/// The part of a long line around a column, and the blanks that stand before its caret.
fn excerpt(line: &str, column: usize) -> (String, String) {
    const WIDTH: usize = 100;
    let at = column.saturating_sub(1);
    let skip = if at > WIDTH - 20 { at - WIDTH / 2 } else { 0 };
    let part: String = line.chars().skip(skip).take(WIDTH).map(|c| if c == '\t' { ' ' } else { c }).collect();
    let before: String = part.chars().take(at - skip).collect();
    let width = unicode_width::UnicodeWidthStr::width(shown(&before).as_ref());
    (shown(&part).into_owned(), " ".repeat(width))
}

/// Turns an error of the parser into a problem with a place, in words for people.
fn problem(path: &Path, text: &str, error: &SpannedError) -> Problem {
    let start = byte_of(text, error.span.start.line, error.span.start.col);
    let end = byte_of(text, error.span.end.line, error.span.end.col).max(start);
    let at = place(&error.code, text, start, end);
    let (message, hint) = words(&error.code, text, at);
    at_offset(path, text, at, message, hint)
}

/// The byte that the parser means: it gives where it stood before and after the part that it could not read.
fn place(code: &Ron, text: &str, start: usize, end: usize) -> usize {
    match code {
        Ron::MissingStructField { .. } => syntax::opening_of(text, start).unwrap_or(start),
        Ron::UnclosedBlockComment => text[..start].rfind("/*").unwrap_or(start),
        Ron::InvalidEscape(_) => text[..end].rfind('\\').unwrap_or(start),
        Ron::NoSuchStructField { .. } | Ron::NoSuchEnumVariant { .. } | Ron::DuplicateStructField { .. } => {
            skip_blanks(text, start)
        }
        Ron::Message(_) | Ron::InvalidValueForType { .. } | Ron::IntegerOutOfBounds | Ron::ExpectedStringEnd => {
            let at = skip_blanks(text, start);
            if at == start && text[..start].ends_with('"') { start - 1 } else { at }
        }
        _ => skip_blanks(text, end),
    }
}

fn skip_blanks(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let body = rest.trim_start();
    if body.is_empty() { text.trim_end().len() } else { at + rest.len() - body.len() }
}

/// The byte at a line and column in characters, both from 1.
fn byte_of(text: &str, line: usize, column: usize) -> usize {
    let start = if line <= 1 { 0 } else { text.match_indices('\n').nth(line - 2).map_or(text.len(), |(at, _)| at + 1) };
    text[start..].char_indices().nth(column.saturating_sub(1)).map_or(text.len(), |(at, _)| start + at)
}

/// What is wrong and how to mend it.
fn words(code: &Ron, text: &str, at: usize) -> (String, String) {
    let found = || syntax::token_at(text, at);
    let expected =
        |what: &str, hint: &str| (say!("expected {what}, found {found}", what, found = found()), hint.to_owned());
    match code {
        Ron::Eof => ended(),
        Ron::ExpectedComma | Ron::ExpectedArrayEnd | Ron::ExpectedStructLikeEnd if at >= text.trim_end().len() => {
            ended()
        }
        Ron::NoSuchStructField { expected, found, outer: _ } => {
            (say!("there is no field `{found}` here", found), suggestion(found, expected, say!("the fields here are")))
        }
        Ron::NoSuchEnumVariant { expected, found, outer: _ } => (
            say!("`{found}` is not one of the choices here", found),
            suggestion(found, expected, say!("the choices are")),
        ),
        Ron::MissingStructField { field, outer: _ } => {
            (say!("the field `{field}` is missing", field), say!("add `{field}: …,`", field))
        }
        Ron::DuplicateStructField { field, outer: _ } => {
            (say!("the field `{field}` is given twice", field), say!("keep one of the two").to_owned())
        }
        Ron::ExpectedString => expected(say!("a text in double quotes"), say!("write it as \"…\"")),
        Ron::ExpectedInteger => expected(say!("a whole number"), say!("write digits only, such as 5")),
        Ron::ExpectedFloat => expected(say!("a number"), say!("write it without quotes and units, such as 4.6")),
        Ron::ExpectedBoolean => expected(say!("true or false"), say!("write true or false, without quotes")),
        Ron::ExpectedArray => expected(say!("a list"), say!("put it into square brackets: [ … ]")),
        Ron::ExpectedArrayEnd => {
            expected(say!("the `]` that closes the list"), say!("look for a missing comma or bracket above"))
        }
        Ron::ExpectedComma => expected(say!("a comma"), say!("end the field or item before it with a comma")),
        Ron::ExpectedMapColon => expected(say!("a colon after the field's name"), say!("write name: value")),
        Ron::ExpectedIdentifier if text[at..].starts_with([']', '}']) => {
            expected(say!("a closing `)`"), say!("look for a missing comma or bracket above"))
        }
        Ron::ExpectedIdentifier | Ron::SuggestRawIdentifier(_) | Ron::InvalidIdentifier(_) => expected(
            say!("the name of a field or a choice"),
            say!("names stand without quotes; a number has a point for its decimals and no comma"),
        ),
        Ron::ExpectedStructLike | Ron::ExpectedNamedStructLike(_) => {
            expected("a `(`", say!("write it as (name: value, …) with round brackets"))
        }
        Ron::ExpectedStructLikeEnd | Ron::ExpectedOptionEnd => {
            expected(say!("a closing `)`"), say!("look for a missing comma or bracket above"))
        }
        Ron::ExpectedStringEnd => {
            (say!("this text has no closing quote").to_owned(), say!("add the missing \" at its end").to_owned())
        }
        Ron::TrailingCharacters => (
            say!("nothing may follow the closing bracket, found {found}", found = found()),
            say!("delete it, or move it inside").to_owned(),
        ),
        Ron::UnclosedBlockComment => {
            (say!("this comment is never closed").to_owned(), say!("add */ at its end").to_owned())
        }
        Ron::InvalidEscape(_) => (
            say!("this is no escape that a text knows").to_owned(),
            say!("write \\\\ for a backslash, \\n for a new line").to_owned(),
        ),
        Ron::IntegerOutOfBounds => {
            (say!("{found} is too large or negative here", found = found()), say!("use a smaller number").to_owned())
        }
        Ron::ExpectedDifferentLength { expected, found } => {
            (say!("expected {expected}, found {found} items", expected, found), say!("add or delete items").to_owned())
        }
        Ron::InvalidValueForType { expected, found } => {
            (say!("expected {what}, found {found}", what = expected, found), say!("change the value").to_owned())
        }
        Ron::ExceededRecursionLimit => (
            say!("the brackets are nested too deeply").to_owned(),
            say!("no file of ours nests this deep: look at its origin").to_owned(),
        ),
        Ron::Message(message) => (plain(message), value_hint(message).to_owned()),
        // ron's list of errors is open-ended.
        other => (other.to_string(), String::new()),
    }
}

fn ended() -> (String, String) {
    let hint = say!("close each ( with ) and each [ with ]; a text without its closing quote swallows brackets too");
    (say!("the file ends too early: a bracket is still open").to_owned(), hint.to_owned())
}

/// Other libraries' messages in our words.
fn plain(message: &str) -> String {
    match message {
        "premature end of input" => say!("the date is incomplete").to_owned(),
        "input is out of range" => say!("there is no such day or time").to_owned(),
        "input contains invalid characters" | "trailing input" => say!("this is not a date").to_owned(),
        other => other.to_owned(),
    }
}

fn value_hint(message: &str) -> &'static str {
    match message {
        "premature end of input" | "input is out of range" | "input contains invalid characters" | "trailing input" => {
            say!("write a day as \"2026-11-19\", a moment as \"2026-11-19T16:00:00+01:00\"")
        }
        m if m.contains(say!("is no goal of another")) => {
            say!("write the id of the workspace, a slash and the id of the goal there")
        }
        m if m.starts_with(say!("there is no time zone")) => {
            say!("write the name of a region and city, such as \"Europe/Berlin\", or \"UTC\"")
        }
        m if m.contains(say!("is not an id")) => say!("an id is a short name such as online-orders"),
        m if m.contains(say!("error" | "week")) => say!("weeks are ISO weeks: \"2026-W47\""),
        _ => "",
    }
}

/// The nearest of the names, or all of them.
fn suggestion(found: &str, names: &[&str], all: &str) -> String {
    if let Some(near) = nearest(found, names) {
        return say!("did you mean `{near}`?", near);
    }
    match names {
        [] => say!("delete it").to_owned(),
        [one] => format!("{all} `{one}`"),
        _ => format!("{all} {}", names.join(", ")),
    }
}

/// The name that differs least, when it differs little enough to be a slip.
pub(super) fn nearest<'a>(found: &str, names: &[&'a str]) -> Option<&'a str> {
    let found = found.to_lowercase().replace('-', "_");
    let best = names.iter().map(|n| (distance(&found, &n.replace('-', "_")), *n)).min()?;
    let prefix = |n: &str| found.len() >= 3 && (n.starts_with(&found) || found.starts_with(n));
    if best.0 <= 1 + found.chars().count() / 4 {
        return Some(best.1);
    }
    names.iter().copied().find(|n| n.len() >= 2 && prefix(n))
}

/// Levenshtein's distance, with two swapped neighbours counted as one slip.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let mut least = change.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    least = least.min(rows[i - 2][j - 2] + 1);
                }
                least
            };
        }
    }
    rows[a.len()][b.len()]
}
