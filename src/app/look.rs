//! How text is drawn: the theme, and what the terminal can show.

/// How text is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// The colours.
    pub theme: ThemeName,
    /// Whether the terminal shows any colour, not only sixteen.
    pub truecolor: bool,
    /// Only ASCII characters.
    pub ascii: bool,
    /// Large, for the shared screen; nothing private.
    pub present: bool,
}

impl Look {
    /// What is said when the shared screen begins or ends; `key` ends it.
    #[must_use]
    pub fn told_shared(self, key: &str) -> String {
        if self.present { say!("Shared screen; {key} goes back", key) } else { say!("As before").to_owned() }
    }
}

/// The name of a theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ThemeName {
    /// For dark terminals.
    Dark,
    /// For light terminals.
    Light,
    /// Black on white in high contrast, for a projector.
    Contrast,
    /// No colours: `NO_COLOR`.
    Mono,
}

impl ThemeName {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Dark, Self::Light, Self::Contrast, Self::Mono];

    /// The name used in the configuration.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Dark => term!("dark"),
            Self::Light => term!("light"),
            Self::Contrast => term!("contrast"),
            Self::Mono => term!("mono"),
        }
    }
}
