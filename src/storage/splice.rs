//! Editing a file without re-printing it: only the text of what changed is replaced, so that comments and layout survive.
//!
//! Three trees are walked together: the user's text, and our own text of the value before and after. Where before and after
//! are alike the user's text stays. Items of a list are matched by their first field (`id`, `kpi`, `from`) or, for lists of
//! plain values, by the value itself.

use ron2::ast::{Expr, SeqItem, StructBody, StructField};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::codec::{decode, encode};
use super::syntax::{self, INDENT, fields, flat, layout};

/// Changes `source`, a text whose value is `old`, so that its value becomes `new`. Both are given as our writer's RON.
///
/// # Errors
/// Why the edit cannot be made, as the second half of "the edit was refused: …".
pub fn splice(source: &str, old: &str, new: &str) -> Result<String, String> {
    let parse =
        |text, whose: &str| syntax::parse(text).map_err(|e| say!("{whose} text is not understood: {e}", whose, e));
    let (source_tree, old_tree, new_tree) =
        (parse(source, say!("the file's"))?, parse(old, say!("the old"))?, parse(new, say!("the new"))?);
    let (Some(s), Some(o), Some(n)) = (&source_tree.value, &old_tree.value, &new_tree.value) else {
        return Err(say!("there is no value in the file").to_owned());
    };
    let span = s.span();
    let merged = Merge { source }.value(s, o, n);
    Ok(format!("{}{merged}{}", &source[..span.start_offset], &source[span.end_offset..]))
}

/// Changes the text of a file from one value to another and proves the result by reading it again.
///
/// # Errors
/// Why the edit cannot be made without harm.
pub(super) fn edit<T>(source: &str, old: &T, new: &T) -> Result<String, String>
where
    T: Serialize + DeserializeOwned + PartialEq,
{
    let text = |value: &T| encode(value).map_err(|e| e.to_string());
    let (mark, body) = source.strip_prefix('\u{feff}').map_or(("", source), |body| ("\u{feff}", body));
    let windows = body.contains("\r\n");
    let unix = if windows { body.replace("\r\n", "\n") } else { body.to_owned() };
    let edited = splice(&unix, &text(old)?, &text(new)?)?;
    match decode::<T>(std::path::Path::new(say!("the edited text")), &edited) {
        Ok(value) if value == *new => {}
        Ok(_) => return Err(say!("the edited text would be read back as something else").to_owned()),
        Err(problem) => return Err(say!("the edited text could not be read back: {problem}", problem)),
    }
    Ok(format!("{mark}{}", if windows { edited.replace('\n', "\r\n") } else { edited }))
}

struct Merge<'s> {
    source: &'s str,
}

/// A field or item of the source with the comments that belong to it.
struct Chunk {
    key: String,
    /// Blanks and comments before it.
    before: String,
    /// The field or item itself.
    text: String,
    /// Its comma, and a comment on the same line.
    after: String,
    /// Whether `after` holds the comma.
    comma: bool,
}

/// The text between two brackets, cut into chunks.
struct Body {
    /// A comment behind the opening bracket.
    head: String,
    chunks: Vec<Chunk>,
    /// What stands between the last chunk and the closing bracket.
    tail: String,
    /// Whether its parts stand on lines of their own.
    lines: bool,
    /// The indentation of those lines.
    indent: String,
}

