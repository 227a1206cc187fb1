//! Sharing by git, tried with real repositories: several clones and a bare one between them, on this disk.
//!
//! Where there is no git the tests say that they were left out.

#[cfg(unix)]
mod kills;
mod places;
mod screen;
mod states;
mod team;
mod together;
mod trust;
