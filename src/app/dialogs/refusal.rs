//! Why a form cannot be saved.

/// Why a form cannot be saved: the field, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The name of the field.
    pub field: &'static str,
    /// What is wrong with it.
    pub why: String,
}

impl Refusal {
    /// A refusal that points at a field.
    pub fn at(field: &'static str, why: impl Into<String>) -> Self {
        Self { field, why: why.into() }
    }

    /// The review has ended meanwhile.
    #[must_use]
    pub fn no_review() -> Self {
        Self::at("", say!("no review is being held any more: start it again from Home; what you typed is kept"))
    }

    /// What the form is about has gone meanwhile.
    #[must_use]
    pub fn gone() -> Self {
        Self::at("", say!("what this form is about is no longer there"))
    }
}
