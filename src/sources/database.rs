//! One SELECT on a SQLite file: read-only, nothing but reading allowed, a limit on time and on rows.

use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use rusqlite::fallible_iterator::FallibleIterator;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Batch, Connection, ErrorCode, OpenFlags, Statement};

use super::Stop;
use crate::feeds::{MAX_BYTES, MAX_ROWS, Sheet, SheetRow};
use crate::model::feed::Trouble;
use crate::model::week::Week;

/// How long a statement may take, and how long it waits for a program that is writing.
pub(super) const TIME: Duration = Duration::from_secs(10);
const PATIENCE: Duration = Duration::from_secs(2);
/// How often a stop is looked for.
const STEP: Duration = Duration::from_millis(50);

/// What is asked of a database.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    /// One SELECT; `:from`, `:until` and `:week` stand for the week.
    pub(super) statement: &'a str,
    pub(super) week: Week,
    /// How long it may take.
    pub(super) time: Duration,
}

/// What a statement gives, with the names of its columns.
pub(super) fn select(path: &Path, asked: Asked<'_>, stop: &Stop) -> Result<Sheet, Trouble> {
    let Asked { statement, week, time } = asked;
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let connection = Connection::open_with_flags(path, flags).map_err(|e| trouble(&e))?;
    connection.busy_timeout(PATIENCE).map_err(|e| trouble(&e))?;
    connection
        .set_limit(Limit::SQLITE_LIMIT_LENGTH, i32::try_from(MAX_BYTES).unwrap_or(i32::MAX))
        .map_err(|e| trouble(&e))?;
    connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0).map_err(|e| trouble(&e))?;
    connection.authorizer(Some(only_reading));
    let interrupt = connection.get_interrupt_handle();
    let (done, until_done) = channel::<()>();
    let stop = stop.clone();
    thread::scope(|scope| {
        scope.spawn(move || {
            let steps = time.as_millis() / STEP.as_millis();
            for step in 0.. {
                // One that comes before the statement has begun is lost: it is said until the work has ended.
                if step >= steps || stop.asked() {
                    interrupt.interrupt();
                }
                if until_done.recv_timeout(STEP) != Err(RecvTimeoutError::Timeout) {
                    break;
                }
            }
        });
        let sheet = one(&connection, statement).and_then(|mut statement| rows(&mut statement, week));
        drop(done);
        sheet
    })
}

/// The one statement of a text.
fn one<'c>(connection: &'c Connection, text: &'c str) -> Result<Statement<'c>, Trouble> {
    let mut batch = Batch::new(connection, text);
    let nothing = || Trouble::new(say!("the feed has no statement"), say!("write one SELECT"));
    let first = batch.next().map_err(|e| trouble(&e))?.ok_or_else(nothing)?;
    if !first.readonly() || first.column_count() == 0 {
        return Err(Trouble::new(
            say!("the statement would change the database"),
            say!("a feed takes one SELECT and nothing else"),
        ));
    }
    match batch.next() {
        Ok(None) => Ok(first),
        Ok(Some(_)) | Err(_) => Err(Trouble::new(
            say!("there is more than one statement"),
            say!("a feed takes one SELECT and nothing else"),
        )),
    }
}

fn rows(statement: &mut Statement<'_>, week: Week) -> Result<Sheet, Trouble> {
    bind(statement, week)?;
    let head: Vec<String> = statement.column_names().into_iter().map(str::to_owned).collect();
    let mut sheet = Sheet { head, rows: Vec::new() };
    let mut found = statement.raw_query();
    let mut size = 0;
    while let Some(row) = found.next().map_err(|e| trouble(&e))? {
        let cells = (0..sheet.head.len()).map(|at| row.get_ref(at).map(cell));
        let cells: Vec<String> = cells.collect::<Result<_, _>>().map_err(|e| trouble(&e))?;
        size += cells.iter().map(String::len).sum::<usize>();
        if sheet.rows.len() == MAX_ROWS || size > MAX_BYTES {
            let what = say!("the statement gives more than {max_rows} rows or 16 MiB", max_rows = MAX_ROWS);
            return Err(Trouble::new(
                what,
                say!("let the database add up: SELECT count(*), sum(…), with :from and :until"),
            ));
        }
        sheet.rows.push(SheetRow { row: sheet.rows.len() + 1, cells });
    }
    Ok(sheet)
}

/// Gives the statement the week that it asks for.
fn bind(statement: &mut Statement<'_>, week: Week) -> Result<(), Trouble> {
    for at in 1..=statement.parameter_count() {
        let name = statement.parameter_name(at).unwrap_or("?").to_owned();
        let value = match name.as_str() {
            ":from" => week.monday().to_string(),
            ":until" => week.plus(1).monday().to_string(),
            ":week" => week.to_string(),
            _ => {
                let what = say!("the statement asks for {name}, which nobody knows", name);
                return Err(Trouble::new(
                    what,
                    say!("the week is :week, its days are :from (included) and :until (not included)"),
                ));
            }
        };
        statement.raw_bind_parameter(at, value).map_err(|e| trouble(&e))?;
    }
    Ok(())
}

/// The first column, every row of which counts for the week.
pub(super) fn first_column(sheet: &Sheet) -> Vec<(usize, String)> {
    sheet.rows.iter().map(|row| (row.row, row.cells.first().cloned().unwrap_or_default())).collect()
}

fn cell(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => String::new(),
        ValueRef::Integer(n) => n.to_string(),
        ValueRef::Real(n) => crate::feeds::typed(n),
        ValueRef::Text(text) => String::from_utf8_lossy(text).trim().to_owned(),
        ValueRef::Blob(_) => "(bytes)".to_owned(),
    }
}

/// Nothing but reading: no attached files, no settings, no functions that reach out.
fn only_reading(asked: AuthContext<'_>) -> Authorization {
    match asked.action {
        AuthAction::Select | AuthAction::Read { .. } | AuthAction::Recursive => Authorization::Allow,
        AuthAction::Function { function_name } if !function_name.eq_ignore_ascii_case("load_extension") => {
            Authorization::Allow
        }
        _ => Authorization::Deny,
    }
}

fn trouble(e: &rusqlite::Error) -> Trouble {
    match e.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Trouble::new(
            say!("the database is locked: another program is writing to it"),
            say!("try again in a minute, or close that program"),
        ),
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Trouble::new(
            say!("this is no SQLite database, or a damaged one ({e})", e),
            say!("look whether it is the right file; have its program check it"),
        ),
        Some(ErrorCode::AuthorizationForStatementDenied | ErrorCode::ReadOnly) => {
            Trouble::new(say!("the statement does more than read"), say!("a feed takes one SELECT and nothing else"))
        }
        Some(ErrorCode::OperationInterrupted) => Trouble::new(
            say!("the statement was ended: it took longer than 10 seconds, or was stopped"),
            say!("let it ask for less, or give the table an index"),
        ),
        Some(ErrorCode::CannotOpen) => {
            Trouble::new(say!("the database could not be opened ({e})", e), say!("check the path and its permissions"))
        }
        _ => Trouble::new(say!("the database refuses the statement: {e}", e), say!("try it in the sqlite3 shell")),
    }
}
