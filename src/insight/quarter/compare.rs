//! Two quarters side by side: what each came to, and what differs.

use serde::Serialize;

use super::brier;
use crate::model::number::Finite;
use crate::model::quarter::Quarter;
use crate::model::quarterly::{Fate, QuarterSnapshot};

/// What a quarter came to, in figures.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuarterDigest {
    /// The quarter.
    pub quarter: Quarter,
    /// The revision.
    pub revision: u32,
    /// How many of its weeks were sealed.
    pub weeks: u32,
    /// The mean grade of its objectives, 0 to 1; of one under way, how far it is. None where nothing was graded.
    pub grade: Option<Finite>,
    /// Goals that were closed, carried and dropped.
    pub fates: [usize; 3],
    /// The Brier score of its predictions, 0 to 1.
    pub brier: Option<Finite>,
    /// How many predictions that rests on.
    pub predictions: usize,
    /// How much of what was to stop has stopped: kept, and of how many.
    pub stops: (usize, usize),
    /// How many different findings there were.
    pub findings: u32,
}

impl QuarterDigest {
    /// The figures of a sealed quarter.
    #[must_use]
    pub fn of(s: &QuarterSnapshot) -> Self {
        let said = &s.said;
        let objectives = said.facts.goals.iter().filter(|g| g.objective.is_none());
        let grades: Vec<f64> = objectives.filter_map(|g| said.grade(&g.goal)).map(Finite::get).collect();
        let mean = grades.iter().sum::<f64>() / grades.len() as f64;
        let fates = |wanted: fn(&Fate) -> bool| {
            said.answers.iter().filter_map(|a| a.fate.as_ref()).filter(|f| wanted(f)).count()
        };
        Self {
            quarter: s.quarter(),
            revision: s.revision,
            weeks: said.facts.weeks,
            grade: Finite::new((mean * 100.0).round() / 100.0),
            fates: [
                fates(|f| matches!(f, Fate::Closed)),
                fates(|f| matches!(f, Fate::Carried)),
                fates(|f| matches!(f, Fate::Dropped { .. })),
            ],
            brier: brier(&said.facts.scored).and_then(Finite::new),
            predictions: said.facts.scored.len(),
            stops: (said.kept.iter().filter(|k| k.kept).count(), said.facts.stops.len()),
            findings: said.facts.findings.iter().map(|f| f.found).sum(),
        }
    }

    /// It in a line.
    #[must_use]
    pub fn line(&self) -> String {
        let [closed, carried, dropped] = self.fates;
        let brier = self.brier.map(|b| say!(", Brier {score}", score = b.fixed(2))).unwrap_or_default();
        let grade = grade(self.grade);
        say!(
            "grade {grade}, {closed} closed, {carried} carried, {dropped} dropped{brier}",
            grade,
            closed,
            carried,
            dropped,
            brier
        )
    }
}

/// A line of a comparison: the same thing in both quarters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// What it belongs to.
    pub group: &'static str,
    /// What is compared.
    pub what: String,
    /// In the one.
    pub before: String,
    /// In the other.
    pub after: String,
}

/// Two quarters side by side: figures, grades by objective, weights, what was to stop and what was to come.
#[must_use]
pub fn compare(one: &QuarterSnapshot, other: &QuarterSnapshot) -> Vec<Compared> {
    let (a, b) = (QuarterDigest::of(one), QuarterDigest::of(other));
    let row = |what: &str, tell: &dyn Fn(&QuarterDigest) -> String| Compared {
        group: say!("Figures"),
        what: what.to_owned(),
        before: tell(&a),
        after: tell(&b),
    };
    let mut rows = vec![
        row(say!("Mean grade of objectives"), &|d| grade(d.grade)),
        row(say!("Closed, carried, dropped"), &|d| d.fates.map(|n| n.to_string()).join(", ")),
        row(say!("Brier score (0 is perfect, 0.25 a coin)"), &|d| match d.brier {
            Some(score) => say!("{score} over {n}", score = score.fixed(2), n = d.predictions),
            None => say!("no prediction").to_owned(),
        }),
        row(say!("Stops kept"), &|d| say!("{n} of {all}", n = d.stops.0, all = d.stops.1)),
        row(say!("Findings"), &|d| d.findings.to_string()),
        row(say!("Weeks reviewed"), &|d| d.weeks.to_string()),
    ];
    rows.extend(by(say!("Objectives"), one, other, objectives));
    rows.extend(by(say!("Weights of themes"), one, other, weights));
    rows.extend(commitments(one, other));
    rows.extend(stops(one, other));
    rows
}

fn grade(of: Option<Finite>) -> String {
    of.map_or_else(|| "-".to_owned(), |g| g.fixed(2))
}

/// The id, the name and the value of things that both quarters may have.
type Told = Vec<(String, String, String)>;

fn objectives(s: &QuarterSnapshot) -> Told {
    let of = s.said.facts.goals.iter().filter(|g| g.objective.is_none());
    of.map(|g| {
        let fate = s.said.fate(&g.goal).map(|f| format!(" {}", f.label())).unwrap_or_default();
        (
            g.goal.to_string(),
            g.title.clone(),
            format!("{}{fate}", s.said.grade(&g.goal).map_or_else(|| "-".to_owned(), |g| g.fixed(1))),
        )
    })
    .collect()
}

fn weights(s: &QuarterSnapshot) -> Told {
    s.said.facts.themes.iter().map(|t| (t.theme.to_string(), t.name.clone(), s.said.weight(t).to_string())).collect()
}

fn by(
    group: &'static str,
    one: &QuarterSnapshot,
    other: &QuarterSnapshot,
    told: fn(&QuarterSnapshot) -> Told,
) -> Vec<Compared> {
    let (before, after) = (told(one), told(other));
    let value = |all: &Told, id: &str| all.iter().find(|(i, ..)| i == id).map_or_else(String::new, |(.., v)| v.clone());
    let new = after.iter().filter(|(id, ..)| !before.iter().any(|(i, ..)| i == id));
    before
        .iter()
        .chain(new)
        .map(|(id, name, _)| Compared {
            group,
            what: name.clone(),
            before: value(&before, id),
            after: value(&after, id),
        })
        .collect()
}

/// What the one said would come next, and what the other graded of it.
fn commitments(one: &QuarterSnapshot, other: &QuarterSnapshot) -> Vec<Compared> {
    one.said
        .next
        .iter()
        .map(|next| Compared {
            group: say!("Objectives that were committed to"),
            what: next.title.clone(),
            before: one.name_of(&next.owner).to_owned(),
            after: other.said.grade(&next.goal).map_or_else(|| say!("not graded").to_owned(), |g| g.fixed(1)),
        })
        .collect()
}

/// What the one stopped, and whether it has, as the other says.
fn stops(one: &QuarterSnapshot, other: &QuarterSnapshot) -> Vec<Compared> {
    one.said
        .stops
        .iter()
        .map(|stop| Compared {
            group: say!("What was to stop"),
            what: stop.what.clone(),
            before: say!("from {day}", day = stop.from),
            after: match other.said.kept(&stop.id) {
                Some(true) => say!("kept"),
                Some(false) => say!("not kept"),
                None => say!("not asked"),
            }
            .to_owned(),
        })
        .collect()
}
