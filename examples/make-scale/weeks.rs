//! Week after week of that company, each written as soon as it is told.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use chrono::{DateTime, Days};
use truenorth::insight::{goals, status};
use truenorth::model::agenda::Step;
use truenorth::model::checkin::{CheckIn, Pulse, Vote};
use truenorth::model::declined::Declined;
use truenorth::model::goal::Kind;
use truenorth::model::kpi::Origin;
use truenorth::model::number::Finite;
use truenorth::model::record::{
    Action, ActionState, Decision, DecisionState, Headline, Issue, IssueState, Note, Prediction, Rating, Subject,
};
use truenorth::model::review::{Attendance, Commitment, GoalEntry, Moment, Outcome};
use truenorth::model::scale::{Agrees, Confidence, Percent, Score};
use truenorth::model::snapshot::{KpiWeek, Snapshot, StepTime};
use truenorth::model::strategy::Strategy;
use truenorth::model::week::Week;
use truenorth::model::workspace::{Config, SCHEMA};
use truenorth::storage::{encode, snapshot_path};

use super::company::{self, Scale, level, member};
use super::random::Random;

/// How many check-ins a week are written down at most: a larger team has them, but no review reads them all.
const CHECK_INS: usize = 12;
/// How many action items and issues lie open at a time.
const OPEN: usize = 40;

/// Writes the workspace into a folder that is new or empty. Returns how many bytes its snapshots have.
pub(crate) fn write(dir: &Path, scale: &Scale) -> io::Result<u64> {
    let mut random = Random::new(20_261_119);
    let config = company::config(scale);
    let strategy = company::strategy(scale, &mut random);
    for folder in ["strategy", "snapshots"] {
        fs::create_dir_all(dir.join(folder))?;
    }
    let mut story = Story::new(config.clone(), strategy, random);
    let (sender, receiver) = sync_channel(8);
    let receiver = Mutex::new(receiver);
    let bytes = thread::scope(|scope| {
        let writers: Vec<_> = (0..2).map(|_| scope.spawn(|| write_all(dir, &receiver))).collect();
        for back in (0..i32::try_from(scale.weeks).unwrap()).rev() {
            sender.send(story.tell(scale.last.plus(-back))).unwrap();
        }
        drop(sender);
        writers.into_iter().map(|w| w.join().unwrap()).sum::<io::Result<u64>>()
    })?;
    fs::write(dir.join("strategy/north-star.ron"), encode(&story.strategy.north_star).unwrap())?;
    fs::write(dir.join("strategy/goals.ron"), encode(&story.strategy.goals).unwrap())?;
    fs::write(dir.join("strategy/kpis.ron"), encode(&story.strategy.kpis).unwrap())?;
    fs::write(dir.join("truenorth.ron"), encode(&config).unwrap())?;
    Ok(bytes)
}

fn write_all(dir: &Path, weeks: &Mutex<Receiver<Snapshot>>) -> io::Result<u64> {
    let mut bytes = 0;
    loop {
        let next = weeks.lock().unwrap().recv();
        let Ok(snapshot) = next else { return Ok(bytes) };
        let text = encode(&snapshot).unwrap();
        fs::write(dir.join(snapshot_path(snapshot.week, 1)), &text)?;
        bytes += text.len() as u64;
    }
}

/// What one week hands to the next.
struct Story {
    config: Config,
    strategy: Strategy,
    random: Random,
    told: usize,
    readings: Vec<f64>,
    entries: Vec<GoalEntry>,
    actions: Vec<Action>,
    issues: Vec<Issue>,
    decisions: Vec<Decision>,
}

impl Story {
    fn new(config: Config, strategy: Strategy, random: Random) -> Self {
        let readings = (0..strategy.kpis.len()).map(level).collect();
        let entries = strategy.goals.iter().map(|g| GoalEntry::new(g.id.clone())).collect();
        let (actions, issues, decisions) = Default::default();
        Self { config, strategy, random, told: 0, readings, entries, actions, issues, decisions }
    }

