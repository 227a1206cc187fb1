//! Bad input of every kind of source.
