//! A program run for its number: no shell, little environment, nothing to read, and an end.

use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use super::Stop;
use crate::model::feed::Trouble;
use crate::model::tongue::system;

/// What of the environment a program gets. Nothing that could hold a secret or load other code.
const PASSED: [&str; 13] = [
    "PATH",
    "HOME",
    "USER",
    "LOGNAME",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "TZ",
    "TMPDIR",
    "TEMP",
    "TMP",
    "SYSTEMROOT",
    "USERPROFILE",
];
/// How often a stop is looked for.
const STEP: Duration = Duration::from_millis(20);

/// How long a program may take, and how much it may say.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// From its start.
    pub(super) time: Duration,
    /// Bytes.
    pub(super) output: usize,
}

/// 30 seconds, 1 MiB.
pub(super) const LIMITS: Limits = Limits { time: Duration::from_secs(30), output: 1024 * 1024 };
/// How much of what it says to people is kept.
const COMPLAINT: usize = 4096;

/// Runs a program and gives what it printed.
pub(super) fn run(
    root: &Path,
    program: &Path,
    argv: &[String],
    stop: &Stop,
    limits: Limits,
) -> Result<Vec<u8>, Trouble> {
    let mut command = Command::new(program);
    command.args(argv.iter().skip(1)).current_dir(root).env_clear();
    command.envs(PASSED.iter().filter_map(|name| Some((name, std::env::var_os(name)?))));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    own_group(&mut command);
    let mut child = command.spawn().map_err(|e| {
        Trouble::new(
            say!("the program could not be started: {e}", e = system(&e)),
            say!("try it in a terminal, from the workspace's folder"),
        )
    })?;
    let said = child.stdout.take().map(|out| drained(out, limits.output));
    let complaint = child.stderr.take().map(|out| drained(out, COMPLAINT));
    let ended = wait(&mut child, said, stop, limits);
    // Whatever it has started in its group ends with it, also when it went well.
    kill(&mut child);
    let status = child.wait();
    let said = ended?;
    match status {
        Ok(status) if status.success() => Ok(said),
        Ok(status) => {
            let words = complaint.and_then(|c| c.recv_timeout(STEP).ok()).unwrap_or_default();
            Err(failed(&status.to_string(), &words))
        }
        Err(e) => Err(failed(&e.to_string(), &[])),
    }
}

/// Reads to the end on a thread of its own, or until there is one byte too many.
fn drained(out: impl Read + Send + 'static, most: usize) -> Receiver<Vec<u8>> {
    let (to, from) = channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = out.take(most as u64 + 1).read_to_end(&mut bytes);
        let _ = to.send(bytes);
    });
    from
}

/// Waits for what it prints and for its end.
fn wait(child: &mut Child, said: Option<Receiver<Vec<u8>>>, stop: &Stop, limits: Limits) -> Result<Vec<u8>, Trouble> {
    let steps = limits.time.as_millis() / STEP.as_millis();
    let mut bytes: Option<Vec<u8>> = None;
    for _ in 0..steps {
        if stop.asked() {
            return Err(Trouble::new(say!("it was stopped"), say!("refresh it again")));
        }
        match (&bytes, &said) {
            (None, Some(said)) => bytes = said.recv_timeout(STEP).ok(),
            _ => thread::sleep(STEP),
        }
        if let Some(all) = &bytes {
            if all.len() > limits.output {
                let what = say!("it printed more than {output} KiB, and was ended", output = limits.output / 1024);
                return Err(Trouble::new(what, say!("let it print one number, or JSON")));
            }
            if matches!(child.try_wait(), Ok(Some(_)) | Err(_)) {
                return Ok(bytes.unwrap_or_default());
            }
        }
    }
    let what = say!("it took longer than {time} seconds, and was ended", time = limits.time.as_secs().max(1));
    Err(Trouble::new(what, say!("try it in a terminal: does it wait for something?")))
}

fn failed(status: &str, words: &[u8]) -> Trouble {
    let words = String::from_utf8_lossy(words);
    let last: String =
        words.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default().chars().take(200).collect();
    let said = if last.is_empty() { String::new() } else { format!(": {}", last.trim()) };
    Trouble::new(
        say!("the program failed ({status}){said}", status, said),
        say!("try it in a terminal, from the workspace's folder"),
    )
}

#[cfg(unix)]
fn own_group(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}

#[cfg(not(unix))]
fn own_group(_: &mut Command) {}

#[cfg(unix)]
fn kill(child: &mut Child) {
    if let Some(group) = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw) {
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    let _ = child.kill();
}

#[cfg(not(unix))]
fn kill(child: &mut Child) {
    let _ = child.kill();
}
