//! Something to read: why a row has its status, what is wrong with the files, the keys of a place.

use crate::app::App;
use crate::app::intent::Move;
use crate::app::keymap::Scope;
use crate::app::message::Effect;
use crate::app::screens::alignment;
use crate::insight::diff::Change;
use crate::insight::quarter::Compared;
use crate::insight::{findings, goals, smart, status};
use crate::model::id::{GoalId, KpiId};
use crate::model::kpi::Origin;
use crate::model::record::Subject;
use crate::model::tongue::word;

/// Something to read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The title.
    pub title: String,
    /// What is shown.
    pub body: Body,
    /// The first line shown.
    pub scroll: usize,
}

/// What is shown.
#[derive(Debug, Clone)]
pub enum Body {
    /// Paragraphs, wrapped to the width; those that begin with `# ` are headings.
    Text(Vec<String>),
    /// The keys of these scopes, read from the one table.
    Keys(Vec<Scope>),
    /// The problems found in the files, each with its place.
    Problems,
    /// What changed between two weeks.
    Changes(Vec<Change>),
    /// Two quarters side by side.
    Quarters(Vec<Compared>),
}

impl Reading {
    /// A text to read.
    pub fn text(title: impl Into<String>, paragraphs: Vec<String>) -> Self {
        Self { title: title.into(), body: Body::Text(paragraphs), scroll: 0 }
    }

    /// Scrolls. The end is found when drawing: scrolling past it shows the last page.
    pub fn go(&mut self, to: Move) -> Vec<Effect> {
        self.scroll = to.scrolled(self.scroll);
        Vec::new()
    }
}

/// Why the thing under the cursor stands as it does: rule, inputs, line of sight.
#[must_use]
pub fn why(app: &App) -> Option<Reading> {
    if let Some(figure) = alignment::read(app) {
        return Some(figure);
    }
    let subject = app.subject()?;
    let lines = match &subject {
        Subject::Kpi(id) => why_kpi(app, id),
        Subject::Goal(id) => why_goal(app, id),
        Subject::Finding(key) => why_finding(app, key),
        Subject::Action(_) | Subject::Decision(_) | Subject::Blocker(_) => return None,
    };
    Some(Reading::text(say!("Why: {subject_name}", subject_name = app.subject_name(&subject)), lines))
}

fn why_kpi(app: &App, id: &KpiId) -> Vec<String> {
    let basis = app.basis();
    let Some((kpi, now)) = basis.strategy.kpi(id).zip(app.derived.kpi(id)) else { return Vec::new() };
    let mut lines = vec![say!("# The rule").to_owned()];
    lines.push(status::why(kpi, app.shown_week(), now.reading, &basis.config.thresholds));
    if let Some(mark) = now.marked.filter(|m| *m != now.computed) {
        let because = if now.note.is_empty() { String::new() } else { format!(": {}", now.note) };
        lines.push(say!(
            "The team marked it {mark}, the rule says {computed}{because}.",
            computed = now.computed,
            mark,
            because
        ));
    }
    if matches!(now.origin, Origin::Feed | Origin::Import) && !now.note.is_empty() {
        lines.extend([say!("# Where the number came from").to_owned(), now.note.clone()]);
    }
    if !kpi.definition.is_empty() {
        lines.extend([say!("# What is measured").to_owned(), kpi.definition.clone()]);
    }
    if let Some(chart) = app.analyses.chart(id) {
        lines.extend([say!("# The process").to_owned(), chart.words(app.shown_week())]);
        lines.extend(chart.current().map(|phase| phase.why(kpi)));
        lines.push(chart.capability_words(kpi));
    }
    if let Some(target) = kpi.target_in(app.shown_week()) {
        let why = if target.why.is_empty() { String::new() } else { format!(": {}", target.why) };
        lines.extend([say!("# The target").to_owned(), say!("In force since {from}{why}.", from = target.from, why)]);
    }
    lines.push(say!("# What it serves").to_owned());
    let serving: Vec<String> = basis.strategy.goals_of(id).map(|g| line_of_sight(app, &g.id)).collect();
    lines.extend(if serving.is_empty() { vec![say!("No goal names it.").to_owned()] } else { serving });
    lines
}

fn why_goal(app: &App, id: &GoalId) -> Vec<String> {
    let basis = app.basis();
    let Some(goal) = basis.strategy.goal(id) else { return Vec::new() };
    let mut lines = vec![say!("# The rule").to_owned()];
    lines.push(goals::why(&basis.strategy, goal, |id| app.derived.goal(id), app.today));
    lines.extend([say!("# Line of sight").to_owned(), line_of_sight(app, id)]);
    lines.push(say!("# SMART").to_owned());
    lines.extend(smart::checks(goal, &app.derived.facts(app)).into_iter().map(|c| {
        let verdict = match c.verdict {
            smart::Verdict::Yes => say!("yes"),
            smart::Verdict::No => say!("no"),
            smart::Verdict::Unknown => say!("not known"),
        };
        format!("{}: {verdict}. {}", c.criterion.label(), c.reason)
    }));
    if !goal.note.is_empty() {
        lines.extend([say!("# Note").to_owned(), goal.note.clone()]);
    }
    lines
}

fn why_finding(app: &App, key: &str) -> Vec<String> {
    let Some(finding) = app.derived.findings.iter().find(|f| f.key == key) else { return Vec::new() };
    let mut lines = vec![say!("# Evidence").to_owned(), finding.evidence.clone()];
    if let Some(rule) = findings::rule(&finding.rule) {
        lines.extend([say!("# Why it matters").to_owned(), word(rule.why).to_owned()]);
    }
    lines.extend([say!("# What one could do").to_owned(), finding.suggestion.clone()]);
    lines.push(say!("Rule: {rule}", rule = finding.rule));
    lines
}

/// A goal's line up to the vision, in words.
#[must_use]
pub fn line_of_sight(app: &App, id: &GoalId) -> String {
    let strategy = &app.basis().strategy;
    let mut parts: Vec<&str> = strategy.line_of_sight(id).iter().map(|g| g.title.as_str()).collect();
    if let Some(theme) = strategy.theme_of(id) {
        parts.push(&theme.name);
    }
    parts.push(if strategy.north_star.vision.is_empty() {
        say!("(no vision yet)")
    } else {
        &strategy.north_star.vision
    });
    parts.join(" > ")
}
