//! Two versions that grew out of one: what each changed since, what of it clashes, and the one version that settles it.
//!
//! Records are matched by their ids and looked at field by field, so that two people who changed different things are both
//! heard without being asked. Only a field, or a record, that both changed to something else is a [`Clash`](By::Both).

mod tree;
mod words;

use std::path::PathBuf;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use self::tree::Walk;

/// Who changed something since the version that both grew out of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum By {
    /// I did.
    Mine,
    /// They did.
    Theirs,
    /// Both did, each to something else: somebody has to answer.
    Both,
}

/// Something that is not the same in the two versions, in words for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The file it is in, by its path in the workspace.
    pub file: &'static str,
    /// The record it is in: `goal “Halve order errors”`; `north star` where there is none.
    pub record: String,
    /// The field; empty where the whole record was added or removed.
    pub field: String,
    /// Who changed it.
    pub by: By,
    /// What it was; empty when there was nothing, or when nobody knows.
    pub base: String,
    /// What I have; empty when nothing.
    pub mine: String,
    /// What they have; empty when nothing.
    pub theirs: String,
    /// What keeping both would say; `None` where only one can stand.
    pub both: Option<String>,
}

/// Where two versions of the strategy met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Met {
    /// In the files: they were changed outside while a change was made here.
    Outside,
    /// In a file in which git left its marks, as it could not merge it, by its path in the workspace.
    Marked(&'static str),
    /// In a copy that a sync program or a file manager left, by its path in the workspace. It is only read.
    Copy(PathBuf),
    /// In what was shared: others sent what clashes with what is here, and neither side's files were touched.
    Shared,
}

/// The answer to a clash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Answer {
    /// What I have.
    Mine,
    /// What they have.
    Theirs,
    /// Both: a record stays, two texts stand one behind the other.
    Both,
}

/// Why a settled version cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsettled {
    /// The clash with this number, from 0, has no answer, or one that it cannot have.
    #[error("{}", say!("clash {typed} is not answered yet", typed = .0))]
    Open(usize),
    /// What came out of it is no valid version.
    #[error("{}", say!("the settled version would not be valid: {typed}", typed = .0))]
    Misfit(String),
}

/// Two versions held against each other, and against what both grew out of where that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge<T> {
    /// What both grew out of; without it every difference is a clash.
    pub base: Option<T>,
    /// My version.
    pub mine: T,
    /// Their version.
    pub theirs: T,
    /// All that differs, in the order of the files.
    pub differences: Vec<Difference>,
}

impl<T: Serialize + DeserializeOwned> Merge<T> {
    /// Holds the versions against each other.
    #[must_use]
    pub fn three_way(base: Option<T>, mine: T, theirs: T) -> Self {
        let (_, differences) = walked(base.as_ref(), &mine, &theirs, &[]);
        Self { base, mine, theirs, differences }
    }

    /// What somebody has to answer, in the order that answers are given in.
    pub fn clashes(&self) -> impl Iterator<Item = &Difference> {
        self.differences.iter().filter(|d| d.by == By::Both)
    }

    /// What only one side changed, and so stands in every settled version.
    pub fn agreed(&self) -> impl Iterator<Item = &Difference> {
        self.differences.iter().filter(|d| d.by != By::Both)
    }

    /// The version that these answers lead to, one for each clash in its order: with all that only one side changed.
    ///
    /// # Errors
    /// When a clash has no answer, or [`Answer::Both`] where only one can stand; or when the result is not valid.
    pub fn settle(&self, answers: &[Answer]) -> Result<T, Unsettled> {
        for (at, clash) in self.clashes().enumerate() {
            match answers.get(at) {
                None => return Err(Unsettled::Open(at)),
                Some(Answer::Both) if clash.both.is_none() => return Err(Unsettled::Open(at)),
                Some(Answer::Mine | Answer::Theirs | Answer::Both) => {}
            }
        }
        let (settled, _) = walked(self.base.as_ref(), &self.mine, &self.theirs, answers);
        serde_json::from_value(settled).map_err(|e| Unsettled::Misfit(e.to_string()))
    }

    /// The version in which each clash has the same answer; where both cannot stand, theirs does.
    ///
    /// # Errors
    /// When the result is not valid.
    pub fn all(&self, answer: Answer) -> Result<T, Unsettled> {
        let of = |d: &Difference| if answer == Answer::Both && d.both.is_none() { Answer::Theirs } else { answer };
        self.settle(&self.clashes().map(of).collect::<Vec<_>>())
    }
}

/// The merged value under these answers, and all that differs. A clash without an answer is taken as mine.
fn walked<T: Serialize>(base: Option<&T>, mine: &T, theirs: &T, answers: &[Answer]) -> (Value, Vec<Difference>) {
    // No type of the model fails here: its maps have no odd keys.
    let value = |of: &T| serde_json::to_value(of).unwrap_or_default();
    let (base, mine, theirs) = (base.map(value), value(mine), value(theirs));
    let mut walk = Walk::new(base.is_some(), answers);
    let merged = walk.whole(base.as_ref(), &mine, &theirs);
    (merged.unwrap_or_default(), walk.found)
}

#[cfg(test)]
mod tests;
