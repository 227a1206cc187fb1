//! Two versions of the strategy, side by side: mine, theirs or both, row by row, and nothing lost whichever it is.

use std::path::PathBuf;

use super::Dialog;
use crate::app::dialogs::sync::Settled;
use crate::app::intent::{ClashIntent, Move};
use crate::app::message::{Effect, Failure};
use crate::app::{Access, App, Tone};
use crate::insight::merge::{Answer, By, Difference, Merge, Met};
use crate::model::strategy::Strategy;
use crate::model::workspace::{Part, Workspace};

/// The two versions, with the answers given so far.
#[derive(Debug, Clone)]
pub struct Clash {
    /// Where they met.
    pub met: Met,
    /// The versions and what differs.
    pub merge: Box<Merge<Strategy>>,
    /// The answer to each clash, in the order of the clashes.
    pub answers: Vec<Option<Answer>>,
    /// The row under the cursor: the clashes first, then what stands either way.
    pub at: usize,
    /// Whether what was settled is being written.
    pub writing: bool,
}

/// What came of it outside.
#[derive(Debug, Clone)]
pub enum Told {
    /// Two versions wait for somebody to settle them.
    Found(Met, Box<Merge<Strategy>>),
    /// There are none.
    Nothing,
    /// Why they could not be looked for.
    NotFound(Failure),
    /// A change was saved together with what was changed outside meanwhile: nothing clashed. What the files say now.
    Joined(Box<Merge<Strategy>>, Box<Strategy>),
    /// What was settled is in the files; where the texts are kept that it took the place of.
    Settled(Box<Settle>, Vec<PathBuf>),
    /// What was settled could not be written.
    NotSettled(Failure),
}

/// What is to be written.
#[derive(Debug, Clone)]
pub struct Settle {
    /// Where the versions met.
    pub met: Met,
    /// The versions.
    pub merge: Merge<Strategy>,
    /// The version that settles it.
    pub settled: Strategy,
}

impl Clash {
    /// Nothing answered yet.
    #[must_use]
    pub fn new(met: Met, merge: Box<Merge<Strategy>>) -> Self {
        let answers = vec![None; merge.clashes().count()];
        Self { met, merge, answers, at: 0, writing: false }
    }

    /// The rows: the clashes first, then what stands either way.
    pub fn rows(&self) -> impl Iterator<Item = &Difference> {
        self.merge.clashes().chain(self.merge.agreed())
    }

    /// How many clashes are not answered yet.
    #[must_use]
    pub fn open(&self) -> usize {
        self.answers.iter().filter(|a| a.is_none()).count()
    }

    /// Moves the cursor.
    pub fn go(&mut self, to: Move) {
        let last = self.merge.differences.len().saturating_sub(1);
        self.at = match to {
            Move::Up => self.at.saturating_sub(1),
            Move::Down => self.at + 1,
            Move::PageUp => self.at.saturating_sub(4),
            Move::PageDown => self.at + 4,
            Move::First => 0,
            Move::Last => last,
            Move::To(row) => row,
            Move::Left | Move::Right => self.at,
        }
        .min(last);
    }

    /// Answers the row under the cursor and goes to the next one that waits; or says why it cannot be answered so.
    fn take(&mut self, answer: Answer) -> Result<(), &'static str> {
        let at = self.at;
        let clash = self.merge.clashes().nth(at).ok_or(say!("Only one side changed this: it stands either way"))?;
        if answer == Answer::Both && clash.both.is_none() {
            return Err(say!("Of these two only one can stand: m takes mine, t theirs"));
        }
        self.answers[at] = Some(answer);
        let waits = |i: &usize| self.answers[*i].is_none();
        let n = self.answers.len();
        self.at = (at + 1..n).chain(0..at).find(waits).unwrap_or(at);
        Ok(())
    }

    /// Answers every row; those that cannot have this answer are left as they are.
    fn take_all(&mut self, answer: Answer) {
        for (clash, given) in self.merge.clashes().zip(&mut self.answers) {
            if answer != Answer::Both || clash.both.is_some() {
                *given = Some(answer);
            }
        }
        self.at = self.answers.iter().position(Option::is_none).unwrap_or(self.at);
    }
}

