//! `truenorth import goals` and `import kpis`: what another program knows of the strategy, shown first, then written into it.

use serde::Serialize;

use crate::feeds::strategy::{self, Change, Does, Known, Merged, Said, Taken};
use crate::feeds::{Refusal, Sheet};
use crate::model::shown::shown;
use crate::model::strategy::Strategy;
use crate::model::workspace::{Part, Workspace};
use crate::storage;

use super::args::ImportStrategy;
use super::context::Context;
use super::failure::{Answer, Failure};
use super::import::{bytes, dates, decimal, refused, sheet};
use super::output::{json, message};
use super::table::{Cell, Set, Table};

/// Which half of the strategy is brought in.
#[derive(Clone, Copy)]
enum Half {
    Goals,
    Kpis,
}

impl Half {
    fn word(self) -> &'static str {
        match self {
            Self::Goals => "goals",
            Self::Kpis => "kpis",
        }
    }

    fn one(self) -> &'static str {
        match self {
            Self::Goals => say!("goal"),
            Self::Kpis => say!("KPI"),
        }
    }

    fn file(self) -> &'static str {
        match self {
            Self::Goals => Part::Goals.label(),
            Self::Kpis => Part::Kpis.label(),
        }
    }

    fn merge(self, sheet: &Sheet, known: Known<'_>, said: &Said) -> Result<Merged, Vec<Refusal>> {
        match self {
            Self::Goals => strategy::goals(sheet, known, said),
            Self::Kpis => strategy::kpis(sheet, known, said),
        }
    }

    /// The name of one as people see it, and how deep it hangs.
    fn name<'s>(self, strategy: &'s Strategy, id: &str) -> (&'s str, usize) {
        let name = match self {
            Self::Goals => {
                strategy.tree().into_iter().find(|(_, g)| g.id.as_str() == id).map(|(d, g)| (g.title.as_str(), d))
            }
            Self::Kpis => strategy.kpis.iter().find(|k| k.id.as_str() == id).map(|k| (k.name.as_str(), 0)),
        };
        name.unwrap_or_default()
    }
}

pub(super) fn goals(context: &Context, args: &ImportStrategy) -> Result<Answer, Failure> {
    import(context, args, Half::Goals)
}

pub(super) fn kpis(context: &Context, args: &ImportStrategy) -> Result<Answer, Failure> {
    import(context, args, Half::Kpis)
}

fn import(context: &Context, args: &ImportStrategy, half: Half) -> Result<Answer, Failure> {
    let workspace = context.open(&[Part::NorthStar, Part::Goals, Part::Kpis])?;
    let source = args.file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let said = Said { map: map(args)?, dates: dates(&args.form), decimal: decimal(&args.form) };
    let today = context.today(&workspace.config);
    let known = Known { config: &workspace.config, strategy: &workspace.strategy, today };
    let merged = sheet(&bytes(&args.file)?, &args.form)
        .and_then(|sheet| half.merge(&sheet, known, &said))
        .map_err(|all| refused(&source, half.word(), &all))?;
    let changes = merged.strategy != workspace.strategy;
    let writes = changes && !args.form.dry_run;
    if writes {
        // It is written in somebody's name, though the file does not tell whose.
        context.need_me(&workspace)?;
        storage::save_strategy(&workspace.root, &workspace.strategy, &merged.strategy)?;
    }
    let text = if args.form.json.json {
        json(&View::of(&source, args.form.dry_run, writes, &merged, half))?
    } else {
        page(context, &workspace, &source, &merged, half)
    };
    message(&outcome(&merged, half, changes, writes));
    Ok(Answer::fine(text))
}

fn map(args: &ImportStrategy) -> Result<Vec<(String, String)>, Failure> {
    let one = |typed: &String| {
        let (column, field) = typed.rsplit_once('=').ok_or_else(|| {
            Failure::new(
                say!("`{typed}` maps nothing. It takes a column and a field", typed),
                say!("write --map \"COLUMN=FIELD\""),
            )
        })?;
        Ok((column.trim().to_owned(), field.trim().to_owned()))
    };
    args.map.iter().map(one).collect()
}

/// An import as programs see it.
#[derive(Serialize)]
struct View<'a> {
    file: &'a str,
    dry_run: bool,
    written: Option<&'static str>,
    rows: Vec<Row<'a>>,
    ignored: &'a [String],
    notes: &'a [String],
}

