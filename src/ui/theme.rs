//! The words for style: every style has a meaning, and a theme gives each meaning its look. No screen names a colour.

use ratatui::style::{Color, Modifier, Style};

use crate::app::{Look, ThemeName};
use crate::model::status::Status;

/// A style for each meaning.
#[derive(Debug, Clone, Copy)]
pub struct Theme {
    /// What fills the screen before anything is drawn.
    pub base: Style,
    /// Text that has no style of its own; it takes the background that it is drawn on.
    pub text: Style,
    /// A heading.
    pub heading: Style,
    /// What is less important than the rest.
    pub secondary: Style,
    /// The row under the cursor.
    pub selected: Style,
    /// The marker before it.
    pub marker: Style,
    /// A key that can be pressed.
    pub key: Style,
    /// The bar at the top.
    pub bar: Style,
    /// The tab or step one is at.
    pub current: Style,
    /// Lines between regions.
    pub rule: Style,
    /// Good.
    pub good: Style,
    /// To watch.
    pub warn: Style,
    /// Bad.
    pub bad: Style,
    /// Not known.
    pub unknown: Style,
    /// The field or choice with the focus.
    pub focus: Style,
    /// A target, a limit.
    pub target: Style,
    /// Words that a search found.
    pub hit: Style,
}

/// Okabe and Ito's palette, which the colour-blind can tell apart; sixteen-colour names where no other are shown.
struct Palette {
    good: Color,
    warn: Color,
    bad: Color,
    accent: Color,
    muted: Color,
    base: Style,
    /// Names its own foreground, so that the row can be read whatever the terminal's background is.
    selected: Style,
}

impl Theme {
    /// The theme of a look. In present mode nothing is dim, whatever the theme.
    #[must_use]
    pub fn of(look: Look) -> Self {
        let rgb = |r, g, b, basic| if look.truecolor { Color::Rgb(r, g, b) } else { basic };
        let palette = match look.theme {
            ThemeName::Mono => return Self::mono(),
            ThemeName::Dark => Palette {
                good: rgb(86, 180, 233, Color::LightCyan),
                warn: rgb(240, 200, 66, Color::LightYellow),
                bad: rgb(255, 122, 64, Color::LightRed),
                accent: rgb(86, 180, 233, Color::LightCyan),
                muted: rgb(150, 156, 168, Color::Gray),
                base: Style::new(),
                selected: Style::new().bg(rgb(46, 52, 64, Color::DarkGray)).fg(rgb(236, 239, 244, Color::White)),
            },
            ThemeName::Light => Palette {
                good: rgb(0, 84, 147, Color::Blue),
                warn: rgb(130, 84, 0, Color::Magenta),
                bad: rgb(176, 36, 0, Color::Red),
                accent: rgb(0, 84, 147, Color::Blue),
                muted: rgb(90, 94, 104, Color::DarkGray),
                base: Style::new(),
                selected: Style::new().bg(rgb(220, 228, 238, Color::Gray)).fg(rgb(20, 22, 28, Color::Black)),
            },
            ThemeName::Contrast => Palette {
                good: rgb(0, 60, 120, Color::Blue),
                warn: rgb(92, 54, 0, Color::Magenta),
                bad: rgb(140, 16, 0, Color::Red),
                accent: rgb(0, 60, 120, Color::Blue),
                muted: rgb(20, 20, 20, Color::Black),
                base: Style::new().fg(rgb(0, 0, 0, Color::Black)).bg(rgb(255, 255, 255, Color::White)),
                selected: Style::new().bg(rgb(255, 236, 160, Color::Gray)).fg(rgb(0, 0, 0, Color::Black)),
            },
        };
        Self::from_palette(&palette, look)
    }

    fn from_palette(p: &Palette, look: Look) -> Self {
        let on = |color: Color| Style::new().fg(color);
        let plain = look.present || look.theme == ThemeName::Contrast;
        Self {
            base: p.base,
            text: Style { bg: None, ..p.base },
            heading: on(p.accent).add_modifier(Modifier::BOLD),
            secondary: if plain { Style::new() } else { on(p.muted) },
            selected: p.selected.add_modifier(Modifier::BOLD),
            marker: on(p.accent).add_modifier(Modifier::BOLD),
            key: Style::new().add_modifier(Modifier::BOLD),
            bar: Style::new().add_modifier(Modifier::BOLD),
            current: Style::new().add_modifier(Modifier::BOLD | Modifier::REVERSED),
            rule: if plain { Style::new() } else { on(p.muted) },
            good: on(p.good),
            warn: on(p.warn).add_modifier(Modifier::BOLD),
            bad: on(p.bad).add_modifier(Modifier::BOLD),
            unknown: if plain { Style::new() } else { on(p.muted) },
            focus: on(p.accent).add_modifier(Modifier::BOLD),
            target: on(p.accent),
            hit: Style::new().add_modifier(Modifier::UNDERLINED),
        }
    }

    /// No colour at all: weight, reverse and underline carry what words and shapes do not.
    fn mono() -> Self {
        let plain = Style::new().fg(Color::Reset).bg(Color::Reset);
        let bold = plain.add_modifier(Modifier::BOLD);
        Self {
            base: plain,
            text: Style::new(),
            heading: bold,
            secondary: plain,
            selected: plain.add_modifier(Modifier::REVERSED),
            marker: bold,
            key: bold,
            bar: bold,
            current: bold.add_modifier(Modifier::REVERSED),
            rule: plain,
            good: plain,
            warn: bold,
            bad: bold,
            unknown: plain,
            focus: bold.add_modifier(Modifier::UNDERLINED),
            target: plain,
            hit: plain.add_modifier(Modifier::UNDERLINED),
        }
    }

    /// The style of a status.
    #[must_use]
    pub fn status(&self, status: Status) -> Style {
        match status {
            Status::OnTrack => self.good,
            Status::AtRisk => self.warn,
            Status::OffTrack => self.bad,
            Status::Unknown => self.unknown,
        }
    }
}
