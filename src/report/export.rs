//! Everything that was sealed, as flat tables for other programs: week by week, what each snapshot says.

use super::table::{Cell, Table};
use crate::model::kpi::{Aim, Origin};
use crate::model::number::Finite;
use crate::model::record::{ActionState, DecisionState, IssueState, mean_rating};
use crate::model::snapshot::Snapshot;

/// The tables of a workspace. Add the weeks in their order, then take them.
#[derive(Debug, Clone)]
pub struct Export {
    tables: [Table; 9],
}

impl Default for Export {
    fn default() -> Self {
        Self {
            tables: [
                Table::new(
                    "weeks",
                    &[
                        "week",
                        "revision",
                        "started",
                        "sealed",
                        "facilitator",
                        "present",
                        "absent",
                        "minutes",
                        "planned_minutes",
                        "rating",
                        "kept",
                        "due",
                        "alignment",
                        "findings",
                    ],
                ),
                Table::new(
                    "readings",
                    &[
                        "week",
                        "kpi",
                        "name",
                        "unit",
                        "value",
                        "origin",
                        "target_lower",
                        "target_upper",
                        "computed",
                        "marked",
                        "note",
                    ],
                ),
                Table::new(
                    "goals",
                    &[
                        "week",
                        "goal",
                        "title",
                        "kind",
                        "parent",
                        "theme",
                        "owner",
                        "due",
                        "computed",
                        "marked",
                        "confidence",
                        "current",
                        "progress",
                        "note",
                    ],
                ),
                Table::new(
                    "decisions",
                    &[
                        "week",
                        "decision",
                        "title",
                        "choice",
                        "decided",
                        "method",
                        "deciders",
                        "context",
                        "serves",
                        "strains",
                        "prediction",
                        "percent",
                        "review_on",
                        "state",
                        "outcome",
                        "came_true",
                    ],
                ),
                Table::new(
                    "actions",
                    &["week", "action", "title", "owner", "due", "goal", "promised", "carried", "state", "reason"],
                ),
                Table::new("issues", &["week", "issue", "title", "detail", "by", "raised", "votes", "state", "answer"]),
                Table::new(
                    "messages",
                    &["week", "message", "text", "teller", "audience", "channel", "due", "agreed", "delivered"],
                ),
                Table::new(
                    "findings",
                    &["week", "key", "rule", "severity", "title", "evidence", "suggestion", "answer"],
                ),
                Table::new("said", &["week", "kind", "by", "text"]),
            ],
        }
    }
}

impl Export {
    /// Adds a week: the latest revision of what its review left. Check-ins give what was shared of them, never the pulse of one
    /// person, and nothing private is in a snapshot.
    pub fn add(&mut self, s: &Snapshot) {
        let [weeks, readings, goals, decisions, actions, issues, messages, findings, said] = &mut self.tables;
        self::weeks(weeks, s);
        self::readings(readings, s);
        self::goals(goals, s);
        self::decisions(decisions, s);
        self::actions(actions, s);
        self::issues(issues, s);
        self::messages(messages, s);
        self::findings(findings, s);
        self::said(said, s);
    }

    /// The tables.
    #[must_use]
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }
}

fn week(s: &Snapshot) -> Cell {
    Cell::text(s.week.to_string())
}

fn count(n: usize) -> Cell {
    Cell::number(i32::try_from(n).ok().map(Finite::from))
}

fn ids<T: ToString>(all: impl Iterator<Item = T>) -> Cell {
    Cell::text(all.map(|id| id.to_string()).collect::<Vec<_>>().join(" "))
}

fn weeks(table: &mut Table, s: &Snapshot) {
    let here = |yes: bool| ids(s.attendance.iter().filter(move |a| a.present == yes).map(|a| &a.member));
    let (kept, due) = s.kept();
    let planned: u32 = s.time.iter().map(|t| u32::from(t.planned_minutes)).sum();
    table.row([
        week(s),
        count(s.revision as usize),
        Cell::text(s.started.to_rfc3339()),
        Cell::text(s.sealed.to_rfc3339()),
        Cell::maybe(s.facilitator.as_ref()),
        here(true),
        here(false),
        count(s.used_seconds().div_ceil(60) as usize),
        count(planned as usize),
        Cell::number(mean_rating(&s.ratings)),
        count(kept),
        count(due),
        Cell::number(s.alignment.as_ref().and_then(|a| a.index)),
        count(s.findings.len()),
    ]);
}

fn readings(table: &mut Table, s: &Snapshot) {
    for k in &s.scorecard {
        let kpi = s.strategy.kpi(&k.kpi);
        let (lower, upper) = match k.aim {
            Aim::Nothing => (None, None),
            Aim::At(value) => (Some(value), Some(value)),
            Aim::Within(low, high) => (Some(low), Some(high)),
        };
        let origin = match k.origin {
            _ if k.reading.is_none() => "",
            Origin::Review => "review",
            Origin::CheckIn => "check_in",
            Origin::Import => "import",
            Origin::Feed => "feed",
        };
        table.row([
            week(s),
            Cell::text(k.kpi.as_str()),
            Cell::maybe(kpi.map(|k| &k.name)),
            Cell::maybe(kpi.map(|k| &k.unit)),
            Cell::number(k.reading),
            Cell::text(origin),
            Cell::number(lower),
            Cell::number(upper),
            Cell::text(k.computed.key()),
            Cell::maybe(k.marked.map(|m| m.key())),
            Cell::text(&k.note),
        ]);
    }
}

