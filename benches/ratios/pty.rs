//! A program in a pseudo-terminal of 200 by 60, watched from outside: when bytes come, what they show, what it costs.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::process::{Child, Command};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use rustix::fs::OFlags;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

const ROWS: u16 = 60;
const COLUMNS: u16 = 200;
/// After this long without a byte a program has said what it had to.
const QUIET: Duration = Duration::from_millis(120);
const PATIENCE: Duration = Duration::from_secs(60);

/// A running program and its screen.
pub(crate) struct Terminal {
    child: Child,
    to: File,
    from: Receiver<(Instant, Vec<u8>)>,
    started: Instant,
    screen: vt100::Parser,
}

impl Terminal {
    /// Starts it. The clock runs from just before.
    pub(crate) fn start(command: &mut Command) -> Self {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let name = ptsname(&master, Vec::new()).unwrap().into_string().unwrap();
        // It must not become our own terminal, whose end would be ours.
        let flags = i32::try_from(OFlags::NOCTTY.bits()).unwrap();
        let slave = OpenOptions::new().read(true).write(true).custom_flags(flags).open(name).unwrap();
        let size = Winsize { ws_row: ROWS, ws_col: COLUMNS, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&slave, size).unwrap();
        let to = File::from(master);
        let mut reader = to.try_clone().unwrap();
        let (sender, from) = channel();
        thread::spawn(move || {
            let mut buffer = [0; 64 * 1024];
            while let Ok(n @ 1..) = reader.read(&mut buffer) {
                if sender.send((Instant::now(), buffer[..n].to_vec())).is_err() {
                    return;
                }
            }
        });
        let slave = || slave.try_clone().unwrap();
        command.env("TERM", "xterm-256color").env("TRUENORTH_THEME", "dark").env_remove("NO_COLOR");
        command.stdin(slave()).stdout(slave()).stderr(slave());
        let started = Instant::now();
        let child = command.spawn().unwrap();
        Self {
            child,
            to,
            from,
            started,
            screen: vt100::Parser::new(ROWS.try_into().unwrap(), COLUMNS.try_into().unwrap(), 0),
        }
    }

    /// When the screen first shows what is waited for, in milliseconds since the start.
    pub(crate) fn until(&mut self, ready: impl Fn(&str) -> bool) -> f64 {
        loop {
            let Ok((at, bytes)) = self.from.recv_timeout(PATIENCE) else {
                panic!("it never showed what was waited for:\n{}", self.screen.screen().contents());
            };
            self.screen.process(&bytes);
            if ready(&self.screen.screen().contents()) {
                return (at - self.started).as_secs_f64() * 1e3;
            }
        }
    }

    /// Reads until nothing comes any more. Returns how many bytes came.
    pub(crate) fn settle(&mut self) -> usize {
        let mut bytes = 0;
        while let Ok((_, more)) = self.from.recv_timeout(QUIET) {
            bytes += more.len();
            self.screen.process(&more);
        }
        bytes
    }

    /// Waits until it neither shows nor does anything any more; a few seconds for one that never rests.
    pub(crate) fn rest(&mut self) {
        let mut before = -1.0;
        for _ in 0..100 {
            let (shown, done) = (self.settle(), self.processor());
            if shown == 0 && done <= before {
                return;
            }
            before = done;
        }
    }

    /// Types keys, and returns the milliseconds until the first and the last byte of what they changed.
    pub(crate) fn keys(&mut self, keys: &str) -> (f64, f64) {
        let pressed = Instant::now();
        self.to.write_all(keys.as_bytes()).unwrap();
        let (first, bytes) = self.from.recv_timeout(PATIENCE).expect("a key that changes nothing measures nothing");
        self.screen.process(&bytes);
        let mut last = first;
        while let Ok((at, bytes)) = self.from.recv_timeout(QUIET) {
            last = at;
            self.screen.process(&bytes);
        }
        let since = |at: Instant| (at - pressed).as_secs_f64() * 1e3;
        (since(first), since(last))
    }

    /// The bytes that come in this time, and the milliseconds of processor time that go.
    pub(crate) fn idle(&mut self, time: Duration) -> (usize, f64) {
        let (end, before) = (Instant::now() + time, self.processor());
        let mut bytes = 0;
        while let Ok((_, more)) = self.from.recv_timeout(end.saturating_duration_since(Instant::now())) {
            bytes += more.len();
        }
        (bytes, self.processor() - before)
    }

    /// Milliseconds of processor time of all threads so far.
    fn processor(&self) -> f64 {
        let tasks = fs::read_dir(format!("/proc/{}/task", self.child.id())).unwrap();
        let of = |task: fs::DirEntry| fs::read_to_string(task.path().join("schedstat")).ok();
        let nanoseconds = |text: String| text.split(' ').next().and_then(|n| n.parse::<f64>().ok());
        tasks.flatten().filter_map(of).filter_map(nanoseconds).sum::<f64>() / 1e6
    }

    /// The most memory that it had, in MiB.
    pub(crate) fn peak(&self) -> f64 {
        peak(&self.child.id().to_string())
    }

    /// Stops it.
    pub(crate) fn end(mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The most memory that a process had, in MiB; `self` for this one.
pub(crate) fn peak(process: &str) -> f64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() / 1024.0
}
