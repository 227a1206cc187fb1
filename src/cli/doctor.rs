//! `truenorth doctor`: what a bug report needs to know of this machine, without a word of what anybody wrote.

use std::env;
use std::fs;
use std::io::{self, IsTerminal};
use std::path::Path;
use std::process::{Command, Stdio};

use ratatui::crossterm::terminal;
use serde::Serialize;

use crate::model::workspace::SCHEMA;
use crate::runtime::{log, shows_utf8};
use crate::storage::{self, Local};

use super::args::Json;
use super::context::{Context, Found};
use super::failure::{Answer, Failure};
use super::output::json;

/// All that is told. Paths are left out: they have names of people and businesses in them.
#[derive(Serialize)]
struct Report {
    program: Program,
    terminal: Terminal,
    locale: Locale,
    workspace: WorkspaceView,
    local: LocalView,
    git: Git,
}

#[derive(Serialize)]
struct Program {
    version: &'static str,
    schema: u32,
    build: &'static str,
    os: &'static str,
    architecture: &'static str,
}

#[derive(Serialize)]
struct Terminal {
    /// Whether the screens can be opened here.
    usable: bool,
    stdin: bool,
    stdout: bool,
    term: Option<String>,
    /// The program that draws it, as it says itself.
    program: Option<String>,
    columns: Option<u16>,
    rows: Option<u16>,
    truecolor: bool,
    no_color: bool,
    /// Whether a multiplexer or a remote shell is in between.
    multiplexer: bool,
    remote: bool,
}

#[derive(Serialize)]
struct Locale {
    /// The variable that decides, and what it says.
    variable: Option<&'static str>,
    value: Option<String>,
    utf8: bool,
}

#[derive(Serialize, Default)]
struct WorkspaceView {
    found: Option<&'static str>,
    /// Why it cannot be opened, in the program's own words.
    trouble: Option<&'static str>,
    schema: Option<u32>,
    weeks: usize,
    people: usize,
    goals: usize,
    kpis: usize,
    check_ins: usize,
    files: usize,
    problems: usize,
    drafts: usize,
    writable: Option<bool>,
}

#[derive(Serialize, Default)]
struct LocalView {
    folder: bool,
    settings: &'static str,
    state_mode: Option<String>,
    /// Where the log is, as seen from the home folder.
    log: Option<String>,
    log_mode: Option<String>,
    log_bytes: Option<u64>,
    writable: Option<bool>,
    /// Whether the folder was named by TRUENORTH_HOME.
    named: bool,
}

#[derive(Serialize, Default)]
struct Git {
    version: Option<String>,
    /// Whether the workspace lies in a repository.
    repository: Option<bool>,
}

pub(super) fn run(context: &Context, args: Json) -> Result<Answer, Failure> {
    let report = Report {
        program: program(),
        terminal: terminal(),
        locale: locale(),
        workspace: workspace(context),
        local: local(context),
        git: git(context),
    };
    let text = if args.json { json(&report)? } else { page(context, &report) };
    Ok(Answer::fine(text))
}

fn program() -> Program {
    Program {
        version: env!("CARGO_PKG_VERSION"),
        schema: SCHEMA,
        build: if cfg!(debug_assertions) { "debug" } else { "release" },
        os: env::consts::OS,
        architecture: env::consts::ARCH,
    }
}

/// A variable's value, if it is short and of plain characters, as those are that name terminals and locales.
fn plain(name: &str) -> Option<String> {
    let value = env::var(name).ok().filter(|v| !v.is_empty())?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.@+".contains(c);
    Some(if value.len() <= 40 && value.chars().all(is_plain) { value } else { "(unusual)".to_owned() })
}

fn is_set(name: &str) -> bool {
    env::var_os(name).is_some_and(|v| !v.is_empty())
}

fn terminal() -> Terminal {
    let size = io::stdout().is_terminal().then(|| terminal::size().ok()).flatten();
    Terminal {
        usable: super::screens::has_terminal(),
        stdin: io::stdin().is_terminal(),
        stdout: io::stdout().is_terminal(),
        term: plain("TERM"),
        program: plain("TERM_PROGRAM"),
        columns: size.map(|s| s.0),
        rows: size.map(|s| s.1),
        truecolor: plain("COLORTERM").is_some_and(|v| v == "truecolor" || v == "24bit"),
        no_color: is_set("NO_COLOR"),
        multiplexer: is_set("TMUX") || is_set("STY") || is_set("ZELLIJ"),
        remote: is_set("SSH_CONNECTION") || is_set("SSH_TTY"),
    }
}

