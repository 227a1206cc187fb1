//! Forms that say something about one row of the review: a value, a mark, a reason, an answer.

use chrono::Days;

use super::field::Field;
use super::form::Form;
use super::options;
use super::purpose::Purpose;
use super::refusal::Refusal;
use crate::app::message::Effect;
use crate::app::{App, dates};
use crate::insight::held;
use crate::model::finding::Answer;
use crate::model::goal::Kind;
use crate::model::id::{ActionId, DecisionId, GoalId, IssueId, KpiId, MemberId};
use crate::model::kpi::Origin;
use crate::model::number::Finite;
use crate::model::record::{CRITERIA, DecisionState, IssueState, Rating};
use crate::model::review::{Change, Commitment, Edit, FindingEntry, GoalEntry, KpiEntry, Moment, Outcome, Review};
use crate::model::scale::{Confidence, Score};
use crate::model::status::Status;
use crate::model::tongue::word;

type Saved = Result<Vec<Effect>, Refusal>;

/// What the review says of a KPI, or an entry that says nothing yet.
#[must_use]
pub fn kpi_entry(review: &Review, id: &KpiId) -> KpiEntry {
    review.kpi(id).cloned().unwrap_or_else(|| KpiEntry::new(id.clone()))
}

/// What the review says of a goal, or an entry that says nothing yet.
#[must_use]
pub fn goal_entry(review: &Review, id: &GoalId) -> GoalEntry {
    review.goal(id).cloned().unwrap_or_else(|| GoalEntry::new(id.clone()))
}

/// Asks for a KPI's value; a digit that was pressed is its first.
pub fn open_kpi_value(app: &mut App, id: &KpiId, first: Option<char>) {
    let Some((review, kpi)) = app.review().zip(app.basis().strategy.kpi(id)) else { return };
    let entry = kpi_entry(review, id);
    let now = match first {
        Some(digit) => digit.to_string(),
        None => entry.reading.map(Finite::grouped).unwrap_or_default(),
    };
    let last = app.previous().and_then(|s| s.kpi(id)).and_then(|k| k.reading).map(|v| kpi.show(v));
    let aim = kpi.show_aim(review.week);
    let about = [
        last.map(|v| say!("last week {v}", v)),
        aim.map(|a| say!("target {a}", a)),
        Some(kpi.definition.clone()).filter(|d| !d.is_empty()),
    ];
    let unit = if kpi.unit.is_empty() { say!("a number").to_owned() } else { say!("in {unit}", unit = kpi.unit) };
    let value = Field::line("value", say!("This week"), &now).hint(say!("{unit}; empty for no reading", unit));
    let form = Form::new(
        kpi.name.clone(),
        Purpose::KpiValue(id.clone()),
        vec![
            // The digit that opened the form is the first of the value; a value from before gives way to a new one.
            if first.is_some() { value } else { value.proposal() },
            Field::line("note", say!("Note"), &entry.note).hint(say!("what explains it")),
        ],
    )
    .about(about.into_iter().flatten().collect::<Vec<_>>().join(" · "));
    app.open_fresh(form);
}

/// Saves a KPI's value. A mark that was the computed status goes with it, so that it is looked at again.
pub fn save_kpi_value(app: &mut App, form: &Form, id: &KpiId, now: Moment) -> Saved {
    let review = app.review().ok_or_else(Refusal::no_review)?;
    let mut entry = kpi_entry(review, id);
    let typed = form.value("value");
    let value = if typed.is_empty() { None } else { Some(number("value", &typed)?) };
    if value != entry.reading {
        entry.reading = value;
        entry.origin = Origin::Review;
        entry.mark = None;
    }
    entry.note = form.value("note");
    let name = app.kpi_name(id);
    Ok(app.edit(say!("value of {name}", name), Edit::Kpi(Change::put(entry)), now))
}

fn number(field: &'static str, typed: &str) -> Result<Finite, Refusal> {
    Finite::typed(typed).map_err(|e| Refusal::at(field, e.to_string()))
}

