//! What every command starts from: the workspace, today, and who is asking.

use std::env;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::model::id::MemberId;
use crate::model::people::Member;
use crate::model::problem::Problem;
use crate::model::snapshot::Snapshot;
use crate::model::tongue;
use crate::model::week::Week;
use crate::model::workspace::{Config, Part, Workspace};
use crate::runtime::clock::Clock;
use crate::storage::{self, Local, Settings};

use super::args::Global;
use super::failure::Failure;
use super::output::message;
use super::page::Page;
use super::pick::pick;
use super::style::Style;
use super::when::WeekRef;

/// How many sealed weeks are named where the one that was asked for is missing.
const NAMED: usize = 5;

/// What led to the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// `--workspace`.
    Flag,
    /// `TRUENORTH_WORKSPACE`.
    Variable,
    /// The folder one stands in, or one above it.
    Upwards,
    /// It was used last.
    Last,
}

/// The global flags, made use of.
#[derive(Debug)]
pub(super) struct Context {
    pub(super) global: Global,
    pub(super) clock: Clock,
    pub(super) style: Style,
    /// Where local files live; none without a home folder.
    pub(super) local: Option<Local>,
    settings: Settings,
}

impl Context {
    /// Reads the environment and the local settings. Settings that cannot be read are told and passed over.
    pub(super) fn new(global: Global) -> Self {
        let local = Local::find();
        let settings = local.as_ref().map(Local::settings).and_then(|read| {
            read.inspect_err(|e| message(&say!("warning: the settings are passed over: {e}", e))).ok()
        });
        Self {
            clock: Clock::new(global.today),
            style: Style::find(global.color),
            local,
            settings: settings.unwrap_or_default(),
            global,
        }
    }

    /// An empty page in the style that was asked for.
    pub(super) fn page(&self) -> Page {
        Page::new(self.style)
    }

    /// The workspace's folder: the flag, the variable, the nearest upwards, the last one used; in this order.
    pub(super) fn root(&self) -> Option<PathBuf> {
        self.found().map(|(root, _)| root)
    }

    /// The workspace's folder, and which of the four led to it.
    pub(super) fn found(&self) -> Option<(PathBuf, Found)> {
        let named = || env::var_os("TRUENORTH_WORKSPACE").filter(|v| !v.is_empty()).map(PathBuf::from);
        let upwards = || env::current_dir().ok().and_then(|here| storage::find_workspace(&here));
        let last = || self.settings.last_workspace.clone().filter(|root| root.is_dir());
        let flag = self.global.workspace.clone().map(|root| (root, Found::Flag));
        flag.or_else(|| named().map(|root| (root, Found::Variable)))
            .or_else(|| upwards().map(|root| (root, Found::Upwards)))
            .or_else(|| last().map(|root| (root, Found::Last)))
    }

    /// The workspace's folder, for commands that cannot do without.
    pub(super) fn need_root(&self) -> Result<PathBuf, Failure> {
        let root = self.led_to()?;
        // From here on its language is spoken, also where only one of its files is read.
        storage::language(&root).into_iter().for_each(tongue::speak);
        Ok(root)
    }

    fn led_to(&self) -> Result<PathBuf, Failure> {
        self.root().ok_or_else(|| {
            Failure::new(
                say!("no workspace here. Neither this folder nor one above it has a truenorth.ron"),
                say!("name one with --workspace DIR, make one with `truenorth init`, or try `truenorth demo`"),
            )
        })
    }

    /// Opens the workspace. What is wrong with its files is told, and `needed` parts must be sound.
    pub(super) fn open(&self, needed: &[Part]) -> Result<Workspace, Failure> {
        let root = self.led_to()?;
        let workspace = storage::open(&root, |config| self.opening(config))?;
        if let Some(part) = needed.iter().find(|p| workspace.is_broken(**p)) {
            let all: Vec<String> = workspace.problems.iter().map(storage::render).collect();
            return Err(Failure::new(
                say!(
                    "{part} cannot be read, and without it the answer would be wrong\n{all}",
                    part = part.label(),
                    all = all.join("\n")
                ),
                say!("mend the file, then see with `truenorth check` whether all is well"),
            ));
        }
        if !workspace.problems.is_empty() {
            let problems = tongue::count(workspace.problems.len(), "problem");
            message(&say!("warning: {problems} in the files: `truenorth check` tells which", problems));
        }
        Ok(workspace)
    }

    /// Today in the workspace's time zone.
    pub(super) fn today(&self, config: &Config) -> NaiveDate {
        self.clock.today(config.time_zone)
    }

    /// The current week in the workspace's time zone.
    pub(super) fn week(&self, config: &Config) -> Week {
        Week::of(self.today(config))
    }

