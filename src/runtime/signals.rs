//! Signals, on a thread of their own: asked to end, in the foreground again, another size.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, LazyLock};

use super::events::Event;
#[cfg(unix)]
use super::log::{Level, log};

/// Whether Ctrl-C or Ctrl-\\ came that counts. It is set in the very moment of the signal: this thread may look at it when the terminal was
/// lent and is back already, and what counts is who had the terminal when the key was pressed.
static INTERRUPTED: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

/// Whether somebody asked the program to end: looked at between keys, so that it does not wait behind many of them.
static ENDING: AtomicBool = AtomicBool::new(false);

/// Whether somebody asked the program to end.
pub(super) fn asked_to_end() -> bool {
    ENDING.load(Ordering::SeqCst)
}

/// Forgets a key that was meant for the program that had the terminal until now.
pub(super) fn forget_interrupt() {
    INTERRUPTED.store(false, Ordering::SeqCst);
}

/// Begins listening.
#[cfg(unix)]
pub(super) fn begin(to: Sender<Event>) -> std::io::Result<()> {
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
    use signal_hook::iterator::Signals;
    use std::{thread, time::Duration};

    /// What ends the program has this long; then it ends all the same. The journal is written at each edit.
    const PATIENCE: Duration = Duration::from_millis(600);

    /// And so long to give back a terminal that may take nothing any more.
    const RESTORING: Duration = Duration::from_millis(300);

    // Before the thread is told of the signal, so that it finds it set.
    for key in [SIGINT, SIGQUIT] {
        signal_hook::flag::register(key, INTERRUPTED.clone())?;
    }
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH])?;
    thread::Builder::new().name("truenorth-signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            // Meant for the program that has the terminal, or had it; stopping stops both.
            let lent = super::terminal::is_lent();
            if [SIGINT, SIGQUIT].contains(&signal) && (lent || !INTERRUPTED.swap(false, Ordering::SeqCst)) {
                continue;
            }
            if signal == SIGTSTP && lent {
                suspend();
                continue;
            }
            let event = match signal {
                SIGWINCH => Event::Redraw,
                SIGCONT => Event::Resumed,
                SIGTSTP => Event::Stop,
                _ => Event::Terminate,
            };
            let ends = matches!(event, Event::Terminate);
            ENDING.fetch_or(ends, Ordering::SeqCst);
            if to.send(event).is_err() {
                return;
            }
            if ends {
                // The main thread may be stuck writing to a terminal that takes nothing.
                thread::sleep(PATIENCE);
                log(Level::Error, "ended although something was under way", &[]);
                super::terminal::give_back_by_force(RESTORING);
                // Not the library's way out: it would wait for that terminal too.
                signal_hook::low_level::exit(128 + signal);
            }
        }
    })?;
    Ok(())
}

/// There are no such signals here: the console ends the program by itself.
#[cfg(not(unix))]
pub(super) fn begin(_to: Sender<Event>) -> std::io::Result<()> {
    Ok(())
}

/// Stops the program as Ctrl-Z does, until it is brought to the foreground again.
#[cfg(unix)]
pub(super) fn suspend() {
    let _ = signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP);
}

/// Nothing can be suspended here.
#[cfg(not(unix))]
pub(super) fn suspend() {}
