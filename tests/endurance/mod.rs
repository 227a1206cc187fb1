//! What the program endures: kills, random keys, hostile text, signals, other windows. Each test has a short form for every day
//! and a long one with `TRUENORTH_LONG=1`; `TRUENORTH_SEED` repeats one that failed.

mod canaries;
mod hostile;
mod keys;
mod kills;
mod press;
mod quarter_kills;
mod reviews;
mod storm;
mod terminal;
mod windows;
