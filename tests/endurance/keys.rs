//! Random keys, pastes, clicks and sizes in memory, from every place there is.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, Once};

use truenorth::app::derived::Derived;
use truenorth::app::dialogs::Dialog;
use truenorth::app::keymap::{Keymap, Scope};
use truenorth::app::message::Message;
use truenorth::app::overview::Overview;
use truenorth::app::{Look, Model, ThemeName};
use truenorth::storage::{self, Sample};

use super::press::{Press, press, told};
use crate::harness::{Dice, Driven, at_quarter_step, at_step, everywhere, in_parallel, long, today};

/// Where walks begin: every place there is, so that none depends on luck.
fn beginnings() -> Vec<Driven> {
    let more = [
        (1, "g"),
        (2, "c"),
        (2, "x"),
        (3, "t b"),
        (3, "n"),
        (4, "n"),
        (6, "i"),
        (7, "x"),
        (7, "e"),
        (8, "End Enter"),
        (8, "3 x"),
    ];
    let deeper = more.into_iter().map(|(step, keys)| {
        let mut t = at_step(step);
        t.keys(keys);
        t
    });
    let everywhere = everywhere().into_iter().map(|(_, t)| t);
    let quarter = (2..=6).map(at_quarter_step);
    everywhere.chain(deeper).chain(quarter).chain([Driven::new(), Driven::start(), rolled_up()]).collect()
}

/// Two workspaces beside each other.
fn rolled_up() -> Driven {
    let folder = tempfile::tempdir().unwrap();
    for (sample, team) in [(Sample::Bakery, "bakers"), (Sample::Office, "office")] {
        storage::write_sample(sample, &folder.path().join(team), today()).unwrap();
    }
    let rollup = storage::rollup(&[folder.path().to_path_buf()], |_| today());
    assert_eq!(rollup.teams.len(), 2);
    let look = Look { theme: ThemeName::Dark, truecolor: false, ascii: false, present: false };
    let overview = Overview::new(rollup, vec![folder.path().to_path_buf()], look, Keymap::default());
    let mut t = Driven::start();
    t.model = Model::Rollup(Box::new(overview));
    t
}

/// What was reached on the way.
#[derive(Default)]
struct Reached {
    scopes: BTreeSet<String>,
    forms: BTreeSet<String>,
}

impl Reached {
    fn note(&mut self, t: &Driven) {
        let (scopes, dialogs) = match &t.model {
            Model::Work(app) => (app.scopes(), app.dialogs.as_slice()),
            Model::Start(start) => (start.scopes(), [].as_slice()),
            Model::Rollup(overview) => (overview.scopes(), [].as_slice()),
        };
        self.scopes.extend(scopes.iter().map(|s: &Scope| format!("{s:?}")));
        for dialog in dialogs {
            let named = match dialog {
                Dialog::Form(form) => format!("{:?}", form.purpose),
                other => format!("{other:?}"),
            };
            let name: String = named.chars().take_while(|c| c.is_alphanumeric()).collect();
            self.forms.insert(name);
        }
    }
}

fn apply(t: &mut Driven, press: &Press) {
    match press {
        Press::Key(key) => t.send(Message::Key(*key)),
        Press::Type(text) => {
            t.type_text(text);
        }
        Press::Paste(text) => {
            t.paste(text);
        }
        Press::Size(width, height) => t.resize(*width, *height),
        Press::Click(x, y) => t.click_at(*x, *y),
        Press::Pass(seconds) => {
            t.wait(*seconds);
            t.send(Message::Tick);
        }
    }
}

/// Whether some text says this word, as `walking in` does with an `f` behind it: numbers stand in no quotes.
fn is_typed(model: &Model, word: &str) -> bool {
    let told = format!("{model:?}").replace("\\\"", "");
    told.split('"').skip(1).step_by(2).any(|text| text.split_whitespace().any(|w| w == word))
}

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Whether panics of this thread are told: while keys are tried they are looked for.
fn quiet(yes: bool) {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                before(info);
            }
        }));
    });
    QUIET.set(yes);
}