fn goals(table: &mut Table, s: &Snapshot) {
    for g in &s.goals {
        let goal = s.strategy.goal(&g.goal);
        table.row([
            week(s),
            Cell::text(g.goal.as_str()),
            Cell::maybe(goal.map(|g| &g.title)),
            Cell::maybe(goal.map(|g| g.kind.label())),
            Cell::maybe(goal.and_then(|g| g.parent.as_ref())),
            Cell::maybe(s.strategy.theme_of(&g.goal).map(|t| &t.id)),
            Cell::maybe(goal.and_then(|g| g.owner.as_ref())),
            Cell::maybe(goal.and_then(|g| g.due)),
            Cell::text(g.computed.key()),
            Cell::maybe(g.marked.map(|m| m.key())),
            Cell::number(g.confidence.map(|c| Finite::from(i32::from(c.get())))),
            Cell::number(g.current),
            Cell::number(g.progress),
            Cell::text(&g.note),
        ]);
    }
}

fn decisions(table: &mut Table, s: &Snapshot) {
    for d in &s.decisions {
        let (outcome, came_true) = match &d.state {
            DecisionState::Open => (Cell::None, None),
            DecisionState::Reviewed { outcome, came_true, .. } => (Cell::text(outcome), *came_true),
            DecisionState::Superseded { by, .. } => (Cell::text(by.as_str()), None),
        };
        table.row([
            week(s),
            Cell::text(d.id.as_str()),
            Cell::text(&d.title),
            Cell::text(&d.choice),
            Cell::text(d.decided.to_string()),
            Cell::text(d.method.label()),
            ids(d.deciders.iter()),
            Cell::text(&d.context),
            ids(d.serves.iter()),
            ids(d.strains.iter()),
            Cell::maybe(d.prediction.as_ref().map(|p| &p.claim)),
            Cell::number(d.prediction.as_ref().map(|p| Finite::from(i32::from(p.percent.get())))),
            Cell::maybe(d.review_on),
            Cell::text(d.state.label()),
            outcome,
            Cell::maybe(came_true.map(|yes| if yes { "yes" } else { "no" })),
        ]);
    }
}

fn actions(table: &mut Table, s: &Snapshot) {
    for a in &s.actions {
        let reason = match &a.state {
            ActionState::Dropped { reason, .. } => reason.as_str(),
            ActionState::Open | ActionState::Done { .. } => "",
        };
        table.row([
            week(s),
            Cell::text(a.id.as_str()),
            Cell::text(&a.title),
            Cell::text(a.owner.as_str()),
            Cell::text(a.due.to_string()),
            Cell::maybe(a.goal.as_ref()),
            Cell::text(a.promised.to_string()),
            count(a.carried as usize),
            Cell::text(a.state.label()),
            Cell::text(reason),
        ]);
    }
}

fn issues(table: &mut Table, s: &Snapshot) {
    for i in &s.issues {
        let answer = match &i.state {
            IssueState::Open => "",
            IssueState::Solved { answer, .. } => answer,
            IssueState::Dropped { reason, .. } => reason,
        };
        table.row([
            week(s),
            Cell::text(i.id.as_str()),
            Cell::text(&i.title),
            Cell::text(&i.detail),
            Cell::maybe(i.by.as_ref()),
            Cell::text(i.raised.to_string()),
            count(i.votes as usize),
            Cell::text(i.state.label()),
            Cell::text(answer),
        ]);
    }
}

fn messages(table: &mut Table, s: &Snapshot) {
    for m in &s.messages {
        table.row([
            week(s),
            Cell::text(m.id.as_str()),
            Cell::text(&m.text),
            Cell::text(m.teller.as_str()),
            Cell::text(&m.audience),
            Cell::text(&m.channel),
            Cell::text(m.due.to_string()),
            Cell::text(m.agreed.to_string()),
            Cell::maybe(m.delivered),
        ]);
    }
}

fn findings(table: &mut Table, s: &Snapshot) {
    for f in &s.findings {
        table.row([
            week(s),
            Cell::text(&f.finding.key),
            Cell::text(&f.finding.rule),
            Cell::text(f.finding.severity.label()),
            Cell::text(&f.finding.title),
            Cell::text(&f.finding.evidence),
            Cell::text(&f.finding.suggestion),
            Cell::maybe(f.answer.as_ref().map(crate::model::finding::Answer::label)),
        ]);
    }
}

/// What was said in words: headlines and notes of the review, blockers, ideas, thanks and notes of the check-ins.
fn said(table: &mut Table, s: &Snapshot) {
    let mut add = |kind: &str, by: Cell, text: &str| table.row([week(s), Cell::text(kind), by, Cell::text(text)]);
    s.headlines.iter().for_each(|h| add("headline", Cell::maybe(h.by.as_ref()), &h.text));
    s.notes.iter().for_each(|n| add("note", Cell::None, &n.text));
    for c in &s.check_ins {
        let by = || Cell::text(c.member.as_str());
        c.blockers.iter().for_each(|b| add("blocker", by(), b));
        c.ideas.iter().for_each(|i| add("idea", by(), i));
        c.thanks.iter().for_each(|t| add("thanks", by(), &format!("{}: {}", s.name_of(&t.to), t.text)));
        if !c.note.is_empty() {
            add("check-in note", by(), &c.note);
        }
    }
}
