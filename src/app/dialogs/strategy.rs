//! Forms that change the strategy: goals and the north star. Each saves the whole new strategy; the files keep their comments.

use super::field::Field;
use super::form::Form;
use super::options;
use super::purpose::Purpose;
use super::refusal::Refusal;
use crate::app::message::Effect;
use crate::app::{App, Tone, dates};
use crate::model::far::FarError;
use crate::model::goal::{Commitment, Goal, GoalState, Kind, Mode};
use crate::model::id::GoalId;
use crate::model::number::Finite;
use crate::model::strategy::Strategy;
use crate::model::workspace::Part;

type Saved = Result<Vec<Effect>, Refusal>;

fn kinds() -> [(&'static str, &'static str); 4] {
    [
        ("goal", say!("goal")),
        ("objective", say!("objective")),
        ("key_result", say!("key result")),
        ("initiative", say!("initiative")),
    ]
}

fn modes() -> [(&'static str, &'static str); 3] {
    [
        ("", say!("not said")),
        ("exploit", say!("more of what we do well")),
        ("explore", say!("something we do not do yet")),
    ]
}

fn mode_key(mode: Option<Mode>) -> &'static str {
    match mode {
        None => "",
        Some(Mode::Explore) => "explore",
        Some(Mode::Exploit) => "exploit",
    }
}

fn kind_key(kind: &Kind) -> &'static str {
    match kind {
        Kind::Goal => "goal",
        Kind::Objective => "objective",
        Kind::KeyResult { .. } => "key_result",
        Kind::Initiative { .. } => "initiative",
    }
}

/// Opens the form for a new goal under this parent.
pub fn open_new(app: &mut App, parent: Option<GoalId>) {
    if refused(app) {
        return;
    }
    let kind = match parent.as_ref().and_then(|p| app.workspace.strategy.goal(p)).map(|g| &g.kind) {
        None => Kind::Goal,
        Some(Kind::Goal) => Kind::Objective,
        Some(Kind::Objective) => {
            Kind::KeyResult { baseline: None, target: None, unit: String::new(), commitment: Commitment::Committed }
        }
        Some(Kind::KeyResult { .. } | Kind::Initiative { .. }) => Kind::Initiative { members: Vec::new() },
    };
    let Ok(id) = "new".parse() else { return };
    let mut blank = Goal::new(id, "", kind);
    blank.start = Some(app.today);
    let above = parent.as_ref().map(|p| say!("It serves: {goal_title}", goal_title = app.goal_title(p)));
    let form = Form::new(say!("Add a goal"), Purpose::NewGoal { parent }, fields(app, &blank))
        .about(above.unwrap_or_else(|| say!("It stands directly under a theme.").to_owned()));
    app.open_form(form);
}

/// Opens the form for a goal.
pub fn open_edit(app: &mut App, id: &GoalId) {
    if refused(app) {
        return;
    }
    let Some(goal) = app.workspace.strategy.goal(id).cloned() else { return };
    let fields = fields(app, &goal);
    app.open_fresh(Form::new(say!("Edit the goal"), Purpose::EditGoal(id.clone()), fields));
}

pub(super) fn refused(app: &mut App) -> bool {
    let other_week = app.held.as_ref().is_some_and(|h| h.basis.is_some());
    let why = if other_week {
        Some(say!("The review of another week is being held: the strategy can be changed after it").to_owned())
    } else {
        app.why_not_write(&[Part::Goals, Part::NorthStar])
    };
    why.map(|w| app.say(Tone::Bad, w)).is_some()
}

