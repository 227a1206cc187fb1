//! Several teams beside each other: the roll-up on the screen. It only looks; Enter goes down into a team's newest week.

mod search;

use std::path::PathBuf;

use super::cursor::Cursor;
use super::dialogs::palette::{Asked, Palette};
use super::intent::{AppIntent, HistoryIntent, Intent, Move, RowIntent};
use super::key::Key;
use super::keymap::{Keymap, Scope};
use super::message::{Effect, Message};
use super::{Look, Notice, Search, ThemeName, Tone};
use crate::insight::rollup::{At, Lack, Rollup};
use search::Way;

/// What is shown of the roll-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum View {
    /// The teams.
    Teams,
    /// The goals from the top down.
    Goals,
    /// How the goals stand by theme.
    Themes,
    /// What is missing, and what is wrong.
    Gaps,
}

impl View {
    /// All of them, in the order of their tabs.
    pub const ALL: [Self; 4] = [Self::Teams, Self::Goals, Self::Themes, Self::Gaps];

    /// The name on the tab.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Teams => say!("Teams"),
            Self::Goals => say!("Goals"),
            Self::Themes => say!("Themes"),
            Self::Gaps => say!("Gaps"),
        }
    }

    fn place(self) -> usize {
        Self::ALL.iter().position(|v| *v == self).unwrap_or(0)
    }

    /// The view so many tabs further on, around the end.
    fn beside(self, by: usize) -> Self {
        Self::ALL[(self.place() + by) % Self::ALL.len()]
    }
}

/// A line of a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Line {
    /// A team, by its place in the roll-up.
    Team(usize),
    /// A goal of the cascade, with its depth.
    Goal(At, usize),
    /// A theme's row, by its place.
    Theme(usize),
    /// Something missing, by its place.
    Gap(usize),
    /// A link that leads nowhere or round in a circle, by its place.
    Problem(usize),
    /// A workspace that could not be read, by its place.
    Unread(usize),
}

/// The roll-up on the screen.
#[derive(Debug, Clone)]
pub struct Overview {
    /// What was rolled up.
    pub rollup: Rollup,
    /// The folders that it was asked of, for reading them again.
    pub folders: Vec<PathBuf>,
    /// What is shown of it.
    pub view: View,
    /// The lines of the view.
    lines: Vec<(String, Line)>,
    cursors: [Cursor; 4],
    /// Whether the keys are shown, and from which line on.
    pub help: Option<usize>,
    /// Everything one can do here, where it is asked for.
    pub palette: Option<Palette>,
    /// The search that is on.
    pub search: Option<Search>,
    /// The last notice.
    pub notice: Option<Notice>,
    /// How text is drawn.
    pub look: Look,
    /// The keys.
    pub keymap: Keymap,
}

impl Overview {
    /// The roll-up at its first frame: the teams.
    #[must_use]
    pub fn new(rollup: Rollup, folders: Vec<PathBuf>, look: Look, keymap: Keymap) -> Self {
        let mut overview = Self {
            rollup,
            folders,
            view: View::Teams,
            lines: Vec::new(),
            cursors: Default::default(),
            help: None,
            palette: None,
            search: None,
            notice: None,
            look,
            keymap,
        };
        overview.relist();
        overview
    }

    /// The scopes of keys that hold now.
    #[must_use]
    pub fn scopes(&self) -> Vec<Scope> {
        match (&self.help, &self.palette, &self.search) {
            (Some(_), ..) => vec![Scope::Reading],
            (None, Some(_), _) => vec![Scope::Palette],
            (None, None, Some(search)) if search.typing => vec![Scope::SearchLine],
            (None, None, Some(_)) => [&[Scope::Searching][..], &Self::OWN].concat(),
            (None, None, None) => Self::OWN.to_vec(),
        }
    }

    /// The scopes of the roll-up itself.
    pub const OWN: [Scope; 2] = [Scope::Rollup, Scope::List];

