//! How goals stand: progress and status of leaves, rolled up the tree; grades; the progress that time asks for.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::tree::Tree;
use crate::model::goal::{Goal, GoalState, Kind};
use crate::model::id::{GoalId, KpiId};
use crate::model::number::Finite;
use crate::model::review::GoalEntry;
use crate::model::snapshot::{GoalWeek, KpiWeek};
use crate::model::status::Status;
use crate::model::strategy::Strategy;

/// How far progress may lie behind the time gone before a goal is at risk.
const BEHIND_AT_RISK: f64 = 0.2;
/// How far before it is off track.
const BEHIND_OFF_TRACK: f64 = 0.4;
/// Differences below this are rounding.
const FUZZ: f64 = 1e-9;

/// Every open goal in the order of [`Strategy::tree`], with what the review says of it and what follows by the rules.
///
/// A key result's current value is the entry's, else the reading of its first KPI; its progress is (c-b)/(t-b), held between
/// 0 and 1, also for falling targets. Other leaves tell their percent done. Above, progress is the weighted mean of the
/// children whose progress is known (a done one counts 1, a dropped one is left out), and the status that of the weakest
/// open child; a key result that is measured keeps its own progress and is no better than its own pace.
/// Takes time in proportion to the number of goals.
#[must_use]
pub fn assess(strategy: &Strategy, entries: &[GoalEntry], readings: &[KpiWeek], day: NaiveDate) -> Vec<GoalWeek> {
    let tree = Tree::of(strategy);
    let said: HashMap<&GoalId, &GoalEntry> = entries.iter().map(|e| (&e.goal, e)).collect();
    let read: HashMap<&KpiId, Finite> = readings.iter().filter_map(|k| Some((&k.kpi, k.reading?))).collect();
    let mut known: HashMap<&GoalId, GoalWeek> = HashMap::new();
    // From the end, children come before their parents.
    for goal in tree.open().rev() {
        let entry = said.get(&goal.id).copied();
        let current = current(goal, entry, &read);
        let progress = own_progress(goal, current).or_else(|| mean_of_children(&tree, goal, &known));
        let computed = if tree.is_leaf(goal) {
            pace(goal, progress, day)
        } else {
            let weakest = weakest_child(&tree, goal, &known);
            // Work that runs well does not hide a result that does not come.
            if own_progress(goal, current).is_some() { weakest.weakest(pace(goal, progress, day)) } else { weakest }
        };
        let shown = if tree.is_leaf(goal) || goal.measure().is_some() { current } else { None };
        let stand = GoalWeek {
            goal: goal.id.clone(),
            computed,
            marked: entry.and_then(|e| e.mark),
            confidence: entry.and_then(|e| e.confidence),
            current: shown,
            progress,
            note: entry.map(|e| e.note.clone()).unwrap_or_default(),
        };
        known.insert(&goal.id, stand);
    }
    tree.open().filter_map(|goal| known.remove(&goal.id)).collect()
}

fn current(goal: &Goal, entry: Option<&GoalEntry>, read: &HashMap<&KpiId, Finite>) -> Option<Finite> {
    let said = entry.and_then(|e| e.current);
    match goal.kind {
        Kind::KeyResult { .. } => said.or_else(|| goal.kpis.first().and_then(|k| read.get(k).copied())),
        Kind::Goal | Kind::Objective | Kind::Initiative { .. } => said,
    }
}

/// Progress from the goal's own current value, 0 to 1.
fn own_progress(goal: &Goal, current: Option<Finite>) -> Option<Finite> {
    let current = current?.get();
    let done = match &goal.kind {
        Kind::KeyResult { .. } => {
            let (baseline, target, _) = goal.measure()?;
            // Equal numbers give no distance to cover; Finite refuses what comes of it.
            (current - baseline.get()) / (target.get() - baseline.get())
        }
        Kind::Goal | Kind::Objective | Kind::Initiative { .. } => current / 100.0,
    };
    Finite::new(done).and_then(|d| Finite::new(d.get().clamp(0.0, 1.0)))
}

fn mean_of_children(tree: &Tree, goal: &Goal, known: &HashMap<&GoalId, GoalWeek>) -> Option<Finite> {
    let (mut sum, mut weights) = (0.0, 0.0);
    for child in tree.children(&goal.id) {
        let progress = match child.state {
            GoalState::Open => known.get(&child.id).and_then(|k| k.progress).map(Finite::get),
            GoalState::Done { .. } => Some(1.0),
            GoalState::Dropped { .. } => None,
        };
        if let Some(progress) = progress {
            sum += progress * child.weight();
            weights += child.weight();
        }
    }
    Finite::new(sum / weights)
}

