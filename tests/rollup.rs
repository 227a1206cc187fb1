//! The roll-up on the screen: a company with two teams, its four views, and down into a team's week.

use std::fs;
use std::path::{Path, PathBuf};

use truenorth::app::keymap::Keymap;
use truenorth::app::message::{Effect, Message};
use truenorth::app::overview::{Overview, View};
use truenorth::app::update::update;
use truenorth::app::{Access, App, Look, Model, Opening, ThemeName};
use truenorth::insight::rollup::Rollup;
use truenorth::model::week::Week;
use truenorth::storage::{self, Sample};
use truenorth::ui;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::harness::{Home, noon, today};

const COMPANY: &str = r#"[
    (id: "digital", title: "Half of our sales come over the wire", kind: goal, theme: "growth"),
    (id: "people", title: "Nobody leaves because of how we work", kind: goal),
]"#;

/// A company with a bakery that supports a goal of it, and an office whose link is misspelt.
fn company(folder: &Path) {
    let at = |name: &str| folder.join(name);
    storage::write_sample(Sample::Bakery, &at("bakery"), today()).unwrap();
    storage::write_sample(Sample::Office, &at("office"), today()).unwrap();
    for (team, far) in [("bakery", "company/digital"), ("office", "company/digitl")] {
        let goals = at(team).join("strategy/goals.ron");
        let text = fs::read_to_string(&goals).unwrap();
        let linked = text.replacen("kind: goal,\n", &format!("kind: goal,\n        supports: \"{far}\",\n"), 1);
        assert_ne!(text, linked);
        fs::write(goals, linked).unwrap();
    }
    fs::create_dir_all(at("company/strategy")).unwrap();
    for (file, text) in [
        ("truenorth.ron", "(schema: 1, id: \"company\", name: \"Street Holding\")"),
        ("strategy/north-star.ron", "(vision: \"v\", themes: [(id: \"growth\", name: \"Grow with care\", weight: 1)])"),
        ("strategy/kpis.ron", "[]"),
        ("strategy/goals.ron", COMPANY),
    ] {
        fs::write(at("company").join(file), text).unwrap();
    }
}

/// The roll-up of the company, with folders of one name on every machine.
fn rolled_up(folder: &Path) -> Rollup {
    let mut rollup = storage::rollup(&[folder.to_path_buf()], |_| today());
    let short = |path: &Path| Path::new("acme").join(path.strip_prefix(folder).unwrap());
    rollup.teams.iter_mut().for_each(|t| t.folder = short(&t.folder));
    rollup.problems.iter_mut().for_each(|p| p.path = short(&p.path));
    rollup
}

struct Screen {
    model: Model,
    asked: Vec<Effect>,
}

impl Screen {
    fn new(rollup: Rollup) -> Self {
        let look = Look { theme: ThemeName::Dark, truecolor: false, ascii: false, present: false };
        let overview = Overview::new(rollup, vec![PathBuf::from("acme")], look, Keymap::default());
        Self { model: Model::Rollup(Box::new(overview)), asked: Vec::new() }
    }

    fn of_company() -> Self {
        let folder = tempfile::tempdir().unwrap();
        company(folder.path());
        Self::new(rolled_up(folder.path()))
    }

    fn keys(&mut self, keys: &str) -> &mut Self {
        for key in keys.split(' ') {
            self.asked.extend(update(&mut self.model, Message::Key(key.parse().unwrap()), noon()));
        }
        self
    }

    fn drawn(&self, width: u16, height: u16) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        ui::draw(&self.model, noon(), &mut buffer);
        let line = |y: u16| (0..width).map(|x| buffer[(x, y)].symbol()).collect::<String>().trim_end().to_owned();
        (0..height).map(line).collect::<Vec<_>>().join("\n")
    }

    #[track_caller]
    fn sees(&mut self, words: &str) -> &mut Self {
        let drawn = self.drawn(100, 30);
        assert!(drawn.contains(words), "{words:?} is missing in\n{drawn}");
        self
    }

    fn overview(&self) -> &Overview {
        match &self.model {
            Model::Rollup(overview) => overview,
            Model::Start(_) | Model::Work(_) => panic!("not the roll-up"),
        }
    }
}

#[test]
fn the_four_views_look_like_this() {
    let mut screen = Screen::of_company();
    let mut pictures = String::new();
    for view in View::ALL {
        for (width, height) in [(80, 24), (100, 30), (140, 45)] {
            let drawn = screen.drawn(width, height);
            pictures += &format!("{} {width}x{height}\n{drawn}\n\n", view.label());
        }
        screen.keys("Tab");
    }
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("rollup", pictures);
    });
}

#[test]
fn each_view_keeps_its_own_place_and_help_lies_over_all() {
    let mut screen = Screen::of_company();
    screen.keys("j Tab").sees("Half of our sales").keys("j j j Shift-Tab");
    assert_eq!(screen.overview().at(), Some(1));
    screen.keys("Tab");
    assert_eq!((screen.overview().view, screen.overview().at()), (View::Goals, Some(3)));
    screen.keys("? j").sees("Keys here").sees("Read the workspaces again").keys("Esc");
    assert_eq!((screen.overview().help, screen.overview().at()), (None, Some(3)));
    screen.keys("Tab Tab").sees("A link that is wrong").sees("company has no goal `digitl`");
    screen.sees("acme/office/strategy/goals.ron:");
    screen.keys("R").sees("Reading the workspaces again");
    assert!(matches!(screen.asked.last(), Some(Effect::RollUp(folders)) if folders == &[PathBuf::from("acme")]));
    update(&mut screen.model, Message::RolledUp(Box::default()), noon());
    screen
        .sees("No goal supports one of another workspace yet")
        .keys("Enter")
        .sees("There is no team behind this line");
}

