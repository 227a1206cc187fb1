//! A value that counts how often it may have been changed, so that what follows from it is computed only then.

use std::ops::{Deref, DerefMut};

/// A value and how often somebody has reached for it to change it. Reading is not counted.
#[derive(Debug, Clone, Default)]
pub struct Counted<T> {
    value: T,
    changes: u64,
}

impl<T> Counted<T> {
    /// The value, changed by nobody yet.
    pub(super) fn new(value: T) -> Self {
        Self { value, changes: 0 }
    }

    /// How often it may have been changed: while this stays, so does the value.
    #[must_use]
    pub fn changes(&self) -> u64 {
        self.changes
    }
}

impl<T> Deref for Counted<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Counted<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.changes += 1;
        &mut self.value
    }
}
