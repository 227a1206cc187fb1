//! Rows of an export as KPIs: which KPI each row is, and what it changes there.

use super::cells::{Read, named, person};
use super::fields::{KpiField as F, columns};
use super::rank::unit_around;
use super::{Change, Does, Known, Merged, Said, Taken, fresh, key, put, set};
use crate::feeds::dates::looks_like_one;
use crate::feeds::{Refusal, Sheet, SheetRow, quoted};
use crate::model::id::KpiId;
use crate::model::kpi::{Aim, Direction, Kpi, Target, Timing, Totals};
use crate::model::number::Finite;
use crate::model::strategy::Strategy;
use crate::model::week::Week;

/// Takes the KPIs of a sheet into the strategy. A row is the KPI with its id or name; else it is a new one. A target holds
/// from the week of the import on: weeks before keep theirs.
///
/// # Errors
/// Everything that is not clear, by row; then nothing may be taken in.
pub fn kpis(sheet: &Sheet, known: Known<'_>, said: &Said) -> Result<Merged, Vec<Refusal>> {
    let columns = columns::<F>(sheet, &said.map)?;
    let Some(title) = columns.of(F::Name) else {
        let what = say!("no column has the names. There are {head}", head = sheet.head.join(", "));
        return Err(vec![Refusal::new(what, say!("say which one: --map \"COLUMN=name\""))]);
    };
    let read = Read { sheet, columns: &columns, said, refusals: Vec::new() };
    let mut taking =
        Taking { read, known, strategy: known.strategy.clone(), rows: vec![], notes: vec![], seen: vec![] };
    let aims = aims(&mut taking.read);
    for row in &sheet.rows {
        let aim = aims.iter().find(|(of, _)| *of == row.row).map(|(_, aim)| *aim);
        if let Err(refusal) = taking.row(row, aim) {
            taking.read.refusals.push(refusal.at(row.row).of(&sheet.head[title]));
        }
    }
    taking.merged()
}

/// A sheet on its way into the strategy.
struct Taking<'a> {
    read: Read<'a, F>,
    known: Known<'a>,
    strategy: Strategy,
    rows: Vec<Taken>,
    notes: Vec<String>,
    /// The KPIs that rows were about, with the row of each.
    seen: Vec<(KpiId, usize)>,
}

impl Taking<'_> {
    /// Takes a row in, with its target.
    fn row(&mut self, row: &SheetRow, aim: Option<Aim>) -> Result<(), Refusal> {
        let columns = self.read.columns;
        let name = columns
            .cell(row, F::Name)
            .ok_or_else(|| Refusal::new(say!("this row has no name"), say!("give it one, or take the row out")))?;
        let told = tells(row, &mut self.read, self.known);
        let there = self.strategy.kpis.iter().position(|k| is(k, name, columns.cell(row, F::Id)));
        if let Some((_, other)) = there.and_then(|k| self.seen.iter().find(|(id, _)| *id == self.strategy.kpis[k].id)) {
            let what = say!("{name} is the same KPI as in row {other}", name = quoted(name), other);
            return Err(Refusal::new(what, say!("keep one of the two rows")));
        }
        let place = match there {
            Some(place) => place,
            None => self.added(row, name, &told)?,
        };
        let kpi = &mut self.strategy.kpis[place];
        self.seen.push((kpi.id.clone(), row.row));
        let mut changes = Vec::new();
        fill(kpi, name, &told, &mut changes);
        if let Some(aim) = aim {
            target(kpi, aim, self.known.week(), &mut changes)?;
        }
        let does = match there {
            None => Does::Adds,
            Some(_) if changes.is_empty() => Does::Nothing,
            Some(_) => Does::Changes,
        };
        self.rows.push(Taken { row: row.row, id: kpi.id.to_string(), does, changes });
        Ok(())
    }

    /// Adds a KPI, and gives its place.
    fn added(&mut self, row: &SheetRow, name: &str, told: &Told) -> Result<usize, Refusal> {
        let kpi = add(name, told, &self.strategy.kpis, self.known)?;
        if told.perspective.is_none() {
            self.notes.push(say!(
                "row {row}: {name} goes under {perspective}",
                row = row.row,
                name = quoted(name),
                perspective = kpi.perspective
            ));
        }
        self.strategy.kpis.push(kpi);
        Ok(self.strategy.kpis.len() - 1)
    }

    /// The strategy with the sheet in it, or all that refuses it.
    fn merged(mut self) -> Result<Merged, Vec<Refusal>> {
        let heads = self.read.columns.ignored.iter().map(|at| self.read.sheet.head[*at].clone());
        let (weeks, ignored): (Vec<String>, Vec<String>) = heads.partition(|head| looks_like_one(head));
        if !weeks.is_empty() {
            let n = weeks.len();
            self.notes.push(say!("{n} columns hold weeks: `truenorth import readings` takes their numbers in", n));
        }
        let mut refusals = self.read.refusals;
        if self.rows.is_empty() && refusals.is_empty() {
            refusals.push(Refusal::new(
                say!("there is no row with a KPI in it"),
                say!("look whether it is the right file"),
            ));
        }
        refusals.sort_by_key(|r| r.row);
        let Self { strategy, rows, notes, .. } = self;
        if refusals.is_empty() { Ok(Merged { strategy, rows, ignored, notes }) } else { Err(refusals) }
    }
}

