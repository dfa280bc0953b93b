//! Findings that are known before their documents are judged, until their place in the report has come.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::{Mutex, PoisonError};

use super::super::report::sort;
use crate::document::Document;
use crate::finding::Finding;

/// Held findings whose lines are known, by the path of their source.
#[derive(Default)]
pub(super) struct Placed {
    by_path: BTreeMap<String, Vec<Finding>>,
    /// Nothing is left of the sources whose paths come before this one.
    left_from: Option<String>,
}

/// Findings of the inventory, whose lines are found when their documents are read. Each is taken once.
#[derive(Default)]
pub(super) struct Unplaced {
    /// In the order of their documents, and of their places there.
    by_path: BTreeMap<String, Vec<Held>>,
}

/// A finding and its place.
struct Held {
    document: usize,
    pointer: Box<str>,
    finding: Mutex<Option<Finding>>,
}

impl Held {
    fn compare(&self, document: usize, pointer: &str) -> Ordering {
        let own = self.document.cmp(&document);
        own.then_with(|| compare_places(&self.pointer, pointer))
    }

    fn take(&self) -> Option<Finding> {
        let mut finding = self.finding.lock().unwrap_or_else(PoisonError::into_inner);
        finding.take()
    }
}

/// The order of places in a document, in which the tenth element of a list comes after the second.
fn compare_places(one: &str, other: &str) -> Ordering {
    let mut others = other.split('/');
    for part in one.split('/') {
        let Some(other) = others.next() else {
            return Ordering::Greater;
        };
        let order = match (part.parse::<usize>(), other.parse::<usize>()) {
            (Ok(index), Ok(other)) => index.cmp(&other),
            (Ok(_), Err(_)) => Ordering::Less,
            (Err(_), Ok(_)) => Ordering::Greater,
            (Err(_), Err(_)) => part.cmp(other),
        };
        if order.is_ne() {
            return order;
        }
    }
    others.next().map_or(Ordering::Equal, |_| Ordering::Less)
}

impl Unplaced {
    /// Holds a finding.
    pub(super) fn hold(&mut self, finding: Finding) {
        let place = &finding.location;
        let all = self.by_path.entry(place.path.clone()).or_default();
        all.push(Held {
            document: place.document,
            pointer: place.pointer.as_str().into(),
            finding: Mutex::new(Some(finding)),
        });
    }

    /// Makes ready for [`Unplaced::within`], when all are held.
    pub(super) fn sort(&mut self) {
        for findings in self.by_path.values_mut() {
            findings.sort_by(|one, other| one.compare(other.document, &other.pointer));
        }
    }

    /// Those that are in a document.
    pub(super) fn within(&self, document: &Document) -> Vec<Finding> {
        let Some(held) = self.by_path.get(&document.source.path) else {
            return Vec::new();
        };
        let (number, first) = (document.number(), document.first_place());
        let from = held.partition_point(|held| held.compare(number, &first).is_lt());
        let is_here =
            |held: &&Held| held.document == number && document.holds_element_of(&held.pointer);
        held.iter()
            .skip(from)
            .take_while(is_here)
            .filter(|held| document.at(&held.pointer).is_some())
            .filter_map(Held::take)
            .collect()
    }

    /// What is left of the sources whose paths come between these, the first one among them.
    fn left(&self, from: Option<&str>, to: Option<&str>) -> Vec<Finding> {
        if to.is_some_and(|to| from.is_some_and(|from| to < from)) {
            return Vec::new();
        }
        let from = from.map_or(Bound::Unbounded, Bound::Included);
        let to = to.map_or(Bound::Unbounded, Bound::Excluded);
        let sources = self.by_path.range::<str, _>((from, to));
        sources
            .flat_map(|(_, held)| held)
            .filter_map(Held::take)
            .collect()
    }
}

impl Placed {
    pub(super) fn of(findings: Vec<Finding>) -> Self {
        let mut placed = Self::default();
        for finding in findings {
            let path = finding.location.path.clone();
            placed.by_path.entry(path).or_default().push(finding);
        }
        // The next one stands last.
        for findings in placed.by_path.values_mut() {
            sort(findings);
            findings.reverse();
        }
        placed
    }

    /// Takes out the findings of a source that stand before a place.
    pub(super) fn before(&mut self, path: &str, end: (u32, u32)) -> Vec<Finding> {
        let Some(held) = self.by_path.get_mut(path) else {
            return Vec::new();
        };
        let place = |finding: &Finding| (finding.location.line, finding.location.column);
        let mut before = Vec::new();
        while held
            .last()
            .is_some_and(|finding| place(finding) < (Some(end.0), Some(end.1)))
        {
            before.extend(held.pop());
        }
        before
    }

    /// Takes out all findings of a source.
    pub(super) fn all_of(&mut self, path: &str) -> Vec<Finding> {
        self.by_path.remove(path).unwrap_or_default()
    }

    /// Takes out all that is left of the sources whose paths come before one, and of the unplaced findings likewise; of all
    /// where there is none. Paths come in order.
    pub(super) fn left(&mut self, unplaced: &Unplaced, path: Option<&str>) -> Vec<Finding> {
        let mut left = unplaced.left(self.left_from.as_deref(), path);
        self.left_from = path.map(str::to_owned);
        while let Some(entry) = self.by_path.first_entry() {
            if path.is_some_and(|path| entry.key().as_str() >= path) {
                break;
            }
            left.extend(entry.remove());
        }
        sort(&mut left);
        left
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_in_the_order_of_a_document() {
        let places = [
            "",
            "/value",
            "/value/2",
            "/value/2/web",
            "/value/10",
            "/value/1a",
            "/valued",
        ];
        for (index, one) in places.iter().enumerate() {
            for (other_index, other) in places.iter().enumerate() {
                assert_eq!(
                    compare_places(one, other),
                    index.cmp(&other_index),
                    "{one} {other}"
                );
            }
        }
    }
}
