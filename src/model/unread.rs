//! A value that is not read before somebody looks at it: what was said in twenty years is rarely looked at, and never all at once.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

/// Where values are kept until they are looked at.
pub trait Shelf<T>: Send + Sync {
    /// The value at a place, read once more each time.
    fn read(&self, place: u32) -> T;

    /// The bytes that it is kept in, where they are whole: whoever keeps it elsewhere, in the same form, has them already.
    fn bytes(&self, place: u32) -> Option<Vec<u8>>;
}

/// A value, or where it is read from when somebody looks at it for the first time. It reads as the value does.
#[derive(Clone)]
pub struct Unread<T> {
    kept: Option<(Arc<dyn Shelf<T>>, u32)>,
    value: OnceLock<Box<T>>,
}

impl<T: Default> Unread<T> {
    /// The value at a place of a shelf.
    #[must_use]
    pub fn on(shelf: &Arc<dyn Shelf<T>>, place: u32) -> Self {
        Self { kept: Some((Arc::clone(shelf), place)), value: OnceLock::new() }
    }

    /// The bytes that it is kept in, where it stands on a shelf.
    #[must_use]
    pub fn bytes(&self) -> Option<Vec<u8>> {
        self.kept.as_ref().and_then(|(shelf, place)| shelf.bytes(*place))
    }

    /// The value, to keep.
    #[must_use]
    pub fn into_value(self) -> T {
        let Self { kept, value } = self;
        let read = || kept.map(|(shelf, place)| shelf.read(place)).unwrap_or_default();
        value.into_inner().map_or_else(read, |value| *value)
    }

    /// Whether it stands at the same place as another, so that nobody has to read either to know that they are equal.
    #[must_use]
    pub fn is_known_to_equal(&self, other: &Self) -> bool {
        match (&self.kept, &other.kept) {
            (Some((here, at)), Some((there, other))) => Arc::ptr_eq(here, there) && at == other,
            (None, None) => self.value.get().is_none() && other.value.get().is_none(),
            (Some(_), None) | (None, Some(_)) => false,
        }
    }

    /// The value, if somebody looked at it already.
    pub(super) fn seen(&self) -> Option<&T> {
        self.value.get().map(AsRef::as_ref)
    }

    /// The same, to change what it shares with others.
    pub(super) fn seen_mut(&mut self) -> Option<&mut T> {
        self.value.get_mut().map(AsMut::as_mut)
    }
}

impl<T: Default + Clone> Unread<T> {
    /// The value, read for this once: for those who look at every week and keep none.
    #[must_use]
    pub fn peek(&self) -> Cow<'_, T> {
        match (self.value.get(), &self.kept) {
            (Some(value), _) => Cow::Borrowed(value),
            (None, Some((shelf, place))) => Cow::Owned(shelf.read(*place)),
            (None, None) => Cow::Owned(T::default()),
        }
    }
}

impl<T: Default> Deref for Unread<T> {
    type Target = T;

    fn deref(&self) -> &T {
        let read = || self.kept.as_ref().map(|(shelf, place)| shelf.read(*place)).unwrap_or_default();
        self.value.get_or_init(|| Box::new(read()))
    }
}

impl<T> From<T> for Unread<T> {
    fn from(value: T) -> Self {
        Self { kept: None, value: OnceLock::from(Box::new(value)) }
    }
}

impl<A, T: FromIterator<A>> FromIterator<A> for Unread<T> {
    fn from_iter<I: IntoIterator<Item = A>>(all: I) -> Self {
        T::from_iter(all).into()
    }
}

impl<T> Default for Unread<T> {
    /// The default of what it reads as.
    fn default() -> Self {
        Self { kept: None, value: OnceLock::new() }
    }
}

impl<T: Default + fmt::Debug> fmt::Debug for Unread<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: Default + PartialEq> PartialEq for Unread<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Default + Eq> Eq for Unread<T> {}

impl<'a, A> IntoIterator for &'a Unread<Vec<A>> {
    type Item = &'a A;
    type IntoIter = std::slice::Iter<'a, A>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Words;

    impl Shelf<Vec<char>> for Words {
        fn read(&self, place: u32) -> Vec<char> {
            self.bytes(place).unwrap_or_default().into_iter().map(char::from).collect()
        }

        fn bytes(&self, place: u32) -> Option<Vec<u8>> {
            [&b"bread"[..], b"tea"].get(usize::try_from(place).ok()?).map(|word| word.to_vec())
        }
    }

    #[test]
    fn a_list_that_stays_where_it_is_kept_reads_as_the_list_it_was_made_from() {
        let shelf: Arc<dyn Shelf<Vec<char>>> = Arc::new(Words);
        let tea = Unread::on(&shelf, 1);
        assert_eq!(*tea.peek(), ['t', 'e', 'a']);
        assert!(tea.seen().is_none(), "nothing stays in memory before somebody looks");
        assert_eq!(tea, Unread::from(vec!['t', 'e', 'a']));
        assert_eq!((&tea).into_iter().rev().collect::<String>(), "aet");
        assert_eq!(tea.seen(), Some(&vec!['t', 'e', 'a']));
        assert!(tea.is_known_to_equal(&Unread::on(&shelf, 1)) && !tea.is_known_to_equal(&Unread::on(&shelf, 0)));
        assert_eq!(Unread::on(&shelf, 0).into_value(), ['b', 'r', 'e', 'a', 'd']);
        assert_eq!(Unread::<Vec<char>>::default(), Unread::from(Vec::new()));
    }
}
