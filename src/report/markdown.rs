//! The report as Markdown, for any git host, wiki or mail that shows it; plain text stays readable where none does.

use super::outline::{Kpi, Outline};
use super::words;
use crate::model::shown::shown;

/// Writes a report as Markdown (CommonMark with tables). Text of the workspace is escaped, so that it shows as it was typed
/// and neither formats, nor links anywhere by another name, nor becomes HTML.
#[must_use]
pub fn markdown(outline: &Outline) -> String {
    let mut page = Page::default();
    page.line(&format!("# {}", safe(&outline.title())));
    head(outline, &mut page);
    headlines(outline, &mut page);
    changes(outline, &mut page);
    scorecard(outline, &mut page);
    goals(outline, &mut page);
    map(outline, &mut page);
    decisions(outline, &mut page);
    actions(outline, &mut page);
    issues(outline, &mut page);
    messages(outline, &mut page);
    findings(outline, &mut page);
    alignment(outline, &mut page);
    north_star(outline, &mut page);
    notes(outline, &mut page);
    page.finish()
}

/// A document in the making.
#[derive(Default)]
pub(super) struct Page(String);

impl Page {
    /// What was written.
    pub(super) fn finish(self) -> String {
        self.0
    }

    pub(super) fn line(&mut self, text: &str) {
        self.0.push_str(text);
        self.0.push('\n');
    }

    pub(super) fn heading(&mut self, text: &str) {
        self.line(&format!("\n## {}\n", safe(text)));
    }

    /// A line of a list, of text that is safe already.
    pub(super) fn item(&mut self, text: &str) {
        self.line(&format!("- {text}"));
    }

    /// A label and a text. Either may be the workspace's.
    pub(super) fn field(&mut self, label: &str, text: &str) {
        if !text.is_empty() {
            self.item(&format!("**{}:** {}", safe(label), safe(text)));
        }
    }

    pub(super) fn table<const N: usize>(&mut self, heads: [&str; N], rows: impl Iterator<Item = [String; N]>) {
        self.line(&format!("| {} |", heads.join(" | ")));
        self.line(&format!("|{}", " --- |".repeat(N)));
        for row in rows {
            self.line(&format!("| {} |", row.map(|cell| safe(&cell)).join(" | ")));
        }
    }
}

/// A text as one line of Markdown that shows it as it is.
pub(super) fn safe(text: &str) -> String {
    let line = shown(text);
    let mut out = String::with_capacity(line.len() + 8);
    let mut before = ' ';
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek().copied();
        let in_word = before.is_alphanumeric() && next.is_some_and(char::is_alphanumeric);
        // What only means something at the beginning of a line, before a blank or another of its kind.
        let leads = next.is_none_or(|n| n == ' ' || n == c);
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '[' | ']' | '|' | '~' | '$' => out.extend(['\\', c]),
            '_' if !in_word => out.push_str("\\_"),
            '#' | '+' | '-' | '=' if out.is_empty() && leads => out.extend(['\\', c]),
            '.' | ')' if leads && !out.is_empty() && out.chars().all(|d| d.is_ascii_digit()) => out.extend(['\\', c]),
            // A mention would call somebody on a git host.
            '@' if !before.is_alphanumeric() => out.push_str("&#64;"),
            _ => out.push(c),
        }
        before = c;
    }
    out
}

fn head(o: &Outline, page: &mut Page) {
    page.line("");
    if let Some(correction) = &o.correction {
        let by = correction.by.as_ref().map(|p| say!(" by {name}", name = p.name)).unwrap_or_default();
        page.field(
            say!("Revision"),
            &say!(
                "{revision}, corrects {corrected}{by}: {why}",
                revision = o.revision,
                corrected = correction.revision,
                by,
                why = correction.why
            ),
        );
    }
    page.field(say!("Held"), &format!("{}, {}", o.review.started.format("%Y-%m-%d %H:%M"), words::minutes(o)));
    page.field(say!("Led by"), o.review.led_by.as_ref().map_or("", |p| &p.name));
    page.field(say!("Here"), &words::names(&o.review.present));
    if !o.review.absent.is_empty() {
        page.field(say!("Away"), &words::names(&o.review.absent));
    }
    page.field(say!("Rating"), &words::rating(o).unwrap_or_default());
    page.field(say!("Why the rating is low"), &o.review.why_low);
    page.field(say!("Promised and due"), &words::kept(o).unwrap_or_default());
    page.field(say!("Alignment"), &words::index(o).unwrap_or_default());
    page.field(say!("Next review"), &o.review.next.to_string());
}

