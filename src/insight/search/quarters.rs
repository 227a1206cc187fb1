//! What was said in the review of a quarter, as search finds it: what was learned, dropped, stopped and set out to.

use super::walk::Doc;
use crate::model::quarterly::{Fate, QuarterSnapshot, StarAnswer};

/// Hands over each thing that the review of a quarter said.
pub(super) fn each<'a>(s: &'a QuarterSnapshot, found: &mut impl FnMut(&Doc<'a>)) {
    let said = &s.said;
    for lesson in &said.learned {
        found(&Doc::of_quarter(s, say!("What we learned"), false, vec![&lesson.text]));
    }
    for answer in &said.answers {
        let title = said.graded(&answer.goal).map_or(answer.goal.as_str(), |g| &g.title);
        let reason = match &answer.fate {
            Some(Fate::Dropped { reason }) => reason.as_str(),
            Some(Fate::Closed | Fate::Carried) | None => "",
        };
        found(&Doc::of_quarter(s, title, false, vec![&answer.note, reason]));
    }
    if let Some(StarAnswer::Change { why }) = &said.north_star {
        found(&Doc::of_quarter(s, say!("North star"), false, vec![why]));
    }
    for next in &said.next {
        found(&Doc::of_quarter(s, &next.title, true, Vec::new()).by(Some(&next.owner)));
    }
    for stop in &said.stops {
        found(&Doc::of_quarter(s, &stop.what, true, vec![&stop.why]).by(Some(&stop.owner)));
    }
    for one in &said.said {
        let title = say!("A sentence from each");
        found(&Doc::of_quarter(s, title, false, vec![&one.text]).by(Some(&one.member)));
    }
    for headline in &s.headlines {
        found(&Doc::of_quarter(s, "", false, vec![&headline.text]).by(headline.by.as_ref()));
    }
    for note in &s.notes {
        found(&Doc::of_quarter(s, "", false, vec![&note.text]));
    }
    if let Some(revises) = &s.revises {
        found(&Doc::of_quarter(s, say!("Why the quarter was corrected"), false, vec![&revises.why]));
    }
}
