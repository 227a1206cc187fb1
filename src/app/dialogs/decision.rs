//! The form of a decision: a new one, one that takes another's place, or one that is put into better words.

use super::capture::id_for;
use super::field::Field;
use super::form::Form;
use super::options;
use super::purpose::Purpose;
use super::refusal::Refusal;
use crate::app::message::Effect;
use crate::app::{App, Tone, dates};
use crate::model::declined::Declined;
use crate::model::id::{DecisionId, GoalId, IssueId};
use crate::model::number::Finite;
use crate::model::record::{Decision, DecisionState, IssueState, Method, Prediction, Record, Subject};
use crate::model::review::{Change, Edit, Moment, Review};
use crate::model::scale::Percent;
use crate::model::tongue::word;
use crate::model::week::Week;

/// What is needed, said above every form of a decision.
const ABOUT: &str = term!("Only the first two are needed. Tab goes on, Ctrl-s saves.");

/// The form of a decision still to be taken, perhaps about a row, perhaps the answer to an issue.
#[must_use]
pub fn new(app: &App, about: Option<Subject>, solves: Option<IssueId>) -> Form {
    let title = solves.as_ref().and_then(|id| app.issue(id)).map(|i| i.title.clone()).unwrap_or_default();
    let goals = match &about {
        Some(Subject::Goal(goal)) => vec![goal.clone()],
        Some(Subject::Kpi(kpi)) => {
            app.basis().strategy.goals_of(kpi).next().map(|g| g.id.clone()).into_iter().collect()
        }
        _ => Vec::new(),
    };
    let focus = if title.is_empty() { "title" } else { "choice" };
    let fields = blank(app, title).map(|blank| fields(app, &Decision { goals, ..blank })).unwrap_or_default();
    Form::new(say!("Log a decision"), Purpose::Decision { about, solves }, fields).about(word(ABOUT)).focus_on(focus)
}

/// Opens the form of a decision that stands, to put it into better words or to add what was left out.
pub fn open_edit(app: &mut App, id: &DecisionId) {
    if let Some(decision) = standing(app, id) {
        let fields = fields(app, &decision);
        app.open_fresh(
            Form::new(say!("Edit the decision"), Purpose::EditDecision(id.clone()), fields).about(word(ABOUT)),
        );
    }
}

/// Opens the form of the decision that takes the place of one that stands. What still holds goes along.
pub fn open_replacement(app: &mut App, id: &DecisionId) {
    let Some(old) = standing(app, id) else { return };
    let Some(mut blank) = blank(app, old.title.clone()) else { return };
    blank.goals.clone_from(&old.goals);
    blank.serves.clone_from(&old.serves);
    let form = Form::new(say!("Take another decision"), Purpose::Supersede(id.clone()), fields(app, &blank))
        .about(say!("It takes the place of: {choice} ({decided})", choice = old.choice, decided = old.decided))
        .focus_on("choice");
    app.open_form(form);
}

/// A decision that can be changed now; says what is in the way if there is something.
fn standing(app: &mut App, id: &DecisionId) -> Option<Decision> {
    if let Some(why) = app.why_not_write(&[]) {
        app.say(Tone::Bad, why);
        return None;
    }
    let Some(review) = app.review() else {
        let key = app.keymap.key_of("home.start");
        app.say(Tone::Info, say!("Decisions are changed in the review: {key} on Home holds it", key));
        return None;
    };
    let found = review.decisions.iter().find(|d| &d.id == id && (d.is_open() || d.decided == review.week)).cloned();
    if found.is_none() {
        app.say(Tone::Info, say!("It was closed in an earlier week, and stays as it was sealed"));
    }
    found
}

fn blank(app: &App, title: String) -> Option<Decision> {
    Some(Decision::new("new".parse().ok()?, title, "", app.open_week()))
}