/// The bakery as it is opened from the roll-up.
fn team(screen: &Screen) -> App {
    App::new(Opening {
        workspace: crate::harness::bakery(),
        week: Week::of(today()),
        today: today(),
        me: None,
        access: Access::ReadOnly("a team of the roll-up".to_owned()),
        demo: false,
        recovered: None,
        typed: Vec::new(),
        look: Look { present: false, ..screen.overview().look },
        keymap: Keymap::default(),
    })
}

#[test]
fn enter_goes_down_into_the_teams_weeks_and_escape_comes_back_to_the_same_line() {
    let mut screen = Screen::of_company();
    screen.keys("End Enter");
    let Some(Effect::OpenTeam(folder)) = screen.asked.pop() else { panic!("no team is opened: {:?}", screen.asked) };
    assert_eq!(folder, Path::new("acme/bakery"));
    let app = team(&screen);
    screen.asked = update(&mut screen.model, Message::Opened(Ok(Box::new(app))), noon());
    screen.sees("Maple Street Bakery").sees("History");
    screen.keys("3").sees("Strategy").keys("Esc").sees("History").keys("Esc");
    assert!(matches!(screen.asked.last(), Some(Effect::CloseTeam)), "{:?}", screen.asked);
    update(&mut screen.model, Message::TeamClosed, noon());
    assert_eq!(screen.overview().at(), Some(2), "the cursor stands where it stood");
}

#[test]
fn a_search_goes_from_hit_to_hit_by_the_words_of_a_line_or_its_team() {
    let mut screen = Screen::of_company();
    screen.keys("Tab / w i r e").sees("/wire").keys("Enter");
    let first = screen.overview().at();
    assert_eq!(screen.overview().line().and_then(|l| screen.overview().team_of(l)), Some(0), "the company's goal");
    screen.keys("n");
    assert_eq!(screen.overview().at(), first, "there is no other");
    screen.keys("Esc / m a p l e Enter");
    let bakery = screen.overview().at();
    screen.keys("n");
    assert!(screen.overview().at() > bakery, "every goal of the team is a hit");
    screen.keys("N");
    assert_eq!(screen.overview().at(), bakery);
    screen.keys("Esc / q z").sees("Nothing here has \u{201c}qz\u{201d} in it");
    // Typed characters are no commands, and Esc ends the search, not the roll-up.
    assert!(screen.asked.is_empty(), "{:?}", screen.asked);
    screen.keys("Esc").sees("/ search");
}

#[test]
fn the_palette_offers_what_the_roll_up_can_do_and_nothing_of_a_workspace() {
    let mut screen = Screen::of_company();
    screen.keys(":").sees("What do you want to do?").sees("Read the workspaces again");
    let all = screen.drawn(100, 40);
    assert!(!all.contains("Go to the review") && !all.contains("Raise an issue"), "{all}");
    screen.keys("r e a d Space a g Enter");
    assert!(matches!(screen.asked.last(), Some(Effect::RollUp(_))), "{:?}", screen.asked);
    assert!(screen.overview().palette.is_none(), "it closes with what was chosen");
    // What is typed goes into it, not into the roll-up, and it may be pasted.
    screen.keys(": q");
    assert!(screen.overview().palette.is_some() && screen.asked.len() == 1, "q leaves nothing");
    screen.keys("Esc :");
    update(&mut screen.model, Message::Paste("next view".to_owned()), noon());
    screen.keys("Enter");
    assert_eq!((screen.overview().view, screen.overview().palette.is_none()), (View::Goals, true));
}

#[test]
fn on_a_shared_screen_the_roll_up_is_large_and_stays_so_down_to_a_team_and_back() {
    let mut screen = Screen::of_company();
    screen.keys("P").sees("ROLL-UP   Teams").sees("Shared screen; P goes back");
    assert!(screen.overview().look.present);
    screen.keys("Tab").sees("ROLL-UP   Goals").keys("?").sees("Keys here").keys("Esc");
    let mut pictures = String::new();
    for (width, height) in [(80, 24), (100, 30), (140, 45)] {
        pictures += &format!("{width}x{height}\n{}\n\n", screen.drawn(width, height));
    }
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("rollup-present", pictures);
    });
    let app = team(&screen);
    update(&mut screen.model, Message::Opened(Ok(Box::new(app))), noon());
    screen.sees("HISTORY   Maple Street Bakery").keys("P");
    update(&mut screen.model, Message::TeamClosed, noon());
    assert!(!screen.overview().look.present, "as it was left");
}

#[test]
fn in_a_real_terminal_nothing_of_the_teams_is_written() {
    let home = Home::empty();
    let acme = home.folder().join("acme");
    company(&acme);
    let before = crate::proof::files(&acme);
    let mut t = home.start(&["rollup", acme.to_str().unwrap()], &[]);
    t.wait_for("3 workspaces").keys("End Enter").wait_for("Story").keys("a").wait_for("Read-only");
    t.keys("Esc").wait_for("3 workspaces").keys("R").wait_for("Read again").keys("q");
    assert_eq!(t.exit_status(), 0);
    assert_eq!(crate::proof::files(&acme), before);
}