fn weakest_child(tree: &Tree, goal: &Goal, known: &HashMap<&GoalId, GoalWeek>) -> Status {
    tree.open_children(&goal.id)
        .map(|child| known.get(&child.id).map_or(Status::Unknown, GoalWeek::status))
        .reduce(Status::weakest)
        .unwrap_or(Status::Unknown)
}

/// The status that progress and time give: behind by more than 0.2 is at risk, by more than 0.4 or past due off track.
fn pace(goal: &Goal, progress: Option<Finite>, day: NaiveDate) -> Status {
    let is_whole = progress.is_some_and(|p| p.get() >= 1.0 - FUZZ);
    if is_whole {
        return Status::OnTrack;
    }
    if goal.due.is_some_and(|due| day > due) {
        return Status::OffTrack;
    }
    let (Some(progress), Some(expected)) = (progress, expected(goal, day)) else { return Status::Unknown };
    let behind = expected.get() - progress.get();
    if behind > BEHIND_OFF_TRACK + FUZZ {
        Status::OffTrack
    } else if behind > BEHIND_AT_RISK + FUZZ {
        Status::AtRisk
    } else {
        Status::OnTrack
    }
}

/// The share of its time that has gone by on a day, 0 to 1: the progress that time asks for. None without start or due date.
#[must_use]
pub fn expected(goal: &Goal, day: NaiveDate) -> Option<Finite> {
    let (start, due) = (goal.start?, goal.due?);
    let days = |from: NaiveDate, to: NaiveDate| to.signed_duration_since(from).num_days() as f64;
    let given = days(start, due);
    if given <= 0.0 {
        return Some(Finite::from(i32::from(day >= due)));
    }
    Finite::new((days(start, day) / given).clamp(0.0, 1.0))
}

/// The grade of a key result: its progress rounded to one decimal (Google's OKR playbook).
#[must_use]
pub fn grade(progress: Finite) -> Finite {
    Finite::new((progress.get() * 10.0 + FUZZ).round() / 10.0).unwrap_or(progress)
}

/// The colour of a grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grade {
    /// 0.0 to 0.3: no real progress.
    Red,
    /// 0.4 to 0.6: progress, but not there.
    Amber,
    /// 0.7 to 1.0: delivered.
    Green,
}

/// The colour of a grade, or of a progress, which is graded first.
#[must_use]
pub fn band(of: Finite) -> Grade {
    match grade(of).get() {
        g if g < 0.35 => Grade::Red,
        g if g < 0.65 => Grade::Amber,
        _ => Grade::Green,
    }
}

/// The rule behind a goal's status and its inputs, in one sentence.
///
/// `find` knows the goals of the same week, as [`assess`] returns them: a goal with many below it is asked about in every frame.
#[must_use]
pub fn why<'a>(
    strategy: &Strategy,
    goal: &Goal,
    find: impl Fn(&GoalId) -> Option<&'a GoalWeek>,
    day: NaiveDate,
) -> String {
    let Some(stand) = find(&goal.id) else {
        return say!("The goal is {state}: it has no status", state = goal.state.label());
    };
    // No child is weaker than what was computed, so the first that is as weak is the reason: hundreds of others are not asked.
    let open = || strategy.children(&goal.id).filter(|c| c.is_open());
    let status = stand.computed;
    let culprit = open().find(|c| find(&c.id).map_or(Status::Unknown, GoalWeek::status) == status);
    let sentence = match culprit {
        Some(child) => {
            let of = match open().count() {
                1 => say!("its one open child").to_owned(),
                open => say!("{open} open children", open),
            };
            say!("The weakest of {of} is “{title}”: {status}", title = child.title, of, status)
        }
        None => why_pace(goal, stand, day),
    };
    match stand.marked {
        Some(mark) if mark != stand.computed => say!("{sentence}; the team marked it {mark}", sentence, mark),
        _ => sentence,
    }
}

