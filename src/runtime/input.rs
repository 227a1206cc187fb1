//! Reads the terminal on a thread of its own, and notices when it has gone.

use std::sync::mpsc::{Receiver, SendError, Sender, SyncSender, sync_channel};
use std::thread;

use ratatui::crossterm::event;

use super::events::Event;

/// So much that was typed waits at most; what comes beyond it stays in the terminal until there is room again.
const WAITING: usize = 1_000;

/// The reading thread, which can be told to leave the terminal alone for a while.
pub(super) struct Input {
    /// One for each thing that was typed and waits.
    waiting: Receiver<()>,
    #[cfg(unix)]
    control: std::io::PipeWriter,
    #[cfg(unix)]
    acknowledged: Receiver<()>,
}

impl Input {
    /// Something that was typed has been taken from those that wait.
    pub(super) fn taken(&self) {
        let _ = self.waiting.try_recv();
    }
}

/// Where what was typed goes, as long as there is room.
struct Typed {
    to: Sender<Event>,
    waiting: SyncSender<()>,
}

impl Typed {
    fn send(&self, event: event::Event) -> Result<(), SendError<()>> {
        self.waiting.send(())?;
        self.to.send(Event::Terminal(event)).map_err(|_| SendError(()))
    }
}

#[cfg(unix)]
mod unix {
    use super::{Event, Receiver, SendError, Sender, Typed, WAITING, event, sync_channel, thread};
    use rustix::event::{PollFd, PollFlags, poll};
    use std::io::{PipeReader, Read, Write, pipe, stdin};
    use std::sync::mpsc::channel;
    use std::time::Duration;

    const PAUSE: u8 = b'p';

    /// How long the library may look for more of what was typed; it looks at nothing once its time has passed.
    const LOOK: Duration = Duration::from_millis(10);

    impl super::Input {
        /// Begins reading.
        pub(in super::super) fn begin(to: Sender<Event>) -> std::io::Result<Self> {
            let (reader, control) = pipe()?;
            let (paused, acknowledged): (Sender<()>, Receiver<()>) = channel();
            let (room, waiting) = sync_channel(WAITING);
            let typed = Typed { to, waiting: room };
            thread::Builder::new().name("truenorth-input".to_owned()).spawn(move || read(&reader, &paused, &typed))?;
            Ok(Self { waiting, control, acknowledged })
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
    fn send_all(to: &Typed) -> Result<(), SendError<()>> {
        let mut empty = 0;
        while empty < 2 {
            match event::poll(LOOK) {
                Ok(true) => {
                    empty = 0;
                    let Ok(event) = event::read() else { break };
                    to.send(event)?;
                }
                Ok(false) => empty += 1,
                Err(_) => break,
            }
        }
        Ok(())
    }

    fn read(mut control: &PipeReader, paused: &Sender<()>, to: &Typed) {
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
        let _ = to.to.send(Event::HangUp);
    }
}

#[cfg(not(unix))]
impl Input {
    /// Begins reading.
    pub(super) fn begin(to: Sender<Event>) -> std::io::Result<Self> {
        let (room, waiting) = sync_channel(WAITING);
        let typed = Typed { to, waiting: room };
        thread::Builder::new().name("truenorth-input".to_owned()).spawn(move || {
            while let Ok(event) = event::read() {
                if typed.send(event).is_err() {
                    return;
                }
            }
            let _ = typed.to.send(Event::HangUp);
        })?;
        Ok(Self { waiting })
    }

    /// Runs something; here the reading thread goes on, and what it reads waits.
    pub(super) fn pause_while(&mut self, meanwhile: impl FnOnce()) {
        meanwhile();
    }
}