    fn tell(&mut self, week: Week) -> Snapshot {
        self.told += 1;
        company::change(&mut self.strategy, week, &mut self.random);
        let scorecard: Vec<KpiWeek> = (0..self.readings.len()).map(|n| self.kpi(n, week)).collect();
        self.move_goals();
        let goals = goals::assess(&self.strategy, &self.entries, &scorecard, week.monday());
        let commitments = self.commitments(week);
        self.promise(week);
        self.decide(week);
        self.raise(week);
        let snapshot = Snapshot {
            schema: SCHEMA,
            workspace: self.config.id.clone(),
            name: self.config.name.clone(),
            week,
            revision: 1,
            agenda: "weekly".parse().unwrap(),
            started: moment(week, 14),
            sealed: moment(week, 15),
            facilitator: Some(member(0)),
            revises: None,
            attendance: self.people().map(|member| Attendance { member, present: true }).collect(),
            time: Step::ALL
                .map(|step| StepTime { step, planned_minutes: 7, used_seconds: 380 + self.random.below(90) as u32 })
                .to_vec(),
            headlines: self.headlines(week),
            commitments,
            scorecard,
            goals,
            check_ins: self.check_ins(week),
            findings: Vec::new(),
            issues: self.issues.clone(),
            decisions: self.decisions.clone(),
            actions: self.actions.clone(),
            messages: Vec::new(),
            notes: self.notes(),
            ratings: self.ratings(),
            why_low: String::new(),
            people: self.config.people.clone(),
            teams: self.config.teams.clone(),
            perspectives: self.config.perspectives.clone(),
            strategy: self.strategy.clone(),
            pulse: Vec::new(),
            alignment: None,
        };
        self.put_away();
        snapshot
    }

    fn people(&self) -> impl Iterator<Item = truenorth::model::id::MemberId> + use<> {
        let n = self.config.people.len().min(CHECK_INS);
        // Others take their turn from week to week.
        let (from, all) = (self.told * CHECK_INS, self.config.people.len());
        (0..n).map(move |at| member((from + at) % all))
    }

    /// A reading that wanders about its level; one in twenty-five was not reported, one in fifty jumps.
    fn kpi(&mut self, n: usize, week: Week) -> KpiWeek {
        let (random, level) = (&mut self.random, level(n));
        let jump = if random.percent(2) { 0.15 } else { 0.02 };
        let next = self.readings[n] + level * jump * random.noise() + (level - self.readings[n]) * 0.2;
        self.readings[n] = next;
        let digits = [1.0, 10.0, 100.0][n % 3];
        let reading = (!random.percent(4)).then(|| Finite::new((next * digits).round() / digits).unwrap());
        let kpi = &self.strategy.kpis[n];
        let computed = status::of_reading(kpi, week, reading, &self.config.thresholds);
        let origin = if n.is_multiple_of(2) { Origin::CheckIn } else { Origin::Review };
        let note = if random.percent(3) { random.sentence(9) } else { String::new() };
        KpiWeek { kpi: kpi.id.clone(), reading, origin, aim: kpi.aim_in(week), computed, marked: None, note }
    }

    fn move_goals(&mut self) {
        let random = &mut self.random;
        for (entry, goal) in self.entries.iter_mut().zip(&self.strategy.goals) {
            if matches!(goal.kind, Kind::KeyResult { .. } | Kind::Initiative { .. }) {
                let at = entry.current.map_or(0.0, Finite::get) + f64::from(random.percent(30)) * 3.0;
                entry.current = Finite::new(if at > 100.0 { 0.0 } else { at });
            }
            entry.confidence = Confidence::new(4 + random.below(5) as u8);
            entry.note = if random.percent(2) { random.sentence(10) } else { String::new() };
        }
    }

    /// What came of what was open: most is done after a few weeks.
    fn commitments(&mut self, week: Week) -> Vec<Commitment> {
        let random = &mut self.random;
        let answer = |action: &mut Action| {
            let outcome = if random.percent(30) {
                action.state = ActionState::Done { in_week: week };
                Outcome::Done
            } else {
                action.carried += 1;
                Outcome::NotDone
            };
            Commitment { action: action.id.clone(), outcome }
        };
        self.actions.iter_mut().map(answer).collect()
    }

    fn promise(&mut self, week: Week) {
        let open = self.actions.iter().filter(|a| a.is_open()).count();
        for n in 0..self.random.below(9).min(OPEN.saturating_sub(open)) {
            let goal = self.random.below(self.strategy.goals.len());
            self.actions.push(Action {
                id: format!("do-{}-{n}", self.told).parse().unwrap(),
                title: self.random.sentence(6),
                owner: member(self.random.below(self.config.people.len())),
                due: week.next().monday() + Days::new(3),
                goal: self.strategy.goals.get(goal).map(|g| g.id.clone()),
                about: None,
                promised: week,
                carried: 0,
                state: ActionState::Open,
            });
        }
    }

