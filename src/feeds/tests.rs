//! What is taken in from files, and what is refused with its place: dialects by example and at random.

use std::io::{Cursor, Write as _};

use proptest::prelude::*;

use super::spreadsheet::Book;
use super::{Candidates, DayOrder, Decimal, Options, Refusal, candidates, plan, read_csv};
use crate::model::checkin::Reading;
use crate::model::history::{History, WeekDigest};
use crate::model::kpi::{Kpi, Origin};
use crate::model::number::Finite;
use crate::model::standing::Reported;
use crate::model::week::Week;

const NOW: &str = "2026-W47";

fn week(text: &str) -> Week {
    text.parse().unwrap()
}

fn number(value: f64) -> Finite {
    Finite::new(value).unwrap()
}

fn kpi(id: &str, name: &str, unit: &str, totals: &str) -> Kpi {
    let text = format!(
        "(id: \"{id}\", name: \"{name}\", unit: \"{unit}\", direction: up, perspective: \"customer\", totals: {totals})"
    );
    ron::from_str(&text).unwrap()
}

fn kpis() -> Vec<Kpi> {
    vec![
        kpi("weekly-revenue", "Weekly revenue", "EUR", "sum"),
        kpi("waste", "Waste", "%", "mean"),
        kpi("online-orders", "Online orders a week", "orders", "sum"),
    ]
}

fn read(text: &str, options: &Options) -> Result<Candidates, Vec<Refusal>> {
    candidates(&read_csv(text.as_bytes())?, &kpis(), options, week(NOW))
}

/// The readings of a text as `kpi week value`.
#[track_caller]
fn taken(text: &str, options: &Options) -> Vec<String> {
    let found = read(text, options).unwrap_or_else(|why| panic!("{text}\n{why:#?}"));
    let line = |id: &str, (week, value): &(Week, Finite)| format!("{id} {week} {}", value.short());
    found.columns.iter().flat_map(|c| c.readings.iter().map(|r| line(c.kpi.as_str(), r))).collect()
}

fn plainly(text: &str) -> Vec<String> {
    taken(text, &Options::default())
}

/// What a refused text is told, a line a refusal.
#[track_caller]
fn refused(text: &str) -> Vec<String> {
    let why = read(text, &Options::default()).expect_err(text);
    why.iter().map(|r| format!("{r}; {}", r.hint)).collect()
}

#[test]
fn separators_marks_and_line_ends_of_every_program_are_understood() {
    let wanted = ["weekly-revenue 2026-W01 4.5", "weekly-revenue 2026-W02 5"];
    for text in [
        "week,weekly-revenue\n2026-W01,4.5\n2026-W02,5\n",
        "\u{feff}Week,Weekly Revenue\r\n2026-W01,4.5\r\n2026-W02,5\r\n",
        "week;weekly_revenue\n2026-W01;4,5\n2026-W02;5",
        "sep=;\nweek;weekly-revenue\n2026-W01;4,5\n2026-W02;5\n",
        "week\tweekly-revenue\r2026-W01\t4,5\r2026-W02\t5\r",
        "week | weekly-revenue\n2026-W01 | 4.5\n2026-W02 | 5\n",
        "\n\n\"week\",\"weekly-revenue\"\n\n\"2026-W01\",\"4,5\"\n,\n2026-W02,\"5\"\n",
        "week,weekly-revenue,\n2026-W01,4.5,\n2026-W02,5,\n",
        "weekly,Woche\n4.5,2026-W01\n5,2026-W02\n",
        "when,weekly-revenue\n2026-W01,4.5\n2026-W02,5\n",
        "week,Weekly revenue (EUR),note\n2026-W01,4.5,a \"b\"\n2026-W02,5,\n",
        "week,weekly-revenue,a;b;c;d\n2026-W01,4.5,e;f;g;h\n2026-W02,5,\n",
        "week;net, gross;weekly-revenue\n2026-W01;1,2;4,5\n2026-W02;2,2;5\n",
        "Jahr;KW;weekly-revenue\n2026;1;4,5\n2026;02;5\n",
    ] {
        assert_eq!(plainly(text), wanted, "{text:?}");
    }
}