fn fields(app: &App, goal: &Goal) -> Vec<Field> {
    let number = |v: Option<Finite>| v.map(Finite::grouped).unwrap_or_default();
    let date = |d: Option<chrono::NaiveDate>| d.map(|d| d.to_string()).unwrap_or_default();
    let (baseline, target, unit) = match &goal.kind {
        Kind::KeyResult { baseline, target, unit, .. } => (*baseline, *target, unit.as_str()),
        Kind::Goal | Kind::Objective | Kind::Initiative { .. } => (None, None, ""),
    };
    let members: Vec<&str> = match &goal.kind {
        Kind::Initiative { members } => members.iter().map(|m| m.as_str()).collect(),
        Kind::Goal | Kind::Objective | Kind::KeyResult { .. } => Vec::new(),
    };
    let kpi = goal.kpis.first().map_or("", |k| k.as_str());
    let perspective = goal.perspective.as_ref().map_or("", |p| p.as_str());
    let leads_to: Vec<&str> = goal.leads_to.iter().map(|to| to.as_str()).collect();
    let mut owners = options::people(app);
    owners.insert(0, options::none(say!("nobody yet")));
    vec![
        Field::line("title", say!("Title"), &goal.title).required().hint(say!("a verb and what it is about")),
        Field::choice("kind", say!("Kind"), options::fixed(&kinds()), Some(kind_key(&goal.kind))).required(),
        Field::choice("owner", say!("Owner"), owners, Some(goal.owner.as_ref().map_or("", |o| o.as_str()))),
        Field::line("due", say!("Due"), &date(goal.due)).proposal().hint(say!("2026-12-31, +90, 12w")),
        Field::line("start", say!("Start"), &date(goal.start)).proposal().hint(say!("today when left as it is")),
        Field::choice("kpi", say!("Measured by"), options::kpis(app), Some(kpi)),
        Field::line("baseline", say!("From"), &number(baseline)).proposal().hint(say!("key results: where it began")),
        Field::line("target", say!("To"), &number(target)).proposal().hint(say!("key results: where it should get to")),
        Field::line("unit", say!("Unit"), unit).hint(say!("orders, %, min")),
        Field::choice(
            "theme",
            say!("Theme"),
            options::themes(app),
            Some(goal.theme.as_ref().map_or("", |t| t.as_str())),
        ),
        Field::line("supports", say!("Supports"), &goal.supports.as_ref().map(ToString::to_string).unwrap_or_default())
            .hint(say!("a goal of another workspace: company/growth")),
        Field::many("members", say!("Works on it"), options::people(app), &members)
            .hint(say!("initiatives: Space takes a name, best from several teams")),
        Field::choice("perspective", say!("Perspective"), options::perspectives(app), Some(perspective)),
        Field::many("leads_to", say!("Leads to"), options::effects(app, &goal.id), &leads_to)
            .hint(say!("on the strategy map: Space takes the goals that it is a cause of")),
        Field::choice("mode", say!("Mode"), options::fixed(&modes()), Some(mode_key(goal.mode))),
        Field::text("note", say!("Note"), &goal.note).hint(say!("why it matters")),
    ]
}

/// Puts what the form says into a goal.
fn fill(app: &App, form: &Form, goal: &mut Goal) -> Result<(), Refusal> {
    let number = |name: &'static str| -> Result<Option<Finite>, Refusal> {
        let typed = form.value(name);
        if typed.is_empty() {
            Ok(None)
        } else {
            Finite::typed(&typed).map(Some).map_err(|e| Refusal::at(name, format!("{e}")))
        }
    };
    let date = |name: &'static str| -> Result<Option<chrono::NaiveDate>, Refusal> {
        let typed = form.value(name);
        if typed.is_empty() {
            Ok(None)
        } else {
            dates::parse(&typed, app.today).map(Some).map_err(|e| Refusal::at(name, e))
        }
    };
    goal.title = form.value("title");
    let (baseline, target) = (number("baseline")?, number("target")?);
    goal.kind = match (form.value("kind").as_str(), &goal.kind) {
        ("goal", _) => Kind::Goal,
        ("objective", _) => Kind::Objective,
        ("initiative", _) => Kind::Initiative { members: form.ids("members") },
        (_, old) => {
            let commitment = match old {
                Kind::KeyResult { commitment, .. } => *commitment,
                Kind::Goal | Kind::Objective | Kind::Initiative { .. } => Commitment::Committed,
            };
            Kind::KeyResult { baseline, target, unit: form.value("unit"), commitment }
        }
    };
    if !matches!(goal.kind, Kind::KeyResult { .. }) && (baseline.is_some() || target.is_some()) {
        return Err(Refusal::at("kind", say!("only a key result has a baseline and a target")));
    }
    if !matches!(goal.kind, Kind::Initiative { .. }) && !form.value("members").is_empty() {
        return Err(Refusal::at("kind", say!("only an initiative has people who work on it; a goal has an owner")));
    }
    goal.owner = form.id("owner");
    (goal.start, goal.due) = (date("start")?, date("due")?);
    if goal.start.zip(goal.due).is_some_and(|(start, due)| due < start) {
        return Err(Refusal::at("due", say!("the due date lies before the start")));
    }
    // Only the first linked KPI is edited here; further ones stay.
    let kpi = form.id("kpi");
    goal.kpis =
        kpi.clone().into_iter().chain(goal.kpis.iter().skip(1).filter(|k| Some(*k) != kpi.as_ref()).cloned()).collect();
    goal.theme = form.id("theme");
    let supports = form.value("supports");
    goal.supports = (!supports.is_empty())
        .then(|| supports.parse())
        .transpose()
        .map_err(|e: FarError| Refusal::at("supports", format!("{e}")))?;
    if goal.supports.as_ref().is_some_and(|far| far.workspace == app.workspace.config.id) {
        return Err(Refusal::at("supports", say!("that goal is in this workspace: move this one under it")));
    }
    goal.perspective = form.id("perspective");
    goal.leads_to = form.ids("leads_to");
    if let Some(first) = goal.leads_to.iter().find(|to| leads_back(&app.workspace.strategy, to, &goal.id)) {
        let title = app.goal_title(first);
        return Err(Refusal::at("leads_to", say!("a circle, as this leads here: {title}", title = title)));
    }
    goal.mode = match form.value("mode").as_str() {
        "explore" => Some(Mode::Explore),
        "exploit" => Some(Mode::Exploit),
        _ => None,
    };
    goal.note = form.value("note");
    Ok(())
}

