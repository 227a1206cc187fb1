//! The dates of a week as a calendar file (iCalendar, RFC 5545): what is due, what is to be looked at again, the next review.

use chrono::{Days, NaiveDate, Utc};

use super::outline::{Event, Outline};
use crate::model::shown::{shown, shown_lines};

/// How many octets a line may have before it goes on in the next.
const LINE: usize = 75;

/// Writes the open action items, messages to tell, decisions to look at again and the next review as events of whole days.
///
/// Events and not tasks, as most calendars pass over tasks. The ids stay the same from week to week, and a later week's file has
/// a higher sequence, so that taking in the next one moves what was moved and doubles nothing. Whole days, as the workspace keeps
/// days: they end the day after, as the format asks.
#[must_use]
pub fn calendar(outline: &Outline) -> String {
    let mut file = File { out: String::new(), outline };
    file.line("BEGIN:VCALENDAR");
    file.line("VERSION:2.0");
    file.line("PRODID:-//truenorth//report//EN");
    file.line("CALSCALE:GREGORIAN");
    file.line("METHOD:PUBLISH");
    file.text("X-WR-CALNAME", &outline.name);
    for action in outline.to_do() {
        let goal = action.goal.as_ref().map(|g| say!("\nFor: {g}", g)).unwrap_or_default();
        let about =
            say!("{name}, promised in {promised}{goal}", name = action.owner.name, promised = action.promised, goal);
        file.day(
            &format!("action-{}", action.id),
            action.due,
            &format!("{}: {}", action.owner.name, action.title),
            &about,
        );
    }
    for message in outline.messages.iter().filter(|m| m.delivered.is_none()) {
        let what = say!("{name} tells {audience}", name = message.teller.name, audience = message.audience);
        file.day(&format!("message-{}", message.id), message.due, &what, &message.text);
    }
    for decision in outline.decisions.iter().filter(|d| d.event != Event::Settled) {
        let Some(day) = decision.review_on else { continue };
        let what = say!("Look again: {title}", title = decision.title);
        file.day(&format!("decision-{}", decision.id), day, &what, &decision.choice);
    }
    if outline.mine.is_none() {
        let week = outline.week.next();
        let time = outline.review.started.format("%H:%M");
        let about = say!("The review of {week}. The last one began at {time}.", week, time);
        file.day(
            &format!("review-{week}"),
            outline.review.next,
            &say!("Weekly review: {name}", name = outline.name),
            &about,
        );
    }
    file.line("END:VCALENDAR");
    file.out
}

struct File<'a> {
    out: String,
    outline: &'a Outline,
}

impl File<'_> {
    /// An event of a whole day.
    fn day(&mut self, id: &str, day: NaiveDate, what: &str, about: &str) {
        let sealed = self.outline.review.sealed.with_timezone(&Utc);
        let (from, until) = (day.format("%Y%m%d"), day.checked_add_days(Days::new(1)).unwrap_or(day).format("%Y%m%d"));
        self.line("BEGIN:VEVENT");
        self.line(&format!("UID:{}-{id}@truenorth", self.outline.workspace));
        self.line(&format!("DTSTAMP:{}", sealed.format("%Y%m%dT%H%M%SZ")));
        // A whole number that only grows: the minutes since 1970.
        self.line(&format!("SEQUENCE:{}", (sealed.timestamp() / 60).max(0)));
        self.line(&format!("DTSTART;VALUE=DATE:{from}"));
        self.line(&format!("DTEND;VALUE=DATE:{until}"));
        self.text("SUMMARY", &shown(what));
        self.text("DESCRIPTION", about);
        // A date to remember keeps nobody from being free.
        self.line("TRANSP:TRANSPARENT");
        self.line("END:VEVENT");
    }

    /// A property whose value is a text.
    fn text(&mut self, name: &str, value: &str) {
        let mut line = format!("{name}:");
        for c in shown_lines(value).chars() {
            match c {
                '\\' | ';' | ',' => line.extend(['\\', c]),
                '\n' => line.push_str("\\n"),
                c => line.push(c),
            }
        }
        self.line(&line);
    }

    /// A line, folded where it is longer than the format allows: never inside a character.
    fn line(&mut self, text: &str) {
        let mut used = 0;
        for c in text.chars() {
            if used + c.len_utf8() > LINE {
                self.out.push_str("\r\n ");
                used = 1;
            }
            self.out.push(c);
            used += c.len_utf8();
        }
        self.out.push_str("\r\n");
    }
}
