//! `truenorth findings`: misalignments with their evidence, why they matter and what one could do.

use serde::Serialize;

use crate::insight::findings;
use crate::model::finding::Finding;
use crate::model::record::Subject;
use crate::model::workspace::Part;

use super::args::Json;
use super::context::Context;
use super::failure::{Answer, Failure};
use super::now::Now;
use super::output::{json, message};
use crate::model::tongue::word;

/// A finding as programs see it.
#[derive(Serialize)]
struct View<'a> {
    key: &'a str,
    rule: &'a str,
    severity: &'static str,
    subject: Option<&'a Subject>,
    title: &'a str,
    evidence: &'a str,
    why: &'static str,
    suggestion: &'a str,
}

/// An answer without one of these would be made up.
pub(super) const NEEDED: [Part; 4] = [Part::NorthStar, Part::Goals, Part::Kpis, Part::Latest];

pub(super) fn run(context: &Context, args: Json) -> Result<Answer, Failure> {
    let workspace = context.open(&NEEDED)?;
    let found = Now::of(context, &workspace)?.findings(&workspace);
    if args.json {
        return Ok(Answer::fine(json(&found.iter().map(view).collect::<Vec<_>>())?));
    }
    if found.is_empty() {
        message(say!("No misalignment found"));
    }
    let mut page = context.page();
    for finding in &found {
        page.heading(&format!("{}: {}", finding.severity.label(), finding.title));
        page.field(say!("Evidence"), &finding.evidence);
        page.field(say!("Why"), why(finding));
        page.field(say!("One could"), &finding.suggestion);
        page.field(say!("Rule"), &finding.key);
    }
    Ok(Answer::fine(page.text()))
}

fn why(finding: &Finding) -> &'static str {
    findings::rule(&finding.rule).map_or("", |rule| word(rule.why))
}

fn view(finding: &Finding) -> View<'_> {
    View {
        key: &finding.key,
        rule: &finding.rule,
        severity: finding.severity.label(),
        subject: finding.subject.as_ref(),
        title: &finding.title,
        evidence: &finding.evidence,
        why: why(finding),
        suggestion: &finding.suggestion,
    }
}
