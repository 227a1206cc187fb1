//! A roll-up as programs see it: stable keys, absent values as null.

use chrono::NaiveDate;
use serde::Serialize;

use crate::insight::rollup::{At, Counts, PassedOn, Reviewed, Rollup, Stood, Summary};
use crate::model::id::{GoalId, KpiId, ThemeId, WorkspaceId};
use crate::model::number::Finite;
use crate::model::problem::Problem;
use crate::model::week::Week;

/// The whole document.
#[derive(Serialize)]
pub(super) struct View<'a> {
    teams: Vec<TeamView<'a>>,
    themes: Vec<ThemeView<'a>>,
    goals: Vec<GoalView<'a>>,
    gaps: Vec<GapView<'a>>,
    problems: Vec<ProblemView<'a>>,
    unread: Vec<UnreadView<'a>>,
}

#[derive(Serialize)]
struct TeamView<'a> {
    id: &'a WorkspaceId,
    name: &'a str,
    folder: String,
    above_others: bool,
    goals: CountsView,
    review: Option<ReviewView<'a>>,
    passed: Vec<PassedView<'a>>,
}

#[derive(Serialize)]
struct CountsView {
    on_track: usize,
    at_risk: usize,
    off_track: usize,
    unknown: usize,
}

#[derive(Serialize)]
struct ReviewView<'a> {
    week: Week,
    sealed: NaiveDate,
    weeks_ago: i32,
    index: Option<Finite>,
    agreement: Option<Finite>,
    open_issues: usize,
    kpis: CountsView,
    red: Vec<RedView<'a>>,
}

#[derive(Serialize)]
struct RedView<'a> {
    kpi: &'a KpiId,
    name: &'a str,
    owner: Option<&'a str>,
    reading: Option<&'a str>,
    target: Option<&'a str>,
}

#[derive(Serialize)]
struct PassedView<'a> {
    key: &'a str,
    from: &'a WorkspaceId,
    week: Week,
    kind: &'static str,
    text: &'a str,
    answer: Option<&'a str>,
}

#[derive(Serialize)]
struct ThemeView<'a> {
    workspace: Option<&'a WorkspaceId>,
    theme: Option<&'a ThemeId>,
    name: Option<&'a str>,
    goals: CountsView,
    teams: usize,
}

#[derive(Serialize)]
struct GoalView<'a> {
    workspace: &'a WorkspaceId,
    id: &'a GoalId,
    title: &'a str,
    kind: &'static str,
    depth: usize,
    owner: Option<&'a str>,
    supports: Option<String>,
    state: &'static str,
    status: Option<&'static str>,
    progress: Option<Finite>,
}

#[derive(Serialize)]
struct GapView<'a> {
    kind: &'static str,
    workspace: &'a WorkspaceId,
    goal: &'a GoalId,
    title: &'a str,
}

#[derive(Serialize)]
struct ProblemView<'a> {
    path: String,
    line: usize,
    column: usize,
    message: &'a str,
    hint: &'a str,
}

#[derive(Serialize)]
struct UnreadView<'a> {
    folder: String,
    id: Option<&'a WorkspaceId>,
    problems: Vec<ProblemView<'a>>,
}

/// The roll-up as programs see it.
pub(super) fn view(rollup: &Rollup) -> View<'_> {
    View {
        teams: rollup.teams.iter().enumerate().map(|(at, t)| of_team(t, at < rollup.tops)).collect(),
        themes: rollup.themes.iter().map(|row| of_theme(rollup, row)).collect(),
        goals: rollup.cascade.iter().filter_map(|b| of_goal(rollup, b.at, b.depth)).collect(),
        gaps: rollup
            .gaps
            .iter()
            .filter_map(|gap| {
                let (team, goal) = (rollup.teams.get(gap.at.team)?, rollup.goal(gap.at)?);
                Some(GapView { kind: gap.lack.key(), workspace: &team.id, goal: &goal.id, title: &goal.title })
            })
            .collect(),
        problems: rollup.problems.iter().map(of_problem).collect(),
        unread: rollup
            .unread
            .iter()
            .map(|u| UnreadView {
                folder: u.folder.display().to_string(),
                id: u.id.as_ref(),
                problems: u.problems.iter().map(of_problem).collect(),
            })
            .collect(),
    }
}

fn of_team(team: &Summary, above_others: bool) -> TeamView<'_> {
    TeamView {
        id: &team.id,
        name: &team.name,
        folder: team.folder.display().to_string(),
        above_others,
        goals: counts(&team.goal_counts()),
        review: team.review.as_ref().map(|r| of_review(r, team)),
        passed: team.passed.iter().map(of_passed).collect(),
    }
}

fn of_review<'a>(review: &'a Reviewed, team: &Summary) -> ReviewView<'a> {
    let red = review.red.iter().map(|k| RedView {
        kpi: &k.kpi,
        name: &k.name,
        owner: k.owner.as_deref(),
        reading: k.reading.as_deref(),
        target: k.target.as_deref(),
    });
    ReviewView {
        week: review.week,
        sealed: review.sealed,
        weeks_ago: team.now.since(review.week),
        index: review.index,
        agreement: review.agreement,
        open_issues: review.open_issues,
        kpis: counts(&review.kpis),
        red: red.collect(),
    }
}

fn of_passed(passed: &PassedOn) -> PassedView<'_> {
    PassedView {
        key: &passed.key,
        from: &passed.from,
        week: passed.week,
        kind: passed.kind,
        text: &passed.text,
        answer: passed.answer.as_deref(),
    }
}

fn of_theme<'a>(rollup: &'a Rollup, row: &'a crate::insight::rollup::ThemeRow) -> ThemeView<'a> {
    let team = row.theme.and_then(|(team, _)| rollup.teams.get(team));
    let theme = row.theme.and_then(|(_, theme)| team?.themes.get(theme));
    ThemeView {
        workspace: team.map(|t| &t.id),
        theme: theme.map(|t| &t.0),
        name: theme.map(|t| t.1.as_str()),
        goals: counts(&row.goals),
        teams: row.teams,
    }
}

fn of_goal(rollup: &Rollup, at: At, depth: usize) -> Option<GoalView<'_>> {
    let (team, goal) = (rollup.teams.get(at.team)?, rollup.goal(at)?);
    let (state, status) = match goal.stood {
        Stood::Open(status) => ("open", Some(status.key())),
        Stood::Closed(word) => (word, None),
    };
    Some(GoalView {
        workspace: &team.id,
        id: &goal.id,
        title: &goal.title,
        kind: goal.kind,
        depth,
        owner: goal.owner.as_deref(),
        supports: goal.supports.as_ref().map(|s| s.to.to_string()),
        state,
        status,
        progress: goal.progress,
    })
}

fn of_problem(problem: &Problem) -> ProblemView<'_> {
    let Problem { path, line, column, message, hint, excerpt: _ } = problem;
    ProblemView { path: path.display().to_string(), line: *line, column: *column, message, hint }
}

fn counts(counts: &Counts) -> CountsView {
    let Counts { on_track, at_risk, off_track, unknown } = *counts;
    CountsView { on_track, at_risk, off_track, unknown }
}
