//! Forms of a quarter's review: a grade and its note, a lesson, a weight, an objective, what stops, a sentence.

use serde::{Deserialize, Serialize};

use super::field::Field;
use super::form::Form;
use super::options;
use super::purpose::Purpose;
use super::refusal::Refusal;
use crate::app::message::Effect;
use crate::app::screens::quarters;
use crate::app::screens::review::quarter::{ends, put, said};
use crate::app::{App, NEEDED, Tone, dates};
use crate::model::id::{GoalId, LineId, MemberId, ThemeId};
use crate::model::number::Finite;
use crate::model::quarter::Quarter;
use crate::model::quarterly::{Fate, GoalAnswer, Grade, Lesson, NextGoal, Said, StarAnswer, Stop, Weighed};
use crate::model::review::{Change, Edit, Moment, QuarterEdit, fresh_id};

type Saved = Result<Vec<Effect>, Refusal>;

/// What a form of a quarter's review is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum About {
    /// A goal's grade and what explains it.
    Goal(GoalId),
    /// Why a goal is given up.
    Drop(GoalId),
    /// Something learned: a new one, or this one.
    Lesson(Option<LineId>),
    /// Whether the north star is still right.
    Star,
    /// The weight of a theme.
    Weight(ThemeId),
    /// An objective of the next quarter: a new one, or this one.
    Next(Option<GoalId>),
    /// What stops: a new one, or this one.
    Stop(Option<LineId>),
    /// A member's sentence.
    Sentence(MemberId),
    /// Why a sealed quarter is corrected.
    Reopen(Quarter),
    /// Where the report of a sealed quarter is written.
    Report(Quarter),
}

fn form(title: impl Into<String>, about: About, fields: Vec<Field>) -> Form {
    Form::new(title, Purpose::Quarter(about), fields)
}

/// Asks for a goal's grade and what explains it.
pub fn open_goal(app: &mut App, id: &GoalId) {
    let Some((said, graded)) = said(app).and_then(|s| Some((s, s.graded(id)?))) else { return };
    let answer = said.answer(id);
    let rule = graded
        .grade
        .map_or_else(|| say!("nothing was measured").to_owned(), |g| say!("by the rule {grade}", grade = g.fixed(1)));
    let own = answer.grade.map(|g| g.get().fixed(1)).unwrap_or_default();
    let fields = vec![
        Field::line("grade", say!("Our grade"), &own).hint(say!("0.0 to 1.0; empty for the one {rule}", rule)),
        Field::text("note", say!("Note"), &answer.note).hint(say!("what explains it")),
    ];
    let opened = form(graded.title.clone(), About::Goal(id.clone()), fields).about(say!("Grade {rule}.", rule));
    app.open_fresh(opened);
}

/// Asks why a goal is given up.
pub fn open_drop(app: &mut App, id: &GoalId) {
    let Some(graded) = said(app).and_then(|s| s.graded(id)) else { return };
    let field =
        Field::line("reason", say!("Because"), "").required().hint(say!("it stays in the strategy, with this reason"));
    app.open_fresh(form(say!("Drop: {title}", title = graded.title), About::Drop(id.clone()), vec![field]));
}

/// Asks what we learned.
pub fn open_lesson(app: &mut App, id: Option<&LineId>) {
    let Some(said) = said(app) else { return };
    let old = said.learned.iter().find(|l| Some(&l.id) == id).map_or("", |l| l.text.as_str());
    let field =
        Field::text("text", say!("We learned"), old).required().hint(say!("what we would do otherwise, or again"));
    app.open_fresh(form(say!("What we learned"), About::Lesson(id.cloned()), vec![field]));
}

