//! Bad input of every kind of source: a clear word, and never a number that was not there.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use super::*;
use crate::model::feed::{Days, Over};
use crate::model::kpi::Kpi;

const WEEK: &str = "2026-W47";

struct Desk {
    folder: tempfile::TempDir,
    strategy: Strategy,
    approvals: Vec<Approval>,
}

impl Desk {
    fn new() -> Self {
        let kpi: Kpi =
            ron::from_str(r#"(id: "net", name: "Net", unit: "GBP", direction: up, perspective: "financial")"#).unwrap();
        let strategy = Strategy { kpis: vec![kpi].into(), ..Strategy::default() };
        Self { folder: tempfile::tempdir().unwrap(), strategy, approvals: Vec::new() }
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn with(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        fs::write(self.root().join(name), bytes).unwrap();
        self
    }

    fn ask(&self, over: Over, source: &str) -> Result<f64, String> {
        let feed = feed(over, source);
        let workspace: WorkspaceId = "shop".parse().unwrap();
        let refresh = Refresh {
            root: self.root(),
            workspace: &workspace,
            strategy: &self.strategy,
            approvals: &self.approvals,
            week: WEEK.parse().unwrap(),
            now: "2026-11-19T09:00:00+00:00".parse().unwrap(),
        };
        let fetched = refresh.ask(&feed, &Stop::default());
        fetched.result.map(|(value, _)| value.get()).map_err(|t| format!("{} | {}", t.what, t.next))
    }

    /// Allows what a command would do now.
    fn allow(&mut self, source: &str) {
        let look = trust::look(self.root(), &"shop".parse().unwrap(), &feed(Over::Last, source)).unwrap();
        self.approvals = vec![look.allowed("2026-11-19".parse().unwrap())];
    }

    #[track_caller]
    fn refuses(&self, source: &str, word: &str) {
        let said = self.ask(Over::Sum, source).expect_err(source);
        assert!(said.contains(word), "{source}: {said}");
    }
}

fn feed(over: Over, source: &str) -> Feed {
    Feed {
        id: "till".parse().unwrap(),
        kpi: "net".parse().unwrap(),
        source: ron::Options::default()
            .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
            .from_str(source)
            .unwrap(),
        over,
        days: Days::SameWeek,
    }
}

const CSV: &str = r#"csv(file: "t.csv", rows: (value: "Net", date: "Day"))"#;

#[test]
fn rows_of_the_week_make_one_number_in_five_ways() {
    let desk = Desk::new().with("t.csv", "Day,Net\n2026-11-12,99\n2026-11-17,10.5\n2026-11-18,\n2026-11-19,20\n");
    let all = [(Over::Sum, 30.5), (Over::Last, 20.0), (Over::Mean, 15.25), (Over::Count, 2.0), (Over::Max, 20.0)];
    for (over, value) in all {
        assert_eq!(desk.ask(over, CSV), Ok(value), "{over:?}");
    }
    let only = r#"csv(file: "t.csv", rows: (date: "Day"))"#;
    assert_eq!(desk.ask(Over::Count, only), Ok(3.0), "rows are counted without a column, too");
    desk.refuses(only, "no column is named");
}

#[test]
fn an_old_file_gives_no_number_and_says_how_old_it_is() {
    let desk = Desk::new().with("t.csv", "Day,Net\n2026-11-05,99\n2026-11-12,10\n");
    desk.refuses(CSV, "no row is of 2026-W47: the newest is of 2026-11-12");
}

#[test]
fn what_is_wrong_with_a_table_is_told_with_its_place() {
    let of = |text: &str| Desk::new().with("t.csv", text);
    of("Day,Net\n2026-11-17,many\n").refuses(CSV, "row 2, column Net: `many` is no number");
    of("Day,Takings\n2026-11-17,1\n").refuses(CSV, "there is no column `Net` | the columns are Day, Takings");
    of("Day,Net\n2026-11-17,\"1,234\"\n").refuses(CSV, "decimal: point reads");
    assert_eq!(
        of("Day,Net\n2026-11-10,many\n2026-11-17,1\n").ask(Over::Sum, CSV),
        Ok(1.0),
        "other weeks do not matter"
    );
    Desk::new().refuses(CSV, "the file is not there");
}

#[test]
fn a_file_outside_a_link_a_folder_and_a_large_file_are_not_opened() {
    let desk = Desk::new();
    fs::create_dir(desk.root().join("t.csv")).unwrap();
    desk.refuses(CSV, "not a regular file");
    desk.refuses(r#"csv(file: "../t.csv", rows: (value: "Net", date: "Day"))"#, "leads out of the workspace");
    desk.refuses(r#"csv(file: "//server/t.csv", rows: (value: "Net", date: "Day"))"#, "another computer");
    desk.refuses(r#"csv(file: "/etc/hostname", rows: (value: "Net", date: "Day"))"#, "nobody has allowed");
    let large = Desk::new().with("t.csv", vec![b'1'; feeds::MAX_BYTES + 1]);
    large.refuses(CSV, "more than 16 MiB");
    #[cfg(unix)]
    {
        let desk = Desk::new().with("real.csv", "Day,Net\n2026-11-17,1\n");
        std::os::unix::fs::symlink(desk.root().join("real.csv"), desk.root().join("t.csv")).unwrap();
        desk.refuses(CSV, "symbolic link");
    }
}

/// A workbook of one sheet with these rows, in its own markup.
fn xlsx(rows: &str, book: &str) -> Vec<u8> {
    let relations = |target: &str, kind: &str| {
        format!(
            r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>"#
        )
    };
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let workbook = format!(
        r#"<?xml version="1.0"?><workbook xmlns="{main}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">{book}<sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets><definedNames><definedName name="all">Data!$B$2:$B$9</definedName></definedNames></workbook>"#
    );
    let sheet = format!(
        r#"<?xml version="1.0"?><worksheet xmlns="{main}"><sheetData>{rows}</sheetData><mergeCells count="1"><mergeCell ref="D1:E2"/></mergeCells></worksheet>"#
    );
    let parts = [
        (
            "[Content_Types].xml",
            r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#
                .to_owned(),
        ),
        ("_rels/.rels", relations("xl/workbook.xml", "officeDocument")),
        ("xl/workbook.xml", workbook),
        ("xl/_rels/workbook.xml.rels", relations("worksheets/sheet1.xml", "worksheet")),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    packed(parts.iter().map(|(name, text)| (*name, text.as_bytes())))
}

fn packed<'p>(parts: impl Iterator<Item = (&'p str, &'p [u8])>) -> Vec<u8> {
    let mut packed = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        packed.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        packed.write_all(bytes).unwrap();
    }
    packed.finish().unwrap().into_inner()
}

/// An OpenDocument spreadsheet of one sheet with these rows, in its own markup.
fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="Data">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    let manifest = r#"<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>"#;
    let parts = [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", &content),
    ];
    packed(parts.into_iter().map(|(name, text)| (name, text.as_bytes())))
}

#[test]
fn an_ods_gives_its_numbers_and_days() {
    let word = |text: &str| {
        format!(r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#)
    };
    let row = |day: &str, net: &str| {
        format!(
            r#"<table:table-row><table:table-cell office:value-type="date" office:date-value="{day}"><text:p>x</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="{net}"><text:p>x</text:p></table:table-cell></table:table-row>"#
        )
    };
    let head = format!("<table:table-row>{}{}</table:table-row>", word("Day"), word("Net"));
    let rows = head + &row("2026-11-15", "1") + &row("2026-11-16", "10.125") + &row("2026-11-22T18:00:00", "20");
    let desk = Desk::new().with("t.ods", ods(&rows));
    let source = BOOK.replace("t.xlsx", "t.ods");
    assert_eq!(desk.ask(Over::Sum, &source), Ok(30.125));
    desk.refuses(&source.replace("Net", "Gross"), "there is no column `Gross`");
}

#[test]
fn a_spreadsheet_that_unpacks_to_more_than_it_may_is_refused_by_what_it_holds() {
    let zeros = vec![b'0'; 130 * 1024 * 1024];
    let bomb = packed([("xl/workbook.xml", &b"<workbook/>"[..]), ("xl/worksheets/sheet1.xml", &zeros)].into_iter());
    assert!(bomb.len() < 1024 * 1024, "the file itself is small: {}", bomb.len());
    Desk::new().with("t.xlsx", bomb).refuses(BOOK, "it unpacks to more than 128 MiB");
}

fn words(row: usize, cells: &[(&str, &str)]) -> String {
    let cell = |(column, text): &(&str, &str)| match text.strip_prefix('=') {
        Some(value) => format!(r#"<c r="{column}{row}"><f>1+1</f><v>{value}</v></c>"#),
        None if text.parse::<f64>().is_ok() => format!(r#"<c r="{column}{row}"><v>{text}</v></c>"#),
        None => format!(r#"<c r="{column}{row}" t="inlineStr"><is><t>{text}</t></is></c>"#),
    };
    format!(r#"<row r="{row}">{}</row>"#, cells.iter().map(cell).collect::<String>())
}

const BOOK: &str = r#"spreadsheet(file: "t.xlsx", pick: rows((value: "Net", date: "Day")))"#;

#[test]
fn a_spreadsheet_gives_what_its_formulas_came_to_last_in_both_ways_of_counting_days() {
    // 46343 is 2026-11-17 counted from 1900; counted from 1904 it is four years and a day later.
    let rows = words(1, &[("A", "Day"), ("B", "Net"), ("D", "merged")])
        + &words(2, &[("A", "46343"), ("B", "=10.125"), ("D", "7")])
        + &words(3, &[("A", "2026-11-18"), ("B", "20")]);
    let desk = Desk::new().with("t.xlsx", xlsx(&rows, ""));
    assert_eq!(desk.ask(Over::Sum, BOOK), Ok(30.125), "three decimals are no thousands");
    let rows = words(1, &[("A", "Day"), ("B", "Net")]) + &words(2, &[("A", "44881"), ("B", "5")]);
    let desk = desk.with("t.xlsx", xlsx(&rows, r#"<workbookPr date1904="1"/>"#));
    assert_eq!(desk.ask(Over::Sum, BOOK), Ok(5.0), "44881 from 1904 is the same day");
}

#[test]
fn cells_that_lie_a_whole_sheet_apart_are_refused_before_there_is_room_for_all_between_them() {
    let rows = words(1, &[("A", "Day"), ("B", "Net")]) + &words(1_048_576, &[("XFD", "5")]);
    let wide = Desk::new().with("t.xlsx", xlsx(&rows, ""));
    wide.refuses(BOOK, "lie too far apart: 1048576 rows by 16384 columns");
}

#[test]
fn a_cell_a_named_range_and_what_can_be_wrong_with_them() {
    let rows = words(1, &[("A", "Day"), ("B", "Net")]) + &words(2, &[("B", "4")]) + &words(3, &[("B", "5")]);
    let desk = Desk::new().with("t.xlsx", xlsx(&rows, ""));
    assert_eq!(desk.ask(Over::Last, r#"spreadsheet(file: "t.xlsx", pick: cell("$B$3"))"#), Ok(5.0));
    assert_eq!(desk.ask(Over::Mean, r#"spreadsheet(file: "t.xlsx", pick: named("ALL"))"#), Ok(4.5));
    desk.refuses(r#"spreadsheet(file: "t.xlsx", pick: cell("A1"))"#, "`Day` is no number");
    desk.refuses(r#"spreadsheet(file: "t.xlsx", pick: cell("E2"))"#, "of merged cells only the first");
    desk.refuses(r#"spreadsheet(file: "t.xlsx", pick: cell("3"))"#, "is no cell");
    desk.refuses(r#"spreadsheet(file: "t.xlsx", pick: named("none"))"#, "the names are all");
    desk.refuses(r#"spreadsheet(file: "t.xlsx", sheet: "None", pick: cell("B3"))"#, "the sheets are Data");
    let text = words(1, &[("A", "Day"), ("B", "Net")]) + &words(2, &[("A", "2026-11-17"), ("B", "a lot")]);
    Desk::new().with("t.xlsx", xlsx(&text, "")).refuses(BOOK, "row 2, column Net: `a lot` is no number");
    Desk::new().with("t.xlsx", "Day,Net").refuses(BOOK, "no spreadsheet");
    Desk::new().with("t.xlsx", b"\xd0\xcf\x11\xe0").refuses(BOOK, "locked with a password");
    let cut = xlsx(&text, "");
    Desk::new().with("t.xlsx", &cut[..cut.len() / 2]).refuses(BOOK, "spreadsheet");
}

#[test]
fn json_gives_a_number_or_rows_and_says_where_the_way_ends() {
    let desk = Desk::new().with(
        "t.json",
        r#"{"net": 12.125, "days": [{"day": "2026-11-17", "in": {"net": "3"}}, {"day": "2026-11-10"}]}"#,
    );
    assert_eq!(desk.ask(Over::Last, r#"json(file: "t.json", at: "/net")"#), Ok(12.125));
    let rows = r#"json(file: "t.json", at: "/days", rows: (value: "/in/net", date: "day"))"#;
    assert_eq!(desk.ask(Over::Sum, rows), Ok(3.0));
    desk.refuses(
        r#"json(file: "t.json", at: "/days/7/net")"#,
        "there is no `7` at `/days` | the list there has 2 items",
    );
    desk.refuses(r#"json(file: "t.json", at: "/gross")"#, "there are days, net");
    desk.refuses(r#"json(file: "t.json", at: "/days")"#, "there is a list where a number should be");
    desk.refuses(r#"json(file: "t.json", at: "net")"#, "begin it with /");
    Desk::new().with("t.json", "[".repeat(100_000)).refuses(r#"json(file: "t.json")"#, "nested too deeply");
    Desk::new().with("t.json", "{\"net\": 1").refuses(r#"json(file: "t.json", at: "/net")"#, "no JSON");
    Desk::new().with("t.json", "{\"net\": 1e999}").refuses(r#"json(file: "t.json", at: "/net")"#, "no JSON");
}

#[cfg(feature = "sqlite")]
mod databases {
    use super::*;

    fn desk() -> (Desk, rusqlite::Connection) {
        let desk = Desk::new();
        let db = rusqlite::Connection::open(desk.root().join("t.db")).unwrap();
        db.execute_batch(
            "CREATE TABLE o (day TEXT, net REAL);
             INSERT INTO o VALUES ('2026-11-15', 1), ('2026-11-16', 2.125), ('2026-11-22', 4), ('2026-11-23', 8);",
        )
        .unwrap();
        (desk, db)
    }

    fn select(text: &str) -> String {
        format!("sqlite(file: \"t.db\", select: {text:?})")
    }

    #[test]
    fn a_select_gives_one_number_a_column_or_rows_by_day() {
        let (desk, _db) = desk();
        let week = select("SELECT sum(net) FROM o WHERE day >= :from AND day < :until");
        assert_eq!(desk.ask(Over::Last, &week), Ok(6.125));
        assert_eq!(desk.ask(Over::Max, &select("SELECT net FROM o -- all of them;")), Ok(8.0));
        let rows = r#"sqlite(file: "t.db", select: "SELECT day, net FROM o;", rows: (value: "net", date: "day"))"#;
        assert_eq!(desk.ask(Over::Sum, rows), Ok(6.125));
    }

    #[test]
    fn nothing_but_one_select_is_run() {
        let (desk, _db) = desk();
        let before = fs::read(desk.root().join("t.db")).unwrap();
        for (text, word) in [
            ("DELETE FROM o", "more than read"),
            ("INSERT INTO o VALUES ('2026-11-16', 1) RETURNING net", "more than read"),
            ("SELECT 1; DELETE FROM o", "more than one statement"),
            ("SELECT 1; SELECT 2", "more than one statement"),
            ("ATTACH 'x.db' AS x", "more than read"),
            ("PRAGMA journal_mode = WAL", "more than read"),
            ("SELECT load_extension('x')", "refuses"),
            ("SELECT nothing FROM o", "refuses"),
            ("SELECT ?1", "nobody knows"),
            ("", "no statement"),
            ("SELECT 'a lot'", "no number"),
            ("SELECT net FROM o WHERE day = ''", "no number"),
        ] {
            let said = desk.ask(Over::Sum, &select(text)).expect_err(text);
            assert!(said.contains(word) || said.contains("refuses"), "{text}: {said}");
        }
        assert_eq!(fs::read(desk.root().join("t.db")).unwrap(), before);
        assert!(!desk.root().join("x.db").exists());
    }

    #[test]
    fn a_locked_missing_or_damaged_database_and_a_flood_say_so() {
        let (desk, db) = desk();
        db.execute_batch("BEGIN EXCLUSIVE").unwrap();
        desk.refuses(&select("SELECT 1 FROM o"), "locked");
        drop(db);
        Desk::new().refuses(&select("SELECT 1"), "the file is not there");
        Desk::new().with("t.db", "Day,Net\n".repeat(200)).refuses(&select("SELECT 1 FROM o"), "no SQLite database");
        let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n";
        desk.refuses(&select(endless), "more than 100000 rows");
    }

    #[test]
    fn a_statement_that_never_ends_is_ended_by_its_time_or_by_a_stop() {
        let (desk, _db) = desk();
        let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
        let ask = |time: Duration, stop: &Stop| {
            let asked = database::Asked { statement: endless, week: WEEK.parse().unwrap(), time };
            database::select(&desk.root().join("t.db"), asked, stop).map(|s| s.rows.len()).unwrap_err().what
        };
        let ended = "the statement was ended: it took longer than 10 seconds, or was stopped";
        assert_eq!(ask(Duration::from_millis(100), &Stop::default()), ended);
        let stop = Stop::default();
        stop.now();
        assert_eq!(ask(Duration::from_secs(3600), &stop), ended);
    }
}

#[cfg(unix)]
mod commands {
    use super::*;

    const RUN: &str = r#"command(argv: ["sh", "n.sh"])"#;

    fn limits() -> command::Limits {
        command::Limits { time: Duration::from_millis(400), output: 4096 }
    }

    fn run(script: &str) -> Result<Vec<u8>, String> {
        let desk = Desk::new().with("n.sh", script);
        let argv = ["sh".to_owned(), "n.sh".to_owned()];
        let program = trust::program(desk.root(), &argv).unwrap();
        assert!(program.is_absolute());
        command::run(desk.root(), &program, &argv, &Stop::default(), limits()).map_err(|t| t.what)
    }

    #[test]
    fn what_was_allowed_in_one_workspace_is_not_allowed_in_another() {
        let desk = Desk::new().with("n.sh", "echo 42");
        let look =
            |workspace: &str| trust::look(desk.root(), &workspace.parse().unwrap(), &feed(Over::Last, RUN)).unwrap();
        let allowed = [look("shop").allowed(chrono::NaiveDate::default())];
        assert_eq!(trust::standing(&allowed, &look("shop")), trust::Standing::Allowed);
        let elsewhere = trust::standing(&allowed, &look("other"));
        assert_eq!(elsewhere, trust::Standing::Changed(vec!["the workspace".to_owned()]));
    }

    #[test]
    fn nothing_runs_before_somebody_allowed_exactly_this() {
        let mut desk = Desk::new().with("n.sh", "echo 7 > ran; echo 42");
        desk.refuses(RUN, "nobody has allowed");
        assert!(!desk.root().join("ran").exists());
        desk.allow(RUN);
        assert_eq!(desk.ask(Over::Last, RUN), Ok(42.0));
        desk.refuses(r#"command(argv: ["sh", "n.sh", "-x"])"#, "changed since you approved it: it was `sh n.sh`");
        fs::remove_file(desk.root().join("ran")).unwrap();
        let desk = desk.with("n.sh", "echo 7 > ran; echo 43");
        desk.refuses(RUN, "changed since you approved it: the content of n.sh");
        assert!(!desk.root().join("ran").exists());
        let other = Desk { approvals: desk.approvals.clone(), ..Desk::new() }.with("n.sh", "echo 7 > ran; echo 42");
        other.refuses(RUN, "changed since you approved it");
    }

    #[test]
    fn a_number_or_json_is_taken_and_nothing_else() {
        let mut desk = Desk::new().with("n.sh", "echo '{\"net\": 5.5}'");
        let json = r#"command(argv: ["sh", "n.sh"], at: "/net")"#;
        desk.allow(json);
        assert_eq!(desk.ask(Over::Last, json), Ok(5.5));
        let mut desk = desk.with("n.sh", "echo all is well");
        desk.allow(RUN);
        desk.refuses(RUN, "`all is well` is no number");
    }

    #[test]
    fn a_program_that_hangs_floods_or_fails_is_ended_with_all_that_it_started() {
        assert!(run("sleep 60 & sleep 60").unwrap_err().contains("took longer than"));
        assert!(run("exec >&-; sleep 60").unwrap_err().contains("took longer than"));
        assert!(run("yes").unwrap_err().contains("printed more than 4 KiB"));
        assert!(run("echo no such table >&2; exit 3").unwrap_err().contains("3): no such table"));
        assert_eq!(run("read line; echo \"[$line]$SECRET\"").unwrap(), b"[]\n", "nothing is there to read");
    }

    #[test]
    fn a_link_among_the_arguments_is_not_allowed() {
        let desk = Desk::new().with("real.sh", "echo 1");
        std::os::unix::fs::symlink(desk.root().join("real.sh"), desk.root().join("n.sh")).unwrap();
        let said = trust::look(desk.root(), &"shop".parse().unwrap(), &feed(Over::Last, RUN)).unwrap_err();
        assert!(said.what.contains("symbolic link"), "{}", said.what);
    }
}
