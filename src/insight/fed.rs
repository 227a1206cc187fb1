//! What feeds said, held against what is known: which numbers are new, which change something, which stay as they are.

use crate::model::feed::{Fed, Fetched, LastGood, Trouble};
use crate::model::id::{FeedId, KpiId};
use crate::model::import::Imported;
use crate::model::kpi::Origin;
use crate::model::number::Finite;
use crate::model::snapshot::KpiWeek;
use crate::model::week::Week;

/// How far the week is whose numbers are refreshed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// Its review is held here: the room decides on every number.
    Review,
    /// Its review has not begun.
    Open,
    /// It is sealed.
    Sealed,
}

/// What a feed's answer would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The feed.
    pub feed: FeedId,
    /// The KPI.
    pub kpi: KpiId,
    /// What is known, and where it came from.
    pub before: Option<(Finite, Origin)>,
    /// The number, or why there is none.
    pub got: Got,
}

/// What a feed gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Got {
    /// A number.
    Number(Finite, Fed, Verdict),
    /// None; what it gave last on this machine, if it ever did.
    Trouble(Trouble, Option<LastGood>),
}

/// What comes of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// There was none.
    New,
    /// There was another one.
    Changes,
    /// It is known already.
    Same,
    /// Somebody said otherwise in a check-in, which counts before a feed.
    CheckedIn,
    /// The week is sealed with another number.
    Sealed,
}

impl Verdict {
    /// Whether it can be taken in.
    #[must_use]
    pub fn can_be_taken(self) -> bool {
        match self {
            Self::New | Self::Changes => true,
            Self::Same | Self::CheckedIn | Self::Sealed => false,
        }
    }

    /// The words for people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changes => "changes",
            Self::Same => say!("as before"),
            Self::CheckedIn => say!("the check-in counts"),
            Self::Sealed => "sealed",
        }
    }

    /// The word for programs.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changes => "changes",
            Self::Same => "same",
            Self::CheckedIn => "check-in",
            Self::Sealed => "sealed",
        }
    }
}

/// Holds what was fetched against the scorecard as it stands.
#[must_use]
pub fn rows(fetched: &[Fetched], now: &[KpiWeek], stands: Stands, last: &[LastGood]) -> Vec<Row> {
    let row = |one: &Fetched| {
        let known = now.iter().find(|k| k.kpi == one.kpi);
        let before = known.and_then(|k| k.reading.map(|value| (value, k.origin)));
        let got = match &one.result {
            Ok((value, fed)) => Got::Number(*value, fed.clone(), verdict(before, *value, stands)),
            Err(why) => Got::Trouble(why.clone(), last.iter().find(|l| l.fed.feed == one.feed).cloned()),
        };
        Row { feed: one.feed.clone(), kpi: one.kpi.clone(), before, got }
    };
    fetched.iter().map(row).collect()
}

fn verdict(before: Option<(Finite, Origin)>, value: Finite, stands: Stands) -> Verdict {
    match (before, stands) {
        (None, _) => Verdict::New,
        (Some((is, _)), _) if is == value => Verdict::Same,
        (Some(_), Stands::Sealed) => Verdict::Sealed,
        (Some((_, Origin::CheckIn)), Stands::Open) => Verdict::CheckedIn,
        (Some(_), Stands::Open | Stands::Review) => Verdict::Changes,
    }
}

impl Row {
    /// The reading that it would become; none where it cannot be taken in.
    #[must_use]
    pub fn reading(&self, week: Week) -> Option<Imported> {
        match &self.got {
            Got::Number(value, fed, verdict) if verdict.can_be_taken() => {
                Some(Imported { kpi: self.kpi.clone(), week, value: *value, fed: Some(fed.clone()) })
            }
            Got::Number(..) | Got::Trouble(..) => None,
        }
    }
}

/// The last good numbers once these answers are known.
#[must_use]
pub fn remembered(last: Vec<LastGood>, fetched: &[Fetched], week: Week) -> Vec<LastGood> {
    let fresh = fetched.iter().filter_map(|f| f.result.as_ref().ok());
    let fresh: Vec<LastGood> = fresh.map(|(value, fed)| LastGood { week, value: *value, fed: fed.clone() }).collect();
    let stale = last.into_iter().filter(|old| !fresh.iter().any(|new| new.fed.feed == old.fed.feed));
    let mut all: Vec<LastGood> = stale.collect();
    all.extend(fresh.iter().cloned());
    all.sort_by(|a, b| a.fed.feed.cmp(&b.fed.feed));
    all
}

/// How long ago something was, in the largest unit that tells: `5 min`, `3 h`, `2 days`.
#[must_use]
pub fn age(at: crate::model::review::Moment, now: crate::model::review::Moment) -> String {
    let minutes = (now - at).num_minutes().max(0);
    match minutes {
        0 => say!("just now").to_owned(),
        1..60 => say!("{minutes} min ago", minutes),
        60..2880 => say!("{minutes} h ago", minutes = minutes / 60),
        _ => say!("{minutes} days ago", minutes = minutes / 1440),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(value: f64) -> Finite {
        Finite::new(value).unwrap()
    }

    #[test]
    fn a_check_in_and_a_sealed_week_count_before_a_feed_and_the_room_before_both() {
        let known = Some((number(1.0), Origin::CheckIn));
        assert_eq!(verdict(known, number(2.0), Stands::Open), Verdict::CheckedIn);
        assert_eq!(verdict(known, number(2.0), Stands::Sealed), Verdict::Sealed);
        assert_eq!(verdict(known, number(2.0), Stands::Review), Verdict::Changes);
        assert_eq!(verdict(known, number(1.0), Stands::Open), Verdict::Same);
        assert_eq!(verdict(Some((number(1.0), Origin::Feed)), number(2.0), Stands::Open), Verdict::Changes);
        assert_eq!(verdict(None, number(2.0), Stands::Open), Verdict::New);
    }

    #[test]
    fn an_age_is_told_in_the_unit_that_tells() {
        let at = |text: &str| format!("{text}+00:00").parse::<crate::model::review::Moment>().unwrap();
        let now = at("2026-11-19T12:00:00");
        for (then, said) in [
            ("2026-11-19T12:00:30", "just now"),
            ("2026-11-19T11:55:00", "5 min ago"),
            ("2026-11-19T09:00:00", "3 h ago"),
            ("2026-11-12T09:00:00", "7 days ago"),
        ] {
            assert_eq!(age(at(then), now), said);
        }
    }
}
