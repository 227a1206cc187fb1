//! Rows of an export as goals: which goal each row is, under which parent, and what it changes there.

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, Weekday};

use super::cells::{Read, person, team, theme};
use super::fields::{Columns, GoalField as F, columns, near};
use super::rank::{Rank, closes, rank, unit_around};
use super::{Known, Merged, Said, key, merge};
use crate::feeds::{Refusal, Sheet, SheetRow, quoted};
use crate::model::goal::{Goal, GoalState};
use crate::model::id::{GoalId, MemberId, TeamId, ThemeId};
use crate::model::number::Finite;
use crate::model::strategy::Strategy;

/// A goal as a file tells it; what it leaves empty is absent.
#[derive(Default)]
pub(super) struct Draft<'s> {
    pub(super) row: usize,
    pub(super) own_id: Option<&'s str>,
    pub(super) title: &'s str,
    pub(super) parent: Above<'s>,
    pub(super) rank: Option<Rank>,
    pub(super) owner: Option<MemberId>,
    pub(super) team: Option<TeamId>,
    pub(super) theme: Option<ThemeId>,
    pub(super) start: Option<NaiveDate>,
    pub(super) due: Option<NaiveDate>,
    pub(super) baseline: Option<Finite>,
    pub(super) target: Option<Finite>,
    pub(super) unit: Option<String>,
    pub(super) state: Option<GoalState>,
    pub(super) weight: Option<Finite>,
    pub(super) note: Option<&'s str>,
}

/// What a row says of its parent.
#[derive(Debug, Clone, Copy, Default)]
pub(super) enum Above<'s> {
    /// Nothing: one that is there stays where it is.
    #[default]
    Untold,
    /// An id or a title.
    Named(&'s str),
}

/// Where a parent was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Link {
    /// Another row's goal.
    Draft(usize),
    /// A goal that is there already.
    Known(GoalId),
}

/// Takes the goals of a sheet into the strategy. A row is the goal with its id, or with its title under the same parent;
/// else it is a new one, with an id made from its title.
///
/// # Errors
/// Everything that is not clear, by row; then nothing may be taken in.
pub fn goals(sheet: &Sheet, known: Known<'_>, said: &Said) -> Result<Merged, Vec<Refusal>> {
    let columns = columns::<F>(sheet, &said.map)?;
    if columns.of(F::Title).is_none() && columns.of(F::KeyResult).is_none() {
        let what = say!("no column has the titles. There are {head}", head = sheet.head.join(", "));
        return Err(vec![Refusal::new(what, say!("say which one: --map \"COLUMN=title\""))]);
    }
    let mut notes = Vec::new();
    let drafts = drafts(sheet, known, said, &columns, &mut notes)?;
    let links = links(&drafts, known.strategy, sheet, &columns)?;
    twice(&drafts, &links)?;
    let (strategy, rows) = merge::merge(known.strategy, &drafts, &links, &order(&drafts, &links)?)?;
    let ignored = columns.ignored.iter().map(|at| sheet.head[*at].clone()).collect();
    Ok(Merged { strategy, rows, ignored, notes })
}

/// The rows as goals.
fn drafts<'s>(
    sheet: &'s Sheet,
    known: Known<'_>,
    said: &Said,
    columns: &Columns<F>,
    notes: &mut Vec<String>,
) -> Result<Vec<Draft<'s>>, Vec<Refusal>> {
    let mut read = Read { sheet, columns, said, refusals: Vec::new() };
    let whole = Whole::of(&mut read);
    let titles = titles(sheet, columns, &mut read.refusals);
    let mut drafts = Vec::with_capacity(titles.len());
    for Named { row, title, parent, rank, alone } in titles {
        let mut draft = Draft { row: row.row, title, parent, rank, ..Draft::default() };
        if !alone {
            whole.fill(&mut draft);
            fill(&mut draft, row, &mut read, known, notes);
        }
        drafts.push(draft);
    }
    if let Some(at) = columns.of(F::Current) {
        let what = say!("how far a goal has come belongs to its week, and is said in the check-in or the review");
        notes.push(say!("`{at}` was passed over: {what}", at = sheet.head[at], what));
    }
    if read.refusals.is_empty() && drafts.is_empty() {
        read.refusals
            .push(Refusal::new(say!("there is no row with a goal in it"), say!("look whether it is the right file")));
    }
    read.refusals.sort_by_key(|r| r.row);
    if read.refusals.is_empty() { Ok(drafts) } else { Err(read.refusals) }
}

