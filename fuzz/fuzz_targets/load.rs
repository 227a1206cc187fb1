//! The readers under cargo-fuzz: `cargo +nightly fuzz run load --features engine`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| truenorth_fuzz::read(bytes));
