//! `truenorth rollup`: several teams' workspaces beside each other, as text, as JSON, or on the screen.

use std::path::PathBuf;

use crate::insight::rollup::{Counts, Lack, PassedOn, Rollup, Stood, Summary};
use crate::model::tongue;
use crate::runtime::launch::{Launch, StartAt};
use crate::storage;

use super::args;
use super::context::Context;
use super::failure::{Answer, Exit, Failure};
use super::output::{json, message};
use super::page::{Page, mark};
use super::rollup_view::view;
use super::screens;
use super::table::{Cell, Set, Table};

pub(super) fn run(context: &Context, args: &args::Rollup) -> Result<Answer, Failure> {
    let folders = folders(context, args)?;
    // From here on, whichever of its workspaces is opened.
    if let Some(first) = storage::first_language(&folders) {
        tongue::speak(first);
        tongue::ask_for(tongue::language());
    }
    let today = |config: &crate::model::workspace::Config| context.today(config);
    let rollup = storage::rollup(&folders, today);
    if rollup.teams.is_empty() {
        tell(&rollup);
        return Err(Failure::new(
            say!("there is nothing to roll up: none of the folders is, or holds, a workspace that can be read"),
            say!("name folders with a truenorth.ron in them, or one that holds such folders"),
        ));
    }
    if !args.json.json && !args.plain && screens::has_terminal() {
        return screens::launched(Launch {
            workspace: None,
            at: StartAt::Rollup { folders, rollup: Box::new(rollup) },
            today: context.global.today,
            me: None,
            demo: false,
            log: context.global.log_level.into(),
        });
    }
    let exit = if rollup.has_problems() { Exit::Found } else { Exit::Fine };
    let text = if args.json.json { json(&view(&rollup))? } else { page(context, &rollup, args.only_gaps) };
    if !args.json.json {
        tell(&rollup);
    }
    Ok(Answer { text, exit })
}

/// The folders that were named; else the one around the workspace, where its sisters stand.
fn folders(context: &Context, args: &args::Rollup) -> Result<Vec<PathBuf>, Failure> {
    if !args.dirs.is_empty() {
        return Ok(args.dirs.clone());
    }
    let root = context.need_root()?;
    let around = root.canonicalize().ok().and_then(|r| r.parent().map(PathBuf::from));
    around.map(|folder| vec![folder]).ok_or_else(|| {
        Failure::new(
            say!("there is no folder around this workspace"),
            say!("name the folders: `truenorth rollup DIR...`"),
        )
    })
}

/// Tells on standard error what could not be read and which links are wrong.
fn tell(rollup: &Rollup) {
    for unread in &rollup.unread {
        let name = unread.folder.display();
        message(&say!("warning: {name} is left out", name));
        unread.problems.iter().for_each(|p| message(&storage::render(p)));
    }
    rollup.problems.iter().for_each(|p| message(&say!("warning: {problem}", problem = storage::render(p))));
}

fn page(context: &Context, rollup: &Rollup, only_gaps: bool) -> String {
    let mut page = context.page();
    if !only_gaps {
        let teams = rollup.teams.len();
        page.heading(&match teams {
            1 => say!("1 workspace beside each other").to_owned(),
            n => say!("{n} workspaces beside each other", n),
        });
        page.table(&teams_table(rollup));
        themes(&mut page, rollup);
        page.heading(say!("Goals, from the top down"));
        page.table(&cascade(rollup));
        red(&mut page, rollup);
        passed(&mut page, rollup);
    }
    gaps(&mut page, rollup);
    page.text()
}

fn teams_table(rollup: &Rollup) -> Table {
    let mut table = Table::new(&[
        (say!("team"), Set::Wrap),
        (say!("goals"), Set::Left),
        (say!("red KPIs"), Set::Right),
        (say!("index"), Set::Right),
        (say!("agree"), Set::Right),
        (say!("waits"), Set::Right),
        (say!("last review"), Set::Left),
    ]);
    for team in &rollup.teams {
        let review = team.review.as_ref();
        let or_not = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
        table.row([
            Cell::named(&team.name, team.id.as_str()),
            strip(&team.goal_counts()).into(),
            or_not(review.map(|r| say!("{red} of {kpis}", red = r.red.len(), kpis = r.kpis.all()))).into(),
            or_not(review.and_then(|r| r.index).map(|i| i.fixed(0))).into(),
            or_not(review.and_then(|r| r.agreement).map(|a| a.fixed(2))).into(),
            team.waiting().count().to_string().into(),
            last_review(team).into(),
        ]);
    }
    table
}

/// The goals by status, with their marks: `4+ 1! 2x`.
fn strip(counts: &Counts) -> String {
    let some: Vec<String> =
        counts.by_status().into_iter().filter(|(_, n)| *n > 0).map(|(s, n)| format!("{n}{}", mark(s))).collect();
    if some.is_empty() { say!("none").to_owned() } else { some.join(" ") }
}

