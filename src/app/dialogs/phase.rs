//! The form that begins a new phase of a KPI: after an understood change its limits are computed afresh.

use super::field::Field;
use super::form::Form;
use super::purpose::Purpose;
use super::refusal::Refusal;
use super::strategy::{refused, save};
use crate::app::message::Effect;
use crate::app::{App, dates};
use crate::model::id::KpiId;
use crate::model::kpi::Phase;
use crate::model::week::Week;

/// Asks from which week on, and because of what.
pub fn open(app: &mut App, id: &KpiId, from: Week) {
    if refused(app) {
        return;
    }
    let Some(kpi) = app.workspace.strategy.kpi(id) else { return };
    let fields = vec![
        Field::line("from", say!("From"), &from.to_string())
            .required()
            .proposal()
            .hint(say!("a week, 2026-W40, or a day in it")),
        Field::line("reason", say!("Because"), "").required().hint(say!("the change that the team made or understood")),
    ];
    let form = Form::new(say!("New phase: {name}", name = kpi.name), Purpose::NewPhase(id.clone()), fields)
        .about(say!("Mean and limits are computed afresh from that week on; what was before keeps its own."));
    app.open_form(form);
}

/// Adds the phase to the KPI's definition; one that begins in the same week is replaced.
///
/// # Errors
/// Names the field that is wrong.
pub fn save_phase(app: &mut App, form: &Form, id: &KpiId) -> Result<Vec<Effect>, Refusal> {
    let typed = form.value("from");
    let from: Week = match typed.parse() {
        Ok(week) => week,
        Err(_) => Week::of(dates::parse(&typed, app.today).map_err(|e| Refusal::at("from", e))?),
    };
    if from > app.week {
        return Err(Refusal::at(
            "from",
            say!("{from} lies ahead: a phase begins with a change that has happened", from),
        ));
    }
    let first = app.history.series(id).weeks().first().map(|w| w.0);
    if first.is_none_or(|first| from <= first) {
        let said = first.map_or_else(
            || say!("there is no reading yet").to_owned(),
            |week| say!("its readings begin in {week}: a new phase begins later", week),
        );
        return Err(Refusal::at("from", said));
    }
    let reason = form.value("reason");
    let name = app.workspace.strategy.kpi(id).map(|k| k.name.clone()).unwrap_or_default();
    Ok(save(app, &say!("New phase of {name} from {from} on", name, from), |strategy| {
        if let Some(kpi) = strategy.kpis.iter_mut().find(|k| &k.id == id) {
            kpi.phases.retain(|p| p.from != from);
            kpi.phases.push(Phase { from, reason });
            kpi.phases.sort_by_key(|p| p.from);
        }
    }))
}
