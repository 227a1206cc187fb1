//! What the program promises, held from outside. One binary, so that the library is linked once.
#![allow(clippy::unwrap_used)] // a test that cannot go on says so by panicking

mod architecture;
