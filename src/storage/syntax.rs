//! The syntax tree of a RON text: laying out our own texts, and finding the place of a value.

use ron2::__internal::Lexer;
use ron2::ast::{Document, Expr, FieldsBody, StructBody, StructField, TupleElement, parse_document};

/// The longest struct or list that stands on one line, in bytes, its indentation left out.
const ONE_LINE: usize = 72;
/// One level of indentation.
pub(super) const INDENT: &str = "    ";

/// One step down from a value to a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Down {
    /// The field of this name.
    Field(&'static str),
    /// The item or element at this place, from 0.
    Item(usize),
}

/// The deepest nesting of which a tree is made. Files of ours are less than ten levels deep.
const DEEPEST: usize = 100;

/// The tree of a text.
///
/// # Errors
/// When it is not RON, or nested too deep: at 128 levels the library gives up, goes on after what it could not read without
/// getting past it, and never ends (ron2 0.3.0).
pub(super) fn parse(text: &str) -> Result<Document<'_>, String> {
    if depth(text) > DEEPEST {
        return Err(say!("it is nested more than {deepest} levels deep", deepest = DEEPEST));
    }
    parse_document(text).map_err(|e| e.to_string())
}

/// How many brackets are open at once. One that closes another kind than was opened last closes nothing: the library passes over
/// it, too.
fn depth(text: &str) -> usize {
    let (mut open, mut deepest) = (Vec::new(), 0);
    for token in Lexer::new(text) {
        match token.text {
            "(" => open.push(")"),
            "[" => open.push("]"),
            "{" => open.push("}"),
            other if open.last() == Some(&other) => drop(open.pop()),
            _ => {}
        }
        deepest = deepest.max(open.len());
    }
    deepest
}

/// Lays out a RON text, or `None` when it does not parse. The result ends with a line end and carries no comments.
pub(super) fn pretty(text: &str) -> Option<String> {
    let document = parse(text).ok()?;
    let mut out = broken(document.value.as_ref()?, 0);
    out.push('\n');
    Some(out)
}

