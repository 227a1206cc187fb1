//! Whole numbers on a scale with an end: percentages, confidence, scores. What lies beyond cannot be made, read or written.

use serde::{Deserialize, Deserializer, Serialize};

use super::tongue::word;

macro_rules! scales {
    ($($(#[$doc:meta])* $name:ident from $least:literal to $most:literal, $refused:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
        #[serde(transparent)]
        pub struct $name(u8);

        impl $name {
            /// The value, if it lies on the scale.
            #[must_use]
            pub fn new(value: u8) -> Option<Self> {
                ($least..=$most).contains(&value).then_some(Self(value))
            }

            /// The number.
            #[must_use]
            pub fn get(self) -> u8 {
                self.0
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                Self::new(u8::deserialize(from)?).ok_or_else(|| serde::de::Error::custom(word($refused)))
            }
        }
    )*};
}

scales! {
    /// A whole percentage, 0 to 100.
    Percent from 0 to 100, term!("a percentage lies between 0 and 100");
    /// How sure the team is that a goal will be reached, 0 to 10.
    Confidence from 0 to 10, term!("confidence lies between 0 and 10");
    /// How much or how well, 0 to 10.
    OfTen from 0 to 10, term!("this lies between 0 and 10");
    /// One criterion's score, 0 to 2.
    Score from 0 to 2, term!("a score is 0, 1 or 2");
    /// How far a member agrees with a statement of the pulse: 1 not at all, 5 fully.
    Agrees from 1 to 5, term!("an answer to the pulse lies between 1 and 5");
}

impl Default for Confidence {
    /// Where a new goal starts.
    fn default() -> Self {
        Self(5)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_beyond_a_scale_cannot_be_made() {
        assert_eq!(Percent::new(100).map(Percent::get), Some(100));
        assert_eq!((Agrees::new(0), Agrees::new(6), Agrees::new(1).map(Agrees::get)), (None, None, Some(1)));
        assert_eq!((Percent::new(101), Confidence::new(11), Score::new(3)), (None, None, None));
        assert!(serde_json::from_str::<Score>("3").is_err() && serde_json::from_str::<Confidence>("-1").is_err());
    }
}