fn why_pace(goal: &Goal, stand: &GoalWeek, day: NaiveDate) -> String {
    let status = stand.computed;
    let percent = |share: Finite| Finite::new(share.get() * 100.0).unwrap_or(share).fixed(0);
    match (stand.progress, goal.due, expected(goal, day)) {
        (Some(done), ..) if done.get() >= 1.0 - FUZZ => say!("All of it is done: {status}", status),
        (_, Some(due), _) if day > due => say!("It was due on {due} and is not done: {status}", due, status),
        (None, ..) => say!("Nothing tells its progress: {status}", status),
        (Some(done), _, None) => {
            say!(
                "{done} % done, without a start and a due date to hold it against: {status}",
                done = percent(done),
                status
            )
        }
        (Some(done), _, Some(gone)) => {
            let behind = percent(Finite::new((gone.get() - done.get()).max(0.0)).unwrap_or(Finite::ZERO));
            say!(
                "{done} % done with {gone} % of its time gone, behind by {behind} points (20 are forgiven, beyond 40 is off track): {status}",
                done = percent(done),
                gone = percent(gone),
                behind,
                status
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::fixture::*;

    fn entry(goal: &str, current: Option<f64>, mark: Option<Status>) -> GoalEntry {
        GoalEntry { current: current.map(number), mark, ..GoalEntry::new(id(goal)) }
    }

    fn stand(strategy: &Strategy, entries: &[GoalEntry], on: &str) -> HashMap<String, GoalWeek> {
        assess(strategy, entries, &[], day(on)).into_iter().map(|w| (w.goal.to_string(), w)).collect()
    }

    /// A goal over 100 days with these key results from 0 to 100.
    fn hundred_days(results: &[&str]) -> Strategy {
        let mut strategy = Strategy::default();
        strategy.goals.push(goal("top", Kind::Objective));
        strategy.goals.extend(results.iter().map(|r| under("top", goal(r, key_result(0.0, 100.0)))));
        for goal in &mut strategy.goals {
            goal.start = Some(day("2026-01-01"));
            goal.due = Some(day("2026-04-11"));
        }
        strategy
    }

    fn progress(baseline: f64, target: f64, current: f64) -> Option<f64> {
        own_progress(&goal("x", key_result(baseline, target)), Finite::new(current)).map(Finite::get)
    }

    #[test]
    fn progress_runs_from_baseline_to_target_rising_or_falling() {
        assert_eq!(progress(300.0, 450.0, 375.0), Some(0.5));
        assert_eq!(progress(20.0, 16.0, 17.0), Some(0.75));
        assert_eq!(progress(20.0, 16.0, 30.0), Some(0.0));
        assert_eq!(progress(300.0, 450.0, 900.0), Some(1.0));
        assert_eq!(progress(5.0, 5.0, 7.0), None);
    }

    #[test]
    fn a_grade_has_one_decimal_and_three_colours() {
        for (progress, want, colour) in [
            (0.0, 0.0, Grade::Red),
            (0.349, 0.3, Grade::Red),
            (0.35, 0.4, Grade::Amber),
            (0.649, 0.6, Grade::Amber),
            (0.65, 0.7, Grade::Green),
            (1.0, 1.0, Grade::Green),
        ] {
            assert_eq!(grade(number(progress)), number(want));
            assert_eq!(band(number(progress)), colour, "{progress}");
        }
    }

    #[test]
    fn a_leaf_may_lag_behind_time_by_two_tenths_and_not_by_more_than_four() {
        let strategy = hundred_days(&["a"]);
        // The 51st day: exactly half of the time has gone.
        for (current, want) in [
            (50.0, Status::OnTrack),
            (30.0, Status::OnTrack),
            (29.9, Status::AtRisk),
            (10.0, Status::AtRisk),
            (9.9, Status::OffTrack),
        ] {
            let now = stand(&strategy, &[entry("a", Some(current), None)], "2026-02-20");
            assert_eq!(now["a"].computed, want, "{current}");
        }
    }

    #[test]
    fn past_due_is_off_track_unless_all_is_done() {
        let strategy = hundred_days(&["a"]);
        let computed = |current, on: &str| stand(&strategy, &[entry("a", current, None)], on)["a"].computed;
        assert_eq!(computed(None, "2026-04-11"), Status::Unknown);
        assert_eq!(computed(None, "2026-04-12"), Status::OffTrack);
        assert_eq!(computed(Some(99.0), "2026-04-12"), Status::OffTrack);
        assert_eq!(computed(Some(100.0), "2026-04-12"), Status::OnTrack);
    }

    #[test]
    fn a_key_result_takes_the_reading_of_its_first_kpi_unless_somebody_says_otherwise() {
        let strategy = strategy();
        let config = config();
        let reading = crate::model::checkin::Reading { kpi: id("orders"), value: number(375.0), note: String::new() };
        let reported = crate::model::standing::Reported { reading, origin: crate::model::kpi::Origin::CheckIn };
        let readings = crate::insight::scorecard::of_readings(&config, &strategy, week(NOW), &[reported]);
        let all = assess(&strategy, &[], &readings, today());
        assert_eq!(all[2].current, Some(number(375.0)));
        assert_eq!(all[0].progress, Some(number(0.5)), "it rolls up to the top");
        let said = assess(&strategy, &[entry("order-count", Some(450.0), None)], &readings, today());
        assert_eq!(said[2].progress, Some(number(1.0)));
    }

    #[test]
    fn above_progress_is_the_weighted_mean_of_what_is_known() {
        let mut strategy = hundred_days(&["a", "b", "done", "dropped", "unknown"]);
        strategy.goals[1].weight = Some(number(2.0));
        strategy.goals[3].state = GoalState::Done { on: day("2026-02-01"), note: String::new() };
        strategy.goals[4].state = GoalState::Dropped { on: day("2026-02-01"), reason: String::new() };
        let now = stand(&strategy, &[entry("a", Some(50.0), None), entry("b", Some(0.0), None)], "2026-02-20");
        // (2 x 0.5 + 0 + 1) / 4
        assert_eq!(now["top"].progress, Some(number(0.5)));
        assert!(!now.contains_key("done") && !now.contains_key("dropped"));
        assert_eq!(stand(&hundred_days(&["a"]), &[], "2026-02-20")["top"].progress, None);
    }

    #[test]
    fn above_the_status_is_that_of_the_weakest_child_with_its_mark() {
        let strategy = hundred_days(&["a", "b"]);
        let on_pace = [entry("a", Some(50.0), None), entry("b", Some(50.0), None)];
        assert_eq!(stand(&strategy, &on_pace, "2026-02-20")["top"].computed, Status::OnTrack);
        let marked = [entry("a", Some(50.0), Some(Status::AtRisk)), entry("b", Some(50.0), None)];
        let now = stand(&strategy, &marked, "2026-02-20");
        assert_eq!((now["a"].computed, now["top"].computed), (Status::OnTrack, Status::AtRisk));
        let unsaid = [entry("a", Some(50.0), None)];
        assert_eq!(stand(&strategy, &unsaid, "2026-02-20")["top"].computed, Status::Unknown);
    }

    #[test]
    fn busy_initiatives_do_not_hide_a_result_that_does_not_come() {
        let mut strategy = hundred_days(&["a"]);
        let mut work = under("a", goal("work", Kind::Initiative { members: Vec::new() }));
        work.due = Some(day("2026-04-11"));
        strategy.goals.push(work);
        let entries = [entry("a", Some(5.0), None), entry("work", Some(90.0), None)];
        let now = stand(&strategy, &entries, "2026-02-20");
        assert_eq!((now["work"].computed, now["a"].computed), (Status::OnTrack, Status::OffTrack));
        assert_eq!(now["a"].progress, Some(number(0.05)));
    }

    #[test]
    fn parents_in_a_circle_come_to_an_end() {
        let mut strategy = hundred_days(&["a", "b"]);
        strategy.goals[1].parent = Some(id("b"));
        strategy.goals[2].parent = Some(id("a"));
        assert_eq!(assess(&strategy, &[], &[], today()).len(), 3);
    }

    #[test]
    fn every_status_says_why() {
        let strategy = hundred_days(&["a", "b"]);
        let say = |of: usize, entries: &[GoalEntry], on: &str| {
            let all = assess(&strategy, entries, &[], day(on));
            why(&strategy, &strategy.goals[of], |id| all.iter().find(|w| &w.goal == id), day(on))
        };
        assert_eq!(
            say(1, &[entry("a", Some(20.0), None)], "2026-02-20"),
            "20 % done with 50 % of its time gone, behind by 30 points (20 are forgiven, beyond 40 is off track): at risk"
        );
        assert_eq!(say(1, &[], "2026-02-20"), "Nothing tells its progress: unknown");
        assert_eq!(
            say(1, &[entry("a", Some(1.0), Some(Status::OnTrack))], "2026-05-01"),
            "It was due on 2026-04-11 and is not done: off track; the team marked it on track"
        );
        assert_eq!(
            say(0, &[entry("a", Some(50.0), None), entry("b", Some(20.0), None)], "2026-02-20"),
            "The weakest of 2 open children is “Bring b to life”: at risk"
        );
    }

    #[test]
    fn thirty_thousand_goals_are_assessed_in_one_pass() {
        let mut strategy = Strategy::default();
        for n in 0..30_000_u32 {
            let mut next = goal(&format!("g{n}"), Kind::Goal);
            next.parent = n.checked_sub(1).map(|p| id(&format!("g{}", if p % 3 == 0 { p } else { p / 2 })));
            strategy.goals.push(next);
        }
        // A quadratic pass over this many takes minutes in a test build; a linear one well under a second.
        let all = assess(&strategy, &[entry("g29999", Some(50.0), None)], &[], today());
        assert_eq!(all.len(), 30_000);
        assert!(all[0].progress.is_some());
    }
}