/// A value on one line, blanks and comments taken out: two values that print alike are alike.
pub(super) fn flat(expr: &Expr<'_>) -> String {
    let joined = |items: &[TupleElement<'_>]| items.iter().map(|e| flat(&e.expr)).collect::<Vec<_>>().join(", ");
    match expr {
        Expr::Unit(_) => "()".to_owned(),
        Expr::Bool(e) => e.value.to_string(),
        Expr::Char(e) => e.raw.to_string(),
        Expr::Byte(e) => e.raw.to_string(),
        Expr::Number(e) => e.raw.to_string(),
        Expr::String(e) => quoted(&e.value),
        Expr::Bytes(e) => e.raw.to_string(),
        Expr::Option(e) => e.value.as_ref().map_or("None".to_owned(), |v| format!("Some({})", flat(&v.expr))),
        Expr::Seq(e) => format!("[{}]", e.items.iter().map(|i| flat(&i.expr)).collect::<Vec<_>>().join(", ")),
        Expr::Map(e) => {
            let entry = |m: &ron2::ast::MapEntry<'_>| format!("{}: {}", flat(&m.key), flat(&m.value));
            format!("{{{}}}", e.entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        Expr::Tuple(e) => format!("({})", joined(&e.elements)),
        Expr::AnonStruct(e) => flat_fields(&e.fields),
        Expr::Struct(e) => match &e.body {
            None => e.name.name.to_string(),
            Some(StructBody::Tuple(body)) => format!("{}({})", e.name.name, joined(&body.elements)),
            Some(StructBody::Fields(body)) => format!("{}{}", e.name.name, flat_fields(&body.fields)),
        },
        Expr::Error(_) => String::new(),
    }
}

/// A text in quotes, on one line, with no more escapes than it needs; what cannot be seen is written as an escape.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || is_unseen(c) => out.push_str(&c.escape_unicode().to_string()),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Marks that turn or hide the text around them. Joiners stay as they are: emoji are made with them.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn flat_fields(fields: &[StructField<'_>]) -> String {
    let field = |f: &StructField<'_>| format!("{}: {}", f.name.name, flat(&f.value));
    format!("({})", fields.iter().map(field).collect::<Vec<_>>().join(", "))
}

/// A value at an indentation (in levels): on one line where it is short, else a field or item a line.
pub(super) fn layout(expr: &Expr<'_>, level: usize) -> String {
    let line = flat(expr);
    if line.len() <= ONE_LINE && nesting(expr) <= 2 { line } else { broken(expr, level) }
}

fn broken(expr: &Expr<'_>, level: usize) -> String {
    match expr {
        Expr::Seq(e) if !e.items.is_empty() => {
            lines('[', ']', e.items.iter().map(|i| layout(&i.expr, level + 1)), level)
        }
        Expr::AnonStruct(e) => broken_fields(&e.fields, level),
        Expr::Option(e) => e.value.as_ref().map_or("None".to_owned(), |v| format!("Some({})", layout(&v.expr, level))),
        Expr::Struct(e) => match &e.body {
            Some(StructBody::Fields(FieldsBody { fields, .. })) => {
                format!("{}{}", e.name.name, broken_fields(fields, level))
            }
            Some(StructBody::Tuple(body)) if body.elements.len() == 1 => {
                format!("{}({})", e.name.name, layout(&body.elements[0].expr, level))
            }
            Some(StructBody::Tuple(body)) => {
                let items = body.elements.iter().map(|t| layout(&t.expr, level + 1));
                format!("{}{}", e.name.name, lines('(', ')', items, level))
            }
            None => flat(expr),
        },
        Expr::Tuple(e) => lines('(', ')', e.elements.iter().map(|t| layout(&t.expr, level + 1)), level),
        Expr::Seq(_)
        | Expr::Unit(_)
        | Expr::Bool(_)
        | Expr::Char(_)
        | Expr::Byte(_)
        | Expr::Number(_)
        | Expr::String(_)
        | Expr::Bytes(_)
        | Expr::Map(_)
        | Expr::Error(_) => flat(expr),
    }
}

fn broken_fields(fields: &[StructField<'_>], level: usize) -> String {
    let field = |f: &StructField<'_>| format!("{}: {}", f.name.name, layout(&f.value, level + 1));
    lines('(', ')', fields.iter().map(field), level)
}

fn lines(open: char, close: char, items: impl Iterator<Item = String>, level: usize) -> String {
    let mut out = String::from(open);
    for item in items {
        out.push('\n');
        out.push_str(&INDENT.repeat(level + 1));
        out.push_str(&item);
        out.push(',');
    }
    out.push('\n');
    out.push_str(&INDENT.repeat(level));
    out.push(close);
    out
}

/// How deep brackets nest in a value.
fn nesting(expr: &Expr<'_>) -> usize {
    children(expr).into_iter().map(nesting).max().unwrap_or(0) + usize::from(!children(expr).is_empty())
}

/// The values directly inside a value.
pub(super) fn children<'e, 'a>(expr: &'e Expr<'a>) -> Vec<&'e Expr<'a>> {
    match expr {
        Expr::Option(e) => e.value.iter().map(|v| &v.expr).collect(),
        Expr::Seq(e) => e.items.iter().map(|i| &i.expr).collect(),
        Expr::Map(e) => e.entries.iter().flat_map(|m| [&m.key, &m.value]).collect(),
        Expr::Tuple(e) => e.elements.iter().map(|t| &t.expr).collect(),
        Expr::AnonStruct(e) => e.fields.iter().map(|f| &f.value).collect(),
        Expr::Struct(e) => match &e.body {
            None => Vec::new(),
            Some(StructBody::Tuple(body)) => body.elements.iter().map(|t| &t.expr).collect(),
            Some(StructBody::Fields(body)) => body.fields.iter().map(|f| &f.value).collect(),
        },
        Expr::Unit(_)
        | Expr::Bool(_)
        | Expr::Char(_)
        | Expr::Byte(_)
        | Expr::Number(_)
        | Expr::String(_)
        | Expr::Bytes(_)
        | Expr::Error(_) => Vec::new(),
    }
}

/// The named fields of a struct, whether it has a name or not.
pub(super) fn fields<'e, 'a>(expr: &'e Expr<'a>) -> Option<&'e [StructField<'a>]> {
    match expr {
        Expr::AnonStruct(e) => Some(&e.fields),
        Expr::Struct(e) => match &e.body {
            Some(StructBody::Fields(body)) => Some(&body.fields),
            Some(StructBody::Tuple(_)) | None => None,
        },
        _ => None,
    }
}

/// The byte where the part of a text that `path` leads to begins; where the way ends early, that of the last part found.
pub(super) fn locate(text: &str, path: &[Down]) -> usize {
    locate_all(text, [path].into_iter()).first().copied().unwrap_or(0)
}

/// What [`locate`] gives of one path, of many of them for one reading of the text: a file can have hundreds of faults.
pub(super) fn locate_all<'a>(text: &str, paths: impl Iterator<Item = &'a [Down]>) -> Vec<usize> {
    let document = parse(text).ok();
    let value = document.as_ref().and_then(|d| d.value.as_ref());
    paths.map(|path| value.map_or(0, |value| walk(value, path))).collect()
}

fn walk(mut at: &Expr<'_>, path: &[Down]) -> usize {
    for step in path {
        while let Expr::Option(option) = at {
            match &option.value {
                Some(value) => at = &value.expr,
                None => return at.span().start_offset,
            }
        }
        let next = match step {
            Down::Field(name) => fields(at).and_then(|all| all.iter().find(|f| f.name.name == *name)).map(|f| &f.value),
            Down::Item(index) => children(at).get(*index).copied(),
        };
        match next {
            Some(part) => at = part,
            None => break,
        }
    }
    at.span().start_offset
}

/// Where each named field of a text begins and ends, its comma with it; none when the text does not parse.
pub(super) fn field_spans(text: &str) -> Vec<std::ops::Range<usize>> {
    fn gather(expr: &Expr<'_>, into: &mut Vec<std::ops::Range<usize>>) {
        for field in fields(expr).into_iter().flatten() {
            let end = field.comma.as_ref().map_or(field.value.span().end_offset, |c| c.end_offset);
            into.push(field.name.span.start_offset..end);
        }
        children(expr).into_iter().for_each(|child| gather(child, into));
    }
    let mut spans = Vec::new();
    if let Some(value) = parse(text).ok().and_then(|d| d.value) {
        gather(&value, &mut spans);
    }
    spans
}

/// Where the items of a text that is a list begin and end; none when it is no list or does not parse.
pub(super) fn items(text: &str) -> Vec<std::ops::Range<usize>> {
    match parse(text).ok().and_then(|d| d.value) {
        Some(Expr::Seq(list)) => {
            list.items.iter().map(|i| i.expr.span().start_offset..i.expr.span().end_offset).collect()
        }
        _ => Vec::new(),
    }
}

/// The byte where the value begins that ends at the bracket at `close`.
pub(super) fn opening_of(text: &str, close: usize) -> Option<usize> {
    fn search(expr: &Expr<'_>, close: usize) -> Option<usize> {
        let span = expr.span();
        if close < span.start_offset || close >= span.end_offset {
            return None;
        }
        let inside = children(expr).into_iter().find_map(|c| search(c, close));
        inside.or_else(|| (span.end_offset == close + 1).then_some(span.start_offset))
    }
    search(parse(text).ok()?.value.as_ref()?, close)
}

/// The word, number, text or mark at a byte, in words for an error.
pub(super) fn token_at(text: &str, at: usize) -> String {
    let rest = &text[at..];
    let Some(first) = rest.chars().next() else { return say!("the end of the file").to_owned() };
    let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '+');
    let token: String = if first == '"' {
        let body: String = rest[1..].chars().take_while(|c| !matches!(c, '"' | '\n')).take(40).collect();
        return say!("the text \"{body}\"", body);
    } else if word(first) {
        rest.chars().take_while(|c| word(*c)).take(40).collect()
    } else {
        first.to_string()
    };
    format!("`{token}`")
}