/// Marks a KPI; where the mark is better or worse than the computed status, asks why first.
pub fn mark_kpi(app: &mut App, id: &KpiId, status: Status, now: Moment) -> Vec<Effect> {
    let computed = app.derived.kpi(id).map_or(Status::Unknown, |k| k.computed);
    if computed == status {
        return set_kpi_mark(app, id, Some(status), None, now);
    }
    let name = app.kpi_name(id);
    let note = app.review().map(|r| kpi_entry(r, id).note).unwrap_or_default();
    let form = Form::new(
        format!("{name}: {status}"),
        Purpose::KpiMark(id.clone(), status),
        vec![Field::line("why", say!("Because"), &note).required().hint(say!("one line; it stands beside the mark"))],
    )
    .about(say!("The rule says {computed}. Both are kept and shown.", computed));
    app.open_fresh(form);
    Vec::new()
}

/// Sets or takes away a KPI's mark.
pub fn set_kpi_mark(app: &mut App, id: &KpiId, mark: Option<Status>, why: Option<String>, now: Moment) -> Vec<Effect> {
    let Some(review) = app.review() else { return Vec::new() };
    let mut entry = kpi_entry(review, id);
    entry.mark = mark;
    if let Some(why) = why {
        entry.note = why;
    }
    let name = app.kpi_name(id);
    let label = mark.map_or_else(|| say!("unmark {name}", name), |m| format!("{name}: {m}"));
    app.edit(label, Edit::Kpi(Change::put(entry)), now)
}

/// Saves a mark with its reason.
pub fn save_kpi_mark(app: &mut App, form: &Form, id: &KpiId, status: Status, now: Moment) -> Saved {
    app.review().ok_or_else(Refusal::no_review)?;
    Ok(set_kpi_mark(app, id, Some(status), Some(form.value("why")), now))
}

/// Asks what explains a KPI's number.
pub fn open_kpi_note(app: &mut App, id: &KpiId) {
    let Some(review) = app.review() else { return };
    let field = Field::text("note", say!("Note"), &kpi_entry(review, id).note).hint(say!("what explains this number"));
    app.open_fresh(Form::new(app.kpi_name(id), Purpose::KpiNote(id.clone()), vec![field]));
}

/// Saves what explains a KPI's number.
pub fn save_kpi_note(app: &mut App, form: &Form, id: &KpiId, now: Moment) -> Saved {
    let mut entry = kpi_entry(app.review().ok_or_else(Refusal::no_review)?, id);
    entry.note = form.value("note");
    Ok(app.edit(say!("note on {kpi_name}", kpi_name = app.kpi_name(id)), Edit::Kpi(Change::put(entry)), now))
}

/// Asks where a goal stands.
pub fn open_goal_progress(app: &mut App, id: &GoalId) {
    let Some((review, goal)) = app.review().zip(app.basis().strategy.goal(id)) else { return };
    let entry = goal_entry(review, id);
    let known = app.derived.goal(id).and_then(|g| g.current);
    let (label, hint) = match &goal.kind {
        Kind::KeyResult { baseline, target, unit, .. } => {
            let show = |v: &Option<Finite>| v.map_or_else(|| "?".to_owned(), Finite::grouped);
            (
                say!("Now at"),
                say!("from {baseline} to {target} {unit}", baseline = show(baseline), target = show(target), unit),
            )
        }
        Kind::Goal | Kind::Objective | Kind::Initiative { .. } => (say!("Done, in %"), say!("0 to 100").to_owned()),
    };
    let confidence = entry.confidence.map(|c| c.get().to_string()).unwrap_or_default();
    let last = app.previous().and_then(|s| s.goal(id)).and_then(|g| g.confidence);
    let form = Form::new(
        goal.title.clone(),
        Purpose::GoalProgress(id.clone()),
        vec![
            Field::line("current", label, &known.map(Finite::grouped).unwrap_or_default()).proposal().hint(hint),
            Field::line("confidence", say!("Confidence"), &confidence)
                .hint(last.map_or_else(|| say!("0 to 10").to_owned(), |c| say!("0 to 10, last week {c}", c = c.get()))),
            Field::line("note", say!("Note"), &entry.note).hint(say!("what explains it")),
        ],
    );
    app.open_fresh(form);
}

