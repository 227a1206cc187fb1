//! A text with separated cells as a sheet: its encoding, its separator, its quotes.

use ::csv::{Reader, ReaderBuilder, StringRecord};

use super::dates::looks_like_one;
use super::{MAX_BYTES, MAX_ROWS, Refusal, Sheet, SheetRow, quoted};

/// What may stand between cells. Of two that fit alike the earlier is meant: a comma stands in numbers, too.
const SEPARATORS: [u8; 4] = [b'\t', b';', b'|', b','];
/// How many rows are looked at to find the separator.
const LOOK: usize = 50;

/// Reads a CSV text: UTF-8 with or without a mark, cells separated by commas, semicolons, tabs or bars and quoted where
/// needed, the first row names. Rows without any cell filled are left out.
///
/// # Errors
/// Every row that does not fit, or why the file is no such text.
pub fn read(bytes: &[u8]) -> Result<Sheet, Vec<Refusal>> {
    let text = text(bytes).map_err(|refusal| vec![refusal])?;
    let (text, skipped, named) = match separator_line(&text) {
        Some((separator, rest)) => (rest, 1, Some(separator)),
        None => (text.as_str(), 0, None),
    };
    let Some(separator) = named.or_else(|| sniff(text)) else {
        let first = text.lines().next().unwrap_or_default();
        let what = say!(
            "{what} is one cell: no comma, semicolon, tab or bar separates a week from values",
            what = quoted(first)
        );
        return Err(vec![Refusal::new(what, say!("save it as CSV, with a row of names first")).at(1)]);
    };
    sheet(text, separator, skipped)
}

/// The text of a file, its line ends alike.
fn text(bytes: &[u8]) -> Result<String, Refusal> {
    let save = say!("save it as `CSV UTF-8` in the program that it comes from");
    if bytes.len() > MAX_BYTES {
        let what =
            say!("the file has {bytes} MiB; at most 16 MiB are taken in", bytes = bytes.len().div_ceil(1024 * 1024));
        return Err(Refusal::new(what, say!("import it in parts")));
    }
    if matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]) {
        return Err(Refusal::new(say!("the file is UTF-16"), save));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(Refusal::new(say!("this is a spreadsheet or an archive, not a text"), save));
    }
    let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let row_of = |at: usize| 1 + body[..at].iter().filter(|b| **b == b'\n').count();
    if let Some(at) = body.iter().position(|b| *b == 0) {
        return Err(Refusal::new(say!("there are zero bytes from here on: this is no text"), save).at(row_of(at)));
    }
    let text = std::str::from_utf8(body)
        .map_err(|e| Refusal::new(say!("the text is not UTF-8 from here on"), save).at(row_of(e.valid_up_to())))?;
    if text.trim().is_empty() {
        return Err(Refusal::new(say!("the file is empty"), say!("name one with a row of names and rows of values")));
    }
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// The line `sep=;` with which some spreadsheets begin, and what follows it.
fn separator_line(text: &str) -> Option<(u8, &str)> {
    let (first, rest) = text.split_once('\n')?;
    match first.strip_prefix("sep=")?.as_bytes() {
        [separator] if SEPARATORS.contains(separator) => Some((*separator, rest)),
        _ => None,
    }
}

/// The separator that sets free the most days and weeks, then the one that cuts the most rows into as many cells as the first
/// one, then the one with the most cells.
fn sniff(text: &str) -> Option<u8> {
    let fit = |separator: u8| {
        let mut rows = reader(text, separator).into_records().take(LOOK).map_while(Result::ok);
        let cells = rows.next()?.len();
        let rows: Vec<StringRecord> = rows.collect();
        let dated = rows.iter().filter(|row| row.iter().any(|cell| looks_like_one(cell.trim()))).count();
        (cells > 1).then(|| (dated, rows.iter().filter(|row| row.len() == cells).count(), cells))
    };
    // The last of the greatest wins, so the preferred come last.
    SEPARATORS.into_iter().rev().filter_map(|s| Some((fit(s)?, s))).max_by_key(|(fit, _)| *fit).map(|(_, s)| s)
}

fn reader(text: &str, separator: u8) -> Reader<&[u8]> {
    ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes())
}

/// Cuts the text. `skipped` lines stand before it in the file.
fn sheet(text: &str, separator: u8, skipped: usize) -> Result<Sheet, Vec<Refusal>> {
    let mut sheet = Sheet::default();
    let mut refusals = Vec::new();
    let (mut seen, mut row) = (0, 1 + skipped);
    for record in reader(text, separator).into_records() {
        let record =
            record.map_err(|e| vec![Refusal::new(say!("it cannot be read as CSV: {e}", e), say!("save it anew"))])?;
        // The reader tells where it stood, which may be before empty lines.
        let stood = record.position().and_then(|p| usize::try_from(p.byte()).ok()).unwrap_or(seen);
        let begins = stood + text[stood..].len() - text[stood..].trim_start_matches('\n').len();
        row += text[seen..begins].matches('\n').count();
        seen = begins;
        let cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
        if cells.iter().all(String::is_empty) {
            continue;
        }
        if sheet.head.is_empty() {
            sheet.head = cells;
            continue;
        }
        if sheet.rows.len() == MAX_ROWS {
            refusals.push(
                Refusal::new(
                    say!("there are more than {max_rows} rows", max_rows = MAX_ROWS),
                    say!("import it in parts"),
                )
                .at(row),
            );
            break;
        }
        match fitted(cells, sheet.head.len()) {
            Ok(cells) => sheet.rows.push(SheetRow { row, cells }),
            Err(refusal) => refusals.push(refusal.at(row)),
        }
    }
    if refusals.is_empty() { Ok(sheet) } else { Err(refusals) }
}

/// The cells of a row that has as many as there are names; empty ones too many are dropped. A row with too few may have been
/// cut off in the middle of a number.
fn fitted(mut cells: Vec<String>, names: usize) -> Result<Vec<String>, Refusal> {
    let filled = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |at| at + 1);
    if filled > names {
        let what = say!("this row has {filled} cells, but the first row names {names} columns", filled, names);
        return Err(Refusal::new(what, say!("put a value that holds a separator into double quotes")));
    }
    if cells.len() < names {
        let what =
            say!("this row has {cells} cells, but the first row names {names} columns", cells = cells.len(), names);
        return Err(Refusal::new(what, say!("complete the row; an empty cell is a gap")));
    }
    cells.truncate(names);
    Ok(cells)
}
