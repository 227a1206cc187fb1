//! The readers of the workspace's files: `cargo +nightly fuzz run -s none --features engine load`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| truenorth_fuzz::load::read(bytes));
