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

use measured::Measured;
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

/// The ratio with this id.
#[must_use]
pub fn measure(id: &str) -> Option<&'static Measure> {
    ASPECTS.into_iter().flat_map(|a| a.measures).find(|m| m.id == id)
}

/// The alignment of the week that these facts are about.
///
/// A dimension is the mean of its known ratios times 100, and unknown when fewer than half of them are known; the index is the
/// mean of the known dimensions. The chance behind the agreement is left out, as it takes milliseconds: see [`sealed`].
#[must_use]
pub fn assess(facts: &Facts) -> Alignment {
    let dimensions: Vec<Dimension> = ASPECTS.into_iter().map(|aspect| dimension(aspect, facts)).collect();
    let index = mean(dimensions.iter().filter_map(|d| d.score));
    Alignment { index, dimensions, agreement: agreement(facts) }
}

/// Like [`assess`], as it is kept: with the chance that the week's agreement came about blindly, and every number rounded to
/// four decimals, as more would only make files longer.
#[must_use]
pub fn sealed(facts: &Facts) -> Alignment {
    let mut alignment = assess(facts);
    if let Some(agreement) = &mut alignment.agreement {
        if agreement.week == facts.week {
            agreement.p_value = understanding::ranking(facts).and_then(|r| r.chance()).and_then(Finite::new);
        }
        for number in [&mut agreement.w, &mut agreement.mean_rank_correlation, &mut agreement.p_value] {
            round(number);
        }
    }
    round(&mut alignment.index);
    for dimension in &mut alignment.dimensions {
        round(&mut dimension.score);
        dimension.components.iter_mut().for_each(|c| round(&mut c.ratio));
    }
    alignment
}

fn round(number: &mut Option<Finite>) {
    *number = number.and_then(|n| Finite::new((n.get() * 10_000.0).round() / 10_000.0));
}

fn dimension(aspect: &Aspect, facts: &Facts) -> Dimension {
    let components: Vec<Component> = aspect
        .measures
        .iter()
        .map(|measure| {
            let Measured { ratio, inputs } = (measure.measure)(facts);
            Component { id: measure.id.to_owned(), ratio, formula: measure.formula.to_owned(), inputs }
        })
        .collect();
    let known: Vec<Finite> = components.iter().filter_map(|c| c.ratio).collect();
    let score = mean(known.iter().copied()).filter(|_| known.len() * 2 >= components.len());
    let score = score.and_then(|mean| Finite::new(mean.get() * 100.0));
    Dimension { id: aspect.id.to_owned(), score, components }
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
        let known = dimension.components.iter().filter(|c| c.ratio.is_some()).count();
        #[allow(clippy::cast_precision_loss)] // a few dozen
        let weight = 100.0 / (dimensions * known) as f64;
        let low = dimension.components.iter().filter_map(|c| Some((c, c.ratio?.get()))).filter(|(_, r)| *r < 1.0);
        gains.extend(low.map(|(component, ratio)| Gain { dimension, component, points: (1.0 - ratio) * weight }));
    }
    gains.sort_by(|a, b| b.points.total_cmp(&a.points));
    gains
}
