//! Saving a form: by its purpose, each in the file that opens it.

use super::form::Form;
use super::purpose::Purpose;
use super::refusal::Refusal;
use super::{capture, cards, decision, elsewhere, leaving, people, phase, quarter, rows, strategy};
use crate::app::App;
use crate::app::message::Effect;
use crate::app::screens::{check_in, passed, recap};
use crate::model::review::Moment;

/// Saves a form.
///
/// # Errors
/// Names the field that is wrong; nothing is changed then.
pub fn save(app: &mut App, form: &Form, now: Moment) -> Result<Vec<Effect>, Refusal> {
    match &form.purpose {
        Purpose::Decision { about, solves } => decision::save(app, form, about.as_ref(), solves.as_ref(), now),
        Purpose::EditDecision(id) => decision::save_edited(app, form, id, now),
        Purpose::Supersede(id) => decision::save_replacement(app, form, id, now),
        Purpose::Action { about, solves } => capture::save_action(app, form, about.as_ref(), solves.as_ref(), now),
        Purpose::EditAction(id) => capture::save_edited_action(app, form, id, now),
        Purpose::Issue { about } => capture::save_issue(app, form, about.as_ref(), now),
        Purpose::EditIssue(id) => capture::save_edited_issue(app, form, id, now),
        Purpose::Note { about } => capture::save_note(app, form, about.as_ref(), now),
        Purpose::Headline => capture::save_headline(app, form, None, now),
        Purpose::EditHeadline(id) => capture::save_headline(app, form, Some(id), now),
        Purpose::Message => capture::save_message(app, form, None, now),
        Purpose::EditMessage(id) => capture::save_message(app, form, Some(id), now),
        Purpose::KpiValue(id) => rows::save_kpi_value(app, form, id, now),
        Purpose::KpiMark(id, status) => rows::save_kpi_mark(app, form, id, *status, now),
        Purpose::KpiNote(id) => rows::save_kpi_note(app, form, id, now),
        Purpose::GoalProgress(id) => rows::save_goal_progress(app, form, id, now),
        Purpose::GoalNote(id) => rows::save_goal_note(app, form, id, now),
        Purpose::DropAction(id) => rows::save_drop_action(app, form, id, now),
        Purpose::SolveIssue(id) => rows::save_solution(app, form, id, now),
        Purpose::DropIssue(id) => rows::save_drop_issue(app, form, id, now),
        Purpose::Dismiss(key) => rows::save_dismissal(app, form, key, now),
        Purpose::DecisionOutcome(id) => rows::save_outcome(app, form, id, now),
        Purpose::Rating(member) => rows::save_rating(app, form, member, now),
        Purpose::WhyLow => rows::save_why_low(app, form, now),
        Purpose::NewGoal { parent } => strategy::save_new_goal(app, form, parent.as_ref()),
        Purpose::EditGoal(id) => strategy::save_goal(app, form, id),
        Purpose::MoveGoal(id) => strategy::save_move(app, form, id),
        Purpose::DropGoal(id) => strategy::save_drop(app, form, id),
        Purpose::FinishGoal(id) => strategy::save_finish(app, form, id),
        Purpose::NewCard { kind, from } => cards::save_new(app, form, *kind, from.as_ref()),
        Purpose::EditCard(id) => cards::save_edited(app, form, id),
        Purpose::MoveCard(id, _) => cards::save_move(app, form, id),
        Purpose::LinkCard(id) => cards::save_links(app, form, id),
        Purpose::NewPhase(id) => phase::save_phase(app, form, id),
        Purpose::NorthStar => strategy::save_north_star(app, form),
        Purpose::Quarter(about) => quarter::save(app, form, about, now),
        Purpose::Leaving => leaving::save(app, form, now),
        Purpose::WhoAmI => people::save_who(app, form),
        Purpose::Reopen(week) => people::save_reopen(app, form, *week),
        Purpose::Elsewhere => elsewhere::save(app, form, now),
        Purpose::Report(week) => recap::save_report(app, form, *week),
        Purpose::PassOn(what) => passed::save_pass_on(app, form, what),
        Purpose::ReturnPassed(key) => passed::save_return(app, form, key),
        Purpose::Answer(key) => check_in::save_typed(app, form, key),
        Purpose::PrivateNote(week) => check_in::save_private(app, form, *week),
        // The start screen handles these two itself: no workspace is open then.
        Purpose::Init | Purpose::OpenFolder => Ok(Vec::new()),
    }
}
