//! The pictures: which keys lead to each, as somebody at the keyboard would press them.

use truenorth::app::ThemeName;

use crate::Result;
use crate::stage::Stage;
use crate::svg::{self, Paper};

/// Columns and rows of a picture.
const SIZE: (u16, u16) = (108, 32);
/// What the shared screen is made for.
const SHARED: (u16, u16) = (80, 25);

const DARK: Paper = Paper { ink: "#d7dae0", ground: "#14171c" };
const LIGHT: Paper = Paper { ink: "#20242b", ground: "#fdfdfb" };

/// Every picture by its name.
pub(crate) fn all() -> Result<Vec<(&'static str, String)>> {
    let mut out = Vec::new();
    let picture = |stage: &Stage, size: (u16, u16), paper, title| svg::draw(&stage.draw(size.0, size.1), paper, title);
    let mut stage = Stage::open(ThemeName::Dark)?;
    out.push(("home", picture(&stage, SIZE, DARK, "Home: this week")));
    stage.keys("c j j j j j")?;
    out.push(("check-in", picture(&stage, SIZE, DARK, "My check-in: last week's answer beside each question")));
    stage.keys("Esc 3 j j j")?;
    out.push(("strategy", picture(&stage, SIZE, DARK, "Strategy: north star and goal tree")));
    stage.keys("8")?;
    out.push(("history", picture(&stage, SIZE, DARK, "History: a week as its review left it")));
    stage.keys("9")?;
    out.push((
        "alignment",
        picture(&stage, SIZE, DARK, "Alignment: what lowers the index most, its dimensions, the findings"),
    ));
    review_up_to_scorecard(&mut stage)?;
    out.push(("scorecard", picture(&stage, SIZE, DARK, "Review, step Scorecard: exceptions first")));
    stage.keys("j j d")?;
    fill_decision(&mut stage)?;
    out.push(("decision", picture(&stage, SIZE, DARK, "A form: logging a decision")));
    stage.keys("Ctrl-s Tab j")?.wait(95);
    out.push(("goals", picture(&stage, SIZE, DARK, "Review, step Goals")));
    stage.keys("Tab Enter")?.wait(120).keys("Tab Space Space Space")?.wait(180).keys("Tab j")?.wait(70);
    out.push(("issues", picture(&stage, SIZE, DARK, "Review, step Issues")));
    stage.keys("P [ [ [ [")?;
    out.push(("present", picture(&stage, SHARED, DARK, "The shared screen: large, and nothing private")));

    let mut stage = Stage::open(ThemeName::Light)?;
    review_up_to_scorecard(&mut stage)?;
    out.push(("scorecard-light", picture(&stage, SIZE, LIGHT, "Review, step Scorecard, in the light theme")));
    Ok(out)
}

/// Begins the review and goes to its third step, as a team does: everybody is here, commitments are marked.
fn review_up_to_scorecard(stage: &mut Stage) -> Result<()> {
    stage.keys("1 Enter Y *")?.wait(250).keys("Tab")?;
    for outcome in ["y", "y", "c", "y", "y", "y", "y"] {
        stage.wait(30).keys(outcome)?;
    }
    stage.wait(30).keys("Tab j j")?.wait(138);
    Ok(())
}

/// A decision as the bakery would take it.
fn fill_decision(stage: &mut Stage) -> Result<()> {
    stage.typed("Late online orders")?.keys("Tab")?;
    stage.typed("No orders for the same day after 10 o'clock")?.keys("Tab")?;
    stage.typed("The second oven runs again on Monday. Until then we promise less and keep it.")?.keys("Tab")?;
    stage.typed("A discount on the day after")?.keys("Tab")?;
    stage.typed("A second courier; reopen if forty ask in a week")?.keys("Tab")?;
    stage.keys("Space Tab")?;
    Ok(())
}
