//! What the bakery's feeds read: the export of the till, the time sheets, the order system, the survey. All of it is made by rule, so
//! that it is the same each time; a database and a spreadsheet are compared by what they say, as their bytes are of the library's
//! version.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use chrono::{Days, NaiveDate};
use truenorth::model::week::Week;

use super::Result;

/// The week before the open one: its days make the numbers of the open week.
const LOOKED_BACK_ON: &str = "2026-W46";
/// How many weeks the till and the order system tell of.
const WEEKS: i32 = 3;
/// The till by day, Monday first, without VAT; the bakery is closed on Mondays. They add up to what Maya reports.
const NET: [f64; 6] = [2410.40, 2388.10, 2702.35, 3164.90, 4316.75, 3437.50];
/// Loyalty cards that were used in the four weeks before, in percent.
const AGAIN: [u32; 6] = [43, 44, 42, 45, 47, 43];
/// Orders by day, and every how many one was cancelled.
const ORDERS: [u32; 6] = [58, 61, 64, 71, 92, 69];
const CANCELLED: u32 = 70;
/// Stars of the week's answers.
const STARS: [u8; 25] = [5, 5, 4, 5, 5, 4, 5, 5, 5, 3, 5, 4, 5, 5, 5, 5, 4, 5, 5, 2, 5, 4, 5, 5, 5];
/// Hours beyond the rota.
const OVER: [f64; 6] = [1.5, 0.0, 2.0, 2.5, 4.0, 3.0];

/// Days of the weeks told of, each with its place in its week.
fn days() -> Vec<(NaiveDate, usize, i32)> {
    let last: Week = LOOKED_BACK_ON.parse().expect("a week");
    let of = |back: i32| {
        let monday = last.plus(-back).monday();
        (0..6).map(move |at| (monday + Days::new(at as u64 + 1), at, back))
    };
    (0..WEEKS).rev().flat_map(of).collect()
}

/// What is text, by path.
pub(crate) fn texts<'a>(_: impl Iterator<Item = &'a PathBuf>) -> BTreeMap<PathBuf, String> {
    let mut till = String::from("Day,Counter,Net,Cards again %\n");
    let mut sheets = Vec::new();
    for (day, at, back) in days() {
        let less = f64::from(back) * 61.3;
        till.push_str(&format!("\"{day}\",shop,{:.2},{}\n", NET[at] * 0.784 - less, AGAIN[at]));
        till.push_str(&format!("\"{day}\",online,{:.2},\n", NET[at] - (NET[at] * 0.784 * 100.0).round() / 100.0));
        sheets.push(format!("    {{ \"day\": \"{day}\", \"hours\": {}, \"hours over\": {:?} }}", 52 + at, OVER[at]));
    }
    let json = format!("{{\n  \"bakery\": \"Maple Street\",\n  \"sheets\": [\n{}\n  ]\n}}\n", sheets.join(",\n"));
    BTreeMap::from([("feeds/till.csv".into(), till), ("feeds/time-sheets.json".into(), json)])
}

/// Writes what is no text.
pub(crate) fn write(root: &Path) -> Result<()> {
    std::fs::create_dir_all(root.join("feeds"))?;
    std::fs::write(root.join("feeds/survey.xlsx"), survey()?)?;
    orders(&root.join("feeds/orders.db"))
}

/// How many of the files that are no text do not say what they should.
pub(crate) fn differences(root: &Path) -> Result<usize> {
    let mut wrong = 0;
    if told(&root.join("feeds/orders.db"))? != rows() {
        eprintln!("feeds/orders.db is not what the story tells");
        wrong += 1;
    }
    if std::fs::read(root.join("feeds/survey.xlsx"))? != survey()? {
        eprintln!("feeds/survey.xlsx is not what the story tells");
        wrong += 1;
    }
    Ok(wrong)
}

/// The orders: day and state.
fn rows() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for (day, at, back) in days() {
        let n = ORDERS[at] - 2 * u32::try_from(back).unwrap_or(0);
        for order in 1..=n {
            let state = if (order + ORDERS[at]).is_multiple_of(CANCELLED) { "cancelled" } else { "paid" };
            all.push((day.to_string(), state.to_owned()));
        }
    }
    all
}

fn orders(path: &Path) -> Result<()> {
    if path.exists() && told(path).is_ok_and(|there| there == rows()) {
        return Ok(());
    }
    let _ = std::fs::remove_file(path);
    let mut connection = rusqlite::Connection::open(path)?;
    connection.execute_batch(
        "PRAGMA page_size = 1024; PRAGMA journal_mode = DELETE;
         CREATE TABLE orders (day TEXT NOT NULL, state TEXT NOT NULL);",
    )?;
    let transaction = connection.transaction()?;
    for (day, state) in rows() {
        transaction.execute("INSERT INTO orders VALUES (?1, ?2)", (day, state))?;
    }
    transaction.commit()?;
    connection.execute_batch("VACUUM")?;
    Ok(())
}

fn told(path: &Path) -> Result<Vec<(String, String)>> {
    let connection = rusqlite::Connection::open(path)?;
    let mut statement = connection.prepare("SELECT day, state FROM orders ORDER BY rowid")?;
    let rows = statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

/// The survey as the smallest workbook that spreadsheet programs open: one sheet, one range with a name.
fn survey() -> Result<Vec<u8>> {
    const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#;
    const RELS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    const BOOK_RELS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
    let last = STARS.len() + 1;
    let book = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Answers" sheetId="1" r:id="rId1"/></sheets><definedNames><definedName name="stars">Answers!$B$2:$B${last}</definedName></definedNames></workbook>"#
    );
    let text = |place: &str, text: &str| format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#);
    let mut rows = format!(r#"<row r="1">{}{}</row>"#, text("A1", "Answer"), text("B1", "Stars"));
    for (at, stars) in STARS.iter().enumerate() {
        let row = at + 2;
        rows.push_str(&format!(
            r#"<row r="{row}"><c r="A{row}"><v>{}</v></c><c r="B{row}"><v>{stars}</v></c></row>"#,
            at + 1
        ));
    }
    let sheet = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    );
    let mut packed = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let plain = zip::write::SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    let parts = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELS),
        ("xl/workbook.xml", &book),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS),
        ("xl/worksheets/sheet1.xml", &sheet),
    ];
    for (name, text) in parts {
        packed.start_file(name, plain)?;
        packed.write_all(text.as_bytes())?;
    }
    Ok(packed.finish()?.into_inner())
}