/// Saves where a goal stands.
pub fn save_goal_progress(app: &mut App, form: &Form, id: &GoalId, now: Moment) -> Saved {
    let mut entry = goal_entry(app.review().ok_or_else(Refusal::no_review)?, id);
    let goal = app.basis().strategy.goal(id).ok_or_else(Refusal::gone)?;
    let percent = !matches!(goal.kind, Kind::KeyResult { .. });
    let typed = form.value("current");
    let shown = app.derived.goal(id).and_then(|g| g.current);
    entry.current = match typed.is_empty() {
        true => None,
        false => {
            let value = number("current", &typed)?;
            if percent && !(0.0..=100.0).contains(&value.get()) {
                return Err(Refusal::at("current", say!("percent done lies between 0 and 100")));
            }
            // What a KPI or last week says is not copied into the entry unless it was changed.
            if Some(value) == shown && entry.current.is_none() { None } else { Some(value) }
        }
    };
    entry.confidence = match form.value("confidence").as_str() {
        "" => None,
        text => Some(confidence(text)?),
    };
    entry.note = form.value("note");
    let title = app.goal_title(id);
    Ok(app.edit(say!("progress of {title}", title), Edit::Goal(Change::put(entry)), now))
}

fn confidence(text: &str) -> Result<Confidence, Refusal> {
    let found = text.parse::<u8>().ok().and_then(Confidence::new);
    found.ok_or_else(|| Refusal::at("confidence", say!("confidence is a whole number from 0 to 10")))
}

/// Marks a goal, sets its confidence, or changes its entry in another way.
pub fn change_goal(
    app: &mut App,
    id: &GoalId,
    label: &str,
    change: impl FnOnce(&mut GoalEntry),
    now: Moment,
) -> Vec<Effect> {
    let Some(review) = app.review() else { return Vec::new() };
    let mut entry = goal_entry(review, id);
    change(&mut entry);
    let label = format!("{}: {label}", app.goal_title(id));
    app.edit(label, Edit::Goal(Change::put(entry)), now)
}

/// Asks what explains where a goal stands.
pub fn open_goal_note(app: &mut App, id: &GoalId) {
    let Some(review) = app.review() else { return };
    let field =
        Field::text("note", say!("Note"), &goal_entry(review, id).note).hint(say!("what explains where it stands"));
    app.open_fresh(Form::new(app.goal_title(id), Purpose::GoalNote(id.clone()), vec![field]));
}

/// Saves what explains where a goal stands.
pub fn save_goal_note(app: &mut App, form: &Form, id: &GoalId, now: Moment) -> Saved {
    app.review().ok_or_else(Refusal::no_review)?;
    let text = form.value("note");
    Ok(change_goal(app, id, "note", |e| e.note = text, now))
}

fn reason(title: String, purpose: Purpose, hint: &str) -> Form {
    Form::new(title, purpose, vec![Field::line("why", say!("Because"), "").required().hint(hint)])
}

/// Asks why an action item is given up.
pub fn open_drop_action(app: &mut App, id: &ActionId) {
    let title = app.action(id).map(|a| a.title.clone()).unwrap_or_default();
    app.open_form(reason(
        say!("Drop: {title}", title),
        Purpose::DropAction(id.clone()),
        say!("what has changed since it was promised"),
    ));
}

/// Gives an action item up.
pub fn save_drop_action(app: &mut App, form: &Form, id: &ActionId, now: Moment) -> Saved {
    app.review().ok_or_else(Refusal::no_review)?;
    let outcome = Outcome::Dropped { reason: form.value("why") };
    let title = app.action(id).map(|a| a.title.clone()).unwrap_or_default();
    Ok(app.edit(
        say!("drop: {title}", title),
        Edit::Commitment(Change::put(Commitment { action: id.clone(), outcome })),
        now,
    ))
}