/// What a row tells of its KPI beside its name and target.
struct Told {
    unit: Option<String>,
    owner: Option<crate::model::id::MemberId>,
    direction: Option<Direction>,
    perspective: Option<crate::model::id::PerspectiveId>,
    definition: Option<String>,
}

fn tells(row: &SheetRow, read: &mut Read<'_, F>, known: Known<'_>) -> Told {
    let columns = read.columns;
    let text = |field| columns.cell(row, field).map(str::to_owned);
    let around = || columns.cell(row, F::Target).and_then(unit_around).map(str::to_owned);
    let all = || known.config.perspectives.iter().map(|p| (p.id.as_str(), p.name.as_str(), &p.id));
    let perspective = |cell: &str| named("perspective", cell, all, say!("perspectives in truenorth.ron")).cloned();
    let sign = columns.cell(row, F::Target).and_then(sign);
    Told {
        unit: text(F::Unit).or_else(around),
        owner: read.named(row, F::Owner, |cell| person(known.config, cell)),
        direction: read.named(row, F::Direction, direction).or(sign),
        perspective: read.named(row, F::Perspective, perspective),
        definition: text(F::Definition),
    }
}

fn is(kpi: &Kpi, name: &str, id: Option<&str>) -> bool {
    let own = key(kpi.id.as_str());
    id.map(key).as_ref() == Some(&own) || key(&kpi.name) == key(name) || own == key(name)
}

/// A new KPI; it has to say which way is good, as a wrong guess would turn its colours round.
fn add(name: &str, told: &Told, all: &[Kpi], known: Known<'_>) -> Result<Kpi, Refusal> {
    let direction = told.direction.ok_or_else(|| {
        let hint = say!("add a column Direction with up, down or band, or write the target as >= 5 or <= 5");
        Refusal::new(say!("{name} does not say which way is good", name = quoted(name)), hint)
    })?;
    let perspective = told.perspective.clone().or_else(|| known.config.perspectives.first().map(|p| p.id.clone()));
    let perspective = perspective
        .ok_or_else(|| Refusal::new(say!("the workspace has no perspective"), say!("add one in truenorth.ron")))?;
    let id = fresh(name, |id| all.iter().any(|k| k.id.as_str() == id)).ok_or_else(|| {
        Refusal::new(say!("{name} gives no id", name = quoted(name)), say!("begin the name with other words"))
    })?;
    Ok(Kpi {
        id,
        name: name.to_owned(),
        definition: String::new(),
        unit: String::new(),
        decimals: None,
        direction,
        perspective,
        owner: None,
        timing: Timing::default(),
        totals: Totals::default(),
        tolerance_percent: None,
        tolerance: None,
        targets: Vec::new(),
        phases: Vec::new(),
    })
}

fn fill(kpi: &mut Kpi, name: &str, told: &Told, changes: &mut Vec<Change>) {
    // A KPI that was found by its id in the column of names keeps its name.
    if key(name) != key(kpi.id.as_str()) {
        set(changes, "name", &mut kpi.name, name.to_owned(), String::clone);
    }
    if let Some(unit) = told.unit.clone() {
        set(changes, "unit", &mut kpi.unit, unit, String::clone);
    }
    put(changes, "owner", &mut kpi.owner, told.owner.clone());
    if let Some(direction) = told.direction {
        set(changes, "direction", &mut kpi.direction, direction, |d| word(*d).to_owned());
    }
    if let Some(perspective) = told.perspective.clone() {
        set(changes, "perspective", &mut kpi.perspective, perspective, ToString::to_string);
    }
    if let Some(definition) = told.definition.clone() {
        set(changes, "definition", &mut kpi.definition, definition, String::clone);
    }
}