fn locale() -> Locale {
    let variable = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find(|n| is_set(n));
    Locale { variable, value: variable.and_then(plain), utf8: shows_utf8() }
}

fn workspace(context: &Context) -> WorkspaceView {
    let Some((root, found)) = context.found() else { return WorkspaceView::default() };
    let found = Some(match found {
        Found::Flag => "--workspace",
        Found::Variable => "TRUENORTH_WORKSPACE",
        Found::Upwards => "this folder or one above it",
        Found::Last => "the last one used",
    });
    let writable = Some(can_write(&root));
    let report = storage::check(&root).ok();
    let (files, problems) = report.map_or((0, 0), |r| (r.files, r.problems.len()));
    match storage::open(&root, |config| context.opening(config)) {
        Ok(workspace) => WorkspaceView {
            found,
            trouble: workspace.newer.map(|_| "written by a newer version: read-only"),
            schema: Some(workspace.config.schema),
            weeks: workspace.weeks.len(),
            people: workspace.config.people.len(),
            goals: workspace.strategy.goals.len(),
            kpis: workspace.strategy.kpis.len(),
            check_ins: workspace.check_ins.len(),
            files,
            problems,
            drafts: storage::drafts(&root).len(),
            writable,
        },
        Err(error) => {
            WorkspaceView { found, trouble: Some(error.kind()), files, problems, writable, ..Default::default() }
        }
    }
}

fn local(context: &Context) -> LocalView {
    let Some(local) = &context.local else { return LocalView { settings: "none", ..LocalView::default() } };
    let log = log::path(local);
    LocalView {
        folder: local.state.is_dir(),
        settings: settings(local),
        state_mode: mode(&local.state),
        log: Some(from_home(&log)),
        log_mode: mode(&log),
        log_bytes: fs::metadata(&log).ok().map(|m| m.len()),
        writable: local.state.is_dir().then(|| can_write(&local.state)),
        named: is_set("TRUENORTH_HOME"),
    }
}

/// A path without the name of the one whose home it is in.
fn from_home(path: &Path) -> String {
    let below = |name: &str, shown: &str| {
        let home = env::var_os(name).filter(|v| !v.is_empty())?;
        path.strip_prefix(home).ok().map(|rest| format!("{shown}/{}", rest.display()))
    };
    below("TRUENORTH_HOME", "$TRUENORTH_HOME").or_else(|| below("HOME", "~")).unwrap_or_else(|| "elsewhere".to_owned())
}

fn settings(local: &Local) -> &'static str {
    match local.settings() {
        Ok(_) if !local.config.join("config.ron").exists() => "none yet",
        Ok(_) => "fine",
        Err(_) => "cannot be read",
    }
}

#[cfg(unix)]
fn mode(path: &Path) -> Option<String> {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).ok().map(|m| format!("{:04o}", m.permissions().mode() & 0o7777))
}

#[cfg(not(unix))]
fn mode(_path: &Path) -> Option<String> {
    None
}

/// Whether a file can be made in a folder; it is gone again at once.
fn can_write(folder: &Path) -> bool {
    tempfile::Builder::new().prefix(storage::TEMPORARY).tempfile_in(folder).is_ok()
}

/// What git says of itself. Nothing of a repository is run: whether there is one is told by its folder.
fn git(context: &Context) -> Git {
    let out = Command::new("git").arg("--version").stdin(Stdio::null()).stderr(Stdio::null()).output().ok();
    let said = out.filter(|o| o.status.success()).map(|o| String::from_utf8_lossy(&o.stdout).into_owned());
    let number = |text: String| {
        let plain = |c: &char| c.is_ascii_alphanumeric() || *c == '.';
        text.split_whitespace().nth(2).map(|v| v.chars().filter(plain).take(20).collect())
    };
    let repository = context.found().map(|(root, _)| {
        let root = fs::canonicalize(&root).unwrap_or(root);
        root.ancestors().any(|folder| folder.join(".git").exists())
    });
    Git { version: said.and_then(number), repository }
}