fn headlines(o: &Outline, page: &mut Page) {
    if o.headlines.is_empty() {
        return;
    }
    page.heading(say!("Headlines"));
    for headline in &o.headlines {
        let by = headline.by.as_ref().map(|p| format!(" ({})", p.name)).unwrap_or_default();
        page.item(&safe(&format!("{}{by}", headline.text)));
    }
}

fn changes(o: &Outline, page: &mut Page) {
    let Some(changes) = &o.changes else { return };
    page.heading(&say!("What changed since {since}", since = changes.since));
    if changes.groups.is_empty() {
        page.line(say!("The strategy and its statuses stand as they stood."));
    }
    for group in &changes.groups {
        page.line(&format!("**{}**\n", safe(group.about)));
        for change in &group.changes {
            page.item(&safe(&words::change(change)));
        }
        page.line("");
    }
}

fn scorecard(o: &Outline, page: &mut Page) {
    if o.scorecard.is_empty() {
        return;
    }
    page.heading(say!("Scorecard"));
    page.table(
        [say!("Status"), say!("KPI"), say!("Value"), say!("Change"), say!("Target"), say!("Why it was looked at")],
        o.scorecard.iter().map(|k| {
            [
                words::status(k.status, k.computed),
                k.name.clone(),
                k.shown.clone(),
                k.change_shown.clone().unwrap_or_else(|| "–".to_owned()),
                k.target.shown.clone().unwrap_or_else(|| "–".to_owned()),
                k.exception.clone().unwrap_or_default(),
            ]
        }),
    );
    for kpi in o.scorecard.iter().filter(|k| k.exception.is_some()) {
        told(kpi, page);
    }
}

/// What the numbers of an exception say.
fn told(kpi: &Kpi, page: &mut Page) {
    page.line(&format!("\n**{}**\n", safe(&kpi.name)));
    page.field(say!("Note"), &kpi.note);
    page.field(say!("Signal"), &kpi.signal);
    page.field(say!("Routine"), &kpi.limits);
    page.field(say!("Target"), &kpi.capability);
    page.field(say!("Outlook"), &kpi.forecast);
}

fn goals(o: &Outline, page: &mut Page) {
    if o.goals.is_empty() {
        return;
    }
    page.heading(say!("Goals"));
    page.table(
        [say!("Status"), say!("Goal"), say!("Now"), say!("Confidence"), say!("Due"), say!("Owner")],
        o.goals.iter().map(|g| {
            let note = if g.note.is_empty() { String::new() } else { format!(" ({})", g.note) };
            [
                words::status(g.status, g.computed),
                format!("{}{}{note}", "— ".repeat(g.depth), g.title),
                words::stands(g),
                g.confidence.map_or_else(|| "–".to_owned(), |c| say!("{c} of 10", c)),
                g.due.map_or_else(|| "–".to_owned(), |d| d.to_string()),
                words::owner(g.owner.as_ref()).to_owned(),
            ]
        }),
    );
}

fn map(o: &Outline, page: &mut Page) {
    let Some(map) = &o.map else { return };
    page.heading(say!("Strategy map"));
    for row in &map.rows {
        for goal in &row.goals {
            let effects: Vec<&str> = map.effects(&goal.id).map(|g| g.title.as_str()).collect();
            let leads = if effects.is_empty() {
                String::new()
            } else {
                say!(" leads to {effects}", effects = effects.join(" · "))
            };
            page.item(&format!("{}: **{}**{}", safe(&row.perspective), safe(&goal.title), safe(&leads)));
        }
    }
}