#[derive(Serialize)]
struct Row<'a> {
    row: usize,
    does: &'static str,
    id: &'a str,
    name: &'a str,
    changes: Vec<Field<'a>>,
}

#[derive(Serialize)]
struct Field<'a> {
    field: &'static str,
    from: Option<&'a str>,
    to: &'a str,
}

impl<'a> View<'a> {
    fn of(file: &'a str, dry_run: bool, writes: bool, merged: &'a Merged, half: Half) -> Self {
        let field = |c: &'a Change| Field { field: c.field, from: c.from.as_deref(), to: &c.to };
        let row = |taken: &'a Taken| Row {
            row: taken.row,
            does: taken.does.label(),
            id: &taken.id,
            name: half.name(&merged.strategy, &taken.id).0,
            changes: taken.changes.iter().map(field).collect(),
        };
        let rows = merged.rows.iter().map(row).collect();
        let written = writes.then(|| half.file());
        Self { file, dry_run, written, rows, ignored: &merged.ignored, notes: &merged.notes }
    }
}

/// What people see: a row for each that is new or changes.
fn page(context: &Context, workspace: &Workspace, source: &str, merged: &Merged, half: Half) -> String {
    let mut page = context.page();
    page.heading(&match half {
        Half::Goals => say!("Goals of {source}", source),
        Half::Kpis => say!("KPIs of {source}", source),
    });
    let mut table = Table::new(&[
        (say!("row"), Set::Right),
        (say!("does"), Set::Left),
        (half.one(), Set::Wrap),
        (say!("what it sets"), Set::Wrap),
    ]);
    for taken in merged.rows.iter().filter(|taken| taken.does != Does::Nothing) {
        let (name, depth) = half.name(&merged.strategy, &taken.id);
        let changes: Vec<String> = taken.changes.iter().map(|change| told(workspace, change)).collect();
        table.row([
            taken.row.to_string().into(),
            taken.does.label().into(),
            Cell::named(name, &taken.id).indented(depth),
            changes.join("; ").into(),
        ]);
    }
    let same = merged.rows.iter().filter(|taken| taken.does == Does::Nothing).count();
    if same < merged.rows.len() {
        page.table(&table);
    }
    if same > 0 || !merged.notes.is_empty() || !merged.ignored.is_empty() {
        page.heading(say!("Notes"));
    }
    if same > 0 {
        page.item(&in_place(same, half));
    }
    merged.notes.iter().for_each(|note| page.item(note));
    for column in &merged.ignored {
        page.item(&say!(
            "`{column}` tells nothing known and was passed over: --map \"{column}=FIELD\" would say what",
            column
        ));
    }
    page.text()
}

/// A change in words, people by their names.
fn told(workspace: &Workspace, change: &Change) -> String {
    const LONGEST: usize = 40;
    let name = |text: &str| {
        let person = workspace.config.people.iter().find(|m| change.field == "owner" && m.id.as_str() == text);
        let text = person.map_or(text, |m| &m.name);
        let short: String = shown(text).chars().take(LONGEST).collect();
        if short.chars().count() < shown(text).chars().count() { format!("{short}…") } else { short }
    };
    match &change.from {
        Some(from) => {
            say!("{field} {to} instead of {name}", field = change.field, to = name(&change.to), name = name(from))
        }
        None => format!("{} {}", change.field, name(&change.to)),
    }
}

/// How many are so already.
fn in_place(n: usize, half: Half) -> String {
    match (half, n) {
        (Half::Goals, 1) => say!("1 goal is already as the file says").to_owned(),
        (Half::Goals, n) => say!("{n} goals are already as the file says", n),
        (Half::Kpis, 1) => say!("1 KPI is already as the file says").to_owned(),
        (Half::Kpis, n) => say!("{n} KPIs are already as the file says", n),
    }
}

/// The last word.
fn outcome(merged: &Merged, half: Half, changes: bool, writes: bool) -> String {
    let (adds, others) = merged.counts();
    let what = say!("{adds} to add, {others} to change", adds, others);
    match (changes, writes) {
        (true, true) => say!("Wrote {path}: {adds} added, {others} changed", path = half.file(), adds, others),
        (true, false) => say!("Nothing was written: without --dry-run there would be {what}", what),
        (false, _) => say!("Nothing was written: all of it is in {half} already", half = half.file()),
    }
}