/// Asks what is to change in the north star.
pub fn open_star(app: &mut App) {
    let Some(said) = said(app) else { return };
    let (answer, why) = match &said.north_star {
        Some(StarAnswer::Change { why }) => ("change", why.as_str()),
        Some(StarAnswer::StillRight) | None => ("right", ""),
    };
    let options = options::fixed(&[("right", say!("still right")), ("change", say!("something is to change"))]);
    let fields = vec![
        Field::choice("answer", say!("It is"), options, Some(answer)).required(),
        Field::text("why", say!("What, why"), why).hint(say!("needed where something is to change")),
    ];
    let star = &app.basis().strategy.north_star;
    let about = say!("Vision: {vision}\nMission: {mission}", vision = star.vision, mission = star.mission);
    app.open_fresh(form(say!("Is the north star still right?"), About::Star, fields).about(about));
}

/// Asks for a theme's weight.
pub fn open_weight(app: &mut App, id: &ThemeId) {
    let Some((said, theme)) = said(app).and_then(|s| Some((s, s.facts.themes.iter().find(|t| &t.theme == id)?))) else {
        return;
    };
    let now = said.weight(theme).to_type();
    let field = Field::line("weight", say!("Weight"), &now).proposal().required().hint(say!("its share of the effort"));
    let all: Vec<String> = said.facts.themes.iter().map(|t| format!("{} {}", t.name, said.weight(t))).collect();
    let opened = form(theme.name.clone(), About::Weight(id.clone()), vec![field]).about(all.join(" · "));
    app.open_fresh(opened);
}

/// Asks for an objective of the next quarter.
pub fn open_next(app: &mut App, id: Option<&GoalId>) {
    let Some(said) = said(app) else { return };
    let old = said.next.iter().find(|n| Some(&n.goal) == id);
    let theme = old.and_then(|n| n.theme.as_ref()).map_or("", ThemeId::as_str);
    let owner = old.map(|n| n.owner.as_str().to_owned());
    let fields = vec![
        Field::line("title", say!("Objective"), old.map_or("", |n| &n.title))
            .required()
            .hint(say!("what is to be true at its end")),
        Field::choice("owner", say!("Who"), options::people(app), owner.as_deref())
            .required()
            .hint(say!("type a name; one owner")),
        Field::choice("theme", say!("Theme"), options::themes(app), Some(theme)),
    ];
    let title = say!("An objective of {quarter}", quarter = said.quarter.next());
    let opened = form(title, About::Next(id.cloned()), fields)
        .about(say!("It becomes a goal when the quarter is saved; its key results are added on the Strategy screen."));
    app.open_fresh(opened);
}

/// Asks what stops; of a candidate, what is known goes along.
pub fn open_stop(app: &mut App, id: Option<&LineId>) {
    let Some(said) = said(app) else { return };
    let old = said.stops.iter().find(|s| Some(&s.id) == id);
    let could = said.facts.candidates.iter().find(|c| Some(&c.id) == id);
    let what = old.map(|s| s.what.clone()).or_else(|| could.map(|c| c.what.clone())).unwrap_or_default();
    let why = old.map(|s| s.why.clone()).or_else(|| could.map(|c| c.why.clone())).unwrap_or_default();
    let of_goal = could.and_then(|c| app.basis().strategy.goal(c.goal.as_ref()?)?.owner.clone());
    let owner = old.map(|s| s.owner.clone()).or(of_goal).map(|o| o.to_string());
    let from = old.map_or(app.today, |s| s.from).to_string();
    let fields = vec![
        Field::line("what", say!("We stop"), &what).required(),
        Field::line("why", say!("Because"), &why).required(),
        Field::choice("owner", say!("Who"), options::people(app), owner.as_deref())
            .required()
            .hint(say!("who sees to it")),
        Field::line("from", say!("From"), &from).proposal().required().hint(say!("thu, +7, 2026-11-26")),
    ];
    let goal = old.and_then(|s| s.goal.as_ref()).or(could.and_then(|c| c.goal.as_ref()));
    let about = if goal.is_some() { say!("The goal is dropped when the quarter is saved.") } else { "" };
    app.open_fresh(form(say!("What we stop"), About::Stop(id.cloned()), fields).about(about));
}

