//! What can wake the program up: everything comes through one channel.

use ratatui::crossterm::event::{
    Event as Terminal, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind,
};

use crate::app::intent::{Intent, Move};
use crate::app::key::{Code, Key};
use crate::app::message::Message;
use crate::ui::Drawn;

/// Something that woke the program up.
#[derive(Debug)]
#[cfg_attr(not(unix), allow(dead_code))] // where there are no signals and no sockets, nobody sends some of them
pub(super) enum Event {
    /// The terminal sent something.
    Terminal(Terminal),
    /// A worker reports.
    Message(Box<Message>),
    /// A worker of the desk with this number reports.
    Worked(u64, Box<Message>),
    /// The window has another size.
    Redraw,
    /// The program is in the foreground again.
    Resumed,
    /// Somebody stops the program from outside.
    Stop,
    /// Another window asks for the review.
    Asked(super::door::Asked),
    /// Somebody asked the program to end.
    Terminate,
    /// The terminal has gone.
    HangUp,
}

/// What a terminal's event means, if anything.
pub(super) fn message(event: &Terminal, drawn: &Drawn) -> Option<Message> {
    match event {
        Terminal::Key(key) if key.kind != KeyEventKind::Release => self::key(key).map(Message::Key),
        Terminal::Paste(text) => Some(Message::Paste(text.clone())),
        Terminal::Mouse(mouse) => match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => drawn.at(mouse.column, mouse.row).map(Message::Intent),
            MouseEventKind::ScrollDown => Some(Message::Intent(Intent::Move(Move::Down))),
            MouseEventKind::ScrollUp => Some(Message::Intent(Intent::Move(Move::Up))),
            _ => None,
        },
        Terminal::Resize(..) => Some(Message::Tick),
        Terminal::FocusGained => Some(Message::Focus),
        _ => None,
    }
}

/// The terminal's key as our own. Shift is told by the character, so that `G` is `G` however a terminal says it.
pub(super) fn key(event: &KeyEvent) -> Option<Key> {
    let code = match event.code {
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => Code::BackTab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(n) => Code::F(n),
        _ => return None,
    };
    let held = |m| event.modifiers.contains(m);
    let is_char = matches!(code, Code::Char(_));
    // AltGr comes as Ctrl and Alt on some systems: the character it makes is what counts.
    let altgr = is_char && held(KeyModifiers::CONTROL) && held(KeyModifiers::ALT);
    Some(Key {
        code,
        ctrl: held(KeyModifiers::CONTROL) && !altgr,
        alt: held(KeyModifiers::ALT) && !altgr,
        shift: held(KeyModifiers::SHIFT) && !is_char && code != Code::BackTab,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shift_is_told_by_the_character() {
        let event = KeyEvent::new(KeyCode::Char('G'), KeyModifiers::SHIFT);
        assert_eq!(key(&event), Some(Key::char('G')));
        let event = KeyEvent::new(KeyCode::BackTab, KeyModifiers::SHIFT);
        assert_eq!(key(&event), Some(Key::plain(Code::BackTab)));
        let event = KeyEvent::new(KeyCode::Char('s'), KeyModifiers::CONTROL);
        assert_eq!(key(&event), Some(Key::ctrl('s')));
    }
}
