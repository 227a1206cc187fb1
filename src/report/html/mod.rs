//! The report as one HTML file that needs nothing else: no script, nothing fetched, light and dark, screen and paper.

mod chart;
mod map;
mod parts;
mod poster;
mod records;
pub(super) mod writer;

use crate::model::status::Status;
use crate::report::outline::Outline;
use crate::report::words;

pub use poster::poster;
use writer::Html;

/// What a browser may do with the page: nothing but show it with its own style.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// A part of the page: the id that links lead to, the heading, and what writes it.
pub(super) type Part<T> = (&'static str, &'static str, fn(&mut Html, &T));

/// Writes a report as a page.
#[must_use]
pub fn html(outline: &Outline) -> String {
    document(&outline.title(), &parts_of(outline), outline, parts::head, parts::foot)
}

/// A page with a head, links to its parts, the parts, and a foot.
pub(super) fn document<T>(
    title: &str,
    parts: &[Part<T>],
    of: &T,
    head: fn(&mut Html, &T),
    foot: fn(&mut Html, &T),
) -> String {
    page(title, include_str!("style.css"), |h| {
        h.el("a", &[("class", "skip"), ("href", "#content")], |h| h.text(say!("To the content")));
        h.el("div", &[("class", "page")], |h| {
            h.el("header", &[], |h| head(h, of));
            h.el("nav", &[("aria-label", say!("Parts of this report"))], |h| {
                h.el("ul", &[], |h| {
                    for (id, heading, _) in parts {
                        let to = format!("#{id}");
                        h.el("li", &[], |h| h.el("a", &[("href", &to)], |h| h.text(heading)));
                    }
                });
            });
            h.el("main", &[("id", "content")], |h| {
                for (id, heading, write) in parts {
                    let labelled = format!("h-{id}");
                    h.newline();
                    h.el("section", &[("id", id), ("aria-labelledby", &labelled)], |h| {
                        h.el("h2", &[("id", &labelled)], |h| h.text(heading));
                        write(h, of);
                    });
                }
            });
            h.el("footer", &[], |h| foot(h, of));
        });
    })
}

/// The parts that have something to say, in their order.
fn parts_of(o: &Outline) -> Vec<Part<Outline>> {
    let all: [(bool, Part<Outline>); 12] = [
        (!o.headlines.is_empty(), ("headlines", say!("Headlines"), parts::headlines)),
        (o.changes.is_some(), ("changes", say!("What changed"), parts::changes)),
        (!o.scorecard.is_empty(), ("scorecard", say!("Scorecard"), parts::scorecard)),
        (!o.goals.is_empty(), ("goals", say!("Goals"), parts::goals)),
        (o.map.is_some(), ("map", say!("Strategy map"), map::map)),
        (!o.decisions.is_empty(), ("decisions", say!("Decisions"), records::decisions)),
        (!o.actions.is_empty(), ("actions", say!("Action items"), records::actions)),
        (!o.issues.is_empty(), ("issues", say!("Issues"), records::issues)),
        (!o.messages.is_empty(), ("messages", say!("Messages"), records::messages)),
        (!o.findings.is_empty() || o.alignment.is_some(), ("alignment", say!("Alignment"), records::alignment)),
        (o.mine.is_none(), ("north-star", say!("North star"), parts::north_star)),
        (!o.notes.is_empty(), ("notes", say!("Notes"), records::notes)),
    ];
    all.into_iter().filter_map(|(says, part)| says.then_some(part)).collect()
}

/// A document with a style and a body.
fn page(title: &str, style: &'static str, body: impl FnOnce(&mut Html)) -> String {
    Html::document(|h| {
        h.el("head", &[], |h| {
            h.empty("meta", &[("charset", "utf-8")]);
            h.empty("meta", &[("http-equiv", "Content-Security-Policy"), ("content", POLICY)]);
            h.empty("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
            h.empty("meta", &[("name", "color-scheme"), ("content", "light dark")]);
            h.empty("meta", &[("name", "referrer"), ("content", "no-referrer")]);
            h.p("title", "", title);
            h.style(style);
        });
        h.newline();
        h.el("body", &[], body);
    })
}

/// A status as a sign and a word.
fn status(h: &mut Html, status: Status) {
    let class = format!("st {}", status.key());
    h.p("span", &class, &format!("{} {status}", words::sign(status)));
}

/// A label and a text, where there is one.
pub(super) fn term(h: &mut Html, label: &str, text: &str) {
    if !text.is_empty() {
        h.p("dt", "", label);
        h.el("dd", &[], |h| h.prose(text));
    }
}

/// The head of a table: a class and a name for each column.
pub(super) fn columns(h: &mut Html, names: &[(&str, &str)]) {
    h.el("thead", &[], |h| {
        h.el("tr", &[], |h| {
            for (class, name) in names {
                h.el("th", &[("scope", "col"), ("class", class)], |h| h.text(name));
            }
        });
    });
}

/// A cell that tells its column where columns stand below each other.
pub(super) fn cell(h: &mut Html, class: &str, label: &str, text: &str) {
    h.el("td", &[("class", class), ("data-label", label)], |h| h.text(text));
}
