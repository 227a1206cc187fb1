//! The business: strategy, goals, KPIs, reviews, snapshots. No files, no clock, no terminal; uses no other module.

// Its macros are used by the others: it comes first.
#[macro_use]
pub mod tongue;

pub mod agenda;
pub mod alignment;
pub mod answer;
pub mod by_id;
pub mod checkin;
pub mod columns;
pub mod declined;
pub mod digest;
pub mod far;
pub mod feed;
pub mod finding;
pub mod goal;
pub mod history;
pub mod id;
pub mod import;
pub mod kpi;
pub mod number;
pub mod passed;
pub mod people;
pub mod problem;
pub mod quarter;
pub mod quarterly;
pub mod record;
pub mod register;
pub mod review;
pub mod scale;
pub mod series;
pub mod sharing;
pub mod shown;
pub mod snapshot;
pub mod standing;
pub mod status;
pub mod strategy;
pub mod trace;
pub mod unread;
pub mod week;
pub mod workspace;
pub mod zone;
