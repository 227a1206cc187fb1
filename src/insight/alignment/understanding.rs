//! Understanding: do people see the same thing when they think of what matters?

use super::measured::Measured;
use super::{Aspect, Measure};
use crate::insight::agreement::{self, Ranking};
use crate::insight::findings::Facts;
use crate::model::alignment::{Agreement, Share};
use crate::model::number::Finite;
use crate::model::week::Week;

pub(super) static ASPECT: Aspect = Aspect {
    id: "understanding",
    label: "Understanding",
    asks: "Do people see the same thing when they think of what matters?",
    measures: &[
        Measure {
            id: "rank-agreement",
            label: "Agreement on priorities",
            formula: "mean rank correlation of the orders of the themes; 0 where it is no more than chance",
            advice: "Let the two who differ most say why, then settle the order in a decision.",
            measure: rank_agreement,
        },
        Measure {
            id: "recall",
            label: "Priorities known by heart",
            formula: "named of the real top three by those who were asked, in the latest review that asked",
            advice: "Say the three at the start of each review, and what each team does for them.",
            measure: recall,
        },
        Measure {
            id: "confidence",
            label: "Agreement on confidence",
            formula: "goals whose votes lie close together (less than four apart unless the workspace says otherwise), of the goals with two votes or more",
            advice: "Ask the lowest and the highest vote what they see.",
            measure: confidence,
        },
    ],
};

/// How many reviews back an answer still counts: recall is asked every few weeks only.
const BACK: usize = 8;

/// The rankings of this week, once revealed.
pub(super) fn ranking<'a>(facts: &Facts<'a>) -> Option<Ranking<'a>> {
    agreement::ranking(&facts.strategy.north_star.themes, &facts.check_ins)
}

/// How far people agree: this week once it is revealed, else in the latest week that was. The chance is only known where it
/// was sealed.
#[must_use]
pub fn agreement(facts: &Facts) -> Option<Agreement> {
    if facts.check_ins.is_empty() {
        return facts.past().take(BACK).find_map(|w| w.alignment.agreement.clone());
    }
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let share = |(part, of): (usize, usize)| (of > 0).then(|| Share { part: count(part), of: count(of) });
    let ranking = ranking(facts);
    let priorities = agreement::priorities(facts.strategy, &facts.tree);
    Some(Agreement {
        week: facts.week,
        members: ranking.as_ref().map_or(0, |r| count(r.members)),
        items: count(facts.strategy.north_star.themes.len()),
        w: ranking.as_ref().and_then(|r| r.w).and_then(Finite::new),
        mean_rank_correlation: ranking.as_ref().and_then(|r| r.correlation).and_then(Finite::new),
        p_value: None,
        recall: agreement::recall(&priorities, &facts.tree, &facts.check_ins).and_then(|r| share((r.named, r.of))),
        confidence: share(agreement::close_votes(
            &agreement::confidence(&facts.check_ins),
            facts.config.thresholds.votes_apart,
        )),
    })
}

/// The latest week that knows something of agreement: this one, or one of the reviews behind.
fn latest<T>(facts: &Facts, known: impl Fn(&Agreement) -> Option<T>) -> Option<(Week, T)> {
    let now = agreement(facts);
    let past = facts.past().take(BACK).filter_map(|w| w.alignment.agreement.as_ref());
    now.iter().chain(past).find_map(|a| Some((a.week, known(a)?)))
}

fn rank_agreement(facts: &Facts) -> Measured {
    let found = latest(facts, |a| Some((a.mean_rank_correlation?, a.members, a.items)));
    let Some((week, (correlation, members, items))) = found else {
        return Measured::unknown(say!("No two rankings of the themes were revealed"));
    };
    let tells = say!(
        "mean rank correlation {correlation:.2} of {members} members over {items} themes in {week}",
        correlation = correlation.get(),
        members,
        items,
        week
    );
    Measured::ratio(correlation.get(), tells)
}

fn recall(facts: &Facts) -> Measured {
    let Some((week, share)) = latest(facts, |a| a.recall) else {
        return Measured::unknown(say!("Nobody was asked for the top three from memory"));
    };
    let top: Vec<&str> = agreement::priorities(facts.strategy, &facts.tree).iter().map(|g| g.title.as_str()).collect();
    let mut measured = of(share, &say!("priorities were named from memory in {week}", week));
    measured.inputs.push(say!("The top three: {top}", top = top.join("; ")));
    measured
}

fn confidence(facts: &Facts) -> Measured {
    latest(facts, |a| a.confidence).map_or_else(
        || Measured::unknown(say!("No goal had two votes")),
        |(week, share)| of(share, &say!("goals with two votes or more had them close together in {week}", week)),
    )
}

fn of(share: Share, tells: &str) -> Measured {
    Measured::share(share.part as usize, share.of as usize, tells)
}