/// The columns of days and numbers, by row: each is read as a whole, as its cells tell together how they are written.
struct Whole {
    start: HashMap<usize, NaiveDate>,
    due: HashMap<usize, NaiveDate>,
    baseline: HashMap<usize, Finite>,
    target: HashMap<usize, Finite>,
    weight: HashMap<usize, Finite>,
}

impl Whole {
    fn of(read: &mut Read<'_, F>) -> Self {
        let (sheet, columns) = (read.sheet, read.columns);
        let unit = |row: usize| {
            let row = sheet.rows.iter().find(|r| r.row == row);
            row.and_then(|r| columns.cell(r, F::Unit)).unwrap_or_default().to_owned()
        };
        Self {
            start: read.days(F::Start, Weekday::Mon),
            due: read.days(F::Due, Weekday::Sun),
            baseline: read.numbers(F::Baseline, unit),
            target: read.numbers(F::Target, unit),
            weight: read.numbers(F::Weight, |_| String::new()),
        }
    }

    fn fill(&self, draft: &mut Draft<'_>) {
        let row = &draft.row;
        (draft.start, draft.due) = (self.start.get(row).copied(), self.due.get(row).copied());
        (draft.baseline, draft.target) = (self.baseline.get(row).copied(), self.target.get(row).copied());
        draft.weight = self.weight.get(row).copied();
    }
}

/// What the other cells of a row tell of its goal.
fn fill<'s>(
    draft: &mut Draft<'s>,
    row: &'s SheetRow,
    read: &mut Read<'_, F>,
    known: Known<'_>,
    notes: &mut Vec<String>,
) {
    let columns = read.columns;
    draft.own_id = columns.cell(row, F::Id);
    draft.rank = draft.rank.or_else(|| read.named(row, F::Type, rank).flatten());
    draft.owner = read.named(row, F::Owner, |cell| person(known.config, cell));
    draft.team = read.named(row, F::Team, |cell| team(known.config, cell));
    draft.theme = read.named(row, F::Theme, |cell| theme(known.strategy, cell));
    let around = || [F::Target, F::Baseline].into_iter().find_map(|f| unit_around(columns.cell(row, f)?));
    draft.unit = columns.cell(row, F::Unit).or_else(around).map(str::to_owned);
    draft.note = columns.cell(row, F::Note);
    if let Some(cell) = columns.cell(row, F::Status) {
        draft.state = closes(cell, known.today);
        if draft.state.is_none() {
            notes.push(say!(
                "row {row}: the status {cell} is not known, and counts as open",
                row = row.row,
                cell = quoted(cell)
            ));
        }
    }
}

/// What a row is called, and what that tells of it.
struct Named<'s> {
    row: &'s SheetRow,
    title: &'s str,
    parent: Above<'s>,
    rank: Option<Rank>,
    /// An objective that only stands beside its key results: the rest of the row is not about it.
    alone: bool,
}

/// The title of each row. Where objectives and key results have a column each, a key result is under the objective beside it,
/// or the last one above it.
fn titles<'s>(sheet: &'s Sheet, columns: &Columns<F>, refusals: &mut Vec<Refusal>) -> Vec<Named<'s>> {
    let parent = |row: &'s SheetRow| columns.cell(row, F::Parent).map_or(Above::Untold, Above::Named);
    let result = |row: &'s SheetRow| columns.cell(row, F::KeyResult);
    let own = |row: &'s SheetRow| columns.cell(row, F::Title);
    let mut seen: HashSet<String> =
        sheet.rows.iter().filter(|r| result(r).is_none()).filter_map(&own).map(key).collect();
    let (mut named, mut last) = (Vec::new(), None);
    for row in &sheet.rows {
        match (own(row).or(last), result(row)) {
            (Some(title), Some(result)) => {
                if seen.insert(key(title)) {
                    named.push(Named { row, title, parent: parent(row), rank: Some(Rank::Objective), alone: true });
                }
                let parent = Above::Named(title);
                named.push(Named { row, title: result, parent, rank: Some(Rank::KeyResult), alone: false });
                last = Some(title);
            }
            (None, Some(result)) => {
                named.push(Named {
                    row,
                    title: result,
                    parent: parent(row),
                    rank: Some(Rank::KeyResult),
                    alone: false,
                });
            }
            (_, None) => match own(row) {
                Some(title) => {
                    named.push(Named { row, title, parent: parent(row), rank: None, alone: false });
                    last = Some(title);
                }
                None => {
                    let head = columns.of(F::Title).or(columns.of(F::KeyResult)).map_or("", |at| &sheet.head[at]);
                    let what = say!("this row has no title");
                    refusals.push(Refusal::new(what, say!("give it one, or take the row out")).at(row.row).of(head));
                }
            },
        }
    }
    named
}

