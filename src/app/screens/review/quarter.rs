//! The five steps of a quarter's review: what they list, and what their keys do.

use std::sync::Arc;

use crate::app::dialogs::quarter as forms;
use crate::app::dialogs::{Confirm, Confirmed, Dialog, cards as card_forms, rows as week_forms};
use crate::app::intent::RowIntent;
use crate::app::message::Effect;
use crate::app::screens::row::{Listed, Row};
use crate::app::{App, NEEDED, Tone};
use crate::insight::quarter;
use crate::model::agenda::{QuarterStep, Rhythm};
use crate::model::id::{GoalId, LineId, MemberId, ThemeId};
use crate::model::number::Finite;
use crate::model::quarter::Quarter;
use crate::model::quarterly::{
    Fate, GoalAnswer, Grade, Graded, Looked, QuarterSnapshot, Quarterly, Stands, StarAnswer, StopKept,
};
use crate::model::review::{Act, Change, Edit, Moment, QuarterEdit};

/// The heading of the goals to grade.
pub const GOALS: &str = term!("Goals");
/// The heading of the goals that are due later.
pub const UNDER_WAY: &str = term!("Under way: due later");
/// The heading of what was to stop.
pub const KEPT: &str = term!("What was to stop: has it?");
/// The heading of lessons.
pub const LEARNED: &str = term!("What we learned");
/// The heading of decisions whose day has come.
pub const DECISIONS: &str = term!("Decisions to look at again");
/// The heading of predictions that were scored.
pub const SCORED: &str = term!("Predictions that were looked at again");
/// The heading of the findings.
pub const FOUND: &str = term!("Findings of the quarter");
/// The heading of the cards.
pub const AROUND: &str = term!("Still so? Looked at longest ago first");
/// The heading of the north star.
pub const STAR: &str = term!("North star");
/// The heading of the themes.
pub const THEMES: &str = term!("Themes: weight, and where work and days went");
/// The heading of the next objectives.
pub const NEXT: &str = term!("Objectives of the next quarter");
/// The heading of what one could stop.
pub const COULD: &str = term!("One could stop");
/// The heading of what stops.
pub const STOPS: &str = term!("What we stop");
/// The heading of the sentences.
pub const SENTENCES: &str = term!("A sentence from each");
/// The heading of saving.
pub const SAVE: &str = term!("Save");

/// A grade from here on lets a goal be closed; below it goes on (Google's OKR playbook: 0.7 is delivered).
const DELIVERED: f64 = 0.7;

/// Something that a step of a quarter's review asks about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// An objective or key result to grade.
    Goal(GoalId),
    /// Something that was to stop.
    Kept(LineId),
    /// Something learned.
    Lesson(LineId),
    /// A prediction that was looked at again, by its place.
    Scored(usize),
    /// The findings of a rule, by their place.
    Stood(usize),
    /// Whether the north star is still right.
    Star,
    /// The weight of a theme.
    Theme(ThemeId),
    /// An objective of the next quarter.
    Next(GoalId),
    /// Something one could stop.
    Candidate(LineId),
    /// Something that stops.
    Stop(LineId),
    /// A member's sentence.
    Sentence(MemberId),
}

impl Asked {
    /// What tells it from the other rows of its list.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Goal(id) | Self::Next(id) => id.to_string(),
            Self::Kept(id) => format!("kept {id}"),
            Self::Lesson(id) => format!("lesson {id}"),
            Self::Scored(n) => format!("scored {n}"),
            Self::Stood(n) => format!("stood {n}"),
            Self::Star => "north star".to_owned(),
            Self::Theme(id) => format!("theme {id}"),
            Self::Candidate(id) => format!("could stop {id}"),
            Self::Stop(id) => format!("stop {id}"),
            Self::Sentence(id) => format!("sentence {id}"),
        }
    }

    /// The words that a search looks through, and the panel shows where it has nothing better.
    #[must_use]
    pub fn words(&self, app: &App) -> String {
        let Some(said) = said(app) else { return String::new() };
        match self {
            Self::Goal(id) => said.graded(id).map(|g| g.title.clone()).unwrap_or_default(),
            Self::Next(id) => said.next.iter().find(|n| &n.goal == id).map(|n| n.title.clone()).unwrap_or_default(),
            Self::Kept(id) => said
                .facts
                .stops
                .iter()
                .find(|s| &s.id == id)
                .map(|s| format!("{} {}", s.what, s.why))
                .unwrap_or_default(),
            Self::Lesson(id) => said.learned.iter().find(|l| &l.id == id).map(|l| l.text.clone()).unwrap_or_default(),
            Self::Scored(n) => said.facts.scored.get(*n).map(|s| s.title.clone()).unwrap_or_default(),
            Self::Stood(n) => {
                said.facts.findings.get(*n).map(|f| format!("{} {}", f.rule, f.title)).unwrap_or_default()
            }
            Self::Star => app.basis().strategy.north_star.vision.clone(),
            Self::Theme(id) => {
                said.facts.themes.iter().find(|t| &t.theme == id).map(|t| t.name.clone()).unwrap_or_default()
            }
            Self::Candidate(id) => {
                let found = said.facts.candidates.iter().find(|c| &c.id == id);
                found.map(|c| format!("{} {}", c.what, c.why)).unwrap_or_default()
            }
            Self::Stop(id) => {
                said.stops.iter().find(|s| &s.id == id).map(|s| format!("{} {}", s.what, s.why)).unwrap_or_default()
            }
            Self::Sentence(id) => {
                format!("{} {}", app.basis().config.name_of(id), said.said(id).unwrap_or_default())
            }
        }
    }
}

