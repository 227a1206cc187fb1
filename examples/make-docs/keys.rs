//! The key table of the manual, printed from the one table that the program itself goes by.

use std::fmt::Write as _;

use truenorth::app::keymap::{Keymap, Scope};

const HEAD: &str =
    "<!-- Written by `cargo run --example make-docs` from src/app/keymap/table.rs: change that, not this. -->

# Keys

Every key of the program. In the program `?` shows those of the place you are at, and `:` finds all of them by name.
The name in the last column is the one to use in `config.ron` when you want other keys: the [guide](guide.md#other-keys)
says how. Ctrl-c leaves safely from anywhere and cannot be given another meaning.

Where several sections hold at once, the more special one is asked first: a step of the review before *Review*, that
before *Lists and trees*, and *Everywhere* last. In a form, only the keys of *Forms* hold: the rest is typed.
";

/// The page.
pub(crate) fn table() -> String {
    let map = Keymap::default();
    let mut scopes: Vec<Scope> = Vec::new();
    for binding in map.bindings() {
        if !scopes.contains(&binding.scope) {
            scopes.push(binding.scope);
        }
    }
    // What holds nearly everywhere comes first here; the program asks it last.
    scopes.sort_by_key(|s| match s {
        Scope::Everywhere => 0,
        Scope::Screens => 1,
        Scope::List => 2,
        _ => 3,
    });
    let mut out = HEAD.to_owned();
    for scope in scopes {
        let _ = write!(out, "\n## {}\n\n| key | does | name |\n|---|---|---|\n", scope.label());
        for binding in map.bindings().iter().filter(|b| b.scope == scope) {
            let keys: Vec<String> = binding.shown_keys().split(' ').map(code).collect();
            let _ = writeln!(out, "| {} | {} | `{}` |", keys.join(" "), binding.help, binding.name);
        }
    }
    out
}

/// A key in the page's own writing; a bar would end its cell.
fn code(key: &str) -> String {
    format!("`{}`", key.replace('|', "\\|"))
}