#[test]
fn weeks_and_days_are_understood_as_they_are_written_around_the_world() {
    for (cell, meant) in [
        ("2026-W07", "2026-W07"),
        ("2026w7", "2026-W07"),
        ("2026W07", "2026-W07"),
        ("KW 7 2026", "2026-W07"),
        ("KW07/2026", "2026-W07"),
        ("7. KW 2026", "2026-W07"),
        ("2026 Week 7", "2026-W07"),
        ("S07 2026", "2026-W07"),
        ("2026-02-15", "2026-W07"),
        ("2026-02-15T23:59:59Z", "2026-W07"),
        ("2026-02-15 00:00", "2026-W07"),
        ("2026/2/15", "2026-W07"),
        ("20260215", "2026-W07"),
        ("15.2.2026", "2026-W07"),
        ("15.02.26", "2026-W07"),
        ("15/02/2026", "2026-W07"),
        ("02/15/2026", "2026-W07"),
        ("2-15-26", "2026-W07"),
        ("1.1.2021", "2020-W53"),
    ] {
        assert_eq!(plainly(&format!("date;waste\n{cell};1")), [format!("waste {meant} 1")], "{cell}");
    }
}

#[test]
fn a_column_decides_what_a_cell_alone_does_not_tell() {
    let columns = [
        ("1.234\n2.345,5", [1234.0, 2345.5]),
        ("1,234\n2,345.5", [1234.0, 2345.5]),
        ("1.234\n0.5", [1.234, 0.5]),
        ("1,234\n12,3", [1.234, 12.3]),
        ("1.234\n1.234.567", [1234.0, 1_234_567.0]),
        ("1 234\n1 234,567", [1234.0, 1234.567]),
        ("1\u{a0}234,5\n7", [1234.5, 7.0]),
        ("1'234.50\n7", [1234.5, 7.0]),
        ("€ 1.200,00\n-€ 3", [1200.0, -3.0]),
        ("$1,200.00\n($3)", [1200.0, -3.0]),
        ("12 %\n−3", [12.0, -3.0]),
        ("12 EUR\n+3", [12.0, 3.0]),
        (".5\n5.", [0.5, 5.0]),
    ];
    for (cells, [first, second]) in columns {
        let (a, b) = cells.split_once('\n').unwrap();
        let text = format!("week;weekly-revenue\n2026-W01;{a}\n2026-W02;{b}\n");
        let found = read(&text, &Options::default()).unwrap_or_else(|why| panic!("{cells}: {why:?}"));
        let values: Vec<f64> = found.columns[0].readings.iter().map(|r| r.1.get()).collect();
        assert_eq!(values, [first, second], "{cells}");
    }
    let days = "date,waste\n03/04/2026,1\n13/04/2026,2";
    assert_eq!(plainly(days), ["waste 2026-W14 1", "waste 2026-W16 2"]);
    let days = "date,waste\n03/04/2026,1\n03/13/2026,2";
    assert_eq!(plainly(days), ["waste 2026-W10 1", "waste 2026-W11 2"]);
}

#[test]
fn a_month_may_be_named_and_what_names_none_is_refused_at_its_place() {
    for day in [
        "Dec 31, 2025",
        "December 31 2025",
        "31 Dec 2025",
        "31-Dec-2025",
        "31. Dezember 2025",
        "31.12.2025",
        "2025 dec 31",
        "31 Dec 2025 10:15",
        "Dec 31, 2025, 9:00 PM",
        "2025-12-31T23:59:59",
    ] {
        assert_eq!(plainly(&format!("date;waste\n{day};1")), ["waste 2026-W01 1"], "{day}");
    }
    assert_eq!(plainly("date;waste\n1 März 2025;1\n8 Mai 2025;2"), ["waste 2025-W09 1", "waste 2025-W19 2"]);
    // Which of the two numbers is the year, no cell tells; and no month is called so.
    for (day, why) in [
        ("31-Dec-25", "is no day and no week"),
        ("31 Foo 2025", "is no day and no week"),
        ("Dec 2025", "is no day and no week"),
        ("31 Feb 2025", "there is no such day"),
    ] {
        let told = read(&format!("date;waste\n1 Dec 2025;1\n{day};2"), &Options::default()).unwrap_err();
        assert!(told[0].message.contains(why) && told[0].row == Some(3), "{day}: {told:?}");
    }
    let mixed = refused("date;waste\n31 Dec 2025;1\n31.12.2025;2");
    assert!(mixed[0].contains("is written otherwise than"), "{mixed:?}");
}

