//! The command line: arguments, and one file for each subcommand.
