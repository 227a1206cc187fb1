//! The languages: every text has its German, none was forgotten, none breaks the screen, and machines are told the same in each.

mod layouts;
mod outside;
mod pictures;
mod texts;
mod unsaid;
mod written;
