//! A list that stays packed until somebody reads it: what was said in twenty years is rarely looked at, and never all at once.

use std::borrow::Cow;
use std::fmt;
use std::ops::{Deref, Range};
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A list of values, or the bytes that it is unpacked from when it is read for the first time. It reads as a slice does.
#[derive(Clone)]
pub struct Unread<T> {
    packed: Option<Packed<T>>,
    list: OnceLock<Vec<T>>,
}

/// How a list is read from its bytes.
pub type Unpack<T> = Arc<dyn Fn(&[u8]) -> Vec<T> + Send + Sync>;

/// Where a list is in bytes that it shares with others, and how it is read from there.
#[derive(Clone)]
struct Packed<T> {
    all: Arc<Vec<u8>>,
    at: Range<usize>,
    unpack: Unpack<T>,
}

impl<T> Unread<T> {
    /// A list that `unpack` reads from this part of the bytes when it is needed. A part that is not there is an empty list.
    #[must_use]
    pub fn packed(all: Arc<Vec<u8>>, at: Range<usize>, unpack: Unpack<T>) -> Self {
        Self { packed: Some(Packed { all, at, unpack }), list: OnceLock::new() }
    }

    /// The bytes that it was packed in, where it came from bytes: whoever packs it again has them already.
    #[must_use]
    pub fn bytes(&self) -> Option<&[u8]> {
        self.packed.as_ref().and_then(|packed| packed.all.get(packed.at.clone()))
    }
}

impl<T> Unread<T> {
    /// The list, if somebody looked at it already.
    pub(super) fn read(&self) -> Option<&[T]> {
        self.list.get().map(Vec::as_slice)
    }

    /// The same, to change what it shares with others.
    pub(super) fn read_mut(&mut self) -> Option<&mut [T]> {
        self.list.get_mut().map(Vec::as_mut_slice)
    }
}

impl<T: Clone> Unread<T> {
    /// The list, unpacked for this once: for those who look at every week and keep none.
    #[must_use]
    pub fn peek(&self) -> Cow<'_, [T]> {
        match (self.list.get(), &self.packed) {
            (Some(list), _) => Cow::Borrowed(list),
            (None, Some(packed)) => Cow::Owned(packed.read()),
            (None, None) => Cow::Borrowed(&[]),
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for Unread<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<T> Packed<T> {
    fn read(&self) -> Vec<T> {
        self.all.get(self.at.clone()).map(|bytes| (self.unpack)(bytes)).unwrap_or_default()
    }
}

impl<T> Deref for Unread<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.list.get_or_init(|| self.packed.as_ref().map(Packed::read).unwrap_or_default())
    }
}

impl<T> From<Vec<T>> for Unread<T> {
    fn from(list: Vec<T>) -> Self {
        Self { packed: None, list: OnceLock::from(list) }
    }
}

impl<T> FromIterator<T> for Unread<T> {
    fn from_iter<I: IntoIterator<Item = T>>(all: I) -> Self {
        Vec::from_iter(all).into()
    }
}

impl<T> Default for Unread<T> {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl<T: PartialEq> PartialEq for Unread<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Eq> Eq for Unread<T> {}

impl<'a, T> IntoIterator for &'a Unread<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: Serialize> Serialize for Unread<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Unread<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unpack(bytes: &[u8]) -> Vec<char> {
        bytes.iter().map(|b| char::from(*b)).collect()
    }

    #[test]
    fn a_packed_list_reads_as_the_list_it_was_made_from() {
        let all = Arc::new(b"breadtea".to_vec());
        let tea = Unread::packed(Arc::clone(&all), 5..8, Arc::new(unpack));
        assert_eq!(*tea.peek(), ['t', 'e', 'a']);
        assert!(tea.list.get().is_none(), "nothing is read before somebody looks");
        assert_eq!(tea, Unread::from(vec!['t', 'e', 'a']));
        assert_eq!((&tea).into_iter().rev().collect::<String>(), "aet");
        assert_eq!(Unread::packed(all, 6..9, Arc::new(unpack)), Unread::default(), "a part that is not there");
    }
}
