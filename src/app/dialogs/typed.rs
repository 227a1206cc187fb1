//! What was typed into forms and not saved yet, as values: it is written down with each key, so that a kill does not take it.

use serde::{Deserialize, Serialize};

use super::Dialog;
use super::field::{Control, Field};
use super::form::Form;
use super::purpose::Purpose;
use crate::app::App;

/// What was typed into one form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    /// The form's title.
    pub title: String,
    /// What the form is for.
    pub purpose: Purpose,
    /// The value of each field, by its name.
    pub values: Vec<(String, String)>,
}

impl Typed {
    /// What stands in a form.
    #[must_use]
    pub fn of(form: &Form) -> Self {
        let values = form.fields.iter().map(|f| (f.name.to_owned(), f.value())).collect();
        Self { title: form.title.clone(), purpose: form.purpose.clone(), values }
    }

    /// Says that it waits for its form.
    #[must_use]
    pub fn waits(&self) -> String {
        say!("Kept what you typed in \u{201c}{title}\u{201d}: open it again to go on", title = self.title)
    }

    /// Whether it belongs into a form: what is captured may have been begun from any row, everything else is about one thing.
    fn fits(&self, form: &Form) -> bool {
        let captured = matches!(
            self.purpose,
            Purpose::Decision { .. } | Purpose::Action { .. } | Purpose::Issue { .. } | Purpose::Note { .. }
        );
        let same_kind = std::mem::discriminant(&self.purpose) == std::mem::discriminant(&form.purpose);
        self.purpose == form.purpose || (captured && same_kind)
    }

    /// Puts it into a form.
    fn fill(self, form: &mut Form) {
        form.title = self.title;
        form.purpose = self.purpose;
        form.touched = true;
        for (name, value) in &self.values {
            if let Some(field) = form.fields.iter_mut().find(|f| f.name == name) {
                field.set(value);
            }
        }
    }
}

impl App {
    /// Everything that was typed and not saved: in open forms, in those put aside, and from before a kill.
    #[must_use]
    pub fn typed(&self) -> Vec<Typed> {
        let open =
            self.dialogs.iter().filter_map(|d| if let Dialog::Form(form) = d { Some(form.as_ref()) } else { None });
        let forms = open
            .chain(&self.kept)
            .chain(&self.saving)
            .filter(|f| f.touched && !f.purpose.is_private() && f.fields.iter().any(has_text));
        forms.map(Typed::of).chain(self.typed_before.iter().cloned()).collect()
    }

    /// Fills a form with what was typed in one of its kind before a kill.
    pub(super) fn with_typed(&mut self, mut form: Form) -> Form {
        let before = self.typed_before.len();
        form = refilled(&mut self.typed_before, form);
        self.typing |= self.typed_before.len() != before;
        form
    }
}

/// A form with what was typed in one of its kind, which is taken out of where it waited.
pub(in crate::app) fn refilled(waiting: &mut Vec<Typed>, mut form: Form) -> Form {
    if let Some(at) = waiting.iter().position(|t| t.fits(&form)) {
        waiting.remove(at).fill(&mut form);
    }
    form
}

fn has_text(field: &Field) -> bool {
    matches!(field.control, Control::Line(_) | Control::Text(_)) && !field.value().is_empty()
}
