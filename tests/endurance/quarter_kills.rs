//! `kill -9` at random moments of a quarter's review that is driven through a terminal, in the middle of its sealing too: what the
//! screen had acknowledged is there, and what was agreed is in the strategy once, however often it is sealed.

use std::collections::BTreeMap;

use truenorth::model::quarter::Quarter;
use truenorth::model::quarterly::Quarterly;
use truenorth::model::review::{Session, Target};
use truenorth::model::week::Week;
use truenorth::storage::{self, Journal};

use super::kills::{any_moment, is_sound, kill_many, shop};
use crate::harness::{Dice, Home, Pty, long, today};

/// The steps in which something is said here, by their numbers on the screen.
const LOOK_BACK: usize = 2;
const LOOK_AHEAD: usize = 4;
const COMMIT: usize = 6;

fn quarter() -> Quarter {
    Quarter::of(today())
}

/// What the disk has of the quarter.
struct Found {
    said: Quarterly,
    /// How many revisions are sealed.
    sealed: usize,
    is_under_way: bool,
}

struct Loop<'a> {
    home: Home,
    /// How this run is begun again.
    told: &'a str,
    dice: Dice,
    /// The number of the next thing that is typed; each has its own.
    next: usize,
    lessons: Vec<String>,
    objectives: Vec<String>,
    /// How many revisions were shown as saved.
    sealed: usize,
    kills: usize,
    edits: usize,
    /// The keys since the last start.
    keys: Vec<String>,
}