#[test]
fn what_a_column_does_not_tell_the_one_who_imports_can_say() {
    let days = "date,waste\n03/04/2026,1";
    assert!(refused(days)[0].contains("`03/04/2026` can be 2026-04-03 or 2026-03-04"), "{:?}", refused(days));
    let dates = |order| Options { dates: Some(order), ..Options::default() };
    assert_eq!(taken(days, &dates(DayOrder::Dmy)), ["waste 2026-W14 1"]);
    assert_eq!(taken(days, &dates(DayOrder::Mdy)), ["waste 2026-W10 1"]);
    let values = "week;waste\n2026-W01;1.234";
    assert!(refused(values)[0].contains("--decimal point"), "{:?}", refused(values));
    let decimal = |mark| Options { decimal: Some(mark), ..Options::default() };
    assert_eq!(taken(values, &decimal(Decimal::Point)), ["waste 2026-W01 1.234"]);
    assert_eq!(taken(values, &decimal(Decimal::Comma)), ["waste 2026-W01 1234"]);
    let mapped = |to: Option<&str>| Options {
        map: vec![("UMSATZ".to_owned(), to.map(|id| id.parse().unwrap()))],
        ..Options::default()
    };
    let named = "week,Umsatz,waste\n2026-W01,x,1";
    assert_eq!(taken(named, &mapped(None)), ["waste 2026-W01 1"]);
    assert!(read(named, &mapped(None)).unwrap().ignored.is_empty(), "what was left out on purpose is not told");
    let why = read(named, &mapped(Some("weekly-revenue"))).unwrap_err();
    assert_eq!(why[0].to_string(), "row 2, column Umsatz: `x` is no number");
    let long = "week,kpi,value\n2026-W01,Umsatz,7\n2026-W01,Wast,1\n2026-W02,other,1";
    let found = read(long, &mapped(Some("weekly-revenue"))).unwrap();
    assert_eq!(found.columns.len(), 2);
    assert_eq!(found.ignored.iter().map(|i| i.column.as_str()).collect::<Vec<_>>(), ["other"]);
}

#[test]
fn days_are_added_up_or_averaged_as_the_kpi_says_and_weeks_with_missing_days_are_told() {
    let mut text = "day,weekly-revenue,waste\n".to_owned();
    for day in 9..=19 {
        text.push_str(&format!("2026-11-{day:02},0.1,{}\n", day % 2));
    }
    text.push_str("2026-11-19,0.1,1\n2026-11-20,n/a,-\n");
    assert_eq!(
        plainly(&text),
        ["weekly-revenue 2026-W46 0.7", "weekly-revenue 2026-W47 0.4", "waste 2026-W46 0.571429", "waste 2026-W47 0.5",]
    );
    let found = read(&text, &Options::default()).unwrap();
    assert_eq!(found.columns[0].readings[0].1, number(0.7), "no dust of binary fractions is kept");
    assert_eq!((found.columns[0].gaps, found.columns[1].gaps), (1, 1));
    let notes = found.notes.join("\n");
    for told in [
        "weekly-revenue: 1 row says the same as an earlier one; counted once",
        "the days of a week are added up",
        "a week is the mean of its days",
    ] {
        assert!(notes.contains(told), "{told}: {notes}");
    }
    let partial = text.replace("2026-11-09,0.1,1\n", "").replace("2026-11-1", "2026-10-1");
    let notes = read(&partial, &Options::default()).map(|f| f.notes.join("\n")).unwrap();
    assert!(notes.contains("the sum may be too low"), "{notes}");
}

