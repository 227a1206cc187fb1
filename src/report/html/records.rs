//! The parts of the page about what was agreed: decisions, action items, issues, messages, findings.

use super::writer::Html;
use super::{cell, columns, term};
use crate::report::outline::{Decision, Outline, State};
use crate::report::words;

pub(super) fn decisions(h: &mut Html, o: &Outline) {
    o.decisions.iter().for_each(|d| decision(h, d));
}

fn decision(h: &mut Html, decision: &Decision) {
    h.newline();
    h.el("article", &[("class", "entry")], |h| {
        h.p("h3", "", &decision.title);
        h.p("span", "small", &words::event(decision));
        h.el("dl", &[], |h| {
            words::decision(decision).iter().for_each(|(label, text)| term(h, label, text));
        });
    });
}

pub(super) fn actions(h: &mut Html, o: &Outline) {
    h.el("div", &[("class", "scroll")], |h| {
        h.el("table", &[("class", "stack")], |h| {
            h.p("caption", "", say!("What was done since the last review comes first, then what is to do, by date."));
            columns(h, &[("", say!("What")), ("", say!("Who")), ("", say!("Due")), ("", say!("State"))]);
            h.el("tbody", &[], |h| {
                for action in &o.actions {
                    h.el("tr", &[], |h| {
                        h.el("th", &[("scope", "row")], |h| {
                            h.text(&action.title);
                            if let Some(goal) = &action.goal {
                                h.empty("br", &[]);
                                h.p("span", "small", &say!("for: {goal}", goal));
                            }
                        });
                        cell(h, "", "", &action.owner.name);
                        cell(h, "d", say!("due"), &action.due.to_string());
                        let sign = match action.state {
                            State::Done => "✓",
                            State::Dropped => "✗",
                            State::Open | State::Solved => "○",
                        };
                        cell(h, "", "", &format!("{sign} {}", words::became(action)));
                    });
                }
            });
        });
    });
}

pub(super) fn issues(h: &mut Html, o: &Outline) {
    h.el("ul", &[("class", "list")], |h| {
        for issue in &o.issues {
            h.el("li", &[], |h| {
                h.p("b", "", issue.state.label());
                h.text(&format!(": {}", words::issue(issue)));
                if !issue.detail.is_empty() && issue.state == State::Open {
                    h.empty("br", &[]);
                    h.el("span", &[("class", "small")], |h| h.prose(&issue.detail));
                }
            });
        }
    });
}

pub(super) fn messages(h: &mut Html, o: &Outline) {
    h.el("ul", &[("class", "list")], |h| {
        for message in &o.messages {
            h.el("li", &[], |h| {
                h.prose(&message.text);
                h.empty("br", &[]);
                h.p("span", "small", &words::telling(message));
            });
        }
    });
}

pub(super) fn alignment(h: &mut Html, o: &Outline) {
    if let Some(index) = words::index(o) {
        h.p("p", "", &say!("The index stands at {index}.", index));
    }
    h.el("div", &[("class", "cols")], |h| {
        if let Some(alignment) = &o.alignment {
            h.el("div", &[], |h| {
                h.el("table", &[], |h| {
                    h.p("caption", "", say!("The dimensions, each of 100."));
                    columns(h, &[("", say!("Dimension")), ("n", say!("Score"))]);
                    h.el("tbody", &[], |h| {
                        for dimension in &alignment.dimensions {
                            h.el("tr", &[], |h| {
                                h.el("th", &[("scope", "row")], |h| h.text(&dimension.name));
                                let score = dimension.score.map_or_else(|| say!("unknown").to_owned(), |s| s.fixed(0));
                                h.p("td", "n", &score);
                            });
                        }
                    });
                });
            });
        }
        h.el("div", &[], |h| {
            let lowest = o.alignment.iter().flat_map(|a| &a.lowest);
            let lowest: Vec<String> = lowest.map(words::lowering).collect();
            if !lowest.is_empty() {
                h.p("h3", "", say!("What lowers it most"));
                h.el("ul", &[("class", "list")], |h| lowest.iter().for_each(|low| h.p("li", "", low)));
            }
        });
    });
    findings(h, o);
}

fn findings(h: &mut Html, o: &Outline) {
    if o.findings.is_empty() {
        return;
    }
    h.p("h3", "group", say!("What did not fit together"));
    h.el("ul", &[("class", "list")], |h| {
        for finding in &o.findings {
            h.el("li", &[], |h| {
                h.p("b", "", finding.severity);
                h.text(&format!(": {} ", finding.title));
                h.p("span", "small", &format!("({})", finding.answer.as_deref().unwrap_or(say!("not answered"))));
                h.empty("br", &[]);
                h.p("span", "small", &finding.evidence);
            });
        }
    });
}

pub(super) fn notes(h: &mut Html, o: &Outline) {
    h.el("ul", &[("class", "list")], |h| {
        o.notes.iter().for_each(|note| h.el("li", &[], |h| h.prose(note)));
    });
}