/// What is said of the quarter in the review that is held.
#[must_use]
pub fn said(app: &App) -> Option<&Quarterly> {
    app.review()?.quarter.as_deref()
}

/// The rows of a step.
#[must_use]
pub fn rows(app: &App, step: QuarterStep) -> Vec<Listed> {
    let Some((review, said)) = app.review().zip(said(app)) else { return Vec::new() };
    let ask = |group, asked| Listed::new(group, Row::Asked(asked));
    match step {
        QuarterStep::LookBack => look_back(app, said),
        QuarterStep::LookAround => {
            let cards = quarter::cards(app.basis(), review);
            cards.iter().map(|c| Listed::new(AROUND, Row::Card(c.id.clone()))).collect()
        }
        QuarterStep::LookAhead => {
            let themes = said.facts.themes.iter().map(|t| ask(THEMES, Asked::Theme(t.theme.clone())));
            let next = said.next.iter().map(|n| ask(NEXT, Asked::Next(n.goal.clone())));
            std::iter::once(ask(STAR, Asked::Star)).chain(themes).chain(next).collect()
        }
        QuarterStep::SayNo => {
            let stops = said.stops.iter().map(|s| ask(STOPS, Asked::Stop(s.id.clone())));
            let open = said.facts.candidates.iter().filter(|c| !said.stops.iter().any(|s| s.id == c.id));
            stops.chain(open.map(|c| ask(COULD, Asked::Candidate(c.id.clone())))).collect()
        }
        QuarterStep::Commit => {
            let here = review.attendance.iter().filter(|a| a.present);
            let mut rows: Vec<Listed> = here.map(|a| ask(SENTENCES, Asked::Sentence(a.member.clone()))).collect();
            rows.push(Listed::new(SAVE, Row::Seal));
            rows
        }
    }
}

fn look_back(app: &App, said: &Quarterly) -> Vec<Listed> {
    let ask = |group, asked| Listed::new(group, Row::Asked(asked));
    let goals = |group, under_way: bool| {
        let goals = said.facts.goals.iter().filter(move |g| (g.stands == Stands::UnderWay) == under_way);
        goals.map(move |g| ask(group, Asked::Goal(g.goal.clone())))
    };
    let mut rows: Vec<Listed> = goals(GOALS, false).collect();
    rows.extend(said.facts.stops.iter().map(|s| ask(KEPT, Asked::Kept(s.id.clone()))));
    rows.extend(goals(UNDER_WAY, true));
    rows.extend(said.learned.iter().map(|l| ask(LEARNED, Asked::Lesson(l.id.clone()))));
    let decisions = app.review().into_iter().flat_map(|r| &r.decisions);
    rows.extend(decisions.filter(|d| d.is_due(app.today)).map(|d| Listed::new(DECISIONS, Row::Decision(d.id.clone()))));
    rows.extend((0..said.facts.scored.len()).map(|n| ask(SCORED, Asked::Scored(n))));
    rows.extend((0..said.facts.findings.len()).map(|n| ask(FOUND, Asked::Stood(n))));
    rows
}

