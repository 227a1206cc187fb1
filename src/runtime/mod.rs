//! The only place with side effects: terminal loop, clock, worker threads, files.
