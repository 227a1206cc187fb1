//! Names that files and records refer to: short slugs that are safe as file names on every system.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;
use std::sync::Arc;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

/// The longest id, in bytes.
pub const MAX_ID: usize = 64;

/// Why a text is not an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Nothing was given.
    #[error("{}", say!("an id cannot be empty"))]
    Empty,
    /// More than [`MAX_ID`] bytes.
    #[error("{}", say!("the id `{typed}…` is longer than {max_id} characters", typed = .0, max_id = MAX_ID))]
    TooLong(String),
    /// A character outside `a-z`, `0-9`, `-`, or a leading `-`.
    #[error("{}", say!("`{typed}` is not an id: use a-z, 0-9 and -, starting with a letter or digit", typed = .0))]
    Grammar(String),
    /// A name that Windows keeps for a device, so that no file could carry it.
    #[error("{}", say!("`{typed}` is a reserved device name and cannot be an id", typed = .0))]
    Device(String),
}

/// Checks `[a-z0-9][a-z0-9-]{0,63}` and refuses Windows device names.
///
/// # Errors
/// Says which rule the text breaks.
pub fn check_id(text: &str) -> Result<(), IdError> {
    if text.is_empty() {
        return Err(IdError::Empty);
    }
    if text.len() > MAX_ID {
        return Err(IdError::TooLong(text.chars().take(24).collect()));
    }
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    if !plain(text.as_bytes()[0]) || !text.bytes().all(|b| plain(b) || b == b'-') {
        return Err(IdError::Grammar(text.chars().take(MAX_ID).collect()));
    }
    let device = matches!(text, "con" | "prn" | "aux" | "nul")
        || (text.len() == 4
            && (text.starts_with("com") || text.starts_with("lpt"))
            && text.as_bytes()[3].is_ascii_digit());
    if device {
        return Err(IdError::Device(text.to_owned()));
    }
    Ok(())
}

/// Turns a title into the stem of an id: lower case, words joined by `-`, at most `max` bytes, cut at a word.
///
/// Letters outside ASCII are left out; a title without any usable letter gives `item`.
#[must_use]
pub fn slug(title: &str, max: usize) -> String {
    let mut out = String::new();
    for word in title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()) {
        let extra = word.len() + usize::from(!out.is_empty());
        if out.len() + extra > max {
            break;
        }
        if !out.is_empty() {
            out.push('-');
        }
        out.push_str(&word.to_ascii_lowercase());
    }
    if out.is_empty() {
        out.extend(title.chars().filter(char::is_ascii_alphanumeric).take(max).map(|c| c.to_ascii_lowercase()));
    }
    if out.is_empty() { "item".to_owned() } else { out }
}

/// Reads an id out of a text without keeping the text.
struct Text<T>(PhantomData<T>);

impl<T: FromStr<Err = IdError>> Visitor<'_> for Text<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(say!("an id"))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}

// Shared text: twenty years of weeks name the same KPIs and goals over and over, and a copy of an id costs nothing.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                check_id(text).map(|()| Self(text.into()))
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                from.deserialize_str(Text(PhantomData))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    )*};
}

ids! {
    /// A workspace.
    WorkspaceId
    /// A person of the team.
    MemberId
    /// A team.
    TeamId
    /// A value of the north star.
    ValueId
    /// A strategic theme.
    ThemeId
    /// A perspective of the scorecard.
    PerspectiveId
    /// A goal, objective, key result or initiative.
    GoalId
    /// A KPI.
    KpiId
    /// An agenda, such as `weekly`.
    AgendaId
    /// An action item.
    ActionId
    /// A decision.
    DecisionId
    /// An issue.
    IssueId
    /// A headline.
    HeadlineId
    /// A message to cascade.
    MessageId
    /// A note taken in a review.
    NoteId
    /// A statement of the pulse.
    StatementId
    /// Names something that a quarter's review wrote down: a lesson, or what we stop.
    LineId
    /// A card of a register.
    CardId
    /// A feed.
    FeedId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_short_slug_and_never_a_device() {
        for good in ["a", "online-orders", "w47", "0", "con-sent", "com10"] {
            assert!(check_id(good).is_ok(), "{good}");
        }
        for bad in ["", "-a", "A", "a b", "../x", "a.b", "ünder", "con", "lpt1"] {
            assert!(check_id(bad).is_err(), "{bad}");
        }
        assert!(check_id(&"a".repeat(64)).is_ok());
        assert!(check_id(&"a".repeat(65)).is_err());
    }

    #[test]
    fn a_slug_cuts_at_a_word() {
        assert_eq!(slug("Call the miller, today!", 16), "call-the-miller");
        assert_eq!((slug("ab cd", 5), slug("ab cd", 4)), ("ab-cd".to_owned(), "ab".to_owned()));
        assert_eq!(slug("Überholung", 20), "berholung");
        assert_eq!(slug("日本", 20), "item");
        assert_eq!(slug("Donaudampfschifffahrtsgesellschaft", 10), "donaudampf");
    }
    #[test]
    fn what_is_no_text_is_told_to_be_no_id() {
        let told = serde_json::from_str::<KpiId>("5").unwrap_err().to_string();
        assert!(told.contains("expected an id"), "{told}");
    }
}
