//! Several teams' workspaces beside each other: goals from the company down to the teams, how each team stands, what is missing.
//!
//! A workspace gives a [`Summary`] of what a roll-up shows and is let go; [`Rollup::of`] puts the summaries together.
//!
//! # Map
//! - `summary`: what is taken from one workspace.
//! - `links`: which goal hangs under which, over the borders of workspaces; links that lead nowhere or round in a circle.
//! - `gaps`: goals that nobody carries, or that carry nothing.

mod gaps;
mod links;
mod summary;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

pub use gaps::{Gap, Lack};
pub use links::Branch;
pub use summary::{PassedOn, RedKpi, Reviewed, Stood, Summary, SummaryGoal, Support};

use crate::model::id::WorkspaceId;
use crate::model::problem::Problem;
use crate::model::status::Status;
use links::Links;

/// How many of something have each status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// On track.
    pub on_track: usize,
    /// At risk.
    pub at_risk: usize,
    /// Off track.
    pub off_track: usize,
    /// Not known.
    pub unknown: usize,
}

impl Counts {
    /// Counts one more.
    pub fn add(&mut self, status: Status) {
        match status {
            Status::OnTrack => self.on_track += 1,
            Status::AtRisk => self.at_risk += 1,
            Status::OffTrack => self.off_track += 1,
            Status::Unknown => self.unknown += 1,
        }
    }

    /// How many there are in all.
    #[must_use]
    pub fn all(&self) -> usize {
        self.on_track + self.at_risk + self.off_track + self.unknown
    }

    /// Each status with its number, best first, unknown last.
    #[must_use]
    pub fn by_status(&self) -> [(Status, usize); 4] {
        [
            (Status::OnTrack, self.on_track),
            (Status::AtRisk, self.at_risk),
            (Status::OffTrack, self.off_track),
            (Status::Unknown, self.unknown),
        ]
    }
}

impl FromIterator<Status> for Counts {
    fn from_iter<I: IntoIterator<Item = Status>>(all: I) -> Self {
        let mut counts = Self::default();
        all.into_iter().for_each(|status| counts.add(status));
        counts
    }
}

/// A goal, by the place of its workspace among the summaries and its own place there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct At {
    /// Which workspace.
    pub team: usize,
    /// Which of its goals.
    pub goal: usize,
}

/// A workspace that could not be read, and so is not part of the roll-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Its folder.
    pub folder: PathBuf,
    /// Its id, if that much could be read.
    pub id: Option<WorkspaceId>,
    /// Why, with the places.
    pub problems: Vec<Problem>,
}

/// How the goals below a theme stand, whatever team carries them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeRow {
    /// The workspace whose theme it is, and the theme's place there; none for goals that lead to no theme.
    pub theme: Option<(usize, usize)>,
    /// Its goals that are marked by hand, by status.
    pub goals: Counts,
    /// How many workspaces have one among them.
    pub teams: usize,
}

/// Several workspaces beside each other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rollup {
    /// The workspaces, those that others' goals support first, then by name.
    pub teams: Vec<Summary>,
    /// How many of the first of them are such.
    pub tops: usize,
    /// The goals in their cascade, depth first.
    pub cascade: Vec<Branch>,
    /// How the goals stand by theme, in the order of the themes; those without one last.
    pub themes: Vec<ThemeRow>,
    /// What is missing.
    pub gaps: Vec<Gap>,
    /// Links that lead nowhere or round in a circle, each at its place.
    pub problems: Vec<Problem>,
    /// What could not be read.
    pub unread: Vec<Unread>,
}

impl Rollup {
    /// Puts workspaces together. Of two with one id the first counts; the other is told as unread.
    ///
    /// Takes time in proportion to the number of goals, however their links run.
    #[must_use]
    pub fn of(summaries: Vec<Summary>, mut unread: Vec<Unread>) -> Self {
        let mut teams = apart(summaries, &mut unread);
        let is_top = links::tops(&teams);
        let top = |id: &WorkspaceId| is_top.contains(id);
        teams.sort_by_cached_key(|t| (!top(&t.id), t.name.to_lowercase(), t.id.clone()));
        let tops = teams.iter().filter(|t| top(&t.id)).count();
        let links = Links::of(&teams, &unread);
        let cascade = links.cascade(&teams);
        let themes = themes(&teams, &links, &cascade);
        let gaps = gaps::of(&teams, tops, &links);
        Self { cascade, themes, gaps, problems: links.problems, teams, tops, unread }
    }

    /// The goal at a place.
    #[must_use]
    pub fn goal(&self, at: At) -> Option<&SummaryGoal> {
        self.teams.get(at.team)?.goals.get(at.goal)
    }

    /// Whether anything is wrong with what was read.
    #[must_use]
    pub fn has_problems(&self) -> bool {
        !self.problems.is_empty() || !self.unread.is_empty()
    }

    /// The theme of a row, with its name.
    #[must_use]
    pub fn theme_name(&self, row: &ThemeRow) -> Option<&str> {
        let (team, theme) = row.theme?;
        Some(self.teams.get(team)?.themes.get(theme)?.1.as_str())
    }

    /// What is missing in a workspace.
    pub fn gaps_of(&self, team: usize) -> impl Iterator<Item = &Gap> {
        self.gaps.iter().filter(move |gap| gap.at.team == team)
    }
}

/// Takes out those whose id another one has already.
fn apart(summaries: Vec<Summary>, unread: &mut Vec<Unread>) -> Vec<Summary> {
    let mut seen = std::collections::HashMap::new();
    let mut teams: Vec<Summary> = Vec::with_capacity(summaries.len());
    for team in summaries {
        match seen.get(&team.id).and_then(|at: &usize| teams.get(*at)) {
            Some(first) => unread.push(Unread {
                problems: vec![Problem::of_file(
                    team.folder.join("truenorth.ron"),
                    say!("{folder} has the id `{id}`, too", folder = first.folder.display(), id = team.id),
                    say!("leave one of the two out if it is a copy; else give one another id"),
                )],
                folder: team.folder,
                id: Some(team.id),
            }),
            None => {
                seen.insert(team.id.clone(), teams.len());
                teams.push(team);
            }
        }
    }
    teams
}

/// Counts the goals that are marked by hand under the theme that lies furthest up their line.
fn themes(teams: &[Summary], links: &Links, cascade: &[Branch]) -> Vec<ThemeRow> {
    let mut rows: std::collections::BTreeMap<(bool, usize, usize), (Counts, std::collections::BTreeSet<usize>)> =
        std::collections::BTreeMap::new();
    let mut theme_of: std::collections::HashMap<At, Option<(usize, usize)>> = std::collections::HashMap::new();
    for branch in cascade {
        let goal = &teams[branch.at.team].goals[branch.at.goal];
        // What is above comes first in the cascade, so its theme is known.
        let above = links.above(branch.at).and_then(|up| theme_of.get(&up).copied().flatten());
        let theme = above.or(goal.theme.map(|t| (branch.at.team, t)));
        theme_of.insert(branch.at, theme);
        if let (true, Stood::Open(status)) = (goal.is_leaf, &goal.stood) {
            let key = theme.map_or((true, usize::MAX, usize::MAX), |(team, theme)| (false, team, theme));
            let (counts, of) = rows.entry(key).or_default();
            counts.add(*status);
            of.insert(branch.at.team);
        }
    }
    let row =
        |((none, team, theme), (goals, of)): ((bool, usize, usize), (Counts, std::collections::BTreeSet<usize>))| {
            ThemeRow { theme: (!none).then_some((team, theme)), goals, teams: of.len() }
        };
    rows.into_iter().map(row).collect()
}
