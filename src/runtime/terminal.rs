//! The terminal: taken, drawn on, and given back as it was, however the program ends.

use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::event::{
    DisableBracketedPaste, DisableFocusChange, DisableMouseCapture, EnableBracketedPaste, EnableFocusChange,
};
use ratatui::crossterm::style::force_color_output;
use ratatui::crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode,
};
use ratatui::crossterm::{cursor, execute, queue};

use super::launch::RunError;
use crate::app::{Look, Model, ThemeName};
use crate::model::review::Moment;
use crate::model::shown::shown_lines;
use crate::storage::Settings;
use crate::ui::{self, Drawn};

/// A frame is one write: nothing tears.
const BUFFER: usize = 64 * 1024;

/// Whether the terminal is ours now, so that it is given back once and only then.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Whether the terminal is lent to another program: what is typed there, Ctrl-C too, is meant for that one.
static LENT: AtomicBool = AtomicBool::new(false);

/// Whether the terminal is lent to another program.
pub(super) fn is_lent() -> bool {
    LENT.load(Ordering::SeqCst)
}

/// The terminal while it is ours.
pub(super) struct Screen {
    terminal: Terminal<CrosstermBackend<BufWriter<Stdout>>>,
    mouse: bool,
}

/// Refuses kindly where there is nothing to draw on.
pub(super) fn check() -> Result<(), RunError> {
    let hint = say!("Use the command line instead: truenorth status, truenorth show last, truenorth --help");
    if !io::stdout().is_terminal() || !io::stdin().is_terminal() {
        return Err(RunError::NoTerminal(say!("This needs a terminal to draw on. {hint}", hint)));
    }
    if std::env::var_os("TERM").is_some_and(|t| t == "dumb") {
        return Err(RunError::NoTerminal(say!(
            "The terminal says that it cannot be drawn on (TERM=dumb). {hint}",
            hint
        )));
    }
    Ok(())
}

/// How to draw, from the settings and what the terminal and its environment say.
pub(super) fn look(settings: &Settings) -> Look {
    let set = |name: &str| std::env::var(name).ok().filter(|v| !v.is_empty());
    let wanted = set("TRUENORTH_THEME").or_else(|| settings.theme.clone());
    let named = wanted.as_deref().and_then(|n| ThemeName::ALL.into_iter().find(|t| t.label() == n));
    let theme = if set("NO_COLOR").is_some() { ThemeName::Mono } else { named.unwrap_or_else(of_background) };
    let truecolor = set("COLORTERM").is_some_and(|v| v == "truecolor" || v == "24bit");
    Look { theme, truecolor, ascii: settings.ascii || !is_utf8(set), present: false }
}

/// Whether the environment says that text is UTF-8; shapes outside ASCII are drawn then.
#[must_use]
pub fn shows_utf8() -> bool {
    is_utf8(|name| std::env::var(name).ok().filter(|v| !v.is_empty()))
}

/// Whether the locale is UTF-8; the first of the three that is set decides. None set: a bare C locale.
fn is_utf8(set: impl Fn(&str) -> Option<String>) -> bool {
    let named = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set);
    match named {
        Some(locale) => {
            let locale = locale.to_lowercase();
            locale.contains("utf-8") || locale.contains("utf8")
        }
        // Without any, a container or a service: terminals of today show UTF-8 all the same.
        None => true,
    }
}

/// Follows the terminal: what it says in COLORFGBG, else it is asked for its background, for a tenth of a second at most.
fn of_background() -> ThemeName {
    let told = std::env::var("COLORFGBG").ok();
    let background = told.as_deref().and_then(|v| v.rsplit(';').next()).and_then(|n| n.parse::<u8>().ok());
    if let Some(n) = background {
        return if matches!(n, 7 | 9..=15) { ThemeName::Light } else { ThemeName::Dark };
    }
    let mut options = terminal_colorsaurus::QueryOptions::default();
    options.timeout = Duration::from_millis(100);
    match terminal_colorsaurus::theme_mode(options) {
        Ok(terminal_colorsaurus::ThemeMode::Light) => ThemeName::Light,
        Ok(terminal_colorsaurus::ThemeMode::Dark) | Err(_) => ThemeName::Dark,
    }
}

impl Screen {
    /// Takes the terminal.
    pub(super) fn take(mouse: bool) -> io::Result<Self> {
        // Colours are decided by the theme alone: the library's own reading of NO_COLOR would drop bold and reverse too.
        force_color_output(true);
        enter(mouse)?;
        let backend = CrosstermBackend::new(BufWriter::with_capacity(BUFFER, io::stdout()));
        Ok(Self { terminal: Terminal::new(backend)?, mouse })
    }

