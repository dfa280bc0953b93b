//! Lists of two versions, compared: what is uncertain is left out, and said to be.

use std::collections::{BTreeMap, BTreeSet};

use super::element::{Element, Offered};
use super::{Lists, Pair, Versions};

/// How much of a list is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// All of it.
    Whole,
    /// Some parts were not collected.
    Parts,
    /// There are elements of which not enough is known.
    Some,
}

/// A list in one version.
pub(super) struct Side<'a, T> {
    pub(super) list: Option<&'a [T]>,
    pub(super) known: Known,
}

/// What came of a comparison, and which lists of it (`gained`, `lost`, `changed`) have gaps.
pub(super) struct Compared<T> {
    pub(super) lists: T,
    pub(super) gaps: Vec<&'static str>,
}

/// A list that may lack elements.
struct Partial<T> {
    list: Option<Vec<T>>,
    has_gap: bool,
}

impl<T: Element> Side<'_, T> {
    fn is_whole(&self) -> bool {
        let mut elements = self.list.into_iter().flatten();
        self.known == Known::Whole && elements.all(|element| element.key().is_some())
    }

    /// Whether the list would have the element, if it were there.
    fn would_have(&self, element: &T) -> bool {
        let list = self.list.unwrap_or_default();
        self.is_whole()
            || self.known == Known::Parts
                && list.iter().all(|other| other.key().is_some())
                && element.is_covered_by(list)
    }
}

/// What only one of two versions has.
pub(super) fn lists<T: Element>(old: &Side<'_, T>, new: &Side<'_, T>) -> Compared<Lists<T>> {
    let (gained, lost) = (only_in(new, old), only_in(old, new));
    Compared {
        gaps: gaps(&[("gained", gained.has_gap), ("lost", lost.has_gap)]),
        lists: Lists {
            gained: gained.list,
            lost: lost.list,
        },
    }
}

fn gaps(lists: &[(&'static str, bool)]) -> Vec<&'static str> {
    let with_gaps = lists.iter().filter(|(_, has_gap)| *has_gap);
    with_gaps.map(|(name, _)| *name).collect()
}

fn only_in<T: Element>(here: &Side<'_, T>, there: &Side<'_, T>) -> Partial<T> {
    let (Some(list), Some(others)) = (here.list, there.list) else {
        return Partial {
            list: None,
            has_gap: false,
        };
    };
    let others: BTreeSet<String> = others.iter().filter_map(T::key).collect();
    let mut seen = BTreeSet::new();
    let is_new = |element: &&T| {
        element
            .key()
            .is_some_and(|key| !others.contains(&key) && seen.insert(key))
    };
    let (certain, uncertain): (Vec<&T>, Vec<&T>) = list
        .iter()
        .filter(is_new)
        .partition(|element| there.would_have(element));
    Partial {
        has_gap: !uncertain.is_empty() || !here.is_whole() || !there.is_whole(),
        list: Some(certain.into_iter().cloned().collect()),
    }
}

/// What only one of two versions has, and what both have in different forms.
pub(super) fn versions<T: Offered>(old: &Side<'_, T>, new: &Side<'_, T>) -> Compared<Versions<T>> {
    let (mut gained, mut lost) = (only_in(new, old), only_in(old, new));
    let (Some(before), Some(after)) = (old.list, new.list) else {
        return Compared {
            lists: Versions {
                gained: None,
                lost: None,
                changed: None,
            },
            gaps: Vec::new(),
        };
    };
    let mut pairs = same_id(before, after);
    // Where a list has gaps, the id may be among what is not known.
    if old.is_whole() && new.is_whole() {
        pairs.extend(same_value(&mut lost.list, &mut gained.list));
    }
    let unsure = pairs
        .iter()
        .any(|pair| pair.old.differs(&pair.new).is_none());
    pairs.retain(|pair| pair.old.differs(&pair.new) == Some(true));
    let has_gap = unsure || !old.is_whole() || !new.is_whole();
    Compared {
        gaps: gaps(&[
            ("gained", gained.has_gap),
            ("lost", lost.has_gap),
            ("changed", has_gap),
        ]),
        lists: Versions {
            gained: gained.list,
            lost: lost.list,
            changed: Some(pairs),
        },
    }
}

fn same_id<T: Offered>(old: &[T], new: &[T]) -> Vec<Pair<T>> {
    let mut before: BTreeMap<String, &T> = BTreeMap::new();
    for element in old {
        if let Some(key) = element.key() {
            before.entry(key).or_insert(element);
        }
    }
    let pair = |new: &T| {
        let old = before.remove(&new.key()?)?.clone();
        Some(Pair {
            old,
            new: new.clone(),
        })
    };
    new.iter().filter_map(pair).collect()
}

/// Takes what has the same value out of what was lost and gained.
fn same_value<T: Offered>(lost: &mut Option<Vec<T>>, gained: &mut Option<Vec<T>>) -> Vec<Pair<T>> {
    let (Some(lost), Some(gained)) = (lost, gained) else {
        return Vec::new();
    };
    let mut pairs = Vec::new();
    let mut others = Vec::new();
    for new in std::mem::take(gained) {
        let value = new.value().filter(|value| !value.is_empty());
        let same = |old: &T| value.is_some() && old.value() == value;
        match lost.iter().position(same) {
            Some(index) => pairs.push(Pair {
                old: lost.remove(index),
                new,
            }),
            None => others.push(new),
        }
    }
    *gained = others;
    pairs
}