#[test]
fn what_is_not_clear_is_refused_with_its_row_and_column() {
    let cases: &[(&str, &[&str])] = &[
        ("", &["the file is empty"]),
        (" \n\n", &["the file is empty"]),
        ("just text", &["row 1: `just text` is one cell"]),
        ("week;revenue (new)\n2026-W01;1", &["no column has the name of a KPI. There are `revenue (new)`"]),
        ("a,waste\nx,1", &["no column tells the week. There are `a`, `waste`"]),
        ("2026-W01,1\n2026-W02,2", &["row 1: the first row holds values"]),
        ("week,waste\n2026-W01,12k", &["row 2, column waste: `12k` is no number"]),
        ("week,waste\n2026-W01,NaN\n2026-W02,inf\n2026-W03,1e5", &["row 2", "row 3", "row 4"]),
        ("week,waste\n2026-W01,--3\n2026-W02,1-\n2026-W03,(-1)", &["`--3`", "`1-`", "`(-1)`"]),
        (
            "week;waste\n2026-W01;4,5\n2026-W02;4.6",
            &["row 3, column waste: `4.6` has a decimal point, but `4,5` in row 2"],
        ),
        ("week;waste\n2026-W01;4.5\n2026-W02;1,23.4", &["row 3, column waste: the marks of `1,23.4` do not add up"]),
        ("week;waste\n2026-W01;1.2.3", &["row 2, column waste: the marks of `1.2.3` do not add up"]),
        ("week;waste\n2026-W01;1 23", &["row 2, column waste: the marks of `1 23` do not add up"]),
        ("week,waste\n2026-W01,4,5", &["row 2: this row has 3 cells, but the first row names 2", "double quotes"]),
        ("week,waste,x\n2026-W01,4", &["row 2: this row has 2 cells, but the first row names 3"]),
        ("week,waste\n2025-W53,1", &["row 2, column week: `2025-W53`: 2025 has no week 53"]),
        ("week,waste\n2026-02-30,1", &["row 2, column week: `2026-02-30`: there is no such day"]),
        ("week,waste\n0026-02-03,1", &["lies too far back"]),
        ("week,waste\n2026-W01,1\n,2", &["row 3, column week: `` is no day and no week"]),
        ("week,waste\n2026-W01,1\nTotal,2", &["row 3, column week: `Total` is no day and no week"]),
        ("week,waste\n2026-W01,1\n2026-W4७,2", &["row 3, column week: `2026-W4७` is no day"]),
        ("week,waste\n2026-W48,1\n2026-W49,", &["row 2, column week: 2026-W48 lies ahead: this week is 2026-W47"]),
        (
            "week,waste\n2026-W01,1\n2026-01-09,2",
            &["row 3, column week: `2026-01-09` is written otherwise than `2026-W01` in row 2"],
        ),
        (
            "week,waste\n19.11.2026,1\n12.11.26,2",
            &["row 3, column week: `12.11.26` is written otherwise than `19.11.2026`"],
        ),
        (
            "week,waste\n13/01/2026,1\n01/14/2026,2",
            &["row 2, column week: `13/01/2026` begins with the day, but `01/14/2026` in row 3"],
        ),
        (
            "week,waste\n2026-W01,1\n2026-W02,3\n2026-W01,2",
            &["row 4, column waste: 2026-W01 is 2 % here, but 1 % in row 2"],
        ),
        ("week,waste,Waste %\n2026-W01,1,2", &[]),
        (
            "week,waste,Waste (%)\n2026-W01,1,2",
            &["column Waste (%): it is about waste, and so is column waste", "--map"],
        ),
        ("year,week,waste\n2026,54,2", &["row 2, column week: `2026-W54`: 2026 has no week 54"]),
        ("week,waste\n47,2", &["row 2, column week: `47` is no day and no week"]),
        ("week,kpi,value\n2026-W01,nothing,2", &["there is no value of any KPI"]),
        ("week\0,waste\n2026-W01,1", &["row 1: there are zero bytes"]),
        ("PK\u{3}\u{4}rest", &["this is a spreadsheet"]),
    ];
    for (text, wanted) in cases {
        if wanted.is_empty() {
            assert!(read(text, &Options::default()).is_ok(), "{text:?}");
            continue;
        }
        let told = refused(text).join("\n");
        for words in *wanted {
            assert!(told.contains(words), "{text:?}: {words:?} is missing in\n{told}");
        }
    }
    for (bytes, words) in [
        (&b"week,waste\n2026-W01,1\n2026-W02,\xe4"[..], "row 3: the text is not UTF-8"),
        (b"\xff\xfew\0e\0", "the file is UTF-16"),
    ] {
        assert!(read_csv(bytes).unwrap_err()[0].to_string().contains(words), "{words}");
    }
    let large = vec![b'x'; super::MAX_BYTES + 1];
    assert!(read_csv(&large).unwrap_err()[0].message.contains("at most 16 MiB"));
    let long = format!("week,waste\n{}", "2026-W01,1\n".repeat(super::MAX_ROWS + 1));
    assert!(read_csv(long.as_bytes()).unwrap_err()[0].message.contains("more than 100000 rows"));
    let missing = Options { map: vec![("gone".to_owned(), None)], ..Options::default() };
    assert!(read("week,waste\n2026-W01,1", &missing).unwrap_err()[0].message.contains("no column `gone`"));
}

