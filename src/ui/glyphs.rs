//! The shapes that are drawn: single-width ones, or plain ASCII where a terminal shows nothing else.

use crate::model::status::Status;

/// A cell of a line: the sides that it runs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wire {
    /// To the cell above.
    pub up: bool,
    /// To the cell below.
    pub down: bool,
    /// To the cell on the left.
    pub left: bool,
    /// To the cell on the right.
    pub right: bool,
}

impl Wire {
    /// Both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            up: self.up || other.up,
            down: self.down || other.down,
            left: self.left || other.left,
            right: self.right || other.right,
        }
    }
}

/// The shapes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyphs {
    ascii: bool,
}

impl Glyphs {
    /// The shapes, in ASCII if asked for.
    #[must_use]
    pub fn new(ascii: bool) -> Self {
        Self { ascii }
    }

    /// Whether only ASCII is drawn.
    #[must_use]
    pub fn is_ascii(self) -> bool {
        self.ascii
    }

    fn pick(self, shape: &'static str, ascii: &'static str) -> &'static str {
        if self.ascii { ascii } else { shape }
    }

    /// The shape of a status: told apart without colour.
    #[must_use]
    pub fn status(self, status: Status) -> &'static str {
        match status {
            Status::OnTrack => self.pick("✓", "+"),
            Status::AtRisk => "!",
            Status::OffTrack => self.pick("✗", "x"),
            Status::Unknown => "?",
        }
    }

    /// Before the row under the cursor.
    #[must_use]
    pub fn marker(self) -> &'static str {
        ">"
    }

    /// At the end of a text that was cut.
    #[must_use]
    pub fn cut(self) -> &'static str {
        self.pick("…", "~")
    }

    /// A horizontal line.
    #[must_use]
    pub fn horizontal(self) -> &'static str {
        self.pick("─", "-")
    }

    /// A strong horizontal line.
    #[must_use]
    pub fn strong(self) -> &'static str {
        self.pick("━", "=")
    }

    /// A limit: a broken horizontal line.
    #[must_use]
    pub fn dashed(self) -> &'static str {
        self.pick("╌", "-")
    }

    /// Where something begins: a broken vertical line.
    #[must_use]
    pub fn dotted(self) -> &'static str {
        self.pick("┊", ":")
    }

    /// A reading in the lower half of a cell, the upper half, or both.
    #[must_use]
    pub fn reading(self, lower: bool, upper: bool) -> &'static str {
        match (lower, upper) {
            (true, true) => self.pick("█", "#"),
            (true, false) => self.pick("▄", "o"),
            (false, _) => self.pick("▀", "o"),
        }
    }

    /// A reading that is a signal.
    #[must_use]
    pub fn signal(self) -> &'static str {
        self.pick("◆", "*")
    }

    /// What may come.
    #[must_use]
    pub fn shade(self) -> &'static str {
        self.pick("░", ":")
    }

    /// What is expected to come.
    #[must_use]
    pub fn expected(self) -> &'static str {
        self.pick("▪", "+")
    }

    /// A vertical line.
    #[must_use]
    pub fn vertical(self) -> &'static str {
        self.pick("│", "|")
    }

    /// The corners of a box: top left, top right, bottom left, bottom right.
    #[must_use]
    pub fn corners(self) -> [&'static str; 4] {
        if self.ascii { ["+", "+", "+", "+"] } else { ["┌", "┐", "└", "┘"] }
    }

    /// An open or closed branch, or a leaf.
    #[must_use]
    pub fn branch(self, open: Option<bool>) -> &'static str {
        match open {
            Some(true) => self.pick("▾", "v"),
            Some(false) => self.pick("▸", ">"),
            None => self.pick("·", "."),
        }
    }

    /// A taken or free option.
    #[must_use]
    pub fn taken(self, yes: bool) -> &'static str {
        if yes { "[x]" } else { "[ ]" }
    }

    /// Eighths of a cell from the bottom, 0 to 8.
    #[must_use]
    pub fn eighths(self, n: u8) -> &'static str {
        const BLOCKS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
        const ASCII: [&str; 9] = [" ", "_", ".", ".", "-", "-", "=", "#", "#"];
        let table = if self.ascii { &ASCII } else { &BLOCKS };
        table[usize::from(n.min(8))]
    }

    /// The filled and the empty part of a bar.
    #[must_use]
    pub fn bar(self) -> (&'static str, &'static str) {
        if self.ascii { ("#", ".") } else { ("█", "░") }
    }

    /// The shape of a line that runs to these sides.
    #[must_use]
    pub fn wire(self, wire: Wire) -> &'static str {
        match (wire.up, wire.down, wire.left, wire.right) {
            (false, false, false, false) => " ",
            (_, _, false, false) => self.vertical(),
            (false, false, _, _) => self.horizontal(),
            (false, true, false, true) => self.pick("┌", "+"),
            (false, true, true, false) => self.pick("┐", "+"),
            (true, false, false, true) => self.pick("└", "+"),
            (true, false, true, false) => self.pick("┘", "+"),
            (true, true, false, true) => self.pick("├", "+"),
            (true, true, true, false) => self.pick("┤", "+"),
            (false, true, true, true) => self.pick("┬", "+"),
            (true, false, true, true) => self.pick("┴", "+"),
            (true, true, true, true) => self.pick("┼", "+"),
        }
    }

    /// The end of a line that leads to what is above.
    #[must_use]
    pub fn arrow_up(self) -> &'static str {
        self.pick("▲", "^")
    }

    /// An arrow from what was to what is.
    #[must_use]
    pub fn arrow(self) -> &'static str {
        self.pick("→", "->")
    }
}
