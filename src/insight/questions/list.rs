//! Which questions a member is asked in a week, and what they said before.

use super::words::{at_week, number, show};
use super::{Asking, Question, Section, WEEKS};
use crate::insight::tree::Tree;
use crate::model::answer::{Answer, PRIORITIES};
use crate::model::checkin::{CheckIn, Thanks};
use crate::model::goal::{Goal, Kind};
use crate::model::id::{ActionId, GoalId, KpiId, MessageId};
use crate::model::number::Finite;
use crate::model::tongue::known;
use crate::model::week::Week;

/// Whether memory is asked in a week: in every n-th, counted in weeks and not in days of somebody's clock; 0 for never.
#[must_use]
pub fn asks_recall(week: Week, every: u32) -> bool {
    let first = Week::new(2001, 1).map_or(0, |first| week.since(first));
    i32::try_from(every).is_ok_and(|every| every > 0 && first.rem_euclid(every) == 0)
}

/// The questions of a check-in in the order they are asked. What was said is always among them, even if it would not be
/// asked any more.
#[must_use]
pub fn questions(of: &Asking<'_>) -> Vec<Question> {
    let mut all = recall(of);
    all.extend(actions(of));
    all.extend(messages(of));
    all.extend(readings(of));
    all.extend(confidence(of));
    all.extend(ranking(of));
    all.extend(meant(of));
    all.extend(lines(of, Section::Blockers, &of.check_in.blockers, Answer::Blocker));
    all.extend(pulse(of));
    all.extend(lines(of, Section::Headlines, &of.check_in.headlines, Answer::Headline));
    all.extend(lines(of, Section::Ideas, &of.check_in.ideas, Answer::Idea));
    all.extend(thanks(of));
    all.push(ask(of, Section::Note, say!("A note"), Answer::Note(String::new()), say!("a line or more")));
    all
}

/// A question to which the check-ins themselves know the earlier answers.
fn ask(of: &Asking<'_>, section: Section, text: impl Into<String>, to: Answer, hint: impl Into<String>) -> Question {
    let answer = of.check_in.says(&to);
    let earlier = of.before.iter().rev().filter(|c| c.week < of.week);
    let last = earlier.map(|c| (c.week, c.says(&to))).find(|(_, said)| said.is_given());
    let last = last.map(|(week, said)| at_week(show(&said, of.config, of.strategy), week, of.week)).unwrap_or_default();
    let trend = trend(of, &to);
    Question { section, text: text.into(), answer, last, trend, hint: hint.into() }
}

fn trend(of: &Asking<'_>, to: &Answer) -> Vec<Option<f64>> {
    let said = |c: &CheckIn| number(&c.says(to));
    let week = |back: i32| of.week.plus(-back);
    let mut all: Vec<Option<f64>> =
        (1..=WEEKS).rev().map(|back| of.before.iter().find(|c| c.week == week(back)).and_then(said)).collect();
    all.push(said(of.check_in));
    all
}

fn recall(of: &Asking<'_>) -> Vec<Question> {
    if !asks_recall(of.week, of.config.thresholds.recall_weeks) && of.check_in.recall.is_empty() {
        return Vec::new();
    }
    // One after the other: a place beyond the first free one could not be filled.
    let named = of.check_in.recall.len();
    let places = (named + 1).min(PRIORITIES).max(named);
    let place = |at: usize| {
        let text =
            [say!("The first"), say!("The second"), say!("The third")].get(at).copied().unwrap_or(say!("Another"));
        Question {
            last: String::new(),
            trend: Vec::new(),
            ..ask(of, Section::Recall, text, Answer::Recall(at, None), say!("in your own words, without looking"))
        }
    };
    (0..places).map(place).collect()
}