/// Asks for the answer to an issue.
pub fn open_solution(app: &mut App, id: &IssueId) {
    let title = app.issue(id).map(|i| i.title.clone()).unwrap_or_default();
    let (decision, action) = (app.keymap.key_of("capture.decision"), app.keymap.key_of("capture.action"));
    let form = Form::new(
        say!("Solve: {title}", title),
        Purpose::SolveIssue(id.clone()),
        vec![Field::line("answer", say!("Answer"), "").required().hint(say!("what was found out or agreed"))],
    )
    .about(say!(
        "If it became a decision or an action item, close this and press {decision} or {action}: that solves it too.",
        decision,
        action
    ));
    app.open_form(form);
}

/// Saves the answer to an issue.
pub fn save_solution(app: &mut App, form: &Form, id: &IssueId, now: Moment) -> Saved {
    let week = app.review().ok_or_else(Refusal::no_review)?.week;
    let mut issue = app.issue(id).cloned().ok_or_else(Refusal::gone)?;
    issue.state = IssueState::Solved { in_week: week, answer: form.value("answer"), decision: None, action: None };
    Ok(app.edit(say!("solved: {title}", title = issue.title), Edit::Issue(Change::put(issue)), now))
}

/// Asks why an issue is given up.
pub fn open_drop_issue(app: &mut App, id: &IssueId) {
    let title = app.issue(id).map(|i| i.title.clone()).unwrap_or_default();
    app.open_form(reason(
        say!("Drop: {title}", title),
        Purpose::DropIssue(id.clone()),
        say!("why it no longer needs an answer"),
    ));
}

/// Gives an issue up.
pub fn save_drop_issue(app: &mut App, form: &Form, id: &IssueId, now: Moment) -> Saved {
    let week = app.review().ok_or_else(Refusal::no_review)?.week;
    let mut issue = app.issue(id).cloned().ok_or_else(Refusal::gone)?;
    issue.state = IssueState::Dropped { in_week: week, reason: form.value("why") };
    Ok(app.edit(say!("drop: {title}", title = issue.title), Edit::Issue(Change::put(issue)), now))
}

/// Asks until when a finding is put aside.
pub fn open_dismissal(app: &mut App, key: &str) {
    let until = app.today.checked_add_days(Days::new(28)).unwrap_or(app.today);
    let title = app.derived.findings.iter().find(|f| f.key == key).map(|f| f.title.clone()).unwrap_or_default();
    let form = Form::new(
        say!("Put aside: {title}", title),
        Purpose::Dismiss(key.to_owned()),
        vec![
            Field::line("why", say!("Because"), "").required().hint(say!("it comes back on that day")),
            Field::line("until", say!("Until"), &until.to_string())
                .proposal()
                .required()
                .hint(say!("2026-12-17, +28, 6w")),
        ],
    );
    app.open_form(form);
}

/// Puts a finding aside.
pub fn save_dismissal(app: &mut App, form: &Form, key: &str, now: Moment) -> Saved {
    app.review().ok_or_else(Refusal::no_review)?;
    let until = dates::parse(&form.value("until"), app.today).map_err(|e| Refusal::at("until", e))?;
    if until <= app.today {
        return Err(Refusal::at("until", say!("a day after today: it comes back then")));
    }
    let answer = Answer::Dismissed { until, reason: form.value("why") };
    Ok(app.edit(
        say!("finding put aside"),
        Edit::Finding(Change::put(FindingEntry { finding: key.to_owned(), answer })),
        now,
    ))
}