fn decisions(o: &Outline, page: &mut Page) {
    if o.decisions.is_empty() {
        return;
    }
    page.heading(say!("Decisions"));
    for decision in &o.decisions {
        page.line(&format!("**{}** ({})\n", safe(&decision.title), words::event(decision)));
        for (label, text) in words::decision(decision) {
            page.field(label, &text);
        }
        page.line("");
    }
}

fn actions(o: &Outline, page: &mut Page) {
    if o.actions.is_empty() {
        return;
    }
    page.heading(say!("Action items"));
    page.table(
        [say!("State"), say!("What"), say!("Who"), say!("Due")],
        o.actions.iter().map(|a| [words::became(a), a.title.clone(), a.owner.name.clone(), a.due.to_string()]),
    );
}

fn issues(o: &Outline, page: &mut Page) {
    if o.issues.is_empty() {
        return;
    }
    page.heading(say!("Issues"));
    for issue in &o.issues {
        page.item(&format!("**{}:** {}", safe(issue.state.label()), safe(&words::issue(issue))));
    }
}

fn messages(o: &Outline, page: &mut Page) {
    if o.messages.is_empty() {
        return;
    }
    page.heading(say!("Messages"));
    for message in &o.messages {
        page.item(&format!("{} ({})", safe(&message.text), safe(&words::telling(message))));
    }
}

fn findings(o: &Outline, page: &mut Page) {
    if o.findings.is_empty() {
        return;
    }
    page.heading(say!("Findings"));
    for finding in &o.findings {
        let answer = finding.answer.as_deref().unwrap_or(say!("not answered"));
        page.item(&format!("**{}:** {} ({})", finding.severity, safe(&finding.title), safe(answer)));
        page.line(&format!("  {}", safe(&finding.evidence)));
    }
}

fn alignment(o: &Outline, page: &mut Page) {
    let Some(alignment) = &o.alignment else { return };
    page.heading(say!("Alignment"));
    page.table(
        [say!("Dimension"), say!("Of 100")],
        alignment
            .dimensions
            .iter()
            .map(|d| [d.name.clone(), d.score.map_or_else(|| say!("unknown").to_owned(), |s| s.fixed(0))]),
    );
    page.line("");
    for low in &alignment.lowest {
        page.item(&safe(&words::lowering(low)));
    }
}

fn north_star(o: &Outline, page: &mut Page) {
    page.heading(say!("North star"));
    page.field(say!("Vision"), &o.north_star.vision);
    page.field(say!("Mission"), &o.north_star.mission);
    page.field(say!("Values"), &words::list(o.north_star.values.iter().map(|v| v.name.as_str())));
    for theme in &o.north_star.themes {
        let share = theme.percent.map(|p| format!(" ({} %)", p.fixed(0))).unwrap_or_default();
        page.field(say!("Theme"), &format!("{}{share}", theme.name));
    }
}

fn notes(o: &Outline, page: &mut Page) {
    if o.notes.is_empty() {
        return;
    }
    page.heading(say!("Notes"));
    o.notes.iter().for_each(|note| page.item(&safe(note)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_shows_as_it_is_and_formats_nothing() {
        for (typed, written) in [
            ("plain words, 12 % (7 of 9)", "plain words, 12 % (7 of 9)"),
            ("*a* _b_ `c` snake_case", "\\*a\\* \\_b\\_ \\`c\\` snake_case"),
            ("[x](javascript:alert(1))", "\\[x\\](javascript:alert(1))"),
            ("<script>&", "&lt;script&gt;&amp;"),
            ("a|b", "a\\|b"),
            ("# no heading", "\\# no heading"),
            ("12. no list", "12\\. no list"),
            ("- no list", "\\- no list"),
            ("--- no line", "\\--- no line"),
            ("61.8 %, -3 and +0.2", "61.8 %, -3 and +0.2"),
            ("two\nlines", "two / lines"),
            ("ask @all or a@b.c", "ask &#64;all or a@b.c"),
        ] {
            assert_eq!(safe(typed), written);
        }
    }
}
