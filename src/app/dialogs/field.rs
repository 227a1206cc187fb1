//! A field of a form: one line, several lines, one of some options, any of some options.

use ratatui_textarea::{CursorMove, TextArea};

use crate::app::key::{Code, Key};

/// What a field is edited with.
#[derive(Debug, Clone)]
pub enum Control {
    /// One line of text.
    Line(Box<TextArea<'static>>),
    /// Several lines of text.
    Text(Box<TextArea<'static>>),
    /// One of some options.
    Choice(Choice),
    /// Any of some options.
    Many(Many),
}

/// Something to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choosable {
    /// What the choice stands for; empty for "none".
    pub id: String,
    /// What is shown.
    pub label: String,
}

/// One of some options; typing narrows them.
#[derive(Debug, Clone)]
pub struct Choice {
    /// All options.
    pub options: Vec<Choosable>,
    /// What was typed to find one.
    pub filter: String,
    /// The one chosen.
    pub chosen: Option<usize>,
}

/// Any of some options.
#[derive(Debug, Clone)]
pub struct Many {
    /// All options, and whether each is taken.
    pub options: Vec<(Choosable, bool)>,
    /// The one under the cursor.
    pub at: usize,
}

/// A field of a form.
#[derive(Debug, Clone)]
pub struct Field {
    /// The name that saving looks it up by.
    pub name: &'static str,
    /// The label shown.
    pub label: &'static str,
    /// What belongs in it, shown while it is empty or has the focus.
    pub hint: String,
    /// Whether the form cannot be saved without it.
    pub required: bool,
    /// What it is edited with.
    pub control: Control,
    /// How the first key treats what stands in it.
    pub first_key: FirstKey,
}

/// How the first key treats what stands in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FirstKey {
    /// It is typed at the end, as any other.
    Appends,
    /// It replaces a proposal, such as a date; any other key keeps it.
    Replaces,
    /// It chooses the option that begins with it, and goes on.
    Chooses,
}

impl Choice {
    /// The options of which some word begins with each word typed, by place in [`Choice::options`].
    #[must_use]
    pub fn fitting(&self) -> Vec<usize> {
        let typed = self.filter.to_lowercase();
        let fits = |o: &Choosable| {
            let label = o.label.to_lowercase();
            let words = || label.split(|c: char| !c.is_alphanumeric());
            typed.split_whitespace().all(|t| words().any(|w| w.starts_with(t)))
        };
        (0..self.options.len()).filter(|i| fits(&self.options[*i])).collect()
    }

    /// What was typed that fits no option.
    #[must_use]
    pub fn unknown(&self) -> Option<&str> {
        (!self.filter.trim().is_empty() && self.fitting().is_empty()).then_some(self.filter.trim())
    }

    pub(super) fn step(&mut self, forward: bool) {
        let fitting = self.fitting();
        let Some(last) = fitting.len().checked_sub(1) else { return };
        let at = self.chosen.and_then(|c| fitting.iter().position(|i| *i == c));
        let next = match (at, forward) {
            (None, true) => 0,
            (None, false) => last,
            (Some(at), true) => {
                if at == last {
                    0
                } else {
                    at + 1
                }
            }
            (Some(at), false) => {
                if at == 0 {
                    last
                } else {
                    at - 1
                }
            }
        };
        self.chosen = Some(fitting[next]);
    }

    pub(super) fn narrow(&mut self) {
        let fitting = self.fitting();
        if self.filter.trim().is_empty() || !self.chosen.is_some_and(|c| fitting.contains(&c)) {
            self.chosen = fitting.first().copied();
        }
    }
}

impl Field {
    /// A line of text.
    #[must_use]
    pub fn line(name: &'static str, label: &'static str, text: &str) -> Self {
        Self::with(name, label, Control::Line(Box::new(area(text))))
    }

    /// Several lines of text.
    #[must_use]
    pub fn text(name: &'static str, label: &'static str, text: &str) -> Self {
        Self::with(name, label, Control::Text(Box::new(area(text))))
    }

    /// One of some options; `chosen` is an option's id.
    #[must_use]
    pub fn choice(name: &'static str, label: &'static str, options: Vec<Choosable>, chosen: Option<&str>) -> Self {
        let chosen = chosen.and_then(|id| options.iter().position(|o| o.id == id));
        Self::with(name, label, Control::Choice(Choice { options, filter: String::new(), chosen }))
    }

    /// Any of some options; `taken` are ids.
    #[must_use]
    pub fn many(name: &'static str, label: &'static str, options: Vec<Choosable>, taken: &[&str]) -> Self {
        let options = options
            .into_iter()
            .map(|o| {
                let yes = taken.contains(&o.id.as_str());
                (o, yes)
            })
            .collect();
        Self::with(name, label, Control::Many(Many { options, at: 0 }))
    }