    /// The lines of the view.
    pub fn lines(&self) -> impl ExactSizeIterator<Item = Line> + '_ {
        self.lines.iter().map(|(_, line)| *line)
    }

    /// The number of the line under the cursor.
    #[must_use]
    pub fn at(&self) -> Option<usize> {
        let keys: Vec<&str> = self.lines.iter().map(|(key, _)| key.as_str()).collect();
        self.cursors[self.view.place()].at(&keys)
    }

    /// The line under the cursor.
    #[must_use]
    pub fn line(&self) -> Option<Line> {
        self.at().map(|at| self.lines[at].1)
    }

    /// The team that a line is about.
    #[must_use]
    pub fn team_of(&self, line: Line) -> Option<usize> {
        match line {
            Line::Team(team) => Some(team),
            Line::Goal(at, _) => Some(at.team),
            Line::Theme(row) => self.rollup.themes.get(row)?.theme.map(|(team, _)| team),
            Line::Gap(gap) => self.rollup.gaps.get(gap).map(|g| g.at.team),
            Line::Problem(problem) => {
                let path = &self.rollup.problems.get(problem)?.path;
                self.rollup.teams.iter().position(|t| path.starts_with(&t.folder))
            }
            Line::Unread(_) => None,
        }
    }

    /// How many lines a view has that ask for attention, for its tab.
    #[must_use]
    pub fn count(&self, view: View) -> usize {
        match view {
            View::Teams => self.rollup.teams.len(),
            View::Goals => self.rollup.cascade.len(),
            View::Themes => self.rollup.themes.len(),
            View::Gaps => self.rollup.gaps.len() + self.rollup.problems.len() + self.rollup.unread.len(),
        }
    }

    fn relist(&mut self) {
        let rollup = &self.rollup;
        let name = |at: At| rollup.teams.get(at.team).zip(rollup.goal(at)).map(|(t, g)| format!("{}/{}", t.id, g.id));
        self.lines = match self.view {
            View::Teams => rollup.teams.iter().enumerate().map(|(at, t)| (t.id.to_string(), Line::Team(at))).collect(),
            View::Goals => {
                rollup.cascade.iter().map(|b| (name(b.at).unwrap_or_default(), Line::Goal(b.at, b.depth))).collect()
            }
            View::Themes => (0..rollup.themes.len()).map(|at| (at.to_string(), Line::Theme(at))).collect(),
            View::Gaps => {
                let unread = (0..rollup.unread.len()).map(|at| (format!("unread {at}"), Line::Unread(at)));
                let problems = (0..rollup.problems.len()).map(|at| (format!("problem {at}"), Line::Problem(at)));
                let of = |lack: Lack| move |(_, gap): &(usize, &crate::insight::rollup::Gap)| gap.lack == lack;
                let gaps = Lack::ALL.into_iter().flat_map(|lack| {
                    let some = rollup.gaps.iter().enumerate().filter(of(lack));
                    some.map(move |(at, gap)| {
                        (format!("{} {}", lack.key(), name(gap.at).unwrap_or_default()), Line::Gap(at))
                    })
                });
                unread.chain(problems).chain(gaps).collect()
            }
        };
    }

    fn show(&mut self, view: View) {
        self.view = view;
        self.relist();
    }

    fn say(&mut self, tone: Tone, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), tone });
    }

    /// Lets a message happen.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Key(key) => self.key(key),
            Message::Intent(intent) => self.intent(intent),
            Message::Paste(text) => {
                if let Some(palette) = &mut self.palette {
                    palette.paste(&text);
                }
                Vec::new()
            }
            Message::RolledUp(rollup) => {
                self.rollup = *rollup;
                self.relist();
                self.say(Tone::Good, say!("Read again"));
                Vec::new()
            }
            other => {
                if let Some(why) = other.failure() {
                    self.say(Tone::Bad, format!("{} {}", why.what, why.next));
                }
                Vec::new()
            }
        }
    }

    fn key(&mut self, key: Key) -> Vec<Effect> {
        self.notice = None;
        match self.keymap.resolve(&self.scopes(), key) {
            Some(intent) => self.intent(intent),
            None => {
                match &mut self.palette {
                    Some(palette) => palette.key(key),
                    None => self.search_key(key),
                }
                Vec::new()
            }
        }
    }

    fn intent(&mut self, intent: Intent) -> Vec<Effect> {
        if let Some(scroll) = self.help {
            self.help = match intent {
                Intent::App(AppIntent::Back | AppIntent::Help) => None,
                Intent::Move(to) => {
                    let mut reading = super::dialogs::reading::Reading::text("", Vec::new());
                    reading.scroll = scroll;
                    reading.go(to);
                    Some(reading.scroll)
                }
                _ => Some(scroll),
            };
            return Vec::new();
        }
        if let Some(palette) = &mut self.palette {
            let asked = palette.intent(intent);
            self.palette = self.palette.take().filter(|_| asked == Asked::Nothing);
            return if let Asked::Do(chosen) = asked { self.intent(chosen) } else { Vec::new() };
        }
        match intent {
            Intent::Form(how) => self.leave_line(how),
            Intent::App(AppIntent::Search) => self.begin_search(),
            Intent::App(AppIntent::NextHit) => self.hit(Way::On),
            Intent::App(AppIntent::PreviousHit) => self.hit(Way::Back),
            Intent::App(AppIntent::Back) => self.search = None,
            Intent::Move(to) => self.go(to),
            Intent::History(HistoryIntent::NextPanel) => self.show(self.view.beside(1)),
            Intent::History(HistoryIntent::PreviousPanel) => self.show(self.view.beside(View::ALL.len() - 1)),
            Intent::Row(RowIntent::Open) => return self.open(),
            Intent::App(AppIntent::Reload) => {
                self.say(Tone::Info, say!("Reading the workspaces again"));
                return vec![Effect::RollUp(self.folders.clone())];
            }
            Intent::App(AppIntent::Help) => self.help = Some(0),
            Intent::App(AppIntent::Palette) => self.palette = Some(Palette::of(self.keymap.reachable(&Self::OWN))),
            Intent::App(AppIntent::Present) => self.present(),
            Intent::App(AppIntent::Theme) => {
                let at = ThemeName::ALL.iter().position(|t| *t == self.look.theme).unwrap_or(0);
                self.look.theme = ThemeName::ALL[(at + 1) % ThemeName::ALL.len()];
                return vec![Effect::RememberTheme(self.look.theme)];
            }
            Intent::App(AppIntent::Quit) => return vec![Effect::Quit],
            Intent::App(AppIntent::Redraw) => return vec![Effect::Redraw],
            Intent::App(AppIntent::Suspend) => return vec![Effect::Suspend],
            _ => {}
        }
        Vec::new()
    }

    fn present(&mut self) {
        self.look.present = !self.look.present;
        let said = self.look.told_shared(&self.keymap.key_of("rollup.present"));
        self.say(Tone::Info, said);
    }

    fn go(&mut self, to: Move) {
        let keys: Vec<&str> = self.lines.iter().map(|(key, _)| key.as_str()).collect();
        self.cursors[self.view.place()].go(to, &keys);
    }

    /// Down into the team of the line: its newest week.
    fn open(&mut self) -> Vec<Effect> {
        let team = self.line().and_then(|line| self.team_of(line)).and_then(|team| self.rollup.teams.get(team));
        match team {
            Some(team) => vec![Effect::OpenTeam(team.folder.clone())],
            None => {
                self.say(Tone::Info, say!("There is no team behind this line"));
                Vec::new()
            }
        }
    }
}
