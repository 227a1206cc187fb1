//! The search over the lines of the roll-up: typed into a line of its own, then from hit to hit.

use super::{Line, Overview};
use crate::app::intent::{FormIntent, Move};
use crate::app::key::{Code, Key};
use crate::app::{Search, Tone};

impl Overview {
    /// Begins a search.
    pub(super) fn begin_search(&mut self) {
        self.search = Some(Search { words: String::new(), typing: true });
    }

    /// A key that is bound to nothing, typed into the search line.
    pub(super) fn search_key(&mut self, key: Key) {
        let Some(search) = self.search.as_mut().filter(|s| s.typing) else { return };
        match (key.code, key.typed()) {
            (Code::Backspace, _) => drop(search.words.pop()),
            (_, Some(c)) => search.words.push(c),
            _ => return,
        }
        self.hit(Way::Here);
    }

    /// Leaves the search line: with the hits, or with none of it.
    pub(super) fn leave_line(&mut self, how: FormIntent) {
        match (&mut self.search, how) {
            (Some(search), FormIntent::Enter) if !search.words.trim().is_empty() => search.typing = false,
            _ => self.search = None,
        }
    }

    /// Goes to a hit; around the ends.
    pub(super) fn hit(&mut self, way: Way) {
        let Some(search) = &self.search else { return };
        let hits: Vec<usize> =
            self.lines().enumerate().filter(|(_, line)| search.fits(&self.words(*line))).map(|(n, _)| n).collect();
        let at = self.at().unwrap_or(0);
        let next = match way {
            Way::Here => hits.iter().find(|n| **n >= at).or(hits.first()),
            Way::On => hits.iter().find(|n| **n > at).or(hits.first()),
            Way::Back => hits.iter().rev().find(|n| **n < at).or(hits.last()),
        };
        match next.copied() {
            Some(line) => self.go(Move::To(line)),
            None => {
                let words = say!("Nothing here has \u{201c}{words}\u{201d} in it", words = search.words);
                self.say(Tone::Info, words);
            }
        }
    }

    /// Whether a line is a hit of the search that is on.
    #[must_use]
    pub fn is_hit(&self, line: Line) -> bool {
        self.search.as_ref().is_some_and(|search| search.fits(&self.words(line)))
    }

    /// The words that a search looks through: of a goal its title and its team's name, so that either finds it.
    fn words(&self, line: Line) -> String {
        let rollup = &self.rollup;
        let goal = |at| rollup.goal(at).map(|g| g.title.clone()).unwrap_or_default();
        let own = match line {
            Line::Team(team) => rollup.teams.get(team).map(|t| t.id.to_string()).unwrap_or_default(),
            Line::Goal(at, _) => goal(at),
            Line::Theme(row) => {
                rollup.themes.get(row).and_then(|r| rollup.theme_name(r)).unwrap_or(say!("no theme")).to_owned()
            }
            Line::Gap(gap) => {
                rollup.gaps.get(gap).map(|g| format!("{} {}", g.lack.label(), goal(g.at))).unwrap_or_default()
            }
            Line::Problem(problem) => rollup.problems.get(problem).map(|p| p.message.clone()).unwrap_or_default(),
            Line::Unread(unread) => {
                rollup.unread.get(unread).map(|u| u.folder.display().to_string()).unwrap_or_default()
            }
        };
        let team = self.team_of(line).and_then(|team| rollup.teams.get(team)).map_or("", |t| t.name.as_str());
        format!("{own} {team}")
    }
}

/// Which hit is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// The line under the cursor if it is one, else the next.
    Here,
    /// The next.
    On,
    /// The one before.
    Back,
}