/// What the keys do.
pub fn row(app: &mut App, step: QuarterStep, intent: RowIntent, now: Moment) -> Vec<Effect> {
    if intent == RowIntent::Add {
        match step {
            QuarterStep::LookBack => forms::open_lesson(app, None),
            QuarterStep::LookAhead => forms::open_next(app, None),
            QuarterStep::SayNo => forms::open_stop(app, None),
            QuarterStep::LookAround | QuarterStep::Commit => {}
        }
        return Vec::new();
    }
    match app.row().cloned() {
        Some(Row::Asked(asked)) => on(app, &asked, intent, now),
        Some(Row::Card(id)) => match intent {
            RowIntent::Accept => looked(app, &id, now),
            RowIntent::Open => {
                card_forms::open_edit(app, &id);
                Vec::new()
            }
            _ => Vec::new(),
        },
        Some(Row::Decision(id)) if matches!(intent, RowIntent::Open | RowIntent::Accept) => {
            week_forms::open_outcome(app, &id);
            Vec::new()
        }
        Some(Row::Seal) if matches!(intent, RowIntent::Open | RowIntent::Accept) => ask_to_seal(app),
        _ => Vec::new(),
    }
}

fn on(app: &mut App, asked: &Asked, intent: RowIntent, now: Moment) -> Vec<Effect> {
    match (asked, intent) {
        (Asked::Goal(id), intent) => return goal(app, id, intent, now),
        (Asked::Kept(id), RowIntent::Accept | RowIntent::Done) => return kept(app, id, true, now),
        (Asked::Kept(id), RowIntent::NotDone | RowIntent::Drop) => return kept(app, id, false, now),
        (Asked::Lesson(id), RowIntent::Open) => forms::open_lesson(app, Some(id)),
        (Asked::Lesson(id), RowIntent::Drop | RowIntent::Remove) => {
            return edit(app, say!("lesson removed"), QuarterEdit::Lesson(Change::remove(id.clone())), now);
        }
        (Asked::Star, RowIntent::Accept) => {
            let still = said(app).and_then(|s| s.north_star.as_ref()) == Some(&StarAnswer::StillRight);
            let answer = (!still).then_some(StarAnswer::StillRight);
            let effects = edit(app, say!("the north star is still right"), QuarterEdit::NorthStar(answer), now);
            super::advance(app);
            return effects;
        }
        (Asked::Star, RowIntent::Open) => forms::open_star(app),
        (Asked::Theme(id), RowIntent::Open | RowIntent::Accept) => forms::open_weight(app, id),
        (Asked::Next(id), RowIntent::Open) => forms::open_next(app, Some(id)),
        (Asked::Next(id), RowIntent::Drop | RowIntent::Remove) => {
            return edit(app, say!("objective removed"), QuarterEdit::Next(Change::remove(id.clone())), now);
        }
        (Asked::Candidate(id) | Asked::Stop(id), RowIntent::Open | RowIntent::Accept) => {
            forms::open_stop(app, Some(id));
        }
        (Asked::Stop(id), RowIntent::Drop | RowIntent::Remove) => {
            return edit(app, say!("does not stop"), QuarterEdit::Stop(Change::remove(id.clone())), now);
        }
        (Asked::Sentence(id), RowIntent::Open | RowIntent::Accept) => forms::open_sentence(app, id),
        (Asked::Sentence(id), RowIntent::Drop | RowIntent::Remove) => {
            return edit(app, say!("sentence removed"), QuarterEdit::Said(Change::remove(id.clone())), now);
        }
        _ => {}
    }
    Vec::new()
}

fn edit(app: &mut App, label: &str, edit: QuarterEdit, now: Moment) -> Vec<Effect> {
    app.edit(label, Edit::Quarter(edit), now)
}

fn goal(app: &mut App, id: &GoalId, intent: RowIntent, now: Moment) -> Vec<Effect> {
    let Some((said, graded)) = said(app).and_then(|s| Some((s, s.graded(id)?))) else { return Vec::new() };
    let stands = graded.stands;
    let mut answer = said.answer(id);
    match intent {
        RowIntent::Open | RowIntent::Note => forms::open_goal(app, id),
        RowIntent::Confidence(tenths) => {
            answer.grade = Grade::try_from(tenths).ok();
            return put(app, say!("graded"), vec![answer], now);
        }
        RowIntent::Accept | RowIntent::Done | RowIntent::NotDone | RowIntent::Drop if stands == Stands::Over => {
            app.say(Tone::Info, say!("It was over before the review: only its grade and a note can be given"));
        }
        RowIntent::Accept | RowIntent::NotDone if stands == Stands::UnderWay => {
            let text = say!("It is due later and goes on by itself: it can be closed or dropped before its time");
            app.say(Tone::Info, text);
        }
        RowIntent::Accept => {
            let fate = suggested(said, graded);
            return ends(app, id, &fate, now);
        }
        RowIntent::Done => return ends(app, id, &Fate::Closed, now),
        RowIntent::NotDone => return ends(app, id, &Fate::Carried, now),
        RowIntent::Drop => forms::open_drop(app, id),
        RowIntent::Unmark => {
            (answer.fate, answer.grade) = (None, None);
            return put(app, say!("answer taken back"), vec![answer], now);
        }
        _ => {}
    }
    Vec::new()
}

