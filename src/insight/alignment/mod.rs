//! The alignment index: nine dimensions, each the mean of a few ratios that tell what they were made of. It is there to start
//! a conversation, so it can say what lowers it most and what one could do.

mod behaviour;
mod culture;
mod direction;
mod learning;
mod measured;
mod measurement;
mod process;
mod resources;
mod structure;
mod understanding;

#[cfg(test)]
mod tests;

use super::findings::Facts;
use crate::model::alignment::{Alignment, Component, Dimension};
use crate::model::number::Finite;

use crate::model::tongue::word;
use measured::{Made, Measured};
pub use understanding::agreement;

/// A dimension of alignment: what it asks, and the ratios that answer.
#[derive(Debug)]
pub struct Aspect {
    /// The id, such as `direction`.
    pub id: &'static str,
    /// The name on the screen.
    pub label: &'static str,
    /// What it asks, in a sentence for the room.
    pub asks: &'static str,
    /// Its ratios.
    pub measures: &'static [Measure],
}

/// A ratio of a dimension: how it is made, and what one could do about it.
#[derive(Debug)]
pub struct Measure {
    /// The id, such as `due-dates`.
    pub id: &'static str,
    /// The name on the screen.
    pub label: &'static str,
    /// How the ratio is made, in words.
    pub formula: &'static str,
    /// What one could do to raise it.
    pub advice: &'static str,
    measure: fn(&Facts) -> Measured,
}

/// Every dimension, in the order in which they are shown.
pub static ASPECTS: [&Aspect; 9] = [
    &direction::ASPECT,
    &structure::ASPECT,
    &process::ASPECT,
    &culture::ASPECT,
    &measurement::ASPECT,
    &understanding::ASPECT,
    &behaviour::ASPECT,
    &resources::ASPECT,
    &learning::ASPECT,
];

/// The dimension with this id.
#[must_use]
pub fn aspect(id: &str) -> Option<&'static Aspect> {
    ASPECTS.into_iter().find(|a| a.id == id)
}

/// The ratio that a component holds.
#[must_use]
pub fn measure(component: &Component) -> Option<&'static Measure> {
    aspect(component.dimension())?.measures.iter().find(|m| m.id == component.name())
}

/// How a ratio is made: as it was sealed, else as the table has it, which a plain share does not repeat.
#[must_use]
pub fn formula(component: &Component) -> &str {
    let known = || measure(component).map_or("", |m| word(m.formula));
    if component.formula.is_empty() { known() } else { &component.formula }
}

/// The alignment of the week that these facts are about.
///
/// A dimension is the mean of its known ratios times 100, and unknown when fewer than half of them are known; the index is the
/// mean of the known dimensions. The chance behind the agreement is left out, as it takes milliseconds: see [`sealed`].
#[must_use]
pub fn assess(facts: &Facts) -> Alignment {
    let (mut dimensions, mut components) = (Vec::with_capacity(ASPECTS.len()), Vec::new());
    for aspect in ASPECTS {
        let parts: Vec<Component> = aspect.measures.iter().map(|m| component(aspect, m, facts)).collect();
        let known = parts.iter().filter_map(|c| c.ratio).count();
        let score = mean(parts.iter().filter_map(|c| c.ratio)).filter(|_| known * 2 >= parts.len());
        let score = score.and_then(|mean| Finite::new(mean.get() * 100.0));
        dimensions.push(Dimension { id: aspect.id.to_owned(), score });
        components.extend(parts);
    }
    let index = mean(dimensions.iter().filter_map(|d| d.score));
    Alignment { index, dimensions, components, agreement: agreement(facts) }
}

/// Like [`assess`], as it is kept: with the chance that the week's agreement came about blindly, and every number rounded to
/// two decimals (ratios four), as more would only make files longer.
#[must_use]
pub fn sealed(facts: &Facts) -> Alignment {
    let mut alignment = assess(facts);
    if let Some(agreement) = &mut alignment.agreement {
        if agreement.week == facts.week {
            agreement.p_value = understanding::ranking(facts).and_then(|r| r.chance()).and_then(Finite::new);
        }
        for number in [&mut agreement.w, &mut agreement.mean_rank_correlation, &mut agreement.p_value] {
            round(number, 10_000.0);
        }
    }
    round(&mut alignment.index, 100.0);
    alignment.dimensions.iter_mut().for_each(|d| round(&mut d.score, 100.0));
    alignment.components.iter_mut().for_each(|c| round(&mut c.ratio, 10_000.0));
    alignment
}

fn round(number: &mut Option<Finite>, to: f64) {
    *number = number.and_then(|n| Finite::new((n.get() * to).round() / to));
}

fn component(aspect: &Aspect, measure: &Measure, facts: &Facts) -> Component {
    let Measured { ratio, inputs, made } = (measure.measure)(facts);
    let formula = match made {
        Made::Counted => String::new(),
        Made::Formula => word(measure.formula).to_owned(),
    };
    Component { id: format!("{}/{}", aspect.id, measure.id), ratio, formula, inputs }
}

fn mean(values: impl Iterator<Item = Finite>) -> Option<Finite> {
    let (sum, n) = values.fold((0.0, 0.0), |(sum, n), v| (sum + v.get(), n + 1.0));
    Finite::new(sum / n)
}

/// A ratio that lowers the index, by how much.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gain<'a> {
    /// The dimension.
    pub dimension: &'a Dimension,
    /// The ratio.
    pub component: &'a Component,
    /// The points that the index would gain if the ratio were 1.
    pub points: f64,
}

/// What lowers the index, what lowers it most first; of equal ones in the order of the table. Ratios of 1, unknown ones and
/// those of unknown dimensions lower nothing.
#[must_use]
pub fn lowest(alignment: &Alignment) -> Vec<Gain<'_>> {
    let dimensions = alignment.dimensions.iter().filter(|d| d.score.is_some()).count();
    let mut gains: Vec<Gain> = Vec::new();
    for dimension in alignment.dimensions.iter().filter(|d| d.score.is_some()) {
        let known = alignment.parts(&dimension.id).filter(|c| c.ratio.is_some()).count();
        let weight = 100.0 / (dimensions * known) as f64;
        let low = alignment.parts(&dimension.id).filter_map(|c| Some((c, c.ratio?.get()))).filter(|(_, r)| *r < 1.0);
        gains.extend(low.map(|(component, ratio)| Gain { dimension, component, points: (1.0 - ratio) * weight }));
    }
    gains.sort_by(|a, b| b.points.total_cmp(&a.points));
    gains
}
