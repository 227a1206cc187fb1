//! Cells as an SVG picture: text where there is text, shapes where a font would leave gaps, columns that hold in any font.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

/// A cell in pixels: as wide and as high as a usual monospace font at [`FONT`] pixels has it.
const CELL: (u32, u32) = (8, 18);
const FONT: u32 = 13;
/// From the top of a cell to the line that letters stand on.
const BASELINE: u32 = 13;
/// The margin around all cells.
const MARGIN: u32 = 10;
/// A cell that is inked to a quarter.
const SHADE: &str = "░";

/// The colours of a terminal where nothing else is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Paper {
    pub(crate) ink: &'static str,
    pub(crate) ground: &'static str,
}

/// How the cells of a run look. Two cells with the same look can stand in one text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Style {
    ink: String,
    ground: String,
    bold: bool,
    underlined: bool,
}

/// Draws cells, with a title for those who cannot see them.
pub(crate) fn draw(buffer: &Buffer, paper: Paper, title: &str) -> String {
    let (columns, rows) = (u32::from(buffer.area.width), u32::from(buffer.area.height));
    let (width, height) = (columns * CELL.0 + 2 * MARGIN, rows * CELL.1 + 2 * MARGIN);
    let mut picture = Picture { paper, grounds: Shapes::default(), shapes: Shapes::default(), texts: String::new() };
    for y in 0..buffer.area.height {
        let cells: Vec<&Cell> = (0..buffer.area.width).filter_map(|x| buffer.cell((x, y))).collect();
        picture.row(u32::from(y), &cells);
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\" font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" \
         font-size=\"{FONT}\" fill=\"{ink}\" xml:space=\"preserve\">\n\
         <title>{title}</title>\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"6\" fill=\"{ground}\"/>\n{grounds}{shapes}{texts}</svg>\n",
        ink = paper.ink,
        ground = paper.ground,
        title = escaped(title),
        grounds = picture.grounds.svg(),
        shapes = picture.shapes.svg(),
        texts = picture.texts,
    )
}

struct Picture {
    paper: Paper,
    /// What lies under the text.
    grounds: Shapes,
    /// Blocks and lines.
    shapes: Shapes,
    texts: String,
}

/// Rectangles by their colour.
#[derive(Default)]
struct Shapes(BTreeMap<String, String>);

impl Shapes {
    fn add(&mut self, colour: &str, (x, y, w, h): (u32, u32, u32, u32)) {
        let path = self.0.entry(colour.to_owned()).or_default();
        let _ = write!(path, "M{x} {y}h{w}v{h}h-{w}z");
    }

    /// One path a colour.
    fn svg(&self) -> String {
        self.0.iter().fold(String::new(), |mut out, (colour, path)| {
            let _ = writeln!(out, "<path fill=\"{colour}\" d=\"{path}\"/>");
            out
        })
    }
}

impl Picture {
    fn row(&mut self, y: u32, cells: &[&Cell]) {
        let styles: Vec<Style> = cells.iter().map(|cell| self.style(cell)).collect();
        let mut x = 0;
        while x < cells.len() {
            let same = styles[x..].iter().take_while(|s| **s == styles[x]).count();
            if styles[x].ground != self.paper.ground {
                self.grounds.add(&styles[x].ground, (column(x), line(y), column(x + same) - column(x), CELL.1));
            }
            x += same;
        }
        x = 0;
        while x < cells.len() {
            x = self.shape(x, y, cells, &styles).unwrap_or_else(|| self.text(x, y, cells, &styles));
        }
    }

    /// Draws the blocks or lines that begin at a column. Returns the column behind them, or nothing where there are none.
    fn shape(&mut self, x: usize, y: u32, cells: &[&Cell], styles: &[Style]) -> Option<usize> {
        let parts = parts(cells[x].symbol())?;
        // Alike neighbours make one long rectangle; those that do not fill their cell's width stand alone.
        let is_wide = parts.iter().all(|(_, _, w, _)| *w == CELL.0);
        let alike = |i: &usize| cells[*i].symbol() == cells[x].symbol() && styles[*i].ink == styles[x].ink;
        let many = if is_wide { (x..cells.len()).take_while(alike).count() } else { 1 };
        let Style { ink, ground, .. } = &styles[x];
        let ink = if cells[x].symbol() == SHADE { quarter(ink, ground) } else { ink.clone() };
        for (dx, dy, w, h) in parts {
            let w = if is_wide { column(x + many) - column(x) } else { w };
            self.shapes.add(&ink, (column(x) + dx, line(y) + dy, w, h));
        }
        Some(x + many)
    }

