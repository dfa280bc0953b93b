//! Findings that are known before their documents are judged, until their place in the report has come.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use super::super::report::sort;
use crate::document::Document;
use crate::finding::Finding;
use crate::normalize::Kind;

/// Held findings whose lines are known, by the path of their source.
#[derive(Default)]
pub(super) struct Placed {
    by_path: BTreeMap<String, Vec<Finding>>,
}

/// Findings of the inventory, whose lines are found when their documents are read. Each is taken once.
#[derive(Default)]
pub(super) struct Unplaced(BTreeMap<String, Vec<(Finding, AtomicBool)>>);

/// Parts findings by whether their lines are known.
pub(super) fn part(findings: Vec<Finding>) -> (Placed, Unplaced) {
    let (mut placed, mut unplaced) = (Placed::default(), Unplaced::default());
    for finding in findings {
        let path = finding.location.path.clone();
        if finding.subject.kind == Kind::Inventory.as_str() {
            let known = unplaced.0.entry(path).or_default();
            known.push((finding, AtomicBool::new(false)));
        } else {
            placed.by_path.entry(path).or_default().push(finding);
        }
    }
    // The next one stands last.
    for findings in placed.by_path.values_mut() {
        sort(findings);
        findings.reverse();
    }
    (placed, unplaced)
}

fn take((finding, is_taken): &(Finding, AtomicBool)) -> Option<Finding> {
    let before = is_taken.swap(true, Ordering::Relaxed);
    (!before).then(|| finding.clone())
}

impl Unplaced {
    /// Those that are in a document.
    pub(super) fn within(&self, document: &Document) -> Vec<Finding> {
        let here = self.0.get(&document.source.path).into_iter().flatten();
        let here = here.filter(|(finding, _)| {
            let place = &finding.location;
            place.document == document.number() && document.at(&place.pointer).is_some()
        });
        here.filter_map(take).collect()
    }

    /// What is left of the sources whose paths come before one; of all where there is none.
    fn left(&self, path: Option<&str>) -> Vec<Finding> {
        let is_before = |other: &str| path.is_none_or(|path| other < path);
        let sources = self.0.iter().take_while(|(path, _)| is_before(path));
        sources
            .flat_map(|(_, findings)| findings)
            .filter_map(take)
            .collect()
    }
}

impl Placed {
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
    /// where there is none.
    pub(super) fn left(&mut self, unplaced: &Unplaced, path: Option<&str>) -> Vec<Finding> {
        let mut left = unplaced.left(path);
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
