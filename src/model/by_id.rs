//! A list in the order of its file, whose records are also found by id and by what they hang under, however long it is.

use std::ops::{Deref, DerefMut};
use std::sync::OnceLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::goal::Goal;
use super::id::{CardId, GoalId, KpiId};
use super::kpi::Kpi;
use super::register::Card;
use super::snapshot::{GoalWeek, KpiWeek};

/// What a list of type [`ById`] is made of.
pub trait Record {
    /// What it is found by.
    type Id: Ord;

    /// Its id. Two of a list may share one while a broken file is looked at: the first of them is found then.
    fn id(&self) -> &Self::Id;

    /// The record it hangs under, where its kind knows such a thing.
    fn parent(&self) -> Option<&Self::Id> {
        None
    }
}

impl Record for Goal {
    type Id = GoalId;

    fn id(&self) -> &GoalId {
        &self.id
    }

    fn parent(&self) -> Option<&GoalId> {
        self.parent.as_ref()
    }
}

impl Record for Kpi {
    type Id = KpiId;

    fn id(&self) -> &KpiId {
        &self.id
    }
}

impl Record for Card {
    type Id = CardId;

    fn id(&self) -> &CardId {
        &self.id
    }
}

impl Record for GoalWeek {
    type Id = GoalId;

    fn id(&self) -> &GoalId {
        &self.goal
    }
}

impl Record for KpiWeek {
    type Id = KpiId;

    fn id(&self) -> &KpiId {
        &self.kpi
    }
}

/// The list. It is read and changed like a `Vec`; the order by id is worked out at the first question after a change.
#[derive(Debug, Clone)]
pub struct ById<T> {
    list: Vec<T>,
    /// Places in the list, by id and then by place.
    ids: OnceLock<Vec<u32>>,
    /// Places in the list, by parent and then by place.
    parents: OnceLock<Vec<u32>>,
}

impl<T: Record> ById<T> {
    /// The first record with this id.
    #[must_use]
    pub fn named(&self, id: &T::Id) -> Option<&T> {
        let of = |at: &u32| self.list[*at as usize].id();
        let places = self.ids.get_or_init(|| self.places_by(Record::id));
        let first = places.partition_point(|at| of(at) < id);
        places.get(first).filter(|at| of(at) == id).map(|at| &self.list[*at as usize])
    }

    /// The records directly under this one, in the list's order.
    pub fn under(&self, id: &T::Id) -> impl Iterator<Item = &T> + use<'_, T> {
        let of = |at: &u32| self.list[*at as usize].parent();
        let places = self.parents.get_or_init(|| self.places_by(Record::parent));
        let first = places.partition_point(|at| of(at) < Some(id));
        let many = places[first..].partition_point(|at| of(at) == Some(id));
        places[first..first + many].iter().map(|at| &self.list[*at as usize])
    }

    fn places_by<'a, K: Ord>(&'a self, key: impl Fn(&'a T) -> K) -> Vec<u32> {
        // A file holds at most some hundred thousand records: see the limit of its size.
        let mut places: Vec<u32> = (0..).zip(&self.list).map(|(at, _)| at).collect();
        places.sort_by_key(|at| key(&self.list[*at as usize]));
        places
    }
}

impl<T> Default for ById<T> {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl<T> From<Vec<T>> for ById<T> {
    fn from(list: Vec<T>) -> Self {
        Self { list, ids: OnceLock::new(), parents: OnceLock::new() }
    }
}

impl<T> From<ById<T>> for Vec<T> {
    fn from(by_id: ById<T>) -> Self {
        by_id.list
    }
}

impl<T> FromIterator<T> for ById<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Vec::from_iter(items).into()
    }
}

impl<T> Deref for ById<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.list
    }
}

impl<T> DerefMut for ById<T> {
    /// Whoever may change the list may change what its orders rest on.
    fn deref_mut(&mut self) -> &mut Vec<T> {
        (self.ids, self.parents) = (OnceLock::new(), OnceLock::new());
        &mut self.list
    }
}

impl<'a, T> IntoIterator for &'a ById<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

impl<'a, T> IntoIterator for &'a mut ById<T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

impl<T> IntoIterator for ById<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl<T: PartialEq> PartialEq for ById<T> {
    fn eq(&self, other: &Self) -> bool {
        self.list == other.list
    }
}

impl<T: Eq> Eq for ById<T> {}

impl<T: Serialize> Serialize for ById<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.list.serialize(to)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for ById<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Vec::deserialize(from).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::goal::Kind;

    fn goal(id: u8, parent: Option<u8>) -> Goal {
        let name = |n: u8| format!("g{n}").parse().unwrap();
        Goal { parent: parent.map(name), ..Goal::new(name(id), "x", Kind::Goal) }
    }

    proptest! {
        #[test]
        fn what_is_found_by_id_is_what_looking_through_the_list_finds(
            mut of in prop::collection::vec((0u8..12, prop::option::of(0u8..12)), 0..40),
            changed in 0usize..40,
        ) {
            let mut goals: ById<Goal> = of.iter().map(|(id, parent)| goal(*id, *parent)).collect();
            // The orders stand from the first question on: a change has to do away with them.
            for _ in 0..2 {
                for n in 0..12 {
                    let asked = goal(n, None).id;
                    prop_assert_eq!(goals.named(&asked), goals.iter().find(|g| g.id == asked));
                    let below: Vec<&Goal> = goals.iter().filter(|g| g.parent.as_ref() == Some(&asked)).collect();
                    prop_assert_eq!(goals.under(&asked).collect::<Vec<_>>(), below);
                }
                if let Some(at) = of.get_mut(changed) {
                    *at = (at.0 / 2, Some(3));
                    goals[changed] = goal(at.0, at.1);
                }
            }
        }
    }
}
