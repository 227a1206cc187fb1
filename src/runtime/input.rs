//! Reads the terminal on a thread of its own, and notices when it has gone.

use std::sync::mpsc::Sender;
use std::thread;

use ratatui::crossterm::event;

use super::events::Event;

/// The reading thread, which can be told to leave the terminal alone for a while.
pub(super) struct Input {
    #[cfg(unix)]
    control: std::io::PipeWriter,
    #[cfg(unix)]
    acknowledged: std::sync::mpsc::Receiver<()>,
}

#[cfg(unix)]
mod unix {
    use super::{Event, Sender, event, thread};
    use rustix::event::{PollFd, PollFlags, poll};
    use std::io::{PipeReader, Read, Write, pipe, stdin};
    use std::sync::mpsc::{Receiver, SendError, channel};
    use std::time::Duration;

    const PAUSE: u8 = b'p';

    /// How long the library may look for more of what was typed; it looks at nothing once its time has passed.
    const LOOK: Duration = Duration::from_millis(10);

    impl super::Input {
        /// Begins reading.
        pub(in super::super) fn begin(to: Sender<Event>) -> std::io::Result<Self> {
            let (reader, control) = pipe()?;
            let (paused, acknowledged): (Sender<()>, Receiver<()>) = channel();
            thread::Builder::new().name("truenorth-input".to_owned()).spawn(move || read(&reader, &paused, &to))?;
            Ok(Self { control, acknowledged })
        }

        /// Runs something while nobody reads the terminal.
        pub(in super::super) fn pause_while(&mut self, meanwhile: impl FnOnce()) {
            // An answer that came too late the time before is none to this.
            self.acknowledged.try_iter().for_each(drop);
            let asked = self.control.write_all(&[PAUSE]).is_ok();
            if asked {
                let _ = self.acknowledged.recv_timeout(Duration::from_millis(500));
            }
            meanwhile();
            if asked {
                let _ = self.control.write_all(b"r");
            }
        }
    }

    /// Sends on everything that was typed. What the library has read already wakes nobody up any more, and on a busy
    /// machine its time may pass before it looks: so only the second empty look in a row is believed.
    fn send_all(to: &Sender<Event>) -> Result<(), SendError<Event>> {
        let mut empty = 0;
        while empty < 2 {
            match event::poll(LOOK) {
                Ok(true) => {
                    empty = 0;
                    let Ok(event) = event::read() else { break };
                    to.send(Event::Terminal(event))?;
                }
                Ok(false) => empty += 1,
                Err(_) => break,
            }
        }
        Ok(())
    }

    fn read(mut control: &PipeReader, paused: &Sender<()>, to: &Sender<Event>) {
        let stdin = stdin();
        loop {
            let mut watched = [PollFd::new(&stdin, PollFlags::IN), PollFd::new(control, PollFlags::IN)];
            match poll(&mut watched, None) {
                Ok(_) => {}
                Err(rustix::io::Errno::INTR) => continue,
                Err(_) => break,
            }
            let [terminal, asked] = [watched[0].revents(), watched[1].revents()];
            if asked.intersects(PollFlags::IN) {
                let mut byte = [0];
                if control.read_exact(&mut byte).is_err() {
                    return;
                }
                if byte[0] == PAUSE {
                    let _ = paused.send(());
                    // Waits for the word to go on.
                    if control.read_exact(&mut byte).is_err() {
                        return;
                    }
                }
                continue;
            }
            if terminal.intersects(PollFlags::IN) && send_all(to).is_err() {
                return;
            }
            // A terminal that has gone is readable for ever: without this the thread would spin.
            if terminal.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
                break;
            }
        }
        let _ = to.send(Event::HangUp);
    }
}

#[cfg(not(unix))]
impl Input {
    /// Begins reading.
    pub(super) fn begin(to: Sender<Event>) -> std::io::Result<Self> {
        thread::Builder::new().name("truenorth-input".to_owned()).spawn(move || {
            while let Ok(event) = event::read() {
                if to.send(Event::Terminal(event)).is_err() {
                    return;
                }
            }
            let _ = to.send(Event::HangUp);
        })?;
        Ok(Self {})
    }

    /// Runs something; here the reading thread goes on, and what it reads waits.
    pub(super) fn pause_while(&mut self, meanwhile: impl FnOnce()) {
        meanwhile();
    }
}