fn fields(app: &App, d: &Decision) -> Vec<Field> {
    let methods: Vec<(&str, &str)> = Method::ALL.iter().map(|m| (m.label(), m.label())).collect();
    let reversible = [("", say!("nobody said")), ("yes", say!("easily")), ("no", say!("hardly"))];
    let goals = || options::goals(app, None).into_iter().filter(|o| !o.id.is_empty()).collect();
    let no = d.declined.iter().map(Declined::line).collect::<Vec<_>>().join("\n");
    let (claim, percent) =
        d.prediction.as_ref().map_or_else(Default::default, |p| (p.claim.clone(), p.percent.get().to_string()));
    let review = d.review_on.map(|day| day.to_string()).unwrap_or_default();
    vec![
        Field::line("title", say!("About"), &d.title).required().hint(say!("what had to be decided")),
        Field::line("choice", say!("We chose"), &d.choice).required().hint(say!("the choice, in one line")),
        Field::text("context", say!("Because"), &d.context).hint(say!("what we know today")),
        Field::text("options", say!("Options"), &d.options.join("\n"))
            .hint(say!("what else was considered, one a line")),
        Field::text("declined", say!("We said no to"), &no)
            .hint(say!("one a line: hiring now; reopen if overtime stays above 20 h")),
        Field::many("serves", say!("Values served"), options::values(app), &taken(&d.serves))
            .hint(say!("which does it serve? Space takes a value")),
        Field::many("strains", say!("Values strained"), options::values(app), &taken(&d.strains))
            .hint(say!("which does it strain? An honest answer is worth more than an empty one")),
        Field::many("goals", say!("Goals served"), goals(), &taken(&d.goals))
            .hint(say!("Space takes a goal, a letter goes to the next that begins with it")),
        Field::many("strained", say!("Goals strained"), goals(), &taken(&d.strained_goals))
            .hint(say!("which gets less time, money or attention")),
        Field::line("affects", say!("Who is affected"), &d.affects).hint(say!("also those who are not in the room")),
        Field::choice("method", say!("How"), options::fixed(&methods), Some(d.method.label()))
            .hint(say!("consent: nobody objects; one decides; the majority does")),
        Field::many("deciders", say!("Decided by"), options::people(app), &taken(&d.deciders))
            .hint(say!("Space takes a name; nobody taken means all of us")),
        Field::choice(
            "reversible",
            say!("Taken back"),
            options::fixed(&reversible),
            Some(d.reversible.map_or("", |yes| if yes { say!("yes") } else { say!("no") })),
        )
        .hint(say!("what is easily taken back can be decided fast")),
        Field::line("claim", say!("We expect"), &claim)
            .hint(say!("a prediction that one can check: order errors below 3 % by then")),
        Field::line("percent", say!("How sure"), &percent).proposal().hint(say!("0 to 100 %")),
        Field::line("review", say!("Look again on"), &review).proposal().hint(say!("2026-11-26, thu, +28, 6w")),
    ]
}

fn taken<T: AsRef<str>>(ids: &[T]) -> Vec<&str> {
    ids.iter().map(AsRef::as_ref).collect()
}

/// Puts what the form says into a decision.
fn fill(app: &App, form: &Form, d: &mut Decision) -> Result<(), Refusal> {
    let lines =
        |name| form.value(name).lines().map(|l| l.trim().to_owned()).filter(|l| !l.is_empty()).collect::<Vec<_>>();
    d.title = form.value("title");
    d.choice = form.value("choice");
    d.context = form.value("context");
    d.options = lines("options");
    d.declined = declined(lines("declined"))?;
    d.serves = form.ids("serves");
    d.strains = form.ids("strains");
    d.goals = kept(&d.goals, form.ids("goals"), app);
    d.strained_goals = kept(&d.strained_goals, form.ids("strained"), app);
    d.affects = form.value("affects");
    d.method = Method::ALL.into_iter().find(|m| m.label() == form.value("method")).unwrap_or_default();
    let gone = |id: &&crate::model::id::MemberId| !app.basis().config.active().any(|m| &&m.id == id);
    d.deciders = d.deciders.iter().filter(gone).cloned().chain(form.ids("deciders")).collect();
    d.reversible = match form.value("reversible").as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    d.prediction = prediction(form)?;
    d.review_on = match form.value("review").as_str() {
        "" => None,
        text => Some(dates::parse(text, app.today).map_err(|e| Refusal::at("review", e))?),
    };
    Ok(())
}

/// The goals taken, and those that were named before and are closed by now: the form does not offer them any more.
fn kept(before: &[GoalId], taken: Vec<GoalId>, app: &App) -> Vec<GoalId> {
    let closed = |id: &&GoalId| app.basis().strategy.goal(id).is_some_and(|g| !g.is_open());
    before.iter().filter(closed).cloned().chain(taken).collect()
}