/// Asks for a member's sentence.
pub fn open_sentence(app: &mut App, id: &MemberId) {
    let Some(said) = said(app) else { return };
    let field = Field::text("text", say!("Sentence"), said.said(id).unwrap_or_default()).required();
    let name = app.basis().config.name_of(id).to_owned();
    app.open_fresh(form(say!("{name} on the quarter", name), About::Sentence(id.clone()), vec![field]));
}

/// Saves a form of a quarter's review.
///
/// # Errors
/// Names the field that is wrong; nothing is changed then.
pub fn save(app: &mut App, form: &Form, about: &About, now: Moment) -> Saved {
    if !matches!(about, About::Reopen(_) | About::Report(_)) {
        said(app).ok_or_else(Refusal::no_review)?;
    }
    match about {
        About::Reopen(quarter) => save_reopen(app, form, *quarter),
        About::Report(quarter) => quarters::save_report(app, form, *quarter),
        About::Goal(id) => save_goal(app, form, id, now),
        About::Drop(id) => Ok(ends(app, id, &Fate::Dropped { reason: form.value("reason") }, now)),
        About::Lesson(id) => {
            let text = form.value("text");
            let id = name(app, id.as_ref(), &text)?;
            edit(app, say!("what we learned"), QuarterEdit::Lesson(Change::put(Lesson { id, text })), now)
        }
        About::Star => save_star(app, form, now),
        About::Weight(id) => save_weight(app, form, id, now),
        About::Next(id) => save_next(app, form, id.as_ref(), now),
        About::Stop(id) => save_stop(app, form, id.as_ref(), now),
        About::Sentence(id) => {
            let said = Said { member: id.clone(), text: form.value("text") };
            let label = say!("sentence of {name}", name = app.basis().config.name_of(id));
            edit(app, &label, QuarterEdit::Said(Change::put(said)), now)
        }
    }
}

/// Asks why a sealed quarter is corrected.
pub fn open_reopen(app: &mut App, quarter: Quarter) {
    if let Some(why) = app.why_not_write(&NEEDED) {
        return app.say(Tone::Bad, why);
    }
    let field = Field::line("why", say!("Because"), "").required().hint(say!("a grade was wrong, a stop was left out"));
    let opened = form(say!("Correct the review of {quarter}", quarter), About::Reopen(quarter), vec![field]).about(
        say!("The sealed revision stays as it is; saving makes a new one beside it. Goals that ended stay ended."),
    );
    app.open_form(opened);
}

fn save_reopen(app: &App, form: &Form, quarter: Quarter) -> Saved {
    if app.held.is_some() || app.recovered.is_some() {
        return Err(Refusal::at("why", say!("another review is not finished: save it or throw it away first")));
    }
    Ok(vec![Effect::ReopenQuarter(quarter, form.value("why"))])
}

fn edit(app: &mut App, label: &str, edit: QuarterEdit, now: Moment) -> Saved {
    Ok(app.edit(label, Edit::Quarter(edit), now))
}

fn save_goal(app: &mut App, form: &Form, id: &GoalId, now: Moment) -> Saved {
    let typed = form.value("grade");
    let grade = if typed.is_empty() { None } else { Some(grade(&typed)?) };
    let before = said(app).ok_or_else(Refusal::no_review)?.answer(id);
    Ok(put(app, say!("graded"), vec![GoalAnswer { grade, note: form.value("note"), ..before }], now))
}

/// A grade as people type it: 0.7, or 0,7.
fn grade(typed: &str) -> Result<Grade, Refusal> {
    let wrong = || Refusal::at("grade", say!("a grade is written 0.0 to 1.0, in tenths"));
    let value: Finite = typed.replace(',', ".").parse().map_err(|_| wrong())?;
    let tenths = (value.get() * 10.0).round();
    let whole = (0.0..=10.0).contains(&tenths) && (tenths / 10.0 - value.get()).abs() < 1e-9;
    (0..=10u8).find(|n| whole && f64::from(*n) == tenths).and_then(|n| Grade::try_from(n).ok()).ok_or_else(wrong)
}

