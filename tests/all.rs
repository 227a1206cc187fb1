//! The one integration binary: what the program promises, seen from outside.

#![allow(clippy::unwrap_used)] // a test that cannot set itself up fails

mod cli;
