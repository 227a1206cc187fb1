//! Spreadsheets, xlsx and ods, as cells: values only. Formulas count with what was computed last.

use std::io::{Cursor, Read};

use calamine::{Cell, CellErrorType, Data, DataRef, Ods, Range, Reader, Xlsx};

use super::json::typed;
use super::whole::is_whole;
use super::{MAX_BYTES, MAX_ROWS, Refusal, Sheet, SheetRow, quoted};

/// The most bytes that a spreadsheet may have once it is unpacked: a small file can hold a very long row of zeros.
const MAX_UNPACKED: u64 = 128 * 1024 * 1024;
/// The most columns that are looked at.
const MAX_COLUMNS: usize = 1000;
/// The most cells of one sheet, the empty ones between them included: two cells can lie as far apart as a sheet is wide.
const MAX_CELLS: usize = 10_000_000;
/// Whole numbers in a column of days that are taken for days counted by the spreadsheet: from 1954 to 2119.
const SERIALS: std::ops::RangeInclusive<f64> = 20_000.0..=80_000.0;

/// A spreadsheet, read.
pub struct Book {
    sheets: Vec<(String, Range<Data>)>,
    names: Vec<(String, String)>,
    /// Whether its days are counted from 1904.
    from_1904: bool,
}

impl Book {
    /// Reads xlsx and ods.
    ///
    /// # Errors
    /// When it is neither, is damaged or locked with a password, or unpacks to more than is taken in.
    pub fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        if bytes.len() > MAX_BYTES {
            let what = say!(
                "the file has {bytes} MiB; at most 16 MiB are taken in",
                bytes = bytes.len().div_ceil(1024 * 1024)
            );
            return Err(Refusal::new(what, say!("delete the sheets that are not needed, in a copy")));
        }
        if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
            let hint = say!("save it as xlsx without a password");
            return Err(Refusal::new(say!("this is an old .xls file, or one that is locked with a password"), hint));
        }
        let parts = unpack(bytes)?;
        let damaged = |e: String| {
            Refusal::new(
                say!("it cannot be read as a spreadsheet: {e}", e),
                say!("save it anew in the program that it comes from"),
            )
        };
        if parts.is_ods {
            let mut book: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(|e| damaged(e.to_string()))?;
            return Ok(Self { sheets: book.worksheets(), names: book.defined_names().to_vec(), from_1904: false });
        }
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|e| damaged(e.to_string()))?;
        let mut sheets = Vec::new();
        for name in book.sheet_names() {
            if let Some(range) = cells(&mut book, &name)? {
                sheets.push((name, range));
            }
        }
        Ok(Self { sheets, names: book.defined_names().to_vec(), from_1904: parts.from_1904 })
    }

    /// The sheet of this name, whatever its case; the first one without a name.
    fn sheet(&self, name: Option<&str>) -> Result<&(String, Range<Data>), Refusal> {
        let found = match name {
            Some(name) => self.sheets.iter().find(|(n, _)| n.to_lowercase() == name.trim().to_lowercase()),
            None => self.sheets.first(),
        };
        let names = || self.sheets.iter().map(|(n, _)| n.as_str()).collect::<Vec<_>>().join(", ");
        found.ok_or_else(|| match name {
            Some(name) => Refusal::new(
                say!("there is no sheet {name}", name = quoted(name)),
                say!("the sheets are {names}", names = names()),
            ),
            None => Refusal::new(say!("it has no sheet with cells"), say!("look whether it is the right file")),
        })
    }

    /// One cell, such as `C7`.
    ///
    /// # Errors
    /// When that is no cell, or the sheet is not there.
    pub fn cell(&self, sheet: Option<&str>, place: &str) -> Result<String, Refusal> {
        let (_, range) = self.sheet(sheet)?;
        let (row, column) = cell_place(place).ok_or_else(|| {
            Refusal::new(
                say!("{place} is no cell", place = quoted(place)),
                say!("write a letter and a number, such as C7"),
            )
        })?;
        match range.get_value((row, column)) {
            Some(Data::Empty) | None => {
                let hint = say!("of merged cells only the first one has the value: name that one");
                Err(Refusal::new(say!("cell {place} is empty", place), hint))
            }
            Some(data) => self.text(data).map_err(|refusal| refusal.at(row as usize + 1)),
        }
    }

    /// The cells of a range that the spreadsheet has given a name, with their rows.
    ///
    /// # Errors
    /// When there is no such name, or it is no plain range.
    pub fn named(&self, name: &str) -> Result<Vec<(usize, String)>, Refusal> {
        let known = self.names.iter().find(|(n, _)| n.to_lowercase() == name.trim().to_lowercase());
        let (_, formula) = known.ok_or_else(|| {
            let names: Vec<&str> = self.names.iter().map(|(n, _)| n.as_str()).take(8).collect();
            let hint = if names.is_empty() {
                say!("it has no named ranges").to_owned()
            } else {
                say!("the names are {names}", names = names.join(", "))
            };
            Refusal::new(say!("no range is named {name}", name = quoted(name)), hint)
        })?;
        let plain = || {
            Refusal::new(
                say!("the name {name} does not stand for a plain range: {formula}", name = quoted(name), formula),
                say!("name cells of one sheet"),
            )
        };
        let (sheet, from, until) = area(formula).ok_or_else(plain)?;
        let (_, range) = self.sheet(Some(&sheet))?;
        let end = range.end().unwrap_or((0, 0));
        let mut cells = Vec::new();
        for row in from.0..=until.0.min(end.0) {
            for column in from.1..=until.1.min(end.1) {
                let text = range.get_value((row, column)).map_or(Ok(String::new()), |d| self.text(d));
                cells.push((row as usize + 1, text.map_err(|refusal| refusal.at(row as usize + 1))?));
            }
        }
        Ok(cells)
    }

    /// The rows of a sheet under the first row that has these names; under the first row that is not empty where none are
    /// wanted. The cells of `days` that are whole numbers are taken for days.
    ///
    /// # Errors
    /// When the sheet is not there, is empty or too large.
    pub fn rows(&self, sheet: Option<&str>, wanted: &[&str], days: &str) -> Result<Sheet, Vec<Refusal>> {
        let (name, range) = self.sheet(sheet).map_err(|refusal| vec![refusal])?;
        if range.height() > MAX_ROWS {
            return Err(vec![Refusal::new(
                say!("there are more than {max_rows} rows", max_rows = MAX_ROWS),
                say!("use a copy with fewer"),
            )]);
        }
        let first = range.start().map_or(0, |(row, _)| row as usize);
        let words = |row: &[Data]| row.iter().take(MAX_COLUMNS).map(plain).collect::<Vec<String>>();
        let has =
            |head: &[String]| wanted.iter().all(|w| head.iter().any(|h| h.to_lowercase() == w.trim().to_lowercase()));
        let filled = |head: &[String]| head.iter().any(|h| !h.is_empty());
        let mut heads = range.rows().map(words).enumerate().filter(|(_, head)| filled(head));
        let found =
            heads.find(|(_, head)| has(head)).or_else(|| range.rows().map(words).enumerate().find(|(_, h)| filled(h)));
        let Some((at, head)) = found else {
            return Err(vec![Refusal::new(
                say!("the sheet {name} is empty", name = quoted(name)),
                say!("name another one"),
            )]);
        };
        let day = head.iter().position(|h| h.to_lowercase() == days.trim().to_lowercase());
        let mut rows = Vec::new();
        for (nth, cells) in range.rows().enumerate().skip(at + 1) {
            let cells: Vec<String> = cells
                .iter()
                .take(MAX_COLUMNS)
                .enumerate()
                .map(|(column, data)| if Some(column) == day { self.day(data) } else { plain(data) })
                .collect();
            if cells.iter().any(|cell| !cell.is_empty()) {
                rows.push(SheetRow { row: first + nth + 1, cells });
            }
        }
        Ok(Sheet { head, rows })
    }

    fn text(&self, data: &Data) -> Result<String, Refusal> {
        match data {
            Data::DateTime(_) | Data::DateTimeIso(_) => Err(Refusal::new(
                say!("there is a day where a number should be: {data}", data = plain(data)),
                say!("name another cell"),
            )),
            Data::Error(e) => Err(Refusal::new(
                say!("the formula there gives {error}", error = error(e)),
                say!("mend it in the spreadsheet, and save"),
            )),
            _ => Ok(plain(data)),
        }
    }

    /// A cell of a column of days: one that lost its form is counted from the day that the spreadsheet counts from.
    fn day(&self, data: &Data) -> String {
        let serial = match data {
            Data::Float(n) => *n,
            Data::Int(n) => f64::from(i32::try_from(*n).unwrap_or(0)),
            _ => return plain(data),
        };
        if !SERIALS.contains(&serial) {
            return plain(data);
        }
        let kind = calamine::ExcelDateTimeType::DateTime;
        plain(&Data::DateTime(calamine::ExcelDateTime::new(serial, kind, self.from_1904)))
    }
}