impl Merge<'_> {
    /// The text of a value after the edit.
    fn value(&self, s: &Expr<'_>, o: &Expr<'_>, n: &Expr<'_>) -> String {
        if flat(o) == flat(n) {
            return self.text(s).to_owned();
        }
        if let (Expr::Option(o), Expr::Option(n)) = (o, n)
            && let (Some(o), Some(n)) = (&o.value, &n.value)
        {
            return self.optional(s, &o.expr, &n.expr);
        }
        if let (Expr::Seq(list), Expr::Seq(o), Expr::Seq(n)) = (s, o, n)
            && let Some(merged) = self.list(s, &list.items, &o.items, &n.items)
        {
            return merged;
        }
        if let (Some(s_fields), Some(o_fields), Some(n_fields)) = (fields(s), fields(o), fields(n))
            && name(s) == name(n)
            && name(o) == name(n)
            && !s_fields.is_empty()
        {
            return self.structure(s, s_fields, o_fields, n_fields);
        }
        self.fresh(n, &line_indent(self.source, s.span().start_offset))
    }

    /// `Some(x)` may be written as plain `x`: both stay as they are.
    fn optional(&self, s: &Expr<'_>, o: &Expr<'_>, n: &Expr<'_>) -> String {
        if let Expr::Option(wrapped) = s
            && let Some(inner) = &wrapped.value
        {
            let (outer, span) = (s.span(), inner.expr.span());
            let merged = self.value(&inner.expr, o, n);
            return format!(
                "{}{merged}{}",
                &self.source[outer.start_offset..span.start_offset],
                &self.source[span.end_offset..outer.end_offset]
            );
        }
        self.value(s, o, n)
    }

    fn list(&self, whole: &Expr<'_>, s: &[SeqItem<'_>], o: &[SeqItem<'_>], n: &[SeqItem<'_>]) -> Option<String> {
        if s.len() != o.len() {
            return None;
        }
        let (old_keys, new_keys) = (keys(o)?, keys(n)?);
        let spans = s.iter().map(|i| (i.expr.span().start_offset, i.expr.span().end_offset, i.comma.as_ref()));
        let mut body = self.body(whole, spans.map(|(a, b, c)| (a, b, c.map(|c| c.end_offset))), &old_keys);
        for (at, key) in old_keys.iter().enumerate() {
            if let Some(to) = new_keys.iter().position(|k| k == key) {
                body.chunks[at].text = self.value(&s[at].expr, &o[at].expr, &n[to].expr);
            }
        }
        if s.is_empty() && !has_comment(&body.tail) {
            return None;
        }
        let mut old: Vec<Option<Chunk>> = std::mem::take(&mut body.chunks).into_iter().map(Some).collect();
        for (to, key) in new_keys.iter().enumerate() {
            let known = old_keys.iter().position(|k| k == key).and_then(|at| old[at].take());
            let chunk = known.unwrap_or_else(|| body.inserted(key, self.fresh(&n[to].expr, &body.indent)));
            body.chunks.push(chunk);
        }
        for gone in old.into_iter().flatten() {
            let next = old_keys.iter().skip_while(|k| **k != gone.key).skip(1).find(|k| new_keys.contains(k)).cloned();
            body.rescue(&gone, next.as_deref());
        }
        if s.is_empty() && !body.chunks.is_empty() {
            // What a list without items holds is remarks, such as an example: they stay above the first item.
            let end = body.tail.trim_end().len();
            body.chunks[0].before.insert_str(0, &body.tail[..end]);
            body.tail.drain(..end);
        }
        Some(self.assemble(whole, body))
    }

    fn structure(
        &self,
        whole: &Expr<'_>,
        s: &[StructField<'_>],
        o: &[StructField<'_>],
        n: &[StructField<'_>],
    ) -> String {
        let find = |all: &[StructField<'_>], name: &str| all.iter().position(|f| f.name.name == name);
        let names: Vec<String> = s.iter().map(|f| f.name.name.to_string()).collect();
        let spans = s
            .iter()
            .map(|f| (f.name.span.start_offset, f.value.span().end_offset, f.comma.as_ref().map(|c| c.end_offset)));
        let mut body = self.body(whole, spans, &names);
        let mut gone = Vec::new();
        let mut kept = Vec::new();
        for (at, mut chunk) in std::mem::take(&mut body.chunks).into_iter().enumerate() {
            let (was, is) = (find(o, &chunk.key).map(|i| &o[i].value), find(n, &chunk.key).map(|i| &n[i].value));
            let field = &s[at];
            let value = match (was, is) {
                (Some(was), Some(is)) => self.value(&field.value, was, is),
                // The user spelled out what our writer leaves out.
                (None, Some(is)) => self.fresh(is, &body.indent),
                (None, None) => self.text(&field.value).to_owned(),
                (Some(_), None) => {
                    gone.push(chunk);
                    continue;
                }
            };
            let label = &self.source[field.name.span.start_offset..field.value.span().start_offset];
            chunk.text = format!("{label}{value}");
            kept.push(chunk);
        }
        body.chunks = kept;
        for chunk in gone {
            let next = names.iter().skip_while(|k| **k != chunk.key).skip(1).cloned().collect::<Vec<_>>();
            let next = next.iter().find(|k| body.chunks.iter().any(|c| c.key == **k)).cloned();
            body.rescue(&chunk, next.as_deref());
        }
        for (to, field) in n.iter().enumerate() {
            let name = field.name.name.as_ref();
            // A field that the user leaves out and whose default did not change stays left out.
            let same = find(o, name).is_some_and(|i| flat(&o[i].value) == flat(&field.value));
            if same || body.chunks.iter().any(|c| c.key == name) {
                continue;
            }
            let before = n[..to].iter().rev().find_map(|f| body.chunks.iter().position(|c| c.key == f.name.name));
            let text = format!("{name}: {}", self.fresh(&field.value, &body.indent));
            let chunk = body.inserted(name, text);
            body.chunks.insert(before.map_or(0, |at| at + 1), chunk);
        }
        self.assemble(whole, body)
    }

    /// Cuts what stands between the brackets of `whole` into chunks.
    fn body(
        &self,
        whole: &Expr<'_>,
        spans: impl Iterator<Item = (usize, usize, Option<usize>)>,
        keys: &[String],
    ) -> Body {
        let (open, close) = self.brackets(whole);
        let mut chunks = Vec::new();
        let head = self.end_of_line_comment(open, close);
        let mut from = head;
        for ((start, end, comma), key) in spans.zip(keys) {
            let until = self.end_of_line_comment(comma.unwrap_or(end), close);
            chunks.push(Chunk {
                key: key.clone(),
                before: self.source[from..start].to_owned(),
                text: self.source[start..end].to_owned(),
                after: self.source[end..until].to_owned(),
                comma: comma.is_some(),
            });
            from = until;
        }
        let lines = chunks.iter().any(|c| c.before.contains('\n')) || self.source[from..close].contains('\n');
        let outer = line_indent(self.source, whole.span().start_offset);
        let own = chunks.iter().find(|c| c.before.contains('\n')).map(|c| last_line(&c.before).to_owned());
        let indent = own.filter(|i| i.trim().is_empty()).unwrap_or_else(|| format!("{outer}{INDENT}"));
        let (head, tail) = (self.source[open..head].to_owned(), self.source[from..close].to_owned());
        Body { head, chunks, tail, lines, indent: if lines { indent } else { outer } }
    }

    fn assemble(&self, whole: &Expr<'_>, mut body: Body) -> String {
        let (open, close) = self.brackets(whole);
        let last = body.chunks.len().saturating_sub(1);
        for (at, chunk) in body.chunks.iter_mut().enumerate() {
            if !chunk.comma && (at < last || (body.lines && chunk.after.is_empty())) {
                chunk.after.insert(0, ',');
            } else if chunk.comma && at == last && !body.lines {
                chunk.after = chunk.after.replacen(',', "", usize::from(!has_comment(&chunk.after)));
            }
            if at == 0 && !body.lines && chunk.before == " " {
                chunk.before.clear();
            } else if at > 0 && chunk.before.is_empty() {
                chunk.before.push(' ');
            }
        }
        let span = whole.span();
        let mut out = format!("{}{}", &self.source[span.start_offset..open], body.head);
        let mut before_it = body.head.as_str();
        for chunk in &body.chunks {
            push_behind(&mut out, before_it, &chunk.before, &body.indent);
            out.push_str(&chunk.text);
            out.push_str(&chunk.after);
            before_it = &chunk.after;
        }
        push_behind(&mut out, before_it, &body.tail, "");
        out.push_str(&self.source[close..span.end_offset]);
        out
    }

    /// The bytes behind the opening and before the closing bracket.
    fn brackets(&self, whole: &Expr<'_>) -> (usize, usize) {
        let span = whole.span();
        let open = match whole {
            Expr::Struct(e) => match &e.body {
                Some(StructBody::Fields(body)) => body.open_brace.end_offset,
                Some(StructBody::Tuple(body)) => body.open_paren.end_offset,
                None => span.end_offset,
            },
            _ => span.start_offset + 1,
        };
        (open, span.end_offset - 1)
    }

    /// Where a comment ends that stands on the same line behind `from`; `from` itself when there is none.
    fn end_of_line_comment(&self, from: usize, close: usize) -> usize {
        let rest = &self.source[from..close];
        let line = rest.split('\n').next().unwrap_or(rest);
        let comment = line.trim_start();
        let whole_block = comment.starts_with("/*") && comment.trim_end().ends_with("*/");
        if comment.starts_with("//") || whole_block { from + line.len() } else { from }
    }

    /// Our writer's text of a value, for a place with this indentation.
    fn fresh(&self, n: &Expr<'_>, indent: &str) -> String {
        let n = match n {
            // Somebody who never writes Some does not want to learn it from us.
            Expr::Option(e) if !self.source.contains("Some(") => e.value.as_ref().map_or(n, |v| &v.expr),
            _ => n,
        };
        // A text of our writer has no line ends inside its strings.
        layout(n, 0).replace('\n', &format!("\n{indent}"))
    }

    fn text(&self, s: &Expr<'_>) -> &str {
        &self.source[s.span().start_offset..s.span().end_offset]
    }
}

impl Body {
    fn inserted(&self, key: &str, text: String) -> Chunk {
        let before = if self.lines { format!("\n{}", self.indent) } else { String::new() };
        Chunk { key: key.to_owned(), before, text, after: String::new(), comma: false }
    }

    /// Keeps the headings above a removed part: they stand above what comes next, or at the end. Remarks right above the part
    /// go with it.
    fn rescue(&mut self, gone: &Chunk, next: Option<&str>) {
        let heading = gone.before[..heading_end(&gone.before)].trim_end();
        if !has_comment(heading) {
            return;
        }
        let place = self.chunks.iter_mut().find(|c| Some(c.key.as_str()) == next);
        let place = place.map_or(&mut self.tail, |c| &mut c.before);
        *place = format!("{heading}{place}");
    }
}

/// Where the headings end in the blanks and comments above a part: after the last blank line or ruler (`// ====`).
fn heading_end(before: &str) -> usize {
    let ruler = |line: &str| {
        let line = line.trim();
        line.starts_with("//") && ["===", "---", "***", "###"].iter().any(|r| line.contains(r))
    };
    let mut at = 0;
    let mut end = blank_line(before).unwrap_or(0);
    for line in before.split_inclusive('\n') {
        at += line.len();
        if ruler(line) {
            end = end.max(at);
        }
    }
    end
}

/// Where a line of nothing but blanks begins.
fn blank_line(text: &str) -> Option<usize> {
    let mut at = 0;
    let mut found = None;
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 && line.trim().is_empty() && at + line.len() < text.len() {
            found = Some(at);
        }
        at += line.len() + 1;
    }
    found
}

fn has_comment(text: &str) -> bool {
    text.contains("//") || text.contains("/*")
}

/// Adds a text behind another whose line comment, if it ends in one, would swallow it.
fn push_behind(out: &mut String, before_it: &str, text: &str, indent: &str) {
    let swallowed = last_line(before_it).contains("//") && !text.trim_start_matches([' ', '\t']).starts_with('\n');
    if swallowed {
        out.push('\n');
        out.push_str(indent);
    }
    out.push_str(text);
}

fn last_line(text: &str) -> &str {
    text.rsplit('\n').next().unwrap_or(text)
}

/// The blanks that the line of a byte begins with.
fn line_indent(text: &str, at: usize) -> String {
    let line = text[..at].rsplit('\n').next().unwrap_or_default();
    line.chars().take_while(|c| matches!(c, ' ' | '\t')).collect()
}

fn name<'e>(expr: &'e Expr<'_>) -> &'e str {
    match expr {
        Expr::Struct(e) => &e.name.name,
        _ => "",
    }
}

/// What tells the items of a list apart; `None` when two are alike.
fn keys(items: &[SeqItem<'_>]) -> Option<Vec<String>> {
    let key = |item: &SeqItem<'_>| match fields(&item.expr) {
        Some([first, ..]) => format!("{}={}", first.name.name, flat(&first.value)),
        Some([]) | None => flat(&item.expr),
    };
    let keys: Vec<String> = items.iter().map(key).collect();
    let unique: std::collections::HashSet<&String> = keys.iter().collect();
    (unique.len() == keys.len()).then_some(keys)
}