/// What somebody wants of the two versions.
pub fn update(app: &mut App, intent: ClashIntent) -> Vec<Effect> {
    let Some(Dialog::Clash(clash)) = app.dialogs.last_mut() else { return Vec::new() };
    if clash.writing {
        return Vec::new();
    }
    let refused = match intent {
        ClashIntent::Take(answer) => clash.take(answer).err(),
        ClashIntent::TakeAll(answer) => {
            clash.take_all(answer);
            None
        }
        ClashIntent::Save => return save(app),
    };
    if let Some(why) = refused {
        app.say(Tone::Info, why);
    }
    Vec::new()
}

fn save(app: &mut App) -> Vec<Effect> {
    if let Some(why) = app.why_not_write(&[]) {
        app.say(Tone::Bad, why);
        return Vec::new();
    }
    let Some(Dialog::Clash(clash)) = app.dialogs.last_mut() else { return Vec::new() };
    if let Some(first) = clash.answers.iter().position(Option::is_none) {
        clash.at = first;
        let open = clash.open();
        app.say(Tone::Info, say!("{open} still without an answer: m mine, t theirs, b both", open = rows(open)));
        return Vec::new();
    }
    let answers: Vec<Answer> = clash.answers.iter().copied().flatten().collect();
    match clash.merge.settle(&answers) {
        Ok(settled) if clash.met == Met::Shared => {
            let settled =
                Settled { mine: clash.merge.mine.clone(), theirs: clash.merge.theirs.clone(), strategy: settled };
            app.dialogs.pop();
            super::sync::go_on(app, settled)
        }
        Ok(settled) => {
            clash.writing = true;
            let (met, merge) = (clash.met.clone(), (*clash.merge).clone());
            vec![Effect::Settle(Box::new(Settle { met, merge, settled }))]
        }
        Err(why) => {
            app.say(Tone::Bad, why.to_string());
            Vec::new()
        }
    }
}

fn rows(n: usize) -> String {
    if n == 1 { say!("1 row is").to_owned() } else { say!("{n} rows are", n) }
}

/// Leaves it unsettled. What was to be saved comes back into its form.
pub fn leave(app: &mut App) -> Vec<Effect> {
    let left = app.dialogs.pop();
    if let (Some(Dialog::Clash(Clash { met: Met::Outside, merge, .. })), Some(_)) = (left, &app.saving) {
        // What the form was opened on stays beneath it, so that saving it again meets their changes again.
        let base = merge.base.clone().unwrap_or(merge.theirs);
        says(app, base, None);
    }
    app.say(Tone::Info, say!("Not settled: nothing was written"));
    crate::app::outcome::give_back(app);
    Vec::new()
}

/// What came of it.
pub fn told(app: &mut App, told: Told) -> Vec<Effect> {
    match told {
        Told::Found(met, merge) => found(app, met, merge),
        Told::Nothing => {
            app.say(Tone::Info, say!("No strategy file has two versions: mend the problems in your editor"))
        }
        Told::Joined(merge, settled) => joined(app, &merge, *settled),
        Told::Settled(settle, kept) => return settled(app, *settle, &kept),
        Told::NotFound(why) => crate::app::outcome::fail(app, &why),
        Told::NotSettled(why) => {
            if let Some(Dialog::Clash(clash)) = app.dialogs.last_mut() {
                clash.writing = false;
            }
            crate::app::outcome::fail(app, &why);
        }
    }
    Vec::new()
}

fn found(app: &mut App, met: Met, merge: Box<Merge<Strategy>>) {
    if met == Met::Outside {
        // What the files say holds until it is settled, and what could be undone is no longer what they say.
        says(app, merge.theirs.clone(), None);
        app.say(Tone::Bad, say!("Changed outside meanwhile: nothing was written yet"));
    }
    // The list of problems that led here is read: what is settled will not stand in it any more.
    app.dialogs.retain(|d| !matches!(d, Dialog::Clash(_) | Dialog::Reading(_)));
    app.dialogs.push(Dialog::Clash(Clash::new(met, merge)));
}

/// The files say this now; taking it back leads to `before`.
fn says(app: &mut App, strategy: Strategy, before: Option<Strategy>) {
    let state = &mut app.screens.strategy;
    state.unsaved = None;
    state.after.clear();
    state.before = before.into_iter().filter(|b| *b != strategy).collect();
    app.workspace.strategy = strategy;
}