    /// What opening a workspace asks for: its current week. From here on its language is spoken.
    pub(super) fn opening(&self, config: &Config) -> Week {
        tongue::speak(config.language);
        self.week(config)
    }

    /// The week that was meant. `last` needs a sealed one.
    pub(super) fn resolve(&self, workspace: &Workspace, typed: WeekRef) -> Result<Week, Failure> {
        match typed {
            WeekRef::Exactly(week) => Ok(week),
            WeekRef::Back(weeks) => Ok(self.week(&workspace.config).plus(-i32::from(weeks))),
            WeekRef::Last => workspace.weeks.last_key_value().map(|(week, _)| *week).ok_or_else(|| {
                Failure::nothing(
                    say!("no week was sealed yet, so there is no last one"),
                    say!("hold one with `truenorth review`"),
                )
            }),
        }
    }

    /// A sealed week. One that is named outright needs no other file than its own.
    pub(super) fn snapshot(&self, typed: WeekRef, revision: Option<u32>) -> Result<Snapshot, Failure> {
        let root = self.need_root()?;
        let week = match typed {
            WeekRef::Exactly(week) => week,
            WeekRef::Last | WeekRef::Back(_) => self.resolve(&self.open(&[])?, typed)?,
        };
        let revisions = storage::revisions(&root, week);
        match revision {
            _ if revisions.is_empty() => Err(self.not_sealed(&root, week)),
            Some(n) if !revisions.contains(&n) => {
                let known: Vec<String> = revisions.iter().map(u32::to_string).collect();
                Err(Failure::nothing(
                    say!("{week} has no revision {n}", week, n),
                    say!("it has: {known}", known = known.join(", ")),
                ))
            }
            _ => Ok(storage::snapshot(&root, week, revision)?),
        }
    }

    /// The newest sealed week before this one, where there is one.
    pub(super) fn snapshot_before(&self, week: Week) -> Result<Option<Snapshot>, Failure> {
        let root = self.need_root()?;
        let before = storage::sealed_before(&root, week);
        before.map(|week| Ok(storage::snapshot(&root, week, None)?)).transpose()
    }

    fn not_sealed(&self, root: &Path, week: Week) -> Failure {
        // Only to name others: whatever is wrong with the rest of the workspace matters elsewhere.
        let mut sealed: Vec<Week> =
            storage::open(root, |c| self.week(c)).map(|w| w.weeks.into_keys().collect()).unwrap_or_default();
        sealed.sort_by_key(|w| w.since(week).unsigned_abs());
        sealed.truncate(NAMED);
        sealed.sort();
        let names: Vec<String> = sealed.iter().map(Week::to_string).collect();
        let hint = if names.is_empty() {
            say!("no week was sealed yet: hold a review with `truenorth review`").to_owned()
        } else {
            say!("the nearest sealed weeks: {names}", names = names.join(", "))
        };
        Failure::nothing(say!("nothing to show: no review of {week} was sealed", week), hint)
    }

    /// Who is asking, as far as it is known. `--as` must name somebody; the rest may speak of another workspace.
    pub(super) fn me<'w>(&self, workspace: &'w Workspace) -> Result<Option<&'w Member>, Failure> {
        let people = &workspace.config.people;
        if let Some(typed) = &self.global.member {
            return pick(say!("member"), typed, people).map(Some);
        }
        let configured = self.settings.member.as_ref().and_then(|id| workspace.config.member(id));
        let variable = || env::var("TRUENORTH_MEMBER").ok().filter(|v| !v.is_empty());
        Ok(configured.or_else(|| variable().and_then(|typed| pick(say!("member"), &typed, people).ok())))
    }

    /// Who is asking, for what is written in their name.
    pub(super) fn need_me<'w>(&self, workspace: &'w Workspace) -> Result<&'w Member, Failure> {
        self.me(workspace)?.ok_or_else(|| {
            let people: Vec<&str> = workspace.config.active().map(|m| m.id.as_str()).collect();
            let hint = if people.is_empty() {
                say!("add yourself to the people in truenorth.ron").to_owned()
            } else {
                say!("say it with --as, or set TRUENORTH_MEMBER: {people}", people = people.join(", "))
            };
            Failure::new(say!("this is written in your name, but it is not known who you are"), hint)
        })
    }

    /// The id that `--as` stands for, for the screens, which can ask later.
    pub(super) fn my_id(&self, workspace: &Workspace) -> Result<Option<MemberId>, Failure> {
        Ok(self.me(workspace)?.map(|m| m.id.clone()))
    }
}

/// Tells problems that came with a list.
pub(super) fn tell(problems: &[Problem]) {
    for problem in problems {
        message(&say!("warning: {problem}", problem = storage::render(problem)));
    }
}
