//! Reading everything in a workspace and reporting every problem at its place. Writes nothing.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use crate::model::problem::Problem;
use crate::model::quarterly::QuarterSnapshot;
use crate::model::register::{Card, Kind};
use crate::model::snapshot::Snapshot;
use crate::model::strategy::Strategy;
use crate::model::week::Week;
use crate::model::workspace::{Config, Draft};

use super::codec::decode_list;
use super::error::StorageError;
use super::imports;
use super::layout::{
    self, CHECK_INS, DRAFTS, GOALS, KPIS, NORTH_STAR, PASSED, QUARTERS, READINGS, REGISTERS, SNAPSHOTS,
};
use super::load::{self, read_check_in, unknown_file, versioned};
use super::passed;
use super::quarters;
use super::refs::{self, Around, Faults, Known};
use super::refs_cards;
use super::refs_check_in::{self, Beside};
use super::sealed;
use super::source::{self, NoText};

/// What a look at the whole workspace found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CheckReport {
    /// Everything that is wrong, by path and place.
    pub problems: Vec<Problem>,
    /// How many files were read.
    pub files: usize,
}

/// Reads every file of a workspace and reports every problem with path, line and column.
///
/// # Errors
/// When the folder holds no `truenorth.ron`. One that cannot be read is a problem, not an error.
pub fn check(root: &Path) -> Result<CheckReport, StorageError> {
    check_in_week(root, |_| None)
}

/// As [`check`], by somebody who knows the current week: a check-in of a far one is a problem, too.
///
/// # Errors
/// As [`check`].
pub fn check_in_week(root: &Path, week_of: impl Fn(&Config) -> Option<Week>) -> Result<CheckReport, StorageError> {
    let mut look = Look { root, newer: super::newer::newer_than_known(root), report: CheckReport::default() };
    let config = look.config()?;
    let sealed = look.snapshots();
    let strategy = look.strategy(config.as_ref(), &sealed);
    let now = config.as_ref().and_then(week_of);
    look.check_ins(config.as_ref(), strategy.as_ref(), &sealed, now);
    look.quarters();
    look.imports(config.as_ref(), strategy.as_ref());
    look.passed();
    look.drafts();
    look.strangers();
    let mut report = look.report;
    report.problems.sort();
    report.problems.dedup();
    Ok(report)
}

/// Reads a list, each of whose items may have a problem of its own; of a newer format as far as it is known.
fn list<T: serde::de::DeserializeOwned>(path: &Path, text: &str, newer: Option<u32>) -> Result<Vec<T>, Vec<Problem>> {
    match newer {
        Some(_) => load::known(path, text, newer).map_err(|problem| vec![problem]),
        None => decode_list(path, text),
    }
}

struct Look<'r> {
    root: &'r Path,
    /// The format of the workspace, where it is newer than this version knows.
    newer: Option<u32>,
    report: CheckReport,
}