fn yes(is: bool) -> String {
    if is { "yes" } else { "no" }.to_owned()
}

fn page(context: &Context, report: &Report) -> String {
    let Report { program, terminal, locale, workspace, local, git } = report;
    let or = |text: &Option<String>, else_: &str| text.clone().unwrap_or_else(|| else_.to_owned());
    let mut page = context.page();
    page.heading("truenorth doctor: paste this into a report. No names, titles, values or paths are in it.");
    page.field("Program", &format!("{} ({}), schema {}", program.version, program.build, program.schema));
    page.field("System", &format!("{}, {}", program.os, program.architecture));
    page.heading("Terminal");
    page.field("Usable", &yes(terminal.usable));
    page.field("In, out", &format!("{}, {}", tty(terminal.stdin), tty(terminal.stdout)));
    page.field("TERM", &format!("{}, drawn by {}", or(&terminal.term, "not set"), or(&terminal.program, "unknown")));
    let size = terminal.columns.zip(terminal.rows).map(|(w, h)| format!("{w} columns, {h} rows"));
    page.field("Size", &or(&size, "unknown"));
    let colours = if terminal.truecolor { "all" } else { "sixteen, or as TERM says" };
    page.field("Colours", if terminal.no_color { "none: NO_COLOR is set" } else { colours });
    page.field("Between", between(terminal));
    let utf8 = if locale.utf8 { "shapes are drawn" } else { "ASCII only" };
    page.field(
        "Locale",
        &match (locale.variable, &locale.value) {
            (Some(name), Some(value)) => format!("{name}={value}: {utf8}"),
            _ => format!("none set: {utf8}"),
        },
    );
    page.heading("Workspace");
    workspace_lines(&mut page, workspace);
    page.heading("This machine");
    page.field("Local files", if local.named { "in TRUENORTH_HOME" } else { "in the usual folders" });
    page.field("Settings", local.settings);
    if local.folder {
        let writable = local.writable.unwrap_or(false);
        page.field("State folder", &format!("mode {}, can be written: {}", or(&local.state_mode, "-"), yes(writable)));
    } else {
        page.field("State folder", "none yet");
    }
    let size = local.log_bytes.map(|n| format!("{n} bytes, mode {}", or(&local.log_mode, "-")));
    page.field("Log", &format!("{}: {}", or(&local.log, "nowhere"), or(&size, "none yet")));
    let repository = match git.repository {
        Some(true) => ", the workspace lies in a repository",
        Some(false) => ", the workspace lies in no repository",
        None => "",
    };
    page.field("git", &format!("{}{repository}", or(&git.version, "not found")));
    page.text()
}

fn tty(is: bool) -> &'static str {
    if is { "terminal" } else { "no terminal" }
}

fn between(terminal: &Terminal) -> &'static str {
    match (terminal.multiplexer, terminal.remote) {
        (true, true) => "a multiplexer and a remote shell",
        (true, false) => "a multiplexer",
        (false, true) => "a remote shell",
        (false, false) => "nothing",
    }
}

fn workspace_lines(page: &mut super::page::Page, view: &WorkspaceView) {
    let Some(found) = view.found else {
        page.field("Found", "none");
        return;
    };
    page.field("Found", &format!("by {found}"));
    if let Some(trouble) = view.trouble {
        page.field("Trouble", trouble);
    }
    if let Some(schema) = view.schema {
        page.field("Schema", &schema.to_string());
        let counts = [
            (view.weeks, "sealed weeks"),
            (view.people, "people"),
            (view.goals, "goals"),
            (view.kpis, "KPIs"),
            (view.check_ins, "check-ins this week"),
            (view.drafts, "drafts"),
        ];
        let counts: Vec<String> = counts.iter().map(|(n, of)| format!("{n} {of}")).collect();
        page.field("Counts", &counts.join(", "));
    }
    page.field("Files", &format!("{} read, {} problems: `truenorth check` tells them", view.files, view.problems));
    page.field("Writable", &yes(view.writable.unwrap_or(false)));
}
