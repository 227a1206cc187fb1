//! A ratio with what was counted for it, and the few ways in which ratios come about.

use crate::model::number::Finite;

/// How many names an input gives before it only counts the others.
const NAMED: usize = 3;

/// A ratio with what was counted.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Measured {
    /// 0 to 1; none when too little is known.
    pub(super) ratio: Option<Finite>,
    /// What was counted, or what is missing.
    pub(super) inputs: Vec<String>,
    /// Whether what was counted tells how the ratio is made.
    pub(super) made: Made,
}

/// How a ratio is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Made {
    /// So many of so many, or not at all: what was counted tells it.
    Counted,
    /// By a formula that has to be told with it.
    Formula,
}

impl Measured {
    /// A ratio, brought into 0 to 1.
    pub(super) fn ratio(value: f64, input: String) -> Self {
        Self { ratio: Finite::new(value.clamp(0.0, 1.0)), inputs: vec![input], made: Made::Formula }
    }

    /// So many of so many things; `tells` says what was counted, as in "12 of 14 goals have a due date". None of nothing.
    pub(super) fn share(part: usize, of: usize, tells: &str) -> Self {
        let ratio = Finite::new(part as f64 / of as f64).map(|r| r.get().clamp(0.0, 1.0)).and_then(Finite::new);
        Self { ratio, inputs: vec![say!("{part} of {of} {tells}", part, of, tells)], made: Made::Counted }
    }

    /// Those of some things for which `holds`, the others by name.
    pub(super) fn those<'n, T: Copy>(
        all: impl IntoIterator<Item = T>,
        holds: impl Fn(T) -> bool,
        name: impl Fn(T) -> &'n str,
        tells: &str,
    ) -> Self {
        let (mut of, mut without) = (0, Vec::new());
        for item in all {
            of += 1;
            if !holds(item) {
                without.push(name(item));
            }
        }
        let mut measured = Self::share(of - without.len(), of, tells);
        measured.inputs.extend(named(say!("Not"), &without));
        measured
    }

    /// Too little is known, and why.
    pub(super) fn unknown(why: &str) -> Self {
        Self { ratio: None, inputs: vec![why.to_owned()], made: Made::Counted }
    }
}

/// A few names, and how many more there are; none without any.
pub(super) fn named(what: &str, names: &[&str]) -> Option<String> {
    if names.is_empty() {
        return None;
    }
    let first = names.iter().take(NAMED).copied().collect::<Vec<_>>().join("; ");
    let more = names.len().saturating_sub(NAMED);
    Some(if more == 0 {
        format!("{what}: {first}")
    } else {
        say!("{what}: {first}; and {more} more", what, first, more)
    })
}