impl Loop<'_> {
    fn told(&self) -> String {
        format!("{}, kill {}, keys since the start: {:?}", self.told, self.kills, self.keys)
    }

    fn press(&mut self, t: &mut Pty, keys: &str) {
        self.keys.push(keys.to_owned());
        t.keys(keys);
    }

    /// What the disk has, without changing anything.
    fn found(&self) -> Found {
        let sealed = storage::quarter_revisions(&self.home.root(), quarter()).len();
        let under_way = Journal::load(&self.home.journal()).and_then(|found| {
            assert!(!found.tail_lost, "half a line; {}", self.told());
            let review = Session::replay(found.review, found.entries).review().clone();
            assert_eq!(review.target(), Target::Quarter(quarter()), "{}", self.told());
            (review.revision() as usize > sealed).then_some(review)
        });
        let is_under_way = under_way.is_some();
        let said = match under_way {
            Some(review) => *review.quarter.unwrap(),
            None => {
                let record = storage::quarter(&self.home.root(), quarter(), None);
                record.unwrap_or_else(|e| panic!("no review and no quarter: {e}; {}", self.told())).said
            }
        };
        Found { said, sealed, is_under_way }
    }

    /// Starts the program and goes on where it was, or begins, or corrects the quarter if it was sealed.
    fn start(&mut self) -> Pty {
        self.keys.clear();
        let is_over = self.kills > 0 && !self.found().is_under_way;
        let quarter = quarter().to_string();
        let mut t = self.home.run(&["--as", "maya", "review", &quarter, "--resume"]);
        if is_over {
            t.wait_for("Correct the review of");
            self.press(&mut t, "x Ctrl-s");
            t.wait_gone("Correct the review of");
        }
        t.resize(100, 30).wait_for("/6  ");
        t
    }

    /// Goes to a step, one by one.
    fn go(&mut self, t: &mut Pty, step: usize) {
        let at = |screen: &str| {
            let before = screen.split("/6  ").next()?;
            before.chars().next_back()?.to_digit(10).map(|n| n as usize)
        };
        while let Some(now) = at(&t.screen()).filter(|now| *now != step) {
            let (key, next) = if now < step { ("Tab", now + 1) } else { ("Shift-Tab", now - 1) };
            self.press(t, key);
            t.wait_for(&format!("{next}/6  "));
        }
    }

    /// Says something in a form; gives back whether the screen acknowledged it.
    fn say(&mut self, t: &mut Pty, wait: bool, step: usize) -> Option<String> {
        self.go(t, step);
        let text = format!("kill {:06}", self.next);
        self.next += 1;
        self.press(t, "+");
        let form = if step == LOOK_BACK { "What we learned" } else { "An objective of" };
        // What was being typed when it was killed comes back into its form: it gives way here.
        t.wait_for(form);
        self.press(t, "Ctrl-u");
        t.types(&text);
        if step == LOOK_AHEAD {
            self.press(t, "Tab Ctrl-u");
            t.type_text("ruth");
        }
        self.press(t, "Ctrl-s");
        if wait {
            t.wait_until("kept", |screen| screen.contains("Kept: ") && !screen.contains(form));
            self.edits += 1;
        }
        wait.then_some(text)
    }

    /// Takes the first goal as it is graded. In other steps the same key opens forms.
    fn grade(&mut self, t: &mut Pty) {
        self.go(t, LOOK_BACK);
        self.press(t, "Home Space");
    }

    fn work(&mut self, t: &mut Pty) {
        for _ in 0..self.dice.below(4) {
            match self.dice.below(8) {
                0..=3 => {
                    let said = self.say(t, true, LOOK_BACK);
                    self.lessons.extend(said);
                }
                4 | 5 => {
                    let said = self.say(t, true, LOOK_AHEAD);
                    self.objectives.extend(said);
                }
                6 => self.grade(t),
                _ => self.press(t, "Down"),
            }
        }
        // The last one is not waited for: this is where the kill comes.
        match self.dice.below(8) {
            0 | 1 => drop(self.say(t, false, LOOK_BACK)),
            2 => drop(self.say(t, false, LOOK_AHEAD)),
            3 => {
                self.grade(t);
                self.press(t, "Tab");
            }
            4..=6 => return self.seal(t),
            _ => {}
        }
        any_moment(&mut self.dice);
    }

    /// Seals the quarter; now and then one waits until it is said to be done, else the kill comes in the middle of it.
    fn seal(&mut self, t: &mut Pty) {
        self.go(t, COMMIT);
        let before = self.found().sealed;
        self.press(t, "Ctrl-s");
        t.wait_for("Save the review of");
        self.press(t, "Y");
        if self.dice.below(4) == 0 {
            t.wait_for("is saved");
            self.sealed = before + 1;
            self.edits += 1;
        } else {
            any_moment(&mut self.dice);
        }
    }

    /// Looks for everything that was acknowledged.
    fn look(&self) {
        let root = self.home.root();
        is_sound(&root, &self.told());
        let Found { said, sealed, .. } = self.found();
        assert!(sealed >= self.sealed, "a sealed quarter is lost; {}", self.told());
        let lessons: Vec<&str> = said.learned.iter().map(|l| l.text.as_str()).collect();
        let next: Vec<&str> = said.next.iter().map(|n| n.title.as_str()).collect();
        for (all, there) in [(&self.lessons, lessons), (&self.objectives, next)] {
            let lost: Vec<_> = all.iter().filter(|text| !there.contains(&text.as_str())).collect();
            assert!(lost.is_empty(), "{lost:?} lost; {}", self.told());
        }
        let strategy = storage::open(&root, |_| Week::of(today())).unwrap().strategy;
        let mut times: BTreeMap<&str, usize> = BTreeMap::new();
        strategy.goals.iter().for_each(|g| *times.entry(g.title.as_str()).or_default() += 1);
        if let Ok(record) = storage::quarter(&root, quarter(), None) {
            for next in &record.said.next {
                let title = next.title.as_str();
                assert_eq!(times.get(title), Some(&1), "{title} was agreed; {}", self.told());
            }
        }
        let twice: Vec<_> = times.iter().filter(|(title, n)| title.starts_with("kill ") && **n > 1).collect();
        assert!(twice.is_empty(), "{twice:?} came more than once; {}", self.told());
    }
}

#[test]
fn a_kill_at_any_moment_of_a_quarters_review_loses_nothing_and_agrees_nothing_twice() {
    let (kills, each) = if long() { (2_000, 20) } else { (40, 20) };
    kill_many("in a quarter's review", kills, each, |dice, told| {
        let mut run = Loop {
            home: shop(),
            told,
            dice,
            next: 1,
            lessons: Vec::new(),
            objectives: Vec::new(),
            sealed: 0,
            kills: 0,
            edits: 0,
            keys: Vec::new(),
        };
        for _ in 0..each {
            let mut t = run.start();
            run.work(&mut t);
            t.kill9();
            run.kills += 1;
            run.look();
        }
        run.edits
    });
}