/// Asks what became of a decision.
pub fn open_outcome(app: &mut App, id: &DecisionId) {
    let Some(decision) = app.decision(id) else { return };
    let mut fields =
        vec![Field::text("outcome", say!("What happened"), "").required().hint(say!("against what was expected"))];
    let mut about = say!("We chose: {choice}", choice = decision.choice);
    if let Some(p) = &decision.prediction {
        about.push_str(&say!("\nWe expected, {percent} % sure: {claim}", percent = p.percent.get(), claim = p.claim));
        fields.insert(
            0,
            Field::choice(
                "true",
                say!("It came true"),
                options::fixed(&[("yes", say!("yes")), ("no", say!("no")), ("", say!("cannot be told"))]),
                None,
            )
            .required(),
        );
    }
    let form = Form::new(decision.title.clone(), Purpose::DecisionOutcome(id.clone()), fields).about(about);
    app.open_form(form);
}

/// Saves what became of a decision.
pub fn save_outcome(app: &mut App, form: &Form, id: &DecisionId, now: Moment) -> Saved {
    let week = app.review().ok_or_else(Refusal::no_review)?.week;
    let mut decision = app.decision(id).cloned().ok_or_else(Refusal::gone)?;
    let came_true = match form.value("true").as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    decision.state = DecisionState::Reviewed { in_week: week, outcome: form.value("outcome"), came_true };
    Ok(app.edit(say!("looked at again: {title}", title = decision.title), Edit::Decision(Change::put(decision)), now))
}

/// The names of the five fields of a rating.
const SCORES: [&str; 5] = ["time", "engaged", "honest", "solved", "next"];

/// Asks for a member's rating.
pub fn open_rating(app: &mut App, member: &MemberId, now: Moment) {
    let Some(review) = app.review() else { return };
    let old = review.ratings.iter().find(|r| &r.member == member);
    let choices = options::fixed(&[("2", say!("2  yes")), ("1", say!("1  partly")), ("0", say!("0  no"))]);
    // Nothing is chosen beforehand: a proposal of tens would be taken.
    let field = |i: usize| {
        let chosen = old.map(|r| ["0", "1", "2"][usize::from(r.scores[i].get())]);
        Field::choice(SCORES[i], word(CRITERIA[i]), choices.clone(), chosen).required().one_key()
    };
    let name = app.basis().config.name_of(member).to_owned();
    let facts = held::of_review(review, now).in_words();
    let form =
        Form::new(say!("{name} rates this review", name), Purpose::Rating(member.clone()), (0..5).map(field).collect())
            .about(say!("One key each: 2 yes, 1 partly, 0 no.\nThe facts: {facts}.", facts));
    app.open_fresh(form);
}

/// Saves a member's rating.
pub fn save_rating(app: &mut App, form: &Form, member: &MemberId, now: Moment) -> Saved {
    app.review().ok_or_else(Refusal::no_review)?;
    let score = |name: &'static str| {
        let found = form.value(name).parse::<u8>().ok().and_then(Score::new);
        found.ok_or_else(|| Refusal::at(name, say!("0, 1 or 2")))
    };
    let mut scores = Vec::with_capacity(5);
    for name in SCORES {
        scores.push(score(name)?);
    }
    let scores = <[Score; 5]>::try_from(scores).map_err(|_| Refusal::gone())?;
    let name = app.basis().config.name_of(member).to_owned();
    Ok(app.edit(
        say!("rating by {name}", name),
        Edit::Rating(Change::put(Rating { member: member.clone(), scores })),
        now,
    ))
}

/// Asks why the rating was low.
pub fn open_why_low(app: &mut App) {
    let Some(review) = app.review() else { return };
    let field = Field::text("why", say!("Because"), &review.why_low).hint(say!("what would make it a ten"));
    app.open_fresh(Form::new(say!("The rating is below 8: why?"), Purpose::WhyLow, vec![field]));
}

/// Saves why the rating was low.
pub fn save_why_low(app: &mut App, form: &Form, now: Moment) -> Saved {
    app.review().ok_or_else(Refusal::no_review)?;
    Ok(app.edit(say!("why the rating was low"), Edit::WhyLow(form.value("why")), now))
}