fn last_review(team: &Summary) -> String {
    let Some((review, weeks)) = team.review.as_ref().zip(team.weeks_ago()) else { return say!("never").to_owned() };
    let ago = match weeks {
        ..=0 => say!("this week").to_owned(),
        1 => say!("last week").to_owned(),
        n => say!("{n} weeks ago", n),
    };
    format!("{}, {ago}", review.week)
}

fn themes(page: &mut Page, rollup: &Rollup) {
    page.heading(say!("By theme"));
    let mut table = Table::new(&[
        (say!("link" | "theme"), Set::Wrap),
        (say!("of"), Set::Left),
        (say!("goals"), Set::Left),
        (say!("teams"), Set::Right),
    ]);
    for row in &rollup.themes {
        let of = row.theme.and_then(|(team, _)| rollup.teams.get(team)).map_or("-", |t| t.id.as_str());
        let name = rollup.theme_name(row).unwrap_or(say!("no theme"));
        table.row([name.into(), of.into(), strip(&row.goals).into(), row.teams.to_string().into()]);
    }
    page.table(&table);
}

fn cascade(rollup: &Rollup) -> Table {
    let mut table = Table::new(&[
        (say!("status"), Set::Left),
        (say!("goal"), Set::Wrap),
        (say!("team"), Set::Left),
        (say!("done"), Set::Right),
    ]);
    for branch in &rollup.cascade {
        let Some((team, goal)) = rollup.teams.get(branch.at.team).zip(rollup.goal(branch.at)) else { continue };
        let status = match goal.stood {
            Stood::Open(status) => Cell::status(status),
            Stood::Closed(word) => word.into(),
        };
        let done = goal.progress.map_or_else(|| "-".to_owned(), |p| format!("{:.0} %", p.get() * 100.0));
        let title = Cell::named(&goal.title, goal.id.as_str()).indented(branch.depth);
        table.row([status, title, team.id.as_str().into(), done.into()]);
    }
    table
}

fn red(page: &mut Page, rollup: &Rollup) {
    let all = rollup.teams.iter().flat_map(|t| t.review.iter().flat_map(move |r| r.red.iter().map(move |k| (t, r, k))));
    let mut table = Table::new(&[
        (say!("red KPI"), Set::Wrap),
        (say!("team"), Set::Left),
        (say!("reading"), Set::Right),
        (say!("target"), Set::Right),
        (say!("week"), Set::Left),
    ]);
    let mut some = false;
    for (team, review, kpi) in all {
        some = true;
        let value = |v: &Option<String>| v.clone().unwrap_or_else(|| "-".to_owned());
        table.row([
            kpi.name.as_str().into(),
            team.id.as_str().into(),
            value(&kpi.reading).into(),
            value(&kpi.target).into(),
            review.week.to_string().into(),
        ]);
    }
    if some {
        page.heading(say!("Off track"));
        page.table(&table);
    }
}

fn passed(page: &mut Page, rollup: &Rollup) {
    let all: Vec<(&Summary, &PassedOn)> =
        rollup.teams.iter().flat_map(|t| t.passed.iter().map(move |p| (t, p))).collect();
    if all.is_empty() {
        return;
    }
    page.heading(say!("Passed on"));
    for (team, passed) in all {
        let came = passed.answer.as_deref().unwrap_or(say!("waits for an answer"));
        page.item(&format!(
            "{} -> {}, {}: {} ({}). {came}",
            passed.from, team.id, passed.week, passed.text, passed.kind
        ));
    }
}

fn gaps(page: &mut Page, rollup: &Rollup) {
    page.heading(say!("Gaps"));
    if rollup.tops == 0 {
        page.item(say!("no goal supports one of another workspace yet: `supports: \"company/growth\"` in strategy/goals.ron links the two"));
        return;
    }
    if rollup.gaps.is_empty() {
        page.item(say!("none: every goal above is supported, every team's goal supports one"));
    }
    for lack in Lack::ALL {
        for gap in rollup.gaps.iter().filter(|g| g.lack == lack) {
            let Some((team, goal)) = rollup.teams.get(gap.at.team).zip(rollup.goal(gap.at)) else { continue };
            page.item(&format!("{}: {} ({}/{})", lack.label(), goal.title, team.id, goal.id));
        }
    }
    if !rollup.unread.is_empty() {
        page.item(say!("some workspaces could not be read: what is missing here may be there"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::status::Status;

    #[test]
    fn a_strip_tells_each_status_with_its_mark() {
        let counts = [Status::OnTrack, Status::OnTrack, Status::OffTrack, Status::Unknown].into_iter().collect();
        assert_eq!(strip(&counts), "2+ 1x 1?");
        assert_eq!(strip(&Counts::default()), "none");
    }
}