/// What the grade says of a goal: delivered, or to be gone on with.
#[must_use]
pub fn suggested(said: &Quarterly, graded: &Graded) -> Fate {
    let delivered = said.grade(&graded.goal).is_some_and(|g: Finite| g.get() >= DELIVERED - 1e-9);
    if delivered { Fate::Closed } else { Fate::Carried }
}

/// Says what becomes of a goal, and of those of its key results of which nobody spoke: an objective that ends leaves none behind.
pub fn ends(app: &mut App, id: &GoalId, fate: &Fate, now: Moment) -> Vec<Effect> {
    let Some(said) = said(app) else { return Vec::new() };
    let below = said.facts.goals.iter().filter(|g| g.objective.as_ref() == Some(id) && g.stands != Stands::Over);
    // What is due later goes on by itself with an objective that does, and ends with one that ends.
    let below = below.filter(|g| g.stands == Stands::Due || *fate != Fate::Carried);
    let silent = below.filter(|g| said.fate(&g.goal).is_none());
    let mut answers = vec![GoalAnswer { fate: Some(fate.clone()), ..said.answer(id) }];
    answers.extend(silent.map(|g| GoalAnswer { fate: Some(fate.clone()), ..said.answer(&g.goal) }));
    let title = said.graded(id).map_or_else(String::new, |g| g.title.clone());
    let effects = put(app, &format!("{}: {title}", fate.label()), answers, now);
    super::advance(app);
    effects
}

/// Puts answers, as one thing to take back.
pub fn put(app: &mut App, label: &str, answers: Vec<GoalAnswer>, now: Moment) -> Vec<Effect> {
    let edits = answers.into_iter().map(|a| Edit::Quarter(QuarterEdit::Goal(Change::put(a)))).collect();
    app.edit(label, Edit::Many(edits), now)
}

fn kept(app: &mut App, id: &LineId, kept: bool, now: Moment) -> Vec<Effect> {
    let change = Change::put(StopKept { stop: id.clone(), kept });
    let label = if kept { say!("has stopped") } else { say!("has not stopped") };
    let effects = edit(app, label, QuarterEdit::Kept(change), now);
    super::advance(app);
    effects
}

/// A card was looked at and is still so, or not looked at after all.
fn looked(app: &mut App, id: &crate::model::id::CardId, now: Moment) -> Vec<Effect> {
    let Some(card) = app.basis().strategy.cards.iter().find(|c| &c.id == id) else { return Vec::new() };
    let seen = said(app).is_some_and(|s| s.looked.iter().any(|l| &l.card == id));
    let change = if seen {
        Change::remove(id.clone())
    } else {
        let on = now.date_naive();
        Change::put(Looked { card: id.clone(), kind: card.kind(), title: card.title.clone(), on })
    };
    let label = if seen { say!("not looked at") } else { say!("still so") };
    let effects = edit(app, label, QuarterEdit::Looked(change), now);
    super::advance(app);
    effects
}

/// Asks whether to hold the review of the quarter that is due.
pub fn start(app: &mut App, now: Moment) -> Vec<Effect> {
    // One that is held or waits is gone on with, whatever it is about.
    if app.held.is_some() || app.recovered.is_some() {
        return super::start(app, now);
    }
    let quarter = quarter::due(&app.workspace, app.today);
    ask_to_begin(app, quarter)
}

