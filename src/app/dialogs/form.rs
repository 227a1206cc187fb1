//! A form: fields with focus. What a form is for, and what saving it does, is its [`Purpose`]'s.

use ratatui_textarea::{CursorMove, Input, Key as TextKey};

use super::field::{Control, Field, FirstKey, area, nothing_called, toggle, type_into_choice};
use super::purpose::Purpose;
use crate::app::intent::FormIntent;
use crate::app::key::{Code, Key};

/// A form with focus on one of its fields.
#[derive(Debug, Clone)]
pub struct Form {
    /// The title.
    pub title: String,
    /// A line or two that explain it.
    pub about: String,
    /// What it is for.
    pub purpose: Purpose,
    /// The fields.
    pub fields: Vec<Field>,
    /// The one with the focus.
    pub focus: usize,
    /// What is wrong with a field.
    pub error: Option<(usize, String)>,
    /// Whether anything was typed since it was opened.
    pub touched: bool,
}

/// What Enter led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entered {
    /// The form goes on.
    Stay,
    /// It was the last field: save.
    Save,
}

/// What someone filling in a form asks of the one who opened it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// Nothing: the form has done it.
    Nothing,
    /// Save what was typed.
    Save,
    /// Close the form.
    Close,
    /// Hand this text to the user's editor.
    Edit(String),
}

impl Form {
    /// What an intent does to the form, or asks for.
    pub fn intent(&mut self, intent: FormIntent) -> Asked {
        match intent {
            FormIntent::Next => self.step(true),
            FormIntent::Previous => self.step(false),
            FormIntent::Down => self.vertical(true),
            FormIntent::Up => self.vertical(false),
            FormIntent::Enter => match self.enter() {
                Entered::Stay => {}
                Entered::Save => return Asked::Save,
            },
            FormIntent::Save | FormIntent::Yes => return Asked::Save,
            FormIntent::Editor if self.fields[self.focus].takes_text() => {
                return Asked::Edit(self.fields[self.focus].value());
            }
            FormIntent::Editor => {}
            FormIntent::Close => return Asked::Close,
        }
        Asked::Nothing
    }

    /// A form with the focus on its first field.
    #[must_use]
    pub fn new(title: impl Into<String>, purpose: Purpose, fields: Vec<Field>) -> Self {
        Self { title: title.into(), about: String::new(), purpose, fields, focus: 0, error: None, touched: false }
    }

    /// The same, with an explanation.
    #[must_use]
    pub fn about(mut self, about: impl Into<String>) -> Self {
        self.about = about.into();
        self
    }

    /// The same, with the focus on the field with this name.
    #[must_use]
    pub fn focus_on(mut self, name: &str) -> Self {
        self.focus = self.fields.iter().position(|f| f.name == name).unwrap_or(0);
        self
    }

    /// What the field with this name holds.
    #[must_use]
    pub fn value(&self, name: &str) -> String {
        self.fields.iter().find(|f| f.name == name).map(Field::value).unwrap_or_default()
    }

