//! JSON as a number or as rows: a place in it by RFC 6901.

use serde_json::Value;

use super::{MAX_BYTES, MAX_ROWS, Refusal, Sheet, SheetRow, quoted};

/// Reads a document.
///
/// # Errors
/// When it is too large, no JSON, or nested deeper than the reader follows (128 levels).
pub fn read(bytes: &[u8]) -> Result<Value, Refusal> {
    if bytes.len() > MAX_BYTES {
        let what =
            say!("the file has {bytes} MiB; at most 16 MiB are taken in", bytes = bytes.len().div_ceil(1024 * 1024));
        return Err(Refusal::new(what, say!("let the program that writes it write less")));
    }
    let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    serde_json::from_slice(body).map_err(|e| {
        let (what, hint) = if e.to_string().contains("recursion limit") {
            (
                say!("it is nested too deeply: at most 128 levels are followed").to_owned(),
                say!("point the feed at a flatter file"),
            )
        } else {
            (say!("it is no JSON: {e}", e), say!("look at the file: was it cut off?"))
        };
        Refusal::new(what, hint)
    })
}

/// What stands at a place, such as `/weeks/0/net`; the whole document for an empty text.
///
/// # Errors
/// Names the part of the way that is not there, and what is.
pub fn at<'v>(document: &'v Value, pointer: &str) -> Result<&'v Value, Refusal> {
    if let Some(found) = document.pointer(pointer) {
        return Ok(found);
    }
    if !pointer.is_empty() && !pointer.starts_with('/') {
        return Err(Refusal::new(
            say!("{pointer} is no place in JSON", pointer = quoted(pointer)),
            say!("begin it with /, as in /weeks/0/net"),
        ));
    }
    let ends = pointer.match_indices('/').map(|(at, _)| at).chain([pointer.len()]);
    let reached = ends.take_while(|end| document.pointer(&pointer[..*end]).is_some()).last().unwrap_or(0);
    let missing = pointer[reached..].trim_start_matches('/').split('/').next().unwrap_or_default();
    let there = match document.pointer(&pointer[..reached]) {
        Some(Value::Object(members)) => {
            let names: Vec<&str> = members.keys().map(String::as_str).take(8).collect();
            say!("there are {names}", names = names.join(", "))
        }
        Some(Value::Array(items)) => say!("the list there has {items} items, counted from 0", items = items.len()),
        _ => say!("what stands there has no parts").to_owned(),
    };
    Err(Refusal::new(
        say!("there is no {missing} at {reached}", missing = quoted(missing), reached = quoted(&pointer[..reached])),
        there,
    ))
}

/// One number as a cell.
///
/// # Errors
/// When something else stands there.
pub fn one(value: &Value) -> Result<String, Refusal> {
    match value {
        Value::Number(n) => Ok(written(n)),
        Value::String(text) => Ok(text.trim().to_owned()),
        Value::Null => Ok(String::new()),
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
            let what = say!("there is {value} where a number should be", value = kind(value));
            Err(Refusal::new(what, say!("point deeper: `at` takes a way such as /week/net")))
        }
    }
}

/// A list of objects as a sheet. A column is a member's name, or a way within each object where it begins with `/`.
///
/// # Errors
/// When it is no list of objects, or too long.
pub fn rows(value: &Value, columns: &[&str]) -> Result<Sheet, Vec<Refusal>> {
    let one = |what: String, hint: &str| vec![Refusal::new(what, hint)];
    let Value::Array(items) = value else {
        return Err(one(
            say!("there is {value} where a list should be", value = kind(value)),
            say!("point `at` at the list"),
        ));
    };
    if items.len() > MAX_ROWS {
        return Err(one(
            say!("there are more than {max_rows} items", max_rows = MAX_ROWS),
            say!("let the program that writes it write less"),
        ));
    }
    let mut head: Vec<String> = Vec::new();
    for item in items {
        let Value::Object(members) = item else {
            return Err(one(
                say!("the list holds {item} where objects should be", item = kind(item)),
                say!("point `at` at a list of objects"),
            ));
        };
        for name in members.keys().filter(|name| !head.contains(name)).cloned().collect::<Vec<_>>() {
            head.push(name);
        }
    }
    head.extend(columns.iter().filter(|c| c.starts_with('/')).map(|c| (*c).to_owned()));
    let cell = |item: &Value, name: &str| {
        let found = if name.starts_with('/') { item.pointer(name) } else { item.get(name) };
        found.map(cell).unwrap_or_default()
    };
    let row =
        |(at, item): (usize, &Value)| SheetRow { row: at + 1, cells: head.iter().map(|n| cell(item, n)).collect() };
    Ok(Sheet { rows: items.iter().enumerate().map(row).collect(), head })
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(yes) => yes.to_string(),
        Value::Number(n) => written(n),
        Value::String(text) => text.trim().to_owned(),
        Value::Array(_) | Value::Object(_) => kind(value).to_owned(),
    }
}

fn written(number: &serde_json::Number) -> String {
    number.as_f64().map_or_else(|| number.to_string(), typed)
}

/// A number that another program typed as one, in a form that can be read in one way only: three decimals would look like
/// thousands.
pub(crate) fn typed(number: f64) -> String {
    let text = number.to_string();
    match text.split_once('.') {
        Some((_, fraction)) if fraction.len() == 3 => format!("{text}0"),
        _ => text,
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => say!("a yes or no"),
        Value::Number(_) => say!("a number"),
        Value::String(_) => say!("a text"),
        Value::Array(_) => say!("a list"),
        Value::Object(_) => say!("an object"),
    }
}
