//! Files of other programs: of whatever is in them a number comes that is one, or every reason why not.

use std::io::{Cursor, Write as _};
use std::path::Path;

use truenorth::feeds::spreadsheet::Book;
use truenorth::feeds::{MAX_ROWS, Made, Options, Refusal, Sheet, candidates, json, of_numbers, read_csv, weekly};
use truenorth::model::feed::{Over, Rows};
use truenorth::model::kpi::Kpi;
use truenorth::model::week::Week;
use truenorth::storage::decode;
use zip::write::SimpleFileOptions;

use super::kept;

const OVERS: [Over; 5] = [Over::Last, Over::Sum, Over::Mean, Over::Count, Over::Max];

/// Reads bytes as the kind of file that the first byte says: a text with cells, JSON, the sheet within an xlsx, the content of an
/// ods, or any bytes as a spreadsheet.
///
/// # Panics
/// When a reader does not keep its word.
pub fn read(bytes: &[u8]) {
    let Some((kind, rest)) = bytes.split_first() else { return };
    match kind % 5 {
        0 => match read_csv(rest) {
            Ok(sheet) => numbers(&sheet),
            Err(refusals) => are_told(&refusals),
        },
        1 => document(rest),
        2 => book(&xlsx(rest)),
        3 => book(&ods(rest)),
        _ => book(rest),
    }
}

fn document(bytes: &[u8]) {
    let Ok(value) = json::read(bytes) else { return };
    for place in ["", "/0", "/weeks", "/weeks/0/net"] {
        let Ok(there) = json::at(&value, place) else { continue };
        let _ = json::one(there);
        if let Ok(sheet) = json::rows(there, &["Week", "Net"]) {
            numbers(&sheet);
        }
    }
}

fn book(bytes: &[u8]) {
    let book = match Book::read(bytes) {
        Ok(book) => book,
        Err(refusal) => return are_told(&[refusal]),
    };
    let _ = book.cell(None, "B3");
    if let Ok(cells) = book.named("all") {
        is_one(of_numbers(&cells, Over::Sum, "USD", week()));
    }
    match book.rows(None, &["Week", "Net"], "Week") {
        Ok(sheet) => numbers(&sheet),
        Err(refusals) => are_told(&refusals),
    }
}

/// What a sheet gives a feed, and an import.
fn numbers(sheet: &Sheet) {
    assert!(sheet.rows.len() <= MAX_ROWS);
    assert!(sheet.rows.iter().all(|row| row.cells.len() == sheet.head.len()), "a row has other columns than its head");
    let rows = Rows { value: "Net".to_owned(), date: "Week".to_owned(), only: Vec::new(), dates: None, decimal: None };
    for over in OVERS {
        is_one(weekly(sheet, &rows, over, "USD", week()));
    }
    let Ok(text) = std::fs::read_to_string(kept().join("strategy/kpis.ron")) else { return };
    let Ok(kpis) = decode::<Vec<Kpi>>(Path::new("kpis.ron"), &text) else { return };
    match candidates(sheet, &kpis, &Options::default(), week()) {
        Ok(found) => {
            let weeks = found.columns.iter().flat_map(|c| c.readings.iter());
            assert!(weeks.clone().all(|(at, value)| *at <= week() && value.get().is_finite()));
        }
        Err(refusals) => are_told(&refusals),
    }
}

fn is_one(made: Result<Made, Vec<Refusal>>) {
    match made {
        Ok(made) => assert!(made.value.get().is_finite()),
        Err(refusals) => are_told(&refusals),
    }
}

fn are_told(refusals: &[Refusal]) {
    assert!(!refusals.is_empty(), "it is refused, and nobody knows why");
    assert!(refusals.iter().all(|r| !r.message.is_empty() && !r.hint.is_empty() && !r.to_string().is_empty()));
}

fn week() -> Week {
    "2026-W47".parse().expect("a week")
}

/// A workbook around this sheet.
fn xlsx(sheet: &[u8]) -> Vec<u8> {
    const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |target: &str, kind: &str| {
        format!(
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{RELATIONS}/{kind}" Target="{target}"/></Relationships>"#
        )
    };
    let workbook = format!(
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{RELATIONS}"><sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets><definedNames><definedName name="all">Data!$B$2:$B$9</definedName></definedNames></workbook>"#
    );
    packed(&[
        ("_rels/.rels", relation("xl/workbook.xml", "officeDocument").as_bytes()),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relation("worksheets/sheet1.xml", "worksheet").as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

/// An ods around this content.
fn ods(content: &[u8]) -> Vec<u8> {
    let manifest: &[u8] =
        br#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>"#;
    packed(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", content),
    ])
}

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut packed = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in parts {
        packed.start_file(*name, stored).expect("a part");
        packed.write_all(bytes).expect("memory");
    }
    packed.finish().expect("a whole archive").into_inner()
}

/// A good file of each kind.
#[must_use]
pub fn seeds() -> Vec<(String, Vec<u8>)> {
    const CSV: &[u8] = b"Week;Net;Tills\n2026-W46;1.234,50;3\n2026-W47;2.000,00;4\n";
    const DAYS: &[u8] = b"Week,Net,\"Till, number\"\n16/11/2026,\"1,234.5 USD\",3\n17/11/2026,-7%,4\n";
    const JSON: &[u8] = br#"{"weeks":[{"Week":"2026-W47","Net":1234.5},{"Week":"2026-11-18","Net":"7"}]}"#;
    const XLSX: &[u8] = br#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:B3"/><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Week</t></is></c><c r="B1" t="str"><v>Net</v></c></row><row r="2"><c r="A2"><v>46344</v></c><c r="B2"><f>1+1</f><v>5.5</v></c></row><row r="3"><c r="A3" t="d"><v>2026-11-18T00:00:00</v></c><c r="B3" t="e"><v>#N/A</v></c></row></sheetData></worksheet>"#;
    const ODS: &[u8] = br#"<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet><table:table table:name="Data"><table:table-row><table:table-cell office:value-type="string"><text:p>Week</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>Net</text:p></table:table-cell></table:table-row><table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="date" office:date-value="2026-11-18"/><table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="5"/></table:table-row></table:table><table:named-expressions><table:named-range table:name="all" table:cell-range-address="$Data.$B$2:.$B$3"/></table:named-expressions></office:spreadsheet></office:body></office:document-content>"#;
    let of = |kind: u8, name: &str, bytes: &[u8]| (name.to_owned(), [&[kind], bytes].concat());
    vec![
        of(0, "weeks-csv", CSV),
        of(0, "days-csv", DAYS),
        of(1, "json", JSON),
        of(2, "xlsx", XLSX),
        of(3, "ods", ODS),
        of(4, "bytes", &xlsx(XLSX)),
    ]
}
