//! Which goal hangs under which, over the borders of workspaces. Links come from files, so each may lead nowhere, or round in a
//! circle: such a one is told at its place and then left out, so that what remains is a forest.

use std::collections::{HashMap, HashSet};

use super::{At, Stood, Summary, SummaryGoal, Unread};
use crate::model::far::FarGoal;
use crate::model::id::WorkspaceId;
use crate::model::problem::Problem;

/// How many ids a hint names.
const NAMED: usize = 8;

/// A goal in the cascade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Branch {
    /// How far down it hangs.
    pub depth: usize,
    /// Which goal it is.
    pub at: At,
}

/// The way up from each goal.
pub(super) struct Links {
    above: HashMap<At, At>,
    below: HashMap<At, Vec<At>>,
    pub(super) problems: Vec<Problem>,
}

/// The workspaces that goals of others support and whose own goals support none: the company, above the teams. Where all
/// support each other there is none.
pub(super) fn tops(teams: &[Summary]) -> HashSet<WorkspaceId> {
    let links =
        |t: &Summary| t.goals.iter().filter_map(|g| g.supports.as_ref()).map(|s| s.to.workspace.clone()).collect();
    let named: Vec<HashSet<WorkspaceId>> = teams.iter().map(links).collect();
    let supported: HashSet<&WorkspaceId> = named.iter().flatten().collect();
    let is_top = |(t, links): &(&Summary, &HashSet<WorkspaceId>)| links.is_empty() && supported.contains(&t.id);
    teams.iter().zip(&named).filter(is_top).map(|(t, _)| t.id.clone()).collect()
}

