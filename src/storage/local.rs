//! What belongs to one person on one machine and is never shared: settings, state, cache, private data.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use directories::{BaseDirs, ProjectDirs};
use serde::{Deserialize, Serialize};

use crate::model::id::{MemberId, WorkspaceId};

use super::codec::{decode, encode};
use super::error::{Doing, StorageError};
use super::index::IndexAt;
use super::journal::{private_folder, write_private};
use super::source::{self, NoText};

const CONFIG: &str = "config.ron";

/// The folders for local files. `TRUENORTH_HOME` puts all four into one folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Local {
    /// Journals, locks, logs: one folder a workspace.
    pub state: PathBuf,
    /// The settings.
    pub config: PathBuf,
    /// What can be computed again.
    pub cache: PathBuf,
    /// Private notes.
    pub data: PathBuf,
}

/// What a person chose for this machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Who uses the program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<MemberId>,
    /// The theme's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
    /// Whether to draw with ASCII only.
    pub ascii: bool,
    /// Whether to listen to the mouse.
    pub mouse: bool,
    /// Keys by the name of what they do; they replace the usual ones.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<(String, Vec<String>)>,
    /// The workspace that was open last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_workspace: Option<PathBuf>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { member: None, theme: None, ascii: false, mouse: true, keys: Vec::new(), last_workspace: None }
    }
}

impl Local {
    /// The folders that this system and environment name; `None` when there is no home folder.
    #[must_use]
    pub fn find() -> Option<Self> {
        if let Some(home) = env::var_os("TRUENORTH_HOME").filter(|h| !h.is_empty()) {
            return Some(Self::under(Path::new(&home)));
        }
        let dirs = ProjectDirs::from("", "", "truenorth")?;
        let config = if cfg!(target_os = "macos") { mac_config() } else { None };
        Some(Self {
            state: dirs.state_dir().map_or_else(|| dirs.data_local_dir().join("state"), Path::to_path_buf),
            config: config.unwrap_or_else(|| dirs.config_dir().to_path_buf()),
            cache: dirs.cache_dir().to_path_buf(),
            data: dirs.data_local_dir().to_path_buf(),
        })
    }

    /// All four in one folder.
    #[must_use]
    pub fn under(home: &Path) -> Self {
        Self {
            state: home.join("state"),
            config: home.to_path_buf(),
            cache: home.join("cache"),
            data: home.join("data"),
        }
    }

    /// The state folder of a workspace: two copies of one workspace have two. It need not exist yet.
    #[must_use]
    pub fn workspace(&self, root: &Path, id: &WorkspaceId) -> PathBuf {
        self.state.join(name_of(id.as_str(), root))
    }

    /// Where the history index of a workspace is kept, to be held against its files as they are from `now` on.
    #[must_use]
    pub fn index(&self, root: &Path, id: &WorkspaceId, now: SystemTime) -> IndexAt {
        let workspace = key(root, id.as_str());
        IndexAt { file: self.cache.join(format!("{id}-{workspace:016x}.weeks")), root: root.to_owned(), workspace, now }
    }

    /// The settings; the usual ones when none were saved.
    ///
    /// # Errors
    /// When the file is there but cannot be read; the place of the error is in it.
    pub fn settings(&self) -> Result<Settings, StorageError> {
        match source::read(&self.config, Path::new(CONFIG)) {
            Ok(text) => Ok(decode(&self.config.join(CONFIG), &text)?),
            Err(NoText::Missing) => Ok(Settings::default()),
            Err(NoText::Bad(mut problem)) => {
                problem.path = self.config.join(CONFIG);
                Err(problem.into())
            }
            Err(other) => Err(other.into_error(&self.config, Path::new(CONFIG))),
        }
    }

    /// Saves the settings; comments in the file stay.
    ///
    /// # Errors
    /// When the disk refuses, or the file that is there cannot be read: it is left alone then.
    pub fn save(&self, settings: &Settings) -> Result<(), StorageError> {
        let path = self.config.join(CONFIG);
        let refused = |why: String| StorageError::Refused { path: path.clone(), why };
        let old = self.settings()?;
        let text = match source::read_exactly(&self.config, Path::new(CONFIG)) {
            Ok(text) => super::splice::edit(&text, &old, settings).map_err(refused)?,
            Err(NoText::Missing) => encode(settings).map_err(|e| refused(e.to_string()))?,
            Err(other) => return Err(other.into_error(&self.config, Path::new(CONFIG))),
        };
        write_private(&path, text.as_bytes()).map_err(StorageError::io(Doing::Write, &path))
    }

    /// Notes which workspace was open last.
    ///
    /// # Errors
    /// As [`Local::save`].
    pub fn remember_workspace(&self, root: &Path) -> Result<(), StorageError> {
        let root = fs::canonicalize(root).map_err(StorageError::io(Doing::Find, root))?;
        let old = self.settings()?;
        if old.last_workspace.as_deref() == Some(&root) {
            return Ok(());
        }
        self.save(&Settings { last_workspace: Some(root), ..old })
    }

    /// Creates the state folder of a workspace, for its owner only, and returns it.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn make_workspace(&self, root: &Path, id: &WorkspaceId) -> io::Result<PathBuf> {
        let folder = self.workspace(root, id);
        private_folder(&folder)?;
        Ok(folder)
    }
}

/// Tells a workspace from every other on this machine, its own copies too.
fn key(folder: &Path, words: &str) -> u64 {
    let path = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_path_buf());
    fnv(path.as_os_str().as_encoded_bytes().iter().chain(b"\0").chain(words.as_bytes()))
}

/// Command-line people on macOS keep settings under `~/.config`, where that folder exists.
fn mac_config() -> Option<PathBuf> {
    let named = env::var_os("XDG_CONFIG_HOME").map(PathBuf::from).filter(|p| p.is_absolute());
    let usual = || BaseDirs::new().map(|d| d.home_dir().join(".config")).filter(|p| p.is_dir());
    named.or_else(usual).map(|folder| folder.join("truenorth"))
}

/// A name for what belongs to a folder: `words` and a hash of them and of the folder's real path.
pub(super) fn name_of(words: &str, folder: &Path) -> String {
    format!("{words}-{:016x}", key(folder, words))
}

/// FNV-1a, 64 bits: the same in every version of the program, unlike the standard library's hashers.
fn fnv<'a>(bytes: impl Iterator<Item = &'a u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