impl Look<'_> {
    fn problem(&mut self, problem: Problem) {
        self.report.problems.push(problem);
    }

    fn faults(&mut self, relative: &Path, text: &str, faults: Faults) {
        if !faults.found.is_empty() {
            self.report.problems.extend(faults.located(relative, text));
        }
    }

    fn config(&mut self) -> Result<Option<Config>, StorageError> {
        let relative = Path::new(layout::CONFIG);
        if matches!(source::regular_file(self.root, relative), Err(NoText::Missing)) {
            return Err(StorageError::NotAWorkspace { path: self.root.to_path_buf() });
        }
        let Some(text) = self.text(relative) else { return Ok(None) };
        match versioned::<Config>(relative, &text) {
            Ok(config) => {
                self.faults(relative, &text, refs::config(&config));
                Ok(Some(config))
            }
            Err(e) => {
                self.problem(e.into_problem(relative, &text));
                Ok(None)
            }
        }
    }

    fn text(&mut self, relative: &Path) -> Option<String> {
        self.report.files += 1;
        source::read(self.root, relative).map_err(|e| self.problem(e.into_problem(relative))).ok()
    }

    /// The strategy when all its files can be read: without one of them the others' references say nothing.
    fn strategy(&mut self, config: Option<&Config>, sealed: &BTreeMap<Week, Option<Snapshot>>) -> Option<Strategy> {
        let registers = self.registers()?;
        let newer = self.newer;
        let north_star =
            self.part(NORTH_STAR, |path, text| load::known(path, text, newer).map_err(|problem| vec![problem]));
        let goals = self.part(GOALS, |path, text| list(path, text, newer));
        let kpis = self.part(KPIS, |path, text| list(path, text, newer));
        if let Some((text, star)) = &north_star {
            self.faults(Path::new(NORTH_STAR), text, refs::north_star(star));
        }
        let (_, north_star) = north_star?;
        let (goals_text, goals) = goals?;
        let (kpis_text, kpis) = kpis?;
        let cards = registers.iter().flat_map(|(.., cards)| cards.clone()).collect();
        let strategy = Strategy { north_star, goals: goals.into(), kpis: kpis.into(), cards };
        let around = Around::from(config?);
        let decisions = sealed.values().flatten().flat_map(|s| &s.decisions).map(|d| d.id.as_str());
        let beside = refs_cards::Beside::of(&strategy, around, Some(Known::of(decisions)));
        for (kind, text, cards) in &registers {
            let mut faults = Faults::default();
            beside.list(cards.iter(), &mut faults);
            self.faults(Path::new(kind.row().file), text, faults);
        }
        self.faults(Path::new(GOALS), &goals_text, refs::goals(&strategy, around));
        self.faults(Path::new(KPIS), &kpis_text, refs::kpis(&strategy.kpis, around));
        let fed = config.map(|config| refs::fed(config, &strategy)).filter(|faults| !faults.found.is_empty());
        if let Some((fed, Ok(text))) = fed.map(|fed| (fed, source::read(self.root, Path::new(layout::CONFIG)))) {
            self.faults(Path::new(layout::CONFIG), &text, fed);
        }
        Some(strategy)
    }

    /// The cards of each register that has a file, with its text; nothing when one cannot be read.
    fn registers(&mut self) -> Option<Vec<(Kind, String, Vec<Card>)>> {
        let mut all = Some(Vec::new());
        for kind in Kind::ALL {
            let relative = kind.row().file;
            if matches!(source::regular_file(self.root, Path::new(relative)), Err(NoText::Missing)) {
                continue;
            }
            match (self.part(relative, |_, text| load::cards(*kind, text)), &mut all) {
                (Some((text, cards)), Some(all)) => all.push((*kind, text, cards)),
                (Some(_), None) => {}
                (None, _) => all = None,
            }
        }
        all
    }

    fn part<T>(
        &mut self,
        relative: &str,
        read: impl FnOnce(&Path, &str) -> Result<T, Vec<Problem>>,
    ) -> Option<(String, T)> {
        let relative = Path::new(relative);
        let text = self.text(relative)?;
        match read(relative, &text) {
            Ok(value) => Some((text, value)),
            Err(problems) => {
                self.report.problems.extend(problems);
                None
            }
        }
    }

    /// The sealed weeks, each in its latest revision that can be read.
    fn snapshots(&mut self) -> BTreeMap<Week, Option<Snapshot>> {
        let names = self.names(Path::new(SNAPSHOTS));
        let mut weeks: BTreeMap<Week, Option<Snapshot>> = BTreeMap::new();
        for name in names {
            let relative = Path::new(SNAPSHOTS).join(&name);
            let Some((week, revision)) = layout::snapshot_name(&name) else {
                self.problem(unknown_file(
                    self.root,
                    &relative,
                    term!("snapshots are named 2026-W47.ron or 2026-W47.r2.ron"),
                ));
                continue;
            };
            let latest = weeks.entry(week).or_default();
            let Some(text) = self.text(&relative) else { continue };
            match versioned::<Snapshot>(&relative, &text) {
                Ok(s) => {
                    self.report.problems.extend(load::named_as(&relative, &text, &s, week, revision));
                    self.faults(&relative, &text, sealed::snapshot(&s));
                    if latest.as_ref().is_none_or(|l| l.revision < s.revision) {
                        *latest = Some(s);
                    }
                }
                Err(e) => self.problem(e.into_problem(&relative, &text)),
            }
        }
        weeks
    }

    fn quarters(&mut self) {
        for name in self.names(Path::new(QUARTERS)) {
            let relative = Path::new(QUARTERS).join(&name);
            let Some((quarter, revision)) = layout::quarter_name(&name) else {
                self.problem(unknown_file(self.root, &relative, quarters::RULE));
                continue;
            };
            let Some(text) = self.text(&relative) else { continue };
            match versioned::<QuarterSnapshot>(&relative, &text) {
                Ok(s) => {
                    self.report.problems.extend(quarters::named_as(&relative, &text, &s, quarter, revision));
                    self.faults(&relative, &text, quarters::faults(&s));
                }
                Err(e) => self.problem(e.into_problem(&relative, &text)),
            }
        }
    }

    fn check_ins(
        &mut self,
        config: Option<&Config>,
        strategy: Option<&Strategy>,
        sealed: &BTreeMap<Week, Option<Snapshot>>,
        now: Option<Week>,
    ) {
        let newest = sealed.last_key_value();
        for folder in self.names(Path::new(CHECK_INS)) {
            let place = Path::new(CHECK_INS).join(&folder);
            let Some(week) = folder.parse::<Week>().ok().filter(|w| w.to_string() == folder) else {
                self.problem(unknown_file(self.root, &place, term!("folders of check-ins are named 2026-W47")));
                continue;
            };
            for name in self.names(&place) {
                let relative = place.join(&name);
                self.report.files += 1;
                match (read_check_in(self.root, week, &name), config) {
                    (Err(problem), _) => self.problem(problem),
                    (Ok(_), None) => {}
                    (Ok(check_in), Some(config)) => {
                        // What a sealed week reported on may be gone from the strategy since.
                        let open = newest.is_none_or(|(last, _)| week > *last);
                        let messages = newest.filter(|_| open).and_then(|(_, s)| s.as_ref()).map(|s| &s.messages[..]);
                        let sealed = sealed.get(&week).and_then(Option::as_ref);
                        let strategy = strategy.filter(|_| open);
                        let beside = Beside { config, strategy, messages, sealed, now };
                        let faults = refs_check_in::check_in(&check_in, &beside);
                        let text = source::read(self.root, &relative).unwrap_or_default();
                        self.faults(&relative, &text, faults);
                    }
                }
            }
        }
    }

    fn imports(&mut self, config: Option<&Config>, strategy: Option<&Strategy>) {
        for name in self.names(Path::new(READINGS)) {
            let relative = Path::new(READINGS).join(&name);
            let Some(on) = layout::readings_name(&name) else {
                self.problem(unknown_file(self.root, &relative, imports::RULE));
                continue;
            };
            self.report.files += 1;
            match (imports::read_import(self.root, &relative, on), config) {
                (Err(problem), _) => self.problem(problem),
                (Ok(_), None) => {}
                (Ok((text, file)), Some(config)) => {
                    self.faults(&relative, &text, refs::import(&file, strategy, &config.people));
                }
            }
        }
    }

    fn passed(&mut self) {
        let names = self.names(Path::new(PASSED));
        for name in &names {
            let relative = Path::new(PASSED).join(name);
            let Some(of) = passed::name_of(name) else {
                self.problem(unknown_file(self.root, &relative, passed::RULE));
                continue;
            };
            self.report.files += 1;
            let read = match of {
                passed::Name::Arrived(..) => passed::read_passed(self.root, &relative).map(drop),
                passed::Name::Answer(key, _) if !names.contains(&format!("{key}.ron")) => {
                    let hint = say!("bring back what it answers, or move it away");
                    Err(Problem::of_file(&relative, say!("there is no {key}.ron that it would answer", key), hint))
                }
                passed::Name::Answer(..) => passed::read_answer(self.root, &relative).map(drop),
            };
            read.unwrap_or_else(|problem| self.problem(problem));
        }
    }

    fn drafts(&mut self) {
        for name in self.names(Path::new(DRAFTS)) {
            let relative = Path::new(DRAFTS).join(&name);
            let Some(target) = layout::draft_name(&name) else {
                self.problem(unknown_file(self.root, &relative, term!("drafts are named 2026-W48.ron or 2026-Q4.ron")));
                continue;
            };
            let Some(text) = self.text(&relative) else { continue };
            match versioned::<Draft>(&relative, &text) {
                Ok(draft) if draft.review.target() != target => {
                    let mut faults = Faults::default();
                    let at = [super::syntax::Down::Field("review"), super::syntax::Down::Field("week")];
                    let message = say!(
                        "the review here is of {review}, but the file's name says {target}",
                        review = draft.review.target(),
                        target
                    );
                    faults.add(&at, message, say!("give the file the name that fits what it holds"));
                    self.faults(&relative, &text, faults);
                }
                Ok(_) => {}
                Err(e) => self.problem(e.into_problem(&relative, &text)),
            }
        }
    }

    /// Files beside ours whose names say that they were meant to be ours.
    fn strangers(&mut self) {
        let registers = Kind::ALL.iter().map(|k| k.row().file);
        let ours: HashSet<PathBuf> =
            [layout::CONFIG, NORTH_STAR, GOALS, KPIS].into_iter().chain(registers).map(PathBuf::from).collect();
        for folder in ["", "strategy", REGISTERS] {
            for name in self.names(Path::new(folder)) {
                let relative = Path::new(folder).join(&name);
                let data = name.ends_with(".ron") || layout::odd_name(&name).is_some();
                if data && !ours.contains(&relative) {
                    self.problem(unknown_file(
                        self.root,
                        &relative,
                        if folder == REGISTERS {
                            term!("each register has a file of its own name: see docs/files.md")
                        } else {
                            term!("only truenorth.ron and the three strategy files belong here")
                        },
                    ));
                }
            }
        }
    }

    fn names(&mut self, folder: &Path) -> Vec<String> {
        let names = source::names(self.root, folder).unwrap_or_else(|e| {
            self.problem(NoText::Io(e).into_problem(folder));
            Vec::new()
        });
        names.into_iter().filter(|n| !layout::is_ignored(n)).collect()
    }
}