/// Presses keys from a beginning; says what went wrong.
fn walk(begin: &Driven, presses: &[Press], reached: &mut Reached) -> Result<(), String> {
    let went = catch_unwind(AssertUnwindSafe(|| {
        let mut t = begin.again();
        for press in presses {
            apply(&mut t, press);
            t.asked.clear();
            reached.note(&t);
            let screen = t.screen();
            // An odd size is drawn once: in some of them nothing else would be seen, and it takes long.
            if matches!(press, Press::Size(..)) {
                t.resize(80, 24);
            }
            let nonsense = screen.split_whitespace().find(|w| ["NaN", "inf", "-inf"].contains(w));
            let computed = nonsense.filter(|word| !is_typed(&t.model, word));
            assert!(computed.is_none(), "{computed:?} is shown:\n{screen}");
        }
        if t.has_folder() {
            let report = storage::check(&t.root()).unwrap();
            assert_eq!(report.problems, [], "the files are no longer sound");
        }
        if let Model::Work(app) = &t.model {
            let afresh = Derived::of(app);
            let known = |d: &Derived| (d.kpis.clone(), d.goals.clone(), d.findings.clone(), d.standing.clone());
            assert_eq!(known(&app.derived), known(&afresh), "what was computed before no longer holds");
        }
        if let (Model::Work(app), true) = (&t.model, t.journal.is_some())
            && let Some(review) = app.review()
        {
            assert_eq!(t.replayed().review(), review, "the journal tells another review");
        }
    }));
    went.map_err(|why| {
        let words = why.downcast_ref::<String>().cloned();
        words.or_else(|| why.downcast_ref::<&str>().map(ToString::to_string)).unwrap_or_default()
    })
}

/// Leaves out what the failure does not need, in ever smaller pieces.
fn shrink(begin: &Driven, mut presses: Vec<Press>) -> Vec<Press> {
    let mut piece = presses.len() / 2;
    let mut tries = 400;
    while piece > 0 && tries > 0 {
        let mut at = 0;
        while at < presses.len() && tries > 0 {
            let mut fewer = presses.clone();
            fewer.drain(at..(at + piece).min(presses.len()));
            tries -= 1;
            if walk(begin, &fewer, &mut Reached::default()).is_err() {
                presses = fewer;
            } else {
                at += piece;
            }
        }
        piece /= 2;
    }
    presses
}

/// How many walks there are, and of how many keys each: few enough to be found again by hand.
fn walks() -> (usize, usize) {
    if long() { (2_500, 400) } else { (100, 120) }
}

/// Walks from a beginning; says what went wrong, and the fewest keys that lead there.
fn walked(begin: &Driven, dice: &mut Dice, reached: &mut Reached) -> Option<String> {
    let presses: Vec<Press> = (0..walks().1).map(|_| press(dice)).collect();
    quiet(true);
    let failed = walk(begin, &presses, reached).is_err().then(|| {
        let fewer = shrink(begin, presses);
        let why = walk(begin, &fewer, &mut Reached::default()).err().unwrap_or_default();
        format!("{why}\nkeys: {}", told(&fewer))
    });
    quiet(false);
    failed
}

#[test]
fn no_key_paste_click_or_size_is_too_much_and_every_place_is_reached() {
    let seed = Dice::seed();
    let beginnings = beginnings();
    let places = beginnings.len();
    // One at a time may look at them, to take a copy.
    let beginnings = Mutex::new(beginnings);
    let (reached, failed) = (Mutex::new(Reached::default()), Mutex::new(None));
    let (walks, keys) = walks();
    assert!(walks >= places);
    let only = Dice::round();
    in_parallel(walks, |nth| {
        if failed.lock().unwrap().is_some() || only.is_some_and(|only| only != nth) {
            return;
        }
        let mut dice = Dice::new(seed.wrapping_add((nth as u64) << 32));
        // From each beginning once, then from any.
        let from = if nth < places { nth } else { dice.below(places) };
        let begin = beginnings.lock().unwrap()[from].again();
        let mut on_the_way = Reached::default();
        if let Some(why) = walked(&begin, &mut dice, &mut on_the_way) {
            let again = format!("TRUENORTH_SEED={seed} TRUENORTH_ROUND={nth} repeats it");
            *failed.lock().unwrap() = Some(format!("{again}, from beginning {from}: {why}"));
        }
        let mut reached = reached.lock().unwrap();
        reached.scopes.extend(on_the_way.scopes);
        reached.forms.extend(on_the_way.forms);
    });
    if let Some(failed) = failed.into_inner().unwrap() {
        panic!("{failed}");
    }
    if let Some(only) = only {
        return eprintln!("seed {seed}: walk {only} alone");
    }
    let reached = reached.into_inner().unwrap();
    let all: BTreeSet<String> = Keymap::default().bindings().iter().map(|b| format!("{:?}", b.scope)).collect();
    let missed: Vec<_> = all.difference(&reached.scopes).collect();
    assert!(missed.is_empty(), "seed {seed}: never at {missed:?}");
    let (scopes, forms) = (reached.scopes.len(), &reached.forms);
    eprintln!("seed {seed}: {} keys, {scopes} scopes, dialogs and forms reached: {forms:?}", walks * keys);
    assert!(forms.len() >= 22, "seed {seed}: only these forms came up: {forms:?}");
}
