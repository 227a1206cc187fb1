//! What was not looked at, or not told, for too long.

use chrono::{Days, NaiveDate};

use crate::model::register::{Card, Communication, CommunicationStage};
use crate::model::workspace::Config;

/// After so many days without a look a card of a register may no longer be true: a quarter.
pub const QUARTER: i64 = 91;
/// A relation whose health lies below this needs a word.
pub const LOW_HEALTH: u8 = 4;

/// How many days ago somebody last looked at a card, or brought it.
#[must_use]
pub fn age(card: &Card, today: NaiveDate) -> i64 {
    today.signed_duration_since(card.looked_at()).num_days()
}

/// Whether nobody has looked at an open card for longer than a card of the board may stand so.
#[must_use]
pub fn is_old(card: &Card, config: &Config, today: NaiveDate) -> bool {
    card.is_open() && age(card, today) > i64::from(config.thresholds.swot_weeks) * 7
}

/// The day by which a line of the communication plan is to be told next; none when it is told once and was, or does not run.
#[must_use]
pub fn next(line: &Communication, added: NaiveDate) -> Option<NaiveDate> {
    let after = |day: NaiveDate, weeks: u16| day.checked_add_days(Days::new(u64::from(weeks) * 7));
    match (line.stage, line.weeks, line.delivered) {
        (CommunicationStage::Paused | CommunicationStage::Ended, ..) | (_, None, Some(_)) => None,
        (CommunicationStage::Running, Some(weeks), Some(day)) => after(day, weeks),
        (CommunicationStage::Running, weeks, None) => after(added, weeks.unwrap_or(0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::register::{Prose, What};

    fn line(weeks: Option<u16>, delivered: Option<&str>) -> Communication {
        Communication {
            stage: CommunicationStage::Running,
            audience: "the team".to_owned(),
            message: Prose::default(),
            channel: String::new(),
            weeks,
            delivered: delivered.map(|d| d.parse().unwrap()),
        }
    }

    fn due(line: &Communication) -> Option<String> {
        next(line, "2026-11-01".parse().unwrap()).map(|d| d.to_string())
    }

    #[test]
    fn a_line_is_due_a_rhythm_after_it_was_told_last() {
        assert_eq!(due(&line(Some(2), Some("2026-11-10"))).as_deref(), Some("2026-11-24"));
        assert_eq!(due(&line(Some(2), None)).as_deref(), Some("2026-11-15"), "the first time counts from its day");
        assert_eq!(due(&line(None, None)).as_deref(), Some("2026-11-01"));
        assert_eq!(due(&line(None, Some("2026-11-10"))), None, "once is once");
        let paused = Communication { stage: CommunicationStage::Paused, ..line(Some(2), None) };
        assert_eq!(due(&paused), None);
    }

    #[test]
    fn a_card_ages_from_the_last_look() {
        let what = What::Communication(line(None, None));
        let mut card = Card::new("a".parse().unwrap(), "A", "2026-08-01".parse().unwrap(), what);
        let today = "2026-11-19".parse().unwrap();
        assert_eq!(age(&card, today), 110);
        card.reviewed = Some("2026-11-12".parse().unwrap());
        assert_eq!(age(&card, today), 7);
    }
}