fn actions(of: &Asking<'_>) -> Vec<Question> {
    let mine = of.standing.actions.iter().filter(|a| a.is_open() && &a.owner == of.member && a.promised < of.week);
    let mut open: Vec<_> = mine.collect();
    open.sort_by_key(|a| a.due);
    let mut ids: Vec<(ActionId, String)> = open.iter().map(|a| (a.id.clone(), a.title.clone())).collect();
    for said in of.check_in.progress.iter().map(|p| &p.action) {
        if !ids.iter().any(|(id, _)| id == said) {
            let known = of.standing.actions.iter().find(|a| &a.id == said);
            let known = known.or_else(|| of.history.actions().into_iter().find(|a| &a.id == said));
            ids.push((said.clone(), known.map_or_else(|| said.to_string(), |a| a.title.clone())));
        }
    }
    let hint = say!("y done, n not done; what stopped it may follow: n the part came late");
    ids.into_iter().map(|(id, title)| ask(of, Section::Actions, title, Answer::Progress(id, None), hint)).collect()
}

fn messages(of: &Asking<'_>) -> Vec<Question> {
    let to_tell = |d: Option<Week>| d.is_none_or(|week| week == of.week);
    let mine = of.standing.messages.iter().filter(|m| &m.teller == of.member && to_tell(m.delivered));
    let mut ids: Vec<(MessageId, String)> =
        mine.map(|m| (m.id.clone(), format!("{}: {}", m.audience, m.text))).collect();
    let missing = |told: &&MessageId| !ids.iter().any(|(id, _)| id == *told);
    let more: Vec<_> = of.check_in.told.iter().filter(missing).map(|id| (id.clone(), id.to_string())).collect();
    ids.extend(more);
    let question = |(id, text)| ask(of, Section::Messages, text, Answer::Told(id, false), say!("y told, n not yet"));
    ids.into_iter().map(question).collect()
}

fn readings(of: &Asking<'_>) -> Vec<Question> {
    let owned = of.strategy.kpis.iter().filter(|k| k.owner.as_ref() == Some(of.member)).map(|k| &k.id);
    let mut ids: Vec<&KpiId> = owned.collect();
    for said in &of.check_in.readings {
        if !ids.contains(&&said.kpi) {
            ids.push(&said.kpi);
        }
    }
    ids.into_iter().map(|id| reading(of, id)).collect()
}

/// The weeks behind tell what was read, whoever reported it.
fn reading(of: &Asking<'_>, id: &KpiId) -> Question {
    let to = Answer::Reading(id.clone(), None);
    let Some(kpi) = of.strategy.kpi(id) else { return ask(of, Section::Readings, id.as_str(), to, say!("a number")) };
    let series = of.history.series(id);
    let said = of.check_in.readings.iter().find(|r| &r.kpi == id).map(|r| r.value);
    let last = series.readings().rev().find(|(week, _)| *week < of.week);
    let mut trend: Vec<Option<f64>> =
        (1..=WEEKS).rev().map(|back| series.get(of.week.plus(-back)).map(Finite::get)).collect();
    trend.push(said.map(Finite::get));
    let unit = if kpi.unit.is_empty() { String::new() } else { say!(" in {unit}", unit = kpi.unit) };
    let aim = kpi.show_aim(of.week).map(|aim| say!(", target {aim}", aim)).unwrap_or_default();
    Question {
        last: last.map(|(week, value)| at_week(kpi.show(value), week, of.week)).unwrap_or_default(),
        trend,
        ..ask(
            of,
            Section::Readings,
            kpi.name.clone(),
            to,
            say!("a number{unit}{aim}; a note may follow a semicolon", unit, aim),
        )
    }
}

fn confidence(of: &Asking<'_>) -> Vec<Question> {
    let tree = Tree::of(of.strategy);
    let mut ids: Vec<&GoalId> =
        tree.open().filter(|g| tree.open_children(&g.id).next().is_none() && works_on(of, g)).map(|g| &g.id).collect();
    let open = |id: &&GoalId| of.strategy.goal(id).is_some_and(Goal::is_open);
    let again = of.before.last().into_iter().flat_map(|c| &c.confidence).map(|v| &v.goal).filter(open);
    for id in again.chain(of.check_in.confidence.iter().map(|v| &v.goal)) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let title = |id: &GoalId| of.strategy.goal(id).map_or_else(|| id.to_string(), |g| g.title.clone());
    let question = |id: &GoalId| {
        ask(
            of,
            Section::Confidence,
            title(id),
            Answer::Confidence(id.clone(), None),
            say!("0 not at all to 10 certain"),
        )
    };
    ids.into_iter().map(question).collect()
}