/// Whether one goal is the other, or a cause of it, near or far.
fn leads_back(strategy: &Strategy, from: &GoalId, to: &GoalId) -> bool {
    let (mut seen, mut at) = (std::collections::HashSet::new(), vec![from]);
    while let Some(id) = at.pop() {
        if id == to {
            return true;
        }
        if seen.insert(id) {
            at.extend(strategy.goal(id).into_iter().flat_map(|g| &g.leads_to));
        }
    }
    false
}

pub(super) fn save(app: &mut App, say: &str, change: impl FnOnce(&mut Strategy)) -> Vec<Effect> {
    let old = app.workspace.strategy.clone();
    let mut new = old.clone();
    change(&mut new);
    if new == old {
        return Vec::new();
    }
    app.say(Tone::Info, say!("{say}: saving", say));
    app.screens.strategy.unsaved = Some(old.clone());
    app.screens.strategy.before.push(old.clone());
    app.screens.strategy.after.clear();
    app.workspace.strategy = new.clone();
    vec![Effect::SaveStrategy(Box::new(old), Box::new(new))]
}

fn with_goal(app: &mut App, id: &GoalId, say: &str, change: impl FnOnce(&mut Goal)) -> Vec<Effect> {
    save(app, say, |s| {
        if let Some(goal) = s.goals.iter_mut().find(|g| &g.id == id) {
            change(goal);
        }
    })
}

/// Adds a goal behind the last child of its parent.
pub fn save_new_goal(app: &mut App, form: &Form, parent: Option<&GoalId>) -> Saved {
    let strategy = &app.workspace.strategy;
    let stem = crate::model::id::slug(&form.value("title"), 48);
    let taken = |id: &str| strategy.goals.iter().any(|g| g.id.as_str() == id);
    let id = std::iter::once(stem.clone())
        .chain((2..10_000).map(|n| format!("{stem}-{n}")))
        .find(|id| !taken(id))
        .unwrap_or(stem);
    let id: GoalId = id.parse().map_err(|e| Refusal::at("title", format!("{e}")))?;
    let mut goal = Goal::new(id.clone(), "", Kind::Goal);
    goal.parent = parent.cloned();
    fill(app, form, &mut goal)?;
    if goal.parent.is_none() && goal.theme.is_none() {
        goal.theme = app.workspace.strategy.north_star.themes.first().map(|t| t.id.clone());
    }
    let at = strategy.goals.iter().rposition(|g| g.parent.as_ref() == parent || Some(&g.id) == parent);
    let at = at.map_or(strategy.goals.len(), |i| i + 1);
    if let Some(parent) = parent {
        app.screens.strategy.closed.remove(parent);
    }
    app.screens.strategy.cursor.seek(id.as_str());
    let say = say!("Added {title}", title = goal.title);
    Ok(save(app, &say, |s| s.goals.insert(at, goal)))
}

/// Saves an edited goal.
pub fn save_goal(app: &mut App, form: &Form, id: &GoalId) -> Saved {
    let mut goal = app.workspace.strategy.goal(id).cloned().ok_or_else(Refusal::gone)?;
    fill(app, form, &mut goal)?;
    let say = say!("Changed {title}", title = goal.title);
    Ok(with_goal(app, id, &say, |g| *g = goal))
}

