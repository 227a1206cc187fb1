//! The floor that speed is measured from: a bare ratatui program that draws one line, and a count of the keys it got.
//!
//! It takes the terminal as truenorth does (raw mode, alternate screen, one buffered write a frame) and does nothing else.

use std::io::{self, BufWriter};

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::event::{self, Event, KeyCode};
use ratatui::crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use ratatui::crossterm::{cursor, execute};

fn main() -> io::Result<()> {
    enable_raw_mode()?;
    let mut out = BufWriter::with_capacity(64 * 1024, io::stdout());
    execute!(out, EnterAlternateScreen, cursor::Hide)?;
    let mut terminal = Terminal::new(CrosstermBackend::new(out))?;
    let mut keys = 0;
    loop {
        terminal.draw(|frame| frame.render_widget(format!("{keys} keys"), frame.area()))?;
        match event::read()? {
            Event::Key(key) if key.code == KeyCode::Char('q') => break,
            Event::Key(_) => keys += 1,
            _ => {}
        }
    }
    execute!(io::stdout(), LeaveAlternateScreen, cursor::Show)?;
    disable_raw_mode()
}
