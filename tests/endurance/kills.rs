//! `kill -9` at random moments of a review that is driven through a terminal, in the middle of its sealing too, and of a
//! check-in; then everything that the screen had acknowledged is looked for.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use truenorth::model::review::Session;
use truenorth::model::week::Week;
use truenorth::storage::{self, Journal};

use crate::harness::{Dice, Home, Pty, in_parallel, long, today};

/// The bakery with few weeks behind it: it is opened and looked through after every kill.
pub(super) fn shop() -> Home {
    let home = Home::with_bakery();
    let folder = home.root().join("snapshots");
    let mut weeks: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    weeks.sort();
    weeks.iter().rev().skip(3).for_each(|old| fs::remove_file(old).unwrap());
    home
}

/// Lets several shops be worked in, each killed so many times, and tells how often it was.
pub(super) fn kill_many(what: &str, kills: usize, each: usize, run: impl Fn(Dice, &str) -> usize + Sync) {
    let seed = Dice::seed();
    let edits = AtomicUsize::new(0);
    in_parallel(kills / each, |nth| {
        let dice = Dice::new(seed.wrapping_add((nth as u64) << 32));
        edits.fetch_add(run(dice, &format!("seed {seed}, run {nth}")), Ordering::Relaxed);
    });
    let edits = edits.into_inner();
    eprintln!("seed {seed}: {kills} kills {what}, {edits} acknowledged edits, none lost");
    assert!(edits * 2 > kills, "only {edits} edits were acknowledged in {kills} kills");
}

/// The moment of a kill: anywhere in what the program does with a key.
pub(super) fn any_moment(dice: &mut Dice) {
    std::thread::sleep(Duration::from_micros(dice.next() % 30_000));
}

/// What the screen has shown as done so far.
#[derive(Default)]
struct Acknowledged {
    /// The newest issue whose "Kept" was on the screen, by its number: those before it were too.
    issue: usize,
    /// The goals that were shown as saved.
    goals: Vec<usize>,
    /// How many revisions of the week were shown as saved.
    sealed: u32,
}

struct Loop<'a> {
    home: Home,
    /// How this run is begun again.
    told: &'a str,
    dice: Dice,
    /// The number of the next thing that is typed; each has its own.
    next: usize,
    seen: Acknowledged,
    kills: usize,
    edits: usize,
    /// Whether the review is the correction of a sealed week: then the strategy is that of the week and takes no goals.
    corrects: bool,
    /// The keys since the last start.
    keys: Vec<String>,
}

/// What is on the disk of the week's review.
struct Found {
    /// The titles of its issues, of the review that is under way or else of the sealed week.
    issues: Vec<String>,
    /// How many revisions of the week are sealed.
    sealed: u32,
    is_under_way: bool,
}

