//! The door between two windows on one workspace: the one that only reads can ask the one that holds the review to let go.
//!
//! The lock decides who writes, and only its holder frees it; this is how it is asked to. A holder that has died holds nothing,
//! one that is stopped does not answer, and then nothing changes. Nobody is woken up while nobody asks.

#[cfg(unix)]
pub(super) use unix::{Asked, Door, ask};

#[cfg(unix)]
mod unix {
    use std::fs;
    use std::io::{self, ErrorKind, Read, Write};
    use std::net::Shutdown;
    use std::os::unix::net::{UnixListener, UnixStream};
    use std::path::{Path, PathBuf};
    use std::sync::mpsc::Sender;
    use std::thread;
    use std::time::Duration;

    use crate::runtime::events::Event;

    /// How long the holder may take: it waits for its disk first.
    const PATIENCE: Duration = Duration::from_secs(4);

    /// The longest name that is listened to, in bytes.
    const LONGEST: u64 = 200;

    /// Somebody who asks for the review. Dropping it is the answer: the lock is free.
    #[derive(Debug)]
    pub(in crate::runtime) struct Asked {
        /// Who, as they say themselves.
        pub who: String,
        _answer: UnixStream,
    }

    /// The door of the window that holds the review; dropping it closes it.
    #[derive(Debug)]
    pub(in crate::runtime) struct Door {
        path: PathBuf,
    }

    impl Door {
        /// Opens the door. Only the holder of the lock may, so that whatever lies there is from one that has died.
        pub(in crate::runtime) fn open(folder: &Path, to: Sender<Event>) -> io::Result<Self> {
            let path = place(folder);
            match fs::remove_file(&path) {
                Err(e) if e.kind() != ErrorKind::NotFound => return Err(e),
                _ => {}
            }
            let listener = UnixListener::bind(&path)?;
            thread::Builder::new().name("truenorth-door".to_owned()).spawn(move || listen(&listener, &to))?;
            Ok(Self { path })
        }
    }

    impl Drop for Door {
        fn drop(&mut self) {
            let _ = fs::remove_file(&self.path);
        }
    }

    /// Waits for the first who asks; after that the review is theirs.
    fn listen(listener: &UnixListener, to: &Sender<Event>) {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut who = String::new();
            let _ = stream.set_read_timeout(Some(PATIENCE));
            let heard = (&mut stream).take(LONGEST).read_to_string(&mut who).is_ok() && !who.trim().is_empty();
            // Whoever has given up meanwhile, because this window was stopped, is not there to hear it.
            if heard && stream.write_all(b".").is_ok() {
                let _ = to.send(Event::Asked(Asked { who: who.trim().to_owned(), _answer: stream }));
                return;
            }
        }
    }

    /// Asks the holder to let go, and waits until it has. Where nobody is behind the door the lock is free already, or held by
    /// something that cannot be asked: taking it tells.
    pub(in crate::runtime) fn ask(folder: &Path, who: &str) -> io::Result<()> {
        let mut stream = match UnixStream::connect(place(folder)) {
            Ok(stream) => stream,
            Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::ConnectionRefused) => return Ok(()),
            Err(e) => return Err(e),
        };
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.write_all(who.as_bytes())?;
        stream.shutdown(Shutdown::Write)?;
        // The holder lets go of the lock, then of this: its end is the answer.
        stream.read_to_end(&mut Vec::new()).map(drop)
    }

    /// Beside the state folder of the workspace and with a short name: such a path has 100 bytes on some systems.
    fn place(folder: &Path) -> PathBuf {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let hash = name.rsplit('-').next().unwrap_or_default();
        folder.with_file_name(format!("{hash}.door"))
    }
}

#[cfg(not(unix))]
pub(super) use other::{Asked, Door, ask};

/// Here the first window has to be closed.
#[cfg(not(unix))]
mod other {
    use std::io;
    use std::path::Path;
    use std::sync::mpsc::Sender;

    use crate::runtime::events::Event;

    /// Nobody can ask.
    #[derive(Debug)]
    pub(in crate::runtime) struct Asked {
        pub who: String,
    }

    /// No door.
    #[derive(Debug)]
    pub(in crate::runtime) struct Door;

    impl Door {
        pub(in crate::runtime) fn open(_folder: &Path, _to: Sender<Event>) -> io::Result<Self> {
            Ok(Self)
        }
    }

    /// Nobody answers; the lock tells whether it is free.
    pub(in crate::runtime) fn ask(_folder: &Path, _who: &str) -> io::Result<()> {
        Ok(())
    }
}