fn joined(app: &mut App, merge: &Merge<Strategy>, settled: Strategy) {
    let others: Vec<&Difference> = merge.agreed().filter(|d| d.by == By::Theirs).collect();
    let of = |d: &&Difference| {
        if d.field.is_empty() {
            d.record.clone()
        } else {
            say!("{field} of {record}", field = d.field, record = d.record)
        }
    };
    let first = others.first().map(of).unwrap_or_default();
    let more = if others.len() > 1 { say!("{others} changes, first ", others = others.len()) } else { String::new() };
    says(app, settled, Some(merge.theirs.clone()));
    crate::app::outcome::saved(app);
    app.say(Tone::Good, say!("Saved, with what was changed outside: {more}{first}", more, first));
}

fn settled(app: &mut App, settle: Settle, kept: &[PathBuf]) -> Vec<Effect> {
    let Settle { met, merge, settled } = settle;
    app.dialogs.retain(|d| !matches!(d, Dialog::Clash(_)));
    crate::app::outcome::saved(app);
    let undo = app.keymap.key_of("app.undo");
    let place = kept.first().map(|k| say!("; as it was: {k}", k = k.display())).unwrap_or_default();
    if met == Met::Outside {
        let back = if settled == merge.theirs {
            // Taking it back puts mine onto what they have.
            merge.all(Answer::Mine).ok()
        } else {
            Some(merge.theirs.clone())
        };
        let whose = if settled == merge.theirs { say!("yours") } else { say!("theirs") };
        says(app, settled, back);
        app.say(
            Tone::Good,
            say!("Settled; {undo} on the Strategy screen brings {whose} back{place}", undo, whose, place),
        );
        return vec![Effect::LookOutside(app.saves)];
    }
    app.say(Tone::Good, say!("Settled{place}", place));
    vec![Effect::Reload]
}

/// The files were looked at after the window had been out of sight: what was changed outside is taken, unless something of
/// one's own is under way that the next save will hold against it.
pub fn outside(app: &mut App, asked: u64, found: Workspace) -> Vec<Effect> {
    if asked != app.saves {
        // Something was saved since: what was read may be older than that.
        return vec![Effect::LookOutside(app.saves)];
    }
    let under_way = app.saving.is_some()
        || app.screens.strategy.unsaved.is_some()
        || app.dialogs.iter().any(|d| matches!(d, Dialog::Form(_) | Dialog::Clash(_)));
    let changed = differs(&app.workspace, &found);
    if changed.is_empty() {
        return Vec::new();
    }
    let files = changed.join(", ");
    if under_way {
        app.say(Tone::Info, say!("{files} changed outside: saving will put yours onto it, or ask", files));
        return Vec::new();
    }
    if app.workspace.strategy != found.strategy {
        says(app, found.strategy.clone(), None);
    }
    let problems = found.problems.len();
    read_again(app, found);
    let told = if problems == 0 { String::new() } else { say!("; {problems} problems: ! shows them", problems) };
    app.say(Tone::Info, say!("{files} changed outside: read again{told}", files, told));
    Vec::new()
}

/// The files were read again. What a form of the strategy was opened on stays beneath it: its save is held against what the
/// files say, and so puts nothing back that was changed meanwhile.
pub fn read_again(app: &mut App, found: Workspace) {
    let forms = app.dialogs.iter().any(|d| matches!(d, Dialog::Form(_) | Dialog::Clash(_)));
    if let Some(newer) = found.newer {
        app.access = Access::NewerSchema(crate::app::newer_schema(newer));
    }
    let strategy = (forms && found.broken.is_empty()).then(|| app.workspace.strategy.clone());
    *app.workspace = found;
    if let Some(strategy) = strategy {
        app.workspace.strategy = strategy;
    }
}

/// The files that say something else than what was loaded.
fn differs(was: &Workspace, is: &Workspace) -> Vec<&'static str> {
    let part =
        |part: Part, differs: bool| (differs || was.is_broken(part) != is.is_broken(part)).then_some(part.label());
    let (a, b) = (&was.strategy, &is.strategy);
    let all = [
        (was.config != is.config).then_some("truenorth.ron"),
        part(Part::NorthStar, a.north_star != b.north_star),
        part(Part::Goals, a.goals != b.goals),
        part(Part::Kpis, a.kpis != b.kpis),
        part(Part::Registers, a.cards != b.cards),
        part(Part::CheckIns, was.check_ins != is.check_ins),
        part(Part::Latest, was.weeks != is.weeks || was.latest != is.latest),
        (was.imports != is.imports).then_some(say!("readings")),
        (was.passed != is.passed).then_some(say!("what others passed on")),
    ];
    all.into_iter().flatten().collect()
}