    fn with(name: &'static str, label: &'static str, control: Control) -> Self {
        Self { name, label, hint: String::new(), required: false, control, first_key: FirstKey::Appends }
    }

    /// The same, with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// The same, as a proposal that typing replaces.
    #[must_use]
    pub fn proposal(mut self) -> Self {
        self.first_key = FirstKey::Replaces;
        self
    }

    /// The same, answered by one key.
    #[must_use]
    pub fn one_key(mut self) -> Self {
        self.first_key = FirstKey::Chooses;
        self
    }

    /// The same, required.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// What was typed or chosen; a choice gives its id, several give theirs joined by blanks.
    #[must_use]
    pub fn value(&self) -> String {
        match &self.control {
            Control::Line(t) => t.lines().join(" ").trim().to_owned(),
            Control::Text(t) => t.lines().join("\n").trim().to_owned(),
            Control::Choice(c) => c.chosen.map(|i| c.options[i].id.clone()).unwrap_or_default(),
            Control::Many(m) => {
                let taken: Vec<&str> = m.options.iter().filter(|(_, yes)| *yes).map(|(o, _)| o.id.as_str()).collect();
                taken.join(" ")
            }
        }
    }

    /// Puts a value into it, as [`Field::value`] gives it.
    pub fn set(&mut self, value: &str) {
        match &mut self.control {
            Control::Line(text) | Control::Text(text) => **text = area(value),
            Control::Choice(choice) => choice.chosen = choice.options.iter().position(|o| o.id == value),
            Control::Many(many) => {
                let taken: Vec<&str> = value.split(' ').collect();
                many.options.iter_mut().for_each(|(option, yes)| *yes = taken.contains(&option.id.as_str()));
            }
        }
        self.first_key = if self.first_key == FirstKey::Replaces { FirstKey::Appends } else { self.first_key };
    }

    /// Whether any of some options has this id.
    #[must_use]
    pub fn offers(&self, id: &str) -> bool {
        matches!(&self.control, Control::Many(many) if many.options.iter().any(|(option, _)| option.id == id))
    }

    /// Whether characters are typed into it.
    #[must_use]
    pub fn takes_text(&self) -> bool {
        matches!(self.control, Control::Line(_) | Control::Text(_))
    }
}

pub(super) fn area(text: &str) -> TextArea<'static> {
    let mut area = TextArea::new(text.split('\n').map(str::to_owned).collect());
    area.set_cursor_line_style(ratatui::style::Style::default());
    area.set_wrap_mode(ratatui_textarea::WrapMode::WordOrGlyph);
    area.move_cursor(CursorMove::Bottom);
    area.move_cursor(CursorMove::End);
    area
}

pub(super) fn nothing_called(typed: &str) -> String {
    say!("nothing here is called \u{201c}{typed}\u{201d}: Ctrl-u clears it", typed)
}

pub(super) fn type_into_choice(choice: &mut Choice, key: Key) -> bool {
    match (key.code, key.typed()) {
        (Code::Backspace, _) => {
            if choice.filter.pop().is_none() {
                choice.chosen = choice.options.iter().position(|o| o.id.is_empty());
            }
        }
        (Code::Left, _) => choice.step(false),
        (Code::Right, _) => choice.step(true),
        _ if key == Key::ctrl('u') => choice.filter.clear(),
        (_, Some(c)) => choice.filter.push(c),
        _ => return false,
    }
    // What fits nothing chooses nothing: a name that does not exist must not become somebody else's.
    if choice.unknown().is_some() {
        choice.chosen = None;
    } else if !choice.filter.trim().is_empty() {
        choice.narrow();
    }
    true
}

pub(super) fn toggle(many: &mut Many, key: Key) -> bool {
    match key.code {
        Code::Char(' ') => {
            if let Some((_, yes)) = many.options.get_mut(many.at) {
                *yes = !*yes;
            }
        }
        // A letter goes to the next option that begins with it: goals are many.
        Code::Char(c) if key.typed().is_some() => {
            let begins =
                |i: &usize| many.options[*i].0.label.trim().to_lowercase().starts_with(&c.to_lowercase().to_string());
            let n = many.options.len();
            many.at = (1..=n).map(|by| (many.at + by) % n).find(begins).unwrap_or(many.at);
            return false;
        }
        Code::Left => many.at = many.at.saturating_sub(1),
        Code::Right => many.at = (many.at + 1).min(many.options.len().saturating_sub(1)),
        _ => return false,
    }
    true
}