/// The parent of each row: another row by its id or title, else a goal that is there already.
fn links(
    drafts: &[Draft<'_>],
    strategy: &Strategy,
    sheet: &Sheet,
    columns: &Columns<F>,
) -> Result<Vec<Option<Link>>, Vec<Refusal>> {
    let mut rows: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, draft) in drafts.iter().enumerate() {
        let names: HashSet<String> = [Some(draft.title), draft.own_id].into_iter().flatten().map(key).collect();
        names.into_iter().for_each(|name| rows.entry(name).or_default().push(at));
    }
    let head = columns.of(F::Parent).or(columns.of(F::Title)).map_or("", |at| sheet.head[at].as_str());
    let (mut links, mut refusals) = (Vec::with_capacity(drafts.len()), Vec::new());
    for (at, draft) in drafts.iter().enumerate() {
        let Above::Named(name) = draft.parent else {
            links.push(None);
            continue;
        };
        let others: Vec<usize> =
            rows.get(&key(name)).into_iter().flatten().copied().filter(|other| *other != at).collect();
        let known: Vec<&Goal> = strategy.goals.iter().filter(|g| is_called(g, name)).collect();
        let refusal = match (others.as_slice(), known.as_slice()) {
            ([one], _) => {
                links.push(Some(Link::Draft(*one)));
                continue;
            }
            ([], [one]) => {
                links.push(Some(Link::Known(one.id.clone())));
                continue;
            }
            ([], []) => {
                let all = drafts.iter().map(|d| d.title).chain(strategy.goals.iter().map(|g| g.title.as_str()));
                let hint = near(name, all.filter(|title| *title != draft.title)).map_or_else(
                    || say!("put its row into the file, or leave the cell empty").to_owned(),
                    |title| say!("did you mean {title}?", title = quoted(title)),
                );
                Refusal::new(
                    say!("its parent {name} is neither in the file nor in the strategy", name = quoted(name)),
                    hint,
                )
            }
            (several, _) => {
                let n = several.len().max(known.len());
                let what = say!("its parent {name} fits {n} goals", name = quoted(name), n);
                Refusal::new(what, say!("name the parent by an id that only one has"))
            }
        };
        refusals.push(refusal.at(draft.row).of(head));
        links.push(None);
    }
    if refusals.is_empty() { Ok(links) } else { Err(refusals) }
}

fn is_called(goal: &Goal, name: &str) -> bool {
    let wanted = key(name);
    key(goal.id.as_str()) == wanted || key(&goal.title) == wanted
}

/// Two rows must not be the same goal: the second import could not tell them apart.
fn twice(drafts: &[Draft<'_>], links: &[Option<Link>]) -> Result<(), Vec<Refusal>> {
    let (mut ids, mut titles, mut refusals) = (HashMap::new(), HashMap::new(), Vec::new());
    for (draft, link) in drafts.iter().zip(links) {
        let id = draft.own_id.map(key).and_then(|id| ids.insert(id, draft.row));
        let title = titles.insert((key(draft.title), format!("{link:?}")), draft.row);
        if let Some(other) = id.or(title) {
            let what = say!("{title} is the same goal as in row {other}", title = quoted(draft.title), other);
            refusals
                .push(Refusal::new(what, say!("keep one of the two rows, or give one another title")).at(draft.row));
        }
    }
    if refusals.is_empty() { Ok(()) } else { Err(refusals) }
}

/// The rows, each after its parent.
fn order(drafts: &[Draft<'_>], links: &[Option<Link>]) -> Result<Vec<usize>, Vec<Refusal>> {
    let (mut order, mut placed) = (Vec::with_capacity(drafts.len()), vec![false; drafts.len()]);
    for start in 0..drafts.len() {
        let (mut line, mut at) = (Vec::new(), start);
        while !placed[at] {
            if line.contains(&at) {
                let what = say!("{title} is its own parent, round about", title = quoted(drafts[at].title));
                return Err(vec![
                    Refusal::new(what, say!("take the parent out of one of these rows")).at(drafts[at].row),
                ]);
            }
            line.push(at);
            match &links[at] {
                Some(Link::Draft(parent)) => at = *parent,
                Some(Link::Known(_)) | None => break,
            }
        }
        for at in line.into_iter().rev() {
            placed[at] = true;
            order.push(at);
        }
    }
    Ok(order)
}
