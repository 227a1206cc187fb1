//! Strategy files with git's marks: `cargo +nightly fuzz run -s none --features engine conflict`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| truenorth_fuzz::conflict::read(bytes));