    /// What the field with this name holds, as an id of some kind; nothing when empty.
    #[must_use]
    pub fn id<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.value(name).parse().ok()
    }

    /// The ids chosen in the field with this name.
    #[must_use]
    pub fn ids<T: std::str::FromStr>(&self, name: &str) -> Vec<T> {
        self.value(name).split(' ').filter_map(|id| id.parse().ok()).collect()
    }

    /// To the next field, or the one before; around at the ends.
    pub fn step(&mut self, forward: bool) {
        let n = self.fields.len();
        if let Some(why) = self.stuck() {
            self.error = Some((self.focus, why));
            return;
        }
        self.focus = if forward { (self.focus + 1) % n } else { (self.focus + n - 1) % n };
    }

    /// Why the field with the focus cannot be left: what was typed fits no option.
    fn stuck(&self) -> Option<String> {
        match &self.fields[self.focus].control {
            Control::Choice(choice) => choice.unknown().map(nothing_called),
            Control::Line(_) | Control::Text(_) | Control::Many(_) => None,
        }
    }

    /// What Enter does in the field with the focus.
    pub fn enter(&mut self) -> Entered {
        let last = self.focus + 1 == self.fields.len();
        if let Some(why) = self.stuck() {
            self.error = Some((self.focus, why));
            return Entered::Stay;
        }
        match &mut self.fields[self.focus].control {
            Control::Text(text) => {
                text.insert_newline();
                self.touched = true;
                Entered::Stay
            }
            Control::Line(_) | Control::Choice(_) | Control::Many(_) if last => Entered::Save,
            Control::Line(_) | Control::Choice(_) | Control::Many(_) => {
                self.focus += 1;
                Entered::Stay
            }
        }
    }

    /// What the arrows up and down do in the field with the focus.
    pub fn vertical(&mut self, down: bool) {
        match &mut self.fields[self.focus].control {
            Control::Choice(choice) => {
                choice.step(down);
                self.touched = true;
            }
            Control::Many(many) => {
                let last = many.options.len().saturating_sub(1);
                many.at = if down { (many.at + 1).min(last) } else { many.at.saturating_sub(1) };
            }
            Control::Text(text) => {
                let row = text.cursor().0;
                let edge = if down { row + 1 >= text.lines().len() } else { row == 0 };
                if edge {
                    self.step(down)
                } else {
                    text.move_cursor(if down { CursorMove::Down } else { CursorMove::Up })
                }
            }
            Control::Line(_) => self.step(down),
        }
    }

    /// A key that is not a command: typed into the field with the focus. Says whether that answers the field.
    pub fn key(&mut self, key: Key) -> bool {
        let field = &mut self.fields[self.focus];
        if let (FirstKey::Chooses, Control::Choice(choice), Some(c)) =
            (field.first_key, &mut field.control, key.typed())
        {
            let named = choice.options.iter().position(|o| o.label.starts_with(c));
            choice.chosen = named.or(choice.chosen);
            self.touched |= named.is_some();
            return named.is_some();
        }
        if let (FirstKey::Replaces, Control::Line(text)) = (field.first_key, &mut field.control) {
            if key.typed().is_some() {
                **text = area("");
            }
            field.first_key = FirstKey::Appends;
        }
        let changed = match &mut field.control {
            Control::Line(text) | Control::Text(text) if key == Key::ctrl('u') => text.delete_line_by_head(),
            Control::Line(text) | Control::Text(text) => input(key).is_some_and(|i| text.input(i)),
            Control::Choice(choice) => type_into_choice(choice, key),
            Control::Many(many) => toggle(many, key),
        };
        if changed {
            self.touched = true;
            self.error = None;
        }
        false
    }

    /// Pasted text: goes into the field with the focus as text, never as keys.
    pub fn paste(&mut self, pasted: &str) {
        let pasted = pasted.replace("\r\n", "\n").replace('\r', "\n");
        match &mut self.fields[self.focus].control {
            Control::Line(text) => {
                text.insert_str(pasted.split('\n').collect::<Vec<_>>().join(" ").trim_end());
            }
            Control::Text(text) => {
                text.insert_str(&pasted);
            }
            Control::Choice(choice) => {
                choice.filter.extend(pasted.chars().filter(|c| !c.is_control()).take(40));
                choice.narrow();
            }
            Control::Many(_) => return,
        }
        self.touched = true;
        self.error = None;
    }

    /// Replaces the text of the field with the focus.
    pub fn replace(&mut self, text: &str) {
        if let Control::Line(area_) | Control::Text(area_) = &mut self.fields[self.focus].control {
            **area_ = area(text.trim_end());
            self.touched = true;
        }
    }

    /// The first field that cannot be saved as it stands, and why.
    #[must_use]
    pub fn wrong(&self) -> Option<(usize, String)> {
        self.fields.iter().enumerate().find_map(|(i, field)| match &field.control {
            Control::Choice(choice) if choice.unknown().is_some() => {
                choice.unknown().map(|typed| (i, nothing_called(typed)))
            }
            _ if field.required && field.value().is_empty() => {
                Some((i, say!("\u{201c}{label}\u{201d} is needed", label = field.label)))
            }
            _ => None,
        })
    }

    /// Points at the field with this name as wrong.
    pub fn refuse(&mut self, name: &str, why: impl Into<String>) {
        let at = self.fields.iter().position(|f| f.name == name).unwrap_or(self.focus);
        self.focus = at;
        self.error = Some((at, why.into()));
    }
}