    /// Draws the state, in one synchronized write.
    pub(super) fn draw(&mut self, model: &Model, now: Moment) -> io::Result<Drawn> {
        let mut drawn = Drawn::default();
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        self.terminal.draw(|frame| {
            drawn = ui::draw(model, now, frame.buffer_mut());
            if let Some(cursor) = drawn.cursor {
                frame.set_cursor_position(cursor);
            }
        })?;
        execute!(self.terminal.backend_mut(), EndSynchronizedUpdate)?;
        Ok(drawn)
    }

    /// Forgets what was drawn, so that the next frame draws everything. Asks the terminal nothing.
    pub(super) fn forget(&mut self) -> io::Result<()> {
        let size = self.terminal.size()?;
        self.terminal.resize(ratatui::layout::Rect::new(0, 0, size.width, size.height))
    }

    /// Takes the terminal again after the program was stopped: the shell has set it as it likes it meanwhile.
    pub(super) fn retake(&mut self) -> io::Result<()> {
        if is_lent() {
            return Ok(());
        }
        disable_raw_mode()?;
        enter(self.mouse)?;
        self.forget()
    }

    /// Gives the terminal back for a while: for an editor, or the background.
    pub(super) fn lend(&mut self, meanwhile: impl FnOnce()) -> io::Result<()> {
        give_back();
        LENT.store(true, Ordering::SeqCst);
        meanwhile();
        super::signals::forget_interrupt();
        LENT.store(false, Ordering::SeqCst);
        enter(self.mouse)?;
        self.forget()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

fn enter(mouse: bool) -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    let mut out = io::stdout();
    execute!(out, EnterAlternateScreen, EnableBracketedPaste, EnableFocusChange, cursor::Hide)?;
    if mouse {
        listen_to_mouse(&mut out)?;
    }
    Ok(())
}

/// Clicks and the wheel only: the library would ask for every motion as well, and each would wake the program up.
#[cfg(unix)]
fn listen_to_mouse(out: &mut Stdout) -> io::Result<()> {
    out.write_all(b"\x1b[?1000h\x1b[?1006h")?;
    out.flush()
}

/// The console knows one kind of listening only.
#[cfg(not(unix))]
fn listen_to_mouse(out: &mut Stdout) -> io::Result<()> {
    execute!(out, ratatui::crossterm::event::EnableMouseCapture)
}

/// Gives the terminal back as it was. Does nothing the second time; errors are of no use to anybody here.
pub(super) fn give_back() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = io::stdout();
    let _ = queue!(
        out,
        EndSynchronizedUpdate,
        DisableMouseCapture,
        DisableFocusChange,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        cursor::Show
    );
    let _ = out.flush();
    let _ = disable_raw_mode();
}

/// Gives the terminal back although the main thread may be stuck in the middle of writing to it, and does not wait for more than
/// this long: a frozen terminal takes nothing. Its settings come first, as they need no room in it.
#[cfg(unix)]
pub(super) fn give_back_by_force(patience: Duration) {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let (done, is_done) = std::sync::mpsc::channel();
    let helper = std::thread::Builder::new().name("truenorth-restorer".to_owned()).spawn(move || {
        let _ = disable_raw_mode();
        // The descriptor itself: the main thread may hold the library's lock on it.
        let _ = rustix::io::write(rustix::stdio::stdout(), MODES_OFF.as_bytes());
        let _ = done.send(());
    });
    if helper.is_ok() {
        let _ = is_done.recv_timeout(patience);
    }
}

/// What [`give_back`] writes, as one text: no synchronized update, mouse, focus or paste mode, no alternate screen, and a cursor.
#[cfg(unix)]
const MODES_OFF: &str =
    "\x1b[?2026l\x1b[?1006l\x1b[?1015l\x1b[?1003l\x1b[?1002l\x1b[?1000l\x1b[?1004l\x1b[?2004l\x1b[?1049l\x1b[?25h";

/// Before a panic's message is printed, the terminal is given back, so that it can be read. The library's own message is not
/// printed: it may hold a piece of what somebody wrote. Where it happened is told, and words only that stand in the source.
pub(super) fn restore_on_panic() {
    std::panic::set_hook(Box::new(|info| {
        let at = info.location().map(|l| format!(" at {l}")).unwrap_or_default();
        let words = info.payload().downcast_ref::<&'static str>().copied();
        super::log::failed(info.location(), words);
        // A worker's panic is caught and told on the screen: the terminal stays ours.
        if std::thread::current().name().is_some_and(|n| n.starts_with("truenorth-")) {
            return;
        }
        give_back();
        let said = words.map(|w| format!(": {w}")).unwrap_or_default();
        let log = super::log::open_path().map(|p| format!(" The log is {}.", p.display())).unwrap_or_default();
        let text = format!(
            "truenorth has failed{at}{said}. That is a mistake in the program.\n\
             What was typed is in the journal: start it again to go on. `truenorth doctor` tells what to report.{log}"
        );
        let _ = writeln!(io::stderr(), "{}", shown_lines(&text));
    }));
}