#[test]
fn rows_are_counted_as_a_text_editor_counts_lines() {
    let told = refused("\nweek,waste,note\n\n2026-W01,1,\"two\nlines\"\n\n\n2026-W02,x,\n");
    assert!(told[0].starts_with("row 8, column waste"), "{told:?}");
    let told = refused("sep=;\r\nweek;waste\r\n\r\n2026-W02;x\r\n");
    assert!(told[0].starts_with("row 4, column waste"), "{told:?}");
}

#[test]
fn everything_that_is_wrong_is_told_at_once_by_row() {
    let told = refused("week,waste,online\n2026-W01,x,1\n2026-W60,1,y\nsoon,1,z\n");
    let rows: Vec<&str> = told.iter().map(|line| line.split(':').next().unwrap()).collect();
    assert_eq!(
        rows,
        [
            "row 2, column waste",
            "row 3, column week",
            "row 3, column online",
            "row 4, column week",
            "row 4, column online"
        ]
    );
}

#[test]
fn what_was_sealed_or_reported_counts_before_a_file_and_a_later_import_before_an_earlier_one() {
    let found = read(
        "week,waste\n2026-W43,1\n2026-W44,2\n2026-W45,3\n2026-W46,4\n2026-W47,5\n2026-W42,6\n2026-W41,7\n",
        &Options::default(),
    )
    .unwrap();
    let mut history = History::default();
    let waste = || "waste".parse::<crate::model::id::KpiId>().unwrap();
    for (of, reading) in [("2026-W46", Some(4.0)), ("2026-W45", Some(9.0)), ("2026-W44", None)] {
        history.insert(sealed(of, reading));
    }
    history.import([(waste(), week("2026-W43"), number(1.0)), (waste(), week("2026-W42"), number(9.0))]);
    let reading = Reading { kpi: waste(), value: number(8.0), note: String::new() };
    let reported = [Reported { reading, origin: Origin::CheckIn }];
    let plan = plan(&found, &history, week(NOW), &reported);
    let row = &plan.kpis[0];
    assert_eq!((row.fresh, row.replaced, row.there, row.kept), (2, 1, 2, 2));
    let written: Vec<String> = plan.readings.iter().map(|r| r.week.to_string()).collect();
    assert_eq!(written, ["2026-W41", "2026-W42", "2026-W44"]);
    let kept: Vec<_> = plan.kept.iter().map(|k| (k.week.to_string(), k.says.label(), k.is, k.file)).collect();
    assert_eq!(
        kept,
        [
            ("2026-W45".to_owned(), "sealed", number(9.0), number(3.0)),
            ("2026-W47".to_owned(), "check-in", number(8.0), number(5.0)),
        ]
    );
}

