//! Signals, on a thread of their own: asked to end, in the foreground again, another size.

use std::sync::mpsc::Sender;

use super::events::Event;

/// Begins listening.
#[cfg(unix)]
pub(super) fn begin(to: Sender<Event>) -> std::io::Result<()> {
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGWINCH};
    use signal_hook::iterator::Signals;
    use std::{thread, time::Duration};

    /// What ends the program has this long; then it ends all the same. The journal is written at each edit.
    const PATIENCE: Duration = Duration::from_millis(800);

    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGCONT, SIGWINCH])?;
    thread::Builder::new().name("truenorth-signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            if signal == SIGINT && super::terminal::is_lent() {
                continue;
            }
            let event = match signal {
                SIGCONT | SIGWINCH => Event::Redraw,
                _ => Event::Terminate,
            };
            let ends = matches!(event, Event::Terminate);
            if to.send(event).is_err() {
                return;
            }
            if ends {
                // The main thread may be stuck writing to a terminal that takes nothing.
                thread::sleep(PATIENCE);
                std::process::exit(128 + signal);
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