    /// A decision every other week, looked at again half a year later.
    fn decide(&mut self, week: Week) {
        let random = &mut self.random;
        for old in self.decisions.iter_mut().filter(|d| d.is_open() && week.since(d.decided) >= 26) {
            let (outcome, came_true) = (random.sentence(8), Some(random.percent(60)));
            old.state = DecisionState::Reviewed { in_week: week, outcome, came_true };
        }
        if self.told.is_multiple_of(2) {
            let id = format!("decision-{}", self.told).parse().unwrap();
            let mut new = Decision::new(id, random.sentence(6), random.sentence(8), week);
            new.context = random.sentence(20);
            new.options = vec![random.sentence(5), random.sentence(5)];
            new.deciders = vec![member(0)];
            new.serves = vec![company::VALUES[random.below(4)].parse().unwrap()];
            new.affects = random.sentence(4);
            new.declined = vec![Declined::new(random.sentence(8))];
            new.prediction = Some(Prediction { claim: random.sentence(8), percent: Percent::new(70).unwrap() });
            new.review_on = Some(week.plus(26).monday());
            self.decisions.push(new);
        }
    }

    fn raise(&mut self, week: Week) {
        let random = &mut self.random;
        for issue in &mut self.issues {
            issue.votes = random.below(4) as u32;
            if random.percent(25) {
                let answer = random.sentence(7);
                issue.state = IssueState::Solved { in_week: week, answer, decision: None, action: None };
            }
        }
        let open = self.issues.iter().filter(|i| i.is_open()).count();
        for n in 0..random.below(5).min(OPEN.saturating_sub(open)) {
            self.issues.push(Issue {
                id: format!("issue-{}-{n}", self.told).parse().unwrap(),
                title: random.sentence(6),
                detail: random.sentence(14),
                by: Some(member(random.below(self.config.people.len()))),
                raised: week,
                about: self.strategy.kpis.first().map(|k| Subject::Kpi(k.id.clone())),
                votes: 0,
                state: IssueState::Open,
            });
        }
    }

    fn headlines(&mut self, _: Week) -> Vec<Headline> {
        let told = self.told;
        let headline = |n: usize, random: &mut Random| Headline {
            id: format!("news-{told}-{n}").parse().unwrap(),
            text: random.sentence(7),
            by: None,
        };
        (0..2).map(|n| headline(n, &mut self.random)).collect()
    }

    fn notes(&mut self) -> Vec<Note> {
        let id = format!("note-{}", self.told).parse().unwrap();
        vec![Note { id, text: self.random.sentence(15), step: Some(Step::Issues), about: None }]
    }

    fn ratings(&mut self) -> Vec<Rating> {
        let people: Vec<_> = self.people().collect();
        let mut score = || Score::new(1 + self.random.below(2) as u8).unwrap();
        people.into_iter().map(|member| Rating { member, scores: [(); 5].map(|()| score()) }).collect()
    }

    fn check_ins(&mut self, week: Week) -> Vec<CheckIn> {
        let people: Vec<_> = self.people().collect();
        people.into_iter().map(|member| self.check_in(member, week)).collect()
    }

    fn check_in(&mut self, member: truenorth::model::id::MemberId, week: Week) -> CheckIn {
        let mut check_in = CheckIn::new(member, week);
        let random = &mut self.random;
        for _ in 0..4 {
            let n = random.below(self.strategy.goals.len());
            let Some(goal) = self.strategy.goals.get(n) else { continue };
            let confidence = Confidence::new(random.below(11) as u8).unwrap();
            check_in.confidence.push(Vote { goal: goal.id.clone(), confidence });
        }
        check_in.pulse = self
            .config
            .pulse
            .iter()
            .map(|s| Pulse { statement: s.id.clone(), agrees: Agrees::new(1 + random.below(5) as u8).unwrap() })
            .collect();
        check_in.ranking = self.strategy.north_star.themes.iter().map(|t| t.id.clone()).collect();
        if random.percent(25) {
            check_in.blockers = vec![random.sentence(8)];
        }
        if random.percent(20) {
            check_in.ideas = vec![random.sentence(9)];
        }
        if random.percent(50) {
            check_in.note = random.sentence(14);
        }
        check_in
    }

    /// What was closed was told with its week.
    fn put_away(&mut self) {
        self.actions.retain(Action::is_open);
        self.issues.retain(Issue::is_open);
        self.decisions.retain(Decision::is_open);
    }
}

fn moment(week: Week, hour: u32) -> Moment {
    let day = week.monday() + Days::new(3);
    DateTime::parse_from_rfc3339(&format!("{day}T{hour}:00:00+00:00")).unwrap()
}