/// A sealed week with the reading of `waste`.
fn sealed(of: &str, reading: Option<f64>) -> WeekDigest {
    let reading = reading.map_or_else(|| "None".to_owned(), |v| format!("Some({v})"));
    let text = format!(
        "(schema: 1, workspace: \"shop\", name: \"Shop\", week: \"{of}\", revision: 1, agenda: \"weekly\",
        started: \"2026-11-19T16:00:00+01:00\", sealed: \"2026-11-19T16:50:00+01:00\",
        scorecard: [(kpi: \"waste\", reading: {reading}, aim: nothing, computed: unknown)],
        strategy: (north_star: (), goals: [], kpis: []))"
    );
    WeekDigest::of(&ron::from_str(&text).unwrap())
}

/// A number as a program with these marks writes it.
fn written(value: i64, decimals: u32, decimal: char, group: Option<char>) -> String {
    let scale = 10_i64.pow(decimals);
    let whole = (value.abs() / scale).to_string();
    let mut text = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if let Some(group) = group.filter(|_| at > 0 && (whole.len() - at).is_multiple_of(3)) {
            text.push(group);
        }
        text.push(digit);
    }
    let sign = if value < 0 { "-" } else { "" };
    format!("{sign}{text}{decimal}{:0width$}", value.abs() % scale, width = decimals as usize)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Two decimals tell the marks of every column apart, whatever groups its thousands.
    #[test]
    fn readings_written_in_any_dialect_come_back_as_they_were(
        values in proptest::collection::vec(proptest::option::of(-999_999_999_i64..999_999_999), 1..60),
        separator in proptest::sample::select(vec![",", ";", "\t", "|"]),
        marks in proptest::sample::select(vec![
            ('.', None), (',', None), ('.', Some(',')), (',', Some('.')), ('.', Some('\'')), (',', Some(' ')), (',', Some('\u{a0}')),
        ]),
        dates in 0..6_usize,
        end in proptest::sample::select(vec!["\n", "\r\n"]),
    ) {
        let first = week("2025-W40");
        let mut text = format!("{}date{separator}\"Weekly revenue\"{end}", if values.len() % 2 == 0 { "\u{feff}" } else { "" });
        let mut wanted = Vec::new();
        // A Friday in the first week whose day is above 12 settles the order of day and month.
        let anchor = week("2025-W39");
        let dated = |of: Week| {
            let day = of.day(chrono::Weekday::Fri);
            match dates {
                0 => of.to_string(),
                1 => format!("KW {} {}", of.number(), of.year()),
                2 => day.format("%Y-%m-%d").to_string(),
                3 => day.format("%d.%m.%Y").to_string(),
                4 => day.format("%d/%m/%Y").to_string(),
                _ => day.format("%m/%d/%y").to_string(),
            }
        };
        let mut row = |of: Week, cell: &str| text.push_str(&format!("{}{separator}\"{cell}\"{end}", dated(of)));
        row(anchor, "n/a");
        row(anchor, "0");
        let mut at = first;
        for value in &values {
            row(at, &value.map(|v| written(v, 2, marks.0, marks.1)).unwrap_or_default());
            wanted.extend(value.map(|v| (at, v as f64 / 100.0)));
            at = at.next();
        }
        let until = at;
        let found = read_csv(text.as_bytes()).and_then(|sheet| candidates(&sheet, &kpis(), &Options::default(), until));
        let found = found.unwrap_or_else(|why| panic!("{text}\n{why:#?}"));
        let mut back: Vec<(Week, f64)> = found.columns[0].readings.iter().map(|(w, v)| (*w, v.get())).collect();
        prop_assert_eq!(back.remove(0), (anchor, 0.0));
        prop_assert_eq!(back, wanted);
    }

    /// Whatever a file holds, it is taken in or refused in words: nothing panics, and every number is finite.
    #[test]
    fn no_text_can_do_harm(cells in proptest::collection::vec("[-0-9.,/%€ ()WK\"';\\t\\n\u{0}\u{1b}\u{202e}a-z]{0,12}", 0..40)) {
        let text = format!("week,waste,online\n{}", cells.join(","));
        for text in [text, cells.join("\n")] {
            match read(&text, &Options::default()) {
                Ok(found) => prop_assert!(found.columns.iter().flat_map(|c| &c.readings).all(|r| r.1.get().is_finite())),
                Err(why) => prop_assert!(!why.is_empty() && why.iter().all(|r| !r.message.is_empty() && !r.hint.is_empty())),
            }
        }
    }
}

/// An ods around this content.
fn ods(content: &str) -> Vec<u8> {
    let mut packed = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let manifest = r#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"></manifest:manifest>"#;
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    for (name, text) in [("mimetype", kind), ("META-INF/manifest.xml", manifest), ("content.xml", content)] {
        packed.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        packed.write_all(text.as_bytes()).unwrap();
    }
    packed.finish().unwrap().into_inner()
}

#[test]
fn an_ods_that_never_ends_is_refused_and_not_waited_for() {
    let whole = "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\"><office:body><office:spreadsheet>\
                 <table:table table:name=\"Data\"><table:table-row><table:table-cell office:value-type=\"float\" \
                 office:value=\"5\"/></table:table-row></table:table></office:spreadsheet></office:body>\
                 </office:document-content>";
    assert!(Book::read(&ods(whole)).is_ok_and(|book| book.cell(None, "A1").is_ok()));
    for ends in ["</table:table>", "</table:table-row>", "</office:spreadsheet>", "</office:document-content>"] {
        let (before, _) = whole.split_once(ends).unwrap();
        let refused = Book::read(&ods(before)).map(|_| ()).unwrap_err();
        assert!(refused.to_string().contains("never ends"), "before {ends}: {refused}");
    }
}
