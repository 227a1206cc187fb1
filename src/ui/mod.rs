//! Pictures: draws the state into cells, and nothing else.
