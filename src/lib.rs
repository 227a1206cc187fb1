//! truenorth: steps a small team through its weekly alignment review and keeps every week as a plain text file.
//!
//! # Map
//! - [`model`]: the business. Uses no other module.
//! - [`insight`]: what the model means. Uses `model`.
//! - [`storage`]: RON on disk. Uses `model` and `insight`.
//! - [`feeds`]: readings out of other programs' files. Uses `model` and `insight`.
//! - [`sync`]: sharing by the git program. Uses `model`, `insight` and `storage`, through which all it changes goes.
//! - [`report`]: a sealed week for those outside the terminal. Uses `model` and `insight`.
//! - [`sources`]: feeds asked for their numbers. Uses `feeds`, `model`, `storage`.
//! - [`app`]: state and update. Uses `model` and `insight`.
//! - [`ui`]: pictures. Uses `app`, `insight`, `model`.
//! - [`runtime`]: terminal loop, clock, threads, effects. Uses everything but `cli`.
//! - [`cli`]: arguments and subcommands. Uses everything but `app` and `ui`.
//!
//! A test holds these arrows (`tests/architecture.rs`).

// Its macros are used by all others: it comes first.
#[macro_use]
pub mod model;

pub mod app;
pub mod cli;
pub mod feeds;
pub mod insight;
pub mod report;
pub mod runtime;
pub mod sources;
pub mod storage;
pub mod sync;
pub mod ui;
