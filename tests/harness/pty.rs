//! The program as people start it: a process in a pseudo-terminal. Everything waits for a condition, with a deadline; nothing sleeps.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;
use truenorth::app::key::{Code, Key};
use truenorth::storage::Local;

use super::sample::{TODAY, write_bakery};

/// How long a test waits for what it expects. A machine under load is slow; a test that fails should not take minutes.
const PATIENCE: Duration = Duration::from_secs(20);

/// So many things the program handles before it draws again.
const BEFORE_A_FRAME: usize = 100;

/// So many things it holds at most that it has read and not handled: those that wait for their turn, and what the terminal
/// library reads at once, twice.
const HELD: usize = 1_000 + 2 * 1_024;

/// What a frame begins with.
const FRAME: &[u8] = b"\x1b[?2026h";

/// What a terminal answers when it is asked what it is.
const ATTRIBUTES: &[u8] = b"\x1b[?62;c";

/// A home folder of the test's own, and a workspace beside it.
pub(crate) struct Home {
    folder: TempDir,
}

impl Home {
    /// With nothing in it.
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// With the bakery as its workspace.
    pub(crate) fn with_bakery() -> Self {
        let home = Self::empty();
        write_bakery(&home.root());
        home
    }

    /// The workspace.
    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join("workspace")
    }

    /// The folder the program is started in.
    pub(crate) fn folder(&self) -> PathBuf {
        self.folder.path().to_path_buf()
    }

    /// Where the program keeps what belongs to this machine.
    pub(crate) fn local(&self) -> Local {
        Local::under(&self.folder.path().join("home"))
    }

    /// The journal of the workspace's review.
    pub(crate) fn journal(&self) -> PathBuf {
        let id = "maple-street-bakery".parse().unwrap();
        self.local().workspace(&self.root(), &id).join("review.journal")
    }

    fn environment(&self) -> [(&'static str, String); 5] {
        let home = self.folder.path().join("home").display().to_string();
        [
            ("HOME", home.clone()),
            ("TRUENORTH_HOME", home),
            ("TERM", "xterm-256color".to_owned()),
            ("LANG", "C.UTF-8".to_owned()),
            ("PATH", std::env::var("PATH").unwrap_or_default()),
        ]
    }

    /// Opens the workspace in a terminal of 80x24, as Maya.
    pub(crate) fn open(&self) -> Pty {
        self.run(&["--as", "maya"])
    }

    /// Opens the workspace as Maya on another day.
    pub(crate) fn open_on(&self, day: &str) -> Pty {
        let root = self.root().display().to_string();
        self.start_on(day, &["--workspace", &root, "--as", "maya"], &[])
    }

    /// Runs the program on the workspace in a terminal of 80x24.
    pub(crate) fn run(&self, arguments: &[&str]) -> Pty {
        let root = self.root().display().to_string();
        self.start(&[&["--workspace", &root], arguments].concat(), &[])
    }

    /// Runs the program in a terminal of 80x24, with more in its environment.
    pub(crate) fn start(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Pty {
        self.start_as(&[], TODAY, arguments, environment)
    }

    /// The same, run by the tool named first in `under`.
    pub(crate) fn start_under(&self, under: &[&str], arguments: &[&str], environment: &[(&str, &str)]) -> Pty {
        self.start_as(under, TODAY, arguments, environment)
    }

    fn start_on(&self, day: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Pty {
        self.start_as(&[], day, arguments, environment)
    }

    fn start_as(&self, under: &[&str], day: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Pty {
        let line: Vec<&str> = under.iter().copied().chain([env!("CARGO_BIN_EXE_truenorth")]).collect();
        let mut command = CommandBuilder::new(line[0]);
        command.args(&line[1..]);
        command.args(["--today", day]);
        command.args(arguments);
        command.env_clear();
        for (name, value) in self.environment() {
            command.env(name, value);
        }
        for (name, value) in environment {
            command.env(name, value);
        }
        command.cwd(self.folder.path());
        Pty::start(command)
    }

    /// Runs the program on the workspace without a terminal.
    pub(crate) fn command(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_truenorth"));
        command.args(["--today", TODAY, "--workspace"]).arg(self.root()).args(arguments);
        command.env_clear().envs(self.environment()).current_dir(self.folder.path());
        command.output().unwrap()
    }
}

/// What has arrived from the program.
struct Seen {
    parser: vt100::Parser,
    bytes: Vec<u8>,
    /// The screen after the last whole frame: between its two marks a frame is half of one picture and half of another.
    shown: String,
    /// How many whole frames there were.
    frames: usize,
    /// How many were begun.
    begun: usize,
    /// Whether one was begun and not ended.
    in_a_frame: bool,
    ended: bool,
    /// Whether the terminal takes nothing any more.
    frozen: bool,
}

/// The program in its terminal.
pub(crate) struct Pty {
    master: Box<dyn MasterPty + Send>,
    writer: Arc<Mutex<Box<dyn Write + Send>>>,
    child: Box<dyn Child + Send + Sync>,
    seen: Arc<(Mutex<Seen>, Condvar)>,
    /// The terminal's settings before the program began.
    settings: String,
    /// So many bytes were sent since it was waited for: each may be a key.
    sent: usize,
}

impl Pty {
    fn start(command: CommandBuilder) -> Self {
        let pair = native_pty_system().openpty(size(80, 24)).unwrap();
        let settings = format!("{:?}", pair.master.get_termios());
        let reader = pair.master.try_clone_reader().unwrap();
        let writer = Arc::new(Mutex::new(pair.master.take_writer().unwrap()));
        let parser = vt100::Parser::new(cells(24), cells(80), 0);
        let seen = Arc::new((
            Mutex::new(Seen {
                parser,
                bytes: Vec::new(),
                shown: String::new(),
                frames: 0,
                begun: 0,
                in_a_frame: false,
                ended: false,
                frozen: false,
            }),
            Condvar::new(),
        ));
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let (told, answers) = (seen.clone(), writer.clone());
        std::thread::spawn(move || read(reader, &told, &answers));
        Self { master: pair.master, writer, child, seen, settings, sent: 0 }
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.0.lock().unwrap()
    }

    /// The screen as text.
    pub(crate) fn screen(&self) -> String {
        self.seen().shown.clone()
    }

    /// Waits until something holds for what was seen.
    #[allow(clippy::disallowed_methods)] // a deadline needs the clock; what is tested is told another day
    fn wait(&self, holds: impl Fn(&Seen) -> bool) -> bool {
        let until = Instant::now() + PATIENCE;
        let mut seen = self.seen();
        while !holds(&seen) {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return false;
            }
            seen = self.seen.1.wait_timeout(seen, left).unwrap().0;
        }
        true
    }

    /// Waits until these words are on the screen.
    #[track_caller]
    pub(crate) fn wait_for(&mut self, words: &str) -> &mut Self {
        let came = self.wait(|seen| seen.shown.contains(words));
        assert!(came, "“{words}” never came:\n{}", self.screen());
        self
    }

    /// Waits until the screen is as it should be.
    #[track_caller]
    pub(crate) fn wait_until(&mut self, what: &str, holds: impl Fn(&str) -> bool) -> &mut Self {
        let came = self.wait(|seen| holds(&seen.shown));
        assert!(came, "it never was so: {what}\n{}", self.screen());
        self
    }

    /// Whether these words come to the screen before the program ends or a dialog tells of a failure.
    pub(crate) fn comes(&self, words: &str) -> bool {
        let failed = |seen: &Seen| seen.ended || seen.shown.contains("That could not be done");
        self.wait(|seen| seen.shown.contains(words) || failed(seen)) && self.seen().shown.contains(words)
    }

    /// Whether the screen becomes as it should be before the program ends.
    pub(crate) fn comes_to(&self, holds: impl Fn(&str) -> bool) -> bool {
        self.wait(|seen| holds(&seen.shown) || seen.ended) && holds(&self.seen().shown)
    }

    /// Whether these words go from the screen before the program ends.
    pub(crate) fn goes(&self, words: &str) -> bool {
        self.wait(|seen| !seen.shown.contains(words) || seen.ended) && !self.seen().shown.contains(words)
    }

    /// Ends the program, and whatever runs it, without a warning.
    pub(crate) fn kill9_all(&mut self) {
        // The terminal's hang-up reaches the group of processes that it leads.
        if let Some(group) = self.master.process_group_leader().and_then(rustix::process::Pid::from_raw) {
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Waits until these words have gone from the screen.
    #[track_caller]
    pub(crate) fn wait_gone(&mut self, words: &str) -> &mut Self {
        let went = self.wait(|seen| !seen.shown.contains(words));
        assert!(went, "“{words}” never went:\n{}", self.screen());
        self
    }

    /// Writes bytes as the terminal would.
    pub(crate) fn send(&mut self, bytes: &[u8]) -> &mut Self {
        let mut writer = self.writer.lock().unwrap();
        writer.write_all(bytes).unwrap();
        writer.flush().unwrap();
        drop(writer);
        self.sent += bytes.len();
        self
    }

    /// Writes these bytes over and over, as fast as the terminal takes them, until the program has ended.
    pub(crate) fn flood(&self, bytes: &'static [u8]) {
        let writer = self.writer.clone();
        // A terminal without a program takes nothing more, which ends this too.
        std::thread::spawn(move || while writer.lock().unwrap().write_all(bytes).is_ok() {});
    }

    /// Waits until so many more frames were drawn.
    #[track_caller]
    pub(crate) fn wait_frames(&self, more: usize) {
        let before = self.seen().frames;
        assert!(self.wait(|seen| seen.frames >= before + more), "it draws no more:\n{}", self.screen());
    }

    /// Waits until the program has read everything that was sent, let it happen, and drawn what came of it.
    #[track_caller]
    pub(crate) fn wait_idle(&mut self) -> &mut Self {
        // Not kept open: then its end would not be seen when the program has ended.
        let path = self.path();
        let left = || std::fs::File::open(&path).and_then(|t| Ok(rustix::io::ioctl_fionread(t)?)).unwrap_or(0);
        // While an editor has the terminal there seems to be nothing to read: so it is looked at again after the frames.
        let mut tries = PATIENCE.as_millis() / 2;
        loop {
            while left() > 0 && !self.has_ended() {
                tries -= 1;
                assert!(tries > 0, "it reads nothing any more:\n{}", self.screen());
                std::thread::sleep(Duration::from_millis(2));
            }
            if self.has_ended() {
                return self;
            }
            // One may be under way; each of the others comes after some of what waits was handled.
            for _ in 0..2 + self.sent.min(HELD) / BEFORE_A_FRAME {
                self.wait_frame();
            }
            if left() == 0 {
                self.sent = 0;
                return self;
            }
        }
    }

    /// Waits for a frame that was begun after now.
    #[track_caller]
    fn wait_frame(&self) {
        let before = self.seen().frames;
        if !self.seen().ended {
            self.signal(rustix::process::Signal::WINCH);
        }
        let came = self.wait(|seen| seen.frames > before || seen.ended);
        assert!(came, "it draws nothing any more:\n{}", self.screen());
    }

    /// Presses keys, named as in the key table and set apart by blanks.
    pub(crate) fn keys(&mut self, keys: &str) -> &mut Self {
        for key in keys.split(' ').filter(|k| !k.is_empty()) {
            self.send(&bytes(key.parse().unwrap_or_else(|e| panic!("{e}"))));
        }
        self
    }

    /// Types a text.
    pub(crate) fn type_text(&mut self, words: &str) -> &mut Self {
        self.send(words.as_bytes())
    }

    /// Types a text and waits until it is on the screen.
    #[track_caller]
    pub(crate) fn types(&mut self, words: &str) -> &mut Self {
        self.type_text(words).wait_for(words)
    }

    /// Pastes a text.
    pub(crate) fn paste(&mut self, words: &str) -> &mut Self {
        self.send(b"\x1b[200~").send(words.as_bytes()).send(b"\x1b[201~")
    }

    /// Makes the terminal another size.
    pub(crate) fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.seen().parser.screen_mut().set_size(cells(height), cells(width));
        self.master.resize(size(width, height)).unwrap();
        self
    }

    /// Ends the program without a warning.
    pub(crate) fn kill9(&mut self) {
        self.signal(rustix::process::Signal::KILL);
        self.wait_end();
        let _ = self.child.wait();
    }

    /// Sends the program a signal.
    pub(crate) fn signal(&self, signal: rustix::process::Signal) {
        let id = i32::try_from(self.child.process_id().unwrap()).unwrap();
        rustix::process::kill_process(rustix::process::Pid::from_raw(id).unwrap(), signal).unwrap();
    }

    #[track_caller]
    pub(crate) fn wait_end(&self) {
        assert!(self.wait(|seen| seen.ended), "the program never ended:\n{}", self.screen());
    }

    /// Waits for the program to end, and gives its exit status.
    #[track_caller]
    pub(crate) fn exit_status(&mut self) -> u32 {
        self.wait_end();
        self.child.wait().unwrap().exit_code()
    }

    /// Lets the terminal take nothing any more, as a frozen window does, or lets it go on.
    pub(crate) fn freeze(&mut self, frozen: bool) -> &mut Self {
        self.seen().frozen = frozen;
        self.seen.1.notify_all();
        self
    }

    /// Whether the program has ended by now.
    pub(crate) fn has_ended(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    /// Whether the program is stopped, as by Ctrl-Z.
    #[cfg(target_os = "linux")]
    pub(crate) fn is_stopped(&self) -> bool {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.process_id().unwrap())).unwrap();
        stat.rsplit(')').next().unwrap().trim_start().starts_with('T')
    }

    /// The path of the terminal.
    pub(crate) fn path(&self) -> PathBuf {
        self.master.tty_name().unwrap()
    }

    /// The terminal's settings now, and before the program began.
    pub(crate) fn settings(&self) -> (String, String) {
        (format!("{:?}", self.master.get_termios()), self.settings.clone())
    }

    /// Whether the program has left the terminal's modes as they were: no alternate screen, paste or mouse mode, the cursor shown.
    pub(crate) fn gave_modes_back(&self) -> bool {
        let seen = self.seen();
        let screen = seen.parser.screen();
        let mouse = screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None;
        !(screen.alternate_screen() || screen.bracketed_paste() || mouse || screen.hide_cursor())
    }

    /// Every byte that came from the program.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.seen().bytes.clone()
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // A test that failed leaves no program behind.
        let _ = self.child.kill();
    }
}

fn read(mut from: Box<dyn Read + Send>, seen: &(Mutex<Seen>, Condvar), answers: &Mutex<Box<dyn Write + Send>>) {
    let mut buffer = [0; 16 * 1024];
    loop {
        let n = from.read(&mut buffer).unwrap_or(0);
        let mut now = seen.0.lock().unwrap();
        while now.frozen {
            now = seen.1.wait(now).unwrap();
        }
        if n == 0 {
            now.ended = true;
            seen.1.notify_all();
            return;
        }
        now.parser.process(&buffer[..n]);
        let from = now.bytes.len().saturating_sub(FRAME.len() - 1);
        now.bytes.extend(&buffer[..n]);
        let marks = now.bytes[from..].windows(FRAME.len()).filter(|w| w[0] == FRAME[0] && w[..7] == FRAME[..7]);
        let (begins, last) = marks.fold((0, None), |(n, _), w| (n + usize::from(w == FRAME), Some(w == FRAME)));
        now.begun += begins;
        now.in_a_frame = last.unwrap_or(now.in_a_frame);
        if !now.in_a_frame {
            now.shown = text(&now.parser);
            now.frames = now.begun;
        }
        let asked = buffer[..n].windows(3).any(|w| w == b"\x1b[c");
        seen.1.notify_all();
        drop(now);
        if asked {
            let _ = answers.lock().unwrap().write_all(ATTRIBUTES);
        }
    }
}

fn text(parser: &vt100::Parser) -> String {
    let screen = parser.screen();
    let rows: Vec<String> = screen.rows(0, screen.size().1.get()).collect();
    rows.iter().map(|r| r.trim_end()).collect::<Vec<_>>().join("\n")
}

/// A window that is no window has one cell here.
fn cells(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n.max(1)).unwrap()
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

/// What a terminal sends for a key. Escape is sent in the form that nothing after it can be taken for a part of.
pub(crate) fn bytes(key: Key) -> Vec<u8> {
    let plain: &[u8] = match key.code {
        Code::Char(c) if key.ctrl => return vec![c.to_ascii_lowercase() as u8 & 0x1f],
        Code::Char(c) => return c.to_string().into_bytes(),
        Code::Enter => b"\r",
        Code::Esc => b"\x1b[27u",
        Code::Tab => b"\t",
        Code::BackTab => b"\x1b[Z",
        Code::Backspace => b"\x7f",
        Code::Delete => b"\x1b[3~",
        Code::Up => b"\x1b[A",
        Code::Down => b"\x1b[B",
        Code::Right => b"\x1b[C",
        Code::Left => b"\x1b[D",
        Code::Home => b"\x1b[H",
        Code::End => b"\x1b[F",
        Code::PageUp => b"\x1b[5~",
        Code::PageDown => b"\x1b[6~",
        Code::F(_) => panic!("no test presses a function key"),
    };
    plain.to_vec()
}
