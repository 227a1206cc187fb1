//! The one integration binary: what the program promises, seen from outside. One, so that the library is linked once.

#![allow(clippy::unwrap_used)] // a test that cannot go on says so by panicking

mod architecture;
mod check_in;
mod cli;
mod conflicts;
mod decisions;
mod endurance;
mod feeds;
mod feeds_trusted;
mod forecast;
mod harness;
mod import;
mod import_strategy;
mod interruptions;
mod languages;
mod numbers;
mod passing;
mod proof;
mod quarter;
mod readers;
mod reports;
mod rollup;
mod screens;
mod search;
mod shelf;
mod signals;
mod strategy_map;
mod sync;
mod update;
mod walkthrough;