/// Whether a goal is the member's: theirs, or carried by a team of theirs that has nobody named for it, or they work on it.
fn works_on(of: &Asking<'_>, goal: &Goal) -> bool {
    let in_team = |team| of.config.member(of.member).is_some_and(|m| m.teams.contains(team));
    let among = matches!(&goal.kind, Kind::Initiative { members } if members.contains(of.member));
    let team = goal.owner.is_none() && goal.team.as_ref().is_some_and(in_team);
    goal.owner.as_ref() == Some(of.member) || among || team
}

fn ranking(of: &Asking<'_>) -> Option<Question> {
    let themes = &of.strategy.north_star.themes;
    let named: Vec<String> = (1..).zip(themes).map(|(n, t)| format!("{n} {}", t.name)).collect();
    let hint = say!("their numbers, the most important first; y as last time: {named}", named = named.join(", "));
    let asked = themes.len() > 1 || !of.check_in.ranking.is_empty();
    asked.then(|| ask(of, Section::Ranking, say!("The themes by importance"), Answer::Ranking(Vec::new()), hint))
}

fn meant(of: &Asking<'_>) -> Vec<Question> {
    let named = of.check_in.recall.iter().enumerate();
    let question = |(at, said): (usize, &crate::model::checkin::Recall)| {
        let near = super::suggested(of.strategy, &said.words).map(|g| say!("y for “{title}”; or ", title = g.title));
        Question {
            last: String::new(),
            trend: Vec::new(),
            ..ask(
                of,
                Section::Meant,
                say!("By “{words}”", words = said.words),
                Answer::Recall(at, None),
                say!("{near}words of the goal's title", near = near.unwrap_or_default()),
            )
        }
    };
    named.map(question).collect()
}

/// The lines that were said, and one more.
fn lines(of: &Asking<'_>, section: Section, said: &[String], answer: impl Fn(String) -> Answer) -> Vec<Question> {
    let text = match (section, said.is_empty()) {
        (Section::Blockers, true) => say!("What hinders you"),
        (Section::Headlines, true) => say!("What went well"),
        (Section::Ideas, true) => say!("What could we try"),
        _ => say!("Another"),
    };
    let line = |said: String, text: &str| Question {
        answer: answer(said),
        ..ask(of, section, text, answer(String::new()), say!("one line"))
    };
    let mut all: Vec<Question> = said.iter().map(|s| line(s.clone(), "")).collect();
    let mut free = line(String::new(), text);
    free.last = last_line(of, section);
    all.push(free);
    all
}

fn last_line(of: &Asking<'_>, section: Section) -> String {
    let said = |c: &CheckIn| match section {
        Section::Blockers => c.blockers.join("; "),
        Section::Headlines => c.headlines.join("; "),
        Section::Ideas => c.ideas.join("; "),
        _ => String::new(),
    };
    let found = of.before.iter().rev().find(|c| c.week < of.week && !said(c).is_empty());
    found.map(|c| at_week(said(c), c.week, of.week)).unwrap_or_default()
}

fn pulse(of: &Asking<'_>) -> Vec<Question> {
    let mut ids: Vec<_> = of.config.pulse.iter().map(|s| (s.id.clone(), known(&s.text).to_owned())).collect();
    for said in &of.check_in.pulse {
        if !ids.iter().any(|(id, _)| id == &said.statement) {
            ids.push((said.statement.clone(), said.statement.to_string()));
        }
    }
    let question = |(id, text)| {
        ask(of, Section::Pulse, text, Answer::Pulse(id, None), say!("1 not at all to 5 fully; kept by nobody's name"))
    };
    ids.into_iter().map(question).collect()
}

fn thanks(of: &Asking<'_>) -> Vec<Question> {
    let line = |said: Option<Thanks>, text: &str| Question {
        answer: Answer::Thanks(said),
        ..ask(of, Section::Thanks, text, Answer::Thanks(None), say!("a name, a colon, what for: Ruth: stayed late"))
    };
    let mut all: Vec<Question> = of.check_in.thanks.iter().map(|t| line(Some(t.clone()), "")).collect();
    all.push(line(None, if all.is_empty() { say!("Whom do you thank") } else { say!("Another") }));
    all
}