impl Loop<'_> {
    fn press(&mut self, t: &mut Pty, keys: &str) {
        self.keys.push(keys.to_owned());
        t.keys(keys);
    }

    fn told(&self) -> String {
        format!("{}, kill {}, keys since the start: {:?}", self.told, self.kills, self.keys)
    }

    /// What the disk has of the review, without changing anything.
    fn found(&self) -> Found {
        let week = Week::of(today());
        let sealed = storage::revisions(&self.home.root(), week).into_iter().max().unwrap_or(0);
        let journal = Journal::load(&self.home.journal());
        let under_way = journal.and_then(|found| {
            assert!(!found.tail_lost, "half a line; {}", self.told());
            let session = Session::replay(found.review, found.entries);
            let review = session.review().clone();
            (review.revises.as_ref().map_or(1, |r| r.revision + 1) > sealed).then_some(review)
        });
        let is_under_way = under_way.is_some();
        let issues = match under_way {
            Some(review) => review.issues.into_iter().map(|i| i.title).collect(),
            None => {
                let snapshot = storage::snapshot(&self.home.root(), week, None);
                let snapshot = snapshot.unwrap_or_else(|e| panic!("no review and no week: {e}; {}", self.told()));
                snapshot.issues.into_iter().map(|i| i.title).collect()
            }
        };
        Found { issues, sealed, is_under_way }
    }

    /// Starts the program and goes on where it was, or begins, or corrects the week if it was sealed.
    fn start(&mut self) -> Pty {
        self.keys.clear();
        let is_over = self.kills > 0 && !self.found().is_under_way;
        let mut t = self.home.run(&["--as", "maya", "review", "--resume"]);
        if is_over {
            t.wait_for("Correct the review of");
            self.press(&mut t, "x Ctrl-s");
            t.wait_gone("Correct the review of");
            self.corrects = true;
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
            0..=3 => self.raise_issue(t, false),
            4 => self.add_goal(t, false),
            5 => self.press(t, "v v v Tab"),
            6 => return self.seal(t),
            _ => {}
        }
        any_moment(&mut self.dice);
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
        if self.corrects {
            return self.raise_issue(t, wait);
        }
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

    /// Seals the week; now and then one waits until it is said to be done, else the kill comes in the middle of it.
    fn seal(&mut self, t: &mut Pty) {
        let before = self.found().sealed;
        self.press(t, "Ctrl-s");
        t.wait_for("Save the review of");
        self.press(t, "Y");
        if self.dice.below(4) == 0 {
            t.wait_for("is saved");
            self.seen.sealed = before + 1;
            self.edits += 1;
        } else {
            any_moment(&mut self.dice);
        }
    }

    /// Looks for everything that was acknowledged.
    fn look(&mut self) {
        let before = fs::read(self.home.journal()).unwrap_or_default();
        let found = self.found();
        assert!(found.sealed >= self.seen.sealed, "a sealed week is lost; {}", self.told());
        if self.seen.issue > 0 {
            let title = format!("kill {:06}", self.seen.issue);
            assert!(found.issues.contains(&title), "{title} is lost; {}", self.told());
        }
        let root = self.home.root();
        is_sound(&root, &self.told());
        let strategy = storage::open(&root, |_| Week::of(today())).unwrap().strategy;
        for n in &self.seen.goals {
            let title = format!("Goal {n:06}");
            assert!(strategy.goals.iter().any(|g| g.title == title), "{title} is lost; {}", self.told());
        }
        assert_eq!(fs::read(self.home.journal()).unwrap_or_default(), before, "looking changes nothing");
    }
}

pub(super) fn is_sound(root: &Path, told: &str) {
    assert_eq!(storage::check(root).unwrap().problems, [], "{told}");
}

#[test]
fn a_kill_at_any_moment_loses_nothing_that_the_screen_has_acknowledged() {
    let (kills, each) = if long() { (10_000, 50) } else { (200, 25) };
    kill_many("in a review", kills, each, |dice, told| {
        let seen = Acknowledged::default();
        let mut run =
            Loop { home: shop(), told, dice, next: 1, seen, kills: 0, edits: 0, corrects: false, keys: Vec::new() };
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

/// A check-in that is answered and killed; gives back how many answers were shown as saved.
fn checked_in(mut dice: Dice, told: &str, kills: usize) -> usize {
    let home = shop();
    let (mut next, mut saved, mut keys) = (1, Vec::new(), Vec::new());
    let blockers = || {
        let me = "maya".parse().unwrap();
        storage::my_check_ins(&home.root(), &me, Week::of(today()), 0).unwrap().0.blockers
    };
    for kill in 0..kills {
        let mut t = home.run(&["--as", "maya", "checkin"]);
        t.wait_for("answered").keys("/");
        // The line that takes one answer more.
        t.type_text(if blockers().is_empty() { "hinders" } else { "Another" }).keys("Enter Esc");
        keys.clear();
        for left in (0..=dice.below(4)).rev() {
            let answer = format!("kill {next:06}");
            next += 1;
            keys.push(answer.clone());
            t.keys("Enter Ctrl-u").type_text(&answer).keys("Enter");
            if left > 0 {
                t.wait_until(&format!("{answer} is saved"), |screen| {
                    screen.contains(&format!("[x] {answer}"))
                        && screen.contains(" saved\n")
                        && !screen.contains(" saving\n")
                });
                saved.push(answer);
            }
        }
        any_moment(&mut dice);
        t.kill9();
        let there = blockers();
        let lost: Vec<_> = saved.iter().filter(|answer| !there.contains(answer)).collect();
        assert!(lost.is_empty(), "{lost:?} lost; {told}, kill {kill}, answers since the start: {keys:?}");
        is_sound(&home.root(), told);
    }
    saved.len()
}

#[test]
fn a_kill_at_any_moment_of_a_check_in_loses_no_answer_that_was_shown_as_saved() {
    let (kills, each) = if long() { (2_000, 20) } else { (40, 10) };
    kill_many("in a check-in", kills, each, |dice, told| checked_in(dice, told, each));
}
