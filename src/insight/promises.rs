//! Whether what was promised gets done: the completion rate of action items over the trailing weeks.

use crate::model::history::History;
use crate::model::number::Finite;
use crate::model::week::Week;

/// How many sealed weeks the rate looks back over.
pub const TRAILING: usize = 4;

/// What was done out of what was due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// Done.
    pub done: usize,
    /// Done or not done; dropped ones are left out.
    pub due: usize,
}

impl Kept {
    /// Done in percent of due, 0 to 100; none when nothing was due.
    #[must_use]
    pub fn percent(self) -> Option<Finite> {
        Finite::new(self.done as f64 * 100.0 / self.due as f64)
    }
}

/// What was kept over the last `weeks` sealed weeks up to and including `until`.
#[must_use]
pub fn kept(history: &History, weeks: usize, until: Week) -> Kept {
    let (done, due) = history.kept_over(weeks, until);
    Kept { done, due }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::fixture::*;

    #[test]
    fn the_rate_is_done_of_due_over_the_trailing_weeks_only() {
        let history = history(6, |w| w.kept = if w.week < week("2026-W43") { (0, 9) } else { (3, 4) });
        let kept = kept(&history, TRAILING, week(NOW).previous());
        assert_eq!((kept.done, kept.due, kept.percent()), (12, 16, Some(number(75.0))));
    }

    #[test]
    fn nothing_due_is_unknown_and_not_perfect() {
        assert_eq!(kept(&History::default(), TRAILING, week(NOW)).percent(), None);
    }
}
