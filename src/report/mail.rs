//! The recap that those who were absent get by mail: a subject, and what they need to know in a minute, as plain text.

use super::outline::{Outline, State};
use super::words;
use crate::model::shown::shown;
use crate::model::status::Status;
use crate::model::tongue::count;

/// How wide a line of a mail gets, in characters: what mail programs leave alone.
const WIDE: usize = 72;

/// Writes the recap: the first line is `Subject: …`, an empty one follows, then the text. What is done comes first, then what was
/// decided, what is to do by whom, what to tell whom, and what stands out in the numbers.
#[must_use]
pub fn mail(outline: &Outline) -> String {
    let mut letter = Letter::default();
    letter.0.push_str(&format!("Subject: {}\n\n", shown(&subject(outline))));
    greeting(outline).iter().for_each(|line| letter.text(line));
    letter.0.push('\n');
    for (heading, items) in sections(outline) {
        letter.0.push_str(&format!("{heading}\n"));
        items.iter().for_each(|item| letter.wrapped("- ", "  ", item));
        letter.0.push('\n');
    }
    closing(outline).iter().for_each(|line| letter.text(line));
    letter.0
}

/// The same to be read on a screen: paragraphs, of which those that begin with `# ` are headings.
#[must_use]
pub fn recap(outline: &Outline) -> Vec<String> {
    let sections = sections(outline).into_iter();
    let told = sections.flat_map(|(heading, items)| std::iter::once(format!("# {heading}")).chain(items));
    greeting(outline).into_iter().chain(told).chain(closing(outline)).collect()
}

/// What is told, by headings; what has nothing to tell is left out.
fn sections(outline: &Outline) -> Vec<(&'static str, Vec<String>)> {
    let done = outline.closed().filter(|a| a.state == State::Done);
    let to_tell = outline.messages.iter().filter(|m| m.delivered.is_none());
    let solved = outline.issues.iter().filter(|i| i.state == State::Solved);
    let all = [
        (say!("Done"), done.map(|a| format!("{} ({})", a.title, a.owner.name)).collect()),
        (say!("Good news"), outline.headlines.iter().map(|h| h.text.clone()).collect()),
        (say!("Decided"), outline.taken().map(|d| format!("{}: {}", d.title, d.choice)).collect()),
        (
            say!("To do"),
            outline
                .to_do()
                .map(|a| say!("{name}, by {due}: {title}", name = a.owner.name, due = a.due, title = a.title))
                .collect(),
        ),
        (say!("To tell"), to_tell.map(|m| format!("{}: {}", words::telling(m), m.text)).collect()),
        (say!("Solved"), solved.map(words::issue).collect()),
        (say!("In the numbers"), numbers(outline)),
    ];
    all.into_iter().filter(|(_, items): &(_, Vec<String>)| !items.is_empty()).collect()
}

/// A letter in the making.
#[derive(Default)]
struct Letter(String);

impl Letter {
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
    say!(
        "{title}: {taken}, {open} to do",
        title = o.title(),
        taken = count(o.taken().count(), "decision"),
        open = count(o.to_do().count(), "item")
    )
}

fn greeting(o: &Outline) -> Vec<String> {
    let held = o.review.started.format("%Y-%m-%d");
    let here = words::names(&o.review.present);
    let mut lines = vec![say!("We met on {held}: {here}. {minutes}.", held, here, minutes = words::minutes(o))];
    if !o.review.absent.is_empty() {
        lines.push(say!("We missed {absent}.", absent = words::names(&o.review.absent)));
    }
    lines
}

/// What stands out: counts, then the exceptions by name.
fn numbers(o: &Outline) -> Vec<String> {
    if o.scorecard.is_empty() {
        return Vec::new();
    }
    let counts = Status::ALL.map(|s| (o.kpis_at(s), s)).into_iter().filter(|(n, _)| *n > 0);
    let counts: Vec<String> = counts.map(|(n, s)| format!("{n} {s}")).collect();
    let mut lines = vec![say!("KPIs: {counts}", counts = counts.join(", "))];
    let off = o.scorecard.iter().filter(|k| k.status == Status::OffTrack);
    lines.extend(off.map(|k| {
        let target = k.target.shown.as_ref().map(|t| say!(", target {t}", t)).unwrap_or_default();
        say!("off track: {name} at {value}{target}", name = k.name, value = k.shown, target)
    }));
    lines.extend(words::index(o).map(|index| say!("alignment: {index}", index)));
    lines
}

fn closing(o: &Outline) -> Vec<String> {
    let rated = words::rating(o).map(|rating| say!("The review was rated {rating}.", rating));
    rated.into_iter().chain([say!("The next review is on {next}.", next = o.review.next)]).collect()
}
