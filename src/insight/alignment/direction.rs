//! Direction: does all that is pursued lead to one place that is written down?

use super::measured::Measured;
use super::{Aspect, Measure};
use crate::insight::findings::Facts;

pub(super) static ASPECT: Aspect = Aspect {
    id: "direction",
    label: "Direction",
    asks: "Does all that is pursued lead to one place that is written down?",
    measures: &[
        Measure {
            id: "line-to-vision",
            label: "Goals with a line to the vision",
            formula: "open goals that hang under a theme, of all open goals; none while there is no vision",
            advice: "Hang each goal under the one it serves, up to a theme, or drop it.",
            measure: line_to_vision,
        },
        Measure {
            id: "north-star",
            label: "North star complete",
            formula: "how many of vision, mission, values and themes are written down, of four",
            advice: "Write down what is missing: the Strategy screen and strategy/north-star.ron hold it.",
            measure: north_star,
        },
        Measure {
            id: "due-dates",
            label: "Goals with a due date",
            formula: "open goals with a due date, of all open goals",
            advice: "Give each goal a day by which it is to be reached.",
            measure: due_dates,
        },
    ],
};

fn line_to_vision(facts: &Facts) -> Measured {
    let written = !facts.strategy.north_star.vision.trim().is_empty();
    let reaches = |g: &crate::model::goal::Goal| written && facts.tree.theme_of(&g.id).is_some();
    Measured::those(facts.tree.open(), reaches, |g| &g.title, say!("open goals hang under a theme"))
}

fn north_star(facts: &Facts) -> Measured {
    let star = &facts.strategy.north_star;
    let parts = [
        ("vision", !star.vision.trim().is_empty()),
        ("mission", !star.mission.trim().is_empty()),
        ("values", !star.values.is_empty()),
        ("themes", !star.themes.is_empty()),
    ];
    Measured::those(parts, |(_, written)| written, |(name, _)| name, say!("parts of the north star are written down"))
}

fn due_dates(facts: &Facts) -> Measured {
    Measured::those(facts.tree.open(), |g| g.due.is_some(), |g| &g.title, say!("open goals have a due date"))
}