/// Asks whether to hold the review of a quarter.
pub fn ask_to_begin(app: &mut App, quarter: Quarter) -> Vec<Effect> {
    if let Some(why) = app.why_not_write(&NEEDED) {
        app.say(Tone::Bad, why);
        return Vec::new();
    }
    if app.workspace.quarters.contains_key(&quarter) {
        forms::open_reopen(app, quarter);
        return Vec::new();
    }
    let steps = app.workspace.config.steps(Rhythm::Quarterly);
    let minutes: u16 = steps.iter().map(|s| s.minutes).sum();
    let mut details = vec![
        say!(
            "{steps} steps, {minutes} minutes. The clock begins; everything is saved as it is typed.",
            steps = steps.len(),
            minutes
        ),
        say!("It can be left at any moment, and goes on where it stopped.").to_owned(),
    ];
    if !quarter.is_over(app.today) {
        let text =
            say!("{quarter} ends on {day}: what is graded now is how it stands.", quarter, day = quarter.last_day());
        details.insert(0, text);
    }
    app.dialogs.push(Dialog::Confirm(Confirm {
        question: say!("Hold the review of {week} now?", week = quarter),
        details,
        yes: Confirmed::BeginQuarter(quarter),
    }));
    Vec::new()
}

/// Asks whether to seal the quarter, and says what is still open and what will change.
pub fn ask_to_seal(app: &mut App) -> Vec<Effect> {
    let Some((review, said)) = app.review().zip(said(app)) else { return Vec::new() };
    let open = crate::insight::seal::missing_with(app.basis(), review, &app.derived.findings);
    let mut details: Vec<String> = open.iter().map(|(step, what)| format!("{step}: {what}")).collect();
    if details.is_empty() {
        details.push(say!("Every step is answered.").to_owned());
    } else {
        details.insert(0, say!("Still open, and saved as it stands:").to_owned());
    }
    details.push(say!("Into the strategy: {changes}.", changes = changes(app)));
    details.push(say!("A saved quarter is never changed; a correction is kept beside it.").to_owned());
    app.dialogs.push(Dialog::Confirm(Confirm {
        question: say!("Save the review of {week}?", week = said.quarter),
        details,
        yes: Confirmed::Seal,
    }));
    Vec::new()
}

/// The revision that the review corrects; none where it is the first.
fn corrected(app: &App) -> Result<Option<Arc<QuarterSnapshot>>, &'static str> {
    let Some((revises, said)) = app.review().and_then(|r| r.revises.as_ref()).zip(said(app)) else { return Ok(None) };
    let found = app.history.quarter(said.quarter).filter(|s| s.revision == revises.revision);
    found.cloned().map(Some).ok_or(say!("The revision that this one corrects is not read: ! says why"))
}

/// What sealing changes in the strategy, in words: of a correction only what it says otherwise.
#[must_use]
pub fn changes(app: &App) -> String {
    let Some(said) = said(app) else { return String::new() };
    match corrected(app) {
        Ok(Some(earlier)) => told(&said.beyond(&earlier.said)),
        Ok(None) | Err(_) => told(said),
    }
}

fn told(said: &Quarterly) -> String {
    let fates =
        |wanted: fn(&Fate) -> bool| said.answers.iter().filter_map(|a| a.fate.as_ref()).filter(|f| wanted(f)).count();
    let parts = [
        (fates(|f| matches!(f, Fate::Closed)), say!("fate" | "closed")),
        (fates(|f| matches!(f, Fate::Carried)), say!("carried into the next quarter")),
        (fates(|f| matches!(f, Fate::Dropped { .. })), say!("dropped")),
        (said.stops.iter().filter(|s| s.goal.is_some()).count(), say!("fate" | "stopped")),
        (said.next.len(), say!("new")),
        (said.weights.len(), say!("weights changed")),
    ];
    let parts: Vec<String> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    if parts.is_empty() { say!("nothing changes").to_owned() } else { parts.join(", ") }
}

/// Seals the quarter.
pub fn seal_now(app: &mut App, now: Moment) -> Vec<Effect> {
    if let Some(why) = app.why_not_write(&NEEDED) {
        app.say(Tone::Bad, why);
        return Vec::new();
    }
    let corrected = match corrected(app) {
        Ok(corrected) => corrected,
        Err(why) => {
            app.say(Tone::Bad, why);
            return Vec::new();
        }
    };
    let mut effects = app.act(Act::Pause(true), now);
    if effects.is_empty() {
        return effects;
    }
    let Some(seal) =
        app.review().and_then(|r| quarter::seal(app.basis(), r, corrected.as_deref().map(|s| &s.said), now))
    else {
        return Vec::new();
    };
    app.say(Tone::Info, say!("Saving {week}", week = seal.snapshot.quarter()));
    if let Some(held) = &mut app.held {
        held.sealing = true;
    }
    effects.push(Effect::SealQuarter(Box::new(seal)));
    effects
}