/// Sets the target from a week on, unless it is what holds already.
fn target(kpi: &mut Kpi, aim: Aim, week: Week, changes: &mut Vec<Change>) -> Result<(), Refusal> {
    match (kpi.direction, aim) {
        (Direction::Band, Aim::At(_)) => {
            return Err(Refusal::new(
                say!("a KPI with direction band needs a band"),
                say!("write its target as 3 to 5"),
            ));
        }
        (Direction::Up | Direction::Down, Aim::Within(..)) => {
            return Err(Refusal::new(
                say!("a band fits only a KPI with direction band"),
                say!("write one number, or say band"),
            ));
        }
        _ => {}
    }
    if kpi.aim_in(week) == aim {
        return Ok(());
    }
    let to = kpi.aim_in_words(aim).unwrap_or_default();
    changes.push(Change { field: "target", from: kpi.show_aim(week), to });
    let from = Target { from: week, aim, why: "Imported".to_owned() };
    match kpi.targets.iter_mut().find(|t| t.from == week) {
        Some(target) => *target = from,
        None => {
            let place = kpi.targets.partition_point(|t| t.from < week);
            kpi.targets.insert(place, from);
        }
    }
    Ok(())
}

/// The targets by row: one number, or two with `to`, `-` or `..` between them.
fn aims(read: &mut Read<'_, F>) -> Vec<(usize, Aim)> {
    let Some(at) = read.columns.of(F::Target) else { return Vec::new() };
    // Both halves of a band are numbers of the same column: their marks tell together.
    let (mut lows, mut highs) = (read.sheet.clone(), read.sheet.clone());
    for (low, high) in lows.rows.iter_mut().zip(&mut highs.rows) {
        let cell = low.cells[at].trim_start_matches(['<', '>', '=', '≥', '≤']).trim().to_owned();
        let (first, second) = halves(&cell).map_or((cell.as_str(), ""), |both| both);
        (low.cells[at], high.cells[at]) = (first.to_owned(), second.to_owned());
    }
    let units: Vec<(usize, String)> = read
        .sheet
        .rows
        .iter()
        .map(|row| (row.row, read.columns.cell(row, F::Unit).unwrap_or_default().to_owned()))
        .collect();
    let unit = |row: usize| units.iter().find(|(of, _)| *of == row).map_or_else(String::new, |(_, unit)| unit.clone());
    let mut numbers = |sheet: &Sheet| {
        let mut part = Read { sheet, columns: read.columns, said: read.said, refusals: Vec::new() };
        let found = part.numbers(F::Target, unit);
        read.refusals.append(&mut part.refusals);
        found
    };
    let (low, high) = (numbers(&lows), numbers(&highs));
    let aim = |row: usize, low: Finite| match high.get(&row) {
        Some(high) if high.get() < low.get() => Aim::Within(*high, low),
        Some(high) => Aim::Within(low, *high),
        None => Aim::At(low),
    };
    low.iter().map(|(row, value)| (*row, aim(*row, *value))).collect()
}

/// The two ends of a band.
fn halves(cell: &str) -> Option<(&str, &str)> {
    let number = |text: &str| text.contains(|c: char| c.is_ascii_digit());
    [" to ", " bis ", "..", "–", " - ", "-"]
        .iter()
        .find_map(|mark| cell.split_once(mark))
        .map(|(low, high)| (low.trim(), high.trim()))
        .filter(|(low, high)| number(low) && number(high))
}

/// Which way is good, as a target tells that begins with a comparison.
fn sign(cell: &str) -> Option<Direction> {
    match cell.chars().next()? {
        '>' | '≥' => Some(Direction::Up),
        '<' | '≤' => Some(Direction::Down),
        _ if halves(cell).is_some() => Some(Direction::Band),
        _ => None,
    }
}

fn direction(cell: &str) -> Result<Direction, Refusal> {
    const UP: [&str; 14] = [
        "up",
        "higher",
        "higher is better",
        "increase",
        "maximize",
        "maximise",
        "more",
        "above",
        "at least",
        ">",
        ">=",
        "≥",
        "↑",
        "greater than",
    ];
    const DOWN: [&str; 14] = [
        "down",
        "lower",
        "lower is better",
        "decrease",
        "minimize",
        "minimise",
        "less",
        "below",
        "at most",
        "<",
        "<=",
        "≤",
        "↓",
        "less than",
    ];
    const BAND: [&str; 5] = ["band", "range", "within", "between", "target range"];
    let word = key(cell);
    let is = |known: &[&str]| known.contains(&word.as_str());
    match () {
        () if is(&UP) => Ok(Direction::Up),
        () if is(&DOWN) => Ok(Direction::Down),
        () if is(&BAND) => Ok(Direction::Band),
        () => Err(Refusal::new(say!("{cell} is no direction", cell = quoted(cell)), say!("write up, down or band"))),
    }
}

fn word(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "up",
        Direction::Down => "down",
        Direction::Band => "band",
    }
}
