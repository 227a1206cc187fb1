//! Finding what was meant: by exact id or name first, then by a beginning that fits only one, else the near ones are named.

use super::failure::Failure;

/// How many near ones are named.
const NEAR: usize = 5;
/// From which Jaro-Winkler similarity on two names are near: a swapped or forgotten letter stays well above.
const ALIKE: f64 = 0.7;

/// Something with an id and a name.
pub(super) trait Pickable {
    /// Its id.
    fn id(&self) -> &str;
    /// Its name or title.
    fn name(&self) -> &str;
}

macro_rules! pickable {
    ($($type:path, $name:ident;)*) => {$(
        impl Pickable for $type {
            fn id(&self) -> &str { self.id.as_str() }
            fn name(&self) -> &str { &self.$name }
        }
    )*};
}

pickable! {
    crate::model::people::Member, name;
    crate::model::kpi::Kpi, name;
    crate::model::goal::Goal, title;
    crate::model::record::Decision, title;
    crate::model::record::Action, title;
    crate::model::record::Issue, title;
    crate::model::record::Message, text;
    crate::model::register::Card, title;
}

impl Pickable for crate::model::feed::Feed {
    fn id(&self) -> &str {
        self.id.as_str()
    }
    /// A feed is called as its KPI is.
    fn name(&self) -> &str {
        self.kpi.as_str()
    }
}

/// The one of `all` that `typed` stands for. `kind` names them in the error: `KPI`.
pub(super) fn pick<'a, T: Pickable>(
    kind: &str,
    typed: &str,
    all: impl IntoIterator<Item = &'a T>,
) -> Result<&'a T, Failure> {
    let all: Vec<&T> = all.into_iter().collect();
    if let Some(exact) = all.iter().find(|t| t.id() == typed).or_else(|| all.iter().find(|t| t.name() == typed)) {
        return Ok(exact);
    }
    let wanted = typed.trim().to_lowercase();
    let fits = |test: fn(&str, &str) -> bool| -> Vec<&'a T> {
        let fit = |t: &&&T| test(&t.id().to_lowercase(), &wanted) || test(&t.name().to_lowercase(), &wanted);
        all.iter().filter(fit).copied().collect()
    };
    let same = fits(|text, wanted| text == wanted);
    let begins = if wanted.is_empty() { Vec::new() } else { fits(|text, wanted| text.starts_with(wanted)) };
    match (same.as_slice(), begins.as_slice()) {
        ([one], _) | ([], [one]) => Ok(one),
        ([], []) => {
            let what = say!("no {kind} `{typed}`. Neither an id nor a name begins like that", kind, typed);
            Err(Failure::new(what, suggestion(kind, &all, &wanted)))
        }
        ([], several) | (several, _) => Err(Failure::new(
            say!("`{typed}` fits {several} of the {kind}s. It must fit one", typed, several = several.len(), kind),
            say!("write more of it: {several}", several = names(&several[..several.len().min(NEAR)])),
        )),
    }
}

/// What one might have meant, or what there is.
fn suggestion<T: Pickable>(kind: &str, all: &[&T], wanted: &str) -> String {
    let near = near(all, wanted);
    if all.is_empty() {
        say!("there is no {kind} yet", kind)
    } else if near.is_empty() {
        say!(
            "nothing is near it; among the {all} there are: {names}",
            all = all.len(),
            names = names(&all[..all.len().min(NEAR)])
        )
    } else {
        say!("near ones: {near}", near = names(&near))
    }
}

/// The most similar ones, by id or name, the nearest first.
fn near<'a, T: Pickable>(all: &[&'a T], wanted: &str) -> Vec<&'a T> {
    let likeness = |t: &&T| {
        let (id, name) = (t.id().to_lowercase(), t.name().to_lowercase());
        let inside = !wanted.is_empty() && (id.contains(wanted) || name.contains(wanted));
        let alike = strsim::jaro_winkler(&id, wanted).max(strsim::jaro_winkler(&name, wanted));
        if inside { 1.0 + alike } else { alike }
    };
    let mut ranked: Vec<(f64, &T)> = all.iter().map(|t| (likeness(t), *t)).filter(|(l, _)| *l >= ALIKE).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    ranked.into_iter().take(NEAR).map(|(_, t)| t).collect()
}

fn names<T: Pickable>(all: &[&T]) -> String {
    all.iter().map(|t| format!("{} ({})", t.id(), t.name())).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::people::Member;

    fn people() -> Vec<Member> {
        [("maya", "Maya Okafor"), ("may", "May Lind"), ("ben", "Ben Ode"), ("benno", "Benno Roth")]
            .map(|(id, name)| Member::new(id.parse().unwrap(), name))
            .to_vec()
    }

    #[test]
    fn an_exact_match_wins_over_longer_ones_and_a_beginning_must_be_unique() {
        let people = people();
        let picked = |typed: &str| pick("member", typed, &people).map(|m| m.id.as_str());
        for (typed, id) in [
            ("may", "may"),
            ("maya", "maya"),
            ("MAYA O", "maya"),
            ("Ben Ode", "ben"),
            ("BEN", "ben"),
            ("benn", "benno"),
        ] {
            assert_eq!(picked(typed).unwrap(), id, "{typed}");
        }
        for typed in ["ma", "be", "", " ", "x"] {
            assert!(picked(typed).is_err(), "{typed:?}");
        }
    }

    #[test]
    fn a_miss_names_the_near_ones_first() {
        let people = people();
        let missed = format!("{:?}", pick("member", "bneno", &people).map(|m| &m.id).unwrap_err());
        assert!(missed.contains("near ones: benno"), "{missed}");
    }
}