    /// Draws the text that begins at a column, as far as it looks the same and no two blanks follow each other: what stands
    /// in a column of its own stays there, whatever a viewer makes of blanks. Returns the column behind it.
    fn text(&mut self, x: usize, y: u32, cells: &[&Cell], styles: &[Style]) -> usize {
        let is_blank = |i: usize| cells[i].symbol() == " " && !styles[i].underlined;
        if is_blank(x) {
            return x + 1;
        }
        let fits = |i: &usize| match is_blank(*i) {
            true => !is_blank(*i - 1),
            false => parts(cells[*i].symbol()).is_none() && styles[*i] == styles[x],
        };
        let run = (x + 1..cells.len()).take_while(fits).filter(|i| !is_blank(*i));
        let end = run.last().map_or(x + 1, |last| last + 1);
        let (mut text, mut i) = (String::new(), x);
        while i < end {
            text.push_str(cells[i].symbol());
            i += cells[i].symbol().width().max(1);
        }
        let style = &styles[x];
        let _ = write!(self.texts, "<text x=\"{}\" y=\"{}\"", column(x), line(y) + BASELINE);
        if i - x > 1 {
            let _ = write!(self.texts, " textLength=\"{}\"", column(i) - column(x));
        }
        if style.ink != self.paper.ink {
            let _ = write!(self.texts, " fill=\"{}\"", style.ink);
        }
        self.texts.push_str(if style.bold { " font-weight=\"bold\"" } else { "" });
        self.texts.push_str(if style.underlined { " text-decoration=\"underline\"" } else { "" });
        let _ = writeln!(self.texts, ">{}</text>", escaped(&text));
        i
    }

    fn style(&self, cell: &Cell) -> Style {
        let mut ink = colour(cell.fg, self.paper.ink);
        let mut ground = colour(cell.bg, self.paper.ground);
        if cell.modifier.contains(Modifier::REVERSED) {
            std::mem::swap(&mut ink, &mut ground);
        }
        let (bold, underlined) = (Modifier::BOLD, Modifier::UNDERLINED);
        Style { ink, ground, bold: cell.modifier.contains(bold), underlined: cell.modifier.contains(underlined) }
    }
}

fn column(x: usize) -> u32 {
    MARGIN + u32::try_from(x).unwrap_or(0) * CELL.0
}

fn line(y: u32) -> u32 {
    MARGIN + y * CELL.1
}

/// A true colour; every other one is the terminal's own and so the paper's.
fn colour(colour: Color, own: &str) -> String {
    match colour {
        Color::Rgb(r, g, b) => format!("#{r:02x}{g:02x}{b:02x}"),
        _ => own.to_owned(),
    }
}

/// A quarter of one colour over three of another, both written `#rrggbb`.
fn quarter(ink: &str, ground: &str) -> String {
    let part = |colour: &str, at: usize| u32::from_str_radix(colour.get(at..at + 2).unwrap_or("0"), 16).unwrap_or(0);
    let mixed = [1, 3, 5].map(|at| (part(ink, at) + 3 * part(ground, at)) / 4);
    format!("#{:02x}{:02x}{:02x}", mixed[0], mixed[1], mixed[2])
}

/// Blocks and lines as rectangles inside their cell (x, y, width, height): a font would leave gaps between them.
fn parts(symbol: &str) -> Option<Vec<(u32, u32, u32, u32)>> {
    let (w, h) = CELL;
    let (across, down) = ((0, h / 2 - 1, w, 1), (w / 2, 0, 1, h));
    let half = h / 2 + 1;
    let single = |part| Some(vec![part]);
    match symbol {
        "─" => single(across),
        "━" => single((0, h / 2 - 1, w, 2)),
        "│" => single(down),
        "┌" => Some(vec![(w / 2, h / 2 - 1, w / 2, 1), (w / 2, h / 2 - 1, 1, half)]),
        "┐" => Some(vec![(0, h / 2 - 1, w / 2, 1), (w / 2, h / 2 - 1, 1, half)]),
        "└" => Some(vec![(w / 2, h / 2 - 1, w / 2, 1), (w / 2, 0, 1, h / 2)]),
        "┘" => Some(vec![(0, h / 2 - 1, w / 2, 1), (w / 2, 0, 1, h / 2)]),
        "┬" => Some(vec![across, (w / 2, h / 2 - 1, 1, half)]),
        "┴" => Some(vec![across, (w / 2, 0, 1, h / 2)]),
        "├" => Some(vec![(w / 2, h / 2 - 1, w / 2, 1), down]),
        "┤" => Some(vec![(0, h / 2 - 1, w / 2, 1), down]),
        SHADE => single((0, 0, w, h)),
        "▀" => single((0, 0, w, h / 2)),
        _ => {
            let eighths = "▁▂▃▄▅▆▇█".chars().position(|c| symbol == c.to_string())? + 1;
            let high = h * u32::try_from(eighths).ok()? / 8;
            single((0, h - high, w, high))
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
