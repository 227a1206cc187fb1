//! The readers of other programs' files: `cargo +nightly fuzz run -s none --features engine feed`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| truenorth_fuzz::feed::read(bytes));