fn declined(lines: Vec<String>) -> Result<Vec<Declined>, Refusal> {
    let read = |line: String| {
        Declined::of_line(&line)
            .ok_or_else(|| Refusal::at("declined", say!("say first what was declined, then what would reopen it")))
    };
    lines.into_iter().map(read).collect()
}

fn prediction(form: &Form) -> Result<Option<Prediction>, Refusal> {
    let (claim, percent) = (form.value("claim"), form.value("percent"));
    match (claim.is_empty(), percent.is_empty()) {
        (true, true) => Ok(None),
        (true, false) => Err(Refusal::at("claim", say!("say what is expected, or leave the percentage empty"))),
        (false, true) => Err(Refusal::at(
            "percent",
            say!("say how sure you are, 0 to 100: a prediction without it cannot be scored"),
        )),
        (false, false) => {
            let value: Finite =
                percent.trim_end_matches(['%', ' ']).parse().map_err(|e| Refusal::at("percent", format!("{e}")))?;
            let whole = Some(value.get()).filter(|v| v.fract() == 0.0 && (0.0..=100.0).contains(v));
            // Checked to lie in 0..=100.
            let percent = whole.and_then(|v| Percent::new(v as u8));
            let percent = percent.ok_or_else(|| Refusal::at("percent", say!("a whole percentage from 0 to 100")))?;
            Ok(Some(Prediction { claim, percent }))
        }
    }
}

/// A new decision of the form, with an id of its own.
fn taken_now(app: &App, review: &Review, form: &Form) -> Result<Decision, Refusal> {
    let id = id_for(review, None, "title", &form.value("title"), &review.decisions)?;
    let mut decision = Decision::new(id, "", "", review.week);
    fill(app, form, &mut decision)?;
    Ok(decision)
}

/// Saves a new decision; the issue it answers is solved by it.
///
/// # Errors
/// Names the field that is wrong.
pub fn save(
    app: &mut App,
    form: &Form,
    about: Option<&Subject>,
    solves: Option<&IssueId>,
    now: Moment,
) -> Result<Vec<Effect>, Refusal> {
    let review = app.review().ok_or_else(Refusal::no_review)?;
    let mut decision = taken_now(app, review, form)?;
    decision.about = about.cloned();
    let label = say!("decision: {title}", title = decision.title);
    let solved = solves.and_then(|id| app.issue(id)).cloned().map(|mut issue| {
        issue.state = IssueState::Solved {
            in_week: decision.decided,
            answer: decision.choice.clone(),
            decision: Some(decision.id.clone()),
            action: None,
        };
        Edit::Issue(Change::put(issue))
    });
    let edits = std::iter::once(Edit::Decision(Change::put(decision))).chain(solved).collect();
    Ok(app.edit(label, Edit::Many(edits), now))
}

/// Saves an edited decision: it keeps its id, its week and what came of it.
///
/// # Errors
/// Names the field that is wrong.
pub fn save_edited(app: &mut App, form: &Form, id: &DecisionId, now: Moment) -> Result<Vec<Effect>, Refusal> {
    let review = app.review().ok_or_else(Refusal::no_review)?;
    let mut decision = review.decisions.iter().find(|d| &d.id == id).cloned().ok_or_else(Refusal::gone)?;
    fill(app, form, &mut decision)?;
    Ok(app.edit(say!("edit: {title}", title = decision.title), Edit::Decision(Change::put(decision)), now))
}

/// Saves the decision that takes another's place: both change in one go.
///
/// # Errors
/// Names the field that is wrong.
pub fn save_replacement(app: &mut App, form: &Form, old: &DecisionId, now: Moment) -> Result<Vec<Effect>, Refusal> {
    let review = app.review().ok_or_else(Refusal::no_review)?;
    let mut old = review.decisions.iter().find(|d| &d.id == old).cloned().ok_or_else(Refusal::gone)?;
    let mut new = taken_now(app, review, form)?;
    new.about = Some(Subject::Decision(old.id.clone()));
    let label = say!("decision: {choice} takes the place of {old}", choice = new.choice, old = old.title());
    old.state = superseded(review.week, &new);
    let edits = vec![Edit::Decision(Change::put(new)), Edit::Decision(Change::put(old))];
    Ok(app.edit(label, Edit::Many(edits), now))
}

fn superseded(in_week: Week, by: &Decision) -> DecisionState {
    DecisionState::Superseded { in_week, by: by.id.clone() }
}