/// The cells of a sheet; `None` for one that has none of its own, such as a chart, or that is damaged.
fn cells(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Option<Range<Data>>, Refusal> {
    let Ok(mut reader) = book.worksheet_cells_reader(name) else { return Ok(None) };
    let (mut cells, mut from, mut until) = (Vec::new(), (u32::MAX, u32::MAX), (0, 0));
    loop {
        let Ok(next) = reader.next_cell() else { return Ok(None) };
        let Some(cell) = next else { break };
        if *cell.get_value() == DataRef::Empty {
            continue;
        }
        let (row, column) = cell.get_position();
        from = (from.0.min(row), from.1.min(column));
        until = (until.0.max(row), until.1.max(column));
        cells.push(Cell::new((row, column), Data::from(cell.get_value().clone())));
    }
    let side = |from: u32, until: u32| (until as usize).saturating_sub(from as usize).saturating_add(1);
    let (rows, columns) = (side(from.0, until.0), side(from.1, until.1));
    if rows.saturating_mul(columns) > MAX_CELLS {
        let what = say!(
            "the cells of the sheet {name} lie too far apart: {rows} rows by {columns} columns",
            name = quoted(name),
            rows,
            columns
        );
        return Err(Refusal::new(what, say!("delete what stands far below or to the right, in a copy")));
    }
    Ok(Some(Range::from_sparse(cells)))
}

/// A cell as a text that can be read in one way only.
fn plain(data: &Data) -> String {
    match data {
        Data::Empty => String::new(),
        Data::String(text) => text.trim().replace("\r\n", "\n"),
        Data::Bool(yes) => yes.to_string(),
        Data::Int(n) => n.to_string(),
        Data::Float(n) => typed(*n),
        Data::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTime(length) => typed(length.as_f64()),
        // A time of day behind the day tells nothing that counts here.
        Data::DateTimeIso(text) => text.split('T').next().unwrap_or_default().to_owned(),
        Data::DurationIso(text) => text.clone(),
        Data::Error(e) => error(e),
    }
}

/// A formula's error as its cell shows it; `#N/A` is a gap, as everywhere.
fn error(e: &CellErrorType) -> String {
    e.to_string()
}

/// `C7` as row and column, both from 0.
fn cell_place(text: &str) -> Option<(u32, u32)> {
    let bare = text.trim().replace('$', "");
    let letters = bare.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (column, row) = bare.split_at(letters);
    if !(1..=3).contains(&letters) || row.len() > 7 || !row.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number = |n: u32, b: u8| n * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1;
    Some((row.parse::<u32>().ok()?.checked_sub(1)?, column.bytes().fold(0, number) - 1))
}

/// A cell by row and column, from 0.
type Corner = (u32, u32);

/// `Answers!$C$2:$C$9` (xlsx) or `$Answers.$C$2:$Answers.$C$9` (ods) as a sheet and two corners.
fn area(formula: &str) -> Option<(String, Corner, Corner)> {
    let formula = formula.trim().trim_start_matches('=');
    let split = |part: &str| {
        let at = part.rfind(['!', '.'])?;
        let sheet = part[..at].trim_start_matches('$').trim_matches('\'').replace("''", "'");
        Some((sheet, part[at + 1..].to_owned()))
    };
    let (first, last) = formula.split_once(':').unwrap_or((formula, formula));
    let (sheet, from) = split(first)?;
    let until = split(last).map_or_else(|| last.to_owned(), |(_, cell)| cell);
    let (from, until) = (cell_place(&from)?, cell_place(&until)?);
    (from.0 <= until.0 && from.1 <= until.1).then_some((sheet, from, until))
}

/// What the packed parts of a file tell before they are read as a spreadsheet.
struct Parts {
    is_ods: bool,
    from_1904: bool,
}

/// Unpacks every part once, to count what it holds: the sizes that a file states can be wrong.
fn unpack(bytes: &[u8]) -> Result<Parts, Refusal> {
    let hint = say!("save it as xlsx or ods in the program that it comes from");
    let mut packed = zip::ZipArchive::new(Cursor::new(bytes))
        .map_err(|_| Refusal::new(say!("this is no spreadsheet: neither xlsx nor ods"), hint))?;
    let damaged = |e: String| Refusal::new(say!("the spreadsheet is damaged: {e}", e), hint);
    let (mut left, mut parts, mut is_xlsx) = (MAX_UNPACKED, Parts { is_ods: false, from_1904: false }, false);
    for at in 0..packed.len() {
        let part = packed.by_index(at).map_err(|e| damaged(e.to_string()))?;
        let name = part.name().map(|n| n.into_owned()).unwrap_or_default();
        let mut reader = part.take(left + 1);
        let mut start = Vec::new();
        let read = if ["xl/workbook.xml", "content.xml"].contains(&name.as_str()) {
            reader.read_to_end(&mut start).map_err(|e| damaged(e.to_string()))? as u64
        } else {
            std::io::copy(&mut reader, &mut std::io::sink()).map_err(|e| damaged(e.to_string()))?
        };
        left = left.checked_sub(read).ok_or_else(|| {
            Refusal::new(
                say!("it unpacks to more than 128 MiB"),
                say!("delete the sheets that are not needed, in a copy"),
            )
        })?;
        is_xlsx |= name == "xl/workbook.xml";
        if name == "content.xml" && !is_whole(&start) {
            return Err(damaged(say!("its content is cut off, or a part of it never ends").to_owned()));
        }
        parts.is_ods |= name == "content.xml";
        let workbook = String::from_utf8_lossy(&start);
        parts.from_1904 |= ["date1904=\"1\"", "date1904=\"true\""].iter().any(|mark| workbook.contains(mark));
    }
    if is_xlsx || parts.is_ods {
        Ok(parts)
    } else {
        Err(Refusal::new(say!("this is an archive, but no spreadsheet"), hint))
    }
}