/// All goals, workspace by workspace, with their places.
fn all(teams: &[Summary]) -> impl Iterator<Item = (At, &SummaryGoal)> {
    let of = |(team, t): (usize, &'_ Summary)| (team, t.goals.len());
    let counts: Vec<(usize, usize)> = teams.iter().enumerate().map(of).collect();
    counts.into_iter().flat_map(move |(team, n)| (0..n).map(move |goal| (At { team, goal }, &teams[team].goals[goal])))
}

impl Links {
    /// Follows what each goal says: the goal elsewhere that it supports, where there is one, else its parent.
    pub(super) fn of(teams: &[Summary], unread: &[Unread]) -> Self {
        let mut links = Self { above: HashMap::new(), below: HashMap::new(), problems: Vec::new() };
        let known = Known::of(teams, unread);
        for (at, goal) in all(teams) {
            let far = goal.supports.as_ref().and_then(|s| match known.find(&s.to) {
                Found::Goal(up) => Some(up),
                Found::Unread => None,
                Found::Nothing(message, hint) => {
                    links.problems.push(problem(&teams[at.team], goal, message, hint));
                    None
                }
            });
            let up = far.or_else(|| goal.parent.map(|goal| At { team: at.team, goal }));
            links.above.extend(up.map(|up| (at, up)));
        }
        links.cut_circles(teams);
        for (at, _) in all(teams) {
            if let Some(up) = links.above.get(&at) {
                links.below.entry(*up).or_default().push(at);
            }
        }
        links
    }

    /// The goal above.
    pub(super) fn above(&self, at: At) -> Option<At> {
        self.above.get(&at).copied()
    }

    /// The goals right below, in file order, workspace by workspace.
    pub(super) fn below(&self, at: At) -> &[At] {
        self.below.get(&at).map_or(&[], Vec::as_slice)
    }

    /// Takes one link out of each circle, and tells of it. Each goal is walked over once.
    fn cut_circles(&mut self, teams: &[Summary]) {
        let mut settled: HashSet<At> = HashSet::new();
        for (start, _) in all(teams) {
            let (mut line, mut places) = (Vec::new(), HashMap::new());
            let mut next = Some(start);
            while let Some(at) = next.filter(|at| !settled.contains(at) && !places.contains_key(at)) {
                places.insert(at, line.len());
                line.push(at);
                next = self.above(at);
            }
            if let Some(first) = next.and_then(|at| places.get(&at)) {
                let circle = &line[*first..];
                let crosses = |at: &&At| self.above(**at).is_some_and(|up| up.team != at.team);
                let cut = circle.iter().find(crosses).or(circle.first()).copied();
                if let Some(cut) = cut {
                    let names: Vec<String> =
                        circle.iter().chain(circle.first()).take(NAMED).map(|at| name(teams, *at)).collect();
                    let more = if circle.len() >= NAMED { " → …" } else { "" };
                    let message =
                        say!("these goals hang under each other: {names}{more}", names = names.join(" → "), more);
                    let goal = &teams[cut.team].goals[cut.goal];
                    let hint = say!("take `supports` or `parent` out of one of them");
                    self.problems.push(problem(&teams[cut.team], goal, message, hint.to_owned()));
                    self.above.remove(&cut);
                }
            }
            settled.extend(line);
        }
    }

    /// Every open goal with what is above it, depth first; workspaces in their order, goals in file order.
    pub(super) fn cascade(&self, teams: &[Summary]) -> Vec<Branch> {
        let shown = self.shown(teams);
        let mut out = Vec::with_capacity(shown.len());
        let roots: Vec<At> = all(teams).map(|(at, _)| at).filter(|at| self.above(*at).is_none()).collect();
        let mut stack: Vec<Branch> = roots.into_iter().rev().map(|at| Branch { depth: 0, at }).collect();
        while let Some(branch) = stack.pop() {
            if shown.contains(&branch.at) {
                out.push(branch);
                let below = self.below(branch.at).iter().rev();
                stack.extend(below.map(|at| Branch { depth: branch.depth + 1, at: *at }));
            }
        }
        out
    }

    /// The open goals, and the closed ones that open ones hang under.
    fn shown(&self, teams: &[Summary]) -> HashSet<At> {
        let mut shown = HashSet::new();
        for (at, _) in all(teams).filter(|(_, g)| matches!(g.stood, Stood::Open(_))) {
            let mut next = Some(at);
            while let Some(at) = next.filter(|at| shown.insert(*at)) {
                next = self.above(at);
            }
        }
        shown
    }
}

fn name(teams: &[Summary], at: At) -> String {
    format!("{}/{}", teams[at.team].id, teams[at.team].goals[at.goal].id)
}

/// A problem at the link of a goal.
fn problem(team: &Summary, goal: &SummaryGoal, message: String, hint: String) -> Problem {
    let path = team.folder.join("strategy/goals.ron");
    let (line, column) = goal.supports.as_ref().map_or((1, 1), |s| s.place);
    let excerpt = goal.supports.as_ref().map(|s| s.excerpt.clone()).unwrap_or_default();
    Problem { path, line, column, message, hint, excerpt }
}

/// What a link leads to.
enum Found {
    Goal(At),
    /// A workspace that could not be read: told already.
    Unread,
    /// What is wrong, and a hint.
    Nothing(String, String),
}

/// The workspaces and goals that links may lead to.
struct Known<'a> {
    teams: HashMap<&'a WorkspaceId, usize>,
    goals: HashMap<(usize, &'a str), usize>,
    unread: HashSet<&'a WorkspaceId>,
    ids: Vec<&'a str>,
}

impl<'a> Known<'a> {
    fn of(teams: &'a [Summary], unread: &'a [Unread]) -> Self {
        let places: HashMap<&WorkspaceId, usize> = teams.iter().enumerate().map(|(at, t)| (&t.id, at)).collect();
        Self {
            goals: all(teams).map(|(at, goal)| ((at.team, goal.id.as_str()), at.goal)).collect(),
            unread: unread.iter().filter_map(|u| u.id.as_ref()).filter(|id| !places.contains_key(id)).collect(),
            ids: teams.iter().map(|t| t.id.as_str()).collect(),
            teams: places,
        }
    }

    fn find(&self, far: &FarGoal) -> Found {
        let Some(team) = self.teams.get(&far.workspace).copied() else {
            if self.unread.contains(&far.workspace) {
                return Found::Unread;
            }
            let some = self.ids.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
            return Found::Nothing(
                say!("no workspace `{workspace}` is among these", workspace = far.workspace),
                say!("name its folder, too, or correct the id: here are {some}", some),
            );
        };
        match self.goals.get(&(team, far.goal.as_str())).copied() {
            Some(goal) => Found::Goal(At { team, goal }),
            None => Found::Nothing(
                say!("{workspace} has no goal `{goal}`", workspace = far.workspace, goal = far.goal),
                say!("`truenorth goal list` there tells its goals: correct the link, or take it out").to_owned(),
            ),
        }
    }
}