fn save_star(app: &mut App, form: &Form, now: Moment) -> Saved {
    let why = form.value("why");
    let answer = match form.value("answer").as_str() {
        "change" if why.is_empty() => return Err(Refusal::at("why", say!("say what is to change, and why"))),
        "change" => StarAnswer::Change { why },
        _ => StarAnswer::StillRight,
    };
    edit(app, say!("the north star"), QuarterEdit::NorthStar(Some(answer)), now)
}

fn save_weight(app: &mut App, form: &Form, id: &ThemeId, now: Moment) -> Saved {
    let weight = Finite::typed(&form.value("weight")).map_err(|e| Refusal::at("weight", format!("{e}")))?;
    if weight.get() < 0.0 {
        return Err(Refusal::at("weight", say!("a weight is not below 0")));
    }
    let same =
        said(app).and_then(|s| s.facts.themes.iter().find(|t| &t.theme == id)).is_some_and(|t| t.weight == weight);
    let change = if same { Change::remove(id.clone()) } else { Change::put(Weighed { theme: id.clone(), weight }) };
    edit(app, say!("weight of a theme"), QuarterEdit::Weight(change), now)
}

fn save_next(app: &mut App, form: &Form, id: Option<&GoalId>, now: Moment) -> Saved {
    let title = form.value("title");
    let owner = form.id("owner").ok_or_else(|| Refusal::at("owner", say!("choose a name")))?;
    let goal = match id {
        Some(id) => id.clone(),
        None => {
            let review = app.review().ok_or_else(Refusal::no_review)?;
            let strategy = &app.basis().strategy;
            let next = said(app).map(|s| s.next.as_slice()).unwrap_or_default();
            let taken = |id: &str| {
                strategy.goals.iter().any(|g| g.id.as_str() == id) || next.iter().any(|n| n.goal.as_str() == id)
            };
            let id = fresh_id(&title, review.week, taken);
            id.parse().map_err(|e: crate::model::id::IdError| Refusal::at("title", e.to_string()))?
        }
    };
    let next = NextGoal { goal, title, owner, theme: form.id("theme") };
    edit(app, say!("objective of the next quarter"), QuarterEdit::Next(Change::put(next)), now)
}

fn save_stop(app: &mut App, form: &Form, id: Option<&LineId>, now: Moment) -> Saved {
    let what = form.value("what");
    let owner = form.id("owner").ok_or_else(|| Refusal::at("owner", say!("choose a name")))?;
    let from = dates::parse(&form.value("from"), app.today).map_err(|why| Refusal::at("from", why))?;
    let goal = said(app).and_then(|s| {
        let old = s.stops.iter().find(|s| Some(&s.id) == id).and_then(|s| s.goal.clone());
        old.or_else(|| s.facts.candidates.iter().find(|c| Some(&c.id) == id)?.goal.clone())
    });
    let id = name(app, id, &what)?;
    let stop = Stop { id, what, why: form.value("why"), owner, from, goal };
    edit(app, say!("what we stop"), QuarterEdit::Stop(Change::put(stop)), now)
}

/// The name of a line: the one it has, else one made of its words that no other line of the review has.
fn name(app: &App, id: Option<&LineId>, words: &str) -> Result<LineId, Refusal> {
    if let Some(id) = id {
        return Ok(id.clone());
    }
    let review = app.review().ok_or_else(Refusal::no_review)?;
    let said = said(app).ok_or_else(Refusal::no_review)?;
    let lessons = said.learned.iter().map(|l| &l.id);
    let lines: Vec<&LineId> =
        lessons.chain(said.stops.iter().map(|s| &s.id)).chain(said.facts.candidates.iter().map(|c| &c.id)).collect();
    let fresh = fresh_id(words, review.week, |id| lines.iter().any(|l| l.as_str() == id));
    fresh.parse().map_err(|_| Refusal::gone())
}
