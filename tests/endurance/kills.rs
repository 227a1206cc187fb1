//! `kill -9` at random moments of a review that is driven through a terminal, then everything is looked for.

use std::fs;
use std::time::Duration;

use truenorth::model::review::Session;
use truenorth::model::week::Week;
use truenorth::storage::{self, Journal};

use crate::harness::{Dice, Home, Pty, long, today};

/// What the screen has shown as done so far.
#[derive(Default)]
struct Acknowledged {
    /// The newest issue whose "Kept" was on the screen, by its number: those before it were too.
    issue: usize,
    /// The newest goal that was shown as saved.
    goals: Vec<usize>,
    /// The revisions of the week that were shown as saved.
    sealed: u32,
}

struct Loop {
    home: Home,
    dice: Dice,
    /// The number of the next thing that is typed; each has its own.
    next: usize,
    seen: Acknowledged,
    kills: usize,
    edits: usize,
    /// The keys since the last start.
    keys: Vec<String>,
}

impl Loop {
    fn new(dice: Dice) -> Self {
        let home = Home::with_bakery();
        Self { home, dice, next: 1, seen: Acknowledged::default(), kills: 0, edits: 0, keys: Vec::new() }
    }

    fn press(&mut self, t: &mut Pty, keys: &str) {
        self.keys.push(keys.to_owned());
        t.keys(keys);
    }

    /// Starts the program and goes on where it was, or begins.
    fn start(&mut self) -> Pty {
        self.keys.clear();
        let mut t = self.home.run(&["--as", "maya", "review", "--resume"]);
        if self.seen.sealed > 0 && !self.home.journal().exists() {
            t.wait_for("Why is it corrected?");
            self.press(&mut t, "x Ctrl-s");
        }
        t.wait_for("Open");
        t
    }

    /// Does things, and notes those that the screen acknowledges; with some luck the kill comes in the middle of one.
    fn work(&mut self, t: &mut Pty) {
        for _ in 0..self.dice.below(4) {
            match self.dice.below(10) {
                0..=6 => self.raise_issue(t, true),
                7 => self.add_goal(t, true),
                8 => {
                    // It may be the newest issue that is taken back: then none is known to be there.
                    self.seen.issue = 0;
                    self.press(t, "u");
                }
                _ => self.press(t, "Tab"),
            };
        }
        // The last one is not waited for: this is where the kill comes.
        match self.dice.below(8) {
            0..=4 => self.raise_issue(t, false),
            5 => self.add_goal(t, false),
            6 => self.press(t, "v v v Tab"),
            _ => {}
        }
        std::thread::sleep(Duration::from_micros(self.dice.next() % 30_000));
    }

    fn raise_issue(&mut self, t: &mut Pty, wait: bool) {
        let n = self.next;
        self.next += 1;
        // What was being typed when it was killed comes back into its form: it gives way here.
        self.press(t, "i Ctrl-u");
        t.type_text(&format!("kill {n:06}"));
        self.press(t, "Ctrl-s");
        if wait {
            t.wait_for(&format!("Kept: issue: kill {n:06}"));
            self.seen.issue = n;
            self.edits += 1;
        }
    }

    fn add_goal(&mut self, t: &mut Pty, wait: bool) {
        let n = self.next;
        self.next += 1;
        self.press(t, "Esc 3 o Ctrl-u");
        // Waited for in the form: what was said of the goal before is gone from the screen then.
        t.types(&format!("Goal {n:06}"));
        self.press(t, "Ctrl-s");
        if wait {
            t.wait_for("Saved (");
            self.seen.goals.push(n);
            self.edits += 1;
        }
        self.press(t, "1 2");
    }

    /// Looks for everything that was acknowledged.
    fn look(&mut self, seed: u64) {
        let told = || format!("seed {seed}, kill {}, keys since the start: {:?}", self.kills, self.keys);
        let before = fs::read(self.home.journal()).unwrap_or_default();
        let found = Journal::load(&self.home.journal()).unwrap_or_else(|| panic!("no journal; {}", told()));
        assert!(!found.tail_lost, "half a line; {}", told());
        let session = Session::replay(found.review, found.entries);
        let issues = &session.review().issues;
        if self.seen.issue > 0 {
            let title = format!("kill {:06}", self.seen.issue);
            assert!(issues.iter().any(|i| i.title == title), "{title} is lost; {}", told());
        }
        let root = self.home.root();
        let report = storage::check(&root).unwrap();
        assert_eq!(report.problems, [], "{}", told());
        let strategy = storage::open(&root, |_| Week::of(today())).unwrap().strategy;
        for n in &self.seen.goals {
            let title = format!("Goal {n:06}");
            assert!(strategy.goals.iter().any(|g| g.title == title), "{title} is lost; {}", told());
        }
        assert_eq!(fs::read(self.home.journal()).unwrap_or_default(), before, "looking changes nothing");
    }
}

#[test]
fn a_kill_at_any_moment_loses_nothing_that_the_screen_has_acknowledged() {
    let (kills, each) = if long() { (10_000, 50) } else { (60, 20) };
    let seed = Dice::seed();
    let mut dice = Dice::new(seed);
    let (mut killed, mut edits) = (0, 0);
    while killed < kills {
        // A review of its own now and then: journals do not grow for ever.
        let mut run = Loop::new(Dice::new(dice.next()));
        for _ in 0..each {
            let mut t = run.start();
            run.work(&mut t);
            t.kill9();
            run.kills += 1;
            run.look(seed);
        }
        killed += run.kills;
        edits += run.edits;
    }
    eprintln!("seed {seed}: {killed} kills, {edits} acknowledged edits, none lost");
}