/// Asks for the goal's new parent.
pub fn open_move(app: &mut App, id: &GoalId) {
    if refused(app) {
        return;
    }
    let Some(goal) = app.workspace.strategy.goal(id).cloned() else { return };
    let parent = goal.parent.as_ref().map_or("", |p| p.as_str());
    let field = Field::choice("parent", say!("Under"), options::goals(app, Some(id)), Some(parent))
        .hint(say!("type to find; none puts it under a theme"));
    app.open_fresh(Form::new(say!("Move: {title}", title = goal.title), Purpose::MoveGoal(id.clone()), vec![field]));
}

/// Moves a goal under another.
pub fn save_move(app: &mut App, form: &Form, id: &GoalId) -> Saved {
    let parent: Option<GoalId> = form.id("parent");
    if parent.as_ref().is_some_and(|p| app.workspace.strategy.line_of_sight(p).iter().any(|g| &g.id == id)) {
        return Err(Refusal::at("parent", say!("that goal serves this one already: the line would run in a circle")));
    }
    app.screens.strategy.cursor.seek(id.as_str());
    let say = say!("Moved {goal_title}", goal_title = app.goal_title(id));
    Ok(with_goal(app, id, &say, |g| g.parent = parent))
}

/// Asks why a goal is given up.
pub fn open_drop(app: &mut App, id: &GoalId) {
    if refused(app) {
        return;
    }
    let below = app.workspace.strategy.children(id).filter(|g| g.is_open()).count();
    let about =
        if below == 0 { String::new() } else { say!("{below} goals below it stay open and lose their line.", below) };
    let field = Field::line("why", say!("Because"), "").required().hint(say!("what has changed"));
    let title = app.goal_title(id);
    app.open_form(Form::new(say!("Drop: {title}", title), Purpose::DropGoal(id.clone()), vec![field]).about(about));
}

/// Gives a goal up.
pub fn save_drop(app: &mut App, form: &Form, id: &GoalId) -> Saved {
    let (on, reason) = (app.today, form.value("why"));
    let say = say!("Dropped {goal_title}", goal_title = app.goal_title(id));
    Ok(with_goal(app, id, &say, |g| g.state = GoalState::Dropped { on, reason }))
}

/// Asks what was reached.
pub fn open_finish(app: &mut App, id: &GoalId) {
    if refused(app) {
        return;
    }
    let field = Field::line("note", say!("Reached"), "").hint(say!("what was reached, in a line"));
    let title = app.goal_title(id);
    app.open_form(Form::new(say!("Reached: {title}", title), Purpose::FinishGoal(id.clone()), vec![field]));
}

/// Marks a goal reached.
pub fn save_finish(app: &mut App, form: &Form, id: &GoalId) -> Saved {
    let (on, note) = (app.today, form.value("note"));
    let say = say!("Reached {goal_title}", goal_title = app.goal_title(id));
    Ok(with_goal(app, id, &say, |g| g.state = GoalState::Done { on, note }))
}

/// Pursues a goal again.
pub fn reopen(app: &mut App, id: &GoalId) -> Vec<Effect> {
    if refused(app) {
        return Vec::new();
    }
    let say = say!("Pursuing again {goal_title}", goal_title = app.goal_title(id));
    with_goal(app, id, &say, |g| g.state = GoalState::Open)
}

/// Opens the form for vision and mission.
pub fn open_north_star(app: &mut App) {
    if refused(app) {
        return;
    }
    let star = app.workspace.strategy.north_star.clone();
    let fields = vec![
        Field::text("vision", say!("Vision"), &star.vision)
            .required()
            .hint(say!("what the world looks like when we have succeeded")),
        Field::text("mission", say!("Mission"), &star.mission).hint(say!("what we do each day to get there")),
    ];
    app.open_fresh(
        Form::new(say!("North star"), Purpose::NorthStar, fields)
            .about(say!("Values and themes are edited in strategy/north-star.ron.")),
    );
}

/// Saves vision and mission.
pub fn save_north_star(app: &mut App, form: &Form) -> Saved {
    let (vision, mission) = (form.value("vision"), form.value("mission"));
    Ok(save(app, say!("North star"), |s| {
        s.north_star.vision = vision;
        s.north_star.mission = mission;
    }))
}
