//! State and update: what the program knows, and how each message changes it. No files, clock, threads or terminal.
