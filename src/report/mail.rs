//! The recap that those who were absent get by mail: a subject, and what they need to know in a minute, as plain text.

use super::outline::Outline;
use super::words;
use crate::model::shown::shown;
use crate::model::status::Status;

/// How wide a line of a mail gets, in characters: what mail programs leave alone.
const WIDE: usize = 72;

/// Writes the recap: the first line is `Subject: …`, an empty one follows, then the text. What is done comes first, then what was
/// decided, what is to do by whom, what to tell whom, and what stands out in the numbers.
#[must_use]
pub fn mail(outline: &Outline) -> String {
    let mut letter = Letter::default();
    letter.0.push_str(&format!("Subject: {}\n\n", shown(&subject(outline))));
    greeting(outline, &mut letter);
    let done = outline.closed().filter(|a| a.state == "done");
    letter.list("Done", done.map(|a| format!("{} ({})", a.title, a.owner.name)));
    letter.list("Good news", outline.headlines.iter().map(|h| h.text.clone()));
    letter.list("Decided", outline.taken().map(|d| format!("{}: {}", d.title, d.choice)));
    letter.list("To do", outline.to_do().map(|a| format!("{}, by {}: {}", a.owner.name, a.due, a.title)));
    let to_tell = outline.messages.iter().filter(|m| m.delivered.is_none());
    letter.list("To tell", to_tell.map(|m| format!("{}: {}", words::telling(m), m.text)));
    let solved = outline.issues.iter().filter(|i| i.state == "solved");
    letter.list("Solved", solved.map(|i| words::issue(i)));
    letter.list("In the numbers", numbers(outline).into_iter());
    closing(outline, &mut letter);
    letter.0
}

/// A letter in the making.
#[derive(Default)]
struct Letter(String);

impl Letter {
    fn list(&mut self, heading: &str, items: impl Iterator<Item = String>) {
        let mut items = items.peekable();
        if items.peek().is_none() {
            return;
        }
        self.0.push_str(&format!("{heading}\n"));
        items.for_each(|item| self.wrapped("- ", "  ", &item));
        self.0.push('\n');
    }

    /// A text in lines of at most [`WIDE`] characters; a word that is longer stands alone.
    fn wrapped(&mut self, first: &str, further: &str, text: &str) {
        let text = shown(text);
        let (mut lead, mut used) = (first, usize::MAX);
        for word in text.split_whitespace() {
            let wide = word.chars().count();
            if used.saturating_add(1 + wide) > WIDE {
                if used != usize::MAX {
                    self.0.push('\n');
                }
                self.0.push_str(lead);
                used = lead.chars().count();
                lead = further;
            } else {
                self.0.push(' ');
                used += 1;
            }
            self.0.push_str(word);
            used += wide;
        }
        self.0.push('\n');
    }

    fn text(&mut self, text: &str) {
        self.wrapped("", "", text);
    }
}

fn subject(o: &Outline) -> String {
    let count = |n: usize, one: &str, more: &str| match n {
        1 => format!("1 {one}"),
        n => format!("{n} {more}"),
    };
    format!(
        "{}: {}, {} to do",
        o.title(),
        count(o.taken().count(), "decision", "decisions"),
        count(o.to_do().count(), "item", "items")
    )
}

fn greeting(o: &Outline, letter: &mut Letter) {
    let held = o.review.started.format("%Y-%m-%d");
    let here = words::names(&o.review.present);
    letter.text(&format!("We met on {held}: {here}. {}.", words::minutes(o)));
    if !o.review.absent.is_empty() {
        letter.text(&format!("We missed {}.", words::names(&o.review.absent)));
    }
    letter.0.push('\n');
}

/// What stands out: counts, then the exceptions by name.
fn numbers(o: &Outline) -> Vec<String> {
    if o.scorecard.is_empty() {
        return Vec::new();
    }
    let counts = Status::ALL.map(|s| (o.kpis_at(s), s)).into_iter().filter(|(n, _)| *n > 0);
    let counts: Vec<String> = counts.map(|(n, s)| format!("{n} {s}")).collect();
    let mut lines = vec![format!("KPIs: {}", counts.join(", "))];
    let off = o.scorecard.iter().filter(|k| k.status == Status::OffTrack);
    lines.extend(off.map(|k| {
        let target = k.target.shown.as_ref().map(|t| format!(", target {t}")).unwrap_or_default();
        format!("off track: {} at {}{target}", k.name, k.shown)
    }));
    lines.extend(words::index(o).map(|index| format!("alignment: {index}")));
    lines
}

fn closing(o: &Outline, letter: &mut Letter) {
    if let Some(rating) = words::rating(o) {
        letter.text(&format!("The review was rated {rating}."));
    }
    letter.text(&format!("The next review is on {}.", o.review.next));
}
