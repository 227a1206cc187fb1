//! Changes in the order in which people ask for them: what was aimed at, what became of it, what was decided, who.

use super::Change;

/// What a change is about, in the order that a comparison tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Vision, mission, values, themes.
    NorthStar,
    /// Targets and baselines of KPIs and goals.
    Targets,
    /// Goals and KPIs that are new.
    Added,
    /// Goals and KPIs that are gone: reached, dropped, removed.
    Closed,
    /// Goals that serve another goal or theme than before.
    Moved,
    /// Goals and KPIs in other hands.
    Owners,
    /// Dates put off or drawn nearer.
    Dates,
    /// What goals and KPIs are called and how they are defined.
    Words,
    /// Statuses and confidence.
    Statuses,
    /// Readings.
    Readings,
    /// Cards of registers.
    Cards,
    /// Decisions taken and looked at again.
    Decisions,
    /// Action items.
    Actions,
    /// Issues.
    Issues,
    /// People who came, left, or do something else.
    People,
}

impl Group {
    /// The heading.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::NorthStar => say!("North star, values and themes"),
            Self::Targets => say!("Targets moved"),
            Self::Added => say!("Goals and KPIs added"),
            Self::Closed => say!("Goals and KPIs reached, dropped or removed"),
            Self::Moved => say!("Goals under another parent or theme"),
            Self::Owners => say!("In other hands"),
            Self::Dates => say!("Dates moved"),
            Self::Words => say!("Renamed or defined anew"),
            Self::Statuses => say!("Statuses and confidence"),
            Self::Readings => say!("Readings"),
            Self::Cards => say!("Cards of the registers"),
            Self::Decisions => say!("Decisions since"),
            Self::Actions => say!("Action items added, done and carried"),
            Self::Issues => say!("Issues"),
            Self::People => say!("People"),
        }
    }

    /// The group of a change.
    #[must_use]
    pub fn of(change: &Change) -> Self {
        match change.kind {
            "card" => Self::Cards,
            "decision" => Self::Decisions,
            "action" => Self::Actions,
            "issue" => Self::Issues,
            "person" => Self::People,
            "goal" | "kpi" => match change.field.as_str() {
                "target" | "baseline" => Self::Targets,
                "added" | "reopened" => Self::Added,
                "removed" | "done" | "dropped" => Self::Closed,
                "parent" | "theme" => Self::Moved,
                "owner" | "team" => Self::Owners,
                "due date" | "start" => Self::Dates,
                "status" | "confidence" => Self::Statuses,
                "reading" => Self::Readings,
                _ => Self::Words,
            },
            _ => Self::NorthStar,
        }
    }
}

/// The changes group by group; within each in the order they came.
#[must_use]
pub fn grouped(changes: &[Change]) -> Vec<(Group, Vec<&Change>)> {
    let mut sorted: Vec<(Group, &Change)> = changes.iter().map(|c| (Group::of(c), c)).collect();
    sorted.sort_by_key(|(group, _)| *group);
    sorted.chunk_by(|a, b| a.0 == b.0).map(|c| (c[0].0, c.iter().map(|(_, change)| *change).collect())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(kind: &'static str, id: &str, field: &str) -> Change {
        let (id, field) = (id.to_owned(), field.to_owned());
        Change { kind, name: id.clone(), id, field, from: String::new(), to: String::new() }
    }

    #[test]
    fn what_was_aimed_at_comes_before_what_became_of_it() {
        let changes = [
            change("kpi", "waste", "reading"),
            change("decision", "oven", "decided"),
            change("goal", "shop", "due date"),
            change("kpi", "waste", "target"),
            change("goal", "shop", "owner"),
            change("theme", "growth", "weight"),
            change("goal", "shop", "target"),
        ];
        let told: Vec<(Group, usize)> = grouped(&changes).into_iter().map(|(g, c)| (g, c.len())).collect();
        let expected = [
            (Group::NorthStar, 1),
            (Group::Targets, 2),
            (Group::Owners, 1),
            (Group::Dates, 1),
            (Group::Readings, 1),
            (Group::Decisions, 1),
        ];
        assert_eq!(told, expected);
    }
}