/// Our key as the text area knows it. Its own shortcuts that would clash with ours never get here.
fn input(key: Key) -> Option<Input> {
    let code = match key.code {
        Code::Char(c) => TextKey::Char(c),
        Code::Enter => TextKey::Enter,
        Code::Tab => TextKey::Tab,
        Code::Backspace => TextKey::Backspace,
        Code::Delete => TextKey::Delete,
        Code::Up => TextKey::Up,
        Code::Down => TextKey::Down,
        Code::Left => TextKey::Left,
        Code::Right => TextKey::Right,
        Code::Home => TextKey::Home,
        Code::End => TextKey::End,
        Code::PageUp => TextKey::PageUp,
        Code::PageDown => TextKey::PageDown,
        Code::Esc | Code::BackTab | Code::F(_) => return None,
    };
    // A line must stay one: Ctrl-m and Ctrl-j would break it.
    if key.ctrl && matches!(key.code, Code::Char('m' | 'j')) {
        return None;
    }
    Some(Input { key: code, ctrl: key.ctrl, alt: key.alt, shift: key.shift })
}

#[cfg(test)]
mod tests {
    use super::super::field::Choosable;
    use super::*;

    fn form() -> Form {
        let options = ["Ada", "Ben", "Bea"].map(|n| Choosable { id: n.to_lowercase(), label: n.to_owned() });
        Form::new(
            "t",
            Purpose::Note { about: None },
            vec![
                Field::line("a", "A", "").required(),
                Field::text("b", "B", ""),
                Field::choice("c", "C", options.to_vec(), None),
            ],
        )
    }

    #[test]
    fn a_paste_is_text_and_never_keys() {
        let mut f = form();
        f.paste("two\r\nlines\u{1b}[A");
        assert_eq!(f.value("a"), "two lines\u{1b}[A");
        f.step(true);
        f.paste("two\r\nlines");
        assert_eq!(f.value("b"), "two\nlines");
        assert_eq!(f.focus, 1);
    }

    #[test]
    fn what_fits_no_option_is_said_and_chooses_nobody() {
        let mut f = form();
        f.focus = 2;
        for c in "bez".chars() {
            f.key(Key::char(c));
        }
        assert_eq!(f.value("c"), "", "nobody is called bez, and nobody is chosen");
        assert_eq!(f.enter(), Entered::Stay, "and the field cannot be left");
        assert!(f.error.is_some());
        f.key(Key::plain(Code::Backspace));
        assert_eq!(f.value("c"), "ben");
        f.vertical(true);
        assert_eq!(f.value("c"), "bea");
        f.key(Key::ctrl('u'));
        assert_eq!(f.fields[2].value(), "bea", "clearing what was typed keeps the choice");
    }

    #[test]
    fn enter_moves_on_breaks_a_line_or_saves() {
        let mut f = form();
        assert_eq!(f.wrong().map(|(at, _)| at), Some(0));
        f.key(Key::char('x'));
        assert_eq!(f.wrong(), None);
        assert_eq!(f.enter(), Entered::Stay);
        assert_eq!(f.focus, 1);
        f.enter();
        f.key(Key::char('y'));
        assert_eq!((f.focus, f.value("b").as_str()), (1, "y"));
        f.step(true);
        assert_eq!(f.enter(), Entered::Save);
    }
}
