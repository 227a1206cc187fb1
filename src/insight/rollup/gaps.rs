//! What is missing between a company and its teams: goals that nobody carries, and goals that carry nothing.

use std::collections::HashSet;

use super::links::Links;
use super::{At, Stood, Summary};

/// Something that is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The goal that it is about.
    pub at: At,
    /// What is missing.
    pub lack: Lack,
}

/// What a goal lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lack {
    /// It is the company's, and no goal of a team supports it, nor one below or above it.
    NoSupport,
    /// What it supports is reached or given up.
    SupportsClosed,
    /// It is a team's, and neither it nor a goal below it supports one of another workspace.
    SupportsNone,
}

impl Lack {
    /// All of them, in the order they are shown.
    pub const ALL: [Self; 3] = [Self::NoSupport, Self::SupportsClosed, Self::SupportsNone];

    /// The heading over goals that lack it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::NoSupport => say!("No team supports it"),
            Self::SupportsClosed => say!("Supports what is done or dropped"),
            Self::SupportsNone => say!("Supports no goal above its team"),
        }
    }

    /// The key used in JSON.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::NoSupport => "no_support",
            Self::SupportsClosed => "supports_closed",
            Self::SupportsNone => "supports_none",
        }
    }
}

/// What is missing, by kind and then in the order of the workspaces and their files. Of goals above each other only the
/// uppermost is named. Without any link between workspaces nothing can be missing.
pub(super) fn of(teams: &[Summary], tops: usize, links: &Links) -> Vec<Gap> {
    if tops == 0 {
        return Vec::new();
    }
    let carried = carried(teams, links);
    let mut gaps = Vec::new();
    for (team, summary) in teams.iter().enumerate() {
        let is_top = team < tops;
        for (goal, g) in summary.goals.iter().enumerate() {
            let at = At { team, goal };
            if !matches!(g.stood, Stood::Open(_)) {
                continue;
            }
            if is_closed_above(teams, links, at) {
                gaps.push(Gap { at, lack: Lack::SupportsClosed });
            }
            // Only the uppermost: of a goal whose parent is bare, too, the parent is told.
            let parent = g.parent.map(|goal| At { team, goal }).filter(|p| is_open(teams, *p));
            if !carried.contains(&at) && parent.is_none_or(|p| carried.contains(&p)) {
                let covered = parent.is_some_and(|p| is_covered(teams, links, p));
                let lack = if is_top { Lack::NoSupport } else { Lack::SupportsNone };
                gaps.extend((!covered).then_some(Gap { at, lack }));
            }
        }
    }
    gaps.sort_by_key(|gap| (gap.lack, gap.at));
    gaps
}

fn is_open(teams: &[Summary], at: At) -> bool {
    matches!(teams[at.team].goals[at.goal].stood, Stood::Open(_))
}

/// Whether the goal right above lies in another workspace and is closed.
fn is_closed_above(teams: &[Summary], links: &Links, at: At) -> bool {
    links.above(at).is_some_and(|up| up.team != at.team && !is_open(teams, up))
}

/// The goals that a link between workspaces begins or ends at, or one at a goal below them in their own workspace.
fn carried(teams: &[Summary], links: &Links) -> HashSet<At> {
    let mut carried = HashSet::new();
    for (team, summary) in teams.iter().enumerate() {
        for goal in 0..summary.goals.len() {
            let at = At { team, goal };
            // A link that leads nowhere is told at its place, and not a second time as one that is missing.
            let begins = summary.goals[goal].supports.is_some();
            let ends = links.below(at).iter().any(|below| below.team != team && is_open(teams, *below));
            let mut next = (begins || ends).then_some(at);
            while let Some(at) = next.filter(|at| carried.insert(*at)) {
                next = teams[at.team].goals[at.goal].parent.map(|goal| At { team, goal });
            }
        }
    }
    carried
}

/// Whether a goal or one above it in its workspace is linked itself: then all below it is carried along.
fn is_covered(teams: &[Summary], links: &Links, from: At) -> bool {
    let linked = |at: At| {
        let goal = &teams[at.team].goals[at.goal];
        goal.supports.is_some() || links.below(at).iter().any(|below| below.team != at.team && is_open(teams, *below))
    };
    let mut next = Some(from);
    while let Some(at) = next.filter(|at| at.team == from.team) {
        if linked(at) {
            return true;
        }
        next = links.above(at);
    }
    false
}
